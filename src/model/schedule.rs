//! From the graph to a program: what is needed, in the order in which it is needed, in few slots.

use indexmap::IndexMap;

use super::graph::{Definition, Graph, GraphNode};
use super::operation::{Binary, Fused, Unary};
use super::program::{Instruction, MOST_TERMS, Op, Operand, Program, ScaledSlot, System};
use super::system::{GraphSystem, StartValue};
use super::weighted::LinearCombination;
use crate::num::Sampler;

/// Something that leaves the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Output {
    Series(u32),
    Target(u32),
}

const NOWHERE: u32 = u32::MAX;

/// The program that computes these outputs, in this order. A value is computed right before its first use
/// and its slot is free after its last; the slot freed last is taken first, so that it is still in cache.
pub(super) fn schedule(graph: &Graph, outputs: &[(Output, GraphNode)], samplers: Vec<Sampler>) -> Program {
    schedule_solving(graph, outputs, samplers).0
}

/// [`schedule`], with the numbers of the systems that are solved, in the program's order.
pub(super) fn schedule_solving(
    graph: &Graph,
    outputs: &[(Output, GraphNode)],
    samplers: Vec<Sampler>,
) -> (Program, Vec<u32>) {
    schedule_given(graph, outputs, samplers, 0)
}

/// [`schedule`] for a graph of which so many values are given: they stand in the first slots.
fn schedule_given(
    graph: &Graph,
    outputs: &[(Output, GraphNode)],
    samplers: Vec<Sampler>,
    given: u32,
) -> (Program, Vec<u32>) {
    let fusing = Fusing { graph, uses: uses(graph, outputs) };
    let order = in_order(graph, outputs, |node| fusing.step(node));
    let mut remaining = vec![0; graph.len()];
    let read =
        order.iter().flat_map(|(_, step, _)| step.parts(graph)).chain(outputs.iter().map(|(_, node)| *node));
    read.for_each(|node| remaining[node.0 as usize] += 1);
    let mut scheduler = Scheduler {
        graph,
        remaining,
        slot: vec![NOWHERE; graph.len()],
        free: Vec::new(),
        slots: given,
        terms: Vec::new(),
        factors: Vec::new(),
        summands: Vec::new(),
        placed: IndexMap::new(),
        gathered: IndexMap::new(),
        systems: IndexMap::new(),
        payments: Vec::new(),
    };
    if given > 0 {
        scheduler.keep_given();
    }
    let mut instructions = Vec::with_capacity(order.len() + outputs.len());
    let mut steps = order.iter().peekable();
    for (position, (output, node)) in outputs.iter().enumerate() {
        while let Some((node, step, _)) = steps.next_if(|(.., needed)| *needed <= position) {
            instructions.push(scheduler.compute(*node, step));
        }
        let value = scheduler.operand(*node);
        scheduler.release(*node);
        instructions.push(match output {
            Output::Series(series) => Instruction::Record { series: *series, value },
            Output::Target(target) => Instruction::Mark { target: *target, value },
        });
    }
    let count =
        |wanted: fn(&Output) -> bool| outputs.iter().filter(|(output, _)| wanted(output)).count() as u32;
    let (solved, systems) = scheduler.systems.into_iter().unzip();
    let program = Program {
        instructions,
        slots: scheduler.slots,
        terms: scheduler.terms,
        factors: scheduler.factors,
        summands: scheduler.summands,
        systems,
        samplers,
        tables: graph.tables().to_vec(),
        payments: scheduler.payments,
        series: count(|output| matches!(output, Output::Series(_))),
        targets: count(|output| matches!(output, Output::Target(_))),
        pool: None,
    };
    (program, solved)
}

/// How a value is computed.
enum Step {
    /// As the graph has it, of these parts.
    Plain([Option<GraphNode>; 3]),
    /// With a product that nothing else needs.
    Fused(Fused, [GraphNode; 3]),
    /// With the products and sums that nothing else needs: what the terms are added to, if anything, and these.
    Line(Option<GraphNode>, Vec<(f64, GraphNode)>),
    /// With an exponential that nothing else needs.
    Growth(GraphNode, GraphNode),
    /// A weighted sum.
    WeightedSum(LinearCombination),
    /// A system is solved.
    Solve(u32),
    /// The internal rate of return of the payments of a list.
    RateOfReturn(u32),
}

