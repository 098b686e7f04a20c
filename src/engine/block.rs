//! The fast way to run a program: a block of 256 paths at a time, each slot a column.

use std::collections::BTreeMap;
use std::ops::Range;

use super::kernel::{self, LoopSource};
use super::pool::PoolMachine;
use super::solving::Solving;
use crate::model::{Instruction, Op, Operand, Program};
use crate::num::draw::{self, Column};
use crate::num::{BLOCK, normal};

/// What takes the columns that a program records and marks. Of the last block of a run only the first lanes
/// are of that run: whoever takes the columns knows how many.
pub trait Sink {
    /// Takes the values of a series.
    fn record(&mut self, series: u32, values: &Column);
    /// Takes the truths of a target: 0 is missed, NaN is not known, all else is met.
    fn mark(&mut self, target: u32, truths: &Column);
    /// Takes the uniforms of a draw; draws come in the order of the program's instructions.
    fn draw(&mut self, _uniforms: &Column) {}
    /// Whether it looks at the draws of this block.
    fn wants_draws(&self) -> bool {
        false
    }
}

/// The columns that a program records and marks in a block.
pub struct BlockColumns {
    /// By series.
    pub series: Vec<Column>,
    /// By target.
    pub targets: Vec<Column>,
}

impl BlockColumns {
    /// Room for those of a program.
    pub fn new(program: &Program) -> Self {
        let columns = |count: u32| vec![[0.0; BLOCK]; count as usize];
        Self { series: columns(program.series), targets: columns(program.targets) }
    }

    /// Hands them on.
    pub(super) fn give_to(&self, sink: &mut impl Sink) {
        (0..).zip(&self.series).for_each(|(series, values)| sink.record(series, values));
        (0..).zip(&self.targets).for_each(|(target, truths)| sink.mark(target, truths));
    }
}

impl Sink for BlockColumns {
    fn record(&mut self, series: u32, values: &Column) {
        self.series[series as usize] = *values;
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        self.targets[target as usize] = *truths;
    }
}

/// Where the uniforms of a block come from: their address, but for those that are given.
#[derive(Clone, Copy)]
pub(super) struct BlockDraws<'d> {
    seed: u64,
    block: u64,
    given: Option<&'d BTreeMap<(u32, u32), Column>>,
}

impl<'d> BlockDraws<'d> {
    /// Those of a block, but for the given ones, by stream and year.
    pub(super) fn new(seed: u64, block: u64, given: &'d BTreeMap<(u32, u32), Column>) -> Self {
        Self { given: Some(given).filter(|given| !given.is_empty()), ..Self::of(seed, block) }
    }

    /// Those of a block.
    pub(super) fn of(seed: u64, block: u64) -> Self {
        Self { seed, block, given: None }
    }

    fn column(self, stream: u32, year: u32, out: &mut Column) {
        match self.given.and_then(|given| given.get(&(stream, year))) {
            Some(column) => *out = *column,
            None => draw::uniform_column(self.seed, stream, self.block, year, out),
        }
    }
}

/// A column that begins a cache line, so that no vector of it straddles two.
#[derive(Clone)]
#[repr(C, align(64))]
pub(super) struct Aligned(Column);

impl Aligned {
    /// One of zeros.
    pub(super) fn boxed() -> Box<Self> {
        Box::new(Self([0.0; BLOCK]))
    }
}

/// A program with the columns it works on, for many blocks.
pub struct Machine<'p> {
    program: &'p Program,
    #[expect(clippy::vec_box, reason = "a boxed column changes places with another without being copied")]
    slots: Vec<Box<Aligned>>,
    /// The column that the next result goes to. It then changes places with the slot's own, so that an
    /// operation may read the slot it writes.
    spare: Box<Aligned>,
    /// The uniforms on their way to becoming scores.
    draws: Box<Aligned>,
    /// The machines of a pool's worlds.
    pool: Option<Box<PoolMachine<'p>>>,
    /// What systems of equations are solved in.
    solving: Option<Box<Solving<'p>>>,
}

