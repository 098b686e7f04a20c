//! Figures about several variables that the scenario's accounts tie together.

use super::central::Central;
use super::finding::{Claimed, Finding, FindingKind, RequiredChange, StatedPart, StatedRest};
use super::statements::{Aim, Statements, alike};
use crate::num::pow;
use crate::scenario::claims::{Claim, element};
use crate::scenario::written::AccountKind;
use crate::text::Place;
use crate::text::period::years_between;

/// A ratio that two figures would change by more than this share is noted as a conflict: value-added ratios,
/// prices and intensities move by a few per cent a year.
const STRAIN: f64 = 0.1;

type AccountNames = [(String, Place)];

pub(super) fn findings(statements: &Statements, central: &Central<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, account) in &central.scenario.accounts {
        let of_one = match &account.kind {
            AccountKind::Ratio { numerator, denominator } => {
                ratio(&element(&numerator.0), &element(&denominator.0), statements, central)
            }
            AccountKind::Parts { whole, parts, outside } => {
                sums(&element(&whole.0), parts, outside, statements, central)
            }
            AccountKind::Supply { supply, claims } => promised(&element(&supply.0), claims, central),
        };
        let about = |(conflict, what)| Finding { about: name.clone(), conflict, what };
        found.extend(of_one.into_iter().map(about));
    }
    found
}

/// What is stated of a variable, as multiples of its base value.
fn changes(variable: &str, statements: &Statements, central: &Central<'_>) -> Vec<RequiredChange> {
    let start = central.labels.start;
    let base = central.base(variable).filter(|base| *base > 0.0);
    let mut found = Vec::new();
    for Aim { claim, softness, targets } in statements.aims(variable) {
        let (year, multiple, level) = match claim {
            Claim::Growth { years: (from, to), rate } if from == start => {
                let multiple = pow(1.0 + rate, years_between(from, to));
                (to, Some(multiple), base.map(|base| base * multiple))
            }
            Claim::Level { year, level } if year > start => {
                (year, base.map(|base| level / base), Some(level))
            }
            Claim::Gain { years: (from, to), gain } if from == start => {
                (to, base.map(|base| 1.0 + gain / base), base.map(|base| base + gain))
            }
            _ => continue,
        };
        let rate = multiple.map(|multiple| pow(multiple, 1.0 / years_between(start, year)) - 1.0);
        found.push(RequiredChange {
            variable: variable.to_string(),
            targets,
            year,
            level,
            multiple,
            rate,
            softness,
        });
    }
    found
}

/// Those that are to be reached; limits from above are none.
fn aimed(variable: &str, statements: &Statements, central: &Central<'_>) -> Vec<RequiredChange> {
    let all = changes(variable, statements, central).into_iter();
    all.filter(|change| change.softness.is_floor()).collect()
}

fn ratio(
    above: &str,
    below: &str,
    statements: &Statements,
    central: &Central<'_>,
) -> Vec<(bool, FindingKind)> {
    let before = central.base(above).zip(central.base(below)).map(|(a, b)| a / b);
    let before = before.filter(|ratio| ratio.is_finite());
    let mut found = Vec::new();
    for numerator in aimed(above, statements, central) {
        let below = aimed(below, statements, central).into_iter();
        for denominator in below.filter(|own| own.year == numerator.year) {
            let factor = numerator.multiple.zip(denominator.multiple).map(|(a, b)| a / b);
            let after = numerator.level.zip(denominator.level).map(|(a, b)| a / b);
            let conflict = factor.is_some_and(|factor| (factor - 1.0).abs() > STRAIN);
            let numerator = numerator.clone();
            found.push((conflict, FindingKind::Ratio { numerator, denominator, factor, before, after }));
        }
    }
    found
}

