//! A run among those paths on which a condition holds.

use std::ops::Range;

use ndarray::Array2;

use super::block::{BlockColumns, Machine};
use super::paired::{PairedCounts, PairedProgram, PairedRun, Scales, identical};
use super::workers::over_blocks;
use super::{EngineError, RunRequest, Watch, scales};
use crate::ensemble::{Differences, Discordant, Ensemble, PairedSeries, SeriesScale, Truths};
use crate::model::Program;
use crate::num::BLOCK;

/// Runs a program for all paths of a request and counts those on which series `condition` is neither 0 nor
/// NaN. The paths keep their numbers; the ensemble's `paths` says how many they are, perhaps none.
///
/// # Errors
/// As [`simulate`](super::simulate).
///
/// # Panics
/// As [`simulate`](super::simulate), and when there is no such series.
pub fn simulate_given(
    program: &Program,
    groups: &[Vec<u32>],
    request: &RunRequest,
    condition: u32,
    watch: Watch,
) -> Result<Ensemble, EngineError> {
    assert!(condition < program.series, "there is no series {condition}");
    request.check()?;
    let scales = scales(program, request.seed);
    let make = || {
        (Machine::new(program), BlockColumns::new(program), Ensemble::new(&scales, program.targets, groups))
    };
    let work = |(machine, held, ensemble): &mut (Machine, BlockColumns, Ensemble), blocks: Range<u64>| {
        let mut finished = 0;
        machine.announce(blocks.clone());
        for block in blocks {
            let first_path = block * BLOCK as u64;
            let paths = (request.paths - first_path).min(BLOCK as u64) as usize;
            machine.run(request.seed, block, held);
            let holds = held.where_it_holds(condition);
            for run in runs(&holds[..paths]) {
                held.count(first_path, run, ensemble);
            }
            finished += paths as u64;
        }
        finished
    };
    let workers = over_blocks(request, 0..request.blocks(), watch, make, work)?;
    let ensembles = workers.into_iter().map(|(_, _, ensemble)| ensemble);
    let merged = ensembles.reduce(|mut sum, ensemble| {
        sum.merge(&ensemble);
        sum
    });
    let mut merged = merged.ok_or(EngineError::NoPaths)?;
    merged.finish();
    Ok(merged)
}

/// The values of the series on the paths on which series `condition` is neither 0 nor NaN, path by series: the first `most` of
/// them, as far as they are among the first `among` paths. The memory grows with what is found.
///
/// # Panics
/// When there is no such series.
pub fn paths_given(program: &Program, seed: u64, among: u64, most: u64, condition: u32) -> Array2<f64> {
    let (mut machine, mut held) = (Machine::new(program), BlockColumns::new(program));
    let (mut values, mut found) = (Vec::new(), 0);
    let blocks = 0..among.div_ceil(BLOCK as u64);
    machine.announce(blocks.clone());
    for block in blocks {
        if found == most {
            break;
        }
        machine.run(seed, block, &mut held);
        let paths = (among - block * BLOCK as u64).min(BLOCK as u64) as usize;
        let holds = held.where_it_holds(condition);
        for lane in (0..paths).filter(|lane| holds[*lane]).take((most - found) as usize) {
            values.extend(held.series.iter().map(|column| column[lane]));
            found += 1;
        }
    }
    let series = program.series as usize;
    Array2::from_shape_fn((found as usize, series), |(row, column)| values[row * series + column])
}

/// Runs programs on the same draws, as [`simulate_together`](super::simulate_together), and counts the paths on which
/// the condition holds in every one of them: `conditions` has the number of its series in each program. So all counts
/// are about the same paths, and what is given is true of each program on each of them.
///
/// # Errors
/// As [`simulate_together`](super::simulate_together).
///
/// # Panics
/// As [`simulate_together`](super::simulate_together), and when there is not one condition for each program.
pub fn simulate_together_given(
    sides: &[PairedProgram],
    pairs: &[PairedCounts],
    conditions: &[u32],
    request: &RunRequest,
    watch: Watch,
) -> Result<PairedRun, EngineError> {
    assert_eq!(sides.len(), pairs.len() + 1, "each alternative has its pairs");
    assert_eq!(sides.len(), conditions.len(), "each program has its condition");
    request.check()?;
    let scales = Scales::of(sides, pairs, request.seed);
    let make = || {
        let machines = sides.iter().map(|side| (Machine::new(side.program), BlockColumns::new(side.program)));
        (machines.collect::<Vec<_>>(), nothing_together(sides, pairs, &scales))
    };
    let work = |(machines, together): &mut (Vec<(Machine, BlockColumns)>, PairedRun), blocks: Range<u64>| {
        let mut finished = 0;
        machines.iter_mut().for_each(|(machine, _)| machine.announce(blocks.clone()));
        for block in blocks {
            let first_path = block * BLOCK as u64;
            let paths = (request.paths - first_path).min(BLOCK as u64) as usize;
            let mut holds = [true; BLOCK];
            for ((machine, held), condition) in machines.iter_mut().zip(conditions) {
                machine.run(request.seed, block, held);
                let here = held.where_it_holds(*condition);
                holds.iter_mut().zip(here).for_each(|(all, here)| *all &= here);
            }
            for run in runs(&holds[..paths]) {
                count_together(machines, pairs, first_path, run, together);
            }
            finished += paths as u64;
        }
        finished
    };
    let workers = over_blocks(request, 0..request.blocks(), watch, make, work)?;
    let merged = workers.into_iter().map(|(_, together)| together).reduce(|mut sum, part| {
        sum.merge(&part);
        sum
    });
    let mut merged = merged.ok_or(EngineError::NoPaths)?;
    merged.finish();
    Ok(merged)
}

