//! The handle: the world behind a lock, the clock, the courier, and the deliveries between them.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::clock::{Clock, GatewayClock};
use crate::courier::Courier;
use crate::faults::{ActionFault, CardQueryFault, Door, Endpoint, Fault, Hang, Outcome, QueryFault};
use crate::http;
use crate::method::Method;
use crate::notice::{Delivery, DeliveryResult};
use crate::options::Options;
use crate::order::{Charge, OrderKey};
use crate::settlement::Closing;
use crate::view::OrderView;
use crate::world::{Finish, Parcel, Refusal, Task, World, result_of};

/// A gateway that behaves like ECPay, and misbehaves on request. Cheap to clone; all clones are the same gateway.
#[derive(Clone)]
pub struct Simulator {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    clock: GatewayClock,
    courier: Arc<dyn Courier>,
    /// Rings when something new may be due.
    bell: Notify,
    hold: Duration,
    notice_timeout: Duration,
}

impl Simulator {
    /// A gateway with no orders. Opens nothing and starts nothing.
    #[must_use]
    pub fn new(options: Options, courier: Arc<dyn Courier>) -> Self {
        let inner = Inner {
            clock: GatewayClock::new(options.clock.clone()),
            hold: Duration::from_millis(options.hold_ms),
            notice_timeout: Duration::from_millis(options.notice_timeout_ms),
            world: Mutex::new(World::new(options)),
            courier,
            bell: Notify::new(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// ECPay's paths, the pages, and the control API under `/_control/`. Whoever mounts this without
    /// [`serve`](Self::serve) should also run [`drive`](Self::drive), or nothing is ever repeated.
    pub fn router(&self) -> axum::Router {
        http::router(self.clone())
    }

    /// Serves until dropped, and keeps [`drive`](Self::drive) going meanwhile.
    ///
    /// # Errors
    /// When the listener fails for good.
    pub async fn serve(&self, listener: TcpListener) -> io::Result<()> {
        tokio::select! {
            served = async { axum::serve(listener, self.router()).await } => served,
            () = self.drive() => Ok(()),
        }
    }

    /// Makes repeats and delayed notices happen at their time on the system clock. Never returns. On a manual clock
    /// there is nothing to do: see [`advance`](Self::advance).
    pub async fn drive(&self) {
        loop {
            let wait = match self.world().next_due_ms() {
                Some(due_ms) if !self.inner.clock.is_manual() => {
                    let wait_ms = due_ms.saturating_sub(self.now_ms()).max(0);
                    Some(Duration::from_millis(u64::try_from(wait_ms).unwrap_or(0)))
                }
                _ => None,
            };
            match wait {
                None => self.inner.bell.notified().await,
                Some(wait) => {
                    let rung = tokio::time::timeout(wait, self.inner.bell.notified()).await;
                    if rung.is_err() {
                        self.run_due().await;
                    }
                }
            }
        }
    }

    /// The gateway's time, in Unix milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.inner.clock.now_ms()
    }

    /// Lets time pass, and everything that falls due on the way happen, in order and each at its own time.
    pub async fn advance(&self, by: Duration) {
        let by_ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        let target_ms = self.now_ms().saturating_add(by_ms);
        loop {
            let due_ms = self.world().next_due_ms();
            match due_ms {
                Some(due_ms) if due_ms <= target_ms => {
                    self.inner.clock.advance_to(due_ms);
                    self.run_due().await;
                }
                _ => break,
            }
        }
        self.inner.clock.advance_to(target_ms);
        self.inner.bell.notify_one();
    }

    /// Does everything that is due now. For whoever moves a shared [`Clock::Manual`] without
    /// [`advance`](Self::advance).
    pub async fn run_due(&self) {
        loop {
            let task = self.world().pop_due(self.now_ms());
            match task {
                None => return,
                Some(Task::Deliver(delivery)) => self.deliver(delivery).await,
                Some(Task::Settle(key)) => {
                    let told = self.world().settle(&key, self.now_ms());
                    if let Some(delivery) = told {
                        self.deliver(delivery).await;
                    }
                }
            }
        }
    }

    // ---- what a test may ask for

    /// How the next payment ends; later calls queue behind. Without any, payments succeed.
    pub fn next_outcome(&self, outcome: Outcome) {
        self.world().expect_outcome(outcome);
    }

    /// How the next notice goes wrong; later calls queue behind.
    pub fn fail_next_notice(&self, fault: Fault) {
        self.world().expect_fault(Door::Notice, fault);
    }

    /// How the next return through the payer's browser goes wrong; later calls queue behind.
    pub fn fail_next_browser_return(&self, fault: Fault) {
        self.world().expect_fault(Door::Browser, fault);
    }

    /// How the next answer of QueryTradeInfo goes wrong; later calls queue behind.
    pub fn fail_next_query(&self, fault: QueryFault) {
        self.world().expect_query_fault(fault);
    }

    /// How the next DoAction goes wrong, form or envelope; later calls queue behind.
    pub fn fail_next_action(&self, fault: ActionFault) {
        self.world().expect_action_fault(fault);
    }

    /// How the next answer about a card payment goes wrong, form or envelope; later calls queue behind.
    pub fn fail_next_card_query(&self, fault: CardQueryFault) {
        self.world().expect_card_query_fault(fault);
    }

    /// Who asks for the capture of card payments from now on.
    pub fn set_closing(&self, closing: Closing) {
        let now_ms = self.now_ms();
        self.world().set_closing(closing, now_ms);
    }

    /// What a merchant's account has, in dollars; `None` is always enough.
    pub fn set_balance(&self, merchant_id: &str, dollars: Option<i64>) {
        self.world().set_balance(merchant_id, dollars);
    }

    /// What a merchant's account has, in dollars, if that is limited.
    #[must_use]
    pub fn balance(&self, merchant_id: &str) -> Option<i64> {
        self.world().balance(merchant_id)
    }

    /// Changes a merchant's keys, from one moment to the next: what is signed from here on is signed with these, deliveries
    /// of older notices included, and nothing signed with the old ones is taken. Says whether the merchant is known.
    pub fn set_keys(&self, keys: ecpay::Merchant) -> bool {
        self.world().set_keys(keys)
    }

    /// Begins or ends maintenance: as long as it lasts, every one of ECPay's paths answers 503 with a page for people.
    pub fn set_maintenance(&self, on: bool) {
        self.world().maintenance = on;
    }

    /// Lets the next request to this address hang for [`Options::hold_ms`], before or after its effect.
    pub fn hang_next(&self, endpoint: Endpoint, hang: Hang) {
        self.world().expect_hang(endpoint, hang);
    }

    /// Gives money of a captured card payment back as a person does in the back office: the shop's till hears of it from
    /// the next statement alone. Whether that could be done.
    pub fn refund_in_console(&self, number: &str, dollars: i64) -> bool {
        let now_ms = self.now_ms();
        let mut world = self.world();
        let closing = world.options.closing;
        let Some(key) = world.find(number).map(|order| order.key.clone()) else { return false };
        let Some(settlement) = world.settlement_mut(&key, now_ms) else { return false };
        let refund = ecpay::ActionKind::Refund;
        let allowed = settlement.check(refund, dollars, closing, None, now_ms).is_ok();
        if allowed {
            settlement.act(refund, dollars, now_ms);
        }
        allowed
    }

    /// Starts the 30 minutes of 403 for this merchant, as if it had asked too often.
    pub fn force_403(&self, merchant_id: &str) {
        let now_ms = self.now_ms();
        self.world().gate.silence(merchant_id, now_ms);
    }

    /// Forgets outcomes and faults that still wait; notices held back for reordering go out.
    pub async fn clear_expectations(&self) {
        let now_ms = self.now_ms();
        self.world().clear_expectations(now_ms);
        self.run_due().await;
    }

    /// Pays an order without its pages: by TWQR while its QR is shown, by a test card, by any method it offers. A waiting
    /// outcome applies.
    ///
    /// # Errors
    /// [`Refusal`].
    pub async fn pay_order(&self, number: &str, method: Method) -> Result<(), Refusal> {
        self.end_order(number, method, None).await
    }

    /// Refuses an order without its pages, with this code; TradeStatus stays 0 and it may still be paid.
    ///
    /// # Errors
    /// [`Refusal`].
    pub async fn decline_order(&self, number: &str, method: Method, code: &str) -> Result<(), Refusal> {
        self.end_order(number, method, Some(Outcome::Decline { code: code.to_owned() })).await
    }

    async fn end_order(&self, number: &str, method: Method, forced: Option<Outcome>) -> Result<(), Refusal> {
        let key = self.world().find(number).ok_or(Refusal::Unknown)?.key.clone();
        let sub = method.subs().first().map_or("", |sub| sub.code);
        self.finish(&key, Charge::by(method, sub), forced).await.map(|_| ())
    }

    /// Pays the account, store code or barcodes issued for an order, as a customer would days later.
    ///
    /// # Errors
    /// [`Refusal`]; an expired code cannot be paid.
    pub async fn pay_code(&self, number: &str) -> Result<(), Refusal> {
        let now_ms = self.now_ms();
        let told = {
            let mut world = self.world();
            let key = world.find(number).ok_or(Refusal::Unknown)?.key.clone();
            world.pay_code(&key, now_ms)?
        };
        self.deliver_all(told.into_iter().collect()).await;
        Ok(())
    }

    /// 模擬付款 in the back office: a notice with SimulatePaid=1 and no change of the order (ECPay doc 2856).
    ///
    /// # Errors
    /// [`Refusal::Unknown`].
    pub async fn simulate_paid(&self, number: &str) -> Result<(), Refusal> {
        let now_ms = self.now_ms();
        let told = {
            let mut world = self.world();
            let key = world.find(number).ok_or(Refusal::Unknown)?.key.clone();
            world.simulate_paid(&key, now_ms)?
        };
        self.deliver_all(told.into_iter().collect()).await;
        Ok(())
    }

    /// Delivers an order's latest notice once more, acknowledged or not.
    ///
    /// # Errors
    /// [`Refusal`].
    pub async fn deliver_again(&self, number: &str) -> Result<(), Refusal> {
        let delivery = {
            let world = self.world();
            let key = &world.find(number).ok_or(Refusal::Unknown)?.key;
            world.deliver_again(key)?
        };
        self.deliver_all(vec![delivery]).await;
        Ok(())
    }

    /// Every order, by merchant and number.
    #[must_use]
    pub fn orders(&self) -> Vec<OrderView> {
        let now_ms = self.now_ms();
        let world = self.world();
        world.orders().map(|order| OrderView::of(order, &world, now_ms)).collect()
    }

    /// The order with this number, whichever merchant's.
    #[must_use]
    pub fn order(&self, number: &str) -> Option<OrderView> {
        let now_ms = self.now_ms();
        let world = self.world();
        world.find(number).map(|order| OrderView::of(order, &world, now_ms))
    }

    // ---- for the pages

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        // A panic inside the lock would be a bug of ours; the orders are still the best there is.
        self.inner.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn shared_ms(&self) -> i64 {
        self.inner.clock.shared_ms()
    }

    /// The customer has done all that is asked. Notices are delivered before this returns, and even if the customer's
    /// browser goes away meanwhile.
    pub(crate) async fn finish(
        &self,
        key: &OrderKey,
        charge: Charge,
        forced: Option<Outcome>,
    ) -> Result<Finish, Refusal> {
        let now_ms = self.now_ms();
        let finish = match forced {
            None => self.world().finish(key, charge, now_ms)?,
            Some(outcome) => self.world().finish_as(key, charge, outcome, now_ms)?,
        };
        if let Finish::Done(deliveries) = &finish {
            self.deliver_all(deliveries.clone()).await;
        }
        Ok(finish)
    }

    pub(crate) async fn deliver_all(&self, deliveries: Vec<Delivery>) {
        let simulator = self.clone();
        // A task of its own: a handler is dropped when its browser hangs up, a notice must not be.
        let delivering = tokio::spawn(async move {
            for delivery in deliveries {
                simulator.deliver(delivery).await;
            }
            if simulator.inner.clock.is_manual() {
                simulator.run_due().await;
            } else {
                simulator.inner.bell.notify_one();
            }
        });
        if delivering.await.is_err() {
            tracing::error!("a delivery stopped halfway");
        }
    }

    pub(crate) async fn hold(&self) {
        tokio::time::sleep(self.inner.hold).await;
    }

    async fn deliver(&self, delivery: Delivery) {
        let parcel = self.world().pack(delivery);
        let (body, result) = match parcel {
            None => return,
            Some(Parcel::Keep(result)) => (String::new(), result),
            Some(Parcel::Send { url, body }) => {
                let carried = self.inner.courier.post_form(&url, body.clone().into_bytes());
                let reply = tokio::time::timeout(self.inner.notice_timeout, carried).await;
                (body, result_of(reply.unwrap_or_else(|_| Err("no answer within ten seconds".to_owned()))))
            }
        };
        tracing::debug!(purpose = ?delivery.purpose, result = outcome_word(&result), "notice");
        let now_ms = self.now_ms();
        self.world().note(delivery, body, result, now_ms);
    }
}

impl Default for Simulator {
    /// A gateway with the usual options that reaches nobody.
    fn default() -> Self {
        Self::new(Options { clock: Clock::System, ..Options::default() }, Arc::new(crate::courier::NoCourier))
    }
}

fn outcome_word(result: &DeliveryResult) -> &'static str {
    match result {
        DeliveryResult::Acknowledged => "acknowledged",
        DeliveryResult::Rejected { .. } => "rejected",
        DeliveryResult::Failed { .. } => "failed",
        DeliveryResult::Lost => "lost",
        DeliveryResult::Undeliverable => "undeliverable",
    }
}
