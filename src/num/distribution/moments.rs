//! Means and variances.

use super::{Distribution, heavy, mixture};
use crate::num::elementary::{exp, exp_m1};
use crate::num::normal;
use crate::num::special::ln_gamma;

/// First two moments: mean and variance, where they exist.
pub(super) type MeanVariance = (Option<f64>, Option<f64>);

impl Distribution {
    /// The mean, where it exists and is finite.
    ///
    /// In closed form; for truncated continuous distributions by integration of the quantile function, with a
    /// relative error below 1e-9 (heavy tails: where their index exceeds the order of the moment by 0.1).
    pub fn mean(&self) -> Option<f64> {
        self.moments().0.filter(|x| x.is_finite())
    }

    /// The variance, where it exists and is finite; accuracy as for [`Distribution::mean`].
    pub fn variance(&self) -> Option<f64> {
        self.moments().1.filter(|x| x.is_finite())
    }

    fn moments(&self) -> MeanVariance {
        let (mean, variance) = match self {
            _ if self.is_point() => (self.median(), 0.0),
            Self::Normal { mean, sd } => (*mean, sd * sd),
            Self::LogNormal { mu, sigma } => {
                let mean = exp(mu + 0.5 * sigma * sigma);
                (mean, mean * mean * exp_m1(sigma * sigma))
            }
            Self::Uniform { min, max } => (0.5 * (min + max), (max - min) * (max - min) / 12.0),
            Self::Triangular { min, mode, max } => {
                let (a, b) = (mode - min, max - mode);
                ((min + mode + max) / 3.0, (a * a + a * b + b * b) / 18.0)
            }
            Self::Pert { min, mode, max } => {
                let (a, b) = Self::pert_shapes(*min, *mode, *max);
                ((min + 4.0 * mode + max) / 6.0, (max - min) * (max - min) * beta_variance(a, b))
            }
            Self::TwoPieceNormal { mode, sd_low, sd_high } => two_piece(*mode, *sd_low, *sd_high),
            Self::StudentT { df, location, scale } => return student_t(*df, *location, *scale),
            Self::Beta { a, b } => (a / (a + b), beta_variance(*a, *b)),
            Self::Gamma { shape, scale } => (shape * scale, shape * scale * scale),
            Self::Exponential { rate } => (1.0 / rate, 1.0 / (rate * rate)),
            Self::Weibull { shape, scale } => weibull(*shape, *scale),
            Self::Bernoulli { p } => (*p, p * (1.0 - p)),
            Self::Binomial { n, p } => (n * p, n * p * (1.0 - p)),
            Self::Poisson { rate } => (*rate, *rate),
            Self::Empirical { values } => empirical(values),
            Self::Cauchy { .. } => return (None, None),
            Self::Pareto { shape, min } => return heavy::pareto_moments(*shape, *min),
            Self::GeneralizedPareto { shape, threshold, scale } => {
                return heavy::generalized_pareto_moments(*shape, *threshold, *scale);
            }
            Self::Mixture { components } => return mixture::moments(components),
            Self::Metalog(_) | Self::ParetoTail { .. } => return self.by_integration(self),
            Self::Truncated { inner, low, high } if !self.is_discrete() => {
                if let Self::Mixture { components } = &**inner {
                    return mixture::moments(&mixture::truncated(components, *low, *high));
                }
                return self.integrate(inner, *low, *high);
            }
            Self::Discrete { .. } | Self::Resample { .. } | Self::Truncated { .. } => {
                let points = self.points(f64::NEG_INFINITY, f64::INFINITY).unwrap_or_default();
                let mean = points.iter().map(|(x, p)| p * x).sum();
                (mean, points.iter().map(|(x, p)| p * (x - mean) * (x - mean)).sum())
            }
        };
        (Some(mean), Some(variance))
    }

    fn integrate(&self, inner: &Self, low: f64, high: f64) -> MeanVariance {
        if let Self::Truncated { inner: core, low: l, high: h } = inner {
            let (low, high) = (crate::num::max(low, *l), crate::num::min(high, *h));
            return Self::Truncated { inner: core.clone(), low, high }.moments();
        }
        self.by_integration(inner)
    }

