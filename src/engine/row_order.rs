//! The rows of a sample that is drawn by rows, put in order: uniforms stand in the order of the file, which says nothing.

use crate::model::{Driver, Input, Model};
use crate::num::{Distribution, min};

/// Where the uniforms that draw each row of a sample go when rows stand in the order of their values.
#[derive(Clone, Debug, PartialEq)]
pub struct RowOrder {
    /// By row, in the order of the file: the uniform up to which it is drawn.
    ends: Vec<f64>,
    /// By row: where it begins among rows in order.
    begins: Vec<f64>,
    /// Where it begins, and the row, in that order.
    ordered: Vec<(f64, u32)>,
    /// Whether several columns share the rows: then no order is that of their values, and they stay in the file's.
    pub is_joint: bool,
}

impl RowOrder {
    /// Of an input, where it draws rows, the same in all worlds.
    pub fn of(input: &Input, driver: &Driver) -> Option<Self> {
        let Distribution::Resample { values, .. } = &input.distribution else { return None };
        let edges = input.distribution.row_edges(usize::MAX).filter(|_| !driver.varies)?;
        Some(Self::new(&edges, values, driver.correlated))
    }

    /// Of what a stream of a model draws, where that is rows.
    pub fn of_stream(model: &Model, stream: u32) -> Option<Self> {
        let mut inputs = model.inputs.iter().zip(&model.drivers);
        let (input, driver) = inputs.find(|(input, _)| input.stream == stream)?;
        Self::of(input, driver)
    }

    /// Of rows with these values, of which all but the last are drawn up to these uniforms.
    pub fn new(edges: &[f64], values: &[f64], is_joint: bool) -> Self {
        let mut ends = edges.to_vec();
        ends.push(1.0);
        let mut rows: Vec<u32> = (0..ends.len() as u32).collect();
        if !is_joint {
            rows.sort_by(|a, b| values[*a as usize].total_cmp(&values[*b as usize]));
        }
        let mut order = Self { begins: vec![0.0; ends.len()], ordered: Vec::new(), ends, is_joint };
        let mut reached = 0.0;
        for row in rows {
            order.begins[row as usize] = reached;
            order.ordered.push((reached, row));
            reached += order.probability(row as usize);
        }
        order
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.ends.len()
    }

    /// The row that a uniform draws.
    pub fn row(&self, u: f64) -> usize {
        self.ends.partition_point(|end| u > *end).min(self.ends.len() - 1)
    }

    /// How likely a row is.
    pub fn probability(&self, row: usize) -> f64 {
        self.ends[row] - self.begin(row)
    }

    fn begin(&self, row: usize) -> f64 {
        row.checked_sub(1).map_or(0.0, |before| self.ends[before])
    }

    /// Where a uniform lies among rows in order, which is as likely here as there.
    pub fn place(&self, u: f64) -> f64 {
        let row = self.row(u);
        min(self.begins[row] + (u - self.begin(row)), 1.0 - f64::EPSILON)
    }

    /// The uniform that lies at a place.
    pub fn uniform_at(&self, place: f64) -> f64 {
        let at = self.ordered.partition_point(|(begin, _)| *begin < place).max(1) - 1;
        let (begin, row) = self.ordered[at];
        let row = row as usize;
        min(self.begin(row) + (place - begin), self.ends[row])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows 3, 1, 2 with the probabilities 0.5, 0.3 and 0.2: in order 1, 2, 3.
    #[test]
    fn rows_are_put_in_order_with_what_they_are_likely() {
        let order = RowOrder::new(&[0.5, 0.8], &[3.0, 1.0, 2.0], false);
        for (u, row, place) in [(0.1, 0, 0.6), (0.5, 0, 1.0), (0.6, 1, 0.1), (0.9, 2, 0.4)] {
            assert_eq!(order.row(u), row);
            assert!((order.place(u) - place).abs() < 1e-12, "{u}: {}", order.place(u));
            assert!((order.uniform_at(place) - u).abs() < 1e-12, "{place}: {}", order.uniform_at(place));
        }
        assert_eq!(order.rows(), 3);
        assert!((order.probability(1) - 0.3).abs() < 1e-12);
        let joint = RowOrder::new(&[0.5, 0.8], &[3.0, 1.0, 2.0], true);
        assert!((joint.place(0.6) - 0.6).abs() < 1e-12);
    }
}
