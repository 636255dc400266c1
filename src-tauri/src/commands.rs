//! What the screens can ask for. Each forwards; none decides.

use desk::Passphrase;
use register::view::display::{CustomerScreen, Display};
use register::view::{
    CashWay, Day, Discount, HandWay, HandedBack, Method, MethodChoice, Outside, Pieces, RangeReport, RangeTable,
    ReceiptPicture, Recent, Reconciled, ReconciledLine, Refund, RefundQuote, RefundSlip, RefundWish, Refundable,
    RelayLook, RelayTest, ReportPicture, SlipPicture, TaskChoice, TaxKind, View, XReport,
};
use register::{CommandError, Consent, Ports, RefundRequest, Register};
use tauri::State;
use tauri::ipc::Channel;

use crate::customer::Customer;
use crate::till::Till;

type Answer<T> = Result<T, CommandError>;

#[tauri::command(async)]
pub(crate) fn view(till: State<'_, Till>) -> Answer<View> {
    till.view()
}

#[tauri::command(async)]
pub(crate) fn scan(till: State<'_, Till>, code: String) -> Answer<View> {
    change(&till, |register, _| register.scan(&code))
}

#[tauri::command(async)]
pub(crate) fn add(till: State<'_, Till>, product: String) -> Answer<View> {
    change(&till, |register, _| register.add(&product))
}

#[tauri::command(async)]
pub(crate) fn set_quantity(till: State<'_, Till>, line: u32, quantity: u32, consent: Option<Consent>) -> Answer<View> {
    change_with(&till, consent, |register, _| register.set_quantity(line, quantity))
}

#[tauri::command(async)]
pub(crate) fn remove(till: State<'_, Till>, line: u32, consent: Option<Consent>) -> Answer<View> {
    change_with(&till, consent, |register, _| register.remove(line))
}

