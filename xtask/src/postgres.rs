//! A PostgreSQL of our own for the tests: made in a temporary folder, reachable from this machine alone, gone afterwards. Contrast a
//! host's database, which we never touch.

use crate::run;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A server that stops when it is dropped.
pub struct Postgres {
    folder: PathBuf,
    bin: PathBuf,
    port: u16,
}

impl Postgres {
    /// Makes and starts one.
    pub fn start() -> Result<Postgres> {
        let bin = programs()?;
        // Each test has a database of its own, of some hundred files: in memory they are made and gone in no time.
        let memory = PathBuf::from("/dev/shm");
        let base = if memory.is_dir() { memory } else { std::env::temp_dir() };
        let folder = base.join(format!("jumpline-postgres-{}", std::process::id()));
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).context("a folder for PostgreSQL")?;
        // Whoever the server runs as must be able to write there.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777))?;
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let server = Postgres { folder, bin, port };
        let data = server.data();
        server.run(
            "initdb",
            &["-A", "trust", "-U", "jumpline", "-E", "UTF8", "--no-sync", "-D", &data],
        )?;
        // A test's database need not outlive the power, only its own crashes: what was written is the system's to keep.
        fs::write(
            server.folder.join("data/postgresql.auto.conf"),
            format!(
                "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\nfsync = off\n\
                 max_connections = 200\n"
            ),
        )?;
        let log = server.log();
        server.run("pg_ctl", &["-w", "-t", "60", "-D", &data, "-l", &log, "start"])?;
        Ok(server)
    }

    fn log(&self) -> String {
        self.folder.join("log").display().to_string()
    }

    /// The commands that break the server off as a crash does, and start it again.
    pub fn crash_and_start(&self) -> Result<(String, String)> {
        let user = if is_root()? { "runuser -u postgres -- " } else { "" };
        let program = format!("{user}{}", self.bin.join("pg_ctl").display());
        let (data, log) = (self.data(), self.log());
        Ok((
            format!("{program} -w -m immediate -D {data} stop"),
            format!("{program} -w -t 60 -D {data} -l {log} start"),
        ))
    }

    /// Where it is reached.
    pub fn url(&self) -> String {
        format!("postgres://jumpline@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    fn run(&self, program: &str, args: &[&str]) -> Result<()> {
        let program = self.bin.join(program);
        // PostgreSQL refuses to run as root: the packages make a user for it.
        let mut command = if is_root()? {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        command.args(args).current_dir(&self.folder).stdin(Stdio::null()).stdout(Stdio::null());
        let status =
            command.status().with_context(|| format!("cannot start {}", program.display()))?;
        ensure!(status.success(), "{} ended with {status}", program.display());
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.run("pg_ctl", &["-m", "immediate", "-D", &self.data(), "stop"]));
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn is_root() -> Result<bool> {
    let mut id = Command::new("id");
    id.arg("-u");
    Ok(run::capture(id)?.0.trim() == "0")
}

/// The newest PostgreSQL that Debian's packages put there, or the one on the path.
fn programs() -> Result<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).find(|folder| folder.join("initdb").exists());
    match found.pop().or(on_path) {
        Some(bin) => Ok(bin),
        None => bail!("PostgreSQL is not installed: apt-get install postgresql"),
    }
}

/// Every test of games in a house, on PostgreSQL. Gives what cargo said.
pub fn tests(server: &Postgres) -> Result<(String, i32)> {
    let mut said = String::new();
    let mut worst = 0;
    let store = ["test", "-p", "jumpline-store", "--features", "postgres", "--lib", "house"];
    let host = ["test", "-p", "jumpline-server", "--test", "it"];
    // A house that is backed up, destroyed and brought back.
    let drill = ["test", "-p", "jumpline-cli", "--test", "it", "drill"];
    for args in [&store[..], &host[..], &drill[..]] {
        let mut cargo = run::cargo(args);
        cargo.env("JUMPLINE_TEST_POSTGRES", server.url());
        let (out, code) = run::tee(cargo)?;
        said.push_str(&out);
        worst = worst.max(code);
    }
    Ok((said, worst))
}
