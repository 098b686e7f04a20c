//! A run that is made longer until enough is known: what was simulated is never simulated again.

use super::run::{RunRequest, Watch, simulate_sliced};
use super::{EngineError, Slicing};
use std::ops::Range;

use crate::ensemble::Ensemble;
use crate::model::Program;
use crate::num::BLOCK;

/// A run of growing length.
pub struct Growing<'a> {
    program: &'a Program,
    groups: &'a [Vec<u32>],
    slicing: Option<&'a Slicing>,
    seed: u64,
    threads: Option<usize>,
    /// The counts of all whole blocks so far.
    whole: Option<Ensemble>,
    /// How many blocks these are.
    blocks: u64,
}

impl<'a> Growing<'a> {
    /// A run of no paths yet.
    pub fn new(
        program: &'a Program,
        groups: &'a [Vec<u32>],
        slicing: Option<&'a Slicing>,
        seed: u64,
        threads: Option<usize>,
    ) -> Self {
        Self { program, groups, slicing, seed, threads, whole: None, blocks: 0 }
    }

    fn simulate(
        &self,
        request: &RunRequest,
        blocks: Range<u64>,
        watch: Watch,
    ) -> Result<Ensemble, EngineError> {
        simulate_sliced(self.program, self.groups, request, blocks, self.slicing, watch)
    }

    /// How many paths of it need not be simulated again.
    pub fn counted(&self) -> u64 {
        self.blocks * BLOCK as u64
    }

    /// Makes the run so many paths long; the result is that of a run of this length. Never shorter than before.
    ///
    /// # Errors
    /// As [`super::simulate`].
    pub fn to(&mut self, paths: u64, watch: Watch) -> Result<Ensemble, EngineError> {
        let request = RunRequest { seed: self.seed, paths, threads: self.threads };
        let whole_blocks = paths / BLOCK as u64;
        if whole_blocks > self.blocks {
            let part = self.simulate(&request, self.blocks..whole_blocks, watch)?;
            match &mut self.whole {
                Some(whole) => whole.merge(&part),
                none => *none = Some(part),
            }
            self.blocks = whole_blocks;
        }
        if paths == self.counted()
            && let Some(whole) = &self.whole
        {
            return Ok(whole.clone());
        }
        let mut rest = self.simulate(&request, whole_blocks..whole_blocks + 1, watch)?;
        if let Some(whole) = &self.whole {
            rest.merge(whole);
        }
        Ok(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::simulate;
    use crate::model::{Instruction, Op, Operand};

    #[test]
    fn a_run_made_longer_is_a_run_of_that_length() {
        let program = Program {
            instructions: vec![
                Instruction::Compute { out: 0, op: Op::Score { stream: 1, year: 0 } },
                Instruction::Record { series: 0, value: Operand::Slot(0) },
            ],
            slots: 1,
            series: 1,
            ..Program::default()
        };
        let mut growing = Growing::new(&program, &[], None, 3, Some(2));
        for paths in [100, 300, 512, 5000] {
            let request = RunRequest { seed: 3, paths, threads: Some(1) };
            let whole = simulate(&program, &[], &request, Watch::default()).unwrap();
            assert_eq!(growing.to(paths, Watch::default()).unwrap(), whole, "{paths}");
        }
        assert_eq!(growing.counted(), 4864);
    }
}
