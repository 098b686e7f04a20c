//! Small matrices: sums in one order, so that they have the same bits on every machine.

/// A matrix of a few rows and columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
    /// The values, row by row.
    values: Vec<f64>,
}

impl Matrix {
    /// All zero.
    pub fn zero(rows: usize, columns: usize) -> Self {
        Self { rows, columns, values: vec![0.0; rows * columns] }
    }

    /// By a function of row and column.
    pub fn by(rows: usize, columns: usize, value: impl Fn(usize, usize) -> f64) -> Self {
        let values = (0..rows * columns).map(|k| value(k / columns, k % columns)).collect();
        Self { rows, columns, values }
    }

    /// Ones on the diagonal.
    pub fn identity(n: usize) -> Self {
        Self::by(n, n, |i, j| f64::from(u8::from(i == j)))
    }

    /// The value in a row and column.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.columns + column]
    }

    /// Sets a value.
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        self.values[row * self.columns + column] = value;
    }

    /// The product with another matrix.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self::by(self.rows, other.columns, |i, j| {
            (0..self.columns).map(|k| self.at(i, k) * other.at(k, j)).sum()
        })
    }

    /// The product with a vector.
    pub fn apply(&self, x: &[f64]) -> Vec<f64> {
        (0..self.rows).map(|i| (0..self.columns).map(|k| self.at(i, k) * x[k]).sum()).collect()
    }

    /// Rows become columns.
    #[must_use]
    pub fn transposed(&self) -> Self {
        Self::by(self.columns, self.rows, |i, j| self.at(j, i))
    }

    /// The sum with `factor` times another.
    #[must_use]
    pub fn plus(&self, factor: f64, other: &Self) -> Self {
        Self::by(self.rows, self.columns, |i, j| self.at(i, j) + factor * other.at(i, j))
    }

    /// The sum of the diagonal.
    pub fn trace(&self) -> f64 {
        (0..self.rows).map(|i| self.at(i, i)).sum()
    }

    /// The largest absolute value.
    pub fn largest(&self) -> f64 {
        self.values.iter().fold(0.0, |most, x| crate::num::max(most, x.abs()))
    }

    /// The x of `self · x = right`, by elimination with the largest pivot of each column. `None` where it is singular.
    pub fn solve(&self, right: &Self) -> Option<Self> {
        let n = self.rows;
        let (mut a, mut b) = (self.clone(), right.clone());
        let scale = self.largest();
        for column in 0..n {
            let pivot =
                (column..n).max_by(|i, j| a.at(*i, column).abs().total_cmp(&a.at(*j, column).abs()))?;
            if a.at(pivot, column).is_nan() || a.at(pivot, column).abs() <= 1e-14 * scale {
                return None;
            }
            for k in 0..n {
                let (x, y) = (a.at(column, k), a.at(pivot, k));
                a.set(column, k, y);
                a.set(pivot, k, x);
            }
            for k in 0..b.columns {
                let (x, y) = (b.at(column, k), b.at(pivot, k));
                b.set(column, k, y);
                b.set(pivot, k, x);
            }
            for row in (0..n).filter(|row| *row != column) {
                let factor = a.at(row, column) / a.at(column, column);
                for k in column..n {
                    a.set(row, k, a.at(row, k) - factor * a.at(column, k));
                }
                for k in 0..b.columns {
                    b.set(row, k, b.at(row, k) - factor * b.at(column, k));
                }
            }
        }
        Some(Self::by(n, b.columns, |i, j| b.at(i, j) / a.at(i, i)))
    }

    /// The inverse.
    pub fn inverse(&self) -> Option<Self> {
        self.solve(&Self::identity(self.rows))
    }

    /// The lower triangle L with `L Lᵀ = self`. `None` where it is not positive definite.
    pub fn cholesky(&self) -> Option<Self> {
        let n = self.rows;
        let mut lower = Self::zero(n, n);
        for i in 0..n {
            for j in 0..=i {
                let sum: f64 = (0..j).map(|k| lower.at(i, k) * lower.at(j, k)).sum();
                let rest = self.at(i, j) - sum;
                if i == j {
                    if rest.is_nan() || rest <= 0.0 {
                        return None;
                    }
                    lower.set(i, i, rest.sqrt());
                } else {
                    lower.set(i, j, rest / lower.at(j, j));
                }
            }
        }
        Some(lower)
    }

    /// The x of `self · x = b` of a lower triangle.
    pub fn forward(&self, b: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = Vec::with_capacity(b.len());
        for (i, right) in b.iter().enumerate() {
            let sum: f64 = (0..i).map(|k| self.at(i, k) * x[k]).sum();
            x.push((right - sum) / self.at(i, i));
        }
        x
    }
}

/// The coefficients of a least-squares regression of `y` on the columns of `x` (given by row), with weights. `None` where
/// they are not determined.
pub fn least_squares(x: &[Vec<f64>], y: &[f64], weights: Option<&[f64]>) -> Option<Vec<f64>> {
    let columns = x.first()?.len();
    let weight = |row: usize| weights.map_or(1.0, |weights| weights[row]);
    let mut a = Matrix::zero(columns, columns);
    let mut b = Matrix::zero(columns, 1);
    for (row, (own, value)) in x.iter().zip(y).enumerate() {
        for i in 0..columns {
            let scaled = weight(row) * own[i];
            b.set(i, 0, b.at(i, 0) + scaled * value);
            for (j, other) in own.iter().enumerate().take(i + 1) {
                a.set(i, j, a.at(i, j) + scaled * other);
            }
        }
    }
    for i in 0..columns {
        for j in 0..i {
            a.set(j, i, a.at(i, j));
        }
    }
    let solved = a.solve(&b)?;
    Some((0..columns).map(|i| solved.at(i, 0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_and_a_triangle_give_back_the_matrix() {
        let a = Matrix::by(3, 3, |i, j| if i == j { 4.0 + i as f64 } else { 1.0 / (1.0 + (i + j) as f64) });
        let one = a.times(&a.inverse().unwrap());
        assert!(one.plus(-1.0, &Matrix::identity(3)).largest() < 1e-14);
        let lower = a.cholesky().unwrap();
        assert!(lower.times(&lower.transposed()).plus(-1.0, &a).largest() < 1e-14);
        let x = lower.forward(&[1.0, 2.0, 3.0]);
        let back = lower.apply(&x);
        assert!(back.iter().zip([1.0, 2.0, 3.0]).all(|(a, b)| (a - b).abs() < 1e-14));
    }

    #[test]
    fn what_is_singular_has_no_inverse_and_what_is_not_definite_no_triangle() {
        let a = Matrix::by(2, 2, |i, j| (i + j + 1) as f64 * if i == 1 { 0.0 } else { 1.0 });
        assert_eq!(a.inverse(), None);
        assert_eq!(Matrix::by(2, 2, |i, j| if i == j { 1.0 } else { 2.0 }).cholesky(), None);
        assert_eq!(Matrix::by(1, 1, |_, _| f64::NAN).inverse(), None);
    }

    #[test]
    fn a_regression_finds_the_line_through_its_points() {
        let x: Vec<Vec<f64>> = (0..9).map(|k| vec![1.0, f64::from(k)]).collect();
        let y: Vec<f64> = (0..9).map(|k| 2.0 - 0.5 * f64::from(k)).collect();
        let found = least_squares(&x, &y, None).unwrap();
        assert!((found[0] - 2.0).abs() < 1e-12 && (found[1] + 0.5).abs() < 1e-12);
        assert_eq!(least_squares(&vec![vec![1.0, 2.0]; 5], &[1.0; 5], None), None);
    }
}
