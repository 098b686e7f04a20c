use statrs::function::{beta::beta_reg, gamma};

use super::*;

/// `(x, ln Γ(x))` from a computation with 50 digits, like all tables here.
const LOG_GAMMA: [(f64, f64); 10] = [
    (1e-05, 11.512919692895826),
    (0.2, 1.5240638224307845),
    (0.5, 0.57236494292470009),
    (1.5, -0.12078223763524522),
    (3.75, 1.4868155785934171),
    (10.0, 12.80182748008147),
    (15.9, 27.625493215168692),
    (16.1, 28.173694494813547),
    (100.5, 361.43554046777762),
    (12345.678, 1.0395991990554606e+5),
];
/// `(a, x, P, Q)`
const GAMMA: [(f64, f64, f64, f64); 12] = [
    (0.2, 1e-08, 0.027357568509225665, 0.97264243149077434),
    (0.2, 5.0, 0.9996442275550733, 3.5577244492670472e-4),
    (0.5, 0.7, 0.76327642936214262, 0.23672357063785738),
    (1.0, 1.0, 0.63212055882855768, 0.36787944117144232),
    (2.5, 0.01, 2.9876015319065938e-6, 0.99999701239846809),
    (2.5, 20.0, 0.99999985066320999, 1.4933679000503952e-7),
    (10.0, 3.0, 1.1024881301154797e-3, 0.99889751186988452),
    (10.0, 30.0, 0.99999287824913718, 7.1217508628155771e-6),
    (200.0, 150.0, 5.7096885742082443e-5, 0.99994290311425792),
    (200.0, 260.0, 0.99995249987555699, 4.7500124443008756e-5),
    (10000.0, 9700.0, 1.234175584468492e-3, 0.99876582441553151),
    (10000.0, 10400.0, 0.99996111982942601, 3.8880170573988205e-5),
];
/// `(a, b, x, I, 1 - I)`
const BETA: [(f64, f64, f64, f64, f64); 8] = [
    (0.3, 0.3, 0.001, 0.069839585121995087, 0.93016041487800491),
    (0.5, 0.5, 0.5, 0.5, 0.5),
    (2.0, 3.0, 0.25, 0.26171875, 0.73828125),
    (0.3, 50.0, 0.01, 0.81348528013328186, 0.18651471986671814),
    (50.0, 0.3, 0.75, 3.1027401547172867e-8, 0.99999996897259845),
    (5.0, 1.0, 0.1, 1.0000000000000003e-5, 0.99999),
    (50.0, 50.0, 0.3125, 5.1514786503078658e-5, 0.99994848521349692),
    (200.0, 100.0, 0.75, 0.99934110750153422, 6.5889249846578234e-4),
];

fn close(x: f64, expected: f64, relative: f64) -> bool {
    (x - expected).abs() <= relative * expected.abs()
}

#[test]
fn log_gamma_is_that_of_the_tables() {
    for (x, expected) in LOG_GAMMA {
        let error = (ln_gamma(x) - expected).abs();
        assert!(error < crate::num::max(2e-14, 1e-15 * expected), "{x}: {} {expected}", ln_gamma(x));
    }
    assert_eq!(ln_gamma(0.0), f64::INFINITY);
    assert!(ln_gamma(-1.0).is_nan() && ln_gamma(f64::NAN).is_nan());
}

#[test]
fn incomplete_gamma_functions_are_those_of_the_tables() {
    for (a, x, p, q) in GAMMA {
        let (ours, complement) = gamma_tails(a, x);
        assert!(close(ours, p, 1e-12) && close(complement, q, 1e-12), "{a} {x}: {ours} {complement}");
    }
}

#[test]
fn incomplete_beta_functions_are_those_of_the_tables() {
    for (a, b, x, p, q) in BETA {
        let (ours, complement) = beta_tails(a, b, x, 1.0 - x);
        assert!(close(ours, p, 1e-12) && close(complement, q, 1e-12), "{a} {b} {x}: {ours} {complement}");
        let (mirrored, _) = beta_tails(b, a, 1.0 - x, x);
        assert!(close(mirrored, q, 1e-12), "{a} {b} {x}: {mirrored}");
    }
}

#[test]
fn incomplete_functions_agree_with_statrs() {
    for i in 1..40 {
        for j in 1..40 {
            let (a, x) = (f64::from(i * i) * 0.13, f64::from(j * j) * 0.11);
            assert!((gamma_tails(a, x).0 - gamma::gamma_lr(a, x)).abs() < 1e-10, "{a} {x}");
            assert!((ln_gamma(a) - gamma::ln_gamma(a)).abs() < 1e-11, "{a}");
            let share = f64::from(j) / 40.0;
            let b = f64::from(j) * 0.7;
            assert!(
                (beta_tails(a, b, share, 1.0 - share).0 - beta_reg(a, b, share)).abs() < 1e-9,
                "{a} {b} {share}"
            );
        }
    }
}

#[test]
fn incomplete_functions_end_at_zero_and_one() {
    assert_eq!((gamma_tails(2.0, 0.0), gamma_tails(2.0, f64::INFINITY)), ((0.0, 1.0), (1.0, 0.0)));
    assert_eq!((beta_tails(2.0, 3.0, 0.0, 1.0), beta_tails(2.0, 3.0, 1.0, 0.0)), ((0.0, 1.0), (1.0, 0.0)));
}
