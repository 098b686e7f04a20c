//! The page of a run folder, and `plancast open`.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::case::{self, CASE, err, plancast};
use crate::reading::sha256;

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[track_caller]
fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = plancast(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", err(&output));
    out(&output)
}

fn page(folder: &Path, run: &str) -> String {
    fs::read_to_string(folder.join(run).join("index.html")).unwrap()
}

#[test]
fn a_run_writes_its_page_with_the_figures_of_the_headlines_alone() {
    let folder = TempDir::new().unwrap();
    let run = ["run", "two-sector-town", "--paths", "300", "--quiet", "--lang", "en"];
    done(folder.path(), &run);
    let html = page(folder.path(), "output/two-sector-town");
    assert!(
        html.contains("5 % a year to 2025") && html.contains("plancast report RUN"),
        "goals and the way on"
    );
    let figures: Vec<&str> =
        html.split("data-name=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(figures, ["gdp", "mining_share"]);
    assert!(!folder.path().join("output/two-sector-town/charts").exists());
    // The manifest has the hash of these bytes, and other threads give the same.
    let manifest = fs::read_to_string(folder.path().join("output/two-sector-town/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    let hash = sha256(html.as_bytes());
    assert_eq!(manifest["files"]["index.html"], hash.as_str());
    done(folder.path(), &[&run[..], &["--threads", "1", "--out", "again"]].concat());
    assert!(page(folder.path(), "again/two-sector-town") == html, "the page has other bytes");
    done(folder.path(), &["verify", "output/two-sector-town"]);
}

#[test]
fn every_command_that_writes_a_run_folder_writes_its_page() {
    let folder = case::folder();
    let at = folder.path();
    fs::write(at.join("other.toml"), CASE.replace("2%", "3%")).unwrap();
    done(at, &["check", "case.toml", "--require", "p(high) >= 1%", "--paths", "300", "--quiet"]);
    assert!(page(at, "output/case").contains("<svg"));
    for shard in ["1/2", "2/2"] {
        done(at, &["run", "case.toml", "--paths", "1000", "--shard", shard, "--quiet"]);
    }
    assert!(!at.join("output/case.part-1-of-2/index.html").exists(), "a shard alone has no results");
    done(at, &["merge", "output/case.part-1-of-2", "output/case.part-2-of-2", "--out", "merged", "--quiet"]);
    assert!(page(at, "merged/case").contains("<svg"));
    done(at, &["compare", "case.toml", "other.toml", "--paths", "300", "--quiet", "--lang", "zh"]);
    let compared = page(at, "output/compare-case-other");
    assert!(compared.contains("与基准情景逐路径之差") || compared.contains("id=\"compared\""), "{compared}");
    assert!(compared.contains("plancast report RUN") && compared.contains("lang=\"zh-CN\""));
    done(at, &["verify", "output/case", "merged/case", "output/compare-case-other"]);
}

#[test]
fn open_says_where_the_page_is_where_there_is_no_display_or_that_is_asked_for() {
    let folder = case::folder();
    let run = ["run", "case.toml", "--paths", "300", "--quiet"];
    done(folder.path(), &run);
    for arguments in [&["open", "output/case"][..], &["open", "output/case", "--print"]] {
        let mut command = Command::cargo_bin("plancast").unwrap();
        command.current_dir(folder.path()).args(arguments);
        for display in ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"] {
            command.env_remove(display);
        }
        let output = command.output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{}", err(&output));
        assert_eq!(Path::new(out(&output).trim()), Path::new("output/case/index.html"));
    }
}

#[test]
fn open_refuses_what_is_no_run_or_has_no_page_and_says_what_to_do() {
    let folder = case::folder();
    done(folder.path(), &["run", "case.toml", "--paths", "300", "--quiet"]);
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/index.html"), "mine").unwrap();
    let refused = plancast(folder.path(), &["open", "mine", "--lang", "en"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("mine is no run folder of plancast"), "{}", err(&refused));
    let place = folder.path().join("output/case/index.html");
    let written = fs::read_to_string(&place).unwrap();
    fs::write(&place, written + "<!-- more -->").unwrap();
    let changed = plancast(folder.path(), &["open", "output/case", "--print", "--lang", "en"]);
    assert!(changed.status.success() && err(&changed).contains("index.html"), "{}", err(&changed));
    fs::remove_file(&place).unwrap();
    let gone = plancast(folder.path(), &["open", "output/case", "--lang", "zh"]);
    assert_eq!(gone.status.code(), Some(2));
    assert!(err(&gone).contains("plancast report output/case --out"), "{}", err(&gone));
}

/// A stand-in for the desktop's launcher notes what it is asked to open.
#[cfg(target_os = "linux")]
#[test]
fn the_page_is_opened_by_the_launcher_of_the_desktop() {
    use std::os::unix::fs::PermissionsExt;
    let folder = case::folder();
    let launcher = folder.path().join("bin/xdg-open");
    fs::create_dir(folder.path().join("bin")).unwrap();
    fs::write(&launcher, "#!/bin/sh\nprintf '%s\\n' \"$1\" >>\"$NOTED\"\n").unwrap();
    fs::set_permissions(&launcher, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().join("bin").display(), std::env::var("PATH").unwrap());
    let noted = folder.path().join("noted");
    let opening = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("plancast").unwrap();
        command.current_dir(folder.path()).env("PATH", &path).env("DISPLAY", ":9").env("NOTED", &noted);
        let output = command.args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", err(&output));
        let found = fs::read_to_string(&noted).unwrap_or_default();
        let _ = fs::remove_file(&noted);
        found
    };
    let common = ["case.toml", "--paths", "300", "--quiet"];
    let whole = |run: &str| {
        format!("{}\n", folder.path().canonicalize().unwrap().join(run).join("index.html").display())
    };
    let absolute = |found: String| {
        format!(
            "{}\n",
            Path::new(found.trim()).canonicalize().unwrap_or_else(|_| panic!("{found}")).display()
        )
    };
    assert_eq!(opening(&[&["run"], &common[..]].concat()), "", "nothing is opened unasked");
    assert_eq!(absolute(opening(&[&["run"], &common[..], &["--open"]].concat())), whole("output/case"));
    assert_eq!(absolute(opening(&["open", "output/case"])), whole("output/case"));
    assert_eq!(opening(&["open", "output/case", "--print"]), "");
}
