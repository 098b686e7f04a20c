//! What a plan's own figures say of each other, before anything is simulated.
//!
//! What targets state is read as levels, growth and gains of variables and held against base values, against
//! each other, and by the scenario's `[accounts]` against other variables: parts against wholes, what is
//! promised against what there is, one variable over another. Nothing here knows a particular plan.

mod accounts;
mod central;
mod definitions;
mod finding;
mod single;
mod statements;

pub use finding::{
    Claimed, Finding, FindingKind, Level, Rate, Reading, RequiredChange, StatedPart, StatedRest,
};

use central::Central;
use statements::Statements;

use crate::model::Labels;
use crate::scenario::Scenario;

/// Numbers count as the same when they differ by less than this share.
const SAME: f64 = 0.001;

/// Holds the figures of a scenario against each other: variables in the order of the file, then accounts,
/// then numbers with several definitions. `labels` are of a model that records all variables.
pub fn audit(scenario: &Scenario, labels: &Labels) -> Vec<Finding> {
    let central = Central { scenario, labels };
    let statements = Statements::of(scenario);
    let mut findings = single::findings(&statements, &central);
    findings.extend(accounts::findings(&statements, &central));
    findings.extend(definitions::findings(&statements, &central));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RecordedVariables, compile};
    use crate::scenario::load;
    use crate::text::DiagnosticList;

    /// A harbour town, with round figures.
    const TOWN: &str = r#"
        [time]
        start = 2020
        end = 2030
        [sets.trade]
        [sets.trade.fields]
        base = { default = 0 }
        water = { default = 0 }
        [trade.fish]
        base = 40
        water = 30
        [trade.freight]
        base = 40
        water = "uniform(40, 60)"
        [trade.inns]
        base = 20
        [variables]
        "made[trade]" = { start = "base[trade]", formula = "1.05 * prev(made[trade])" }
        all = "sum(trade: made[trade])"
        all_nominal = "all * 1.1"
        ships = { start = "50", formula = "prev(ships)" }
        spring = "70"
        drunk = "sum(trade: water[trade])"
        [accounts]
        trades = { whole = "all", parts = ["made[fish]", "made[freight]"] }
        per_ship = { ratio = "all / ships" }
        well = { supply = "spring", claims = ["water"] }
        [targets]
        pace = "cagr(all, 2020, 2025) >= 10%"
        size = { require = "all@2025 >= 145", states = "all@2025 == 150", id = "the_150" }
        size_nominal = { require = "all_nominal@2025 >= 150", id = "the_150" }
        later = "all@2030 >= 200"
        fish = "made[fish]@2025 >= 80"
        freight = "made[freight]@2025 >= 80"
        fleet = "ships@2025 >= 2 * ships@2020"
        docks = { require = "always(made[freight] >= 1, 2020, 2025)", states = "made[freight]@2025 == 80", id = "f2" }
        quays = { require = "made[freight]@2025 >= 79.9 + 0.1", id = "f3" }
    "#;

    fn found() -> Vec<Finding> {
        let loaded = load::from_text("town.toml", TOWN);
        let model =
            compile(&loaded.scenario, &RecordedVariables::All, &mut DiagnosticList::default()).unwrap();
        audit(&loaded.scenario, &model.labels)
    }

    /// What the targets of a small town say of each other: its kind of finding, and whether it is a conflict.
    fn of_targets(targets: &str) -> Vec<Finding> {
        let text = format!(
            "[time]\nstart = 2020\nend = 2030\n[parameters]\ndrunk = 20\nshared = {{ value = {{ 2020 = 5, 2025 = 7 }} }}\n\
             [variables]\nall = {{ start = \"100\", formula = \"1.05 * prev(all)\" }}\nother = \"all\"\n\
             spring = \"20\"\n[accounts]\nwell = {{ supply = \"spring\", claims = [\"drunk\"] }}\n[targets]\n{targets}"
        );
        let loaded = load::from_text("town.toml", &text);
        assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics);
        let model =
            compile(&loaded.scenario, &RecordedVariables::All, &mut DiagnosticList::default()).unwrap();
        audit(&loaded.scenario, &model.labels)
    }

    fn betweens(targets: &str) -> Vec<(i32, i32, f64)> {
        let found = of_targets(targets).into_iter().filter_map(|finding| match finding.what {
            FindingKind::Between { first, second, rate, .. } => Some((first.year, second.year, rate)),
            _ => None,
        });
        found.collect()
    }

    #[test]
    fn levels_are_taken_in_the_order_of_their_years_and_not_of_the_file() {
        let found = betweens("later = \"all@2027 >= 121\"\nsooner = \"all@2025 >= 100\"");
        assert_eq!((found.len(), found[0].0, found[0].1), (1, 2025, 2027));
        near(found[0].2, 0.1);
    }

    #[test]
    fn two_levels_of_one_year_have_no_growth_between_them() {
        assert!(betweens("a = \"all@2025 >= 100\"\nb = \"all@2025 >= 121\"").is_empty());
    }

    #[test]
    fn each_gain_over_the_same_years_is_a_level_of_its_own() {
        let needed = |second: &str| {
            let found =
                of_targets(&format!("a = \"all@2025 - all@2020 >= 10\"\nb = \"{second}\"")).into_iter();
            let levels = found.filter_map(|finding| match finding.what {
                FindingKind::Needs { level, .. } => Some((level.year, level.level)),
                _ => None,
            });
            levels.collect::<Vec<_>>()
        };
        assert_eq!(needed("all@2025 - all@2020 >= 20"), [(2025, 110.0), (2025, 120.0)]);
        assert_eq!(needed("all@2026 - all@2020 >= 10"), [(2025, 110.0), (2026, 110.0)]);
        assert_eq!(needed("all@2025 - all@2020 >= 5 + 5"), [(2025, 110.0)], "the same number twice");
    }

    #[test]
    fn a_supply_that_is_promised_exactly_once_suffices() {
        let promised = |targets: &str| {
            let found = of_targets(targets).into_iter().find(|finding| finding.about == "well").unwrap();
            let FindingKind::Promised { sum, .. } = found.what else { panic!("{found:?}") };
            (found.conflict, sum)
        };
        assert_eq!(promised("a = \"all@2025 >= 1\""), (false, 20.0));
    }

    #[test]
    fn one_number_of_two_figures_counts_only_where_it_is_of_one_variable() {
        let same = |second: &str| {
            let text = format!("a = {{ require = \"all@2025 >= 150\", id = \"f1\" }}\nb = {second}");
            let found = of_targets(&text);
            found.iter().any(|finding| matches!(finding.what, FindingKind::SameNumber { .. }))
        };
        assert!(same("{ require = \"all@2025 <= 150\", id = \"f2\" }"));
        assert!(!same("{ require = \"all@2025 <= 150\", id = \"f1\" }"), "one figure");
        assert!(!same("{ require = \"other@2025 <= 150\", id = \"f2\" }"), "variables that no account ties");
        assert!(!same("{ require = \"all@2026 <= 150\", id = \"f2\" }"), "another year");
        assert!(!same("{ require = \"all@2025 <= 151\", id = \"f2\" }"), "another number");
    }

    #[test]
    fn levels_clash_where_one_is_more_than_the_other_allows() {
        let opposed = |targets: &str| {
            let found = of_targets(targets).into_iter();
            let mut levels = found.filter_map(|finding| match finding.what {
                FindingKind::OpposedLevels { high, low } => Some((low.level, high.level, finding.conflict)),
                _ => None,
            });
            levels.next()
        };
        assert_eq!(opposed("a = \"all@2025 >= 160\"\nb = \"all@2025 <= 150\""), Some((150.0, 160.0, true)));
        assert_eq!(opposed("a = \"all@2025 >= 150\"\nb = \"all@2025 <= 160\""), None, "room is left");
        assert_eq!(opposed("a = \"all@2025 >= 160\"\nb = \"all@2026 <= 150\""), None, "other years");
        assert_eq!(opposed("a = \"all@2025 == 150\"\nb = \"all@2025 == 160\""), Some((150.0, 160.0, true)));
    }

    fn pick<T>(about: &str, mut of: impl FnMut(FindingKind) -> Option<T>) -> T {
        let mut own = found().into_iter().filter(|finding| finding.about == about);
        own.find_map(|finding| of(finding.what))
            .unwrap_or_else(|| panic!("nothing of the kind about {about}"))
    }

    fn near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 1e-9 * wanted.abs(), "{found}, not {wanted}");
    }

    #[test]
    fn a_level_and_a_rate_that_disagree_are_told_with_the_base_at_which_both_hold() {
        let (leads_to, common_base) = pick("all", |what| match what {
            FindingKind::Disagree { leads_to, common_base, .. } => Some((leads_to, common_base)),
            _ => None,
        });
        near(leads_to, 161.051);
        near(common_base, 150.0 / 1.61051);
    }

    #[test]
    fn two_levels_tell_the_growth_between_them_and_where_the_rate_would_lead() {
        let (rate, at_rates) = pick("all", |what| match what {
            FindingKind::Between { rate, at_rates, .. } => Some((rate, at_rates)),
            _ => None,
        });
        near(rate, 0.059_223_841_048_812);
        near(at_rates[0].1, 150.0 * 1.61051);
    }

    #[test]
    fn growth_of_one_variable_against_another_moves_their_ratio() {
        let (factor, after) = pick("per_ship", |what| match what {
            FindingKind::Ratio { factor, after, .. } => Some((factor.unwrap(), after.unwrap())),
            _ => None,
        });
        near(factor, 1.61051 / 2.0);
        near(after, 1.61051);
    }

    /// 160 of 150 are asked of two parts that had 80 of 100.
    #[test]
    fn parts_that_leave_nothing_of_the_whole_are_told() {
        let wholes = found().into_iter().filter(|finding| finding.about == "trades" && finding.conflict);
        let sums: Vec<(f64, f64, f64)> = wholes
            .filter_map(|finding| match finding.what {
                FindingKind::Parts { sum, rest: Some(rest), .. } => Some((sum, rest.base, rest.left)),
                _ => None,
            })
            .collect();
        assert_eq!(sums.len(), 1, "150 is less than 160, and 161.051 is more");
        near(sums[0].0, 160.0);
        near(sums[0].1, 20.0);
        near(sums[0].2, -10.0);
    }

    #[test]
    fn what_is_promised_more_than_once_is_told() {
        let (sum, available) = pick("well", |what| match what {
            FindingKind::Promised { sum, available, .. } => Some((sum, available)),
            _ => None,
        });
        near(sum, 80.0);
        assert_eq!(available, vec![(2020, 70.0), (2030, 70.0)]);
    }

    #[test]
    fn one_figure_of_two_variables_and_one_number_of_two_figures_are_told() {
        let readings = pick("the_150", |what| match what {
            FindingKind::Readings { readings } => Some(readings),
            _ => None,
        });
        let names: Vec<&str> = readings.iter().map(|reading| reading.variable.as_str()).collect();
        assert_eq!(names, ["all", "all_nominal"]);
        let targets = pick("made[freight]", |what| match what {
            FindingKind::SameNumber { targets, .. } => Some(targets),
            _ => None,
        });
        assert_eq!(
            targets.iter().map(|own| own.0.as_str()).collect::<Vec<_>>(),
            ["freight", "docks", "quays"]
        );
    }
}
