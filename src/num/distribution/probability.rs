//! Distribution functions and their inverses.

use super::shape::{DensityCurve, Shape};
use super::{Distribution, heavy, mixture};
use crate::num::elementary::{exp, exp_m1, ln, ln_1p, pow};
use crate::num::special::{beta_tails, gamma_tails};
use crate::num::{max, min, normal};

/// The part of a continuous distribution that a truncation keeps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TruncationWindow {
    /// Probability below and above the part, and of it.
    pub(super) below: f64,
    pub(super) above: f64,
    pub(super) mass: f64,
    /// Probability from the low end upwards and up to the high end.
    from_low: f64,
    to_high: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// Whether so little lies between the ends that a difference of tails has lost its digits: there the density is
    /// as good as constant.
    pub(super) narrow: bool,
}

/// A part of a tail of which a difference of two tails keeps too few digits.
const NARROW: f64 = 1e-8;

impl TruncationWindow {
    pub(super) fn new(inner: &Distribution, low: f64, high: f64) -> Self {
        let (below, above) = (inner.below(low), inner.sf(high));
        let (from_low, to_high) = (inner.above(low), inner.cdf(high));
        // Differences of the smaller tails, which keep their digits.
        let (mass, of) = if below < 0.5 { (to_high - below, to_high) } else { (from_low - above, from_low) };
        let narrow = low < high && mass <= NARROW * of;
        let mass = if narrow { max(mass, f64::EPSILON * of) } else { mass };
        Self { below, above, mass, from_low, to_high, low, high, narrow }
    }

    /// The value of a narrow part with probability `p` of the part below it.
    #[inline(always)]
    pub(super) fn between(&self, p: f64) -> f64 {
        self.clamp(self.low + p * (self.high - self.low))
    }

    /// The tails of the whole distribution at tails of the part.
    #[inline(always)]
    pub(super) fn widen(&self, p: f64, q: f64) -> (f64, f64) {
        (no_less(self.below + p * self.mass, p), no_less(self.above + q * self.mass, q))
    }

    #[inline(always)]
    pub(super) fn clamp(&self, x: f64) -> f64 {
        let x = if x < self.low { self.low } else { x };
        if x > self.high { self.high } else { x }
    }
}

impl Distribution {
    /// The value below which half of the probability lies.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The probability of values up to and including `x`. NaN for NaN.
    ///
    /// Relative error below 1e-11, in both tails; for truncated distributions relative to the probability that is
    /// kept.
    pub fn cdf(&self, x: f64) -> f64 {
        self.tails(x).0
    }

    /// The probability of values above `x`: `1 - cdf(x)`, accurate also where it is small.
    pub fn sf(&self, x: f64) -> f64 {
        self.tails(x).1
    }

    /// The value below which a share `p` lies: the smallest `x` with `cdf(x) >= p`. The bounds at 0 and 1, NaN outside
    /// [0, 1].
    pub fn quantile(&self, p: f64) -> f64 {
        self.quantile_of_tails(p, 1.0 - p)
    }

