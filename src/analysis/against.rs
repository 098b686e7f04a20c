//! A run held against its baseline: what of the two cannot be compared because it is not the same thing, and which numbers
//! drifted.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::diff::{ChangedNumber, Tolerance, draws, drift};
use crate::result::Summary;
use crate::result::summary::{MetricSummary, ScenarioLabel, TargetSummary, VariableSummary};
use crate::text::period::label;
use crate::text::{Key, Language};
use crate::{key, tr};

/// A run held against its baseline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BaselineComparison {
    /// What is not the same thing.
    pub mismatches: Vec<Mismatch>,
    /// Numbers that drifted, of what is.
    pub drift: Vec<ChangedNumber>,
}

/// Something that is another in the baseline, or is in one of the two alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// What differs.
    pub what: ChangedFact,
    /// The variable, metric or target; empty where it is about the whole run.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// In the baseline; `None` where it has none.
    pub before: Option<String>,
    /// Now.
    pub after: Option<String>,
    /// Whether it is a failure of the check, and not only told.
    pub fails: bool,
}

/// What may differ but numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangedFact {
    /// The scenario's id.
    Scenario,
    /// The scenario's title.
    Title,
    /// The condition that all paths meet.
    Condition,
    /// Base year and last year, or the years of a variable.
    Years,
    /// Seed, number of paths, how they are spread.
    Draws,
    /// The unit of a variable or metric.
    Unit,
    /// What a target requires.
    Requirement,
    /// A target is there in one of the two alone.
    Target,
    /// A metric is.
    Metric,
    /// A headline variable is.
    Variable,
}

impl BaselineComparison {
    /// Holds a run against its baseline.
    pub fn of(baseline: &Summary, run: &Summary, tolerance: &Tolerance) -> Self {
        let mut found = Self::default();
        found.whole_run(baseline, run);
        found.each(ChangedFact::Target, &targets(baseline), &targets(run), |found, name, before, after| {
            found.differs(
                ChangedFact::Requirement,
                name,
                before.require.clone(),
                after.require.clone(),
                false,
            );
        });
        found.each(
            ChangedFact::Variable,
            &headlines(baseline),
            &headlines(run),
            |found, name, before, after| {
                found.differs(ChangedFact::Unit, name, before.unit.clone(), after.unit.clone(), true);
                // The years of all follow the scenario's, which were held against each other.
                let same_run = span(baseline) == span(run);
                if same_run {
                    found.differs(
                        ChangedFact::Years,
                        name,
                        of_years(&before.years),
                        of_years(&after.years),
                        true,
                    );
                }
            },
        );
        found.each(ChangedFact::Metric, &metrics(baseline), &metrics(run), |found, name, before, after| {
            found.differs(ChangedFact::Unit, name, before.unit.clone(), after.unit.clone(), true);
        });
        found.drift = drift(baseline, run, tolerance);
        let told: BTreeSet<&str> = (found.mismatches.iter())
            .filter(|other| {
                matches!(
                    other.what,
                    ChangedFact::Unit | ChangedFact::Target | ChangedFact::Metric | ChangedFact::Variable
                )
            })
            .map(|other| other.name.as_str())
            .collect();
        let other_years = found.mismatches.iter().any(|other| other.what == ChangedFact::Years);
        found.drift.retain(|change| {
            let (name, year) = change.name.split_once('@').unwrap_or((&change.name, ""));
            // What only one of the runs has a year for was told with the years.
            let half = change.before.is_none() != change.after.is_none();
            !(told.contains(name) || other_years && !year.is_empty() && half)
        });
        found
    }

    /// Whether nothing drifted and all is the same thing.
    pub fn passes(&self) -> bool {
        self.drift.is_empty() && !self.mismatches.iter().any(|mismatch| mismatch.fails)
    }

