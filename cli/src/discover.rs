//! `plancast discover`: in what futures a target is missed.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::arguments::DiscoverOptions;
use super::output::wrong;
use super::{CommandResult, Failure, diagnose, figures, load, memory, outputs, print, print_json, warn};
use plancast::analysis::discover::{self, Discovery, discover};
use plancast::analysis::prim::{FoundBox, Limit, PARTS, Quality};
use plancast::analysis::statement::compiled;
use plancast::chart::Size;
use plancast::chart::rows::{self, BarRow, FloatingBars, Tone};
use plancast::model::{Model, RecordedVariables};
use plancast::text::number::{per_cent, significant, trimmed};
use plancast::text::probability::KnownProbability;
use plancast::text::{Language, Message, grade, suggest::did_you_mean};
use plancast::{key, message, tr};

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-discover/1";

pub(super) fn run(options: &DiscoverOptions) -> CommandResult {
    let language = super::language();
    let mut loaded = load(&options.scenario, &options.overrides.set);
    super::counts_all_paths(&loaded, "discover")?;
    let options = &DiscoverOptions { sample: options.sample.with(&loaded.scenario.run), ..options.clone() };
    let compiled = compiled(&loaded.scenario, &RecordedVariables::Replay);
    let model = match compiled {
        Ok(model) if !loaded.diagnostics.has_errors() => model,
        other => {
            let found = other.err().map(|diagnostics| diagnostics.0).unwrap_or_default();
            found.into_iter().for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
            diagnose::report(&loaded.files, &loaded.diagnostics);
            return Err(Failure::Input);
        }
    };
    let Some(target) = model.labels.targets.iter().position(|label| label.name == options.target) else {
        let names: Vec<&str> = model.labels.targets.iter().map(|label| label.name.as_str()).collect();
        let kind = key!("text-kind-targets");
        let message = match did_you_mean(&options.target, &names, kind) {
            Some(help) => message!("cli-discover-no-target", name = &options.target, help = help),
            None => message!("cli-discover-no-targets", name = &options.target),
        };
        return Err(wrong(message));
    };
    if let Some(decided) = model.labels.targets[target].decided.filter(|decided| decided.is_recorded()) {
        let name = &options.target;
        let message = if decided.holds() {
            message!("cli-discover-recorded-met", name = name)
        } else {
            message!("cli-discover-recorded-missed", name = name)
        };
        return Err(wrong(message));
    }
    outputs::admit_picture(options.chart.as_deref())?;
    let sample = options.sample;
    let need = discover::memory(&model, target as u32, sample.paths());
    memory::refuse_answer(need, sample.memory, sample.paths())?;
    let found = discover(&model, target as u32, sample.seed(), sample.paths(), options.boxes);
    if let (Some(path), Some(first)) = (&options.chart, found.boxes.first()) {
        let footer = figures::footer(&loaded.scenario, sample, language);
        let drawn = FloatingBars { footer, ..chart(&model, &found, first, options, language) };
        figures::write(path, &rows::draw(&drawn, Size::default().width, language))?;
    }
    if options.chart.is_some() && found.boxes.is_empty() {
        warn(message!("cli-discover-nothing-drawn"));
    }
    if options.json {
        return print_json(&as_json(&model, &found, options));
    }
    print(&text(&model, &found, options, language))
}

/// The boxes as data: each limit as quantiles of its input and as values; `null` where it has no such end.
fn as_json(model: &Model, found: &Discovery, options: &DiscoverOptions) -> Value {
    let quality = |q: &Quality| json!({ "coverage": q.coverage, "density": q.density, "mass": q.mass });
    let limit = |limit: &Limit| {
        let column = &found.columns[limit.input];
        let end = |part: u16| {
            (part > 0 && part < PARTS)
                .then(|| json!({ "quantile": f64::from(part) / f64::from(PARTS), "value": column.at(part) }))
        };
        json!({
            "input": model.inputs[column.input].name,
            "years": column.years,
            "low": end(limit.low), "high": end(limit.high + 1),
            "quasi_p_value": limit.chance,
        })
    };
    let one = |one: &FoundBox| {
        json!({
            "limits": one.limits.iter().map(limit).collect::<Vec<_>>(),
            "quality": quality(&one.quality),
            "tradeoff": one.curve.iter().map(quality).collect::<Vec<_>>(),
        })
    };
    json!({
        "schema": SCHEMA,
        "scenario": model.labels.id,
        "target": options.target,
        "seed": options.sample.seed(),
        "paths": found.paths,
        "missed": found.missed,
        "boxes": found.boxes.iter().map(one).collect::<Vec<_>>(),
    })
}

