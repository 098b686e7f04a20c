//! Pools of several worlds at the command line: parts, threads, single paths, what is refused.

use std::path::Path;

use tempfile::TempDir;

use super::case::{CASE, err, out, plancast};

const POOL: &str = "
[pool]
worlds = [
    { scenario = 'case.toml', weight = 0.6 },
    { scenario = 'slow.toml', weight = '20%', note = { en = 'as in 1998', zh = '同1998年' } },
    { scenario = 'fast.toml', weight = 0.2 },
]
[targets]
high = 'x@2025 >= 110'
[gates]
'high is open' = 'p(high) >= 10% and p(high) <= 90%'
";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("case.toml", CASE);
    write("slow.toml", &CASE.replace("normal(2%, 1%)", "normal(0.5%, 1%)"));
    write("fast.toml", &CASE.replace("normal(2%, 1%)", "uniform(3%, 5%)"));
    write("pool.toml", POOL);
    folder
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = plancast(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", err(&output));
    out(&output)
}

fn summary(folder: &Path, run: &str) -> String {
    std::fs::read_to_string(folder.join("output").join(run).join("summary.json")).unwrap()
}

#[test]
fn shards_and_threads_give_the_bytes_of_the_whole() {
    let folder = folder();
    let run = ["run", "pool.toml", "--paths", "50001", "--quiet", "--charts", "none"];
    done(folder.path(), &[&run[..], &["--threads", "1"]].concat());
    let whole = summary(folder.path(), "pool");
    done(folder.path(), &[&run[..], &["--threads", "2"]].concat());
    assert_eq!(whole, summary(folder.path(), "pool"));
    let parts: Vec<String> = (1..=3).map(|number| format!("output/pool.part-{number}-of-3")).collect();
    for number in 1..=3 {
        done(folder.path(), &[&run[..5], &["--shard", &format!("{number}/3")]].concat());
    }
    let merge = ["merge", &parts[0], &parts[1], &parts[2], "--out", "merged", "--charts", "none"];
    done(folder.path(), &merge);
    let merged = std::fs::read_to_string(folder.path().join("merged/pool/summary.json"));
    assert_eq!(whole, merged.unwrap());
    let again = ["run", "output/pool/scenario.toml", "--out", "again", "--quiet", "--charts", "none"];
    done(folder.path(), &again);
    let again = std::fs::read_to_string(folder.path().join("again/pool/summary.json")).unwrap();
    let fingerprint = |text: &str| -> String {
        serde_json::from_str::<serde_json::Value>(text).unwrap()["fingerprint"].to_string()
    };
    assert_eq!(fingerprint(&whole), fingerprint(&again));
}

/// The world that `explain` names for a path is that of the export, and the values are those of the world alone.
#[test]
fn explain_says_which_world_a_path_is_of_and_replays_it() {
    let folder = folder();
    let run = ["run", "pool.toml", "--paths", "1000", "--quiet", "--charts", "none", "--export", "paths.csv"];
    done(folder.path(), &run);
    let table = std::fs::read_to_string(folder.path().join("paths.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let header: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(header[..3], ["path", "world", "x@2020"]);
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let count = |world: &str| rows.iter().filter(|row| &row[1] == world).count();
    assert_eq!([count("case"), count("slow"), count("fast")], [600, 200, 200]);
    for path in [0, 7, 123, 999] {
        let world = &rows[path][1];
        let path = path.to_string();
        let told = done(folder.path(), &["explain", "pool.toml", "--path", &path]);
        assert!(told.starts_with(&format!("path {path} is of the world {world} (weight ")), "{told}");
        let alone = done(folder.path(), &["explain", &format!("{world}.toml"), "--path", &path]);
        let values = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.starts_with("  ")).map(str::to_owned).collect()
        };
        assert_eq!(values(&told), values(&alone));
    }
}

#[test]
fn explain_lists_the_worlds_with_their_weights_in_both_languages() {
    let folder = folder();
    let told = done(folder.path(), &["explain", "pool.toml"]);
    assert!(told.contains("  20 %: slow (slow)") && told.contains("    as in 1998"), "{told}");
    let told = done(folder.path(), &["explain", "pool.toml", "--lang", "zh"]);
    assert!(told.contains("  20%：slow（slow）") && told.contains("同1998年"), "{told}");
}

#[test]
fn check_compare_validate_chart_and_report_take_a_pool() {
    let folder = folder();
    assert!(done(folder.path(), &["check", "pool.toml", "--paths", "20000"]).contains("PASS"));
    let validated = done(folder.path(), &["validate", "pool.toml"]);
    assert!(validated.contains("pool.toml"), "{validated}");
    let compared =
        done(folder.path(), &["compare", "case.toml", "pool.toml", "--paths", "20000", "--charts", "none"]);
    assert!(compared.contains("pool"), "{compared}");
    let printed = done(folder.path(), &["run", "pool.toml", "--paths", "20000"]);
    assert!(printed.contains("a pool of case 60 %, slow 20 %, fast 20 %"), "{printed}");
    assert!(printed.contains("Which world"), "{printed}");
    done(folder.path(), &["report", "output/pool"]);
    done(folder.path(), &["chart", "output/pool", "--figure", "fan", "--variable", "x"]);
}

#[test]
fn what_asks_one_world_refuses_a_pool_and_names_its_worlds() {
    let folder = folder();
    std::fs::write(folder.path().join("actuals.csv"), "variable,year,value,sd\nx,2021,102,1\n").unwrap();
    let questions: [&[&str]; 7] = [
        &["solve", "pool.toml", "--for", "p(high) >= 50%", "--vary", "trend"],
        &["sensitivity", "pool.toml", "--of", "x@2025"],
        &["discover", "pool.toml", "--target", "high"],
        &["decompose", "pool.toml", "x", "--from", "2020", "--to", "2025", "--by", "a=x"],
        &["fit", "pool.toml"],
        &["audit", "pool.toml"],
        &["explain", "pool.toml", "x"],
    ];
    for question in questions {
        let output = plancast(folder.path(), question);
        assert_eq!(output.status.code(), Some(2), "{question:?}: {} {}", err(&output), out(&output));
        let told = err(&output);
        assert!(told.contains("case, slow, fast"), "{question:?}: {told}");
    }
}

/// A pool is not conditioned: what the record makes of its weights is told instead.
#[test]
fn a_record_says_what_becomes_of_the_weights_of_a_pool() {
    let folder = folder();
    std::fs::write(folder.path().join("actuals.csv"), "variable,year,value,sd\nx,2021,102,1\n").unwrap();
    let output = plancast(folder.path(), &["run", "pool.toml", "--observed", "actuals.csv"]);
    let told = err(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    for part in ["case ", "slow ", "fast ", " % before, ", " % after", "A few years say little"] {
        assert!(told.contains(part), "no {part}: {told}");
    }
}
