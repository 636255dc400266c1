//! Which column is which, and how one row becomes a product.

use till::catalogue::{Barcode, Price, Product, ProductCode, Unit};
use till::money::Money;
use till::tax::TaxKind;

use super::text::half_width;
use super::{ImportError, SilentOn, Wrong};

/// A column of a catalogue file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Code,
    Barcode,
    Name,
    Category,
    Price,
    Tax,
    Unit,
    Favourite,
    LaterPrices,
}

/// A column, whether a file has to have it, and what spreadsheets call it: the first name is what an export writes.
const KNOWN: [(Column, bool, &[&str]); 9] = [
    (Column::Code, true, &["code", "編號", "貨號", "商品編號", "品號", "sku"]),
    (Column::Barcode, true, &["barcode", "條碼", "商品條碼", "國際條碼", "barcodes"]),
    (Column::Name, true, &["name", "品名", "名稱", "商品名稱"]),
    (Column::Category, true, &["category", "分類", "類別", "商品分類"]),
    (Column::Price, true, &["price", "售價", "單價", "價格"]),
    (Column::Tax, true, &["tax", "稅別", "課稅別"]),
    (Column::Unit, false, &["unit", "單位", "計價單位"]),
    (Column::Favourite, false, &["favourite", "favorite", "常用"]),
    (Column::LaterPrices, false, &["later_prices", "日後售價"]),
];

/// The names an export writes, in its order.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|(_, _, names)| names[0])
}

/// Where each column stands, where it is there.
pub(super) struct Columns([Option<usize>; KNOWN.len()]);

impl Columns {
    /// Finds the columns in the first line, in any order. Columns of other names are left alone.
    pub(super) fn find(header: &csv::StringRecord) -> Result<Self, ImportError> {
        let mut at = [None; KNOWN.len()];
        for (place, (_, needed, names)) in at.iter_mut().zip(KNOWN) {
            let is_it = |field: &str| names.contains(&half_width(field).to_lowercase().as_str());
            let mut found = header.iter().enumerate().filter(|(_, field)| is_it(field)).map(|(at, _)| at);
            *place = found.next();
            if place.is_none() && needed {
                return Err(ImportError::Column { missing: names[0] });
            }
            if found.next().is_some() {
                return Err(ImportError::ColumnTwice { twice: names[0] });
            }
        }
        Ok(Self(at))
    }

    /// What the file does not speak of: taking it leaves that as it is.
    pub(super) fn silent_on(&self) -> SilentOn {
        let has = |wanted| KNOWN.iter().zip(self.0).any(|((column, ..), at)| *column == wanted && at.is_some());
        SilentOn { unit: !has(Column::Unit), favourite: !has(Column::Favourite), prices: !has(Column::LaterPrices) }
    }

    fn field<'a>(&self, row: &'a csv::StringRecord, column: Column) -> &'a str {
        let place = KNOWN.iter().position(|(known, ..)| *known == column).and_then(|at| self.0[at]);
        place.and_then(|at| row.get(at)).unwrap_or_default()
    }

    /// The product of one row, or everything that is wrong with it.
    pub(super) fn product(&self, row: &csv::StringRecord) -> Result<Product, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let field = |column| self.field(row, column);
        let code = keep(code(field(Column::Code)), &mut wrong);
        let barcodes = keep(barcodes(field(Column::Barcode)), &mut wrong);
        let price = keep(dollars(field(Column::Price)), &mut wrong);
        let tax = keep(tax(field(Column::Tax)), &mut wrong);
        let unit = keep(unit(field(Column::Unit)), &mut wrong);
        let favourite = keep(yes_or_no(field(Column::Favourite)), &mut wrong);
        let prices = keep(later(field(Column::LaterPrices)), &mut wrong);
        let (Some(code), Some(barcodes), Some(price), Some(tax), Some(unit), Some(favourite), Some(prices)) =
            (code, barcodes, price, tax, unit, favourite, prices)
        else {
            return Err(wrong);
        };
        let product = Product {
            code,
            barcodes,
            name: field(Column::Name).trim().to_owned(),
            category: field(Column::Category).trim().to_owned(),
            price,
            tax,
            unit,
            favourite,
            prices,
        };
        product.checked().map_err(|error| vec![error.into()])
    }
}

fn keep<T>(result: Result<T, Wrong>, wrong: &mut Vec<Wrong>) -> Option<T> {
    result.map_err(|what| wrong.push(what)).ok()
}

