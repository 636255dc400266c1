//! A refund as its events leave it.

use serde::{Deserialize, Serialize};

use super::evidence::{CardLook, Step};
use super::terms::{Back, HandWay, RefundTerms};
use crate::payment::NoAnswer;
use crate::time::Timestamp;

/// What happened to a refund, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "made one at a time, written down and dropped")]
pub enum RefundEvent {
    /// It was asked for. Nothing has been sent.
    Requested {
        /// What was agreed.
        terms: RefundTerms,
    },
    /// The till is about to ask the gateway how far the payment has come.
    Asked,
    /// The question brought no answer.
    Unanswered {
        /// Why.
        why: NoAnswer,
    },
    /// How far the payment has come.
    Found {
        /// What the gateway says.
        look: CardLook,
    },
    /// It may not be sent yet.
    Held {
        /// Not before.
        until: Timestamp,
        /// Why.
        why: Held,
    },
    /// What to send, going by the answer just found.
    Planned {
        /// What.
        step: Step,
    },
    /// The answer it was planned on is too old to send anything on.
    WentStale,
    /// The till is about to send this step.
    Sent {
        /// Which.
        step: Step,
    },
    /// It never left this machine.
    NotSent {
        /// Which.
        step: Step,
    },
    /// The gateway took it.
    Accepted {
        /// Which.
        step: Step,
    },
    /// The gateway says that it did not take it. Before anybody believes that, it is asked: the answer of a form is not
    /// signed, and one that is wrong would be paid for twice.
    Denied {
        /// Which.
        step: Step,
        /// Its code.
        code: String,
        /// Its words.
        message: String,
    },
    /// Nobody knows whether the gateway took it.
    Doubted {
        /// Which.
        step: Step,
        /// Why.
        why: NoAnswer,
    },
    /// The gateway's own figures show that it did.
    Happened {
        /// Which.
        step: Step,
    },
    /// The gateway's own figures show that it did not: it may be sent again.
    NotHappened {
        /// Which.
        step: Step,
    },
    /// The money is back, by the gateway's own figures.
    Settled,
    /// Accepted long ago, and still not settled: a person has to ask.
    Overdue,
    /// It cannot go back like this: a person decides.
    Refused {
        /// Why.
        why: Refusal,
    },
    /// A person has given the money back, outside the gateway.
    HandedBack {
        /// How.
        way: HandWay,
        /// Who.
        by: String,
        /// Who approved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved_by: Option<String>,
    },
    /// A person wants it tried again.
    Retried,
    /// It was given up before anything moved: the goods can come back another time.
    Dropped {
        /// Who gave it up.
        by: String,
    },
    /// A slip for the customer was made. `copy` 0 is the original.
    SlipMade {
        /// Which copy it was.
        copy: u32,
    },
}

impl RefundEvent {
    /// Whether nobody has to see to the refund any more, for now.
    #[must_use]
    pub const fn ends_a_task(&self) -> bool {
        match self {
            Self::Accepted { .. }
            | Self::Happened { .. }
            | Self::NotHappened { .. }
            | Self::Settled
            | Self::HandedBack { .. }
            | Self::Retried
            | Self::Dropped { .. } => true,
            Self::Requested { .. }
            | Self::Asked
            | Self::Unanswered { .. }
            | Self::Found { .. }
            | Self::Held { .. }
            | Self::Planned { .. }
            | Self::WentStale
            | Self::Sent { .. }
            | Self::NotSent { .. }
            | Self::Denied { .. }
            | Self::Doubted { .. }
            | Self::Overdue
            | Self::Refused { .. }
            | Self::SlipMade { .. } => false,
        }
    }
}

/// Why a refund waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// The gateway closes the day (20:15 to 20:30).
    DailyClosing,
    /// What was closed in the evening can be taken back from six in the morning.
    UntilMorning,
    /// Part of a payment can go back only once it is taken, which happens with the next closing.
    UntilCaptured,
}

/// Why a refund cannot go back like this.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Refusal {
    /// The gateway says no: too little in the shop's account, for example.
    Gateway {
        /// Its code.
        code: String,
        /// Its words.
        message: String,
    },
    /// The gateway knows no such card payment.
    NotFound,
    /// Nothing is held or taken any more.
    Cancelled,
    /// The bank never agreed to the payment.
    NotAuthorised,
    /// Part of a payment that the shop has not captured.
    NotCaptured,
    /// Instalments and bonus points go back as a whole.
    WholeOnly,
    /// Less is left at the gateway than is to go back.
    TooMuch,
    /// The gateway uses a word this program does not know.
    StrangeStage,
    /// The gateway's figures have changed in another way than this refund changes them.
    Unclear,
    /// Sent again and again, and it never happened.
    TooOften,
    /// It had no answer, and the gateway's list does not show it; but no list of this gateway has ever shown a refund, so
    /// that proves nothing.
    NotListed,
}

