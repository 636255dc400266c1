//! The till's end of the relay: publishes what the relay is to know, fetches what came in there, and tells the register
//! whether the relay does its part. A letter is acknowledged when what it says is in the journal, and not before.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use register::drive::Shared;
use register::{CommandError, News, PageState, Relay, RelayPage};
use relay::client::{self, Call, Refusal};
use relay::wire::{Fetch, Happened, LONGEST_WAIT_S, Letter, Publication, Signal, Standing, What};
use relay::{TillKey, Token};
use thiserror::Error;
use till::payment::Door;

mod by_hand;
mod key;
mod probe;
mod test;

pub use by_hand::{keep_relay_key, rotate_relay_key, test_relay};
pub use key::KeyFileError;
pub(crate) use key::read as read_key;
pub use probe::{Probe, ProbeTrouble};
pub use test::RelayTester;

/// While nobody is paying, the mailbox is looked into every so often: what comes then can wait a little.
const SWEEP: Duration = Duration::from_secs(60);

/// After a failure the relay is tried again so soon at first, then less and less often.
const FIRST_RETRY: Duration = Duration::from_secs(2);
const LAST_RETRY: Duration = Duration::from_secs(60);

/// Why the relay did not do its part.
#[derive(Debug, Error)]
pub enum RelayTrouble {
    /// It could not be reached.
    #[error("the relay cannot be reached: {0}")]
    Net(#[from] net::ExchangeError),
    /// It said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What it brought could not be recorded.
    #[error(transparent)]
    Register(#[from] CommandError),
}

/// One till's mail.
pub(crate) struct Mailman {
    shared: Shared,
    client: Arc<net::Client>,
    relay: Mutex<client::Relay>,
    key_file: std::path::PathBuf,
    base: String,
    tell: HashSet<Happened>,
    /// How each attempt stands as the relay knows it.
    known: Mutex<HashMap<String, Standing>>,
    /// What the owner has been told since this start.
    told: Mutex<HashSet<(String, Happened)>>,
    /// The last letter that is safe here; nothing before the first fetch.
    after: Mutex<Option<u64>>,
}

impl Mailman {
    pub(crate) fn new(
        shared: Shared,
        client: Arc<net::Client>,
        base: &str,
        key: TillKey,
        key_file: &Path,
        tell: HashSet<Happened>,
    ) -> Self {
        Self {
            shared,
            client,
            relay: Mutex::new(client::Relay::at(base, key)),
            key_file: key_file.to_owned(),
            base: base.to_owned(),
            tell,
            known: Mutex::default(),
            told: Mutex::default(),
            after: Mutex::default(),
        }
    }

    /// What tests the relay while everything goes on.
    pub(crate) fn tester(&self) -> RelayTester {
        let key = self.relay().key().clone();
        RelayTester::new(Arc::clone(&self.client), self.base.clone(), Some(key))
    }

    /// Runs for as long as the till does: one loop says what is new here, the other hears what is new there. A held fetch
    /// never keeps a new page waiting.
    pub(crate) async fn run(&self) {
        tokio::join!(self.keep_publishing(), self.keep_fetching());
    }

    async fn keep_publishing(&self) {
        let mut changes = self.shared.watch();
        loop {
            changes.mark_unchanged();
            let all_said = self.publish().await.is_ok();
            // What could not be said is said again with the next change, or after a while.
            let again = if all_said { Duration::MAX } else { FIRST_RETRY * 5 };
            if let Ok(Err(_)) = tokio::time::timeout(again, changes.changed()).await {
                return;
            }
        }
    }

    async fn keep_fetching(&self) {
        let mut changes = self.shared.watch();
        let mut retry = FIRST_RETRY;
        loop {
            changes.mark_unchanged();
            let waits = self.somebody_may_pay();
            match self.fetch(if waits { LONGEST_WAIT_S } else { 0 }).await {
                Ok(_) => retry = FIRST_RETRY,
                Err(trouble) => {
                    tracing::warn!(%trouble, "fetching mail");
                    tokio::time::sleep(retry).await;
                    retry = (retry * 2).min(LAST_RETRY);
                    continue;
                }
            }
            // Nobody is paying: until somebody does, or it is time for a look.
            let somebody_pays = async {
                while !self.somebody_may_pay() {
                    if changes.changed().await.is_err() {
                        return;
                    }
                }
            };
            if tokio::time::timeout(SWEEP, somebody_pays).await.is_err() {
                tracing::debug!("a look into the mailbox");
            }
        }
    }

    fn somebody_may_pay(&self) -> bool {
        self.shared.with(|register, ports| register.waits_for_mail(ports.clock.now()))
    }

    /// Says what the relay does not know yet.
    pub(crate) async fn publish(&self) -> Result<(), RelayTrouble> {
        let mut here = HashSet::new();
        let mut pages = self.shared.with(|register, _| {
            register.relay_pages_unless(|token, state, news| {
                here.insert(token.to_owned());
                self.has_said(token, state, news)
            })
        })?;
        // What has come to rest since it was published is told how it ended, once.
        let live = |standing: &Standing| *standing == Standing::Live;
        let gone: Vec<String> = lock(&self.known)
            .iter()
            .filter(|(token, standing)| live(standing) && !here.contains(token.as_str()))
            .map(|(token, _)| token.clone())
            .collect();
        for token in gone {
            pages.extend(self.shared.with(|register, _| register.relay_page_by_token(&token))?);
        }
        for page in pages {
            self.publish_one(&page).await?;
            self.tell_owner(&page).await?;
        }
        Ok(())
    }

    /// Whether the relay knows this of an attempt, and its owner too.
    fn has_said(&self, token: &str, state: PageState, news: Option<News>) -> bool {
        let news = news.map(happened).filter(|what| self.tell.contains(what));
        lock(&self.known).get(token) == Some(&standing(state))
            && news.is_none_or(|what| lock(&self.told).contains(&(token.to_owned(), what)))
    }

    async fn publish_one(&self, page: &RelayPage) -> Result<(), RelayTrouble> {
        let standing = standing(page.page.state);
        if lock(&self.known).get(&page.token) == Some(&standing) {
            return Ok(());
        }
        let Ok(token) = Token::parse(&page.token) else { return Ok(()) };
        let now = self.shared.ports().clock.now();
        let said = Publication {
            link: page.link.clone(),
            shop: page.page.shop.clone(),
            amount: page.page.amount,
            action: page.page.action.clone(),
            fields: page.page.fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            expires_at_ms: page.page.expires.unix_ms(),
            open_for_ms: (page.page.expires.unix_ms() - now.unix_ms()).max(0),
            training: page.page.training,
            standing,
        };
        let call = self.relay().publish(&token, &said);
        match self.send(call).await.and_then(|reply| Ok(client::done(reply.status)?)) {
            // A page it will never take is not said again for ever: it stays with the till.
            Err(RelayTrouble::Refused(refusal @ Refusal::Request(_))) => {
                tracing::error!(%refusal, "the relay does not take a page");
                self.shared.with(|register, _| register.relay_refuses_page(&page.number));
            }
            other => self.note(other)?,
        }
        lock(&self.known).insert(page.token.clone(), standing);
        Ok(())
    }

    async fn tell_owner(&self, page: &RelayPage) -> Result<(), RelayTrouble> {
        let Some(what) = page.news.map(happened).filter(|what| self.tell.contains(what)) else { return Ok(()) };
        if !lock(&self.told).insert((page.token.clone(), what)) {
            return Ok(());
        }
        let signal = Signal { what, number: page.number.to_string(), amount: page.page.amount };
        let call = self.relay().signal(&signal);
        // Told once, heard or not: an owner's mail is no reason to hold anything up.
        let told = self.send(call).await.and_then(|reply| Ok(client::done(reply.status)?));
        if let Err(trouble) = told {
            tracing::warn!(%trouble, "the owner was not told");
        }
        Ok(())
    }

    /// Asks once for what came, waiting so long for a first letter, and takes it in. Says how many letters there were.
    pub(crate) async fn fetch(&self, wait_s: u64) -> Result<usize, RelayTrouble> {
        let after = *lock(&self.after);
        let call = self.relay().fetch(&Fetch { after, acknowledge: after, wait_s });
        let fetched = self.send(call).await.and_then(|reply| Ok(client::fetched(reply.status, &reply.body)?));
        let fetched = self.note(fetched)?;
        let count = fetched.letters.len();
        let mut newest = after;
        for letter in fetched.letters {
            // In order: what cannot be recorded now is fetched again, with all that came after it.
            self.take_in(&letter)?;
            newest = newest.max(Some(letter.sequence));
            *lock(&self.after) = newest;
        }
        Ok(count)
    }

    fn take_in(&self, letter: &Letter) -> Result<(), CommandError> {
        let door = match letter.what {
            What::Notice | What::PaymentInfo => Door::Notice,
            What::BrowserReturn | What::BrowserCode => Door::Browser,
            What::Opened => {
                return self.shared.with(|register, ports| register.relay_opened(&letter.token, ports.clock.now()));
            }
        };
        let Some(body) = client::body(letter) else {
            tracing::error!(sequence = letter.sequence, "a letter that is not in base64");
            return Ok(());
        };
        self.shared.with(|register, ports| {
            if register.knows_token(&letter.token)? {
                register.receive(door, &body, ports.clock.now())?;
            }
            Ok(())
        })
    }

    /// Tells the register what this says of the relay.
    fn note<T>(&self, outcome: Result<T, RelayTrouble>) -> Result<T, RelayTrouble> {
        let state = match &outcome {
            Ok(_) => Some(Relay::Answers),
            Err(RelayTrouble::Refused(Refusal::Key)) => {
                self.look_for_another_key();
                Some(Relay::RefusesKey)
            }
            Err(RelayTrouble::Net(_) | RelayTrouble::Refused(_)) => Some(Relay::Away),
            Err(RelayTrouble::Register(_)) => None,
        };
        if let Some(state) = state {
            self.shared.with(|register, ports| register.relay_is(state, ports.clock.now()));
        }
        outcome
    }

    /// The key was changed beside the running till: the file has the new one.
    fn look_for_another_key(&self) {
        if let Ok(Some(key)) = key::read(&self.key_file) {
            *lock(&self.relay) = client::Relay::at(&self.base, key);
        }
    }

    async fn send(&self, call: Call) -> Result<net::Reply, RelayTrouble> {
        Ok(send(&self.client, call).await?)
    }

    fn relay(&self) -> client::Relay {
        lock(&self.relay).clone()
    }
}

/// One request over the till's network.
async fn send(client: &net::Client, call: Call) -> Result<net::Reply, net::ExchangeError> {
    let verb = if call.put { net::Verb::Put } else { net::Verb::Post };
    client.send_json(verb, &call.url, &call.bearer, call.body).await
}

fn standing(state: PageState) -> Standing {
    match state {
        PageState::Fresh | PageState::Used => Standing::Live,
        PageState::Cancelled => Standing::Cancelled,
        PageState::Expired => Standing::Expired,
        PageState::Paid => Standing::Paid,
    }
}

fn happened(news: News) -> Happened {
    match news {
        News::Paid => Happened::Paid,
        News::Late => Happened::Late,
        News::Second => Happened::OverPaid,
        News::WrongAmount => Happened::Contradicted,
    }
}

/// Nothing is half done while one of these is held.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
