//! What all targets state, variable by variable.

use crate::scenario::Scenario;
use crate::scenario::claims::{Claim, ClaimedFigure, Softness};

use super::SAME;

/// A figure that a target states.
pub(super) struct Statement {
    pub(super) target: String,
    /// Id of the figure in the document; empty where none.
    pub(super) figure: String,
    pub(super) stated: ClaimedFigure,
}

/// All figures that targets state, in the order of the file.
pub(super) struct Statements(pub(super) Vec<Statement>);

impl Statements {
    pub(super) fn of(scenario: &Scenario) -> Self {
        // How far a work is is no number that others could contradict.
        let is_status = |variable: &str| {
            let mut statuses = scenario.softness.values().filter_map(|rule| rule.status.as_ref());
            statuses.any(|(status, _)| variable.split('[').next() == Some(status.as_str()))
        };
        let read = scenario.targets.iter().filter_map(|(name, target)| {
            let stated = target.stated(scenario).filter(|stated| !is_status(&stated.variable))?;
            Some(Statement { target: name.clone(), figure: target.figure.clone(), stated })
        });
        Self(read.collect())
    }

    /// What is stated of a variable, each number once.
    pub(super) fn aims(&self, variable: &str) -> Vec<Aim> {
        let mut aims: Vec<Aim> = Vec::new();
        for statement in self.0.iter().filter(|own| own.stated.variable == variable) {
            let ClaimedFigure { softness, claim, .. } = statement.stated;
            match aims.iter_mut().find(|aim| same(aim.claim, claim)) {
                Some(aim) => {
                    aim.softness = aim.softness.and(softness);
                    aim.targets.push(statement.target.clone());
                }
                None => aims.push(Aim { claim, softness, targets: vec![statement.target.clone()] }),
            }
        }
        aims
    }
}

/// A figure of a variable with all targets that state it.
pub(super) struct Aim {
    pub(super) claim: Claim,
    pub(super) softness: Softness,
    pub(super) targets: Vec<String>,
}

/// Whether two claims are the same number about the same years.
pub(super) fn same(a: Claim, b: Claim) -> bool {
    match (a, b) {
        (Claim::Level { year: y, level: a }, Claim::Level { year: z, level: b }) => y == z && alike(a, b),
        (Claim::Growth { years: y, rate: a }, Claim::Growth { years: z, rate: b }) => {
            y == z && alike(1.0 + a, 1.0 + b)
        }
        (Claim::Gain { years: y, gain: a }, Claim::Gain { years: z, gain: b }) => y == z && alike(a, b),
        _ => false,
    }
}

/// Whether two numbers are the same for a reader.
pub(super) fn alike(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * 0.01 * b.abs()
}
