//! Values of a series that were measured and are still to be counted.

use super::SeriesScale;
use crate::num::BLOCK;
use crate::num::wide::{Kernel, launch};

/// Some columns of a series: the bins of their values where the series is counted by bins, else the values.
#[derive(Clone, Debug)]
pub struct Batch {
    /// How many values it takes.
    most: usize,
    /// Whether bins are kept of values within the window, and not the values.
    binned: bool,
    /// The numbers of bins, less the base of the window: so many as are filled, then those of a batch before.
    keys: Vec<i16>,
    filled: usize,
    low: i16,
    high: i16,
    /// By atom of the scale: how many values lie below it, and how many are equal to it.
    atoms: Vec<[u64; 2]>,
    /// Values of which no bin is kept, and that are no atom.
    values: Vec<f64>,
    /// Values of which all of a column are the same, with their number.
    shared: Vec<(f64, u64)>,
}

impl Batch {
    /// A batch of no values for up to so many, of a run in which the series is counted by bins if it may be.
    pub fn of(scale: &SeriesScale, most: usize, paths: u64) -> Self {
        let binned = scale.window.is_some() && !scale.discrete && paths > scale.exact_paths();
        Self { binned, ..Self::of_values(most) }
    }

    /// A batch of no values that keeps values.
    pub(super) fn of_values(most: usize) -> Self {
        Self {
            most,
            binned: false,
            keys: Vec::new(),
            filled: 0,
            low: i16::MAX,
            high: i16::MIN,
            atoms: Vec::new(),
            values: Vec::new(),
            shared: Vec::new(),
        }
    }

    /// Room for the keys of so many values; `None` where values are kept.
    pub(super) fn keys_mut(&mut self, count: usize) -> Option<&mut [i16]> {
        if !self.binned {
            return None;
        }
        let end = self.filled + count;
        if self.keys.len() < end {
            self.keys.reserve_exact(self.most.max(end) - self.keys.len());
            self.keys.resize(end, 0);
        }
        Some(&mut self.keys[self.filled..end])
    }

    /// Takes a column of finite values, the keys of which are in place.
    #[inline]
    pub(super) fn take(&mut self, scale: &SeriesScale, values: &[f64], min: f64, max: f64) {
        let Some(window) = scale.window.as_ref().filter(|_| self.binned) else {
            if min == max {
                self.shared.push((min, values.len() as u64));
            } else {
                self.values.extend_from_slice(values);
            }
            return;
        };
        let range = self.filled..self.filled + values.len();
        self.filled = range.end;
        if !(window.contains(min) && window.contains(max)) {
            window.store_bins_within(values, &mut self.keys[range]);
            let outside = values.iter().filter(|x| !window.contains(**x) && !scale.atoms.contains(x));
            self.values.extend(outside);
        }
        let key = |x: f64| {
            (window.bin_of(x).clamp(window.outside()[0], window.outside()[1]) - window.base()) as i16
        };
        (self.low, self.high) = (self.low.min(key(min)), self.high.max(key(max)));
        if !scale.atoms.is_empty() {
            self.atoms.resize(scale.atoms.len(), [0; 2]);
            launch(CountingAtoms { values, atoms: &scale.atoms, counts: &mut self.atoms });
        }
    }

    /// Takes one finite value.
    pub(super) fn take_value(&mut self, scale: &SeriesScale, x: f64) {
        match (&scale.window, self.keys_mut(1)) {
            (Some(window), Some(place)) => {
                window.store_bins_within(&[x], place);
                self.take(scale, &[x], x, x);
            }
            _ => self.values.push(x),
        }
    }

    /// Whether it may have no room for another column.
    pub(super) fn is_full(&self) -> bool {
        self.filled.max(self.values.len()) + BLOCK > self.most || self.shared.len() >= self.most / 8
    }

    /// The keys of its values, the lowest of them and the highest.
    pub(super) fn keys(&self) -> (&[i16], i16, i16) {
        (&self.keys[..self.filled], self.low, self.high)
    }

    /// The values of which no bin is kept.
    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }

    /// The values that whole columns share, with their number.
    pub(super) fn shared(&self) -> impl Iterator<Item = (f64, u64)> + '_ {
        self.shared.iter().copied()
    }

    /// By atom: how many values lie below it, and how many are equal to it.
    pub(super) fn atoms(&self) -> &[[u64; 2]] {
        &self.atoms
    }

    /// Forgets all values.
    pub(super) fn clear(&mut self) {
        self.filled = 0;
        (self.low, self.high) = (i16::MAX, i16::MIN);
        self.atoms.clear();
        self.values.clear();
        self.shared.clear();
    }
}

/// Counts how many values lie below each atom, and how many are equal to it.
struct CountingAtoms<'a> {
    values: &'a [f64],
    atoms: &'a [f64],
    counts: &'a mut [[u64; 2]],
}

impl Kernel for CountingAtoms<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (atom, [below, equal]) in self.atoms.iter().zip(self.counts) {
            let (mut less, mut same) = (0, 0);
            for x in self.values {
                less += u64::from(x < atom);
                same += u64::from(x == atom);
            }
            (*below, *equal) = (*below + less, *equal + same);
        }
    }
}
