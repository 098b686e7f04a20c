//! Sampling by inversion.

use std::sync::Arc;

use super::discrete::Lottery;
use super::pieces::PieceTable;
use super::probability::{TruncationWindow, empirical_quantile, ln_of_upper, triangular_quantile};
use super::score_table::ScoreTable;
use super::shape::Shape;
use super::table::{LAST_SCORE, QuantileTable};
use super::{Distribution, Metalog, heavy, mixture};
use crate::num::draw::Column;
use crate::num::elementary::{Exp, exp, ln};
use crate::num::wide::{Kernel, LaneFunction, Vector, launch, map};
use crate::num::{max, min, normal};

/// What an input's sampler reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// A uniform in (0, 1): an odd multiple of `2^-53`, or at least a number whose complement `1 - u` is exact.
    Uniform,
    /// A standard normal score.
    Score,
}

/// The inversion of a distribution, prepared for many draws. Cheap to clone: tables are shared.
///
/// Draws rise with what is read, except those of a sample drawn by rows, which stand in the order of the rows. Discrete distributions are inverted exactly; normal and lognormal ones are as good as
/// their scores ([`normal::score`]: 4e-10); uniform, triangular, two-piece normal, exponential, Weibull and empirical
/// ones, Pareto distributions and metalogs are closed forms, with a relative error near 1e-14; beta, PERT, gamma, Student's t
/// and Cauchy are read from a table, mixtures from polynomials,
/// with a relative error below 1e-9 beside that of the score, for scores up to
/// 8.4 in size (those beyond, of probability 4e-17, count as 8.4). Truncated ones invert what they truncate, from the
/// tail that is small; where a truncation leaves less than 1e-8 of that, draws are uniform between its ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampler {
    kind: SamplerKind,
    /// Whether the distribution goes on for ever below, and above, where draws end.
    open_ends: [bool; 2],
}

#[derive(Clone, Debug, PartialEq)]
enum SamplerKind {
    Constant(f64),
    Normal {
        mean: f64,
        sd: f64,
    },
    LogNormal {
        mu: f64,
        sigma: f64,
    },
    Uniform {
        min: f64,
        range: f64,
    },
    Triangular {
        min: f64,
        mode: f64,
        max: f64,
    },
    TwoPiece(TwoPiece),
    Weibull {
        power: f64,
        scale: f64,
    },
    Exponential {
        mean: f64,
    },
    Bernoulli {
        zero: f64,
    },
    Lottery(Arc<Lottery>),
    Empirical(Arc<[f64]>),
    /// Equally likely rows.
    Rows(Arc<[f64]>),
    /// Rows by their weights.
    WeightedRows(Arc<Lottery>),
    Table {
        table: Arc<QuantileTable>,
        offset: f64,
        scale: f64,
    },
    Pareto {
        shape: f64,
        min: f64,
    },
    GeneralizedPareto {
        shape: f64,
        threshold: f64,
        scale: f64,
    },
    Metalog(Arc<Metalog>),
    ScoreOfT(Arc<ScoreTable>),
    Pieces(Arc<PieceTable>),
    ParetoTail(Box<ParetoTail>),
    Truncated {
        inner: Box<SamplerKind>,
        window: TruncationWindow,
    },
}

#[derive(Clone, Debug, PartialEq)]
struct ParetoTail {
    body: SamplerKind,
    /// Probability below and above the threshold, and the logarithm of the latter.
    level: f64,
    above: f64,
    ln_above: f64,
    threshold: f64,
    shape: f64,
    scale: f64,
}

