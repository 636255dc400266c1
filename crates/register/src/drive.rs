//! The one driving loop: asks the register what is due, does it through the ports, and tells the register what came of
//! it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use till::print::{Came, Fault};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::command_error::CommandError;
use crate::people::Consent;
use crate::ports::{Ports, Unprinted};
use crate::receipts;
use crate::register::{Body, Errand, Next, Register};
use crate::view::{ReceiptPicture, Reconciled, RefundSlip, ReportPicture, SlipPicture};

/// A register that commands, pages and the driving loop share.
#[derive(Clone)]
pub struct Shared {
    register: Arc<Mutex<Register>>,
    ports: Ports,
    /// Something changed: the loop looks again.
    changed: Arc<Notify>,
    /// The revision screens have to catch up with.
    revision: tokio::sync::watch::Sender<u64>,
}

impl Shared {
    /// Shares a register.
    #[must_use]
    pub fn new(register: Register, ports: Ports) -> Self {
        let revision = tokio::sync::watch::Sender::new(register.revision());
        Self { register: Arc::new(Mutex::new(register)), ports, changed: Arc::new(Notify::new()), revision }
    }

    /// Does something with the register, and wakes whoever has to know when that changed it.
    pub fn with<T>(&self, work: impl FnOnce(&mut Register, &Ports) -> T) -> T {
        let mut register = self.lock();
        let before = register.revision();
        let result = work(&mut register, &self.ports);
        let after = register.revision();
        drop(register);
        if after != before {
            self.revision.send_replace(after);
            self.changed.notify_one();
        }
        result
    }

    /// The ports.
    #[must_use]
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// Tells whenever the register has changed.
    #[must_use]
    pub fn watch(&self) -> tokio::sync::watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// The receipt of a sale as it was first made, as a picture.
    ///
    /// # Errors
    /// When there is no such closed sale, or it cannot be drawn.
    pub fn receipt(&self, sale: &str) -> Result<ReceiptPicture, CommandError> {
        let (number, document) = self.with(|register, _| register.original(sale))?;
        crate::register::picture(&self.ports, &number, 0, &document)
    }

    /// Makes, keeps and records a marked copy of a sale's receipt.
    ///
    /// # Errors
    /// When there is no such closed sale, or the copy cannot be made.
    pub fn copy(&self, sale: &str) -> Result<ReceiptPicture, CommandError> {
        let (number, copy, document) = self.with(|register, _| register.next_copy(sale))?;
        let kept = receipts::pdf(&document).and_then(|pdf| self.ports.shelf.keep(&number, copy, &pdf).map(drop));
        self.with(|register, ports| register.receipt_made(&number, copy, kept.clone(), ports.clock.now()))?;
        kept.map_err(|reason| CommandError::ReceiptFailed { reason })?;
        crate::register::picture(&self.ports, &number, copy, &document)
    }

    /// Makes and keeps the slip with which an attempt's code is paid, and shows it.
    ///
    /// # Errors
    /// When the attempt has no such code, or the slip cannot be made.
    pub fn slip(&self, attempt: &str) -> Result<SlipPicture, CommandError> {
        let (number, slip) = self.with(|register, _| register.slip(attempt))?;
        crate::register::slip_picture(&self.ports, &number, &slip)
    }

    /// Makes, keeps and records the slip of a refund: the original, or a marked copy when there is one.
    ///
    /// # Errors
    /// When there is no such refund, or the slip cannot be made.
    pub fn refund_slip(&self, refund: &str) -> Result<RefundSlip, CommandError> {
        let (number, copy, slip) = self.with(|register, _| register.next_refund_slip(refund))?;
        let kept = receipts::paper_pdf(&slip, number.as_str())
            .and_then(|pdf| self.ports.shelf.keep_refund(&number, copy, &pdf));
        let path = kept.map_err(|reason| CommandError::ReceiptFailed { reason })?;
        self.with(|register, ports| register.refund_slip_made(&number, copy, ports.clock.now()))?;
        crate::register::refund_picture(&number, copy, &slip, &path)
    }

    /// Makes and keeps a Z report on paper: the original when there is none, and a marked copy after that.
    ///
    /// # Errors
    /// When there is no such report, or the paper cannot be made.
    pub fn z_paper(&self, number: u32) -> Result<ReportPicture, CommandError> {
        let shelf = &self.ports.shelf;
        let copy = u32::from(shelf.has_report(number));
        let report = self.with(|register, _| register.z_document(number, copy))?;
        let made = receipts::paper_pdf(&report, &report.title.line(paper::Lang::En))
            .and_then(|pdf| shelf.keep_report(number, copy, &pdf));
        let path = made.map_err(|reason| CommandError::ReceiptFailed { reason })?;
        let png = receipts::picture(&report).map_err(|reason| CommandError::ReceiptFailed { reason })?;
        Ok(crate::register::report_picture(number, copy, &png, &path))
    }

