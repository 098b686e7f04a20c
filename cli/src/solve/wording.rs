//! What an answer says, in words and as a bar: the sentence, the table and the chart of `solve` are made of that.

use super::SolutionAt;
use super::moved::label;
use crate::arguments::SolveOptions;
use crate::figures;
use plancast::analysis::gates::Undecided;
use plancast::analysis::solve::{
    Boundary, Goal, Kinds, Lever, Meaning, Solution, SolvedInterval, Trial, TrialEstimate,
};
use plancast::chart::rows::{BarRow, FloatingBars, Tone};
use plancast::scenario::Loaded;
use plancast::text::number::{self, significant, trimmed, ungrouped};
use plancast::text::probability::{Decided, KnownProbability};
use plancast::text::{Language, unit};

/// Tells of answers about one goal and one lever.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) goal: &'a Goal,
    pub(super) lever: &'a Lever,
    pub(super) language: Language,
}

impl Teller<'_> {
    fn say(self, en: String, zh: String) -> String {
        match self.language {
            Language::En => en,
            Language::Zh => zh,
        }
    }

    /// An answer in sentences.
    pub(super) fn sentences(self, answer: &Solution) -> String {
        let goal = &self.goal.text;
        let words = self.words(answer);
        let mut all = if Self::has_ends(answer) {
            self.say(
                format!("{goal} when {words}{}\n", self.interval(answer)),
                format!("{words}{}时，{goal}\n", self.interval(answer)),
            )
        } else {
            self.say(format!("{goal} {words}.\n"), format!("{goal}{words}。\n"))
        };
        let ends = answer.parts.iter().flat_map(|part| match part.point() {
            Some(point) => vec![point],
            None => part.from.iter().chain(&part.to).collect(),
        });
        ends.for_each(|end| all += &self.there(end));
        if answer.is_everywhere() && answer.constant {
            let reached = self.reached(answer.closest.reached);
            all += &self
                .say(format!("It is the same everywhere: {reached}.\n"), format!("处处相同：{reached}。\n"));
        } else if answer.is_everywhere() {
            all += &self.closest(answer);
        }
        if let Some(trial) = answer.not_known {
            let (at, number) = (rounded(trial.x), trial.not_known);
            all += &self.say(
                format!(
                    "At {} = {at} it is not known on {} whether it holds: they count as if it did not.\n",
                    self.label(),
                    number::paths(number)
                ),
                format!(
                    "{} = {at}时，有{}条路径无法得知其是否成立，按不成立计。\n",
                    self.label(),
                    number::count(number)
                ),
            );
        }
        if answer.turns {
            all += &self.say(
                format!("Over the range of {} {} both rises and falls: between the values tried there may be others.\n", self.lever.name, self.goal.statistic),
                format!("在{}的范围内，{}有升有降：各试算值之间可能还有其他解。\n", self.lever.name, self.goal.statistic),
            );
        }
        all
    }

    /// Whether the words of an answer say where the goal is met.
    fn has_ends(answer: &Solution) -> bool {
        !answer.parts.is_empty() && !answer.is_everywhere()
    }

    /// Where the goal holds (`subsidy >= 2.4 ± 0.1`), or else what becomes of it.
    fn words(self, answer: &Solution) -> String {
        let name = self.label();
        let [low, high] = [self.lever.range.0, self.lever.range.1].map(exactly);
        if Self::has_ends(answer) {
            let parts: Vec<String> = answer.parts.iter().map(|part| self.part(part)).collect();
            return parts.join(&self.say(" or ".into(), "或".into()));
        }
        if answer.is_everywhere() {
            return self.say(
                format!("holds already, wherever {name} was tried between {low} and {high}"),
                format!("已经满足：{name}在{low}与{high}之间的各试算值均如此"),
            );
        }
        if let Some(jump) = answer.passed.first() {
            let [below, above] = jump.sides.each_ref().map(|side| self.side(side));
            let (below, above) = (self.reached(below), self.counted(above));
            let at = self.value(jump);
            return self.say(
                format!(
                    "is passed at a jump, not met: {below} just below {name} = {at} and {above} just above"
                ),
                format!("在跳跃处被越过，并未恰好实现：略低于{name} = {at}时{below}，略高于时为{above}"),
            );
        }
        self.not_met(answer)
    }

    /// That the goal was met at no trial, as far as the paths tell.
    fn not_met(self, answer: &Solution) -> String {
        let name = self.label();
        let [low, high] = [self.lever.range.0, self.lever.range.1].map(exactly);
        let (at, reached) = (rounded(answer.closest.x), self.reached(answer.closest.reached));
        let (seen, tried) = (answer.closest.reached, answer.tried);
        if answer.constant && !self.goal.needs_certainty() && answer.may_hold(self.goal.number) {
            return self.say(
                format!("may hold wherever {name} was tried between {low} and {high}, as far as these paths tell: {reached} at each of {tried} values"),
                format!("就这些路径而言可能处处成立：{name}在{low}与{high}之间的{tried}个试算值下均为{reached}"),
            );
        }
        if !self.goal.needs_certainty() && answer.may_hold(self.goal.number) {
            return self.say(
                format!("may hold at {name} = {at}, the closest of the values tried between {low} and {high}, as far as these paths tell: {reached}"),
                format!("就这些路径而言，在{low}与{high}之间最接近的试算值{name} = {at}处可能成立：{reached}"),
            );
        }
        if answer.constant && !self.goal.needs_certainty() {
            return self.say(
                format!("was met at none of {tried} values of {name} between {low} and {high}, and was the same at each: {reached}"),
                format!("{name}在{low}与{high}之间的{tried}个试算值均未实现，且结果相同：{reached}"),
            );
        }
        if self.goal.needs_certainty() && !seen.decided && seen.value == self.goal.number {
            return self.say(
                format!("cannot be told from simulated paths: the equations leave it open wherever {name} was tried between {low} and {high} (at {name} = {at}, {reached}); ask for a bound, such as {}", self.bound()),
                format!("无法由模拟路径判定：{name}在{low}与{high}之间的各试算值下，方程均未排除其他结果（{name} = {at}时{reached}）；请改为设定界限，如{}", self.bound()),
            );
        }
        self.say(
            format!("was met at none of the values of {name} tried between {low} and {high}; the closest was {name} = {at}: {reached}"),
            format!("{name}在{low}与{high}之间的各试算值均未实现；最接近的是{name} = {at}：{reached}"),
        )
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
        match (&part.from, &part.to) {
            (Some(from), None) => format!("{name} >= {}", self.value(from)),
            (None, Some(to)) => format!("{name} <= {}", self.value(to)),
            (Some(from), Some(to)) => {
                let (from, to) = (self.value(from), self.value(to));
                self.say(format!("{name} from {from} to {to}"), format!("{name}从{from}到{to}"))
            }
            (None, None) => name,
        }
    }

    /// A boundary with its standard error.
    fn value(self, boundary: &Boundary) -> String {
        let error = boundary.error;
        if error > 0.0 && error.is_finite() {
            return format!("{} ± {}", near(boundary.x, error), significant(error, error));
        }
        if error == 0.0 {
            located(boundary)
        } else {
            // More digits would say that it is known so far.
            let x = ungrouped(trimmed(boundary.x, 4), boundary.x);
            let why = boundary
                .reached
                .unknown
                .map(|unknown| Undecided::of(unknown, boundary.reached.paths).text(self.language));
            let why =
                why.map_or_else(String::new, |why| format!("{}{why}", self.say(": ".into(), "：".into())));
            self.say(format!("{x} (its error is not known{why})"), format!("{x}（误差未知{why}）"))
        }
    }

    /// The interval of the only boundary, where a sentence has room for it.
    fn interval(self, answer: &Solution) -> String {
        let [SolvedInterval { from, to }] = answer.parts.as_slice() else { return String::new() };
        let end = match (from, to) {
            (Some(end), None) | (None, Some(end)) => end,
            (Some(from), Some(to)) if from == to => from,
            _ => return String::new(),
        };
        let (from, to) = end.interval;
        if end.error == 0.0 || (from, to) == self.lever.range {
            return String::new();
        }
        let error = if end.error.is_finite() { end.error } else { 0.05 * (to - from) };
        let (from, to) = (near(from, error), near(to, error));
        self.say(
            format!(" (from {from} to {to} but for one case in a thousand)"),
            format!("（千分之九百九十九的把握在{from}与{to}之间）"),
        )
    }

    /// What is reached at a boundary, or on both sides of a jump.
    fn there(self, end: &Boundary) -> String {
        let name = self.label();
        if !end.jumps {
            let at = self.reached(end.reached);
            return self.say(
                format!("There it is {at} on the simulated paths.\n"),
                format!("此时模拟结果为{at}。\n"),
            );
        }
        let [below, above] = end.sides.each_ref().map(|side| self.side(side));
        let (below, above) = (self.reached(below), self.counted(above));
        let at = if end.error > 0.0 && end.error.is_finite() { near(end.x, end.error) } else { located(end) };
        self.say(
            format!("It jumps there: {below} just below {name} = {at}, {above} just above, on the simulated paths.\n"),
            format!("该处有跳跃：略低于{name} = {at}时{below}，略高于时为{above}（模拟结果）。\n"),
        )
    }

    /// Where a goal that holds everywhere comes closest to its bound.
    fn closest(self, answer: &Solution) -> String {
        let (name, at) = (self.label(), exactly(answer.closest.x));
        let reached = self.reached(answer.closest.reached);
        self.say(
            format!("It is closest to its bound at {name} = {at}: {reached}.\n"),
            format!("最接近界限的是{name} = {at}：{reached}。\n"),
        )
    }

    /// The frontier as a table: by the values that are held, the answer.
    pub(super) fn table(self, found: &[SolutionAt<'_>]) -> String {
        let goal = &self.goal.text;
        let head = self.say(format!("Combinations at which {goal}:\n"), format!("使{goal}成立的组合：\n"));
        let colon = self.say(": ".into(), "：".into());
        let row = |(answer, held): &SolutionAt<'_>| {
            let values = values(held, self.language);
            format!("  {values}{colon}{}\n", self.words(answer))
        };
        head + &found.iter().map(row).collect::<String>()
    }

    /// What the lever's steps around the answer reach; nothing where it has none.
    pub(super) fn on_steps(self, steps: &[Trial]) -> String {
        if steps.is_empty() {
            return String::new();
        }
        let colon = self.say(": ".into(), "：".into());
        let one = |trial: &Trial| {
            format!("{} = {}{colon}{}", self.label(), exactly(trial.x), self.counted(trial.reached))
        };
        let steps: Vec<String> = steps.iter().map(one).collect();
        self.say(
            format!("Its steps around it: {}.\n", steps.join("; ")),
            format!("相邻档位：{}。\n", steps.join("；")),
        )
    }

    /// What the lever's value is called.
    fn label(self) -> String {
        label(self.lever, self.language)
    }

    /// The statistic with its value.
    fn reached(self, reached: TrialEstimate) -> String {
        let (statistic, value) = (&self.goal.statistic, self.counted(reached));
        let is_decided = reached.decided && matches!(self.goal.kind, Kinds::Probability { .. });
        if value.starts_with(['<', '>']) {
            format!("{statistic} {value}")
        } else if is_decided {
            self.say(format!("{statistic}: {value}"), format!("{statistic}：{value}"))
        } else {
            format!("{statistic} = {value}")
        }
    }

    /// The statistic on a side of a jump: of a quantile the value that many paths share.
    fn side(self, side: &Trial) -> TrialEstimate {
        let error = if matches!(self.goal.kind, Kinds::Quantile(_)) { 0.0 } else { side.reached.error };
        TrialEstimate { error, ..side.reached }
    }

    /// The value of the statistic as people read it.
    fn counted(self, reached: TrialEstimate) -> String {
        let TrialEstimate { value, error, paths, decided, is_year, unknown, .. } = reached;
        if value == f64::INFINITY && is_year {
            return self.say("never".into(), "永不".into());
        }
        match self.goal.kind {
            Kinds::Probability { .. } => {
                let known = KnownProbability::counted(value, paths);
                let error = Some(error).filter(|error| *error > 0.0).or(known.error);
                let decided = decided.then(|| Decided::of_all_paths(value > 0.0));
                KnownProbability { error, decided, ..known }.words(self.language)
            }
            _ if error > 0.0 => format!("{} ± {}", near(value, error), significant(error, error)),
            _ if unknown.is_some() => self.say(
                format!("{} (error not known)", rounded(value)),
                format!("{}（误差未知）", rounded(value)),
            ),
            _ => exactly(value),
        }
    }
}

