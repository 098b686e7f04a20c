//! Linear equations by Gaussian elimination with the largest pivot of each column.

/// A square matrix as the product of a lower and an upper triangle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LuFactors {
    size: usize,
    /// Both triangles, row by row; the lower one has ones on its diagonal.
    cells: Vec<f64>,
    /// By column: the row that was exchanged with it.
    pivots: Vec<u32>,
}

impl LuFactors {
    /// The factors of a matrix, row by row; `None` where it is singular or not finite.
    ///
    /// # Panics
    /// When the matrix does not have `size * size` cells.
    #[must_use]
    pub fn new(size: usize, cells: Vec<f64>) -> Option<Self> {
        let mut made = Self { size, cells, pivots: Vec::with_capacity(size) };
        made.factor().then_some(made)
    }

    /// Room for the factors of matrices of a size.
    pub fn room(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size], pivots: Vec::with_capacity(size) }
    }

    /// The cells, to be filled with a matrix, row by row, before [`LuFactors::factor`].
    pub fn cells_mut(&mut self) -> &mut [f64] {
        &mut self.cells
    }

    /// Puts the factors of the matrix in its place. Whether that could be done.
    pub fn factor(&mut self) -> bool {
        let size = self.size;
        self.pivots.clear();
        for column in 0..size {
            let mut pivot = column;
            for row in column + 1..size {
                if self.cells[row * size + column].abs() > self.cells[pivot * size + column].abs() {
                    pivot = row;
                }
            }
            let largest = self.cells[pivot * size + column];
            if largest == 0.0 || !largest.is_finite() {
                return false;
            }
            self.pivots.push(pivot as u32);
            if pivot != column {
                for place in 0..size {
                    self.cells.swap(column * size + place, pivot * size + place);
                }
            }
            for row in column + 1..size {
                let factor = self.cells[row * size + column] / largest;
                self.cells[row * size + column] = factor;
                if factor != 0.0 {
                    for place in column + 1..size {
                        self.cells[row * size + place] -= factor * self.cells[column * size + place];
                    }
                }
            }
        }
        true
    }

    /// Puts the solution of the equations in the place of their right sides.
    pub fn solve(&self, x: &mut [f64]) {
        let size = self.size;
        for (column, pivot) in self.pivots.iter().enumerate() {
            x.swap(column, *pivot as usize);
        }
        for row in 1..size {
            let (known, open) = x.split_at_mut(row);
            for (cell, known) in self.cells[row * size..].iter().zip(known.iter()) {
                open[0] -= cell * known;
            }
        }
        for row in (0..size).rev() {
            let (open, known) = x.split_at_mut(row + 1);
            for (cell, known) in self.cells[row * size + row + 1..].iter().zip(known.iter()) {
                open[row] -= cell * known;
            }
            open[row] /= self.cells[row * size + row];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_with_whole_numbers_have_their_solution() {
        // 2x + y - z = 8, -3x - y + 2z = -11, -2x + y + 2z = -3: (2, 3, -1).
        let factors = LuFactors::new(3, vec![2.0, 1.0, -1.0, -3.0, -1.0, 2.0, -2.0, 1.0, 2.0]).unwrap();
        let mut x = [8.0, -11.0, -3.0];
        factors.solve(&mut x);
        for (found, right) in x.iter().zip([2.0, 3.0, -1.0]) {
            assert!((found - right).abs() < 1e-14, "{x:?}");
        }
    }

    #[test]
    fn a_zero_on_the_diagonal_is_no_hindrance() {
        let factors = LuFactors::new(2, vec![0.0, 2.0, 4.0, 0.0]).unwrap();
        let mut x = [6.0, 8.0];
        factors.solve(&mut x);
        assert_eq!(x, [2.0, 3.0]);
    }

    #[test]
    fn a_singular_matrix_has_no_factors() {
        assert_eq!(LuFactors::new(2, vec![1.0, 2.0, 2.0, 4.0]), None);
        assert_eq!(LuFactors::new(1, vec![f64::NAN]), None);
    }
}
