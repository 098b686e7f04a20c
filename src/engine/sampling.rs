//! How the paths of a run are spread: points that fill the space of all draws more evenly than chance does.
//!
//! A run of such points is made of [`REPLICATES`] replicates, each randomised on its own; what they differ by says how
//! large the error is, whatever the scheme gains. Random draws depend on their address alone; under the other
//! schemes a draw depends on which draws the program has, and in which order, too.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::block::Machine;
use super::counter::{Counter, SharedCounts};
use super::run::{RunRequest, Watch};
use super::workers::over_blocks;
use super::{EngineError, scales};
use crate::ensemble::Ensemble;
use crate::model::Program;
use crate::num::BLOCK;
use crate::num::draw::{self, Column};
use crate::num::sobol::{MOST_DIMENSIONS, Scrambled, directions};

/// How many replicates a run has.
pub const REPLICATES: u64 = 16;

/// Keys of permutations and scramblings are draws of paths that no run has.
const KEYS: u64 = 1 << 60;

/// The points of a replicate have numbers of 32 bits, but for antithetic ones.
const MOST_POINTS: u64 = 1 << 31;

/// How paths are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// In pairs: where a path draws u, its partner draws 1 − u (Hammersley and Morton 1956).
    Antithetic,
    /// Each draw takes each of n equal intervals once in n paths (`McKay`, Beckman and Conover 1979).
    LatinHypercube,
    /// Scrambled Sobol' points: see [`crate::num::sobol`].
    Sobol,
}

impl Scheme {
    /// The number of paths of each replicate of a run of at least so many: whole blocks, of Sobol' points a power
    /// of two.
    pub fn replicate(self, paths: u64) -> u64 {
        let blocks = paths.div_ceil(REPLICATES * BLOCK as u64).max(1);
        BLOCK as u64 * if self == Self::Sobol { blocks.next_power_of_two() } else { blocks }
    }
}

/// Where the draws of one replicate come from.
pub(super) struct ReplicatePoints {
    scheme: Scheme,
    seed: u64,
    /// The first block of the replicate, and how many paths it has.
    first_block: u64,
    paths: u64,
    replicate: u64,
    /// By draw: its dimension, scrambled.
    dimensions: BTreeMap<(u32, u32), Scrambled>,
}

impl ReplicatePoints {
    fn new(
        program: &Program,
        scheme: Scheme,
        seed: u64,
        replicate: u64,
        paths: u64,
    ) -> Result<Self, EngineError> {
        let mut draws: Vec<(u32, u32)> = program.draws().collect();
        // The first dimensions are the best ones: what is drawn once per path, and the first years.
        draws.sort_by_key(|(stream, year)| (*year, *stream));
        draws.dedup();
        let mut dimensions = BTreeMap::new();
        if scheme == Scheme::Sobol {
            if draws.len() > MOST_DIMENSIONS {
                return Err(EngineError::TooManyDimensions { dimensions: draws.len() });
            }
            for ((stream, year), directions) in draws.iter().zip(directions(draws.len())) {
                let mut call = 0;
                let bits = || {
                    call += 1;
                    key(seed, *stream, *year, replicate * 64 + call)
                };
                dimensions.insert((*stream, *year), Scrambled::new(&directions, bits));
            }
        }
        let first_block = replicate * paths / BLOCK as u64;
        Ok(Self { scheme, seed, first_block, paths, replicate, dimensions })
    }

    /// The uniforms of a block.
    pub(super) fn column(&self, stream: u32, block: u64, year: u32, out: &mut Column) {
        let first = (block - self.first_block) * BLOCK as u64;
        match self.scheme {
            Scheme::Antithetic => {
                draw::uniform_column(self.seed, stream, block, year, out);
                let (one, other) = out.split_at_mut(BLOCK / 2);
                for (u, partner) in one.iter().zip(other) {
                    *partner = 1.0 - u;
                }
            }
            Scheme::LatinHypercube => {
                draw::uniform_column(self.seed, stream, block, year, out);
                let key = (key(self.seed, stream, year, self.replicate) >> 32) as u32;
                for (number, u) in (first as u32..).zip(out.iter_mut()) {
                    let interval = permuted(number, self.paths as u32, key);
                    let x = (f64::from(interval) + *u) / self.paths as f64;
                    *u = x.clamp(f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0);
                }
            }
            Scheme::Sobol => match self.dimensions.get(&(stream, year)) {
                Some(dimension) => dimension.column(first, out),
                // Every draw of the program has its dimension.
                None => draw::uniform_column(self.seed, stream, block, year, out),
            },
        }
    }
}

/// 64 random bits: two draws.
fn key(seed: u64, stream: u32, year: u32, number: u64) -> u64 {
    let bits = |half: u64| draw::uniform(seed, stream, KEYS + 2 * number + half, year) * 4294967296.0;
    ((bits(0) as u64) << 32) | bits(1) as u64
}

