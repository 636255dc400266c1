//! One open till with everything plugged in: home folder, settings, keys, journal, register, the pay page's server, and
//! in training the gateway itself. The window and the command line both open a [`Desk`]; neither adds a rule of its own.

mod backups;
mod collecting;
mod courier;
mod home;
mod keys;
mod open;
mod pages;
mod ports;
mod press;
mod records;
mod relay;
mod sample;
mod set_up;
pub mod settings;
mod static_page;
mod try_keys;

pub use backups::{BackupPlan, Backups, Round, copies as back_up, prefix as backup_prefix};
pub use collecting::{GivenKeys, KeysTrial, Typed, try_kept_keys};
pub use courier::{CustomersBrowser, courier};
pub use home::Home;
pub use keys::{KeyProblem, Keys, Old, Passphrase, forget as forget_keys, keep as keep_keys, look as look_at_keys};
pub use open::{Desk, Opening, Trouble, read_settings};
pub use ports::SystemClock;
pub use press::Printers;
pub use records::{Records, export, export_products, export_report};
pub use relay::{
    KeyFileError, Probe, ProbeTrouble, RelayTester, RelayTrouble, keep_relay_key, rotate_relay_key, test_relay,
};
pub use sample::{people as sample_people, products as sample_products};
pub use static_page::{StaticPageError, write as static_page};
