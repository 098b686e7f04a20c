//! What an answer says, in words and as a bar: the sentence, the table and the chart of `solve` are made of that.

use super::Found;
use crate::analysis::solve::{Answer, Estimate, INTERVAL, Lever};
use crate::analysis::statement::{Sense, Statement, Statistic};
use crate::chart::rows::{Row, Rows, Tone};
use crate::cli::arguments::SolveOptions;
use crate::cli::figures;
use crate::scenario::Loaded;
use crate::text::number::{percent_with_error, significant, trimmed};
use crate::text::{Language, unit};

/// An answer in words and as a bar.
struct Told {
    /// Where the goal is met (`subsidy >= 2.4 ± 0.1`), or else what becomes of it.
    words: String,
    /// The interval in which the value lies, where a sentence has room for it.
    interval: String,
    /// Another sentence.
    more: String,
    /// Whether the words say where the goal is met.
    is_met: bool,
    bar: Bar,
}

/// From the lower end of the lever's range.
#[derive(Default)]
struct Bar {
    end: f64,
    /// Standard error of the end, 0 for none.
    error: f64,
    /// What stands beside it instead of its end.
    label: Option<&'static str>,
    tone: Tone,
}

impl Told {
    fn of(goal: &Statement, lever: &Lever, answer: &Answer, language: Language) -> Self {
        let name = &lever.name;
        let (low, high) = (trimmed(lever.range.0, 8), trimmed(lever.range.1, 8));
        let told = |words: String, bar: Bar| Self {
            words,
            interval: String::new(),
            more: String::new(),
            is_met: false,
            bar,
        };
        match *answer {
            Answer::Found { x, error, reached, rises } => {
                let (from, to) = (value(x - INTERVAL * error, error), value(x + INTERVAL * error, error));
                let (found, relation, at) = (value(x, error), relation(goal, rises), counted(goal, reached));
                let margin = significant(error, error);
                let margin = if error > 0.0 { format!(" ± {margin}") } else { String::new() };
                let interval = match language {
                    _ if error == 0.0 => String::new(),
                    Language::En => format!(" (from {from} to {to} but for one case in a thousand)"),
                    Language::Zh => format!("（千分之九百九十九的把握在{from}与{to}之间）"),
                };
                let more = match language {
                    Language::En => format!("There it is {at} on the simulated paths.\n"),
                    Language::Zh => format!("此时模拟结果为{at}。\n"),
                };
                let words = format!("{name} {relation} {found}{margin}");
                let bar = Bar { end: x, error, ..Bar::default() };
                Self { interval, more, is_met: true, ..told(words, bar) }
            }
            Answer::Passed { sides: [(x, below), (_, above)] } => {
                let (at, below, above) = (trimmed(x, 6), counted(goal, below), counted(goal, above));
                let words = match language {
                    Language::En => format!(
                        "is passed at a jump, not met: close below {name} = {at} it is {below}, close above {above}"
                    ),
                    Language::Zh => format!(
                        "在跳跃处被越过，并未恰好实现：略低于{name} = {at}时为{below}，略高于时为{above}"
                    ),
                };
                told(words, Bar { end: x, ..Bar::default() })
            }
            Answer::Everywhere { x, reached } => {
                let (at, reached) = (trimmed(x, 8), counted(goal, reached));
                let (words, more, label) = match language {
                    Language::En => (
                        format!("holds already, wherever {name} was tried between {low} and {high}"),
                        format!("It is closest at {name} = {at}: {reached}.\n"),
                        "all",
                    ),
                    Language::Zh => (
                        format!("已经满足：{name}在{low}与{high}之间的各试算值均如此"),
                        format!("最接近界限的是{name} = {at}：{reached}。\n"),
                        "全部",
                    ),
                };
                let bar = Bar { end: lever.range.1, label: Some(label), ..Bar::default() };
                Self { more, ..told(words, bar) }
            }
            Answer::Best { x, reached } => {
                let (at, reached) = (trimmed(x, 6), counted(goal, reached));
                let words = match language {
                    Language::En => format!(
                        "cannot be reached with {name} between {low} and {high}; the best is {name} = {at}: {reached}"
                    ),
                    Language::Zh => {
                        format!("无法实现（{name}在{low}与{high}之间）；最接近的是{name} = {at}：{reached}")
                    }
                };
                told(words, Bar { end: x, label: Some("–"), tone: Tone::Low, ..Bar::default() })
            }
        }
    }
}

/// An answer as a sentence, or two.
pub(super) fn sentence(goal: &Statement, lever: &Lever, answer: &Answer, language: Language) -> String {
    let Told { words, interval, more, is_met, .. } = Told::of(goal, lever, answer, language);
    let goal = &goal.text;
    match (is_met, language) {
        (true, Language::En) => format!("{goal} when {words}{interval}\n{more}"),
        (true, Language::Zh) => format!("{words}{interval}时，{goal}\n{more}"),
        (false, Language::En) => format!("{goal} {words}.\n{more}"),
        (false, Language::Zh) => format!("{goal}{words}。\n{more}"),
    }
}

