//! From a scenario to a model: the story of compiling.

use indexmap::{IndexMap, IndexSet};

use super::correlation::{self, Correlated, CorrelatedInputs};
use super::data::{self, Data, Input, InputKind};
use super::drivers::{self, Driver};
use super::gates::{Beyond, Gate, Reading, StatisticKind, find_branches};
use super::graph::GraphNode;
use super::hierarchies::{self, Hierarchies};
use super::labelling;
use super::labels::Labels;
use super::lints;
use super::lower::{DistributionTable, Equation, Lowering, members_of};
use super::operation::Binary;
use super::order::{self, ComputationOrder, Element, EquationUses};
use super::program::{Instruction, Operand, Program};
use super::range::{self, Draws};
use super::recorded;
use super::resolve::{Context, Resolver};
use super::schedule::{Output, schedule, schedule_solving};
use super::simultaneous::{self, CircleWriter, Declaration, Declared};
use super::structure::Structure;
use super::symbols::Symbols;
use super::system::CentralSolution;
use super::term::Term;
use super::unit::{self, UnitReport};
use super::{accounts, goals, pool, softness};
use crate::formula::{Expr, ExprKind};
use crate::scenario::{Scenario, written::Formula};
use crate::text::probability::Decided;
use crate::text::{Diagnostic, DiagnosticList};
use crate::{key, message};

/// Which variables are recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RecordedVariables {
    /// Those with `report = true`; all when none says so.
    #[default]
    Headlines,
    /// Every variable.
    All,
    /// The headlines and these: `va` (all members) or `va[coal]`.
    Also(Vec<String>),
    /// Every variable, and the draws of every input: for replaying single paths.
    Replay,
}

/// A scenario compiled: immutable, without names in its program.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// What is run.
    pub program: Program,
    /// What its series and targets are called.
    pub labels: Labels,
    /// All random inputs, in the order of the file.
    pub inputs: Vec<Input>,
    /// By input: what it is called, and what it belongs to.
    pub drivers: Vec<Driver>,
    /// The inputs that are correlated with one another. Of a pool, none.
    pub correlated: Vec<CorrelatedInputs>,
    /// What uses what.
    pub structure: Structure,
    /// How far the units could be checked.
    pub units: UnitReport,
    /// The gates, in the order of the file, with the statistics they name: none unless they were asked for.
    pub gates: Vec<Gate>,
    /// The program that records what the gates speak of and nothing else, on the same draws.
    pub judging: Program,
}

/// Most values, over all years, that a model may have.
const MAX_VALUES: usize = 2_000_000;

/// Most values that are recorded: each is counted in some hundred kilobytes a thread.
const MAX_SERIES: u32 = 50_000;

/// Most values that are in use at once: each takes two kilobytes a thread.
const MAX_SLOTS: u32 = 200_000;

/// Compiles a scenario. `None` when it has errors; they are among the problems, all of them.
///
/// ```
/// use plancast::{model, scenario};
/// let mut loaded = scenario::load("two-sector-town", &[]);
/// let model = model::compile(&loaded.scenario, &model::RecordedVariables::Headlines, &mut loaded.diagnostics).unwrap();
/// assert!(model.labels.variables.iter().any(|variable| variable.name == "gdp"));
/// ```
pub fn compile(
    scenario: &Scenario,
    record: &RecordedVariables,
    diagnostics: &mut DiagnosticList,
) -> Option<Model> {
    compile_for(scenario, record, false, diagnostics)
}

/// [`compile`] for judging the gates too: by a program of their own, so that a run is the same with and without.
pub fn compile_with_gates(
    scenario: &Scenario,
    record: &RecordedVariables,
    diagnostics: &mut DiagnosticList,
) -> Option<Model> {
    compile_for(scenario, record, true, diagnostics)
}

