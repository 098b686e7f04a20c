//! The goal of a search: a statistic of the distribution, and the number it should have or be above or below.
//!
//! Statistics are those of gates: `p(event)`, `p(event given condition)`, `mean(x)`, `sd(x)`, `quantile(x, q)` and
//! `expected_shortfall(x, q)`.

use crate::formula::parse::parse;
use crate::formula::{BinaryOperator, Expr, ExprKind, Span, UnaryOperator};
use crate::num::{max, min};
use crate::scenario::Scenario;
use crate::scenario::written::{Formula, WrittenGate};
use crate::text::suggest::did_you_mean;
use crate::text::{Diagnostic, Message, Place};
use crate::{key, message};

/// The name of the gate that a goal is compiled as: no file can hold it.
const GOAL: &str = "(goal)";

/// How the statistic should stand to the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    Above,
    /// `<=`
    AtMost,
    /// `<`
    Below,
}

impl Relation {
    fn of(operator: BinaryOperator) -> Option<Self> {
        Some(match operator {
            BinaryOperator::Equal => Self::Equal,
            BinaryOperator::GreaterEqual => Self::AtLeast,
            BinaryOperator::Greater => Self::Above,
            BinaryOperator::LessEqual => Self::AtMost,
            BinaryOperator::Less => Self::Below,
            _ => return None,
        })
    }

    /// The relation when both sides change places.
    fn turned(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::AtLeast => Self::AtMost,
            Self::Above => Self::Below,
            Self::AtMost => Self::AtLeast,
            Self::Below => Self::Above,
        }
    }
}

/// What kind of statistic a goal is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kinds {
    /// `p(event)`, and whether among the paths of a condition.
    Probability {
        /// Whether it has a condition.
        given: bool,
    },
    /// `mean(x)`
    Mean,
    /// `sd(x)`
    Sd,
    /// `quantile(x, q)`: the smallest value that at least the share q of the paths does not exceed.
    Quantile(f64),
    /// `expected_shortfall(x, q)`
    ExpectedShortfall(f64),
}

/// A goal: `quantile(gdp@2030, 10%) >= 1200`.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// As written.
    pub text: String,
    /// The statistic as written: `quantile(gdp@2030, 10%)`.
    pub statistic: String,
    /// Which statistic.
    pub kind: Kinds,
    /// How it should stand to the number.
    pub relation: Relation,
    /// The number.
    pub number: f64,
    tree: Expr,
    /// The number as written, so that its unit is checked.
    bound: Expr,
    /// What the places within the trees count from.
    source: String,
    place: Place,
}

impl Goal {
    /// Whether it is about a probability.
    pub fn is_probability(&self) -> bool {
        matches!(self.kind, Kinds::Probability { .. })
    }

    /// Whether it asks that something is impossible, or certain: that no path does it, or every one, does not make it so.
    pub fn needs_certainty(&self) -> bool {
        self.is_probability() && matches!(self.number, 0.0 | 1.0) && !self.is_beyond()
    }

    /// Whether it asks for a probability below 0 or above 1, which there is none of.
    pub fn is_beyond(&self) -> bool {
        let beyond = matches!((self.relation, self.number), (Relation::Below, 0.0) | (Relation::Above, 1.0));
        beyond && self.is_probability()
    }

    /// Whether it asks that something is possible at all, or not certain.
    pub fn needs_possibility(&self) -> bool {
        let strict = matches!((self.relation, self.number), (Relation::Above, 0.0) | (Relation::Below, 1.0));
        strict && matches!(self.kind, Kinds::Probability { .. })
    }

    /// The fewest paths on which the statistic is told: some must lie on either side of what is asked.
    pub fn least_paths(&self) -> u64 {
        const FEWEST: f64 = 200.0;
        const EACH_SIDE: f64 = 10.0;
        let share = match self.kind {
            Kinds::Quantile(level) | Kinds::ExpectedShortfall(level) => level,
            Kinds::Probability { .. } if !matches!(self.number, 0.0 | 1.0) => self.number,
            _ => 0.5,
        };
        let less = if share == 1.0 { 1.0 } else { min(share, 1.0 - share) };
        max((EACH_SIDE / less * (1.0 - 1e-9)).ceil(), FEWEST) as u64
    }
}

/// The functions of a goal.
const FUNCTIONS: [&str; 5] = ["p", "mean", "sd", "quantile", "expected_shortfall"];

