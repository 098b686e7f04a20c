//! What a plan's own figures say of each other, before anything is simulated.
//!
//! Targets on one variable are held against its base value and against each other: a level in a year
//! against the yearly growth that another target asks for, and two levels in two years. Nothing here knows
//! a particular plan.

use crate::formula::{BinaryOperator, Expr, Kind};
use crate::model::Labels;
use crate::num::pow;
use crate::scenario::Scenario;

/// A level that a target asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// The target.
    pub target: String,
    /// The year.
    pub year: i32,
    /// The level.
    pub level: f64,
}

/// An average yearly growth that a target asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The target.
    pub target: String,
    /// First and last year.
    pub years: (i32, i32),
    /// Growth a year: 0.08.
    pub rate: f64,
}

/// Two figures of a plan and what they say of each other.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// From the base value to a level: the growth a year that it takes.
    Needs {
        /// Base year and value.
        base: (i32, f64),
        /// The level.
        level: Level,
        /// Growth a year.
        rate: f64,
    },
    /// A level and a rate over the same years: where the rate leads, and the base at which both hold.
    Disagree {
        /// The base year's value.
        base: f64,
        /// The level.
        level: Level,
        /// The rate.
        rate: Rate,
        /// Where the rate leads from the base.
        leads_to: f64,
        /// The largest base from which the rate leads to no more than the level.
        common_base: f64,
    },
    /// Two levels: the growth a year between them, and where a rate asked for elsewhere would lead.
    Between {
        /// The earlier level.
        first: Level,
        /// The later level.
        second: Level,
        /// Growth a year between them.
        rate: f64,
        /// For each rate asked for: the rate and where it leads from the first level.
        at_rates: Vec<(Rate, f64)>,
    },
}

/// All findings about a variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Audit {
    /// The variable.
    pub variable: String,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Level and rate count as the same when they differ by less than this share.
const SAME: f64 = 0.001;

/// Holds the targets of a scenario against each other. `labels` are of a model that records all variables.
pub fn audit(scenario: &Scenario, labels: &Labels) -> Vec<Audit> {
    let mut audits = Vec::new();
    for variable in &labels.variables {
        let levels = levels(labels, &variable.name);
        let rates = rates(scenario, &variable.name);
        let base = (variable.first_year == labels.start).then(|| variable.central.first().copied()).flatten();
        let mut findings = Vec::new();
        if let Some(base) = base.filter(|base| *base > 0.0) {
            against_base(labels.start, base, &levels, &rates, &mut findings);
        }
        for (k, first) in levels.iter().enumerate() {
            for second in levels[k + 1..].iter().filter(|second| second.year > first.year) {
                findings.push(between(first, second, &rates));
            }
        }
        if !findings.is_empty() {
            audits.push(Audit { variable: variable.name.clone(), findings });
        }
    }
    audits
}

fn against_base(start: i32, base: f64, levels: &[Level], rates: &[Rate], findings: &mut Vec<Finding>) {
    for level in levels.iter().filter(|level| level.year > start) {
        let years = f64::from(level.year - start);
        let rate = pow(level.level / base, 1.0 / years) - 1.0;
        findings.push(Finding::Needs { base: (start, base), level: level.clone(), rate });
        for asked in rates.iter().filter(|asked| asked.years == (start, level.year)) {
            let leads_to = base * pow(1.0 + asked.rate, years);
            if (leads_to / level.level - 1.0).abs() > SAME {
                let common_base = level.level / pow(1.0 + asked.rate, years);
                findings.push(Finding::Disagree {
                    base,
                    level: level.clone(),
                    rate: asked.clone(),
                    leads_to,
                    common_base,
                });
            }
        }
    }
}

fn between(first: &Level, second: &Level, rates: &[Rate]) -> Finding {
    let years = f64::from(second.year - first.year);
    let at = |rate: &Rate| (rate.clone(), first.level * pow(1.0 + rate.rate, years));
    Finding::Between {
        first: first.clone(),
        second: second.clone(),
        rate: pow(second.level / first.level, 1.0 / years) - 1.0,
        at_rates: rates.iter().map(at).collect(),
    }
}

