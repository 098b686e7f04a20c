//! What a record alone decides: targets whose outcome it tells, and variables that follow from it.

use indexmap::IndexMap;

use std::cell::RefCell;

use super::compile::{Writing, equations, path_term};
use super::correlation::Correlated;
use super::data::{CellContent, YearlyCell};
use super::lower::members_of;
use super::operation::{Binary, Unary, select};
use super::over_members::{Calculator, Plain, present_value};
use super::symbols::Symbols;
use super::term::{IndexedMember, Reduction, Term, YearWindow};
use crate::scenario::Scenario;
use crate::text::DiagnosticList;
use crate::text::period::{time, years_between};

/// The targets, with the outcome in the place of every event that the record tells, also within `and`, `or` and `not`: the
/// whole target is a number where the record tells whether it was met.
pub(super) fn targets_on_record(writing: &Writing<'_>) -> Vec<Option<Term>> {
    if writing.scenario.history.is_empty() {
        return writing.targets.to_vec();
    }
    let record = HistoryRecord::of(writing);
    writing.targets.iter().map(|target| target.as_ref().map(|term| record.event(term))).collect()
}

/// By metric, where it is a condition: the same of it.
pub(super) fn conditions_on_record(writing: &Writing<'_>) -> Vec<Option<Term>> {
    let scenario = writing.scenario;
    let is_any = scenario.metrics.values().any(|metric| metric.is_condition);
    if scenario.history.is_empty() || !is_any {
        return vec![None; writing.metrics.len()];
    }
    let record = HistoryRecord::of(writing);
    let metrics = scenario.metrics.values().zip(writing.metrics);
    metrics
        .map(|(metric, term)| term.as_ref().filter(|_| metric.is_condition).map(|term| record.event(term)))
        .collect()
}

/// What gates say of single paths, with the outcome in the place of every event that the record tells, also within `and`,
/// `or` and `not`.
pub(super) fn gates_on_record(writing: &Writing<'_>) -> Vec<Term> {
    if writing.scenario.history.is_empty() {
        return writing.gates.to_vec();
    }
    let record = HistoryRecord::of(writing);
    let of = |term: &Term| if is_truth(term) { record.event(term) } else { term.clone() };
    writing.gates.iter().map(of).collect()
}

/// The outcome of parts joined by `and` or `or`, where one of them settles it.
fn settled(operation: Binary, parts: &[Term]) -> Option<Term> {
    let settles = operation == Binary::Or;
    let is_it = |part: &Term| matches!(part, Term::Number(outcome) if (*outcome != 0.0) == settles);
    parts.iter().any(is_it).then(|| Term::Number(f64::from(u8::from(settles))))
}

/// Whether a term is 1 where a statement holds and 0 where it does not.
fn is_truth(term: &Term) -> bool {
    let Term::If(parts) = term else { return false };
    matches!((&parts[1], &parts[2]), (Term::Number(1.0), Term::Number(0.0)))
}

/// How many names of metrics and targets are followed one behind the other: they may stand in a circle.
const MOST_NAMES: u32 = 50;

/// How many values may follow one from another in a row: the stack bounds them.
const MOST_DERIVATIONS: u32 = 300;

/// How many years before the base year variables are derived.
const MOST_YEARS_BACK: i32 = 300;

struct HistoryRecord<'a> {
    writing: &'a Writing<'a>,
    /// By element: what was observed by year. Of what is written twice the first counts.
    observed: IndexMap<String, IndexMap<i32, f64>>,
    /// By element and year what follows from what was observed, as far as it was looked for; `None` where nothing is to
    /// follow.
    derived: Option<Derived>,
}

/// What was derived so far.
#[derive(Default)]
struct Derived {
    known: RefCell<IndexMap<(String, i32), Option<f64>>>,
    /// How many derivations wait for one another.
    depth: std::cell::Cell<u32>,
    /// Whether the value that a variable begins with counts as known: it is an assumption, and no part of the record.
    starts: std::cell::Cell<bool>,
}

/// Values by year.
pub type ValuesByYear = Vec<(i32, f64)>;

/// What follows from a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OnRecord {
    /// By target, in the scenario's order: whether it was met; `None` where a value that it needs is not known.
    pub targets: Vec<Option<bool>>,
    /// By variable that was asked for: its values.
    pub variables: Vec<ValuesByYear>,
}

