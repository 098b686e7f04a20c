//! The largest value of a smooth function: of one number on an interval, or of several.

use super::linear::Matrix;

/// The golden section.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// Where a function of one number is largest between `low` and `high`: the best of `steps` points, and then golden sections
/// around it.
pub fn on_interval(low: f64, high: f64, steps: usize, f: impl Fn(f64) -> f64) -> f64 {
    let at = |k: usize| low + (high - low) * k as f64 / steps as f64;
    let value = |k: usize| {
        let found = f(at(k));
        if found.is_nan() { f64::NEG_INFINITY } else { found }
    };
    let best = (0..=steps).fold((0, f64::NEG_INFINITY), |best, k| {
        let found = value(k);
        if found > best.1 { (k, found) } else { best }
    });
    let (mut a, mut b) = (at(best.0.saturating_sub(1)), at((best.0 + 1).min(steps)));
    let (mut x, mut y) = (b - GOLDEN * (b - a), a + GOLDEN * (b - a));
    let (mut fx, mut fy) = (f(x), f(y));
    for _ in 0..80 {
        if fx > fy {
            (b, y, fy) = (y, x, fx);
            x = b - GOLDEN * (b - a);
            fx = f(x);
        } else {
            (a, x, fx) = (x, y, fy);
            y = a + GOLDEN * (b - a);
            fy = f(y);
        }
    }
    f64::midpoint(a, b)
}

/// How many steps are taken at most.
const MOST_STEPS: usize = 300;

/// Where a function of several numbers is largest, from a start: steps along the approximate Newton direction (BFGS), with
/// derivatives by central differences, each as long as it rises. A value that is no number is no place to go.
pub fn from(start: &[f64], f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let n = start.len();
    let (mut x, mut value) = (start.to_vec(), f(start));
    let mut slope = gradient(&x, &f);
    let mut curvature = Matrix::identity(n);
    for _ in 0..MOST_STEPS {
        let direction = curvature.apply(&slope);
        let rise: f64 = direction.iter().zip(&slope).map(|(d, s)| d * s).sum();
        let Some((next, higher)) = step(&x, value, &direction, rise, &f) else {
            // A curvature that leads nowhere is forgotten once.
            if curvature == Matrix::identity(n) {
                break;
            }
            curvature = Matrix::identity(n);
            continue;
        };
        let fresh = gradient(&next, &f);
        let moved: Vec<f64> = next.iter().zip(&x).map(|(a, b)| a - b).collect();
        let bent: Vec<f64> = fresh.iter().zip(&slope).map(|(a, b)| b - a).collect();
        let gained = higher - value;
        curvature = updated(&curvature, &moved, &bent);
        (x, value, slope) = (next, higher, fresh);
        if gained.abs() < 1e-12 * (1.0 + value.abs()) {
            break;
        }
    }
    x
}

fn step(
    x: &[f64],
    value: f64,
    direction: &[f64],
    rise: f64,
    f: &impl Fn(&[f64]) -> f64,
) -> Option<(Vec<f64>, f64)> {
    let mut length = 1.0;
    for _ in 0..50 {
        let next: Vec<f64> = x.iter().zip(direction).map(|(x, d)| x + length * d).collect();
        let found = f(&next);
        if found > value + 1e-4 * length * rise || (found > value && length < 1e-6) {
            return Some((next, found));
        }
        length *= 0.5;
    }
    None
}

fn gradient(x: &[f64], f: &impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let one = |k: usize| {
        let width = 1e-5 * (1.0 + x[k].abs());
        let at = |by: f64| {
            let mut moved = x.to_vec();
            moved[k] += by;
            f(&moved)
        };
        (at(width) - at(-width)) / (2.0 * width)
    };
    (0..x.len()).map(one).collect()
}

/// The inverse curvature after a step (Broyden, Fletcher, Goldfarb and Shanno, 1970).
fn updated(inverse: &Matrix, moved: &[f64], bent: &[f64]) -> Matrix {
    let n = moved.len();
    let along: f64 = moved.iter().zip(bent).map(|(a, b)| a * b).sum();
    if along.is_nan() || along <= 1e-300 {
        return inverse.clone();
    }
    let left = Matrix::by(n, n, |i, j| f64::from(u8::from(i == j)) - moved[i] * bent[j] / along);
    let outer = Matrix::by(n, n, |i, j| moved[i] * moved[j] / along);
    left.times(inverse).times(&left.transposed()).plus(1.0, &outer)
}

/// The covariance of estimates: the inverse of minus the second derivatives of the log-likelihood where it is largest, by
/// differences of so many parts of each number's own scale. `None` where it is not curved downwards.
pub fn covariance(at: &[f64], scales: &[f64], f: impl Fn(&[f64]) -> f64) -> Option<Matrix> {
    let n = at.len();
    let width = |k: usize| 1e-3 * scales[k];
    let moved = |shifts: &[(usize, f64)]| {
        let mut x = at.to_vec();
        shifts.iter().for_each(|(k, by)| x[*k] += by * width(*k));
        f(&x)
    };
    let center = f(at);
    let mut information = Matrix::zero(n, n);
    for i in 0..n {
        let second = (moved(&[(i, 1.0)]) - 2.0 * center + moved(&[(i, -1.0)])) / (width(i) * width(i));
        information.set(i, i, -second);
        for j in 0..i {
            let cross =
                moved(&[(i, 1.0), (j, 1.0)]) - moved(&[(i, 1.0), (j, -1.0)]) - moved(&[(i, -1.0), (j, 1.0)])
                    + moved(&[(i, -1.0), (j, -1.0)]);
            let value = -cross / (4.0 * width(i) * width(j));
            information.set(i, j, value);
            information.set(j, i, value);
        }
    }
    information.cholesky()?;
    information.inverse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_hill_is_found_inside_and_at_an_end() {
        assert!((on_interval(-1.0, 1.0, 50, |x| -(x - 0.3) * (x - 0.3)) - 0.3).abs() < 1e-7);
        assert!((on_interval(0.0, 1.0, 50, |x| x) - 1.0).abs() < 1e-12);
        assert!((on_interval(0.0, 1.0, 50, |x| if x < 0.5 { f64::NAN } else { -x }) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_curved_ridge_is_climbed_to_its_top() {
        // Rosenbrock's function, whose top is at (1, 1).
        let ridge = |x: &[f64]| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            -(a * a + 100.0 * b * b)
        };
        let top = from(&[-1.2, 1.0], ridge);
        assert!((top[0] - 1.0).abs() < 1e-4 && (top[1] - 1.0).abs() < 1e-4, "{top:?}");
    }

    #[test]
    fn the_covariance_of_a_normal_is_that_of_its_logarithm() {
        // The density of two normals with variances 4 and 1 and covariance 1: the inverse has 1/3, -1/3, 4/3.
        let log = |x: &[f64]| -0.5 * (x[0] * x[0] / 3.0 - 2.0 / 3.0 * x[0] * x[1] + 4.0 / 3.0 * x[1] * x[1]);
        let found = covariance(&[0.0, 0.0], &[2.0, 1.0], log).unwrap();
        for (i, j, value) in [(0, 0, 4.0), (1, 1, 1.0), (0, 1, 1.0)] {
            assert!((found.at(i, j) - value).abs() < 1e-6);
        }
        assert_eq!(covariance(&[0.0], &[1.0], |x| x[0] * x[0]), None);
    }
}
