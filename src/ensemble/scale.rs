//! How a series is counted: what its values are measured in, where its bins lie, which values have a count of their own.

use serde::{Deserialize, Serialize};

use super::window::{self, BELOW_BIN, BinWindow, OCTAVE, bin_of};
use crate::num;

/// The measure of a series.
///
/// It is a function of the scenario and the seed alone, through the pilot paths, so every part of a run
/// finds the same one. It decides where detail lies, and never what can be counted: see [`super::Tally`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesScale {
    /// A middle value: sums are of deviations from it.
    pub center: f64,
    /// What deviations are summed in: a power of two, between a quarter and a half of the standard deviation of the
    /// pilot's bulk.
    pub unit: f64,
    /// Whether the values are few: of the different values of the pilot at least one in five occurs more than once.
    pub discrete: bool,
    /// Values that many paths share, in order; zero among them where the bins reach across it.
    pub atoms: Vec<f64>,
    /// The bins that are counted in an array; `None` where too few different values are known to place them.
    pub window: Option<BinWindow>,
    /// Of 1024 values so many lie outside of the window, as far as the pilot says: how much room their list will take.
    pub outside: u16,
}

/// The most atoms, and so many of them however rare.
const MOST_ATOMS: usize = 64;
const FEW_ATOMS: usize = 8;

/// Other atoms occur so often among the pilot's values.
const OFTEN: usize = 6;

/// The fewest different values that say where a series lies.
const FEWEST: usize = 32;

/// A series of which all values lie so many standard deviations from zero has bins counted from its middle: none is
/// wider than 1e-3 standard deviations.
const FAR_FROM_ZERO: f64 = 8.0;

/// A series crosses zero if at least one in so many values lies on the other side.
const CROSSING: usize = 16;

/// The interquartile range of a normal distribution with standard deviation 1.
const NORMAL_IQR: f64 = 1.3489795003921634;

/// 2^-30: the least unit, in parts of the center.
const TINY: f64 = 1.0 / (1u64 << 30) as f64;

impl SeriesScale {
    /// A scale with this center and unit, and no place for bins.
    pub const fn new(center: f64, unit: f64) -> Self {
        Self { center, unit, discrete: false, atoms: Vec::new(), window: None, outside: 1024 }
    }

    /// The scale that suits these values, the pilot's; those that are not finite are ignored.
    pub fn from_pilot(values: &[f64]) -> Self {
        let sorted = in_order(values);
        let Some(last) = sorted.len().checked_sub(1) else {
            return Self::new(0.0, without_spread(0.0));
        };
        let center = sorted[last / 2];
        let spread = spread(&sorted, center);
        let unit = if spread == 0.0 {
            without_spread(center)
        } else {
            // A spread that is mere rounding must not make every later value an extreme one.
            invertible_power_below(num::max(0.5 * spread, center.abs() * TINY))
        };
        let (body, shared) = ties(&sorted);
        let discrete = body.len() < FEWEST || 5 * body.len() < 4 * (body.len() + shared.len());
        let window = if discrete { None } else { place(&body, &sorted) };
        let atoms = if discrete { Vec::new() } else { atoms(shared, window.as_ref()) };
        let outside = window.map_or(1024, |window: BinWindow| {
            let outside = sorted.iter().filter(|x| !window.contains(**x)).count();
            (1024 * outside).div_ceil(sorted.len()) as u16
        });
        Self { center, unit, discrete, atoms, window, outside }
    }

    /// Whether it is a scale that values can have: everything else is made of it.
    pub(super) fn is_sound(&self) -> bool {
        let is_power_of_two =
            self.unit.is_normal() && self.unit > 0.0 && self.unit == invertible_power_below(self.unit);
        let ordered = self.atoms.windows(2).all(|pair| pair[0] < pair[1]);
        let placed = match &self.window {
            Some(window) => !self.discrete && window.is_sound(),
            None => !self.discrete || self.atoms.is_empty(),
        };
        let few = self.atoms.len() <= MOST_ATOMS + 1 && self.atoms.iter().all(|atom| atom.is_finite());
        self.center.is_finite() && is_power_of_two && few && ordered && placed && self.outside <= 1024
    }

