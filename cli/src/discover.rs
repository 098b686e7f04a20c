//! `plancast discover`: in what futures a target is missed.

use serde_json::{Value, json};

use super::arguments::DiscoverOptions;
use super::{CommandResult, Failure, diagnose, figures, load, memory, outputs, print, print_json, say, warn};
use plancast::analysis::discover::{self, Discovery, discover};
use plancast::analysis::prim::{FoundBox, Limit, PARTS, Quality};
use plancast::analysis::statement::compiled;
use plancast::chart::Size;
use plancast::chart::rows::{self, BarRow, FloatingBars, Tone};
use plancast::model::{Model, RecordedVariables};
use plancast::text::number::{count, paths, significant, trimmed};
use plancast::text::probability::KnownProbability;
use plancast::text::{Language, grade, suggest::did_you_mean};

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
        let help =
            did_you_mean(&options.target, &names, plancast::key!("text-kind-targets")).unwrap_or_default();
        say(&format!("there is no target \"{}\"; {help}", options.target));
        return Err(Failure::Input);
    };
    if let Some(decided) = model.labels.targets[target].decided.filter(|decided| decided.is_recorded()) {
        let (name, met) = (&options.target, if decided.holds() { "met" } else { "missed" });
        say(&format!("[history] tells the outcome of {name}: it was {met}, in every future"));
        return Err(Failure::Input);
    }
    outputs::admit_picture(options.chart.as_deref())?;
    let sample = options.sample;
    let need = discover::memory(&model, target as u32, sample.paths());
    memory::refuse_answer(need, sample.memory, sample.paths())?;
    let found = discover(&model, target as u32, sample.seed(), sample.paths(), options.boxes);
    if let (Some(path), Some(first)) = (&options.chart, found.boxes.first()) {
        let footer = figures::footer(&loaded.scenario, sample, language);
        let drawn = FloatingBars { footer, ..chart(&model, &found, first, options, language) };
        figures::write(path, &rows::draw(&drawn, Size::default().width))?;
    }
    if options.chart.is_some() && found.boxes.is_empty() {
        warn("no range of inputs tells where the target is missed: nothing was drawn");
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
        return match (language, decided.holds()) {
            (Language::En, true) => format!("\"{target}\" is met in every future, whatever is drawn.\n"),
            (Language::En, false) => format!("\"{target}\" is missed in every future, whatever is drawn.\n"),
            (Language::Zh, true) => format!("“{target}”必然达成，与抽样无关。\n"),
            (Language::Zh, false) => format!("“{target}”不可能达成，与抽样无关。\n"),
        };
    }
    let mut text = match language {
        Language::En => format!("\"{target}\" is missed on {missed} of {}.\n", paths(found.paths)),
        Language::Zh => format!("“{target}”在{}条路径中有{missed}未达成。\n", count(found.paths)),
    };
    if found.boxes.is_empty() {
        text += match language {
            Language::En => "No range of inputs tells where.\n",
            Language::Zh => "没有哪些输入的取值范围能说明原因。\n",
        };
    }
    for (number, one) in found.boxes.iter().enumerate() {
        let limits: Vec<String> =
            one.limits.iter().map(|limit| sentence(model, found, limit, language)).collect();
        let [coverage, density, mass] = quality(found, &one.quality, language);
        let line = match language {
            Language::En => format!(
                "\n{}. {}:\n   {coverage} of the misses, missed on {density} of such paths ({mass} of all).\n",
                number + 1,
                limits.join(",\n   and ")
            ),
            Language::Zh => format!(
                "\n{}. {}：\n   占全部未达成的{coverage}，此类路径中有{density}未达成（占全部路径的{mass}）。\n",
                number + 1,
                limits.join("，\n   且")
            ),
        };
        text += &line;
        text += &tradeoff(found, one, language);
    }
    text
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
    match language {
        Language::En => format!("   Trade-off of coverage and density: {}\n", points.join(", ")),
        Language::Zh => format!("   覆盖率与密度的取舍：{}\n", points.join("，")),
    }
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
    let more = match year(own) {
        _ if alike().count() < 2 => String::new(),
        Some(own_year) if alike().filter(|input| year(*input).as_ref() == Some(&own_year)).count() == 1 => {
            match language {
                Language::En => format!(" ({own_year})"),
                Language::Zh => format!("（{own_year}年）"),
            }
        }
        _ => match language {
            Language::En => format!(" ({name})"),
            Language::Zh => format!("（{name}）"),
        },
    };
    format!("{}{more}{}", titled(own), grade::mark(&driver.grade))
}

