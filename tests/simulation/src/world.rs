//! Everything around the register: the till's clock and file, letters and answers under way, customers with pages in
//! their hands. Time passes from one thing that happens to the next; nothing waits.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ecpay::Fields;
use journal::Journal;
use register::view::View;
use register::{Answer, CardApi, CommandError, Errand, Next, NotAnswered, Received, Register, Setup};
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::payment::{Door, Method};
use till::time::Timestamp;

use super::afternoon::Cast;
use super::exchange::Exchanges;
use super::gateway::Gateway;
use super::luck::{Luck, SeededChance};
use super::promises::{self, Books};
use super::relay::{self, Relay};
use super::shop;

/// A promise that was broken, in words.
pub(crate) type Held<T = ()> = Result<T, String>;

pub(crate) const SECOND: i64 = 1_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// 2026-03-02 10:00 in Taipei.
const BEGIN: i64 = 1_772_416_800_000;

/// More than a till has to do between two things that happen.
const BUSY: usize = 5_000;

pub(crate) struct World {
    pub(crate) cast: Cast,
    pub(crate) setup: Setup,
    pub(crate) luck: Luck,
    pub(crate) chance: SeededChance,
    /// The world's clock, which is the gateway's too.
    pub(crate) t: i64,
    /// The till's clock less the world's.
    pub(crate) offset: i64,
    folder: tempfile::TempDir,
    /// How often the till was started.
    pub(crate) lives: u32,
    till: Option<Register>,
    /// The last look at the screen, of which life and at which revision: drawing its QR costs more than all the rest.
    seen: Option<(u32, View)>,
    pub(crate) gateway: Gateway,
    pub(crate) weather: Weather,
    /// The disk takes nothing more.
    pub(crate) disk_full: bool,
    /// Nothing is lost any more: the afternoon is being brought to its end.
    pub(crate) calm: bool,
    pub(crate) phones: Vec<Phone>,
    pub(crate) letters: Vec<Letter>,
    /// The shop's relay, where it has one.
    pub(crate) relay: Option<Relay>,
    /// What has been delivered, to be sent again.
    pub(crate) old: Vec<Letter>,
    answers: Vec<UnderWay>,
    /// Messages about refunds.
    pub(crate) exchanges: Exchanges,
    receipts: Vec<(i64, SaleNumber, Result<(), String>)>,
    wake: Option<i64>,
    /// How often in a row the till could not record what is due.
    stuck: u32,
    /// The till's own time before which nothing may be asked.
    pub(crate) silent_until: Option<i64>,
    pub(crate) known: Known,
    /// Some receipts are really made.
    pub(crate) draws: bool,
    /// What has reached the till by itself: answers, messages, receipts, and moments it wanted to be woken at.
    pub(crate) arrivals: u64,
}

/// What the model remembers, to hold the till to it.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) attempts: BTreeMap<AttemptNumber, SaleNumber>,
    pub(crate) sales: BTreeSet<SaleNumber>,
    /// What was once paid stays paid.
    pub(crate) paid: BTreeSet<AttemptNumber>,
    /// Closed sales and what they came to.
    pub(crate) closed: BTreeMap<SaleNumber, i64>,
    pub(crate) cash: i64,
    /// Attempts for which somebody else's signature said "paid".
    pub(crate) lied: BTreeSet<AttemptNumber>,
    /// Attempts whose payment a person was told is denied.
    pub(crate) denied: BTreeSet<AttemptNumber>,
    /// Attempts of which nobody ever said how they ended, and a person has taken note of that.
    pub(crate) left_open: BTreeSet<AttemptNumber>,
    /// Attempts with a signed message that named another amount.
    pub(crate) contradicted: BTreeSet<AttemptNumber>,
    pub(crate) questions: u64,
    pub(crate) refunds: BTreeSet<RefundNumber>,
    pub(crate) refund_steps: u64,
    /// Refunds whose last step nobody has said anything about, neither the gateway nor its figures.
    pub(crate) in_doubt: BTreeSet<RefundNumber>,
    /// What the journal says.
    pub(crate) books: Books,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weather {
    Fine,
    NotSent,
    MaybeSent,
    Refusing,
    Garbage,
    Slow,
}

