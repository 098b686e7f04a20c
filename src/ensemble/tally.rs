//! The counts of one series: a variable in a year, or a metric.

use serde::{Deserialize, Serialize};

use super::bins::{Bins, store_bin};
use super::moments::{ColumnSums, DEVIATION_LIMIT, LANES, LaneSums, Moments};
use super::{Scale, earlier, path_bytes};
use crate::num::wide::{Columns, Vector, launch_columns};
use crate::num::{self, BLOCK};

/// In a bin with so many values they lie evenly enough: that the place of one is more than half a bin off what
/// even spacing says has a probability below 1e-4.
const FEW: f64 = 16.0;

/// Everything that is kept of a series' values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// What bins and sums are measured in.
    pub scale: Scale,
    /// How many values are finite.
    pub finite: u64,
    /// How many are NaN or minus infinity.
    pub not_finite: u64,
    /// The first path with such a value.
    pub first_not_finite: Option<u64>,
    /// How many are plus infinity: the year that never comes.
    pub never: u64,
    /// The first path with such a value.
    pub first_never: Option<u64>,
    /// How many finite values lie more than 2^40 units from the center. They are in no sum, so there is no
    /// mean and no variance when there is one.
    pub extreme: u64,
    min: f64,
    max: f64,
    whole: bool,
    moments: Moments,
    bins: Bins,
}

/// A bin of a tally.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The lowest value that belongs to it.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// How many values it holds.
    pub count: u64,
}

impl Cell {
    /// The middle of its values.
    pub fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }
}

/// Some neighbouring bins of a tally.
#[derive(Clone, Copy, Debug)]
pub struct CellGroup<'a> {
    tally: &'a Tally,
    page: usize,
    /// Where the first and the last lie, which may hold nothing: their counts are not told here.
    pub ends: [Cell; 2],
    /// How many values all hold.
    pub count: u64,
}

impl<'a> CellGroup<'a> {
    /// Those that hold something.
    pub fn cells(self) -> impl Iterator<Item = Cell> + 'a {
        self.tally.bins.of_page(self.page).map(move |(bin, count)| self.tally.cell(bin, count))
    }
}

/// The bins of some values that were added to a tally and are still to be counted.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Their numbers, from that of the center: so many as are filled, then those of a batch before.
    keys: Vec<i16>,
    filled: usize,
    low: i16,
    high: i16,
}

impl Batch {
    /// A batch of no values that takes up to so many.
    pub fn of(most: usize) -> Self {
        Self { keys: Vec::with_capacity(most), filled: 0, low: i16::MAX, high: i16::MIN }
    }
}

impl Tally {
    /// A tally of no values yet.
    pub fn new(scale: Scale) -> Self {
        Self {
            scale,
            finite: 0,
            not_finite: 0,
            first_not_finite: None,
            never: 0,
            first_never: None,
            extreme: 0,
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
            whole: true,
            moments: Moments::default(),
            bins: Bins::default(),
        }
    }

    /// A tally whose bins are eight times as wide, and take as much less room: quantiles are still as close to
    /// those of all values as 1e-3 of their standard deviation, which for less than a million paths is less
    /// than their sampling error.
    pub fn coarse(scale: Scale) -> Self {
        Self { bins: Bins::coarse(3), ..Self::new(scale) }
    }

    /// Counts the values of up to 256 consecutive paths, the first of which is `first_path`.
    ///
    /// # Panics
    /// When there are more than 256 values.
    pub fn add_column(&mut self, first_path: u64, values: &[f64]) {
        let mut batch = Batch::of(values.len());
        self.add_to_batch(first_path, values, &mut batch);
        self.settle(&mut batch);
    }

