//! One number with several definitions.

use super::central::Central;
use super::finding::{Finding, FindingKind, Reading};
use super::statements::{Statement, Statements, same};
use crate::num::pow;
use crate::scenario::claims::{Claim, element};
use crate::scenario::written::AccountKind;
use crate::text::period::years_between;

pub(super) fn findings(statements: &Statements, central: &Central<'_>) -> Vec<Finding> {
    let mut found = readings(statements, central);
    found.extend(same_numbers(statements, central));
    found
}

/// Figures of the document that targets take to be about different variables.
fn readings(statements: &Statements, central: &Central<'_>) -> Vec<Finding> {
    let mut figures: Vec<(&str, Vec<Reading>)> = Vec::new();
    for statement in statements.0.iter().filter(|own| !own.figure.is_empty()) {
        let Some(reading) = reading(statement, central) else { continue };
        let position = figures.iter().position(|(figure, _)| *figure == statement.figure);
        let position = position.unwrap_or_else(|| {
            figures.push((&statement.figure, Vec::new()));
            figures.len() - 1
        });
        let of_figure = &mut figures[position].1;
        let known = of_figure.iter_mut().find(|own| {
            own.variable == reading.variable && own.year == reading.year && own.multiple == reading.multiple
        });
        match known {
            Some(known) => known.targets.extend(reading.targets),
            None => of_figure.push(reading),
        }
    }
    figures
        .into_iter()
        .filter(|(figure, readings)| doubtful(figure, readings, central))
        .map(|(figure, readings)| Finding {
            about: figure.to_string(),
            conflict: true,
            what: FindingKind::Readings { readings },
        })
        .collect()
}

/// Whether readings are of different variables that the figure does not all mean.
fn doubtful(figure: &str, readings: &[Reading], central: &Central<'_>) -> bool {
    let means = central.scenario.figures.get(figure).map_or(&[][..], |figure| &figure.all_of);
    let meant = |reading: &Reading| means.iter().any(|(name, _)| element(name) == reading.variable);
    let doubted: Vec<&Reading> = readings.iter().filter(|reading| !meant(reading)).collect();
    let other = |own: &&Reading| own.variable != doubted[0].variable && own.year == doubted[0].year;
    doubted.iter().any(other)
}

fn reading(statement: &Statement, central: &Central<'_>) -> Option<Reading> {
    let variable = statement.stated.variable.clone();
    let (year, stated, multiple, value) = match statement.stated.claim {
        Claim::Level { year, level } => (year, level, false, central.at(&variable, year)),
        Claim::Growth { years: (from, to), rate } => {
            let value = central.at(&variable, to).zip(central.at(&variable, from)).map(|(b, a)| b / a);
            (to, pow(1.0 + rate, years_between(from, to)), true, value)
        }
        Claim::Gain { .. } => return None,
    };
    Some(Reading {
        variable,
        targets: vec![statement.target.clone()],
        year,
        stated,
        multiple,
        central: value,
    })
}

/// Levels that several figures state of one variable, or of a whole and its part.
fn same_numbers(statements: &Statements, central: &Central<'_>) -> Vec<Finding> {
    let mut groups: Vec<Vec<&Statement>> = Vec::new();
    for statement in &statements.0 {
        let Claim::Level { .. } = statement.stated.claim else { continue };
        let near = |other: &Statement| {
            same(other.stated.claim, statement.stated.claim)
                && tied(&other.stated.variable, &statement.stated.variable, central)
        };
        match groups.iter_mut().find(|group| group.iter().any(|other| near(other))) {
            Some(group) => group.push(statement),
            None => groups.push(vec![statement]),
        }
    }
    groups.into_iter().filter_map(|group| finding(&group)).collect()
}

/// Whether two names are one variable, or a whole and its part.
fn tied(a: &str, b: &str, central: &Central<'_>) -> bool {
    let part_of = |whole_name: &str, part_name: &str| {
        central.scenario.accounts.values().any(|account| match &account.kind {
            AccountKind::Parts { whole, parts, .. } => {
                element(&whole.0) == whole_name && parts.iter().any(|(part, _)| element(part) == part_name)
            }
            _ => false,
        })
    };
    a == b || part_of(a, b) || part_of(b, a)
}

/// A group of statements of one number, where they are of different figures.
fn finding(group: &[&Statement]) -> Option<Finding> {
    let first = group.first()?;
    let Claim::Level { year, level } = first.stated.claim else { return None };
    if group.iter().all(|own| own.figure == first.figure) {
        return None;
    }
    let variables = group.iter().map(|own| own.stated.variable.as_str());
    let conflict = variables.clone().any(|own| own != first.stated.variable);
    let targets = group
        .iter()
        .map(|own| (own.target.clone(), own.figure.clone(), own.stated.variable.clone()))
        .collect();
    let about = first.stated.variable.clone();
    Some(Finding { about, conflict, what: FindingKind::SameNumber { number: level, year, targets } })
}
