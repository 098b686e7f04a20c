//! How much of an outcome's variance inputs explain, alone and with all others: designs that simulate for it.
//!
//! - Closed and total indices of groups by pairs of Sobol' points that differ in one group of inputs: the
//!   differences of Jansen (1999), as Saltelli et al. (2010) recommend them for totals, over the variance from the same pairs;
//!   bias and errors by the jackknife over eight scramblings of the points.
//! - Screening by elementary effects (Morris 1991), of groups too (Campolongo et al. 2007).
//! - PAWN (Pianosi and Wagener 2018): how far an input moves the distribution, by the Kolmogorov–Smirnov
//!   distance of slices; for odds, how far it moves the odds.

mod correlated;
mod joint;

pub use correlated::{CorrelatedDraws, CorrelatedShares, MOST_CORRELATED, SplitBy, split};
pub use joint::{JointDesign, Probed, ranks};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::engine::{BlockColumns, Machine, RowOrder, Spares};
use crate::model::Program;
use crate::num::draw::{Column, uniform};
use crate::num::sobol::{MOST_DIMENSIONS, Scrambled, directions};
use crate::num::{BLOCK, max};

/// Scramblings of the points, from which errors come.
pub const SCRAMBLINGS: u64 = 8;

/// The step of an elementary effect, in probability: two of the four levels.
const STEP: f64 = 0.6;

/// Points at which it is tried whether an outcome is finite.
const PROBED: u32 = 4096;

/// The 97.5 % point of Student's t with one degree of freedom less than there are scramblings.
const T95: f64 = 2.3646;

/// A program of one series and the draws of the groups of inputs that are asked about.
#[derive(Clone, Debug)]
pub struct Design {
    /// The program; its series 0 is the outcome.
    pub program: Program,
    /// By group: its draws, by their place in the program.
    pub groups: Vec<Vec<usize>>,
    /// The seed of all points.
    pub seed: u64,
    /// What counts for infinity where it is a year that never comes.
    pub never: Option<f64>,
    /// By draw of the program, if it is of rows: their order, in which points lie; may be shorter.
    pub orders: Vec<Option<RowOrder>>,
}

/// An index with half of its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SensitivityIndex {
    /// The estimate.
    pub value: f64,
    /// It lies within so much of the truth with 95 % confidence.
    pub margin: f64,
}

impl SensitivityIndex {
    /// Whether it tells anything: an index lies between 0 and 1, so that one which may lie as far off as that tells nothing.
    pub fn is_known(self) -> bool {
        self.margin <= 1.0
    }
}

/// Closed and total index of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Indices {
    /// What its draws explain without all others, each alone and together: of a single draw the first-order index.
    pub closed: SensitivityIndex,
    /// What would be left if all else were known: alone and together with others.
    pub total: SensitivityIndex,
}

/// Elementary effects of an input or group: the change of the outcome for a step of the input, divided by the step, which
/// is measured in probability (0 to 1 is the whole range of the input).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ElementaryEffects {
    /// µ: their mean (Morris 1991). `None` for a group of several draws, which moves in no one direction.
    pub mu: Option<f64>,
    /// µ*: the mean of their sizes (Campolongo, Cariboni and Saltelli 2007).
    pub mu_star: f64,
    /// σ: their standard deviation (n − 1): the effect is not straight, or depends on others. `None` as `mu`.
    pub sigma: Option<f64>,
}

/// PAWN's distances of a group: over its draws the largest, over slices the median and the largest.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Distance {
    /// Median over ten slices.
    pub median: f64,
    /// Largest over ten slices.
    pub largest: f64,
}

/// What an outcome is at random points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Probe {
    /// The share at which it is infinite.
    pub infinite: f64,
    /// The share at which it is no number, or minus infinity.
    pub no_number: f64,
    /// Whether it differs between any two.
    pub varies: bool,
}

impl Design {
    /// Closed and total indices by group: see [`JointDesign::indices`].
    pub fn indices(&self, points: u32) -> Vec<Indices> {
        let found = JointDesign::from(self).indices(points, &[self.unit()]);
        found.into_iter().flatten().map(Option::unwrap_or_default).collect()
    }

