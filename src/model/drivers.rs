//! Random inputs as people speak of them: with a title, the group they belong to, and what is known of them.

use indexmap::{IndexMap, IndexSet};

use super::correlation::Correlated;
use super::data::{Input, InputKind};
use crate::scenario::Scenario;
use crate::text::period::parse;
use crate::text::{Diagnostic, DiagnosticList, Message, Text, suggest::did_you_mean};
use crate::{key, message};

/// What an input is to those who ask what drives a result. Inputs of the same `name` are one: the values of a
/// parameter in several years, and inputs that are correlated or drawn by rows, whose effects cannot be told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Driver {
    /// The input's name without its year: `trend[coal]`; `forces[*]` for inputs that are correlated.
    pub name: String,
    /// What it is called; together, where inputs are correlated.
    pub title: Text,
    /// What the input alone is called.
    pub own_title: Text,
    /// Its group: one that the scenario names, or what its name begins with: `trend`.
    pub group: String,
    /// What the group is called.
    pub group_title: Text,
    /// Grade of its source, A to D; empty where none is given.
    pub grade: String,
    /// Whether it is correlated with others, or one of several columns of which a row is drawn.
    pub correlated: bool,
    /// Whether its distribution is not the same in all worlds of a pool.
    pub varies: bool,
}

/// The driver that each input is. Notes groups that name no input, or one that another group has.
pub(super) fn describe(
    scenario: &Scenario,
    inputs: &[Input],
    correlated: &Correlated,
    diagnostics: &mut DiagnosticList,
) -> Vec<Driver> {
    let groups = named_groups(scenario, inputs, diagnostics);
    let clusters = clusters(inputs, correlated);
    let mut drivers: Vec<Driver> = inputs.iter().map(|input| driver(scenario, input)).collect();
    for (driver, group) in drivers.iter_mut().zip(&groups) {
        if let Some(name) = group {
            driver.group.clone_from(name);
            driver.group_title = titled(&scenario.groups[name].title, name);
        }
    }
    for members in &clusters {
        let first = drivers[members[0]].clone();
        let same = members.iter().all(|&input| base(&inputs[input].name) == base(&inputs[members[0]].name));
        let (name, title) = if let Some(rows) = inputs[members[0]].rows() {
            let title = Text::from(&message!("model-drivers-rows", rows = rows));
            (format!("rows of {rows}"), title)
        } else if same {
            let title = datum_title(scenario, &inputs[members[0]]);
            (format!("{}[*]", base(&inputs[members[0]].name)), title)
        } else {
            let others = members.iter().filter(|input| !correlated.is_spread(**input)).count() - 1;
            let title =
                message!("model-drivers-correlated", title = &first.title, others = others.to_string());
            let title = Text::from(&title);
            (format!("{} + {others}", first.name), title)
        };
        for &input in members {
            let (group, group_title) = (first.group.clone(), first.group_title.clone());
            let (grade, own_title) = (drivers[input].grade.clone(), drivers[input].own_title.clone());
            drivers[input] = Driver {
                name: name.clone(),
                title: title.clone(),
                own_title,
                group,
                group_title,
                grade,
                correlated: true,
                varies: false,
            };
        }
    }
    drivers
}

/// The inputs that hang together: those that are correlated, and those that share a draw.
fn clusters(inputs: &[Input], correlated: &Correlated) -> Vec<Vec<usize>> {
    let (mut clusters, mut rows) = (IndexMap::<usize, Vec<usize>>::new(), IndexMap::<u32, Vec<usize>>::new());
    for (number, input) in inputs.iter().enumerate() {
        if let Some(cluster) = correlated.cluster(number) {
            clusters.entry(cluster).or_default().push(number);
        } else if input.rows().is_some() {
            rows.entry(input.stream).or_default().push(number);
        }
    }
    let shared = rows.into_values().filter(|members| members.len() > 1);
    clusters.into_values().chain(shared).collect()
}

/// What a name begins with: `trend` of `trend[coal].2021`.
fn base(name: &str) -> &str {
    name.split(['[', '.']).next().unwrap_or(name)
}

/// A name without its year: `trend[coal]`.
fn without_year(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((head, year)) if year.bytes().all(|byte| byte.is_ascii_digit()) || parse(year).is_some() => head,
        _ => name,
    }
}

/// What an input may be called: its name, its name without the year, and what the name begins with.
pub fn names(input: &str) -> [&str; 3] {
    [input, without_year(input), base(input)]
}