impl Step {
    fn parts<'a>(&'a self, graph: &'a Graph) -> impl DoubleEndedIterator<Item = GraphNode> + 'a {
        let (parts, terms, summands) = match self {
            Self::Plain(parts) => (*parts, [].as_slice(), [].as_slice()),
            Self::Fused(_, [a, b, c]) => ([Some(*a), Some(*b), Some(*c)], [].as_slice(), [].as_slice()),
            Self::Line(start, terms) => ([*start, None, None], terms.as_slice(), [].as_slice()),
            Self::Growth(a, x) => ([Some(*a), Some(*x), None], [].as_slice(), [].as_slice()),
            Self::WeightedSum(sum) => ([Some(sum.start), None, None], [].as_slice(), graph.summands(*sum)),
            Self::Solve(system) => {
                ([None; 3], [].as_slice(), graph.systems[*system as usize].reads.as_slice())
            }
            Self::RateOfReturn(list) => ([None; 3], [].as_slice(), graph.payments(*list)),
        };
        let many = terms.iter().map(|(_, node)| *node).chain(summands.iter().copied());
        parts.into_iter().flatten().chain(many)
    }
}

/// The values to compute, parts before wholes, each with how it is computed and the number of the output that first
/// needs it.
fn in_order(
    graph: &Graph,
    outputs: &[(Output, GraphNode)],
    step_of: impl Fn(GraphNode) -> Step,
) -> Vec<(GraphNode, Step, usize)> {
    let mut done = vec![false; graph.len()];
    let mut order = Vec::new();
    let mut stack: Vec<(GraphNode, Option<Step>)> = Vec::new();
    for (position, (_, node)) in outputs.iter().enumerate() {
        stack.push((*node, None));
        while let Some((node, step)) = stack.pop() {
            let is_there =
                || matches!(graph.definition(node), Definition::Constant(_) | Definition::Given(..));
            if done[node.0 as usize] || is_there() {
                continue;
            }
            if let Some(step) = step {
                done[node.0 as usize] = true;
                order.push((node, step, position));
                continue;
            }
            let step = step_of(node);
            let at = stack.len();
            // Pushed in reverse: the first part is computed first.
            stack.extend(step.parts(graph).rev().map(|part| (part, None)));
            stack.insert(at, (node, Some(step)));
        }
    }
    order
}

/// How often each value is read, if all are computed as the graph has it.
fn uses(graph: &Graph, outputs: &[(Output, GraphNode)]) -> Vec<u32> {
    let mut uses = vec![0; graph.len()];
    let mut stack: Vec<GraphNode> = outputs.iter().map(|(_, node)| *node).collect();
    while let Some(node) = stack.pop() {
        let uses = &mut uses[node.0 as usize];
        *uses += 1;
        if *uses == 1 {
            stack.extend(graph.parts(node));
        }
    }
    uses
}

/// Finds operations that are taken together because only one of them needs the others.
struct Fusing<'a> {
    graph: &'a Graph,
    uses: Vec<u32>,
}

