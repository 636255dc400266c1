//! The commands as a window calls them, without a window: what is allowed, what is forwarded, what comes back.

use std::path::Path;

use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow, WebviewWindowBuilder};

/// A till that has been set up.
fn app(home: &Path) -> (App<MockRuntime>, WebviewWindow<MockRuntime>) {
    let settings = home.join("settings.toml");
    if !settings.exists() {
        std::fs::write(settings, desk::settings::STARTING).expect("the settings");
    }
    new_app(home)
}

fn new_app(home: &Path) -> (App<MockRuntime>, WebviewWindow<MockRuntime>) {
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
    let products =
        call(&window, "shelf_page", serde_json::json!({ "tab": { "kind": "all" }, "from": 0 })).expect("products");
    let code = products["products"][0]["code"].as_str().expect("a code").to_owned();
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

/// Every command a capability file allows its window.
fn allowed(permission: &str) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/permissions/app.toml");
    let text = std::fs::read_to_string(file).expect("the permissions");
    let of = text.split("[[permission]]").find(|part| part.contains(&format!("identifier = \"{permission}\"")));
    let list = of.expect("the permission").split("commands.allow = [").nth(1).expect("its commands");
    list.split(']').next().expect("a list").split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_customers_window_cannot_reach_the_till() {
    let home = tempfile::tempdir().expect("a folder");
    let (app, _window) = app(home.path());
    let customer = window(&app, "customer");
    let cashier = allowed("cashier");
    assert!(cashier.len() > 20 && cashier.contains(&"pay_cash".to_owned()), "{cashier:?}");
    // What a page could try besides: to listen to the cashier's news, to open windows, to read files.
    let machine =
        ["plugin:event|listen", "plugin:webview|create_webview_window", "plugin:window|close", "plugin:path|resolve"];
    for command in cashier.iter().map(String::as_str).chain(machine) {
        let refused =
            call(&customer, command, serde_json::json!({ "event": "view", "target": { "kind": "Any" }, "handler": 1 }));
        let refused = refused.expect_err(command).to_string();
        assert!(refused.contains("not allowed"), "{command}: {refused}");
    }
}

#[test]
fn the_customers_window_is_shown_things_and_says_that_it_is_there() {
    let home = tempfile::tempdir().expect("a folder");
    let (app, cashier) = app(home.path());
    let customer = window(&app, "customer");
    assert_eq!(allowed("customer"), ["follow_display", "display_beat"]);
    assert_eq!(call(&cashier, "customer_screen", serde_json::json!({})).expect("told")["kind"], "closed");
    call(&customer, "follow_display", serde_json::json!({ "changes": "__CHANNEL__:7" })).expect("it may follow");
    call(&customer, "display_beat", serde_json::json!({ "visible": true })).expect("it may say so");
    assert_eq!(call(&cashier, "customer_screen", serde_json::json!({})).expect("told")["kind"], "showing");
    call(&customer, "display_beat", serde_json::json!({ "visible": false })).expect("it may say so");
    assert_ne!(call(&cashier, "customer_screen", serde_json::json!({})).expect("told")["kind"], "showing");
}

#[test]
fn any_other_window_may_do_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let (app, _window) = app(home.path());
    let other = window(&app, "other");
    for command in allowed("cashier").into_iter().chain(allowed("customer")) {
        let refused = call(&other, &command, serde_json::json!({})).expect_err("refused").to_string();
        assert!(refused.contains("not allowed"), "{command}: {refused}");
    }
}

