//! The plain way to run a program: one path, one operation at a time.
//!
//! It is what the program means. The block executor must agree with it bit for bit, and it can replay any
//! path of a run alone.

use crate::model::operation::{growth, select};
use crate::model::{Instruction, Op, Operand, Program};
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
    if let Some(pool) = &program.pool {
        return run_path(&pool.worlds[pool.sequence.at(path)], seed, path);
    }
    let mut slots = vec![0.0; program.slots as usize];
    let mut outcome = PathOutcome {
        series: vec![f64::NAN; program.series as usize],
        targets: vec![f64::NAN; program.targets as usize],
    };
    for instruction in &program.instructions {
        match *instruction {
            Instruction::Compute { out, op } => slots[out as usize] = value(program, seed, path, &slots, op),
            Instruction::Record { series, value } => outcome.series[series as usize] = read(&slots, value),
            Instruction::Mark { target, value } => outcome.targets[target as usize] = read(&slots, value),
        }
    }
    outcome
}

fn value(program: &Program, seed: u64, path: u64, slots: &[f64], op: Op) -> f64 {
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
        Op::Lookup { table, x } => program.tables[table as usize].at(read(x)),
        Op::RateOfReturn { first, count } => {
            let payments: Vec<f64> = program.paid(first, count).iter().map(|x| read(*x)).collect();
            internal_rate(&payments)
        }
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
