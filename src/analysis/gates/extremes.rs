//! What extreme draws do to the values that gates are about, simulated when it is first asked for.

use std::cell::OnceCell;

use crate::engine::conditional::{Conditioning, extreme_paths_given};
use crate::engine::{ExtremePaths, extreme_paths};
use crate::model::Program;
use crate::result::interval::ExtremeValues;

/// The paths with extreme draws of a program.
#[derive(Debug)]
pub struct Extremes<'p> {
    program: &'p Program,
    record: Option<&'p Conditioning>,
    seed: u64,
    paths: OnceCell<Option<ExtremePaths>>,
}

impl<'p> Extremes<'p> {
    /// Those of a program and a seed; nothing is simulated yet.
    pub fn new(program: &'p Program, seed: u64) -> Self {
        Self { program, record: None, seed, paths: OnceCell::new() }
    }

    /// Those that agree with a record.
    pub fn given(program: &'p Program, record: &'p Conditioning, seed: u64) -> Self {
        Self { record: Some(record), ..Self::new(program, seed) }
    }

    /// The values of a series; `None` where no such path agrees with the record.
    pub(super) fn of(&self, series: u32) -> Option<ExtremeValues<'_>> {
        let simulate = || match self.record {
            None => Some(extreme_paths(self.program, self.seed)),
            Some(record) => extreme_paths_given(self.program, record, self.seed),
        };
        let paths = self.paths.get_or_init(simulate).as_ref()?;
        Some(ExtremeValues { weights: &paths.weights, values: &paths.series[series as usize] })
    }
}
