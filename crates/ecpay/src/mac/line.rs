//! The line that is hashed, as it looks after encoding and lower-casing (doc 2904), produced in that form.

use sha2::{Digest, Sha256};
use zeroize::Zeroize;

/// Bytes collected before they go to the hash. A usual order fits, and so does the longest secret.
const BLOCK: usize = 2048;

/// A line that is being hashed.
pub(super) struct Line {
    hash: Sha256,
    block: [u8; BLOCK],
    used: usize,
}

impl Line {
    pub(super) fn new() -> Self {
        Self { hash: Sha256::new(), block: [0; BLOCK], used: 0 }
    }

    /// Adds `name=value&`.
    pub(super) fn field(&mut self, name: &str, value: &str) {
        const EQUALS: &[u8; 3] = b"%3d";
        const AND: &[u8; 3] = b"%26";
        let most = (name.len() + value.len()) * ROOM + EQUALS.len() + AND.len();
        if most > BLOCK {
            return self.long_field(name, value);
        }
        if most > BLOCK - self.used {
            self.flush();
        }
        let room = &mut self.block[self.used..];
        let mut at = encode(name.as_bytes(), room);
        room[at..at + EQUALS.len()].copy_from_slice(EQUALS);
        at += EQUALS.len();
        at += encode(value.as_bytes(), &mut room[at..]);
        room[at..at + AND.len()].copy_from_slice(AND);
        self.used += at + AND.len();
    }

    /// A field that the whole block may not hold.
    #[cold]
    fn long_field(&mut self, name: &str, value: &str) {
        for text in [name, "=", value, "&"] {
            for piece in text.as_bytes().chunks(BLOCK / ROOM) {
                self.flush();
                self.used = encode(piece, &mut self.block);
            }
        }
    }

    /// Adds a secret and what surrounds it, and leaves neither in the block.
    pub(super) fn secret(&mut self, before: &str, secret: &[u8], after: &str) {
        self.flush();
        let mut written = 0;
        for text in [before.as_bytes(), secret, after.as_bytes()] {
            written += encode(text, &mut self.block[written..]);
        }
        self.used = written;
        self.flush();
        self.block[..written + ROOM].zeroize();
    }

    fn flush(&mut self) {
        self.hash.update(&self.block[..self.used]);
        self.used = 0;
    }

    pub(super) fn digest(mut self) -> [u8; 32] {
        self.flush();
        self.hash.finalize().into()
    }
}

/// Writes the final form of `text` to the start of `room` and returns its length. `room` has [`ROOM`] bytes for each of
/// `text`. This is where the time goes: four bytes at a time, so that their places are computed together and checked
/// against the end once.
#[inline]
fn encode(text: &[u8], room: &mut [u8]) -> usize {
    const STEP: usize = 4;
    const ENOUGH: &str = "the caller leaves room for every byte";
    let mut written = 0;
    let (steps, rest) = text.as_chunks::<STEP>();
    for step in steps {
        let room = room[written..].first_chunk_mut::<{ STEP * ROOM }>().expect(ENOUGH);
        let mut at = 0;
        for byte in step {
            let encoded = ENCODED[usize::from(*byte)];
            room[at..at + ROOM].copy_from_slice(&encoded.to_le_bytes());
            at += length(encoded);
        }
        written += at;
    }
    for byte in rest {
        let encoded = ENCODED[usize::from(*byte)];
        let room = room[written..].first_chunk_mut::<ROOM>().expect(ENOUGH);
        *room = encoded.to_le_bytes();
        written += length(encoded);
    }
    written
}

/// How many bytes of an [`Encoded`] count. Masked, so that the compiler sees that they fit their room.
fn length(encoded: Encoded) -> usize {
    usize::from(encoded.to_le_bytes()[3] & 3)
}

/// What one byte of the joined line becomes: one to three bytes, and how many. One number, little end first, so that
/// it is read and written in one go; the count is overwritten by what follows.
type Encoded = u32;

/// Bytes written for one input byte.
const ROOM: usize = 4;

const LOWER: &[u8; 16] = b"0123456789abcdef";

static ENCODED: [Encoded; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    let mut byte = 0_u8;
    loop {
        table[at] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'!' | b'*' | b'(' | b')' => {
                u32::from_le_bytes([byte.to_ascii_lowercase(), 0, 0, 1])
            }
            b' ' => u32::from_le_bytes([b'+', 0, 0, 1]),
            _ => u32::from_le_bytes([b'%', LOWER[at >> 4], LOWER[at & 15], 3]),
        };
        if byte == u8::MAX {
            break table;
        }
        at += 1;
        byte += 1;
    }
};

#[cfg(test)]
mod tests {
    use super::*;

    /// The recipe in two steps: encode, then lower-case.
    fn plainly(joined: &str) -> String {
        let encode = |byte: u8| match byte {
            b' ' => "+".to_owned(),
            _ if byte.is_ascii_alphanumeric() || b"-_.!*()".contains(&byte) => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        };
        joined.bytes().map(encode).collect::<String>().to_lowercase()
    }

    #[test]
    fn every_byte_is_encoded_as_in_the_recipe() {
        let all: String = (0..=0x2ff).filter_map(char::from_u32).collect();
        let mut room = vec![0; all.len() * ROOM];
        let length = encode(all.as_bytes(), &mut room);
        assert_eq!(String::from_utf8(room[..length].to_vec()).unwrap(), plainly(&all));
    }

    #[test]
    fn the_hash_is_the_same_wherever_a_block_ends() {
        for length in (0..BLOCK).step_by(5).chain(BLOCK..BLOCK + 20).chain([3 * BLOCK, 10 * BLOCK]) {
            let (first, second) = ("茶&a ".repeat(length / 6), "x".repeat(length));
            let mut line = Line::new();
            line.secret("HashKey=", b"0123456789abcdef", "&");
            line.field("First", &first);
            line.field("Second", &second);
            line.secret("HashIV=", b"fedcba9876543210", "");
            let joined = format!("HashKey=0123456789abcdef&First={first}&Second={second}&HashIV=fedcba9876543210");
            let expected: [u8; 32] = Sha256::digest(plainly(&joined)).into();
            assert_eq!(line.digest(), expected, "{length}");
        }
    }

    #[test]
    fn the_longest_secret_fits() {
        let mut line = Line::new();
        line.secret("HashKey=", "茶".repeat(85).as_bytes(), "&");
        let joined = format!("HashKey={}&", "茶".repeat(85));
        let expected: [u8; 32] = Sha256::digest(plainly(&joined)).into();
        assert_eq!(line.digest(), expected);
        let mut line = Line::new();
        line.secret("HashKey=", b"secret", "&");
        assert!(line.block.iter().all(|byte| *byte == 0), "nothing stays in the block");
    }
}
