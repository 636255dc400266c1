//! The slip a customer takes home with a refund (退款單): what came back, to what the money goes, where it stands.

use till::money::Money;
use till::time::Timestamp;

use crate::flow::Paper;
use crate::receipt::{Mark, Shop, push_fact, push_marks, push_shop};
use crate::row::{Row, Rule, Style};
use crate::words::{self, Lang, Words};

/// One refund as the customer takes it home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundSlip {
    /// Who sold.
    pub shop: Shop,
    /// Which till.
    pub till: String,
    /// Who served.
    pub cashier: String,
    /// The refund's number.
    pub number: String,
    /// The sale's number.
    pub sale_number: String,
    /// When it was asked for; printed in Taipei time.
    pub at: Timestamp,
    /// What came back; empty where no goods did.
    pub items: Vec<RefundLine>,
    /// How much goes back.
    pub amount: Money,
    /// The business tax in it.
    pub tax: Money,
    /// To what it goes back, in words the customer knows.
    pub to: Words,
    /// The card's last four digits, the only ones ever printed.
    pub card_last4: Option<String>,
    /// ECPay's number of the trade.
    pub trade_no: Option<String>,
    /// Our number of the attempt.
    pub merchant_trade_no: Option<String>,
    /// Where it stands, in words.
    pub state: Words,
    /// Whether the customer has the money: else the slip says how long it may take.
    pub settled: bool,
    /// Why.
    pub reason: String,
    /// Whether the customer signs for it: money that a person hands back.
    pub signature: bool,
    /// What must be seen first about this paper.
    pub marks: Vec<Mark>,
    /// Which languages it speaks.
    pub lang: Lang,
}

/// Pieces that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundLine {
    /// As the shop calls it.
    pub name: String,
    /// How many.
    pub quantity: u32,
    /// What they come to, as the customer paid them.
    pub amount: Money,
}

impl Paper for RefundSlip {
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        push_marks(&mut rows, &self.marks);
        push_shop(&mut rows, &self.shop, self.lang);
        self.push_facts(&mut rows);
        self.push_items(&mut rows);
        self.push_money(&mut rows);
        self.push_end(&mut rows);
        rows
    }

    fn at(&self) -> Timestamp {
        self.at
    }
}

impl RefundSlip {
    fn push_facts(&self, rows: &mut Vec<Row>) {
        rows.push(Row::Gap(1_200));
        rows.push(Row::centred(words::REFUND_SLIP.line(self.lang), Style::STRONG));
        rows.push(Row::Gap(600));
        push_fact(rows, &words::NUMBER, &self.number, self.lang);
        push_fact(rows, &words::OF_SALE, &self.sale_number, self.lang);
        push_fact(rows, &words::TIME, &self.at.to_string(), self.lang);
        push_fact(rows, &words::TILL, &self.till, self.lang);
        push_fact(rows, &words::CASHIER, &self.cashier, self.lang);
        push_fact(rows, &words::REASON, &self.reason, self.lang);
    }

    fn push_items(&self, rows: &mut Vec<Row>) {
        if self.items.is_empty() {
            return;
        }
        rows.push(Row::Rule(Rule::Dashed));
        for item in &self.items {
            rows.push(Row::Item {
                name: item.name.clone(),
                each: format!("× {}", item.quantity),
                amount: item.amount.to_string(),
                tax: String::new(),
            });
        }
    }

    fn push_money(&self, rows: &mut Vec<Row>) {
        rows.push(Row::Rule(Rule::Dashed));
        rows.push(Row::amount(words::REFUNDED.line(self.lang), format!("NT$ {}", self.amount), Style::LARGE));
        if !self.items.is_empty() {
            rows.push(Row::amount(words::INCLUDED_TAX.line(self.lang), self.tax.to_string(), Style::SMALL));
        }
        rows.push(Row::Rule(Rule::Dashed));
        push_fact(rows, &words::REFUND_TO, &self.to.line(self.lang), self.lang);
        push_fact(rows, &words::REFUND_STATE, &self.state.line(self.lang), self.lang);
        let card = self.card_last4.as_ref().map(|last4| format!("**** {last4}"));
        let details = [
            (&words::CARD, card.as_ref()),
            (&words::TRADE_NO, self.trade_no.as_ref()),
            (&words::MERCHANT_TRADE_NO, self.merchant_trade_no.as_ref()),
        ];
        for (label, value) in details {
            if let Some(value) = value {
                rows.push(Row::amount(label.line(self.lang), value.clone(), Style::SMALL));
            }
        }
    }

    fn push_end(&self, rows: &mut Vec<Row>) {
        rows.push(Row::Rule(Rule::Dashed));
        if self.signature {
            rows.push(Row::ends(words::SIGNATURE.line(self.lang), "", Style::BODY));
            rows.push(Row::Gap(9_000));
            rows.push(Row::Rule(Rule::Solid));
        } else if !self.settled {
            rows.extend(
                words::CARD_TAKES_DAYS.lines(self.lang).into_iter().map(|line| Row::centred(line, Style::SMALL)),
            );
        }
        rows.extend(self.shop.footer.iter().map(|line| Row::centred(line, Style::BODY)));
        rows.push(Row::Gap(1_500));
        rows.push(Row::Qr(self.number.clone()));
        rows.push(Row::Gap(1_500));
        rows.extend(words::NOT_AN_INVOICE.lines(self.lang).into_iter().map(|line| Row::centred(line, Style::SMALL)));
    }
}
