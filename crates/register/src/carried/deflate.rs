//! Deflate (RFC 1951) for a few hundred bytes: one block with the fixed codes, the cheapest way through it, and a text
//! both sides know in front of it. Reading it takes a page twenty lines; a dictionary is what browsers' own inflating
//! does not have, and what makes a text this short worth deflating.

/// The block, as bytes.
pub(super) fn deflate(text: &[u8], dictionary: &[u8]) -> Vec<u8> {
    let all = [dictionary, text].concat();
    let steps = cheapest(&all, dictionary.len());
    let mut out = Bits::default();
    // The last block, with the fixed codes.
    out.number(0b011, 3);
    let mut at = dictionary.len();
    while at < all.len() {
        match steps[at - dictionary.len()] {
            Step::Literal => {
                out.symbol(u16::from(all[at]));
                at += 1;
            }
            Step::Copy { length, distance } => {
                let (code, extra) = length_code(length);
                out.symbol(code);
                out.number(extra.value, extra.bits);
                let (code, extra) = distance_code(distance);
                out.code(code, 5);
                out.number(extra.value, extra.bits);
                at += usize::from(length);
            }
        }
    }
    out.symbol(256);
    out.bytes
}

#[derive(Clone, Copy)]
enum Step {
    Literal,
    Copy { length: u16, distance: u16 },
}

/// The longest copy there can be.
const LONGEST: usize = 258;

/// What to do at each place so that the whole costs least, found from the end.
fn cheapest(all: &[u8], start: usize) -> Vec<Step> {
    let n = all.len();
    let mut costs = vec![0_u32; n - start + 1];
    let mut steps = vec![Step::Literal; n - start];
    for at in (start..n).rev() {
        let (mut best, mut step) = (symbol_bits(u16::from(all[at])) + costs[at + 1 - start], Step::Literal);
        let (mut longest, most) = (2, LONGEST.min(n - at));
        // The nearest first: what is further away has to be longer to be worth anything.
        for from in (0..at).rev() {
            let same = all[at..].iter().zip(&all[from..]).take(most).take_while(|(a, b)| a == b).count();
            for length in longest + 1..=same {
                let (short, far) = (small(length), small(at - from));
                let (code, extra) = length_code(short);
                let cost = symbol_bits(code) + extra.bits + 5 + distance_code(far).1.bits + costs[at + length - start];
                if cost < best {
                    (best, step) = (cost, Step::Copy { length: short, distance: far });
                }
            }
            longest = longest.max(same);
            if longest == most {
                break;
            }
        }
        costs[at - start] = best;
        steps[at - start] = step;
    }
    steps
}

/// Lengths and distances here stay far below 32 kB: a form has a few hundred bytes.
fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// Bits that follow a code.
struct Extra {
    value: u16,
    bits: u32,
}

/// 3.2.5: lengths from 3, in groups of four codes with one more extra bit each.
fn length_code(length: u16) -> (u16, Extra) {
    let rest = length - 3;
    match rest {
        0..8 => (257 + rest, Extra { value: 0, bits: 0 }),
        255.. => (285, Extra { value: 0, bits: 0 }),
        _ => {
            let bits = rest.ilog2() - 2;
            let group = u16::try_from(bits).unwrap_or(0);
            (257 + 4 * group + (rest >> bits), Extra { value: rest & ((1 << bits) - 1), bits })
        }
    }
}

/// 3.2.5: distances from 1, in groups of two.
fn distance_code(distance: u16) -> (u16, Extra) {
    let rest = distance - 1;
    if rest < 4 {
        return (rest, Extra { value: 0, bits: 0 });
    }
    let bits = rest.ilog2() - 1;
    let group = u16::try_from(bits).unwrap_or(0);
    (2 * group + (rest >> bits), Extra { value: rest & ((1 << bits) - 1), bits })
}

/// 3.2.6: the fixed codes.
fn fixed(symbol: u16) -> (u16, u32) {
    match symbol {
        0..144 => (0x30 + symbol, 8),
        144..256 => (0x190 + symbol - 144, 9),
        256..280 => (symbol - 256, 7),
        _ => (0xC0 + symbol - 280, 8),
    }
}

fn symbol_bits(symbol: u16) -> u32 {
    fixed(symbol).1
}

/// Bits, filled from the low end of each byte.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    fn bit(&mut self, bit: u16) {
        if self.used.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let (1, Some(last)) = (bit & 1, self.bytes.last_mut()) {
            *last |= 1 << (self.used % 8);
        }
        self.used += 1;
    }

    /// Numbers begin with their lowest bit.
    fn number(&mut self, value: u16, bits: u32) {
        for at in 0..bits {
            self.bit(value >> at);
        }
    }

    /// Codes begin with their highest.
    fn code(&mut self, code: u16, bits: u32) {
        for at in (0..bits).rev() {
            self.bit(code >> at);
        }
    }

    fn symbol(&mut self, symbol: u16) {
        let (code, bits) = fixed(symbol);
        self.code(code, bits);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    /// Somebody else's inflating knows no dictionary, so it is told in a stored block in front.
    fn inflated(block: &[u8], dictionary: &[u8]) -> Vec<u8> {
        let length = u16::try_from(dictionary.len()).expect("short");
        let head = [&[0][..], &length.to_le_bytes(), &(!length).to_le_bytes()].concat();
        let whole = [&head, dictionary, block].concat();
        let mut text = Vec::new();
        flate2::read::DeflateDecoder::new(whole.as_slice()).read_to_end(&mut text).expect("deflate");
        text.split_off(dictionary.len())
    }

    #[test]
    fn anybody_can_inflate_it() {
        let dictionary = "https://guitai.invalid/n/ 商店商品".as_bytes();
        let mut noise = 7_u32;
        let mut random = |n: usize, of: u32| -> Vec<u8> {
            (0..n)
                .map(|_| {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    u8::try_from((noise >> 16) % of).expect("a byte")
                })
                .collect()
        };
        let mut texts: Vec<Vec<u8>> = [0, 1, 2, 3, 4, 400].iter().map(|&n| random(n, 256)).collect();
        texts.extend([random(900, 2), random(600, 5), vec![b'a'; 1_000], "商店商品 x 1".into()]);
        texts.push((0..=255).chain((0..=255).rev()).collect());
        for text in texts {
            assert_eq!(inflated(&deflate(&text, dictionary), dictionary), text);
            assert_eq!(inflated(&deflate(&text, b""), b""), text);
        }
    }

    #[test]
    fn every_length_and_distance_has_its_code() {
        let letters: Vec<u8> = (0..=255).chain(64..=127).collect();
        for length in [3, 4, 10, 11, 12, 13, 18, 19, 22, 23, 34, 35, 66, 67, 130, 131, 162, 163, 226, 227, 257, 258] {
            let far = [&letters[..], b"--", &letters[..length]].concat();
            assert_eq!(inflated(&deflate(&far, b""), b""), far, "{length}");
        }
        for distance in [1, 2, 4, 5, 7, 8, 9, 16, 17, 24, 25, 100, 700] {
            let text = [b"xyz!".to_vec(), vec![b'-'; distance], b"xyz!".to_vec()].concat();
            assert_eq!(inflated(&deflate(&text, b""), b""), text, "{distance}");
        }
    }

    #[test]
    fn what_the_dictionary_says_costs_next_to_nothing() {
        assert!(deflate("https://guitai.invalid/n/".as_bytes(), b"https://guitai.invalid/n/").len() <= 5);
    }
}
