//! Which arguments are admissible.

use super::Distribution;
use super::probability::TruncationWindow;

const SHAPES: (f64, f64) = (0.001, 1e6);
const LARGEST_RATE: f64 = 1e8;
/// A truncation to less cannot be computed: probabilities within it would underflow.
const SMALLEST_MASS: f64 = 1e-300;

impl Distribution {
    /// Checks the arguments; the sentence says which is inadmissible and what is admissible.
    ///
    /// # Errors
    /// One sentence, e.g. "the sd of normal(0, -1) must be at least 0, not -1".
    pub fn validate(&self) -> Result<(), String> {
        if !matches!(self, Self::Truncated { .. }) {
            self.all_finite()?;
        }
        match self {
            Self::Normal { sd: spread, .. } => self.at_least_zero("sd", *spread),
            Self::LogNormal { sigma, .. } => self.at_least_zero("sigma", *sigma),
            Self::Uniform { min, max } if min > max => {
                Err(format!("the max of {self} must be at least its min"))
            }
            Self::Triangular { min, mode, max } | Self::Pert { min, mode, max }
                if min > mode || mode > max =>
            {
                Err(format!("the mode of {self} must lie between its min and its max"))
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
            Self::Uniform { .. } | Self::Triangular { .. } | Self::Pert { .. } => Ok(()),
        }
    }

    fn all_finite(&self) -> Result<(), String> {
        match self.arguments().iter().find(|(_, value)| !value.is_finite()) {
            Some((name, value)) => Err(format!("the {name} of {self} must be a finite number, not {value}")),
            None => Ok(()),
        }
    }

    fn at_least_zero(&self, name: &str, value: f64) -> Result<(), String> {
        if value >= 0.0 {
            Ok(())
        } else {
            Err(format!("the {name} of {self} must be at least 0, not {value}"))
        }
    }

    fn above_zero(&self, name: &str, value: f64) -> Result<(), String> {
        if value > 0.0 { Ok(()) } else { Err(format!("the {name} of {self} must be above 0, not {value}")) }
    }

    fn between(&self, name: &str, value: f64, low: f64, high: f64) -> Result<(), String> {
        if value >= low && value <= high {
            Ok(())
        } else {
            Err(format!("the {name} of {self} must lie between {low} and {high}, not {value}"))
        }
    }

    fn validate_truncation(&self, inner: &Self, low: f64, high: f64) -> Result<(), String> {
        inner.validate()?;
        if low.is_nan() || high.is_nan() || low > high {
            return Err(format!("the low end of {self} must lie below its high end"));
        }
        if matches!(inner, Self::Resample { .. }) {
            return Err(format!(
                "{inner} is drawn by whole rows, which a truncation would tear apart: leave the rows out of the sample"
            ));
        }
        if self.keeps_nothing() {
            return Err(format!(
                "{self} must keep some of the distribution: {inner} has no probability between {low} and {high}"
            ));
        }
        if !self.is_discrete()
            && !self.is_point()
            && TruncationWindow::new(inner, low, high).mass < SMALLEST_MASS
        {
            return Err(format!(
                "{self} must keep some of the distribution: between {low} and {high} {inner} has a probability below \
                 1e-300, too small to compute with"
            ));
        }
        Ok(())
    }
}

fn validate_discrete(values: &[f64], weights: &[f64]) -> Result<(), String> {
    if values.is_empty() || values.len() != weights.len() {
        return Err("discrete(value: weight, …) must have at least one value, and a weight for each".into());
    }
    if let Some(value) = values.iter().find(|v| !v.is_finite()) {
        return Err(format!("the values of discrete(…) must be finite numbers, not {value}"));
    }
    if let Some(weight) = weights.iter().find(|w| !w.is_finite() || **w < 0.0) {
        return Err(format!("the weights of discrete(…) must be at least 0 and finite, not {weight}"));
    }
    let sum: f64 = weights.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        Ok(())
    } else {
        Err("the weights of discrete(…) must have a positive and finite sum".into())
    }
}

fn validate_resample(values: &[f64], weights: &[f64]) -> Result<(), String> {
    if values.is_empty() {
        return Err("resample(…) must have at least one value".into());
    }
    if let Some(value) = values.iter().find(|v| !v.is_finite()) {
        return Err(format!("the values of resample(…) must be finite numbers, not {value}"));
    }
    if !weights.is_empty() && weights.len() != values.len() {
        return Err("resample(value: weight, …) must have a weight for each value, or for none".into());
    }
    if let Some(weight) = weights.iter().find(|w| !w.is_finite() || **w < 0.0) {
        return Err(format!("the weights of resample(…) must be at least 0 and finite, not {weight}"));
    }
    let sum: f64 = weights.iter().sum();
    if weights.is_empty() || (sum > 0.0 && sum.is_finite()) {
        Ok(())
    } else {
        Err("the weights of resample(…) must have a positive and finite sum".into())
    }
}

fn validate_empirical(values: &[f64]) -> Result<(), String> {
    if values.is_empty() {
        return Err("empirical(…) must have at least one value".into());
    }
    if let Some(value) = values.iter().find(|v| !v.is_finite()) {
        return Err(format!("the values of empirical(…) must be finite numbers, not {value}"));
    }
    if values.is_sorted() {
        Ok(())
    } else {
        Err("the values of empirical(…) must be in rising order".into())
    }
}
