//! Intervals of means, standard deviations and shortfalls that hold for every distribution between known bounds.

use super::betting::{BoundedValues, Capital, refuted_below};
use super::scaled::ScaledTally;
use super::{Interval, quantile};
use crate::ensemble::Tally;
use crate::num::{max, min};

/// Values are taken together that lie closer than the spread over this.
const FINENESS: f64 = 8.0;

/// How many steps the places of a quantile are tried in.
const PLACES: usize = 8;

/// The interval of the mean of the finite values, which all lie in `range`.
pub fn mean(tally: &Tally, range: Interval, alpha: f64) -> Interval {
    if tally.finite == 0 {
        return range;
    }
    let scaled = ScaledTally::new(tally);
    scaled.unscale(mean_in(scaled, scaled.scale(range), alpha))
}

fn mean_in(scaled: ScaledTally, range: Interval, alpha: f64) -> Interval {
    let width = spread(scaled) / FINENESS;
    let cells = scaled.cells().map(|cell| (cell.low, cell.high, cell.count));
    let values = BoundedValues::new(cells, width, scaled.mean());
    Interval {
        low: values.lower_bound(range.low, alpha / 2.0),
        high: values.upper_bound(range.high, alpha / 2.0),
    }
}

/// The interval of the standard deviation of the finite values, which all lie in `range`: the standard deviation is the
/// root of the mean square distance from the true mean, wherever in its own interval that lies.
pub fn sd(tally: &Tally, range: Interval, alpha: f64) -> Interval {
    let widest = Interval { low: 0.0, high: 0.5 * range.high - 0.5 * range.low };
    let scaled = ScaledTally::new(tally);
    let range = scaled.scale(range);
    if tally.finite < 2 {
        return widest;
    }
    let center = mean_in(scaled, range, alpha / 4.0);
    if !center.is_bounded() {
        return widest;
    }
    let alpha = 0.375 * alpha;
    let found = Interval {
        low: lower_variance(scaled, center, alpha).sqrt(),
        high: upper_variance(scaled, center, range, alpha).sqrt(),
    };
    scaled.unscale(found).and(widest)
}

/// The lower bound of the variance. What each stake becomes is known at some places of the mean, and between two of them it
/// cannot fall by more than its curvature allows.
fn lower_variance(tally: ScaledTally, center: Interval, alpha: f64) -> f64 {
    let places = places_of_mean(tally, center);
    let squares: Vec<BoundedValues> = places.iter().map(|place| distances(tally, *place)).collect();
    let most = squares.iter().map(|values| values.mean_low).fold(f64::INFINITY, min);
    refuted_below(0.0, most, alpha, |variance| {
        let capitals: Vec<Capital> = squares.iter().map(|values| values.capital(0.0, variance)).collect();
        let mut least = capitals[0];
        for (number, pair) in capitals.windows(2).enumerate() {
            let step = places[number + 1] - places[number];
            for (stake, least) in least.iter_mut().enumerate() {
                let share = super::betting::share_of(stake);
                let fall = tally.tally.finite as f64 * share * step * step / (4.0 * variance * (1.0 - share));
                *least = min(*least, min(pair[0][stake], pair[1][stake]) - fall);
            }
        }
        least
    })
}

/// The upper bound of the variance: what each stake becomes is concave in the mean, and so least at an end.
fn upper_variance(tally: ScaledTally, center: Interval, range: Interval, alpha: f64) -> f64 {
    let reach = max(range.high - center.low, center.high - range.low);
    let ceiling = reach * reach;
    let ends = [center.low, center.high].map(|place| distances(tally, place).negated());
    let most = ends.iter().map(|values| values.mean_low).fold(f64::INFINITY, min);
    -refuted_below(-ceiling, most, alpha, |variance| {
        let [mut one, other] = ends.each_ref().map(|values| values.capital(-ceiling, variance));
        one.iter_mut().zip(other).for_each(|(one, other)| *one = min(*one, other));
        one
    })
}

