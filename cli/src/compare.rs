//! `plancast compare`: scenarios simulated together on the same draws.

use std::path::Path;

use super::arguments::{Charts, CompareOptions, RunOptions};
use super::batch::prepare_alone as prepare;
use super::export::PathExport;
use super::output::wrong;
use super::run::{WrittenFiles, failed, now, write};
use super::{
    CommandResult, Failure, diagnose, export, figures, folder, memory, open, outputs, print, progress,
    signals,
};
use plancast::chart::Palette;
use plancast::engine::Watch;
use plancast::message;
use plancast::report::side_by_side;
use plancast::result::{Comparison, folder as run_folder, json};
use plancast::scenario::Loaded;
use plancast::study::{self, Compared, Prepared};
use plancast::text::Language;
use plancast::world::{FileError, probe_file};

pub(super) fn run(arguments: &CompareOptions) -> CommandResult {
    let (options, given) = (&arguments.run, arguments.given.as_deref());
    if options.scenarios.len() < 2 {
        return Err(wrong(message!("study-compare-one")));
    }
    let first = prepare(&options.scenarios[0], options, given, None);
    let settings = first.as_ref().map(|first| first.settings.clone());
    let others = options.scenarios[1..].iter().map(|name| prepare(name, options, given, settings.clone()));
    let prepared: Vec<_> = std::iter::once(first).chain(others.collect::<Vec<_>>()).collect();
    let prepared: Option<Vec<Prepared>> = prepared.into_iter().collect();
    let compared = Compared::of(prepared.ok_or(Failure::Input)?).map_err(|error| failed(&error))?;
    simulate(&compared, arguments)
}

fn simulate(compared: &Compared, arguments: &CompareOptions) -> CommandResult {
    let options = &arguments.run;
    let (language, settings, id) = (super::language(), compared.settings(), compared.id());
    let loaded: Vec<&Loaded> = compared.prepared.iter().map(|one| &one.loaded).collect();
    let ids = compared.prepared.iter().map(Prepared::id);
    let exports = export::places(options.export.as_deref(), loaded.len(), ids)?;
    let machine = |error: FileError| Failure::Machine(error.message());
    if let Err(why) = run_folder::check_name(&id) {
        return Err(wrong(message!("cli-compare-id", why = why)));
    }
    outputs::admit(&export::outputs(&exports).collect::<Vec<_>>())?;
    let folder = options.out.join(&id);
    if let Some(why) = exports.values().find_map(|place| export::misplaced(&folder, place)) {
        return Err(wrong(why));
    }
    run_folder::probe(&options.out, &id).map_err(machine)?;
    exports.values().try_for_each(|place| probe_file(place)).map_err(machine)?;
    memory::refuse_together(compared, options)?;
    let title = loaded[0].scenario.title.get(language);
    // After a record the scenarios are simulated one after the other.
    let times = if compared.is_conditioned() { compared.prepared.len() as u64 } else { 1 };
    let bar = progress::bar(settings.paths.saturating_mul(times), title, options.quiet);
    let advance = |paths| bar.inc(paths);
    let stop = signals::stop_flag();
    let clock = now();
    let watch = Watch { finished: Some(&advance), stop: Some(&stop) };
    let working = signals::at_work();
    let comparison = super::on_threads(options.threads, || compared.run(watch));
    drop(working);
    bar.finish_and_clear();
    let comparison = comparison?.map_err(|error| failed(&error))?;
    let wall = folder::wall(clock.elapsed(), options.threads);
    let files = study::files_of_comparison(&loaded, settings, &comparison, wall, language);
    let mut files = options.csv.tables(files.map_err(|error| Failure::machine(&error))?);
    let page = study::page_of_comparison(&loaded[0].scenario, &comparison, language);
    files.push((study::PAGE.into(), page.map_err(|error| failed(&error))?.into_bytes()));
    if options.charts != Charts::None {
        let source = study::source(&loaded[0].scenario, language);
        let drawn = side_by_side::all(&comparison, &source, language);
        files.extend(figures::files(&drawn, options.charts, Palette::default()).map_err(Failure::Machine)?);
    }
    let export = |(one, summary)| PathExport::of(&exports, one, summary, options.csv);
    let written = WrittenFiles {
        options,
        loaded: &loaded,
        id: &comparison.id(),
        files,
        exports: compared.prepared.iter().zip(comparison.summaries()).filter_map(export).collect(),
        stop: watch.stop,
    };
    let place = write(written)?;
    show(&comparison, &place, options, language)?;
    if arguments.open { open::show(Path::new(&place)) } else { Ok(()) }
}

fn show(comparison: &Comparison, place: &str, options: &RunOptions, language: Language) -> CommandResult {
    if options.quiet && !options.json {
        Ok(())
    } else if options.json {
        print(&json::write(comparison).map_err(|error| Failure::machine(&error))?)
    } else {
        let (width, colour) = (diagnose::width(), super::colour());
        print(&super::table::print_comparison(comparison, Some(place), language, width, colour))
    }
}
