//! Time-series estimation: autoregressions, a local level, breaks, and tests of what is left. Pure functions of numbers
//! that know no scenario; every random number is a function of its address.

pub mod ar1;
pub mod bias;
pub mod breaks;
pub mod linear;
pub mod local_level;
pub mod moments;
pub mod optimum;
pub mod residuals;
pub mod var1;

use crate::num::draw::{stream, uniform};
use crate::num::{Distribution, normal};

/// Joint draws of some numbers that are not known: a row for each draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JointDraws {
    /// What each column is.
    pub names: Vec<String>,
    /// The draws.
    pub rows: Vec<Vec<f64>>,
}

impl JointDraws {
    /// The draws of one of the numbers.
    pub fn column(&self, name: &str) -> Option<Vec<f64>> {
        let at = self.names.iter().position(|known| known == name)?;
        Some(self.rows.iter().map(|row| row[at]).collect())
    }
}

/// Random numbers of an estimation: the `position`th of draw number `draw` is that of the address
/// `(seed, "fit NAME", draw, position)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RandomNumbers {
    seed: u64,
    stream: u32,
}

impl RandomNumbers {
    /// The numbers under a seed and a name.
    pub fn new(seed: u64, name: &str) -> Self {
        Self { seed, stream: stream(&format!("fit {name}")) }
    }

    /// A uniform in (0, 1).
    pub fn uniform(self, draw: u64, position: u32) -> f64 {
        uniform(self.seed, self.stream, draw, position)
    }

    /// A standard normal.
    pub fn normal(self, draw: u64, position: u32) -> f64 {
        normal::quantile(self.uniform(draw, position))
    }

    /// A χ² of so many degrees of freedom.
    pub fn chi_squared(self, degrees: f64, draw: u64, position: u32) -> f64 {
        Distribution::Gamma { shape: degrees / 2.0, scale: 2.0 }.quantile(self.uniform(draw, position))
    }

    /// Student's t.
    pub fn student_t(self, df: f64, draw: u64, position: u32) -> f64 {
        Distribution::StudentT { df, location: 0.0, scale: 1.0 }.quantile(self.uniform(draw, position))
    }
}

/// The mean of some values.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The standard deviation of some values, with divisor n − 1.
pub fn sd(values: &[f64]) -> f64 {
    let center = mean(values);
    let sum: f64 = values.iter().map(|x| (x - center) * (x - center)).sum();
    (sum / (values.len() as f64 - 1.0)).sqrt()
}

/// The quantile of values in rising order: of rank (n − 1) p, between ranks on a straight line.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let place = p * (sorted.len() as f64 - 1.0);
    let low = (place.floor() as usize).min(sorted.len() - 1);
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + (sorted[high] - sorted[low]) * (place - low as f64)
}

/// Data of the tests, published elsewhere.
#[cfg(test)]
pub(crate) mod published;
