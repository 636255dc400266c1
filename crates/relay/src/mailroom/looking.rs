//! Looking after all tills of a relay: who has gone silent, whose mail piles up.

use super::{Account, Cabinet, Changed, Envelope, Mailroom, Overview, TillName, Unavailable, records};

/// Tills of one relay, at most.
const TILLS: usize = 1_000;

impl<C: Cabinet> Mailroom<C> {
    /// All tills with an account.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn overview(&self) -> Result<Vec<Overview>, Unavailable> {
        let mut all = Vec::new();
        for item in self.cabinet.after(records::ROLL, "", "", TILLS).await? {
            let Some(name) = records::read::<TillName>(&item) else { continue };
            let (_, Some(account)) = self.account(&name).await? else { continue };
            all.push(self.look_at(account).await?);
        }
        Ok(all)
    }

    async fn look_at(&self, account: Account) -> Result<Overview, Unavailable> {
        let now = self.now();
        let slot = records::letter_slot(account.acknowledged);
        let drawer = records::tills_drawer(&account.name);
        let oldest = self.cabinet.after(&drawer, records::LETTERS, &slot, 1).await?;
        let came = oldest.first().and_then(records::read::<Envelope>).map(|envelope| envelope.at_ms);
        Ok(Overview {
            silent_ms: (account.seen_ms > 0).then(|| (now - account.seen_ms).max(0)),
            oldest_letter_ms: came.map(|at| (now - at).max(0)),
            told_silent: account.told_silent,
            till: account.name,
        })
    }

    /// Notes that the owner is being told of a till's silence. Says whether this call is the one that tells: of two at
    /// once only one does.
    ///
    /// # Errors
    /// When the storage does not confirm.
    pub async fn tell_silence(&self, name: &TillName) -> Result<bool, Unavailable> {
        let (version, account) = self.account(name).await?;
        let Some(account) = account.filter(|account| !account.told_silent) else { return Ok(false) };
        let told = Account { told_silent: true, ..account };
        let put = records::put(records::account_key(name), version, &told, None);
        Ok(self.cabinet.change(vec![put]).await? == Changed::Done)
    }
}
