//! The till behind the window: open, or stopped with a reason that the screen shows.

use std::path::PathBuf;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use desk::{Desk, Home, Opening, Passphrase};
use register::drive::Shared;
use register::view::{ReceiptPicture, Stop, View};
use register::{CommandError, Ports, Register};
use tokio::sync::watch;

/// The till behind the window.
pub struct Till {
    home: Home,
    state: RwLock<State>,
    news: watch::Sender<u64>,
}

enum State {
    Open(Desk),
    Stopped(Stop),
}

impl Till {
    /// Opens the till kept in this folder. A till that cannot be opened is a till that says why.
    pub async fn open(home: PathBuf) -> Self {
        let till = Self {
            home: Home::at(home),
            state: RwLock::new(State::Stopped(Stop::AlreadyRunning)),
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

    /// Everything on the screen.
    pub fn view(&self) -> Result<View, CommandError> {
        if let State::Stopped(stop) = &*self.state() {
            return Ok(View::stopped(stop.clone()));
        }
        self.with(|register, ports| register.view(ports.clock.now()))
    }

    /// The receipt of a sale, as it was first made.
    pub fn receipt(&self, sale: &str) -> Result<ReceiptPicture, CommandError> {
        self.shared()?.receipt(sale)
    }

    /// A marked copy of the receipt of a sale.
    pub fn copy(&self, sale: &str) -> Result<ReceiptPicture, CommandError> {
        self.shared()?.copy(sale)
    }

    /// Opens the keys with this passphrase, and the till with the keys.
    pub async fn unlock(&self, passphrase: Passphrase) -> Result<(), CommandError> {
        self.reopen(Some(passphrase)).await;
        match &*self.state() {
            State::Open(_) => Ok(()),
            State::Stopped(Stop::KeysLocked { .. }) => Err(CommandError::WrongPassphrase),
            State::Stopped(_) => Err(CommandError::Stopped),
        }
    }

    async fn reopen(&self, passphrase: Option<Passphrase>) {
        let opening = Opening { passphrase, ..Opening::default() };
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
                State::Open(desk)
            }
            Err(trouble) => {
                tracing::error!(%trouble, "the till cannot be opened");
                State::Stopped(trouble.as_stop())
            }
        };
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        self.news.send_modify(|revision| *revision += 1);
    }

    fn shared(&self) -> Result<Shared, CommandError> {
        match &*self.state() {
            State::Open(desk) => Ok(desk.shared().clone()),
            State::Stopped(_) => Err(CommandError::Stopped),
        }
    }

    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }
}
