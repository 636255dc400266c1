//! What the screens can ask for about products. Each forwards; none decides.

use register::catalogue::Intake;
use register::view::{Exported, ImportPlan, ImportProgress, Product, ProductForm, Shelf, ShelfPage, ShelfTab, View};
use register::{CommandError, Consent};
use tauri::State;
use tauri::ipc::{Channel, InvokeBody, Request};

use crate::till::Till;

type Answer<T> = Result<T, CommandError>;

#[tauri::command(async)]
pub(crate) fn shelf(till: State<'_, Till>) -> Answer<Shelf> {
    Ok(till.with(|register, _| Ok(register.shelf()))?.face())
}

#[tauri::command(async)]
pub(crate) fn shelf_page(till: State<'_, Till>, tab: ShelfTab, from: usize) -> Answer<ShelfPage> {
    Ok(till.with(|register, _| Ok(register.shelf()))?.page(&tab, from))
}

/// Looks through the products without holding the till.
#[tauri::command(async)]
pub(crate) fn search(till: State<'_, Till>, text: String) -> Answer<Vec<Product>> {
    Ok(till.with(|register, _| Ok(register.shelf()))?.found(&text))
}

#[tauri::command(async)]
pub(crate) fn product_form(till: State<'_, Till>, product: String) -> Answer<ProductForm> {
    till.at_counter(None, |register, _| register.product_form(&product))
}

#[tauri::command(async)]
pub(crate) fn save_product(
    till: State<'_, Till>,
    before: Option<ProductForm>,
    form: ProductForm,
    consent: Option<Consent>,
) -> Answer<View> {
    till.at_counter(consent.as_ref(), |register, ports| {
        register.save_product(before.as_ref(), &form, ports.clock.now())
    })?;
    till.view()
}

#[tauri::command(async)]
pub(crate) fn retire_product(till: State<'_, Till>, product: String, consent: Option<Consent>) -> Answer<View> {
    till.at_counter(consent.as_ref(), |register, ports| register.retire(&product, ports.clock.now()))?;
    till.view()
}

/// The file itself, not its name: the screen is shown what the person has chosen and names no paths.
#[tauri::command(async)]
pub(crate) fn import_file(till: State<'_, Till>, intake: State<'_, Intake>, request: Request<'_>) -> Answer<()> {
    till.at_counter(None, |_, _| Ok(()))?;
    let InvokeBody::Raw(bytes) = request.body() else { return Err(CommandError::ChoiceNotPossible) };
    intake.hand_over(bytes.clone());
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn import_look(
    till: State<'_, Till>,
    intake: State<'_, Intake>,
    progress: Channel<ImportProgress>,
) -> Answer<ImportPlan> {
    // A screen that is gone needs no progress.
    intake.look(&till.shared()?, &mut |so_far| drop(progress.send(so_far)))
}

#[tauri::command]
pub(crate) fn import_cancel(intake: State<'_, Intake>) {
    intake.cancel();
}

#[tauri::command(async)]
pub(crate) fn import_take(
    till: State<'_, Till>,
    intake: State<'_, Intake>,
    consent: Option<Consent>,
) -> Answer<ImportPlan> {
    intake.take(&till.shared()?, consent.as_ref())
}

#[tauri::command(async)]
pub(crate) fn export_products(till: State<'_, Till>) -> Answer<Exported> {
    till.export_products()
}
