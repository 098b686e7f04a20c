use proptest::prelude::*;
use statrs::distribution::{self as reference, ContinuousCDF, DiscreteCDF};

use super::*;
use crate::num::draw::{BLOCK, uniform_column};
use crate::num::normal;

mod forms;
mod resample;
mod tails;

/// One of each kind, with ordinary arguments, and truncations of some.
fn all() -> Vec<Distribution> {
    use Distribution as D;
    let truncate = |inner: D, low, high| D::Truncated { inner: Box::new(inner), low, high };
    vec![
        D::Normal { mean: 0.08, sd: 0.015 },
        D::LogNormal { mu: 0.5, sigma: 0.8 },
        D::Uniform { min: -1.0, max: 3.0 },
        D::Triangular { min: 1.0, mode: 2.0, max: 5.0 },
        D::Pert { min: 1.0, mode: 2.0, max: 5.0 },
        D::TwoPieceNormal { mode: 2.0, sd_low: 0.5, sd_high: 1.5 },
        D::StudentT { df: 4.0, location: 1.0, scale: 2.0 },
        D::Beta { a: 2.0, b: 3.5 },
        D::Gamma { shape: 2.5, scale: 3.0 },
        D::Exponential { rate: 0.5 },
        D::Weibull { shape: 1.5, scale: 2.0 },
        D::Bernoulli { p: 0.3 },
        D::Poisson { rate: 6.5 },
        D::Discrete { values: vec![5.0, 1.0, 2.0], weights: vec![1.0, 2.0, 1.0] },
        D::Empirical { values: vec![1.0, 2.0, 4.0, 4.5, 9.0] },
        // In rising order, so that draws rise.
        D::Resample { values: vec![1.0, 2.0, 4.0, 4.5, 9.0], weights: vec![], rows: None },
        D::Resample { values: vec![1.0, 2.0, 5.0], weights: vec![2.0, 1.0, 1.0], rows: Some("r".into()) },
        truncate(D::Normal { mean: 0.0, sd: 1.0 }, -0.5, 3.0),
        truncate(D::Gamma { shape: 2.5, scale: 3.0 }, 4.0, f64::INFINITY),
        truncate(D::StudentT { df: 3.0, location: 0.0, scale: 1.0 }, -4.0, 10.0),
        truncate(D::Triangular { min: 1.0, mode: 2.0, max: 5.0 }, 1.5, 4.0),
        truncate(D::TwoPieceNormal { mode: 2.0, sd_low: 0.5, sd_high: 1.5 }, 1.0, 4.0),
        truncate(D::Exponential { rate: 0.5 }, 60.0, f64::INFINITY),
        truncate(D::Empirical { values: vec![1.0, 2.0, 4.0, 4.5, 9.0] }, 1.5, 4.2),
        truncate(D::Poisson { rate: 6.5 }, 3.0, 9.5),
        D::Pareto { shape: 6.0, min: 2.0 },
        D::GeneralizedPareto { shape: 0.1, threshold: 1.0, scale: 2.0 },
        D::GeneralizedPareto { shape: -0.4, threshold: 1.0, scale: 2.0 },
        D::Binomial { n: 12.0, p: 0.3 },
        D::Mixture {
            components: vec![
                (2.0, D::Normal { mean: 0.0, sd: 1.0 }),
                (1.0, D::Gamma { shape: 2.5, scale: 3.0 }),
            ],
        },
        D::Metalog(Metalog::new(vec![(0.05, 0.1), (0.5, 0.3), (0.95, 0.6)], 0.0, 1.0)),
        D::Metalog(Metalog::new(vec![(0.1, 1.0), (0.5, 2.5), (0.9, 6.0)], f64::NEG_INFINITY, f64::INFINITY)),
        D::ParetoTail {
            body: Box::new(D::Normal { mean: 0.0, sd: 1.0 }),
            level: 0.95,
            shape: 0.1,
            scale: 0.5,
        },
        truncate(D::Cauchy { location: 1.0, scale: 2.0 }, -4.0, 10.0),
        truncate(D::Pareto { shape: 1.0, min: 2.0 }, 1.0, 40.0),
        truncate(
            D::Mixture {
                components: vec![
                    (2.0, D::Normal { mean: 0.0, sd: 1.0 }),
                    (1.0, D::Normal { mean: 4.0, sd: 0.5 }),
                ],
            },
            0.0,
            f64::INFINITY,
        ),
    ]
}

