//! Everything the gateway knows, and every rule by which it changes. No I/O and no clock: `now_ms` is an argument.

use std::collections::{BTreeMap, VecDeque};

use ecpay::fields::{Fields, FieldsError};
use ecpay::keys::Merchant;

use crate::bucket::Gate;
use crate::chance::Chance;
use crate::checkout::{self, PageError};
use crate::courier::{CourierReply, is_invalid_host};
use crate::faults::{ActionFault, CardQueryFault, Door, Endpoint, Fault, Hang, Outcome, QueryFault};
use crate::issue;
use crate::method::Method;
use crate::notice::{self, DELIVERIES, Delivered, Delivery, DeliveryResult, Notice, NoticeKind, Purpose};
use crate::options::Options;
use crate::order::{Charge, Order, OrderKey, Payment, State, Told};
use crate::settlement::{Closing, Settlement};
use crate::taipei::{self, MINUTE_MS};

/// Deliveries remembered per order, and notices kept per order.
const REMEMBERED: usize = 64;
/// Faults and outcomes that may wait.
const MOST_WAITING: usize = 1_000;

pub(crate) struct World {
    pub(crate) options: Options,
    merchants: BTreeMap<String, Merchant>,
    /// Every one of ECPay's paths answers that it is being worked on.
    pub(crate) maintenance: bool,
    chance: Chance,
    orders: BTreeMap<OrderKey, Order>,
    tokens: BTreeMap<String, OrderKey>,
    notices: BTreeMap<u64, Notice>,
    last_notice: u64,
    tasks: BTreeMap<(i64, u64), Task>,
    last_task: u64,
    /// Deliveries held back until another notice has been delivered.
    held: VecDeque<Delivery>,
    outcomes: VecDeque<Outcome>,
    notice_faults: VecDeque<Fault>,
    browser_faults: VecDeque<Fault>,
    query_faults: VecDeque<QueryFault>,
    action_faults: VecDeque<ActionFault>,
    card_query_faults: VecDeque<CardQueryFault>,
    hangs: BTreeMap<Endpoint, VecDeque<Hang>>,
    pub(crate) gate: Gate,
    /// When each merchant asked for a statement last.
    pub(crate) statements: BTreeMap<String, i64>,
}

/// Something that happens by itself at its time.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    Deliver(Delivery),
    Settle(OrderKey),
}

/// What came of a customer's attempt to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finish {
    /// The order's state says what the customer sees; these notices are to be delivered first, in this order.
    Done(Vec<Delivery>),
    Declined(PageError),
}

/// What the courier is to do for one delivery.
pub(crate) enum Parcel {
    Send {
        url: String,
        body: String,
    },
    /// Nothing is sent; this is the result.
    Keep(DeliveryResult),
}

/// Why something asked for an order cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such order.
    Unknown,
    /// It is already paid, or settling.
    AlreadyPaid,
    /// No code was issued for it.
    NoCode,
    /// Its code has expired.
    Expired,
    /// It has no such method, bank or chain.
    NotOffered,
    /// Nothing was ever told about it.
    NoNotice,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unknown => "no such order",
            Self::AlreadyPaid => "the order is already paid",
            Self::NoCode => "no code was issued for the order",
            Self::Expired => "the code has expired",
            Self::NotOffered => "the order does not offer that",
            Self::NoNotice => "nothing was sent about the order yet",
        })
    }
}

impl std::error::Error for Refusal {}

impl World {
    pub(crate) fn new(options: Options) -> Self {
        let known = ecpay::stage::merchants().into_iter().chain(options.merchants.iter().cloned());
        Self {
            merchants: known.map(|merchant| (merchant.id.as_str().to_owned(), merchant)).collect(),
            maintenance: false,
            chance: Chance::new(options.seed),
            orders: BTreeMap::new(),
            tokens: BTreeMap::new(),
            notices: BTreeMap::new(),
            last_notice: 0,
            tasks: BTreeMap::new(),
            last_task: 0,
            held: VecDeque::new(),
            outcomes: VecDeque::new(),
            notice_faults: VecDeque::new(),
            browser_faults: VecDeque::new(),
            query_faults: VecDeque::new(),
            action_faults: VecDeque::new(),
            card_query_faults: VecDeque::new(),
            hangs: BTreeMap::new(),
            gate: Gate::new(options.rate_limit),
            statements: BTreeMap::new(),
            options,
        }
    }

