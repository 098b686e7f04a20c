//! What the program writes and takes as scenarios grow.

use std::path::Path;

use assert_cmd::Command;

#[cfg(target_os = "linux")]
use crate::case::status;

/// A scenario with so many targets, of so many groups.
fn targets(folder: &Path, count: usize, groups: usize) -> String {
    let each = |n: usize| {
        let group = if groups == 0 { String::new() } else { format!(", group = \"g{}\"", n % groups) };
        format!("t{n} = {{ require = \"x@{} >= {}\"{group} }}\n", 2021 + n % 15, 2000.0 + n as f64 / 100.0)
    };
    let targets: String = (0..count).map(each).collect();
    let text = format!(
        "[time]\nstart = 2020\nend = 2035\n[parameters]\np = \"normal(1, 0.1)\"\n[variables]\nx = {{ formula = \"p * year\", report = true }}\n[targets]\n{targets}"
    );
    let file = folder.join("many.toml");
    std::fs::write(&file, text).unwrap();
    file.display().to_string()
}

/// Runs it for a few paths, and reads the results as text and as JSON.
fn summary(folder: &Path, file: &str, more: &[&str]) -> (String, serde_json::Value) {
    let mut command = Command::cargo_bin("plancast").unwrap();
    let out = folder.join("out");
    command.args(["run", file, "--paths", "400", "--charts", "none", "--no-sensitivity", "--quiet", "--out"]);
    command.arg(&out).args(more).assert().success();
    let text = std::fs::read_to_string(out.join("many/summary.json")).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

fn pairs(summary: &serde_json::Value) -> &serde_json::Map<String, serde_json::Value> {
    summary["joint"]["pairs"].as_object().unwrap()
}

#[test]
fn the_results_of_two_thousand_targets_are_a_few_megabytes() {
    let folder = tempfile::tempdir().unwrap();
    for groups in [0, 40] {
        let file = targets(folder.path(), 2000, groups);
        let (text, summary) = summary(folder.path(), &file, &[]);
        assert!(text.len() < 20 << 20, "{} bytes", text.len());
        // Each group has fifty targets, and each of them a pair with each other one.
        assert_eq!(pairs(&summary).len(), groups * 50 * 49 / 2);
        assert_eq!(summary["joint"]["count"].as_array().unwrap().len(), 2001);
    }
}

#[test]
fn pairs_that_are_asked_for_are_counted_and_are_those_of_few_targets() {
    let folder = tempfile::tempdir().unwrap();
    let (_, few) = summary(folder.path(), &targets(folder.path(), 200, 0), &[]);
    assert_eq!(pairs(&few).len(), 200 * 199 / 2);
    let many = targets(folder.path(), 201, 0);
    assert!(pairs(&summary(folder.path(), &many, &[]).1).is_empty());
    let (_, asked) = summary(folder.path(), &many, &["--pairs", "t150,t3,t77"]);
    assert_eq!(pairs(&asked).keys().collect::<Vec<_>>(), ["t3 & t150", "t3 & t77", "t77 & t150"]);
    for (pair, probability) in pairs(&asked) {
        assert_eq!(probability, &pairs(&few)[pair], "{pair}");
    }
    let (_, all) = summary(folder.path(), &many, &["--pairs", "all"]);
    assert_eq!(pairs(&all).len(), 201 * 200 / 2);
    assert!(pairs(&few).iter().all(|(pair, probability)| &pairs(&all)[pair] == probability));
    let mut command = Command::cargo_bin("plancast").unwrap();
    let wrong = command.args(["run", &many, "--paths", "400", "--pairs", "t5,t2000"]).assert().code(2);
    let said = String::from_utf8_lossy(&wrong.get_output().stderr).into_owned();
    assert!(said.contains("there is no target \"t2000\""), "{said}");
}

/// A thousand years of fifteen variables: fifteen thousand series.
const MILLENNIUM: &str = "[time]\nstart = 2020\nend = 3020\n[sets.s.fields]\nstart = { default = 100 }\ntrend = { default = \"normal(1%, 1%)\" }\n[s]\n\
    a = {}\nb = {}\nc = {}\nd = {}\ne = {}\nf = {}\ng = {}\nh = {}\ni = {}\nj = {}\nk = {}\nl = {}\nm = {}\nn = {}\n\
    [shocks]\nluck = { over = \"s\", dist = \"normal(0, 5%)\" }\n[variables]\n\
    \"x[s]\" = { start = \"start[s]\", formula = \"prev(x[s]) * exp(trend[s] + luck[s])\", report = true }\n\
    all = { formula = \"sum(s: x[s])\", report = true }\n";

/// The most memory that a process has had until it ended, in MiB. The system keeps the highest value, so that looking now
/// and then misses only what the process asks for in its last moments.
#[cfg(target_os = "linux")]
fn most_memory(mut child: std::process::Child) -> u64 {
    let mut most = 0;
    loop {
        let highest = status(&child, "VmHWM");
        let kibibytes = highest.and_then(|value| value.trim_end_matches(" kB").parse::<u64>().ok());
        most = most.max(kibibytes.unwrap_or(0) / 1024);
        if let Some(ended) = child.try_wait().unwrap() {
            assert!(ended.success(), "{ended}");
            return most;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

/// The values of a thousand paths take 115 MiB: twice that are there while they are counted, and the rest is for all else.
#[test]
#[cfg(target_os = "linux")]
fn fifteen_thousand_series_of_a_thousand_paths_take_little_more_than_their_values() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("long.toml"), MILLENNIUM).unwrap();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("plancast"));
    command.current_dir(folder.path()).args(["run", "long.toml", "--paths", "1000", "--threads", "2"]);
    command.args(["--charts", "none", "--no-sensitivity", "--quiet"]);
    let most = most_memory(command.spawn().unwrap());
    assert!((115..300).contains(&most), "{most} MiB");
}

/// Values of so many magnitudes that they are counted in lists, and others that are a value each on most paths: what is
/// estimated before such a run is more than it takes, and no more than four times as much.
#[test]
#[cfg(target_os = "linux")]
fn the_estimate_of_memory_is_not_too_low_for_values_of_many_magnitudes() {
    let variable = |k: usize| match k % 3 {
        0 => format!("v{k} = {{ formula = 'exp({k} * z) * sign(u - 0.5)', report = true }}\n"),
        1 => format!("v{k} = {{ formula = 'if(u < 0.01 * {k}, z, exp({k} * z))', report = true }}\n"),
        _ => format!("v{k} = {{ formula = 'exp(z + {k}) * if(u < 0.5, 1, 1e9)', report = true }}\n"),
    };
    let variables: String = (5..41).map(variable).collect();
    let text = format!(
        "[time]\nstart = 2020\nend = 2025\n[shocks]\nz = 'normal(0, 1)'\nu = 'uniform(0, 1)'\n[variables]\n{variables}"
    );
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("wide.toml"), text).unwrap();
    let run = |more: &[&str]| {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("plancast"));
        command.current_dir(folder.path()).env("LC_ALL", "C.UTF-8").args([
            "run",
            "wide.toml",
            "--paths",
            "40000",
            "--threads",
            "2",
        ]);
        command.args(["--charts", "none", "--no-sensitivity", "--quiet"]).args(more);
        command
    };
    let refused = run(&["--memory", "1MiB"]).output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    let estimate = said
        .split(" MiB")
        .next()
        .and_then(|before| before.rsplit(' ').next()?.replace(',', "").parse::<u64>().ok());
    let estimate = estimate.unwrap_or_else(|| panic!("{said}"));
    let most = most_memory(run(&[]).spawn().unwrap());
    assert!(most <= estimate && estimate <= 4 * most, "{most} MiB of {estimate} MiB");
}