fn draw(sampler: &Sampler, u: f64) -> f64 {
    match sampler.reads() {
        Reads::Uniform => sampler.sample(u),
        Reads::Score => sampler.sample(normal::quantile(u)),
    }
}

#[test]
fn a_distribution_knows_what_its_sampler_reads() {
    for distribution in all().into_iter().chain([Distribution::Pert { min: 2.0, mode: 2.0, max: 2.0 }]) {
        assert_eq!(distribution.reads(), distribution.sampler().reads(), "{distribution}");
    }
}

fn close(x: f64, expected: f64, tolerance: f64) -> bool {
    (x - expected).abs() <= tolerance * (1.0 + expected.abs())
}

#[test]
fn a_column_of_draws_has_the_bits_of_the_single_ones() {
    let (mut u, mut z, mut out) = ([0.0; BLOCK], [0.0; BLOCK], [0.0; BLOCK]);
    uniform_column(1, 2, 3, 4, &mut u);
    normal::score_column(&u, &mut z);
    for distribution in all() {
        let sampler = distribution.sampler();
        let x = if sampler.reads() == Reads::Score { &z } else { &u };
        sampler.sample_column(x, &mut out);
        for (x, out) in x.iter().zip(&out) {
            assert_eq!(sampler.sample(*x).to_bits(), out.to_bits(), "{distribution}");
        }
    }
}

#[test]
fn a_draw_is_the_quantile_of_its_uniform() {
    let mut u = [0.0; BLOCK];
    uniform_column(1, 2, 3, 4, &mut u);
    for distribution in all() {
        let sampler = distribution.sampler();
        for &u in &u {
            let (x, expected) = (draw(&sampler, u), distribution.quantile(u));
            assert!(close(x, expected, 1e-9), "{distribution} at {u}: {x} {expected}");
        }
    }
}

#[test]
fn draws_rise_with_the_uniform_and_stay_within_the_support() {
    for distribution in all() {
        let sampler = distribution.sampler();
        let draws: Vec<f64> = (0..20_000).map(|i| draw(&sampler, (f64::from(i) + 0.5) / 20_000.0)).collect();
        assert!(draws.is_sorted(), "{distribution}");
        assert!(draws[0] >= distribution.quantile(0.0), "{distribution}");
        assert!(draws[19_999] <= distribution.quantile(1.0), "{distribution}");
    }
}

#[test]
fn the_mean_and_variance_of_stratified_draws_are_those_stated() {
    for distribution in all() {
        let sampler = distribution.sampler();
        let n = 400_000;
        let draws = || (0..n).map(|i| draw(&sampler, (f64::from(i) + 0.5) / f64::from(n)));
        let mean = draws().sum::<f64>() / f64::from(n);
        let variance = draws().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n);
        assert!(
            close(mean, distribution.mean().unwrap(), 1e-4),
            "{distribution}: {mean} {:?}",
            distribution.mean()
        );
        // A t with 4 degrees of freedom hides 0.4 % of its variance in the outermost strata.
        let stated = distribution.variance().unwrap();
        assert!(close(variance, stated, 5e-3), "{distribution}: {variance} {stated}");
    }
}

