//! A cashier's afternoon: a real till in a folder of its own, a real gateway on loopback, customers with phones, a clock
//! that moves when the story says so, a cable that can be pulled out and a process that can be killed.
//!
//! ```no_run
//! # async fn story() {
//! use stories::afternoon::{Afternoon, Method};
//! let mut shop = Afternoon::begin().await;
//! shop.ring_up(&["D01", "D17"]);
//! let qr = shop.show_qr(Method::Credit).await;
//! shop.customer().pay(&qr.link, ecpay_sim::Method::Credit).await.expect("pays");
//! shop.expect_sold(37).await;
//! shop.close().await;
//! # }
//! ```

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::{Next as Inner, from_fn};
use axum::response::Response;
use desk::{Desk, Home, Old, Opening, Passphrase};
use ecpay::{Merchant, MerchantId};
use ecpay_sim::customer::Customer;
use ecpay_sim::{Options, Simulator};
use register::drive::Shared;
use register::view::{ReceiptPicture, Task, TaskChoice, TaskKind, View, XReport};
use register::{Clock, CommandError, Consent, Next, Ports, Profile, Register};
use tempfile::TempDir;
use till::time::Timestamp;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::cable::Cable;
use crate::pdf;
use crate::phone::Phone;
use crate::shop_relay::ShopRelay;

pub use register::view::{AttemptState, Method, UnknownWhy};

/// 13:00 in Taipei on a Tuesday.
const AFTER_LUNCH_MS: i64 = 1_782_795_600_000;

/// How a shop is opened, where it is not as most stories want it.
#[derive(Default)]
struct Opens<'a> {
    attended: bool,
    keys: Option<&'a Merchant>,
    built_in: bool,
}

/// The till, the gateway, the clock and the cable of one story.
pub struct Afternoon {
    folder: TempDir,
    clock: Arc<AtomicI64>,
    gateway: Simulator,
    gateway_address: SocketAddr,
    cable: Cable,
    questions: watch::Receiver<usize>,
    /// Where the pay page listens, once it has: the same after a restart.
    page: Option<SocketAddr>,
    notices: Notices,
    relay: Option<ShopRelay>,
    /// Its pay page is a file that the link tells everything.
    static_page: bool,
    /// Somebody has to be at the till.
    attended: bool,
    /// A shop with keys of its own sells on ECPay's stage; every other one trains.
    own: Option<MerchantId>,
    /// Its gateway is the one built in, which begins anew with every start; [`Self::gateway`] then is nobody's.
    built_in: bool,
    /// A line of its settings, when maintenance has been announced.
    maintenance: Option<String>,
    /// The folder its backups go to, from the next start on.
    backups: Option<PathBuf>,
    till: Option<Process>,
    serving: JoinHandle<()>,
}

/// Whether the gateway's notices can reach the till.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notices {
    /// At the till's own page.
    Arrive,
    /// A shop without a mailbox: their address does not exist.
    ReachNobody,
}

/// A QR on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The attempt's number.
    pub number: String,
    /// Its pay page.
    pub link: String,
}

/// The till as a process: it has threads of its own, which end with it whatever they are doing.
struct Process {
    desk: Option<Desk>,
    runtime: Option<Runtime>,
}

impl Afternoon {
    /// Opens the shop: the sample catalogue, an empty journal, notices that arrive.
    pub async fn begin() -> Self {
        Self::begin_with(Notices::Arrive, Options::default()).await
    }

    /// The same in a shop without a mailbox: the till has to ask.
    pub async fn begin_without_notices() -> Self {
        Self::begin_with(Notices::ReachNobody, Options::default()).await
    }

    /// The same in a shop with a relay of its own: pages and notices go there.
    ///
    /// # Panics
    /// When loopback gives no port, or the till does not open.
    pub async fn begin_with_relay() -> Self {
        let mut shop = Self::begin_without_notices().await;
        shop.relay = Some(ShopRelay::start().await);
        shop.restart().await;
        shop.mail().await.expect("the relay answers");
        shop
    }

    /// The same in a shop without any server: its pay page is a file on somebody's web site (here the till's own copy of
    /// it), and the till has to ask.
    pub async fn begin_with_static_page() -> Self {
        let mut shop = Self::begin_without_notices().await;
        shop.static_page = true;
        shop.restart().await;
        shop
    }

