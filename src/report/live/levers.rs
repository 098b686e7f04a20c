//! The inputs that a reader of a page can move, and how far.

use serde::Serialize;

use crate::model::conditions::{FixedValue, HeldInput, Holding, every_held};
use crate::num::Distribution;
use crate::scenario::Scenario;
use crate::scenario::written::{LeverRange, Parameter};
use crate::text::{Language, unit};

/// An input that can be moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LiveLever {
    /// Its name, as `--set` has it: `deposit`, `trend[coal]`, `growth.2021`.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Its unit in words; empty where none.
    pub unit: String,
    /// What its values are multiplied by where they are shown.
    pub factor: f64,
    /// Its number, or the mean of its distribution.
    pub value: f64,
    /// The smallest value.
    pub low: f64,
    /// The largest value.
    pub high: f64,
    /// The step; 0 where it is continuous.
    pub step: f64,
    /// Whether the scenario declares it a lever.
    pub declared: bool,
    /// Its distribution; nothing where it is a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<MovedForm>,
}

/// A distribution as it is written, so that it can be written elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MovedForm {
    /// Its name: `normal`.
    pub name: String,
    /// Its arguments.
    pub arguments: Vec<f64>,
    /// The places of those that move with it; empty where it cannot be shifted, but only replaced by a number.
    pub moved: Vec<usize>,
}

impl MovedForm {
    fn of(distribution: &Distribution) -> Self {
        let form = |name: &str, arguments: &[f64], moved: &[usize]| Self {
            name: name.to_owned(),
            arguments: arguments.to_vec(),
            moved: moved.to_vec(),
        };
        match *distribution {
            Distribution::Normal { mean, sd } => form("normal", &[mean, sd], &[0]),
            Distribution::Uniform { min, max } => form("uniform", &[min, max], &[0, 1]),
            Distribution::Triangular { min, mode, max } => form("triangular", &[min, mode, max], &[0, 1, 2]),
            Distribution::Pert { min, mode, max } => form("pert", &[min, mode, max], &[0, 1, 2]),
            Distribution::TwoPieceNormal { mode, sd_low, sd_high } => {
                form("two_piece_normal", &[mode, sd_low, sd_high], &[0])
            }
            Distribution::StudentT { df, location, scale } => form("student_t", &[df, location, scale], &[1]),
            _ => form(distribution.name(), &[], &[]),
        }
    }
}

/// The inputs of a scenario that can be moved: the levers that it declares, then all others in their order. What is drawn
/// anew every year cannot be.
pub fn levers(scenario: &Scenario, language: Language) -> Vec<LiveLever> {
    let worlds = scenario.pool.iter().flat_map(|pool| &pool.worlds).map(|world| &world.scenario);
    let mut found: Vec<LiveLever> = Vec::new();
    for scenario in std::iter::once(scenario).chain(worlds) {
        for held in every_held(scenario).iter().filter(|held| !held.data.is_shock) {
            for value in &held.data.values {
                if !found.iter().any(|known| known.name == value.name) {
                    found.extend(lever(scenario, held, value, language));
                }
            }
        }
    }
    found.sort_by_key(|lever| !lever.declared);
    found
}

fn lever(scenario: &Scenario, held: &HeldInput, value: &FixedValue, language: Language) -> Option<LiveLever> {
    let parameter = scenario.parameters.get(&held.name).filter(|_| !held.is_field);
    let (title, unit, percent) = described(scenario, held, value, parameter, language);
    let mut shown = unit::shown(&unit, language);
    if shown.factor == 1.0 && shown.unit.is_empty() && percent && !shown.is_year {
        (shown.factor, shown.unit) = (100.0, "%".to_owned());
    }
    // A lever is one number; of values by member or year each can be picked, with a range of its own.
    let declared = parameter.and_then(|parameter| parameter.lever).filter(|_| {
        matches!(value.content, Holding::Number(_)) && value.year.is_none() && value.members.is_empty()
    });
    let (at, form, reach) = match &value.content {
        Holding::Number(number) => (*number, None, reach(*number)),
        Holding::Chance(distribution, _) => {
            let at = distribution.mean().unwrap_or_else(|| distribution.median());
            let sd = distribution.variance().map(f64::sqrt).filter(|sd| sd.is_finite() && *sd > 0.0);
            (at, Some(MovedForm::of(distribution)), sd.map_or(reach(at), |sd| 3.0 * sd))
        }
        // What its arguments are differs by path: there is no one number to start from.
        Holding::Varying(_) => return None,
    };
    if !at.is_finite() {
        return None;
    }
    let LeverRange { min, max, step } =
        declared.unwrap_or(LeverRange { min: at - reach, max: at + reach, step: None });
    Some(LiveLever {
        name: value.name.clone(),
        title,
        unit: shown.unit,
        factor: shown.factor,
        value: at,
        low: min,
        high: max,
        step: step.unwrap_or(0.0),
        declared: declared.is_some(),
        form,
    })
}

