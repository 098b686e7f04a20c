//! What a page shows of a moved state, beside the plan as it was written.

use serde::Serialize;

use crate::chart::{self, Size};
use crate::report::{figure, lead, wording};
use crate::result::Summary;
use crate::result::comparison::Difference;
use crate::result::summary::{HEADLINE, Probability, TargetSummary, VariableSummary};
use crate::text::number::year as year_words;
use crate::text::{Language, group, unit};

/// A moved state in words and numbers.
#[derive(Clone, Debug, Serialize)]
pub struct LiveView {
    /// Goals by group, those that the scenario leads with first.
    pub groups: Vec<LiveGroup>,
    /// The headlines, each at the year of its first target or its last.
    pub headlines: Vec<LiveRow>,
    /// What drives the first goal, the strongest first; empty where it is not known.
    pub drivers: Vec<LiveDriver>,
    /// What these drive.
    pub driven: String,
}

/// Goals that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct LiveGroup {
    /// The title of the group.
    pub title: String,
    /// Whether the scenario leads with them.
    pub leads: bool,
    /// The goals.
    pub rows: Vec<LiveRow>,
}

/// A goal, or a headline, before and after the move.
#[derive(Clone, Debug, Serialize)]
pub struct LiveRow {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// As the plan was written.
    pub before: String,
    /// As it is now.
    pub after: String,
    /// By how much it changed, path by path, with its standard error; of a first look without one.
    pub change: String,
    /// Of a goal: its probability now, in per cent, for a bar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<f64>,
}

/// An input and how much of the goal's variance it explains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LiveDriver {
    /// What it is called.
    pub title: String,
    /// Its share with the standard error.
    pub share: String,
}

/// How many inputs are named.
const DRIVERS: usize = 5;

/// What is shown of a moved state. `difference` is what lies between it and the plan as it was written, where both were
/// simulated together.
pub fn view(
    before: &Summary,
    after: &Summary,
    difference: Option<&Difference>,
    language: Language,
) -> LiveView {
    let goal = |(name, target): &(&str, &TargetSummary)| {
        let known = before.targets.get(*name).map(|target| &target.probability);
        LiveRow {
            name: (*name).to_owned(),
            title: figure::target_title(name, target, language).to_owned(),
            before: known.map_or_else(|| "–".to_owned(), |known| known.words(language)),
            after: target.probability.words(language),
            change: match difference.and_then(|difference| difference.targets.get(*name)) {
                Some(found) => found.words(),
                None => known.map_or_else(String::new, |known| about(known, &target.probability)),
            },
            percent: Some(target.probability.probability * 100.0),
        }
    };
    // What a scenario leads with stands in its own group too; here once is enough.
    let mut shown: Vec<&str> = Vec::new();
    let mut groups = Vec::new();
    for (id, targets) in after.shown_groups() {
        let own = targets.iter().filter(|(name, target)| !after.is_variant(target) && !shown.contains(name));
        let rows: Vec<LiveRow> = own.map(goal).collect();
        shown.extend(targets.iter().map(|(name, _)| *name));
        let leads = id == HEADLINE || groups.is_empty();
        if !rows.is_empty() {
            groups.push(LiveGroup { title: group::title(id, language), leads, rows });
        }
    }
    let headlines = wording::leading(after).into_iter();
    let (driven, drivers) = drivers(after, language);
    LiveView {
        groups,
        headlines: headlines
            .filter_map(|(name, variable)| headline(before, after, difference, (name, variable), language))
            .collect(),
        drivers,
        driven,
    }
}

/// What drives the first goal of which it is known.
fn drivers(summary: &Summary, language: Language) -> (String, Vec<LiveDriver>) {
    let goals = lead::target(summary).into_iter().chain(summary.goals().map(|(name, _)| name));
    let Some(goal) = goals.into_iter().find(|goal| !summary.inputs(goal).is_empty()) else {
        return Default::default();
    };
    let inputs = summary.inputs(goal).iter().take(DRIVERS);
    let named = inputs.map(|input| {
        let title = Some(input.title.get(language)).filter(|title| !title.is_empty());
        let share = figure::share(input.first_order, input.standard_error, language);
        LiveDriver { title: title.unwrap_or(&input.input).to_owned(), share }
    });
    (figure::target_title(goal, &summary.targets[goal], language).to_owned(), named.collect())
}

