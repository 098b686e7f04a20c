//! The scenarios that come with the program: what the plan's central path is, how its luck moves, and that all
//! of them run.

use crate::common::{Case, diagnostics, digest, moments};
use plancast::ensemble::Ensemble;
use plancast::model::RecordedVariables;
use plancast::scenario::builtin;

const INDUSTRIES: [&str; 14] = [
    "agriculture",
    "coal",
    "coking_chem",
    "almg",
    "steel",
    "baijiu",
    "power",
    "clean_energy",
    "emerging",
    "other_industry",
    "construction",
    "tourism",
    "digital",
    "services",
];

fn plan() -> Case {
    Case::load("plan", &[], &RecordedVariables::All)
}

fn assert_near(what: &str, found: f64, wanted: f64, tolerance: f64) {
    assert!((found - wanted).abs() < tolerance, "{what}: {found}, not {wanted} ± {tolerance}");
}

// ───────────── The central path: every input at its mean ─────────────

/// Means over paths are exact (`calibration.rs`). With every input at its mean no project is early, and so the plan's allowance
/// for projects, which is their mean, comes about half a point of growth later.
#[test]
fn with_every_input_at_its_mean_the_plan_grows_by_eight_per_cent_a_year() {
    let case = plan();
    for year in 2021..=2025 {
        let growth = case.central("gdp", year) / case.central("gdp", year - 1) - 1.0;
        assert_near(&format!("growth in {year}"), growth, 0.08, 0.006);
    }
    let mean = (case.central("gdp", 2025) / case.central("gdp", 2020)).powf(0.2) - 1.0;
    assert_near("growth in 2021-25", mean, 0.08, 0.0015);
}

#[test]
fn the_industries_are_fourteen_and_add_up_to_the_gdp_of_2020() {
    let case = plan();
    let labels = &case.model.labels.variables;
    let names: Vec<&str> =
        labels.iter().filter_map(|label| label.name.strip_prefix("va[")?.strip_suffix(']')).collect();
    assert_eq!(names, INDUSTRIES);
    let sum: f64 = INDUSTRIES.iter().map(|name| case.central(&format!("va[{name}]"), 2020)).sum();
    assert_near("sum of the industries", sum, 1538.04, 0.011);
    assert_near("gdp", case.central("gdp", 2020), 1538.04, 0.011);
}

#[test]
fn the_sectors_of_2020_are_the_published_ones() {
    let case = plan();
    for (sector, published) in [("primary", 74.84), ("secondary", 916.17), ("tertiary", 547.02)] {
        assert_near(sector, case.central(&format!("sector_va[{sector}]"), 2020), published, 0.011);
    }
}

#[test]
fn carbon_dioxide_starts_at_fifty_three_megatonnes() {
    assert_near("co2", plan().central("co2", 2020), 52.8, 0.05);
}

/// On every path and not only on the central one. 2000 paths.
#[test]
fn the_accounts_add_up_on_every_path() {
    let case = plan();
    for year in [2020, 2027, 2035] {
        let industries = INDUSTRIES.map(|name| case.series(&format!("va[{name}]"), year));
        let sectors =
            ["primary", "secondary", "tertiary"].map(|name| case.series(&format!("sector_va[{name}]"), year));
        let total = [case.series("gdp", year)];
        let columns = case.columns(1, 2000, &[&industries[..], &sectors, &total].concat());
        for path in 0..2000 {
            let sum = |columns: &[Vec<f64>]| columns.iter().map(|column| column[path]).sum::<f64>();
            let gdp = columns[17][path];
            assert_near("industries", sum(&columns[..14]) / gdp, 1.0, 1e-12);
            assert_near("sectors", sum(&columns[14..17]) / gdp, 1.0, 1e-12);
        }
    }
}

// ───────────── How luck moves: against the record of 2006–2020 ─────────────

/// How growth and prices move within paths.
#[derive(Debug)]
struct Cycle {
    growth_sd: f64,
    growth_autocorrelation: f64,
    deflator_sd: f64,
    correlation: f64,
}

