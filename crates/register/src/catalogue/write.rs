//! The catalogue as a file a spreadsheet opens: what [`super::read`] reads again.

use till::catalogue::{Product, Unit};
use till::tax::TaxKind;

use super::columns;

/// The products as CSV in UTF-8 with a byte order mark, without which Excel in Taiwan takes it for Big5.
///
/// # Panics
/// Never: memory takes what is written.
#[must_use]
pub fn write(products: &[Product]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    let mut record = |fields: Vec<String>| writer.write_record(fields).expect("memory takes it");
    record(columns::names().map(str::to_owned).collect());
    for product in products {
        let later = product.prices.iter().map(|later| format!("{} {}", later.from, later.price.as_dollars()));
        let barcodes: Vec<&str> = product.barcodes.iter().map(till::catalogue::Barcode::as_str).collect();
        record(vec![
            product.code.to_string(),
            barcodes.join(" "),
            cell(&product.name),
            cell(&product.category),
            product.price.as_dollars().to_string(),
            match product.tax {
                TaxKind::Taxable => "taxable",
                TaxKind::ZeroRated => "zero",
                TaxKind::Exempt => "exempt",
            }
            .to_owned(),
            match product.unit {
                Unit::Piece => "piece",
                Unit::Kilogram => "kg",
            }
            .to_owned(),
            if product.favourite { "yes" } else { "" }.to_owned(),
            later.collect::<Vec<_>>().join("; "),
        ]);
    }
    writer.into_inner().expect("memory takes it")
}

/// A spreadsheet runs a cell that begins like a formula. A name that does is given a space in front, which reading takes
/// off again.
pub(crate) fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!(" {text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_written_is_read_again() {
        let file = "code,barcode,name,category,price,tax,unit,favourite,later_prices\n\
                    A,4710088412348 4710088410139,\"茶 \"\"大\"\", 冰\",茶,25,taxable,,yes,2027-01-01 30; 2027-03-01 35\n\
                    B,,=1+1,水果,60,exempt,kg,,\n";
        let products = super::super::read(file.as_bytes()).expect("a good file");
        let written = super::write(&products);
        assert!(written.starts_with(b"\xEF\xBB\xBFcode,"));
        assert!(String::from_utf8_lossy(&written).contains(", =1+1,"), "{}", String::from_utf8_lossy(&written));
        assert_eq!(super::super::read(&written), Ok(products));
    }
}
