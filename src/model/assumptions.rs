//! What a scenario assumes: every distribution and every weak value, with where it comes from.

use indexmap::IndexSet;

use super::labels::{AssumptionLabel, FigureLabel, Labels, SourceLabel};
use crate::message;
use crate::scenario::Scenario;
use crate::scenario::quantity::{Quantity, QuantityKind};
use crate::text::Text;

/// Fills in what is assumed, with the sources and figures that it names.
pub(super) fn label(scenario: &Scenario, labels: &mut Labels) {
    let (mut sources, mut figures) = (IndexSet::new(), IndexSet::new());
    each_value(scenario, &mut |datum, name, quantity| {
        let source = quantity.provenance.source.as_deref().unwrap_or_default();
        let grade = scenario.sources.get(source).map_or("", |known| known.grade.as_str());
        let written = match &quantity.kind {
            QuantityKind::Chance(_, written) | QuantityKind::Varying(_, written) => written.clone(),
            QuantityKind::Number(_) if !matches!(grade, "C" | "D") => return,
            QuantityKind::Number(number) => plain(*number, quantity.percent.with.is_some()),
            _ => return,
        };
        let provenance = &quantity.provenance;
        if !source.is_empty() {
            sources.insert(source.to_string());
        }
        figures.extend(provenance.figures.iter().map(|(id, _)| id.clone()));
        labels.assumptions.push(AssumptionLabel {
            title: title(scenario, datum, &name, &provenance.title),
            written,
            unit: unit(scenario, datum, quantity),
            source: source.to_string(),
            figures: provenance.figures.iter().map(|(id, _)| id.clone()).collect(),
            note: provenance.note.clone(),
            name,
        });
    });
    figures.extend(scenario.targets.values().map(|target| target.figure.clone()));
    sources.extend(scenario.targets.values().map(|target| target.source.clone()));
    labels.sources = sources
        .into_iter()
        .filter_map(|id| {
            let known = scenario.sources.get(&id)?;
            Some(SourceLabel { title: known.title.clone(), grade: known.grade.clone(), id })
        })
        .collect();
    labels.figures = figures
        .into_iter()
        .filter_map(|id| {
            let known = scenario.figures.get(&id)?;
            let softness = known.softness.map_or("", |softness| softness.code()).to_owned();
            Some(FigureLabel { words: known.words.clone(), title: known.title.clone(), softness, id })
        })
        .collect();
}

/// A number as it was written: `8%`, `1538.04`.
fn plain(number: f64, percent: bool) -> String {
    if !percent {
        return number.to_string();
    }
    let hundredfold = (number * 1e12).round() / 1e10;
    format!("{hundredfold}%")
}

fn unit(scenario: &Scenario, datum: &str, quantity: &Quantity) -> String {
    let own = quantity.provenance.unit.clone();
    let field =
        || scenario.sets.values().find_map(|set| set.fields.get(datum)).map(|field| field.unit.clone());
    own.or_else(field).unwrap_or_default()
}

/// The value's own title, or what the field or parameter is, with the member's title before it.
fn title(scenario: &Scenario, datum: &str, name: &str, own: &Text) -> Text {
    if !own.is_empty() {
        return own.clone();
    }
    if let Some(parameter) = scenario.parameters.get(datum) {
        return parameter.doc.clone();
    }
    let Some(set) = scenario.sets.values().find(|set| set.fields.contains_key(datum)) else {
        return Text::default();
    };
    let doc = &set.fields[datum].doc;
    let member = name.split_once('[').and_then(|(_, rest)| rest.split([']', ',']).next());
    let member = member.and_then(|member| set.members.get(member)).map(|member| &member.title);
    match member.filter(|title| !title.is_empty()) {
        None => doc.clone(),
        Some(member) if doc.is_empty() => member.clone(),
        Some(member) => Text::from(&message!("model-assumptions-of-member", member = member, title = doc)),
    }
}

/// Calls `each` with the datum's name, the value's own name and the value.
pub(super) fn each_value<'a>(scenario: &'a Scenario, each: &mut dyn FnMut(&'a str, String, &'a Quantity)) {
    for (name, parameter) in &scenario.parameters {
        leaves(name, name.clone(), &parameter.value, each);
    }
    for set in scenario.sets.values() {
        // What a default says it says once, under the field's own name; one without a source is no statement.
        for (name, field) in &set.fields {
            let used = set.members.values().any(|member| !member.values.contains_key(name));
            if let Some(default) =
                field.default.as_ref().filter(|own| used && own.provenance.source.is_some())
            {
                leaves(name, name.clone(), default, each);
            }
        }
        for (member_name, member) in &set.members {
            for (field, (_, quantity)) in &member.values {
                leaves(field, format!("{field}[{member_name}]"), quantity, each);
            }
        }
    }
}

fn leaves<'a>(
    datum: &'a str,
    name: String,
    quantity: &'a Quantity,
    each: &mut dyn FnMut(&'a str, String, &'a Quantity),
) {
    match &quantity.kind {
        QuantityKind::ByMember(entries) => {
            for (member, _, inner) in entries {
                let own = name
                    .strip_suffix(']')
                    .map_or_else(|| format!("{name}[{member}]"), |open| format!("{open},{member}]"));
                leaves(datum, own, inner, each);
            }
        }
        QuantityKind::ByYear { entries, .. } => {
            entries.iter().for_each(|(year, inner)| {
                leaves(datum, format!("{name}.{}", crate::text::period::label(year)), inner, each);
            });
        }
        QuantityKind::Broken => {}
        _ => each(datum, name, quantity),
    }
}