/// What is said where the variables have more values over all years than a model may have.
fn too_many_values(scenario: &Scenario, equations: &[Equation]) -> Option<Diagnostic> {
    let sizes: usize = equations.iter().map(|equation| element_count(scenario, equation)).sum();
    let years = (scenario.time.end - scenario.time.start) as usize + 1;
    let message = || {
        message!(
            "model-compile-many-values",
            sizes = sizes.to_string(),
            years = years.to_string(),
            max_values = MAX_VALUES.to_string()
        )
    };
    let is_more = sizes.saturating_mul(years) > MAX_VALUES;
    is_more.then(|| {
        Diagnostic::error(scenario.time.place, message()).help(key!("model-compile-many-values.help"))
    })
}

pub(super) fn compile_for(
    scenario: &Scenario,
    record: &RecordedVariables,
    judge: bool,
    diagnostics: &mut DiagnosticList,
) -> Option<Model> {
    if let Some(pool) = &scenario.pool {
        for gate in scenario.gates.values().filter(|gate| asks_correlation(&gate.require.tree)) {
            let message = key!("model-gate-pool-correlation");
            let diagnostic = Diagnostic::error(gate.require.place, message);
            diagnostics.push(diagnostic.help(key!("model-gate-pool-correlation.help")));
        }
        return pool::compile(scenario, pool, record, judge, diagnostics);
    }
    let symbols = Symbols::new(scenario, diagnostics);
    let units = unit::check(scenario, &symbols, diagnostics);
    let mut data = data::collect(scenario, diagnostics);
    accounts::check(scenario, diagnostics);
    goals::check(scenario, diagnostics);
    softness::check(scenario, diagnostics);
    let correlated = correlation::collect(scenario, &mut data, diagnostics);
    let drivers = drivers::describe(scenario, &data.inputs, &correlated, diagnostics);
    let hierarchies = hierarchies::collect(scenario, &symbols, &data, diagnostics);
    let equations = equations(scenario, &symbols, &data, diagnostics);
    let declarations = simultaneous::declarations(scenario, &symbols, &data, diagnostics);
    let mut of_path = |formula: &Formula| path_term(scenario, &symbols, &data, formula, diagnostics);
    let metrics: Vec<Option<Term>> =
        scenario.metrics.values().map(|metric| of_path(&metric.formula)).collect();
    let targets: Vec<Option<Term>> =
        scenario.targets.values().map(|target| of_path(&target.require)).collect();
    for states in scenario.targets.values().filter_map(|target| target.states.as_ref()) {
        of_path(states);
    }
    let (gates, mut statements) = gates(scenario, &symbols, &data, diagnostics);
    // What is missing would be missed everywhere.
    if !scenario.time.is_known() || !diagnostics.whole() {
        return None;
    }
    if let Some(diagnostic) = too_many_values(scenario, &equations) {
        diagnostics.push(diagnostic);
        return None;
    }
    let replay = *record == RecordedVariables::Replay;
    let writing = Writing {
        replay,
        gates: &gates,
        scenario,
        data: &data,
        correlated: &correlated,
        hierarchies: &hierarchies,
        equations: &equations,
        declarations: &declarations,
        metrics: &metrics,
        targets: &targets,
    };
    let mut written = writing.write(diagnostics)?;
    center_products(&statements, &mut written);
    let recorded = labelling::recorded(scenario, &equations, record, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let structure = Structure::new(&writing);
    let labelled = || {
        let (mut labels, mut outputs) = labelling::label(&writing, &written, &recorded);
        if replay {
            labelling::inputs(&data.inputs, &written.inputs, &mut labels, &mut outputs);
        }
        let (program, solved) = schedule_solving(&written.graph, &outputs, written.samplers.clone());
        labels.systems = labelling::systems(scenario, &written.graph, &solved);
        (program, labels)
    };
    let doubted = || {
        let ranges = bounded(&mut statements, &written);
        note_recorded(&mut statements, &written.recorded);
        lints::look(&writing, &structure, &written, &recorded, &ranges, diagnostics);
        statements.iter().for_each(|gate| gate.foregone(scenario, diagnostics));
        written.outcomes(&ranges)
    };
    let ((program, mut labels), outcomes) = rayon::join(labelled, doubted);
    labels.random = random(&program);
    labels.targets.iter_mut().zip(outcomes).for_each(|(label, outcome)| label.decided = outcome);
    let (gates, judging) = if judge {
        let program = judging(&mut statements, &mut written, &data.inputs);
        (statements, program)
    } else {
        Default::default()
    };
    if *record != RecordedVariables::Replay && !fits(&program, diagnostics) {
        return None;
    }
    let correlated = correlated.factors();
    Some(Model {
        program,
        labels,
        inputs: data.inputs,
        drivers,
        correlated,
        structure,
        units,
        gates,
        judging,
    })
}

/// Whether a gate asks for a correlation: that of a pool is not found from those of its worlds.
fn asks_correlation(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Call { function, .. } => function == "correlation",
        ExprKind::Unary(_, x) => asks_correlation(x),
        ExprKind::Binary(_, a, b) => asks_correlation(a) || asks_correlation(b),
        ExprKind::Chain(first, rest) => {
            asks_correlation(first) || rest.iter().any(|(_, x)| asks_correlation(x))
        }
        _ => false,
    }
}

