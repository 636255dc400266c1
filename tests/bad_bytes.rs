//! Every parser that reads the outside, held to its promises over bytes that nobody would send on purpose: it does not
//! panic, it takes no time to speak of, it says nothing that was not validly signed, and what it says of a refusal is
//! short, on one line and without secrets. `make fuzz N=…` tries more; `src/bad_bytes` makes the cases.

#[path = "src/bad_bytes/mod.rs"]
mod bad_bytes;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU8, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::Request;
use bad_bytes::hold;
use desk::settings;
use ecpay::{
    ActionAnswer, CardReply, CardTrade, Fields, Merchant, Notice, Outcome, PaymentInfo, ReplyEnvelope, TradeInfo,
    TradeStatus, aes, notice, stage,
};
use journal::{Journal, Stamp};
use register::view::Method;
use register::{Profile, Received, Register};
use relay::memory::MemoryCabinet;
use relay::wire::{Publication, Standing};
use relay::{LinkId, Mailroom, Options, TillKey, TillName, Token};
use stories::letters::own_merchant;
use till::cart::Cart;
use till::event::{Event, TillEvent};
use till::payment::Door;
use till::time::Timestamp;
use tower::ServiceExt;

const NOW: Timestamp = Timestamp::from_unix_ms(1_782_795_600_000);

/// Signs what a kept sample leaves to be signed: `CheckMacValue=*` at its end.
fn signed(
    merchant: &Merchant,
    sample: &[u8],
    read: impl Fn(&[u8]) -> Fields,
    write: impl Fn(&Fields) -> String,
) -> Vec<u8> {
    match sample.strip_suffix(b"&CheckMacValue=*") {
        None => sample.to_vec(),
        Some(unsigned) => {
            let mut fields = read(unsigned);
            ecpay::sign(merchant, &mut fields);
            write(&fields).into_bytes()
        }
    }
}

fn signed_form(merchant: &Merchant, sample: &[u8]) -> Vec<u8> {
    signed(merchant, sample, |form| Fields::from_form(form).expect("a kept form"), Fields::to_form)
}

fn signed_raw(sample: &[u8]) -> Vec<u8> {
    let read = |raw: &[u8]| Fields::from_raw(std::str::from_utf8(raw).expect("text")).expect("a kept reply");
    signed(&stage::merchant(), sample, read, Fields::to_raw)
}

/// A refusal as a person reads it: one short line that repeats no key.
fn is_presentable(text: &str) -> Result<(), String> {
    let keys = ["pwFHCqoQZGmho4w6", "EkRm7iFT261dpevs", "0123456789abcdef", "fedcba9876543210"];
    if text.is_empty() || text.chars().count() > 400 {
        return Err(format!("a refusal of {} letters: {text:.80}", text.chars().count()));
    }
    if text.chars().any(char::is_control) {
        return Err(format!("a refusal with signs nobody can see: {text:?}"));
    }
    if keys.iter().any(|key| text.contains(key)) {
        return Err("a refusal repeats a key".to_owned());
    }
    Ok(())
}

fn is_said_by_a_sample<T: Ord + std::fmt::Debug>(said: &BTreeSet<T>, now: &T) -> Result<(), String> {
    if said.contains(now) { Ok(()) } else { Err(format!("nobody signed {now:?}")) }
}

/// What a notice makes the till do.
fn weight(notice: &Notice) -> String {
    let order = notice.order();
    let outcome = match notice.outcome() {
        Outcome::Declined { code, .. } => format!("declined {code}"),
        other => format!("{other:?}"),
    };
    // A signature does not tell letters from capitals: neither do numbers.
    format!("{} {} {} {outcome}", order.number.as_str(), order.amount, notice.simulated()).to_lowercase()
}

