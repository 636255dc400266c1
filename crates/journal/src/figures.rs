//! What is counted beside the figures of a report: the alarms nobody has seen, and who sees to what.

use serde::Serialize;
use till::event::TillAlarm;
use till::people::Named;
use till::time::Timestamp;

/// One kind of alarm nobody has seen yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AlarmCount {
    /// What came in.
    pub alarm: TillAlarm,
    /// How often, since somebody last looked.
    pub count: u64,
    /// When it was first recorded.
    pub first_at: Timestamp,
    /// When it was last recorded.
    pub last_at: Timestamp,
}

/// Who sees to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskHolder {
    /// The task, as the screen names it.
    pub task: String,
    /// Who.
    pub by: Named,
    /// Since when.
    pub since: Timestamp,
}
