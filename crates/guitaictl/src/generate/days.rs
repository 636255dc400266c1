//! Made-up days of a corner shop: busy at noon and after work, small baskets, some products far more often than others,
//! cash and cards, and now and then a customer who gives up. Made through the domain's own functions, from a seed.

use std::time::Duration;

use journal::Stamp;
use till::cart::Cart;
use till::catalogue::Product;
use till::event::{Event, ProductEvent};
use till::ids::{AttemptNumber, SaleNumber, TillId};
use till::money::Money;
use till::payment::{
    Attempt, AttemptEvent, Door, Evidence, Input, Method, Page, Payment, Rules, Says, Schedule, Terms, Why, decide,
};
use till::sale::{Sale, SaleEvent};
use till::settle;
use till::time::Timestamp;

/// What happens at one moment, and who is at the till.
pub(crate) type Moment = (Stamp, Vec<Event>);

/// Seven in the morning in Taipei on 5 January 2026, when the shop opens for the first time.
const OPENS_MS: i64 = 1_767_567_600_000;
const DAY_MS: i64 = 86_400_000;
/// How many sales a day has on average, unless there are so many that they would not fit into [`YEARS`].
const A_DAY: u64 = 320;
const YEARS: u64 = 3;
/// How long the shop is open.
const OPEN_MS: i64 = 15 * 3_600_000;
/// Of 200 customers, how many come in each hour from seven to ten in the evening.
const HOURS: [u64; 15] = [12, 16, 10, 7, 9, 22, 19, 9, 8, 10, 15, 24, 19, 12, 8];

/// The products, put out before the first customer.
pub(crate) fn goods(products: &[Product]) -> Moment {
    let set = |product: &Product| Event::Product(product.code.clone(), ProductEvent::Set { product: product.clone() });
    (stamp(OPENS_MS - 3_600_000, "amy"), products.iter().map(set).collect())
}

/// Day after day, without end.
pub(crate) struct Days {
    till: TillId,
    products: Vec<Product>,
    pub(super) chance: Chance,
    day: i64,
    a_day: u64,
    sales: u64,
}

/// One day, from the first customer to the last.
pub(crate) struct Day {
    /// When the door opens and when it closes, in milliseconds.
    pub(crate) open_ms: [i64; 2],
    /// How many sales it had.
    pub(crate) sales: usize,
    /// What happened in them.
    pub(crate) moments: Vec<Moment>,
}

impl Days {
    /// Days of which `sales` sales are wanted.
    pub(crate) fn new(till: TillId, products: Vec<Product>, seed: u64, sales: usize) -> Self {
        assert!(!products.is_empty(), "a shop sells something");
        let wanted = u64::try_from(sales).expect("a number of sales");
        let a_day = A_DAY.max(wanted / (365 * YEARS));
        Self { till, products, chance: Chance::new(seed), day: -1, a_day, sales: 0 }
    }

    /// The next day, with no more sales than that.
    pub(crate) fn day(&mut self, most: usize) -> Day {
        self.day += 1;
        let opens = OPENS_MS + self.day * DAY_MS;
        let customers = self.a_day / 2 + self.chance.below(self.a_day);
        let mut come: Vec<i64> = (0..customers).map(|_| opens + self.a_moment()).collect();
        come.sort_unstable();
        come.truncate(most);
        let moments = come.iter().flat_map(|at| self.sale(*at)).collect();
        Day { open_ms: [opens, opens + OPEN_MS], sales: come.len(), moments }
    }

    /// When in the day somebody comes, in milliseconds after seven.
    fn a_moment(&mut self) -> i64 {
        let mut drawn = self.chance.below(HOURS.iter().sum());
        let mut hour = 0;
        for weight in HOURS {
            if drawn < weight {
                break;
            }
            drawn -= weight;
            hour += 1;
        }
        hour * 3_600_000 + signed(self.chance.below(3_600_000))
    }

    fn sale(&mut self, at: i64) -> Vec<Moment> {
        let who = ["amy", "amy", "陳先生"][self.chance.choice(3)];
        self.sales += 1;
        let number = SaleNumber::new(&self.till, self.sales);
        let cart = self.cart();
        let opened = Sale::opening(&cart);
        let sale = Sale::opened(number.clone(), &opened).expect("an opening event opens a sale");
        let first = Event::Sale(number, opened);
        if self.chance.below(100) < 55 { self.cash(&sale, at, who, first) } else { self.online(sale, at, who, first) }
    }

    fn cart(&mut self) -> Cart {
        let mut cart = Cart::default();
        for _ in 0..1 + self.chance.below(3) * self.chance.below(3) {
            let quantity = if self.chance.below(5) == 0 { 2 } else { 1 };
            // The lower of three draws: the first products are what everybody buys.
            let many = u64::try_from(self.products.len()).expect("few");
            let drawn = (0..3).map(|_| self.chance.below(many)).min().expect("three");
            let product = &self.products[usize::try_from(drawn).expect("few")];
            cart.add(product, quantity).expect("a small basket fits");
        }
        cart
    }

