//! A summary as a terminal shows it.

mod blocks;
mod comparison;
mod evidence;
mod grid;

use comfy_table::{Attribute, Cell, CellAlignment};
use unicode_width::UnicodeWidthStr;

pub(super) use self::comparison::print as print_comparison;
pub(super) use self::evidence::conditioned;
use self::grid::{Grid, bar, tone, with_unit, wrapped};
use plancast::analysis::diff::PROBABILITY;
use plancast::report::goals::{condition, impossible, notes, together};
use plancast::report::{bounds, figure, unknown};
use plancast::result::Summary;
use plancast::result::summary::{Estimate, MemberShare, MetricSummary, ScenarioLabel, VariableSummary};
use plancast::text::number::{digits, per_cent, trimmed};
use plancast::text::period::{Step, heading, label, step_of, year_of};
use plancast::text::probability::KnownProbability;
use plancast::text::unit::Shown;
use plancast::text::{Language, Message, Text, group};
use plancast::{key, message, tr};

/// So many members of a metric that names one are shown.
const MOST_MEMBERS: usize = 12;

/// What a terminal shows before the tables: the fan of the first headline without members as block characters,
/// and a line of the medians of the others. Nothing where there is no headline, or no room.
pub(super) fn picture(summary: &Summary, language: Language, width: usize) -> Option<String> {
    let titled = |name: &str, variable: &VariableSummary, unit: &str| {
        with_unit(variable.title.or_name(name, language), unit)
    };
    let headlines = || summary.ordered_variables().filter(|(_, variable)| variable.headline);
    let (name, first) = headlines().find(|(name, _)| !name.contains('[')).or_else(|| headlines().next())?;
    let unit = first.shown(language);
    let mut lines = vec![format!("{} · {}", titled(name, first, &unit.unit), tr!(language, "cli-table-fan"))];
    lines[0] = wrapped(&lines[0], width, "");
    lines.extend(blocks::fan(first, unit.factor, width)?);
    lines.push(String::new());
    for (name, variable) in headlines().filter(|(other, _)| *other != name && !other.contains('[')) {
        let line = format!("{}  {}", blocks::sparkline(variable), titled(name, variable, ""));
        lines.extend((line.width() <= width).then_some(line));
    }
    Some(lines.join("\n").trim_end().to_owned() + "\n\n")
}

/// Most lines that say what drives something.
const MOST_DRIVEN: usize = 6;

/// What stands before a target's title: less under no heading, more for another reading of the goal above it.
fn indent(under_heading: bool, is_variant: bool) -> &'static str {
    match (under_heading, is_variant) {
        (true, true) => "      ",
        (false, true) => "    ",
        (true, false) => "  ",
        (false, false) => "",
    }
}

/// The tables of a summary, at most `width` columns wide (and never narrower than 40): headline variables,
/// metrics, targets by group, joint odds, warnings, and where the run is stored. Without `colour` the text
/// is plain.
pub(super) fn print(
    summary: &Summary,
    folder: Option<&str>,
    language: Language,
    width: usize,
    colour: bool,
) -> String {
    let printer = TablePrinter { summary, folder, language, grid: Grid { width: width.max(40), colour } };
    let heading = evidence::heading(summary, language).map(|line| printer.grid.paragraph(&line) + "\n");
    let mut parts = vec![heading.unwrap_or_default() + &printer.title()];
    parts.extend(printer.variables());
    parts.extend(printer.metrics());
    parts.extend(printer.targets());
    parts.extend(printer.together());
    parts.extend(printer.changes());
    parts.extend(printer.evidence());
    parts.extend(printer.convergence());
    parts.extend(printer.drivers());
    parts.extend(printer.not_known());
    parts.extend(printer.warnings());
    parts.extend(folder.map(|folder| tr!(language, "cli-table-folder", folder = folder)));
    parts.join("\n\n") + "\n"
}

struct TablePrinter<'a> {
    summary: &'a Summary,
    /// Where the run is stored, if it is.
    folder: Option<&'a str>,
    language: Language,
    grid: Grid,
}

