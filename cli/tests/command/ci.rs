//! The story of docs/ci.md, and the jobs in docs/ci/, as they are written there.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

use crate::shell::words;

const GUIDE: &str = include_str!("../../../docs/ci.md");

fn plancast(folder: &Path, line: &str) -> Output {
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").args(&words(line)[1..]).output().unwrap()
}

/// The content of the fenced blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let parts = GUIDE.split("```").skip(1).step_by(2);
    parts.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).collect()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A folder after the first part of the guide: the plan, its baseline, its gates.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let setup = blocks("sh")[0];
    for line in setup.lines().filter(|line| line.starts_with("plancast")) {
        let output = plancast(folder.path(), line);
        assert_eq!(code(&output), Some(0), "{line}: {}", said(&output));
    }
    let copy = setup.lines().find(|line| line.starts_with("cp ")).unwrap();
    let [_, from, to] = copy.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{copy}") };
    std::fs::copy(folder.path().join(from), folder.path().join(to)).unwrap();
    let plan = folder.path().join("two-sector-town.toml");
    let text = std::fs::read_to_string(&plan).unwrap() + "\n" + blocks("toml")[0];
    std::fs::write(plan, text).unwrap();
    folder
}

#[test]
fn the_plan_of_the_guide_passes_and_the_pull_request_breaks_it() {
    let folder = repository();
    let passes = plancast(folder.path(), blocks("sh")[1].trim());
    assert_eq!(code(&passes), Some(0), "{}", said(&passes));
    let breaks = plancast(folder.path(), blocks("sh")[2].trim());
    assert_eq!(code(&breaks), Some(1), "{}", said(&breaks));
    let text = said(&breaks);
    assert!(text.contains("::error file=two-sector-town.toml,line="), "{text}");
    assert!(text.contains("FAIL%3A growth is likely") && text.contains("title=drift%3A"), "{text}");
}

/// The `plancast check` lines of a job, with what continues them.
fn checks(job: &str) -> Vec<String> {
    let folded = job.replace("\n          --", " --");
    let lines = folded.lines().map(|line| line.trim().trim_start_matches("- "));
    lines.filter(|line| line.starts_with("plancast check")).map(str::to_owned).collect()
}

#[test]
fn the_jobs_check_a_plan_as_they_are_written() {
    for job in
        [include_str!("../../../docs/ci/github-actions.yml"), include_str!("../../../docs/ci/gitlab-ci.yml")]
    {
        let folder = repository();
        std::fs::rename(folder.path().join("two-sector-town.toml"), folder.path().join("plan.toml")).unwrap();
        let checks = checks(job);
        assert_eq!(checks.len(), 1, "{job}");
        let output = plancast(folder.path(), &checks[0].replace("$RUNNER_TEMP", "temp"));
        assert_eq!(code(&output), Some(0), "{}: {}", checks[0], said(&output));
        assert!(folder.path().join("gates.xml").is_file());
        let uploads = job.contains("gates.md") && job.contains("output");
        assert!(uploads && folder.path().join("output/plan/summary.json").is_file());
        assert!(job.contains(env!("CARGO_PKG_VERSION")), "the version stands in the job");
    }
}

#[test]
fn the_image_is_built_with_the_rust_that_the_manifest_states() {
    let file = include_str!("../../../docs/ci/Containerfile");
    let manifest = include_str!("../../../Cargo.toml");
    let stated = manifest.split("rust-version = \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(file.contains(&format!("rust:{stated}-slim")), "{file}");
    // Both stages are of one Debian: a program runs with the C library that it was linked with.
    assert!(file.contains("slim-bookworm AS build") && file.contains("debian:bookworm-slim"), "{file}");
    assert!(file.contains("cargo build --release --locked"));
}
