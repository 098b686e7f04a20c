//! When things get done: variables over a set that rise from nothing to one, such as the share of each
//! project that is at work.

use indexmap::IndexMap;

use crate::model::{Labels, VariableLabel};
use crate::result::replay::{ReplayedPaths, ReplayedVariable};
use crate::scenario::written::Member;
use crate::scenario::{QuantityKind, Scenario};
use crate::text::period::year_of;
use crate::text::{Language, Text};
use crate::tr;

/// A share of one and more counts as done.
const DONE: f64 = 0.999;

/// When the members of a set get done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Completion {
    /// The variable, without its member: `online`.
    pub variable: String,
    /// Its title.
    pub title: Text,
    /// The years.
    pub years: Vec<i32>,
    /// What the years of `planned` are, in the scenario's words; empty where there are none.
    pub planned: Text,
    /// The members, in the scenario's order.
    pub members: Vec<MemberCompletion>,
}

/// When one of them gets done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemberCompletion {
    /// Its title.
    pub title: Text,
    /// By year: the share of the paths on which it is done by then.
    pub done: Vec<f64>,
    /// The year that the scenario plans it for, where it has one.
    pub planned: Option<i32>,
}

/// The families of variables that may be such shares by what they are on the central path: elements of one set
/// that chance moves, lie between 0 and 1 and never fall; of each set the first. Which of them are is seen on paths:
/// [`completions`].
pub fn candidates(labels: &Labels) -> Vec<String> {
    /// The members of a family, whether all of its elements rise, and whether chance moves any.
    type Family<'a> = (Vec<&'a str>, bool, bool);
    let mut families: IndexMap<&str, Family> = IndexMap::new();
    for label in &labels.variables {
        let Some((family, member)) = element(&label.name) else { continue };
        let rises = label.central.windows(2).all(|pair| pair[0] <= pair[1])
            && label.central.iter().all(|x| (0.0..=1.0).contains(x));
        let series = label.first_series as usize..label.first_series as usize + label.central.len();
        let moved = labels.random.get(series).is_none_or(|random| random.contains(&true));
        let (members, all_rise, any_moves) = families.entry(family).or_insert((Vec::new(), true, false));
        members.push(member);
        *all_rise &= rises;
        *any_moves |= moved;
    }
    let mut sets: Vec<Vec<&str>> = Vec::new();
    let mut found = Vec::new();
    for (family, (members, rise, moves)) in families {
        if rise && moves && !sets.contains(&members) {
            sets.push(members);
            found.push(family.to_owned());
        }
    }
    found
}

/// The variable and the member of an element over one set.
fn element(name: &str) -> Option<(&str, &str)> {
    name.split_once('[').filter(|(_, member)| !member.contains(','))
}

/// The variable of an element over one set.
fn family(name: &str) -> Option<&str> {
    element(name).map(|(family, _)| family)
}

/// When the members of each of these families get done. A family is left out unless on every path its members
/// rise from 0 to at most 1, and on different paths in different years.
pub fn completions(
    families: &[String],
    labels: &Labels,
    sample: &ReplayedPaths,
    scenario: &Scenario,
) -> Vec<Completion> {
    families.iter().filter_map(|name| completion(name, labels, sample, scenario)).collect()
}

fn completion(
    name: &str,
    labels: &Labels,
    sample: &ReplayedPaths,
    scenario: &Scenario,
) -> Option<Completion> {
    let elements = labels.variables.iter().filter(|label| family(&label.name) == Some(name));
    let sampled: Vec<(&VariableLabel, &ReplayedVariable)> =
        elements.filter_map(|label| Some((label, sample.variables.get(&label.name)?))).collect();
    let rises = sampled.iter().all(|(_, element)| {
        element.values.rows().into_iter().all(|path| {
            let values = path.to_vec();
            values.windows(2).all(|pair| pair[0] <= pair[1]) && values[0] >= 0.0 && values[0] < DONE
        })
    });
    let ends = || sampled.iter().filter_map(|(_, element)| element.values.columns().into_iter().next_back());
    let done = ends().flatten().any(|&x| x >= DONE) && ends().flatten().all(|&x| x <= 1.0 + 1e-12);
    let varies = sampled.iter().any(|(_, element)| {
        element.values.columns().into_iter().any(|year| year.iter().any(|x| *x != year[0]))
    });
    if sampled.len() < 2 || !(rises && done && varies) {
        return None;
    }
    let years = sampled[0].1.years().collect();
    let title = labels.variables.iter().find(|label| family(&label.name) == Some(name));
    let title = title.map(|label| whole(&label.title)).unwrap_or_default();
    let set = scenario.variables.get(name).and_then(|variable| variable.indices.first());
    let plan = set.and_then(|index| planned(scenario, &index.name));
    let members = sampled.into_iter().map(|(label, element)| {
        let id = element_of(&label.name);
        let year = plan.as_ref().and_then(|(_, years)| years.iter().find(|(member, _)| Some(*member) == id));
        let (title, planned) = (member(&label.title), year.map(|(_, year)| *year));
        MemberCompletion { title, done: by_year(element), planned }
    });
    let members = members.collect();
    let planned = plan.map(|(title, _)| title).unwrap_or_default();
    Some(Completion { variable: name.to_owned(), title, years, planned, members })
}

