//! Whether counts that were read from a file agree with each other, so that nothing that is done with them can go wrong.

use super::slices::{BINS, MOST_RANGES, Powers, Slices};
use super::tally::{Store, Tally};
use super::weighted::WeightedTally;
use super::{Ensemble, MOST_COUNTS, MOST_PATHS, WeightedEnsemble};

/// Each path adds at most so much to an integer of an exact sum: 53 bits, shifted by up to 31, and its square.
const A_PATH: u128 = 1 << 86;

impl Ensemble {
    /// Whether the counts agree with each other: as many values as paths in every series, bins that hold them all, and no
    /// target met more often than there are paths.
    ///
    /// # Errors
    /// What does not agree, in some words.
    pub fn check(&self) -> Result<(), String> {
        if self.paths > MOST_PATHS {
            return Err(format!("{} paths", self.paths));
        }
        for (number, tally) in self.series.iter().enumerate() {
            tally.check(self.paths).map_err(|why| format!("series {number}: {why}"))?;
        }
        self.odds.check(self.paths)?;
        self.slices.as_ref().map_or(Ok(()), |slices| slices.check(self.paths))
    }
}

/// The sum of counts; `None` where it is more than can be counted.
pub(super) fn sum(counts: impl Iterator<Item = u64>) -> Option<u64> {
    let mut sum = 0_u64;
    for count in counts {
        sum = sum.checked_add(count).filter(|sum| *sum <= MOST_COUNTS)?;
    }
    Some(sum)
}

impl WeightedEnsemble {
    /// Whether the weights agree with each other: in every series those of all paths, in bins that hold them all, and no
    /// target met on more.
    ///
    /// # Errors
    /// What does not agree, in some words.
    pub fn check(&self) -> Result<(), String> {
        if self.paths > MOST_PATHS {
            return Err(format!("{} paths", self.paths));
        }
        self.odds.check(self.paths)?;
        for (number, tally) in self.series.iter().enumerate() {
            tally
                .check(self.paths, self.odds.all)
                .map_err(|why| format!("weights of series {number}: {why}"))?;
        }
        Ok(())
    }
}

impl WeightedTally {
    fn check(&self, paths: u64, all: [u64; 2]) -> Result<(), String> {
        self.counts.check_kept(all[0], paths)?;
        let kinds = [self.squares.finite, self.squares.nan, self.squares.never, self.squares.minus_infinite];
        if sum(kinds.into_iter()) != Some(all[1]) {
            return Err("the squares of its weights are not those of all paths".to_owned());
        }
        let kinds = [self.paths.finite, self.paths.nan, self.paths.never, self.paths.minus_infinite];
        if sum(kinds.into_iter()).is_none_or(|seen| seen > paths) {
            return Err(format!("it has more than {paths} values"));
        }
        let squares = match &self.squared {
            Store::Values(_) => None,
            Store::Distinct(distinct) => sum(distinct.sorted().iter().map(|(_, count)| *count)),
            Store::Binned(binned) => binned.held(&self.counts.scale),
        };
        let alike = std::mem::discriminant(&self.squared) == std::mem::discriminant(&self.counts.store);
        if squares != Some(self.squares.finite) || !alike {
            return Err("its bins do not hold the squares of its weights".to_owned());
        }
        if self.squared_moments.largest() > A_PATH * u128::from(paths.max(1)) {
            return Err("its sums are larger than so many values can make them".to_owned());
        }
        Ok(())
    }
}

impl Tally {
    fn check(&self, paths: u64) -> Result<(), String> {
        if !self.store_suits() {
            return Err("its values are not kept as those of so many paths are".to_owned());
        }
        self.check_kept(paths, paths)
    }

