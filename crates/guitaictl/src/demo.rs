//! `guitaictl demo`: one sale from the first scan to the receipt, with the QR in the terminal.

use std::time::Duration;

use desk::{Desk, Home, Opening};
use register::view::{Method, Qr};

use crate::sell::{Say, WhatCustomer, finish, look};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder to keep the till in; a passing one by default.
    #[arg(long)]
    home: Option<std::path::PathBuf>,
    /// Waits for you to open the link, instead of a simulated customer.
    #[arg(long)]
    by_hand: bool,
}

pub(crate) async fn run(args: Args) -> anyhow::Result<()> {
    let passing = std::env::temp_dir().join(format!("guitai-demo-{}", std::process::id()));
    let home = args.home.clone().unwrap_or_else(|| passing.clone());
    let desk = Desk::open(Home::at(&home), Opening::default()).await?;
    let products = desk.shared().with(|register, _| register.products());
    println!("櫃檯 Guitai, training: {} products, gateway simulator at {}", products.len(), desk.gateway_url());
    for product in products.iter().filter(|product| product.barcode.is_some()).step_by(17).take(3) {
        let code = product.barcode.clone().unwrap_or_default();
        desk.shared().with(|register, _| register.scan(&code))?;
        println!("  scanned {code}  {}  {}", product.name, product.price);
    }
    let cart = look(&desk)?.cart;
    println!("  total {} dollars, tax included {}", cart.total, cart.tax);
    desk.shared().with(|register, ports| register.pay_online(Method::All, ports.clock.now(), ports.chance.as_ref()))?;
    if let Some(attempt) = look(&desk)?.attempt {
        println!("{}", drawn(&attempt.qr));
    }
    let customer = (!args.by_hand).then_some(WhatCustomer::Pays);
    let view = finish(&desk, customer, Duration::from_secs(600), &Say { json: false }).await?;
    Say { json: false }.sale(&desk, &view)?;
    let report = desk.shared().with(|register, ports| register.report_x(ports.clock.now()))?;
    let agrees = if report.cross_foot.agrees { "adds up" } else { "DOES NOT ADD UP" };
    println!("X report: {} sales, net {}, tax {}, {agrees}", report.count, report.net, report.tax);
    Ok(())
}

/// A QR in half blocks, dark on light whatever the terminal's colours, with its quiet zone.
fn drawn(qr: &Qr) -> String {
    const QUIET: usize = 4;
    let size = usize::try_from(qr.size).unwrap_or(0);
    let dark = |x: usize, y: usize| {
        let inside = (QUIET..QUIET + size).contains(&x) && (QUIET..QUIET + size).contains(&y);
        inside && qr.rows[y - QUIET].as_bytes()[x - QUIET] == b'1'
    };
    let side = size + 2 * QUIET;
    let mut text = String::new();
    for y in (0..side).step_by(2) {
        text.push_str("\x1b[30;107m");
        for x in 0..side {
            text.push(match (dark(x, y), dark(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        text.push_str("\x1b[0m\n");
    }
    text
}
