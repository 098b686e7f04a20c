//! Bounds of a mean by betting: they hold for every distribution between known bounds, however few the paths.
//!
//! Who bets against "the mean is at most m" at even odds multiplies his capital on every path by `1 + λ (y − m)`, with
//! a `λ` that never loses all of it. If the statement is true the capital is expected not to grow, so that it reaches
//! `1 / alpha` with a probability of at most `alpha` (Markov's inequality): a mean against which it does is refuted
//! (I. Waudby-Smith and A. Ramdas, "Estimating means of bounded random variables by betting", J. R. Stat. Soc. B 86
//! (2024) 1–27). Here the capital is shared out evenly among stakes that were chosen before: half of one, a quarter,
//! an eighth, … of what can be lost.

use crate::num::{exp, ln, max, min};

/// Into how many stakes the capital is shared out: the smallest is 2^-19 of what can be lost.
const STAKES: usize = 20;

/// The largest stake; all of it would lose everything on one path at the floor.
const LARGEST: f64 = 0.99;

/// So often the distance of a bound is halved.
const STEPS: u32 = 22;

/// The logarithm of what each stake became.
pub(super) type Capital = [f64; STAKES];

/// What share of all that can be lost on a path a stake puts at risk.
pub(super) fn share_of(stake: usize) -> f64 {
    LARGEST / (1_u64 << stake) as f64
}

/// Some values that lie close together.
#[derive(Clone, Copy, Debug)]
struct CloseValues {
    /// The lowest that one can be.
    low: f64,
    /// The highest.
    high: f64,
    /// The lowest that their mean can be.
    mean_low: f64,
    /// The highest.
    mean_high: f64,
    count: f64,
}

/// Values of which is known between what bounds each lies.
#[derive(Clone, Debug)]
pub(super) struct BoundedValues {
    groups: Vec<CloseValues>,
    /// How many there are.
    pub(super) count: f64,
    /// The lowest that their mean can be.
    pub(super) mean_low: f64,
    /// The highest.
    mean_high: f64,
    least: f64,
    greatest: f64,
}

impl BoundedValues {
    /// So many values each between two bounds. Neighbours are taken together as long as they lie within `width`; where
    /// the mean of all is known it is given.
    pub(super) fn new(cells: impl Iterator<Item = (f64, f64, u64)>, width: f64, mean: Option<f64>) -> Self {
        let mut groups: Vec<CloseValues> = Vec::new();
        for (low, high, count) in cells {
            let cell = CloseValues { low, high, mean_low: low, mean_high: high, count: count as f64 };
            match groups.last_mut() {
                Some(last) if max(last.high, high) - min(last.low, low) <= width => *last = last.with(cell),
                _ => groups.push(cell),
            }
        }
        let count: f64 = groups.iter().map(|group| group.count).sum();
        let sum = |of: fn(&CloseValues) -> f64| {
            groups.iter().map(|group| of(group) * group.count).sum::<f64>() / count
        };
        let (mean_low, mean_high) = (sum(|group| group.mean_low), sum(|group| group.mean_high));
        let least = groups.iter().map(|group| group.low).fold(f64::INFINITY, min);
        let greatest = groups.iter().map(|group| group.high).fold(f64::NEG_INFINITY, max);
        let known = |bound: f64| mean.map_or(bound, |mean| min(max(mean, mean_low), mean_high));
        Self { count, mean_low: known(mean_low), mean_high: known(mean_high), least, greatest, groups }
    }

    /// The same values with the other sign.
    pub(super) fn negated(&self) -> Self {
        let negated = |group: &CloseValues| CloseValues {
            low: -group.high,
            high: -group.low,
            mean_low: -group.mean_high,
            mean_high: -group.mean_low,
            count: group.count,
        };
        Self {
            groups: self.groups.iter().map(negated).collect(),
            count: self.count,
            mean_low: -self.mean_high,
            mean_high: -self.mean_low,
            least: -self.greatest,
            greatest: -self.least,
        }
    }

    /// What the stakes become at least against the statement that the mean, of values that are never below `floor`, is
    /// at most `mean`.
    pub(super) fn capital(&self, floor: f64, mean: f64) -> Capital {
        // A logarithm is at most its argument less one: a stake that so can gain little is not worth a look.
        let most = self.count * (self.mean_high - mean) / (mean - floor);
        let worth = |share: &f64| share * most >= 1.0;
        std::array::from_fn(|number| {
            let share = Some(share_of(number)).filter(worth);
            share.map_or(f64::NEG_INFINITY, |share| self.stake(floor, mean, share))
        })
    }

    /// The logarithm of one stake. It is concave in each value, so that within a group it is at least what lies on the
    /// line between the group's ends; what the mean of all is known to lie higher than the groups say raises it at
    /// least by the slope at the greatest value.
    fn stake(&self, floor: f64, mean: f64, share: f64) -> f64 {
        let per_unit = share / (mean - floor);
        let at = |y: f64| 1.0 - share + per_unit * max(y - floor, 0.0);
        let (mut sum, mut lowest) = (0.0, 0.0);
        for group in &self.groups {
            let low = ln(at(group.low));
            let width = group.high - group.low;
            let rise = if group.mean_low > group.low && width > 0.0 {
                (ln(at(group.high)) - low) * ((group.mean_low - group.low) / width)
            } else {
                0.0
            };
            sum += group.count * (low + rise);
            lowest += group.count * group.mean_low;
        }
        let more = max(self.mean_low * self.count - lowest, 0.0);
        let total = sum + more * per_unit / at(self.greatest);
        if total.is_nan() { f64::NEG_INFINITY } else { total }
    }

    /// The lower bound of the mean of values that are never below `floor`: it is wrong with a probability of at most
    /// `alpha`. `floor` where it is not finite.
    pub(super) fn lower_bound(&self, floor: f64, alpha: f64) -> f64 {
        if floor == f64::NEG_INFINITY {
            return floor;
        }
        refuted_below(floor, self.mean_low, alpha, |mean| self.capital(floor, mean))
    }

    /// The upper bound of the mean of values that are never above `ceiling`.
    pub(super) fn upper_bound(&self, ceiling: f64, alpha: f64) -> f64 {
        -self.negated().lower_bound(-ceiling, alpha)
    }
}

impl CloseValues {
    /// Both groups as one.
    fn with(self, other: Self) -> Self {
        let count = self.count + other.count;
        let (mine, others) = (self.count / count, other.count / count);
        Self {
            low: min(self.low, other.low),
            high: max(self.high, other.high),
            mean_low: self.mean_low * mine + other.mean_low * others,
            mean_high: self.mean_high * mine + other.mean_high * others,
            count,
        }
    }
}

/// The largest number from `floor` up to `most` of which is found that everything below it is refuted: that
/// the capital against it reaches `1 / alpha`.
pub(super) fn refuted_below(floor: f64, most: f64, alpha: f64, capital: impl Fn(f64) -> Capital) -> f64 {
    let wanted = -ln(alpha);
    let (mut refuted, mut open) = (floor, most);
    for _ in 0..STEPS {
        let middle = f64::midpoint(refuted, open);
        if middle <= refuted || middle >= open {
            break;
        }
        if of_all(&capital(middle)) >= wanted { refuted = middle } else { open = middle }
    }
    refuted
}

/// The logarithm of the whole capital.
fn of_all(stakes: &Capital) -> f64 {
    let most = stakes.iter().copied().fold(f64::NEG_INFINITY, max);
    if !most.is_finite() {
        return most;
    }
    most + ln(stakes.iter().map(|stake| exp(stake - most)).sum::<f64>() / STAKES as f64)
}
