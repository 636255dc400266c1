//! The pay page: who is paid, how much, and one button that posts the form the till signed.

use maud::{Markup, html};

use crate::browser::Browser;
use crate::id::LinkId;
use crate::language::Language;
use crate::page::bill;
use crate::page::figures::taipei_clock;
use crate::page::frame::Frame;
use crate::page::marks::Mark;
use crate::page::words::{Notice, Words};
use crate::secure::Nonce;
use crate::store::{PageState, PayPage};

/// Whether a page in this state offers to post the form.
pub(crate) fn has_form(state: PageState) -> bool {
    match state {
        PageState::Fresh | PageState::Opened => true,
        PageState::Expired | PageState::Cancelled | PageState::Paid => false,
    }
}

/// The whole page.
pub(crate) fn render(page: &PayPage, id: &LinkId, language: Language, browser: Browser, nonce: &Nonce) -> Markup {
    let words = Words::of(language);
    let title = format!("{} · {}", words.pay_title, page.shop);
    let frame = Frame { language, nonce, title: &title, training: page.training, again: None, switch: true };
    frame.around(html! {
        (bill::render(page, words))
        @match page.state {
            PageState::Fresh => (fresh(page, id, words, browser)),
            PageState::Opened => {
                (notice("opened", Mark::Attention, &words.opened))
                (form(page, id, words, Press::Second))
            },
            PageState::Expired => (notice("expired", Mark::Late, &words.expired)),
            PageState::Cancelled => (notice("cancelled", Mark::Stopped, &words.cancelled)),
            PageState::Paid => (notice("paid", Mark::Done, &words.page_paid)),
        }
    })
}

fn fresh(page: &PayPage, id: &LinkId, words: &Words, browser: Browser) -> Markup {
    let until = taipei_clock(page.expires_at_ms);
    html! {
        @if browser.can_pay() {
            (form(page, id, words, Press::ByItself))
            p #link-state .quiet data-state="fresh" role="status" {
                (words.until_before) time { (until) } (words.until_after)
            }
            p.quiet { (words.about_gateway) }
        } @else {
            (way_out(words, browser))
            (form(page, id, words, Press::Second))
            p.quiet { (words.until_before) time { (until) } (words.until_after) }
        }
    }
}

/// How to leave a chat app's browser.
fn way_out(words: &Words, browser: Browser) -> Markup {
    let (text, opens_itself) = match browser {
        Browser::Line => (&words.in_line, true),
        Browser::Instagram => (&words.in_instagram, false),
        Browser::Facebook | Browser::Ordinary => (&words.in_facebook, false),
    };
    html! {
        (notice("in-app", Mark::Attention, text))
        @if opens_itself {
            a #open-browser .button href="?openExternalBrowser=1" { (words.open_browser) }
        } @else {
            // The script fills in the address; without it the menu in the corner still works.
            div #copy-box .copy hidden {
                label for="link-text" { (words.link_label) }
                input #link-text type="text" readonly;
                button #copy-button .button type="button" data-done=(words.copied) { (words.copy_link) }
            }
        }
    }
}

fn notice(state: &str, mark: Mark, notice: &Notice) -> Markup {
    html! {
        section #link-state .notice data-state=(state) role="status" {
            (mark.draw())
            h2 { (notice.title) }
            p { (notice.text) }
        }
    }
}

/// How the form is meant to be sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Press {
    /// The script sends it after a moment; the button is there for everyone else.
    ByItself,
    /// Only when the customer insists.
    Second,
}

fn form(page: &PayPage, id: &LinkId, words: &Words, press: Press) -> Markup {
    let (label, auto) = match press {
        Press::ByItself => (words.pay_button, Some("")),
        Press::Second => (words.continue_anyway, None),
    };
    html! {
        form #pay-form method="post" action=(page.action) accept-charset="UTF-8" autocomplete="off"
            data-auto=[auto] data-beacon={ (id.as_str()) "/opened" } {
            @for (name, value) in &page.fields { input type="hidden" name=(name) value=(value); }
            button #pay-button .button .second[press == Press::Second] type="submit" data-busy=(words.paying) { (label) }
        }
    }
}
