//! What each of several correlated inputs explains of the variance that they explain together.
//!
//! A set S of them explains c(S) = Var(E[Y | S]). By Shapley's value (L. S. Shapley 1953; A. B. Owen, "Sobol' indices and
//! Shapley value", SIAM/ASA J. Uncertainty Quantification 2 (2014) 245–251; E. Song, B. L. Nelson and J. Staum, ibid. 4 (2016)
//! 1060–1083) an input has what it adds to c when its turn comes, averaged over all orders; or in one stated order, what it
//! adds there. Either way the shares add up to one.
//!
//! The scores of correlated inputs are L ξ with independent ξ. Those of S are known when the projection of ξ onto the rows of L
//! in S is; so c(S) is the closed index of that projection, by the same pairs of points as those of [`super::Design::indices`]. Where
//! the outcome is linear in the scores, with coefficients a, it is |P a|², without error.
//!
//! An input that is drawn every year is known when its values in all n years that the outcome uses are. What is drawn once, ξ₀,
//! has a part in every year: the rows are A ξ₀ + B ξₜ. Turned so that the first axis of the years is their sum over √n, they are
//! √n A ξ₀ + B ξ̄ and n − 1 times B ξ without ξ₀: two projections instead of one over all years.

use super::{Design, SCRAMBLINGS, SensitivityIndex, index, scrambled};
use crate::model::{Binary, Fused, Instruction, Op, Operand, Program, Unary};
use crate::num::draw::{to_unit, uniform};
use crate::num::sobol::Scrambled;
use crate::num::{max, min, normal};

/// Up to so many inputs all orders are taken; of more, some at random.
const MOST_EXACT: usize = 6;

/// So many inputs at most.
pub const MOST_CORRELATED: usize = 30;

/// So many numbers at most are kept to see whether an outcome is linear.
const MOST_SLOPES: usize = 20_000_000;

/// So many orders for each scrambling where not all are taken; where nothing is simulated, more.
const ORDERS: usize = 8;
const MANY_ORDERS: usize = 32 * ORDERS;

/// Inputs that are correlated, as the program draws them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CorrelatedDraws {
    /// Row by row Cholesky's factor of the correlations.
    pub factor: Vec<Vec<f64>>,
    /// By row whether it is drawn once, for all years.
    pub once: Vec<bool>,
    /// By year (at least one): by row the place of the draw in the program, where the program has it. Rows that are drawn once
    /// have the same in every year.
    pub draws: Vec<Vec<Option<usize>>>,
}

