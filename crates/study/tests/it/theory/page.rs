//! Tables in the book, held to what was measured.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_macros,
    reason = "`cargo xtask theory` shows the tables"
)]

use crate::laws::root;
use std::sync::{Mutex, PoisonError};

/// The page is one file, and tests run side by side.
static PAGE: Mutex<()> = Mutex::new(());

/// Prints a table and holds the book's copy of it to it. With `UPDATE=1` the book is written instead.
pub fn hold(name: &str, table: &str) {
    println!("{name}\n{table}");
    let path = root().join("docs/book/theory.md");
    let _guard = PAGE.lock().unwrap_or_else(PoisonError::into_inner);
    let page = std::fs::read_to_string(&path).unwrap();
    let (open, close) = (format!("<!-- measured: {name} -->\n"), "<!-- end -->");
    let Some((head, rest)) = page.split_once(&open) else {
        panic!("{}: no {open}", path.display())
    };
    let (told, tail) = rest.split_once(close).unwrap_or_else(|| panic!("{name} has no {close}"));
    if told == table {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, format!("{head}{open}{table}{close}{tail}")).unwrap();
    } else {
        panic!(
            "docs/book/theory.md tells\n{told}\nof what was measured as\n{table}\n\
             If the engine was meant to change: UPDATE=1 cargo test -p jumpline-study --test it theory"
        );
    }
}

/// A Markdown table.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut out = line(&head.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
    out.push_str(&line(&vec!["---:".to_owned(); head.len()]));
    rows.iter().for_each(|row| out.push_str(&line(row)));
    out
}
