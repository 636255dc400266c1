//! Messages about refunds, there and back. One that is on its way arrives, whatever has become of the till meanwhile.

use register::{Answer, Body, Exchange, NotAnswered};
use till::ids::RefundNumber;

use super::cards::Manner;
use super::promises::money_back;
use super::world::{Held, SECOND, Weather, World};

/// What is under way, in both directions.
#[derive(Default)]
pub(crate) struct Exchanges {
    there: Vec<There>,
    back: Vec<Back>,
}

struct There {
    arrives: i64,
    /// Which life of the till sent it.
    life: u32,
    refund: RefundNumber,
    exchange: Exchange,
    body: Body,
    fate: Fate,
    patience: i64,
}

struct Back {
    due: i64,
    life: u32,
    refund: RefundNumber,
    exchange: Exchange,
    outcome: Result<Answer, NotAnswered>,
    /// It can be read: whoever has it knows what became of the step.
    tells: bool,
}

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Answered(Manner),
    /// It never left.
    NotSent,
    /// It never arrives.
    LostThere,
    /// It arrives, and the answer does not.
    LostBack,
    /// It arrives, and the answer is cut short.
    CutShort,
    /// It is turned away at the door.
    Status(u16),
}

impl Exchanges {
    /// When the next of them arrives somewhere.
    pub(crate) fn next(&self) -> Option<i64> {
        let there = self.there.iter().map(|there| there.arrives);
        there.chain(self.back.iter().map(|back| back.due)).min()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.there.is_empty() && self.back.is_empty()
    }
}

impl World {
    pub(crate) fn exchange(&mut self, refund: RefundNumber, exchange: Exchange, body: Body) -> Held {
        self.known.questions += 1;
        money_back::may_be_sent(self, &refund, exchange)?;
        let fate = self.fate(exchange);
        if fate == Fate::NotSent {
            let outcome = Err(NotAnswered::NotSent("no route".to_owned()));
            let (due, life) = (self.t + self.luck.between(1, SECOND), self.lives);
            self.exchanges.back.push(Back { due, life, refund, exchange, outcome, tells: true });
            return Ok(());
        }
        // Longer than the till waits for an answer, sometimes: it is in doubt by then, and the answer comes all the same.
        let patience = if self.weather == Weather::Slow { 150 * SECOND } else { 2 * SECOND };
        let arrives = self.t + self.luck.between(0, patience / 2);
        let life = self.lives;
        self.exchanges.there.push(There { arrives, life, refund, exchange, body, fate, patience });
        Ok(())
    }

    fn fate(&mut self, exchange: Exchange) -> Fate {
        let manners = [Manner::Honest, Manner::Refuses, Manner::DoesAndDenies, Manner::DoesAndWaits];
        match self.weather {
            Weather::Fine | Weather::Slow => {}
            Weather::NotSent => return Fate::NotSent,
            Weather::MaybeSent => return if self.luck.percent(50) { Fate::LostThere } else { Fate::LostBack },
            Weather::Refusing => return Fate::Status(403),
            Weather::Garbage => return Fate::CutShort,
        }
        if self.calm || !self.luck.percent(30) {
            return Fate::Answered(Manner::Honest);
        }
        let odd = [Fate::LostThere, Fate::LostBack, Fate::CutShort, Fate::Status(502)];
        match exchange {
            Exchange::Act(_) if self.luck.percent(60) => Fate::Answered(*self.luck.pick(&manners).expect("some")),
            _ => *self.luck.pick(&odd).expect("some"),
        }
    }

    /// The next of them arrives: at the gateway, or at the till.
    pub(crate) fn take_exchange(&mut self) -> Held {
        let next = self.exchanges.next();
        if let Some(at) = self.exchanges.there.iter().position(|there| Some(there.arrives) == next) {
            let there = self.exchanges.there.remove(at);
            self.arrives(there);
            return Ok(());
        }
        let Some(at) = self.exchanges.back.iter().position(|back| Some(back.due) == next) else { return Ok(()) };
        let Back { life, refund, exchange, outcome, tells, .. } = self.exchanges.back.remove(at);
        if life != self.lives {
            // Nobody waits for it any more.
            return Ok(());
        }
        let now = self.now();
        let refused = matches!(&outcome, Ok(answer) if answer.status == 403);
        let recorded = self.till().exchanged(&refund, exchange, outcome, now);
        if self.allowed(recorded)?.is_ok() {
            if refused {
                self.left_alone();
            }
            if tells {
                self.known.in_doubt.remove(&refund);
            }
        }
        Ok(())
    }

    fn arrives(&mut self, there: There) {
        let There { life, refund, exchange, body, fate, patience, .. } = there;
        let t = self.t;
        let lost = || Err(NotAnswered::MaybeSent("timeout".to_owned()));
        let mut tells = false;
        let outcome = match fate {
            Fate::NotSent | Fate::LostThere => lost(),
            Fate::Status(status) => Ok(Answer { status, body: b"no".to_vec(), date: Some(t.div_euclid(1000)) }),
            Fate::Answered(_) | Fate::LostBack | Fate::CutShort => {
                let manner = if let Fate::Answered(manner) = fate { manner } else { Manner::Honest };
                let cards = &mut self.gateway.cards;
                let mut answer = match (exchange, &body) {
                    (Exchange::Look, Body::Form(body) | Body::Json(body)) => cards.look(body, t),
                    (Exchange::Act(_), Body::Json(body)) => cards.act_sealed(body, manner, t),
                    (Exchange::Act(_), Body::Form(body)) => cards.act_form(body, manner, t),
                };
                match fate {
                    Fate::LostBack => lost(),
                    Fate::CutShort => {
                        answer.truncate(answer.len() / 2);
                        Ok(Answer { status: 200, body: answer, date: Some(t.div_euclid(1000)) })
                    }
                    _ => {
                        tells = manner != Manner::DoesAndWaits;
                        Ok(Answer { status: 200, body: answer, date: Some(t.div_euclid(1000)) })
                    }
                }
            }
        };
        let due = t + self.luck.between(1, patience.max(2));
        self.exchanges.back.push(Back { due, life, refund, exchange, outcome, tells });
    }
}
