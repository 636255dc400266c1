//! A shop to fill journals with: products, cash sales, and whole afternoons made of a seed, all through the domain's own
//! functions.
#![allow(dead_code, unreachable_pub)]

use std::path::{Path, PathBuf};
use std::time::Duration;

use journal::{Journal, Stamp};
use serde_json::Value;
use tempfile::TempDir;
use till::cart::Cart;
use till::catalogue::{Product, Unit};
use till::event::{Event, GatewayEvent, ProductEvent, TillAlarm, TillEvent};
use till::ids::{AttemptNumber, SaleNumber, TillId};
use till::money::Money;
use till::payment::{
    Attempt, AttemptEvent, Door, Evidence, Input, Method, NoAnswer, Page, Payment, PaymentCode, Rules, Says, Schedule,
    Terms, Why, decide,
};
use till::sale::{Sale, SaleEvent, SalePhase, Tender};
use till::settle;
use till::tax::TaxKind;
use till::time::Timestamp;

/// Noon in Taipei on 5 January 2026.
pub const NOON: i64 = 1_767_585_600_000;

pub fn at(ms: i64) -> Timestamp {
    Timestamp::from_unix_ms(NOON + ms)
}

pub fn stamp(ms: i64) -> Stamp {
    Stamp { at: at(ms), operator: "amy".into() }
}

pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

pub fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("till.journal")
}

pub fn open(path: &Path) -> Journal {
    Journal::open(path).expect("a journal").journal
}

pub fn till() -> TillId {
    "T1".parse().expect("a till id")
}

pub fn product(code: &str, barcodes: &[&str], price: i64, tax: TaxKind) -> Product {
    Product {
        code: code.parse().expect("a code"),
        barcodes: barcodes.iter().map(|text| text.parse().expect("a barcode")).collect(),
        name: format!("商品 {code}"),
        category: "雜貨".into(),
        price: Money::dollars(price),
        tax,
        unit: Unit::Piece,
        favourite: false,
        prices: vec![],
    }
}

pub fn tea() -> Product {
    product("TEA", &["4710088412348", "ABCD"], 25, TaxKind::Taxable)
}

pub fn set(product: &Product) -> Event {
    Event::Product(product.code.clone(), ProductEvent::Set { product: product.clone() })
}

/// A sale of so many teas, opened: its number, itself and the event.
pub fn opened(number: SaleNumber, cart: &Cart) -> (Sale, Event) {
    let event = Sale::opening(cart);
    let sale = Sale::opened(number.clone(), &event).expect("an opening event");
    (sale, Event::Sale(number, event))
}

pub fn cart(products: &[(Product, u32)]) -> Cart {
    let mut cart = Cart::default();
    for (product, quantity) in products {
        cart.add(product, *quantity).expect("fits");
    }
    cart
}

/// All events of a cash sale, up to and without its receipt.
pub fn cash_sale(number: SaleNumber, cart: &Cart) -> Vec<Event> {
    let (sale, first) = opened(number.clone(), cart);
    let received = Money::dollars((sale.due().as_dollars() + 99) / 100 * 100);
    let rest = sale.pay_cash(received).expect("enough");
    std::iter::once(first).chain(rest.into_iter().map(|event| Event::Sale(number.clone(), event))).collect()
}

pub fn receipt(number: SaleNumber) -> Event {
    Event::Sale(number, SaleEvent::ReceiptMade { copy: 0 })
}

/// Sells so many teas for cash, receipt and all.
pub fn sell(journal: &mut Journal, ms: i64, teas: u32) -> SaleNumber {
    let number = SaleNumber::new(&till(), journal.next_sale_count().expect("readable"));
    journal.append(&stamp(ms), &cash_sale(number.clone(), &cart(&[(tea(), teas)])), None).expect("appended");
    journal.append(&stamp(ms + 500), &[receipt(number.clone())], None).expect("appended");
    number
}

pub fn terms(number: &str, sale: &SaleNumber, amount: Money, now: Timestamp) -> Terms {
    Terms {
        number: number.parse().expect("a number"),
        sale: sale.clone(),
        amount,
        method: Method::All,
        merchant: "3002607".into(),
        created: now,
        expires: now.plus(Duration::from_secs(600)),
        link: format!("link-{number}"),
        token: format!("token-{number}"),
        page: Page::Ours,
    }
}

pub fn rules() -> Rules {
    Rules { accept_simulated: false, schedule: Schedule::default(), forgotten_before: None }
}

