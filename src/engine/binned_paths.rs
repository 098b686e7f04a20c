//! The first paths of a run one by one: in which bin each draw fell, and what came of it.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::binning::Slicer;
use super::block::Machine;
use super::draw_bins::Slicing;
use crate::ensemble::Slices;
use crate::model::Program;
use crate::num::BLOCK;

/// Bins of draws and values of outcomes, path by path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlicedPaths {
    /// By draw and path: the bin, or the range within one.
    pub bins: Vec<Vec<u8>>,
    /// By outcome and path: the value, in steps above its center.
    pub values: Vec<Vec<i32>>,
    /// By outcome and path: how many steps the value lies above that whole number.
    pub rests: Vec<Vec<f64>>,
}

/// Blocks that are looked at: of 512 paths a standard deviation is known to some per cent.
const BLOCKS: u64 = 2;

/// The first paths of a run of so many, at most 512: a run bins these in any case. `slices` are those of the run.
pub fn sliced_paths(
    program: &Program,
    slicing: &Slicing,
    slices: &Slices,
    seed: u64,
    paths: u64,
) -> SlicedPaths {
    let look = |block: u64| {
        let mut slicer = Slicer::looking(slicing, &slices.measures, &slices.chosen, 1);
        let first = block * BLOCK as u64;
        slicer.begin(block, (paths - first).min(BLOCK as u64) as usize);
        Machine::new(program).run(seed, block, &mut slicer);
        slicer.keep();
        slicer
    };
    let blocks = (0..paths.div_ceil(BLOCK as u64).min(BLOCKS)).into_par_iter();
    let slicers: Vec<Slicer> = blocks.map(look).collect();
    let bins = |draw| slicers.iter().flat_map(|slicer| slicer.bins(draw)).copied().collect();
    let values = |outcome| slicers.iter().flat_map(|slicer| slicer.values(outcome)).collect();
    let rests = |outcome| slicers.iter().flat_map(|slicer| slicer.rests(outcome)).copied().collect();
    SlicedPaths {
        rests: (0..slicing.outcomes.len()).map(rests).collect(),
        bins: (0..slicing.draws.len()).map(bins).collect(),
        values: (0..slicing.outcomes.len()).map(values).collect(),
    }
}
