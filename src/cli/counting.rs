//! How a run's paths come to be counted: all at once, until a precision is reached, a shard of them, or with
//! checkpoints on the way.

mod checkpoint;
mod until;

use std::io::Write;
use std::ops::Range;

use super::Failure;
use super::arguments::{RunArguments, RunOptions, Sampling, Shard, language};
use super::batch::Ready;
use super::folder::{Results, Sources};
use super::run::{counted_together, failure};
use super::settings::Settings;
use crate::analysis::statement::{added_series, without_added};
use crate::engine::{self, REPLICATES, Request, Scheme, Watch, simulate_sliced};
use crate::ensemble::Ensemble;
use crate::model::Model;
use crate::result::drivers::{self, Question};
use crate::result::part::Origin;
use crate::result::replicated::Replicate;
use crate::result::summary::{Convergence, Given};
use crate::result::{Distributions, Summary, assemble, distribution, manifest};
use crate::text::Language;
use crate::text::number::{count as count_of, paths};

pub(super) use checkpoint::Checkpoint;

/// What was counted, and what is to be done when it is safe in its folder.
pub(super) struct Counted {
    pub(super) ensemble: Ensemble,
    pub(super) convergence: Option<Convergence>,
    /// What each replicate says, where the paths are not random.
    pub(super) replicates: Vec<Replicate>,
    /// The checkpoint that is no longer needed once the results are written.
    pub(super) checkpoint: Option<Checkpoint>,
}

/// Counts the paths of a run, or of a shard of it.
pub(super) fn count(
    ready: &Ready,
    options: &RunArguments,
    question: Option<&Question>,
    watch: Watch,
) -> Result<Counted, Failure> {
    let groups = counted_together(ready)?;
    let slicing = question.map(|question| &question.slicing);
    if let Some(wanted) = &options.work.until {
        return until::count(ready, options, wanted, (&groups, slicing), watch);
    }
    let settings = &ready.settings;
    let request = Request { seed: settings.seed, paths: settings.paths, threads: None };
    if let Some(scheme) = scheme(settings.sampling) {
        return replicates(ready, scheme, (&request, &groups), watch);
    }
    let blocks = blocks(&request, options.work.shard);
    if let Some(minutes) = options.work.checkpoint {
        return checkpoint::count(ready, options, minutes, (&request, &groups, slicing), blocks, watch);
    }
    let ensemble = if blocks.is_empty() {
        engine::nothing(&ready.model.program, &groups, request.seed)
    } else {
        simulate_sliced(&ready.model.program, &groups, &request, blocks, slicing, watch)
            .map_err(|error| failure(&error))?
    };
    Ok(Counted { ensemble, convergence: None, replicates: Vec::new(), checkpoint: None })
}

/// The scheme that is asked for; `None` for chance.
pub(super) fn scheme(sampling: Sampling) -> Option<Scheme> {
    match sampling {
        Sampling::Random => None,
        Sampling::Antithetic => Some(Scheme::Antithetic),
        Sampling::LatinHypercube => Some(Scheme::LatinHypercube),
        Sampling::Sobol => Some(Scheme::Sobol),
    }
}

