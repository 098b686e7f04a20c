//! Every statistic of a summary against exact computation from the paths, for random models of any shape.
//!
//! `PROPTEST_CASES` sets how many models are tried.
#![allow(clippy::disallowed_methods, reason = "reference values within tolerances; none enters a result")]

use std::fmt::Write as _;

use crate::common::Case;
use plancast::result::assemble;
use proptest::prelude::*;

/// The paths of a run: few are kept value by value, more are counted by bins.
const LENGTHS: [u64; 3] = [1, 1500, 20_000];

const LEVELS: [f64; 9] = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999];

/// A formula over the parameters `z`, `y` (normal), `u`, `v`, `w` (uniform).
fn shape() -> impl Strategy<Value = String> {
    let power = -290..290_i32;
    let leaf = prop_oneof![
        power.clone().prop_map(|power| format!("1e{power} * z")),
        Just("z".to_owned()),
        Just("u".to_owned()),
        (power.clone(), 1..90_u32).prop_map(|(power, digits)| format!("{digits}e{power} * (1 + u)")),
        (power, -9..9_i32).prop_map(|(power, digits)| format!("{digits}e{power}")),
        (1..400_u32).prop_map(|percent| format!("exp({percent} / 100 * z)")),
        (100..40_000_u32).prop_map(|percent| format!("exp({percent} / 100 * z)")),
        Just("z / y".to_owned()),
        (2..5000_u32).prop_map(|count| format!("floor({count} * u)")),
        (2..60_u32).prop_map(|count| format!("floor({count} * u) / 10")),
        (-8..12_i32, -6..3_i32).prop_map(|(center, width)| format!("1e{center} + 1e{width} * z")),
        Just("2021 + floor(15 * u)".to_owned()),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        let share = prop_oneof![Just("0.5"), Just("0.02"), Just("0.0005"), Just("0.7"), Just("0.999")];
        prop_oneof![
            (share.clone(), inner.clone(), inner.clone())
                .prop_map(|(share, a, b)| format!("if(v < {share}, {a}, {b})")),
            (share, inner.clone()).prop_map(|(share, a)| format!("if(w < {share}, 0, {a})")),
            (inner.clone(), -3..3_i32).prop_map(|(a, cap)| format!("min({a}, {cap})")),
            (inner.clone(), -3..3_i32).prop_map(|(a, floor)| format!("max({a}, {floor} / 4)")),
            inner.clone().prop_map(|a| format!("-({a})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a}) + ({b})")),
        ]
    })
}

fn scenario(shapes: &[String]) -> String {
    let mut text = String::from(
        "[time]\nstart = 2020\nend = 2021\n[parameters]\nz = \"normal(0, 1)\"\ny = \"normal(0, 1)\"\n\
         u = \"uniform(0, 1)\"\nv = \"uniform(0, 1)\"\nw = \"uniform(0, 1)\"\n[variables]\n",
    );
    for (number, shape) in shapes.iter().enumerate() {
        let _ = writeln!(text, "x{number} = {{ formula = \"{shape}\", report = true }}");
    }
    text
}

/// The place, from 0, of the smallest of sorted values that at least a share of them does not exceed: type 1 of Hyndman
/// and Fan (1996), `inverted_cdf` in `NumPy`. Levels are thousandths.
fn place(count: usize, level: f64) -> usize {
    let thousandths = (level * 1000.0).round() as usize;
    (count * thousandths).div_ceil(1000).max(1) - 1
}

/// What a quantile may be off by: 1.25e-4 of the value; where a series crosses zero, of the middle magnitude if that is
/// more; where it is far from zero, 1e-3 standard deviations if that is more. A few rounding errors besides.
fn allowed(sorted: &[f64], exact: f64, sd: f64) -> f64 {
    let (least, most) = (sorted[0], sorted[sorted.len() - 1]);
    let mut size = exact.abs();
    if least < 0.0 && most > 0.0 {
        let mut sizes: Vec<f64> = sorted.iter().map(|x| x.abs()).collect();
        sizes.sort_unstable_by(f64::total_cmp);
        size = size.max(sizes[sizes.len() / 2]);
    }
    let mut allowed = 1.25e-4 * size;
    if least * most > 0.0 && least.abs().min(most.abs()) > 4.0 * sd {
        allowed = allowed.max(1e-3 * sd);
    }
    // Below 1e-300 nothing is promised.
    allowed + 4.0 * f64::EPSILON * exact.abs() + 1.25e-304
}

/// Mean and standard deviation by two passes over scaled values, so that nothing overflows.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let scale = values.iter().fold(0.0, |most: f64, x| most.max(x.abs())).max(f64::MIN_POSITIVE);
    let scaled = || values.iter().map(|x| x / scale);
    let rough = scaled().sum::<f64>() / n;
    let mean = rough + scaled().map(|x| x - rough).sum::<f64>() / n;
    let squares: f64 = scaled().map(|x| (x - mean) * (x - mean)).sum();
    (mean * scale, (squares / (n - 1.0)).sqrt() * scale)
}

