//! The lines of `docs/r.md` run in R, where it is installed.

use std::path::Path;
use std::process::Command;

/// What stands between a fence and the next, of the first fence that begins so after `heading`.
fn fenced<'a>(text: &'a str, heading: &str, fence: &str) -> &'a str {
    let section = text.split(heading).nth(1).unwrap();
    section.split(&format!("```{fence}\n")).nth(1).and_then(|rest| rest.split("```").next()).unwrap()
}

#[test]
fn the_lines_for_r_run_and_read_what_was_written() {
    if Command::new("Rscript").arg("--version").output().is_err() {
        eprintln!("R is not installed: its lines are not run");
        return;
    }
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let [lines, recipes] =
        ["r.md", "recipes.md"].map(|name| std::fs::read_to_string(docs.join(name)).unwrap());
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("debt.toml"), fenced(&recipes, "## Debt sustainability", "toml"))
        .unwrap();
    std::fs::write(folder.path().join("lines.R"), fenced(&lines, "# From R", "r")).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_plancast"));
    let places = std::env::var_os("PATH").unwrap_or_default();
    let places = std::iter::once(program.parent().unwrap().to_owned()).chain(std::env::split_paths(&places));
    let output = Command::new("Rscript")
        .arg("lines.R")
        .current_dir(folder.path())
        .env("PATH", std::env::join_paths(places).unwrap())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("stable") && told.contains("below"), "{told}");
    assert!(folder.path().join("debt.svg").exists());
}
