//! Addressed randomness for code that wants a generator.

use std::convert::Infallible;

use rand::rand_core::TryRng;

use super::word;

/// A stream of random words at one address, for samplers that take a generator of the `rand` crate.
///
/// Word `n` is the Philox word of the same seed and path at year `year + 65536 * (n % 65536)` and stream
/// `stream + 0x9E3779B9 * (n / 65536)`; word 0 is the one that [`uniform`](super::uniform) turns into the
/// address's number. Words are a pure function of the address and of their position: a copy replays them.
/// The year must lie below 65536; higher bits are ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawStream {
    seed: u64,
    stream: u32,
    path: u64,
    year: u32,
    position: u64,
}

impl DrawStream {
    /// The words at this address, from the first.
    pub fn new(seed: u64, stream: u32, path: u64, year: u32) -> Self {
        Self { seed, stream, path, year: year & 0xFFFF, position: 0 }
    }

    fn next_word(&mut self) -> u64 {
        let year = self.year | ((self.position as u32) << 16);
        let epoch = (self.position >> 16) as u32;
        let stream = self.stream.wrapping_add(epoch.wrapping_mul(0x9E37_79B9));
        self.position = self.position.wrapping_add(1);
        word(self.seed, stream, self.path, year)
    }
}

impl TryRng for DrawStream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        // The half whose bits also head the uniform.
        Ok((self.next_word() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next_word())
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        for chunk in dst.chunks_mut(8) {
            let bytes = self.next_word().to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rand::rand_core::Rng;
    use rand_distr::{Distribution, Gamma, Normal};

    use super::*;
    use crate::num::draw::{stream, to_unit, uniform};

    #[test]
    fn a_sampler_of_rand_distr_replays_at_an_address() {
        let gamma = Gamma::new(2.5, 1.0).unwrap();
        let draw = |path| gamma.sample(&mut DrawStream::new(7, stream("g"), path, 2030));
        assert_eq!(draw(12), draw(12));
        assert_ne!(draw(12), draw(13));
    }

    #[test]
    fn ten_thousand_normals_over_addresses_have_the_right_mean() {
        let normal = Normal::new(3.0, 2.0).unwrap();
        let sum: f64 = (0..10_000).map(|p| normal.sample(&mut DrawStream::new(1, 2, p, 0))).sum();
        // Six standard errors: fails by chance once in 5e8 seeds.
        assert!((sum / 1e4 - 3.0).abs() < 6.0 * 0.02, "{sum}");
    }

    #[test]
    fn the_first_word_is_the_word_of_the_uniform() {
        assert_eq!(to_unit(DrawStream::new(5, 6, 700, 2021).next_u64()), uniform(5, 6, 700, 2021));
    }

    #[test]
    fn words_do_not_repeat_beyond_the_first_65536() {
        let mut draws = DrawStream::new(5, 6, 700, 2021);
        let first = draws.next_u64();
        assert!((0..70_000).all(|_| draws.next_u64() != first));
    }

    #[test]
    fn bytes_are_the_words_in_little_endian_order() {
        let mut bytes = [0; 11];
        DrawStream::new(1, 2, 3, 4).fill_bytes(&mut bytes);
        let mut words = DrawStream::new(1, 2, 3, 4);
        assert_eq!(bytes[..8], words.next_u64().to_le_bytes());
        assert_eq!(bytes[8..], words.next_u64().to_le_bytes()[..3]);
    }
}
