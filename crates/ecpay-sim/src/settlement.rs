//! What becomes of a card payment after its authorisation: captured, given back or let go of, exactly by the table of
//! ECPay docs 2885 and 45919. Pure: `now_ms` is an argument, and what the evening and the bank have done by then is worked
//! out whenever somebody looks.

use ecpay::ActionKind;

use crate::cards::Kind;
use crate::order::Charge;
use crate::taipei::{self, DAY_MS, MINUTE_MS};

/// The daily closing starts: 20:15.
const CLOSING_FROM_MS: i64 = (20 * 60 + 15) * MINUTE_MS;
/// The daily closing is over: 20:30.
const CLOSING_UNTIL_MS: i64 = (20 * 60 + 30) * MINUTE_MS;
/// What was closed in the evening can be taken back from then on: 06:00.
const CANCELLING_FROM_MS: i64 = 6 * 60 * MINUTE_MS;
/// The bank has done what the evening before asked for. The real hour is unknown; ECPay's statements of a day are there
/// at 14:00 of the next (ECPay doc 2898).
const BANK_DONE_MS: i64 = 14 * 60 * MINUTE_MS;
/// Captures later than this after the authorisation are refused, and authorisations older than that are dropped.
const CAPTURE_WITHIN_MS: i64 = 21 * DAY_MS;
const DROPPED_AFTER_MS: i64 = 90 * DAY_MS;

/// Who asks for the capture of authorised payments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// The gateway, every evening at 20:15: the setting that shops start with.
    #[default]
    Automatic,
    /// The shop, payment by payment.
    Manual,
}

/// How far the money of a card payment has come, and how far a line of its captures and refunds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CardStage {
    /// 已授權.
    Authorised,
    /// 要關帳: it goes to the bank with the next closing.
    ToBeCaptured,
    /// 已關帳: the money has moved.
    Captured,
    /// 操作取消: the request to capture was taken back; the authorisation stands.
    OperationCancelled,
    /// 已取消: nothing is held.
    Cancelled,
}

/// One capture or refund (關帳明細).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// How far it has come.
    pub stage: CardStage,
    /// Dollars: what is taken, or below zero what is given back.
    pub amount: i64,
    /// When it was asked for.
    pub at_ms: i64,
    /// When the bank will have done it.
    done_ms: i64,
}

/// What the card or the contract rules out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Product {
    OneOff,
    /// Instalments: all or nothing.
    WholeOnly,
    /// Captured with the authorisation.
    UnionPay,
}

/// Why an action is not done. The codes of the real gateway are not published: only the unknown order's `0` and
/// `error_overDate` are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// Not in this stage.
    Stage,
    /// Not this amount.
    Amount,
    /// Instalments go back as a whole.
    WholeOnly,
    /// UnionPay's capture cannot be taken back.
    UnionPay,
    /// Between 20:15 and 20:30.
    ClosingNow,
    /// Closed by the evening, and not yet 06:00.
    TooEarly,
    /// More than 21 days after the authorisation.
    OverDate,
    /// The merchant's account has too little.
    Balance,
}

impl Denial {
    /// `RtnMsg`.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Stage => "訂單狀態不符，無法執行此動作",
            Self::Amount => "金額不符",
            Self::WholeOnly => "分期交易僅能全額退刷",
            Self::UnionPay => "銀聯卡交易無法取消關帳",
            Self::ClosingNow => "關帳作業中，請稍後再試",
            Self::TooEarly => "系統自動關帳之訂單，請於隔日06:00後再取消",
            Self::OverDate => "error_overDate",
            Self::Balance => "帳戶餘額不足",
        }
    }
}

/// One authorised card payment. Also for a gateway of one's own: the seeded simulation has one.
#[derive(Clone, Debug)]
pub struct Settlement {
    authorised_ms: i64,
    pub(crate) amount: i64,
    product: Product,
    stage: CardStage,
    /// The evening closed it, and not the shop.
    closed_by_evening: bool,
    pub(crate) lines: Vec<Line>,
}

