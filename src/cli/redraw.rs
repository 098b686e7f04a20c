//! `plancast chart` and `plancast report`: pictures and a page from stored runs.

use std::fmt::Write as _;
use std::path::Path;

use indexmap::IndexMap;

use super::arguments::{ChartOptions, Charts, ReportOptions, language};
use super::{Failure, Outcome, folder, print};
use crate::report::{Figure, page};
use crate::result::{Run, store};
use crate::scenario::load;

/// A stored run and the observed values of its variables.
struct Stored {
    run: Run,
    history: IndexMap<String, Vec<(i32, f64)>>,
}

fn stored(path: &Path) -> Result<Stored, Failure> {
    let run = store::load(path).map_err(|error| {
        super::say(&error.to_string());
        Failure::Input
    })?;
    let scenario = load(&path.join("scenario.toml").display().to_string(), &[]).scenario;
    Ok(Stored { run, history: folder::histories(&scenario) })
}

pub(super) fn chart(options: &ChartOptions) -> Outcome {
    let language = language(options.lang);
    let mut written = String::new();
    for path in &options.runs {
        let Stored { run, history } = stored(path)?;
        let files =
            folder::charts(&run.summary, &history, options.charts, language).map_err(Failure::Machine)?;
        for (name, bytes) in files {
            let place = options.out.as_deref().unwrap_or(path).join(name);
            let made = place.parent().map_or(Ok(()), std::fs::create_dir_all);
            made.and_then(|()| std::fs::write(&place, bytes)).map_err(|error| {
                Failure::Machine(format!("{} cannot be written: {error}", place.display()))
            })?;
            let _ = writeln!(written, "{}", place.display());
        }
    }
    print(&written)
}

pub(super) fn report(options: &ReportOptions) -> Outcome {
    let language = language(options.lang);
    let (mut summaries, mut figures) = (Vec::new(), Vec::new());
    for path in &options.runs {
        let Stored { run, history } = stored(path)?;
        let files =
            folder::charts(&run.summary, &history, Charts::Svg, language).map_err(Failure::Machine)?;
        let drawn = files.into_iter().map(|(name, svg)| {
            let caption = name.trim_start_matches("charts/").trim_end_matches(".svg").to_string();
            Figure { caption, svg: String::from_utf8_lossy(&svg).into_owned() }
        });
        figures.push(drawn.collect());
        summaries.push(run.summary);
    }
    let html = page(&summaries, &figures, language).map_err(|error| Failure::Machine(error.to_string()))?;
    if options.out.as_os_str() == "-" {
        return print(&html);
    }
    std::fs::write(&options.out, html)
        .map_err(|error| Failure::Machine(format!("{} cannot be written: {error}", options.out.display())))?;
    print(&format!("{}\n", options.out.display()))
}
