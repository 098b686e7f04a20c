//! `plancast sensitivity`: indices from simulations made for them.

mod chart;
mod correlated;
mod table;

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};
use serde_json::{Value, json};

use self::correlated::CorrelatedSplit;
use super::arguments::{SensitivityMethod, SensitivityOptions, names};
use super::output::wrong;
use super::outputs;
use super::{CommandResult, Failure, diagnose, figures, load, memory, on_threads, print, print_json};
use plancast::analysis::indices::{
    Design, Distance, ElementaryEffects, Indices, Probe, SCRAMBLINGS, SensitivityIndex,
};
use plancast::analysis::statement::{add_metric, added_series, compiled};
use plancast::chart::{Size, rows};
use plancast::engine::{self, RowOrder, RunRequest, Watch, simulate_sliced};
use plancast::model::drivers::names as input_names;
use plancast::model::{Labels, Model, RecordedVariables};
use plancast::num::normal::POINT_97_5;
use plancast::result::drivers::{question, sum_of_draws};
use plancast::scenario::Loaded;
use plancast::text::probability::Decided;
use plancast::text::suggest::did_you_mean;
use plancast::text::{Language, Text};
use plancast::{key, message, tr};

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-sensitivity/2";

/// A row of the table: name, title, draws, and the weakest grade of what is drawn.
struct TableRow {
    name: String,
    title: String,
    grade: String,
    draws: Vec<usize>,
    /// What else is drawn together with it, by name.
    others: Vec<String>,
    correlated: bool,
}

/// Most targets, headlines and metrics that are asked about when no outcome is named.
const MOST_OF_A_KIND: usize = 8;

/// What was found about an outcome.
struct OutcomeIndices {
    of: String,
    asked: Vec<TableRow>,
    found: IndicesOrReason,
    /// What it is at random points.
    probe: Probe,
    /// What counts for infinity, where it is a year that never comes.
    never: Option<f64>,
    /// What correlated inputs explain, split among them: of Sobol' indices.
    correlated: Vec<CorrelatedSplit>,
}

/// What was found, or why nothing was.
enum IndicesOrReason {
    /// By input or group.
    Measured(MethodIndices),
    /// The equations say that it is the same whatever is drawn.
    Same,
    /// It was the same wherever it was tried, which does not say that it never varies.
    Unmoved,
    /// It is infinite, or no number, at some points, and has no variance.
    NotFinite,
    /// It varies, but not among so few points.
    TooFew,
    /// The record tells the outcome of a target.
    Recorded(bool),
}

pub(super) fn run(options: &SensitivityOptions) -> CommandResult {
    let language = super::language();
    let mut loaded = load(&options.scenario, &options.overrides.set);
    super::counts_all_paths(&loaded, "sensitivity")?;
    outputs::admit_picture(options.chart.as_deref())?;
    let options =
        &SensitivityOptions { sample: options.sample.with(&loaded.scenario.run), ..options.clone() };
    let (outcomes, left) = match &options.of {
        Some(of) => (vec![of.clone()], 0),
        None => outcomes(&ready(&mut loaded)?.labels),
    };
    let answers: Vec<OutcomeIndices> = outcomes
        .into_iter()
        .map(|of| answer(&mut loaded, &of, options, language))
        .collect::<Result<_, _>>()?;
    if let Some(path) = &options.chart {
        let [answer] = answers.as_slice() else { return Err(wrong(message!("cli-sensitivity-chart-one"))) };
        let footer = figures::footer(&loaded.scenario, options.sample, language);
        let title = outcome_title(&loaded, &answer.of, language);
        let Some(drawn) = chart::of(answer, &title, footer, language) else {
            return Err(wrong(message!("cli-sensitivity-chart-none", of = &answer.of)));
        };
        figures::write(path, &rows::draw(&drawn, Size::default().width, language))?;
    }
    let id = &loaded.scenario.id;
    if options.json {
        let each: Vec<Value> = answers.iter().map(|answer| as_json(id, answer, options)).collect();
        return match (each.as_slice(), &options.of) {
            ([one], Some(_)) => print_json(one),
            _ => print_json(&json!({ "schema": SCHEMA, "scenario": id, "outcomes": each })),
        };
    }
    let tables: Vec<String> = answers.iter().map(|answer| table::table(answer, language)).collect();
    let more = match left {
        0 => String::new(),
        left => format!("\n{}\n", tr!(language, "cli-sensitivity-more", count = left)),
    };
    print(&(tables.join("\n") + &more))
}

