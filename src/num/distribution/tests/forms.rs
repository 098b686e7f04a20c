//! Pareto tails, Cauchy, binomials, mixtures and metalogs against closed forms, published values and another library.
#![allow(clippy::disallowed_methods, reason = "closed forms are computed with the platform's functions")]

use statrs::distribution::{self as reference, ContinuousCDF, DiscreteCDF};

use super::*;
use crate::num::ln;

fn normal_of(mean: f64, sd: f64) -> Distribution {
    Distribution::Normal { mean, sd }
}

fn mixture(components: &[(f64, Distribution)]) -> Distribution {
    Distribution::Mixture { components: components.to_vec() }
}

fn metalog(points: &[(f64, f64)], low: f64, high: f64) -> Distribution {
    Distribution::Metalog(Metalog::new(points.to_vec(), low, high))
}

const NONE: [f64; 2] = [f64::NEG_INFINITY, f64::INFINITY];

#[test]
fn pareto_and_cauchy_have_the_probabilities_of_statrs() {
    let pareto = Distribution::Pareto { shape: 2.5, min: 1.5 };
    let cauchy = Distribution::Cauchy { location: 1.0, scale: 2.0 };
    let of_pareto = reference::Pareto::new(1.5, 2.5).unwrap();
    let of_cauchy = reference::Cauchy::new(1.0, 2.0).unwrap();
    for i in 1..400 {
        let x = f64::from(i) * 0.1 - 12.003;
        assert!((pareto.cdf(x) - of_pareto.cdf(x)).abs() < 1e-12, "{x}");
        assert!((cauchy.cdf(x) - of_cauchy.cdf(x)).abs() < 1e-12, "{x}");
    }
    // 2.5 · 1.5 / 1.5 and 2.5 · 1.5² / (1.5² · 0.5).
    assert!(close(pareto.mean().unwrap(), 2.5, 1e-14) && close(pareto.variance().unwrap(), 5.0, 1e-14));
    assert_eq!((cauchy.mean(), cauchy.variance()), (None, None));
    let heavy = Distribution::Pareto { shape: 1.0, min: 1.0 };
    assert_eq!((heavy.mean(), Distribution::Pareto { shape: 2.0, min: 1.0 }.variance()), (None, None));
}

#[test]
fn binomials_have_the_probabilities_of_statrs() {
    for (n, p) in [(1, 0.3), (10, 0.5), (40, 0.07), (500, 0.9)] {
        let ours = Distribution::Binomial { n: f64::from(n), p };
        let theirs = reference::Binomial::new(p, u64::from(n as u32)).unwrap();
        let sampler = ours.sampler();
        for k in 0..n {
            let expected = theirs.cdf(u64::from(k as u32));
            assert!((ours.cdf(f64::from(k) + 0.5) - expected).abs() < 1e-11, "{n} {p} {k}");
            if expected > 1e-9 && expected < 1.0 - 1e-9 {
                assert_eq!(sampler.sample(expected - 1e-11), f64::from(k), "{n} {p}");
                assert_eq!(sampler.sample(expected + 1e-11), f64::from(k + 1), "{n} {p}");
            }
        }
    }
    let sure = Distribution::Binomial { n: 7.0, p: 1.0 };
    assert_eq!((sure.sampler().sample(0.01), sure.cdf(6.9), sure.cdf(7.0)), (7.0, 0.0, 1.0));
    let none = Distribution::Binomial { n: 0.0, p: 0.4 };
    assert_eq!((none.sampler().sample(0.99), none.mean()), (0.0, Some(0.0)));
}

/// Of shape 0 it is exponential, of shape -1 uniform, of shape 1/2 the square of a Pareto tail.
#[test]
fn a_generalized_pareto_is_what_it_is_called_for_some_shapes() {
    let of = |shape| Distribution::GeneralizedPareto { shape, threshold: 3.0, scale: 2.0 };
    for i in 1..100 {
        let p = f64::from(i) / 100.0;
        assert!(close(of(0.0).quantile(p), 3.0 - 2.0 * ln(1.0 - p), 1e-14));
        assert!(close(of(-1.0).quantile(p), 3.0 + 2.0 * p, 1e-14));
        assert!(close(of(0.5).quantile(p), 3.0 + 4.0 * (1.0 / (1.0 - p).sqrt() - 1.0), 1e-13));
        assert!(close(of(1e-12).quantile(p), of(0.0).quantile(p), 1e-10));
    }
    assert_eq!((of(-1.0).cdf(5.0), of(-1.0).sf(5.1), of(0.5).cdf(3.0)), (1.0, 0.0, 0.0));
    // scale / (1 - shape), and with its square over 1 - 2 shape.
    assert!(close(of(0.25).mean().unwrap(), 3.0 + 2.0 / 0.75, 1e-14));
    assert!(close(of(0.25).variance().unwrap(), 4.0 / (0.75 * 0.75 * 0.5), 1e-14));
    assert_eq!((of(1.0).mean(), of(0.5).variance()), (None, None));
}