impl Goal {
    /// Reads a goal that stands at `place`.
    ///
    /// # Errors
    /// When it is none: what is wrong, where, and what could be written.
    pub fn read(text: &str, place: Place) -> Result<Self, Diagnostic> {
        let (doubled, equals) = doubled(text);
        // What was put in is not in the text that is shown.
        let back = |at: usize| if equals.is_some_and(|equals| at > equals) { at - 1 } else { at };
        let at = |span: Span| place.part(back(span.start), back(span.end));
        let wrong = |span: Span, message: Message| {
            Diagnostic::error(at(span), message).help(key!("analysis-solve-goal-examples"))
        };
        let tree = parse(&doubled).map_err(|error| wrong(error.span, error.message))?;
        let ExprKind::Binary(operator, left, right) = &tree.kind else {
            return Err(wrong(tree.span, message!("analysis-solve-no-goal")));
        };
        let Some(relation) = Relation::of(*operator) else {
            return Err(wrong(tree.span, message!("analysis-solve-goal-parts")));
        };
        let (statistic, relation, number, bound) = match (number(left), number(right)) {
            (None, Some(bound)) => (left, relation, bound, right),
            (Some(bound), None) => (right, relation.turned(), bound, left),
            (Some(_), Some(_)) => {
                return Err(wrong(tree.span, message!("analysis-solve-goal-constant")));
            }
            (None, None) => return Err(wrong(right.span, message!("analysis-solve-goal-number"))),
        };
        let kind = kind(statistic, &wrong)?;
        if matches!(kind, Kinds::Probability { .. }) && !(0.0..=1.0).contains(&number) {
            return Err(wrong(tree.span, message!("analysis-solve-goal-probability")));
        }
        let span = statistic.span;
        Ok(Self {
            text: text.trim().to_owned(),
            statistic: text[back(span.start)..back(span.end)].trim().to_owned(),
            kind,
            relation,
            number,
            tree: (**statistic).clone(),
            bound: (**bound).clone(),
            source: doubled,
            place,
        })
    }

    /// Makes what the goal is about the scenario's only gate. The compiled gate's first statistic is the goal's.
    pub fn add_to(&self, scenario: &mut Scenario) {
        scenario.gates.clear();
        let tree = self.compared(BinaryOperator::GreaterEqual, self.tree.clone());
        self.insert(scenario, tree);
    }

    /// [`Goal::add_to`], and for a quantile also the probabilities of lying below the number, and at or below it.
    pub(super) fn add_with_sides(&self, scenario: &mut Scenario) {
        self.add_to(scenario);
        let (Kinds::Quantile(_), ExprKind::Call { name, arguments, .. }) = (self.kind, &self.tree.kind)
        else {
            return;
        };
        let side = |operator| {
            let event = self.compared(operator, arguments[0].clone());
            let call = ExprKind::Call { function: "p".to_owned(), name: *name, arguments: vec![event] };
            let (call, nothing) = (Box::new(self.with(call)), Box::new(self.with(ExprKind::Number(0.0))));
            self.with(ExprKind::Binary(BinaryOperator::GreaterEqual, call, nothing))
        };
        let (below, at_most) = (side(BinaryOperator::Less), side(BinaryOperator::LessEqual));
        let whole = self.compared(BinaryOperator::GreaterEqual, self.tree.clone());
        let and = |a, b| self.with(ExprKind::Binary(BinaryOperator::And, Box::new(a), Box::new(b)));
        self.insert(scenario, and(and(whole, below), at_most));
    }

    fn insert(&self, scenario: &mut Scenario, tree: Expr) {
        let require = Formula { tree, text: self.source.clone(), place: self.place };
        scenario.gates.insert(GOAL.to_owned(), WrittenGate { require, place: self.place });
    }

    /// Something compared with the goal's number.
    fn compared(&self, operator: BinaryOperator, left: Expr) -> Expr {
        self.with(ExprKind::Binary(operator, Box::new(left), Box::new(self.bound.clone())))
    }

    /// A part of the goal's tree, where the statistic stands.
    fn with(&self, kind: ExprKind) -> Expr {
        Expr { kind, span: self.tree.span, depth: self.tree.depth + 4 }
    }
}

/// A text with the `=` that parts it doubled, as formulas have it, and where that was.
fn doubled(text: &str) -> (String, Option<usize>) {
    let mut depth = 0;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'=' if depth == 0 => {
                let before = at.checked_sub(1).map(|before| bytes[before]);
                let part =
                    matches!(before, Some(b'<' | b'>' | b'!' | b'=')) || bytes.get(at + 1) == Some(&b'=');
                if !part {
                    return (format!("{}={}", &text[..=at], &text[at + 1..]), Some(at));
                }
            }
            _ => {}
        }
    }
    (text.to_owned(), None)
}

fn number(expr: &Expr) -> Option<f64> {
    match &expr.kind {
        ExprKind::Number(number) => Some(*number),
        ExprKind::Unary(UnaryOperator::Negate, x) => Some(-number(x)?),
        _ => None,
    }
}

