//! What a till that was closed has to ask before anybody decides anything.

use std::time::Duration;

use desk::Desk;
use register::Next;

/// As many questions as are waited for.
const ROUNDS: u32 = 8;

/// Does what is due now. Where the gateway's allowance holds a question back for less than `patience`, that is waited
/// for: a till that comes back asks about every payment that may have been made meanwhile, the one on the counter first.
/// Ends early when nothing is `wanted` any more.
pub(crate) async fn catch_up(
    desk: &Desk,
    patience: Duration,
    wanted: impl Fn() -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    for _ in 0..ROUNDS {
        match desk.shared().step().await? {
            Next::At(moment) if wanted()? => {
                let wait = moment.since(desk.shared().ports().clock.now());
                if wait > patience {
                    return Ok(());
                }
                tokio::time::sleep(wait).await;
            }
            Next::At(_) | Next::Nothing | Next::Errand(_) => return Ok(()),
        }
    }
    Ok(())
}
