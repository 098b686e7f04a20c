//! Whether the rows that several columns share move an outcome: by what each row did on other paths.
//!
//! The mean score of each row on one half of the paths says what the row did; on the other half it is held against the scores there.
//! Where rows do nothing, those of the other half are drawn independently of all scores and of these means, so that the sum of
//! the products has Bennett's tail, whatever the outcome.

use super::binning::OutcomeLanes;
use super::row_order::RowOrder;
use super::tail_bounds::bennett;
use crate::num::{ln, max, min};

/// A draw of rows on the paths that are looked at.
pub(super) struct RowScores<'a> {
    pub(super) order: &'a RowOrder,
    /// By path: the row.
    pub(super) rows: Vec<u32>,
}

/// For each half: what the products come to, their variance where rows do nothing, and the largest of them.
#[derive(Clone, Copy, Default)]
pub(super) struct Crossed([[f64; 3]; 2]);

impl Crossed {
    /// Those of two draws, which are independent.
    pub(super) fn with(self, other: Self) -> Self {
        let mut both = self;
        for (mine, theirs) in both.0.iter_mut().zip(other.0) {
            *mine = [mine[0] + theirs[0], mine[1] + theirs[1], max(mine[2], theirs[2])];
        }
        both
    }

    /// The logarithm of the probability that chance makes so much of nothing, in either half.
    pub(super) fn logarithm(self) -> f64 {
        let of_half = |[sum, variance, largest]: [f64; 3]| bennett(max(sum, 0.0), variance, largest);
        min(of_half(self.0[0]), of_half(self.0[1])) + ln(2.0)
    }
}

impl RowScores<'_> {
    /// An outcome, whose scores about their mean are those of a lane.
    pub(super) fn crossed(&self, scores: &[OutcomeLanes], lane: usize) -> Crossed {
        let half = self.rows.len() / 2;
        Crossed([self.held_against(scores, lane, 0..half, half..2 * half), {
            self.held_against(scores, lane, half..2 * half, 0..half)
        }])
    }

    fn held_against(
        &self,
        scores: &[OutcomeLanes],
        lane: usize,
        fit: std::ops::Range<usize>,
        held: std::ops::Range<usize>,
    ) -> [f64; 3] {
        let score = |path: usize| f64::from(scores[path].0[lane]);
        let mut sums = vec![(0.0, 0.0); self.order.rows()];
        for path in fit {
            let of = &mut sums[self.rows[path] as usize];
            *of = (of.0 + 1.0, of.1 + score(path));
        }
        let means: Vec<f64> = sums.iter().map(|(n, sum)| if *n > 0.0 { sum / n } else { 0.0 }).collect();
        let likely = || means.iter().enumerate().map(|(row, mean)| (self.order.probability(row), *mean));
        let middle: f64 = likely().map(|(p, mean)| p * mean).sum();
        let variance: f64 = likely().map(|(p, mean)| p * (mean - middle) * (mean - middle)).sum();
        let widest = means.iter().fold(0.0, |most, mean| max(most, (mean - middle).abs()));
        let (mut sum, mut squares, mut largest) = (0.0, 0.0, 0.0);
        for path in held {
            let score = score(path);
            sum += score * (means[self.rows[path] as usize] - middle);
            squares += score * score;
            largest = max(largest, score.abs());
        }
        [sum, variance * squares, widest * largest]
    }
}
