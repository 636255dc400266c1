//! One of every paper, for the tests and for looking at.
#![allow(dead_code, reason = "each test file and the example use some of them")]

use paper::escpos::{Device, Proof};
use paper::receipt::{Line, Mark, Receipt, Shop, TaxMark, Tender};
use paper::refund::{RefundLine, RefundSlip};
use paper::report::{CrossFoot, Entry, Figure, Report, Section};
use paper::words::{Lang, Words};
use paper::{CountSlip, Slip, SlipCode};
use till::money::Money;
use till::time::Timestamp;

pub(crate) fn shop() -> Shop {
    Shop {
        name: "小巷咖啡".to_owned(),
        tax_id: Some("12345678".to_owned()),
        address: "臺北市大安區和平東路二段 1 號".to_owned(),
        phone: "02-2345-6789".to_owned(),
        header: vec![],
        footer: vec!["謝謝光臨，歡迎再來！".to_owned()],
    }
}

pub(crate) fn line(name: &str, quantity: u32, unit_price: i64, tax: TaxMark) -> Line {
    Line {
        name: name.to_owned(),
        quantity,
        unit_price: Money::dollars(unit_price),
        amount: Money::dollars(unit_price).checked_mul(quantity).unwrap(),
        tax,
    }
}

pub(crate) fn at() -> Timestamp {
    Timestamp::from_unix_ms(1_767_587_696_000)
}

pub(crate) fn receipt(lines: Vec<Line>, lang: Lang) -> Receipt {
    let mut receipt = Receipt {
        shop: shop(),
        till: "1".to_owned(),
        cashier: "王小明".to_owned(),
        sale_number: "A01-20260105-0012".to_owned(),
        at: at(),
        lines,
        subtotal: Money::ZERO,
        discount: Money::ZERO,
        total: Money::ZERO,
        tax: Money::ZERO,
        tenders: vec![],
        marks: vec![],
        qr: None,
        lang,
    };
    settle(&mut receipt, 0);
    let received = Money::dollars(receipt.total.as_dollars() / 1000 * 1000 + 1000);
    receipt.tenders = vec![Tender::Cash { received, change: received.checked_sub(receipt.total).unwrap() }];
    receipt
}

fn settle(receipt: &mut Receipt, discount: i64) {
    let taxable = receipt.lines.iter().filter(|line| line.tax == TaxMark::Taxable).map(|line| line.amount);
    receipt.tax = Money::dollars((taxable.sum::<Money>().as_dollars() * 5 + 52) / 105);
    receipt.subtotal = receipt.lines.iter().map(|line| line.amount).sum();
    receipt.discount = Money::dollars(discount);
    receipt.total = receipt.subtotal.checked_sub(receipt.discount).unwrap();
}

pub(crate) fn cash(lang: Lang) -> Receipt {
    receipt(
        vec![
            line("珍珠奶茶（大杯）", 2, 65, TaxMark::Taxable),
            line("美式咖啡", 1, 80, TaxMark::Taxable),
            line("Earl Grey tea", 1, 120, TaxMark::Taxable),
            line("有機紅蘿蔔", 3, 35, TaxMark::Exempt),
        ],
        lang,
    )
}

pub(crate) fn card(lang: Lang) -> Receipt {
    let mut receipt = cash(lang);
    receipt.lines.push(line(
        "日本北海道十勝產紅豆手工麻糬禮盒附提袋與節慶賀卡一張（十二入、可冷藏三日）",
        12,
        1_280,
        TaxMark::Taxable,
    ));
    settle(&mut receipt, 100);
    receipt.tenders = vec![
        Tender::Other { label: Words::new("禮券", "Voucher"), amount: Money::dollars(500) },
        Tender::Online {
            method: Words::new("信用卡", "Credit card"),
            amount: receipt.total.checked_sub(Money::dollars(500)).unwrap(),
            trade_no: Some("2601051234567890123".to_owned()),
            merchant_trade_no: "G1A7K2M9P4Q8R3T6V5X0".to_owned(),
            card_last4: Some("1111".to_owned()),
        },
    ];
    receipt.qr = Some(receipt.sale_number.clone());
    receipt
}

pub(crate) fn copy(lang: Lang) -> Receipt {
    Receipt { marks: vec![Mark::Copy(2)], ..card(lang) }
}

pub(crate) fn marked(lang: Lang) -> Receipt {
    Receipt { marks: vec![Mark::Training, Mark::Unverified, Mark::Recovered, Mark::TestPayment], ..cash(lang) }
}

pub(crate) fn thirty_lines(lang: Lang) -> Receipt {
    let names = ["蛋餅", "鮪魚三明治", "豆漿（中杯、半糖、去冰）", "Croissant au beurre", "鍋燒意麵", "茶葉蛋"];
    let lines = (1..=30u32).zip(names.iter().cycle());
    receipt(lines.map(|(n, name)| line(name, n, i64::from(n) * 7 + 15, TaxMark::Taxable)).collect(), lang)
}

