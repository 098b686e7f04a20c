//! Which arguments are admissible.

use super::Distribution;
use super::probability::TruncationWindow;

const SHAPES: (f64, f64) = (0.001, 1e6);
const LARGEST_RATE: f64 = 1e8;
/// Beyond, the quantiles of a tail leave the range of numbers within the levels that are drawn.
const TAIL_SHAPES: f64 = 10.0;
/// A truncation to less cannot be computed: probabilities within it would underflow.
const SMALLEST_MASS: f64 = 1e-300;

/// What is inadmissible in the arguments of a distribution: an argument by its `name`, the distribution as it is `shown`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each says what it is")]
pub enum ArgumentError {
    MaxBelowMin {
        shown: String,
    },
    ModeOutside {
        shown: String,
    },
    NotFinite {
        name: &'static str,
        shown: String,
        value: f64,
    },
    BelowZero {
        name: &'static str,
        shown: String,
        value: f64,
    },
    NotAboveZero {
        name: &'static str,
        shown: String,
        value: f64,
    },
    NotBetween {
        name: &'static str,
        shown: String,
        low: f64,
        high: f64,
        value: f64,
    },
    EndsReversed {
        shown: String,
    },
    /// A sample that is drawn by rows is truncated.
    RowsTruncated {
        inner: String,
    },
    /// The distribution has no probability between the ends of a truncation.
    KeepsNothing {
        shown: String,
        inner: String,
        low: f64,
        high: f64,
    },
    /// It has one that is too small to compute with.
    KeepsTooLittle {
        shown: String,
        inner: String,
        low: f64,
        high: f64,
    },
    NoDiscreteValues,
    ValueNotFinite {
        name: &'static str,
        value: f64,
    },
    WeightInadmissible {
        name: &'static str,
        weight: f64,
    },
    /// The sum of the weights is not positive or not finite.
    WeightSum {
        name: &'static str,
    },
    NoValues {
        name: &'static str,
    },
    WeightsNotForAll,
    NotRising,
    /// Something else than a whole number.
    NotWhole {
        name: &'static str,
        shown: String,
        value: f64,
    },
    /// Two quantiles of which the first is not below the second.
    QuantilesReversed {
        shown: String,
    },
    /// A sample that is drawn by rows stands in a mixture or before a tail.
    RowsMixed {
        inner: String,
    },
    /// A distribution on values that can be counted is given a tail.
    TailOfDiscrete {
        inner: String,
    },
    /// A metalog through too few or too many quantiles.
    QuantileCount {
        shown: String,
        most: usize,
    },
    /// Levels that do not rise, or lie outside of (0, 1).
    QuantileLevels {
        shown: String,
    },
    /// Values that do not rise with their levels.
    QuantilesFall {
        shown: String,
    },
    /// Values that do not lie between the bounds.
    QuantileOutside {
        shown: String,
    },
    /// The quantile function through the quantiles does not rise between two levels.
    QuantilesInfeasible {
        shown: String,
        from: f64,
        to: f64,
    },
    /// Quantiles so close together that no digits are left.
    QuantilesTooClose {
        shown: String,
    },
}

