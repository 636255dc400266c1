//! What becomes of a card payment: captured, given back or let go of, over both kinds of API.

use std::time::Duration;

use ecpay::card::{ActionAnswer, CardAction, CardReply, CardTrade, QueryCard, Stage};
use ecpay::trade::{Amount, MerchantTradeNo, TradeNo};
use ecpay::{Api, ReplyError, stage};
use ecpay_sim::{
    ActionFault, CardActions, CardQueryFault, CardStage, Closing, DuringClosing, Endpoint, Hang, Method, Outcome,
    RefundLines,
};

use crate::shop::{MINUTE, Shop};

/// The till's clock is at 21:24; an order made then is closed by the next evening, 20:15.
const TO_THE_EVENING: Duration = Duration::from_secs((22 * 60 + 51) * 60 - 11);
const HOUR: Duration = Duration::from_secs(3600);

/// How the till speaks to it.
#[derive(Clone, Copy, Debug)]
enum By {
    Form,
    Envelope,
}

async fn paid(shop: &Shop, number: &str) -> CardTrade {
    shop.accepted(number, &[("ChoosePayment", "Credit")]).await;
    shop.simulator.pay_order(number, Method::Credit).await.unwrap();
    trade(shop, number)
}

fn trade(shop: &Shop, number: &str) -> CardTrade {
    CardTrade {
        number: MerchantTradeNo::parse(number).unwrap(),
        trade_no: TradeNo::parse(&shop.view(number).trade_no).unwrap(),
        amount: dollars(1234),
    }
}

fn dollars(dollars: u32) -> Amount {
    Amount::new(dollars).unwrap()
}

async fn act(shop: &Shop, action: &CardAction, by: By) -> ActionAnswer {
    let merchant = stage::merchant();
    match by {
        By::Form => {
            let answer = shop.post_form(Api::DoAction.path(), action.fields(&merchant).to_form()).await;
            action.form_answer(answer.body.as_bytes(), &merchant)
        }
        By::Envelope => {
            let request = action.sealed(&merchant, shop.now_seconds()).unwrap().to_json();
            let answer = shop.post_json(Api::SealedDoAction.path(), &request).await;
            action.sealed_answer(answer.body.as_bytes(), &merchant)
        }
    }
}

async fn ask(shop: &Shop, number: &str, by: By) -> CardReply {
    let merchant = stage::merchant();
    match by {
        By::Form => {
            let gwsr = shop.view(number).card.unwrap().authorisation.unwrap().parse().unwrap();
            let question = QueryCard::fields(&merchant, gwsr, dollars(1234), 42);
            let answer = shop.post_form(Api::QueryCard.path(), question.to_form()).await;
            CardReply::read_form(answer.body.as_bytes()).unwrap()
        }
        By::Envelope => {
            let number = MerchantTradeNo::parse(number).unwrap();
            let request = QueryCard::sealed(&merchant, &number, shop.now_seconds()).unwrap().to_json();
            let answer = shop.post_json(Api::SealedQueryCard.path(), &request).await;
            CardReply::read_sealed(answer.body.as_bytes(), &merchant).unwrap()
        }
    }
}

async fn stage_of(shop: &Shop, number: &str) -> Stage {
    let (by_form, sealed) = (ask(shop, number, By::Form).await, ask(shop, number, By::Envelope).await);
    let (CardReply::Found(by_form), CardReply::Found(sealed)) = (by_form, sealed) else {
        panic!("the payment is known");
    };
    assert_eq!((&by_form.stage, by_form.captured), (&sealed.stage, sealed.captured), "both tell the same");
    sealed.stage
}

