//! What of a sale can go back, to what, and how much that is. Money goes back the way it came.

use thiserror::Error;

use super::state::Refund;
use super::terms::{From, Item, Parts};
use crate::cart::{Line, Totals};
use crate::ids::AttemptNumber;
use crate::money::Money;
use crate::payment::Method;
use crate::sale::{Sale, SalePhase, Tender};
use crate::tax::{self, TaxKind};

/// So many pieces of a line that are to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The line.
    pub line: u32,
    /// How many.
    pub quantity: u32,
}

/// One of a sale's payments, as money can go back to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Which payment.
    pub from: From,
    /// What it brought.
    pub brought: Money,
    /// What of that has gone back, or is on its way.
    pub given_back: Money,
    /// The last four digits of the card, where there was one.
    pub last4: Option<String>,
    /// Instalments or bonus points: all or nothing.
    pub whole_only: bool,
}

/// What a refund would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// What it comes to.
    pub amount: Money,
    /// What comes back.
    pub items: Vec<Item>,
    /// What it comes to by tax.
    pub parts: Parts,
    /// To what it goes back: one for each of the sale's payments that it takes.
    pub legs: Vec<Leg>,
}

/// The part of a refund that goes back to one of the sale's payments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The payment.
    pub source: Source,
    /// How much.
    pub amount: Money,
    /// The goods it is for.
    pub items: Vec<Item>,
    /// What they come to by tax.
    pub parts: Parts,
}

/// Why nothing can go back like this.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CannotRefund {
    /// Only what was sold can come back.
    #[error("the sale is not closed")]
    NotClosed,
    /// There is nothing to give back.
    #[error("there is nothing to give back")]
    Nothing,
    /// There is no such line.
    #[error("the sale has no line {0}")]
    NoLine(u32),
    /// More than are left.
    #[error("only {left} of line {line} are left to come back")]
    TooMany {
        /// The line.
        line: u32,
        /// How many are left.
        left: u32,
    },
    /// Instalments and bonus points go back as a whole (PF-54).
    #[error("instalments and bonus points go back as a whole")]
    WholeOnly,
    /// The payments have no more to give: some of it went back in another way.
    #[error("only {left} dollars are left to give back")]
    TooMuch {
        /// How much is left.
        left: Money,
    },
}

/// The payments of a sale in the order in which money goes back to them: cards and whatever else came through the gateway
/// first, the drawer last, so that nobody turns a card into cash. `whole_only` says of an attempt whether it was paid in
/// instalments or with bonus points.
#[must_use]
pub fn sources(sale: &Sale, earlier: &[Refund], whole_only: impl Fn(&AttemptNumber) -> bool) -> Vec<Source> {
    let given_back = |from: &From| -> Money {
        earlier.iter().filter(|refund| refund.counts() && refund.terms.from == *from).map(|r| r.terms.amount).sum()
    };
    let mut online: Vec<Source> = Vec::new();
    let mut cash = Money::ZERO;
    for tender in &sale.tenders {
        match tender {
            Tender::Cash { amount, .. } => cash = [cash, *amount].into_iter().sum(),
            Tender::Online { amount, attempt, method, card_last4, .. } => {
                let from = From::Attempt { attempt: attempt.clone(), method: *method };
                online.push(Source {
                    brought: *amount,
                    given_back: given_back(&from),
                    last4: card_last4.clone(),
                    whole_only: whole_only(attempt),
                    from,
                });
            }
            Tender::Recorded { through, amount, .. } => {
                let from = From::Recorded { through: *through };
                // Two vouchers are one place for money to go back to.
                match online.iter_mut().find(|source| source.from == from) {
                    Some(source) => source.brought = [source.brought, *amount].into_iter().sum(),
                    None => online.push(Source {
                        brought: *amount,
                        given_back: given_back(&from),
                        last4: None,
                        whole_only: false,
                        from,
                    }),
                }
            }
        }
    }
    online.sort_by_key(|source| !source.is_card());
    if cash.is_positive() {
        let given_back = given_back(&From::Cash);
        online.push(Source { from: From::Cash, brought: cash, given_back, last4: None, whole_only: false });
    }
    online
}

impl Source {
    /// What it has left to give.
    #[must_use]
    pub fn left(&self) -> Money {
        self.brought.checked_sub(self.given_back).unwrap_or(Money::ZERO)
    }

    /// Whether the gateway gives it back to a card.
    #[must_use]
    pub fn is_card(&self) -> bool {
        matches!(self.from, From::Attempt { method: Method::Credit | Method::ApplePay, .. })
    }
}

/// What a refund of these pieces would be, after `earlier` refunds of the same sale.
///
/// # Errors
/// When they cannot come back, or the money cannot.
pub fn quote(sale: &Sale, earlier: &[Refund], wanted: &[Wanted], sources: Vec<Source>) -> Result<Quote, CannotRefund> {
    if sale.phase != SalePhase::Closed {
        return Err(CannotRefund::NotClosed);
    }
    let earlier: Vec<&Item> =
        earlier.iter().filter(|refund| refund.counts()).flat_map(|refund| refund.terms.items()).collect();
    let shares = shares(&sale.lines, &sale.totals);
    let mut items: Vec<Item> = Vec::new();
    for Wanted { line, quantity } in wanted {
        if *quantity == 0 || items.iter().any(|item| item.line == *line) {
            continue;
        }
        let at = sale.lines.iter().position(|known| known.id == *line).ok_or(CannotRefund::NoLine(*line))?;
        items.push(item(&sale.lines[at], shares[at], &earlier, *quantity)?);
    }
    let amount: Money = items.iter().map(|item| item.amount).sum();
    if !amount.is_positive() {
        return Err(CannotRefund::Nothing);
    }
    let taxed: Money = earlier.iter().filter(|item| item.tax == TaxKind::Taxable).map(|item| item.amount).sum();
    let legs = legs(amount, &items, taxed, sources)?;
    let parts = parts(&items, taxed);
    Ok(Quote { amount, items, parts, legs })
}

