//! What a command writes is never what it reads, never twice the same file, and never a file that someone else made.

use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::case::{err, out, plancast};

const BASE: &str = "
[time]
start = 2020
end = 2025
[parameters]
trend = 'normal(2%, 1%)'
other = 'normal(2%, 1%)'
[variables]
x = { start = '100', formula = 'prev(x) * (1 + trend + other - 2%)', report = true }
[targets]
high = 'x@2025 >= 110'
[gates]
likely = 'p(high) >= 1%'
";

const PLAN: &str = "
[scenario]
extends = 'base.toml'
[history.x]
file = 'h.csv'
value = 'x'
";

/// A scenario that extends another and has a file of data, with a run, observations and what happened.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("base.toml", BASE),
        ("plan.toml", PLAN),
        ("h.csv", "year,x\n2019,98\n2020,100\n"),
        ("seen.csv", "variable,year,value,sd\nx,2021,102,1\n"),
        ("actual.csv", "variable,year,value\nx,2021,102\n"),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    ends(&folder, &["run", "plan.toml", "--paths", "2000", "--charts", "svg", "--quiet"], 0);
    folder
}

#[track_caller]
fn ends(folder: &TempDir, arguments: &[&str], code: i32) -> Output {
    let output = plancast(folder.path(), arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}{}", out(&output), err(&output));
    output
}

/// All files below a folder with what they hold.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

