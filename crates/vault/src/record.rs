//! One profile's keys as bytes: name, merchant number, HashKey, HashIV, each with its length before it. For each pair kept
//! from before, a mark no length can be follows, and that pair's HashKey, HashIV and the moment it was replaced.

use ecpay::keys::{HashIv, HashKey, Merchant, MerchantId};
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::kept::{Before, Kept, MOST_BEFORE};
use crate::profile::Profile;

/// The longest record: its fields, each with its length, and a mark for each pair from before. Reserved at once, because a
/// growing vector leaves copies of the secrets behind.
const LONGEST: usize = 4 + 32 + 10 + 16 + 16 + MOST_BEFORE * (4 + 16 + 16 + 20);

/// Stands where the next record's length would: what follows are the keys from before.
const MARK: u8 = 0xff;

/// The most profiles one file holds.
const MOST: usize = 16;

/// Keys with the profile they belong to.
pub(crate) struct Record {
    pub(crate) profile: Profile,
    pub(crate) kept: Kept,
}

/// Refuses what could be written but not read back.
pub(crate) fn check(kept: &Kept) -> Result<(), VaultError> {
    check_pair(&kept.keys)?;
    kept.before.iter().try_for_each(|before| check_pair(&before.keys))
}

fn check_pair(keys: &Merchant) -> Result<(), VaultError> {
    let text = |bytes| std::str::from_utf8(bytes).map_err(|_| VaultError::NotShopKeys);
    HashKey::parse(text(keys.key.expose())?).map_err(|_| VaultError::NotShopKeys)?;
    HashIv::parse(text(keys.iv.expose())?).map_err(|_| VaultError::NotShopKeys)?;
    Ok(())
}

/// All records in a row. The keys have been checked.
pub(crate) fn write(records: &[Record]) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(records.len() * LONGEST));
    for Record { profile, kept: Kept { keys, before } } in records {
        push(&mut bytes, &[profile.as_str().as_bytes(), keys.id.as_str().as_bytes()]);
        push(&mut bytes, &[keys.key.expose(), keys.iv.expose()]);
        for Before { keys, replaced_ms } in before.iter().take(MOST_BEFORE) {
            bytes.push(MARK);
            push(&mut bytes, &[keys.key.expose(), keys.iv.expose(), replaced_ms.to_string().as_bytes()]);
        }
    }
    bytes
}

fn push(bytes: &mut Vec<u8>, fields: &[&[u8]]) {
    for field in fields {
        bytes.push(u8::try_from(field.len()).expect("every checked field is short"));
        bytes.extend_from_slice(field);
    }
}

/// The reverse of [`write`]; anything else is damage.
pub(crate) fn read(mut bytes: &[u8]) -> Result<Vec<Record>, VaultError> {
    let mut records = Vec::new();
    while !bytes.is_empty() {
        if records.len() == MOST {
            return Err(VaultError::Damaged);
        }
        records.push(one(&mut bytes).ok_or(VaultError::Damaged)?);
    }
    Ok(records)
}

fn one(bytes: &mut &[u8]) -> Option<Record> {
    let profile = Profile::parse(field(bytes)?).ok()?;
    let id = MerchantId::parse(field(bytes)?).ok()?;
    let key = HashKey::parse(field(bytes)?).ok()?;
    let iv = HashIv::parse(field(bytes)?).ok()?;
    let mut before = Vec::new();
    while let Some(rest) = bytes.strip_prefix(&[MARK]) {
        if before.len() == MOST_BEFORE {
            return None;
        }
        *bytes = rest;
        before.push(from_before(bytes, &id)?);
    }
    Some(Record { profile, kept: Kept { keys: Merchant { id, key, iv }, before } })
}