    /// [`Tally::add_column`], but the values' bins are left to [`Tally::settle`], of this tally or of one that it is
    /// merged with: many values of one series are counted faster than one each of many series. Tells whether the batch
    /// has no room for another column.
    ///
    /// # Panics
    /// When there are more than 256 values.
    pub fn add_to_batch(&mut self, first_path: u64, values: &[f64], batch: &mut Batch) -> bool {
        let base = self.bin_of(self.scale.center);
        let end = batch.filled + values.len();
        if batch.keys.len() < end {
            batch.keys.resize(end, 0);
        }
        let keys = &mut batch.keys[batch.filled..end];
        let Some(measured) = launch_columns(Measuring {
            scale: self.scale,
            shift: self.bins.coarseness(),
            base,
            values,
            keys,
        }) else {
            self.add_with_care(first_path, values);
            return false;
        };
        self.finite += values.len() as u64;
        self.widen(measured.min, measured.max);
        self.whole = self.whole && values.iter().all(|&x| is_whole(x));
        self.moments.add(measured.sums);
        // Bins follow one another as values do.
        let (low, high) = (self.bin_of(measured.min) - base, self.bin_of(measured.max) - base);
        if let (Ok(low), Ok(high)) = (i16::try_from(low), i16::try_from(high)) {
            (batch.low, batch.high) = (batch.low.min(low), batch.high.max(high));
            batch.filled = end;
        } else {
            for &x in values {
                self.bins.add(self.bin_of(x), 1);
            }
        }
        batch.filled + BLOCK > batch.keys.capacity()
    }

    /// Counts the bins of a batch of this tally's values, and empties it.
    pub fn settle(&mut self, batch: &mut Batch) {
        self.bins.count(&batch.keys[..batch.filled], self.bin_of(self.scale.center), batch.low, batch.high);
        batch.filled = 0;
        (batch.low, batch.high) = (i16::MAX, i16::MIN);
    }

    fn bin_of(&self, x: f64) -> i32 {
        self.bins.bin_of(self.scale.position(x))
    }

    /// [`Tally::add_column`] for a column in which some value is far out or not finite.
    #[cold]
    fn add_with_care(&mut self, first_path: u64, values: &[f64]) {
        let mut deviations = [0.0; BLOCK];
        let mut summed = [0.0; BLOCK];
        let mut finite = [0.0; BLOCK];
        let mut count = 0;
        for (path, &x) in (first_path..).zip(values) {
            if x == f64::INFINITY {
                self.never += 1;
                self.first_never = earlier(self.first_never, Some(path));
            } else if !x.is_finite() {
                self.not_finite += 1;
                self.first_not_finite = earlier(self.first_not_finite, Some(path));
            } else {
                let deviation = self.scale.deviation(x);
                let extreme = deviation.abs() > DEVIATION_LIMIT;
                self.extreme += u64::from(extreme);
                summed[(path - first_path) as usize] = if extreme { 0.0 } else { deviation };
                deviations[count] = deviation;
                finite[count] = x;
                count += 1;
            }
        }
        self.finite += count as u64;
        let finite = &finite[..count];
        self.widen(least(finite), greatest(finite));
        self.whole = self.whole && finite.iter().all(|&x| is_whole(x));
        self.moments.add(ColumnSums::of(&summed));
        finite.iter().for_each(|&x| self.bins.add(self.bin_of(x), 1));
    }

    /// Takes the smallest and the largest value of a column into the range.
    fn widen(&mut self, low: f64, high: f64) {
        // Adding 0 makes -0 and 0 the same zero, whichever came first.
        self.min = num::min(self.min, low) + 0.0;
        self.max = num::max(self.max, high) + 0.0;
    }

    /// Adds the counts of other paths.
    ///
    /// # Panics
    /// When the other tally has another scale: it is of another series, scenario or seed.
    pub fn merge(&mut self, other: &Self) {
        assert_eq!(self.scale, other.scale, "tallies of two scales cannot be merged");
        self.finite += other.finite;
        self.not_finite += other.not_finite;
        self.first_not_finite = earlier(self.first_not_finite, other.first_not_finite);
        self.never += other.never;
        self.first_never = earlier(self.first_never, other.first_never);
        self.extreme += other.extreme;
        self.min = num::min(self.min, other.min);
        self.max = num::max(self.max, other.max);
        self.whole &= other.whole;
        self.moments.merge(&other.moments);
        self.bins.merge(&other.bins);
    }

    /// How many values were counted, of whatever kind.
    pub fn count(&self) -> u64 {
        self.finite + self.not_finite + self.never
    }

