//! What a till does with its mailroom: publish, fetch, acknowledge, change its key.

use super::{
    AFTER_FETCH_DAYS, Account, Actions, Cabinet, Changed, DAY_MS, Envelope, Item, KeyHash, Letter, LinkId,
    MAILBOX_DAYS, Mailbox, Mailroom, Origin, Page, Publication, PublishError, Put, TRIES, TillKey, TillName, Token,
    Unavailable, pause, records, wire,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What the account says of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counter {
    pub(crate) last: u64,
    pub(crate) acknowledged: u64,
}

impl<C: Cabinet> Mailroom<C> {
    /// Opens an account for a till, or gives an account that is there another key. Its letters stay.
    ///
    /// # Errors
    /// When the storage does not confirm.
    pub async fn add_till(&self, name: &TillName, key: KeyHash) -> Result<(), Unavailable> {
        for tried in 0..TRIES {
            let (version, account) = self.account(name).await?;
            let account = match account {
                Some(account) => Account { key: key.clone(), next_key: None, ..account },
                None => Account {
                    name: name.clone(),
                    key: key.clone(),
                    next_key: None,
                    last: 0,
                    acknowledged: 0,
                    seen_ms: 0,
                    told_silent: false,
                },
            };
            let (roll_version, _) = self.read::<TillName>(&records::roll_key(name)).await?;
            let puts = vec![
                records::put(records::account_key(name), version, &account, None),
                records::put(records::roll_key(name), roll_version, name, None),
            ];
            match self.cabinet.change(puts).await? {
                Changed::Done => return Ok(()),
                Changed::Stale => pause(tried).await,
            }
        }
        Err(Unavailable)
    }

    /// Closes a till's account: its key opens nothing from now on, and its notices are refused. Its letters run out by
    /// themselves.
    ///
    /// # Errors
    /// When the storage does not confirm.
    pub async fn revoke_till(&self, name: &TillName) -> Result<(), Unavailable> {
        self.cabinet.remove(&records::roll_key(name)).await?;
        self.cabinet.remove(&records::account_key(name)).await
    }

    /// Whether this key opens an account. The next key takes the place of the last one when it is first shown.
    pub(crate) async fn admit(&self, key: &TillKey) -> Result<Option<Counter>, Unavailable> {
        for tried in 0..TRIES {
            let (version, account) = self.account(key.name()).await?;
            // The same work for a name nobody has: a stranger does not learn which tills there are.
            let shown = key.hash();
            let Some(account) = account else { return Ok(None) };
            let is_next = account.next_key.as_ref() == Some(&shown);
            if account.key != shown && !is_next {
                return Ok(None);
            }
            let counter = Counter { last: account.last, acknowledged: account.acknowledged };
            let now = self.now();
            let is_fresh = (now - account.seen_ms).abs() < 60_000 && !account.told_silent;
            if !is_next && is_fresh {
                return Ok(Some(counter));
            }
            let mut after = Account { seen_ms: now, told_silent: false, ..account };
            if is_next {
                (after.key, after.next_key) = (shown, None);
            }
            match self
                .cabinet
                .change(vec![records::put(records::account_key(key.name()), version, &after, None)])
                .await?
            {
                Changed::Done => return Ok(Some(counter)),
                // That it was here is noted next time; a new key has to be noted now.
                Changed::Stale if !is_next => return Ok(Some(counter)),
                Changed::Stale => pause(tried).await,
            }
        }
        Err(Unavailable)
    }

    /// Remembers what a till's next key hashes to.
    ///
    /// # Errors
    /// When the storage does not confirm.
    pub(crate) async fn set_next_key(&self, name: &TillName, hash: &KeyHash) -> Result<(), Unavailable> {
        self.change_account(name, |account| Account { next_key: Some(hash.clone()), ..account }).await
    }

    async fn change_account(&self, name: &TillName, change: impl Fn(Account) -> Account) -> Result<(), Unavailable> {
        for tried in 0..TRIES {
            let (version, account) = self.account(name).await?;
            let Some(account) = account else { return Ok(()) };
            let put = records::put(records::account_key(name), version, &change(account), None);
            match self.cabinet.change(vec![put]).await? {
                Changed::Done => return Ok(()),
                Changed::Stale => pause(tried).await,
            }
        }
        Err(Unavailable)
    }

    /// Puts a page up with its mailbox, or says anew how it stands. The same twice changes nothing: a till whose answer
    /// was lost says it again (PF-08).
    ///
    /// # Errors
    /// When it is no page, its ids are taken, or the storage does not confirm.
    pub async fn publish(&self, till: &TillName, token: &Token, said: Publication) -> Result<(), PublishError> {
        let link = LinkId::parse(&said.link).map_err(|_| PublishError::BadPage)?;
        check(&said, self.options.actions)?;
        for tried in 0..TRIES {
            let now = self.now();
            let (page_version, before) = self.read::<Page>(&records::page_key(&link)).await?;
            let (box_version, mailbox) = self.read::<Mailbox>(&records::mailbox_key(token)).await?;
            let mut page = Page::new(till, token, said.clone(), now);
            if let Some(before) = &before {
                if before.till != *till || before.token != page.token {
                    return Err(PublishError::Taken);
                }
                // What was published first counts: a page does not live longer for being said again.
                (page.opened, page.ends_ms) = (before.opened, before.ends_ms);
            }
            if mailbox.as_ref().is_some_and(|mailbox| mailbox.till != *till || mailbox.link != said.link) {
                return Err(PublishError::Taken);
            }
            if before.as_ref() == Some(&page) && mailbox.is_some() {
                return Ok(());
            }
            let purge = Some(page.ends_ms.max(now) + MAILBOX_DAYS * DAY_MS);
            let mut puts = vec![records::put(records::page_key(&link), page_version, &page, purge)];
            if mailbox.is_none() {
                let mailbox = Mailbox { till: till.clone(), link: said.link.clone(), ledger: Default::default() };
                puts.push(records::put(records::mailbox_key(token), box_version, &mailbox, purge));
            }
            match self.cabinet.change(puts).await? {
                Changed::Done => return Ok(()),
                Changed::Stale => pause(tried).await,
            }
        }
        Err(PublishError::Storage(Unavailable))
    }

    /// How far a till's letters have come.
    pub(crate) async fn counter(&self, name: &TillName) -> Result<Option<Counter>, Unavailable> {
        let (_, account) = self.account(name).await?;
        Ok(account.map(|account| Counter { last: account.last, acknowledged: account.acknowledged }))
    }

    /// Letters after a sequence number, oldest first, as many as one answer takes.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn letters(&self, name: &TillName, after: u64) -> Result<Vec<Letter>, Unavailable> {
        let items = self.items(name, after, wire::LETTERS_AT_ONCE).await?;
        let mut room = wire::BYTES_AT_ONCE;
        let mut letters = Vec::new();
        for item in &items {
            let Some(left) = room.checked_sub(item.body.len()) else { break };
            room = left;
            if item.purge_ms.is_some_and(|at| at <= self.now()) {
                continue;
            }
            letters.extend(letter(item));
        }
        Ok(letters)
    }

    async fn items(&self, name: &TillName, after: u64, limit: usize) -> Result<Vec<Item>, Unavailable> {
        let drawer = records::tills_drawer(name);
        self.cabinet.after(&drawer, records::LETTERS, &records::letter_slot(after), limit).await
    }

    /// The till has everything up to `sequence`: it runs out from now on.
    ///
    /// # Errors
    /// When the storage does not confirm; the till says it again.
    pub async fn acknowledge(&self, name: &TillName, sequence: u64) -> Result<(), Unavailable> {
        let Some(counter) = self.counter(name).await? else { return Ok(()) };
        let sequence = sequence.min(counter.last);
        if sequence <= counter.acknowledged {
            return Ok(());
        }
        // First the letters, then the mark: cut off between the two, it is done again, and nothing stays for ever.
        let purge = self.now() + AFTER_FETCH_DAYS * DAY_MS;
        let mut after = counter.acknowledged;
        'all: loop {
            let items = self.items(name, after, wire::LETTERS_AT_ONCE).await?;
            if items.is_empty() {
                break;
            }
            for item in items {
                let Some(at) = records::sequence_of(&item).filter(|at| *at <= sequence) else { break 'all };
                after = at;
                if item.purge_ms.is_none_or(|before| before > purge) {
                    let Item { key, version, text, body, .. } = item;
                    // Stale: somebody else has just done the same.
                    self.cabinet
                        .change(vec![Put { key, replaces: version, text, body, purge_ms: Some(purge) }])
                        .await?;
                }
            }
        }
        self.change_account(name, |account| Account { acknowledged: account.acknowledged.max(sequence), ..account })
            .await
    }
}

/// What one item says; one that cannot be read is passed over, not waited for.
fn letter(item: &Item) -> Option<Letter> {
    let envelope: Envelope = records::read(item)?;
    let sequence = records::sequence_of(item)?;
    Some(Letter { sequence, token: envelope.token, what: envelope.what, body: STANDARD.encode(&item.body) })
}

/// A page of ours has 20 to 30 fields, none longer than 400 bytes.
fn check(said: &Publication, actions: Actions) -> Result<(), PublishError> {
    const FIELDS: usize = 64;
    const NAME: usize = 64;
    const VALUE: usize = 2_000;
    let fits = |(name, value): &(String, String)| name.len() <= NAME && value.len() <= VALUE;
    let small = said.shop.len() <= 200 && said.action.len() <= 300 && said.fields.len() <= FIELDS;
    if !small || !said.fields.iter().all(fits) || !(0..=DAY_MS * 14).contains(&said.open_for_ms) {
        return Err(PublishError::BadPage);
    }
    let origin = Origin::of(&said.action).ok_or(PublishError::BadAction)?;
    match actions {
        Actions::Anywhere => Ok(()),
        Actions::Ecpay if origin.is_ecpay() => Ok(()),
        Actions::Ecpay => Err(PublishError::BadAction),
    }
}
