//! The counts of one series: a variable in a year, or a metric.
//!
//! What is kept is a function of the series' [`SeriesScale`] and of the values alone, not of their order: parts of a run merge to
//! the bytes of the whole. A run of few paths, and a series of few different values, is kept value by value. All others
//! are counted in bins of a part in 8192: in an array where the pilot says that most values lie, in a list elsewhere.
//! Values that many paths share have a count of their own, and so has zero.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, Serializer};

use super::binned::Binned;
use super::distinct::Distinct;
use super::measure::{ColumnMeasure, is_whole, measure};
use super::moments::Moments;
use super::values::ExactValues;
use super::{Batch, SeriesScale, earlier, path_bytes};
use crate::num;

/// Everything that is kept of a series' values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// What bins and sums are measured in.
    pub scale: SeriesScale,
    /// How many values are finite.
    pub finite: u64,
    /// How many are not a number: they may stand for anything.
    pub nan: u64,
    /// The first path with such a value.
    pub first_nan: Option<u64>,
    /// How many are plus infinity, above all numbers: the year that never comes, or what grew too large.
    pub never: u64,
    /// The first path with such a value.
    pub first_never: Option<u64>,
    /// How many are minus infinity, below all numbers.
    pub minus_infinite: u64,
    /// The first path with such a value.
    pub first_minus_infinite: Option<u64>,
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) whole: bool,
    pub(super) moments: Moments,
    #[serde(serialize_with = "in_order")]
    pub(super) store: Store,
}

/// How many there are of each kind of values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueKinds {
    /// Finite ones.
    pub finite: u64,
    /// What is not a number.
    pub nan: u64,
    /// Plus infinity.
    pub never: u64,
    /// Minus infinity.
    pub minus_infinite: u64,
}

impl ValueKinds {
    /// All but what is not a number: what has a place in the order.
    pub fn ordered(self) -> u64 {
        self.minus_infinite + self.finite + self.never
    }

    /// All.
    pub fn count(self) -> u64 {
        self.ordered() + self.nan
    }

    /// All but the finite ones.
    pub fn not_finite(self) -> u64 {
        self.minus_infinite + self.never + self.nan
    }

    /// Adds those of other paths.
    pub(super) fn merge(&mut self, other: &Self) {
        self.finite += other.finite;
        self.nan += other.nan;
        self.never += other.never;
        self.minus_infinite += other.minus_infinite;
    }
}

/// Writes what is kept as it is once it is in order, so that nothing is left out.
fn in_order<S: Serializer>(store: &Store, writer: S) -> Result<S::Ok, S::Error> {
    if store.is_settled() {
        return store.serialize(writer);
    }
    let mut settled = store.clone();
    settled.settle();
    settled.serialize(writer)
}

/// The finite values, or as much of them as is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Store {
    /// Each of them.
    Values(ExactValues),
    /// How often each occurs.
    Distinct(Distinct),
    /// Counts by bins.
    Binned(Box<Binned>),
}

impl Tally {
    /// A tally of no values yet.
    pub fn new(scale: SeriesScale) -> Self {
        let store = if scale.discrete {
            Store::Distinct(Distinct::default())
        } else {
            Store::Values(ExactValues::default())
        };
        Self {
            scale,
            finite: 0,
            nan: 0,
            first_nan: None,
            never: 0,
            first_never: None,
            minus_infinite: 0,
            first_minus_infinite: None,
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
            whole: true,
            moments: Moments::default(),
            store,
        }
    }

    /// Counts the values of up to 256 consecutive paths, the first of which is `first_path`.
    ///
    /// # Panics
    /// When there are more than 256 values.
    pub fn add_column(&mut self, first_path: u64, values: &[f64]) {
        let mut batch = Batch::of_values(values.len());
        self.add_to_batch(first_path, values, &mut batch);
        self.settle(&mut batch);
        self.bin_many();
    }

    /// [`Tally::add_column`], but the values are left to [`Tally::settle`], of this tally or of one that it is merged
    /// with: many values of one series are counted faster than one each of many series. Says whether the batch has no
    /// room for another column.
    ///
    /// # Panics
    /// When there are more than 256 values.
    pub fn add_to_batch(&mut self, first_path: u64, values: &[f64], batch: &mut Batch) -> bool {
        let Some(measured) = measure(&self.scale, values, batch) else {
            self.add_with_care(first_path, values, batch);
            return batch.is_full();
        };
        let ColumnMeasure { sums, min, max } = measured;
        self.finite += values.len() as u64;
        self.widen(min, max);
        self.whole = self.whole && values.iter().all(|&x| is_whole(x));
        self.moments.add(sums);
        batch.take(&self.scale, values, min, max);
        batch.is_full()
    }

