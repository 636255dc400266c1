//! What every page has around it: head, language switch, training strip, style and script.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::language::Language;
use crate::page::words::Words;
use crate::secure::Nonce;

/// What differs between one page and the next.
pub(crate) struct Frame<'a> {
    pub(crate) language: Language,
    pub(crate) nonce: &'a Nonce,
    pub(crate) title: &'a str,
    /// The strip that says nobody's money moves.
    pub(crate) training: bool,
    /// Ask for this page again by itself in a few seconds, with this query.
    pub(crate) again: Option<String>,
    /// Whether the same address can be opened in the other language: not where reloading would lose what is shown.
    pub(crate) switch: bool,
}

impl Frame<'_> {
    pub(crate) fn around(&self, inside: Markup) -> Markup {
        let words = Words::of(self.language);
        let nonce = self.nonce.as_str();
        html! {
            (DOCTYPE)
            html lang=(self.language.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex, nofollow";
                    meta name="format-detection" content="telephone=no";
                    @if let Some(query) = &self.again { meta http-equiv="refresh" content={ "4;url=" (query) }; }
                    title { (self.title) }
                    style nonce=(nonce) { (PreEscaped(include_str!("style.css"))) }
                }
                body {
                    @if self.training { p.training { (words.training) } }
                    main {
                        @if self.switch { (switch(self.language)) }
                        (inside)
                    }
                    script nonce=(nonce) { (PreEscaped(include_str!("script.js"))) }
                }
            }
        }
    }
}

/// Both languages, each written in itself, the current one marked.
fn switch(current: Language) -> Markup {
    let one = |language: Language, query: &str, name: &str| {
        html! {
            a href=(query) lang=(language.tag()) hreflang=(language.tag())
                aria-current=[(language == current).then_some("true")] { (name) }
        }
    };
    html! {
        nav.languages {
            (one(Language::Chinese, "?lang=zh", "中文"))
            (one(Language::English, "?lang=en", "English"))
        }
    }
}
