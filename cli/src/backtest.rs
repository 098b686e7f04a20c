//! `plancast backtest`: forecasts from past origins, scored against what followed.

use std::fmt::Write as _;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::arguments::BacktestOptions;
use super::diff::table;
use super::score::right;
use super::{
    CommandResult, Failure, diagnose, figures, load, memory, on_threads, outputs, print, print_json,
};
use plancast::analysis::backtest::{
    Backtest, BacktestRequest, BenchmarkComparison, HorizonScore, MeanScore, NoTest, VariableScores, backtest,
};
use plancast::analysis::score::INTERVALS;
use plancast::chart::Size;
use plancast::chart::rows::{self, BarRow, FloatingBars, Tone};
use plancast::text::number::{count, significant, trimmed};
use plancast::text::unit::{Shown, shown};
use plancast::text::{Language, Severity};

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-backtest/1";

/// How many reasons for what was left out are shown.
const REASONS: usize = 5;

pub(super) fn run(options: &BacktestOptions) -> CommandResult {
    let language = super::language();
    let mut loaded = load(&options.scenario, &options.overrides.set);
    if loaded.diagnostics.has_errors() {
        diagnose::report(&loaded.files, &loaded.diagnostics);
        return Err(Failure::Input);
    }
    super::unconditional(&loaded)?;
    super::random_paths(&loaded)?;
    outputs::admit_picture(options.chart.as_deref())?;
    let request = BacktestRequest {
        origins: options.origins.0.clone(),
        horizon: options.horizon,
        variables: options.variable.clone(),
        paths: options.paths,
        seed: options.seed,
    };
    // Of every scored value of an origin a number for each path, twice; as many origins at once as there are threads.
    let threads = options.threads.unwrap_or_else(rayon::current_num_threads) as u64;
    let values = loaded.scenario.history.len().max(1) as u64 * options.horizon.max(1) as u64;
    let need = options.paths.saturating_mul(16 * threads * values);
    memory::refuse_answer(need, options.memory, options.paths)?;
    let found = on_threads(options.threads, || backtest(&loaded.scenario, &request))?;
    let found = match found {
        Ok(found) => found,
        Err(diagnostics) => {
            // What is merely unusual was said where the scenario was read.
            let errors =
                diagnostics.0.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
            errors.for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
            diagnose::report(&loaded.files, &loaded.diagnostics);
            return Err(Failure::Input);
        }
    };
    if let Some(path) = &options.chart {
        figures::write(path, &chart(&found, language))?;
    }
    if options.json {
        return print_json(&as_json(&found, options)?);
    }
    print(&words(&found, options, language))
}

fn as_json(found: &Backtest, options: &BacktestOptions) -> Result<Value, Failure> {
    let mut value = serde_json::to_value(found).map_err(|error| Failure::Machine(error.to_string()))?;
    if let Some(object) = value.as_object_mut() {
        object.insert("schema".into(), json!(SCHEMA));
        object.insert("paths".into(), json!(options.paths));
        object.insert("seed".into(), json!(options.seed));
        object.insert("horizon".into(), json!(options.horizon));
    }
    Ok(value)
}

fn words(found: &Backtest, options: &BacktestOptions, language: Language) -> String {
    let mut parts = vec![headline(found, options, language)];
    parts.extend(found.variables.iter().map(|variable| of_variable(variable, language)));
    let left = left_out(found, language);
    if !left.is_empty() {
        parts.push(left);
    }
    parts.join("\n\n") + "\n"
}

fn headline(found: &Backtest, options: &BacktestOptions, language: Language) -> String {
    let title = found.title.get(language);
    let origins = years(&found.origins);
    let (units, paths) = (count(found.units as u64), count(options.paths));
    let mut text = match language {
        Language::En => {
            let units = if found.units > 1 { format!(", {units} units") } else { String::new() };
            format!("{}: {title}. Forecasts from {origins}{units}, {paths} paths each.", found.scenario)
        }
        Language::Zh => {
            let units = if found.units > 1 { format!("，{units}个单元") } else { String::new() };
            format!("{}：{title}。起报年{origins}{units}，每次{paths}条路径。", found.scenario)
        }
    };
    if !found.refitted.is_empty() {
        let inputs = found.refitted.join(", ");
        let _ = match language {
            Language::En => {
                write!(text, "\nEstimated anew at each origin from what was known then: {inputs}.")
            }
            Language::Zh => write!(text, "\n在每个起报年仅用当时已知数据重新估计：{inputs}。"),
        };
    }
    text
}