/// Shards of a run of a block each, with the counts of the first of them: they take as much room as honest ones.
#[cfg(target_os = "linux")]
fn shards(folder: &Path, scenario: &str, id: &str, count: u64) -> Vec<String> {
    use plancast::result::{RunPart, folder::files_of, manifest};
    use plancast::study::Shard;
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).args(["run", scenario, "--quiet", "--paths", &(256 * count).to_string()]);
    command.args(["--no-sensitivity", "--shard", &format!("1/{count}")]).assert().success();
    let of = |number: u64| format!("output/{id}.part-{number}-of-{count}");
    let first = folder.join(of(1));
    let scenario = std::fs::read(first.join("scenario.toml")).unwrap();
    let before: serde_json::Value =
        serde_json::from_slice(&std::fs::read(first.join("manifest.json")).unwrap()).unwrap();
    let (mut files, fingerprint) = (files_of(&before).unwrap(), before["fingerprint"].as_str().unwrap());
    let mut part = RunPart::from_bytes(&std::fs::read(first.join("part.bin")).unwrap()).unwrap();
    for number in 2..=count {
        (part.shard, part.blocks) = (Some(Shard { number, of: count }), number - 1..number);
        let (place, bytes) = (folder.join(of(number)), part.to_bytes().unwrap());
        files.insert("part.bin".to_owned(), manifest::sha256(&bytes));
        std::fs::create_dir(&place).unwrap();
        let sealed = manifest::sealed(&part.manifest(fingerprint), &files, &[]).unwrap();
        for (name, bytes) in
            [("part.bin", bytes), ("scenario.toml", scenario.clone()), ("manifest.json", sealed.into_bytes())]
        {
            std::fs::write(place.join(name), bytes).unwrap();
        }
    }
    (1..=count).map(of).collect()
}

/// All of them at once would take 90 MiB more. In a long test these are a thousand of the real plan.
#[test]
#[cfg(target_os = "linux")]
fn merging_many_shards_takes_the_memory_of_two() {
    let folder = tempfile::tempdir().unwrap();
    let short = MILLENNIUM.replace("end = 3020", "end = 2070");
    std::fs::write(folder.path().join("short.toml"), short).unwrap();
    let long = std::env::var("PLANCAST_LONG").is_ok();
    let (scenario, id, count, bound) =
        if long { ("plan", "plan", 1000, 200) } else { ("short.toml", "short", 60, 100) };
    let parts = shards(folder.path(), scenario, id, count);
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("plancast"));
    command.current_dir(folder.path()).args(["merge", "--charts", "none", "--quiet"]).args(parts);
    let most = most_memory(command.spawn().unwrap());
    assert!(most < bound, "{most} MiB");
}
