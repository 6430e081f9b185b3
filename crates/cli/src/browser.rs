//! The person's own browser, if there is a screen to show it on.

use crate::files;
use std::process::{Command, Stdio};

/// Opens a page; where that cannot be, or is not wanted, says where it is.
pub fn open(page: &str, wanted: bool) {
    let wanted = wanted && std::env::var_os("JUMPLINE_NO_BROWSER").is_none_or(|no| no.is_empty());
    if !(wanted && opened(page)) {
        files::note(&format!("open {page} in a browser\n"));
    }
}

fn opened(page: &str) -> bool {
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let (program, args): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/c", "start", ""]),
        _ if screen => ("xdg-open", &[]),
        _ => return false,
    };
    let mut command = Command::new(program);
    command.args(args).arg(page);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
