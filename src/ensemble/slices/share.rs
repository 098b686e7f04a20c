//! Shares of an outcome's variance from sums by bins of a draw.
//!
//! The variance between the bins less what chance alone puts there, which is what the means of the even and of the odd paths in
//! each bin are apart by: in each bin its own, as an outcome may be far more uncertain at the ends of a draw than in its
//! middle (a product is, and Kelley's ε² of 1935 supposes that it is not). What is lost within the bins falls with the square of
//! their number, so that from all and from half of them follows what infinitely many would find
//! (Richardson). A draw that was not chosen is told by its straight line alone: it has one degree of freedom, so that where
//! there is little to find, little chance is added.

use std::collections::VecDeque;

use super::cell::Cell;
use super::{BINS, COARSE, DrawRange, LANES, MOST_RANGES, SCORES, Slices, bin_of_key};
use crate::num::max;

/// Bins of fewer paths on average are joined to their neighbours, two by two.
const LEAST_IN_BIN: f64 = 16.0;

/// An end of a range lies halfway between two points, and the step anywhere between these: so much of what lies there is on the
/// wrong side on average, with this standard deviation: that of a place anywhere between, 0.144, and half as much again, as
/// the ends were chosen by what is told of them.
const LOST_AT_EDGES: f64 = 0.25;
const HIDDEN_AT_EDGES: f64 = 0.22;

/// What a draw explains of an outcome's variance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ExplainedShare {
    /// The share, free of bias: where the draw has no effect it is as often below zero as above.
    pub share: f64,
    /// The variance of the share where the draw has no effect, times the square of the number of paths.
    pub noise: f64,
    /// What the bins may hide: a step within a bin, or a tail in the last one.
    pub hidden: f64,
    /// Degrees of freedom of the bins; 0 for a straight line.
    pub freedom: f64,
}

/// An outcome in the bins of a draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutcomeByBin {
    /// A bin here is a bin of the draw shifted right by so much.
    pub shift: u32,
    /// The bins.
    pub bins: Vec<Cell>,
    /// Ranges within bins, which hold their paths too.
    pub ranges: Vec<RangeMean>,
}

/// An outcome in a range within a bin of a draw.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RangeMean {
    /// The bin.
    pub bin: usize,
    /// The paths in it.
    pub cell: Cell,
    /// How far off the ends of the range may be, together, as a probability.
    pub slack: f64,
}

/// What lies between some cells, beyond chance.
struct Between {
    /// The variance between them.
    found: f64,
    /// Their degrees of freedom.
    freedom: f64,
    /// The variance within them, on average.
    within: f64,
    /// The square of the variance within them, on average over the cells, in squares of `within`: 1 where it is the same in all.
    uneven: f64,
}

impl OutcomeByBin {
    /// Half as many, without the ranges.
    fn halved(&self) -> Self {
        let bins = self.bins.chunks(2).map(Cell::joined).collect();
        Self { shift: self.shift + 1, bins, ranges: Vec::new() }
    }

    /// Of bins followed by ranges: the bins alone, with what lies in their ranges.
    fn put_ranges_into_bins(&mut self) {
        for (range, at) in self.ranges.iter().zip(BINS..) {
            self.bins[range.bin] = Cell::joined(&[self.bins[range.bin], self.bins[at]]);
        }
        self.bins.truncate(BINS);
    }

    /// What a bin is parted into: its ranges, and last what lies in none.
    fn cells(&self, bin: usize) -> Vec<Cell> {
        let ranges = self.ranges.iter().filter(|range| range.bin == bin);
        let mut cells: Vec<Cell> = ranges.map(|range| range.cell).collect();
        cells.push(cells.iter().fold(self.bins[bin], Cell::without));
        cells
    }

    /// What lies in a bin and in none of its ranges.
    pub fn rest(&self, bin: usize) -> Cell {
        self.cells(bin).pop().unwrap_or_default()
    }