    /// By integration of the quantile function, whose kinks are those of `inner`.
    fn by_integration(&self, inner: &Self) -> MeanVariance {
        // Tails that are not cut may be so heavy that moments are missing.
        let [lower, upper] = self.tail_indices();
        let exists = |order: f64| lower > order && upper > order;
        let kinks = self.kinks(inner);
        let mean = exists(1.0).then(|| expectation(&kinks, |p, q| self.quantile_of_tails(p, q)));
        let variance = mean.filter(|_| exists(2.0)).map(|mean| {
            expectation(&kinks, |p, q| {
                let deviation = self.quantile_of_tails(p, q) - mean;
                deviation * deviation
            })
        });
        (mean, variance)
    }

    /// Scores at which the quantile function of this truncation is not smooth.
    fn kinks(&self, inner: &Self) -> Vec<f64> {
        let at = |x: f64| normal::quantile_of_tails(self.cdf(x), self.sf(x));
        match inner {
            Self::Triangular { mode, .. } | Self::TwoPieceNormal { mode, .. } => vec![at(*mode)],
            Self::Empirical { values } => values.iter().map(|&x| at(x)).collect(),
            Self::ParetoTail { body, level, .. } => {
                let mut kinks = self.kinks(body);
                kinks.push(at(body.quantile(*level)));
                kinks
            }
            _ => Vec::new(),
        }
    }
}

fn beta_variance(a: f64, b: f64) -> f64 {
    let n = a + b;
    a / n * (b / n) / (n + 1.0)
}

/// S. John, "The three-parameter two-piece normal family of distributions and its fitting" (1982).
fn two_piece(mode: f64, sd_low: f64, sd_high: f64) -> (f64, f64) {
    const TWO_OVER_PI: f64 = std::f64::consts::FRAC_2_PI;
    let skew = sd_high - sd_low;
    (mode + TWO_OVER_PI.sqrt() * skew, (1.0 - TWO_OVER_PI) * skew * skew + sd_low * sd_high)
}

fn student_t(df: f64, location: f64, scale: f64) -> MeanVariance {
    let variance = (df > 2.0).then(|| scale * scale * df / (df - 2.0));
    ((df > 1.0).then_some(location), variance)
}

fn weibull(shape: f64, scale: f64) -> (f64, f64) {
    // ln E[X^k] for scale 1.
    let moment = |k: f64| ln_gamma(1.0 + k / shape);
    let mean = exp(moment(1.0));
    (scale * mean, scale * scale * mean * mean * exp_m1(moment(2.0) - 2.0 * moment(1.0)))
}

/// Uniform between neighbours, each gap with the same probability.
fn empirical(values: &[f64]) -> (f64, f64) {
    let gaps = (values.len() - 1) as f64;
    let mean = values.windows(2).map(|gap| 0.5 * (gap[0] + gap[1])).sum::<f64>() / gaps;
    let square = |gap: &[f64]| {
        let (a, b) = (gap[0] - mean, gap[1] - mean);
        (a * a + a * b + b * b) / 3.0
    };
    (mean, values.windows(2).map(square).sum::<f64>() / gaps)
}

/// Nodes and weights of Gauss and Legendre with ten points, the positive half (Abramowitz and Stegun, table 25.4).
const GAUSS: [(f64, f64); 5] = [
    (0.148874338981631211, 0.295524224714752870),
    (0.433395394129247191, 0.269266719309996355),
    (0.679409568299024406, 0.219086362515982044),
    (0.865063366688984511, 0.149451349150580593),
    (0.973906528517171720, 0.066671344308688138),
];
/// Scores between which expectations are taken: the probability beyond is 1e-300.
const REACH: f64 = 37.0;

/// The mean of `f(p, 1 - p)` over uniform p: an integral over the normal score, in panels of half a unit which end
/// where `f` has a kink.
fn expectation(kinks: &[f64], f: impl Fn(f64, f64) -> f64) -> f64 {
    let mut edges: Vec<f64> = (0..=148).map(|i| f64::from(i) * 0.5 - REACH).collect();
    edges.extend(kinks.iter().filter(|z| z.abs() < REACH));
    edges.sort_by(f64::total_cmp);
    let weighed = |z: f64| {
        let value = f(normal::cdf(z), normal::sf(z)) * normal::density(z);
        // A truncated tail times 1e-300 may underflow, and the quantile with it become infinite.
        if value.is_finite() { value } else { 0.0 }
    };
    let panel = |edge: &[f64]| {
        let (middle, half) = (0.5 * (edge[0] + edge[1]), 0.5 * (edge[1] - edge[0]));
        half * GAUSS
            .iter()
            .map(|(x, w)| w * (weighed(middle - half * x) + weighed(middle + half * x)))
            .sum::<f64>()
    };
    edges.windows(2).filter(|edge| edge[0] < edge[1]).map(panel).sum()
}