impl Distribution {
    /// Checks the arguments.
    ///
    /// # Errors
    /// Which one is inadmissible, and what is admissible.
    pub fn validate(&self) -> Result<(), ArgumentError> {
        if !matches!(self, Self::Truncated { .. } | Self::ParetoTail { .. }) {
            self.all_finite()?;
        }
        match self {
            Self::Normal { sd: spread, .. } => self.at_least_zero("sd", *spread),
            Self::LogNormal { sigma, .. } => self.at_least_zero("sigma", *sigma),
            Self::Uniform { min, max } if min > max => {
                Err(ArgumentError::MaxBelowMin { shown: self.to_string() })
            }
            Self::Triangular { min, mode, max } | Self::Pert { min, mode, max }
                if min > mode || mode > max =>
            {
                Err(ArgumentError::ModeOutside { shown: self.to_string() })
            }
            Self::TwoPieceNormal { sd_low, sd_high, .. } => {
                self.at_least_zero("sd_low", *sd_low)?;
                self.at_least_zero("sd_high", *sd_high)
            }
            Self::StudentT { df, scale, .. } => {
                self.between("df", *df, 0.1, SHAPES.1)?;
                self.above_zero("scale", *scale)
            }
            Self::Beta { a, b } => {
                self.between("a", *a, SHAPES.0, SHAPES.1)?;
                self.between("b", *b, SHAPES.0, SHAPES.1)
            }
            Self::Gamma { shape, scale } => {
                self.between("shape", *shape, SHAPES.0, SHAPES.1)?;
                self.above_zero("scale", *scale)
            }
            Self::Exponential { rate } => self.above_zero("rate", *rate),
            Self::Weibull { shape, scale } => {
                self.above_zero("shape", *shape)?;
                self.above_zero("scale", *scale)
            }
            Self::Bernoulli { p } => self.between("p", *p, 0.0, 1.0),
            Self::Poisson { rate } => self.between("rate", *rate, 0.0, LARGEST_RATE),
            Self::Discrete { values, weights } => validate_discrete(values, weights),
            Self::Empirical { values } => validate_empirical(values),
            Self::Resample { values, weights, .. } => validate_resample(values, weights),
            Self::Truncated { inner, low, high } => self.validate_truncation(inner, *low, *high),
            Self::Cauchy { scale, .. } => self.above_zero("scale", *scale),
            Self::Pareto { shape, min } => {
                self.above_zero("shape", *shape)?;
                self.above_zero("min", *min)
            }
            Self::GeneralizedPareto { shape, scale, .. } => {
                self.between("shape", *shape, -TAIL_SHAPES, TAIL_SHAPES)?;
                self.above_zero("scale", *scale)
            }
            Self::Binomial { n, p } => {
                self.between("n", *n, 0.0, LARGEST_RATE)?;
                if n.fract() != 0.0 {
                    return Err(ArgumentError::NotWhole { name: "n", shown: self.to_string(), value: *n });
                }
                self.between("p", *p, 0.0, 1.0)
            }
            Self::Mixture { components } => validate_mixture(components),
            Self::Metalog(metalog) => metalog.validate(|| self.to_string()),
            Self::ParetoTail { body, level, shape, scale } => {
                body.validate()?;
                by_no_rows(body)?;
                if body.is_discrete() {
                    return Err(ArgumentError::TailOfDiscrete { inner: body.to_string() });
                }
                self.between("level", *level, f64::MIN_POSITIVE, 1.0 - f64::EPSILON)?;
                self.between("shape", *shape, -TAIL_SHAPES, TAIL_SHAPES)?;
                self.above_zero("scale", *scale)
            }
            Self::Uniform { .. } | Self::Triangular { .. } | Self::Pert { .. } => Ok(()),
        }
    }

    fn all_finite(&self) -> Result<(), ArgumentError> {
        match self.arguments().iter().find(|(_, value)| !value.is_finite()) {
            Some((name, value)) => {
                Err(ArgumentError::NotFinite { name, shown: self.to_string(), value: *value })
            }
            None => Ok(()),
        }
    }

    fn at_least_zero(&self, name: &'static str, value: f64) -> Result<(), ArgumentError> {
        if value >= 0.0 {
            Ok(())
        } else {
            Err(ArgumentError::BelowZero { name, shown: self.to_string(), value })
        }
    }

    fn above_zero(&self, name: &'static str, value: f64) -> Result<(), ArgumentError> {
        if value > 0.0 {
            Ok(())
        } else {
            Err(ArgumentError::NotAboveZero { name, shown: self.to_string(), value })
        }
    }

    fn between(&self, name: &'static str, value: f64, low: f64, high: f64) -> Result<(), ArgumentError> {
        if value >= low && value <= high {
            Ok(())
        } else {
            Err(ArgumentError::NotBetween { name, shown: self.to_string(), low, high, value })
        }
    }

