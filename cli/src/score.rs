//! `plancast score`: stored runs against what happened.

use std::fmt::Write as _;

use indexmap::IndexMap;
use serde_json::json;

use super::arguments::ScoreOptions;
use super::diff::table;
use super::{CommandResult, Failure, diagnose, figures, load, outputs, print, print_json, say, warn};
use plancast::analysis::score::forecast::{NoDensity, Outside};
use plancast::analysis::score::{
    INTERVALS, NotScored, OutcomeScore, RunScore, TargetScore, UnscoredValue, score,
};
use plancast::chart::rows::{self, BarRow, FloatingBars, Tone};
use plancast::chart::{Size, fan};
use plancast::model::converter;
use plancast::report::figure;
use plancast::result::{StoredRun, store};
use plancast::scenario::Loaded;
use plancast::scenario::load::MAX_BYTES;
use plancast::scenario::observation::{Observations, observed_in};
use plancast::text::number::{count, trimmed, trimmed_in};
use plancast::text::probability::KnownProbability;
use plancast::text::unit::{Shown, shown};
use plancast::text::visible;
use plancast::text::{Files, Language};
use plancast::world::read;

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-score/1";

pub(super) fn run(options: &ScoreOptions) -> CommandResult {
    let language = super::language();
    let text = read::text(&options.actuals, MAX_BYTES).map_err(|why| wrong(&why.text(language)))?.text;
    outputs::reads(&options.actuals);
    options.runs.iter().for_each(|run| outputs::reads_run(run));
    outputs::admit_picture(options.chart.as_deref())?;
    let mut scored = Vec::new();
    for folder in &options.runs {
        let run = store::load(folder).map_err(|error| wrong(&error.to_string()))?;
        let loaded = load(&folder.join("scenario.toml").display().to_string(), &[]);
        if loaded.diagnostics.has_errors() {
            diagnose::report(&loaded.files, &loaded.diagnostics);
            return Err(Failure::Input);
        }
        let actual = actuals(options, &text, &loaded)?;
        let found = score(&run, &loaded.scenario, &actual).map_err(|diagnostics| {
            diagnose::report(&Files::default(), &diagnostics);
            Failure::Input
        })?;
        scored.push((run, found, actual));
    }
    if scored.iter().all(|(_, found, _)| found.outcomes.is_empty() && found.targets.is_empty()) {
        let found: Vec<&RunScore> = scored.iter().map(|(_, found, _)| found).collect();
        super::tell(&not_scored(&found, language));
        say(&format!("nothing in {} was forecast by these runs", visible::path(&options.actuals)));
        return Err(Failure::Input);
    }
    if let Some(path) = &options.chart {
        figures::write(path, &chart(options, &scored, language)?)?;
    }
    let found: Vec<&RunScore> = scored.iter().map(|(_, found, _)| found).collect();
    if options.json {
        return print_json(&json!({ "schema": SCHEMA, "runs": found }));
    }
    print(&words(&found, language))
}

fn wrong(message: &str) -> Failure {
    say(message);
    Failure::Input
}

fn actuals(
    options: &ScoreOptions,
    text: &str,
    loaded: &Loaded,
) -> Result<IndexMap<String, Observations>, Failure> {
    let name = visible::path(&options.actuals);
    let unit = |variable: &str| {
        let head = variable.split('[').next().unwrap_or(variable);
        loaded.scenario.variables.get(head).map(|own| own.unit.clone())
    };
    observed_in(&name, text, options.as_of, unit, converter(&loaded.scenario)).map_err(|messages| {
        messages.iter().for_each(|message| say(&message.text(super::language())));
        Failure::Input
    })
}

/// All results as text: each run by itself, and then beside each other.
fn words(found: &[&RunScore], language: Language) -> String {
    let mut parts: Vec<String> = found.iter().map(|run| one(run, language)).collect();
    if found.len() > 1 {
        parts.push(several(found, language));
    }
    let left = not_scored(found, language);
    if !left.is_empty() {
        parts.push(left);
    }
    parts.join("\n\n").trim_end().to_owned() + "\n"
}

