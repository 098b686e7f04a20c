//! What an answer says, in words and as a bar: the sentence, the table and the chart of `solve` are made of that.

use super::SolutionAt;
use super::moved::label;
use crate::figures;
use plancast::analysis::gates::Undecided;
use plancast::analysis::solve::{
    Boundary, Goal, Kinds, Lever, Meaning, PossibleRange, Solution, SolvedInterval, Trial, TrialEstimate,
};
use plancast::chart::rows::{BarRow, FloatingBars, Tone};
use plancast::scenario::Scenario;
use plancast::study::SolveAnswer;
use plancast::text::number::{per_cent, significant, trimmed, ungrouped};
use plancast::text::probability::{Decided, KnownProbability};
use plancast::text::{Language, Message, unit};
use plancast::{message, tr};

/// Tells of answers about one goal and one lever.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) goal: &'a Goal,
    pub(super) lever: &'a Lever,
    /// Whether the lever's values are read in per cent.
    pub(super) in_per_cent: bool,
    pub(super) language: Language,
}

/// Whether values of a lever are read in per cent: those of a parameter that is written so.
pub(super) fn in_per_cent(scenario: &Scenario, lever: &Lever) -> bool {
    let parameter = scenario.parameters.get(&lever.name);
    let signed = parameter.and_then(|parameter| parameter.value.has_percent_sign());
    signed == Some(true) && lever.meaning != Meaning::Factor
}

