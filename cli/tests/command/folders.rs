//! Run folders and other files: what is ours is replaced whole, what is not is never touched, and `verify` can tell.

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::case::{self, CASE, err, plancast};

fn folder() -> TempDir {
    let folder = case::folder();
    std::fs::write(folder.path().join("other.toml"), CASE.replace("2%", "3%")).unwrap();
    folder
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[track_caller]
fn ends(folder: &TempDir, arguments: &[&str], code: i32) -> Output {
    let output = plancast(folder.path(), arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}{}", out(&output), err(&output));
    output
}

const RUN: [&str; 6] = ["run", "case.toml", "--paths", "300", "--charts", "none"];

#[track_caller]
fn run(folder: &TempDir, more: &[&str]) -> Output {
    let usual = if more.contains(&"--charts") { &RUN[..4] } else { &RUN[..] };
    ends(folder, &[usual, more].concat(), 0)
}

fn read(folder: &TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

// ───────────────────────── Whose a folder is ─────────────────────────

/// A web app has a manifest.json too.
#[test]
fn a_folder_whose_manifest_is_not_ours_is_never_touched() {
    let folder = folder();
    std::fs::create_dir_all(folder.path().join("case/src")).unwrap();
    for manifest in ["{}", "{\"schema\": \"web/1\"}", "{\"schema\": \"plancast-manifest/\"}", "", "[1, 2]"] {
        std::fs::write(folder.path().join("case/manifest.json"), manifest).unwrap();
        std::fs::write(folder.path().join("case/src/main.js"), "mine").unwrap();
        let output = ends(&folder, &[&RUN[..], &["--out", "."]].concat(), 3);
        assert!(err(&output).contains("not a run of plancast"), "{}", err(&output));
        assert_eq!(read(&folder, "case/manifest.json"), manifest);
        assert_eq!(read(&folder, "case/src/main.js"), "mine");
    }
}

#[test]
fn what_others_have_put_into_a_run_folder_survives_the_next_run() {
    let folder = folder();
    run(&folder, &["--charts", "svg"]);
    let own = |name: &str| folder.path().join("output/case").join(name);
    std::fs::create_dir_all(own("thesis/figures")).unwrap();
    for (name, text) in
        [("notes.txt", "a"), ("thesis/one.tex", "b"), ("charts/mine.svg", "c"), ("gates.json", "d")]
    {
        std::fs::write(own(name), text).unwrap();
    }
    run(&folder, &["--seed", "2"]);
    assert!(read(&folder, "output/case/manifest.json").contains("\"seed\": 2"));
    for (name, text) in
        [("notes.txt", "a"), ("thesis/one.tex", "b"), ("charts/mine.svg", "c"), ("gates.json", "d")]
    {
        assert_eq!(read(&folder, &format!("output/case/{name}")), text);
    }
    assert!(own("thesis/figures").is_dir());
    assert_eq!(names(&own("charts")), ["mine.svg"], "the run's own figures went with it");
    // A new file of the same name replaces none of theirs.
    ends(
        &folder,
        &["check", "case.toml", "--require", "p(high) >= 1%", "--paths", "300", "--charts", "none"],
        0,
    );
    assert_eq!(read(&folder, "output/case/gates.json.kept-2"), "d");
    assert!(read(&folder, "output/case/gates.json").contains("verdict"));
    assert_eq!(names(&folder.path().join("output")), ["case"]);
}

/// The folder of a version whose manifest named no files.
#[test]
fn a_run_of_an_earlier_version_is_replaced_and_what_it_did_not_write_stays() {
    let folder = folder();
    run(&folder, &[]);
    let manifest = folder.path().join("output/case/manifest.json");
    let mut before: Value = serde_json::from_slice(&std::fs::read(&manifest).unwrap()).unwrap();
    before.as_object_mut().unwrap().remove("files");
    std::fs::write(&manifest, before.to_string()).unwrap();
    std::fs::write(folder.path().join("output/case/notes.txt"), "mine").unwrap();
    let told = ends(&folder, &["verify", "output/case"], 2);
    assert!(err(&told).contains("earlier version"), "{}", err(&told));
    run(&folder, &["--seed", "2"]);
    assert_eq!(read(&folder, "output/case/notes.txt"), "mine");
    ends(&folder, &["verify", "output/case"], 0);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_followed_to_their_place_and_stay() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("disk")).unwrap();
    run(&folder, &["--out", "disk"]);
    std::fs::create_dir(folder.path().join("output")).unwrap();
    std::os::unix::fs::symlink("../disk/case", folder.path().join("output/case")).unwrap();
    std::os::unix::fs::symlink("disk/page.html", folder.path().join("page.html")).unwrap();
    std::fs::write(folder.path().join("disk/page.html"), "old").unwrap();
    run(&folder, &["--seed", "2"]);
    ends(&folder, &["report", "output/case", "--out", "page.html"], 0);
    for link in ["output/case", "page.html"] {
        assert!(folder.path().join(link).is_symlink(), "{link}");
    }
    assert!(read(&folder, "disk/case/manifest.json").contains("\"seed\": 2"));
    assert!(read(&folder, "disk/page.html").contains("</html>"));
}

/// Replacing it by a file would break the machine of whoever is root.
#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let folder = folder();
    run(&folder, &[]);
    ends(&folder, &["report", "output/case", "--out", "/dev/null"], 0);
    ends(
        &folder,
        &["check", "case.toml", "--require", "p(high) >= 1%", "--paths", "300", "--junit", "/dev/null"],
        0,
    );
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

#[cfg(unix)]
#[test]
fn who_may_read_a_file_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    run(&folder, &[]);
    let page = folder.path().join("report.html");
    std::fs::write(&page, "").unwrap();
    std::fs::set_permissions(&page, std::fs::Permissions::from_mode(0o640)).unwrap();
    ends(&folder, &["report", "output/case"], 0);
    assert_eq!(std::fs::metadata(&page).unwrap().permissions().mode() & 0o777, 0o640);
}

