//! The one place where the till's words become the gateway's, and the gateway's become the till's.

use ecpay::checkout::{
    AioCheckOut, AllMethods, AtmCode, BarcodeCode, Bnpl, CheckoutError, CheckoutForm, Choice, CodeUrls, CvsCode, Order,
};
use ecpay::code::CodeKind;
use ecpay::notice::{self, Notice, NoticeError, Outcome};
use ecpay::trade::{PaymentFamily, PaymentType};
use ecpay::{Amount, Merchant, MerchantTradeNo, PaymentMethod, QueryTradeInfo, TaipeiTime, TradeInfo, TradeStatus};
use till::cart::Line;
use till::ids::AttemptNumber;
use till::money::Money;
use till::payment::{Method, Payment, PaymentCode, Says, Terms};
use till::time::Timestamp;

use crate::ports::Answer;
use crate::setup::Setup;

/// What a message turned out to be.
pub(crate) enum Message {
    /// Not signed with this merchant's keys, or not a message at all.
    Forged,
    /// Signed, for another merchant.
    OtherMerchant,
    /// Signed, and about this attempt.
    About {
        /// Which.
        number: AttemptNumber,
        /// What it says.
        says: Says,
    },
}

/// The signed form that the customer's browser submits (ECPay doc 2864). The same terms and lines always give the same
/// form.
pub(crate) fn checkout(setup: &Setup, terms: &Terms, lines: &[Line]) -> Result<CheckoutForm, CheckoutError> {
    let pieces: u32 = lines.iter().map(|line| line.quantity).sum();
    let plain = format!("商店商品 {pieces} 件");
    let items: Vec<String> = lines.iter().map(|line| format!("{} x {}", line.name, line.quantity)).collect();
    let order = Order {
        number: trade_number(&terms.number),
        amount: amount(terms.amount),
        placed_at: wall_clock(terms.created),
        item_name: ecpay::text::item_name(&items, &plain),
        trade_desc: ecpay::text::trade_desc(&setup.heading.shop.name, &plain),
        return_url: setup.return_url.replace("{token}", &terms.token),
    };
    let choice = choice(setup, terms);
    let returns = returns_to_a_server(setup, terms) && choice.allows_order_result_url();
    let mut checkout = AioCheckOut::new(order, choice).store_id(setup.heading.till.as_str()).with_extra_paid_info();
    if let Some(page) = setup.static_page_of(terms) {
        // A file takes no post: the payer can go back to it, and reads there that the shop's screen knows.
        checkout = checkout.client_back_url(page);
    }
    if returns {
        checkout = checkout.order_result_url(format!("{}/r/{}", setup.base_of(terms), terms.token));
    }
    checkout.sign(&setup.merchant, &setup.gateway)
}

/// Whether the payer's browser brings the result to a server of ours.
fn returns_to_a_server(setup: &Setup, terms: &Terms) -> bool {
    setup.browser_return && setup.static_page_of(terms).is_none()
}

/// The method, with the addresses under which an issued code is reported (ECPay doc 2881): what the till is never told of
/// it could not show, nor wait for as long as a code lives.
fn choice(setup: &Setup, terms: &Terms) -> Choice {
    let notice = setup.return_url.replace("/n/{token}", "/i/{token}").replace("{token}", &terms.token);
    let urls = CodeUrls {
        payment_info: Some(notice.clone()),
        client_redirect: returns_to_a_server(setup, terms)
            .then(|| format!("{}/c/{}", setup.base_of(terms), terms.token)),
    };
    match Choice::from(to_ecpay(terms.method)) {
        Choice::All(all) => Choice::All(AllMethods { urls, ..all }),
        Choice::Atm(code) => Choice::Atm(AtmCode { urls, ..code }),
        Choice::Cvs(code) => Choice::Cvs(CvsCode { urls, ..code }),
        Choice::Barcode(code) => Choice::Barcode(BarcodeCode { urls, ..code }),
        Choice::Bnpl(bnpl) => Choice::Bnpl(Bnpl { payment_info_url: Some(notice), ..bnpl }),
        other => other,
    }
}

/// The signed question about one attempt (ECPay doc 2890), as a form.
pub(crate) fn question(merchant: &Merchant, number: &AttemptNumber, now: Timestamp) -> String {
    QueryTradeInfo::fields(merchant, &trade_number(number), now.unix_seconds()).to_form()
}

