//! The standard normal distribution.

mod score;

pub use score::{score, score_column};

use super::elementary::{exp, ln, ln_of_normal, polynomial, product};

/// The 97.5 % point of the standard normal distribution: two sides of 95 %.
pub const POINT_97_5: f64 = 1.959963984540054;

/// Numerator of `z / (1 - 2u)` as a function of `w = -ln(4 u (1 - u))`, rising powers. Numerator and
/// [`QUANTILE_BELOW`] are a minimax fit made for this file (Lawson's weights, 70 digits, 0 ≤ z ≤ 8.45): relative
/// error 2.7e-15. All coefficients are positive, so nothing cancels.
const QUANTILE_ABOVE: [f64; 14] = [
    1.253314137315498,
    0.47540358499127117,
    0.1312151603169879,
    0.025788702024894944,
    0.0038811867903252965,
    0.00046214506964330557,
    4.3738852176129054e-05,
    3.294265459611281e-06,
    1.9897526410073471e-07,
    9.704902148023056e-09,
    3.364685599242459e-10,
    8.981041436629925e-12,
    5.4172067717879653e-14,
    3.073084140141054e-17,
];
const QUANTILE_BELOW: [f64; 13] = [
    1.0,
    0.1175177928155321,
    0.060896427398851274,
    0.005737143586219569,
    0.001255280575392846,
    9.017849521539102e-05,
    1.0386023936225525e-05,
    5.423108687187643e-07,
    3.627318196889396e-08,
    1.2514450605876959e-09,
    4.5376504735604423e-11,
    6.189025405804861e-13,
    1.3755469024334937e-15,
];

/// `sf(z) exp(z² / 2)`, which is Mills' ratio over √(2π), for 0 ≤ z ≤ 39 as a quotient of polynomials in z,
/// rising powers: a minimax fit made for this file, relative error 1.2e-16.
const MILLS_ABOVE: [f64; 10] = [
    0.5,
    0.774922174161357,
    0.594112906132396,
    0.28937800984761936,
    0.09771865190745997,
    0.02362795644727875,
    0.0040903973657210714,
    0.0004905580932184915,
    3.726508169600081e-05,
    1.3860697996481585e-06,
];
const MILLS_BELOW: [f64; 11] = [
    1.0,
    2.3477289091255704,
    2.561442461806935,
    1.714588479056934,
    0.7821652983538524,
    0.25501061044906703,
    0.06044920218865422,
    0.010346515387721064,
    0.0012331211487585892,
    9.340970743351516e-05,
    3.474361750420401e-06,
];
/// ln √(2π).
pub(super) const LN_ROOT_TWO_PI: f64 = 0.9189385332046728;
const ROOT_TWO_PI: f64 = 2.5066282746310002;
/// Below this the fit of the quantile ends; no uniform draw lies there.
const SMALLEST_DRAW: f64 = f64::EPSILON / 2.0;

/// The normal score whose probability is `u`: the inverse of [`cdf`].
///
/// Relative error below 1e-14 for every `u` in (0, 1), and `quantile(1 - u) == -quantile(u)` wherever `1 - u` is
/// exact, as it is for uniform draws. Minus infinity at 0, infinity at 1, NaN outside [0, 1].
#[inline(always)]
pub fn quantile(u: f64) -> f64 {
    if (SMALLEST_DRAW..=1.0 - SMALLEST_DRAW).contains(&u) {
        let w = -ln_of_normal(4.0 * (u * (1.0 - u)));
        2.0 * (u - 0.5) * polynomial(&QUANTILE_ABOVE, w) / polynomial(&QUANTILE_BELOW, w)
    } else {
        quantile_far_out(u)
    }
}

/// The score that has probability `p` below it and `q = 1 - p` above it: as accurate where `q` is small as
/// where `p` is.
#[inline]
pub fn quantile_of_tails(p: f64, q: f64) -> f64 {
    if p <= q { quantile(p) } else { -quantile(q) }
}

#[cold]
fn quantile_far_out(u: f64) -> f64 {
    if u == 0.0 {
        f64::NEG_INFINITY
    } else if u == 1.0 {
        f64::INFINITY
    } else if u > 0.0 && u < 0.5 {
        // Newton's method on ln sf(z) = ln u from the asymptotic sf(z) ≈ density(z) / z.
        let target = ln(u);
        let guess = -2.0 * (target + LN_ROOT_TWO_PI);
        let mut z = (guess - ln(guess)).sqrt();
        for _ in 0..4 {
            let mills = mills(z);
            z += (ln(mills) - 0.5 * z * z - target) * mills * ROOT_TWO_PI;
        }
        -z
    } else {
        f64::NAN
    }
}