    fn whole_run(&mut self, baseline: &Summary, run: &Summary) {
        let (before, after) = (&baseline.scenario, &run.scenario);
        let title = |label: &ScenarioLabel| label.title.get(Language::En).to_owned();
        if !is_of(&after.id, &before.id) {
            // The id of a file that was renamed is another, and its title the same.
            let fails = title(before) != title(after);
            self.differs(ChangedFact::Scenario, "", before.id.clone(), after.id.clone(), fails);
        }
        self.differs(ChangedFact::Title, "", title(before), title(after), false);
        let condition = |run: &Summary| {
            run.given.as_ref().map_or_else(|| "–".to_owned(), |given| given.condition.clone())
        };
        self.differs(ChangedFact::Condition, "", condition(baseline), condition(run), true);
        self.differs(ChangedFact::Years, "", span(baseline), span(run), true);
        let drawn = |run: &Summary| {
            let (seed, paths, sampling) = draws(run);
            format!("{seed} × {paths} {sampling}").trim_end().to_owned()
        };
        self.differs(ChangedFact::Draws, "", drawn(baseline), drawn(run), false);
    }

    fn differs(&mut self, what: ChangedFact, name: &str, before: String, after: String, fails: bool) {
        if before != after {
            let name = name.to_owned();
            self.mismatches.push(Mismatch { what, name, before: Some(before), after: Some(after), fails });
        }
    }

    /// Notes what is in one of the two alone, and looks at what is in both.
    fn each<T>(
        &mut self,
        what: ChangedFact,
        before: &BTreeMap<&str, &T>,
        after: &BTreeMap<&str, &T>,
        both: impl Fn(&mut Self, &str, &T, &T),
    ) {
        for (name, old) in before {
            match after.get(name) {
                Some(new) => both(self, name, old, new),
                None => self.alone(what, name, true),
            }
        }
        for name in after.keys().filter(|name| !before.contains_key(*name)) {
            self.alone(what, name, false);
        }
    }

    fn alone(&mut self, what: ChangedFact, name: &str, is_missing: bool) {
        let (before, after) = (is_missing.then(|| name.to_owned()), (!is_missing).then(|| name.to_owned()));
        self.mismatches.push(Mismatch { what, name: name.to_owned(), before, after, fails: true });
    }
}

/// Whether a scenario is that of an id, or one run of a sweep of it.
fn is_of(id: &str, of: &str) -> bool {
    id == of || id.strip_prefix(of).is_some_and(|rest| rest.starts_with('_') && rest.contains('='))
}

fn span(run: &Summary) -> String {
    format!("{}–{}", label(run.scenario.start), label(run.scenario.end))
}

fn of_years(years: &[i32]) -> String {
    let end = |year: Option<&i32>| year.map_or_else(String::new, label);
    format!("{}–{}", end(years.first()), end(years.last()))
}

fn targets(run: &Summary) -> BTreeMap<&str, &TargetSummary> {
    run.targets.iter().map(|(name, target)| (name.as_str(), target)).collect()
}

fn headlines(run: &Summary) -> BTreeMap<&str, &VariableSummary> {
    let headlines = run.variables.iter().filter(|(_, variable)| variable.headline);
    headlines.map(|(name, variable)| (name.as_str(), variable)).collect()
}

fn metrics(run: &Summary) -> BTreeMap<&str, &MetricSummary> {
    run.metrics.iter().map(|(name, metric)| (name.as_str(), metric)).collect()
}

/// The names of all that a baseline can hold a run against.
pub fn names(run: &Summary) -> BTreeSet<&str> {
    let targets = targets(run).into_keys();
    targets.chain(headlines(run).into_keys()).chain(metrics(run).into_keys()).collect()
}

impl Mismatch {
    /// The mismatch in words, but for what was and what is.
    pub fn words(&self, language: Language) -> String {
        let name = &self.name;
        let alone = |kind: Key| {
            if self.before.is_some() {
                tr!(language, "analysis-against-gone", kind = kind, name = name)
            } else {
                tr!(language, "analysis-against-new", kind = kind, name = name)
            }
        };
        match self.what {
            ChangedFact::Scenario => tr!(language, "analysis-against-scenario").to_owned(),
            ChangedFact::Title => tr!(language, "analysis-against-title").to_owned(),
            ChangedFact::Condition => tr!(language, "analysis-against-condition").to_owned(),
            ChangedFact::Years if name.is_empty() => tr!(language, "analysis-against-years").to_owned(),
            ChangedFact::Years => tr!(language, "analysis-against-years-of", name = name),
            ChangedFact::Draws => tr!(language, "analysis-against-draws").to_owned(),
            ChangedFact::Unit => tr!(language, "analysis-against-unit", name = name),
            ChangedFact::Requirement => tr!(language, "analysis-against-requirement", name = name),
            ChangedFact::Target => alone(key!("analysis-against-target")),
            ChangedFact::Metric => alone(key!("analysis-against-metric")),
            ChangedFact::Variable => alone(key!("analysis-against-variable")),
        }
    }

