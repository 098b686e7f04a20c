//! What README.md says is true.

use std::path::Path;

use assert_cmd::Command;

const README: &str = include_str!("../../../README.md");

/// The fenced blocks of the text: their language and content.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let parts: Vec<&str> = README.split("```").collect();
    parts.iter().skip(1).step_by(2).map(|block| block.split_once('\n').unwrap()).collect()
}

#[test]
fn the_first_two_commands_run_the_plan_and_the_tests() {
    let blocks = blocks();
    assert_eq!(blocks[0], ("sh", "cargo run --release -- run plan\n"));
    assert_eq!(blocks[1], ("sh", "cargo test\n"));
}

#[test]
fn the_example_is_valid_and_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (language, text) = blocks()[2];
    assert_eq!(language, "toml");
    std::fs::write(folder.path().join("town.toml"), text).unwrap();
    for arguments in [
        &["validate", "town.toml"][..],
        &["run", "town.toml", "--paths", "500"],
        &["run", "town.toml", "--paths", "500", "--set", "trend=normal(6%, 1%)"],
        &["explain", "town.toml", "gdp"],
        &["explain", "town.toml", "--path", "17"],
        &["new", "mine", "--from", "plan"],
        &["report", "output/town"],
    ] {
        let mut command = Command::cargo_bin("plancast").unwrap();
        command.current_dir(folder.path()).args(arguments).assert().success();
    }
}

#[test]
fn every_file_it_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let links = README.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
    for link in links.filter(|link| !link.starts_with("http")) {
        let (file, heading) = link.split_once('#').unwrap_or((link, ""));
        assert!(root.join(file).is_file(), "README.md names {link}");
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let headings = text.lines().filter(|line| line.starts_with('#'));
        let mut anchors = headings.map(|line| line.trim_matches(['#', ' ']).to_lowercase().replace(' ', "-"));
        assert!(heading.is_empty() || anchors.any(|anchor| anchor == heading), "README.md names {link}");
    }
}

#[test]
fn the_rust_it_asks_for_is_the_one_that_the_manifest_states() {
    let manifest = include_str!("../../../Cargo.toml");
    let stated = manifest.split("rust-version = \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(README.contains(&format!("(https://rustup.rs) {stated} or later")), "{stated}");
}