/// How many of a line have not come back.
fn left_of(line: &Line, earlier: &[&Item]) -> u32 {
    let back: u32 = earlier.iter().filter(|item| item.line == line.id).map(|item| item.quantity).sum();
    line.quantity.saturating_sub(back)
}

/// What the customer paid for each line: the sale's total by tax, spread over the lines in proportion to what they say,
/// so that discounts of the whole sale are in it and all lines together come to the total to the dollar.
fn shares(lines: &[Line], totals: &Totals) -> Vec<Money> {
    let mut shares = vec![Money::ZERO; lines.len()];
    let kinds =
        [(TaxKind::Taxable, totals.taxable), (TaxKind::ZeroRated, totals.zero_rated), (TaxKind::Exempt, totals.exempt)];
    for (kind, total) in kinds {
        let said: Money = lines.iter().filter(|line| line.tax == kind).map(Line::amount).sum();
        let mut passed = Money::ZERO;
        for (line, share) in lines.iter().zip(&mut shares).filter(|(line, _)| line.tax == kind) {
            let before = portion(total, passed, said);
            passed = [passed, line.amount()].into_iter().sum();
            *share = portion(total, passed, said).checked_sub(before).unwrap_or(Money::ZERO);
        }
    }
    shares
}

/// The part of `total` that `of` is of `whole`, whole dollars, rounded down.
fn portion(total: Money, of: Money, whole: Money) -> Money {
    if whole.is_zero() {
        return Money::ZERO;
    }
    let product = i128::from(total.as_dollars()) * i128::from(of.as_dollars());
    let part = product.div_euclid(i128::from(whole.as_dollars()));
    Money::dollars(i64::try_from(part).unwrap_or(i64::MAX))
}

fn item(line: &Line, share: Money, earlier: &[&Item], quantity: u32) -> Result<Item, CannotRefund> {
    let left = left_of(line, earlier);
    if quantity > left {
        return Err(CannotRefund::TooMany { line: line.id, left });
    }
    let back: Money = earlier.iter().filter(|item| item.line == line.id).map(|item| item.amount).sum();
    // Up to and with these pieces, less what has gone back: so the last piece takes what rounding has left.
    let pieces = |count: u32| Money::dollars(i64::from(count));
    let upto = portion(share, pieces(line.quantity - left + quantity), pieces(line.quantity));
    Ok(Item {
        line: line.id,
        name: line.name.clone(),
        quantity,
        sold: line.quantity,
        amount: upto.checked_sub(back).unwrap_or(Money::ZERO),
        tax: line.tax,
    })
}

fn parts(items: &[Item], taxed: Money) -> Parts {
    let of = |kind| items.iter().filter(|item| item.tax == kind).map(|item| item.amount).sum();
    let taxable: Money = of(TaxKind::Taxable);
    let upto: Money = [taxed, taxable].into_iter().sum();
    let tax = tax::included_in(upto).checked_sub(tax::included_in(taxed)).unwrap_or(Money::ZERO);
    Parts { taxable, zero_rated: of(TaxKind::ZeroRated), exempt: of(TaxKind::Exempt), tax }
}

fn legs(amount: Money, items: &[Item], mut taxed: Money, sources: Vec<Source>) -> Result<Vec<Leg>, CannotRefund> {
    let everything: Money = sources.iter().map(Source::left).sum();
    let mut skipped = false;
    let mut due = amount;
    let mut rest: Vec<Item> = items.to_vec();
    let mut legs = Vec::new();
    for source in sources {
        let take = source.left().min(due);
        if !take.is_positive() {
            continue;
        }
        if source.whole_only && take != source.brought {
            skipped = true;
            continue;
        }
        let items = taken(&mut rest, take);
        let parts = parts(&items, taxed);
        taxed = [taxed, parts.taxable].into_iter().sum();
        due = due.checked_sub(take).unwrap_or(Money::ZERO);
        legs.push(Leg { source, amount: take, items, parts });
    }
    if let Some(last) = legs.last_mut() {
        // What cost nothing comes back all the same.
        last.items.append(&mut rest);
    }
    if due.is_zero() {
        Ok(legs)
    } else if skipped {
        Err(CannotRefund::WholeOnly)
    } else {
        Err(CannotRefund::TooMuch { left: everything })
    }
}

/// Takes items worth exactly `amount` off the front. One that is split counts its pieces in the first part.
fn taken(rest: &mut Vec<Item>, mut amount: Money) -> Vec<Item> {
    let mut taken = Vec::new();
    while amount.is_positive() && !rest.is_empty() {
        let first = &mut rest[0];
        if first.amount <= amount {
            amount = amount.checked_sub(first.amount).unwrap_or(Money::ZERO);
            taken.push(rest.remove(0));
        } else {
            taken.push(Item { amount, ..first.clone() });
            first.amount = first.amount.checked_sub(amount).unwrap_or(Money::ZERO);
            first.quantity = 0;
            amount = Money::ZERO;
        }
    }
    taken
}