/// By series: whether it is computed on every path, and not one number for all.
fn random(program: &Program) -> Vec<bool> {
    let mut random = vec![false; program.series as usize];
    for instruction in &program.instructions {
        if let Instruction::Record { series, value: Operand::Slot(_) } = instruction {
            random[*series as usize] = true;
        }
    }
    random
}

/// Between what bounds all values lie, and so the gates' statistics. Nothing where neither targets nor gates ask for it.
fn bounded(gates: &mut [Gate], written: &WrittenValues) -> Vec<range::ValueRange> {
    if gates.is_empty() && written.targets.is_empty() {
        return Vec::new();
    }
    let ranges = |draws| range::of_all(&written.graph, &written.samplers, draws);
    let all = ranges(Draws::ALL);
    if !gates.is_empty() {
        let simulated = ranges(Draws::Simulated);
        gates.iter_mut().for_each(|gate| gate.bound(&all, &simulated, &written.gates));
        if gates.iter().flat_map(|gate| &gate.statistics).any(|statistic| statistic.is_drawn) {
            let beyond = Beyond::new(written.graph.draws(), ranges);
            gates.iter_mut().for_each(|gate| gate.allow_for(&beyond, &written.gates));
        }
    }
    all
}

/// Puts the distances from the central path in the place of values whose correlation is asked for, and their product in that of
/// the values' product: of large numbers that differ little, products tell nothing.
fn center_products(gates: &[Gate], written: &mut WrittenValues) {
    let asked = gates.iter().flat_map(|gate| &gate.statistics);
    for statistic in asked.filter(|statistic| statistic.kind == StatisticKind::Correlation) {
        let [x, y, product] = [0, 2, 4].map(|part| statistic.parts[part].series as usize);
        let [dx, dy] = [x, y].map(|series| {
            let node = written.gates[series];
            let center = written.central[node.0 as usize];
            let center = written.graph.constant(if center.is_finite() { center } else { 0.0 });
            written.graph.binary(Binary::Subtract, node, center)
        });
        (written.gates[x], written.gates[y]) = (dx, dy);
        written.gates[product] = written.graph.binary(Binary::Multiply, dx, dy);
    }
    // Nobody shows them: they are values of no variable, metric or target.
    written.central.resize(written.graph.len(), f64::NAN);
}

/// Notes which statistics are probabilities of events that the record decides. `recorded` says it by series.
fn note_recorded(gates: &mut [Gate], recorded: &[bool]) {
    for statistic in gates.iter_mut().flat_map(|gate| &mut gate.statistics) {
        statistic.is_recorded = statistic.given.is_none() && recorded[statistic.series as usize];
    }
}

/// The program that records what the gates speak of, and on what that depends.
fn judging(gates: &mut [Gate], written: &mut WrittenValues, inputs: &[Input]) -> Program {
    let mut series = std::mem::take(&mut written.gates);
    if !gates.is_empty() {
        let ranges = range::of_all(&written.graph, &written.samplers, Draws::Simulated);
        find_branches(gates, &mut written.graph, &ranges, &written.samplers, inputs, &mut series);
    }
    let outputs: Vec<_> = (0..).zip(series).map(|(number, node)| (Output::Series(number), node)).collect();
    schedule(&written.graph, &outputs, std::mem::take(&mut written.samplers))
}

