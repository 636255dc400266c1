//! A file on its way in: handed over, looked at, and taken or let go. It stays here between these steps, so that what is
//! taken is what was looked at, and no screen ever names a path.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{BYTES_MAX, GoOn, ImportError, PROBLEMS_MAX, Plan, Progress, ROWS_MAX, Table, read_with};
use crate::command_error::CommandError;
use crate::drive::Shared;
use crate::people::Consent;
use crate::view::{FileProblem, ImportPlan, ImportProgress, RowProblem};

/// A file on its way in; one at a time.
#[derive(Default)]
pub struct Intake {
    held: Mutex<Held>,
    cancelled: AtomicBool,
}

#[derive(Default)]
enum Held {
    #[default]
    Nothing,
    File(Vec<u8>),
    Table(Table),
}

impl Intake {
    /// Takes a file in hand, in place of any other.
    pub fn hand_over(&self, bytes: Vec<u8>) {
        self.cancelled.store(false, Ordering::Relaxed);
        // One byte too many says all that is to be said of a larger one.
        let bytes = if bytes.len() > BYTES_MAX { vec![0; BYTES_MAX + 1] } else { bytes };
        self.put(Held::File(bytes));
    }

    /// Reads the file and says what taking it would do; nothing is changed. Says now and then how far it is.
    ///
    /// # Errors
    /// When there is no file, or the products cannot be read.
    pub fn look(&self, shared: &Shared, tell: &mut dyn FnMut(ImportProgress)) -> Result<ImportPlan, CommandError> {
        let Held::File(bytes) = std::mem::take(&mut *self.held()) else {
            return Err(CommandError::ChoiceNotPossible);
        };
        let read = read_with(&bytes, &mut |Progress { at, total }| {
            let percent = u8::try_from(at.saturating_mul(100) / total.max(1)).unwrap_or(100).min(100);
            tell(ImportProgress { percent });
            if self.cancelled.load(Ordering::Relaxed) { GoOn::Cancel } else { GoOn::Yes }
        });
        let table = match read {
            Ok(table) => table,
            Err(error) => return Ok(refused(error)),
        };
        let plan = shared.at_counter(None, |register, _| register.plan_import(table.clone()))?;
        if self.cancelled.load(Ordering::Relaxed) {
            return Ok(refused(ImportError::Cancelled));
        }
        if plan.problems.is_empty() {
            self.put(Held::Table(table));
        }
        Ok(planned(plan))
    }

    /// Somebody said stop: reading ends, and what was looked at is let go.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
        // What is being read is let go by whoever reads it.
        self.put(Held::Nothing);
    }

    /// Takes what was looked at, in one commit.
    ///
    /// # Errors
    /// When nothing was looked at, it takes a consent that was not given (the file then stays in hand), or it cannot be
    /// recorded.
    pub fn take(&self, shared: &Shared, consent: Option<&Consent>) -> Result<ImportPlan, CommandError> {
        shared.at_counter(None, |_, _| Ok(()))?;
        let Held::Table(table) = std::mem::take(&mut *self.held()) else {
            return Err(CommandError::ChoiceNotPossible);
        };
        let taken = shared.at_counter(consent, |register, ports| register.import(table.clone(), ports.clock.now()));
        match taken {
            Ok(counts) => Ok(planned(Plan { counts, ..Plan::default() })),
            Err(error) => {
                self.put(Held::Table(table));
                Err(error)
            }
        }
    }

    fn put(&self, held: Held) {
        *self.held() = held;
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn planned(plan: Plan) -> ImportPlan {
    let Plan { counts, problems, .. } = plan;
    let more = problems.len() > PROBLEMS_MAX;
    ImportPlan {
        file: None,
        problems: problems
            .into_iter()
            .take(PROBLEMS_MAX)
            .map(|row| RowProblem { line: row.line, what: row.what })
            .collect(),
        more,
        added: counts.added,
        changed: counts.changed,
        repriced: counts.repriced,
        same: counts.same,
        cancelled: false,
    }
}

fn refused(error: ImportError) -> ImportPlan {
    let nothing = planned(Plan::default());
    let file = |problem| ImportPlan { file: Some(problem), ..planned(Plan::default()) };
    match error {
        ImportError::NotText => file(FileProblem::NotText),
        ImportError::Column { missing } => file(FileProblem::Column { missing: missing.to_owned() }),
        ImportError::ColumnTwice { twice } => file(FileProblem::ColumnTwice { twice: twice.to_owned() }),
        ImportError::Empty => file(FileProblem::Empty),
        ImportError::TooLong => file(FileProblem::TooLong { rows: ROWS_MAX, megabytes: BYTES_MAX / 1024 / 1024 }),
        ImportError::Cancelled => ImportPlan { cancelled: true, ..nothing },
        ImportError::Rows { problems } => {
            let more = problems.len() >= PROBLEMS_MAX;
            ImportPlan { more, ..planned(Plan { problems, ..Plan::default() }) }
        }
    }
}