fn from_before(bytes: &mut &[u8], id: &MerchantId) -> Option<Before> {
    let key = HashKey::parse(field(bytes)?).ok()?;
    let iv = HashIv::parse(field(bytes)?).ok()?;
    let written = field(bytes)?;
    let replaced_ms: i64 = written.parse().ok()?;
    // One moment is written in one way.
    (replaced_ms.to_string() == written).then(|| Before { keys: Merchant { id: id.clone(), key, iv }, replaced_ms })
}

fn field<'b>(bytes: &mut &'b [u8]) -> Option<&'b str> {
    let (&length, rest) = bytes.split_first()?;
    let (field, rest) = rest.split_at_checked(usize::from(length))?;
    *bytes = rest;
    std::str::from_utf8(field).ok()
}

/// Whether one more profile fits.
pub(crate) fn is_full(records: &[Record]) -> bool {
    records.len() >= MOST
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record(name: &str) -> Record {
        Record { profile: Profile::parse(name).unwrap(), kept: Kept::only(ecpay::stage::merchant()) }
    }

    fn replaced(name: &str, replaced_ms: i64) -> Record {
        let mut keys = ecpay::stage::merchant();
        keys.key = HashKey::parse("0123456789abcdef").unwrap();
        let before = vec![Before { keys, replaced_ms }];
        Record { kept: Kept { keys: ecpay::stage::merchant(), before }, ..record(name) }
    }

    #[test]
    fn the_keys_from_before_come_back_with_their_moment_and_any_cut_is_damage() {
        for moment in [0, 1_782_795_600_000, i64::MIN, i64::MAX] {
            let bytes = write(&[replaced("production", moment), record("stage")]);
            assert!(bytes.len() <= 2 * LONGEST, "nothing was copied");
            let back = read(&bytes).unwrap();
            let before = &back[0].kept.before[0];
            assert_eq!((before.keys.key.expose(), before.replaced_ms), (&b"0123456789abcdef"[..], moment));
            assert!(back[1].kept.before.is_empty());
        }
        let bytes = write(&[replaced("production", 7)]);
        let without = write(&[record("production")]).len();
        for cut in (1..bytes.len()).filter(|&cut| cut != without) {
            assert!(read(&bytes[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn records_come_back_as_they_were_and_any_cut_is_damage() {
        let bytes = write(&[record("stage"), record("production")]);
        let back = read(&bytes).unwrap();
        assert_eq!(back.iter().map(|r| r.profile.as_str()).collect::<Vec<_>>(), ["stage", "production"]);
        assert!(back.iter().all(|r| r.kept.keys.key.expose() == ecpay::stage::merchant().key.expose()));
        let boundary = write(&[record("stage")]).len();
        for cut in (1..bytes.len()).filter(|&cut| cut != boundary) {
            assert!(read(&bytes[..cut]).is_err(), "{cut}");
        }
        assert!(read(&[0xff; 300]).is_err() && read(&[0; 300]).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever a credential store hands out: damage, or records that write back to the same bytes.
        #[test]
        fn no_bytes_break_the_reader(
            raw in prop::collection::vec(any::<u8>(), 0..300),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        ) {
            let mut bent = write(&[record("stage"), replaced("production", 1_782_795_600_000)]).to_vec();
            for (at, byte) in changes {
                let at = at.index(bent.len());
                bent[at] = byte;
            }
            for bytes in [raw, bent] {
                if let Ok(records) = read(&bytes) {
                    prop_assert_eq!(&write(&records)[..], &bytes[..]);
                }
            }
        }
    }

    #[test]
    fn keys_of_another_length_are_refused_before_they_are_written() {
        let mut short = record("stage").kept;
        short.keys.key = HashKey::parse_any_length("short").unwrap();
        assert!(matches!(check(&short), Err(VaultError::NotShopKeys)));
        let mut short = replaced("stage", 1).kept;
        short.before[0].keys.iv = HashIv::parse_any_length("short").unwrap();
        assert!(matches!(check(&short), Err(VaultError::NotShopKeys)));
    }
}
