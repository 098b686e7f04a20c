//! Reading a gate: from its formula to statistics and what is made of them.

use indexmap::IndexMap;

use super::{Expression, NeverDrawn, Statistic, StatisticKind};
use crate::formula::{BinaryOperator, Expr, ExprKind, Span, UnaryOperator};
use crate::model::operation::{Binary, Unary};
use crate::model::resolve::Resolver;
use crate::model::resolve_call::counted;
use crate::model::term::Term;
use crate::num::Interval;
use crate::text::suggest::did_you_mean;
use crate::{key, message};

/// The functions of a gate and what they take.
const FUNCTIONS: [(&str, &str); 8] = [
    ("p", "statement"),
    ("mean", "x"),
    ("sd", "x"),
    ("median", "x"),
    ("quantile", "x, q"),
    ("expected_shortfall", "x, q"),
    ("expected_surplus", "x, q"),
    ("correlation", "x, y"),
];

/// A gate as it is being read, and the values of single paths that it rests on.
#[derive(Default)]
pub(in crate::model) struct Reading {
    pub(in crate::model) statistics: Vec<Statistic>,
    /// By series of the statistics.
    pub(in crate::model) terms: Vec<Term>,
    /// By text: the number of a statistic.
    known: IndexMap<String, usize>,
}

impl Reading {
    fn series(&mut self, term: Term) -> u32 {
        self.terms.push(term);
        self.terms.len() as u32 - 1
    }

    /// The number of a statistic; the same one written twice is one.
    fn add(&mut self, statistic: Statistic) -> usize {
        let number = *self.known.entry(statistic.text.clone()).or_insert(self.statistics.len());
        if number == self.statistics.len() {
            self.statistics.push(statistic);
        }
        number
    }
}

impl Resolver<'_> {
    /// Looks up a gate; `None` when a problem was noted.
    pub(in crate::model) fn gate(&mut self, expr: &Expr, reading: &mut Reading) -> Option<Expression> {
        match &expr.kind {
            // What could not be read; that was said.
            ExprKind::Number(number) if number.is_nan() => None,
            ExprKind::Number(number) => Some(Expression::Number(*number)),
            ExprKind::Period(period) => self.moment(expr.span, *period).map(Expression::Number),
            ExprKind::Unary(operator, x) => {
                Some(Expression::Unary(*operator, Box::new(self.gate(x, reading)?)))
            }
            ExprKind::Binary(BinaryOperator::Given, ..) => {
                self.fail(expr.span, key!("model-gate-given"), Some(message!("model-gate-given.help")));
                None
            }
            ExprKind::Binary(operator, a, b) => {
                // Both sides, so that the mistakes of both are found.
                let (a, b) = (self.gate(a, reading), self.gate(b, reading));
                Some(Expression::Binary(*operator, Box::new(a?), Box::new(b?)))
            }
            ExprKind::Chain(first, rest) => {
                let first = self.gate(first, reading);
                let rest: Vec<Option<(BinaryOperator, Expression)>> =
                    rest.iter().map(|(operator, x)| Some((*operator, self.gate(x, reading)?))).collect();
                Some(Expression::Chain(Box::new(first?), rest.into_iter().collect::<Option<_>>()?))
            }
            ExprKind::Call { function, name, arguments } => {
                self.gate_call(expr, function, *name, arguments, reading)
            }
            ExprKind::Name { name, .. } => {
                let help = if self.scenario.targets.contains_key(name) {
                    message!("model-gate-one-path.target", name = name)
                } else {
                    message!("model-gate-one-path.value", name = name)
                };
                self.fail(expr.span, message!("model-gate-one-path", name = name), Some(help));
                None
            }
            ExprKind::At(..) | ExprKind::Over { .. } => {
                self.fail(
                    expr.span,
                    key!("model-gate-one-path-part"),
                    Some(message!("model-gate-one-path-part.help", expr = expr.to_string())),
                );
                None
            }
        }
    }

    /// A gate must come out true or false.
    pub(in crate::model) fn gate_is_a_statement(&mut self, expr: &Expr) {
        let statement = match &expr.kind {
            ExprKind::Unary(operator, _) => *operator == UnaryOperator::Not,
            _ => expr.operator().is_some_and(BinaryOperator::gives_truth),
        };
        // Of what is about one path, that was said.
        let said = match expr.kind {
            ExprKind::Number(number) => number.is_nan(),
            ExprKind::Name { .. } | ExprKind::At(..) | ExprKind::Over { .. } => true,
            _ => false,
        };
        if !statement && !said {
            self.fail(expr.span, key!("model-gate-statement"), Some(message!("model-gate-statement.help")));
        }
    }

    fn gate_call(
        &mut self,
        whole: &Expr,
        function: &str,
        name: Span,
        arguments: &[Expr],
        reading: &mut Reading,
    ) -> Option<Expression> {
        let Some((_, takes)) = FUNCTIONS.iter().find(|(known, _)| *known == function) else {
            let names: Vec<&str> = FUNCTIONS.iter().map(|(known, _)| *known).collect();
            let help = did_you_mean(function, &names, key!("text-kind-gate-functions"));
            self.fail(name, message!("model-gate-no-function", function = function), help);
            return None;
        };
        if arguments.len() != takes.split(", ").count() {
            let message = message!(
                "model-gate-arguments",
                function = function,
                takes = takes,
                given = counted(arguments.len())
            );
            self.fail(whole.span, message, None);
            return None;
        }
        if function == "correlation" {
            return self.gate_correlation(whole, arguments, reading);
        }
        let (term, given, alone) = match &arguments[0].kind {
            ExprKind::Binary(BinaryOperator::Given, event, given) if function == "p" => {
                let (event, given) = (self.term(event), self.term(given));
                let (event, given) = (event?, given?);
                let both = Term::Binary(Binary::And, Box::new(event.clone()), Box::new(given.clone()));
                (both, Some(given), Some(event))
            }
            _ => (self.term(&arguments[0])?, None, None),
        };
        let level = match arguments.get(1) {
            Some(level) => self.level(level)?,
            None => 0.0,
        };
        if level == 0.0 && function.starts_with("expected_") {
            let message = message!("model-gate-no-share", function = function);
            self.fail(arguments[1].span, message, Some(message!("model-gate-no-share.help")));
            return None;
        }
        let kind = match function {
            "mean" => StatisticKind::Mean,
            "sd" => StatisticKind::Sd,
            "quantile" => StatisticKind::Quantile(level),
            "median" => StatisticKind::Quantile(0.5),
            "expected_shortfall" => StatisticKind::ExpectedShortfall(level),
            "expected_surplus" => StatisticKind::ExpectedSurplus(level),
            _ => StatisticKind::Probability,
        };
        let truth = |term| match kind {
            StatisticKind::Probability => truth(term),
            StatisticKind::ExpectedSurplus(_) => Term::Unary(Unary::Negate, Box::new(term)),
            _ => term,
        };
        let series = reading.series(truth(term));
        let given = given.map(|given| reading.series(truth(given)));
        let event = alone.map(|event| reading.series(truth(event)));
        let is_year = crate::model::never::counts_as(self.scenario, &arguments[0]).is_some();
        let statistic = Statistic { given, event, is_year, ..plain(whole.to_string(), kind, series) };
        Some(Expression::Statistic(reading.add(statistic)))
    }

    /// The correlation of two values: of each the mean and the standard deviation, and the mean of the product.
    fn gate_correlation(
        &mut self,
        whole: &Expr,
        arguments: &[Expr],
        reading: &mut Reading,
    ) -> Option<Expression> {
        let (x, y) = (self.term(&arguments[0]), self.term(&arguments[1]));
        let (x, y) = (x?, y?);
        let product = Term::Binary(Binary::Multiply, Box::new(x.clone()), Box::new(y.clone()));
        let is_itself = arguments[0].to_string() == arguments[1].to_string();
        let x = reading.series(x);
        // A value and itself are one series.
        let y = if is_itself { x } else { reading.series(y) };
        let product = reading.series(product);
        let part = |kind, series| plain(whole.to_string(), kind, series);
        let parts = vec![
            part(StatisticKind::Mean, x),
            part(StatisticKind::Sd, x),
            part(StatisticKind::Mean, y),
            part(StatisticKind::Sd, y),
            part(StatisticKind::Mean, product),
        ];
        let statistic = Statistic { parts, ..part(StatisticKind::Correlation, product) };
        Some(Expression::Statistic(reading.add(statistic)))
    }

    /// The level of a quantile: a number.
    pub(in crate::model) fn level(&mut self, level: &Expr) -> Option<f64> {
        match level.kind {
            ExprKind::Number(q) if (0.0..=1.0).contains(&q) => Some(q),
            _ => {
                let help = Some(message!("model-gate-level.help"));
                self.fail(level.span, key!("model-gate-level"), help);
                None
            }
        }
    }
}