/// The levels that targets ask of a variable, earlier years first.
fn levels(labels: &Labels, variable: &str) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for target in &labels.targets {
        // A target with two marks is a range, not a level to be reached.
        if let [mark] = target.marks.as_slice()
            && mark.variable == variable
            && mark.at_least
            && mark.level > 0.0
        {
            levels.push(Level { target: target.name.clone(), year: mark.year, level: mark.level });
        }
    }
    levels.sort_by_key(|level| level.year);
    levels
}

/// The average growth that targets ask of a variable: `cagr(x, a, b) >= r` and `change(x, a, b) >= c`.
fn rates(scenario: &Scenario, variable: &str) -> Vec<Rate> {
    let mut rates = Vec::new();
    for (name, target) in &scenario.targets {
        let Kind::Binary(BinaryOperator::GreaterEqual | BinaryOperator::Greater, left, right) =
            &target.require.tree.kind
        else {
            continue;
        };
        let (Kind::Call { function, arguments, .. }, Kind::Number(bound)) = (&left.kind, &right.kind) else {
            continue;
        };
        let [x, from, to] = arguments.as_slice() else { continue };
        let (Some(from), Some(to)) = (year(scenario, from), year(scenario, to)) else { continue };
        if x.to_string() != variable || to <= from {
            continue;
        }
        let rate = match function.as_str() {
            "cagr" => *bound,
            "change" => pow(1.0 + bound, 1.0 / f64::from(to - from)) - 1.0,
            _ => continue,
        };
        rates.push(Rate { target: name.clone(), years: (from, to), rate });
    }
    rates
}

fn year(scenario: &Scenario, expr: &Expr) -> Option<i32> {
    match &expr.kind {
        Kind::Number(number) => Some(*number as i32),
        Kind::Name { name, .. } if name == "start_year" => Some(scenario.time.start),
        Kind::Name { name, .. } if name == "end_year" => Some(scenario.time.end),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Record, compile};
    use crate::scenario::load;
    use crate::text::Problems;

    /// The figures of the Lüliang report: a base of 1538.04, 2200 in 2025, 4500 in 2035, and 8 % a year.
    const REPORT: &str = r#"
        [time]
        start = 2020
        end = 2035
        [variables]
        gdp = { start = 1538.04, formula = "prev(gdp) * 1.05" }
        [targets]
        growth = "cagr(gdp, 2020, 2025) >= 8%"
        in_2025 = "gdp@2025 >= 2200"
        in_2035 = "gdp@2035 >= 4500"
    "#;

    fn findings() -> Vec<Finding> {
        let loaded = load::from_text("report.toml", REPORT);
        let model = compile(&loaded.scenario, &Record::All, &mut Problems::default()).unwrap();
        audit(&loaded.scenario, &model.labels).remove(0).findings
    }

    #[test]
    fn a_level_and_a_rate_that_disagree_are_told_with_the_base_at_which_both_hold() {
        let found = findings().into_iter().find_map(|finding| match finding {
            Finding::Disagree { leads_to, common_base, .. } => Some((leads_to, common_base)),
            _ => None,
        });
        let (leads_to, common_base) = found.unwrap();
        assert!((leads_to - 2259.89).abs() < 0.005, "{leads_to}");
        assert!((common_base - 1497.28).abs() < 0.005, "{common_base}");
    }

    #[test]
    fn two_levels_tell_the_growth_between_them_and_where_the_rate_would_lead() {
        let found = findings().into_iter().find_map(|finding| match finding {
            Finding::Between { rate, at_rates, .. } => Some((rate, at_rates[0].1)),
            _ => None,
        });
        let (rate, at_eight) = found.unwrap();
        assert!((rate - 0.074185).abs() < 5e-7, "{rate}");
        assert!((at_eight - 4749.63).abs() < 0.005, "{at_eight}");
    }
}
