//! Errors of runs that are not random: from replicates, which know nothing of each other.
//!
//! The standard error of a mean over R replicates is the standard deviation of their means over √R, whatever the
//! scheme does within a replicate. The same holds of a probability. For a quantile it is taken of the share of each
//! replicate that does not exceed the quantile of all paths together: a share has no bias, where the replicates' own
//! quantiles, each of few paths, have one. So the error of the rank is known, and that of the value is what lies between the values of
//! these ranks, as in a random run.
//!
//! An error from sixteen replicates is uncertain: it is told larger by 9 %, so that as many errors make an interval
//! of 95 % as in a random run, 1.96. Replicates that agree do not show that nothing can change: an error is at least what it
//! would be if half of them had one path more. A rare event is met on so few paths of each replicate that what they differ
//! by tells little: its error and interval are at least those of as many random paths.

use std::collections::BTreeMap;

use super::assemble;
use super::summary::{Probability, Summary, Why};
use super::why::error_of;
use crate::ensemble::{Ensemble, Tally, rank};
use crate::model::Labels;
use crate::num::{max, min, power_of_two_below};
use crate::text::period;

/// The 97.5 % point of Student's t with fifteen degrees of freedom: two sides of 95 %, from sixteen replicates.
const T: f64 = 2.131449545559323;

/// The 97.5 % point of the normal distribution: what the intervals of counts are made with.
const Z: f64 = crate::num::normal::POINT_97_5;

/// By how much errors from sixteen replicates are told larger.
const WIDER: f64 = T / Z;

/// Where the ends of a 95 % interval are so many times as far away as the error says, there is a gap between them.
const GAP: f64 = 2.0;

/// Where one of these ends is so many times as far away as the other, there is a gap on its side.
const SKEW: f64 = 8.0;

/// The least error of a share, in paths of all replicates together: half of them have one path more than the others.
const LEAST: f64 = 2.0;

/// An event that is met, or not met, on fewer paths than this in each replicate on average is rare.
const RARE: f64 = 10.0;

/// Where the distribution of a replicate is kept around a quantile, in standard errors of a random sample's rank.
const KNOTS: [f64; 23] = [
    -8.0, -5.0, -3.5, -2.5, -1.8, -1.3, -0.9, -0.6, -0.4, -0.2, -0.1, 0.0, 0.1, 0.2, 0.4, 0.6, 0.9, 1.3, 1.8,
    2.5, 3.5, 5.0, 8.0,
];

/// What one replicate says.
#[derive(Clone, Debug)]
pub struct Replicate {
    summary: Summary,
    /// By series and level of the quantiles.
    curves: Vec<Vec<ReplicateDistribution>>,
}

impl Replicate {
    /// What the ensemble of a replicate says.
    pub fn of(labels: &Labels, ensemble: &Ensemble, seed: u64, levels: &[f64]) -> Self {
        let curves =
            |tally: &Tally| levels.iter().map(|level| ReplicateDistribution::of(tally, *level)).collect();
        Self {
            summary: assemble::summary(labels, ensemble, seed, levels),
            curves: ensemble.series.iter().map(curves).collect(),
        }
    }
}

/// The distribution of a replicate's values around a quantile.
#[derive(Clone, Debug)]
struct ReplicateDistribution {
    /// Some values, each with how many values are at most that, ascending.
    knots: Vec<(f64, f64)>,
    /// By knot how many values lie below it and how many up to it, where its value is known exactly.
    lumps: Vec<Option<[f64; 2]>>,
    count: f64,
}

impl ReplicateDistribution {
    fn of(tally: &Tally, level: f64) -> Self {
        let count = tally.ordered();
        let n = count as f64;
        let reach = max((level * (1.0 - level) * n).sqrt(), 1.0);
        let mut ranks: Vec<u64> = KNOTS
            .iter()
            .map(|knot| (level * n + knot * reach).round().clamp(1.0, max(n, 1.0)) as u64)
            .collect();
        ranks.dedup();
        let lump = |rank: u64| tally.lump(rank - 1).map(|lump| lump.map(|rank| rank as f64));
        let knot = |rank: u64| Some(((tally.order_statistic(rank - 1)?, rank as f64), lump(rank)));
        let (knots, lumps) = ranks.into_iter().filter_map(knot).unzip();
        Self { knots, lumps, count: n }
    }

    /// The share of the values that are less than `x`, and of those that are at most `x`.
    fn shares(&self, x: f64) -> Option<[f64; 2]> {
        let mut lumps = self.knots.iter().zip(&self.lumps).filter(|((value, _), _)| *value == x);
        match lumps.find_map(|(_, lump)| *lump) {
            Some(lump) => Some(lump.map(|rank| rank / self.count)),
            None => self.share(x).map(|share| [share; 2]),
        }
    }