/// What an outcome is called: its title, with its year where it has one.
fn outcome_title(loaded: &Loaded, of: &str, language: Language) -> String {
    let scenario = &loaded.scenario;
    let (name, year) = of.rsplit_once('@').map_or((of, None), |(name, year)| (name, Some(year.trim())));
    let target = scenario.targets.get(name.trim()).map(|target| &target.title);
    let metric = || scenario.metrics.get(name.trim()).map(|metric| &metric.title);
    let variable = || scenario.variables.get(name.trim()).map(|variable| &variable.title);
    let title = target.or_else(metric).or_else(variable).map(|title| title.get(language));
    match (title.filter(|title| !title.is_empty()), year) {
        (Some(title), Some(year)) => tr!(language, "report-lead-outcome", title = title, year = year),
        (Some(title), None) => title.to_owned(),
        (None, _) => of.to_owned(),
    }
}

/// The model, or what is wrong with it.
fn ready(loaded: &mut Loaded) -> Result<Model, Failure> {
    match compiled(&loaded.scenario, &RecordedVariables::Headlines) {
        Ok(model) if !loaded.diagnostics.has_errors() => Ok(model),
        other => {
            let found = other.err().map(|diagnostics| diagnostics.0).unwrap_or_default();
            found.into_iter().for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
            diagnose::report(&loaded.files, &loaded.diagnostics);
            Err(Failure::Input)
        }
    }
}

