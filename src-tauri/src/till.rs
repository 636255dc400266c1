//! The till behind the window: open, or stopped with a reason that the screen shows.

use std::path::PathBuf;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use desk::settings::DisplayPlace;
use desk::{Desk, Home, Opening, Passphrase, Records};
use register::drive::Shared;
use register::view::display::Display;
use register::view::{
    Exported, RangeTable, ReceiptPicture, Recent, RefundSlip, RelayLook, RelayTest, ReportPicture, SlipPicture, Stop,
    View, XReport,
};
use register::{CommandError, Consent, Ports, Register};
use tokio::sync::watch;

/// The till behind the window.
pub struct Till {
    home: Home,
    state: RwLock<State>,
    news: watch::Sender<u64>,
}

enum State {
    Open(Box<Desk>),
    /// It cannot sell; the records can be there to look at nevertheless (PF-76).
    Stopped(Stop, Option<Box<Records>>),
}

impl Till {
    /// Opens the till kept in this folder. A till that cannot be opened is a till that says why.
    pub async fn open(home: PathBuf) -> Self {
        let till = Self {
            home: Home::at(home),
            state: RwLock::new(State::Stopped(Stop::AlreadyRunning, None)),
            news: watch::Sender::new(0),
        };
        till.reopen(None).await;
        till
    }

    /// Tells whenever there is something new to show.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// Does something with the register.
    pub fn with<T>(
        &self,
        work: impl FnOnce(&mut Register, &Ports) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        self.shared()?.with(work)
    }

    /// Does what the person at the counter asks for: nothing while the till is locked.
    pub fn at_counter<T>(
        &self,
        consent: Option<&Consent>,
        work: impl FnOnce(&mut Register, &Ports) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        self.shared()?.at_counter(consent, work)
    }

    /// Everything on the screen.
    pub fn view(&self) -> Result<View, CommandError> {
        if let State::Stopped(stop, records) = &*self.state() {
            let stopped = View::stopped(stop.clone());
            return Ok(match records {
                Some(records) => View { till: records.face(), ..stopped },
                None => stopped,
            });
        }
        self.with(|register, ports| register.view(ports.clock.now()))
    }

    /// Everything on the customer's display.
    pub fn display(&self) -> Display {
        match &*self.state() {
            State::Open(desk) => desk.shared().with(|register, _| register.display()),
            State::Stopped(..) => Display::staff(),
        }
    }

    /// Where the customer's display is shown. A till that is not open has nothing to show.
    pub fn customer_display(&self) -> DisplayPlace {
        match &*self.state() {
            State::Open(desk) => desk.customer_display(),
            State::Stopped(..) => DisplayPlace::Off,
        }
    }

    /// The receipt of a sale, as it was first made.
    pub fn receipt(&self, sale: &str) -> Result<ReceiptPicture, CommandError> {
        if let State::Stopped(_, Some(records)) = &*self.state() {
            return records.receipt(sale);
        }
        let shared = self.shared()?;
        shared.at_counter(None, |_, _| Ok(()))?;
        shared.receipt(sale)
    }

    /// The last closed sales.
    pub fn recent(&self) -> Result<Vec<Recent>, CommandError> {
        if let State::Stopped(_, Some(records)) = &*self.state() {
            return records.recent();
        }
        self.at_counter(None, |register, _| register.recent())
    }

    /// The day so far.
    pub fn report_x(&self) -> Result<XReport, CommandError> {
        if let State::Stopped(_, Some(records)) = &*self.state() {
            return records.report_x();
        }
        self.at_counter(None, |register, ports| register.report_x(ports.clock.now()))
    }

    /// Writes every record that can be read to a file, and says where it is.
    pub fn export(&self) -> Result<String, CommandError> {
        let profile = match &*self.state() {
            State::Open(desk) => {
                desk.shared().at_counter(None, |_, _| Ok(()))?;
                desk.profile()
            }
            State::Stopped(_, Some(records)) => records.profile(),
            State::Stopped(_, None) => return Err(CommandError::Stopped),
        };
        let exported = desk::export(&self.home, profile);
        exported.map(|path| path.display().to_string()).map_err(|message| CommandError::Internal { message })
    }

    /// Writes the products to a file that a spreadsheet opens, and says where it is.
    pub fn export_products(&self) -> Result<Exported, CommandError> {
        let shared = self.shared()?;
        let products = shared.at_counter(None, |register, _| register.catalogue())?;
        let profile = match &*self.state() {
            State::Open(desk) => desk.profile(),
            State::Stopped(..) => return Err(CommandError::Stopped),
        };
        let path = desk::export_products(&self.home, profile, &products);
        let path = path.map_err(|message| CommandError::Internal { message })?.display().to_string();
        Ok(Exported { products: products.len(), path })
    }