    /// The share of the values that are at most `x`.
    fn share(&self, x: f64) -> Option<f64> {
        let after = self.knots.partition_point(|(value, _)| *value <= x);
        let rank = match (after.checked_sub(1).map(|at| self.knots[at]), self.knots.get(after)) {
            (None, None) => return None,
            // How many lie below the first knot is not known, but for the smallest value.
            (None, Some((_, first))) => first - 1.0,
            (Some((_, last)), None) => last,
            (Some((low, from)), Some((high, _))) if !(high - low).is_finite() => from,
            (Some((low, from)), Some((high, to))) => {
                from + min((x - low) / (high - low) * (to - from), to - from - 1.0)
            }
        };
        Some(rank / self.count)
    }
}

/// Replaces the standard errors of a summary, and the intervals of its probabilities, by what the replicates say. `ensemble` is
/// that of all together, `levels` the levels of the quantiles, as for [`Replicate::of`].
///
/// # Panics
/// When a replicate is of another model or other levels.
pub fn fill(
    summary: &mut Summary,
    labels: &Labels,
    ensemble: &Ensemble,
    levels: &[f64],
    replicates: &[Replicate],
) {
    let series = |series: usize| PooledSeries { tally: &ensemble.series[series], levels, series, replicates };
    for label in &labels.variables {
        let Some(variable) = summary.variables.get_mut(&label.name) else { continue };
        for (place, error) in variable.standard_error.iter_mut().enumerate() {
            let year = period::label(variable.years[place]);
            let no_spread = |whys: &BTreeMap<String, Why>| whys.get(&year) == Some(&Why::NoSpread);
            if variable.why.get("standard_error").is_some_and(no_spread) {
                continue;
            }
            let means = replicates.iter().map(|it| it.summary.variables[&label.name].mean[place]);
            *error = series(label.first_series as usize + place).mean_error(means);
            note(variable.why.entry("standard_error".to_owned()).or_default(), &year, *error, Why::NoValue);
        }
        for (key, errors) in &mut variable.quantile_errors {
            for (place, error) in errors.iter_mut().enumerate() {
                let value = variable.quantiles.get(key).and_then(|values| values[place]);
                let all = series(label.first_series as usize + place);
                *error = all.quantile_error(key, value);
                let year = period::label(variable.years[place]);
                note(variable.why.entry(error_of(key)).or_default(), &year, *error, all.near(false));
            }
        }
        variable.why.retain(|_, years| !years.is_empty());
    }
    for label in &labels.metrics {
        let Some(metric) = summary.metrics.get_mut(&label.name) else { continue };
        let all = series(label.series as usize);
        if metric.why.get("standard_error") != Some(&Why::NoSpread) {
            metric.standard_error =
                all.mean_error(replicates.iter().map(|it| it.summary.metrics[&label.name].mean));
            note(&mut metric.why, "standard_error", metric.standard_error, Why::NoValue);
        }
        for (key, error) in &mut metric.quantile_errors {
            *error = all.quantile_error(key, metric.quantiles.get(key).copied().flatten());
            note(&mut metric.why, &error_of(key), *error, all.near(label.never.is_some()));
        }
    }
    let paths = ensemble.paths as f64;
    let each = || replicates.iter().map(|replicate| &replicate.summary);
    for (name, target) in &mut summary.targets {
        probability(&mut target.probability, paths, each().map(|it| Some(&it.targets[name].probability)));
    }
    if let Some(all) = &mut summary.joint.all {
        probability(all, paths, each().map(|it| it.joint.all.as_ref()));
    }
    for (name, group) in &mut summary.joint.groups {
        probability(group, paths, each().map(|it| it.joint.groups.get(name)));
    }
    for (name, pair) in &mut summary.joint.pairs {
        probability(pair, paths, each().map(|it| it.joint.pairs.get(name)));
    }
}

/// Says of an error that is not known that a replicate has no such statistic, and forgets why one that is was not.
fn note(why: &mut BTreeMap<String, Why>, name: &str, error: Option<f64>, reason: Why) {
    if error.is_some() {
        // A tail is as heavy however the paths are spread.
        if why.get(name) != Some(&Why::Tail) {
            why.remove(name);
        }
    } else {
        why.entry(name.to_owned()).or_insert(reason);
    }
}

/// A series of all replicates together.
struct PooledSeries<'a> {
    tally: &'a Tally,
    levels: &'a [f64],
    series: usize,
    replicates: &'a [Replicate],
}