/// A customer's phone with a page that can be submitted.
#[derive(Clone, Debug)]
pub(crate) struct Phone {
    pub(crate) link: String,
    pub(crate) form: Fields,
    pub(crate) method: Method,
    /// Who keeps a page longer than this has closed it.
    pub(crate) until: i64,
    /// It came from the relay, and not from the till.
    pub(crate) at_relay: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) due: i64,
    pub(crate) door: Door,
    pub(crate) token: String,
    pub(crate) number: String,
    pub(crate) body: Vec<u8>,
    pub(crate) kind: Kind,
    /// For the how manieth time it is told.
    pub(crate) told: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The gateway's own word that money moved.
    Paid,
    /// The gateway's own word about anything else.
    Other,
    /// Rightly signed, and not so: the keys are in the wrong hands.
    Lie,
    /// Rightly signed, with another amount or only simulated.
    Odd,
    /// Not to be believed.
    Refused,
}

struct UnderWay {
    due: i64,
    number: AttemptNumber,
    outcome: Result<Answer, NotAnswered>,
}

impl World {
    pub(crate) fn new(seed: u64, cast: Cast) -> Held<Self> {
        let mut setup = shop::setup();
        let mut gateway = Gateway::new(shop::merchant());
        // Chance of its own: an afternoon without refunds is what it was before there were any.
        let mut taste = Luck::new(seed ^ 0x7265_6675_6e64_0003);
        if taste.percent(50) {
            setup.refunds.api = CardApi::Form;
        }
        gateway.cards.unsigned = taste.percent(30);
        setup.relay_base = cast.relay().then(|| relay::BASE.to_owned());
        let mut world = Self {
            cast,
            setup,
            luck: Luck::new(seed),
            chance: SeededChance::new(seed),
            t: BEGIN,
            offset: 0,
            folder: folder().map_err(|error| error.to_string())?,
            lives: 0,
            till: None,
            seen: None,
            gateway,
            weather: Weather::Fine,
            disk_full: false,
            calm: false,
            phones: Vec::new(),
            letters: Vec::new(),
            relay: cast.relay().then(|| Relay::new(BEGIN)),
            old: Vec::new(),
            answers: Vec::new(),
            exchanges: Exchanges::default(),
            receipts: Vec::new(),
            wake: None,
            stuck: 0,
            silent_until: None,
            known: Known::default(),
            draws: false,
            arrivals: 0,
        };
        fs::write(world.path(), day_before()?).map_err(|error| error.to_string())?;
        world.start()?;
        Ok(world)
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.t + self.offset)
    }

    pub(crate) fn till(&mut self) -> &mut Register {
        self.till.as_mut().expect("a till stands on the counter")
    }

    pub(crate) fn till_ref(&self) -> &Register {
        self.till.as_ref().expect("a till stands on the counter")
    }

    /// The screen, drawn again whenever its revision says so.
    pub(crate) fn look(&mut self) -> Held<View> {
        let revision = self.till_ref().revision();
        match &self.seen {
            Some((life, view)) if *life == self.lives && view.revision == revision => Ok(view.clone()),
            _ => {
                let view = self.till_ref().view(self.now()).map_err(|error| format!("the screen fails: {error}"))?;
                self.seen = Some((self.lives, view.clone()));
                Ok(view)
            }
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("journal.db")
    }

    fn start(&mut self) -> Held {
        self.lives += 1;
        let opened = Journal::open(&self.path()).map_err(|error| format!("the journal does not open: {error}"))?;
        let now = self.now();
        let till = Register::start(self.setup.clone(), opened.journal, now).map_err(|error| error.to_string())?;
        self.till = Some(till);
        self.disk_full = false;
        Ok(())
    }

    /// The process is gone from one moment to the next: what lies in its files is what the next one finds. `torn` leaves
    /// the beginning of a commit that never came to its end behind them.
    pub(crate) fn kill(&mut self, torn: bool) -> Held {
        self.till_ref().journal().killed_for_tests();
        self.forget();
        if torn {
            let wal = with_ending(&self.path(), "-wal");
            if let Ok(mut wal) = fs::OpenOptions::new().append(true).open(&wal) {
                let many = self.luck.below(9_000);
                let noise: Vec<u8> = (0..many).map(|_| self.luck.next().to_le_bytes()[0]).collect();
                wal.write_all(&noise).map_err(|error| error.to_string())?;
            }
        }
        self.start()
    }

    /// The program is closed in good order and started again.
    pub(crate) fn restart(&mut self) -> Held {
        self.forget();
        self.start()
    }

    fn forget(&mut self) {
        self.till = None;
        self.seen = None;
        // The next life is held to what its file says, and to nothing that is remembered.
        self.known.books = Books::default();
        self.answers.clear();
        self.receipts.clear();
        self.mailman_is_gone();
    }

    /// Closes the till for good, so that its file can be proven.
    pub(crate) fn close(&mut self) {
        self.till = None;
    }

    /// A command may be refused; it may not go wrong.
    pub(crate) fn allowed<T>(&self, outcome: Result<T, CommandError>) -> Held<Result<T, CommandError>> {
        match outcome {
            Err(CommandError::DiskFull) if self.disk_full => Ok(Err(CommandError::DiskFull)),
            Err(
                error @ (CommandError::Internal { .. }
                | CommandError::JournalDamaged { .. }
                | CommandError::Stopped
                | CommandError::DiskFull),
            ) => Err(format!("a command went wrong: {error}")),
            other => Ok(other),
        }
    }

    /// The till does everything that is due.
    pub(crate) fn pump(&mut self) -> Held {
        for _ in 0..BUSY {
            let now = self.now();
            let next = self.till().next(now);
            let next = self.allowed(next)?;
            self.stuck = if next.is_err() { self.stuck + 1 } else { 0 };
            match next {
                Ok(Next::Errand(Errand::Ask { attempt, form, .. })) => self.ask(attempt, &form)?,
                Ok(Next::Errand(Errand::Refund { refund, exchange, body, .. })) => {
                    self.exchange(refund, exchange, body)?;
                }
                Ok(Next::Errand(Errand::MakeReceipt { sale, document, .. })) => {
                    promises::receipt_may_be_made(self, &sale)?;
                    let mut outcome = Ok(());
                    if !self.calm && self.luck.percent(1) {
                        // Drawing one takes as long as fifty steps: for those that are proven too.
                        if self.draws {
                            outcome = register::receipts::pdf(&document).map(drop);
                        }
                    } else if !self.calm && self.luck.percent(5) {
                        outcome = Err("no paper".to_owned());
                    }
                    let due = self.t + if self.luck.percent(30) { self.luck.between(1, 20 * SECOND) } else { 0 };
                    self.receipts.push((due, sale, outcome));
                }
                // This shop keeps its receipts as PDF.
                Ok(Next::Errand(Errand::Print { .. } | Errand::OpenDrawer)) => {
                    return Err("a paper goes to a printer that is not there".to_owned());
                }
                Ok(Next::At(moment)) => {
                    self.wake = Some(moment.unix_ms() - self.offset);
                    return Ok(());
                }
                Ok(Next::Nothing) => {
                    self.wake = None;
                    return Ok(());
                }
                // The driving loop looks again every five seconds. On a disk that stays full for days nothing comes of it.
                Err(_) => {
                    self.wake = Some(self.t + ((5 * SECOND) << self.stuck.min(9)));
                    return Ok(());
                }
            }
        }
        Err("the till never comes to rest".to_owned())
    }

    fn ask(&mut self, attempt: AttemptNumber, form: &str) -> Held {
        self.known.questions += 1;
        promises::may_be_asked(self, &attempt, form)?;
        let answer = |status, body| Ok(Answer { status, body, date: Some(self.t.div_euclid(1000)) });
        let fresh = self.gateway.answer(attempt.as_str(), self.t);
        let mut patience = 2 * SECOND;
        let outcome = match self.weather {
            Weather::Fine => answer(200, fresh),
            Weather::Slow => {
                patience = 20 * SECOND;
                answer(200, fresh)
            }
            Weather::NotSent => Err(NotAnswered::NotSent("no route".to_owned())),
            Weather::MaybeSent => Err(NotAnswered::MaybeSent("timeout".to_owned())),
            Weather::Refusing => answer(403, b"Forbidden".to_vec()),
            Weather::Garbage => {
                let mut body = fresh;
                body.truncate(body.len() / 2);
                answer(200, body)
            }
        };
        let due = self.t + self.luck.between(1, patience);
        self.answers.push(UnderWay { due, number: attempt, outcome });
        Ok(())
    }

    /// Lets time pass: whatever happens in between happens in its order.
    pub(crate) fn pass(&mut self, ms: i64) -> Held {
        let target = self.t + ms;
        self.pump()?;
        for _ in 0..100 * BUSY {
            let answer = self.answers.iter().map(|under_way| under_way.due).min();
            let letter = self.letters.iter().map(|letter| letter.due).min();
            let receipt = self.receipts.iter().map(|(due, ..)| *due).min();
            let exchange = self.exchanges.next();
            let mail = self.relay.as_ref().map(|relay| relay.mailman.due);
            let every = [answer, letter, receipt, self.wake, exchange, mail];
            let Some(next) = every.into_iter().flatten().min() else { break };
            if next > target {
                break;
            }
            self.t = self.t.max(next);
            self.arrivals += 1;
            if receipt == Some(next) {
                self.take_receipt()?;
            } else if answer == Some(next) {
                self.take_answer()?;
            } else if letter == Some(next) {
                self.take_letter()?;
            } else if exchange == Some(next) {
                self.take_exchange()?;
            } else if mail == Some(next) {
                self.mail_round()?;
            }
            self.pump()?;
        }
        self.t = self.t.max(target);
        self.pump()
    }

    fn take_receipt(&mut self) -> Held {
        let Some(at) = first(&self.receipts, |(due, ..)| *due) else { return Ok(()) };
        let (_, sale, outcome) = self.receipts.remove(at);
        let now = self.now();
        let recorded = self.till().receipt_made(&sale, 0, outcome, now);
        self.allowed(recorded).map(drop)
    }

    fn take_answer(&mut self) -> Held {
        let Some(at) = first(&self.answers, |under_way| under_way.due) else { return Ok(()) };
        let UnderWay { number, outcome, .. } = self.answers.remove(at);
        let now = self.now();
        let refused = matches!(&outcome, Ok(answer) if answer.status == 403);
        let recorded = self.till().answered(&number, outcome, now);
        if self.allowed(recorded)?.is_ok() && refused {
            self.left_alone();
        }
        Ok(())
    }

    /// The till has recorded that the gateway wants to be left alone.
    pub(crate) fn left_alone(&mut self) {
        let silence = i64::try_from(self.setup.allowance.silence_ms).expect("half an hour");
        self.silent_until = self.silent_until.max(Some(self.now().unix_ms() + silence));
    }

    fn take_letter(&mut self) -> Held {
        let Some(at) = first(&self.letters, |letter| letter.due) else { return Ok(()) };
        let letter = self.letters.remove(at);
        if self.brought_to_relay(&letter)? {
            return Ok(());
        }
        self.deliver(letter)
    }

    fn deliver(&mut self, letter: Letter) -> Held {
        let now = self.now();
        let known = self.till_ref().knows_token(&letter.token);
        match self.allowed(known)? {
            Ok(true) => {}
            Ok(false) if letter.kind == Kind::Refused => return Ok(()),
            _ => return Err(format!("nobody knows the door of {}", letter.number)),
        }
        let received = self.till().receive(letter.door, &letter.body, now);
        let Ok(received) = self.allowed(received)? else {
            // Not acknowledged, so it comes again.
            self.letters.push(Letter { due: self.t + 5 * MINUTE, ..letter });
            return Ok(());
        };
        promises::was_received(self, &letter, received)?;
        if self.old.len() < 40 && received != Received::Refused {
            self.old.push(letter);
        }
        Ok(())
    }

    /// Sends a letter on its way: it may be lost, doubled, late.
    pub(crate) fn send(&mut self, letter: Letter) {
        let lossy = !self.calm;
        if lossy && self.luck.percent(15) && letter.kind != Kind::Lie {
            return;
        }
        let patience = *self.luck.pick(&[SECOND, 10 * SECOND, 20 * MINUTE]).expect("some");
        let due = self.t + self.luck.between(1, patience);
        if lossy && self.luck.percent(15) {
            let again = due + self.luck.between(1, HOUR);
            self.letters.push(Letter { due: again, ..letter.clone() });
        }
        self.letters.push(Letter { due, ..letter });
    }

    /// What the gateway reports once money has moved.
    pub(crate) fn pay(&mut self, number: &str) {
        let t = self.t;
        let lag = if self.luck.percent(20) { self.luck.between(1, MINUTE) } else { 0 };
        // Stores and banks tell the gateway late; nobody is told before it knows.
        self.gateway.paid(number, t, t + lag);
        self.tell_about(number, "1", Kind::Paid);
    }

    /// Notice, and the browser's copy.
    pub(crate) fn tell_about(&mut self, number: &str, code: &'static str, kind: Kind) {
        let Some(order) = self.gateway.orders.get(number).cloned() else { return };
        let body = self.gateway.notice(number, &super::gateway::Says::code(code, self.t));
        let letter =
            Letter { due: 0, door: Door::Notice, token: order.token, number: number.to_owned(), body, kind, told: 1 };
        if order.returns && self.luck.percent(70) {
            self.send(Letter { door: Door::Browser, ..letter.clone() });
        }
        self.send(letter);
    }

    /// The mailman hears of every change.
    pub(crate) fn something_changed(&mut self) {
        if let Some(relay) = &mut self.relay {
            let soon = self.t + self.luck.between(1, SECOND);
            relay.mailman.due = relay.mailman.due.min(soon);
        }
    }

    pub(crate) fn nothing_under_way(&self) -> bool {
        let here = self.answers.is_empty() && self.receipts.is_empty() && self.exchanges.is_empty();
        here && self.letters.is_empty() && self.relay.as_ref().is_none_or(Relay::is_empty)
    }

    /// When the till wants to be woken.
    pub(crate) fn wake(&self) -> Option<i64> {
        self.wake
    }
}

fn first<T>(of: &[T], due: impl Fn(&T) -> i64) -> Option<usize> {
    (0..of.len()).min_by_key(|at| due(&of[*at]))
}

/// Where files live and die without a disk, where there is such a place: what a killed process wrote is what the next one
/// finds there too.
fn folder() -> std::io::Result<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    let mut builder = tempfile::Builder::new();
    builder.prefix("guitai-simulation-");
    if memory.is_dir() { builder.tempdir_in(memory) } else { builder.tempdir() }
}

/// The journal of the evening before, with a catalogue in it: the same for every afternoon.
fn day_before() -> Held<&'static [u8]> {
    static MADE: OnceLock<Held<Vec<u8>>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = folder().map_err(|error| error.to_string())?;
        let path = folder.path().join("journal.db");
        let opened = Journal::open(&path).map_err(|error| error.to_string())?;
        let now = Timestamp::from_unix_ms(BEGIN);
        let mut till = Register::start(shop::setup(), opened.journal, now).map_err(|error| error.to_string())?;
        till.set_products(shop::products(), now).map_err(|error| error.to_string())?;
        drop(till);
        fs::read(&path).map_err(|error| error.to_string())
    });
    made.as_deref().map_err(Clone::clone)
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
