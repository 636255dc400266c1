//! Serves the simulator on loopback, with one order per method and page open, for looking at the pages.
//!
//! `cargo run -p ecpay-sim --example serve -- 8500`

use ecpay::fields::Fields;
use ecpay_sim::Simulator;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(0_u16);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    let base = format!("http://{}", listener.local_addr()?);
    println!("{base}");
    println!("a signed order to try: curl -d '{}' {base}/Cashier/AioCheckOut/V5", order().to_form());
    Simulator::default().serve(listener).await
}

/// A signed order of the public stage merchant.
fn order() -> Fields {
    let mut order: Fields = [
        ("MerchantID", "3002607"),
        ("MerchantTradeNo", "EXAMPLE0001"),
        ("MerchantTradeDate", "2026/07/02 21:24:11"),
        ("PaymentType", "aio"),
        ("TotalAmount", "185"),
        ("TradeDesc", "counter sale"),
        ("ItemName", "高山烏龍茶 x2#鳳梨酥 x1#環保袋 x1"),
        ("ReturnURL", "https://notice.guitai.invalid/return"),
        ("ChoosePayment", "ALL"),
        ("EncryptType", "1"),
    ]
    .into_iter()
    .collect();
    ecpay::mac::sign(&ecpay::stage::merchant(), &mut order);
    order
}
