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
