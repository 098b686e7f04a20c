//! Why it is not known what drives an outcome.

use crate::engine::{ExplainedOutcome, Slicing};
use crate::ensemble::slices::ROUNDING;
use crate::ensemble::{Ensemble, Slices};
use crate::num::max;
use crate::text::{Text, number};

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
        return Some(Text {
            en: "paths differ by less than a part in 10¹³, as rounding may make them differ".to_owned(),
            zh: "各路径之间的差异小于10¹³分之一，可能只是舍入误差".to_owned(),
        });
    }
    if reason.is_some() || tally.not_finite() > 0 || !tally.variance().is_some_and(is_above) {
        return reason;
    }
    let paths = number::count(slices.paths);
    Some(Text {
        en: format!(
            "much of its variance lies on rare paths that are not among the {paths} looked at; simulate more"
        ),
        zh: format!("其方差在很大程度上来自所考察的{paths}条路径之外的罕见路径，请增加路径数"),
    })
}

/// The reason, in words; `None` where it is known.
pub(super) fn why_unknown(slices: &Slices, slicing: &Slicing, outcome: usize) -> Option<Text> {
    let of = slicing.outcomes[outcome];
    let (powers, paths) = (slices.powers[outcome], slices.paths);
    let all = number::count(paths);
    let text = |en: String, zh: String| Some(Text { en, zh });
    if powers.not_finite > 0 {
        let (n, all) = (number::count(powers.not_finite), &all);
        return match of {
            ExplainedOutcome::Series { .. } => text(
                format!(
                    "it is infinite or no number on {n} of the {all} paths looked at, and has no variance"
                ),
                format!("在所考察的{all}条路径中有{n}条为无穷或无有效数值，方差不存在"),
            ),
            ExplainedOutcome::Target(_) => text(
                format!("whether it is met is not known on {n} of the {all} paths looked at"),
                format!("在所考察的{all}条路径中有{n}条无法判断是否达成"),
            ),
        };
    }
    if paths < LEAST_PATHS {
        return text(
            format!("{all} paths are too few to tell; simulate more"),
            format!("仅{all}条路径，不足以判断，请增加路径数"),
        );
    }
    if powers.outlying > 0 {
        let n = number::count(powers.outlying);
        return text(
            format!(
                "{n} of the {all} paths looked at lie so far from all others that its variance is not known"
            ),
            format!("所考察的{all}条路径中有{n}条远离其余路径，方差无法确定"),
        );
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
        let n = number::count(screened);
        return text(
            format!(
                "what moves it occurs too rarely to be found on {n} paths; ask about it alone with plancast sensitivity --of"
            ),
            format!("影响它的情形过于罕见，在{n}条路径中无法找出；可用 plancast sensitivity --of 单独计算"),
        );
    }
    if slices.variance(outcome) <= 0.0 || effective >= least {
        return None;
    }
    match of {
        ExplainedOutcome::Series { .. } => text(
            format!("its variance rests on a few of the {all} paths looked at; simulate more"),
            format!("其方差取决于所考察的{all}条路径中的少数几条，请增加路径数"),
        ),
        ExplainedOutcome::Target(_) => text(
            format!("too few of the {all} paths looked at differ from the others; simulate more"),
            format!("所考察的{all}条路径中结果不同的过少，请增加路径数"),
        ),
    }
}
