//! What would it take, against answers in closed form.

#![allow(clippy::disallowed_methods, reason = "closed forms are computed with the platform's functions")]

use crate::common::numbers;
use plancast::analysis::solve::{Boundary, Goal, Lever, Meaning, Solution, SolveQuestion, Wanted};
use plancast::engine::RunRequest;
use plancast::result::interval::UnknownError;
use plancast::scenario::{self, Loaded};
use plancast::text::{Diagnostic, Place};

/// Finds a lever in a scenario.
fn lever(text: &str, name: &str, wanted: Wanted, range: Option<(f64, f64)>) -> Result<Lever, Diagnostic> {
    let loaded: Loaded = scenario::load::from_text("case", text);
    assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics);
    Lever::find(&loaded.scenario, (name, Place::default()), wanted, range)
}

/// The answer for a lever that is moved as is wanted.
fn solve_with(
    text: &str,
    goal: &str,
    (vary, wanted): (&str, Wanted),
    range: (f64, f64),
    (seed, paths): (u64, u64),
) -> Solution {
    let loaded: Loaded = scenario::load::from_text("case", text);
    let goal = Goal::read(goal, Place::default()).unwrap();
    let request = RunRequest { seed, paths, threads: Some(2) };
    let search = SolveQuestion { scenario: &loaded.scenario, goal: &goal, request };
    search.solve(&[], &lever(text, vary, wanted, Some(range)).unwrap()).unwrap()
}

fn solve(text: &str, goal: &str, vary: &str, range: (f64, f64), seed: u64, paths: u64) -> Solution {
    solve_with(text, goal, (vary, Wanted::Natural), range, (seed, paths))
}

/// The only end of the only part: the value, its error and whether the goal holds from there upwards.
fn end(answer: &Solution) -> (&Boundary, bool) {
    let [part] = answer.parts.as_slice() else { panic!("not one part: {answer:?}") };
    match (&part.from, &part.to) {
        (Some(from), None) => (from, true),
        (None, Some(to)) => (to, false),
        _ => panic!("not one end: {answer:?}"),
    }
}