fn refused(answer: ActionAnswer) -> String {
    match answer {
        ActionAnswer::Refused { msg, .. } => msg,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_authorised_payment_is_let_go_of_as_a_whole_and_not_in_part() {
    for by in [By::Form, By::Envelope] {
        let shop = Shop::new();
        let trade = paid(&shop, "T1").await;
        assert_eq!(stage_of(&shop, "T1").await, Stage::Authorised);
        for wrong in [trade.refund(dollars(100)).unwrap(), trade.refund(dollars(1234)).unwrap(), trade.cancel_capture()]
        {
            refused(act(&shop, &wrong, by).await);
        }
        assert_eq!(act(&shop, &trade.abandon(), by).await, ActionAnswer::Done, "{by:?}");
        assert_eq!(stage_of(&shop, "T1").await, Stage::Cancelled);
        refused(act(&shop, &trade.abandon(), by).await);
        assert_eq!(shop.view("T1").card.unwrap().kept, 0);
    }
}

#[tokio::test]
async fn the_evening_closes_and_the_bank_captures_the_next_afternoon() {
    let shop = Shop::new();
    paid(&shop, "T1").await;
    shop.simulator.advance(TO_THE_EVENING - Duration::from_secs(1)).await;
    assert_eq!(stage_of(&shop, "T1").await, Stage::Authorised);
    shop.simulator.advance(Duration::from_secs(1)).await;
    assert_eq!(stage_of(&shop, "T1").await, Stage::ToBeCaptured);
    assert_eq!(shop.view("T1").card.unwrap().captured, 0);
    shop.simulator.advance(18 * HOUR).await;
    assert_eq!(stage_of(&shop, "T1").await, Stage::Captured);
    assert_eq!(shop.view("T1").card.unwrap().captured, 1234);
}

#[tokio::test]
async fn nothing_is_done_from_quarter_past_to_half_past_eight() {
    for (setting, kept) in [(DuringClosing::Refused, 1234), (DuringClosing::DoneAndDenied, 1134)] {
        let shop = Shop::with(|options| options.during_closing = setting);
        let trade = paid(&shop, "T1").await;
        shop.simulator.advance(TO_THE_EVENING).await;
        let refund = trade.refund(dollars(100)).unwrap();
        refused(act(&shop, &refund, By::Envelope).await);
        assert_eq!(shop.view("T1").card.unwrap().kept, kept, "{setting:?}");
        shop.simulator.advance(15 * MINUTE).await;
        assert_eq!(act(&shop, &refund, By::Envelope).await, ActionAnswer::Done);
    }
}

#[tokio::test]
async fn what_the_evening_closed_is_taken_back_from_six_in_the_morning_and_then_let_go_of() {
    let shop = Shop::new();
    let trade = paid(&shop, "T1").await;
    shop.simulator.advance(TO_THE_EVENING + 15 * MINUTE).await;
    assert!(refused(act(&shop, &trade.cancel_capture(), By::Envelope).await).contains("06:00"));
    refused(act(&shop, &trade.refund(dollars(1234)).unwrap(), By::Envelope).await);
    shop.simulator.advance(9 * HOUR + 29 * MINUTE).await;
    refused(act(&shop, &trade.cancel_capture(), By::Envelope).await);
    shop.simulator.advance(MINUTE).await;
    refused(act(&shop, &trade.abandon(), By::Envelope).await);
    assert_eq!(act(&shop, &trade.cancel_capture(), By::Envelope).await, ActionAnswer::Done);
    assert_eq!(stage_of(&shop, "T1").await, Stage::OperationCancelled);
    for wrong in [trade.cancel_capture(), trade.capture(dollars(1234)).unwrap(), trade.refund(dollars(1)).unwrap()] {
        refused(act(&shop, &wrong, By::Form).await);
    }
    shop.simulator.advance(24 * HOUR).await;
    assert_eq!(stage_of(&shop, "T1").await, Stage::OperationCancelled, "the next evening leaves it alone");
    assert_eq!(act(&shop, &trade.abandon(), By::Form).await, ActionAnswer::Done);
    assert_eq!(stage_of(&shop, "T1").await, Stage::Cancelled);
}

#[tokio::test]
async fn part_of_what_is_to_be_captured_makes_the_capture_smaller() {
    let shop = Shop::with(|options| {
        options.balances.insert("3002607".to_owned(), 0);
    });
    let trade = paid(&shop, "T1").await;
    shop.simulator.advance(TO_THE_EVENING + HOUR).await;
    assert_eq!(act(&shop, &trade.refund(dollars(234)).unwrap(), By::Envelope).await, ActionAnswer::Done);
    refused(act(&shop, &trade.refund(dollars(1000)).unwrap(), By::Envelope).await);
    shop.simulator.advance(24 * HOUR).await;
    let CardReply::Found(detail) = ask(&shop, "T1", By::Envelope).await else { panic!() };
    assert_eq!((detail.stage, detail.captured), (Stage::Captured, Some(1000)));
    assert_eq!(detail.closings.iter().map(|line| line.amount).collect::<Vec<_>>(), [1234, -234]);
}

#[tokio::test]
async fn a_captured_payment_goes_back_in_parts_that_the_account_covers_and_never_more_than_all() {
    for by in [By::Form, By::Envelope] {
        let shop = Shop::with(|options| {
            options.balances.insert("3002607".to_owned(), 1000);
        });
        let trade = paid(&shop, "T1").await;
        shop.simulator.advance(48 * HOUR).await;
        let refund = |amount| trade.refund(dollars(amount)).unwrap();
        for wrong in [trade.abandon(), trade.cancel_capture(), trade.capture(dollars(1234)).unwrap()] {
            refused(act(&shop, &wrong, by).await);
        }
        assert_eq!(act(&shop, &refund(600), by).await, ActionAnswer::Done);
        let CardReply::Found(detail) = ask(&shop, "T1", by).await else { panic!() };
        let lines: Vec<_> = detail.closings.iter().map(|line| (line.stage.clone(), line.amount)).collect();
        assert_eq!(lines, [(Stage::Captured, 1234), (Stage::ToBeCaptured, -600)], "on its way");

        assert!(refused(act(&shop, &refund(600), by).await).contains("餘額不足"));
        assert_eq!(shop.simulator.balance("3002607"), Some(400));
        shop.simulator.set_balance("3002607", None);
        assert_eq!(act(&shop, &refund(600), by).await, ActionAnswer::Done, "nothing tells it from the first");
        refused(act(&shop, &refund(35), by).await);
        assert_eq!(act(&shop, &refund(34), by).await, ActionAnswer::Done);
        refused(act(&shop, &refund(1), by).await);

        shop.simulator.advance(48 * HOUR).await;
        let CardReply::Found(detail) = ask(&shop, "T1", by).await else { panic!() };
        assert!(detail.closings.iter().all(|line| line.stage == Stage::Captured), "done: {detail:?}");
        let card = shop.view("T1").card.unwrap();
        assert_eq!((card.refunded, card.kept, card.stage), (1234, 0, CardStage::Captured));
    }
}

#[tokio::test]
async fn instalments_go_back_as_a_whole_only() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("ChoosePayment", "Credit"), ("CreditInstallment", "3")]).await;
    let card = [("number", "4311-9522-2222-2222"), ("expiry", "12/30"), ("cvv", "222"), ("stages", "3")];
    shop.post(&format!("{page}/card"), &card).await;
    shop.post(&format!("{page}/otp"), &[("otp", "1234")]).await;
    let trade = trade(&shop, "T1");
    refused(act(&shop, &trade.capture(dollars(1000)).unwrap(), By::Form).await);
    shop.simulator.advance(48 * HOUR).await;
    assert!(refused(act(&shop, &trade.refund(dollars(100)).unwrap(), By::Form).await).contains("分期"));
    assert_eq!(act(&shop, &trade.refund(dollars(1234)).unwrap(), By::Form).await, ActionAnswer::Done);
    refused(act(&shop, &trade.refund(dollars(1234)).unwrap(), By::Form).await);
}