pub fn payment(amount: Money) -> Payment {
    Payment {
        amount,
        trade_no: Some("2601051200001234".into()),
        method: Method::Credit,
        payment_type: "Credit_CreditCard".into(),
        paid_at: "2026/01/05 12:00:30".into(),
        card_last4: Some("2222".into()),
        whole_only: false,
        simulated: false,
    }
}

/// Chance from a seed (xorshift64*).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % bound
    }

    fn one_of<T: Clone>(&mut self, choices: &[T]) -> T {
        let at = usize::try_from(self.below(u64::try_from(choices.len()).expect("few"))).expect("small");
        choices[at].clone()
    }
}

/// An afternoon made of a seed.
pub struct Afternoon {
    pub journal: Journal,
    pub chance: Chance,
    pub clock: i64,
    /// Told of every append once it has been acknowledged.
    pub acknowledged: Box<dyn FnMut(&Journal)>,
    attempts: Vec<AttemptNumber>,
    runs: u64,
}

impl Afternoon {
    pub fn new(path: &Path, seed: u64) -> Self {
        let mut day = Self::go_on(open(path), seed);
        day.put_out_goods();
        day
    }

    /// The next afternoon on a journal that is there already.
    pub fn go_on(journal: Journal, seed: u64) -> Self {
        let attempts = journal.unsettled_attempts().expect("readable");
        // Numbers are never drawn twice: those of this afternoon come after the events there are.
        let runs = journal.head().seq;
        let acknowledged = Box::new(|_: &Journal| ());
        Self { journal, chance: Chance::new(seed), clock: 0, acknowledged, attempts, runs }
    }

    pub fn put_out_goods(&mut self) {
        self.append(&Self::goods().iter().map(set).collect::<Vec<_>>());
    }

    fn goods() -> [Product; 4] {
        [
            tea(),
            product("RICE", &["4711234567899"], 180, TaxKind::Exempt),
            product("BOOK", &[], 333, TaxKind::ZeroRated),
            product("NUT", &["96385074", "NUTS"], 87, TaxKind::Taxable),
        ]
    }

    pub fn append(&mut self, events: &[Event]) {
        let operator = self.chance.one_of(&["amy", "陳先生", "till"]).to_owned();
        let stamp = Stamp { at: at(self.clock), operator };
        self.journal.append(&stamp, events, None).expect("appended");
        (self.acknowledged)(&self.journal);
    }

    fn a_cart(&mut self) -> Cart {
        let lines = 1 + self.chance.below(3);
        let lines: Vec<_> = (0..lines)
            .map(|_| {
                let quantity = u32::try_from(1 + self.chance.below(4)).expect("small");
                (self.chance.one_of(&Self::goods()), quantity)
            })
            .collect();
        cart(&lines)
    }

    fn next_number(&self) -> SaleNumber {
        SaleNumber::new(&till(), self.journal.next_sale_count().expect("readable"))
    }

    /// One thing that happens.
    pub fn step(&mut self) {
        // Clocks go back, too.
        let passed = i64::try_from(self.chance.below(400_000)).expect("small");
        self.clock += passed - 20_000;
        match self.chance.below(16) {
            0..=3 => self.cash(),
            4..=5 => self.online(),
            6..=11 => self.something_about_an_attempt(),
            12 => self.finish_a_sale(),
            13 => self.change_a_product(),
            14 => self.alarm(),
            _ => self.gateway_refuses(),
        }
    }

    fn cash(&mut self) {
        let (number, cart) = (self.next_number(), self.a_cart());
        self.append(&cash_sale(number.clone(), &cart));
        if self.chance.below(5) > 0 {
            self.append(&[receipt(number)]);
        }
    }

    fn online(&mut self) {
        let (number, cart) = (self.next_number(), self.a_cart());
        let (mut sale, first) = opened(number.clone(), &cart);
        let mut events = vec![first];
        if self.chance.below(4) == 0 {
            let part = Money::dollars(sale.due().as_dollars() / 2);
            let part = Tender::Cash { amount: part, received: part, change: Money::ZERO };
            for event in sale.pay(part, false) {
                sale.apply(&event);
                events.push(Event::Sale(number.clone(), event));
            }
        }
        if sale.phase == SalePhase::Open {
            let now = at(self.clock);
            let chance = self.chance.below(1 << 31);
            let attempt = AttemptNumber::new(&till(), now, (self.runs << 31) | chance);
            self.runs += 1;
            let mut terms = terms(attempt.as_str(), &number, sale.due(), now);
            terms.page = self.chance.one_of(&[Page::Ours, Page::Elsewhere]);
            terms.merchant = self.chance.one_of(&["3002607", "2000132"]).to_owned();
            events.push(Event::Attempt(attempt.clone(), AttemptEvent::Intended { terms }));
            self.attempts.push(attempt);
        }
        self.append(&events);
    }

