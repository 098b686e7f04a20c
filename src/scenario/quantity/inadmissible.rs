//! What is said of inadmissible arguments of a distribution.

use crate::message;
use crate::num::ArgumentError;
use crate::text::Message;

/// Which argument is inadmissible, and what is admissible: "the sd of normal(0, -1) must be at least 0, not -1".
pub(super) fn message(error: &ArgumentError) -> Message {
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
        _ => of_sample(error),
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
