//! The gateway's statement held against the journal, payment by payment. Only what does not agree is told of, each with
//! what both sides say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::{AttemptNumber, SaleNumber, TillId};
use crate::money::Money;
use crate::people::Named;
use crate::time::Day;

/// How long after a payment its absence from a statement means something: the gateway writes it the next working day.
pub const GRACE_DAYS: i64 = 2;

/// The most exceptions that are kept of one statement; so many others are counted.
pub const FINDINGS_MAX: usize = 500;

/// What a statement says about one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theirs {
    /// Our number, as it stands there.
    pub number: String,
    /// The gateway's.
    pub trade_no: Option<String>,
    /// When it was paid.
    pub paid: Option<Day>,
    /// What was paid; nothing on a line that only gives back.
    pub amount: Option<Money>,
    /// What was given back.
    pub refunded: Money,
    /// Whether the line says that money came.
    pub is_paid: bool,
}

/// What the journal says about one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ours {
    /// Its number.
    pub number: AttemptNumber,
    /// The sale it collected for.
    pub sale: SaleNumber,
    /// How much.
    pub amount: Money,
    /// The day it was paid; nothing when it was not.
    pub paid: Option<Day>,
    /// What has gone back through the gateway or in its back office.
    pub refunded: Money,
    /// What of that may be too new for a statement.
    pub refunded_lately: Money,
    /// It was let go of before it was captured: the card was never charged.
    pub released: bool,
    /// The gateway's number.
    pub trade_no: Option<String>,
}

/// In which way the two differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// Both know the payment, and name another amount.
    Amount,
    /// The gateway has money of an attempt that is not paid here (PF-57).
    TheirsOnly,
    /// The gateway has money under a number of this till that the journal has never made: it is not the journal that
    /// made it, but an older copy (PF-77).
    NotInJournal,
    /// It is paid here, and the gateway does not list it (PF-58).
    OursOnly,
    /// Another amount was given back: in the back office, say (PF-56).
    Refund,
}

/// One exception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// In which way.
    pub difference: Difference,
    /// Which payment.
    pub number: String,
    /// The sale it was for, where the journal knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale: Option<SaleNumber>,
    /// The day it was paid, by whichever side knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The gateway's number of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade_no: Option<String>,
    /// What the journal says: of a refund what went back, of anything else what was paid.
    pub ours: Money,
    /// What the statement says.
    pub theirs: Money,
}

/// A statement that was held against the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reconciliation {
    /// The first day it is about.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// How many lines it had.
    pub lines: u32,
    /// Payments on which both agree.
    pub matched: u32,
    /// What those come to.
    pub matched_amount: Money,
    /// Payments of other tills, or of other shops under the same merchant.
    pub elsewhere: u32,
    /// The exceptions, as they were found; at most [`FINDINGS_MAX`].
    pub findings: Vec<Finding>,
    /// How many more there were.
    #[serde(default)]
    pub more: u32,
    /// Who had it done.
    pub by: Named,
}

/// What came of holding the two against each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Payments on which both agree.
    pub matched: u32,
    /// What those come to.
    pub matched_amount: Money,
    /// Payments of other tills.
    pub elsewhere: u32,
    /// The exceptions, by kind and number.
    pub findings: Vec<Finding>,
}

/// Several lines about one payment as one: what was paid on some, what was given back on others.
#[must_use]
pub fn by_payment(lines: impl IntoIterator<Item = Theirs>) -> BTreeMap<String, Theirs> {
    let mut payments: BTreeMap<String, Theirs> = BTreeMap::new();
    for line in lines {
        let Some(known) = payments.get_mut(&line.number) else {
            payments.insert(line.number.clone(), line);
            continue;
        };
        known.amount = match (known.amount, line.amount) {
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            (a, b) => a.or(b),
        };
        known.refunded = known.refunded.saturating_add(line.refunded);
        known.is_paid |= line.is_paid;
        known.paid = known.paid.or(line.paid);
        known.trade_no = known.trade_no.take().or(line.trade_no);
    }
    payments
}