/// How far a number can be moved that no lever is declared for: by half of itself.
fn reach(number: f64) -> f64 {
    if number == 0.0 { 1.0 } else { number.abs() / 2.0 }
}

/// The title of a value, its unit, and whether it is written in per cent.
fn described(
    scenario: &Scenario,
    held: &HeldInput,
    value: &FixedValue,
    parameter: Option<&Parameter>,
    language: Language,
) -> (String, String, bool) {
    let (mut title, unit, percent) = match parameter {
        Some(parameter) => {
            let known = &parameter.value.provenance;
            let percent = parameter.value.has_percent_sign().unwrap_or(false);
            (known.title.get(language), known.unit.clone().unwrap_or_default(), percent)
        }
        None => {
            let fields = scenario
                .sets
                .values()
                .filter(|set| value.members.first().is_some_and(|member| set.members.contains_key(member)));
            let field = fields.filter_map(|set| set.fields.get(&held.name)).next();
            let percent = field.and_then(|field| field.default.as_ref()?.has_percent_sign());
            field.map_or(("", String::new(), false), |field| {
                (field.title.get(language), field.unit.clone(), percent.unwrap_or(false))
            })
        }
    };
    if title.is_empty() {
        title = &held.name;
    }
    let member = |name: &String| {
        let set = scenario.sets.values().find_map(|set| set.members.get(name));
        let title = set.map_or("", |member| member.title.get(language));
        if title.is_empty() { name.clone() } else { title.to_owned() }
    };
    let parts = value.members.iter().map(member).chain(value.year.map(|year| year.to_string()));
    (std::iter::once(title.to_owned()).chain(parts).collect::<Vec<_>>().join(" · "), unit, percent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load::from_text;

    fn of(text: &str) -> Vec<LiveLever> {
        let loaded = from_text("t", text);
        assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics);
        levers(&loaded.scenario, Language::En)
    }

    const TOWN: &str = r#"
        [time]
        start = 2020
        end = 2022
        [sets.sector]
        fields = { trend = { unit = "1/yr", title = "Trend" } }
        [sector]
        coal = { title = "Coal", trend = "normal(3%, 1%)" }
        [parameters]
        tax = { value = 10, unit = "CNY/t", lever = { min = 5, max = 20, step = 5 }, title = "Tax" }
        share = "20%"
        price = { value = { 2021 = 4, 2022 = "uniform(2, 6)" }, unit = "CNY/t" }
        odd = "lognormal(0, 0.25)"
        [shocks]
        luck = { dist = "normal(0, 1)" }
        [variables.cost]
        formula = "tax + price + share + odd + luck + sum(sector: trend[sector])"
    "#;

    #[test]
    fn declared_levers_come_first_and_have_their_own_range() {
        let all = of(TOWN);
        let first = &all[0];
        assert_eq!((first.name.as_str(), first.title.as_str(), first.declared), ("tax", "Tax", true));
        assert_eq!((first.value, first.low, first.high, first.step), (10.0, 5.0, 20.0, 5.0));
        assert!(all[1..].iter().all(|lever| !lever.declared));
    }

    #[test]
    fn every_value_can_be_picked_by_the_name_that_set_knows_and_shocks_cannot() {
        let all = of(TOWN);
        let mut names: Vec<&str> = all.iter().map(|lever| lever.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["odd", "price.2021", "price.2022", "share", "tax", "trend[coal]"]);
        for lever in &all {
            let set = format!("{}={}", lever.name, lever.value);
            let loaded = crate::scenario::load::from_text_with("t", TOWN, &[set]);
            assert!(!loaded.diagnostics.has_errors(), "{}: {:?}", lever.name, loaded.diagnostics);
        }
    }

    #[test]
    fn numbers_are_shown_in_their_unit_and_as_per_cent_where_they_are_written_so() {
        let all = of(TOWN);
        let shown = |name: &str| {
            let lever = all.iter().find(|lever| lever.name == name).unwrap();
            (lever.factor, lever.unit.clone(), lever.title.clone())
        };
        assert_eq!(shown("share"), (100.0, "%".into(), "share".into()));
        assert_eq!(shown("trend[coal]"), (100.0, "% a year".into(), "Trend · Coal".into()));
        assert_eq!(shown("price.2021"), (1.0, "CNY/t".into(), "price · 2021".into()));
    }

    #[test]
    fn a_distribution_with_a_place_moves_as_a_whole_and_others_only_become_numbers() {
        let all = of(TOWN);
        let form = |name: &str| all.iter().find(|lever| lever.name == name).unwrap().form.clone();
        let uniform = MovedForm { name: "uniform".into(), arguments: vec![2.0, 6.0], moved: vec![0, 1] };
        assert_eq!(form("price.2022"), Some(uniform));
        assert_eq!(form("odd").map(|form| form.moved), Some(Vec::new()));
        assert_eq!(form("tax"), None);
        let mean = all.iter().find(|lever| lever.name == "odd").unwrap().value;
        assert!((mean - (0.03125_f64).exp()).abs() < 1e-12, "exp(sigma² / 2) = {mean}");
    }
}
