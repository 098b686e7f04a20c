//! Parts of a program run again with some draws changed, on the columns that a run of all of it left behind.
//!
//! What does not depend on a changed draw is not computed again. The values are those of a run of the whole program, bit for
//! bit.

use super::block::{Aligned, Machine, Sink};
use crate::model::{Instruction, Op, Program};
use crate::num::draw::Column;

/// The instructions of a program that depend on some of its draws, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct DependentSteps {
    steps: Vec<u32>,
    /// How many of them compute something.
    computed: usize,
}

impl DependentSteps {
    /// Those that depend on any draw for which `is_changed`; draws are numbered in the order of the instructions.
    pub fn of(program: &Program, is_changed: impl Fn(usize) -> bool) -> Self {
        let mut changed = vec![false; program.slots as usize];
        let (mut steps, mut computed, mut draws) = (Vec::new(), 0, 0);
        for (step, instruction) in (0..).zip(&program.instructions) {
            let mut depends = false;
            program.for_each_slot_read(instruction, |slot| depends |= changed[slot as usize]);
            if let Instruction::Compute { out, op } = *instruction {
                if matches!(op, Op::Uniform { .. } | Op::Score { .. }) {
                    depends = is_changed(draws);
                    draws += 1;
                }
                changed[out as usize] = depends;
                computed += usize::from(depends);
            }
            if depends {
                steps.push(step);
            }
        }
        Self { steps, computed }
    }

    /// Whether an instruction is one of them.
    #[cfg(test)]
    pub(super) fn has(&self, step: u32) -> bool {
        self.steps.binary_search(&step).is_ok()
    }

    /// The series that they record.
    pub fn series(&self, program: &Program) -> Vec<u32> {
        let recorded = self.steps.iter().filter_map(|step| match program.instructions[*step as usize] {
            Instruction::Record { series, .. } => Some(series),
            _ => None,
        });
        recorded.collect()
    }
}

/// A machine whose program can be run again in parts.
pub struct Rerun<'p> {
    program: &'p Program,
    machine: Machine<'p>,
    /// The columns of the whole run whose places are taken while a part is run again.
    #[expect(clippy::vec_box, reason = "a boxed column changes places with another without being copied")]
    aside: Vec<Box<Aligned>>,
}

impl<'p> Rerun<'p> {
    /// A machine for a program that is [unfolded](Program::unfolded) and not a pool's.
    pub fn new(program: &'p Program) -> Self {
        Self { program, machine: Machine::new(program), aside: Vec::new() }
    }

    /// Runs the whole program for 256 paths: see [`Machine::run_on`].
    pub fn run(&mut self, uniforms: impl FnMut(u32, u32, &mut Column), sink: &mut impl Sink) {
        self.machine.execute(uniforms, sink);
    }

    /// Runs the steps that depend on some draws, with other uniforms for these, and then has the values of the whole run
    /// again. `sink` takes only what depends on the draws.
    pub fn run_part(
        &mut self,
        part: &DependentSteps,
        mut uniforms: impl FnMut(u32, u32, &mut Column),
        sink: &mut impl Sink,
    ) {
        let machine = &mut self.machine;
        self.aside.resize_with(self.aside.len().max(part.computed), Aligned::boxed);
        let steps = || part.steps.iter().map(|step| self.program.instructions[*step as usize]);
        let mut aside = self.aside.iter_mut();
        for step in steps() {
            match step {
                Instruction::Compute { out, op } => {
                    machine.compute(&mut uniforms, op);
                    machine.swap_with_spare(out);
                    if let Some(aside) = aside.next() {
                        machine.put_spare(aside);
                    }
                }
                Instruction::Record { series, value } => sink.record(series, machine.column(value)),
                Instruction::Mark { target, value } => sink.mark(target, machine.column(value)),
            }
        }
        let written = steps().filter_map(|step| match step {
            Instruction::Compute { out, .. } => Some(out),
            _ => None,
        });
        written.zip(&mut self.aside).for_each(|(out, aside)| machine.put_slot(out, aside));
    }
}