    /// So many paths are counted value by value, whatever the values.
    pub(super) fn exact_paths(&self) -> u64 {
        const FEW: u64 = 4096;
        let bins = self.window.map_or(0, |window| (window.last() - window.first()) as u64);
        FEW.max(bins / 8)
    }

    /// The bytes that the counts of so many paths take, as far as the pilot can say.
    pub fn bytes(&self, paths: u64) -> u64 {
        const MOST_BINS: u64 = 1 << 20;
        // A list takes 12 bytes for each bin; half as many values again may wait to be counted, with room for more.
        let in_list = |values: u64| 22 * values.min(MOST_BINS);
        match &self.window {
            _ if self.discrete => (12 * paths).min(16 * 4096),
            _ if paths <= self.exact_paths() => 8 * paths,
            None => in_list(paths),
            // Counts of a window have a byte each, and another where a bin holds more than 255 paths: some may well do.
            Some(window) => {
                let bins = (window.last() - window.first()) as u64 + 256;
                let bytes = if paths / bins > 4 { 2 } else { 1 } + u64::from(paths / bins > 8192);
                bins * bytes + in_list(self.most_outside(paths))
            }
        }
    }

    /// So many of some values may lie outside of the window: as many as of the pilot's, and one in 64 more.
    pub fn most_outside(&self, paths: u64) -> u64 {
        (u64::from(self.outside) + 16).min(1024) * paths.div_ceil(1024)
    }

    /// Feeds all numbers to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        for number in [self.center, self.unit].iter().chain(&self.atoms) {
            feed(&number.to_bits().to_le_bytes());
        }
        feed(&[u8::from(self.discrete)]);
        if let Some(window) = &self.window {
            window.digest_into(feed);
        }
    }
}

/// Which of the values that occur more than once, with their number, are counted apart.
fn atoms(mut shared: Vec<(f64, usize)>, window: Option<&BinWindow>) -> Vec<f64> {
    shared.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.total_cmp(&b.0)));
    let often = |place: usize, count: usize| place < MOST_ATOMS && (place < FEW_ATOMS || count >= OFTEN);
    let chosen = shared.iter().enumerate().filter(|(place, (_, count))| often(*place, *count));
    let mut atoms: Vec<f64> = chosen.map(|(_, (x, _))| *x).collect();
    if window.is_some_and(|window| window.contains(0.0)) && !atoms.contains(&0.0) {
        atoms.push(0.0);
    }
    atoms.sort_unstable_by(f64::total_cmp);
    atoms
}

/// The finite values in order.
fn in_order(values: &[f64]) -> Vec<f64> {
    // As integers, which are sorted faster: those of negative floats in reverse. Adding 0 makes -0 and 0 the same zero.
    let reversed = |bits: i64| bits ^ ((bits >> 63) as u64 >> 1) as i64;
    let finite = values.iter().filter(|x| x.is_finite());
    let mut bits: Vec<i64> = finite.map(|x| reversed((x + 0.0).to_bits() as i64)).collect();
    bits.sort_unstable();
    bits.into_iter().map(|bits| f64::from_bits(reversed(bits) as u64)).collect()
}

/// The values that occur once, and those that occur more often, with their number.
fn ties(sorted: &[f64]) -> (Vec<f64>, Vec<(f64, usize)>) {
    let (mut once, mut more) = (Vec::with_capacity(sorted.len()), Vec::new());
    for run in sorted.chunk_by(|a, b| a == b) {
        if run.len() == 1 { once.push(run[0]) } else { more.push((run[0], run.len())) }
    }
    (once, more)
}