    /// Elementary effects over so many random trajectories: each group is moved once,
    /// by 0.6 of its range, up or down, between the quantiles 0.05, 0.35, 0.65 and 0.95: not by a half, which misses what repeats
    /// within a half or a quarter.
    pub fn screening(&self, trajectories: u32) -> Vec<ElementaryEffects> {
        let count = self.program.draws().count();
        let groups = self.groups.len();
        let moved = {
            let mut moved = vec![usize::MAX; count];
            for (group, draws) in self.groups.iter().enumerate() {
                draws.iter().for_each(|&draw| moved[draw] = group);
            }
            moved
        };
        // Points of trajectory t are t (groups + 1) … : the k-th has the first k groups of its order moved.
        let steps = groups as u32 + 1;
        let orders: Vec<Vec<usize>> = (0..trajectories).map(|t| self.order(t)).collect();
        let start = |draw: usize, t: u32| (uniform(self.seed, draw as u32, u64::from(t), 2) * 4.0) as u32;
        let values = self.run(trajectories * steps, |draw, point| {
            let (t, k) = (point / steps, (point % steps) as usize);
            let is_moved = moved[draw] < groups && orders[t as usize][moved[draw]] < k;
            let level = if is_moved { (start(draw, t) + 2) % 4 } else { start(draw, t) };
            0.05 + 0.3 * f64::from(level)
        });
        let one = |group: usize| {
            let effect = |t: u32| {
                let at = (t * steps) as usize + orders[t as usize][group];
                let change = (values[at + 1] - values[at]) / STEP;
                match self.groups[group].as_slice() {
                    // From the two upper levels the step leads down.
                    [draw] if start(*draw, t) >= 2 => -change,
                    _ => change,
                }
            };
            let effects: Vec<f64> = (0..trajectories).map(effect).collect();
            let is_single = self.groups[group].len() == 1;
            ElementaryEffects {
                mu: is_single.then(|| mean(&effects)),
                mu_star: effects.iter().map(|x| x.abs()).sum::<f64>() / effects.len() as f64,
                sigma: is_single.then(|| variance(&effects).sqrt()),
            }
        };
        (0..groups).map(one).collect()
    }

    /// By group: its place in the order of a trajectory.
    fn order(&self, trajectory: u32) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        let key = |group: &usize| uniform(self.seed, *group as u32, u64::from(trajectory), 3);
        order.sort_by(|a, b| key(a).total_cmp(&key(b)));
        let mut place = vec![0; order.len()];
        order.into_iter().enumerate().for_each(|(k, group)| place[group] = k);
        place
    }

    /// PAWN's distances on so many random points; and what chance alone makes of them: the distance of a group that does
    /// nothing (the dummy of Zadeh et al. 2017), with as many draws as the largest group.
    pub fn distances(&self, points: u32) -> (Vec<Distance>, Distance) {
        const SLICES: usize = 10;
        let at = |draw: usize, point: u32| uniform(self.seed, draw as u32, u64::from(point), 4);
        let values = self.run(points, at);
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        let one = |draw: usize| {
            let slice = |point: usize| (at(draw, point as u32) * SLICES as f64) as usize;
            let mut sizes = [0.0; SLICES];
            (0..values.len()).for_each(|point| sizes[slice(point)] += 1.0);
            let (mut below, mut inside, mut most) = (0.0, [0.0_f64; SLICES], [0.0_f64; SLICES]);
            for (rank, &point) in order.iter().enumerate() {
                below += 1.0;
                inside[slice(point)] += 1.0;
                // Where equal values end the distributions are compared.
                if order.get(rank + 1).is_none_or(|&next| values[next] != values[point]) {
                    for k in 0..SLICES {
                        let apart = (inside[k] / sizes[k] - below / values.len() as f64).abs();
                        most[k] = max(most[k], apart);
                    }
                }
            }
            most.sort_by(f64::total_cmp);
            Distance { median: f64::midpoint(most[4], most[5]), largest: most[9] }
        };
        let of_group = |draws: &Vec<usize>| {
            let all = draws.iter().map(|&draw| one(draw));
            all.reduce(|a, b| if b.median > a.median { b } else { a }).unwrap_or_default()
        };
        // The most of many is more than that of one: a group of as many idle draws as the largest group has.
        let first = self.program.draws().count();
        let idle: Vec<usize> = (first..).take(self.groups.iter().map(Vec::len).max().unwrap_or(1)).collect();
        (self.groups.iter().map(of_group).collect(), of_group(&idle))
    }

    /// A power of two near the outcome's largest magnitude at random points, where its squares need one.
    fn unit(&self) -> f64 {
        JointDesign::from(self).probes()[0].unit
    }

    /// [`Design::run`] in a unit.
    fn run_in(&self, unit: f64, points: u32, uniform: impl Fn(usize, u32) -> f64 + Sync) -> Vec<f64> {
        let mut values = self.run(points, uniform);
        if unit != 1.0 {
            values.iter_mut().for_each(|x| *x /= unit);
        }
        values
    }

    /// The outcome at points 0, 1, …, as it is counted. `uniform` gives the coordinate of a draw at a point.
    fn run(&self, points: u32, uniform: impl Fn(usize, u32) -> f64 + Sync) -> Vec<f64> {
        let counted = |x: f64| match self.never {
            Some(never) if x == f64::INFINITY => never,
            _ => x,
        };
        self.values(points, uniform).into_iter().map(counted).collect()
    }

    /// The outcome at points 0, 1, ….
    fn values(&self, points: u32, uniform: impl Fn(usize, u32) -> f64 + Sync) -> Vec<f64> {
        let machines = Spares::default();
        let of_block = |block: u32| {
            let first = block * BLOCK as u32;
            let mut found = BlockColumns::new(&self.program);
            let mut number = 0;
            let fill = |_, _, out: &mut Column| {
                for (lane, x) in (0..).zip(out.iter_mut()) {
                    *x = uniform(number, (first + lane).min(points - 1));
                }
                if let Some(Some(order)) = self.orders.get(number) {
                    *out = out.map(|place| order.uniform_at(place));
                }
                number += 1;
            };
            machines.lend(|| Machine::new(&self.program), |machine| machine.run_on(fill, &mut found));
            found.series[0]
        };
        let blocks = 0..points.div_ceil(BLOCK as u32);
        let mut values = blocks.into_par_iter().map(of_block).collect::<Vec<Column>>().concat();
        values.truncate(points as usize);
        values
    }
}

