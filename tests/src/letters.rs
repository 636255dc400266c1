//! Messages as the gateway would send them, and as somebody would who has not got the keys.

use ecpay::{Fields, Merchant};

/// What a notice of payment says (ECPay doc 2878).
pub struct Letter<'a> {
    /// Which attempt.
    pub number: &'a str,
    /// Whole dollars.
    pub amount: i64,
    /// `1` is paid.
    pub rtn_code: &'a str,
    /// `1`: somebody pressed 模擬付款.
    pub simulate_paid: &'a str,
}

impl Letter<'_> {
    /// The body, signed by this merchant.
    #[must_use]
    pub fn signed(&self, merchant: &Merchant) -> String {
        let amount = self.amount.to_string();
        let mut fields: Fields = [
            ("MerchantID", merchant.id.as_str()),
            ("MerchantTradeNo", self.number),
            ("PaymentDate", "2026/06/30 13:00:20"),
            ("PaymentType", "Credit_CreditCard"),
            ("PaymentTypeChargeFee", "1"),
            ("RtnCode", self.rtn_code),
            ("RtnMsg", "as it came"),
            ("SimulatePaid", self.simulate_paid),
            ("StoreID", "T1"),
            ("TradeAmt", &amount),
            ("TradeDate", "2026/06/30 13:00:00"),
            ("TradeNo", "2606301300000001"),
        ]
        .into_iter()
        .collect();
        ecpay::sign(merchant, &mut fields);
        fields.to_form()
    }
}

/// A shop that takes real money, with keys nobody else has.
///
/// # Panics
/// Never: they are of the right shape.
#[must_use]
pub fn own_merchant() -> Merchant {
    Merchant {
        id: "3412345".parse().expect("seven digits"),
        key: ecpay::HashKey::parse("0123456789abcdef").expect("sixteen characters"),
        iv: ecpay::HashIv::parse("fedcba9876543210").expect("sixteen characters"),
    }
}

/// The same message signed with keys that are not the merchant's, with one digit of the signature wrong, and without a
/// signature.
///
/// # Panics
/// When the body is no signed form.
#[must_use]
pub fn forgeries(genuine: &str) -> [String; 3] {
    let mut fields = Fields::from_form(genuine.as_bytes()).expect("a form");
    let mac = fields.remove("CheckMacValue").expect("a signed form");
    let unsigned = fields.clone();
    let mut strangers = fields.clone();
    let stranger = Merchant { id: ecpay::stage::merchant().id, ..own_merchant() };
    ecpay::sign(&stranger, &mut strangers);
    let mut broken = fields;
    let last = if mac.ends_with('0') { '1' } else { '0' };
    broken.push("CheckMacValue", format!("{}{last}", &mac[..mac.len() - 1]));
    [strangers.to_form(), broken.to_form(), unsigned.to_form()]
}
