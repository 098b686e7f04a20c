//! The program of the observed values, parted by what is solved for in each observed year.

use super::{Observed, RecordRefusal};
use crate::engine::dependence::DrawSet;
use crate::model::{Instruction, Op, Operand, Program};
use crate::text::period::ordinal;

/// A draw that can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MovableDraw {
    pub(super) stream: u32,
    pub(super) year: u32,
    /// The slot of its value.
    pub(super) slot: u32,
    /// Whether the program reads its score, and not its uniform.
    pub(super) is_score: bool,
}

/// What is solved for in one observed year.
#[derive(Clone, Debug, Default)]
pub(super) struct Stage {
    pub(super) year: i32,
    /// The observations of the year, by their place among all: first those that are solved for.
    pub(super) observed: Vec<usize>,
    /// How many are solved for; of the others, which nothing moves, paths are only weighted.
    pub(super) solved: usize,
    /// By observation of the year: the slot of its value, or the number that it always is.
    pub(super) values: Vec<u32>,
    /// The draws that are moved, by their place among all moved ones.
    pub(super) moved: Vec<usize>,
    /// What is computed before, once: it does not depend on the draws that are moved.
    pub(super) before: Vec<Instruction>,
    /// What is computed at every step of the solution.
    pub(super) within: Vec<Instruction>,
}

/// The program with a slot for each value, and its stages.
#[derive(Clone, Debug, Default)]
pub(super) struct Stages {
    pub(super) program: Program,
    pub(super) years: Vec<Stage>,
    pub(super) moved: Vec<MovableDraw>,
    /// Observations of values that are the same on every path, with that value.
    pub(super) constant: Vec<(usize, f64)>,
}

impl Stages {
    /// Parts a program, the series of which are the values of the observations, in their order.
    pub(super) fn new(program: &Program, observed: &[Observed]) -> Result<Self, RecordRefusal> {
        let plain = one_slot_each(program);
        let flow = Flow::of(&plain);
        let mut values = vec![Operand::Constant(f64::NAN); observed.len()];
        for instruction in &plain.instructions {
            if let Instruction::Record { series, value } = *instruction {
                values[series as usize] = value;
            }
        }
        let mut built = Self { program: plain, ..Self::default() };
        let mut years: Vec<i32> = observed.iter().map(|one| one.year).collect();
        years.sort_unstable();
        years.dedup();
        let mut done = vec![false; built.program.instructions.len()];
        // The draws behind what was observed before: they can no longer be moved.
        let mut fixed = DrawSet::default();
        for year in years {
            let mut stage = Stage { year, ..Stage::default() };
            let mut candidates: Vec<usize> = Vec::new();
            for (place, _) in observed.iter().enumerate().filter(|(_, one)| one.year == year) {
                let slot = match values[place] {
                    Operand::Slot(slot) => slot,
                    Operand::Constant(value) => {
                        built.constant.push((place, value));
                        continue;
                    }
                };
                let movable = flow.movable(slot, year, &fixed);
                let at = if movable.is_empty() { stage.observed.len() } else { stage.solved };
                stage.solved += usize::from(!movable.is_empty());
                stage.observed.insert(at, place);
                stage.values.insert(at, slot);
                candidates.extend(movable);
            }
            if stage.observed.is_empty() {
                continue;
            }
            candidates.sort_unstable();
            candidates.dedup();
            if candidates.len() < stage.solved {
                let (observations, scores) = (stage.solved, candidates.len());
                return Err(RecordRefusal::TooManyObservations { year, observations, scores });
            }
            for draw in candidates {
                stage.moved.push(built.moved.len());
                built.moved.push(flow.draws[draw]);
            }
            built.part(&mut stage, &mut done);
            stage.values.iter().for_each(|slot| fixed.unite(&flow.behind[*slot as usize]));
            built.years.push(stage);
        }
        Ok(built)
    }

    /// The same without some observations.
    pub(super) fn without(mut self, empty: &[usize]) -> Self {
        for stage in &mut self.years {
            let kept: Vec<bool> = stage.observed.iter().map(|place| !empty.contains(place)).collect();
            stage.solved = kept[..stage.solved].iter().filter(|kept| **kept).count();
            let mut keep = kept.iter();
            stage.observed.retain(|_| keep.next().is_some_and(|kept| *kept));
            let mut keep = kept.iter();
            stage.values.retain(|_| keep.next().is_some_and(|kept| *kept));
        }
        // What a stage computes may be needed by a later one: its steps stay, and its draws as they are.
        if self.years.iter().all(|stage| stage.observed.is_empty()) {
            self.years.clear();
        }
        self
    }

    /// Finds what a stage computes before and within.
    fn part(&self, stage: &mut Stage, done: &mut [bool]) {
        let program = &self.program;
        let mut depends = vec![false; program.slots as usize];
        stage.moved.iter().for_each(|moved| depends[self.moved[*moved].slot as usize] = true);
        for instruction in &program.instructions {
            if let Instruction::Compute { out, .. } = *instruction {
                let mut any = depends[out as usize];
                program.for_each_slot_read(instruction, |slot| any |= depends[slot as usize]);
                depends[out as usize] = any;
            }
        }
        let mut needed = vec![false; program.slots as usize];
        stage.values.iter().for_each(|slot| needed[*slot as usize] = true);
        for (place, instruction) in program.instructions.iter().enumerate().rev() {
            let Instruction::Compute { out, op } = *instruction else { continue };
            if !needed[out as usize] || done[place] {
                continue;
            }
            program.for_each_slot_read(instruction, |slot| needed[slot as usize] = true);
            done[place] = true;
            let is_draw = matches!(op, Op::Uniform { .. } | Op::Score { .. });
            if !depends[out as usize] {
                stage.before.push(*instruction);
            } else if !is_draw {
                stage.within.push(*instruction);
            }
        }
        stage.before.reverse();
        stage.within.reverse();
    }
}

