//! What the program says of simultaneous equations.

use crate::case::{err, out, plancast};

/// x = u + x²/4, which has a solution where u is at most 1.
const PARABOLA: &str = "
[time]
start = 2020
end = 2022
[parameters]
u = 'uniform(0.5, 1.1)'
[variables]
x = { formula = 'u + 0.25 * x^2', report = true }
y = { formula = '2 * x', report = true }
[simultaneous.parabola]
solves = ['x']
from = { x = 0 }
[targets]
low = 'x@2022 <= 1.5'
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), PARABOLA).unwrap();
    folder
}

#[test]
fn paths_that_do_not_converge_are_told_with_year_path_and_residual() {
    let folder = folder();
    let output = plancast(folder.path(), &["run", "case.toml", "--paths", "2000"]);
    let (told, shown) = (err(&output), out(&output));
    assert!(output.status.success(), "{told}");
    // A sixth of the paths: 333 ± 17.
    assert!(
        told.contains("the simultaneous equations parabola were not solved on all paths (2020: 3"),
        "{told}"
    );
    assert!(told.contains("after 100 evaluations, x and its formula are still"), "{told}");
    assert!(shown.contains("x@2020 is infinite or not a number on 3"), "{shown}");
    // The command that is offered shows the evaluations.
    let line = shown.lines().find(|line| line.trim().starts_with("plancast explain")).unwrap();
    let path = line.split("--path ").nth(1).unwrap().split(' ').next().unwrap();
    let replayed = out(&plancast(folder.path(), &["explain", "case.toml", "--path", path]));
    assert!(replayed.contains("parabola 2020: solved by Newton's method, 100 evaluations"), "{replayed}");
    assert!(replayed.contains("\n    1: x 0 · apart by 1.0e0\n"), "{replayed}");
}

#[test]
fn a_path_that_converges_shows_how_near_each_evaluation_was() {
    let folder = folder();
    let text =
        out(&plancast(folder.path(), &["explain", "case.toml", "x", "--path", "0", "--set", "u=0.75"]));
    // Newton from 0 for x²/4 - x + 0.75 = 0: 0.75, 0.975, 0.9997; the solution is 1.
    assert!(text.contains("parabola 2022: solved by Newton's method, 6 evaluations"), "{text}");
    assert!(text.contains("\n    2: x 0.75 · apart by 1.6e-1\n    3: x 0.975 · "), "{text}");
}

#[test]
fn compare_check_solve_and_sensitivity_know_circles() {
    let folder = folder();
    let text = PARABOLA.replace("uniform(0.5, 1.1)", "uniform(0.5, 0.9)")
        + "[gates]\n'is often low' = 'p(low) >= 60%'\n";
    std::fs::write(folder.path().join("case.toml"), &text).unwrap();
    let more = "[scenario]\nextends = 'case.toml'\n[parameters]\nu = 'uniform(0.6, 0.9)'\n";
    std::fs::write(folder.path().join("more.toml"), more).unwrap();
    let done = |arguments: &[&str]| {
        let output = plancast(folder.path(), arguments);
        assert!(output.status.success(), "{arguments:?}: {}{}", out(&output), err(&output));
        out(&output)
    };
    // 2 (1 - √(1 - u)) ≤ 1.5 where u ≤ 15/16: always.
    assert!(done(&["check", "case.toml", "--paths", "2000"]).contains("is often low"));
    done(&["compare", "case.toml", "more.toml", "--paths", "2000"]);
    done(&["sensitivity", "case.toml", "--of", "x@2022", "--paths", "2000"]);
    let solved = done(&[
        "solve",
        "case.toml",
        "--fix",
        "u",
        "--between",
        "0.1,0.9",
        "--for",
        "mean(x@2022) = 1",
        "--paths",
        "2000",
    ]);
    // x = 1 where u = 0.75.
    assert!(solved.contains("when u = 0.75"), "{solved}");
}

#[test]
fn shards_have_the_bytes_of_the_whole() {
    let folder = folder();
    let run = |arguments: &[&str]| {
        let output = plancast(folder.path(), &[&["run", "case.toml", "--paths", "2000"], arguments].concat());
        assert!(output.status.success(), "{}", err(&output));
    };
    run(&["--out", "whole"]);
    run(&["--out", "parts", "--shard", "1/2"]);
    run(&["--out", "parts", "--shard", "2/2"]);
    let parts: Vec<String> = std::fs::read_dir(folder.path().join("parts"))
        .unwrap()
        .map(|entry| format!("parts/{}", entry.unwrap().file_name().to_string_lossy()))
        .filter(|name| name.contains("part"))
        .collect();
    let arguments: Vec<&str> =
        ["merge"].into_iter().chain(parts.iter().map(String::as_str)).chain(["--out", "merged"]).collect();
    let output = plancast(folder.path(), &arguments);
    assert!(output.status.success(), "{}", err(&output));
    let bytes = |place: &str| std::fs::read(folder.path().join(place).join("case/summary.json")).unwrap();
    assert_eq!(bytes("whole"), bytes("merged"));
}
