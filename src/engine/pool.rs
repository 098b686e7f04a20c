//! Runs a pool: each path by the program of its world.
//!
//! The paths of a world are scattered over the blocks. Those of several blocks are gathered, 256 at a time, run by the world's
//! program and put back into their blocks' columns, so that a pool takes about as long as its worlds do on average. A path's
//! draws are those of its own number, as in a run of its world alone.

use std::ops::Range;

use super::block::{BlockColumns, Machine, Sink};
use crate::model::{PooledPrograms, Program};
use crate::num::BLOCK;
use crate::num::draw::{Column, PathLanes, uniform_column};

/// The columns of blocks that are run ahead take no more bytes than this, but for two blocks.
const MOST_AHEAD: usize = 32 << 20;

/// No more blocks are run ahead: what is left of a world's last 256 paths is then little of all.
const MOST_BLOCKS: u64 = 16;

/// The machines of a pool's worlds, with the blocks that they have run ahead.
pub(super) struct PoolMachine<'p> {
    program: &'p Program,
    pool: &'p PooledPrograms,
    worlds: Vec<Machine<'p>>,
    /// The blocks that will be asked for.
    expected: Range<u64>,
    /// Those that are run, and with which seed.
    ahead: Range<u64>,
    seed: u64,
    columns: Vec<BlockColumns>,
}

impl<'p> PoolMachine<'p> {
    /// One for a pool's program.
    pub(super) fn new(program: &'p Program, pool: &'p PooledPrograms) -> Self {
        Self {
            program,
            pool,
            worlds: pool.worlds.iter().map(Machine::new).collect(),
            expected: 0..0,
            ahead: 0..0,
            seed: 0,
            columns: Vec::new(),
        }
    }

    /// Says which blocks will be run.
    pub(super) fn announce(&mut self, blocks: Range<u64>) {
        self.expected = blocks;
    }

    /// Gives the columns of a block, and its draws where they are wanted.
    pub(super) fn run(&mut self, seed: u64, block: u64, sink: &mut impl Sink) {
        if !self.ahead.contains(&block) || self.seed != seed {
            let last = if self.expected.contains(&block) { self.expected.end } else { block + 1 };
            self.run_ahead(seed, block..last.min(block + most_blocks(self.program)));
        }
        if sink.wants_draws() {
            draws(self.program, seed, block, |uniforms| sink.draw(uniforms));
        }
        self.columns[(block - self.ahead.start) as usize].give_to(sink);
    }

    fn run_ahead(&mut self, seed: u64, blocks: Range<u64>) {
        let count = (blocks.end - blocks.start) as usize;
        while self.columns.len() < count {
            self.columns.push(BlockColumns::new(self.program));
        }
        let first = blocks.start * BLOCK as u64;
        let mut places = vec![Vec::new(); self.worlds.len()];
        for place in 0..count * BLOCK {
            places[self.pool.sequence.at(first + place as u64)].push(place);
        }
        for (machine, places) in self.worlds.iter_mut().zip(&places) {
            for places in places.chunks(BLOCK) {
                let paths: Vec<u64> = places.iter().map(|place| first + *place as u64).collect();
                let lanes = PathLanes::new(&paths);
                let uniforms = |stream, year, out: &mut Column| lanes.uniforms(seed, stream, year, out);
                machine.execute(uniforms, &mut PathScatter { places, columns: &mut self.columns });
            }
        }
        (self.ahead, self.seed) = (blocks, seed);
    }

    /// Runs all worlds for 256 paths whose uniforms are given, that of the world among them, and takes of each path the values
    /// of its world.
    pub(super) fn run_on(&mut self, uniforms: &mut impl FnMut(u32, u32, &mut Column), sink: &mut impl Sink) {
        let mut column = [0.0; BLOCK];
        uniforms(self.pool.stream, 0, &mut column);
        let worlds = column.map(|u| self.pool.sequence.of_uniform(u));
        let mut merged = BlockColumns::new(self.program);
        for (world, machine) in self.worlds.iter_mut().enumerate() {
            let lanes: Vec<usize> = (0..BLOCK).filter(|lane| worlds[*lane] == world).collect();
            if !lanes.is_empty() {
                machine.execute(&mut *uniforms, &mut LanesOf { lanes: &lanes, columns: &mut merged });
            }
        }
        merged.give_to(sink);
    }
}

/// How many blocks are run ahead.
fn most_blocks(program: &Program) -> u64 {
    let bytes = (program.series + program.targets).max(1) as usize * size_of::<Column>();
    ((MOST_AHEAD / bytes) as u64).clamp(2, MOST_BLOCKS)
}

/// The bytes that a thread takes to run a pool besides its machines; none for other programs.
pub(super) fn bytes(program: &Program) -> u64 {
    let columns = u64::from(program.series + program.targets) * size_of::<Column>() as u64;
    if program.pool.is_some() { most_blocks(program) * columns } else { 0 }
}

