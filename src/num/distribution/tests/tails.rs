//! Truncations far out and to next to nothing, and shapes near zero, against values computed with forty digits (mpmath).

use super::*;
use crate::num::{exp, ln};

fn truncate(inner: Distribution, low: f64, high: f64) -> Distribution {
    Distribution::Truncated { inner: Box::new(inner), low, high }
}

const NORMAL: Distribution = Distribution::Normal { mean: 0.0, sd: 1.0 };

/// The mean of a sampler's draws by the trapezoidal rule over the score, which is exact to rounding for what is smooth
/// and decays. What is left out beyond 8.2 has a probability of 2e-16.
fn mean_of_draws(sampler: &Sampler) -> f64 {
    let steps = 8192;
    let draw = |z: f64| match sampler.reads() {
        Reads::Uniform => sampler.sample(normal::cdf(z)),
        Reads::Score => sampler.sample(z),
    };
    let scores = (-steps..=steps).map(|step| 8.2 * f64::from(step) / f64::from(steps));
    scores.map(|z| draw(z) * normal::density(z)).sum::<f64>() * 8.2 / f64::from(steps)
}

#[test]
fn truncations_have_the_means_of_the_mathematics_however_far_out_they_are() {
    use Distribution as D;
    let inf = f64::INFINITY;
    let student = D::StudentT { df: 3.0, location: 0.0, scale: 1.0 };
    let two_piece = D::TwoPieceNormal { mode: 2.0, sd_low: 0.5, sd_high: 1.5 };
    let mirrored = D::TwoPieceNormal { mode: -2.0, sd_low: 1.5, sd_high: 0.5 };
    // Distances from the end that is nearer to the middle, for their digits.
    let rows = [
        (truncate(NORMAL, 12.0, inf), 12.0, 0.082214175254284),
        (truncate(NORMAL, -inf, -12.0), -12.0, -0.082214175254284),
        (truncate(NORMAL, 37.0, inf), 37.0, 0.02698768612699),
        (truncate(NORMAL, 12.0, 12.001), 12.0, 0.000498999960767),
        (truncate(NORMAL, -12.001, -12.0), -12.0, -0.000498999960767),
        (truncate(NORMAL, 8.0, 9.0), 8.0, 0.1211889929797971),
        (truncate(NORMAL, 1.0, 1.000001), 1.0, 4.999999167e-7),
        (truncate(D::LogNormal { mu: 0.0, sigma: 0.5 }, exp(8.0), inf), exp(8.0), 95.387423668482),
        (truncate(D::Gamma { shape: 2.5, scale: 1.0 }, 600.0, inf), 600.0, 1.00249791149721),
        (truncate(D::Gamma { shape: 2.5, scale: 1.0 }, -inf, 1e-100), 0.0, 7.142857142857143e-101),
        (truncate(D::Weibull { shape: 1.5, scale: 2.0 }, 100.0, inf), 100.0, 0.18838469659714),
        (truncate(D::Exponential { rate: 1.0 }, 600.0, inf), 600.0, 1.0),
        (truncate(student.clone(), 1e6, inf), 1e6, 500000.0000009),
        (truncate(student, -inf, -1e6), -1e6, -500000.0000009),
        (truncate(D::Beta { a: 2.0, b: 3.5 }, 1.0 - 1e-6, 1.0), 1.0, -7.7777774635238858e-7),
        (truncate(D::Pert { min: 1.0, mode: 2.0, max: 5.0 }, 4.99999, 9.0), 5.0, -7.999999333332e-6),
        (truncate(two_piece, 22.0, inf), 22.0, 0.111268563738056),
        (truncate(mirrored, -inf, -22.0), -22.0, -0.111268563738056),
        (truncate(D::Triangular { min: 0.0, mode: 1.0, max: 4.0 }, 4.0 - 1e-6, 5.0), 4.0, -1e-6 / 3.0 * 2.0),
        (truncate(D::Uniform { min: 0.0, max: 1e9 }, 1.0, 1.5), 1.0, 0.25),
        (truncate(D::Poisson { rate: 3.0 }, 60.0, inf), 60.0, 0.051633834039224),
        (truncate(D::Poisson { rate: 100.0 }, -inf, 3.0), 3.0, -0.030290916218225),
    ];
    for (distribution, end, expected) in rows {
        assert_eq!(distribution.validate(), Ok(()), "{distribution}");
        // The ends of these are known to 16 digits of themselves, and the distance to no more.
        let tolerance = 1e-5 * f64::abs(expected) + 1e-15 * f64::abs(end);
        let stated = distribution.mean().unwrap() - end;
        assert!((stated - expected).abs() < tolerance, "{distribution}: {stated} {expected}");
        let drawn = mean_of_draws(&distribution.sampler()) - end;
        // A discrete sampler is no smooth function of the score, and one of t with so few moments has a long tail.
        let rough = match &distribution {
            D::Truncated { inner, .. } if inner.is_discrete() => 3e-3 * (1.0 + expected.abs()),
            D::Truncated { inner, .. } if matches!(**inner, D::StudentT { .. }) => 1e-3 * f64::abs(expected),
            _ => tolerance + 1e-12 * end.abs(),
        };
        assert!((drawn - expected).abs() < rough, "{distribution}: draws {drawn} {expected}");
    }
}

