//! Letters by way of the relay: from the gateway and from browsers to its doors, and from there to the till.

use std::collections::BTreeSet;

use ecpay::Fields;
use register::{PageState, Received, RelayPage};
use relay::Token;
use relay::client;
use relay::wire::{Fetch, Letter as Fetched, Publication, Standing, What};
use till::payment::{Door, Page};

use super::promises;
use super::relay::{BASE, Content, Line, Mailman, Relay, Safe, meaning};
use super::step::nothing;
use super::world::{HOUR, Held, Kind, Letter, MINUTE, SECOND, World};

/// The gateway tells five times (ECPay doc 2878).
const TELLS: u8 = 5;

/// So many letters of one door a mailbox knows again at least.
const LEDGER: usize = 60;

/// What became of a request over a line that loses things.
enum Asked {
    Answered(u16, Vec<u8>),
    /// Nobody heard it, or nobody heard the answer.
    Silence,
}

impl World {
    fn post(&mut self) -> &mut Relay {
        self.relay.as_mut().expect("this afternoon has a relay")
    }

    /// Does a request over the line as it is now.
    fn over_the_line(&mut self, request: impl FnOnce(&Relay, i64) -> (u16, Vec<u8>)) -> Asked {
        let line = if self.calm { Line::Up } else { self.post().line };
        let (chance, how) = (self.luck.percent(50), self.luck.percent(50));
        let t = self.t;
        let relay = self.post();
        match line {
            Line::Down => return Asked::Silence,
            Line::ShakyStorage if chance => relay.shake(how),
            Line::Up | Line::LosesAnswers | Line::ShakyStorage => {}
        }
        let (status, body) = request(relay, t);
        relay.steady();
        if line == Line::LosesAnswers && chance { Asked::Silence } else { Asked::Answered(status, body) }
    }

    /// Whether a letter goes to the relay's doors.
    fn goes_by_relay(&self, letter: &Letter) -> bool {
        if self.relay.is_none() {
            return false;
        }
        let terms = letter.number.parse().ok().and_then(|number| self.till_ref().journal().attempt(&number).ok()?);
        letter.door == Door::Notice || terms.is_some_and(|attempt| attempt.terms.page == Page::Elsewhere)
    }

    /// Brings a letter to the relay, if that is where it goes. Whoever has read `1|OK` never sends it again.
    pub(crate) fn brought_to_relay(&mut self, letter: &Letter) -> Held<bool> {
        if !self.goes_by_relay(letter) {
            return Ok(false);
        }
        let door = if letter.door == Door::Notice { "n" } else { "r" };
        let path = format!("/{door}/{}", letter.token);
        let body = letter.body.clone();
        let asked = self.over_the_line(|relay, t| relay.post(&path, body, t));
        let again = match asked {
            Asked::Answered(200, said) if letter.door == Door::Browser || said == b"1|OK" => {
                self.is_safe(letter.clone());
                if self.old.len() < 40 && letter.kind != Kind::Refused {
                    self.old.push(letter.clone());
                }
                false
            }
            Asked::Answered(..) | Asked::Silence => letter.door == Door::Notice && letter.told < TELLS,
        };
        if again {
            let told = letter.told + 1;
            self.letters.push(Letter { due: self.t + i64::from(told) * 5 * MINUTE, told, ..letter.clone() });
        }
        Ok(true)
    }

    fn is_safe(&mut self, letter: Letter) {
        let what = if letter.door == Door::Notice { What::Notice } else { What::BrowserReturn };
        let content = content(&letter.token, what, letter.body.clone());
        let soon = self.t + self.luck.between(1, 2 * SECOND);
        let post = self.post();
        post.mailman.due = post.mailman.due.min(soon);
        // It may have come to the till before anybody has read that it is safe.
        let taken = post.taken.contains(&content);
        post.safe.entry(content).or_insert(Safe { letter, taken });
    }

    /// The mailman's round: says what is new here, and hears what is new there.
    pub(crate) fn mail_round(&mut self) -> Held {
        if self.luck.percent(5) {
            let t = self.t;
            self.post().purge(t);
        }
        let life = self.lives;
        let done = self.publish()? && self.fetch()?;
        if life != self.lives {
            return Ok(());
        }
        let waits = self.till_ref().waits_for_mail(self.now());
        let t = self.t;
        let man = &mut self.post().mailman;
        man.failures = if done { 0 } else { man.failures + 1 };
        // The till's own waits are shorter, for days on end; what comes of them is the same.
        man.due = t + match (done, waits) {
            (true, true) => 5 * MINUTE,
            (true, false) => 6 * HOUR,
            (false, _) => (2 * SECOND) << man.failures.min(11),
        };
        Ok(())
    }