/// How they are split.
#[derive(Clone, Debug, PartialEq)]
pub enum SplitBy {
    /// By Shapley's value.
    Shapley,
    /// In this order of the rows.
    Order(Vec<usize>),
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrelatedShares {
    /// By row: its share of what all explain together. They add up to one.
    pub shares: Vec<SensitivityIndex>,
    /// Whether they are exact: the outcome is linear in the scores.
    pub is_exact: bool,
}

/// Splits what correlated inputs explain together; `None` where that is nothing.
pub fn split(
    design: &Design,
    inputs: &CorrelatedDraws,
    by: &SplitBy,
    points: u32,
) -> Option<CorrelatedShares> {
    let rows = inputs.factor.len();
    if let Some(slopes) = slopes(&design.program) {
        let slopes = inputs.turned(|year, row| inputs.draws[year][row].map_or(0.0, |draw| slopes[draw]));
        let explained = |set: &[usize]| Projection::onto(inputs, set).length(&slopes);
        // Of many inputs not all orders are taken, which leaves an error.
        let is_exact = matches!(by, SplitBy::Order(_)) || rows <= MOST_EXACT;
        let parts = if is_exact { 1 } else { SCRAMBLINGS };
        let orders = |part| orders(rows, by, part, MANY_ORDERS);
        let runs: Vec<(Vec<f64>, f64)> =
            (0..parts).map(|part| added(rows, &orders(part), &explained)).collect();
        let whole = runs[0].1;
        let share = |row: usize| {
            if is_exact {
                SensitivityIndex { value: runs[0].0[row] / whole, margin: 0.0 }
            } else {
                index(runs.iter().map(|(values, whole)| (values[row], *whole)), 0.0)
            }
        };
        return (whole > 0.0).then(|| CorrelatedShares { shares: (0..rows).map(share).collect(), is_exact });
    }
    let runs: Vec<(Vec<f64>, f64)> = (0..SCRAMBLINGS)
        .map(|scrambling| {
            let orders = orders(rows, by, scrambling, ORDERS);
            let sampled = SampledPoints::of(design, inputs, scrambling, points);
            added(rows, &orders, &|set| sampled.explained(&Projection::onto(inputs, set)))
        })
        .collect();
    let floor = f64::from(points).recip();
    let share = |row: usize| index(runs.iter().map(|(values, whole)| (values[row], *whole)), floor);
    let shares: Vec<SensitivityIndex> = (0..rows).map(share).collect();
    let known = shares.iter().all(|share| share.value.is_finite() && share.margin.is_finite());
    (known && runs.iter().map(|run| run.1).sum::<f64>() > 0.0)
        .then_some(CorrelatedShares { shares, is_exact: false })
}

/// The orders over which an input's part is averaged. Of few inputs all; of many some, which differ between scramblings.
fn orders(rows: usize, by: &SplitBy, scrambling: u64, count: usize) -> Vec<Vec<usize>> {
    if let SplitBy::Order(order) = by {
        return vec![order.clone()];
    }
    if rows <= MOST_EXACT {
        let mut all = vec![Vec::new()];
        for _ in 0..rows {
            let longer = all.iter().flat_map(|order: &Vec<usize>| {
                let rest = (0..rows).filter(|row| !order.contains(row));
                rest.map(|row| [order.as_slice(), &[row]].concat()).collect::<Vec<_>>()
            });
            all = longer.collect();
        }
        return all;
    }
    // Each order with its reverse: what one gives too much the other gives too little.
    let random = |number: u64| {
        let mut order: Vec<usize> = (0..rows).collect();
        let key = |row: &usize| uniform(scrambling, *row as u32, number, 6);
        order.sort_by(|a, b| key(a).total_cmp(&key(b)));
        order
    };
    let halves = (0..count as u64 / 2).map(random);
    halves.flat_map(|order| [order.clone(), order.into_iter().rev().collect()]).collect()
}

/// By row what it adds when its turn comes, averaged over the orders, and what all explain together. Sets that were asked for
/// before are not asked for again.
fn added(rows: usize, orders: &[Vec<usize>], explained: &dyn Fn(&[usize]) -> f64) -> (Vec<f64>, f64) {
    let mut known: indexmap::IndexMap<Vec<usize>, f64> = indexmap::IndexMap::new();
    known.insert(Vec::new(), 0.0);
    let mut of = |set: &[usize]| {
        let mut set = set.to_vec();
        set.sort_unstable();
        if let Some(found) = known.get(&set) {
            return *found;
        }
        let found = explained(&set);
        known.insert(set, found);
        found
    };
    let mut values = vec![0.0; rows];
    for order in orders {
        for place in 0..rows {
            let part = of(&order[..=place]) - of(&order[..place]);
            values[order[place]] += part / orders.len() as f64;
        }
    }
    let all: Vec<usize> = (0..rows).collect();
    let whole = of(&all);
    (values, whole)
}

impl CorrelatedDraws {
    /// Numbers by year and row, turned: along the sum of all years, and by year what is left.
    fn turned(&self, of: impl Fn(usize, usize) -> f64) -> Turned {
        let (years, rows) = (0..self.draws.len(), 0..self.once.len());
        let along = self.along(&of);
        let mean = |row: usize| along[row] / (self.draws.len() as f64).sqrt();
        let left = |year, row: usize| if self.once[row] { 0.0 } else { of(year, row) - mean(row) };
        let apart = years.map(|year| rows.clone().map(|row| left(year, row)).collect()).collect();
        Turned { along, apart }
    }