#[tokio::test]
async fn union_pay_is_captured_at_once_and_can_only_be_refunded() {
    let shop = Shop::new();
    let page = shop.accepted("T1", &[("ChoosePayment", "Credit")]).await;
    let card = [("number", "6216-1111-1111-1111"), ("expiry", "12/30"), ("cvv", "222")];
    shop.post(&format!("{page}/card"), &card).await;
    shop.post(&format!("{page}/otp"), &[("otp", "1234")]).await;
    let trade = trade(&shop, "T1");
    assert_eq!(stage_of(&shop, "T1").await, Stage::Captured);
    assert!(refused(act(&shop, &trade.cancel_capture(), By::Form).await).contains("銀聯"));
    refused(act(&shop, &trade.abandon(), By::Form).await);
    assert_eq!(act(&shop, &trade.refund(dollars(1)).unwrap(), By::Form).await, ActionAnswer::Done);
}

#[tokio::test]
async fn a_shop_that_closes_by_itself_has_21_days_and_may_capture_less() {
    let shop = Shop::with(|options| options.closing = Closing::Manual);
    let (one, other) = (paid(&shop, "T1").await, paid(&shop, "T2").await);
    shop.simulator.advance(TO_THE_EVENING).await;
    assert_eq!(stage_of(&shop, "T1").await, Stage::Authorised);
    assert_eq!(act(&shop, &one.capture(dollars(1000)).unwrap(), By::Form).await, ActionAnswer::Done, "at 20:15");
    assert_eq!(stage_of(&shop, "T1").await, Stage::ToBeCaptured);
    shop.simulator.advance(24 * HOUR).await;
    assert_eq!(shop.view("T1").card.unwrap().captured, 1000);
    shop.simulator.advance(20 * 24 * HOUR).await;
    let late = act(&shop, &other.capture(dollars(1234)).unwrap(), By::Envelope).await;
    assert_eq!(late, ActionAnswer::Refused { code: 0, msg: "error_overDate".to_owned() });
    shop.simulator.advance(69 * 24 * HOUR).await;
    assert_eq!(stage_of(&shop, "T2").await, Stage::Cancelled, "dropped after ninety days");
}