/// Notices and the browser's copies of them, for payments and for codes: whatever is changed without the key, what is
/// read is what one of the samples says, or nothing.
#[test]
fn notices() {
    let merchant = stage::merchant();
    let made = |sample: &[u8]| signed_form(&merchant, sample);
    let said = std::cell::RefCell::new(BTreeSet::new());
    let known = |sample: &[u8]| {
        let body = made(sample);
        if let Ok(notice) = notice::read(&body, &merchant) {
            said.borrow_mut().insert(weight(&notice));
        }
        body
    };
    hold("notice", known, |body| match notice::read(body, &merchant) {
        Ok(notice) => {
            is_said_by_a_sample(&said.borrow(), &weight(&notice))?;
            let again = notice::read(notice.fields().to_form().as_bytes(), &merchant);
            if again.as_ref() == Ok(&notice) { Ok(()) } else { Err(format!("written and read again: {again:?}")) }
        }
        Err(error) => is_presentable(&error.to_string()),
    });
    assert_eq!(said.borrow().len(), 8, "the disguised ones among the samples say nothing: {said:?}");
}

/// The answers to "is it paid?".
#[test]
fn query_replies() {
    let merchant = stage::merchant();
    let said = std::cell::RefCell::new(BTreeSet::new());
    let weight = |info: &TradeInfo| {
        let status = match &info.status {
            TradeStatus::Paid(paid) => format!("paid {} {}", paid.amount, paid.trade_no.as_str()),
            other => format!("{other:?}"),
        };
        format!("{} {status}", info.number).to_lowercase()
    };
    let known = |sample: &[u8]| {
        let body = signed_raw(sample);
        if let Ok(info) = TradeInfo::read(&body, &merchant) {
            said.borrow_mut().insert(weight(&info));
        }
        body
    };
    hold("query_reply", known, |body| match TradeInfo::read(body, &merchant) {
        Ok(info) => is_said_by_a_sample(&said.borrow(), &weight(&info)),
        Err(error) => is_presentable(&error.to_string()),
    });
}

/// The answers to "which code was issued?".
#[test]
fn code_replies() {
    let merchant = stage::merchant();
    let said = std::cell::RefCell::new(BTreeSet::new());
    let weight = |info: &PaymentInfo| format!("{} {:?}", info.number, info.status).to_lowercase();
    let known = |sample: &[u8]| {
        let body = signed_raw(sample);
        if let Ok(info) = PaymentInfo::read(&body, &merchant) {
            said.borrow_mut().insert(weight(&info));
        }
        body
    };
    hold("code_reply", known, |body| match PaymentInfo::read(body, &merchant) {
        Ok(info) => is_said_by_a_sample(&said.borrow(), &weight(&info)),
        Err(error) => is_presentable(&error.to_string()),
    });
}

fn trade() -> CardTrade {
    CardTrade {
        number: ecpay::MerchantTradeNo::parse("T1260630130000AB12CD").expect("a number"),
        trade_no: ecpay::TradeNo::parse("2606301300000001").expect("a number"),
        amount: ecpay::Amount::new(199).expect("an amount"),
    }
}

/// The details of a card payment, sealed: the bent text is sealed again, so that it reaches the parser.
#[test]
fn card_details() {
    let merchant = stage::merchant();
    hold("card_detail", <[u8]>::to_vec, |text| {
        let Ok(text) = std::str::from_utf8(text) else { return Ok(()) };
        let sealed = aes::seal(&merchant, text).expect("a shop's keys");
        let envelope =
            ReplyEnvelope { merchant_id: None, timestamp: None, trans_code: 1, trans_msg: String::new(), data: sealed };
        CardReply::read_sealed(envelope.to_json().as_bytes(), &merchant)
            .map(drop)
            .or_else(|error| is_presentable(&error.to_string()))
    });
    hold("card_detail_form", <[u8]>::to_vec, |body| {
        CardReply::read_form(body).map(drop).or_else(|error| is_presentable(&error.to_string()))
    });
}

