//! Along which directions the shocks of an observed year are moved: those in which the observed values respond.
//!
//! The slope of an observed value in a score is the mean of its derivative over the first paths, which for a normal score is
//! the slope of its regression on the score (C. Stein, Annals of Statistics 9 (1981) 1135–1151) without the noise of one.

use super::stages::{Stage, Stages};
use super::{Conditioning, Observed, RecordRefusal};
use crate::engine::block::{BlockDraws, Machine};
use crate::num::draw::{Column, uniform_column};
use crate::num::normal;
use crate::num::{BLOCK, ln, max, min};

/// By how much a score is moved to see what responds.
const STEP: f64 = 1.0 / 16.0;

/// A value that moves less than this part of what it moves at all does not respond.
const TINY: f64 = 1e-9;

/// Log likelihoods of paths that differ by less say nothing of the paths.
const NOTHING: f64 = 1e-9;

/// The directions of a stage.
#[derive(Clone, Debug, Default)]
pub(super) struct Direction {
    /// An orthonormal basis of the slopes: by moved draw, so many numbers as are solved for.
    pub(super) basis: Vec<f64>,
    /// The slopes along the basis: a row for each observation.
    pub(super) slopes: Vec<f64>,
    /// The size of their determinant.
    pub(super) determinant: f64,
}

/// Log likelihood of a value.
pub(super) fn log_likelihood(observed: &Observed, value: f64) -> f64 {
    let distance = (observed.value - value) / observed.sd;
    -0.5 * distance * distance - ln(observed.sd) - 0.5 * ln(std::f64::consts::TAU)
}

/// Runs a stage on the first block as it is without any observation: what comes before, its draws, and the rest.
fn run_prior(stages: &Stages, stage: &Stage, machine: &mut Machine, seed: u64) -> Vec<Column> {
    machine.steps(BlockDraws::of(seed, 0), &stage.before);
    let mut scores = Vec::new();
    for moved in stage.moved.iter().map(|moved| &stages.moved[*moved]) {
        let (mut uniforms, mut z) = ([0.0; BLOCK], [0.0; BLOCK]);
        uniform_column(seed, moved.stream, 0, moved.year, &mut uniforms);
        normal::score_column(&uniforms, &mut z);
        *machine.slot_mut(moved.slot) = if moved.is_score { z } else { uniforms };
        scores.push(z);
    }
    machine.steps(BlockDraws::of(seed, 0), &stage.within);
    scores
}

/// Looks at the observed values on the first paths: which are always above zero, so that logarithms are solved for, and
/// which observations say nothing. Gives the log likelihood of these.
pub(super) fn look(
    stages: &Stages,
    observed: &[Observed],
    seed: u64,
    logs: &mut [bool],
    empty: &mut Vec<usize>,
) -> f64 {
    let mut machine = Machine::new(&stages.program);
    let mut sum = 0.0;
    for stage in &stages.years {
        run_prior(stages, stage, &mut machine, seed);
        for (place, slot) in stage.observed.iter().zip(&stage.values) {
            let (values, one) = (machine.slot(*slot), &observed[*place]);
            logs[*place] = one.value > 0.0 && values.iter().all(|x| *x > 0.0);
            let likelihoods = values.map(|x| log_likelihood(one, x));
            let (low, high) = likelihoods
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (min(low, *x), max(high, *x)));
            if high - low < NOTHING {
                empty.push(*place);
                sum += likelihoods[0];
            }
        }
    }
    sum
}

/// The directions of all stages.
pub(super) fn find(set: &Conditioning, seed: u64) -> Result<Vec<Direction>, RecordRefusal> {
    let mut machine = Machine::new(&set.stages.program);
    let each = |stage: &Stage| {
        let slopes = slopes(set, stage, &mut machine, seed);
        direction(&slopes, stage, set)
    };
    set.stages.years.iter().map(each).collect()
}

/// By observation that is solved for, and moved draw: the mean of the derivative.
fn slopes(set: &Conditioning, stage: &Stage, machine: &mut Machine, seed: u64) -> Vec<f64> {
    let scores = run_prior(&set.stages, stage, machine, seed);
    let read = |machine: &Machine, row: usize| {
        let log = set.logs[stage.observed[row]];
        machine.slot(stage.values[row]).map(|x| if log { ln(x) } else { x })
    };
    let before: Vec<Column> = (0..stage.solved).map(|row| read(machine, row)).collect();
    let mut slopes = vec![0.0; stage.solved * stage.moved.len()];
    for (place, moved) in stage.moved.iter().map(|moved| &set.stages.moved[*moved]).enumerate() {
        let own = *machine.slot(moved.slot);
        let ahead = scores[place].map(|z| if moved.is_score { z + STEP } else { normal::cdf(z + STEP) });
        *machine.slot_mut(moved.slot) = ahead;
        machine.steps(BlockDraws::of(seed, 0), &stage.within);
        for row in 0..stage.solved {
            let moves = read(machine, row)
                .iter()
                .zip(&before[row])
                .map(|(after, before)| after - before)
                .collect::<Vec<_>>();
            let finite = moves.iter().filter(|x| x.is_finite());
            let count = finite.clone().count().max(1);
            slopes[row * stage.moved.len() + place] = finite.sum::<f64>() / count as f64 / STEP;
        }
        *machine.slot_mut(moved.slot) = own;
    }
    machine.steps(BlockDraws::of(seed, 0), &stage.within);
    slopes
}

/// The basis of the rows of the slopes, by Gram and Schmidt.
fn direction(slopes: &[f64], stage: &Stage, set: &Conditioning) -> Result<Direction, RecordRefusal> {
    let (m, d) = (stage.solved, stage.moved.len());
    let mut rows: Vec<Vec<f64>> = Vec::new();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    for (number, slope) in slopes.chunks_exact(d.max(1)).take(m).enumerate() {
        let mut row = slope.to_vec();
        let size = dot(&row, &row).sqrt();
        // Twice, as once leaves rounding errors of what is nearly parallel.
        for _ in 0..2 {
            for other in &rows {
                let share = dot(&row, other);
                row.iter_mut().zip(other).for_each(|(x, other)| *x -= share * other);
            }
        }
        let left = dot(&row, &row).sqrt();
        if left.is_nan() || left <= TINY * size {
            let variable = set.observed[stage.observed[number]].variable.clone();
            return Err(RecordRefusal::Dependent { year: stage.year, variable });
        }
        row.iter_mut().for_each(|x| *x /= left);
        rows.push(row);
    }
    let mut basis = vec![0.0; d * m];
    for (column, row) in rows.iter().enumerate() {
        row.iter().enumerate().for_each(|(draw, x)| basis[draw * m + column] = *x);
    }
    let mut along = vec![0.0; m * m];
    for (row, slope) in slopes.chunks_exact(d.max(1)).take(m).enumerate() {
        for (column, direction) in rows.iter().enumerate() {
            along[row * m + column] = dot(slope, direction);
        }
    }
    let determinant = super::matrix::solve(&mut along.clone(), &mut vec![0.0; m]).abs();
    Ok(Direction { basis, slopes: along, determinant })
}