#[tokio::test]
async fn changing_the_setting_leaves_what_the_evenings_did() {
    let shop = Shop::new();
    paid(&shop, "T1").await;
    shop.simulator.advance(TO_THE_EVENING).await;
    shop.simulator.set_closing(Closing::Manual);
    assert_eq!(stage_of(&shop, "T1").await, Stage::ToBeCaptured);
    paid(&shop, "T2").await;
    shop.simulator.advance(24 * HOUR).await;
    assert_eq!(stage_of(&shop, "T2").await, Stage::Authorised);
}

#[tokio::test]
async fn what_is_unknown_foreign_or_no_card_payment_is_unknown() {
    let shop = Shop::new();
    let trade = paid(&shop, "T1").await;
    shop.accepted("T2", &[("ChoosePayment", "TWQR")]).await;
    shop.simulator.pay_order("T2", Method::Twqr).await.unwrap();
    shop.accepted("T3", &[("ChoosePayment", "Credit")]).await;
    let by_wallet = CardTrade { number: MerchantTradeNo::parse("T2").unwrap(), ..trade.clone() };
    let stranger = CardTrade { number: MerchantTradeNo::parse("T9").unwrap(), ..trade.clone() };
    let other_number = CardTrade { trade_no: TradeNo::parse("2607022124110000").unwrap(), ..trade };
    for unknown in [by_wallet, stranger, other_number] {
        let unknown = unknown.abandon();
        let by_form = ActionAnswer::Refused { code: 0, msg: "訂單不存在".to_owned() };
        assert_eq!(act(&shop, &unknown, By::Form).await, by_form);
        let code = 10_000_185;
        let sealed = ActionAnswer::Refused { code, msg: "Cant not find the trade data".to_owned() };
        assert_eq!(act(&shop, &unknown, By::Envelope).await, sealed);
    }
    for number in ["T2", "T3", "T9"] {
        assert_eq!(ask(&shop, number, By::Envelope).await, CardReply::NotFound, "{number}");
    }
    shop.simulator.next_outcome(Outcome::Lag { seconds: 600 });
    shop.simulator.pay_order("T3", Method::Credit).await.unwrap();
    assert_eq!(ask(&shop, "T3", By::Envelope).await, CardReply::BankSilent);
}

#[tokio::test]
async fn on_a_stage_no_order_can_be_acted_upon_but_looked_at() {
    let shop = Shop::with(|options| options.card_actions = CardActions::UnknownOrder);
    let trade = paid(&shop, "T1").await;
    for by in [By::Form, By::Envelope] {
        refused(act(&shop, &trade.abandon(), by).await);
    }
    assert_eq!(ask(&shop, "T1", By::Form).await, CardReply::Other { code: None, msg: "授權單號錯誤".to_owned() });
    assert!(matches!(ask(&shop, "T1", By::Envelope).await, CardReply::Found(_)));
}

