//! From terms to values: every equation of every year becomes nodes of the [`Graph`].

use std::collections::BTreeSet;
use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::correlation::Correlated;
use super::data::{CellContent, Data, Input, InputKind, YearlyCell};
use super::graph::{Graph, GraphNode};
use super::hierarchies::Hierarchies;
use super::operation::{Binary, Unary};
use super::order::{EquationUses, Use, note};
use super::over_members::Calculator;
use super::term::{IndexedMember, Reduction, Term};
use crate::num::distribution::{Distribution, Reads, Sampler};
use crate::scenario::{Scenario, written::Adjustment};
use crate::text::period::{ordinal, time};
use crate::text::{Diagnostic, DiagnosticList, Message, Place};
use crate::{key, message};

/// Steps after which a model is refused: more than any sensible one takes, about a second's work.
const MAX_STEPS: u64 = 20_000_000;

/// Most values of a model's graph: what bounds its memory.
const MAX_NODES: usize = 3_000_000;

/// A problem was noted; what depends on this value has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failed;

/// A value or the knowledge that a problem was noted.
pub(super) type Lowered = Result<GraphNode, Failed>;

/// A variable's equation.
#[derive(Clone, Debug)]
pub(super) struct Equation {
    pub(super) name: String,
    pub(super) sets: Vec<usize>,
    /// Number of its first element.
    pub(super) offset: usize,
    /// Whether a start value was written, be it right or wrong.
    pub(super) has_start: bool,
    pub(super) start: Option<Term>,
    pub(super) formula: Option<Term>,
    pub(super) place: Place,
}

/// The distributions of inputs, each once.
pub(super) struct DistributionTable<'a> {
    distinct: Vec<&'a Distribution>,
    /// By input: which one is its own.
    of_input: Vec<usize>,
    /// The degrees of freedom of t copulas, whose samplers come after those of the distributions.
    tails: Vec<f64>,
}

impl<'a> DistributionTable<'a> {
    pub(super) fn of(inputs: &'a [Input], correlated: &Correlated) -> Self {
        let mut distinct: IndexMap<String, &Distribution> = IndexMap::new();
        let distributions = inputs.iter().map(|input| &input.distribution);
        let of_input = distributions.map(|distribution| {
            // The debug form has every argument to the last bit; display shortens long samples.
            let entry = distinct.entry(format!("{distribution:?}"));
            let number = entry.index();
            entry.or_insert(distribution);
            number
        });
        let of_input = of_input.collect();
        let mut tails: Vec<f64> = correlated.all_tails().collect();
        tails.dedup();
        Self { distinct: distinct.into_values().collect(), of_input, tails }
    }

    /// The sampler that makes a t variable with so many degrees of freedom into a normal score.
    fn score_of_t(&self, df: f64) -> usize {
        self.distinct.len() + self.tails.iter().position(|own| *own == df).unwrap_or_default()
    }

    /// Their samplers, each with the center of its draws: the mean, or the median where there is no mean. Some read
    /// tables, which take long to make: on all threads.
    pub(super) fn samplers(&self) -> Vec<(Sampler, f64)> {
        let sampler = |distribution: &&Distribution| {
            (distribution.sampler(), distribution.mean().unwrap_or_else(|| distribution.median()))
        };
        let tails = self.tails.iter().map(|df| (Sampler::score_of_t(*df), 0.0));
        self.distinct.par_iter().map(sampler).collect::<Vec<_>>().into_iter().chain(tails).collect()
    }
}