    fn publish(&mut self) -> Held<bool> {
        // What the relay knows is not signed again with every round.
        let known = std::mem::take(&mut self.post().mailman.known);
        let mut here = BTreeSet::new();
        let pages = self.till().relay_pages_unless(|token, state, _| {
            here.insert(token.to_owned());
            known.get(token) == Some(&standing(state))
        });
        let gone: Vec<String> = known
            .iter()
            .filter(|(token, standing)| **standing == Standing::Live && !here.contains(*token))
            .map(|(token, _)| token.clone())
            .collect();
        self.post().mailman.known = known;
        let Ok(mut pages) = self.allowed(pages)? else { return Ok(false) };
        for token in gone {
            let page = self.till().relay_page_by_token(&token);
            let Ok(page) = self.allowed(page)? else { return Ok(false) };
            pages.extend(page);
        }
        for page in pages {
            let standing = standing(page.page.state);
            let Ok(token) = Token::parse(&page.token) else { return Err(format!("{} is no token", page.token)) };
            let said = publication(&page, standing, self.now().unix_ms());
            let call = self.post().wire.publish(&token, &said);
            match self.over_the_line(|relay, t| relay.call(call, t)) {
                Asked::Silence => return self.note(register::Relay::Away, false),
                Asked::Answered(status, _) => match client::done(status) {
                    Ok(()) => {
                        self.note(register::Relay::Answers, true)?;
                        self.post().mailman.known.insert(page.token, standing);
                    }
                    Err(client::Refusal::Request(status)) => {
                        return Err(format!("the relay does not take the page of {} ({status})", page.number));
                    }
                    Err(refusal) => return self.note(meaning(refusal), false),
                },
            }
        }
        Ok(true)
    }

    /// Tells the register what this says of the relay.
    fn note(&mut self, state: register::Relay, done: bool) -> Held<bool> {
        let now = self.now();
        self.till().relay_is(state, now);
        self.post().mailman.said = state;
        Ok(done)
    }

    fn fetch(&mut self) -> Held<bool> {
        let after = self.post().mailman.after;
        let call = self.post().wire.fetch(&Fetch { after, acknowledge: after, wait_s: 0 });
        let fetched = match self.over_the_line(|relay, t| relay.call(call, t)) {
            Asked::Silence => return self.note(register::Relay::Away, false),
            Asked::Answered(status, body) => match client::fetched(status, &body) {
                Ok(fetched) => fetched,
                Err(refusal) => return self.note(meaning(refusal), false),
            },
        };
        self.note(register::Relay::Answers, true)?;
        let more = !fetched.letters.is_empty();
        for letter in fetched.letters {
            if !self.calm && self.luck.percent(3) {
                // Between fetching and acknowledging.
                self.kill(false)?;
                return Ok(true);
            }
            let before = self.post().mailman.after;
            if before.is_some_and(|before| letter.sequence <= before) {
                return Err(format!("letter {} comes after {before:?}", letter.sequence));
            }
            if !self.take_in(&letter)? {
                return Ok(false);
            }
            self.post().mailman.after = Some(letter.sequence);
        }
        // What was taken in is acknowledged with the next question.
        if more && self.luck.percent(50) { self.fetch() } else { Ok(true) }
    }

