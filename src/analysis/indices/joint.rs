//! Indices of several outcomes from the same points.
//!
//! At each point of the first matrix the whole program is run; for each group only what depends on its draws is run again, with
//! these from the second. That costs little more than an outcome by itself. A draw has the same dimensions of the sequence
//! whichever outcomes are asked about, so that an index is the same number with others and without.

use std::collections::BTreeSet;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{Design, Indices, PROBED, Probe, SCRAMBLINGS, Squares, index, scrambled};
use crate::engine::{BlockColumns, DependentSteps, Machine, Rerun, RowOrder, Spares};
use crate::model::Program;
use crate::num::draw::{Column, uniform};
use crate::num::sobol::Scrambled;
use crate::num::{BLOCK, max};
use crate::result::interval::scaled::unit_of;

/// So many blocks are in memory at once: their sums are added in order, whatever the number of threads.
const BLOCKS_AT_ONCE: u32 = 32;

/// A program whose series are outcomes, and the draws of groups of inputs.
#[derive(Clone, Debug)]
pub struct JointDesign {
    /// The program; all its series are outcomes. Not of a pool.
    pub program: Program,
    /// By group: its draws, by their place in the program, in their order.
    pub groups: Vec<Vec<usize>>,
    /// The seed of all points.
    pub seed: u64,
    /// By outcome: what counts for infinity where it is a year that never comes.
    pub nevers: Vec<Option<f64>>,
    /// By draw: its number among the draws that points have dimensions for.
    pub ranks: Vec<u32>,
    /// By draw, if it is of rows: their order, in which points lie.
    pub orders: Vec<Option<RowOrder>>,
}

/// The numbers of some draws among all that points have dimensions for: what is drawn once per path comes first, then year by
/// year, as the first dimensions are the best.
pub fn ranks(of: &Program, among: &Program) -> Vec<u32> {
    let mut all: Vec<(u32, u32)> = among.draws().map(|(stream, year)| (year, stream)).collect();
    all.sort_unstable();
    all.dedup();
    let rank = |(stream, year)| all.partition_point(|known| *known < (year, stream)) as u32;
    of.draws().map(rank).collect()
}

impl From<&Design> for JointDesign {
    fn from(design: &Design) -> Self {
        let mut orders = design.orders.clone();
        orders.resize(design.program.draws().count(), None);
        Self {
            program: design.program.clone(),
            groups: design.groups.clone(),
            seed: design.seed,
            nevers: vec![design.never],
            ranks: ranks(&design.program, &design.program),
            orders,
        }
    }
}

/// What an outcome is at random points, and in which unit it is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probed {
    /// What it is.
    pub probe: Probe,
    /// A power of two near its largest magnitude, where its squares need one; else 1.
    pub unit: f64,
}

/// The points of a scrambling.
struct Points<'a> {
    design: &'a JointDesign,
    seed: u64,
    /// By dimension; beyond those of the sequence points are random.
    scrambled: Vec<Scrambled>,
}

/// Which of a pair of points.
#[derive(Clone, Copy)]
enum Matrix {
    First,
    Second,
}

impl<'a> Points<'a> {
    fn new(design: &'a JointDesign, scrambling: u64) -> Self {
        let most = design.ranks.iter().map(|rank| 2 * (*rank as usize + 1)).max().unwrap_or(0);
        let seed = design.seed.wrapping_mul(SCRAMBLINGS).wrapping_add(scrambling);
        Self { design, seed, scrambled: scrambled(seed, most) }
    }

    /// The uniforms of a draw in a block of points.
    fn column(&self, draw: usize, matrix: Matrix, block: u32, out: &mut Column) {
        let dimension = 2 * self.design.ranks[draw] + u32::from(matches!(matrix, Matrix::Second));
        let first = u64::from(block) * BLOCK as u64;
        match self.scrambled.get(dimension as usize) {
            Some(scrambled) => scrambled.column(first, out),
            None => {
                for (point, u) in (first..).zip(out.iter_mut()) {
                    *u = uniform(self.seed, dimension, point, 1);
                }
            }
        }
        self.design.put_in_order(draw, out);
    }
}

/// Sums of a block: by outcome the whole and how many points differ; by group and outcome that it moves the group's and the
/// others'.
struct BlockSums {
    whole: Vec<[f64; 2]>,
    exchanged: Vec<Vec<[f64; 2]>>,
}

