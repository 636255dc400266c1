//! Which of the two languages a customer reads.

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// Traditional Chinese as written in Taiwan.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// An explicit `?lang=` wins, then what the browser prefers. Whoever prefers neither language reads English sooner
    /// than Chinese; a browser that says nothing is in Taiwan.
    pub(crate) fn choose(asked: Option<&str>, accept_language: Option<&str>) -> Self {
        asked.and_then(Self::of_tag).unwrap_or_else(|| match accept_language.map(str::trim) {
            None | Some("") => Self::Chinese,
            Some(header) => preferred(header).unwrap_or(Self::English),
        })
    }

    /// The tag for `<html lang>`; it also makes browsers pick Taiwan's glyph forms.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-Hant-TW",
            Self::English => "en",
        }
    }

    fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split('-').next()?;
        if primary.eq_ignore_ascii_case("zh") {
            Some(Self::Chinese)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::English)
        } else {
            None
        }
    }
}

/// The language of ours with the highest weight; the earlier one where two weigh the same.
fn preferred(header: &str) -> Option<Language> {
    let mut best: Option<(Language, f32)> = None;
    for entry in header.split(',').take(32) {
        let mut parts = entry.split(';');
        let Some(language) = parts.next().and_then(Language::of_tag) else { continue };
        let weight = parts.find_map(|p| p.trim().strip_prefix("q=")?.trim().parse::<f32>().ok()).unwrap_or(1.0);
        if weight > 0.0 && best.is_none_or(|(_, highest)| weight > highest) {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_wins_then_the_browser_then_taiwan() {
        use Language::{Chinese, English};
        for (asked, header, expected) in [
            (None, None, Chinese),
            (None, Some(""), Chinese),
            (None, Some("zh-TW,zh;q=0.9,en;q=0.8"), Chinese),
            (None, Some("zh-Hant-HK"), Chinese),
            (None, Some("en-US,en;q=0.9,zh-TW;q=0.5"), English),
            (None, Some("ja,zh-TW;q=0.7,en;q=0.9"), English),
            (None, Some("ja,zh;q=0.9,en;q=0.7"), Chinese),
            (None, Some("ko-KR"), English),
            (None, Some("zh;q=0,en"), English),
            (None, Some("zhx;q=,,,;;q=ä"), English),
            (Some("en"), Some("zh-TW"), English),
            (Some("zh"), Some("en"), Chinese),
            (Some("zh-TW"), None, Chinese),
            (Some("xx"), Some("en"), English),
            (Some(""), None, Chinese),
        ] {
            assert_eq!(Language::choose(asked, header), expected, "{asked:?} {header:?}");
        }
    }
}