/// The first targets (those that tables lead with before others), headlines in their last year and metrics, and how many
/// more there are.
fn outcomes(labels: &Labels) -> (Vec<String>, usize) {
    let headlines = labels.variables.iter().filter(|variable| variable.headline);
    let led_with = labels.headline_targets.iter().map(|place| &labels.targets[*place as usize]);
    let targets: IndexSet<&String> = led_with.chain(&labels.targets).map(|target| &target.name).collect();
    let kinds: [Vec<String>; 3] = [
        targets.into_iter().cloned().collect(),
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
    of: &str,
    options: &SensitivityOptions,
    language: Language,
) -> Result<OutcomeIndices, Failure> {
    let added = add_metric(loaded, "--of", of);
    added.err().into_iter().for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
    let model = ready(loaded)?;
    let Some(series) = added_series(&model) else { return Err(Failure::Input) };
    let program = model.program.only(&[series], &[]);
    let asked = match recorded(&model.labels, of) {
        Some(_) => Vec::new(),
        None => asked(&model, of, &program.draws().collect::<Vec<_>>(), options, language)?,
    };
    let never = model.labels.metrics.iter().find(|metric| metric.series == series).and_then(|m| m.never);
    let answer = |asked, found, probe| {
        Ok(OutcomeIndices { of: of.to_owned(), asked, found, probe, never, correlated: Vec::new() })
    };
    let mut splits = match options.method {
        SensitivityMethod::Sobol => {
            correlated::groups(&model, &program.draws().collect::<Vec<_>>(), options)?
        }
        _ => Vec::new(),
    };
    if let Some(met) = recorded(&model.labels, of) {
        return answer(Vec::new(), IndicesOrReason::Recorded(met), Probe::default());
    }
    if asked.is_empty() {
        return answer(asked, IndicesOrReason::Same, Probe::default());
    }
    enough(options, asked.len())?;
    let groups = asked.iter().map(|asked| asked.draws.clone()).collect();
    if options.method == SensitivityMethod::Pawn {
        let of_path = 16 * asked.len() as u64 + 64;
        let need = options.sample.paths().saturating_mul(of_path);
        memory::refuse_answer(need, options.sample.memory, options.sample.paths())?;
    }
    let orders = program.draws().map(|(stream, _)| RowOrder::of_stream(&model, stream)).collect();
    let design = Design { program, groups, seed: options.sample.seed(), never, orders };
    let (found, probe) = on_threads(options.sample.threads, || {
        let probe = design.probe();
        let has_values = probe.no_number == 0.0 && (probe.infinite == 0.0 || never.is_some());
        let found = has_values.then(|| measured(&design, &asked, (&model, of), options));
        if has_values {
            splits.iter_mut().for_each(|split| split.find(&design, points(options)));
        }
        (found.filter(MethodIndices::is_finite), probe)
    })?;
    let found = match found {
        Some(found) if found.varies(options) => IndicesOrReason::Measured(found),
        None if probe.infinite + probe.no_number > 0.0 => IndicesOrReason::NotFinite,
        _ if probe.varies => IndicesOrReason::TooFew,
        _ if is_decided(&model.labels, of) => IndicesOrReason::Same,
        _ => IndicesOrReason::Unmoved,
    };
    let answer: Result<OutcomeIndices, Failure> = answer(asked, found, probe);
    answer.map(|answer| OutcomeIndices { correlated: splits, ..answer })
}

/// Whether an outcome varies; `None` where the points do not tell.
fn varies(found: &IndicesOrReason) -> Option<bool> {
    match found {
        IndicesOrReason::Same | IndicesOrReason::Recorded(_) => Some(false),
        IndicesOrReason::Unmoved => None,
        _ => Some(true),
    }
}

/// Whether the equations tell that a target is always met, or never.
fn is_decided(labels: &Labels, of: &str) -> bool {
    labels.targets.iter().any(|target| target.name == of.trim() && target.decided.is_some())
}

/// Whether a target was met, where the record tells.
fn recorded(labels: &Labels, of: &str) -> Option<bool> {
    let target = labels.targets.iter().find(|target| target.name == of.trim())?;
    target.decided.filter(|decided| decided.is_recorded()).map(Decided::holds)
}

/// The fewest points of each scrambling from which indices are told, and of which distributions are held against each other.
const LEAST_POINTS: u64 = 64;
const LEAST_PAWN: u64 = 500;
/// The fewest trajectories.
const LEAST_TRAJECTORIES: u64 = 4;

/// That there are paths enough for the method; says how many it needs.
fn enough(options: &SensitivityOptions, groups: usize) -> CommandResult {
    let (paths, least) = match options.method {
        SensitivityMethod::Sobol => (options.sample.paths(), LEAST_POINTS * SCRAMBLINGS),
        SensitivityMethod::Morris => (options.sample.paths(), LEAST_TRAJECTORIES * (groups as u64 + 1)),
        SensitivityMethod::Pawn => (options.sample.paths(), LEAST_PAWN),
    };
    if paths >= least {
        return Ok(());
    }
    Err(wrong(message!("cli-sensitivity-few", paths = paths, least = least.to_string())))
}

/// The inputs or groups of which the outcome uses a draw. That there are none is wrong of an outcome that was named.
fn asked(
    model: &Model,
    of: &str,
    draws: &[(u32, u32)],
    options: &SensitivityOptions,
    language: Language,
) -> Result<Vec<TableRow>, Failure> {
    let chosen: Vec<String> = options.inputs.iter().flat_map(|list| names(list)).collect();
    let by_stream: IndexMap<u32, usize> =
        model.inputs.iter().enumerate().map(|(place, input)| (input.stream, place)).collect();
    let mut all: IndexMap<String, TableRow> = IndexMap::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (draw, (stream, _)) in draws.iter().enumerate() {
        let Some(&place) = by_stream.get(stream) else { continue };
        let driver = &model.drivers[place];
        let (name, title) = match wanted(model, place, &chosen) {
            Some((chosen, name, title)) => {
                used.insert(chosen);
                (name, title)
            }
            None if !chosen.is_empty() => continue,
            None if options.one_by_one => (driver.name.clone(), driver.title.clone()),
            None => (driver.group.clone(), driver.group_title.clone()),
        };
        let new = || TableRow {
            name: name.clone(),
            title: title.get(language).to_owned(),
            grade: String::new(),
            draws: Vec::new(),
            others: Vec::new(),
            correlated: false,
        };
        let entry = all.entry(name.clone()).or_insert_with(new);
        entry.draws.push(draw);
        // What is taken together with others is not named by one of them alone.
        let base = input_names(&model.inputs[place].name)[2];
        if driver.correlated && base != name && !entry.others.iter().any(|other| other == base) {
            entry.others.push(base.to_owned());
        }
        if entry.grade < driver.grade {
            entry.grade.clone_from(&driver.grade);
        }
        entry.correlated |= driver.correlated;
    }
    let groups = model.drivers.iter().flat_map(|driver| [driver.group.as_str(), &driver.name]);
    let mut known: Vec<&str> =
        groups.chain(model.inputs.iter().flat_map(|input| input_names(&input.name))).collect();
    known.sort_unstable();
    known.dedup();
    let is_named = options.of.is_some();
    for name in &chosen {
        if !used.contains(name.as_str()) && (is_named || !known.contains(&name.as_str())) {
            return Err(wrong(if known.contains(&name.as_str()) {
                let inputs = dependable(model, draws);
                message!("cli-sensitivity-independent", of = of, name = name, inputs = inputs.as_slice())
            } else {
                let help = did_you_mean(name, &known, key!("text-kind-inputs")).unwrap_or_default();
                message!("cli-sensitivity-no-input", name = name, help = help)
            }));
        }
    }
    if all.is_empty() && is_named {
        return Err(wrong(message!("cli-sensitivity-no-chance", of = of)));
    }
    Ok(all.into_values().collect())
}

/// The first inputs of which the outcome uses a draw.
fn dependable<'a>(model: &'a Model, draws: &[(u32, u32)]) -> Vec<&'a str> {
    let uses = |stream: u32| draws.iter().any(|(own, _)| *own == stream);
    let inputs = model.inputs.iter().filter(|input| uses(input.stream));
    let mut names: Vec<&str> = inputs.map(|input| input_names(&input.name)[1]).collect();
    names.dedup();
    names.truncate(10);
    names
}