impl Fusing<'_> {
    fn step(&self, node: GraphNode) -> Step {
        let graph = self.graph;
        if let Definition::Binary(operation, a, b) = graph.definition(node) {
            let fused = match operation {
                Binary::Add | Binary::Subtract => {
                    self.line(node).or_else(|| self.product_in(operation, a, b))
                }
                Binary::Multiply => self.growth(a, b).or_else(|| self.growth(b, a)),
                _ => None,
            };
            if let Some(step) = fused {
                return step;
            }
        }
        match graph.definition(node) {
            Definition::WeightedSum(sum) => return Step::WeightedSum(sum),
            Definition::RateOfReturn(list) => return Step::RateOfReturn(list),
            _ => {}
        }
        if let Definition::Solve(system) = graph.definition(node) {
            return Step::Solve(system);
        }
        let mut parts = graph.parts(node);
        Step::Plain(std::array::from_fn(|_| parts.next()))
    }

    /// The parts of an operation that nothing else needs.
    fn alone(&self, node: GraphNode, operation: Binary) -> Option<(GraphNode, GraphNode)> {
        match self.graph.definition(node) {
            Definition::Binary(found, a, b) if found == operation && self.uses[node.0 as usize] == 1 => {
                Some((a, b))
            }
            _ => None,
        }
    }

    fn growth(&self, a: GraphNode, b: GraphNode) -> Option<Step> {
        match self.graph.definition(b) {
            Definition::Unary(Unary::Exp, x) if self.uses[b.0 as usize] == 1 => Some(Step::Growth(a, x)),
            _ => None,
        }
    }

    /// A sum with a product that it alone needs.
    fn product_in(&self, operation: Binary, a: GraphNode, b: GraphNode) -> Option<Step> {
        let product = |node| self.alone(node, Binary::Multiply);
        let (op, (x, y), other) = match (operation, product(a), product(b)) {
            (Binary::Add, _, Some(factors)) => (Fused::MultiplyAdd, factors, a),
            (Binary::Add, Some(factors), None) => (Fused::MultiplyAdd, factors, b),
            (_, _, Some(factors)) => (Fused::SubtractProduct, factors, a),
            (_, Some(factors), None) => (Fused::MultiplySubtract, factors, b),
            _ => return None,
        };
        Some(Step::Fused(op, [x, y, other]))
    }

    /// A sum of at least two values, each times a number, that were added one after the other.
    fn line(&self, node: GraphNode) -> Option<Step> {
        let (mut sum, mut terms) = (node, Vec::new());
        while terms.len() < MOST_TERMS && (sum == node || self.uses[sum.0 as usize] == 1) {
            let Some((rest, last)) = self.last_term(sum) else { break };
            terms.push(last);
            sum = rest;
        }
        let mut start = Some(sum);
        if let Some(first) = self.scaled(sum).filter(|(factor, _)| terms.len() < MOST_TERMS && *factor != 1.0)
        {
            terms.push(first);
            start = None;
        }
        terms.reverse();
        (terms.len() > 1).then_some(Step::Line(start, terms))
    }

    /// The last term of a sum, and what it is added to.
    fn last_term(&self, sum: GraphNode) -> Option<(GraphNode, (f64, GraphNode))> {
        match self.graph.definition(sum) {
            // A sum of two is the same in either order.
            Definition::Binary(Binary::Add, a, b) if self.is_sum(b) && !self.is_sum(a) => {
                Some((b, self.scaled(a)?))
            }
            Definition::Binary(Binary::Add, a, b) => match self.scaled(b) {
                Some(last) => Some((a, last)),
                None => Some((b, self.scaled(a)?)),
            },
            Definition::Binary(Binary::Subtract, a, b) => {
                let (factor, value) = self.scaled(b)?;
                Some((a, (-factor, value)))
            }
            _ => None,
        }
    }

    fn is_sum(&self, node: GraphNode) -> bool {
        self.alone(node, Binary::Add).or_else(|| self.alone(node, Binary::Subtract)).is_some()
    }

    /// A value that differs between paths, times a number; `None` for a number, and for a product of two values that
    /// could be taken together with the sum.
    fn scaled(&self, node: GraphNode) -> Option<(f64, GraphNode)> {
        let number = |node| self.graph.number(node);
        match self.alone(node, Binary::Multiply) {
            Some((a, b)) => match (number(a), number(b)) {
                (Some(factor), _) => Some((factor, b)),
                (_, Some(factor)) => Some((factor, a)),
                _ => None,
            },
            None => number(node).is_none().then_some((1.0, node)),
        }
    }
}

struct Scheduler<'a> {
    graph: &'a Graph,
    remaining: Vec<u32>,
    slot: Vec<u32>,
    free: Vec<u32>,
    slots: u32,
    terms: Vec<ScaledSlot>,
    factors: Vec<f64>,
    summands: Vec<u32>,
    /// Where the numbers of a list stand.
    placed: IndexMap<u32, u32>,
    /// Where the slots of a list of values stood last.
    gathered: IndexMap<u32, u32>,
    /// The systems that were solved, by their number in the graph.
    systems: IndexMap<u32, System>,
    payments: Vec<Operand>,
}

