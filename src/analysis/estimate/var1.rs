//! A vector autoregression of order one with means: x = μ + A (x₋₁ − μ) + u, u normal with some covariance, by its exact
//! likelihood (the first value from the stationary distribution); or with Student's t for u, given the first value.

use super::linear::{Matrix, least_squares};
use super::{JointDraws, RandomNumbers, bias, optimum};
use crate::num::special::ln_gamma;
use crate::num::{exp, ln};

/// An estimated vector autoregression.
#[derive(Clone, Debug, PartialEq)]
pub struct Var1 {
    /// The means μ.
    pub means: Vec<f64>,
    /// The coefficients A: row by equation.
    pub coefficients: Matrix,
    /// The covariance of what is new; of Student's t that of its scale.
    pub noise: Matrix,
    /// Degrees of freedom; `None` of a normal.
    pub df: Option<f64>,
    /// The logarithm of the largest likelihood.
    pub log_likelihood: f64,
}

const LN_TWO_PI: f64 = 1.837_877_066_409_345_6;

/// Between what degrees of freedom are looked for: above the upper end t is a normal.
const DEGREES: [f64; 2] = [2.1, 60.0];

/// Series of the same years: a row for each year.
pub type YearRows = [Vec<f64>];

impl Var1 {
    /// How many series.
    pub fn series(&self) -> usize {
        self.means.len()
    }

    /// The covariance of the series themselves. `None` where they are not stationary.
    pub fn stationary(&self) -> Option<Matrix> {
        stationary(&self.coefficients, &self.noise)
    }

    /// The estimates by name: `mean[1]`, `coefficient[1,2]`, `sd[1]` and `correlation[1,2]` of what is new, and `df`. Of
    /// one series the names have no brackets.
    pub fn named(&self) -> Vec<(String, f64)> {
        let k = self.series();
        let one = |name: &str, i: usize| if k == 1 { name.to_owned() } else { format!("{name}[{}]", i + 1) };
        let sd = |i: usize| self.noise.at(i, i).sqrt();
        let mut named: Vec<(String, f64)> = (0..k).map(|i| (one("mean", i), self.means[i])).collect();
        for i in 0..k {
            for j in 0..k {
                let name = if k == 1 {
                    "coefficient".to_owned()
                } else {
                    format!("coefficient[{},{}]", i + 1, j + 1)
                };
                named.push((name, self.coefficients.at(i, j)));
            }
        }
        let spread = if self.df.is_some() { "scale" } else { "sd" };
        named.extend((0..k).map(|i| (one(spread, i), sd(i))));
        for i in 0..k {
            for j in 0..i {
                let value = self.noise.at(i, j) / (sd(i) * sd(j));
                named.push((format!("correlation[{},{}]", j + 1, i + 1), value));
            }
        }
        named.extend(self.df.map(|df| ("df".to_owned(), df)));
        named
    }

    /// What is new in each year but the first, by series, each in units of its standard deviation (or scale).
    pub fn residuals(&self, x: &YearRows) -> Vec<Vec<f64>> {
        let news = news(x, &self.means, &self.coefficients);
        let of = |i: usize| news.iter().map(|row| row[i] / self.noise.at(i, i).sqrt()).collect();
        (0..self.series()).map(of).collect()
    }

    /// Simulates so many years from the stationary distribution; `None` where there is none.
    pub fn simulated(&self, years: usize, source: RandomNumbers, draw: u64) -> Option<Vec<Vec<f64>>> {
        let k = self.series();
        let (first, new) = (self.stationary()?.cholesky()?, self.noise.cholesky()?);
        let normals = |t: usize| -> Vec<f64> {
            (0..k).map(|i| source.normal(draw, (t * (k + 1) + i) as u32)).collect()
        };
        let mut state = first.apply(&normals(0));
        let mut rows = vec![state.clone()];
        for t in 1..years {
            let mut shock = new.apply(&normals(t));
            if let Some(df) = self.df {
                let thin = source.chi_squared(df, draw, (t * (k + 1) + k) as u32) / df;
                shock.iter_mut().for_each(|u| *u /= thin.sqrt());
            }
            state = self.coefficients.apply(&state).iter().zip(&shock).map(|(a, u)| a + u).collect();
            rows.push(state.clone());
        }
        let center = |row: Vec<f64>| row.iter().zip(&self.means).map(|(x, mean)| x + mean).collect();
        Some(rows.into_iter().map(center).collect())
    }
}

