//! `plancast solve`: what would it take.

mod levers;
mod moved;
mod wording;

use serde_json::{Value, json};

use super::arguments::SolveOptions;
use super::output::wrong;
use super::{CommandResult, Failure, diagnose, figures, load, outputs, print, print_json};
use plancast::analysis::solve::{
    Boundary, Goal, Kinds, Lever, Meaning, PossibleRange, Solution, SolveError, SolveQuestion,
    SolvedInterval, Trial, TrialEstimate,
};
use plancast::chart::Size;
use plancast::chart::rows;
use plancast::engine::RunRequest;
use plancast::model::{Model, RecordedVariables, compile_with_gates};
use plancast::scenario::Loaded;
use plancast::text::{DiagnosticList, Place};
use plancast::{key, message};

/// What the JSON of this command is called.
const SCHEMA: &str = "plancast-solve/2";

/// An answer, and the values of the inputs that were held for it.
type SolutionAt<'a> = (Solution, Vec<(&'a Lever, f64)>);

pub(super) fn run(options: &SolveOptions) -> CommandResult {
    let language = super::language();
    let mut loaded = load(&options.scenario, &options.overrides.set);
    super::counts_all_paths(&loaded, "solve")?;
    let options = &SolveOptions { sample: options.sample.with(&loaded.scenario.run), ..options.clone() };
    let goal = prepared(&mut loaded, options)?;
    outputs::admit_picture(options.chart.as_deref())?;
    let levers = levers::levers(&mut loaded, options)?;
    let request = RunRequest {
        seed: options.sample.seed(),
        paths: options.sample.paths(),
        threads: options.sample.threads,
    };
    let search = SolveQuestion { scenario: &loaded.scenario, goal: &goal, request };
    let Some((last, others)) = levers.split_last() else { return Ok(()) };
    if others.is_empty() && options.chart.is_some() {
        return Err(wrong(message!("cli-solve-chart")));
    }
    let failed = |error| failed(&loaded, &goal, last, error);
    let mut found: Vec<SolutionAt<'_>> = Vec::new();
    for fixed in levers::grid(others) {
        found.push((search.solve(&fixed, last).map_err(failed)?, fixed));
    }
    let mut steps = Vec::new();
    if let ([(answer, _)], true) = (found.as_slice(), others.is_empty()) {
        for x in levers::neighbours(answer, last) {
            steps.push(search.trial(&[], last, x).map_err(failed)?);
        }
    }
    if let Some(path) = &options.chart {
        let drawn = wording::frontier(&loaded, &goal, last, &found, options, language);
        figures::write(path, &rows::draw(&drawn, Size::default().width, language))?;
    }
    if options.json {
        let mut all = as_json(&loaded, &goal, &levers, &found, options);
        if !steps.is_empty() {
            all["steps"] = steps.iter().map(reaching).collect();
        }
        return print_json(&all);
    }
    let in_per_cent = wording::in_per_cent(&loaded, last);
    let told = wording::Teller { goal: &goal, lever: last, in_per_cent, language };
    let how: String = levers.iter().map(|lever| moved::how(lever, language)).collect();
    print(&match found.as_slice() {
        [(answer, _)] if others.is_empty() => told.sentences(answer) + &told.on_steps(&steps) + &how,
        _ => told.table(&found) + &how,
    })
}

/// A value and what it reaches, as data.
fn reaching(trial: &Trial) -> Value {
    json!({ "value": trial.x, "reached": estimate(trial.reached) })
}

/// An estimate as data: infinity, which JSON does not know, is told as `never` of a year, else in words.
fn estimate(TrialEstimate { value, error, paths, is_year, unknown, .. }: TrialEstimate) -> Value {
    if value == f64::INFINITY && is_year {
        return json!({ "value": null, "never": true, "paths": paths });
    }
    if value.is_infinite() {
        let words = if value > 0.0 { "infinity" } else { "-infinity" };
        return json!({ "value": null, "infinite": words, "paths": paths });
    }
    json!({ "value": value, "standard_error": unknown.map_or(Some(error), |_| None), "paths": paths })
}

/// A boundary as data.
fn boundary(boundary: &Boundary) -> Value {
    let error = Some(boundary.error).filter(|error| error.is_finite());
    let (low, high) = boundary.interval;
    let mut all = json!({
        "value": boundary.x, "standard_error": error,
        "low": low, "high": high,
        "included": boundary.included,
        "reached": estimate(boundary.reached),
    });
    if boundary.jumps {
        all["jumps"] = boundary.sides.iter().map(reaching).collect();
    }
    all
}

/// What the value of a lever is, as data.
fn lever_as_json(lever: &Lever) -> Value {
    let (value_is, unmoved) = match lever.meaning {
        Meaning::Value => ("value", None),
        Meaning::Mean(unmoved) => ("mean", Some(unmoved)),
        Meaning::Median(unmoved) => ("median", Some(unmoved)),
        Meaning::First { unmoved, .. } => ("first", Some(unmoved)),
        Meaning::Shift => ("shift", Some(0.0)),
        Meaning::Factor => ("factor", Some(1.0)),
    };
    let moved: Vec<&str> = lever.moved.iter().map(|value| value.name.as_str()).collect();
    json!({ "name": lever.name, "value_is": value_is, "unmoved": unmoved, "moves": moved })
}