/// Whether a thread has room for what the program holds at once and counts.
fn fits(program: &Program, diagnostics: &mut DiagnosticList) -> bool {
    if program.series > MAX_SERIES {
        diagnostics.push(
            Diagnostic::error(
                None,
                message!(
                    "model-compile-many-series",
                    count = program.series.to_string(),
                    max_series = MAX_SERIES.to_string()
                ),
            )
            .help(key!("model-compile-many-series.help")),
        );
    }
    if program.slots > MAX_SLOTS {
        diagnostics.push(
            Diagnostic::error(
                None,
                message!(
                    "model-compile-many-slots",
                    count = program.slots.to_string(),
                    max_slots = MAX_SLOTS.to_string()
                ),
            )
            .help(key!("model-compile-many-slots.help")),
        );
    }
    !diagnostics.has_errors()
}

/// Everything that equations are written out from.
pub(super) struct Writing<'a> {
    /// Whether the draws of all inputs are wanted.
    pub(super) replay: bool,
    /// What gates say of single paths.
    pub(super) gates: &'a [Term],
    pub(super) scenario: &'a Scenario,
    pub(super) data: &'a Data,
    pub(super) correlated: &'a Correlated,
    pub(super) hierarchies: &'a Hierarchies,
    pub(super) equations: &'a [Equation],
    pub(super) declarations: &'a [Declaration],
    pub(super) metrics: &'a [Option<Term>],
    pub(super) targets: &'a [Option<Term>],
}

/// What the record decides.
#[derive(Default)]
pub(super) struct OutcomesOnRecord {
    /// By target: whether it was met, where the record tells.
    pub(super) targets: Vec<Option<bool>>,
    /// By metric: whether the condition that it is holds, where the record tells.
    pub(super) conditions: Vec<Option<bool>>,
}

/// The values of all years.
pub(super) struct WrittenValues {
    pub(super) graph: super::graph::Graph,
    pub(super) samplers: Vec<crate::num::Sampler>,
    /// By node, with every input at its mean, or at its median where it has no mean.
    pub(super) central: Vec<f64>,
    /// By system: its solution on that path.
    pub(super) solutions: Vec<CentralSolution>,
    /// By element and year.
    pub(super) values: Vec<Option<GraphNode>>,
    pub(super) metrics: Vec<GraphNode>,
    pub(super) targets: Vec<GraphNode>,
    /// Of variables that should stay within bounds: equation, position in it, and infinity on paths that leave them.
    pub(super) bounds: Vec<(usize, usize, GraphNode)>,
    /// What the gates speak of.
    pub(super) gates: Vec<GraphNode>,
    /// What the record decides.
    pub(super) decided: OutcomesOnRecord,
    /// The draws of each input, when a path is replayed.
    pub(super) inputs: Vec<Vec<GraphNode>>,
    /// By what the gates speak of: whether the record decides it.
    recorded: Vec<bool>,
}

impl WrittenValues {
    /// Of each target what decides it, where not the paths do. `ranges` are the bounds of all values.
    fn outcomes(&self, ranges: &[range::ValueRange]) -> Vec<Option<Decided>> {
        let of = |(node, recorded): (&GraphNode, &Option<bool>)| match recorded {
            Some(met) => Some(Decided::on_record(*met)),
            None => ranges.get(node.0 as usize)?.met().map(Decided::of_all_paths),
        };
        self.targets.iter().zip(&self.decided.targets).map(of).collect()
    }
}

