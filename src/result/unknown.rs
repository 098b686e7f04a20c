//! Why it is not known what drives an outcome.

use crate::engine::{ExplainedOutcome, Slicing};
use crate::ensemble::slices::ROUNDING;
use crate::ensemble::{Ensemble, Slices};
use crate::message;
use crate::num::max;
use crate::text::{Message, Text};

/// Of fewer paths nothing is told.
const LEAST_PATHS: u64 = 200;

/// A variance that is made of fewer paths than this (all, divided by the kurtosis) is not known; of a truth, whose few paths are
/// counted exactly, so many do.
const LEAST_EFFECTIVE: f64 = 40.0;
const LEAST_EFFECTIVE_TRUTH: f64 = 25.0;

/// What a draw does is found where the paths on which draws are chosen have so many effective ones: on fewer, a draw that brings a
/// rare case may not be seen.
const LEAST_SCREENED: f64 = 8.0;

/// The variance over all paths of a run may be above that of the paths looked at by so many of its standard errors, which
/// are a part of it: one over the root of the effective paths. More is the work of rare paths that were not looked at.
const MOST_ERRORS: f64 = 4.0;

/// The reason why it is not known what drives an outcome of a whole run; `None` where it is known.
pub(super) fn why_unknown_in(
    run: &Ensemble,
    slices: &Slices,
    slicing: &Slicing,
    outcome: usize,
) -> Option<Text> {
    let (reason, of) = (why_unknown(slices, slicing, outcome), slicing.outcomes[outcome]);
    let ExplainedOutcome::Series { series, .. } = of else { return reason };
    let tally = &run.series[series as usize];
    let step = slices.measures[outcome].step;
    let most = 1.0 + MOST_ERRORS / max(slices.effective_paths(outcome), 1.0).sqrt();
    let is_above = |whole: f64| whole / step / step > most * slices.variance(outcome);
    let rounding = slices.measures[outcome].center.abs() * ROUNDING;
    if tally.sd().is_some_and(|sd| 0.0 < sd && sd <= rounding) {
        return Some(message!("result-unknown-rounding").into());
    }
    if reason.is_some() || tally.not_finite() > 0 || !tally.variance().is_some_and(is_above) {
        return reason;
    }
    Some(message!("result-unknown-rare", paths = slices.paths).into())
}

/// The reason, in words; `None` where it is known.
pub(super) fn why_unknown(slices: &Slices, slicing: &Slicing, outcome: usize) -> Option<Text> {
    let of = slicing.outcomes[outcome];
    let (powers, paths) = (slices.powers[outcome], slices.paths);
    let text = |message: Message| Some(message.into());
    if powers.not_finite > 0 {
        let count = powers.not_finite;
        return match of {
            ExplainedOutcome::Series { .. } => {
                text(message!("result-unknown-not-finite", count = count, paths = paths))
            }
            ExplainedOutcome::Target(_) => {
                text(message!("result-unknown-not-known", count = count, paths = paths))
            }
        };
    }
    if paths < LEAST_PATHS {
        return text(message!("result-unknown-few-paths", paths = paths));
    }
    if powers.outlying > 0 {
        return text(message!("result-unknown-outlying", count = powers.outlying, paths = paths));
    }
    let least = match of {
        ExplainedOutcome::Series { .. } => LEAST_EFFECTIVE,
        ExplainedOutcome::Target(_) => LEAST_EFFECTIVE_TRUTH,
    };
    let effective = slices.effective_paths(outcome);
    let screened = slicing.screened_paths();
    if slices.variance(outcome) > 0.0
        && effective >= least
        && effective * (screened as f64) < LEAST_SCREENED * paths as f64
    {
        return text(message!("result-unknown-too-rare", paths = screened));
    }
    if slices.variance(outcome) <= 0.0 || effective >= least {
        return None;
    }
    match of {
        ExplainedOutcome::Series { .. } => text(message!("result-unknown-few-carry", paths = paths)),
        ExplainedOutcome::Target(_) => text(message!("result-unknown-few-differ", paths = paths)),
    }
}
