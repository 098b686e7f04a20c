//! The counts of the targets: met, not known, and met together.

use serde::{Deserialize, Serialize};

use super::sound::sum;
use super::{earlier, path_bytes};
use crate::num::BLOCK;
use crate::num::wide::{Kernel, launch};

const WORDS: usize = BLOCK / 64;

/// A column of truths, a bit a path.
type TruthColumn = [u64; WORDS];

/// The truths of a block's targets.
#[derive(Clone, Debug)]
pub struct Truths {
    met: Vec<TruthColumn>,
    not_known: Vec<TruthColumn>,
}

impl Truths {
    /// Room for the truths of `targets` targets.
    pub fn new(targets: u32) -> Self {
        Self { met: vec![[0; WORDS]; targets as usize], not_known: vec![[0; WORDS]; targets as usize] }
    }

    /// Takes the truths of a target for up to 256 paths: 0 is missed, NaN is not known, all else is met.
    ///
    /// # Panics
    /// When there is no such target, or more than 256 values.
    pub fn mark(&mut self, target: u32, values: &[f64]) {
        assert!(values.len() <= BLOCK);
        let (met, not_known) = (&mut self.met[target as usize], &mut self.not_known[target as usize]);
        launch(Marking { values, met, not_known });
    }
}

/// Packs the truths of a column.
struct Marking<'a> {
    values: &'a [f64],
    met: &'a mut TruthColumn,
    not_known: &'a mut TruthColumn,
}

impl Kernel for Marking<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let (mut met, mut not_known) = ([0_u8; BLOCK], [0_u8; BLOCK]);
        for (lane, &x) in self.values.iter().enumerate() {
            met[lane] = u8::from(!x.is_nan() && x != 0.0);
            not_known[lane] = u8::from(x.is_nan());
        }
        (*self.met, *self.not_known) = (packed(&met), packed(&not_known));
    }
}

/// A bit for each byte, which is 0 or 1.
#[inline(always)]
fn packed(bytes: &[u8; BLOCK]) -> TruthColumn {
    // Each byte meets one of the eight bits of the factor where its own bit comes to lie in the top byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut bits = [0; WORDS];
    let (eights, _) = bytes.as_chunks::<8>();
    for (place, eight) in eights.iter().enumerate() {
        let byte = u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
        bits[place / 8] |= byte << (8 * (place % 8));
    }
    bits
}

/// Up to how many targets every two of them are counted together.
pub const MOST_PAIRED: usize = 200;

/// Of more targets, every two of a group of up to so many are counted together.
pub const MOST_PAIRED_IN_GROUP: usize = 50;

/// How many pairs of targets are counted.
pub fn pairs_counted(targets: usize, groups: &[Vec<u32>]) -> usize {
    paired(targets, groups).count()
}

/// The pairs of targets that are counted.
pub(super) fn paired(targets: usize, groups: &[Vec<u32>]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let (all, groups) = if targets <= MOST_PAIRED { (targets as u32, &[][..]) } else { (0, groups) };
    let of_all = (0..all).flat_map(move |a| (a + 1..all).map(move |b| (a, b)));
    let small = groups.iter().filter(|group| group.len() <= MOST_PAIRED_IN_GROUP);
    let of_groups = small.flat_map(|group| {
        let firsts = group.iter().enumerate();
        firsts.flat_map(move |(place, a)| group[place + 1..].iter().map(move |b| (*a, *b)))
    });
    of_all.chain(of_groups)
}

/// Counts over all paths of which targets are met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OddsTally {
    /// By target: how many paths meet it.
    pub met: Vec<u64>,
    /// By target: on how many paths its truth is not known.
    pub not_known: Vec<u64>,
    /// By target: the first such path.
    pub first_not_known: Vec<Option<u64>>,
    /// How many paths meet both of two targets, in the order of [`OddsTally::pairs`].
    pairs: Vec<u64>,
    /// How many paths meet exactly k targets of the first group, k = 0 … how many it has: of all goals.
    pub exactly: Vec<u64>,
    /// The groups of targets that are counted together.
    pub groups: Vec<Vec<u32>>,
    /// By group: how many paths meet all its targets.
    pub group_met: Vec<u64>,
}