    /// [`Tally::add_to_batch`] for a column in which some value is not finite, or too large or small to be squared.
    #[cold]
    fn add_with_care(&mut self, first_path: u64, values: &[f64], batch: &mut Batch) {
        for (path, &x) in (first_path..).zip(values) {
            if x == f64::INFINITY {
                self.never += 1;
                self.first_never = earlier(self.first_never, Some(path));
            } else if x == f64::NEG_INFINITY {
                self.minus_infinite += 1;
                self.first_minus_infinite = earlier(self.first_minus_infinite, Some(path));
            } else if x.is_nan() {
                self.nan += 1;
                self.first_nan = earlier(self.first_nan, Some(path));
            } else {
                self.finite += 1;
                self.widen(x, x);
                self.whole = self.whole && is_whole(x);
                self.moments.add_value(&self.scale, x);
                batch.take_value(&self.scale, x);
            }
        }
    }

    /// Counts the values of a batch of this series, and empties it.
    pub fn settle(&mut self, batch: &mut Batch) {
        batch.shared().for_each(|(x, times)| self.store.add(&self.scale, x, times));
        match &mut self.store {
            Store::Values(values) => values.extend(batch.values().iter().copied()),
            Store::Distinct(_) => batch.values().iter().for_each(|x| self.store.add(&self.scale, *x, 1)),
            Store::Binned(binned) => binned.add_batch(&self.scale, batch),
        }
        batch.clear();
    }

    /// Makes ready for so many paths: where these are too many to keep each value, counts by bins from now on, else expects
    /// them.
    pub fn prepare(&mut self, paths: u64) {
        if !self.scale.discrete && paths > self.scale.exact_paths() {
            self.store.bin(&self.scale);
        } else if let Store::Values(values) = &mut self.store {
            values.prepare_for(paths as usize);
        }
    }

    /// Counts by bins where there are too many paths by now to keep each value.
    fn bin_many(&mut self) {
        self.prepare(self.count());
    }

    /// Puts what is kept in order, so that it may be read. A tally may be read before, and more slowly.
    pub fn finish(&mut self) {
        self.bin_many();
        self.store.settle();
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
        self.merge_sums(other);
        self.bin_many();
        self.store.merge(&self.scale, &other.store);
        if other.store.is_settled() {
            self.store.settle();
        }
    }

    /// [`Tally::merge`], but what is kept is not counted by bins because there is much of it: of weights there is.
    pub(super) fn merge_kept(&mut self, other: &Self) {
        self.merge_sums(other);
        self.store.merge(&self.scale, &other.store);
    }

    fn merge_sums(&mut self, other: &Self) {
        assert_eq!(self.scale, other.scale, "tallies of two scales cannot be merged");
        self.finite += other.finite;
        self.nan += other.nan;
        self.first_nan = earlier(self.first_nan, other.first_nan);
        self.never += other.never;
        self.first_never = earlier(self.first_never, other.first_never);
        self.minus_infinite += other.minus_infinite;
        self.first_minus_infinite = earlier(self.first_minus_infinite, other.first_minus_infinite);
        self.min = num::min(self.min, other.min);
        self.max = num::max(self.max, other.max);
        self.whole &= other.whole;
        self.moments.merge(&other.moments);
    }

    /// How many values were counted, of whatever kind.
    pub fn count(&self) -> u64 {
        self.ordered() + self.nan
    }

    /// How many values have a place in their order: numbers, and what is infinite below or above all of them.
    pub fn ordered(&self) -> u64 {
        self.minus_infinite + self.finite + self.never
    }

    /// How many values there are of each kind.
    pub fn kinds(&self) -> ValueKinds {
        let Self { finite, nan, never, minus_infinite, .. } = *self;
        ValueKinds { finite, nan, never, minus_infinite }
    }

    /// How many values are not finite.
    pub fn not_finite(&self) -> u64 {
        self.minus_infinite + self.never + self.nan
    }