    // ---- looking

    pub(crate) fn merchant(&self, id: &str) -> Option<&Merchant> {
        self.merchants.get(id)
    }

    /// Other keys for a merchant that is known.
    pub(crate) fn set_keys(&mut self, keys: Merchant) -> bool {
        match self.merchants.get_mut(keys.id.as_str()) {
            Some(merchant) => {
                *merchant = keys;
                true
            }
            None => false,
        }
    }

    pub(crate) fn order(&self, key: &OrderKey) -> Option<&Order> {
        self.orders.get(key)
    }

    pub(crate) fn order_of_token(&self, token: &str) -> Option<&Order> {
        self.tokens.get(token).and_then(|key| self.orders.get(key))
    }

    /// The order with this number, whichever merchant's; tests rarely care which.
    pub(crate) fn find(&self, number: &str) -> Option<&Order> {
        self.orders.values().find(|order| order.key.number == number)
    }

    pub(crate) fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.values()
    }

    // ---- the shop's order

    pub(crate) fn create(&mut self, form: Result<Fields, FieldsError>, now_ms: i64) -> Result<OrderKey, PageError> {
        let accepted = checkout::check(
            form,
            &self.options,
            |id| self.merchants.get(id).cloned(),
            |merchant_id, number| self.orders.contains_key(&key_of(merchant_id, number)),
        )?;
        if self.orders.len() >= self.options.max_orders {
            return Err(PageError::new("10100055", "Create Trade Fail."));
        }
        let key = key_of(&accepted.merchant_id, &accepted.number);
        let token = self.chance.token();
        let order = Order {
            key: key.clone(),
            token: token.clone(),
            trade_no: format!("{}{}", taipei::trade_no_prefix(now_ms), self.chance.digits(4)),
            created_ms: now_ms,
            asked: accepted.asked,
            amount: accepted.amount,
            offered: accepted.offered,
            state: State::Open,
            settlement: None,
            challenge: None,
            refused: None,
            delivered: Vec::new(),
            notices: Vec::new(),
        };
        self.tokens.insert(token, key.clone());
        self.orders.insert(key.clone(), order);
        Ok(key)
    }

    // ---- the customer on the page

    /// Remembers the card that waits for its password.
    pub(crate) fn challenge(&mut self, key: &OrderKey, charge: Charge) {
        if let Some(order) = self.orders.get_mut(key) {
            order.challenge = Some(charge);
        }
    }

    /// Whether this merchant's cards go through the 3-D Secure page.
    pub(crate) fn has_three_d(&self, key: &OrderKey) -> bool {
        !self.options.without_three_d.contains(&key.merchant_id)
    }

    /// The customer has done all that is asked; the waiting outcome decides how it ends.
    pub(crate) fn finish(&mut self, key: &OrderKey, charge: Charge, now_ms: i64) -> Result<Finish, Refusal> {
        self.check_payable(key, &charge)?;
        let outcome = self.outcomes.pop_front().unwrap_or_default();
        self.finish_as(key, charge, outcome, now_ms)
    }

    /// The same with a given outcome, for the simulator's own buttons.
    pub(crate) fn finish_as(
        &mut self,
        key: &OrderKey,
        charge: Charge,
        outcome: Outcome,
        now_ms: i64,
    ) -> Result<Finish, Refusal> {
        self.check_payable(key, &charge)?;
        let seconds = match outcome {
            Outcome::Decline { code } => return self.decline(key, &charge, &code),
            Outcome::Pay => None,
            Outcome::Pending { seconds } => Some((seconds, Told::Awaiting)),
            Outcome::Lag { seconds } => Some((seconds, Told::Success)),
        };
        let payment = self.payment(key, charge, now_ms);
        let mut first = self.tell_application(key, &payment, now_ms);
        let Some((seconds, told)) = seconds else {
            first.extend(self.settle_with(key, payment, now_ms));
            return Ok(Finish::Done(first));
        };
        let due_ms = now_ms.saturating_add(seconds.max(0).saturating_mul(1000));
        self.schedule(due_ms, Task::Settle(key.clone()));
        if let Some(order) = self.orders.get_mut(key) {
            let fields = notice::paid_fields(order, &payment, "10300066", AWAITING);
            order.state = State::Settling { payment, told };
            if told == Told::Awaiting {
                first.extend(self.tell(key, NoticeKind::Pending, "ReturnURL", fields, now_ms));
            }
        }
        Ok(Finish::Done(first))
    }

    /// A payment that began comes to its end.
    pub(crate) fn settle(&mut self, key: &OrderKey, now_ms: i64) -> Option<Delivery> {
        let order = self.orders.get_mut(key)?;
        let payment = match std::mem::replace(&mut order.state, State::Open) {
            State::Settling { payment, .. } => payment,
            other => {
                order.state = other;
                return None;
            }
        };
        self.settle_with(key, payment, now_ms)
    }

    /// Issues an account, a store code or barcodes.
    pub(crate) fn issue_code(
        &mut self,
        key: &OrderKey,
        method: Method,
        sub: &str,
        now_ms: i64,
    ) -> Result<Vec<Delivery>, Refusal> {
        let order = self.orders.get(key).ok_or(Refusal::Unknown)?;
        match order.state {
            State::Open => {}
            // Pressing the button twice shows the same code again.
            State::Coded(_) => return Ok(Vec::new()),
            State::Settling { .. } | State::Paid(_) | State::BnplRefused => return Err(Refusal::AlreadyPaid),
        }
        if !method.is_code() || !order.offered.contains(&method) || method.sub(sub).is_none() {
            return Err(Refusal::NotOffered);
        }
        let code = issue::code(order, method, sub, now_ms, &mut self.chance);
        let fields = notice::code_fields(order, &code);
        if let Some(order) = self.orders.get_mut(key) {
            order.state = State::Coded(code);
        }
        Ok(self.tell(key, NoticeKind::CodeIssued, "PaymentInfoURL", fields, now_ms).into_iter().collect())
    }

    /// What the browser carries back to the shop, signed, unless a fault loses it.
    pub(crate) fn browser_return(&mut self, key: &OrderKey, fields: &Fields) -> Option<Fields> {
        let fault = self.browser_faults.pop_front();
        if matches!(fault, Some(Fault::Drop { .. })) {
            return None;
        }
        let merchant = self.merchants.get(&key.merchant_id)?;
        Some(notice::signed(merchant, fields, fault.as_ref()))
    }

    // ---- the back office and the world outside

    /// Somebody pays an issued code, at a bank or in a store.
    pub(crate) fn pay_code(&mut self, key: &OrderKey, now_ms: i64) -> Result<Option<Delivery>, Refusal> {
        let code = match &self.orders.get(key).ok_or(Refusal::Unknown)?.state {
            State::Coded(code) => code.clone(),
            State::Open => return Err(Refusal::NoCode),
            State::Settling { .. } | State::Paid(_) | State::BnplRefused => return Err(Refusal::AlreadyPaid),
        };
        if code.expired(now_ms) {
            return Err(Refusal::Expired);
        }
        let mut payment = self.payment(key, Charge::by(code.method, &code.sub), now_ms);
        payment.extra.extend(issue::code_extra(&code));
        Ok(self.settle_with(key, payment, now_ms))
    }

    /// 模擬付款 in the back office: a notice with SimulatePaid=1, and no change of the order.
    pub(crate) fn simulate_paid(&mut self, key: &OrderKey, now_ms: i64) -> Result<Option<Delivery>, Refusal> {
        let order = self.orders.get(key).ok_or(Refusal::Unknown)?;
        let charge = match &order.state {
            State::Coded(code) => Charge::by(code.method, &code.sub),
            State::Paid(payment) | State::Settling { payment, .. } => payment.charge.clone(),
            State::Open | State::BnplRefused => {
                let method = order.offered.first().copied().unwrap_or(Method::Credit);
                Charge::by(method, method.subs().first().map_or("", |sub| sub.code))
            }
        };
        let payment = self.payment(key, charge, now_ms);
        let order = self.orders.get(key).ok_or(Refusal::Unknown)?;
        let fields = notice::simulated_fields(order, &payment);
        Ok(self.tell(key, NoticeKind::Simulated, "ReturnURL", fields, now_ms))
    }

    /// Delivers the order's latest notice once more, acknowledged or not.
    pub(crate) fn deliver_again(&self, key: &OrderKey) -> Result<Delivery, Refusal> {
        let order = self.orders.get(key).ok_or(Refusal::Unknown)?;
        let latest = order.notices.last().copied().ok_or(Refusal::NoNotice)?;
        Ok(Delivery { notice: latest, purpose: Purpose::Extra })
    }

    // ---- card payments after the fact

    /// What has become of a card payment by now.
    pub(crate) fn settlement_at(&self, order: &Order, now_ms: i64) -> Option<Settlement> {
        let mut settlement = order.settlement.clone()?;
        settlement.catch_up(self.options.closing, now_ms);
        Some(settlement)
    }

    pub(crate) fn settlement_mut(&mut self, key: &OrderKey, now_ms: i64) -> Option<&mut Settlement> {
        let settlement = self.orders.get_mut(key)?.settlement.as_mut()?;
        settlement.catch_up(self.options.closing, now_ms);
        Some(settlement)
    }

    /// From now on. What the evenings have done before stays done.
    pub(crate) fn set_closing(&mut self, closing: Closing, now_ms: i64) {
        for settlement in self.orders.values_mut().filter_map(|order| order.settlement.as_mut()) {
            settlement.catch_up(self.options.closing, now_ms);
        }
        self.options.closing = closing;
    }

    /// What the merchant's account has, if that is limited.
    pub(crate) fn balance(&self, merchant_id: &str) -> Option<i64> {
        self.options.balances.get(merchant_id).copied()
    }

    pub(crate) fn set_balance(&mut self, merchant_id: &str, dollars: Option<i64>) {
        match dollars {
            Some(dollars) => drop(self.options.balances.insert(merchant_id.to_owned(), dollars)),
            None => drop(self.options.balances.remove(merchant_id)),
        }
    }

    pub(crate) fn take_from_balance(&mut self, merchant_id: &str, dollars: i64) {
        if let Some(balance) = self.options.balances.get_mut(merchant_id) {
            *balance = balance.saturating_sub(dollars);
        }
    }

    // ---- what tests ask for

    pub(crate) fn expect_outcome(&mut self, outcome: Outcome) {
        push_bounded(&mut self.outcomes, outcome);
    }

    pub(crate) fn expect_fault(&mut self, door: Door, fault: Fault) {
        match door {
            Door::Notice => push_bounded(&mut self.notice_faults, fault),
            Door::Browser => push_bounded(&mut self.browser_faults, fault),
        }
    }

    pub(crate) fn expect_query_fault(&mut self, fault: QueryFault) {
        push_bounded(&mut self.query_faults, fault);
    }

    pub(crate) fn expect_action_fault(&mut self, fault: ActionFault) {
        push_bounded(&mut self.action_faults, fault);
    }

    pub(crate) fn take_action_fault(&mut self) -> Option<ActionFault> {
        self.action_faults.pop_front()
    }

    pub(crate) fn expect_card_query_fault(&mut self, fault: CardQueryFault) {
        push_bounded(&mut self.card_query_faults, fault);
    }

    pub(crate) fn take_card_query_fault(&mut self) -> Option<CardQueryFault> {
        self.card_query_faults.pop_front()
    }

    pub(crate) fn expect_hang(&mut self, endpoint: Endpoint, hang: Hang) {
        push_bounded(self.hangs.entry(endpoint).or_default(), hang);
    }

    pub(crate) fn take_hang(&mut self, endpoint: Endpoint) -> Option<Hang> {
        self.hangs.get_mut(&endpoint).and_then(VecDeque::pop_front)
    }

    pub(crate) fn take_query_fault(&mut self) -> Option<QueryFault> {
        self.query_faults.pop_front()
    }

    /// Forgets every outcome and fault that waits, and lets held notices go.
    pub(crate) fn clear_expectations(&mut self, now_ms: i64) {
        self.outcomes.clear();
        self.notice_faults.clear();
        self.browser_faults.clear();
        self.query_faults.clear();
        self.action_faults.clear();
        self.card_query_faults.clear();
        self.hangs.clear();
        self.release_held(now_ms);
    }

    // ---- deliveries

    /// When the next thing happens by itself.
    pub(crate) fn next_due_ms(&self) -> Option<i64> {
        self.tasks.keys().next().map(|(due_ms, _)| *due_ms)
    }

    pub(crate) fn pop_due(&mut self, now_ms: i64) -> Option<Task> {
        let (due, _) = self.tasks.first_key_value()?;
        let due = *due;
        if due.0 > now_ms { None } else { self.tasks.remove(&due) }
    }

    /// Makes up the body of one delivery.
    pub(crate) fn pack(&mut self, delivery: Delivery) -> Option<Parcel> {
        let notice = self.notices.get_mut(&delivery.notice)?;
        if is_invalid_host(&notice.url) {
            return Some(Parcel::Keep(DeliveryResult::Undeliverable));
        }
        if notice.to_lose > 0 && delivery.purpose != Purpose::Extra {
            notice.to_lose -= 1;
            return Some(Parcel::Keep(DeliveryResult::Lost));
        }
        let merchant = self.merchants.get(&notice.key.merchant_id)?;
        let again = delivery.purpose != Purpose::First;
        let genuine = match notice.kind {
            NoticeKind::Paid if again => notice::with(&notice.fields, "RtnMsg", "paid"),
            _ => notice.fields.clone(),
        };
        let fault = if again { None } else { notice.fault.take() };
        let signed = notice::signed(merchant, &genuine, fault.as_ref());
        Some(Parcel::Send { url: notice.url.clone(), body: signed.to_form() })
    }

    /// Notes what came of a delivery, and plans the repeat if one is due: four more, 5 to 15 minutes apart, on the
    /// same day (ECPay doc 2878).
    pub(crate) fn note(&mut self, delivery: Delivery, body: String, result: DeliveryResult, now_ms: i64) {
        let Some(notice) = self.notices.get_mut(&delivery.notice) else { return };
        notice.acknowledged |= result == DeliveryResult::Acknowledged;
        if delivery.purpose != Purpose::Extra {
            notice.made += 1;
        }
        let record = Delivered {
            at: taipei::second(now_ms),
            kind: notice.kind,
            purpose: delivery.purpose,
            url: notice.url.clone(),
            body,
            result: result.clone(),
        };
        if let Some(order) = self.orders.get_mut(&notice.key) {
            keep_last(&mut order.delivered, record);
        }
        let may_repeat = match result {
            DeliveryResult::Acknowledged | DeliveryResult::Undeliverable => false,
            DeliveryResult::Rejected { .. } | DeliveryResult::Failed { .. } | DeliveryResult::Lost => true,
        };
        if may_repeat && delivery.purpose != Purpose::Extra && !notice.acknowledged && notice.made < DELIVERIES {
            let due_ms = now_ms.saturating_add(self.chance.between(5 * MINUTE_MS, 15 * MINUTE_MS));
            if taipei::same_day(notice.posted_ms, due_ms) {
                self.schedule(due_ms, Task::Deliver(Delivery { purpose: Purpose::Repeat, ..delivery }));
            }
        }
        self.release_held(now_ms);
    }

    fn release_held(&mut self, now_ms: i64) {
        for delivery in std::mem::take(&mut self.held) {
            self.schedule(now_ms, Task::Deliver(delivery));
        }
    }

    /// Registers a notice; the delivery is for the caller to make now, unless a fault has put it off.
    fn tell(&mut self, key: &OrderKey, kind: NoticeKind, to: &str, fields: Fields, now_ms: i64) -> Option<Delivery> {
        let url = self.orders.get(key)?.asked(to).to_owned();
        if url.is_empty() {
            return None;
        }
        let fault = self.notice_faults.pop_front();
        let id = self.last_notice + 1;
        self.last_notice = id;
        let to_lose = match &fault {
            Some(Fault::Drop { deliveries }) => *deliveries,
            _ => 0,
        };
        let first = Delivery { notice: id, purpose: Purpose::First };
        let notice = Notice {
            key: key.clone(),
            kind,
            url,
            fields,
            posted_ms: now_ms,
            made: 0,
            to_lose,
            fault: fault.clone(),
            acknowledged: false,
        };
        self.notices.insert(id, notice);
        if let Some(order) = self.orders.get_mut(key)
            && let Some(forgotten) = keep_last(&mut order.notices, id)
        {
            self.notices.remove(&forgotten);
        }
        match fault {
            Some(Fault::Delay { seconds }) => {
                let due_ms = now_ms.saturating_add(seconds.max(0).saturating_mul(1000));
                self.schedule(due_ms, Task::Deliver(first));
                None
            }
            Some(Fault::Reorder) => {
                self.held.push_back(first);
                None
            }
            Some(Fault::Duplicate { copies }) => {
                for _ in 0..copies.min(20) {
                    self.schedule(now_ms, Task::Deliver(Delivery { purpose: Purpose::Extra, ..first }));
                }
                Some(first)
            }
            _ => Some(first),
        }
    }

    fn tell_application(&mut self, key: &OrderKey, payment: &Payment, now_ms: i64) -> Vec<Delivery> {
        if payment.charge.method != Method::Bnpl {
            return Vec::new();
        }
        let number = format!("BNPL{}", self.chance.digits(12));
        let Some(order) = self.orders.get(key) else { return Vec::new() };
        let fields = notice::bnpl_fields(order, payment, &number);
        self.tell(key, NoticeKind::CodeIssued, "PaymentInfoURL", fields, now_ms).into_iter().collect()
    }

    fn settle_with(&mut self, key: &OrderKey, payment: Payment, now_ms: i64) -> Option<Delivery> {
        let order = self.orders.get_mut(key)?;
        let fields = notice::paid_fields(order, &payment, "1", "交易成功");
        if payment.charge.method.is_card() {
            order.settlement = Some(Settlement::new(&payment.charge, order.amount, payment.at_ms));
        }
        order.state = State::Paid(payment);
        order.challenge = None;
        order.refused = None;
        self.tell(key, NoticeKind::Paid, "ReturnURL", fields, now_ms)
    }

    fn decline(&mut self, key: &OrderKey, charge: &Charge, code: &str) -> Result<Finish, Refusal> {
        let order = self.orders.get_mut(key).ok_or(Refusal::Unknown)?;
        order.challenge = None;
        order.refused = Some(code.to_owned());
        if charge.method == Method::Bnpl {
            order.state = State::BnplRefused;
            return Ok(Finish::Declined(PageError::pay_fail("10200163")));
        }
        Ok(Finish::Declined(PageError::pay_fail(code)))
    }

    fn check_payable(&self, key: &OrderKey, charge: &Charge) -> Result<(), Refusal> {
        let order = self.orders.get(key).ok_or(Refusal::Unknown)?;
        match order.state {
            State::Open => {}
            State::Coded(_) => return Err(Refusal::NotOffered),
            State::Settling { .. } | State::Paid(_) | State::BnplRefused => return Err(Refusal::AlreadyPaid),
        }
        let sub_fits = charge.method.subs().is_empty() || charge.method.sub(&charge.sub).is_some();
        if charge.method.is_code() || !order.offered.contains(&charge.method) || !sub_fits {
            return Err(Refusal::NotOffered);
        }
        Ok(())
    }

    fn payment(&mut self, key: &OrderKey, charge: Charge, now_ms: i64) -> Payment {
        let three_d = self.has_three_d(key);
        let extra = match self.orders.get(key) {
            Some(order) => issue::payment_extra(order, &charge, three_d, now_ms, &mut self.chance),
            None => Vec::new(),
        };
        Payment { at_ms: now_ms, charge, extra }
    }

    fn schedule(&mut self, due_ms: i64, task: Task) {
        self.last_task += 1;
        self.tasks.insert((due_ms, self.last_task), task);
    }
}

/// `RtnMsg` of 10300066.
pub(crate) const AWAITING: &str = "交易付款結果待確認中，請勿出貨";

pub(crate) fn key_of(merchant_id: &str, number: &str) -> OrderKey {
    OrderKey { merchant_id: merchant_id.to_owned(), number: number.to_owned() }
}

/// The result of a delivery from what the courier brought.
pub(crate) fn result_of(reply: Result<CourierReply, String>) -> DeliveryResult {
    match reply {
        Ok(reply) if reply.acknowledges() => DeliveryResult::Acknowledged,
        Ok(reply) => DeliveryResult::Rejected {
            status: reply.status,
            body: String::from_utf8_lossy(&reply.body).chars().take(80).collect(),
        },
        Err(reason) => DeliveryResult::Failed { reason },
    }
}

fn push_bounded<T>(queue: &mut VecDeque<T>, item: T) {
    if queue.len() < MOST_WAITING {
        queue.push_back(item);
    }
}

/// Appends, and returns what had to go so that the list stays short.
fn keep_last<T>(list: &mut Vec<T>, item: T) -> Option<T> {
    list.push(item);
    (list.len() > REMEMBERED).then(|| list.remove(0))
}
