//! Shards, checkpoints and resumption: the bytes of the whole run, whatever happened on the way.
#![cfg(unix)]

use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use plancast::result::{RunPart, manifest};
use serde_json::Value;
use tempfile::TempDir;

use super::case::{err, plancast};

const CASE: &str = r#"
[time]
start = 2020
end = 2025
[parameters]
trend = { value = "normal(2%, 1%)", source = "guess" }
[shocks]
luck = "normal(0, 3%)"
[variables]
x = { start = "100", formula = "prev(x) * (1 + trend + luck)", report = true, title = { en = "Level", zh = "水平" } }
y = { formula = "x / 2" }
[metrics]
peak = "peak_year(x)"
late = "first_year(x >= 120)"
[targets]
high = { require = "x@2025 >= 110", source = "guess" }
[sources]
guess = { title = "A guess", grade = "D" }
"#;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), CASE).unwrap();
    folder
}

fn done(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", err(output));
}

const RUN: [&str; 8] = ["run", "case.toml", "--paths", "100001", "--record", "y", "--quantiles", "1,50,99"];

fn run(folder: &TempDir, more: &[&str]) -> Output {
    plancast(folder.path(), &[&RUN[..], more].concat())
}

/// Every file of a run folder but the manifest, whose wall facts are its own; of that the fingerprint.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(bytes(&path).into_iter().map(|(inside, bytes)| (format!("{name}/{inside}"), bytes)));
        } else if name == "manifest.json" {
            let mut manifest: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            manifest.as_object_mut().unwrap().remove("wall");
            found.push((name, manifest.to_string().into_bytes()));
        } else {
            found.push((name, std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

// ───────────────────────── Shards ─────────────────────────

fn shards(folder: &TempDir, of: u32) -> Vec<String> {
    (1..=of)
        .map(|number| {
            let shard = format!("{number}/{of}");
            done(&run(folder, &["--shard", &shard, "--threads", if number % 2 == 0 { "1" } else { "2" }]));
            format!("output/case.part-{number}-of-{of}")
        })
        .collect()
}

fn merge(folder: &TempDir, parts: &[&str]) -> Output {
    plancast(folder.path(), &[&["merge", "--out", "merged", "--lang", "en"], parts].concat())
}

#[test]
fn shards_merge_to_the_bytes_of_the_whole_run() {
    let folder = folder();
    done(&run(&folder, &["--lang", "en"]));
    let mut parts = shards(&folder, 5);
    parts.reverse();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    done(&merge(&folder, &parts));
    assert!(bytes(&folder.path().join("output/case")) == bytes(&folder.path().join("merged/case")));
}

/// The part is whole and of the same scenario, seed and paths; only another build made something else of it.
#[test]
fn a_part_of_another_build_is_refused() {
    let folder = folder();
    let parts = shards(&folder, 2);
    done(&merge(&folder, &[&parts[0], &parts[1]]));
    let refused = |places: &[usize]| {
        for place in places {
            let file = folder.path().join(&parts[*place]).join("part.bin");
            let mut part = RunPart::from_bytes(&std::fs::read(&file).unwrap()).unwrap();
            part.origin.program_sha256 = manifest::sha256(b"another program");
            let bytes = part.to_bytes().unwrap();
            std::fs::write(&file, &bytes).unwrap();
            // Its manifest is the one that such a build writes.
            let manifest = file.with_file_name("manifest.json");
            let before: Value = serde_json::from_slice(&std::fs::read(&manifest).unwrap()).unwrap();
            let mut files = plancast::result::folder::files_of(&before).unwrap();
            files.insert("part.bin".to_owned(), manifest::sha256(&bytes));
            let fingerprint = before["fingerprint"].as_str().unwrap();
            let sealed = manifest::sealed(&part.manifest(fingerprint), &files, &[]).unwrap();
            std::fs::write(&manifest, sealed).unwrap();
        }
        let output = merge(&folder, &[&parts[0], &parts[1]]);
        assert_ne!(output.status.code(), Some(0), "{places:?}");
        err(&output)
    };
    let told = refused(&[1]);
    assert!(told.contains("the compiled program"), "{told}");
    // Both agree, but this build makes something else of the scenario.
    refused(&[0]);
}

#[test]
fn a_missing_doubled_or_foreign_part_is_an_error_that_names_it() {
    let folder = folder();
    let parts = shards(&folder, 3);
    let [one, two, three] = [&*parts[0], &*parts[1], &*parts[2]];
    done(&run(&folder, &["--seed", "2", "--shard", "2/3", "--out", "other"]));
    done(&run(&folder, &["--shard", "1/2"]));
    std::fs::create_dir(folder.path().join("damaged")).unwrap();
    let mut damaged = std::fs::read(folder.path().join(two).join("part.bin")).unwrap();
    damaged[500] ^= 1;
    std::fs::write(folder.path().join("damaged/part.bin"), damaged).unwrap();
    for (parts, words) in [
        (
            vec![one, three],
            "33280 to 66559 are in no part; simulate them too: the same command with --shard 2/3",
        ),
        (vec![two, three], "0 to 33279"),
        (vec![one, two, two, three], "output/case.part-2-of-3 as well"),
        (vec![one, "output/case.part-1-of-2", three], "0 to 33279"),
        (
            vec![one, "other/case.part-2-of-3", three],
            "other/case.part-2-of-3: it is of another run: the seed is 2, not 1",
        ),
        (vec![one, "damaged", three], "damaged/part.bin: its bytes are damaged"),
        (vec![one, "output", three], "output/part.bin"),
    ] {
        let output = merge(&folder, &parts);
        assert_eq!(output.status.code(), Some(2), "{parts:?}");
        assert!(err(&output).contains(words), "{parts:?}: {}", err(&output));
    }
    assert!(!folder.path().join("merged").exists());
}

#[test]
fn shards_of_the_real_plan_merge_to_the_whole() {
    let folder = folder();
    let common = ["run", "plan", "--paths", "3000", "--charts", "none", "--quiet"];
    done(&plancast(folder.path(), &common));
    for shard in ["1/2", "2/2"] {
        done(&plancast(folder.path(), &[&common[..], &["--shard", shard]].concat()));
    }
    let parts = ["output/plan.part-1-of-2", "output/plan.part-2-of-2"];
    done(&merge(&folder, &[&parts[..], &["--charts", "none"]].concat()));
    let summary = |place: &str| std::fs::read(folder.path().join(place).join("plan/summary.json")).unwrap();
    assert!(summary("output") == summary("merged"));
}

#[test]
fn more_shards_than_blocks_leave_some_empty_and_nothing_wrong() {
    let folder = folder();
    let few = ["run", "case.toml", "--paths", "600", "--charts", "none", "--quiet"];
    done(&plancast(folder.path(), &few));
    let mut parts = Vec::new();
    for number in 1..=5 {
        let shard = format!("{number}/5");
        done(&plancast(folder.path(), &[&few[..], &["--shard", &shard]].concat()));
        parts.push(format!("output/case.part-{number}-of-5"));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    done(&merge(&folder, &[&parts[..], &["--charts", "none"]].concat()));
    assert!(bytes(&folder.path().join("output/case")) == bytes(&folder.path().join("merged/case")));
}

/// The command to run is told, for one shard and for many.
#[test]
fn the_shards_that_are_to_be_simulated_yet_are_named() {
    let folder = folder();
    let parts = shards(&folder, 12);
    let but = |missing: &[usize]| {
        let there = (1..=12).filter(|number| !missing.contains(number));
        let there: Vec<&str> = there.map(|number| parts[number - 1].as_str()).collect();
        let output = merge(&folder, &there);
        assert_eq!(output.status.code(), Some(2), "{missing:?}");
        err(&output)
    };
    let one = but(&[7]);
    assert!(one.contains("the same command with --shard 7/12"), "{one}");
    let many = but(&[1, 3, 4, 5, 12]);
    assert!(many.contains("5 shards of 12") && many.contains("each K of 1,3-5,12"), "{many}");
    // What is torn is to be simulated again with what is missing, and all that is torn is named.
    for torn in [2, 9] {
        let file = folder.path().join(&parts[torn - 1]).join("part.bin");
        let bytes = std::fs::read(&file).unwrap();
        std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    }
    let torn = but(&[10]);
    assert!(torn.contains("each K of 2,9-10"), "{torn}");
    assert!(torn.contains("part-2-of-12") && torn.contains("part-9-of-12"), "{torn}");
}

#[test]
fn a_shard_that_is_there_whole_is_not_simulated_again_and_any_other_is() {
    let folder = folder();
    let shard = |more: &[&str]| {
        let output = run(&folder, &[&["--shard", "2/3", "--lang", "en"], more].concat());
        done(&output);
        err(&output)
    };
    let file = folder.path().join("output/case.part-2-of-3/part.bin");
    let written = || std::fs::metadata(&file).unwrap().modified().unwrap();
    assert!(!shard(&[]).contains("not simulated again"));
    let (bytes, first) = (std::fs::read(&file).unwrap(), written());
    let again = shard(&[]);
    assert!(again.contains("output/case.part-2-of-3 is there already, whole and of this run"), "{again}");
    assert_eq!((std::fs::read(&file).unwrap(), written()), (bytes.clone(), first));
    for place in ["part.bin", "scenario.toml"] {
        let torn = file.with_file_name(place);
        let whole = std::fs::read(&torn).unwrap();
        std::fs::write(&torn, &whole[..whole.len() - 40]).unwrap();
        assert!(!shard(&[]).contains("not simulated again"), "{place}");
        assert!(std::fs::read(&file).unwrap() == bytes, "{place}");
    }
    // Another run has the same name for its shard; it is simulated, as every run replaces one of its name.
    assert!(!shard(&["--seed", "9"]).contains("not simulated again"));
    assert!(std::fs::read(&file).unwrap() != bytes);
}

/// The runs of a sweep, each in shards, and all of them put together by one command.
#[test]
fn the_shards_of_a_sweep_merge_to_its_runs() {
    let folder = folder();
    let sweep = ["--sweep", "trend=1%,3%", "--charts", "none", "--lang", "en"];
    done(&run(&folder, &sweep));
    let mut parts = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        done(&run(&folder, &[&sweep[..], &["--shard", shard]].concat()));
        let name = shard.replace('/', "-of-");
        parts.extend(["1%", "3%"].map(|value| format!("output/case_trend={value}.part-{name}")));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    done(&merge(&folder, &[&parts[..], &["--charts", "none"]].concat()));
    for value in ["1%", "3%"] {
        let of = |place: &str| bytes(&folder.path().join(place).join(format!("case_trend={value}")));
        assert!(of("output") == of("merged"), "{value}");
    }
    let output = merge(&folder, &parts[1..]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("--shard 1/3"), "{}", err(&output));
}

#[test]
fn what_is_no_shard_is_wrong_input() {
    let folder = folder();
    for shard in ["0/3", "4/3", "3", "a/b"] {
        assert_eq!(run(&folder, &["--shard", shard]).status.code(), Some(2), "{shard}");
    }
}

// ───────────────────────── Checkpoints ─────────────────────────

/// Numbers that look random: a step of `SplitMix64`.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Runs until it is killed or ends by itself; says whether it was killed.
fn killed(folder: &Path, arguments: &[&str], after: Duration) -> bool {
    let mut command = std::process::Command::new(cargo_bin("plancast"));
    command.current_dir(folder).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    std::thread::sleep(after);
    if let Some(status) = child.try_wait().unwrap() {
        assert_eq!(status.code(), Some(0));
        return false;
    }
    child.kill().unwrap(); // SIGKILL
    child.wait().unwrap();
    true
}

#[test]
fn after_fifty_kills_at_random_moments_the_result_is_that_of_an_uninterrupted_run() {
    let folder = folder();
    let common = ["run", "case.toml", "--paths", "2000000", "--charts", "none", "--quiet"];
    done(&plancast(folder.path(), &[&common[..], &["--out", "whole"]].concat()));
    let whole = bytes(&folder.path().join("whole/case"));
    let (mut kills, mut round, mut state) = (0, 0, 42);
    while kills < 50 {
        round += 1;
        let out = format!("round-{round}");
        let often = [&common[..], &["--checkpoint", "0.0003", "--resume", "--out", &out]].concat();
        let mut delay = 20;
        while killed(folder.path(), &often, Duration::from_millis(delay + random(&mut state) % 150)) {
            kills += 1;
            // A machine that is busy with other things must get somewhere between two kills.
            delay += 2;
        }
        assert!(bytes(&folder.path().join(&out).join("case")) == whole, "round {round}, {kills} kills");
        let left: Vec<_> =
            std::fs::read_dir(folder.path().join(&out)).unwrap().map(|e| e.unwrap().file_name()).collect();
        let hidden = left.iter().filter(|name| name.to_str().unwrap().ends_with("checkpoint")).count();
        assert_eq!(hidden, 0, "{left:?}");
    }
}

#[test]
fn a_shard_too_resumes_from_its_checkpoint() {
    let folder = folder();
    let common = ["run", "case.toml", "--paths", "1000000", "--quiet", "--shard", "2/3"];
    done(&plancast(folder.path(), &[&common[..], &["--out", "whole"]].concat()));
    let often = [&common[..], &["--checkpoint", "0.0003", "--resume"]].concat();
    let mut delay = 60;
    while killed(folder.path(), &often, Duration::from_millis(delay)) {
        delay += 20;
    }
    let part = |out: &str| std::fs::read(folder.path().join(out).join("case.part-2-of-3/part.bin")).unwrap();
    assert!(part("output") == part("whole"));
}

fn interrupted(folder: &TempDir, signal: &str, more: &[&str]) -> Output {
    let mut command = std::process::Command::new(cargo_bin("plancast"));
    command
        .current_dir(folder.path())
        .args(["run", "case.toml", "--paths", "4e9", "--charts", "none"])
        .args(more);
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let kill = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    child.wait_with_output().unwrap()
}

#[test]
fn told_to_stop_a_run_with_checkpoints_says_how_to_go_on() {
    let folder = folder();
    let output = interrupted(&folder, "-TERM", &["--checkpoint", "10"]);
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("--resume") && err(&output).contains("paths are kept"), "{}", err(&output));
    // Another run does not take it for its own.
    let other = run(&folder, &["--checkpoint", "10", "--resume"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(
        err(&other).contains("another run: the number of paths is 4000000000, not 100001"),
        "{}",
        err(&other)
    );
    // Without --resume it begins anew.
    done(&run(&folder, &["--checkpoint", "10"]));
}

#[test]
fn two_runs_with_checkpoints_in_one_folder_do_not_mix() {
    let folder = folder();
    let mut command = std::process::Command::new(cargo_bin("plancast"));
    command.current_dir(folder.path()).args(["run", "case.toml", "--paths", "4e9", "--checkpoint", "10"]);
    let mut first = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while !folder.path().join("output/.case.lock").exists() {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(100));
    let second = run(&folder, &["--checkpoint", "10", "--wait", "0"]);
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(second.status.code(), Some(3), "{}", err(&second));
    assert!(err(&second).contains("is writing there"), "{}", err(&second));
}
