//! Breaks of the mean of a series: where they are, how surely, and how often chance makes one.
//!
//! Given their number, breaks lie where the sum of squares around the means of the segments is least, found for all
//! segments at once (J. Bai and P. Perron, "Computation and analysis of multiple structural change models", Journal of
//! Applied Econometrics 18, 2003). Their number is that with the least BIC (Y. Yao, 1988). The interval of a break is that of
//! J. Bai, "Estimation of a change point in multiple regression models", Review of Economics and Statistics 79 (1997), with
//! each segment's own variance, as R's package strucchange gives it.

use super::{RandomNumbers, ar1, bias, mean, optimum};
use crate::num::normal::sf;
use crate::num::{exp, ln};

/// The fewest years of a segment.
pub const SEGMENT: usize = 5;

/// Most breaks that are looked for.
const MOST: usize = 5;

/// Records that the probability of chance is counted over.
const RECORDS: u64 = 999;

/// A break: the last year before it, and its 95 % interval, as numbers of observations from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Break {
    /// The last observation of the segment before.
    pub after: usize,
    /// Lower end of the interval; `None` where it goes beyond the segment.
    pub low: Option<usize>,
    /// Upper end.
    pub high: Option<usize>,
}

/// The breaks of a series.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Breaks {
    /// The breaks, in order; none where the record is better without.
    pub breaks: Vec<Break>,
    /// How often a series with the same persistence and no break has one that lowers the sum of squares as much.
    pub p: Option<f64>,
}

/// Looks for breaks, with at least `segment` observations between them.
pub fn find(x: &[f64], segment: usize, source: RandomNumbers) -> Breaks {
    let most = (x.len() / segment).saturating_sub(1).min(MOST);
    let squares = squares(x);
    let n = x.len() as f64;
    let bic = |breaks: usize, least: f64| n * ln(least / n) + 2.0 * (breaks as f64 + 1.0) * ln(n);
    let mut best = (bic(0, squares(0, x.len())), Vec::new());
    for number in 1..=most {
        let (least, places) = partition(&squares, x.len(), number, segment);
        let value = bic(number, least);
        if value < best.0 {
            best = (value, places);
        }
    }
    let places = best.1;
    let p = (most > 0).then(|| by_chance(x, segment, source)).flatten();
    Breaks { breaks: (0..places.len()).map(|k| interval(x, &places, k)).collect(), p }
}

/// The sum of squares of `x[from..to]` around its mean.
fn squares(x: &[f64]) -> impl Fn(usize, usize) -> f64 {
    let center = mean(x);
    let sums = |power: i32| -> Vec<f64> {
        let mut sums = vec![0.0];
        let mut sum = 0.0;
        for value in x {
            let own = value - center;
            sum += if power == 1 { own } else { own * own };
            sums.push(sum);
        }
        sums
    };
    let (first, second) = (sums(1), sums(2));
    move |from, to| {
        let sum = first[to] - first[from];
        crate::num::max(second[to] - second[from] - sum * sum / (to - from) as f64, 0.0)
    }
}

/// The partition into `breaks + 1` segments with the least sum of squares: the sum, and the number of observations before
/// each break.
fn partition(
    squares: &impl Fn(usize, usize) -> f64,
    n: usize,
    breaks: usize,
    segment: usize,
) -> (f64, Vec<usize>) {
    // By number of breaks and end: the least sum, and where the last segment begins.
    let mut least: Vec<Vec<(f64, usize)>> =
        vec![(0..=n).map(|to| (if to >= segment { squares(0, to) } else { f64::INFINITY }, 0)).collect()];
    for number in 1..=breaks {
        let one = |to: usize| {
            let starts = (number * segment..=to.saturating_sub(segment)).filter(|_| to >= segment);
            starts.fold((f64::INFINITY, 0), |best, from| {
                let sum = least[number - 1][from].0 + squares(from, to);
                if sum < best.0 { (sum, from) } else { best }
            })
        };
        let row = (0..=n).map(one).collect();
        least.push(row);
    }
    let (mut places, mut to) = (Vec::new(), n);
    for number in (1..=breaks).rev() {
        to = least[number][to].1;
        places.push(to);
    }
    places.reverse();
    (least[breaks][n].0, places)
}

