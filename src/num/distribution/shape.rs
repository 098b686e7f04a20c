//! Gamma, beta and Student's t in the coordinates in which they are sampled.
//!
//! With `g = ln x` for gamma, `g = ln(x / (1 - x))` for beta and `x = √df sinh g` for t, the density in g is
//! log-concave and both tails are exponential, so the logarithms of both tail probabilities are concave in g and
//! Newton's method finds every quantile.

use crate::num::elementary::{Exp, exp, exp_m1, ln, ln_1p};
use crate::num::special::{
    beta_constant, beta_kernel, beta_tails_from_kernel, gamma_constant, gamma_kernel, gamma_tails_from_kernel,
};
use crate::num::wide::{LaneFunction, Vector};

/// A family with its shape parameters, location 0 and scale 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    Gamma { a: f64 },
    Beta { a: f64, b: f64 },
    StudentT { df: f64 },
}

/// A shape with its normalising constant.
#[derive(Clone, Copy, Debug)]
pub(super) struct DensityCurve {
    shape: Shape,
    constant: f64,
}

/// Probabilities below and above a coordinate.
type Tails = (f64, f64);

impl Shape {
    /// The value that belongs to a coordinate.
    #[inline(always)]
    pub(super) fn value(self, g: f64) -> f64 {
        match self {
            Self::Gamma { .. } => exp(g),
            Self::Beta { .. } => logistic(g),
            Self::StudentT { df } => df.sqrt() * sinh(g),
        }
    }

    /// The coordinate of a value inside the support.
    pub(super) fn coordinate(self, x: f64) -> f64 {
        match self {
            Self::Gamma { .. } => ln(x),
            Self::Beta { .. } => ln(x) - ln_1p(-x),
            Self::StudentT { df } => {
                let t = x.abs() / df.sqrt();
                // asinh; the second form keeps small and the first large arguments from losing digits.
                let g = if t > 1e100 {
                    ln(t) + std::f64::consts::LN_2
                } else {
                    ln_1p(t + t * t / (1.0 + (1.0 + t * t).sqrt()))
                };
                g.copysign(x)
            }
        }
    }
}

impl DensityCurve {
    pub(super) fn new(shape: Shape) -> Self {
        let constant = match shape {
            Shape::Gamma { a } => gamma_constant(a),
            Shape::Beta { a, b } => beta_constant(a, b),
            Shape::StudentT { df } => {
                // 1 / B(df/2, 1/2) from the kernel of the beta function at its peak.
                let (a, b) = (0.5 * df, 0.5);
                beta_constant(a, b) - a * ln_1p(-b / (a + b)) - b * ln(b / (a + b))
            }
        };
        Self { shape, constant }
    }

    /// Probabilities below and above the value `x`.
    pub(super) fn tails_of(&self, x: f64) -> Tails {
        if x.is_nan() {
            return (f64::NAN, f64::NAN);
        }
        let (low, high) = match self.shape {
            Shape::Gamma { .. } => (0.0, f64::INFINITY),
            Shape::Beta { .. } => (0.0, 1.0),
            Shape::StudentT { .. } => (f64::NEG_INFINITY, f64::INFINITY),
        };
        if x <= low {
            (0.0, 1.0)
        } else if x >= high {
            (1.0, 0.0)
        } else {
            self.tails_at(self.shape.coordinate(x))
        }
    }

    /// Probabilities below and above the coordinate `g`.
    pub(super) fn tails_at(&self, g: f64) -> Tails {
        self.tails(g, self.density(g))
    }

    /// Probabilities below and above the coordinate `g`, given the density there: the kernel of the incomplete
    /// functions.
    fn tails(&self, g: f64, density: f64) -> Tails {
        match self.shape {
            Shape::Gamma { a } => gamma_tails_from_kernel(a, exp(g), density),
            Shape::Beta { a, b } => beta_tails_from_kernel(a, b, logistic(g), logistic(-g), density),
            Shape::StudentT { df } => {
                // The tail is half of I_x(df/2, 1/2) with x = 1 / cosh² g, y = tanh² g.
                let tanh = tanh(g.abs());
                let x = (1.0 - tanh) * (1.0 + tanh);
                let x = if g.abs() > 8.0 { 4.0 * exp(-2.0 * g.abs()) } else { x };
                let tail = if g == 0.0 {
                    0.5
                } else {
                    0.5 * beta_tails_from_kernel(0.5 * df, 0.5, x, tanh * tanh, density * tanh).0
                };
                if g < 0.0 { (tail, 1.0 - tail) } else { (1.0 - tail, tail) }
            }
        }
    }

