//! `plancast fit`: inputs estimated from the record, as a scenario that extends the given one.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use super::arguments::FitOptions;
use super::diff::table;
use super::output::wrong;
use super::outputs::{Ending, Output};
use super::score::right;
use super::{CommandResult, Failure, figures, load, outputs, print, print_json, run};
use plancast::analysis::fit::{Fitted, FittedNumber, MomentCheck, Tests, write};
use plancast::chart::Size;
use plancast::chart::rows::{self, BarRow, FloatingBars, Tone};
use plancast::scenario::Loaded;
use plancast::scenario::load::MAX_BYTES;
use plancast::study::{FitAnswer, PreparedFit};
use plancast::text::number::{per_cent, trimmed};
use plancast::text::period::{label, step_of};
use plancast::text::visible;
use plancast::text::{Key, Language, Message};
use plancast::world::project::{FilePurpose, Project};
use plancast::world::{folder_of, read, read::sha256};
use plancast::{key, message, tr};

/// Below this a test says that something is left.
const RARE: f64 = 0.05;

pub(super) fn run(options: &FitOptions) -> CommandResult {
    let language = super::language();
    let loaded = load(&options.scenario, &[]);
    let question = PreparedFit::new(loaded).map_err(|error| run::failed(&error))?;
    let place = if options.dry_run { None } else { Some(out(options, &question.loaded)?) };
    admit(options, place.as_deref())?;
    let found = super::on_threads(options.threads, || question.answer(options.seed))?;
    let found = found.map_err(|error| run::failed(&error))?;
    if let Some(path) = &options.chart {
        figures::write(path, &chart(&question.loaded, &found.fits, language))?;
    }
    let written = match &place {
        Some(place) if !found.is_nothing_free() => Some(written(options, &question, &found, place)?),
        _ => None,
    };
    if options.json {
        let files = written.map(|files| files.map(|file| file.display().to_string()));
        return print_json(&found.json(files.as_ref().map(<[String; 2]>::as_slice)));
    }
    let mut text = found.fits.iter().map(|one| words(one, language)).collect::<Vec<_>>().join("\n\n") + "\n";
    if let Some([scenario, draws]) = &written {
        let line = tr!(
            language,
            "cli-fit-written",
            scenario = visible::path(scenario),
            draws = visible::path(draws),
            rows = found.fits[0].draws.rows.len()
        );
        let _ = writeln!(text, "\n{line}");
    } else if found.is_nothing_free() {
        let _ = writeln!(text, "\n{}", tr!(language, "cli-fit-nothing-free"));
    }
    print(&text)
}

/// Refuses files that the command reads, and two of the same name.
fn admit(options: &FitOptions, place: Option<&Path>) -> CommandResult {
    let draws = place.map(|place| place.with_extension("csv"));
    let mut all = Vec::new();
    let any = |option, place| Output { option, place, ending: Ending::Any };
    all.extend(place.map(|place| any("--out", place)));
    all.extend(draws.as_deref().map(|draws| any("--out", draws)));
    all.extend(options.chart.as_deref().map(|place| Output {
        option: "--chart",
        place,
        ending: outputs::PICTURE,
    }));
    outputs::admit(&all)
}

/// The file to write, which is none that someone else wrote.
fn out(options: &FitOptions, loaded: &Loaded) -> Result<PathBuf, Failure> {
    if options.scenario == "-" {
        return Err(wrong(message!("cli-fit-standard-input")));
    }
    let usual = || PathBuf::from(format!("{}-fitted.toml", loaded.scenario.id));
    let place = options.out.clone().unwrap_or_else(usual);
    if place.extension().is_none_or(|ending| ending != "toml") {
        return Err(wrong(message!("cli-fit-no-scenario", place = visible::path(&place))));
    }
    match not_ours(&place) {
        Some(path) => Err(wrong(message!("cli-fit-not-ours", place = visible::path(&path)))),
        _ if !reads(&place, &options.scenario) => {
            let (place, scenario) = (visible::path(&place), &options.scenario);
            Err(wrong(message!("cli-fit-outside", place = place, scenario = scenario)))
        }
        _ => Ok(place),
    }
}

/// The scenario that is written last holds the SHA-256 of what stands above, and that of its draws.
const SEAL: &str = "# plancast fit: sha256 ";

/// The last line of a fitted scenario.
fn seal(text: &str, draws: &[u8]) -> String {
    format!("{SEAL}{} above, {} of the draws\n", sha256(text.as_bytes()), sha256(draws))
}

/// The first of the files that would be written and is there, but not as plancast fit has written it.
fn not_ours(place: &Path) -> Option<PathBuf> {
    let csv = place.with_extension("csv");
    let is_there = |path: &Path| path.symlink_metadata().is_ok();
    let text = read::text(place, MAX_BYTES).map(|read| read.text).unwrap_or_default();
    let draws = read::bytes(&csv, MAX_BYTES).unwrap_or_default();
    let (above, sealed) = text.split_at(text.rfind(SEAL).unwrap_or(0));
    let is_whole = sealed.lines().count() == 1 && sealed.ends_with(" of the draws\n");
    let is_own = text.starts_with(write::MARK)
        && is_whole
        && sealed.contains(&format!("{} above", sha256(above.as_bytes())));
    let is_own_csv = is_own && sealed.contains(&format!("{} of the draws", sha256(&draws)));
    let others = [(place.to_owned(), is_own), (csv, is_own_csv)];
    others.into_iter().find(|(path, own)| is_there(path) && !own).map(|(path, _)| path)
}