/// The answers to capture, refund, cancel and abandon: done only where the answer names this very order and the code 1.
#[test]
fn card_actions() {
    let merchant = stage::merchant();
    let action = trade().abandon();
    let judged = |answer: ActionAnswer, body: &str| match answer {
        ActionAnswer::Done if !body.contains("T1260630130000AB12CD") => Err("done, to which order?".to_owned()),
        ActionAnswer::Unknown(error) => is_presentable(&error.to_string()),
        ActionAnswer::Done | ActionAnswer::Refused { .. } => Ok(()),
    };
    hold("card_action", <[u8]>::to_vec, |text| {
        let Ok(text) = std::str::from_utf8(text) else { return Ok(()) };
        let envelope = ReplyEnvelope {
            merchant_id: Some("3002607".to_owned()),
            timestamp: Some(0),
            trans_code: 1,
            trans_msg: String::new(),
            data: aes::seal(&merchant, text).expect("a shop's keys"),
        };
        judged(action.sealed_answer(envelope.to_json().as_bytes(), &merchant), text)
    });
    hold("card_action_form", <[u8]>::to_vec, |body| {
        judged(action.form_answer(body, &merchant), &String::from_utf8_lossy(body))
    });
}

/// The envelope itself, before anything is opened.
#[test]
fn envelopes() {
    let merchant = stage::merchant();
    let sealed = aes::seal(&merchant, r#"{"RtnCode":1,"RtnMsg":""}"#).expect("a shop's keys");
    let made = |sample: &[u8]| {
        let text = String::from_utf8(sample.to_vec()).expect("text");
        text.replace("\"*\"", &format!("\"{sealed}\"")).into_bytes()
    };
    hold("envelope", made, |body| {
        let read = ReplyEnvelope::read(body).and_then(|envelope| envelope.open(&merchant));
        read.map(drop).or_else(|error| is_presentable(&error.to_string()))
    });
}

/// The catalogue file. What is taken can be sold; what is not is told row by row.
#[test]
fn catalogues() {
    hold("catalogue", <[u8]>::to_vec, |file| match register::catalogue::read(file) {
        Ok(products) => {
            let codes: BTreeSet<&str> = products.iter().map(|product| product.code.as_str()).collect();
            if codes.len() != products.len() {
                return Err("a code twice".to_owned());
            }
            for product in products {
                product.clone().checked().map_err(|error| format!("{product:?}: {error}"))?;
            }
            Ok(())
        }
        Err(error) => {
            if let register::catalogue::ImportError::Rows { problems } = &error {
                problems.iter().try_for_each(|problem| is_presentable(&problem.to_string()))?;
            }
            is_presentable(&error.to_string())
        }
    });
}

/// The gateway's statements, which nobody signs. Whatever is read is within bounds; what is refused says where.
#[test]
fn statements() {
    hold("statement", <[u8]>::to_vec, |file| match ecpay::statement::read(file) {
        Ok(statement) => {
            for line in &statement.lines {
                let texts = [&line.number, &line.trade_no, &line.merchant, &line.card_last4];
                let texts = texts.into_iter().flatten().chain([&line.method]);
                if texts.into_iter().any(|text| text.chars().count() > 100 || text.chars().any(char::is_control)) {
                    return Err(format!("a text nobody can show: {line:?}"));
                }
                if line.amount < 0 || line.refunded < 0 || (line.number.is_none() && line.trade_no.is_none()) {
                    return Err(format!("no line of a statement: {line:?}"));
                }
            }
            statement.unknown_columns.iter().try_for_each(|name| is_presentable(name))
        }
        Err(error) => is_presentable(&error.to_string()),
    });
}

/// The settings file, read and checked for each profile.
#[test]
fn settings_files() {
    hold("settings", <[u8]>::to_vec, |file| {
        let Ok(text) = std::str::from_utf8(file) else { return Ok(()) };
        let read = match settings::read(text) {
            Ok(read) => read,
            Err(error) => return is_presentable(&error.to_string()),
        };
        for (profile, merchant) in [
            (Profile::Training, stage::merchant()),
            (Profile::Stage, stage::merchant()),
            (Profile::Production, own_merchant()),
        ] {
            if let Err(error) = settings::check(&read, profile, None, &merchant) {
                is_presentable(&error.to_string())?;
            }
        }
        Ok(())
    });
}

/// What is scanned or typed into the scanner's field.
#[test]
fn scans() {
    let (_folder, mut till) = shop();
    let samples = <[u8]>::to_vec;
    hold("scan", samples, |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
        match till.scan(text) {
            Ok(()) => till.clear(NOW).map_err(|error| error.to_string()),
            Err(error) => is_presentable(&error.to_string()),
        }
    });
}

