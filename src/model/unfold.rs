//! A program in which every result has a slot of its own, so that parts of it can be run again.

use super::program::{Instruction, Op, Operand, Program, ScaledSlot};

impl Program {
    /// The same program without reuse of slots: instruction by instruction the same values, each in a slot of its own, in
    /// their order, and one more for what is read before it is written. A pool's programs are left as they are.
    #[must_use]
    pub fn unfolded(&self) -> Self {
        let is_computed = |step: &&Instruction| matches!(step, Instruction::Compute { .. });
        let never_written = self.instructions.iter().filter(is_computed).count() as u32;
        let now = vec![never_written; self.slots as usize];
        let mut unfolding = Unfolding { program: self, unfolded: self.clone(), now };
        let Program { terms, summands, payments, instructions, .. } = &mut unfolding.unfolded;
        terms.clear();
        summands.clear();
        payments.clear();
        instructions.clear();
        unfolding.unfolded.factors.clear();
        let mut slots = 0;
        for instruction in &self.instructions {
            let instruction = match *instruction {
                Instruction::Compute { out, op } => {
                    let op = unfolding.op(op);
                    unfolding.now[out as usize] = slots;
                    slots += 1;
                    Instruction::Compute { out: slots - 1, op }
                }
                Instruction::Record { series, value } => {
                    Instruction::Record { series, value: unfolding.operand(value) }
                }
                Instruction::Mark { target, value } => {
                    Instruction::Mark { target, value: unfolding.operand(value) }
                }
            };
            unfolding.unfolded.instructions.push(instruction);
        }
        Self { slots: slots + 1, ..unfolding.unfolded }
    }
}

/// A program on its way to having a slot for every result.
struct Unfolding<'p> {
    program: &'p Program,
    unfolded: Program,
    /// By slot of the program: where the value stands that it holds now.
    now: Vec<u32>,
}

impl Unfolding<'_> {
    fn operand(&self, operand: Operand) -> Operand {
        match operand {
            Operand::Slot(slot) => Operand::Slot(self.now[slot as usize]),
            Operand::Constant(_) => operand,
        }
    }

    fn op(&mut self, op: Op) -> Op {
        let program = self.program;
        let operand = |x| self.operand(x);
        match op {
            Op::Uniform { .. } | Op::Score { .. } => op,
            Op::Sample { sampler, x } => Op::Sample { sampler, x: operand(x) },
            Op::Unary(unary, x) => Op::Unary(unary, operand(x)),
            Op::Binary(binary, a, b) => Op::Binary(binary, operand(a), operand(b)),
            Op::Fused(fused, parts) => Op::Fused(fused, parts.map(operand)),
            Op::Growth(a, x) => Op::Growth(operand(a), operand(x)),
            Op::Select(condition, yes, no) => Op::Select(operand(condition), operand(yes), operand(no)),
            Op::Lookup { table, x } => Op::Lookup { table, x: operand(x) },
            Op::Solution { system, unknown, solved } => {
                Op::Solution { system, unknown, solved: operand(solved) }
            }
            Op::Solve { system } => {
                // A system is solved once on a path.
                let of = &program.systems[system as usize];
                let outside = of.outside.iter().map(|x| self.operand(*x)).collect();
                let starts = of.starts.iter().map(|x| self.operand(*x)).collect();
                let unfolded = &mut self.unfolded.systems[system as usize];
                (unfolded.outside, unfolded.starts) = (outside, starts);
                op
            }
            Op::Line { start, first, count } => {
                let start = operand(start);
                let terms = program.terms_of(first, count).iter();
                let terms: Vec<ScaledSlot> =
                    terms.map(|term| ScaledSlot { slot: self.now[term.slot as usize], ..*term }).collect();
                let first = self.unfolded.terms.len() as u32;
                self.unfolded.terms.extend(terms);
                Op::Line { start, first, count }
            }
            Op::WeightedSum { start, factors, summands, count } => {
                let start = operand(start);
                let (by, slots) = program.summed(factors, summands, count);
                let (factors, summands) =
                    (self.unfolded.factors.len() as u32, self.unfolded.summands.len() as u32);
                self.unfolded.factors.extend(by);
                self.unfolded.summands.extend(slots.iter().map(|slot| self.now[*slot as usize]));
                Op::WeightedSum { start, factors, summands, count }
            }
            Op::RateOfReturn { first, count } => {
                let paid: Vec<Operand> =
                    program.paid(first, count).iter().map(|x| self.operand(*x)).collect();
                let first = self.unfolded.payments.len() as u32;
                self.unfolded.payments.extend(paid);
                Op::RateOfReturn { first, count }
            }
        }
    }
}
