//! Kills at random moments of every command that writes: each file is that of before or that of after, a run folder is
//! whole, and the next command clears away what was left.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use plancast::result::verify::{FileState, verify};
use tempfile::TempDir;

const CASE: &str = "
[time]
start = 2020
end = 2025
[parameters]
trend = { value = 'normal(2%, 1%)', lever = { min = -0.1, max = 0.2 } }
pace = { value = 'uniform(0, 1%)', lever = { min = 0, max = 0.1 } }
[variables]
x = { start = '100', formula = 'prev(x) * (1 + trend + pace)', report = true }
[targets]
high = 'x@2025 >= 110'
[decompositions.x.effects]
size = 'x / 2'
two = 'x / (x / 2)'
[gates]
likely = 'p(high) >= 1%'
";

/// Growth with a record of ten years, for what learns from one.
const TOWN: &str = "
[time]
start = 2020
end = 2024
[parameters]
trend = 'normal(6, 10)'
persistence = 'uniform(0, 0.95)'
volatility = 'uniform(0, 20)'
[shocks]
news = 'normal(0, 1)'
[variables]
growth = { start = '5.2', formula = 'trend + persistence * (prev(growth) - trend) + volatility * news', report = true }
[history.growth]
file = 'record.csv'
year = 'year'
value = 'growth'
[fit.cycle]
of = 'growth'
over = [2011, 2020]
method = 'ar1'
draws = 400
free = { mean = 'trend', coefficient = 'persistence', sd = 'volatility' }
";

const RECORD: &str = "year,growth
2011,7.7\n2012,6.9\n2013,5.5\n2014,4.8\n2015,6.2\n2016,7.1\n2017,6.4\n2018,5.9\n2019,6.8\n2020,5.2
";

/// What the commands read, which they leave as it is.
const GIVEN: [&str; 5] = ["case.toml", "other.toml", "town.toml", "record.csv", "actuals.csv"];

/// A command that writes: before, with seed 1 or its like, and again with seed 2, over the first.
struct Case {
    name: &'static str,
    /// What is there before, besides the scenarios.
    setup: &'static [&'static str],
    /// The command; `SEED` stands for 1 the first time and 2 the second.
    line: &'static str,
}

const CASES: [Case; 18] = [
    Case {
        name: "run with charts and an export",
        setup: &[],
        line: "run case.toml --paths 300 --charts both --export paths.csv.gz --seed SEED",
    },
    Case {
        name: "run given",
        setup: &[],
        line: "run case.toml --paths 600 --charts svg --given x@2025>=100 --seed SEED",
    },
    Case {
        name: "several runs with an index",
        setup: &[],
        line: "run case.toml other.toml --paths 300 --charts none --export {id}.csv --seed SEED",
    },
    Case { name: "shard", setup: &[], line: "run case.toml --paths 3000 --shard 1/2 --seed SEED" },
    Case {
        name: "merge",
        setup: &[
            "run case.toml --paths 600 --shard 1/2 --seed SEED",
            "run case.toml --paths 600 --shard 2/2 --seed SEED",
        ],
        line: "merge output/case.part-1-of-2 output/case.part-2-of-2",
    },
    Case { name: "compare", setup: &[], line: "compare case.toml other.toml --paths 300 --seed SEED" },
    Case {
        name: "check",
        setup: &[],
        line: "check case.toml --paths 300 --charts none --junit gates.xml --markdown gates.md --seed SEED",
    },
    Case {
        name: "chart into the run folder",
        setup: &["run case.toml --paths 300 --charts none --seed SEED"],
        line: "chart output/case --figure all --format both",
    },
    Case {
        name: "chart of two runs elsewhere",
        setup: &["run case.toml other.toml --paths 300 --charts none --seed SEED"],
        line: "chart output/case output/other --figure fan --out pictures",
    },
    Case {
        name: "report",
        setup: &["run case.toml --paths 300 --charts none --seed SEED"],
        line: "report output/case",
    },
    Case {
        name: "decompose",
        setup: &[],
        line: "decompose case.toml x --from 2020 --to 2025 --paths 300 --chart why.svg --seed SEED",
    },
    Case { name: "fit", setup: &[], line: "fit town.toml --out fitted.toml --chart fit.svg --seed SEED" },
    Case {
        name: "score",
        setup: &["run town.toml --paths 300 --charts none --seed SEED"],
        line: "score output/town --actuals actuals.csv --chart score.svg",
    },
    Case {
        name: "backtest",
        setup: &[],
        line: "backtest town.toml --origins 2018..2019 --horizon 1 --paths 300 --chart pit.svg --seed SEED",
    },
    Case {
        name: "solve",
        setup: &[],
        line: "solve case.toml --vary trend,pace --for mean(x@2025)=110 --paths 300 --chart frontier.svg --seed SEED",
    },
    Case {
        name: "discover",
        setup: &[],
        line: "discover case.toml --target high --paths 300 --chart box.svg --seed SEED",
    },
    Case { name: "new", setup: &[], line: "new mine-SEED --from savings" },
    Case {
        name: "checkpoints",
        setup: &[],
        line: "run case.toml --paths 200000 --charts none --checkpoint 0.00001 --seed SEED",
    },
];

fn command(folder: &Path, line: &str, seed: u32) -> Command {
    let mut command = Command::new(cargo_bin("plancast"));
    let line = line.replace("SEED", &seed.to_string());
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").args(line.split(' '));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn does(folder: &Path, line: &str, seed: u32) {
    let output = command(folder, line, seed).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{line}: {}", String::from_utf8_lossy(&output.stderr));
}