#[test]
fn a_tail_continues_its_body_at_the_quantile() {
    let body = Box::new(normal_of(0.0, 1.0));
    let spliced = Distribution::ParetoTail { body, level: 0.95, shape: 0.3, scale: 0.5 };
    assert_eq!(spliced.validate(), Ok(()));
    let threshold = normal::quantile(0.95);
    assert!(close(spliced.quantile(0.95), threshold, 1e-12));
    assert!(close(spliced.cdf(1.0), normal::cdf(1.0), 1e-12));
    // Half of the upper 5 % lies beyond the tail's own median.
    let median = 0.5 * (2f64.powf(0.3) - 1.0) / 0.3;
    assert!(close(spliced.sf(threshold + median), 0.025, 1e-12));
    assert!(close(draw(&spliced.sampler(), 0.975), threshold + median, 1e-9));
    // E = ∫ of the body below, and threshold + scale / (1 - shape) above.
    let expected = -normal::density(threshold) + 0.05 * (threshold + 0.5 / 0.7);
    assert!(close(spliced.mean().unwrap(), expected, 1e-9), "{:?} {expected}", spliced.mean());
    let refused = |body| {
        Distribution::ParetoTail { body: Box::new(body), level: 0.9, shape: 0.1, scale: 1.0 }.validate()
    };
    assert!(matches!(
        refused(Distribution::Poisson { rate: 3.0 }),
        Err(ArgumentError::TailOfDiscrete { .. })
    ));
}

#[test]
fn a_mixture_has_the_probabilities_and_moments_of_its_parts() {
    let two = mixture(&[(7.0, normal_of(6.0, 1.0)), (3.0, normal_of(3.0, 2.0))]);
    let (first, second) =
        (reference::Normal::new(6.0, 1.0).unwrap(), reference::Normal::new(3.0, 2.0).unwrap());
    for i in 0..140 {
        let x = f64::from(i) * 0.1 - 3.0;
        let expected = 0.7 * first.cdf(x) + 0.3 * second.cdf(x);
        assert!((two.cdf(x) - expected).abs() < 1e-9, "{x}");
        assert!(close(two.quantile(two.cdf(x)), x, 1e-9), "{x}");
    }
    // 0.7 · 6 + 0.3 · 3, and within 0.7 + 0.3 · 4, between 0.7 · 0.3 · 3².
    assert!(close(two.mean().unwrap(), 5.1, 1e-14) && close(two.variance().unwrap(), 3.79, 1e-14));
}

/// Between two parts that do not touch there is nothing, whatever is drawn.
#[test]
fn a_mixture_may_have_gaps_and_single_values() {
    let uniform = |min, max| Distribution::Uniform { min, max };
    let apart = mixture(&[(0.3, uniform(0.0, 1.0)), (0.7, uniform(5.0, 6.0))]);
    let sampler = apart.sampler();
    for i in 0..10_000 {
        let u = (f64::from(i) + 0.5) / 10_000.0;
        let x = draw(&sampler, u);
        let expected = if u < 0.3 { u / 0.3 } else { 5.0 + (u - 0.3) / 0.7 };
        assert!(close(x, expected, 1e-8), "{u}: {x} {expected}");
    }
    let zero = Distribution::Discrete { values: vec![0.0], weights: vec![1.0] };
    let lump = mixture(&[(0.9, zero.clone()), (0.1, uniform(10.0, 20.0))]);
    assert_eq!((draw(&lump.sampler(), 0.5), draw(&lump.sampler(), 0.8999)), (0.0, 0.0));
    assert!(close(draw(&lump.sampler(), 0.95), 15.0, 1e-8));
    assert_eq!((lump.cdf(0.0), lump.cdf(-1e-9)), (0.9, 0.0));
    let both = mixture(&[(1.0, zero), (1.0, Distribution::Bernoulli { p: 0.5 })]);
    assert!(both.is_discrete());
    assert_eq!((both.cdf(0.0), both.sampler().sample(0.7), both.sampler().sample(0.76)), (0.75, 0.0, 1.0));
}

