//! Work is never lost: whatever the machine does, a run folder is whole or not there, and the one before stays.
#![cfg(unix)]

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

#[cfg(target_os = "linux")]
use crate::case::listens;
use crate::case::{CASE, err, folder};

fn start(folder: &TempDir, paths: &str, more: &[&str]) -> Child {
    let mut command = Command::new(cargo_bin("plancast"));
    command
        .current_dir(folder.path())
        .args(["run", "case.toml", "--charts", "none", "--paths", paths])
        .args(more);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn run(folder: &TempDir, paths: &str, more: &[&str]) -> Output {
    start(folder, paths, more).wait_with_output().unwrap()
}

fn paths(folder: &TempDir) -> u64 {
    let text = std::fs::read(folder.path().join("output/case/summary.json")).unwrap();
    serde_json::from_slice::<serde_json::Value>(&text).unwrap()["paths"].as_u64().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A run of 300 paths is there, and nothing beside it.
fn first_run_stays(folder: &TempDir) {
    assert_eq!(paths(folder), 300);
    assert_eq!(names(&folder.path().join("output")), ["case"]);
}

#[cfg(target_os = "linux")]
#[allow(clippy::disallowed_methods, reason = "how long a program takes to end is what is tested")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_and_sigterm_end_a_run_at_once_and_the_one_before_stays() {
    for (name, number) in [("-INT", 2), ("-TERM", 15)] {
        let folder = folder();
        run(&folder, "300", &[]);
        let child = start(&folder, "4e9", &[]);
        listens(&child, number);
        let clock = now();
        Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{name}");
        assert!(err(&output).contains("interrupted; nothing was written"), "{}", err(&output));
        assert!(clock.elapsed() < Duration::from_secs(5));
        first_run_stays(&folder);
    }
}

/// A limit on the size of files stands for a disk that is full: the same calls fail, with another number.
#[test]
fn a_disk_without_room_is_said_and_the_run_before_stays() {
    let folder = folder();
    run(&folder, "300", &[]);
    let program = cargo_bin("plancast");
    for (more, file) in [("", "output/.case"), ("--export paths.csv", "paths.csv")] {
        let script = format!(
            "trap '' XFSZ; ulimit -f 1; exec '{}' run case.toml --paths 5000 --charts none {more}",
            program.display()
        );
        let output = Command::new("sh").current_dir(folder.path()).args(["-c", &script]).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{}", err(&output));
        assert!(
            err(&output).contains("too large") || err(&output).contains("space"),
            "{file}: {}",
            err(&output)
        );
        assert_eq!(names(folder.path()), ["case.toml", "output"]);
        first_run_stays(&folder);
    }
}

#[test]
fn a_scenario_that_is_edited_while_it_runs_is_not_written() {
    let folder = folder();
    run(&folder, "300", &[]);
    let child = start(&folder, "100M", &[]);
    std::thread::sleep(Duration::from_millis(300));
    std::fs::write(folder.path().join("case.toml"), CASE.replace("2%", "3%")).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("case.toml was changed while it was simulated"), "{}", err(&output));
    first_run_stays(&folder);
}

#[test]
fn a_scenario_that_is_edited_while_it_is_compared_is_not_written() {
    let folder = folder();
    std::fs::write(folder.path().join("other.toml"), CASE.replace("2%", "1%")).unwrap();
    let mut command = Command::new(cargo_bin("plancast"));
    command.current_dir(folder.path()).args(["compare", "case.toml", "other.toml", "--paths", "20M"]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    std::fs::write(folder.path().join("other.toml"), CASE.replace("2%", "3%")).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("other.toml was changed while it was simulated"), "{}", err(&output));
    assert_eq!(names(folder.path()), ["case.toml", "other.toml"]);
}

#[test]
fn runs_into_one_folder_at_once_leave_one_of_them_whole() {
    let folder = folder();
    for _ in 0..5 {
        let children: Vec<Child> =
            ["300", "301", "302", "303"].iter().map(|paths| start(&folder, paths, &[])).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        }
        assert!((300..=303).contains(&paths(&folder)));
        assert_eq!(names(&folder.path().join("output")), ["case"]);
    }
}

