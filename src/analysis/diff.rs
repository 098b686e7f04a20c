//! Two runs beside each other: what changed in the results, and in the assumptions.
//!
//! The standard error of a difference is that of independent runs, `√(a² + b²)`. Runs with the same seed share their
//! draws, and their differences are then more certain than it says; `plancast compare` measures that path by path.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use self::number::{Number, numbers};
use crate::num::{max, norm, normal};
use crate::result::Summary;
use crate::text::probability::KnownProbability;

mod number;

/// The name of the share of the paths on which a metric, a year, never comes.
pub const NEVER: &str = "never";

/// The name of the statistic of a target.
pub const PROBABILITY: &str = "probability";

/// A number of both runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangedNumber {
    /// What it is of: a target, `gdp@2025`, a metric.
    pub name: String,
    /// `probability`, `mean` or a quantile as `q0.5`.
    pub statistic: String,
    /// In the first run; `None` where it has none.
    pub before: Option<f64>,
    /// In the second run.
    pub after: Option<f64>,
    /// Standard error of the difference; `None` where it is not known.
    pub standard_error: Option<f64>,
    /// Of a probability, what is known of it in each run.
    #[serde(skip)]
    pub known: [Option<KnownProbability>; 2],
    /// What decides in each run whether it is known.
    #[serde(skip)]
    pub gaps: [Gap; 2],
    /// Whether values are calendar years.
    #[serde(skip)]
    pub are_years: bool,
}

/// What decides whether a number of a run is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gap {
    /// Whether it is not known only because of the tail: it is too heavy, or sums overflow.
    pub is_tail: bool,
    /// The number of these paths, where it is not known because of the tail.
    pub unsettled: Option<f64>,
    /// Share of the paths without a finite value.
    pub not_finite: f64,
    /// How many paths there are.
    pub paths: u64,
}

/// An assumption that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedAssumption {
    /// Its name: `trend[coal]`, `variable gdp`.
    pub name: String,
    /// As the first run assumed it; `None` where it did not.
    pub before: Option<String>,
    /// As the second one does.
    pub after: Option<String>,
    /// Unit, where one is written.
    pub unit: String,
    /// The source of the first value, and of the second.
    pub sources: [String; 2],
}

/// How far a result may be from its baseline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tolerance {
    /// Of probabilities, as a share; of all else, relative to the baseline's value.
    pub all: f64,
    /// Of probabilities alone.
    pub probability: Option<f64>,
    /// By name of a target, variable or metric.
    pub by_name: BTreeMap<String, f64>,
}

impl ChangedNumber {
    /// By how much it changed.
    pub fn difference(&self) -> Option<f64> {
        let (before, after) = (self.before?, self.after?);
        Some(if before == after { 0.0 } else { after - before })
    }

    /// Whether the difference is more than chance would make it once in a hundred times.
    pub fn is_significant(&self) -> bool {
        const Z: f64 = 2.5758293035489004;
        match (self.difference(), self.standard_error) {
            (Some(difference), _) if !difference.is_finite() => !self.is_gap_by_chance(Z),
            (Some(difference), Some(error)) => difference.abs() > Z * error && difference != 0.0,
            (None, _) => self.before != self.after && !self.is_gap_by_chance(Z),
            (Some(difference), None) => difference != 0.0 && !self.is_gap_by_chance(Z),
        }
    }

    /// Whether chance may make a number that is finite in one run unknown or infinite in the other: the tail of the one is
    /// called too heavy, or about as many paths of both have no finite value, by so many standard errors.
    fn is_gap_by_chance(&self, points: f64) -> bool {
        let [before, after] = self.gaps;
        if before.is_tail || after.is_tail {
            return true;
        }
        let [n, m] = [before, after].map(|gap| gap.paths as f64);
        let share = (before.not_finite * n + after.not_finite * m) / (n + m);
        let error = (share * (1.0 - share) * (1.0 / n + 1.0 / m)).sqrt();
        share > 0.0 && (before.not_finite - after.not_finite).abs() <= points * error
    }

