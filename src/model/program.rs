//! The program that a scenario is compiled to: a straight line of operations on numbered slots.
//!
//! The years are unrolled. The compiler numbers equal values once, so what does not change from year to
//! year is computed once a path, what does not change from path to path is a constant in an operand, and
//! what no output needs is not there. A draw is an instruction beside its use. Slots are reused as soon as
//! their value is dead. The same program is run by the block executor, a column at a time, and by the plain
//! interpreter, a number at a time. A pool's program is those of its worlds.

use indexmap::IndexSet;

use super::operation::{Binary, Fused, Unary};
use crate::num::system::SystemRule;
use crate::num::{LookupTable, Sampler, WeightedSequence};

/// Where an operation reads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand {
    /// The value in a slot.
    Slot(u32),
    /// A number that is the same on every path.
    Constant(f64),
}

/// What an instruction computes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Op {
    /// The uniform of this stream in this year (year 0: once per path).
    Uniform {
        /// The input's stream, a hash of its name.
        stream: u32,
        /// The year, or 0 for what is drawn once per path.
        year: u32,
    },
    /// The standard normal score of that uniform.
    Score {
        /// The input's stream, a hash of its name.
        stream: u32,
        /// The year, or 0 for what is drawn once per path.
        year: u32,
    },
    /// The draw that sampler `sampler` gives for a uniform or a score.
    Sample {
        /// Index into [`Program::samplers`].
        sampler: u32,
        /// The uniform or score.
        x: Operand,
    },
    /// An operation on one number.
    Unary(Unary, Operand),
    /// An operation on two numbers.
    Binary(Binary, Operand, Operand),
    /// A product and a sum.
    Fused(Fused, [Operand; 3]),
    /// A linear combination: `start` and, added one after the other, the terms `first..first + count` of
    /// [`Program::terms`].
    Line {
        /// What the terms are added to.
        start: Operand,
        /// The first of the terms.
        first: u32,
        /// How many: from 2 to [`MOST_TERMS`].
        count: u32,
    },
    /// A longer one: `start` and, added one after the other, the products of [`Program::factors`] from `factors` on and
    /// of the slots that [`Program::summands`] names from `summands` on.
    WeightedSum {
        /// What the products are added to.
        start: Operand,
        /// The first of the numbers.
        factors: u32,
        /// The first of the slots.
        summands: u32,
        /// How many: at most [`MOST_SUMMED`].
        count: u32,
    },
    /// `a * exp(x)`, rounded after each step: what has grown by the continuous rate x.
    Growth(Operand, Operand),
    /// `if(condition, yes, no)`.
    Select(Operand, Operand, Operand),
    /// Solves system `system` of [`Program::systems`]: how many evaluations it took, or NaN where none was found.
    Solve {
        /// Index into [`Program::systems`].
        system: u32,
    },
    /// The solution for an unknown of a system, NaN where none was found.
    Solution {
        /// Index into [`Program::systems`].
        system: u32,
        /// The number of the unknown.
        unknown: u32,
        /// What [`Op::Solve`] gave.
        solved: Operand,
    },
    /// What table `table` has at `x`.
    Lookup {
        /// Index into [`Program::tables`].
        table: u32,
        /// Where it is read.
        x: Operand,
    },
    /// The internal rate of return of the payments `first..first + count` of [`Program::payments`].
    RateOfReturn {
        /// The first payment.
        first: u32,
        /// How many.
        count: u32,
    },
}

/// Equations that are solved together on every path.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    /// How they are solved.
    pub rule: SystemRule,
    /// Computes the formulas: its first series are their values, the others derivatives. Its first slots hold the unknowns
    /// and then what is read from outside.
    pub formulas: Program,
    /// What is read from outside.
    pub outside: Vec<Operand>,
    /// Where each unknown starts.
    pub starts: Vec<Operand>,
}

impl System {
    /// All that it reads.
    pub fn reads(&self) -> impl Iterator<Item = Operand> + '_ {
        self.outside.iter().chain(&self.starts).copied()
    }
}

/// A slot times a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaledSlot {
    /// The number.
    pub factor: f64,
    /// The slot.
    pub slot: u32,
}

/// Terms of a linear combination that is computed in one step: so many columns stay in the nearest cache.
pub const MOST_TERMS: usize = 6;

/// Terms of a weighted sum: longer sums are several, so that what begins alike is computed once.
pub const MOST_SUMMED: usize = 64;

