//! What a customer does on the training gateway's pages.

use super::Page;
use crate::Outcome;

/// Opens the link of a QR code and pays with a card that asks for a one-time password.
///
/// # Errors
/// When a page does not come.
pub async fn pay_by_card(phone: &Page, link: &str) -> Outcome<()> {
    phone.goto(link).await?;
    // The pay page submits itself; the gateway's page then offers the ways to pay.
    phone.text_with("body", "選擇付款方式").await?;
    phone.click("[data-method=Credit]").await?;
    give_card(phone).await
}

/// Fills in a card that asks for a one-time password, and the password.
///
/// # Errors
/// When a page does not come.
pub async fn give_card(phone: &Page) -> Outcome<()> {
    phone.fill("#card-number", "4311951111111111").await?;
    phone.fill("#card-expiry", "12/30").await?;
    phone.fill("#card-cvv", "222").await?;
    phone.click("#pay-submit").await?;
    phone.fill("#otp", "1234").await?;
    phone.click("#otp-submit").await?;
    phone.text("#result-state").await?;
    Ok(())
}
