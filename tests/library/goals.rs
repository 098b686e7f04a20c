//! Several readings of one goal count once, and what no path decides is not counted with what paths decide.

use plancast::engine::{self, RunRequest, Watch};
use plancast::result::{Summary, assemble};
use plancast::text::Language;
use plancast::text::probability::Decided;

use super::common::{Case, Messages, said};

/// x and y are independent and uniform between 0 and 1 in 2021.
const CASE: &str = r#"
[time]
start = 2020
end = 2021
[parameters]
a = "uniform(0, 1)"
b = "uniform(0, 1)"
[variables]
x = { start = "0", formula = "a" }
y = { start = "0", formula = "b" }
[targets]
x_full  = { require = "x@2021 >= 0.75", group = "g", id = "level" }
x_about = { require = "x@2021 >= 0.5", group = "g", id = "level", goal = "x_about" }
x_half  = { require = "x@2021 >= 0.6", group = "g", id = "level" }
x_price = { require = "x@2021 >= 0.1", group = "g", goal = "x_about" }
y_high  = { require = "y@2021 >= 0.8", group = "g" }
y_other = { require = "y@2021 >= 0.9", goal = "wealth" }
y_third = { require = "y@2021 >= 0.3", goal = "wealth" }
both    = { require = "x_full and y_high" }
never   = { require = "x@2021 > 2", group = "g" }
always  = { require = "x@2021 >= 0" }
"#;

fn summary(case: &Case, paths: u64) -> Summary {
    let groups: Vec<Vec<u32>> =
        assemble::groups(&case.model.labels).into_iter().map(|(_, targets)| targets).collect();
    let request = RunRequest { seed: 1, paths, threads: None };
    let ensemble = engine::simulate(&case.model.program, &groups, &request, Watch::default()).unwrap();
    assemble::summary(&case.model.labels, &ensemble, 1, &[0.5])
}

#[test]
fn targets_of_one_figure_or_of_one_named_goal_are_readings_of_it() {
    let summary = summary(&Case::of(CASE), 1000);
    let of = |name: &str| summary.targets[name].variant_of.as_str();
    // Of a figure the first is the headline; a goal of one's own name parts from the figure and is named by others.
    assert_eq!([of("x_full"), of("x_half"), of("x_about"), of("x_price")], ["", "x_full", "", "x_about"]);
    assert_eq!([of("y_high"), of("y_other"), of("y_third")], ["", "", "y_other"]);
    assert_eq!(summary.targets["both"].joins, ["x_full", "y_high"]);
    assert_eq!(summary.joint.goals, ["x_full", "x_about", "y_high", "y_other"]);
    let goals: Vec<&str> = summary.goals().map(|(name, _)| name).collect();
    assert_eq!(goals, ["x_full", "x_about", "y_high", "y_other", "never", "always"]);
}

/// All of them: x ≥ 0.75 and y ≥ 0.9, with a probability of 0.025; in the group g: x ≥ 0.75 and y ≥ 0.8, 0.05. None, of
/// `x_full`, `x_about`, `y_high` and `y_other`: x < 0.5 and y < 0.8, 0.4. Each bound lies five standard errors away: one in a
/// million fails if all is right.
#[test]
fn goals_are_counted_together_by_their_headline_readings() {
    let summary = summary(&Case::of(CASE), 100_000);
    let close = |found: f64, expected: f64| {
        let error = (expected * (1.0 - expected) / 100_000.0).sqrt();
        assert!((found - expected).abs() < 5.0 * error, "{found} for {expected}");
    };
    close(summary.joint.all.as_ref().unwrap().probability, 0.025);
    close(summary.joint.groups["g"].probability, 0.05);
    assert_eq!(summary.joint.count.len(), 5);
    close(summary.joint.count[0], 0.4);
    close(summary.joint.count[4], 0.025);
}

#[test]
fn what_the_equations_decide_is_impossible_or_certain_and_not_merely_unseen() {
    let summary = summary(&Case::of(CASE), 1000);
    let of = |name: &str| &summary.targets[name].probability;
    assert_eq!(of("never").decided, Some(Decided::Never));
    assert_eq!(
        (of("never").words(Language::En), of("never").words(Language::Zh)),
        ("impossible".into(), "不可能".into())
    );
    assert_eq!(of("always").short(Language::En), "certain");
    assert_eq!(of("x_full").decided, None);
}

#[test]
fn a_goal_that_nothing_else_names_is_doubted() {
    let text = CASE.replace("goal = \"wealth\" }\ny_third", "goal = \"welth\" }\ny_third");
    let case = Case::of(&text);
    let found = case.loaded.messages().join("\n");
    assert!(found.contains("no other target is a reading of the goal \"welth\""), "{found}");
    assert!(found.contains("did you mean \"wealth\"?"), "{found}");
}

