//! One attempt of 300 dollars, everything that can happen to it, and the sale it collects for.

use std::time::Duration;

use till::cart::Cart;
use till::catalogue::{Product, Unit};
use till::money::Money;
use till::payment::{
    Attempt, AttemptEvent, Door, Evidence, Input, Method, NoAnswer, Page, Payment, PaymentCode, Rules, Says, Schedule,
    Terms, Why,
};
use till::sale::{Sale, SaleEvent};
use till::tax::TaxKind;
use till::time::Timestamp;

/// What is owed and what every attempt is frozen at.
pub(crate) const OWED: Money = Money::dollars(300);
/// When attempts are made.
pub(crate) const MADE: Timestamp = Timestamp::from_unix_ms(1_782_795_600_000);

/// So many seconds after attempts are made.
pub(crate) fn at(seconds: u64) -> Timestamp {
    MADE.plus(Duration::from_secs(seconds))
}

/// Where real money counts, or where payments are practised too.
pub(crate) fn rules(accept_simulated: bool) -> Rules {
    Rules { accept_simulated, schedule: Schedule::default(), forgotten_before: None }
}

/// A fresh attempt with this number, and the event that made it.
pub(crate) fn intended(number: &str) -> (Attempt, AttemptEvent) {
    let terms = Terms {
        number: number.parse().expect("a number"),
        sale: "T1-000001".parse().expect("a sale"),
        amount: OWED,
        method: Method::Credit,
        merchant: "3002607".into(),
        created: MADE,
        expires: at(600),
        link: format!("link-{number}"),
        token: format!("token-{number}"),
        page: Page::Ours,
    };
    let event = AttemptEvent::Intended { terms };
    (Attempt::intended(&event).expect("a first event"), event)
}

/// The sale, and the event that opened it.
pub(crate) fn sale() -> (Sale, SaleEvent) {
    let mut cart = Cart::default();
    let tea = Product {
        code: "TEA".parse().expect("a code"),
        barcodes: vec![],
        name: "tea".into(),
        category: "x".into(),
        price: OWED,
        tax: TaxKind::Taxable,
        unit: Unit::Piece,
        favourite: false,
        prices: vec![],
    };
    cart.add(&tea, 1).expect("fits");
    let opened = Sale::opening(&cart);
    (Sale::opened("T1-000001".parse().expect("a sale"), &opened).expect("a first event"), opened)
}

/// A payment of so much.
pub(crate) fn payment(dollars: i64, simulated: bool) -> Payment {
    Payment {
        amount: Money::dollars(dollars),
        trade_no: Some("2606301300000001".into()),
        method: Method::Credit,
        payment_type: "Credit_CreditCard".into(),
        paid_at: "2026/06/30 13:00:20".into(),
        card_last4: None,
        whole_only: false,
        simulated,
    }
}

/// Everything a message can say.
pub(crate) fn says() -> Vec<(&'static str, Says)> {
    let code = PaymentCode::Cvs { number: "LLL24112345678".into() };
    let all = vec![
        ("paid 300", Says::Paid { payment: payment(300, false) }),
        ("paid 299", Says::Paid { payment: payment(299, false) }),
        ("paid 3000", Says::Paid { payment: payment(3000, false) }),
        ("simulated 300", Says::Paid { payment: payment(300, true) }),
        ("code issued", Says::CodeIssued { code, deadline: Some(at(86_400)) }),
        ("pending", Says::Pending),
        ("declined", Says::Declined { code: "10100248".into() }),
        ("unpaid", Says::Unpaid),
        ("not established", Says::NotEstablished),
        ("unknown order", Says::UnknownOrder),
        ("something else", Says::Other { code: "10200073".into() }),
    ];
    // A new thing to say stops here until it has a row above.
    for (_, says) in &all {
        match says {
            Says::Paid { .. } | Says::CodeIssued { .. } | Says::Pending | Says::Declined { .. } => {}
            Says::Unpaid | Says::NotEstablished | Says::UnknownOrder | Says::Other { .. } => {}
        }
    }
    all
}

/// Every door.
pub(crate) const DOORS: [(&str, Door); 3] =
    [("notice", Door::Notice), ("browser", Door::Browser), ("query", Door::Query)];

/// Every reason to give an attempt up.
pub(crate) const WHYS: [(&str, Why); 4] = [
    ("superseded", Why::Superseded),
    ("cancelled", Why::Cancelled),
    ("expired", Why::Expired),
    ("sale paid", Why::SalePaid),
];

/// Something that can happen to an attempt.
pub(crate) struct Happening {
    /// What it is about, such as what a message says.
    pub(crate) what: &'static str,
    /// Which of its kind, such as the door; empty for the only one.
    pub(crate) which: &'static str,
    /// The input itself.
    pub(crate) input: Input,
}

/// Everything that can happen to an attempt.
pub(crate) fn inputs() -> Vec<Happening> {
    let one = |what, which, input| Happening { what, which, input };
    let mut all = vec![
        one("page up", "", Input::PageUp),
        one("page opened", "", Input::PageOpened),
        one("ask", "", Input::Ask),
        one("no answer", "not sent", Input::NoAnswer(NoAnswer::NotSent)),
        one("no answer", "maybe sent", Input::NoAnswer(NoAnswer::MaybeSent)),
        one("no answer", "refused", Input::NoAnswer(NoAnswer::Refused)),
        one("no answer", "unreadable", Input::NoAnswer(NoAnswer::Unreadable)),
    ];
    for (what, says) in says() {
        for (which, door) in DOORS {
            all.push(one(what, which, Input::Evidence(Evidence { door, says: says.clone() })));
        }
    }
    all.extend(WHYS.map(|(which, why)| one("withdraw", which, Input::Withdraw(why))));
    all.push(one("release", "", Input::Release { by: "manager".into(), reason: "line is dead".into() }));
    all.push(one("vouch", "", Input::Vouch { by: "manager".into(), reason: "seen on the phone".into() }));
    all.push(one("see alarms", "", Input::SeeAlarms(u32::MAX)));
    all.push(one("ask again", "", Input::AskAgain));
    all.push(one("come back", "", Input::ComeBack));
    // A new input stops here until it has a row above.
    for happening in &all {
        match happening.input {
            Input::PageUp | Input::PageOpened | Input::Ask | Input::NoAnswer(_) | Input::Evidence(_) => {}
            Input::Withdraw(_)
            | Input::Release { .. }
            | Input::Vouch { .. }
            | Input::SeeAlarms(_)
            | Input::AskAgain
            | Input::ComeBack => {}
        }
    }
    all
}