/// Whether a scenario at this place may extend the one that is fitted.
fn reads(place: &Path, scenario: &str) -> bool {
    if !Path::new(scenario).is_file() {
        // It is built in.
        return true;
    }
    let folder = folder_of(place);
    Project::of(folder, super::access())
        .admit(folder, &extends(scenario, place), FilePurpose::Scenario)
        .is_ok()
}

/// Writes the scenario and its draws.
fn written(
    options: &FitOptions,
    question: &PreparedFit,
    found: &FitAnswer,
    place: &Path,
) -> Result<[PathBuf; 2], Failure> {
    let csv = place.with_extension("csv");
    let beside = csv.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let written = question.written(found, &extends(&options.scenario, place), &beside);
    let (text, draws) = written.map_err(|error| run::failed(&error))?;
    let text = format!("{text}{}", seal(&text, &draws));
    let files = [(csv.clone(), draws), (place.to_owned(), text.into_bytes())];
    super::write_files(&files)?;
    Ok([place.to_owned(), csv])
}

/// How a file at `place` names the given scenario: a built-in one by its name, a file by its way from there.
fn extends(scenario: &str, place: &Path) -> String {
    let given = Path::new(scenario);
    if !given.is_file() {
        return scenario.to_owned();
    }
    let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(given), Ok(parent)) = (given.canonicalize(), parent.canonicalize()) else {
        return scenario.to_owned();
    };
    let shared = given.components().zip(parent.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return given.display().to_string();
    }
    let up = parent.components().skip(shared).map(|_| Component::ParentDir);
    let parts = up.chain(given.components().skip(shared));
    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