impl ParetoTail {
    #[inline]
    fn at(&self, p: f64, q: f64) -> f64 {
        if p < self.level || q >= self.above {
            self.body.sample_tails(p, q)
        } else {
            self.threshold + heavy::excess(self.shape, self.scale, self.ln_above - ln(q))
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct TwoPiece {
    mode: f64,
    sd_low: f64,
    sd_high: f64,
    /// Probability below the mode.
    share_low: f64,
}

impl TwoPiece {
    /// Below the mode `u = 2 w Φ(z)`, above it `1 - u = 2 (1 - w) Φ(-z)`.
    #[inline(always)]
    fn at(&self, p: f64, q: f64, quantile: impl Fn(f64) -> f64) -> f64 {
        let low = p < self.share_low;
        let half = if low { 0.5 * p / self.share_low } else { 0.5 * q / (1.0 - self.share_low) };
        let half = if half > 0.5 { 0.5 } else { half };
        let z = quantile(half);
        self.mode + if low { self.sd_low * z } else { -self.sd_high * z }
    }
}

impl Distribution {
    /// The sampler. Expects admissible arguments; those that [`Distribution::validate`] refuses give draws without
    /// meaning.
    pub fn sampler(&self) -> Sampler {
        Sampler { kind: self.kind(LAST_SCORE, LAST_SCORE), open_ends: self.open_ends() }
    }

    /// Whether it goes on for ever below, and above.
    fn open_ends(&self) -> [bool; 2] {
        match self {
            _ if self.is_point() => [false; 2],
            Self::Normal { .. }
            | Self::TwoPieceNormal { .. }
            | Self::StudentT { .. }
            | Self::Cauchy { .. } => [true; 2],
            Self::LogNormal { .. }
            | Self::Gamma { .. }
            | Self::Exponential { .. }
            | Self::Weibull { .. }
            | Self::Pareto { .. }
            | Self::Poisson { .. } => [false, true],
            Self::Truncated { inner, low, high } => {
                let [below, above] = inner.open_ends();
                [below && *low == f64::NEG_INFINITY, above && *high == f64::INFINITY]
            }
            Self::GeneralizedPareto { shape, .. } => [false, *shape >= 0.0],
            Self::Mixture { components } => {
                let ends = components.iter().map(|(_, component)| component.open_ends());
                ends.fold([false; 2], |[below, above], [low, high]| [below || low, above || high])
            }
            Self::Metalog(metalog) => metalog.bounds().map(f64::is_infinite),
            Self::ParetoTail { body, shape, .. } => [body.open_ends()[0], *shape >= 0.0],
            Self::Uniform { .. }
            | Self::Triangular { .. }
            | Self::Pert { .. }
            | Self::Beta { .. }
            | Self::Bernoulli { .. }
            | Self::Binomial { .. }
            | Self::Discrete { .. }
            | Self::Empirical { .. }
            | Self::Resample { .. } => [false; 2],
        }
    }

    /// What its sampler reads.
    pub fn reads(&self) -> Reads {
        match self {
            _ if self.is_point() => Reads::Uniform,
            Self::Normal { .. }
            | Self::LogNormal { .. }
            | Self::Pert { .. }
            | Self::StudentT { .. }
            | Self::Beta { .. }
            | Self::Cauchy { .. }
            | Self::Gamma { .. } => Reads::Score,
            Self::Mixture { .. } if !self.is_discrete() => Reads::Score,
            _ => Reads::Uniform,
        }
    }

    /// The kind of sampler, for scores from `-down` to `up`.
    fn kind(&self, down: f64, up: f64) -> SamplerKind {
        let table = |shape, offset, scale| SamplerKind::Table {
            table: Arc::new(QuantileTable::new(shape, -down, up)),
            offset,
            scale,
        };
        match self {
            _ if self.is_point() => SamplerKind::Constant(self.median()),
            Self::Normal { mean, sd } => SamplerKind::Normal { mean: *mean, sd: *sd },
            Self::LogNormal { mu, sigma } => SamplerKind::LogNormal { mu: *mu, sigma: *sigma },
            Self::Uniform { min, max } => SamplerKind::Uniform { min: *min, range: max - min },
            Self::Triangular { min, mode, max } => {
                SamplerKind::Triangular { min: *min, mode: *mode, max: *max }
            }
            Self::Pert { min, mode, max } => {
                let (a, b) = Self::pert_shapes(*min, *mode, *max);
                table(Shape::Beta { a, b }, *min, max - min)
            }
            Self::TwoPieceNormal { mode, sd_low, sd_high } => {
                let share_low = sd_low / (sd_low + sd_high);
                SamplerKind::TwoPiece(TwoPiece { mode: *mode, sd_low: *sd_low, sd_high: *sd_high, share_low })
            }
            Self::StudentT { df, location, scale } => table(Shape::StudentT { df: *df }, *location, *scale),
            Self::Beta { a, b } => table(Shape::Beta { a: *a, b: *b }, 0.0, 1.0),
            Self::Gamma { shape, scale } => table(Shape::Gamma { a: *shape }, 0.0, *scale),
            Self::Exponential { rate } => SamplerKind::Exponential { mean: 1.0 / rate },
            Self::Weibull { shape, scale } => SamplerKind::Weibull { power: 1.0 / shape, scale: *scale },
            Self::Bernoulli { p } => SamplerKind::Bernoulli { zero: 1.0 - p },
            Self::Empirical { values } => SamplerKind::Empirical(values.as_slice().into()),
            Self::Resample { values, weights, .. } if weights.is_empty() => {
                SamplerKind::Rows(values.as_slice().into())
            }
            Self::Resample { .. } => SamplerKind::WeightedRows(Arc::new(Lottery::new(&self.rows()))),
            Self::Truncated { inner, low, high } if !self.is_discrete() => {
                let window = TruncationWindow::new(inner, *low, *high);
                if window.narrow {
                    return SamplerKind::Uniform { min: *low, range: high - low };
                }
                // The scores that the window leaves, down to the smallest uniform.
                let (p, q) = window.widen(f64::EPSILON / 2.0, 1.0);
                let down = -normal::quantile_of_tails(max(p, SMALLEST_TAIL), q);
                let (p, q) = window.widen(1.0, f64::EPSILON / 2.0);
                let up = normal::quantile_of_tails(p, max(q, SMALLEST_TAIL));
                SamplerKind::Truncated { inner: Box::new(inner.kind(down, up)), window }
            }
            Self::Cauchy { location, scale } => table(Shape::StudentT { df: 1.0 }, *location, *scale),
            Self::Pareto { shape, min } => SamplerKind::Pareto { shape: *shape, min: *min },
            Self::GeneralizedPareto { shape, threshold, scale } => {
                SamplerKind::GeneralizedPareto { shape: *shape, threshold: *threshold, scale: *scale }
            }
            Self::Metalog(metalog) => SamplerKind::Metalog(Arc::new(metalog.clone())),
            Self::Mixture { components } if !self.is_discrete() => {
                let quantile = |p, q| mixture::quantile(components, p, q);
                SamplerKind::Pieces(Arc::new(PieceTable::new(quantile, -down, up)))
            }
            Self::ParetoTail { body, level, shape, scale } => {
                let (above, threshold) = (1.0 - level, body.quantile(*level));
                SamplerKind::ParetoTail(Box::new(ParetoTail {
                    body: body.kind(down, min(up, LAST_SCORE)),
                    level: *level,
                    above,
                    ln_above: ln(above),
                    threshold,
                    shape: *shape,
                    scale: *scale,
                }))
            }
            Self::Poisson { .. }
            | Self::Binomial { .. }
            | Self::Discrete { .. }
            | Self::Mixture { .. }
            | Self::Truncated { .. } => {
                let points = self.points(f64::NEG_INFINITY, f64::INFINITY).unwrap_or_default();
                SamplerKind::Lottery(Arc::new(Lottery::new(&points)))
            }
        }
    }
}

impl Sampler {
    /// Makes a variable of Student's t into the standard normal score of the same rank: reads the variable.
    pub fn score_of_t(df: f64) -> Self {
        Self { kind: SamplerKind::ScoreOfT(Arc::new(ScoreTable::new(df))), open_ends: [true; 2] }
    }

    /// What [`Sampler::sample`] takes.
    pub fn reads(&self) -> Reads {
        self.kind.reads()
    }

    /// Whether the draws take values that can be counted.
    pub fn is_discrete(&self) -> bool {
        matches!(self.kind, SamplerKind::Bernoulli { .. } | SamplerKind::Lottery(_))
    }

    /// Whether the draws never fall where what is read rises, to the last bit.
    pub fn is_monotone(&self) -> bool {
        matches!(self.kind, SamplerKind::Constant(_) | SamplerKind::Uniform { .. }) || self.is_discrete()
    }

    /// The least and the largest value that the distribution takes up to a probability in each tail, that of a standard normal
    /// score of this size: 40 for what can be written of a probability. Infinite where the distribution goes on and no formula
    /// says how far. Of draws that rise with what is read.
    pub fn ends(&self, score: f64) -> [f64; 2] {
        // The logarithm of 1 over the probability, rounded up: that of the tail is below φ(z) / z.
        let log = 0.5 * score * score + 1.0 + ln(max(score, 1.0));
        let smallest = f64::EPSILON / 2.0;
        let [low, high] = match &self.kind {
            SamplerKind::Normal { .. } | SamplerKind::LogNormal { .. } => {
                [self.sample(-score), self.sample(score)]
            }
            SamplerKind::Exponential { mean } => [0.0, mean * log],
            SamplerKind::Weibull { power, scale } => [0.0, scale * crate::num::pow(log, *power)],
            // Half a tail of one piece is no smaller than a quarter of the tail.
            SamplerKind::TwoPiece(piece) => {
                [piece.mode - piece.sd_low * (score + 1.0), piece.mode + piece.sd_high * (score + 1.0)]
            }
            _ => {
                let x = match self.reads() {
                    Reads::Score => [-score, score],
                    Reads::Uniform => [smallest, 1.0 - smallest],
                };
                let end = |side: usize, infinity: f64| {
                    if self.open_ends[side] { infinity } else { self.sample(x[side]) }
                };
                [end(0, f64::NEG_INFINITY), end(1, f64::INFINITY)]
            }
        };
        [low, high]
    }

    /// The smallest and the largest draw, where draws do not rise with what is read: of a sample drawn by rows.
    pub fn unordered_bounds(&self) -> Option<[f64; 2]> {
        let values = match &self.kind {
            SamplerKind::Rows(values) => values,
            SamplerKind::WeightedRows(lottery) => lottery.values(),
            _ => return None,
        };
        let bounds = (f64::INFINITY, f64::NEG_INFINITY);
        let (low, high) =
            values.iter().fold(bounds, |(low, high), value| (min(low, *value), max(high, *value)));
        Some([low, high])
    }

    /// The draw that belongs to this uniform or score.
    #[inline]
    pub fn sample(&self, x: f64) -> f64 {
        self.kind.sample(x)
    }

    /// [`Sampler::sample`] over a column; the same bits.
    pub fn sample_column(&self, x: &Column, out: &mut Column) {
        match self.kind {
            SamplerKind::LogNormal { mu, sigma } => map(ExpOfLine { mu, sigma }, x, out),
            SamplerKind::Table { ref table, offset, scale } => table.sample_column(x, out, offset, scale),
            _ => launch(SamplingLoops { kind: &self.kind, x, out }),
        }
    }
}

/// `exp(mu + sigma * z)`
#[derive(Clone, Copy)]
struct ExpOfLine {
    mu: f64,
    sigma: f64,
}

impl LaneFunction for ExpOfLine {
    #[inline(always)]
    fn at<V: Vector>(self, z: V) -> V {
        Exp.at(V::splat(self.mu) + V::splat(self.sigma) * z)
    }
}

/// The loops of [`Sampler::sample_column`].
struct SamplingLoops<'a> {
    kind: &'a SamplerKind,
    x: &'a Column,
    out: &'a mut Column,
}

impl Kernel for SamplingLoops<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { kind, x, out } = self;
        // One tight loop for each kind: the kind is told apart once for a column.
        macro_rules! each {
            ($x:ident => $draw:expr) => {
                for (out, &$x) in out.iter_mut().zip(x) {
                    *out = $draw;
                }
            };
        }
        match *kind {
            SamplerKind::Constant(value) => out.fill(value),
            SamplerKind::Normal { mean, sd } => each!(z => mean + sd * z),
            SamplerKind::Uniform { min, range } => each!(u => min + range * u),
            SamplerKind::Triangular { min, mode, max } => {
                each!(u => triangular_quantile(min, mode, max, u, 1.0 - u))
            }
            SamplerKind::TwoPiece(two) => each!(u => two.at(u, 1.0 - u, normal::quantile)),
            SamplerKind::Exponential { mean } => each!(u => -mean * ln(1.0 - u)),
            SamplerKind::Weibull { power, scale } => each!(u => weibull(-ln(1.0 - u), power, scale)),
            SamplerKind::Bernoulli { zero } => each!(u => bernoulli(u, zero)),
            SamplerKind::Lottery(ref lottery) | SamplerKind::WeightedRows(ref lottery) => {
                each!(u => lottery.draw(u))
            }
            SamplerKind::Empirical(ref values) => each!(u => empirical_quantile(values, u)),
            SamplerKind::Rows(ref values) => each!(u => row(values, u)),
            SamplerKind::LogNormal { .. } | SamplerKind::Table { .. } => each!(z => kind.sample(z)),
            SamplerKind::Pareto { shape, min } => each!(u => heavy::pareto(shape, min, -ln(1.0 - u))),
            SamplerKind::GeneralizedPareto { shape, threshold, scale } => {
                each!(u => threshold + heavy::excess(shape, scale, -ln(1.0 - u)))
            }
            SamplerKind::Metalog(ref metalog) => each!(u => metalog.quantile_of_tails(u, 1.0 - u)),
            SamplerKind::Pieces(ref pieces) => each!(z => pieces.at(z)),
            SamplerKind::ScoreOfT(ref table) => each!(t => table.at(t)),
            SamplerKind::ParetoTail(ref tail) => each!(u => tail.at(u, 1.0 - u)),
            SamplerKind::Truncated { ref inner, ref window } => {
                each!(u => truncated(inner, window, u, 1.0 - u))
            }
        }
    }
}

