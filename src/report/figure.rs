//! Figures made from a summary: which numbers a chart shows and what its labels say.

pub mod calendar;
pub mod composition;
pub mod density;
pub mod exceedance;
pub mod histogram;
pub mod joint;
pub mod paths;
pub mod scatter;
pub mod violin;

use std::collections::BTreeMap;

use crate::chart::fan::{Band, Fan, FanMark};
use crate::chart::scale::spans_magnitudes;
use crate::chart::scorecard::{Bar, Scorecard, TargetGroup};
use crate::result::Summary;
use crate::result::summary::{MarkSummary, RunCondition, TargetSummary, VariableSummary};
use crate::text::probability::Decided;
use crate::text::{Language, Message, grade, group, number, visible};
use crate::{message, tr};

/// The fan of a variable, or nothing where there is no such variable. `history` is what was recorded
/// (year, value), in the variable's own unit; `source` is written at the foot, and may be empty.
pub fn fan(
    summary: &Summary,
    variable: &str,
    history: &[(i32, f64)],
    source: &str,
    language: Language,
) -> Option<Fan> {
    let found = summary.variables.get(variable)?;
    let shown = found.shown(language);
    let scaled = |values: &[Option<f64>]| -> Vec<f64> {
        values.iter().map(|v| v.map_or(f64::NAN, |v| v * shown.factor)).collect()
    };
    let (bands, before) = (bands(found, scaled), before(summary, variable, scaled));
    let history: Vec<(i32, f64)> = recorded(summary, variable, history)
        .into_iter()
        .map(|(year, value)| (year, value * shown.factor))
        .collect();
    let all = bands.iter().chain(before.iter().map(|(band, _)| band));
    let edges = all.flat_map(|band| band.lows.iter().chain(&band.highs)).copied();
    Some(Fan {
        title: variable_title(summary, variable, language).to_owned(),
        subtitle: subtitle(summary, language),
        unit: shown.unit.clone(),
        are_years: shown.is_year,
        logarithmic: spans_magnitudes(edges.chain(history.iter().map(|(_, value)| *value))),
        years: found.years.clone(),
        bands,
        median: found.quantiles.get("0.5").map(|values| scaled(values)).unwrap_or_default(),
        mean: Vec::new(),
        paths: Vec::new(),
        before,
        history,
        marks: marks(summary, variable, shown.factor, language),
        footer: footer(summary, source, language),
    })
}

/// The widest band and the median of a variable before what the run is conditioned on was observed.
fn before(
    summary: &Summary,
    variable: &str,
    scaled: impl Fn(&[Option<f64>]) -> Vec<f64>,
) -> Option<(Band, Vec<f64>)> {
    let before = summary.prior.as_ref()?.variables.get(variable)?;
    let median = before.quantiles.get("0.5").map(|values| scaled(values)).unwrap_or_default();
    Some((bands(before, scaled).into_iter().next()?, median))
}

/// What was recorded of a variable, with what the run is conditioned on.
fn recorded(summary: &Summary, variable: &str, history: &[(i32, f64)]) -> Vec<(i32, f64)> {
    let observed = summary.evidence.iter().filter_map(|evidence| evidence.observed.get(variable)).flatten();
    let mut all: BTreeMap<i32, f64> = history.iter().copied().collect();
    all.extend(observed.map(|one| (one.year, one.value)));
    all.into_iter().collect()
}

/// The scorecard of all goals, without their other readings; nothing where there is no target.
pub fn scorecard(summary: &Summary, source: &str, language: Language) -> Option<Scorecard> {
    scorecard_of(summary, None, source, language)
}

/// The scorecard of the goals of one group, or of all; nothing where there is no target.
pub fn scorecard_of(
    summary: &Summary,
    only: Option<&str>,
    source: &str,
    language: Language,
) -> Option<Scorecard> {
    let groups: Vec<TargetGroup> = summary
        .shown_groups()
        .into_iter()
        .filter(|(id, _)| only.is_none_or(|only| only == *id))
        .map(|(id, targets)| TargetGroup {
            title: group::title(id, language),
            bars: (targets.iter().filter(|(_, target)| !summary.is_variant(target)))
                .map(|&(name, target)| bar(name, target, language))
                .collect(),
        })
        .collect();
    (!groups.is_empty()).then(|| Scorecard {
        title: tr!(language, "report-figure-scorecard").to_owned(),
        subtitle: subtitle(summary, language),
        groups,
        footer: footer(summary, source, language),
    })
}

