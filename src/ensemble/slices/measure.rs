//! What an outcome is measured in, to be summed as an integer.

use serde::{Deserialize, Serialize};

/// Values further from the center than so many steps are not summed: at least eight thousand standard deviations.
pub const LIMIT: i32 = (1 << 20) - 1;

/// A center and a step, which is a power of two: between a 128th and a 64th of the standard deviation on the paths
/// that it was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CenterStep {
    /// The mean.
    pub center: f64,
    /// The step.
    pub step: f64,
}

/// Deviations less than this, in parts of the mean, are rounding.
pub const ROUNDING: f64 = 1e-13;

/// 1.5 · 2^52: a number beside which there is no room for fractions.
const ROUND: f64 = 6755399441055744.0;

impl CenterStep {
    /// That of the truth of a target: 0 or 1.
    pub const TRUTH: Self = Self { center: 0.0, step: 1.0 / 1024.0 };

    /// The measure that suits these values; those that are not finite are ignored.
    pub fn of(values: &[f64]) -> Self {
        let finite = || values.iter().copied().filter(|x| x.is_finite());
        let n = crate::num::max(finite().count() as f64, 1.0);
        let center = finite().map(|x| x / n).sum::<f64>() + 0.0;
        let most = finite().map(|x| (x - center).abs()).fold(0.0, crate::num::max);
        // By the largest first: a square of it might be infinite.
        let squares = finite().map(|x| (x - center) / most).map(|x| x * x).sum::<f64>() / n;
        let spread = if most > 0.0 { most * squares.sqrt() } else { 0.0 };
        let least = center.abs() * ROUNDING;
        let step = if spread > least && spread.is_finite() { spread / 64.0 } else { least };
        Self { center, step: crate::num::power_of_two_below(crate::num::max(step, f64::MIN_POSITIVE)) }
    }

    /// How many steps a value lies above the center; [`LIMIT`] and more, or no number, is one of ± [`LIMIT`].
    #[inline(always)]
    pub fn steps(self, x: f64) -> i32 {
        let steps = (x - self.center) * (1.0 / self.step);
        // Comparisons that NaN fails; the addition and subtraction round to the nearest integer.
        let steps = if steps < f64::from(LIMIT) { steps } else { f64::from(LIMIT) };
        let steps = if steps > -f64::from(LIMIT) { steps } else { -f64::from(LIMIT) };
        ((steps + ROUND) - ROUND) as i32
    }

    /// The value that lies so many steps above the center.
    pub fn value(self, steps: f64) -> f64 {
        self.center + steps * self.step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_summed_to_the_nearest_step_and_not_beyond_the_limit() {
        let measure = CenterStep { center: 10.0, step: 0.25 };
        assert_eq!((measure.steps(11.0), measure.steps(9.9), measure.steps(9.8)), (4, 0, -1));
        let limit = 10.0 + 0.25 * f64::from(LIMIT);
        assert_eq!((measure.steps(limit - 0.25), measure.steps(limit)), (LIMIT - 1, LIMIT));
        assert_eq!((measure.steps(1e300), measure.steps(f64::NEG_INFINITY)), (LIMIT, -LIMIT));
        assert_eq!(measure.steps(f64::NAN).abs(), LIMIT);
        assert!((measure.value(4.0) - 11.0).abs() < 1e-12);
    }

    #[test]
    fn a_measure_suits_values_of_any_size() {
        for scale in [1e-300, 1e-5, 1.0, 1e12, 1e300] {
            let values: Vec<f64> = (0..1024).map(|k| scale * f64::from(k % 32)).collect();
            let CenterStep { center, step } = CenterStep::of(&values);
            // Thirty-two whole numbers spread by √((32² − 1) / 12).
            let sd = scale * (1023.0_f64 / 12.0).sqrt();
            assert!((center / scale - 15.5).abs() < 1e-9, "{scale}: {center}");
            assert!(step <= sd / 64.0 && step > sd / 128.0, "{scale}: {step}");
        }
    }

    #[test]
    fn rounding_is_no_spread() {
        let values: Vec<f64> = (0..100).map(|k| 1e6 + f64::from(k % 2) * 1e-9).collect();
        let measure = CenterStep::of(&values);
        assert!(values.iter().all(|x| measure.steps(*x).abs() <= 1), "{measure:?}");
        assert_eq!(CenterStep::of(&[0.0; 3]).steps(0.0), 0);
        assert_eq!(CenterStep::of(&[f64::NAN, f64::INFINITY]).center, 0.0);
    }
}
