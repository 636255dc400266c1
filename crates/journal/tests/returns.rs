//! Refunds in a journal: no more comes back than there is, the figures add up, and all of it can be made again.

mod shop;

use journal::{AppendError, Journal, verify};
use shop::{at, cart, file, folder, open, opened, stamp, tea, till};
use till::event::Event;
use till::ids::{RefundNumber, SaleNumber};
use till::money::Money;
use till::refund::{Back, From, HandWay, Item, Of, Parts, RefundEvent, RefundTerms};
use till::tax::TaxKind;

fn number(count: u64) -> RefundNumber {
    RefundNumber::new(&till(), count)
}

/// So many of the teas of a cash sale of four, by hand.
fn asked(count: u64, sale: &SaleNumber, teas: u32) -> Event {
    let amount = Money::dollars(i64::from(teas) * 25);
    let item = Item { line: 1, name: "tea".into(), quantity: teas, sold: 4, amount, tax: TaxKind::Taxable };
    let terms = RefundTerms {
        number: number(count),
        request: number(count),
        sale: sale.clone(),
        of: Of::Goods { items: vec![item], parts: Parts { taxable: amount, ..Parts::default() } },
        amount,
        from: From::Cash,
        brought: Money::dollars(100),
        back: Back::Hand { way: HandWay::Cash },
        reason: "too sweet".into(),
        asked_by: "amy".into(),
        approved_by: None,
        requested: at(0),
    };
    Event::Refund(number(count), RefundEvent::Requested { terms })
}

fn sold(journal: &mut Journal) -> SaleNumber {
    let sale = SaleNumber::new(&till(), 1);
    let (open_sale, first) = opened(sale.clone(), &cart(&[(tea(), 4)]));
    let paid = open_sale.pay_cash(Money::dollars(100)).expect("enough");
    let events: Vec<Event> =
        std::iter::once(first).chain(paid.into_iter().map(|event| Event::Sale(sale.clone(), event))).collect();
    journal.append(&stamp(0), &events, None).expect("sold");
    sale
}

/// PF-55: the second of two refunds of the same pieces is refused in the transaction that asks for it, and leaves nothing
/// behind; what was given up can come back after all.
#[test]
fn no_more_comes_back_than_was_sold() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    let sale = sold(&mut journal);
    journal.append(&stamp(1), &[asked(1, &sale, 3)], None).expect("three of four");
    let head = journal.head();
    let refused = journal.append(&stamp(2), &[asked(2, &sale, 2)], None);
    assert!(matches!(refused, Err(AppendError::Conflict { .. })), "{refused:?}");
    assert_eq!(journal.head(), head);
    assert_eq!(journal.refunds_of(&sale), Ok(vec![number(1)]));
    let dropped = Event::Refund(number(1), RefundEvent::Dropped { by: "amy".into() });
    journal.append(&stamp(3), &[dropped], None).expect("given up");
    journal.append(&stamp(4), &[asked(2, &sale, 4)], None).expect("all four");
    assert_eq!((journal.unsettled_refunds(), journal.next_refund_count()), (Ok(vec![number(2)]), Ok(3)));
    drop(journal);
    verify(&file(&folder)).expect("the journal verifies");
}

#[test]
fn the_figures_say_what_was_asked_for_and_what_is_back_and_add_up() {
    let folder = folder();
    let mut journal = open(&file(&folder));
    let sale = sold(&mut journal);
    journal.append(&stamp(1), &[asked(1, &sale, 1), asked(2, &sale, 2)], None).expect("asked");
    let done = RefundEvent::HandedBack { way: HandWay::BankTransfer, by: "amy".into(), approved_by: None };
    journal.append(&stamp(2), &[Event::Refund(number(2), done)], None).expect("handed back");
    let figures = journal.x_figures().expect("readable");
    assert_eq!((figures.net, figures.refunded.net), (Money::dollars(100), Money::dollars(75)));
    let ways: Vec<_> = figures
        .refunds
        .iter()
        .map(|way| (way.way.as_str(), way.asked.as_dollars(), way.settled.as_dollars()))
        .collect();
    assert_eq!(ways, [("bank_transfer", 50, 50), ("cash", 25, 0)]);
    assert_eq!(figures.mismatches(), vec![]);
    drop(journal);
    verify(&file(&folder)).expect("the journal verifies");
}
