//! A shop with a simulator, a courier that writes down what it carries, and a clock it moves by hand.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use ecpay::Fields;
use ecpay_sim::{BoxFuture, Clock, Courier, CourierReply, Options, OrderView, Simulator};
use tower::ServiceExt as _;

/// 2026-07-02 21:24:11 in Taipei.
pub(crate) const START_MS: i64 = 1_782_998_651_000;

pub(crate) const MINUTE: Duration = Duration::from_secs(60);

pub(crate) struct Shop {
    pub(crate) simulator: Simulator,
    pub(crate) courier: Arc<Recorder>,
    clock: Arc<AtomicI64>,
    router: Router,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Shop {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(choose: impl FnOnce(&mut Options)) -> Self {
        let clock = Arc::new(AtomicI64::new(START_MS));
        let mut options = Options { clock: Clock::Manual(Arc::clone(&clock)), seed: 7, ..Options::default() };
        choose(&mut options);
        let courier = Arc::new(Recorder::default());
        let carrier: Arc<dyn Courier> = courier.clone();
        let simulator = Simulator::new(options, carrier);
        let router = simulator.router();
        Self { simulator, courier, clock, router }
    }

    pub(crate) fn now_seconds(&self) -> i64 {
        self.clock.load(Ordering::SeqCst) / 1000
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form: Fields = fields.iter().copied().collect();
        self.post_form(path, form.to_form()).await
    }

    pub(crate) async fn post_form(&self, path: &str, body: String) -> Answer {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("host", "gate.test")
            .body(Body::from(body));
        self.call(request.unwrap()).await
    }

    pub(crate) async fn post_json(&self, path: &str, json: &str) -> Answer {
        let request = Request::post(path).header("content-type", "application/json").body(Body::from(json.to_owned()));
        self.call(request.unwrap()).await
    }

    pub(crate) async fn call(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        Answer { status, headers, body: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    /// Submits a signed order with these changes.
    pub(crate) async fn order(&self, number: &str, changes: &[(&str, &str)]) -> Answer {
        self.post_form("/Cashier/AioCheckOut/V5", order(number, changes).to_form()).await
    }

    /// Submits an order that must be accepted; returns the path of its page.
    pub(crate) async fn accepted(&self, number: &str, changes: &[(&str, &str)]) -> String {
        let answer = self.order(number, changes).await;
        assert!(!answer.body.contains("交易失敗"), "{}", answer.body);
        self.view(number).page
    }

    pub(crate) fn view(&self, number: &str) -> OrderView {
        self.simulator.order(number).expect("the order exists")
    }

    /// Pays by test card and password; returns the last page.
    pub(crate) async fn pay_by_card(&self, page: &str) -> Answer {
        let card = [("number", "4311-9522-2222-2222"), ("expiry", "12/30"), ("cvv", "222")];
        let bank = self.post(&format!("{page}/card"), &card).await;
        assert!(bank.body.contains(r#"id="otp""#), "{}", bank.body);
        self.post(&format!("{page}/otp"), &[("otp", "1234")]).await
    }

    pub(crate) async fn paid_by_card(&self, number: &str, changes: &[(&str, &str)]) -> Answer {
        let page = self.accepted(number, changes).await;
        self.pay_by_card(&page).await
    }

    /// The raw body of a signed query, sent now.
    pub(crate) async fn query(&self, number: &str) -> Answer {
        let form = question("3002607", number, self.now_seconds());
        self.post_form("/Cashier/QueryTradeInfo/V5", form.to_form()).await
    }

    pub(crate) async fn status(&self, number: &str) -> String {
        let answer = self.query(number).await;
        let fields = Fields::from_raw(&answer.body).unwrap();
        ecpay::verify(&ecpay::stage::merchant(), &fields).expect("answers are signed");
        fields.get("TradeStatus").unwrap().to_owned()
    }
}

/// A signed order of the public stage merchant: 1,234 dollars, any method.
pub(crate) fn order(number: &str, changes: &[(&str, &str)]) -> Fields {
    let mut fields = unsigned(number, changes);
    ecpay::sign(&ecpay::stage::merchant(), &mut fields);
    fields
}

pub(crate) fn unsigned(number: &str, changes: &[(&str, &str)]) -> Fields {
    let mut fields: Fields = [
        ("MerchantID", "3002607"),
        ("MerchantTradeNo", number),
        ("MerchantTradeDate", "2026/07/02 21:24:11"),
        ("PaymentType", "aio"),
        ("TotalAmount", "1234"),
        ("TradeDesc", "counter sale"),
        ("ItemName", "高山茶 x2#鳳梨酥 x1"),
        ("ReturnURL", "https://shop.test/notice"),
        ("ChoosePayment", "ALL"),
        ("EncryptType", "1"),
    ]
    .into_iter()
    .collect();
    for (name, value) in changes {
        fields.remove(name);
        fields.push(*name, *value);
    }
    fields
}

/// A signed question about an order.
pub(crate) fn question(merchant_id: &str, number: &str, at_seconds: i64) -> Fields {
    let mut fields: Fields = [
        ("MerchantID".to_owned(), merchant_id.to_owned()),
        ("MerchantTradeNo".to_owned(), number.to_owned()),
        ("TimeStamp".to_owned(), at_seconds.to_string()),
    ]
    .into_iter()
    .collect();
    ecpay::sign(&ecpay::stage::merchant(), &mut fields);
    fields
}

/// The names of a raw body in order.
pub(crate) fn names(raw: &str) -> Vec<&str> {
    raw.split('&').map(|pair| pair.split('=').next().unwrap()).collect()
}

/// Writes down what it carries, and answers as told; `1|OK` when told nothing.
#[derive(Default)]
pub(crate) struct Recorder {
    carried: Mutex<Vec<(String, String)>>,
    answers: Mutex<VecDeque<Result<CourierReply, String>>>,
}

impl Recorder {
    /// What the next deliveries are answered.
    pub(crate) fn will_answer(&self, status: u16, body: &str, times: usize) {
        let reply = Ok(CourierReply { status, body: body.as_bytes().to_vec() });
        self.answers.lock().unwrap().extend(std::iter::repeat_n(reply, times));
    }

    pub(crate) fn will_be_unreachable(&self, times: usize) {
        let reply = Err("connection refused".to_owned());
        self.answers.lock().unwrap().extend(std::iter::repeat_n(reply, times));
    }

    /// Everything carried since the last call, as fields, signature not checked.
    pub(crate) fn take(&self) -> Vec<Fields> {
        let carried = std::mem::take(&mut *self.carried.lock().unwrap());
        carried.iter().map(|(_, body)| Fields::from_form(body.as_bytes()).unwrap()).collect()
    }

    pub(crate) fn take_raw(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.carried.lock().unwrap())
    }
}

impl Courier for Recorder {
    fn post_form<'a>(&'a self, url: &'a str, body: Vec<u8>) -> BoxFuture<'a, Result<CourierReply, String>> {
        self.carried.lock().unwrap().push((url.to_owned(), String::from_utf8(body).unwrap()));
        let told = self.answers.lock().unwrap().pop_front();
        let reply = told.unwrap_or_else(|| Ok(CourierReply { status: 200, body: b"1|OK".to_vec() }));
        Box::pin(async move { reply })
    }
}