/// The covariance Γ = A Γ Aᵀ + Σ, by doubling: the sum of Aʲ Σ Aᵀʲ. `None` where it does not converge.
fn stationary(a: &Matrix, noise: &Matrix) -> Option<Matrix> {
    let (mut sum, mut power) = (noise.clone(), a.clone());
    for _ in 0..60 {
        let more = power.times(&sum).times(&power.transposed());
        sum = sum.plus(1.0, &more);
        power = power.times(&power);
        if !(sum.largest() < 1e200 && power.largest() < 1e100) {
            return None;
        }
        if power.largest() < 1e-20 {
            return Some(sum);
        }
    }
    None
}

fn news(x: &YearRows, means: &[f64], a: &Matrix) -> Vec<Vec<f64>> {
    let centered = |row: &Vec<f64>| -> Vec<f64> { row.iter().zip(means).map(|(x, mean)| x - mean).collect() };
    x.windows(2)
        .map(|pair| {
            let expected = a.apply(&centered(&pair[0]));
            centered(&pair[1]).iter().zip(expected).map(|(x, e)| x - e).collect()
        })
        .collect()
}

/// The exact log-likelihood of a normal one.
pub fn log_likelihood(x: &YearRows, means: &[f64], a: &Matrix, lower: &Matrix) -> f64 {
    let k = means.len();
    let noise = lower.times(&lower.transposed());
    let Some(first) = stationary(a, &noise).and_then(|gamma| gamma.cholesky()) else {
        return f64::NEG_INFINITY;
    };
    let ln_det = |triangle: &Matrix| (0..k).map(|i| ln(triangle.at(i, i).abs())).sum::<f64>();
    let square = |triangle: &Matrix, row: &[f64]| triangle.forward(row).iter().map(|z| z * z).sum::<f64>();
    let start: Vec<f64> = x[0].iter().zip(means).map(|(x, mean)| x - mean).collect();
    let rest: f64 = news(x, means, a).iter().map(|row| square(lower, row)).sum();
    let n = x.len() as f64;
    -0.5 * n * k as f64 * LN_TWO_PI
        - ln_det(&first)
        - (n - 1.0) * ln_det(lower)
        - 0.5 * (square(&first, &start) + rest)
}

/// Least squares: the most likely one given the first value. `None` where it is not determined.
fn conditional(x: &YearRows, weights: Option<&[f64]>) -> Option<Var1> {
    let k = x[0].len();
    let before: Vec<Vec<f64>> = x[..x.len() - 1].iter().map(|row| [&[1.0][..], row].concat()).collect();
    let mut all = Vec::with_capacity(k);
    for i in 0..k {
        let y: Vec<f64> = x[1..].iter().map(|row| row[i]).collect();
        all.push(least_squares(&before, &y, weights)?);
    }
    let a = Matrix::by(k, k, |i, j| all[i][j + 1]);
    let constant = Matrix::by(k, 1, |i, _| all[i][0]);
    let means = Matrix::identity(k).plus(-1.0, &a).solve(&constant)?;
    let means: Vec<f64> = (0..k).map(|i| means.at(i, 0)).collect();
    let news = news(x, &means, &a);
    let weight = |t: usize| weights.map_or(1.0, |weights| weights[t]);
    let noise = Matrix::by(k, k, |i, j| {
        news.iter().enumerate().map(|(t, row)| weight(t) * row[i] * row[j]).sum::<f64>() / news.len() as f64
    });
    Some(Var1 { means, coefficients: a, noise, df: None, log_likelihood: f64::NAN })
}

