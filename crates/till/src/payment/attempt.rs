//! The attempt as its events leave it.

use serde::{Deserialize, Serialize};

use super::Method;
use super::evidence::{Door, Payment, PaymentCode, Says};
use crate::ids::{AttemptNumber, SaleNumber};
use crate::money::Money;
use crate::time::Timestamp;

/// What was agreed when the attempt was made. Never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Its number at the gateway, never used again.
    pub number: AttemptNumber,
    /// The sale it collects for.
    pub sale: SaleNumber,
    /// The frozen amount.
    pub amount: Money,
    /// The method asked for.
    pub method: Method,
    /// The merchant it is collected for.
    pub merchant: String,
    /// When it was made.
    pub created: Timestamp,
    /// When the pay page stops being offered.
    pub expires: Timestamp,
    /// Names the pay page, and nothing else; not guessable.
    pub link: String,
    /// Names the doors for this attempt's messages; not guessable.
    pub token: String,
    /// Where the pay page lives.
    pub page: Page,
}

/// Where a pay page lives, as far as it matters to the schedule of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// On the till, which sees it being opened: until then nobody can have paid.
    Ours,
    /// Somewhere that does not tell.
    Elsewhere,
}

/// What happened to an attempt, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AttemptEvent {
    /// It was made. Nothing has been sent.
    Intended {
        /// What was agreed.
        terms: Terms,
    },
    /// The pay page is up.
    Presented,
    /// A browser has fetched the pay page.
    Opened,
    /// The till is about to ask the gateway.
    Asked,
    /// The question brought no answer.
    Unanswered {
        /// Why.
        why: NoAnswer,
    },
    /// Something that moves no money was learned.
    Learned {
        /// Where it came in.
        door: Door,
        /// What it says.
        #[serde(flatten)]
        says: Says,
    },
    /// The payer's browser brought a signed "paid": to be confirmed by a question.
    Claimed {
        /// What it claims.
        payment: Payment,
    },
    /// It is paid: merchant, number and amount agree.
    Paid {
        /// Which door settled it.
        door: Door,
        /// How much and how.
        payment: Payment,
        /// The counter had given it up before.
        late: bool,
    },
    /// The gateway's answer agrees with the notice that settled it.
    Confirmed,
    /// A signed message says something that cannot be: another amount.
    Contradicted {
        /// Where it came in.
        door: Door,
        /// The amount it names.
        claimed: Money,
        /// How large this alarm's subject is known to be: over or under the agreed amount.
        over: bool,
    },
    /// A payment simulated in a back office, where only real money counts (PF-19).
    TestPaid,
    /// A signed notice settled it, and the gateway's own answers go on denying it: a key may be in the wrong hands.
    Doubted,
    /// The counter no longer offers it. It stays watched.
    Withdrawn {
        /// Why.
        why: Why,
    },
    /// Its money counts toward a sale.
    Applied {
        /// Which.
        sale: SaleNumber,
    },
    /// Its money counts toward no sale: a person decides.
    Unapplied {
        /// Why not.
        why: Unapplied,
    },
    /// A person has settled money no sale took.
    Resolved {
        /// How.
        choice: Choice,
    },
    /// A named manager lets the sale be collected again although nobody knows how this ended (PF-07).
    Released {
        /// Who.
        by: String,
        /// Why.
        reason: String,
    },
    /// A named manager says that it was paid, although the gateway has not answered (PF-60). Asked about until it has.
    Vouched {
        /// Who.
        by: String,
        /// Why.
        reason: String,
    },
    /// A person has seen its alarms.
    AlarmsSeen {
        /// Those up to this one, counted from the attempt's first; all there were, where nobody wrote it down.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        upto: Option<u32>,
    },
    /// The till has come back after being stopped while this was unsettled.
    Recovered,
    /// Unpaid long after it was withdrawn. A late message can still revive it.
    WatchEnded,
    /// Long after it was withdrawn nobody has said how it ended: its bank never made up its mind. No more questions; a
    /// person looks it up.
    LeftOpen,
    /// A person wants the gateway to be asked again about one whose watch has ended.
    Resumed,
}

/// Why a question brought no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoAnswer {
    /// It never left this machine.
    NotSent,
    /// It may have arrived; the answer did not.
    MaybeSent,
    /// HTTP 403: asked too often.
    Refused,
    /// An answer came that cannot be read, or is not signed by the gateway.
    Unreadable,
}

/// Why the counter no longer offers an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The cashier cancelled it.
    Cancelled,
    /// Another attempt for the same sale took its place.
    Superseded,
    /// Its time ran out.
    Expired,
    /// The sale was paid by other means.
    SalePaid,
}

/// Why money counts toward no sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unapplied {
    /// It came after the counter had given the attempt up (PF-01).
    Late,
    /// The sale was already paid (PF-02, PF-03).
    Second,
}

