//! What ties each event to all before it.

use sha2::{Digest, Sha256};

/// Everything the hash of an event covers.
pub(crate) struct Link<'a> {
    pub(crate) seq: u64,
    pub(crate) stream: &'a str,
    pub(crate) version: u64,
    pub(crate) at: i64,
    pub(crate) operator: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) kind_version: u32,
    pub(crate) body: &'a str,
    pub(crate) previous: &'a [u8; 32],
}

/// Set before every record, so that no hash of this journal is the hash of anything else, or of another record layout.
const DOMAIN: &[u8] = b"guitai journal event, layout 1\n";

impl Link<'_> {
    /// SHA-256 over the whole record. Numbers are eight bytes, most significant first; texts carry their length before
    /// them, so that no two different records give the same bytes.
    pub(crate) fn hash(&self) -> [u8; 32] {
        let mut sha = Sha256::new();
        sha.update(DOMAIN);
        sha.update(self.previous);
        sha.update(self.seq.to_be_bytes());
        sha.update(self.version.to_be_bytes());
        sha.update(self.at.to_be_bytes());
        sha.update(u64::from(self.kind_version).to_be_bytes());
        for text in [self.stream, self.operator, self.kind, self.body] {
            let length = u64::try_from(text.len()).expect("a length fits");
            sha.update(length.to_be_bytes());
            sha.update(text.as_bytes());
        }
        sha.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: Link<'_> = Link {
        seq: 7,
        stream: "sale/T1-000042",
        version: 2,
        at: 1_767_544_200_000,
        operator: "amy",
        kind: "sale.voided",
        kind_version: 1,
        body: "{}",
        previous: &[9; 32],
    };

    /// Computed apart from this program: the fields packed by hand, then `sha256sum`.
    #[test]
    fn the_hash_of_a_known_record_never_changes() {
        let hex: String = RECORD.hash().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "5895ae4e8533371f17c62b65308ec60a44a19594b2059b9f578eb5462affb54e");
    }

    #[test]
    fn every_field_counts_and_no_text_can_lend_letters_to_its_neighbour() {
        let changed = [
            Link { seq: 8, ..RECORD },
            Link { stream: "sale/T1-000043", ..RECORD },
            Link { version: 3, ..RECORD },
            Link { at: 1_767_544_200_001, ..RECORD },
            Link { operator: "bob", ..RECORD },
            Link { kind: "sale.opened", ..RECORD },
            Link { kind_version: 2, ..RECORD },
            Link { body: "{ }", ..RECORD },
            Link { previous: &[8; 32], ..RECORD },
            Link { operator: "amys", kind: "ale.voided", ..RECORD },
            Link { kind: "sale.voided{", body: "}", ..RECORD },
        ];
        for (at, link) in changed.iter().enumerate() {
            assert_ne!(link.hash(), RECORD.hash(), "change {at}");
        }
    }
}
