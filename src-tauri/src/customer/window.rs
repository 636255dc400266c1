//! The customer's window itself: where it goes, how it looks, and that it never takes the keyboard from the till.

use tauri::{
    AppHandle, Manager, PhysicalPosition, PhysicalSize, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
};

use super::plan::Area;
use crate::{CASHIER, CUSTOMER};

/// Not the till's title: a person and a test tell the windows apart by it.
const TITLE: &str = "顧客螢幕";

pub(super) fn is_there<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.get_webview_window(CUSTOMER).is_some()
}

/// Opens it. Called from a task of its own: a window built on the main thread while that waits would wait for ever.
pub(super) fn open<R: Runtime>(app: &AppHandle<R>, on: Option<Area>) -> tauri::Result<()> {
    // A scanner types into the window that has the keyboard; this one must never have it.
    let window = WebviewWindowBuilder::new(app, CUSTOMER, WebviewUrl::App("customer.html".into()))
        .title(TITLE)
        .inner_size(1024.0, 640.0)
        .min_inner_size(480.0, 360.0)
        .focused(false)
        .focusable(false)
        .decorations(on.is_none())
        .skip_taskbar(on.is_some())
        .visible(on.is_none())
        .build()?;
    match on {
        Some(area) => fill(&window, area),
        None => Ok(()),
    }
}

pub(super) fn close<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(CUSTOMER)
        && let Err(error) = window.destroy()
    {
        tracing::warn!(%error, "the customer's display cannot be closed");
    }
}

/// The monitor the till is not on.
pub(super) fn second_monitor<R: Runtime>(app: &AppHandle<R>) -> Option<Area> {
    let till = app.get_webview_window(CASHIER)?;
    let own = till.current_monitor().ok().flatten().map(|monitor| *monitor.position());
    let monitors = till.available_monitors().ok()?;
    let other = monitors.iter().find(|monitor| own.is_some_and(|own| own != *monitor.position()))?;
    let (position, size) = (other.position(), other.size());
    Some(Area { x: position.x, y: position.y, width: size.width, height: size.height })
}

/// Placed and sized first: where there is no window manager, nobody else does it.
fn fill<R: Runtime>(window: &WebviewWindow<R>, area: Area) -> tauri::Result<()> {
    window.set_position(PhysicalPosition::new(area.x, area.y))?;
    window.set_size(PhysicalSize::new(area.width, area.height))?;
    window.show()?;
    window.set_position(PhysicalPosition::new(area.x, area.y))?;
    window.set_fullscreen(true)
}
