//! What the screens can ask for about the settings. Each forwards; none decides.

use desk::GivenKeys;
use register::view::{CollectingLook, FirstRun, KeysTest, SettingChange, SettingsLook, View};
use register::{CommandError, Consent, Profile};
use tauri::{AppHandle, Runtime, State};

use crate::till::Till;

type Answer<T> = Result<T, CommandError>;

/// Whether the till wants to be set up. Asked before anybody is signed in; a till that does not open has its own words.
#[tauri::command(async)]
pub(crate) fn first_run(till: State<'_, Till>) -> bool {
    till.with_desk(|desk| Ok(desk.is_first_run())).unwrap_or(false)
}

#[tauri::command(async)]
pub(crate) fn begin(till: State<'_, Till>, first: FirstRun) -> Answer<View> {
    till.with_desk(|desk| desk.begin(&first))?;
    till.view()
}

#[tauri::command(async)]
pub(crate) fn settings(till: State<'_, Till>) -> Answer<SettingsLook> {
    till.with_desk(desk::Desk::settings)
}

#[tauri::command(async)]
pub(crate) fn check_settings(till: State<'_, Till>, changes: Vec<SettingChange>) -> Answer<()> {
    till.with_desk(|desk| desk.check_settings(&changes))
}

#[tauri::command(async)]
pub(crate) fn change_settings(
    till: State<'_, Till>,
    changes: Vec<SettingChange>,
    consent: Option<Consent>,
) -> Answer<SettingsLook> {
    till.with_desk(|desk| {
        desk.change_settings(&changes, consent.as_ref())?;
        desk.settings()
    })
}

/// Closes the program and opens it again: what waits for the next start counts then. Whatever is under way is in the
/// journal and goes on from there.
#[tauri::command(async)]
pub(crate) fn restart<R: Runtime>(app: AppHandle<R>, till: State<'_, Till>) -> Answer<()> {
    till.at_counter(None, |_, _| Ok(()))?;
    app.request_restart();
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn collecting(till: State<'_, Till>) -> Answer<CollectingLook> {
    till.with_desk(desk::Desk::collecting)
}

/// The till goes on while the gateway is asked.
#[tauri::command]
pub(crate) async fn try_keys(till: State<'_, Till>, profile: Profile, given: Option<GivenKeys>) -> Answer<KeysTest> {
    let trial = till.with_desk(|desk| desk.keys_trial(profile, given.as_ref()))?;
    drop(given);
    Ok(trial.run().await)
}

#[tauri::command(async)]
pub(crate) fn keep_keys(
    till: State<'_, Till>,
    profile: Profile,
    given: GivenKeys,
    consent: Option<Consent>,
) -> Answer<CollectingLook> {
    till.with_desk(|desk| desk.keep_keys(profile, &given, consent.as_ref()))
}

#[tauri::command(async)]
pub(crate) fn switch_profile(
    till: State<'_, Till>,
    profile: Profile,
    consent: Option<Consent>,
) -> Answer<CollectingLook> {
    till.with_desk(|desk| desk.switch_profile(profile, consent.as_ref()))
}
