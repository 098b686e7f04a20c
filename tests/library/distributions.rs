//! Hierarchies, copulas and named distributions: simulated against closed forms.
//!
//! As in `closed_forms.rs` every comparison has a fixed seed, and a statistic lies within 5 of its own standard errors: one
//! comparison fails with a probability of 5.7e-7 if all is right. Distances from a distribution function are Kolmogorov's: beyond
//! 2.7 / √n with a probability below 2 exp(-2 · 2.7²) = 9.3e-7 (Massart 1990).
#![allow(clippy::disallowed_methods, reason = "reference values within tolerances; none enters a result")]

use crate::common::{Case, correlation, moments, numbers, said};
use statrs::distribution::{ContinuousCDF, Gamma, LogNormal, Normal, StudentsT};

const HEAD: &str = "[time]\nstart = 2020\nend = 2022\n";

/// The values of some variables in 2021, of a scenario of these lines.
fn columns(lines: &str, seed: u64, n: u64, names: &[&str]) -> Vec<Vec<f64>> {
    let case = Case::of(&format!("{HEAD}{lines}"));
    let series: Vec<usize> = names.iter().map(|name| case.series(name, 2021)).collect();
    case.columns(seed, n, &series)
}

/// Parameters, and a variable for each of those named.
fn of_parameters(parameters: &str, names: &[&str], seed: u64, n: u64) -> Vec<Vec<f64>> {
    let variables: String = names.iter().map(|name| format!("out_{name} = \"{name}\"\n")).collect();
    let lines = format!("[parameters]\n{parameters}\n[variables]\n{variables}");
    let outs: Vec<String> = names.iter().map(|name| format!("out_{name}")).collect();
    columns(&lines, seed, n, &outs.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Kolmogorov's distance of a sample from a distribution function, in units of 1 / √n.
fn distance(mut values: Vec<f64>, cdf: impl Fn(f64) -> f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let gaps = values.iter().enumerate().map(|(k, x)| {
        let p = cdf(*x);
        (p - k as f64 / n).abs().max((p - (k + 1) as f64 / n).abs())
    });
    gaps.fold(0.0, f64::max) * n.sqrt()
}

#[track_caller]
fn assert_distributed(what: &str, values: &[f64], cdf: impl Fn(f64) -> f64) {
    let found = distance(values.to_vec(), cdf);
    assert!(found < 2.7, "{what}: {found} / √n from its distribution");
}

#[track_caller]
fn assert_share(what: &str, share: f64, probability: f64, n: usize) {
    let z = (share - probability) / (probability * (1.0 - probability) / n as f64).sqrt();
    assert!(z.abs() < 5.0, "{what}: {share} for {probability}, {z:.1} standard errors off");
}

#[track_caller]
fn assert_correlated(what: &str, a: &[f64], b: &[f64], rho: f64) {
    let z = (correlation(a, b).atanh() - rho.atanh()) * (a.len() as f64 - 3.0).sqrt();
    assert!(z.abs() < 5.0, "{what}: {} for {rho}, {z:.1} standard errors off", correlation(a, b));
}

fn share(values: &[f64], holds: impl Fn(f64) -> bool) -> f64 {
    values.iter().filter(|x| holds(**x)).count() as f64 / values.len() as f64
}

// ───────────────────────── Forms ─────────────────────────

#[test]
fn a_lognormal_by_mean_or_by_quantiles_is_that_lognormal() {
    let n = numbers(20_000, 200_000);
    let found = of_parameters(
        "a = \"lognormal_mean(100, 20)\"\nb = \"lognormal_between(40, 90)\"",
        &["a", "b"],
        41,
        n,
    );
    let variance = (1.0_f64 + 0.04).ln();
    let by_mean = LogNormal::new(100_f64.ln() - variance / 2.0, variance.sqrt()).unwrap();
    assert_distributed("by its mean", &found[0], |x| by_mean.cdf(x));
    let (low, high) = (share(&found[1], |x| x < 40.0), share(&found[1], |x| x > 90.0));
    assert_share("below 40", low, 0.05, found[1].len());
    assert_share("above 90", high, 0.05, found[1].len());
}

#[test]
fn a_named_mixture_is_drawn_where_its_name_stands() {
    let n = numbers(20_000, 200_000);
    let lines = "[distributions.expert]\nmixture = [{ weight = 0.7, dist = \"normal(6%, 1%)\" }, { weight = 0.3, dist = \"normal(3%, 2%)\" }]\n\
                 [distributions]\nnarrow = \"truncate(expert, 0, 6%)\"\n\
                 [parameters]\na = \"expert\"\nb = \"mixture(normal(6%, 1%): 0.7, normal(3%, 2%): 0.3)\"\nc = \"narrow\"\n\
                 [variables]\nx = \"a\"\ny = \"b\"\nz = \"c\"\n";
    let found = columns(lines, 42, n, &["x", "y", "z"]);
    let (first, second) = (Normal::new(0.06, 0.01).unwrap(), Normal::new(0.03, 0.02).unwrap());
    let cdf = |x: f64| 0.7 * first.cdf(x) + 0.3 * second.cdf(x);
    assert_distributed("by name", &found[0], cdf);
    assert_distributed("written out", &found[1], cdf);
    let (below, kept) = (cdf(0.0), cdf(0.06) - cdf(0.0));
    assert_distributed("truncated", &found[2], |x| (cdf(x) - below) / kept);
}

#[test]
fn a_range_can_be_truncated_and_a_metalog_is_bounded() {
    let n = numbers(20_000, 200_000);
    let parameters = "a = \"truncate(0.5 to 0.9, 0, 1)\"\nb = \"metalog(5%: 0.1, 50%: 0.3, 95%: 0.6; 0, 1)\"";
    let found = of_parameters(parameters, &["a", "b"], 43, n);
    let normal = Normal::new(0.7, 0.2 / 1.6448536269514722).unwrap();
    let (below, kept) = (normal.cdf(0.0), normal.cdf(1.0) - normal.cdf(0.0));
    assert_distributed("a range", &found[0], |x| (normal.cdf(x) - below) / kept);
    for (value, p) in [(0.1, 0.05), (0.3, 0.5), (0.6, 0.95)] {
        assert_share("of a metalog", share(&found[1], |x| x <= value), p, found[1].len());
    }
    assert!(found[1].iter().all(|x| (0.0..=1.0).contains(x)));
}

// ───────────────────────── Hierarchies ─────────────────────────

/// A normal whose mean is normal is normal, with both variances.
#[test]
fn a_normal_around_a_normal_has_both_variances() {
    let n = numbers(20_000, 200_000);
    let parameters = "y = \"normal(2 * m + 1, 0.5)\"\nm = \"normal(1, 2)\"";
    let found = of_parameters(parameters, &["y", "m"], 44, n);
    let marginal = Normal::new(3.0, (0.25_f64 + 16.0).sqrt()).unwrap();
    assert_distributed("y", &found[0], |x| marginal.cdf(x));
    assert_correlated("y, m", &found[0], &found[1], 4.0 / 16.25_f64.sqrt());
}

/// A normal whose variance is one over a gamma variable is Student's t; an exponential whose rate is a gamma variable is
/// Lomax: P(X > x) = (1 + x / b)^-a.
#[test]
fn mixtures_over_a_scale_have_the_heavy_tails_of_the_textbooks() {
    let n = numbers(20_000, 200_000);
    let parameters = "g = \"gamma(2, 0.5)\"\nt = \"normal(0, 1 / sqrt(g))\"\nr = \"gamma(3, 0.5)\"\nw = \"exponential(r)\"\n\
                      v = \"weibull(1, 1 / r)\"\nu = \"uniform(0, 1)\"\nc = \"bernoulli(u)\"";
    let found = of_parameters(parameters, &["t", "w", "v", "c"], 45, n);
    let t = StudentsT::new(0.0, 1.0, 4.0).unwrap();
    assert_distributed("t", &found[0], |x| t.cdf(x));
    let lomax = |x: f64| 1.0 - (1.0 + x / 2.0).powf(-3.0);
    assert_distributed("exponential", &found[1], lomax);
    assert_distributed("weibull", &found[2], lomax);
    assert_share("a coin of unknown fairness", share(&found[3], |x| x == 1.0), 0.5, found[3].len());
}

/// With arguments that are parameters without chance, each family is the one with numbers; its draws are the same
/// function of the same luck, so to rounding.
#[test]
fn arguments_by_name_give_what_numbers_give() {
    let forms = [
        ("normal(@, 2)", 3.0),
        ("lognormal(0.1, @)", 0.4),
        ("lognormal_mean(@, 20)", 100.0),
        ("lognormal_between(40, @)", 90.0),
        ("uniform(@, 5)", 2.0),
        ("triangular(1, @, 5)", 2.0),
        ("two_piece_normal(@, 0.5, 1)", 2.0),
        ("two_piece_normal(1, @, 1)", 0.5),
        ("student_t(5, 1, @)", 0.08),
        ("cauchy(@, 0.5)", 2.0),
        ("gamma(2.5, @)", 3.0),
        ("exponential(@)", 0.5),
        ("weibull(@, 10)", 1.5),
        ("pareto(@, 2)", 3.0),
        ("generalized_pareto(@, 1, 2)", 0.2),
        ("generalized_pareto(@, 1, 2)", 0.0),
        ("generalized_pareto(@, 1, 2)", -0.3),
        ("bernoulli(@)", 0.3),
        ("truncate(normal(@, 1), 0, 2.5)", 0.5),
        ("truncate(normal(0, 1), @, inf)", 6.0),
        ("truncate(normal(0, 1), -inf, @)", -6.0),
        ("truncate(lognormal(0, 0.5), @, 3)", 1.2),
    ];
    for (form, value) in forms {
        let (plain, named) = (form.replace('@', &value.to_string()), form.replace('@', "k"));
        let draws = |text: &str| {
            let parameters = format!("k = {value:?}\nx = \"{text}\"");
            of_parameters(&parameters, &["x", "k"], 46, 2000).swap_remove(0)
        };
        for (x, y) in draws(&plain).into_iter().zip(draws(&named)) {
            assert!((x - y).abs() <= 1e-8 * (1.0 + x.abs()), "{plain}: {x} is not {y}");
        }
    }
}

/// A member's bare name is its own field; another's has an index. Where the fields differ, so do the draws.
#[test]
fn a_field_rests_on_the_members_own_and_on_others() {
    let n = numbers(20_000, 200_000);
    let lines = "[sets.s.fields]\nbase = { default = 1 }\nwidth = { default = \"uniform(1, 1)\" }\neffect = { default = \"normal(base, 0.1 * base)\" }\n\
                 [s]\na = { base = \"normal(10, 1)\" }\nb = { base = 20, effect = \"normal(base + effect[a], 0.5)\" }\nc = {}\n\
                 [variables]\n\"x[s]\" = \"effect[s]\"\n\"y[s]\" = \"base[s] * width[s]\"\n";
    let found = columns(lines, 47, n, &["x[a]", "x[b]", "x[c]"]);
    // Var a = 1 + 0.01 (100 + 1), and b adds 0.25 to it.
    let (mean, variance, _) = moments(&found[0]);
    let n = n as f64;
    assert!((mean - 10.0).abs() < 5.0 * (2.01 / n).sqrt(), "{mean}");
    assert!((variance - 2.01).abs() < 5.0 * 2.01 * (2.2 / n).sqrt(), "{variance}");
    let (mean, variance, _) = moments(&found[1]);
    assert!((mean - 30.0).abs() < 5.0 * (2.26 / n).sqrt(), "{mean}");
    assert!((variance - 2.26).abs() < 5.0 * 2.26 * (2.2 / n).sqrt(), "{variance}");
    let of_default = Normal::new(1.0, 0.1).unwrap();
    assert_distributed("x[c]", &found[2], |x| of_default.cdf(x));
}

/// A shock whose spread is a parameter: years are uncorrelated, but their squares are not.
#[test]
fn a_shock_may_have_a_spread_that_is_not_known_and_one_that_grows() {
    let n = numbers(50_000, 400_000);
    let lines = "[parameters]\nsd = \"uniform(1, 3)\"\n[shocks]\neps = \"normal(0, sd)\"\nlater = \"normal(0, year - start_year)\"\n\
                 [variables]\nx = \"eps\"\ny = \"later\"\n";
    let case = Case::of(&format!("{HEAD}{lines}"));
    let series =
        [("x", 2021), ("x", 2022), ("y", 2021), ("y", 2022)].map(|(name, year)| case.series(name, year));
    let found = case.columns(48, n, &series);
    // E sd² = 13/3.
    let (_, variance, fourth) = moments(&found[0]);
    assert!((variance - 13.0 / 3.0).abs() < 5.0 * ((fourth - variance * variance) / n as f64).sqrt());
    assert_correlated("years", &found[0], &found[1], 0.0);
    let squares = |values: &[f64]| values.iter().map(|x| x * x).collect::<Vec<f64>>();
    // Var sd² = E sd⁴ - (13/3)² = 242/10 - 169/9, and Var eps² = 3 E sd⁴ - (13/3)².
    let (fourth, second) = (242.0 / 10.0, 13.0_f64 / 3.0);
    let rho = (fourth - second * second) / (3.0 * fourth - second * second);
    let found_rho = correlation(&squares(&found[0]), &squares(&found[1]));
    assert!((found_rho - rho).abs() < 0.05, "{found_rho} {rho}");
    for (column, sd) in [(&found[2], 1.0), (&found[3], 2.0)] {
        let normal = Normal::new(0.0, sd).unwrap();
        assert_distributed("a spread that grows", column, |x| normal.cdf(x));
    }
}

/// Where the spread is drawn below zero there is no value: on as many paths as that, and they are counted.
#[test]
fn impossible_arguments_on_a_path_give_no_value_and_are_counted() {
    let n = numbers(20_000, 200_000);
    let lines = "[parameters]\nsd = \"uniform(-1, 3)\"\nx = \"normal(10, sd)\"\n[variables]\ny = \"x\"\n";
    let case = Case::of(&format!("{HEAD}{lines}"));
    let column = case.columns(49, n, &[case.series("y", 2021)]).swap_remove(0);
    let without = share(&column, f64::is_nan);
    assert_share("without a value", without, 0.25, column.len());
    let ensemble = case.run(49, n);
    let tally = case.tally(&ensemble, "y", 2021);
    assert_eq!(tally.not_finite() as f64 / n as f64, without);
}

#[test]
fn distributions_that_rest_on_each_other_are_told() {
    let text = |parameters: &str| format!("{HEAD}[parameters]\n{parameters}\n[variables]\nx = \"a\"\n");
    let found = said(&text("a = \"normal(b, 1)\"\nb = \"normal(a, 1)\""));
    assert!(found.contains("rest on each other: a → b → a"), "{found}");
    let found = said(&text("a = \"normal(c, 1)\""));
    assert!(found.contains('c'), "{found}");
    let found = said(&text("a = \"normal(x, 1)\""));
    assert!(found.contains("x is a variable"), "{found}");
}

// ───────────────────────── Copulas ─────────────────────────

/// Under a t copula each input keeps its distribution, Kendall's tau is 2/π asin ρ, and extremes come together: with four degrees
/// of freedom and ρ = 0 both lie beyond c with probability E[(2 Φ(-c √w))²], w a gamma variable over its mean.
#[test]
fn a_t_copula_keeps_the_margins_and_joins_the_tails() {
    let n = numbers(40_000, 400_000);
    let lines = |value: f64| {
        format!(
            "[shocks]\na = \"normal(0, 1)\"\nb = \"exponential(2)\"\n[[correlations]]\nbetween = [\"a\", \"b\"]\nvalue = {value}\ncopula = \"t(4)\"\n\
             [variables]\nx = \"a\"\ny = \"b\"\n"
        )
    };
    let found = columns(&lines(0.6), 50, n, &["x", "y"]);
    let normal = Normal::standard();
    assert_distributed("a", &found[0], |x| normal.cdf(x));
    assert_distributed("b", &found[1], |x| 1.0 - (-2.0 * x).exp());
    // Pairs of paths that do not overlap: concordant with probability (1 + tau) / 2.
    let concordant = (0..n as usize / 2)
        .filter(|k| {
            let (i, j) = (2 * k, 2 * k + 1);
            (found[0][i] - found[0][j]) * (found[1][i] - found[1][j]) > 0.0
        })
        .count();
    let tau = std::f64::consts::FRAC_2_PI * 0.6_f64.asin();
    assert_share("concordant", concordant as f64 / (n / 2) as f64, 0.5 * (1.0 + tau), n as usize / 2);

    let found = columns(&lines(0.0), 51, n, &["x", "y"]);
    let c = 3.0;
    let gamma = Gamma::new(2.0, 2.0).unwrap();
    let levels = 2000;
    let expected = (0..levels)
        .map(|k| {
            let w: f64 = gamma.inverse_cdf((f64::from(k) + 0.5) / f64::from(levels));
            (2.0 * normal.cdf(-c * w.sqrt())).powi(2)
        })
        .sum::<f64>()
        / f64::from(levels);
    let t = StudentsT::new(0.0, 1.0, 4.0).unwrap();
    let tail = t.cdf(-c);
    let beyond = |p: f64| p < tail || p > 1.0 - tail;
    let both = found[0]
        .iter()
        .zip(&found[1])
        .filter(|(x, y)| beyond(normal.cdf(**x)) && beyond(1.0 - (-2.0 * **y).exp()))
        .count();
    assert_share("both far out", both as f64 / n as f64, expected, n as usize);
}

/// Spearman's correlation of what is correlated by rank is the number that was written.
#[test]
fn a_rank_correlation_is_that_of_the_ranks() {
    let n = numbers(40_000, 400_000);
    let lines = "[parameters]\na = \"lognormal(0, 1)\"\nb = \"uniform(0, 1)\"\n[[correlations]]\nbetween = [\"a\", \"b\"]\nvalue = 0.7\nrank = true\n\
                 [variables]\nx = \"a\"\ny = \"b\"\n";
    let found = columns(lines, 52, n, &["x", "y"]);
    let of_a = LogNormal::new(0.0, 1.0).unwrap();
    let ranks: Vec<f64> = found[0].iter().map(|x| of_a.cdf(*x)).collect();
    assert_correlated("ranks", &ranks, &found[1], 0.7);
}

/// Of single inputs of different sets, in the order in which they are listed.
#[test]
fn inputs_of_different_sets_can_be_correlated_as_a_list() {
    let n = numbers(40_000, 400_000);
    let lines = "[sets.s.fields]\nv = { default = 0 }\n[s]\nm = {}\n[sets.r.fields]\nw = { default = \"normal(0, 1)\" }\n[r]\nk = {}\n\
                 [parameters]\nprice = \"normal(0, 1)\"\nother = { over = \"s\", value = \"normal(0, 1)\" }\n\
                 [[correlations]]\namong = [\"price\", \"other[m]\", \"w[k]\"]\nmatrix = [[1, 0.5, -0.3], [0.5, 1, 0.2], [-0.3, 0.2, 1]]\n\
                 [variables]\nx = \"price\"\ny = \"other[m] + v[m]\"\nz = \"w[k]\"\n";
    let found = columns(lines, 53, n, &["x", "y", "z"]);
    assert_correlated("price, other", &found[0], &found[1], 0.5);
    assert_correlated("price, w", &found[0], &found[2], -0.3);
    assert_correlated("other, w", &found[1], &found[2], 0.2);
}

/// A shock correlated with a parameter: r with it every year, and r² between the years.
#[test]
fn a_shock_correlated_with_a_parameter_is_so_every_year() {
    let n = numbers(40_000, 400_000);
    let lines = "[parameters]\nprice = \"normal(5, 2)\"\n[shocks]\neps = \"normal(0, 3)\"\n[[correlations]]\nbetween = [\"eps\", \"price\"]\nvalue = 0.6\n\
                 [variables]\nx = \"price\"\ny = \"eps\"\n";
    let case = Case::of(&format!("{HEAD}{lines}"));
    let series = [("x", 2021), ("y", 2021), ("y", 2022)].map(|(name, year)| case.series(name, year));
    let found = case.columns(54, n, &series);
    assert_correlated("in 2021", &found[0], &found[1], 0.6);
    assert_correlated("in 2022", &found[0], &found[2], 0.6);
    assert_correlated("between years", &found[1], &found[2], 0.36);
    let (_, variance, _) = moments(&found[2]);
    assert!((variance / 9.0 - 1.0).abs() < 5.0 * (2.0 / n as f64).sqrt(), "{variance}");
}

/// What was there before is drawn as before: an input's draws do not change where others are given a hierarchy or a t copula.
#[test]
fn other_inputs_keep_their_draws() {
    let plain = "[parameters]\na = \"normal(0, 1)\"\nb = \"normal(1, 2)\"\nc = \"gamma(2, 1)\"\n[variables]\nx = \"a + 0 * b + 0 * c\"\n";
    let more = plain.replace("\"normal(1, 2)\"", "\"normal(c, 2)\"").replace(
        "[variables]",
        "d = \"normal(0, 1)\"\n[[correlations]]\nbetween = [\"c\", \"d\"]\nvalue = 0.4\ncopula = \"t(3)\"\n[variables]\ny = \"d\"",
    );
    assert_eq!(columns(plain, 55, 500, &["x"]), columns(&more, 55, 500, &["x"]));
}

/// Every form in one scenario, for what must hold whatever is drawn.
const ALL_FORMS: &str = r#"
[time]
start = 2020
end = 2022
[distributions.expert]
mixture = [{ weight = 0.7, dist = "normal(6%, 1%)" }, { weight = 0.3, dist = "resampled" }]
[distributions]
resampled = "empirical('sample.csv', 'v')"
[sets.s.fields]
base = { default = "uniform(1, 2)" }
effect = { default = "lognormal_mean(base, 0.1 * base)" }
[s]
a = {}
b = { effect = "truncate(normal(effect[a], 1), 0, inf)" }
[parameters]
a1 = "expert"
a2 = "metalog(5%: 0.1, 50%: 0.3, 95%: 0.6; 0, 1)"
a3 = "pareto_tail(empirical('sample.csv', 'v'), 95%, 0.3, 0.5)"
a4 = "generalized_pareto(-0.2, 1, 2)"
a5 = "binomial(12, 30%)"
a6 = "truncate(5 to 9, 6, 8)"
a7 = "cauchy(0, 1)"
a8 = "pareto(2.5, 1)"
a9 = "lognormal_between(40, 90)"
[shocks]
eps = { over = "s", dist = "normal(0, a2)" }
eta = "student_t(5, 0, a2)"
[[correlations]]
among = "eps[s]"
value = 0.4
copula = "t(3)"
[[correlations]]
among = ["a9", "a8", "a7"]
value = 0.3
rank = true
[variables]
"x[s]" = "effect[s] + eps[s]"
y = { formula = "sum(s: x[s]) + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + eta", report = true }
"#;

const SAMPLE: &str = "v\n1\n2\n4\n4.5\n9\n";

/// The scenario that a run stores holds all that its numbers rest on: it compiles to the same program.
#[test]
fn the_stored_scenario_of_a_run_is_the_same_program() {
    let case = Case::beside(ALL_FORMS, &[("sample.csv", SAMPLE)]);
    let stored = Case::of(&plancast::scenario::write::resolved(&case.loaded.scenario));
    // What is no number, as where arguments are impossible, differs from itself, and is written alike.
    assert_eq!(format!("{:?}", case.model.program), format!("{:?}", stored.model.program));
    assert_eq!(case.columns(60, 300, &[0, 1, 2]), stored.columns(60, 300, &[0, 1, 2]));
}

/// A path is the same number by number as in columns, and whatever the threads.
#[test]
fn the_plain_interpreter_and_threads_give_the_same_bits() {
    let case = Case::beside(ALL_FORMS, &[("sample.csv", SAMPLE)]);
    let paths = plancast::engine::paths(&case.model.program, 61, 0..256);
    for path in [0, 17, 255] {
        let alone = plancast::engine::paths(&case.model.program, 61, path..path + 1);
        for series in 0..case.model.program.series as usize {
            let whole = paths.series.column(series)[path as usize];
            assert_eq!(alone.series.column(series)[0].to_bits(), whole.to_bits(), "{path} {series}");
        }
    }
    let digests = [1, 2].map(|threads| crate::common::digest(&case.run_on(Some(threads), 61, 5000)));
    assert_eq!(digests[0], digests[1]);
}
