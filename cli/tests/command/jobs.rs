//! Jobs for clusters: scripts that a shell can read, and that give the bytes of the whole run.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use super::case::{CASE, err, plancast};

/// A scenario whose name a shell would take apart.
const NAME: &str = "规划 1's.toml";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(NAME), CASE).unwrap();
    folder
}

fn job(folder: &TempDir, engine: &str, more: &[&str]) -> String {
    let arguments = ["jobs", NAME, "--paths", "5000", "--set", "trend=normal(3%, 1%)", "--for", engine];
    let output = plancast(folder.path(), &[&arguments[..], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Has a shell run a script, with programs of its own in front of all others.
fn bash(folder: &Path, script: &str, arguments: &[&str]) -> Output {
    std::fs::write(folder.join("job.sh"), script).unwrap();
    let path = format!("{}:{}", folder.join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("bash");
    command.current_dir(folder).arg("job.sh").args(arguments).env("PATH", path);
    command.env("PLANCAST", cargo_bin("plancast")).output().unwrap()
}

/// A program of the engine that does the least that it has to: bash is its interpreter.
fn program(folder: &Path, name: &str, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    let place = folder.join("bin");
    std::fs::create_dir_all(&place).unwrap();
    std::fs::write(place.join(name), format!("#!/bin/bash\n{text}")).unwrap();
    std::fs::set_permissions(place.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// The results of the whole run at once.
fn whole(folder: &TempDir) -> Vec<u8> {
    let run = ["run", NAME, "--paths", "5000", "--set", "trend=normal(3%, 1%)", "--quiet", "--out", "whole"];
    assert_eq!(plancast(folder.path(), &run).status.code(), Some(0));
    summary(folder, "whole")
}

fn summary(folder: &TempDir, out: &str) -> Vec<u8> {
    let place = folder.path().join(out).join(NAME.trim_end_matches(".toml"));
    std::fs::read(place.join("summary.json")).unwrap()
}

/// `sbatch` as far as the script needs it: a job is run at once, of an array a task after the other, and a task that
/// fails keeps no other from running.
const SBATCH: &str = r#"
script=$(cat)
array=
for word in "$@"; do
    case $word in
        --array=*) array=${word#--array=} ;;
        --dependency=afterany:7) ;;
        --dependency=*) exit 9 ;;
    esac
done
echo 7
if [ -z "$array" ]; then bash <<<"$script" >&2; exit; fi
for range in ${array//,/ }; do
    for task in $(seq "${range%-*}" "${range#*-}"); do
        [ "$task" = "${BROKEN:-}" ] || SLURM_ARRAY_TASK_ID=$task bash <<<"$script" >&2
    done
done
"#;

#[test]
fn a_job_for_slurm_names_what_is_missing_and_with_these_numbers_ends_with_the_bytes_of_the_whole_run() {
    let folder = folder();
    let wanted = whole(&folder);
    let script = job(&folder, "slurm", &["--into", "6", "--charts", "none"]);
    program(folder.path(), "sbatch", &format!("BROKEN=4{SBATCH}"));
    let output = bash(folder.path(), &script, &[]);
    assert!(err(&output).contains("--shard 4/6"), "{}", err(&output));
    program(folder.path(), "sbatch", SBATCH);
    let output = bash(folder.path(), &script, &["4"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(summary(&folder, "output") == wanted);
}

/// Where GNU parallel is: a shard fails twice, and the third time it does not.
#[test]
fn a_job_for_parallel_tries_again_what_failed_and_ends_with_the_bytes_of_the_whole_run() {
    let there = Command::new("parallel").arg("--version").output();
    if !there.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("GNU parallel")) {
        eprintln!("GNU parallel is not installed: left out");
        return;
    }
    let folder = folder();
    let wanted = whole(&folder);
    let script = job(&folder, "parallel", &["--into", "5", "--charts", "none"]);
    let fails = r#"for word in "$@"; do
    if [ "$word" = 3/5 ] && [ "$(cat fails 2>/dev/null | wc -l)" -lt 2 ]; then echo failed >> fails; exit 137; fi
done
exec "$REAL" "$@"
"#;
    program(folder.path(), "plancast", &fails.replace("$REAL", cargo_bin("plancast").to_str().unwrap()));
    let script = script.replace("\"${PLANCAST:-plancast}\"", "plancast");
    let output = bash(folder.path(), &script, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(std::fs::read_to_string(folder.path().join("fails")).unwrap().lines().count(), 2);
    assert!(summary(&folder, "output") == wanted);
}

/// The command of a container is a list in JSON, which is YAML too; `$$` is how Kubernetes writes `$`.
#[test]
fn the_commands_of_a_job_for_kubernetes_give_the_bytes_of_the_whole_run() {
    let folder = folder();
    let wanted = whole(&folder);
    let text = job(&folder, "kubernetes", &["--into", "3", "--charts", "none"]);
    assert!(text.contains("completionMode: Indexed") && text.contains("completions: 3\n"), "{text}");
    let commands: Vec<Vec<String>> = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("command: "))
        .map(|list| serde_json::from_str(list).unwrap())
        .collect();
    let [shard, merge] = &commands[..] else { panic!("{text}") };
    let run = |command: &[String], index: &str| {
        let words = command[1..].iter().map(|word| word.replace("$$", "$"));
        let mut shell = Command::new(&command[0]);
        shell.current_dir(folder.path()).args(words).env("JOB_COMPLETION_INDEX", index);
        let output = shell.env("PLANCAST", cargo_bin("plancast")).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    };
    ["0", "1", "2"].iter().for_each(|index| run(shard, index));
    run(merge, "");
    assert!(summary(&folder, "output") == wanted);
}

#[test]
fn what_a_shard_would_refuse_is_refused_before_there_is_a_job() {
    let folder = folder();
    let sobol = format!("{CASE}[run]\nsampling = \"sobol\"\n");
    std::fs::write(folder.path().join("sobol.toml"), sobol).unwrap();
    let ends = |arguments: &[&str], words: &str| {
        let output = plancast(folder.path(), &[&["jobs"], arguments, &["--lang", "en"]].concat());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        assert!(err(&output).contains(words), "{}", err(&output));
    };
    ends(&[NAME, "--into", "0", "--for", "slurm"], "1 to 1000000");
    ends(&[NAME, "--into", "5", "--for", "pbs"], "possible values");
    ends(&["none.toml", "--into", "5", "--for", "slurm"], "none.toml");
    ends(&["sobol.toml", "--into", "5", "--for", "slurm"], "--shard");
    ends(&[NAME, "--into", "5", "--for", "slurm", "--paths", "2e12"], "1099511627776");
    ends(&["-", "--into", "5", "--for", "slurm"], "standard input");
}

/// Ten thousand million paths are asked for as any other number.
#[test]
fn a_job_of_ten_thousand_million_paths_is_printed_with_a_quoted_command() {
    let script = job(&folder(), "slurm", &["--into=200"]);
    assert!(
        script.contains(r"run '规划 1'\''s.toml' --paths 5000 --set 'trend=normal(3%, 1%)' --quiet"),
        "{script}"
    );
    let folder = folder();
    let large = ["jobs", NAME, "--paths", "1e10", "--into", "200", "--for", "slurm"];
    let script = plancast(folder.path(), &large).stdout;
    let script = String::from_utf8(script).unwrap();
    assert!(
        script.contains("--array=\"$numbers\"") && script.contains("numbers=\"${1:-1-200}\""),
        "{script}"
    );
    assert!(script.contains("--paths 1e10") && script.contains("afterany"), "{script}");
}
