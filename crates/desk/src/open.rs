//! Opening a till: settings, keys, journal, register, pay page, and in training the gateway.

use std::fs::File;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ecpay_sim::Simulator;
use journal::{Journal, OpenError};
use register::drive::Shared;
use register::view::Stop;
use register::{Clock, CommandError, Ports, Profile, Register, StartError};
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::backups::Backups;
use crate::courier::{CustomersBrowser, NetCourier};
use crate::home::Home;
use crate::keys::{self, KeyProblem, Passphrase};
use crate::pages::Pages;
use crate::ports::{FolderShelf, NetGateway, SystemChance, SystemClock, VaultPins, write_whole};
use crate::press::Printers;
use crate::relay::{Mailman, RelayTester, RelayTrouble};
use crate::set_up::is_new;
use crate::settings::{self, DisplayPlace, Settings, SettingsError};

/// How a till is to be opened.
#[derive(Default)]
pub struct Opening {
    /// The profile, when it is not to be the one in the settings.
    pub profile: Option<Profile>,
    /// A gateway of our own at this base URL, instead of the built-in one or ECPay. Never in production.
    pub gateway: Option<String>,
    /// What opens sealed keys.
    pub passphrase: Option<Passphrase>,
    /// A clock of the caller's own; the machine's when there is none.
    pub clock: Option<Arc<dyn Clock>>,
    /// The built-in gateway's own options, for training.
    pub simulator: Option<ecpay_sim::Options>,
    /// How long printers are waited for, where it is not the usual.
    pub patience: Option<printer::Patience>,
    /// Nothing runs by itself: the caller steps the register. For stories with a clock of their own.
    pub by_hand: bool,
    /// The caller brings products: an empty training till is not filled with the sample shop.
    pub own_products: bool,
    /// A counter with a screen: where people are registered, one of them has to sign in. An empty training till gets the
    /// sample shop's people.
    pub attended: bool,
}

/// One open till with everything plugged in. Dropping it closes the till.
pub struct Desk {
    shared: Shared,
    home: Home,
    profile: Profile,
    display: DisplayPlace,
    /// The settings it was opened with.
    pub(crate) opened: Settings,
    /// The gateway it was given, where that is not ECPay.
    pub(crate) own_gateway: Option<ecpay::Gateway>,
    /// Nobody has set it up yet.
    pub(crate) first_run: AtomicBool,
    page_address: SocketAddr,
    relay_base: Option<String>,
    mailman: Option<Arc<Mailman>>,
    gateway_url: String,
    simulator: Option<Simulator>,
    /// A gateway of our own instead of ECPay, wherever the till sells.
    pub(crate) elsewhere: Option<ecpay::Gateway>,
    pub(crate) client: Arc<net::Client>,
    backups: Option<Arc<Backups>>,
    running: Vec<JoinHandle<()>>,
}