#[tokio::test]
async fn an_answer_is_lost_before_or_after_the_effect() {
    for (fault, kept, known) in [
        (ActionFault::Lose { when: Hang::BeforeEffect }, 1234, false),
        (ActionFault::Lose { when: Hang::AfterEffect }, 1134, false),
        (ActionFault::Garbage, 1134, false),
        (ActionFault::Awaited, 1134, false),
        (ActionFault::HttpStatus { status: 403 }, 1234, false),
        (ActionFault::Refuse { code: 0, msg: "系統忙碌".to_owned() }, 1234, true),
        (ActionFault::DoneAndDenied, 1134, true),
    ] {
        for by in [By::Form, By::Envelope] {
            let shop = Shop::new();
            let trade = paid(&shop, "T1").await;
            shop.simulator.advance(48 * HOUR).await;
            shop.simulator.fail_next_action(fault.clone());
            let answer = act(&shop, &trade.refund(dollars(100)).unwrap(), by).await;
            assert_eq!(matches!(answer, ActionAnswer::Refused { .. }), known, "{fault:?} {by:?}: {answer:?}");
            assert_eq!(matches!(answer, ActionAnswer::Unknown(_)), !known, "{fault:?} {by:?}: {answer:?}");
            assert_eq!(shop.view("T1").card.unwrap().kept, kept, "{fault:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_hangs_or_is_slow_comes_after_its_effect() {
    let shop = Shop::new();
    let trade = paid(&shop, "T1").await;
    shop.simulator.advance(48 * HOUR).await;
    shop.simulator.fail_next_action(ActionFault::Slow { ms: 9_000 });
    let began = tokio::time::Instant::now();
    assert_eq!(act(&shop, &trade.refund(dollars(100)).unwrap(), By::Form).await, ActionAnswer::Done);
    assert_eq!(began.elapsed().as_secs(), 9);
    for (hang, kept) in [(Hang::BeforeEffect, 1134), (Hang::AfterEffect, 1034)] {
        shop.simulator.hang_next(Endpoint::DoAction, hang);
        let answer = act(&shop, &trade.refund(dollars(100)).unwrap(), By::Envelope).await;
        assert_eq!(answer, ActionAnswer::Unknown(ReplyError::Unreadable));
        assert_eq!(shop.view("T1").card.unwrap().kept, kept, "{hang:?}");
    }
}

#[tokio::test]
async fn the_details_can_be_made_to_lie() {
    let shop = Shop::new();
    paid(&shop, "T1").await;
    for by in [By::Form, By::Envelope] {
        shop.simulator.fail_next_card_query(CardQueryFault::Says { msg: "error_nopay".to_owned() });
        assert_eq!(ask(&shop, "T1", by).await, CardReply::BankSilent);
        shop.simulator.fail_next_card_query(CardQueryFault::Status { text: "關帳中".to_owned() });
        let CardReply::Found(detail) = ask(&shop, "T1", by).await else { panic!() };
        assert_eq!(detail.stage, Stage::Unknown("關帳中".to_owned()));
    }
}

#[tokio::test]
async fn a_refund_may_be_written_like_a_capture_or_not_at_all() {
    for (setting, lines) in [
        (RefundLines::Negative, vec![1234, -100]),
        (RefundLines::Unsigned, vec![1234, 100]),
        (RefundLines::Absent, vec![1234]),
    ] {
        let shop = Shop::with(|options| options.refund_lines = setting);
        let trade = paid(&shop, "T1").await;
        shop.simulator.advance(48 * HOUR).await;
        act(&shop, &trade.refund(dollars(100)).unwrap(), By::Form).await;
        let CardReply::Found(detail) = ask(&shop, "T1", By::Envelope).await else { panic!() };
        assert_eq!(detail.closings.iter().map(|line| line.amount).collect::<Vec<_>>(), lines);
    }
}

#[tokio::test]
async fn strangers_wrong_keys_and_old_envelopes_learn_nothing() {
    let shop = Shop::new();
    let trade = paid(&shop, "T1").await;
    let theirs = stage::merchant_without_3d();
    let sealed = |seconds: i64| trade.abandon().sealed(&stage::merchant(), shop.now_seconds() + seconds).unwrap();
    let wrong_keys = trade.abandon().sealed(&theirs, shop.now_seconds()).unwrap().to_json();
    for (body, code) in [
        (wrong_keys.replace("2000132", "3002607"), "\"TransCode\":110"),
        (wrong_keys.replace("2000132", "9999999"), "\"TransCode\":110"),
        (sealed(601).to_json(), "\"TransCode\":0"),
        (sealed(-601).to_json(), "\"TransCode\":0"),
        ("garbage".to_owned(), "\"TransCode\":128"),
    ] {
        let answer = shop.post_json(Api::SealedDoAction.path(), &body).await;
        assert!(answer.body.contains(code) && answer.body.contains(r#""Data":"""#), "{}", answer.body);
    }
    let mut broken = trade.abandon().fields(&stage::merchant());
    broken.remove("CheckMacValue");
    broken.push("CheckMacValue", "0".repeat(64));
    let answer = shop.post_form(Api::DoAction.path(), broken.to_form()).await;
    assert!(answer.body.contains("RtnCode=10200073"), "{}", answer.body);
    let other = trade.abandon().fields(&theirs);
    let answer = shop.post_form(Api::DoAction.path(), other.to_form()).await;
    assert!(answer.body.contains("訂單不存在"), "another merchant's order: {}", answer.body);
    assert_eq!(stage_of(&shop, "T1").await, Stage::Authorised);
    assert_eq!(act(&shop, &trade.abandon(), By::Envelope).await, ActionAnswer::Done);
}

#[tokio::test]
async fn the_rate_limit_holds_for_all_of_them() {
    let shop = Shop::new();
    let trade = paid(&shop, "T1").await;
    shop.simulator.force_403("3002607");
    let merchant = stage::merchant();
    let request = trade.abandon().sealed(&merchant, shop.now_seconds()).unwrap().to_json();
    for path in [Api::SealedDoAction.path(), Api::SealedQueryCard.path()] {
        assert_eq!(shop.post_json(path, &request).await.status, 403, "{path}");
    }
    let form = trade.abandon().fields(&merchant).to_form();
    for path in [Api::DoAction.path(), Api::QueryCard.path()] {
        assert_eq!(shop.post_form(path, form.clone()).await.status, 403, "{path}");
    }
    assert_eq!(shop.view("T1").card.unwrap().stage, CardStage::Authorised);
}

#[tokio::test]
async fn a_test_in_any_language_can_steer_refunds() {
    let shop = Shop::new();
    let trade = paid(&shop, "T1").await;
    for (path, body) in [
        ("/_control/closing", r#"{"closing":"manual"}"#),
        ("/_control/balance", r#"{"MerchantID":"3002607","dollars":5}"#),
        ("/_control/fail-next-action", r#"{"fault":"refuse","msg":"no"}"#),
        ("/_control/fail-next-action", r#"{"fault":"lose","when":"after_effect"}"#),
        ("/_control/fail-next-card-query", r#"{"fault":"says","msg":"error"}"#),
        ("/_control/hang-next", r#"{"endpoint":"DoAction","hang":"after_effect"}"#),
    ] {
        assert_eq!(shop.post_json(path, body).await.status, 200, "{path}");
    }
    assert_eq!(shop.post_json("/_control/balance", r#"{"MerchantID":"1"}"#).await.status, 404);
    assert_eq!(shop.simulator.balance("3002607"), Some(5));
    shop.simulator.clear_expectations().await;
    assert_eq!(act(&shop, &trade.capture(dollars(1234)).unwrap(), By::Form).await, ActionAnswer::Done);
    let order: serde_json::Value = serde_json::from_str(&shop.get("/_control/orders/T1").await.body).unwrap();
    assert_eq!(order["card"]["stage"], "to_be_captured");
    assert_eq!(order["card"]["kept"], 1234);
}
