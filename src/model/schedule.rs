//! From the graph to a program: what is needed, in the order in which it is needed, in few slots.

use super::graph::{Definition, Graph, Node};
use super::operation::{Binary, Fused};
use super::program::{Instruction, Op, Operand, Program};
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
pub(super) fn schedule(graph: &Graph, outputs: &[(Output, Node)], samplers: Vec<Sampler>) -> Program {
    let order = needed(graph, outputs);
    let mut scheduler = Scheduler {
        graph,
        remaining: uses(graph, &order, outputs),
        slot: vec![NOWHERE; graph.len()],
        free: Vec::new(),
        slots: 0,
    };
    let mut instructions = Vec::with_capacity(order.len() + outputs.len());
    let mut next = 0;
    for (position, (output, node)) in outputs.iter().enumerate() {
        while next < order.len() && order[next].1 <= position {
            let node = order[next].0;
            let factors = next.checked_sub(1).and_then(|last| scheduler.factors(order[last].0, node));
            // The product is the last instruction, unless an output came between.
            let product =
                factors.filter(|_| matches!(instructions.last(), Some(Instruction::Compute { .. })));
            if product.is_some() {
                instructions.pop();
            }
            instructions.push(scheduler.compute(node, product));
            next += 1;
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
    Program {
        instructions,
        slots: scheduler.slots,
        samplers,
        series: count(|output| matches!(output, Output::Series(_))),
        targets: count(|output| matches!(output, Output::Target(_))),
    }
}

/// The values to compute, parts before wholes, each with the number of the output that first needs it.
fn needed(graph: &Graph, outputs: &[(Output, Node)]) -> Vec<(Node, usize)> {
    let mut done = vec![false; graph.len()];
    let mut order = Vec::new();
    let mut stack: Vec<(Node, bool)> = Vec::new();
    for (position, (_, node)) in outputs.iter().enumerate() {
        stack.push((*node, false));
        while let Some((node, parts_done)) = stack.pop() {
            if done[node.0 as usize] || graph.number(node).is_some() {
                continue;
            }
            if parts_done {
                done[node.0 as usize] = true;
                order.push((node, position));
                continue;
            }
            stack.push((node, true));
            // Pushed in reverse: the first part is computed first.
            stack.extend(graph.parts(node).into_iter().rev().flatten().map(|part| (part, false)));
        }
    }
    order
}

/// How often each value is read.
fn uses(graph: &Graph, order: &[(Node, usize)], outputs: &[(Output, Node)]) -> Vec<u32> {
    let mut uses = vec![0; graph.len()];
    for node in order.iter().flat_map(|(node, _)| graph.parts(*node)).flatten() {
        uses[node.0 as usize] += 1;
    }
    for (_, node) in outputs {
        uses[node.0 as usize] += 1;
    }
    uses
}

struct Scheduler<'a> {
    graph: &'a Graph,
    remaining: Vec<u32>,
    slot: Vec<u32>,
    free: Vec<u32>,
    slots: u32,
}

impl Scheduler<'_> {
    fn operand(&self, node: Node) -> Operand {
        match self.graph.number(node) {
            Some(number) => Operand::Constant(number),
            None => Operand::Slot(self.slot[node.0 as usize]),
        }
    }

    fn release(&mut self, node: Node) {
        let remaining = &mut self.remaining[node.0 as usize];
        *remaining -= 1;
        if *remaining == 0 && self.slot[node.0 as usize] != NOWHERE {
            self.free.push(self.slot[node.0 as usize]);
        }
    }

    /// Of a sum whose one part is a product that nothing else needs, and was computed right before it: the factors
    /// and the other part.
    fn factors(&self, product: Node, sum: Node) -> Option<(Fused, [Operand; 3])> {
        let Definition::Binary(Binary::Multiply, a, b) = self.graph.definition(product) else { return None };
        let (op, other) = match self.graph.definition(sum) {
            Definition::Binary(Binary::Add, x, other) | Definition::Binary(Binary::Add, other, x)
                if x == product =>
            {
                (Fused::MultiplyAdd, other)
            }
            Definition::Binary(Binary::Subtract, x, other) if x == product => {
                (Fused::MultiplySubtract, other)
            }
            Definition::Binary(Binary::Subtract, other, x) if x == product => (Fused::SubtractProduct, other),
            _ => return None,
        };
        let only_here = self.remaining[product.0 as usize] == 1;
        only_here.then(|| (op, [a, b, other].map(|part| self.operand(part))))
    }

    /// `fused`: what it is computed by, instead of by its definition.
    fn compute(&mut self, node: Node, fused: Option<(Fused, [Operand; 3])>) -> Instruction {
        let of_definition = || match self.graph.definition(node) {
            Definition::Uniform(stream, year) => Op::Uniform { stream, year },
            Definition::Score(stream, year) => Op::Score { stream, year },
            Definition::Sample(sampler, x) => Op::Sample { sampler, x: self.operand(x) },
            Definition::Unary(operation, x) => Op::Unary(operation, self.operand(x)),
            Definition::Binary(operation, a, b) => Op::Binary(operation, self.operand(a), self.operand(b)),
            Definition::Select(a, b, c) => Op::Select(self.operand(a), self.operand(b), self.operand(c)),
            Definition::Constant(_) => unreachable!("constants are operands"),
        };
        let op = fused.map_or_else(of_definition, |(op, parts)| Op::Fused(op, parts));
        for part in self.graph.parts(node).into_iter().flatten() {
            self.release(part);
        }
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

    fn fused(program: &Program) -> usize {
        let fused = |i: &&Instruction| matches!(i, Instruction::Compute { op: Op::Fused(..), .. });
        program.instructions.iter().filter(fused).count()
    }

    #[test]
    fn a_product_is_taken_together_with_the_sum_that_alone_needs_it() {
        let mut graph = Graph::default();
        let [x, y, z] = [1, 2, 3].map(|stream| graph.score(stream, 0));
        let product = graph.binary(Binary::Multiply, x, y);
        let sum = graph.binary(Binary::Subtract, z, product);
        let alone = schedule(&graph, &[(Output::Series(0), sum)], Vec::new());
        assert_eq!((fused(&alone), alone.instructions.len()), (1, 5));
        let both = [(Output::Series(0), sum), (Output::Series(1), product)];
        assert_eq!(fused(&schedule(&graph, &both, Vec::new())), 0, "the product is needed twice");
    }
}
