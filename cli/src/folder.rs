//! The files of a run folder: what the library makes of a run, its page, and its charts.

use std::time::Duration;

use super::arguments::{Charts, CsvFor};
use super::run::failed;
use super::{Failure, figures};
use plancast::chart::Palette;
use plancast::result::manifest::Wall;
use plancast::scenario::Scenario;
use plancast::study::{self, Background, File, Run, Sources};
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

/// All files of a run: those of the library, the page, and the charts that are wanted.
pub(super) fn all(
    sources: &Sources,
    scenario: &Scenario,
    run: &Run,
    wall: Wall,
    (charts_wanted, csv): (Charts, CsvFor),
    language: Language,
) -> Result<Vec<File>, Failure> {
    let page = || study::page_of(scenario, run, language);
    let (files, page) = rayon::join(|| study::files(sources, run, wall, language), page);
    let mut files = files.map_err(|error| Failure::machine(&error))?;
    files.push((study::PAGE.into(), page.map_err(|error| failed(&error))?.into_bytes()));
    if charts_wanted != Charts::None {
        let background = Background::of(scenario, &run.summary, false, language);
        let material = background.material(&run.summary, Some(&run.distributions));
        let drawn = figures::files(&study::usual(&material, language), charts_wanted, Palette::default());
        files.extend(drawn.map_err(Failure::Machine)?);
    }
    Ok(csv.tables(files))
}
