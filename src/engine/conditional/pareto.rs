//! The shape of the generalised Pareto distribution that fits the largest weights: the diagnostic k̂ of A. Vehtari, D. Simpson,
//! A. Gelman, Y. Yao and J. Gabry, "Pareto smoothed importance sampling", JMLR 25 (2024), fitted as [`pareto::shape`] does.

use crate::num::pareto::{self, FEWEST};

/// How many of the largest weights of so many paths are looked at.
pub(super) fn tail(paths: u64) -> usize {
    pareto::tail_of(paths).ceil() as usize
}

/// The shape of weights, the largest first; the last one is where the tail begins. `None` where the largest tie: they are
/// bounded, and have no tail.
pub(super) fn shape(weights: &[u32]) -> Option<f64> {
    let (cut, tail) = weights.split_last()?;
    if tail.len() < FEWEST || tail[0] == tail[FEWEST - 1] {
        return None;
    }
    let mut above: Vec<f64> =
        tail.iter().rev().map(|weight| f64::from(*weight) - f64::from(*cut)).filter(|x| *x > 0.0).collect();
    above.sort_unstable_by(f64::total_cmp);
    if above.len() < FEWEST { None } else { fit(&above) }
}

/// The shape of values above 0, in rising order, drawn towards one half as if ten more had it: few say little.
fn fit(x: &[f64]) -> Option<f64> {
    const PRIOR: f64 = 10.0;
    let n = x.len() as f64;
    pareto::shape(x).map(|k| (n * k + PRIOR * 0.5) / (n + PRIOR))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::draw::uniform;

    /// Generalised Pareto values of shape k: ((1 − u)^−k − 1) / k. The estimate of 3 000 has a standard deviation of
    /// about (1 + k) / √3000.
    #[test]
    fn the_shape_of_pareto_values_is_found() {
        for k in [0.2, 0.5, 1.0] {
            let mut x: Vec<f64> =
                (0..3000).map(|path| (crate::num::pow(1.0 - uniform(3, 1, path, 0), -k) - 1.0) / k).collect();
            x.sort_unstable_by(f64::total_cmp);
            let allowed = 4.0 * (1.0 + k) / 3000f64.sqrt();
            let found = fit(&x).unwrap();
            assert!((found - k).abs() < allowed + 0.01, "{k}: {found}");
        }
    }

    #[test]
    fn weights_that_tie_at_a_bound_have_no_tail() {
        assert_eq!(shape(&[9, 9, 9, 9, 9, 9, 9, 4]), None);
        assert_eq!(shape(&[]), None);
        assert!(shape(&[90, 80, 70, 60, 50, 40, 30, 4]).is_some());
    }

    /// Five weights above the one where the tail begins are the fewest, as the fit needs five.
    #[test]
    fn a_tail_has_five_weights_and_not_fewer() {
        assert!(shape(&[90, 80, 70, 60, 50, 4]).is_some());
        assert_eq!(shape(&[90, 80, 70, 60, 4]), None);
        assert_eq!(shape(&[90, 80, 70, 60, 4, 4]), None, "one of the five is where it begins");
    }
}
