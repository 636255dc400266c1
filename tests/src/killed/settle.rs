//! The end of a day: the till is opened once more and left to ask about everything; then the money has to agree.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use desk::{Desk, Home, Opening, SystemClock};
use ecpay_sim::{OrderState, Simulator};
use register::view::View;
use register::{Clock, Next, Profile};
use till::payment::Funds;
use till::sale::{Receipt, SalePhase};
use till::time::Timestamp;

use super::audit::{self, Book};

/// As many steps as a till may need before it has asked about everything.
const MOST_STEPS: usize = 5_000;

/// The machine's clock, moved ahead.
struct Ahead(Arc<AtomicI64>);

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(SystemClock.now().unix_ms() + self.0.load(Ordering::SeqCst))
    }
}

/// Opens the till and lets time pass until it has asked about every payment that may have been made. Says what it shows.
pub(super) async fn settle(home: &Home, gateway: &Simulator, url: &str) -> View {
    let ahead = Arc::new(AtomicI64::new(0));
    let clock: Arc<dyn Clock> = Arc::new(Ahead(Arc::clone(&ahead)));
    let opening =
        Opening { gateway: Some(url.to_owned()), clock: Some(Arc::clone(&clock)), by_hand: true, ..Opening::default() };
    let opened = clock.now();
    let desk = Desk::open(home.clone(), opening).await.expect("the till opens after all its kills");
    for _ in 0..MOST_STEPS {
        let next = desk.shared().step().await.expect("everything is recorded");
        let waiting = desk.shared().with(|register, _| {
            let journal = register.journal();
            let unsettled = journal.unsettled_attempts().expect("the journal can be read");
            unsettled.iter().any(|number| {
                let attempt = journal.attempt(number).expect("the journal can be read").expect("it is listed");
                let asked = attempt.watch.asked.is_some_and(|asked| asked >= opened);
                attempt.can_have_been_paid() && !attempt.is_paid() && !asked
            })
        });
        if !waiting {
            return desk.shared().with(|register, ports| register.view(ports.clock.now())).expect("a view");
        }
        let Next::At(moment) = next else { panic!("the till has nothing to do and has not asked about everything") };
        let hop = moment.since(clock.now()).max(Duration::from_millis(1));
        ahead.fetch_add(i64::try_from(hop.as_millis()).expect("a short time"), Ordering::SeqCst);
        gateway.advance(hop).await;
    }
    panic!("after {MOST_STEPS} steps the till has not asked about everything")
}

/// What the money of a day came to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Money {
    /// Paid at the gateway.
    pub(super) gateway: i64,
    /// The part of it that no sale took, and that waits for a person.
    pub(super) waiting: i64,
    /// Cash.
    pub(super) cash: i64,
}

/// The gateway's money is in the journal, each order once and whole, and what no sale took is a task.
pub(super) fn check_money(book: &Book, gateway: &Simulator, view: &View) -> Money {
    let mut money = Money::default();
    for order in gateway.orders() {
        let number = order.merchant_trade_no;
        let attempt =
            book.attempt(&number).unwrap_or_else(|| panic!("the gateway knows {number} and the journal does not"));
        assert_eq!(attempt.terms.amount.as_dollars(), order.amount, "{number}");
        let paid = matches!(order.state, OrderState::Paid { .. });
        assert_eq!(attempt.is_paid(), paid, "the gateway and the journal differ: {attempt:?}");
        if paid {
            money.gateway += order.amount;
        }
    }
    let paid = book.attempts.iter().filter_map(|attempt| attempt.payment().map(|payment| (attempt, payment)));
    let in_journal: i64 = paid.clone().map(|(_, payment)| payment.amount.as_dollars()).sum();
    assert_eq!(in_journal, money.gateway, "money in the journal and at the gateway");
    let tasks: BTreeSet<_> = view.tasks.iter().filter_map(|task| task.attempt.as_deref()).collect();
    for (attempt, payment) in paid.filter(|(attempt, _)| matches!(attempt.funds, Funds::Unapplied(_))) {
        money.waiting += payment.amount.as_dollars();
        assert!(tasks.contains(attempt.terms.number.as_str()), "money without a sale and without a task: {attempt:?}");
    }
    let figures = book.reader.x_figures().expect("the journal can be read");
    let closed = || book.sales.values().filter(|sale| sale.phase == SalePhase::Closed);
    let net: i64 = closed().map(|sale| sale.totals.net.as_dollars()).sum();
    assert_eq!(figures.net.as_dollars(), net, "the report counts every closed sale once");
    assert_eq!(figures.unapplied.as_dollars(), money.waiting);
    let (cash, online): (Vec<_>, Vec<_>) = figures.tenders.iter().partition(|tender| tender.name == "cash");
    money.cash = cash.iter().map(|tender| tender.amount.as_dollars()).sum();
    let online: i64 = online.iter().map(|tender| tender.amount.as_dollars()).sum();
    assert_eq!(online + money.waiting, money.gateway, "what sales took and what waits is what was paid");
    assert_eq!(online + money.cash, net);
    money
}

/// Every closed sale has its receipt, recorded and on the shelf, and nothing else lies there.
pub(super) fn check_receipts(book: &Book, home: &Home) {
    let mut expected = BTreeSet::new();
    for (number, sale) in book.sales.iter().filter(|(_, sale)| sale.phase == SalePhase::Closed) {
        assert_eq!(sale.receipt, Receipt::Made { copies: 0 }, "sale {number}");
        audit::check_receipt(home, number);
        expected.insert(format!("{number}.pdf"));
    }
    let shelf = fs::read_dir(home.receipts(Profile::Training)).expect("the shelf");
    let there: BTreeSet<_> =
        shelf.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(there, expected, "receipts on the shelf");
}
