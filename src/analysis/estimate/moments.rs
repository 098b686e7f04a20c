//! Moments of series, and parameters whose simulations have the moments of a record.
//!
//! Parameters are drawn from their priors, a record of the same length is simulated with each, and the draws are kept whose
//! record comes nearest to the one observed; what is left of the distance is taken out by regression (M. A. Beaumont,
//! W. Zhang and D. J. Balding, "Approximate Bayesian computation in population genetics", Genetics 162, 2002). Moments are
//! first summed up into the best linear guess of each parameter (P. Fearnhead and D. Prangle, 2012). As simulated records are
//! as short as the real one, the small-sample bias of moments is in both and needs no correction.

use super::linear::least_squares;
use super::{mean, sd};
use crate::num::{ln, max, min};
use crate::scenario::written::Moment;

/// A moment of one or two of the series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// The moment.
    pub moment: Moment,
    /// The series, from 0.
    pub series: usize,
    /// The other series, of a correlation.
    pub other: Option<usize>,
}

/// The moments of so many series, in order.
pub fn all(moments: &[Moment], series: usize) -> Vec<Which> {
    let mut all = Vec::new();
    for moment in moments {
        let moment = *moment;
        if moment == Moment::Correlation {
            for i in 0..series {
                all.extend((i + 1..series).map(|j| Which { moment, series: i, other: Some(j) }));
            }
        } else {
            all.extend((0..series).map(|series| Which { moment, series, other: None }));
        }
    }
    all
}

impl Which {
    /// Its value in some series.
    pub fn of<T: AsRef<[f64]>>(&self, series: &[T]) -> f64 {
        let x = series[self.series].as_ref();
        match self.moment {
            Moment::Mean => mean(x),
            Moment::Sd => sd(x),
            Moment::Autocorrelation => {
                let center = mean(x);
                let product = |lag: usize| {
                    x.windows(lag + 1).map(|part| (part[0] - center) * (part[lag] - center)).sum::<f64>()
                };
                product(1) / product(0)
            }
            Moment::Correlation => {
                let y = series[self.other.unwrap_or(self.series)].as_ref();
                let (cx, cy) = (mean(x), mean(y));
                let product: f64 = x.iter().zip(y).map(|(x, y)| (x - cx) * (y - cy)).sum();
                product / ((x.len() as f64 - 1.0) * sd(x) * sd(y))
            }
        }
    }

    /// On a scale on which its distribution is closer to a normal: logarithms of deviations, Fisher's z of correlations.
    pub fn straight(&self, value: f64) -> f64 {
        match self.moment {
            Moment::Mean => value,
            Moment::Sd => ln(max(value, 1e-300)),
            Moment::Autocorrelation | Moment::Correlation => {
                let r = max(-0.999_999, min(0.999_999, value));
                0.5 * (ln(1.0 + r) - ln(1.0 - r))
            }
        }
    }
}

/// A simulated record: the parameters it was simulated with, each as a standard normal score of its prior, and the moments of
/// the record on their straight scales.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// The scores.
    pub scores: Vec<f64>,
    /// The moments.
    pub moments: Vec<f64>,
}