#[test]
fn a_locked_window_takes_nothing_until_somebody_signs_in() {
    let home = tempfile::tempdir().expect("a folder");
    let (_app, window) = app(home.path());
    let none = || serde_json::json!({});
    let view = call(&window, "view", none()).expect("a view");
    assert_eq!(view["people"]["at_till"], "fang", "training opens with its cashier at the till");
    assert_eq!(view["people"]["everyone"][2]["shown_pin"], "3456");
    let page = call(&window, "shelf_page", serde_json::json!({ "tab": { "kind": "all" }, "from": 0 })).expect("a page");
    let code = page["products"][0]["code"].clone();
    call(&window, "lock", none()).expect("locked");
    for (command, arguments) in [
        ("add", serde_json::json!({ "product": code })),
        ("pay_cash", serde_json::json!({ "received": 1 })),
        ("retire_product", serde_json::json!({ "product": code })),
        ("product_form", serde_json::json!({ "product": code })),
        ("export_products", none()),
        ("import_take", none()),
        ("open_drawer", serde_json::json!({ "reason": "x" })),
        ("return_goods", serde_json::json!({ "reason": "x" })),
        ("recent", none()),
        ("report_x", none()),
        ("receipt", serde_json::json!({ "sale": "T1-000001" })),
        ("copy", serde_json::json!({ "sale": "T1-000001" })),
        ("take_task", serde_json::json!({ "task": "till/forged" })),
        ("add_person", serde_json::json!({ "name": "x", "role": "owner", "pin": "8520" })),
        ("change_pin", serde_json::json!({ "person": "chen", "pin": "8520" })),
        ("retire_person", serde_json::json!({ "person": "fang" })),
        ("begin", serde_json::json!({ "first": { "changes": [], "sample": false, "owner": null } })),
        ("settings", none()),
        ("change_settings", serde_json::json!({ "changes": [] })),
        ("restart", none()),
        ("collecting", none()),
        ("try_keys", serde_json::json!({ "profile": "stage" })),
        ("switch_profile", serde_json::json!({ "profile": "stage" })),
    ] {
        let refused = call(&window, command, arguments).expect_err("locked");
        assert_eq!(refused["code"], "locked", "{command}");
    }
    let wrong = serde_json::json!({ "person": "fang", "pin": "0000" });
    assert_eq!(call(&window, "sign_in", wrong).expect_err("wrong")["code"], "wrong_pin");
    let right = serde_json::json!({ "person": "zhang", "pin": "2345" });
    let view = call(&window, "sign_in", right).expect("signed in");
    assert_eq!((&view["people"]["locked"], &view["till"]["cashier"]), (&false.into(), &"張主管".into()));
    call(&window, "add", serde_json::json!({ "product": code })).expect("added");
}

#[test]
fn a_command_that_needs_a_consent_says_so_and_is_done_with_it() {
    let home = tempfile::tempdir().expect("a folder");
    let (_app, window) = app(home.path());
    let person = |consent: Option<serde_json::Value>| {
        let mut arguments = serde_json::json!({ "name": "阿明", "role": "cashier", "pin": "8520" });
        if let Some(consent) = consent {
            arguments["consent"] = consent;
        }
        call(&window, "add_person", arguments)
    };
    let refused = person(None).expect_err("a cashier may not");
    assert_eq!((&refused["code"], &refused["what"]), (&"approval_needed".into(), &"people".into()));
    let by = |person: &str, pin: &str| Some(serde_json::json!({ "person": person, "pin": pin, "reason": "新人到職" }));
    assert_eq!(person(by("zhang", "2345")).expect_err("nor may a supervisor")["code"], "not_allowed");
    assert_eq!(person(by("chen", "0000")).expect_err("not on a wrong PIN")["code"], "wrong_pin");
    let view = person(by("chen", "3456")).expect("the owner consents");
    assert_eq!(view["people"]["everyone"][3]["name"], "阿明");
    assert_eq!(view["people"]["everyone"][3]["shown_pin"], serde_json::Value::Null);
    assert_eq!(view["people"]["at_till"], "fang", "for one command");
}

#[test]
fn a_new_till_is_set_up_through_the_windows_commands() {
    let home = tempfile::tempdir().expect("a folder");
    let (_app, window) = new_app(home.path());
    assert_eq!(call(&window, "first_run", serde_json::json!({})).expect("told"), true);
    let change =
        |name: &str, value: &str| serde_json::json!({ "name": name, "value": { "kind": "text", "value": value } });
    let begin = |tax_id: &str, pin: &str| {
        let changes = [change("shop.name", "對街茶行"), change("shop.tax_id", tax_id)];
        let owner = serde_json::json!({ "name": "林老闆", "pin": pin });
        let first = serde_json::json!({ "changes": changes, "sample": true, "owner": owner });
        call(&window, "begin", serde_json::json!({ "first": first }))
    };
    let refused = begin("12345678", "4711").expect_err("mistyped");
    assert_eq!((&refused["name"], &refused["why"]["kind"]), (&"shop.tax_id".into(), &"tax_id_check".into()));
    assert_eq!(begin("22099131", "1234").expect_err("too easy")["code"], "person_refused");
    let view = begin("22099131", "4711").expect("set up");
    assert_eq!((&view["till"]["shop"], &view["till"]["cashier"]), (&"對街茶行".into(), &"林老闆".into()));
    assert_eq!(call(&window, "first_run", serde_json::json!({})).expect("told"), false);
    let changes = serde_json::json!({ "changes": [change("shop.phone", "02-1")] });
    let look = call(&window, "change_settings", changes).expect("the owner is at the till");
    assert_eq!(look["waits"], false);
    let tried = serde_json::json!({ "profile": "production", "given": { "merchant": "1", "key": "k", "iv": "i" } });
    assert_eq!(call(&window, "try_keys", tried).expect_err("no number")["code"], "keys_refused");
}