    /// The value with probability `p` below and `q = 1 - p` above it: accurate also where `q` is so small that `1 - q`
    /// rounds to 1.
    pub fn quantile_of_tails(&self, p: f64, q: f64) -> f64 {
        if p.is_nan() || q.is_nan() || p < 0.0 || q < 0.0 {
            return f64::NAN;
        }
        match self {
            Self::Normal { mean, sd } => at_scale(*mean, *sd, normal::quantile_of_tails(p, q)),
            Self::LogNormal { mu, sigma } => exp(at_scale(*mu, *sigma, normal::quantile_of_tails(p, q))),
            Self::Uniform { min, max } => {
                if p <= q {
                    min + p * (max - min)
                } else {
                    max - q * (max - min)
                }
            }
            Self::Triangular { min, mode, max } => triangular_quantile(*min, *mode, *max, p, q),
            Self::Pert { min, mode, max } if min < max => {
                let (a, b) = Self::pert_shapes(*min, *mode, *max);
                min + (max - min) * Self::Beta { a, b }.quantile_of_tails(p, q)
            }
            Self::Pert { min, .. } => *min,
            Self::TwoPieceNormal { mode, sd_low, sd_high } => {
                two_piece_quantile(*mode, *sd_low, *sd_high, p, q)
            }
            Self::StudentT { df, location, scale } => {
                location
                    + scale
                        * shape_quantile(Shape::StudentT { df: *df }, p, q, f64::NEG_INFINITY, f64::INFINITY)
            }
            Self::Beta { a, b } => shape_quantile(Shape::Beta { a: *a, b: *b }, p, q, 0.0, 1.0),
            Self::Gamma { shape, scale } => {
                scale * shape_quantile(Shape::Gamma { a: *shape }, p, q, 0.0, f64::INFINITY)
            }
            Self::Exponential { rate } => -ln_of_upper(p, q) / rate,
            Self::Weibull { shape, scale } => scale * pow(-ln_of_upper(p, q), 1.0 / shape),
            Self::Bernoulli { p: one } => f64::from(u8::from(if p <= q { p > 1.0 - one } else { q < *one })),
            Self::Poisson { .. } | Self::Binomial { .. } | Self::Discrete { .. } | Self::Resample { .. } => {
                self.discrete_quantile(p, q)
            }
            Self::Cauchy { location, scale } => cauchy(*location, *scale).quantile_of_tails(p, q),
            Self::Pareto { shape, min } => heavy::pareto(*shape, *min, -ln_of_upper(p, q)),
            Self::GeneralizedPareto { shape, threshold, scale } => {
                threshold + heavy::excess(*shape, *scale, -ln_of_upper(p, q))
            }
            Self::Mixture { .. } if self.is_discrete() => self.discrete_quantile(p, q),
            Self::Mixture { components } => mixture::quantile(components, p, q),
            Self::Metalog(metalog) => metalog.quantile_of_tails(p, q),
            Self::ParetoTail { body, level, shape, scale } => {
                let above = 1.0 - level;
                if p < *level || q >= above {
                    body.quantile_of_tails(p, q)
                } else {
                    body.quantile(*level) + heavy::excess(*shape, *scale, ln(above) - ln(q))
                }
            }
            Self::Empirical { values } => empirical_quantile(values, p),
            Self::Truncated { inner, low, high } => {
                if self.is_discrete() {
                    return self.discrete_quantile(p, q);
                }
                let window = TruncationWindow::new(inner, *low, *high);
                if window.narrow {
                    return window.between(p);
                }
                let (p, q) = window.widen(p, q);
                window.clamp(inner.quantile_of_tails(p, q))
            }
        }
    }

    /// Whether this is a truncation to where there is nothing, however small.
    pub(super) fn keeps_nothing(&self) -> bool {
        let Self::Truncated { inner, low, high } = self else { return false };
        if let Some(points) = inner.points(*low, *high) {
            return points.is_empty();
        }
        if inner.is_point() {
            return !(*low..=*high).contains(&inner.quantile(0.5));
        }
        // At one end of the support there may be an atom: a value that a sample holds twice.
        let outside = *low >= inner.quantile(1.0) || *high <= inner.quantile(0.0);
        (outside || low == high) && TruncationWindow::new(inner, *low, *high).mass <= 0.0
    }

    /// The probability of values below `x`, without `x` itself.
    fn below(&self, x: f64) -> f64 {
        if let Some(points) = self.points(f64::NEG_INFINITY, f64::INFINITY) {
            return points.iter().take_while(|point| point.0 < x).map(|point| point.1).sum();
        }
        match self {
            Self::Empirical { values } => empirical_share(values, x, false),
            Self::Mixture { components } => mixture::sum(components, |component| component.below(x)),
            Self::ParetoTail { body, level, .. } if x <= body.quantile(*level) => body.below(x),
            _ if self.is_point() => f64::from(u8::from(self.quantile(0.5) < x)),
            _ => self.cdf(x),
        }
    }

