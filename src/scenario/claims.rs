//! What a target states of one variable, read from its formula: a level in a year, growth over years, a gain.

use super::written::{Scenario, Target};
use crate::formula::{BinaryOperator, Expr, ExprKind, UnaryOperator};
use crate::num::pow;
use crate::text::period::{Step, time, years_between};

/// How firmly a figure is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Softness {
    /// "8 % or more": `>=`
    AtLeast,
    /// "4.5 % at most": `<=`
    AtMost,
    /// "about 2200": `==`
    About,
}

impl Softness {
    /// Whether less than the figure is too little.
    pub fn is_floor(self) -> bool {
        self != Self::AtMost
    }

    /// Whether more than the figure is too much.
    pub fn is_ceiling(self) -> bool {
        self != Self::AtLeast
    }

    /// What two statements of one figure mean together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::About }
    }
}

/// A figure about one variable.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimedFigure {
    /// The variable, with members: `output[coal]`.
    pub variable: String,
    /// How firmly.
    pub softness: Softness,
    /// What of it.
    pub claim: Claim,
}

/// What a figure says of a variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Claim {
    /// Its value in a year.
    Level {
        /// The year.
        year: i32,
        /// The value.
        level: f64,
    },
    /// Its mean growth a year.
    Growth {
        /// First and last year.
        years: (i32, i32),
        /// Growth a year: 0.08.
        rate: f64,
    },
    /// What is added to it.
    Gain {
        /// First and last year.
        years: (i32, i32),
        /// How much.
        gain: f64,
    },
}

impl Target {
    /// What the document states: `states`, or `require` where that leaves no room.
    pub fn stated(&self, scenario: &Scenario) -> Option<ClaimedFigure> {
        stated(&self.states.as_ref().unwrap_or(&self.require).tree, scenario)
    }
}

/// Reads a comparison of one variable with a number. The shapes: `x@y >= n`, `x@b >= n * x@a`,
/// `x@b / x@a >= n`, `x@b - x@a >= n`, `x@y / n >= share`, `cagr(x, a, b) >= n`, `change(x, a, b) >= n`, growth of
/// one year, `g@y >= n` where `g = growth(x)`, and a metric that is one of these; with `<=`, `==` and sides
/// exchanged likewise. A band around a number, `abs(x@y / n - 1) <= w` or `abs(x@y - n) <= w`, is about it.
pub fn stated(formula: &Expr, scenario: &Scenario) -> Option<ClaimedFigure> {
    use BinaryOperator as B;
    let ExprKind::Binary(operator, left, right) = &formula.kind else { return None };
    let softness = match operator {
        B::GreaterEqual | B::Greater => Softness::AtLeast,
        B::LessEqual | B::Less => Softness::AtMost,
        B::Equal => Softness::About,
        _ => return None,
    };
    let reader = ClaimReader { scenario };
    let (side, softness, other) = match (number(left), number(right)) {
        (None, _) => (left, softness, right),
        (Some(_), None) => (right, turned(softness), left),
        (Some(_), Some(_)) => return None,
    };
    if let Some((variable, claim)) = reader.band(side, softness, other) {
        return Some(ClaimedFigure { variable, softness: Softness::About, claim });
    }
    let (variable, claim) = match number(other) {
        Some(bound) => reader.against_number(side, bound),
        None => reader.multiple(side, other),
    }?;
    Some(ClaimedFigure { variable, softness, claim })
}

fn turned(softness: Softness) -> Softness {
    match softness {
        Softness::AtLeast => Softness::AtMost,
        Softness::AtMost => Softness::AtLeast,
        Softness::About => Softness::About,
    }
}

struct ClaimReader<'a> {
    scenario: &'a Scenario,
}

