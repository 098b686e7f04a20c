//! Paths whose draws are made extreme, each with the weight that undoes it: they show what a few paths in a million do.
//!
//! Importance sampling by a defensive mixture (T. Hesterberg, "Weighted average importance sampling and defensive mixture
//! distributions", Technometrics 37 (1995) 185–194). On each path each input is left alone with the probability `1 − ε`, or the scores of its
//! draws are shifted by 2 to 5 standard deviations up or down: that of one year, or those of all years together.
//! A weight is the density of the scores over that of the mixture; the mixture is a product over inputs, and no weight exceeds
//! the reciprocal of the probability that every input is left alone.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::block::{BlockColumns, Machine};
use crate::model::Program;
use crate::num::draw::{self, Column};
use crate::num::{BLOCK, exp, normal};

/// How many paths there are; fewer where a path has very many draws.
const PATHS: u64 = 32_768;

/// So many draws are made at most, but for the fewest paths.
const MOST_DRAWS: u64 = 1 << 25;

/// The fewest paths.
const FEWEST_PATHS: u64 = 4096;

/// How many inputs of a path are made extreme on average.
const EXTREME_INPUTS: f64 = 1.5;

/// By how many standard deviations scores are shifted.
const SHIFTS: [f64; 4] = [2.0, 3.0, 4.0, 5.0];

/// Draws that decide what is shifted are those of paths that no run has.
const KEYS: u64 = 1 << 61;

/// The block of the first of these paths; no run has so many.
pub(super) const FIRST_BLOCK: u64 = KEYS / BLOCK as u64 / 2;

/// The values of the series on paths with extreme draws.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtremePaths {
    /// The weight of each path; they are 1 on average.
    pub weights: Vec<f64>,
    /// By series: its value on each path.
    pub series: Vec<Vec<f64>>,
}

/// Runs a program on paths with extreme draws.
pub fn extreme_paths(program: &Program, seed: u64) -> ExtremePaths {
    let inputs = inputs_of(program.draws());
    let blocks: Vec<(Column, BlockColumns)> = (0..blocks_of(&inputs))
        .into_par_iter()
        .map_init(
            || Machine::new(program),
            |machine, block| {
                let shifted = ShiftedBlock::new(&inputs, seed, block);
                let mut held = BlockColumns::new(program);
                machine.run_on(|stream, year, out| shifted.column(stream, year, out), &mut held);
                (shifted.weights(), held)
            },
        )
        .collect();
    ExtremePaths {
        weights: blocks.iter().flat_map(|(weights, _)| *weights).collect(),
        series: (0..program.series as usize)
            .map(|series| blocks.iter().flat_map(|(_, held)| held.series[series]).collect())
            .collect(),
    }
}

/// How many blocks there are of paths with these inputs.
pub(super) fn blocks_of(inputs: &BTreeMap<u32, Vec<u32>>) -> u64 {
    let draws: usize = inputs.values().map(Vec::len).sum();
    PATHS.min(MOST_DRAWS / draws.max(1) as u64).max(FEWEST_PATHS) / BLOCK as u64
}

/// By input, as its stream: the years in which it is drawn.
pub(super) fn inputs_of(draws: impl Iterator<Item = (u32, u32)>) -> BTreeMap<u32, Vec<u32>> {
    let mut inputs: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (stream, year) in draws {
        let years = inputs.entry(stream).or_default();
        if !years.contains(&year) {
            years.push(year);
        }
    }
    inputs
}

/// The uniforms of a block after shifting.
pub(super) struct ShiftedBlock {
    /// By stream and year.
    pub(super) uniforms: BTreeMap<(u32, u32), Column>,
    /// The density of the mixture over that of the scores.
    ratios: Column,
}

impl ShiftedBlock {
    /// Those of a block of paths with these inputs.
    pub(super) fn new(inputs: &BTreeMap<u32, Vec<u32>>, seed: u64, block: u64) -> Self {
        let share = crate::num::min(0.4, EXTREME_INPUTS / inputs.len().max(1) as f64);
        let mut made = Self { uniforms: BTreeMap::new(), ratios: [1.0; BLOCK] };
        for (&stream, years) in inputs {
            made.add_input(seed, stream, years, block, share);
        }
        made
    }

