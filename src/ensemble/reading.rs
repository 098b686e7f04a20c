//! What the counts of a series say: its mean, its standard deviation, its quantiles, each as exact as what was kept.

use std::borrow::Cow;

use super::SeriesScale;
use super::exact_sum::Extended;
use super::tally::{Store, Tally};
use crate::num::{self, normal::POINT_97_5};

/// In a bin with so many values they lie evenly enough: that the place of one is more than half a bin off what
/// even spacing says has a probability below 1e-4.
const FEW: f64 = 16.0;

/// So many standard deviations of the rank from a lump of equal values, a quantile is taken to lie within it for certain.
const SURELY: f64 = 3.0;

/// Where the ends of a 95 % interval of the rank are so many times as far away as a standard deviation of the rank says, there is a gap
/// between them: of smooth values it takes a tail as heavy as 1 / x in the last few paths.
const GAP: f64 = 2.0;

/// Where one of these ends is so many times as far away as the other, there is a gap on its side: of smooth values it takes a tail
/// as heavy as 1 / √x in the last twenty paths to come half as far.
const SKEW: f64 = 8.0;

/// Values that lie close together, or are the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueCell {
    /// None of them is less.
    pub low: f64,
    /// None of them is more.
    pub high: f64,
    /// How many there are.
    pub count: u64,
}

impl ValueCell {
    /// The middle of its values.
    pub fn middle(self) -> f64 {
        0.5 * self.low + 0.5 * self.high
    }

    /// Whether its values are known: they are all the same.
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }
}

