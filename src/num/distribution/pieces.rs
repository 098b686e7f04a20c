//! A quantile function as polynomials over pieces of the normal score, as short as its shape asks for.

use crate::num::{max, normal};

/// Pieces of the guide for one unit of the score; the longest piece is as long.
const DENSITY: f64 = 4.0;
/// How often a piece may be halved: what jumps then does so within a score of 1e-12.
const MOST_HALVED: u32 = 37;
/// Largest error of a polynomial, of the distance from the median or the interquartile range.
const TOLERANCE: f64 = 1e-10;

/// A polynomial of degree five through six values at equal distances, in Newton's form.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    /// The score at which it begins, and the steps between its values in one unit of the score.
    start: f64,
    per_unit: f64,
    first: f64,
    last: f64,
    differences: [f64; 5],
}

/// The pieces in the order of the score, and for each cell of the guide the piece at its beginning.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PieceTable {
    low: f64,
    high: f64,
    pieces: Vec<Piece>,
    guide: Vec<u32>,
}

impl Piece {
    fn through(start: f64, end: f64, values: &[f64; 6]) -> Self {
        let mut rows = *values;
        let mut differences = [0.0; 5];
        for (order, difference) in differences.iter_mut().enumerate() {
            for k in 0..5 - order {
                rows[k] = rows[k + 1] - rows[k];
            }
            *difference = rows[0];
        }
        Self { start, per_unit: 5.0 / (end - start), first: values[0], last: values[5], differences }
    }

    #[inline(always)]
    fn at(&self, z: f64) -> f64 {
        let s = (z - self.start) * self.per_unit;
        let d = &self.differences;
        let inner = d[3] + (s - 4.0) / 5.0 * d[4];
        let inner = d[2] + (s - 3.0) / 4.0 * inner;
        let inner = d[1] + (s - 2.0) / 3.0 * inner;
        let inner = d[0] + (s - 1.0) / 2.0 * inner;
        let x = self.first + s * inner;
        let x = if x < self.first { self.first } else { x };
        if x > self.last { self.last } else { x }
    }
}

impl PieceTable {
    /// The table of a quantile function, given as a function of both tails, for scores from `low` to `high`.
    pub(super) fn new(quantile: impl Fn(f64, f64) -> f64, low: f64, high: f64) -> Self {
        let at = |z: f64| quantile(normal::cdf(z), normal::sf(z));
        let (first, cells) = ((low * DENSITY).floor(), (high * DENSITY).ceil() - (low * DENSITY).floor());
        let cells = max(cells, 1.0) as usize;
        let node = |cell: usize| (first + cell as f64) / DENSITY;
        let middle = quantile(0.5, 0.5);
        let spread = quantile(0.75, 0.25) - quantile(0.25, 0.75);
        let mut builder = PieceBuilder { at: &at, middle, spread, pieces: Vec::new() };
        let mut guide = Vec::with_capacity(cells);
        for cell in 0..cells {
            guide.push(builder.pieces.len() as u32);
            builder.add(node(cell), node(cell + 1), MOST_HALVED);
        }
        Self { low: node(0), high: node(cells), pieces: builder.pieces, guide }
    }

    /// The value at a score; scores outside the table count as its ends.
    #[inline]
    pub(super) fn at(&self, z: f64) -> f64 {
        if z.is_nan() {
            return z;
        }
        let z = if z < self.low { self.low } else { z };
        let z = if z > self.high { self.high } else { z };
        let cell = ((z - self.low) * DENSITY) as usize;
        let mut piece = self.guide[cell.min(self.guide.len() - 1)] as usize;
        while piece + 1 < self.pieces.len() && self.pieces[piece + 1].start <= z {
            piece += 1;
        }
        self.pieces[piece].at(z)
    }
}

/// Halves pieces until polynomials fit.
struct PieceBuilder<'a> {
    at: &'a dyn Fn(f64) -> f64,
    middle: f64,
    spread: f64,
    pieces: Vec<Piece>,
}

impl PieceBuilder<'_> {
    fn add(&mut self, start: f64, end: f64, halvings: u32) {
        let node = |s: f64| (self.at)(start + (end - start) * (s / 5.0));
        let values = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0].map(node);
        let piece = Piece::through(start, end, &values);
        let fits = |s: f64| {
            let z = start + (end - start) * (s / 5.0);
            let x = (self.at)(z);
            (piece.at(z) - x).abs() <= TOLERANCE * max((x - self.middle).abs(), self.spread)
        };
        if values[0] == values[5] || [0.5, 1.5, 2.5, 3.5, 4.5].into_iter().all(fits) {
            self.pieces.push(piece);
        } else if halvings == 0 {
            // A jump: its lower side is as good as any value, and is a value.
            self.pieces.push(Piece { last: values[0], differences: [0.0; 5], ..piece });
        } else {
            let middle = 0.5 * (start + end);
            self.add(start, middle, halvings - 1);
            self.add(middle, end, halvings - 1);
        }
    }
}