impl OddsTally {
    /// Counts of no paths yet, for `targets` targets and these groups of them.
    ///
    /// # Panics
    /// When a group names a target that does not exist.
    pub fn new(targets: u32, groups: &[Vec<u32>]) -> Self {
        assert!(groups.iter().flatten().all(|&target| target < targets), "a group names no such target");
        let n = targets as usize;
        Self {
            met: vec![0; n],
            not_known: vec![0; n],
            first_not_known: vec![None; n],
            pairs: vec![0; paired(n, groups).count()],
            exactly: vec![0; groups.first().map_or(0, Vec::len) + 1],
            groups: groups.to_vec(),
            group_met: vec![0; groups.len()],
        }
    }

    /// Counts the truths of `paths` consecutive paths (1 to 256), the first of which is `first_path`.
    pub fn add(&mut self, first_path: u64, paths: usize, truths: &Truths) {
        let counted = first_lanes(paths);
        for target in 0..self.met.len() {
            self.met[target] += ones(&and(&counted, &truths.met[target]));
            let not_known = and(&counted, &truths.not_known[target]);
            self.not_known[target] += ones(&not_known);
            let first = lowest(&not_known).map(|lane| first_path + lane);
            self.first_not_known[target] = earlier(self.first_not_known[target], first);
        }
        self.add_pairs(&counted, &truths.met);
        for (count, group) in self.group_met.iter_mut().zip(&self.groups) {
            let all = group.iter().fold(counted, |all, &target| and(&all, &truths.met[target as usize]));
            *count += ones(&all);
        }
        let first = self.groups.first().into_iter().flatten();
        for k in how_many(first.map(|&target| &truths.met[target as usize])).into_iter().take(paths) {
            self.exactly[k as usize] += 1;
        }
    }

    fn add_pairs(&mut self, counted: &TruthColumn, met: &[TruthColumn]) {
        if met.len() > MOST_PAIRED {
            for ((a, b), pair) in paired(met.len(), &self.groups).zip(&mut self.pairs) {
                *pair += ones(&and(&and(counted, &met[a as usize]), &met[b as usize]));
            }
            return;
        }
        let mut pairs = self.pairs.iter_mut();
        for (a, first) in met.iter().enumerate() {
            let first = and(counted, first);
            // In this order: a zip that ends takes one more from its left side.
            for (second, pair) in met[a + 1..].iter().zip(pairs.by_ref()) {
                *pair += ones(&and(&first, second));
            }
        }
    }

    /// Two targets and how many paths meet both: every two of up to [`MOST_PAIRED`] targets; of more every two of each
    /// group of up to [`MOST_PAIRED_IN_GROUP`].
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32, u64)> + '_ {
        paired(self.met.len(), &self.groups).zip(&self.pairs).map(|((a, b), both)| (a, b, *both))
    }

    /// How many paths meet all targets of the first group.
    pub fn all(&self) -> u64 {
        self.exactly.last().copied().unwrap_or_default()
    }

    /// Adds the counts of other paths.
    ///
    /// # Panics
    /// When the other counts are of other targets or groups.
    pub fn merge(&mut self, other: &Self) {
        assert_eq!(self.met.len(), other.met.len(), "odds of two programs cannot be merged");
        assert_eq!(self.groups, other.groups, "odds of other groups cannot be merged");
        add_each(&mut self.met, &other.met);
        add_each(&mut self.not_known, &other.not_known);
        add_each(&mut self.pairs, &other.pairs);
        add_each(&mut self.exactly, &other.exactly);
        add_each(&mut self.group_met, &other.group_met);
        for (mine, theirs) in self.first_not_known.iter_mut().zip(&other.first_not_known) {
            *mine = earlier(*mine, *theirs);
        }
    }

    /// Whether the counts agree with each other, for so many paths.
    ///
    /// # Errors
    /// What does not agree, in some words.
    pub(super) fn check(&self, paths: u64) -> Result<(), String> {
        let n = self.met.len();
        let shaped = self.not_known.len() == n
            && self.first_not_known.len() == n
            && self.exactly.len() == self.groups.first().map_or(0, Vec::len) + 1
            && self.group_met.len() == self.groups.len()
            && self.groups.iter().flatten().all(|target| (*target as usize) < n)
            && self.pairs.len() == paired(n, &self.groups).count();
        if !shaped {
            return Err("the targets are not as many as they should be".to_owned());
        }
        let known = self.met.iter().zip(&self.not_known);
        let within = |count: &u64| *count <= paths;
        let sensible =
            known.into_iter().all(|(met, not)| sum([*met, *not].into_iter()).is_some_and(|n| n <= paths))
                && self.pairs.iter().chain(&self.group_met).all(within)
                && sum(self.exactly.iter().copied()) == Some(paths);
        if sensible { Ok(()) } else { Err("targets are met more often than there are paths".to_owned()) }
    }

    /// Feeds all counts to a digest.
    pub(super) fn digest_into(&self, feed: &mut impl FnMut(&[u8])) {
        feed(&(self.met.len() as u64).to_le_bytes());
        let counts = [&self.met, &self.not_known, &self.pairs, &self.exactly, &self.group_met];
        for count in counts.into_iter().flatten() {
            feed(&count.to_le_bytes());
        }
        for &path in &self.first_not_known {
            feed(&path_bytes(path));
        }
    }
}

