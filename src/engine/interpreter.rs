//! The plain way to run a program: one path, one operation at a time.
//!
//! It is what the program means. The block executor must agree with it bit for bit, and it can replay any
//! path of a run alone.

use crate::model::operation::{growth, select};
use crate::model::{Instruction, Op, Operand, Program, System};
use crate::num::system::{Formulas, Iteration, SystemSolver};
use crate::num::{draw, internal_rate, normal};

/// What a program recorded and marked on one path.
#[derive(Clone, Debug, PartialEq)]
pub struct PathOutcome {
    /// The value of each series; NaN where the program records none.
    pub series: Vec<f64>,
    /// The truth of each target: 0 is missed, NaN is not known, all else is met.
    pub targets: Vec<f64>,
}

/// Runs a program for one path.
pub fn run_path(program: &Program, seed: u64, path: u64) -> PathOutcome {
    run_path_watched(program, seed, path, None)
}

/// Runs a program for one path. `watch` is told of every evaluation of a system of equations, with the system's number.
pub fn run_path_watched(
    program: &Program,
    seed: u64,
    path: u64,
    watch: Option<&mut dyn FnMut(u32, Iteration)>,
) -> PathOutcome {
    if let Some(pool) = &program.pool {
        return run_path_watched(&pool.worlds[pool.sequence.at(path)], seed, path, watch);
    }
    let mut plain = PlainMachine {
        program,
        address: (seed, path),
        slots: vec![0.0; program.slots as usize],
        solutions: program.systems.iter().map(|_| Vec::new()).collect(),
        watch,
    };
    plain.run()
}

/// A program with the numbers it works on, for one path.
struct PlainMachine<'p, 'w> {
    program: &'p Program,
    /// Seed and path.
    address: (u64, u64),
    slots: Vec<f64>,
    /// By system.
    solutions: Vec<Vec<f64>>,
    watch: Option<&'w mut dyn FnMut(u32, Iteration)>,
}

impl PlainMachine<'_, '_> {
    fn run(&mut self) -> PathOutcome {
        let program = self.program;
        let mut outcome = PathOutcome {
            series: vec![f64::NAN; program.series as usize],
            targets: vec![f64::NAN; program.targets as usize],
        };
        for instruction in &program.instructions {
            match *instruction {
                Instruction::Compute { out, op } => self.slots[out as usize] = self.value(op),
                Instruction::Record { series, value } => {
                    outcome.series[series as usize] = read(&self.slots, value);
                }
                Instruction::Mark { target, value } => {
                    outcome.targets[target as usize] = read(&self.slots, value);
                }
            }
        }
        outcome
    }

    fn value(&mut self, op: Op) -> f64 {
        let (program, slots, (seed, path)) = (self.program, &self.slots, self.address);
        let read = |operand| read(slots, operand);
        match op {
            Op::Uniform { stream, year } => draw::uniform(seed, stream, path, year),
            Op::Score { stream, year } => normal::score(draw::uniform(seed, stream, path, year)),
            Op::Sample { sampler, x } => program.samplers[sampler as usize].sample(read(x)),
            Op::Unary(op, x) => op.apply(read(x)),
            Op::Binary(op, a, b) => op.apply(read(a), read(b)),
            Op::Fused(op, [a, b, c]) => op.apply(read(a), read(b), read(c)),
            Op::Line { start, first, count } => {
                let terms = program.terms_of(first, count).iter();
                terms.fold(read(start), |sum, term| sum + term.factor * slots[term.slot as usize])
            }
            Op::WeightedSum { start, factors, summands, count } => {
                let (factors, summands) = program.summed(factors, summands, count);
                let terms = factors.iter().zip(summands);
                terms.fold(read(start), |sum, (factor, slot)| sum + factor * slots[*slot as usize])
            }
            Op::Growth(a, x) => growth(read(a), read(x)),
            Op::Select(condition, yes, no) => select(read(condition), read(yes), read(no)),
            Op::Solve { system } => self.solve(system),
            Op::Solution { system, unknown, .. } => self.solutions[system as usize][unknown as usize],
            Op::Lookup { table, x } => program.tables[table as usize].at(read(x)),
            Op::RateOfReturn { first, count } => {
                let payments: Vec<f64> = program.paid(first, count).iter().map(|x| read(*x)).collect();
                internal_rate(&payments)
            }
        }
    }

    fn solve(&mut self, number: u32) -> f64 {
        let system: &System = &self.program.systems[number as usize];
        let mut slots = vec![0.0; system.formulas.slots as usize];
        for (slot, outside) in slots[system.rule.unknowns..].iter_mut().zip(&system.outside) {
            *slot = read(&self.slots, *outside);
        }
        let mut formulas = PlainFormulas {
            unknowns: system.rule.unknowns,
            machine: PlainMachine {
                program: &system.formulas,
                address: self.address,
                slots,
                solutions: Vec::new(),
                watch: None,
            },
            values: Vec::new(),
        };
        let mut solver = SystemSolver::<1>::default();
        let start = |unknown: usize| [read(&self.slots, system.starts[unknown])];
        match &mut self.watch {
            Some(watch) => {
                let mut each = |iteration| watch(number, iteration);
                solver.solve(&system.rule, start, &mut formulas, Some(&mut each));
            }
            None => solver.solve(&system.rule, start, &mut formulas, None),
        }
        self.solutions[number as usize] = solver.solution().iter().map(|x| x[0]).collect();
        solver.iterations(0).map_or(f64::NAN, f64::from)
    }
}

/// The formulas of a system on one path.
struct PlainFormulas<'p> {
    unknowns: usize,
    machine: PlainMachine<'p, 'static>,
    values: Vec<[f64; 1]>,
}

impl Formulas<1> for PlainFormulas<'_> {
    fn evaluate(&mut self, x: &[[f64; 1]]) {
        for (slot, x) in self.machine.slots.iter_mut().zip(x) {
            *slot = x[0];
        }
        self.values = self.machine.run().series.into_iter().map(|value| [value]).collect();
    }

    fn value(&self, formula: usize) -> &[f64; 1] {
        &self.values[formula]
    }

    fn derivative(&self, place: usize) -> &[f64; 1] {
        &self.values[self.unknowns + place]
    }
}

fn read(slots: &[f64], operand: Operand) -> f64 {
    match operand {
        Operand::Slot(slot) => slots[slot as usize],
        Operand::Constant(x) => x,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Binary;

    #[test]
    fn a_slot_may_be_overwritten_by_what_reads_it() {
        let double = Op::Binary(Binary::Add, Operand::Slot(0), Operand::Slot(0));
        let program = Program {
            instructions: vec![
                Instruction::Compute {
                    out: 0,
                    op: Op::Binary(Binary::Add, Operand::Constant(1.0), Operand::Constant(2.0)),
                },
                Instruction::Compute { out: 0, op: double },
                Instruction::Record { series: 1, value: Operand::Slot(0) },
                Instruction::Mark { target: 0, value: Operand::Constant(1.0) },
            ],
            slots: 1,
            series: 2,
            targets: 1,
            ..Program::default()
        };
        let outcome = run_path(&program, 1, 5);
        assert_eq!((outcome.series[1], outcome.targets[0]), (6.0, 1.0));
        assert!(outcome.series[0].is_nan());
    }
}