    /// The probability of `x` and of values above it.
    fn above(&self, x: f64) -> f64 {
        if let Self::Mixture { components } = self
            && !self.is_discrete()
        {
            return mixture::sum(components, |component| component.above(x));
        }
        if self.is_discrete() || self.is_point() || matches!(self, Self::Empirical { .. }) {
            1.0 - self.below(x)
        } else {
            self.sf(x)
        }
    }

    /// Whether there is only one value.
    pub(super) fn is_point(&self) -> bool {
        match self {
            Self::Normal { sd: spread, .. } | Self::LogNormal { sigma: spread, .. } => *spread == 0.0,
            Self::Uniform { min, max } | Self::Triangular { min, max, .. } | Self::Pert { min, max, .. } => {
                min == max
            }
            Self::TwoPieceNormal { sd_low, sd_high, .. } => sd_low + sd_high == 0.0,
            Self::Empirical { values } => values.first() == values.last(),
            Self::Truncated { inner, low, high } => low == high || inner.is_point(),
            Self::Mixture { components } if !self.is_discrete() => {
                let mut values = components
                    .iter()
                    .filter(|(weight, _)| *weight > 0.0)
                    .map(|(_, component)| component.is_point().then(|| component.quantile(0.5)));
                let first = values.next().flatten();
                first.is_some() && values.all(|value| value == first)
            }
            _ => false,
        }
    }

    /// `(cdf(x), sf(x))`
    fn tails(&self, x: f64) -> (f64, f64) {
        if x.is_nan() {
            return (f64::NAN, f64::NAN);
        }
        match self {
            _ if self.is_point() => step(x >= self.quantile(0.5)),
            Self::Normal { mean, sd } => normal_tails((x - mean) / sd),
            Self::LogNormal { .. } | Self::Exponential { .. } | Self::Weibull { .. } if x <= 0.0 => {
                (0.0, 1.0)
            }
            Self::LogNormal { mu, sigma } => normal_tails((ln(x) - mu) / sigma),
            Self::Uniform { min: a, max: b } => (share((x - a) / (b - a)), share((b - x) / (b - a))),
            Self::Triangular { min, mode, max } => triangular_tails(*min, *mode, *max, x),
            Self::Pert { min, mode, max } => {
                let (a, b) = Self::pert_shapes(*min, *mode, *max);
                beta_tails_between(a, b, x - min, max - x)
            }
            Self::TwoPieceNormal { mode, sd_low, sd_high } => two_piece_tails(*mode, *sd_low, *sd_high, x),
            Self::StudentT { df, location, scale } => {
                DensityCurve::new(Shape::StudentT { df: *df }).tails_of((x - location) / scale)
            }
            Self::Beta { a, b } => DensityCurve::new(Shape::Beta { a: *a, b: *b }).tails_of(x),
            Self::Gamma { shape, scale } => DensityCurve::new(Shape::Gamma { a: *shape }).tails_of(x / scale),
            Self::Exponential { rate } => (-exp_m1(-rate * x), exp(-rate * x)),
            Self::Weibull { shape, scale } => {
                let y = -pow(x / scale, *shape);
                (-exp_m1(y), exp(y))
            }
            Self::Poisson { .. } if x < 0.0 => (0.0, 1.0),
            Self::Poisson { rate } => {
                let (p, q) = gamma_tails(x.floor() + 1.0, *rate);
                (q, p)
            }
            Self::Binomial { n, p } => binomial_tails(*n, *p, x),
            Self::Cauchy { location, scale } => cauchy(*location, *scale).tails(x),
            Self::Pareto { shape, min } => heavy::pareto_tails(*shape, *min, x),
            Self::GeneralizedPareto { shape, threshold, scale } => {
                heavy::excess_tails(*shape, *scale, x - threshold)
            }
            Self::Mixture { components } if !self.is_discrete() => {
                let sum = |of: fn((f64, f64)) -> f64| mixture::sum(components, |own| of(own.tails(x)));
                (sum(|tails| tails.0), sum(|tails| tails.1))
            }
            Self::Metalog(metalog) => metalog.tails(x),
            Self::ParetoTail { body, level, shape, scale } => {
                let threshold = body.quantile(*level);
                if x < threshold {
                    body.tails(x)
                } else {
                    let above = (1.0 - level) * heavy::excess_tails(*shape, *scale, x - threshold).1;
                    (1.0 - above, above)
                }
            }
            Self::Empirical { values } => {
                let p = empirical_share(values, x, true);
                (p, 1.0 - p)
            }
            Self::Truncated { inner, low, high } if !self.is_discrete() => {
                truncated_tails(inner, &TruncationWindow::new(inner, *low, *high), x)
            }
            _ => self.discrete_tails(x),
        }
    }