/// Which of the chosen names an input has, and under what name and title it is told. One of several that are
/// correlated stands for them all; what an indexed name begins with, for all its members.
fn wanted<'a>(model: &Model, place: usize, chosen: &'a [String]) -> Option<(&'a str, String, Text)> {
    let driver = &model.drivers[place];
    let is_chosen = |names: &[&str]| chosen.iter().map(String::as_str).find(|chosen| names.contains(chosen));
    let own = || (driver.name.clone(), driver.title.clone());
    let group = || (driver.group.clone(), driver.group_title.clone());
    let named = |found: &'a str, (name, title): (String, Text)| Some((found, name, title));
    if let Some(found) = is_chosen(&[&driver.name]) {
        return named(found, own());
    }
    let same = model.inputs.iter().zip(&model.drivers).filter(|(_, other)| other.name == driver.name);
    let mut members = same.map(|(input, _)| input_names(&input.name));
    let [full, plain, base] = input_names(&model.inputs[place].name);
    let by_member = if driver.correlated {
        members.find_map(|names| is_chosen(&names))
    } else {
        is_chosen(&[full, plain])
    };
    if let Some(found) = by_member {
        return named(found, own());
    }
    if let Some(found) = is_chosen(&[&driver.group]) {
        return named(found, group());
    }
    is_chosen(&[base]).and_then(|found| named(found, (base.to_owned(), Text::plain(base))))
}

/// What a method finds, by input or group.
enum MethodIndices {
    Sobol(Vec<Indices>, GroupSums),
    Morris(Vec<ElementaryEffects>),
    Pawn(Vec<Distance>, Distance),
}

/// By input or group, the sum of the first-order indices of its draws and its standard error, as a run tells it; or why
/// it is not known.
type GroupSums = Result<Vec<(f64, f64)>, Text>;

impl MethodIndices {
    /// Whether the outcome was not the same wherever it was tried.
    fn varies(&self, options: &SensitivityOptions) -> bool {
        match self {
            Self::Sobol(found, _) => found.iter().any(|indices| indices.total.value.is_finite()),
            // Chosen inputs may do nothing to an outcome that others move.
            Self::Morris(found) => {
                !options.inputs.is_empty() || found.iter().any(|effect| effect.mu_star > 0.0)
            }
            Self::Pawn(found, _) => found.iter().any(|distance| distance.largest > 0.0),
        }
    }

    /// Whether each number is one. An index is none where the outcome does not vary, or is infinite somewhere.
    fn is_finite(&self) -> bool {
        match self {
            Self::Sobol(found, _) => found.iter().all(|indices| indices.total.value.is_finite()),
            Self::Morris(found) => found.iter().all(|effect| effect.mu_star.is_finite()),
            Self::Pawn(..) => true,
        }
    }
}

/// How many points each scrambling has: a power of two does best.
fn points(options: &SensitivityOptions) -> u32 {
    1 << (options.sample.paths() / SCRAMBLINGS).max(2).ilog2()
}