// ───────────────────────── One name each ─────────────────────────

#[test]
fn the_figures_of_several_runs_get_a_folder_each() {
    let folder = folder();
    run(&folder, &[]);
    run(&folder, &["--out", "archive", "--seed", "2"]);
    ends(&folder, &["run", "other.toml", "--paths", "300", "--charts", "none"], 0);
    let runs = ["output/case", "output/other", "archive/case"];
    let told = ends(
        &folder,
        &[&["chart", "--figure", "fan", "--out", "both", "--lang", "en"], &runs[..]].concat(),
        0,
    );
    let files: Vec<String> = out(&told).lines().map(str::to_owned).collect();
    assert_eq!(files.len(), 3, "{files:?}");
    assert_eq!(names(&folder.path().join("both")), ["case", "case-2", "other"]);
    let texts: Vec<String> = files.iter().map(|file| read(&folder, file)).collect();
    assert!(
        texts[1].contains("scenario other") && texts[0].contains("seed 1") && texts[2].contains("seed 2")
    );
    // Of a single run the folder is the one that was named.
    ends(&folder, &["chart", "output/case", "--figure", "fan", "--out", "one"], 0);
    assert_eq!(names(&folder.path().join("one")), ["charts"]);
}

#[test]
fn scenarios_that_are_called_the_same_do_not_overwrite_each_other_in_a_comparison() {
    let folder = folder();
    for (name, trend) in [("a", "1%"), ("b", "2%"), ("c", "3%")] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        std::fs::write(folder.path().join(name).join("case.toml"), CASE.replace("2%", trend)).unwrap();
    }
    let compare =
        ["compare", "a/case.toml", "b/case.toml", "c/case.toml", "--paths", "300", "--charts", "none"];
    ends(&folder, &compare, 0);
    let run = folder.path().join("output").join(&names(&folder.path().join("output"))[0]);
    assert_eq!(names(&run.join("alternatives")), ["case-2.toml", "case-3.toml"]);
    let output = ends(&folder, &[&compare[..], &["--export", "{id}.csv"]].concat(), 2);
    assert!(err(&output).contains("called case"), "{}", err(&output));
}

#[test]
fn a_file_that_is_named_twice_runs_once() {
    let folder = folder();
    let output = ends(&folder, &["run", "case.toml", "./case.toml", "--paths", "300", "--charts", "none"], 0);
    assert!(!folder.path().join("output/index.csv").exists(), "{}", err(&output));
    let gate = ["--require", "p(high) >= 1%", "--paths", "300", "--charts", "none"];
    ends(&folder, &[&["check", "case.toml", "case.toml"], &gate[..]].concat(), 0);
}