/// What drives an outcome, in a line: its strongest inputs, and how much rests on inputs graded C or D; or why it is not
/// known. `None` where nothing drives it, or nothing was asked.
pub fn drivers(summary: &Summary, outcome: &str, language: Language) -> Option<String> {
    if let Some(reason) = summary.drivers_not_known.get(outcome) {
        return Some(tr!(language, "report-figure-drivers-unknown", why = reason));
    }
    let (sums, inputs) = (summary.drivers.get(outcome)?, summary.inputs(outcome));
    if inputs.is_empty() {
        return None;
    }
    let named = inputs.iter().take(5).map(|input| {
        let (title, mark) = (input.title.get(language), grade::mark(&input.grade));
        let title = if title.is_empty() { &input.input } else { title };
        Message::verbatim(format!(
            "{title}{mark} {}",
            share(input.first_order, input.standard_error, language)
        ))
    });
    let all = |all: Message, next: Message| message!("report-figure-drivers-all", all = all, next = next);
    let named = named.reduce(all).unwrap_or_default();
    let [shocks, parameters, weak, left] = [
        share(sums.shocks, sums.shocks_error, language),
        share(sums.parameters, sums.parameters_error, language),
        share(sums.weak, sums.weak_error, language),
        share(sums.unexplained, sums.standard_error, language),
    ];
    Some(tr!(
        language,
        "report-figure-drivers",
        inputs = named,
        shocks = shocks,
        parameters = parameters,
        weak = weak,
        left = left
    ))
}

/// A share of variance with its standard error: `41 % ± 2`, `90.1 % ± 0.3`. An error is never rounded down.
pub fn share(share: f64, error: f64, language: Language) -> String {
    if share == 0.0 && error == 0.0 {
        return number::per_cent("0", language);
    }
    let decimals = usize::from(error < 0.005);
    let unit = if decimals == 0 { 1.0 } else { 10.0 };
    let error = (error * 100.0 * unit - 1e-9).ceil() / unit;
    let share = number::per_cent(&format!("{:.decimals$}", share * 100.0), language);
    format!("{share} ± {:.decimals$}", crate::num::max(error, 1.0 / unit))
}

/// What a target is called: its title, or its name.
pub fn target_title<'a>(name: &'a str, target: &'a TargetSummary, language: Language) -> &'a str {
    target.title.or_name(name, language)
}

/// What a variable is called: its title, or its name.
pub fn variable_title<'a>(summary: &'a Summary, name: &'a str, language: Language) -> &'a str {
    let title = summary.variables.get(name).map(|variable| variable.title.get(language));
    title.filter(|title| !title.is_empty()).unwrap_or(name)
}

fn bar(name: &str, target: &TargetSummary, language: Language) -> Bar {
    Bar {
        title: target_title(name, target, language).to_owned(),
        probability: target.probability.probability,
        low: target.probability.low,
        high: target.probability.high,
        label: target.probability.words(language),
        decided: target.probability.decided.is_some(),
    }
}

/// Years in words, those that follow each other as a range: `2026, 2029–2031`.
pub(super) fn year_words(years: &[i32], language: Language) -> String {
    let mut ranges: Vec<(i32, i32)> = Vec::new();
    for &year in years {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == year => *last = year,
            _ => ranges.push((year, year)),
        }
    }
    let words = |&(first, last): &(i32, i32)| match last - first {
        0 => number::year(first),
        _ => tr!(language, "report-figure-years-range", first = first, last = last),
    };
    let words: Vec<String> = ranges.iter().map(words).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    tr!(language, "report-figure-years", years = words.as_slice())
}

/// What stands beside the mark of a target: its level, and the probability that it is met.
fn mark_words(level: &str, probability: &str, language: Language) -> String {
    tr!(language, "report-figure-mark", level = level, probability = probability)
}

/// Pairs of levels that lie as far from the middle on either side, from the widest.
pub(super) fn bands(variable: &VariableSummary, scaled: impl Fn(&[Option<f64>]) -> Vec<f64>) -> Vec<Band> {
    let levels = variable.levels();
    let lower = levels.iter().filter(|(level, _)| *level < 0.5);
    lower
        .filter_map(|&(low_level, lows)| {
            let opposite = |&&(level, _): &&(f64, _)| (level - (1.0 - low_level)).abs() < 1e-9;
            let &(high_level, highs) = levels.iter().find(opposite)?;
            Some(Band { low_level, high_level, lows: scaled(lows), highs: scaled(highs) })
        })
        .collect()
}