#[tauri::command(async)]
pub(crate) fn clear(till: State<'_, Till>, consent: Option<Consent>) -> Answer<View> {
    change_with(&till, consent, |register, ports| register.clear(ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn add_open(till: State<'_, Till>, name: String, price: i64, tax: TaxKind) -> Answer<View> {
    change(&till, |register, _| register.add_open(&name, price, tax))
}

#[tauri::command(async)]
pub(crate) fn discount_line(
    till: State<'_, Till>,
    line: u32,
    discount: Option<Discount>,
    consent: Option<Consent>,
) -> Answer<View> {
    change_with(&till, consent, |register, _| register.discount_line(line, discount))
}

#[tauri::command(async)]
pub(crate) fn discount_sale(
    till: State<'_, Till>,
    discount: Option<Discount>,
    consent: Option<Consent>,
) -> Answer<View> {
    change_with(&till, consent, |register, _| register.discount_sale(discount))
}

#[tauri::command(async)]
pub(crate) fn add_weighed(till: State<'_, Till>, product: String, grams: u32) -> Answer<View> {
    change(&till, |register, _| register.add_weighed(&product, grams))
}

#[tauri::command(async)]
pub(crate) fn open_drawer(till: State<'_, Till>, reason: String, consent: Option<Consent>) -> Answer<View> {
    change_with(&till, consent, |register, ports| register.open_drawer(&reason, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn return_goods(till: State<'_, Till>, reason: String, consent: Option<Consent>) -> Answer<View> {
    change_with(&till, consent, |register, ports| register.return_goods(&reason, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn set_note(till: State<'_, Till>, note: String) -> Answer<View> {
    change(&till, |register, _| register.set_note(&note))
}

#[tauri::command(async)]
pub(crate) fn void_sale(
    till: State<'_, Till>,
    reason: String,
    money: HandedBack,
    consent: Option<Consent>,
) -> Answer<View> {
    change_with(&till, consent, |register, ports| register.void_sale(&reason, money, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn put_aside(till: State<'_, Till>, name: String) -> Answer<View> {
    change(&till, |register, ports| register.put_aside(&name, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn recall(till: State<'_, Till>, id: String) -> Answer<View> {
    change(&till, |register, ports| register.recall(&id, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn methods(till: State<'_, Till>, part: Option<i64>) -> Answer<Vec<MethodChoice>> {
    till.with(|register, _| Ok(part.map_or_else(|| register.methods(), |part| register.methods_for(part))))
}

#[tauri::command(async)]
pub(crate) fn pay_part_cash(till: State<'_, Till>, part: i64, received: i64) -> Answer<View> {
    change(&till, |register, ports| register.pay_part_cash(part, received, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn pay_part_online(till: State<'_, Till>, method: Method, part: i64) -> Answer<View> {
    change(&till, |register, ports| register.pay_part_online(method, part, ports.clock.now(), ports.chance.as_ref()))
}

#[tauri::command(async)]
pub(crate) fn pay_outside(till: State<'_, Till>, through: Outside, part: i64, note: String) -> Answer<View> {
    change(&till, |register, ports| register.pay_outside(through, part, &note, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn return_cash(till: State<'_, Till>, reason: String, consent: Option<Consent>) -> Answer<View> {
    change_with(&till, consent, |register, ports| register.return_cash(&reason, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn slip(till: State<'_, Till>, attempt: String) -> Answer<SlipPicture> {
    till.slip(&attempt)
}

#[tauri::command(async)]
pub(crate) fn pay_cash(till: State<'_, Till>, received: i64) -> Answer<View> {
    change(&till, |register, ports| register.pay_cash(received, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn pay_online(till: State<'_, Till>, method: Method) -> Answer<View> {
    change(&till, |register, ports| register.pay_online(method, ports.clock.now(), ports.chance.as_ref()))
}

#[tauri::command(async)]
pub(crate) fn cancel_payment(till: State<'_, Till>) -> Answer<View> {
    change(&till, |register, ports| register.cancel_payment(ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn check_now(till: State<'_, Till>) -> Answer<View> {
    change(&till, |register, ports| register.check_now(ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn release(
    till: State<'_, Till>,
    manager: String,
    reason: String,
    consent: Option<Consent>,
) -> Answer<View> {
    change_with(&till, consent, |register, ports| register.release(&manager, &reason, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn vouch(
    till: State<'_, Till>,
    attempt: String,
    manager: String,
    reason: String,
    consent: Option<Consent>,
) -> Answer<View> {
    change_with(&till, consent, |register, ports| register.vouch(&attempt, &manager, &reason, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn resolve(
    till: State<'_, Till>,
    task: String,
    choice: TaskChoice,
    consent: Option<Consent>,
) -> Answer<View> {
    change_with(&till, consent, |register, ports| register.resolve(&task, choice, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn take_task(till: State<'_, Till>, task: String) -> Answer<View> {
    change(&till, |register, ports| register.take_task(&task, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn dismiss_closed(till: State<'_, Till>) -> Answer<View> {
    change(&till, |register, _| register.dismiss_closed())
}

#[tauri::command(async)]
pub(crate) fn recent(till: State<'_, Till>) -> Answer<Vec<Recent>> {
    till.recent()
}

#[tauri::command(async)]
pub(crate) fn receipt(till: State<'_, Till>, sale: String) -> Answer<ReceiptPicture> {
    till.receipt(&sale)
}

#[tauri::command(async)]
pub(crate) fn copy(till: State<'_, Till>, sale: String) -> Answer<ReceiptPicture> {
    till.copy(&sale)
}

#[tauri::command(async)]
pub(crate) fn refundable(till: State<'_, Till>, sale: String) -> Answer<Refundable> {
    till.at_counter(None, |register, _| register.refundable(&sale))
}

#[tauri::command(async)]
pub(crate) fn refund_quote(
    till: State<'_, Till>,
    sale: String,
    lines: Vec<RefundWish>,
    by_hand: Option<HandWay>,
) -> Answer<RefundQuote> {
    till.at_counter(None, |register, _| register.refund_quote(&sale, &lines, by_hand))
}

#[tauri::command(async)]
pub(crate) fn refund(
    till: State<'_, Till>,
    sale: String,
    lines: Vec<RefundWish>,
    reason: String,
    by_hand: Option<HandWay>,
    approved_by: Option<String>,
    consent: Option<Consent>,
) -> Answer<Refundable> {
    let request = RefundRequest { sale, lines, reason, by_hand, approved_by };
    till.at_counter(consent.as_ref(), |register, ports| register.refund(&request, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn refund_retry(till: State<'_, Till>, refund: String) -> Answer<View> {
    change(&till, |register, ports| register.refund_retry(&refund, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn refund_handed_over(
    till: State<'_, Till>,
    refund: String,
    way: HandWay,
    approved_by: Option<String>,
    consent: Option<Consent>,
) -> Answer<View> {
    let by = approved_by.as_deref();
    change_with(&till, consent, |register, ports| register.refund_handed_over(&refund, way, by, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn refund_drop(till: State<'_, Till>, refund: String) -> Answer<View> {
    change(&till, |register, ports| register.refund_drop(&refund, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn refunds(till: State<'_, Till>) -> Answer<Vec<Refund>> {
    till.at_counter(None, |register, _| register.refunds())
}

#[tauri::command(async)]
pub(crate) fn refund_slip(till: State<'_, Till>, refund: String) -> Answer<RefundSlip> {
    till.refund_slip(&refund)
}

#[tauri::command(async)]
pub(crate) fn report_x(till: State<'_, Till>) -> Answer<XReport> {
    till.report_x()
}

#[tauri::command(async)]
pub(crate) fn report_range(
    till: State<'_, Till>,
    from: String,
    to: String,
    consent: Option<Consent>,
) -> Answer<RangeReport> {
    till.at_counter(consent.as_ref(), |register, ports| register.report_range(&from, &to, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn save_range(
    till: State<'_, Till>,
    from: String,
    to: String,
    table: Option<RangeTable>,
    consent: Option<Consent>,
) -> Answer<String> {
    till.save_range(&from, &to, table, consent.as_ref())
}

/// A statement somebody has saved, its bytes in base64.
#[tauri::command(async)]
pub(crate) fn reconcile(
    till: State<'_, Till>,
    file: String,
    from: Option<String>,
    to: Option<String>,
    consent: Option<Consent>,
) -> Answer<Reconciled> {
    till.at_counter(consent.as_ref(), |register, ports| {
        register.reconcile_base64(&file, from.as_deref().zip(to.as_deref()), ports.clock.now())
    })
}

#[tauri::command]
pub(crate) async fn fetch_statement(
    till: State<'_, Till>,
    from: String,
    to: String,
    consent: Option<Consent>,
) -> Answer<Reconciled> {
    till.at_counter(None, |_, _| Ok(()))?;
    let shared = till.shared()?;
    shared.fetch_statement(&from, &to, consent.as_ref()).await
}

#[tauri::command(async)]
pub(crate) fn reconciliations(till: State<'_, Till>) -> Answer<Vec<ReconciledLine>> {
    till.at_counter(None, |register, _| register.reconciliations())
}

#[tauri::command(async)]
pub(crate) fn reconciliation(till: State<'_, Till>, seq: i64, consent: Option<Consent>) -> Answer<Reconciled> {
    till.at_counter(consent.as_ref(), |register, ports| register.reconciliation(seq, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn relay(till: State<'_, Till>) -> Answer<Option<RelayLook>> {
    till.relay()
}

#[tauri::command]
pub(crate) async fn test_relay(till: State<'_, Till>) -> Answer<RelayTest> {
    till.test_relay().await
}

#[tauri::command(async)]
pub(crate) fn report_z(till: State<'_, Till>, number: u32) -> Answer<XReport> {
    till.at_counter(None, |register, _| register.report_z(number))
}

#[tauri::command(async)]
pub(crate) fn z_paper(till: State<'_, Till>, number: u32) -> Answer<ReportPicture> {
    till.z_paper(number)
}

#[tauri::command(async)]
pub(crate) fn day(till: State<'_, Till>) -> Answer<Day> {
    till.at_counter(None, |register, _| register.day())
}

#[tauri::command(async)]
pub(crate) fn open_shift(till: State<'_, Till>, counted: Vec<Pieces>) -> Answer<Day> {
    of_day(&till, None, |register, ports| register.open_shift_with(&counted, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn move_cash(
    till: State<'_, Till>,
    way: CashWay,
    amount: i64,
    reason: String,
    consent: Option<Consent>,
) -> Answer<Day> {
    of_day(&till, consent, |register, ports| register.move_cash(way.into(), amount, &reason, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn count_drawer(till: State<'_, Till>, counted: Vec<Pieces>) -> Answer<Day> {
    of_day(&till, None, |register, ports| register.count_drawer(&counted, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn close_shift(till: State<'_, Till>, note: String, next_float: i64) -> Answer<Day> {
    of_day(&till, None, |register, ports| register.close_shift(&note, next_float, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn close_day(till: State<'_, Till>, number: u32, consent: Option<Consent>) -> Answer<XReport> {
    till.at_counter(consent.as_ref(), |register, ports| register.close_day(number, ports.clock.now()))
}

#[tauri::command(async)]
pub(crate) fn export(till: State<'_, Till>) -> Answer<String> {
    till.export()
}

#[tauri::command]
pub(crate) async fn unlock(till: State<'_, Till>, customer: State<'_, Customer>, passphrase: String) -> Answer<View> {
    // Too short to have sealed anything is as wrong as any other.
    let passphrase = Passphrase::new(passphrase).map_err(|_| CommandError::WrongPassphrase)?;
    till.unlock(passphrase).await?;
    customer.set_place(till.customer_display());
    till.view()
}

#[tauri::command(async)]
pub(crate) fn customer_screen(customer: State<'_, Customer>) -> CustomerScreen {
    customer.screen()
}

#[tauri::command(async)]
pub(crate) fn toggle_customer_screen(customer: State<'_, Customer>) {
    customer.toggle();
}

/// The customer's window: what it shows from now on.
#[tauri::command(async)]
pub(crate) fn follow_display(till: State<'_, Till>, customer: State<'_, Customer>, changes: Channel<Display>) {
    customer.follow(changes, till.display());
}

/// The customer's window: it runs, and can be seen or not.
#[tauri::command(async)]
pub(crate) fn display_beat(customer: State<'_, Customer>, visible: bool) {
    customer.beat(visible);
}

/// Does something to the day, and shows the day.
fn of_day(
    till: &Till,
    consent: Option<Consent>,
    work: impl FnOnce(&mut Register, &Ports) -> Answer<()>,
) -> Answer<Day> {
    till.at_counter(consent.as_ref(), |register, ports| {
        work(register, ports)?;
        register.day()
    })
}

/// Does something, and shows what it changed.
fn change(till: &Till, work: impl FnOnce(&mut Register, &Ports) -> Answer<()>) -> Answer<View> {
    change_with(till, None, work)
}

/// The same with somebody's consent.
fn change_with(
    till: &Till,
    consent: Option<Consent>,
    work: impl FnOnce(&mut Register, &Ports) -> Answer<()>,
) -> Answer<View> {
    till.at_counter(consent.as_ref(), |register, ports| {
        work(register, ports)?;
        register.view(ports.clock.now())
    })
}