impl Settlement {
    pub(crate) fn new(charge: &Charge, amount: i64, now_ms: i64) -> Self {
        let union_pay = charge.card.as_ref().is_some_and(|card| card.kind == Kind::UnionPay);
        let product = match charge.stages {
            _ if union_pay => Product::UnionPay,
            0 | 1 => Product::OneOff,
            _ => Product::WholeOnly,
        };
        let mut new = Self::of(product, amount, now_ms);
        if union_pay {
            new.stage = CardStage::Captured;
            new.lines.push(Line { stage: CardStage::Captured, amount, at_ms: now_ms, done_ms: now_ms });
        }
        new
    }

    /// A payment of any other card, all at once.
    #[must_use]
    pub fn one_off(amount: i64, now_ms: i64) -> Self {
        Self::of(Product::OneOff, amount, now_ms)
    }

    /// One that goes back as a whole or not at all.
    #[must_use]
    pub fn in_instalments(amount: i64, now_ms: i64) -> Self {
        Self::of(Product::WholeOnly, amount, now_ms)
    }

    fn of(product: Product, amount: i64, now_ms: i64) -> Self {
        Self {
            authorised_ms: now_ms,
            amount,
            product,
            stage: CardStage::Authorised,
            closed_by_evening: false,
            lines: Vec::new(),
        }
    }

    /// What was authorised, in dollars.
    #[must_use]
    pub fn amount(&self) -> i64 {
        self.amount
    }