/// `2010–2015`, or `2010, 2015` where some are missing between.
fn years(years: &[i32]) -> String {
    match years {
        [first, .., last] if (last - first) as usize == years.len() - 1 => format!("{first}–{last}"),
        _ => years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}

fn of_variable(of: &VariableScores, language: Language) -> String {
    let unit = shown(&of.unit, language);
    let title = match of.title.get(language) {
        "" => of.variable.as_str(),
        title => title,
    };
    let head = match (unit.unit.as_str(), language) {
        ("", _) => title.to_owned(),
        (unit, Language::En) => format!("{title} ({unit})"),
        (unit, Language::Zh) => format!("{title}（{unit}）"),
    };
    let Some(least) = of.horizons.iter().map(|horizon| horizon.dates).min() else {
        let none = if language == Language::En {
            "nothing that followed is recorded"
        } else {
            "没有可供评分的实际值"
        };
        return format!("{head}: {none}");
    };
    let mut text = format!("{head}\n{}\n{}", scores(of, &unit, language), against(of, &unit, language));
    let independent: Vec<String> = of
        .horizons
        .iter()
        .map(|horizon| format!("{} ({})", horizon.independent_dates, horizon.horizon))
        .collect();
    let _ = match language {
        Language::En => write!(
            text,
            "\nErrors are clustered by date: forecasts of one date share what happened then. Independent dates (years ahead): {}.",
            independent.join(", ")
        ),
        Language::Zh => write!(
            text,
            "\n误差按年份聚类：同一年份的预测受同样的冲击。相互独立的年份数（提前年数）：{}。",
            independent.join("、")
        ),
    };
    if least == 1 {
        text += match language {
            Language::En => " Of one date no error is known.",
            Language::Zh => "仅有一个年份时误差未知。",
        };
    }
    text
}

/// A mean score with its error.
fn score(of: MeanScore, factor: f64) -> String {
    match of.standard_error {
        Some(error) if error > 0.0 => {
            format!("{} ± {}", significant(of.mean * factor, error * factor), trimmed(error * factor, 2))
        }
        _ => trimmed(of.mean * factor, 3),
    }
}

fn scores(of: &VariableScores, unit: &Shown, language: Language) -> String {
    let words = match language {
        Language::En => [
            "Years ahead",
            "Forecasts",
            "Dates",
            "in 50 %",
            "in 80 %",
            "in 90 %",
            "CRPS",
            "Log score",
            "Bias",
        ],
        Language::Zh => {
            ["提前年数", "预测数", "年份数", "50%区间", "80%区间", "90%区间", "CRPS", "对数评分", "偏差"]
        }
    };
    let mut table = table(&words);
    let row = |at: &HorizonScore| {
        let covered = |k: usize| {
            let MeanScore { mean, standard_error } = at.coverage[k];
            let error = standard_error.filter(|error| *error > 0.0);
            error.map_or_else(
                || format!("{:.0} %", 100.0 * mean),
                |error| format!("{:.0} ± {:.0} %", 100.0 * mean, 100.0 * error),
            )
        };
        let log = at.log_score.map_or_else(
            || "–".into(),
            |log| {
                let shifted = MeanScore { mean: log.mean - plancast::num::ln(unit.factor), ..log };
                let text = score(shifted, 1.0);
                if at.outside > 0 { format!("{text} *") } else { text }
            },
        );
        let mut row = vec![at.horizon.to_string(), count(at.forecasts as u64), at.dates.to_string()];
        row.extend((0..INTERVALS.len()).map(covered));
        row.extend([score(at.crps, unit.factor), log, score(at.bias, unit.factor)]);
        row
    };
    for at in &of.horizons {
        table.add_row(row(at));
    }
    right(&mut table, 0);
    let outside: usize = of.horizons.iter().map(|at| at.outside).sum();
    let mut text = table.trim_fmt();
    if outside > 0 {
        let _ = match language {
            Language::En => write!(
                text,
                "\n* without {outside} outcomes outside every path, whose log score is not known"
            ),
            Language::Zh => write!(text, "\n* 不含落在所有路径之外的{outside}个实际值，其对数评分未知"),
        };
    }
    if let Some(first) = of.horizons.first() {
        let bins: Vec<String> = first.pit.iter().map(ToString::to_string).collect();
        let _ = match language {
            Language::En => write!(
                text,
                "\nOutcomes by tenth of their forecast, {} ahead: {}",
                first.horizon,
                bins.join(" ")
            ),
            Language::Zh => write!(
                text,
                "\n实际值在预测分布各十分位的个数（提前{}年）：{}",
                first.horizon,
                bins.join(" ")
            ),
        };
    }
    text
}

/// The scenario against simple forecasts.
fn against(of: &VariableScores, unit: &Shown, language: Language) -> String {
    let words = match language {
        Language::En => ["Against", "Years ahead", "Its CRPS", "Skill", "Difference"],
        Language::Zh => ["对照", "提前年数", "其CRPS", "技巧评分", "差异检验"],
    };
    let mut table = table(&words);
    let mut by_name: IndexMap<&str, Vec<(i32, &BenchmarkComparison)>> = IndexMap::new();
    for at in &of.horizons {
        for comparison in &at.benchmarks {
            by_name.entry(comparison.benchmark).or_default().push((at.horizon, comparison));
        }
    }
    for (name, all) in &by_name {
        for (horizon, one) in all {
            let skill = format!("{} %", trimmed(100.0 * one.skill, 2));
            let crps = trimmed(one.crps * unit.factor, 3);
            table.add_row(vec![
                benchmark(name, language),
                horizon.to_string(),
                crps,
                skill,
                tested(one, language),
            ]);
        }
    }
    right(&mut table, 1);
    table.trim_fmt()
}

fn benchmark(name: &str, language: Language) -> String {
    match (name, language) {
        ("random_walk", Language::En) => "random walk",
        ("shrinkage", Language::En) => "return to the mean",
        (_, Language::En) => "changes of the past, pooled",
        ("random_walk", Language::Zh) => "随机游走",
        ("shrinkage", Language::Zh) => "向均值收缩",
        (_, Language::Zh) => "历史变化合并分布",
    }
    .to_owned()
}

/// The test of no difference, or why there is none.
fn tested(one: &BenchmarkComparison, language: Language) -> String {
    match (one.test, one.why, language) {
        (Some(test), ..) => format!("t = {}, p = {}", trimmed(test.statistic, 3), trimmed(test.p, 2)),
        (None, Some(NoTest::Variance), Language::En) => "variance not above zero".into(),
        (None, Some(NoTest::Variance), Language::Zh) => "差异方差不为正".into(),
        (None, _, Language::En) => "too few dates".into(),
        (None, _, Language::Zh) => "年份太少".into(),
    }
}

/// What was not forecast, by reason.
fn left_out(found: &Backtest, language: Language) -> String {
    let whys: Vec<String> = found.left_out.iter().map(|left| left.why.text(language)).collect();
    let mut by_reason: IndexMap<&str, Vec<String>> = IndexMap::new();
    for (left, why) in found.left_out.iter().zip(&whys) {
        let name = if left.unit.is_empty() {
            left.origin.to_string()
        } else {
            format!("{} {}", left.unit, left.origin)
        };
        by_reason.entry(why.as_str()).or_default().push(name);
    }
    let line = |(why, names): (&&str, &Vec<String>)| {
        let shown = names.iter().take(REASONS).cloned().collect::<Vec<_>>().join(", ");
        let more =
            if names.len() > REASONS { format!(" (+{})", names.len() - REASONS) } else { String::new() };
        match language {
            Language::En => format!("Not forecast: {shown}{more}: {why}"),
            Language::Zh => format!("未预测：{shown}{more}：{why}"),
        }
    };
    let mut lines: Vec<String> = by_reason.iter().take(REASONS).map(line).collect();
    if by_reason.len() > REASONS {
        let more = by_reason.len() - REASONS;
        lines.push(match language {
            Language::En => format!("and for {more} more reasons (--json)"),
            Language::Zh => format!("另有{more}种原因（见 --json）"),
        });
    }
    lines.join("\n")
}

/// How many outcomes fell into each tenth of their forecast: where all is well as many into each.
fn chart(found: &Backtest, language: Language) -> String {
    let mut rows_of = Vec::new();
    for variable in &found.variables {
        let Some(first) = variable.horizons.first() else { continue };
        for (tenth, hits) in first.pit.iter().enumerate() {
            let share = *hits as f64 / first.forecasts as f64;
            rows_of.push(BarRow {
                title: format!("{} {}–{} %", variable.variable, 10 * tenth, 10 * (tenth + 1)),
                bars: vec![(0.0, share, Tone::High)],
                interval: None,
                label: hits.to_string(),
            });
        }
    }
    let origins = years(&found.origins);
    let (title, subtitle, legend, footer) = match language {
        Language::En => (
            "Outcomes by tenth of their forecast",
            "A year ahead; the line is a tenth, which each has where forecasts are right",
            "share of the outcomes",
            format!("plancast backtest · scenario {} · origins {origins}", found.scenario),
        ),
        Language::Zh => (
            "实际值在预测分布十分位中的占比",
            "提前一年；竖线为十分之一，预测可靠时各档相同",
            "占全部实际值的比重",
            format!("plancast backtest · 情景 {} · 起报年 {origins}", found.scenario),
        ),
    };
    let figure = FloatingBars {
        title: title.into(),
        subtitle: subtitle.into(),
        legend: vec![(Tone::High, legend.into())],
        center: Some(0.1),
        percent: true,
        rows: rows_of,
        footer,
        ..FloatingBars::default()
    };
    rows::draw(&figure, Size::default().width)
}