impl Teller<'_> {
    /// An answer in sentences.
    pub(super) fn sentences(self, answer: &Solution) -> String {
        let (language, goal, words) = (self.language, &self.goal.text, self.words(answer));
        let first = match self.interval(answer) {
            Some([from, to]) => {
                tr!(language, "cli-solve-when-between", goal = goal, words = words, from = from, to = to)
            }
            None if Self::has_ends(answer) => tr!(language, "cli-solve-when", goal = goal, words = words),
            None => tr!(language, "cli-solve-otherwise", goal = goal, words = words),
        };
        let mut all = vec![first];
        let ends = answer.parts.iter().flat_map(|part| match part.point() {
            Some(point) => vec![point],
            None => part.from.iter().chain(&part.to).collect(),
        });
        all.extend(ends.map(|end| self.there(end)));
        if answer.is_everywhere() && answer.constant {
            let reached = self.reached(answer.closest.reached);
            all.push(tr!(language, "cli-solve-constant", reached = reached));
        } else if answer.is_everywhere() {
            all.push(self.closest(answer));
        }
        if let Some(trial) = answer.not_known {
            let (name, at) = (self.label(), self.shows(trial.x, |x, _| rounded(x)));
            let paths = trial.not_known;
            all.push(tr!(language, "cli-solve-not-known", name = name, at = at, paths = paths));
        }
        if answer.turns {
            let (name, statistic) = (&self.lever.name, &self.goal.statistic);
            all.push(tr!(language, "cli-solve-turns", name = name, statistic = statistic));
        }
        all.into_iter().map(|line| line + "\n").collect()
    }

    /// A value of the lever in words of `number`, which are also given it in per cent where it is read so.
    fn shows(self, x: f64, number: impl Fn(f64, f64) -> String) -> String {
        if self.in_per_cent { per_cent(&number(100.0 * x, 100.0), self.language) } else { number(x, 1.0) }
    }

    /// Both ends of the lever's range.
    fn range(self) -> [String; 2] {
        [self.lever.range.0, self.lever.range.1].map(|x| self.shows(x, |x, _| exactly(x)))
    }

    /// Whether the words of an answer say where the goal is met.
    fn has_ends(answer: &Solution) -> bool {
        !answer.parts.is_empty() && !answer.is_everywhere()
    }

    /// Where the goal holds (`subsidy >= 2.4 ± 0.1`), or else what becomes of it.
    fn words(self, answer: &Solution) -> String {
        let (language, name) = (self.language, self.label());
        let [low, high] = self.range();
        if Self::has_ends(answer) {
            let parts = answer.parts.iter().map(|part| self.part(part));
            let parts = parts.reduce(|all, next| tr!(language, "cli-solve-or", all = all, next = next));
            return parts.unwrap_or_default();
        }
        if answer.is_everywhere() {
            return if answer.may_be_missed(self.goal) {
                tr!(language, "cli-solve-everywhere-close", name = name, low = low, high = high)
            } else {
                tr!(language, "cli-solve-everywhere", name = name, low = low, high = high)
            };
        }
        if let Some(range) = answer.possible.first() {
            return self.possible(range);
        }
        if let Some(jump) = answer.passed.first() {
            let [below, above] = jump.sides.each_ref().map(|side| self.side(side));
            let (below, above) = (self.reached(below), self.counted(above));
            let at = self.value(jump);
            return tr!(language, "cli-solve-passed", below = below, above = above, name = name, at = at);
        }
        self.not_met(answer).text(language)
    }

    /// Where a goal with `=` is met within what chance may do.
    fn possible(self, range: &PossibleRange) -> String {
        let precision = 1e-3 * (self.lever.range.1 - self.lever.range.0);
        let [from, to, at] = [range.from, range.to, range.within.x]
            .map(|x| self.shows(x, |x, unit| near(x, unit * precision)));
        let (name, reached) = (self.label(), self.reached(self.side(&range.within)));
        tr!(
            self.language,
            "cli-solve-may-between",
            name = name,
            from = from,
            to = to,
            at = at,
            reached = reached
        )
    }

    /// That the goal was met at no trial, as far as the paths tell.
    fn not_met(self, answer: &Solution) -> Message {
        let name = self.label();
        let [low, high] = self.range();
        let at = self.shows(answer.closest.x, |x, _| rounded(x));
        let reached = self.reached_beside(answer.closest.reached, Some(self.goal.number));
        let (seen, tried) = (answer.closest.reached, answer.tried);
        let certain = self.goal.needs_certainty();
        let may_hold = !certain && answer.may_hold(self.goal);
        if answer.constant && !certain {
            let (reached, tried) = (reached.as_str(), tried.to_string());
            return if may_hold {
                message!(
                    "cli-solve-may-everywhere",
                    name = name,
                    low = low,
                    high = high,
                    reached = reached,
                    tried = tried
                )
            } else {
                message!(
                    "cli-solve-never-constant",
                    name = name,
                    low = low,
                    high = high,
                    reached = reached,
                    tried = tried
                )
            };
        }
        if may_hold {
            return message!(
                "cli-solve-may",
                name = name,
                at = at,
                low = low,
                high = high,
                reached = reached
            );
        }
        if certain && !seen.decided && seen.value == self.goal.number {
            let bound = self.bound();
            return message!(
                "cli-solve-open",
                name = name,
                low = low,
                high = high,
                at = at,
                reached = reached,
                bound = bound
            );
        }
        message!("cli-solve-never", name = name, low = low, high = high, at = at, reached = reached)
    }

    /// A goal that paths can tell, in the place of one that they cannot.
    fn bound(self) -> String {
        let (sign, bound) = if self.goal.number == 0.0 { ("<=", "0.1%") } else { (">=", "99.9%") };
        format!("{} {sign} {bound}", self.goal.statistic)
    }

    /// A part of the range in which the goal holds.
    fn part(self, part: &SolvedInterval) -> String {
        let name = self.label();
        if let Some(point) = part.point() {
            return format!("{name} = {}", self.value(point));
        }
        let or_equal = |end: &Boundary| if end.included { "=" } else { "" };
        match (&part.from, &part.to) {
            (Some(from), None) => format!("{name} >{} {}", or_equal(from), self.value(from)),
            (None, Some(to)) => format!("{name} <{} {}", or_equal(to), self.value(to)),
            (Some(from), Some(to)) if !(from.included && to.included) => {
                let (above, below) = (or_equal(from), or_equal(to));
                format!("{} <{above} {name} <{below} {}", self.value(from), self.value(to))
            }
            (Some(from), Some(to)) => {
                let (from, to) = (self.value(from), self.value(to));
                tr!(self.language, "cli-solve-from-to", name = name, from = from, to = to)
            }
            (None, None) => name,
        }
    }

    /// A boundary with its standard error.
    fn value(self, boundary: &Boundary) -> String {
        let error = boundary.error;
        if error > 0.0 && error.is_finite() {
            let value = self.shows(boundary.x, |x, unit| near(x, unit * error));
            let unit = if self.in_per_cent { 100.0 } else { 1.0 };
            return format!("{value} ± {}", significant(unit * error, unit * error));
        }
        if error == 0.0 {
            return self.located(boundary);
        }
        // More digits would say that it is known so far.
        let x = self.shows(boundary.x, |x, _| ungrouped(trimmed(x, 4), x));
        let unknown = boundary.reached.unknown;
        match unknown.map(|unknown| Undecided::of(unknown, boundary.reached.paths).text(self.language)) {
            Some(why) => tr!(self.language, "cli-solve-no-error-why", value = x, why = why),
            None => tr!(self.language, "cli-solve-no-error", value = x),
        }
    }

    /// The interval of the only boundary, where a sentence has room for it.
    fn interval(self, answer: &Solution) -> Option<[String; 2]> {
        let [SolvedInterval { from, to }] = answer.parts.as_slice() else { return None };
        let end = match (from, to) {
            (Some(end), None) | (None, Some(end)) => end,
            (Some(from), Some(to)) if from == to => from,
            _ => return None,
        };
        let (from, to) = end.interval;
        if end.error == 0.0 || (from, to) == self.lever.range {
            return None;
        }
        let error = if end.error.is_finite() { end.error } else { 0.05 * (to - from) };
        Some([from, to].map(|x| self.shows(x, |x, unit| near(x, unit * error))))
    }

    /// What is reached at a boundary, or on both sides of a jump.
    fn there(self, end: &Boundary) -> String {
        let (language, name) = (self.language, self.label());
        if !end.jumps {
            return tr!(language, "cli-solve-there", at = self.reached(end.reached));
        }
        let [below, above] = end.sides.each_ref().map(|side| self.side(side));
        let (below, above) = (self.reached(below), self.counted(above));
        let is_known = end.error > 0.0 && end.error.is_finite();
        let at =
            if is_known { self.shows(end.x, |x, unit| near(x, unit * end.error)) } else { self.located(end) };
        tr!(language, "cli-solve-jumps", below = below, above = above, name = name, at = at)
    }

    /// Where a goal that holds everywhere comes closest to its bound.
    fn closest(self, answer: &Solution) -> String {
        let (name, at) = (self.label(), self.shows(answer.closest.x, |x, _| exactly(x)));
        let reached = self.reached(answer.closest.reached);
        tr!(self.language, "cli-solve-closest", name = name, at = at, reached = reached)
    }

    /// The frontier as a table: by the values that are held, the answer.
    pub(super) fn table(self, found: &[SolutionAt<'_>]) -> String {
        let row = |(answer, held): &SolutionAt<'_>| {
            let (values, words) = (values(held, self.language), self.words(answer));
            format!("  {}\n", tr!(self.language, "cli-solve-row", values = values, words = words))
        };
        let head = tr!(self.language, "cli-solve-combinations", goal = &self.goal.text);
        head + "\n" + &found.iter().map(row).collect::<String>()
    }

    /// What the lever's steps around the answer reach; nothing where it has none.
    pub(super) fn on_steps(self, steps: &[Trial]) -> String {
        let one = |trial: &Trial| {
            let value = self.shows(trial.x, |x, _| exactly(x));
            let reached = self.counted(trial.reached);
            message!("cli-solve-step", name = self.label(), value = value, reached = reached)
        };
        let steps = steps.iter().map(one);
        let steps = steps.reduce(|all, next| message!("cli-solve-next", all = all, next = next));
        steps.map_or_else(String::new, |steps| tr!(self.language, "cli-solve-steps", steps = steps) + "\n")
    }

    /// What the lever's value is called.
    fn label(self) -> String {
        label(self.lever, self.language)
    }

    /// The statistic with its value.
    fn reached(self, reached: TrialEstimate) -> String {
        self.reached_beside(reached, None)
    }

    /// The same with digits enough to tell it from a number that it is not.
    fn reached_beside(self, reached: TrialEstimate, beside: Option<f64>) -> String {
        let (statistic, value) = (&self.goal.statistic, self.counted_beside(reached, beside));
        let is_decided = reached.decided && matches!(self.goal.kind, Kinds::Probability { .. });
        if value.starts_with(['<', '>']) {
            format!("{statistic} {value}")
        } else if is_decided {
            tr!(self.language, "cli-solve-decided", statistic = statistic, value = value)
        } else {
            format!("{statistic} = {value}")
        }
    }

    /// The statistic on a side of a jump: of a quantile the value that many paths share.
    fn side(self, side: &Trial) -> TrialEstimate {
        let error = if matches!(self.goal.kind, Kinds::Quantile(_)) { 0.0 } else { side.reached.error };
        TrialEstimate { error, ..side.reached }
    }

    /// Where a boundary lies, with as many digits as the search tells: it is between the trials on its sides.
    fn located(self, boundary: &Boundary) -> String {
        let [below, above] = boundary.sides.map(|side| side.x);
        let between = f64::midpoint(below, above);
        let width = above - below;
        if boundary.jumps && width > 0.0 && width < 1e-5 * between.abs() {
            return self.shows(boundary.x, |between, unit| {
                let text = significant(between, unit * width);
                let trimmed =
                    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
                ungrouped(trimmed.to_owned(), between)
            });
        }
        self.shows(boundary.x, |x, _| exactly(x))
    }

    /// The value of the statistic as people read it.
    fn counted(self, reached: TrialEstimate) -> String {
        self.counted_beside(reached, None)
    }

    /// The same with digits enough to tell it from a number that it is not.
    fn counted_beside(self, reached: TrialEstimate, beside: Option<f64>) -> String {
        let TrialEstimate { value, error, paths, decided, is_year, unknown, .. } = reached;
        if value == f64::INFINITY && is_year {
            return tr!(self.language, "cli-solve-year-never").to_owned();
        }
        match self.goal.kind {
            Kinds::Probability { .. } => {
                let known = KnownProbability::counted(value, paths);
                let error = Some(error).filter(|error| *error > 0.0).or(known.error);
                let decided = decided.then(|| Decided::of_all_paths(value > 0.0));
                KnownProbability { error, decided, ..known }.words(self.language)
            }
            // As the goal asks for it.
            _ if self.goal.text.trim_end().ends_with('%') && error > 0.0 => {
                let beside = beside.map(|beside| 100.0 * beside);
                let value = per_cent(&apart(100.0 * value, 100.0 * error, beside), self.language);
                format!("{value} ± {}", significant(100.0 * error, 100.0 * error))
            }
            _ if error > 0.0 => format!("{} ± {}", apart(value, error, beside), significant(error, error)),
            _ if unknown.is_some() => {
                tr!(self.language, "cli-solve-error-unknown", value = rounded(value))
            }
            _ => exactly(value),
        }
    }
}

