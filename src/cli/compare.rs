//! `plancast compare`: scenarios simulated together on the same draws.

use std::collections::BTreeSet;

use super::arguments::{Charts, CompareOptions, RunOptions, language};
use super::batch::{prepare_alone as prepare, record};
use super::run::{failure, now, write};
use super::{Failure, Outcome, counting, diagnose, export, figures, folder, print, progress};
use crate::analysis::statement::{added_series, without_added};
use crate::chart::Palette;
use crate::engine::{self, Pairs, Request, Side, Watch};
use crate::model::labels::Labels;
use crate::model::{Model, Record, compile};
use crate::report::side_by_side;
use crate::result::summary::Given;
use crate::result::{Comparison, assemble, compare, comparison, json, store};
use crate::scenario::Loaded;
use crate::text::Language;

pub(super) fn run(arguments: &CompareOptions) -> Outcome {
    let (options, given) = (&arguments.run, arguments.given.as_deref());
    if options.scenarios.len() < 2 {
        super::say("one scenario has nothing to be compared with: name two or more, the reference first");
        return Err(Failure::Input);
    }
    let prepared: Vec<_> = options.scenarios.iter().map(|name| prepare(name, options, given)).collect();
    let prepared: Option<Vec<_>> = prepared.into_iter().collect();
    let (mut loaded, models): (Vec<Loaded>, Vec<Model>) = prepared.ok_or(Failure::Input)?.into_iter().unzip();
    let models = recording_alike(&mut loaded, models, options);
    simulate(&loaded, &models, options, given)
}

/// Has every scenario record what any of them records, as far as it has it: a headline of one is compared
/// although it is none of another.
fn recording_alike(loaded: &mut [Loaded], models: Vec<Model>, options: &RunOptions) -> Vec<Model> {
    let recorded = |model: &Model| -> BTreeSet<String> {
        model.labels.variables.iter().map(|label| label.name.clone()).collect()
    };
    let all: BTreeSet<String> = models.iter().flat_map(recorded).collect();
    let again = |(loaded, model): (&mut Loaded, Model)| {
        let missing = || all.difference(&recorded(&model)).cloned().collect::<Vec<_>>();
        if missing().is_empty() || record(&options.record) == Record::All {
            return model;
        }
        // What it can record is found by having it record everything.
        let mut said = loaded.problems.clone();
        let whole = compile(&loaded.scenario, &Record::All, &mut said);
        let known: BTreeSet<String> = whole.iter().flat_map(recorded).collect();
        let names: Vec<String> = options
            .record
            .iter()
            .cloned()
            .chain(missing().into_iter().filter(|name| known.contains(name)))
            .collect();
        compile(&loaded.scenario, &Record::Also(names), &mut said).unwrap_or(model)
    };
    loaded.iter_mut().zip(models).map(again).collect()
}

fn simulate(loaded: &[Loaded], models: &[Model], options: &RunOptions, given: Option<&str>) -> Outcome {
    let language = language(options.lang);
    // The condition is no result of its own.
    let labels: Vec<Labels> = models.iter().map(|model| without_added(&model.labels)).collect();
    let labels: Vec<&Labels> = labels.iter().collect();
    let sides: Vec<Side> = (models.iter())
        .map(|model| {
            let groups = assemble::groups(&model.labels).into_iter().map(|(_, targets)| targets).collect();
            Side { program: &model.program, groups }
        })
        .collect();
    let pairs: Vec<Pairs> =
        labels[1..].iter().map(|alternative| compare::common(labels[0], alternative).pairs()).collect();
    let request = Request { seed: options.seed, paths: options.paths, threads: options.threads };
    let ids = loaded.iter().map(|loaded| loaded.scenario.id.as_str());
    let exports = export::places(options.export.as_deref(), loaded.len(), ids)?;
    let machine = |error: store::StoreError| Failure::Machine(error.to_string());
    let id = comparison::id(labels.iter().map(|labels| labels.id.as_str()), given.is_some());
    store::probe(&options.out, &id).map_err(machine)?;
    exports.values().try_for_each(|place| store::probe_file(place)).map_err(machine)?;
    let bar = progress::bar(options.paths, labels[0].title.get(language), options.quiet);
    let advance = |paths| bar.inc(paths);
    let stop = progress::stop_flag();
    let clock = now();
    let watch = Watch { finished: Some(&advance), stop: Some(&stop) };
    let together = if given.is_some() {
        let conditions: Vec<u32> = models.iter().filter_map(added_series).collect();
        engine::simulate_together_given(&sides, &pairs, &conditions, &request, watch)
    } else {
        engine::simulate_together(&sides, &pairs, &request, watch)
    };
    let together = together.map_err(|error| failure(&error));
    bar.finish_and_clear();
    let together = together?;
    if let Some(condition) = given {
        counting::enough(condition, together.ensembles[0].paths, options.paths)?;
    }
    let mut comparison = compare::comparison(&labels, &together, options.seed, &options.quantiles.0);
    if let Some(condition) = given {
        comparison.given(&Given { condition: condition.to_owned(), among: options.paths });
    }
    let wall = folder::wall(clock.elapsed(), options.threads);
    let mut files =
        folder::files_of_comparison(loaded, &comparison, wall, language).map_err(Failure::Machine)?;
    if options.charts != Charts::None {
        let drawn = side_by_side::all(&comparison, &figures::source(&loaded[0].scenario, language), language);
        files.extend(figures::files(&drawn, options.charts, Palette::default()).map_err(Failure::Machine)?);
    }
    let place = write(options, loaded, &comparison.id(), &files, watch.stop)?;
    for (loaded, model) in loaded.iter().zip(models) {
        if let Some(file) = exports.get(&loaded.scenario.id) {
            export::write(file, model, options.paths, options.seed, watch.stop)?;
        }
    }
    show(&comparison, &place, options, language)
}

fn show(comparison: &Comparison, place: &str, options: &RunOptions, language: Language) -> Outcome {
    if options.quiet && !options.json {
        Ok(())
    } else if options.json {
        print(&json::write(comparison).map_err(|error| Failure::Machine(error.to_string()))?)
    } else {
        let (width, colour) = (diagnose::width(), super::colour());
        print(&super::table::print_comparison(comparison, Some(place), language, width, colour))
    }
}