fn words(one: &Fitted, language: Language) -> String {
    let mut parts = vec![head(one, language), estimates(one, language)];
    let tests: Vec<String> =
        one.tests.iter().enumerate().map(|(k, tests)| told(one, k, tests, language)).collect();
    parts.push(tests.join("\n"));
    if !one.moments.is_empty() {
        parts.push(moments(one, language));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// What was estimated, by which method, from which years.
fn head(one: &Fitted, language: Language) -> String {
    let of: Vec<&str> = one.series.iter().map(|series| series.of.as_str()).collect();
    let ([from, to], years, of) = (one.window, one.series[0].values.len(), of.join(", "));
    let (name, method, step) = (&one.name, method(one), step_of(from).name());
    match one.log_likelihood.map(|log| format!("{log:.3}")) {
        Some(log) => tr!(
            language,
            "cli-fit-head-likelihood",
            name = name,
            method = method,
            of = of,
            from = from,
            to = to,
            years = years,
            step = step,
            log = log
        ),
        None => tr!(
            language,
            "cli-fit-head",
            name = name,
            method = method,
            of = of,
            from = from,
            to = to,
            years = years,
            step = step
        ),
    }
}

fn method(one: &Fitted) -> Key {
    match (one.method, one.student_t) {
        ("ar1", false) => key!("cli-fit-method-ar1"),
        ("ar1", true) => key!("cli-fit-method-ar1-t"),
        ("var1", false) => key!("cli-fit-method-var1"),
        ("var1", true) => key!("cli-fit-method-var1-t"),
        ("local_level", _) => key!("cli-fit-method-local-level"),
        _ => key!("cli-fit-method-match"),
    }
}

fn estimates(one: &Fitted, language: Language) -> String {
    let is_match = one.method == "match";
    let mut head = vec![
        tr!(language, "cli-fit-estimate"),
        tr!(language, "cli-fit-input"),
        tr!(language, "cli-fit-most-likely"),
        tr!(language, "cli-fit-without-bias"),
        tr!(language, "cli-fit-draws"),
        tr!(language, "cli-fit-interval"),
    ];
    if is_match {
        head.drain(1..4);
    }
    let mut table = table(&head);
    for estimate in &one.estimates {
        let mut row = row(estimate);
        if is_match {
            row.drain(1..4);
        }
        table.add_row(row);
    }
    right(&mut table, if is_match { 1 } else { 2 });
    table.trim_fmt()
}

fn row(of: &FittedNumber) -> Vec<String> {
    let number = |value: f64| trimmed(value, 4);
    let most_likely = match (of.estimate, of.standard_error) {
        (Some(value), Some(error)) => format!("{} ± {}", number(value), trimmed(error, 2)),
        (Some(value), None) => number(value),
        (None, _) => "–".into(),
    };
    vec![
        of.name.clone(),
        of.input.clone().unwrap_or_else(|| "–".into()),
        most_likely,
        of.without_bias.map_or_else(|| "–".into(), number),
        format!("{} ± {}", number(of.mean), trimmed(of.sd, 2)),
        format!("{} – {}", number(of.low), number(of.high)),
    ]
}

/// What the tests of a series say.
fn told(one: &Fitted, k: usize, tests: &Tests, language: Language) -> String {
    let probability = |p: f64| if p < 0.001 { "< 0.001".to_owned() } else { format!("= {}", trimmed(p, 2)) };
    let verdict = |p: f64, [usual, rare]: [Key; 2]| {
        let words = if p < RARE { rare } else { usual };
        message!("cli-fit-verdict", words = words, probability = probability(p))
    };
    let mut said: Vec<Message> = Vec::new();
    if let Some(test) = tests.normality {
        said.push(verdict(test.p, [key!("cli-fit-normal"), key!("cli-fit-not-normal")]));
    }
    if let Some(test) = tests.autocorrelation {
        said.push(verdict(test.p, [key!("cli-fit-no-autocorrelation"), key!("cli-fit-autocorrelation")]));
    }
    let year = |observation: usize| one.window[0] + observation as i32 - 1;
    let end = |end: Option<usize>| end.map_or_else(|| "?".into(), |end| label(year(end)));
    for found in &tests.breaks.breaks {
        let (after, low, high) = (year(found.after), end(found.low), end(found.high));
        said.push(message!("cli-fit-break", after = after, low = low, high = high));
    }
    if let Some(p) = tests.breaks.p.map(probability) {
        said.push(if tests.breaks.breaks.is_empty() {
            message!("cli-fit-no-break", probability = p)
        } else {
            message!("cli-fit-persistence", probability = p)
        });
    }
    let all = said.into_iter().reduce(|all, next| message!("cli-fit-next", all = all, next = next));
    tr!(language, "cli-fit-tests", of = &one.series[k].of, tests = all.unwrap_or_default())
}

/// A moment in words: `sd of gdp_growth`.
fn moment(one: &Fitted, check: &MomentCheck, language: Language) -> String {
    let name = match check.moment {
        "mean" => key!("cli-fit-moment-mean"),
        "sd" => key!("cli-fit-moment-sd"),
        "autocorrelation" => key!("cli-fit-moment-autocorrelation"),
        _ => key!("cli-fit-moment-correlation"),
    };
    let of = &one.series[check.series].of;
    match check.other.map(|other| &one.series[other].of) {
        Some(other) => tr!(language, "cli-fit-moment-pair", moment = name, of = of, other = other),
        None => tr!(language, "cli-fit-moment", moment = name, of = of),
    }
}

fn moments(one: &Fitted, language: Language) -> String {
    let mut table = table(&[
        tr!(language, "cli-fit-column-moment"),
        tr!(language, "cli-fit-column-observed"),
        tr!(language, "cli-fit-column-simulated"),
        tr!(language, "cli-fit-interval"),
        tr!(language, "cli-fit-column-below"),
    ]);
    for check in &one.moments {
        table.add_row(vec![
            moment(one, check, language),
            trimmed(check.observed, 3),
            trimmed(check.median, 3),
            format!("{} – {}", trimmed(check.low, 3), trimmed(check.high, 3)),
            per_cent(&format!("{:.0}", 100.0 * check.below), language),
        ]);
    }
    right(&mut table, 1);
    let mut text = table.trim_fmt();
    if let Some(share) = one.plausibility {
        let share = trimmed(100.0 * share, 2);
        let _ = write!(text, "\n{}", tr!(language, "cli-fit-plausibility", share = share));
    }
    text
}

/// Observed moments against simulated ones, each in units of half the width of its simulated interval.
fn chart(loaded: &Loaded, found: &[Fitted], language: Language) -> String {
    let row = |one: &Fitted, check: &MomentCheck| {
        let unit = plancast::num::max((check.high - check.low) / 2.0, 1e-300);
        let at = |value: f64| (value - check.median) / unit;
        let (seen, median) = (trimmed(check.observed, 3), trimmed(check.median, 3));
        BarRow {
            title: moment(one, check, language),
            bars: vec![(at(check.low), at(check.high), Tone::Pale)],
            interval: Some((at(check.observed), at(check.observed))),
            label: tr!(language, "cli-fit-chart-label", seen = seen, median = median),
        }
    };
    let of_fit = |one: &Fitted| one.moments.iter().map(|check| row(one, check)).collect::<Vec<_>>();
    let figure = FloatingBars {
        title: tr!(language, "cli-fit-chart-title").into(),
        subtitle: tr!(language, "cli-fit-chart-subtitle").into(),
        legend: vec![(Tone::Pale, tr!(language, "cli-fit-chart-legend").into())],
        center: Some(0.0),
        rows: found.iter().flat_map(of_fit).collect(),
        footer: tr!(language, "cli-fit-chart-footer", id = &loaded.scenario.id),
        ..FloatingBars::default()
    };
    rows::draw(&figure, Size::default().width, language)
}