/// The most likely vector autoregression with normal news. `None` where the record does not determine it.
pub fn fit(x: &YearRows) -> Option<Var1> {
    let start = conditional(x, None)?;
    let k = start.series();
    let mut a = start.coefficients.clone();
    // The start of the search has to be stationary.
    for _ in 0..200 {
        if stationary(&a, &start.noise).is_some_and(|gamma| gamma.cholesky().is_some()) {
            break;
        }
        a = Matrix::by(k, k, |i, j| 0.97 * a.at(i, j));
    }
    let lower = start.noise.cholesky()?;
    let centers: Vec<f64> =
        (0..k).map(|i| super::mean(&x.iter().map(|row| row[i]).collect::<Vec<_>>())).collect();
    let scales: Vec<f64> = (0..k).map(|i| start.noise.at(i, i).sqrt()).collect();
    // In units of each series' own spread, so that all numbers are of order one.
    let unpack = |at: &[f64]| {
        let means: Vec<f64> = (0..k).map(|i| centers[i] + scales[i] * at[i]).collect();
        let a = Matrix::by(k, k, |i, j| at[k + i * k + j] * scales[i] / scales[j]);
        let mut triangle = Matrix::zero(k, k);
        let mut next = k + k * k;
        for (i, scale) in scales.iter().enumerate() {
            for j in 0..=i {
                let value = if i == j { exp(at[next]) } else { at[next] };
                triangle.set(i, j, scale * value);
                next += 1;
            }
        }
        (means, a, triangle)
    };
    let mut from = vec![0.0; k];
    from.extend((0..k * k).map(|place| a.at(place / k, place % k) * scales[place % k] / scales[place / k]));
    for (i, scale) in scales.iter().enumerate() {
        for j in 0..=i {
            let value = lower.at(i, j) / scale;
            from.push(if i == j { ln(value) } else { value });
        }
    }
    let value = |at: &[f64]| {
        let (means, a, triangle) = unpack(at);
        log_likelihood(x, &means, &a, &triangle)
    };
    let best = optimum::from(&from, value);
    let log_likelihood = value(&best);
    let (means, coefficients, triangle) = unpack(&best);
    let noise = triangle.times(&triangle.transposed());
    log_likelihood.is_finite().then_some(Var1 { means, coefficients, noise, df: None, log_likelihood })
}

/// The most likely one with Student's t, given the first value: for each number of degrees of freedom by weighted least
/// squares until nothing changes (K. Lange, R. Little and J. Taylor, 1989), and of these the best.
pub fn fit_t(x: &YearRows) -> Option<Var1> {
    let inverse = |df: f64| 1.0 / df;
    let at = |inverse_df: f64| given_degrees(x, 1.0 / inverse_df);
    let value = |inverse_df: f64| at(inverse_df).map_or(f64::NEG_INFINITY, |found| found.log_likelihood);
    let best = optimum::on_interval(inverse(DEGREES[1]), inverse(DEGREES[0]), 12, value);
    at(best)
}

fn given_degrees(x: &YearRows, df: f64) -> Option<Var1> {
    let k = x[0].len();
    let mut weights = vec![1.0; x.len() - 1];
    let mut found = conditional(x, None)?;
    for _ in 0..60 {
        let lower = found.noise.cholesky()?;
        let next: Vec<f64> = news(x, &found.means, &found.coefficients)
            .iter()
            .map(|row| (df + k as f64) / (df + lower.forward(row).iter().map(|z| z * z).sum::<f64>()))
            .collect();
        let moved = next.iter().zip(&weights).fold(0.0, |most, (a, b)| crate::num::max(most, (a - b).abs()));
        weights = next;
        found = conditional(x, Some(&weights))?;
        if moved < 1e-7 {
            break;
        }
    }
    let log_likelihood = log_likelihood_t(x, &found, df)?;
    Some(Var1 { df: Some(df), log_likelihood, ..found })
}

