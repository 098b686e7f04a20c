//! How workers count the paths of a run together.

use std::sync::{Mutex, PoisonError};

use rayon::iter::{
    IndexedParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator,
};

use super::binning::Slicer;
use super::block::Sink;
use crate::ensemble::{Batch, Ensemble, SeriesScale, Tally, Truths};
use crate::model::Program;
use crate::num::BLOCK;
use crate::num::draw::Column;

/// How many values of a series are kept before their bins are counted. So many are counted while the counts of that
/// series stay next to the processor; those of all series do not fit there.
const BATCHED: usize = 32 * BLOCK;

/// The most bytes that a worker keeps of all series together, as long as that is a block of each.
const MOST_BATCHED: usize = 64 << 20;

/// Runs of so many paths and less keep the values themselves: nothing is counted faster in batches.
const SHORT: u64 = 4096;

/// How many values of each of so many series a worker keeps, in a run of so many paths: mostly the numbers of bins, of 2
/// bytes. In short runs it has one column for all series.
pub(super) fn batched(series: usize, paths: u64) -> usize {
    const EACH: usize = size_of::<i16>();
    if paths <= SHORT {
        return 0;
    }
    (MOST_BATCHED / EACH / series.max(1) / BLOCK * BLOCK).clamp(BLOCK, BATCHED)
}

/// What all workers count into. The bins of a series take most of the memory of a run: there is one set of them, to
/// which a worker adds many values at a time. All else a worker counts for itself and adds at the end.
pub(super) struct SharedCounts {
    series: Vec<Mutex<Tally>>,
    /// How many paths are to be counted.
    paths: u64,
    /// The rest, with no series.
    rest: Mutex<Ensemble>,
    scales: Vec<SeriesScale>,
    targets: u32,
}

impl SharedCounts {
    /// Counts of no paths yet, of so many to come, for series of these scales and these groups of targets.
    ///
    /// # Panics
    /// When a group names a target that the program does not have.
    pub(super) fn new(program: &Program, scales: &[SeriesScale], groups: &[Vec<u32>], paths: u64) -> Self {
        let tally = |scale: &SeriesScale| {
            let mut tally = Tally::new(scale.clone());
            tally.prepare(paths);
            Mutex::new(tally)
        };
        Self {
            series: scales.iter().map(tally).collect(),
            paths,
            rest: Mutex::new(Ensemble::new(&[], program.targets, groups)),
            scales: scales.to_vec(),
            targets: program.targets,
        }
    }

    /// All that was counted, once all counters are finished.
    pub(super) fn finish(self) -> Ensemble {
        let series =
            self.series.into_iter().map(|tally| tally.into_inner().unwrap_or_else(PoisonError::into_inner));
        let rest = self.rest.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut whole = Ensemble { series: series.collect(), ..rest };
        whole.finish();
        whole
    }
}

/// Counts the columns of a worker's blocks.
pub(super) struct Counter<'a> {
    counts: &'a SharedCounts,
    /// The first path of the block.
    pub(super) first_path: u64,
    /// How many of its paths are of this run.
    pub(super) paths: usize,
    truths: Truths,
    /// What was counted, but for the bins in batches.
    counted: Ensemble,
    /// By series: the bins of values that are still to be counted; in a short run one for all, which is emptied after
    /// each column.
    batches: Vec<Batch>,
    is_short: bool,
    slicer: Option<Slicer<'a>>,
}

impl<'a> Counter<'a> {
    /// A counter of no paths yet.
    pub(super) fn new(counts: &'a SharedCounts) -> Self {
        let groups = &counts.rest.lock().unwrap_or_else(PoisonError::into_inner).odds.groups;
        let is_short = counts.paths <= SHORT;
        let most = batched(counts.scales.len(), counts.paths).max(BLOCK);
        let own = if is_short { counts.scales.len().min(1) } else { counts.scales.len() };
        Self {
            counts,
            first_path: 0,
            paths: 0,
            truths: Truths::new(counts.targets),
            counted: Ensemble::new(&counts.scales, counts.targets, groups),
            batches: counts.scales[..own].iter().map(|scale| Batch::of(scale, most, counts.paths)).collect(),
            is_short,
            slicer: None,
        }
    }

    /// One that also bins the draws, where that is asked for.
    pub(super) fn with(self, slicer: Option<Slicer<'a>>) -> Self {
        Self { slicer, ..self }
    }

    /// How many paths it has counted.
    pub(super) fn counted(&self) -> u64 {
        self.counted.paths
    }

    /// Adds what was counted to the counts of all.
    pub(super) fn finish(mut self) {
        let series = std::mem::take(&mut self.counted.series);
        if !self.is_short {
            self.counts.series.par_iter().zip(self.batches.par_iter_mut()).for_each(|(tally, batch)| {
                tally.lock().unwrap_or_else(PoisonError::into_inner).settle(batch);
            });
        }
        self.counts.series.par_iter().zip(&series).for_each(|(tally, counted)| {
            tally.lock().unwrap_or_else(PoisonError::into_inner).merge(counted);
        });
        self.counts.rest.lock().unwrap_or_else(PoisonError::into_inner).merge(&self.counted);
        if let Some(slicer) = &mut self.slicer {
            slicer.sum();
        }
    }

    /// The columns that follow are of this block, in a run of so many paths.
    pub(super) fn start_block(&mut self, block: u64, paths: u64) {
        self.first_path = block * BLOCK as u64;
        self.paths = (paths - self.first_path).min(BLOCK as u64) as usize;
        if let Some(slicer) = &mut self.slicer {
            slicer.begin(block, self.paths);
        }
    }

    /// The block's columns are all there.
    pub(super) fn finish_block(&mut self) {
        self.counted.odds.add(self.first_path, self.paths, &self.truths);
        self.counted.paths += self.paths as u64;
        if let Some(slicer) = &mut self.slicer {
            slicer.end();
        }
    }
}

impl Sink for Counter<'_> {
    fn record(&mut self, series: u32, values: &Column) {
        let own = if self.is_short { 0 } else { series as usize };
        let (counted, batch) = (&mut self.counted.series[series as usize], &mut self.batches[own]);
        if counted.add_to_batch(self.first_path, &values[..self.paths], batch) || self.is_short {
            self.counts.series[series as usize].lock().unwrap_or_else(PoisonError::into_inner).settle(batch);
        }
        if let Some(slicer) = &mut self.slicer {
            slicer.record(series, values);
        }
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        self.truths.mark(target, truths);
        if let Some(slicer) = &mut self.slicer {
            slicer.mark(target, truths);
        }
    }

    fn draw(&mut self, uniforms: &Column) {
        if let Some(slicer) = &mut self.slicer {
            slicer.draw(uniforms);
        }
    }

    fn wants_draws(&self) -> bool {
        self.slicer.as_ref().is_some_and(Sink::wants_draws)
    }
}
