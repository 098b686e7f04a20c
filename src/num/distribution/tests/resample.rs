//! Samples drawn by rows.

use super::*;

fn resample(values: &[f64], weights: &[f64]) -> Distribution {
    Distribution::Resample { values: values.to_vec(), weights: weights.to_vec(), rows: None }
}

#[test]
fn a_row_is_drawn_by_its_share_of_the_uniforms_in_the_order_of_the_rows() {
    let equal = resample(&[3.0, 1.0, 2.0, 10.0], &[]).sampler();
    let draws = [0.0, 0.24, 0.26, 0.49, 0.51, 0.74, 0.76, 1.0].map(|u| equal.sample(u));
    assert_eq!(draws, [3.0, 3.0, 1.0, 1.0, 2.0, 2.0, 10.0, 10.0]);
    let weighted = resample(&[3.0, 1.0, 2.0], &[1.0, 0.0, 3.0]).sampler();
    assert_eq!([0.24, 0.26, 0.999].map(|u| weighted.sample(u)), [3.0, 2.0, 2.0]);
    // Where all weights are alike they change nothing.
    let alike = resample(&[3.0, 1.0, 2.0, 10.0], &[2.0; 4]).sampler();
    for u in (0..1000).map(|i| (f64::from(i) + 0.5) / 1000.0) {
        assert_eq!(alike.sample(u), equal.sample(u));
    }
}

#[test]
fn mean_variance_and_quantiles_are_those_of_the_values_themselves() {
    let sample = resample(&[10.0, 1.0, 3.0, 2.0], &[]);
    assert_eq!((sample.mean(), sample.variance()), (Some(4.0), Some(12.5)));
    assert_eq!((sample.quantile(0.25), sample.quantile(0.26), sample.median()), (1.0, 2.0, 2.0));
    assert_eq!((sample.cdf(2.9), sample.cdf(3.0), sample.cdf(0.0)), (0.5, 0.75, 0.0));
    let weighted = resample(&[10.0, 1.0], &[1.0, 3.0]);
    assert_eq!((weighted.mean(), weighted.quantile(0.75), weighted.quantile(0.76)), (Some(3.25), 1.0, 10.0));
}

#[test]
fn bounds_of_draws_are_told_although_they_do_not_rise() {
    assert_eq!(resample(&[3.0, -1.0, 2.0], &[]).sampler().unordered_bounds(), Some([-1.0, 3.0]));
    assert_eq!(resample(&[3.0, -1.0], &[1.0, 2.0]).sampler().unordered_bounds(), Some([-1.0, 3.0]));
    assert_eq!(Distribution::Bernoulli { p: 0.5 }.sampler().unordered_bounds(), None);
}

#[test]
fn edges_stand_between_the_rows() {
    assert_eq!(resample(&[3.0, 1.0, 2.0, 0.0], &[]).row_edges(4), Some(vec![0.25, 0.5, 0.75]));
    assert_eq!(resample(&[3.0, 1.0], &[1.0, 3.0]).row_edges(4), Some(vec![0.25]));
    assert_eq!(resample(&[3.0; 5], &[]).row_edges(4), None);
    assert_eq!(Distribution::Bernoulli { p: 0.5 }.row_edges(4), None);
}

#[test]
fn weights_are_as_many_as_values_and_not_all_zero() {
    use ArgumentError as E;
    let name = "resample";
    let refusal = |values: &[f64], weights: &[f64]| resample(values, weights).validate().unwrap_err();
    assert_eq!(refusal(&[], &[]), E::NoValues { name });
    assert!(matches!(refusal(&[1.0, f64::NAN], &[]), E::ValueNotFinite { .. }));
    assert_eq!(refusal(&[1.0, 2.0], &[1.0]), E::WeightsNotForAll);
    assert_eq!(refusal(&[1.0, 2.0], &[1.0, -1.0]), E::WeightInadmissible { name, weight: -1.0 });
    assert_eq!(refusal(&[1.0, 2.0], &[0.0, 0.0]), E::WeightSum { name });
    assert_eq!(resample(&[1.0], &[]).validate(), Ok(()));
}
