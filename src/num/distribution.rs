//! The distributions of the scenario language: probabilities, moments, and sampling by inversion of one uniform.

mod discrete;
mod display;
mod heavy;
mod metalog;
mod mixture;
mod moments;
mod pieces;
mod probability;
mod sampler;
mod score_table;
mod shape;
mod table;
mod validate;

pub use metalog::Metalog;
pub use validate::ArgumentError;

pub use sampler::{Reads, Sampler};

/// A distribution with its arguments, as written.
///
/// All methods but [`Distribution::validate`] expect admissible arguments; with others the results have no meaning.
///
/// ```
/// use plancast::num::Distribution;
/// let growth = Distribution::Normal { mean: 0.08, sd: 0.015 };
/// assert!(growth.validate().is_ok());
/// assert_eq!(growth.to_string(), "normal(0.08, 0.015)");
/// assert_eq!(growth.median(), 0.08);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation, at least 0.
        sd: f64,
    },
    /// `exp` of a normal.
    LogNormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm, at least 0.
        sigma: f64,
    },
    /// Constant density between two bounds.
    Uniform {
        /// Lower bound.
        min: f64,
        /// Upper bound, at least the lower.
        max: f64,
    },
    /// Density that rises linearly from `min` to `mode` and falls linearly to `max`.
    Triangular {
        /// Lower bound.
        min: f64,
        /// Most likely value, between the bounds.
        mode: f64,
        /// Upper bound.
        max: f64,
    },
    /// Beta distribution on `[min, max]` with shapes `1 + 4 (mode - min) / (max - min)` and
    /// `1 + 4 (max - mode) / (max - min)`, so that its mean is `(min + 4 mode + max) / 6`.
    Pert {
        /// Lower bound.
        min: f64,
        /// Most likely value, between the bounds.
        mode: f64,
        /// Upper bound.
        max: f64,
    },
    /// Halves of two normals, scaled so that the density is continuous at the mode:
    /// `P(x < mode) = sd_low / (sd_low + sd_high)`.
    TwoPieceNormal {
        /// Mode.
        mode: f64,
        /// Standard deviation of the normal whose lower half is taken, at least 0.
        sd_low: f64,
        /// Standard deviation of the normal whose upper half is taken, at least 0.
        sd_high: f64,
    },
    /// `location + scale · t`.
    StudentT {
        /// Degrees of freedom, between 0.1 and 1e6.
        df: f64,
        /// Location, which is the median.
        location: f64,
        /// Scale, above 0.
        scale: f64,
    },
    /// Beta on (0, 1), with density proportional to `x^(a-1) (1-x)^(b-1)`.
    Beta {
        /// First shape, between 0.001 and 1e6.
        a: f64,
        /// Second shape, between 0.001 and 1e6.
        b: f64,
    },
    /// Gamma, with density proportional to `x^(shape-1) e^(-x/scale)`.
    Gamma {
        /// Shape, between 0.001 and 1e6.
        shape: f64,
        /// Scale, above 0.
        scale: f64,
    },
    /// Exponential, with mean `1 / rate`.
    Exponential {
        /// Rate, above 0.
        rate: f64,
    },
    /// Weibull, with `P(X > x) = exp(-(x / scale)^shape)`.
    Weibull {
        /// Shape, above 0.
        shape: f64,
        /// Scale, above 0.
        scale: f64,
    },
    /// 1 with probability `p`, else 0.
    Bernoulli {
        /// Probability of 1.
        p: f64,
    },
    /// Number of events.
    Poisson {
        /// Expected number, between 0 and 1e8.
        rate: f64,
    },
    /// One of some values.
    Discrete {
        /// The values, in any order.
        values: Vec<f64>,
        /// The weight of each, at least 0; divided by their sum they are probabilities.
        weights: Vec<f64>,
    },
    /// The sorted values joined by straight lines: the quantile of `p` lies at index `(n - 1) p`.
    Empirical {
        /// Observations in rising order.
        values: Vec<f64>,
    },
    /// The value in one row of a sample, a row drawn by its weight: exactly the values of the sample.
    Resample {
        /// The values by row, in any order.
        values: Vec<f64>,
        /// The weight of each row, at least 0; empty where all rows are equally likely.
        weights: Vec<f64>,
        /// What the draw of the row is called, where others share it: they get the same row.
        rows: Option<String>,
    },
    /// `location + scale · t` with one degree of freedom.
    Cauchy {
        /// Location, which is the median.
        location: f64,
        /// Scale, above 0: half the distance between the quartiles.
        scale: f64,
    },
    /// Pareto (type I), with `P(X > x) = (min / x)^shape` from `min` on.
    Pareto {
        /// Shape, above 0.
        shape: f64,
        /// Smallest value, above 0.
        min: f64,
    },
    /// Generalized Pareto, with `P(X > threshold + y) = (1 + shape y / scale)^(-1 / shape)`, which is `exp(-y / scale)`
    /// for shape 0.
    GeneralizedPareto {
        /// Shape: above 0 the tail is heavy, below 0 it ends.
        shape: f64,
        /// Smallest value.
        threshold: f64,
        /// Scale, above 0.
        scale: f64,
    },
    /// Number of successes in independent trials.
    Binomial {
        /// Number of trials, a whole number between 0 and 1e8.
        n: f64,
        /// Probability of success.
        p: f64,
    },
    /// One of several distributions, each with a weight.
    Mixture {
        /// Weights, which are divided by their sum, and distributions.
        components: Vec<(f64, Distribution)>,
    },
    /// Given by some of its quantiles.
    Metalog(Metalog),
    /// A distribution whose values above one of its quantiles are those of a generalized Pareto tail.
    ParetoTail {
        /// The distribution below the quantile.
        body: Box<Distribution>,
        /// The level of the quantile, between 0 and 1.
        level: f64,
        /// Shape of the tail.
        shape: f64,
        /// Scale of the tail, above 0.
        scale: f64,
    },
    /// Conditioned on lying in `[low, high]`.
    Truncated {
        /// The distribution that is conditioned.
        inner: Box<Distribution>,
        /// Lower end, perhaps minus infinity.
        low: f64,
        /// Upper end, perhaps infinity.
        high: f64,
    },
}

impl Distribution {
    /// How many numbers it is made of: the values of a sample, or a few arguments.
    pub fn size(&self) -> usize {
        match self {
            Self::Empirical { values } | Self::Discrete { values, .. } => values.len(),
            Self::Resample { values, weights, .. } => values.len() + weights.len(),
            Self::Truncated { inner, .. } | Self::ParetoTail { body: inner, .. } => inner.size(),
            Self::Mixture { components } => {
                components.iter().map(|(_, component)| component.size()).sum::<usize>() + components.len()
            }
            Self::Metalog(metalog) => 2 * metalog.points().len(),
            _ => 4,
        }
    }

    /// Whether the values can be counted.
    pub fn is_discrete(&self) -> bool {
        match self {
            Self::Bernoulli { .. }
            | Self::Poisson { .. }
            | Self::Binomial { .. }
            | Self::Discrete { .. }
            | Self::Resample { .. } => true,
            Self::Truncated { inner, .. } => inner.is_discrete(),
            Self::Mixture { components } => components.iter().all(|(_, component)| component.is_discrete()),
            _ => false,
        }
    }

    /// Shapes of the beta distribution that a PERT is.
    fn pert_shapes(min: f64, mode: f64, max: f64) -> (f64, f64) {
        let range = max - min;
        (1.0 + 4.0 * (mode - min) / range, 1.0 + 4.0 * (max - mode) / range)
    }
}

#[cfg(test)]
mod tests;