/// Why a till could not be opened.
#[derive(Debug, Error)]
pub enum Trouble {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// There are no keys to sign with.
    #[error(transparent)]
    Keys(#[from] KeyProblem),
    /// The journal cannot be opened.
    #[error("{}", about_journal(path, source))]
    Journal {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: OpenError,
    },
    /// The register cannot start on it.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The sample catalogue could not be recorded.
    #[error(transparent)]
    Sample(#[from] CommandError),
    /// A folder or file of the till.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The pay page's address is taken, or not ours.
    #[error("the pay page cannot listen on {address} ({source}): change pay_page.listen in settings.toml")]
    Listen {
        /// Which.
        address: String,
        /// Why.
        source: io::Error,
    },
    /// The address of another gateway is not one.
    #[error("{0} is no address of a gateway: it is http://HOST:PORT")]
    Gateway(String),
    /// The network client.
    #[error(transparent)]
    Net(#[from] net::NetError),
}

impl Desk {
    /// Opens the till kept in this folder; makes it when there is none.
    ///
    /// # Errors
    /// With what is wrong and what to do.
    pub async fn open(home: Home, opening: Opening) -> Result<Self, Trouble> {
        // A command line has nobody to ask.
        let mut first_run = opening.attended && is_new(&home);
        let settings = if first_run { settings::read(settings::STARTING)? } else { read_settings(&home)? };
        let profile = opening.profile.unwrap_or(settings.profile);
        prepare(&home, profile)?;
        let client = Arc::new(net::Client::new(net::Timeouts::default())?);
        let mut running = Vec::new();
        let (gateway_url, simulator) = match (&opening.gateway, profile) {
            (Some(url), _) => (Some(url.clone()), None),
            (None, Profile::Training) => {
                let (url, simulator, task) = start_simulator(&client, opening.simulator.unwrap_or_default()).await?;
                running.push(task);
                (Some(url), Some(simulator))
            }
            (None, Profile::Stage | Profile::Production) => (None, None),
        };
        let clock = opening.clock.unwrap_or_else(|| Arc::new(SystemClock));
        let keys = keys::look(&home, &settings, profile, opening.passphrase, clock.now())?;
        let own_gateway = match &gateway_url {
            Some(url) => Some(ecpay::Gateway::at(url).map_err(|_| Trouble::Gateway(url.clone()))?),
            None => None,
        };
        let mut setup = settings::check(&settings, profile, own_gateway.as_ref(), &keys.merchant)?;
        setup.keys_before = keys.before;
        // The built-in gateway begins anew with every start: it has forgotten whatever was agreed before.
        setup.rules.forgotten_before = simulator.is_some().then(|| clock.now());
        let journal = open_journal(&home, profile)?;
        let listener = listen(&settings.pay_page.listen).await?;
        let page_address = listener
            .local_addr()
            .map_err(|source| Trouble::Listen { address: settings.pay_page.listen.clone(), source })?;
        if setup.page_base.is_empty() {
            setup.page_base = format!("http://{page_address}");
        }
        setup.return_url = setup.return_url.replace(settings::OWN_PAGE, &setup.page_base);
        setup.static_page = setup.static_page.map(|page| page.replace(settings::OWN_PAGE, &setup.page_base));
        let gateway_url = gateway_url.unwrap_or_else(|| setup.gateway.to_string());
        let mut printers = Printers::new(settings::check_printers(&settings.printers)?);
        if let Some(patience) = opening.patience {
            printers = printers.with_patience(patience);
        }
        let ports = Ports {
            gateway: Arc::new(NetGateway(Arc::clone(&client))),
            shelf: Arc::new(FolderShelf { home: home.clone(), profile }),
            press: Arc::new(printers),
            clock: Arc::clone(&clock),
            chance: Arc::new(SystemChance),
            pins: Arc::new(VaultPins),
        };
        let relay_base = setup.relay_base.clone();
        let static_page = crate::static_page::of(&setup);
        setup.people.attended = opening.attended;
        if profile == Profile::Training {
            setup.people.shown_pins = crate::sample::shown_pins();
        }
        let mut register = Register::start(setup, journal, clock.now())?;
        // Whoever has sold here has been asked before, and has lost the file.
        if first_run && (profile != Profile::Training || !register.recent()?.is_empty()) {
            first_run = false;
            read_settings(&home)?;
        }
        let empty = register.shelf().all().is_empty() && register.staff().next().is_none();
        if profile == Profile::Training && !first_run && !opening.own_products && empty {
            register.set_products(crate::sample::products(), clock.now())?;
            if opening.attended {
                register.add_sample_people(crate::sample::people(), clock.now())?;
            }
        }
        if opening.attended && profile == Profile::Training && !first_run {
            register.practise(clock.now())?;
        }
        let shared = Shared::new(register, ports);
        let router = relay::router(Pages(shared.clone())).merge(crate::static_page::router(static_page));
        running.push(tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the pay page stopped");
            }
        }));
        let mailman = match &relay_base {
            Some(base) => hire(&home, profile, base, &settings, &shared, &client),
            None => None,
        };
        if !opening.by_hand {
            if let Some(mailman) = mailman.clone() {
                running.push(tokio::spawn(async move { mailman.run().await }));
            }
            let loop_of = shared.clone();
            running.push(tokio::spawn(async move { loop_of.run().await }));
        }
        let plan = settings::backups(&settings)?;
        let backups = plan.map(|plan| {
            let till = shared.with(|register, _| register.setup().heading.till.clone());
            Arc::new(Backups::new(shared.clone(), home.journal(profile), &till, profile, plan))
        });
        if let Some(backups) = backups.clone().filter(|_| !opening.by_hand) {
            running.push(tokio::spawn(backups.run()));
        }
        let display = settings.customer_display.place;
        Ok(Self {
            shared,
            home,
            profile,
            display,
            opened: settings,
            elsewhere: simulator.is_none().then(|| own_gateway.clone()).flatten(),
            own_gateway,
            first_run: AtomicBool::new(first_run),
            page_address,
            relay_base,
            mailman,
            gateway_url,
            simulator,
            client,
            backups,
            running,
        })
    }

