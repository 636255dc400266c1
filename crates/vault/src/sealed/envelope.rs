//! The sealed file's bytes: header, cipher text, checksum.

use argon2::{Algorithm, Argon2, Params};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::passphrase::Passphrase;

const MAGIC: &[u8; 6] = b"GTKEYS";
const NEWEST: u8 = 2;
const SALT: usize = 16;
const NONCE: usize = 24;
const HEADER: usize = MAGIC.len() + 1 + 12 + SALT + NONCE;
const TAG: usize = 16;
const CHECKSUM: usize = 32;

/// What the records inside may hold. A till that knows only the first calls the second newer than itself, and not damaged;
/// so the first is written wherever it will do.
#[derive(Clone, Copy)]
pub(super) enum Format {
    /// Keys.
    One,
    /// Keys, and those from before.
    Two,
}

impl Format {
    fn version(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => NEWEST,
        }
    }
}

/// What deriving the key costs: the file says it, so that a later version can raise it and still read old files.
#[derive(Clone, Copy)]
pub(super) struct Costs {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Costs {
    /// What is written now: 19 MiB, two passes, one lane.
    pub(super) const NOW: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };

    /// Little enough for a test that is not about the cost.
    #[cfg(test)]
    pub(super) const TRIFLING: Self = Self { memory_kib: 8, passes: 1, lanes: 1 };

    /// A file cannot make the till allocate or work without end.
    fn are_bearable(self) -> bool {
        self.memory_kib <= 256 * 1024 && self.passes <= 16 && self.lanes <= 4
    }

    fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&self.memory_kib.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.passes.to_le_bytes());
        bytes[8..].copy_from_slice(&self.lanes.to_le_bytes());
        bytes
    }

    fn from_bytes(bytes: [u8; 12]) -> Self {
        let [a, b, c, d, e, f, g, h, i, j, k, l] = bytes;
        Self {
            memory_kib: u32::from_le_bytes([a, b, c, d]),
            passes: u32::from_le_bytes([e, f, g, h]),
            lanes: u32::from_le_bytes([i, j, k, l]),
        }
    }
}

/// Seals `plain` with a fresh salt and nonce.
pub(super) fn seal(plain: &[u8], passphrase: &Passphrase, costs: Costs, format: Format) -> Result<Vec<u8>, VaultError> {
    let mut random = [0; SALT + NONCE];
    getrandom::fill(&mut random).map_err(|_| VaultError::NoRandomness)?;
    let mut sealed = Vec::with_capacity(HEADER + plain.len() + TAG + CHECKSUM);
    sealed.extend_from_slice(MAGIC);
    sealed.push(format.version());
    sealed.extend_from_slice(&costs.to_bytes());
    sealed.extend_from_slice(&random);
    let header = Header::read(&sealed).ok_or(VaultError::Damaged)?;
    let cipher = header.cipher(passphrase)?;
    let payload = Payload { msg: plain, aad: &sealed };
    let body = cipher.encrypt(&XNonce::from(header.nonce), payload).map_err(|_| VaultError::Damaged)?;
    sealed.extend_from_slice(&body);
    let checksum = Sha256::digest(&sealed);
    sealed.extend_from_slice(&checksum);
    Ok(sealed)
}

/// Opens what [`seal`] wrote.
pub(super) fn open(sealed: &[u8], passphrase: &Passphrase) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let rest = sealed.strip_prefix(MAGIC).ok_or(VaultError::Damaged)?;
    match rest.first() {
        Some(1..=NEWEST) => {}
        Some(&found) if found > NEWEST => return Err(VaultError::Newer { found }),
        _ => return Err(VaultError::Damaged),
    }
    let (content, checksum) = sealed.split_last_chunk::<CHECKSUM>().ok_or(VaultError::Damaged)?;
    if Sha256::digest(content).as_slice() != checksum {
        return Err(VaultError::Damaged);
    }
    let (aad, body) = content.split_at_checked(HEADER).ok_or(VaultError::Damaged)?;
    let header = Header::read(aad).ok_or(VaultError::Damaged)?;
    let cipher = header.cipher(passphrase)?;
    // The file is whole as written, so it can only be the passphrase (or a forger, who learns nothing from the answer).
    let plain = cipher.decrypt(&XNonce::from(header.nonce), Payload { msg: body, aad });
    plain.map(Zeroizing::new).map_err(|_| VaultError::WrongPassphrase)
}

struct Header {
    costs: Costs,
    salt: [u8; SALT],
    nonce: [u8; NONCE],
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let (costs, rest) = bytes.get(MAGIC.len() + 1..)?.split_first_chunk()?;
        let (salt, rest) = rest.split_first_chunk()?;
        let (nonce, _) = rest.split_first_chunk()?;
        Some(Self { costs: Costs::from_bytes(*costs), salt: *salt, nonce: *nonce })
    }

    fn cipher(&self, passphrase: &Passphrase) -> Result<XChaCha20Poly1305, VaultError> {
        let Costs { memory_kib, passes, lanes } = self.costs;
        if !self.costs.are_bearable() {
            return Err(VaultError::Damaged);
        }
        let params = Params::new(memory_kib, passes, lanes, Some(32)).map_err(|_| VaultError::Damaged)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, argon2::Version::V0x13, params)
            .hash_password_into(passphrase.bytes(), &self.salt, &mut *key)
            .map_err(|_| VaultError::Damaged)?;
        XChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(|_| VaultError::Damaged)
    }
}
