//! `guitaictl simulate`: the gateway simulator by itself.

use anyhow::Context;
use serde_json::json;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Same seed and same requests, same numbers; by default every run has its own, as order numbers are for ever.
    #[arg(long)]
    seed: Option<u64>,
}

pub(crate) async fn run(args: Args) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", args.port))
        .await
        .with_context(|| format!("port {} cannot be used", args.port))?;
    let base = format!("http://{}", listener.local_addr()?);
    let seed = match args.seed {
        Some(seed) => seed,
        None => {
            let mut bytes = [0; 8];
            getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no random bytes: {error}"))?;
            u64::from_le_bytes(bytes)
        }
    };
    let options = ecpay_sim::Options { seed, ..ecpay_sim::Options::default() };
    let simulator = ecpay_sim::Simulator::new(options, desk::courier()?);
    let urls = json!({
        "gateway": base,
        "checkout": format!("{base}/Cashier/AioCheckOut/V5"),
        "query": format!("{base}/Cashier/QueryTradeInfo/V5"),
        "control": format!("{base}/_control/"),
        "merchant": ecpay::stage::merchant().id.to_string(),
    });
    crate::say::print(&urls.to_string());
    simulator.serve(listener).await.context("the simulator stopped")
}