    /// The mismatch in one sentence.
    pub fn sentence(&self, language: Language) -> String {
        let words = self.words(language);
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => tr!(
                language,
                "analysis-against-sentence",
                what = words,
                before = shown(before),
                after = shown(after)
            ),
            _ => words,
        }
    }
}

/// A text, or a dash where there is none.
fn shown(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;

    fn against(change: fn(&mut Summary)) -> BaselineComparison {
        let (before, mut after) = (sample::summary(), sample::summary());
        change(&mut after);
        BaselineComparison::of(&before, &after, &Tolerance::default())
    }

    #[test]
    fn a_run_is_the_same_as_itself() {
        assert_eq!(against(|_| ()), BaselineComparison::default());
    }

    #[test]
    fn every_difference_that_is_no_number_is_told() {
        type Case = (fn(&mut Summary), ChangedFact, bool, &'static str);
        let cases: [Case; 11] = [
            (
                |run| run.scenario.id = "other".into(),
                ChangedFact::Scenario,
                false,
                "another one: plan in the baseline, other",
            ),
            (|run| run.scenario.title.en = "Other".into(), ChangedFact::Title, false, "Other now"),
            (
                |run| run.scenario.end = 2040,
                ChangedFact::Years,
                true,
                "2020–2035 in the baseline, 2020–2040 now",
            ),
            (|run| run.seed = 2, ChangedFact::Draws, false, "joint errors"),
            (
                |run| run.variables.get_mut("gdp").unwrap().unit = "CNY".into(),
                ChangedFact::Unit,
                true,
                "1e8 CNY in the baseline",
            ),
            (
                |run| run.metrics.get_mut("growth").unwrap().unit = "%".into(),
                ChangedFact::Unit,
                true,
                "% now",
            ),
            (|run| drop(run.targets.remove("so2")), ChangedFact::Target, true, "the target so2 is gone"),
            (
                |run| drop(run.metrics.remove("growth")),
                ChangedFact::Metric,
                true,
                "the metric growth is gone",
            ),
            (
                |run| drop(run.variables.remove("gdp")),
                ChangedFact::Variable,
                true,
                "the variable gdp is gone",
            ),
            (
                |run| {
                    let new = run.targets["so2"].clone();
                    run.targets.insert("new".into(), new);
                },
                ChangedFact::Target,
                true,
                "the target new is new",
            ),
            (
                |run| run.targets.get_mut("so2").unwrap().require = "1 > 0".into(),
                ChangedFact::Requirement,
                false,
                "1 > 0 now",
            ),
        ];
        for (change, what, fails, said) in cases {
            let found = against(change);
            let [mismatch] = &found.mismatches[..] else { panic!("{what:?}: {found:?}") };
            assert_eq!((mismatch.what, mismatch.fails, found.passes()), (what, fails, !fails));
            assert!(mismatch.sentence(Language::En).contains(said), "{}", mismatch.sentence(Language::En));
            assert!(found.drift.is_empty(), "{what:?}: {:?}", found.drift);
        }
    }

    #[test]
    fn a_spread_that_grew_is_a_drift() {
        let found = against(|run| {
            for sd in &mut run.variables.get_mut("gdp").unwrap().sd {
                *sd = sd.map(|sd| 2.0 * sd);
            }
        });
        assert!(found.drift.iter().all(|change| change.statistic == "sd") && !found.passes());
    }

    #[test]
    fn another_id_fails_only_with_another_title() {
        let renamed = against(|run| run.scenario.id = "other".into());
        let other =
            against(|run| (run.scenario.id, run.scenario.title.en) = ("other".into(), "Other".into()));
        assert!(renamed.passes() && !other.passes(), "{renamed:?} {other:?}");
    }

    #[test]
    fn a_run_of_a_sweep_is_of_its_scenario() {
        assert!(is_of("plan", "plan") && is_of("plan_price=3", "plan"));
        assert!(!is_of("plan2", "plan") && !is_of("plan_b", "plan"));
    }
}
