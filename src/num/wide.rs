//! Wide registers where the machine has them: the loops over columns, compiled for several instruction sets.
//!
//! A loop is a [`Kernel`]. It is compiled once for every [`Width`] from the same source, and [`launch`] runs the
//! widest one that the machine can. None of them fuses a multiplication with an addition (Rust never does so by
//! itself), and a kernel takes no sum in an order that depends on the width of a register, so all give the same
//! bits.
//!
//! This is the one module with `unsafe` code. The language asks for it where a function that was compiled for an
//! instruction set, or stands for one of its instructions, is called by one that was not: whoever calls must know that
//! the machine has it. [`launch`], [`launch_columns`] and [`launch_several`] do: a width is in use only after [`Width::is_here`] has asked the processor.
//! [`count_bytes`] looks once at the range of its keys and not at each key again.

#![allow(unsafe_code)]

use std::sync::atomic::{AtomicU8, Ordering};

mod counting;
mod several;
mod vector;
mod word;

pub use counting::count_bytes;
use several::Several;
pub use vector::{
    ColumnLoop, ENTRIES, LaneFunction, ROUNDER, SortKey, Vector, launch_columns, launch_several, map,
};
pub use word::WideWords;

/// A loop that may be compiled for wide registers.
///
/// `run` and all that it calls in its inner loop must be `#[inline(always)]`, and must not go through closures:
/// what is not inlined is compiled for the least instruction set.
pub trait Kernel {
    /// What comes of it.
    type Output;
    /// The loop.
    fn run(self) -> Self::Output;
}

/// How wide the registers are that kernels use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// What every machine of this kind has: SSE2 on x86-64.
    Least,
    /// AVX2: 256 bits.
    Avx2,
    /// AVX-512 (F, CD, BW, DQ, VL): 512 bits.
    Avx512,
}

/// The width in use, as its place in [`Width::ALL`]; a larger number: not asked yet.
static IN_USE: AtomicU8 = AtomicU8::new(u8::MAX);

impl Width {
    /// All widths, the least first.
    pub const ALL: [Self; 3] = [Self::Least, Self::Avx2, Self::Avx512];

    /// Whether this machine has it.
    pub fn is_here(self) -> bool {
        match self {
            Self::Least => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => {
                is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("bmi1")
                    && is_x86_feature_detected!("bmi2")
                    && is_x86_feature_detected!("lzcnt")
                    && is_x86_feature_detected!("popcnt")
            }
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                Self::Avx2.is_here()
                    && is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512cd")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
            }
            #[cfg(not(target_arch = "x86_64"))]
            _ => false,
        }
    }

    /// The width that kernels use: the widest that is here, unless `PLANCAST_WIDTH` (`least`, `avx2` or `avx512`)
    /// or [`Width::force`] says otherwise. Results do not depend on it.
    #[inline]
    pub fn in_use() -> Self {
        match IN_USE.load(Ordering::Relaxed) {
            0 => Self::Least,
            1 => Self::Avx2,
            2 => Self::Avx512,
            _ => Self::choose(),
        }
    }

    /// Makes kernels use this width from now on, in all threads; for tests and measurements. False, and nothing
    /// changed, where the machine does not have it.
    pub fn force(self) -> bool {
        let here = self.is_here();
        if here {
            IN_USE.store(self as u8, Ordering::Relaxed);
        }
        here
    }

    #[cold]
    fn choose() -> Self {
        let most = match std::env::var(VARIABLE).as_deref() {
            Ok("least") => Self::Least,
            Ok("avx2") => Self::Avx2,
            _ => Self::Avx512,
        };
        let widest = Self::ALL.into_iter().rev().find(|width| *width <= most && width.is_here());
        let widest = widest.unwrap_or(Self::Least);
        IN_USE.store(widest as u8, Ordering::Relaxed);
        widest
    }
}

/// The variable of the environment that limits the width.
pub const VARIABLE: &str = "PLANCAST_WIDTH";

/// Whether the environment says something of the width that is understood.
///
/// # Errors
/// What stands there, where it is none of `least`, `avx2` and `avx512`.
pub fn check_environment() -> Result<(), String> {
    let Some(asked) = std::env::var_os(VARIABLE) else { return Ok(()) };
    if let Some("" | "least" | "avx2" | "avx512") = asked.to_str() {
        return Ok(());
    }
    Err(asked.to_string_lossy().into_owned())
}

/// Runs a kernel in the width in use.
#[inline]
pub fn launch<K: Kernel>(kernel: K) -> K::Output {
    match Width::in_use() {
        // SAFETY: a width is in use only where `is_here` found all the features that the function is compiled for.
        #[cfg(target_arch = "x86_64")]
        Width::Avx512 => unsafe { avx512(kernel) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Width::Avx2 => unsafe { avx2(kernel) },
        _ => kernel.run(),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512cd,avx512bw,avx512dq,avx512vl,avx2,bmi1,bmi2,lzcnt,popcnt")]
fn avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}
