//! Whom the till collects for: its keys put in and tried, and the world it sells in.

use std::sync::Arc;

use ecpay::{Gateway, HashIv, HashKey, Merchant, MerchantId};
use register::view::{CollectingLook, KeysProblem, KeysState, KeysTest, MerchantLook};
use register::{CommandError, Consent, Profile};
use serde::Deserialize;
use till::event::SettingChanged;
use till::people::Act;
use zeroize::Zeroizing;

use crate::keys::{self, KeyProblem, Keys, Old, Passphrase};
use crate::open::Desk;
use crate::ports::NetGateway;
use crate::settings::{self, SettingsError};
use crate::try_keys::try_keys;

/// Something that is typed in and never shown again. No `Debug`, wiped when dropped.
#[derive(Default, Deserialize)]
#[serde(from = "String")]
pub struct Typed(Zeroizing<String>);

impl From<String> for Typed {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

/// Keys as they are typed in.
#[derive(Deserialize)]
pub struct GivenKeys {
    /// MerchantID.
    pub merchant: String,
    /// HashKey.
    pub key: Typed,
    /// HashIV.
    pub iv: Typed,
    /// What opens or makes the sealed file; empty for the system's credential store.
    #[serde(default)]
    pub passphrase: Typed,
    /// Nothing signed with the keys from before is taken any more.
    #[serde(default)]
    pub leaked: bool,
}

impl GivenKeys {
    fn merchant(&self, profile: Profile) -> Result<Merchant, KeysProblem> {
        let merchant = Merchant {
            id: MerchantId::parse(self.merchant.trim()).map_err(|_| KeysProblem::Merchant)?,
            key: HashKey::parse(self.key.0.trim()).map_err(|_| KeysProblem::Key)?,
            iv: HashIv::parse(self.iv.0.trim()).map_err(|_| KeysProblem::Iv)?,
        };
        let public = ecpay::stage::is_public(&merchant.id) || ecpay::stage::is_public_key(&merchant.key);
        if profile == Profile::Production && public { Err(KeysProblem::Public) } else { Ok(merchant) }
    }

    fn passphrase(&self) -> Result<Option<Passphrase>, KeysProblem> {
        match self.passphrase.0.as_str() {
            "" => Ok(None),
            text => Passphrase::new(text.to_owned()).map(Some).map_err(|_| KeysProblem::Passphrase),
        }
    }
}

impl Desk {
    /// Whom it collects for, and where it could.
    ///
    /// # Errors
    /// When the till is locked, or its settings cannot be read.
    pub fn collecting(&self) -> Result<CollectingLook, CommandError> {
        let under_way = self.shared().at_counter(None, |register, _| Ok(register.under_way()))?;
        let next = self.settings_now()?.profile;
        let (stage, production) = (self.merchant_look(Profile::Stage)?, self.merchant_look(Profile::Production)?);
        Ok(CollectingLook { profile: self.profile(), next, stage, production, under_way })
    }

    /// Tries keys: those that are typed in, or those that are kept.
    ///
    /// # Errors
    /// When the till is locked, or what was typed in can be no keys.
    pub async fn try_keys(&self, profile: Profile, given: Option<&GivenKeys>) -> Result<KeysTest, CommandError> {
        let trial = self.keys_trial(profile, given)?;
        Ok(trial.run().await)
    }

    /// What tries keys; holds nothing of the till, so that selling goes on meanwhile.
    ///
    /// # Errors
    /// As [`Desk::try_keys`].
    pub fn keys_trial(&self, profile: Profile, given: Option<&GivenKeys>) -> Result<KeysTrial, CommandError> {
        self.shared().at_counter(None, |_, _| Ok(()))?;
        let merchant = match given {
            // Public keys are told apart by the trial itself.
            Some(given) => match given.merchant(profile) {
                Ok(merchant) => Some(merchant),
                Err(KeysProblem::Public) => Some(given.merchant(Profile::Stage).map_err(refuse)?),
                Err(why) => return Err(refuse(why)),
            },
            None => match self.kept(profile)? {
                Ok(keys) => Some(keys.merchant),
                Err(KeyProblem::Locked { .. }) => return Err(refuse(KeysProblem::Locked)),
                Err(_) => None,
            },
        };
        let ports = self.shared().ports().clone();
        let gateway = self.elsewhere.clone().unwrap_or_else(|| settings::ecpays(profile));
        Ok(KeysTrial { net: NetGateway(Arc::clone(&self.client)), gateway, profile, merchant, ports })
    }

    /// Puts keys in, with the consent of somebody who may: into the vault first, then the merchant's number into the
    /// settings.
    ///
    /// # Errors
    /// When they can be no keys, nobody has consented who may, or they cannot be kept.
    pub fn keep_keys(
        &self,
        profile: Profile,
        given: &GivenKeys,
        consent: Option<&Consent>,
    ) -> Result<CollectingLook, CommandError> {
        if profile == Profile::Training {
            return Err(refuse(KeysProblem::Merchant));
        }
        let merchant = given.merchant(profile).map_err(refuse)?;
        let passphrase = given.passphrase().map_err(refuse)?;
        let name = format!("{profile}.keys");
        self.shared()
            .at_counter(consent, |register, ports| register.approve(Act::Collecting, &name, ports.clock.now()))?;
        // Slow, and a credential store may ask its own question: not with the register in hand.
        let old = if given.leaked { Old::Leaked } else { Old::TakenForAWhile };
        let now = self.shared().ports().clock.now();
        keys::keep(self.home(), profile, &merchant, old, passphrase, now).map_err(|error| not_kept(&error))?;
        let file = self.file();
        let (text, mut changes) = settings::collecting(&file.read()?, None, Some((profile, merchant.id.as_str())))?;
        changes.push(SettingChanged { name, value: String::new() });
        self.shared().with(|register, ports| {
            register.note_settings(changes, || file.keep(&text), || file.put_back(), ports.clock.now())
        })?;
        self.collecting()
    }