/// On how many paths it is missed.
fn missed_of(found: &Discovery, language: Language) -> String {
    KnownProbability::counted(found.missed, found.paths).short(language)
}

/// Coverage, density and mass of a box in words.
fn quality(found: &Discovery, quality: &Quality, language: Language) -> [String; 3] {
    let of = |share: f64, paths: f64| KnownProbability::counted(share, paths.round() as u64).short(language);
    let paths = found.paths as f64;
    [
        of(quality.coverage, found.missed * paths),
        of(quality.density, quality.mass * paths),
        of(quality.mass, paths),
    ]
}

fn text(model: &Model, found: &Discovery, options: &DiscoverOptions, language: Language) -> String {
    let (target, missed) = (target_title(model, options, language), missed_of(found, language));
    let decided = model.labels.targets.iter().find(|label| label.name == options.target);
    if let Some(decided) = decided.and_then(|label| label.decided) {
        let text = if decided.holds() {
            tr!(language, "cli-discover-always-met", target = target)
        } else {
            tr!(language, "cli-discover-always-missed", target = target)
        };
        return text + "\n";
    }
    let paths = found.paths;
    let mut text = tr!(language, "cli-discover-missed", target = target, missed = missed, paths = paths);
    text.push('\n');
    if found.boxes.is_empty() {
        text.extend([tr!(language, "cli-discover-no-range"), "\n"]);
    }
    for (number, one) in found.boxes.iter().enumerate() {
        let limits = limits(model, found, one, language).join("\n   ");
        let [coverage, density, mass] = quality(found, &one.quality, language);
        let quality =
            tr!(language, "cli-discover-quality", coverage = coverage, density = density, mass = mass);
        let tradeoff = tradeoff(found, one, language);
        let _ = write!(text, "\n{}. {limits}\n   {quality}\n   {tradeoff}\n", number + 1);
    }
    text
}

/// The limits of a box, which follow each other as parts of a sentence.
fn limits(model: &Model, found: &Discovery, one: &FoundBox, language: Language) -> Vec<String> {
    let last = one.limits.len().saturating_sub(1);
    let line = |(place, limit): (usize, &Limit)| {
        let limit = sentence(model, found, limit, language);
        let limit = if place > 0 { message!("cli-discover-and", limit = limit) } else { limit };
        if place < last {
            tr!(language, "cli-discover-further-limits", limit = limit)
        } else {
            tr!(language, "cli-discover-last-limit", limit = limit)
        }
    };
    one.limits.iter().enumerate().map(line).collect()
}

/// The trade-off curve at a few places.
fn tradeoff(found: &Discovery, one: &FoundBox, language: Language) -> String {
    let step = one.curve.len().div_ceil(6).max(1);
    let points: Vec<String> = one
        .curve
        .iter()
        .step_by(step)
        .skip(1)
        .map(|point| {
            let [coverage, density, _] = quality(found, point, language);
            format!("{coverage} / {density}")
        })
        .collect();
    let points = points.join(tr!(language, "cli-discover-comma"));
    tr!(language, "cli-discover-tradeoff", points = points)
}

/// What an input is called: its title, with the year it holds from where several of its years are looked at, and its
/// name where that is not enough to tell it from another.
fn title(model: &Model, found: &Discovery, limit: &Limit, language: Language) -> String {
    let own = found.columns[limit.input].input;
    let driver = &model.drivers[own];
    // Correlated inputs share a title; here each stands for itself.
    let titled = |input: usize| model.drivers[input].own_title.get(language);
    let alike =
        || found.columns.iter().map(|column| column.input).filter(|input| titled(*input) == titled(own));
    let name = &model.inputs[own].name;
    let year = |input: usize| model.inputs[input].name.rsplit_once('.').map(|(_, year)| year.to_owned());
    let title = titled(own);
    let is_alone = |own_year| alike().filter(|input| year(*input).as_ref() == Some(own_year)).count() == 1;
    let title = match year(own) {
        _ if alike().count() < 2 => title.to_owned(),
        Some(own_year) if is_alone(&own_year) => {
            tr!(language, "cli-discover-input-of-year", title = title, year = own_year)
        }
        _ => tr!(language, "cli-discover-input-named", title = title, name = name),
    };
    title + &grade::mark(&driver.grade)
}