    /// All cells of all bins; `by_two` joins bins in pairs where neither is parted. The outermost bins of a draw of many values are
    /// joined to their neighbours until each holds even and odd paths.
    fn parted(&self, by_two: bool, is_smooth: bool) -> Vec<Cell> {
        let bins: Vec<usize> = (0..self.bins.len()).collect();
        let of_bins = |together: &[usize]| {
            let cells: Vec<Cell> = together.iter().flat_map(|bin| self.cells(*bin)).collect();
            if cells.len() == together.len() { vec![Cell::joined(&cells)] } else { cells }
        };
        let mut parts: VecDeque<Vec<Cell>> = bins.chunks(if by_two { 2 } else { 1 }).map(of_bins).collect();
        let lacks_half = |end: &[Cell], next: &[Cell]| {
            is_smooth && end.len() == 1 && next.len() == 1 && end[0].variance().is_none()
        };
        while parts.len() > 1 && lacks_half(&parts[0], &parts[1]) {
            let end = parts.pop_front().unwrap_or_default();
            parts[0][0] = Cell::joined(&[end[0], parts[0][0]]);
        }
        while parts.len() > 1 && lacks_half(&parts[parts.len() - 1], &parts[parts.len() - 2]) {
            let end = parts.pop_back().unwrap_or_default();
            let last = parts.len() - 1;
            parts[last][0] = Cell::joined(&[end[0], parts[last][0]]);
        }
        parts.into_iter().flatten().collect()
    }

    /// A third of the variance that the outcome has within the bins if in each it runs between the means of its
    /// neighbours; a step within one bin is that and no more. Where ranges part a bin, the step is seen, but for where
    /// exactly it lies.
    fn hidden(&self, n: f64, within: f64) -> f64 {
        let used: Vec<usize> = (0..self.bins.len()).filter(|bin| self.bins[*bin].count() > 0.0).collect();
        let Some(last) = used.len().checked_sub(1).filter(|last| *last > 0) else { return 0.0 };
        let is_parted = |bin: usize| self.ranges.iter().any(|range| range.bin == bin);
        let near = |place: usize, mean: f64| match used[place] {
            bin if is_parted(bin) => nearest(&self.cells(bin), mean),
            bin => (self.bins[bin].count(), self.bins[bin].mean()),
        };
        let of_bin = |place: usize| {
            let (count, mean) = (self.bins[used[place]].count(), self.bins[used[place]].mean());
            if is_parted(used[place]) {
                return 0.0;
            }
            // At the ends there is a neighbour on one side only.
            let (a, b) = (near(place.saturating_sub(1), mean), near((place + 1).min(last), mean));
            let parts = if place == 0 || place == last { 1.0 } else { 4.0 };
            let apart = (b.1 - a.1) * (b.1 - a.1) / parts;
            count / n * (apart - within * (1.0 / a.0 + 1.0 / b.0) / parts)
        };
        max((0..used.len()).map(of_bin).sum::<f64>(), 0.0) / 3.0 + HIDDEN_AT_EDGES * self.at_edges(within)
    }

    /// The variance that the ends of ranges would hide if each lay so far off as it may: that of what lies on the wrong side.
    /// What the means are apart by chance alone is taken off.
    fn at_edges(&self, within: f64) -> f64 {
        let of_range = |range: &RangeMean| {
            let rest = self.rest(range.bin);
            let apart = range.cell.mean() - rest.mean();
            let by_chance = within * (1.0 / max(range.cell.count(), 1.0) + 1.0 / max(rest.count(), 1.0));
            range.slack * max(apart * apart - by_chance, 0.0)
        };
        self.ranges.iter().map(of_range).sum()
    }
}

/// The variance between cells of `n` paths less what chance puts there: in each cell its own variance, where even and odd
/// paths tell it, else that of all on average.
fn between(cells: &[Cell], n: f64, variance: f64) -> Between {
    let used = || cells.iter().filter(|cell| cell.count() > 0.0);
    let number = used().count() as f64;
    if n <= number {
        return Between { found: 0.0, freedom: 0.0, within: 0.0, uneven: 1.0 };
    }
    let squares: f64 = used().map(|cell| cell.count() * cell.mean() * cell.mean()).sum();
    let within = max(n * variance - squares, 0.0) / (n - number);
    let (mut chance, mut fourth) = (0.0, 0.0);
    for own in used().map(Cell::variance) {
        chance += own.unwrap_or(within);
        // With one degree of freedom, the square is three times that of the variance.
        fourth += own.map_or(within * within, |own| own * own / 3.0);
    }
    let uneven = fourth / (number * within * within);
    Between {
        // The mean of all has its chance too.
        found: (squares - chance + within) / n,
        freedom: number - 1.0,
        within,
        uneven: if uneven.is_finite() { max(uneven, 1.0) } else { 1.0 },
    }
}

/// Paths and mean of the cell with paths whose mean is nearest to this one.
fn nearest(cells: &[Cell], mean: f64) -> (f64, f64) {
    let apart = |cell: &Cell| (cell.mean() - mean).abs();
    let used = cells.iter().filter(|cell| cell.count() > 0.0);
    let nearest = used.min_by(|a, b| apart(a).total_cmp(&apart(b)));
    nearest.map_or((1.0, mean), |cell| (cell.count(), cell.mean()))
}

