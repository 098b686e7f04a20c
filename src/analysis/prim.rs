//! The patient rule induction method (Friedman and Fisher 1999): boxes over inputs in which something
//! happens often; for scenario discovery (Bryant and Lempert 2010).
//!
//! Every input is cut into a thousand parts of equally many paths. From the box of all paths the slice is
//! peeled off, at one end of one input, that makes what happens most frequent in the rest for what it loses;
//! and again, until few paths are left. Of the boxes on this way that one is taken whose
//! density is the most standard errors above that of all paths (√mass · (density − base), Klösgen 1996), its ends are pasted back where that does not make it less dense,
//! and restrictions that chance explains are dropped.

use crate::num::special::ln_gamma;
use crate::num::{exp, ln, min};

/// Parts of an input.
pub const PARTS: u16 = 1000;

/// Share of the box that a peel takes away.
const PEEL: f64 = 0.03;

/// A box holds at least this share of all paths.
const LEAST_MASS: f64 = 0.03;

/// A restriction whose quasi-p-value is above this is dropped.
const MOST_CHANCE: f64 = 0.05;

/// Inputs in parts, and on which paths it happens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoxSample {
    /// By input and path: the part, 0 to 999.
    pub parts: Vec<Vec<u16>>,
    /// By path: whether it happens.
    pub happens: Vec<bool>,
    /// Whether the paths are those of a pool, whose worlds take turns.
    pub is_pool: bool,
}

/// A restriction of an input to the parts from `low` to `high`, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// The input.
    pub input: usize,
    /// Lowest part.
    pub low: u16,
    /// Highest part.
    pub high: u16,
    /// How likely chance alone would make the box as dense with this restriction as it is (Bryant and Lempert's
    /// quasi-p-value: a binomial test against the box without it).
    pub chance: f64,
}

/// How good a box is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quality {
    /// Share of all it happens to that lie in the box.
    pub coverage: f64,
    /// Share of the box's paths on which it happens.
    pub density: f64,
    /// Share of all paths in the box.
    pub mass: f64,
}

/// A box.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundBox {
    /// Its restrictions.
    pub limits: Vec<Limit>,
    /// How good it is, among all paths.
    pub quality: Quality,
    /// The way of the peeling: the trade-off of coverage and density.
    pub curve: Vec<Quality>,
}

/// The parts of values: by rank, equal values in one part.
pub fn parts(values: &[f64]) -> Vec<u16> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_by(|&a, &b| values[a as usize].total_cmp(&values[b as usize]));
    let mut parts = vec![0; values.len()];
    let mut first = 0;
    for (rank, &path) in order.iter().enumerate() {
        if rank == 0 || values[path as usize] != values[order[rank - 1] as usize] {
            first = rank;
        }
        parts[path as usize] = (first as u64 * u64::from(PARTS) / values.len() as u64) as u16;
    }
    parts
}

/// Finds up to `most` boxes, each among the paths that those before left over.
pub fn boxes(sample: &BoxSample, most: usize) -> Vec<FoundBox> {
    let all = sample.happens.iter().filter(|happens| **happens).count();
    let base = all as f64 / sample.happens.len() as f64;
    let mut left: Vec<u32> = (0..sample.happens.len() as u32).collect();
    let mut found = Vec::new();
    while found.len() < most && all > 0 && all < sample.happens.len() && is_found_again(sample, &left, all) {
        let inputs = strongest(sample, &left);
        let search = BoxSearch { sample, all: all as f64, paths: &left, inputs: &inputs };
        let Some(one) = search.find() else { break };
        // No denser than it is everywhere: nothing was discovered.
        let error = (base * (1.0 - base) / (one.quality.mass * sample.happens.len() as f64)).sqrt();
        if one.limits.is_empty() || one.quality.density < base + CLEAR * error {
            break;
        }
        left.retain(|&path| !holds(sample, &one.limits, path));
        found.push(one);
    }
    found
}

/// So many standard errors above what happens everywhere is no chance: one in 740.
const CLEAR: f64 = 3.0;

/// Whether a box that half of these paths choose is denser than all paths on the other half, too. The densest of many boxes
/// is dense by chance on the paths that chose it.
fn is_found_again(sample: &BoxSample, paths: &[u32], all: usize) -> bool {
    // The worlds of a pool take turns: path by path they would be parted as the worlds are.
    let chooses =
        |path: &&u32| if sample.is_pool { path.count_ones() % 2 == 0 } else { path.is_multiple_of(2) };
    let (choose, judge): (Vec<u32>, Vec<u32>) = paths.iter().partition(chooses);
    let inputs = strongest(sample, &choose);
    let search = BoxSearch { sample, all: all as f64, paths: &choose, inputs: &inputs };
    let Some(found) = search.find().filter(|found| !found.limits.is_empty()) else { return false };
    let inside: Vec<u32> = judge.into_iter().filter(|&path| holds(sample, &found.limits, path)).collect();
    let base = all as f64 / sample.happens.len() as f64;
    let error = (base * (1.0 - base) / inside.len() as f64).sqrt();
    !inside.is_empty() && share(sample, inside.iter().copied()) >= base + CLEAR * error
}

