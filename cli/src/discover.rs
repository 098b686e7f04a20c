//! `plancast discover`: in what futures a target is missed.

use std::fmt::Write as _;

use super::arguments::DiscoverOptions;
use super::{
    CommandResult, figures, load, memory, on_threads, outputs, print, print_json,
    request::{conditioned, known},
    run, warn,
};
use plancast::chart::Size;
use plancast::chart::rows::{self, BarRow, FloatingBars, Tone};
use plancast::study::{
    ConsideredInput, DiscoverAnswer, DiscoverRequest, DiscoveredBox, InputLimit, LimitEnd, PreparedDiscover,
    Quality,
};
use plancast::text::number::{per_cent, significant, trimmed};
use plancast::text::probability::KnownProbability;
use plancast::text::{Language, Message, grade};
use plancast::{message, tr};

pub(super) fn run(options: &DiscoverOptions) -> CommandResult {
    let language = super::language();
    let mut loaded = load(&options.scenario, &options.overrides.set);
    known(&mut loaded, &options.known)?;
    let mut request = DiscoverRequest::new(&options.target).boxes(options.boxes);
    (request.paths, request.seed) = (options.sample.paths, options.sample.seed);
    let question = PreparedDiscover::new(loaded, &request).map_err(|error| run::failed(&error))?;
    outputs::admit_picture(options.chart.as_deref())?;
    memory::refuse_answer(question.need(), options.sample.memory, question.sample.paths)?;
    let found =
        on_threads(options.sample.threads, || question.answer())?.map_err(|error| run::failed(&error))?;
    if let (Some(path), Some(first)) = (&options.chart, found.boxes.first()) {
        let footer = figures::footer(&question.loaded.scenario, question.sample, language);
        let drawn = FloatingBars { footer, ..chart(&found, first, language) };
        figures::write(path, &rows::draw(&drawn, Size::default().width, language))?;
    }
    if options.chart.is_some() && found.boxes.is_empty() {
        warn(message!("cli-discover-nothing-drawn"));
    }
    if options.json {
        return print_json(&found.json());
    }
    print(&(conditioned(&found.observed, language) + &text(&found, language)))
}

/// On how many paths it is missed.
fn missed_of(found: &DiscoverAnswer, language: Language) -> String {
    KnownProbability::counted(found.missed, found.sample.paths).short(language)
}

/// Coverage, density and mass of a box in words.
fn quality(found: &DiscoverAnswer, quality: &Quality, language: Language) -> [String; 3] {
    let of = |share: f64, paths: f64| KnownProbability::counted(share, paths.round() as u64).short(language);
    let paths = found.sample.paths as f64;
    [
        of(quality.coverage, found.missed * paths),
        of(quality.density, quality.mass * paths),
        of(quality.mass, paths),
    ]
}

fn text(found: &DiscoverAnswer, language: Language) -> String {
    let (target, missed) = (target_title(found, language), missed_of(found, language));
    if let Some(decided) = found.decided {
        let text = if decided.holds() {
            tr!(language, "cli-discover-always-met", target = target)
        } else {
            tr!(language, "cli-discover-always-missed", target = target)
        };
        return text + "\n";
    }
    let paths = found.sample.paths;
    let mut text = tr!(language, "cli-discover-missed", target = target, missed = missed, paths = paths);
    text.push('\n');
    if found.boxes.is_empty() {
        text.extend([tr!(language, "cli-discover-no-range"), "\n"]);
    }
    for (number, one) in found.boxes.iter().enumerate() {
        let limits = limits(found, one, language).join("\n   ");
        let [coverage, density, mass] = quality(found, &one.quality, language);
        let quality =
            tr!(language, "cli-discover-quality", coverage = coverage, density = density, mass = mass);
        let tradeoff = tradeoff(found, one, language);
        let _ = write!(text, "\n{}. {limits}\n   {quality}\n   {tradeoff}\n", number + 1);
    }
    text
}

