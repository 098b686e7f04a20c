//! Which draws are binned for which outcomes, and the binning itself.
//!
//! A worker keeps the bins and the outcomes of some blocks, and then sums the outcomes of each draw's bins,
//! sixteen outcomes at a time, into sums that all workers share: whole numbers, so their order is no matter.
//! To cost little it is done on some of the blocks, chosen by their number.

use std::sync::{Mutex, PoisonError};

use super::block::Sink;
use super::depends::{Bits, Depends};
use crate::ensemble::slices::{BINS, Cell, EDGES, LANES, STEPS, Slices, quantised};
use crate::ensemble::{Measure, Scale};
use crate::model::{Instruction, Op, Program};
use crate::num::BLOCK;
use crate::num::draw::Column;
use crate::num::wide::{Kernel, launch};

/// Something of a path whose variance is to be explained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// A recorded series. Infinity, the year that never comes, counts as `never`.
    Series {
        /// Number of the series.
        series: u32,
        /// What counts for infinity.
        never: Option<f64>,
    },
    /// A target: 1 where it is met.
    Target(u32),
}

/// How the uniforms of a draw are cut.
#[derive(Clone, Debug, PartialEq)]
pub enum Cuts {
    /// Into the sixteen bins of [`EDGES`].
    Smooth,
    /// After each of these, at most fifteen: an input of few values, each in a bin of its own.
    At(Vec<f64>),
}

/// A draw: an input once per path, or in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    /// The input's stream.
    pub stream: u32,
    /// The year, or 0 for what is drawn once per path.
    pub year: u32,
    /// How it is cut.
    pub cuts: Cuts,
}

/// What is binned: see the module's documentation.
#[derive(Clone, Debug, PartialEq)]
pub struct Slicing {
    /// The outcomes.
    pub outcomes: Vec<Outcome>,
    /// All draws of the program, in the order of its instructions.
    pub draws: Vec<Draw>,
    /// Sixteen outcomes (the first is 16 times the number) and a draw that one of them may depend on.
    pub pairs: Vec<(u32, u32)>,
    /// Every so many-th block is binned,
    pub stride: u64,
    /// and so many at the beginning.
    pub first: u64,
    /// By outcome: the draws it may depend on.
    depends: Vec<Bits>,
    /// By series and target: the outcome that it is.
    of_series: Vec<Option<u32>>,
    of_target: Vec<Option<u32>>,
}

/// The first blocks are binned, whatever the stride, lest a short run know nothing: at least so many, and as
/// many as take [`FIRST_COST`] nanoseconds.
const FIRST_BLOCKS: u64 = 4;
const FIRST_COST: f64 = 2e6;

/// Most pairs: each takes 2 KiB.
pub const MOST_PAIRS: usize = 1 << 16;

/// What a pair and an instruction cost on a path, in nanoseconds: measured, and only their ratio matters.
const PAIR_COST: f64 = 1.3;
const DRAW_COST: f64 = 1.0;
const INSTRUCTION_COST: f64 = 0.16;

/// The part of a run's time that binning may take, as the costs above have it.
const MOST_COST: f64 = 0.09;

impl Slicing {
    /// Finds which outcome may depend on which draw. `cuts` says how the draws of a stream are cut. `None`
    /// when there are more than [`MOST_PAIRS`] pairs: ask for fewer outcomes.
    pub fn new(program: &Program, outcomes: &[Outcome], mut cuts: impl FnMut(u32) -> Cuts) -> Option<Self> {
        let depends = Depends::of(program);
        let depends: Vec<Bits> = outcomes.iter().map(|outcome| depends.outcome(*outcome)).collect();
        let mut draws = Vec::new();
        for instruction in &program.instructions {
            if let Instruction::Compute {
                op: Op::Uniform { stream, year } | Op::Score { stream, year },
                ..
            } = *instruction
            {
                draws.push(Draw { stream, year, cuts: cuts(stream) });
            }
        }
        let mut pairs = Vec::new();
        for (tile, depends) in (0..).zip(depends.chunks(LANES)) {
            let any = |draw: &u32| depends.iter().any(|bits| bits.has(*draw));
            pairs.extend((0..draws.len() as u32).filter(any).map(|draw| (tile, draw)));
        }
        if pairs.len() > MOST_PAIRS {
            return None;
        }
        let place = |wanted: Outcome| outcomes.iter().position(|outcome| same(*outcome, wanted));
        let series = (0..program.series).map(|series| place(Outcome::Series { series, never: None }));
        let targets = (0..program.targets).map(|target| place(Outcome::Target(target)));
        let cost = PAIR_COST * pairs.len() as f64 + DRAW_COST * draws.len() as f64;
        let run = INSTRUCTION_COST * program.instructions.len() as f64;
        Some(Self {
            of_series: series.map(|place| place.map(|place| place as u32)).collect(),
            of_target: targets.map(|place| place.map(|place| place as u32)).collect(),
            outcomes: outcomes.to_vec(),
            stride: ((cost / (MOST_COST * run)).ceil() as u64).clamp(1, 256),
            first: ((FIRST_COST / (cost * BLOCK as f64)) as u64).max(FIRST_BLOCKS),
            draws,
            pairs,
            depends,
        })
    }