/// Where a refund stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The gateway is to be asked how far the payment has come.
    Requested,
    /// Not before that moment.
    Waiting {
        /// When.
        until: Timestamp,
        /// Why.
        why: Held,
    },
    /// The answer is there and says what to send.
    Ready {
        /// What.
        step: Step,
        /// The answer.
        before: CardLook,
        /// When it came.
        at: Timestamp,
    },
    /// A step is on its way to the gateway.
    Sent {
        /// Which.
        step: Step,
        /// What the gateway said before.
        before: CardLook,
        /// When it was sent.
        at: Timestamp,
    },
    /// Nobody knows whether the gateway took the step.
    Unsure {
        /// Which.
        step: Step,
        /// What the gateway said before.
        before: CardLook,
        /// When it was sent.
        at: Timestamp,
        /// The gateway's own "no", until its figures agree.
        denied: Option<(String, String)>,
    },
    /// The gateway has taken it; the money is not back yet.
    OnItsWay {
        /// Which step brings it back.
        step: Step,
        /// What the gateway said before it.
        before: CardLook,
        /// Since when.
        at: Timestamp,
        /// For longer than it should take: a person has to ask.
        overdue: bool,
    },
    /// A person is to give it back.
    ToHandOver,
    /// It cannot go back like this: a person decides.
    Refused {
        /// Why.
        why: Refusal,
        /// Since when.
        at: Timestamp,
    },
    /// The money is back.
    Done {
        /// How it went.
        how: How,
        /// When.
        at: Timestamp,
    },
    /// It was given up before anything moved.
    Dropped,
}

/// How money went back in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By the gateway's figures.
    Gateway,
    /// By a person.
    Hand(HandWay),
}

/// What the till has asked and sent, and will.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// When the last question was asked.
    pub asked: Option<Timestamp>,
    /// How many questions in a row have brought nothing new.
    pub asks: u32,
    /// How many steps were sent.
    pub sends: u32,
    /// A step of this refund was taken by the gateway: it can no longer be given up.
    pub begun: bool,
}

/// Who gave the money back by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The person at the till.
    pub by: String,
    /// Who approved it, where it was not agreed before.
    pub approved_by: Option<String>,
}

/// A refund as its events leave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// What was agreed.
    pub terms: RefundTerms,
    /// Where it stands.
    pub phase: Phase,
    /// What was asked and sent.
    pub watch: Watch,
    /// The last answer about the payment.
    pub look: Option<CardLook>,
    /// Who gave it back, where a person did.
    pub handed: Option<Handed>,
    /// How many slips were made.
    pub slips: u32,
}

impl Refund {
    /// The refund as its first event, [`RefundEvent::Requested`], makes it; nothing for any other event.
    #[must_use]
    pub fn requested(event: &RefundEvent) -> Option<Self> {
        let RefundEvent::Requested { terms } = event else { return None };
        let phase = match terms.back {
            Back::Card { .. } => Phase::Requested,
            Back::Hand { .. } => Phase::ToHandOver,
        };
        Some(Self { terms: terms.clone(), phase, watch: Watch::default(), look: None, handed: None, slips: 0 })
    }

