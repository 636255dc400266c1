//! Backups by themselves: after every Z report and every so many hours, to each folder the shop has named. A copy is
//! opened and walked from end to end before an older one goes. A folder that is not there is not made: it is a stick that
//! was pulled out, and a folder in its place would be on the disk that is to be backed up.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use register::drive::Shared;
use register::{BackupNews, Profile};
use till::day::Count;
use till::ids::TillId;
use till::time::Timestamp;

/// How soon it is tried again where it failed.
const AGAIN: Duration = Duration::from_secs(15 * 60);

/// Where the copies go, and how many are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupPlan {
    /// The folders; each gets every copy.
    pub folders: Vec<PathBuf>,
    /// So many copies are kept in each.
    pub keep: usize,
    /// At least so often.
    pub every: Duration,
}

/// Whoever makes the backups of one till.
pub struct Backups {
    shared: Shared,
    journal: PathBuf,
    prefix: String,
    plan: BackupPlan,
    state: Mutex<State>,
}

/// What was done last.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// When the last good copy was made in every folder.
    made: Option<Timestamp>,
    /// When it was tried last.
    tried: Option<Timestamp>,
    /// The number of the next Z report then.
    next_z: Option<Count>,
}

/// What one round came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The copies that were made.
    pub copies: Vec<PathBuf>,
    /// The first folder without one, and why.
    pub failed: Option<(PathBuf, String)>,
}

impl Backups {
    pub(crate) fn new(shared: Shared, journal: PathBuf, till: &TillId, profile: Profile, plan: BackupPlan) -> Self {
        let prefix = prefix(till, profile);
        let made = plan.folders.iter().map(|folder| newest(folder, &prefix)).min().flatten();
        let state = State { made, tried: None, next_z: next_z(&shared) };
        let backups = Self { shared, journal, prefix, plan, state: Mutex::new(state) };
        backups.tell(None);
        backups
    }

    /// Makes a copy when one is due now: says what came of it, or nothing when none was.
    pub fn step(&self) -> Option<Round> {
        let (now, z) = (self.now(), next_z(&self.shared));
        {
            let mut state = self.state();
            let fresh = state.made.is_some_and(|made| now.since(made) < self.plan.every);
            let closed = z != state.next_z;
            let just_tried = state.tried.is_some_and(|tried| now.since(tried) < AGAIN);
            if (fresh || just_tried) && !closed {
                return None;
            }
            state.tried = Some(now);
            state.next_z = z;
        }
        let round = copies(&self.journal, &self.plan, &self.prefix, now);
        if round.failed.is_none() {
            self.state().made = Some(now);
        }
        self.tell(round.failed.as_ref());
        Some(round)
    }

    /// Looks whenever something changes, and every few minutes.
    pub(crate) async fn run(self: std::sync::Arc<Self>) {
        let mut changes = self.shared.watch();
        loop {
            let this = std::sync::Arc::clone(&self);
            if let Err(error) = tokio::task::spawn_blocking(move || this.step()).await {
                tracing::error!(%error, "a backup was not made");
            }
            let _ = tokio::time::timeout(Duration::from_secs(5 * 60), changes.changed()).await;
        }
    }

    fn tell(&self, failed: Option<&(PathBuf, String)>) {
        let news = BackupNews {
            made: self.state().made,
            every: self.plan.every,
            failed: failed.map(|(folder, why)| (folder.display().to_string(), why.clone())),
        };
        self.shared.with(|register, ports| register.backed_up(news, ports.clock.now()));
    }

    fn now(&self) -> Timestamp {
        self.shared.ports().clock.now()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn next_z(shared: &Shared) -> Option<Count> {
    shared.with(|register, _| register.journal().next_z()).ok()
}

/// What the names of this till's copies begin with.
#[must_use]
pub fn prefix(till: &TillId, profile: Profile) -> String {
    format!("guitai-{till}-{profile}-")
}

/// One copy into each folder, and away with the oldest beyond those that are kept. A folder that fails keeps what it has.
#[must_use]
pub fn copies(journal: &Path, plan: &BackupPlan, prefix: &str, now: Timestamp) -> Round {
    let stamp: String = now.to_string().chars().filter(char::is_ascii_digit).collect();
    let mut round = Round { copies: vec![], failed: None };
    for folder in &plan.folders {
        let to = folder.join(format!("{prefix}{stamp}.sqlite"));
        match copy(journal, folder, &to) {
            Ok(()) => {
                thin_out(folder, prefix, plan.keep);
                round.copies.push(to);
            }
            Err(why) => {
                tracing::warn!(folder = %folder.display(), %why, "there is no backup");
                round.failed.get_or_insert((folder.clone(), why));
            }
        }
    }
    round
}

fn copy(journal: &Path, folder: &Path, to: &Path) -> Result<(), String> {
    if !folder.is_dir() {
        return Err("the folder is not there".to_owned());
    }
    let reader = journal::Journal::open_read_only(journal).map_err(|error| error.to_string())?;
    reader.backup(to).map(drop).map_err(|error| error.to_string())
}

/// This till's copies in a folder, the oldest first: nothing else there is touched.
fn kept(folder: &Path, prefix: &str) -> Vec<String> {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = names
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| stamp_of(name, prefix).is_some())
        .collect();
    names.sort();
    names
}

fn stamp_of<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    let stamp = name.strip_prefix(prefix)?.strip_suffix(".sqlite")?;
    (stamp.len() == 14 && stamp.bytes().all(|byte| byte.is_ascii_digit())).then_some(stamp)
}

fn thin_out(folder: &Path, prefix: &str, keep: usize) {
    let names = kept(folder, prefix);
    for name in names.iter().take(names.len().saturating_sub(keep)) {
        if let Err(error) = fs::remove_file(folder.join(name)) {
            tracing::warn!(%error, name, "an old backup stays");
        }
    }
}

/// When the newest copy in a folder was made, by its name.
fn newest(folder: &Path, prefix: &str) -> Option<Timestamp> {
    let names = kept(folder, prefix);
    let stamp = stamp_of(names.last()?, prefix)?;
    let day: till::time::Day = format!("{}-{}-{}", &stamp[..4], &stamp[4..6], &stamp[6..8]).parse().ok()?;
    let part = |from: usize| stamp[from..from + 2].parse::<u64>().ok();
    let seconds = (part(8)? * 60 + part(10)?) * 60 + part(12)?;
    Some(day.begin().plus(Duration::from_secs(seconds)))
}