/// Where the bins lie that suit a series: of all its values, in order, those that occur once are the body.
fn place(body: &[f64], sorted: &[f64]) -> Option<BinWindow> {
    if body.len() < FEWEST {
        return None;
    }
    let middle = body[body.len() / 2];
    let spread = spread(body, middle);
    let window = place_somewhere(body, middle_size(sorted), spread);
    // An array for few of the values would take more memory than a list.
    let within = body.iter().filter(|x| window.contains(**x)).count();
    (2 * within >= body.len()).then_some(window)
}

/// `size`: the middle magnitude of all values.
fn place_somewhere(body: &[f64], size: f64, spread: f64) -> BinWindow {
    let middle = body[body.len() / 2];
    let (negative, positive) = (body.partition_point(|x| *x < 0.0), body.partition_point(|x| *x <= 0.0));
    let positive = body.len() - positive;
    // Where most values are zero or next to it, bins as wide as the others allow would be too wide for them.
    let zone = num::min(size, middle_size(body));
    if negative.min(positive) * CROSSING >= body.len()
        && 4.0 * zone >= middle_size(body)
        && let Some(window) = place_across(body, zone)
    {
        return window;
    }
    let nearest = num::min(body[0].abs(), body[body.len() - 1].abs());
    if negative.min(positive) == 0
        && nearest >= FAR_FROM_ZERO * spread
        && spread >= f64::MIN_POSITIVE
        && let Some(window) = place_far(body, middle, spread)
    {
        return window;
    }
    place_on_one_side(body, negative > positive)
}

/// A magnitude that is hardly more than the middle one of all values, as far as these of the pilot say: that of 1024 is
/// uncertain by 16 ranks, and this lies 82 below.
fn middle_size(values: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = values.iter().map(|x| x.abs()).collect();
    let place = sizes.len() * 42 / 100;
    *sizes.select_nth_unstable_by(place, f64::total_cmp).1
}

/// So many bins from the middle the distance in zones is beyond all numbers: values there cannot be told apart.
const ENDLESS: i32 = 1023 * OCTAVE;

/// Bins about zero, of equal width up to about this magnitude; `None` where the values lie too far beyond that.
fn place_across(body: &[f64], size: f64) -> Option<BinWindow> {
    let zone = invertible_power_below(size);
    let bins: Vec<i32> = body.iter().map(|x| bin_of(0.0, zone, *x)).collect();
    told_apart(with_margin(most_within(&bins))).map(|bins| BinWindow::new(0.0, zone, bins))
}

/// Bins whose values can be told apart.
fn told_apart(bins: [i32; 2]) -> Option<[i32; 2]> {
    bins.iter().all(|bin| bin.abs() < ENDLESS).then_some(bins)
}

/// Bins about a middle value; `None` as for [`place_across`].
fn place_far(body: &[f64], middle: f64, spread: f64) -> Option<BinWindow> {
    // A little less, as the spread is only known from the pilot.
    let zone = invertible_power_below(0.9 * FAR_FROM_ZERO * spread);
    let bins: Vec<i32> = body.iter().map(|x| bin_of(middle, zone, *x)).collect();
    let [first, last] = told_apart(with_margin(most_within(&bins)))?;
    // Towards zero no further than half way: beyond, a bin would be wide beside its values.
    let half = bin_of(middle, zone, 0.5 * middle);
    let bins = if middle > 0.0 { [first.max(half), last] } else { [first, last.min(half)] };
    Some(BinWindow::new(middle, zone, bins))
}