#[test]
fn draws_of_a_truncation_are_its_quantiles_and_lie_between_its_ends() {
    use Distribution as D;
    let far = [
        truncate(NORMAL, 36.5, f64::INFINITY),
        truncate(NORMAL, f64::NEG_INFINITY, -36.5),
        truncate(NORMAL, 2.0, 2.0 + 4e-16),
        truncate(D::StudentT { df: 3.0, location: 0.0, scale: 1.0 }, 1e90, f64::INFINITY),
        truncate(D::Gamma { shape: 0.5, scale: 1.0 }, 650.0, f64::INFINITY),
        truncate(D::Beta { a: 50.0, b: 2.0 }, 0.0, 1e-5),
        truncate(truncate(NORMAL, 10.0, f64::INFINITY), 20.0, 21.0),
    ];
    for distribution in far {
        assert_eq!(distribution.validate(), Ok(()), "{distribution}");
        let D::Truncated { low, high, .. } = distribution.clone() else { unreachable!() };
        let sampler = distribution.sampler();
        let uniforms = [f64::EPSILON / 2.0, 1e-9, 0.1, 0.5, 0.9, 1.0 - 1e-9, 1.0 - f64::EPSILON / 2.0];
        let draws = uniforms.map(|u| draw(&sampler, u));
        assert!(draws.is_sorted() && draws[0] >= low && draws[6] <= high, "{distribution}: {draws:?}");
        assert!(draws[6].is_finite() && draws[0].is_finite(), "{distribution}: {draws:?}");
        for (u, x) in uniforms.into_iter().zip(draws) {
            let expected = distribution.quantile(u);
            assert!((x - expected).abs() <= 1e-8 * expected.abs(), "{distribution} at {u}: {x} {expected}");
        }
        if high - low > 1e-9 {
            let half = distribution.cdf(distribution.quantile(0.5));
            assert!((half - 0.5).abs() < 1e-6, "{distribution}: {half}");
        }
    }
}

#[test]
fn a_truncation_is_refused_only_where_nothing_is_left_or_nothing_can_be_computed() {
    use Distribution as D;
    let (inf, uniform) = (f64::INFINITY, D::Uniform { min: 0.0, max: 1.0 });
    let discrete = D::Discrete { values: vec![1.0, 2.0], weights: vec![1.0, 0.0] };
    let nothing = [
        truncate(D::Poisson { rate: 3.0 }, 3.2, 3.4),
        truncate(D::Poisson { rate: 0.0 }, 1.0, inf),
        truncate(D::Poisson { rate: 3.0 }, -inf, -0.5),
        truncate(D::Poisson { rate: 3.0 }, inf, inf),
        truncate(discrete.clone(), 1.5, 3.0),
        truncate(D::Bernoulli { p: 0.0 }, 0.5, 1.0),
        truncate(D::Normal { mean: 3.0, sd: 0.0 }, 0.0, 2.0),
        truncate(uniform.clone(), 1.0, 2.0),
        truncate(uniform.clone(), -1.0, 0.0),
        truncate(uniform, 0.5, 0.5),
        truncate(NORMAL, 5.0, 5.0),
        truncate(D::Gamma { shape: 2.0, scale: 1.0 }, -2.0, -1.0),
        truncate(D::Empirical { values: vec![1.0, 2.0] }, 2.0, 3.0),
        truncate(truncate(NORMAL, 0.0, 1.0), 1.0, 2.0),
    ];
    for distribution in nothing {
        let said = distribution.validate().unwrap_err();
        assert!(matches!(said, ArgumentError::KeepsNothing { .. }), "{distribution}: {said:?}");
    }
    for low in [38.0, 40.0, 1e300] {
        let said = truncate(NORMAL, low, inf).validate().unwrap_err();
        assert!(matches!(said, ArgumentError::KeepsTooLittle { .. }), "{low}: {said:?}");
    }
    let something = [
        truncate(D::Poisson { rate: 3.0 }, 3.0, 3.0),
        truncate(discrete, 1.0, 1.0),
        truncate(D::Bernoulli { p: 1e-300 }, 0.5, 1.0),
        truncate(D::Empirical { values: vec![1.0, 2.0, 2.0] }, 2.0, 3.0),
        truncate(D::Normal { mean: 3.0, sd: 0.0 }, 3.0, 3.0),
        truncate(NORMAL, -inf, inf),
    ];
    for distribution in something {
        assert_eq!(distribution.validate(), Ok(()), "{distribution}");
        assert!(draw(&distribution.sampler(), 0.7).is_finite(), "{distribution}");
    }
    let said = Distribution::Resample { values: vec![1.0, 2.0], weights: vec![], rows: None };
    let said = truncate(said, 0.0, 1.0).validate().unwrap_err();
    assert!(matches!(said, ArgumentError::RowsTruncated { .. }), "{said:?}");
}

