//! What rows that several columns share explain of an outcome: the variance of its mean by row, whatever the outcome.
//!
//! Of two paths with the same row the product of the outcomes about the mean is, on average, the square of the row's mean. A
//! path whose row no other has tells nothing; the others are weighted by how likely it is that theirs is met again, so that the
//! sum is right on average (Horvitz and Thompson 1952). Errors are those of the jackknife that leaves out groups of paths.

use crate::engine::{RowOrder, RowPaths};
use crate::num::{exp, ln, max};

/// Groups of paths.
pub(super) const GROUPS: usize = 32;

/// The share of the variance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RowShare {
    pub(super) share: f64,
    /// The same without each group of paths.
    pub(super) without: Vec<f64>,
}

/// Sums over paths.
#[derive(Clone, Copy, Default)]
struct Sums {
    paths: f64,
    values: f64,
    squares: f64,
    /// Products of the paths with the same row.
    products: f64,
}

impl Sums {
    /// The share; 0 where nothing varies.
    fn share(&self) -> f64 {
        let (n, mean) = (self.paths, self.values / self.paths);
        let variance = self.squares / n - mean * mean;
        let between = self.products / n - mean * mean + variance / n;
        if variance > 0.0 { between / variance } else { 0.0 }
    }
}

/// The share of one outcome that a draw of rows explains.
pub(super) fn row_share(paths: &RowPaths, order: &RowOrder, draw: usize, outcome: usize) -> RowShare {
    let (rows, values) = (&paths.rows[draw], &paths.values[outcome]);
    let known: Vec<usize> = (0..rows.len()).filter(|path| values[*path].is_finite()).collect();
    let n = known.len() as f64;
    let center = known.iter().map(|path| values[*path]).sum::<f64>() / n;
    let spread = known.iter().map(|path| (values[*path] - center).abs()).fold(0.0, max);
    let unit = if spread > 0.0 { spread } else { 1.0 };
    // By group and path of each row: the value.
    let mut by_row: Vec<Vec<(usize, f64)>> = vec![Vec::new(); order.rows()];
    for (place, path) in known.iter().enumerate() {
        let group = place * GROUPS / known.len();
        by_row[rows[*path] as usize].push((group, (values[*path] - center) / unit));
    }
    let mut all = Sums { paths: n, ..Sums::default() };
    // What each group takes away.
    let mut lost = vec![Sums::default(); GROUPS];
    for (row, paths) in by_row.iter().enumerate().filter(|(_, paths)| !paths.is_empty()) {
        let rest = (n - 1.0) * ln(1.0 - order.probability(row));
        let again = 1.0 - exp(rest);
        let products = |count: f64, sum: f64, squares: f64| {
            if count > 1.0 { (sum * sum - squares) / (count - 1.0) / again } else { 0.0 }
        };
        let add = |it: &mut Sums, x: f64| {
            *it = Sums { paths: it.paths + 1.0, values: it.values + x, squares: it.squares + x * x, ..*it };
        };
        let mut whole = Sums::default();
        paths.iter().for_each(|(_, x)| add(&mut whole, *x));
        let met = products(whole.paths, whole.values, whole.squares);
        all.values += whole.values;
        all.squares += whole.squares;
        all.products += met;
        for of_group in paths.chunk_by(|a, b| a.0 == b.0) {
            let mut own = Sums::default();
            of_group.iter().for_each(|(_, x)| add(&mut own, *x));
            let left = products(
                whole.paths - own.paths,
                whole.values - own.values,
                max(whole.squares - own.squares, 0.0),
            );
            let lost = &mut lost[of_group[0].0];
            lost.paths += own.paths;
            lost.values += own.values;
            lost.squares += own.squares;
            lost.products += met - left;
        }
    }
    let without = |lost: &Sums| {
        Sums {
            paths: all.paths - lost.paths,
            values: all.values - lost.values,
            squares: all.squares - lost.squares,
            products: all.products - lost.products,
        }
        .share()
    };
    RowShare { share: all.share(), without: lost.iter().map(without).collect() }
}

/// The variance of a sum of shares, of which these are those without each group.
pub(super) fn jackknife(without: &[f64]) -> f64 {
    let groups = without.len() as f64;
    let mean = without.iter().sum::<f64>() / groups;
    (groups - 1.0) / groups * without.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>()
}