    /// Both values. Where only one is known, and the other is not because of the tail, that of its paths stands for it.
    fn settled(&self) -> [Option<f64>; 2] {
        let [before, after] = self.gaps;
        match (self.before, self.after) {
            (None, after @ Some(_)) => [before.unsettled, after],
            (before @ Some(_), None) => [before, after.unsettled],
            both => both.into(),
        }
    }
}

/// The numbers of two runs, in the order of the second: probabilities, then means and quantiles (5, 50 and 95 %) of the
/// headlines in every year and of the metrics.
pub fn changes(before: &Summary, after: &Summary) -> Vec<ChangedNumber> {
    let (old, new) = (numbers(before), numbers(after));
    let mut found: Vec<ChangedNumber> = new
        .iter()
        .map(|(key, number)| {
            let old = old.iter().find(|(other, _)| other == key).map(|(_, number)| number);
            ChangedNumber {
                name: key.0.clone(),
                statistic: key.1.clone(),
                before: old.and_then(|old| old.estimate.value),
                after: number.estimate.value,
                standard_error: old.and_then(|old| joint_error(old, number)),
                known: [old.and_then(|old| old.known), number.known],
                gaps: [old.map_or_else(Gap::default, |old| old.gap), number.gap],
                are_years: number.is_year,
            }
        })
        .collect();
    found.extend(old.into_iter().filter(|(key, _)| new.iter().all(|(other, _)| other != key)).map(
        |((name, statistic), number)| ChangedNumber {
            name,
            statistic,
            before: number.estimate.value,
            after: None,
            standard_error: None,
            known: [number.known, None],
            gaps: [number.gap, Gap::default()],
            are_years: number.is_year,
        },
    ));
    found
}

/// The standard error of the difference of two numbers. Where all paths of a run agree, its own error says nothing: it is
/// that of the other run, with as many paths.
fn joint_error(before: &Number, after: &Number) -> Option<f64> {
    let of = |number: &Number, other: &Number| {
        if !number.is_constant || other.is_constant {
            return number.estimate.error;
        }
        let more = other.gap.paths as f64 / number.gap.paths.max(1) as f64;
        other.estimate.error.map(|error| error * more.sqrt())
    };
    Some(norm(&[of(before, after)?, of(after, before)?]))
}

/// Those of the changes that are beyond their tolerance. Where the runs have other draws, what chance may do is allowed for: with all numbers together, less than once in a hundred times.
pub fn drift(before: &Summary, after: &Summary, tolerance: &Tolerance) -> Vec<ChangedNumber> {
    let all = changes(before, after);
    let same_draws = draws(before) == draws(after);
    let tail = 0.005 / all.len().max(1) as f64;
    let points = if same_draws { 0.0 } else { normal::quantile_of_tails(1.0 - tail, tail) };
    let had: BTreeSet<(String, String)> = numbers(before).into_iter().map(|(key, _)| key).collect();
    let is_new = |change: &ChangedNumber| !had.contains(&(change.name.clone(), change.statistic.clone()));
    all.into_iter().filter(|change| !is_new(change) && change.is_beyond(tolerance, points)).collect()
}

/// What the draws of a run follow from: seed, number of paths and how they are spread.
pub fn draws(summary: &Summary) -> (u64, u64, &str) {
    (summary.seed, summary.paths, &summary.sampling)
}

impl Tolerance {
    /// A name that no result of the baseline has: nothing would be tolerated by it.
    pub fn unknown(&self, baseline: &Summary) -> Option<&str> {
        let known: BTreeSet<String> = numbers(baseline).into_iter().map(|((name, _), _)| name).collect();
        let named = |name: &str| known.iter().any(|k| k == name || k.split('@').next() == Some(name));
        self.by_name.keys().find(|name| !named(name)).map(String::as_str)
    }
}

