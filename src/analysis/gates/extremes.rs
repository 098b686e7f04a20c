//! What extreme draws do to the values that gates are about, simulated when it is first asked for.

use std::cell::OnceCell;

use crate::engine::{ExtremePaths, extreme_paths};
use crate::model::Program;
use crate::result::interval::ExtremeValues;

/// The paths with extreme draws of a program.
#[derive(Debug)]
pub struct Extremes<'p> {
    program: &'p Program,
    seed: u64,
    paths: OnceCell<ExtremePaths>,
}

impl<'p> Extremes<'p> {
    /// Those of a program and a seed; nothing is simulated yet.
    pub fn new(program: &'p Program, seed: u64) -> Self {
        Self { program, seed, paths: OnceCell::new() }
    }

    /// The values of a series.
    pub(super) fn of(&self, series: u32) -> ExtremeValues<'_> {
        let paths = self.paths.get_or_init(|| extreme_paths(self.program, self.seed));
        ExtremeValues { weights: &paths.weights, values: &paths.series[series as usize] }
    }
}
