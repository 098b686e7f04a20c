//! The standard normal distribution.

use super::draw::Column;
use super::elementary::{exp, ln, ln_of_normal, polynomial, product};
use super::wide::{ENTRIES, Function, Kernel, Vector, launch, map};

/// Numerator of `z / (1 - 2u)` as a function of `w = -ln(4 u (1 - u))`, rising powers. Numerator and
/// [`QUANTILE_BELOW`] are a minimax fit made for this file (Lawson's weights, 70 digits, 0 ≤ z ≤ 8.45): relative
/// error 2.4e-15. All coefficients are positive, so nothing cancels.
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
/// rising powers: a minimax fit made for this file, relative error 5.5e-17.
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

/// The normal score of a uniform draw, an odd multiple of `2^-53`: [`quantile`] with a relative error below 4e-10, at a
/// third of the time.
#[inline(always)]
pub fn score(u: f64) -> f64 {
    if is_far_out(u) { quantile(u) } else { Score.at(u) }
}

/// [`score`] over a column.
pub fn score_column(u: &Column, out: &mut Column) {
    map(Score, u, out);
    if launch(AnyFarOut(u)) {
        // One draw of 65 thousand.
        for (out, &u) in out.iter_mut().zip(u).filter(|(_, u)| is_far_out(**u)) {
            *out = quantile(u);
        }
    }
}

/// Where [`PIECES`] end.
const FAR_OUT: f64 = 1.0 / 131072.0;

#[inline(always)]
fn is_far_out(u: f64) -> bool {
    (u < FAR_OUT) | (1.0 - u < FAR_OUT)
}

struct AnyFarOut<'a>(&'a Column);

impl Kernel for AnyFarOut<'_> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let mut any = false;
        for &u in self.0 {
            any |= is_far_out(u);
        }
        any
    }
}

/// The score of `u` that is not far out. With `p` the nearer of `u` and `1 - u` to its end, `z / (u - 1/2)` is a polynomial
/// in the significand of `p`, one for each exponent.
#[derive(Clone, Copy)]
struct Score;

impl Function for Score {
    #[inline(always)]
    fn at<V: Vector>(self, u: V) -> V {
        let p = u.at_most(V::splat(1.0) - u);
        let (exponent, x) = (p.exponent(), p.significand());
        let mut ratio = exponent.entry(&PIECES[PIECES.len() - 1]);
        for coefficients in PIECES.iter().rev().skip(1) {
            ratio = ratio * x + exponent.entry(coefficients);
        }
        (u - V::splat(0.5)) * ratio
    }
}

