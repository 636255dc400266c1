//! Free text that the gateway will take: ItemName and TradeDesc (docs 2864 and 2858).
//!
//! Three things about a product's name can lose an order. Too long: the gateway cuts it before it checks the
//! signature. Markup and symbols: they are refused. A command's name: a filter blocks the page. Since the full name
//! is on our own receipt, a text with any of the latter two is not mended but replaced by a plain one as a whole.

mod command;

/// The longest ItemName in characters. One page says 400, others 200.
pub const ITEM_NAME_CHARS: usize = 200;

/// The longest ItemName in UTF-8 bytes, in case the 400 of the documentation are bytes.
pub const ITEM_NAME_BYTES: usize = 400;

const TRADE_DESC_CHARS: usize = 100;
const TRADE_DESC_BYTES: usize = 200;

/// What is sent when even the caller's plain text cannot be.
const PLAINEST: &str = "商品";

/// A checked ItemName.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ItemName {
    /// Lines separated by `#`.
    pub text: String,
    /// Whether the plain text stands in for the items.
    pub replaced: bool,
}

/// A checked TradeDesc.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TradeDesc {
    /// Without punctuation.
    pub text: String,
    /// Whether the plain text stands in for the description.
    pub replaced: bool,
}

/// Joins one line per item. Lines that no longer fit are left out; a first line that is too long by itself is cut
/// between two characters. `plain` (such as `商店商品 3 件`) is used instead when there is no line, or when one of
/// them would be refused.
#[must_use]
pub fn item_name<S: AsRef<str>>(lines: &[S], plain: &str) -> ItemName {
    let lines: Vec<&str> = lines.iter().map(|line| line.as_ref().trim()).filter(|line| !line.is_empty()).collect();
    let text = joined(&lines);
    // The whole is looked at too: a cut can leave a command's name.
    if text.is_empty() || is_refused(&text) || lines.iter().any(|line| is_refused(line)) {
        return ItemName { text: first_accepted([joined(&[plain.trim()]), joined(&[PLAINEST])]), replaced: true };
    }
    ItemName { text, replaced: false }
}

/// Makes a description of one line: ASCII punctuation becomes a space, the end is cut between two characters.
/// `plain` is used instead of what is empty or would be refused.
#[must_use]
pub fn trade_desc(text: &str, plain: &str) -> TradeDesc {
    let described = described(text);
    if described.is_empty() || is_refused(text) || is_refused(&described) {
        return TradeDesc { text: first_accepted([self::described(plain), PLAINEST.to_owned()]), replaced: true };
    }
    TradeDesc { text: described, replaced: false }
}

/// Whether the gateway may refuse a page that carries this text.
#[must_use]
pub fn is_refused(text: &str) -> bool {
    let symbol = |c: char| c.is_control() || "<>&|;`\\\u{2028}\u{2029}".contains(c);
    text.contains(symbol)
        || ["${", "$(", "../"].iter().any(|start| text.contains(start))
        || has_percent_escape(text)
        || command::is_in(text)
}

fn first_accepted(texts: [String; 2]) -> String {
    let [first, last] = texts;
    if first.is_empty() || is_refused(&first) { last } else { first }
}

fn joined(lines: &[&str]) -> String {
    let mut text = String::new();
    let (mut chars, mut bytes) = (ITEM_NAME_CHARS, ITEM_NAME_BYTES);
    for line in lines {
        // `#` starts a line of its own on ECPay's page.
        let line = line.replace('#', "＃");
        let separator = if text.is_empty() { "" } else { "#" };
        let added = format!("{separator}{line}");
        if added.len() <= bytes && added.chars().count() <= chars {
            chars -= added.chars().count();
            bytes -= added.len();
            text.push_str(&added);
        } else if text.is_empty() {
            return cut(&line, chars, bytes).trim_end().to_owned();
        }
    }
    text
}