/// Holds a statement about the days from `from` to `to` against what the journal knows: all payments of these days, and
/// every other that the statement names. `today` says what may still come.
#[must_use]
pub fn compare(
    till: &TillId,
    theirs: &BTreeMap<String, Theirs>,
    ours: &BTreeMap<String, Ours>,
    (from, to): (Day, Day),
    today: Day,
) -> Compared {
    let mut compared = Compared::default();
    for line in theirs.values() {
        match ours.get(&line.number) {
            Some(ours) => known(&mut compared, line, ours, today),
            None if !line.is_paid => {}
            None if is_of(till, &line.number) => {
                let theirs = line.amount.unwrap_or(Money::ZERO);
                compared.findings.push(Finding {
                    difference: Difference::NotInJournal,
                    number: line.number.clone(),
                    sale: None,
                    day: line.paid,
                    trade_no: line.trade_no.clone(),
                    ours: Money::ZERO,
                    theirs,
                });
            }
            None => compared.elsewhere = compared.elsewhere.saturating_add(1),
        }
    }
    let missing = |payment: &&Ours| {
        let due = payment.paid.is_some_and(|day| (from..=to).contains(&day) && is_due(day, today));
        due && !payment.released && !theirs.contains_key(payment.number.as_str())
    };
    let missing = ours.values().filter(missing).map(|payment| lacks(payment, Money::ZERO));
    compared.findings.extend(missing);
    compared.findings.sort_by(|a, b| (a.difference, &a.number).cmp(&(b.difference, &b.number)));
    compared
}

fn known(compared: &mut Compared, line: &Theirs, ours: &Ours, today: Day) {
    let finding = |difference, of_ours, of_theirs| Finding {
        difference,
        number: line.number.clone(),
        sale: Some(ours.sale.clone()),
        day: line.paid.or(ours.paid),
        trade_no: line.trade_no.clone().or_else(|| ours.trade_no.clone()),
        ours: of_ours,
        theirs: of_theirs,
    };
    let amount = line.amount.unwrap_or(ours.amount);
    match (ours.paid, line.is_paid) {
        (None, false) => {}
        (None, true) => compared.findings.push(finding(Difference::TheirsOnly, Money::ZERO, amount)),
        (Some(day), false) => {
            if is_due(day, today) && !ours.released {
                compared.findings.push(lacks(ours, Money::ZERO));
            }
        }
        (Some(_), true) if amount != ours.amount => {
            compared.findings.push(finding(Difference::Amount, ours.amount, amount));
        }
        (Some(_), true) if !refunds_agree(line, ours) => {
            compared.findings.push(finding(Difference::Refund, ours.refunded, line.refunded));
        }
        (Some(_), true) => {
            compared.matched = compared.matched.saturating_add(1);
            compared.matched_amount = compared.matched_amount.saturating_add(amount);
        }
    }
}

/// What was let go of before it was captured may be listed either way; what went back lately may not be listed yet.
fn refunds_agree(line: &Theirs, ours: &Ours) -> bool {
    let least = ours.refunded.as_dollars() - ours.refunded_lately.as_dollars();
    let known = (least..=ours.refunded.as_dollars()).contains(&line.refunded.as_dollars());
    known || (ours.released && line.refunded.is_zero())
}

fn lacks(ours: &Ours, theirs: Money) -> Finding {
    Finding {
        difference: Difference::OursOnly,
        number: ours.number.to_string(),
        sale: Some(ours.sale.clone()),
        day: ours.paid,
        trade_no: ours.trade_no.clone(),
        ours: ours.amount,
        theirs,
    }
}

fn is_due(day: Day, today: Day) -> bool {
    today.number() - day.number() >= GRACE_DAYS
}