/// The member of an element over one set.
fn element_of(name: &str) -> Option<&str> {
    element(name).map(|(_, member)| member.trim_end_matches(']'))
}

/// The years that the members of a set are planned for, by member, and what they are called: a field of the set whose values
/// are calendar years, where there is only one.
fn planned<'a>(scenario: &'a Scenario, set: &str) -> Option<(Text, Vec<(&'a str, i32)>)> {
    let set = scenario.sets.get(set)?;
    let mut found = None;
    for (name, field) in set.fields.iter().filter(|(_, field)| field.unit.trim() == "year") {
        let year = |(id, member): (&'a String, &'a Member)| {
            let value = member.values.get(name).map(|(_, value)| value).or(field.default.as_ref())?;
            match value.kind {
                QuantityKind::Number(year) if scenario.time.step.beginning_at(year).is_some() => {
                    let period = scenario.time.step.beginning_at(year)?;
                    (1900..2200).contains(&year_of(period)).then_some((id.as_str(), period))
                }
                QuantityKind::Number(year) if (1900.0..2200.0).contains(&year) => {
                    Some((id.as_str(), scenario.time.step.first_of(year.round() as i32)))
                }
                _ => None,
            }
        };
        let Some(years) = set.members.iter().map(year).collect::<Option<Vec<_>>>() else { continue };
        if found.is_some() {
            return None;
        }
        let title = [&field.title, &field.doc].into_iter().find(|text| !text.en.is_empty());
        found = Some((title.cloned().unwrap_or_default(), years));
    }
    found
}

/// The title of the member alone: elements are titled `Share at work: Dam`.
fn member(title: &Text) -> Text {
    each_text(title, |text, colon| text.split_once(colon).map_or(text, |(_, member)| member))
}

/// The title of the variable alone.
fn whole(title: &Text) -> Text {
    each_text(title, |text, colon| text.split(colon).next().unwrap_or_default())
}

/// A part of a title in every language, found by what stands between title and members in that language.
fn each_text(title: &Text, part: impl for<'a> Fn(&'a str, &str) -> &'a str) -> Text {
    let own = |text: &str, language| {
        let colon = tr!(language, "model-labels-of-members", title = "", members = "");
        part(text, &colon).trim().to_owned()
    };
    Text { en: own(&title.en, Language::En), zh: own(&title.zh, Language::Zh) }
}