    /// The shop's relay.
    ///
    /// # Panics
    /// When the story has none.
    pub fn relay(&mut self) -> &mut ShopRelay {
        self.relay.as_mut().expect("a shop with a relay")
    }

    /// Says to the relay what is new, and takes in what came there. Says how many letters there were.
    ///
    /// # Errors
    /// When the relay does not do its part.
    ///
    /// # Panics
    /// When the till is not running.
    pub async fn mail(&self) -> Result<usize, desk::RelayTrouble> {
        let letters = self.desk().mail(0).await;
        self.settle().await;
        letters
    }

    /// Opens the shop with a gateway of this kind; its clock is the story's.
    ///
    /// # Panics
    /// When loopback or the temporary folder cannot be had.
    pub async fn begin_with(notices: Notices, options: Options) -> Self {
        Self::begin_as(notices, options, Opens::default()).await
    }

    /// Opens the shop as the window does: with the sample shop's people, its cashier at the till.
    ///
    /// # Panics
    /// When loopback or the temporary folder cannot be had.
    pub async fn begin_attended(notices: Notices) -> Self {
        Self::begin_as(notices, Options::default(), Opens { attended: true, ..Opens::default() }).await
    }

    /// Opens a shop with keys of its own, in a sealed file. As far as its till knows it sells on ECPay's stage, so its
    /// notices have to be public: the story carries them to the till's door.
    ///
    /// # Panics
    /// As [`Self::begin_with`].
    pub async fn begin_with_keys(keys: &Merchant) -> Self {
        let options = Options { merchants: vec![keys.clone()], ..Options::default() };
        let opens = Opens { keys: Some(keys), ..Opens::default() };
        let shop = Self::begin_as(Notices::ReachNobody, options, opens).await;
        shop.at_till(|register, ports| register.set_products(desk::sample_products(), ports.clock.now()))
            .expect("the sample shop");
        shop
    }

    /// Opens a shop that practises with the gateway built into the till, as a new till does.
    ///
    /// # Panics
    /// As [`Self::begin_with`].
    pub async fn begin_with_built_in_gateway() -> Self {
        let opens = Opens { built_in: true, ..Opens::default() };
        Self::begin_as(Notices::ReachNobody, Options::default(), opens).await
    }