/// Whether a path lies within all limits.
pub fn holds(sample: &BoxSample, limits: &[Limit], path: u32) -> bool {
    limits.iter().all(|limit| (limit.low..=limit.high).contains(&sample.parts[limit.input][path as usize]))
}

/// Inputs in which it pays to look.
const MOST_INPUTS: usize = 40;

/// The inputs that tell most: by how differently often it happens in their tenths.
fn strongest(sample: &BoxSample, paths: &[u32]) -> Vec<usize> {
    let mean = share(sample, paths.iter().copied());
    let mut scores: Vec<(f64, usize)> = (sample.parts.iter().enumerate())
        .map(|(input, parts)| {
            let mut tenths = [(0.0, 0.0); 10];
            for &path in paths {
                let tenth = &mut tenths[usize::from(parts[path as usize] / 100)];
                tenth.0 += 1.0;
                tenth.1 += f64::from(u8::from(sample.happens[path as usize]));
            }
            let between = tenths.iter().filter(|(count, _)| *count > 0.0);
            let score =
                between.map(|(count, hits)| (hits / count - mean) * (hits / count - mean) * count).sum();
            (score, input)
        })
        .collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    scores.into_iter().take(MOST_INPUTS).map(|(_, input)| input).collect()
}

fn share(sample: &BoxSample, paths: impl Iterator<Item = u32>) -> f64 {
    let (mut count, mut hits) = (0.0, 0.0);
    for path in paths {
        count += 1.0;
        hits += f64::from(u8::from(sample.happens[path as usize]));
    }
    if count == 0.0 { 0.0 } else { hits / count }
}

struct BoxSearch<'a> {
    sample: &'a BoxSample,
    /// How many paths it happens on, in all.
    all: f64,
    paths: &'a [u32],
    inputs: &'a [usize],
}

/// The range that is left of each input that is looked at.
type Ranges = Vec<(u16, u16)>;

