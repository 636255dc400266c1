//! Receipts on their way to a printer. That one is handed over is in the journal first, and nothing is handed over twice
//! by itself: after an interruption a person looks at the printer and decides.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use till::event::{Event, TillEvent};
use till::ids::SaleNumber;
use till::print::{Came, Fault, Print};
use till::refund::{HandWay, RefundEvent};
use till::sale::{GivenBack, Sale, SaleEvent, Tender};
use till::time::Timestamp;

use super::{Errand, Register};
use crate::command_error::CommandError;
use crate::ports::Unprinted;
use crate::view::{PrintTrouble, Task, TaskChoice, TaskKind};

/// What is on its way. Not journalled: the journal says what was handed over and what came of it.
#[derive(Debug, Default)]
pub(super) struct Printing {
    /// Recorded as handed over, and handed out next.
    orders: VecDeque<Order>,
    /// Sales whose receipt is with a printer now.
    running: BTreeSet<SaleNumber>,
    /// Sales of which a person wants another copy, and on which printer.
    copies: VecDeque<SaleNumber>,
    chosen: BTreeMap<SaleNumber, String>,
    /// The drawer is to be opened, and is being opened.
    drawer: bool,
    opening: bool,
}

#[derive(Debug)]
struct Order {
    sale: SaleNumber,
    copy: u32,
    printer: String,
}

impl Printing {
    /// Whether something about a sale's print is going to be done by itself.
    fn is_under_way(&self, sale: &SaleNumber) -> bool {
        self.running.contains(sale) || self.copies.contains(sale) || self.orders.iter().any(|order| order.sale == *sale)
    }
}

impl Register {
    /// What became of a receipt that was handed to a printer.
    ///
    /// # Errors
    /// When it cannot be recorded: nobody then knows what became of it.
    pub fn printed(
        &mut self,
        number: &SaleNumber,
        copy: u32,
        printer: &str,
        outcome: Result<(), Unprinted>,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        self.printing.running.remove(number);
        self.revision += 1;
        let event = match outcome {
            Ok(()) => SaleEvent::Printed { copy },
            Err(Unprinted { came, fault }) => {
                tracing::warn!(sale = %number, copy, ?came, ?fault, "a receipt did not come out");
                SaleEvent::NotPrinted { copy, printer: printer.to_owned(), came, fault }
            }
        };
        self.sale(number)?;
        let desk = self.desk.clone();
        self.record(now, &[Event::Sale(number.clone(), event)], desk)
    }

    /// The drawer has been opened, or does not open: it has a key, and nobody tries again behind somebody's back.
    pub fn drawer_done(&mut self) {
        self.printing.opening = false;
        self.revision += 1;
    }

    /// Whether a paper is on its way: whoever ends the program now leaves it in doubt.
    #[must_use]
    pub fn is_printing(&self) -> bool {
        let Printing { orders, running, copies, drawer, opening, .. } = &self.printing;
        *drawer || *opening || !orders.is_empty() || !running.is_empty() || !copies.is_empty()
    }

    /// The next paper or drawer errand.
    pub(super) fn paper_due(&mut self) -> Result<Option<Errand>, CommandError> {
        if std::mem::take(&mut self.printing.drawer) {
            self.printing.opening = true;
            return Ok(Some(Errand::OpenDrawer));
        }
        if let Some(Order { sale, copy, printer }) = self.printing.orders.pop_front() {
            // Should this fail, what was recorded as handed over is a person's to see to.
            let known = self.closed(sale.as_str())?;
            let document = Box::new(self.document(&known, copy)?);
            self.printing.running.insert(sale.clone());
            return Ok(Some(Errand::Print { sale, copy, printer, document }));
        }
        if let Some(sale) = self.printing.copies.pop_front() {
            let (sale, copy, document) = self.next_copy(sale.as_str())?;
            self.making.insert(sale.clone());
            return Ok(Some(Errand::MakeReceipt { sale, copy, document: Box::new(document) }));
        }
        Ok(None)
    }

    /// What goes into the commit that says a receipt is made: where it is printed, where the shop prints.
    pub(super) fn order_print(&mut self, number: &SaleNumber, copy: u32) -> Option<SaleEvent> {
        let printer = self.printing.chosen.remove(number).or_else(|| self.setup.printers.names.first().cloned())?;
        Some(SaleEvent::PrintSent { copy, printer })
    }

