//! `guitaictl keys`: the shop's ECPay keys, in and out. They come in on standard input, never on the command line, where
//! other programs could read them.

use std::io::{BufRead, IsTerminal, stdin};

use anyhow::{Context, bail};
use desk::{Home, Old, Passphrase, SystemClock};
use ecpay::{HashIv, HashKey, Merchant, MerchantId};
use register::view::KeysTest;
use register::{Clock, Profile};

use crate::at::AtHome;
use crate::say::print;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Reads three lines from standard input, MerchantID, HashKey and HashIV, and keeps them. A fourth line, if there is
    /// one, is the passphrase of a sealed file, for machines without a credential store.
    ///
    /// What is signed with the keys from before is still taken for a while (gateway.previous_keys_days in settings.toml).
    Set {
        #[command(flatten)]
        at: AtHome,
        /// The keys from before have leaked: nothing signed with them is taken any more.
        #[arg(long)]
        leaked: bool,
    },
    /// Says whose keys are kept, and until when those from before are taken. The keys themselves are not shown.
    Show {
        #[command(flatten)]
        at: AtHome,
    },
    /// Tries the keys that are kept: one signed question about a number that cannot exist, which moves nothing.
    Test {
        #[command(flatten)]
        at: AtHome,
        /// A gateway of our own instead of ECPay.
        #[arg(long)]
        gateway: Option<String>,
    },
    /// Takes the keys of a profile out. A sealed file's passphrase comes on standard input.
    Forget {
        #[command(flatten)]
        at: AtHome,
    },
}

pub(crate) fn run(command: Command) -> anyhow::Result<()> {
    if stdin().is_terminal() {
        eprintln!("{}", hint(&command));
    }
    let mut lines = stdin().lock().lines();
    let mut line = || lines.next().transpose().context("standard input cannot be read");
    let passphrase = |text: Option<String>| match text {
        Some(text) if !text.is_empty() => Passphrase::new(text).map(Some),
        _ => Ok(None),
    };
    match command {
        Command::Set { at, leaked } => {
            let profile = which(&at)?;
            let mut asked = |name| line()?.filter(|text| !text.trim().is_empty()).with_context(|| format!("no {name}"));
            let (id, key, iv) = (asked("MerchantID")?, asked("HashKey")?, asked("HashIV")?);
            let merchant = Merchant {
                id: MerchantId::parse(id.trim()).context("MerchantID")?,
                key: HashKey::parse(key.trim()).context("HashKey")?,
                iv: HashIv::parse(iv.trim()).context("HashIV")?,
            };
            let public = ecpay::stage::is_public(&merchant.id) || ecpay::stage::is_public_key(&merchant.key);
            if profile == Profile::Production && public {
                bail!("these are ECPay's public test keys: production needs the shop's own");
            }
            let old = if leaked { Old::Leaked } else { Old::TakenForAWhile };
            desk::keep_keys(&Home::at(&at.home), profile, &merchant, old, passphrase(line()?)?, SystemClock.now())?;
            print(&format!("keys of merchant {} kept for {profile}", merchant.id));
        }
        Command::Show { at } => {
            let profile = which(&at)?;
            let home = Home::at(&at.home);
            let settings = desk::read_settings(&home)?;
            let now = SystemClock.now();
            let keys = desk::look_at_keys(&home, &settings, profile, passphrase(line()?)?, now)?;
            print(&format!("keys of merchant {} are kept for {profile}", keys.merchant.id));
            for before in keys.before {
                print(&format!("keys from before are taken until {}", before.until));
            }
        }
        Command::Test { at, gateway } => {
            let profile = which(&at)?;
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let home = Home::at(&at.home);
            let kept = desk::try_kept_keys(&home, profile, passphrase(line()?)?, gateway.as_deref());
            match runtime.block_on(kept)? {
                KeysTest::Works { merchant } => print(&format!("the gateway knows merchant {merchant} and its keys")),
                other => bail!("{}", outcome(&other)),
            }
        }
        Command::Forget { at } => {
            let profile = which(&at)?;
            desk::forget_keys(&Home::at(&at.home), profile, passphrase(line()?)?)?;
            print(&format!("no keys for {profile} any more"));
        }
    }
    Ok(())
}

/// What is waited for, told to a person who types it in.
fn hint(command: &Command) -> &'static str {
    match command {
        Command::Set { .. } => {
            "type MerchantID, HashKey and HashIV, a line each, and a passphrase (empty for the system's credential store)"
        }
        Command::Show { .. } | Command::Test { .. } | Command::Forget { .. } => {
            "type the passphrase of the sealed keys (empty for the system's credential store)"
        }
    }
}

/// What a test came to that did not go well, and what to do.
fn outcome(test: &KeysTest) -> String {
    match test {
        KeysTest::Works { merchant } => format!("merchant {merchant} works"),
        KeysTest::NoKeys => "there are no keys: put them in with `guitaictl keys set`".to_owned(),
        KeysTest::WrongKeys => {
            "MerchantID, HashKey and HashIV do not go together: copy the payment pair again from ECPay's console"
                .to_owned()
        }
        KeysTest::OtherProduct => {
            "these keys are another product's (invoices, logistics) or another environment's: take the payment pair"
                .to_owned()
        }
        KeysTest::PublicKeys => "these are ECPay's public test keys: production needs the shop's own".to_owned(),
        KeysTest::NoSuchMerchant => {
            "ECPay does not know that MerchantID there: stage and production have different ones".to_owned()
        }
        KeysTest::ClockOff { minutes } => {
            format!("this computer's clock is {minutes} minutes off: set it, then try again")
        }
        KeysTest::NotReached => "nobody answers: look at the network".to_owned(),
        KeysTest::Refused => "ECPay refuses every question for now (403): try again in half an hour".to_owned(),
        KeysTest::OutOfOrder => "ECPay is out of order just now: try again later".to_owned(),
        KeysTest::Other { code } => format!("ECPay answered {code}: ask ECPay about it"),
    }
}

fn which(at: &AtHome) -> anyhow::Result<Profile> {
    match at.profile {
        Some(Profile::Training) => bail!("training needs no keys"),
        Some(profile) => Ok(profile),
        None => bail!("say for which: --profile stage or --profile production"),
    }
}
