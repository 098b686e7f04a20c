//! Long sums of values times numbers, as single values of the graph: what correlates many inputs, and what adds up
//! over a large set.
//!
//! Written out term by term, a matrix of n rows and columns would be n² values a year. A [`WeightedSum`] is one value for
//! up to [`MOST_SUMMED`] terms; a longer sum is a chain of them, in which what begins alike exists once. Terms are added
//! one after the other, each product rounded: the bits are those of the sum written out.

use std::hash::Hash;

use indexmap::IndexSet;

use super::graph::{Graph, Node};
use super::operation::Binary;
use super::program::MOST_SUMMED;

/// From how many terms on a sum is written as [`WeightedSum`]s.
pub(super) const SUMMED_FROM: usize = 32;

/// A value and the terms that are added to it, which the graph keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeightedSum {
    /// What the terms are added to.
    pub start: Node,
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
    so_far: Option<Node>,
    factors: Vec<f64>,
    nodes: Vec<Node>,
}

impl Summing {
    /// Adds a value times a number.
    pub(super) fn add(&mut self, graph: &mut Graph, factor: f64, node: Node) {
        if let Some(number) = graph.number(node) {
            self.settle(graph);
            let number = graph.constant(factor * number);
            self.append(graph, number);
            return;
        }
        self.factors.push(factor);
        self.nodes.push(node);
        if self.nodes.len() == MOST_SUMMED {
            self.settle(graph);
        }
    }

    /// The sum; 0 of nothing.
    pub(super) fn finish(mut self, graph: &mut Graph) -> Node {
        self.settle(graph);
        self.so_far.unwrap_or_else(|| graph.constant(0.0))
    }

    fn append(&mut self, graph: &mut Graph, value: Node) {
        self.so_far = Some(match self.so_far {
            Some(so_far) => graph.binary(Binary::Add, so_far, value),
            None => value,
        });
    }

    /// Puts the terms that wait into the graph.
    fn settle(&mut self, graph: &mut Graph) {
        let (factors, nodes) = (std::mem::take(&mut self.factors), std::mem::take(&mut self.nodes));
        if nodes.len() < 2 {
            for (factor, node) in factors.into_iter().zip(nodes) {
                let factor = graph.constant(factor);
                let product = graph.binary(Binary::Multiply, factor, node);
                self.append(graph, product);
            }
            return;
        }
        // 0 + x is x, in the graph too; and to add to -0 changes nothing, not even a zero's sign.
        let start = self.so_far.filter(|so_far| graph.number(*so_far) != Some(0.0));
        let start = start.unwrap_or_else(|| graph.constant(-0.0));
        self.so_far = Some(graph.weighted_sum(start, &factors, &nodes));
    }
}
