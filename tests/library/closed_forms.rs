//! Simulated scenarios against what mathematics says they must give.
//!
//! Every comparison is a statistical test with a fixed seed: a statistic, divided by its own standard error,
//! must lie within [`Z`] = 5. If the program is right, one comparison fails with a probability of 5.7e-7 (two
//! sides of a normal; the samples are large enough for that), all of this file, some 330 comparisons, with
//! less than 2e-4; and as seeds are fixed, what passes once passes always. Sample sizes stand at each test.
#![allow(clippy::disallowed_methods, reason = "reference values within tolerances; none enters a result")]

use std::fmt::Write as _;

use crate::common::{Case, correlation, moments};
use statrs::distribution::{
    Beta, ContinuousCDF, DiscreteCDF, Exp, Gamma, LogNormal, Normal, Poisson, StudentsT, Triangular, Weibull,
};
use statrs::function::gamma::gamma;

/// How many standard errors a statistic may be off.
const Z: f64 = 5.0;

fn normal() -> Normal {
    Normal::standard()
}

/// A share of n paths against the probability that it estimates.
fn assert_share(what: &str, share: f64, probability: f64, n: u64) {
    let error = (probability * (1.0 - probability) / n as f64).sqrt();
    let z = (share - probability) / error;
    assert!(z.abs() < Z, "{what}: {share} for {probability}, {z:.1} standard errors off");
}

/// A sample's mean against the true mean and standard deviation.
fn assert_mean(what: &str, found: f64, mean: f64, sd: f64, n: u64) {
    let z = (found - mean) / (sd / (n as f64).sqrt());
    assert!(z.abs() < Z, "{what}: mean {found} for {mean}, {z:.1} standard errors off");
}

/// A sample's variance against the true one; `fourth` is the true fourth central moment.
fn assert_variance(what: &str, found: f64, variance: f64, fourth: f64, n: u64) {
    let z = (found - variance) / ((fourth - variance * variance) / n as f64).sqrt();
    assert!(z.abs() < Z, "{what}: variance {found} for {variance}, {z:.1} standard errors off");
}

/// The variance of a normal sample.
fn assert_normal_variance(what: &str, found: f64, variance: f64, n: u64) {
    assert_variance(what, found, variance, 3.0 * variance * variance, n);
}

/// The correlation of a sample of pairs of normals, by Fisher's transformation.
fn assert_correlation(what: &str, found: f64, rho: f64, n: u64) {
    let z = (found.atanh() - rho.atanh()) * (n as f64 - 3.0).sqrt();
    assert!(z.abs() < Z, "{what}: correlation {found} for {rho}, {z:.1} standard errors off");
}

// ───────────────────────── Processes ─────────────────────────

const GEOMETRIC: &str = r#"
    [time]
    start = 2020
    end = 2030
    [shocks]
    eps = "normal(0, 1)"
    [variables]
    x = { start = "50", formula = "prev(x) * exp(0.03 + 0.08 * eps)" }
    [targets]
    rises = "x@2025 >= 60"
    doubles = "x@2030 >= 100"
    falls = "x@2030 < 50"
"#;

/// ln(x / 50) after t years is normal(0.03 t, 0.08 √t). 200 000 paths.
#[test]
fn geometric_brownian_motion_has_its_mean_variance_and_quantiles() {
    let case = Case::of(GEOMETRIC);
    let n = 200_000;
    let ensemble = case.run(11, n);
    for (year, t) in [(2021, 1.0_f64), (2025, 5.0), (2030, 10.0)] {
        let (mu, sigma) = (50.0_f64.ln() + 0.03 * t, 0.08 * t.sqrt());
        let reference = LogNormal::new(mu, sigma).unwrap();
        let tally = case.tally(&ensemble, "x", year);
        let w = (sigma * sigma).exp();
        let mean = (mu + sigma * sigma / 2.0).exp();
        let variance = (w - 1.0) * mean * mean;
        let excess = w.powi(4) + 2.0 * w.powi(3) + 3.0 * w.powi(2) - 6.0;
        assert_mean("x", tally.mean().unwrap(), mean, variance.sqrt(), n);
        assert_variance("x", tally.variance().unwrap(), variance, (excess + 3.0) * variance * variance, n);
        for level in [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] {
            let quantile = tally.quantile(level).unwrap();
            assert_share(&format!("below the {level} quantile of {year}"), reference.cdf(quantile), level, n);
        }
    }
}