    fn discrete_tails(&self, x: f64) -> (f64, f64) {
        let points = self.points(f64::NEG_INFINITY, f64::INFINITY).unwrap_or_default();
        let split = points.partition_point(|point| point.0 <= x);
        let sum = |part: &[(f64, f64)]| part.iter().rev().map(|point| point.1).sum::<f64>();
        (min(sum(&points[..split]), 1.0), max(sum(&points[split..]), 0.0))
    }

    fn discrete_quantile(&self, p: f64, q: f64) -> f64 {
        let points = self.points(f64::NEG_INFINITY, f64::INFINITY).unwrap_or_default();
        if q < p {
            // From above: the smallest value with at most q above it.
            let mut above = 0.0;
            for pair in points.windows(2).rev() {
                above += pair[1].1;
                if above > q {
                    return pair[1].0;
                }
            }
            return points.first().map_or(f64::NAN, |point| point.0);
        }
        let mut below = 0.0;
        for &(x, weight) in &points {
            below += weight;
            if below >= p {
                return x;
            }
        }
        points.last().map_or(f64::NAN, |point| point.0)
    }
}

/// A probability, but not 0 where the share `of` that it is a part of is none: what underflows is the smallest number.
#[inline(always)]
fn no_less(probability: f64, of: f64) -> f64 {
    if probability == 0.0 && of > 0.0 { SMALLEST } else { probability }
}

/// The smallest number above 0.
const SMALLEST: f64 = 5e-324;

/// Probabilities of a beta variable below and above the point that lies in these proportions between its bounds.
fn beta_tails_between(a: f64, b: f64, from_min: f64, to_max: f64) -> (f64, f64) {
    if from_min <= 0.0 {
        (0.0, 1.0)
    } else if to_max <= 0.0 {
        (1.0, 0.0)
    } else {
        DensityCurve::new(Shape::Beta { a, b }).tails_at(ln(from_min) - ln(to_max))
    }
}

fn truncated_tails(inner: &Distribution, window: &TruncationWindow, x: f64) -> (f64, f64) {
    if x < window.low {
        return (0.0, 1.0);
    }
    if x >= window.high {
        return (1.0, 0.0);
    }
    if window.narrow {
        let range = window.high - window.low;
        return (share((x - window.low) / range), share((window.high - x) / range));
    }
    let (p, q) = inner.tails(x);
    // Both differences are exact only where the tails that they are taken from are small.
    let lower = if window.below < 0.5 { p - window.below } else { window.from_low - q };
    let upper = if window.above < 0.5 { q - window.above } else { window.to_high - p };
    (share(lower / window.mass), share(upper / window.mass))
}

/// Student's t with one degree of freedom.
pub(super) fn cauchy(location: f64, scale: f64) -> Distribution {
    Distribution::StudentT { df: 1.0, location, scale }
}

/// `P(X <= k) = I_(1-p)(n - k, k + 1)`
fn binomial_tails(n: f64, p: f64, x: f64) -> (f64, f64) {
    let k = x.floor();
    if k < 0.0 || k >= n {
        return step(k >= n);
    }
    if p == 0.0 || p == 1.0 {
        return step(k >= n * p);
    }
    beta_tails(n - k, k + 1.0, 1.0 - p, p)
}