impl ClaimReader<'_> {
    fn against_number(&self, side: &Expr, bound: f64) -> Option<(String, Claim)> {
        match &side.kind {
            ExprKind::At(..) => self.level(side, bound),
            ExprKind::Binary(BinaryOperator::Divide, later, earlier) => match number(earlier) {
                Some(whole) => self.level(later, bound * whole),
                None => self.over(later, earlier, bound),
            },
            ExprKind::Binary(BinaryOperator::Subtract, later, earlier) => {
                let (variable, years) = self.two_years(later, earlier)?;
                Some((variable, Claim::Gain { years, gain: bound }))
            }
            ExprKind::Name { name, .. } => {
                self.against_number(&self.scenario.metrics.get(name)?.formula.tree, bound)
            }
            ExprKind::Call { function, arguments, .. } => {
                let [x, from, to] = arguments.as_slice() else { return None };
                let years = (self.year(from)?, self.year(to)?);
                match function.as_str() {
                    "cagr" if years.1 > years.0 => Some((variable(x)?, Claim::Growth { years, rate: bound })),
                    "change" => growth(variable(x)?, years, 1.0 + bound),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// `abs(x@y / n - 1) <= w`, or `abs(x@y - n) <= w`
    fn band(&self, side: &Expr, softness: Softness, width: &Expr) -> Option<(String, Claim)> {
        let ExprKind::Call { function, arguments, .. } = &side.kind else { return None };
        let ("abs", [distance]) = (function.as_str(), arguments.as_slice()) else { return None };
        if softness != Softness::AtMost || number(width).is_none() {
            return None;
        }
        let ExprKind::Binary(BinaryOperator::Subtract, value, middle) = &distance.kind else { return None };
        self.against_number(value, number(middle)?)
    }

    /// `x@b >= n * x@a`, or `x@a * n`
    fn multiple(&self, side: &Expr, other: &Expr) -> Option<(String, Claim)> {
        let ExprKind::Binary(BinaryOperator::Multiply, a, b) = &other.kind else { return None };
        match (number(a), number(b)) {
            (Some(factor), None) => self.over(side, b, factor),
            (None, Some(factor)) => self.over(side, a, factor),
            _ => None,
        }
    }

    /// The value of a year, or the growth of one year where the variable is growth itself.
    fn level(&self, at: &Expr, level: f64) -> Option<(String, Claim)> {
        let (name, year) = self.at(at)?;
        let formula = self.scenario.variables.get(&name).map(|own| &own.formula.tree.kind);
        if let Some(ExprKind::Call { function, arguments, .. }) = formula
            && let ("growth", [of]) = (function.as_str(), arguments.as_slice())
        {
            return Some((
                variable(of)?,
                Claim::Growth { years: (year - 1, year), rate: of_a_year(level, self.scenario.time.step) },
            ));
        }
        Some((name, Claim::Level { year, level }))
    }

    fn over(&self, later: &Expr, earlier: &Expr, factor: f64) -> Option<(String, Claim)> {
        let (variable, years) = self.two_years(later, earlier)?;
        growth(variable, years, factor)
    }

    fn two_years(&self, later: &Expr, earlier: &Expr) -> Option<(String, (i32, i32))> {
        let ((name, last), (other, first)) = (self.at(later)?, self.at(earlier)?);
        (name == other && last > first).then_some((name, (first, last)))
    }

    fn at(&self, expr: &Expr) -> Option<(String, i32)> {
        let ExprKind::At(x, year) = &expr.kind else { return None };
        Some((variable(x)?, self.year(year)?))
    }

    fn year(&self, expr: &Expr) -> Option<i32> {
        match &expr.kind {
            ExprKind::Number(number) if self.scenario.time.step == Step::Year => Some(*number as i32),
            ExprKind::Period(period) => Some(*period),
            ExprKind::Name { name, .. } if name == "start_year" => Some(self.scenario.time.start),
            ExprKind::Name { name, .. } if name == "end_year" => Some(self.scenario.time.end),
            _ => None,
        }
    }
}

fn growth(variable: String, years: (i32, i32), factor: f64) -> Option<(String, Claim)> {
    let span = years_between(years.0, years.1);
    let possible = span > 0.0 && factor > 0.0;
    possible.then(|| (variable, Claim::Growth { years, rate: pow(factor, 1.0 / span) - 1.0 }))
}

/// The growth a year that a growth a step is.
fn of_a_year(growth: f64, step: Step) -> f64 {
    match step {
        Step::Year => growth,
        _ => pow(1.0 + growth, f64::from(step.per_year())) - 1.0,
    }
}

/// The name of a variable as labels write it: `va[coal]`, `use[coal,gas]`.
fn variable(expr: &Expr) -> Option<String> {
    let ExprKind::Name { .. } = expr.kind else { return None };
    Some(element(&expr.to_string()))
}

/// A name with members, without spaces.
pub fn element(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// A number made of numbers only: `97.5% * 2200`.
fn number(expr: &Expr) -> Option<f64> {
    match &expr.kind {
        ExprKind::Number(number) => Some(*number),
        ExprKind::Period(period) => Some(time(*period)),
        ExprKind::Unary(UnaryOperator::Negate, x) => number(x).map(|x| -x),
        ExprKind::Binary(operator, a, b) => of_numbers(*operator, number(a)?, number(b)?),
        ExprKind::Chain(first, rest) => rest
            .iter()
            .try_fold(number(first)?, |so_far, (operator, x)| of_numbers(*operator, so_far, number(x)?)),
        _ => None,
    }
}

fn of_numbers(operator: BinaryOperator, a: f64, b: f64) -> Option<f64> {
    match operator {
        BinaryOperator::Add => Some(a + b),
        BinaryOperator::Subtract => Some(a - b),
        BinaryOperator::Multiply => Some(a * b),
        BinaryOperator::Divide => Some(a / b),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::parse;
    use crate::scenario::load;

    const TOWN: &str = r#"
        [time]
        start = 2020
        end = 2035
        [variables]
        gdp = { start = 100, formula = "1.05 * prev(gdp)" }
        pace = { formula = "growth(gdp)" }
        [metrics]
        five_years = "cagr(gdp, 2020, 2025)"
    "#;

    fn read(formula: &str) -> Option<ClaimedFigure> {
        stated(&parse(formula).unwrap(), &load::from_text("town.toml", TOWN).scenario)
    }

    fn claim(formula: &str) -> Claim {
        let stated = read(formula).unwrap_or_else(|| panic!("{formula} is not read"));
        assert_eq!(stated.variable, "gdp", "{formula}");
        stated.claim
    }

    #[test]
    fn levels_are_read_from_either_side() {
        let level = Claim::Level { year: 2025, level: 2200.0 };
        assert_eq!(claim("gdp@2025 == 22 * 100"), level);
        assert_eq!(claim("2200 <= gdp@2025"), level);
        assert_eq!(read("2200 <= gdp@2025").unwrap().softness, Softness::AtLeast);
        assert_eq!(read("gdp@2025 == 2200").unwrap().softness, Softness::About);
    }

    #[test]
    fn growth_is_read_from_means_changes_and_multiples() {
        for formula in [
            "gdp@2025 >= 2 * gdp@2020",
            "gdp@2025 / gdp@2020 >= 2",
            "change(gdp, 2020, 2025) >= 100%",
            "change(gdp, start_year, 2025) >= 1",
        ] {
            let Claim::Growth { years: (2020, 2025), rate } = claim(formula) else { panic!("{formula}") };
            assert!((rate - 0.148_698_354_997_035).abs() < 1e-14, "{formula}: {rate}");
        }
        assert_eq!(claim("cagr(gdp, 2020, 2025) >= 8%"), Claim::Growth { years: (2020, 2025), rate: 0.08 });
        assert_eq!(claim("pace@2021 >= 8%"), Claim::Growth { years: (2020, 2021), rate: 0.08 });
    }

    #[test]
    fn gains_are_read_and_what_is_about_more_than_one_variable_is_not() {
        let gain = Claim::Gain { years: (2020, 2021), gain: 15.0 };
        assert_eq!(claim("gdp@2021 - gdp@2020 >= 15"), gain);
        for formula in ["gdp@2025 >= pace@2025", "abs(gdp@2025 - pace@2025) <= 5", "gdp@2025", "3 >= 2"] {
            assert_eq!(read(formula), None, "{formula}");
        }
    }

    #[test]
    fn what_spans_no_year_or_shrinks_to_nothing_is_no_growth() {
        for formula in [
            "cagr(gdp, 2025, 2025) >= 8%",
            "cagr(gdp, 2025, 2020) >= 8%",
            "gdp@2020 >= 2 * gdp@2020",
            "gdp@2020 / gdp@2025 >= 2",
            "gdp@2025 >= 0 * gdp@2020",
            "change(gdp, 2020, 2025) >= -100%",
            "change(gdp, 2025, 2025) >= 1",
        ] {
            assert_eq!(read(formula), None, "{formula}");
        }
        assert!(read("cagr(gdp, 2024, 2025) >= 8%").is_some());
        let Claim::Growth { rate, .. } = claim("change(gdp, 2020, 2021) >= -99%") else { panic!() };
        assert!((rate + 0.99).abs() < 1e-15);
    }

    #[test]
    fn a_side_exchanged_turns_at_least_into_at_most() {
        let softness = |formula: &str| read(formula).unwrap().softness;
        assert_eq!([softness("gdp@2025 > 1"), softness("1 < gdp@2025")], [Softness::AtLeast; 2]);
        assert_eq!([softness("gdp@2025 < 1"), softness("1 > gdp@2025")], [Softness::AtMost; 2]);
        assert_eq!(softness("1 == gdp@2025"), Softness::About);
        assert_eq!(read("gdp@2025 != 1"), None);
    }

    #[test]
    fn about_is_a_floor_and_a_ceiling_and_both_together_are_about() {
        use Softness::{About, AtLeast, AtMost};
        assert_eq!([AtLeast, AtMost, About].map(Softness::is_floor), [true, false, true]);
        assert_eq!([AtLeast, AtMost, About].map(Softness::is_ceiling), [false, true, true]);
        assert_eq!([AtLeast.and(AtLeast), AtLeast.and(AtMost), AtMost.and(AtMost)], [AtLeast, About, AtMost]);
    }

    #[test]
    fn a_bound_may_be_calculated_from_numbers() {
        let level = |formula: &str| match claim(formula) {
            Claim::Level { level, .. } => level,
            other => panic!("{other:?}"),
        };
        assert_eq!(level("gdp@2025 >= 97.5% * 2200"), 2145.0);
        assert_eq!(level("gdp@2025 >= 3 + 4 - 2"), 5.0);
        assert_eq!(level("gdp@2025 >= -(6 / 4)"), -1.5);
        assert_eq!(level("gdp@end_year >= 1"), 1.0);
        assert_eq!(read("gdp@end_year >= 1").unwrap().claim, Claim::Level { year: 2035, level: 1.0 });
    }

    #[test]
    fn shares_bands_and_metrics_are_read() {
        let level = Claim::Level { year: 2025, level: 2200.0 };
        for formula in
            ["abs(gdp@2025 / 2200 - 1) <= 5%", "abs(gdp@2025 - 2200) <= 50", "5% >= abs(gdp@2025 / 2200 - 1)"]
        {
            assert_eq!(claim(formula), level, "{formula}");
            assert_eq!(read(formula).unwrap().softness, Softness::About, "{formula}");
        }
        assert_eq!(read("abs(gdp@2025 / 2200 - 1) >= 5%"), None, "away from a number is no figure");
        assert_eq!(claim("gdp@2025 / 2200 >= 50%"), Claim::Level { year: 2025, level: 1100.0 });
        assert_eq!(claim("five_years >= 8%"), Claim::Growth { years: (2020, 2025), rate: 0.08 });
    }
}
