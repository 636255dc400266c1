//! Where a till keeps its files. Each profile has a journal and receipts of its own, so that practice never mixes with
//! money.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use register::Profile;
use till::ids::{AttemptNumber, RefundNumber, SaleNumber};

/// The folder a till keeps its files in.
#[derive(Clone, Debug)]
pub struct Home {
    root: PathBuf,
}

impl Home {
    /// The till kept in this folder.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The settings, for people to read and edit.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.root.join("settings.toml")
    }

    /// The sales journal of a profile.
    #[must_use]
    pub fn journal(&self, profile: Profile) -> PathBuf {
        self.root.join(profile.name()).join("journal.sqlite")
    }

    /// The till's key to its relay.
    #[must_use]
    pub fn relay_key(&self, profile: Profile) -> PathBuf {
        self.root.join(profile.name()).join("relay.key")
    }

    /// The folder of a profile's receipts.
    #[must_use]
    pub fn receipts(&self, profile: Profile) -> PathBuf {
        self.root.join(profile.name()).join("receipts")
    }

    /// The folder of a profile's records written out as text.
    #[must_use]
    pub fn exports(&self, profile: Profile) -> PathBuf {
        self.root.join(profile.name()).join("exports")
    }

    /// The file of one receipt; `copy` 0 is the original.
    #[must_use]
    pub fn receipt(&self, profile: Profile, sale: &SaleNumber, copy: u32) -> PathBuf {
        let name = match copy {
            0 => format!("{sale}.pdf"),
            copy => format!("{sale}-copy{copy}.pdf"),
        };
        self.receipts(profile).join(name)
    }

    /// The file of the slip with which an attempt's code is paid.
    #[must_use]
    pub fn slip(&self, profile: Profile, attempt: &AttemptNumber) -> PathBuf {
        self.root.join(profile.name()).join("slips").join(format!("{attempt}.pdf"))
    }

    /// The file of one Z report; `copy` 0 is the original.
    #[must_use]
    pub fn report(&self, profile: Profile, number: u32, copy: u32) -> PathBuf {
        let name = match copy {
            0 => format!("Z-{number:04}.pdf"),
            copy => format!("Z-{number:04}-copy{copy}.pdf"),
        };
        self.root.join(profile.name()).join("reports").join(name)
    }

    /// The file of one refund's slip; `copy` 0 is the original.
    #[must_use]
    pub fn refund_slip(&self, profile: Profile, refund: &RefundNumber, copy: u32) -> PathBuf {
        let name = match copy {
            0 => format!("{refund}.pdf"),
            copy => format!("{refund}-copy{copy}.pdf"),
        };
        self.receipts(profile).join(name)
    }

    /// Makes the folders of a profile where they are missing.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn prepare(&self, profile: Profile) -> io::Result<()> {
        fs::create_dir_all(self.receipts(profile))
    }
}
