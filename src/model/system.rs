//! A system of equations that is solved on every path: its formulas as a graph of their own, with derivatives.

use indexmap::{IndexMap, IndexSet};

use super::derivative::derivatives;
use super::graph::{Definition, Graph, GraphNode};
use crate::num::max;
use crate::num::system::{Derivative, Formulas, Iteration, Slope, SystemRule, SystemSolver};

/// Most unknowns whose derivatives, which differ between paths, are made and solved with: the work grows with the cube.
const MOST_UNKNOWNS: usize = 64;
/// Most unknowns whose derivatives are the same on all paths: the work of a path grows with the square.
const MOST_LINEAR: usize = 400;

/// What a system starts from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum StartValue {
    /// A value of the path.
    Of(GraphNode),
    /// The solution on the central path, which is tried from several numbers; 1 where none was found.
    Central(f64),
}

/// A system of a graph.
#[derive(Clone, Debug)]
pub(super) struct GraphSystem {
    /// The declaration that it is of.
    pub(super) declaration: usize,
    /// The year.
    pub(super) year: i32,
    /// The names of the unknowns.
    pub(super) names: Vec<String>,
    /// How it is solved.
    pub(super) rule: SystemRule,
    /// The formulas: what is given are the unknowns, then the values from outside.
    pub(super) formulas: Graph,
    /// The formulas' values, and then the derivatives; those that are numbers are not evaluated.
    pub(super) outputs: Vec<GraphNode>,
    /// The values from outside.
    pub(super) outside: Vec<GraphNode>,
    /// Where each unknown starts.
    pub(super) starts: Vec<StartValue>,
    /// The values that it reads: those from outside, and those that it starts from.
    pub(super) reads: Vec<GraphNode>,
    /// Whether other solutions are looked for on the central path: in the first year.
    pub(super) is_first: bool,
}

/// The solution of a system on the central path.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CentralSolution {
    /// By unknown; NaN where none was found.
    pub(super) x: Vec<f64>,
    /// How many evaluations it took.
    pub(super) iterations: Option<u32>,
    /// What it was started from.
    pub(super) start: Vec<f64>,
    /// How often the formulas were evaluated, and where at last.
    pub(super) evaluations: u32,
    /// The last point.
    pub(super) last: Vec<f64>,
    /// How far the formulas were from the unknowns there.
    pub(super) residual: f64,
    /// The unknown with the largest distance.
    pub(super) worst: usize,
    /// Another solution, where one was found, and what it was started from.
    pub(super) other: Option<OtherSolution>,
}

/// A second solution.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OtherSolution {
    /// By unknown.
    pub(super) x: Vec<f64>,
    /// What every unknown of the first one was multiplied by; `None` where all started at the number.
    pub(super) factor: Option<f64>,
    /// The number.
    pub(super) number: f64,
}

/// What all unknowns are set to where there is nothing to start from, one after the other.
const FIRST_STARTS: [f64; 8] = [1.0, 100.0, 1e4, 0.01, 1e6, -1.0, -100.0, 0.0];
/// What a solution is multiplied by to look for another.
const OTHER_STARTS: [f64; 6] = [2.0, 0.5, 10.0, 0.1, -1.0, 0.0];
/// How far apart two solutions are at least, relative to the larger; and how many times the tolerance.
const APART: f64 = 1e-6;
const TOLERANCES_APART: f64 = 100.0;
/// Most operations that the search for another solution may take: a part of a second.
const MOST_WORK: usize = 100_000_000;

/// The formulas of a system before it is known how it is solved.
pub(super) struct Drafted {
    formulas: Graph,
    outputs: Vec<GraphNode>,
    outside: Vec<GraphNode>,
    derivatives: Option<Vec<Derivative>>,
    /// The values as they stand in the graph.
    values: Vec<GraphNode>,
    /// Whether none of them depends on an unknown.
    is_solved: bool,
}

impl Drafted {
    /// Takes formulas of unknowns, which are given in the graph, out of it.
    pub(super) fn new(graph: &Graph, unknowns: &[GraphNode], values: Vec<GraphNode>, newton: bool) -> Self {
        let mut taken = taken_out(graph, unknowns, &values);
        let derivatives = if newton { taken.differentiate(unknowns.len()) } else { None };
        let Taken { formulas, mut outputs, outside, is_solved } = taken;
        let derivatives = derivatives.map(|(derivatives, nodes)| {
            outputs.extend(nodes);
            derivatives
        });
        Self { formulas, outputs, outside, derivatives, values, is_solved }
    }

    /// Whether nothing is to be solved in this year: no formula depends on an unknown.
    pub(super) fn is_solved(&self) -> bool {
        self.is_solved
    }

    /// The formulas' values in the graph.
    pub(super) fn values(&self) -> &[GraphNode] {
        &self.values
    }

    /// Whether Newton's method solves it.
    pub(super) fn has_derivatives(&self) -> bool {
        self.derivatives.is_some()
    }