/// A whole till in production with a QR on the screen, and messages through both its doors that say a payment was
/// declined, simulated, another amount or somebody else's. However they are bent, nothing is sold.
#[test]
fn doors_of_a_till() {
    let (_folder, mut till) = shop();
    till.scan("D04").expect("sold here");
    till.pay_online(Method::Credit, NOW, &Counting::default()).expect("a QR");
    let number = till.view(NOW).expect("a view").attempt.expect("an attempt").number;
    let made = |sample: &[u8]| {
        let text = String::from_utf8(sample.to_vec()).expect("text").replace("{number}", &number);
        signed_form(&own_merchant(), text.as_bytes())
    };
    let mut door = Door::Notice;
    hold("shop_door", made, |body| {
        door = if door == Door::Notice { Door::Browser } else { Door::Notice };
        let received = till.receive(door, body, NOW).map_err(|error| error.to_string())?;
        if received != Received::News {
            return Ok(());
        }
        let view = till.view(NOW).map_err(|error| error.to_string())?;
        if view.closed.is_none() && view.cart.due == 25 && view.cart.paid == 0 {
            Ok(())
        } else {
            Err(format!("money out of nothing: {:?}", view.closed))
        }
    });
}

/// The pay page's server: any request at all. `1|OK` is only for what lies in the mailbox, and nothing is answered that
/// is longer than a page.
#[test]
fn requests_at_the_pay_page() {
    let (link, token) = (LinkId::from_random([2; 20]), Token::from_random([1; 20]));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let made = |sample: &[u8]| {
        let text = String::from_utf8(sample.to_vec()).expect("text");
        text.replace("aeaqcaibaeaqcaibaeaqcaibaeaqcaib", token.as_str())
            .replace("caqcaibaeaqcaibaeaqcaibaeaqcaiba", link.as_str())
            .into_bytes()
    };
    hold("request", made, |bytes| {
        let store = Mailroom::new(MemoryCabinet::default(), Options::default());
        runtime.block_on(async {
            let key = TillKey::from_random(TillName::parse("T1").expect("a name"), [3; 32]);
            store.add_till(key.name(), key.hash()).await.expect("room");
            store.publish(key.name(), &token, page(&link)).await.expect("room");
        });
        let Some(request) = request(bytes) else { return Ok(()) };
        let knocked_at = Fields::from_form(request.uri().path().as_bytes());
        let knocked_at = knocked_at.ok().and_then(|path| path.iter().next().map(|(path, _)| path.to_owned()));
        let knocked_at = knocked_at.unwrap_or_default();
        let answer = runtime.block_on(whole(&store).oneshot(request)).expect("always an answer");
        let status = answer.status();
        let body = runtime.block_on(to_bytes(answer.into_body(), 256 * 1024)).map_err(|_| "an endless page")?;
        let ours = ["n", "i"].iter().any(|door| knocked_at == format!("/{door}/{}", token.as_str()));
        if &*body == b"1|OK" && !(ours && status == 200) {
            return Err(format!("1|OK with {status} at {knocked_at}"));
        }
        if status == 500 { Err(format!("{status} at {knocked_at}")) } else { Ok(()) }
    });
}

/// A request from its text: method and address, headers, an empty line, the body. Nothing when HTTP itself would not let
/// it through.
fn request(bytes: &[u8]) -> Option<Request<Body>> {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n")?;
    let mut lines = std::str::from_utf8(&bytes[..end]).ok()?.lines();
    let (method, address) = lines.next()?.split_once(' ')?;
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        request = request.header(name, value);
    }
    request.body(Body::from(bytes[end + 2..].to_vec())).ok()
}

/// The pay page's routes and the tills' own door beside them.
fn whole(store: &Mailroom<MemoryCabinet>) -> axum::Router {
    relay::router(store.clone()).merge(relay::till_router(store.clone(), None))
}