#[test]
fn shapes_near_zero_have_the_quantiles_of_the_mathematics() {
    // Logarithms of quantiles, by probability.
    let gamma = [
        (0.001, 0.5, -693.72357415822868),
        (0.001, 0.9, -105.93690925610967),
        (0.001, 0.99, -10.62670521673838),
        (0.001, 0.999, -1.328892733731184),
        (0.001, 0.999999, 1.6331593382170597),
        (0.01, 0.01, -461.0860493934161),
        (0.01, 0.5, -69.883748850601495),
        (0.01, 0.99, -1.3278271698191643),
        (0.01, 0.9999, 1.1712549653460577),
        (0.05, 0.01, -92.640465169807031),
        (0.05, 0.9, -2.5728580682124234),
        (0.05, 0.999999, 2.1629623477413059),
        (0.3, 0.01, -15.71114986943092),
        (0.3, 0.999, 1.5301643848038563),
    ];
    for (shape, u, expected) in gamma {
        let distribution = Distribution::Gamma { shape, scale: 1.0 };
        assert_eq!(distribution.validate(), Ok(()));
        let (quantile, drawn) = (ln(distribution.quantile(u)), ln(draw(&distribution.sampler(), u)));
        assert!(
            (quantile - expected).abs() < 1e-10 * (1.0 + expected.abs()),
            "{shape} {u}: {quantile} {expected}"
        );
        assert!((drawn - expected).abs() < 1e-7, "{shape} {u}: drawn {drawn} {expected}");
    }
    // And of x / (1 - x).
    let beta = [
        (0.01, 0.02, 0.1, -189.74419282841513),
        (0.01, 0.02, 0.5, -28.800401585005081),
        (0.05, 3.0, 0.1, -47.521357395076984),
        (0.05, 3.0, 0.5, -15.332598509236416),
        (0.05, 3.0, 0.9, -3.4908647627674338),
        (0.05, 3.0, 0.99, -0.63490521917080655),
    ];
    for (a, b, u, expected) in beta {
        let x = draw(&Distribution::Beta { a, b }.sampler(), u);
        let drawn = ln(x) - ln(1.0 - x);
        assert!((drawn - expected).abs() < 1e-7, "{a} {b} {u}: {drawn} {expected}");
    }
}

#[test]
fn draws_of_shapes_near_zero_and_of_heavy_tails_have_the_stated_means() {
    use Distribution as D;
    let rows = [
        (D::Gamma { shape: 0.001, scale: 1.0 }, 1e-7),
        (D::Gamma { shape: 0.01, scale: 2.0 }, 1e-7),
        (D::Gamma { shape: 0.011, scale: 1.0 }, 1e-7),
        (D::Gamma { shape: 0.2, scale: 1.0 }, 1e-9),
        (D::Beta { a: 0.01, b: 0.02 }, 5e-7),
        (D::Beta { a: 0.05, b: 3.0 }, 1e-7),
        (D::Beta { a: 0.01, b: 0.01 }, 5e-7),
        // Of exp(3 z) all but 1e-7 of the mean lies within 8.2 standard deviations.
        (D::LogNormal { mu: 0.0, sigma: 3.0 }, 2e-7),
        (D::Weibull { shape: 0.3, scale: 1.0 }, 1e-9),
    ];
    for (distribution, tolerance) in rows {
        let (drawn, stated) = (mean_of_draws(&distribution.sampler()), distribution.mean().unwrap());
        assert!((drawn / stated - 1.0).abs() < tolerance, "{distribution}: {drawn} {stated}");
    }
}

#[test]
fn values_beyond_the_largest_and_smallest_numbers_are_infinite_and_zero_and_those_within_are_right() {
    let wide = Distribution::LogNormal { mu: 0.0, sigma: 400.0 }.sampler();
    assert_eq!((wide.sample(2.0), wide.sample(-2.0)), (f64::INFINITY, 0.0));
    for z in [-1.7, -0.3, 0.0, 0.1, 1.7] {
        assert!((ln(wide.sample(z)) - 400.0 * z).abs() < 1e-10, "{z}");
    }
    let small = Distribution::Uniform { min: 1e-300, max: 2e-300 }.sampler();
    assert!((small.sample(0.25) / 1.25e-300 - 1.0).abs() < 1e-15);
    let heavy = Distribution::LogNormal { mu: 0.0, sigma: 5.0 };
    // The quartile of exp(5 z): z = -0.674489750196081743.
    assert!((heavy.quantile(0.25) / exp(-5.0 * 0.674_489_750_196_081_7) - 1.0).abs() < 1e-13);
    assert!((draw(&heavy.sampler(), 0.25) / heavy.quantile(0.25) - 1.0).abs() < 1e-8);
}
