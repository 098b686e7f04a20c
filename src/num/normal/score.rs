//! The scores of uniform draws, fast: what most of a run's time goes to.

use super::quantile;
use crate::num::BLOCK;
use crate::num::draw::Column;
use crate::num::wide::{ColumnLoop, ENTRIES, Vector, WideWords, launch_several};

/// The normal score of a uniform draw, an odd multiple of `2^-53`: [`quantile`] with a relative error below 4e-10, at a
/// third of the time.
#[inline(always)]
pub fn score(u: f64) -> f64 {
    if is_far_out(u) { quantile(u) } else { score_and_exponent(u).0 }
}

/// [`score`] over a column.
pub fn score_column(u: &Column, out: &mut Column) {
    if launch_several(NormalScores { u, out: &mut *out }) {
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
    u.at_most(1.0 - u) < FAR_OUT
}

/// Bits of a float below its exponent.
const BELOW_EXPONENT: u32 = f64::MANTISSA_DIGITS - 1;

/// The score of `u` that is not far out, and the exponent of `p`, which is the nearer of `u` and `1 - u` to its end:
/// `z / (u - 1/2)` is a polynomial in the significand of `p`, one for each exponent.
#[inline(always)]
fn score_and_exponent<V: Vector>(u: V) -> (V, V::Words) {
    let p = u.at_most(V::splat(1.0) - u);
    let (exponent, x) = (p.bits().shifted::<BELOW_EXPONENT>(), p.significand());
    let mut ratio = V::entry(&PIECES[PIECES.len() - 1], exponent);
    for coefficients in PIECES.iter().rev().skip(1) {
        ratio = ratio * x + V::entry(coefficients, exponent);
    }
    ((u - V::splat(0.5)) * ratio, exponent)
}

/// The scores of a column as if none were far out; tells whether one is.
struct NormalScores<'a> {
    u: &'a Column,
    out: &'a mut Column,
}

impl ColumnLoop for NormalScores<'_> {
    type Output = bool;

    #[inline(always)]
    fn run<V: Vector>(self) -> bool {
        let least = V::Words::splat(FAR_OUT.to_bits() >> BELOW_EXPONENT);
        let mut below = V::Words::splat(0);
        for i in 0..BLOCK / V::LANES {
            let at = i * V::LANES;
            let (z, exponent) = score_and_exponent(V::load(self.u, at));
            z.store(self.out, at);
            below = below.or(exponent.minus(least));
        }
        below.any_negative()
    }
}