    /// Whether there are finite values and all of them are whole numbers.
    pub fn is_whole(&self) -> bool {
        self.whole && self.finite > 0
    }

    /// The smallest finite value.
    pub fn min(&self) -> Option<f64> {
        (self.finite > 0).then_some(self.min)
    }

    /// The largest finite value.
    pub fn max(&self) -> Option<f64> {
        (self.finite > 0).then_some(self.max)
    }

    /// The mean of the finite values; `None` when there is none, or an extreme one.
    pub fn mean(&self) -> Option<f64> {
        let exists = self.finite > 0 && self.extreme == 0;
        exists
            .then(|| num::min(num::max(self.scale.value(self.moments.mean(self.finite)), self.min), self.max))
    }

    /// The variance of the finite values, with divisor n - 1; `None` when there are fewer than two, or an
    /// extreme one.
    pub fn variance(&self) -> Option<f64> {
        let exists = self.finite > 1 && self.extreme == 0;
        exists.then(|| self.moments.variance(self.finite) * (self.scale.unit * self.scale.unit))
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
        // Whole numbers move by steps: one counts as uncertain that is three standard deviations away.
        let steps = if self.whole { 3.0 } else { 1.0 };
        let step = steps * (level * (1.0 - level) / count as f64).sqrt();
        let low = self.quantile_among(count, num::max(level - step, 0.0))?;
        // Above may be what never comes: then what lies below has to tell.
        let high = self.quantile_among(count, num::min(level + step, 1.0)).unwrap_or(2.0 * value - low);
        if high > low {
            return Some(0.5 * (high - low));
        }
        // All in one bin, of which no more is known than where it ends.
        let (low, high) = self.bracket((level * (count - 1) as f64) as u64)?;
        Some(0.5 * (high - low))
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
        Some(low + share * (high - low))
    }

    /// The value with `rank` finite values below it, 0 for the smallest: exact for the smallest and the
    /// largest, and where a bin holds one whole number; else as if a bin's many values lay evenly in it, and the
    /// middle of the bin where they are few.
    pub fn order_statistic(&self, rank: u64) -> Option<f64> {
        if rank >= self.finite {
            return None;
        } else if rank == 0 {
            return Some(self.min);
        } else if rank == self.finite - 1 {
            return Some(self.max);
        }
        let (bin, before, count) = self.bins.find(rank)?;
        Some(self.within(bin, (rank - before) as f64, count as f64))
    }

    /// Where the value with `rank` finite values below it lies for certain: the edges of its bin, or the value
    /// itself where that is known. `None` when there are not so many values.
    pub fn bracket(&self, rank: u64) -> Option<(f64, f64)> {
        let value = self.order_statistic(rank)?;
        if rank == 0 || rank == self.finite - 1 {
            return Some((value, value));
        }
        let (bin, ..) = self.bins.find(rank)?;
        let (low, high) = self.bounds(bin);
        let single = self.whole && value.fract() == 0.0 && high - low < 1.0;
        Some(if single { (value, value) } else { (low, high) })
    }