    /// The density in `g`.
    pub(super) fn density(&self, g: f64) -> f64 {
        exp(match self.shape {
            Shape::Gamma { a } => gamma_kernel(a, self.constant, g),
            Shape::Beta { a, b } => beta_kernel(a, b, self.constant, g),
            Shape::StudentT { df } => self.constant - df * ln_cosh(g),
        })
    }

    /// The derivative of the density's logarithm.
    pub(super) fn slope(&self, g: f64) -> f64 {
        match self.shape {
            Shape::Gamma { a } => a - exp(g),
            Shape::Beta { a, b } => a * logistic(-g) - b * logistic(g),
            Shape::StudentT { df } => -df * tanh(g),
        }
    }

    /// A coordinate from which the search for a quantile may start.
    pub(super) fn middle(&self) -> f64 {
        match self.shape {
            Shape::Gamma { a } => ln(a),
            Shape::Beta { a, b } => ln(a / b),
            Shape::StudentT { .. } => 0.0,
        }
    }

    /// The value with probability `p` below and `q = 1 - p` above it.
    pub(super) fn quantile(&self, p: f64, q: f64) -> f64 {
        self.shape.value(self.solve(p, q, self.middle()))
    }

    /// The coordinate with probability `p` below and `q` above it, both positive, by Halley's method on the
    /// logarithm of the smaller one. The steps are cubic, so the last one, below 1e-5, leaves rounding only.
    pub(super) fn solve(&self, p: f64, q: f64, start: f64) -> f64 {
        let mut g = start;
        let target = ln(if p <= q { p } else { q });
        let mut stride = 8.0 * (1.0 + g.abs());
        for _ in 0..200 {
            let density = self.density(g);
            let (below, above) = self.tails(g, density);
            // With h = ln p or -ln q, which both rise: h / h' and h'' / h'.
            let (newton, bend) = if p <= q {
                ((ln(below) - target) * below / density, self.slope(g) - density / below)
            } else {
                ((target - ln(above)) * above / density, self.slope(g) + density / above)
            };
            let halley = newton / (1.0 - clamp(0.5 * newton * bend, -0.5, 0.5));
            let step = if halley.is_finite() {
                clamp(halley, -stride, stride)
            } else if if p <= q { below < p } else { above > q } {
                // So far out that a tail or the density is 0: back by a stride.
                -stride
            } else {
                stride
            };
            g -= step;
            if step.abs() < 1e-5 {
                break;
            }
            stride *= 0.97;
        }
        g
    }
}

fn clamp(x: f64, low: f64, high: f64) -> f64 {
    if x < low {
        low
    } else if x > high {
        high
    } else {
        x
    }
}

/// `1 / (1 + e^-g)`
#[inline(always)]
pub(super) fn logistic<V: Vector>(g: V) -> V {
    let one = V::splat(1.0);
    one / (one + Exp.at(V::splat(-1.0) * g))
}

/// Hyperbolic sine, accurate also near 0.
#[inline(always)]
pub(super) fn sinh(g: f64) -> f64 {
    let e = exp_m1(g.abs());
    // e / (e + 1) is 1 where e overflows.
    let ratio = if e > 1e20 { 1.0 } else { e / (e + 1.0) };
    (0.5 * (e + ratio)).copysign(g)
}

fn tanh(g: f64) -> f64 {
    let e = exp_m1(-2.0 * g.abs());
    (-e / (e + 2.0)).copysign(g)
}

fn ln_cosh(g: f64) -> f64 {
    // cosh g = e^|g| (1 + e^-2|g|) / 2 far out; near 0 through sinh², which keeps the digits.
    if g.abs() > 1.0 {
        g.abs() - std::f64::consts::LN_2 + ln_1p(exp(-2.0 * g.abs()))
    } else {
        let s = sinh(g);
        0.5 * ln_1p(s * s)
    }
}