/// Turns terms into nodes.
pub(super) struct Lowering<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) data: &'a Data,
    pub(super) correlated: &'a Correlated,
    pub(super) hierarchies: &'a Hierarchies,
    pub(super) equations: &'a [Equation],
    pub(super) graph: Graph,
    /// What draws may come from, and which of these have been asked for.
    pub(super) distributions: &'a DistributionTable<'a>,
    pub(super) sampled: IndexSet<usize>,
    /// Draws that were asked for, by input and year.
    pub(super) draws: IndexMap<(usize, i32), GraphNode>,
    /// The first year of each element.
    pub(super) first: Vec<i32>,
    /// From which year on its values are known, with those that are recorded.
    pub(super) recorded: Vec<i32>,
    /// By element what was observed, by year.
    pub(super) histories: Vec<&'a [(i32, f64)]>,
    /// Whether before a variable begins its history is read.
    pub(super) reads_history: bool,
    /// Values by element and year.
    pub(super) values: Vec<Option<GraphNode>>,
    /// Values of metrics and targets, once known.
    pub(super) metrics: Vec<Option<Lowered>>,
    pub(super) targets: Vec<Option<Lowered>>,
    pub(super) diagnostics: &'a mut DiagnosticList,
    pub(super) steps: u64,
    /// The element that is written out, for messages; `None` for metrics, targets and gates.
    pub(super) element: Option<(usize, usize)>,
    /// The year that is written out.
    pub(super) now: i32,
    /// The tuples of members that a sum runs over, where they are the same in every year.
    pub(super) chosen: IndexMap<(usize, Vec<usize>), Rc<[usize]>>,
}

/// The members of the tuple at a position, the last set's running fastest.
pub(super) fn members_of(position: usize, sizes: &[usize]) -> Vec<usize> {
    let mut rest = position;
    let mut env: Vec<usize> = sizes
        .iter()
        .rev()
        .map(|size| {
            let member = rest % size;
            rest /= size;
            member
        })
        .collect();
    env.reverse();
    env
}

