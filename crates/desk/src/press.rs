//! The shop's printers: which way each is reached, what it is sent, and what is known of what came out.

use std::sync::{Mutex, PoisonError};

use paper::escpos::{self, Proof, status::Health};
use paper::{Faces, Lang, Paper};
use printer::{Patience, Print, Printed, Trouble, Way, Why};
use register::{Press, Unprinted};
use till::print::{Came, Fault};
use till::time::Timestamp;

use crate::settings::ShopPrinter;

/// All of them. Papers for one printer go to it one after the other.
pub struct Printers {
    all: Vec<(ShopPrinter, Mutex<()>)>,
    patience: Patience,
}

impl Printers {
    /// These.
    #[must_use]
    pub fn new(printers: Vec<ShopPrinter>) -> Self {
        let all = printers.into_iter().map(|printer| (printer, Mutex::new(()))).collect();
        Self { all, patience: Patience::default() }
    }

    /// How long each is waited for, where it is not the usual.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// The printers as the settings have them.
    pub fn list(&self) -> impl Iterator<Item = &ShopPrinter> {
        self.all.iter().map(|(printer, _)| printer)
    }

    /// How one is; nothing where it does not say.
    ///
    /// # Errors
    /// When it cannot be reached, or there is none of that name.
    pub fn health(&self, name: &str) -> Result<Option<Health>, Unprinted> {
        self.using(name, |printer| printer.way.health(self.patience).map_err(|why| unprinted(before(why))))
    }

    /// Prints the test page of one.
    ///
    /// # Errors
    /// With what is known of what came out.
    pub fn test(&self, name: &str, till: &str, lang: Lang, at: Timestamp) -> Result<(), Unprinted> {
        self.using(name, |printer| {
            let proof = Proof {
                till: till.to_owned(),
                printer: printer.name.clone(),
                way: printer.way_said.clone(),
                device: printer.device,
                at,
                lang,
            };
            if printer.way.takes_pdf() {
                return self.send(printer, "test", &proof);
            }
            let bytes = proof.escpos(Faces::embedded()).map_err(|_| NOT_DRAWN)?;
            self.out(printer.way.print("test", Print::Bytes(&bytes), self.patience))
        })
    }

    /// Opens the drawer of one.
    ///
    /// # Errors
    /// When it has none, or cannot be reached.
    pub fn kick(&self, name: &str) -> Result<(), Unprinted> {
        self.using(name, |printer| {
            let pin = printer.drawer.ok_or(NOT_DRAWN)?;
            self.out(printer.way.print("drawer", Print::Bytes(&escpos::kick(pin)), self.patience))
        })
    }

    fn send(&self, printer: &ShopPrinter, title: &str, paper: &dyn Paper) -> Result<(), Unprinted> {
        let faces = Faces::embedded();
        if let Way::PdfQueue(_) = printer.way {
            let sheet = paper::layout(paper, faces, printer.device.width);
            let bytes = paper::pdf(&sheet, faces, title).map_err(|_| NOT_DRAWN)?;
            let mm = |um: i32| u32::try_from((um + 999) / 1000).unwrap_or(0);
            let (width_mm, height_mm) = (mm(sheet.width.paper_um()), mm(sheet.height_um));
            return self.out(printer.way.print(
                title,
                Print::Pdf { bytes: &bytes, width_mm, height_mm },
                self.patience,
            ));
        }
        let bytes = escpos::escpos(paper, faces, &printer.device).map_err(|_| NOT_DRAWN)?;
        self.out(printer.way.print(title, Print::Bytes(&bytes), self.patience))
    }

    fn out(&self, outcome: Result<Printed, Trouble>) -> Result<(), Unprinted> {
        outcome.map(drop).map_err(unprinted)
    }

    fn using<T>(&self, name: &str, work: impl FnOnce(&ShopPrinter) -> Result<T, Unprinted>) -> Result<T, Unprinted> {
        let (printer, turn) = self.all.iter().find(|(printer, _)| printer.name == name).ok_or(NOT_DRAWN)?;
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        work(printer)
    }
}

impl Press for Printers {
    fn print(&self, printer: &str, title: &str, paper: &dyn Paper) -> Result<(), Unprinted> {
        self.using(printer, |printer| self.send(printer, title, paper))
    }

    fn open_drawer(&self) -> Result<(), Unprinted> {
        let with_drawer = self.list().find(|printer| printer.drawer.is_some()).ok_or(NOT_DRAWN)?;
        self.kick(&with_drawer.name)
    }
}

const NOT_DRAWN: Unprinted = Unprinted { came: Came::Nothing, fault: Fault::NotDrawn };

fn before(why: Why) -> Trouble {
    Trouble { came: printer::Came::Nothing, why }
}

fn unprinted(trouble: Trouble) -> Unprinted {
    Unprinted {
        came: match trouble.came {
            printer::Came::Nothing => Came::Nothing,
            printer::Came::Maybe => Came::Maybe,
        },
        fault: match trouble.why {
            Why::Unreachable => Fault::Unreachable,
            Why::Forbidden => Fault::Forbidden,
            Why::Busy => Fault::Busy,
            Why::Says(Health::PaperOut) => Fault::PaperOut,
            Why::Says(Health::CoverOpen) => Fault::CoverOpen,
            Why::Says(Health::Faulty) => Fault::Faulty,
            Why::Says(Health::Offline | Health::Ready | Health::PaperLow) => Fault::Offline,
            Why::Stalled => Fault::Stalled,
            Why::Broken => Fault::Broken,
            Why::Silent => Fault::Silent,
            Why::Refused => Fault::Refused,
        },
    }
}