    async fn begin_as(notices: Notices, options: Options, opens: Opens<'_>) -> Self {
        let Opens { attended, keys, built_in } = opens;
        let clock = Arc::new(AtomicI64::new(AFTER_LUNCH_MS));
        let options = Options { clock: ecpay_sim::Clock::Manual(Arc::clone(&clock)), seed: 7, ..options };
        let gateway = Simulator::new(options, desk::courier().expect("a network client"));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let gateway_address = listener.local_addr().expect("a bound listener has an address");
        let (router, questions) = counted(gateway.router());
        let serving = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("loopback serves");
        });
        let mut afternoon = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            clock,
            gateway,
            gateway_address,
            cable: Cable::to(gateway_address).await,
            questions,
            page: None,
            notices,
            relay: None,
            static_page: false,
            attended,
            own: keys.map(|keys| keys.id.clone()),
            built_in,
            maintenance: None,
            backups: None,
            till: None,
            serving,
        };
        if let Some(keys) = keys {
            afternoon.put_keys_in(keys, Old::TakenForAWhile);
        }
        afternoon.restart().await;
        afternoon
    }

    // ---- what the cashier does

    /// Scans these barcodes or product codes, and says what is owed.
    ///
    /// # Panics
    /// When one is refused.
    #[track_caller]
    pub fn ring_up(&self, codes: &[&str]) -> i64 {
        for code in codes {
            self.at_till(|register, _| register.scan(code)).expect("it is in the sample shop");
        }
        self.view().cart.due
    }

    /// Chooses a method and waits for the QR.
    ///
    /// # Panics
    /// When the till refuses.
    pub async fn show_qr(&self, method: Method) -> Shown {
        self.ask_online(method).expect("the till shows a QR");
        self.settle().await;
        self.shown()
    }

    /// Chooses a method, and nothing more.
    ///
    /// # Errors
    /// When the till refuses.
    pub fn ask_online(&self, method: Method) -> Result<(), CommandError> {
        self.at_till(|register, ports| register.pay_online(method, ports.clock.now(), &*ports.chance))
    }

    /// Takes cash.
    ///
    /// # Errors
    /// When the till refuses.
    pub fn pay_cash(&self, received: i64) -> Result<(), CommandError> {
        self.at_till(|register, ports| register.pay_cash(received, ports.clock.now()))
    }

    /// Presses cancel.
    ///
    /// # Panics
    /// When there is nothing to cancel.
    #[track_caller]
    pub fn cancel(&self) {
        self.at_till(|register, ports| register.cancel_payment(ports.clock.now())).expect("a payment to cancel");
    }

    /// Presses "check now".
    ///
    /// # Errors
    /// When the gateway must not be asked yet.
    pub fn check_now(&self) -> Result<(), CommandError> {
        self.at_till(|register, ports| register.check_now(ports.clock.now()))
    }

    /// Settles the only task of this kind.
    ///
    /// # Errors
    /// When it cannot be settled like that.
    #[track_caller]
    pub fn resolve(&self, what: TaskKind, choice: TaskChoice) -> Result<(), CommandError> {
        let id = self.task(what).id;
        self.at_till(|register, ports| register.resolve(&id, choice, ports.clock.now()))
    }

    /// A manager puts keys in, as `guitaictl keys set` does. The till takes them at its next start.
    ///
    /// # Panics
    /// When they cannot be kept.
    pub fn put_keys_in(&self, keys: &Merchant, old: Old) {
        desk::keep_keys(&self.home(), self.profile(), keys, old, self.passphrase(), self.now()).expect("they are kept");
    }

    /// A manager has read that ECPay will be out of service, and writes it into the settings. The till takes it at its
    /// next start.
    pub fn announce_maintenance(&mut self, from: &str, until: &str) {
        self.maintenance = Some(format!("maintenance = [{{ from = \"{from}\", until = \"{until}\" }}]"));
    }

    /// Somebody names a folder for backups in the settings, three copies to be kept. The till takes it at its next start.
    pub fn keep_backups_in(&mut self, folder: PathBuf) {
        self.backups = Some(folder);
    }

    /// Anything else at the till.
    ///
    /// # Panics
    /// When the till is not running.
    #[track_caller]
    pub fn at_till<T>(&self, work: impl FnOnce(&mut Register, &Ports) -> T) -> T {
        self.desk().shared().with(work)
    }

    /// What the window does for whoever is at the counter, with somebody's consent or without.
    ///
    /// # Errors
    /// When the till is locked, the consent is needed or not good enough, or the command refuses.
    #[track_caller]
    pub fn counter<T>(
        &self,
        consent: Option<&Consent>,
        work: impl FnOnce(&mut Register, &Ports) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        self.shared().at_counter(consent, work)
    }

    /// The register as the window has it.
    ///
    /// # Panics
    /// When the till is not running.
    #[track_caller]
    #[must_use]
    pub fn shared(&self) -> &Shared {
        self.desk().shared()
    }

    // ---- what is on the screen and on file

    /// The screen.
    ///
    /// # Panics
    /// When the journal cannot be read.
    #[track_caller]
    #[must_use]
    pub fn view(&self) -> View {
        self.at_till(|register, ports| register.view(ports.clock.now())).expect("the journal can be read")
    }

    /// The attempt on the screen.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    #[must_use]
    pub fn shown(&self) -> Shown {
        let view = self.view();
        let attempt = view.attempt.as_ref().unwrap_or_else(|| panic!("no attempt on the screen{}", dump(&view)));
        Shown { number: attempt.number.clone(), link: attempt.link.clone() }
    }

    /// The X report.
    ///
    /// # Panics
    /// When the journal cannot be read.
    #[track_caller]
    #[must_use]
    pub fn report(&self) -> XReport {
        self.at_till(|register, ports| register.report_x(ports.clock.now())).expect("the journal can be read")
    }

    /// The only task of this kind.
    ///
    /// # Panics
    /// When there is none, or more than one.
    #[track_caller]
    #[must_use]
    pub fn task(&self, what: TaskKind) -> Task {
        let view = self.view();
        let mut found = view.tasks.iter().filter(|task| task.what == what);
        match (found.next(), found.next()) {
            (Some(task), None) => task.clone(),
            _ => panic!("not one task {what:?}{}", dump(&view)),
        }
    }

    /// How many events the journal has.
    #[track_caller]
    #[must_use]
    pub fn events(&self) -> u64 {
        self.at_till(|register, _| register.journal().head()).seq
    }

    /// Everything that is in the folder of receipts.
    ///
    /// # Panics
    /// When it cannot be read.
    #[must_use]
    pub fn receipts(&self) -> Vec<PathBuf> {
        let folder = self.home().receipts(self.profile());
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .expect("the folder is there")
            .map(|file| file.expect("readable").path())
            .collect();
        files.sort();
        files
    }

    /// The slip with which an attempt's code is paid.
    ///
    /// # Errors
    /// When the attempt has no such code.
    pub fn slip(&self, attempt: &str) -> Result<register::view::SlipPicture, CommandError> {
        self.desk().shared().slip(attempt)
    }

    /// Makes the slip of a refund, and says where it is.
    ///
    /// # Panics
    /// When it cannot be made.
    #[track_caller]
    #[must_use]
    pub fn refund_slip(&self, refund: &str) -> PathBuf {
        let slip = self.desk().shared().refund_slip(refund).expect("a slip");
        PathBuf::from(slip.pdf_path)
    }

    /// The words on the only receipt.
    ///
    /// # Panics
    /// When there is none, or more than one.
    #[track_caller]
    #[must_use]
    pub fn receipt_text(&self) -> String {
        let files = self.receipts();
        let [file] = files.as_slice() else { panic!("not one receipt: {files:?}") };
        pdf::text(file).expect("a PDF")
    }

    /// Where the gateway's messages about this attempt come in: the till's own page, `n` for notices and `r` for
    /// browsers.
    ///
    /// # Panics
    /// When there is no such attempt.
    #[track_caller]
    #[must_use]
    pub fn door(&self, door: char, number: &str) -> String {
        let number = number.parse().expect("an attempt number");
        let attempt = self.at_till(|register, _| register.journal().attempt(&number));
        let token = attempt.expect("readable").expect("an attempt of this till").terms.token;
        format!("http://{}/{door}/{token}", self.desk().page_address())
    }

    /// Makes the next copy of a receipt.
    ///
    /// # Errors
    /// When there is no such closed sale.
    pub fn copy_receipt(&self, sale: &str) -> Result<ReceiptPicture, CommandError> {
        self.desk().shared().copy(sale)
    }

    // ---- custom asserts

    /// Fails with the whole screen when it is not as the story says.
    ///
    /// # Panics
    /// Then.
    #[track_caller]
    pub fn expect(&self, what: &str, holds: impl FnOnce(&View) -> bool) {
        let view = self.view();
        assert!(holds(&view), "not so: {what}{}", dump(&view));
    }

    /// Fails unless the attempt on the screen is in this state.
    ///
    /// # Panics
    /// Then.
    #[track_caller]
    pub fn expect_state(&self, state: &AttemptState) {
        self.expect(&format!("the payment is {state:?}"), |view| {
            view.attempt.as_ref().is_some_and(|attempt| attempt.state == *state)
        });
    }

    /// Fails unless the counter has just sold for this much, with its receipt there and nothing left to do.
    ///
    /// # Panics
    /// Then.
    pub async fn expect_sold(&self, total: i64) {
        self.settle().await;
        self.expect(&format!("sold for {total}"), |view| {
            let receipt = view.closed.as_ref().map(|closed| &closed.receipt);
            view.closed.as_ref().is_some_and(|closed| closed.total == total)
                && matches!(receipt, Some(register::view::ReceiptState::Ready { copies: 0 }))
                && view.cart.lines.is_empty()
        });
    }

    // ---- the world

    /// Lets time pass, for everybody: whatever falls due on the way happens, at its time.
    pub async fn pass(&self, by: Duration) {
        const LONGEST_HOP: Duration = Duration::from_secs(5);
        let until = self.now().plus(by);
        loop {
            let next = self.settle().await;
            let left = until.since(self.now());
            if left.is_zero() {
                return;
            }
            let hop = match next {
                Next::At(moment) => moment.since(self.now()).max(Duration::from_millis(1)),
                Next::Nothing | Next::Errand(_) => LONGEST_HOP,
            };
            self.gateway.advance(hop.min(left).min(LONGEST_HOP)).await;
        }
    }

    /// Does all that is due now, and says what comes next.
    ///
    /// # Panics
    /// When something cannot be recorded, or the till never comes to rest.
    pub async fn settle(&self) -> Next {
        let Some(Process { desk: Some(desk), runtime: Some(runtime) }) = &self.till else { return Next::Nothing };
        let shared = desk.shared().clone();
        // On the till's own threads, so that it ends with the till.
        let step = runtime.spawn(async move { shared.step().await });
        step.await.expect("the till does not panic").expect("everything is recorded")
    }

    /// Starts what is due now, and does not wait for it.
    pub fn begin_to_settle(&self) {
        let Some(Process { desk: Some(desk), runtime: Some(runtime) }) = &self.till else { return };
        let shared = desk.shared().clone();
        runtime.spawn(async move { shared.step().await });
    }

    /// Makes a backup if one is due.
    #[must_use]
    pub fn back_up(&self) -> Option<desk::Round> {
        let Some(Process { desk: Some(desk), .. }) = &self.till else { return None };
        desk.backups()?.step()
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.clock.load(Ordering::SeqCst))
    }

    /// The gateway, and what it can be told to do.
    #[must_use]
    pub fn gateway(&self) -> &Simulator {
        &self.gateway
    }

    /// How often the gateway was asked about a payment.
    #[must_use]
    pub fn questions(&self) -> usize {
        *self.questions.borrow()
    }

    /// Waits until the gateway has been asked this often, answered or not.
    ///
    /// # Panics
    /// When the gateway is gone.
    pub async fn until_asked(&self, count: usize) {
        let mut questions = self.questions.clone();
        questions.wait_for(|asked| *asked >= count).await.expect("the gateway is there");
    }

    /// Somebody with a phone and a test card.
    #[must_use]
    pub fn customer(&self) -> Customer<Phone> {
        Customer::new(self.phone())
    }

    /// A phone, for more than a customer does with it.
    #[must_use]
    pub fn phone(&self) -> Phone {
        Phone::new(&self.cable.end().to_string(), &self.gateway_address.to_string())
    }

    /// The cleaner pulls the network cable out.
    pub async fn unplug(&mut self) {
        self.cable.pull().await;
    }

    /// Somebody finds it.
    pub async fn plug_in(&mut self) {
        self.cable.plug_in().await;
    }

    /// Kills the till, whatever it is doing. Nothing is closed, nothing is said.
    pub async fn kill(&mut self) {
        if let Some(mut process) = self.till.take() {
            let runtime = process.runtime.take();
            drop(process);
            let gone = tokio::task::spawn_blocking(move || {
                if let Some(runtime) = runtime {
                    // Returns as soon as its threads are gone: a killed process holds no lock and no port.
                    runtime.shutdown_timeout(Duration::from_secs(20));
                }
            });
            gone.await.expect("the till's threads end");
        }
    }

    /// Starts the till again on the same folder, killing it first when it runs.
    ///
    /// # Panics
    /// When it does not open.
    pub async fn restart(&mut self) {
        self.kill().await;
        self.write_settings();
        let process = Process::start(self.home(), self.opening()).await.expect("the till opens");
        self.page = process.desk.as_ref().map(Desk::page_address);
        self.till = Some(process);
    }

    /// Starts a second till on the same folder while the first one runs.
    ///
    /// # Errors
    /// As the window would be told.
    pub async fn start_another(&self) -> Result<(), desk::Trouble> {
        Process::start(self.home(), self.opening()).await.map(drop)
    }

    /// Ends the story: the till is killed, and its journal proven from end to end.
    ///
    /// # Panics
    /// When the report does not add up or the journal does not verify.
    pub async fn close(mut self) {
        self.settle().await;
        if self.till.is_some() {
            let report = self.report();
            assert!(report.cross_foot.agrees, "the report does not add up: {report:#?}");
        }
        self.kill().await;
        let verified = journal::verify(&self.home().journal(self.profile()));
        assert!(verified.is_ok(), "{verified:?}");
    }

    /// Where the till keeps its files.
    #[must_use]
    pub fn home(&self) -> Home {
        Home::at(self.folder.path())
    }

    fn desk(&self) -> &Desk {
        self.till.as_ref().and_then(|process| process.desk.as_ref()).expect("the till is running")
    }

    fn profile(&self) -> Profile {
        if self.own.is_some() { Profile::Stage } else { Profile::Training }
    }

    fn passphrase(&self) -> Option<Passphrase> {
        self.own.as_ref().map(|_| Passphrase::new("correct horse".to_owned()).expect("long enough"))
    }

    fn opening(&self) -> Opening {
        Opening {
            passphrase: self.passphrase(),
            gateway: (!self.built_in).then(|| format!("http://{}", self.cable.end())),
            simulator: self
                .built_in
                .then(|| Options { clock: ecpay_sim::Clock::Manual(Arc::clone(&self.clock)), ..Options::default() }),
            clock: Some(Arc::new(Hands(Arc::clone(&self.clock)))),
            by_hand: true,
            attended: self.attended,
            ..Opening::default()
        }
    }

    fn write_settings(&self) {
        let listen = self.page.map_or_else(|| "127.0.0.1:0".to_owned(), |page| page.to_string());
        let mut settings = desk::settings::STARTING.replace("127.0.0.1:8688\"", &format!("{listen}\""));
        if self.notices == Notices::Arrive {
            settings = settings.replacen("https://guitai.invalid/n/{token}", "{page}/n/{token}", 1);
        }
        if let Some(relay) = &self.relay {
            let address = format!(
                "[relay]\naddress = \"http://{}\"\ntell = [\"paid\", \"late\", \"over_paid\", \"contradicted\"]",
                relay.address()
            );
            settings = settings.replacen("[relay]", &address, 1);
            desk::keep_relay_key(&self.home(), Profile::Training, &relay.key()).expect("the folder can be written");
        }
        if self.static_page {
            let line = "static_page = \"{page}/pay.html\"";
            settings = settings.replacen("# static_page = \"https://example.github.io/pay.html\"", line, 1);
        }
        if let Some(merchant) = &self.own {
            settings = settings.replacen("\"training\"", "\"stage\"", 1);
            settings = settings.replacen("# merchant_id = \"3002607\"", &format!("merchant_id = \"{merchant}\""), 1);
        }
        settings = settings.replacen("# scale_labels", "scale_labels", 1);
        if let Some(line) = &self.maintenance {
            settings = settings.replacen("[gateway]\n", &format!("[gateway]\n{line}\n"), 1);
        }
        if let Some(folder) = &self.backups {
            let folders = format!("folders = [{:?}]\nkeep = 3\n", folder.display().to_string());
            settings = settings.replacen("keep = 30\n", &folders, 1);
        }
        std::fs::write(self.home().settings(), settings).expect("the folder can be written");
    }
}

