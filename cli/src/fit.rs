//! `plancast fit`: inputs estimated from the record, as a scenario that extends the given one.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use serde_json::json;

use super::arguments::FitOptions;
use super::diff::table;
use super::outputs::{Ending, Output};
use super::score::right;
use super::{CommandResult, Failure, diagnose, figures, load, outputs, print, print_json, say};
use plancast::analysis::fit::{FitRequest, Fitted, FittedNumber, MomentCheck, Tests, fit, write};
use plancast::analysis::statement::compiled;
use plancast::chart::Size;
use plancast::chart::rows::{self, BarRow, FloatingBars, Tone};
use plancast::model::RecordedVariables;
use plancast::scenario::Loaded;
use plancast::scenario::load::MAX_BYTES;
use plancast::text::number::{count, trimmed};
use plancast::text::visible;
use plancast::text::{DiagnosticList, Language};
use plancast::world::project::{FilePurpose, Project};
use plancast::world::{folder_of, read, read::sha256};

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-fit/1";

/// Below this a test says that something is left.
const RARE: f64 = 0.05;

pub(super) fn run(options: &FitOptions) -> CommandResult {
    let language = super::language();
    let mut loaded = load(&options.scenario, &[]);
    if loaded.diagnostics.has_errors() {
        return Err(refuse(&mut loaded, DiagnosticList::default()));
    }
    if let Err(diagnostics) = compiled(&loaded.scenario, &RecordedVariables::Headlines) {
        return Err(refuse(&mut loaded, diagnostics));
    }
    let place = if options.dry_run { None } else { Some(out(options, &loaded)?) };
    admit(options, place.as_deref())?;
    let request = FitRequest { seed: options.seed, diagnostics: true };
    let found = super::on_threads(options.threads, || fit(&loaded.scenario, request))?;
    let found = found.map_err(|diagnostics| refuse(&mut loaded, diagnostics))?;
    if let Some(path) = &options.chart {
        figures::write(path, &chart(&loaded, &found, language))?;
    }
    let nothing_free = found.iter().all(|one| one.inputs.is_empty());
    let written = match &place {
        Some(place) if !nothing_free => Some(written(options, &mut loaded, &found, place)?),
        _ => None,
    };
    if options.json {
        let files = written.map(|files| files.map(|file| file.display().to_string()));
        let (id, seed) = (&loaded.scenario.id, options.seed);
        return print_json(
            &json!({ "schema": SCHEMA, "scenario": id, "seed": seed, "fits": found, "written": files }),
        );
    }
    let mut text = found.iter().map(|one| words(one, language)).collect::<Vec<_>>().join("\n\n") + "\n";
    if let Some([scenario, draws]) = &written {
        let (scenario, draws, rows) =
            (visible::path(scenario), visible::path(draws), count(found[0].draws.rows.len() as u64));
        let _ = match language {
            Language::En => writeln!(
                text,
                "\nWrote {scenario}, which draws these estimates jointly from {draws} ({rows} rows)."
            ),
            Language::Zh => {
                writeln!(text, "\n已写入 {scenario}；各估计值从 {draws} 中成行联合抽取（{rows}行）。")
            }
        };
    } else if nothing_free {
        text += match language {
            Language::En => "\nNo input is free, so nothing was written.\n",
            Language::Zh => "\n没有指定由估计值取代的输入（free），未写入文件。\n",
        };
    }
    print(&text)
}

fn refuse(loaded: &mut Loaded, diagnostics: DiagnosticList) -> Failure {
    diagnostics.0.into_iter().for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
    diagnose::report(&loaded.files, &loaded.diagnostics);
    Failure::Input
}