/// All files of a folder by their paths from there on, but what is given.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else if folder != root || !GIVEN.iter().any(|given| path.ends_with(given)) {
                found.insert(path.strip_prefix(root).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

/// What is given, and what the case needs.
fn prepared(case: &Case, seed: u32) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), CASE).unwrap();
    std::fs::write(folder.path().join("other.toml"), CASE.replace("2%, 1%", "3%, 1%")).unwrap();
    std::fs::write(folder.path().join("town.toml"), TOWN).unwrap();
    std::fs::write(folder.path().join("record.csv"), RECORD).unwrap();
    std::fs::write(folder.path().join("actuals.csv"), "variable,year,value\ngrowth,2021,7.3\n").unwrap();
    case.setup.iter().for_each(|line| does(folder.path(), line, seed));
    folder
}

fn write(folder: &Path, files: &BTreeMap<PathBuf, Vec<u8>>) {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// Whether a file lies in what is temporary, or is a lock or a checkpoint.
fn is_hidden(name: &Path) -> bool {
    name.iter().any(|part| part.to_str().is_some_and(|part| part.starts_with('.')))
}

/// A report without how long it took.
fn untimed(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut pieces = text.split(" time=\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('"').map_or(piece, |(_, rest)| rest))
}

/// What is there after a kill is what was there before, or what comes after.
fn holds(
    case: &Case,
    folder: &Path,
    before: &BTreeMap<PathBuf, Vec<u8>>,
    after: &BTreeMap<PathBuf, Vec<u8>>,
) {
    let found = files(folder);
    for name in before.keys() {
        assert!(
            found.contains_key(name) || !after.contains_key(name),
            "{}: {} is gone",
            case.name,
            name.display()
        );
    }
    for (name, bytes) in found.iter().filter(|(name, _)| !is_hidden(name)) {
        if name.ends_with("gates.xml") {
            let whole = |known: &BTreeMap<PathBuf, Vec<u8>>| {
                known.get(name).is_some_and(|known| untimed(known) == untimed(bytes))
            };
            assert!(whole(before) || whole(after), "{}: {} is torn", case.name, name.display());
            continue;
        }
        if name.ends_with("manifest.json") {
            let run = verify(&folder.join(name.parent().unwrap())).unwrap();
            // What lies elsewhere, and figures that are drawn later, may be ahead of the manifest: that is what is told.
            let torn = run.differences.iter().find(|difference| {
                let ahead = case.name.starts_with("chart") && difference.file.starts_with("charts/");
                difference.is != FileState::OfAnother && !ahead
            });
            assert_eq!(torn, None, "{}: {run:?}", case.name);
            continue;
        }
        let whole = [before, after].iter().any(|known| known.get(name) == Some(bytes));
        assert!(whole, "{}: {} with {} bytes is torn", case.name, name.display(), bytes.len());
    }
}

/// Numbers that look random: a step of `SplitMix64`.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[allow(clippy::disallowed_methods, reason = "how long a command takes says when it can be killed")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

#[test]
fn kills_at_random_moments_of_every_command_that_writes_leave_every_file_whole() {
    let kills = if std::env::var_os("PLANCAST_LONG").is_some() { 300_usize.div_ceil(CASES.len()) } else { 2 };
    let mut state = 15;
    for case in &CASES {
        // What the command of seed 2 needs is there in both; what it writes is that of seed 1.
        let again = prepared(case, 2);
        let needed = files(again.path());
        let first = prepared(case, 1);
        does(first.path(), case.line, 1);
        let mut before = files(first.path());
        before.extend(needed.clone());
        write(again.path(), &before);
        let clock = now();
        does(again.path(), case.line, 2);
        let takes = u64::try_from(clock.elapsed().as_micros()).unwrap();
        let after = files(again.path());
        let mut moments: BTreeMap<&str, u32> = BTreeMap::new();
        for _ in 0..kills {
            let folder = prepared_as(&again, &before);
            let mut child = command(folder.path(), case.line, 2).spawn().unwrap();
            // Most of what is written is written at the end.
            let late = takes / 2 + random(&mut state) % (takes * 2 / 3);
            std::thread::sleep(Duration::from_micros(late));
            let _ = child.kill();
            let ended = child.wait().unwrap().success();
            *moments.entry(moment(ended, &files(folder.path()), &before)).or_default() += 1;
            holds(case, folder.path(), &before, &after);
            if case.name == "new" && folder.path().join("mine-2/savings.toml").exists() {
                // What is there it does not write again.
                continue;
            }
            does(folder.path(), case.line, 2);
            let left: Vec<PathBuf> =
                files(folder.path()).into_keys().filter(|name| is_hidden(name)).collect();
            assert!(left.is_empty(), "{}: {left:?}", case.name);
        }
        eprintln!("{}: {moments:?}", case.name);
    }
}

/// When a kill came: before anything was written, while it was, with all in its place, or when the command had ended.
fn moment(
    ended: bool,
    found: &BTreeMap<PathBuf, Vec<u8>>,
    before: &BTreeMap<PathBuf, Vec<u8>>,
) -> &'static str {
    if ended {
        "ended"
    } else if found == before {
        "before"
    } else if found.keys().any(|name| is_hidden(name)) {
        "while writing"
    } else {
        "written"
    }
}

/// A folder with what is given in another one, and these files.
fn prepared_as(like: &TempDir, before: &BTreeMap<PathBuf, Vec<u8>>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in GIVEN {
        std::fs::copy(like.path().join(name), folder.path().join(name)).unwrap();
    }
    write(folder.path(), before);
    folder
}