/// How often a series without a break, of the persistence and length of this one, has a break that lowers the sum of squares
/// by as large a share.
fn by_chance(x: &[f64], segment: usize, source: RandomNumbers) -> Option<f64> {
    let found = ar1::fit(x)?;
    let phi = bias::corrected(found.coefficient, x.len());
    let share = |x: &[f64]| {
        let squares = squares(x);
        partition(&squares, x.len(), 1, segment).0 / squares(0, x.len())
    };
    let own = share(x);
    let record = |draw: u64| -> Vec<f64> {
        let mut state = source.normal(draw, 0) / (1.0 - phi * phi).sqrt();
        let mut record = vec![state];
        for t in 1..x.len() {
            state = phi * state + source.normal(draw, t as u32);
            record.push(state);
        }
        record
    };
    let lower = (0..RECORDS).filter(|draw| share(&record(*draw)) <= own).count();
    Some((lower as f64 + 1.0) / (RECORDS as f64 + 1.0))
}

fn interval(x: &[f64], places: &[usize], at: usize) -> Break {
    let from = if at == 0 { 0 } else { places[at - 1] };
    let to = places.get(at + 1).copied().unwrap_or(x.len());
    let place = places[at];
    let variance = |part: &[f64]| {
        let center = mean(part);
        part.iter().map(|x| (x - center) * (x - center)).sum::<f64>() / part.len() as f64
    };
    let (before, after) = (&x[from..place], &x[place..to]);
    let step = mean(after) - mean(before);
    let (low, high) = (variance(before), variance(after));
    let nothing = Break { after: place, low: None, high: None };
    if low <= 0.0 || high <= 0.0 {
        return nothing;
    }
    let ratio = high / low;
    let unit = low / (step * step);
    let zero = argmax_cdf(0.0, ratio);
    if !(0.025..=0.975).contains(&zero) {
        return nothing;
    }
    let upper = where_it_is(0.975, ratio) * unit;
    let lower = where_it_is(0.025, ratio) * unit;
    let ends = (place as f64 - upper.ceil(), place as f64 - lower.floor());
    let within = |end: f64| (1.0..=x.len() as f64).contains(&end).then_some(end as usize);
    Break { after: place, low: within(ends.0), high: within(ends.1) }
}

/// Where the distribution function of the argmax has this value.
fn where_it_is(level: f64, ratio: f64) -> f64 {
    let mut reach = 1.0;
    let side = if level > 0.5 { 1.0 } else { -1.0 };
    while (argmax_cdf(side * reach, ratio) - level) * side < 0.0 && reach < 1e6 {
        reach *= 2.0;
    }
    let miss = |s: f64| {
        let off = argmax_cdf(s, ratio) - level;
        -off * off
    };
    optimum::on_interval(
        if side > 0.0 { 0.0 } else { -reach },
        if side > 0.0 { reach } else { 0.0 },
        200,
        miss,
    )
}