    /// Whether so many counts, of so many paths, agree with each other, however they are kept.
    fn check_kept(&self, counts: u64, paths: u64) -> Result<(), String> {
        let counted = sum([self.finite, self.nan, self.never, self.minus_infinite].into_iter());
        if counted != Some(counts) {
            return Err(format!("it has not {counts} values"));
        }
        if !self.scale.is_sound() {
            return Err("its scale is none".to_owned());
        }
        let held = match &self.store {
            Store::Values(values) => Some(values.all().len() as u64),
            Store::Distinct(distinct) => sum(distinct.sorted().iter().map(|(_, count)| *count)),
            Store::Binned(binned) => binned.held(&self.scale),
        };
        if held != Some(self.finite) {
            return Err(format!("its bins do not hold {} values", self.finite));
        }
        let ordered = self.min <= self.max && self.min.is_finite() && self.max.is_finite();
        if self.finite > 0 && !ordered {
            return Err("its range is none".to_owned());
        }
        if self.moments.largest() > A_PATH * u128::from(paths.max(1)) {
            return Err("its sums are larger than so many values can make them".to_owned());
        }
        Ok(())
    }
}

impl Tally {
    /// Whether what is kept is of the kind that this scale and so many paths ask for: room is made by it.
    fn store_suits(&self) -> bool {
        match &self.store {
            Store::Values(_) => !self.scale.discrete && self.count() <= self.scale.exact_paths(),
            Store::Distinct(_) => self.scale.discrete,
            Store::Binned(_) => true,
        }
    }
}

