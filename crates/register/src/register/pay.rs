//! Taking money: cash, and attempts through the gateway.

use std::borrow::Cow;
use std::time::Duration;

use till::event::Event;
use till::ids::AttemptNumber;
use till::money::Money;
use till::payment::{Action, AttemptEvent, Input, Rules, Terms, Why, decide};
use till::sale::SalePhase;
use till::time::Timestamp;

use super::Register;
use super::part::dollars;
use crate::command_error::CommandError;
use crate::ports::Chance;
use crate::translate;
use crate::view::{Method, MethodChoice};

impl Register {
    /// Takes cash for all that is owed and closes the sale, in one commit.
    ///
    /// # Errors
    /// When there is nothing to pay, the cash is not enough, or a payment is live or unknown.
    pub fn pay_cash(&mut self, received: i64, now: Timestamp) -> Result<(), CommandError> {
        let received = dollars(received)?;
        self.take(now, |sale| sale.pay_cash(received))
    }

    /// Asks for all that is owed through the gateway: makes an attempt and commits the intent. The page goes up by
    /// itself. When an attempt is live, this one takes its place and the other stays watched (PF-36).
    ///
    /// # Errors
    /// When there is nothing to pay, the method does not take the amount, an earlier payment is unknown (PF-07), or the
    /// gateway is out of service by its own announcement (PF-81).
    pub fn pay_online(&mut self, method: Method, now: Timestamp, chance: &dyn Chance) -> Result<(), CommandError> {
        self.pay_part_online(method, self.owed().as_dollars(), now, chance)
    }

    /// The same for a part of what is owed; the rest stays owed.
    ///
    /// # Errors
    /// As for all of it, and when the part is none.
    pub fn pay_part_online(
        &mut self,
        method: Method,
        part: i64,
        now: Timestamp,
        chance: &dyn Chance,
    ) -> Result<(), CommandError> {
        self.refuse_while_unknown()?;
        if let Some(until) = self.setup.maintenance_at(now) {
            return Err(CommandError::GatewayMaintenance { until_ms: until.unix_ms() });
        }
        let (mut events, sale) = self.open_sale()?;
        let amount = dollars(part)?;
        if amount > sale.due() {
            return Err(CommandError::BadAmount);
        }
        self.refuse_outside_limits(method, amount)?;
        if let Some(live) = self.live_attempt() {
            let attempt = self.attempts.get(&live).ok_or(CommandError::NoPayment)?;
            let withdrawn = decide(attempt, &Input::Withdraw(Why::Superseded), &self.setup.rules, now);
            events.extend(withdrawn.into_iter().map(|event| Event::Attempt(live.clone(), event)));
        }
        let (number, link, token) = self.unused_names(now, chance)?;
        let minutes = u64::from(self.setup.attempt_minutes.max(1));
        let terms = Terms {
            number: number.clone(),
            sale: sale.number.clone(),
            amount,
            method: method.into(),
            merchant: self.setup.merchant.id.to_string(),
            created: now,
            expires: now.plus(Duration::from_secs(minutes * 60)),
            link,
            token,
            page: self.place_for_a_page(),
        };
        events.push(Event::Attempt(number.clone(), AttemptEvent::Intended { terms }));
        let mut desk = self.desk.clone();
        desk.sale = Some(sale.number);
        desk.shown = Some(number);
        desk.closed = None;
        self.record(now, &events, desk)
    }

    /// A number, a link and a token that this journal has never used. Chance that repeats itself is asked again, a few
    /// times; the journal's own constraint stands behind this (PF-37).
    fn unused_names(
        &self,
        now: Timestamp,
        chance: &dyn Chance,
    ) -> Result<(AttemptNumber, String, String), CommandError> {
        const DRAWS: u32 = 8;
        let taken = |error: journal::ReadError| super::internal(&error);
        for _ in 0..DRAWS {
            let luck = u64::from_le_bytes(first_eight(&chance.draw()));
            let number = AttemptNumber::new(&self.setup.heading.till, now, luck);
            let (link, token) = (unguessable(chance), unguessable(chance));
            let used = self.attempts.contains_key(&number)
                || self.journal.attempt(&number).map_err(taken)?.is_some()
                || self.journal.attempt_by_link(&link).map_err(taken)?.is_some()
                || self.journal.attempt_by_token(&token).map_err(taken)?.is_some();
            if !used {
                return Ok((number, link, token));
            }
            tracing::warn!(%number, "drawn before; drawing again");
        }
        let message = "this computer gives no fresh random numbers: restart it before taking payments by QR".to_owned();
        Err(CommandError::Internal { message })
    }

