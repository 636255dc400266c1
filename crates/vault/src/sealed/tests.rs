//! What happens to a sealed file, and what the vault answers.

use ecpay::keys::Merchant;
use proptest::prelude::*;

use super::*;

struct Shop {
    home: tempfile::TempDir,
}

impl Shop {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    fn vault(&self, passphrase: &str) -> SealedFile {
        let passphrase = Passphrase::new(passphrase.to_owned()).unwrap();
        SealedFile { costs: Costs::TRIFLING, ..SealedFile::at(self.home.path(), passphrase) }
    }

    fn file(&self) -> PathBuf {
        path(self.home.path())
    }
}

const RIGHT: &str = "紅茶 加 珍珠 四百";

fn profile(name: &str) -> Profile {
    Profile::parse(name).unwrap()
}

fn keys(id: &str, key: &str) -> Kept {
    let iv = "EkRm7iFT261dpevs".parse().unwrap();
    Kept::only(Merchant { id: id.parse().unwrap(), key: key.parse().unwrap(), iv })
}

fn production() -> Kept {
    keys("1234567", "0123456789abcdef")
}

/// A shop with keys in its file.
fn shop() -> Shop {
    let shop = Shop::new();
    shop.vault(RIGHT).keep(&profile("production"), &production()).unwrap();
    shop
}

#[test]
fn keys_come_back_with_the_right_passphrase_at_the_real_cost() {
    let home = tempfile::tempdir().unwrap();
    let passphrase = || Passphrase::new(RIGHT.to_owned()).unwrap();
    let vault = crate::Vault::sealed(home.path(), passphrase());
    assert!(!crate::Vault::has_sealed_file(home.path()));
    vault.keep(&profile("production"), &production()).unwrap();
    assert!(crate::Vault::has_sealed_file(home.path()));
    let back = crate::Vault::sealed(home.path(), passphrase()).open(&profile("production")).unwrap();
    assert_eq!(back.keys.id, production().keys.id);
    assert_eq!(back.keys.key.expose(), production().keys.key.expose());
    assert_eq!(back.keys.iv.expose(), production().keys.iv.expose());
}

#[test]
fn the_file_shows_no_key_and_no_merchant() {
    let bytes = fs::read(shop().file()).unwrap();
    for secret in [&b"0123456789abcdef"[..], b"EkRm7iFT261dpevs", b"1234567", b"production"] {
        assert!(!bytes.windows(secret.len()).any(|w| w == secret));
    }
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_overwrites_nothing() {
    let shop = shop();
    let before = fs::read(shop.file()).unwrap();
    let wrong = shop.vault("something else");
    assert!(matches!(wrong.open(&profile("production")), Err(VaultError::WrongPassphrase)));
    assert!(matches!(wrong.keep(&profile("production"), &production()), Err(VaultError::WrongPassphrase)));
    assert!(matches!(wrong.forget(&profile("production")), Err(VaultError::WrongPassphrase)));
    assert_eq!(fs::read(shop.file()).unwrap(), before);
}

#[test]
fn any_flipped_bit_is_damage_and_is_left_alone() {
    let shop = shop();
    let good = fs::read(shop.file()).unwrap();
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 0x10;
        fs::write(shop.file(), &bad).unwrap();
        let answer = shop.vault(RIGHT).open(&profile("production"));
        // A higher version number is taken at its word; every other flip is damage.
        let expected =
            matches!(answer, Err(VaultError::Damaged)) || (at == 6 && matches!(answer, Err(VaultError::Newer { .. })));
        assert!(expected, "byte {at}");
        assert!(shop.vault(RIGHT).keep(&profile("production"), &production()).is_err(), "byte {at}");
        assert_eq!(fs::read(shop.file()).unwrap(), bad, "byte {at}");
    }
}