/// The marks of the targets on a variable. A goal that has one in a year speaks for its other readings too.
pub(super) fn marks(summary: &Summary, variable: &str, factor: f64, language: Language) -> Vec<FanMark> {
    // Of what the record tells there is no probability to write beside the level.
    let on_record = |target: &TargetSummary| target.probability.decided.is_some_and(Decided::is_recorded);
    let open = summary.ordered_targets().filter(|(_, target)| !on_record(target));
    let is_year = summary.variables.get(variable).is_some_and(|v| v.shown(language).is_year);
    let all = open.flat_map(|(_, target)| target.marks.iter().map(move |m| (m, target)));
    let own = |mark: &MarkSummary, target: &TargetSummary| {
        let goal = summary.targets.get(&target.variant_of);
        let same = |other: &MarkSummary| other.variable == mark.variable && other.year == mark.year;
        !goal.is_some_and(|goal| goal.marks.iter().any(same))
    };
    all.filter(|(mark, target)| mark.variable == variable && own(mark, target))
        .map(|(mark, target)| {
            let level = mark.level * factor;
            let label = level_words(mark, &target.require, factor, is_year, language);
            FanMark {
                year: mark.year,
                level,
                label,
                at_least: mark.at_least,
                probability: target.probability.short(language),
            }
        })
        .collect()
}

/// A level that is asked for: `≥ 2,200`; of a share of a number with the number: `≥ 2,145 (97.5 % of 2,200)`.
fn level_words(mark: &MarkSummary, require: &str, factor: f64, is_year: bool, language: Language) -> String {
    let sign = if mark.at_least { "≥" } else { "≤" };
    let level = number::trimmed_in(mark.level * factor, 6, is_year);
    match share_of(require)
        .filter(|(share, whole)| (share * whole - mark.level).abs() <= 1e-9 * mark.level.abs())
    {
        Some((share, whole)) if share != 1.0 => {
            let share = number::per_cent(&number::trimmed(100.0 * share, 6), language);
            let whole = number::trimmed(whole * factor, 6);
            tr!(language, "report-figure-share-of", sign = sign, level = level, share = share, whole = whole)
        }
        _ => format!("{sign} {level}"),
    }
}

/// The share and the number of a condition that asks for a share of a number, `gdp@2025 / 2200 >= 97.5%`; nothing of others.
fn share_of(require: &str) -> Option<(f64, f64)> {
    let (left, right) = require.split_once(">=").or_else(|| require.split_once("<="))?;
    let share: f64 = right.trim().strip_suffix('%')?.trim().parse().ok()?;
    let whole: f64 = left.rsplit_once('/')?.1.trim().parse().ok()?;
    Some((share / 100.0, whole))
}

fn subtitle(summary: &Summary, language: Language) -> String {
    let scenario = &summary.scenario;
    let title = scenario.title.or_name(&scenario.id, language);
    match scenario.region.get(language) {
        "" => title.to_owned(),
        region => tr!(language, "report-figure-subtitle", region = region, title = title),
    }
}

/// How many paths a figure is about, and of which kind they are: those on which the run's condition holds, or those that
/// are weighted by what was observed.
pub(super) fn paths_of(summary: &Summary) -> Message {
    let paths = summary.paths;
    if let Some(RunCondition { condition, among }) = &summary.given {
        // A foot has one line.
        let condition = visible::beginning(condition, 60);
        return message!("report-figure-paths-given", paths = paths, among = *among, condition = condition);
    }
    match &summary.evidence {
        Some(_) => message!("report-figure-paths-observed", paths = paths),
        None => message!("report-figure-paths", paths = paths),
    }
}

/// The footer of a figure that shows only the first paths.
fn footer_of_first(summary: &Summary, paths: u64, source: &str, language: Language) -> String {
    let text = tr!(
        language,
        "report-figure-footer-first",
        id = &summary.scenario.id,
        paths = paths_of(summary),
        shown = paths.min(summary.paths),
        seed = summary.seed.to_string()
    );
    text + &source_words(source, language)
}

/// What a footer ends with; nothing without a source.
pub fn source_words(source: &str, language: Language) -> String {
    if source.is_empty() { String::new() } else { tr!(language, "report-figure-source", source = source) }
}

pub(super) fn footer(summary: &Summary, source: &str, language: Language) -> String {
    let text = tr!(
        language,
        "report-figure-footer",
        id = &summary.scenario.id,
        paths = paths_of(summary),
        seed = summary.seed.to_string()
    );
    text + &source_words(source, language)
}

