//! Philox4x32-7, the counter-based generator of J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw,
//! "Parallel random numbers: as easy as 1, 2, 3" (SC11, 2011).

/// Multipliers of the two S-boxes.
pub(super) const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
/// Weyl increments of the key: the golden ratio and √3 − 1, as 32-bit fractions.
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
/// Rounds: the fewest with which the authors found no failure of `BigCrush` (their table 2). Ten, their margin, take half as
/// long again.
pub(super) const ROUNDS: usize = 7;

/// Four random words for a key and a counter: a bijection of the counters for every key.
pub fn philox4x32(key: [u32; 2], counter: [u32; 4]) -> [u32; 4] {
    let mut c = counter;
    for [k0, k1] in round_keys(key) {
        let a = u64::from(MULTIPLIERS[0]) * u64::from(c[0]);
        let b = u64::from(MULTIPLIERS[1]) * u64::from(c[2]);
        c = [(b >> 32) as u32 ^ c[1] ^ k0, b as u32, (a >> 32) as u32 ^ c[3] ^ k1, a as u32];
    }
    c
}

/// The key of each round.
#[inline(always)]
pub(super) fn round_keys(key: [u32; 2]) -> [[u32; 2]; ROUNDS] {
    let mut keys = [key; ROUNDS];
    for round in 1..ROUNDS {
        let [k0, k1] = keys[round - 1];
        keys[round] = [k0.wrapping_add(WEYL[0]), k1.wrapping_add(WEYL[1])];
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_known_answers_are_met() {
        // The file kat_vectors of Random123.
        let zero = philox4x32([0; 2], [0; 4]);
        assert_eq!(zero, [0x5f6fb709, 0x0d893f64, 0x4f121f81, 0x4f730a48]);
        let ones = philox4x32([u32::MAX; 2], [u32::MAX; 4]);
        assert_eq!(ones, [0x5207ddc2, 0x45165e59, 0x4d8ee751, 0x8c52f662]);
        let pi = philox4x32([0xa4093822, 0x299f31d0], [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]);
        assert_eq!(pi, [0x4dfccaba, 0x190a87f0, 0xc47362ba, 0xb6b5242a]);
    }
}
