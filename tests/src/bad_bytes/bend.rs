//! Ways to bend a sample: of its bytes, and of the pieces between the signs that give it structure.

use super::campaign::Dice;
use super::kept::Kept;

/// What has broken parsers before, and what ours look for.
const ODD: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "+1",
    "01",
    "1.0",
    "1e3",
    " 1",
    "1 ",
    "2147483648",
    "4294967296",
    "99999999999999999999",
    "NaN",
    "null",
    "true",
    "[]",
    "{}",
    "\"",
    "'",
    "\\",
    "%",
    "%00",
    "%zz",
    "%26",
    "%3D",
    "&",
    "=",
    "&&",
    ";",
    ",",
    "\n",
    "\r\n",
    "\u{0}",
    "\u{1b}[31m",
    "\u{feff}",
    "\u{202e}",
    "\u{ff11}",
    "茶",
    "🧋",
    "é",
    "RtnCode=1",
    "SimulatePaid=0",
    "TradeStatus=1",
    "&RtnCode=1",
    "CheckMacValue=",
    "10100073",
    "10300066",
    "2026/13/45 99:99:99",
    "../../etc",
    "*",
];

/// The signs around which messages, tables, settings and JSON are built.
const SIGNS: &[u8] = b"&=,;:\n\"{}[]/* %+.";

/// A case made from the samples: bent once to four times, or from nothing.
pub(super) fn bent(samples: &[Kept], dice: &mut Dice) -> Vec<u8> {
    if dice.below(20) == 0 {
        return (0..dice.below(200)).map(|_| dice.byte()).collect();
    }
    let mut bytes = samples[dice.below(samples.len())].bytes.clone();
    for _ in 0..=dice.below(4) {
        bytes = once(bytes, samples, dice);
    }
    bytes
}

fn once(mut bytes: Vec<u8>, samples: &[Kept], dice: &mut Dice) -> Vec<u8> {
    let at = dice.below(bytes.len() + 1);
    match dice.below(14) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
        }
        1 => bytes.insert(at, dice.byte()),
        2 => bytes.truncate(at),
        3 => insert(&mut bytes, at, odd(dice)),
        // A name or value in other letters: signatures do not tell them apart.
        4 => on_piece(&mut bytes, dice, |piece, dice| match dice.below(3) {
            0 => piece.make_ascii_lowercase(),
            1 => piece.make_ascii_uppercase(),
            _ => piece.iter_mut().for_each(|byte| byte.make_ascii_lowercase()),
        }),
        5 => on_piece(&mut bytes, dice, |piece, dice| *piece = odd(dice).to_vec()),
        6 => on_piece(&mut bytes, dice, |piece, _| piece.clear()),
        7 => on_piece(&mut bytes, dice, |piece, dice| {
            let once = piece.clone();
            for _ in 0..dice.below(4) {
                piece.extend_from_slice(&once);
            }
        }),
        8 => on_piece(&mut bytes, dice, |piece, _| *piece = percent(piece)),
        // One sign hidden: two pieces become one.
        9 => {
            let signs: Vec<usize> = (0..bytes.len()).filter(|at| SIGNS.contains(&bytes[*at])).collect();
            if !signs.is_empty() {
                let at = signs[dice.below(signs.len())];
                let hidden = percent(&bytes[at..=at]);
                bytes.splice(at..=at, hidden);
            }
        }
        10 => {
            let from = dice.below(bytes.len() + 1);
            let taken: Vec<u8> = bytes[from.min(at)..from.max(at)].to_vec();
            let to = dice.below(bytes.len() + 1);
            insert(&mut bytes, to, &taken);
        }
        11 => {
            let other = &samples[dice.below(samples.len())].bytes;
            bytes.truncate(at);
            bytes.extend_from_slice(&other[dice.below(other.len() + 1)..]);
        }
        12 => {
            let from = dice.below(bytes.len() + 1);
            bytes.drain(from.min(at)..from.max(at));
        }
        // Much of one thing.
        _ => {
            let many = odd(dice).repeat(dice.below(400));
            insert(&mut bytes, at, &many);
        }
    }
    bytes
}

fn odd(dice: &mut Dice) -> &'static [u8] {
    ODD[dice.below(ODD.len())].as_bytes()
}

fn insert(bytes: &mut Vec<u8>, at: usize, more: &[u8]) {
    bytes.splice(at..at, more.iter().copied());
}

/// Changes what stands between two neighbouring signs.
fn on_piece(bytes: &mut Vec<u8>, dice: &mut Dice, change: impl FnOnce(&mut Vec<u8>, &mut Dice)) {
    let mut cuts: Vec<usize> = (0..bytes.len()).filter(|at| SIGNS.contains(&bytes[*at])).collect();
    cuts.push(bytes.len());
    let which = dice.below(cuts.len());
    let from = if which == 0 { 0 } else { cuts[which - 1] + 1 };
    let mut piece = bytes[from..cuts[which]].to_vec();
    change(&mut piece, dice);
    bytes.splice(from..cuts[which], piece);
}

fn percent(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|byte| format!("%{byte:02X}").into_bytes()).collect()
}