impl ChangedNumber {
    fn is_beyond(&self, tolerance: &Tolerance, points: f64) -> bool {
        let is_same_draws = points == 0.0;
        let [before, after] = if is_same_draws { self.settled() } else { [self.before, self.after] };
        if before == after {
            return false;
        }
        // A statistic that does not exist in one of the runs alone, as the median of a year that never comes.
        let (Some(before), Some(after)) = (before.filter(|x| x.is_finite()), after.filter(|x| x.is_finite()))
        else {
            return is_same_draws || !self.is_gap_by_chance(points);
        };
        // Beside infinite values a quantile has no error: there the share of these tells.
        if !is_same_draws && self.standard_error.is_none() && self.is_gap_by_chance(points) {
            return false;
        }
        let named = self.name.split('@').next().unwrap_or(&self.name);
        let probability = self.statistic == PROBABILITY;
        let allowed = tolerance
            .by_name
            .get(&self.name)
            .or_else(|| tolerance.by_name.get(named))
            .copied()
            .or(tolerance.probability.filter(|_| probability))
            .unwrap_or(tolerance.all);
        let scale = if probability || self.statistic == NEVER { 1.0 } else { before.abs() };
        // Numbers that JSON carried are exact; a rounding more is no drift.
        let slack = 1e-12 * max(before.abs(), after.abs());
        (after - before).abs() > allowed * scale + points * self.standard_error.unwrap_or(0.0) + slack
    }
}

/// What two resolved scenarios (`scenario.toml`) assume differently, by name. Titles and notes are no assumptions.
///
/// # Errors
/// When one of the texts is no TOML.
pub fn assumptions(before: &str, after: &str) -> Result<Vec<ChangedAssumption>, toml::de::Error> {
    let (before, after) = (assumed(before)?, assumed(after)?);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differs = names.into_iter().filter_map(|name| {
        let (old, new) = (before.get(name), after.get(name));
        if old.map(|old| &old.value) == new.map(|new| &new.value) {
            return None;
        }
        let source = |assumed: Option<&Assumed>| assumed.map_or_else(String::new, |a| a.source.clone());
        Some(ChangedAssumption {
            name: name.clone(),
            before: old.map(|old| old.value.clone()),
            after: new.map(|new| new.value.clone()),
            unit: new.or(old).map_or_else(String::new, |assumed| assumed.unit.clone()),
            sources: [source(old), source(new)],
        })
    });
    Ok(differs.collect())
}

/// One thing that a scenario assumes.
struct Assumed {
    value: String,
    unit: String,
    source: String,
}

fn assumed(text: &str) -> Result<BTreeMap<String, Assumed>, toml::de::Error> {
    let document: toml::Table = text.parse()?;
    let mut found = BTreeMap::new();
    let sets = table(&document, "sets");
    for (top, entries) in &document {
        let Some(entries) = entries.as_table() else {
            found.insert(top.clone(), one(&toml::Table::new(), shown(entries)));
            continue;
        };
        for (name, entry) in entries {
            match top.as_str() {
                "scenario" | "sources" => {}
                "sets" => fields(name, entry, &mut found),
                "parameters" => insert(name.clone(), entry, "value", &mut found),
                "shocks" => insert(name.clone(), entry, "dist", &mut found),
                "variables" => {
                    insert(format!("variable {name}"), entry, "formula", &mut found);
                    if let Some(start) = entry.get("start") {
                        found.insert(format!("start of {name}"), one(&toml::Table::new(), shown(start)));
                    }
                }
                "metrics" => insert(format!("metric {name}"), entry, "formula", &mut found),
                "targets" => insert(format!("target {name}"), entry, "require", &mut found),
                "gates" => insert(format!("gate {name}"), entry, "require", &mut found),
                set if sets.is_some_and(|sets| sets.contains_key(set)) => {
                    let units = sets.and_then(|sets| table(table(sets, set)?, "fields"));
                    member(name, entry, units, &mut found);
                }
                other => {
                    found.insert(format!("{other} {name}"), one(&toml::Table::new(), shown(entry)));
                }
            }
        }
    }
    Ok(found)
}

fn table<'a>(of: &'a toml::Table, name: &str) -> Option<&'a toml::Table> {
    of.get(name).and_then(toml::Value::as_table)
}