impl Slices {
    /// An outcome in the bins of a draw; `None` where it has none for it. `smooth` says that the bins are those of an input
    /// of many values, which may be joined.
    pub fn bins(&self, pair: usize, draw: usize, outcome: usize, smooth: bool) -> Option<OutcomeByBin> {
        let rows = &self.rows[self.starts[pair] as usize..self.starts[pair + 1] as usize];
        let counts = &self.counts[draw];
        if rows.len() != counts.len() {
            return None;
        }
        let mean = self.mean_steps(outcome);
        let half = counts.len() / 2;
        let cell = |bin: usize| {
            let of = |at: usize| {
                let count = counts[at] as f64;
                (count, rows[at][outcome % LANES] as f64 - count * mean)
            };
            let (even, odd) = (of(bin), of(bin + half));
            Cell { counts: [even.0, odd.0], sums: [even.1, odd.1] }
        };
        let cells: Vec<Cell> = (0..half).map(cell).collect();
        let ranges = self.chosen.ranges_of(draw).iter().zip((BINS..).take(MOST_RANGES));
        let range = |(range, at): (&DrawRange, usize)| RangeMean {
            bin: usize::from(range.bin),
            cell: cells[at],
            slack: f64::from(range.slack) / 4294967296.0,
        };
        let mut bins = OutcomeByBin { shift: 0, ranges: ranges.map(range).collect(), bins: cells };
        bins.put_ranges_into_bins();
        while smooth && bins.bins.len() > COARSE && self.joins(bins.bins.len()) {
            bins = bins.halved();
        }
        Some(bins)
    }

    fn joins(&self, bins: usize) -> bool {
        (self.paths as f64) < LEAST_IN_BIN * bins as f64
    }

    /// What a draw explains of an outcome, which varies. `smooth` is as for [`Slices::bins`].
    pub fn part(&self, pair: usize, draw: usize, outcome: usize, smooth: bool) -> ExplainedShare {
        let (n, variance) = (self.paths as f64, self.variance(outcome));
        if smooth && !self.is_chosen(outcome, draw) {
            return self.line(pair, draw, outcome, variance);
        }
        let Some(bins) = self.bins(pair, draw, outcome, smooth) else { return ExplainedShare::default() };
        let all = between(&bins.parted(false, smooth), n, variance);
        // Chance takes part twice: in the variance between the bins, and in what is taken off.
        let noise = |freedom: f64| 4.0 * all.uneven * freedom;
        let freedom = all.freedom;
        if !smooth {
            let share = all.found / variance;
            return ExplainedShare { share, noise: noise(freedom), hidden: 0.0, freedom };
        }
        let half = between(&bins.parted(true, true), n, variance);
        let extrapolated = all.found + (all.found - half.found) / 3.0;
        ExplainedShare {
            share: (extrapolated + LOST_AT_EDGES * bins.at_edges(all.within)) / variance,
            noise: noise(half.freedom + (freedom - half.freedom) * 16.0 / 9.0),
            hidden: bins.hidden(n, all.within) / variance,
            freedom,
        }
    }