// ───────────────────────── Names that cannot be ─────────────────────────

#[cfg(unix)]
#[test]
fn a_name_that_no_file_can_have_as_it_was_meant_is_wrong_input() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    run(&folder, &[]);
    std::fs::write(folder.path().join(".hidden.toml"), CASE).unwrap();
    let hidden = ends(&folder, &["run", ".hidden.toml", "--paths", "300"], 2);
    assert!(
        err(&hidden).contains("begins with a point") || err(&hidden).contains(".hidden"),
        "{}",
        err(&hidden)
    );
    std::fs::write(folder.path().join(format!("{}.toml", "x".repeat(220))), CASE).unwrap();
    let long = ends(&folder, &["run", &format!("{}.toml", "x".repeat(220)), "--sweep", "trend=1%,2%"], 2);
    assert!(err(&long).contains("longer than"), "{}", err(&long));
    let mut command = Command::cargo_bin("plancast").unwrap();
    let output =
        command.current_dir(folder.path()).args(RUN).arg("--export").arg(OsStr::from_bytes(b"x\xff.csv"));
    assert_eq!(output.output().unwrap().status.code(), Some(2));
    for line in [
        &["run", "case.toml", "--out", "-"][..],
        &["merge", "output/case", "--out", "-"],
        &["new", "-"],
        &["chart", "output/case", "--out", "-"],
        &[
            "solve",
            "case.toml",
            "--vary",
            "trend",
            "--for",
            "p(high) = 50%",
            "--between",
            "0,0.1",
            "--chart",
            "-",
        ],
    ] {
        ends(&folder, line, 2);
    }
    assert_eq!(names(folder.path()).iter().filter(|name| name.starts_with(['-', 'x'])).count(), 1);
}

#[test]
fn one_figure_goes_to_standard_output() {
    let folder = folder();
    run(&folder, &[]);
    let chart = ["chart", "output/case", "--figure", "fan", "--variable", "x", "--out", "-"];
    let output = ends(&folder, &chart, 0);
    assert!(out(&output).starts_with("<svg") && out(&output).trim_end().ends_with("</svg>"));
    let png = ends(&folder, &[&chart[..], &["--format", "png"]].concat(), 0);
    assert!(png.stdout.starts_with(b"\x89PNG"));
    assert!(!folder.path().join("-").exists());
}

#[test]
fn a_variable_of_the_environment_that_is_not_understood_is_wrong_input() {
    let folder = folder();
    let run = |width: &str| {
        let mut command = Command::cargo_bin("plancast").unwrap();
        command.current_dir(folder.path()).env("PLANCAST_WIDTH", width).args(RUN).output().unwrap()
    };
    let wrong = run("foo");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("PLANCAST_WIDTH") && err(&wrong).contains("avx2"), "{}", err(&wrong));
    assert_eq!((run("least").status.code(), run("").status.code()), (Some(0), Some(0)));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_the_system_makes_up_is_not_read() {
    let folder = folder();
    for file in ["/proc/self/environ", "/proc/kmsg", "/sys/kernel/notes", "/dev/zero"] {
        let extends = CASE.replace("[time]", &format!("[scenario]\nextends = '{file}'\n[time]"));
        std::fs::write(folder.path().join("reads.toml"), extends).unwrap();
        ends(&folder, &["validate", "reads.toml"], 2);
        ends(&folder, &["validate", file], 2);
    }
}

// ───────────────────────── verify ─────────────────────────

/// Every file of a folder and those in it, from there on.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn a_run_is_whole_and_unchanged_until_any_file_of_it_is_changed_or_gone() {
    let folder = folder();
    run(&folder, &["--charts", "both", "--export", "paths.csv"]);
    let output = ends(&folder, &["verify", "output/case"], 0);
    assert!(out(&output).contains("output/case: whole and unchanged"), "{}", out(&output));
    let mut all = files(&folder.path().join("output/case"));
    all.push(folder.path().join("paths.csv"));
    assert!(all.len() >= 10, "{all:?}");
    for file in all {
        let bytes = std::fs::read(&file).unwrap();
        let mut changed = bytes.clone();
        // Of the manifest a digit of the seed, which its reader would take for true.
        let place = if file.ends_with("manifest.json") {
            String::from_utf8(bytes.clone()).unwrap().find("\"seed\": 1").unwrap() + 8
        } else {
            bytes.len() / 2
        };
        changed[place] ^= 2;
        std::fs::write(&file, &changed).unwrap();
        let output = ends(&folder, &["verify", "output/case"], 1);
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(out(&output).contains(name) && out(&output).contains("changed"), "{}", out(&output));
        if !file.ends_with("manifest.json") {
            std::fs::remove_file(&file).unwrap();
            let output = ends(&folder, &["verify", "output/case"], 1);
            assert!(out(&output).contains(name) && out(&output).contains("missing"), "{}", out(&output));
        }
        std::fs::write(&file, bytes).unwrap();
    }
    ends(&folder, &["verify", "output/case"], 0);
}

