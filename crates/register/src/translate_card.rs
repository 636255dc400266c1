//! Card payments after the fact, between the till's words and the gateway's: what is asked and sent, what the answers say,
//! and what the gateway's rules make of them.

use std::time::Duration;

use ecpay::card::{CardProduct, Closing, Refusal as Ruled, Steps, extent, steps, wait};
use ecpay::{
    ActionAnswer, ActionKind, Amount, Api, CardAction, CardDetail, CardReply, CardTrade, Gateway, Merchant, QueryCard,
    ReplyError, Stage, TaipeiTime, TradeNo,
};
use till::money::Money;
use till::payment::NoAnswer;
use till::refund::{
    Advice, CardLook, CardStage, Closing as Line, Held, LOOK_LINES, Refund, RefundTerms, Refusal, SendAnswer, Step,
};
use till::time::Timestamp;

use crate::ports::Answer;
use crate::register::Body;
use crate::setup::{CardApi, RefundSetup};
use crate::translate::trade_number;

/// A minute of distance from the gateway's hours on both sides: its clock is not ours.
const MARGIN: Duration = Duration::from_secs(60);

/// What the gateway said about a card payment.
pub(crate) enum Detail {
    /// This.
    Found(CardLook),
    /// It knows no such payment.
    NotFound,
    /// Nothing.
    Nothing(NoAnswer),
}

/// The question how far a card payment has come; nothing where the shop's keys cannot seal it.
pub(crate) fn question(merchant: &Merchant, gateway: &Gateway, terms: &RefundTerms, now: Timestamp) -> Option<Sending> {
    let number = trade_number(terms.attempt()?);
    let envelope = QueryCard::sealed(merchant, &number, now.unix_seconds()).ok()?;
    Some(Sending { url: gateway.url(Api::SealedQueryCard), body: Body::Json(envelope.to_json()) })
}

/// Something to post, and where.
pub(crate) struct Sending {
    pub(crate) url: String,
    pub(crate) body: Body,
}

/// What the answer says.
pub(crate) fn detail(merchant: &Merchant, answer: &Answer) -> Detail {
    if answer.status != 200 {
        return Detail::Nothing(NoAnswer::Unreadable);
    }
    match CardReply::read_sealed(&answer.body, merchant) {
        Ok(CardReply::Found(detail)) => look(&detail).map_or(Detail::Nothing(NoAnswer::Unreadable), Detail::Found),
        Ok(CardReply::NotFound) => Detail::NotFound,
        Ok(CardReply::BankSilent | CardReply::Other { .. }) | Err(_) => Detail::Nothing(NoAnswer::Unreadable),
    }
}

/// One step, as it is posted; nothing where the terms are not a card's the gateway could know.
pub(crate) fn sending(
    merchant: &Merchant,
    gateway: &Gateway,
    api: CardApi,
    (terms, step): (&RefundTerms, Step),
    now: Timestamp,
) -> Option<Sending> {
    let action = action(terms, step)?;
    Some(match api {
        CardApi::Sealed => {
            let envelope = action.sealed(merchant, now.unix_seconds()).ok()?;
            Sending { url: gateway.url(Api::SealedDoAction), body: Body::Json(envelope.to_json()) }
        }
        CardApi::Form => {
            Sending { url: gateway.url(Api::DoAction), body: Body::Form(action.fields(merchant).to_form()) }
        }
    })
}

/// What the gateway said to a step.
pub(crate) fn sent(
    merchant: &Merchant,
    api: CardApi,
    (terms, step): (&RefundTerms, Step),
    answer: &Answer,
) -> SendAnswer {
    let Some(action) = action(terms, step).filter(|_| answer.status == 200) else {
        return SendAnswer::Nothing(NoAnswer::Unreadable);
    };
    let said = match api {
        CardApi::Sealed => action.sealed_answer(&answer.body, merchant),
        CardApi::Form => action.form_answer(&answer.body, merchant),
    };
    match said {
        ActionAnswer::Done => SendAnswer::Accepted,
        ActionAnswer::Refused { code, msg } => SendAnswer::Declined { code: code.to_string(), message: tidy(&msg) },
        ActionAnswer::Unknown(reason) => {
            tracing::warn!(%reason, "the gateway's answer to a refund says nothing");
            SendAnswer::Nothing(match reason {
                ReplyError::BankSilent => NoAnswer::MaybeSent,
                _ => NoAnswer::Unreadable,
            })
        }
    }
}