/// The dimensions of a sequence's points, scrambled by this seed; no more than the sequence has.
fn scrambled(seed: u64, dimensions: usize) -> Vec<Scrambled> {
    let one = |(dimension, directions): (u32, _)| {
        let mut number = 0_u64;
        Scrambled::new(directions, || {
            number += 2;
            let half = |k| uniform(seed, dimension, number + k, 2) * 4294967296.0;
            ((half(0) as u64) << 32) | half(1) as u64
        })
    };
    (0..).zip(&directions(MOST_DIMENSIONS.min(dimensions))).map(one).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// With divisor n - 1.
fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (values.len() as f64 - 1.0)
}

/// Sums of squared differences over the points of a scrambling: twice the points times a variance each.
#[derive(Clone, Copy)]
struct Squares {
    /// Of A and B: the whole variance.
    whole: f64,
    /// Of A with the group from B, and A: what the group explains alone and together with others.
    group: f64,
    /// Of A with the group from B, and B: what all others explain, alone and together with the group.
    others: f64,
    /// On how many points A and B differ.
    differ: f64,
}

impl Squares {
    /// The least standard error of an index: points that are spread evenly may give the same in every scrambling and still be
    /// off by a part of a point. It is that of one point more in half of the scramblings.
    fn floor(all: &[Self], points: u32) -> f64 {
        let differ: f64 = all.iter().map(|it| it.differ).sum();
        let runs = all.len() as f64;
        // A point that differs is a share of `1 / differ` of the sum; the values 0 and 1 in equal parts have the deviation 1/2.
        if differ > 0.0 { runs / differ * 0.5 / (runs - 1.0).sqrt() } else { f64::from(points).recip() }
    }
}

/// The ratio of two sums with the error of the jackknife over their parts, of which no standard error is below `floor`.
fn index(parts: impl Iterator<Item = (f64, f64)>, floor: f64) -> SensitivityIndex {
    let parts: Vec<(f64, f64)> = parts.collect();
    let (above, below) = parts.iter().fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    let n = parts.len() as f64;
    let without: Vec<f64> = parts.iter().map(|part| (above - part.0) / (below - part.1)).collect();
    let value = n * above / below - (n - 1.0) * mean(&without);
    let error = (n - 1.0) * (variance(&without) / n).sqrt();
    SensitivityIndex { value, margin: T95 * max(error, floor) }
}