/// The manifest names SHA-256 as another program finds it.
#[test]
fn the_manifest_names_every_file_with_its_sha_256() {
    let folder = folder();
    run(&folder, &["--charts", "svg", "--export", "deep/{id}.csv.gz"]);
    let manifest: Value = serde_json::from_str(&read(&folder, "output/case/manifest.json")).unwrap();
    let sha256 = |path: &Path| crate::reading::sha256(&std::fs::read(path).unwrap());
    let run = folder.path().join("output/case");
    let mut named: Vec<PathBuf> = Vec::new();
    for (name, found) in manifest["files"].as_object().unwrap() {
        assert_eq!(found.as_str().unwrap(), sha256(&run.join(name)), "{name}");
        named.push(run.join(name));
    }
    named.push(run.join("manifest.json"));
    named.sort();
    let mut all = files(&run);
    all.sort();
    assert_eq!(named, all);
    let export = &manifest["exports"][0];
    assert_eq!(export["file"], "../../deep/case.csv.gz");
    assert_eq!(export["sha256"].as_str().unwrap(), sha256(&folder.path().join("deep/case.csv.gz")));
}

#[test]
fn an_export_of_another_run_is_told_and_one_in_the_run_folder_stays_with_it() {
    let folder = folder();
    run(&folder, &["--export", "paths.csv"]);
    run(&folder, &["--out", "elsewhere", "--seed", "2", "--export", "paths.csv"]);
    let output = ends(&folder, &["verify", "output/case", "elsewhere/case"], 1);
    assert!(
        out(&output).contains("../../paths.csv") && out(&output).contains("of another run"),
        "{}",
        out(&output)
    );
    assert!(out(&output).contains("elsewhere/case: whole and unchanged"), "{}", out(&output));
    run(&folder, &["--export", "output/case/paths.csv"]);
    assert!(read(&folder, "output/case/paths.csv").starts_with("path,"));
    ends(&folder, &["verify", "output/case"], 0);
}

#[test]
fn figures_and_pages_that_are_drawn_into_a_run_folder_become_part_of_the_run() {
    let folder = folder();
    run(&folder, &[]);
    ends(&folder, &["chart", "output/case", "--figure", "all"], 0);
    ends(&folder, &["report", "output/case", "--out", "output/case/page.html"], 0);
    let told = ends(&folder, &["verify", "output/case"], 0);
    assert!(!out(&told).contains("not of the run"), "{}", out(&told));
    run(&folder, &["--seed", "2"]);
    assert!(!folder.path().join("output/case/charts").exists(), "figures of the run before are gone with it");
    assert!(!folder.path().join("output/case/page.html").exists());
}

