//! `plancast sensitivity`: indices from simulations made for them.

use std::fmt::Write as _;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::arguments::{Method, SensitivityOptions, language};
use super::{Failure, Outcome, diagnose, on_threads, print, print_json, say};
use crate::analysis::indices::{Design, Distance, Effect, Index, Indices, SCRAMBLINGS, draws};
use crate::analysis::statement::{add_metric, added_series, compiled};
use crate::model::{Driver, Model, Record};
use crate::scenario::load;
use crate::text::number::significant;
use crate::text::{Language, grade};

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-sensitivity/1";

/// A row of the table: name, title, draws, and the weakest grade of what is drawn.
struct Asked {
    name: String,
    title: String,
    grade: String,
    draws: Vec<usize>,
    correlated: bool,
}

pub(super) fn run(options: &SensitivityOptions) -> Outcome {
    let language = language(options.lang);
    let mut loaded = load(&options.scenario, &options.overrides.set);
    let added = add_metric(&mut loaded, "--of", &options.of);
    added.err().into_iter().for_each(|problem| loaded.problems.push(problem));
    let model = match compiled(&loaded.scenario, &Record::Headlines) {
        Ok(model) if !loaded.problems.has_errors() => model,
        other => {
            let found = other.err().map(|problems| problems.0).unwrap_or_default();
            found.into_iter().for_each(|problem| loaded.problems.push(problem));
            diagnose::report(&loaded.files, &loaded.problems);
            return Err(Failure::Input);
        }
    };
    let Some(series) = added_series(&model) else { return Err(Failure::Input) };
    let program = model.program.only(&[series], &[]);
    let asked = asked(&model, &draws(&program), options, language)?;
    let groups = asked.iter().map(|asked| asked.draws.clone()).collect();
    let design = Design { program, groups, seed: options.sample.seed };
    let found = on_threads(options.sample.threads, || found(&design, &asked, options))?;
    if options.json {
        return print_json(&as_json(&loaded.scenario.id, &found, &asked, options));
    }
    print(&table(&found, &asked, options, language))
}

/// The inputs or groups of which the outcome uses a draw.
fn asked(
    model: &Model,
    draws: &[(u32, u32)],
    options: &SensitivityOptions,
    language: Language,
) -> Result<Vec<Asked>, Failure> {
    let by_stream: IndexMap<u32, usize> =
        model.inputs.iter().enumerate().map(|(place, input)| (input.stream, place)).collect();
    let mut all: IndexMap<&str, Asked> = IndexMap::new();
    for (draw, (stream, _)) in draws.iter().enumerate() {
        let Some(driver) = by_stream.get(stream).map(|&place| &model.drivers[place]) else { continue };
        let Some((name, title)) = wanted(driver, &options.inputs, options.one_by_one) else { continue };
        let new = || Asked {
            name: name.to_owned(),
            title: title.get(language).to_owned(),
            grade: String::new(),
            draws: Vec::new(),
            correlated: false,
        };
        let entry = all.entry(name).or_insert_with(new);
        entry.draws.push(draw);
        if entry.grade < driver.grade {
            entry.grade.clone_from(&driver.grade);
        }
        entry.correlated |= driver.correlated;
    }
    for name in &options.inputs {
        if !all.contains_key(name.as_str()) {
            let known: Vec<&str> =
                model.drivers.iter().flat_map(|driver| [driver.group.as_str(), &driver.name]).collect();
            let help = crate::text::suggest::did_you_mean(name, &known, "inputs").unwrap_or_default();
            say(&format!("{} depends on no input or group \"{name}\"; {help}", options.of));
            return Err(Failure::Input);
        }
    }
    if all.is_empty() {
        say(&format!("{} depends on nothing random", options.of));
        return Err(Failure::Input);
    }
    Ok(all.into_values().collect())
}

/// The name under which a driver is asked about.
fn wanted<'a>(
    driver: &'a Driver,
    chosen: &[String],
    one_by_one: bool,
) -> Option<(&'a str, &'a crate::text::Text)> {
    let (name, group) = ((driver.name.as_str(), &driver.title), (driver.group.as_str(), &driver.group_title));
    if chosen.is_empty() {
        return Some(if one_by_one { name } else { group });
    }
    [name, group].into_iter().find(|(known, _)| chosen.iter().any(|chosen| chosen == known))
}

/// What a method finds, by input or group.
enum Measured {
    Sobol(Vec<Indices>),
    Morris(Vec<Effect>),
    Pawn(Vec<Distance>, Distance),
}

