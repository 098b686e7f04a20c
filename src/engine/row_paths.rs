//! The first paths of a run one by one: which row each draw of rows drew that several columns share, and what came of it.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::block::{Machine, Sink};
use super::draw_bins::Slicing;
use crate::model::Program;
use crate::num::BLOCK;
use crate::num::draw::Column;

/// Rows of draws and values of outcomes, path by path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowPaths {
    /// By draw and path: the row; empty for draws that are not of rows which several columns share.
    pub rows: Vec<Vec<u32>>,
    /// By outcome and path: the value.
    pub values: Vec<Vec<f64>>,
}

/// Most paths that are looked at, and fewer where there are so many outcomes that they come to more values than this.
const MOST_PATHS: u64 = 1 << 14;
const MOST_VALUES: u64 = 1 << 22;
const LEAST_PATHS: u64 = 1 << 10;

/// The first paths of a run of so many; none where no draw is of rows which several columns share.
pub fn row_paths(program: &Program, slicing: &Slicing, seed: u64, paths: u64) -> Option<RowPaths> {
    slicing.draws.iter().find(|draw| draw.kind.cuts.joint_rows().is_some())?;
    let most = (MOST_VALUES / slicing.outcomes.len().max(1) as u64).clamp(LEAST_PATHS, MOST_PATHS);
    let paths = paths.min(most);
    let run = |machine: &mut Machine<'_>, block: u64| {
        let count = (paths - block * BLOCK as u64).min(BLOCK as u64) as usize;
        let values = vec![[0.0; BLOCK]; slicing.outcomes.len()];
        let mut looked = BlockOfRows { slicing, rows: Vec::new(), values, count };
        machine.run(seed, block, &mut looked);
        looked
    };
    let blocks = (0..paths.div_ceil(BLOCK as u64)).into_par_iter();
    let blocks: Vec<BlockOfRows<'_>> = blocks.map_init(|| Machine::new(program), run).collect();
    let rows = |draw: usize| blocks.iter().flat_map(|block| &block.rows[draw]).copied().collect();
    let values = |outcome: usize| {
        blocks.iter().flat_map(|block| &block.values[outcome][..block.count]).copied().collect()
    };
    Some(RowPaths {
        rows: (0..slicing.draws.len()).map(rows).collect(),
        values: (0..slicing.outcomes.len()).map(values).collect(),
    })
}

/// The rows and outcomes of the paths of a block that count.
struct BlockOfRows<'a> {
    slicing: &'a Slicing,
    rows: Vec<Vec<u32>>,
    values: Vec<Column>,
    count: usize,
}

impl Sink for BlockOfRows<'_> {
    fn wants_draws(&self) -> bool {
        true
    }

    fn draw(&mut self, uniforms: &Column) {
        let Some(draw) = self.slicing.draws.get(self.rows.len()) else { return };
        let rows = draw
            .kind
            .cuts
            .joint_rows()
            .map(|order| uniforms[..self.count].iter().map(|u| order.row(*u) as u32).collect::<Vec<_>>());
        self.rows.push(rows.unwrap_or_default());
    }

    fn record(&mut self, series: u32, values: &Column) {
        if let Some(outcome) = self.slicing.of_series(series) {
            let of = self.slicing.outcomes[outcome];
            self.values[outcome] = values.map(|x| of.counted(x));
        }
    }

    fn mark(&mut self, target: u32, truths: &Column) {
        if let Some(outcome) = self.slicing.of_target(target) {
            let of = self.slicing.outcomes[outcome];
            self.values[outcome] = truths.map(|x| of.counted(x));
        }
    }
}