fn step(reached: bool) -> (f64, f64) {
    if reached { (1.0, 0.0) } else { (0.0, 1.0) }
}

fn share(x: f64) -> f64 {
    max(min(x, 1.0), 0.0)
}

/// `location + scale · z`, also where the scale is 0 and `z` infinite.
fn at_scale(location: f64, scale: f64, z: f64) -> f64 {
    if scale == 0.0 { location } else { location + scale * z }
}

fn normal_tails(z: f64) -> (f64, f64) {
    (normal::cdf(z), normal::sf(z))
}

/// `ln(1 - p)`, from whichever of `p` and `q = 1 - p` is small.
#[inline(always)]
pub(super) fn ln_of_upper(p: f64, q: f64) -> f64 {
    if p <= q { ln_1p(-p) } else { ln(q) }
}

fn shape_quantile(shape: Shape, p: f64, q: f64, low: f64, high: f64) -> f64 {
    if p == 0.0 {
        low
    } else if q == 0.0 {
        high
    } else {
        DensityCurve::new(shape).quantile(p, q)
    }
}

#[inline(always)]
pub(super) fn triangular_quantile(min: f64, mode: f64, max: f64, p: f64, q: f64) -> f64 {
    let range = max - min;
    let rising = min + (p * range * (mode - min)).sqrt();
    let falling = max - (q * range * (max - mode)).sqrt();
    if p * range < mode - min { rising } else { falling }
}

fn triangular_tails(min: f64, mode: f64, max: f64, x: f64) -> (f64, f64) {
    if x <= min {
        (0.0, 1.0)
    } else if x >= max {
        (1.0, 0.0)
    } else if x < mode {
        let p = (x - min) / (mode - min) * ((x - min) / (max - min));
        (p, 1.0 - p)
    } else {
        let q = (max - x) / (max - mode) * ((max - x) / (max - min));
        (1.0 - q, q)
    }
}

#[inline(always)]
pub(super) fn two_piece_quantile(mode: f64, sd_low: f64, sd_high: f64, p: f64, q: f64) -> f64 {
    let sum = sd_low + sd_high;
    // Each half is a normal's: p = 2 w Φ(z) below, q = 2 (1 - w) Φ(-z) above, w = sd_low / sum.
    if p * sum < sd_low {
        mode + sd_low * normal::quantile(0.5 * (p * sum) / sd_low)
    } else if sd_high == 0.0 {
        mode
    } else {
        mode - sd_high * normal::quantile(min(0.5 * (q * sum) / sd_high, 0.5))
    }
}

fn two_piece_tails(mode: f64, sd_low: f64, sd_high: f64, x: f64) -> (f64, f64) {
    let sum = sd_low + sd_high;
    if x < mode {
        let p = if sd_low == 0.0 { 0.0 } else { 2.0 * sd_low / sum * normal::cdf((x - mode) / sd_low) };
        (p, 1.0 - p)
    } else {
        let q = if sd_high == 0.0 { 0.0 } else { 2.0 * sd_high / sum * normal::sf((x - mode) / sd_high) };
        (1.0 - q, q)
    }
}

#[inline]
pub(super) fn empirical_quantile(values: &[f64], p: f64) -> f64 {
    let last = values.len() - 1;
    let position = p * last as f64;
    let index = (position as usize).min(last.saturating_sub(1));
    let (a, b) = (values[index], values[(index + 1).min(last)]);
    a + (position - index as f64) * (b - a)
}

/// The largest (or smallest) share whose quantile is `x`.
fn empirical_share(values: &[f64], x: f64, largest: bool) -> f64 {
    let last = values.len() - 1;
    let upper =
        if largest { values.partition_point(|&v| v <= x) } else { values.partition_point(|&v| v < x) };
    if upper == 0 {
        return 0.0;
    }
    if upper > last {
        return 1.0;
    }
    let (a, b) = (values[upper - 1], values[upper]);
    ((upper - 1) as f64 + (x - a) / (b - a)) / last as f64
}