/// Bins of equal width in the logarithm, on one side of zero.
fn place_on_one_side(body: &[f64], negative: bool) -> BinWindow {
    const LEAST: i32 = 2 * OCTAVE;
    const GREATEST: i32 = 2045 * OCTAVE;
    let octave_of = |x: &f64| ((x.abs().to_bits() >> BELOW_BIN) as i32).clamp(LEAST, GREATEST);
    let mut bins: Vec<i32> =
        body.iter().filter(|x| (**x < 0.0) == negative && **x != 0.0).map(octave_of).collect();
    bins.sort_unstable();
    let [first, last] = with_margin(most_within(&bins));
    let first = first.max(LEAST);
    // The zone ends where the octave of the first bin begins.
    let exponent = first / OCTAVE;
    let zone = f64::from_bits((exponent as u64) << (BELOW_BIN + OCTAVE.trailing_zeros()));
    let offset = (exponent - 1) * OCTAVE;
    let bins = [first - offset, last.min(GREATEST) - offset];
    BinWindow::new(0.0, zone, if negative { [-1 - bins[1], -1 - bins[0]] } else { bins })
}

/// The range of bins that holds most of these, which are in order, within the width of a window.
fn most_within(bins: &[i32]) -> [i32; 2] {
    let (mut best, mut from) = ((0, [0, 0]), 0);
    for (to, &last) in bins.iter().enumerate() {
        while i64::from(last) - i64::from(bins[from]) >= i64::from(window::MOST) {
            from += 1;
        }
        if to + 1 - from > best.0 {
            best = (to + 1 - from, [bins[from], last]);
        }
    }
    best.1
}

/// The range with a quarter of its width more on either side, or as much as there is room for.
fn with_margin([first, last]: [i32; 2]) -> [i32; 2] {
    let width = last - first + 1;
    let margin = (width / 4 + 64).min((window::MOST - width) / 2).max(0);
    [first - margin, last + margin]
}

/// The standard deviation about the center, or what the quartiles say it is where that is less, lest a single outlier
/// decide it; of values in order.
fn spread(sorted: &[f64], center: f64) -> f64 {
    let last = sorted.len() - 1;
    let squares: f64 = sorted.iter().map(|x| (x - center) * (x - center)).sum();
    let sd = (squares / sorted.len() as f64).sqrt();
    let bulk = (sorted[last - last / 4] - sorted[last / 4]) / NORMAL_IQR;
    if bulk > 0.0 && (bulk < sd || sd == 0.0) { bulk } else { sd }
}

/// A unit for a series that is constant in the pilot: fine beside its value, yet coarse enough that what
/// happens on a rare path afterwards is not beyond all measure.
fn without_spread(center: f64) -> f64 {
    invertible_power_below(if center == 0.0 { 1.0 } else { center.abs() } / 16.0)
}

