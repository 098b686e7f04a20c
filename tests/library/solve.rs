//! What would it take, against answers in closed form.

#![allow(clippy::disallowed_methods, reason = "closed forms are computed with the platform's functions")]
#![allow(clippy::format_push_string, reason = "a test's scenario is short")]

use plancast::analysis::solve::{Answer, INTERVAL, Lever, Search, metric};
use plancast::analysis::statement::{add_metric, statement};
use plancast::engine::Request;
use plancast::scenario::{self, Loaded};
use plancast::text::Place;

/// Where a goal is reached and the standard error of that, and the trial's value.
fn solve(text: &str, goal: &str, vary: &str, range: (f64, f64), seed: u64, paths: u64) -> Answer {
    let mut loaded: Loaded = scenario::load::from_text("case", text);
    let goal = statement(goal, Place::default()).unwrap();
    add_metric(&mut loaded, "--for", &metric(&goal)).unwrap();
    let request = Request { seed, paths, threads: Some(2) };
    let search = Search { scenario: &loaded.scenario, statement: &goal, request };
    search.solve(&[], &Lever { name: vary.into(), range }).unwrap()
}

const LOGNORMAL: &str = r#"
[scenario]
title = "Lognormal"
[time]
start = 2020
end = 2021
[parameters]
mu = 0
luck = "normal(0, 0.5)"
[variables]
y = "exp(mu + luck)"
[targets]
high = { require = "y@2021 >= 2" }
"#;

/// P(e^{μ + 0.5 z} ≥ 2) = 80 % at μ = ln 2 + 0.5 z₈₀; of its 90 % quantile e^{μ + 0.5 z₉₀}; mean e^{μ + 1/8}.
/// The stated interval misses once in a thousand, so that more than one miss in a hundred seeds comes by
/// chance in five cases of a thousand; the seeds are fixed.
#[test]
fn the_odds_of_a_lognormal_are_solved_to_within_the_stated_error_in_99_of_100_seeds() {
    let exact = 2.0_f64.ln() + 0.5 * 0.8416212335729143;
    let mut missed = 0;
    for seed in 1..=100 {
        let Answer::Found { x, error, .. } = solve(LOGNORMAL, "p(high) = 80%", "mu", (-1.0, 3.0), seed, 4000)
        else {
            panic!("not found");
        };
        missed += u32::from((x - exact).abs() > INTERVAL * error);
    }
    assert!(missed <= 1, "{missed} of 100");
}

#[test]
fn quantiles_and_means_are_solved_too() {
    let cases = [
        ("quantile(y@2021, 90%) = 5", 5.0_f64.ln() - 0.5 * 1.2815515655446004),
        ("mean(y@2021) = 3", 3.0_f64.ln() - 0.125),
    ];
    for (goal, exact) in cases {
        let Answer::Found { x, error, .. } = solve(LOGNORMAL, goal, "mu", (-1.0, 3.0), 1, 100_000) else {
            panic!("{goal} is not found");
        };
        assert!(
            error > 0.0 && error < 0.01 && (x - exact).abs() < INTERVAL * error,
            "{goal}: {x} ± {error}, {exact}"
        );
    }
}

#[test]
fn what_is_out_of_reach_gives_the_best_that_is_not() {
    let Answer::Best { x, reached } = solve(LOGNORMAL, "p(high) = 99%", "mu", (-1.0, 1.0), 1, 20_000) else {
        panic!("found");
    };
    // Φ((1 − ln 2) / 0.5)
    assert_eq!(x, 1.0);
    assert!((reached.value - 0.7303).abs() < 6.0 * reached.error, "{}", reached.value);
}

/// The highest mean is 4, at 1.2345: between the values that are tried first.
#[test]
fn the_best_is_refined_between_the_values_tried_first() {
    let text = LOGNORMAL.replace("exp(mu + luck)", "4 - (mu - 1.2345)^2");
    let Answer::Best { x, reached } = solve(&text, "mean(y@2021) = 5", "mu", (-1.0, 3.0), 1, 1000) else {
        panic!("found");
    };
    assert!((x - 1.2345).abs() < 1e-6 && (reached.value - 4.0).abs() < 1e-12, "{x}: {reached:?}");
    // What is met in a narrow range only is found by the refinement.
    let goal = "mean(y@2021) = 3.9999";
    let Answer::Found { x, .. } = solve(&text, goal, "mu", (-1.0, 3.0), 1, 1000) else {
        panic!("not found");
    };
    assert!(((x - 1.2345).abs() - 0.01).abs() < 1e-9, "{x}");
}

