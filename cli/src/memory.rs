//! `--memory`: runs that would not fit are refused before they start.

use super::arguments::{Charts, RunOptions};
use super::batch::Ready;
use super::{CommandResult, Failure, on_threads};
use plancast::study::{Besides, Compared, Need, PROGRAM, needed_together};
use plancast::text::number::paths;
use plancast::world::machine;

/// Refuses the runs that would take more memory than they may.
pub(super) fn refuse(jobs: &mut [Result<Ready, Failure>], options: &RunOptions) -> Result<(), Failure> {
    let Some(limit) = limit(options) else { return Ok(()) };
    let threads = threads(options);
    let besides = Besides { figures: options.charts != Charts::None, export: options.export.is_some() };
    let estimate = |job: &Result<Ready, Failure>| Some(job.as_ref().ok()?.prepared.need(threads, besides));
    let estimates = on_threads(options.threads, || jobs.iter().map(estimate).collect::<Vec<_>>())?;
    let mut needs: Vec<Need> = Vec::new();
    for (ready, need) in
        jobs.iter_mut().zip(estimates).filter_map(|(job, need)| Some((job.as_mut().ok()?, need?)))
    {
        if need.alone > limit {
            ready.refuse(alone(ready, need.alone, limit));
        } else {
            needs.push(need);
        }
    }
    needs.sort_unstable_by_key(|need| std::cmp::Reverse(need.on_one_thread));
    let at_once = needs.len().min(threads);
    if at_once < 2 {
        return Ok(());
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
    Ok(())
}

/// Refuses scenarios that are simulated together and would take more memory than they may.
pub(super) fn refuse_together(compared: &Compared, options: &RunOptions) -> Result<(), Failure> {
    let Some(limit) = limit(options) else { return Ok(()) };
    let threads = threads(options);
    let sum = on_threads(options.threads, || needed_together(compared, threads))?;
    if sum <= limit {
        return Ok(());
    }
    Err(Failure::Machine(format!(
        "the comparison would take about {} of memory, more than the {} that it may take (--memory), for {}; nothing was simulated: compare fewer scenarios, record fewer variables (report, --record), use fewer threads (--threads), or allow more",
        shown(sum),
        shown(limit),
        paths(compared.settings().paths)
    )))
}

/// Refuses an answer that keeps numbers of all paths, so many bytes of each, and would take more memory than it may.
pub(super) fn refuse_answer(bytes: u64, asked: Option<u64>, of: u64) -> CommandResult {
    let (need, limit) = (bytes.saturating_add(PROGRAM), allowed(asked));
    match limit {
        Some(limit) if need > limit => Err(Failure::Machine(format!(
            "the answer would take about {} of memory, more than the {} that it may take (--memory), for {}; nothing was simulated: ask for fewer paths (--paths), or allow more",
            shown(need),
            shown(limit),
            paths(of)
        ))),
        _ => Ok(()),
    }
}

fn limit(options: &RunOptions) -> Option<u64> {
    allowed(options.memory)
}

/// What may be taken where so much is allowed, or nothing is said.
fn allowed(asked: Option<u64>) -> Option<u64> {
    asked.or_else(|| machine::memory().map(|all| all / 4 * 3))
}

fn threads(options: &RunOptions) -> usize {
    options.threads.unwrap_or_else(rayon::current_num_threads).max(1)
}

/// Why a run is refused that is too large by itself.
fn alone(ready: &Ready, need: u64, limit: u64) -> String {
    format!(
        "{} would take about {} of memory, more than the {} that it may take (--memory), for {} series and {}; nothing was simulated: record fewer variables (report, --record), use fewer threads (--threads), do not look for what drives the results (--no-sensitivity), or allow more",
        ready.prepared.id(),
        shown(need),
        shown(limit),
        ready.prepared.model.program.series,
        paths(ready.prepared.settings.paths)
    )
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