/// The rank, 0 for the smallest, of the smallest of `count` values that at least the share `level` of them does not exceed.
///
/// ```
/// use plancast::ensemble::rank;
/// assert_eq!([0.0, 0.1, 0.5, 0.51, 1.0].map(|level| rank(10, level)), [0, 0, 4, 5, 9]);
/// ```
pub fn rank(count: u64, level: f64) -> u64 {
    // A share such as 0.07 of 100 is a little more or less than 7 as a number.
    let wanted = (level * count as f64 * (1.0 - 1e-14)).ceil() as u64;
    wanted.clamp(1, count.max(1)) - 1
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

    /// How often a series of noughts and ones is 1. Its sum is exact: the unit is a power of two.
    pub fn ones(&self) -> u64 {
        self.finite_mean().map_or(0, |mean| (mean * self.finite as f64).round() as u64)
    }

    /// The mean; `None` when there are no values, or some are not finite: then there is none.
    pub fn mean(&self) -> Option<f64> {
        self.finite_mean().filter(|_| self.not_finite() == 0)
    }

    /// The mean of the finite values; `None` when there is none.
    pub fn finite_mean(&self) -> Option<f64> {
        if self.finite == 0 {
            return None;
        }
        let deviation = self.moments.mean(self.finite).times(Extended::new(self.scale.unit)).to_f64();
        Some(num::min(num::max(self.scale.center + deviation, self.min), self.max))
    }

    /// The variance, with divisor n − 1; `None` when there are fewer than two values, or some are not finite. Infinite where
    /// it is beyond all floats.
    pub fn variance(&self) -> Option<f64> {
        self.finite_variance().filter(|_| self.not_finite() == 0)
    }

    /// [`Tally::variance`] of the finite values.
    pub fn finite_variance(&self) -> Option<f64> {
        self.exact_variance().map(Extended::to_f64)
    }

    /// The standard deviation, with divisor n − 1; `None` when there are fewer than two values, or some are not finite. It
    /// may be finite where the variance is not.
    pub fn sd(&self) -> Option<f64> {
        self.finite_sd().filter(|_| self.not_finite() == 0)
    }

    /// [`Tally::sd`] of the finite values.
    pub fn finite_sd(&self) -> Option<f64> {
        self.exact_variance().map(|variance| variance.sqrt().to_f64())
    }

    fn exact_variance(&self) -> Option<Extended> {
        let unit = Extended::new(self.scale.unit);
        let variance =
            || if self.min == self.max { Extended::ZERO } else { self.moments.variance(self.finite) };
        (self.finite > 1).then(|| variance().times(unit).times(unit))
    }

    /// The quantile at `level`: the smallest value that at least this share of all values does not exceed (type 1 of
    /// Hyndman and Fan 1996, the inverse of the distribution function). It is one of the values; infinite where it falls
    /// among those that are.
    ///
    /// Values that are not a number may stand for anything: there is no quantile where they decide whether it is infinite, and
    /// else it is that of the others. `None` also when there are no values or `level` is not in 0..=1.
    pub fn quantile(&self, level: f64) -> Option<f64> {
        let (low, high) = self.quantile_ends(level)?;
        if low == high {
            return Some(low);
        }
        (low.is_finite() && high.is_finite()).then(|| self.order_statistic(rank(self.ordered(), level)))?
    }

    /// Between what the quantile lies, whatever the values that are not a number stand for; `None` when there are no values or
    /// `level` is not in 0..=1.
    fn quantile_ends(&self, level: f64) -> Option<(f64, f64)> {
        if self.count() == 0 || !(0.0..=1.0).contains(&level) {
            return None;
        }
        let rank = rank(self.count(), level);
        let low = rank.checked_sub(self.nan).and_then(|rank| self.order_statistic(rank));
        let high = self.order_statistic(rank);
        Some((low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY)))
    }

    /// The standard error of [`Tally::quantile`]: half of what lies between the quantiles a standard deviation
    /// of the rank above and below, so that it is as large as the values are sparse there. Where values move by steps it is
    /// such that 1.96 errors reach the farthest value that the quantile may be. `None` for fewer than two
    /// values, or where the quantile is not finite.
    pub fn quantile_error(&self, level: f64) -> Option<f64> {
        let step = (level * (1.0 - level) / self.ordered() as f64).sqrt();
        self.quantile_error_of(level, step, self.ordered(), |cell| cell.count > 1)
    }

    /// [`Tally::quantile_error`] where the standard error of the share of the values up to the quantile is `step`, from so
    /// many paths; `shared` says whether a cell is of more than one of them.
    pub(super) fn quantile_error_of(
        &self,
        level: f64,
        step: f64,
        paths: u64,
        shared: impl Fn(ValueCell) -> bool,
    ) -> Option<f64> {
        let value = self.quantile(level)?;
        if paths < 2 || !value.is_finite() {
            return None;
        }
        let rank = rank(self.ordered(), level);
        let cell = self.cell_of(rank.checked_sub(self.minus_infinite)?)?;
        let is_stepped = self.is_whole() || cell.is_exact() && shared(cell);
        let at = |level: f64| self.quantile(num::min(num::max(level, 0.0), 1.0)).filter(|x| x.is_finite());
        let (low, high) = (at(level - step)?, at(level + step)?);
        let half = if is_stepped { num::max(value - low, high - value) } else { 0.5 * high - 0.5 * low };
        // A lump of equal values ends at a step, and so may a gap: one counts as uncertain that is a few standard deviations away.
        let sure = if is_stepped { SURELY } else { POINT_97_5 } * step;
        // Where that is infinite, or not known, nothing is known of the error.
        let off = |level: f64| at(level).map(|x| (x - value).abs());
        let (below, above) = (off(level - sure)?, off(level + sure)?);
        let farthest = num::max(below, above) / POINT_97_5;
        let is_skewed = num::max(below, above) > SKEW * num::min(below, above);
        let reaches = is_stepped || is_skewed || farthest > GAP * half;
        let half = if reaches { num::max(farthest, half) } else { half };
        // Where all lie in one bin no more is known than where it ends; nor is what is not a number.
        let (least, most) = self.bracket(rank)?;
        let (low, high) = self.quantile_ends(level)?;
        Some(num::max(half, num::max(0.5 * most - 0.5 * least, 0.5 * high - 0.5 * low)))
    }

    /// The value with `rank` values below it, 0 for the smallest, what is infinite among them: exact where it is known; else as if a bin's many
    /// values lay evenly in it, and the middle of the bin where they are few. `None` when there are not so many.
    pub fn order_statistic(&self, rank: u64) -> Option<f64> {
        let (cell, before) = match self.place_of(rank)? {
            Ok(rank) => self.find(rank)?,
            Err(infinite) => return Some(infinite),
        };
        // Few values may lie anywhere in their bin: its middle is at most half a bin off.
        let count = cell.count as f64;
        let inside = rank - self.minus_infinite - before;
        let place = if count < FEW { 0.5 } else { (inside as f64 + 0.5) / count };
        Some(if cell.is_exact() { cell.low } else { cell.low + (cell.high - cell.low) * place })
    }

    /// Where the value with `rank` values below it lies for certain, what is infinite among them: the edges of its bin, or the value
    /// itself where that is known. `None` when there are not so many values.
    pub fn bracket(&self, rank: u64) -> Option<(f64, f64)> {
        match self.place_of(rank)? {
            Ok(rank) => self.cell_of(rank).map(|cell| (cell.low, cell.high)),
            Err(infinite) => Some((infinite, infinite)),
        }
    }

    /// How many values lie below the one with `rank` values below it or equal to it, and how many up to it; `None` where its value is
    /// not known exactly.
    pub fn lump(&self, rank: u64) -> Option<[u64; 2]> {
        let (cell, before) = self.find(self.place_of(rank)?.ok()?)?;
        let below = self.minus_infinite + before;
        cell.is_exact().then_some([below, below + cell.count])
    }

    /// The rank among the finite values, or the infinity that it falls on; `None` beyond all.
    fn place_of(&self, rank: u64) -> Option<Result<u64, f64>> {
        match rank.checked_sub(self.minus_infinite) {
            None => Some(Err(f64::NEG_INFINITY)),
            Some(rank) if rank < self.finite => Some(Ok(rank)),
            Some(rank) => (rank - self.finite < self.never).then_some(Err(f64::INFINITY)),
        }
    }

    fn cell_of(&self, rank: u64) -> Option<ValueCell> {
        self.find(rank).map(|(cell, _)| cell)
    }

    /// The cell with the value that has `rank` finite values below it, and how many finite values lie below that cell.
    fn find(&self, rank: u64) -> Option<(ValueCell, u64)> {
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
        Some((ValueCell { low: x, high: x, count: 1 }, rank))
    }

    /// The cell within what else is known: the smallest and the largest value, and whether all are whole numbers.
    fn narrowed(&self, cell: ValueCell) -> ValueCell {
        let (low, high) = (num::max(cell.low, self.min), num::min(cell.high, self.max));
        if self.whole && low < high {
            let whole = low.ceil();
            if whole <= high && whole + 1.0 > high {
                return ValueCell { low: whole, high: whole, ..cell };
            }
        }
        ValueCell { low, high, ..cell }
    }

    /// The values in order, in groups that lie close together or are the same. What a histogram is drawn from.
    pub fn cells(&self) -> impl Iterator<Item = ValueCell> + use<> {
        let cells = self.settled().cells(&self.scale);
        cells.into_iter().map(|cell| self.narrowed(cell)).collect::<Vec<_>>().into_iter()
    }

    /// The values that at least so many paths share, and how many these are, in rising order. Among very many paths those are
    /// looked for that were found on the first thousand.
    pub fn shared(&self, least: u64) -> Vec<(f64, u64)> {
        let enough = |(_, count): &(f64, u64)| *count >= least;
        let mut shared: Vec<(f64, u64)> = match &*self.settled() {
            Store::Values(values) => values.distinct().filter(enough).collect(),
            Store::Distinct(distinct) => distinct.sorted().iter().copied().filter(enough).collect(),
            Store::Binned(binned) => {
                let atoms = self.scale.atoms.iter().copied().zip(binned.at_atoms());
                atoms.filter(enough).collect()
            }
        };
        shared.sort_by(|a, b| a.0.total_cmp(&b.0));
        shared
    }

    /// Calls `each` for all [`Tally::cells`], in no particular order, but for those of whole ranges that `whole` takes at
    /// once: it is told the range and how many values it holds, and says whether it took them.
    pub fn visit(&self, mut whole: impl FnMut(ValueCell) -> bool, mut each: impl FnMut(ValueCell)) {
        match &*self.settled() {
            Store::Binned(binned) => binned.visit(
                &self.scale,
                |cell| {
                    whole(ValueCell {
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
    pub(super) fn find(&self, scale: &SeriesScale, rank: u64) -> Option<(ValueCell, u64)> {
        let exactly = |(x, count, before): (f64, u64, u64)| (ValueCell { low: x, high: x, count }, before);
        match self {
            Self::Values(values) => values.find(rank).map(exactly),
            Self::Distinct(distinct) => distinct.find(rank).map(exactly),
            Self::Binned(binned) => binned.find(scale, rank),
        }
    }

    /// Of what is settled the cells in order.
    pub(super) fn cells(&self, scale: &SeriesScale) -> Vec<ValueCell> {
        let exact = |(x, count): (f64, u64)| ValueCell { low: x, high: x, count };
        match self {
            Self::Values(values) => values.distinct().map(exact).collect(),
            Self::Distinct(distinct) => distinct.sorted().iter().copied().map(exact).collect(),
            Self::Binned(binned) => binned.cells(scale),
        }
    }
}
