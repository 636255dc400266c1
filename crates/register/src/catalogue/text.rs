//! What a spreadsheet saved, as text. Excel in Taiwan writes CSV as Big5 ("CSV") or as UTF-8 with a byte order mark
//! ("CSV UTF-8"), and as UTF-16 with tabs ("Unicode text").

use std::borrow::Cow;

use encoding_rs::{BIG5, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a file, and what separates its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) delimiter: u8,
}

/// Reads the bytes in the one encoding they are whole in; nothing when there is none. Nothing is replaced: a letter that
/// cannot be read would be sold under a wrong name.
pub(super) fn decode(bytes: &[u8]) -> Option<Text<'_>> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None => (guess(bytes)?, bytes),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    // A table has none; what has one was read in the wrong encoding, or is no table.
    let whole = !text.contains('\0');
    let delimiter = delimiter(text.lines().next().unwrap_or_default());
    whole.then_some(Text { text, delimiter })
}

fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    // Digits, commas and line ends have a nought beside them in UTF-16, on the side that tells which one it is.
    let noughts = |offset: usize| bytes.iter().skip(offset).step_by(2).take(512).filter(|byte| **byte == 0).count();
    match (noughts(0), noughts(1)) {
        (0, 0) => {}
        (even, odd) => return Some(if odd >= even { UTF_16LE } else { UTF_16BE }),
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Some(UTF_8);
    }
    BIG5.decode_without_bom_handling_and_without_replacement(bytes).map(|_| BIG5)
}

/// The separator of the first line: whichever of the three occurs most.
fn delimiter(first: &str) -> u8 {
    let count = |wanted: u8| first.bytes().filter(|byte| *byte == wanted).count();
    [b',', b'\t', b';'].into_iter().max_by_key(|wanted| (count(*wanted), *wanted == b',')).unwrap_or(b',')
}

/// Full-width letters, digits and signs as their half-width forms, without the spaces around them: for codes, prices and
/// the words of a fixed list, never for names.
pub(super) fn half_width(text: &str) -> String {
    let half = |letter: char| match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(half).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn what_excel_in_taiwan_writes_is_read() {
        let table = "編號\t品名\nA1\t綠茶\n";
        let big5 = BIG5.encode("編號,品名\nA1,綠茶\n").0.into_owned();
        let with_mark = [&b"\xFF\xFE"[..], &utf16(table, false)].concat();
        assert_eq!(
            decode(&with_mark).map(|text| (text.text.into_owned(), text.delimiter)),
            Some((table.into(), b'\t'))
        );
        for big in [false, true] {
            assert_eq!(decode(&utf16(table, big)).expect("no mark").text, table);
        }
        assert_eq!(decode(&big5).map(|text| text.delimiter), Some(b','));
        assert!(decode(&big5).expect("Big5").text.contains("綠茶"));
        assert_eq!(decode("\u{feff}編號;品名\n".as_bytes()).map(|text| text.delimiter), Some(b';'));
    }

    #[test]
    fn what_is_no_text_in_any_of_them_is_not_read() {
        assert_eq!(decode(b"\xff\xff\xff\xff,"), None);
        assert_eq!(decode("\u{feff}a\0b".as_bytes()), None);
    }

    #[test]
    fn full_width_digits_become_digits() {
        assert_eq!(half_width("　ＮＴ＄１，２５０ "), "NT$1,250");
    }
}
