//! What mutations of a structure have in common.

use libfuzzer_sys::fuzzer_mutate;

/// Numbers of a seed (splitmix64), so that a mutation can be repeated.
pub struct Random(u64);

impl Random {
    /// Those of this seed.
    pub fn new(seed: u32) -> Self {
        Self(u64::from(seed))
    }

    /// A number below another, which is above zero.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}

/// Puts other bytes in the place of what is mutated; changes it as the fuzzer does where they are too many.
pub fn put(data: &mut [u8], size: usize, most: usize, bytes: &[u8]) -> usize {
    if bytes.len() > most {
        return fuzzer_mutate(data, size, most);
    }
    data[..bytes.len()].copy_from_slice(bytes);
    bytes.len()
}
