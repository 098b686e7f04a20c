//! The first paths of a run, which say what its series are measured in.

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
    pilot(program, seed).iter().map(|values| Scale::from_pilot(values)).collect()
}

/// The values of each series on the pilot's paths.
pub(super) fn pilot(program: &Program, seed: u64) -> Vec<Vec<f64>> {
    let mut pilot = Pilot { series: vec![Vec::with_capacity(PILOT_PATHS); program.series as usize] };
    let mut machine = Machine::new(program);
    for block in 0..PILOT_PATHS / BLOCK {
        machine.run(seed, block as u64, &mut pilot);
    }
    pilot.series
}

struct Pilot {
    series: Vec<Vec<f64>>,
}

impl Sink for Pilot {
    fn record(&mut self, series: u32, values: &Column) {
        self.series[series as usize].extend_from_slice(values);
    }

    fn mark(&mut self, _target: u32, _truths: &Column) {}
}
