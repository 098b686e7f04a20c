//! Counts of values of which there are few different ones: years, whole numbers, rates, regimes.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The most different values.
pub(super) const MOST: usize = 4096;

/// Places of the table for each value, so that most are found at once.
const ROOM: usize = 4;

/// How many times each value occurs, exactly.
#[derive(Clone, Debug, Default)]
pub(super) struct Distinct {
    /// The values in order, each with its count; none of them where the table holds something.
    sorted: Vec<(f64, u64)>,
    /// A hash table: the bits of a value and its count; a count of 0 where there is none. Its length is a power of two,
    /// or 0 where nothing was counted since the values were put in order.
    table: Vec<(u64, u64)>,
    /// How many different values the table holds.
    held: usize,
}

impl Distinct {
    /// Adds a finite value so many times, once or more.
    #[inline]
    pub(super) fn add(&mut self, x: f64, times: u64) {
        if ROOM * (self.held + 1) > self.table.len() {
            self.grow();
        }
        let bits = (x + 0.0).to_bits();
        let mask = self.table.len() - 1;
        let mut place = place_of(bits) & mask;
        loop {
            let (held, count) = &mut self.table[place];
            if *count == 0 {
                (*held, *count) = (bits, times);
                self.held += 1;
                return;
            }
            if *held == bits {
                *count += times;
                return;
            }
            place = (place + 1) & mask;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let sorted = std::mem::take(&mut self.sorted);
        let most = (self.held + 1).max(sorted.len());
        let old = std::mem::replace(&mut self.table, vec![(0, 0); (2 * ROOM * most).next_power_of_two()]);
        self.held = 0;
        let held = old
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(bits, count)| (f64::from_bits(bits), count));
        held.chain(sorted).for_each(|(x, count)| self.add(x, count));
    }

    /// Whether there are more different values than it is made for.
    pub(super) fn is_full(&self) -> bool {
        self.held > MOST
    }

    /// Whether the values are in order.
    pub(super) fn is_settled(&self) -> bool {
        self.table.is_empty()
    }

    /// Puts the values in order.
    pub(super) fn settle(&mut self) {
        if !self.is_settled() {
            let table = std::mem::take(&mut self.table).into_iter().filter(|(_, count)| *count > 0);
            self.sorted = table.map(|(bits, count)| (f64::from_bits(bits), count)).collect();
            self.sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            self.held = 0;
        }
    }

    /// The values, settled, in order, each with its count.
    pub(super) fn sorted(&self) -> &[(f64, u64)] {
        &self.sorted
    }

    /// Of settled values the one with `rank` values below it: how often it occurs, and how many values are less.
    pub(super) fn find(&self, rank: u64) -> Option<(f64, u64, u64)> {
        let mut before = 0;
        let found = self.sorted.iter().find(|(_, count)| {
            before += count;
            rank < before
        });
        found.map(|(x, count)| (*x, *count, before - count))
    }

    /// Bytes of memory that it takes.
    pub(super) fn bytes(&self) -> usize {
        (self.table.capacity() + self.sorted.capacity()) * size_of::<(u64, u64)>()
    }
}

/// Where a value is looked for first: multiplied by 2^64 over the golden ratio, whose upper bits are well mixed.
fn place_of(bits: u64) -> usize {
    (bits.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

impl PartialEq for Distinct {
    fn eq(&self, other: &Self) -> bool {
        let settled = |distinct: &Self| {
            let mut settled = distinct.clone();
            settled.settle();
            settled.sorted
        };
        settled(self) == settled(other)
    }
}

impl Serialize for Distinct {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        self.sorted.serialize(writer)
    }
}

impl<'de> Deserialize<'de> for Distinct {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let values = Vec::<(f64, u64)>::deserialize(reader)?;
        let ordered = values.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let sensible = |(x, count): &(f64, u64)| x.is_finite() && (1..1 << 62).contains(count);
        if values.len() > MOST || !ordered || !values.iter().all(sensible) {
            return Err(de::Error::custom("values that do not follow one another, or cannot be counted"));
        }
        Ok(Self { sorted: values, ..Self::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_counted_exactly_in_any_order() {
        let (mut up, mut down) = (Distinct::default(), Distinct::default());
        for i in 0..3000_u64 {
            up.add(i as f64 - 1500.0, i + 1);
            down.add(1499.0 - i as f64, 3000 - i);
        }
        assert_eq!(up, down);
        up.settle();
        let sorted = up.sorted();
        assert_eq!((sorted.len(), sorted[0], sorted[2999]), (3000, (-1500.0, 1), (1499.0, 3000)));
        let bytes = postcard::to_stdvec(&up).unwrap();
        assert_eq!(postcard::from_bytes::<Distinct>(&bytes).unwrap(), up);
    }

    #[test]
    fn zeros_of_either_sign_are_one_value() {
        let mut distinct = Distinct::default();
        distinct.add(-0.0, 2);
        distinct.add(0.0, 1);
        distinct.settle();
        distinct.add(-0.0, 4);
        distinct.settle();
        assert_eq!(distinct.sorted(), [(0.0, 7)]);
    }

    #[test]
    fn it_is_full_with_one_value_more_than_it_is_made_for() {
        let mut distinct = Distinct::default();
        (0..MOST).for_each(|i| distinct.add(i as f64, 1));
        assert!(!distinct.is_full());
        distinct.add(-1.0, 1);
        assert!(distinct.is_full());
    }
}
