//! The values of a short run, each of them.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Finite values, in order once they are settled.
#[derive(Clone, Debug, Default)]
pub(super) struct ExactValues {
    kept: Vec<f64>,
    /// So many at the beginning are in order.
    ordered: usize,
    /// How many there will be, as far as that is known.
    expected: usize,
}

impl ExactValues {
    /// Adds values.
    pub(super) fn extend(&mut self, more: impl Iterator<Item = f64>) {
        // Room is made when it is needed: by then a pilot has given its own back.
        if self.kept.capacity() == 0 {
            self.kept.reserve_exact(self.expected);
        }
        // Adding 0 makes -0 and 0 the same zero.
        self.kept.extend(more.map(|x| x + 0.0));
    }

    /// Says that there will be so many values in all.
    pub(super) fn prepare_for(&mut self, count: usize) {
        self.expected = count;
    }

    /// Whether all are in order.
    pub(super) fn is_settled(&self) -> bool {
        self.ordered == self.kept.len()
    }

    /// Puts all in order.
    pub(super) fn settle(&mut self) {
        if !self.is_settled() {
            self.kept.sort_unstable_by(f64::total_cmp);
            self.kept.shrink_to_fit();
            self.ordered = self.kept.len();
        }
    }

    /// The values, in order once they are settled.
    pub(super) fn all(&self) -> &[f64] {
        &self.kept
    }

    /// The different values of settled ones, in order, each with its count.
    pub(super) fn distinct(&self) -> impl Iterator<Item = (f64, u64)> + '_ {
        self.kept.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u64))
    }

    /// Of settled values the one with `rank` values below it: how often it occurs, and how many values are less.
    pub(super) fn find(&self, rank: u64) -> Option<(f64, u64, u64)> {
        let x = *self.kept.get(rank as usize)?;
        let before = self.kept.partition_point(|other| *other < x);
        let count = self.kept[before..].partition_point(|other| *other <= x);
        Some((x, count as u64, before as u64))
    }

    /// Bytes of memory that they take.
    pub(super) fn bytes(&self) -> usize {
        8 * self.kept.capacity()
    }
}

impl PartialEq for ExactValues {
    fn eq(&self, other: &Self) -> bool {
        let bits = |values: &Self| {
            let mut settled = values.clone();
            settled.settle();
            settled.kept.into_iter().map(f64::to_bits).collect::<Vec<_>>()
        };
        bits(self) == bits(other)
    }
}

impl Serialize for ExactValues {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        self.kept.serialize(writer)
    }
}

impl<'de> Deserialize<'de> for ExactValues {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let values = Vec::<f64>::deserialize(reader)?;
        if !values.iter().all(|x| x.is_finite()) {
            return Err(de::Error::custom("values that are not finite"));
        }
        let mut values = Self { kept: values, ordered: 0, expected: 0 };
        values.settle();
        Ok(values)
    }
}