    /// The system.
    pub(super) fn finish(
        self,
        (declaration, year): (usize, i32),
        names: Vec<String>,
        starts: Vec<StartValue>,
        (tolerance, most): (f64, u32),
    ) -> GraphSystem {
        let rule = SystemRule::new(names.len(), self.derivatives, tolerance, most);
        let started = starts.iter().filter_map(|start| match start {
            StartValue::Of(node) => Some(*node),
            StartValue::Central(_) => None,
        });
        let reads = self.outside.iter().copied().chain(started).collect();
        let Self { formulas, outputs, outside, .. } = self;
        let is_first = true;
        GraphSystem { declaration, year, names, rule, formulas, outputs, outside, starts, reads, is_first }
    }
}

/// Formulas in a graph of their own.
struct Taken {
    formulas: Graph,
    outputs: Vec<GraphNode>,
    outside: Vec<GraphNode>,
    /// Whether no formula depends on an unknown.
    is_solved: bool,
}

/// Copies what depends on the unknowns; all else that it uses is given, after the unknowns.
fn taken_out(graph: &Graph, unknowns: &[GraphNode], values: &[GraphNode]) -> Taken {
    let first = unknowns.iter().min().copied().unwrap_or(GraphNode(0));
    // A value comes after those it is made of: nothing before the first unknown depends on one.
    let mut reached: IndexSet<GraphNode> = values.iter().copied().filter(|node| *node >= first).collect();
    let mut at = 0;
    while let Some(node) = reached.get_index(at).copied() {
        at += 1;
        reached.extend(graph.parts(node).filter(|part| *part >= first));
    }
    reached.sort_unstable();
    let mut formulas = Graph::default();
    formulas.set_tables(graph.tables().to_vec());
    let mut copied: IndexMap<GraphNode, GraphNode> =
        unknowns.iter().enumerate().map(|(k, node)| (*node, formulas.given(0, k as u32))).collect();
    let mut outside: IndexSet<GraphNode> = IndexSet::new();
    for node in reached {
        if copied.contains_key(&node) || !graph.parts(node).any(|part| copied.contains_key(&part)) {
            continue;
        }
        let own = copy(graph, node, &copied, &mut outside, &mut formulas, unknowns.len());
        copied.insert(node, own);
    }
    let outputs = values
        .iter()
        .map(|node| part(graph, *node, &copied, &mut outside, &mut formulas, unknowns.len()))
        .collect();
    let is_solved = !values.iter().any(|node| copied.contains_key(node));
    Taken { formulas, outputs, outside: outside.into_iter().collect(), is_solved }
}

/// A value as the formulas have it.
fn part(
    graph: &Graph,
    node: GraphNode,
    copied: &IndexMap<GraphNode, GraphNode>,
    outside: &mut IndexSet<GraphNode>,
    formulas: &mut Graph,
    unknowns: usize,
) -> GraphNode {
    if let Some(own) = copied.get(&node) {
        return *own;
    }
    match graph.number(node) {
        Some(number) => formulas.constant(number),
        None => formulas.given(0, (unknowns + outside.insert_full(node).0) as u32),
    }
}

fn copy(
    graph: &Graph,
    node: GraphNode,
    copied: &IndexMap<GraphNode, GraphNode>,
    outside: &mut IndexSet<GraphNode>,
    formulas: &mut Graph,
    unknowns: usize,
) -> GraphNode {
    let mut own = |node| part(graph, node, copied, outside, formulas, unknowns);
    match graph.definition(node) {
        Definition::Unary(operation, x) => {
            let x = own(x);
            formulas.unary(operation, x)
        }
        Definition::Binary(operation, a, b) => {
            let (a, b) = (own(a), own(b));
            formulas.binary(operation, a, b)
        }
        Definition::Select(condition, yes, no) => {
            let (condition, yes, no) = (own(condition), own(yes), own(no));
            formulas.select(condition, yes, no)
        }
        Definition::WeightedSum(sum) => {
            let start = own(sum.start);
            let (factors, nodes): (Vec<f64>, Vec<GraphNode>) =
                graph.terms(sum).map(|(factor, node)| (factor, own(node))).unzip();
            formulas.weighted_sum(start, &factors, &nodes)
        }
        Definition::Lookup(table, x) => {
            let x = own(x);
            formulas.lookup(table, x)
        }
        Definition::RateOfReturn(list) => {
            let payments: Vec<GraphNode> = graph.payments(list).iter().map(|node| own(*node)).collect();
            formulas.rate_of_return(&payments)
        }
        // Nothing is drawn from a value of the year, and no other system is part of this one.
        Definition::Constant(_)
        | Definition::Uniform(..)
        | Definition::Score(..)
        | Definition::Sample(..)
        | Definition::Given(..)
        | Definition::Solve(_)
        | Definition::Solution(..) => formulas.constant(f64::NAN),
    }
}