impl SamplerKind {
    fn reads(&self) -> Reads {
        match self {
            Self::Normal { .. }
            | Self::LogNormal { .. }
            | Self::Table { .. }
            | Self::Pieces(_)
            | Self::ScoreOfT(_) => Reads::Score,
            _ => Reads::Uniform,
        }
    }

    #[inline]
    fn sample(&self, x: f64) -> f64 {
        match self {
            Self::Normal { mean, sd } => mean + sd * x,
            Self::LogNormal { mu, sigma } => ExpOfLine { mu: *mu, sigma: *sigma }.at(x),
            Self::Table { table, offset, scale } => table.sample(x, *offset, *scale),
            Self::Exponential { mean } => -mean * ln(1.0 - x),
            Self::Weibull { power, scale } => weibull(-ln(1.0 - x), *power, *scale),
            Self::Pareto { shape, min } => heavy::pareto(*shape, *min, -ln(1.0 - x)),
            Self::GeneralizedPareto { shape, threshold, scale } => {
                threshold + heavy::excess(*shape, *scale, -ln(1.0 - x))
            }
            Self::Pieces(pieces) => pieces.at(x),
            Self::ScoreOfT(table) => table.at(x),
            Self::Uniform { min, range } => min + range * x,
            other => other.sample_tails(x, 1.0 - x),
        }
    }

