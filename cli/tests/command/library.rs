//! The library gives what the command writes, byte for byte.

use plancast::result::json;
use plancast::study::{Shard, Watch, merge};
use plancast::{Options, Study};

use crate::case::{CASE, folder, plancast as run};

fn options() -> Options {
    Options::default().paths(3_000).seed(5)
}

/// The text of a file that the command wrote.
fn written(folder: &std::path::Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn a_run_of_the_library_has_the_bytes_of_the_commands_summary() {
    let folder = folder();
    let of_command = ["run", "case.toml", "--paths", "3000", "--seed", "5", "--charts", "none"];
    assert!(run(folder.path(), &of_command).status.success());
    let study = Study::open(&folder.path().join("case.toml").display().to_string()).unwrap();
    let found = study.run(&options()).unwrap();
    assert_eq!(json::write(&found.summary).unwrap(), written(folder.path(), "output/case/summary.json"));
    let distributions = json::write(&found.distributions).unwrap();
    assert_eq!(distributions, written(folder.path(), "output/case/distributions.json"));
}

#[test]
fn a_change_of_the_library_is_that_of_set() {
    let folder = folder();
    let of_command =
        ["run", "case.toml", "--paths", "3000", "--seed", "5", "--charts", "none", "--set", "trend=1%"];
    assert!(run(folder.path(), &of_command).status.success());
    let study = Study::open(&folder.path().join("case.toml").display().to_string()).unwrap();
    let found = study.set("trend", "1%").unwrap().run(&options()).unwrap();
    assert_eq!(json::write(&found.summary).unwrap(), written(folder.path(), "output/case/summary.json"));
}

#[test]
fn parts_in_stretches_merge_to_the_whole() {
    let study = Study::from_text("case", CASE).unwrap();
    let whole = study.run(&options()).unwrap();
    let prepared = study.prepare(&options()).unwrap();
    let mut parts = Vec::new();
    for number in [2, 1, 3] {
        let mut counting = prepared.counting(Some(Shard { number, of: 3 })).unwrap();
        while counting.left() > 0 {
            counting.advance(1, Watch::default()).unwrap();
        }
        parts.push((number.to_string(), counting.part().clone()));
    }
    let scenario = prepared.sources(3_000).scenario;
    let loaded = plancast::scenario::load::from_text("scenario.toml", &scenario);
    let (merged, _) = merge(parts, loaded).unwrap();
    assert_eq!(json::write(&merged.summary).unwrap(), json::write(&whole.summary).unwrap());
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_the_remedy() {
    let wrong = CASE.replace("[targets]", "[targets]\nnever = { require = \"cape@2021 > 1\" }");
    let error = Study::from_text("mine.toml", &wrong).unwrap_err().to_string();
    assert!(error.starts_with("mine.toml:") && error.contains("cape"), "{error}");
    let study = Study::from_text("case", CASE).unwrap();
    let unknown = study.run(&options()).unwrap().probability("nothing").unwrap_err().to_string();
    assert!(unknown.contains("no target \"nothing\""), "{unknown}");
    assert!(study.set("nothing", "1").is_err());
}
