//! Values with every input at its mean.

use crate::model::Labels;
use crate::num::Distribution;
use crate::scenario::claims::element;
use crate::scenario::quantity::{Quantity, QuantityKind};
use crate::scenario::{Scenario, written::Set};

/// The central path of a scenario, and its data.
pub(super) struct Central<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) labels: &'a Labels,
}

impl Central<'_> {
    /// The value of a variable in a year, if it has one there.
    pub(super) fn at(&self, variable: &str, year: i32) -> Option<f64> {
        let name = element(variable);
        let label = self.labels.variables.iter().find(|label| label.name == name)?;
        let place = usize::try_from(year - label.first_year).ok()?;
        label.central.get(place).copied().filter(|value| value.is_finite())
    }

    /// The value of a variable in the base year.
    pub(super) fn base(&self, variable: &str) -> Option<f64> {
        self.at(variable, self.labels.start)
    }

    /// What a name in an account's claims stands for: a variable in the last year, a parameter, or a field of
    /// each member that has it. Zeros are left out.
    pub(super) fn amounts(&self, name: &str) -> Vec<(String, f64)> {
        if let Some(value) = self.at(name, self.labels.end) {
            return vec![(element(name), value)];
        }
        let (head, member) = name.split_once('[').unwrap_or((name, ""));
        let mut found = Vec::new();
        if let Some(parameter) = self.scenario.parameters.get(head) {
            found.push((head.to_string(), mean(&parameter.value, self.labels.end)));
        }
        let own = |set: &&Set| set.fields.contains_key(head);
        for set in self.scenario.sets.values().filter(own) {
            let members = set
                .members
                .iter()
                .filter(|(own, _)| member.is_empty() || *own == member.trim_end_matches(']'));
            for (own, content) in members {
                let amount = content.values.get(head).map_or(0.0, |(_, own)| mean(own, self.labels.end));
                found.push((format!("{head}[{own}]"), amount));
            }
        }
        found.retain(|(_, amount)| *amount != 0.0);
        found
    }
}

/// The mean of a value in a year, its median where it has no mean.
fn mean(quantity: &Quantity, year: i32) -> f64 {
    match &quantity.kind {
        QuantityKind::Number(number) => *number,
        QuantityKind::Chance(distribution, _) => middle(distribution),
        QuantityKind::ByYear { linear, entries } => {
            let after = entries.partition_point(|(from, _)| *from <= year);
            let Some((from, before)) = entries.get(after.max(1) - 1) else { return 0.0 };
            let before = mean(before, year);
            match entries.get(after) {
                Some((to, next)) if *linear && after > 0 => {
                    let share = f64::from(year - from) / f64::from(to - from);
                    before * (1.0 - share) + mean(next, year) * share
                }
                _ => before,
            }
        }
        QuantityKind::ByMember(entries) => entries.iter().map(|(.., own)| mean(own, year)).sum(),
        QuantityKind::Varying(..) | QuantityKind::Broken => 0.0,
    }
}

fn middle(distribution: &Distribution) -> f64 {
    distribution.mean().unwrap_or_else(|| distribution.median())
}
