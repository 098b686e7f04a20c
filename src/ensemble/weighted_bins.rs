//! Weights by bin, and the sums of their squares, on their way to a tally.

/// Room is made for so many bins at once.
const PAGE: i32 = 1024;

/// A weight and a sum of squares for each bin, from the lowest bin that holds something to the highest.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct WeightedBins {
    /// The bin of place 0.
    first: i32,
    cells: Vec<[u64; 2]>,
}

impl WeightedBins {
    /// Adds to a bin.
    #[inline]
    pub(super) fn add(&mut self, bin: i32, weights: [u64; 2]) {
        let place = (i64::from(bin) - i64::from(self.first)) as usize;
        let place = if place < self.cells.len() { place } else { self.make_room(bin) };
        let cell = &mut self.cells[place];
        cell[0] += weights[0];
        cell[1] += weights[1];
    }

    #[cold]
    fn make_room(&mut self, bin: i32) -> usize {
        let page = bin.div_euclid(PAGE) * PAGE;
        if self.cells.is_empty() {
            self.first = page;
        }
        if page < self.first {
            let before = vec![[0; 2]; (self.first - page) as usize];
            self.cells.splice(0..0, before);
            self.first = page;
        }
        let end = (page + PAGE - self.first) as usize;
        if end > self.cells.len() {
            self.cells.resize(end, [0; 2]);
        }
        (bin - self.first) as usize
    }

    /// The bins that hold something.
    pub(super) fn filled(self) -> impl Iterator<Item = (i32, [u64; 2])> {
        (self.first..).zip(self.cells).filter(|(_, weights)| weights[0] > 0)
    }
}