    /// Gives up the payment on the screen. It stays watched: the customer may pay it all the same (PF-01).
    ///
    /// # Errors
    /// When there is none, or it is paid.
    pub fn cancel_payment(&mut self, now: Timestamp) -> Result<(), CommandError> {
        let number = self.desk.shown.clone().ok_or(CommandError::NoPayment)?;
        let attempt = self.attempt(&number)?.filter(|attempt| !attempt.is_paid()).ok_or(CommandError::NoPayment)?;
        let withdrawn = decide(&attempt, &Input::Withdraw(Why::Cancelled), &self.setup.rules, now);
        let events: Vec<Event> = withdrawn.into_iter().map(|event| Event::Attempt(number.clone(), event)).collect();
        let mut desk = self.desk.clone();
        desk.shown = None;
        self.record(now, &events, desk)
    }

    /// Asks the gateway about the payment on the screen now, within the same budget as everything else (PF-31).
    ///
    /// # Errors
    /// When there is none; or when the gateway must not be asked yet, and from when it will be.
    pub fn check_now(&mut self, now: Timestamp) -> Result<(), CommandError> {
        let number = self.desk.shown.clone().ok_or(CommandError::NoPayment)?;
        let attempt = self.attempts.get(&number).filter(|attempt| !attempt.watch.ended);
        if attempt.is_none() {
            return Err(CommandError::NoPayment);
        }
        // Wanted either way: what may not be asked now is asked as soon as it may.
        let under_way = self.asking.contains(&number);
        if !under_way {
            self.hurry.insert(number);
        }
        self.revision += 1;
        let free_at = self.budget.next(&self.setup.allowance, now);
        if under_way || free_at > now {
            return Err(CommandError::CheckLater { at_ms: free_at.unix_ms() });
        }
        Ok(())
    }

    /// What each method makes of the amount owed now.
    #[must_use]
    pub fn methods(&self) -> Vec<MethodChoice> {
        self.methods_for(self.owed().as_dollars())
    }

    /// What each method makes of a part of it.
    #[must_use]
    pub fn methods_for(&self, due: i64) -> Vec<MethodChoice> {
        let choice = |method: till::payment::Method| {
            let (min, max) = self.limits(method.into());
            let open = self.maintenance.is_none() && (min..=max).contains(&due);
            MethodChoice { method: method.into(), open, min, max, back_ms: self.maintenance.map(Timestamp::unix_ms) }
        };
        till::payment::Method::EVERY.into_iter().map(choice).collect()
    }

    /// What is owed for what lies on the counter: the cart as it is now, less what has come in for its sale.
    pub(super) fn owed(&self) -> Money {
        let total = self.desk.cart.totals().net;
        total.checked_sub(self.paid_in()).unwrap_or(total)
    }

    /// What has come in for the sale on the counter.
    pub(super) fn paid_in(&self) -> Money {
        self.desk.sale.as_ref().and_then(|number| self.sales.get(number)).map_or(Money::ZERO, till::sale::Sale::paid)
    }

    /// The live attempt of the sale on the counter.
    pub(super) fn live_attempt(&self) -> Option<AttemptNumber> {
        let sale = self.desk.sale.as_ref()?;
        self.attempts
            .iter()
            .find(|(_, attempt)| attempt.terms.sale == *sale && attempt.is_live() && !attempt.is_paid())
            .map(|(number, _)| number.clone())
    }