/// A number as it was tried, without a sign between its thousands where it may be a year.
fn exactly(value: f64) -> String {
    ungrouped(trimmed(value, 8), value)
}

/// A number to six digits, as [`exactly`].
pub(super) fn rounded(value: f64) -> String {
    ungrouped(trimmed(value, 6), value)
}

/// A number with the digits that its error supports, as [`exactly`].
fn near(value: f64, error: f64) -> String {
    ungrouped(significant(value, error), value)
}

/// As [`near`], with more digits where those would be those of another number that it is not.
fn apart(value: f64, error: f64, beside: Option<f64>) -> String {
    let text = near(value, error);
    let Some(other) = beside.filter(|other| *other != value && near(*other, error) == text) else {
        return text;
    };
    let digits = |x: f64, count: i32| ungrouped(trimmed(x, count), x);
    let tells = |count: &i32| digits(value, *count) != digits(other, *count);
    (1..=17).find(tells).map_or(text, |count| digits(value, count))
}

/// The frontier as a chart: a row for each combination, a bar up to the value that it takes.
pub(super) fn frontier(
    scenario: &Scenario,
    answer: &SolveAnswer,
    lever: &Lever,
    found: &[SolutionAt<'_>],
    language: Language,
) -> FloatingBars {
    let written = scenario.parameters.get(&lever.name).and_then(|it| it.value.provenance.unit.clone());
    let written = written.filter(|_| lever.meaning != Meaning::Factor);
    let shown = unit::shown(&written.unwrap_or_default(), language);
    let scaled = |x: f64| x * shown.factor;
    let row = |(solution, held): &SolutionAt<'_>| {
        let (end, error, label, tone) = bar(solution, lever, language);
        let (from, to) = match (solution.first(), solution.possible.first()) {
            (Some(boundary), _) => boundary.interval,
            (None, Some(range)) => (range.from, range.to),
            (None, None) => (end, end),
        };
        let interval = (scaled(from), scaled(to));
        let number = |x: f64, error: f64| {
            if error > 0.0 && error.is_finite() { near(x, error) } else { exactly(x) }
        };
        BarRow {
            title: values(held, language),
            bars: vec![(scaled(lever.range.0), scaled(end), tone)],
            interval: Some(interval).filter(|_| error > 0.0 && error.is_finite()),
            label: label.map_or_else(|| number(scaled(end), scaled(error)), str::to_owned),
        }
    };
    let (met, unmet) = (tr!(language, "cli-solve-chart-met"), tr!(language, "cli-solve-chart-unmet"));
    FloatingBars {
        title: tr!(
            language,
            "cli-solve-chart-title",
            goal = with_titles(scenario, &answer.goal.text, language)
        ),
        subtitle: titled(scenario, lever, language),
        unit: shown.unit.clone(),
        are_years: shown.is_year,
        legend: vec![(Tone::High, met.into()), (Tone::Low, unmet.into())],
        rows: found.iter().map(row).collect(),
        footer: figures::footer(scenario, answer.sample, language),
        ..FloatingBars::default()
    }
}

