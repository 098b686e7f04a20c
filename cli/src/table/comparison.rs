//! A comparison as a terminal shows it: levels side by side, then each alternative's differences.

use comfy_table::{Attribute, Cell, CellAlignment};
use unicode_width::UnicodeWidthStr;

use super::grid::{Grid, value_of, with_unit, wrapped};
use super::{evidence, indent, years};

use plancast::report::percents::Percents;
use plancast::report::unknown;
use plancast::result::Comparison;
use plancast::result::comparison::{
    Alternative, Comparable, NotComparedReason, Statistics, TargetDifference,
};
use plancast::result::summary::{Estimate, ScenarioLabel, Summary, TargetSummary, VariableSummary, Why};
use plancast::text::number::{count, digits, significant};
use plancast::text::period::{Step, heading, label};
use plancast::text::unit::{Shown, shown as shown_as_written};
use plancast::text::{Language, Message, Text, group};
use plancast::{message, tr};

/// What the rounding of numbers between these ends, and of their differences, may come to.
fn rounding(ends: [Option<f64>; 2]) -> f64 {
    let size =
        ends.into_iter().flatten().map(f64::abs).filter(|x| x.is_finite()).fold(0.0, plancast::num::max);
    8.0 * f64::EPSILON * size
}

/// What a table shows of a quantile that is no number: that it is infinite, where it is.
fn infinite(why: Option<&Why>) -> &'static str {
    match why {
        Some(Why::PlusInfinity | Why::Never) => "∞",
        Some(Why::MinusInfinity) => "−∞",
        _ => "–",
    }
}

/// The tables of a comparison, at most `width` columns wide: medians side by side, and for each alternative
/// the paired differences of variables and metrics, the changes of odds, and what was not compared.
pub(crate) fn print(
    comparison: &Comparison,
    folder: Option<&str>,
    language: Language,
    width: usize,
    colour: bool,
) -> String {
    let grid = Grid { width: width.max(40), colour };
    let printer = ComparisonPrinter { comparison, language, grid };
    let mut parts = vec![printer.title()];
    parts.extend(printer.levels());
    parts.extend(printer.before_and_after());
    for alternative in &comparison.alternatives {
        parts.push(printer.heading(alternative));
        let mut percents = Percents::default();
        parts.extend(printer.variables(alternative, &mut percents));
        parts.extend(printer.metrics(alternative, &mut percents));
        parts.extend(printer.notes(&percents));
        parts.extend(printer.targets(alternative));
        parts.extend(printer.not_known(alternative));
        parts.extend(printer.not_compared(alternative));
    }
    parts.extend(printer.evidence());
    parts.extend(folder.map(|folder| tr!(language, "cli-table-folder", folder = folder)));
    parts.join("\n\n") + "\n"
}

struct ComparisonPrinter<'a> {
    comparison: &'a Comparison,
    language: Language,
    grid: Grid,
}

