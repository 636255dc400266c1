//! The payment slip (繳費單): a code the customer takes along to a bank or a store, with what it is for and until when.

use till::money::Money;
use till::time::Timestamp;

use crate::flow::Paper;
use crate::receipt::{Mark, Shop, push_fact, push_marks, push_shop};
use crate::row::{Row, Rule, Style};
use crate::words::{self, Lang, Words};

/// What the customer takes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Who sells.
    pub shop: Shop,
    /// The sale it pays.
    pub sale_number: String,
    /// Our number of the attempt.
    pub merchant_trade_no: String,
    /// How much.
    pub amount: Money,
    /// The code.
    pub code: SlipCode,
    /// Until when it can be paid, where that is known.
    pub deadline: Option<Timestamp>,
    /// When it was issued.
    pub at: Timestamp,
    /// What must be seen first about it.
    pub marks: Vec<Mark>,
    /// Which languages it speaks.
    pub lang: Lang,
}

/// The code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlipCode {
    /// A virtual account, printed in fours.
    Atm {
        /// Bank.
        bank: String,
        /// Account.
        account: String,
    },
    /// A code for a store's kiosk.
    Cvs {
        /// The code.
        number: String,
    },
    /// Three barcodes for a store's counter, scanned from top to bottom.
    Barcode {
        /// Top to bottom.
        bars: [String; 3],
    },
}

impl Paper for Slip {
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        push_marks(&mut rows, &self.marks);
        push_shop(&mut rows, &self.shop, self.lang);
        rows.push(Row::Gap(1_500));
        rows.extend(TITLE.lines(self.lang).into_iter().map(|line| Row::centred(line, Style::STRONG)));
        rows.push(Row::Rule(Rule::Solid));
        rows.push(Row::amount(words::TOTAL.line(self.lang), format!("NT$ {}", self.amount), Style::LARGE));
        if let Some(deadline) = self.deadline {
            rows.push(Row::ends(DEADLINE.line(self.lang), minute(deadline), Style::STRONG));
        }
        rows.push(Row::Rule(Rule::Dashed));
        self.push_code(&mut rows);
        rows.push(Row::Rule(Rule::Dashed));
        push_fact(&mut rows, &words::NUMBER, &self.sale_number, self.lang);
        push_fact(&mut rows, &words::MERCHANT_TRADE_NO, &self.merchant_trade_no, self.lang);
        push_fact(&mut rows, &ISSUED, &minute(self.at), self.lang);
        rows.push(Row::Gap(1_000));
        rows.extend(NOT_PAID_YET.lines(self.lang).into_iter().map(|line| Row::centred(line, Style::SMALL)));
        rows
    }

    fn at(&self) -> Timestamp {
        self.at
    }
}

impl Slip {
    fn push_code(&self, rows: &mut Vec<Row>) {
        let how = match &self.code {
            SlipCode::Atm { bank, account } => {
                rows.push(Row::ends(BANK.line(self.lang), bank, Style::STRONG));
                rows.push(Row::left(ACCOUNT.line(self.lang), Style::BODY));
                rows.push(Row::centred(in_fours(account), Style::LARGE));
                &AT_THE_BANK
            }
            SlipCode::Cvs { number } => {
                rows.push(Row::left(KIOSK.line(self.lang), Style::BODY));
                rows.push(Row::centred(in_fours(number), Style::LARGE));
                rows.push(Row::Gap(1_000));
                rows.push(Row::Bars(number.clone()));
                &AT_THE_KIOSK
            }
            SlipCode::Barcode { bars } => {
                for bar in bars {
                    rows.push(Row::Gap(1_500));
                    rows.push(Row::Bars(bar.clone()));
                    rows.push(Row::centred(bar, Style::BODY));
                }
                &AT_THE_COUNTER
            }
        };
        rows.push(Row::Gap(1_000));
        rows.extend(how.lines(self.lang).into_iter().map(|line| Row::centred(line, Style::SMALL)));
    }
}

/// Numbers are copied down and read aloud in fours.
fn in_fours(text: &str) -> String {
    let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn minute(at: Timestamp) -> String {
    let wall = at.taipei();
    let (month, day) = (u8::from(wall.month()), wall.day());
    format!("{}/{month:02}/{day:02} {:02}:{:02}", wall.year(), wall.hour(), wall.minute())
}

const TITLE: Words = Words::new("繳費單", "Payment slip");
const DEADLINE: Words = Words::new("繳費期限", "Pay before");
const BANK: Words = Words::new("銀行代碼", "Bank");
const ACCOUNT: Words = Words::new("轉帳帳號", "Account");
const KIOSK: Words = Words::new("繳費代碼", "Payment code");
const ISSUED: Words = Words::new("取號時間", "Issued");
const AT_THE_BANK: Words = Words::new("請以 ATM 或網路銀行轉帳，金額須相同", "Transfer exactly this amount");
const AT_THE_KIOSK: Words =
    Words::new("請在超商機台輸入代碼，再到櫃檯繳費", "Enter the code at a store's kiosk, then pay");
const AT_THE_COUNTER: Words =
    Words::new("請在超商櫃檯由上而下刷三段條碼", "At a store's counter, scanned from top to bottom");
const NOT_PAID_YET: Words = Words::new("此單僅供繳費，尚未付款，不是收據", "Not paid yet; not a receipt");
