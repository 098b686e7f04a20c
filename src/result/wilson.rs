//! The probability of what was counted, with its error and interval.

use super::summary::Probability;

/// The 97.5 % point of the standard normal distribution: two sides of 95 %.
const Z: f64 = crate::num::normal::POINT_97_5;

/// The 95 % score interval of a share, `met` of `paths` (E. B. Wilson, “Probable inference, the law of
/// succession, and statistical inference”, JASA 22 (1927) 209–212). Unlike the textbook interval it never
/// leaves \[0, 1\] and is honest at both ends. Without a path nothing is known: (0, 1).
///
/// ```
/// let (low, high) = plancast::result::wilson::interval(15, 148);
/// assert!((low - 0.0624).abs() < 5e-5 && (high - 0.1605).abs() < 5e-5);
/// ```
pub fn interval(met: u64, paths: u64) -> (f64, f64) {
    if paths == 0 {
        return (0.0, 1.0);
    }
    interval_of_share(met as f64 / paths as f64, paths as f64)
}

/// The same of a share of `n` paths, or of as many as say as much.
pub fn interval_of_share(share: f64, n: f64) -> (f64, f64) {
    let scale = 1.0 + Z * Z / n;
    let centre = (share + Z * Z / (2.0 * n)) / scale;
    let half = Z / scale * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    // The ends are exact in mathematics; in floating point they miss by a rounding.
    let low = if share <= 0.0 { 0.0 } else { centre - half };
    let high = if share >= 1.0 { 1.0 } else { centre + half };
    (low, high)
}

/// The probability of what happened on `met` of `paths` paths.
///
/// ```
/// let found = plancast::result::wilson::probability(25, 100);
/// assert_eq!((found.probability, found.standard_error), (0.25, Some(0.04330127018922193)));
/// assert_eq!(plancast::result::wilson::probability(0, 100).standard_error, None);
/// ```
pub fn probability(met: u64, paths: u64) -> Probability {
    let share = if paths == 0 { 0.0 } else { met as f64 / paths as f64 };
    let (low, high) = interval(met, paths);
    let error = (share * (1.0 - share) / paths as f64).sqrt();
    Probability {
        probability: share,
        standard_error: Some(error).filter(|error| *error > 0.0),
        low,
        high,
        open: false,
        decided: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, Table I, method 3.
    #[test]
    fn published_intervals_are_met() {
        let published = [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ];
        for (met, paths, low, high) in published {
            let found = interval(met, paths);
            assert!(
                (found.0 - low).abs() < 5e-5 && (found.1 - high).abs() < 5e-5,
                "{met}/{paths}: {found:?}"
            );
        }
    }

    #[test]
    fn an_interval_mirrors_with_its_share() {
        let (low, high) = interval(30, 100);
        let (mirrored_low, mirrored_high) = interval(70, 100);
        assert!((low - (1.0 - mirrored_high)).abs() < 1e-15 && (high - (1.0 - mirrored_low)).abs() < 1e-15);
    }

    #[test]
    fn the_ends_are_exact() {
        assert_eq!(interval(0, 1000).0, 0.0);
        assert_eq!(interval(1000, 1000).1, 1.0);
        assert_eq!(interval(0, 0), (0.0, 1.0));
    }
}