/// What follows from the histories of a scenario: outcomes of targets, and the values of these variables (without
/// members) in these years. A variable that has no history follows its equation where all that it uses is known.
///
/// Nothing is simulated, and the equations are not written out: quick also for a large scenario.
pub fn on_record(
    scenario: &Scenario,
    variables: &[String],
    years: [i32; 2],
    diagnostics: &mut DiagnosticList,
) -> OnRecord {
    let symbols = Symbols::new(scenario, diagnostics);
    let data = super::data::collect(scenario, diagnostics);
    let equations = equations(scenario, &symbols, &data, diagnostics);
    let mut term = |formula| path_term(scenario, &symbols, &data, formula, diagnostics);
    let metrics: Vec<_> = scenario.metrics.values().map(|metric| term(&metric.formula)).collect();
    let targets: Vec<_> = scenario.targets.values().map(|target| term(&target.require)).collect();
    let writing = Writing {
        replay: false,
        gates: &[],
        scenario,
        data: &data,
        correlated: &Correlated::default(),
        hierarchies: &super::hierarchies::Hierarchies::default(),
        declarations: &[],
        equations: &equations,
        metrics: &metrics,
        targets: &targets,
    };
    let record = HistoryRecord { derived: Some(Derived::default()), ..HistoryRecord::of(&writing) };
    let met = |term: &Option<Term>| record.decides(term.as_ref()?);
    let values = |name: &String| {
        let Some(variable) = equations.iter().position(|equation| equation.name == *name) else {
            return Vec::new();
        };
        let value = |year| record.observed(variable, &[], &[], year).and_then(known);
        (years[0]..=years[1]).filter_map(|year| Some((year, value(year)?))).collect()
    };
    // What follows is looked for anew, with or without the values that variables begin with.
    let anew = |starts: bool| {
        if let Some(derived) = &record.derived {
            derived.known.borrow_mut().clear();
            derived.starts.set(starts);
        }
    };
    anew(true);
    let targets = targets.iter().map(met).map(|met| met.map(|met| met != 0.0)).collect();
    anew(false);
    OnRecord { targets, variables: variables.iter().map(values).collect() }
}

impl<'a> HistoryRecord<'a> {
    /// The record of a scenario, of which nothing else follows.
    fn of(writing: &'a Writing<'a>) -> Self {
        let observed = writing.scenario.history.iter().map(|(name, history)| {
            (crate::scenario::claims::element(name), history.values.iter().rev().copied().collect())
        });
        Self { writing, observed: observed.rev().collect(), derived: None }
    }

    /// The value of a term about a whole path that the record tells. A term about numbers and data alone is decided too, but
    /// not by a record.
    fn decides(&self, term: &Term) -> Option<f64> {
        self.reads(term, MOST_NAMES).then(|| self.path(term, MOST_NAMES)).flatten()
    }

    /// An event with its outcome, or those of its parts, where the record tells it.
    fn event(&self, term: &Term) -> Term {
        self.event_of(term, MOST_NAMES)
    }

    fn event_of(&self, term: &Term, names: u32) -> Term {
        if let Some(outcome) = self.decides(term) {
            return Term::Number(outcome);
        }
        match term {
            Term::Binary(operation @ (Binary::And | Binary::Or), a, b) => {
                let parts = [self.event_of(a, names), self.event_of(b, names)];
                settled(*operation, &parts).unwrap_or_else(|| {
                    let [a, b] = parts;
                    Term::Binary(*operation, Box::new(a), Box::new(b))
                })
            }
            Term::Chain(first, rest) => {
                let Some(operation) = rest.first().map(|(operation, _)| *operation) else {
                    return term.clone();
                };
                if !matches!(operation, Binary::And | Binary::Or) || rest.iter().any(|it| it.0 != operation) {
                    return term.clone();
                }
                let all: Vec<Term> = std::iter::once(&**first)
                    .chain(rest.iter().map(|(_, x)| x))
                    .map(|x| self.event_of(x, names))
                    .collect();
                settled(operation, &all).unwrap_or_else(|| {
                    let mut parts = all.into_iter();
                    let first = parts.next().map_or_else(|| first.clone(), Box::new);
                    Term::Chain(first, parts.map(|x| (operation, x)).collect())
                })
            }
            Term::Unary(Unary::Not, x) => match self.event_of(x, names) {
                Term::Number(outcome) => Term::Number(f64::from(u8::from(outcome == 0.0))),
                open => Term::Unary(Unary::Not, Box::new(open)),
            },
            Term::Target(_) if names > 0 => {
                match self.named(term).map(|named| self.event_of(named, names - 1)) {
                    Some(Term::Number(outcome)) => Term::Number(f64::from(u8::from(outcome != 0.0))),
                    _ => term.clone(),
                }
            }
            Term::If(parts) if is_truth(term) => match self.event_of(&parts[0], names) {
                Term::Number(outcome) => Term::Number(f64::from(u8::from(outcome != 0.0))),
                open => Term::If(Box::new([open, parts[1].clone(), parts[2].clone()])),
            },
            _ => term.clone(),
        }
    }