impl Writing<'_> {
    fn write(&self, diagnostics: &mut DiagnosticList) -> Option<WrittenValues> {
        let distributions = DistributionTable::of(&self.data.inputs, self.correlated);
        let lower = || self.lower(&distributions, diagnostics);
        let (lowered, samplers) = rayon::join(lower, || distributions.samplers());
        let (written, sampled) = lowered?;
        let (samplers, centers): (Vec<_>, Vec<f64>) =
            sampled.into_iter().map(|number| samplers[number].clone()).unzip();
        let (central, solutions) = written.graph.central_values(&centers);
        let mut graph = written.graph;
        graph.systems.iter_mut().zip(&solutions).for_each(|(system, solution)| system.start_from(solution));
        Some(WrittenValues { graph, samplers, central, solutions, ..written })
    }

    /// All but the samplers and what depends on them, and which distributions are sampled.
    fn lower(
        &self,
        distributions: &DistributionTable,
        diagnostics: &mut DiagnosticList,
    ) -> Option<(WrittenValues, IndexSet<usize>)> {
        let mut lowering = Lowering {
            scenario: self.scenario,
            data: self.data,
            correlated: self.correlated,
            hierarchies: self.hierarchies,
            equations: self.equations,
            graph: super::graph::Graph::default(),
            distributions,
            sampled: IndexSet::new(),
            draws: IndexMap::new(),
            first: Vec::new(),
            recorded: Vec::new(),
            histories: Vec::new(),
            reads_history: false,
            values: Vec::new(),
            metrics: vec![None; self.metrics.len()],
            targets: vec![None; self.targets.len()],
            diagnostics,
            steps: 0,
            element: None,
            now: self.scenario.time.start,
            chosen: IndexMap::new(),
        };
        lowering.graph.set_tables(self.scenario.tables.values().map(|table| table.points.clone()).collect());
        let order = order_of(&mut lowering, self.declarations)?;
        lowering.first.clone_from(&order.first);
        lowering.recorded.clone_from(&order.recorded);
        lowering.values = vec![None; order.first.len() * lowering.years()];
        all_years(&mut lowering, &order, self.declarations);
        let bounds = out_of_bounds(&mut lowering);
        let decided = path_values(&mut lowering, self);
        let terms = recorded::gates_on_record(self);
        let pairs = self.gates.iter().zip(&terms);
        let gates = pairs.map(|(term, known)| Some(lower_event(&mut lowering, term, known))).collect();
        if lowering.diagnostics.has_errors() {
            return None;
        }
        let inputs = if self.replay { draws(&mut lowering) } else { Vec::new() };
        let known = |values: Vec<Option<super::lower::Lowered>>| -> Option<Vec<GraphNode>> {
            values.into_iter().map(|value| value?.ok()).collect()
        };
        let written = WrittenValues {
            metrics: known(lowering.metrics)?,
            targets: known(lowering.targets)?,
            bounds,
            gates: known(gates)?,
            central: Vec::new(),
            solutions: Vec::new(),
            graph: lowering.graph,
            samplers: Vec::new(),
            values: lowering.values,
            inputs,
            decided,
            recorded: (self.gates.iter().zip(&terms))
                .map(|pair| matches!(pair, (Term::If(_), Term::Number(_))))
                .collect(),
        };
        Some((written, lowering.sampled))
    }
}

/// The draws of every input: one, or one a year after the base year.
fn draws(lowering: &mut Lowering<'_>) -> Vec<Vec<GraphNode>> {
    let (start, end) = (lowering.scenario.time.start, lowering.scenario.time.end);
    let inputs = &lowering.data.inputs;
    inputs
        .iter()
        .enumerate()
        .map(|(number, input)| match input.kind {
            InputKind::Parameter => vec![lowering.draw(number, start)],
            InputKind::Shock => (start + 1..=end).map(|year| lowering.draw(number, year)).collect(),
        })
        .collect()
}

pub(super) fn equations(
    scenario: &Scenario,
    symbols: &Symbols,
    data: &Data,
    diagnostics: &mut DiagnosticList,
) -> Vec<Equation> {
    let mut offset = 0;
    let mut equations = Vec::new();
    for (name, variable) in &scenario.variables {
        let mut one = |formula: &Formula| -> Option<(Vec<usize>, Option<Term>)> {
            let mut resolver = Resolver::new(scenario, symbols, data, formula, Context::Year, diagnostics);
            // The indices stand in the key, not in the formula: their place is the variable's name.
            let key = Formula { place: variable.place, ..formula.clone() };
            resolver.formula = &key;
            let sets = resolver.bind(&variable.indices)?;
            resolver.formula = formula;
            let term = resolver.term(&formula.tree);
            Some((sets, term))
        };
        // With an index that is none the equation has no elements; its number is kept.
        let (sets, formula) = one(&variable.formula).unwrap_or_else(|| (Vec::new(), None));
        let start = variable.start.as_ref().and_then(one).and_then(|(_, term)| term);
        let has_start = variable.start.is_some();
        let equation = Equation {
            name: name.clone(),
            sets,
            offset,
            has_start,
            start,
            formula,
            place: variable.formula.place,
        };
        offset += element_count(scenario, &equation);
        equations.push(equation);
    }
    equations
}