/// The distribution function of where W₁(−s) − |s|/2 for s ≤ 0 and √φ W₂(s) − s/2 for s > 0 is largest, of independent
/// Brownian motions (Bai 1997, appendix B, with ξ = 1). `ratio` is φ, that of the variances after and before.
fn argmax_cdf(s: f64, ratio: f64) -> f64 {
    const ROOT_TWO_PI: f64 = 2.506_628_274_631_000_7;
    let x = s.abs();
    let root = x.sqrt();
    // exp(a) · P(Z > z), which is small also where the exponential is not.
    let scaled_tail = |a: f64, z: f64| {
        if z < 30.0 {
            exp(a) * sf(z)
        } else {
            exp(a - z * z / 2.0) / (z * ROOT_TWO_PI) * (1.0 - 1.0 / (z * z))
        }
    };
    if s <= 0.0 {
        let part = 1.0 / ratio;
        let first = root * exp(-x / 8.0) / ROOT_TWO_PI;
        let second = ratio * (ratio + 2.0) / (ratio + 1.0)
            * scaled_tail(part * (1.0 + part) * x / 2.0, (0.5 + part) * root);
        let third = (x / 2.0 - 2.0 + (ratio + 2.0) * (ratio + 2.0) / (ratio + 1.0)) * sf(root / 2.0);
        third - first - second
    } else {
        let part = 1.0 / ratio;
        let first = part.sqrt() * root * exp(-part * x / 8.0) / ROOT_TWO_PI;
        let second = part * (2.0 * ratio + 1.0) / (ratio + 1.0)
            * scaled_tail((ratio + 1.0) * x / 2.0, (ratio + 0.5) / ratio.sqrt() * root);
        let weight =
            (2.0 * ratio + 1.0) * (2.0 * ratio + 1.0) / ((ratio + 1.0) * ratio) - 2.0 + part * x / 2.0;
        1.0 + first + second - weight * sf(part.sqrt() * root / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::published::NILE;
    use super::*;

    /// R's strucchange: `confint(breakpoints(Nile ~ 1))` has observation 28 (1898), from 25 to 32.
    #[test]
    fn the_nile_breaks_after_1898() {
        let found = find(&NILE, 15, RandomNumbers::new(1, "breaks"));
        assert_eq!(found.breaks, [Break { after: 28, low: Some(25), high: Some(32) }]);
        assert!(found.p.unwrap() < 0.05, "{found:?}");
        assert_eq!(find(&NILE, SEGMENT, RandomNumbers::new(1, "breaks")).breaks[0].after, 28);
    }

    /// Bai (1997): with equal variances the 95 % point of |argmax| is 11.03, the 90 % point 7.69.
    #[test]
    fn the_argmax_has_its_published_quantiles() {
        assert!((where_it_is(0.975, 1.0) - 11.03).abs() < 0.01);
        assert!((where_it_is(0.025, 1.0) + 11.03).abs() < 0.01);
        assert!((where_it_is(0.95, 1.0) - 7.687).abs() < 0.01);
        for ratio in [0.3, 1.0, 4.0] {
            assert!((argmax_cdf(-1e-12, ratio) - argmax_cdf(1e-12, ratio)).abs() < 1e-5);
            assert!(
                argmax_cdf(-400.0, ratio).abs() < 1e-4
                    && (argmax_cdf(400.0 * ratio, ratio) - 1.0).abs() < 1e-4
            );
        }
    }

    #[test]
    fn the_least_sum_of_squares_is_that_of_all_partitions() {
        let x = [1.0, 2.0, 1.5, 8.0, 7.0, 9.0, 3.0, 2.0, 4.0, 3.5];
        let squares = squares(&x);
        let mut least = (f64::INFINITY, Vec::new());
        for a in 2..=6 {
            for b in a + 2..=8 {
                let sum = squares(0, a) + squares(a, b) + squares(b, 10);
                if sum < least.0 {
                    least = (sum, vec![a, b]);
                }
            }
        }
        let found = partition(&squares, 10, 2, 2);
        assert_eq!(found.1, least.1);
        assert!((found.0 - least.0).abs() < 1e-12);
    }

    #[test]
    fn chance_makes_a_break_as_often_as_is_said() {
        // Of 60 records without a break, p below 0.1 is expected 6 times with a standard deviation of 2.3.
        let source = RandomNumbers::new(9, "none");
        let count = (0..60).filter(|record| {
            let x: Vec<f64> = (0..25).map(|t| source.normal(*record, t)).collect();
            find(&x, SEGMENT, RandomNumbers::new(*record, "chance")).p.unwrap() < 0.1
        });
        assert!((0..=15).contains(&count.count()));
        assert_eq!(find(&[1.0, 2.0, 3.0, 2.0], SEGMENT, source).p, None, "too short for two segments");
    }
}