/// The largest power of two not above `x`, kept where its reciprocal exists.
fn invertible_power_below(x: f64) -> f64 {
    let least = f64::from_bits((1023 - 1021) << 52);
    let most = f64::from_bits((1023 + 1021) << 52);
    num::min(num::max(num::power_of_two_below(x), least), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(center: f64, width: f64) -> Vec<f64> {
        (0..1024).map(|i| center + width * (f64::from(i) / 1023.0 - 0.5)).collect()
    }

    #[test]
    fn the_unit_is_a_quarter_to_a_half_of_the_standard_deviation() {
        let values: Vec<f64> = (0..1001).map(|i| 50.0 + f64::from(i)).collect(); // sd 289
        let scale = SeriesScale::from_pilot(&values);
        assert_eq!((scale.center, scale.unit), (550.0, 128.0));
    }

    #[test]
    fn one_outlier_does_not_coarsen_the_unit() {
        let mut values: Vec<f64> = (0..1001).map(f64::from).collect();
        values[7] = 1e30;
        assert_eq!(SeriesScale::from_pilot(&values).unit, 128.0);
    }

    #[test]
    fn values_that_are_not_finite_are_ignored() {
        let with = [f64::NAN, 1.0, f64::INFINITY, 2.0, 3.0, f64::NEG_INFINITY];
        assert_eq!(SeriesScale::from_pilot(&with), SeriesScale::from_pilot(&[1.0, 2.0, 3.0]));
        assert_eq!(SeriesScale::from_pilot(&[f64::NAN]), SeriesScale::from_pilot(&[]));
    }

    #[test]
    fn any_magnitude_has_a_unit_with_a_reciprocal() {
        for x in [f64::MIN_POSITIVE, 5e-324, f64::MAX] {
            let scale = SeriesScale::from_pilot(&[-x, 0.0, x]);
            assert!((1.0 / scale.unit).is_finite() && scale.unit > 0.0);
        }
    }

    #[test]
    fn bins_are_counted_from_zero_unless_that_is_far() {
        let origin =
            |center: f64, width: f64| SeriesScale::from_pilot(&about(center, width)).window.unwrap().origin;
        assert_eq!((origin(0.0, 1.0), origin(2.0, 1.0)), (0.0, 0.0));
        // The standard deviation is 0.289: 8 of them are 2.31.
        assert_eq!(origin(2.7, 1.0), 0.0);
        assert!((origin(2.9, 1.0) - 2.9).abs() < 1e-2 && (origin(-2.9, 1.0) + 2.9).abs() < 1e-2);
    }

    #[test]
    fn bins_reach_a_little_beyond_what_the_pilot_saw_and_no_further_than_there_is_room() {
        for values in [about(0.0, 1.0), about(2.0, 1.0), about(1000.0, 1.0), about(-5.0, 8.0)] {
            let window = SeriesScale::from_pilot(&values).window.unwrap();
            assert!(values.iter().all(|x| window.contains(*x)), "{window:?}");
            assert!(!window.contains(values[0] - 3.0 * (values[1023] - values[0])), "{window:?}");
        }
        let wide = |octaves: f64| -> Vec<f64> {
            (0..1024).map(|i| num::exp(octaves * std::f64::consts::LN_2 * f64::from(i) / 1024.0)).collect()
        };
        let window = SeriesScale::from_pilot(&wide(12.0)).window.unwrap();
        assert!(window.last() - window.first() < window::MOST);
        assert!(wide(12.0).iter().filter(|x| window.contains(**x)).count() > 1024 * 7 / 12);
        assert_eq!(SeriesScale::from_pilot(&wide(30.0)).window, None, "most of it would lie outside");
    }

    #[test]
    fn a_series_of_few_values_is_discrete_and_lumps_are_atoms() {
        let years: Vec<f64> = (0..1024).map(|i| f64::from(2021 + i % 15)).collect();
        assert!(SeriesScale::from_pilot(&years).discrete);
        assert!(SeriesScale::from_pilot(&[2030.0; 9]).discrete);
        let mut half = about(3.0, 4.0);
        half.iter_mut().step_by(2).for_each(|x| *x = 2.5);
        let scale = SeriesScale::from_pilot(&half);
        assert_eq!((scale.discrete, scale.atoms.as_slice()), (false, &[2.5][..]));
        // Where bins reach across zero, it is counted apart.
        assert_eq!(SeriesScale::from_pilot(&about(0.1, 1.0)).atoms, [0.0]);
        assert_eq!(SeriesScale::from_pilot(&about(3.0, 1.0)).atoms, [0.0; 0]);
    }

    /// A distance in zones that is beyond all numbers has no bin of its own.
    #[test]
    fn bins_about_zero_do_not_reach_where_values_cannot_be_told_apart() {
        let tiny = (0..500).map(|i| 1e-100 * (f64::from(i) - 249.5));
        let values: Vec<f64> = tiny.chain((0..524).map(|i| 1e250 * (1.0 + f64::from(i)))).collect();
        let scale = SeriesScale::from_pilot(&values);
        if let Some(window) = &scale.window {
            for bin in [window.first(), window.last()] {
                let (low, high) = window.bracket(bin);
                assert!(low.is_finite() && high.is_finite() && low <= high, "{window:?}");
            }
        }
    }

    #[test]
    fn rounding_noise_is_no_spread() {
        let scale = SeriesScale::from_pilot(&[1.0, 1.0 + f64::EPSILON, 1.0 - f64::EPSILON]);
        assert_eq!(scale.unit, TINY);
    }
}
