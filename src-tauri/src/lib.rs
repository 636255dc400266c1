//! The desktop shell: a window, and commands that forward to the till behind it. No rule about money lives here.

mod commands;
mod customer;
mod people;
mod products;
mod settings;
mod till;

use std::path::PathBuf;

use tauri::{AppHandle, Emitter, Manager, Runtime, Window, WindowEvent};

use customer::Customer;
pub use till::Till;

/// The cashier's window.
const CASHIER: &str = "main";
/// The customer's display.
const CUSTOMER: &str = "customer";

/// Opens the window and runs until it closes.
///
/// # Panics
/// When there is no display to open a window on.
pub fn run() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("GUITAI_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    builder(tauri::Builder::default(), home_argument()).run(context()).expect("a window can be opened");
}

/// What the window may show and do, as the configuration files say it.
#[must_use]
pub fn context<R: Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

/// The app on any runtime: the real one, or one without a display for tests.
pub fn builder<R: Runtime>(builder: tauri::Builder<R>, home: Option<PathBuf>) -> tauri::Builder<R> {
    builder
        .setup(move |app| {
            let home = match home {
                Some(home) => home,
                None => app.path().app_data_dir()?,
            };
            open_till(app.handle(), home);
            tauri::async_runtime::spawn(customer::watch(app.handle().clone()));
            Ok(())
        })
        .on_window_event(end_with_the_cashiers_window)
        .invoke_handler(tauri::generate_handler![
            commands::view,
            products::shelf,
            products::shelf_page,
            products::search,
            products::product_form,
            products::save_product,
            products::retire_product,
            products::import_file,
            products::import_look,
            products::import_cancel,
            products::import_take,
            products::export_products,
            commands::add_weighed,
            commands::open_drawer,
            commands::return_goods,
            commands::scan,
            commands::add,
            commands::set_quantity,
            commands::remove,
            commands::clear,
            commands::methods,
            commands::pay_cash,
            commands::pay_online,
            commands::cancel_payment,
            commands::check_now,
            commands::release,
            commands::vouch,
            commands::resolve,
            commands::take_task,
            people::sign_in,
            people::lock,
            people::touch,
            people::add_person,
            people::edit_person,
            people::change_pin,
            people::retire_person,
            commands::dismiss_closed,
            commands::recent,
            commands::receipt,
            commands::copy,
            commands::refundable,
            commands::refund_quote,
            commands::refund,
            commands::refund_retry,
            commands::refund_handed_over,
            commands::refund_drop,
            commands::refunds,
            commands::refund_slip,
            commands::report_x,
            commands::report_range,
            commands::save_range,
            commands::reconcile,
            commands::fetch_statement,
            commands::reconciliations,
            commands::reconciliation,
            commands::report_z,
            commands::z_paper,
            commands::day,
            commands::open_shift,
            commands::move_cash,
            commands::count_drawer,
            commands::close_shift,
            commands::close_day,
            commands::export,
            commands::relay,
            commands::test_relay,
            commands::add_open,
            commands::discount_line,
            commands::discount_sale,
            commands::set_note,
            commands::void_sale,
            commands::put_aside,
            commands::recall,
            commands::pay_part_cash,
            commands::pay_part_online,
            commands::pay_outside,
            commands::return_cash,
            commands::slip,
            commands::unlock,
            settings::first_run,
            settings::begin,
            settings::settings,
            settings::check_settings,
            settings::change_settings,
            settings::restart,
            settings::collecting,
            settings::try_keys,
            settings::keep_keys,
            settings::switch_profile,
            commands::customer_screen,
            commands::toggle_customer_screen,
            commands::follow_display,
            commands::display_beat,
        ])
}

/// Opens the till kept in this folder behind the app's windows.
pub fn open_till<R: Runtime>(app: &AppHandle<R>, home: PathBuf) {
    let till = tauri::async_runtime::block_on(Till::open(home));
    app.manage(Customer::new(till.customer_display()));
    app.manage(till);
    app.manage(register::catalogue::Intake::default());
    tell_screens(app.clone());
}

/// Sends every change to the screens for as long as the app runs. Each is sent its own: the cashier's view goes to no
/// window but the cashier's.
fn tell_screens<R: Runtime>(app: AppHandle<R>) {
    tauri::async_runtime::spawn(async move {
        let mut news = app.state::<Till>().news();
        while news.changed().await.is_ok() {
            let till = app.state::<Till>();
            app.state::<Customer>().show(till.display());
            if let Ok(view) = till.view()
                && let Err(error) = app.emit_to(CASHIER, "view", view)
            {
                tracing::warn!(%error, "a screen could not be told");
            }
        }
    });
}

/// The display alone is no till.
fn end_with_the_cashiers_window<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    if window.label() == CASHIER && matches!(event, WindowEvent::Destroyed) {
        window.app_handle().exit(0);
    }
}

/// `--home DIR`, for a till that is not kept in the usual place.
fn home_argument() -> Option<PathBuf> {
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--home" {
            return arguments.next().map(PathBuf::from);
        }
    }
    std::env::var_os("GUITAI_HOME").map(PathBuf::from)
}
