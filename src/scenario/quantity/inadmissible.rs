//! What is said of inadmissible arguments of a distribution.

use crate::message;
use crate::num::ArgumentError;
use crate::text::Message;

/// Which argument is inadmissible, and what is admissible: "the sd of normal(0, -1) must be at least 0, not -1".
pub fn message(error: &ArgumentError) -> Message {
    use ArgumentError as E;
    match error {
        E::MaxBelowMin { shown } => message!("scenario-distribution-max", shown = shown),
        E::ModeOutside { shown } => message!("scenario-distribution-mode", shown = shown),
        E::NotFinite { name, shown, value } => {
            message!("scenario-distribution-finite", name = *name, shown = shown, value = value.to_string())
        }
        E::BelowZero { name, shown, value } => message!(
            "scenario-distribution-at-least-zero",
            name = *name,
            shown = shown,
            value = value.to_string()
        ),
        E::NotAboveZero { name, shown, value } => message!(
            "scenario-distribution-above-zero",
            name = *name,
            shown = shown,
            value = value.to_string()
        ),
        E::NotBetween { name, shown, low, high, value } => message!(
            "scenario-distribution-between",
            name = *name,
            shown = shown,
            low = low.to_string(),
            high = high.to_string(),
            value = value.to_string()
        ),
        E::EndsReversed { shown } => message!("scenario-distribution-ends", shown = shown),
        E::RowsTruncated { inner } => message!("scenario-distribution-rows", inner = inner),
        E::KeepsNothing { shown, inner, low, high } => message!(
            "scenario-distribution-keeps-nothing",
            shown = shown,
            inner = inner,
            low = low.to_string(),
            high = high.to_string()
        ),
        E::KeepsTooLittle { shown, low, high, inner } => message!(
            "scenario-distribution-keeps-little",
            shown = shown,
            low = low.to_string(),
            high = high.to_string(),
            inner = inner
        ),
        E::NoDiscreteValues
        | E::ValueNotFinite { .. }
        | E::WeightInadmissible { .. }
        | E::WeightSum { .. }
        | E::NoValues { .. }
        | E::WeightsNotForAll
        | E::NotRising => of_sample(error),
        E::NotWhole { name, shown, value } => {
            message!("scenario-distribution-whole", name = *name, shown = shown, value = value.to_string())
        }
        E::RowsMixed { inner } => message!("scenario-distribution-rows-mixed", inner = inner),
        E::TailOfDiscrete { inner } => message!("scenario-distribution-tail-of-discrete", inner = inner),
        E::QuantileCount { .. }
        | E::QuantileLevels { .. }
        | E::QuantilesFall { .. }
        | E::QuantileOutside { .. }
        | E::QuantilesInfeasible { .. }
        | E::QuantilesReversed { .. }
        | E::QuantilesTooClose { .. } => of_quantiles(error),
    }
}

/// The same of a distribution given by its quantiles.
fn of_quantiles(error: &ArgumentError) -> Message {
    use ArgumentError as E;
    let percent = |p: &f64| format!("{:.3} %", 100.0 * p);
    match error {
        E::QuantileCount { shown, most } => message!("scenario-quantiles-count", shown = shown, most = *most),
        E::QuantileLevels { shown } => message!("scenario-quantiles-levels", shown = shown),
        E::QuantilesFall { shown } => message!("scenario-quantiles-fall", shown = shown),
        E::QuantileOutside { shown } => message!("scenario-quantiles-outside", shown = shown),
        E::QuantilesInfeasible { shown, from, to } => {
            message!("scenario-quantiles-infeasible", shown = shown, from = percent(from), to = percent(to))
        }
        E::QuantilesReversed { shown } => message!("scenario-quantiles-reversed", shown = shown),
        E::QuantilesTooClose { shown } => message!("scenario-quantiles-close", shown = shown),
        _ => Message::default(),
    }
}

/// The same of a sample or a list of values.
fn of_sample(error: &ArgumentError) -> Message {
    use ArgumentError as E;
    match error {
        E::NoDiscreteValues => message!("scenario-distribution-no-values-discrete"),
        E::ValueNotFinite { name, value } => {
            message!("scenario-distribution-finite-values", name = *name, value = value.to_string())
        }
        E::WeightInadmissible { name, weight } => {
            message!("scenario-distribution-weights", name = *name, weight = weight.to_string())
        }
        E::WeightSum { name } => message!("scenario-distribution-weight-sum", name = *name),
        E::NoValues { name } => message!("scenario-distribution-no-values", name = *name),
        E::WeightsNotForAll => message!("scenario-distribution-weights-for-all"),
        E::NotRising => message!("scenario-distribution-order"),
        _ => Message::default(),
    }
}
