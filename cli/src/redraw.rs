//! `plancast chart` and `plancast report`: pictures and a page from stored runs.

use std::path::{Path, PathBuf};

use super::arguments::{ChartOptions, FigureKind, ReportOptions};
use super::output::wrong;
use super::outputs::{Ending, Output, admit};
use super::{CommandResult, Failure, figures, live, load, print, several, signals};
use plancast::chart::Palette;
use plancast::message;
use plancast::report::{CatalogueItem, Material, PageContent, PageFigure, compared, page, side_by_side};
use plancast::result::{Comparison, Manifest, StoredRun, annotate, store, verify};
use plancast::scenario::{Scenario, builtin};
use plancast::study::{self, Background, Chart, ChartRequest, Options, Prepared, Watch};
use plancast::text::{Language, visible};

/// A stored run and what its figures need besides.
pub(super) struct RedrawnRun {
    pub(super) run: StoredRun,
    /// What `compare` found, where it wrote the folder.
    pub(super) comparison: Option<Comparison>,
    pub(super) background: Background,
    /// What was simulated.
    scenario: Scenario,
    /// What the command calls it: a name, or a file.
    origin: String,
}

impl RedrawnRun {
    /// A run folder, or a scenario, which is simulated.
    fn of(path: &Path, language: Language) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let is_scenario = !path.is_dir() && (path.is_file() || builtin::by_name(&name).is_some());
        if is_scenario { Self::simulated(name, language) } else { Self::load(path, language) }
    }

    fn simulated(origin: String, language: Language) -> Result<Self, Failure> {
        let prepared = Prepared::new(load(&origin, &[]), &Options::default(), false);
        let prepared = prepared.map_err(|error| super::run::failed(&error))?;
        let stop = signals::stop_flag();
        let watch = Watch { stop: Some(&stop), ..Watch::default() };
        let run = prepared.run(watch).map_err(|error| super::run::failed(&error))?;
        let run = StoredRun {
            folder: PathBuf::from(&origin),
            manifest: Manifest::default(),
            summary: run.summary,
            distributions: Some(run.distributions),
        };
        Ok(Self::with(run, None, prepared.loaded.scenario, origin, language))
    }

    fn load(path: &Path, language: Language) -> Result<Self, Failure> {
        warn_of_changes(path);
        super::outputs::reads_run(path);
        let run = store::load(path).map_err(|error| wrong(error.message()))?;
        let origin = path.join("scenario.toml").display().to_string();
        let scenario = load(&origin, &[]).scenario;
        let comparison = store::load_comparison(path).map_err(|error| wrong(error.message()))?;
        Ok(Self::with(run, comparison, scenario, origin, language))
    }

    fn with(
        mut run: StoredRun,
        comparison: Option<Comparison>,
        scenario: Scenario,
        origin: String,
        language: Language,
    ) -> Self {
        annotate(&mut run.summary, &scenario);
        let background = Background::of(&scenario, &run.summary, true, language);
        Self { run, comparison, background, scenario, origin }
    }

    pub(super) fn material(&self) -> Material<'_> {
        self.background.material(&self.run.summary, self.run.distributions.as_ref())
    }
}

/// Says which of the files that are read here were changed after the run had written them.
pub(super) fn warn_of_changes(run: &Path) {
    let changed = verify::changed(run, &["summary.json", "distributions.json", "scenario.toml"]);
    if !changed.is_empty() {
        let files: Vec<&str> = changed.iter().map(String::as_str).collect();
        super::warn(message!("cli-redraw-changed", files = files.as_slice(), folder = visible::path(run)));
    }
}

pub(super) fn chart(options: &ChartOptions) -> CommandResult {
    let language = super::language();
    let options = &ChartOptions { runs: distinct(&options.runs), ..options.clone() };
    let stored: Vec<RedrawnRun> =
        options.runs.iter().map(|path| RedrawnRun::load(path, language)).collect::<Result<_, _>>()?;
    let is_of = |year: i32| {
        stored.iter().any(|one| {
            let of = &one.run.summary.scenario;
            (of.start..=of.end).contains(&year)
        })
    };
    if let Some(year) = options.year.filter(|year| !is_of(*year)) {
        return Err(wrong(message!("cli-redraw-no-year", year = year)));
    }
    if let Some(file) = picture(options) {
        return to_file(&stored, file, options, language);
    }
    let folders = folders(options);
    // Figures of all runs lie where those of a single one would.
    let common = options.out.as_deref().unwrap_or(&options.runs[0]);
    let mut files = placed(&several::drawn(&stored, options, language)?, common, options)?;
    for (folder, stored) in folders.iter().zip(&stored) {
        // Of a comparison that is drawn again, its own figures have been drawn.
        if options.figure.is_empty() && stored.comparison.is_some() {
            continue;
        }
        files.extend(placed(&drawn(stored, options, language)?, folder, options)?);
    }
    if options.out.as_deref() == Some(Path::new("-")) {
        return to_stdout(&files);
    }
    let outputs: Vec<Output> =
        files.iter().map(|(place, _)| Output { option: "--out", place, ending: Ending::Any }).collect();
    admit(&outputs)?;
    super::write_files(&files)?;
    let places: Vec<String> = files.iter().map(|(place, _)| visible::path(place) + "\n").collect();
    print(&places.concat())
}

/// The runs, each once, however it is named.
fn distinct(runs: &[PathBuf]) -> Vec<PathBuf> {
    let real = |run: &PathBuf| run.canonicalize().unwrap_or_else(|_| run.clone());
    let is_first = |place: usize| !runs[..place].iter().any(|other| real(other) == real(&runs[place]));
    (0..runs.len()).filter(|place| is_first(*place)).map(|place| runs[place].clone()).collect()
}