    /// The bins that hold something: lowest value, highest value and count, in order. What a histogram is
    /// drawn from.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        self.bins.iter().map(|(bin, count)| self.cell(bin, count))
    }

    /// The same in groups of neighbours, so that they may be taken at once.
    pub fn cell_groups(&self) -> impl Iterator<Item = CellGroup<'_>> + '_ {
        self.bins.pages().map(|(page, [first, last], count)| CellGroup {
            tally: self,
            page,
            ends: [self.cell(first, 0), self.cell(last, 0)],
            count,
        })
    }

    fn cell(&self, bin: i32, count: u64) -> Cell {
        let (low, high) = self.bounds(bin);
        Cell { low, high, count }
    }

    /// Value `j` of the `n` values in a bin.
    fn within(&self, bin: i32, j: f64, n: f64) -> f64 {
        let (low, high) = self.bounds(bin);
        if self.whole {
            let mut inside = (low.floor() as i64..=high.ceil() as i64)
                .take(4)
                .map(|x| x as f64)
                .filter(|&x| self.bin_of(x) == bin);
            if let (Some(x), None) = (inside.next(), inside.next()) {
                return x;
            }
        }
        // Few values may lie anywhere in their bin: its middle is at most half a bin off.
        let place = if n < FEW { 0.5 } else { (j + 0.5) / n };
        low + (high - low) * place
    }

    /// The edges of a bin, as far as it lies between the smallest and the largest value.
    fn bounds(&self, bin: i32) -> (f64, f64) {
        let (low, high) = self.bins.edges(bin);
        let clamp = |position| num::min(num::max(self.scale.at(position), self.min), self.max);
        (clamp(low), clamp(high))
    }

    /// Feeds all counts to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        self.scale.digest_into(feed);
        for count in [self.finite, self.not_finite, self.never, self.extreme] {
            feed(&count.to_le_bytes());
        }
        feed(&path_bytes(self.first_not_finite));
        feed(&path_bytes(self.first_never));
        feed(&self.min.to_bits().to_le_bytes());
        feed(&self.max.to_bits().to_le_bytes());
        feed(&[u8::from(self.whole)]);
        self.moments.digest_into(feed);
        self.bins.digest_into(feed);
    }
}

/// What is found in one pass over a column.
struct Measured {
    sums: ColumnSums,
    min: f64,
    max: f64,
}

/// One pass over a column; `None` when some value is far out or not finite.
struct Measuring<'a> {
    scale: Scale,
    /// 2 to the power of this many bins are counted as one.
    shift: u32,
    /// What is taken from their numbers.
    base: i32,
    values: &'a [f64],
    /// Where the values' bins go.
    keys: &'a mut [i16],
}