    /// Whether an outcome may depend on a draw.
    pub fn depends(&self, outcome: usize, draw: usize) -> bool {
        self.depends[outcome].has(draw as u32)
    }

    /// Whether the paths of a block are binned.
    pub fn takes(&self, block: u64) -> bool {
        block < self.first || block.is_multiple_of(self.stride)
    }

    fn tiles(&self) -> usize {
        self.outcomes.len().div_ceil(LANES)
    }
}

fn same(a: Outcome, b: Outcome) -> bool {
    match (a, b) {
        (Outcome::Series { series: a, .. }, Outcome::Series { series: b, .. })
        | (Outcome::Target(a), Outcome::Target(b)) => a == b,
        _ => false,
    }
}

/// The sums that all workers share.
pub(super) struct Sums<'a> {
    slicing: &'a Slicing,
    scales: Vec<Measure>,
    cells: Mutex<Vec<Cell>>,
    rest: Mutex<Rest>,
}

struct Rest {
    paths: u64,
    sums: Vec<i64>,
    squares: Vec<i128>,
    counts: Vec<[u64; BINS]>,
}

impl<'a> Sums<'a> {
    /// `scales` are those of the program's series.
    pub(super) fn new(slicing: &'a Slicing, scales: &[Scale]) -> Self {
        let truth = Measure { center: 0.0, unit: 1.0 };
        let scale = |outcome: &Outcome| match *outcome {
            Outcome::Series { series, .. } => scales[series as usize].measure(),
            Outcome::Target(_) => truth,
        };
        let outcomes = slicing.outcomes.len();
        Self {
            slicing,
            scales: slicing.outcomes.iter().map(scale).collect(),
            cells: Mutex::new(vec![[[0; LANES]; BINS]; slicing.pairs.len()]),
            rest: Mutex::new(Rest {
                paths: 0,
                sums: vec![0; outcomes],
                squares: vec![0; outcomes],
                counts: vec![[0; BINS]; slicing.draws.len()],
            }),
        }
    }

    pub(super) fn finish(self) -> Slices {
        let Rest { paths, sums, squares, counts } =
            self.rest.into_inner().unwrap_or_else(PoisonError::into_inner);
        let cells = self.cells.into_inner().unwrap_or_else(PoisonError::into_inner);
        Slices { paths, scales: self.scales, sums, squares, counts, cells }
    }
}

impl Slicing {
    /// Whether counts are of these outcomes and draws.
    pub fn counts_are_of(&self, slices: &Slices) -> bool {
        let own = (self.outcomes.len(), self.draws.len(), self.pairs.len());
        own == (slices.scales.len(), slices.counts.len(), slices.cells.len())
    }
}

/// How many blocks a worker keeps before it sums them: 2048 paths, whose sums fit in 32 bits.
const KEPT: u64 = 8;

/// Pairs that a worker sums before it adds them to those of all: so many that it seldom waits for another.
const AT_ONCE: usize = 32;