    fn validate_truncation(&self, inner: &Self, low: f64, high: f64) -> Result<(), ArgumentError> {
        inner.validate()?;
        if low.is_nan() || high.is_nan() || low > high {
            return Err(ArgumentError::EndsReversed { shown: self.to_string() });
        }
        if matches!(inner, Self::Resample { .. }) {
            return Err(ArgumentError::RowsTruncated { inner: inner.to_string() });
        }
        if self.keeps_nothing() {
            return Err(ArgumentError::KeepsNothing {
                shown: self.to_string(),
                inner: inner.to_string(),
                low,
                high,
            });
        }
        if !self.is_discrete()
            && !self.is_point()
            && TruncationWindow::new(inner, low, high).mass < SMALLEST_MASS
        {
            return Err(ArgumentError::KeepsTooLittle {
                shown: self.to_string(),
                low,
                high,
                inner: inner.to_string(),
            });
        }
        Ok(())
    }
}

fn by_no_rows(inner: &Distribution) -> Result<(), ArgumentError> {
    match inner {
        Distribution::Resample { .. } => Err(ArgumentError::RowsMixed { inner: inner.to_string() }),
        _ => Ok(()),
    }
}

fn validate_mixture(components: &[(f64, Distribution)]) -> Result<(), ArgumentError> {
    if components.is_empty() {
        return Err(ArgumentError::NoValues { name: "mixture" });
    }
    for (weight, component) in components {
        component.validate()?;
        by_no_rows(component)?;
        if !weight.is_finite() || *weight < 0.0 {
            return Err(ArgumentError::WeightInadmissible { name: "mixture", weight: *weight });
        }
    }
    let sum: f64 = components.iter().map(|(weight, _)| weight).sum();
    if sum > 0.0 && sum.is_finite() { Ok(()) } else { Err(ArgumentError::WeightSum { name: "mixture" }) }
}

fn validate_discrete(values: &[f64], weights: &[f64]) -> Result<(), ArgumentError> {
    if values.is_empty() || values.len() != weights.len() {
        return Err(ArgumentError::NoDiscreteValues);
    }
    if let Some(value) = values.iter().find(|v| !v.is_finite()) {
        return Err(ArgumentError::ValueNotFinite { name: "discrete", value: *value });
    }
    if let Some(weight) = weights.iter().find(|w| !w.is_finite() || **w < 0.0) {
        return Err(ArgumentError::WeightInadmissible { name: "discrete", weight: *weight });
    }
    let sum: f64 = weights.iter().sum();
    if sum > 0.0 && sum.is_finite() { Ok(()) } else { Err(ArgumentError::WeightSum { name: "discrete" }) }
}

fn validate_resample(values: &[f64], weights: &[f64]) -> Result<(), ArgumentError> {
    if values.is_empty() {
        return Err(ArgumentError::NoValues { name: "resample" });
    }
    if let Some(value) = values.iter().find(|v| !v.is_finite()) {
        return Err(ArgumentError::ValueNotFinite { name: "resample", value: *value });
    }
    if !weights.is_empty() && weights.len() != values.len() {
        return Err(ArgumentError::WeightsNotForAll);
    }
    if let Some(weight) = weights.iter().find(|w| !w.is_finite() || **w < 0.0) {
        return Err(ArgumentError::WeightInadmissible { name: "resample", weight: *weight });
    }
    let sum: f64 = weights.iter().sum();
    if weights.is_empty() || (sum > 0.0 && sum.is_finite()) {
        Ok(())
    } else {
        Err(ArgumentError::WeightSum { name: "resample" })
    }
}

fn validate_empirical(values: &[f64]) -> Result<(), ArgumentError> {
    if values.is_empty() {
        return Err(ArgumentError::NoValues { name: "empirical" });
    }
    if let Some(value) = values.iter().find(|v| !v.is_finite()) {
        return Err(ArgumentError::ValueNotFinite { name: "empirical", value: *value });
    }
    if values.is_sorted() { Ok(()) } else { Err(ArgumentError::NotRising) }
}