/// Measured as in the record: on each path over 15 years (2021–2035), around the path's own means; the sums
/// of squares and products are then added over all paths. So what is not known of a path's mean growth does
/// not count as luck. The deflator moves in logarithms.
fn cycle(scenario: &str) -> Cycle {
    let case = Case::load(scenario, &[], &RecordedVariables::Headlines);
    let paths = 10_000;
    let growth = case.columns(1, paths, &case.years("gdp_growth", 2021..2036));
    let deflator = case.columns(1, paths, &case.years("gdp_deflator", 2020..2036));
    let (mut gg, mut pp, mut gp, mut lagged) = (0.0, 0.0, 0.0, 0.0);
    for path in 0..paths as usize {
        let g: Vec<f64> = growth.iter().map(|year| year[path]).collect();
        let p: Vec<f64> =
            deflator.windows(2).map(|pair| plancast::num::ln(pair[1][path] / pair[0][path])).collect();
        let (mean_g, mean_p) = (moments(&g).0, moments(&p).0);
        let products = |a: &[f64], ma: f64, b: &[f64], mb: f64| -> f64 {
            a.iter().zip(b).map(|(x, y)| (x - ma) * (y - mb)).sum()
        };
        gg += products(&g, mean_g, &g, mean_g);
        pp += products(&p, mean_p, &p, mean_p);
        gp += products(&g, mean_g, &p, mean_p);
        lagged += products(&g[1..], mean_g, &g[..14], mean_g);
    }
    let degrees = 14.0 * paths as f64;
    Cycle {
        growth_sd: (gg / degrees).sqrt(),
        growth_autocorrelation: lagged / gg,
        deflator_sd: (pp / degrees).sqrt(),
        correlation: gp / (gg * pp).sqrt(),
    }
}

/// The record has 5.8 points, 0.36, 11.3 % and 0.70. Pooled over paths whose swings are themselves drawn, a standard deviation
/// is above its median. 10 000 paths: errors of these statistics are below 1 % of them, far less than the width allowed.
#[test]
fn growth_and_prices_swing_as_they_did_in_the_record() {
    for scenario in ["plan", "outside-view"] {
        let cycle = cycle(scenario);
        assert!((0.045..0.085).contains(&cycle.growth_sd), "{scenario}: {cycle:?}");
        assert!((0.1..0.5).contains(&cycle.growth_autocorrelation), "{scenario}: {cycle:?}");
        assert!((0.083..0.178).contains(&cycle.deflator_sd), "{scenario}: {cycle:?}");
        assert!((0.4..0.8).contains(&cycle.correlation), "{scenario}: {cycle:?}");
    }
}

// ───────────── All scenarios ─────────────

fn not_finite(case: &Case, ensemble: &Ensemble) -> Vec<String> {
    let labels = &case.model.labels;
    let mut wrong = Vec::new();
    for label in &labels.variables {
        for year in label.first_year..=label.last_year {
            let tally = case.tally(ensemble, &label.name, year);
            if tally.finite != ensemble.paths {
                wrong.push(format!("{}@{year}", label.name));
            }
        }
    }
    for label in &labels.metrics {
        if ensemble.series[label.series as usize].nan > 0 {
            wrong.push(label.name.clone());
        }
    }
    wrong
}

/// Without an error, and without any doubt but those about where values come from, which are honest ones, and that some
/// targets of the plan come too late, which is a result (`tests/library/luliang.rs` says which).
#[test]
fn every_scenario_loads_without_a_diagnostic() {
    let names: Vec<&str> = builtin::list().iter().map(|file| file.name).collect();
    for name in ["plan", "outside-view", "two-sector-town", "savings", "inflation-fan"] {
        assert!(names.contains(&name), "{name} is not built in: {names:?}");
    }
    for name in names {
        let mut found = diagnostics(&Case::load(name, &[], &RecordedVariables::All));
        let honest = ["no source:", "graded C or D", "is never met"];
        found.retain(|line| !honest.iter().any(|honest| line.contains(honest)));
        assert_eq!(found, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_scenario_runs_and_gives_numbers() {
    for file in builtin::list() {
        let case = Case::load(file.name, &[], &RecordedVariables::All);
        let ensemble = case.run(1, 2000);
        assert_eq!(not_finite(&case, &ensemble), Vec::<String>::new(), "{}", file.name);
        assert!(!case.model.labels.targets.is_empty(), "{} asks for nothing", file.name);
    }
}

#[test]
fn scenarios_that_differ_in_their_assumptions_differ_in_their_results() {
    let of = |name| digest(&Case::load(name, &[], &RecordedVariables::Headlines).run(1, 1000));
    assert!(of("plan") != of("outside-view"));
}