/// Element `i` of a pseudo-random permutation of `0..length` (A. Kensler, "Correlated multi-jittered sampling", Pixar
/// Technical Memo 13-01, 2013).
fn permuted(mut i: u32, length: u32, key: u32) -> u32 {
    let mask = length.next_power_of_two().wrapping_sub(1);
    loop {
        i ^= key;
        i = i.wrapping_mul(0xe170_893d);
        i ^= key >> 16;
        i ^= (i & mask) >> 4;
        i ^= key >> 8;
        i = i.wrapping_mul(0x0929_eb3f);
        i ^= key >> 23;
        i ^= (i & mask) >> 1;
        i = i.wrapping_mul(1 | (key >> 27));
        i = i.wrapping_mul(0x6935_fa69);
        i ^= (i & mask) >> 11;
        i = i.wrapping_mul(0x74dc_b303);
        i ^= (i & mask) >> 2;
        i = i.wrapping_mul(0x9e50_1cc3);
        i ^= (i & mask) >> 2;
        i = i.wrapping_mul(0xc860_a3df);
        i &= mask;
        i ^= i >> 5;
        if i < length {
            return ((u64::from(i) + u64::from(key)) % u64::from(length)) as u32;
        }
    }
}

/// Runs a program for the points of a scheme, at least as many as are asked for, replicate by replicate. `each` is shown
/// the ensemble of every replicate; the result is that of all together.
///
/// # Errors
/// As [`super::simulate`], or [`EngineError::TooManyDimensions`].
pub fn simulate_replicates(
    program: &Program,
    groups: &[Vec<u32>],
    scheme: Scheme,
    request: &RunRequest,
    watch: Watch,
    mut each: impl FnMut(&Ensemble),
) -> Result<Ensemble, EngineError> {
    let paths = scheme.replicate(request.paths);
    let whole = RunRequest { paths: paths * REPLICATES, ..*request };
    whole.check()?;
    if scheme != Scheme::Antithetic && paths > MOST_POINTS {
        let most = MOST_POINTS * REPLICATES;
        return Err(EngineError::TooManyPaths { paths: request.paths, most });
    }
    let scales = scales(program, request.seed);
    let mut all: Option<Ensemble> = None;
    for replicate in 0..REPLICATES {
        let points = ReplicatePoints::new(program, scheme, request.seed, replicate, paths)?;
        let counts = SharedCounts::new(program, &scales, groups, paths);
        let make = || (Machine::new(program), Counter::new(&counts));
        let work = |(machine, counter): &mut (Machine, Counter), blocks: std::ops::Range<u64>| {
            let count = (blocks.end - blocks.start) * BLOCK as u64;
            for block in blocks {
                counter.start_block(block, whole.paths);
                let uniforms = |stream, year, out: &mut Column| points.column(stream, block, year, out);
                machine.run_on(uniforms, counter);
                counter.finish_block();
            }
            count
        };
        let blocks = points.first_block..points.first_block + paths / BLOCK as u64;
        let workers = over_blocks(&whole, blocks, watch, make, work)?;
        workers.into_par_iter().for_each(|(_, counter)| counter.finish());
        let merged = counts.finish();
        each(&merged);
        match &mut all {
            Some(all) => all.merge(&merged),
            none => *none = Some(merged),
        }
    }
    let mut all = all.ok_or(EngineError::NoPaths)?;
    all.finish();
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Instruction, Op, Operand};

    #[test]
    fn a_permutation_takes_every_place_once() {
        for length in [1, 256, 768, 1000, 4096] {
            for key in [0, 1, 0xDEAD_BEEF] {
                let mut taken = vec![false; length as usize];
                (0..length).for_each(|i| taken[permuted(i, length, key) as usize] = true);
                assert!(taken.iter().all(|taken| *taken), "{length} {key}");
            }
        }
    }

    /// The sum of eight uniforms: its mean is 4.
    fn program() -> Program {
        let mut instructions = vec![Instruction::Compute { out: 0, op: Op::Uniform { stream: 1, year: 0 } }];
        for stream in 2..=8 {
            instructions.push(Instruction::Compute { out: 1, op: Op::Uniform { stream, year: 2021 } });
            let sum = Op::Binary(crate::model::Binary::Add, Operand::Slot(0), Operand::Slot(1));
            instructions.push(Instruction::Compute { out: 0, op: sum });
        }
        instructions.push(Instruction::Record { series: 0, value: Operand::Slot(0) });
        Program { instructions, slots: 2, series: 1, ..Program::default() }
    }

    fn means(scheme: Scheme) -> Vec<f64> {
        let request = RunRequest { seed: 5, paths: 16 * 1024, threads: Some(2) };
        let mut means = Vec::new();
        let whole = simulate_replicates(&program(), &[], scheme, &request, Watch::default(), |ensemble| {
            means.push(ensemble.series[0].mean().unwrap());
        });
        assert_eq!(whole.unwrap().paths, 16 * 1024);
        means
    }

    /// A sum is linear: antithetic pairs are exact, and the others are far within the random error of 0.0255.
    #[test]
    fn every_scheme_estimates_the_mean_and_more_closely_than_chance() {
        for (scheme, within) in
            [(Scheme::Antithetic, 1e-12), (Scheme::LatinHypercube, 2e-3), (Scheme::Sobol, 2e-3)]
        {
            let means = means(scheme);
            assert_eq!(means.len(), 16);
            assert!(means.iter().all(|mean| (mean - 4.0).abs() < within), "{scheme:?}: {means:?}");
        }
    }

    #[test]
    fn replicates_are_whole_blocks_and_of_sobol_points_powers_of_two() {
        assert_eq!(Scheme::Antithetic.replicate(100_000), 6400);
        assert_eq!(Scheme::Sobol.replicate(100_000), 8192);
        assert_eq!(Scheme::Sobol.replicate(1), 256);
        // As many as are asked for where they are whole blocks, and a block more from one path on.
        for (paths, whole, power) in [(4096, 256, 256), (4097, 512, 512), (8192, 512, 512), (8193, 768, 1024)]
        {
            assert_eq!(Scheme::LatinHypercube.replicate(paths), whole, "{paths}");
            assert_eq!(Scheme::Sobol.replicate(paths), power, "{paths}");
        }
    }

    /// The uniforms of a stream in one replicate of two blocks.
    fn uniforms(scheme: Scheme, replicate: u64, stream: u32) -> Vec<f64> {
        let points = ReplicatePoints::new(&program(), scheme, 5, replicate, 512).unwrap();
        let year = if stream == 1 { 0 } else { 2021 };
        let mut all = Vec::new();
        for block in [2 * replicate, 2 * replicate + 1] {
            let mut column = [0.0; BLOCK];
            points.column(stream, block, year, &mut column);
            all.extend(column);
        }
        all
    }

    #[test]
    fn every_interval_is_taken_once_in_every_replicate() {
        for scheme in [Scheme::LatinHypercube, Scheme::Sobol] {
            for (replicate, stream) in [(0, 1), (0, 2), (15, 1), (15, 8)] {
                let mut taken = vec![0; 512];
                uniforms(scheme, replicate, stream).iter().for_each(|u| taken[(u * 512.0) as usize] += 1);
                assert!(taken.iter().all(|count| *count == 1), "{scheme:?} {replicate} {stream}: {taken:?}");
            }
        }
        let drawn = uniforms(Scheme::Antithetic, 3, 2);
        let (first, second) = (&drawn[..256], &drawn[256..]);
        for block in [first, second] {
            assert!((0..128).all(|k| block[k] + block[k + 128] == 1.0));
        }
        assert_ne!(first, second);
    }

    /// The correlation of two columns of 512 is within 4.5 / √512 of 0 but for one case in 150 000. Scrambled points of one
    /// dimension differ by which halves change places, so that columns of two replicates are correlated one way or the
    /// other, and estimates are not: of these only that they differ is asked.
    #[test]
    fn replicates_and_draws_are_randomised_apart() {
        for scheme in [Scheme::Antithetic, Scheme::LatinHypercube, Scheme::Sobol] {
            let base = uniforms(scheme, 0, 1);
            for other in [uniforms(scheme, 1, 1), uniforms(scheme, 15, 1), uniforms(scheme, 0, 2)] {
                let product = |(a, b): (&f64, &f64)| 12.0 * (a - 0.5) * (b - 0.5);
                let correlation = base.iter().zip(&other).map(product).sum::<f64>() / 512.0;
                // Of antithetic pairs only half are free.
                let most = if scheme == Scheme::Antithetic { 4.5 * 2f64.sqrt() } else { 4.5 };
                let apart = correlation.abs() < most / 512f64.sqrt();
                assert!(apart || (scheme == Scheme::Sobol && base != other), "{scheme:?}: {correlation}");
            }
        }
    }

    #[test]
    fn more_points_than_have_numbers_are_refused() {
        let of = |scheme, paths| {
            let request = RunRequest { seed: 1, paths, threads: Some(1) };
            let stop = std::sync::atomic::AtomicBool::new(true);
            let watch = Watch { stop: Some(&stop), ..Watch::default() };
            simulate_replicates(&program(), &[], scheme, &request, watch, |_| {}).unwrap_err()
        };
        let most = MOST_POINTS * REPLICATES;
        for scheme in [Scheme::LatinHypercube, Scheme::Sobol] {
            assert_eq!(of(scheme, most + 1), EngineError::TooManyPaths { paths: most + 1, most });
            assert!(matches!(of(scheme, most), EngineError::Interrupted { .. }));
        }
        assert!(matches!(of(Scheme::Antithetic, most + 1), EngineError::Interrupted { .. }));
    }

    #[test]
    fn as_many_draws_as_there_are_dimensions_are_taken_and_no_more() {
        let of = |draws: u32| {
            let draw = |stream| Instruction::Compute { out: 0, op: Op::Uniform { stream, year: 0 } };
            let program =
                Program { instructions: (0..draws).map(draw).collect(), slots: 1, ..Program::default() };
            ReplicatePoints::new(&program, Scheme::Sobol, 1, 0, 256).err()
        };
        assert!(of(MOST_DIMENSIONS as u32).is_none());
        let most = MOST_DIMENSIONS + 1;
        assert!(
            matches!(of(most as u32), Some(EngineError::TooManyDimensions { dimensions }) if dimensions == most)
        );
    }
}