/// The same program with a slot of its own for each value.
fn one_slot_each(program: &Program) -> Program {
    let mut current = vec![0; program.slots as usize];
    let mut plain = Program {
        series: program.series,
        samplers: program.samplers.clone(),
        systems: program.systems.clone(),
        tables: program.tables.clone(),
        ..Program::default()
    };
    for instruction in &program.instructions {
        let read = |operand: Operand| match operand {
            Operand::Slot(slot) => Operand::Slot(current[slot as usize]),
            number @ Operand::Constant(_) => number,
        };
        let renamed = match *instruction {
            Instruction::Record { series, value } => Instruction::Record { series, value: read(value) },
            Instruction::Mark { .. } => continue,
            Instruction::Compute { out, op } => {
                let op = match op {
                    Op::Uniform { .. } | Op::Score { .. } => op,
                    Op::Sample { sampler, x } => Op::Sample { sampler, x: read(x) },
                    Op::Lookup { table, x } => Op::Lookup { table, x: read(x) },
                    Op::RateOfReturn { first, count } => {
                        let from = plain.payments.len() as u32;
                        plain.payments.extend(program.paid(first, count).iter().map(|x| read(*x)));
                        Op::RateOfReturn { first: from, count }
                    }
                    Op::Unary(op, x) => Op::Unary(op, read(x)),
                    Op::Binary(op, a, b) => Op::Binary(op, read(a), read(b)),
                    Op::Fused(op, parts) => Op::Fused(op, parts.map(read)),
                    Op::Growth(a, x) => Op::Growth(read(a), read(x)),
                    Op::Select(condition, yes, no) => Op::Select(read(condition), read(yes), read(no)),
                    Op::Solve { system } => {
                        let own = &mut plain.systems[system as usize];
                        own.outside
                            .iter_mut()
                            .chain(&mut own.starts)
                            .for_each(|operand| *operand = read(*operand));
                        op
                    }
                    Op::Solution { system, unknown, solved } => {
                        Op::Solution { system, unknown, solved: read(solved) }
                    }
                    Op::Line { start, first, count } => {
                        let from = plain.terms.len() as u32;
                        for term in program.terms_of(first, count) {
                            let mut term = *term;
                            term.slot = current[term.slot as usize];
                            plain.terms.push(term);
                        }
                        Op::Line { start: read(start), first: from, count }
                    }
                    Op::WeightedSum { start, factors, summands, count } => {
                        let (numbers, slots) = program.summed(factors, summands, count);
                        let from = (plain.factors.len() as u32, plain.summands.len() as u32);
                        plain.factors.extend(numbers);
                        plain.summands.extend(slots.iter().map(|slot| current[*slot as usize]));
                        Op::WeightedSum { start: read(start), factors: from.0, summands: from.1, count }
                    }
                };
                let slot = plain.slots;
                plain.slots += 1;
                current[out as usize] = slot;
                Instruction::Compute { out: slot, op }
            }
        };
        plain.instructions.push(renamed);
    }
    plain
}

/// What flows from which draw.
struct Flow {
    /// The draws of the program.
    draws: Vec<MovableDraw>,
    /// By slot: the draws that its value depends on.
    behind: Vec<DrawSet>,
    /// The draws that decide something that takes few values.
    discrete: DrawSet,
}

impl Flow {
    fn of(program: &Program) -> Self {
        let mut flow = Self {
            draws: Vec::new(),
            behind: vec![DrawSet::default(); program.slots as usize],
            discrete: DrawSet::default(),
        };
        for instruction in &program.instructions {
            let Instruction::Compute { out, op } = *instruction else { continue };
            let mut bits = DrawSet::default();
            program.for_each_slot_read(instruction, |slot| bits.unite(&flow.behind[slot as usize]));
            match op {
                Op::Uniform { stream, year } | Op::Score { stream, year } => {
                    bits.insert(flow.draws.len());
                    let is_score = matches!(op, Op::Score { .. });
                    flow.draws.push(MovableDraw { stream, year, slot: out, is_score });
                }
                Op::Sample { sampler, .. } if !moves_smoothly(&program.samplers[sampler as usize]) => {
                    flow.discrete.unite(&bits);
                }
                _ => {}
            }
            flow.behind[out as usize] = bits;
        }
        flow
    }

    /// The draws by which an observed value can be moved: those of its year, or else those of other years and
    /// parameters on which nothing depends that was observed before.
    fn movable(&self, slot: u32, year: i32, fixed: &DrawSet) -> Vec<usize> {
        let behind = &self.behind[slot as usize];
        let free = |draw: &usize| {
            behind.has(*draw as u32) && !self.discrete.has(*draw as u32) && !fixed.has(*draw as u32)
        };
        let free: Vec<usize> = (0..self.draws.len()).filter(free).collect();
        let own: Vec<usize> =
            free.iter().copied().filter(|draw| self.draws[*draw].year == ordinal(year) as u32).collect();
        if own.is_empty() { free } else { own }
    }
}

/// Whether a sampler's draws move with what they are drawn from.
fn moves_smoothly(sampler: &crate::num::Sampler) -> bool {
    !sampler.is_discrete() && sampler.unordered_bounds().is_none()
}
