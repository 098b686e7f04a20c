//! Which values leave the program, and what they are called.

use indexmap::IndexMap;

use super::assumptions;
use super::compile::{RecordedVariables, Writing, WrittenValues};
use super::data::{Input, InputKind};
use super::goals;
use super::graph::{Graph, GraphNode};
use super::labels::{
    BoundsLabel, InputLabel, Labels, Mark, MetricLabel, SystemLabel, TargetLabel, VariableLabel,
};
use super::lower::Equation;
use super::operation::Binary;
use super::schedule::Output;
use super::term::{IndexedMember, Term};
use crate::formula::{Expr, ExprKind};
use crate::message;
use crate::num::system::SystemMethod;
use crate::scenario::Scenario;
use crate::text::period::Step;
use crate::text::{Diagnostic, DiagnosticList, Message, Place, Text, suggest::did_you_mean, unit};

/// A recorded element: equation, position in it, and whether it is a headline.
pub(super) type RecordedElements = Vec<(usize, usize, bool)>;

/// The elements to record.
pub(super) fn recorded(
    scenario: &Scenario,
    equations: &[Equation],
    record: &RecordedVariables,
    diagnostics: &mut DiagnosticList,
) -> RecordedElements {
    let none_says = scenario.variables.values().all(|variable| !variable.report);
    let asked: &[String] = if let RecordedVariables::Also(names) = record { names } else { &[] };
    let plain: Vec<String> =
        asked.iter().map(|name| name.chars().filter(|c| !c.is_whitespace()).collect()).collect();
    let asked_for: IndexMap<&str, usize> =
        plain.iter().enumerate().rev().map(|(number, name)| (name.as_str(), number)).collect();
    let mut used = vec![false; asked.len()];
    let mut found = RecordedElements::new();
    for (number, equation) in equations.iter().enumerate() {
        let headline = none_says || scenario.variables[&equation.name].report;
        let sizes: Vec<usize> = equation.sets.iter().map(|set| scenario.sets[*set].members.len()).collect();
        for position in 0..sizes.iter().product() {
            let name = element_name(scenario, equation, position);
            let mut wanted = headline || matches!(record, RecordedVariables::All | RecordedVariables::Replay);
            for number in [equation.name.as_str(), &name].iter().filter_map(|name| asked_for.get(name)) {
                (wanted, used[*number]) = (true, true);
            }
            if wanted {
                found.push((number, position, headline));
            }
        }
    }
    let unused = |name: &&String| {
        let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        asked_for.get(plain.as_str()).is_none_or(|number| !used[*number])
    };
    for name in asked.iter().filter(unused) {
        let names: Vec<&str> = equations.iter().map(|equation| equation.name.as_str()).collect();
        let mut diagnostic = Diagnostic::error(None, message!("model-labels-no-variable", name = name));
        diagnostic.help = did_you_mean(name, &names, crate::key!("text-kind-variables"));
        diagnostics.push(diagnostic);
    }
    found
}

pub(super) fn element_name(scenario: &Scenario, equation: &Equation, position: usize) -> String {
    let members: Vec<&str> =
        members(scenario, equation, position).into_iter().map(|(name, _)| name).collect();
    if members.is_empty() {
        equation.name.clone()
    } else {
        format!("{}[{}]", equation.name, members.join(","))
    }
}

/// Names and titles of an element's members.
fn members<'a>(scenario: &'a Scenario, equation: &Equation, position: usize) -> Vec<(&'a str, &'a Text)> {
    let mut rest = position;
    let mut found = Vec::new();
    for set in equation.sets.iter().rev() {
        let members = &scenario.sets[*set].members;
        if let Some((name, member)) = members.get_index(rest % members.len()) {
            found.push((name.as_str(), &member.title));
        }
        rest /= members.len();
    }
    found.reverse();
    found
}

/// Title of an element: the variable's, and the members' in brackets.
fn title(scenario: &Scenario, equation: &Equation, position: usize) -> Text {
    let own = &scenario.variables[&equation.name].title;
    let members = members(scenario, equation, position);
    if members.is_empty() {
        return own.clone();
    }
    let named = |(name, title): (&str, &Text)| {
        if title.is_empty() {
            Message::verbatim(name)
        } else {
            message!("model-labels-member", title = title)
        }
    };
    let members: Vec<Message> = members.into_iter().map(named).collect();
    Text::from(&message!("model-labels-of-members", title = own, members = members))
}