/// One step of a program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Instruction {
    /// Computes `op` into slot `out`. `out` may be a slot that `op` reads.
    Compute {
        /// The slot written.
        out: u32,
        /// What is computed.
        op: Op,
    },
    /// Hands a value to the tally of series `series`.
    Record {
        /// Number of the series, from 0.
        series: u32,
        /// The value.
        value: Operand,
    },
    /// Hands the truth of target `target` to the odds.
    Mark {
        /// Number of the target, from 0.
        target: u32,
        /// 1, 0 or NaN (not known).
        value: Operand,
    },
}

/// A compiled scenario: see the module's documentation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    /// The steps, in order.
    pub instructions: Vec<Instruction>,
    /// How many slots they use.
    pub slots: u32,
    /// The terms that [`Op::Line`] names.
    pub terms: Vec<ScaledSlot>,
    /// The numbers that [`Op::WeightedSum`] names.
    pub factors: Vec<f64>,
    /// The slots that [`Op::WeightedSum`] names.
    pub summands: Vec<u32>,
    /// The samplers that [`Op::Sample`] names.
    pub samplers: Vec<Sampler>,
    /// The systems that [`Op::Solve`] names.
    pub systems: Vec<System>,
    /// The tables that [`Op::Lookup`] names.
    pub tables: Vec<LookupTable>,
    /// The payments that [`Op::RateOfReturn`] names.
    pub payments: Vec<Operand>,
    /// How many series are recorded: a variable in a year, or a metric.
    pub series: u32,
    /// How many targets are marked.
    pub targets: u32,
    /// Where each path is that of one of several worlds: their programs. It has no instructions of its own then.
    pub pool: Option<Box<PooledPrograms>>,
}

/// Programs of which each runs some of the paths. All record the same series and mark the same targets.
#[derive(Clone, Debug, PartialEq)]
pub struct PooledPrograms {
    /// The programs.
    pub worlds: Vec<Program>,
    /// Which of them a path is run by.
    pub sequence: WeightedSequence,
    /// The stream of the draw that tells of a path which world it is of.
    pub stream: u32,
}

impl Program {
    /// Stream and year of each draw, in the order of the instructions; of a pool the draw of the world, and then those of all
    /// worlds, each once.
    pub fn draws(&self) -> impl Iterator<Item = (u32, u32)> {
        let world = self.pool.iter().map(|pool| (pool.stream, 0));
        let mut seen = IndexSet::new();
        let worlds = self.pool.iter().flat_map(|pool| &pool.worlds).flat_map(Self::own_draws);
        world.chain(worlds.filter(move |draw| seen.insert(*draw))).chain(self.own_draws())
    }

    /// Whether a stream is that of the draw which says of a path which world of a pool it is of.
    pub fn chooses_world(&self, stream: u32) -> bool {
        self.pool.as_ref().is_some_and(|pool| pool.stream == stream)
    }

    /// How many slots it works on, with those of all worlds of a pool.
    pub fn all_slots(&self) -> u32 {
        let worlds = self.pool.iter().flat_map(|pool| &pool.worlds).map(Self::all_slots);
        // The formulas of all systems are evaluated in the same slots; solutions stay.
        let solving = self.systems.iter().map(|system| system.formulas.slots).max();
        let solved = self.systems.iter().map(|system| system.rule.unknowns as u32);
        self.slots + solving.unwrap_or(0) + solved.sum::<u32>() + worlds.sum::<u32>()
    }

    /// How many instructions a path takes; of a pool, on average.
    pub fn length(&self) -> f64 {
        // Few systems take more than a handful of evaluations.
        let solving = self.systems.iter().map(|system| 4.0 * system.formulas.instructions.len() as f64);
        let own = self.instructions.len() as f64 + solving.sum::<f64>();
        let Some(pool) = &self.pool else { return own };
        let weighted = |(world, program): (usize, &Self)| pool.sequence.weight(world) * program.length();
        pool.worlds.iter().enumerate().map(weighted).sum::<f64>() + own
    }

    /// Stream and year of each draw of the program's own instructions, in their order.
    fn own_draws(&self) -> impl Iterator<Item = (u32, u32)> {
        self.instructions.iter().filter_map(|instruction| match *instruction {
            Instruction::Compute {
                op: Op::Uniform { stream, year } | Op::Score { stream, year }, ..
            } => Some((stream, year)),
            _ => None,
        })
    }

