//! How much memory a run takes, before it starts.

use super::counter::batched;
use super::{RunRequest, Slicing, pool};
use crate::ensemble::{SeriesScale, Tally};
use crate::model::Program;
use crate::num::BLOCK;

/// The bytes that a run takes at its fullest, as far as its pilot can say: the counts of all series, and what each worker
/// has of its own. `scales` are those of [`scales`](super::scales).
///
/// It is an estimate, and not less than what runs of many shapes were measured to take: a series whose later paths lie
/// where none of the pilot did may take more, up to 16 MiB.
pub fn memory(
    program: &Program,
    scales: &[SeriesScale],
    request: &RunRequest,
    slicing: Option<&Slicing>,
) -> u64 {
    let threads = request.threads.unwrap_or_else(rayon::current_num_threads).max(1) as u64;
    let column = (BLOCK * size_of::<f64>()) as u64;
    let (series, columns) = (scales.len() as u64, u64::from(program.all_slots()) + 2);
    // Bins take 2 bytes a value, and what is not counted by bins 8; in short runs values go to their series at once.
    let most = (batched(scales.len(), request.paths) as u64).min(request.paths);
    let kept: u64 = scales.iter().map(|scale| 2 * most + 8 * scale.most_outside(most)).sum();
    // Besides its counts a tally has two exact sums of a few integers each.
    let tally = size_of::<Tally>() as u64 + 512;
    let machines = columns * column + pool::bytes(program);
    let worker = machines + kept + series * tally;
    let pilot = 4 * column * (series + u64::from(program.targets));
    let counts: u64 = scales.iter().map(|scale| scale.bytes(request.paths) + tally).sum();
    let drivers = slicing.map_or(0, |slicing| slicing.bytes(threads));
    pilot + counts + drivers + threads * worker
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Watch, scales, simulate};
    use crate::model::{Instruction, Op, Operand};

    /// Normal series, as many as wanted.
    fn program(series: u32) -> Program {
        let draw =
            |number| Instruction::Compute { out: number, op: Op::Score { stream: number + 1, year: 0 } };
        let record = |number| Instruction::Record { series: number, value: Operand::Slot(number) };
        Program {
            instructions: (0..series).map(draw).chain((0..series).map(record)).collect(),
            slots: series,
            series,
            ..Program::default()
        }
    }

    #[test]
    fn a_run_takes_no_more_than_is_expected_and_not_much_less() {
        let program = program(20);
        let scales = scales(&program, 1);
        for paths in [100, 4000, 30_000, 300_000] {
            let request = RunRequest { seed: 1, paths, threads: Some(1) };
            let expected = memory(&program, &scales, &request, None);
            let ensemble = simulate(&program, &[], &request, Watch::default()).unwrap();
            let taken: usize = ensemble.series.iter().map(Tally::bytes).sum();
            assert!(taken as u64 <= expected && expected < 12_000_000, "{paths}: {taken} of {expected}");
        }
    }
}