fn one(run: &RunScore, language: Language) -> String {
    let (id, title, paths, start) = (&run.scenario, run.title.get(language), count(run.paths), run.start);
    let mut text = match language {
        Language::En => format!("{id}: {title} (base year {start}, {paths} paths)"),
        Language::Zh => format!("{id}：{title}（基年{start}，{paths}条路径）"),
    };
    if !run.outcomes.is_empty() {
        let head = match language {
            Language::En => {
                ["Variable", "Year", "Outcome", "Median", "80 % interval", "Percentile", "CRPS", "Log score"]
            }
            Language::Zh => ["变量", "年份", "实际值", "预测中位数", "80%区间", "百分位", "CRPS", "对数评分"],
        };
        let mut table = table(&head);
        run.outcomes.iter().for_each(|outcome| {
            table.add_row(row(outcome, language));
        });
        right(&mut table, 1);
        let _ =
            write!(text, "\n\n{}\n{}{}", table.trim_fmt(), coverage(run, language), remarks(run, language));
    }
    if !run.targets.is_empty() {
        let head = match language {
            Language::En => ["Target", "Probability", "Outcome", "Brier score"],
            Language::Zh => ["目标", "概率", "结果", "Brier评分"],
        };
        let mut table = table(&head);
        run.targets.iter().for_each(|target| {
            table.add_row(of_target(target, run.paths, language));
        });
        right(&mut table, 1);
        let mean = run.means.brier.map_or_else(String::new, |brier| trimmed(brier, 3));
        let _ = match language {
            Language::En => write!(
                text,
                "\n\n{}\nMean Brier score {mean}; saying 50 % of everything gives 0.25.",
                table.trim_fmt()
            ),
            Language::Zh => write!(
                text,
                "\n\n{}\n平均Brier评分{mean}；若对所有目标都给出50%，则为0.25。",
                table.trim_fmt()
            ),
        };
    }
    text
}

/// Numbers stand to the right, from a column on.
pub(super) fn right(table: &mut comfy_table::Table, from: usize) {
    for column in table.column_iter_mut().skip(from) {
        column.set_cell_alignment(comfy_table::CellAlignment::Right);
    }
}

/// A title with its unit.
fn titled(outcome: &OutcomeScore, unit: &Shown, language: Language) -> String {
    let title = match outcome.title.get(language) {
        "" => outcome.variable.as_str(),
        title => title,
    };
    match (unit.unit.as_str(), language) {
        ("", _) => title.to_owned(),
        (unit, Language::En) => format!("{title} ({unit})"),
        (unit, Language::Zh) => format!("{title}（{unit}）"),
    }
}

fn row(outcome: &OutcomeScore, language: Language) -> Vec<String> {
    let unit = shown(&outcome.unit, language);
    let value = |x: f64| trimmed_in(x * unit.factor, 4, unit.is_year);
    let interval = &outcome.intervals[1];
    let log = outcome
        .log_score
        .map_or_else(|| "–".to_owned(), |log| trimmed(log - plancast::num::ln(unit.factor), 3));
    vec![
        titled(outcome, &unit, language),
        outcome.year.to_string(),
        value(outcome.outcome),
        value(outcome.median),
        format!("{} – {}", value(interval.low), value(interval.high)),
        percentile(outcome, language),
        trimmed(outcome.crps * unit.factor, 3),
        log,
    ]
}

/// What is said of scores that are infinite or not known.
fn remarks(run: &RunScore, language: Language) -> String {
    let any = |is: fn(&OutcomeScore) -> bool| run.outcomes.iter().any(is);
    let mut text = String::new();
    if any(|outcome| outcome.no_density == Some(NoDensity::Shared)) {
        text += match language {
            Language::En => {
                "\nNo log score (–) where the outcome is a value that many paths share, as of whole numbers, or lies between such: it has a probability there, and no density."
            }
            Language::Zh => {
                "\n实际值若为许多路径共有的数值（如整数）或介于此类数值之间，则只有概率而无密度，对数评分为“–”。"
            }
        };
    }
    if any(|outcome| outcome.infinite.is_some()) {
        text += match language {
            Language::En => "\nThe CRPS is infinite where the forecast is infinite on some paths.",
            Language::Zh => "\n若预测在部分路径上为无穷，则CRPS为无穷。",
        };
    }
    text
}

/// Where the outcome lies among the paths: `71 %`, or that it lies outside all.
fn percentile(outcome: &OutcomeScore, language: Language) -> String {
    match (outcome.outside, language) {
        (Some(Outside::Below), Language::En) => "below every path".into(),
        (Some(Outside::Above), Language::En) => "above every path".into(),
        (Some(Outside::Below), Language::Zh) => "低于所有路径".into(),
        (Some(Outside::Above), Language::Zh) => "高于所有路径".into(),
        (None, _) => format!("{} %", trimmed(100.0 * outcome.pit, if outcome.pit < 0.1 { 2 } else { 3 })),
    }
}