fn log_likelihood_t(x: &YearRows, of: &Var1, df: f64) -> Option<f64> {
    let k = of.series();
    let lower = of.noise.cholesky()?;
    let ln_det: f64 = (0..k).map(|i| ln(lower.at(i, i))).sum();
    let dimension = k as f64;
    let constant = ln_gamma(f64::midpoint(df, dimension))
        - ln_gamma(df / 2.0)
        - dimension / 2.0 * (ln(df) + LN_TWO_PI - ln(2.0))
        - ln_det;
    let one = |row: &Vec<f64>| {
        let square: f64 = lower.forward(row).iter().map(|z| z * z).sum();
        constant - f64::midpoint(df, dimension) * ln(1.0 + square / df)
    };
    Some(news(x, &of.means, &of.coefficients).iter().map(one).sum())
}

/// The coefficients without the bias that a short record gives them, as far as they stay stationary.
pub fn without_bias(of: &Var1, years: usize) -> Var1 {
    let bias =
        of.stationary().and_then(|gamma| bias::nicholls_pope(&of.coefficients, &of.noise, &gamma, years));
    let Some(bias) = bias else { return of.clone() };
    // Less of it where all would lead to where nothing is stationary (L. Kilian, 1998).
    let mut share = 1.0;
    while share > 0.0 {
        let coefficients = of.coefficients.plus(-share, &bias);
        let mended = Var1 { coefficients, ..of.clone() };
        if mended.stationary().is_some_and(|gamma| gamma.cholesky().is_some()) {
            return mended;
        }
        share -= 0.01;
    }
    of.clone()
}

/// Draws of all estimates by the bootstrap after the bootstrap (L. Kilian, "Small-sample confidence intervals for impulse
/// response functions", Review of Economics and Statistics 80, 1998): records simulated from the estimates without their
/// bias, each estimated by least squares (with t by weighted ones, at the estimated degrees of freedom) and rid of its bias.
pub fn bootstrap(of: &Var1, years: usize, draws: u64, source: RandomNumbers) -> Option<JointDraws> {
    let center = without_bias(of, years);
    let one = |draw: u64| {
        let x = center.simulated(years, source, draw)?;
        let found = match of.df {
            Some(df) => given_degrees(&x, df)?,
            None => conditional(&x, None)?,
        };
        let free = years as f64 - 1.0;
        // Least squares leaves too little noise: the degrees that the coefficients took are given back.
        let taken = 1.0 + of.series() as f64;
        let noise = found.noise.plus(taken / (free - taken), &found.noise);
        let mended = without_bias(&Var1 { noise, ..found }, years);
        mended.stationary().map(|_| mended.named().into_iter().map(|(_, value)| value).collect::<Vec<f64>>())
    };
    // What is not stationary is drawn anew, from the next addresses.
    let rows: Vec<Vec<f64>> = (0..4 * draws).filter_map(one).take(draws as usize).collect();
    let names = of.named().into_iter().map(|(name, _)| name).collect();
    (rows.len() as u64 == draws).then_some(JointDraws { names, rows })
}

#[cfg(test)]
mod tests {
    use super::super::published::{NILE, US_GDP, growth};
    use super::super::{ar1, mean, sd};
    use super::*;

    fn rows(series: &[&[f64]]) -> Vec<Vec<f64>> {
        (0..series[0].len()).map(|t| series.iter().map(|x| x[t]).collect()).collect()
    }

    #[test]
    fn of_one_series_it_is_the_autoregression() {
        let (found, known) = (fit(&rows(&[&NILE])).unwrap(), ar1::fit(&NILE).unwrap());
        assert!((found.log_likelihood - known.log_likelihood).abs() < 1e-6, "{found:?}");
        assert!((found.coefficients.at(0, 0) - known.coefficient).abs() < 1e-3);
        assert_eq!(found.named()[1].0, "coefficient");
    }