impl PooledSeries<'_> {
    /// The error of the mean.
    fn mean_error(&self, means: impl Iterator<Item = Option<f64>>) -> Option<f64> {
        let error = spread(means)?;
        let (least, most) = (self.tally.min()?, self.tally.max()?);
        let range = min(most - least, f64::MAX);
        // A sum whose terms cancel agrees up to rounding.
        let least = if error <= 1e-12 * range { LEAST * range / self.tally.finite as f64 } else { 0.0 };
        Some(WIDER * max(error, least))
    }

    /// What may lie near a quantile whose error is not known; `year` says whether infinity is a year that never comes.
    fn near(&self, year: bool) -> Why {
        match (self.tally.nan, self.tally.minus_infinite, self.tally.never) {
            (0, 0, 0) => Why::NoValue,
            (0, 0, _) if year => Why::Never,
            (0, ..) => Why::SomeInfinite,
            _ => Why::NotANumber,
        }
    }

    /// The error of a quantile.
    fn quantile_error(&self, key: &str, value: Option<f64>) -> Option<f64> {
        let (tally, value) = (self.tally, value?);
        let wanted: f64 = key.parse().ok()?;
        let off = |level: &f64| (level - wanted).abs();
        let nearest =
            |best: usize, at: usize| if off(&self.levels[at]) < off(&self.levels[best]) { at } else { best };
        let place = (0..self.levels.len()).reduce(nearest)?;
        let level = self.levels[place];
        let count = tally.ordered();
        // Of a lump of equal values the share below it may vary where that up to it does not, and the other way round.
        let shares = |side: usize| {
            let each = self.replicates.iter().map(|it| it.curves[self.series][place].shares(value));
            spread(each.map(|shares| shares.map(|shares| shares[side])))
        };
        let varies = max(shares(0)?, shares(1)?);
        let rank_error = WIDER * max(varies, LEAST / count as f64);
        let at = |level: f64| tally.quantile(min(max(level, 0.0), 1.0)).filter(|x| x.is_finite());
        let (low, high) = (at(level - rank_error)?, at(level + rank_error)?);
        let half = 0.5 * high - 0.5 * low;
        // Whole numbers and lumps move by steps: one counts as uncertain that is three standard deviations away, and 1.96 errors
        // reach it.
        let is_stepped = tally.is_whole() || low == high;
        let sure = rank_error * if is_stepped { 3.0 } else { Z };
        // Where that is infinite, or not known, nothing is known of the error.
        let off = |level: f64| at(level).map(|x| (x - value).abs());
        let (below, above) = (off(level - sure)?, off(level + sure)?);
        let farthest = max(below, above) / Z;
        let reaches = is_stepped || max(below, above) > SKEW * min(below, above) || farthest > GAP * half;
        let half = if reaches { max(farthest, half) } else { half };
        if half > 0.0 {
            return Some(half);
        }
        let (low, high) = tally.bracket(rank(count, level))?;
        Some(0.5 * (high - low))
    }
}

/// The error and the interval of a probability.
fn probability<'a>(
    found: &mut Probability,
    paths: f64,
    replicates: impl Iterator<Item = Option<&'a Probability>>,
) {
    let shares: Vec<Option<f64>> = replicates.map(|each| each.map(|each| each.probability)).collect();
    let count = shares.len() as f64;
    let Some(error) = spread(shares.into_iter()) else { return };
    if found.low == found.high {
        return; // known without a path
    }
    let mut error = WIDER * max(error, LEAST / paths);
    let share = found.probability;
    let (mut low, mut high) = (share - Z * error, share + Z * error);
    // Where truths are not known on some paths they may be either.
    if found.open {
        high = max(high, found.high);
    }
    if min(share, 1.0 - share) * paths < RARE * count {
        (low, high) = (min(low, found.low), max(high, found.high));
        error = max(error, found.standard_error.unwrap_or_default());
    }
    // Where all paths agree the interval tells, as in a random run.
    found.standard_error = found.standard_error.map(|_| error);
    found.low = max(low, 0.0);
    found.high = min(high, 1.0);
}

