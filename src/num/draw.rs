//! A uniform draw as a pure function of its address `(seed, stream, path, year)`.
//!
//! The address is the input of one call of [`philox4x32`]: the key is the seed, the counter holds the number
//! of the call (two words), the year and the stream. A call gives two 64-bit words. Paths `p` and `p + 128` of
//! each aligned group of 256 share one: its number is `(p >> 8) * 128 + (p & 127)`, and `p` takes the first or
//! the second half by its bit 7. So no half is thrown away, and a block's column is 128 independent calls.
//!
//! A word `x` becomes `(2 * (x >> 12) + 1) * 2^-53`: an odd multiple of `2^-53`, so strictly inside (0, 1), and
//! symmetric: `1 - u` is exact and as likely as `u`.

use super::philox::{MULTIPLIERS, philox4x32, round_keys};
use super::wide::{ColumnLoop, Vector, WideWords, launch_several};

mod generator;

pub use generator::DrawStream;

/// Paths in a block: the unit of work, and the group of paths whose uniforms share Philox calls.
pub const BLOCK: usize = 256;

/// One block's values of one quantity, a path a lane.
pub type Column = [f64; BLOCK];

const HALF: usize = BLOCK / 2;

/// The stream of an input: a fixed 32-bit hash of its name.
///
/// FNV-1a with 64 bits over the UTF-8 bytes, mixed by the finaliser of `MurmurHash3` (`fmix64`), high half
/// exclusive-or low half. Among n names two collide with a probability of about n² / 2^33: whoever builds a model
/// must look for that.
pub fn stream(name: &str) -> u32 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for byte in name.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^= hash >> 33;
    (hash >> 32) as u32 ^ hash as u32
}

/// The uniform in (0, 1) at this address: an odd multiple of `2^-53`.
///
/// Every `path` below 2^64 has its own. Draws that are made once per path take `year` 0.
///
/// ```
/// use plancast::num::draw::{stream, uniform};
/// let u = uniform(2026, stream("growth"), 17, 2030);
/// assert_eq!(u, uniform(2026, stream("growth"), 17, 2030));
/// assert!(0.0 < u && u < 1.0);
/// ```
pub fn uniform(seed: u64, stream: u32, path: u64, year: u32) -> f64 {
    to_unit(word(seed, stream, path, year))
}

/// The uniforms of all paths of a block: lane `i` holds `uniform(seed, stream, block * 256 + i, year)`.
///
/// `block` lies below 2^56, so that its paths are numbers below 2^64.
pub fn uniform_column(seed: u64, stream: u32, block: u64, year: u32, out: &mut Column) {
    launch_several(Uniforms { seed, stream, block, year, out });
}

/// The loop of [`uniform_column`].
struct Uniforms<'a> {
    seed: u64,
    stream: u32,
    block: u64,
    year: u32,
    out: &'a mut Column,
}

impl ColumnLoop for Uniforms<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        self.over::<V::Words>();
    }
}

impl Uniforms<'_> {
    #[inline(always)]
    fn over<W: WideWords>(self) {
        let keys = round_keys([self.seed as u32, (self.seed >> 32) as u32]);
        let first_call = self.block.wrapping_mul(HALF as u64);
        for i in 0..HALF / W::LANES {
            let at = i * W::LANES;
            let call = [W::counting(first_call + at as u64), W::splat(first_call >> 32)];
            let [c0, c1, c2, c3] = rounds(call, self.year, self.stream, &keys);
            W::store_units(c0, c1, self.out, at);
            W::store_units(c2, c3, self.out, HALF + at);
        }
    }
}

/// The addresses of 256 paths that need not follow one another.
pub struct PathLanes {
    /// By lane: the number of the call, as the bits of a float.
    calls: Column,
    /// By lane: whether it is the second half of the call that counts.
    second: [bool; BLOCK],
}

impl PathLanes {
    /// Those of these paths, at least one; lanes beyond repeat the last.
    ///
    /// # Panics
    /// When there is no path.
    pub fn new(paths: &[u64]) -> Self {
        let mut lanes = Self { calls: [0.0; BLOCK], second: [false; BLOCK] };
        for lane in 0..BLOCK {
            let path = paths[lane.min(paths.len() - 1)];
            lanes.calls[lane] = f64::from_bits((path >> 8) * HALF as u64 + (path & 127));
            lanes.second[lane] = (path >> 7) & 1 == 1;
        }
        lanes
    }

    /// The uniforms of these paths: lane `i` holds `uniform(seed, stream, paths[i], year)`.
    pub fn uniforms(&self, seed: u64, stream: u32, year: u32, out: &mut Column) {
        let mut other = [0.0; BLOCK];
        launch_several(UniformsOfLanes { seed, stream, year, calls: &self.calls, halves: [out, &mut other] });
        for ((u, second), is_second) in out.iter_mut().zip(&other).zip(&self.second) {
            *u = if *is_second { *second } else { *u };
        }
    }
}

/// The loop of [`PathLanes::uniforms`].
struct UniformsOfLanes<'a> {
    seed: u64,
    stream: u32,
    year: u32,
    calls: &'a Column,
    halves: [&'a mut Column; 2],
}

impl ColumnLoop for UniformsOfLanes<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let keys = round_keys([self.seed as u32, (self.seed >> 32) as u32]);
        let [first, second] = self.halves;
        for at in (0..BLOCK).step_by(V::LANES) {
            let call = V::load(self.calls, at).bits();
            let [c0, c1, c2, c3] = rounds([call, call.upper()], self.year, self.stream, &keys);
            V::Words::store_units(c0, c1, first, at);
            V::Words::store_units(c2, c3, second, at);
        }
    }
}

/// [`philox4x32`] on words of which only the lower halves count; `call` is the number of the call, lower half first.
#[inline(always)]
fn rounds<W: WideWords>(call: [W; 2], year: u32, stream: u32, keys: &[[u32; 2]]) -> [W; 4] {
    let [mut c0, mut c1] = call;
    let (mut c2, mut c3) = (W::splat(u64::from(year)), W::splat(u64::from(stream)));
    for [k0, k1] in keys {
        let (x, y) = (c0.times(MULTIPLIERS[0]), c2.times(MULTIPLIERS[1]));
        (c0, c1) = (y.upper().xor(c1, W::splat(u64::from(*k0))), y);
        (c2, c3) = (x.upper().xor(c3, W::splat(u64::from(*k1))), x);
    }
    [c0, c1, c2, c3]
}

/// The 64 random bits at an address.
fn word(seed: u64, stream: u32, path: u64, year: u32) -> u64 {
    let call = (path >> 8) * HALF as u64 + (path & 127);
    let counter = [call as u32, (call >> 32) as u32, year, stream];
    let words = philox4x32([seed as u32, (seed >> 32) as u32], counter);
    let half = 2 * ((path >> 7) & 1) as usize;
    u64::from(words[half]) | (u64::from(words[half + 1]) << 32)
}

/// `(2 * (x >> 12) + 1) * 2^-53`, by way of the mantissa of a number in [1, 2): there is no vector conversion
/// from 64-bit integers on older machines. The subtraction is exact.
#[inline(always)]
pub fn to_unit(x: u64) -> f64 {
    f64::from_bits((x >> 12) | 0x3FF0_0000_0000_0000) - (1.0 - f64::EPSILON / 2.0)
}

#[cfg(test)]
mod tests;
