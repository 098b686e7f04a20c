//! What a draw does in a small part of its distribution is found, wherever that lies, and its error covers.

#![allow(clippy::disallowed_methods, reason = "closed forms are computed with the platform's functions")]

use crate::common::Case;
use crate::sensitivity::driven;

/// Seeds of each case. Of 60 that hold with 95 % fewer than 88 % (53) do in one of 250 cases; the seeds are fixed.
const SEEDS: u64 = 60;

/// With which probability an input makes an outcome jump, whose standard deviation is 1 without it, and how far.
struct Jump {
    input: &'static str,
    formula: &'static str,
    p: f64,
    size: f64,
}

fn scenario(formula: &str) -> Case {
    Case::of(&format!(
        "[scenario]\ntitle = \"Rare\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\nu = \"uniform(0, 1)\"\n\
         v = \"uniform(0, 1)\"\nz = \"normal(0, 1)\"\nc = \"bernoulli(1%)\"\ny = \"normal(0, 1)\"\n[variables]\n\
         out = {{ formula = \"{formula}\", report = true }}\n[targets]\ncase = \"u < 0.01\"\n\
         either = \"u < 0.02 or y > 2\"\n"
    ))
}

/// On how many seeds the share of `input` is known, and on how many it lies within 1.96 stated errors of the exact one. An input
/// that is not listed has the share 0 and no error.
fn covered(case: &Case, outcome: &str, paths: u64, exact: &[(&str, f64)]) -> (usize, usize, f64) {
    let (mut known, mut held, mut errors) = (0, 0, 0.0);
    for seed in 1..=SEEDS {
        let summary = driven(case, seed, paths, 2);
        let Some(listed) = summary.sensitivity.get(outcome) else { continue };
        known += 1;
        let mut holds = |(name, share): &(&str, f64)| {
            let found = listed.iter().find(|one| one.input == *name);
            let (found, error) = found.map_or((0.0, 0.0), |one| (one.first_order, one.standard_error));
            errors += error / exact.len() as f64;
            (found - share).abs() <= 1.96 * error + 1e-9
        };
        // Every error is looked at, also where one does not hold.
        held += usize::from(exact.iter().filter(|one| !holds(one)).count() == 0);
    }
    (known, held, errors / known.max(1) as f64)
}

#[test]
fn a_jump_is_found_in_either_tail_and_in_the_middle_with_an_error_that_covers() {
    let jumps = [
        Jump { input: "u", formula: "if(u < 0.01, 100, 0) + y", p: 0.01, size: 100.0 },
        Jump { input: "u", formula: "if(u > 0.99, -100, 0) + y", p: 0.01, size: 100.0 },
        Jump { input: "z", formula: "if(z > 2.5, 50, 0) + y", p: 0.006_209_665, size: 50.0 },
        Jump { input: "z", formula: "if(abs(z) > 2.575829304, 40, 0) + y", p: 0.01, size: 40.0 },
        Jump { input: "u", formula: "if(abs(u - 0.37) < 0.005, 30, 0) + y", p: 0.01, size: 30.0 },
        Jump { input: "z", formula: "if(abs(z) < 0.05, 20, 0) + y", p: 0.039_877_6, size: 20.0 },
        Jump { input: "c", formula: "60 * c + y", p: 0.01, size: 60.0 },
        Jump { input: "u", formula: "if(u < 0.03, 5, 0) + y", p: 0.03, size: 5.0 },
        Jump { input: "u", formula: "if(u < 0.2, 5, 0) + y", p: 0.2, size: 5.0 },
        Jump { input: "u", formula: "if(u < 0.5, 5, 0) + y", p: 0.5, size: 5.0 },
    ];
    for Jump { input, formula, p, size } in jumps {
        let variance = size * size * p * (1.0 - p);
        let exact = variance / (variance + 1.0);
        for paths in [20_000, 100_000] {
            let (known, held, error) = covered(&scenario(formula), "out@2021", paths, &[(input, exact)]);
            assert!(known * 10 >= SEEDS as usize * 9, "{formula}, {paths} paths: known on {known} seeds");
            // Over the hundred seeds from 1001 on 89 to 100 % were held: the fewest of a jump in the last hundredth, a hundred times
            // as far as all else, of which some hundred of the paths that are looked at tell both place and share.
            assert!(held * 100 >= 85 * known, "{formula}, {paths} paths: {held} of {known}, error {error}");
            assert!(error < 0.05, "{formula}, {paths} paths: {error}");
        }
    }
}