/// How a person settled money no sale took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// It counts toward its sale after all.
    AcceptedToSale,
    /// It was given back outside the gateway.
    RefundedByHand,
    /// It goes back to the card it came from: a refund of its own.
    RefundedToCard,
}

/// What is known of the money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Made; the page is not up.
    Created,
    /// The page is up.
    Presented,
    /// A browser has fetched the page.
    Opened,
    /// A try was declined; the customer may try again.
    Declined {
        /// The gateway's code.
        code: String,
    },
    /// A code was issued, to be paid later.
    CodeIssued {
        /// The code.
        code: PaymentCode,
        /// Until when it can be paid.
        deadline: Option<Timestamp>,
    },
    /// A browser brought a signed "paid" that no question has confirmed yet.
    Claimed {
        /// What it claims.
        payment: Payment,
    },
    /// The bank has not made up its mind.
    PendingAtBank,
    /// The last question brought no answer: we do not know.
    Unanswered {
        /// Why.
        why: NoAnswer,
    },
    /// A signed message named another amount: we do not know, and a person must look (PF-05).
    Contradicted {
        /// The amount it named.
        claimed: Money,
    },
    /// Paid.
    Paid {
        /// How much and how.
        payment: Payment,
        /// Asked about after the counter had given it up.
        late: bool,
        /// A question has confirmed it.
        confirmed: bool,
    },
}

/// Whether the counter still offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On the screen.
    Live,
    /// Given up, still watched.
    Withdrawn {
        /// Why.
        why: Why,
        /// Since when.
        since: Timestamp,
    },
}

/// What became of the money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Funds {
    /// None has come.
    None,
    /// It counts toward this sale.
    Applied(SaleNumber),
    /// A person has to decide.
    Unapplied(Unapplied),
    /// A person has decided.
    Resolved(Choice),
}

/// Something about an attempt that a person has to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alarm {
    /// A signed message named this amount instead of the agreed one.
    WrongAmount(Money),
    /// A simulated payment where only real money counts.
    TestPayment,
    /// A notice said paid, and the gateway's own answers deny it.
    Denied,
    /// A manager said paid, and the gateway never did.
    NeverConfirmed,
    /// A bank was to make up its mind, and nobody ever said how.
    LeftOpen,
}

/// What the till has asked, and will.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// Since when the customer can have paid.
    pub since: Option<Timestamp>,
    /// When the last question was asked.
    pub asked: Option<Timestamp>,
    /// A question is wanted from this moment, whatever the schedule says.
    pub soon: Option<Timestamp>,
    /// A browser has fetched the page.
    pub opened: bool,
    /// No more questions.
    pub ended: bool,
}

/// An attempt as its events leave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What was agreed.
    pub terms: Terms,
    /// What is known of the money.
    pub phase: Phase,
    /// Whether the counter still offers it.
    pub standing: Standing,
    /// What became of the money.
    pub funds: Funds,
    /// What the till has asked, and will.
    pub watch: Watch,
    /// Alarms nobody has seen yet.
    pub alarms: Vec<Alarm>,
    /// How many alarms somebody has seen before those.
    pub alarms_seen: u32,
    /// When the money, or the first unseen alarm, came.
    pub noted: Option<Timestamp>,
    /// The till was stopped while it was unsettled, and has had no answer since that it was unpaid then.
    pub recovered: bool,
    /// A manager has let the sale be collected again.
    pub released: bool,
    /// A manager has said that it was paid.
    pub vouched: bool,
    /// A browser has brought a signed "paid" at some time.
    pub claimed: bool,
}

impl Attempt {
    /// The attempt as its first event, [`AttemptEvent::Intended`], makes it; nothing for any other event.
    #[must_use]
    pub fn intended(event: &AttemptEvent) -> Option<Self> {
        let AttemptEvent::Intended { terms } = event else { return None };
        Some(Self {
            terms: terms.clone(),
            phase: Phase::Created,
            standing: Standing::Live,
            funds: Funds::None,
            watch: Watch::default(),
            alarms: Vec::new(),
            alarms_seen: 0,
            noted: None,
            recovered: false,
            released: false,
            vouched: false,
            claimed: false,
        })
    }