#[test]
fn a_header_changed_on_purpose_does_not_open() {
    use sha2::{Digest, Sha256};
    let shop = shop();
    let good = fs::read(shop.file()).unwrap();
    // Costs, salt and nonce, each with a checksum that fits again.
    for at in [11, 20, 40] {
        let mut forged = good[..good.len() - 32].to_vec();
        forged[at] ^= 1;
        let checksum = Sha256::digest(&forged);
        forged.extend_from_slice(&checksum);
        fs::write(shop.file(), &forged).unwrap();
        let answer = shop.vault(RIGHT).open(&profile("production"));
        assert!(matches!(answer, Err(VaultError::WrongPassphrase | VaultError::Damaged)), "byte {at}");
    }
}

#[test]
fn a_file_that_asks_for_endless_work_is_refused() {
    use sha2::{Digest, Sha256};
    let shop = shop();
    let mut forged = fs::read(shop.file()).unwrap();
    forged.truncate(forged.len() - 32);
    forged[7..11].copy_from_slice(&u32::MAX.to_le_bytes());
    let checksum = Sha256::digest(&forged);
    forged.extend_from_slice(&checksum);
    fs::write(shop.file(), &forged).unwrap();
    assert!(matches!(shop.vault(RIGHT).open(&profile("production")), Err(VaultError::Damaged)));
}

#[test]
fn a_file_cut_anywhere_is_damage() {
    let shop = shop();
    let good = fs::read(shop.file()).unwrap();
    for length in 0..good.len() {
        fs::write(shop.file(), &good[..length]).unwrap();
        let answer = shop.vault(RIGHT).open(&profile("production"));
        assert!(matches!(answer, Err(VaultError::Damaged)), "{length} bytes");
    }
}

#[test]
fn one_profiles_keys_are_never_handed_out_for_another() {
    let shop = shop();
    let vault = shop.vault(RIGHT);
    assert!(
        matches!(vault.open(&profile("stage")), Err(VaultError::Missing { profile }) if profile.as_str() == "stage")
    );
    vault.keep(&profile("stage"), &keys("3002607", "pwFHCqoQZGmho4w6")).unwrap();
    assert_eq!(vault.open(&profile("production")).unwrap().keys.id.as_str(), "1234567");
    assert_eq!(vault.open(&profile("stage")).unwrap().keys.id.as_str(), "3002607");
    vault.forget(&profile("stage")).unwrap();
    assert!(matches!(vault.open(&profile("stage")), Err(VaultError::Missing { .. })));
    assert!(matches!(vault.forget(&profile("stage")), Err(VaultError::Missing { .. })));
    assert_eq!(vault.open(&profile("production")).unwrap().keys.id.as_str(), "1234567");
}

#[test]
fn new_keys_replace_the_old_ones_under_a_new_salt_and_nonce() {
    let shop = shop();
    let first = fs::read(shop.file()).unwrap();
    shop.vault(RIGHT).keep(&profile("production"), &keys("1234567", "fedcba9876543210")).unwrap();
    let second = fs::read(shop.file()).unwrap();
    assert_eq!(shop.vault(RIGHT).open(&profile("production")).unwrap().keys.key.expose(), b"fedcba9876543210");
    assert_eq!(first.len(), second.len());
    assert_eq!(first[..19], second[..19]);
    assert_ne!(first[19..35], second[19..35]);
    assert_ne!(first[35..59], second[35..59]);
}

#[test]
fn keys_from_before_are_kept_beside_and_only_then_is_the_file_of_the_newer_form() {
    let shop = shop();
    assert_eq!(fs::read(shop.file()).unwrap()[6], 1);
    let kept = production().followed_by(keys("1234567", "fedcba9876543210").keys, 1_782_795_600_000);
    shop.vault(RIGHT).keep(&profile("production"), &kept).unwrap();
    assert_eq!(fs::read(shop.file()).unwrap()[6], 2);
    let back = shop.vault(RIGHT).open(&profile("production")).unwrap();
    let [before] = back.before.as_slice() else { panic!("one pair") };
    assert_eq!(back.keys.key.expose(), b"fedcba9876543210");
    assert_eq!((before.keys.key.expose(), before.replaced_ms), (&b"0123456789abcdef"[..], 1_782_795_600_000));
    assert_eq!(before.keys.id, back.keys.id);
    shop.vault(RIGHT).keep(&profile("production"), &Kept::only(back.keys)).unwrap();
    assert_eq!(fs::read(shop.file()).unwrap()[6], 1, "any till of this family reads it again");
}

