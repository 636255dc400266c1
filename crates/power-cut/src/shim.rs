//! The layer itself: SQLite's table of file functions, with the few that matter replaced by ours, each of which does
//! what the original does and reports it.
//!
//! The only unsafe code of the workspace, and only in tests. SQLite is handed C functions and raw pointers here; there is
//! no safe way to say that. What is relied on is SQLite's contract of `sqlite3_vfs` and `sqlite3_io_methods`: pointers
//! are valid for the call, a file is closed once and not used afterwards, and names end in a nought.
#![expect(unsafe_code, reason = "a SQLite VFS is a table of C functions")]

use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::Path;
use std::ptr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rusqlite::ffi;

use crate::recording::{Track, track_of};

/// The layer that was SQLite's default before ours.
struct Original(*mut ffi::sqlite3_vfs);

// SAFETY: SQLite's own layers are made to be called from any thread and live as long as the process.
unsafe impl Send for Original {}
// SAFETY: as above.
unsafe impl Sync for Original {}

static ORIGINAL: OnceLock<Original> = OnceLock::new();

/// A recorded file that is open, by the address SQLite knows it by.
struct Open {
    methods: &'static ffi::sqlite3_io_methods,
    track: Arc<Track>,
    name: String,
}

static FILES: Mutex<Option<HashMap<usize, Arc<Open>>>> = Mutex::new(None);

fn files() -> MutexGuard<'static, Option<HashMap<usize, Arc<Open>>>> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open_file(file: *mut ffi::sqlite3_file) -> Arc<Open> {
    let files = files();
    let open = files.as_ref().and_then(|files| files.get(&file.addr()));
    Arc::clone(open.expect("only recorded files have these functions"))
}

/// Makes this layer the one SQLite uses for whatever is opened from now on. What is outside recorded folders passes
/// through it untouched.
pub(crate) fn install() {
    ORIGINAL.get_or_init(|| {
        // SAFETY: no name asks for the default layer, which every build of SQLite for our systems has. It is copied
        // whole: the copy serves every function we do not replace, with the data those functions expect. Both live for
        // as long as the process does.
        unsafe {
            let original = ffi::sqlite3_vfs_find(ptr::null());
            assert!(!original.is_null(), "SQLite has a file layer");
            let ours = Box::leak(Box::new(*original));
            ours.zName = c"power-cut".as_ptr();
            ours.pNext = ptr::null_mut();
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            assert_eq!(ffi::sqlite3_vfs_register(ours, 1), ffi::SQLITE_OK, "SQLite takes the layer");
            Original(original)
        }
    });
}

fn original() -> *mut ffi::sqlite3_vfs {
    // It is set while the layer is registered: whoever calls through it comes later, or waits here.
    loop {
        if let Some(original) = ORIGINAL.get() {
            return original.0;
        }
        std::thread::yield_now();
    }
}

/// What SQLite calls the file by.
///
/// # Safety
/// `name` is nothing, or a text that ends in a nought.
unsafe fn tracked(name: *const c_char) -> Option<(Arc<Track>, String)> {
    if name.is_null() {
        return None;
    }
    // SAFETY: as the caller promises.
    let name = unsafe { CStr::from_ptr(name) };
    track_of(Path::new(name.to_str().ok()?))
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    let original = original();
    // SAFETY: the call is passed on as it came, to the layer it was meant for. When it succeeds, the file has a table of
    // functions that lives as long as the process; it is replaced by a copy that differs in five of them, which lives as
    // long. The file is not in use before this returns.
    unsafe {
        let answer = (*original).xOpen.expect("every layer opens")(original, name, file, flags, flags_out);
        if answer != ffi::SQLITE_OK {
            return answer;
        }
        let Some((track, name)) = tracked(name) else { return answer };
        let with_folder = flags & (ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL) != 0;
        track.opened(&name, with_folder);
        let methods: &'static ffi::sqlite3_io_methods = &*(*file).pMethods;
        (*file).pMethods = replaced(methods);
        files().get_or_insert_default().insert(file.addr(), Arc::new(Open { methods, track, name }));
        answer
    }
}

/// The table with our functions in it; one for each original, of which there are few.
fn replaced(methods: &'static ffi::sqlite3_io_methods) -> &'static ffi::sqlite3_io_methods {
    static TABLES: Mutex<Vec<(usize, &'static ffi::sqlite3_io_methods)>> = Mutex::new(Vec::new());
    let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
    let address = ptr::from_ref(methods).addr();
    if let Some((_, table)) = tables.iter().find(|(original, _)| *original == address) {
        return table;
    }
    let table = Box::leak(Box::new(ffi::sqlite3_io_methods {
        xClose: Some(close),
        xWrite: Some(write),
        xTruncate: Some(truncate),
        xSync: Some(sync),
        xFileControl: Some(control),
        ..*methods
    }));
    tables.push((address, table));
    table
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    let original = original();
    // SAFETY: passed on as it came, to the layer it was meant for.
    unsafe {
        let answer = (*original).xDelete.expect("every layer deletes")(original, name, sync_folder);
        if answer == ffi::SQLITE_OK
            && let Some((track, name)) = tracked(name)
        {
            track.deleted(&name, sync_folder != 0);
        }
        answer
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    let open = open_file(file);
    if let Some(files) = files().as_mut() {
        files.remove(&file.addr());
    }
    // SAFETY: passed on as it came, with the table the file was opened with, which closing may look at.
    unsafe {
        (*file).pMethods = open.methods;
        open.methods.xClose.expect("every file closes")(file)
    }
}

unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, bytes: *const c_void, length: c_int, at: i64) -> c_int {
    let open = open_file(file);
    // SAFETY: passed on as it came; SQLite lends `length` bytes at `bytes` for the call.
    unsafe {
        let answer = open.methods.xWrite.expect("every file is written")(file, bytes, length, at);
        if answer == ffi::SQLITE_OK {
            let bytes = std::slice::from_raw_parts(bytes.cast::<u8>(), size(i64::from(length)));
            open.track.written(&open.name, size(at), bytes);
        }
        answer
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: i64) -> c_int {
    let open = open_file(file);
    // SAFETY: passed on as it came.
    let answer = unsafe { open.methods.xTruncate.expect("every file is cut")(file, length) };
    if answer == ffi::SQLITE_OK {
        open.track.truncated(&open.name, size(length));
    }
    answer
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // The machine's own disk is not waited for: what counts is what the tape says.
    let open = open_file(file);
    open.track.synced(&open.name);
    ffi::SQLITE_OK
}

unsafe extern "C" fn control(file: *mut ffi::sqlite3_file, what: c_int, argument: *mut c_void) -> c_int {
    let open = open_file(file);
    // SAFETY: for this one question SQLite gives three texts, of which the third may be missing. Everything is passed on
    // as it came.
    unsafe {
        if what == ffi::SQLITE_FCNTL_PRAGMA {
            let texts = argument.cast::<*const c_char>();
            let text = |number: usize| {
                let text = *texts.add(number);
                if text.is_null() { "" } else { CStr::from_ptr(text).to_str().unwrap_or_default() }
            };
            if open.track.swallows(text(1), text(2)) {
                return ffi::SQLITE_OK;
            }
        }
        open.methods.xFileControl.expect("every file is controlled")(file, what, argument)
    }
}

fn size(value: i64) -> usize {
    usize::try_from(value).expect("SQLite counts from nought")
}
