//! What a till that was closed has to ask before anybody decides anything.

use std::time::Duration;

use desk::Desk;
use register::Next;

/// A question further off than this is one of the schedule, not one that waits for its turn.
const SOON: Duration = Duration::from_secs(6);

/// As many questions as are waited for.
const ROUNDS: u32 = 8;

/// Does what is due now, and waits for questions that only the gateway's allowance holds back for a moment: a till that
/// comes back asks about every payment that may have been made meanwhile.
pub(crate) async fn catch_up(desk: &Desk) -> anyhow::Result<()> {
    for _ in 0..ROUNDS {
        match desk.shared().step().await? {
            Next::At(moment) => {
                let wait = moment.since(desk.shared().ports().clock.now());
                if wait > SOON {
                    return Ok(());
                }
                tokio::time::sleep(wait).await;
            }
            Next::Nothing | Next::Errand(_) => return Ok(()),
        }
    }
    Ok(())
}