    /// Takes one letter in; false when it cannot be recorded now.
    fn take_in(&mut self, letter: &Fetched) -> Held<bool> {
        let now = self.now();
        if letter.what == What::Opened {
            let opened = self.till().relay_opened(&letter.token, now);
            return Ok(self.allowed(opened)?.is_ok());
        }
        let body = client::body(letter).ok_or("a letter that cannot be read")?;
        let content = content(&letter.token, letter.what, body.clone());
        let post = self.post();
        let known = post.numbers.insert(letter.sequence, content.clone());
        if known.is_some_and(|known| known != content) {
            return Err(format!("letter {} is not what it was", letter.sequence));
        }
        let same_box = |other: &&Content| (&other.0, &other.1) == (&content.0, &content.1);
        let twice = post.numbers.values().filter(|other| **other == content).count() > 1;
        if twice && post.numbers.values().filter(same_box).count() < LEDGER {
            return Err(format!("letter {} is there twice", letter.sequence));
        }
        let door = match letter.what {
            What::Notice | What::PaymentInfo => Door::Notice,
            What::BrowserReturn | What::BrowserCode | What::Opened => Door::Browser,
        };
        let token = self.till_ref().knows_token(&letter.token);
        match self.allowed(token)? {
            Ok(true) => {}
            Ok(false) => return Err(format!("nobody knows the door of letter {}", letter.sequence)),
            Err(_) => return Ok(false),
        }
        let received = self.till().receive(door, &body, now);
        let Ok(received) = self.allowed(received)? else { return Ok(false) };
        self.post().taken.insert(content.clone());
        let Some(safe) = self.post().safe.get_mut(&content) else { return Ok(true) };
        let (again, sent) = (safe.taken, safe.letter.clone());
        safe.taken = true;
        if again && sent.kind == Kind::Paid && received == Received::News && door == Door::Notice {
            return Err(format!("letter {} had effect twice", letter.sequence));
        }
        promises::was_received(self, &sent, received)?;
        Ok(true)
    }

    /// The till is gone, and its mailman with it.
    pub(crate) fn mailman_is_gone(&mut self) {
        let t = self.t;
        if let Some(post) = &mut self.relay {
            post.mailman = Mailman { due: t + SECOND, ..Mailman::default() };
        }
    }
}

pub(crate) fn weather(world: &mut World) -> String {
    let lines = [Line::Up, Line::Up, Line::Up, Line::Down, Line::LosesAnswers, Line::ShakyStorage];
    let line = *world.luck.pick(&lines).expect("some");
    world.post().line = line;
    format!("{line:?}")
}

/// Somebody who knows an attempt's address posts what comes to their mind.
pub(crate) fn junk(world: &mut World, token: &str) -> Held<String> {
    let many = world.luck.between(1, 40);
    let door = if world.luck.percent(70) { "n" } else { "r" };
    for _ in 0..many {
        let mut body = format!("RtnCode=1&junk={}", world.luck.next()).into_bytes();
        let large = world.luck.percent(5);
        if large {
            body.resize(20_000, b'x');
        }
        let path = format!("/{door}/{token}");
        let sent = body.clone();
        let Asked::Answered(status, said) = world.over_the_line(|relay, t| relay.post(&path, sent, t)) else {
            continue;
        };
        if large && (status == 200 || said == b"1|OK") {
            return Err(format!("20 kB of junk were taken ({status})"));
        }
    }
    Ok(format!("{many} to {door}"))
}

/// A page that the relay shows, on a phone.
pub(crate) fn open(world: &mut World, link: &str) -> Option<Fields> {
    let down = world.post().line == Line::Down && !world.calm;
    let t = world.t;
    let page = if down { None } else { world.post().fresh_page(link, t) }?;
    Some(page.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect())
}

/// The browser says that it is about to post the form.
pub(crate) fn submitted(world: &mut World, link: &str) -> String {
    let path = format!("/p/{link}/opened");
    match world.over_the_line(|relay, t| relay.post(&path, vec![], t)) {
        Asked::Answered(..) => nothing(),
        Asked::Silence => "unheard".to_owned(),
    }
}

/// Whether this link leads to the relay.
pub(crate) fn is_there(link: &str) -> bool {
    link.starts_with(BASE)
}

fn content(token: &str, what: What, body: Vec<u8>) -> Content {
    (token.to_owned(), format!("{what:?}"), body)
}

fn standing(state: PageState) -> Standing {
    match state {
        PageState::Fresh | PageState::Used => Standing::Live,
        PageState::Cancelled => Standing::Cancelled,
        PageState::Expired => Standing::Expired,
        PageState::Paid => Standing::Paid,
    }
}

fn publication(page: &RelayPage, standing: Standing, now: i64) -> Publication {
    Publication {
        link: page.link.clone(),
        shop: page.page.shop.clone(),
        amount: page.page.amount,
        action: page.page.action.clone(),
        fields: page.page.fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        expires_at_ms: page.page.expires.unix_ms(),
        open_for_ms: (page.page.expires.unix_ms() - now).max(0),
        training: page.page.training,
        standing,
    }
}
