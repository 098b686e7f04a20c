//! The files of a run folder: what the library makes of a run, and its charts.

use std::time::Duration;

use super::arguments::Charts;
use super::{Failure, figures};
use plancast::analysis::replayed::replay;
use plancast::chart::{Palette, Size};
use plancast::report::{Material, RenderedFigure};
use plancast::result::manifest::Wall;
use plancast::scenario::Scenario;
use plancast::study::{self, File, Run, Sources};
use plancast::text::Language;

/// How long a run took, on what.
pub(super) fn wall(elapsed: Duration, threads: Option<usize>) -> Wall {
    Wall {
        started: None,
        seconds: elapsed.as_secs_f64(),
        threads: threads.unwrap_or_else(rayon::current_num_threads),
        machine: format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH),
    }
}

/// All files of a run: those of the library and the charts.
pub(super) fn all(
    sources: &Sources,
    scenario: &Scenario,
    run: &Run,
    wall: Wall,
    charts_wanted: Charts,
    language: Language,
) -> Result<Vec<File>, Failure> {
    let summary = &run.summary;
    let files = study::files(sources, run, wall, language);
    let mut files = files.map_err(|error| Failure::machine(&error))?;
    if charts_wanted != Charts::None {
        let history = study::histories(scenario);
        // Of a run under a record, replayed paths would be those without it.
        let plain = summary.evidence.is_none();
        let again = || replay(scenario, summary.seed, summary.paths, summary.given.as_ref(), &[]);
        let replayed = plain.then(again).flatten();
        let source = figures::source(scenario, language);
        let material = Material {
            summary,
            distributions: Some(&run.distributions),
            replayed: replayed.as_ref(),
            history: &history,
            source: &source,
        };
        let drawn = figures::files(&usual(&material, language), charts_wanted, Palette::default());
        files.extend(drawn.map_err(Failure::Machine)?);
    }
    Ok(files)
}

/// The figures that a run has when nothing more is asked for.
pub(super) fn usual(material: &Material, language: Language) -> Vec<RenderedFigure> {
    let items = material.usual();
    items.iter().filter_map(|item| material.draw(item, None, Size::default(), language)).collect()
}