/// Bins the blocks of a worker.
pub(super) struct Slicer<'a> {
    slicing: &'a Slicing,
    /// Those of the outcomes.
    scales: &'a [Measure],
    /// Where to sum what is kept; `None` where it is only looked at.
    sums: Option<&'a Sums<'a>>,
    /// How many paths can be kept.
    room: usize,
    /// Paths kept so far.
    kept: usize,
    /// Paths of the present block, 0 when it is not binned.
    paths: usize,
    /// The draw whose turn it is.
    draw: usize,
    /// Bins by draw and path.
    keys: Vec<u8>,
    /// Outcomes by sixteen and path.
    rows: Vec<Values>,
}

impl<'a> Slicer<'a> {
    /// One for at most so many blocks.
    pub(super) fn new(sums: &'a Sums<'a>, blocks: u64) -> Self {
        let room = blocks.min(KEPT) as usize;
        Self { sums: Some(sums), ..Self::looking(sums.slicing, &sums.scales, room) }
    }

    /// One with room for so many blocks that sums nothing; `scales` are those of the outcomes.
    pub(super) fn looking(slicing: &'a Slicing, scales: &'a [Measure], blocks: usize) -> Self {
        let room = blocks * BLOCK;
        Self {
            slicing,
            scales,
            sums: None,
            room,
            kept: 0,
            paths: 0,
            draw: 0,
            keys: vec![0; slicing.draws.len() * room],
            rows: vec![Values([0; LANES]); slicing.tiles() * room],
        }
    }

    /// A block begins, of which so many paths count.
    pub(super) fn begin(&mut self, block: u64, paths: usize) {
        self.paths = if self.slicing.takes(block) { paths } else { 0 };
        self.draw = 0;
    }

    fn put(&mut self, outcome: u32, value: impl Fn(usize) -> i32) {
        let (tile, lane) = (outcome as usize / LANES, outcome as usize % LANES);
        let rows = &mut self.rows[tile * self.room + self.kept..][..self.paths];
        for (path, row) in rows.iter_mut().enumerate() {
            row.0[lane] = value(path);
        }
    }

    /// The block is over.
    pub(super) fn end(&mut self) {
        self.keep();
        if self.kept + BLOCK > self.room {
            self.sum();
        }
    }

    /// Keeps the present block, for which there must be room.
    pub(super) fn keep(&mut self) {
        self.kept += self.paths;
    }

    /// The bin that a draw of a path that is kept fell in, by path.
    pub(super) fn bins(&self, draw: usize) -> &[u8] {
        &self.keys[draw * self.room..][..self.kept]
    }

    /// An outcome on the paths that are kept, in 256ths of its unit.
    pub(super) fn values(&self, outcome: usize) -> Vec<i32> {
        let rows = &self.rows[outcome / LANES * self.room..][..self.kept];
        rows.iter().map(|row| row.0[outcome % LANES]).collect()
    }

    /// Sums what is kept.
    pub(super) fn sum(&mut self) {
        let (kept, slicing, room) = (self.kept, self.slicing, self.room);
        let Some(sums) = self.sums.filter(|_| kept > 0) else { return };
        let rows = |tile: usize| &self.rows[tile * room..][..kept];
        let keys = |draw: usize| &self.keys[draw * room..][..kept];
        let mut found = vec![[[Values([0; LANES]); BINS]; 2]; slicing.pairs.len().min(AT_ONCE)];
        for (pairs, first) in slicing.pairs.chunks(AT_ONCE).zip((0..).step_by(AT_ONCE)) {
            for (halves, &(tile, draw)) in found.iter_mut().zip(pairs) {
                *halves = [[Values([0; LANES]); BINS]; 2];
                launch(Binning { keys: keys(draw as usize), rows: rows(tile as usize), sums: halves });
            }
            let mut cells = sums.cells.lock().unwrap_or_else(PoisonError::into_inner);
            for (halves, cell) in found.iter().zip(&mut cells[first..][..pairs.len()]) {
                launch(Adding { halves, cell });
            }
        }
        let mut rest = sums.rest.lock().unwrap_or_else(PoisonError::into_inner);
        rest.paths += kept as u64;
        for draw in 0..slicing.draws.len() {
            keys(draw).iter().for_each(|key| rest.counts[draw][usize::from(*key)] += 1);
        }
        for outcome in 0..slicing.outcomes.len() {
            let (mut sum, mut squares) = (0, 0);
            for row in rows(outcome / LANES) {
                let x = i64::from(row.0[outcome % LANES]);
                (sum, squares) = (sum + x, squares + x * x);
            }
            rest.sums[outcome] += sum;
            rest.squares[outcome] += i128::from(squares);
        }
        self.kept = 0;
    }
}

