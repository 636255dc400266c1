//! Where a line may break: between Chinese characters, after spaces and hyphens, inside a word only when it must.

/// Cuts `text` into lines no wider than `limit` by `width`. Never returns an empty list; a single character wider than
/// the limit still gets its line.
pub(crate) fn wrap(text: &str, limit: i32, width: impl Fn(&str) -> i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let joined = format!("{line}{piece}");
        if width(joined.trim_end()) <= limit {
            line = joined;
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
        }
        line = String::new();
        for c in piece.trim_start().chars() {
            let joined = format!("{line}{c}");
            if !line.is_empty() && width(joined.trim_end()) > limit {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.trim().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// What must stay together, in order; a space belongs to the piece before it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if after == ' ' || closes(after) || opens(before) {
        return false;
    }
    before == ' ' || before == '-' || before == '/' || wide(before) || wide(after)
}

fn wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

fn closes(c: char) -> bool {
    "，。、；：！？）」』】〉》〕…‧·,.;:!?)]}%".contains(c)
}

fn opens(c: char) -> bool {
    "（「『【〈《〔([{$".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::count;

    fn cut(text: &str, limit: i32) -> Vec<String> {
        wrap(text, limit, |t| t.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum())
    }

    #[test]
    fn lines_break_where_a_reader_expects() {
        assert_eq!(cut("珍珠奶茶大杯", 8), ["珍珠奶茶", "大杯"]);
        assert_eq!(cut("Earl Grey milk tea", 10), ["Earl Grey", "milk tea"]);
        assert_eq!(cut("珍珠奶茶（大杯）", 8), ["珍珠奶茶", "（大杯）"]);
        assert_eq!(cut("茶（大杯）", 6), ["茶（大", "杯）"]);
        assert_eq!(cut("好，好。", 4), ["好，", "好。"]);
        assert_eq!(cut("", 10), [""]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut_rather_than_lost() {
        let lines = cut("ABCDEFGHIJKLMNOP", 5);
        assert_eq!(lines.concat(), "ABCDEFGHIJKLMNOP");
        assert!(lines.iter().all(|line| count(line.len()) <= 5), "{lines:?}");
    }
}