/// The file that is asked for in place of a folder: a name with the ending of a picture.
fn picture(options: &ChartOptions) -> Option<&Path> {
    let out = options.out.as_deref().filter(|out| !out.is_dir())?;
    let ending = out.extension()?;
    ["svg", "png"].iter().any(|known| ending.eq_ignore_ascii_case(known)).then_some(out)
}

/// Writes the one figure that was asked for to a file.
fn to_file(stored: &[RedrawnRun], file: &Path, options: &ChartOptions, language: Language) -> CommandResult {
    let mut all = several::drawn(stored, options, language)?;
    for one in stored.iter().filter(|one| !options.figure.is_empty() || one.comparison.is_none()) {
        all.extend(drawn(one, options, language)?);
    }
    let [figure] = all.as_slice() else {
        let file = visible::path(file);
        return Err(wrong(message!("cli-redraw-file-takes-one", file = file, count = all.len())));
    };
    admit(&[Output { option: "--out", place: file, ending: Ending::Any }])?;
    figures::write(file, &Palette::from(options.palette).recolour(&figure.svg))?;
    print(&format!("{}\n", visible::path(file)))
}

/// Where the figures of each run go: into its own folder, or into the one that was asked for, in which each of several
/// runs has a folder of its own.
fn folders(options: &ChartOptions) -> Vec<PathBuf> {
    let Some(out) = &options.out else { return options.runs.clone() };
    if options.runs.len() == 1 {
        return vec![out.clone()];
    }
    let mut taken: Vec<PathBuf> = vec![out.join("charts")];
    for run in &options.runs {
        let real = run.canonicalize().unwrap_or_else(|_| run.clone());
        let name = real.file_name().map_or_else(|| "run".into(), |name| name.to_string_lossy().into_owned());
        let numbered = (2..).map(|number| out.join(format!("{name}-{number}")));
        let free = std::iter::once(out.join(&name)).chain(numbered).find(|folder| !taken.contains(folder));
        taken.extend(free);
    }
    taken.split_off(1)
}

/// The files of figures in a folder, each with a name that no other has.
fn placed(
    drawn: &[Chart],
    folder: &Path,
    options: &ChartOptions,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Failure> {
    let files = figures::files(drawn, options.charts, options.palette.into()).map_err(Failure::Machine)?;
    Ok(files.into_iter().map(|(name, bytes)| (folder.join(name), bytes)).collect())
}

/// Writes the one figure that was asked for to standard output.
fn to_stdout(files: &[(PathBuf, Vec<u8>)]) -> CommandResult {
    if let [(_, bytes)] = files {
        return super::print_bytes(bytes);
    }
    Err(wrong(message!("cli-redraw-one-figure", count = files.len())))
}

/// The figures of one run that were asked for.
fn drawn(stored: &RedrawnRun, options: &ChartOptions, language: Language) -> Result<Vec<Chart>, Failure> {
    study::drawn(&stored.material(), &request(options, language)).map_err(|refusal| wrong(refusal.message()))
}

/// What a command line asks for.
fn request(options: &ChartOptions, language: Language) -> ChartRequest {
    let mut request =
        ChartRequest::default().size(options.size.width, options.size.height).language(language);
    for figure in &options.figure {
        match figure {
            FigureKind::One(kind) => request.kinds.push(*kind),
            FigureKind::All => request.all = true,
        }
    }
    request.variables.clone_from(&options.variable);
    request.group.clone_from(&options.group);
    request.year = options.year;
    request
}

/// Says that a figure does not show something, and what there is.
pub(super) fn unknown(name: &str, available: &[CatalogueItem]) -> Failure {
    wrong(study::unknown(name, available).message())
}

pub(super) fn report(options: &ReportOptions) -> CommandResult {
    let language = super::language();
    options.runs.iter().filter(|run| run.is_dir()).for_each(|run| super::outputs::reads_run(run));
    if options.live && options.runs.len() > 1 {
        return Err(wrong(message!("cli-live-one")));
    }
    admit(&[Output { option: "--out", place: &options.out, ending: Ending::Only(&["html", "htm"]) }])?;
    let (mut summaries, mut figures, mut comparison) = (Vec::new(), Vec::new(), None);
    let (mut source, mut moved) = (String::new(), None);
    for path in &options.runs {
        let stored = RedrawnRun::of(path, language)?;
        if options.runs.len() == 1 {
            comparison.clone_from(&stored.comparison);
        }
        let drawn = study::usual(&stored.material(), language);
        figures.push(drawn.into_iter().map(PageFigure::from).collect::<Vec<_>>());
        if options.live {
            moved = Some((stored.scenario, stored.origin));
        }
        if summaries.is_empty() {
            source = stored.background.source;
        }
        summaries.push(stored.run.summary);
    }
    let comparison = comparison.or_else(|| compared::of_runs(&summaries));
    let drawn = comparison.iter().flat_map(|comparison| side_by_side::all(comparison, &source, language));
    let side_by_side: Vec<PageFigure> = drawn.map(PageFigure::from).collect();
    let comparison = comparison.as_ref().map(|comparison| (comparison, side_by_side.as_slice()));
    let content = PageContent { runs: &summaries, figures: &figures, comparison };
    let mut html = page(&content, language).map_err(|error| Failure::machine(&error))?;
    if let Some((scenario, origin)) = &moved {
        html = live::page(&html, (scenario, origin), &summaries[0], (&source, options.compat), language)?;
    }
    if options.out.as_os_str() == "-" {
        return print(&html);
    }
    super::write_file(&options.out, html.into_bytes())?;
    print(&format!("{}\n", visible::path(&options.out)))
}