/// With luck held, the odds are 0 up to ln 2 and 1 from there; the mean of ⌊n⌋ + z jumps from 4 to 5 at n = 5.
#[test]
fn a_goal_that_a_jump_passes_is_not_met() {
    let Answer::Passed { sides: [(x, below), (y, above)] } =
        solve(LOGNORMAL, "p(high) = 80%", "luck", (-1.0, 3.0), 1, 4000)
    else {
        panic!("met");
    };
    assert!((x - 2.0_f64.ln()).abs() < 1e-6 && x < y && y - x < 1e-6, "{x}, {y}");
    assert_eq!((below.value, above.value), (0.0, 1.0));
    let text = LOGNORMAL.replace("exp(mu + luck)", "floor(mu) + luck");
    let Answer::Passed { sides: [(x, below), (_, above)] } =
        solve(&text, "mean(y@2021) = 4.5", "mu", (0.0, 10.0), 1, 4000)
    else {
        panic!("met");
    };
    assert!((x - 5.0).abs() < 1e-5, "{x}");
    assert!((above.value - below.value - 1.0).abs() < 1e-9, "{below:?}, {above:?}");
}

#[test]
fn at_least_and_at_most_are_answered_by_their_boundary() {
    let ask = |goal| solve(LOGNORMAL, goal, "mu", (-1.0, 3.0), 1, 4000);
    for (equal, unequal) in [
        ("p(high) = 80%", "p(high) >= 80%"),
        ("mean(y@2021) = 3", "mean(y@2021) <= 3"),
        ("quantile(y@2021, 90%) = 5", "quantile(y@2021, 90%) <= 5"),
    ] {
        let found = ask(unequal);
        assert_eq!(found, ask(equal));
        assert!(matches!(found, Answer::Found { rises: true, .. }), "{unequal}: {found:?}");
    }
    for goal in ["mean(y@2021) >= 0", "mean(y@2021) <= 1000"] {
        assert!(matches!(ask(goal), Answer::Everywhere { .. }), "{goal}");
    }
    assert!(matches!(ask("mean(y@2021) <= 0"), Answer::Best { .. }));
}

/// Consumption of last year's income after tax, and the income identity. In year 2 income is
/// G (1 + k) + c₀ (1 + k) + k² Y₀ with k = c (1 − t): what G must be follows.
const TEXTBOOK: &str = r#"
[scenario]
title = "Multiplier"
[time]
start = 2020
end = 2022
[parameters]
spending = { value = 20, lever = { min = 0, max = 100 } }
tax = { value = 0.25, lever = { min = 0, max = 0.5 } }
[variables]
consumption = "30 + 0.8 * (1 - tax) * prev(income)"
income = { start = "100", formula = "consumption + spending" }
"#;

#[test]
fn a_deterministic_model_gives_the_instruments_of_the_closed_form() {
    let k: f64 = 0.8 * 0.75;
    let exact = (150.0 - k * k * 100.0) / (1.0 + k) - 30.0;
    let Answer::Found { x, error, .. } =
        solve(TEXTBOOK, "mean(income@2022) = 150", "spending", (0.0, 100.0), 1, 1000)
    else {
        panic!("not found");
    };
    assert_eq!(error, 0.0);
    assert!((x - exact).abs() < 1e-9, "{x} {exact}");
    // The tax solves 100 k² + 50 k + 50 = 140: k = (−50 + √(2500 + 36 000)) / 200.
    let k = (-50.0 + 38_500.0_f64.sqrt()) / 200.0;
    let Answer::Found { x, .. } = solve(TEXTBOOK, "mean(income@2022) = 140", "tax", (0.0, 0.5), 1, 1000)
    else {
        panic!("not found");
    };
    assert!((x - (1.0 - k / 0.8)).abs() < 1e-9, "{x}");
}