    /// Shifts the draws of an input on a share of the paths.
    fn add_input(&mut self, seed: u64, stream: u32, years: &[u32], block: u64, share: f64) {
        let (mut keys, mut places) = ([0.0; BLOCK], [0.0; BLOCK]);
        let key_block = KEYS / BLOCK as u64 + 2 * block;
        draw::uniform_column(seed, stream, key_block, 0, &mut keys);
        draw::uniform_column(seed, stream, key_block + 1, 0, &mut places);
        let shifts: Vec<Option<Shift>> =
            keys.iter().zip(places).map(|(key, place)| Shift::of(*key, place, share, years.len())).collect();
        let count = years.len() as f64;
        let (mut sums, mut singles) = ([0.0; BLOCK], [0.0; BLOCK]);
        for (number, &year) in years.iter().enumerate() {
            let mut uniforms = [0.0; BLOCK];
            draw::uniform_column(seed, stream, FIRST_BLOCK + block, year, &mut uniforms);
            for (lane, u) in uniforms.iter_mut().enumerate() {
                let mut score = normal::quantile(*u);
                if let Some(by) = shifts[lane].as_ref().and_then(|shift| shift.of_draw(number, count)) {
                    score += by;
                    // Of a uniform near 1 as much is known as of any number near 1.
                    *u = normal::cdf(score).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
                }
                sums[lane] += score;
                singles[lane] += density_ratio(score) / count;
            }
            self.uniforms.insert((stream, year), uniforms);
        }
        for (lane, ratio) in self.ratios.iter_mut().enumerate() {
            let together = density_ratio(sums[lane] / count.sqrt());
            *ratio *= 1.0 - share + share * (0.5 * together + 0.5 * singles[lane]);
        }
    }

    /// The weight of each path.
    pub(super) fn weights(&self) -> Column {
        self.ratios.map(|ratio| 1.0 / ratio)
    }

    fn column(&self, stream: u32, year: u32, out: &mut Column) {
        if let Some(uniforms) = self.uniforms.get(&(stream, year)) {
            *out = *uniforms;
        }
    }
}

/// How the draws of an input are shifted on a path.
struct Shift {
    by: f64,
    /// The place of the year whose draw it is; `None` for all years.
    year: Option<usize>,
}

impl Shift {
    /// The shift that two uniforms say, if any.
    fn of(key: f64, place: f64, share: f64, years: usize) -> Option<Self> {
        if key >= share {
            return None;
        }
        let choice = (key / share * (2 * SHIFTS.len()) as f64) as usize;
        let by =
            SHIFTS[(choice / 2).min(SHIFTS.len() - 1)] * if choice.is_multiple_of(2) { 1.0 } else { -1.0 };
        let year = (place < 0.5).then(|| ((2.0 * place * years as f64) as usize).min(years - 1));
        Some(Self { by, year })
    }

    /// By how much it moves the score of one of `count` draws.
    fn of_draw(&self, number: usize, count: f64) -> Option<f64> {
        match self.year {
            Some(year) => (year == number).then_some(self.by),
            None => Some(self.by / count.sqrt()),
        }
    }
}

/// The density of a shifted score, over all shifts up and down, over that of the standard normal distribution.
fn density_ratio(score: f64) -> f64 {
    // A score beyond is no number of standard deviations that a draw has.
    let score = score.clamp(-20.0, 20.0);
    let one = |shift: f64| {
        let half = 0.5 * shift * shift;
        0.5 * (exp(shift * score - half) + exp(-shift * score - half))
    };
    SHIFTS.iter().map(|shift| one(*shift)).sum::<f64>() / SHIFTS.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Instruction, Op, Operand};

    /// Two inputs, one of three years, as scores; series 0 is the first, series 1 the second's last year.
    fn program() -> Program {
        let draw = |out, stream, year| Instruction::Compute { out, op: Op::Score { stream, year } };
        let record = |series, slot| Instruction::Record { series, value: Operand::Slot(slot) };
        let instructions =
            vec![draw(0, 7, 0), draw(1, 9, 1), draw(2, 9, 2), draw(3, 9, 3), record(0, 0), record(1, 3)];
        Program { instructions, slots: 4, series: 2, ..Program::default() }
    }

    /// The mean weight is 1, and weighted scores have the moments and tails of the standard normal distribution:
    /// P(z > 3.3) = 4.834e-4, E max(z − 3.3, 0) = 1.2727e-4. Each estimate has a standard error of its own, and lies within
    /// five of it but for one case in a million.
    #[test]
    fn weighted_paths_have_the_mean_and_the_tails_of_the_draws() {
        let paths = extreme_paths(&program(), 3);
        let n = paths.weights.len() as f64;
        let close = |of: &dyn Fn(usize) -> f64, truth: f64| {
            let terms: Vec<f64> =
                (0..paths.weights.len()).map(|path| paths.weights[path] * of(path)).collect();
            let mean = terms.iter().sum::<f64>() / n;
            let error = (terms.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n * n)).sqrt();
            assert!((mean - truth).abs() < 5.0 * error, "{mean} ± {error}, not {truth}");
            error
        };
        close(&|_| 1.0, 1.0);
        for series in [0, 1] {
            let z = |path: usize| paths.series[series][path];
            close(&|path| z(path), 0.0);
            close(&|path| z(path) * z(path), 1.0);
            let error = close(&|path| f64::from(u8::from(z(path) > 3.3)), 4.834e-4);
            assert!(error < 0.2 * 4.834e-4, "{error}: random paths, as many, have 1.2e-4");
            close(&|path| crate::num::max(-z(path) - 3.3, 0.0), 1.2727e-4);
        }
        let most = paths.weights.iter().copied().fold(0.0, crate::num::max);
        assert!(most <= 1.0 / (0.6 * 0.6) + 1e-12, "{most}");
    }
}
