//! The customer's receipt (交易明細) as a model: what happened, before any width, font or byte.

use till::money::Money;
use till::time::Timestamp;

use crate::flow::Paper;
use crate::row::{Row, Rule, Style};
use crate::words::{self, Lang, Words};

/// One sale as the customer takes it home. It is not a uniform invoice (統一發票) and says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Who sells.
    pub shop: Shop,
    /// Which till.
    pub till: String,
    /// Who served.
    pub cashier: String,
    /// The shop's own number of the sale.
    pub sale_number: String,
    /// When the sale was made; printed in Taipei time.
    pub at: Timestamp,
    /// What was sold.
    pub lines: Vec<Line>,
    /// The sum of the lines.
    pub subtotal: Money,
    /// What was taken off; positive, printed with a minus sign, and not at all when zero.
    pub discount: Money,
    /// What was owed.
    pub total: Money,
    /// The business tax the total includes.
    pub tax: Money,
    /// How it was paid, in order.
    pub tenders: Vec<Tender>,
    /// What must be seen first about this paper.
    pub marks: Vec<Mark>,
    /// What a QR code at the end holds, such as the sale number for a later refund.
    pub qr: Option<String>,
    /// Which languages it speaks.
    pub lang: Lang,
}

/// Who sells. What is empty is not printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shop {
    /// Printed large.
    pub name: String,
    /// 統一編號, eight digits.
    pub tax_id: Option<String>,
    /// Where it is.
    pub address: String,
    /// Its number.
    pub phone: String,
    /// The shop's own lines under its name.
    pub header: Vec<String>,
    /// The shop's own lines at the end.
    pub footer: Vec<String>,
}

/// One article sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// As the shop calls it.
    pub name: String,
    /// How many.
    pub quantity: u32,
    /// The price of one.
    pub unit_price: Money,
    /// What the line comes to.
    pub amount: Money,
    /// How it is taxed.
    pub tax: TaxMark,
}

/// How an article is taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaxMark {
    /// 應稅, `TX`.
    Taxable,
    /// 免稅, `免`.
    Exempt,
    /// 零稅率, `零`.
    ZeroRated,
}

/// One way the sale was paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tender {
    /// Notes and coins.
    Cash {
        /// Handed over.
        received: Money,
        /// Handed back.
        change: Money,
    },
    /// Through the gateway.
    Online {
        /// How, in words the customer knows: `信用卡 Credit card`.
        method: Words,
        /// How much.
        amount: Money,
        /// ECPay's number of the trade; nothing while it is not known.
        trade_no: Option<String>,
        /// Our number of the attempt.
        merchant_trade_no: String,
        /// The card's last four digits, the only ones ever printed.
        card_last4: Option<String>,
    },
    /// Anything else the shop takes, such as its own vouchers.
    Other {
        /// What it is.
        label: Words,
        /// How much.
        amount: Money,
    },
}

/// What must be seen first about a paper; printed in both languages whatever the paper speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Printed again: the first copy is 1.
    Copy(u32),
    /// No sale at all.
    Training,
    /// A manager vouched for the payment; the gateway has not.
    Unverified,
    /// The sale was completed from the journal after an interruption.
    Recovered,
    /// The gateway says no money moved.
    TestPayment,
}

impl TaxMark {
    /// What stands beside the amount.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Taxable => "TX",
            Self::Exempt => "免",
            Self::ZeroRated => "零",
        }
    }

    const fn meaning(self) -> Words {
        match self {
            Self::Taxable => words::TAXABLE,
            Self::Exempt => words::EXEMPT,
            Self::ZeroRated => words::ZERO_RATED,
        }
    }
}

impl Mark {
    /// What the framed bar says.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Copy(n) => format!("{} {n}", words::COPY.line(Lang::Both)),
            Self::Training => words::TRAINING.line(Lang::Both),
            Self::Unverified => words::UNVERIFIED.line(Lang::Both),
            Self::Recovered => words::RECOVERED.line(Lang::Both),
            Self::TestPayment => words::TEST_PAYMENT.line(Lang::Both),
        }
    }
}

impl Paper for Receipt {
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        push_marks(&mut rows, &self.marks);
        push_shop(&mut rows, &self.shop, self.lang);
        self.push_facts(&mut rows);
        self.push_lines(&mut rows);
        self.push_totals(&mut rows);
        self.push_tenders(&mut rows);
        self.push_end(&mut rows);
        rows
    }

    fn at(&self) -> Timestamp {
        self.at
    }
}

impl Receipt {
    fn push_facts(&self, rows: &mut Vec<Row>) {
        rows.push(Row::Gap(1_200));
        rows.push(Row::centred(words::RECEIPT.line(self.lang), Style::STRONG));
        rows.push(Row::Gap(600));
        push_fact(rows, &words::NUMBER, &self.sale_number, self.lang);
        push_fact(rows, &words::TIME, &self.at.to_string(), self.lang);
        push_fact(rows, &words::TILL, &self.till, self.lang);
        push_fact(rows, &words::CASHIER, &self.cashier, self.lang);
    }