#[test]
fn a_truncated_mixture_is_the_mixture_of_its_truncated_parts() {
    let inner = Box::new(mixture(&[(0.5, normal_of(0.0, 1.0)), (0.5, normal_of(4.0, 1.0))]));
    let positive = Distribution::Truncated { inner, low: 0.0, high: f64::INFINITY };
    // E[X; X > 0] is μ Φ(μ) + φ(μ) for each part.
    let part = |mean: f64| mean * normal::cdf(mean) + normal::density(mean);
    let expected = (part(0.0) + part(4.0)) / (normal::cdf(0.0) + normal::cdf(4.0));
    assert!(close(positive.mean().unwrap(), expected, 1e-9), "{:?} {expected}", positive.mean());
    let n = 100_000;
    let sampler = positive.sampler();
    let mean =
        (0..n).map(|i| draw(&sampler, (f64::from(i) + 0.5) / f64::from(n))).sum::<f64>() / f64::from(n);
    assert!(close(mean, expected, 1e-4), "{mean} {expected}");
}

/// Through two quantiles goes a logistic distribution, through those of a lognormal's logarithm a log-logistic.
#[test]
fn metalogs_of_two_quantiles_are_logistic() {
    let (location, scale) = (2.0, 0.5);
    let at = |p: f64| location + scale * (ln(p) - ln(1.0 - p));
    let logistic = metalog(&[(0.1, at(0.1)), (0.8, at(0.8))], NONE[0], NONE[1]);
    let above = metalog(&[(0.1, 1.0 + at(0.1).exp()), (0.8, 1.0 + at(0.8).exp())], 1.0, f64::INFINITY);
    let below = metalog(&[(0.1, 9.0 - (-at(0.1)).exp()), (0.8, 9.0 - (-at(0.8)).exp())], NONE[0], 9.0);
    let share = |y: f64| 10.0 / (1.0 + (-y).exp());
    let between = metalog(&[(0.1, share(at(0.1))), (0.8, share(at(0.8)))], 0.0, 10.0);
    for distribution in [&logistic, &above, &below, &between] {
        assert_eq!(distribution.validate(), Ok(()), "{distribution}");
    }
    for i in 1..200 {
        let p = f64::from(i) / 200.0;
        assert!(close(logistic.quantile(p), at(p), 1e-12));
        assert!(close(above.quantile(p), 1.0 + at(p).exp(), 1e-12));
        assert!(close(below.quantile(p), 9.0 - (-at(p)).exp(), 1e-12));
        assert!(close(between.quantile(p), share(at(p)), 1e-12));
        assert!((between.cdf(share(at(p))) - p).abs() < 1e-13);
    }
    let variance = scale * scale * std::f64::consts::PI * std::f64::consts::PI / 3.0;
    assert!(
        close(logistic.mean().unwrap(), 2.0, 1e-9) && close(logistic.variance().unwrap(), variance, 1e-8)
    );
    // A log-logistic of scale s has the mean e^μ π s / sin(π s) for s < 1.
    let angle = std::f64::consts::PI * scale;
    assert!(close(above.mean().unwrap(), 1.0 + location.exp() * angle / angle.sin(), 1e-8));
    let heavier = metalog(&[(0.1, (2.0 * at(0.1)).exp()), (0.8, (2.0 * at(0.8)).exp())], 0.0, f64::INFINITY);
    assert_eq!(heavier.mean(), None);
}