#[test]
fn probabilities_agree_with_statrs() {
    use Distribution as D;
    let pairs: Vec<(D, Cdf)> = vec![
        (D::LogNormal { mu: 0.5, sigma: 0.8 }, cdf_of(reference::LogNormal::new(0.5, 0.8).unwrap())),
        (
            D::Triangular { min: 1.0, mode: 2.0, max: 5.0 },
            cdf_of(reference::Triangular::new(1.0, 5.0, 2.0).unwrap()),
        ),
        (
            D::StudentT { df: 4.0, location: 1.0, scale: 2.0 },
            cdf_of(reference::StudentsT::new(1.0, 2.0, 4.0).unwrap()),
        ),
        (D::Beta { a: 2.0, b: 3.5 }, cdf_of(reference::Beta::new(2.0, 3.5).unwrap())),
        (D::Gamma { shape: 2.5, scale: 2.0 }, cdf_of(reference::Gamma::new(2.5, 0.5).unwrap())),
        (D::Exponential { rate: 0.5 }, cdf_of(reference::Exp::new(0.5).unwrap())),
        (D::Weibull { shape: 1.5, scale: 2.0 }, cdf_of(reference::Weibull::new(1.5, 2.0).unwrap())),
    ];
    for (ours, theirs) in pairs {
        for i in 1..200 {
            let x = f64::from(i) * 0.05 - 0.013;
            let expected = theirs(x);
            assert!((ours.cdf(x) - expected).abs() < 1e-9, "{ours} at {x}: {} {expected}", ours.cdf(x));
            assert!((ours.cdf(x) + ours.sf(x) - 1.0).abs() < 1e-14, "{ours} at {x}");
        }
    }
    let poisson = reference::Poisson::new(6.5).unwrap();
    for k in 0..40 {
        let ours = Distribution::Poisson { rate: 6.5 }.cdf(f64::from(k) + 0.5);
        assert!((ours - poisson.cdf(u64::from(k as u32))).abs() < 1e-12, "{k}");
    }
}

type Cdf = Box<dyn Fn(f64) -> f64>;

fn cdf_of(distribution: impl ContinuousCDF<f64, f64> + 'static) -> Cdf {
    Box::new(move |x| distribution.cdf(x))
}

#[test]
fn a_discrete_draw_is_the_smallest_value_that_reaches_the_uniform() {
    let poisson = Distribution::Poisson { rate: 6.5 };
    let sampler = poisson.sampler();
    for k in 0..25 {
        let edge = poisson.cdf(f64::from(k));
        assert_eq!(sampler.sample(edge - 1e-13), f64::from(k));
        assert_eq!(sampler.sample(edge + 1e-13), f64::from(k) + 1.0);
    }
    let coin = Distribution::Bernoulli { p: 0.25 }.sampler();
    assert_eq!((coin.sample(0.75 - f64::EPSILON), coin.sample(0.75)), (0.0, 1.0));
    let values = Distribution::Discrete { values: vec![3.0, 1.0], weights: vec![1.0, 3.0] }.sampler();
    assert_eq!((values.sample(0.75), values.sample(0.75 + f64::EPSILON)), (1.0, 3.0));
}

#[test]
fn a_truncation_far_out_keeps_its_shape() {
    // What is left of an exponential beyond any point is the same exponential, moved.
    let tail = Distribution::Truncated {
        inner: Box::new(Distribution::Exponential { rate: 1.0 }),
        low: 60.0,
        high: f64::INFINITY,
    };
    assert!(tail.validate().is_ok());
    assert!(close(tail.mean().unwrap(), 61.0, 1e-9));
    assert!(close(tail.sampler().sample(0.5), 60.0 + std::f64::consts::LN_2, 1e-12));
    // And of a normal beyond 8: Mills' ratio gives its mean.
    let inner = Box::new(Distribution::Normal { mean: 0.0, sd: 1.0 });
    let tail = Distribution::Truncated { inner, low: 8.0, high: f64::INFINITY };
    assert!(close(tail.mean().unwrap(), normal::density(8.0) / normal::sf(8.0), 1e-10));
}

#[test]
fn moments_that_do_not_exist_are_none() {
    let t = |df| Distribution::StudentT { df, location: 1.0, scale: 1.0 };
    assert_eq!((t(1.0).mean(), t(1.5).mean(), t(2.0).variance()), (None, Some(1.0), None));
    let cut = |low, high| Distribution::Truncated { inner: Box::new(t(1.0)), low, high };
    assert_eq!(cut(0.0, f64::INFINITY).mean(), None);
    assert!(close(cut(-4.0, 6.0).mean().unwrap(), 1.0, 1e-10));
}

