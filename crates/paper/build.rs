//! Finds the two font files that are compiled into this crate, and says where they are.
//!
//! The fonts come from an npm package the window uses too, so nothing of 14 MB is committed. `GUITAI_FONT_DIR` names
//! another folder that holds the files, flat or in the package's own folders.

use std::env;
use std::path::{Path, PathBuf};

const PACKAGE: &str = "../../ui/node_modules/@expo-google-fonts/noto-sans-tc";
const FACES: [(&str, &str, &str); 2] = [
    ("PAPER_FONT_REGULAR", "400Regular", "NotoSansTC_400Regular.ttf"),
    ("PAPER_FONT_BOLD", "700Bold", "NotoSansTC_700Bold.ttf"),
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=GUITAI_FONT_DIR");
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the folder of the crate"));
    let folder = env::var_os("GUITAI_FONT_DIR").map_or_else(|| here.join(PACKAGE), PathBuf::from);
    // `include_bytes!` would read a relative path from the folder of the source file.
    let folder = std::path::absolute(&folder).unwrap_or(folder);
    for (variable, weight, file) in FACES {
        let Some(path) = find(&folder, weight, file) else {
            // Watching the missing file makes the next build look again once it is there.
            println!("cargo::rerun-if-changed={}", folder.join(weight).join(file).display());
            // Cargo stops the build after this script because of this line, and shows it.
            println!("cargo::error=the font {file} is not in {}: run `make setup`", folder.display());
            return;
        };
        println!("cargo::rerun-if-changed={}", path.display());
        println!("cargo::rustc-env={variable}={}", path.display());
    }
}

fn find(folder: &Path, weight: &str, file: &str) -> Option<PathBuf> {
    [folder.join(weight).join(file), folder.join(file)].into_iter().find(|path| path.is_file())
}