    /// Sells in another world from the next start on. Refused while anybody would wait in vain for a result of this one.
    ///
    /// # Errors
    /// With payments under way, without keys, or when nobody has consented who may.
    pub fn switch_profile(&self, profile: Profile, consent: Option<&Consent>) -> Result<CollectingLook, CommandError> {
        self.shared().at_counter(None, |register, _| match register.under_way() {
            0 => Ok(()),
            count => Err(CommandError::PaymentsUnderWay { count }),
        })?;
        let now = self.settings_now()?;
        let merchant = match self.kept(profile)? {
            Ok(keys) => Some(keys.merchant),
            // The next start asks for the passphrase.
            Err(KeyProblem::Locked { .. }) => None,
            Err(_) => return Err(refuse(KeysProblem::Missing)),
        };
        if let Some(merchant) = merchant {
            settings::check(&now, profile, self.elsewhere.as_ref(), &merchant).map_err(|error| match error {
                SettingsError::StageKeys => refuse(KeysProblem::Public),
                other => settings::refused(&other),
            })?;
        }
        let file = self.file();
        self.shared().at_counter(consent, |register, ports| {
            // Somebody may have begun to pay while the PIN was typed.
            match register.under_way() {
                0 => {}
                count => return Err(CommandError::PaymentsUnderWay { count }),
            }
            let (text, changes) = settings::collecting(&file.read()?, Some(profile), None)?;
            let (write, undo) = (|| file.keep(&text), || file.put_back());
            register.change_settings(Act::Collecting, changes, write, undo, ports.clock.now())
        })?;
        self.collecting()
    }

    fn merchant_look(&self, profile: Profile) -> Result<MerchantLook, CommandError> {
        let settings = self.settings_now()?;
        let named = match profile {
            Profile::Production => settings.production.merchant_id,
            Profile::Stage | Profile::Training => settings.stage.merchant_id,
        };
        Ok(match self.kept(profile)? {
            Ok(keys) => MerchantLook {
                keys: if ecpay::stage::is_public_key(&keys.merchant.key) { KeysState::Public } else { KeysState::Kept },
                merchant: Some(keys.merchant.id.to_string()),
            },
            Err(problem) => MerchantLook {
                merchant: named,
                keys: match problem {
                    KeyProblem::Missing { .. } | KeyProblem::NoStore => KeysState::Missing,
                    KeyProblem::Locked { .. } | KeyProblem::WrongPassphrase { .. } => KeysState::Locked,
                    KeyProblem::OtherMerchant { .. } => KeysState::OtherMerchant,
                    KeyProblem::Unreadable(_) => KeysState::Unreadable,
                },
            },
        })
    }

    /// The keys that are kept. Those the till runs with are open already.
    fn kept(&self, profile: Profile) -> Result<Result<Keys, KeyProblem>, CommandError> {
        let settings = self.settings_now()?;
        let now = self.shared().ports().clock.now();
        let found = keys::look(self.home(), &settings, profile, None, now);
        let running = profile == self.profile() && matches!(found, Err(KeyProblem::Locked { .. }));
        Ok(if running {
            Ok(Keys::only(self.shared().with(|register, _| register.setup().merchant.clone())))
        } else {
            found
        })
    }
}

/// A trial of keys, made ready.
pub struct KeysTrial {
    net: NetGateway,
    gateway: Gateway,
    profile: Profile,
    merchant: Option<Merchant>,
    ports: register::Ports,
}

impl KeysTrial {
    /// Asks, and says what came of it.
    pub async fn run(self) -> KeysTest {
        let Some(merchant) = &self.merchant else { return KeysTest::NoKeys };
        let (draw, now) = (self.ports.chance.draw(), self.ports.clock.now());
        try_keys(&self.net, &self.gateway, self.profile, merchant, draw, now).await
    }
}

/// Tries the keys that are kept for a profile, for a command line. `elsewhere` is a gateway of our own.
///
/// # Errors
/// When they cannot be opened, or the network cannot be set up.
pub async fn try_kept_keys(
    home: &crate::Home,
    profile: Profile,
    passphrase: Option<Passphrase>,
    elsewhere: Option<&str>,
) -> Result<KeysTest, crate::Trouble> {
    use register::{Chance as _, Clock as _};
    let settings = crate::read_settings(home)?;
    let now = crate::SystemClock.now();
    let keys = keys::look(home, &settings, profile, passphrase, now)?;
    let gateway = match elsewhere {
        Some(url) => Gateway::at(url).map_err(|_| crate::Trouble::Gateway(url.to_owned()))?,
        None => settings::ecpays(profile),
    };
    let net = NetGateway(Arc::new(net::Client::new(net::Timeouts::default())?));
    Ok(try_keys(&net, &gateway, profile, &keys.merchant, crate::ports::SystemChance.draw(), now).await)
}

fn refuse(why: KeysProblem) -> CommandError {
    CommandError::KeysRefused { why }
}

fn not_kept(error: &KeyProblem) -> CommandError {
    tracing::error!(%error, "the keys could not be kept");
    refuse(match error {
        KeyProblem::NoStore => KeysProblem::NoStore,
        KeyProblem::Locked { .. } => KeysProblem::Locked,
        KeyProblem::WrongPassphrase { .. } => KeysProblem::WrongPassphrase,
        KeyProblem::Missing { .. } | KeyProblem::OtherMerchant { .. } | KeyProblem::Unreadable(_) => {
            KeysProblem::NotKept
        }
    })
}