/// The only value at which a goal with `=` is met.
fn point(answer: &Solution) -> &Boundary {
    let [part] = answer.parts.as_slice() else { panic!("not one part: {answer:?}") };
    part.point().unwrap_or_else(|| panic!("no single value: {answer:?}"))
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

/// A lever moves whole numbers: P(y < g) = Φ((g − 10 − push) / 2) for whole g.
const WHOLE: &str = r#"
[scenario]
title = "Whole numbers"
[time]
start = 2020
end = 2021
[parameters]
push = 0
luck = "normal(0, 2)"
u = "uniform(0, 1)"
[variables]
y = "floor(10 + push + luck)"
yes = "if(u < push, 1, 0)"
capped = "min(push + luck, 1)"
either = "if(u < push, 10, 0)"
"#;

/// On how many seeds the interval that is wrong once in a thousand misses the exact value, and on how many it may. More
/// come by chance in eight cases of ten thousand with the usual 40 seeds, and in two with 100; the seeds are fixed.
fn misses(
    text: &str,
    goal: &str,
    vary: (&str, Wanted),
    range: (f64, f64),
    paths: u64,
    exact: f64,
) -> (usize, usize) {
    let missed = |seed: &u64| {
        let answer = solve_with(text, goal, vary, range, (*seed, paths));
        let boundary = answer.first().unwrap_or_else(|| panic!("{goal}: {answer:?}"));
        let (low, high) = boundary.interval;
        assert!(boundary.error > 0.0 && boundary.error.is_finite(), "{goal}: {boundary:?}");
        !(low..=high).contains(&exact)
    };
    let (seeds, most) = (numbers(40, 100), numbers(1, 2));
    ((1..=seeds).filter(missed).count(), most as usize)
}

/// P(e^{μ + 0.5 z} ≥ 2) = 80 % at μ = ln 2 + 0.5 z₈₀; its 90 % quantile is e^{μ + 0.5 z₉₀}; its mean e^{μ + 1/8}. With
/// a deviation of 0.2 the standard deviation is √(e^{0.04} − 1) e^{μ + 0.02}.
#[test]
fn the_stated_interval_covers_for_every_statistic() {
    let (ln2, z80, z90) = (2.0_f64.ln(), 0.8416212335729143, 1.2815515655446004);
    let sd = (0.04_f64.exp() - 1.0).sqrt();
    let narrow = LOGNORMAL.replace("normal(0, 0.5)", "normal(0, 0.2)");
    // The expected shortfall of e^{0.5 z} at 10 % is e^{1/8} Φ(−z₉₀ − 0.5) / 10 %: minus its logarithm.
    let shortfall = 0.858_200_210_843_926_5;
    let cases = [
        (LOGNORMAL, "p(high) = 80%", ln2 + 0.5 * z80),
        (LOGNORMAL, "p(high) >= 1%", ln2 - 0.5 * 2.3263478740408408),
        (LOGNORMAL, "quantile(y@2021, 90%) = 5", 5.0_f64.ln() - 0.5 * z90),
        (LOGNORMAL, "quantile(y@2021, 10%) >= 1", 0.5 * z90),
        (LOGNORMAL, "mean(y@2021) = 3", 3.0_f64.ln() - 0.125),
        (&narrow, "sd(y@2021) <= 0.5", (0.5 / sd).ln() - 0.02),
        (LOGNORMAL, "expected_shortfall(y@2021, 10%) >= 1", shortfall),
        (LOGNORMAL, "p(y@2021 >= 2 given luck >= 0) = 90%", ln2 - 0.5 * 0.1256613468550741),
    ];
    for (text, goal, exact) in cases {
        // The shortfall rests on a tenth of the paths, the standard deviation on fewer.
        let paths = match goal {
            goal if goal.starts_with("expected") => 20_000,
            goal if goal.starts_with("sd") => 80_000,
            _ => 4000,
        };
        let (missed, most) = misses(text, goal, ("mu", Wanted::Natural), (-2.0, 3.0), paths, exact);
        assert!(missed <= most, "{goal}: {missed}");
    }
}

/// Half of the squares of a lognormal's deviations are those of a few paths in a thousand.
#[test]
fn of_a_spread_that_rests_on_few_paths_the_error_is_not_known_and_the_reason_is() {
    let answer = solve(LOGNORMAL, "sd(y@2021) <= 1.5", "mu", (-2.0, 3.0), 1, 1000);
    let (boundary, _) = end(&answer);
    assert!(boundary.error.is_infinite(), "{boundary:?}");
    assert!(
        matches!(boundary.reached.unknown, Some(UnknownError::FewPaths { carry: 1..20 })),
        "{boundary:?}"
    );
}

/// Right values by P(y < g) = Φ((g − 10 − push) / 2) and P(yes < 1) = 1 − push.
#[test]
fn whole_numbers_and_lumps_are_solved_as_each_comparison_reads() {
    for (goal, exact, upwards) in [
        ("quantile(y@2021, 50%) >= 12", 2.0, true),
        ("quantile(y@2021, 50%) > 12", 3.0, true),
        ("quantile(y@2021, 50%) <= 12", 3.0, false),
        ("quantile(y@2021, 50%) < 12", 2.0, false),
        ("quantile(y@2021, 90%) >= 12", 2.0 - 2.0 * 1.2815515655446004, true),
    ] {
        let range = (-4.0, 6.0);
        let answer = solve(WHOLE, goal, "push", range, 1, 10_000);
        let (found, rises) = end(&answer);
        assert_eq!((rises, found.jumps), (upwards, true), "{goal}: {found:?}");
        let [below, above] = found.sides.map(|side| side.reached.value);
        assert_eq!(above - below, 1.0, "{goal}: {found:?}");
        let (missed, most) = misses(WHOLE, goal, ("push", Wanted::Natural), range, 1000, exact);
        assert!(missed <= most, "{goal}: {missed}");
    }
    // Half to all of 1.
    let (missed, most) =
        misses(WHOLE, "quantile(yes@2021, 90%) >= 1", ("push", Wanted::Natural), (0.0, 1.0), 1000, 0.1);
    assert!(missed <= most, "{missed}");
    // The median is 1, its cap, from push = 1 on.
    let answer = solve(WHOLE, "quantile(capped@2021, 50%) >= 1", "push", (-4.0, 6.0), 1, 10_000);
    let (found, rises) = end(&answer);
    assert!(rises && (found.x - 1.0).abs() < 3.29 * found.error && found.error < 0.05, "{found:?}");
    let over = solve(WHOLE, "quantile(capped@2021, 50%) > 1", "push", (-4.0, 6.0), 1, 10_000);
    assert!(over.parts.is_empty() && over.passed.is_empty(), "{over:?}");
}

#[test]
fn a_whole_number_is_equalled_over_an_interval() {
    let answer = solve(WHOLE, "quantile(y@2021, 50%) = 12", "push", (-4.0, 6.0), 1, 10_000);
    let [part] = answer.parts.as_slice() else { panic!("{answer:?}") };
    let (from, to) = (part.from.unwrap(), part.to.unwrap());
    assert!((from.x - 2.0).abs() < 3.29 * from.error && (to.x - 3.0).abs() < 3.29 * to.error, "{answer:?}");
    assert_eq!(from.sides.map(|side| side.reached.value), [11.0, 12.0]);
    assert_eq!(to.sides.map(|side| side.reached.value), [12.0, 13.0]);
}

/// 0 or 10: the median is never 5, and jumps over it where both are as likely.
#[test]
fn a_quantile_that_jumps_over_its_goal_is_not_met() {
    let answer = solve(WHOLE, "quantile(either@2021, 50%) = 5", "push", (0.0, 1.0), 1, 10_000);
    let [jump] = answer.passed.as_slice() else { panic!("{answer:?}") };
    assert!(answer.parts.is_empty());
    assert!((jump.x - 0.5).abs() < 3.29 * jump.error && jump.error < 0.01, "{jump:?}");
    assert_eq!(jump.sides.map(|side| side.reached.value), [0.0, 10.0]);
    let (found, rises) = {
        let answer = solve(WHOLE, "quantile(either@2021, 50%) >= 5", "push", (0.0, 1.0), 1, 10_000);
        (*end(&answer).0, end(&answer).1)
    };
    assert!(rises && found.jumps && found.x == jump.x, "{found:?}");
}

/// 70 % of the paths are at the lever itself: its median follows the lever and does not jump, though the probability
/// does that decides it.
#[test]
fn a_lump_that_moves_with_the_lever_is_met_exactly() {
    let text = WHOLE.replace("if(u < push, 10, 0)", "push + if(u < 0.3, 5, 0)");
    for (goal, upwards) in
        [("quantile(either@2021, 50%) >= 3", true), ("quantile(either@2021, 50%) <= 3", false)]
    {
        let answer = solve(&text, goal, "push", (0.0, 10.0), 1, 4000);
        let (found, rises) = end(&answer);
        assert_eq!((rises, found.error, found.jumps), (upwards, 0.0, false), "{found:?}");
        assert!((found.x - 3.0).abs() < 1e-6, "{found:?}");
    }
    let answer = solve(&text, "quantile(either@2021, 50%) = 3", "push", (0.0, 10.0), 1, 4000);
    assert!((point(&answer).x - 3.0).abs() < 1e-6, "{answer:?}");
}

/// Emissions grow by g, which falls by the effort every year: a planner asks for the median year of their peak. The
/// boundaries are those of an independent simulation with `NumPy`, of 1 000 000 paths, with standard errors of 1.3e-6.
#[test]
fn a_peak_year_is_solved_by_the_side_that_the_goal_names() {
    let text = r#"
[scenario]
title = "Peak"
[time]
start = 2020
end = 2040
[parameters]
effort = { value = 0.01, lever = { min = 0.002, max = 0.05 } }
[shocks]
eps = "normal(0, 0.01)"
[variables]
g = { start = "0.05", formula = "prev(g) - effort" }
co2 = { start = "100", formula = "prev(co2) * exp(g + eps)" }
[metrics]
peak = { formula = "peak_year(co2)", unit = "year" }
"#;
    for (goal, exact) in
        [("quantile(peak, 50%) >= 2027", PEAK_FROM), ("quantile(peak, 50%) <= 2027", PEAK_TO)]
    {
        let answer = solve(text, goal, "effort", (0.002, 0.05), 1, 100_000);
        let (found, _) = end(&answer);
        assert!((found.x - exact).abs() < 3.29 * found.error + 1e-5, "{goal}: {found:?}");
        assert!(found.jumps && found.error < 3e-5, "{goal}: {found:?}");
    }
}

/// The least effort at which the median peak is no later than 2027, and that at which it is no earlier any more.
const PEAK_TO: f64 = 0.006_248_5;
const PEAK_FROM: f64 = 0.007_143_4;

#[test]
fn what_is_out_of_reach_gives_the_trial_that_comes_closest() {
    let answer = solve(LOGNORMAL, "p(high) = 99%", "mu", (-1.0, 1.0), 1, 20_000);
    assert!(answer.parts.is_empty() && answer.passed.is_empty() && answer.first().is_none());
    // Φ((1 − ln 2) / 0.5)
    assert_eq!(answer.closest.x, 1.0);
    let reached = answer.closest.reached;
    assert!((reached.value - 0.7303).abs() < 6.0 * reached.error, "{reached:?}");
}

/// The highest mean is 4, at 1.2345: between the values that are tried first.
#[test]
fn what_holds_in_the_middle_of_the_range_has_two_ends() {
    let text = LOGNORMAL.replace("exp(mu + luck)", "4 - (mu - 1.2345)^2");
    let ask = |goal: &str| solve(&text, goal, "mu", (-1.0, 3.0), 1, 1000);
    let closest = ask("mean(y@2021) = 5").closest;
    assert!((closest.x - 1.2345).abs() < 1e-6 && (closest.reached.value - 4.0).abs() < 1e-12, "{closest:?}");
    // What is met in a narrow range only is found by coming closer.
    let answer = ask("mean(y@2021) = 3.9999");
    let met: Vec<f64> = answer.parts.iter().map(|part| part.point().unwrap().x).collect();
    assert_eq!(met.len(), 2, "{answer:?}");
    assert!((met[0] - 1.2245).abs() < 1e-6 && (met[1] - 1.2445).abs() < 1e-6, "{met:?}");
    let answer = ask("mean(y@2021) >= 3");
    let [part] = answer.parts.as_slice() else { panic!("{answer:?}") };
    assert!(answer.turns, "it both rises and falls");
    assert!((part.from.unwrap().x - 0.2345).abs() < 1e-9 && (part.to.unwrap().x - 2.2345).abs() < 1e-9);
    let answer = ask("mean(y@2021) < 3");
    let [left, right] = answer.parts.as_slice() else { panic!("{answer:?}") };
    assert!(left.from.is_none() && right.to.is_none());
    assert!((left.to.unwrap().x - 0.2345).abs() < 1e-9 && (right.from.unwrap().x - 2.2345).abs() < 1e-9);
}

/// With luck held, the probability is 0 up to ln 2 and 1 from there; the mean of ⌊n⌋ + z jumps from 4 to 5 at n = 5.
#[test]
fn a_goal_that_a_jump_passes_is_not_met() {
    let fixed = ("luck", Wanted::Fix);
    let answer = solve_with(LOGNORMAL, "p(high) = 80%", fixed, (-1.0, 3.0), (1, 4000));
    let [Boundary { sides: [below, above], .. }] = answer.passed.as_slice() else { panic!("{answer:?}") };
    assert!((below.x - 2.0_f64.ln()).abs() < 1e-6 && below.x < above.x && above.x - below.x < 1e-6);
    assert_eq!((below.reached.value, above.reached.value), (0.0, 1.0));
    // At least 80 % is met from there.
    let answer = solve_with(LOGNORMAL, "p(high) >= 80%", fixed, (-1.0, 3.0), (1, 4000));
    let (found, rises) = end(&answer);
    assert!(rises && found.jumps && found.error == 0.0 && (found.x - 2.0_f64.ln()).abs() < 1e-6, "{found:?}");
    let text = LOGNORMAL.replace("exp(mu + luck)", "floor(mu) + luck");
    let answer = solve(&text, "mean(y@2021) = 4.5", "mu", (0.0, 10.0), 1, 4000);
    let [Boundary { sides: [below, above], error, .. }] = answer.passed.as_slice() else {
        panic!("{answer:?}")
    };
    assert!((below.x - 5.0).abs() < 1e-5 && *error == 0.0, "{answer:?}");
    assert!((above.reached.value - below.reached.value - 1.0).abs() < 1e-9, "{answer:?}");
}

/// Steps of the lever itself, by which side of 3 and of 0 has which value: the right answers are read off the formulas.
#[test]
fn an_end_at_a_step_is_included_where_the_goal_holds_there() {
    let at = |operator: &str, place: &str| {
        LOGNORMAL.replace("exp(mu + luck)", &format!("if(mu {operator} {place}, 1, 0)"))
    };
    let goals = [
        "mean(y@2021) >= 1",
        "mean(y@2021) = 1",
        "p(y@2021 >= 1) >= 50%",
        "p(y@2021 > 0) = 100%",
        "quantile(y@2021, 50%) >= 1",
    ];
    for (place, x) in [("3", 3.0), ("0", 0.0), ("0.07", 0.07), ("-1.5", -1.5)] {
        for (operator, included, rises) in
            [(">=", true, true), (">", false, true), ("<=", true, false), ("<", false, false)]
        {
            for goal in goals {
                let answer = solve(&at(operator, place), goal, "mu", (-5.0, 8.0), 1, 1000);
                let (found, upwards) = end(&answer);
                assert_eq!(
                    (found.x, found.included, upwards, found.error),
                    (x, included, rises, 0.0),
                    "{goal}, {operator} {place}: {found:?}"
                );
                let [below, above] = found.sides.map(|side| side.reached.value);
                assert_eq!((below < above, found.jumps), (rises, true), "{goal}: {found:?}");
            }
            // The opposite goal ends at the same step, and has the end where this one does not.
            let answer = solve(&at(operator, place), "mean(y@2021) <= 0", "mu", (-5.0, 8.0), 1, 1000);
            assert_eq!((end(&answer).0.x, end(&answer).0.included), (x, !included), "{operator} {place}");
        }
    }
    // Of what moves smoothly the bound itself decides: 2 mu is 1 at a half.
    let twice = LOGNORMAL.replace("exp(mu + luck)", "2 * mu");
    for (goal, included) in [(">= 1", true), ("> 1", false), ("<= 1", true), ("< 1", false)] {
        let answer = solve(&twice, &format!("mean(y@2021) {goal}"), "mu", (-5.0, 8.0), 1, 1000);
        let found = end(&answer).0;
        assert!((found.x - 0.5).abs() < 1e-9 && found.included == included, "{goal}: {found:?}");
    }
}

/// The equations decide that y is never below −1: nothing is left open, and no words may say that something is.
#[test]
fn what_the_equations_make_impossible_everywhere_cannot_be_missed() {
    let text = LOGNORMAL.replace("exp(mu + luck)", "max(mu + luck, -1)");
    let never = Goal::read("p(y@2021 < -1) = 0%", Place::default()).unwrap();
    let answer = solve(&text, "p(y@2021 < -1) = 0%", "mu", (-5.0, 8.0), 1, 1000);
    assert!(answer.is_everywhere() && !answer.may_be_missed(&never), "{answer:?}");
}

/// ⌊n⌋ + z has the mean and the median 2, and lies above 2 with a probability of one half, for all n from 2 to 3: a little more or less
/// on some paths. An interval misses once in a thousand, one of 36 once in thirty; the seeds are fixed.
#[test]
fn a_goal_that_is_met_within_its_error_over_a_range_is_not_passed() {
    let text = LOGNORMAL.replace("exp(mu + luck)", "floor(mu) + luck").replace("y@2021 >= 2", "y@2021 > 2");
    for goal in ["mean(y@2021) = 2", "quantile(y@2021, 50%) = 2", "p(high) = 50%"] {
        for seed in 1..=12 {
            let answer = solve(&text, goal, "mu", (0.0, 5.0), seed, 2000);
            assert!(answer.passed.is_empty(), "{goal}, {seed}: {answer:?}");
            if let [range] = answer.possible.as_slice() {
                assert!((range.from - 2.0).abs() < 0.006 && (range.to - 3.0).abs() < 0.006, "{range:?}");
            } else {
                let (low, high) = point(&answer).interval;
                assert!(low <= 2.01 && high >= 2.99, "{goal}, {seed}: {answer:?}");
            }
        }
    }
}

/// The standard deviation is 1 wherever n lies: on these paths it is less than that or more, and paths do not tell.
#[test]
fn what_holds_everywhere_within_its_error_may_be_missed() {
    let text =
        LOGNORMAL.replace("exp(mu + luck)", "floor(mu) + luck").replace("normal(0, 0.5)", "normal(0, 1)");
    for (goal, may_be_missed) in [("sd(y@2021) <= 1", true), ("sd(y@2021) <= 1.5", false)] {
        for seed in 1..=4 {
            let (asked, answer) = (
                Goal::read(goal, Place::default()).unwrap(),
                solve(&text, goal, "mu", (0.0, 5.0), seed, 20_000),
            );
            let is_open =
                if answer.is_everywhere() { answer.may_be_missed(&asked) } else { answer.may_hold(&asked) };
            assert_eq!(is_open, may_be_missed, "{goal}, {seed}: {answer:?}");
        }
    }
}

/// The median of ⌊n⌋ + z is never near 100.
#[test]
fn a_quantile_far_from_its_goal_is_not_said_to_be_possible() {
    let text = LOGNORMAL.replace("exp(mu + luck)", "floor(mu) + luck");
    for goal in ["quantile(y@2021, 50%) >= 100", "quantile(y@2021, 50%) = 100"] {
        let answer = solve(&text, goal, "mu", (0.0, 5.0), 1, 2000);
        assert!(answer.parts.is_empty() && !answer.may_hold(&Goal::read(goal, Place::default()).unwrap()));
        assert!(answer.closest.x > 4.9, "{answer:?}");
    }
}

#[test]
fn at_least_and_at_most_are_answered_by_their_boundary() {
    let ask = |goal| solve(LOGNORMAL, goal, "mu", (-1.0, 3.0), 1, 4000);
    for (equal, unequal, upwards) in [
        ("p(high) = 80%", "p(high) >= 80%", true),
        ("p(high) = 80%", "p(high) > 80%", true),
        ("mean(y@2021) = 3", "mean(y@2021) <= 3", false),
        ("mean(y@2021) = 3", "3 > mean(y@2021)", false),
        ("quantile(y@2021, 90%) = 5", "quantile(y@2021, 90%) <= 5", false),
        ("quantile(y@2021, 90%) = 5", "quantile(y@2021, 90%) > 5", true),
    ] {
        let (equal, found) = (ask(equal), ask(unequal));
        assert_eq!(end(&found).1, upwards, "{unequal}");
        assert_eq!(end(&found).0.x, point(&equal).x, "{unequal}");
        assert!(!end(&found).0.jumps && !found.turns, "{unequal}: {found:?}");
    }
    let quantile = ask("quantile(y@2021, 90%) = 5");
    assert!(
        (point(&quantile).reached.value - 5.0).abs() < 3.0 * point(&quantile).reached.error,
        "{quantile:?}"
    );
    for goal in ["mean(y@2021) >= 0", "mean(y@2021) <= 1000", "quantile(y@2021, 90%) > 0", "p(high) >= 0"] {
        assert!(ask(goal).is_everywhere(), "{goal}");
    }
    for goal in ["mean(y@2021) <= 0", "quantile(y@2021, 90%) < 0", "p(high) < 0"] {
        assert!(ask(goal).parts.is_empty(), "{goal}");
    }
}

/// What is constant is on its bound everywhere.
#[test]
fn a_goal_on_its_bound_reads_as_it_is_written() {
    let text = WHOLE.replace("floor(10 + push + luck)", "5 + 0 * push");
    for statistic in ["mean(y@2021)", "quantile(y@2021, 50%)", "expected_shortfall(y@2021, 50%)"] {
        for (relation, met) in [(">=", true), ("<=", true), ("=", true), (">", false), ("<", false)] {
            let answer = solve(&text, &format!("{statistic} {relation} 5"), "push", (0.0, 1.0), 1, 100);
            assert_eq!(
                (answer.is_everywhere(), answer.parts.is_empty()),
                (met, !met),
                "{statistic} {relation}"
            );
        }
    }
    for (goal, met) in
        [("p(y@2021 >= 5) >= 1", true), ("p(y@2021 > 5) > 0", false), ("p(y@2021 > 5) = 0", true)]
    {
        assert_eq!(solve(&text, goal, "push", (0.0, 1.0), 1, 100).is_everywhere(), met, "{goal}");
    }
}

/// The mean of ⌊push⌋ is 4 from 4 up to 5, and nowhere else.
#[test]
fn a_step_is_equalled_over_its_width() {
    let text = WHOLE.replace("floor(10 + push + luck)", "floor(push)");
    for statistic in ["mean(y@2021)", "quantile(y@2021, 50%)"] {
        let answer = solve(&text, &format!("{statistic} = 4"), "push", (0.0, 10.0), 1, 100);
        let [part] = answer.parts.as_slice() else { panic!("{statistic}: {answer:?}") };
        let (from, to) = (part.from.unwrap(), part.to.unwrap());
        assert!((from.x - 4.0).abs() < 1e-9 && (to.x - 5.0).abs() < 1e-9, "{statistic}: {answer:?}");
        assert!(from.jumps && to.jumps, "{statistic}: {answer:?}");
    }
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
    for goal in ["mean(income@2022) = 150", "quantile(income@2022, 50%) = 150"] {
        let answer = solve(TEXTBOOK, goal, "spending", (0.0, 100.0), 1, 1000);
        let found = point(&answer);
        assert_eq!((found.error, found.jumps), (0.0, false), "{goal}");
        assert!((found.x - exact).abs() < 1e-9, "{goal}: {} {exact}", found.x);
    }
    // The tax solves 100 k² + 50 k + 50 = 140: k = (−50 + √(2500 + 36 000)) / 200.
    let k = (-50.0 + 38_500.0_f64.sqrt()) / 200.0;
    let answer = solve(TEXTBOOK, "mean(income@2022) = 140", "tax", (0.0, 0.5), 1, 1000);
    assert!((point(&answer).x - (1.0 - k / 0.8)).abs() < 1e-9, "{answer:?}");
}

/// Growth with a spread, prices by year and by member, one of them uncertain.
const LEVERS: &str = r#"
[scenario]
title = "Levers"
[time]
start = 2020
end = 2026
[sets.fuel.fields]
price = { min = 0 }
share = { default = 0.5, max = 1 }
[fuel.coal]
price = { interpolate = "linear", 2020 = 100, 2026 = 160 }
[fuel.gas]
price = { 2020 = 200, 2024 = "normal(300, 10)" }
[parameters]
growth = "normal(8%, 1%)"
tail = "student_t(1, 3, 0.5)"
path = { value = { 2020 = 10, 2023 = 20 }, lever = { min = 0, max = 50 } }
[shocks]
eps = "normal(0, 1)"
[variables]
y = "growth"
cauchy = "tail"
coal_price = "price[coal]"
gas_price = "price[gas]"
both = "price[coal] + price[gas]"
step = "path"
wind = { start = "0", formula = "eps" }
[targets]
enough = "y@2026 >= 9%"
"#;

fn found(goal: &str, vary: (&str, Wanted), range: (f64, f64)) -> Boundary {
    let answer = solve_with(LEVERS, goal, vary, range, (1, 20_000));
    *answer.first().unwrap_or_else(|| panic!("{goal}: {answer:?}"))
}

fn is_exact(boundary: &Boundary, exact: f64) -> bool {
    (boundary.x - exact).abs() < 3.29 * boundary.error + 1e-9 * exact.abs()
}

/// Growth of at least 9 % with a probability of 80 % takes a mean of 9 % + z₈₀ · 1 %; a constant would do at 9 %.
#[test]
fn a_distribution_is_shifted_and_keeps_its_form() {
    let exact = 0.09 + 0.01 * 0.8416212335729143;
    let natural = found("p(enough) = 80%", ("growth", Wanted::Natural), (0.04, 0.14));
    assert!(is_exact(&natural, exact) && natural.error < 1e-3, "{natural:?}");
    let shifted = found("p(enough) = 80%", ("growth", Wanted::Shift), (-0.04, 0.06));
    assert!(is_exact(&shifted, exact - 0.08), "{shifted:?}");
    // 9 % = f (8 % − z₈₀ · 1 %)
    let scaled = found("p(enough) = 80%", ("growth", Wanted::Scale), (0.5, 2.0));
    assert!(is_exact(&scaled, 0.09 / (0.08 - 0.01 * 0.8416212335729143)), "{scaled:?}");
    let fixed = found("p(enough) = 80%", ("growth", Wanted::Fix), (0.04, 0.14));
    assert!((fixed.x - 0.09).abs() < 1e-6 && fixed.jumps, "{fixed:?}");
    // What has no mean has a median.
    let lever = lever(LEVERS, "tail", Wanted::Natural, Some((0.0, 9.0))).unwrap();
    assert_eq!(lever.meaning, Meaning::Median(3.0));
    let median = found("quantile(cauchy@2026, 50%) = 5", ("tail", Wanted::Natural), (0.0, 9.0));
    assert!(is_exact(&median, 5.0), "{median:?}");
}

#[test]
fn values_by_year_and_by_member_are_moved_as_a_whole() {
    for (goal, vary, range, exact) in [
        // Coal costs 130 in 2023, gas 200.
        ("mean(coal_price@2023) = 150", ("price[coal]", Wanted::Natural), (0.0, 300.0), 120.0),
        ("mean(coal_price@2023) = 150", ("price[coal]", Wanted::Shift), (-50.0, 50.0), 20.0),
        ("mean(coal_price@2023) = 195", ("price[coal]", Wanted::Scale), (0.5, 2.0), 1.5),
        ("mean(both@2023) = 396", ("price", Wanted::Scale), (0.5, 2.0), 1.2),
        ("mean(both@2023) = 396", ("price", Wanted::Shift), (-50.0, 50.0), 33.0),
        ("mean(both@2023) = 396", ("price[*]", Wanted::Natural), (-50.0, 50.0), 33.0),
        ("mean(both@2023) = 396", ("price[coal]+price[gas]", Wanted::Natural), (-50.0, 50.0), 33.0),
        ("mean(both@2023) = 400", ("price", Wanted::Fix), (0.0, 500.0), 200.0),
        // A knot of a line, and a period of steps.
        ("mean(coal_price@2023) = 150", ("price[coal]@2026", Wanted::Natural), (0.0, 500.0), 200.0),
        ("mean(gas_price@2022) = 250", ("price[gas]@2022", Wanted::Natural), (0.0, 500.0), 250.0),
        ("mean(gas_price@2022) = 250", ("price[gas].2020", Wanted::Natural), (0.0, 500.0), 250.0),
        ("mean(step@2025) = 33", ("path@2025", Wanted::Natural), (0.0, 50.0), 33.0),
        ("mean(step@2025) = 22", ("path", Wanted::Natural), (0.0, 50.0), 12.0),
        // The distribution of 2024: its 5 % quantile is z₅ · 10 below its mean.
        (
            "quantile(gas_price@2025, 5%) >= 290",
            ("price[gas]@2025", Wanted::Natural),
            (200.0, 400.0),
            306.448_536_27,
        ),
    ] {
        let found = found(goal, vary, range);
        assert!(is_exact(&found, exact), "{goal} with {vary:?}: {found:?}");
    }
    // What a step's other periods are stays.
    let answer =
        solve_with(LEVERS, "mean(step@2022) >= 11", ("path@2025", Wanted::Natural), (0.0, 50.0), (1, 100));
    assert!(answer.parts.is_empty() && answer.closest.reached.value == 10.0, "{answer:?}");
}

#[test]
fn a_parameters_lever_bounds_what_is_varied() {
    let range = |name, wanted| lever(LEVERS, name, wanted, None).map(|lever| lever.range);
    // So that both values stay in 0 … 50.
    assert_eq!(range("path", Wanted::Natural).unwrap(), (0.0, 40.0));
    assert_eq!(range("path", Wanted::Shift).unwrap(), (-10.0, 30.0));
    assert_eq!(range("path", Wanted::Scale).unwrap(), (0.0, 2.5));
    assert_eq!(range("path@2023", Wanted::Natural).unwrap(), (0.0, 50.0));
    assert!(
        range("growth", Wanted::Natural).unwrap_err().message.to_string().contains("in terms of its mean")
    );
}

#[test]
fn what_cannot_be_varied_is_refused_with_the_reason() {
    let refused = |name: &str, wanted, range| {
        let diagnostic = lever(LEVERS, name, wanted, Some(range)).unwrap_err();
        format!("{} / {}", diagnostic.message, diagnostic.help.unwrap_or_default())
    };
    let natural = |name| refused(name, Wanted::Natural, (0.0, 1.0));
    for (name, words) in [
        ("eps", "eps is a shock"),
        ("price", "--scale price"),
        ("y", "y is a variable"),
        ("enough", "enough is a target"),
        ("growht", "did you mean \"growth\"?"),
        ("price[oil]", "did you mean \"coal\"?"),
        ("growth[coal]", "it has no index"),
        ("growth@2023", "one value for all years"),
        ("price[coal]@2023", "its values are those of 2020, 2026"),
        ("price[coal]@soon", "\"soon\" is no year"),
    ] {
        let said = natural(name);
        assert!(said.contains(words) || name == "price[oil]" && said.contains("coal"), "{name}: {said}");
    }
    assert!(refused("eps", Wanted::Shift, (0.0, 1.0)).contains("shock"));
    // A field's own bounds, met and passed.
    let at = |name, wanted, range| lever(LEVERS, name, wanted, Some(range)).is_ok();
    assert!(
        at("share[coal]", Wanted::Natural, (0.0, 1.0)) && !at("share[coal]", Wanted::Natural, (0.0, 1.01))
    );
    assert!(
        at("price[coal]", Wanted::Shift, (-100.0, 0.0)) && !at("price[coal]", Wanted::Shift, (-101.0, 0.0))
    );
    assert!(at("price", Wanted::Scale, (0.0, 9.0)) && !at("price", Wanted::Scale, (-0.1, 9.0)));
}

/// Draws do not depend on how they are moved: an unmoved lever gives the very run.
/// A period that is none of the scenario's says so, and is not taken for the first that has a value.
#[test]
fn a_period_of_another_length_or_beyond_the_horizon_is_refused() {
    let of = |step: &str, values: &str| {
        format!(
            "[time]\nstep = \"{step}\"\nstart = 2020\nend = 2025\n[parameters]\np = {{ value = {{ {values} }} }}\n[variables]\n\
             x = {{ formula = \"p\", report = true }}\n"
        )
    };
    let cases = [
        ("year", "2020 = 1, 2023 = 2", "p@2024", "p@2022Q1", "write the year, 2022"),
        ("year", "2020 = 1, 2023 = 2", "p.2024", "p@1999", "from 2020 to 2025"),
        ("quarter", "2020Q1 = 1, 2023Q1 = 2", "p@2024Q2", "p@2024", "2024Q1"),
        ("quarter", "2020Q1 = 1, 2023Q1 = 2", "p@2024Q2", "p@2030Q1", "from 2020Q1 to 2025Q4"),
        ("month", "2020M01 = 1, 2023M07 = 2", "p@2023M08", "p@2023Q3", "2023M01"),
    ];
    for (step, values, right, wrong, says) in cases {
        let text = of(step, values);
        let found = lever(&text, right, Wanted::Natural, Some((1.0, 5.0))).unwrap();
        assert_eq!(found.moved.len(), 1, "{right}");
        let refused = lever(&text, wrong, Wanted::Natural, Some((1.0, 5.0))).unwrap_err();
        let told = format!("{} / {}", refused.message, refused.help.unwrap_or_default());
        assert!(told.contains(says), "{wrong}: {told}");
    }
}

#[test]
fn an_unmoved_lever_changes_nothing() {
    let loaded: Loaded = scenario::load::from_text("case", LEVERS);
    let goal = Goal::read("mean(y@2026) = 8%", Place::default()).unwrap();
    let request = RunRequest { seed: 3, paths: 1000, threads: Some(1) };
    let search = SolveQuestion { scenario: &loaded.scenario, goal: &goal, request };
    let reach = |wanted, x| {
        let lever = lever(LEVERS, "growth", wanted, Some((0.0, 2.0))).unwrap();
        search.trial(&[], &lever, x).unwrap().reached
    };
    assert_eq!(reach(Wanted::Natural, 0.08), reach(Wanted::Shift, 0.0));
    assert_eq!(reach(Wanted::Scale, 1.0), reach(Wanted::Shift, 0.0));
    assert_eq!(reach(Wanted::Scale, 0.0).value, 0.0);
    assert_eq!((reach(Wanted::Fix, 0.5).value, reach(Wanted::Fix, 0.5).error), (0.5, 0.0));
}

/// A rare event, and a spread that few paths make.
const FEW: &str = r#"
[scenario]
title = "Few paths"
[time]
start = 2020
end = 2021
[parameters]
x = 1
u = "uniform(0, 1)"
z = "normal(0, 1)"
[variables]
y = "x + z"
r = "if(u < x / 1000, 1, 0)"
[targets]
rare = "r@2021 >= 1"
"#;

/// 100 seeds of 2,000 paths. Truths: 0.5 % of x / 1000 is 5; Φ⁻¹(0.995) = 2.5758 below 5; a mean of 3. Of intervals that miss once in a
/// thousand two or more miss with a probability of 0.005, of errors of which 1.96 miss once in twenty more than 14 with 0.0002.
#[test]
fn errors_and_intervals_hold_also_where_few_paths_decide() {
    for (goal, truth) in [
        ("p(rare) = 0.5%", 5.0),
        ("quantile(y@2021, 99.5%) = 5", 5.0 - 2.5758293035489),
        ("mean(y@2021) >= 3", 3.0),
    ] {
        let (mut outside, mut beyond) = (0, 0);
        for seed in 0..100 {
            let answer = solve(FEW, goal, "x", (0.0, 10.0), seed, 2000);
            let Some(found) = answer.first() else {
                assert!(
                    answer.may_hold(&Goal::read(goal, Place::default()).unwrap()),
                    "{goal}, {seed}: {answer:?}"
                );
                continue;
            };
            let (low, high) = found.interval;
            assert!(0.0 <= low && high <= 10.0, "{goal}: within the range, {found:?}");
            outside += i32::from(!(low..=high).contains(&truth));
            beyond += i32::from((found.x - truth).abs() > 1.96 * found.error);
        }
        assert!(outside <= 1 && beyond <= 14, "{goal}: {outside} outside, {beyond} beyond of 100");
    }
}