impl Columns for Measuring<'_> {
    type Output = Option<Measured>;

    #[inline(always)]
    fn run<V: Vector>(self) -> Option<Measured> {
        let Self { scale, values, keys, .. } = self;
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
                let position = (x - V::splat(scale.origin)) * V::splat(1.0 / scale.grain) + zero;
                store_bin(position, self.shift, self.base, keys, at);
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
            last[lane] = scale.deviation(x);
            (low[lane], high[lane]) = (low[lane].at_most(x), high[lane].at_least(x));
            store_bin(scale.position(x), self.shift, self.base, keys, rows.len() + lane);
        }
        sums.add(&last);
        let sums = sums.total();
        if !sums.is_near() {
            return None;
        }
        Some(Measured { sums, min: least(&low), max: greatest(&high) })
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
fn is_whole(x: f64) -> bool {
    (x as i64) as f64 == x || x.abs() >= 9007199254740992.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally_of(values: &[f64]) -> Tally {
        let mut tally = Tally::new(Scale::from_pilot(&values[..values.len().min(1024)]));
        for (block, column) in values.chunks(BLOCK).enumerate() {
            tally.add_column((block * BLOCK) as u64, column);
        }
        tally
    }

    #[test]
    fn nist_numacc4_keeps_its_full_accuracy() {
        let values: Vec<f64> = (0..1001)
            .map(|i| [10000000.2, 10000000.1, 10000000.3][if i == 0 { 0 } else { 2 - i % 2 }])
            .collect();
        let tally = tally_of(&values);
        assert!((tally.mean().unwrap() - 10000000.2).abs() < 2e-9); // one unit in the last place
        assert!((tally.variance().unwrap().sqrt() / 0.1 - 1.0).abs() < 1e-8);
        // The floats nearest to the decimals are off by parts in 1e9 of 0.1: against them it is exact.
        let about = |x: f64| (x - 10000000.2) * (x - 10000000.2);
        let variance = values.iter().map(|&x| about(x)).sum::<f64>() / 1000.0;
        assert!((tally.variance().unwrap() / variance - 1.0).abs() < 1e-12);
    }

    #[test]
    fn zeros_of_either_sign_are_one_value_in_whatever_order_they_come() {
        let [plus, minus] = [[0.0; BLOCK], [-0.0; BLOCK]];
        let tally = |first: &[f64], second: &[f64]| {
            let mut tally = Tally::new(Scale::from_pilot(&[0.0, -0.0]));
            tally.add_column(0, first);
            tally.add_column(256, second);
            tally
        };
        assert_eq!(tally(&plus, &minus), tally(&minus, &plus));
        assert_eq!(tally(&plus, &minus).cells().count(), 1);
    }

    #[test]
    fn a_constant_has_no_spread_and_is_every_quantile() {
        let tally = tally_of(&[0.3; 1000]);
        assert_eq!((tally.mean(), tally.variance()), (Some(0.3), Some(0.0)));
        assert_eq!(tally.quantile(0.37), Some(0.3));
    }

    #[test]
    fn what_is_not_finite_is_counted_apart() {
        let mut tally = Tally::new(Scale::new(0.0, 1.0));
        tally.add_column(40, &[1.0, f64::NEG_INFINITY, f64::INFINITY, 3.0, f64::NAN, f64::INFINITY]);
        assert_eq!((tally.count(), tally.finite, tally.not_finite, tally.never), (6, 2, 2, 2));
        assert_eq!((tally.first_not_finite, tally.first_never), (Some(41), Some(42)));
        assert_eq!((tally.mean(), tally.min(), tally.max()), (Some(2.0), Some(1.0), Some(3.0)));
    }

    #[test]
    fn a_quantile_among_those_that_never_get_there_does_not_exist() {
        let mut tally = Tally::new(Scale::new(2030.0, 1.0));
        tally.add_column(0, &[2030.0, 2031.0, 2031.0, f64::INFINITY, f64::INFINITY]);
        assert_eq!(tally.quantile_with_never(0.5), Some(2031.0));
        assert_eq!(tally.quantile_with_never(0.55), None);
        assert_eq!(tally.quantile_with_never(1.0), None);
        assert_eq!(tally.quantile(1.0), Some(2031.0));
    }

    #[test]
    fn whole_numbers_stay_whole() {
        let values: Vec<f64> = (0..10_000).map(|i| f64::from(2021 + (i * 7919) % 15)).collect();
        let tally = tally_of(&values);
        assert!(tally.is_whole());
        for level in [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] {
            assert_eq!(tally.quantile(level), Some(exact_quantile(&values, level)));
        }
        assert!(!tally_of(&[1.0, 2.5]).is_whole());
    }

    #[test]
    fn a_value_beyond_all_measure_leaves_no_mean_but_its_place() {
        let mut tally = Tally::new(Scale::new(0.0, 1.0));
        tally.add_column(0, &[1.0, 2.0, -1e300]);
        assert_eq!((tally.extreme, tally.mean(), tally.variance()), (1, None, None));
        assert_eq!((tally.quantile(0.0), tally.quantile(1.0)), (Some(-1e300), Some(2.0)));
        assert!((tally.quantile(0.5).unwrap() - 1.0).abs() < 1e-3);
    }

    #[test]
    fn no_values_have_no_statistics() {
        let tally = Tally::new(Scale::new(0.0, 1.0));
        assert_eq!((tally.mean(), tally.variance(), tally.quantile(0.5)), (None, None, None));
        assert_eq!((tally.min(), tally.max(), tally.is_whole()), (None, None, false));
    }

    #[test]
    fn a_level_outside_its_range_has_no_quantile() {
        let tally = tally_of(&[1.0, 2.0, 3.0]);
        assert_eq!((tally.quantile(-0.1), tally.quantile(1.1), tally.quantile(f64::NAN)), (None, None, None));
        assert_eq!(tally.quantile(0.5), Some(2.0));
    }

    #[test]
    fn careful_and_fast_columns_leave_the_same_counts() {
        let mut fast = Tally::new(Scale::new(1.0, 0.5));
        let mut careful = fast.clone();
        let values: Vec<f64> = (0..200).map(|i| f64::from(i) * 0.3 - 12.0).collect();
        fast.add_column(0, &values);
        careful.add_with_care(0, &values);
        assert_eq!(fast, careful);
    }

    /// An irregular walk over (0, 1): the multiples of the golden ratio, shuffled.
    fn uniforms(n: u64) -> impl Iterator<Item = f64> {
        (0..n).map(|i| {
            let mut z = i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64 + 1e-17
        })
    }

    fn exact_quantile(values: &[f64], level: f64) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let rank = (sorted.len() - 1) as f64 * level;
        let below = rank as usize;
        let above = (below + 1).min(sorted.len() - 1);
        sorted[below] + (rank - below as f64) * (sorted[above] - sorted[below])
    }

    fn assert_quantiles_agree_with_sorting(name: &str, quantile: impl Fn(f64) -> f64) {
        let values: Vec<f64> = uniforms(100_000).map(quantile).collect();
        let tally = tally_of(&values);
        let sd = tally.variance().unwrap().sqrt();
        for level in [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] {
            let (found, exact) = (tally.quantile(level).unwrap(), exact_quantile(&values, level));
            let error = (found - exact).abs() / num::max(exact.abs(), sd);
            assert!(error < 1e-4, "{name} at {level}: {found}, not {exact}, off by {error:.1e}");
        }
    }

    fn normal(u: f64) -> f64 {
        use statrs::distribution::{ContinuousCDF, Normal};
        Normal::new(0.0, 1.0).unwrap().inverse_cdf(u)
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "reference values need no particular bits")]
    fn quantiles_agree_with_sorting_to_one_part_in_ten_thousand() {
        assert_quantiles_agree_with_sorting("uniform", |u| u);
        assert_quantiles_agree_with_sorting("normal", normal);
        assert_quantiles_agree_with_sorting("lognormal", |u| normal(u).exp());
        assert_quantiles_agree_with_sorting("growth rate", |u| 0.08 + 0.05 * normal(u));
        assert_quantiles_agree_with_sorting("exponential", |u| -u.ln());
        assert_quantiles_agree_with_sorting("far from zero", |u| 1e7 + normal(u));
    }

    /// The standard error of the p-quantile of n values with density f is √(p (1 − p) / n) / f, here of standard
    /// normal values and of exp(3z). The estimate rests on the 2 √(n p (1 − p)) values, 138 and more, that lie a standard
    /// deviation of the rank about the quantile, so its own standard deviation is below 9 % of it; that one of ten is off
    /// by 45 % has a probability below 1e-5.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "reference values need no particular bits")]
    fn errors_of_quantiles_are_those_of_the_density_there() {
        let values: Vec<f64> = uniforms(100_000).map(normal).collect();
        let spread: Vec<f64> = values.iter().map(|z| (3.0 * z).exp()).collect();
        let (plain, heavy) = (tally_of(&values), tally_of(&spread));
        for level in [0.05, 0.25, 0.5, 0.75, 0.95] {
            let z = normal(level);
            let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
            let error = (level * (1.0 - level) / 100_000.0_f64).sqrt() / density;
            for (found, exact) in [(&plain, error), (&heavy, error * 3.0 * (3.0 * z).exp())] {
                let ratio = found.quantile_error(level).unwrap() / exact;
                assert!((ratio - 1.0).abs() < 0.45, "{level}: {ratio}");
            }
        }
    }

    #[test]
    fn the_error_of_a_quantile_is_at_least_what_its_bin_hides_and_nothing_for_a_constant() {
        assert_eq!(tally_of(&[3.25; 50]).quantile_error(0.5), Some(0.0));
        assert_eq!(tally_of(&[3.25]).quantile_error(0.5), None);
        let mut tally = tally_of(&[2028.0, 2030.0, 2031.0, f64::INFINITY]);
        assert_eq!(tally.quantile_with_never_error(0.9), None, "falls among those that never come");
        tally = tally_of(&[1.0, 2.0, 2.00001, 2.00002, 5.5]);
        assert!(tally.quantile_error(0.5).unwrap() > 0.0);
    }

    #[test]
    fn the_smallest_and_the_largest_value_are_exact() {
        let values: Vec<f64> = uniforms(5000).map(normal).collect();
        let tally = tally_of(&values);
        assert_eq!(tally.quantile(0.0), Some(exact_quantile(&values, 0.0)));
        assert_eq!(tally.quantile(1.0), Some(exact_quantile(&values, 1.0)));
    }
}