/// The probability that a standard normal lies below `z`.
///
/// Relative error below 2e-15 in both tails, out to where the result is subnormal (z = -37.5).
#[inline(always)]
pub fn cdf(z: f64) -> f64 {
    let tail = upper_tail(z.abs());
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// The probability that a standard normal lies above `z`: `cdf(-z)`, with the same accuracy.
#[inline(always)]
pub fn sf(z: f64) -> f64 {
    cdf(-z)
}

/// `exp(-z² / 2) / √(2π)`, relative error below 1e-15 where it is not subnormal.
#[inline(always)]
pub fn density(z: f64) -> f64 {
    bell(z) / ROOT_TWO_PI
}

/// `exp(-z² / 2)`.
#[inline(always)]
fn bell(z: f64) -> f64 {
    // z² in two parts: rounded, it would cost z² / 4 units of the last place. Beyond 40 all is 0.
    let size = if z.abs() > 40.0 { 40.0 } else { z };
    let (square, rest) = product(size, size);
    exp(-0.5 * square) * (1.0 - 0.5 * rest)
}

#[inline(always)]
fn upper_tail(z: f64) -> f64 {
    mills(if z > 40.0 { 40.0 } else { z }) * bell(z)
}

#[inline(always)]
fn mills(z: f64) -> f64 {
    polynomial(&MILLS_ABOVE, z) / polynomial(&MILLS_BELOW, z)
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, Normal};

    use super::*;
    use crate::num::draw::{BLOCK, uniform_column};

    /// `(z, cdf(z))` from a computation with 40 digits.
    const PUBLISHED: [(f64, f64); 12] = [
        (-0.5, 0.3085375387259869),
        (-1.0, 0.15865525393145705),
        (-2.25, 0.012224472655044703),
        (-5.0, 2.8665157187919391e-7),
        (-8.3, 5.205569744890254e-17),
        (-13.1, 1.6462883069508741e-39),
        (-20.0, 2.7536241186062337e-89),
        (-30.7, 2.8458302208738192e-207),
        (-37.0, 5.7255712225245768e-300),
        (0.3, 0.61791142218895263),
        (1.96, 0.97500210485177956),
        (4.5, 0.99999660232687527),
    ];

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (u, z) in [
            (0.975, 1.959963984540054),
            (0.95, 1.6448536269514722),
            (0.75, 0.6744897501960817),
            (0.999, 3.090232306167813),
            (1e-10, -6.361340902404056),
            (1e-15, -7.9413453261709968),
            (1e-20, -9.2623400897984076),
            (1e-100, -21.273453560965324),
            (1e-300, -37.047096299361199),
        ] {
            assert!((quantile(u) / z - 1.0).abs() < 1e-14, "{u}: {} {z}", quantile(u));
        }
    }

    #[test]
    fn probabilities_are_those_of_the_tables() {
        for (z, p) in PUBLISHED {
            assert!((cdf(z) / p - 1.0).abs() < 2e-15, "{z}: {} {p}", cdf(z));
            assert_eq!(sf(-z), cdf(z));
        }
    }

    #[test]
    fn the_quantile_inverts_the_probability() {
        for i in 0..200_000 {
            let z = -f64::from(i) * 1e-4 * 3.7;
            if z > -37.0 {
                let back = quantile(cdf(z));
                assert!((back - z).abs() <= 1e-14 * (1.0 + z.abs()), "{z}: {back}");
            }
        }
    }

    #[test]
    fn the_quantile_is_exactly_antisymmetric_and_rises_over_uniform_draws() {
        let mut u = [0.0; BLOCK];
        for block in 0..400 {
            uniform_column(1, 2, block, 0, &mut u);
            for &u in &u {
                assert_eq!(quantile(1.0 - u), -quantile(u));
            }
            u.sort_by(f64::total_cmp);
            assert!(u.windows(2).all(|pair| quantile(pair[0]) <= quantile(pair[1])));
        }
        assert_eq!(quantile(0.5), 0.0);
        assert_eq!(quantile(SMALLEST_DRAW), -quantile(1.0 - SMALLEST_DRAW));
        assert!((quantile(SMALLEST_DRAW) + 8.209536151601387).abs() < 1e-13);
    }

    #[test]
    fn quantiles_and_probabilities_agree_with_statrs() {
        let reference = Normal::new(0.0, 1.0).unwrap();
        for i in 1..2000 {
            let u = f64::from(i) / 2000.0;
            assert!((quantile(u) - reference.inverse_cdf(u)).abs() < 1e-9);
            let z = (u - 0.5) * 16.0;
            assert!((cdf(z) - reference.cdf(z)).abs() < 1e-10);
        }
    }

    #[test]
    fn outside_its_range_the_quantile_is_infinite_or_unknown() {
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
        assert!([-0.1, 1.1, f64::NAN].iter().all(|&u| quantile(u).is_nan()));
        assert_eq!((cdf(f64::NEG_INFINITY), cdf(f64::INFINITY)), (0.0, 1.0));
        assert_eq!((cdf(-45.0), cdf(45.0), cdf(0.0)), (0.0, 1.0, 0.5));
        assert!(cdf(f64::NAN).is_nan());
    }
}