impl BoxSearch<'_> {
    fn find(&self) -> Option<FoundBox> {
        let mut ranges: Ranges = vec![(0, PARTS - 1); self.inputs.len()];
        let mut inside: Vec<u32> = self.paths.to_vec();
        let mut steps = vec![(ranges.clone(), self.quality(&inside))];
        while let Some((place, range)) = self.peel(&ranges, &inside) {
            ranges[place] = range;
            inside = self.within(&ranges);
            steps.push((ranges.clone(), self.quality(&inside)));
        }
        let base = self.all / self.sample.happens.len() as f64;
        let worth = |q: &Quality| q.mass.sqrt() * (q.density - base);
        let (best, _) = steps.iter().max_by(|a, b| worth(&a.1).total_cmp(&worth(&b.1)))?;
        let pasted = self.paste(best.clone());
        let mut limits = self.tested(&pasted);
        limits.iter_mut().for_each(|limit| snap(&self.sample.parts[limit.input], limit));
        let inside: Vec<u32> =
            self.paths.iter().copied().filter(|&path| holds(self.sample, &limits, path)).collect();
        let curve = steps.into_iter().map(|(_, quality)| quality).collect();
        Some(FoundBox { limits, quality: self.quality(&inside), curve })
    }

    fn quality(&self, inside: &[u32]) -> Quality {
        let density = share(self.sample, inside.iter().copied());
        let count = inside.len() as f64;
        Quality {
            coverage: density * count / self.all,
            density,
            mass: count / self.sample.happens.len() as f64,
        }
    }

    fn within(&self, ranges: &Ranges) -> Vec<u32> {
        let limits = self.limits(ranges);
        self.paths.iter().copied().filter(|&path| holds(self.sample, &limits, path)).collect()
    }

    fn limits(&self, ranges: &Ranges) -> Vec<Limit> {
        let restricted = self.inputs.iter().zip(ranges).filter(|(_, range)| **range != (0, PARTS - 1));
        restricted.map(|(&input, &(low, high))| Limit { input, low, high, chance: 0.0 }).collect()
    }

    /// The peel with the largest gain: what density rises by, for each path lost.
    fn peel(&self, ranges: &Ranges, inside: &[u32]) -> Option<(usize, (u16, u16))> {
        let count = inside.len() as f64;
        if count * (1.0 - PEEL) < LEAST_MASS * self.sample.happens.len() as f64 {
            return None;
        }
        let hits = share(self.sample, inside.iter().copied()) * count;
        let mut best: Option<(f64, usize, (u16, u16))> = None;
        for (place, &input) in self.inputs.iter().enumerate() {
            let table = self.table(input, inside);
            for range in ends(&table, ranges[place], (PEEL * count).ceil()) {
                let (kept, kept_hits) = total(&table, range);
                let gain = (kept_hits / kept - hits / count) / (count - kept);
                let wins = best.as_ref().is_none_or(|(most, ..)| gain > *most);
                if gain > 0.0 && wins && kept >= LEAST_MASS * self.sample.happens.len() as f64 {
                    best = Some((gain, place, range));
                }
            }
        }
        best.map(|(_, place, range)| (place, range))
    }

    /// By part: paths inside and hits.
    fn table(&self, input: usize, inside: &[u32]) -> Vec<(f64, f64)> {
        let mut table = vec![(0.0, 0.0); usize::from(PARTS)];
        for &path in inside {
            let cell = &mut table[usize::from(self.sample.parts[input][path as usize])];
            cell.0 += 1.0;
            cell.1 += f64::from(u8::from(self.sample.happens[path as usize]));
        }
        table
    }

    /// Moves ends out while what is added is at least as dense as half of what the box holds above its
    /// surroundings: at a sharp edge that is where it lies.
    fn paste(&self, mut ranges: Ranges) -> Ranges {
        let outside = share(self.sample, self.paths.iter().copied());
        for place in 0..ranges.len() {
            if ranges[place] == (0, PARTS - 1) {
                continue;
            }
            let mut free = ranges.clone();
            free[place] = (0, PARTS - 1);
            let table = self.table(self.inputs[place], &self.within(&free));
            let (count, hits) = total(&table, ranges[place]);
            let least = f64::midpoint(hits / count, outside);
            let slab = (0.01 * count).ceil();
            loop {
                let (low, high) = ranges[place];
                let wider =
                    [outward(&table, (low, high), slab, false), outward(&table, (low, high), slab, true)];
                let dense = wider.into_iter().flatten().find(|&range| {
                    let (n, h) = total(&table, range);
                    let (n0, h0) = total(&table, (low, high));
                    n > n0 && (h - h0) / (n - n0) >= least
                });
                match dense {
                    Some(range) => ranges[place] = range,
                    None => break,
                }
            }
        }
        ranges
    }

    /// Drops restrictions that chance explains, the likeliest first, and says how likely the others are.
    fn tested(&self, ranges: &Ranges) -> Vec<Limit> {
        let mut limits = self.limits(ranges);
        loop {
            let inside = self.paths.iter().copied().filter(|&path| holds(self.sample, &limits, path));
            let (mut count, mut hits) = (0.0, 0.0);
            for path in inside {
                count += 1.0;
                hits += f64::from(u8::from(self.sample.happens[path as usize]));
            }
            let chances: Vec<f64> = (0..limits.len())
                .map(|dropped| {
                    let mut others = limits.clone();
                    others.remove(dropped);
                    let free = self.paths.iter().copied().filter(|&path| holds(self.sample, &others, path));
                    at_least(hits, count, share(self.sample, free))
                })
                .collect();
            for (limit, chance) in limits.iter_mut().zip(&chances) {
                limit.chance = *chance;
            }
            let worst = (0..limits.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b]));
            match worst {
                Some(worst) if chances[worst] > MOST_CHANCE => {
                    limits.remove(worst);
                }
                _ => return limits,
            }
        }
    }
}

/// Moves the ends of a range over empty parts: of an input of few values, to where a value begins.
fn snap(parts: &[u16], limit: &mut Limit) {
    let mut full = vec![false; usize::from(PARTS)];
    parts.iter().for_each(|part| full[usize::from(*part)] = true);
    while limit.low < limit.high && limit.low > 0 && !full[usize::from(limit.low)] {
        limit.low += 1;
    }
    while limit.high + 1 < PARTS && !full[usize::from(limit.high) + 1] {
        limit.high += 1;
    }
}

fn total(table: &[(f64, f64)], (low, high): (u16, u16)) -> (f64, f64) {
    let slice = &table[usize::from(low)..=usize::from(high)];
    slice.iter().fold((0.0, 0.0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1))
}

/// The range without at least so many paths at its lower end, and at its upper end.
fn ends(table: &[(f64, f64)], (low, high): (u16, u16), least: f64) -> Vec<(u16, u16)> {
    let mut found = Vec::new();
    let mut lost = 0.0;
    for part in low..high {
        lost += table[usize::from(part)].0;
        if lost >= least {
            found.push((part + 1, high));
            break;
        }
    }
    lost = 0.0;
    for part in (low + 1..=high).rev() {
        lost += table[usize::from(part)].0;
        if lost >= least {
            found.push((low, part - 1));
            break;
        }
    }
    found.retain(|range| total(table, *range).0 > 0.0);
    found
}