/// The combinations as data: by each the values that are held, and where the goal holds.
fn as_json(
    loaded: &Loaded,
    goal: &Goal,
    levers: &[Lever],
    found: &[SolutionAt<'_>],
    options: &SolveOptions,
) -> Value {
    let one = |(answer, fixed): &SolutionAt<'_>| {
        let held: serde_json::Map<String, Value> =
            fixed.iter().map(|(lever, x)| (lever.name.clone(), json!(x))).collect();
        let part = |part: &SolvedInterval| match part.point() {
            Some(point) => json!({ "at": boundary(point) }),
            None => json!({ "from": part.from.as_ref().map(boundary), "to": part.to.as_ref().map(boundary) }),
        };
        let mut all = match answer.first() {
            Some(first) => boundary(first),
            None => json!({ "value": null, "closest": reaching(&answer.closest) }),
        };
        all["held"] = held.into();
        all["reachable"] = (!answer.parts.is_empty()).into();
        all["everywhere"] = answer.is_everywhere().into();
        all["holds"] = answer.parts.iter().map(part).collect();
        all["turns"] = answer.turns.into();
        all["may_hold"] = (answer.parts.is_empty() && answer.may_hold(goal)).into();
        all["may_be_missed"] = answer.may_be_missed(goal).into();
        if !answer.possible.is_empty() {
            let range = |range: &PossibleRange| json!({ "from": range.from, "to": range.to, "within": reaching(&range.within) });
            all["may_hold_between"] = answer.possible.iter().map(range).collect();
        }
        if let Some(trial) = answer.not_known {
            all["not_known"] = json!({ "value": trial.x, "paths": trial.not_known });
        }
        if !answer.passed.is_empty() {
            all["passed"] = answer.passed.iter().map(boundary).collect();
        }
        all
    };
    json!({
        "schema": SCHEMA,
        "scenario": loaded.scenario.id,
        "goal": goal.text,
        "statistic": goal.statistic,
        "vary": levers.last().map(|last| &last.name),
        "levers": levers.iter().map(lever_as_json).collect::<Vec<_>>(),
        "between": levers.last().map(|last| [last.range.0, last.range.1]),
        "seed": options.sample.seed(),
        "paths": options.sample.paths(),
        "answers": found.iter().map(one).collect::<Vec<_>>(),
    })
}

/// Reads the goal and looks up what it is about; says what is wrong.
fn prepared(loaded: &mut Loaded, options: &SolveOptions) -> Result<Goal, Failure> {
    let file = loaded.files.add("--for", &options.goal);
    match Goal::read(&options.goal, Place::new(file, 0, options.goal.len())) {
        Ok(goal) if !loaded.diagnostics.has_errors() => {
            let mut diagnostics = DiagnosticList::default();
            let mut scenario = loaded.scenario.clone();
            goal.add_to(&mut scenario);
            if let Some(model) =
                compile_with_gates(&scenario, &RecordedVariables::Headlines, &mut diagnostics)
            {
                return sensible(&model, &goal, options).map(|()| goal);
            }
            diagnostics.0.into_iter().for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
        }
        Ok(_) => {}
        Err(diagnostic) => loaded.diagnostics.push(diagnostic),
    }
    diagnose::report(&loaded.files, &loaded.diagnostics);
    Err(Failure::Input)
}

/// That the goal is about what levers can move, and that there are paths enough to tell.
fn sensible(model: &Model, goal: &Goal, options: &SolveOptions) -> CommandResult {
    let (paths, least) = (options.sample.paths(), goal.least_paths());
    let (text, name) = (&goal.text, &goal.statistic);
    let recorded = model.gates.first().map(|gate| &gate.statistics[0]).filter(|it| it.is_recorded);
    if let Some(statistic) = recorded {
        let met = statistic.known.low > 0.0;
        let words = if met { key!("text-decided-met") } else { key!("text-decided-missed") };
        return Err(wrong(message!("cli-solve-recorded", statistic = name, words = words)));
    }
    if goal.needs_possibility() && !model.judging.is_deterministic() {
        let (sign, bound) = if goal.number == 0.0 { (">=", "0.1%") } else { ("<=", "99.9%") };
        let bound = format!("{name} {sign} {bound}");
        return Err(wrong(message!("cli-solve-possible", goal = text, bound = bound)));
    }
    if paths < least && !model.judging.is_deterministic() {
        let least = least.to_string();
        return Err(wrong(message!("cli-solve-few", paths = paths, goal = text, least = least)));
    }
    Ok(())
}

fn failed(loaded: &Loaded, goal: &Goal, lever: &Lever, error: SolveError) -> Failure {
    match error {
        SolveError::Scenario(diagnostics) => {
            diagnose::report(&loaded.files, &diagnostics);
            Failure::Input
        }
        SolveError::Engine(error) => super::run::engine_failure(&error),
        SolveError::Nothing(x) => {
            let why = match goal.kind {
                Kinds::Probability { .. } => key!("cli-solve-nothing-condition"),
                Kinds::Quantile(_) => key!("cli-solve-nothing-value"),
                _ => key!("cli-solve-nothing-settles"),
            };
            let (statistic, lever, value) = (&goal.statistic, &lever.name, x.to_string());
            wrong(message!(
                "cli-solve-nothing",
                statistic = statistic,
                lever = lever,
                value = value,
                why = why
            ))
        }
    }
}