fn measured(
    design: &Design,
    asked: &[TableRow],
    (model, of): (&Model, &str),
    options: &SensitivityOptions,
) -> MethodIndices {
    let paths = options.sample.paths();
    match options.method {
        SensitivityMethod::Sobol => {
            let found = design.indices(points(options));
            let sums = with_closed(sums(design, (model, of), paths), design, &found);
            MethodIndices::Sobol(found, sums)
        }
        SensitivityMethod::Morris => {
            let trajectories = (paths / (asked.len() as u64 + 1)).min(10_000) as u32;
            MethodIndices::Morris(design.screening(trajectories))
        }
        SensitivityMethod::Pawn => {
            let points = paths.min(u64::from(u32::MAX / 2)) as u32;
            let (found, idle) = design.distances(points);
            MethodIndices::Pawn(found, idle)
        }
    }
}

/// The sums of the first-order indices of the draws of each group, from a run of so many random paths.
fn sums(design: &Design, (model, of): (&Model, &str), paths: u64) -> GroupSums {
    let model = Model { program: design.program.clone(), ..model.clone() };
    let outcome = engine::ExplainedOutcome::Series { series: 0, never: design.never };
    let unknown = || Text::from(message!("cli-sensitivity-many-draws"));
    let question = question(&model, vec![of.to_owned()], &[outcome]).ok_or_else(unknown)?;
    let request = RunRequest { seed: design.seed, paths, threads: None };
    let (program, slicing) = (&model.program, Some(&question.slicing));
    let blocks = 0..request.blocks();
    let run = simulate_sliced(program, &[], &request, blocks, slicing, Watch::default());
    let slices = run.map_err(|_| unknown())?.slices.ok_or_else(unknown)?;
    sum_of_draws(&model, &question, &slices, (design.seed, paths), &design.groups)
}

/// The sums with their errors. That of a single draw is its closed index: by definition, and simulated for it.
fn with_closed(sums: GroupSums, design: &Design, found: &[Indices]) -> GroupSums {
    let one = |(place, sum): (usize, (f64, f64))| match design.groups[place].len() {
        1 => (found[place].closed.value, found[place].closed.margin / POINT_97_5),
        _ => sum,
    };
    sums.map(|sums| sums.into_iter().enumerate().map(one).collect())
}

fn as_json(scenario: &str, answer: &OutcomeIndices, options: &SensitivityOptions) -> Value {
    let mut all = json!({
        "schema": SCHEMA,
        "scenario": scenario,
        "of": answer.of,
        "seed": options.sample.seed(),
        "paths": options.sample.paths(),
        "varies": varies(&answer.found),
        "infinite": answer.probe.infinite,
        "infinite_counts_as": answer.never,
        "no_number": answer.probe.no_number,
        "inputs": [],
    });
    if let IndicesOrReason::Recorded(met) = answer.found {
        all["decided"] = Decided::on_record(met).code().into();
    }
    let IndicesOrReason::Measured(found) = &answer.found else { return all };
    let index = |index: &SensitivityIndex| json!({ "value": index.value, "margin": index.margin });
    let distance = |distance: &Distance| json!({ "median": distance.median, "largest": distance.largest });
    let (method, values): (&str, Vec<Value>) = match found {
        MethodIndices::Sobol(found, sums) => {
            let sum = |place: usize| {
                let sum = sums.as_ref().ok().map(|sums| sums[place]);
                sum.map(|(value, error)| json!({ "value": value, "margin": POINT_97_5 * error }))
            };
            let one = |(place, i): (usize, &Indices)| {
                let (closed, total) = (index(&i.closed), index(&i.total));
                json!({ "closed": closed, "total": total, "sum_of_first_order": sum(place) })
            };
            ("sobol", found.iter().enumerate().map(one).collect())
        }
        MethodIndices::Morris(found) => {
            let one = |e: &ElementaryEffects| json!({ "mu": e.mu, "mu_star": e.mu_star, "sigma": e.sigma });
            ("morris", found.iter().map(one).collect())
        }
        MethodIndices::Pawn(found, _) => ("pawn", found.iter().map(distance).collect()),
    };
    let rows = answer.asked.iter().zip(values).map(|(asked, value)| {
        json!({ "name": asked.name, "title": asked.title, "grade": asked.grade, "correlated": asked.correlated, "draws": asked.draws.len(), method: value })
    });
    all["inputs"] = rows.collect();
    if !answer.correlated.is_empty() {
        all["correlated"] = answer.correlated.iter().map(CorrelatedSplit::as_json).collect();
    }
    all["method"] = method.into();
    if let MethodIndices::Pawn(_, idle) = found {
        all["by_chance"] = distance(idle);
    }
    all
}
