//! Checks what the window and its commands may do, and that there is a window to show.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    // The page names its scripts by their content: when it is the same, all is the same.
    println!("cargo:rerun-if-changed=ui/dist/index.html");
    println!("cargo:rerun-if-changed=ui/dist/customer.html");
    assert!(
        Path::new("ui/dist/index.html").exists() && Path::new("ui/dist/customer.html").exists(),
        "the screens are not built: run `npm ci && npm run build` in ui/, or let `make run` do it"
    );
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*")
        .app_manifest(tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/**/*"));
    tauri_build::try_build(attributes).expect("the window's configuration is in order");
}