fn element_count(scenario: &Scenario, equation: &Equation) -> usize {
    equation.sets.iter().fold(1, |count: usize, set| count.saturating_mul(scenario.sets[*set].members.len()))
}

pub(super) fn path_term(
    scenario: &Scenario,
    symbols: &Symbols,
    data: &Data,
    formula: &Formula,
    diagnostics: &mut DiagnosticList,
) -> Option<Term> {
    let mut resolver = Resolver::new(scenario, symbols, data, formula, Context::Path, diagnostics);
    resolver.term(&formula.tree)
}

/// The gates, and the values of single paths that they rest on. Their statistics' series count from 0.
fn gates(
    scenario: &Scenario,
    symbols: &Symbols,
    data: &Data,
    diagnostics: &mut DiagnosticList,
) -> (Vec<Term>, Vec<Gate>) {
    let (mut terms, mut gates) = (Vec::new(), Vec::new());
    for (name, gate) in &scenario.gates {
        let formula = &gate.require;
        let mut resolver = Resolver::new(scenario, symbols, data, formula, Context::Path, diagnostics);
        let mut reading = Reading::default();
        let statement = resolver.gate(&formula.tree, &mut reading);
        resolver.gate_is_a_statement(&formula.tree);
        let before = terms.len() as u32;
        for statistic in &mut reading.statistics {
            statistic.shift(before);
        }
        terms.extend(reading.terms);
        gates.extend(statement.map(|statement| Gate {
            name: name.clone(),
            require: formula.text.clone(),
            statement,
            statistics: reading.statistics,
        }));
    }
    (terms, gates)
}

