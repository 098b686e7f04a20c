//! Small dense matrices, row after row: as many rows as there are observations of a year.

/// The product of a matrix of `n` rows with a column.
pub(super) fn times(matrix: &[f64], x: &[f64], out: &mut [f64]) {
    let n = x.len();
    for (row, out) in matrix.chunks_exact(n).zip(out) {
        *out = row.iter().zip(x).map(|(a, x)| a * x).sum();
    }
}

/// Factors a symmetric positive definite matrix into L Lᵀ, L in its lower half; the logarithm of its determinant, or
/// `None` where it is not positive definite.
pub(super) fn cholesky(matrix: &mut [f64], n: usize) -> Option<f64> {
    let mut log_determinant = 0.0;
    for j in 0..n {
        for i in j..n {
            let mut sum = matrix[i * n + j];
            for k in 0..j {
                sum -= matrix[i * n + k] * matrix[j * n + k];
            }
            if i > j {
                matrix[i * n + j] = sum / matrix[j * n + j];
            } else if sum > 0.0 && sum.is_finite() {
                matrix[j * n + j] = sum.sqrt();
                log_determinant += crate::num::ln(sum);
            } else {
                return None;
            }
        }
    }
    Some(log_determinant)
}

/// Solves L x = b for a factor of [`cholesky`], in place.
pub(super) fn forward(factor: &[f64], x: &mut [f64]) {
    let n = x.len();
    for i in 0..n {
        for k in 0..i {
            x[i] -= factor[i * n + k] * x[k];
        }
        x[i] /= factor[i * n + i];
    }
}

/// Solves Lᵀ x = b for a factor of [`cholesky`], in place.
pub(super) fn backward(factor: &[f64], x: &mut [f64]) {
    let n = x.len();
    for i in (0..n).rev() {
        for k in i + 1..n {
            x[i] -= factor[k * n + i] * x[k];
        }
        x[i] /= factor[i * n + i];
    }
}

/// Solves A x = b by elimination with pivots, in place; the determinant of A, which is lost. Where it is 0 or no number,
/// x means nothing.
pub(super) fn solve(matrix: &mut [f64], x: &mut [f64]) -> f64 {
    let n = x.len();
    let mut determinant = 1.0;
    for j in 0..n {
        let size = |row: usize| matrix[row * n + j].abs();
        let pivot = (j + 1..n).fold(j, |best, row| if size(row) > size(best) { row } else { best });
        if pivot != j {
            for k in 0..n {
                matrix.swap(j * n + k, pivot * n + k);
            }
            x.swap(j, pivot);
            determinant = -determinant;
        }
        let head = matrix[j * n + j];
        determinant *= head;
        if head == 0.0 || !head.is_finite() {
            return if head == 0.0 { 0.0 } else { f64::NAN };
        }
        for i in j + 1..n {
            let factor = matrix[i * n + j] / head;
            for k in j..n {
                matrix[i * n + k] -= factor * matrix[j * n + k];
            }
            x[i] -= factor * x[j];
        }
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            x[i] -= matrix[i * n + k] * x[k];
        }
        x[i] /= matrix[i * n + i];
    }
    determinant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_and_its_determinant_known() {
        let matrix = [0.0, 2.0, 1.0, 3.0, -1.0, 2.0, 4.0, 0.0, -1.0];
        let (mut used, mut x) = (matrix.to_vec(), vec![7.0, 7.0, 1.0]);
        // det = 0·(1) − 2·(−3 − 8) + 1·(0 + 4) = 26
        assert!((solve(&mut used, &mut x) - 26.0).abs() < 1e-12);
        assert!(x.iter().zip([1.0, 2.0, 3.0]).all(|(x, right)| (x - right).abs() < 1e-12), "{x:?}");
        let mut out = [0.0; 3];
        times(&matrix, &[1.0, 2.0, 3.0], &mut out);
        assert_eq!(out, [7.0, 7.0, 1.0]);
    }

    #[test]
    fn a_factor_gives_the_matrix_again() {
        let mut factor = [4.0, 0.0, 2.0, 5.0];
        let log = cholesky(&mut factor, 2).unwrap();
        assert!((log - crate::num::ln(16.0)).abs() < 1e-14);
        let mut x = [10.0, 9.0];
        forward(&factor, &mut x);
        backward(&factor, &mut x);
        // [[4, 2], [2, 5]] x = [10, 9]
        assert!((x[0] - 2.0).abs() < 1e-14 && (x[1] - 1.0).abs() < 1e-14);
        assert_eq!(cholesky(&mut [1.0, 0.0, 2.0, 1.0], 2), None);
    }
}