    /// Folds one more event in; `at` is when it was recorded.
    pub fn apply(&mut self, event: &AttemptEvent, at: Timestamp) {
        match event {
            AttemptEvent::Intended { terms } => self.terms = terms.clone(),
            AttemptEvent::Presented => {
                if self.phase == Phase::Created {
                    self.phase = Phase::Presented;
                }
                self.watch.since.get_or_insert(at);
            }
            AttemptEvent::Opened => {
                if matches!(self.phase, Phase::Created | Phase::Presented) {
                    self.phase = Phase::Opened;
                }
                // From here on the customer can pay: the schedule counts from this moment.
                self.watch.since = Some(at);
                self.watch.opened = true;
            }
            AttemptEvent::Asked => {
                self.watch.asked = Some(at);
                self.watch.soon = None;
            }
            AttemptEvent::Unanswered { why } => {
                if self.waits() {
                    self.phase = Phase::Unanswered { why: *why };
                }
            }
            AttemptEvent::Learned { door, says } => {
                if *door == Door::Query {
                    // It was not paid while the till was away: what comes from here on came by itself.
                    self.recovered = false;
                }
                self.learn(says, *door);
            }
            AttemptEvent::Claimed { payment } => {
                self.phase = Phase::Claimed { payment: payment.clone() };
                self.claimed = true;
                // Whatever was thought before: now somebody has to ask.
                self.watch.ended = false;
                self.watch.soon = Some(at);
            }
            AttemptEvent::Paid { door, payment, late } => {
                let confirmed = *door == Door::Query || payment.simulated;
                self.phase = Phase::Paid { payment: payment.clone(), late: *late, confirmed };
                self.watch.ended = confirmed;
                self.watch.soon = (!confirmed).then_some(at);
                self.noted = Some(at);
            }
            AttemptEvent::Confirmed => {
                if let Phase::Paid { confirmed, .. } = &mut self.phase {
                    *confirmed = true;
                }
                self.watch.ended = true;
            }
            AttemptEvent::Contradicted { claimed, .. } => {
                if !self.is_paid() {
                    self.phase = Phase::Contradicted { claimed: *claimed };
                    self.watch.soon = Some(at);
                }
                self.alarms.push(Alarm::WrongAmount(*claimed));
                self.noted.get_or_insert(at);
            }
            AttemptEvent::TestPaid => {
                self.alarms.push(Alarm::TestPayment);
                self.noted.get_or_insert(at);
            }
            AttemptEvent::Doubted => {
                self.alarms.push(Alarm::Denied);
                // Asking on would not make it clearer: a person and the statement decide.
                self.watch.ended = true;
                self.watch.soon = None;
            }
            AttemptEvent::Withdrawn { why } => {
                self.standing = Standing::Withdrawn { why: *why, since: at };
                // Whoever gave it up wants to know whether it was paid a moment ago.
                if self.can_have_been_paid() && !self.is_paid() {
                    self.watch.soon = Some(at);
                }
            }
            AttemptEvent::Applied { sale } => self.funds = Funds::Applied(sale.clone()),
            AttemptEvent::Unapplied { why } => self.funds = Funds::Unapplied(*why),
            AttemptEvent::Resolved { choice } => {
                if *choice != Choice::AcceptedToSale {
                    self.funds = Funds::Resolved(*choice);
                }
            }
            AttemptEvent::Released { .. } => self.released = true,
            AttemptEvent::Vouched { .. } => {
                self.vouched = true;
                self.watch.ended = false;
                self.watch.soon = Some(at);
            }
            AttemptEvent::AlarmsSeen { upto } => self.see_alarms(upto.unwrap_or(u32::MAX)),
            AttemptEvent::Recovered => {
                self.recovered = true;
                self.watch.soon = Some(at);
            }
            AttemptEvent::WatchEnded => {
                self.watch.ended = true;
                if self.is_unverified() {
                    self.alarms.push(Alarm::NeverConfirmed);
                    self.noted.get_or_insert(at);
                }
            }
            AttemptEvent::LeftOpen => {
                self.watch.ended = true;
                self.alarms.push(Alarm::LeftOpen);
                self.noted.get_or_insert(at);
            }
            AttemptEvent::Resumed => {
                self.watch.ended = false;
                self.watch.soon = Some(at);
            }
        }
    }

    /// The number of its last alarm, counted from the first it ever had.
    #[must_use]
    pub fn last_alarm(&self) -> u32 {
        self.alarms_seen.saturating_add(u32::try_from(self.alarms.len()).unwrap_or(u32::MAX))
    }

    /// Those up to this one are seen; one that came since is not.
    fn see_alarms(&mut self, upto: u32) {
        let upto = upto.min(self.last_alarm());
        let seen = usize::try_from(upto.saturating_sub(self.alarms_seen)).unwrap_or(usize::MAX);
        self.alarms.drain(..seen.min(self.alarms.len()));
        self.alarms_seen = upto.max(self.alarms_seen);
    }

    /// Whether money has moved, as far as is known.
    #[must_use]
    pub fn is_paid(&self) -> bool {
        matches!(self.phase, Phase::Paid { .. })
    }