/// P(x ≥ level) = Φ((ln(50 / level) + 0.03 t) / (0.08 √t)). 200 000 paths.
#[test]
fn geometric_brownian_motion_exceeds_a_target_as_often_as_it_must() {
    let case = Case::of(GEOMETRIC);
    let n = 200_000;
    let ensemble = case.run(12, n);
    let above = |level: f64, t: f64| normal().cdf(((50.0 / level).ln() + 0.03 * t) / (0.08 * t.sqrt()));
    assert_share("rises", case.odds(&ensemble, "rises"), above(60.0, 5.0), n);
    assert_share("doubles", case.odds(&ensemble, "doubles"), above(100.0, 10.0), n);
    assert_share("falls", case.odds(&ensemble, "falls"), 1.0 - above(50.0, 10.0), n);
}

/// From a fixed start, Var `x_t` = σ² (1 - φ^2t) / (1 - φ²) and `Cov(x_s`, `x_t`) = φ^(t-s) Var `x_s`. 100 000 paths.
#[test]
fn an_autoregression_has_its_variance_and_autocorrelation() {
    let (phi, sigma) = (0.7_f64, 2.0_f64);
    let case = Case::of(
        r#"
        [time]
        start = 2000
        end = 2030
        [shocks]
        eps = "normal(0, 2)"
        [variables]
        x = { start = "0", formula = "0.7 * prev(x) + eps" }
        "#,
    );
    let n = 100_000;
    let series = case.years("x", 2000..2031);
    let columns = case.columns(13, n, &series);
    let variance = |t: usize| sigma.powi(2) * (1.0 - phi.powi(2 * t as i32)) / (1.0 - phi * phi);
    for t in [1, 2, 5, 29] {
        let (mean, found, _) = moments(&columns[t]);
        assert_mean("x", mean, 0.0, variance(t).sqrt(), n);
        assert_normal_variance("x", found, variance(t), n);
    }
    for (s, t) in [(1, 2), (2, 3), (20, 21), (20, 22), (20, 25)] {
        let rho = phi.powi((t - s) as i32) * (variance(s) / variance(t)).sqrt();
        assert_correlation(&format!("x{s}, x{t}"), correlation(&columns[s], &columns[t]), rho, n);
    }
}

/// A parameter is drawn once per path: t years of it have variance t² τ². A shock is drawn every year: t years
/// of it have variance t σ². 100 000 paths.
#[test]
fn not_knowing_a_number_spreads_with_time_and_luck_with_its_root() {
    let case = Case::of(
        r#"
        [time]
        start = 2020
        end = 2036
        [parameters]
        trend = "normal(1, 0.3)"
        [shocks]
        luck = "normal(1, 0.3)"
        [variables]
        known_badly = { start = "0", formula = "prev(known_badly) + trend" }
        lucky = { start = "0", formula = "prev(lucky) + luck" }
        "#,
    );
    let n = 100_000;
    let ensemble = case.run(14, n);
    for t in [1, 4, 9, 16] {
        let years = f64::from(t);
        let of = |name| case.tally(&ensemble, name, 2020 + t).variance().unwrap();
        assert_normal_variance("known_badly", of("known_badly"), 0.09 * years * years, n);
        assert_normal_variance("lucky", of("lucky"), 0.09 * years, n);
    }
}

/// Of a shock in different years, and of inputs of different names, nothing is shared. 100 000 paths.
#[test]
fn draws_of_two_years_and_of_two_names_are_independent() {
    let case = Case::of(
        r#"
        [time]
        start = 2020
        end = 2023
        [parameters]
        a = "normal(0, 1)"
        b = "normal(0, 1)"
        [shocks]
        eps = "normal(0, 1)"
        eta = "normal(0, 1)"
        [variables]
        shock = "eps"
        other = "eta"
        first = "a"
        second = "b"
        "#,
    );
    let n = 100_000;
    let (shock, other) = (case.years("shock", 2021..2024), case.years("other", 2021..2024));
    let single = [case.series("first", 2021), case.series("second", 2021)];
    let columns = case.columns(15, n, &[shock, other, single.to_vec()].concat());
    for a in 0..columns.len() {
        for b in 0..a {
            assert_correlation(&format!("columns {a}, {b}"), correlation(&columns[a], &columns[b]), 0.0, n);
        }
    }
}

