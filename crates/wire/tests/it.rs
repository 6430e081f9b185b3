//! The TypeScript twin is fresh, and what is said survives the way there and back.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read files")]

use std::fs;
use std::path::PathBuf;

#[test]
fn the_types_of_the_client_are_fresh() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../web/src/wire/types.ts");
    let text = jumpline_wire::typescript();
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let have = fs::read_to_string(&path).unwrap_or_default();
    assert!(have == text, "stale: UPDATE=1 cargo test -p jumpline-wire writes {}", path.display());
}