/// Coefficients of rising powers, each for exponents of `p` from -17 to -2 by their lowest four bits. In each octave the
/// polynomial meets `z / (u - 1/2)` at the Chebyshev-Lobatto nodes (computed with 50 digits): the ends are among them, so
/// scores are continuous.
#[rustfmt::skip]
const PIECES: [[f64; ENTRIES]; 11] = [
    [
        9.178815793302634, 8.886030640005526, 8.584243118537213, 8.272610283722237,
        7.950157550652142, 7.615752453493447, 7.268074783433575, 6.905586270449771,
        6.526509100475802, 6.128836520460386, 5.710428706325223, 5.269305295549685,
        4.804338544213486, 4.316751833775402, 9.740220553815206, 9.463331870085835,
    ],
    [
        -3.0814873737035233, -3.1828049822369695, -3.294106531694084, -3.41685051246198,
        -3.552625612292516, -3.7030157949176687, -3.869292701472384, -4.0517927899325725,
        -4.248753559678116, -4.454293596431097, -4.6551986366977625, -4.826411769900854,
        -4.925951386713675, -4.892475343270062, -2.9038528455784705, -2.9888711909206767,
    ],
    [
        4.749405131794279, 4.89769792454838, 5.06009372007864, 5.238811637238314,
        5.436496066035969, 5.656247140269824, 5.901560052744073, 6.176032708788427,
        6.482548629342612, 6.821379397917713, 7.1863159287466525, 7.557894895151937,
        7.894304591083993, 8.129649713388915, 4.488021991908722, 4.613362531750366,
    ],
    [
        -5.8444615033059435, -6.024131973645328, -6.220629501039958, -6.4365805460859775,
        -6.675131632430154, -6.940016154598881, -7.235551337967895, -7.566436152526045,
        -7.937060586620721, -8.349720688217364, -8.800604905326281, -9.271847604923673,
        -9.718306464232075, -10.057245295381632, -5.527205708080182, -5.679429129284884,
    ],
    [
        5.295351169921692, 5.4569402930640365, 5.633552619093134, 5.827521319436207,
        6.041644972296801, 6.279255032631804, 6.544232593239663, 6.840872916846772,
        7.173365922603532, 7.544395251466148, 7.9518853355885115, 8.382332495140153,
        8.799284813657808, 9.137636818979258, 5.0097845706002095, 5.146841024730666,
    ],
    [
        -3.4916384333734496, -3.5977273231183244, -3.713637530614364, -3.840889615792688,
        -3.981308316940272, -4.1370689737816395, -4.310714464065931, -4.505080829079847,
        -4.722989277957008, -4.966395911786123, -5.234385535589242, -5.518982578128545,
        -5.7977003169710315, -6.0311764997085895, -3.3040636892676654, -3.3941037436737846,
    ],
    [
        1.6559197867319708, 1.706090798258059, 1.7608935727080464, 1.8210437179218502,
        1.887400197976642, 1.960987840220555, 2.0430069442279013, 2.134802109034005,
        2.2377258067745744, 2.3527560621272188, 2.479585854450905, 2.6147020607717577,
        2.747917881780729, 2.8624826397432552, 1.5671851659678526, 1.6097841714007477,
    ],
    [
        -0.5505936534530762, -0.5672424190336438, -0.5854251982815616, -0.6053786449084572,
        -0.6273868597766464, -0.6517889743892634, -0.6789826803761165, -0.7094147479837106,
        -0.7435377636882564, -0.7816876179807282, -0.8237898927950937, -0.8687363311517051,
        -0.9132480206949091, -0.9523832574718945, -0.5211414851617274, -0.5352816703512712,
    ],
    [
        0.12190520337105257, 0.125585942992054, 0.12960533765359908, 0.1340155742057702,
        0.1388793079670559, 0.14427135653884554, 0.15027953237085898, 0.15700268002968437,
        0.1645414243781264, 0.17297176830639308, 0.1822815379263883, 0.1922347964978275,
        0.20212297309390137, 0.21101885899528156, 0.11539281444405347, 0.11851962330923131,
    ],
    [
        -0.016150661066789126, -0.016637755870820656, -0.01716961758224491, -0.01775313890855043,
        -0.018396595692595656, -0.019109872708695026, -0.019904578901334544, -0.020793800652793234,
        -0.02179090804742643, -0.02290612809102233, -0.02413826874938402, -0.025457004198982926,
        -0.026770196830183456, -0.027981775660004028, -0.01528873044656071, -0.01570258816402465,
    ],
    [
        0.0009691101111400065, 0.0009983119120521417, 0.0010301951986935159, 0.001065172556923548,
        0.001103739385530988, 0.0011464875069473262, 0.0011941123068029587, 0.0012473985386686642,
        0.0013071501672400376, 0.0013739880327717827, 0.001447859952940612, 0.001526989426792183,
        0.001605929281312312, 0.001681307394398445, 0.00091743151934591, 0.000942245897818195,
    ],
];

#[cfg(test)]
mod tests {
    use super::super::SMALLEST_DRAW;
    use super::*;
    use crate::num::draw::uniform_column;

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
                let u = draw / f64::from(1 << (i % 22));
                worst = crate::num::max(worst, (score(u) / quantile(u) - 1.0).abs());
            }
        }
        assert!(worst < 4e-10, "{worst:e}");
        for exponent in 2..18 {
            let edge = 1.0 / f64::from(1 << exponent);
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
}