#[test]
fn several_disasters_and_a_disaster_beside_what_is_usual_are_told_apart() {
    let (a, b) = (1e4 * 0.01 * 0.99, 6400.0 * 0.015 * 0.985);
    let case = scenario("if(u < 0.01, 100, 0) + if(v > 0.985, 80, 0) + y");
    let (known, held, error) =
        covered(&case, "out@2021", 100_000, &[("u", a / (a + b + 1.0)), ("v", b / (a + b + 1.0))]);
    // Both hold with 90 %: fewer than 80 % of the seeds by chance in one of 200 cases.
    assert!(known == SEEDS as usize && held * 100 >= 80 * known, "{held} of {known}, error {error}");
    let variance = 100.0 * 0.01 * 0.99;
    let case = scenario("if(u < 0.01, 10, 0) + y");
    let exact = [("u", variance / (variance + 1.0)), ("y", 1.0 / (variance + 1.0))];
    let (known, held, error) = covered(&case, "out@2021", 100_000, &exact);
    assert!(known == SEEDS as usize && held * 100 >= 80 * known, "{held} of {known}, error {error}");
}

#[test]
fn one_path_in_five_hundred_is_found_by_a_run_that_is_long_enough() {
    let (p, case) = (0.002, scenario("if(u < 0.002, 200, 0) + y"));
    let variance = 4e4 * p * (1.0 - p);
    let (known, held, error) = covered(&case, "out@2021", 1_000_000, &[("u", variance / (variance + 1.0))]);
    assert!(known * 2 >= SEEDS as usize, "{known}");
    assert!(held * 100 >= 88 * known && error < 0.2, "{held} of {known}, error {error}");
}

#[test]
fn what_decides_a_rare_event_is_found() {
    let case = scenario("y");
    let (known, held, error) = covered(&case, "case", 100_000, &[("u", 1.0)]);
    assert!(
        known == SEEDS as usize && held * 100 >= 88 * known && error < 0.05,
        "{held} of {known}, {error}"
    );
    // Met on 1 − (1 − p)(1 − q); knowing u leaves 1 below p and q above it.
    let (p, q) = (0.02, 0.022_750_13);
    let met: f64 = 1.0 - (1.0 - p) * (1.0 - q);
    let share = |p: f64, q: f64| p * (1.0 - p) * (1.0 - q) * (1.0 - q) / (met * (1.0 - met));
    let exact = [("u", share(p, q)), ("y", share(q, p))];
    let (known, held, error) = covered(&case, "either", 100_000, &exact);
    assert!(known == SEEDS as usize && held * 100 >= 80 * known, "{held} of {known}, error {error}");
}

/// Whether a target is met on paths on which it is not known is no question of its drivers.
#[test]
fn of_a_target_that_is_not_known_on_some_paths_nothing_is_told_and_the_reason_is() {
    let text = "[scenario]\ntitle = \"None\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\nu = \"uniform(0, 1)\"\n\
                [variables]\nx = { formula = \"if(u < 0.05, log(-1), u)\" }\n[targets]\na = \"x@2021 > 0.5\"\n";
    let summary = driven(&Case::of(text), 1, 20_000, 2);
    assert!(!summary.sensitivity.contains_key("a"));
    let why = summary.drivers_not_known["a"].get(plancast::text::Language::En);
    assert!(why.starts_with("whether it is met is not known on"), "{why}");
}
