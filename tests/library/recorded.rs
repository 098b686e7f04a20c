//! Targets that the record decides.

use crate::common::{Case, Messages};
use plancast::engine;
use plancast::result::assemble;
use plancast::result::summary::Summary;
use plancast::text::probability::Decided;

fn case(targets: &str) -> Case {
    Case::of(&format!(
        r#"
[time]
start = 2020
end = 2030
[sets.r]
[sets.r.fields]
f = {{}}
[r.east]
f = 1
[r.west]
f = 2
[parameters]
least = {{ 2020 = 90, 2022 = 110 }}
luck = "normal(0, 1)"
[variables]
gdp = {{ start = "100", formula = "prev(gdp) + 5 + luck", report = true }}
other = {{ start = "100", formula = "prev(other) + luck", report = true }}
"va[r]" = {{ formula = "f[r] * gdp", report = true }}
[metrics]
rise = "change(gdp, 2020, 2022)"
[history.gdp]
values = {{ 2019 = 95, 2020 = 100, 2021 = 103, 2022 = 108 }}
[history."va[east]"]
values = {{ 2021 = 50 }}
[targets]
{targets}
"#
    ))
}

/// What the record says of a target, where it decides it.
fn on_record(require: &str) -> Option<bool> {
    let case = case(&format!("t = \"{require}\""));
    let decided = case.model.labels.targets[0].decided.filter(|decided| decided.is_recorded());
    decided.map(Decided::holds)
}

/// By hand from the record: 100, 103, 108.
#[test]
fn a_target_is_decided_where_all_that_it_reads_is_recorded() {
    for (require, met) in [
        ("gdp@2021 >= 103", true),
        ("gdp@2021 > 103", false),
        ("gdp@2021 <= 103", true),
        ("gdp@2021 < 103", false),
        ("gdp@2020 >= 100", true),
        ("gdp@2022 >= 1.08 * gdp@2020", true),
        ("gdp@2022 >= 1.09 * gdp@2020", false),
        ("change(gdp, 2020, 2022) >= 8.01%", false),
        ("cagr(gdp, 2020, 2022) >= 3.9%", true),
        ("growth(gdp)@2021 >= 3%", true),
        ("rise >= 7.9%", true),
        ("mean(gdp, 2020, 2022) >= 103.7", false),
        ("always(gdp >= 100, 2020, 2022)", true),
        ("always(gdp >= least, 2020, 2022)", false),
        ("ever(gdp >= least, 2022, 2022)", false),
        ("gdp@2022 >= least@2021", true),
        ("va[east]@2021 >= 50", true),
        ("sum(r where f[r] == 1: va[r]@2021) >= 51", false),
        ("not gdp@2021 >= 200", true),
        ("gdp@2021 >= 1000 and gdp@2030 >= 1", false),
    ] {
        assert_eq!(on_record(require), Some(met), "{require}");
    }
}

#[test]
fn a_target_that_reads_a_future_year_or_another_variable_is_not_decided() {
    for require in [
        "gdp@2023 >= 1",
        "gdp@2021 >= 1 and gdp@2030 >= 1",
        "always(gdp >= 1, 2021, 2030)",
        "other@2021 >= 1",
        "va[west]@2021 >= 1",
        "sum(r: va[r]@2021) >= 1",
        "gdp@2021 >= luck",
        "peak_year(gdp) <= 2022",
        "first_year(gdp >= 103) <= 2021",
        "growth(gdp)@2023 >= 0",
        "2 > 1",
    ] {
        assert_eq!(on_record(require), None, "{require}");
    }
}

fn summary(case: &Case) -> Summary {
    let groups: Vec<Vec<u32>> =
        assemble::groups(&case.model.labels).into_iter().map(|(_, own)| own).collect();
    let request = engine::RunRequest { seed: 1, paths: 1000, threads: None };
    let ensemble =
        engine::simulate(&case.model.program, &groups, &request, engine::Watch::default()).unwrap();
    assemble::summary(&case.model.labels, &ensemble, 1, &[0.5])
}

/// The draws would meet `a` on half of the paths; the record says that it was missed.
#[test]
fn on_every_path_a_decided_target_is_what_the_record_says() {
    let case =
        case("a = \"gdp@2021 >= 105\"\nb = \"gdp@2021 >= 103\"\nc = \"gdp@2030 >= 150\"\nd = \"b and c\"");
    let found = summary(&case);
    let odds = |name: &str| found.targets[name].probability.probability;
    assert_eq!((found.targets["a"].probability.decided, odds("a")), (Some(Decided::Missed), 0.0));
    assert_eq!((found.targets["b"].probability.decided, odds("b")), (Some(Decided::Met), 1.0));
    assert_eq!((found.targets["b"].probability.low, found.targets["b"].probability.high), (1.0, 1.0));
    assert!((0.3..0.7).contains(&odds("c")) && found.targets["c"].probability.decided.is_none());
    assert_eq!(odds("d"), odds("c"), "what names a decided target reads the record");
    assert_eq!(found.joint.pairs["b & c"].probability, odds("c"));
    assert_eq!(found.joint.pairs["a & c"].decided, Some(Decided::Missed));
    assert_eq!(
        (&found.joint.goals[..], found.joint.all.as_ref().unwrap().probability),
        (&["c".to_owned()][..], odds("c"))
    );
}

