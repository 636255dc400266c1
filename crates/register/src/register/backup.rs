//! What the screen says of backups. They are made beside the register, which only hears what came of them.

use std::time::Duration;

use till::time::Timestamp;

use super::Register;
use crate::view::Notice;

/// What came of the last backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupNews {
    /// When the last good one was made everywhere.
    pub made: Option<Timestamp>,
    /// How often there is to be one.
    pub every: Duration,
    /// The first folder that has none, and why.
    pub failed: Option<(String, String)>,
}

/// What is known of the backups. Not journalled: the files themselves say when they were made.
#[derive(Clone, Debug, Default)]
pub(super) struct BackupLine {
    news: Option<BackupNews>,
    /// Since when the till has been waiting for a first one.
    since: Option<Timestamp>,
}

impl Register {
    /// A backup was made, or not.
    pub fn backed_up(&mut self, news: BackupNews, now: Timestamp) {
        self.backup.since.get_or_insert(now);
        if self.backup.news.as_ref() != Some(&news) {
            self.backup.news = Some(news);
            self.revision += 1;
        }
    }

    /// Said of a shop that wants backups, when one has failed or the last is older than two should be.
    pub(super) fn backup_notice(&self, now: Timestamp) -> Option<Notice> {
        let news = self.backup.news.as_ref()?;
        if let Some((folder, why)) = &news.failed {
            return Some(Notice::BackupFailed { folder: folder.clone(), why: why.clone() });
        }
        let last = news.made.or(self.backup.since)?;
        let stale = now.since(last) > news.every.saturating_mul(2);
        stale.then(|| Notice::BackupStale { since_ms: news.made.map(Timestamp::unix_ms) })
    }
}