/// Whether a number can be one that this till has drawn: its id, a moment, and chance up to twenty characters.
#[must_use]
pub fn is_of(till: &TillId, number: &str) -> bool {
    let Some(rest) = number.strip_prefix(till.as_str()) else { return false };
    let Some(date) = rest.get(..6).filter(|_| number.len() == 20 && number.bytes().all(|b| b.is_ascii_alphanumeric()))
    else {
        return false;
    };
    let dashed = format!("20{}-{}-{}", &date[..2], &date[2..4], &date[4..]);
    date.bytes().all(|byte| byte.is_ascii_digit()) && dashed.parse::<Day>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn d(dollars: i64) -> Money {
        Money::dollars(dollars)
    }

    fn ours(number: &str, amount: i64, paid: Option<&str>) -> Ours {
        Ours {
            number: number.parse().expect("a number"),
            sale: "T1-000001".parse().expect("a sale"),
            amount: d(amount),
            paid: paid.map(day),
            refunded: d(0),
            refunded_lately: d(0),
            released: false,
            trade_no: None,
        }
    }

    fn theirs(number: &str, amount: i64, refunded: i64) -> Theirs {
        let (paid, amount) = (Some(day("2026-11-20")), Some(d(amount)));
        Theirs { number: number.into(), trade_no: None, paid, amount, refunded: d(refunded), is_paid: true }
    }

    fn found(theirs: Vec<Theirs>, ours: Vec<Ours>, today: &str) -> (u32, u32, Vec<(Difference, String)>) {
        let ours = ours.into_iter().map(|each| (each.number.to_string(), each)).collect();
        let days = (day("2026-11-20"), day("2026-11-20"));
        let till = "T1".parse().expect("a till");
        let compared = compare(&till, &by_payment(theirs), &ours, days, day(today));
        let findings = compared.findings.into_iter().map(|each| (each.difference, each.number)).collect();
        (compared.matched, compared.elsewhere, findings)
    }

    #[test]
    fn only_what_differs_is_told_of() {
        let unknown = "T1261120101010ABCDEF";
        let mut unpaid = theirs("E", 50, 0);
        unpaid.is_paid = false;
        let theirs = vec![
            theirs("A", 100, 0),
            theirs("B", 90, 0),
            theirs("C", 70, 0),
            theirs("D", 60, 20),
            unpaid,
            theirs(unknown, 40, 0),
            theirs("T2261120101010ABCDEF", 30, 0),
        ];
        let on = Some("2026-11-20");
        let ours = vec![
            ours("A", 100, on),
            ours("B", 99, on),
            ours("C", 70, None),
            ours("D", 60, on),
            ours("E", 50, None),
            ours("F", 10, on),
            ours("G", 10, Some("2026-11-19")),
        ];
        let expected = vec![
            (Difference::Amount, "B".to_owned()),
            (Difference::TheirsOnly, "C".into()),
            (Difference::NotInJournal, unknown.into()),
            (Difference::OursOnly, "F".into()),
            (Difference::Refund, "D".into()),
        ];
        assert_eq!(found(theirs, ours, "2026-11-22"), (1, 1, expected));
    }

    #[test]
    fn what_is_too_new_for_a_statement_is_not_missing() {
        assert_eq!(found(vec![], vec![ours("A", 1, Some("2026-11-20"))], "2026-11-21"), (0, 0, vec![]));
        let lately = Ours { refunded: d(30), refunded_lately: d(30), ..ours("A", 100, Some("2026-11-20")) };
        assert_eq!(found(vec![theirs("A", 100, 0)], vec![lately], "2026-11-22").0, 1);
        let released = Ours { released: true, refunded: d(100), ..ours("A", 100, Some("2026-11-20")) };
        assert_eq!(found(vec![], vec![released], "2026-11-22"), (0, 0, vec![]));
    }

    #[test]
    fn a_payment_and_what_came_back_of_it_are_one_whatever_lines_they_are_on() {
        let back = Theirs { amount: None, ..theirs("A", 0, 40) };
        let refunded = Ours { refunded: d(40), ..ours("A", 100, Some("2026-11-20")) };
        assert_eq!(found(vec![theirs("A", 100, 0), back], vec![refunded], "2026-11-30"), (1, 0, vec![]));
    }

    #[test]
    fn a_number_tells_its_till() {
        let till = "T1".parse().expect("a till");
        assert!(is_of(&till, "T1261120123456ABCDEF"));
        for other in [
            "T2261120123456ABCDEF",
            "T11261120123456ABCDE",
            "T1",
            "T1-261120123456ABC-",
            "T1999920123456ABCDEF",
            "",
            "訂單",
        ] {
            assert!(!is_of(&till, other), "{other}");
        }
    }
}
