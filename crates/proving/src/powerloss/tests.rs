//! The model against small programs whose right answer is plain.

use super::cuts::{states, visit};
use super::trace::{Call, read};

fn write(offset: u64, byte: u8) -> Call {
    Call::Write { name: "log".into(), offset, bytes: vec![byte; 512] }
}

/// A log of one sector a line. `careful` syncs before it acknowledges.
fn logger(careful: bool) -> Vec<Call> {
    let mut calls = vec![Call::Create { name: "log".into(), empty: false }, Call::SyncFolder];
    for line in 0..6 {
        calls.push(write(u64::from(line) * 512, line + 1));
        if careful {
            calls.push(Call::Sync { name: "log".into() });
        }
        calls.push(Call::Said(format!("acknowledged {line} x\n")));
    }
    calls
}

/// States in which an acknowledged line is not in the log.
fn lost(calls: &[Call]) -> usize {
    let found = states(calls, 10_000, 7);
    assert!(!found.is_empty(), "nothing was tried");
    let holds = |log: &[u8], line: usize| log.get(line * 512) == Some(&(line as u8 + 1));
    let mut lost = 0;
    let shown: Result<(), ()> = visit(calls, &found, |state, files| {
        let log = files.get("log").map(Vec::as_slice).unwrap_or_default();
        lost += usize::from(!(0..state.acknowledged).all(|line| holds(log, line)));
        Ok(())
    });
    shown.unwrap();
    lost
}

#[test]
fn a_log_that_syncs_first_loses_nothing() {
    assert_eq!(lost(&logger(true)), 0);
}

#[test]
fn canary_a_log_that_does_not_sync_loses_lines() {
    assert!(lost(&logger(false)) > 10);
}

#[test]
fn canary_a_name_whose_folder_was_not_synced_is_lost() {
    let mut calls = logger(true);
    calls.retain(|call| *call != Call::SyncFolder);
    assert!(lost(&calls) > 0);
}

#[test]
fn canary_a_rename_over_unsynced_bytes_is_found() {
    let swap = |sync: bool| {
        let mut calls = vec![
            Call::Create { name: "new".into(), empty: true },
            Call::Write { name: "new".into(), offset: 0, bytes: vec![1; 512] },
        ];
        if sync {
            calls.push(Call::Sync { name: "new".into() });
        }
        calls.push(Call::Rename { from: "new".into(), to: "log".into() });
        calls.push(Call::SyncFolder);
        calls.push(Call::Said("acknowledged 0 x\n".into()));
        lost(&calls)
    };
    assert_eq!(swap(true), 0);
    assert!(swap(false) > 0);
}

#[test]
fn reads_what_strace_writes() {
    // "/d/a" is \x2f\x64\x2f\x61; "hi" is \x68\x69.
    let record = "\
7 openat(AT_FDCWD<\\x2f>, \"\\x2f\\x64\\x2f\\x61\", O_RDWR|O_CREAT, 0644) = 3<\\x2f\\x64\\x2f\\x61>
7 pwrite64(3<\\x2f\\x64\\x2f\\x61>, \"\\x68\\x69\", 2, 512) = 2
8 close(9<\\x2f\\x65>) = 0
7 fdatasync(3<\\x2f\\x64\\x2f\\x61> <unfinished ...>
8 close(9<\\x2f\\x65>) = -1 EBADF (Bad file descriptor)
7 <... fdatasync resumed>) = 0
7 fsync(4<\\x2f\\x64>) = 0
7 unlink(\"\\x2f\\x64\\x2f\\x61\") = 0
7 unlink(\"\\x2f\\x65\\x2f\\x61\") = 0
7 write(2<\\x2f\\x65>, \"\\x68\\x69\", 2) = 2
7 +++ exited with 0 +++
";
    let name = || "a".to_owned();
    let expected = vec![
        Call::Create { name: name(), empty: false },
        Call::Write { name: name(), offset: 512, bytes: b"hi".to_vec() },
        Call::Sync { name: name() },
        Call::SyncFolder,
        Call::Unlink { name: name() },
        Call::Said("hi".to_owned()),
    ];
    assert_eq!(read(record, "/d").unwrap(), expected);
}

#[test]
fn a_call_we_cannot_model_is_an_error() {
    let record = "7 fallocate(3<\\x2f\\x64\\x2f\\x61>, 0, 0, 4096) = 0\n";
    assert!(read(record, "/d").is_err());
    assert!(read(record, "/e").is_ok(), "elsewhere it does not matter");
}