/// Gives the uniforms of all draws of a program in a block, in their order.
pub(super) fn draws(program: &Program, seed: u64, block: u64, mut each: impl FnMut(&Column)) {
    let mut uniforms = [0.0; BLOCK];
    for (stream, year) in program.draws() {
        match &program.pool {
            Some(pool) if stream == pool.stream => {
                for (path, u) in (block * BLOCK as u64..).zip(&mut uniforms) {
                    *u = pool.sequence.uniform(pool.sequence.at(path));
                }
            }
            _ => uniform_column(seed, stream, block, year, &mut uniforms),
        }
        each(&uniforms);
    }
}

/// Puts the values of gathered paths into the columns of their blocks.
struct PathScatter<'a> {
    /// By lane: the place of the path among those of all blocks.
    places: &'a [usize],
    columns: &'a mut [BlockColumns],
}

impl Sink for PathScatter<'_> {
    fn record(&mut self, series: u32, values: &Column) {
        for (place, value) in self.places.iter().zip(values) {
            self.columns[place / BLOCK].series[series as usize][place % BLOCK] = *value;
        }
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        for (place, truth) in self.places.iter().zip(truths) {
            self.columns[place / BLOCK].targets[target as usize][place % BLOCK] = *truth;
        }
    }
}

/// Takes of some lanes the values, and leaves the others.
struct LanesOf<'a> {
    lanes: &'a [usize],
    columns: &'a mut BlockColumns,
}

impl Sink for LanesOf<'_> {
    fn record(&mut self, series: u32, values: &Column) {
        let column = &mut self.columns.series[series as usize];
        self.lanes.iter().for_each(|lane| column[*lane] = values[*lane]);
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        let column = &mut self.columns.targets[target as usize];
        self.lanes.iter().for_each(|lane| column[*lane] = truths[*lane]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{RunRequest, Watch, paths, run_path, simulate};
    use crate::model::{Instruction, Op, Operand};
    use crate::num::WeightedSequence;

    /// Three worlds, of which each records one of three inputs, and whether that is above its median.
    fn program() -> Program {
        let world = |stream| Program {
            instructions: vec![
                Instruction::Compute { out: 0, op: Op::Score { stream, year: 2021 } },
                Instruction::Record { series: 0, value: Operand::Slot(0) },
                Instruction::Mark { target: 0, value: Operand::Slot(0) },
            ],
            slots: 1,
            series: 1,
            targets: 1,
            ..Program::default()
        };
        let pool = PooledPrograms {
            worlds: (1..=3).map(world).collect(),
            sequence: WeightedSequence::new(&[0.6, 0.2, 0.2]),
            stream: 9,
        };
        Program { series: 1, targets: 1, pool: Some(Box::new(pool)), ..Program::default() }
    }

    #[test]
    fn a_path_has_the_values_that_it_has_in_its_world_alone() {
        let program = program();
        let pool = program.pool.as_ref().unwrap();
        let alone: Vec<_> = pool.worlds.iter().map(|world| paths(world, 7, 0..5000)).collect();
        let pooled = paths(&program, 7, 0..5000);
        for path in 0..5000 {
            let own = &alone[pool.sequence.at(path as u64)];
            assert_eq!(pooled.series[[path, 0]].to_bits(), own.series[[path, 0]].to_bits(), "{path}");
            assert_eq!(pooled.targets[[path, 0]].to_bits(), own.targets[[path, 0]].to_bits(), "{path}");
        }
        let single = run_path(&program, 7, 1234);
        assert_eq!(single.series[0].to_bits(), pooled.series[[1234, 0]].to_bits());
        let part = paths(&program, 7, 700..1300);
        assert_eq!(part.series, pooled.series.slice(ndarray::s![700..1300, ..]));
    }

    #[test]
    fn threads_and_blocks_that_are_run_ahead_leave_no_trace() {
        let request = |threads| RunRequest { seed: 3, paths: 20_000, threads: Some(threads) };
        let run = |threads| simulate(&program(), &[], &request(threads), Watch::default()).unwrap();
        assert_eq!(run(1), run(3));
    }

    #[test]
    fn where_uniforms_are_given_that_of_the_world_chooses() {
        let program = program();
        let mut held = BlockColumns::new(&program);
        let uniforms = |stream, _, out: &mut Column| {
            let of =
                |lane: usize| if stream == 9 { (lane as f64 + 0.5) / 256.0 } else { f64::from(stream) / 4.0 };
            (0..BLOCK).for_each(|lane| out[lane] = of(lane));
        };
        Machine::new(&program).run_on(uniforms, &mut held);
        let count = |stream: u32| {
            let value = crate::num::normal::score(f64::from(stream) / 4.0);
            held.series[0].iter().filter(|x| **x == value).count()
        };
        assert_eq!([count(1), count(2), count(3)], [154, 51, 51]);
    }

    #[test]
    fn the_draws_of_a_pool_are_its_world_and_those_of_all_worlds() {
        let program = program();
        assert_eq!(program.draws().collect::<Vec<_>>(), [(9, 0), (1, 2021), (2, 2021), (3, 2021)]);
        let mut columns = Vec::new();
        draws(&program, 7, 2, |uniforms| columns.push(*uniforms));
        let mut second = [0.0; BLOCK];
        uniform_column(7, 2, 2, 2021, &mut second);
        assert_eq!(columns[2], second);
        assert!(columns[0].iter().all(|u| [0.3, 0.7, 0.9].iter().any(|x| (u - x).abs() < 1e-12)));
    }
}
