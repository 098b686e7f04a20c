//! Distributions in words.

use std::fmt;

use super::Distribution;

impl Distribution {
    /// The name in the scenario language.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Normal { .. } => "normal",
            Self::LogNormal { .. } => "lognormal",
            Self::Uniform { .. } => "uniform",
            Self::Triangular { .. } => "triangular",
            Self::Pert { .. } => "pert",
            Self::TwoPieceNormal { .. } => "two_piece_normal",
            Self::StudentT { .. } => "student_t",
            Self::Beta { .. } => "beta",
            Self::Gamma { .. } => "gamma",
            Self::Exponential { .. } => "exponential",
            Self::Weibull { .. } => "weibull",
            Self::Bernoulli { .. } => "bernoulli",
            Self::Poisson { .. } => "poisson",
            Self::Discrete { .. } => "discrete",
            Self::Empirical { .. } => "empirical",
            Self::Resample { .. } => "resample",
            Self::Cauchy { .. } => "cauchy",
            Self::Pareto { .. } => "pareto",
            Self::GeneralizedPareto { .. } => "generalized_pareto",
            Self::Binomial { .. } => "binomial",
            Self::Mixture { .. } => "mixture",
            Self::Metalog(_) => "metalog",
            Self::ParetoTail { .. } => "pareto_tail",
            Self::Truncated { .. } => "truncate",
        }
    }

    /// The arguments that are numbers, in the order in which they are written.
    pub(super) fn arguments(&self) -> Vec<(&'static str, f64)> {
        match *self {
            Self::Normal { mean, sd } => vec![("mean", mean), ("sd", sd)],
            Self::LogNormal { mu, sigma } => vec![("mu", mu), ("sigma", sigma)],
            Self::Uniform { min, max } => vec![("min", min), ("max", max)],
            Self::Triangular { min, mode, max } | Self::Pert { min, mode, max } => {
                vec![("min", min), ("mode", mode), ("max", max)]
            }
            Self::TwoPieceNormal { mode, sd_low, sd_high } => {
                vec![("mode", mode), ("sd_low", sd_low), ("sd_high", sd_high)]
            }
            Self::StudentT { df, location, scale } => {
                vec![("df", df), ("location", location), ("scale", scale)]
            }
            Self::Beta { a, b } => vec![("a", a), ("b", b)],
            Self::Gamma { shape, scale } | Self::Weibull { shape, scale } => {
                vec![("shape", shape), ("scale", scale)]
            }
            Self::Exponential { rate } | Self::Poisson { rate } => vec![("rate", rate)],
            Self::Bernoulli { p } => vec![("p", p)],
            Self::Truncated { low, high, .. } => vec![("low", low), ("high", high)],
            Self::Cauchy { location, scale } => vec![("location", location), ("scale", scale)],
            Self::Pareto { shape, min } => vec![("shape", shape), ("min", min)],
            Self::GeneralizedPareto { shape, threshold, scale } => {
                vec![("shape", shape), ("threshold", threshold), ("scale", scale)]
            }
            Self::Binomial { n, p } => vec![("n", n), ("p", p)],
            Self::ParetoTail { level, shape, scale, .. } => {
                vec![("level", level), ("shape", shape), ("scale", scale)]
            }
            Self::Discrete { .. }
            | Self::Empirical { .. }
            | Self::Resample { .. }
            | Self::Mixture { .. }
            | Self::Metalog(_) => Vec::new(),
        }
    }
}

/// As written in the scenario language; a sample, which is written with its file, as a summary.
impl fmt::Display for Distribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name())?;
        match self {
            Self::Discrete { values, weights } => {
                for (i, (value, weight)) in values.iter().zip(weights).enumerate() {
                    write!(f, "{}{value}: {weight}", if i > 0 { ", " } else { "" })?;
                }
            }
            Self::Empirical { values } => match (values.first(), values.last()) {
                (Some(first), Some(last)) => write!(f, "{} values from {first} to {last}", values.len())?,
                _ => write!(f, "no values")?,
            },
            Self::Resample { values, rows, .. } => {
                let one = if values.len() == 1 { "" } else { "s" };
                write!(f, "{} row{one}", values.len())?;
                if let Some(draw) = rows {
                    write!(f, ", '{draw}'")?;
                }
            }
            Self::Truncated { inner, low, high } => write!(f, "{inner}, {low}, {high}")?,
            Self::ParetoTail { body, level, shape, scale } => {
                write!(f, "{body}, {level}, {shape}, {scale}")?;
            }
            Self::Mixture { components } => {
                for (i, (weight, component)) in components.iter().enumerate() {
                    write!(f, "{}{component}: {weight}", if i > 0 { ", " } else { "" })?;
                }
            }
            Self::Metalog(metalog) => write!(f, "{metalog}")?,
            _ => {
                for (i, (_, value)) in self.arguments().iter().enumerate() {
                    write!(f, "{}{value}", if i > 0 { ", " } else { "" })?;
                }
            }
        }
        write!(f, ")")
    }
}
