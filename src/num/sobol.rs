//! Sobol' points (1967) with Owen's scrambling (1995): low-discrepancy points that are a pure function of
//! their address, as all draws are.
//!
//! Direction numbers are those of Joe and Kuo (2008, `new-joe-kuo-6`, free to use with attribution), the
//! first 4096 dimensions; `sobol/joe-kuo.txt` holds a line for each dimension from the second on, the
//! coefficients of its primitive polynomial and then its initial numbers. The scrambling permutes nested halves
//! by a hash of what lies above them (Laine and Karras 2011, with the constants of Burley 2020), so that every
//! dimension and every seed has a scrambling of its own.

/// Most dimensions.
pub const MOST_DIMENSIONS: usize = 4096;

/// Most points.
pub const MOST_POINTS: u64 = 1 << 32;

const NUMBERS: &str = include_str!("sobol/joe-kuo.txt");

/// A sequence of points in the unit cube.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sobol {
    /// By dimension: the direction numbers of the 32 bits of a point's number.
    directions: Vec<[u32; 32]>,
}

impl Sobol {
    /// The sequence in so many dimensions; there are at most [`MOST_DIMENSIONS`].
    pub fn new(dimensions: usize) -> Self {
        let first = std::array::from_fn(|bit| 1 << (31 - bit));
        let rest = NUMBERS.lines().map(directions);
        Self { directions: std::iter::once(first).chain(rest).take(dimensions).collect() }
    }

    /// How many dimensions there are.
    pub fn dimensions(&self) -> usize {
        self.directions.len()
    }

    /// A coordinate of point `index` without scrambling, in 2^-32.
    ///
    /// # Panics
    /// When there is no such dimension.
    pub fn plain(&self, dimension: usize, index: u32) -> u32 {
        let directions = &self.directions[dimension];
        let (mut bits, mut x) = (index, 0);
        while bits != 0 {
            x ^= directions[bits.trailing_zeros() as usize];
            bits &= bits - 1;
        }
        x
    }

    /// A coordinate of point `index`, scrambled, strictly between 0 and 1.
    ///
    /// # Panics
    /// When there is no such dimension.
    pub fn scrambled(&self, dimension: usize, index: u32, seed: u64) -> f64 {
        let x = scramble(self.plain(dimension, index), hash(seed, dimension));
        (f64::from(x) + 0.5) / 4294967296.0
    }
}

/// The direction numbers of a line: coefficients, initial numbers.
fn directions(line: &str) -> [u32; 32] {
    let mut numbers = line.split(' ').filter_map(|number| number.parse::<u32>().ok());
    let coefficients = numbers.next().unwrap_or_default();
    let initial: Vec<u32> = numbers.collect();
    let degree = initial.len();
    let mut v = [0; 32];
    for bit in 0..32 {
        v[bit] = if bit < degree {
            initial[bit] << (31 - bit)
        } else {
            let mut x = v[bit - degree] ^ (v[bit - degree] >> degree);
            for k in 1..degree {
                if coefficients >> (degree - 1 - k) & 1 == 1 {
                    x ^= v[bit - k];
                }
            }
            x
        };
    }
    v
}

/// A nested uniform scrambling: each bit is turned over by a hash of those above it.
fn scramble(x: u32, seed: u32) -> u32 {
    let mut x = x.reverse_bits();
    x ^= x.wrapping_mul(0x3d20adea);
    x = x.wrapping_add(seed);
    x = x.wrapping_mul((seed >> 16) | 1);
    x ^= x.wrapping_mul(0x05526c56);
    x ^= x.wrapping_mul(0x53a22864);
    x.reverse_bits()
}

/// A seed for each dimension: the finaliser of `MurmurHash3`.
fn hash(seed: u64, dimension: usize) -> u32 {
    let mut hash = seed ^ (dimension as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    (hash ^ (hash >> 33)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first points of Joe and Kuo's own program, in the order of plain counting.
    #[test]
    fn the_first_points_are_the_published_ones() {
        let sobol = Sobol::new(4);
        let point =
            |index| (0..3).map(|d| f64::from(sobol.plain(d, index)) / 4294967296.0).collect::<Vec<_>>();
        assert_eq!(point(0), [0.0; 3]);
        assert_eq!(point(1), [0.5; 3]);
        assert_eq!(point(2), [0.25, 0.75, 0.75]);
        assert_eq!(point(3), [0.75, 0.25, 0.25]);
    }

    #[test]
    fn every_dimension_is_stratified_scrambled_or_not() {
        let sobol = Sobol::new(MOST_DIMENSIONS);
        assert_eq!(sobol.dimensions(), MOST_DIMENSIONS);
        for dimension in [0, 1, 2, 17, 999, MOST_DIMENSIONS - 1] {
            let mut cells = vec![0; 1024];
            for index in 0..1024 {
                cells[(sobol.scrambled(dimension, index, 7) * 1024.0) as usize] += 1;
            }
            assert!(cells.iter().all(|&count| count == 1), "dimension {dimension}");
        }
    }

    /// The mean of Π 2 uᵢ over five dimensions is 1; random points of this number err by 1.6 %.
    #[test]
    fn an_integral_is_found_far_better_than_by_chance() {
        let sobol = Sobol::new(5);
        let n = 1 << 14;
        let product = |index| (0..5).map(|d| 2.0 * sobol.scrambled(d, index, 3)).product::<f64>();
        let mean = (0..n).map(product).sum::<f64>() / f64::from(n);
        assert!((mean - 1.0).abs() < 1e-3, "{mean}");
    }
}
