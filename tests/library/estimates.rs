//! The linear algebra behind estimates, on small systems that can be solved by hand.

use plancast::analysis::estimate::linear::Matrix;

fn matrix<const N: usize>(rows: [[f64; N]; N]) -> Matrix {
    Matrix::by(N, N, |i, j| rows[i][j])
}

/// In each column the largest value stands below the diagonal.
#[test]
fn a_system_with_zeros_on_its_diagonal_is_solved() {
    let a = matrix([[0.0, 1.0, 0.0], [0.0, 0.0, 2.0], [3.0, 0.0, 0.0]]);
    let right = Matrix::by(3, 1, |row, _| [5.0, 8.0, 9.0][row]);
    let found = a.solve(&right).unwrap();
    assert_eq!([0, 1, 2].map(|row| found.at(row, 0)), [3.0, 5.0, 4.0]);
}

/// x + y = 2 and 1e-20 x + y = 1, whose solution is (1, 1): divided by the small number it would be (0, 1).
#[test]
fn a_small_number_on_the_diagonal_is_not_divided_by() {
    let a = matrix([[1e-20, 1.0], [1.0, 1.0]]);
    let found = a.solve(&Matrix::by(2, 1, |row, _| [1.0, 2.0][row])).unwrap();
    assert_eq!([found.at(0, 0), found.at(1, 0)], [1.0, 1.0]);
    assert_eq!(matrix([[0.0, 1.0], [0.0, 2.0]]).inverse(), None);
}
