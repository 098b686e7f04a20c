//! The number of fewest digits between two: where a lever's own values decide, a boundary mostly is such a number.

/// The number of fewest decimal digits from `low` to `high`; zero where they have different signs.
pub(super) fn simplest_between(low: f64, high: f64) -> f64 {
    if low <= 0.0 && high >= 0.0 {
        return 0.0;
    }
    let middle = f64::midpoint(low, high);
    // Seventeen digits name every number.
    let written = (0..17).filter_map(|digits| format!("{middle:.digits$e}").parse::<f64>().ok());
    written.into_iter().find(|number| (low..=high).contains(number)).unwrap_or(middle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_no_more_digits_than_it_needs() {
        for (low, high, simplest) in [
            (2.999_999_99, 3.0, 3.0),
            (3.0, 3.000_000_01, 3.0),
            (-4.5e-15, 6e-15, 0.0),
            (0.0, 1e-9, 0.0),
            (-1e-9, 0.0, 0.0),
            (-0.070_000_000_1, -0.069_999_999_9, -0.07),
            (0.693_147_1, 0.693_147_3, 0.693_147_2),
            (1e300, 1.000_000_1e300, 1e300),
            (5.0, 5.0, 5.0),
        ] {
            assert_eq!(simplest_between(low, high), simplest, "{low} {high}");
        }
    }
}