/// Labels and outputs, in the order in which they are computed: year by year, then metrics and targets.
pub(super) fn label(
    writing: &Writing<'_>,
    written: &WrittenValues,
    recorded: &RecordedElements,
) -> (Labels, Vec<(Output, GraphNode)>) {
    let scenario = writing.scenario;
    let mut labels = Labels {
        id: scenario.id.clone(),
        title: scenario.title.clone(),
        summary: scenario.summary.clone(),
        region: scenario.region.clone(),
        start: scenario.time.start,
        end: scenario.time.end,
        ..Labels::default()
    };
    assumptions::label(scenario, &mut labels);
    let central = |node: GraphNode| written.central[node.0 as usize];
    let mut by_year: Vec<(i32, Output, GraphNode)> = Vec::new();
    let mut series = 0;
    for (equation, position, headline) in recorded {
        let equation = &writing.equations[*equation];
        let element = equation.offset + position;
        let values = writing.years_of(written, element);
        let (Some((first_year, _)), Some((last_year, _))) = (values.first(), values.last()) else { continue };
        labels.variables.push(VariableLabel {
            name: element_name(scenario, equation, *position),
            title: title(scenario, equation, *position),
            unit: calendar(scenario, &scenario.variables[&equation.name].unit),
            per_cent: scenario.reads_in_per_cent(&equation.name),
            headline: *headline,
            first_year: *first_year,
            last_year: *last_year,
            first_series: series,
            central: values.iter().map(|(_, node)| central(*node)).collect(),
        });
        for (year, node) in &values {
            by_year.push((*year, Output::Series(series), *node));
            series += 1;
        }
    }
    by_year.sort_by_key(|(year, ..)| *year);
    let mut outputs: Vec<(Output, GraphNode)> =
        by_year.into_iter().map(|(_, output, node)| (output, node)).collect();
    for (k, (name, metric)) in scenario.metrics.iter().enumerate() {
        let never = super::never::counts_as(scenario, &metric.formula.tree);
        let is_year = metric.unit.is_empty() && never == Some(super::never::after_the_last(scenario));
        labels.metrics.push(MetricLabel {
            name: name.clone(),
            title: metric.title.clone(),
            unit: calendar(scenario, if is_year { "year" } else { &metric.unit }),
            per_cent: scenario.metric_reads_in_per_cent(name, metric),
            series,
            central: central(written.metrics[k]),
            never,
            on_record: written.decided.conditions.get(k).copied().flatten(),
            members: members_of_position(scenario, &metric.formula.tree),
        });
        outputs.push((Output::Series(series), written.metrics[k]));
        series += 1;
    }
    for (equation, position, node) in &written.bounds {
        let equation = &writing.equations[*equation];
        let variable = &scenario.variables[&equation.name];
        labels.bounds.push(BoundsLabel {
            name: element_name(scenario, equation, *position),
            title: title(scenario, equation, *position),
            unit: calendar(scenario, &variable.unit),
            bounds: variable.bounds,
            series,
        });
        outputs.push((Output::Series(series), *node));
        series += 1;
    }
    let goals = goals::of(scenario);
    for (k, (name, target)) in scenario.targets.iter().enumerate() {
        let headline = goals.headline[k];
        labels.targets.push(TargetLabel {
            name: name.clone(),
            title: target.title.clone(),
            group: target.group.clone(),
            source: target.source.clone(),
            figure: target.figure.clone(),
            note: target.note.clone(),
            require: target.require.text.clone(),
            met_on_central: central(written.targets[k]) != 0.0,
            variant_of: (headline != k).then_some(headline as u32),
            joins: goals.joins[k].iter().map(|target| *target as u32).collect(),
            // Known once the bounds of all values are.
            decided: None,
            marks: marks(writing, writing.targets[k].as_ref()),
        });
        outputs.push((Output::Target(k as u32), written.targets[k]));
    }
    let place = |(name, _): &(String, Place)| scenario.targets.get_index_of(name.as_str());
    labels.headline_targets =
        scenario.headline.iter().filter_map(place).map(|target| target as u32).collect();
    (labels, outputs)
}

/// A unit as results have it: of calendar years it says how long a step is, as their parts are then shown by name.
fn calendar(scenario: &Scenario, unit: &str) -> String {
    match scenario.time.step {
        Step::Quarter | Step::Month if unit.trim() == "year" => unit::calendar(scenario.time.step).to_owned(),
        _ => unit.to_owned(),
    }
}

/// The systems of a program, by their numbers in the graph.
pub(super) fn systems(scenario: &Scenario, graph: &Graph, solved: &[u32]) -> Vec<SystemLabel> {
    let label = |number: &u32| {
        let system = &graph.systems[*number as usize];
        let name = scenario.simultaneous.get_index(system.declaration).map(|(name, _)| name.clone());
        SystemLabel {
            name: name.unwrap_or_default(),
            year: system.year,
            unknowns: system.names.clone(),
            by_derivatives: matches!(system.rule.method, SystemMethod::Newton(..)),
        }
    };
    solved.iter().map(label).collect()
}