/// The change of a probability in percentage points; nothing where there is none to be seen.
fn about(before: &Probability, after: &Probability) -> String {
    let points = (after.probability - before.probability) * 100.0;
    if before.probability == after.probability {
        return "0".to_owned();
    }
    let sign = if points < 0.0 { "−" } else { "+" };
    format!("≈ {sign}{:.0}", points.abs())
}

/// A headline at the year that is spoken of first: its median and what lies between.
fn headline(
    before: &Summary,
    after: &Summary,
    difference: Option<&Difference>,
    (name, variable): (&str, &VariableSummary),
    language: Language,
) -> Option<LiveRow> {
    let marked = after.targets.values().flat_map(|t| &t.marks).find(|m| m.variable == name).map(|m| m.year);
    let year = marked.or_else(|| variable.years.last().copied())?;
    let shown = unit::shown(&variable.unit, language);
    let median =
        |variable: &VariableSummary| Some(variable.quantile("0.5", variable.place(year)?).shown(&shown, "–"));
    let title = Some(variable.title.get(language)).filter(|title| !title.is_empty()).unwrap_or(name);
    let unit = if shown.unit.is_empty() { String::new() } else { format!(" {}", shown.unit) };
    let change = difference.and_then(|difference| {
        let found = &difference.variables.get(name)?.absolute;
        Some(found.quantile("0.5", found.place(year)?).words(shown.factor, "–"))
    });
    Some(LiveRow {
        name: name.to_owned(),
        title: format!("{title} · {}{unit}", year_words(year)),
        before: before.variables.get(name).and_then(median).unwrap_or_else(|| "–".to_owned()),
        after: median(variable)?,
        change: change.unwrap_or_default(),
        percent: None,
    })
}

/// The fan of a variable as the page has it, in a size; nothing where there is no such variable.
pub fn fan(
    summary: &Summary,
    variable: &str,
    (history, source): (&[(i32, f64)], &str),
    size: Size,
    language: Language,
) -> Option<String> {
    let fan = figure::fan(summary, variable, history, source, language)?;
    Some(chart::fan::draw(&fan, &size, language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;

    #[test]
    fn a_state_is_told_in_the_words_of_the_page() {
        let (before, mut after) = (sample::summary(), sample::summary());
        let goal = after.targets.get_mut("gdp_2025").unwrap();
        goal.probability = crate::result::wilson::probability(40_000, 100_000);
        let found = view(&before, &after, None, Language::En);
        let row =
            found.groups.iter().flat_map(|group| &group.rows).find(|row| row.name == "gdp_2025").unwrap();
        assert_eq!((row.before.as_str(), row.after.as_str()), ("62.4 % ± 0.2", "40.0 % ± 0.2"));
        assert_eq!(row.change, "≈ −22");
        assert!(found.groups[0].leads && !found.headlines.is_empty());
    }

    #[test]
    fn with_both_simulated_together_changes_have_their_paired_errors() {
        let comparison = sample::comparison();
        let alternative = &comparison.alternatives[0];
        let found =
            view(&comparison.reference, &alternative.summary, Some(&alternative.difference), Language::Zh);
        let rows = || found.groups.iter().flat_map(|group| &group.rows);
        for (name, difference) in &alternative.difference.targets {
            if let Some(row) = rows().find(|row| row.name == *name) {
                assert_eq!(row.change, difference.words());
            }
        }
        assert!(rows().any(|row| row.change.contains('±')), "{found:?}");
    }

    #[test]
    fn no_goal_stands_there_twice() {
        let summary = sample::summary();
        let found = view(&summary, &summary, None, Language::En);
        let mut names: Vec<&str> =
            found.groups.iter().flat_map(|group| &group.rows).map(|row| row.name.as_str()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