/// What the gateway's table and hours (ECPay doc 2885) make of how far the payment has come. `given_back` has gone back
/// before through the gateway, or may have.
pub(crate) fn advise(
    setup: &RefundSetup,
    refund: &Refund,
    look: &CardLook,
    given_back: Money,
    now: Timestamp,
) -> Advice {
    let terms = &refund.terms;
    let (Some(card), Some(trade), Some(wanted)) = (terms.card(), trade(terms), amount(terms.amount)) else {
        return Advice::Refuse(Refusal::NotFound);
    };
    let product = if card.whole_only { CardProduct::WholeOnly } else { CardProduct::OneOff };
    let given_back = u32::try_from(given_back.as_dollars()).unwrap_or(u32::MAX);
    let extent = match extent(&trade, given_back, wanted) {
        Ok(extent) => extent,
        Err(_) => return Advice::Refuse(Refusal::TooMuch),
    };
    let plan = match steps(&stage_of(look.stage), extent, product) {
        Ok(plan) => plan,
        Err(Ruled::NotCaptured) if setup.closing == Closing::Automatic => {
            return Advice::Wait { until: after_the_closing(now), why: Held::UntilCaptured };
        }
        Err(ruled) => return Advice::Refuse(refusal(&ruled)),
    };
    let step = match plan {
        Steps::Abandon => Step::Abandon,
        Steps::CancelThenAbandon => Step::CancelCapture,
        Steps::Refund => Step::Refund,
    };
    match allowed_at(step, now, setup.closing) {
        None => Advice::Send(step),
        Some(until) => {
            let why = if step == Step::CancelCapture { Held::UntilMorning } else { Held::DailyClosing };
            Advice::Wait { until, why }
        }
    }
}

/// Whether a step may still be sent at this moment; else from when on.
pub(crate) fn allowed_at(step: Step, now: Timestamp, closing: Closing) -> Option<Timestamp> {
    let rest = |at: Timestamp| wall_clock(at).map_or(Duration::ZERO, |at| wait(kind(step), at, closing));
    let (here, soon) = (rest(now), rest(now.plus(MARGIN)));
    if !here.is_zero() {
        Some(now.plus(here).plus(MARGIN))
    } else if !soon.is_zero() {
        Some(now.plus(MARGIN).plus(soon).plus(MARGIN))
    } else {
        None
    }
}

/// The next end of the daily closing.
fn after_the_closing(now: Timestamp) -> Timestamp {
    const END_S: u64 = 20 * 3_600 + 30 * 60;
    const DAY_S: u64 = 86_400;
    let second = wall_clock(now).map_or(0, |at| u64::from(at.second_of_day()));
    let rest = if second < END_S { END_S - second } else { DAY_S - second + END_S };
    now.plus(Duration::from_secs(rest)).plus(MARGIN)
}

fn look(detail: &CardDetail) -> Option<CardLook> {
    // A list that is longer than any that could be read to its end proves nothing.
    if detail.closings.len() > LOOK_LINES {
        return None;
    }
    let line = |close: &ecpay::card::Close| Line { stage: stage(&close.stage), amount: Money::dollars(close.amount) };
    Some(CardLook {
        stage: stage(&detail.stage),
        captured: detail.captured.map(|dollars| Money::dollars(i64::from(dollars))),
        closings: detail.closings.iter().map(line).collect(),
    })
}

fn stage(stage: &Stage) -> CardStage {
    match stage {
        Stage::Authorised => CardStage::Authorised,
        Stage::ToBeCaptured => CardStage::ToBeCaptured,
        Stage::Captured => CardStage::Captured,
        Stage::OperationCancelled => CardStage::CaptureCancelled,
        Stage::Cancelled => CardStage::Cancelled,
        Stage::NotAuthorised => CardStage::NotAuthorised,
        Stage::Unknown(_) => CardStage::Strange,
    }
}

