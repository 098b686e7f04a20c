//! A run among those paths on which a condition holds.

use std::ops::Range;

use super::block::{Machine, Sink};
use super::workers::over_blocks;
use super::{EngineError, Request, Watch, scales};
use crate::ensemble::{Ensemble, Truths};
use crate::model::Program;
use crate::num::BLOCK;
use crate::num::draw::Column;

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
    request: &Request,
    condition: u32,
    watch: Watch,
) -> Result<Ensemble, EngineError> {
    assert!(condition < program.series, "there is no series {condition}");
    request.check()?;
    let scales = scales(program, request.seed);
    let make = || {
        let held = Held {
            series: vec![[0.0; BLOCK]; program.series as usize],
            targets: vec![[0.0; BLOCK]; program.targets as usize],
        };
        (Machine::new(program), held, Ensemble::new(&scales, program.targets, groups))
    };
    let work = |(machine, held, ensemble): &mut (Machine, Held, Ensemble), blocks: Range<u64>| {
        let mut finished = 0;
        for block in blocks {
            let first_path = block * BLOCK as u64;
            let paths = (request.paths - first_path).min(BLOCK as u64) as usize;
            machine.run(request.seed, block, held);
            held.count(condition, first_path, paths, ensemble);
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
    merged.ok_or(EngineError::NoPaths)
}

/// The columns of a block, until it is known on which paths the condition holds.
struct Held {
    series: Vec<Column>,
    targets: Vec<Column>,
}

impl Held {
    /// Counts the runs of consecutive paths on which the condition holds.
    fn count(&self, condition: u32, first_path: u64, paths: usize, ensemble: &mut Ensemble) {
        let holds = |lane: &usize| {
            let x = self.series[condition as usize][*lane];
            x != 0.0 && !x.is_nan()
        };
        let mut truths = Truths::new(self.targets.len() as u32);
        let mut start = 0;
        while let Some(from) = (start..paths).find(holds) {
            let to = (from..paths).find(|lane| !holds(lane)).unwrap_or(paths);
            let first = first_path + from as u64;
            for (tally, column) in ensemble.series.iter_mut().zip(&self.series) {
                tally.add_column(first, &column[from..to]);
            }
            for (target, column) in (0..).zip(&self.targets) {
                truths.mark(target, &column[from..to]);
            }
            ensemble.odds.add(first, to - from, &truths);
            ensemble.paths += (to - from) as u64;
            start = to;
        }
    }
}

impl Sink for Held {
    fn record(&mut self, series: u32, values: &Column) {
        self.series[series as usize] = *values;
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        self.targets[target as usize] = *truths;
    }
}