    /// The draw with probability `p` below and `q = 1 - p` above it: for truncations to a far tail.
    #[inline]
    fn sample_tails(&self, p: f64, q: f64) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Normal { .. }
            | Self::LogNormal { .. }
            | Self::Table { .. }
            | Self::Pieces(_)
            | Self::ScoreOfT(_) => self.sample(normal::quantile_of_tails(p, q)),
            Self::Uniform { min, range } => min + range * p,
            Self::Triangular { min, mode, max } => triangular_quantile(*min, *mode, *max, p, q),
            Self::TwoPiece(two) => two.at(p, q, normal::quantile),
            Self::Exponential { mean } => -mean * ln_of_upper(p, q),
            Self::Weibull { power, scale } => weibull(-ln_of_upper(p, q), *power, *scale),
            Self::Bernoulli { zero } => bernoulli(p, *zero),
            Self::Lottery(lottery) | Self::WeightedRows(lottery) => lottery.draw(p),
            Self::Empirical(values) => empirical_quantile(values, p),
            Self::Rows(values) => row(values, p),
            Self::Pareto { shape, min } => heavy::pareto(*shape, *min, -ln_of_upper(p, q)),
            Self::GeneralizedPareto { shape, threshold, scale } => {
                threshold + heavy::excess(*shape, *scale, -ln_of_upper(p, q))
            }
            Self::Metalog(metalog) => metalog.quantile_of_tails(p, q),
            Self::ParetoTail(tail) => tail.at(p, q),
            Self::Truncated { inner, window } => truncated(inner, window, p, q),
        }
    }
}

/// `scale · y^power` for y > 0.
#[inline(always)]
fn weibull(y: f64, power: f64, scale: f64) -> f64 {
    scale * exp(power * ln(y))
}

/// The value in the row that belongs to a uniform.
#[inline(always)]
fn row(values: &[f64], u: f64) -> f64 {
    if u.is_nan() {
        return u;
    }
    values[((u * values.len() as f64) as usize).min(values.len() - 1)]
}

/// 1 where `u` reaches the probability of 0.
#[inline(always)]
fn bernoulli(u: f64, zero: f64) -> f64 {
    let x = if u >= zero { 1.0 } else { 0.0 };
    if u.is_nan() { u } else { x }
}

/// Tails of a table end here: their logarithm is known to all digits.
const SMALLEST_TAIL: f64 = 1e-307;

#[inline]
fn truncated(inner: &SamplerKind, window: &TruncationWindow, p: f64, q: f64) -> f64 {
    let (p, q) = window.widen(p, q);
    window.clamp(inner.sample_tails(p, q))
}