    /// The register, and what drives it.
    #[must_use]
    pub fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Where its files are.
    #[must_use]
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Which world it sells in.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Where the customer's display is shown.
    #[must_use]
    pub fn customer_display(&self) -> DisplayPlace {
        self.display
    }

    /// Where the pay page listens.
    #[must_use]
    pub fn page_address(&self) -> SocketAddr {
        self.page_address
    }

    /// The gateway it talks to.
    #[must_use]
    pub fn gateway_url(&self) -> &str {
        &self.gateway_url
    }

    /// Says to the relay what it does not know yet, and takes in what came, once: for stories that do everything by
    /// hand. Says how many letters there were.
    ///
    /// # Errors
    /// When the relay did not do its part, or there is none.
    pub async fn mail(&self, wait_s: u64) -> Result<usize, RelayTrouble> {
        let Some(mailman) = &self.mailman else { return Ok(0) };
        mailman.publish().await?;
        let letters = mailman.fetch(wait_s).await?;
        mailman.publish().await?;
        Ok(letters)
    }

    /// Whoever makes the backups; nothing in a shop that wants none.
    #[must_use]
    pub fn backups(&self) -> Option<&Arc<Backups>> {
        self.backups.as_ref()
    }

    /// What tests the relay; nothing in a shop without one.
    #[must_use]
    pub fn relay_tester(&self) -> Option<RelayTester> {
        match (&self.mailman, &self.relay_base) {
            (Some(mailman), _) => Some(mailman.tester()),
            (None, Some(base)) => Some(RelayTester::new(Arc::clone(&self.client), base.clone(), None)),
            (None, None) => None,
        }
    }

    /// The built-in gateway, in training.
    #[must_use]
    pub fn simulator(&self) -> Option<&Simulator> {
        self.simulator.as_ref()
    }

    /// A browser for a simulated customer.
    #[must_use]
    pub fn customers_browser(&self) -> CustomersBrowser {
        CustomersBrowser(Arc::clone(&self.client))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        for task in &self.running {
            task.abort();
        }
    }
}

impl Trouble {
    /// What the screen shows when the till cannot be opened.
    #[must_use]
    pub fn as_stop(&self) -> Stop {
        match self {
            Self::Keys(KeyProblem::Missing { profile }) => Stop::KeysMissing { profile: profile.name().to_owned() },
            Self::Keys(KeyProblem::Locked { profile } | KeyProblem::WrongPassphrase { profile }) => {
                Stop::KeysLocked { profile: profile.name().to_owned() }
            }
            Self::Journal { source: OpenError::Busy, .. } => Stop::AlreadyRunning,
            Self::Journal { path, source: OpenError::Newer { .. } } => {
                Stop::JournalNewer { path: path.display().to_string() }
            }
            Self::Journal { path, source: OpenError::Damaged(damage) } => Stop::JournalDamaged {
                at_seq: damage.seq.and_then(|seq| i64::try_from(seq).ok()),
                path: path.display().to_string(),
            },
            Self::Journal { source: OpenError::DiskFull, .. } => Stop::DiskFull,
            other => Stop::Settings { message: other.to_string() },
        }
    }
}