/// The footer of a figure of several scenarios.
pub(super) fn of_several(summaries: &[&Summary], source: &str, language: Language) -> String {
    let is_like = |a: &Summary, b: &Summary| (a.paths, a.seed, &a.given) == (b.paths, b.seed, &b.given);
    // Said once where all runs are alike in it: then they have the same draws, too.
    let text = match summaries {
        [first, others @ ..] if others.iter().all(|other| is_like(first, other)) => {
            let ids: Vec<&str> = summaries.iter().map(|summary| summary.scenario.id.as_str()).collect();
            let (ids, seed) = (ids.as_slice(), first.seed.to_string());
            tr!(language, "report-figure-several", ids = ids, paths = paths_of(first), seed = seed)
        }
        _ => {
            let run = |summary: &&Summary| {
                let (id, seed) = (&summary.scenario.id, summary.seed.to_string());
                message!("report-figure-several-run", id = id, paths = paths_of(summary), seed = seed)
            };
            let runs: Vec<Message> = summaries.iter().map(run).collect();
            tr!(language, "report-figure-several-unlike", runs = runs)
        }
    };
    text + &source_words(source, language)
}

#[cfg(test)]
mod snapshots;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::canvas::Size;
    use crate::chart::font;
    use crate::result::sample;

    #[test]
    fn a_fan_has_the_nested_bands_and_the_targets_of_its_variable() {
        let fan = fan(&sample::summary(), "gdp", &[(2019, 1512.0)], "", Language::Zh).unwrap();
        let levels: Vec<_> = fan.bands.iter().map(|b| (b.low_level, b.high_level)).collect();
        assert_eq!(levels, [(0.05, 0.95), (0.1, 0.9), (0.25, 0.75)]);
        assert_eq!((fan.title.as_str(), fan.unit.as_str()), ("地区生产总值", "亿元"));
        assert_eq!(fan.marks.len(), 1);
        assert_eq!(fan.marks[0].label, "≥ 2,200");
    }

    #[test]
    fn a_goal_of_a_share_of_a_number_says_of_which() {
        let mark = |level| MarkSummary { variable: "gdp".to_owned(), year: 2025, level, at_least: true };
        let words = |require, level, language| level_words(&mark(level), require, 1.0, false, language);
        let about = "gdp@2025 / 2200 >= 97.5%";
        assert_eq!(words(about, 2145.0, Language::En), "≥ 2,145 (97.5 % of 2,200)");
        assert_eq!(words(about, 2145.0, Language::Zh), "≥ 2,145（2,200的97.5%）");
        assert_eq!(words("gdp@2025 >= 2200", 2200.0, Language::En), "≥ 2,200");
        assert_eq!(words("gdp@2025 / 2200 >= 100%", 2200.0, Language::En), "≥ 2,200");
        assert_eq!(words("coal_share@2030 >= 20%", 0.2, Language::En), "≥ 0.2");
    }

    #[test]
    fn years_that_follow_each_other_are_a_range() {
        assert_eq!(year_words(&[2026, 2029, 2030, 2031], Language::En), "2026, 2029–2031");
        assert_eq!(year_words(&[2026, 2029, 2030, 2031], Language::Zh), "2026、2029—2031");
    }

    #[test]
    fn a_share_has_its_error_and_that_is_not_rounded_down() {
        assert_eq!(share(0.4149, 0.0121, Language::En), "41 % ± 2");
        assert_eq!(share(0.4149, 0.005, Language::En), "41 % ± 1");
        assert_eq!(share(0.9012, 0.0049, Language::En), "90.1 % ± 0.5");
        assert_eq!(share(1.0, 0.0, Language::En), "100.0 % ± 0.1");
        // Of no input at all.
        assert_eq!(share(0.0, 0.0, Language::En), "0 %");
    }

    #[test]
    fn the_line_of_drivers_has_an_error_with_each_share_or_says_why_there_is_none() {
        let mut summary = sample::summary();
        let line = drivers(&summary, "gdp@2025", Language::En).unwrap();
        assert_eq!(line.matches(" %").count(), line.matches(" % ± ").count(), "{line}");
        summary.drivers_not_known.insert("gdp@2025".to_owned(), crate::text::Text::plain("it is so"));
        assert_eq!(drivers(&summary, "gdp@2025", Language::En).unwrap(), "not known, as it is so");
    }

    #[test]
    fn a_variable_that_is_not_there_has_no_fan() {
        assert_eq!(fan(&sample::summary(), "gnp", &[], "", Language::En), None);
    }

    #[test]
    fn the_charts_of_a_plan_have_no_missing_character() {
        let summary = sample::summary();
        for language in [Language::En, Language::Zh] {
            let fan = fan(&summary, "gdp", &[], "", language).unwrap();
            let card = scorecard(&summary, "report", language).unwrap();
            let svg = crate::chart::fan::draw(&fan, &Size::default(), language)
                + &crate::chart::scorecard::draw(&card, 900, language);
            assert_eq!(font::missing(&svg), Vec::<char>::new());
        }
    }
}