fn of_target(target: &TargetScore, paths: u64, language: Language) -> Vec<String> {
    let outcome = match (target.met, language) {
        (true, Language::En) => "met",
        (false, Language::En) => "missed",
        (true, Language::Zh) => "达成",
        (false, Language::Zh) => "未达成",
    };
    vec![
        target.title.get(language).to_owned(),
        KnownProbability::counted(target.probability, paths).short(language),
        outcome.to_owned(),
        trimmed(target.brier, 3),
    ]
}

/// How many outcomes lay within the intervals.
fn coverage(run: &RunScore, language: Language) -> String {
    let all = run.outcomes.len();
    let within = |k: usize| run.outcomes.iter().filter(|outcome| outcome.intervals[k].covered).count();
    let counts: Vec<String> = (INTERVALS.iter().enumerate())
        .map(|(k, p)| match language {
            Language::En => format!("{} in the {:.0} % interval", within(k), 100.0 * p),
            Language::Zh => format!("{:.0}%区间内{}个", 100.0 * p, within(k)),
        })
        .collect();
    match language {
        Language::En => {
            let outcomes = if all == 1 { "outcome" } else { "outcomes" };
            format!(
                "Of {all} {outcomes}: {}. Years of one run depend on each other and are no independent trials.",
                counts.join(", ")
            )
        }
        Language::Zh => {
            format!("共{all}个实际值：{}。同一次运行的各年相互依赖，不是独立检验。", counts.join("，"))
        }
    }
}

/// Mean scores of several runs beside each other, of what all of them forecast.
fn several(found: &[&RunScore], language: Language) -> String {
    let (first, words) = match language {
        Language::En => ("Mean score (less is better)", ["CRPS", "log score", "Brier score of the targets"]),
        Language::Zh => ("平均评分（越小越好）", ["CRPS", "对数评分", "目标的Brier评分"]),
    };
    let mut head = vec![first];
    head.extend(found.iter().map(|run| run.scenario.as_str()));
    let mut table = table(&head);
    let variables = found[0].means.variables.keys().filter(|name| {
        found.iter().all(|run| {
            run.means
                .variables
                .get(*name)
                .is_some_and(|means| means.years == found[0].means.variables[*name].years)
        })
    });
    for name in variables {
        let unit = found[0].outcomes.iter().find(|outcome| outcome.variable == *name);
        let unit = shown(unit.map_or("", |outcome| &outcome.unit), language);
        let of = |run: &&&RunScore| trimmed(run.means.variables[name].crps * unit.factor, 3);
        let mut row = vec![format!("{name}: {}", words[0])];
        row.extend(found.iter().map(|run| of(&run)));
        table.add_row(row);
        let log = |run: &RunScore| {
            run.means.variables[name].log_score.map(|log| log - plancast::num::ln(unit.factor))
        };
        let mut row = vec![format!("{name}: {}", words[1])];
        row.extend(found.iter().map(|run| log(run).map_or_else(|| "–".into(), |log| trimmed(log, 3))));
        table.add_row(row);
    }
    let names = |run: &RunScore| run.targets.iter().map(|target| target.target.clone()).collect::<Vec<_>>();
    if !found[0].targets.is_empty() && found.iter().all(|run| names(run) == names(found[0])) {
        let mut row = vec![words[2].to_owned()];
        row.extend(
            found.iter().map(|run| run.means.brier.map_or_else(|| "–".into(), |brier| trimmed(brier, 3))),
        );
        table.add_row(row);
    }
    right(&mut table, 1);
    table.trim_fmt()
}

/// What was observed and is not scored, with the reasons.
fn not_scored(found: &[&RunScore], language: Language) -> String {
    let mut text = String::new();
    for run in found {
        for left in &run.left_out {
            let _ = writeln!(text, "{}", reason(run, left, language));
        }
    }
    text
}