#[test]
fn the_file_has_no_probability_of_a_decided_target_and_reads_back() {
    let found = summary(&case("a = \"gdp@2021 >= 105\"\nc = \"gdp@2030 >= 150\""));
    let text = serde_json::to_string(&found).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["targets"]["a"]["decided"], "missed");
    let keys: Vec<&String> = value["targets"]["a"].as_object().unwrap().keys().collect();
    assert!(
        !keys
            .iter()
            .any(|key| ["odds", "probability", "standard_error", "low", "high"].contains(&key.as_str()))
    );
    assert!(value["targets"]["c"].get("decided").is_none() && value["targets"]["c"]["low"].is_number());
    let back: Summary = serde_json::from_str(&text).unwrap();
    assert_eq!(back.targets, found.targets);
}

#[test]
fn nothing_warns_that_a_recorded_target_is_always_or_never_met() {
    let case = case("a = \"gdp@2021 >= 105\"");
    let warned = case.loaded.messages();
    assert!(!warned.iter().any(|message| message.contains("whatever happens")), "{warned:?}");
}

/// Between 2020 and 2024 the goal rises by 10 a year: 103 misses that of 2021, and 108 would meet it.
#[test]
fn a_goal_between_two_years_is_read_on_the_line_between_them() {
    let decided = |record: f64| {
        let case = Case::of(&format!(
            "[time]\nstart = 2020\nend = 2030\n[parameters]\ngoal = {{ interpolate = 'linear', 2020 = 95, 2024 = 135 }}\nluck = 'normal(0, 1)'\n[variables]\nx = {{ start = '100', formula = 'prev(x) + luck', report = true }}\n[history.x]\nvalues = {{ 2020 = 100, 2021 = {record} }}\n[targets]\nt = 'x@2021 >= goal@2021'\n"
        ));
        case.model.labels.targets[0].decided
    };
    assert_eq!(
        [104.9, 105.0, 105.1].map(decided),
        [Some(Decided::Missed), Some(Decided::Met), Some(Decided::Met)]
    );
}

/// A gate on an event and a target that says the same have one outcome: that of the record, also of a part of the event.
#[test]
fn a_gate_on_recorded_years_is_about_the_record() {
    for (event, known) in [
        ("gdp@2021 >= 103", Some(1.0)),
        ("gdp@2021 > 103", Some(0.0)),
        ("not (gdp@2021 > 103)", Some(1.0)),
        ("gdp@2021 > 103 and gdp@2025 > 0", Some(0.0)),
        ("gdp@2021 >= 103 or luck > 0", Some(1.0)),
        ("gdp@2021 >= 103 and luck > 0", None),
        ("luck > 0", None),
    ] {
        let text = format!(
            "[time]\nstart = 2020\nend = 2025\n[parameters]\nluck = \"normal(0, 1)\"\n[variables]\n\
             gdp = {{ start = \"100\", formula = \"prev(gdp) + 5 + luck\" }}\n[history.gdp]\n\
             values = {{ 2020 = 100, 2021 = 103, 2022 = 108 }}\n[targets]\nt = \"{event}\"\n[gates]\n\
             g = \"p({event}) >= 50% and p(t) >= 50%\"\n"
        );
        let mut loaded = plancast::scenario::load::from_text("case", &text);
        let model = plancast::model::compile_with_gates(
            &loaded.scenario,
            &plancast::model::RecordedVariables::Headlines,
            &mut loaded.diagnostics,
        );
        let model = model.unwrap_or_else(|| panic!("{event}: {:?}", loaded.diagnostics));
        assert_eq!(model.gates[0].statistics[0].is_recorded, known.is_some(), "{event}");
        for statistic in &model.gates[0].statistics {
            let found = (statistic.known.low == statistic.known.high).then_some(statistic.known.low);
            assert_eq!(found, known, "{event}: {statistic:?}");
        }
    }
}

/// "3%" of a variable in per cent would be 0.03 per cent.
#[test]
fn a_record_in_per_cent_has_no_per_cent_signs() {
    let said = |section: &str, values: &str| {
        let text = format!(
            "[time]\nstart = 2020\nend = 2022\n[parameters]\np = {{ value = \"normal(3, 1)\", unit = \"%\" }}\n\
             [variables]\nx = {{ formula = \"p\", unit = \"%\" }}\n[{section}.x]\nvalues = {{ {values} }}\n"
        );
        let loaded = plancast::scenario::load::from_text("case", &text);
        loaded.diagnostics.0.iter().any(|it| it.message.to_string().contains("a number has a %"))
    };
    for section in ["history", "observations"] {
        assert!(said(section, "2020 = \"3%\", 2021 = \"4%\""), "{section}");
        assert!(!said(section, "2020 = 3, 2021 = 4"), "{section}");
    }
}
