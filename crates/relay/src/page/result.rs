//! What a customer reads after the gateway, or instead of a page: one notice, and never more than is known.

use maud::{Markup, html};

use crate::language::Language;
use crate::page::bill;
use crate::page::code::Code;
use crate::page::frame::Frame;
use crate::page::marks::Mark;
use crate::page::words::{Notice, Words};
use crate::secure::Nonce;
use crate::store::PayPage;

/// What there is to say.
pub(crate) enum Outcome {
    /// The result was kept for the shop. Looks again under this count, while there is reason to.
    Sent { look_again: Option<u8> },
    /// Somebody came back without bringing anything.
    Back,
    /// The store says that the till has proof.
    Paid,
    /// A code for paying later was issued.
    Code(Code),
    /// No mailbox of ours.
    NotOurs,
    /// Could not be kept now.
    NotKept,
    /// No such page.
    NotFound,
    /// The till published something that cannot be shown.
    OutOfOrder,
}

/// The whole page; `of` is the payment it is about, where the store knows it.
pub(crate) fn render(outcome: &Outcome, of: Option<&PayPage>, language: Language, nonce: &Nonce) -> Markup {
    let words = Words::of(language);
    let (state, mark, notice) = describe(outcome, words);
    let again = match outcome {
        Outcome::Sent { look_again: Some(look) } => Some(format!("?look={look}&lang={}", language.tag())),
        _ => None,
    };
    let frame = Frame {
        language,
        nonce,
        title: notice.title,
        training: of.is_some_and(|page| page.training),
        again,
        switch: !matches!(outcome, Outcome::Code(_) | Outcome::NotOurs | Outcome::NotKept),
    };
    frame.around(html! {
        @if let Some(page) = of { (bill::render(page, words)) }
        section #result-state .notice data-state=(state) role="status" {
            (mark.draw())
            h2 { (notice.title) }
            p { (notice.text) }
        }
        @if let Outcome::Code(code) = outcome { (slip(code, words)) }
    })
}

fn describe<'w>(outcome: &Outcome, words: &'w Words) -> (&'static str, Mark, &'w Notice) {
    match outcome {
        Outcome::Sent { .. } => ("sent", Mark::Sent, &words.sent),
        Outcome::Back => ("back", Mark::Sent, &words.back),
        Outcome::Paid => ("paid", Mark::Done, &words.paid),
        Outcome::Code(code) if code.is_readable() => ("code", Mark::Sent, &words.code),
        Outcome::Code(_) => ("code-unreadable", Mark::Sent, &words.code_unreadable),
        Outcome::NotOurs => ("not-ours", Mark::Attention, &words.not_ours),
        Outcome::NotKept => ("not-kept", Mark::Attention, &words.not_kept),
        Outcome::NotFound => ("not-found", Mark::Attention, &words.not_found),
        Outcome::OutOfOrder => ("out-of-order", Mark::Stopped, &words.out_of_order),
    }
}

fn slip(code: &Code, words: &Words) -> Markup {
    let rows = [
        (words.bank, &code.bank),
        (words.account, &code.account),
        (words.payment_no, &code.payment_no),
        (words.deadline, &code.deadline),
    ];
    html! {
        @if code.is_readable() {
            dl.slip {
                @for (name, value) in rows {
                    @if let Some(value) = value { dt { (name) } dd { (value) } }
                }
                @for (i, value) in code.barcodes.iter().enumerate() { dt { (words.barcode) " " (i + 1) } dd { (value) } }
            }
        }
    }
}