#[test]
fn a_kill_at_any_moment_leaves_the_run_before_or_the_new_one() {
    let folder = folder();
    run(&folder, "300", &[]);
    for delay in 0..40 {
        let mut child = start(&folder, "301", &[]);
        std::thread::sleep(Duration::from_millis(delay));
        let _ = child.kill();
        child.wait().unwrap();
        assert!((300..=301).contains(&paths(&folder)), "killed after {delay} ms");
        let whole = names(&folder.path().join("output/case"));
        for file in ["bands.csv", "iamc.csv", "manifest.json", "scenario.toml", "summary.json", "targets.csv"]
        {
            assert!(whole.iter().any(|name| name == file), "killed after {delay} ms: {whole:?}");
        }
    }
}

/// With so many paths the run would not end within the test, were the place looked at afterwards only.
#[test]
fn a_place_that_cannot_be_written_is_said_before_anything_is_simulated() {
    let folder = folder();
    std::fs::write(folder.path().join("other.toml"), CASE).unwrap();
    run(&folder, "300", &[]);
    std::fs::write(folder.path().join("occupied"), "").unwrap();
    std::fs::create_dir_all(folder.path().join("theirs/case")).unwrap();
    std::fs::write(folder.path().join("theirs/case/thesis.tex"), "x").unwrap();
    for (more, words) in [
        (&["--out", "occupied/runs"][..], "occupied/runs"),
        (&["--out", "theirs"], "theirs/case"),
        (&["--export", "occupied/paths.csv"], "occupied/paths.csv"),
    ] {
        let output = run(&folder, "4e9", more);
        assert_eq!(output.status.code(), Some(3), "{more:?}: {}", err(&output));
        assert!(err(&output).contains(words), "{more:?}: {}", err(&output));
    }
    for line in [
        &["compare", "case.toml", "other.toml", "--out", "occupied/runs"][..],
        &["check", "case.toml", "--require", "mean(x@2025) >= 0", "--out", "occupied/runs"],
        &["check", "case.toml", "--require", "mean(x@2025) >= 0", "--junit", "occupied/gates.xml"],
    ] {
        let mut command = Command::new(cargo_bin("plancast"));
        let command = command.current_dir(folder.path()).args(line).args(["--paths", "4e9"]);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{line:?}: {}", err(&output));
        assert!(err(&output).contains("occupied/"), "{line:?}: {}", err(&output));
    }
    first_run_stays(&folder);
    assert_eq!(names(folder.path()), ["case.toml", "occupied", "other.toml", "output", "theirs"]);
}

#[test]
fn what_a_killed_run_left_goes_with_the_next_and_what_another_is_writing_stays() {
    let folder = folder();
    let output = folder.path().join("output");
    let left = |name: &str| {
        std::fs::create_dir_all(output.join(name).join("new")).unwrap();
        std::fs::write(output.join(name).join("new/summary.json"), "{").unwrap();
    };
    for name in [".case.new-aB3dE6", ".case.new-writes", ".case-mine.new-aB3dE6"] {
        left(name);
    }
    std::fs::create_dir_all(output.join(".case.new-theses")).unwrap();
    std::fs::write(output.join(".case.new-theses/thesis.tex"), "x").unwrap();
    std::fs::write(folder.path().join(".paths.csv.new-aB3dE6"), "path").unwrap();
    let writes = std::fs::File::open(output.join(".case.new-writes")).unwrap();
    writes.lock().unwrap();
    let done = run(&folder, "300", &["--export", "paths.csv"]);
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    assert_eq!(names(&output), [".case-mine.new-aB3dE6", ".case.new-theses", ".case.new-writes", "case"]);
    assert_eq!(names(folder.path()), ["case.toml", "output", "paths.csv"]);
}