    /// Whether its sale was paid on nothing but a manager's word so far.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.vouched && !self.is_paid()
    }

    /// Whether a manager can say that it was paid: a customer can have, nobody has said how it ended, and no other amount
    /// has been named.
    #[must_use]
    pub fn can_be_vouched_for(&self) -> bool {
        let open = match self.phase {
            Phase::Opened
            | Phase::Declined { .. }
            | Phase::Claimed { .. }
            | Phase::PendingAtBank
            | Phase::Unanswered { .. } => true,
            Phase::Created
            | Phase::Presented
            | Phase::CodeIssued { .. }
            | Phase::Contradicted { .. }
            | Phase::Paid { .. } => false,
        };
        open && self.can_have_been_paid() && self.funds == Funds::None && !self.vouched
    }

    /// Whether it keeps its sale from being collected again: unknown, and no manager has said anything.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.is_unknown() && !self.released && !self.vouched
    }

    /// The payment, once there is one.
    #[must_use]
    pub fn payment(&self) -> Option<&Payment> {
        match &self.phase {
            Phase::Paid { payment, .. } => Some(payment),
            _ => None,
        }
    }

    /// Whether the counter still offers it.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.standing == Standing::Live
    }

    /// Nothing more will happen to it by itself, and nobody has to look at it.
    #[must_use]
    pub fn at_rest(&self) -> bool {
        self.watch.ended && self.alarms.is_empty() && !matches!(self.funds, Funds::Unapplied(_))
    }

    /// Whether anybody can have submitted the page.
    #[must_use]
    pub fn can_have_been_paid(&self) -> bool {
        match self.phase {
            Phase::Created => false,
            Phase::Presented | Phase::Unanswered { .. } => {
                self.watch.opened || self.claimed || self.terms.page == Page::Elsewhere
            }
            _ => true,
        }
    }

    /// Whether it may have been paid for all anybody knows: then nobody is asked to pay again on a guess. A page that
    /// is merely open is not: the cashier sees the customer, and what is paid late is caught as late money.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        match &self.phase {
            Phase::Claimed { .. } | Phase::PendingAtBank | Phase::Contradicted { .. } => true,
            Phase::Unanswered { .. } => self.can_have_been_paid(),
            Phase::Created
            | Phase::Presented
            | Phase::Opened
            | Phase::Declined { .. }
            | Phase::CodeIssued { .. }
            | Phase::Paid { .. } => false,
        }
    }

    /// Whether a bank was to make up its mind, or a customer's browser said that it had, and no manager has said
    /// anything. "Not paid yet" says nothing new about it (PF-29).
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        matches!(self.phase, Phase::Claimed { .. } | Phase::PendingAtBank) && !self.vouched
    }

    /// Whether what is known is no more than "not paid yet": what a fresh answer may replace.
    fn waits(&self) -> bool {
        matches!(
            self.phase,
            Phase::Created | Phase::Presented | Phase::Opened | Phase::Declined { .. } | Phase::Unanswered { .. }
        )
    }

    fn learn(&mut self, says: &Says, door: Door) {
        // Somebody signed that money moved. A pushed message that says less is an older one that was overtaken, about an
        // earlier try on the same page; it must not free the sale to be collected again.
        let overtaken = door != Door::Query
            && match self.phase {
                Phase::Claimed { .. } | Phase::Contradicted { .. } => true,
                Phase::PendingAtBank => self.claimed,
                _ => false,
            };
        match says {
            // Money has its own event. Nothing may overwrite it.
            Says::Paid { .. } => {}
            _ if self.is_paid() || overtaken => {}
            Says::CodeIssued { code, deadline } => {
                if self.waits() || matches!(self.phase, Phase::CodeIssued { .. }) {
                    self.phase = Phase::CodeIssued { code: code.clone(), deadline: *deadline };
                }
            }
            Says::Pending => {
                if !matches!(self.phase, Phase::Contradicted { .. }) {
                    self.phase = Phase::PendingAtBank;
                }
            }
            Says::Declined { code } => {
                if self.waits() || matches!(self.phase, Phase::Claimed { .. } | Phase::PendingAtBank) {
                    self.phase = Phase::Declined { code: code.clone() };
                }
            }
            // An answer, even "not paid yet", ends not knowing; it does not end a claim or a bank's silence (PF-29).
            Says::Unpaid | Says::NotEstablished | Says::UnknownOrder => {
                if matches!(self.phase, Phase::Unanswered { .. }) {
                    self.phase = self.waiting_phase();
                } else if matches!(self.phase, Phase::Claimed { .. }) {
                    self.phase = Phase::PendingAtBank;
                }
            }
            Says::Other { .. } => {}
        }
    }

    fn waiting_phase(&self) -> Phase {
        match self.watch {
            Watch { opened: true, .. } => Phase::Opened,
            Watch { since: Some(_), .. } => Phase::Presented,
            Watch { since: None, .. } => Phase::Created,
        }
    }
}