    /// Writes one table of a report over many days to a file, or without one the whole report as paper; says where it is.
    pub fn save_range(
        &self,
        from: &str,
        to: &str,
        table: Option<RangeTable>,
        consent: Option<&Consent>,
    ) -> Result<String, CommandError> {
        let internal = |message| CommandError::Internal { message };
        let shared = self.shared()?;
        let bytes = match table {
            Some(table) => shared
                .at_counter(consent, |register, ports| register.range_table(from, to, table, ports.clock.now()))?,
            None => {
                let paper = shared
                    .at_counter(consent, |register, ports| register.range_document(from, to, ports.clock.now()))?;
                register::range::pdf(&paper).map_err(internal)?
            }
        };
        let profile = match &*self.state() {
            State::Open(desk) => desk.profile(),
            State::Stopped(..) => return Err(CommandError::Stopped),
        };
        let name = register::range::file_name(from, to, table)?;
        let path = desk::export_report(&self.home, profile, &name, &bytes).map_err(internal)?;
        Ok(path.display().to_string())
    }

    /// A marked copy of the receipt of a sale.
    pub fn copy(&self, sale: &str) -> Result<ReceiptPicture, CommandError> {
        let shared = self.shared()?;
        shared.at_counter(None, |_, _| Ok(()))?;
        shared.copy(sale)
    }

    /// The slip with which an attempt's code is paid.
    pub fn slip(&self, attempt: &str) -> Result<SlipPicture, CommandError> {
        let shared = self.shared()?;
        shared.at_counter(None, |_, _| Ok(()))?;
        shared.slip(attempt)
    }

    /// The slip of a refund.
    pub fn refund_slip(&self, refund: &str) -> Result<RefundSlip, CommandError> {
        let shared = self.shared()?;
        shared.at_counter(None, |_, _| Ok(()))?;
        shared.refund_slip(refund)
    }

    /// The relay, for whoever looks after it; nothing in a shop without one.
    pub fn relay(&self) -> Result<Option<RelayLook>, CommandError> {
        self.at_counter(None, |register, _| Ok(register.relay_look()))
    }

    /// Sends a letter all the way round the relay. The till goes on meanwhile.
    pub async fn test_relay(&self) -> Result<RelayTest, CommandError> {
        self.at_counter(None, |_, _| Ok(()))?;
        let tester = match &*self.state() {
            State::Open(desk) => desk.relay_tester(),
            State::Stopped(..) => return Err(CommandError::Stopped),
        };
        match tester {
            Some(tester) => Ok(tester.test().await),
            None => Ok(RelayTest::NotReached),
        }
    }

    /// A Z report on paper.
    pub fn z_paper(&self, number: u32) -> Result<ReportPicture, CommandError> {
        let shared = self.shared()?;
        shared.at_counter(None, |_, _| Ok(()))?;
        shared.z_paper(number)
    }

    /// Does something with the open till as a whole.
    pub fn with_desk<T>(&self, work: impl FnOnce(&Desk) -> Result<T, CommandError>) -> Result<T, CommandError> {
        match &*self.state() {
            State::Open(desk) => work(desk),
            State::Stopped(..) => Err(CommandError::Stopped),
        }
    }

    /// Opens the keys with this passphrase, and the till with the keys.
    pub async fn unlock(&self, passphrase: Passphrase) -> Result<(), CommandError> {
        self.reopen(Some(passphrase)).await;
        match &*self.state() {
            State::Open(_) => Ok(()),
            State::Stopped(Stop::KeysLocked { .. }, _) => Err(CommandError::WrongPassphrase),
            State::Stopped(..) => Err(CommandError::Stopped),
        }
    }

    async fn reopen(&self, passphrase: Option<Passphrase>) {
        let opening = Opening { passphrase, attended: true, ..Opening::default() };
        let state = match Desk::open(self.home.clone(), opening).await {
            Ok(desk) => {
                let mut changes = desk.shared().watch();
                let news = self.news.clone();
                tokio::spawn(async move {
                    while changes.changed().await.is_ok() {
                        let revision = *changes.borrow_and_update();
                        news.send_replace(revision);
                    }
                });
                State::Open(Box::new(desk))
            }
            Err(trouble) => {
                tracing::error!(%trouble, "the till cannot be opened");
                State::Stopped(trouble.as_stop(), Records::behind(&self.home, &trouble).map(Box::new))
            }
        };
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        self.news.send_modify(|revision| *revision += 1);
    }

    /// The register, shared.
    pub fn shared(&self) -> Result<Shared, CommandError> {
        match &*self.state() {
            State::Open(desk) => Ok(desk.shared().clone()),
            State::Stopped(..) => Err(CommandError::Stopped),
        }
    }

    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }
}