/// Where the mean may lie: at its estimate, and from there in steps that grow, as far as its interval reaches.
fn places_of_mean(tally: ScaledTally, center: Interval) -> Vec<f64> {
    let middle = tally.mean().map_or(f64::midpoint(center.low, center.high), |mean| mean);
    let middle = min(max(middle, center.low), center.high);
    let first = 0.5 * spread(tally) / (tally.tally.finite as f64).sqrt();
    let mut places = vec![center.low, middle, center.high];
    let mut step = first;
    while step > 0.0 && (middle - step > center.low || middle + step < center.high) {
        places.extend(
            [middle - step, middle + step].into_iter().filter(|x| (center.low..center.high).contains(x)),
        );
        step *= 2.0;
    }
    places.sort_by(f64::total_cmp);
    places.dedup();
    places
}

/// The squares of the distances from a place.
fn distances(tally: ScaledTally, place: f64) -> BoundedValues {
    let square = |x: f64| (x - place) * (x - place);
    let cells = tally.cells().map(|cell| {
        let (one, other) = (square(cell.low), square(cell.high));
        let low = if (cell.low..=cell.high).contains(&place) { 0.0 } else { min(one, other) };
        (low, max(one, other), cell.count)
    });
    let n = tally.tally.finite as f64;
    let mean = || Some(tally.variance()? * (n - 1.0) / n + square(tally.mean()?));
    let spread = spread(tally);
    BoundedValues::new(cells, 2.0 * spread * spread / FINENESS, mean())
}

/// The interval of the expected shortfall: with the true quantile `c` it is `c` less the mean of how far values lie
/// below `c`, over the level (R. T. Rockafellar and S. Uryasev, Journal of Risk 2 (2000) 21–41), wherever in its own
/// interval the quantile lies. Values of plus infinity lie below nothing; of others that are not finite nothing is known.
pub fn expected_shortfall(tally: &Tally, range: Interval, level: f64, alpha: f64) -> Interval {
    if level <= 0.0 || tally.ordered() == 0 || tally.minus_infinite + tally.nan > 0 {
        return range;
    }
    let place = quantile(tally, level, alpha / 4.0).and(range);
    let alpha = 0.375 * alpha;
    if !place.is_bounded() {
        return Interval { low: range.low, high: place.high };
    }
    let furthest = if place.low.abs() > place.high.abs() { place.low } else { place.high };
    let scaled = ScaledTally::below(tally, furthest);
    let found = shortfall_in(scaled, scaled.scale(range), scaled.scale(place), level, alpha);
    scaled.unscale(found).and(range)
}

fn shortfall_in(tally: ScaledTally, range: Interval, place: Interval, level: f64, alpha: f64) -> Interval {
    let places = steps(place);
    let short: Vec<BoundedValues> = places.iter().map(|place| below(tally, *place)).collect();
    let mut found = Interval { low: f64::INFINITY, high: f64::NEG_INFINITY };
    for number in 0..places.len() {
        let above = (number + 1).min(places.len() - 1);
        let most = short[above].upper_bound(places[above] - range.low, alpha);
        let least = short[number].lower_bound(0.0, alpha);
        found.low = min(found.low, places[number] - most / level);
        found.high = max(found.high, places[above] - least / level);
    }
    found
}

/// An interval's ends and some places between them, in order; one where it is a single number.
fn steps(interval: Interval) -> Vec<f64> {
    if interval.is_point() {
        return vec![interval.low];
    }
    let step = (interval.high - interval.low) / PLACES as f64;
    let mut places: Vec<f64> = (0..PLACES).map(|number| interval.low + number as f64 * step).collect();
    places.push(interval.high);
    places
}

/// How far the values lie below a place.
fn below(tally: ScaledTally, place: f64) -> BoundedValues {
    let under = |x: f64| max(place - x, 0.0);
    let cells = tally.cells().map(|cell| (under(cell.high), under(cell.low), cell.count));
    let never = tally.tally.never;
    let never = (never > 0).then_some((0.0, 0.0, never));
    // The spread of all may be beyond all numbers in the unit of what lies below.
    let width = Some(spread(tally)).filter(|width| width.is_finite());
    let width = width.unwrap_or_else(|| under(tally.tally.min().map_or(place, |min| min / tally.unit)));
    BoundedValues::new(cells.chain(never), width / FINENESS, None)
}

/// The standard deviation of the values as far as cells tell.
fn spread(tally: ScaledTally) -> f64 {
    tally.finite_variance().map_or(0.0, f64::sqrt)
}