impl Scheduler<'_> {
    /// Gives what is given its slots, for good.
    fn keep_given(&mut self) {
        for place in 0..self.graph.len() {
            if let Definition::Given(_, number) = self.graph.definition(GraphNode(place as u32)) {
                self.slot[place] = number;
                self.remaining[place] = u32::MAX;
            }
        }
    }

    /// A system: its formulas as a program of their own.
    fn solve(&mut self, number: u32) -> Op {
        let graph = self.graph;
        let system: &GraphSystem = &graph.systems[number as usize];
        let outputs = system.outputs.iter().enumerate();
        let outputs: Vec<(Output, GraphNode)> =
            outputs.map(|(series, node)| (Output::Series(series as u32), *node)).collect();
        let given = (system.rule.unknowns + system.outside.len()) as u32;
        let start = |start: &StartValue| match start {
            StartValue::Of(node) => self.operand(*node),
            StartValue::Central(number) => Operand::Constant(*number),
        };
        let solved = System {
            rule: system.rule.clone(),
            formulas: schedule_given(&system.formulas, &outputs, Vec::new(), given).0,
            outside: system.outside.iter().map(|node| self.operand(*node)).collect(),
            starts: system.starts.iter().map(start).collect(),
        };
        Op::Solve { system: self.systems.insert_full(number, solved).0 as u32 }
    }

    fn operand(&self, node: GraphNode) -> Operand {
        match self.graph.number(node) {
            Some(number) => Operand::Constant(number),
            None => Operand::Slot(self.slot[node.0 as usize]),
        }
    }

    fn release(&mut self, node: GraphNode) {
        let remaining = &mut self.remaining[node.0 as usize];
        if *remaining == u32::MAX {
            return;
        }
        *remaining -= 1;
        if *remaining == 0 && self.slot[node.0 as usize] != NOWHERE {
            self.free.push(self.slot[node.0 as usize]);
        }
    }

    fn weighted_sum(&mut self, sum: LinearCombination) -> Op {
        let graph = self.graph;
        let factors = *self.placed.entry(sum.factors).or_insert_with(|| {
            let first = self.factors.len();
            self.factors.extend(graph.terms(sum).map(|(factor, _)| factor));
            first as u32
        });
        let slots: Vec<u32> = graph.summands(sum).iter().map(|node| self.slot[node.0 as usize]).collect();
        let count = slots.len();
        // Values that are read by many sums keep their slots between them.
        let known = self.gathered.get(&sum.summands).copied();
        let known = known.filter(|first| self.summands[*first as usize..][..count] == slots);
        let summands = known.unwrap_or_else(|| {
            let first = self.summands.len() as u32;
            self.summands.extend(slots);
            self.gathered.insert(sum.summands, first);
            first
        });
        Op::WeightedSum { start: self.operand(sum.start), factors, summands, count: count as u32 }
    }

    fn compute(&mut self, node: GraphNode, step: &Step) -> Instruction {
        let op = match step {
            Step::Plain(_) => match self.graph.definition(node) {
                Definition::Uniform(stream, year) => Op::Uniform { stream, year },
                Definition::Score(stream, year) => Op::Score { stream, year },
                Definition::Sample(sampler, x) => Op::Sample { sampler, x: self.operand(x) },
                Definition::Unary(operation, x) => Op::Unary(operation, self.operand(x)),
                Definition::Binary(operation, a, b) => {
                    Op::Binary(operation, self.operand(a), self.operand(b))
                }
                Definition::Select(a, b, c) => Op::Select(self.operand(a), self.operand(b), self.operand(c)),
                Definition::Constant(_) => unreachable!("constants are operands"),
                Definition::Given(..) => unreachable!("it has a slot"),
                Definition::WeightedSum(_) | Definition::Solve(_) | Definition::RateOfReturn(_) => {
                    unreachable!("a step of its own")
                }
                Definition::Solution(unknown, solved) => {
                    let Definition::Solve(number) = self.graph.definition(solved) else {
                        unreachable!("a solution is of a system")
                    };
                    let system = self.systems.get_index_of(&number).unwrap_or_default() as u32;
                    Op::Solution { system, unknown, solved: self.operand(solved) }
                }
                Definition::Lookup(table, x) => Op::Lookup { table, x: self.operand(x) },
            },
            Step::RateOfReturn(list) => {
                let first = self.payments.len() as u32;
                let payments = self.graph.payments(*list).iter().map(|node| self.operand(*node));
                let payments: Vec<Operand> = payments.collect();
                self.payments.extend(&payments);
                Op::RateOfReturn { first, count: payments.len() as u32 }
            }
            Step::WeightedSum(sum) => self.weighted_sum(*sum),
            Step::Solve(system) => self.solve(*system),
            Step::Fused(op, parts) => Op::Fused(*op, parts.map(|part| self.operand(part))),
            Step::Growth(a, x) => Op::Growth(self.operand(*a), self.operand(*x)),
            Step::Line(start, terms) => {
                let first = self.terms.len() as u32;
                let scaled = |(factor, node): &(f64, GraphNode)| ScaledSlot {
                    factor: *factor,
                    slot: self.slot[node.0 as usize],
                };
                self.terms.extend(terms.iter().map(scaled));
                // To add to -0 changes nothing, not even a zero's sign.
                let start = start.map_or(Operand::Constant(-0.0), |start| self.operand(start));
                Op::Line { start, first, count: terms.len() as u32 }
            }
        };
        let graph = self.graph;
        step.parts(graph).for_each(|part| self.release(part));
        let out = self.free.pop().unwrap_or_else(|| {
            self.slots += 1;
            self.slots - 1
        });
        self.slot[node.0 as usize] = out;
        Instruction::Compute { out, op }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ops(program: &Program) -> Vec<Op> {
        let op = |i: &Instruction| match i {
            Instruction::Compute { op, .. } if !matches!(op, Op::Score { .. }) => Some(*op),
            _ => None,
        };
        program.instructions.iter().filter_map(op).collect()
    }

    #[test]
    fn a_product_is_taken_together_with_the_sum_that_alone_needs_it() {
        let mut graph = Graph::default();
        let [x, y, z] = [1, 2, 3].map(|stream| graph.score(stream, 0));
        let product = graph.binary(Binary::Multiply, x, y);
        let sum = graph.binary(Binary::Subtract, z, product);
        let alone = ops(&schedule(&graph, &[(Output::Series(0), sum)], Vec::new()));
        assert!(matches!(alone[..], [Op::Fused(Fused::SubtractProduct, _)]), "{alone:?}");
        let both = [(Output::Series(0), sum), (Output::Series(1), product)];
        let both = ops(&schedule(&graph, &both, Vec::new()));
        assert!(
            matches!(both[..], [Op::Binary(..), Op::Binary(..)]),
            "the product is needed twice: {both:?}"
        );
    }

    #[test]
    fn a_linear_combination_is_one_step_and_its_terms_come_in_their_order() {
        let mut graph = Graph::default();
        let [x, y, z] = [1, 2, 3].map(|stream| graph.score(stream, 0));
        let [two, five] = [2.0, 5.0].map(|number| graph.constant(number));
        let twice = graph.binary(Binary::Multiply, two, x);
        let first = graph.binary(Binary::Add, y, twice);
        let fivefold = graph.binary(Binary::Multiply, z, five);
        let whole = graph.binary(Binary::Subtract, first, fivefold);
        let program = schedule(&graph, &[(Output::Series(0), whole)], Vec::new());
        assert!(matches!(ops(&program)[..], [Op::Line { count: 2, .. }]), "{:?}", ops(&program));
        assert_eq!(program.terms.iter().map(|term| term.factor).collect::<Vec<_>>(), [2.0, -5.0]);
    }

    #[test]
    fn a_long_sum_is_several_steps() {
        let mut graph = Graph::default();
        let values: Vec<GraphNode> = (0..14).map(|stream| graph.score(stream, 0)).collect();
        let sum = values[1..].iter().fold(values[0], |sum, value| graph.binary(Binary::Add, sum, *value));
        let program = schedule(&graph, &[(Output::Series(0), sum)], Vec::new());
        let counts =
            ops(&program).into_iter().map(|op| if let Op::Line { count, .. } = op { count } else { 0 });
        // One value, and 13 that are added to it.
        assert_eq!(counts.collect::<Vec<_>>(), [0, 6, 6]);
        assert!(program.slots < 9, "values are drawn where they are needed");
    }

    #[test]
    fn growth_is_one_step() {
        let mut graph = Graph::default();
        let [level, rate] = [1, 2].map(|stream| graph.score(stream, 0));
        let factor = graph.unary(Unary::Exp, rate);
        let grown = graph.binary(Binary::Multiply, level, factor);
        let program = schedule(&graph, &[(Output::Series(0), grown)], Vec::new());
        assert!(matches!(ops(&program)[..], [Op::Growth(..)]));
    }
}
