//! One till, one folder, one gateway: sold at and killed again and again, then settled and audited.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use desk::Home;
use ecpay_sim::customer::{Customer, Lost};
use ecpay_sim::{Method, Options, RateLimit, Simulator};
use register::Profile;
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::task::{JoinHandle, JoinSet};

use super::aim::{From, Payer, Plan};
use super::audit::{self, Book, Stand};
use super::lot::Lot;
use super::process::{Heard, Run};
use super::settle;
use crate::phone::Phone;

/// Longer than anything here takes on a busy machine.
const LONGEST: Duration = Duration::from_secs(60);
/// What a whole sale takes, until one has been seen.
const USUAL: Duration = Duration::from_millis(200);

/// Training, any free port, and questions without waiting for the real gateway's patience.
const SETTINGS: &str = "profile = \"training\"
[pay_page]
listen = \"127.0.0.1:0\"
[gateway]
burst = 500
every_seconds = 1
first_check_seconds = 1
";

/// What came of one day, or of many.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Runs that SIGKILL ended, by how far they had come.
    pub landings: BTreeMap<&'static str, u64>,
    /// Runs that were done before it came.
    pub whole: u64,
    /// Sales that were acknowledged on standard output.
    pub acknowledged: u64,
    /// Sales a later run acknowledged for one that was killed.
    pub recovered: u64,
    /// Sales in the journals.
    pub sales: u64,
    /// Attempts in the journals.
    pub attempts: u64,
    /// Dollars paid at the gateways.
    pub gateway: i64,
    /// The part of them that waits for a person: it came late.
    pub waiting: i64,
    /// Dollars in cash.
    pub cash: i64,
}

impl Tally {
    /// How many kills there were.
    #[must_use]
    pub fn kills(&self) -> u64 {
        self.landings.values().sum()
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        for (place, kills) in &other.landings {
            *self.landings.entry(place).or_default() += kills;
        }
        self.whole += other.whole;
        self.acknowledged += other.acknowledged;
        self.recovered += other.recovered;
        self.sales += other.sales;
        self.attempts += other.attempts;
        self.gateway += other.gateway;
        self.waiting += other.waiting;
        self.cash += other.cash;
        self
    }
}

/// One till's day.
pub struct Day {
    runtime: Handle,
    lot: Lot,
    folder: TempDir,
    home: Home,
    gateway: Simulator,
    url: String,
    serving: JoinHandle<()>,
    /// Customers who are still walking through the gateway's pages.
    walking: JoinSet<()>,
    /// Payments whose customer pays when nobody expects it.
    late: Vec<String>,
    /// Everything that was ever said on standard output.
    said: Vec<Value>,
    /// What a whole sale takes here.
    whole: Duration,
    tally: Tally,
}

impl Day {
    /// Sells, kills and audits `kills` times, settles and audits the whole. To be called outside the runtime.
    ///
    /// # Panics
    /// When a promise is broken.
    #[must_use]
    pub fn live(seed: u64, kills: u64, runtime: &Handle) -> Tally {
        let mut day = Self::begin(seed, runtime);
        // Every run that is done before its kill shortens the next guess, so this ends.
        let most_runs = kills * 4 + 20;
        for _ in 0..most_runs {
            if day.tally.kills() >= kills {
                break;
            }
            day.sell_and_kill();
        }
        assert!(day.tally.kills() >= kills, "too many runs were done before they could be killed: {:?}", day.tally);
        day.end()
    }

