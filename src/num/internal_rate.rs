//! The internal rate of return of a row of payments: the rate at which their present value is 0.
//!
//! With v = 1 / (1 + rate) the present value is a polynomial in v, and every v above 0 is a rate above −1. Its roots are
//! counted, not guessed: by Descartes' rule of signs (one change of sign: exactly one root), and where signs change more
//! often by that rule on Bernstein coefficients of halved intervals (Vincent, Collins and Akritas 1976; Lane and
//! Riesenfeld 1981), which tells one root from several. Sums, products and quotients only: the same bits everywhere.

/// How often an interval is halved until several roots that cannot be told apart count as several.
const MOST_HALVINGS: u32 = 48;

/// The only rate above −1 at which the present value of payments, one a period, is 0. NaN where there is none, where there
/// are several, and where a payment is not finite.
pub fn internal_rate(payments: &[f64]) -> f64 {
    if payments.iter().any(|x| !x.is_finite()) {
        return f64::NAN;
    }
    // Payments of 0 before the first and after the last change no root.
    let is_paid = |x: &f64| *x != 0.0;
    let (Some(first), Some(last)) = (payments.iter().position(is_paid), payments.iter().rposition(is_paid))
    else {
        return f64::NAN;
    };
    // In units of the largest, so that no sum is infinite.
    let largest = payments.iter().fold(0.0, |largest: f64, x| super::max(largest, x.abs()));
    let scaled: Vec<f64> = payments[first..=last].iter().map(|x| x / largest).collect();
    let reversed: Vec<f64> = scaled.iter().rev().copied().collect();
    match changes(&scaled) {
        0 => f64::NAN,
        1 => only_root(&scaled, &reversed),
        _ => {
            let sum = at(&scaled, 1.0);
            // Rates above 0 have v below 1, those below 0 have 1 / v below 1.
            let parts = [roots(&scaled), roots(&reversed)];
            match (parts, sum == 0.0) {
                ([0, 0], true) => 0.0,
                ([1, 0] | [0, 1], false) => only_root(&scaled, &reversed),
                _ => f64::NAN,
            }
        }
    }
}

