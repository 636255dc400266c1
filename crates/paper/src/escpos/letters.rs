//! The letters a printer has of its own: which text they can say, and in how many columns.

use encoding_rs::{BIG5, Encoding, GB18030};

use crate::sheet::Width;

/// In which code page a printer has Chinese characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodePage {
    /// Printers made for Taiwan and Hong Kong.
    Big5,
    /// Printers made for China; their letters include the traditional ones.
    Gb18030,
}

impl CodePage {
    /// `text` as the printer takes it; nothing when it has a character of which no printer can be sure to have the
    /// letter: one the page lacks, or writes in four bytes.
    pub(super) fn bytes(self, text: &str) -> Option<Vec<u8>> {
        let page: &'static Encoding = match self {
            Self::Big5 => BIG5,
            Self::Gb18030 => GB18030,
        };
        let (bytes, _, unknown) = page.encode(text);
        let expected: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        (!unknown && bytes.len() == expected).then(|| bytes.into_owned())
    }
}

/// How many columns `text` takes: a Chinese character is twice as wide as a Latin letter.
pub(super) fn columns(text: &str) -> i32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// How many columns there are: a Latin letter (font A) is twelve dots wide.
pub(super) fn columns_across(width: Width) -> i32 {
    match width {
        Width::Mm80 => 48,
        Width::Mm58 => 32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_it_has_in_two_bytes_and_nothing_else() {
        assert_eq!(CodePage::Big5.bytes("A櫃檯"), Some(vec![b'A', 0xC2, 0x64, 0xC2, 0x69]));
        assert_eq!(CodePage::Gb18030.bytes("A櫃檯"), Some(vec![b'A', 0x99, 0x99, 0x99, 0x85]));
        for lacking in ["é", "🧋", "堃鳯é", "①é"] {
            assert_eq!(CodePage::Big5.bytes(lacking), None, "{lacking}");
        }
        // Four bytes in GB18030, which printers of the older GBK do not have.
        for four in ["🧋", "𠮷"] {
            assert_eq!(CodePage::Gb18030.bytes(four), None, "{four}");
        }
    }
}
