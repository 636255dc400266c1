//! One profile's keys as bytes: name, merchant number, HashKey, HashIV, each with its length before it.

use ecpay::keys::{HashIv, HashKey, Merchant, MerchantId};
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::profile::Profile;

/// The longest record: four fields with their lengths. Reserved at once, because a growing vector leaves copies of the
/// secrets behind.
const LONGEST: usize = 4 + 32 + 10 + 16 + 16;

/// The most profiles one file holds.
const MOST: usize = 16;

/// Keys with the profile they belong to.
pub(crate) struct Record {
    pub(crate) profile: Profile,
    pub(crate) keys: Merchant,
}

/// Refuses what could be written but not read back.
pub(crate) fn check(keys: &Merchant) -> Result<(), VaultError> {
    let text = |bytes| std::str::from_utf8(bytes).map_err(|_| VaultError::NotShopKeys);
    HashKey::parse(text(keys.key.expose())?).map_err(|_| VaultError::NotShopKeys)?;
    HashIv::parse(text(keys.iv.expose())?).map_err(|_| VaultError::NotShopKeys)?;
    Ok(())
}

/// All records in a row. The keys have been checked.
pub(crate) fn write(records: &[Record]) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(records.len() * LONGEST));
    for Record { profile, keys } in records {
        for field in [profile.as_str().as_bytes(), keys.id.as_str().as_bytes(), keys.key.expose(), keys.iv.expose()] {
            let length = u8::try_from(field.len()).expect("every checked field is short");
            bytes.push(length);
            bytes.extend_from_slice(field);
        }
    }
    bytes
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
    Some(Record { profile, keys: Merchant { id, key, iv } })
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

    #[test]
    fn records_come_back_as_they_were_and_any_cut_is_damage() {
        let record = |name| Record { profile: Profile::parse(name).unwrap(), keys: ecpay::stage::merchant() };
        let bytes = write(&[record("stage"), record("production")]);
        let back = read(&bytes).unwrap();
        assert_eq!(back.iter().map(|r| r.profile.as_str()).collect::<Vec<_>>(), ["stage", "production"]);
        assert!(back.iter().all(|r| r.keys.key.expose() == ecpay::stage::merchant().key.expose()));
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
            let record = |name| Record { profile: Profile::parse(name).unwrap(), keys: ecpay::stage::merchant() };
            let mut bent = write(&[record("stage"), record("production")]).to_vec();
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
        let mut keys = ecpay::stage::merchant();
        keys.key = HashKey::parse_any_length("short").unwrap();
        assert!(matches!(check(&keys), Err(VaultError::NotShopKeys)));
    }
}
