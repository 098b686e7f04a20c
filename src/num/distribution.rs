//! The distributions of the scenario language.

/// A distribution with its arguments, as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Mean and standard deviation.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation, at least 0.
        sd: f64,
    },
}

/// What an input's sampler reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// A uniform in (0, 1).
    Uniform,
    /// A standard normal score.
    Score,
}

/// The inversion of a distribution, prepared for many draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampler {}

impl Distribution {
    /// Checks the arguments; the sentence says which is inadmissible and what is admissible.
    ///
    /// # Errors
    /// One sentence, e.g. "the standard deviation of normal(mean, sd) must be at least 0, not -1".
    pub fn validate(&self) -> Result<(), String> {
        Ok(())
    }
    /// The mean, where it exists and is finite.
    pub fn mean(&self) -> Option<f64> {
        None
    }
    /// The value below which a share `p` lies.
    pub fn quantile(&self, p: f64) -> f64 {
        p
    }
    /// The sampler.
    pub fn sampler(&self) -> Sampler {
        Sampler {}
    }
}

impl Sampler {
    /// What [`Sampler::sample`] takes.
    pub fn reads(&self) -> Reads {
        Reads::Uniform
    }
    /// The draw that belongs to this uniform or score.
    pub fn sample(&self, x: f64) -> f64 {
        x
    }
    /// [`Sampler::sample`] over a column; the same bits.
    pub fn sample_column(&self, _x: &[f64], _out: &mut [f64]) {}
}
