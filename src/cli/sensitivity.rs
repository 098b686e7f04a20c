//! `plancast sensitivity`: indices from simulations made for them.

use std::fmt::Write as _;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::arguments::{Method, SensitivityOptions, language};
use super::{Failure, Outcome, diagnose, on_threads, print, print_json, say};
use crate::analysis::indices::{Design, Distance, Effect, Index, Indices, SCRAMBLINGS, draws};
use crate::analysis::statement::{add_metric, added_series, compiled};
use crate::model::{Driver, Labels, Model, Record};
use crate::scenario::{Loaded, load};
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

/// Most targets, headlines and metrics that are asked about when no outcome is named.
const MOST_OF_A_KIND: usize = 8;

/// What was found about an outcome.
struct Answer {
    of: String,
    asked: Vec<Asked>,
    /// `None` where it depends on nothing random, or is the same wherever it was tried.
    found: Option<Measured>,
}

pub(super) fn run(options: &SensitivityOptions) -> Outcome {
    let language = language(options.lang);
    let mut loaded = load(&options.scenario, &options.overrides.set);
    let (outcomes, left) = match &options.of {
        Some(of) => (vec![of.clone()], 0),
        None => outcomes(&ready(&mut loaded)?.labels),
    };
    let answers: Vec<Answer> = outcomes
        .into_iter()
        .map(|of| answer(&mut loaded, of, options, language))
        .collect::<Result<_, _>>()?;
    let id = &loaded.scenario.id;
    if options.json {
        let each: Vec<Value> = answers.iter().map(|answer| as_json(id, answer, options)).collect();
        return match (each.as_slice(), &options.of) {
            ([one], Some(_)) => print_json(one),
            _ => print_json(&json!({ "schema": SCHEMA, "scenario": id, "outcomes": each })),
        };
    }
    let tables: Vec<String> = answers.iter().map(|answer| table(answer, language)).collect();
    let more = match language {
        _ if left == 0 => String::new(),
        Language::En => format!("\n{left} more outcomes: name one with --of\n"),
        Language::Zh => format!("\n另有{left}个结果未列出：用--of指定\n"),
    };
    print(&(tables.join("\n") + &more))
}

/// The model, or what is wrong with it.
fn ready(loaded: &mut Loaded) -> Result<Model, Failure> {
    match compiled(&loaded.scenario, &Record::Headlines) {
        Ok(model) if !loaded.problems.has_errors() => Ok(model),
        other => {
            let found = other.err().map(|problems| problems.0).unwrap_or_default();
            found.into_iter().for_each(|problem| loaded.problems.push(problem));
            diagnose::report(&loaded.files, &loaded.problems);
            Err(Failure::Input)
        }
    }
}

/// The first targets, headlines in their last year and metrics, and how many more there are.
fn outcomes(labels: &Labels) -> (Vec<String>, usize) {
    let headlines = labels.variables.iter().filter(|variable| variable.headline);
    let kinds: [Vec<String>; 3] = [
        labels.targets.iter().map(|target| target.name.clone()).collect(),
        headlines.map(|variable| format!("{}@{}", variable.name, variable.last_year)).collect(),
        labels.metrics.iter().map(|metric| metric.name.clone()).collect(),
    ];
    let all = kinds.iter().map(Vec::len).sum::<usize>();
    let first: Vec<String> =
        kinds.into_iter().flat_map(|kind| kind.into_iter().take(MOST_OF_A_KIND)).collect();
    let left = all - first.len();
    (first, left)
}

fn answer(
    loaded: &mut Loaded,
    of: String,
    options: &SensitivityOptions,
    language: Language,
) -> Result<Answer, Failure> {
    let added = add_metric(loaded, "--of", &of);
    added.err().into_iter().for_each(|problem| loaded.problems.push(problem));
    let model = ready(loaded)?;
    let Some(series) = added_series(&model) else { return Err(Failure::Input) };
    let program = model.program.only(&[series], &[]);
    let asked = asked(&model, &of, &draws(&program), options, language)?;
    if asked.is_empty() {
        return Ok(Answer { of, asked, found: None });
    }
    let groups = asked.iter().map(|asked| asked.draws.clone()).collect();
    let never = f64::from(model.labels.end) + 1.0;
    let design = Design { program, groups, seed: options.sample.seed, never };
    let found = on_threads(options.sample.threads, || found(&design, &asked, options))?;
    let found = Some(found).filter(|found| varies(found, options));
    Ok(Answer { of, asked, found })
}

/// Whether the outcome was not the same wherever it was tried.
fn varies(found: &Measured, options: &SensitivityOptions) -> bool {
    match found {
        Measured::Sobol(found) => found.iter().any(|indices| indices.total.value.is_finite()),
        // Chosen inputs may do nothing to an outcome that others move.
        Measured::Morris(found) => !options.inputs.is_empty() || found.iter().any(|effect| effect.size > 0.0),
        Measured::Pawn(found, _) => found.iter().any(|distance| distance.largest > 0.0),
    }
}

/// The inputs or groups of which the outcome uses a draw. That there are none is wrong of an outcome that was named.
fn asked(
    model: &Model,
    of: &str,
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
    let known: Vec<&str> =
        model.drivers.iter().flat_map(|driver| [driver.group.as_str(), &driver.name]).collect();
    let is_named = options.of.is_some();
    for name in &options.inputs {
        if !all.contains_key(name.as_str()) && (is_named || !known.contains(&name.as_str())) {
            let help = crate::text::suggest::did_you_mean(name, &known, "inputs").unwrap_or_default();
            say(&format!("{of} depends on no input or group \"{name}\"; {help}"));
            return Err(Failure::Input);
        }
    }
    if all.is_empty() && is_named {
        say(&format!("{of} depends on nothing random"));
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

fn as_json(scenario: &str, answer: &Answer, options: &SensitivityOptions) -> Value {
    let mut all = json!({
        "schema": SCHEMA,
        "scenario": scenario,
        "of": answer.of,
        "seed": options.sample.seed,
        "paths": options.sample.paths,
        "varies": answer.found.is_some(),
        "inputs": [],
    });
    let Some(found) = &answer.found else { return all };
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
    let rows = answer.asked.iter().zip(values).map(|(asked, value)| {
        json!({ "name": asked.name, "title": asked.title, "grade": asked.grade, "correlated": asked.correlated, method: value })
    });
    all["inputs"] = rows.collect();
    all["method"] = method.into();
    if let Measured::Pawn(_, idle) = found {
        all["by_chance"] = distance(idle);
    }
    all
}

fn table(answer: &Answer, language: Language) -> String {
    let Answer { of, asked, found } = answer;
    let Some(found) = found else {
        return match language {
            Language::En => format!("{of} does not vary: it was the same wherever it was tried\n"),
            Language::Zh => format!("{of}没有变动：所有试算结果相同\n"),
        };
    };
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
    let mut text = format!("{of}\n{head}\n");
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
