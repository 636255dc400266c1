//! Who is paid, and how much: the head of every page about a known payment.

use maud::{Markup, html};

use crate::page::figures::dollars;
use crate::page::words::Words;
use crate::store::{PageState, PayPage};

/// Shop and amount. Only a fresh page calls it "due": afterwards somebody may have paid.
pub(crate) fn render(page: &PayPage, words: &Words) -> Markup {
    let label = match page.state {
        PageState::Fresh => words.amount_due,
        PageState::Opened | PageState::Expired | PageState::Cancelled | PageState::Paid => words.amount,
    };
    html! {
        h1.shop { (page.shop) }
        p.due {
            span.label { (label) }
            span.amount { small { "NT$" } (dollars(page.amount)) }
        }
    }
}