    fn cash(&self, sale: &Sale, at: i64, who: &str, first: Event) -> Vec<Moment> {
        let due = sale.due().as_dollars();
        let note = [100, 500, 1_000].into_iter().find(|note| *note >= due).unwrap_or((due + 999) / 1_000 * 1_000);
        let paid = sale.pay_cash(Money::dollars(note)).expect("enough");
        let mut events = vec![first];
        events.extend(paid.into_iter().map(|event| Event::Sale(sale.number.clone(), event)));
        vec![(stamp(at, who), events), receipt(&sale.number, at + 700, who)]
    }

    fn online(&mut self, mut sale: Sale, at: i64, who: &str, first: Event) -> Vec<Moment> {
        let terms = self.terms(&sale, at);
        let number = terms.number.clone();
        let intended = AttemptEvent::Intended { terms };
        let mut attempt = Attempt::intended(&intended).expect("an intent opens an attempt");
        let mut moments = vec![(stamp(at, who), vec![first, Event::Attempt(number.clone(), intended)])];
        let gives_up = self.chance.below(40) == 0;
        let paid = Says::Paid { payment: self.payment(&attempt.terms) };
        let heard = |door| Input::Evidence(Evidence { door, says: paid.clone() });
        let story = if gives_up {
            vec![(200, Input::PageUp), (30_000, Input::Withdraw(Why::Cancelled))]
        } else {
            vec![
                (200, Input::PageUp),
                (6_000, Input::PageOpened),
                (24_000, heard(Door::Notice)),
                (24_300, Input::Ask),
                (24_700, heard(Door::Query)),
            ]
        };
        let mut closed_at = at;
        for (after, input) in story {
            let now = Timestamp::from_unix_ms(at + after);
            let mut events = Vec::new();
            for event in decide(&attempt, &input, &rules(), now) {
                attempt.apply(&event, now);
                events.push(Event::Attempt(number.clone(), event));
            }
            for event in settle::settle(Some(&sale), &attempt) {
                match &event {
                    Event::Sale(_, event) => sale.apply(event),
                    Event::Attempt(_, event) => attempt.apply(event, now),
                    _ => {}
                }
                closed_at = at + after;
                events.push(event);
            }
            if !events.is_empty() {
                moments.push((stamp(at + after, "till"), events));
            }
        }
        if gives_up {
            moments.push((stamp(at + 31_000, who), vec![Event::Sale(sale.number, SaleEvent::Voided { reason: None })]));
        } else {
            moments.push(receipt(&sale.number, closed_at + 900, who));
        }
        moments
    }

    fn terms(&mut self, sale: &Sale, at: i64) -> Terms {
        let now = Timestamp::from_unix_ms(at);
        Terms {
            number: AttemptNumber::new(&self.till, now, self.chance.next()),
            sale: sale.number.clone(),
            amount: sale.due(),
            method: [Method::All, Method::Credit, Method::Credit, Method::Twqr][self.chance.choice(4)],
            merchant: "3002607".into(),
            created: now,
            expires: now.plus(Duration::from_secs(600)),
            link: self.a_name(),
            token: self.a_name(),
            page: Page::Ours,
        }
    }

    fn payment(&mut self, terms: &Terms) -> Payment {
        let method = if terms.method == Method::All { Method::Credit } else { terms.method };
        let card = method == Method::Credit;
        Payment {
            amount: terms.amount,
            trade_no: Some(format!("26{:018}", self.chance.below(1_000_000_000_000))),
            method,
            payment_type: if card { "Credit_CreditCard" } else { "TWQR_OPAY" }.into(),
            paid_at: "2026/01/05 12:00:30".into(),
            card_last4: card.then(|| format!("{:04}", self.chance.below(10_000))),
            whole_only: false,
            simulated: false,
        }
    }

    fn a_name(&mut self) -> String {
        format!("{:016x}{:016x}", self.chance.next(), self.chance.next())
    }
}

fn rules() -> Rules {
    Rules { accept_simulated: false, schedule: Schedule::default(), forgotten_before: None }
}

fn receipt(number: &SaleNumber, at: i64, who: &str) -> Moment {
    (stamp(at, who), vec![Event::Sale(number.clone(), SaleEvent::ReceiptMade { copy: 0 })])
}

pub(super) fn stamp(at: i64, who: &str) -> Stamp {
    Stamp { at: Timestamp::from_unix_ms(at), operator: who.to_owned() }
}

pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).expect("small")
}

/// Chance from a seed (splitmix64).
pub(super) struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn choice(&mut self, of: usize) -> usize {
        usize::try_from(self.below(u64::try_from(of).expect("few"))).expect("few")
    }
}