fn nothing_together(sides: &[PairedProgram], pairs: &[PairedCounts], scales: &Scales) -> PairedRun {
    let ensemble = |(side, scales): (&PairedProgram, &Vec<SeriesScale>)| {
        Ensemble::new(scales, side.program.targets, &side.groups)
    };
    let differences =
        |(pairs, scales): (&PairedCounts, &Vec<(SeriesScale, Option<SeriesScale>)>)| Differences {
            paths: 0,
            series: scales
                .iter()
                .map(|(absolute, relative)| PairedSeries::new(absolute.clone(), relative.clone()))
                .collect(),
            targets: vec![Discordant::default(); pairs.targets.len()],
        };
    PairedRun {
        ensembles: sides.iter().zip(&scales.sides).map(ensemble).collect(),
        differences: pairs.iter().zip(&scales.pairs).map(differences).collect(),
        identical: identical(sides),
    }
}

/// Counts a run of consecutive lanes in all programs, and their differences from the first.
fn count_together(
    machines: &[(Machine, BlockColumns)],
    pairs: &[PairedCounts],
    first_path: u64,
    run: Range<usize>,
    together: &mut PairedRun,
) {
    for ((_, held), ensemble) in machines.iter().zip(&mut together.ensembles) {
        held.count(first_path, run.clone(), ensemble);
    }
    let Some(((_, reference), alternatives)) = machines.split_first() else { return };
    let first = first_path + run.start as u64;
    for (((_, held), pairs), differences) in alternatives.iter().zip(pairs).zip(&mut together.differences) {
        differences.paths += run.len() as u64;
        for (pair, counted) in pairs.series.iter().zip(&mut differences.series) {
            let (a, b) =
                (&reference.series[pair.reference as usize], &held.series[pair.alternative as usize]);
            counted.add_columns(first, &a[run.clone()], &b[run.clone()]);
        }
        for ((a, b), counted) in pairs.targets.iter().zip(&mut differences.targets) {
            let (a, b) = (&reference.targets[*a as usize], &held.targets[*b as usize]);
            counted.add_columns(&a[run.clone()], &b[run.clone()]);
        }
    }
}

/// The runs of consecutive lanes on which something holds.
fn runs(holds: &[bool]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    while let Some(from) = (start..holds.len()).find(|lane| holds[*lane]) {
        let to = (from..holds.len()).find(|lane| !holds[*lane]).unwrap_or(holds.len());
        runs.push(from..to);
        start = to;
    }
    runs
}

/// What is done with columns that are held until it is known on which paths the condition holds.
impl BlockColumns {
    /// By lane: whether series `condition` is neither 0 nor NaN.
    fn where_it_holds(&self, condition: u32) -> [bool; BLOCK] {
        self.series[condition as usize].map(|x| x != 0.0 && !x.is_nan())
    }

    /// Counts a run of consecutive lanes.
    fn count(&self, first_path: u64, run: Range<usize>, ensemble: &mut Ensemble) {
        let (first, paths) = (first_path + run.start as u64, run.len());
        for (tally, column) in ensemble.series.iter_mut().zip(&self.series) {
            tally.add_column(first, &column[run.clone()]);
        }
        let mut truths = Truths::new(self.targets.len() as u32);
        for (target, column) in (0..).zip(&self.targets) {
            truths.mark(target, &column[run.clone()]);
        }
        ensemble.odds.add(first, paths, &truths);
        ensemble.paths += paths as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_the_stretches_on_which_it_holds() {
        let found = |text: &str| runs(&text.bytes().map(|byte| byte == b'1').collect::<Vec<_>>());
        assert_eq!(found("0110001"), [1..3, 6..7]);
        assert_eq!(found("1101"), [0..2, 3..4]);
        assert_eq!(found("111"), [Range { start: 0, end: 3 }]);
        assert!(found("000").is_empty() && found("").is_empty());
    }

    #[test]
    fn a_condition_that_is_zero_or_no_number_does_not_hold() {
        let mut column = [0.0; BLOCK];
        column[..6].copy_from_slice(&[1.0, 0.0, -0.0, f64::NAN, -2.0, f64::INFINITY]);
        let held = BlockColumns { series: vec![column], targets: Vec::new() };
        assert_eq!(held.where_it_holds(0)[..7], [true, false, false, false, true, true, false]);
    }
}
