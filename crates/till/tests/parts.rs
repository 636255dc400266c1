//! Random carts, discounts and splits: lines add up to totals, what came in adds up to what was owed, tax is derived once,
//! and nothing is ever negative. A failing seed names itself.

use till::cart::{Cart, Line, Totals};
use till::catalogue::{Product, Unit};
use till::discount::Discount;
use till::event::Event;
use till::money::Money;
use till::part::Which;
use till::sale::{Outside, Sale, SaleEvent, SalePhase, Tender};
use till::tax::{TaxKind, included_in};

const SEEDS: u64 = 4_000;

struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).expect("31 bits") % bound.max(1)
    }
}

fn product(at: i64, chance: &mut Chance) -> Product {
    let tax = [TaxKind::Taxable, TaxKind::Taxable, TaxKind::ZeroRated, TaxKind::Exempt];
    Product {
        code: format!("P{at}").parse().expect("a code"),
        barcodes: vec![],
        name: format!("p{at}"),
        category: "x".into(),
        price: Money::dollars(chance.below(500)),
        tax: tax[usize::try_from(chance.below(4)).expect("small")],
        unit: Unit::Piece,
        favourite: false,
        prices: vec![],
    }
}

fn discount(chance: &mut Chance) -> Discount {
    if chance.below(2) == 0 {
        Discount::Amount { amount: Money::dollars(chance.below(300)) }
    } else {
        Discount::Percent { percent: u8::try_from(chance.below(103)).expect("small") }
    }
}

/// A cart after anything a cashier may have done to it; what is refused changes nothing.
fn cart(chance: &mut Chance) -> Cart {
    let mut cart = Cart::default();
    for at in 0..=chance.below(6) {
        cart.add(&product(at, chance), 1).expect("fits");
    }
    for _ in 0..chance.below(12) {
        let before = cart.clone();
        let line = u32::try_from(1 + chance.below(8)).expect("small");
        let done = match chance.below(6) {
            0 => cart.set_quantity(line, u32::try_from(chance.below(5)).expect("small")),
            1 => cart.remove(line),
            2 => cart.discount_all(Some(discount(chance))),
            3 => cart.discount_line(line, None),
            4 => cart.add_open("open", Money::dollars(chance.below(50)), TaxKind::Taxable),
            _ => cart.discount_line(line, Some(discount(chance))),
        };
        assert!(done.is_ok() || cart == before, "a refusal changed the cart");
    }
    cart
}

fn adds_up(seed: u64, lines: &[Line], totals: &Totals) {
    let sum = |of: &dyn Fn(&Line) -> Money| -> Money { lines.iter().map(of).sum() };
    for line in lines {
        assert!(
            line.off >= Money::ZERO && line.share >= Money::ZERO && line.amount() >= Money::ZERO,
            "{seed}: {line:?}"
        );
    }
    assert_eq!(totals.gross, sum(&Line::gross), "{seed}: gross");
    assert_eq!(totals.discounts, sum(&Line::taken_off), "{seed}: discounts");
    assert_eq!(totals.net, sum(&Line::amount), "{seed}: the lines add up to the total");
    assert_eq!(Some(totals.net), totals.gross.checked_sub(totals.discounts), "{seed}: net");
    let kinds: Money = [totals.taxable, totals.zero_rated, totals.exempt].into_iter().sum();
    assert_eq!(totals.net, kinds, "{seed}: the tax kinds add up to the total");
    assert_eq!(totals.tax, included_in(totals.taxable), "{seed}: tax is derived once, from the whole");
}

/// Pays with random parts, some of them given back, until the sale is closed.
fn pay(seed: u64, chance: &mut Chance, sale: &mut Sale) -> (Vec<Tender>, Money) {
    let mut drawer = Money::ZERO;
    let mut closing = None;
    for _ in 0..40 {
        let due = sale.due();
        let part = Money::dollars(1 + chance.below(due.as_dollars() + 2));
        let events = match chance.below(6) {
            0 => sale.pay_part_cash(part, Money::dollars(part.as_dollars() + chance.below(900))).unwrap_or_default(),
            1 => sale
                .pay_outside(Outside::EVERY[usize::try_from(chance.below(3)).expect("small")], part, "a slip")
                .unwrap_or_default(),
            2 => {
                let which = if chance.below(2) == 0 { Which::Cash } else { Which::All };
                let back = sale.give_back(which, "changed mind");
                back.into_iter()
                    .filter_map(|event| if let Event::Sale(_, event) = event { Some(event) } else { None })
                    .collect()
            }
            3 => sale.pay_cash(Money::dollars(due.as_dollars() + chance.below(100))).unwrap_or_default(),
            _ => vec![],
        };
        for event in &events {
            match event {
                SaleEvent::Paid { tender } if tender.is_cash() => drawer = [drawer, tender.amount()].into_iter().sum(),
                SaleEvent::Returned { tender, .. } if tender.is_cash() => {
                    drawer = drawer.checked_sub(tender.amount()).expect("in bounds");
                }
                SaleEvent::Closed { tenders, .. } => closing = Some(tenders.clone()),
                _ => {}
            }
            sale.apply(event);
        }
        assert!(sale.due() >= Money::ZERO, "{seed}: more came in than was owed: {sale:?}");
        if sale.phase == SalePhase::Closed {
            break;
        }
        assert_eq!(sale.cash_held(), drawer, "{seed}: the drawer holds what the sale says");
    }
    (closing.unwrap_or_default(), drawer)
}

#[test]
fn lines_add_up_to_totals_and_tenders_to_what_was_owed() {
    let (mut closed, mut shared, mut split) = (0, 0, 0);
    for seed in 0..SEEDS {
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1);
        let cart = cart(&mut chance);
        adds_up(seed, cart.lines(), &cart.totals());
        shared += usize::from(cart.lines().iter().filter(|line| !line.share.is_zero()).count() > 1);
        if cart.is_empty() {
            continue;
        }
        let mut sale = Sale::opened("T1-000001".parse().expect("a number"), &Sale::opening(&cart)).expect("opens");
        assert!(sale.is_for(&cart) && Cart::of(&sale).totals() == cart.totals(), "{seed}: a recalled cart is the same");
        let (tenders, drawer) = pay(seed, &mut chance, &mut sale);
        if sale.phase != SalePhase::Closed {
            continue;
        }
        closed += 1;
        split += usize::from(tenders.len() > 1);
        assert_eq!(tenders, sale.tenders, "{seed}: the close names what is in it");
        let net: Money = tenders.iter().map(Tender::amount).sum();
        assert_eq!(net, sale.totals.net, "{seed}: tenders add up to net");
        let cash: Money = tenders.iter().filter(|tender| tender.is_cash()).map(Tender::amount).sum();
        assert_eq!(cash, drawer, "{seed}: the drawer");
        for tender in &tenders {
            let gives_change = tender.is_cash() || tender.change().is_zero();
            assert!(
                tender.amount() >= Money::ZERO && tender.change() >= Money::ZERO && gives_change,
                "{seed}: {tender:?}"
            );
        }
    }
    assert!(
        closed > 2_000 && shared > 300 && split > 300,
        "little was tried: {closed} closed, {shared} shared, {split} split"
    );
}