/// The range with about so many paths more at one end; as far as there are any.
fn outward(table: &[(f64, f64)], (low, high): (u16, u16), least: f64, up: bool) -> Option<(u16, u16)> {
    let mut gained = 0.0;
    let mut range = (low, high);
    while gained < least {
        if up {
            if range.1 + 1 >= PARTS {
                break;
            }
            range.1 += 1;
            gained += table[usize::from(range.1)].0;
        } else {
            range.0 = range.0.checked_sub(1)?;
            gained += table[usize::from(range.0)].0;
        }
    }
    (range != (low, high)).then_some(range)
}

/// P(X ≥ hits) for a binomial X of `count` trials at `p`.
fn at_least(hits: f64, count: f64, p: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return f64::from(u8::from(p >= 1.0 || hits <= 0.0));
    }
    let mut term = ln_gamma(count + 1.0) - ln_gamma(hits + 1.0) - ln_gamma(count - hits + 1.0)
        + hits * ln(p)
        + (count - hits) * ln(1.0 - p);
    let mut sum = 0.0;
    let mut k = hits;
    while k <= count && (term > -745.0 || k < p * count) {
        sum += exp(term);
        term += ln((count - k) / (k + 1.0)) + ln(p / (1.0 - p));
        k += 1.0;
        if k > count {
            break;
        }
    }
    min(sum, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::draw::{stream, uniform};

    /// Ten inputs of which two matter: it happens in a box, and the other way round on one path in twenty.
    fn planted(paths: u64) -> BoxSample {
        let values = |input: u32| -> Vec<f64> {
            (0..paths).map(|path| uniform(1, stream("x") + input, path, 0)).collect()
        };
        let columns: Vec<Vec<f64>> = (0..10).map(values).collect();
        let noise: Vec<f64> = (0..paths).map(|path| uniform(1, stream("noise"), path, 0)).collect();
        let happens = (0..paths as usize)
            .map(|path| (columns[3][path] < 0.4 && columns[7][path] > 0.5) == (noise[path] >= 0.05))
            .collect();
        BoxSample { parts: columns.iter().map(|column| parts(column)).collect(), happens, is_pool: false }
    }

    #[test]
    fn a_planted_box_is_found_to_within_five_per_cent_of_its_edges() {
        let found = boxes(&planted(10_000), 1);
        let mut limits = found[0].limits.clone();
        limits.sort_by_key(|limit| limit.input);
        let inputs: Vec<usize> = limits.iter().map(|limit| limit.input).collect();
        assert_eq!(inputs, [3, 7], "{limits:?}");
        assert!(limits[0].low == 0 && (i32::from(limits[0].high) - 399).abs() < 20, "{limits:?}");
        assert!(limits[1].high == 999 && (i32::from(limits[1].low) - 500).abs() < 25, "{limits:?}");
        let quality = found[0].quality;
        assert!(quality.density > 0.9 && quality.coverage > 0.7, "{quality:?}");
        assert!(limits.iter().all(|limit| limit.chance < 1e-6));
    }

    /// Of thirty targets of pure noise one has a box with a probability of 4 %; the seeds are fixed.
    #[test]
    fn where_chance_alone_decides_no_box_is_found() {
        for seed in 2..32 {
            let mut sample = planted(2000);
            let often = if seed % 2 == 0 { 0.3 } else { 0.04 };
            sample.happens = (0..2000).map(|path| uniform(seed, 9, path, 0) < often).collect();
            assert_eq!(boxes(&sample, 3), vec![], "{seed}");
        }
    }

    /// Once the box is found nothing is left but chance.
    #[test]
    fn no_more_boxes_are_found_than_there_are() {
        let mut sample = planted(10_000);
        let inside =
            |sample: &BoxSample, path: usize| sample.parts[3][path] < 400 && sample.parts[7][path] >= 500;
        sample.happens = (0..10_000).map(|path| inside(&sample, path)).collect();
        let found = boxes(&sample, 3);
        assert_eq!(found.len(), 1, "{found:?}");
        // A box that is three of a thousand parts too wide on two sides holds 1.3 % of others.
        assert!(found[0].quality.density > 0.98 && found[0].quality.coverage > 0.97, "{found:?}");
    }

    #[test]
    fn equal_values_lie_in_one_part() {
        assert_eq!(parts(&[1.0, 0.0, 1.0, 0.0]), [500, 0, 500, 0]);
    }

    #[test]
    fn the_binomial_tail_is_that_of_the_tables() {
        // P(X ≥ 8) of ten tosses: (45 + 10 + 1) / 1024.
        assert!((at_least(8.0, 10.0, 0.5) - 56.0 / 1024.0).abs() < 1e-9);
        assert!((at_least(0.0, 10.0, 0.5) - 1.0).abs() < 1e-9);
    }
}
