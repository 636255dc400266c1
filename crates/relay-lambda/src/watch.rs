//! The look around that happens by itself every few minutes: who has gone silent, whose letters wait.

use relay::cabinet::{Cabinet, Unavailable};
use relay::{Mailroom, Overview, Signals, TillName};

use crate::metrics;

/// After how long a till that does not fetch is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// In milliseconds; nothing when nobody wants to know.
    pub after_ms: Option<i64>,
}

impl Silence {
    /// From minutes, 0 being never.
    #[must_use]
    pub fn minutes(minutes: i64) -> Self {
        Self { after_ms: (minutes > 0).then(|| minutes.saturating_mul(60_000)) }
    }
}

/// Looks once: writes the figures, and tells the owner of each till that has just gone silent. A till that has never
/// fetched has not gone anywhere.
///
/// # Errors
/// When the storage does not answer; the alarm on this function's errors then rings.
pub async fn look<C: Cabinet>(
    mailroom: &Mailroom<C>,
    silence: Silence,
    signals: &Signals,
) -> Result<Vec<TillName>, Unavailable> {
    let tills = mailroom.overview().await?;
    let oldest = tills.iter().filter_map(|till| till.oldest_letter_ms).max().unwrap_or(0);
    let silent: Vec<&Overview> = tills
        .iter()
        .filter(|till| silence.after_ms.is_some_and(|after| till.silent_ms.is_some_and(|ms| ms >= after)))
        .collect();
    metrics::write(&[
        ("MailboxAge", "Seconds", oldest / 1000),
        ("SilentTills", "Count", i64::try_from(silent.len()).unwrap_or(i64::MAX)),
        ("Tills", "Count", i64::try_from(tills.len()).unwrap_or(i64::MAX)),
    ]);
    let mut told = Vec::new();
    for till in silent.into_iter().filter(|till| !till.told_silent) {
        if !mailroom.tell_silence(&till.till).await? {
            continue;
        }
        told.push(till.till.clone());
        if let Some(owner) = signals {
            let minutes = till.silent_ms.unwrap_or(0) / 60_000;
            let name = &till.till;
            owner
                .tell(
                    format!("Guitai {name}: silent"),
                    format!(
                        "收銀機 {name} 已經 {minutes} 分鐘沒有連線。\n\
                         Till {name} has not been heard of for {minutes} minutes.\n"
                    ),
                )
                .await;
        }
    }
    Ok(told)
}