fn driver(scenario: &Scenario, input: &Input) -> Driver {
    let datum = datum_title(scenario, input);
    let members = member_titles(scenario, input);
    let title = if members.is_empty() {
        datum.clone()
    } else {
        let members: Vec<Message> =
            members.iter().map(|title| message!("model-drivers-title", title = title)).collect();
        Text::from(&message!("model-drivers-of-members", members = members, datum = &datum))
    };
    let source = input.provenance.source.as_deref().and_then(|id| scenario.sources.get(id));
    Driver {
        name: without_year(&input.name).to_owned(),
        own_title: title.clone(),
        title,
        group: base(&input.name).to_owned(),
        group_title: datum,
        grade: source.map(|source| source.grade.clone()).unwrap_or_default(),
        correlated: false,
        varies: false,
    }
}

/// The title of the parameter, field or shock that an input stands in, or its name in words.
fn datum_title(scenario: &Scenario, input: &Input) -> Text {
    let name = base(&input.name);
    let field = || scenario.sets.values().find_map(|set| set.fields.get(name));
    let own = &input.provenance.title;
    let title = match (scenario.parameters.get(name), scenario.shocks.get(name)) {
        (None, None) => field().map(|field| &field.title).filter(|title| !title.is_empty()).unwrap_or(own),
        _ => own,
    };
    titled(title, name)
}

fn titled(title: &Text, name: &str) -> Text {
    if title.is_empty() { Text::plain(name.replace('_', " ")) } else { title.clone() }
}

/// The titles of the members in an input's index.
fn member_titles(scenario: &Scenario, input: &Input) -> Vec<Text> {
    let Some((name, rest)) = input.name.split_once('[') else { return Vec::new() };
    let members = rest.split(']').next().unwrap_or_default().split(',');
    let over = scenario.parameters.get(name).map(|parameter| &parameter.over);
    let over = over.or_else(|| scenario.shocks.get(name).map(|shock| &shock.over));
    let sets: Vec<&String> = if let Some(over) = over {
        over.iter().map(|(set, _)| set).collect()
    } else {
        let first = rest.split([',', ']']).next().unwrap_or_default();
        let mut sets = scenario.sets.iter();
        let found = sets.find(|(_, set)| set.fields.contains_key(name) && set.members.contains_key(first));
        let further = found.and_then(|(_, set)| set.fields[name].over.as_ref()).map(|(set, _)| set);
        found.map(|(name, _)| name).into_iter().chain(further).collect()
    };
    let title = |(member, set): (&str, &String)| {
        let found = scenario.sets.get(set).and_then(|set| set.members.get(member));
        titled(&found.map(|member| member.title.clone()).unwrap_or_default(), member)
    };
    members.zip(sets).map(title).collect()
}

/// By input: the group of `[groups]` that it is in.
fn named_groups(
    scenario: &Scenario,
    inputs: &[Input],
    diagnostics: &mut DiagnosticList,
) -> Vec<Option<String>> {
    let mut found: Vec<Option<String>> = vec![None; inputs.len()];
    if scenario.groups.is_empty() {
        return found;
    }
    let mut called: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (number, input) in inputs.iter().enumerate() {
        let names: IndexSet<&str> = names(&input.name).into_iter().collect();
        names.into_iter().for_each(|name| called.entry(name).or_default().push(number));
    }
    for (group, written) in &scenario.groups {
        for (wanted, place) in &written.inputs {
            let plain: String = wanted.chars().filter(|c| !c.is_whitespace()).collect();
            let meant = called.get(plain.as_str());
            for &number in meant.into_iter().flatten() {
                let (input, group_of) = (&inputs[number], &mut found[number]);
                if let Some(other) = group_of.as_ref().filter(|other| *other != group) {
                    diagnostics.push(
                        Diagnostic::error(
                            *place,
                            message!("model-drivers-two-groups", name = &input.name, other = other),
                        )
                        .help(key!("model-drivers-two-groups.help")),
                    );
                    break;
                }
                *group_of = Some(group.clone());
            }
            if meant.is_none() && !diagnostics.is_full() {
                let mut names: Vec<&str> = inputs.iter().map(|input| without_year(&input.name)).collect();
                names.dedup();
                let mut diagnostic =
                    Diagnostic::missing(*place, message!("model-drivers-no-input", plain = &plain));
                diagnostic.help = did_you_mean(&plain, &names, key!("text-kind-inputs"));
                diagnostics.push(diagnostic);
            }
        }
    }
    found
}

impl Driver {
    /// Whether its source is graded C or D: unconfirmed or assumed.
    pub fn is_weak(&self) -> bool {
        matches!(self.grade.as_str(), "C" | "D")
    }
}

impl InputKind {
    /// Whether it is drawn once per path.
    pub fn is_once(self) -> bool {
        self == Self::Parameter
    }

    /// `parameter` or `shock`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Shock => "shock",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_beginning_and_perhaps_a_year() {
        assert_eq!([base("trend[coal].2021"), base("phased.2026"), base("x")], ["trend", "phased", "x"]);
        assert_eq!([without_year("trend[coal].2021"), without_year("x")], ["trend[coal]", "x"]);
    }
}