/// Calls `each` for every element of an equation with its members.
fn for_elements(
    lowering: &mut Lowering<'_>,
    equation: &Equation,
    mut each: impl FnMut(&mut Lowering<'_>, usize, &mut Vec<usize>),
) {
    let sizes: Vec<usize> = equation.sets.iter().map(|set| lowering.members(*set)).collect();
    for position in 0..sizes.iter().product() {
        let mut env = members_of(position, &sizes);
        each(lowering, equation.offset + position, &mut env);
    }
}

fn order_of(lowering: &mut Lowering<'_>, declarations: &[Declaration]) -> Option<ComputationOrder> {
    let mut elements = Vec::new();
    let (mut whole, mut histories) = (true, Vec::new());
    let scenario = lowering.scenario;
    let observed = scenario.history.iter().rev();
    let history: IndexMap<String, &[(i32, f64)]> = observed
        .map(|(name, history)| (crate::scenario::claims::element(name), history.values.as_slice()))
        .collect();
    for (number, equation) in lowering.equations.iter().enumerate() {
        for_elements(lowering, equation, |lowering, element, env| {
            let mut uses = |term: Option<&Term>| -> EquationUses {
                let mut uses = EquationUses::default();
                if let Some(term) = term {
                    whole &= lowering.uses(term, env, 0, &mut uses).is_ok();
                }
                uses
            };
            let mut formula = uses(equation.formula.as_ref());
            let start = equation.has_start.then(|| uses(equation.start.as_ref()));
            if let Some((declared, from)) = simultaneous::start_of(declarations, number) {
                let from = uses(Some(from)).elements;
                simultaneous::look_at_start(lowering, (declared, number), &from);
                formula.elements.extend(from);
            }
            let name = lowering.element_name(&equation.name, &equation.sets, element - equation.offset);
            let values: &[(i32, f64)] = history.get(&name).copied().unwrap_or_default();
            let years = values.iter().map(|(year, _)| *year).collect();
            histories.push(values);
            elements.push(Element { name, place: equation.place, history: years, start, formula });
        });
    }
    lowering.histories = histories;
    if !whole {
        return None;
    }
    let time = &lowering.scenario.time;
    let declared = Declared::new(lowering.scenario, lowering.equations, elements.len());
    order::order(&elements, &declared, [time.start, time.end], lowering.diagnostics)
}

/// Writes out every element in every year, in order.
fn all_years(lowering: &mut Lowering<'_>, order: &ComputationOrder, declarations: &[Declaration]) {
    let (start, years) = (lowering.scenario.time.start, lowering.years());
    let equations = lowering.equations;
    let mut owner = vec![0; order.first.len()];
    for (number, equation) in equations.iter().enumerate() {
        let end = equation.offset + element_count(lowering.scenario, equation);
        owner[equation.offset..end].fill(number);
    }
    // One message for an element is enough: the same mistake would be found again every year.
    let mut failed = vec![false; order.first.len()];
    let circles = [order.circles_of(&order.base_circles), order.circles_of(&order.later_circles)];
    for step in 0..years {
        let year = start + step as i32;
        let (elements, circles) =
            if step == 0 { (&order.base, &circles[0]) } else { (&order.later, &circles[1]) };
        for element in elements {
            let element = *element as usize;
            if let Some(circle) = circles.get(element).copied().flatten() {
                // The first of a circle stands for all of it.
                if circle.cut.unknowns[0] as usize == element && year >= order.first_of(circle) {
                    let failed = &mut failed;
                    CircleWriter { lowering, declarations, owner: &owner, failed, step }.write(circle);
                }
                continue;
            }
            if year < order.first[element] || failed[element] {
                continue;
            }
            let Some(value) = element_in_year(lowering, owner[element], element, step) else { continue };
            failed[element] = value.is_err();
            lowering.values[element * years + step] = value.ok();
        }
    }
    lowering.element = None;
}

/// The value of an element in the year so many after the base year; `None` where its equation could not be read.
pub(super) fn element_in_year(
    lowering: &mut Lowering<'_>,
    number: usize,
    element: usize,
    step: usize,
) -> Option<super::lower::Lowered> {
    let equation = &lowering.equations[number];
    let term = if step == 0 && equation.has_start { &equation.start } else { &equation.formula };
    let sizes: Vec<usize> = equation.sets.iter().map(|set| lowering.members(*set)).collect();
    let mut env = members_of(element - equation.offset, &sizes);
    let year = lowering.scenario.time.start + step as i32;
    lowering.element = Some((number, element - equation.offset));
    lowering.now = year;
    term.as_ref().map(|term| lowering.lower(term, &mut env, year))
}

/// By variable that should stay within bounds: infinity on paths that leave them in some year, 0 on others.
fn out_of_bounds(lowering: &mut Lowering<'_>) -> Vec<(usize, usize, GraphNode)> {
    let (equations, years) = (lowering.equations, lowering.years());
    let mut found = Vec::new();
    for (number, equation) in equations.iter().enumerate() {
        let [low, high] = lowering.scenario.variables[&equation.name].bounds;
        if low.is_none() && high.is_none() {
            continue;
        }
        for position in 0..element_count(lowering.scenario, equation) {
            let from = (equation.offset + position) * years;
            let values: Vec<GraphNode> =
                lowering.values[from..from + years].iter().flatten().copied().collect();
            let graph = &mut lowering.graph;
            let mut leaves = graph.constant(0.0);
            for value in values {
                for (bound, operation) in [(low, Binary::Less), (high, Binary::Greater)] {
                    let Some(bound) = bound else { continue };
                    let bound = graph.constant(bound);
                    let beyond = graph.binary(operation, value, bound);
                    leaves = graph.binary(Binary::Or, leaves, beyond);
                }
            }
            let (infinity, zero) = (graph.constant(f64::INFINITY), graph.constant(0.0));
            found.push((number, position, graph.select(leaves, infinity, zero)));
        }
    }
    found
}

/// Writes out metrics and targets in an order in which each comes after those it names. Gives by target whether it was
/// met, where the record tells: then it is so on every path.
fn path_values(lowering: &mut Lowering<'_>, writing: &Writing<'_>) -> OutcomesOnRecord {
    let metrics = writing.metrics.len();
    let terms: Vec<&Option<Term>> = writing.metrics.iter().chain(writing.targets).collect();
    let uses: Vec<Vec<u32>> = terms
        .iter()
        .map(|term| {
            let mut named = Vec::new();
            if let Some(term) = term {
                names_in(term, metrics, &mut named);
            }
            named
        })
        .collect();
    let Ok(order) = order::sorted(&uses) else {
        let scenario = writing.scenario;
        let name = |n: u32| {
            let n = n as usize;
            let found = if n < metrics {
                scenario.metrics.get_index(n).map(|(name, _)| name)
            } else {
                scenario.targets.get_index(n - metrics).map(|(name, _)| name)
            };
            found.map_or("", String::as_str)
        };
        for chain in order::chains(&uses) {
            let first = chain[0] as usize;
            let place = if first < metrics {
                scenario.metrics[first].place
            } else {
                scenario.targets[first - metrics].place
            };
            let chain: Vec<&str> = chain.into_iter().map(name).collect();
            lowering.diagnostics.push(
                Diagnostic::error(place, message!("model-compile-circle", chain = order::arrows(&chain)))
                    .help(key!("model-compile-circle.help")),
            );
        }
        return OutcomesOnRecord::default();
    };
    let on_record = recorded::targets_on_record(writing);
    let conditions = recorded::conditions_on_record(writing);
    for number in order {
        let number = number as usize;
        let Some(term) = terms[number] else { continue };
        if number < metrics {
            let known = conditions[number].as_ref().unwrap_or(term);
            lowering.metrics[number] = Some(lower_event(lowering, term, known));
        } else {
            let known = on_record[number - metrics].as_ref().unwrap_or(term);
            lowering.targets[number - metrics] = Some(lower_event(lowering, term, known));
        }
    }
    let decided = |(written, found): (&Option<Term>, &Option<Term>)| match (written, found) {
        (Some(Term::Number(_)), _) => None,
        (_, Some(Term::Number(outcome))) => Some(*outcome != 0.0),
        _ => None,
    };
    OutcomesOnRecord {
        targets: writing.targets.iter().zip(&on_record).map(decided).collect(),
        conditions: writing.metrics.iter().zip(&conditions).map(decided).collect(),
    }
}

/// An event as the record has it. It is looked at as it is written too, so that what is wrong in it is found.
fn lower_event(lowering: &mut Lowering<'_>, written: &Term, on_record: &Term) -> super::lower::Lowered {
    let value = lowering.lower_path(written, &mut Vec::new());
    if lowering.scenario.history.is_empty() {
        return value;
    }
    value.and_then(|_| lowering.lower_path(on_record, &mut Vec::new()))
}

fn names_in(term: &Term, metrics: usize, out: &mut Vec<u32>) {
    match term {
        Term::Metric(metric) => out.push(*metric as u32),
        Term::Target(target) => out.push((metrics + target) as u32),
        Term::Unary(_, x) => names_in(x, metrics, out),
        Term::Binary(_, a, b) => {
            names_in(a, metrics, out);
            names_in(b, metrics, out);
        }
        Term::Chain(first, rest) => {
            names_in(first, metrics, out);
            rest.iter().for_each(|(_, x)| names_in(x, metrics, out));
        }
        Term::If(parts) => parts.iter().for_each(|part| names_in(part, metrics, out)),
        Term::Reduce { body, .. } => names_in(body, metrics, out),
        _ => {}
    }
}

impl Writing<'_> {
    /// The name of the element at a position of an equation, where it has so many.
    pub(super) fn element_of(&self, equation: &Equation, position: usize) -> Option<String> {
        (position < element_count(self.scenario, equation))
            .then(|| labelling::element_name(self.scenario, equation, position))
    }

    /// The values of an element by year, from its first year on.
    pub(super) fn years_of(&self, written: &WrittenValues, element: usize) -> Vec<(i32, GraphNode)> {
        let (start, years) =
            (self.scenario.time.start, (self.scenario.time.end - self.scenario.time.start) as usize + 1);
        (0..years)
            .filter_map(|step| written.values[element * years + step].map(|node| (start + step as i32, node)))
            .collect()
    }
}