    fn push_lines(&self, rows: &mut Vec<Row>) {
        rows.push(Row::Rule(Rule::Dashed));
        for line in &self.lines {
            rows.push(Row::Item {
                name: line.name.clone(),
                each: format!("{} × {}", line.quantity, line.unit_price),
                amount: line.amount.to_string(),
                tax: line.tax.sign().to_owned(),
            });
        }
    }

    fn push_totals(&self, rows: &mut Vec<Row>) {
        rows.push(Row::Rule(Rule::Dashed));
        if !self.discount.is_zero() {
            rows.push(Row::amount(words::SUBTOTAL.line(self.lang), self.subtotal.to_string(), Style::BODY));
            rows.push(Row::amount(words::DISCOUNT.line(self.lang), taken_off(self.discount), Style::BODY));
        }
        rows.push(Row::amount(words::TOTAL.line(self.lang), format!("NT$ {}", self.total), Style::LARGE));
        rows.push(Row::amount(words::INCLUDED_TAX.line(self.lang), self.tax.to_string(), Style::SMALL));
    }

    fn push_tenders(&self, rows: &mut Vec<Row>) {
        rows.push(Row::Rule(Rule::Dashed));
        for tender in &self.tenders {
            match tender {
                Tender::Cash { received, change } => {
                    rows.push(Row::amount(words::CASH.line(self.lang), received.to_string(), Style::BODY));
                    rows.push(Row::amount(words::CHANGE.line(self.lang), change.to_string(), Style::STRONG));
                }
                Tender::Online { method, amount, trade_no, merchant_trade_no, card_last4 } => {
                    rows.push(Row::amount(method.line(self.lang), amount.to_string(), Style::BODY));
                    let card = card_last4.as_ref().map(|last4| format!("**** {last4}"));
                    let details = [
                        (&words::CARD, card.as_ref()),
                        (&words::TRADE_NO, trade_no.as_ref()),
                        (&words::MERCHANT_TRADE_NO, Some(merchant_trade_no)),
                    ];
                    for (label, value) in details {
                        if let Some(value) = value {
                            rows.push(Row::amount(label.line(self.lang), value.clone(), Style::SMALL));
                        }
                    }
                }
                Tender::Other { label, amount } => {
                    rows.push(Row::amount(label.line(self.lang), amount.to_string(), Style::BODY));
                }
            }
        }
    }

    fn push_end(&self, rows: &mut Vec<Row>) {
        rows.push(Row::Rule(Rule::Dashed));
        rows.extend(self.shop.footer.iter().map(|line| Row::centred(line, Style::BODY)));
        if let Some(text) = &self.qr {
            rows.push(Row::Gap(1_500));
            rows.push(Row::Qr(text.clone()));
            rows.push(Row::Gap(1_500));
        }
        if let Some(legend) = self.legend() {
            rows.push(Row::centred(legend, Style::SMALL));
        }
        rows.extend(words::NOT_AN_INVOICE.lines(self.lang).into_iter().map(|line| Row::centred(line, Style::SMALL)));
    }

    /// What the tax marks mean, when any but the ordinary one is used.
    fn legend(&self) -> Option<String> {
        let mut used: Vec<TaxMark> = self.lines.iter().map(|line| line.tax).collect();
        used.sort_unstable();
        used.dedup();
        if used.iter().all(|mark| *mark == TaxMark::Taxable) {
            return None;
        }
        let meanings = used.into_iter().map(|mark| format!("{}={}", mark.sign(), mark.meaning().line(self.lang)));
        Some(meanings.collect::<Vec<_>>().join("  "))
    }
}

/// The framed bar at the very top.
pub(crate) fn push_marks(rows: &mut Vec<Row>, marks: &[Mark]) {
    if !marks.is_empty() {
        rows.push(Row::Bar(marks.iter().map(|mark| mark.text()).collect()));
        rows.push(Row::Gap(1_500));
    }
}

/// The shop's name large, and how to find it.
pub(crate) fn push_shop(rows: &mut Vec<Row>, shop: &Shop, lang: Lang) {
    rows.push(Row::centred(&shop.name, Style::TITLE));
    if let Some(tax_id) = &shop.tax_id {
        rows.push(Row::centred(format!("{} {tax_id}", words::TAX_ID.line(lang)), Style::BODY));
    }
    if !shop.address.is_empty() {
        rows.push(Row::centred(&shop.address, Style::BODY));
    }
    if !shop.phone.is_empty() {
        rows.push(Row::centred(format!("{} {}", words::PHONE.line(lang), shop.phone), Style::BODY));
    }
    rows.extend(shop.header.iter().map(|line| Row::centred(line, Style::BODY)));
}

/// A label and a text at the edges of the print; nothing when the text is empty.
pub(crate) fn push_fact(rows: &mut Vec<Row>, label: &Words, value: &str, lang: Lang) {
    if !value.is_empty() {
        rows.push(Row::ends(label.line(lang), value, Style::BODY));
    }
}

fn taken_off(discount: Money) -> String {
    Money::ZERO.checked_sub(discount).unwrap_or(discount).to_string()
}