#[test]
fn a_distribution_without_width_is_a_point() {
    for point in [
        Distribution::Normal { mean: 3.0, sd: 0.0 },
        Distribution::Uniform { min: 3.0, max: 3.0 },
        Distribution::Pert { min: 3.0, mode: 3.0, max: 3.0 },
        Distribution::TwoPieceNormal { mode: 3.0, sd_low: 0.0, sd_high: 0.0 },
        Distribution::Empirical { values: vec![3.0] },
    ] {
        assert!(point.validate().is_ok());
        assert_eq!(
            (point.mean(), point.variance(), point.sampler().sample(0.2)),
            (Some(3.0), Some(0.0), 3.0)
        );
        assert_eq!((point.cdf(2.9), point.cdf(3.0)), (0.0, 1.0));
    }
}

#[test]
fn an_inadmissible_argument_is_named_with_what_is_admissible() {
    use ArgumentError as E;
    use Distribution as D;
    let refusal = |distribution: D| distribution.validate().unwrap_err();
    let shown = "normal(0, -1)".to_owned();
    assert_eq!(refusal(D::Normal { mean: 0.0, sd: -1.0 }), E::BelowZero { name: "sd", shown, value: -1.0 });
    assert!(matches!(refusal(D::Normal { mean: f64::NAN, sd: 1.0 }), E::NotFinite { name: "mean", .. }));
    assert!(matches!(refusal(D::Triangular { min: 0.0, mode: 2.0, max: 1.0 }), E::ModeOutside { .. }));
    assert!(matches!(
        refusal(D::Gamma { shape: 0.0, scale: 1.0 }),
        E::NotBetween { name: "shape", low: 0.001, high: 1e6, value: 0.0, .. }
    ));
    assert!(matches!(refusal(D::Bernoulli { p: 1.1 }), E::NotBetween { low: 0.0, high: 1.0, .. }));
    let no_weight = refusal(D::Discrete { values: vec![1.0], weights: vec![0.0] });
    assert_eq!(no_weight, E::WeightSum { name: "discrete" });
    assert_eq!(refusal(D::Empirical { values: vec![2.0, 1.0] }), E::NotRising);
    let inner = Box::new(D::Uniform { min: 0.0, max: 1.0 });
    assert!(matches!(refusal(D::Truncated { inner, low: 2.0, high: 3.0 }), E::KeepsNothing { .. }));
    assert!(all().iter().all(|distribution| distribution.validate().is_ok()));
}

#[test]
fn distributions_print_as_they_are_written() {
    let texts: Vec<String> = all().iter().map(ToString::to_string).collect();
    assert_eq!(texts[0], "normal(0.08, 0.015)");
    assert_eq!(texts[13], "discrete(5: 1, 1: 2, 2: 1)");
    assert_eq!(texts[18], "truncate(gamma(2.5, 3), 4, inf)");
}

#[test]
fn nothing_known_about_the_score_means_nothing_known_about_the_draw() {
    for distribution in all() {
        assert!(distribution.sampler().sample(f64::NAN).is_nan(), "{distribution}");
    }
}