    /// Folds one more event in; `at` is when it was recorded.
    pub fn apply(&mut self, event: &RefundEvent, at: Timestamp) {
        match event {
            RefundEvent::Requested { terms } => self.terms = terms.clone(),
            RefundEvent::Asked => {
                self.watch.asked = Some(at);
                self.watch.asks = self.watch.asks.saturating_add(1);
            }
            RefundEvent::Unanswered { .. } => {}
            RefundEvent::Found { look } => self.look = Some(look.clone()),
            RefundEvent::Held { until, why } => self.becomes(Phase::Waiting { until: *until, why: *why }),
            RefundEvent::Planned { step } => {
                if let Some(before) = self.look.clone() {
                    self.becomes(Phase::Ready { step: *step, before, at });
                }
            }
            RefundEvent::WentStale | RefundEvent::NotSent { .. } => {
                // The question follows at once; a line that is down slows it down.
                self.phase = Phase::Requested;
            }
            RefundEvent::Sent { step } => {
                self.watch.sends = self.watch.sends.saturating_add(1);
                if let Some(before) = self.look.clone() {
                    self.becomes(Phase::Sent { step: *step, before, at });
                }
            }
            RefundEvent::Accepted { step } | RefundEvent::Happened { step } => self.taken(*step, at),
            RefundEvent::Doubted { step, .. } => self.doubt(*step, None),
            RefundEvent::Denied { step, code, message } => self.doubt(*step, Some((code.clone(), message.clone()))),
            RefundEvent::NotHappened { .. } | RefundEvent::Retried => self.becomes(Phase::Requested),
            RefundEvent::Settled => self.becomes(Phase::Done { how: How::Gateway, at }),
            RefundEvent::Overdue => {
                if let Phase::OnItsWay { overdue, .. } = &mut self.phase {
                    *overdue = true;
                }
            }
            RefundEvent::Refused { why } => self.becomes(Phase::Refused { why: why.clone(), at }),
            RefundEvent::HandedBack { way, by, approved_by } => {
                self.handed = Some(Handed { by: by.clone(), approved_by: approved_by.clone() });
                self.becomes(Phase::Done { how: How::Hand(*way), at });
            }
            RefundEvent::Dropped { .. } => self.becomes(Phase::Dropped),
            RefundEvent::SlipMade { copy } => self.slips = self.slips.max(copy.saturating_add(1)),
        }
        if matches!(event, RefundEvent::Retried) {
            self.watch.sends = 0;
        }
    }

    /// Nothing more will happen to it by itself, and nobody has to look at it.
    #[must_use]
    pub fn at_rest(&self) -> bool {
        matches!(self.phase, Phase::Done { .. } | Phase::Dropped)
    }

    /// Its goods and its money count as given back.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.phase != Phase::Dropped
    }

    /// The gateway may have moved money for it, or is about to: no other refund of the same payment is touched
    /// meanwhile, for neither could be told from the other.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        match self.phase {
            Phase::Ready { .. } | Phase::Sent { .. } | Phase::Unsure { .. } => true,
            Phase::Requested | Phase::Waiting { .. } => self.watch.begun,
            _ => false,
        }
    }

    /// It waits for its turn at the gateway.
    #[must_use]
    pub fn wants_its_turn(&self) -> bool {
        self.terms.card().is_some() && matches!(self.phase, Phase::Requested | Phase::Waiting { .. })
    }

    /// Its money has left through the gateway, or may have for all anybody knows.
    #[must_use]
    pub fn may_have_left(&self) -> bool {
        match &self.phase {
            Phase::Sent { step, .. } | Phase::Unsure { step, .. } => *step == Step::Refund,
            Phase::OnItsWay { .. } | Phase::Done { how: How::Gateway, .. } => true,
            // Something was taken from the list while this one was on its way.
            Phase::Refused { why: Refusal::Unclear | Refusal::NotListed, .. } => true,
            _ => false,
        }
    }

    /// It can be given up: nothing has moved, and nothing is on its way.
    #[must_use]
    pub fn may_be_dropped(&self) -> bool {
        let still = match &self.phase {
            Phase::Requested | Phase::Waiting { .. } | Phase::ToHandOver => true,
            Phase::Refused { why, .. } => !matches!(why, Refusal::Unclear | Refusal::NotListed),
            _ => false,
        };
        still && !self.watch.begun
    }

    /// A person can give the money back by hand and be sure that it does not go back twice.
    #[must_use]
    pub fn may_be_handed_back(&self) -> bool {
        matches!(self.phase, Phase::ToHandOver | Phase::Refused { .. })
    }

    fn doubt(&mut self, step: Step, denied: Option<(String, String)>) {
        let (Phase::Sent { before, at, .. } | Phase::Unsure { before, at, .. }) = &self.phase else { return };
        let (before, at) = (before.clone(), *at);
        self.becomes(Phase::Unsure { step, before, at, denied });
    }

    /// The gateway has taken a step.
    fn taken(&mut self, step: Step, at: Timestamp) {
        let (Phase::Sent { before, .. } | Phase::Unsure { before, .. }) = &self.phase else { return };
        let before = before.clone();
        self.watch.begun = true;
        self.watch.sends = 0;
        self.becomes(match step {
            // Letting go of the authorisation follows, once the gateway says that it is free to go.
            Step::CancelCapture => Phase::Requested,
            Step::Abandon | Step::Refund => Phase::OnItsWay { step, before, at, overdue: false },
        });
    }

    fn becomes(&mut self, phase: Phase) {
        self.phase = phase;
        self.watch.asked = None;
        self.watch.asks = 0;
    }
}
