//! One pass over a column: its sums, its range, and the bins of its values.

use super::moments::{ColumnSums, LANES, LaneSums};
use super::{Batch, SeriesScale};
use crate::num::wide::{ColumnLoop, Vector, launch_columns};

/// What is found in one pass over a column.
pub(super) struct ColumnMeasure {
    pub(super) sums: ColumnSums,
    pub(super) min: f64,
    pub(super) max: f64,
}

/// Measures a column, and puts the bins of its values into a batch that keeps them; `None` when some value is not
/// finite, or too large or too small to be squared.
#[inline]
pub(super) fn measure(scale: &SeriesScale, values: &[f64], batch: &mut Batch) -> Option<ColumnMeasure> {
    match batch.keys_mut(values.len()) {
        Some(keys) => launch_columns(Measuring::<true> { scale, values, keys }),
        None => launch_columns(Measuring::<false> { scale, values, keys: &mut [] }),
    }
}

/// `BINNED`: whether the values' bins are wanted.
struct Measuring<'a, const BINNED: bool> {
    scale: &'a SeriesScale,
    values: &'a [f64],
    /// Where the values' bins go.
    keys: &'a mut [i16],
}

impl<const BINNED: bool> ColumnLoop for Measuring<'_, BINNED> {
    type Output = Option<ColumnMeasure>;

    #[inline(always)]
    fn run<V: Vector>(self) -> Option<ColumnMeasure> {
        let Self { scale, values, keys } = self;
        let window = scale.window.as_ref().filter(|_| BINNED);
        let (rows, rest) = values.split_at(values.len() - values.len() % LANES);
        let zero = V::splat(0.0);
        let (mut sum, mut squares) = ([zero; LANES], [zero; LANES]);
        let (mut low, mut high) = ([V::splat(f64::INFINITY); LANES], [V::splat(f64::NEG_INFINITY); LANES]);
        for row in 0..rows.len() / LANES {
            for part in 0..LANES / V::LANES {
                let at = row * LANES + part * V::LANES;
                let x = V::load(rows, at);
                let deviation = (x - V::splat(scale.center)) * V::splat(1.0 / scale.unit);
                sum[part] = sum[part] + deviation;
                squares[part] = squares[part] + deviation * deviation;
                (low[part], high[part]) = (low[part].at_most(x), high[part].at_least(x));
                if let Some(window) = window {
                    window.store_bins(x, keys, at);
                }
            }
        }
        let lanes = |vectors: [V; LANES]| {
            let mut lanes = [0.0; LANES];
            for (part, vector) in vectors.iter().take(LANES / V::LANES).enumerate() {
                vector.store(&mut lanes, part * V::LANES);
            }
            lanes
        };
        let mut sums = LaneSums { sum: lanes(sum), squares: lanes(squares) };
        let (mut low, mut high) = (lanes(low), lanes(high));
        let mut last = [0.0; LANES];
        for (lane, &x) in rest.iter().enumerate() {
            last[lane] = (x - scale.center) * (1.0 / scale.unit);
            (low[lane], high[lane]) = (low[lane].at_most(x), high[lane].at_least(x));
            if let Some(window) = window {
                window.store_bins(x, keys, rows.len() + lane);
            }
        }
        sums.add(&last);
        let sums = sums.total();
        let (min, max) = (least(&low), greatest(&high));
        // Sums that vanish may be those of values that are all in the middle, or of squares too small for a float.
        let vanish = sums.vanish() && !(min == scale.center && max == scale.center);
        (sums.are_exact() && !vanish).then_some(ColumnMeasure { sums, min, max })
    }
}

#[inline(always)]
fn least(values: &[f64]) -> f64 {
    values.iter().fold(f64::INFINITY, |least, x| least.at_most(*x))
}

#[inline(always)]
fn greatest(values: &[f64]) -> f64 {
    values.iter().fold(f64::NEG_INFINITY, |greatest, x| greatest.at_least(*x))
}

/// Whether a finite number is whole. Beyond 2^53 all are.
#[inline(always)]
pub(super) fn is_whole(x: f64) -> bool {
    (x as i64) as f64 == x || x.abs() >= 9007199254740992.0
}