    /// After that commit: hands the receipt out.
    pub(super) fn hand_over(&mut self, number: &SaleNumber, event: &SaleEvent) {
        if let SaleEvent::PrintSent { copy, printer } = event {
            self.printing.orders.push_back(Order { sale: number.clone(), copy: *copy, printer: printer.clone() });
        }
    }

    /// What of these events lets somebody reach into the drawer.
    pub(super) fn notice_drawer(&mut self, events: &[Event]) {
        if self.setup.printers.drawer && events.iter().any(opens_drawer) {
            self.printing.drawer = true;
        }
    }

    /// A receipt that did not come out, or of which nobody knows whether it did.
    pub(super) fn task_of_print(&self, sale: &Sale) -> Option<Task> {
        if self.printing.is_under_way(&sale.number) || self.making.contains(&sale.number) {
            return None;
        }
        let (printer, came, fault) = match &sale.print {
            Print::Failed { printer, came, fault, .. } => (printer, *came, *fault),
            // The till was interrupted before it could hear what came of it.
            Print::Sent { printer, .. } => (printer, Came::Maybe, Fault::Silent),
            Print::NotAsked | Print::Done | Print::LeftOut => return None,
        };
        let other = self.other_printer(printer);
        let mut choices = vec![TaskChoice::Retry, TaskChoice::LeaveOut];
        if other.is_some() {
            choices.insert(1, TaskChoice::OtherPrinter);
        }
        let what = match came {
            Came::Nothing => TaskKind::NotPrinted,
            Came::Maybe => TaskKind::HalfPrinted,
        };
        let print = Some(PrintTrouble { printer: printer.clone(), other, fault: fault.into() });
        Some(Task { print, ..self.task_of_closed("print", what, sale, choices) })
    }

    /// What a person chose for a receipt that did not come out.
    pub(super) fn resolve_print(
        &mut self,
        number: &SaleNumber,
        choice: TaskChoice,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        let sale = self.sale(number)?.ok_or(CommandError::ChoiceNotPossible)?;
        let (copy, failed, came) = match &sale.print {
            Print::Failed { copy, printer, came, .. } => (*copy, printer.clone(), *came),
            Print::Sent { copy, printer } => (*copy, printer.clone(), Came::Maybe),
            Print::NotAsked | Print::Done | Print::LeftOut => return Err(CommandError::ChoiceNotPossible),
        };
        let printer = match choice {
            TaskChoice::LeaveOut => {
                let desk = self.desk.clone();
                return self.record(now, &[Event::Sale(number.clone(), SaleEvent::PrintLeftOut)], desk);
            }
            TaskChoice::OtherPrinter => self.other_printer(&failed).ok_or(CommandError::ChoiceNotPossible)?,
            // A printer that is no longer in the settings cannot be tried again.
            _ if self.setup.printers.names.contains(&failed) => failed,
            _ => self.setup.printers.names.first().cloned().ok_or(CommandError::ChoiceNotPossible)?,
        };
        match came {
            Came::Nothing => {
                let event = SaleEvent::PrintSent { copy, printer };
                let desk = self.desk.clone();
                self.record(now, &[Event::Sale(number.clone(), event.clone())], desk)?;
                self.hand_over(number, &event);
            }
            // A second sheet may come of it: then it says that it is one.
            Came::Maybe => {
                self.printing.chosen.insert(number.clone(), printer);
                self.printing.copies.push_back(number.clone());
                self.revision += 1;
            }
        }
        Ok(())
    }

    /// The printer after this one on the shop's list.
    fn other_printer(&self, printer: &str) -> Option<String> {
        let names = &self.setup.printers.names;
        let after = names.iter().position(|name| name == printer).map_or(0, |at| at + 1);
        names.iter().cycle().skip(after).take(names.len()).find(|name| *name != printer).cloned()
    }
}

/// Whether whoever stands at the till now needs the drawer.
fn opens_drawer(event: &Event) -> bool {
    match event {
        Event::Sale(_, SaleEvent::Paid { tender }) => matches!(tender, Tender::Cash { .. }),
        Event::Sale(_, SaleEvent::Returned { way, .. }) => *way == GivenBack::Drawer,
        Event::Refund(_, RefundEvent::HandedBack { way, .. }) => matches!(way, HandWay::Cash),
        Event::Till(TillEvent::DrawerOpened { .. } | TillEvent::GoodsReturned { .. }) => true,
        _ => false,
    }
}