    /// By row: numbers along the sum of all years.
    fn along(&self, of: impl Fn(usize, usize) -> f64) -> Vec<f64> {
        let years = self.draws.len();
        let sum = |row| (0..years).map(|year| of(year, row)).sum::<f64>() / (years as f64).sqrt();
        self.once.iter().enumerate().map(|(row, once)| if *once { of(0, row) } else { sum(row) }).collect()
    }
}

/// Numbers by row and year, turned along the sum of the years.
struct Turned {
    /// By row: along the sum of all years.
    along: Vec<f64>,
    /// By year and row: what is left.
    apart: Vec<Vec<f64>>,
}

/// The projection onto the scores of a set of correlated inputs.
struct Projection {
    /// Of what is drawn once and the sum of all years.
    along: Vec<Vec<f64>>,
    /// Of what the years differ by.
    apart: Vec<Vec<f64>>,
}

impl Projection {
    fn onto(inputs: &CorrelatedDraws, set: &[usize]) -> Self {
        let weight = (inputs.draws.len() as f64).sqrt();
        let scaled = |row: usize, by: f64| -> Vec<f64> {
            let of_column = |(weight, once): (&f64, &bool)| if *once { weight * by } else { *weight };
            inputs.factor[row].iter().zip(&inputs.once).map(of_column).collect()
        };
        let along = set.iter().map(|row| scaled(*row, if inputs.once[*row] { 1.0 } else { weight }));
        let yearly = set.iter().filter(|row| !inputs.once[**row]);
        let rows = inputs.factor.len();
        Self { along: projection(rows, along), apart: projection(rows, yearly.map(|row| scaled(*row, 0.0))) }
    }

    /// The squared length of what is projected.
    fn length(&self, turned: &Turned) -> f64 {
        let squared = |matrix: &[Vec<f64>], vector: &[f64]| {
            matrix.iter().map(|row| dot(row, vector)).map(|x| x * x).sum::<f64>()
        };
        squared(&self.along, &turned.along)
            + turned.apart.iter().map(|year| squared(&self.apart, year)).sum::<f64>()
    }
}

/// The projection onto the span of rows, by Gram and Schmidt; rows that others determine add nothing.
fn projection(size: usize, rows: impl Iterator<Item = Vec<f64>>) -> Vec<Vec<f64>> {
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for mut rest in rows {
        // Twice, so that what is left is orthogonal to the last bit.
        for _ in 0..2 {
            for known in &basis {
                let along = dot(known, &rest);
                rest.iter_mut().zip(known).for_each(|(x, direction)| *x -= along * direction);
            }
        }
        let length = dot(&rest, &rest).sqrt();
        if length > 1e-7 {
            basis.push(rest.into_iter().map(|x| x / length).collect());
        }
    }
    let mut matrix = vec![vec![0.0; size]; size];
    for direction in &basis {
        for (row, x) in matrix.iter_mut().zip(direction) {
            row.iter_mut().zip(direction).for_each(|(cell, y)| *cell += x * y);
        }
    }
    matrix
}

fn dot(row: &[f64], vector: &[f64]) -> f64 {
    row.iter().zip(vector).map(|(a, b)| a * b).sum()
}

/// The points of a scrambling, in pairs, with the outcome at both.
struct SampledPoints<'a> {
    design: &'a Design,
    inputs: &'a CorrelatedDraws,
    points: u32,
    unit: f64,
    scrambled: Vec<Scrambled>,
    seed: u64,
    /// How many draws the program has.
    count: usize,
    /// By draw of the program: its year and row among the correlated ones.
    place: Vec<Option<(usize, usize)>>,
    /// By point: how far the scores move to the second point, along the sum of the years; where only some are drawn once.
    along: Option<Vec<Vec<f64>>>,
    b: Vec<f64>,
    whole: f64,
}