    #[test]
    fn of_two_series_that_know_nothing_of_each_other_the_likelihoods_add() {
        let growth = growth(&US_GDP);
        let (a, b) = (ar1::fit(&NILE).unwrap(), ar1::fit(&growth[..100]).unwrap());
        let x = rows(&[&NILE, &growth[..100]]);
        let coefficients =
            Matrix::by(2, 2, |i, j| if i == j { [a.coefficient, b.coefficient][i] } else { 0.0 });
        let lower = Matrix::by(2, 2, |i, j| if i == j { [a.sd, b.sd][i] } else { 0.0 });
        let joint = log_likelihood(&x, &[a.mean, b.mean], &coefficients, &lower);
        assert!((joint - a.log_likelihood - b.log_likelihood).abs() < 1e-8);
        let best = fit(&x).unwrap();
        assert!(best.log_likelihood > joint && best.log_likelihood < joint + 20.0, "{best:?}");
    }

    #[test]
    fn the_stationary_covariance_is_what_long_simulations_have() {
        let a = Matrix::by(2, 2, |i, j| [[0.5, 0.2], [-0.1, 0.7]][i][j]);
        let noise = Matrix::by(2, 2, |i, j| [[1.0, 0.3], [0.3, 0.5]][i][j]);
        let gamma = stationary(&a, &noise).unwrap();
        let back = a.times(&gamma).times(&a.transposed()).plus(1.0, &noise);
        assert!(back.plus(-1.0, &gamma).largest() < 1e-12);
        assert_eq!(stationary(&Matrix::identity(2), &noise), None);
        let of = Var1 { means: vec![1.0, 2.0], coefficients: a, noise, df: None, log_likelihood: 0.0 };
        let x = of.simulated(20_000, RandomNumbers::new(1, "long"), 0).unwrap();
        let first: Vec<f64> = x.iter().map(|row| row[0]).collect();
        // Of 20 000 dependent values the s.d. has an error of some per cent.
        assert!((mean(&first) - 1.0).abs() < 0.08 && (sd(&first) / gamma.at(0, 0).sqrt() - 1.0).abs() < 0.05);
        let found = conditional(&x, None).unwrap();
        assert!(found.coefficients.plus(-1.0, &of.coefficients).largest() < 0.03, "{found:?}");
    }

    #[test]
    fn heavy_tails_are_seen_and_normal_ones_are_nearly_so() {
        let of = |df| Var1 {
            means: vec![0.0],
            coefficients: Matrix::by(1, 1, |_, _| 0.5),
            noise: Matrix::by(1, 1, |_, _| 1.0),
            df,
            log_likelihood: 0.0,
        };
        let heavy = fit_t(&of(Some(4.0)).simulated(2000, RandomNumbers::new(5, "t"), 0).unwrap()).unwrap();
        assert!((3.2..5.2).contains(&heavy.df.unwrap()), "{heavy:?}");
        assert!((heavy.noise.at(0, 0).sqrt() - 1.0).abs() < 0.06, "{heavy:?}");
        let light = fit_t(&of(None).simulated(2000, RandomNumbers::new(5, "t"), 0).unwrap()).unwrap();
        assert!(light.df.unwrap() > 15.0, "{light:?}");
    }

    #[test]
    fn the_bootstrap_lies_around_the_estimate_without_bias() {
        let growth = growth(&US_GDP);
        let x = rows(&[&growth[..60], &growth[60..120]]);
        let found = fit(&x).unwrap();
        let draws = bootstrap(&found, 60, 500, RandomNumbers::new(2, "boot")).unwrap();
        let center = without_bias(&found, 60);
        for (name, value) in center.named().into_iter().filter(|(name, _)| name.starts_with("coefficient")) {
            let column = draws.column(&name).unwrap();
            assert!((mean(&column) - value).abs() < 0.5 * sd(&column), "{name}");
        }
    }
}