/// Coefficients of rising powers, each for exponents of `p` from -17 to -2 by their lowest four bits. In each octave the
/// polynomial meets `z / (u - 1/2)` at the Chebyshev-Lobatto nodes (computed with 50 digits): the ends are among them, so
/// scores are continuous.
#[rustfmt::skip]
const PIECES: [[f64; ENTRIES]; 11] = [
    [
        9.178815793302634,
        8.886030640005526,
        8.584243118537213,
        8.272610283722237,
        7.950157550652142,
        7.615752453493447,
        7.268074783433575,
        6.905586270449771,
        6.526509100475802,
        6.128836520460386,
        5.710428706325223,
        5.269305295549685,
        4.804338544213486,
        4.316751833775402,
        9.740220553815206,
        9.463331870085835,
    ],
    [
        -3.0814873737035233,
        -3.1828049822369695,
        -3.294106531694084,
        -3.41685051246198,
        -3.552625612292516,
        -3.7030157949176687,
        -3.869292701472384,
        -4.0517927899325725,
        -4.248753559678116,
        -4.454293596431097,
        -4.6551986366977625,
        -4.826411769900854,
        -4.925951386713675,
        -4.892475343270062,
        -2.9038528455784705,
        -2.9888711909206767,
    ],
    [
        4.749405131794279,
        4.89769792454838,
        5.06009372007864,
        5.238811637238314,
        5.436496066035969,
        5.656247140269824,
        5.901560052744073,
        6.176032708788427,
        6.482548629342612,
        6.821379397917713,
        7.1863159287466525,
        7.557894895151937,
        7.894304591083993,
        8.129649713388915,
        4.488021991908722,
        4.613362531750366,
    ],
    [
        -5.8444615033059435,
        -6.024131973645328,
        -6.220629501039958,
        -6.4365805460859775,
        -6.675131632430154,
        -6.940016154598881,
        -7.235551337967895,
        -7.566436152526045,
        -7.937060586620721,
        -8.349720688217364,
        -8.800604905326281,
        -9.271847604923673,
        -9.718306464232075,
        -10.057245295381632,
        -5.527205708080182,
        -5.679429129284884,
    ],
    [
        5.295351169921692,
        5.4569402930640365,
        5.633552619093134,
        5.827521319436207,
        6.041644972296801,
        6.279255032631804,
        6.544232593239663,
        6.840872916846772,
        7.173365922603532,
        7.544395251466148,
        7.9518853355885115,
        8.382332495140153,
        8.799284813657808,
        9.137636818979258,
        5.0097845706002095,
        5.146841024730666,
    ],
    [
        -3.4916384333734496,
        -3.5977273231183244,
        -3.713637530614364,
        -3.840889615792688,
        -3.981308316940272,
        -4.1370689737816395,
        -4.310714464065931,
        -4.505080829079847,
        -4.722989277957008,
        -4.966395911786123,
        -5.234385535589242,
        -5.518982578128545,
        -5.7977003169710315,
        -6.0311764997085895,
        -3.3040636892676654,
        -3.3941037436737846,
    ],
    [
        1.6559197867319708,
        1.706090798258059,
        1.7608935727080464,
        1.8210437179218502,
        1.887400197976642,
        1.960987840220555,
        2.0430069442279013,
        2.134802109034005,
        2.2377258067745744,
        2.3527560621272188,
        2.479585854450905,
        2.6147020607717577,
        2.747917881780729,
        2.8624826397432552,
        1.5671851659678526,
        1.6097841714007477,
    ],
    [
        -0.5505936534530762,
        -0.5672424190336438,
        -0.5854251982815616,
        -0.6053786449084572,
        -0.6273868597766464,
        -0.6517889743892634,
        -0.6789826803761165,
        -0.7094147479837106,
        -0.7435377636882564,
        -0.7816876179807282,
        -0.8237898927950937,
        -0.8687363311517051,
        -0.9132480206949091,
        -0.9523832574718945,
        -0.5211414851617274,
        -0.5352816703512712,
    ],
    [
        0.12190520337105257,
        0.125585942992054,
        0.12960533765359908,
        0.1340155742057702,
        0.1388793079670559,
        0.14427135653884554,
        0.15027953237085898,
        0.15700268002968437,
        0.1645414243781264,
        0.17297176830639308,
        0.1822815379263883,
        0.1922347964978275,
        0.20212297309390137,
        0.21101885899528156,
        0.11539281444405347,
        0.11851962330923131,
    ],
    [
        -0.016150661066789126,
        -0.016637755870820656,
        -0.01716961758224491,
        -0.01775313890855043,
        -0.018396595692595656,
        -0.019109872708695026,
        -0.019904578901334544,
        -0.020793800652793234,
        -0.02179090804742643,
        -0.02290612809102233,
        -0.02413826874938402,
        -0.025457004198982926,
        -0.026770196830183456,
        -0.027981775660004028,
        -0.01528873044656071,
        -0.01570258816402465,
    ],
    [
        0.0009691101111400065,
        0.0009983119120521417,
        0.0010301951986935159,
        0.001065172556923548,
        0.001103739385530988,
        0.0011464875069473262,
        0.0011941123068029587,
        0.0012473985386686642,
        0.0013071501672400376,
        0.0013739880327717827,
        0.001447859952940612,
        0.001526989426792183,
        0.001605929281312312,
        0.001681307394398445,
        0.00091743151934591,
        0.000942245897818195,
    ],
];

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
    fn the_column_of_scores_has_the_bits_of_the_single_ones() {
        let (mut u, mut z) = ([0.0; BLOCK], [0.0; BLOCK]);
        uniform_column(3, 4, 5, 6, &mut u);
        score_column(&u, &mut z);
        assert!(u.iter().zip(&z).all(|(&u, z)| score(u).to_bits() == z.to_bits()));
        // Far out, beside draws that are not.
        (u[7], u[9]) = (3.0 * SMALLEST_DRAW, 1.0 - 5e-6);
        score_column(&u, &mut z);
        assert!(u.iter().zip(&z).all(|(&u, z)| score(u).to_bits() == z.to_bits()));
    }

    #[test]
    fn scores_are_quantiles_to_4e_minus_10_and_continuous() {
        let mut u = [0.0; BLOCK];
        let mut worst = 0.0;
        for block in 0..4000 {
            uniform_column(1, 2, block, 0, &mut u);
            for (i, &draw) in u.iter().enumerate() {
                // A share of the draws goes to every octave.
                let u = draw * 0.5_f64.powi(i as i32 % 22);
                worst = crate::num::max(worst, (score(u) / quantile(u) - 1.0).abs());
            }
        }
        assert!(worst < 4e-10, "{worst:e}");
        for exponent in 2..18 {
            let edge = 0.5_f64.powi(exponent);
            let (below, above) = (score(edge * (1.0 - 1e-15)), score(edge));
            assert!((below / above - 1.0).abs() < 2e-14, "{exponent}: {below} {above}");
        }
    }

    #[test]
    fn scores_rise_and_are_exactly_antisymmetric() {
        let mut u = [0.0; BLOCK];
        for block in 0..400 {
            uniform_column(1, 2, block, 0, &mut u);
            for &u in &u {
                assert_eq!(score(1.0 - u), -score(u));
            }
            u.sort_by(f64::total_cmp);
            assert!(u.windows(2).all(|pair| score(pair[0]) <= score(pair[1])));
        }
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
