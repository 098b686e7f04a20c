//! Sobol' points in up to 8 192 dimensions, plain and scrambled.
//!
//! Direction numbers are those of Joe and Kuo (2008), see `sobol/README.md`; points come in the Gray code order of
//! Antonov and Saleev (1979), as the authors list them. A point has 64 bits, of which uniforms take the first 52.
//!
//! Scrambling is the affine one of Matoušek ("On the L2-discrepancy for anchored boxes", Journal of Complexity 14
//! (1998) 527–556): a random lower-triangular matrix with ones in its diagonal, over two elements, and a random
//! shift. For any two points it has the distribution of Owen's nested scrambling in base 2 (they agree up to their
//! first differing bit, which differs, and all further bits are independent), and so for every integrand the same
//! variance; it costs as much as not to scramble.

use std::io::Read;

use flate2::read::GzDecoder;

use super::draw::{BLOCK, Column};

/// How many dimensions there are numbers for. Those of all take 230 KB, a third of what the engine of a page may take.
pub const MOST_DIMENSIONS: usize = if cfg!(target_family = "wasm") { 1024 } else { 8192 };

#[cfg(not(target_family = "wasm"))]
static NUMBERS: &[u8] = include_bytes!("sobol/joe-kuo-6.8192.gz");
#[cfg(target_family = "wasm")]
static NUMBERS: &[u8] = include_bytes!("sobol/joe-kuo-6.1024.gz");

/// Points are numbered below 2^32.
const INDEX_BITS: usize = 32;

/// Bits of a point that a uniform takes.
const DIGITS: u32 = 52;

/// The direction numbers of one dimension, the first bit of a point on top.
pub type Directions = [u64; INDEX_BITS];

/// The direction numbers of the first dimensions.
///
/// # Panics
/// When there are more than [`MOST_DIMENSIONS`].
pub fn directions(dimensions: usize) -> Vec<Directions> {
    assert!(dimensions <= MOST_DIMENSIONS, "there are {MOST_DIMENSIONS} dimensions");
    let mut text = String::new();
    // The bytes are compiled in; that they unpack is tested.
    let _ = GzDecoder::new(NUMBERS).read_to_string(&mut text);
    let first = std::array::from_fn(|j| 1 << (63 - j));
    // The first line is a heading; the first dimension needs no numbers.
    let others = text.lines().skip(1).filter_map(recurrence);
    std::iter::once(first).chain(others).take(dimensions).collect()
}

/// The direction numbers of a line `d s a m₁ … m_s`: a primitive polynomial and the numbers that start its recurrence.
fn recurrence(line: &str) -> Option<Directions> {
    let mut numbers = line.split_whitespace().map(str::parse::<u64>);
    let (degree, polynomial) = (numbers.nth(1)?.ok()? as usize, numbers.next()?.ok()?);
    let mut v = [0; INDEX_BITS];
    for (j, m) in numbers.take(INDEX_BITS).enumerate() {
        v[j] = m.ok()? << (63 - j);
    }
    for j in degree..INDEX_BITS {
        v[j] = v[j - degree] ^ (v[j - degree] >> degree);
        for k in 1..degree {
            if (polynomial >> (degree - 1 - k)) & 1 == 1 {
                v[j] ^= v[j - k];
            }
        }
    }
    Some(v)
}

/// One coordinate of scrambled points.
#[derive(Clone, Debug, PartialEq)]
pub struct Scrambled {
    directions: Directions,
    shift: u64,
}

impl Scrambled {
    /// Scrambles a dimension with random bits, of which `bits` gives 64 at every call.
    pub fn new(directions: &Directions, mut bits: impl FnMut() -> u64) -> Self {
        // Row r of the matrix: bit r of the result is the parity of these bits of the point.
        let rows: Vec<u64> = (0..DIGITS)
            .map(|r| {
                let diagonal = 1 << (63 - r);
                let above = !(u64::MAX >> r);
                diagonal | (bits() & above)
            })
            .collect();
        let times = |v: u64| {
            let bit = |(r, row): (usize, &u64)| u64::from((row & v).count_ones() & 1) << (63 - r);
            rows.iter().enumerate().map(bit).fold(0, |x, bit| x | bit)
        };
        Self { directions: directions.map(times), shift: bits() }
    }

