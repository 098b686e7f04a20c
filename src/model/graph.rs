//! Values as a graph in which equal values exist once.
//!
//! The compiler walks the equations of every year and asks for values; a value that was asked for before,
//! in another equation or another year, is the same node. What is the same on every path is a number at
//! once. So constants are folded, and what does not change over the years is computed once, without a
//! pass of its own.

use std::hash::{BuildHasherDefault, Hasher};

use indexmap::IndexSet;

use super::operation::{Binary, Unary};
use super::system::{CentralSolution, GraphSystem};
use super::weighted::{Interned, LinearCombination};
use crate::num::{LookupTable, internal_rate};

/// A value: its number in the [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GraphNode(pub u32);

/// How a value comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Definition {
    /// A number, as its bits.
    Constant(u64),
    /// A uniform draw: stream and year.
    Uniform(u32, u32),
    /// A standard normal draw: stream and year.
    Score(u32, u32),
    /// The draw of a sampler for a uniform or score.
    Sample(u32, GraphNode),
    /// An operation on one value.
    Unary(Unary, GraphNode),
    /// An operation on two values.
    Binary(Binary, GraphNode, GraphNode),
    /// Condition, value when it holds, value when not.
    Select(GraphNode, GraphNode, GraphNode),
    /// A value and, added one after the other, many values times numbers.
    WeightedSum(LinearCombination),
    /// What a system of equations is solved for, or reads: the system and the number among what it is given.
    Given(u32, u32),
    /// A system of equations is solved: the number of evaluations that took, or NaN.
    Solve(u32),
    /// The solution of a system for the unknown of this number, once it is solved.
    Solution(u32, GraphNode),
    /// What a table has at a value.
    Lookup(u32, GraphNode),
    /// The internal rate of return of a list of payments.
    RateOfReturn(u32),
}

/// All values of a model.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    definitions: IndexSet<Definition, BuildHasherDefault<Quick>>,
    /// The numbers of weighted sums, as their bits.
    factors: Interned<u64>,
    /// Their values; payments too.
    summands: Interned<GraphNode>,
    /// The systems that are solved.
    pub(super) systems: Vec<GraphSystem>,
    /// The tables that values are looked up in.
    tables: Vec<LookupTable>,
}

