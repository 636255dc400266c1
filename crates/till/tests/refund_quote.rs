//! What of a sale can go back: whatever comes back in whatever parts, all of it together is what the customer paid, to the
//! dollar and by tax; and the money goes back the way it came.

use till::cart::{Cart, Totals};
use till::catalogue::{Product, Unit};
use till::ids::RefundNumber;
use till::money::Money;
use till::payment::Method;
use till::refund::{
    Back, CannotRefund, From, HandWay, Of, Quote, Refund, RefundEvent, RefundTerms, Source, Wanted, quote, sources,
};
use till::sale::{Sale, SaleEvent, Tender};
use till::tax::{self, TaxKind};
use till::time::Timestamp;

fn product(code: &str, price: i64, tax: TaxKind) -> Product {
    Product {
        code: code.parse().expect("a code"),
        barcodes: vec![],
        name: code.to_owned(),
        category: "x".into(),
        price: Money::dollars(price),
        tax,
        unit: Unit::Piece,
        favourite: false,
        prices: vec![],
    }
}

/// A closed sale of these lines, with so much taken off the taxable part and paid by these tenders.
fn sale(lines: &[(i64, u32, TaxKind)], off: i64, pay: impl Fn(Money) -> Vec<Tender>) -> Sale {
    let mut cart = Cart::default();
    for (at, (price, quantity, tax)) in (1..).zip(lines) {
        cart.add(&product(&format!("P{at}"), *price, *tax), *quantity).expect("fits");
    }
    let gross = cart.totals();
    let less = |money: Money| Money::dollars(money.as_dollars() - off);
    let taxable = less(gross.taxable);
    let totals = Totals {
        discounts: Money::dollars(off),
        net: less(gross.net),
        taxable,
        tax: tax::included_in(taxable),
        ..gross
    };
    let opened = SaleEvent::Opened { lines: cart.lines().to_vec(), totals, discount: None, note: None };
    let mut sale = Sale::opened("T1-000001".parse().expect("a number"), &opened).expect("opens");
    for tender in pay(totals.net) {
        for event in sale.pay(tender, false) {
            sale.apply(&event);
        }
    }
    sale
}

fn cash(amount: Money) -> Tender {
    Tender::Cash { amount, received: amount, change: Money::ZERO }
}

fn online(number: &str, amount: Money, method: Method) -> Tender {
    Tender::Online {
        amount,
        attempt: number.parse().expect("a number"),
        method,
        trade_no: Some("2606301300000001".into()),
        card_last4: None,
        test: false,
        unverified: false,
    }
}

fn asked(lines: &[(u32, u32)]) -> Vec<Wanted> {
    lines.iter().map(|(line, quantity)| Wanted { line: *line, quantity: *quantity }).collect()
}

/// The refunds that would come of a quote, after `earlier`.
fn made(sale: &Sale, quote: &Quote, earlier: &[Refund]) -> Vec<Refund> {
    let count = |place: usize| u64::try_from(earlier.len() + place + 1).expect("few");
    let legs = quote.legs.iter().enumerate().map(|(place, leg)| {
        let number = RefundNumber::new(&"T1".parse().expect("a till"), count(place));
        let terms = RefundTerms {
            number: number.clone(),
            request: number,
            sale: sale.number.clone(),
            of: Of::Goods { items: leg.items.clone(), parts: leg.parts },
            amount: leg.amount,
            from: leg.source.from.clone(),
            brought: leg.source.brought,
            back: Back::Hand { way: HandWay::Cash },
            reason: "x".into(),
            asked_by: "amy".into(),
            approved_by: None,
            requested: Timestamp::default(),
        };
        Refund::requested(&RefundEvent::Requested { terms }).expect("a first event")
    });
    legs.collect()
}

fn of(sale: &Sale, earlier: &[Refund], lines: &[(u32, u32)]) -> Result<Quote, CannotRefund> {
    quote(sale, earlier, &asked(lines), sources(sale, earlier, |_| false))
}