fn found(design: &Design, asked: &[Asked], options: &SensitivityOptions) -> Measured {
    let paths = options.sample.paths;
    match options.method {
        // A power of two for each scrambling does best.
        Method::Sobol => Measured::Sobol(design.indices(1 << (paths / SCRAMBLINGS).max(2).ilog2())),
        Method::Morris => {
            let trajectories = (paths / (asked.len() as u64 + 1)).clamp(4, 10_000) as u32;
            Measured::Morris(design.screening(trajectories))
        }
        Method::Pawn => {
            let points = paths.clamp(100, u64::from(u32::MAX / 2)) as u32;
            let (found, idle) = design.distances(points);
            Measured::Pawn(found, idle)
        }
    }
}

fn as_json(scenario: &str, found: &Measured, asked: &[Asked], options: &SensitivityOptions) -> Value {
    let index = |index: &Index| json!({ "value": index.value, "margin": index.margin });
    let distance = |distance: &Distance| json!({ "median": distance.median, "largest": distance.largest });
    let (method, values): (&str, Vec<Value>) = match found {
        Measured::Sobol(found) => {
            let one = |i: &Indices| json!({ "first_order": index(&i.first), "total": index(&i.total) });
            ("sobol", found.iter().map(one).collect())
        }
        Measured::Morris(found) => {
            ("morris", found.iter().map(|e| json!({ "size": e.size, "spread": e.spread })).collect())
        }
        Measured::Pawn(found, _) => ("pawn", found.iter().map(distance).collect()),
    };
    let rows = asked.iter().zip(values).map(|(asked, value)| {
        json!({ "name": asked.name, "title": asked.title, "grade": asked.grade, "correlated": asked.correlated, method: value })
    });
    let mut all = json!({
        "schema": SCHEMA,
        "scenario": scenario,
        "of": options.of,
        "method": method,
        "seed": options.sample.seed,
        "paths": options.sample.paths,
        "inputs": rows.collect::<Vec<_>>(),
    });
    if let Measured::Pawn(_, idle) = found {
        all["by_chance"] = distance(idle);
    }
    all
}

fn table(found: &Measured, asked: &[Asked], options: &SensitivityOptions, language: Language) -> String {
    let (head, mut rows): (&str, Vec<(f64, String)>) = match found {
        Measured::Sobol(found) => {
            let cell = |index: Index| format!("{:>6.3} ± {:<6.3}", index.value, index.margin);
            let rows = found.iter().map(|i| (i.total.value, format!("{}  {}", cell(i.first), cell(i.total))));
            let head = match language {
                Language::En => "first order      total (95 % intervals)",
                Language::Zh => "一阶指数         总指数（95%区间）",
            };
            (head, rows.collect())
        }
        Measured::Morris(found) => {
            let text = |x: f64| significant(x, x.abs() / 100.0);
            let rows =
                found.iter().map(|e| (e.size, format!("{:>10}  {:>10}", text(e.size), text(e.spread))));
            let head = match language {
                Language::En => "mean size   spread of elementary effects",
                Language::Zh => "平均大小    基本效应的离散程度",
            };
            (head, rows.collect())
        }
        Measured::Pawn(found, _) => {
            let rows = found.iter().map(|d| (d.median, distances(d)));
            let head = match language {
                Language::En => "median  largest distance of slices (PAWN)",
                Language::Zh => "中位数  最大距离（PAWN）",
            };
            (head, rows.collect())
        }
    };
    let mut text = format!("{}\n{head}\n", options.of);
    for (row, asked) in rows.iter_mut().zip(asked) {
        let mark = if asked.correlated { " *" } else { "" };
        let title = if asked.title == asked.name { String::new() } else { format!(" ({})", asked.title) };
        let _ = write!(row.1, "  {}{mark}{title}{}", asked.name, grade::mark(&asked.grade));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, row) in &rows {
        let _ = writeln!(text, "{row}");
    }
    if let Measured::Pawn(_, idle) = found {
        let words = match language {
            Language::En => "what chance alone gives the largest group",
            Language::Zh => "仅由偶然造成的距离（按最大的组）",
        };
        let _ = writeln!(text, "{}  ({words})", distances(idle));
    }
    if asked.iter().any(|asked| asked.correlated) {
        text += match language {
            Language::En => "* holds inputs that are correlated: they are taken as one group\n",
            Language::Zh => "* 含相互关联的输入，合并为一组计算\n",
        };
    }
    text
}

fn distances(distance: &Distance) -> String {
    format!("{:>6.3}  {:>6.3}", distance.median, distance.largest)
}