    /// The points without scrambling.
    pub fn plain(directions: &Directions) -> Self {
        Self { directions: *directions, shift: 0 }
    }

    /// The coordinate of a point as 64 bits.
    pub fn point(&self, number: u64) -> u64 {
        let gray = number ^ (number >> 1);
        let set = (0..INDEX_BITS).filter(|j| (gray >> j) & 1 == 1);
        set.fold(self.shift, |x, j| x ^ self.directions[j])
    }

    /// The coordinates of 256 points, the first of which is a multiple of 256, as uniforms: odd multiples of 2^-53.
    pub fn column(&self, first: u64, out: &mut Column) {
        let mut x = self.point(first);
        for (lane, out) in out.iter_mut().enumerate() {
            *out = super::draw::to_unit(x);
            if lane + 1 < BLOCK {
                x ^= self.directions[(lane + 1).trailing_zeros() as usize];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(bits: u64) -> f64 {
        (bits >> 11) as f64 / (1u64 << 53) as f64
    }

    #[test]
    fn the_engine_of_a_page_has_the_first_of_the_same_numbers() {
        let unpacked = |packed: &[u8]| {
            let mut text = String::new();
            GzDecoder::new(packed).read_to_string(&mut text).unwrap();
            text
        };
        let (all, first) = (unpacked(NUMBERS), unpacked(include_bytes!("sobol/joe-kuo-6.1024.gz")));
        assert_eq!(first.lines().count(), 1024);
        assert!(all.starts_with(&first));
    }

    /// The first ten points in three dimensions that Joe and Kuo print for their program.
    #[test]
    fn the_published_points_are_met() {
        let published = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
            [0.1875, 0.3125, 0.9375],
            [0.6875, 0.8125, 0.4375],
        ];
        let points: Vec<Scrambled> = directions(3).iter().map(Scrambled::plain).collect();
        for (number, point) in (0..).zip(published) {
            let found: Vec<f64> = points.iter().map(|dimension| unit(dimension.point(number))).collect();
            assert_eq!(found, point, "{number}");
        }
        assert_eq!([points[0].point(0), points[0].point(1), points[1].point(2)], [0, 1 << 63, 1 << 62]);
    }

    /// In every dimension each of 2^k equal intervals holds one of the first 2^k points, scrambled or not.
    #[test]
    fn every_dimension_is_stratified() {
        let mut state = 7;
        for directions in directions(MOST_DIMENSIONS).iter().step_by(61) {
            let mut bits = || {
                state = crate::num::draw::uniform(state, 1, 0, 0).to_bits();
                state.wrapping_mul(0x9E37_79B9_7F4A_7C15)
            };
            for dimension in [Scrambled::plain(directions), Scrambled::new(directions, &mut bits)] {
                let mut held = [false; 1024];
                (0..1024).for_each(|number| held[(dimension.point(number) >> 54) as usize] = true);
                assert!(held.iter().all(|held| *held));
            }
        }
    }

    #[test]
    fn a_column_is_its_points() {
        let mut state = 1;
        let dimension = Scrambled::new(&directions(5)[4], || {
            state += 1;
            crate::num::draw::uniform(9, state, 0, 0).to_bits() << 11
        });
        let mut column = [0.0; BLOCK];
        dimension.column(512, &mut column);
        for (lane, u) in column.iter().enumerate() {
            assert_eq!(*u, crate::num::draw::to_unit(dimension.point(512 + lane as u64)));
            assert!(*u > 0.0 && *u < 1.0);
        }
    }

    #[test]
    fn there_are_numbers_for_all_dimensions() {
        let all = directions(MOST_DIMENSIONS);
        assert_eq!(all.len(), MOST_DIMENSIONS);
        assert!(all.iter().all(|v| v.iter().enumerate().all(|(j, v)| v >> (63 - j) & 1 == 1)));
    }
}