fn stage_of(stage: CardStage) -> Stage {
    match stage {
        CardStage::Authorised => Stage::Authorised,
        CardStage::ToBeCaptured => Stage::ToBeCaptured,
        CardStage::Captured => Stage::Captured,
        CardStage::CaptureCancelled => Stage::OperationCancelled,
        CardStage::Cancelled => Stage::Cancelled,
        CardStage::NotAuthorised => Stage::NotAuthorised,
        CardStage::Strange => Stage::Unknown(String::new()),
    }
}

fn refusal(ruled: &Ruled) -> Refusal {
    match ruled {
        Ruled::NotCaptured => Refusal::NotCaptured,
        Ruled::WholeOnly => Refusal::WholeOnly,
        Ruled::Cancelled => Refusal::Cancelled,
        Ruled::NotAuthorised => Refusal::NotAuthorised,
        Ruled::UnknownStage(_) => Refusal::StrangeStage,
        Ruled::TooMuch { .. } => Refusal::TooMuch,
    }
}

fn kind(step: Step) -> ActionKind {
    match step {
        Step::CancelCapture => ActionKind::CancelCapture,
        Step::Abandon => ActionKind::Abandon,
        Step::Refund => ActionKind::Refund,
    }
}

fn action(terms: &RefundTerms, step: Step) -> Option<CardAction> {
    let trade = trade(terms)?;
    match step {
        Step::CancelCapture => Some(trade.cancel_capture()),
        Step::Abandon => Some(trade.abandon()),
        Step::Refund => trade.refund(amount(terms.amount)?).ok(),
    }
}

fn trade(terms: &RefundTerms) -> Option<CardTrade> {
    let card = terms.card()?;
    Some(CardTrade {
        number: trade_number(terms.attempt()?),
        trade_no: TradeNo::parse(&card.trade_no).ok()?,
        amount: amount(terms.brought)?,
    })
}

fn amount(money: Money) -> Option<Amount> {
    u32::try_from(money.as_dollars()).ok().and_then(|dollars| Amount::new(dollars).ok())
}

fn wall_clock(at: Timestamp) -> Option<TaipeiTime> {
    TaipeiTime::from_unix(at.unix_seconds()).ok()
}

/// The gateway's own words, as they are shown and kept: one line, not longer than a slip is wide.
fn tidy(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(clock: &str) -> Timestamp {
        let unix = TaipeiTime::parse(&format!("2026/06/30 {clock}")).expect("a time").unix();
        Timestamp::from_unix_ms(unix * 1_000)
    }

    fn until(step: Step, clock: &str) -> Option<String> {
        allowed_at(step, at(clock), Closing::Automatic).map(|at| at.to_string())
    }

    #[test]
    fn nothing_is_sent_within_a_minute_of_the_daily_closing() {
        for (clock, allowed) in [
            ("20:13:59", None),
            ("20:14:00", Some("2026-06-30 20:31:00")),
            ("20:20:00", Some("2026-06-30 20:31:00")),
            ("20:29:59", Some("2026-06-30 20:31:00")),
            ("20:30:00", None),
        ] {
            assert_eq!(until(Step::Refund, clock).as_deref(), allowed, "{clock}");
        }
        assert_eq!(until(Step::CancelCapture, "20:40:00").as_deref(), Some("2026-07-01 06:01:00"));
        assert_eq!(until(Step::CancelCapture, "05:00:00").as_deref(), Some("2026-06-30 06:01:00"));
        assert_eq!(allowed_at(Step::Refund, at("20:20:00"), Closing::Manual), None);
    }

    #[test]
    fn part_of_what_is_not_captured_waits_for_the_next_closing() {
        assert_eq!(after_the_closing(at("13:00:00")).to_string(), "2026-06-30 20:31:00");
        assert_eq!(after_the_closing(at("20:30:00")).to_string(), "2026-07-01 20:31:00");
    }
}
