//! Systems of equations on the paths of a block: all lanes at once, until each is solved or given up.
//!
//! A lane that is solved keeps its values while others go on, so that a path replayed alone has the same bits.

use super::block::{BlockColumns, Machine};
use super::kernel::LoopSource;
use crate::model::{Program, System};
use crate::num::BLOCK;
use crate::num::draw::Column;
use crate::num::system::{Formulas, SystemSolver};

/// What the systems of a program are solved in.
pub(super) struct Solving<'p> {
    /// Evaluates the formulas of one system after the other.
    machine: Machine<'p>,
    solver: SystemSolver<BLOCK>,
    /// The values of formulas and derivatives.
    outputs: BlockColumns,
    /// By system and unknown.
    solutions: Vec<Vec<Column>>,
}

/// The formulas of a system, evaluated by a machine.
struct MachineFormulas<'a, 'p> {
    machine: &'a mut Machine<'p>,
    outputs: &'a mut BlockColumns,
    unknowns: usize,
}

impl Formulas<BLOCK> for MachineFormulas<'_, '_> {
    fn evaluate(&mut self, x: &[Column]) {
        for (slot, x) in (0..).zip(x) {
            *self.machine.slot_mut(slot) = *x;
        }
        // Nothing is drawn inside a system.
        self.machine.execute(|_, _, out: &mut Column| out.fill(f64::NAN), self.outputs);
    }

    fn value(&self, formula: usize) -> &Column {
        &self.outputs.series[formula]
    }

    fn derivative(&self, place: usize) -> &Column {
        &self.outputs.series[self.unknowns + place]
    }
}

impl<'p> Solving<'p> {
    /// Room for the systems of a program; none where it has none.
    pub(super) fn new(program: &'p Program) -> Option<Self> {
        let largest = program.systems.iter().map(|system| system.formulas.slots).max()?;
        let outputs = program.systems.iter().map(|system| system.formulas.series).max()?;
        let columns = |count: usize| vec![[0.0; BLOCK]; count];
        Some(Self {
            machine: Machine::with_slots(&program.systems[0].formulas, largest),
            solver: SystemSolver::default(),
            outputs: BlockColumns { series: columns(outputs as usize), targets: Vec::new() },
            solutions: program.systems.iter().map(|system| columns(system.rule.unknowns)).collect(),
        })
    }

    /// Solves a system, with what it reads; `out` takes the numbers of evaluations, NaN where there is no solution.
    pub(super) fn solve<'s>(
        &mut self,
        number: usize,
        system: &'p System,
        read: impl Fn(crate::model::Operand) -> LoopSource<'s>,
        out: &mut Column,
    ) {
        let column = |operand| match read(operand) {
            LoopSource::Column(column) => *column,
            LoopSource::Constant(number) => [number; BLOCK],
        };
        let unknowns = system.rule.unknowns;
        self.machine.change_program(&system.formulas);
        for (slot, outside) in (unknowns as u32..).zip(&system.outside) {
            *self.machine.slot_mut(slot) = column(*outside);
        }
        let mut formulas =
            MachineFormulas { machine: &mut self.machine, outputs: &mut self.outputs, unknowns };
        self.solver.solve(&system.rule, |unknown| column(system.starts[unknown]), &mut formulas, None);
        self.solutions[number].copy_from_slice(self.solver.solution());
        for (lane, out) in out.iter_mut().enumerate() {
            *out = self.solver.iterations(lane).map_or(f64::NAN, f64::from);
        }
    }

    /// The solution of a system for an unknown.
    pub(super) fn solution(&self, system: usize, unknown: usize) -> &Column {
        &self.solutions[system][unknown]
    }
}
