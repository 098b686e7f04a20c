//! From the graph to a program: what is needed, in the order in which it is needed, in few slots.

use super::graph::{Definition, Graph, Node};
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
            instructions.push(scheduler.compute(order[next].0));
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

    fn compute(&mut self, node: Node) -> Instruction {
        let op = match self.graph.definition(node) {
            Definition::Uniform(stream, year) => Op::Uniform { stream, year },
            Definition::Score(stream, year) => Op::Score { stream, year },
            Definition::Sample(sampler, x) => Op::Sample { sampler, x: self.operand(x) },
            Definition::Unary(operation, x) => Op::Unary(operation, self.operand(x)),
            Definition::Binary(operation, a, b) => Op::Binary(operation, self.operand(a), self.operand(b)),
            Definition::Select(a, b, c) => Op::Select(self.operand(a), self.operand(b), self.operand(c)),
            Definition::Constant(_) => unreachable!("constants are operands"),
        };
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