impl<'a> SampledPoints<'a> {
    fn of(design: &'a Design, inputs: &'a CorrelatedDraws, scrambling: u64, points: u32) -> Self {
        let count = design.program.draws().count();
        let seed = design.seed.wrapping_mul(SCRAMBLINGS).wrapping_add(scrambling);
        let scrambled = scrambled(seed, 2 * count);
        let mut place = vec![None; count];
        for (year, draws) in inputs.draws.iter().enumerate() {
            for (row, draw) in draws.iter().enumerate() {
                if let Some(draw) = draw {
                    place[*draw] = Some((year, row));
                }
            }
        }
        let (unit, b) = (design.unit(), Vec::new());
        let mut found =
            Self { design, inputs, points, unit, scrambled, seed, count, place, along: None, b, whole: 0.0 };
        let a = design.run_in(unit, points, |draw, point| found.at(draw, point));
        found.b = design.run_in(unit, points, |draw, point| found.at(count + draw, point));
        if inputs.once.iter().any(|once| *once != inputs.once[0]) {
            found.along = Some((0..points).map(|point| found.moved_along(point)).collect());
        }
        found.whole = squares(&a, &found.b);
        found
    }

    /// A coordinate of a point; beyond the dimensions of the sequence they are random.
    fn at(&self, dimension: usize, point: u32) -> f64 {
        match self.scrambled.get(dimension) {
            Some(scrambled) => to_unit(scrambled.point(u64::from(point))),
            None => uniform(self.seed, dimension as u32, u64::from(point), 1),
        }
    }

    /// The score of a row in a year at the first or the second point; of draws that the program has not, one of its own.
    fn score(&self, (year, row): (usize, usize), point: u32, second: bool) -> f64 {
        let rows = self.inputs.factor.len();
        let year = if self.inputs.once[row] { 0 } else { year };
        let draw = self.inputs.draws[year][row].unwrap_or(2 * self.count + 2 * (year * rows + row));
        let own = self.inputs.draws[year][row].is_none();
        let dimension = if second { draw + if own { 1 } else { self.count } } else { draw };
        normal::quantile(self.at(dimension, point))
    }

    /// How far the score of a row in a year moves from the first to the second point.
    fn moved(&self, place: (usize, usize), point: u32) -> f64 {
        self.score(place, point, true) - self.score(place, point, false)
    }

    fn moved_along(&self, point: u32) -> Vec<f64> {
        self.inputs.along(|year, row| self.moved((year, row), point))
    }

    /// How far a projection of the scores moves the score of a row in a year.
    fn projected(&self, onto: &Projection, (year, row): (usize, usize), point: u32) -> f64 {
        let all = |of: &[f64], by: &dyn Fn(usize) -> f64| -> f64 {
            (0..of.len()).filter(|other| of[*other] != 0.0).map(|other| of[other] * by(other)).sum()
        };
        let moved = |other: usize| self.moved((year, other), point);
        let Some(along) = &self.along else { return all(&onto.along[row], &moved) };
        let along = &along[point as usize];
        let sum = dot(&onto.along[row], along);
        if self.inputs.once[row] {
            return sum;
        }
        let years = (self.inputs.draws.len() as f64).sqrt();
        sum / years + all(&onto.apart[row], &|other| moved(other) - along[other] / years)
    }

    /// What the projection of the scores explains, as a sum of squares: all else from the first points, it from the second.
    fn explained(&self, projection: &Projection) -> f64 {
        let mixed = |draw: usize, point: u32| {
            let Some((year, row)) = self.place[draw] else { return self.at(draw, point) };
            let score =
                self.score((year, row), point, false) + self.projected(projection, (year, row), point);
            max(min(normal::cdf(score), 1.0 - f64::EPSILON / 2.0), f64::EPSILON / 2.0)
        };
        let values = self.design.run_in(self.unit, self.points, mixed);
        self.whole - squares(&self.b, &values)
    }
}

