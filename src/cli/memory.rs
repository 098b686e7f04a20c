//! `--memory`: runs that would not fit are refused before they start.

use super::Failure;
use super::arguments::RunOptions;
use super::batch::Ready;
use super::counting;
use crate::engine::{self, Request};
use crate::world::machine;

/// What a program takes that does nothing yet, fonts and tables included.
const PROGRAM: u64 = 48 << 20;

/// What a series takes besides its counts: in the summary, the histograms and the tables.
const RESULTS: u64 = 24 << 10;

/// What an instruction takes, in the model and while it is compiled.
const INSTRUCTION: u64 = 600;

/// What a run takes: alone, and on one thread.
#[derive(Clone, Copy)]
struct Need {
    alone: u64,
    on_one_thread: u64,
}

/// Refuses the runs that would take more memory than they may.
pub(super) fn refuse(jobs: &mut [Result<Ready, Failure>], options: &RunOptions) {
    let Some(limit) = options.memory.or_else(|| machine::memory().map(|all| all / 4 * 3)) else { return };
    let threads = options.threads.unwrap_or_else(rayon::current_num_threads).max(1);
    let mut needs: Vec<Need> = Vec::new();
    for ready in jobs.iter_mut().flatten() {
        let need = need(ready, threads);
        if need.alone > limit {
            ready.refuse(alone(ready, need.alone, limit));
        } else {
            needs.push(need);
        }
    }
    needs.sort_unstable_by_key(|need| std::cmp::Reverse(need.on_one_thread));
    let at_once = needs.len().min(threads);
    if at_once < 2 {
        return;
    }
    let sum = needs[..at_once].iter().map(|need| need.on_one_thread - PROGRAM).sum::<u64>() + PROGRAM;
    if sum > limit {
        let why = format!(
            "{at_once} runs at once would take about {}, more than the {} that they may take (--memory); run fewer at once with --threads, or ask for fewer paths or variables",
            shown(sum),
            shown(limit)
        );
        jobs.iter_mut().flatten().for_each(|ready| ready.refuse(why.clone()));
    }
}

/// Why a run is refused that is too large by itself.
fn alone(ready: &Ready, need: u64, limit: u64) -> String {
    format!(
        "{} would take about {} of memory, more than the {} that it may take (--memory), for {} series and {} paths; nothing was simulated: record fewer variables (report, --record), use fewer threads (--threads), do not look for what drives the results (--no-sensitivity), or allow more",
        ready.loaded.scenario.id,
        shown(need),
        shown(limit),
        ready.model.program.series,
        ready.settings.paths
    )
}

/// What a run takes at its fullest, by an estimate that is not too low.
fn need(ready: &Ready, threads: usize) -> Need {
    let (program, settings) = (&ready.model.program, &ready.settings);
    let question = counting::question(ready);
    let slicing = question.as_ref().map(|question| &question.slicing);
    let scales = engine::scales(program, settings.seed);
    let counted = |threads: usize| {
        let request = Request { seed: settings.seed, paths: settings.paths, threads: Some(threads) };
        engine::memory(program, &scales, &request, slicing)
    };
    let fixed = PROGRAM
        + RESULTS * u64::from(program.series)
        + INSTRUCTION * program.instructions.len() as u64
        + pairs(program.targets);
    Need { alone: fixed + counted(threads), on_one_thread: fixed + counted(1) }
}

/// What pairs of targets take, in the counts and in the results.
fn pairs(targets: u32) -> u64 {
    let targets = u64::from(targets);
    400 * targets * targets.saturating_sub(1) / 2
}

/// `1.5 GiB`, `200 MiB`
fn shown(bytes: u64) -> String {
    let mebibytes = bytes as f64 / 1_048_576.0;
    if mebibytes >= 1024.0 {
        format!("{:.1} GiB", mebibytes / 1024.0)
    } else {
        format!("{} MiB", mebibytes.ceil())
    }
}