#[test]
fn a_write_that_was_cut_off_leaves_the_old_keys() {
    let shop = shop();
    let half = shop.file().with_extension("sealed.new");
    fs::write(&half, b"GTKEYS\x01half of").unwrap();
    assert_eq!(shop.vault(RIGHT).open(&profile("production")).unwrap().keys.id.as_str(), "1234567");
    shop.vault(RIGHT).keep(&profile("production"), &keys("7654321", "0123456789abcdef")).unwrap();
    assert!(!half.exists());
    assert_eq!(shop.vault(RIGHT).open(&profile("production")).unwrap().keys.id.as_str(), "7654321");
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error_and_keeps_the_old_keys() {
    let shop = shop();
    // A folder in the way of the new file works for every user, root included.
    fs::create_dir(shop.file().with_extension("sealed.new")).unwrap();
    assert!(matches!(shop.vault(RIGHT).keep(&profile("stage"), &production()), Err(VaultError::Io(_))));
    assert_eq!(shop.vault(RIGHT).open(&profile("production")).unwrap().keys.id.as_str(), "1234567");
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(fs::metadata(shop().file()).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_newer_tills_file_is_named_as_such() {
    let shop = shop();
    fs::write(shop.file(), b"GTKEYS\x03whatever comes").unwrap();
    assert!(matches!(shop.vault(RIGHT).open(&profile("production")), Err(VaultError::Newer { found: 3 })));
}

#[test]
fn a_short_passphrase_is_refused_when_it_is_typed() {
    assert!(Passphrase::new("1234567".to_owned()).is_err());
    assert!(Passphrase::new("一二三四五六七".to_owned()).is_err());
    assert!(Passphrase::new("一二三四五六七八".to_owned()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A file somebody has changed, with and without its checksum made right again: never keys, and never work without
    /// end.
    #[test]
    fn no_changed_file_opens(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 1..=u8::MAX), 1..5),
        cut in any::<prop::sample::Index>(),
        shorten in any::<bool>(),
        repair in any::<bool>(),
    ) {
        use sha2::{Digest, Sha256};
        let passphrase = Passphrase::new(RIGHT.to_owned()).unwrap();
        let whole = envelope::seal(b"a record", &passphrase, Costs::TRIFLING, Format::One).unwrap();
        let mut bent = whole.clone();
        for (at, by) in changes {
            let at = at.index(bent.len());
            // The costs' lowest bytes may stay what they are: higher ones are another test's.
            if !(7..19).contains(&at) {
                bent[at] ^= by;
            }
        }
        if shorten {
            bent.truncate(cut.index(whole.len()));
        }
        if repair && bent.len() > 32 {
            let content = bent.len() - 32;
            let checksum = Sha256::digest(&bent[..content]);
            bent[content..].copy_from_slice(&checksum);
        }
        let opened = envelope::open(&bent, &passphrase);
        prop_assert!(bent == whole || opened.is_err());
    }
}

#[test]
fn a_file_that_asks_for_too_much_work_is_refused_before_any_is_done() {
    use sha2::{Digest, Sha256};
    let passphrase = Passphrase::new(RIGHT.to_owned()).unwrap();
    let whole = envelope::seal(b"a record", &passphrase, Costs::TRIFLING, Format::One).unwrap();
    for place in [9, 10, 13, 14, 18] {
        let mut greedy = whole.clone();
        greedy[place] = 0xff;
        let content = greedy.len() - 32;
        let checksum = Sha256::digest(&greedy[..content]);
        greedy[content..].copy_from_slice(&checksum);
        assert!(matches!(envelope::open(&greedy, &passphrase), Err(VaultError::Damaged)), "{place}");
    }
}