fn check(shapes: &[String], seed: u64) -> Result<(), TestCaseError> {
    let case = Case::of(&scenario(shapes));
    for paths in LENGTHS {
        let ensemble = case.run(seed, paths);
        let summary = assemble::summary(&case.model.labels, &ensemble, seed, &LEVELS);
        let series: Vec<usize> =
            (0..shapes.len()).map(|number| case.series(&format!("x{number}"), 2021)).collect();
        for ((number, column), shape) in series.iter().zip(case.columns(seed, paths, &series)).zip(shapes) {
            let name = format!("x{}", series.iter().position(|other| other == number).unwrap_or_default());
            let found = &summary.variables[&name];
            let what = |statistic: &str| format!("{shape}, {paths} paths, seed {seed}: {statistic}");
            let nan = column.iter().filter(|x| x.is_nan()).count();
            let mut all: Vec<f64> = column.into_iter().filter(|x| !x.is_nan()).collect();
            all.sort_unstable_by(f64::total_cmp);
            let sorted: Vec<f64> = all.iter().copied().filter(|x| x.is_finite()).collect();
            let missing = paths - sorted.len() as u64;
            prop_assert_eq!(found.not_finite[1], missing, "{}", what("not finite"));
            if sorted.is_empty() {
                prop_assert_eq!((found.mean[1], found.minimum[1]), (None, None));
                continue;
            }
            let (mean, sd) = moments(&sorted);
            let size = sorted.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
            prop_assert_eq!(
                (found.minimum[1], found.maximum[1]),
                (Some(sorted[0] + 0.0), sorted.last().map(|x| x + 0.0))
            );
            if missing > 0 {
                prop_assert_eq!(
                    (found.mean[1], found.sd[1]),
                    (None, None),
                    "{}",
                    what("values without a mean")
                );
            } else {
                let off = (found.mean[1].unwrap() - mean).abs();
                prop_assert!(
                    off <= 1e-12 * size,
                    "{}",
                    what(&format!("mean {:?}, not {mean}", found.mean[1]))
                );
            }
            match found.sd[1] {
                None => {
                    let none = missing > 0 || sorted.len() < 2 || !sd.is_finite();
                    prop_assert!(none, "{}", what("no standard deviation"));
                }
                Some(found) => {
                    prop_assert!(
                        (found - sd).abs() <= 1e-6 * sd + 1e-12 * size,
                        "{}",
                        what(&format!("sd {found}, not {sd}"))
                    );
                }
            }
            for level in LEVELS {
                let told = found.quantile(&level.to_string(), 1).value;
                if paths == 1 && told.is_none() {
                    let why = found.why[&level.to_string()]["2021"];
                    prop_assert_eq!(why, plancast::result::summary::Why::OneValue);
                    continue;
                }
                // What is not a number may stand for the least or the most.
                let at = |below: usize| {
                    let rank = place(paths as usize, level).checked_sub(below);
                    rank.map_or(f64::NEG_INFINITY, |rank| all.get(rank).copied().unwrap_or(f64::INFINITY))
                };
                let (low, high) = (at(nan), at(0));
                if low < high || !low.is_finite() {
                    let known = low == high || (low.is_finite() && high.is_finite());
                    prop_assert_eq!(
                        told.is_some(),
                        known,
                        "{}: {:?} in {} to {}",
                        what("known"),
                        told,
                        low,
                        high
                    );
                    let slack = 1.25e-4 * size;
                    prop_assert!(told.is_none_or(|x| low == high || low - slack <= x && x <= high + slack));
                    prop_assert!(low < high || told == Some(low), "{}", what("infinite"));
                    continue;
                }
                let (found, exact) = (told.unwrap(), low);
                let few = paths <= 4096;
                let allowed =
                    if few { 8.0 * f64::EPSILON * exact.abs() } else { allowed(&sorted, exact, sd) };
                let text = what(&format!("{level}: {found:e}, not {exact:e}"));
                prop_assert!((found - exact).abs() <= allowed, "{}", text);
                // A product of tiny numbers would be zero.
                let agree = found == 0.0 || found.signum() == exact.signum();
                prop_assert!(if exact == 0.0 { found == 0.0 } else { agree }, "{}", text);
                // As if what is not a number were the most.
                let rank = place(paths as usize, level);
                let (low, high) = ensemble.series[*number].bracket(rank as u64).unwrap();
                prop_assert!(low <= exact && exact <= high, "{}: bracket {low} {high}", text);
                // A value that one path in a hundred shares is exact.
                let share = sorted.iter().filter(|x| **x == exact).count() as f64 / sorted.len() as f64;
                prop_assert!(share < 0.02 || low == high, "{}: a lump in {low} to {high}", text);
            }
        }
    }
    Ok(())
}

/// So many models unless `PROPTEST_CASES` says otherwise; the same ones every time.
fn cases(usual: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: wanted.unwrap_or(usual),
        failure_persistence: None,
        rng_seed: prop::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn every_printed_statistic_is_that_of_the_paths(
        shapes in proptest::collection::vec(shape(), 4),
        seed in 1..1000_u64,
    ) {
        check(&shapes, seed)?;
    }
}