fn wrong(message: &str, help: &str) -> Failure {
    say(&format!("{message}; {help}"));
    Failure::Input
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
        return Err(wrong(
            "what comes from standard input cannot be extended",
            "save it as a file, or use --dry-run",
        ));
    }
    let usual = || PathBuf::from(format!("{}-fitted.toml", loaded.scenario.id));
    let place = options.out.clone().unwrap_or_else(usual);
    if place.extension().is_none_or(|ending| ending != "toml") {
        return Err(wrong(&format!("{} is no name of a scenario", visible::path(&place)), "--out FILE.toml"));
    }
    match not_ours(&place) {
        Some(path) => Err(wrong(
            &format!(
                "{} is there already, and plancast fit did not write it, or it was changed since",
                visible::path(&path)
            ),
            "name another file with --out, or move it away",
        )),
        _ if !reads(&place, &options.scenario) => Err(wrong(
            &format!(
                "{} could not read {}, which lies outside of its project",
                visible::path(&place),
                options.scenario
            ),
            "put an empty file plancast.toml into a folder above both, name another file with --out, or add --allow-outside",
        )),
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
    loaded: &mut Loaded,
    found: &[Fitted],
    place: &Path,
) -> Result<[PathBuf; 2], Failure> {
    let csv = place.with_extension("csv");
    let beside = csv.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let extends = extends(&options.scenario, place);
    let text = write::scenario(&loaded.scenario, found, &extends, &beside)
        .map_err(|diagnostics| refuse(loaded, diagnostics))?;
    let draws = write::draws(found);
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
    let of: Vec<&str> = one.series.iter().map(|series| series.of.as_str()).collect();
    let ([from, to], years, of) = (one.window, one.series[0].values.len(), of.join(", "));
    let method = method(one, language);
    let likelihood = one.log_likelihood.map_or_else(String::new, |log| match language {
        Language::En => format!(", log-likelihood {log:.3}"),
        Language::Zh => format!("，对数似然 {log:.3}"),
    });
    let head = match language {
        Language::En => format!("{}: {method} of {of}, {from}–{to} ({years} years){likelihood}", one.name),
        Language::Zh => format!("{}：{of}，{method}，{from}—{to}年（{years}个观测）{likelihood}", one.name),
    };
    let mut parts = vec![head, estimates(one, language)];
    let tests: Vec<String> =
        one.tests.iter().enumerate().map(|(k, tests)| told(one, k, tests, language)).collect();
    parts.push(tests.join("\n"));
    if !one.moments.is_empty() {
        parts.push(moments(one, language));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn method(one: &Fitted, language: Language) -> &'static str {
    match (one.method, one.student_t, language) {
        ("ar1", false, Language::En) => "autoregression (exact likelihood)",
        ("ar1", true, Language::En) => "autoregression with t innovations (given the first value)",
        ("var1", false, Language::En) => "vector autoregression (exact likelihood)",
        ("var1", true, Language::En) => "vector autoregression with t innovations (given the first values)",
        ("local_level", _, Language::En) => "local level (exact likelihood without the first value)",
        (_, _, Language::En) => "match of simulated moments",
        ("ar1", false, Language::Zh) => "一阶自回归（精确似然）",
        ("ar1", true, Language::Zh) => "一阶自回归，t分布新息（以首个观测为条件）",
        ("var1", false, Language::Zh) => "一阶向量自回归（精确似然）",
        ("var1", true, Language::Zh) => "一阶向量自回归，t分布新息（以首个观测为条件）",
        ("local_level", _, Language::Zh) => "局部水平模型（精确似然，不含首个观测）",
        (_, _, Language::Zh) => "模拟矩匹配",
    }
}

fn estimates(one: &Fitted, language: Language) -> String {
    let is_match = one.method == "match";
    let mut head = match language {
        Language::En => vec!["Estimate", "Input", "Most likely", "Without bias", "Draws", "5 % – 95 %"],
        Language::Zh => vec!["估计量", "输入", "最大似然", "偏差修正后", "抽样", "5%—95%"],
    };
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
    let verdict = |p: f64, en: [&'static str; 2], zh: [&'static str; 2]| {
        let rare = usize::from(p < RARE);
        match language {
            Language::En => format!("{} (p {})", en[rare], probability(p)),
            Language::Zh => format!("{}（p {}）", zh[rare], probability(p)),
        }
    };
    let mut said = Vec::new();
    if let Some(test) = tests.normality {
        said.push(verdict(
            test.p,
            ["innovations look normal", "innovations are not normal"],
            ["新息接近正态", "新息不是正态"],
        ));
    }
    if let Some(test) = tests.autocorrelation {
        said.push(verdict(
            test.p,
            ["no autocorrelation is left", "autocorrelation is left"],
            ["残差无自相关", "残差仍有自相关"],
        ));
    }
    let year = |observation: usize| one.window[0] + observation as i32 - 1;
    let end = |end: Option<usize>| end.map_or_else(|| "?".into(), |end| year(end).to_string());
    for found in &tests.breaks.breaks {
        let (after, low, high) = (year(found.after), end(found.low), end(found.high));
        said.push(match language {
            Language::En => format!("the mean breaks after {after} (95 %: {low}–{high})"),
            Language::Zh => format!("均值在{after}年后断裂（95%区间：{low}—{high}年）"),
        });
    }
    if let Some(p) = tests.breaks.p {
        said.push(match (language, tests.breaks.breaks.is_empty()) {
            (Language::En, true) => format!("no break of the mean (p {})", probability(p)),
            (Language::En, false) => {
                format!("persistence alone makes one as large with p {}", probability(p))
            }
            (Language::Zh, true) => format!("均值无断裂（p {}）", probability(p)),
            (Language::Zh, false) => format!("仅凭持续性出现同等断裂的概率 p {}", probability(p)),
        });
    }
    let of = &one.series[k].of;
    match language {
        Language::En => format!("{of}: {}.", said.join("; ")),
        Language::Zh => format!("{of}：{}。", said.join("；")),
    }
}

/// A moment in words: `sd of gdp_growth`.
fn moment(one: &Fitted, check: &MomentCheck, language: Language) -> String {
    let of = |k: usize| one.series[k].of.as_str();
    let name = match (check.moment, language) {
        (name, Language::En) => name,
        ("mean", Language::Zh) => "均值",
        ("sd", Language::Zh) => "标准差",
        ("autocorrelation", Language::Zh) => "自相关",
        (_, Language::Zh) => "相关系数",
    };
    match (check.other, language) {
        (Some(other), Language::En) => format!("{name} of {} and {}", of(check.series), of(other)),
        (None, Language::En) => format!("{name} of {}", of(check.series)),
        (Some(other), Language::Zh) => format!("{}与{}的{name}", of(check.series), of(other)),
        (None, Language::Zh) => format!("{}的{name}", of(check.series)),
    }
}

fn moments(one: &Fitted, language: Language) -> String {
    let head = match language {
        Language::En => ["Moment", "Observed", "Simulated median", "5 % – 95 %", "Simulated below"],
        Language::Zh => ["矩", "实际", "模拟中位数", "5%—95%", "模拟值较低的占比"],
    };
    let mut table = table(&head);
    for check in &one.moments {
        table.add_row(vec![
            moment(one, check, language),
            trimmed(check.observed, 3),
            trimmed(check.median, 3),
            format!("{} – {}", trimmed(check.low, 3), trimmed(check.high, 3)),
            format!("{:.0} %", 100.0 * check.below),
        ]);
    }
    right(&mut table, 1);
    let mut text = table.trim_fmt();
    if let Some(share) = one.plausibility {
        let share = trimmed(100.0 * share, 2);
        let _ = match language {
            Language::En => write!(
                text,
                "\nOf records simulated from the priors {share} % are as far from their center as the one observed."
            ),
            Language::Zh => write!(text, "\n按先验模拟的记录中，有{share}%与其中心的距离不小于实际记录。"),
        };
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
            label: match language {
                Language::En => format!("{seen}, simulated {median}"),
                Language::Zh => format!("实际{seen}，模拟{median}"),
            },
        }
    };
    let of_fit = |one: &Fitted| one.moments.iter().map(|check| row(one, check)).collect::<Vec<_>>();
    let (title, subtitle, legend, footer) = match language {
        Language::En => (
            "Observed against simulated moments",
            "The mark is the record; in half widths of the simulated interval from its median",
            "90 % of simulated records of the same length",
            format!("plancast fit · scenario {}", loaded.scenario.id),
        ),
        Language::Zh => (
            "实际矩与模拟矩",
            "竖线为实际记录；横轴为距模拟中位数的距离，以模拟区间半宽为单位",
            "同样长度的模拟记录的90%",
            format!("plancast fit · 情景 {}", loaded.scenario.id),
        ),
    };
    let figure = FloatingBars {
        title: title.into(),
        subtitle: subtitle.into(),
        legend: vec![(Tone::Pale, legend.into())],
        center: Some(0.0),
        rows: found.iter().flat_map(of_fit).collect(),
        footer,
        ..FloatingBars::default()
    };
    rows::draw(&figure, Size::default().width)
}