impl<'p> Machine<'p> {
    /// A machine for this program.
    pub fn new(program: &'p Program) -> Self {
        Self::with_slots(program, program.slots)
    }

    /// A machine for this program and others that need no more than so many slots.
    pub(super) fn with_slots(program: &'p Program, slots: u32) -> Self {
        Self {
            program,
            slots: (0..slots).map(|_| Aligned::boxed()).collect(),
            spare: Aligned::boxed(),
            draws: Aligned::boxed(),
            pool: program.pool.as_deref().map(|pool| Box::new(PoolMachine::new(program, pool))),
            solving: Solving::new(program).map(Box::new),
        }
    }

    /// Makes it run another program, that of a system: with no more slots, and no pool.
    pub(super) fn change_program(&mut self, program: &'p Program) {
        self.program = program;
    }

    /// Says which blocks will be run: of a pool several at once take less than one after the other.
    pub(super) fn announce(&mut self, blocks: Range<u64>) {
        if let Some(pool) = &mut self.pool {
            pool.announce(blocks);
        }
    }

    /// Runs the program for the paths of block `block`: `256 * block` and the 255 that follow.
    ///
    /// # Panics
    /// When the program names a slot or sampler that it does not have, which the compiler never lets happen.
    pub fn run(&mut self, seed: u64, block: u64, sink: &mut impl Sink) {
        if let Some(pool) = &mut self.pool {
            return pool.run(seed, block, sink);
        }
        let uniforms = |stream, year, out: &mut Column| draw::uniform_column(seed, stream, block, year, out);
        self.execute(uniforms, sink);
    }

    /// Runs the program for 256 paths whose uniforms are given: for each draw, in the order of the program's
    /// instructions, its stream, its year and the column to fill with numbers strictly between 0 and 1; of a pool that of the
    /// world, and then those of each world in turn, what several have also several times.
    ///
    /// # Panics
    /// As [`Machine::run`].
    pub fn run_on(&mut self, mut uniforms: impl FnMut(u32, u32, &mut Column), sink: &mut impl Sink) {
        match &mut self.pool {
            Some(pool) => pool.run_on(&mut uniforms, sink),
            None => self.execute(uniforms, sink),
        }
    }

    /// Carries out the program's own instructions.
    pub(super) fn execute(&mut self, mut uniforms: impl FnMut(u32, u32, &mut Column), sink: &mut impl Sink) {
        let program = self.program;
        for instruction in &program.instructions {
            match *instruction {
                Instruction::Compute { out, op } => {
                    self.compute(&mut uniforms, op);
                    match op {
                        Op::Uniform { .. } => sink.draw(&self.spare.0),
                        Op::Score { .. } => sink.draw(&self.draws.0),
                        _ => {}
                    }
                    self.swap_with_spare(out);
                }
                Instruction::Record { series, value } => sink.record(series, self.column(value)),
                Instruction::Mark { target, value } => sink.mark(target, self.column(value)),
            }
        }
    }

    /// Runs the program for the paths of a block, with some of its draws given: `given` says, for each draw in the order of
    /// the program's instructions, which of the columns it is. Where a program reads scores, a column holds scores.
    pub(super) fn run_given(
        &mut self,
        draws: BlockDraws,
        given: &[Option<u32>],
        columns: &[Column],
        sink: &mut impl Sink,
    ) {
        let program = self.program;
        let mut uniforms = |stream, year, out: &mut Column| draws.column(stream, year, out);
        let mut given = given.iter();
        for instruction in &program.instructions {
            match *instruction {
                Instruction::Compute { out, op } => {
                    let is_draw = matches!(op, Op::Uniform { .. } | Op::Score { .. });
                    match if is_draw { given.next().copied().flatten() } else { None } {
                        Some(place) => self.spare.0 = columns[place as usize],
                        None => self.compute(&mut uniforms, op),
                    }
                    self.swap_with_spare(out);
                }
                Instruction::Record { series, value } => sink.record(series, self.column(value)),
                Instruction::Mark { target, value } => sink.mark(target, self.column(value)),
            }
        }
    }