impl BlockSums {
    fn add(&mut self, other: &Self) {
        let add = |mine: &mut [f64; 2], theirs: &[f64; 2]| {
            mine[0] += theirs[0];
            mine[1] += theirs[1];
        };
        self.whole.iter_mut().zip(&other.whole).for_each(|(mine, theirs)| add(mine, theirs));
        let groups = self.exchanged.iter_mut().zip(&other.exchanged);
        groups.for_each(|(mine, theirs)| mine.iter_mut().zip(theirs).for_each(|(a, b)| add(a, b)));
    }
}

impl JointDesign {
    /// What each outcome is at random points.
    pub fn probes(&self) -> Vec<Probed> {
        let machines = Spares::default();
        let columns = |block: u32| {
            let mut kept = BlockColumns::new(&self.program);
            let first = u64::from(block) * BLOCK as u64;
            let mut draw = 0;
            let fill = |_, _, out: &mut Column| {
                let rank = self.ranks[draw];
                for (point, u) in (first..).zip(out.iter_mut()) {
                    *u = uniform(self.seed, rank, point, 5);
                }
                self.put_in_order(draw, out);
                draw += 1;
            };
            machines.lend(|| Machine::new(&self.program), |machine| machine.run_on(fill, &mut kept));
            kept.series
        };
        let blocks = 0..PROBED / BLOCK as u32;
        let blocks: Vec<Vec<Column>> = blocks.into_par_iter().map(columns).collect();
        let one = |outcome: usize| {
            let values = || blocks.iter().flat_map(|block| &block[outcome]);
            let share = |is: fn(&&f64) -> bool| values().filter(is).count() as f64 / f64::from(PROBED);
            let first = blocks[0][outcome][0];
            let probe = Probe {
                infinite: share(|x| **x == f64::INFINITY),
                no_number: share(|x| !x.is_finite() && **x != f64::INFINITY),
                varies: values().any(|x| x.to_bits() != first.to_bits()),
            };
            let magnitudes = values().map(|x| x.abs()).filter(|x| x.is_finite());
            Probed { probe, unit: unit_of(magnitudes.fold(0.0, max)) }
        };
        (0..self.nevers.len()).map(one).collect()
    }

    /// By outcome and group the closed and total indices, from `points` points for each scrambling and matrix: a power of two
    /// does best. `None` of an outcome that no draw of the group moves.
    ///
    /// Every point of every scrambling is uniform, so the mean squares of the differences between the two matrices and with
    /// the group exchanged are without bias, however few points there are; their ratios over all scramblings are
    /// corrected for bias by the jackknife, which gives their errors too.
    ///
    /// # Panics
    /// When there is not a unit for each outcome.
    pub fn indices(&self, points: u32, units: &[f64]) -> Vec<Vec<Option<Indices>>> {
        assert_eq!(units.len(), self.nevers.len());
        let unfolded = self.program.unfolded();
        let of_group = |group: &Vec<usize>| {
            let draws: BTreeSet<usize> = group.iter().copied().collect();
            DependentSteps::of(&unfolded, |draw| draws.contains(&draw))
        };
        let parts: Vec<DependentSteps> = self.groups.iter().map(of_group).collect();
        let moved: Vec<Vec<u32>> = parts.iter().map(|part| part.series(&unfolded)).collect();
        let machines = Spares::default();
        let (unfolded, machines) = (&unfolded, &machines);
        let exchange = Exchange { unfolded, parts: &parts, moved: &moved, units, points, machines };
        let run = |scrambling| self.sums(&Points::new(self, scrambling), &exchange);
        let runs: Vec<BlockSums> = (0..SCRAMBLINGS).map(run).collect();
        let estimate = |outcome: usize, group: usize| {
            let place = moved[group].iter().position(|series| *series as usize == outcome)?;
            let squares = |run: &BlockSums| {
                let ([whole, differ], [group, others]) = (run.whole[outcome], run.exchanged[group][place]);
                Squares { whole, group, others, differ }
            };
            let squares: Vec<Squares> = runs.iter().map(squares).collect();
            let floor = Squares::floor(&squares, points);
            Some(Indices {
                closed: index(squares.iter().map(|it| (it.whole - it.others, it.whole)), floor),
                total: index(squares.iter().map(|it| (it.group, it.whole)), floor),
            })
        };
        let of_outcome = |outcome| (0..self.groups.len()).map(|group| estimate(outcome, group)).collect();
        (0..self.nevers.len()).map(of_outcome).collect()
    }