/// Keelin (2016), equations for a symmetric percentile triplet: the constants of the metalog through its 10, 50 and 90 %
/// quantiles, and between which ratios r = (q50 - q10) / (q90 - q10) there is one: 0.5 (1 - 1.66711 (0.5 - α)) < r.
#[test]
fn metalogs_of_three_quantiles_have_the_published_constants_and_limits() {
    let (low, middle, high) = (1.0, 2.5, 6.0);
    let three = metalog(&[(0.1, low), (0.5, middle), (0.9, high)], NONE[0], NONE[1]);
    let r = (middle - low) / (high - low);
    let second = 0.5 / ln(9.0) * (high - low);
    let third = (1.0 - 2.0 * r) * (high - low) / (0.8 * ln(9.0));
    for i in 1..100 {
        let p = f64::from(i) / 100.0;
        let l = ln(p / (1.0 - p));
        assert!(close(three.quantile(p), middle + second * l + third * (p - 0.5) * l, 1e-11), "{p}");
    }
    let limit = 0.5 * (1.0 - 1.66711 * 0.4);
    let of_ratio = |r: f64| metalog(&[(0.1, 0.0), (0.5, r), (0.9, 1.0)], NONE[0], NONE[1]).validate();
    assert_eq!(of_ratio(limit + 1e-5), Ok(()));
    assert_eq!(of_ratio(1.0 - limit - 1e-5), Ok(()));
    for r in [limit - 1e-5, 1.0 - limit + 1e-5] {
        assert!(
            matches!(of_ratio(r), Err(ArgumentError::QuantilesInfeasible { .. })),
            "{r}: {:?}",
            of_ratio(r)
        );
    }
}

/// A metalog of many terms goes through all its quantiles: here those of a normal.
#[test]
fn metalogs_go_through_their_quantiles() {
    let levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
    let points: Vec<(f64, f64)> = levels.iter().map(|p| (*p, 3.0 + 2.0 * normal::quantile(*p))).collect();
    let seven = metalog(&points, NONE[0], NONE[1]);
    assert_eq!(seven.validate(), Ok(()));
    for (p, x) in points {
        assert!(close(seven.quantile(p), x, 1e-9), "{p}");
    }
    for i in 1..100 {
        let p = f64::from(i) / 100.0;
        assert!((seven.quantile(p) - (3.0 + 2.0 * normal::quantile(p))).abs() < 0.02, "{p}");
    }
}

#[test]
fn quantiles_that_are_none_are_refused_with_the_reason() {
    use ArgumentError as E;
    let refusal = |points: &[(f64, f64)], low, high| metalog(points, low, high).validate().unwrap_err();
    let [low, high] = NONE;
    assert!(matches!(refusal(&[(0.5, 1.0)], low, high), E::QuantileCount { .. }));
    let eleven: Vec<(f64, f64)> = (1..12).map(|i| (f64::from(i) / 12.0, f64::from(i))).collect();
    assert!(matches!(refusal(&eleven, low, high), E::QuantileCount { .. }));
    assert!(matches!(refusal(&[(0.5, 1.0), (0.4, 2.0)], low, high), E::QuantileLevels { .. }));
    assert!(matches!(refusal(&[(0.0, 1.0), (0.4, 2.0)], low, high), E::QuantileLevels { .. }));
    assert!(matches!(refusal(&[(0.1, 2.0), (0.4, 2.0)], low, high), E::QuantilesFall { .. }));
    assert!(matches!(refusal(&[(0.1, 1.0), (0.4, 2.0)], 1.0, high), E::QuantileOutside { .. }));
    assert!(matches!(refusal(&[(0.1, 1.0), (0.4, 2.0)], 3.0, 0.0), E::QuantileOutside { .. }));
}

/// The score of a t variable is that of its probability: against statrs, whose probabilities hold to 1e-9 or so.
#[test]
fn the_score_of_a_t_variable_has_its_rank() {
    for df in [0.5, 1.0, 4.0, 30.0] {
        let sampler = Sampler::score_of_t(df);
        let ours = Distribution::StudentT { df, location: 0.0, scale: 1.0 };
        for i in -300..=300 {
            let z = f64::from(i) * 0.02 + 0.001;
            let t = ours.quantile_of_tails(normal::cdf(z), normal::sf(z));
            assert!((sampler.sample(t) - z).abs() < 1e-8, "{df} {z}: {}", sampler.sample(t));
        }
        let theirs = reference::StudentsT::new(0.0, 1.0, df).unwrap();
        for t in [-3.0, -0.7, 0.2, 1.5, 6.0] {
            assert!((normal::cdf(sampler.sample(t)) - theirs.cdf(t)).abs() < 1e-8, "{df} {t}");
        }
    }
}