impl TablePrinter<'_> {
    fn title(&self) -> String {
        let scenario = &self.summary.scenario;
        let region = scenario.region.get(self.language);
        let mut title = self.name(&scenario.title, &scenario.id).to_owned();
        if !region.is_empty() {
            title = format!("{region} · {title}");
        }
        let mut facts = facts(self.summary);
        if let Some(given) = &self.summary.given {
            let among = message!("text-paths", count = given.among);
            facts = facts.and(message!("cli-table-given", condition = &given.condition, among = among));
        }
        if let Some(worlds) = scenario.worlds_sentence() {
            facts = facts.and(message!("cli-table-pool", worlds = worlds));
        }
        let facts = facts.text(self.language);
        format!("{}\n{}", self.grid.bold(&self.grid.paragraph(&title)), self.grid.paragraph(&facts))
    }

    /// Whether there is a column of means: where there is room, and where the values of a single path stand there alone.
    fn has_mean(&self) -> bool {
        self.grid.is_wide() || self.summary.paths == 1
    }

    fn variables(&self) -> Option<String> {
        let mut headlines = self.summary.ordered_variables().filter(|(_, v)| v.headline).peekable();
        headlines.peek()?;
        let levels = self.levels();
        let titles = titles(&levels, self.language);
        let mut head = vec![
            tr!(self.language, "cli-table-variable"),
            heading(self.summary.scenario.start, self.language),
        ];
        head.extend(titles.iter().map(String::as_str));
        head.extend(self.has_mean().then_some(tr!(self.language, "cli-table-mean")));
        let mut rows = Vec::new();
        for (name, variable) in headlines {
            let shown = variable.shown(self.language);
            let title = with_unit(self.name(&variable.title, name), &shown.unit);
            for (row, year) in years(&self.summary.scenario, variable).into_iter().enumerate() {
                let mut cells = vec![if row == 0 { title.clone() } else { String::new() }, label(year)];
                cells.extend(self.bands(variable, year, &levels, &shown));
                rows.push(cells);
            }
        }
        Some(self.grid.table(&head, rows))
    }

    /// The levels of the quantiles that the tables show.
    fn levels(&self) -> Vec<String> {
        let of_variables = self.summary.variables.values().map(|variable| variable.quantiles.keys());
        let of_metrics = self.summary.metrics.values().map(|metric| metric.quantiles.keys());
        let known = of_variables.flatten().chain(of_metrics.flatten());
        shown_levels(known.map(String::as_str))
    }

    fn bands(&self, variable: &VariableSummary, year: i32, levels: &[String], shown: &Shown) -> Vec<String> {
        let Some(place) = variable.place(year) else { return Vec::new() };
        let mut values: Vec<Estimate> = levels.iter().map(|level| variable.quantile(level, place)).collect();
        if self.has_mean() {
            values.push(variable.mean_at(place));
        }
        let spread = Estimate::spread(&values);
        values.into_iter().map(|value| value.shown_beside(shown, "–", spread)).collect()
    }

    fn metrics(&self) -> Option<String> {
        let mut metrics = self.summary.ordered_metrics().peekable();
        metrics.peek()?;
        let never = self.summary.metrics.values().any(|metric| metric.never > 0.0);
        let levels = self.levels();
        let titles = titles(&levels, self.language);
        let mut head = vec![tr!(self.language, "cli-table-metric")];
        head.extend(titles.iter().map(String::as_str));
        head.extend(self.has_mean().then_some(tr!(self.language, "cli-table-mean")));
        head.extend(never.then_some(tr!(self.language, "cli-table-never")));
        let mut rows = Vec::new();
        let mut named = Vec::new();
        for (name, metric) in metrics {
            if !metric.members.is_empty() {
                named.push(self.grid.paragraph(&self.members(name, metric)));
                continue;
            }
            let mut cells = self.metric(name, metric, &levels);
            if never {
                cells.push(if metric.never > 0.0 { self.never(metric) } else { String::new() });
            }
            rows.push(cells);
        }
        let table = (!rows.is_empty()).then(|| self.grid.table(&head, rows));
        Some(table.into_iter().chain(named).collect::<Vec<_>>().join("\n"))
    }

    /// How often each member is the one that a metric names, the most frequent first.
    fn members(&self, name: &str, metric: &MetricSummary) -> String {
        let mut members: Vec<&MemberShare> = metric.members.iter().filter(|one| one.share > 0.0).collect();
        members.sort_by(|a, b| b.share.total_cmp(&a.share));
        let shown = members.iter().take(MOST_MEMBERS).map(|one| {
            let title = Some(one.title.get(self.language)).filter(|title| !title.is_empty());
            let share = KnownProbability::counted(one.share, self.summary.paths).short(self.language);
            tr!(self.language, "cli-table-member", member = title.unwrap_or(&one.member), share = share)
        });
        let shown: Vec<String> = shown.collect();
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        let title = metric.title.or_name(name, self.language);
        tr!(self.language, "cli-table-members", title = title, shares = shown.as_slice())
    }

    /// How likely it is that the year never comes.
    fn never(&self, metric: &MetricSummary) -> String {
        KnownProbability::counted(metric.never, self.summary.paths).short(self.language)
    }

    fn metric(&self, name: &str, metric: &MetricSummary, levels: &[String]) -> Vec<String> {
        let shown = metric.shown(self.language);
        let mut values: Vec<Estimate> = levels.iter().map(|level| metric.quantile(level)).collect();
        if self.has_mean() {
            values.push(metric.mean());
        }
        let spread = Estimate::spread(&values);
        // A quantile that falls among the paths that never get there is said to be so.
        let cell = |value: Estimate| match value.value {
            Some(f64::INFINITY) if metric.never > 0.0 => tr!(self.language, "cli-table-never").to_owned(),
            _ => value.shown_beside(&shown, "–", spread),
        };
        let title = with_unit(self.name(&metric.title, name), &shown.unit);
        std::iter::once(title).chain(values.into_iter().map(cell)).collect()
    }

    fn targets(&self) -> Option<String> {
        let groups = self.summary.shown_groups();
        let named = groups.iter().any(|(id, _)| !id.is_empty());
        let outcomes =
            self.summary.targets.values().map(|target| target.probability.words(self.language).width());
        let room = self.grid.width - (outcomes.max().unwrap_or(0) + 2) - (self.grid.bar_width() + 2) - 4;
        let mut table = self.grid.empty(&[
            tr!(self.language, "cli-table-target"),
            tr!(self.language, "cli-table-probability"),
            "",
        ]);
        for (id, targets) in &groups {
            if named {
                let heading = Cell::new(group::title(id, self.language)).add_attribute(Attribute::Bold);
                table.add_row(vec![heading]);
            }
            for (name, target) in targets {
                let indent = indent(named, self.summary.is_variant(target));
                let title = wrapped(self.name(&target.title, name), room, indent);
                let probability = &target.probability;
                // What is decided has no probability to draw.
                let bar = match probability.decided {
                    Some(_) => Cell::new(""),
                    // Of a single path it would be all or nothing.
                    None if self.summary.paths == 1 => Cell::new(""),
                    None => Cell::new(bar(probability.probability, self.grid.bar_width()))
                        .fg(tone(probability.probability)),
                };
                let outcome = Cell::new(probability.words(self.language)).set_alignment(CellAlignment::Right);
                table.add_row(vec![Cell::new(title), outcome, bar]);
            }
        }
        (!groups.is_empty()).then(|| table.trim_fmt())
    }

    fn together(&self) -> Option<String> {
        let (summary, language) = (self.summary, self.language);
        let sentences =
            [condition(summary, language), together(summary, language), impossible(summary, language)];
        let sentences = sentences.into_iter().flatten().chain(notes(summary, language));
        let sentences: Vec<String> = sentences.map(|sentence| self.grid.paragraph(&sentence)).collect();
        (!sentences.is_empty()).then(|| sentences.join("\n"))
    }

    /// How precise the run has become, where that was asked for.
    fn convergence(&self) -> Option<String> {
        let found = self.summary.convergence.as_ref()?;
        let probability = found.statistic == PROBABILITY;
        let shown = |error: f64| {
            if probability { per_cent(&digits(100.0 * error, 2), self.language) } else { digits(error, 3) }
        };
        let steps = found.paths.iter().zip(&found.standard_error);
        let step = |(paths, error): (&u64, &Option<f64>)| {
            let error = error.map_or_else(|| "–".into(), shown);
            let paths = message!("text-paths", count = *paths);
            message!("cli-table-precise", error = error, paths = paths)
        };
        let steps: Vec<Message> = steps.map(step).collect();
        let of =
            if probability { tr!(self.language, "cli-table-all-odds") } else { found.statistic.as_str() };
        let reached = if found.reached { key!("cli-table-reached") } else { key!("cli-table-not-reached") };
        let line = tr!(
            self.language,
            "cli-table-convergence",
            of = of,
            steps = steps,
            wanted = shown(found.wanted),
            reached = reached
        );
        Some(self.grid.paragraph(&line))
    }

    /// What drives the headlines, a line each, at the first and the last year of the tables.
    fn drivers(&self) -> Option<String> {
        let mut lines = Vec::new();
        for (name, variable) in
            self.summary.ordered_variables().filter(|(name, v)| v.headline && !name.contains('['))
        {
            let years = years(&self.summary.scenario, variable);
            let mut ends = vec![*years.first()?, *years.last()?];
            ends.dedup();
            for year in ends {
                let title = format!("{} {}", label(year), self.name(&variable.title, name));
                lines.extend(
                    figure::drivers(self.summary, &format!("{name}@{}", label(year)), self.language)
                        .map(|text| (title, text)),
                );
            }
        }
        lines.truncate(MOST_DRIVEN);
        let lines: Vec<String> = lines
            .iter()
            .map(|(title, text)| {
                let line = tr!(self.language, "cli-table-driven", title = title, drivers = text);
                self.grid.paragraph(&line)
            })
            .collect();
        if lines.is_empty() {
            return self.why_no_drivers().map(|text| self.grid.paragraph(text));
        }
        Some(format!("{}\n{}", self.grid.bold(tr!(self.language, "cli-table-drivers")), lines.join("\n")))
    }

    /// Why it is not told what drives the headlines, where paths were chosen or placed.
    fn why_no_drivers(&self) -> Option<&'static str> {
        let given = self.summary.given.as_ref().map(|_| tr!(self.language, "cli-table-drivers-given"));
        given.or_else(|| {
            (!self.summary.sampling.is_empty()).then_some(tr!(self.language, "cli-table-drivers-sampled"))
        })
    }

    /// Why the tables have no number for what they show as "–".
    fn not_known(&self) -> Option<String> {
        let metrics = self.summary.ordered_metrics();
        let metrics = metrics.map(|(name, metric)| {
            (self.name(&metric.title, name), &metric.why, metric.unit.trim() == "year")
        });
        let shown = |variable: &VariableSummary| years(&self.summary.scenario, variable);
        let mut lines = unknown::reasons(self.summary.ordered_variables(), metrics, self.language, shown);
        let one_path = unknown::one_path(self.summary, self.language).map(str::to_owned);
        lines.extend(one_path.filter(|line| !lines.contains(line)));
        let lines: Vec<String> = lines.iter().map(|line| self.grid.paragraph(line)).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// What was not finite, each with a command on a line of its own that shows the first such path.
    fn warnings(&self) -> Option<String> {
        let mut lines = Vec::new();
        // A path of a scheme is that of its own points: nothing else draws it again.
        let by_chance = self.summary.sampling.is_empty() && self.summary.evidence.is_none();
        let mut warn = |text: String, name: &str, path: Option<u64>| match path.filter(|_| by_chance) {
            Some(path) => {
                lines.push(self.grid.paragraph(&(text + tr!(self.language, "cli-table-see"))));
                lines.push(self.replaying(name, path));
            }
            None => lines.push(self.grid.paragraph(&text)),
        };
        let not_finite =
            |name: &str, paths: u64| tr!(self.language, "cli-table-not-finite", name = name, paths = paths);
        for (name, variable) in self.summary.ordered_variables() {
            let years = variable.years.iter().zip(&variable.not_finite).enumerate();
            let mut bad = years.filter(|(_, (_, paths))| **paths > 0);
            if let Some((place, (year, paths))) = bad.next() {
                let first = variable.first_not_finite.get(place).copied().flatten();
                warn(not_finite(&format!("{name}@{}", label(year)), *paths), name, first);
            }
        }
        for (name, said, first) in bounds::sentences(self.summary, self.language) {
            warn(said, name, first);
        }
        for (name, metric) in self.summary.ordered_metrics().filter(|(_, metric)| metric.not_finite > 0) {
            warn(not_finite(name, metric.not_finite), name, metric.first_not_finite);
        }
        for (name, target) in self.summary.ordered_targets().filter(|(_, target)| target.not_known > 0) {
            let paths = target.not_known;
            warn(tr!(self.language, "cli-table-not-known", name = name, paths = paths), name, None);
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// The command that shows a path of this run again: of the scenario as it was run, whatever was set.
    fn replaying(&self, name: &str, path: u64) -> String {
        let scenario = match self.folder {
            Some(folder) => quoted(&format!("{folder}/scenario.toml")),
            None => quoted(&self.summary.scenario.id),
        };
        let (what, which) = (
            format!("  plancast explain {scenario} {}", quoted(name)),
            format!("--path {path} --seed {}", self.summary.seed),
        );
        let fits = what.width() + 1 + which.width() <= self.grid.width;
        if fits { format!("{what} {which}") } else { format!("{what} \\\n    {which}") }
    }

    fn name<'t>(&self, title: &'t Text, name: &'t str) -> &'t str {
        title.or_name(name, self.language)
    }
}

/// The years a plan speaks of: five years after its start, its end, and one between; of quarters and months the first lies a year
/// after the start.
fn years(scenario: &ScenarioLabel, variable: &VariableSummary) -> Vec<i32> {
    let (start, last) = (scenario.start, scenario.end);
    let (first, between) = match step_of(start) {
        Step::Year => (start + 5, i32::midpoint(start + 5, last) / 5 * 5),
        step => (start + step.per_year(), step.last_of(year_of(i32::midpoint(start, last)))),
    };
    let mut years = vec![first, between, last];
    years.retain(|year| variable.place(*year).is_some());
    years.sort_unstable();
    years.dedup();
    if years.is_empty() { variable.years.last().copied().into_iter().collect() } else { years }
}

/// A word as a shell takes it: `va[coal]` would be a pattern, and a blank two words.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let is_plain = !word.is_empty() && !word.starts_with('-') && word.chars().all(plain);
    if is_plain { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// How many paths a run has, of which seed, for which years.
fn facts(summary: &Summary) -> Message {
    let scenario = &summary.scenario;
    let seed = summary.seed.to_string();
    let (start, end) = (scenario.start, scenario.end);
    message!("cli-table-facts", paths = summary.paths, seed = seed, start = start, end = end)
}

/// What the columns of some levels are called.
fn titles(levels: &[String], language: Language) -> Vec<String> {
    let title = |level: &String| match level.parse::<f64>() {
        Ok(level) if level != 0.5 => per_cent(&trimmed(100.0 * level, 6), language),
        _ => tr!(language, "cli-table-median").to_owned(),
    };
    levels.iter().map(title).collect()
}

/// The levels that a run reports where nothing is said.
const USUAL_LEVELS: [&str; 7] = ["0.05", "0.1", "0.25", "0.5", "0.75", "0.9", "0.95"];

/// So many levels of quantiles have a column each; of more the usual three are shown, or the ends and the middle one.
const MOST_LEVELS: usize = 5;

/// Of the levels of the quantiles that are known, those that a table shows, ascending.
fn shown_levels<'a>(known: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut known: Vec<&str> = known.collect();
    known.sort_by(|a, b| a.parse().unwrap_or(f64::NAN).total_cmp(&b.parse().unwrap_or(f64::NAN)));
    known.dedup();
    let usual = ["0.05", "0.5", "0.95"];
    let is_as_usual = known.iter().all(|level| USUAL_LEVELS.contains(level));
    let shown = match known.as_slice() {
        [] => usual.to_vec(),
        all if is_as_usual && usual.iter().all(|level| all.contains(level)) => usual.to_vec(),
        few if few.len() <= MOST_LEVELS => few.to_vec(),
        many if usual.iter().all(|level| many.contains(level)) => usual.to_vec(),
        many => vec![many[0], many[many.len() / 2], many[many.len() - 1]],
    };
    shown.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::sample;

    /// Columns that a line takes: Chinese characters and full-width signs take two.
    fn columns(line: &str) -> usize {
        line.chars()
            .map(|c| if matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ff60}') { 2 } else { 1 })
            .sum()
    }

    fn printed(language: Language, width: usize) -> String {
        let mut summary = sample::summary();
        let gdp = summary.variables.get_mut("gdp").unwrap();
        (gdp.not_finite[11], gdp.first_not_finite[11]) = (12, Some(4711));
        summary.targets.get_mut("so2").unwrap().not_known = 3;
        print(&summary, Some("output/plan"), language, width, false)
    }

    #[test]
    fn a_summary_is_printed_in_both_languages_at_any_width() {
        for (language, name) in [(Language::En, "en"), (Language::Zh, "zh")] {
            for width in [60, 80, 120] {
                insta::assert_snapshot!(format!("{name}_{width}"), printed(language, width));
            }
        }
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for language in [Language::En, Language::Zh] {
            for width in [60, 72, 80, 100, 120] {
                let text = printed(language, width);
                for line in text.lines() {
                    assert!(columns(line) <= width, "{} > {width}: {line}\n{text}", columns(line));
                }
            }
        }
    }

    #[test]
    fn colour_is_only_there_when_asked_for() {
        let summary = sample::summary();
        let text = |colour| print(&summary, None, Language::En, 80, colour);
        assert!(!text(false).contains('\u{1b}') && text(true).contains("\u{1b}["));
    }

    #[test]
    fn a_summary_without_anything_is_its_title() {
        let text = print(&bare(), None, Language::En, 80, false);
        assert_eq!(text, "Lüliang · The plan as written\n100,000 paths · seed 1 · 2020–2035\n");
    }

    #[test]
    fn what_is_printed_for_a_shell_is_one_word_there() {
        for word in ["gdp", "va[coal]", "my runs/a b", "it's", "-x", "", "煤炭"] {
            let line = format!("printf %s {}", quoted(word));
            let out = std::process::Command::new("sh").args(["-c", &line]).output().unwrap();
            assert_eq!(String::from_utf8(out.stdout).unwrap(), word);
        }
    }

    #[test]
    fn the_command_that_replays_a_path_names_the_stored_scenario_and_the_seed() {
        let mut summary = sample::summary();
        summary.seed = 7;
        let gdp = summary.variables.get_mut("gdp").unwrap();
        (gdp.not_finite[11], gdp.first_not_finite[11]) = (12, Some(4711));
        let text = print(&summary, Some("my runs/plan"), Language::En, 120, false);
        let line = "  plancast explain 'my runs/plan/scenario.toml' gdp --path 4711 --seed 7\n";
        assert!(text.contains(line), "{text}");
        summary.sampling = "sobol".to_owned();
        let text = print(&summary, Some("my runs/plan"), Language::En, 120, false);
        assert!(!text.contains("--path") && !text.contains("see the first"), "{text}");
    }

    fn bare() -> Summary {
        let mut summary = sample::summary();
        summary.variables.clear();
        summary.metrics.clear();
        summary.targets.clear();
        summary.joint.all = None;
        summary
    }
}