impl ComparisonPrinter<'_> {
    fn title(&self) -> String {
        let reference = &self.comparison.reference;
        let titles: Vec<String> = (self.comparison.summaries())
            .enumerate()
            .map(|(place, summary)| {
                let title = self.scenario(&summary.scenario);
                if place == 0 { tr!(self.language, "cli-table-reference", title = title) } else { title }
            })
            .collect();
        let mut facts = super::facts(reference);
        let lines = titles.iter().map(|title| self.grid.bold(&self.grid.paragraph(title)));
        if let Some(given) = &reference.given {
            let among = message!("text-paths", count = given.among);
            let condition = &given.condition;
            facts = facts.and(message!("cli-table-given-in-all", condition = condition, among = among));
        }
        let same = tr!(self.language, "cli-table-same-draws", facts = facts);
        let conditioned = self.conditioned().into_iter().map(|line| self.grid.paragraph(&line) + "\n");
        let conditioned: String = conditioned.collect();
        format!("{conditioned}{}\n{}", lines.collect::<Vec<_>>().join("\n"), self.grid.paragraph(&same))
    }

    /// On what the scenarios are conditioned: once where it is the same for all.
    fn conditioned(&self) -> Vec<String> {
        let headings: Vec<(&str, Option<String>)> = (self.comparison.summaries())
            .map(|summary| (summary.scenario.id.as_str(), evidence::heading(summary, self.language)))
            .collect();
        let known = || headings.iter().filter_map(|(id, heading)| Some((id, heading.clone()?)));
        let record = |summary: &Summary| summary.evidence.as_ref().map(|found| found.observed.clone());
        let first = record(&self.comparison.reference);
        if self.comparison.summaries().all(|summary| record(summary) == first) {
            return known().take(1).map(|(_, heading)| heading).collect();
        }
        let each =
            known().map(|(id, heading)| tr!(self.language, "cli-table-scenario", id = *id, title = heading));
        let none = headings.iter().filter(|(_, heading)| heading.is_none());
        each.chain(none.map(|(id, _)| tr!(self.language, "cli-table-no-record", id = *id))).collect()
    }

    /// The odds of all scenarios before the record and after it.
    fn before_and_after(&self) -> Option<String> {
        let mut head = vec![tr!(self.language, "cli-table-target").to_owned()];
        for summary in self.comparison.summaries().filter(|summary| summary.prior.is_some()) {
            let id = &summary.scenario.id;
            head.push(tr!(self.language, "cli-table-id-before", id = id));
            head.push(tr!(self.language, "cli-table-id-after", id = id));
        }
        let reference = &self.comparison.reference;
        let row = |(name, target): (&str, &TargetSummary)| {
            let mut cells = vec![self.name(&target.title, name).to_owned()];
            for summary in self.comparison.summaries().filter(|summary| summary.prior.is_some()) {
                let found = summary.targets.get(name);
                let before = found.and_then(|found| found.prior.as_ref());
                cells.push(before.map_or_else(|| "–".to_owned(), |it| it.words(self.language)));
                cells.push(found.map_or_else(|| "–".to_owned(), |it| it.probability.words(self.language)));
            }
            cells
        };
        let rows: Vec<Vec<String>> = reference.ordered_targets().map(row).collect();
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let table = || {
            format!("{}\n{}", tr!(self.language, "cli-table-record"), self.grid.table(&head, rows.clone()))
        };
        (head.len() > 1 && !rows.is_empty()).then(table)
    }

    /// How likely the record is under each scenario, and how many paths say so.
    fn evidence(&self) -> Option<String> {
        let lines: Vec<String> = (self.comparison.summaries())
            .filter_map(|summary| {
                let found = summary.evidence.as_ref()?;
                Some(self.grid.paragraph(&tr!(
                    self.language,
                    "cli-table-evidence-of",
                    id = &summary.scenario.id,
                    log = digits(found.log_likelihood, 5),
                    error = digits(found.standard_error, 2),
                    effective = count(found.effective_paths.round() as u64)
                )))
            })
            .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// `plan: The plan as written`, so that tables can speak of `plan`.
    fn scenario(&self, scenario: &ScenarioLabel) -> String {
        match scenario.title.get(self.language) {
            "" => scenario.id.clone(),
            title if title == scenario.id => title.to_owned(),
            title => tr!(self.language, "cli-table-scenario", id = &scenario.id, title = title),
        }
    }

    /// Medians of all scenarios side by side.
    fn levels(&self) -> Option<String> {
        let reference = &self.comparison.reference;
        let mut head = vec![
            tr!(self.language, "cli-table-variable"),
            heading(self.comparison.reference.scenario.start, self.language),
        ];
        head.extend(self.comparison.summaries().map(|summary| summary.scenario.id.as_str()));
        let mut rows = Vec::new();
        for (name, variable) in reference.ordered_variables().filter(|(_, v)| v.headline) {
            let shown = variable.shown(self.language);
            let title = with_unit(self.name(&variable.title, name), &shown.unit);
            for (row, year) in years(&reference.scenario, variable).into_iter().enumerate() {
                let mut cells = vec![if row == 0 { title.clone() } else { String::new() }, label(year)];
                let medians = self.comparison.summaries().map(|summary| {
                    let found = summary.variables.get(name).filter(|v| v.unit == variable.unit);
                    found.map_or_else(|| "–".to_owned(), |found| quantile(found, "0.5", year, &shown))
                });
                cells.extend(medians);
                rows.push(cells);
            }
        }
        let table = || {
            format!("{}\n{}", tr!(self.language, "cli-table-medians"), self.grid.table(&head, rows.clone()))
        };
        // Where the median was not asked for there is none to show.
        let known = reference.variables.values().any(|variable| variable.quantiles.contains_key("0.5"));
        (known && !rows.is_empty()).then(table)
    }

    fn heading(&self, alternative: &Alternative) -> String {
        let reference = &self.comparison.reference.scenario;
        let (a, b) = (&reference.id, &alternative.summary.scenario.id);
        if alternative.difference.of_statistics {
            let text = tr!(self.language, "cli-table-difference-of-statistics", b = b, a = a);
            let why = self.grid.paragraph(tr!(self.language, "cli-table-why-of-statistics"));
            return format!("{}\n{why}", self.grid.bold(&self.grid.paragraph(&text)));
        }
        let text = tr!(self.language, "cli-table-difference", b = b, a = a);
        self.grid.bold(&self.grid.paragraph(&text))
    }

    /// The levels of the quantiles that the tables of differences show.
    fn shown_levels(&self) -> Vec<String> {
        let all = || self.comparison.alternatives.iter().map(|alternative| &alternative.difference);
        let of_variables =
            all().flat_map(|found| found.variables.values()).map(|found| found.absolute.quantiles.keys());
        let of_metrics =
            all().flat_map(|found| found.metrics.values()).map(|found| found.absolute.quantiles.keys());
        super::shown_levels(of_variables.flatten().chain(of_metrics.flatten()).map(String::as_str))
    }

    /// A table of differences. Their mean is left out where it has no room: it stands in per cent too.
    fn table_of_differences(
        &self,
        first: &[&str],
        levels: &[String],
        mut rows: Vec<Vec<String>>,
        by_path: bool,
    ) -> String {
        let titles = super::titles(levels, self.language);
        let mut head = first.to_vec();
        head.extend(titles.iter().map(String::as_str));
        if self.grid.is_wide() {
            head.extend([tr!(self.language, "cli-table-mean"), tr!(self.language, "cli-table-in-per-cent")]);
        }
        if by_path {
            head.push(tr!(self.language, "cli-table-higher"));
        }
        if self.grid.is_wide() && !self.grid.has_room(&head, &rows) {
            let mean = first.len() + levels.len();
            head.remove(mean);
            rows.iter_mut().for_each(|row| _ = row.remove(mean));
        }
        self.grid.table(&head, rows)
    }

    /// What the letters in the tables mean.
    fn notes(&self, percents: &Percents) -> Option<String> {
        let lines = percents.lines(self.language);
        let lines: Vec<String> = lines.iter().map(|line| self.grid.paragraph(line)).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn variables(&self, alternative: &Alternative, percents: &mut Percents) -> Option<String> {
        let (mut rows, levels) = (Vec::new(), self.shown_levels());
        let headlines = alternative.difference.ordered_variables().filter(|(_, v)| v.absolute.headline);
        for (name, variable) in headlines {
            let found = &variable.absolute;
            let shown = found.shown(self.language);
            let title = with_unit(self.name(&found.title, name), &shown.unit);
            for (row, year) in years(&self.comparison.reference.scenario, found).into_iter().enumerate() {
                let mut cells = vec![if row == 0 { title.clone() } else { String::new() }, label(year)];
                let rounding = self.rounding(name, year);
                let at = |level: &String| found.place(year).map(|place| found.quantile(level, place));
                let values: Vec<Estimate> =
                    levels.iter().map(|level| at(level).unwrap_or_default().rounded(rounding)).collect();
                let spread = Some(Estimate::spread(&values)).filter(|it| *it > rounding).unwrap_or(0.0);
                cells.extend(levels.iter().zip(values).map(|(level, value)| {
                    let why = found.why.get(level).and_then(|years| years.get(&label(year)));
                    value.shown_beside(&shown, infinite(why), spread)
                }));
                if self.grid.is_wide() {
                    cells.push(mean(found, year, shown.factor));
                    let percent = found.place(year).and_then(|place| variable.percent_of_mean.get(place));
                    cells.push(percent.map_or_else(String::new, |percent| percents.cell(percent)));
                }
                let rank = found.place(year).and_then(|place| variable.ranks.get(place));
                if !alternative.difference.of_statistics {
                    cells.push(rank.map_or_else(String::new, |rank| rank.words(self.language)));
                }
                rows.push(cells);
            }
        }
        let first = [
            tr!(self.language, "cli-table-variable"),
            heading(self.comparison.reference.scenario.start, self.language),
        ];
        let by_path = !alternative.difference.of_statistics;
        (!rows.is_empty()).then(|| self.table_of_differences(&first, &levels, rows, by_path))
    }

    fn metrics(&self, alternative: &Alternative, percents: &mut Percents) -> Option<String> {
        let levels = self.shown_levels();
        let rows: Vec<Vec<String>> = (alternative.difference.ordered_metrics())
            .map(|(name, metric)| {
                // A difference of years is a number of years.
                let own = self.comparison.reference.metrics.get(name);
                let mut shown = own.map_or_else(
                    || shown_as_written(&metric.unit, self.language),
                    |own| own.shown(self.language),
                );
                if shown.is_year {
                    shown = Shown {
                        factor: 1.0,
                        unit: tr!(self.language, "cli-table-years").to_owned(),
                        is_year: false,
                        step: Step::Year,
                    };
                }
                let rounding = self.rounding_of_metric(name);
                let value = |level: &str| {
                    let found = metric.absolute.quantile(level).rounded(rounding);
                    value_of(found, &shown, infinite(metric.absolute.why.get(level)))
                };
                let mut cells = vec![with_unit(self.name(&metric.title, name), &shown.unit)];
                cells.extend(levels.iter().map(|level| value(level)));
                if self.grid.is_wide() {
                    cells.push(with_error(&metric.absolute, shown.factor));
                    cells.push(percents.cell(&metric.percent_of_mean));
                }
                cells.extend(metric.rank.as_ref().map(|rank| rank.words(self.language)));
                cells
            })
            .collect();
        let by_path = !alternative.difference.of_statistics;
        let first = [tr!(self.language, "cli-table-metric")];
        (!rows.is_empty()).then(|| self.table_of_differences(&first, &levels, rows, by_path))
    }

    /// Below which digits of differences of a variable are rounding.
    fn rounding(&self, variable: &str, year: i32) -> f64 {
        let found = self.comparison.reference.variables.get(variable);
        let place = found.and_then(|found| found.place(year));
        let at = |values: &[Option<f64>]| values.get(place?).copied().flatten();
        found.map_or(0.0, |found| rounding([at(&found.minimum), at(&found.maximum)]))
    }

    /// The same of a metric.
    fn rounding_of_metric(&self, metric: &str) -> f64 {
        let found = self.comparison.reference.metrics.get(metric);
        found.map_or(0.0, |found| rounding([found.minimum, found.maximum]))
    }

    fn targets(&self, alternative: &Alternative) -> Option<String> {
        let targets = &alternative.difference.targets;
        let groups = self.comparison.reference.shown_groups();
        let named = groups.iter().any(|(id, _)| !id.is_empty());
        let (a, b) = (&self.comparison.reference.scenario.id, &alternative.summary.scenario.id);
        let mut table = self.grid.empty(&[
            tr!(self.language, "cli-table-target"),
            a,
            b,
            tr!(self.language, "cli-table-change"),
        ]);
        let cells = |target: &TargetDifference| {
            [target.reference.words(self.language), target.alternative.words(self.language), target.words()]
        };
        let numbers: usize = [a.as_str(), b, tr!(self.language, "cli-table-change")]
            .iter()
            .enumerate()
            .map(|(column, head)| {
                let widths = targets.values().map(|target| cells(target)[column].width());
                widths.chain([head.width()]).max().unwrap_or(0) + 3
            })
            .sum();
        let room = self.grid.width.saturating_sub(numbers + 3).max(12);
        for (id, members) in &groups {
            let compared: Vec<_> = members
                .iter()
                .filter_map(|(name, target)| Some((*name, *target, targets.get(*name)?)))
                .collect();
            if named && !compared.is_empty() {
                let heading = Cell::new(group::title(id, self.language)).add_attribute(Attribute::Bold);
                table.add_row(vec![heading]);
            }
            for (name, target, difference) in compared {
                let mark = if difference.other_requirement.is_some() { " *" } else { "" };
                let title = format!("{}{mark}", self.name(&target.title, name));
                let indent = indent(named, self.comparison.reference.is_variant(target));
                let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
                let row = vec![Cell::new(wrapped(&title, room, indent))];
                table.add_row(row.into_iter().chain(cells(difference).map(right)).collect::<Vec<_>>());
            }
        }
        let differ = targets.values().any(|target| target.other_requirement.is_some());
        let note = if differ {
            format!("\n{}", self.grid.paragraph(tr!(self.language, "cli-table-other-requirement")))
        } else {
            String::new()
        };
        (!targets.is_empty()).then(|| table.trim_fmt() + &note)
    }

    /// Why the tables of differences have no number for what they show as "–".
    fn not_known(&self, alternative: &Alternative) -> Option<String> {
        let difference = &alternative.difference;
        let variables = difference.ordered_variables().map(|(name, variable)| (name, &variable.absolute));
        let metrics = difference.ordered_metrics();
        let metrics = metrics.map(|(name, metric)| {
            let is_year =
                self.comparison.reference.metrics.get(name).is_some_and(|own| own.unit.trim() == "year");
            (self.name(&metric.title, name), &metric.absolute.why, is_year)
        });
        let shown = |variable: &VariableSummary| years(&self.comparison.reference.scenario, variable);
        let lines = unknown::reasons(variables, metrics, self.language, shown);
        let lines: Vec<String> = lines.iter().map(|line| self.grid.paragraph(line)).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn not_compared(&self, alternative: &Alternative) -> Option<String> {
        let left = &alternative.difference.not_compared;
        let lines: Vec<String> = [
            NotComparedReason::OnlyReference,
            NotComparedReason::OnlyAlternative,
            NotComparedReason::Unit,
            NotComparedReason::Years,
        ]
        .into_iter()
        .filter_map(|reason| {
            let names: Vec<Message> = (left.iter().filter(|item| item.reason == reason))
                .map(|item| match item.kind {
                    Comparable::Target => message!("cli-table-target-named", name = &item.name),
                    Comparable::Variable | Comparable::Metric => Message::verbatim(&item.name),
                })
                .collect();
            if names.is_empty() {
                return None;
            }
            let (a, b) = (&self.comparison.reference.scenario.id, &alternative.summary.scenario.id);
            let line = match reason {
                NotComparedReason::OnlyReference => {
                    message!("cli-table-only", scenario = a, names = names)
                }
                NotComparedReason::OnlyAlternative => {
                    message!("cli-table-only", scenario = b, names = names)
                }
                NotComparedReason::Unit => message!("cli-table-units-differ", names = names),
                NotComparedReason::Years => message!("cli-table-years-differ", names = names),
            };
            Some(self.grid.paragraph(&line.text(self.language)))
        })
        .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn name<'t>(&self, title: &'t Text, name: &'t str) -> &'t str {
        title.or_name(name, self.language)
    }
}

/// A quantile of a year with the digits that the sampling error supports.
fn quantile(variable: &VariableSummary, level: &str, year: i32, shown: &Shown) -> String {
    let estimate = variable.place(year).map(|place| variable.quantile(level, place));
    value_of(estimate.unwrap_or_default(), shown, "–")
}

/// An error of less than this part of what it is the error of is rounding.
const ROUNDING: f64 = 1e-13;

/// A mean difference with its error.
fn mean(variable: &VariableSummary, year: i32, factor: f64) -> String {
    let Estimate { value, error } =
        variable.place(year).map(|place| variable.mean_at(place)).unwrap_or_default();
    error_after(value, error, factor)
}

fn with_error(statistics: &Statistics, factor: f64) -> String {
    let mean = statistics.mean.filter(|_| !statistics.why.contains_key("mean"));
    error_after(mean, statistics.standard_error, factor)
}

fn error_after(value: Option<f64>, error: Option<f64>, factor: f64) -> String {
    let (Some(value), error) = (value, error.unwrap_or(0.0) * factor) else { return "–".to_owned() };
    // An error that is nothing but rounding is none.
    let error = if error <= ROUNDING * (value * factor).abs() { 0.0 } else { error };
    let value = significant(value * factor, error);
    if error > 0.0 { format!("{value} ± {}", significant(error, error)) } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::sample;

    #[test]
    fn a_comparison_is_printed_in_both_languages_at_any_width() {
        for (language, name) in [(Language::En, "en"), (Language::Zh, "zh")] {
            for width in [60, 80, 120] {
                let text = print(
                    &sample::comparison(),
                    Some("output/compare-plan-transition"),
                    language,
                    width,
                    false,
                );
                for line in text.lines() {
                    assert!(line.width() <= width, "{} > {width}: {line}\n{text}", line.width());
                }
                insta::assert_snapshot!(format!("comparison_{name}_{width}"), text);
            }
        }
    }
}
