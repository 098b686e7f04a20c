//! Which draws a recorded value may depend on, read off the program.

use indexmap::IndexMap;

use super::draw_bins::ExplainedOutcome;
use crate::model::{Instruction, Op, Operand, PooledPrograms, Program};

/// A set of draws, by their place among the draws of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawSet(Vec<u64>);

impl DrawSet {
    /// Whether a draw is in the set.
    pub fn has(&self, draw: u32) -> bool {
        self.0.get(draw as usize / 64).is_some_and(|word| word >> (draw % 64) & 1 == 1)
    }

    pub(super) fn insert(&mut self, draw: usize) {
        if self.0.len() <= draw / 64 {
            self.0.resize(draw / 64 + 1, 0);
        }
        self.0[draw / 64] |= 1 << (draw % 64);
    }

    pub(super) fn unite(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }
}

/// The draws behind each series and target.
pub(super) struct Depends {
    series: Vec<DrawSet>,
    targets: Vec<DrawSet>,
}

impl Depends {
    pub(super) fn of(program: &Program) -> Self {
        if let Some(pool) = &program.pool {
            return Self::of_pool(program, pool);
        }
        let mut slots = vec![DrawSet::default(); program.slots as usize];
        let mut found = Self {
            series: vec![DrawSet::default(); program.series as usize],
            targets: vec![DrawSet::default(); program.targets as usize],
        };
        let mut draws = 0;
        for instruction in &program.instructions {
            match *instruction {
                Instruction::Compute { out, op } => {
                    let mut bits = DrawSet::default();
                    if matches!(op, Op::Uniform { .. } | Op::Score { .. }) {
                        bits.insert(draws);
                        draws += 1;
                    }
                    program.for_each_slot_read(instruction, |slot| bits.unite(&slots[slot as usize]));
                    slots[out as usize] = bits;
                }
                Instruction::Record { series, value: Operand::Slot(slot) } => {
                    found.series[series as usize] = slots[slot as usize].clone();
                }
                Instruction::Mark { target, value: Operand::Slot(slot) } => {
                    found.targets[target as usize] = slots[slot as usize].clone();
                }
                Instruction::Record { .. } | Instruction::Mark { .. } => {}
            }
        }
        found
    }

    /// Those of all worlds, by the pool's own draws, and the world.
    fn of_pool(program: &Program, pool: &PooledPrograms) -> Self {
        let places: IndexMap<(u32, u32), usize> = program.draws().zip(0..).collect();
        let world = || {
            let mut draws = DrawSet::default();
            draws.insert(0);
            draws
        };
        let mut found = Self {
            series: vec![world(); program.series as usize],
            targets: vec![world(); program.targets as usize],
        };
        for one in &pool.worlds {
            let (own, draws) = (Self::of(one), one.draws().map(|draw| places[&draw]).collect::<Vec<_>>());
            let all =
                found.series.iter_mut().zip(&own.series).chain(found.targets.iter_mut().zip(&own.targets));
            for (mine, theirs) in all {
                let theirs = (0..draws.len() as u32).filter(|draw| theirs.has(*draw));
                theirs.for_each(|draw| mine.insert(draws[draw as usize]));
            }
        }
        found
    }

    pub(super) fn outcome(&self, outcome: ExplainedOutcome) -> DrawSet {
        match outcome {
            ExplainedOutcome::Series { series, .. } => self.series[series as usize].clone(),
            ExplainedOutcome::Target(target) => self.targets[target as usize].clone(),
        }
    }
}
