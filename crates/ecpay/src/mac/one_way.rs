//! Whether a signed message can be read in one way only.
//!
//! A CheckMacValue is over `name=value&name=value` in lower case, joined before it is encoded. Two different messages
//! can therefore carry the same right signature: `SimulatePaid=1` hidden in the value before it
//! (`RtnMsg=paid%26SimulatePaid%3D1`), or under another spelling (`simulatepaid=1`), would turn a payment that was only
//! simulated into a real one, without a key. What can be read two ways is treated as not signed at all.

use crate::fields::Fields;

/// Every name that notices and replies are read by: none of them may stand there in other letters.
const READ: &[&str] = &[
    "MerchantID",
    "MerchantTradeNo",
    "TradeNo",
    "TradeAmt",
    "TradeDate",
    "TradeStatus",
    "PaymentDate",
    "PaymentType",
    "RtnCode",
    "RtnMsg",
    "SimulatePaid",
    "StoreID",
    "ExpireDate",
    "BankCode",
    "vAccount",
    "PaymentNo",
    "PaymentURL",
    "Barcode1",
    "Barcode2",
    "Barcode3",
    "BNPLTradeNo",
    "BNPLInstallment",
];

/// Whether these fields, rightly signed, can only be what was signed.
pub(crate) fn reads_one_way(fields: &Fields) -> bool {
    let mut names: Vec<String> = fields.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort_unstable();
    let twice = names.windows(2).any(|pair| pair[0] == pair[1]);
    let respelt = |name: &str| READ.iter().any(|known| known.eq_ignore_ascii_case(name) && *known != name);
    !twice && fields.iter().all(|(name, value)| is_name(name) && !respelt(name) && !hides_a_field(value))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A value such as `paid&SimulatePaid=1`.
fn hides_a_field(value: &str) -> bool {
    value.split('&').skip(1).any(|part| part.split_once('=').is_some_and(|(name, _)| is_name(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(pairs: &[(&str, &str)]) -> bool {
        reads_one_way(&pairs.iter().copied().collect())
    }

    #[test]
    fn what_could_be_another_message_under_the_same_signature_is_told() {
        assert!(reads(&[("RtnMsg", "paid"), ("SimulatePaid", "1"), ("New_Field2", "x")]));
        assert!(reads(&[("RtnMsg", "salt & pepper = good"), ("Bank", "A&B")]));
        for bad in [
            &[("RtnMsg", "paid&SimulatePaid=1")][..],
            &[("RtnMsg=paid&SimulatePaid", "1")],
            &[("simulatepaid", "1")],
            &[("Other", "1"), ("other", "2")],
            &[("", "1")],
            &[("RtnMsg ", "1")],
        ] {
            assert!(!reads(bad), "{bad:?}");
        }
    }
}
