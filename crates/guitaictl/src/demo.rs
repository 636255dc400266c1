//! `guitaictl demo`: one sale from the first scan to the receipt, with the QR in the terminal.

use std::time::Duration;

use desk::{Desk, Home, Opening};
use register::view::Method;

use crate::customer::Intent;
use crate::qr;
use crate::say::Say;
use crate::sell::{Tell, finish, look};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder to keep the till in; a passing one by default.
    #[arg(long, value_name = "DIR")]
    home: Option<std::path::PathBuf>,
    /// Waits for you to open the link, instead of a simulated customer.
    #[arg(long)]
    by_hand: bool,
}

pub(crate) async fn run(args: Args) -> anyhow::Result<()> {
    let passing = std::env::temp_dir().join(format!("guitai-demo-{}", std::process::id()));
    let home = args.home.clone().unwrap_or(passing);
    // Whatever the folder's settings say, a demonstration moves no money.
    let opening = Opening { profile: Some(register::Profile::Training), ..Opening::default() };
    let desk = Desk::open(Home::at(&home), opening).await?;
    let tell = Tell(Say::Words);
    let products = desk.shared().with(|register, _| register.shelf());
    println!("櫃檯 Guitai, training: {} products, gateway simulator at {}", products.all().len(), desk.gateway_url());
    for product in products.all().iter().filter(|product| !product.barcodes.is_empty()).step_by(17).take(3) {
        desk.shared().with(|register, _| register.scan(product.code.as_str()))?;
    }
    tell.counter(&look(&desk)?);
    desk.shared().with(|register, ports| register.pay_online(Method::All, ports.clock.now(), ports.chance.as_ref()))?;
    if let Some(attempt) = look(&desk)?.attempt {
        println!("{}", qr::drawn(&attempt.qr));
    }
    let customer = (!args.by_hand).then_some(Intent::Pays);
    let view = finish(&desk, customer, Duration::from_secs(600), tell).await?;
    tell.sale(&desk, &view)?;
    let report = desk.shared().with(|register, ports| register.report_x(ports.clock.now()))?;
    let agrees = if report.cross_foot.agrees { "adds up" } else { "DOES NOT ADD UP" };
    println!("X report: {} sales, net {}, tax {}, {agrees}", report.count, report.net, report.tax);
    Ok(())
}
