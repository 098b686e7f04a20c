//! Normal scores of variables of Student's t, as a table over the coordinate in which t is sampled.

use super::shape::{DensityCurve, Shape};
use super::table::{LAST_SCORE, TableNode, at, piece};
use crate::num::normal;

/// Intervals for one unit of the score, where the coordinate moves as the score does.
const PER_SCORE: f64 = 16.0;

/// Polynomials of degree five for the score as a function of the coordinate. Error below 1e-9, and scores
/// beyond 8.4 count as 8.4.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ScoreTable {
    shape: Shape,
    /// Intervals for one unit of the coordinate.
    density: f64,
    /// For coordinates from 0 on: the score is odd.
    pieces: Vec<[f64; 6]>,
}

impl ScoreTable {
    pub(super) fn new(df: f64) -> Self {
        let shape = Shape::StudentT { df };
        let curve = DensityCurve::new(shape);
        let last = curve.solve(normal::cdf(LAST_SCORE), normal::sf(LAST_SCORE), 0.0);
        // Near 0 the coordinate is the score over the root of the degrees of freedom.
        let density = PER_SCORE * (1.0 + df.sqrt());
        let count = (last * density).ceil() as usize;
        let node = |number: usize| {
            let g = number as f64 / density;
            let (below, above) = curve.tails_at(g);
            let value = normal::quantile_of_tails(below, above);
            let slope = curve.density(g) / normal::density(value);
            let curvature = value * slope * slope + curve.slope(g) * slope;
            TableNode { value, slope: slope / density, curvature: curvature / (density * density) }
        };
        let pieces = (0..count.max(1)).map(|number| piece(node(number), node(number + 1))).collect();
        Self { shape, density, pieces }
    }

    /// The score of a variable.
    #[inline]
    pub(super) fn at(&self, t: f64) -> f64 {
        if t.is_nan() {
            return t;
        }
        let position = self.shape.coordinate(t.abs()) * self.density;
        let last = self.pieces.len() as f64;
        let position = if position > last { last } else { position };
        let number = (position as usize).min(self.pieces.len() - 1);
        at(&self.pieces[number], position - number as f64).copysign(t)
    }
}