impl Slices {
    fn check(&self, paths: u64) -> Result<(), String> {
        let (outcomes, draws) = (self.measures.len(), self.counts.len());
        let binned =
            |bins: &Vec<u64>| bins.len().is_multiple_of(2) && sum(bins.iter().copied()) == Some(self.paths);
        // Of a block that is not whole all lanes are binned.
        let counted = self.paths <= paths.next_multiple_of(256) && self.counts.iter().all(binned);
        let ordered = self.starts.first() == Some(&0)
            && self.starts.is_sorted()
            && self.starts.last().is_some_and(|end| *end as usize == self.rows.len());
        let chosen = self.chosen.draws.is_sorted()
            && self
                .chosen
                .draws
                .iter()
                .all(|(outcome, draw)| (*outcome as usize) < outcomes && (*draw as usize) < draws)
            && self.chosen.ranges.is_sorted_by_key(|range| (range.draw, range.low))
            && self.chosen.ranges.iter().all(|range| usize::from(range.bin) < BINS)
            && (0..draws).all(|draw| match self.chosen.ranges_of(draw).len() {
                0 => true,
                ranges => ranges <= MOST_RANGES && self.counts[draw].len() == 2 * (BINS + ranges),
            });
        let sensible = |powers: &Powers| powers.not_finite <= self.paths && powers.outlying <= self.paths;
        let summed = self.powers.len() == outcomes && self.powers.iter().all(sensible);
        if !counted || !ordered || !chosen || !summed {
            return Err("the counts by bins of the draws are not of as many paths".to_owned());
        }
        // There is room for sums of very many parts.
        let sums = self.rows.as_flattened().iter().all(|sum| sum.unsigned_abs() < 1 << 55);
        let powers =
            self.powers.iter().flat_map(|powers| powers.sums).all(|sum| sum.unsigned_abs() < 1 << 119);
        if sums && powers {
            return Ok(());
        }
        Err("the sums by bins of the draws are larger than so many values can make them".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::window::BinWindow;
    use crate::ensemble::{SeriesScale, Truths};

    /// Counts of 700 paths: a series that is kept by value, one by bins, and two targets.
    fn counted() -> Ensemble {
        let values: Vec<f64> = (0..1024).map(|i| f64::from(i * 37 % 1024) * 1.5 + 0.25).collect();
        let mut ensemble =
            Ensemble::new(&[SeriesScale::new(0.0, 0.5), SeriesScale::from_pilot(&values)], 2, &[vec![0, 1]]);
        ensemble.series[1].prepare(1 << 20);
        for (first, block) in (0..).step_by(256).zip(values[..700].chunks(256)) {
            ensemble.series.iter_mut().for_each(|tally| tally.add_column(first, block));
            let mut truths = Truths::new(2);
            truths.mark(0, &block.iter().map(|x| x % 2.0).collect::<Vec<_>>());
            truths.mark(1, block);
            ensemble.odds.add(first, block.len(), &truths);
            ensemble.paths += block.len() as u64;
        }
        ensemble.finish();
        ensemble
    }

    /// Room is made by the scale: one that no values have could ask for all memory, or for less than nothing.
    #[test]
    fn a_scale_that_no_values_have_is_refused() {
        type Forgery = fn(&mut SeriesScale);
        let honest = counted();
        let forgeries: [Forgery; 7] = [
            |scale| scale.unit = 0.3,
            |scale| scale.unit = f64::INFINITY,
            |scale| scale.center = f64::NAN,
            |scale| scale.window.as_mut().unwrap().zone = -1.0,
            |scale| scale.window.as_mut().unwrap().origin += 8.0,
            |scale| scale.discrete = true,
            |scale| scale.window = None,
        ];
        for (number, forge) in forgeries.iter().enumerate() {
            let mut forged = honest.clone();
            forge(&mut forged.series[1].scale);
            assert!(forged.check().is_err(), "forgery {number}");
        }
        // A window from one end of all numbers to the other, as postcard has it.
        let window = honest.series[1].scale.window.unwrap();
        let mut bytes = postcard::to_stdvec(&window).unwrap();
        let head = postcard::to_stdvec(&(window.origin, window.zone)).unwrap().len();
        let ends = postcard::to_stdvec(&[window.first(), window.last()]).unwrap().len();
        bytes.splice(head..head + ends, postcard::to_stdvec(&[i32::MIN, i32::MAX]).unwrap());
        let mut forged = honest;
        forged.series[1].scale.window = Some(postcard::from_bytes(&bytes).unwrap());
        assert!(forged.check().is_err());
    }

    #[test]
    fn values_that_are_kept_in_another_way_than_the_run_keeps_them_are_refused() {
        let mut forged = counted();
        forged.series[0].scale.discrete = true;
        assert!(forged.check().is_err(), "values one by one, where they are few");
        let mut forged = counted();
        let window = forged.series[1].scale.window.unwrap();
        let far = BinWindow::new(window.origin, window.zone, [window.last() + 1000, window.last() + 2000]);
        forged.series[1].scale =
            SeriesScale { window: Some(far), atoms: Vec::new(), ..forged.series[1].scale.clone() };
        assert!(forged.check().is_err(), "bins outside the window");
    }

    #[test]
    fn what_was_counted_agrees_and_every_forgery_is_noticed() {
        type Forgery = fn(&mut Ensemble);
        let honest = counted();
        assert_eq!(honest.check(), Ok(()));
        assert!(matches!(honest.series[1].store, Store::Binned(_)));
        let forgeries: [Forgery; 13] = [
            |ensemble| ensemble.paths += 1,
            |ensemble| ensemble.paths = u64::MAX,
            |ensemble| ensemble.series[0].finite -= 1,
            |ensemble| ensemble.series[1].finite += 1,
            |ensemble| ensemble.series[1].never = u64::MAX,
            |ensemble| ensemble.series[1].minus_infinite += 1,
            |ensemble| {
                let other = ensemble.series[1].clone();
                ensemble.series[1].merge(&other);
            },
            |ensemble| ensemble.series[0].min = f64::NAN,
            |ensemble| ensemble.series[1].scale.atoms.push(7.0),
            |ensemble| ensemble.odds.met[0] = 701,
            |ensemble| ensemble.odds.exactly[0] += 1,
            |ensemble| ensemble.odds.groups[0].push(2),
            |ensemble| ensemble.odds.not_known.clear(),
        ];
        for (number, forge) in forgeries.iter().enumerate() {
            let mut forged = honest.clone();
            forge(&mut forged);
            assert!(forged.check().is_err(), "forgery {number}");
        }
    }
}
