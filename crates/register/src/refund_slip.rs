//! A refund as the slip the customer takes home.

use paper::refund::{RefundLine, RefundSlip};
use paper::words::Words;
use till::money::Money;
use till::refund::{Back, CardStage, From, HandWay, How, Of, Phase, Refund};

use crate::receipts::{marks, method_words, outside_words, shop};
use crate::setup::Heading;

/// The slip of a refund as it stands now; `copy` 0 is the original.
#[must_use]
pub fn document(heading: &Heading, refund: &Refund, copy: u32) -> RefundSlip {
    let terms = &refund.terms;
    let tax = match &terms.of {
        Of::Goods { parts, .. } => parts.tax,
        Of::Money => Money::ZERO,
    };
    let goods = terms.items().iter().filter(|item| item.quantity > 0);
    RefundSlip {
        shop: shop(heading),
        till: heading.till.to_string(),
        cashier: terms.asked_by.clone(),
        number: terms.number.to_string(),
        sale_number: terms.sale.to_string(),
        at: terms.requested,
        items: goods
            .map(|item| RefundLine { name: item.name.clone(), quantity: item.quantity, amount: item.amount })
            .collect(),
        amount: terms.amount,
        tax,
        to: to(refund),
        card_last4: terms.card().and_then(|card| card.last4.clone()),
        trade_no: terms.card().map(|card| card.trade_no.clone()),
        merchant_trade_no: terms.attempt().map(ToString::to_string),
        state: state(refund),
        settled: matches!(refund.phase, Phase::Done { .. }),
        reason: terms.reason.clone(),
        signature: by_hand(refund).is_some(),
        marks: marks(heading, copy),
        lang: heading.lang,
    }
}

fn by_hand(refund: &Refund) -> Option<HandWay> {
    match (&refund.phase, &refund.terms.back) {
        (Phase::Done { how: How::Hand(way), .. }, _) | (_, Back::Hand { way }) => Some(*way),
        _ => None,
    }
}

fn to(refund: &Refund) -> Words {
    match (by_hand(refund), &refund.terms.from) {
        (Some(HandWay::Cash), _) => Words::new("現金", "Cash"),
        (Some(HandWay::BankTransfer), _) => Words::new("銀行轉帳", "Bank transfer"),
        (Some(HandWay::BackOffice) | None, From::Attempt { method, .. }) => method_words(*method),
        (Some(HandWay::BackOffice) | None, From::Recorded { through }) => outside_words(*through),
        (Some(HandWay::BackOffice) | None, From::Cash) => Words::new("現金", "Cash"),
    }
}

fn state(refund: &Refund) -> Words {
    let released = refund.look.as_ref().is_some_and(|look| look.stage == CardStage::Cancelled);
    match &refund.phase {
        Phase::Requested | Phase::Waiting { .. } | Phase::Ready { .. } | Phase::Sent { .. } => {
            Words::new("已受理，尚未送出", "Accepted, not sent yet")
        }
        Phase::Unsure { .. } => Words::new("確認中", "Being confirmed"),
        Phase::OnItsWay { .. } => Words::new("退款處理中", "On its way"),
        Phase::ToHandOver => Words::new("待交付", "To be handed over"),
        Phase::Refused { .. } => Words::new("未完成，請洽店家", "Not done: ask the shop"),
        Phase::Done { how: How::Hand(_), .. } => Words::new("已交付", "Handed over"),
        Phase::Done { how: How::Gateway, .. } if released => {
            Words::new("已取消授權，不會請款", "Released, never charged")
        }
        Phase::Done { .. } => Words::new("已退款", "Refunded"),
        Phase::Dropped => Words::new("已撤回，未退款", "Given up, not refunded"),
    }
}