/// A goal with the titles of what it names in the place of the names: `p(“CO2 peaks by 2030”) = 40%`.
fn with_titles(scenario: &Scenario, goal: &str, language: Language) -> String {
    let title = |name: &str| {
        let target = scenario.targets.get(name).map(|target| &target.title);
        let metric = || scenario.metrics.get(name).map(|metric| &metric.title);
        let variable = || scenario.variables.get(name).map(|variable| &variable.title);
        let title = target.or_else(metric).or_else(variable)?.get(language);
        (!title.is_empty()).then(|| tr!(language, "report-goals-quoted", title = title))
    };
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut text, mut word) = (String::new(), String::new());
    for c in goal.chars().chain(std::iter::once('\n')) {
        if is_word(c) {
            word.push(c);
            continue;
        }
        text.push_str(&title(&word).unwrap_or_else(|| word.clone()));
        word.clear();
        text.push(c);
    }
    text.trim_end().replace(">=", "≥").replace("<=", "≤")
}

/// Where the bar of an answer ends, the standard error of that, what stands beside it instead, and its colour.
fn bar(answer: &Solution, lever: &Lever, language: Language) -> (f64, f64, Option<&'static str>, Tone) {
    if answer.is_everywhere() {
        return (lever.range.1, 0.0, Some(tr!(language, "cli-solve-chart-all")), Tone::default());
    }
    match (answer.first(), answer.possible.first()) {
        (Some(end), _) => (end.x, end.error, None, Tone::default()),
        (None, Some(range)) => {
            // As large as the range is wide: it could be anywhere within it.
            (f64::midpoint(range.from, range.to), 0.25 * (range.to - range.from), None, Tone::default())
        }
        (None, None) => (answer.closest.x, 0.0, Some("–"), Tone::Low),
    }
}

/// The values that are held, as a list.
fn values(held: &[(&Lever, f64)], language: Language) -> String {
    let one = |(lever, x): &(&Lever, f64)| format!("{} = {}", label(lever, language), rounded(*x));
    held.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A lever's name with the parameter's title, where it has one.
fn titled(scenario: &Scenario, lever: &Lever, language: Language) -> String {
    let found = scenario.parameters.get(&lever.name);
    let title = found.map_or("", |parameter| parameter.value.provenance.title.get(language));
    let name = label(lever, language);
    if title.is_empty() || title == lever.name {
        return name;
    }
    tr!(language, "cli-solve-titled", name = name, title = title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_told_from_what_it_does_not_reach() {
        assert_eq!(apart(2.96, 1.0, Some(3.0)), "2.96");
        assert_eq!(apart(2.9999996, 0.01, Some(3.0)), "2.9999996");
        // Where the error tells them apart, and where it is the number itself, no digit is added.
        assert_eq!(apart(2.96, 0.01, Some(3.0)), near(2.96, 0.01));
        assert_eq!(apart(3.0, 1.0, Some(3.0)), "3");
        assert_eq!(apart(2.96, 1.0, None), "3");
    }
}