    /// The part of the program that these series and targets need, which get numbers in this order.
    ///
    /// # Panics
    /// When there is no such series or target.
    #[must_use]
    pub fn only(&self, series: &[u32], targets: &[u32]) -> Self {
        assert!(series.iter().all(|&k| k < self.series) && targets.iter().all(|&k| k < self.targets));
        let (new_series, new_targets) = (places(series, self.series), places(targets, self.targets));
        let mut live = vec![false; self.slots as usize];
        let mut kept = Vec::new();
        for instruction in self.instructions.iter().rev() {
            let needed = match *instruction {
                Instruction::Record { series: k, value } => {
                    new_series[k as usize].map(|series| Instruction::Record { series, value })
                }
                Instruction::Mark { target: k, value } => {
                    new_targets[k as usize].map(|target| Instruction::Mark { target, value })
                }
                // What was written here is not needed before; what it reads may be the same slot.
                Instruction::Compute { out, .. } => {
                    std::mem::take(&mut live[out as usize]).then_some(*instruction)
                }
            };
            if let Some(instruction) = needed {
                self.for_each_slot_read(&instruction, |slot| live[slot as usize] = true);
                kept.push(instruction);
            }
        }
        kept.reverse();
        Self {
            instructions: kept,
            slots: self.slots,
            terms: self.terms.clone(),
            factors: self.factors.clone(),
            summands: self.summands.clone(),
            samplers: self.samplers.clone(),
            systems: self.systems.clone(),
            tables: self.tables.clone(),
            payments: self.payments.clone(),
            series: series.len() as u32,
            targets: targets.len() as u32,
            pool: self.pool.as_ref().map(|pool| {
                let worlds = pool.worlds.iter().map(|world| world.only(series, targets)).collect();
                Box::new(PooledPrograms { worlds, ..(**pool).clone() })
            }),
        }
    }

    /// Whether nothing is drawn: all paths are the same.
    pub fn is_deterministic(&self) -> bool {
        let draws = |i: &Instruction| {
            matches!(i, Instruction::Compute { op: Op::Uniform { .. } | Op::Score { .. }, .. })
        };
        self.pool.is_none() && !self.instructions.iter().any(draws)
    }

    /// The terms of a linear combination.
    ///
    /// # Panics
    /// When the program has not so many.
    pub fn terms_of(&self, first: u32, count: u32) -> &[ScaledSlot] {
        &self.terms[first as usize..][..count as usize]
    }

    /// The numbers and the slots of a weighted sum.
    ///
    /// # Panics
    /// When the program has not so many.
    pub fn summed(&self, factors: u32, summands: u32, count: u32) -> (&[f64], &[u32]) {
        let count = count as usize;
        (&self.factors[factors as usize..][..count], &self.summands[summands as usize..][..count])
    }

    /// The payments of a rate of return.
    ///
    /// # Panics
    /// When the program has not so many.
    pub fn paid(&self, first: u32, count: u32) -> &[Operand] {
        &self.payments[first as usize..][..count as usize]
    }

    /// Tells of every slot that an instruction reads.
    pub(crate) fn for_each_slot_read(&self, instruction: &Instruction, mut read: impl FnMut(u32)) {
        let mut each = |operands: &[Operand]| {
            for operand in operands {
                if let Operand::Slot(slot) = operand {
                    read(*slot);
                }
            }
        };
        match *instruction {
            Instruction::Record { value, .. } | Instruction::Mark { value, .. } => each(&[value]),
            Instruction::Compute { op, .. } => match op {
                Op::Uniform { .. } | Op::Score { .. } => {}
                Op::Sample { x, .. }
                | Op::Unary(_, x)
                | Op::Lookup { x, .. }
                | Op::Solution { solved: x, .. } => each(&[x]),
                Op::Solve { system } => {
                    self.systems[system as usize].reads().for_each(|operand| each(&[operand]));
                }
                Op::RateOfReturn { first, count } => each(self.paid(first, count)),
                Op::Binary(_, a, b) | Op::Growth(a, b) => each(&[a, b]),
                Op::Fused(_, parts) => each(&parts),
                Op::Select(condition, yes, no) => each(&[condition, yes, no]),
                Op::Line { start, first, count } => {
                    each(&[start]);
                    self.terms_of(first, count).iter().for_each(|term| read(term.slot));
                }
                Op::WeightedSum { start, factors, summands, count } => {
                    each(&[start]);
                    self.summed(factors, summands, count).1.iter().for_each(|slot| read(*slot));
                }
            },
        }
    }
}

/// By number, of so many: where it first stands in a list.
fn places(list: &[u32], of: u32) -> Vec<Option<u32>> {
    let mut places = vec![None; of as usize];
    for (place, number) in (0..).zip(list) {
        places[*number as usize].get_or_insert(place);
    }
    places
}