fn page(link: &LinkId) -> Publication {
    Publication {
        link: link.as_str().to_owned(),
        shop: "巷口柑仔店".to_owned(),
        amount: 300,
        action: "https://payment-stage.ecpay.com.tw/Cashier/AioCheckOut/V5".to_owned(),
        fields: vec![("MerchantTradeNo".to_owned(), "T1260630130000AB12CD".to_owned())],
        expires_at_ms: 1_782_796_200_000,
        open_for_ms: 600_000,
        training: true,
        standing: Standing::Live,
    }
}

/// The counter's draft beside the journal: what is read back can be added up and written again, whatever stood there.
#[test]
fn drafts() {
    hold("draft", <[u8]>::to_vec, |bytes| {
        let Ok(draft) = serde_json::from_slice::<serde_json::Value>(bytes) else { return Ok(()) };
        let Ok(cart) = serde_json::from_value::<Cart>(draft["cart"].clone()) else { return Ok(()) };
        let total = cart.totals().net;
        let again = serde_json::from_value::<Cart>(serde_json::to_value(&cart).expect("JSON"));
        if total <= Cart::TOTAL_MAX && again.is_ok_and(|again| again == cart) {
            Ok(())
        } else {
            Err(format!("a cart of {total} that does not come back"))
        }
    });
}

/// A draft that cannot be is an empty counter, and the till opens.
#[test]
fn a_till_opens_on_any_draft() {
    let beyond = r#"{"cart":{"lines":[{"id":1,"code":"TEA","barcode":null,"name":"x","unit_price":9223372036854775807,"quantity":4294967295,"tax":"taxable"}],"next_id":4294967295},"sale":null,"shown":null,"closed":null}"#;
    for draft in ["", "null", "{\"cart\":", "{}", beyond] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal = Journal::open(&folder.path().join("journal.sqlite")).expect("a journal").journal;
        let stamp = Stamp { at: NOW, operator: "收銀員".to_owned() };
        journal.append(&stamp, &[Event::Till(TillEvent::AlarmsSeen)], Some(draft)).expect("recorded");
        let till = Register::start(setup(), journal, NOW).expect("the till opens");
        assert!(till.view(NOW).expect("a view").cart.lines.is_empty(), "{draft}");
    }
}

/// What is too large is refused before it is looked at.
#[test]
fn what_is_too_large_is_refused_at_once() {
    let megabytes = "RtnCode=1&".repeat(4_000_000);
    let merchant = stage::merchant();
    assert_eq!(notice::read(megabytes.as_bytes(), &merchant).unwrap_err().to_string(), TOO_LONG);
    assert!(TradeInfo::read(megabytes.as_bytes(), &merchant).is_err());
    assert!(CardReply::read_form(megabytes.as_bytes()).is_err());
    assert!(ReplyEnvelope::read(megabytes.as_bytes()).is_err());
    assert!(matches!(register::catalogue::read(megabytes.as_bytes()), Err(register::catalogue::ImportError::TooLong)));
    assert!(settings::read(&megabytes).is_err_and(|error| error.to_string().contains("256 kB")));
}

const TOO_LONG: &str = "the notice cannot be read: the message is longer than 64 kB";

fn setup() -> register::Setup {
    let mut settings = settings::read(settings::STARTING).expect("the starting settings");
    settings.profile = Profile::Production;
    settings.production.merchant_id = Some("3412345".to_owned());
    settings::check(&settings, Profile::Production, None, &own_merchant()).expect("production settings")
}

fn shop() -> (tempfile::TempDir, Register) {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = Journal::open(&folder.path().join("journal.sqlite")).expect("a journal").journal;
    let mut till = Register::start(setup(), journal, NOW).expect("starts");
    till.set_products(desk::sample_products(), NOW).expect("products");
    (folder, till)
}

/// Chance that is none, but never the same twice.
#[derive(Default)]
struct Counting(AtomicU8);

impl register::Chance for Counting {
    fn draw(&self) -> [u8; 16] {
        [self.0.fetch_add(1, Ordering::SeqCst); 16]
    }
}