impl Drop for Afternoon {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Process {
    async fn start(home: Home, opening: Opening) -> Result<Self, desk::Trouble> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("the machine gives a thread");
        let opened = runtime.spawn(Desk::open(home, opening)).await.expect("opening does not panic");
        let mut process = Self { desk: None, runtime: Some(runtime) };
        process.desk = Some(opened?);
        Ok(process)
    }
}

impl Drop for Process {
    /// A story that fails drops everything at once, and a runtime may not wait inside another one.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The clock on the wall of the story.
struct Hands(Arc<AtomicI64>);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.0.load(Ordering::SeqCst))
    }
}

/// The gateway's router, with a count of the questions that reach it.
fn counted(router: axum::Router) -> (axum::Router, watch::Receiver<usize>) {
    let (tell, questions) = watch::channel(0);
    let tell = Arc::new(tell);
    let counting = move |request: Request, inner: Inner| {
        if request.uri().path() == "/Cashier/QueryTradeInfo/V5" {
            tell.send_modify(|count| *count += 1);
        }
        passed_on(request, inner)
    };
    (router.layer(from_fn(counting)), questions)
}

async fn passed_on(request: Request, inner: Inner) -> Response {
    inner.run(request).await
}

/// The screen, as a failed story shows it.
fn dump(view: &View) -> String {
    let mut text = String::from("\n--- the screen ---\n");
    let mut line = |name: &str, what: &dyn std::fmt::Debug| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{name}: {what:?}");
    };
    line("cart", &view.cart.lines.iter().map(|line| (&line.name, line.quantity, line.amount)).collect::<Vec<_>>());
    line("sale", &(&view.cart.sale, view.cart.total, view.cart.paid, view.cart.due, view.cart.locked));
    let short = |attempt: &register::view::Attempt| {
        (attempt.number.clone(), attempt.amount, attempt.state.clone(), attempt.held, attempt.next_check_ms)
    };
    line("attempt", &view.attempt.as_ref().map(short));
    line("watched", &view.watched.iter().map(short).collect::<Vec<_>>());
    line("closed", &view.closed);
    line("tasks", &view.tasks);
    line("notices", &view.notices);
    line("stopped", &view.stopped);
    text
}