/// Everything as wide as it can be, and characters no font has.
pub(crate) fn extreme(lang: Lang) -> Receipt {
    let mut receipt = copy(lang);
    receipt.shop.name = "一家名字長到招牌掛不下的小巷咖啡與書店台北總店".to_owned();
    receipt.shop.address = "A very long address without end, Heping East Road Section 2, Taipei".to_owned();
    receipt.cashier = "Bartholomew Featherstonehaugh-Cholmondeley the Third".to_owned();
    receipt.lines.push(line("壞字\u{10FFFD}🧋與\u{7}控制字元", u32::MAX, 200, TaxMark::ZeroRated));
    receipt.lines.push(line("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", 1, 1, TaxMark::Taxable));
    receipt.lines.push(line("", 1, 1, TaxMark::Taxable));
    receipt.subtotal = Money::LIMIT;
    receipt.total = Money::LIMIT;
    receipt.qr = Some("https://example.test/".to_owned() + &"x".repeat(600));
    receipt
}

pub(crate) fn x_report(lang: Lang) -> Report {
    let amount = |label, dollars| Entry { label, figure: Figure::Amount(Money::dollars(dollars)) };
    let both = |label, count, dollars| Entry { label, figure: Figure::CountAndAmount(count, Money::dollars(dollars)) };
    Report {
        shop: shop(),
        title: Words::new("X 報表", "X report"),
        at: at(),
        facts: vec![
            (Words::new("收銀機", "Till"), "1".to_owned()),
            (Words::new("收銀員", "Cashier"), "王小明".to_owned()),
        ],
        sections: vec![
            Section {
                title: Words::new("銷售", "Sales"),
                entries: vec![
                    both(Words::new("銷售", "Sales"), 128, 45_210),
                    both(Words::new("退款", "Refunds"), 2, -310),
                    both(Words::new("折扣", "Discounts"), 9, -900),
                ],
                total: Some(amount(Words::new("淨額", "Net"), 44_000)),
            },
            Section {
                title: Words::new("付款方式", "Tenders"),
                entries: vec![
                    both(Words::new("現金", "Cash"), 70, 20_000),
                    both(Words::new("信用卡", "Credit card"), 40, 18_000),
                    both(Words::new("行動支付", "Wallets"), 16, 6_000),
                ],
                total: Some(amount(Words::new("合計", "Sum"), 44_000)),
            },
        ],
        cross_foot: Some(CrossFoot {
            parts: vec![
                (Words::new("現金", "Cash"), Money::dollars(20_000)),
                (Words::new("信用卡", "Credit card"), Money::dollars(18_000)),
                (Words::new("行動支付", "Wallets"), Money::dollars(6_000)),
            ],
            total: (Words::new("淨額", "Net"), Money::dollars(44_000)),
        }),
        marks: vec![],
        notes: vec!["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned()],
        lang,
    }
}

/// What ECPay's documents give as an example (2876).
pub(crate) const BARS: [&str; 3] = ["1508086CY", "1557352207269145", "080829000000789"];

pub(crate) fn slip(code: SlipCode, lang: Lang) -> Slip {
    Slip {
        shop: shop(),
        sale_number: "T1-000042".to_owned(),
        merchant_trade_no: "T1260630130000AAAAAA".to_owned(),
        amount: Money::dollars(1_280),
        code,
        deadline: Some(Timestamp::from_unix_ms(1_786_204_799_000)),
        at: at(),
        marks: vec![],
        lang,
    }
}

pub(crate) fn slip_barcode(lang: Lang) -> Slip {
    slip(SlipCode::Barcode { bars: BARS.map(str::to_owned) }, lang)
}

pub(crate) fn slip_kiosk(lang: Lang) -> Slip {
    slip(SlipCode::Cvs { number: "LLL26324512345".to_owned() }, lang)
}

pub(crate) fn slip_account(lang: Lang) -> Slip {
    slip(SlipCode::Atm { bank: "004".to_owned(), account: "9103522814076621".to_owned() }, lang)
}

pub(crate) fn refund(lang: Lang) -> RefundSlip {
    RefundSlip {
        shop: shop(),
        till: "1".to_owned(),
        cashier: "王小明".to_owned(),
        number: "R-000007".to_owned(),
        sale_number: "A01-20260105-0012".to_owned(),
        at: at(),
        items: vec![RefundLine {
            name: "珍珠奶茶（大杯）".to_owned(), quantity: 1, amount: Money::dollars(65)
        }],
        amount: Money::dollars(65),
        tax: Money::dollars(3),
        to: Words::new("信用卡", "Card"),
        card_last4: Some("1111".to_owned()),
        trade_no: Some("2601051234567890123".to_owned()),
        merchant_trade_no: Some("G1A7K2M9P4Q8R3T6V5X0".to_owned()),
        state: Words::new("退款中", "On its way"),
        settled: false,
        reason: "商品瑕疵".to_owned(),
        signature: false,
        marks: vec![],
        lang,
    }
}

pub(crate) fn count(lang: Lang) -> CountSlip {
    let pieces = vec![(1000, 7), (500, 1), (100, 23), (50, 8), (10, 41), (5, 12), (1, 30)];
    CountSlip {
        shop: shop(),
        till: "1".to_owned(),
        counted_by: "王小明".to_owned(),
        at: at(),
        counted: pieces.iter().map(|(kind, n)| Money::dollars(i64::from(*kind) * i64::from(*n))).sum(),
        pieces,
        expected: Some(Money::dollars(10_708)),
        marks: vec![],
        lang,
    }
}

pub(crate) fn proof(lang: Lang, device: Device) -> Proof {
    Proof {
        till: "1".to_owned(),
        printer: "counter".to_owned(),
        way: "tcp 192.168.1.50:9100".to_owned(),
        device,
        at: at(),
        lang,
    }
}
