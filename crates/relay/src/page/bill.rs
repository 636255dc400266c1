//! Who is paid, and how much: the head of every page about a known payment.

use maud::{Markup, html};

use crate::page::figures::dollars;
use crate::page::words::Words;
use crate::store::{PageState, PayPage};

/// Shop and amount. What has been paid, or must not be paid any more, is not called "due".
pub(crate) fn render(page: &PayPage, words: &Words) -> Markup {
    let label = match page.state {
        PageState::Fresh | PageState::Opened => words.amount_due,
        PageState::Expired | PageState::Cancelled | PageState::Paid => words.amount,
    };
    html! {
        h1.shop { (page.shop) }
        p.due {
            span.label { (label) }
            span.amount { small { "NT$" } (dollars(page.amount)) }
        }
    }
}
