//! Figures about one variable.

use super::SAME;
use super::central::Central;
use super::finding::{Finding, Level, Rate, What};
use super::statements::Statements;
use crate::num::pow;
use crate::scenario::stated::Claim;

/// Findings about every variable of which something is stated, in the order of the file.
pub(super) fn findings(statements: &Statements, central: &Central<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for label in &central.labels.variables {
        let (levels, rates) = aims(statements, &label.name, central);
        let mut add = |conflict: bool, what: What| {
            found.push(Finding { about: label.name.clone(), conflict, what });
        };
        if let Some(base) = central.base(&label.name).filter(|base| *base > 0.0) {
            against_base(central.labels.start, base, &levels, &rates, &mut add);
        }
        for (k, first) in levels.iter().enumerate() {
            for second in levels[k + 1..].iter().filter(|second| second.year > first.year) {
                let (conflict, what) = between(first, second, &rates);
                add(conflict, what);
            }
        }
    }
    found
}

/// Levels (earlier years first) and rates that are aimed at. A gain is a level above the base value.
fn aims(statements: &Statements, variable: &str, central: &Central<'_>) -> (Vec<Level>, Vec<Rate>) {
    let (mut levels, mut rates) = (Vec::new(), Vec::new());
    for (claim, targets) in statements.aims(variable) {
        match claim {
            Claim::Level { year, level } if level > 0.0 => levels.push(Level { targets, year, level }),
            Claim::Growth { years, rate } => rates.push(Rate { targets, years, rate }),
            Claim::Gain { years: (from, year), gain } => {
                if let Some(base) = central.at(variable, from) {
                    levels.push(Level { targets, year, level: base + gain });
                }
            }
            Claim::Level { .. } => {}
        }
    }
    levels.sort_by_key(|level| level.year);
    (levels, rates)
}

fn against_base(start: i32, base: f64, levels: &[Level], rates: &[Rate], add: &mut impl FnMut(bool, What)) {
    for rate in rates.iter().filter(|rate| rate.years.0 == start) {
        let multiple = pow(1.0 + rate.rate, f64::from(rate.years.1 - start));
        let leads_to = base * multiple;
        add(false, What::Leads { base: (start, base), rate: rate.clone(), multiple, leads_to });
    }
    for level in levels.iter().filter(|level| level.year > start) {
        let years = f64::from(level.year - start);
        let rate = pow(level.level / base, 1.0 / years) - 1.0;
        add(false, What::Needs { base: (start, base), level: level.clone(), rate });
        for asked in rates.iter().filter(|asked| asked.years == (start, level.year)) {
            let growth = pow(1.0 + asked.rate, years);
            let leads_to = base * growth;
            if (leads_to / level.level - 1.0).abs() > SAME {
                let common_base = level.level / growth;
                let (level, rate) = (level.clone(), asked.clone());
                add(true, What::Disagree { base, level, rate, leads_to, common_base });
            }
        }
    }
}

fn between(first: &Level, second: &Level, rates: &[Rate]) -> (bool, What) {
    let years = f64::from(second.year - first.year);
    let rate = pow(second.level / first.level, 1.0 / years) - 1.0;
    let mut at_rates: Vec<(Rate, f64)> = Vec::new();
    for asked in rates {
        match at_rates.iter_mut().find(|(known, _)| (known.rate - asked.rate).abs() < 1e-9) {
            Some((known, _)) => known.targets.extend(asked.targets.iter().cloned()),
            None => at_rates.push((asked.clone(), first.level * pow(1.0 + asked.rate, years))),
        }
    }
    let conflict = at_rates.iter().any(|(_, level)| (level / second.level - 1.0).abs() > SAME);
    (conflict, What::Between { first: first.clone(), second: second.clone(), rate, at_rates })
}
