//! The first sound of every syllable of a name, as a cashier types it: `kkkl` or ㄎㄎㄎㄌ for 可口可樂.

use pinyin::ToPinyin;

/// The first letters of a name's syllables in pinyin. Letters and digits that are no Chinese stand for themselves.
pub(super) fn pinyin(name: &str) -> String {
    let sound = |letter: char| match letter.to_pinyin() {
        Some(sound) => sound.first_letter().chars().next(),
        None => letter.is_ascii_alphanumeric().then_some(letter.to_ascii_lowercase()),
    };
    name.chars().filter_map(sound).collect()
}

/// The same in Zhuyin.
pub(super) fn zhuyin(name: &str) -> String {
    name.chars().filter_map(|letter| letter.to_pinyin()).filter_map(|sound| first_zhuyin(sound.plain())).collect()
}

/// The Zhuyin symbol with which a syllable begins.
fn first_zhuyin(syllable: &str) -> Option<char> {
    const TWO: [(&str, char); 3] = [("zh", 'ㄓ'), ("ch", 'ㄔ'), ("sh", 'ㄕ')];
    const WHOLE: [(&str, char); 13] = [
        ("yu", 'ㄩ'),
        ("ang", 'ㄤ'),
        ("eng", 'ㄥ'),
        ("er", 'ㄦ'),
        ("ai", 'ㄞ'),
        ("ei", 'ㄟ'),
        ("ao", 'ㄠ'),
        ("ou", 'ㄡ'),
        ("an", 'ㄢ'),
        ("en", 'ㄣ'),
        ("a", 'ㄚ'),
        ("o", 'ㄛ'),
        ("e", 'ㄜ'),
    ];
    // `yong` is ㄩㄥ, which pinyin does not show in its first two letters.
    if syllable == "yong" {
        return Some('ㄩ');
    }
    let begins =
        |table: &[(&str, char)]| table.iter().find(|(with, _)| syllable.starts_with(with)).map(|(_, sign)| *sign);
    begins(&TWO).or_else(|| begins(&WHOLE)).or_else(|| one(syllable.chars().next()?))
}

fn one(letter: char) -> Option<char> {
    Some(match letter {
        'b' => 'ㄅ',
        'p' => 'ㄆ',
        'm' => 'ㄇ',
        'f' => 'ㄈ',
        'd' => 'ㄉ',
        't' => 'ㄊ',
        'n' => 'ㄋ',
        'l' => 'ㄌ',
        'g' => 'ㄍ',
        'k' => 'ㄎ',
        'h' => 'ㄏ',
        'j' => 'ㄐ',
        'q' => 'ㄑ',
        'x' => 'ㄒ',
        'r' => 'ㄖ',
        'z' => 'ㄗ',
        'c' => 'ㄘ',
        's' => 'ㄙ',
        'y' => 'ㄧ',
        'w' => 'ㄨ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_begin_as_a_cashier_types_them() {
        for (name, latin, bopomofo) in [
            ("可口可樂", "kkkl", "ㄎㄎㄎㄌ"),
            ("珍珠奶茶 L", "zzncl", "ㄓㄓㄋㄔ"),
            ("魚丸", "yw", "ㄩㄨ"),
            ("愛玉", "ay", "ㄞㄩ"),
            ("耳機7號", "ej7h", "ㄦㄐㄏ"),
            ("永和豆漿", "yhdj", "ㄩㄏㄉㄐ"),
            ("義美", "ym", "ㄧㄇ"),
        ] {
            assert_eq!((pinyin(name).as_str(), zhuyin(name).as_str()), (latin, bopomofo), "{name}");
        }
    }
}