/// The settings of a home; written with what a new till starts with when there are none.
///
/// # Errors
/// When they cannot be read or written.
pub fn read_settings(home: &Home) -> Result<Settings, Trouble> {
    let path = home.settings();
    let file = |source| Trouble::File { path: path.clone(), source };
    let text = match text_of(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            write_whole(&path, settings::STARTING.as_bytes()).map_err(file)?;
            settings::STARTING.to_owned()
        }
        Err(error) => return Err(file(error)),
    };
    Ok(settings::read(&text)?)
}

/// No more than settings may have, and one byte to tell that there is more.
pub(crate) fn text_of(path: &Path) -> io::Result<String> {
    let most = u64::try_from(settings::BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut text = String::new();
    File::open(path)?.take(most).read_to_string(&mut text)?;
    Ok(text)
}

/// Names the file once: some troubles name it themselves.
fn about_journal(path: &Path, source: &OpenError) -> String {
    match source {
        OpenError::NotAJournal(_) | OpenError::Disk { .. } => source.to_string(),
        other => format!("{}: {other}", path.display()),
    }
}

fn prepare(home: &Home, profile: Profile) -> Result<(), Trouble> {
    home.prepare(profile).map_err(|source| Trouble::File { path: home.receipts(profile), source })
}

fn open_journal(home: &Home, profile: Profile) -> Result<Journal, Trouble> {
    let path = home.journal(profile);
    let opened = Journal::open(&path).map_err(|source| Trouble::Journal { path, source })?;
    if let Some(version) = opened.upgraded_from {
        tracing::info!(version, "the journal was brought up from an earlier version");
    }
    Ok(opened.journal)
}

/// Listens where the settings say. When another program has that port on this machine, any other will do: links are
/// shown, not remembered. An address other phones have to reach is not changed behind the shop's back.
async fn listen(address: &str) -> Result<TcpListener, Trouble> {
    let trouble = |source| Trouble::Listen { address: address.to_owned(), source };
    match TcpListener::bind(address).await {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse && address.starts_with("127.0.0.1:") => {
            TcpListener::bind("127.0.0.1:0").await.map_err(trouble)
        }
        bound => bound.map_err(trouble),
    }
}

fn hire(
    home: &Home,
    profile: Profile,
    base: &str,
    settings: &Settings,
    shared: &Shared,
    client: &Arc<net::Client>,
) -> Option<Arc<Mailman>> {
    let file = home.relay_key(profile);
    match crate::relay::read_key(&file) {
        Ok(Some(key)) => {
            let tell = settings.relay.tell.iter().copied().collect();
            Some(Arc::new(Mailman::new(shared.clone(), Arc::clone(client), base, key, &file, tell)))
        }
        // A till without its key to the relay sells as one without a relay, and says what is missing.
        missing => {
            tracing::warn!(?missing, "no key for the relay");
            shared.with(|register, ports| register.relay_is(register::Relay::RefusesKey, ports.clock.now()));
            None
        }
    }
}

async fn start_simulator(
    client: &Arc<net::Client>,
    options: ecpay_sim::Options,
) -> Result<(String, Simulator, JoinHandle<()>), Trouble> {
    let listener = listen("127.0.0.1:8689").await?;
    let address =
        listener.local_addr().map_err(|source| Trouble::Listen { address: "127.0.0.1:8689".to_owned(), source })?;
    let simulator = Simulator::new(options, Arc::new(NetCourier(Arc::clone(client))));
    let serving = simulator.clone();
    let task = tokio::spawn(async move {
        if let Err(error) = serving.serve(listener).await {
            tracing::error!(%error, "the training gateway stopped");
        }
    });
    Ok((format!("http://{address}"), simulator, task))
}