/// The members of the set whose position a formula is, where it is one.
fn members_of_position(scenario: &Scenario, tree: &Expr) -> Vec<(String, Text)> {
    match &tree.kind {
        ExprKind::Over { function, indices, .. } if function == "argmax" => {
            let set = indices.first().and_then(|index| scenario.sets.get(&index.name));
            let members = set.into_iter().flat_map(|set| &set.members);
            members.map(|(name, member)| (name.clone(), member.title.clone())).collect()
        }
        ExprKind::Name { name, index } if index.is_empty() => match scenario.metrics.get(name) {
            // The name of another metric stands for its formula; names in a circle were complained of.
            Some(metric) if matches!(metric.formula.tree.kind, ExprKind::Over { .. }) => {
                members_of_position(scenario, &metric.formula.tree)
            }
            _ => Vec::new(),
        },
        // The value of a variable in a year.
        ExprKind::At(x, _) => match &x.kind {
            ExprKind::Name { name, .. } => scenario.variables.get(name).map_or_else(Vec::new, |variable| {
                match &variable.formula.tree.kind {
                    ExprKind::Over { .. } => members_of_position(scenario, &variable.formula.tree),
                    _ => Vec::new(),
                }
            }),
            ExprKind::Over { .. } => members_of_position(scenario, x),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Adds the draws of all inputs.
pub(super) fn inputs(
    inputs: &[Input],
    draws: &[Vec<GraphNode>],
    labels: &mut Labels,
    outputs: &mut Vec<(Output, GraphNode)>,
) {
    let mut series = outputs.iter().filter(|(output, _)| matches!(output, Output::Series(_))).count() as u32;
    for (input, draws) in inputs.iter().zip(draws) {
        labels.inputs.push(InputLabel {
            name: input.name.clone(),
            first_year: (input.kind == InputKind::Shock).then_some(labels.start + 1),
            first_series: series,
            draws: draws.len() as u32,
        });
        for node in draws {
            outputs.push((Output::Series(series), *node));
            series += 1;
        }
    }
}

/// The levels that a target asks for: `x@2025 >= 2200`, also as a share, `x@2025 / 2200 >= 97.5%`, and all sides of an `and`.
fn marks(writing: &Writing<'_>, term: Option<&Term>) -> Vec<Mark> {
    if let Some(Term::Chain(first, rest)) = term
        && rest.iter().all(|(operation, _)| *operation == Binary::And)
    {
        let sides = std::iter::once(&**first).chain(rest.iter().map(|(_, x)| x));
        return sides.flat_map(|side| marks(writing, Some(side))).collect();
    }
    let Some(Term::Binary(operation, a, b)) = term else { return Vec::new() };
    if *operation == Binary::And {
        let mut found = marks(writing, Some(a));
        found.extend(marks(writing, Some(b)));
        return found;
    }
    let at_least = match operation {
        Binary::GreaterEqual | Binary::Greater => true,
        Binary::LessEqual | Binary::Less => false,
        _ => return Vec::new(),
    };
    let (side, bound, at_least) = match (number(a), number(b)) {
        (None, Some(bound)) => (&**a, bound, at_least),
        (Some(bound), None) => (&**b, bound, !at_least),
        _ => return Vec::new(),
    };
    let (at, level) = match side {
        Term::Binary(Binary::Divide, at, whole) => match number(whole) {
            Some(whole) if whole > 0.0 => (&**at, bound * whole),
            _ => return Vec::new(),
        },
        at => (at, bound),
    };
    let Term::At { x, year, .. } = at else { return Vec::new() };
    let Term::Variable { variable, index, .. } = &**x else { return Vec::new() };
    let equation = &writing.equations[*variable];
    let position = equation.sets.iter().zip(index).fold(0, |position, (set, member)| {
        let member = if let IndexedMember::Fixed(member) = member { *member } else { 0 };
        position * writing.scenario.sets[*set].members.len() + member
    });
    vec![Mark { variable: element_name(writing.scenario, equation, position), year: *year, level, at_least }]
}

/// A number made of numbers only: `97.5% * 2200`.
fn number(term: &Term) -> Option<f64> {
    match term {
        Term::Number(number) => Some(*number),
        Term::Unary(operation, x) => Some(operation.apply(number(x)?)),
        Term::Binary(operation, a, b) => Some(operation.apply(number(a)?, number(b)?)),
        Term::Chain(first, rest) => rest
            .iter()
            .try_fold(number(first)?, |so_far, (operation, x)| Some(operation.apply(so_far, number(x)?))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{RecordedVariables, compile};
    use crate::scenario::load::from_text;

    #[test]
    fn what_is_asked_for_is_recorded_besides_the_headlines_and_nothing_else() {
        let text = "[time]\nstart = 2020\nend = 2021\n[sets.s]\n[sets.s.fields]\nbase = { default = 1 }\n[s]\na.base = 2\n\
                    b.base = 3\n[variables]\n\"part[s]\" = \"base[s]\"\nother = \"1\"\nwhole = { formula = \"2\", report = true }\n";
        let recorded = |names: &[&str]| {
            let mut loaded = from_text("case", text);
            let record = RecordedVariables::Also(names.iter().map(|name| (*name).to_owned()).collect());
            let model = compile(&loaded.scenario, &record, &mut loaded.diagnostics);
            let model = model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
            model.labels.variables.iter().map(|label| label.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(recorded(&[]), ["whole"]);
        assert_eq!(recorded(&["other"]), ["other", "whole"]);
        assert_eq!(recorded(&["part[b]"]), ["part[b]", "whole"]);
        assert_eq!(recorded(&["part"]), ["part[a]", "part[b]", "whole"]);
    }
}
