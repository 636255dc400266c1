//! Shifts, the cash in the drawer, and the Z report that closes a day. Nothing here can hinder a sale: a till sells with
//! a shift open or without, before a Z and after it.

use std::path::Path;

use base64::Engine as _;
use till::cash::CashCount;
use till::day::{self, CashWay, Count, DayEvent, ShiftEvent};
use till::event::Event;
use till::figures::ShiftFigures;
use till::money::Money;
use till::people::Act;
use till::time::Timestamp;

use super::{Register, internal, tidy};
use crate::command_error::CommandError;
use crate::report::z_report;
use crate::report_paper;
use crate::view::{Counted, Day, Pieces, ReportPicture, Shift, XReport, ZLine};

/// Z reports on the list.
const LISTED: u32 = 60;

impl Register {
    /// The day so far.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn day(&self) -> Result<Day, CommandError> {
        let shift = self.open_shift()?;
        let reports = self.journal.z_reports(LISTED).map_err(|error| internal(&error))?;
        // Once it was counted, whoever counted may know.
        let told = !self.setup.day.blind || shift.as_ref().is_none_or(|shift| shift.counted.is_some());
        let expected = if told { Some(self.in_drawer()?.as_dollars()) } else { None };
        Ok(Day {
            shift: shift.map(|shift| self.shown_shift(&shift)),
            float: self.setup.day.float.as_dollars(),
            expected,
            next_z: self.journal.next_z().map_err(|error| internal(&error))?,
            reports: reports.iter().map(listed).collect(),
        })
    }

    /// Opens a shift with what was counted in the drawer.
    ///
    /// # Errors
    /// When one is open, or the count cannot be.
    pub fn open_shift_with(&mut self, counted: &[Pieces], now: Timestamp) -> Result<(), CommandError> {
        if self.open_shift()?.is_some() {
            return Err(CommandError::ShiftOpen);
        }
        let number = self.journal.next_shift().map_err(|error| internal(&error))?;
        let (counted, expected) = (count(counted)?, self.in_drawer()?);
        self.of_shift(number, ShiftEvent::Opened { by: self.operator(), counted, expected }, vec![], now)
    }

    /// Puts cash into the drawer or takes it out without a sale, for a reason.
    ///
    /// # Errors
    /// When no shift is open, nothing would move, more would leave than the till thinks is there, no reason is given, or
    /// nobody has consented who may.
    pub fn move_cash(&mut self, way: CashWay, amount: i64, reason: &str, now: Timestamp) -> Result<(), CommandError> {
        let shift = self.open_shift()?.ok_or(CommandError::NoShift)?;
        let (amount, reason) = (Money::dollars(amount), tidy(reason));
        if !amount.is_positive() || amount > Money::LIMIT {
            return Err(CommandError::BadAmount);
        }
        if way != CashWay::In && amount > shift.drawer.expected {
            return Err(CommandError::NotInDrawer);
        }
        if reason.is_empty() {
            return Err(CommandError::ReasonMissing);
        }
        let approved = self.approved(Act::MoveCash, &format!("shift/{}", shift.number))?;
        self.of_shift(shift.number, ShiftEvent::Moved { way, amount, reason, by: self.operator() }, approved, now)
    }

    /// Records what was counted in the drawer. The last count before the shift is closed stands; each stays recorded.
    ///
    /// # Errors
    /// When no shift is open, or the count cannot be.
    pub fn count_drawer(&mut self, counted: &[Pieces], now: Timestamp) -> Result<(), CommandError> {
        let shift = self.open_shift()?.ok_or(CommandError::NoShift)?;
        let blind = self.setup.day.blind && shift.counted.is_none();
        let (counted, expected) = (count(counted)?, shift.drawer.expected);
        self.of_shift(shift.number, ShiftEvent::Counted { by: self.operator(), counted, expected, blind }, vec![], now)
    }

    /// Closes the shift as it was counted: `next_float` stays in the drawer, the rest goes to the bank.
    ///
    /// # Errors
    /// When no shift is open or its drawer was not counted, more is to stay than is there, or something is over or missing
    /// and nobody says anything to it.
    pub fn close_shift(&mut self, note: &str, next_float: i64, now: Timestamp) -> Result<(), CommandError> {
        let shift = self.open_shift()?.ok_or(CommandError::NoShift)?;
        let over = shift.over.ok_or(CommandError::CountFirst)?;
        let found = shift.drawer.expected.checked_add(over).ok_or(CommandError::BadAmount)?;
        let next_float = Money::dollars(next_float);
        let to_bank = found.checked_sub(next_float).filter(|bank| *bank >= Money::ZERO);
        let to_bank = to_bank.filter(|_| next_float >= Money::ZERO).ok_or(CommandError::BadAmount)?;
        let note = Some(tidy(note)).filter(|note| !note.is_empty());
        if note.is_none() && !over.is_zero() {
            return Err(CommandError::ReasonMissing);
        }
        let event = ShiftEvent::Closed { by: self.operator(), over, note, to_bank, next_float };
        self.of_shift(shift.number, event, vec![], now)
    }

    /// Closes the day with the Z report of that number: what the screen showed as the next one, so that a key pressed
    /// twice closes one day.
    ///
    /// # Errors
    /// When that report is made already, or nobody has consented who may.
    pub fn close_day(&mut self, number: Count, now: Timestamp) -> Result<XReport, CommandError> {
        if number != self.journal.next_z().map_err(|error| internal(&error))? {
            return Err(CommandError::DayClosed { number });
        }
        let approved = self.approved(Act::CloseDay, &format!("day/{number}"))?;
        let figures = self.journal.x_figures().map_err(|error| internal(&error))?;
        let closed = DayEvent::Closed { by: self.operator(), figures: Box::new(figures) };
        // The figures end before this commit: that somebody approved of closing is the new day's first record.
        let events: Vec<Event> = [Event::Day(number, closed)].into_iter().chain(approved).collect();
        let desk = self.desk.clone();
        self.record(now, &events, desk)?;
        self.report_z(number)
    }

    /// A Z report as it was made.
    ///
    /// # Errors
    /// When there is no such report, or it cannot be read.
    pub fn report_z(&self, number: Count) -> Result<XReport, CommandError> {
        let found = self.journal.z_report(number).map_err(|error| internal(&error))?;
        let (at, by, figures) = found.ok_or(CommandError::UnknownReport { number })?;
        Ok(z_report(number, &by.name, at, &figures, &self.setup.heading))
    }

    /// A Z report as paper; `copy` 0 is the original.
    ///
    /// # Errors
    /// When there is no such report, or it cannot be read.
    pub fn z_document(&self, number: Count, copy: u32) -> Result<paper::Report, CommandError> {
        let found = self.journal.z_report(number).map_err(|error| internal(&error))?;
        let (at, by, figures) = found.ok_or(CommandError::UnknownReport { number })?;
        Ok(report_paper::document(&self.setup.heading, &figures, Some((number, &by.name)), at, copy))
    }

    fn of_shift(
        &mut self,
        number: Count,
        event: ShiftEvent,
        beside: Vec<Event>,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        let events: Vec<Event> = beside.into_iter().chain([Event::Shift(number, event)]).collect();
        let desk = self.desk.clone();
        self.record(now, &events, desk)
    }

    fn open_shift(&self) -> Result<Option<ShiftFigures>, CommandError> {
        self.journal.open_shift().map_err(|error| internal(&error))
    }

    fn in_drawer(&self) -> Result<Money, CommandError> {
        self.journal.drawer().map_err(|error| internal(&error))
    }

    fn shown_shift(&self, shift: &ShiftFigures) -> Shift {
        let count = shift.counted.zip(shift.over).map(|(counted, over)| {
            let now = shift.drawer.expected.checked_add(over).unwrap_or(Money::ZERO);
            let (next_float, to_bank) = day::proposal(now, self.setup.day.float);
            Counted {
                times: shift.counts,
                counted: counted.as_dollars(),
                over: over.as_dollars(),
                now: now.as_dollars(),
                next_float: next_float.as_dollars(),
                to_bank: to_bank.as_dollars(),
            }
        });
        Shift {
            number: shift.number,
            opened_ms: shift.opened_at.unix_ms(),
            opened_by: shift.opened_by.clone(),
            float: shift.float.as_dollars(),
            ins: shift.drawer.ins.as_dollars(),
            outs: shift.drawer.outs.as_dollars(),
            drops: shift.drawer.drops.as_dollars(),
            count,
        }
    }
}

pub(crate) fn report_picture(number: Count, copy: u32, png: &[u8], path: &Path) -> ReportPicture {
    ReportPicture {
        number,
        copy,
        png_base64: base64::engine::general_purpose::STANDARD.encode(png),
        pdf_path: path.display().to_string(),
    }
}

fn listed(report: &journal::ZReport) -> ZLine {
    ZLine {
        number: report.number,
        at_ms: report.at.unix_ms(),
        by: report.by.clone(),
        took: report.net.as_dollars() - report.refunded.as_dollars(),
    }
}

fn count(pieces: &[Pieces]) -> Result<CashCount, CommandError> {
    let pairs: Vec<(u16, u32)> = pieces.iter().map(|each| (each.denomination, each.pieces)).collect();
    CashCount::try_from(pairs).map_err(|error| CommandError::BadCount { why: error.to_string() })
}