    fn something_about_an_attempt(&mut self) {
        if self.attempts.is_empty() {
            return self.online();
        }
        let number = self.chance.one_of(&self.attempts.clone());
        let mut attempt: Attempt = self.journal.attempt(&number).expect("readable").expect("there");
        let input = self.an_input(&attempt);
        let now = at(self.clock);
        let decided = decide(&attempt, &input, &rules(), now);
        let mut events = Vec::new();
        for event in decided {
            attempt.apply(&event, now);
            events.push(Event::Attempt(number.clone(), event));
        }
        let sale = self.journal.sale(&attempt.terms.sale).expect("readable");
        events.extend(settle::settle(sale.as_ref(), &attempt));
        self.append(&events);
    }

    fn an_input(&mut self, attempt: &Attempt) -> Input {
        let evidence = |door, says| Input::Evidence(Evidence { door, says });
        let door = self.chance.one_of(&[Door::Notice, Door::Browser, Door::Query]);
        match self.chance.below(14) {
            0 => Input::PageUp,
            1 => Input::PageOpened,
            2 | 3 => Input::Ask,
            4 => Input::NoAnswer(self.chance.one_of(&[NoAnswer::NotSent, NoAnswer::MaybeSent, NoAnswer::Refused])),
            5 | 6 => evidence(door, Says::Paid { payment: payment(attempt.terms.amount) }),
            7 => evidence(door, Says::Paid { payment: payment(Money::dollars(1)) }),
            8 => evidence(door, Says::Paid { payment: Payment { simulated: true, ..payment(attempt.terms.amount) } }),
            9 => evidence(
                door,
                Says::CodeIssued { code: PaymentCode::Cvs { number: "LLL24112345678".into() }, deadline: None },
            ),
            10 => evidence(door, self.chance.one_of(&[Says::Unpaid, Says::Pending, Says::UnknownOrder])),
            11 => Input::Withdraw(self.chance.one_of(&[Why::Cancelled, Why::Superseded, Why::Expired, Why::SalePaid])),
            12 => Input::SeeAlarms(attempt.last_alarm()),
            _ => Input::ComeBack,
        }
    }

    fn finish_a_sale(&mut self) {
        let unsettled = self.journal.unsettled_sales().expect("readable");
        if unsettled.is_empty() {
            return;
        }
        let number = self.chance.one_of(&unsettled);
        let sale = self.journal.sale(&number).expect("readable").expect("there");
        let to_sale = |event| Event::Sale(number.clone(), event);
        let events: Vec<Event> = match (sale.phase, self.chance.below(3)) {
            (SalePhase::Open, 0) if sale.tenders.is_empty() => vec![to_sale(SaleEvent::Voided { reason: None })],
            (SalePhase::Open, _) => sale.pay_cash(sale.due()).expect("exact").into_iter().map(to_sale).collect(),
            (_, 0) => vec![to_sale(SaleEvent::ReceiptFailed { reason: "no paper".into() })],
            _ => vec![to_sale(SaleEvent::ReceiptMade { copy: 0 })],
        };
        self.append(&events);
    }

    fn change_a_product(&mut self) {
        let mut product = self.chance.one_of(&Self::goods());
        let event = match self.chance.below(3) {
            0 => Event::Product(product.code.clone(), ProductEvent::Retired),
            1 => {
                product.barcodes.reverse();
                set(&product)
            }
            _ => {
                product.price = Money::dollars(1 + i64::try_from(self.chance.below(500)).expect("small"));
                product.barcodes.pop();
                set(&product)
            }
        };
        self.append(&[event]);
    }

    fn alarm(&mut self) {
        let event = match self.chance.below(4) {
            0 => TillEvent::Started { version: "0.1.0".into(), profile: "training".into() },
            1 => TillEvent::AlarmsSeen,
            _ => TillEvent::Alarm {
                alarm: self.chance.one_of(&[TillAlarm::Forged, TillAlarm::OtherMerchant, TillAlarm::UnknownAttempt]),
                count: 1 + self.chance.below(100),
            },
        };
        self.append(&[Event::Till(event)]);
    }

    fn gateway_refuses(&mut self) {
        if self.chance.below(4) == 0 {
            self.append(&[Event::Gateway("3002607".into(), GatewayEvent::Refused)]);
        }
    }
}

/// Everything on record, as an export has it.
pub fn events(journal: &Journal) -> Vec<Value> {
    let mut lines = Vec::new();
    journal.export(&mut lines).expect("exported");
    let text = String::from_utf8(lines).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// A number of an export.
pub fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("a number, not {value}"))
}
