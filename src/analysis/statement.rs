//! Statements about the distribution, as `--for` and `--given` take them, and scenarios changed for them.

use crate::formula::parse::parse;
use crate::formula::{Expr, Kind};
use crate::model::labels::Labels;
use crate::model::{Model, Record, compile};
use crate::scenario::written::{Formula, Metric};
use crate::scenario::{Loaded, Scenario, overrides, read};
use crate::text::{Place, Problem, Problems, Text};

/// What of a distribution a statement is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// `p(event)`: the share of paths.
    Odds,
    /// `mean(x)`
    Mean,
    /// `quantile(x, q)`
    Quantile(f64),
}

/// How the statistic should stand to its goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
}

/// A statistic and the value it should have: `p(gdp_2025) = 80%`, or at least or at most have.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// As written.
    pub text: String,
    /// The statistic.
    pub statistic: Statistic,
    /// What it is taken of, as written.
    pub inner: String,
    /// The value it should have.
    pub goal: f64,
    /// Whether it should be this, or at least or at most.
    pub sense: Sense,
}

/// The name of the metric that is added to a scenario: no file can hold it.
pub const ADDED: &str = "(asked)";

/// Reads a statement.
///
/// # Errors
/// When it is none: what is wrong and what could be written, and where in the text.
pub fn statement(text: &str, place: Place) -> Result<Statement, Problem> {
    let wrong = |message: &str| {
        Problem::error(place, message.to_owned())
            .help("p(target) = 80%, mean(gdp@2030) = 3000, quantile(co2@2030, 90%) = 80")
    };
    let (equals, sense) = equals(text).ok_or_else(|| wrong("a goal says what should equal what"))?;
    let (left, right) = (text[..equals.0].trim_end(), &text[equals.1..]);
    let expr = |part: &str| parse(part).map_err(|error| wrong(&error.message));
    let goal = match expr(right)?.kind {
        Kind::Number(goal) => goal,
        Kind::Unary(crate::formula::UnaryOperator::Negate, x) => match x.kind {
            Kind::Number(goal) => -goal,
            _ => return Err(wrong("the right side of a goal is a number")),
        },
        _ => return Err(wrong("the right side of a goal is a number")),
    };
    let Kind::Call { function, arguments, .. } = expr(left)?.kind else {
        return Err(wrong("the left side of a goal is p(…), mean(…) or quantile(…, q)"));
    };
    let part = |expr: &Expr| left[expr.span.start..expr.span.end].to_owned();
    let (statistic, inner) = match (function.as_str(), arguments.as_slice()) {
        ("p", [event]) => (Statistic::Odds, part(event)),
        ("mean", [x]) => (Statistic::Mean, part(x)),
        ("quantile", [x, level]) => match level.kind {
            Kind::Number(q) if 0.0 < q && q < 1.0 => (Statistic::Quantile(q), part(x)),
            _ => return Err(wrong("a quantile's level is a number between 0 and 1")),
        },
        _ => return Err(wrong("the left side of a goal is p(…), mean(…) or quantile(…, q)")),
    };
    if statistic == Statistic::Odds && !(0.0..=1.0).contains(&goal) {
        return Err(wrong("odds lie between 0 % and 100 %"));
    }
    Ok(Statement { text: text.trim().to_owned(), statistic, inner, goal, sense })
}

/// Where the `=`, `==`, `>=` or `<=` that parts a goal stands: from, to.
fn equals(text: &str) -> Option<((usize, usize), Sense)> {
    let mut depth = 0;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'=' if depth == 0 => {
                let end = if bytes.get(at + 1) == Some(&b'=') { at + 2 } else { at + 1 };
                return Some(match at.checked_sub(1).map(|before| bytes[before]) {
                    Some(b'>') => ((at - 1, end), Sense::AtLeast),
                    Some(b'<') => ((at - 1, end), Sense::AtMost),
                    _ => ((at, end), Sense::Equal),
                });
            }
            _ => {}
        }
    }
    None
}

/// Adds a metric [`ADDED`] with a formula about a path; `option` is where it was typed.
///
/// # Errors
/// When the formula cannot be read, or there is none.
pub fn add_metric(loaded: &mut Loaded, option: &str, formula: &str) -> Result<(), Problem> {
    if formula.trim().is_empty() {
        let problem = Problem::error(None, format!("{option} is empty"));
        return Err(
            problem.help(format!("{option} takes a formula about a path: {option} 'gdp@2025 >= 2000'"))
        );
    }
    let file = loaded.files.add(option, formula);
    let place = Place::new(file, 0, formula.len());
    let tree = parse(formula)
        .map_err(|error| Problem::error(place.part(error.span.start, error.span.end), error.message))?;
    let formula = Formula { tree, text: formula.to_owned(), place };
    let title = Text::plain(formula.text.clone());
    let metric = Metric { formula, unit: String::new(), unit_place: None, title, place };
    loaded.scenario.metrics.insert(ADDED.to_owned(), metric);
    Ok(())
}

