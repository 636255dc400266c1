//! A closed sale as a receipt, and the receipt as bytes.

use paper::receipt::{Line, Mark, Receipt, Shop, TaxMark, Tender};
use paper::words::Words;
use paper::{Faces, Paper, Slip, SlipCode, Width};
use till::payment::{Method, PaymentCode, Terms};
use till::sale::{Outside, Sale};
use till::tax::TaxKind;
use till::time::Timestamp;

use crate::profile::Profile;
use crate::setup::Heading;

/// Dots a millimetre of the picture on the screen: fine enough for a sharp screen, small enough to send at once.
pub(crate) const SCREEN_DOTS_PER_MM: u32 = 10;

/// The receipt of a closed sale; `copy` 0 is the original.
#[must_use]
pub fn document(heading: &Heading, sale: &Sale, closed_at: Timestamp, copy: u32) -> Receipt {
    let mut marks = marks(heading, copy);
    if sale.tenders.iter().any(is_test) && !marks.contains(&Mark::TestPayment) {
        marks.push(Mark::TestPayment);
    }
    if sale.is_unverified() {
        marks.push(Mark::Unverified);
    }
    if sale.recovered {
        marks.push(Mark::Recovered);
    }
    Receipt {
        shop: shop(heading),
        till: heading.till.to_string(),
        cashier: heading.cashier.clone(),
        sale_number: sale.number.to_string(),
        at: closed_at,
        lines: sale
            .lines
            .iter()
            .map(|line| Line {
                name: line.name.clone(),
                quantity: line.quantity,
                unit_price: line.unit_price,
                // At shelf price: what was taken off stands below the sum.
                amount: line.gross(),
                tax: match line.tax {
                    TaxKind::Taxable => TaxMark::Taxable,
                    TaxKind::ZeroRated => TaxMark::ZeroRated,
                    TaxKind::Exempt => TaxMark::Exempt,
                },
            })
            .collect(),
        subtotal: sale.totals.gross,
        discount: sale.totals.discounts,
        total: sale.totals.net,
        tax: sale.totals.tax,
        tenders: sale.tenders.iter().map(tender).collect(),
        marks,
        qr: Some(sale.number.to_string()),
        lang: heading.lang,
    }
}

/// The slip with which a code is paid at a bank or a store; nothing for a code that is only under review.
#[must_use]
pub fn slip(heading: &Heading, terms: &Terms, code: &PaymentCode, deadline: Option<Timestamp>) -> Option<Slip> {
    let code = match code {
        PaymentCode::Atm { bank, account } => SlipCode::Atm { bank: bank.clone(), account: account.clone() },
        PaymentCode::Cvs { number } => SlipCode::Cvs { number: number.clone() },
        PaymentCode::Barcode { bars } => SlipCode::Barcode { bars: bars.clone() },
        PaymentCode::Review => return None,
    };
    Some(Slip {
        shop: shop(heading),
        sale_number: terms.sale.to_string(),
        merchant_trade_no: terms.number.to_string(),
        amount: terms.amount,
        code,
        deadline,
        at: terms.created,
        marks: marks(heading, 0),
        lang: heading.lang,
    })
}

/// What every paper says first: that it is a copy (`copy` 0 is the original), and that it is not about real money.
pub(crate) fn marks(heading: &Heading, copy: u32) -> Vec<Mark> {
    let practice = match heading.profile {
        Profile::Training => Some(Mark::Training),
        Profile::Stage => Some(Mark::TestPayment),
        Profile::Production => None,
    };
    (copy > 0).then_some(Mark::Copy(copy)).into_iter().chain(practice).collect()
}

/// The shop as papers name it.
pub(crate) fn shop(heading: &Heading) -> Shop {
    Shop {
        name: heading.shop.name.clone(),
        tax_id: heading.shop.tax_id.clone(),
        address: heading.shop.address.clone().unwrap_or_default(),
        phone: heading.shop.phone.clone().unwrap_or_default(),
        header: heading.shop.header.clone(),
        footer: heading.shop.footer.clone(),
    }
}

/// The receipt as a PDF, 80 mm wide.
///
/// # Errors
/// A sentence for the screen when it cannot be made.
pub fn pdf(receipt: &Receipt) -> Result<Vec<u8>, String> {
    paper_pdf(receipt, &receipt.sale_number)
}

/// Any paper as a PDF, 80 mm wide, under a title.
///
/// # Errors
/// A sentence for the screen when it cannot be made.
pub(crate) fn paper_pdf(document: &impl Paper, title: &str) -> Result<Vec<u8>, String> {
    let faces = Faces::embedded();
    let sheet = paper::layout(document, faces, Width::Mm80);
    paper::pdf(&sheet, faces, title).map_err(|error| error.to_string())
}

/// Any paper as a picture for the screen.
pub(crate) fn picture(document: &impl Paper) -> Result<Vec<u8>, String> {
    let faces = Faces::embedded();
    let sheet = paper::layout(document, faces, Width::Mm80);
    paper::png(&sheet, faces, SCREEN_DOTS_PER_MM).map_err(|error| error.to_string())
}

fn tender(tender: &till::sale::Tender) -> Tender {
    match tender {
        till::sale::Tender::Cash { received, change, .. } => Tender::Cash { received: *received, change: *change },
        till::sale::Tender::Recorded { through, amount, .. } => {
            Tender::Other { label: outside_words(*through), amount: *amount }
        }
        till::sale::Tender::Online { amount, attempt, method, trade_no, card_last4, .. } => Tender::Online {
            method: method_words(*method),
            amount: *amount,
            trade_no: trade_no.clone(),
            merchant_trade_no: attempt.to_string(),
            card_last4: card_last4.clone(),
        },
    }
}

fn is_test(tender: &till::sale::Tender) -> bool {
    matches!(tender, till::sale::Tender::Online { test: true, .. })
}

pub(crate) fn outside_words(through: Outside) -> Words {
    let (zh, en) = match through {
        Outside::OtherTerminal => ("其他刷卡機", "Other terminal"),
        Outside::Voucher => ("禮券", "Voucher"),
        Outside::Transfer => ("匯款", "Bank transfer"),
    };
    Words::new(zh, en)
}

pub(crate) fn method_words(method: Method) -> Words {
    let (zh, en) = match method {
        Method::All => ("線上付款", "Online payment"),
        Method::Credit => ("信用卡", "Card"),
        Method::Twqr => ("TWQR 行動支付", "TWQR mobile payment"),
        Method::ApplePay => ("Apple Pay", "Apple Pay"),
        Method::WebAtm => ("網路 ATM", "Web ATM"),
        Method::Atm => ("ATM 轉帳", "ATM transfer"),
        Method::Cvs => ("超商代碼", "Store code"),
        Method::Barcode => ("超商條碼", "Store barcode"),
        Method::Bnpl => ("先買後付", "Pay later"),
        Method::Weixin => ("微信支付", "WeChat Pay"),
        Method::DigitalPayment => ("電子支付", "E-wallet"),
    };
    Words { zh: zh.into(), en: en.into() }
}