    fn begin(seed: u64, runtime: &Handle) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::at(folder.path().join("till"));
        fs::create_dir_all(home.root()).expect("a folder");
        fs::write(home.settings(), SETTINGS).expect("settings");
        let rate_limit = RateLimit { burst: 1_000_000, per_minute: 1_000_000, ..RateLimit::default() };
        let options = Options { seed, rate_limit, ..Options::default() };
        let gateway = Simulator::new(options, desk::courier().expect("a network client"));
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("loopback has a free port");
        let url = format!("http://{}", listener.local_addr().expect("a bound listener has an address"));
        let serving = gateway.clone();
        let serving = runtime.spawn(async move { serving.serve(listener).await.expect("loopback serves") });
        Self {
            runtime: runtime.clone(),
            lot: Lot::of(seed),
            folder,
            home,
            gateway,
            url,
            serving,
            walking: JoinSet::new(),
            late: Vec::new(),
            said: Vec::new(),
            whole: USUAL,
            tally: Tally::default(),
        }
    }

    fn journal(&self) -> PathBuf {
        self.home.journal(Profile::Training)
    }

    /// One run: a sale, and a kill at its moment unless the run is done before.
    fn sell_and_kill(&mut self) {
        let plan = Plan::draw(&mut self.lot, self.whole);
        let before = Stand::of(Book::read(&self.journal()).as_ref());
        let (already, started) = (self.said.len(), Instant::now());
        let run = Run::start(&self.arguments(&plan));
        let mut dies = (plan.from == From::Start).then(|| started + plan.after);
        let over = loop {
            match run.hear(dies.unwrap_or(started + LONGEST)) {
                Heard::Line(line) => {
                    if dies.is_none() && plan.from.is(&line) {
                        dies = Some(Instant::now() + plan.after);
                    }
                    if line["event"] == "pay_link" {
                        self.hand_over(&plan, &line);
                    }
                    self.said.push(line);
                }
                Heard::Nothing => break dies.is_none(),
                Heard::End => break true,
            }
        };
        assert!(started.elapsed() < LONGEST, "a sale takes too long: {plan:?}");
        let ended = if over { run.end() } else { run.kill() };
        self.said.extend(ended.rest);
        if ended.killed {
            assert_eq!(ended.errors, "", "{plan:?}");
        } else if ended.good {
            self.whole = (self.whole * 3 + started.elapsed()) / 4;
        } else {
            let expected = ["is not paid", "holds the counter"];
            assert!(expected.iter().any(|words| ended.errors.contains(words)), "{}: {plan:?}", ended.errors);
        }
        // Somebody who walked away pays before the till is back, or while the next customers are served.
        if self.lot.in_a_hundred(50) {
            self.pay_late();
        }
        let acknowledged = self.said[already..].iter().any(|line| line["event"] == "sale");
        let landed = self.audit(&before, acknowledged);
        if ended.killed {
            *self.tally.landings.entry(landed).or_default() += 1;
        } else {
            self.tally.whole += 1;
        }
    }

    fn arguments(&self, plan: &Plan) -> Vec<String> {
        let home = self.home.root().display().to_string();
        let mut words = vec!["sell", "--json", "--item", plan.item, "--pay", plan.how, "--wait", "20"];
        words.extend(["--gateway", &self.url, "--home", &home]);
        match plan.payer {
            Payer::Inside => words.extend(["--customer", "pays"]),
            Payer::Declined => words.extend(["--customer", "declines"]),
            Payer::Cash | Payer::Outside | Payer::Late => {}
        }
        words.into_iter().map(str::to_owned).collect()
    }

    /// The customer gets the link.
    fn hand_over(&mut self, plan: &Plan, line: &Value) {
        let link = line["link"].as_str().expect("a link").to_owned();
        let customer = Customer::new(Phone::new(&self.url, &self.url));
        match plan.payer {
            Payer::Outside => {
                let method = if plan.how == "ecpay:twqr" { Method::Twqr } else { Method::Credit };
                self.walking.spawn_on(async move { gone_or_fine(customer.pay(&link, method).await) }, &self.runtime);
            }
            Payer::Late => {
                self.walking.spawn_on(async move { gone_or_fine(customer.look(&link).await) }, &self.runtime);
                self.late.push(line["attempt"].as_str().expect("a number").to_owned());
            }
            Payer::Cash | Payer::Inside | Payer::Declined => {}
        }
    }

    /// Those who walked away pay, as far as they had come to the gateway's page.
    fn pay_late(&mut self) {
        for number in std::mem::take(&mut self.late) {
            if self.gateway.order(&number).is_some() {
                self.runtime.block_on(self.gateway.pay_order(&number, Method::Credit)).expect("an open order");
            }
        }
    }

    /// What must hold after a kill; says how far the run had come.
    fn audit(&mut self, before: &Stand, acknowledged: bool) -> &'static str {
        // As the killed process left it, or as a machine that went down with it would find it.
        let journal = if self.lot.in_a_hundred(50) {
            self.journal()
        } else {
            let copy = self.folder.path().join("found");
            audit::copy_files(&self.journal(), &copy);
            copy.join("journal.sqlite")
        };
        audit::verify(&journal);
        let Some(book) = Book::read(&journal) else {
            assert!(self.said.is_empty(), "something was said, and there is no journal: {:?}", self.said);
            return "before there was a journal";
        };
        book.check();
        self.said.iter().for_each(|line| book.check_said(line, &self.home));
        book.landing(before, acknowledged)
    }

    /// The last customers pay, the till settles, and everything is looked through once more.
    fn end(mut self) -> Tally {
        let runtime = self.runtime.clone();
        runtime.block_on(async {
            while let Some(walked) = tokio::time::timeout(LONGEST, self.walking.join_next()).await.expect("they arrive")
            {
                walked.expect("a customer is not puzzled");
            }
        });
        self.pay_late();
        // Once as a process like the others, left alive, then with time of its own.
        let words = ["tasks", "--json", "--gateway", &self.url, "--home", &self.home.root().display().to_string()];
        let ended = Run::start(&words.map(str::to_owned)).end();
        assert!(ended.good, "{}", ended.errors);
        let view = runtime.block_on(settle::settle(&self.home, &self.gateway, &self.url));
        audit::verify(&self.journal());
        let book = Book::read(&self.journal()).expect("a journal");
        book.check();
        self.said.iter().for_each(|line| book.check_said(line, &self.home));
        let money = settle::check_money(&book, &self.gateway, &view);
        settle::check_receipts(&book, &self.home);
        let said = |event: &str| {
            u64::try_from(self.said.iter().filter(|line| line["event"] == event).count()).expect("few lines")
        };
        (self.tally.acknowledged, self.tally.recovered) = (said("sale"), said("recovered"));
        self.tally.sales = u64::try_from(book.sales.len()).expect("few sales");
        self.tally.attempts = u64::try_from(book.attempts.len()).expect("few attempts");
        (self.tally.gateway, self.tally.waiting, self.tally.cash) = (money.gateway, money.waiting, money.cash);
        std::mem::take(&mut self.tally)
    }
}

impl Drop for Day {
    fn drop(&mut self) {
        self.serving.abort();
        if std::thread::panicking() {
            self.folder.disable_cleanup(true);
            eprintln!("the till's files are kept in {}", self.folder.path().display());
        }
    }
}

/// A till that is killed does not answer its customer's browser any more; the customer understands every page, though.
fn gone_or_fine<T>(walked: Result<T, Lost>) {
    if let Err(lost @ Lost::Puzzled { .. }) = walked {
        panic!("{lost}");
    }
}