impl Lowering<'_> {
    pub(super) fn years(&self) -> usize {
        (self.scenario.time.end - self.scenario.time.start) as usize + 1
    }

    pub(super) fn fail(&mut self, diagnostic: Diagnostic) -> Lowered {
        self.diagnostics.push(diagnostic);
        Err(Failed)
    }

    pub(super) fn step(&mut self) -> Result<(), Failed> {
        self.steps += 1;
        let message = if self.steps > MAX_STEPS {
            message!("model-lower-operations", count = MAX_STEPS / 1_000_000)
        } else if self.graph.len() > MAX_NODES {
            message!("model-lower-values", count = MAX_NODES / 1_000_000)
        } else {
            return Ok(());
        };
        // What is being written out when it becomes too much is told; mostly that is what takes so many.
        let at = self.element.map(|(equation, _)| &self.equations[equation]);
        let place = at.and_then(|equation| Some(self.scenario.variables.get(&equation.name)?.formula.place));
        let message = at.map_or(message.clone(), |equation| {
            message!("model-lower-large", message = message, name = &equation.name)
        });
        self.diagnostics.push(Diagnostic::error(place, message).help(key!("model-lower-large.help")));
        Err(Failed)
    }

    pub(super) fn members(&self, set: usize) -> usize {
        self.scenario.sets[set].members.len()
    }

    fn position(&self, sets: &[usize], index: &[IndexedMember], env: &[usize]) -> usize {
        sets.iter().zip(index).fold(0, |position, (set, member)| {
            let member = match member {
                IndexedMember::Bound(at) => env[*at],
                IndexedMember::Fixed(member) => *member,
            };
            position * self.members(*set) + member
        })
    }

    /// Number of an element.
    pub(super) fn element(&self, variable: usize, index: &[IndexedMember], env: &[usize]) -> usize {
        let equation = &self.equations[variable];
        equation.offset + self.position(&equation.sets, index, env)
    }

    /// Name of an element or cell: `va[coal]`.
    pub(super) fn element_name(&self, name: &str, sets: &[usize], position: usize) -> String {
        let mut rest = position;
        let mut members: Vec<&str> = Vec::new();
        for set in sets.iter().rev() {
            let known = &self.scenario.sets[*set].members;
            let (member, _) = known.get_index(rest % known.len()).unwrap_or_else(|| unreachable!());
            members.push(member);
            rest /= known.len();
        }
        members.reverse();
        if members.is_empty() { name.into() } else { format!("{name}[{}]", members.join(",")) }
    }

    /// The value of a term in a year, with the current members of the bound indices in `env`.
    pub(super) fn lower(&mut self, term: &Term, env: &mut Vec<usize>, year: i32) -> Lowered {
        self.step()?;
        match term {
            Term::Number(number) => Ok(self.graph.constant(*number)),
            Term::Year => Ok(self.graph.constant(time(year))),
            Term::Datum { datum, index, place } => self.datum(*datum, index, env, *place, year),
            Term::Variable { variable, index, place } => {
                let element = self.element(*variable, index, env);
                self.variable(*variable, element, *place, year)
            }
            Term::Unary(operation, x) => {
                let x = self.lower(x, env, year)?;
                Ok(self.graph.unary(*operation, x))
            }
            Term::Binary(operation, a, b) => {
                let (a, b) = (self.lower(a, env, year)?, self.lower(b, env, year)?);
                Ok(self.graph.binary(*operation, a, b))
            }
            Term::Chain(first, rest) => self.chain(first, rest, env, year),
            Term::If(parts) => {
                let condition = self.lower(&parts[0], env, year)?;
                // A condition on data or the year decides here: the other branch need not exist.
                match self.graph.number(condition) {
                    Some(0.0) => self.lower(&parts[2], env, year),
                    Some(number) if !number.is_nan() => self.lower(&parts[1], env, year),
                    _ => {
                        let (yes, no) =
                            (self.lower(&parts[1], env, year)?, self.lower(&parts[2], env, year)?);
                        Ok(self.graph.select(condition, yes, no))
                    }
                }
            }
            Term::Reduce { reduction, sets, condition, body } => {
                let condition = condition.as_ref().map(|(term, place)| (&**term, *place));
                if matches!(reduction, Reduction::Sum | Reduction::Mean)
                    && let Some(sum) = self.long_sum(*reduction, sets, condition, body, env, year)?
                {
                    return Ok(sum);
                }
                let mut values = Vec::new();
                self.reduce(sets, condition, body, env, year, &mut values)?;
                match (condition, reduction) {
                    (_, Reduction::Rank(current)) => self.place_among(*current, body, &values, env, year),
                    (Some(condition), _) if values.is_empty() && reduction.name_of_unknown().is_some() => {
                        self.of_no_members(*reduction, sets, condition, year)
                    }
                    (_, Reduction::ArgMax) => {
                        let chosen = self.chosen(sets, condition, env, year)?;
                        let positions: Vec<f64> = chosen.iter().map(|member| *member as f64 + 1.0).collect();
                        Ok(self.graph.argmax(&values, &positions))
                    }
                    _ => Ok(self.combine(*reduction, &values)),
                }
            }
            Term::Lag { x, years, reads_history } => self.lagged(x, env, year - years, *reads_history),
            Term::LagBy { x, years, place } => {
                let years = self.number_of_years(years, env, *place)?;
                self.lagged(x, env, year - years, true)
            }
            Term::Remember { memory, x, by, place } => {
                self.remember(*memory, x, by.as_deref(), env, year, *place)
            }
            Term::Lookup { table, x } => {
                let x = self.lower(x, env, year)?;
                Ok(self.graph.lookup(*table as u32, x))
            }
            Term::Growth(x) => {
                let (now, before) = (self.lower(x, env, year)?, self.lower(x, env, year - 1)?);
                let (ratio, one) = (self.graph.binary(Binary::Divide, now, before), self.graph.constant(1.0));
                Ok(self.graph.binary(Binary::Subtract, ratio, one))
            }
            _ => self.lower_path(term, env),
        }
    }

    fn reduce(
        &mut self,
        sets: &[usize],
        condition: Option<(&Term, Place)>,
        body: &Term,
        env: &mut Vec<usize>,
        year: i32,
        values: &mut Vec<GraphNode>,
    ) -> Result<(), Failed> {
        let bound = env.len();
        for members in self.chosen(sets, condition, env, year)?.chunks_exact(sets.len()) {
            env.extend(members);
            let value = self.lower(body, env, year);
            env.truncate(bound);
            values.push(value?);
        }
        Ok(())
    }

    /// Says that a smallest, largest or mean is of no members: it has no value.
    fn of_no_members(
        &mut self,
        reduction: Reduction,
        sets: &[usize],
        (condition, place): (&Term, Place),
        year: i32,
    ) -> Lowered {
        let function = reduction.name_of_unknown().unwrap_or_default();
        let of = match self.element {
            Some((equation, position)) => {
                let equation = &self.equations[equation];
                let name = self.element_name(&equation.name, &equation.sets, position);
                message!("model-lower-nothing-of", element = name)
            }
            None => Message::default(),
        };
        let when = if self.is_timeless(condition) {
            Message::default()
        } else {
            message!("model-lower-nothing-in", year = year)
        };
        let names: Vec<&str> = sets
            .iter()
            .filter_map(|set| self.scenario.sets.get_index(*set))
            .map(|(name, _)| name.as_str())
            .collect();
        let names = names.join(", ");
        let message = message!("model-lower-nothing", of = of, when = when, function = function);
        let diagnostic = Diagnostic::error(place, message).help(message!(
            "model-lower-nothing.help",
            names = names,
            function = function
        ));
        // The same is wrong with many members and years.
        note(diagnostic, self.diagnostics);
        Err(Failed)
    }

    /// The members of these sets for which a condition holds in a year, one tuple after another.
    pub(super) fn chosen(
        &mut self,
        sets: &[usize],
        condition: Option<(&Term, Place)>,
        env: &mut Vec<usize>,
        year: i32,
    ) -> Result<Rc<[usize]>, Failed> {
        // Terms stay where they are while they are lowered: the place of its list of sets tells one sum from another.
        // Without a condition it is the same for all members around it.
        let around = if condition.is_some() { env.clone() } else { Vec::new() };
        let key = (sets.as_ptr() as usize, around);
        if let Some(known) = self.chosen.get(&key) {
            return Ok(Rc::clone(known));
        }
        let sizes: Vec<usize> = sets.iter().map(|set| self.members(*set)).collect();
        let tuples = sizes.iter().fold(1, |tuples: usize, size| tuples.saturating_mul(*size));
        let (bound, mut chosen) = (env.len(), Vec::new());
        for position in 0..tuples {
            self.step()?;
            env.extend(members_of(position, &sizes));
            let holds = match condition {
                Some((condition, place)) => self.holds(condition, place, env, year),
                None => Ok(true),
            };
            if matches!(holds, Ok(true)) {
                chosen.extend(&env[bound..]);
            }
            env.truncate(bound);
            holds?;
        }
        let chosen: Rc<[usize]> = chosen.into();
        if condition.is_none_or(|(condition, _)| self.is_timeless(condition)) {
            self.chosen.insert(key, Rc::clone(&chosen));
        }
        Ok(chosen)
    }

    /// Whether a condition is the same in every year.
    pub(super) fn is_timeless(&self, condition: &Term) -> bool {
        match condition {
            Term::Datum { datum, .. } => {
                let cells = &self.data.data[*datum].cells;
                !cells.iter().any(|cell| {
                    matches!(
                        cell,
                        YearlyCell::Steps(_)
                            | YearlyCell::Linear(_)
                            | YearlyCell::Fixed(CellContent::Input(_))
                    )
                })
            }
            Term::Unary(_, x) => self.is_timeless(x),
            Term::Binary(_, a, b) => self.is_timeless(a) && self.is_timeless(b),
            Term::Chain(first, rest) => {
                self.is_timeless(first) && rest.iter().all(|(_, x)| self.is_timeless(x))
            }
            Term::If(parts) => parts.iter().all(|part| self.is_timeless(part)),
            Term::Number(_)
            | Term::At { .. }
            | Term::Window { .. }
            | Term::Cagr { .. }
            | Term::Change { .. } => true,
            _ => false,
        }
    }

    /// Whether a condition on data holds.
    fn holds(
        &mut self,
        condition: &Term,
        place: Place,
        env: &mut Vec<usize>,
        year: i32,
    ) -> Result<bool, Failed> {
        let value = self.lower(condition, env, year)?;
        match self.graph.number(value) {
            Some(number) if !number.is_nan() => Ok(number != 0.0),
            _ => {
                self.fail(
                    Diagnostic::error(place, key!("model-lower-random-condition"))
                        .help(key!("model-lower-random-condition.help")),
                )?;
                Err(Failed)
            }
        }
    }

    pub(super) fn combine(&mut self, reduction: Reduction, values: &[GraphNode]) -> GraphNode {
        let operation = match reduction {
            Reduction::Sum | Reduction::Mean => Binary::Add,
            Reduction::Product => Binary::Multiply,
            Reduction::Min => Binary::Min,
            Reduction::Max => Binary::Max,
            Reduction::Quantile(level) if !values.is_empty() => return self.graph.quantile(values, level),
            Reduction::Sd if values.len() > 1 => return self.graph.sd(values),
            // Of too few there is none; places are found elsewhere.
            _ => return self.graph.constant(f64::NAN),
        };
        // Of nothing the sum is 0, the product 1, and the rest is not known.
        let Some((first, rest)) = values.split_first() else {
            return self.graph.constant(match reduction {
                Reduction::Sum => 0.0,
                Reduction::Product => 1.0,
                _ => f64::NAN,
            });
        };
        let whole = rest.iter().fold(*first, |so_far, value| self.graph.binary(operation, so_far, *value));
        if reduction != Reduction::Mean {
            return whole;
        }
        let count = self.graph.constant(values.len() as f64);
        self.graph.binary(Binary::Divide, whole, count)
    }

    fn variable(&mut self, variable: usize, element: usize, place: Place, year: i32) -> Lowered {
        let (start, first) = (self.scenario.time.start, self.first[element]);
        if year >= first && year <= self.scenario.time.end {
            // No value in spite of that: its own problem was noted.
            return self.values[element * self.years() + (year - start) as usize].ok_or(Failed);
        }
        let history = self.histories.get(element).copied().filter(|_| self.reads_history && year < first);
        let history = history.unwrap_or_default();
        if let Ok(found) = history.binary_search_by_key(&year, |(year, _)| *year) {
            return Ok(self.graph.constant(history[found].1));
        }
        let equation = &self.equations[variable];
        let name = self.element_name(&equation.name, &equation.sets, element - equation.offset);
        let lag = self.now.saturating_sub(year);
        let help = if let (Some((from, _)), Some((to, _))) = (history.first(), history.last()) {
            message!("model-lower-too-early.recorded", name = &name, from = *from, to = *to, year = year)
        } else if year < start && self.element.is_some() && first.saturating_add(lag) > self.scenario.time.end
        {
            // In no year of the horizon would it be there.
            message!("model-lower-too-early.reaches", lag = lag, end = self.scenario.time.end)
        } else if year < start && self.element.is_some() {
            message!("model-lower-too-early.if", before = first.saturating_add(lag), name = &name, lag = lag)
        } else if equation.has_start || year < start || year > self.scenario.time.end {
            message!("model-lower-too-early.first", first = first)
        } else if first == start + 1 {
            message!("model-lower-too-early.start", name = &name, first = first)
        } else {
            // What rests on a lag has no use for a start value alone: its formula holds from the year after.
            let formula = &self.scenario.variables[&equation.name].formula.text;
            message!("model-lower-too-early.until", name = &name, first = first, formula = formula)
        };
        self.fail(
            Diagnostic::error(
                place,
                message!("model-lower-too-early", name = name, year = year, first = first),
            )
            .help(help),
        )
    }

    fn datum(
        &mut self,
        number: usize,
        index: &[IndexedMember],
        env: &[usize],
        place: Place,
        year: i32,
    ) -> Lowered {
        let data = self.data;
        let datum = &data.data[number];
        let position = self.position(&datum.sets, index, env);
        let Some(cell) = datum.cells.get(position) else { return Err(Failed) };
        match cell {
            YearlyCell::Fixed(content) => self.content(*content, year, place),
            YearlyCell::Steps(entries) => {
                let after = entries.partition_point(|(from, _)| *from <= year);
                let entry = entries[after.max(1) - 1];
                self.content(entry.1, year, place)
            }
            YearlyCell::Linear(entries) => match entries.partition_point(|(at, _)| *at < year) {
                after if after == entries.len() => self.content(entries[entries.len() - 1].1, year, place),
                0 => self.content(entries[0].1, year, place),
                after => {
                    let (before, next) = (entries[after - 1], entries[after]);
                    let share = f64::from(year - before.0) / f64::from(next.0 - before.0);
                    let (a, b) = (self.content(before.1, year, place)?, self.content(next.1, year, place)?);
                    let (left, right) = (self.graph.constant(1.0 - share), self.graph.constant(share));
                    let (a, b) = (
                        self.graph.binary(Binary::Multiply, a, left),
                        self.graph.binary(Binary::Multiply, b, right),
                    );
                    Ok(self.graph.binary(Binary::Add, a, b))
                }
            },
            YearlyCell::Broken => Err(Failed),
            YearlyCell::Missing => {
                let name = self.element_name(&datum.name, &datum.sets, position);
                self.fail(
                    Diagnostic::error(place, message!("model-lower-no-value", name = name))
                        .help(message!("model-lower-no-value.help", field = &datum.name)),
                )
            }
        }
    }

    fn content(&mut self, content: CellContent, year: i32, place: Place) -> Lowered {
        match content {
            CellContent::Number(number) => Ok(self.graph.constant(number)),
            CellContent::Input(input) => {
                let written = &self.data.inputs[input];
                if written.kind == InputKind::Shock && year <= self.scenario.time.start {
                    let (name, from) = (written.name.clone(), self.scenario.time.start + 1);
                    return self.fail(Diagnostic::error(
                        place,
                        message!("model-lower-shock", name = name, year = year, from = from),
                    ));
                }
                Ok(match written.adjustment {
                    None => self.draw(input, year),
                    Some(adjustment) => self.adjusted(input, year, adjustment),
                })
            }
        }
    }

    /// A draw that a search moves.
    fn adjusted(&mut self, input: usize, year: i32, Adjustment { factor, add }: Adjustment) -> GraphNode {
        let add = self.graph.constant(add);
        if factor == 0.0 {
            return add;
        }
        let (draw, factor) = (self.draw(input, year), self.graph.constant(factor));
        let scaled = self.graph.binary(Binary::Multiply, factor, draw);
        self.graph.binary(Binary::Add, scaled, add)
    }

    /// The draw of an input. A shock is drawn every year, a parameter once.
    pub(super) fn draw(&mut self, input: usize, year: i32) -> GraphNode {
        let once = self.data.inputs[input].kind == InputKind::Parameter;
        let key = (input, if once { 0 } else { year });
        if let Some(known) = self.draws.get(&key) {
            return *known;
        }
        let hierarchies = self.hierarchies;
        let node = match hierarchies.of(input) {
            None => self.new_draw(input, year),
            Some(terms) => self.varying_draw(input, terms, year),
        };
        self.draws.insert(key, node);
        node
    }

    /// The normal score with the rank that a score has after it is divided by the common spread of a t copula.
    fn score_with_tails(&mut self, score: GraphNode, df: f64, spread: usize, year: i32) -> GraphNode {
        let spread = self.draw(spread, year);
        let root = self.graph.unary(Unary::Sqrt, spread);
        let t = self.graph.binary(Binary::Divide, score, root);
        let sampler = self.sampled.insert_full(self.distributions.score_of_t(df)).0 as u32;
        self.graph.sample(sampler, t)
    }

    /// The draw of an input's own distribution.
    pub(super) fn new_draw(&mut self, input: usize, year: i32) -> GraphNode {
        let data = self.data;
        let distribution = &data.inputs[input].distribution;
        let address = |input: usize| {
            let input = &data.inputs[input];
            (input.stream, if input.kind == InputKind::Shock { ordinal(year) as u32 } else { 0 })
        };
        let correlated = self.correlated;
        let score = correlated.weights(input).map(|weights| {
            let scores = weights.into_iter().map(|(other, weight)| {
                self.steps += 1;
                let (stream, year) = address(other);
                (weight, self.graph.score(stream, year))
            });
            let scores: Vec<(f64, GraphNode)> = scores.collect();
            self.weighted(&scores, correlated.shares_sums(input))
        });
        let score = match (score, correlated.tails(input)) {
            (Some(score), Some((df, spread))) => Some(self.score_with_tails(score, df, spread, year)),
            (score, _) => score,
        };
        let (stream, year) = address(input);
        if let Distribution::Normal { mean, sd } = distribution {
            let score = score.unwrap_or_else(|| self.graph.score(stream, year));
            let (mean, sd) = (self.graph.constant(*mean), self.graph.constant(*sd));
            let scaled = self.graph.binary(Binary::Multiply, sd, score);
            return self.graph.binary(Binary::Add, mean, scaled);
        }
        let sampler = self.sampled.insert_full(self.distributions.of_input[input]).0 as u32;
        let x = match (distribution.reads(), score) {
            (Reads::Score, Some(score)) => score,
            (Reads::Score, None) => self.graph.score(stream, year),
            (Reads::Uniform, Some(score)) => self.graph.unary(Unary::NormalCdf, score),
            (Reads::Uniform, None) => self.graph.uniform(stream, year),
        };
        self.graph.sample(sampler, x)
    }

    /// What a term uses, seen `lag` years later.
    pub(super) fn uses(
        &mut self,
        term: &Term,
        env: &mut Vec<usize>,
        lag: i32,
        out: &mut EquationUses,
    ) -> Result<(), Failed> {
        self.step()?;
        match term {
            Term::Number(_) | Term::Year | Term::Metric(_) | Term::Target(_) => {}
            Term::Datum { datum, .. } => {
                if self.data.data[*datum].kind == InputKind::Shock {
                    let from = self.scenario.time.start + 1 + lag;
                    out.shocks_from = Some(out.shocks_from.map_or(from, |other| other.max(from)));
                }
            }
            Term::Variable { variable, index, .. } => {
                let element = self.element(*variable, index, env);
                out.elements.push(Use { reads_history: self.reads_history, ..Use::of(element, lag) });
            }
            Term::Binary(_, a, b) => {
                self.uses(a, env, lag, out)?;
                self.uses(b, env, lag, out)?;
            }
            Term::Chain(first, rest) => {
                self.uses(first, env, lag, out)?;
                rest.iter().try_for_each(|(_, x)| self.uses(x, env, lag, out))?;
            }
            Term::If(parts) => parts.iter().try_for_each(|part| self.uses(part, env, lag, out))?,
            Term::Reduce { reduction, sets, condition, body } => {
                let condition = condition.as_ref().map(|(term, place)| (&**term, *place));
                self.uses_reduced(sets, condition, body, env, lag, out)?;
                if let Reduction::Rank(current) = reduction {
                    env.push(env[*current]);
                    let done = self.uses(body, env, lag, out);
                    env.pop();
                    done?;
                }
            }
            Term::Lag { x, years, reads_history } => {
                self.uses_before(x, env, lag + years, *reads_history, out)?;
            }
            Term::LagBy { x, years, place } => {
                let years = self.number_of_years(years, env, *place)?;
                self.uses_before(x, env, lag + years, true, out)?;
            }
            Term::Remember { memory, x, by, place } => {
                self.uses_remembered(*memory, x, by.as_deref(), *place, env, lag, out)?;
            }
            Term::PresentValue { x, rate, .. } => {
                self.uses(x, env, lag, out)?;
                self.uses(rate, env, lag, out)?;
            }
            Term::Growth(x) => {
                self.uses(x, env, lag, out)?;
                self.uses(x, env, lag + 1, out)?;
            }
            Term::Unary(_, x)
            | Term::At { x, .. }
            | Term::Cagr { x, .. }
            | Term::Change { x, .. }
            | Term::Window { x, .. }
            | Term::PeakYear { x }
            | Term::Lookup { x, .. }
            | Term::Drawdown { x }
            | Term::RateOfReturn { x, .. }
            | Term::FirstYear { condition: x }
            | Term::LastYear { condition: x } => self.uses(x, env, lag, out)?,
        }
        Ok(())
    }

    fn uses_reduced(
        &mut self,
        sets: &[usize],
        condition: Option<(&Term, Place)>,
        body: &Term,
        env: &mut Vec<usize>,
        lag: i32,
        out: &mut EquationUses,
    ) -> Result<(), Failed> {
        // The condition may change with the year: used in any year is used.
        let start = self.scenario.time.start;
        let timeless = condition.is_none_or(|(condition, _)| self.is_timeless(condition));
        let end = if timeless { start } else { self.scenario.time.end };
        let (bound, mut used) = (env.len(), BTreeSet::new());
        for year in start..=end {
            for members in self.chosen(sets, condition, env, year)?.chunks_exact(sets.len()) {
                if !timeless {
                    if used.contains(members) {
                        continue;
                    }
                    used.insert(members.to_vec());
                }
                env.extend(members);
                let done = self.uses(body, env, lag, out);
                env.truncate(bound);
                done?;
            }
        }
        Ok(())
    }
}