    /// Fetches the gateway's statement of these days and holds it against the journal.
    ///
    /// # Errors
    /// As [`Register::statement_call`] and [`Register::statement_fetched`].
    pub async fn fetch_statement(
        &self,
        from: &str,
        to: &str,
        consent: Option<&Consent>,
    ) -> Result<Reconciled, CommandError> {
        let call = self.consented(consent, |register, ports| register.statement_call(from, to, ports.clock.now()))?;
        let outcome = self.ports.gateway.ask(call.url.clone(), call.form.clone()).await;
        self.with(|register, ports| register.statement_fetched(&call, outcome, ports.clock.now()))
    }

    /// Does everything that is due now and says what comes next. Stories use this with a clock of their own; the app
    /// uses [`Shared::run`].
    ///
    /// # Errors
    /// When an intent could not be recorded: nothing was done then.
    pub async fn step(&self) -> Result<Next, CommandError> {
        loop {
            match self.next()? {
                Next::Errand(errand) => self.do_errand(errand).await,
                rest => return Ok(rest),
            }
        }
    }

    /// Runs for as long as the till does.
    pub async fn run(&self) {
        let mut errands = JoinSet::new();
        loop {
            let wait = match self.next() {
                Ok(Next::Errand(errand)) => {
                    let this = self.clone();
                    errands.spawn(async move { this.do_errand(errand).await });
                    continue;
                }
                Ok(Next::At(moment)) => moment.since(self.ports.clock.now()),
                Ok(Next::Nothing) => Duration::from_secs(3_600),
                // The disk is full, or worse: look again in a while, and not in a tight loop.
                Err(error) => {
                    tracing::error!(%error, "nothing can be recorded");
                    Duration::from_secs(5)
                }
            };
            tokio::select! {
                () = self.changed.notified() => {}
                () = tokio::time::sleep(wait) => {}
                Some(_) = errands.join_next() => {}
            }
        }
    }

    fn next(&self) -> Result<Next, CommandError> {
        self.with(|register, ports| register.next(ports.clock.now()))
    }

    async fn do_errand(&self, errand: Errand) {
        let done = match errand {
            Errand::Ask { attempt, url, form } => {
                let outcome = self.ports.gateway.ask(url, form).await;
                self.with(|register, ports| register.answered(&attempt, outcome, ports.clock.now()))
            }
            Errand::Refund { refund, exchange, url, body } => {
                let outcome = match body {
                    Body::Form(form) => self.ports.gateway.ask(url, form).await,
                    Body::Json(json) => self.ports.gateway.ask_json(url, json).await,
                };
                self.with(|register, ports| register.exchanged(&refund, exchange, outcome, ports.clock.now()))
            }
            Errand::MakeReceipt { sale, copy, document } => {
                let shelf = Arc::clone(&self.ports.shelf);
                let number = sale.clone();
                let made = tokio::task::spawn_blocking(move || {
                    let pdf = receipts::pdf(&document)?;
                    shelf.keep(&number, copy, &pdf).map(drop)
                });
                let outcome = made.await.unwrap_or_else(|error| Err(error.to_string()));
                self.with(|register, ports| register.receipt_made(&sale, copy, outcome, ports.clock.now()))
            }
            Errand::Print { sale, copy, printer, document } => {
                let press = Arc::clone(&self.ports.press);
                let (title, name) = (sale.to_string(), printer.clone());
                let printed = tokio::task::spawn_blocking(move || press.print(&name, &title, &*document));
                // A press that has fallen over may have sent something before.
                let fallen = Unprinted { came: Came::Maybe, fault: Fault::NotDrawn };
                let outcome = printed.await.unwrap_or(Err(fallen));
                self.with(|register, ports| register.printed(&sale, copy, &printer, outcome, ports.clock.now()))
            }
            Errand::OpenDrawer => {
                let press = Arc::clone(&self.ports.press);
                let opened = tokio::task::spawn_blocking(move || press.open_drawer()).await;
                if !matches!(opened, Ok(Ok(()))) {
                    tracing::warn!(?opened, "the drawer did not open");
                }
                self.with(|register, _| register.drawer_done());
                Ok(())
            }
        };
        if let Err(error) = done {
            tracing::error!(%error, "what came of an errand could not be recorded");
        }
    }

    /// A panic while the register was held has left it between two commits at worst: what is in memory is folded from
    /// what was committed, so the lock is taken over rather than the counter lost.
    fn lock(&self) -> MutexGuard<'_, Register> {
        self.register.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