/// What the gateway's answer says; nothing when it cannot be read, is not signed, or is about something else.
pub(crate) fn answer(setup: &Setup, number: &AttemptNumber, answer: &Answer, now: Timestamp) -> Option<Says> {
    if answer.status != 200 {
        return None;
    }
    let info = setup.keys_at(now).find_map(|keys| TradeInfo::read(&answer.body, keys).ok())?;
    // Only the refusals may leave the number out: they say nothing about an order.
    let of_an_order = matches!(info.status, TradeStatus::Paid(_) | TradeStatus::Unpaid | TradeStatus::NotEstablished);
    if of_an_order && !info.is_about(&trade_number(number)) {
        return None;
    }
    Some(match info.status {
        TradeStatus::Paid(paid) => Says::Paid {
            payment: Payment {
                amount: dollars(paid.amount),
                trade_no: Some(paid.trade_no.as_str().to_owned()),
                method: method_of(paid.payment_type.as_ref()),
                payment_type: paid.payment_type.as_ref().map_or_else(String::new, |kind| kind.raw().to_owned()),
                paid_at: paid.paid_at.map_or_else(String::new, |at| at.to_string()),
                card_last4: None,
                whole_only: whole_only(paid.payment_type.as_ref(), None, None),
                simulated: false,
            },
        },
        TradeStatus::Unpaid => Says::Unpaid,
        TradeStatus::NotEstablished => Says::NotEstablished,
        TradeStatus::UnknownOrder => Says::UnknownOrder,
        TradeStatus::BnplFailed => Says::Declined { code: "10200163".to_owned() },
        TradeStatus::BadNumber => Says::Other { code: "10200052".to_owned() },
        TradeStatus::BadSignature => Says::Other { code: "10200073".to_owned() },
        TradeStatus::Other(code) => Says::Other { code },
    })
}

/// Whether the gateway is out of order: it says so itself (5xx), or sends a page for people where an answer belongs, as
/// web servers do while they are worked on. Neither is an answer (PF-81).
pub(crate) fn is_out_of_order(answer: &Answer) -> bool {
    let page = answer.body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
    answer.status >= 500 || (answer.status == 200 && page)
}

/// What a pushed message is (ECPay docs 2878 and 2881), whichever door it came through. What was signed with keys from
/// before is as genuine as anything else (PF-69).
pub(crate) fn message(setup: &Setup, body: &[u8], now: Timestamp) -> Message {
    let mut read = Err(NoticeError::Forged);
    for keys in setup.keys_at(now) {
        read = notice::read(body, keys);
        if !matches!(read, Err(NoticeError::Forged)) {
            break;
        }
    }
    match read {
        Err(NoticeError::OtherMerchant) => Message::OtherMerchant,
        Err(NoticeError::Forged | NoticeError::Unsigned | NoticeError::Unreadable(_) | NoticeError::Incomplete(_)) => {
            Message::Forged
        }
        Ok(notice) => {
            let (order, outcome) = match &notice {
                Notice::Payment(payment) => (&payment.order, &payment.outcome),
                Notice::Code(code) => (&code.order, &code.outcome),
            };
            let Ok(number) = order.number.as_str().parse() else { return Message::Forged };
            Message::About { number, says: says(&notice, order, outcome) }
        }
    }
}

/// The attempt that a message names, whoever wrote it. To be asked about, never to be believed.
pub(crate) fn named(body: &[u8]) -> Option<AttemptNumber> {
    ecpay::Fields::from_form(body).ok()?.get("MerchantTradeNo")?.parse().ok()
}

/// The method as ECPay calls it.
pub(crate) fn to_ecpay(method: Method) -> PaymentMethod {
    match method {
        Method::All => PaymentMethod::All,
        Method::Credit => PaymentMethod::Credit,
        Method::Twqr => PaymentMethod::Twqr,
        Method::ApplePay => PaymentMethod::ApplePay,
        Method::WebAtm => PaymentMethod::WebAtm,
        Method::Atm => PaymentMethod::Atm,
        Method::Cvs => PaymentMethod::Cvs,
        Method::Barcode => PaymentMethod::Barcode,
        Method::Bnpl => PaymentMethod::Bnpl,
        Method::Weixin => PaymentMethod::WeiXin,
        Method::DigitalPayment => PaymentMethod::DigitalPayment,
    }
}