fn squares(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// By draw the factor by which series 0 moves with its score, where it is linear in the scores of all draws.
fn slopes(program: &Program) -> Option<Vec<f64>> {
    let count = program.draws().count();
    if program.pool.is_some() || count * program.slots as usize > MOST_SLOPES {
        return None;
    }
    let mut slots: Vec<Option<Vec<f64>>> = vec![None; program.slots as usize];
    let mut draw = 0;
    for instruction in &program.instructions {
        match *instruction {
            Instruction::Record { series: 0, value } => return of(&slots, value, count),
            Instruction::Record { .. } | Instruction::Mark { .. } => {}
            Instruction::Compute { out, op } => {
                let found = linear(program, &slots, op, (count, draw));
                draw += usize::from(matches!(op, Op::Score { .. } | Op::Uniform { .. }));
                slots[out as usize] = found;
            }
        }
    }
    None
}

fn of(slots: &[Option<Vec<f64>>], operand: Operand, count: usize) -> Option<Vec<f64>> {
    match operand {
        Operand::Constant(_) => Some(vec![0.0; count]),
        Operand::Slot(slot) => slots[slot as usize].clone(),
    }
}

/// The slopes of what an operation gives, where it is linear.
fn linear(
    program: &Program,
    slots: &[Option<Vec<f64>>],
    op: Op,
    (count, draw): (usize, usize),
) -> Option<Vec<f64>> {
    let of = |operand| of(slots, operand, count);
    let sum = |a: Vec<f64>, by: f64, b: Vec<f64>| -> Vec<f64> {
        a.iter().zip(b).map(|(a, b)| a + by * b).collect()
    };
    let scaled = |a: Vec<f64>, by: f64| -> Vec<f64> { a.iter().map(|a| a * by).collect() };
    let product = |a: Operand, b: Operand| match (a, b) {
        (x, Operand::Constant(by)) | (Operand::Constant(by), x) => Some(scaled(of(x)?, by)),
        _ => None,
    };
    match op {
        Op::Score { .. } => {
            let mut slopes = vec![0.0; count];
            slopes[draw] = 1.0;
            Some(slopes)
        }
        Op::Unary(Unary::Negate, x) => Some(scaled(of(x)?, -1.0)),
        Op::Binary(Binary::Add, a, b) => Some(sum(of(a)?, 1.0, of(b)?)),
        Op::Binary(Binary::Subtract, a, b) => Some(sum(of(a)?, -1.0, of(b)?)),
        Op::Binary(Binary::Multiply, a, b) => product(a, b),
        Op::Binary(Binary::Divide, a, Operand::Constant(by)) => Some(scaled(of(a)?, 1.0 / by)),
        Op::Fused(fused, [a, b, c]) => {
            let (product, other) = (product(a, b)?, of(c)?);
            Some(match fused {
                Fused::MultiplyAdd => sum(product, 1.0, other),
                Fused::MultiplySubtract => sum(product, -1.0, other),
                Fused::SubtractProduct => sum(other, -1.0, product),
            })
        }
        Op::Line { start, first, count: terms } => {
            program.terms_of(first, terms).iter().try_fold(of(start)?, |so_far, term| {
                Some(sum(so_far, term.factor, of(Operand::Slot(term.slot))?))
            })
        }
        Op::WeightedSum { start, factors, summands, count: terms } => {
            let (factors, summands) = program.summed(factors, summands, terms);
            let mut terms = factors.iter().zip(summands);
            terms.try_fold(of(start)?, |so_far, (by, slot)| Some(sum(so_far, *by, of(Operand::Slot(*slot))?)))
        }
        _ => None,
    }
}
