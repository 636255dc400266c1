//! The names of streams, read back.

use std::fmt;
use std::str::FromStr;

use till::catalogue::ProductCode;
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
            Self::Gateway(merchant) => write!(f, "gateway/{merchant}"),
            Self::Till => f.write_str("till"),
        }
    }
}
