//! What the counts of a series say: its mean, its standard deviation, its quantiles, each as exact as what was kept.

use std::borrow::Cow;

use super::Scale;
use super::exact_sum::Extended;
use super::tally::{Store, Tally};
use crate::num;

/// In a bin with so many values they lie evenly enough: that the place of one is more than half a bin off what
/// even spacing says has a probability below 1e-4.
const FEW: f64 = 16.0;

/// So many standard deviations of the rank from a lump of equal values, a quantile is taken to lie within it for certain.
const SURELY: f64 = 3.0;

/// Values that lie close together, or are the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// None of them is less.
    pub low: f64,
    /// None of them is more.
    pub high: f64,
    /// How many there are.
    pub count: u64,
}

impl Cell {
    /// The middle of its values.
    pub fn middle(self) -> f64 {
        0.5 * self.low + 0.5 * self.high
    }

    /// Whether its values are known: they are all the same.
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }
}

impl Tally {
    /// What is kept, in order.
    pub(super) fn settled(&self) -> Cow<'_, Store> {
        if self.store.is_settled() {
            return Cow::Borrowed(&self.store);
        }
        let mut store = self.store.clone();
        store.settle();
        Cow::Owned(store)
    }

    /// The smallest finite value.
    pub fn min(&self) -> Option<f64> {
        (self.finite > 0).then_some(self.min)
    }

    /// The largest finite value.
    pub fn max(&self) -> Option<f64> {
        (self.finite > 0).then_some(self.max)
    }

    /// The mean of the finite values; `None` when there is none.
    pub fn mean(&self) -> Option<f64> {
        if self.finite == 0 {
            return None;
        }
        let deviation = self.moments.mean(self.finite).times(Extended::new(self.scale.unit)).to_f64();
        Some(num::min(num::max(self.scale.center + deviation, self.min), self.max))
    }

    /// The variance of the finite values, with divisor n − 1; `None` when there are fewer than two. Infinite where it is
    /// beyond all floats.
    pub fn variance(&self) -> Option<f64> {
        self.exact_variance().map(Extended::to_f64)
    }

    /// The standard deviation of the finite values, with divisor n − 1; `None` when there are fewer than two. It may be
    /// finite where the variance is not.
    pub fn sd(&self) -> Option<f64> {
        self.exact_variance().map(|variance| variance.sqrt().to_f64())
    }

    fn exact_variance(&self) -> Option<Extended> {
        let unit = Extended::new(self.scale.unit);
        let variance =
            || if self.min == self.max { Extended::ZERO } else { self.moments.variance(self.finite) };
        (self.finite > 1).then(|| variance().times(unit).times(unit))
    }

    /// The quantile at `level` of the finite values, by the definition that R and `NumPy` use if not told
    /// otherwise (type 7 of Hyndman and Fan 1996). `None` when there are no values or `level` is not in
    /// 0..=1.
    pub fn quantile(&self, level: f64) -> Option<f64> {
        self.quantile_among(self.finite, level)
    }

    /// The same over the finite values and those that are plus infinity, which lie beyond every number:
    /// `None` also when the quantile falls among them.
    pub fn quantile_with_never(&self, level: f64) -> Option<f64> {
        self.quantile_among(self.finite + self.never, level)
    }

    /// The standard error of [`Tally::quantile`]: half of what lies between the quantiles a standard deviation
    /// of the rank above and below, so that it is as large as the values are sparse there. `None` for fewer than two
    /// values.
    pub fn quantile_error(&self, level: f64) -> Option<f64> {
        self.error_among(self.finite, level)
    }

    /// The same for [`Tally::quantile_with_never`].
    pub fn quantile_with_never_error(&self, level: f64) -> Option<f64> {
        self.error_among(self.finite + self.never, level)
    }

    fn error_among(&self, count: u64, level: f64) -> Option<f64> {
        if count < 2 {
            return None;
        }
        let value = self.quantile_among(count, level)?;
        let rank = (level * (count - 1) as f64) as u64;
        let cell = self.cell_of(rank)?;
        // A lump of equal values ends at a step: one counts as uncertain that is a few standard deviations away.
        let lump = cell.is_exact() && cell.count > 1;
        let steps = if self.whole || lump { SURELY } else { 1.0 };
        let step = steps * (level * (1.0 - level) / count as f64).sqrt();
        let low = self.quantile_among(count, num::max(level - step, 0.0))?;
        // Above may be what never comes: then what lies below has to say.
        let high = self.quantile_among(count, num::min(level + step, 1.0)).unwrap_or(2.0 * value - low);
        // Where all lie in one bin no more is known than where it ends.
        let (least, most) = self.bracket(rank)?;
        Some(num::max(0.5 * high - 0.5 * low, 0.5 * most - 0.5 * least))
    }

    fn quantile_among(&self, count: u64, level: f64) -> Option<f64> {
        if !(0.0..=1.0).contains(&level) {
            return None;
        }
        let rank = count.checked_sub(1)? as f64 * level;
        let below = rank as u64;
        let share = rank - below as f64;
        let low = self.order_statistic(below)?;
        if share == 0.0 {
            return Some(low);
        }
        let high = self.order_statistic(below + 1)?;
        Some(if low == high { low } else { low * (1.0 - share) + high * share })
    }

    /// The value with `rank` finite values below it, 0 for the smallest: exact where it is known; else as if a bin's many
    /// values lay evenly in it, and the middle of the bin where they are few.
    pub fn order_statistic(&self, rank: u64) -> Option<f64> {
        let (cell, before) = self.find(rank)?;
        // Few values may lie anywhere in their bin: its middle is at most half a bin off.
        let count = cell.count as f64;
        let place = if count < FEW { 0.5 } else { ((rank - before) as f64 + 0.5) / count };
        Some(if cell.is_exact() { cell.low } else { cell.low + (cell.high - cell.low) * place })
    }

    /// Where the value with `rank` finite values below it lies for certain: the edges of its bin, or the value
    /// itself where that is known. `None` when there are not so many values.
    pub fn bracket(&self, rank: u64) -> Option<(f64, f64)> {
        self.cell_of(rank).map(|cell| (cell.low, cell.high))
    }

    fn cell_of(&self, rank: u64) -> Option<Cell> {
        self.find(rank).map(|(cell, _)| cell)
    }

    /// The cell with the value that has `rank` finite values below it, and how many values lie below that cell.
    fn find(&self, rank: u64) -> Option<(Cell, u64)> {
        if rank >= self.finite {
            return None;
        }
        let (cell, before) = self.settled().find(&self.scale, rank)?;
        let last = self.finite - 1;
        if cell.is_exact() || (0 < rank && rank < last) {
            return Some((self.narrowed(cell), before));
        }
        // The smallest and the largest are known.
        let x = if rank == 0 { self.min } else { self.max };
        Some((Cell { low: x, high: x, count: 1 }, rank))
    }

    /// The cell within what else is known: the smallest and the largest value, and whether all are whole numbers.
    fn narrowed(&self, cell: Cell) -> Cell {
        let (low, high) = (num::max(cell.low, self.min), num::min(cell.high, self.max));
        if self.whole && low < high {
            let whole = low.ceil();
            if whole <= high && whole + 1.0 > high {
                return Cell { low: whole, high: whole, ..cell };
            }
        }
        Cell { low, high, ..cell }
    }

    /// The values in order, in groups that lie close together or are the same. What a histogram is drawn from.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + use<> {
        let cells = self.settled().cells(&self.scale);
        cells.into_iter().map(|cell| self.narrowed(cell)).collect::<Vec<_>>().into_iter()
    }

    /// Calls `each` for all [`Tally::cells`], in no particular order, but for those of whole ranges that `whole` takes at
    /// once: it is told the range and how many values it holds, and says whether it took them.
    pub fn visit(&self, mut whole: impl FnMut(Cell) -> bool, mut each: impl FnMut(Cell)) {
        match &*self.settled() {
            Store::Binned(binned) => binned.visit(
                &self.scale,
                |cell| {
                    whole(Cell {
                        low: num::max(cell.low, self.min),
                        high: num::min(cell.high, self.max),
                        ..cell
                    })
                },
                |cell| each(self.narrowed(cell)),
            ),
            _ => self.cells().for_each(each),
        }
    }
}

impl Store {
    /// Of what is settled the cell with the value that has `rank` values below it, and how many lie below that cell.
    pub(super) fn find(&self, scale: &Scale, rank: u64) -> Option<(Cell, u64)> {
        let exactly = |(x, count, before): (f64, u64, u64)| (Cell { low: x, high: x, count }, before);
        match self {
            Self::Values(values) => values.find(rank).map(exactly),
            Self::Distinct(distinct) => distinct.find(rank).map(exactly),
            Self::Binned(binned) => binned.find(scale, rank),
        }
    }

    /// Of what is settled the cells in order.
    pub(super) fn cells(&self, scale: &Scale) -> Vec<Cell> {
        let exact = |(x, count): (f64, u64)| Cell { low: x, high: x, count };
        match self {
            Self::Values(values) => values.distinct().map(exact).collect(),
            Self::Distinct(distinct) => distinct.sorted().iter().copied().map(exact).collect(),
            Self::Binned(binned) => binned.cells(scale),
        }
    }
}
