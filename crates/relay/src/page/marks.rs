//! The small drawings beside a notice. Each has its own shape: colour alone carries no meaning.

use maud::{Markup, html};

/// A drawing and the tone it is painted in.
#[derive(Clone, Copy)]
pub(crate) enum Mark {
    /// A tick: the shop has confirmed.
    Done,
    /// A letter on its way.
    Sent,
    /// A clock.
    Late,
    /// A cross.
    Stopped,
    /// An exclamation mark.
    Attention,
}

impl Mark {
    /// The tone, and what is drawn inside the circle.
    pub(crate) fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::Done => ("good", "M15 25.5l6.2 6.2L34 18.5"),
            Self::Sent => ("calm", "M13 17h22v15H13zM13.5 17.5L24 26l10.5-8.5"),
            Self::Late => ("warn", "M24 15v10l6.5 3.5"),
            Self::Stopped => ("warn", "M17.5 17.5l13 13M30.5 17.5l-13 13"),
            Self::Attention => ("warn", "M24 14.5v12M24 33v.1"),
        }
    }

    pub(crate) fn draw(self) -> Markup {
        let (tone, path) = self.parts();
        html! {
            svg.mark.(tone) viewBox="0 0 48 48" width="56" height="56" aria-hidden="true" {
                circle cx="24" cy="24" r="22" {}
                path d=(path) {}
            }
        }
    }
}
