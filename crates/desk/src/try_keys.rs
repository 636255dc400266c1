//! Trying a pair of keys: one signed question about a number that cannot exist. It moves nothing, and what comes back says
//! whether the gateway knows the shop, the pair and the time.

use ecpay::{Gateway, Merchant, MerchantTradeNo, QueryTradeInfo, TradeInfo, TradeStatus};
use register::ports::Gateway as Port;
use register::view::KeysTest;
use register::{Answer, Profile};
use till::time::Timestamp;

/// How far the clock may be off, in seconds: the gateway takes three minutes (ECPay doc 2890).
const CLOCK_MAX_S: i64 = 170;

/// Asks the gateway about a number nobody has ever used.
pub(crate) async fn try_keys(
    port: &dyn Port,
    gateway: &Gateway,
    profile: Profile,
    merchant: &Merchant,
    draw: [u8; 16],
    now: Timestamp,
) -> KeysTest {
    if let Some(known) = known(profile, merchant) {
        return known;
    }
    let form = QueryTradeInfo::fields(merchant, &nobodys(draw), now.unix_seconds()).to_form();
    match port.ask(gateway.query_trade_info(), form).await {
        Ok(answer) => said(&answer, merchant, now),
        Err(error) => {
            tracing::info!(?error, "trying keys");
            KeysTest::NotReached
        }
    }
}

/// What needs no question: pairs that ECPay itself has published.
fn known(profile: Profile, merchant: &Merchant) -> Option<KeysTest> {
    if ecpay::stage::is_other_products_key(&merchant.key) {
        return Some(KeysTest::OtherProduct);
    }
    let public = ecpay::stage::is_public_key(&merchant.key) || ecpay::stage::is_public(&merchant.id);
    (profile == Profile::Production && public).then_some(KeysTest::PublicKeys)
}

/// Twenty letters and digits that begin as no till's numbers do.
fn nobodys(draw: [u8; 16]) -> MerchantTradeNo {
    let hex: String = draw.iter().take(7).map(|byte| format!("{byte:02X}")).collect();
    format!("NOSALE{hex}").parse().expect("twenty letters and digits")
}

fn said(answer: &Answer, merchant: &Merchant, now: Timestamp) -> KeysTest {
    let page = answer.body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
    match answer.status {
        403 => return KeysTest::Refused,
        status if status >= 500 || (status == 200 && page) => return KeysTest::OutOfOrder,
        200 => {}
        status => return KeysTest::Other { code: format!("HTTP {status}") },
    }
    let ahead_s = answer.date.map_or(0, |date| now.unix_seconds() - date);
    if ahead_s.abs() > CLOCK_MAX_S {
        let minutes = (ahead_s.abs() + 30) / 60;
        return KeysTest::ClockOff { minutes: minutes * ahead_s.signum() };
    }
    match TradeInfo::read(&answer.body, merchant) {
        Ok(info) => match info.status {
            TradeStatus::BadSignature => KeysTest::WrongKeys,
            TradeStatus::Other(code) => refusal(&code),
            TradeStatus::UnknownOrder
            | TradeStatus::Unpaid
            | TradeStatus::Paid(_)
            | TradeStatus::NotEstablished
            | TradeStatus::BnplFailed
            | TradeStatus::BadNumber => KeysTest::Works { merchant: merchant.id.to_string() },
        },
        // Signed with the pair that belongs to the number, or not at all: the code is believed only to choose the words.
        Err(_) => match code(&answer.body) {
            Some(code) => refusal(&code),
            None => KeysTest::WrongKeys,
        },
    }
}

fn refusal(code: &str) -> KeysTest {
    match code {
        "10200047" | "10200073" => KeysTest::WrongKeys,
        "10200141" => KeysTest::OtherProduct,
        "10200051" => KeysTest::NoSuchMerchant,
        other => KeysTest::Other { code: other.chars().filter(|c| c.is_ascii_graphic()).take(20).collect() },
    }
}

/// The code of an answer whose signature proves nothing.
fn code(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let value = |name| text.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    value("TradeStatus").or_else(|| value("RtnCode")).filter(|code| !code.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str, date: Option<i64>) -> Answer {
        Answer { status, body: body.as_bytes().to_vec(), date }
    }

    fn test(answer: &Answer) -> KeysTest {
        said(answer, &ecpay::stage::merchant(), Timestamp::from_unix_ms(1_800_000_000_000))
    }

    #[test]
    fn what_comes_back_is_put_into_words() {
        let now = Some(1_800_000_000);
        let unsigned =
            |code: &str| answer(200, &format!("MerchantID=3002607&TradeStatus={code}&CheckMacValue=00"), now);
        assert_eq!(test(&unsigned("10200073")), KeysTest::WrongKeys);
        assert_eq!(test(&unsigned("10200047")), KeysTest::WrongKeys, "signed with other keys than ours");
        assert_eq!(test(&unsigned("10200141")), KeysTest::OtherProduct);
        assert_eq!(test(&unsigned("10200051")), KeysTest::NoSuchMerchant);
        assert_eq!(test(&unsigned("10200999")), KeysTest::Other { code: "10200999".to_owned() });
        assert_eq!(test(&answer(403, "Forbidden", now)), KeysTest::Refused);
        assert_eq!(test(&answer(502, "", now)), KeysTest::OutOfOrder);
        assert_eq!(test(&answer(200, "\n<html>maintenance", now)), KeysTest::OutOfOrder);
        assert_eq!(test(&answer(302, "", now)), KeysTest::Other { code: "HTTP 302".to_owned() });
        assert_eq!(test(&answer(200, "1|OK", now)), KeysTest::WrongKeys);
    }

    #[test]
    fn a_clock_that_is_off_is_named_before_anything_else() {
        let at = |seconds: i64| answer(200, "TradeStatus=10200999", Some(1_800_000_000 - seconds));
        assert_eq!(test(&at(600)), KeysTest::ClockOff { minutes: 10 });
        assert_eq!(test(&at(-7_200)), KeysTest::ClockOff { minutes: -120 });
        assert!(!matches!(test(&at(60)), KeysTest::ClockOff { .. }));
    }

    #[test]
    fn published_pairs_are_told_without_asking_anybody() {
        let invoices =
            Merchant { key: ecpay::HashKey::parse("ejCk326UnaZWKisg").expect("a key"), ..ecpay::stage::merchant() };
        assert_eq!(known(Profile::Stage, &invoices), Some(KeysTest::OtherProduct));
        assert_eq!(known(Profile::Production, &ecpay::stage::merchant()), Some(KeysTest::PublicKeys));
        assert_eq!(known(Profile::Stage, &ecpay::stage::merchant()), None);
    }
}