/// The scenario with these inputs at these numbers. Metrics that were added stay.
///
/// # Errors
/// What is wrong with it.
pub fn with_values(scenario: &Scenario, values: &[(&str, f64)]) -> Result<Scenario, Problems> {
    let mut problems = Problems::default();
    let mut document = scenario.document.clone();
    for (name, value) in values {
        overrides::apply(&mut document, 0, &format!("{name}={value}"), &mut problems);
    }
    let mut beside = |_: Place, path: &str| Err(format!("{path} is not read again"));
    let mut changed = read::scenario(document, &mut beside, &mut problems);
    changed.id.clone_from(&scenario.id);
    for (name, metric) in &scenario.metrics {
        changed.metrics.entry(name.clone()).or_insert_with(|| metric.clone());
    }
    if problems.has_errors() { Err(problems) } else { Ok(changed) }
}

/// Compiles a scenario.
///
/// # Errors
/// What is wrong with it.
pub fn compiled(scenario: &Scenario, record: &Record) -> Result<Model, Problems> {
    let mut problems = Problems::default();
    compile(scenario, record, &mut problems).ok_or(problems)
}

/// The series of the metric [`ADDED`].
pub fn added_series(model: &Model) -> Option<u32> {
    model.labels.metrics.iter().find(|metric| metric.name == ADDED).map(|metric| metric.series)
}

/// Labels without the metric [`ADDED`].
pub fn without_added(labels: &Labels) -> Labels {
    let mut labels = labels.clone();
    labels.metrics.retain(|metric| metric.name != ADDED);
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_are_odds_means_and_quantiles() {
        let read = |text| statement(text, Place::default()).unwrap();
        let odds = read("p(gdp_2025 and x@2030 == 3) = 80%");
        assert_eq!(
            (odds.statistic, odds.goal, odds.inner.as_str()),
            (Statistic::Odds, 0.8, "gdp_2025 and x@2030 == 3")
        );
        assert_eq!(read("mean(gdp@2030) == -3").goal, -3.0);
        assert_eq!(read("p(a >= 3) = 1").sense, Sense::Equal);
        assert_eq!((read("p(a)>=80%").sense, read("mean(a) <= 3").sense), (Sense::AtLeast, Sense::AtMost));
        let quantile = read("quantile(co2@2030, 90%)=80");
        assert_eq!((quantile.statistic, quantile.inner.as_str()), (Statistic::Quantile(0.9), "co2@2030"));
    }

    #[test]
    fn certainty_and_impossibility_may_be_goals_and_the_ends_of_a_quantile_may_not() {
        let read = |text| statement(text, Place::default());
        assert_eq!((read("p(a) = 0").unwrap().goal, read("p(a) = 100%").unwrap().goal), (0.0, 1.0));
        assert!(read("p(a) = 100.1%").is_err() && read("p(a) = -0.1%").is_err());
        assert!(read("quantile(x, 0) = 1").is_err() && read("quantile(x, 1) = 1").is_err());
        assert!(read("quantile(x, 0.1%) = -5").is_ok() && read("mean(x) = 101").is_ok());
    }

    #[test]
    fn the_sign_that_parts_a_goal_stands_outside_all_brackets() {
        let read = |text| statement(text, Place::default()).unwrap();
        let indexed = read("mean(va[coal]@2030) >= 5");
        assert_eq!(
            (indexed.inner.as_str(), indexed.sense, indexed.goal),
            ("va[coal]@2030", Sense::AtLeast, 5.0)
        );
        let nested = read("p((a == 1) and (b >= 2)) <= 30%");
        assert_eq!((nested.inner.as_str(), nested.sense), ("(a == 1) and (b >= 2)", Sense::AtMost));
        assert_eq!((read("  p(a)==80% ").text.as_str(), read("p(a)=.8").goal), ("p(a)==80%", 0.8));
    }

    #[test]
    fn a_scenario_with_other_values_is_the_same_scenario_with_its_added_metric() {
        let mut loaded = crate::scenario::load("two-sector-town", &[]);
        add_metric(&mut loaded, "--for", "gdp@2030 >= 1").unwrap();
        let changed = with_values(&loaded.scenario, &[("volatility[mining]", 0.5)]).unwrap();
        assert_eq!(changed.id, loaded.scenario.id);
        assert!(changed.metrics.contains_key(ADDED));
        let model = compiled(&changed, &Record::Headlines).unwrap();
        assert!(added_series(&model).is_some());
        let labels = without_added(&model.labels);
        assert_eq!(labels.metrics.len() + 1, model.labels.metrics.len());
        assert!(with_values(&loaded.scenario, &[("no_such_input", 1.0)]).is_err());
    }

    #[test]
    fn an_added_metric_must_be_a_formula() {
        let mut loaded = crate::scenario::load("two-sector-town", &[]);
        let empty = add_metric(&mut loaded, "--given", "  ").unwrap_err();
        assert!(empty.message.contains("--given is empty"), "{}", empty.message);
        assert!(add_metric(&mut loaded, "--given", "gdp >").is_err());
        assert!(!loaded.scenario.metrics.contains_key(ADDED));
    }

    #[test]
    fn what_is_no_goal_is_told_with_examples() {
        for text in
            ["gdp_2025", "gdp = 3", "p(a) = b", "quantile(x, 2) = 1", "sd(x) = 1", "p(a = 1", "p(a) = 120%"]
        {
            let problem = statement(text, Place::default()).unwrap_err();
            assert!(problem.help.is_some_and(|help| help.contains("80%")), "{text}");
        }
    }
}
