//! A small scenario in a folder of its own, the program run there, and what it said.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A level that grows, and a target that is open.
pub(crate) const CASE: &str = "
[time]
start = 2020
end = 2025
[parameters]
trend = 'normal(2%, 1%)'
[variables]
x = { start = '100', formula = 'prev(x) * (1 + trend)', report = true }
[targets]
high = 'x@2025 >= 110'
";

/// A folder with [`CASE`] as `case.toml`.
pub(crate) fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), CASE).unwrap();
    folder
}

/// Runs the program in a folder, in English, and waits for its end.
pub(crate) fn plancast(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").args(arguments).output().unwrap()
}

/// The results that it wrote.
pub(crate) fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What it wrote to the terminal besides its results.
pub(crate) fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What the system says of a process under a key of its status. `None` of what a process that has ended no longer has.
#[cfg(target_os = "linux")]
pub(crate) fn status(child: &std::process::Child, key: &str) -> Option<String> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let of_key = |line: &str| Some(line.strip_prefix(key)?.strip_prefix(':')?.trim().to_owned());
    status.lines().find_map(of_key)
}

/// Waits until the program has said to the system that it listens to the signal of this number.
#[cfg(target_os = "linux")]
pub(crate) fn listens(child: &std::process::Child, signal: u32) {
    while u64::from_str_radix(&status(child, "SigCgt").unwrap(), 16).unwrap() & (1 << (signal - 1)) == 0 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}