/// The defaults of a set's fields.
fn fields(set: &str, entry: &toml::Value, found: &mut BTreeMap<String, Assumed>) {
    let fields = entry.as_table().and_then(|entry| table(entry, "fields"));
    for (field, says) in fields.into_iter().flatten() {
        if let Some(default) = says.get("default") {
            found.insert(
                format!("{field}[{set}] default"),
                one(says.as_table().unwrap_or(&toml::Table::new()), shown(default)),
            );
        }
    }
}

/// The fields of a member.
fn member(
    member: &str,
    entry: &toml::Value,
    units: Option<&toml::Table>,
    found: &mut BTreeMap<String, Assumed>,
) {
    for (field, value) in entry.as_table().into_iter().flatten().filter(|(field, _)| *field != "title") {
        let name = format!("{field}[{member}]");
        insert(name.clone(), value, "value", found);
        let unit = units.and_then(|units| units.get(field)?.get("unit")?.as_str());
        if let (Some(assumed), Some(unit)) = (found.get_mut(&name), unit) {
            unit.clone_into(&mut assumed.unit);
        }
    }
}

/// A record whose main entry is `main`, or a bare value.
fn insert(name: String, entry: &toml::Value, main: &str, found: &mut BTreeMap<String, Assumed>) {
    let empty = toml::Table::new();
    let record = entry.as_table().unwrap_or(&empty);
    let value = record.get(main).unwrap_or(entry);
    found.insert(name, one(record, shown(value)));
}

fn one(record: &toml::Table, value: String) -> Assumed {
    let word = |key: &str| record.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    Assumed { value, unit: word("unit"), source: word("source") }
}

