//! The names of streams, read back.

use std::fmt;
use std::str::FromStr;

use till::catalogue::ProductCode;
use till::day;
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};
use till::people::PersonId;

/// What a stream is about. `till::event::Event::stream` writes the names this reads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Stream {
    Sale(SaleNumber),
    Attempt(AttemptNumber),
    Refund(RefundNumber),
    Product(ProductCode),
    Person(PersonId),
    Shift(day::Count),
    Day(day::Count),
    Gateway(String),
    Till,
}

impl FromStr for Stream {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "till" {
            return Ok(Self::Till);
        }
        let (family, name) = text.split_once('/').ok_or(())?;
        match family {
            "sale" => name.parse().map(Self::Sale).map_err(drop),
            "attempt" => name.parse().map(Self::Attempt).map_err(drop),
            "refund" => name.parse().map(Self::Refund).map_err(drop),
            "product" => name.parse().map(Self::Product).map_err(drop),
            "person" => name.parse().map(Self::Person).map_err(drop),
            "shift" => count(name).map(Self::Shift),
            "day" => count(name).map(Self::Day),
            "gateway" => Ok(Self::Gateway(name.to_owned())),
            _ => Err(()),
        }
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sale(number) => write!(f, "sale/{number}"),
            Self::Attempt(number) => write!(f, "attempt/{number}"),
            Self::Refund(number) => write!(f, "refund/{number}"),
            Self::Product(code) => write!(f, "product/{code}"),
            Self::Person(id) => write!(f, "person/{id}"),
            Self::Shift(number) => write!(f, "shift/{number}"),
            Self::Day(number) => write!(f, "day/{number}"),
            Self::Gateway(merchant) => write!(f, "gateway/{merchant}"),
            Self::Till => f.write_str("till"),
        }
    }
}

/// A count as it is written: no sign, no nought in front, so that every stream has one name.
fn count(text: &str) -> Result<day::Count, ()> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if plain { text.parse().map_err(drop) } else { Err(()) }
}
