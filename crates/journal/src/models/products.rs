//! What the shop sells, by code and by barcode.

use rusqlite::{Connection, OptionalExtension, Row, params};
use till::catalogue::{Barcode, Price, Product, ProductCode, Unit};
use till::event::{Event, ProductEvent};
use till::tax::TaxKind;

use super::{Model, News, Table};
use crate::sql::{id, money};

pub(super) const MODEL: Model = Model {
    tables: &[
        Table { name: "products", key: "code" },
        Table { name: "barcodes", key: "barcode" },
        Table { name: "later_prices", key: "code, from_day" },
    ],
    apply,
};

fn apply(tx: &Connection, news: &News<'_>) -> rusqlite::Result<()> {
    let Event::Product(code, event) = &*news.recorded.event else { return Ok(()) };
    // A product that is no longer sold gives its barcodes free.
    tx.prepare_cached("DELETE FROM barcodes WHERE code = ?1")?.execute([code.as_str()])?;
    tx.prepare_cached("DELETE FROM later_prices WHERE code = ?1")?.execute([code.as_str()])?;
    match event {
        ProductEvent::Set { product } => set(tx, code, product),
        ProductEvent::Retired => {
            tx.prepare_cached("UPDATE products SET sold = 0 WHERE code = ?1")?.execute([code.as_str()])?;
            Ok(())
        }
    }
}

fn set(tx: &Connection, code: &ProductCode, product: &Product) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO products (code, name, category, price, tax, sold, unit, favourite)
         VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7)
         ON CONFLICT (code) DO UPDATE
         SET name = ?2, category = ?3, price = ?4, tax = ?5, sold = 1, unit = ?6, favourite = ?7",
    )?
    .execute(params![
        code.as_str(),
        product.name,
        product.category,
        product.price.as_dollars(),
        tax_name(product.tax),
        unit_name(product.unit),
        product.favourite,
    ])?;
    let mut insert = tx.prepare_cached("INSERT INTO barcodes VALUES (?1, ?2, ?3)")?;
    for (position, barcode) in (0_u32..).zip(&product.barcodes) {
        insert.execute(params![barcode.as_str(), code.as_str(), position])?;
    }
    let mut insert = tx.prepare_cached("INSERT INTO later_prices VALUES (?1, ?2, ?3)")?;
    for later in &product.prices {
        insert.execute(params![code.as_str(), later.from.to_string(), later.price.as_dollars()])?;
    }
    Ok(())
}

/// Every product that is sold, by code.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<Product>> {
    let mut products: Vec<Product> = conn
        .prepare_cached(
            "SELECT code, name, category, price, tax, unit, favourite FROM products WHERE sold = 1 ORDER BY code",
        )?
        .query_map([], of)?
        .collect::<rusqlite::Result<_>>()?;
    let mut statement = conn.prepare_cached("SELECT code, barcode FROM barcodes ORDER BY code, position")?;
    let mut rows = statement.query([])?;
    // Both come in the order of codes, so one walk through the products places every barcode.
    let mut walk = products.iter_mut();
    let mut current = walk.next();
    while let Some(row) = rows.next()? {
        let code: ProductCode = id(row, 0)?;
        while current.as_ref().is_some_and(|product| product.code != code) {
            current = walk.next();
        }
        if let Some(product) = &mut current {
            product.barcodes.push(id(row, 1)?);
        }
    }
    let mut statement =
        conn.prepare_cached("SELECT code, from_day, price FROM later_prices ORDER BY code, from_day")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let code: ProductCode = id(row, 0)?;
        // Few products have any.
        if let Ok(at) = products.binary_search_by(|product| product.code.cmp(&code)) {
            products[at].prices.push(later(row)?);
        }
    }
    Ok(products)
}

/// The product of that code, if it is sold.
pub(crate) fn by_code(conn: &Connection, code: &ProductCode) -> rusqlite::Result<Option<Product>> {
    let sql = "SELECT code, name, category, price, tax, unit, favourite FROM products WHERE code = ?1 AND sold = 1";
    let Some(mut product) = conn.prepare_cached(sql)?.query_row([code.as_str()], of).optional()? else {
        return Ok(None);
    };
    product.barcodes = conn
        .prepare_cached("SELECT barcode FROM barcodes WHERE code = ?1 ORDER BY position")?
        .query_map([code.as_str()], |row| id(row, 0))?
        .collect::<rusqlite::Result<_>>()?;
    product.prices = conn
        .prepare_cached("SELECT code, from_day, price FROM later_prices WHERE code = ?1 ORDER BY from_day")?
        .query_map([code.as_str()], later)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(product))
}

/// The product that barcode means.
pub(crate) fn by_barcode(conn: &Connection, barcode: &Barcode) -> rusqlite::Result<Option<Product>> {
    let sql = "SELECT code FROM barcodes WHERE barcode = ?1";
    let code = conn.prepare_cached(sql)?.query_row([barcode.as_str()], |row| id(row, 0)).optional()?;
    code.map_or(Ok(None), |code| by_code(conn, &code))
}

fn of(row: &Row<'_>) -> rusqlite::Result<Product> {
    let tax: String = row.get(4)?;
    let tax = tax_named(&tax).ok_or_else(|| unreadable(4, format!("no tax {tax:?}")))?;
    let unit: String = row.get(5)?;
    Ok(Product {
        code: id(row, 0)?,
        barcodes: vec![],
        name: row.get(1)?,
        category: row.get(2)?,
        price: money(row, 3)?,
        tax,
        unit: unit_named(&unit).ok_or_else(|| unreadable(5, format!("no unit {unit:?}")))?,
        favourite: row.get(6)?,
        prices: vec![],
    })
}

fn later(row: &Row<'_>) -> rusqlite::Result<Price> {
    Ok(Price { from: id(row, 1)?, price: money(row, 2)? })
}

fn unreadable(column: usize, what: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, what.into())
}

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Piece => "piece",
        Unit::Kilogram => "kilogram",
    }
}

fn unit_named(name: &str) -> Option<Unit> {
    [Unit::Piece, Unit::Kilogram].into_iter().find(|unit| unit_name(*unit) == name)
}

fn tax_name(tax: TaxKind) -> &'static str {
    match tax {
        TaxKind::Taxable => "taxable",
        TaxKind::ZeroRated => "zero_rated",
        TaxKind::Exempt => "exempt",
    }
}

fn tax_named(name: &str) -> Option<TaxKind> {
    [TaxKind::Taxable, TaxKind::ZeroRated, TaxKind::Exempt].into_iter().find(|tax| tax_name(*tax) == name)
}