fn target_title<'a>(model: &'a Model, options: &'a DiscoverOptions, language: Language) -> &'a str {
    let label = model.labels.targets.iter().find(|label| label.name == options.target);
    match label.map_or("", |label| label.title.get(language)) {
        "" => &options.target,
        title => title,
    }
}

/// `Coal price below its 30 % quantile (0.012)`.
fn sentence(model: &Model, found: &Discovery, limit: &Limit, language: Language) -> String {
    let column = &found.columns[limit.input];
    let name = title(model, found, limit, language);
    let quantile = |part: u16| format!("{:.0} %", f64::from(part) / f64::from(PARTS) * 100.0);
    let value = |part: u16| {
        let x = column.at(part);
        let text = significant(x, (column.at(PARTS / 2 + PARTS / 3) - column.at(PARTS / 6)).abs() / 50.0);
        let is_year = model.inputs[column.input].provenance.unit.as_deref().map(str::trim) == Some("year");
        if is_year { text.replace(',', "") } else { text }
    };
    let (low, high) = (limit.low, limit.high + 1);
    let mean = match (column.years > 1, language) {
        (false, _) => String::new(),
        (true, Language::En) => format!(", on average over {} years,", column.years),
        (true, Language::Zh) => format!("（{}年平均）", column.years),
    };
    let chance = if limit.chance < 0.001 { "< 0.001".to_owned() } else { format!("{:.3}", limit.chance) };
    if let Some(only) = column.only(limit.low, limit.high) {
        // A whole number may be a year: it is not grouped by thousands.
        let only = if only.fract() == 0.0 && only.abs() < 1e15 { only.to_string() } else { trimmed(only, 6) };
        return match language {
            Language::En => format!("{name}{mean} = {only} [chance {chance}]"),
            Language::Zh => format!("{name}{mean} = {only}［偶然概率{chance}］"),
        };
    }
    if let Some(ends) = column.whole_ends(limit.low, limit.high) {
        let place = match (ends, language) {
            ((Some(low), Some(high)), Language::En) => format!(" from {low} to {high}"),
            ((Some(low), Some(high)), Language::Zh) => format!("介于{low}与{high}之间（含两端）"),
            ((Some(low), None), _) => format!(" >= {low}"),
            ((None, Some(high)), _) => format!(" <= {high}"),
            ((None, None), _) => String::new(),
        };
        return match language {
            Language::En => format!("{name}{mean}{place} [chance {chance}]"),
            Language::Zh => format!("{name}{mean}{place}［偶然概率{chance}］"),
        };
    }
    match language {
        Language::En => {
            let place = match (low, high) {
                (0, _) => format!("below its {} quantile ({})", quantile(high), value(high)),
                (_, PARTS) => format!("above its {} quantile ({})", quantile(low), value(low)),
                _ => format!(
                    "between its {} and {} quantiles ({} to {})",
                    quantile(low),
                    quantile(high),
                    value(low),
                    value(high)
                ),
            };
            format!("{name}{mean} {place} [chance {chance}]")
        }
        Language::Zh => {
            let place = match (low, high) {
                (0, _) => format!("低于其{}分位数（{}）", quantile(high), value(high)),
                (_, PARTS) => format!("高于其{}分位数（{}）", quantile(low), value(low)),
                _ => format!(
                    "介于其{}与{}分位数之间（{}至{}）",
                    quantile(low),
                    quantile(high),
                    value(low),
                    value(high)
                ),
            };
            format!("{name}{mean}{place}［偶然概率{chance}］")
        }
    }
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
            label: format!("{:.0}–{:.0} %", low * 100.0, high * 100.0),
        }
    };
    let [coverage, density, _] = quality(found, &one.quality, language);
    let target = target_title(model, options, language);
    let words = match language {
        Language::En => (
            format!("In what futures is \"{target}\" missed?"),
            format!(
                "{coverage} of the misses; missed on {density} of such paths, against {} of all",
                missed_of(found, language)
            ),
            "quantiles of the input within which it is missed",
        ),
        Language::Zh => (
            format!("“{target}”在哪些情形下无法达成？"),
            format!(
                "占全部未达成的{coverage}；此类路径中有{density}未达成，全部路径为{}",
                missed_of(found, language)
            ),
            "未达成时输入所处的分位数区间",
        ),
    };
    FloatingBars {
        title: words.0,
        subtitle: words.1,
        legend: vec![(Tone::Low, words.2.to_owned())],
        percent: true,
        rows: one.limits.iter().map(row).collect(),
        ..FloatingBars::default()
    }
}