fn by_year(element: &ReplayedVariable) -> Vec<f64> {
    let share = |year: ndarray::ArrayView1<f64>| {
        year.iter().filter(|x| **x >= DONE).count() as f64 / year.len().max(1) as f64
    };
    element.values.columns().into_iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RecordedVariables, compile};
    use crate::scenario::load;

    /// Two projects on three paths in three years.
    fn sample_of(projects: [[[f64; 3]; 3]; 2]) -> ReplayedPaths {
        let sampled = |paths: [[f64; 3]; 3]| ReplayedVariable {
            first_year: 2021,
            values: ndarray::Array2::from(paths.to_vec()).into_shared(),
            ..ReplayedVariable::default()
        };
        let [a, b] = projects;
        let variables = [("online[a]".to_owned(), sampled(a)), ("online[b]".to_owned(), sampled(b))];
        ReplayedPaths { paths: 3, variables: variables.into_iter().collect() }
    }

    fn labels_of(central: [Vec<f64>; 2]) -> Labels {
        let [a, b] = central;
        let label = |name: &str, title: &str, central: Vec<f64>| VariableLabel {
            name: name.to_owned(),
            title: Text { en: format!("At work: {title}"), zh: format!("投产：{title}") },
            unit: String::new(),
            per_cent: false,
            headline: true,
            first_year: 2021,
            last_year: 2023,
            first_series: 0,
            central,
        };
        Labels {
            variables: vec![label("online[a]", "Dam", a), label("online[b]", "Mill", b)],
            ..Labels::default()
        }
    }

    fn completed(projects: [[[f64; 3]; 3]; 2]) -> Vec<Completion> {
        let labels = labels_of([vec![0.0; 3], vec![0.0; 3]]);
        completions(&["online".to_owned()], &labels, &sample_of(projects), &Scenario::default())
    }

    const SOON_OR_LATE: [[f64; 3]; 3] = [[0.0, 1.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.5, 0.999]];
    const NEVER: [[f64; 3]; 3] = [[0.0; 3]; 3];

    #[test]
    fn the_share_of_paths_on_which_a_project_is_done_is_counted_by_year() {
        let found = completed([SOON_OR_LATE, NEVER]);
        let [completion] = &found[..] else { panic!("{found:?}") };
        assert_eq!(
            (completion.years.as_slice(), completion.title.en.as_str()),
            (&[2021, 2022, 2023][..], "At work")
        );
        assert_eq!(completion.members[0].title, Text { en: "Dam".into(), zh: "Dam".into() });
        assert_eq!(completion.members[0].done, [0.0, 1.0 / 3.0, 1.0]);
        assert_eq!(completion.members[1].done, [0.0; 3]);
    }

    #[test]
    fn what_falls_starts_done_never_ends_or_passes_one_is_no_project() {
        assert!(completed([[[0.0, 1.0, 0.5], [0.0; 3], [0.0; 3]], SOON_OR_LATE]).is_empty(), "it falls");
        assert!(
            completed([[[0.999, 1.0, 1.0], [0.0; 3], [0.0; 3]], SOON_OR_LATE]).is_empty(),
            "it starts done"
        );
        assert!(
            completed([[[-0.1, 0.0, 1.0], [0.0; 3], [0.0; 3]], SOON_OR_LATE]).is_empty(),
            "below nothing"
        );
        assert!(completed([[[0.0, 1.0, 1.1], [0.0; 3], [0.0; 3]], SOON_OR_LATE]).is_empty(), "more than all");
        assert!(completed([[[0.0, 0.5, 0.998], [0.0; 3], [0.0; 3]], NEVER]).is_empty(), "none is ever done");
        assert!(completed([[[0.0, 0.5, 1.0]; 3], [[0.0, 0.0, 1.0]; 3]]).is_empty(), "the same on every path");
    }

    #[test]
    fn a_candidate_lies_between_nothing_and_one_and_never_falls() {
        let found = |a: &[f64], b: &[f64]| candidates(&labels_of([a.to_vec(), b.to_vec()]));
        assert_eq!(found(&[0.0, 0.0, 1.0], &[0.5, 0.5, 0.5]), ["online"]);
        assert!(found(&[0.0, 1.0, 0.9], &[0.0, 0.0, 0.0]).is_empty());
        assert!(found(&[0.0, 0.0, 0.0], &[0.0, 1.0, 1.01]).is_empty());
        assert!(found(&[-0.01, 0.0, 1.0], &[0.0, 0.0, 0.0]).is_empty());
    }

    #[test]
    fn the_projects_of_the_plan_are_found_and_nothing_else() {
        let mut loaded = load("plan", &[]);
        let all = compile(&loaded.scenario, &RecordedVariables::All, &mut loaded.diagnostics).unwrap();
        let families = candidates(&all.labels);
        assert!(families.contains(&"online".to_owned()), "{families:?}");
        let model =
            compile(&loaded.scenario, &RecordedVariables::Also(families.clone()), &mut loaded.diagnostics)
                .unwrap();
        let sample = ReplayedPaths::of(&model, 1, 400);
        let found = completions(&families, &model.labels, &sample, &loaded.scenario);
        assert_eq!(found.iter().map(|c| c.variable.as_str()).collect::<Vec<_>>(), ["online"]);
        let aluminium = found[0].members.iter().find(|m| m.title.zh.contains("中铝")).unwrap();
        assert_eq!((aluminium.done[0], aluminium.done.len()), (0.0, 16));
        assert!(aluminium.done[15] > 0.5 && aluminium.done.is_sorted(), "{aluminium:?}");
        // The scenario's own year, by the field that says so.
        let announced = &loaded.scenario.sets["project"].members["aluminium_chalco"].values["announced"].1;
        let QuantityKind::Number(year) = announced.kind else { panic!("{announced:?}") };
        assert_eq!(aluminium.planned, Some(year as i32));
        assert!(found[0].planned.en.contains("year") && found[0].members.iter().all(|m| m.planned.is_some()));
    }
}
