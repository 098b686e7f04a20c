//! `plancast compare`: scenarios simulated together on the same draws.

use std::collections::BTreeSet;

use super::arguments::{Charts, CompareOptions, RunOptions, language};
use super::batch::{Ready, prepare_alone as prepare, record};
use super::export::Export;
use super::run::{Written, failure, now, write};
use super::settings::Settings;
use super::{
    Failure, Outcome, counting, diagnose, export, figures, folder, memory, print, progress, signals,
};
use plancast::analysis::statement::{added_series, without_added};
use plancast::chart::Palette;
use plancast::engine::{self, Pairs, Request, Side, Watch};
use plancast::model::labels::Labels;
use plancast::model::{Model, Record, compile};
use plancast::report::side_by_side;
use plancast::result::summary::Given;
use plancast::result::{Comparison, assemble, compare, comparison, folder as run_folder, json};
use plancast::scenario::Loaded;
use plancast::text::Language;
use plancast::world::{FileError, probe_file};

pub(super) fn run(arguments: &CompareOptions) -> Outcome {
    let (options, given) = (&arguments.run, arguments.given.as_deref());
    if options.scenarios.len() < 2 {
        super::say("one scenario has nothing to be compared with: name two or more, the reference first");
        return Err(Failure::Input);
    }
    let first = prepare(&options.scenarios[0], options, given, None);
    let settings = first.as_ref().map(|first| first.settings.clone());
    let others = options.scenarios[1..].iter().map(|name| prepare(name, options, given, settings.clone()));
    let prepared: Vec<_> = std::iter::once(first).chain(others.collect::<Vec<_>>()).collect();
    let prepared: Option<Vec<_>> = prepared.into_iter().collect();
    let settings = settings.ok_or(Failure::Input)?;
    if let Some(scheme) = settings.scheme() {
        super::say(&format!(
            "the [run] of {} says `{scheme}`: only random paths can be compared",
            options.scenarios[0]
        ));
        return Err(Failure::Input);
    }
    let parts = |ready: Ready| (ready.loaded, ready.model);
    let (mut loaded, models): (Vec<Loaded>, Vec<Model>) =
        prepared.ok_or(Failure::Input)?.into_iter().map(parts).unzip();
    let models = recording_alike(&mut loaded, models, &settings);
    simulate(&loaded, &models, options, &settings)
}

/// Has every scenario record what any of them records, as far as it has it: a headline of one is compared
/// although it is none of another.
fn recording_alike(loaded: &mut [Loaded], models: Vec<Model>, settings: &Settings) -> Vec<Model> {
    let recorded = |model: &Model| -> BTreeSet<String> {
        model.labels.variables.iter().map(|label| label.name.clone()).collect()
    };
    let all: BTreeSet<String> = models.iter().flat_map(recorded).collect();
    let again = |(loaded, model): (&mut Loaded, Model)| {
        let missing = || all.difference(&recorded(&model)).cloned().collect::<Vec<_>>();
        if missing().is_empty() || record(&settings.record) == Record::All {
            return model;
        }
        // What it can record is found by having it record everything.
        let mut said = loaded.problems.clone();
        let whole = compile(&loaded.scenario, &Record::All, &mut said);
        let known: BTreeSet<String> = whole.iter().flat_map(recorded).collect();
        let names: Vec<String> = settings
            .record
            .iter()
            .cloned()
            .chain(missing().into_iter().filter(|name| known.contains(name)))
            .collect();
        compile(&loaded.scenario, &Record::Also(names), &mut said).unwrap_or(model)
    };
    loaded.iter_mut().zip(models).map(again).collect()
}

fn simulate(loaded: &[Loaded], models: &[Model], options: &RunOptions, settings: &Settings) -> Outcome {
    let given = settings.given.as_deref();
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
    let request = Request { seed: settings.seed, paths: settings.paths, threads: options.threads };
    let ids = loaded.iter().map(|loaded| loaded.scenario.id.as_str());
    let exports = export::places(options.export.as_deref(), loaded.len(), ids)?;
    let machine = |error: FileError| Failure::Machine(error.to_string());
    let id = comparison::id(labels.iter().map(|labels| labels.id.as_str()), given.is_some());
    if let Err(why) = run_folder::check_name(&id) {
        super::say(&format!("{why}; give the scenarios shorter ids in [scenario]"));
        return Err(Failure::Input);
    }
    run_folder::probe(&options.out, &id).map_err(machine)?;
    exports.values().try_for_each(|place| probe_file(place)).map_err(machine)?;
    memory::refuse_together(models, settings, options)?;
    let bar = progress::bar(settings.paths, labels[0].title.get(language), options.quiet);
    let advance = |paths| bar.inc(paths);
    let stop = signals::stop_flag();
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
        counting::enough(condition, together.ensembles[0].paths, settings.paths)?;
    }
    let mut comparison = compare::comparison(&labels, &together, settings.seed, &settings.quantiles);
    if let Some(condition) = given {
        comparison.given(&Given { condition: condition.to_owned(), among: settings.paths });
    }
    let wall = folder::wall(clock.elapsed(), options.threads);
    let mut files = folder::files_of_comparison(loaded, settings, &comparison, wall, language)
        .map_err(Failure::Machine)?;
    if options.charts != Charts::None {
        let drawn = side_by_side::all(&comparison, &figures::source(&loaded[0].scenario, language), language);
        files.extend(figures::files(&drawn, options.charts, Palette::default()).map_err(Failure::Machine)?);
    }
    let export = |(loaded, model): (&Loaded, _)| {
        let place = exports.get(&loaded.scenario.id)?;
        Some(Export { place, model, paths: settings.paths, seed: settings.seed })
    };
    let exports = loaded.iter().zip(models).filter_map(export).collect();
    let place = write(Written { options, loaded, id: &comparison.id(), files, exports, stop: watch.stop })?;
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