/// Every command that writes a file, told to write it over each file that it reads.
#[test]
fn no_output_replaces_a_file_that_the_command_reads() {
    let folder = folder();
    fs::hard_link(folder.path().join("h.csv"), folder.path().join("hard.csv")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("h.csv", folder.path().join("soft.csv")).unwrap();
    let before = files(folder.path());
    let check = ["check", "plan.toml", "--paths", "300", "--charts", "none"];
    let run = ["run", "plan.toml", "--paths", "300", "--charts", "none"];
    let observed = ["--observed", "seen.csv"];
    let cases: Vec<Vec<&str>> = vec![
        [&run[..], &["--export", "h.csv"]].concat(),
        [&run[..], &["--export", "./h.csv"]].concat(),
        [&run[..], &["--export", "hard.csv"]].concat(),
        [&run[..], &["--export", "soft.csv"]].concat(),
        [&run[..], &observed, &["--export", "seen.csv"]].concat(),
        [&check[..], &["--junit", "plan.toml"]].concat(),
        [&check[..], &["--junit", "base.toml"]].concat(),
        [&check[..], &["--markdown", "h.csv"]].concat(),
        [&check[..], &["--export", "h.csv"]].concat(),
        [&check[..], &["--junit", "same", "--markdown", "same"]].concat(),
        [&check[..], &["--junit", "same", "--markdown", "./same"]].concat(),
        [&check[..], &["--against", "output/plan", "--junit", "output/plan/summary.json"]].concat(),
        vec!["compare", "plan.toml", "base.toml", "--paths", "300", "--export", "h.csv"],
        vec!["score", "output/plan", "--actuals", "actual.csv", "--chart", "actual.csv"],
        vec!["score", "output/plan", "--actuals", "actual.csv", "--chart", "plan.toml"],
        vec!["report", "output/plan", "--out", "plan.toml"],
        vec!["report", "output/plan", "--out", "output/plan/summary.json"],
        vec!["report", "output/plan", "--out", "output/plan/manifest.json"],
        vec!["solve", "plan.toml", "--vary", "trend", "--for", "p(high) = 50%", "--chart", "plan.toml"],
        vec!["discover", "plan.toml", "--target", "high", "--paths", "2000", "--chart", "h.csv"],
        vec!["decompose", "plan.toml", "x", "--by", "x", "--chart", "h.csv"],
        vec!["backtest", "plan.toml", "--origins", "2019", "--horizon", "1", "--chart", "h.csv"],
        vec!["fit", "plan.toml", "--chart", "h.csv"],
    ];
    for arguments in cases {
        ends(&folder, &arguments, 2);
        assert!(files(folder.path()) == before, "{arguments:?} changed a file");
    }
}

/// A picture that has the name of no picture is a slip, and mostly one that costs a file.
#[test]
fn an_output_has_the_ending_of_what_it_is() {
    let folder = folder();
    for name in ["notes.txt", "thesis.tex", "x.toml"] {
        fs::write(folder.path().join(name), "mine").unwrap();
        ends(&folder, &["score", "output/plan", "--actuals", "actual.csv", "--chart", name], 2);
        ends(&folder, &["report", "output/plan", "--out", name], 2);
        assert_eq!(fs::read(folder.path().join(name)).unwrap(), b"mine");
    }
    let check = ["check", "plan.toml", "--paths", "300", "--charts", "none"];
    // As a build server names the file of a step's summary.
    ends(&folder, &[&check[..], &["--markdown", "step_summary_1f"]].concat(), 0);
    ends(&folder, &[&check[..], &["--markdown", "x.md", "--junit", "x.xml"]].concat(), 0);
    ends(&folder, &["score", "output/plan", "--actuals", "actual.csv", "--chart", "x.PNG"], 0);
}

/// `run` keeps such files; so do all other commands.
#[test]
fn figures_and_pages_that_are_drawn_into_a_run_folder_replace_no_file_of_others() {
    let folder = folder();
    let charts = folder.path().join("output/plan/charts");
    let chart = charts.join("x.svg");
    let name = chart.file_name().unwrap().to_str().unwrap().to_owned();
    let kept = charts.join(format!("{name}.kept-2"));
    fs::write(&chart, "mine").unwrap();
    fs::write(folder.path().join("output/plan/page.html"), "my page").unwrap();
    let told = ends(&folder, &["chart", "output/plan"], 0);
    assert!(err(&told).contains(".kept-2"), "{}", err(&told));
    assert_eq!(fs::read(&kept).unwrap(), b"mine");
    assert!(fs::read_to_string(&chart).unwrap().contains("<svg"));
    ends(&folder, &["report", "output/plan", "--out", "output/plan/page.html"], 0);
    assert_eq!(fs::read(folder.path().join("output/plan/page.html.kept-2")).unwrap(), b"my page");
    // What plancast wrote is plancast's to replace.
    ends(&folder, &["chart", "output/plan"], 0);
    ends(&folder, &["report", "output/plan", "--out", "output/plan/page.html"], 0);
    assert!(!charts.join(format!("{name}.kept-3")).exists());
    ends(&folder, &["verify", "output/plan"], 0);
    // Also a run keeps a figure that someone has changed, and the names do not pile up.
    fs::write(&chart, "mine again").unwrap();
    for seed in ["2", "3"] {
        ends(
            &folder,
            &["run", "plan.toml", "--paths", "300", "--quiet", "--charts", "svg", "--seed", seed],
            0,
        );
    }
    assert_eq!(fs::read(&kept).unwrap(), b"mine");
    assert_eq!(fs::read(charts.join(format!("{name}.kept-3"))).unwrap(), b"mine again");
    let all: Vec<String> = files(folder.path()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(all.iter().filter(|name| name.contains(".kept-")).count(), 3, "{all:?}");
}

/// A run folder may come from a stranger.
#[cfg(unix)]
#[test]
fn links_in_a_run_folder_are_not_followed_when_it_is_written_to() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let charts = folder.path().join("output/plan/charts");
    let chart = charts.join("x.svg");
    fs::write(folder.path().join("precious.svg"), "precious").unwrap();
    fs::remove_file(&chart).unwrap();
    symlink("../../../precious.svg", &chart).unwrap();
    ends(&folder, &["chart", "output/plan"], 0);
    assert_eq!(fs::read(folder.path().join("precious.svg")).unwrap(), b"precious");
    assert!(!chart.is_symlink());
    fs::remove_file(charts.join("x.svg.kept-2")).unwrap();
    // Nor is a folder that leads out.
    fs::rename(&charts, folder.path().join("elsewhere")).unwrap();
    symlink("../../elsewhere", &charts).unwrap();
    let before = files(&folder.path().join("elsewhere"));
    let told = ends(&folder, &["chart", "output/plan"], 2);
    assert!(err(&told).contains("leads out of the run folder"), "{}", err(&told));
    assert!(files(&folder.path().join("elsewhere")) == before);
}

/// `{"files": {"mine": "00"}}` makes a folder a run as little as any other file does.
#[test]
fn a_forged_manifest_has_no_file_of_others_removed() {
    let folder = folder();
    let run = folder.path().join("output/plan");
    let sealed = fs::read_to_string(run.join("manifest.json")).unwrap();
    fs::write(run.join("mine"), "mine").unwrap();
    let forged = [
        r#"{"schema":"plancast-manifest/1","files":{"mine":"00"}}"#.to_owned(),
        r#"{"schema":"plancast-manifest/1"}"#.to_owned(),
        sealed.replacen("\"files\": {", "\"files\": {\n    \"mine\": \"00\",", 1),
    ];
    for manifest in &forged {
        fs::remove_file(run.join("scenario.toml")).ok();
        fs::write(run.join("scenario.toml"), "# mine too").unwrap();
        fs::write(run.join("manifest.json"), manifest).unwrap();
        let before = files(&run);
        let told = ends(&folder, &["run", "plan.toml", "--paths", "300", "--charts", "none", "--quiet"], 3);
        assert!(err(&told).contains("manifest.json"), "{}", err(&told));
        assert!(files(&run) == before, "{manifest}");
    }
}

#[test]
fn a_manifest_with_as_much_as_a_blank_more_is_not_as_it_was_written() {
    let folder = folder();
    let manifest = folder.path().join("output/plan/manifest.json");
    let sealed = fs::read_to_string(&manifest).unwrap();
    ends(&folder, &["verify", "output/plan"], 0);
    for other in [format!("{sealed} "), format!("{sealed}\n"), sealed.replacen("{\n", "{\n\"seed\": 9,\n", 1)]
    {
        fs::write(&manifest, other).unwrap();
        ends(&folder, &["verify", "output/plan"], 1);
    }
    fs::write(&manifest, sealed.replace('\n', "\r\n")).unwrap();
    ends(&folder, &["verify", "output/plan"], 0);
}

#[test]
fn the_index_of_several_runs_replaces_no_table_of_others() {
    let folder = folder();
    let index = folder.path().join("output/index.csv");
    fs::write(&index, "name,phone\nA,1\n").unwrap();
    let run = ["run", "plan.toml", "base.toml", "--paths", "300", "--charts", "none", "--quiet"];
    ends(&folder, &run, 0);
    ends(&folder, &run, 0);
    assert_eq!(fs::read(folder.path().join("output/index.csv.kept-2")).unwrap(), b"name,phone\nA,1\n");
    assert!(fs::read_to_string(&index).unwrap().starts_with("run,scenario"));
    assert!(!folder.path().join("output/index.csv.kept-3").exists());
}

#[test]
fn the_paths_of_a_run_replace_no_file_of_it_and_lie_in_no_other_run() {
    let folder = folder();
    let before = files(folder.path());
    for export in ["output/base/bands.csv", "output/base/targets.csv", "output/plan/paths.csv"] {
        let run = ["run", "base.toml", "--paths", "300", "--charts", "none", "--export", export];
        let told = ends(&folder, &run, 2);
        assert!(err(&told).contains("name another file"), "{}", err(&told));
        assert!(files(folder.path()) == before, "{export}");
    }
    let run = ["run", "base.toml", "--paths", "300", "--charts", "none", "--export", "output/base/paths.csv"];
    ends(&folder, &run, 0);
    ends(&folder, &["verify", "output/base"], 0);
}

/// A pull request may bring a run folder whose manifest names any file as an export.
#[cfg(target_os = "linux")]
#[test]
fn verify_looks_at_no_file_outside_of_the_project_and_at_none_of_the_system() {
    let folder = folder();
    let place = folder.path().canonicalize().unwrap();
    fs::create_dir(place.join("project")).unwrap();
    fs::write(place.join("elsewhere.csv"), "secret").unwrap();
    let run =
        ["run", "../plan.toml", "--paths", "300", "--charts", "none", "--quiet", "--export", "../far.csv"];
    let inside = |arguments: &[&str]| plancast(&place.join("project"), arguments);
    assert_eq!(inside(&run).status.code(), Some(0));
    let found = inside(&["verify", "output/plan"]);
    assert_eq!(found.status.code(), Some(1), "{}", out(&found));
    assert!(out(&found).contains("outside of the project"), "{}", out(&found));
    fs::remove_file(place.join("far.csv")).unwrap();
    assert_eq!(out(&inside(&["verify", "output/plan"])), out(&found), "not even whether it is there is said");
    let allowed = inside(&["verify", "output/plan", "--allow-outside"]);
    assert!(out(&allowed).contains("missing"), "{}", out(&allowed));
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_is_one_line_wherever_it_is_told() {
    let folder = folder();
    let name = "x\nother: whole and unchanged\n::error::x";
    fs::write(folder.path().join("output/plan").join(name), "").unwrap();
    let told = out(&ends(&folder, &["verify", "output/plan"], 0));
    assert_eq!(told.lines().count(), 2, "{told}");
    let missing = err(&ends(&folder, &["verify", "no\n::error::such"], 2));
    assert_eq!(missing.lines().count(), 1, "{missing}");
    fs::write(folder.path().join("a\nb\u{1b}[31m.toml"), BASE).unwrap();
    ends(&folder, &["run", "a\nb\u{1b}[31m.toml", "--paths", "300", "--charts", "none", "--quiet"], 0);
    assert!(folder.path().join("output/a-b-[31m/summary.json").is_file());
}

/// Figures go to a log too.
#[test]
fn a_figure_on_standard_output_holds_no_command_of_a_build_server() {
    let folder = folder();
    let text = BASE.replace("[parameters]", "[scenario]\ntitle = '##[error]x ##vso[y'\n[parameters]");
    fs::write(folder.path().join("evil.toml"), text).unwrap();
    ends(&folder, &["run", "evil.toml", "--paths", "300", "--charts", "svg", "--quiet"], 0);
    let svg = fs::read_dir(folder.path().join("output/evil/charts")).unwrap().next().unwrap().unwrap().path();
    let svg = fs::read_to_string(svg).unwrap();
    assert!(roxmltree::Document::parse(&svg).is_ok() && !svg.contains("##["));
    for to in ["-", "/dev/stdout"] {
        let drawn = ["chart", "output/evil", "--figure", "fan", "--variable", "x", "--out", "-"];
        let page = ["report", "output/evil", "--out", to];
        let reports = ["check", "evil.toml", "--paths", "300", "--out", "checked", "--junit", to];
        let markdown = ["check", "evil.toml", "--paths", "300", "--out", "checked", "--markdown", to];
        for arguments in [&drawn[..], &page, &reports, &markdown] {
            let told = out(&ends(&folder, arguments, 0));
            assert!(!told.contains("##[") && !told.contains("##vso["), "{arguments:?}");
        }
    }
}

/// Each stored scenario makes its run again, whatever the run was called by.
#[test]
fn every_stored_scenario_reruns_to_the_same_fingerprint() {
    let folder = folder();
    fs::write(folder.path().join("my plan.toml"), BASE).unwrap();
    let run = ["run", "my plan.toml", "--paths", "300", "--charts", "none", "--quiet"];
    ends(&folder, &run, 0);
    ends(&folder, &[&run[..], &["--sweep", "trend=1%,2%,normal(2%, 0.5%)"]].concat(), 0);
    let fingerprint = |run: &Path| {
        let text = fs::read_to_string(run.join("summary.json")).unwrap();
        let summary: serde_json::Value = serde_json::from_str(&text).unwrap();
        summary["fingerprint"].as_str().unwrap().to_owned()
    };
    let runs: Vec<_> =
        fs::read_dir(folder.path().join("output")).unwrap().map(|e| e.unwrap().path()).collect();
    let runs: Vec<_> = runs.into_iter().filter(|run| run.is_dir()).collect();
    assert_eq!(runs.len(), 5);
    for run in runs {
        let stored = run.join("scenario.toml");
        ends(&folder, &["run", stored.to_str().unwrap(), "--out", "again", "--quiet"], 0);
        let again = folder.path().join("again").join(run.file_name().unwrap());
        assert_eq!(fingerprint(&run), fingerprint(&again), "{}", run.display());
    }
}

/// Answers that keep numbers of every path are refused before they would exhaust the machine.
#[test]
fn an_answer_that_would_take_too_much_memory_is_refused() {
    let folder = folder();
    for arguments in [
        &["discover", "plan.toml", "--target", "high"][..],
        &["decompose", "plan.toml", "x", "--by", "level=x", "--from", "2021", "--to", "2025"],
        &["sensitivity", "plan.toml", "--of", "x@2025", "--method", "pawn"],
        &["backtest", "plan.toml", "--origins", "2019", "--horizon", "1"],
    ] {
        let greedy = [arguments, &["--paths", "4e9", "--memory", "1GiB"]].concat();
        let told = ends(&folder, &greedy, 3);
        assert!(err(&told).contains("--memory"), "{}", err(&told));
    }
}