fn kind(statistic: &Expr, wrong: &impl Fn(Span, Message) -> Diagnostic) -> Result<Kinds, Diagnostic> {
    let form = message!("analysis-solve-goal-statistic");
    let (function, name, arguments) = match &statistic.kind {
        ExprKind::Call { function, name, arguments } => (function.as_str(), *name, arguments.as_slice()),
        // `mean(sector: …)` runs over a set, not over the paths.
        _ => return Err(wrong(statistic.span, form)),
    };
    let level = |level: &Expr, whole: bool| match level.kind {
        ExprKind::Number(q) if 0.0 < q && (q < 1.0 || whole && q == 1.0) => Ok(q),
        _ => Err(wrong(level.span, message!("analysis-solve-goal-level"))),
    };
    match (function, arguments) {
        ("p", [event]) => Ok(Kinds::Probability {
            given: matches!(event.kind, ExprKind::Binary(BinaryOperator::Given, ..)),
        }),
        ("mean", [_]) => Ok(Kinds::Mean),
        ("sd", [_]) => Ok(Kinds::Sd),
        ("quantile", [_, q]) => Ok(Kinds::Quantile(level(q, false)?)),
        ("expected_shortfall", [_, q]) => Ok(Kinds::ExpectedShortfall(level(q, true)?)),
        (known, _) if FUNCTIONS.contains(&known) => {
            let takes = if matches!(known, "p" | "mean" | "sd") { 1_u64 } else { 2 };
            let given = arguments.len();
            let message =
                message!("analysis-solve-goal-arguments", function = known, takes = takes, given = given);
            Err(wrong(statistic.span, message))
        }
        (unknown, _) => {
            let message = message!("analysis-solve-goal-unknown", name = unknown, statistics = form);
            let diagnostic = wrong(name, message);
            Err(match did_you_mean(unknown, &FUNCTIONS, key!("text-kind-goal-functions")) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Goal {
        Goal::read(text, Place::default()).unwrap()
    }

    #[test]
    fn goals_are_the_statistics_of_gates_and_a_number() {
        let goal = read("p(gdp_2025 and x@2030 == 3) = 80%");
        assert_eq!(
            (goal.kind, goal.relation, goal.number, goal.statistic.as_str()),
            (Kinds::Probability { given: false }, Relation::Equal, 0.8, "p(gdp_2025 and x@2030 == 3)")
        );
        assert_eq!(read("p(a given b) = 0").kind, Kinds::Probability { given: true });
        assert_eq!(read("mean(gdp@2030) == -3").number, -3.0);
        assert_eq!(read("p(a >= 3) = 1").relation, Relation::Equal);
        for (sign, relation) in [
            (">=", Relation::AtLeast),
            (">", Relation::Above),
            ("<=", Relation::AtMost),
            ("<", Relation::Below),
            ("=", Relation::Equal),
        ] {
            let goal = read(&format!("sd(a){sign}3"));
            assert_eq!((goal.kind, goal.relation, goal.statistic.as_str()), (Kinds::Sd, relation, "sd(a)"));
        }
        assert_eq!(read("quantile(co2@2030, 90%)=80").kind, Kinds::Quantile(0.9));
        assert_eq!(read("expected_shortfall(x, 5%) >= 1").kind, Kinds::ExpectedShortfall(0.05));
        for (goal, beyond) in
            [("p(a) < 0%", true), ("p(a) > 100%", true), ("p(a) <= 0%", false), ("sd(a) < 0", false)]
        {
            let goal = read(goal);
            assert_eq!((goal.is_beyond(), goal.least_paths()), (beyond, 200), "{}", goal.text);
        }
    }

    #[test]
    fn a_goal_may_begin_with_its_number() {
        let goal = read("80% <= p(a)");
        assert_eq!((goal.relation, goal.number, goal.statistic.as_str()), (Relation::AtLeast, 0.8, "p(a)"));
        assert_eq!(read("3 = mean(a)").statistic, "mean(a)");
        for (sign, relation) in [(">=", Relation::AtMost), (">", Relation::Below), ("<", Relation::Above)] {
            assert_eq!(read(&format!("3 {sign} mean(a)")).relation, relation);
        }
    }

    #[test]
    fn what_is_no_goal_is_told_with_examples() {
        for text in [
            "gdp_2025",
            "gdp = 3",
            "p(a) = b",
            "quantile(x, 2) = 1",
            "quantile(x, 0) = 1",
            "quantile(x, 1) = 1",
            "p(a = 1",
            "p(a) = 120%",
            "p(a) = -1%",
            "p(a) != 3",
            "p(a) >= 1 and p(b) >= 1",
            "1 = 1",
            "mean(a, b) = 1",
        ] {
            let diagnostic = Goal::read(text, Place::default()).unwrap_err();
            assert!(diagnostic.help.is_some_and(|help| help.to_string().contains("80%")), "{text}");
        }
        let diagnostic = Goal::read("men(x) = 1", Place::default()).unwrap_err();
        assert_eq!(diagnostic.help.map(|help| help.to_string()).as_deref(), Some("did you mean \"mean\"?"));
    }
}
