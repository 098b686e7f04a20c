//! Figures about one variable.

use super::SAME;
use super::central::Central;
use super::finding::{Finding, FindingKind, Level, Rate};
use super::statements::{Aim, Statements};
use crate::num::pow;
use crate::scenario::claims::{Claim, Softness};
use crate::text::period::years_between;

/// Findings about every variable of which something is stated, in the order of the file.
pub(super) fn findings(statements: &Statements, central: &Central<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for label in &central.labels.variables {
        let (levels, rates) = aims(statements, &label.name, central);
        let mut add = |conflict: bool, what: FindingKind| {
            found.push(Finding { about: label.name.clone(), conflict, what });
        };
        if let Some(base) = central.base(&label.name).filter(|base| *base > 0.0) {
            against_base(central.labels.start, base, &levels, &rates, &mut add);
        }
        opposed(&levels, &rates, &mut add);
        let aimed: Vec<&Level> = levels.iter().filter(|level| level.softness.is_floor()).collect();
        for (k, first) in aimed.iter().enumerate() {
            for second in aimed[k + 1..].iter().filter(|second| second.year > first.year) {
                let (conflict, what) = between(first, second, &rates);
                add(conflict, what);
            }
        }
    }
    found
}

/// Levels (earlier years first) and rates that are stated. A gain is a level above the base value.
fn aims(statements: &Statements, variable: &str, central: &Central<'_>) -> (Vec<Level>, Vec<Rate>) {
    let (mut levels, mut rates) = (Vec::new(), Vec::new());
    for Aim { claim, softness, targets } in statements.aims(variable) {
        match claim {
            Claim::Level { year, level } if level > 0.0 => {
                levels.push(Level { targets, year, level, softness });
            }
            Claim::Growth { years, rate } => rates.push(Rate { targets, years, rate, softness }),
            Claim::Gain { years: (from, year), gain } => {
                if let Some(base) = central.at(variable, from) {
                    levels.push(Level { targets, year, level: base + gain, softness });
                }
            }
            Claim::Level { .. } => {}
        }
    }
    levels.sort_by_key(|level| level.year);
    (levels, rates)
}

/// Limits from above are held against the rest, but ask for nothing.
fn against_base(
    start: i32,
    base: f64,
    levels: &[Level],
    rates: &[Rate],
    add: &mut impl FnMut(bool, FindingKind),
) {
    for rate in rates.iter().filter(|rate| rate.years.0 == start && rate.softness.is_floor()) {
        let multiple = pow(1.0 + rate.rate, years_between(start, rate.years.1));
        let leads_to = base * multiple;
        add(false, FindingKind::Leads { base: (start, base), rate: rate.clone(), multiple, leads_to });
    }
    for level in levels.iter().filter(|level| level.year > start) {
        let years = years_between(start, level.year);
        if level.softness.is_floor() {
            let rate = pow(level.level / base, 1.0 / years) - 1.0;
            add(false, FindingKind::Needs { base: (start, base), level: level.clone(), rate });
        }
        for asked in rates.iter().filter(|asked| asked.years == (start, level.year)) {
            let growth = pow(1.0 + asked.rate, years);
            let leads_to = base * growth;
            let common_base = level.level / growth;
            let (rate, own) = (asked.clone(), level.clone());
            if let Some(base_is) = clash(asked.softness, leads_to, level.softness, level.level) {
                add(true, FindingKind::Disagree { base, level: own, rate, leads_to, common_base, base_is });
            } else if differ(leads_to, level.level) {
                add(false, FindingKind::Beside { base, level: own, rate, leads_to, common_base });
            }
        }
    }
}

/// Whether a figure that leads to `reach` and another of `level` cannot both hold, and at what base they would.
fn clash(reaching: Softness, reach: f64, stated: Softness, level: f64) -> Option<Softness> {
    let exceeds = reach > level && reaching.is_floor() && stated.is_ceiling();
    let falls_short = reach < level && reaching.is_ceiling() && stated.is_floor();
    if !differ(reach, level) || !(exceeds || falls_short) {
        return None;
    }
    let both_about = reaching == Softness::About && stated == Softness::About;
    Some(match (both_about, exceeds) {
        (true, _) => Softness::About,
        (false, true) => Softness::AtMost,
        (false, false) => Softness::AtLeast,
    })
}

fn differ(a: f64, b: f64) -> bool {
    (a / b - 1.0).abs() > SAME
}

/// Figures of the same years of which one is more than the other allows.
fn opposed(levels: &[Level], rates: &[Rate], add: &mut impl FnMut(bool, FindingKind)) {
    for (k, one) in levels.iter().enumerate() {
        for other in levels[k + 1..].iter().filter(|other| other.year == one.year) {
            if clash(one.softness, one.level, other.softness, other.level).is_some() {
                let (low, high) = if one.level < other.level { (one, other) } else { (other, one) };
                add(true, FindingKind::OpposedLevels { high: high.clone(), low: low.clone() });
            }
        }
    }
    for (k, one) in rates.iter().enumerate() {
        for other in rates[k + 1..].iter().filter(|other| other.years == one.years) {
            if clash(one.softness, 1.0 + one.rate, other.softness, 1.0 + other.rate).is_some() {
                let (low, high) = if one.rate < other.rate { (one, other) } else { (other, one) };
                add(true, FindingKind::OpposedRates { high: high.clone(), low: low.clone() });
            }
        }
    }
}

/// The growth between two levels, and where the rates that are asked for would lead. Only a rate of these very
/// years can contradict them: growth may change its pace.
fn between(first: &Level, second: &Level, rates: &[Rate]) -> (bool, FindingKind) {
    let years = years_between(first.year, second.year);
    let rate = pow(second.level / first.level, 1.0 / years) - 1.0;
    let mut at_rates: Vec<(Rate, f64)> = Vec::new();
    let mut conflict = false;
    for asked in rates {
        let of_these_years = asked.years == (first.year, second.year);
        if !of_these_years && !asked.softness.is_floor() {
            continue;
        }
        let reach = first.level * pow(1.0 + asked.rate, years);
        let reaching = if first.softness == Softness::About { asked.softness } else { Softness::AtLeast };
        conflict |= of_these_years && clash(reaching, reach, second.softness, second.level).is_some();
        match at_rates.iter_mut().find(|(known, _)| (known.rate - asked.rate).abs() < 1e-9) {
            Some((known, _)) => known.targets.extend(asked.targets.iter().cloned()),
            None => at_rates.push((asked.clone(), reach)),
        }
    }
    (conflict, FindingKind::Between { first: first.clone(), second: second.clone(), rate, at_rates })
}