fn target_title<'a>(model: &'a Model, options: &'a DiscoverOptions, language: Language) -> &'a str {
    let label = model.labels.targets.iter().find(|label| label.name == options.target);
    match label.map_or("", |label| label.title.get(language)) {
        "" => &options.target,
        title => title,
    }
}

/// `Coal price below its 30 % quantile (0.012)`.
fn sentence(model: &Model, found: &Discovery, limit: &Limit, language: Language) -> Message {
    let column = &found.columns[limit.input];
    let name = title(model, found, limit, language);
    let input = if column.years > 1 {
        message!("cli-discover-input-mean", input = name, years = column.years)
    } else {
        Message::verbatim(name)
    };
    let chance = if limit.chance < 0.001 { "< 0.001".to_owned() } else { format!("{:.3}", limit.chance) };
    match range(model, found, limit) {
        Some(range) => message!("cli-discover-limit", input = input, range = range, chance = chance),
        None => message!("cli-discover-no-limit", input = input, chance = chance),
    }
}

/// Within what an input lies; `None` where that is everywhere.
fn range(model: &Model, found: &Discovery, limit: &Limit) -> Option<Message> {
    let column = &found.columns[limit.input];
    if let Some(only) = column.only(limit.low, limit.high) {
        // A whole number may be a year: it is not grouped by thousands.
        let only = if only.fract() == 0.0 && only.abs() < 1e15 { only.to_string() } else { trimmed(only, 6) };
        return Some(message!("cli-discover-is", value = only));
    }
    if let Some(ends) = column.whole_ends(limit.low, limit.high) {
        return match ends {
            (Some(low), Some(high)) => {
                Some(message!("cli-discover-within", low = low.to_string(), high = high.to_string()))
            }
            (Some(low), None) => Some(message!("cli-discover-at-least", low = low.to_string())),
            (None, Some(high)) => Some(message!("cli-discover-at-most", high = high.to_string())),
            (None, None) => None,
        };
    }
    let quantile = |part: u16| {
        message!("text-per-cent", number = format!("{:.0}", f64::from(part) / f64::from(PARTS) * 100.0))
    };
    let value = |part: u16| {
        let x = column.at(part);
        let text = significant(x, (column.at(PARTS / 2 + PARTS / 3) - column.at(PARTS / 6)).abs() / 50.0);
        let is_year = model.inputs[column.input].provenance.unit.as_deref().map(str::trim) == Some("year");
        if is_year { text.replace(',', "") } else { text }
    };
    Some(match (limit.low, limit.high + 1) {
        (0, high) => message!("cli-discover-below", quantile = quantile(high), value = value(high)),
        (low, PARTS) => message!("cli-discover-above", quantile = quantile(low), value = value(low)),
        (low, high) => message!(
            "cli-discover-between",
            low = quantile(low),
            high = quantile(high),
            least = value(low),
            most = value(high)
        ),
    })
}

/// The box as ranges of its inputs' quantiles.
fn chart(
    model: &Model,
    found: &Discovery,
    one: &FoundBox,
    options: &DiscoverOptions,
    language: Language,
) -> FloatingBars {
    let row = |limit: &Limit| {
        let share = |part: u16| f64::from(part) / f64::from(PARTS);
        let (low, high) = (share(limit.low), share(limit.high + 1));
        BarRow {
            title: title(model, found, limit, language),
            bars: vec![(0.0, 1.0, Tone::Pale), (low, high, Tone::Low)],
            interval: None,
            label: per_cent(&format!("{:.0}–{:.0}", low * 100.0, high * 100.0), language),
        }
    };
    let [coverage, density, _] = quality(found, &one.quality, language);
    let target = target_title(model, options, language);
    let all = missed_of(found, language);
    FloatingBars {
        title: tr!(language, "cli-discover-chart", target = target),
        subtitle: tr!(
            language,
            "cli-discover-chart.subtitle",
            coverage = coverage,
            density = density,
            all = all
        ),
        legend: vec![(Tone::Low, tr!(language, "cli-discover-chart.legend").to_owned())],
        percent: true,
        rows: one.limits.iter().map(row).collect(),
        ..FloatingBars::default()
    }
}