/// A number as it was tried, without a sign between its thousands where it may be a year.
fn exactly(value: f64) -> String {
    ungrouped(trimmed(value, 8), value)
}

/// Where a boundary lies, with as many digits as the search tells: it is between the trials on its sides.
fn located(boundary: &Boundary) -> String {
    let [below, above] = boundary.sides.map(|side| side.x);
    let between = f64::midpoint(below, above);
    let width = above - below;
    if boundary.jumps && width > 0.0 && width < 1e-5 * between.abs() {
        let text = significant(between, width);
        let trimmed =
            if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        return ungrouped(trimmed.to_owned(), between);
    }
    exactly(boundary.x)
}

/// A number to six digits, as [`exactly`].
pub(super) fn rounded(value: f64) -> String {
    ungrouped(trimmed(value, 6), value)
}

/// A number with the digits that its error supports, as [`exactly`].
fn near(value: f64, error: f64) -> String {
    ungrouped(significant(value, error), value)
}

/// The frontier as a chart: a row for each combination, a bar up to the value that it takes.
pub(super) fn frontier(
    loaded: &Loaded,
    goal: &Goal,
    lever: &Lever,
    found: &[SolutionAt<'_>],
    options: &SolveOptions,
    language: Language,
) -> FloatingBars {
    let written = loaded.scenario.parameters.get(&lever.name).and_then(|it| it.value.provenance.unit.clone());
    let written = written.filter(|_| lever.meaning != Meaning::Factor);
    let shown = unit::shown(&written.unwrap_or_default(), language);
    let scaled = |x: f64| x * shown.factor;
    let row = |(answer, held): &SolutionAt<'_>| {
        let (end, error, label, tone) = bar(answer, lever, language);
        let (from, to) = answer.first().map_or((end, end), |boundary| boundary.interval);
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
    let (title, tones) = match language {
        Language::En => (format!("What it takes: {}", goal.text), ["met", "out of reach"]),
        Language::Zh => (format!("实现条件：{}", goal.text), ["可以实现", "无法实现"]),
    };
    FloatingBars {
        title,
        subtitle: titled(loaded, lever, language),
        unit: shown.unit.clone(),
        are_years: shown.is_year,
        legend: [Tone::High, Tone::Low].into_iter().zip(tones.map(str::to_owned)).collect(),
        rows: found.iter().map(row).collect(),
        footer: figures::footer(&loaded.scenario, options.sample, language),
        ..FloatingBars::default()
    }
}

/// Where the bar of an answer ends, the standard error of that, what stands beside it instead, and its colour.
fn bar(answer: &Solution, lever: &Lever, language: Language) -> (f64, f64, Option<&'static str>, Tone) {
    if answer.is_everywhere() {
        let all = match language {
            Language::En => "all",
            Language::Zh => "全部",
        };
        return (lever.range.1, 0.0, Some(all), Tone::default());
    }
    match answer.first() {
        Some(end) => (end.x, end.error, None, Tone::default()),
        None => (answer.closest.x, 0.0, Some("–"), Tone::Low),
    }
}

/// The values that are held, as a list.
fn values(held: &[(&Lever, f64)], language: Language) -> String {
    let one = |(lever, x): &(&Lever, f64)| format!("{} = {}", label(lever, language), rounded(*x));
    held.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A lever's name with the parameter's title, where it has one.
fn titled(loaded: &Loaded, lever: &Lever, language: Language) -> String {
    let found = loaded.scenario.parameters.get(&lever.name);
    let title = found.map_or("", |parameter| parameter.value.provenance.title.get(language));
    let name = label(lever, language);
    match language {
        _ if title.is_empty() || title == lever.name => name,
        Language::En => format!("{name}: {title}"),
        Language::Zh => format!("{name}：{title}"),
    }
}