// ───────────────────────── Correlation ─────────────────────────

/// The case of `correlations` among shocks eps[a], eps[b] and eps[c] with standard deviations 1, 2 and 3.
fn correlated(correlations: &str) -> Case {
    Case::of(&format!(
        r#"
        [time]
        start = 2020
        end = 2022
        [sets.s.fields]
        sd = {{ unit = "1" }}
        [s]
        a = {{ sd = 1 }}
        b = {{ sd = 2 }}
        c = {{ sd = 3 }}
        [shocks]
        eps = {{ over = "s", dist = "normal(0, 1)" }}
        [variables]
        "x[s]" = "sd[s] * eps[s]"
        total = "sum(s: x[s])"
        {correlations}
        "#
    ))
}

/// Var Σx = Σσ² + 2 Σ ρ σ σ', and each pair has its own ρ, in every year. 100 000 paths.
fn assert_correlated(case: &Case, seed: u64, [ab, ac, bc]: [f64; 3]) {
    let n = 100_000;
    for year in [2021, 2022] {
        let series = ["x[a]", "x[b]", "x[c]", "total"].map(|name| case.series(name, year));
        let [a, b, c, total] = case.columns(seed, n, &series).try_into().unwrap();
        assert_correlation("a, b", correlation(&a, &b), ab, n);
        assert_correlation("a, c", correlation(&a, &c), ac, n);
        assert_correlation("b, c", correlation(&b, &c), bc, n);
        for (column, sd) in [(&a, 1.0_f64), (&b, 2.0), (&c, 3.0)] {
            assert_normal_variance("x", moments(column).1, sd * sd, n);
        }
        let variance = 1.0 + 4.0 + 9.0 + 2.0 * (ab * 2.0 + ac * 3.0 + bc * 6.0);
        assert_normal_variance("total", moments(&total).1, variance, n);
    }
}

#[test]
fn a_sum_of_pairs_correlated_one_by_one_has_its_variance() {
    let case = correlated(
        "[[correlations]]\nbetween = [\"eps[c]\", \"eps[a]\"]\nvalue = 0.6\n\
         [[correlations]]\nbetween = [\"eps[b]\", \"eps[c]\"]\nvalue = -0.5\n",
    );
    assert_correlated(&case, 21, [0.0, 0.6, -0.5]);
}

#[test]
fn a_sum_with_one_common_correlation_has_its_variance() {
    let case = correlated("[[correlations]]\namong = \"eps[s]\"\nvalue = 0.4\n");
    assert_correlated(&case, 22, [0.4, 0.4, 0.4]);
}

#[test]
fn a_sum_correlated_by_a_matrix_has_its_variance() {
    let case = correlated(
        "[[correlations]]\namong = \"eps[s]\"\nmatrix = [[1, 0.7, -0.2], [0.7, 1, 0.3], [-0.2, 0.3, 1]]\n",
    );
    assert_correlated(&case, 23, [0.7, -0.2, 0.3]);
}

/// The copula correlates the underlying normals: uniforms are then correlated by 6/π asin(ρ/2), and the
/// logarithms of lognormals by ρ. The error of the uniforms' correlation is below that of normals, 1/√n.
/// 100 000 paths.
#[test]
fn the_copula_correlates_the_normals_beneath_other_distributions() {
    let case = Case::of(
        r#"
        [time]
        start = 2020
        end = 2021
        [parameters]
        a = "uniform(2, 5)"
        b = "uniform(0, 1)"
        c = "lognormal(1, 0.5)"
        d = "lognormal(0, 0.2)"
        [[correlations]]
        between = ["a", "b"]
        value = 0.8
        [[correlations]]
        between = ["c", "d"]
        value = -0.6
        [variables]
        va = "a"
        vb = "b"
        vc = "log(c)"
        vd = "log(d)"
        "#,
    );
    let n = 100_000;
    let series = ["va", "vb", "vc", "vd"].map(|name| case.series(name, 2020));
    let [a, b, c, d] = case.columns(24, n, &series).try_into().unwrap();
    let of_uniforms = 6.0 / std::f64::consts::PI * (0.8_f64 / 2.0).asin();
    assert_correlation("uniforms", correlation(&a, &b), of_uniforms, n);
    assert_correlation("logarithms", correlation(&c, &d), -0.6, n);
}