    /// The captures and refunds so far.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub(crate) fn authorised_ms(&self) -> i64 {
        self.authorised_ms
    }

    /// The stage of the whole, as of the last [`catch_up`](Self::catch_up).
    #[must_use]
    pub fn stage(&self) -> CardStage {
        self.stage
    }

    /// What was captured, less what a capture was reduced by before it happened.
    #[must_use]
    pub fn captured(&self) -> i64 {
        let Some(capture) = self.lines.iter().rev().find(|line| line.amount > 0) else { return 0 };
        if capture.stage != CardStage::Captured {
            return 0;
        }
        let reductions = self.lines.iter().filter(|line| line.amount < 0 && line.at_ms < capture.done_ms);
        capture.amount + reductions.map(|line| line.amount).sum::<i64>()
    }

    /// What has gone back or is on its way, below zero lines only.
    #[must_use]
    pub fn refunded(&self) -> i64 {
        -self.lines.iter().map(|line| line.amount.min(0)).sum::<i64>()
    }

    /// What the shop keeps of it: what is captured or will be, less what goes back.
    pub(crate) fn kept(&self) -> i64 {
        match self.stage {
            CardStage::ToBeCaptured | CardStage::Captured => self.left(),
            CardStage::Authorised | CardStage::OperationCancelled | CardStage::Cancelled => 0,
        }
    }

    /// Does what the evenings and the bank have done until now.
    pub fn catch_up(&mut self, closing: Closing, now_ms: i64) {
        if self.stage == CardStage::Authorised && closing == Closing::Automatic {
            let evening_ms = evening_after(self.authorised_ms);
            if now_ms >= evening_ms {
                self.ask_for_capture(self.amount, evening_ms);
                self.closed_by_evening = true;
            }
        }
        let held = matches!(self.stage, CardStage::Authorised | CardStage::OperationCancelled);
        if held && now_ms >= self.authorised_ms.saturating_add(DROPPED_AFTER_MS) {
            self.stage = CardStage::Cancelled;
        }
        for line in &mut self.lines {
            if line.stage == CardStage::ToBeCaptured && now_ms >= line.done_ms {
                line.stage = CardStage::Captured;
                self.stage = CardStage::Captured;
            }
        }
    }

    /// Whether an action would be done now. `balance` is what the merchant's account has, if that is limited.
    ///
    /// # Errors
    /// Why it would not.
    pub fn check(
        &self,
        action: ActionKind,
        amount: i64,
        closing: Closing,
        balance: Option<i64>,
        now_ms: i64,
    ) -> Result<(), Denial> {
        use CardStage::{Authorised, Captured, OperationCancelled, ToBeCaptured};
        if amount <= 0 || amount > self.amount {
            return Err(Denial::Amount);
        }
        let whole = amount == self.amount;
        match (action, self.stage) {
            (ActionKind::Capture, Authorised) => {
                if now_ms > self.authorised_ms.saturating_add(CAPTURE_WITHIN_MS) {
                    return Err(Denial::OverDate);
                }
                if whole || self.product != Product::WholeOnly { Ok(()) } else { Err(Denial::WholeOnly) }
            }
            (ActionKind::Abandon, Authorised | OperationCancelled) => {
                if whole {
                    Ok(())
                } else {
                    Err(Denial::Amount)
                }
            }
            (ActionKind::CancelCapture, ToBeCaptured | Captured) if self.product == Product::UnionPay => {
                Err(Denial::UnionPay)
            }
            (ActionKind::CancelCapture, ToBeCaptured) => {
                let may_from_ms = self.lines.last().map_or(now_ms, |line| morning_after(line.at_ms));
                if self.closed_by_evening && closing == Closing::Automatic && now_ms < may_from_ms {
                    return Err(Denial::TooEarly);
                }
                // Of a reduced capture nothing is documented.
                if self.refunded() > 0 {
                    return Err(Denial::Stage);
                }
                if whole || amount == self.left() { Ok(()) } else { Err(Denial::Amount) }
            }
            (ActionKind::Refund, ToBeCaptured | Captured) => {
                if self.product == Product::WholeOnly && (amount != self.left() || self.refunded() > 0) {
                    return Err(Denial::WholeOnly);
                }
                // What is still to be captured goes back as a whole by taking the capture back.
                if amount > self.left() || (self.stage == ToBeCaptured && amount == self.left()) {
                    return Err(if amount > self.left() { Denial::Amount } else { Denial::Stage });
                }
                let covered = self.stage == ToBeCaptured || balance.is_none_or(|balance| amount <= balance);
                if covered { Ok(()) } else { Err(Denial::Balance) }
            }
            _ => Err(Denial::Stage),
        }
    }

    /// Does an action that [`check`](Self::check) has allowed; returns what it takes from the merchant's account.
    pub fn act(&mut self, action: ActionKind, amount: i64, now_ms: i64) -> i64 {
        match action {
            ActionKind::Capture => {
                self.ask_for_capture(amount, now_ms);
                0
            }
            ActionKind::Abandon => {
                self.stage = CardStage::Cancelled;
                0
            }
            ActionKind::CancelCapture => {
                self.stage = CardStage::OperationCancelled;
                for line in &mut self.lines {
                    line.stage = CardStage::OperationCancelled;
                }
                0
            }
            ActionKind::Refund => {
                let reduces = self.stage == CardStage::ToBeCaptured;
                let done_ms = match self.lines.last() {
                    Some(capture) if reduces => capture.done_ms,
                    _ => bank_done(now_ms),
                };
                let stage = CardStage::ToBeCaptured;
                self.lines.push(Line { stage, amount: -amount, at_ms: now_ms, done_ms });
                if reduces { 0 } else { amount }
            }
        }
    }

    fn ask_for_capture(&mut self, amount: i64, at_ms: i64) {
        self.stage = CardStage::ToBeCaptured;
        self.lines.push(Line { stage: CardStage::ToBeCaptured, amount, at_ms, done_ms: bank_done(at_ms) });
    }

    /// What is taken or will be, less what goes back.
    fn left(&self) -> i64 {
        self.lines.iter().map(|line| line.amount).sum()
    }
}

/// Whether the daily closing is going on.
#[must_use]
pub fn closing_now(now_ms: i64) -> bool {
    let into_day_ms = now_ms - taipei::start_of_day(now_ms);
    (CLOSING_FROM_MS..CLOSING_UNTIL_MS).contains(&into_day_ms)
}

/// The first 20:15 after this moment.
fn evening_after(at_ms: i64) -> i64 {
    let evening_ms = taipei::start_of_day(at_ms) + CLOSING_FROM_MS;
    if at_ms < evening_ms { evening_ms } else { evening_ms + DAY_MS }
}

/// 06:00 of the day after.
fn morning_after(at_ms: i64) -> i64 {
    taipei::start_of_day(at_ms) + DAY_MS + CANCELLING_FROM_MS
}

/// When the bank has done what was asked for at this moment: the day after the next closing. What the closing itself
/// asks for goes with it.
fn bank_done(at_ms: i64) -> i64 {
    let evening_ms = evening_after(at_ms - 1);
    taipei::start_of_day(evening_ms) + DAY_MS + BANK_DONE_MS
}