fn reason(run: &RunScore, left: &UnscoredValue, language: Language) -> String {
    let years: Vec<String> = left.years.iter().map(ToString::to_string).collect();
    let (name, years, id) = (&left.variable, years.join(", "), &run.scenario);
    let why = match (left.why, language) {
        (NotScored::NoVariable, Language::En) => "the scenario has no such variable",
        (NotScored::NoVariable, Language::Zh) => "情景中没有此变量",
        (NotScored::NotRecorded, Language::En) => "the run did not record it (run again with --record)",
        (NotScored::NotRecorded, Language::Zh) => "此次运行未记录该变量（请用 --record 重新运行）",
        (NotScored::NotForecast, Language::En) => "the base year or before it, so no forecast",
        (NotScored::NotForecast, Language::Zh) => "基年或更早，不是预测",
        (NotScored::AfterTheEnd, Language::En) => "not among the years of the run",
        (NotScored::AfterTheEnd, Language::Zh) => "不在此次运行的年份之内",
        (NotScored::NoNumber, Language::En) => "it is no number on some paths",
        (NotScored::NoNumber, Language::Zh) => "部分路径上无有效数值",
        (NotScored::NoValue, Language::En) => "no path has a finite value",
        (NotScored::NoValue, Language::Zh) => "没有路径取得有限值",
    };
    let meant = left.meant.as_ref().map_or_else(String::new, |meant| match language {
        Language::En => format!("; did you mean \"{meant}\"?"),
        Language::Zh => format!("；是否指“{meant}”？"),
    });
    match language {
        Language::En => format!("Not scored for {id}: {name} {years}: {why}{meant}"),
        Language::Zh => format!("未评分（{id}）：{name} {years}：{why}{meant}"),
    }
}

type Scored = (StoredRun, RunScore, IndexMap<String, Observations>);

/// The fan of a variable with what happened, or where each outcome fell among the paths.
fn chart(options: &ScoreOptions, scored: &[Scored], language: Language) -> Result<String, Failure> {
    let Some(variable) = &options.variable else { return Ok(percentiles(scored, language)) };
    let (run, found, actual) = &scored[0];
    if scored.len() > 1 {
        warn(&format!("the fan is that of {}", found.scenario));
    }
    let name = plancast::scenario::claims::element(variable);
    let values =
        actual.get(&name).map(|own| own.values.iter().map(|value| (value.year, value.value)).collect());
    let history: Vec<(i32, f64)> = values.unwrap_or_default();
    let fan = figure::fan(&run.summary, &name, &history, "", language).filter(|_| !history.is_empty());
    let Some(drawn) = fan else {
        return Err(wrong(&format!("there is no outcome of \"{variable}\" to draw")));
    };
    Ok(fan::draw(&drawn, &Size::default(), language))
}

fn percentiles(scored: &[Scored], language: Language) -> String {
    let row = |run: &RunScore, outcome: &OutcomeScore| {
        let title = match outcome.title.get(language) {
            "" => outcome.variable.as_str(),
            title => title,
        };
        let of = if scored.len() > 1 { format!("{}: ", run.scenario) } else { String::new() };
        BarRow {
            title: format!("{of}{title} {}", outcome.year),
            bars: vec![(0.05, 0.95, Tone::Pale), (0.25, 0.75, Tone::High)],
            interval: Some((outcome.pit, outcome.pit)),
            label: percentile(outcome, language),
        }
    };
    let of_run =
        |(_, run, _): &Scored| run.outcomes.iter().map(|outcome| row(run, outcome)).collect::<Vec<_>>();
    let ids: Vec<&str> = scored.iter().map(|(_, run, _)| run.scenario.as_str()).collect();
    let (title, subtitle, legend) = match language {
        Language::En => (
            "Where the outcomes fell among the forecasts",
            "The mark is the share of the paths below the outcome",
            ["90 % interval", "50 % interval"],
        ),
        Language::Zh => ("实际值在预测分布中的位置", "竖线为低于实际值的路径占比", ["90%区间", "50%区间"]),
    };
    let footer = match language {
        Language::En => format!("plancast score · {}", ids.join(", ")),
        Language::Zh => format!("plancast score · 情景 {}", ids.join("、")),
    };
    let figure = FloatingBars {
        title: title.into(),
        subtitle: subtitle.into(),
        legend: vec![(Tone::Pale, legend[0].into()), (Tone::High, legend[1].into())],
        center: Some(0.5),
        percent: true,
        rows: scored.iter().flat_map(of_run).collect(),
        footer,
        ..FloatingBars::default()
    };
    rows::draw(&figure, Size::default().width)
}
