//! The difference of two shares that were counted on the same paths.

/// The 97.5 % point of the standard normal distribution: two sides of 95 %.
const Z: f64 = crate::num::normal::POINT_97_5;

/// The standard error of (gained − lost) / n by the paths on which the two differ (`McNemar` 1947). `None` where all of
/// these go the same way and there are none or all of the paths: such a sample says nothing of its own error.
pub(super) fn standard_error(gained: u64, lost: u64, paths: u64) -> Option<f64> {
    let n = paths as f64;
    let (g, l) = (gained as f64 / n, lost as f64 / n);
    let is_known = gained + lost > 0 && gained < paths && lost < paths;
    is_known.then(|| ((g + l - (g - l) * (g - l)) / n).sqrt())
}

/// The 95 % interval of a difference of shares of the same paths, as many gained as lost and one path more of each
/// (D. G. Bonett and R. M. Price, “Adjusted Wald confidence interval for a difference of binomial proportions based on
/// paired data”, Journal of Educational and Behavioral Statistics 37 (2012) 479–488). Where no path differs it is
/// about ± 2.8 / n.
pub(super) fn interval(gained: u64, lost: u64, paths: u64) -> (f64, f64) {
    let n = paths as f64 + 2.0;
    let (g, l) = ((gained as f64 + 1.0) / n, (lost as f64 + 1.0) / n);
    let half = Z * ((g + l - (g - l) * (g - l)) / n).sqrt();
    (crate::num::max(g - l - half, -1.0), crate::num::min(g - l + half, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::{exp, ln};

    /// The article's formula worked in decimals: 5 gained and 12 lost of 50 give 6/52, 13/52, −7/52 and
    /// 1.95996 · √((19/52 − 49/2704) / 52).
    #[test]
    fn the_interval_is_that_of_the_formula() {
        let (low, high) = interval(5, 12, 50);
        assert!((low - (-0.134_615 - 0.160_168)).abs() < 1e-6, "{low}");
        assert!((high - (-0.134_615 + 0.160_168)).abs() < 1e-6, "{high}");
    }

    /// Of n paths on which nothing differs, the exact two-sided bound of one share is 1 − 0.025^(1/n) ≈ 3.7 / n, and
    /// the rule of three's is 3 / n.
    #[test]
    fn where_no_path_differs_it_is_near_the_rule_of_three() {
        for n in [100, 10_000, 1_000_000] {
            let (low, high) = interval(0, 0, n);
            assert_eq!(low, -high);
            assert!((2.6..3.0).contains(&(high * n as f64)), "{high}");
            assert_eq!(standard_error(0, 0, n), None);
        }
    }

    #[test]
    fn an_error_is_known_where_paths_go_both_ways_or_only_some_go_one() {
        assert_eq!(standard_error(1, 0, 4), Some((0.25_f64 - 0.0625).sqrt() / 2.0));
        assert_eq!(standard_error(0, 1, 4), standard_error(1, 0, 4));
        assert_eq!(standard_error(3, 0, 4), standard_error(1, 0, 4));
        assert_eq!(standard_error(2, 2, 4), Some(0.5));
        for (gained, lost) in [(0, 0), (4, 0), (0, 4)] {
            assert_eq!(standard_error(gained, lost, 4), None, "{gained} {lost}");
        }
    }

    /// The interval holds the truth in 95 % of all samples, summed exactly over what can be counted of 60 paths.
    #[test]
    fn the_interval_covers_what_it_says() {
        let n = 60_u64;
        for (g, l) in [(0.02, 0.02), (0.1, 0.02), (0.3, 0.1), (0.05, 0.4), (0.25, 0.25)] {
            let mut covered = 0.0;
            for gained in 0..=n {
                for lost in 0..=n - gained {
                    let (low, high) = interval(gained, lost, n);
                    if low <= g - l && g - l <= high {
                        let choices = ln_choices(n, gained) + ln_choices(n - gained, lost);
                        let other = (n - gained - lost) as f64 * ln(1.0 - g - l);
                        covered += exp(choices + gained as f64 * ln(g) + lost as f64 * ln(l) + other);
                    }
                }
            }
            assert!((0.935..1.0).contains(&covered), "{g} {l}: {covered}");
        }
    }

    fn ln_choices(n: u64, k: u64) -> f64 {
        (0..k).map(|i| ln((n - i) as f64 / (i + 1) as f64)).sum()
    }
}