/// A hash for short keys: the compiler spends most of its time looking up values.
#[derive(Clone, Copy, Debug, Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        // The set takes its bucket from the low bits and its tag from the high ones: both must be mixed. The
        // bits of whole numbers end in many zeros, which a product keeps; its upper half does not.
        let product = u128::from(self.0) * 0xD6E8_FEB8_6659_FD93;
        product as u64 ^ (product >> 64) as u64
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
    }

    fn write_isize(&mut self, word: isize) {
        self.write_u64(word as u64);
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(26) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

impl Graph {
    /// How many values there are.
    pub fn len(&self) -> usize {
        self.definitions.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }

    /// How many draws there are.
    pub fn draws(&self) -> usize {
        let is_draw =
            |definition: &&Definition| matches!(definition, Definition::Uniform(..) | Definition::Score(..));
        self.definitions.iter().filter(is_draw).count()
    }

    /// How a value comes about.
    pub fn definition(&self, node: GraphNode) -> Definition {
        self.definitions[node.0 as usize]
    }

    /// The number, if the value is the same on every path.
    pub fn number(&self, node: GraphNode) -> Option<f64> {
        match self.definition(node) {
            Definition::Constant(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    fn add(&mut self, definition: Definition) -> GraphNode {
        GraphNode(self.definitions.insert_full(definition).0 as u32)
    }

    /// A number.
    pub fn constant(&mut self, number: f64) -> GraphNode {
        // One NaN is as good as another, and equal nodes must have equal bits.
        let number = if number.is_nan() { f64::NAN } else { number };
        self.add(Definition::Constant(number.to_bits()))
    }

    /// A uniform draw.
    pub fn uniform(&mut self, stream: u32, year: u32) -> GraphNode {
        self.add(Definition::Uniform(stream, year))
    }

    /// A standard normal draw.
    pub fn score(&mut self, stream: u32, year: u32) -> GraphNode {
        self.add(Definition::Score(stream, year))
    }

    /// The draw of sampler `sampler` for `x`.
    pub fn sample(&mut self, sampler: u32, x: GraphNode) -> GraphNode {
        self.add(Definition::Sample(sampler, x))
    }

    /// An operation on one value.
    pub fn unary(&mut self, operation: Unary, x: GraphNode) -> GraphNode {
        match self.number(x) {
            Some(number) => self.constant(operation.apply(number)),
            None => self.add(Definition::Unary(operation, x)),
        }
    }

    /// An operation on two values.
    pub fn binary(&mut self, operation: Binary, a: GraphNode, b: GraphNode) -> GraphNode {
        let (left, right) = (self.number(a), self.number(b));
        if let (Some(left), Some(right)) = (left, right) {
            return self.constant(operation.apply(left, right));
        }
        // Only identities that hold for every x, NaN and infinities included (0 · x is none of them).
        match (operation, left, right) {
            (Binary::Add | Binary::Subtract, _, Some(0.0))
            | (Binary::Multiply | Binary::Divide | Binary::Power, _, Some(1.0)) => return a,
            (Binary::Add, Some(0.0), _) | (Binary::Multiply, Some(1.0), _) => return b,
            _ => {}
        }
        // a + b and b + a have the same bits: one node serves both.
        if matches!(operation, Binary::Add | Binary::Multiply) && b < a {
            return self.add(Definition::Binary(operation, b, a));
        }
        self.add(Definition::Binary(operation, a, b))
    }

    /// `if(condition, yes, no)`
    pub fn select(&mut self, condition: GraphNode, yes: GraphNode, no: GraphNode) -> GraphNode {
        match self.number(condition) {
            Some(number) if number.is_nan() => self.constant(f64::NAN),
            Some(0.0) => no,
            Some(_) => yes,
            None => self.add(Definition::Select(condition, yes, no)),
        }
    }

    /// `start + factor * node + …`, added one after the other; the nodes are no numbers.
    pub(super) fn weighted_sum(
        &mut self,
        start: GraphNode,
        factors: &[f64],
        nodes: &[GraphNode],
    ) -> GraphNode {
        let bits: Vec<u64> = factors.iter().map(|factor| factor.to_bits()).collect();
        let (factors, summands) = (self.factors.number(&bits), self.summands.number(nodes));
        self.add(Definition::WeightedSum(LinearCombination { start, factors, summands }))
    }

    /// The numbers and the values of a weighted sum, in the order in which they are added.
    pub(super) fn terms(&self, sum: LinearCombination) -> impl Iterator<Item = (f64, GraphNode)> + '_ {
        let factors = self.factors.list(sum.factors).iter().map(|bits| f64::from_bits(*bits));
        factors.zip(self.summands(sum).iter().copied())
    }

    /// The values of a weighted sum.
    pub(super) fn summands(&self, sum: LinearCombination) -> &[GraphNode] {
        self.summands.list(sum.summands)
    }

    /// What a system is given.
    pub(super) fn given(&mut self, system: u32, number: u32) -> GraphNode {
        self.add(Definition::Given(system, number))
    }

    /// The solution of a system that was added: a value for each of its unknowns.
    pub(super) fn solved(&mut self, system: u32) -> Vec<GraphNode> {
        let unknowns = self.systems[system as usize].rule.unknowns as u32;
        let solved = self.add(Definition::Solve(system));
        (0..unknowns).map(|unknown| self.add(Definition::Solution(unknown, solved))).collect()
    }

    /// All values by number where those that are given are these: of the graph of a system.
    pub(super) fn values_given(&self, given: &[f64]) -> Vec<f64> {
        self.evaluate(&[], given).0
    }

    /// Takes the tables that values are looked up in.
    pub(super) fn set_tables(&mut self, tables: Vec<LookupTable>) {
        self.tables = tables;
    }

    /// The tables that values are looked up in.
    pub(super) fn tables(&self) -> &[LookupTable] {
        &self.tables
    }

    /// What the table with a number has at `x`.
    pub(super) fn lookup(&mut self, table: u32, x: GraphNode) -> GraphNode {
        match self.number(x) {
            Some(number) => {
                let value = self.tables[table as usize].at(number);
                self.constant(value)
            }
            None => self.add(Definition::Lookup(table, x)),
        }
    }

    /// The internal rate of return of payments, one a period.
    pub(super) fn rate_of_return(&mut self, payments: &[GraphNode]) -> GraphNode {
        let numbers: Option<Vec<f64>> = payments.iter().map(|payment| self.number(*payment)).collect();
        if let Some(numbers) = numbers {
            return self.constant(internal_rate(&numbers));
        }
        let list = self.summands.number(payments);
        self.add(Definition::RateOfReturn(list))
    }

    /// The payments of a list.
    pub(super) fn payments(&self, list: u32) -> &[GraphNode] {
        self.summands.list(list)
    }

    /// All values by number on the path on which scores are 0 and each sampler draws its center.
    pub fn values(&self, centers: &[f64]) -> Vec<f64> {
        self.evaluate(centers, &[]).0
    }

    /// [`Graph::values`], with the solutions of the systems there, by system.
    pub(super) fn central_values(&self, centers: &[f64]) -> (Vec<f64>, Vec<CentralSolution>) {
        self.evaluate(centers, &[])
    }

    fn evaluate(&self, centers: &[f64], given: &[f64]) -> (Vec<f64>, Vec<CentralSolution>) {
        let mut values: Vec<f64> = Vec::with_capacity(self.len());
        let mut solutions = vec![CentralSolution::default(); self.systems.len()];
        for definition in &self.definitions {
            let at = |node: &GraphNode| values[node.0 as usize];
            let value = match definition {
                Definition::Constant(bits) => f64::from_bits(*bits),
                Definition::Uniform(..) => 0.5,
                Definition::Score(..) => 0.0,
                Definition::Sample(sampler, _) => centers[*sampler as usize],
                Definition::Unary(operation, x) => operation.apply(at(x)),
                Definition::Binary(operation, a, b) => operation.apply(at(a), at(b)),
                Definition::Select(condition, yes, no) => match at(condition) {
                    condition if condition.is_nan() => f64::NAN,
                    0.0 => at(no),
                    _ => at(yes),
                },
                Definition::WeightedSum(sum) => self
                    .terms(*sum)
                    .fold(at(&sum.start), |so_far, (factor, node)| so_far + factor * at(&node)),
                Definition::Given(_, number) => given.get(*number as usize).copied().unwrap_or(f64::NAN),
                Definition::Solve(system) => {
                    let solution = self.systems[*system as usize].on_central_path(|node| at(&node));
                    let iterations = solution.iterations;
                    solutions[*system as usize] = solution;
                    iterations.map_or(f64::NAN, f64::from)
                }
                Definition::Solution(unknown, solved) => match self.definition(*solved) {
                    Definition::Solve(system) => solutions[system as usize].x[*unknown as usize],
                    _ => f64::NAN,
                },
                Definition::Lookup(table, x) => self.tables[*table as usize].at(at(x)),
                Definition::RateOfReturn(list) => {
                    let payments: Vec<f64> = self.payments(*list).iter().map(at).collect();
                    internal_rate(&payments)
                }
            };
            values.push(value);
        }
        (values, solutions)
    }

    /// The values that a value is made of.
    pub fn parts(&self, node: GraphNode) -> impl DoubleEndedIterator<Item = GraphNode> + '_ {
        let (few, many) = match self.definition(node) {
            Definition::Constant(_)
            | Definition::Uniform(..)
            | Definition::Score(..)
            | Definition::Given(..) => ([None; 3], [].as_slice()),
            Definition::Sample(_, x)
            | Definition::Unary(_, x)
            | Definition::Solution(_, x)
            | Definition::Lookup(_, x) => ([Some(x), None, None], [].as_slice()),
            Definition::Solve(system) => ([None; 3], self.systems[system as usize].reads.as_slice()),
            Definition::RateOfReturn(list) => ([None; 3], self.payments(list)),
            Definition::Binary(_, a, b) => ([Some(a), Some(b), None], [].as_slice()),
            Definition::Select(a, b, c) => ([Some(a), Some(b), Some(c)], [].as_slice()),
            Definition::WeightedSum(sum) => ([Some(sum.start), None, None], self.summands(sum)),
        };
        few.into_iter().flatten().chain(many.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_exist_once() {
        let mut graph = Graph::default();
        let (x, y) = (graph.score(1, 2021), graph.score(2, 2021));
        assert_eq!(graph.binary(Binary::Add, x, y), graph.binary(Binary::Add, y, x));
        assert_ne!(graph.binary(Binary::Subtract, x, y), graph.binary(Binary::Subtract, y, x));
    }

    #[test]
    fn what_is_the_same_on_every_path_is_a_number() {
        let mut graph = Graph::default();
        let (two, three) = (graph.constant(2.0), graph.constant(3.0));
        let six = graph.binary(Binary::Multiply, two, three);
        assert_eq!(graph.number(six), Some(6.0));
        let x = graph.score(1, 0);
        assert_eq!(graph.select(six, x, two), x);
    }

    #[test]
    fn on_the_central_path_every_draw_is_at_its_center() {
        let mut graph = Graph::default();
        let (score, two) = (graph.score(1, 0), graph.constant(2.0));
        let normal = graph.binary(Binary::Add, two, score);
        let uniform = graph.uniform(2, 0);
        let sample = graph.sample(0, uniform);
        let is_less = graph.binary(Binary::Less, normal, sample);
        let least = graph.select(is_less, normal, sample);
        let values = graph.values(&[1.5]);
        assert_eq!([normal, sample, least].map(|node| values[node.0 as usize]), [2.0, 1.5, 1.5]);
    }

    #[test]
    fn zero_times_x_is_not_folded_because_x_may_be_infinite() {
        let mut graph = Graph::default();
        let (zero, x) = (graph.constant(0.0), graph.score(1, 0));
        let product = graph.binary(Binary::Multiply, zero, x);
        assert_eq!(graph.number(product), None);
    }
}