/// Draws of the scores given the moments observed: the `keep` nearest of the simulations, moved by regression. `None` where
/// the moments do not vary.
pub fn posterior(simulated: &[Simulated], observed: &[f64], keep: usize) -> Option<Vec<Vec<f64>>> {
    let parameters = simulated.first()?.scores.len();
    let row = |moments: &[f64]| [&[1.0][..], moments].concat();
    let rows: Vec<Vec<f64>> = simulated.iter().map(|one| row(&one.moments)).collect();
    let guess = |k: usize| {
        let scores: Vec<f64> = simulated.iter().map(|one| one.scores[k]).collect();
        least_squares(&rows, &scores, None)
    };
    let guesses: Vec<Vec<f64>> = (0..parameters).map(guess).collect::<Option<_>>()?;
    let summary = |moments: &[f64]| -> Vec<f64> {
        let own = row(moments);
        guesses.iter().map(|by| by.iter().zip(&own).map(|(b, x)| b * x).sum()).collect()
    };
    let summaries: Vec<Vec<f64>> = simulated.iter().map(|one| summary(&one.moments)).collect();
    let wanted = summary(observed);
    let spread: Vec<f64> = (0..parameters)
        .map(|k| max(sd(&summaries.iter().map(|s| s[k]).collect::<Vec<_>>()), 1e-12))
        .collect();
    let distance = |own: &Vec<f64>| -> f64 {
        (0..parameters).map(|k| (own[k] - wanted[k]) / spread[k]).map(|miss| miss * miss).sum()
    };
    let mut order: Vec<(f64, usize)> =
        summaries.iter().enumerate().map(|(place, own)| (distance(own), place)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    order.truncate(keep);
    moved(simulated, &summaries, &wanted, &order)
}

/// The nearest simulations' scores at the summary observed, by a local regression of each score on the summaries.
fn moved(
    simulated: &[Simulated],
    summaries: &[Vec<f64>],
    wanted: &[f64],
    nearest: &[(f64, usize)],
) -> Option<Vec<Vec<f64>>> {
    let parameters = wanted.len();
    let reach = max(nearest.last()?.0, 1e-300);
    let weights: Vec<f64> = nearest.iter().map(|(distance, _)| max(1.0 - distance / reach, 1e-3)).collect();
    let off =
        |place: usize| -> Vec<f64> { (0..parameters).map(|k| summaries[place][k] - wanted[k]).collect() };
    let rows: Vec<Vec<f64>> = nearest.iter().map(|(_, place)| [&[1.0][..], &off(*place)].concat()).collect();
    let slopes = |k: usize| {
        let scores: Vec<f64> = nearest.iter().map(|(_, place)| simulated[*place].scores[k]).collect();
        // Summaries that do not vary here say nothing here.
        least_squares(&rows, &scores, Some(&weights)).unwrap_or_else(|| vec![0.0; parameters + 1])
    };
    let slopes: Vec<Vec<f64>> = (0..parameters).map(slopes).collect();
    let one = |(row, (_, place)): (&Vec<f64>, &(f64, usize))| -> Vec<f64> {
        let shift = |k: usize| (1..=parameters).map(|j| slopes[k][j] * row[j]).sum::<f64>();
        (0..parameters).map(|k| simulated[*place].scores[k] - shift(k)).collect()
    };
    Some(rows.iter().zip(nearest).map(one).collect())
}

#[cfg(test)]
mod tests {
    use super::super::RandomNumbers;
    use super::super::published::NILE;
    use super::*;

    #[test]
    fn moments_are_those_of_the_textbook() {
        let which = |moment| Which { moment, series: 0, other: Some(1) };
        let other: Vec<f64> = NILE.iter().map(|x| 3.0 - 2.0 * x).collect();
        let series = [&NILE[..], &other];
        // R: mean(Nile), sd(Nile), acf(Nile)[1].
        assert!((which(Moment::Mean).of(&series) - 919.35).abs() < 1e-9);
        assert!((which(Moment::Sd).of(&series) - 169.2275).abs() < 1e-3);
        assert!((which(Moment::Autocorrelation).of(&series) - 0.4978).abs() < 1e-3);
        assert!((which(Moment::Correlation).of(&series) + 1.0).abs() < 1e-12);
        assert_eq!(all(&[Moment::Sd, Moment::Correlation], 3).len(), 6);
    }

    /// Records of 15 normals with a standard deviation exp(θ/2), θ standard normal. Ranks of the truth in ten bins over 200
    /// records: χ² of 9 degrees is above 27.9 once in a thousand times.
    #[test]
    fn the_truth_has_every_rank_among_the_draws_alike() {
        let source = RandomNumbers::new(31, "records");
        let which = [Which { moment: Moment::Sd, series: 0, other: None }];
        let simulated: Vec<Simulated> = (0..10_000)
            .map(|draw| {
                let score = source.normal(draw, 1000);
                let x: Vec<f64> =
                    (0..15).map(|t| crate::num::exp(0.5 * score) * source.normal(draw, t)).collect();
                Simulated { scores: vec![score], moments: vec![which[0].straight(which[0].of(&[x]))] }
            })
            .collect();
        let (records, table) = simulated.split_at(200);
        let mut counts = [0_u32; 10];
        for record in records {
            let draws = posterior(table, &record.moments, 499).unwrap();
            let rank = draws.iter().filter(|row| row[0] < record.scores[0]).count();
            counts[rank * 10 / 500] += 1;
        }
        let squares: f64 =
            counts.iter().map(|c| (f64::from(*c) - 20.0) * (f64::from(*c) - 20.0) / 20.0).sum();
        assert!(squares < 27.9, "{counts:?}");
    }
}