    /// The sums of a scrambling.
    fn sums<'a>(&'a self, points: &Points<'_>, exchange: &Exchange<'a>) -> BlockSums {
        let mut sums = BlockSums {
            whole: vec![[0.0; 2]; self.nevers.len()],
            exchanged: exchange.moved.iter().map(|series| vec![[0.0; 2]; series.len()]).collect(),
        };
        let blocks = exchange.points.div_ceil(BLOCK as u32);
        let mut first = 0;
        while first < blocks {
            let last = (first + BLOCKS_AT_ONCE).min(blocks);
            let make = || (Machine::new(&self.program), Rerun::new(exchange.unfolded));
            let of_block = |block: u32| {
                exchange.machines.lend(make, |machines| self.sums_of_block(points, exchange, machines, block))
            };
            let found: Vec<BlockSums> = (first..last).into_par_iter().map(of_block).collect();
            found.iter().for_each(|block| sums.add(block));
            first = last;
        }
        sums
    }

    fn sums_of_block(
        &self,
        points: &Points<'_>,
        exchange: &Exchange<'_>,
        (machine, rerun): &mut (Machine<'_>, Rerun<'_>),
        block: u32,
    ) -> BlockSums {
        let count = (exchange.points - block * BLOCK as u32).min(BLOCK as u32) as usize;
        let all = |matrix: Matrix| {
            let mut draw = 0;
            move |_: u32, _: u32, out: &mut Column| {
                points.column(draw, matrix, block, out);
                draw += 1;
            }
        };
        let (mut a, mut b) = (BlockColumns::new(&self.program), BlockColumns::new(&self.program));
        rerun.run(all(Matrix::First), &mut a);
        machine.run_on(all(Matrix::Second), &mut b);
        for values in [&mut a, &mut b] {
            let columns = values.series.iter_mut().enumerate();
            columns.for_each(|(outcome, column)| *column = self.counted(outcome, column, exchange.units));
        }
        let squares =
            |x: &Column, y: &Column| x.iter().zip(y).take(count).map(|(x, y)| (x - y) * (x - y)).sum::<f64>();
        let whole = |outcome: usize| {
            let (a, b) = (&a.series[outcome], &b.series[outcome]);
            [squares(a, b), a.iter().zip(b).take(count).filter(|(a, b)| a != b).count() as f64]
        };
        let mut exchanged = BlockColumns::new(&self.program);
        let mut of_group = |group: usize| {
            let mut draws = self.groups[group].iter();
            let fill = |_, _, out: &mut Column| {
                if let Some(draw) = draws.next() {
                    points.column(*draw, Matrix::Second, block, out);
                }
            };
            rerun.run_part(&exchange.parts[group], fill, &mut exchanged);
            let one = |series: &u32| {
                let outcome = *series as usize;
                let ab = self.counted(outcome, &exchanged.series[outcome], exchange.units);
                [squares(&a.series[outcome], &ab), squares(&b.series[outcome], &ab)]
            };
            exchange.moved[group].iter().map(one).collect()
        };
        BlockSums {
            whole: (0..self.nevers.len()).map(whole).collect(),
            exchanged: (0..self.groups.len()).map(&mut of_group).collect(),
        }
    }

    /// Values of an outcome as they are counted, in its unit.
    fn counted(&self, outcome: usize, values: &Column, units: &[f64]) -> Column {
        let (never, unit) = (self.nevers[outcome], units[outcome]);
        values.map(|x| match never {
            Some(never) if x == f64::INFINITY => never / unit,
            _ => x / unit,
        })
    }

    /// Uniforms of a draw of rows in the order of the rows.
    fn put_in_order(&self, draw: usize, out: &mut Column) {
        if let Some(order) = &self.orders[draw] {
            *out = out.map(|place| order.uniform_at(place));
        }
    }
}

/// What is exchanged between the two matrices.
struct Exchange<'a> {
    unfolded: &'a Program,
    /// By group: what depends on its draws, and the outcomes among that.
    parts: &'a [DependentSteps],
    moved: &'a [Vec<u32>],
    units: &'a [f64],
    points: u32,
    machines: &'a Spares<(Machine<'a>, Rerun<'a>)>,
}