/// The limits of a box, which follow each other as parts of a sentence.
fn limits(found: &DiscoverAnswer, one: &DiscoveredBox, language: Language) -> Vec<String> {
    let last = one.limits.len().saturating_sub(1);
    let line = |(place, limit): (usize, &InputLimit)| {
        let limit = sentence(found, limit, language);
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
fn tradeoff(found: &DiscoverAnswer, one: &DiscoveredBox, language: Language) -> String {
    let step = one.tradeoff.len().div_ceil(6).max(1);
    let points: Vec<String> = one
        .tradeoff
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
fn title(found: &DiscoverAnswer, limit: &InputLimit, language: Language) -> String {
    let own = &found.inputs[limit.input];
    let titled = own.title.get(language);
    let alike = || found.inputs.iter().filter(|other| other.title.get(language) == titled);
    let year = |input: &ConsideredInput| input.name.rsplit_once('.').map(|(_, year)| year.to_owned());
    let is_alone = |own_year| alike().filter(|input| year(input).as_ref() == Some(own_year)).count() == 1;
    let title = match year(own) {
        _ if alike().count() < 2 => titled.to_owned(),
        Some(own_year) if is_alone(&own_year) => {
            tr!(language, "cli-discover-input-of-year", title = titled, year = own_year)
        }
        _ => tr!(language, "cli-discover-input-named", title = titled, name = &own.name),
    };
    title + &grade::mark(&own.grade)
}

fn target_title(found: &DiscoverAnswer, language: Language) -> &str {
    match found.title.get(language) {
        "" => &found.target,
        title => title,
    }
}

/// `Coal price below its 30 % quantile (0.012)`.
fn sentence(found: &DiscoverAnswer, limit: &InputLimit, language: Language) -> Message {
    let column = &found.inputs[limit.input];
    let name = title(found, limit, language);
    let input = if column.years > 1 {
        message!("cli-discover-input-mean", input = name, years = column.years)
    } else {
        Message::verbatim(name)
    };
    let chance = if limit.quasi_p_value < 0.001 {
        "< 0.001".to_owned()
    } else {
        format!("{:.3}", limit.quasi_p_value)
    };
    match range(found, limit) {
        Some(range) => message!("cli-discover-limit", input = input, range = range, chance = chance),
        None => message!("cli-discover-no-limit", input = input, chance = chance),
    }
}

/// Within what an input lies; `None` where that is everywhere.
fn range(found: &DiscoverAnswer, limit: &InputLimit) -> Option<Message> {
    if let Some(only) = limit.only {
        // A whole number may be a year: it is not grouped by thousands.
        let only = if only.fract() == 0.0 && only.abs() < 1e15 { only.to_string() } else { trimmed(only, 6) };
        return Some(message!("cli-discover-is", value = only));
    }
    if let Some(ends) = limit.whole {
        return match ends {
            (Some(low), Some(high)) => {
                Some(message!("cli-discover-within", low = low.to_string(), high = high.to_string()))
            }
            (Some(low), None) => Some(message!("cli-discover-at-least", low = low.to_string())),
            (None, Some(high)) => Some(message!("cli-discover-at-most", high = high.to_string())),
            (None, None) => None,
        };
    }
    let quantile = |end: LimitEnd| message!("text-per-cent", number = format!("{:.0}", end.quantile * 100.0));
    let is_year = found.inputs[limit.input].unit.as_deref().map(str::trim) == Some("year");
    let value = |end: LimitEnd| {
        let text = significant(end.value, limit.spread / 50.0);
        if is_year { text.replace(',', "") } else { text }
    };
    match (limit.low, limit.high) {
        (None, Some(high)) => {
            Some(message!("cli-discover-below", quantile = quantile(high), value = value(high)))
        }
        (Some(low), None) => {
            Some(message!("cli-discover-above", quantile = quantile(low), value = value(low)))
        }
        (Some(low), Some(high)) => Some(message!(
            "cli-discover-between",
            low = quantile(low),
            high = quantile(high),
            least = value(low),
            most = value(high)
        )),
        (None, None) => None,
    }
}

/// The box as ranges of its inputs' quantiles.
fn chart(found: &DiscoverAnswer, one: &DiscoveredBox, language: Language) -> FloatingBars {
    let row = |limit: &InputLimit| {
        let low = limit.low.map_or(0.0, |end| end.quantile);
        let high = limit.high.map_or(1.0, |end| end.quantile);
        BarRow {
            title: title(found, limit, language),
            bars: vec![(0.0, 1.0, Tone::Pale), (low, high, Tone::Low)],
            interval: None,
            label: per_cent(&format!("{:.0}–{:.0}", low * 100.0, high * 100.0), language),
        }
    };
    let [coverage, density, _] = quality(found, &one.quality, language);
    let target = target_title(found, language);
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