// ───────────────────────── Distributions ─────────────────────────

/// A distribution as the file has it, and its mean, variance and cumulative probabilities from elsewhere.
struct Row {
    written: &'static str,
    mean: f64,
    variance: f64,
    cdf: Box<dyn Fn(f64) -> f64>,
}

fn row(written: &'static str, mean: f64, variance: f64, cdf: impl Fn(f64) -> f64 + 'static) -> Row {
    Row { written, mean, variance, cdf: Box::new(cdf) }
}

/// Continuous distributions, with shapes on both sides of every change of method.
fn continuous() -> Vec<Row> {
    let pi = std::f64::consts::PI;
    let beta = |a: f64, b: f64| (a / (a + b), a * b / ((a + b).powi(2) * (a + b + 1.0)));
    // A PERT is a beta distribution with shapes 1 + 4 (mode - min) / range and 1 + 4 (max - mode) / range.
    let pert = |written, min: f64, mode: f64, max: f64| {
        let range = max - min;
        let (a, b) = (1.0 + 4.0 * (mode - min) / range, 1.0 + 4.0 * (max - mode) / range);
        let (mean, variance) = beta(a, b);
        let reference = Beta::new(a, b).unwrap();
        row(written, min + range * mean, range * range * variance, move |x| reference.cdf((x - min) / range))
    };
    let two_piece = |written, mode: f64, low: f64, high: f64| {
        let variance = (1.0 - 2.0 / pi) * (high - low).powi(2) + low * high;
        let cdf = move |x: f64| {
            let side = |sd: f64| 2.0 * sd / (low + high) * normal().cdf(-(x - mode).abs() / sd);
            if x < mode { side(low) } else { 1.0 - side(high) }
        };
        row(written, mode + (2.0 / pi).sqrt() * (high - low), variance, cdf)
    };
    let weibull = |written, shape: f64, scale: f64| {
        let moment = |k: f64| gamma(1.0 + k / shape);
        let variance = scale * scale * (moment(2.0) - moment(1.0).powi(2));
        row(written, scale * moment(1.0), variance, move |x| Weibull::new(shape, scale).unwrap().cdf(x))
    };
    // A normal between a and b in standard units has mean (φ(a) - φ(b)) / (Φ(b) - Φ(a)).
    let truncated = |written, mean: f64, sd: f64, low: f64, high: f64| {
        let (a, b) = ((low - mean) / sd, (high - mean) / sd);
        let density = |z: f64| (-z * z / 2.0).exp() / (2.0 * pi).sqrt();
        let edge = |z: f64| if z.is_finite() { z * density(z) } else { 0.0 };
        let mass = normal().cdf(b) - normal().cdf(a);
        let shift = (density(a) - density(b)) / mass;
        let variance = 1.0 + (edge(a) - edge(b)) / mass - shift * shift;
        let cdf = move |x: f64| (normal().cdf((x.min(high) - mean) / sd) - normal().cdf(a)).max(0.0) / mass;
        row(written, mean + sd * shift, sd * sd * variance, cdf)
    };
    let quantile = normal().inverse_cdf(0.95);
    let half = 0.02 / quantile;
    vec![
        row("normal(3, 2)", 3.0, 4.0, |x| normal().cdf((x - 3.0) / 2.0)),
        row("6% to 10%", 0.08, half * half, move |x| normal().cdf((x - 0.08) / half)),
        row("lognormal(0.5, 0.3)", (0.5_f64 + 0.045).exp(), 0.09_f64.exp_m1() * 1.09_f64.exp(), |x| {
            LogNormal::new(0.5, 0.3).unwrap().cdf(x)
        }),
        row("uniform(-2, 4)", 1.0, 3.0, |x| ((x + 2.0) / 6.0).clamp(0.0, 1.0)),
        row("triangular(0, 1, 5)", 2.0, (25.0 + 1.0 - 5.0) / 18.0, |x| {
            Triangular::new(0.0, 5.0, 1.0).unwrap().cdf(x)
        }),
        pert("pert(1, 2, 8)", 1.0, 2.0, 8.0),
        pert("pert(-3, -3, 1)", -3.0, -3.0, 1.0),
        two_piece("two_piece_normal(2, 1, 3)", 2.0, 1.0, 3.0),
        two_piece("two_piece_normal(0, 0.4, 0.1)", 0.0, 0.4, 0.1),
        row("student_t(9, 1, 2)", 1.0, 4.0 * 9.0 / 7.0, |x| StudentsT::new(1.0, 2.0, 9.0).unwrap().cdf(x)),
        row("student_t(40, 0, 1)", 0.0, 40.0 / 38.0, |x| StudentsT::new(0.0, 1.0, 40.0).unwrap().cdf(x)),
        row("beta(2, 5)", beta(2.0, 5.0).0, beta(2.0, 5.0).1, |x| Beta::new(2.0, 5.0).unwrap().cdf(x)),
        row("beta(0.5, 0.7)", beta(0.5, 0.7).0, beta(0.5, 0.7).1, |x| Beta::new(0.5, 0.7).unwrap().cdf(x)),
        row("gamma(2.5, 3)", 7.5, 22.5, |x| Gamma::new(2.5, 1.0 / 3.0).unwrap().cdf(x)),
        row("gamma(0.4, 1)", 0.4, 0.4, |x| Gamma::new(0.4, 1.0).unwrap().cdf(x)),
        row("exponential(0.25)", 4.0, 16.0, |x| Exp::new(0.25).unwrap().cdf(x)),
        weibull("weibull(1.7, 2)", 1.7, 2.0),
        weibull("weibull(0.9, 1)", 0.9, 1.0),
        truncated("truncate(normal(0, 1), -0.5, 2)", 0.0, 1.0, -0.5, 2.0),
        truncated("truncate(normal(1, 2), 3, inf)", 1.0, 2.0, 3.0, f64::INFINITY),
        // Straight lines between 1, 2, 4 and 9: three uniforms of weight 1/3.
        row("empirical('sample.csv', 'v')", 11.0 / 3.0, 168.0 / 9.0 - 121.0 / 9.0, |x| {
            let part = |low: f64, high: f64| ((x - low) / (high - low)).clamp(0.0, 1.0);
            (part(1.0, 2.0) + part(2.0, 4.0) + part(4.0, 9.0)) / 3.0
        }),
    ]
}