/// A statistic of a series of which nothing is known yet.
fn plain(text: String, kind: StatisticKind, series: u32) -> Statistic {
    Statistic {
        text,
        kind,
        series,
        given: None,
        event: None,
        range: Interval::UNKNOWN,
        is_drawn: false,
        beyond: NeverDrawn::default(),
        known: Interval::UNKNOWN,
        is_undefined: false,
        is_year: false,
        is_recorded: false,
        branches: Vec::new(),
        rare_draws: Vec::new(),
        parts: Vec::new(),
    }
}

/// 1 where a statement holds, 0 where it does not, and not a number where that is not known.
fn truth(statement: Term) -> Term {
    Term::If(Box::new([statement, Term::Number(1.0), Term::Number(0.0)]))
}

#[cfg(test)]
mod tests {
    use crate::model::{RecordedVariables, compile_with_gates};
    use crate::scenario::load::from_text;

    #[test]
    fn each_statistic_of_a_gate_is_taken_once_and_no_two_for_one() {
        let text = "[time]\nstart = 2020\nend = 2021\n[parameters]\nu = \"uniform(0, 1)\"\n[variables]\nx = \"u\"\n\
                    [targets]\nmet = \"x@2021 <= 0.5\"\n[gates]\n\
                    g = \"p(met) >= 40% and mean(x@2021) >= 0.4 and p(met) <= 60% and quantile(x@2021, 10%) < quantile(x@2021, 90%)\"\n";
        let mut loaded = from_text("case", text);
        let model =
            compile_with_gates(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
        let model = model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        let texts: Vec<&str> =
            model.gates[0].statistics.iter().map(|statistic| statistic.text.as_str()).collect();
        assert_eq!(texts, ["p(met)", "mean(x@2021)", "quantile(x@2021, 0.1)", "quantile(x@2021, 0.9)"]);
    }
}