    /// Attempts of the sale on the counter that may have been paid for all anybody knows.
    pub(super) fn held_attempts(&self) -> Vec<AttemptNumber> {
        let Some(sale) = &self.desk.sale else { return vec![] };
        self.attempts
            .iter()
            .filter(|(_, attempt)| attempt.terms.sale == *sale && attempt.holds())
            .map(|(number, _)| number.clone())
            .collect()
    }

    /// Money that came late for the very sale on the counter: a person says what becomes of it before anybody is asked
    /// to pay again (PF-01).
    pub(super) fn waiting_money(&self) -> Option<Money> {
        let sale = self.desk.sale.as_ref()?;
        let waits = |attempt: &&till::payment::Attempt| {
            attempt.terms.sale == *sale && matches!(attempt.funds, till::payment::Funds::Unapplied(_))
        };
        self.attempts.values().find(waits).map(|attempt| attempt.terms.amount)
    }

    /// What an attempt wants, held back by the budget and by nothing else.
    pub(super) fn wanted(&self, number: &AttemptNumber, now: Timestamp) -> Option<(Timestamp, Action)> {
        let attempt = self.attempts.get(number)?;
        let due = till::payment::due(attempt, &self.rules_at(now));
        if self.hurry.contains(number) && due.is_none_or(|(at, _)| at > now) { Some((now, Action::Ask)) } else { due }
    }

    /// The rules as they stand now: while the gateway is out of service the attempts stay watched, at a slower pace.
    fn rules_at(&self, now: Timestamp) -> Cow<'_, Rules> {
        /// A question to a machine that is being worked on is most likely lost, and each one costs of the budget.
        const PACE_S: u64 = 5 * 60;
        match self.setup.maintenance_at(now) {
            Some(_) => Cow::Owned(self.setup.rules.no_faster_than(PACE_S)),
            None => Cow::Borrowed(&self.setup.rules),
        }
    }

    pub(super) fn refuse_while_unknown(&mut self) -> Result<(), CommandError> {
        if let Some(number) = self.desk.sale.clone()
            && self.sale(&number)?.is_some_and(|sale| sale.phase != SalePhase::Open)
        {
            return Err(CommandError::UnknownSale { sale: number.to_string() });
        }
        if let Some(amount) = self.waiting_money() {
            return Err(CommandError::MoneyWaiting { amount: amount.as_dollars() });
        }
        match self.held_attempts().into_iter().next() {
            Some(attempt) => Err(CommandError::OutcomeUnknown { attempt: attempt.to_string() }),
            None => Ok(()),
        }
    }

    fn refuse_outside_limits(&self, method: Method, amount: Money) -> Result<(), CommandError> {
        let (min, max) = self.limits(method);
        if (min..=max).contains(&amount.as_dollars()) {
            Ok(())
        } else {
            Err(CommandError::AmountOutOfLimits { method, min, max })
        }
    }

    /// What a method takes. The customer's choice takes what any method takes.
    fn limits(&self, method: Method) -> (i64, i64) {
        let of = |method: till::payment::Method| {
            self.setup
                .limits
                .range(translate::to_ecpay(method))
                .map(|range| (i64::from(range.min), i64::from(range.max)))
        };
        let whole = (1, till::cart::Cart::TOTAL_MAX.as_dollars());
        match method {
            Method::All => till::payment::Method::EVERY
                .into_iter()
                .filter_map(of)
                .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
                .unwrap_or(whole),
            method => of(method.into()).unwrap_or(whole),
        }
    }
}

fn first_eight(bytes: &[u8; 16]) -> [u8; 8] {
    let mut eight = [0; 8];
    eight.copy_from_slice(&bytes[..8]);
    eight
}

/// 128 bits of chance as 26 letters and digits (base 32, no padding).
fn unguessable(chance: &dyn Chance) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut rest = u128::from_le_bytes(chance.draw());
    let mut text = String::with_capacity(26);
    for _ in 0..26 {
        let at = usize::try_from(rest % 32).expect("less than 32");
        text.push(char::from(ALPHABET[at]));
        rest /= 32;
    }
    text
}