#[test]
fn all_parts_together_are_what_was_paid_whatever_the_discount_and_the_order() {
    let kinds = [TaxKind::Taxable, TaxKind::Taxable, TaxKind::Exempt, TaxKind::ZeroRated];
    for seed in 0..2_000_u64 {
        let mut chance = Chance(seed);
        let lines: Vec<(i64, u32, TaxKind)> = (0..=chance.below(5))
            .map(|_| {
                let price = i64::try_from(1 + chance.below(400)).expect("small");
                let quantity = u32::try_from(1 + chance.below(7)).expect("small");
                (price, quantity, kinds[usize::try_from(chance.below(4)).expect("small")])
            })
            .collect();
        let taxable: i64 =
            lines.iter().filter(|(_, _, tax)| *tax == TaxKind::Taxable).map(|(p, q, _)| p * i64::from(*q)).sum();
        let off = i64::try_from(chance.below(u64::try_from(taxable).expect("positive") / 2 + 1)).expect("small");
        let part = i64::try_from(chance.below(100)).expect("small");
        let sale = sale(&lines, off, |net| {
            let first = Money::dollars(net.as_dollars() * part / 100);
            let rest = net.checked_sub(first).expect("less");
            let both = [online("T1260630130000AAAAAA", first, Method::Credit), cash(rest)];
            both.into_iter().filter(|tender| tender.amount().is_positive()).collect()
        });
        let mut refunds: Vec<Refund> = Vec::new();
        let mut left: Vec<(u32, u32)> = sale.lines.iter().map(|line| (line.id, line.quantity)).collect();
        while !left.is_empty() {
            let at = usize::try_from(chance.below(u64::try_from(left.len()).expect("few"))).expect("small");
            let (line, rest) = left[at];
            let pieces = u32::try_from(1 + chance.below(u64::from(rest))).expect("small");
            match of(&sale, &refunds, &[(line, pieces)]) {
                Ok(quote) => {
                    let legs: Money = quote.legs.iter().map(|leg| leg.amount).sum();
                    assert_eq!(legs, quote.amount, "seed {seed}");
                    for leg in &quote.legs {
                        let items: Money = leg.items.iter().map(|item| item.amount).sum();
                        assert_eq!(items, leg.amount, "seed {seed}: a leg is its items");
                        assert!(leg.amount <= leg.source.left(), "seed {seed}: more than the payment has left");
                    }
                    refunds.extend(made(&sale, &quote, &refunds));
                    left[at].1 -= pieces;
                }
                // Pieces that cost nothing, because of the discount: they come back with the next ones.
                Err(CannotRefund::Nothing) if rest > pieces => continue,
                Err(CannotRefund::Nothing) => left[at].1 = 0,
                Err(error) => panic!("seed {seed}: {error}"),
            }
            left.retain(|(_, rest)| *rest > 0);
        }
        let amount: Money = refunds.iter().map(|refund| refund.terms.amount).sum();
        let sum = |of: fn(&till::refund::Parts) -> Money| -> Money {
            refunds
                .iter()
                .map(|refund| match &refund.terms.of {
                    Of::Goods { parts, .. } => of(parts),
                    Of::Money => Money::ZERO,
                })
                .sum()
        };
        let totals = &sale.totals;
        assert_eq!(amount, totals.net, "seed {seed}: all of it");
        assert_eq!(sum(|parts| parts.taxable), totals.taxable, "seed {seed}");
        assert_eq!(sum(|parts| parts.zero_rated), totals.zero_rated, "seed {seed}");
        assert_eq!(sum(|parts| parts.exempt), totals.exempt, "seed {seed}");
        assert_eq!(sum(|parts| parts.tax), totals.tax, "seed {seed}: and its tax");
        for source in sources(&sale, &refunds, |_| false) {
            assert_eq!(source.given_back, source.brought, "seed {seed}: to where it came from");
        }
    }
}

#[test]
fn a_card_gets_its_money_back_before_the_drawer_pays_anything_out() {
    let half = |net: Money| {
        let part = Money::dollars(net.as_dollars() - 100);
        vec![cash(Money::dollars(100)), online("T1260630130000AAAAAA", part, Method::Credit)]
    };
    let sale = sale(&[(150, 2, TaxKind::Taxable)], 0, half);
    let first = of(&sale, &[], &[(1, 1)]).expect("one comes back");
    assert_eq!(first.legs.iter().map(|leg| leg.amount.as_dollars()).collect::<Vec<_>>(), [150]);
    assert!(first.legs[0].source.is_card());
    let earlier = made(&sale, &first, &[]);
    let rest = of(&sale, &earlier, &[(1, 1)]).expect("the other comes back");
    let legs: Vec<_> = rest.legs.iter().map(|leg| (leg.source.from == From::Cash, leg.amount.as_dollars())).collect();
    assert_eq!(legs, [(false, 50), (true, 100)]);
    let pieces: Vec<u32> = rest.legs.iter().flat_map(|leg| &leg.items).map(|item| item.quantity).collect();
    assert_eq!(pieces, [1, 0], "the piece is counted once");
}

#[test]
fn instalments_go_back_as_a_whole_or_not_at_all() {
    let card = |net| vec![online("T1260630130000AAAAAA", net, Method::Credit)];
    let sale = sale(&[(150, 2, TaxKind::Taxable)], 0, card);
    let whole_only = || -> Vec<Source> { sources(&sale, &[], |_| true) };
    assert_eq!(quote(&sale, &[], &asked(&[(1, 1)]), whole_only()), Err(CannotRefund::WholeOnly));
    assert_eq!(quote(&sale, &[], &asked(&[(1, 2)]), whole_only()).expect("all").amount, Money::dollars(300));
}

#[test]
fn what_is_not_there_does_not_come_back() {
    let sale = sale(&[(150, 2, TaxKind::Taxable)], 0, |net| vec![cash(net)]);
    assert_eq!(of(&sale, &[], &[]), Err(CannotRefund::Nothing));
    assert_eq!(of(&sale, &[], &[(1, 0)]), Err(CannotRefund::Nothing));
    assert_eq!(of(&sale, &[], &[(9, 1)]), Err(CannotRefund::NoLine(9)));
    assert_eq!(of(&sale, &[], &[(1, 3)]), Err(CannotRefund::TooMany { line: 1, left: 2 }));
    let one = of(&sale, &[], &[(1, 1), (1, 1)]).expect("a line named twice counts once");
    let mut earlier = made(&sale, &one, &[]);
    assert_eq!(of(&sale, &earlier, &[(1, 2)]), Err(CannotRefund::TooMany { line: 1, left: 1 }));
    earlier[0].apply(&RefundEvent::Dropped { by: "amy".into() }, Timestamp::default());
    assert_eq!(of(&sale, &earlier, &[(1, 2)]).expect("it was given up").amount, Money::dollars(300));
}

/// SplitMix64: small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}
