//! `--memory`: runs that would not fit are refused before they start.

use super::arguments::{Charts, RunOptions};
use super::batch::Ready;
use super::counting;
use super::settings::Settings;
use super::{Failure, on_threads};
use crate::engine::{self, Request, Slicing};
use crate::ensemble::pairs_counted;
use crate::model::Model;
use crate::result::assemble;
use crate::scenario::Scenario;
use crate::scenario::written::Variable;
use crate::text::number::paths;
use crate::world::machine;

/// What a program takes that does nothing yet, fonts and tables included.
const PROGRAM: u64 = 32 << 20;

/// What a series takes besides its counts: in the summary, the histograms and the tables.
const RESULTS: u64 = 16 << 10;

/// What a series takes of which paths are replayed, twice over for a moment: 4096 numbers.
const REPLAYED: u64 = 2 * 8 * 4096;

/// The most series that are replayed besides what is recorded.
const PARTS: u64 = 4096;

/// What a stretch of paths takes that is written.
const STRETCH: u64 = 80 << 20;

/// What an instruction takes, in the model and while it is compiled.
const INSTRUCTION: u64 = 600;

/// What a run takes: alone, and on one thread.
#[derive(Clone, Copy)]
struct Need {
    alone: u64,
    on_one_thread: u64,
}

/// Refuses the runs that would take more memory than they may.
pub(super) fn refuse(jobs: &mut [Result<Ready, Failure>], options: &RunOptions) -> Result<(), Failure> {
    let Some(limit) = limit(options) else { return Ok(()) };
    let threads = threads(options);
    let estimate = |job: &Result<Ready, Failure>| {
        let ready = job.as_ref().ok()?;
        let question = counting::question(ready);
        let slicing = question.as_ref().map(|question| &question.slicing);
        let need = need(&ready.model, &ready.settings, slicing, threads);
        let more = besides(&ready.loaded.scenario, ready.model.program.series, options);
        Some(Need { alone: need.alone + more, on_one_thread: need.on_one_thread + more })
    };
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
pub(super) fn refuse_together(
    models: &[Model],
    settings: &Settings,
    options: &RunOptions,
) -> Result<(), Failure> {
    let Some(limit) = limit(options) else { return Ok(()) };
    let threads = threads(options);
    let each = on_threads(options.threads, || {
        models.iter().map(|model| need(model, settings, None, threads).alone - PROGRAM).collect::<Vec<_>>()
    })?;
    // The differences of each alternative from the reference take as much as it does.
    let sum = PROGRAM + each.iter().sum::<u64>() + each[1..].iter().sum::<u64>();
    if sum <= limit {
        return Ok(());
    }
    Err(Failure::Machine(format!(
        "the comparison would take about {} of memory, more than the {} that it may take (--memory), for {}; nothing was simulated: compare fewer scenarios, record fewer variables (report, --record), use fewer threads (--threads), or allow more",
        shown(sum),
        shown(limit),
        paths(settings.paths)
    )))
}

fn limit(options: &RunOptions) -> Option<u64> {
    options.memory.or_else(|| machine::memory().map(|all| all / 4 * 3))
}

fn threads(options: &RunOptions) -> usize {
    options.threads.unwrap_or_else(rayon::current_num_threads).max(1)
}

/// Why a run is refused that is too large by itself.
fn alone(ready: &Ready, need: u64, limit: u64) -> String {
    format!(
        "{} would take about {} of memory, more than the {} that it may take (--memory), for {} series and {}; nothing was simulated: record fewer variables (report, --record), use fewer threads (--threads), do not look for what drives the results (--no-sensitivity), or allow more",
        ready.loaded.scenario.id,
        shown(need),
        shown(limit),
        ready.model.program.series,
        ready.settings.paths
    )
}

/// What a run takes at its fullest, by an estimate that is not too low.
fn need(model: &Model, settings: &Settings, slicing: Option<&Slicing>, threads: usize) -> Need {
    let program = &model.program;
    let scales = engine::scales(program, settings.seed);
    let counted = |threads: usize| {
        let request = Request { seed: settings.seed, paths: settings.paths, threads: Some(threads) };
        engine::memory(program, &scales, &request, slicing)
    };
    let fixed = PROGRAM
        + RESULTS * u64::from(program.series)
        + INSTRUCTION * program.instructions.len() as u64
        + pairs(model, settings);
    Need { alone: fixed + counted(threads), on_one_thread: fixed + counted(1) }
}

/// What is taken besides: by the paths that are replayed for figures, and by a stretch of those that are written.
fn besides(scenario: &Scenario, series: u32, options: &RunOptions) -> u64 {
    let export = if options.export.is_some() { STRETCH } else { 0 };
    if options.charts == Charts::None {
        return export;
    }
    // Replayed are the headlines, what they are sums of, and families that rise to one.
    export + REPLAYED * elements(scenario).min(2 * u64::from(series) + PARTS)
}

/// How many values all variables have: a number for each member and year.
fn elements(scenario: &Scenario) -> u64 {
    let years = (scenario.time.end - scenario.time.start).max(0) as u64 + 1;
    let members = |name: &String| scenario.sets.get(name).map_or(1, |set| set.members.len() as u64);
    let of = |variable: &Variable| {
        variable.indices.iter().fold(years, |product, index| product.saturating_mul(members(&index.name)))
    };
    scenario.variables.values().fold(0, |sum, variable| sum.saturating_add(of(variable)))
}

/// What pairs of targets take, in the counts and in the results.
fn pairs(model: &Model, settings: &Settings) -> u64 {
    let groups = assemble::counted_together(&model.labels, &settings.pairs).unwrap_or_default();
    560 * pairs_counted(model.program.targets as usize, &groups) as u64
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