fn add_each(mine: &mut [u64], theirs: &[u64]) {
    for (mine, theirs) in mine.iter_mut().zip(theirs) {
        *mine += theirs;
    }
}

fn and(a: &TruthColumn, b: &TruthColumn) -> TruthColumn {
    std::array::from_fn(|word| a[word] & b[word])
}

fn ones(bits: &TruthColumn) -> u64 {
    bits.iter().map(|word| u64::from(word.count_ones())).sum()
}

fn lowest(bits: &TruthColumn) -> Option<u64> {
    let word = bits.iter().position(|&word| word != 0)?;
    Some(word as u64 * 64 + u64::from(bits[word].trailing_zeros()))
}

fn first_lanes(paths: usize) -> TruthColumn {
    std::array::from_fn(|word| match paths.saturating_sub(word * 64) {
        0 => 0,
        lanes @ 1..64 => (1 << lanes) - 1,
        _ => u64::MAX,
    })
}

/// How many of some targets each path meets.
fn how_many<'a>(met: impl Iterator<Item = &'a TruthColumn>) -> [u32; BLOCK] {
    let mut count = [0; BLOCK];
    for bits in met {
        for (word, lanes) in bits.iter().zip(count.chunks_exact_mut(64)) {
            for (lane, count) in lanes.iter_mut().enumerate() {
                *count += (word >> lane & 1) as u32;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three targets on ten paths; the third is not known on paths 4 and 7.
    fn example() -> OddsTally {
        let mut truths = Truths::new(3);
        truths.mark(0, &[1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, -0.0]);
        truths.mark(1, &[0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0]);
        truths.mark(2, &[0.0, 0.0, 1.0, 2.0, f64::NAN, 0.0, 0.0, f64::NAN, -1.0, 0.0]);
        let mut odds = OddsTally::new(3, &[vec![0, 1, 2], vec![0, 2], vec![1], vec![]]);
        odds.add(1000, 10, &truths);
        odds
    }

    #[test]
    fn targets_are_counted_alone_and_together() {
        let odds = example();
        assert_eq!(odds.met, [5, 5, 3]);
        assert_eq!(odds.pairs().collect::<Vec<_>>(), [(0, 1, 3), (0, 2, 3), (1, 2, 2)]);
        assert_eq!(odds.all(), 2);
        assert_eq!(odds.exactly, [3, 3, 2, 2]);
        assert_eq!(odds.group_met, [2, 3, 5, 10]);
    }

    #[test]
    fn how_many_are_met_is_counted_of_the_first_group_alone() {
        let mut truths = Truths::new(3);
        truths.mark(0, &[1.0, 1.0, 0.0, 0.0]);
        truths.mark(1, &[1.0; 4]);
        truths.mark(2, &[1.0, 0.0, 0.0, 1.0]);
        let mut odds = OddsTally::new(3, &[vec![0, 2], vec![0, 1, 2]]);
        odds.add(0, 4, &truths);
        assert_eq!((&odds.exactly[..], odds.all(), &odds.group_met[..]), (&[1, 2, 1][..], 1, &[1, 1][..]));
    }

    /// Of one target more than every two of which are counted, those within small groups are.
    #[test]
    fn of_very_many_targets_the_pairs_within_small_groups_are_counted() {
        let count = MOST_PAIRED as u32 + 1;
        let (small, large) = (vec![3, 7, 200], (0..=MOST_PAIRED_IN_GROUP as u32).collect());
        let mut odds = OddsTally::new(count, &[small, large]);
        let mut truths = Truths::new(count);
        truths.mark(3, &[1.0, 1.0, 0.0, 1.0]);
        truths.mark(7, &[1.0, 0.0, 1.0, 1.0]);
        truths.mark(200, &[0.0, 0.0, 1.0, 1.0]);
        odds.add(0, 4, &truths);
        assert_eq!(odds.pairs().collect::<Vec<_>>(), [(3, 7, 2), (3, 200, 1), (7, 200, 2)]);
        let most = MOST_PAIRED * (MOST_PAIRED - 1) / 2;
        assert_eq!(OddsTally::new(count - 1, &[]).pairs().count(), most);
    }

    #[test]
    fn a_truth_that_is_not_known_is_not_met_and_leaves_its_path() {
        let odds = example();
        assert_eq!((odds.not_known[2], odds.first_not_known[2]), (2, Some(1004)));
        assert_eq!((odds.not_known[0], odds.first_not_known[0]), (0, None));
    }

    #[test]
    fn lanes_beyond_the_last_path_do_not_count() {
        let mut truths = Truths::new(2);
        truths.mark(0, &[1.0; BLOCK]);
        truths.mark(1, &[f64::NAN; BLOCK]);
        for paths in [1, 63, 64, 65, 255, 256] {
            let mut odds = OddsTally::new(2, &[vec![0, 1]]);
            odds.add(0, paths, &truths);
            assert_eq!((odds.met[0], odds.not_known[1]), (paths as u64, paths as u64));
            assert_eq!(odds.exactly, [0, paths as u64, 0]);
        }
    }

    #[test]
    fn merging_adds_every_count() {
        let mut twice = example();
        twice.merge(&example());
        assert_eq!((twice.met, twice.pairs), (vec![10, 10, 6], vec![6, 6, 4]));
        assert_eq!((twice.exactly, twice.group_met), (vec![6, 6, 4, 4], vec![4, 6, 10, 20]));
    }

    #[test]
    fn every_count_is_in_the_digest() {
        let digest = |odds: &OddsTally| {
            let mut bytes = Vec::new();
            odds.digest_into(&mut |piece| bytes.extend_from_slice(piece));
            bytes
        };
        let whole = example();
        let lists: [fn(&mut OddsTally) -> &mut Vec<u64>; 5] = [
            |odds| &mut odds.met,
            |odds| &mut odds.not_known,
            |odds| &mut odds.pairs,
            |odds| &mut odds.exactly,
            |odds| &mut odds.group_met,
        ];
        for (number, list) in lists.iter().enumerate() {
            for place in 0..list(&mut whole.clone()).len() {
                let mut changed = whole.clone();
                list(&mut changed)[place] += 1;
                assert_ne!(digest(&changed), digest(&whole), "list {number}, place {place}");
            }
        }
        for place in 0..whole.first_not_known.len() {
            let mut changed = whole.clone();
            changed.first_not_known[place] = Some(7);
            assert_ne!(digest(&changed), digest(&whole), "first path, place {place}");
        }
    }

    #[test]
    fn the_first_path_without_a_truth_is_the_earlier_of_two_parts() {
        let unknown_at = |path: u64| {
            let mut truths = Truths::new(1);
            truths.mark(0, &[f64::NAN]);
            let mut odds = OddsTally::new(1, &[]);
            odds.add(path, 1, &truths);
            odds
        };
        for (mine, theirs) in [(5, 9), (9, 5)] {
            let mut odds = unknown_at(mine);
            odds.merge(&unknown_at(theirs));
            assert_eq!((odds.first_not_known[0], odds.not_known[0]), (Some(5), 2));
        }
    }

    #[test]
    fn no_targets_are_all_met_none_exactly() {
        let mut odds = OddsTally::new(0, &[]);
        odds.add(0, 7, &Truths::new(0));
        assert_eq!(odds.exactly, [7]);
    }
}