impl Taken {
    /// The derivatives of the formulas that are not zero, and the values of those that are no numbers; `None` where they
    /// are too many to solve with.
    fn differentiate(&mut self, unknowns: usize) -> Option<(Vec<Derivative>, Vec<GraphNode>)> {
        if unknowns > MOST_LINEAR {
            return None;
        }
        let slopes = derivatives(&mut self.formulas, &self.outputs, unknowns as u32)?;
        let (mut found, mut nodes) = (Vec::new(), Vec::new());
        for (formula, slopes) in (0..).zip(slopes) {
            for (unknown, node) in slopes {
                let slope = match self.formulas.number(node) {
                    Some(0.0) => continue,
                    Some(slope) => Slope::Constant(slope),
                    None => {
                        nodes.push(node);
                        Slope::Evaluated(nodes.len() as u32 - 1)
                    }
                };
                found.push(Derivative { formula, unknown, slope });
            }
        }
        (nodes.is_empty() || unknowns <= MOST_UNKNOWNS).then_some((found, nodes))
    }
}

/// Formulas on plain numbers.
struct PlainFormulas<'a> {
    system: &'a GraphSystem,
    given: Vec<f64>,
    values: Vec<[f64; 1]>,
}

impl Formulas<1> for PlainFormulas<'_> {
    fn evaluate(&mut self, x: &[[f64; 1]]) {
        for (given, x) in self.given.iter_mut().zip(x) {
            *given = x[0];
        }
        let all = self.system.formulas.values_given(&self.given);
        self.values = self.system.outputs.iter().map(|node| [all[node.0 as usize]]).collect();
    }

    fn value(&self, formula: usize) -> &[f64; 1] {
        &self.values[formula]
    }

    fn derivative(&self, place: usize) -> &[f64; 1] {
        &self.values[self.system.rule.unknowns + place]
    }
}

impl GraphSystem {
    /// Solves it on the central path, and looks whether other starts lead elsewhere. `at` gives the values there.
    pub(super) fn on_central_path(&self, at: impl Fn(GraphNode) -> f64) -> CentralSolution {
        let mut given = vec![0.0; self.rule.unknowns];
        given.extend(self.outside.iter().map(|node| at(*node)));
        let mut formulas = PlainFormulas { system: self, given, values: Vec::new() };
        let has_start = self.starts.iter().any(|start| matches!(start, StartValue::Of(_)));
        let start = |unknown: usize, number: f64| match self.starts[unknown] {
            StartValue::Of(node) if !at(node).is_nan() => at(node),
            _ => number,
        };
        let mut solution = CentralSolution::default();
        for number in FIRST_STARTS {
            solution = self.solve(|unknown| start(unknown, number), &mut formulas);
            let is_given = |start: &StartValue| matches!(start, StartValue::Of(node) if !at(*node).is_nan());
            let all_given = self.starts.iter().all(is_given);
            if solution.iterations.is_some() || all_given {
                break;
            }
        }
        let work = self.formulas.len().saturating_mul(self.rule.most as usize * OTHER_STARTS.len());
        let looks = self.is_first && work <= MOST_WORK && !self.rule.is_linear();
        if solution.iterations.is_some() && looks {
            solution.other = self.elsewhere(&solution.x, &mut formulas, has_start);
        }
        solution
    }

    /// A solution that other starts lead to.
    fn elsewhere(&self, x: &[f64], formulas: &mut PlainFormulas, has_start: bool) -> Option<OtherSolution> {
        let scaled = OTHER_STARTS.into_iter().map(|factor| (Some(factor), factor));
        let numbers = FIRST_STARTS.into_iter().filter(|_| !has_start).map(|number| (None, number));
        for (factor, number) in scaled.chain(numbers) {
            let found = self.solve(|unknown| factor.map_or(number, |factor| factor * x[unknown]), formulas);
            let apart = max(APART, TOLERANCES_APART * self.rule.tolerance);
            let differs = |(a, b): (&f64, &f64)| (a - b).abs() > apart * max(a.abs(), b.abs());
            if found.iterations.is_some() && found.x.iter().zip(x).any(differs) {
                return Some(OtherSolution { x: found.x, factor, number });
            }
        }
        None
    }

    fn solve(&self, start: impl Fn(usize) -> f64, formulas: &mut PlainFormulas) -> CentralSolution {
        let mut solver = SystemSolver::<1>::default();
        let (mut last, mut evaluations) = (None, 0);
        let mut watch = |iteration: Iteration| {
            if !iteration.is_again {
                last = Some(iteration);
                evaluations += 1;
            }
        };
        solver.solve(&self.rule, |unknown| [start(unknown)], formulas, Some(&mut watch));
        let none = Iteration { x: Vec::new(), residual: f64::NAN, worst: 0, is_again: false };
        let Iteration { x: last, residual, worst, .. } = last.unwrap_or(none);
        CentralSolution {
            x: solver.solution().iter().map(|x| x[0]).collect(),
            iterations: solver.iterations(0),
            start: (0..self.rule.unknowns).map(start).collect(),
            evaluations,
            last,
            residual,
            worst,
            other: None,
        }
    }

    /// Puts the solution on the central path where there is nothing else to start from, or on some path no number.
    pub(super) fn start_from(&mut self, central: &CentralSolution) {
        self.rule.otherwise.clone_from(&central.x);
        for (start, x) in self.starts.iter_mut().zip(&central.x) {
            if let StartValue::Central(number) = start
                && x.is_finite()
            {
                *number = *x;
            }
        }
    }
}