impl Sink for Slicer<'_> {
    fn draw(&mut self, uniforms: &Column) {
        if self.paths == 0 {
            return;
        }
        let keys = &mut self.keys[self.draw * self.room + self.kept..][..self.paths];
        match &self.slicing.draws[self.draw].cuts {
            Cuts::Smooth => {
                for (key, u) in keys.iter_mut().zip(uniforms) {
                    *key = TABLE[(u * f64::from(STEPS)) as usize];
                }
            }
            Cuts::At(cuts) => {
                for (key, u) in keys.iter_mut().zip(uniforms) {
                    *key = cuts.iter().map(|cut| u8::from(u > cut)).sum();
                }
            }
        }
        self.draw += 1;
    }

    fn record(&mut self, series: u32, values: &Column) {
        let Some(outcome) = self.slicing.of_series[series as usize].filter(|_| self.paths > 0) else {
            return;
        };
        let scale = self.scales[outcome as usize];
        let never = match self.slicing.outcomes[outcome as usize] {
            Outcome::Series { never: Some(never), .. } => never,
            _ => scale.value(NEVER),
        };
        self.put(outcome, |path| {
            let x = values[path];
            let x = if x == f64::INFINITY { never } else { x };
            quantised(scale, if x.is_nan() { scale.center } else { x })
        });
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        if let Some(outcome) = self.slicing.of_target[target as usize].filter(|_| self.paths > 0) {
            self.put(outcome, |path| 256 * i32::from(!truths[path].is_nan() && truths[path] != 0.0));
        }
    }
}

/// Units above the center at which infinity counts when nothing else is said.
const NEVER: f64 = 8.0;

/// The bin of each 256th.
const TABLE: [u8; STEPS as usize] = {
    let mut table = [0; STEPS as usize];
    let (mut step, mut bin) = (0, 0);
    while step < STEPS {
        while step >= EDGES[bin] {
            bin += 1;
        }
        table[step as usize] = bin as u8;
        step += 1;
    }
    table
};

/// Sixteen outcomes of a path, or sums of them, that fill a cache line.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Values([i32; LANES]);

/// Copied in and out: what might overlap is not added in wide registers.
#[inline(always)]
fn add(sums: &mut Values, row: Values) {
    let mut added = *sums;
    for lane in 0..LANES {
        // There is room for 2048 values, and a check would be in the way too.
        added.0[lane] = added.0[lane].wrapping_add(row.0[lane]);
    }
    *sums = added;
}

/// Adds sixteen outcomes of each path to the sums of the bin that it falls in.
struct Binning<'a> {
    keys: &'a [u8],
    rows: &'a [Values],
    /// Every other path goes to the second table, lest an addition wait for the one before it.
    sums: &'a mut [[Values; BINS]; 2],
}

impl Kernel for Binning<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let [even, odd] = self.sums;
        let (keys, last_key) = self.keys.as_chunks::<2>();
        let (rows, last_row) = self.rows.as_chunks::<2>();
        // By index: an iterator's own functions would not be compiled for wide registers.
        for pair in 0..keys.len() {
            add(&mut even[usize::from(keys[pair][0]) % BINS], rows[pair][0]);
            add(&mut odd[usize::from(keys[pair][1]) % BINS], rows[pair][1]);
        }
        if let (Some(key), Some(row)) = (last_key.first(), last_row.first()) {
            add(&mut even[usize::from(*key) % BINS], *row);
        }
    }
}

/// Adds what [`Binning`] found to a pair's sums.
struct Adding<'a> {
    halves: &'a [[Values; BINS]; 2],
    cell: &'a mut Cell,
}

impl Kernel for Adding<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let [even, odd] = self.halves;
        for bin in 0..BINS {
            for lane in 0..LANES {
                self.cell[bin][lane] += i64::from(even[bin].0[lane].wrapping_add(odd[bin].0[lane]));
            }
        }
    }
}
