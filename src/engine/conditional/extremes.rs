//! Paths with extreme draws that agree with a record: they show what a few of its paths in a million do.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::Conditioning;
use super::simulate::given;
use super::solve::Solver;
use super::weights::log_mean_exp;
use crate::engine::block::{BlockColumns, BlockDraws, Machine};
use crate::engine::extremes::{ExtremePaths, FIRST_BLOCK, ShiftedBlock, blocks_of, inputs_of};
use crate::model::Program;
use crate::num::{BLOCK, exp, ln};

/// Runs a program on paths with extreme draws, each moved and weighted as the record asks. Draws that are moved to what was
/// observed are not shifted. `None` where no such path agrees with the record.
pub fn extreme_paths_given(program: &Program, set: &Conditioning, seed: u64) -> Option<ExtremePaths> {
    let moved: Vec<(u32, u32)> = set.stages.moved.iter().map(|draw| (draw.stream, draw.year)).collect();
    let free = program.draws().chain(set.stages.program.draws()).filter(|draw| !moved.contains(draw));
    let (inputs, places) = (inputs_of(free), given(set, program));
    let blocks: Vec<(Vec<f64>, BlockColumns)> = (0..blocks_of(&inputs))
        .into_par_iter()
        .map_init(
            || (Solver::new(set, seed), Machine::new(program)),
            |(solver, machine), block| {
                let shifted = ShiftedBlock::new(&inputs, seed, block);
                let ratios = shifted.weights();
                let number = FIRST_BLOCK + block;
                solver.shifted = shifted.uniforms;
                solver.block(number, BLOCK);
                let mut held = BlockColumns::new(program);
                let draws = BlockDraws::new(seed, number, &solver.shifted);
                machine.run_given(draws, &places, &solver.values, &mut held);
                let log = |lane: usize| solver.log_weights.last().map_or(0.0, |column| column[lane]);
                ((0..BLOCK).map(|lane| ln(ratios[lane]) + log(lane)).collect(), held)
            },
        )
        .collect();
    let logs: Vec<f64> = blocks.iter().flat_map(|(logs, _)| logs.iter().copied()).collect();
    let mean = log_mean_exp(&logs);
    mean.is_finite().then(|| ExtremePaths {
        weights: logs.iter().map(|log| exp(log - mean)).collect(),
        series: (0..program.series as usize)
            .map(|series| blocks.iter().flat_map(|(_, held)| held.series[series]).collect())
            .collect(),
    })
}