fn cut(text: &str, chars: usize, bytes: usize) -> &str {
    let after = |(at, c): (usize, char)| at + c.len_utf8();
    let end = text.char_indices().take(chars).map(after).take_while(|end| *end <= bytes).last();
    &text[..end.unwrap_or(0)]
}

fn described(text: &str) -> String {
    let spaced = text.replace(|c: char| c.is_ascii_punctuation() || c.is_control(), " ");
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&words, TRADE_DESC_CHARS, TRADE_DESC_BYTES).trim_end().to_owned()
}

/// `%26` and the like are decoded somewhere on the way and then break the signature (doc 2858).
fn has_percent_escape(text: &str) -> bool {
    text.as_bytes()
        .windows(3)
        .any(|three| matches!(three, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "商店商品 2 件";

    #[test]
    fn ordinary_products_keep_their_names() {
        let lines = ["御飯糰 鮪魚 x2", "Tom's Cola 600ml", "100% 純果汁 (大)", "M-size T恤 ~新品~", "Café"];
        let name = item_name(&lines, PLAIN);
        assert_eq!(name.text, "御飯糰 鮪魚 x2#Tom's Cola 600ml#100% 純果汁 (大)#M-size T恤 ~新品~#Café");
        assert!(!name.replaced);
    }

    #[test]
    fn what_could_be_refused_is_replaced_as_a_whole() {
        for bad in [
            "Python 入門",
            "ECHO dot",
            "<b>茶</b>",
            "M&M's",
            "茶\n水",
            "a\u{7}b",
            "Tom%26Jerry",
            "50%DEET",
            "`x`",
            "1 < 2",
            "${x}",
        ] {
            let name = item_name(&["御飯糰", bad], PLAIN);
            assert_eq!((name.text.as_str(), name.replaced), (PLAIN, true), "{bad:?}");
        }
    }

    #[test]
    fn nothing_to_say_is_the_plain_text_and_a_refused_plain_text_is_the_plainest() {
        assert_eq!(item_name::<&str>(&[], PLAIN).text, PLAIN);
        assert_eq!(item_name(&[" ", ""], PLAIN).text, PLAIN);
        assert_eq!(item_name::<&str>(&[], "curl").text, PLAINEST);
        assert_eq!(trade_desc("", "!").text, PLAINEST);
        assert_eq!(item_name::<&str>(&[], "").text, PLAINEST);
    }

    #[test]
    fn a_hash_in_a_name_starts_no_line() {
        assert_eq!(item_name(&["7# 電池", "水"], PLAIN).text, "7＃ 電池#水");
    }

    #[test]
    fn a_long_list_ends_at_an_item() {
        let lines = vec!["甲".repeat(30); 20];
        let name = item_name(&lines, PLAIN);
        assert_eq!(name.text, vec!["甲".repeat(30); 4].join("#"));
        let ascii = vec!["a".repeat(49); 20];
        assert_eq!(item_name(&ascii, PLAIN).text.len(), 199);
    }

    #[test]
    fn one_long_item_ends_at_a_character() {
        assert_eq!(item_name(&["茶".repeat(300)], PLAIN).text, "茶".repeat(133));
        assert_eq!(item_name(&["a".repeat(300)], PLAIN).text, "a".repeat(200));
        assert_eq!(item_name(&["🍵".repeat(300)], PLAIN).text, "🍵".repeat(100));
        assert_eq!(item_name(&[format!("{} shampoo", "a".repeat(197))], PLAIN).text, PLAIN, "cut to sh");
    }

    #[test]
    fn a_description_has_no_punctuation() {
        assert_eq!(trade_desc("好鄰居商店: T1 / 2026-01-05", PLAIN).text, "好鄰居商店 T1 2026 01 05");
        let bad = trade_desc("system", PLAIN);
        assert_eq!((bad.text.as_str(), bad.replaced), (PLAIN, true));
        assert_eq!(trade_desc("!!", PLAIN).text, PLAIN);
        assert_eq!(trade_desc(&"茶".repeat(300), PLAIN).text, "茶".repeat(66));
    }
}
