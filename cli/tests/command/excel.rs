//! `--csv excel`: tables that Excel reads as UTF-8.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::case::{err, plancast};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// All CSV files in a folder, with what is below it.
fn tables(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(tables(&entry.path()));
        } else if entry.path().extension().is_some_and(|ending| ending == "csv") {
            found.push((entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()));
        }
    }
    found.sort();
    found
}

fn written(arguments: &[&str]) -> (TempDir, Vec<(String, Vec<u8>)>) {
    let folder = TempDir::new().unwrap();
    let run = plancast(folder.path(), arguments);
    assert!(run.status.success(), "{}", err(&run));
    let found = tables(folder.path());
    (folder, found)
}

#[test]
fn every_table_begins_with_the_mark_and_is_else_the_same() {
    let commands: [&[&str]; 4] = [
        &["run", "two-sector-town", "--paths", "300", "--charts", "none", "--export", "paths.csv"],
        &["run", "two-sector-town", "--paths", "300", "--charts", "none", "--sweep", "trend[mining]=1%,2%"],
        &["compare", "two-sector-town", "savings", "--paths", "300", "--charts", "none"],
        &[
            "check",
            "two-sector-town",
            "--paths",
            "300",
            "--charts",
            "none",
            "--require",
            "p(growth_5) >= 10%",
        ],
    ];
    for command in commands {
        let (_plain_folder, plain) = written(command);
        let (folder, marked) = written(&[command, &["--csv", "excel"]].concat());
        assert!(plain.len() > 2 && plain.len() == marked.len(), "{command:?}");
        for ((name, plain), (_, marked)) in plain.iter().zip(&marked) {
            assert_eq!(marked.strip_prefix(MARK), Some(plain.as_slice()), "{name} of {command:?}");
        }
        for run in fs::read_dir(folder.path().join("output")).unwrap().map(Result::unwrap) {
            if run.path().is_dir() {
                let name = format!("output/{}", run.file_name().to_str().unwrap());
                let verified = plancast(folder.path(), &["verify", &name]);
                assert!(verified.status.success(), "{}", err(&verified));
            }
        }
    }
}

#[test]
fn a_marked_index_is_known_as_the_program_s_own() {
    let folder = TempDir::new().unwrap();
    for _ in 0..2 {
        let sweep =
            ["run", "two-sector-town", "--paths", "300", "--charts", "none", "--csv=excel", "--quiet"];
        let run = plancast(folder.path(), &[&sweep[..], &["--sweep", "trend[mining]=1%,2%"]].concat());
        assert!(run.status.success(), "{}", err(&run));
    }
    let kept = fs::read_dir(folder.path().join("output")).unwrap().map(Result::unwrap);
    let names: Vec<String> = kept.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.contains("kept")), "{names:?}");
}
