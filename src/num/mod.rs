//! Numbers that are the same bits on every machine: addressed uniform draws, elementary and special
//! functions without a libm, and distributions that are sampled by inversion.

#![allow(clippy::inline_always)] // loops over columns vectorise only when nothing in them is a call
#![allow(clippy::excessive_precision)] // published coefficients are copied as they were printed

pub mod distribution;
pub mod draw;
pub mod elementary;
pub mod internal_rate;
pub mod interval;
pub mod lookup;
pub mod lu;
mod norm;
pub mod normal;
pub mod pareto;
pub mod philox;
pub mod sobol;
pub mod special;
pub mod system;
pub mod weighted_sequence;
pub mod wide;

pub use distribution::{ArgumentError, Distribution, Sampler};
pub use draw::BLOCK;
pub use elementary::{exp, ln, log10, max, min, modulo, pow, tanh};
pub use internal_rate::internal_rate;
pub use interval::Interval;
pub use lookup::LookupTable;
pub use norm::{norm, power_of_two_below};
pub use weighted_sequence::WeightedSequence;

/// How many cases a property is tried on: so many, or twenty times as many where `PLANCAST_LONG` asks for full numbers.
#[cfg(test)]
pub(crate) fn cases(usual: u32) -> u32 {
    if std::env::var_os("PLANCAST_LONG").is_some() { 20 * usual } else { usual }
}