    /// Runs some instructions of the program, none of which records or marks.
    pub(super) fn steps(&mut self, draws: BlockDraws, steps: &[Instruction]) {
        let mut uniforms = |stream, year, out: &mut Column| draws.column(stream, year, out);
        for instruction in steps {
            if let Instruction::Compute { out, op } = *instruction {
                self.compute(&mut uniforms, op);
                self.swap_with_spare(out);
            }
        }
    }

    /// The column of a slot.
    pub(super) fn slot(&self, slot: u32) -> &Column {
        &self.slots[slot as usize].0
    }

    /// The column of a slot, to be written.
    pub(super) fn slot_mut(&mut self, slot: u32) -> &mut Column {
        &mut self.slots[slot as usize].0
    }

    /// The spare column and that of a slot change places.
    pub(super) fn swap_with_spare(&mut self, slot: u32) {
        std::mem::swap(&mut self.slots[slot as usize], &mut self.spare);
    }

    /// The spare column and another change places.
    pub(super) fn put_spare(&mut self, other: &mut Box<Aligned>) {
        std::mem::swap(&mut self.spare, other);
    }

    /// The column of a slot and another change places.
    pub(super) fn put_slot(&mut self, slot: u32, other: &mut Box<Aligned>) {
        std::mem::swap(&mut self.slots[slot as usize], other);
    }

    /// Computes one operation into the spare column.
    pub(super) fn compute(&mut self, uniforms: &mut impl FnMut(u32, u32, &mut Column), op: Op) {
        let slots = &self.slots;
        let source = |operand| match operand {
            Operand::Slot(slot) => LoopSource::Column(&slots[slot as usize].0),
            Operand::Constant(x) => LoopSource::Constant(x),
        };
        let out = &mut self.spare.0;
        match op {
            Op::Uniform { stream, year } => uniforms(stream, year, out),
            Op::Score { stream, year } => {
                uniforms(stream, year, &mut self.draws.0);
                normal::score_column(&self.draws.0, out);
            }
            Op::Sample { sampler, x } => {
                let sampler = &self.program.samplers[sampler as usize];
                match source(x) {
                    LoopSource::Column(x) => sampler.sample_column(x, out),
                    LoopSource::Constant(x) => out.fill(sampler.sample(x)),
                }
            }
            Op::Unary(op, x) => kernel::unary(op, source(x), out),
            Op::Binary(op, a, b) => kernel::binary(op, source(a), source(b), out),
            Op::Fused(op, parts) => kernel::fused(op, parts.map(source), out),
            Op::Line { start, first, count } => {
                let terms = self.program.terms_of(first, count);
                let term = |k: usize| (terms[k].factor, &slots[terms[k].slot as usize].0);
                kernel::line(source(start), terms.len(), term, out);
            }
            Op::WeightedSum { start, factors, summands, count } => {
                let (factors, summands) = self.program.summed(factors, summands, count);
                let column = |k: usize| &slots[summands[k] as usize].0;
                kernel::weighted_sum(source(start), factors, column, out);
            }
            Op::Growth(a, x) => kernel::growth(source(a), source(x), out),
            Op::Select(condition, yes, no) => kernel::choose(source(condition), source(yes), source(no), out),
            Op::Solve { system } => {
                let Some(solving) = &mut self.solving else { return };
                let number = system as usize;
                solving.solve(number, &self.program.systems[number], source, out);
            }
            Op::Solution { system, unknown, .. } => {
                let Some(solving) = &self.solving else { return };
                *out = *solving.solution(system as usize, unknown as usize);
            }
            Op::Lookup { table, x } => kernel::lookup(&self.program.tables[table as usize], source(x), out),
            Op::RateOfReturn { first, count } => {
                let payments = self.program.paid(first, count);
                kernel::rate_of_return(payments.len(), |k| source(payments[k]), out);
            }
        }
    }

    /// The column of an operand; a constant is spread over the spare column.
    pub(super) fn column(&mut self, operand: Operand) -> &Column {
        match operand {
            Operand::Slot(slot) => &self.slots[slot as usize].0,
            Operand::Constant(x) => {
                self.spare.0.fill(x);
                &self.spare.0
            }
        }
    }
}