fn says(notice: &Notice, order: &notice::NoticeOrder, outcome: &Outcome) -> Says {
    match outcome {
        Outcome::Paid => {
            let Notice::Payment(paid) = notice else { return Says::Other { code: "1".to_owned() } };
            Says::Paid {
                payment: Payment {
                    amount: dollars(order.amount),
                    trade_no: order.trade_no.as_ref().map(|number| number.as_str().to_owned()),
                    method: method_of(order.payment_type.as_ref()),
                    payment_type: order.payment_type.as_ref().map_or_else(String::new, |kind| kind.raw().to_owned()),
                    paid_at: paid.paid_at.map_or_else(String::new, |at| at.to_string()),
                    card_last4: paid.extra.card4no.clone(),
                    whole_only: whole_only(order.payment_type.as_ref(), paid.extra.stage, paid.extra.red_dan),
                    simulated: paid.simulated,
                },
            }
        }
        Outcome::CodeIssued(kind) => {
            let deadline = kind.expires().map(|at| Timestamp::from_unix_ms(at.unix().saturating_mul(1000)));
            Says::CodeIssued { code: payment_code(kind), deadline }
        }
        Outcome::Pending => Says::Pending,
        Outcome::Declined { code, .. } => Says::Declined { code: code.clone() },
    }
}

fn payment_code(kind: &CodeKind) -> PaymentCode {
    match kind {
        CodeKind::Atm { bank_code, account, .. } => {
            PaymentCode::Atm { bank: bank_code.clone(), account: account.clone() }
        }
        CodeKind::Cvs { payment_no, .. } => PaymentCode::Cvs { number: payment_no.clone() },
        CodeKind::Barcode { segments, .. } => PaymentCode::Barcode { bars: segments.clone() },
        CodeKind::Bnpl { .. } => PaymentCode::Review,
    }
}

/// How money moved, by family: the part after `_` names a bank or a chain (ECPay doc 5686).
fn method_of(kind: Option<&PaymentType>) -> Method {
    match kind.map(PaymentType::family) {
        Some(PaymentFamily::Credit | PaymentFamily::FlexibleInstallment | PaymentFamily::GooglePay) => Method::Credit,
        Some(PaymentFamily::ApplePay) => Method::ApplePay,
        Some(PaymentFamily::Twqr) => Method::Twqr,
        Some(PaymentFamily::WeiXin) => Method::Weixin,
        Some(PaymentFamily::Atm) => Method::Atm,
        Some(PaymentFamily::WebAtm) => Method::WebAtm,
        Some(PaymentFamily::Cvs) => Method::Cvs,
        Some(PaymentFamily::Barcode) => Method::Barcode,
        Some(PaymentFamily::Bnpl) => Method::Bnpl,
        Some(PaymentFamily::DigitalPayment) => Method::DigitalPayment,
        Some(PaymentFamily::Other) | None => Method::All,
    }
}

/// Whether a card payment goes back as a whole or not at all (ECPay doc 2885): instalments by their number or their kind,
/// bonus points by how many were used.
fn whole_only(kind: Option<&PaymentType>, instalments: Option<u32>, points: Option<u32>) -> bool {
    let flexible = kind.is_some_and(|kind| kind.family() == PaymentFamily::FlexibleInstallment);
    flexible || instalments.is_some_and(|count| count > 0) || points.is_some_and(|count| count > 0)
}

pub(crate) fn trade_number(number: &AttemptNumber) -> MerchantTradeNo {
    MerchantTradeNo::parse(number.as_str()).expect("an attempt number follows the gateway's rule for numbers")
}

fn amount(money: Money) -> Amount {
    u32::try_from(money.as_dollars())
        .ok()
        .and_then(|dollars| Amount::new(dollars).ok())
        .expect("the limits of every method are within what an amount can be")
}

fn dollars(amount: Amount) -> Money {
    Money::dollars(i64::from(amount.dollars()))
}

fn wall_clock(at: Timestamp) -> TaipeiTime {
    TaipeiTime::from_unix(at.unix_seconds()).expect("a moment of this era is on the wall clock")
}
