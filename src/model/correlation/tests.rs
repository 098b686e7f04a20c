use nalgebra::{DMatrix, SymmetricEigen};
use ndarray::Array2;

use super::*;

/// A correlation matrix from the entries above its diagonal, row by row.
fn matrix(size: usize, above: &[f64]) -> Array2<f64> {
    let mut matrix = Array2::<f64>::eye(size);
    let mut entries = above.iter();
    for row in 0..size {
        for column in row + 1..size {
            let value = *entries.next().unwrap();
            (matrix[[row, column]], matrix[[column, row]]) = (value, value);
        }
    }
    matrix
}

fn smallest(matrix: &Array2<f64>) -> f64 {
    let size = matrix.nrows();
    let eigen = SymmetricEigen::new(DMatrix::from_fn(size, size, |row, column| matrix[[row, column]]));
    eigen.eigenvalues.iter().copied().fold(f64::INFINITY, crate::num::min)
}

fn largest_difference(matrix: &Array2<f64>, factor: &Array2<f64>) -> f64 {
    (factor.dot(&factor.t()) - matrix)
        .iter()
        .fold(0.0, |largest, entry| crate::num::max(largest, entry.abs()))
}

/// Points on a sphere of `rank` dimensions: the products of any two are correlations of that rank.
fn of_rank(size: usize, rank: usize, seed: u64) -> Array2<f64> {
    let uniform =
        |row: usize, column: usize| crate::num::draw::uniform(seed, row as u32, column as u64, 0) - 0.5;
    let mut points = Array2::from_shape_fn((size, rank), |(row, column)| uniform(row, column));
    for mut row in points.rows_mut() {
        let length = row.iter().map(|x| x * x).sum::<f64>().sqrt();
        row.iter_mut().for_each(|x| *x /= length);
    }
    let mut matrix = points.dot(&points.t());
    matrix.diag_mut().fill(1.0);
    matrix
}

#[test]
fn singular_matrices_are_taken_apart_as_well_as_regular_ones() {
    for seed in 0..40 {
        for (size, rank) in [(2, 1), (3, 2), (5, 2), (8, 3), (12, 12), (40, 7), (100, 1)] {
            let matrix = of_rank(size, rank, seed);
            let factor = cholesky(&matrix).unwrap_or_else(|| panic!("{size} {rank} {seed}"));
            let difference = largest_difference(&matrix, &factor);
            assert!(difference < 1e-5, "{size} {rank} {seed}: {difference:e}");
        }
    }
}

#[test]
fn a_matrix_is_refused_exactly_where_it_has_a_negative_eigenvalue_beyond_rounding() {
    let cases: [&[f64]; 12] = [
        &[1.0, 0.5, 0.5],
        &[1.0, 1.0, 1.0],
        &[-1.0, 0.3, -0.3],
        &[1.0, 0.5, 0.6],
        &[1.0, 0.5, 0.501],
        &[0.9, 0.9, -0.9],
        &[0.5, -0.5, 0.5],
        &[-0.5, -0.5, -0.5],
        &[-0.5, -0.5, -0.501],
        &[0.6, 0.8, 0.0],
        &[0.6, 0.8, -0.001],
        &[0.6, 0.8, 1.0],
    ];
    for above in cases {
        let matrix = matrix(3, above);
        assert_eq!(
            cholesky(&matrix).is_some(),
            smallest(&matrix) > -1e-9,
            "{above:?}: {}",
            smallest(&matrix)
        );
    }
    // 1e-4 is told from rounding in small and in large groups.
    for size in [2, 10, 60] {
        let equal =
            |value: f64| Array2::from_shape_fn((size, size), |(a, b)| if a == b { 1.0 } else { value });
        let least = -1.0 / (size as f64 - 1.0);
        assert!(cholesky(&equal(least)).is_some(), "{size}");
        assert!(cholesky(&equal(least - 1e-4)).is_none() || size == 2, "{size}");
    }
}

#[test]
fn a_copy_has_the_weights_of_what_it_copies_to_the_last_bit() {
    let factor = cholesky(&matrix(4, &[0.3, 0.3, -0.3, 1.0, -1.0, -1.0])).unwrap();
    assert_eq!(factor.row(1), factor.row(2));
    assert_eq!(factor.row(1).mapv(|weight| -weight), factor.row(3));
    assert_eq!(cholesky(&matrix(2, &[-1.0])).unwrap().row(1).to_vec(), [-1.0, 0.0]);
}

#[test]
fn a_tiny_negative_eigenvalue_is_told_with_its_digits() {
    assert_eq!((rounded(-0.8), rounded(-0.00004)), ("-0.8000".into(), "-4.0e-5".into()));
}
