//! The first thing on a page: each headline goal with its chance in words and dots, in every scenario of the page.

use minijinja::context;
use minijinja::value::Value;

use super::figure::target_title;
use super::goals;
use super::side_by_side::title;
use crate::result::Summary;
use crate::result::summary::{Probability, TargetSummary};
use crate::text::Language;
use crate::tr;

/// How many goals are shown.
const GOALS: usize = 8;

/// An interval wider than this says too little for a number of ten.
const WIDE: f64 = 0.25;

/// What the template shows: a finding for a title, the goals, what the chances rest on. Nothing without a goal.
pub(super) fn value(runs: &[&Summary], language: Language) -> Option<Value> {
    let first = runs.first()?;
    let goals = headline(first);
    let rows: Vec<Value> = goals.iter().map(|goal| row(runs, goal, language)).collect();
    (!rows.is_empty()).then(|| {
        context! { title => finding(runs, &goals, language), rows, condition => goals::condition(first, language) }
    })
}

/// The goals that a scenario leads with, else its first goals.
pub(super) fn headline(summary: &Summary) -> Vec<(&str, &TargetSummary)> {
    let led: Vec<_> = summary.headline_targets().take(GOALS).collect();
    if led.is_empty() { summary.goals().take(GOALS).collect() } else { led }
}

/// `Of these 6 goals, 2 are more likely to be met than missed`; of several scenarios, in the first.
fn finding(runs: &[&Summary], goals: &[(&str, &TargetSummary)], language: Language) -> String {
    let is_likely = |known: &Probability| match known.decided {
        Some(decided) => decided.holds(),
        None if known.open => known.low > 0.5,
        None => known.probability > 0.5,
    };
    let likely = goals.iter().filter(|(_, target)| is_likely(&target.probability)).count();
    let said = tr!(language, "report-scorecard-finding", total = goals.len(), likely = likely);
    match runs {
        [first, _, ..] => {
            let scenario = title(&first.scenario, language);
            tr!(language, "report-scorecard-finding-in", scenario = scenario, finding = said)
        }
        _ => said,
    }
}

fn row(runs: &[&Summary], &(name, target): &(&str, &TargetSummary), language: Language) -> Value {
    let chances: Vec<Value> = runs
        .iter()
        .map(|run| {
            let scenario = if runs.len() > 1 { title(&run.scenario, language) } else { "" };
            let Some(target) = run.targets.get(name) else {
                return context! { scenario, words => tr!(language, "report-scorecard-absent") };
            };
            let before = run.prior.as_ref().and_then(|prior| prior.targets.get(name));
            let before = before.map(|before| {
                tr!(language, "report-scorecard-before", words = words(&before.probability, language))
            });
            chance(scenario, &target.probability, before, language)
        })
        .collect();
    context! { name, title => target_title(name, target, language), chances }
}

fn chance(scenario: &str, known: &Probability, before: Option<String>, language: Language) -> Value {
    let (said, exact) = (words(known, language), known.words(language));
    let dots = dots(known).map(|full| (0..10).map(|dot| dot < full).collect::<Vec<bool>>());
    // A number that the words have already is not said twice.
    let exact = Some(exact).filter(|exact| *exact != said);
    context! { scenario, words => said, exact, dots, before }
}

/// How many of ten dots are full: all or none only where that is decided. Nothing where it is not known.
fn dots(known: &Probability) -> Option<u32> {
    match known.decided {
        Some(decided) => Some(if decided.holds() { 10 } else { 0 }),
        None if known.open || !known.probability.is_finite() || known.high - known.low > WIDE => None,
        None => Some((known.probability * 10.0).round() as u32),
    }
}

/// A chance as people say it: `about 6 in 10`, `fewer than 1 in 100`, `met on record`; with its number where paths are too few
/// for that.
pub(super) fn words(known: &Probability, language: Language) -> String {
    let Some(tenths) = dots(known).filter(|_| known.decided.is_none()) else {
        return known.words(language);
    };
    match tenths {
        0 if known.high < 0.01 => tr!(language, "report-scorecard-below", count = 1, of = 100),
        0 if known.high < 0.05 => tr!(language, "report-scorecard-below", count = 1, of = 20),
        0 if known.high < 0.1 => tr!(language, "report-scorecard-below", count = 1, of = 10),
        10 if known.low > 0.99 => tr!(language, "report-scorecard-above", count = 99, of = 100),
        10 if known.low > 0.95 => tr!(language, "report-scorecard-above", count = 19, of = 20),
        10 if known.low > 0.9 => tr!(language, "report-scorecard-above", count = 9, of = 10),
        0 | 10 => known.words(language),
        _ => tr!(language, "report-scorecard-about", count = tenths, of = 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::{sample, wilson};
    use crate::text::probability::Decided;

    fn both(paths: u64, of: u64) -> [String; 2] {
        [Language::En, Language::Zh].map(|language| words(&wilson::probability(paths, of), language))
    }

    #[test]
    fn a_chance_is_rounded_to_tenths_and_never_to_none_or_all() {
        assert_eq!(both(62_370, 100_000), ["about 6 in 10", "约六成（10次中6次）"].map(str::to_owned));
        assert_eq!(both(50, 100_000)[0], "fewer than 1 in 100");
        assert_eq!(both(99_950, 100_000)[0], "more than 99 in 100");
        assert_eq!(
            both(3_000, 100_000),
            ["fewer than 1 in 20", "不足二十分之一（20次中不到1次）"].map(str::to_owned)
        );
        assert_eq!(both(9_600, 10_000)[0], "more than 19 in 20");
    }

    /// Of 10 paths Wilson's interval about 6 is 0.31 to 0.83.
    #[test]
    fn of_few_paths_no_tenth_is_claimed() {
        let known = wilson::probability(6, 10);
        assert_eq!(dots(&known), None);
        assert_eq!(words(&known, Language::En), known.words(Language::En));
    }

    #[test]
    fn what_is_decided_is_said_and_fills_all_dots_or_none() {
        for (decided, full) in [(Decided::Met, 10), (Decided::Missed, 0), (Decided::Never, 0)] {
            let known = Probability::of(decided);
            assert_eq!(dots(&known), Some(full));
            assert_eq!(words(&known, Language::Zh), decided.words(Language::Zh));
        }
    }

    #[test]
    fn the_title_counts_the_goals_that_are_more_likely_met_than_not() {
        let mut summary = sample::summary();
        // 62 %, 31 % and 71 % of the paths.
        summary.headline = ["gdp_2025", "gdp_growth", "gdp_per_head"].map(str::to_owned).to_vec();
        let goals = headline(&summary);
        let said = |language| finding(&[&summary], &goals, language);
        assert_eq!(said(Language::En), "Of these 3 goals, 2 are more likely to be met than missed");
        assert_eq!(said(Language::Zh), "以下3项目标中，2项达成的可能性大于落空");
    }
}