/// A value as text; that of a string without quotes.
fn shown(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;
    use crate::result::summary::Why;

    #[test]
    fn a_run_is_no_drift_from_itself() {
        let run = sample::summary();
        assert!(drift(&run, &run, &Tolerance::default()).is_empty());
        assert!(changes(&run, &run).iter().all(|change| !change.is_significant()));
    }

    fn change(before: Option<f64>, after: Option<f64>, standard_error: Option<f64>) -> ChangedNumber {
        let (name, statistic) = ("gdp@2025".into(), "mean".into());
        ChangedNumber {
            name,
            statistic,
            before,
            after,
            standard_error,
            known: [None; 2],
            gaps: [Gap::default(); 2],
            are_years: false,
        }
    }

    /// The two-sided 1 % point of the normal distribution is 2.5758.
    #[test]
    fn a_difference_is_significant_beyond_the_one_per_cent_point() {
        let moved = |by: f64| change(Some(10.0), Some(10.0 + by), Some(1.0)).is_significant();
        assert_eq!([moved(2.57), moved(2.58), moved(-2.57), moved(-2.58)], [false, true, false, true]);
        assert!(!change(Some(1.0), Some(1.0), Some(0.0)).is_significant());
        assert!(change(Some(1.0), Some(1.5), None).is_significant(), "no error is known");
        assert!(!change(Some(1.0), Some(1.0), None).is_significant());
        assert!(change(None, Some(1.0), None).is_significant(), "it exists in one run alone");
        assert!(!change(None, None, None).is_significant());
    }

    #[test]
    fn a_tolerance_may_be_met_exactly_and_not_passed() {
        let relative = Tolerance { all: 0.25, ..Tolerance::default() };
        let beyond =
            |before: f64, after: f64| change(Some(before), Some(after), None).is_beyond(&relative, 0.0);
        assert_eq!(
            [beyond(8.0, 10.0), beyond(8.0, 10.001), beyond(8.0, 6.0), beyond(8.0, 5.999)],
            [false, true, false, true]
        );
        assert_eq!(
            [beyond(-8.0, -6.0), beyond(-8.0, -5.999)],
            [false, true],
            "of the size of what is negative"
        );
        assert!(
            !change(Some(8.0), Some(8.0 + 1e-12), None).is_beyond(&Tolerance::default(), 0.0),
            "a rounding"
        );
        let allowed = change(Some(8.0), Some(8.5), Some(0.25));
        assert!(
            !allowed.is_beyond(&Tolerance::default(), 2.0) && allowed.is_beyond(&Tolerance::default(), 1.9)
        );
    }

    #[test]
    fn a_tolerance_of_a_year_goes_before_that_of_its_variable() {
        let by_name = BTreeMap::from([("gdp".to_owned(), 0.5), ("gdp@2025".to_owned(), 0.1)]);
        let tolerance = Tolerance { by_name, ..Tolerance::default() };
        assert!(change(Some(10.0), Some(12.0), None).is_beyond(&tolerance, 0.0));
        let other_year = ChangedNumber { name: "gdp@2026".into(), ..change(Some(10.0), Some(12.0), None) };
        assert!(!other_year.is_beyond(&tolerance, 0.0));
    }

    /// Ten paths of ten, and then all but a hundred of a million: chance does that.
    #[test]
    fn few_paths_that_agree_are_no_certainty() {
        let of = |met: u64, paths: u64| {
            let mut run = sample::summary();
            run.targets.get_mut("gdp_2025").unwrap().probability =
                crate::result::wilson::probability(met, paths);
            run
        };
        let moved = |before: &Summary, after: &Summary| {
            changes(before, after).iter().filter(|change| change.is_significant()).count()
        };
        assert_eq!(moved(&of(10, 10), &of(999_900, 1_000_000)), 0);
        assert_eq!(moved(&of(0, 10), &of(100, 1_000_000)), 0);
        assert_eq!(moved(&of(0, 100_000), &of(100, 100_000)), 1);
    }

    #[test]
    fn probabilities_that_moved_are_a_drift_beyond_their_tolerance() {
        let (before, mut after) = (sample::summary(), sample::summary());
        after.targets.get_mut("gdp_2025").unwrap().probability.probability += 0.02;
        let of = |tolerance: Tolerance| drift(&before, &after, &tolerance).len();
        assert_eq!(of(Tolerance::default()), 1);
        assert_eq!(of(Tolerance { all: 0.03, ..Tolerance::default() }), 0);
        assert_eq!(of(Tolerance { all: 0.03, probability: Some(0.01), ..Tolerance::default() }), 1);
        let by_name = BTreeMap::from([("gdp_2025".to_owned(), 0.05)]);
        assert_eq!(of(Tolerance { by_name, ..Tolerance::default() }), 0);
    }

    #[test]
    fn chance_is_allowed_for_where_the_draws_are_others() {
        let (before, mut after) = (sample::summary(), sample::summary());
        after.seed = 2;
        let target = after.targets.get_mut("gdp_2025").unwrap();
        target.probability.probability += 2.0 * target.probability.standard_error.unwrap();
        assert!(drift(&before, &after, &Tolerance::default()).is_empty());
        after.targets.get_mut("gdp_2025").unwrap().probability.probability += 0.05;
        assert_eq!(drift(&before, &after, &Tolerance::default()).len(), 1);
    }

    /// Zero on every path of both runs is the same zero; and five of 100 000 paths after none are chance, sixty are not.
    #[test]
    fn nothing_and_nearly_nothing_drift_only_by_more_than_chance() {
        let (mut before, mut after) = (sample::summary(), sample::summary());
        after.seed = 2;
        for (run, zero) in [(&mut before, 0.0), (&mut after, -0.0)] {
            let gdp = run.variables.get_mut("gdp").unwrap();
            let all = gdp.quantiles.values_mut().chain(gdp.quantile_errors.values_mut());
            all.chain([&mut gdp.mean, &mut gdp.standard_error]).for_each(|values| values.fill(Some(zero)));
        }
        assert!(drift(&before, &after, &Tolerance::default()).is_empty());
        let met = |paths: u64| crate::result::wilson::probability(paths, 100_000);
        for (paths, drifts) in [(0, 0), (5, 0), (60, 1)] {
            before.targets.get_mut("gdp_2025").unwrap().probability = met(0);
            after.targets.get_mut("gdp_2025").unwrap().probability = met(paths);
            assert_eq!(drift(&before, &after, &Tolerance::default()).len(), drifts, "{paths}");
            assert_eq!(drift(&after, &before, &Tolerance::default()).len(), drifts, "{paths}");
        }
    }

    #[test]
    fn points_that_are_spread_otherwise_are_other_draws() {
        let (mut before, mut after) = (sample::summary(), sample::summary());
        before.sampling = "sobol".to_owned();
        let target = after.targets.get_mut("gdp_2025").unwrap();
        target.probability.probability += 2.0 * target.probability.standard_error.unwrap();
        assert!(drift(&before, &after, &Tolerance::default()).is_empty());
        after.sampling = "sobol".to_owned();
        assert_eq!(drift(&before, &after, &Tolerance::default()).len(), 1);
    }

    /// A summary whose headline has a tail that is too heavy for a mean in some year, with the mean of its paths moved.
    fn with_a_tail(moved: f64, seed: u64) -> Summary {
        let mut run = sample::summary();
        run.seed = seed;
        let gdp = run.variables.get_mut("gdp").unwrap();
        gdp.mean[5] = gdp.mean[5].map(|mean| mean * moved);
        for statistic in ["mean", "standard_error", "sd"] {
            gdp.why.insert(statistic.into(), [(gdp.years[5].to_string(), Why::Tail)].into());
        }
        let growth = run.metrics.get_mut("growth").unwrap();
        growth.why.extend(["mean", "standard_error", "sd"].map(|name| (name.to_owned(), Why::Tail)));
        run
    }

    #[test]
    fn a_verdict_on_the_tail_is_no_drift() {
        let known = sample::summary();
        for seed in [known.seed, 2] {
            let tail = with_a_tail(1.0, seed);
            for (before, after) in [(&known, &tail), (&tail, &known), (&tail, &tail)] {
                let found = drift(before, after, &Tolerance::default());
                assert!(found.is_empty(), "{found:?}");
                assert!(changes(before, after).iter().all(|change| !change.is_significant()));
            }
        }
    }

    /// The draws are the same, so that nothing but the plan can have moved the mean of the paths.
    #[test]
    fn a_mean_that_moved_with_the_same_draws_drifted_whatever_its_tail() {
        let (known, tail) = (sample::summary(), with_a_tail(3.0, sample::summary().seed));
        for (before, after) in [(&known, &tail), (&tail, &known)] {
            let found = drift(before, after, &Tolerance { all: 0.1, ..Tolerance::default() });
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].name.starts_with("gdp@") && found[0].statistic == "mean");
        }
    }

    /// With a true share of 5 % of paths without a finite value, the 95 % quantile is finite in every other run. A hundred
    /// paths more of 100 000 are 0.7 standard errors of a difference; a thousand are not chance.
    #[test]
    fn infinite_values_are_no_drift_while_as_many_paths_have_them() {
        let with = |paths: u64, seed: u64| {
            let mut run = sample::summary();
            run.seed = seed;
            let gdp = run.variables.get_mut("gdp").unwrap();
            let year = gdp.years[5].to_string();
            gdp.not_finite[5] = paths;
            for statistic in ["mean", "standard_error", "sd"] {
                gdp.why.insert(statistic.into(), [(year.clone(), Why::SomeInfinite)].into());
            }
            (gdp.mean[5], gdp.sd[5], gdp.standard_error[5]) = (None, None, None);
            if paths > 5_000 {
                gdp.quantiles.get_mut("0.95").unwrap()[5] = None;
                gdp.why.insert("0.95".into(), [(year, Why::PlusInfinity)].into());
            }
            run
        };
        let count = |before: &Summary, after: &Summary| drift(before, after, &Tolerance::default()).len();
        let some = with(4_950, 1);
        for (paths, seed, drifted) in [(5_050, 2, 0), (5_950, 2, 1), (5_050, some.seed, 1)] {
            let other = with(paths, seed);
            assert_eq!([count(&some, &other), count(&other, &some)], [drifted; 2], "{paths} {seed}");
        }
        // One path in 100 000 may be infinite in one run alone, and not a hundred; then there is no mean and no sd.
        let finite = sample::summary();
        for (paths, drifted) in [(1, 0), (100, 2)] {
            let other = with(paths, 2);
            assert_eq!([count(&finite, &other), count(&other, &finite)], [drifted; 2], "{paths}");
        }
    }

    /// Of a lump with a probability of 1 in 50 000, 100 000 paths may have none or five.
    #[test]
    fn paths_that_all_agree_are_no_certainty_for_means_either() {
        let with = |lump: u64, seed: u64| {
            let mut run = sample::summary();
            run.seed = seed;
            let share = lump as f64 / 1e5;
            let sd = (share * (1.0 - share)).sqrt();
            let gdp = run.variables.get_mut("gdp").unwrap();
            gdp.mean.fill(Some(share));
            gdp.sd.fill(Some(sd));
            gdp.standard_error.fill((lump > 0).then_some(sd / 1e5_f64.sqrt()));
            gdp.minimum.fill(Some(0.0));
            gdp.maximum.fill(Some(if lump > 0 { 1.0 } else { 0.0 }));
            gdp.quantiles
                .values_mut()
                .chain(gdp.quantile_errors.values_mut())
                .for_each(|all| all.fill(Some(0.0)));
            run
        };
        let count = |lump| {
            let (none, some) = (with(0, 1), with(lump, 2));
            let [there, back] = [(&none, &some), (&some, &none)]
                .map(|(before, after)| drift(before, after, &Tolerance::default()).len());
            assert_eq!(there, back);
            there
        };
        assert_eq!(count(5), 0);
        assert!(count(100) > 0);
    }

    #[test]
    fn what_a_run_no_longer_has_is_a_drift() {
        let (before, mut after) = (sample::summary(), sample::summary());
        after.targets.remove("so2");
        assert_eq!(drift(&before, &after, &Tolerance::default())[0].name, "so2");
        assert!(drift(&after, &before, &Tolerance::default()).is_empty(), "what is new is none");
    }

    #[test]
    fn a_year_that_now_comes_is_a_drift_and_one_that_never_comes_is_none() {
        let mut before = sample::summary();
        before.metrics.get_mut("growth").unwrap().mean = None;
        assert!(drift(&before, &before, &Tolerance::default()).is_empty());
        let mut after = before.clone();
        after.metrics.get_mut("growth").unwrap().mean = Some(2031.0);
        assert_eq!(drift(&before, &after, &Tolerance::default()).len(), 1);
        assert_eq!(drift(&after, &before, &Tolerance::default()).len(), 1);
    }

    #[test]
    fn a_tolerance_of_what_the_baseline_does_not_have_is_found() {
        let of = |name: &str| Tolerance {
            by_name: BTreeMap::from([(name.to_owned(), 0.1)]),
            ..Tolerance::default()
        };
        let run = sample::summary();
        for known in ["gdp", "gdp@2025", "gdp_2025", "growth"] {
            assert_eq!(of(known).unknown(&run), None, "{known}");
        }
        assert_eq!(of("gpd").unknown(&run), Some("gpd"));
    }

    #[test]
    fn assumptions_that_differ_are_named_with_unit_and_source() {
        let before = "
            [parameters]
            price = { value = 50, unit = 'CNY/t', source = 'book' }
            same = 3
            [sets.sector.fields]
            trend = { unit = '1/yr' }
            [sector.coal]
            trend = { value = 'normal(4%, 1%)', source = 'book' }
            [variables]
            x = { formula = 'price', title = 'old' }";
        let after = before.replace("50", "60").replace("4%, 1%", "3%, 1%").replace("'old'", "'new'");
        let found = assumptions(before, &(after + "\ny = 'price + 1'")).unwrap();
        let names: Vec<&str> = found.iter().map(|assumption| assumption.name.as_str()).collect();
        assert_eq!(names, ["price", "trend[coal]", "variable y"]);
        assert_eq!((found[0].before.as_deref(), found[0].after.as_deref()), (Some("50"), Some("60")));
        assert_eq!((found[0].unit.as_str(), found[0].sources[0].as_str()), ("CNY/t", "book"));
        assert_eq!((found[1].unit.as_str(), found[1].after.as_deref()), ("1/yr", Some("normal(3%, 1%)")));
        assert_eq!(found[2].before, None);
    }
}
