//! Gates: statements about the distribution. Here they are looked up, so that a mistake in one is found
//! before anything runs.

use super::resolve::Resolver;
use super::term::Term;
use crate::formula::{BinaryOperator, Expr, Kind, Span};
use crate::text::suggest::did_you_mean;

/// The functions of a gate and what they take.
const FUNCTIONS: [(&str, &str); 5] =
    [("p", "statement"), ("mean", "x"), ("sd", "x"), ("quantile", "x, q"), ("expected_shortfall", "x, q")];

impl Resolver<'_> {
    /// Looks up a gate; gives the terms about single paths that it rests on.
    pub(super) fn gate(&mut self, expr: &Expr, inside: &mut Vec<Term>) {
        match &expr.kind {
            Kind::Number(_) => {}
            Kind::Unary(_, x) => self.gate(x, inside),
            Kind::Binary(BinaryOperator::Given, ..) => {
                self.fail(expr.span, "`given` belongs inside p(…)", Some("p(growth given no_crisis)".into()));
            }
            Kind::Binary(_, a, b) => {
                self.gate(a, inside);
                self.gate(b, inside);
            }
            Kind::Call { function, name, arguments } => {
                self.gate_call(function, *name, expr.span, arguments, inside);
            }
            Kind::Name { name, .. } => {
                let help = if self.scenario.targets.contains_key(name) {
                    format!("p({name})")
                } else {
                    format!("quantile({name}, 5%), mean({name}) or p({name} >= …)")
                };
                self.fail(
                    expr.span,
                    format!("a gate is about the distribution, {name} about one path"),
                    Some(format!("write {help}")),
                );
            }
            Kind::At(..) | Kind::Over { .. } => {
                self.fail(
                    expr.span,
                    "a gate is about the distribution, this is about one path",
                    Some(format!("write p({expr} >= …), mean({expr}) or quantile({expr}, 5%)")),
                );
            }
        }
    }

    /// A gate must come out true or false.
    pub(super) fn gate_is_a_statement(&mut self, expr: &Expr) {
        let statement = match &expr.kind {
            Kind::Binary(operator, ..) => {
                operator.is_comparison() || matches!(operator, BinaryOperator::And | BinaryOperator::Or)
            }
            Kind::Unary(operator, _) => *operator == crate::formula::UnaryOperator::Not,
            _ => false,
        };
        if !statement && !matches!(expr.kind, Kind::Number(number) if number.is_nan()) {
            self.fail(
                expr.span,
                "a gate is a statement that holds or not",
                Some("compare with a bound: p(gdp_2025) >= 50%".into()),
            );
        }
    }

    fn gate_call(
        &mut self,
        function: &str,
        name: Span,
        whole: Span,
        arguments: &[Expr],
        inside: &mut Vec<Term>,
    ) {
        let Some((_, takes)) = FUNCTIONS.iter().find(|(known, _)| *known == function) else {
            let names: Vec<&str> = FUNCTIONS.iter().map(|(known, _)| *known).collect();
            let help = did_you_mean(function, &names, "a gate knows");
            self.fail(name, format!("there is no function \"{function}\" in a gate"), help);
            return;
        };
        if arguments.len() != takes.split(", ").count() {
            self.fail(whole, format!("{function} takes ({takes}), not {} arguments", arguments.len()), None);
            return;
        }
        match &arguments[0].kind {
            Kind::Binary(BinaryOperator::Given, event, given) if function == "p" => {
                inside.extend(self.term(event));
                inside.extend(self.term(given));
            }
            _ => inside.extend(self.term(&arguments[0])),
        }
        if let Some(level) = arguments.get(1)
            && !matches!(&level.kind, Kind::Number(q) if (0.0..=1.0).contains(q))
        {
            self.fail(
                level.span,
                "a quantile's level is a number from 0 to 1",
                Some("write 5% or 0.05".into()),
            );
        }
    }
}
