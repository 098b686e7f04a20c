//! Sums and other long rows of operations, from terms to values.

use super::graph::GraphNode;
use super::lower::{Failed, Lowered, Lowering};
use super::operation::Binary;
use super::term::{Reduction, Term};
use super::weighted::{SUMMED_FROM, Summing};
use crate::text::Place;

impl Lowering<'_> {
    /// A row of operations, from left to right.
    pub(super) fn chain(
        &mut self,
        first: &Term,
        rest: &[(Binary, Term)],
        env: &mut Vec<usize>,
        year: i32,
    ) -> Lowered {
        let is_sum = matches!(rest.first(), Some((Binary::Add | Binary::Subtract, _)));
        if is_sum && rest.len() >= SUMMED_FROM {
            let mut sum = Summing::default();
            let (factor, node) = self.scaled(first, env, year)?;
            sum.add(&mut self.graph, factor, node);
            for (operation, x) in rest {
                let (factor, node) = self.scaled(x, env, year)?;
                let sign = if *operation == Binary::Subtract { -1.0 } else { 1.0 };
                sum.add(&mut self.graph, sign * factor, node);
            }
            return Ok(sum.finish(&mut self.graph));
        }
        let mut so_far = self.lower(first, env, year)?;
        for (operation, x) in rest {
            let value = self.lower(x, env, year)?;
            so_far = self.graph.binary(*operation, so_far, value);
        }
        Ok(so_far)
    }

    /// A sum or mean over many members; `None` where they are few, and where they are written out as any reduction.
    pub(super) fn long_sum(
        &mut self,
        reduction: Reduction,
        sets: &[usize],
        condition: Option<(&Term, Place)>,
        body: &Term,
        env: &mut Vec<usize>,
        year: i32,
    ) -> Result<Option<GraphNode>, Failed> {
        let chosen = self.chosen(sets, condition, env, year)?;
        let count = chosen.len() / sets.len().max(1);
        if count < SUMMED_FROM {
            return Ok(None);
        }
        let (bound, mut sum) = (env.len(), Summing::default());
        for members in chosen.chunks_exact(sets.len()) {
            env.extend(members);
            let term = self.scaled(body, env, year);
            env.truncate(bound);
            let (factor, node) = term?;
            sum.add(&mut self.graph, factor, node);
        }
        let whole = sum.finish(&mut self.graph);
        if reduction != Reduction::Mean {
            return Ok(Some(whole));
        }
        let count = self.graph.constant(count as f64);
        Ok(Some(self.graph.binary(Binary::Divide, whole, count)))
    }

    /// A term as a number times a value: a product with a number need not be a value of its own.
    fn scaled(&mut self, term: &Term, env: &mut Vec<usize>, year: i32) -> Result<(f64, GraphNode), Failed> {
        let Term::Binary(Binary::Multiply, a, b) = term else {
            return Ok((1.0, self.lower(term, env, year)?));
        };
        self.step()?;
        let (a, b) = (self.lower(a, env, year)?, self.lower(b, env, year)?);
        Ok(match (self.graph.number(a), self.graph.number(b)) {
            (Some(factor), None) => (factor, b),
            (None, Some(factor)) => (factor, a),
            _ => (1.0, self.graph.binary(Binary::Multiply, a, b)),
        })
    }

    /// The sum of values times numbers. Sums that begin alike share what they have in common where each term is a value
    /// of its own.
    pub(super) fn weighted(&mut self, terms: &[(f64, GraphNode)], share: bool) -> GraphNode {
        if share || terms.len() < SUMMED_FROM {
            let product = |(factor, node): &(f64, GraphNode)| {
                let factor = self.graph.constant(*factor);
                self.graph.binary(Binary::Multiply, factor, *node)
            };
            let products: Vec<GraphNode> = terms.iter().map(product).collect();
            return self.combine(Reduction::Sum, &products);
        }
        let mut sum = Summing::default();
        terms.iter().for_each(|(factor, node)| sum.add(&mut self.graph, *factor, *node));
        sum.finish(&mut self.graph)
    }
}