fn code(text: &str) -> Result<ProductCode, Wrong> {
    Ok(half_width(text).parse::<ProductCode>()?)
}

/// As much of a field as a person needs to find it again.
fn short(field: &str) -> String {
    field.chars().take(24).collect()
}

/// None, one, or several: spreadsheets have them in one cell, one after the other.
fn barcodes(text: &str) -> Result<Vec<Barcode>, Wrong> {
    half_width(text)
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ';' | '|' | ',' | '、'))
        .filter(|code| !code.is_empty())
        .map(|code| Ok(code.parse()?))
        .collect()
}

/// Whole dollars. Spreadsheets write `NT$1,250` and `25.00` for what is whole; anything less than a dollar is refused
/// rather than rounded.
fn dollars(text: &str) -> Result<Money, Wrong> {
    let bad = || Wrong::NotDollars { given: short(text) };
    let plain = half_width(text);
    let plain = plain.strip_prefix("NT").unwrap_or(&plain);
    let plain = plain.strip_prefix('$').unwrap_or(plain).trim();
    let whole = match plain.split_once('.') {
        Some((whole, rest)) if !rest.is_empty() && rest.bytes().all(|byte| byte == b'0') => whole,
        Some(_) => return Err(bad()),
        None => plain,
    };
    let digits = if whole.contains(',') { without_commas(whole).ok_or_else(bad)? } else { whole.to_owned() };
    digits.parse().map(Money::dollars).map_err(|_| bad())
}

/// `1,250` as `1250`; nothing where a comma does not stand before three digits.
fn without_commas(text: &str) -> Option<String> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    fits.then(|| text.replace(',', ""))
}

fn tax(text: &str) -> Result<TaxKind, Wrong> {
    match half_width(text).to_lowercase().as_str() {
        "taxable" | "應稅" => Ok(TaxKind::Taxable),
        "zero" | "zero_rated" | "零稅率" | "零稅" => Ok(TaxKind::ZeroRated),
        "exempt" | "免稅" => Ok(TaxKind::Exempt),
        _ => Err(Wrong::Tax { given: short(text) }),
    }
}

fn unit(text: &str) -> Result<Unit, Wrong> {
    match half_width(text).to_lowercase().as_str() {
        "" | "piece" | "件" | "個" => Ok(Unit::Piece),
        "kg" | "weight" | "公斤" | "秤重" => Ok(Unit::Kilogram),
        _ => Err(Wrong::Unit { given: short(text) }),
    }
}

fn yes_or_no(text: &str) -> Result<bool, Wrong> {
    match half_width(text).to_lowercase().as_str() {
        "" | "no" | "n" | "0" | "否" => Ok(false),
        "yes" | "y" | "1" | "是" | "v" | "✓" => Ok(true),
        _ => Err(Wrong::YesOrNo { given: short(text) }),
    }
}

/// Prices that begin on later days, each a day and a price: `2027-01-01 30; 2027-03-01 35`.
fn later(text: &str) -> Result<Vec<Price>, Wrong> {
    let text = half_width(text);
    let entries = text.split([';', '|']).map(str::trim).filter(|entry| !entry.is_empty());
    let mut prices: Vec<Price> = entries.map(one_later).collect::<Result<_, _>>()?;
    prices.sort_by_key(|price| price.from);
    Ok(prices)
}

fn one_later(entry: &str) -> Result<Price, Wrong> {
    let (day, price) =
        entry.split_once(char::is_whitespace).ok_or_else(|| Wrong::LaterPrice { given: short(entry) })?;
    let from = day.parse().map_err(|_| Wrong::Day { given: short(day) })?;
    Ok(Price { from, price: dollars(price)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_as_spreadsheets_write_them() {
        for (text, whole) in
            [("25", 25), ("２５", 25), ("25.00", 25), ("NT$1,250", 1250), ("$ 9", 9), ("1,234,567", 1_234_567)]
        {
            assert_eq!(dollars(text), Ok(Money::dollars(whole)), "{text}");
        }
        for text in ["", "25.5", "25.", "1,25", "1,2500", ",250", "a", "1e3", "--1", "九"] {
            assert!(dollars(text).is_err(), "{text}");
        }
    }

    #[test]
    fn several_barcodes_stand_in_one_cell() {
        assert_eq!(barcodes(" 4710088412348; ４７１００８８４１０１３９ ").map(|found| found.len()), Ok(2));
        assert_eq!(barcodes("").map(|found| found.len()), Ok(0));
    }
}