#[test]
fn verify_speaks_both_languages_and_json_and_says_what_is_no_run() {
    let folder = folder();
    run(&folder, &["--shard", "1/2"]);
    ends(&folder, &["compare", "case.toml", "other.toml", "--paths", "300", "--charts", "none"], 0);
    run(&folder, &[]);
    std::fs::write(folder.path().join("output/case/notes.txt"), "mine").unwrap();
    let all = ["output/case", "output/case.part-1-of-2", "output/compare-case-other"];
    let verify = |more: &[&str], code| ends(&folder, &[&["verify"], &all[..], more].concat(), code);
    assert!(out(&verify(&["--lang", "zh"], 0)).contains("output/case：完整，未被改动"));
    assert!(out(&verify(&["--lang", "en"], 0)).contains("notes.txt  not of the run"));
    assert_eq!(out(&verify(&["--quiet"], 0)), "");
    let json: Value = serde_json::from_slice(&verify(&["--json"], 0).stdout).unwrap();
    assert_eq!(json["schema"], "plancast-verify/1");
    assert_eq!((&json["unchanged"], json["runs"].as_array().unwrap().len()), (&Value::Bool(true), 3));
    assert_eq!(json["runs"][0]["others"][0], "notes.txt");
    std::fs::remove_file(folder.path().join("output/case/bands.csv")).unwrap();
    let json: Value = serde_json::from_slice(&verify(&["--json"], 1).stdout).unwrap();
    assert_eq!(
        json["runs"][0]["differences"][0],
        serde_json::json!({ "file": "bands.csv", "is": "missing" })
    );
    assert!(out(&verify(&["--lang", "zh"], 1)).contains("bands.csv  缺失"));
    for no_run in ["output", "nowhere", "case.toml"] {
        let output = ends(&folder, &["verify", no_run], 2);
        assert!(err(&output).contains("no folder of a run"), "{}", err(&output));
    }
}

// ───────────────────────── Parts ─────────────────────────

#[test]
fn a_part_whose_manifest_or_files_do_not_agree_is_not_merged() {
    let folder = folder();
    for shard in ["1/2", "2/2"] {
        ends(&folder, &["run", "case.toml", "--paths", "1000", "--shard", shard], 0);
    }
    let merge = ["merge", "output/case.part-1-of-2", "output/case.part-2-of-2", "--charts", "none"];
    ends(&folder, &merge, 0);
    let (one, two) = ("output/case.part-1-of-2/manifest.json", "output/case.part-2-of-2/manifest.json");
    let (first, second) = (read(&folder, one), read(&folder, two));
    for (manifest, words) in [
        (second.as_str(), "blocks differs"),
        (&first.replace("\"seed\": 1", "\"seed\": 9"), "part_of differs"),
        ("{}", "differs"),
        ("no json", "no JSON"),
    ] {
        std::fs::write(folder.path().join(one), manifest).unwrap();
        let output = ends(&folder, &merge, 2);
        assert!(err(&output).contains(words), "{}", err(&output));
    }
    std::fs::remove_file(folder.path().join(one)).unwrap();
    assert!(err(&ends(&folder, &merge, 2)).contains("manifest.json"));
    std::fs::write(folder.path().join(one), first).unwrap();
    ends(&folder, &merge, 0);
}

/// Who changes counts can make every checksum anew.
#[test]
fn a_part_with_counts_that_contradict_each_other_is_not_merged_though_all_its_checksums_are_right() {
    use plancast::result::{RunPart, manifest};
    type Forgery = fn(&mut RunPart);
    let folder = folder();
    for shard in ["1/2", "2/2"] {
        ends(&folder, &["run", "case.toml", "--paths", "1000", "--shard", shard], 0);
    }
    let place = folder.path().join("output/case.part-1-of-2");
    let honest = std::fs::read(place.join("part.bin")).unwrap();
    let forgeries: [Forgery; 4] = [
        |part| part.ensemble.odds.met[0] += 100_000,
        |part| part.ensemble.series[1].finite += 1,
        |part| part.ensemble.paths -= 1,
        |part| drop(part.ensemble.series.pop()),
    ];
    for forge in forgeries {
        let mut part = RunPart::from_bytes(&honest).unwrap();
        forge(&mut part);
        let bytes = part.to_bytes().unwrap();
        std::fs::write(place.join("part.bin"), &bytes).unwrap();
        let text = std::fs::read(place.join("manifest.json")).unwrap();
        let found: Value = serde_json::from_slice(&text).unwrap();
        let mut files = plancast::result::folder::files_of(&found).unwrap();
        files.insert("part.bin".to_owned(), manifest::sha256(&bytes));
        std::fs::write(place.join("manifest.json"), manifest::sealed(&found, &files, &[]).unwrap()).unwrap();
        ends(&folder, &["verify", "output/case.part-1-of-2"], 0);
        let output = ends(&folder, &["merge", "output/case.part-1-of-2", "output/case.part-2-of-2"], 2);
        let said = err(&output);
        assert!(
            said.contains("do not agree") || said.contains("other series") || said.contains("does not give"),
            "{said}"
        );
    }
    assert!(!folder.path().join("output/case").exists());
}
