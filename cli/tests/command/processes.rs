//! Signals, locks, limits: however a process ends, its exit code is one of the table, and nothing torn and no lock is left.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use crate::case::{err, folder, listens};

fn start(folder: &TempDir, arguments: &[&str]) -> Child {
    let mut command = Command::new(cargo_bin("plancast"));
    command.current_dir(folder.path()).env("LC_ALL", "C.UTF-8").args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn plancast(folder: &TempDir, arguments: &[&str]) -> Output {
    start(folder, arguments).wait_with_output().unwrap()
}

/// Runs a line of a shell, in which `plancast` is the program.
fn shell(folder: &TempDir, line: &str) -> Output {
    let line = line.replace("plancast", &format!("'{}'", cargo_bin("plancast").display()));
    Command::new("sh").current_dir(folder.path()).args(["-c", &line]).output().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn kill(child: &Child, signal: &str) {
    Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status().unwrap();
}

const LONG: [&str; 6] = ["run", "case.toml", "--charts", "none", "--paths", "4e9"];
const SHORT: [&str; 6] = ["run", "case.toml", "--charts", "none", "--paths", "300"];

// ───────────────────────── Signals ─────────────────────────

/// All by which a process ends unless it says otherwise, but those of a fault, KILL, and PIPE, which is ignored.
#[test]
fn every_signal_that_can_be_caught_ends_a_run_with_exit_code_3() {
    let signals = [1, 2, 3, 10, 12, 14, 15, 16, 24, 26, 27, 29, 30, 34, 64];
    let folder = folder();
    for signal in signals {
        let child = start(&folder, &LONG);
        listens(&child, 64);
        // Not before it simulates, so that it is the run that is asked to stop.
        std::thread::sleep(Duration::from_millis(50));
        kill(&child, &signal.to_string());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(3), "signal {signal}: {}", err(&output));
        assert!(err(&output).contains("interrupted"), "{}", err(&output));
    }
    assert_eq!(names(&folder.path().join("output")), Vec::<String>::new());
}

#[test]
fn a_command_that_waits_for_its_input_ends_by_the_first_signal() {
    let folder = folder();
    let mut command = Command::new(cargo_bin("plancast"));
    command.current_dir(folder.path()).args(["run", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    listens(&child, 64);
    kill(&child, "INT");
    std::thread::sleep(Duration::from_millis(300));
    let ended =
        std::fs::read_to_string(format!("/proc/{}/stat", child.id())).is_ok_and(|stat| stat.contains(") Z"));
    let mut child = child;
    if !ended {
        child.kill().unwrap();
    }
    assert_eq!(child.wait().unwrap().code(), Some(3));
}

/// As `nohup` does, and shells for what runs in the background.
#[test]
fn a_signal_that_is_ignored_stays_ignored() {
    for (signal, number) in [("HUP", 1), ("INT", 2), ("TERM", 15)] {
        let folder = folder();
        let script = format!(
            "trap '' {signal}; exec '{}' run case.toml --charts none --paths 3M",
            cargo_bin("plancast").display()
        );
        let mut command = Command::new("sh");
        let child = command.current_dir(folder.path()).args(["-c", &script]);
        let child = child.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        listens(&child, 64);
        for _ in 0..3 {
            kill(&child, &number.to_string());
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{signal}: {}", err(&output));
    }
}

/// Numbers that look random: a step of `SplitMix64`.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[test]
fn a_second_interruption_at_any_moment_leaves_no_lock_and_nothing_torn() {
    let rounds = if std::env::var_os("PLANCAST_LONG").is_some() { 300 } else { 40 };
    let folder = folder();
    assert_eq!(plancast(&folder, &SHORT).status.code(), Some(0));
    let mut state = 7;
    for round in 0..rounds {
        let long = [&LONG[..], &["--checkpoint", "0.0003", "--resume"]].concat();
        let child = start(&folder, &long);
        listens(&child, 64);
        std::thread::sleep(Duration::from_millis(random(&mut state) % 120));
        kill(&child, "INT");
        std::thread::sleep(Duration::from_micros(random(&mut state) % 60_000));
        kill(&child, "INT");
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(3), "round {round}: {}", err(&output));
        let left = names(&folder.path().join("output"));
        let other: Vec<&String> =
            left.iter().filter(|name| *name != "case" && *name != ".case.checkpoint").collect();
        assert!(other.is_empty(), "round {round}: {other:?}");
    }
    assert_eq!(plancast(&folder, &["verify", "output/case"]).status.code(), Some(0));
}

// ───────────────────────── Locks ─────────────────────────

#[test]
fn waiting_for_a_lock_says_for_what_and_whose_and_ends() {
    let folder = folder();
    let mut first = start(&folder, &[&LONG[..], &["--checkpoint", "10"]].concat());
    while !folder.path().join("output/.case.lock").exists() {
        std::thread::sleep(Duration::from_millis(10));
    }
    std::thread::sleep(Duration::from_millis(100));
    let wait = |time| plancast(&folder, &[&SHORT[..], &["--checkpoint", "10", "--wait", time]].concat());
    let (second, third) = (wait("1s"), wait("0"));
    let whose = format!("process {}", first.id());
    assert_eq!(second.status.code(), Some(3), "{}", err(&second));
    let said = err(&second);
    assert!(said.contains("waiting for output/case") && said.contains(&whose), "{said}");
    assert!(said.contains("run case.toml") && said.contains("--wait"), "{said}");
    assert_eq!(third.status.code(), Some(3));
    assert!(!err(&third).contains("waiting for") && err(&third).contains(&whose), "{}", err(&third));
    // The lock is still the first one's; when that ends, who waits goes on.
    let waiting = start(&folder, &[&SHORT[..], &["--checkpoint", "10", "--wait", "2min"]].concat());
    std::thread::sleep(Duration::from_millis(800));
    first.kill().unwrap();
    first.wait().unwrap();
    let went_on = waiting.wait_with_output().unwrap();
    assert_eq!(went_on.status.code(), Some(0), "{}", err(&went_on));
    assert!(err(&went_on).contains("giving up after 2 min"), "{}", err(&went_on));
    assert_eq!(names(&folder.path().join("output")), ["case"]);
}

/// Whoever holds the lock of the folder into which a run is moved.
#[test]
fn a_run_that_cannot_be_moved_to_its_place_waits_no_longer_than_it_may() {
    let folder = folder();
    assert_eq!(plancast(&folder, &SHORT).status.code(), Some(0));
    let held = std::fs::File::open(folder.path().join("output")).unwrap();
    held.lock().unwrap();
    let output = plancast(&folder, &[&SHORT[..], &["--seed", "2", "--wait", "0.7s"]].concat());
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    let whose = format!("process {}", std::process::id());
    assert!(err(&output).contains("waiting for output") && err(&output).contains(&whose), "{}", err(&output));
    assert!(
        std::fs::read_to_string(folder.path().join("output/case/manifest.json"))
            .unwrap()
            .contains("\"seed\": 1")
    );
    assert_eq!(names(&folder.path().join("output")), ["case"]);
}

// ───────────────────────── Limits ─────────────────────────

/// A limit on the size of files: the system sends a signal that ends whoever does not listen to it.
#[test]
fn a_file_that_may_not_be_so_large_is_told_and_what_was_there_stays() {
    let folder = folder();
    assert_eq!(plancast(&folder, &SHORT).status.code(), Some(0));
    assert_eq!(plancast(&folder, &["report", "output/case"]).status.code(), Some(0));
    let gate = "check case.toml --require 'p(high) >= 1%' --paths 300 --charts none";
    let commands = [
        "report output/case".to_owned(),
        "chart output/case --figure all --format png".to_owned(),
        "chart output/case --figure fan --out pictures".to_owned(),
        "run case.toml --paths 3000".to_owned(),
        "run case.toml --paths 3000 --charts none --export paths.csv".to_owned(),
        format!("{gate} --junit gates.xml"),
        "solve case.toml --vary trend --for 'p(high) = 50%' --between 0,0.1".to_owned(),
        "new town".to_owned(),
    ];
    let page = std::fs::read(folder.path().join("report.html")).unwrap();
    for command in &commands {
        let output = shell(&folder, &format!("ulimit -f 0; plancast {command}"));
        let writes = !command.starts_with("solve");
        assert_eq!(output.status.code(), Some(if writes { 3 } else { 0 }), "{command}: {}", err(&output));
        assert!(
            !writes || err(&output).contains("cannot") || err(&output).contains("not written"),
            "{}",
            err(&output)
        );
        assert!(std::fs::read(folder.path().join("report.html")).unwrap() == page, "{command}");
        assert_eq!(plancast(&folder, &["verify", "output/case"]).status.code(), Some(0), "{command}");
        assert!(
            names(folder.path()).iter().all(|name| !name.contains(".new-")),
            "{:?}",
            names(folder.path())
        );
    }
}

#[test]
fn an_export_that_fails_leaves_the_run_before_with_its_export() {
    let folder = folder();
    let export = ["--export", "paths.csv"];
    assert_eq!(plancast(&folder, &[&SHORT[..], &export].concat()).status.code(), Some(0));
    let before = std::fs::read(folder.path().join("paths.csv")).unwrap();
    // Room for the files of the run folder, and none for a hundred thousand paths.
    let output =
        shell(&folder, "ulimit -f 256; plancast run case.toml --charts none --seed 2 --export paths.csv");
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(std::fs::read(folder.path().join("paths.csv")).unwrap() == before);
    assert_eq!(plancast(&folder, &["verify", "output/case"]).status.code(), Some(0));
    assert_eq!(names(folder.path()), ["case.toml", "output", "paths.csv"]);
}

#[test]
fn a_run_that_would_not_fit_is_refused_with_the_figure_before_it_starts() {
    let folder = folder();
    for command in
        ["run case.toml", "check case.toml --require 'p(high) >= 1%'", "compare case.toml case.toml"]
    {
        let output = shell(&folder, &format!("plancast {command} --paths 4e9 --memory 20MiB"));
        assert_eq!(output.status.code(), Some(3), "{command}: {}", err(&output));
        let said = err(&output);
        assert!(
            said.contains("20 MiB") && said.contains("--memory") && said.contains("would take about"),
            "{said}"
        );
    }
    let sweep = "plancast run case.toml --sweep trend=0:0.39:0.01 --threads 40 --paths 4M --memory 64MiB";
    let output = shell(&folder, sweep);
    let said = err(&output);
    assert!(
        output.status.code() == Some(3) && said.contains("40 runs at once") && said.contains("--threads"),
        "{said}"
    );
    assert_eq!(plancast(&folder, &[&SHORT[..], &["--memory", "2GiB"]].concat()).status.code(), Some(0));
    let wrong = plancast(&folder, &[&SHORT[..], &["--memory", "much"]].concat());
    assert_eq!(wrong.status.code(), Some(2));
}

/// Where memory cannot be had after all, or threads, the exit code is that of the table too.
#[test]
fn a_machine_without_memory_or_threads_fails_with_exit_code_3() {
    let folder = folder();
    for limit in ["-v 60000", "-v 200000", "-v 400000"] {
        let output =
            shell(&folder, &format!("ulimit {limit}; plancast run case.toml --charts none --paths 4000"));
        let code = output.status.code();
        assert!(code == Some(3) || code == Some(0), "{limit}: {:?}: {}", output.status, err(&output));
    }
}

#[test]
fn who_stops_reading_is_told_and_the_results_are_whole() {
    let folder = folder();
    let output = shell(
        &folder,
        "plancast run case.toml --charts none --paths 300 --json | true; plancast verify output/case",
    );
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
}

// ───────────────────────── Waiting ─────────────────────────

/// A lock that another process holds is waited for, but not after a signal.
#[test]
fn the_first_signal_ends_a_wait_for_a_lock() {
    for wait in ["output", "output/.case.lock"] {
        let folder = folder();
        std::fs::create_dir(folder.path().join("output")).unwrap();
        if wait.contains(".lock") {
            std::fs::write(folder.path().join(wait), "").unwrap();
        }
        let held = std::fs::File::open(folder.path().join(wait)).unwrap();
        held.lock().unwrap();
        let more: &[&str] = if wait.contains(".lock") { &["--checkpoint", "1"] } else { &[] };
        let mut child = start(&folder, &[&SHORT[..], more].concat());
        listens(&child, 64);
        // It is done with its paths by then, and waits.
        std::thread::sleep(Duration::from_millis(1500));
        kill(&child, "INT");
        let ended = (0..400).find_map(|_| {
            std::thread::sleep(Duration::from_millis(20));
            child.try_wait().unwrap()
        });
        let _ = child.kill();
        assert_eq!(ended.and_then(|status| status.code()), Some(3), "{wait}");
        assert!(!folder.path().join("output/case").exists());
    }
}

/// A signal while figures are drawn, of which a run of many variables has many.
#[test]
fn the_first_signal_ends_a_run_that_draws() {
    let folder = folder();
    let mut text =
        "[time]\nstart = 2020\nend = 2060\n[parameters]\nu = 'normal(0, 1)'\n[variables]\n".to_owned();
    for number in 0..300 {
        let _ = writeln!(text, "x{number} = {{ formula = 'u + {number} + 0 * year', report = true }}");
    }
    std::fs::write(folder.path().join("many.toml"), text).unwrap();
    let arguments =
        ["run", "many.toml", "--paths", "300", "--no-sensitivity", "--charts", "png", "--threads", "1"];
    let mut child = start(&folder, &arguments);
    listens(&child, 64);
    std::thread::sleep(Duration::from_secs(3));
    assert!(child.try_wait().unwrap().is_none(), "it still draws");
    kill(&child, "TERM");
    let ended = (0..250).find_map(|_| {
        std::thread::sleep(Duration::from_millis(20));
        child.try_wait().unwrap()
    });
    let _ = child.kill();
    assert_eq!(ended.and_then(|status| status.code()), Some(3));
    assert_eq!(names(&folder.path().join("output")), Vec::<String>::new());
}

// ───────────────────────── Files of our own ─────────────────────────

/// Whoever can write to the folder would else have any file of the user's overwritten.
#[test]
fn locks_and_checkpoints_follow_no_link_and_replace_no_file_of_others() {
    for name in [".case.lock", ".case.checkpoint"] {
        for is_link in [true, false] {
            let folder = folder();
            std::fs::create_dir(folder.path().join("output")).unwrap();
            let (precious, own) = (folder.path().join("precious"), folder.path().join("output").join(name));
            std::fs::write(&precious, "precious").unwrap();
            if is_link {
                std::os::unix::fs::symlink("../precious", &own).unwrap();
            } else {
                std::fs::hard_link(&precious, &own).unwrap();
            }
            for more in [&["--checkpoint", "1"][..], &["--checkpoint", "1", "--resume"]] {
                let output = plancast(&folder, &[&SHORT[..], more].concat());
                assert_eq!(output.status.code(), Some(3), "{name}: {}", err(&output));
                assert!(err(&output).contains("is there; move it away"), "{}", err(&output));
                assert_eq!(std::fs::read(&precious).unwrap(), b"precious", "{name}");
                assert_eq!(own.is_symlink(), is_link);
                assert!(own.symlink_metadata().is_ok());
            }
        }
    }
    // What a killed run has left is no file of others.
    let folder = folder();
    std::fs::create_dir(folder.path().join("output")).unwrap();
    std::fs::write(folder.path().join("output/.case.lock"), "process 999999 on vm (plancast run case)")
        .unwrap();
    assert_eq!(plancast(&folder, &[&SHORT[..], &["--checkpoint", "1"]].concat()).status.code(), Some(0));
    assert_eq!(names(&folder.path().join("output")), ["case"]);
}

#[test]
fn a_standard_output_that_cannot_be_written_to_is_told() {
    let folder = folder();
    assert_eq!(plancast(&folder, &SHORT).status.code(), Some(0));
    for line in
        ["plancast --help", "plancast list", "plancast report output/case --out -", "plancast run --help"]
    {
        let full = shell(&folder, &format!("{line} > /dev/full"));
        assert_eq!(full.status.code(), Some(3), "{line}");
        // As /dev/null, which the system's library opens in its place.
        let closed = shell(&folder, &format!("{line} >&-"));
        assert_eq!(closed.status.code(), Some(0), "{line}");
    }
    assert!(shell(&folder, "plancast --help | head -1").status.success());
}
