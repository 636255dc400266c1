//! The merchants that ECPay publishes for its stage (test) environment (ECPay doc 2856).
//!
//! Their keys are public: anybody can sign as them, so nothing they sign is worth money.

use crate::keys::{HashIv, HashKey, Merchant, MerchantId};

/// 3002607: 3-D Secure on. The usual choice.
#[must_use]
pub fn merchant() -> Merchant {
    published("3002607", "pwFHCqoQZGmho4w6", "EkRm7iFT261dpevs")
}

/// 2000132: 3-D Secure off, also used for logistics.
#[must_use]
pub fn merchant_without_3d() -> Merchant {
    published("2000132", "5294y06JbISpM5x9", "v77hoKGq4kWxNNIS")
}

/// 3002599: a platform merchant.
#[must_use]
pub fn platform_merchant() -> Merchant {
    published("3002599", "spPjZn66i0OhqJsQ", "hT5OJckN45isQTTs")
}

/// 3365120: a gateway merchant.
#[must_use]
pub fn gateway_merchant() -> Merchant {
    published("3365120", "oyQPlLVKop9xuwxw", "rljcW843laE9esfI")
}

/// 3085779: a gateway merchant that may query card numbers.
#[must_use]
pub fn gateway_merchant_for_card_queries() -> Merchant {
    published("3085779", "y6869NBszTuvhSRx", "BMm7FmX91dE8rpdw")
}

/// All of them.
#[must_use]
pub fn merchants() -> [Merchant; 5] {
    [merchant(), merchant_without_3d(), platform_merchant(), gateway_merchant(), gateway_merchant_for_card_queries()]
}

/// Whether the keys of this merchant are known to everybody. Production must refuse to start with it.
#[must_use]
pub fn is_public(id: &MerchantId) -> bool {
    merchants().iter().any(|public| public.id == *id)
}

/// Whether this key belongs to a published merchant, whatever number it was entered with.
#[must_use]
pub fn is_public_key(key: &HashKey) -> bool {
    merchants().iter().any(|public| public.key.expose() == key.expose())
}

/// Whether this is a published key of another product (electronic invoices, doc 7896): no payment is ever signed with it.
#[must_use]
pub fn is_other_products_key(key: &HashKey) -> bool {
    const INVOICES: [&[u8]; 2] = [b"ejCk326UnaZWKisg", b"HwiqPsywG1hLQNuN"];
    INVOICES.contains(&key.expose())
}

fn published(id: &str, key: &str, iv: &str) -> Merchant {
    Merchant {
        id: MerchantId::parse(id).expect("published numbers are well formed"),
        key: HashKey::parse(key).expect("published keys are well formed"),
        iv: HashIv::parse(iv).expect("published keys are well formed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_merchant_is_recognised() {
        for published in merchants() {
            assert!(is_public(&published.id));
            assert!(is_public_key(&published.key));
        }
        assert!(!is_public(&MerchantId::parse("3002608").unwrap()));
        assert!(!is_public_key(&HashKey::parse("0123456789abcdef").unwrap()));
    }
}