/// The frontier as a table: by the values that are held, the answer.
pub(super) fn table(goal: &Statement, lever: &Lever, found: &[Found<'_>], language: Language) -> String {
    let (head, colon) = match language {
        Language::En => (format!("Combinations at which {}:\n", goal.text), ": "),
        Language::Zh => (format!("使{}成立的组合：\n", goal.text), "："),
    };
    let row = |(answer, held): &Found<'_>| {
        let answer = Told::of(goal, lever, answer, language).words;
        format!("  {}{colon}{answer}\n", values(held))
    };
    let rows: Vec<String> = found.iter().map(row).collect();
    head + &rows.concat()
}

/// The frontier as a chart: a row for each combination, a bar up to the value that it takes.
pub(super) fn frontier(
    loaded: &Loaded,
    goal: &Statement,
    lever: &Lever,
    found: &[Found<'_>],
    options: &SolveOptions,
    language: Language,
) -> Rows {
    let written = loaded.scenario.parameters.get(&lever.name).and_then(|it| it.value.provenance.unit.clone());
    let shown = unit::shown(&written.unwrap_or_default(), language);
    let scaled = |x: f64| x * shown.factor;
    let row = |(answer, held): &Found<'_>| {
        let Bar { end, error, label, tone } = Told::of(goal, lever, answer, language).bar;
        let interval = (scaled(end - INTERVAL * error), scaled(end + INTERVAL * error));
        Row {
            title: values(held),
            bars: vec![(scaled(lever.range.0), scaled(end), tone)],
            interval: Some(interval).filter(|_| error > 0.0 && error.is_finite()),
            label: label.map_or_else(|| value(scaled(end), scaled(error)), str::to_owned),
        }
    };
    let (title, tones) = match language {
        Language::En => (format!("What it takes: {}", goal.text), ["met", "out of reach"]),
        Language::Zh => (format!("实现条件：{}", goal.text), ["可以实现", "无法实现"]),
    };
    Rows {
        title,
        subtitle: titled(loaded, &lever.name, language),
        unit: shown.unit.clone(),
        legend: [Tone::High, Tone::Low].into_iter().zip(tones.map(str::to_owned)).collect(),
        rows: found.iter().map(row).collect(),
        footer: figures::footer(&loaded.scenario, options.sample, language),
        ..Rows::default()
    }
}

/// What the lever's steps around the answer reach; nothing where it has none.
pub(super) fn on_steps(
    goal: &Statement,
    lever: &Lever,
    steps: &[(f64, Estimate)],
    language: Language,
) -> String {
    if steps.is_empty() {
        return String::new();
    }
    let one = |(x, reached): &(f64, Estimate)| {
        let (x, reached) = (trimmed(*x, 8), counted(goal, *reached));
        match language {
            Language::En => format!("{} = {x}: {reached}", lever.name),
            Language::Zh => format!("{} = {x}：{reached}", lever.name),
        }
    };
    let steps: Vec<String> = steps.iter().map(one).collect();
    match language {
        Language::En => format!("Its steps around: {}.\n", steps.join("; ")),
        Language::Zh => format!("相邻档位：{}。\n", steps.join("；")),
    }
}

/// The statistic of a goal as people read it.
fn counted(goal: &Statement, Estimate { value, error }: Estimate) -> String {
    match goal.statistic {
        Statistic::Probability => percent_with_error(value, error),
        Statistic::Mean if error > 0.0 => {
            format!("{} ± {}", significant(value, error), significant(error, error))
        }
        Statistic::Mean => trimmed(value, 8),
        Statistic::Quantile(_) => {
            format!("p({} <= {}) = {}", goal.inner, goal.goal, percent_with_error(value, error))
        }
    }
}

/// Where the goal is met: `=`, or from there up or down.
fn relation(goal: &Statement, rises: bool) -> &'static str {
    match goal.sense {
        Sense::Equal => "=",
        sense if (sense == Sense::AtLeast) == rises => ">=",
        _ => "<=",
    }
}

/// A value with the digits that its error supports.
fn value(x: f64, error: f64) -> String {
    if error > 0.0 && error.is_finite() { significant(x, error) } else { trimmed(x, 8) }
}

fn values(held: &[(&str, f64)]) -> String {
    held.iter().map(|(name, x)| format!("{name} = {}", trimmed(*x, 6))).collect::<Vec<_>>().join(", ")
}

/// A parameter's name with its title, where it has one.
fn titled(loaded: &Loaded, name: &str, language: Language) -> String {
    let found = loaded.scenario.parameters.get(name);
    let title = found.map_or("", |parameter| parameter.value.provenance.title.get(language));
    match language {
        _ if title.is_empty() || title == name => name.to_owned(),
        Language::En => format!("{name}: {title}"),
        Language::Zh => format!("{name}：{title}"),
    }
}