#[test]
fn the_plan_counts_each_of_its_goals_once() {
    let case = Case::load("plan", &[], &plancast::model::RecordedVariables::Headlines);
    let labels = &case.model.labels;
    let name = |place: u32| labels.targets[place as usize].name.as_str();
    let headline = |of: &str| {
        let label = labels.targets.iter().find(|label| label.name == of).unwrap();
        label.variant_of.map_or_else(|| of.to_owned(), |headline| name(headline).to_owned())
    };
    for reading in ["gdp_2025_full", "gdp_2025_nominal", "gdp_2025_nominal_full", "gdp_2025_as_stated"] {
        assert_eq!(headline(reading), "gdp_2025");
    }
    // The nine bases have the floors' numbers again.
    assert_eq!(headline("al_mg_cluster_real"), "al_mg_output_2025");
    assert_eq!(headline("baijiu_cluster"), "baijiu_sales");
    // One figure speaks of both, but they are two goals.
    assert_eq!(
        [headline("urban_income_2025"), headline("rural_income_2025")],
        ["urban_income_2025", "rural_income_2025"]
    );
    let all = labels.targets.iter().find(|label| label.name == "all_of_2021").unwrap();
    assert_eq!(all.joins.len(), 11);
    // What joins the other readings is another reading itself, and no goal.
    assert_eq!(headline("all_floors_real"), "all_floors");
    let goals = assemble::groups(labels).remove(0).1.len();
    assert!(goals < labels.targets.len() * 2 / 3, "{goals} of {}", labels.targets.len());
}

/// x is uniform between 0 and 1; 0.5 is "about" and 0.25 to be started.
const SOFT: &str = r#"
[scenario]
headline = ["about"]
[time]
start = 2020
end = 2021
[sets.work]
[sets.work.fields]
due = { unit = "year" }
[work]
dam = { due = 2021 }
[parameters]
a = "uniform(0, 1)"
[variables]
x = { start = "0", formula = "a" }
"started[work]" = { start = "0", formula = "if(a > 0.25, 1, 0) * if(year >= due[work], 1, 0)" }
[softness]
about = { share = "97.5%", words = ["about"] }
start = { status = "started", words = ["begin"] }
exact = { share = 1, status = "started" }
[figures]
half = { words = "about a half", softness = "about", source = "plan" }
dam  = { words = "begin the dam", softness = "start", source = "plan" }
[targets]
about      = { require = "x@2021 / 0.5 >= 97.5%", states = "x@2021 == 0.5", source = "plan", id = "half" }
in_full    = { require = "x@2021 >= 0.5", source = "plan", id = "half", variant_of = "about" }
never_full = { require = "x@2021 > 1.5", source = "plan", id = "half", variant_of = "about" }
dam        = { require = "started[dam]@2021 == 1", source = "plan", id = "dam" }
[sources]
plan = { title = "plan", grade = "A" }
"#;

#[test]
fn variants_stand_under_their_goal_and_are_not_counted() {
    let summary = summary(&Case::of(SOFT), 1000);
    assert_eq!(summary.headline, ["about"]);
    assert_eq!(summary.joint.goals, ["about", "dam"]);
    let variants: Vec<&str> = summary.variants()["about"].iter().map(|(name, _)| *name).collect();
    assert_eq!(variants, ["in_full", "never_full"]);
    let shown = summary.shown_groups();
    let names: Vec<Vec<&str>> =
        shown.iter().map(|(_, targets)| targets.iter().map(|(name, _)| *name).collect()).collect();
    assert_eq!(names, [vec!["about"], vec!["about", "in_full", "never_full", "dam"]]);
    assert!(
        plancast::report::goals::impossible(&summary, Language::En)
            .is_some_and(|said| said.contains("never_full"))
    );
}

#[test]
fn a_target_that_follows_its_figure_is_not_doubted_and_any_other_is() {
    assert!(!said(SOFT).contains("softness") && !said(SOFT).contains("rule"), "{}", said(SOFT));
    let harder = SOFT.replace("x@2021 / 0.5 >= 97.5%", "x@2021 / 0.5 >= 99%");
    assert!(
        said(&harder).contains("ask for 97.50 % of what the figure says, not for 99.00 %"),
        "{}",
        said(&harder)
    );
    let status = SOFT.replace("started[dam]@2021 == 1", "x@2021 >= 0.1");
    assert!(said(&status).contains("ask for the status: started[…]"), "{}", said(&status));
    let words = SOFT.replace("about a half", "a half");
    assert!(said(&words).contains("its words hold none that says so"), "{}", said(&words));
    let rule = SOFT.replace("start = { status", "land = { status");
    assert!(
        said(&rule).contains("the figure dam is start, and [softness] has no such rule"),
        "{}",
        said(&rule)
    );
}

#[test]
fn what_names_no_goal_is_refused() {
    let cases = [
        (
            "variant_of = \"about\" }\nnever",
            "variant_of = \"abuot\" }\nnever",
            "there is no target \"abuot\"",
        ),
        (
            "variant_of = \"about\" }\nnever",
            "variant_of = \"in_full\" }\nnever",
            "in_full is a variant of itself",
        ),
        (
            "variant_of = \"about\" }\nnever",
            "variant_of = \"never_full\" }\nnever",
            "itself a variant of about",
        ),
        (
            "variant_of = \"about\" }\nnever",
            "variant_of = \"about\", goal = \"x\" }\nnever",
            "both `goal` and `variant_of`",
        ),
        ("headline = [\"about\"]", "headline = [\"abuot\"]", "there is no target \"abuot\""),
        ("headline = [\"about\"]", "headline = [\"in_full\"]", "itself a variant of about"),
        ("headline = [\"about\"]", "headline = [\"about\", \"about\"]", "stands twice in `headline`"),
        ("softness = \"about\"", "softness = \"abuot\"", "there is no softness \"abuot\""),
        ("share = \"97.5%\"", "share = \"197.5%\"", "above 0 and of at most 100 %"),
        ("status = \"started\", words", "status = \"startd\", words", "there is no variable \"startd\""),
    ];
    for (old, new, expected) in cases {
        let text = SOFT.replace(old, new);
        assert_ne!(text, SOFT, "{old}");
        assert!(said(&text).contains(expected), "{expected} in\n{}", said(&text));
    }
}