/// The standard error of the mean of some values; `None` where one is missing.
fn spread(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let values: Vec<f64> = values.collect::<Option<_>>()?;
    let n = values.len() as f64;
    if n < 2.0 {
        return None;
    }
    let mean = values.iter().map(|x| x / n).sum::<f64>();
    // In a power of two about the largest distance, so that no square is too large or too small.
    let most = values.iter().map(|x| (x - mean).abs()).fold(0.0, max);
    if !most.is_finite() {
        return None;
    }
    let unit = if most.is_normal() { power_of_two_below(most) } else { 1.0 };
    let squares: f64 = values.iter().map(|x| (x - mean) / unit).map(|x| x * x).sum();
    Some((squares / (n - 1.0) / n).sqrt() * unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::SeriesScale;
    use crate::text::probability::Decided;

    fn tally(values: &[f64]) -> Tally {
        let mut tally = Tally::new(SeriesScale::from_pilot(values));
        for (block, column) in values.chunks(256).enumerate() {
            tally.add_column(block as u64 * 256, column);
        }
        tally
    }

    #[test]
    fn a_spread_is_the_standard_error_of_a_mean() {
        // The standard deviation of 0, 1, 2, 3 is √(5/3).
        let found = spread((0..4).map(|k| Some(f64::from(k)))).unwrap();
        assert!((found - (5.0f64 / 12.0).sqrt()).abs() < 1e-15, "{found}");
        // 2^±900.
        for scale in [1023 - 900, 1023 + 900].map(|exponent: u64| f64::from_bits(exponent << 52)) {
            let scaled = spread((0..4).map(|k| Some(f64::from(k) * scale))).unwrap();
            assert!((scaled / scale - (5.0f64 / 12.0).sqrt()).abs() < 1e-15, "{scaled}");
        }
        assert_eq!(spread([Some(2.0); 4].into_iter()), Some(0.0));
        assert_eq!((spread([Some(1.0), None].into_iter()), spread([Some(1.0)].into_iter())), (None, None));
    }

    /// Of 0 … 999: how many are at most x. Close to the median every rank is a knot; in a lump all of it counts.
    #[test]
    fn a_curve_gives_shares_around_its_quantile() {
        let values: Vec<f64> = (0..1000).map(f64::from).collect();
        let curve = ReplicateDistribution::of(&tally(&values), 0.5);
        for (x, share) in [(499.0, 0.5), (480.0, 0.481), (530.0, 0.531), (519.0, 0.52)] {
            assert!((curve.share(x).unwrap() - share).abs() < 1.5e-3, "{x}: {:?}", curve.share(x));
        }
        // Beyond the knots at ±8 · √250 ranks no more is known than their own shares.
        assert_eq!((curve.share(-5.0), curve.share(5000.0)), (Some(0.373), Some(0.626)));
        let lump: Vec<f64> = (0..1000).map(|k| if k < 300 { f64::from(k) } else { 700.0 }).collect();
        let curve = ReplicateDistribution::of(&tally(&lump), 0.3);
        assert!((curve.share(299.0).unwrap() - 0.3).abs() < 1.5e-3);
        assert!((curve.share(400.0).unwrap() - 0.3).abs() < 1.5e-3);
        let share = curve.share(700.0).unwrap();
        assert!(share > 0.4, "{share}");
    }

    fn of(met: u64, paths: u64) -> Probability {
        crate::result::wilson::probability(met, paths)
    }

    #[test]
    fn an_error_of_a_probability_is_what_the_replicates_differ_by() {
        let (mut all, parts) = (of(2024, 4096), [of(500, 1024), of(506, 1024), of(512, 1024), of(506, 1024)]);
        probability(&mut all, 4096.0, parts.iter().map(Some));
        // The standard deviation of −6, 0, 6, 0 is √24.
        let exact = 24.0f64.sqrt() / 2.0 / 1024.0;
        assert!((all.standard_error.unwrap() - exact * T / Z).abs() < 1e-12, "{all:?}");
        assert!(
            (all.high - all.probability - T * exact).abs() < 1e-12
                && (all.probability - all.low - T * exact).abs() < 1e-12
        );
    }

    /// Half of the paths in every replicate: the error is that of one more path in every other of them.
    #[test]
    fn replicates_that_agree_leave_a_path_in_doubt() {
        let mut all = of(8192, 16384);
        probability(&mut all, 16384.0, vec![of(512, 1024); 16].iter().map(Some));
        assert!((all.standard_error.unwrap() - WIDER * 2.0 / 16384.0).abs() < 1e-15, "{all:?}");
        let shares = (0..16).map(|k| Some(if k < 8 { 512.0 } else { 513.0 } / 1024.0));
        // The divisor is 15, not 16.
        assert!(
            (spread(shares).unwrap() * WIDER / all.standard_error.unwrap() - (16.0f64 / 15.0).sqrt()).abs()
                < 1e-9
        );
    }

    #[test]
    fn what_is_rare_has_at_least_the_error_of_as_many_random_paths() {
        let counts = of(0, 16384);
        let mut all = counts.clone();
        probability(&mut all, 16384.0, vec![of(0, 1024); 16].iter().map(Some));
        assert!(all.standard_error.is_none() && all.low == 0.0 && all.high >= counts.high, "{all:?}");
        // 159 of 16384 is rare, 160 is not.
        for (met, rare) in [(159, true), (160, false), (16384 - 159, true), (16384 - 160, false)] {
            let counts = of(met, 16384);
            let mut all = counts.clone();
            probability(&mut all, 16384.0, vec![of(met / 16, 1024); 16].iter().map(Some));
            assert_eq!(all.standard_error == counts.standard_error, rare, "{met}");
        }
    }

    #[test]
    fn what_is_known_without_a_path_has_no_error() {
        let known = Probability::of(Decided::Always);
        let mut all = known.clone();
        probability(&mut all, 16384.0, vec![known.clone(); 16].iter().map(Some));
        assert_eq!(all, known);
    }
}