    /// The first path whose value is not finite.
    pub fn first_not_finite(&self) -> Option<u64> {
        earlier(earlier(self.first_nan, self.first_never), self.first_minus_infinite)
    }

    /// Whether there are finite values and all of them are whole numbers, not so large that every float is one.
    pub fn is_whole(&self) -> bool {
        const ALL_ARE_WHOLE: f64 = (1_u64 << 52) as f64;
        self.whole && self.finite > 0 && self.min > -ALL_ARE_WHOLE && self.max < ALL_ARE_WHOLE
    }

    /// Bytes of memory that it takes.
    pub fn bytes(&self) -> usize {
        let store = match &self.store {
            Store::Values(values) => values.bytes(),
            Store::Distinct(distinct) => distinct.bytes(),
            Store::Binned(binned) => binned.bytes(),
        };
        size_of::<Self>() + 8 * self.scale.atoms.capacity() + store
    }

    /// Feeds all counts to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        self.scale.digest_into(feed);
        for count in [self.finite, self.nan, self.never, self.minus_infinite] {
            feed(&count.to_le_bytes());
        }
        for path in [self.first_nan, self.first_never, self.first_minus_infinite] {
            feed(&path_bytes(path));
        }
        feed(&self.min.to_bits().to_le_bytes());
        feed(&self.max.to_bits().to_le_bytes());
        feed(&[u8::from(self.whole)]);
        self.moments.digest_into(feed);
        match &*self.settled() {
            Store::Values(values) => {
                let bytes: Vec<u8> = values.all().iter().flat_map(|x| x.to_bits().to_le_bytes()).collect();
                feed(&bytes);
            }
            Store::Distinct(distinct) => distinct.sorted().iter().for_each(|(x, count)| {
                feed(&x.to_bits().to_le_bytes());
                feed(&count.to_le_bytes());
            }),
            Store::Binned(binned) => binned.digest_into(feed),
        }
    }
}

impl Store {
    /// Adds a finite value so many times.
    pub(super) fn add(&mut self, scale: &SeriesScale, x: f64, times: u64) {
        match self {
            Self::Values(values) => values.extend(std::iter::repeat_n(x, times as usize)),
            Self::Distinct(distinct) => {
                distinct.add(x, times);
                if distinct.is_full() {
                    self.bin(scale);
                }
            }
            Self::Binned(binned) => binned.add(scale, x, times),
        }
    }

    /// Counts by bins from now on.
    fn bin(&mut self, scale: &SeriesScale) {
        self.settle();
        let values: Vec<(f64, u64)> = match self {
            Self::Values(values) => values.distinct().collect(),
            Self::Distinct(distinct) => distinct.sorted().to_vec(),
            Self::Binned(_) => return,
        };
        *self = Self::Binned(Box::new(Binned::of_sorted(scale, &values)));
    }

    /// Adds the counts of other values.
    pub(super) fn merge(&mut self, scale: &SeriesScale, other: &Self) {
        match (&mut *self, other) {
            (Self::Values(mine), Self::Values(theirs)) => mine.extend(theirs.all().iter().copied()),
            (Self::Binned(mine), Self::Binned(theirs)) => mine.merge(theirs),
            (_, Self::Values(theirs)) => theirs.all().iter().for_each(|x| self.add(scale, *x, 1)),
            (_, Self::Distinct(theirs)) => {
                let mut theirs = Cow::Borrowed(theirs);
                if !theirs.is_settled() {
                    theirs.to_mut().settle();
                }
                theirs.sorted().iter().for_each(|(x, times)| self.add(scale, *x, *times));
            }
            (_, Self::Binned(_)) => {
                self.bin(scale);
                self.merge(scale, other);
            }
        }
    }

    /// Whether what is kept is in order.
    pub(super) fn is_settled(&self) -> bool {
        match self {
            Self::Values(values) => values.is_settled(),
            Self::Distinct(distinct) => distinct.is_settled(),
            Self::Binned(binned) => binned.is_settled(),
        }
    }

    /// Puts what is kept in order.
    pub(super) fn settle(&mut self) {
        match self {
            Self::Values(values) => values.settle(),
            Self::Distinct(distinct) => distinct.settle(),
            Self::Binned(binned) => binned.settle(),
        }
    }
}