    /// What a straight line in the draw's normal score explains, less what chance alone puts there.
    fn line(&self, pair: usize, draw: usize, outcome: usize, variance: f64) -> ExplainedShare {
        let n = self.paths as f64;
        let rows = &self.rows[self.starts[pair] as usize..self.starts[pair + 1] as usize];
        let ranges = self.chosen.ranges_of(draw);
        let score = |key: usize| SCORES[bin_of_key(key, ranges) / (BINS / COARSE)];
        let (mut scores, mut squares) = (0.0, 0.0);
        let half = (self.counts[draw].len() / 2).max(1);
        for (bin, count) in self.counts[draw].iter().enumerate() {
            let (count, score) = (*count as f64, f64::from(score(bin % half)));
            scores += score * count;
            squares += score * score * count;
        }
        // Sums of forged counts may be of any size.
        let lane = |row: &[i64; LANES]| i128::from(row[outcome % LANES]);
        let products: i128 = match rows {
            [products] => lane(products),
            bins => {
                let bins = bins.iter().enumerate();
                bins.map(|(bin, row)| i128::from(score(bin % half)) * lane(row)).sum()
            }
        };
        let spread = (squares - scores * scores / n) / n;
        if spread <= 0.0 {
            return ExplainedShare::default();
        }
        let covariance = (products as f64 - scores * self.mean_steps(outcome)) / n;
        ExplainedShare {
            share: covariance * covariance / (spread * variance) - 1.0 / n,
            noise: 2.0,
            ..ExplainedShare::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CenterStep, ChosenOutcomes, EDGES, Powers, STEPS};
    use super::*;
    use crate::num::normal;

    /// One outcome and one draw, binned at exact proportions, with bins of its own or without.
    fn exact(shape: impl Fn(f64) -> f64, chosen: bool) -> Slices {
        let n = 1 << 16;
        let values: Vec<f64> = (0..n).map(|k| shape((f64::from(k) + 0.5) / f64::from(n))).collect();
        let measure = CenterStep::of(&values);
        let rows = if chosen { 2 * BINS } else { 1 };
        let mut slices = Slices {
            paths: n as u64,
            measures: vec![measure],
            powers: vec![Powers::default()],
            counts: vec![vec![0; 2 * BINS]],
            starts: vec![0, rows as u32],
            rows: vec![[0; LANES]; rows],
            chosen: ChosenOutcomes {
                draws: if chosen { vec![(0, 0)] } else { vec![] },
                ..ChosenOutcomes::default()
            },
        };
        for (k, x) in values.iter().enumerate() {
            let u = (k as f64 + 0.5) / f64::from(n) * f64::from(STEPS);
            let bin = EDGES.iter().position(|&edge| u < f64::from(edge)).unwrap();
            let x = measure.steps(*x);
            for power in 1..=4 {
                slices.powers[0].sums[power as usize - 1] += i128::from(x).pow(power);
            }
            let at = bin + k % 2 * BINS;
            slices.counts[0][at] += 1;
            if chosen {
                slices.rows[at][0] += i64::from(x);
            } else {
                slices.rows[0][0] += i64::from(x) * i64::from(SCORES[bin / 4]);
            }
        }
        slices
    }

    /// An outcome by the uniform of its draw.
    type Shape = fn(f64) -> f64;

    #[test]
    fn what_bins_lose_of_a_smooth_outcome_is_put_back() {
        let shapes: [(&str, Shape); 4] = [
            ("normal", normal::quantile),
            ("uniform", |u| u),
            ("lognormal", |u| crate::num::exp(0.5 * normal::quantile(u))),
            ("valley", |u| (u - 0.5) * (u - 0.5)),
        ];
        for (name, shape) in shapes {
            let part = exact(shape, true).part(0, 0, 0, true);
            assert!((part.share - 1.0).abs() < 2e-3 && part.hidden < 0.01, "{name}: {part:?}");
        }
    }

    #[test]
    fn a_step_within_a_bin_is_within_two_errors_of_what_bins_may_hide() {
        for step in [0.02, 0.1, 0.3, 0.5, 0.77, 0.95] {
            let part = exact(|u| f64::from(u8::from(u > step)), true).part(0, 0, 0, true);
            assert!((part.share - 1.0).abs() < 2.0 * part.hidden + 1e-3, "{step}: {part:?}");
        }
    }

    #[test]
    fn a_draw_without_bins_is_told_by_its_line() {
        let part = exact(normal::quantile, false).part(0, 0, 0, true);
        assert!((part.share - 1.0).abs() < 0.02 && part.freedom == 0.0, "{part:?}");
        let part = exact(|u| (u - 0.5) * (u - 0.5), false).part(0, 0, 0, true);
        assert!(part.share.abs() < 1e-3, "{part:?}");
        // A pair that has bins for the sake of another outcome gives the same line.
        let mut fine = exact(normal::quantile, true);
        fine.chosen.draws.clear();
        assert_eq!(fine.part(0, 0, 0, true), exact(normal::quantile, false).part(0, 0, 0, true));
    }

    #[test]
    fn bins_are_joined_below_sixteen_paths_each() {
        let mut slices = exact(|u| u, true);
        let bins = |paths: u64, slices: &mut Slices| {
            slices.paths = paths;
            slices.bins(0, 0, 0, true).unwrap().bins.len()
        };
        assert_eq!((bins(1024, &mut slices), bins(1023, &mut slices)), (64, 32));
        assert_eq!((bins(512, &mut slices), bins(511, &mut slices), bins(20, &mut slices)), (32, 16, 16));
    }

    #[test]
    fn a_variance_of_a_few_paths_is_of_few_effective_ones() {
        // A share p of ones has the kurtosis (1 − 3 p q) / (p q).
        let slices = exact(|u| f64::from(u8::from(u < 0.01)), true);
        let (pq, n) = (0.01 * 0.99, 65_536.0);
        assert!((slices.effective_paths(0) / (n * pq / (1.0 - 3.0 * pq)) - 1.0).abs() < 0.01);
        // A normal's kurtosis is 3.
        assert!((exact(normal::quantile, true).effective_paths(0) / (n / 3.0) - 1.0).abs() < 0.01);
    }
}