    /// Whether a term reads a variable at all.
    fn reads(&self, term: &Term, names: u32) -> bool {
        match term {
            Term::Variable { .. } => true,
            Term::Number(_) | Term::Year | Term::Datum { .. } => false,
            Term::Metric(_) | Term::Target(_) => {
                names > 0 && self.named(term).is_some_and(|term| self.reads(term, names - 1))
            }
            Term::Binary(_, a, b) => self.reads(a, names) || self.reads(b, names),
            Term::Chain(first, rest) => {
                self.reads(first, names) || rest.iter().any(|(_, x)| self.reads(x, names))
            }
            Term::If(parts) => parts.iter().any(|part| self.reads(part, names)),
            Term::Reduce { body, .. } => self.reads(body, names),
            Term::Unary(_, x)
            | Term::Growth(x)
            | Term::Lag { x, .. }
            | Term::At { x, .. }
            | Term::Cagr { x, .. }
            | Term::Change { x, .. }
            | Term::Window { x, .. }
            | Term::PeakYear { x }
            | Term::Lookup { x, .. }
            | Term::LagBy { x, .. }
            | Term::Drawdown { x }
            | Term::RateOfReturn { x, .. }
            | Term::FirstYear { condition: x }
            | Term::LastYear { condition: x } => self.reads(x, names),
            Term::PresentValue { x, rate, .. } => self.reads(x, names) || self.reads(rate, names),
            Term::Remember { x, by, .. } => {
                self.reads(x, names) || by.as_ref().is_some_and(|by| self.reads(by, names))
            }
        }
    }

    /// The formula that a name of a metric or target stands for.
    fn named(&self, term: &Term) -> Option<&Term> {
        match term {
            Term::Metric(metric) => self.writing.metrics[*metric].as_ref(),
            Term::Target(target) => self.writing.targets[*target].as_ref(),
            _ => None,
        }
    }

    /// The value of a term about a whole path.
    fn path(&self, term: &Term, names: u32) -> Option<f64> {
        known(self.value(term, &mut Vec::new(), self.writing.scenario.time.start, names)?)
    }

