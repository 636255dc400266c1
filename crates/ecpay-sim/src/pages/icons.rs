//! Line drawings for the methods and verdicts. Generic on purpose: nobody's logo.

use maud::{Markup, PreEscaped, html};

use crate::method::Method;

pub(super) fn of(method: Method) -> Markup {
    line(match method {
        Method::Credit => r#"<rect x="2.5" y="5" width="19" height="14" rx="2.5"/><path d="M2.5 9.5h19M6 15h4"/>"#,
        Method::Twqr => {
            r#"<path d="M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9m6 0h3.5A1.5 1.5 0 0 1 20 5.5V9m0 6v3.5a1.5 1.5 0 0 1-1.5 1.5H15m-6 0H5.5A1.5 1.5 0 0 1 4 18.5V15"/><path d="M8.5 8.5h2v2h-2zm5 0h2v2h-2zm-5 5h2v2h-2zm5.5.5h1.5M14 13.5v2"/>"#
        }
        Method::ApplePay => {
            r#"<rect x="7" y="2.5" width="10" height="19" rx="2.5"/><path d="M11 18.5h2M9.8 10.5c1.3-1.2 3.1-1.2 4.4 0M10.9 12.8c.7-.5 1.5-.5 2.2 0"/>"#
        }
        Method::WeiXin => {
            r#"<path d="M9.5 4C5.6 4 2.5 6.5 2.5 9.7c0 1.8 1 3.4 2.6 4.4L4.6 16.5l2.7-1.3"/><path d="M15 9c3.6 0 6.5 2.3 6.5 5.2 0 1.5-.8 2.9-2.1 3.8l.4 2-2.2-1.1A8 8 0 0 1 15 19.4c-3.6 0-6.5-2.3-6.5-5.2S11.4 9 15 9z"/>"#
        }
        Method::DigitalPayment => {
            r#"<path d="M4.5 7.5h14A2 2 0 0 1 20.5 9.5v8a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2V6.5a2 2 0 0 1 2-2h11"/><path d="M16 13.5h.01"/>"#
        }
        Method::WebAtm => {
            r#"<rect x="2.5" y="4" width="19" height="12.5" rx="2"/><path d="M8.5 20.5h7M12 16.5v4M7 10.3h5M15 10.3h2"/>"#
        }
        Method::Atm => r#"<path d="M3.5 9.5 12 4l8.5 5.5zM5.5 9.5v8M10 9.5v8M14 9.5v8M18.5 9.5v8M3.5 20h17"/>"#,
        Method::Cvs => {
            r#"<path d="M4 10.5V20h16v-9.5M3 9l1.8-4.5h14.4L21 9a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0zM10 20v-5h4v5"/>"#
        }
        Method::Barcode => r#"<path d="M4 5.5v13M7 5.5v13M9.5 5.5v13M13 5.5v13M15 5.5v13M18 5.5v13M20.5 5.5v13"/>"#,
        Method::Bnpl => {
            r#"<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4M8.5 15l2.5 2.3 4.5-4.3"/>"#
        }
    })
}

pub(super) fn paid() -> Markup {
    verdict("paid", r#"<circle cx="12" cy="12" r="9.5"/><path d="m7.5 12.3 3.1 3.1 6-6.3"/>"#)
}

pub(super) fn failed() -> Markup {
    verdict("failed", r#"<circle cx="12" cy="12" r="9.5"/><path d="m8.7 8.7 6.6 6.6m0-6.6-6.6 6.6"/>"#)
}

pub(super) fn waiting() -> Markup {
    verdict("waiting", r#"<circle cx="12" cy="12" r="9.5"/><path d="M12 6.8V12l3.4 2.2"/>"#)
}

fn line(shape: &str) -> Markup {
    html! {
        svg.icon viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"
            stroke-linejoin="round" aria-hidden="true" { (PreEscaped(shape)) }
    }
}

fn verdict(class: &str, shape: &str) -> Markup {
    html! {
        svg class=(class) viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" { (PreEscaped(shape)) }
    }
}