fn discrete() -> Vec<Row> {
    let step = |at: f64, x: f64| f64::from(x >= at);
    vec![
        row("bernoulli(30%)", 0.3, 0.21, move |x| 0.7 * step(0.0, x) + 0.3 * step(1.0, x)),
        row("poisson(0.3)", 0.3, 0.3, |x| {
            Poisson::new(0.3).unwrap().cdf(x.max(0.0) as u64) * f64::from(x >= 0.0)
        }),
        row("poisson(70)", 70.0, 70.0, |x| {
            Poisson::new(70.0).unwrap().cdf(x.max(0.0) as u64) * f64::from(x >= 0.0)
        }),
        row("resample(2, -1, 5, -1)", 1.25, 6.1875, move |x| {
            (2.0 * step(-1.0, x) + step(2.0, x) + step(5.0, x)) / 4.0
        }),
        row("discrete(2: 1, -1: 2, 5: 1)", 1.25, 6.1875, move |x| {
            (2.0 * step(-1.0, x) + step(2.0, x) + step(5.0, x)) / 4.0
        }),
    ]
}

const SAMPLE: &str = "v\n4\n1\n9\n2\n";

/// A scenario with one parameter for each row, as `x0`, `x1`, …
fn parameters(rows: &[Row]) -> Case {
    let mut text = String::from("[time]\nstart = 2020\nend = 2021\n[parameters]\n");
    for (k, row) in rows.iter().enumerate() {
        let _ = writeln!(text, "p{k} = \"{}\"", row.written);
    }
    text += "[variables]\n";
    for k in 0..rows.len() {
        let _ = writeln!(text, "x{k} = \"p{k}\"");
    }
    Case::beside(&text, &[("sample.csv", SAMPLE)])
}

/// The fourth central moment, which only the error of the variance needs, by the sums of Stieltjes over the
/// reference's cumulative probabilities: to a few parts in a thousand.
fn fourth_moment(row: &Row, low: f64, high: f64) -> f64 {
    let steps = 4000;
    // In steps around whole numbers, so that a count stands in the middle of its own.
    let discrete = (low, high) == (low.round(), high.round());
    let (from, to) = if discrete { (low - 0.5, high + 0.5) } else { (low, high) };
    let width = if discrete { 1.0 } else { (to - from) / f64::from(steps) };
    let mut sum = 0.0;
    let mut edge = from;
    while edge < to - width / 2.0 {
        let mass = (row.cdf)(edge + width) - (row.cdf)(edge);
        sum += mass * (edge + width / 2.0 - row.mean).powi(4);
        edge += width;
    }
    sum
}

