//! The values of single paths, for exact comparisons path by path and for looking at one path closely.

use std::ops::Range;

use ndarray::Array2;

use super::block::{Machine, Sink};
use crate::model::Program;
use crate::num::BLOCK;
use crate::num::draw::Column;

/// What a program recorded and marked on consecutive paths.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedPaths {
    /// The first path.
    pub first: u64,
    /// The values, path by series; NaN where the program records none.
    pub series: Array2<f64>,
    /// The truths, path by target: 0 is missed, NaN is not known, all else is met.
    pub targets: Array2<f64>,
}

impl RecordedPaths {
    /// The numbers of the paths.
    pub fn numbers(&self) -> Range<u64> {
        self.first..self.first + self.series.nrows() as u64
    }
}

/// Runs the paths of a range and keeps all their values: the memory grows with the range.
pub fn paths(program: &Program, seed: u64, range: Range<u64>) -> RecordedPaths {
    let rows = range.end.saturating_sub(range.start) as usize;
    let mut keeper = PathKeeper {
        block_start: 0,
        paths: RecordedPaths {
            first: range.start,
            series: Array2::from_elem((rows, program.series as usize), f64::NAN),
            targets: Array2::from_elem((rows, program.targets as usize), f64::NAN),
        },
    };
    let mut machine = Machine::new(program);
    if rows > 0 {
        let blocks = range.start / BLOCK as u64..(range.end - 1) / BLOCK as u64 + 1;
        machine.announce(blocks.clone());
        for block in blocks {
            keeper.block_start = block * BLOCK as u64;
            machine.run(seed, block, &mut keeper);
        }
    }
    keeper.paths
}

struct PathKeeper {
    block_start: u64,
    paths: RecordedPaths,
}

impl PathKeeper {
    /// Copies the lanes that are within the range to their rows.
    fn keep(block_start: u64, first: u64, table: &mut Array2<f64>, column: u32, values: &Column) {
        for (path, &x) in (block_start..).zip(values) {
            let row = path.checked_sub(first).and_then(|row| table.get_mut((row as usize, column as usize)));
            if let Some(cell) = row {
                *cell = x;
            }
        }
    }
}

impl Sink for PathKeeper {
    fn record(&mut self, series: u32, values: &Column) {
        Self::keep(self.block_start, self.paths.first, &mut self.paths.series, series, values);
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        Self::keep(self.block_start, self.paths.first, &mut self.paths.targets, target, truths);
    }
}
