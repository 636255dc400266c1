//! The house rules that a build does not break by itself: which way dependencies point, and what the pure crates never
//! do. `make check` holds the same layers with cargo-deny; this needs nothing but cargo.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace").to_owned()
}

/// What each of our crates names among its dependencies, those for tests apart.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo describes the workspace");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let packages = metadata["packages"].as_array().expect("packages");
    let named = packages.iter().map(|package| {
        let dependencies = package["dependencies"].as_array().expect("dependencies");
        let shipped = dependencies.iter().filter(|dependency| dependency["kind"].as_str() != Some("dev"));
        (text(&package["name"]), shipped.map(|dependency| text(&dependency["name"])).collect())
    });
    named.collect()
}

#[test]
fn each_outside_library_is_named_by_the_one_crate_that_hides_it() {
    let dependencies = dependencies();
    let rules: [(&str, &[&str]); 8] = [
        ("tauri", &["guitai"]),
        ("tauri-build", &["guitai"]),
        ("rusqlite", &["journal", "power-cut", "relay-server"]), // a relay's mail; the journal's disk, in tests
        ("reqwest", &["net"]),
        ("printpdf", &["paper"]),
        ("keyring-core", &["vault"]),
        ("fantoccini", &["stories"]),
        ("clap", &["guitaictl"]),
    ];
    for (library, allowed) in rules {
        let users: Vec<&str> =
            dependencies.iter().filter(|(_, named)| named.contains(library)).map(|(name, _)| name.as_str()).collect();
        assert_eq!(users, allowed, "who names {library}");
    }
}

/// The only unsafe code there is, and what no shop ever runs.
#[test]
fn what_stands_in_for_the_disk_is_for_tests_alone() {
    for (name, shipped) in dependencies() {
        assert!(!shipped.contains("power-cut"), "{name} ships power-cut");
    }
}

#[test]
fn dependencies_between_our_own_crates_point_one_way() {
    let dependencies = dependencies();
    let allowed: [(&str, &[&str]); 10] = [
        ("till", &[]),
        ("ecpay", &[]),
        ("journal", &["till"]),
        ("paper", &["till"]),
        ("net", &[]),
        ("printer", &["net", "paper"]),
        ("relay", &[]),
        ("vault", &["ecpay"]),
        ("ecpay-sim", &["ecpay"]),
        ("register", &["ecpay", "journal", "paper", "till"]),
    ];
    let ours: BTreeSet<&str> = dependencies.keys().map(String::as_str).collect();
    for (name, allowed) in allowed {
        let named = &dependencies[name];
        let used: Vec<&str> = named.iter().map(String::as_str).filter(|other| ours.contains(other)).collect();
        assert_eq!(used, allowed, "what {name} stands on");
    }
}

/// `till`, `ecpay` and `paper` are handed the time and every chance; they touch no file and no network.
#[test]
fn the_pure_crates_read_no_clock_and_do_no_io() {
    let forbidden = [
        "SystemTime",
        "Instant::now",
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "getrandom",
        "tokio",
        "now_utc",
    ];
    for name in ["till", "ecpay", "paper"] {
        for file in sources(&root().join("crates").join(name).join("src")) {
            let text = fs::read_to_string(&file).expect("a source file");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for word in forbidden {
                assert!(!code.contains(word), "{} uses {word}", file.display());
            }
        }
    }
}

/// The screens and the shell add no rule about money: arithmetic on amounts belongs behind the commands.
#[test]
fn the_shell_only_forwards() {
    for file in sources(&root().join("src-tauri/src")) {
        let text = fs::read_to_string(&file).expect("a source file");
        for word in ["Money", "checked_add", "totals", "tender"] {
            assert!(!text.contains(word), "{} knows of {word}", file.display());
        }
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            // Tests may do what they like.
            if path.file_name().is_some_and(|name| name != "tests") {
                found.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|ext| ext == "rs")
            && path.file_stem().is_some_and(|stem| stem != "tests")
        {
            found.push(path);
        }
    }
    assert!(!found.is_empty() || !folder.ends_with("src"), "{} has no sources", folder.display());
    found
}
