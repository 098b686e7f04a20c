//! What `plancast solve` says where paths do not tell whether a goal is met.

use crate::case::{err, out, plancast};

/// The mean of x is 2 wherever k lies from 2 to 3.
const PLATEAU: &str = "[time]\nstart = 2020\nend = 2021\n[parameters]\nk = 1\n[shocks]\nz = 'normal(0, 1)'\n\
    [variables]\nx = 'floor(k) + z'\n";

fn solve(goal: &str, seed: &str, more: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), PLATEAU).unwrap();
    let solve = [
        "solve",
        "case.toml",
        "--vary",
        "k",
        "--between",
        "0,5",
        "--paths",
        "2000",
        "--for",
        goal,
        "--seed",
        seed,
    ];
    let output = plancast(folder.path(), &[&solve[..], more].concat());
    assert!(output.status.success(), "{}", err(&output));
    out(&output)
}

#[test]
fn a_goal_that_is_met_within_its_error_over_a_range_is_told_with_the_range() {
    for seed in ["1", "2", "3", "4"] {
        for goal in ["mean(x@2021)=2", "quantile(x@2021,50%)=2", "p(x@2021>2)=50%"] {
            let text = solve(goal, seed, &[]);
            assert!(!text.contains("not met"), "{text}");
            let is_range = text.contains("may hold with k anywhere from 2.00");
            assert!(is_range || text.contains("when k = 2."), "{text}");
        }
    }
    let found: serde_json::Value = serde_json::from_str(&solve("mean(x@2021)=2", "2", &["--json"])).unwrap();
    let answer = &found["answers"][0];
    assert_eq!((answer["may_hold"].as_bool(), answer["passed"].as_array()), (Some(true), None), "{answer}");
    let [from, to] = ["from", "to"].map(|end| answer["may_hold_between"][0][end].as_f64().unwrap());
    assert!((from - 2.0).abs() < 0.01 && (to - 3.0).abs() < 0.01, "{answer}");
}

#[test]
fn a_bound_within_the_error_is_not_said_to_be_kept_or_missed_for_sure() {
    for seed in ["1", "2", "3", "4"] {
        let text = solve("sd(x@2021)<=1", seed, &[]);
        assert!(text.contains("as far as these paths tell"), "{text}");
    }
    let text = solve("quantile(x@2021,50%)>=100", "1", &[]);
    assert!(text.contains("was met at none") && text.contains("the closest was k = 5"), "{text}");
}

/// The right words are read off the formulas.
#[test]
fn the_end_of_an_answer_at_a_step_is_open_where_the_goal_is_missed_there() {
    let answer = |formula: &str, goal: &str| {
        let folder = tempfile::tempdir().unwrap();
        let text = PLATEAU.replace("floor(k) + z", formula);
        std::fs::write(folder.path().join("case.toml"), text).unwrap();
        let arguments = ["solve", "case.toml", "--vary", "k", "--between=-5,8", "--paths", "1000", "--for"];
        let output = plancast(folder.path(), &[&arguments[..], &[goal]].concat());
        assert!(output.status.success(), "{}", err(&output));
        out(&output)
    };
    for (formula, goal, words) in [
        ("if(k >= 3, 1, 0)", "mean(x@2021) >= 1", "when k >= 3\n"),
        ("if(k > 3, 1, 0)", "mean(x@2021) >= 1", "when k > 3\n"),
        ("if(k >= 0, 1, 0)", "mean(x@2021) = 1", "when k >= 0\n"),
        ("if(k > 0, 1, 0)", "p(x@2021 > 0) = 0%", "when k <= 0\n"),
        ("if(k < 0, 1, 0)", "quantile(x@2021, 50%) > 0", "when k < 0\n"),
        ("if(k >= 1, 1, 0) - if(k > 2, 1, 0)", "mean(x@2021) = 1", "when k from 1 to 2\n"),
        ("if(k > 1, 1, 0) - if(k > 2.5, 1, 0)", "mean(x@2021) = 1", "when 1 < k <= 2.5\n"),
        ("if(k >= 1, 1, 0) - if(k >= 3, 1, 0)", "mean(x@2021) = 1", "when 1 <= k < 3\n"),
    ] {
        let text = answer(formula, goal);
        assert!(text.contains(words), "{formula}: {text}");
    }
    let certain = answer("max(z, 0)", "p(x@2021 < 0) = 0%");
    assert!(certain.contains("holds already") && !certain.contains("may be missed"), "{certain}");
    // No probability is below 0.
    let beyond = answer("k + z", "p(x@2021 < 0) < 0%");
    assert!(beyond.contains("was met at none") && !beyond.contains("cannot be told"), "{beyond}");
}