/// Mean, variance and quantiles by simulation. 200 000 paths; 9 comparisons a row.
#[test]
fn every_distribution_has_its_mean_variance_and_quantiles() {
    let n = 200_000;
    for (rows, seed) in [(continuous(), 31), (discrete(), 32)] {
        let case = parameters(&rows);
        let ensemble = case.run(seed, n);
        for (k, row) in rows.iter().enumerate() {
            let tally = case.tally(&ensemble, &format!("x{k}"), 2020);
            let fourth = fourth_moment(row, tally.min().unwrap(), tally.max().unwrap());
            assert_mean(row.written, tally.mean().unwrap(), row.mean, row.variance.sqrt(), n);
            assert_variance(row.written, tally.variance().unwrap(), row.variance, fourth, n);
            for level in [0.01_f64, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] {
                let found = tally.quantile(level).unwrap();
                // A jump may pass over the level, and a quantile is known to 1e-4 standard deviations.
                let error = Z * (level * (1.0 - level) / n as f64).sqrt();
                let nudge = 1e-4 * row.variance.sqrt();
                let (below, upto) = ((row.cdf)(found - nudge), (row.cdf)(found + nudge));
                let met = below <= level + error && upto >= level - error;
                assert!(
                    met,
                    "{}: quantile {level} is {found}, where {below} to {upto} lies below",
                    row.written
                );
            }
        }
    }
}

/// Drawn every year instead of once per path, a distribution is the same. 200 000 paths.
#[test]
fn a_shock_has_the_distribution_of_a_parameter() {
    let case = Case::of(
        r#"
        [time]
        start = 2020
        end = 2022
        [shocks]
        eps = "gamma(2.5, 3)"
        [variables]
        x = "eps"
        "#,
    );
    let n = 200_000;
    let ensemble = case.run(33, n);
    for year in [2021, 2022] {
        let tally = case.tally(&ensemble, "x", year);
        assert_mean("gamma", tally.mean().unwrap(), 7.5, 22.5_f64.sqrt(), n);
        for level in [0.05, 0.5, 0.95] {
            let reference = Gamma::new(2.5, 1.0 / 3.0).unwrap();
            assert_share("gamma", reference.cdf(tally.quantile(level).unwrap()), level, n);
        }
    }
}

/// Whole numbers, of which the quantile at a level may be one or the next, and two lumps with nothing between. Of a hundred seeds that hold with
/// 95 % each fewer than 88 do so by chance in one of three hundred cases; the seeds are fixed.
#[test]
fn errors_of_quantiles_at_jumps_reach_the_other_side_of_them() {
    let text = "[time]\nstart = 2020\nend = 2021\n[parameters]\nk = \"poisson(2)\"\nz = \"normal(0, 1)\"\nu = \"uniform(0, 1)\"\n\
                [metrics]\nwhole = \"k\"\ngap = \"z + if(u < 0.95, 0, 1000)\"\n";
    let study = plancast::Study::from_text("jumps", text).unwrap();
    // P(k ≤ 4) = 0.947347, P(k ≤ 5) = 0.983436 and P(k ≤ 6) = 0.995466; 0.05 Φ(x − 1000) = 0.0005 at 997.6737.
    for sampling in [plancast::study::Sampling::Random, plancast::study::Sampling::Antithetic] {
        for (metric, level, exact) in [("whole", 0.95, 5.0), ("whole", 0.995, 6.0), ("gap", 0.9505, 997.6737)]
        {
            let mut held = 0;
            for seed in 1..=100 {
                let options =
                    plancast::Options::default().paths(4096).seed(seed).quantiles([level]).sampling(sampling);
                let run = study.run(&options).unwrap();
                let found = run.metric(metric).unwrap();
                let key = found.quantiles.keys().next().unwrap();
                let (value, error) = (found.quantiles[key].unwrap(), found.quantile_errors[key].unwrap());
                held += i32::from((value - exact).abs() <= 1.96 * error);
            }
            assert!(held >= 88, "{sampling:?}, {metric} at {level}: {held} of 100");
        }
    }
}
