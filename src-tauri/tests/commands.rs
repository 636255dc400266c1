//! The commands as a window calls them, without a window: what is allowed, what is forwarded, what comes back.

use std::path::Path;

use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow, WebviewWindowBuilder};

fn app(home: &Path) -> (App<MockRuntime>, WebviewWindow<MockRuntime>) {
    let app = guitai_lib::builder(mock_builder(), None)
        .build(guitai_lib::context())
        .expect("the app builds without a display");
    // The event loop that would do this does not run here.
    guitai_lib::open_till(app.handle(), home.to_owned());
    let window = window(&app, "main");
    (app, window)
}

fn window(app: &App<MockRuntime>, label: &str) -> WebviewWindow<MockRuntime> {
    WebviewWindowBuilder::new(app, label, tauri::WebviewUrl::default()).build().expect("a window")
}

fn call(
    window: &WebviewWindow<MockRuntime>,
    command: &str,
    arguments: serde_json::Value,
) -> Result<serde_json::Value, serde_json::Value> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().expect("an address"),
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::new(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize().expect("JSON"))
}

#[test]
fn a_cashier_rings_up_and_takes_cash_through_the_windows_commands() {
    let home = tempfile::tempdir().expect("a folder");
    let (_app, window) = app(home.path());
    let products = call(&window, "products", serde_json::json!({})).expect("products");
    let code = products[0]["code"].as_str().expect("a code").to_owned();
    let view = call(&window, "add", serde_json::json!({ "product": code })).expect("added");
    let total = view["cart"]["total"].as_i64().expect("a total");
    assert!(total > 0);
    let view = call(&window, "pay_cash", serde_json::json!({ "received": total })).expect("paid");
    assert_eq!(view["closed"]["total"], total);
    let refused = call(&window, "pay_cash", serde_json::json!({ "received": 1 })).expect_err("nothing to pay");
    assert_eq!(refused["code"], "empty_cart");
}

#[test]
fn a_second_till_on_the_same_folder_says_so_and_sells_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let (_first, _window) = app(home.path());
    let (_second, window) = app(home.path());
    let view = call(&window, "view", serde_json::json!({})).expect("a view");
    assert_eq!(view["stopped"]["kind"], "already_running");
    let refused = call(&window, "scan", serde_json::json!({ "code": "x" })).expect_err("stopped");
    assert_eq!(refused["code"], "stopped");
}

#[test]
fn a_window_that_is_not_the_cashiers_may_do_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let (app, _window) = app(home.path());
    let other = window(&app, "customer");
    let refused = call(&other, "view", serde_json::json!({})).expect_err("refused");
    assert!(refused.to_string().contains("not allowed"), "{refused}");
}