    /// The value of a term in a year, which has no say in what is about a whole path.
    fn value(&self, term: &Term, env: &mut Vec<usize>, year: i32, names: u32) -> Option<f64> {
        let mut at = |x: &Term, year: i32| self.value(x, env, year, names);
        match term {
            Term::Number(number) => Some(*number),
            Term::Year => Some(time(year)),
            Term::Datum { datum, index, .. } => self.datum(*datum, index, env, year),
            Term::Variable { variable, index, .. } => self.observed(*variable, index, env, year),
            Term::Metric(_) | Term::Target(_) if names > 0 => self.path(self.named(term)?, names - 1),
            Term::Unary(operation, x) => Some(operation.apply(at(x, year)?)),
            Term::Binary(operation, a, b) => Some(operation.apply(at(a, year)?, at(b, year)?)),
            Term::Chain(first, rest) => {
                let first = at(first, year)?;
                rest.iter()
                    .try_fold(first, |so_far, (operation, x)| Some(operation.apply(so_far, at(x, year)?)))
            }
            Term::If(parts) => {
                let condition = at(&parts[0], year)?;
                let taken = if condition == 0.0 { &parts[2] } else { &parts[1] };
                let value = at(taken, year)?;
                Some(select(condition, value, value))
            }
            Term::Reduce { reduction, sets, condition, body } => {
                let condition = condition.as_ref().map(|(term, _)| &**term);
                self.reduce(*reduction, sets, condition, body, env, year, names)
            }
            Term::Lag { x, years, .. } => at(x, year - years),
            Term::LagBy { x, years, .. } => {
                let years = at(years, year)?;
                at(x, year - years as i32)
            }
            Term::Lookup { table, x } => {
                let (_, table) = self.writing.scenario.tables.get_index(*table)?;
                Some(table.points.at(at(x, year)?))
            }
            Term::PresentValue { x, rate, from, to, .. } => {
                let payments: Option<Vec<f64>> = (*from..=*to).map(|year| at(x, year)).collect();
                let rates: Option<Vec<f64>> = (*from..=*to).map(|year| at(rate, year)).collect();
                Some(present_value(&mut Plain, &payments?, &rates?))
            }
            Term::RateOfReturn { x, from, to, .. } => {
                let payments: Option<Vec<f64>> = (*from..=*to).map(|year| at(x, year)).collect();
                Some(crate::num::internal_rate(&payments?))
            }
            Term::Growth(x) => Some(at(x, year)? / at(x, year - 1)? - 1.0),
            Term::At { x, year, .. } => at(x, *year),
            Term::Change { x, from, to, .. } => Some(at(x, *to)? / at(x, *from)? - 1.0),
            Term::Cagr { x, from, to, .. } => {
                let ratio = at(x, *to)? / at(x, *from)?;
                Some(crate::num::pow(ratio, 1.0 / years_between(*from, *to)) - 1.0)
            }
            Term::Window { window, x, from, to, .. } => {
                let values: Option<Vec<f64>> = (*from..=*to).map(|year| at(x, year)).collect();
                Some(over_years(*window, &values?))
            }
            // Over all years of the horizon: the last ones are never recorded while there is something to simulate. What remembers
            // rests on the first year of all, which the record does not tell.
            Term::Remember { .. }
            | Term::PeakYear { .. }
            | Term::FirstYear { .. }
            | Term::LastYear { .. }
            | Term::Drawdown { .. }
            | Term::Metric(_)
            | Term::Target(_) => None,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of a reduction, and where it stands")]
    fn reduce(
        &self,
        reduction: Reduction,
        sets: &[usize],
        condition: Option<&Term>,
        body: &Term,
        env: &mut Vec<usize>,
        year: i32,
        names: u32,
    ) -> Option<f64> {
        let sizes: Vec<usize> =
            sets.iter().map(|set| self.writing.scenario.sets[*set].members.len()).collect();
        let (bound, mut values, mut positions) = (env.len(), Vec::new(), Vec::new());
        let own = match reduction {
            Reduction::Rank(current) => {
                env.push(env[current]);
                let own = self.value(body, env, year, names);
                env.truncate(bound);
                own?
            }
            _ => f64::NAN,
        };
        for position in 0..sizes.iter().product() {
            env.extend(members_of(position, &sizes));
            let holds = condition.map_or(Some(1.0), |condition| self.value(condition, env, year, names));
            let value = match holds {
                Some(0.0) => Some(None),
                Some(_) => self.value(body, env, year, names).map(Some),
                None => None,
            };
            env.truncate(bound);
            if let Some(value) = value? {
                values.push(value);
                positions.push(position as f64 + 1.0);
            }
        }
        let operation = match reduction {
            Reduction::Sum | Reduction::Mean => Binary::Add,
            Reduction::Product => Binary::Multiply,
            Reduction::Min => Binary::Min,
            Reduction::Max => Binary::Max,
            _ if values.is_empty() => return None,
            Reduction::Quantile(level) => return Some(Plain.quantile(&values, level)),
            Reduction::Sd => return Some(Plain.sd(&values)),
            Reduction::Rank(_) => return Some(Plain.rank(own, &values)),
            Reduction::ArgMax => return Some(Plain.argmax(&values, &positions)),
        };
        let count = values.len() as f64;
        let whole = values.into_iter().reduce(|a, b| operation.apply(a, b));
        match reduction {
            Reduction::Sum => Some(whole.unwrap_or(0.0)),
            Reduction::Product => Some(whole.unwrap_or(1.0)),
            Reduction::Mean => whole.map(|sum| sum / count),
            _ => whole,
        }
    }

    /// The recorded value of a variable in a year.
    fn observed(&self, variable: usize, index: &[IndexedMember], env: &[usize], year: i32) -> Option<f64> {
        let scenario = self.writing.scenario;
        let equation = &self.writing.equations[variable];
        let members: Vec<&str> = equation
            .sets
            .iter()
            .zip(index)
            .filter_map(|(set, member)| scenario.sets[*set].members.get_index(number(*member, env)))
            .map(|(name, _)| name.as_str())
            .collect();
        let name = if members.is_empty() {
            equation.name.clone()
        } else {
            format!("{}[{}]", equation.name, members.join(","))
        };
        let observed = self.observed.get(&name).and_then(|years| years.get(&year)).copied();
        observed.or_else(|| self.follows(name, variable, index, env, year))
    }

    /// The value of a variable that follows its equation in a year, where all that it uses is known.
    fn follows(
        &self,
        name: String,
        variable: usize,
        index: &[IndexedMember],
        env: &[usize],
        year: i32,
    ) -> Option<f64> {
        let Derived { known, depth, starts } = self.derived.as_ref()?;
        let start = self.writing.scenario.time.start;
        let equation = &self.writing.equations[variable];
        let place = (name, year);
        if let Some(value) = known.borrow().get(&place) {
            return *value;
        }
        // What asks for itself, or would go back for ever, is not known.
        if depth.get() >= MOST_DERIVATIONS {
            return None;
        }
        known.borrow_mut().insert(place.clone(), None);
        let term = match (equation.has_start, year.cmp(&start)) {
            (true, std::cmp::Ordering::Less) => None,
            (true, std::cmp::Ordering::Equal) => equation.start.as_ref().filter(|_| starts.get()),
            _ => equation.formula.as_ref(),
        };
        let mut own: Vec<usize> = index.iter().map(|member| number(*member, env)).collect();
        let earliest = start - MOST_YEARS_BACK;
        depth.set(depth.get() + 1);
        let term = term.filter(|_| year >= earliest);
        let value = term.and_then(|term| self.value(term, &mut own, year, MOST_NAMES));
        depth.set(depth.get() - 1);
        known.borrow_mut().insert(place, value);
        value
    }

    /// The value of a parameter or field in a year, where it is the same on every path.
    fn datum(&self, datum: usize, index: &[IndexedMember], env: &[usize], year: i32) -> Option<f64> {
        let datum = &self.writing.data.data[datum];
        let position = datum.sets.iter().zip(index).fold(0, |position, (set, member)| {
            position * self.writing.scenario.sets[*set].members.len() + number(*member, env)
        });
        let fixed = |content: CellContent| match content {
            CellContent::Number(number) => Some(number),
            CellContent::Input(_) => None,
        };
        match datum.cells.get(position)? {
            YearlyCell::Fixed(content) => fixed(*content),
            YearlyCell::Steps(entries) => {
                let after = entries.partition_point(|(from, _)| *from <= year);
                fixed(entries.get(after.max(1) - 1)?.1)
            }
            YearlyCell::Linear(entries) => match entries.partition_point(|(at, _)| *at < year) {
                0 => fixed(entries.first()?.1),
                after if after == entries.len() => fixed(entries.last()?.1),
                after => {
                    let ((from, before), (to, next)) = (entries[after - 1], entries[after]);
                    let share = f64::from(year - from) / f64::from(to - from);
                    Some(fixed(before)? * (1.0 - share) + fixed(next)? * share)
                }
            },
            YearlyCell::Missing | YearlyCell::Broken => None,
        }
    }
}

fn number(member: IndexedMember, env: &[usize]) -> usize {
    match member {
        IndexedMember::Bound(at) => env[at],
        IndexedMember::Fixed(member) => member,
    }
}

fn over_years(window: YearWindow, values: &[f64]) -> f64 {
    let operation = match window {
        YearWindow::Sd => return Plain.sd(values),
        YearWindow::Count => {
            let held = values.iter().map(|value| select(*value, 1.0, 0.0));
            return held.sum();
        }
        YearWindow::Mean | YearWindow::Total => Binary::Add,
        YearWindow::Minimum => Binary::Min,
        YearWindow::Maximum => Binary::Max,
        YearWindow::Always => Binary::And,
        YearWindow::Ever => Binary::Or,
    };
    let whole = values.iter().copied().reduce(|a, b| operation.apply(a, b)).unwrap_or(f64::NAN);
    if window == YearWindow::Mean { whole / values.len() as f64 } else { whole }
}

fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}
