//! The first paths of a run, which say what its series are measured in.

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::block::{Machine, Sink};
use crate::ensemble::Scale;
use crate::model::Program;
use crate::num::BLOCK;
use crate::num::draw::Column;

/// How many paths the pilot has. They are simulated whatever the length of the run, so that runs of any
/// length, and all parts of a run, measure alike.
pub const PILOT_PATHS: usize = 1024;

/// The scale of each series: a function of the program and the seed alone.
pub fn scales(program: &Program, seed: u64) -> Vec<Scale> {
    pilot(program, seed).par_iter().map(|values| Scale::from_pilot(values)).collect()
}

/// The values of each series on the pilot's paths.
pub(super) fn pilot(program: &Program, seed: u64) -> Vec<Vec<f64>> {
    let recorded = |machine: &mut Machine, block: usize| {
        let mut columns = Columns(vec![[0.0; BLOCK]; program.series as usize]);
        machine.run(seed, block as u64, &mut columns);
        columns.0
    };
    let blocks = (0..PILOT_PATHS / BLOCK).into_par_iter().map_init(|| Machine::new(program), recorded);
    let blocks: Vec<Vec<Column>> = blocks.collect();
    (0..program.series as usize)
        .map(|series| blocks.iter().flat_map(|columns| columns[series]).collect())
        .collect()
}

/// By series: the values of a block.
struct Columns(Vec<Column>);

impl Sink for Columns {
    fn record(&mut self, series: u32, values: &Column) {
        self.0[series as usize] = *values;
    }

    fn mark(&mut self, _target: u32, _truths: &Column) {}
}