fn sums(
    whole: &str,
    parts: &AccountNames,
    outside: &AccountNames,
    statements: &Statements,
    central: &Central<'_>,
) -> Vec<(bool, FindingKind)> {
    let start = central.labels.start;
    let mut years: Vec<i32> = Vec::new();
    let mut stated: Vec<(i32, StatedPart)> = Vec::new();
    for (name, _) in parts {
        let variable = element(name);
        let Some(base) = central.base(&variable) else { continue };
        for (year, part) in levels(&variable, base, statements, central) {
            if !years.contains(&year) {
                years.push(year);
            }
            stated.push((year, part));
        }
    }
    let base_of = |names: &AccountNames| names.iter().filter_map(|(name, _)| central.base(name)).sum::<f64>();
    let rest_base = central.base(whole).map(|whole| whole - (base_of(parts) - base_of(outside)));
    let mut found = Vec::new();
    for year in years {
        let named: Vec<StatedPart> =
            highest(stated.iter().filter(|(own, _)| *own == year).map(|(_, part)| part));
        let sum: f64 = named.iter().map(|part| part.level).sum();
        let base: f64 = named.iter().map(|part| part.base).sum();
        let unnamed: f64 = base_of(parts) - base;
        let rate = pow(sum / base, 1.0 / years_between(start, year)) - 1.0;
        let wholes = changes(whole, statements, central).into_iter().filter(|change| change.year == year);
        let mut rests: Vec<Option<StatedRest>> = wholes
            .filter_map(|change| {
                let level = change.level?;
                let rest = StatedRest {
                    targets: change.targets,
                    whole: level,
                    base: rest_base? + unnamed,
                    left: level - sum,
                    softness: change.softness,
                };
                Some(Some(rest))
            })
            .collect();
        if rests.is_empty() && named.len() > 1 {
            rests.push(None);
        }
        for rest in rests {
            let conflict = rest.as_ref().is_some_and(over);
            let namesakes = if named.len() > 1 { namesakes(sum, whole, statements) } else { Vec::new() };
            let (whole, parts) = (whole.to_string(), named.clone());
            found.push((
                conflict,
                FindingKind::Parts { whole, year, parts, sum, base, rate, rest, namesakes },
            ));
        }
    }
    found
}

/// The levels stated of a part, by year.
fn levels(
    variable: &str,
    base: f64,
    statements: &Statements,
    central: &Central<'_>,
) -> Vec<(i32, StatedPart)> {
    let aimed = aimed(variable, statements, central).into_iter();
    aimed
        .filter_map(|change| {
            let (variable, level) = (variable.to_string(), change.level?);
            Some((change.year, StatedPart { variable, targets: change.targets, base, level }))
        })
        .collect()
}

/// Each part once, with the highest level stated of it.
fn highest<'a>(parts: impl Iterator<Item = &'a StatedPart>) -> Vec<StatedPart> {
    let mut found: Vec<StatedPart> = Vec::new();
    for part in parts {
        match found.iter_mut().find(|own| own.variable == part.variable) {
            Some(own) if own.level < part.level => *own = part.clone(),
            Some(_) => {}
            None => found.push(part.clone()),
        }
    }
    found
}

/// Targets that state the number of a sum, of another variable.
fn namesakes(sum: f64, whole: &str, statements: &Statements) -> Vec<String> {
    let same = statements.0.iter().filter(|own| {
        matches!(own.stated.claim, Claim::Level { level, .. } if alike(level, sum))
            && own.stated.variable != whole
    });
    same.map(|own| own.target.clone()).collect()
}

fn promised(supply: &str, claims: &AccountNames, central: &Central<'_>) -> Vec<(bool, FindingKind)> {
    let years = [central.labels.start, central.labels.end];
    let available: Vec<(i32, f64)> =
        years.into_iter().filter_map(|year| Some((year, central.at(supply, year)?))).collect();
    let claims: Vec<Claimed> = claims
        .iter()
        .flat_map(|(name, _)| central.amounts(name))
        .map(|(name, amount)| Claimed { name, amount })
        .collect();
    let sum: f64 = claims.iter().map(|claim| claim.amount).sum();
    let conflict = available.iter().any(|(_, amount)| sum > *amount);
    vec![(conflict, FindingKind::Promised { supply: supply.to_string(), available, claims, sum })]
}

/// Whether the parts leave nothing for a rest that there is, or are more than the whole, where the whole may not
/// be more than is stated.
fn over(rest: &StatedRest) -> bool {
    if !rest.softness.is_ceiling() {
        return false;
    }
    let nothing = 1e-9 * rest.whole;
    rest.left < -nothing || (rest.left <= nothing && rest.base > nothing)
}