/// How often the sign changes along a row of numbers; zeros do not count.
fn changes(row: &[f64]) -> usize {
    let signs: Vec<bool> = row.iter().filter(|x| **x != 0.0).map(|x| *x > 0.0).collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// The value of a polynomial with coefficients of rising powers.
fn at(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// The rate where there is one root: in v, or in 1 / v where v is above 1.
fn only_root(scaled: &[f64], reversed: &[f64]) -> f64 {
    let sum = at(scaled, 1.0);
    if sum == 0.0 {
        return 0.0;
    }
    if (sum > 0.0) == (scaled[0] > 0.0) {
        // No change of sign from v = 0 to 1.
        root(reversed) - 1.0
    } else {
        1.0 / root(scaled) - 1.0
    }
}

/// The root of a polynomial between 0 and 1, of which it has one there: by Newton's steps, and halving where they leave
/// the interval or do not shorten it enough.
fn root(coefficients: &[f64]) -> f64 {
    let rises = at(coefficients, 1.0) > 0.0;
    let (mut low, mut high, mut x) = (0.0, 1.0, 0.5);
    for step in 0..200 {
        let (mut value, mut slope) = (0.0, 0.0);
        for coefficient in coefficients.iter().rev() {
            slope = slope * x + value;
            value = value * x + coefficient;
        }
        if value == 0.0 {
            return x;
        }
        if (value > 0.0) == rises {
            high = x;
        } else {
            low = x;
        }
        let newton = x - value / slope;
        // Every third step halves, so that the interval shrinks whatever the slope is.
        let next = if newton > low && newton < high && step % 3 != 2 { newton } else { 0.5 * (low + high) };
        if next == x || next <= low || next >= high {
            return next;
        }
        x = next;
    }
    x
}

/// How many roots a polynomial has between 0 and 1, both left out: 0, 1, or 2 for several, or for some that cannot be told
/// apart.
fn roots(coefficients: &[f64]) -> usize {
    let mut found = 0;
    let mut open = vec![(bernstein(coefficients), 0)];
    while let Some((row, halvings)) = open.pop() {
        match changes(&row) {
            0 => {}
            1 => found += 1,
            _ if halvings == MOST_HALVINGS => return 2,
            _ => {
                let (left, right) = halved(&row);
                // A root just at the middle shows in neither half.
                found += usize::from(right[0] == 0.0);
                open.extend([(left, halvings + 1), (right, halvings + 1)]);
            }
        }
        if found > 1 {
            return 2;
        }
    }
    found
}

/// The Bernstein coefficients of a polynomial on 0 to 1: `b_i = Σ_{k ≤ i} C(i, k) / C(n, k) a_k`.
fn bernstein(coefficients: &[f64]) -> Vec<f64> {
    let degree = coefficients.len() - 1;
    // By differences: the k-th differences at 0 are a_k / C(n, k).
    let mut choices = 1.0;
    let mut row: Vec<f64> = Vec::with_capacity(degree + 1);
    for (k, coefficient) in coefficients.iter().enumerate() {
        row.push(coefficient / choices);
        choices *= (degree - k) as f64 / (k + 1) as f64;
    }
    for level in 1..=degree {
        for k in (level..=degree).rev() {
            row[k] += row[k - 1];
        }
    }
    row
}

/// The coefficients on the lower and the upper half (P. de Casteljau).
fn halved(row: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut row = row.to_vec();
    let mut left = Vec::with_capacity(row.len());
    let mut right = Vec::with_capacity(row.len());
    while let (Some(first), Some(last)) = (row.first().copied(), row.last().copied()) {
        left.push(first);
        right.push(last);
        row = row.windows(2).map(|pair| 0.5 * (pair[0] + pair[1])).collect();
    }
    right.reverse();
    (left, right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The examples of the documentation of Excel's IRR, which it prints to a tenth of a per cent; more digits by the roots
    /// of the polynomials to 30 digits (mpmath).
    #[test]
    fn rates_are_those_of_published_examples() {
        let payments = [-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0];
        for (years, rate) in
            [(2, -0.44350694133474065), (4, -0.021244848273410928), (5, 0.086630948036531525)]
        {
            let found = internal_rate(&payments[..=years]);
            assert!((found - rate).abs() < 1e-14, "{years}: {found}");
        }
        assert!((internal_rate(&[-100.0, 110.0]) - 0.1).abs() < 1e-15);
        // A bond at par yields its coupon.
        assert!((internal_rate(&[-1000.0, 50.0, 50.0, 1050.0]) - 0.05).abs() < 1e-14);
        assert_eq!(internal_rate(&[-30.0, 10.0, 10.0, 10.0]), 0.0);
    }

    #[test]
    fn where_there_is_no_rate_none_is_made_up() {
        for payments in [
            &[][..],
            &[0.0, 0.0],
            &[5.0],
            &[10.0, 20.0],
            &[-10.0, -20.0],
            // 1000 − 3000 v + 2500 v² has no root.
            &[1000.0, -3000.0, 2500.0],
            &[-1.0, f64::NAN],
            &[-1.0, f64::INFINITY],
        ] {
            assert!(internal_rate(payments).is_nan(), "{payments:?}");
        }
    }

    /// The oil pump of Lorie and Savage (1955): 25 % and 400 % a year.
    #[test]
    fn where_there_are_several_none_of_them_is_taken() {
        assert!(internal_rate(&[-1600.0, 10_000.0, -10_000.0]).is_nan());
        // (1 − 1.1 v)(1 − 1.2 v)(1 − 1.3 v) and a rate of 0 beside one of 10 %.
        assert!(internal_rate(&[1.0, -3.6, 4.31, -1.716]).is_nan());
        assert!(internal_rate(&[1.0, -2.1, 1.1]).is_nan());
        // A double root: (1 − 1.25 v)².
        assert!(internal_rate(&[1.0, -2.5, 1.5625]).is_nan());
    }

    #[test]
    fn one_rate_is_found_where_signs_change_often() {
        // (1 − 1.1 v)(1 − v + v²): the second factor has no real root.
        assert!((internal_rate(&[1.0, -2.1, 2.1, -1.1]) - 0.1).abs() < 1e-14);
        // (1 − 0.5 v)(1 − v + v²): a rate of −50 %.
        assert!((internal_rate(&[1.0, -1.5, 1.5, -0.5]) + 0.5).abs() < 1e-14);
        // (1 − v)(4 − 3 v + 4 v²)
        assert_eq!(internal_rate(&[4.0, -7.0, 7.0, -4.0]), 0.0);
    }

    #[test]
    fn neither_size_nor_sign_nor_waiting_changes_a_rate() {
        let payments = [-3.0, 1.0, 1.5, 2.0];
        let rate = internal_rate(&payments);
        let times = |by: f64| payments.map(|x| by * x);
        for by in [-1.0, 1e-300, 1e300, -7.5] {
            assert!((internal_rate(&times(by)) - rate).abs() < 1e-14);
        }
        assert_eq!(internal_rate(&[0.0, 0.0, -3.0, 1.0, 1.5, 2.0, 0.0]), rate);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: crate::num::cases(500), failure_persistence: None, ..ProptestConfig::default() })]

        /// An investment with returns from a given rate: the only root is that rate.
        #[test]
        fn the_rate_that_payments_were_made_from_is_found_again(
            rate in -0.6..1.5_f64, returns in prop::collection::vec(0.0..10.0_f64, 1..40),
        ) {
            prop_assume!(returns.iter().sum::<f64>() > 0.1);
            let mut factor = 1.0;
            let worth: f64 = returns.iter().map(|x| { factor /= 1.0 + rate; x * factor }).sum();
            let payments: Vec<f64> = std::iter::once(-worth).chain(returns).collect();
            let found = internal_rate(&payments);
            prop_assert!((found - rate).abs() < 1e-10 * (1.0 + rate), "{} {}", found, rate);
        }

        /// As many roots as were put in: the product of (1 − (1 + r) v) over three rates has these.
        #[test]
        fn roots_that_lie_apart_are_told_apart(a in 0.01..0.3_f64, b in 0.4..0.9_f64, c in 1.1..3.0_f64) {
            let mut row = vec![1.0];
            for rate in [a, b, c] {
                let mut next = vec![0.0; row.len() + 1];
                for (k, x) in row.iter().enumerate() {
                    next[k] += x;
                    next[k + 1] -= (1.0 + rate) * x;
                }
                row = next;
            }
            prop_assert_eq!(roots(&row), 2);
            prop_assert!(internal_rate(&row).is_nan());
        }
    }
}
