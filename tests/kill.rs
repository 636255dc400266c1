//! The real program on real files, killed with SIGKILL again and again. `make kill N=5000` does it more often.

#![cfg(unix)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use stories::killed::{Day, Tally};

/// Kills of one till in one folder. Then another begins, so that the first start of a till is killed too.
const A_DAY: u64 = 20;

/// PF-09, PF-10, PF-40 by one who has no favourite moment: after every kill the journal verifies, nothing that was
/// acknowledged is missing, no number is used twice; and in the end the gateway's money is in the journal, once.
#[test]
fn a_till_that_is_killed_at_any_moment_loses_nothing_and_takes_nothing_twice() {
    let (seed, kills) = (number("GUITAI_SEED").unwrap_or(1), number("GUITAI_KILLS").unwrap_or(300));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads");
    let (days, next) = (kills.div_ceil(A_DAY), AtomicU64::new(0));
    let began = Instant::now();
    let tally = Mutex::new(Tally::default());
    let sell = || {
        loop {
            let day = next.fetch_add(1, Ordering::SeqCst);
            if day >= days {
                return;
            }
            let lived = catch_unwind(AssertUnwindSafe(|| {
                Day::live(seed + day, A_DAY.min(kills - day * A_DAY), runtime.handle())
            }));
            match lived {
                Ok(lived) => {
                    let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                    *tally = std::mem::take(&mut *tally).and(&lived);
                }
                Err(broken) => {
                    say(&format!("the day that broke a promise: GUITAI_SEED={} GUITAI_KILLS={A_DAY}\n", seed + day));
                    next.store(days, Ordering::SeqCst);
                    resume_unwind(broken);
                }
            }
        }
    };
    thread::scope(|scope| {
        let tills: Vec<_> = (0..2).map(|_| scope.spawn(sell)).collect();
        for till in tills {
            if let Err(broken) = till.join() {
                resume_unwind(broken);
            }
        }
    });
    let tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    say(&told(&tally, seed, began.elapsed()));
    assert!(tally.kills() >= kills);
    if kills >= 300 {
        for place in ["while ringing up", "after the link", "while the customer pays", "closed, before the receipt"] {
            assert!(tally.landings.contains_key(place), "no kill landed here: {place}");
        }
    }
}

fn told(tally: &Tally, seed: u64, took: Duration) -> String {
    let mut text = format!(
        "kills survived: {} in {:.1} s (seed {seed}); {} other runs ended by themselves\n",
        tally.kills(),
        took.as_secs_f64(),
        tally.whole
    );
    for (place, kills) in &tally.landings {
        let _ = writeln!(text, "  {kills:>6}  {place}");
    }
    let _ = writeln!(
        text,
        "  {} sales, {} acknowledged, {} recovered by the next run; {} payments, {} dollars at the gateway and in the \
         journals, {} of them late and waiting for a person; {} dollars in cash",
        tally.sales, tally.acknowledged, tally.recovered, tally.attempts, tally.gateway, tally.waiting, tally.cash
    );
    text
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok().filter(|text| !text.is_empty())?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text:?}")))
}

/// Also when the test passes: the figures are part of what it is for.
fn say(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}