/// Says that a scheme takes more paths than were asked for, where it does.
pub(super) fn note_paths(settings: &Settings, options: &RunOptions) {
    let Some(scheme) = scheme(settings.sampling).filter(|_| !options.quiet) else { return };
    let taken = REPLICATES * scheme.replicate(settings.paths);
    if taken == settings.paths {
        return;
    }
    let (name, asked, taken) =
        (settings.scheme().unwrap_or_default(), count_of(settings.paths), count_of(taken));
    let line = match language(options.lang) {
        Language::En => format!(
            "{taken} paths are simulated, not {asked}: --sampling {name} takes whole blocks in {REPLICATES} replicates"
        ),
        Language::Zh => format!(
            "实际模拟{taken}条路径（要求{asked}条）：--sampling {name} 按{REPLICATES}个整块的重复组取样"
        ),
    };
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Counts the points of a scheme, and keeps what each replicate says.
fn replicates(
    ready: &Ready,
    scheme: Scheme,
    (request, groups): (&Request, &[Vec<u32>]),
    watch: Watch,
) -> Result<Counted, Failure> {
    let mut replicates = Vec::new();
    let each = |ensemble: &Ensemble| {
        let (seed, levels) = (ready.settings.seed, &ready.settings.quantiles);
        replicates.push(Replicate::of(&ready.model.labels, ensemble, seed, levels));
    };
    let ensemble = engine::simulate_replicates(&ready.model.program, groups, scheme, request, watch, each);
    let ensemble = ensemble.map_err(|error| failure(&error))?;
    Ok(Counted { ensemble, convergence: None, checkpoint: None, replicates })
}

/// What is asked of the run about its drivers.
pub(super) fn question(ready: &Ready) -> Option<Question> {
    if ready.settings.sensitivity { drivers::ask(&ready.model) } else { None }
}

/// The results of an ensemble, and what drives them.
pub(super) fn results(
    model: &Model,
    ensemble: &Ensemble,
    question: Option<&Question>,
    seed: u64,
    levels: &[f64],
) -> Results {
    let summary = || assemble::summary(&model.labels, ensemble, seed, levels);
    let driven = || Some(drivers::find(model, question?, ensemble, seed));
    let distributions = || distribution::distributions(&model.labels, ensemble);
    let (mut summary, (driven, distributions)) = rayon::join(summary, || rayon::join(driven, distributions));
    driven.unwrap_or_default().put_into(&mut summary);
    together(summary, distributions)
}

/// A summary with distributions of the same run, which so get its fingerprint.
fn together(summary: Summary, distributions: Distributions) -> Results {
    let fingerprint = summary.fingerprint.clone();
    Results { summary, distributions: Distributions { fingerprint, ..distributions } }
}

/// Fewer paths tell nothing that can be relied on.
const LEAST_GIVEN: u64 = 100;

/// Refuses to say anything of fewer than [`LEAST_GIVEN`] paths.
pub(super) fn enough(condition: &str, found: u64, among: u64) -> Result<(), Failure> {
    if found >= LEAST_GIVEN {
        return Ok(());
    }
    super::say(&format!(
        "{condition} holds on {found} of {}: too few to say anything, it takes {LEAST_GIVEN}; simulate more (--paths) or ask for less",
        paths(among)
    ));
    Err(Failure::Input)
}

/// The results among the paths on which a condition holds; inputs are no longer independent there, so that it is not
/// told what drives the results.
pub(super) fn given(ready: &Ready, condition: &str, watch: Watch) -> Result<Results, Failure> {
    let (model, groups, settings) = (&ready.model, counted_together(ready)?, &ready.settings);
    let request = Request { seed: settings.seed, paths: settings.paths, threads: None };
    let Some(series) = added_series(model) else { return Err(Failure::Input) };
    let ensemble = engine::simulate_given(&model.program, &groups, &request, series, watch)
        .map_err(|error| failure(&error))?;
    enough(condition, ensemble.paths, settings.paths)?;
    let labels = without_added(&model.labels);
    let mut summary = assemble::summary(&labels, &ensemble, settings.seed, &settings.quantiles);
    summary.given = Some(Given { condition: condition.to_owned(), among: settings.paths });
    Ok(together(summary, distribution::distributions(&labels, &ensemble)))
}

/// The blocks of a shard, or all. Shards differ by at most one block.
pub(super) fn blocks(request: &Request, shard: Option<Shard>) -> Range<u64> {
    let all = request.blocks();
    let cut = |k: u64, of: u64| (u128::from(all) * u128::from(k) / u128::from(of)) as u64;
    match shard {
        None => 0..all,
        Some(Shard { number, of }) => cut(number - 1, of)..cut(number, of),
    }
}

/// What a part of this run is a part of.
pub(super) fn origin(ready: &Ready) -> Origin {
    let settings = &ready.settings;
    let sources = Sources::of(&ready.loaded, settings, settings.paths);
    let mut record = settings.record.clone();
    record.sort();
    Origin {
        plancast: env!("CARGO_PKG_VERSION").into(),
        scenario: ready.loaded.scenario.id.clone(),
        resolved_sha256: manifest::sha256(sources.scenario.as_bytes()),
        program_sha256: manifest::sha256_of(&ready.model.program),
        seed: settings.seed,
        paths: settings.paths,
        sampling: "random".into(),
        record,
        sensitivity: settings.sensitivity,
        quantiles: settings.quantiles.clone(),
        inputs: sources.inputs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_make_up_the_whole_without_gap() {
        let request = Request { seed: 1, paths: 100_000, threads: None };
        for of in [1, 3, 16, 391, 1000] {
            let mut next = 0;
            for number in 1..=of {
                let part = blocks(&request, Some(Shard { number, of }));
                assert_eq!(part.start, next, "{number}/{of}");
                next = part.end;
            }
            assert_eq!(next, 391);
        }
    }
}