#[test]
fn each_limit_of_an_argument_may_be_met_and_not_passed() {
    use Distribution as D;
    let truncated = |low, high| D::Truncated { inner: Box::new(D::Normal { mean: 0.0, sd: 1.0 }), low, high };
    let discrete =
        |values: &[f64], weights: &[f64]| D::Discrete { values: values.into(), weights: weights.into() };
    let admitted = [
        D::Normal { mean: 1.0, sd: 0.0 },
        D::LogNormal { mu: 0.0, sigma: 0.0 },
        D::Uniform { min: 2.0, max: 2.0 },
        D::Triangular { min: 0.0, mode: 0.0, max: 1.0 },
        D::Pert { min: 0.0, mode: 1.0, max: 1.0 },
        D::TwoPieceNormal { mode: 0.0, sd_low: 0.0, sd_high: 1.0 },
        D::StudentT { df: 0.1, location: 0.0, scale: 1e-300 },
        D::Beta { a: 0.01, b: 1e6 },
        D::Gamma { shape: 1e6, scale: 1.0 },
        D::Bernoulli { p: 0.0 },
        D::Bernoulli { p: 1.0 },
        D::Poisson { rate: 0.0 },
        D::Poisson { rate: 1e8 },
        discrete(&[1.0, 2.0], &[0.0, 1.0]),
        truncated(f64::NEG_INFINITY, f64::INFINITY),
        truncated(11.0, f64::INFINITY),
    ];
    for distribution in admitted {
        assert_eq!(distribution.validate(), Ok(()), "{distribution}");
    }
    let refused = [
        D::Normal { mean: 1.0, sd: -1e-300 },
        D::LogNormal { mu: 0.0, sigma: -1e-300 },
        D::Uniform { min: 2.0, max: 1.999 },
        D::Triangular { min: 0.1, mode: 0.0, max: 1.0 },
        D::Triangular { min: 0.0, mode: 1.1, max: 1.0 },
        D::Pert { min: 0.0, mode: 1.1, max: 1.0 },
        D::TwoPieceNormal { mode: 0.0, sd_low: 1.0, sd_high: -0.1 },
        D::StudentT { df: 0.099, location: 0.0, scale: 1.0 },
        D::StudentT { df: 3.0, location: 0.0, scale: 0.0 },
        D::Beta { a: 0.00099, b: 1.0 },
        D::Beta { a: 1.0, b: 1.1e6 },
        D::Gamma { shape: 1.0, scale: 0.0 },
        D::Exponential { rate: 0.0 },
        D::Weibull { shape: 0.0, scale: 1.0 },
        D::Bernoulli { p: -1e-9 },
        D::Bernoulli { p: 1.0 + 1e-9 },
        D::Poisson { rate: -1.0 },
        D::Poisson { rate: 1.1e8 },
        D::Normal { mean: f64::INFINITY, sd: 1.0 },
        discrete(&[], &[]),
        discrete(&[1.0], &[1.0, 2.0]),
        discrete(&[1.0, f64::INFINITY], &[1.0, 1.0]),
        discrete(&[1.0, 2.0], &[1.0, -0.1]),
        discrete(&[1.0, 2.0], &[1.0, f64::INFINITY]),
        discrete(&[1.0, 2.0], &[0.0, 0.0]),
        truncated(1.0, 0.999),
        truncated(f64::NAN, 1.0),
        truncated(0.0, f64::NAN),
        truncated(50.0, f64::INFINITY),
    ];
    for distribution in refused {
        assert!(distribution.validate().is_err(), "{distribution}");
    }
}

#[test]
fn a_truncation_upside_down_is_told_apart_from_one_of_nothing() {
    use Distribution as D;
    let refusal = |low, high| {
        let inner = Box::new(D::Normal { mean: 0.0, sd: 1.0 });
        D::Truncated { inner, low, high }.validate().unwrap_err()
    };
    assert!(matches!(refusal(2.0, 1.0), ArgumentError::EndsReversed { .. }));
    assert!(matches!(refusal(50.0, 60.0), ArgumentError::KeepsTooLittle { .. }));
}

proptest! {
    #[test]
    fn probability_and_quantile_are_inverse(which in 0..all().len(), u in 1e-6..0.999999) {
        let distribution = &all()[which];
        let x = distribution.quantile(u);
        if distribution.is_discrete() {
            prop_assert!(distribution.cdf(x) >= u - 1e-14);
            prop_assert!(distribution.cdf(x - 0.5) < u + 1e-14);
        } else {
            prop_assert!((distribution.cdf(x) - u).abs() < 1e-11, "{} {}", distribution, u);
        }
    }

    #[test]
    fn quantiles_rise(which in 0..all().len(), u in 0.0..1.0, v in 0.0..1.0) {
        let distribution = &all()[which];
        let (low, high) = if u < v { (u, v) } else { (v, u) };
        prop_assert!(distribution.quantile(low) <= distribution.quantile(high));
    }

    #[test]
    fn tables_serve_any_shape(a in 0.3..50.0, b in 0.3..50.0, u in 1e-9..0.999999) {
        let beta = Distribution::Beta { a, b };
        let (x, expected) = (draw(&beta.sampler(), u), beta.quantile(u));
        prop_assert!((x / expected - 1.0).abs() < 1e-9);
    }
}
