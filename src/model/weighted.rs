//! Long sums of values times numbers, as single values of the graph: what correlates many inputs, and what adds up
//! over a large set.
//!
//! Written out term by term, a matrix of n rows and columns would be n² values a year. A [`LinearCombination`] is one value for
//! up to [`MOST_SUMMED`] terms; a longer sum is a chain of them, in which what begins alike exists once. Terms are added
//! one after the other, each product rounded: the bits are those of the sum written out.

use std::hash::Hash;

use indexmap::IndexSet;

use super::graph::{Graph, GraphNode};
use super::operation::Binary;
use super::program::MOST_SUMMED;

/// From how many terms on a sum is written as [`LinearCombination`]s.
pub(super) const SUMMED_FROM: usize = MOST_SUMMED;

/// A value and the terms that are added to it, which the graph keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinearCombination {
    /// What the terms are added to.
    pub start: GraphNode,
    /// The list of numbers.
    pub(super) factors: u32,
    /// The list of values: as many.
    pub(super) summands: u32,
}

/// Lists that exist once each.
#[derive(Clone, Debug)]
pub(super) struct Interned<T>(IndexSet<Box<[T]>>);

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self(IndexSet::new())
    }
}

impl<T: Copy + Eq + Hash> Interned<T> {
    /// The number of a list.
    pub(super) fn number(&mut self, list: &[T]) -> u32 {
        let known = self.0.get_index_of(list);
        known.unwrap_or_else(|| self.0.insert_full(list.into()).0) as u32
    }

    /// The list of a number.
    pub(super) fn list(&self, number: u32) -> &[T] {
        &self.0[number as usize]
    }
}

/// A sum that grows term by term.
#[derive(Debug, Default)]
pub(super) struct Summing {
    so_far: SoFar,
    factors: Vec<f64>,
    nodes: Vec<GraphNode>,
}

/// What has been summed already.
#[derive(Clone, Copy, Debug, Default)]
enum SoFar {
    #[default]
    Nothing,
    /// A number that is the same on every path, no value of the graph yet.
    Number(f64),
    Value(GraphNode),
}

impl Summing {
    /// Adds a value times a number.
    pub(super) fn add(&mut self, graph: &mut Graph, factor: f64, node: GraphNode) {
        if let Some(number) = graph.number(node) {
            self.settle(graph);
            self.so_far = match self.so_far {
                SoFar::Nothing => SoFar::Number(factor * number),
                SoFar::Number(so_far) => SoFar::Number(so_far + factor * number),
                SoFar::Value(so_far) => {
                    let number = graph.constant(factor * number);
                    SoFar::Value(graph.binary(Binary::Add, so_far, number))
                }
            };
            return;
        }
        self.factors.push(factor);
        self.nodes.push(node);
        if self.nodes.len() == MOST_SUMMED {
            self.settle(graph);
        }
    }

    /// The sum; 0 of nothing.
    pub(super) fn finish(mut self, graph: &mut Graph) -> GraphNode {
        self.settle(graph);
        match self.so_far {
            SoFar::Nothing => graph.constant(0.0),
            SoFar::Number(number) => graph.constant(number),
            SoFar::Value(node) => node,
        }
    }

    /// Puts the terms that wait into the graph.
    fn settle(&mut self, graph: &mut Graph) {
        let (factors, nodes) = (std::mem::take(&mut self.factors), std::mem::take(&mut self.nodes));
        if nodes.is_empty() {
            return;
        }
        // To add to -0 changes nothing, not even a zero's sign; and 0 + x is x in the graph too.
        let start = match self.so_far {
            SoFar::Nothing | SoFar::Number(0.0) => graph.constant(-0.0),
            SoFar::Number(number) => graph.constant(number),
            SoFar::Value(node) => node,
        };
        self.so_far = SoFar::Value(if nodes.len() < 2 {
            let factor = graph.constant(factors[0]);
            let product = graph.binary(Binary::Multiply, factor, nodes[0]);
            graph.binary(Binary::Add, start, product)
        } else {
            graph.weighted_sum(start, &factors, &nodes)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of a sum on the central path, where the score is 0 and the sample the center.
    fn value(terms: &[(f64, bool)]) -> f64 {
        let mut graph = Graph::default();
        let score = graph.score(1, 0);
        let sample = graph.sample(0, score);
        let mut sum = Summing::default();
        for (number, is_random) in terms {
            let node = if *is_random { sample } else { graph.constant(*number) };
            sum.add(&mut graph, if *is_random { *number } else { 1.0 }, node);
        }
        let sum = sum.finish(&mut graph);
        graph.values(&[0.3])[sum.0 as usize]
    }

    #[test]
    fn numbers_between_the_terms_keep_their_place() {
        let terms = |random: fn(usize) -> bool, count: usize| -> Vec<(f64, bool)> {
            (0..count).map(|n| (1.0 / (n + 1) as f64 - 0.3, random(n))).collect()
        };
        let patterns: [fn(usize) -> bool; 5] =
            [|_| true, |_| false, |n| n % 2 == 0, |n| n % 70 != 0, |n| n % 3 == 2];
        for pattern in patterns {
            for count in [1, 2, 3, 63, 64, 65, 66, 127, 128, 129, 300] {
                let terms = terms(pattern, count);
                let each =
                    |(number, is_random): &(f64, bool)| if *is_random { number * 0.3 } else { *number };
                let sum = terms[1..].iter().fold(each(&terms[0]), |sum, term| sum + each(term));
                assert_eq!(value(&terms).to_bits(), sum.to_bits(), "{count}");
            }
        }
        assert_eq!(value(&[]), 0.0);
    }

    #[test]
    fn a_thousand_numbers_are_one_value_of_the_graph() {
        let (mut graph, mut sum) = (Graph::default(), Summing::default());
        let one = graph.constant(1.0);
        (0..1000).for_each(|_| sum.add(&mut graph, 1.0, one));
        let sum = sum.finish(&mut graph);
        assert_eq!((graph.number(sum), graph.len()), (Some(1000.0), 2));
    }

    #[test]
    fn sums_that_begin_alike_share_what_they_have_in_common() {
        let mut graph = Graph::default();
        let scores: Vec<GraphNode> = (0..300).map(|stream| graph.score(stream, 0)).collect();
        let before = graph.len();
        let mut of = |count: usize| {
            let mut sum = Summing::default();
            scores[..count].iter().for_each(|score| sum.add(&mut graph, 2.0, *score));
            sum.finish(&mut graph);
            graph.len() - before
        };
        // -0, four whole ones and a rest; then the rest alone is new.
        assert_eq!([of(300), of(300), of(299), of(256)], [6, 6, 7, 7]);
    }
}
