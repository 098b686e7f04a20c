//! What operators and functions make of units, and what they ask of them.

use super::algebra::Unit;
use super::check::Checker;
use super::convert::converts;
use super::measure::{NUMBER, PartialUnit, merged};
use super::meet::Meeting;
use super::wording::times;
use crate::formula::tree::CHAIN_FROM;
use crate::formula::{BinaryOperator, Expr, ExprKind, Span, UnaryOperator};
use crate::text::Key;
use crate::text::period::Step;
use crate::{key, message};

impl<'a> Checker<'a> {
    pub(super) fn binary(
        &mut self,
        span: Span,
        operator: BinaryOperator,
        a: &'a Expr,
        b: &'a Expr,
    ) -> PartialUnit<'a> {
        let (one, other) = (self.measure(a), self.measure(b));
        match operator {
            BinaryOperator::Given | BinaryOperator::Or | BinaryOperator::And => PartialUnit::pure(),
            BinaryOperator::Add => {
                self.meet(span, Meeting::Sum(key!("model-unit-added")), (a, one), (b, other))
            }
            BinaryOperator::Subtract => {
                self.meet(span, Meeting::Sum(key!("model-unit-subtracted")), (a, one), (b, other))
            }
            BinaryOperator::Multiply => one.times(other, false),
            BinaryOperator::Divide => one.times(other, true),
            BinaryOperator::Power => self.power((a, one), (b, other)),
            _ => {
                self.meet(span, Meeting::Choice(key!("model-unit-compared")), (a, one), (b, other));
                PartialUnit::pure()
            }
        }
    }

    /// A row of operations that bind alike.
    pub(super) fn chain(&mut self, first: &'a Expr, rest: &'a [(BinaryOperator, Expr)]) -> PartialUnit<'a> {
        match rest.first() {
            Some((BinaryOperator::Add | BinaryOperator::Subtract, _)) => {
                let verb = |operator| {
                    if operator == BinaryOperator::Add {
                        key!("model-unit-added")
                    } else {
                        key!("model-unit-subtracted")
                    }
                };
                self.row_meets(first, rest.iter().map(|(operator, x)| (Meeting::Sum(verb(*operator)), x)))
            }
            Some((BinaryOperator::Multiply | BinaryOperator::Divide, _)) => self.row_of_factors(first, rest),
            _ => {
                self.measure(first);
                rest.iter().for_each(|(_, x)| drop(self.measure(x)));
                PartialUnit::pure()
            }
        }
    }

    /// Many parts that must have one unit. What is not known of some is gathered once, not at each step.
    fn row_meets(
        &mut self,
        first: &'a Expr,
        rest: impl Iterator<Item = (Meeting, &'a Expr)>,
    ) -> PartialUnit<'a> {
        let mut because = Vec::new();
        let mut so_far = Some((first, self.measure(first)));
        if let Some((_, PartialUnit::Unknown(first))) = &so_far {
            because.extend_from_slice(first);
            so_far = None;
        }
        for (meeting, part) in rest {
            let (measure, span) = (self.measure(part), first.span.to(part.span));
            if let PartialUnit::Unknown(unknown) = measure {
                self.unchecked(span, &unknown);
                because.extend(unknown);
                continue;
            }
            so_far = Some(match so_far {
                None => (part, measure),
                Some(before) => {
                    // Of those before, the first whose unit is known speaks in messages.
                    let speaks = if matches!(before.1, PartialUnit::Known { .. }) { before.0 } else { part };
                    (speaks, self.meet(span, meeting, before, (part, measure)))
                }
            });
        }
        match so_far {
            Some((_, known @ PartialUnit::Known { .. })) => known,
            Some((_, number)) if because.is_empty() => number,
            _ => PartialUnit::Unknown(merged(because, Vec::new())),
        }
    }

    fn row_of_factors(&mut self, first: &'a Expr, rest: &'a [(BinaryOperator, Expr)]) -> PartialUnit<'a> {
        let (mut because, mut unknown) = (Vec::new(), false);
        let mut product = NUMBER;
        for (divide, part) in std::iter::once((false, first))
            .chain(rest.iter().map(|(operator, x)| (*operator == BinaryOperator::Divide, x)))
        {
            match self.measure(part) {
                PartialUnit::Unknown(names) => {
                    because.extend(names);
                    unknown = true;
                }
                measure => product = product.times(measure, divide),
            }
        }
        if unknown { PartialUnit::Unknown(merged(because, Vec::new())) } else { product }
    }

    pub(super) fn call(&mut self, function: &str, span: Span, arguments: &'a [Expr]) -> PartialUnit<'a> {
        let Some(x) = arguments.first() else { return PartialUnit::mistaken() };
        match function {
            "exp" | "log" | "log10" | "tanh" | "normal_cdf" => {
                let measure = self.measure(x);
                self.pure(x, &measure, function);
                if matches!(measure, PartialUnit::Number { .. }) { NUMBER } else { PartialUnit::pure() }
            }
            "sqrt" => self.root(span, x),
            "lag" if self.scenario.time.step != Step::Year => {
                let measure = self.measure(x);
                if let Some(by) = arguments.get(1) {
                    let of = self.measure(by);
                    self.pure(by, &of, function);
                }
                measure
            }
            "abs" | "floor" | "ceil" | "round" | "prev" | "lag" | "annual" | "annual_mean" | "mean"
            | "total" | "minimum" | "maximum" | "sd" | "quantile" | "expected_shortfall"
            | "expected_surplus" | "median" | "cumulative" => self.measure(x),
            "sign" | "growth" | "yoy" | "cagr" | "change" | "peak_year" | "first_year" | "last_year"
            | "count" | "drawdown" | "irr" | "always" | "ever" | "p" => {
                self.measure(x);
                PartialUnit::pure()
            }
            "correlation" => {
                arguments.iter().for_each(|x| drop(self.measure(x)));
                PartialUnit::pure()
            }
            "smooth" | "delay" | "npv" => {
                let measure = self.measure(x);
                if let Some(by) = arguments.get(1) {
                    let of = self.measure(by);
                    self.pure(by, &of, function);
                }
                measure
            }
            "step" | "pulse" => {
                for x in arguments {
                    let measure = self.measure(x);
                    self.pure(x, &measure, function);
                }
                PartialUnit::pure()
            }
            "ramp" => {
                let measure = self.measure(x);
                self.pure(x, &measure, function);
                arguments.get(1).map_or_else(PartialUnit::mistaken, |slope| self.measure(slope))
            }
            "lookup" => self.lookup(x, arguments.get(1)),
            "mod" | "min" | "max" => self.all_meet(span, key!("model-unit-chosen"), arguments),
            "clamp" => self.all_meet(span, key!("model-unit-compared"), arguments),
            "if" => {
                self.measure(x);
                self.all_meet(span, key!("model-unit-branches"), &arguments[1..])
            }
            _ => PartialUnit::mistaken(),
        }
    }

    /// What is looked up has the unit of the table's x, and what is found that of its values.
    fn lookup(&mut self, x: &'a Expr, table: Option<&'a Expr>) -> PartialUnit<'a> {
        let measure = self.measure(x);
        let Some(ExprKind::Name { name, .. }) = table.map(|table| &table.kind) else {
            return PartialUnit::mistaken();
        };
        let Some([of_x, of_y]) = self.stated.tables.get(name.as_str()).cloned() else {
            return PartialUnit::mistaken();
        };
        if let (PartialUnit::Known { unit: found, .. }, PartialUnit::Known { unit: wanted, .. }) =
            (&measure, &of_x)
        {
            self.checked();
            if found != wanted && !(found.is_like(wanted) && converts(x, wanted.scale / found.scale)) {
                let (words, unit, wanted) = (self.short(x), self.say(&measure), self.say(&of_x));
                let message =
                    message!("model-unit-lookup", words = words, unit = unit, name = name, wanted = wanted);
                self.fail(x.span, message, key!("model-unit-lookup.help"));
            }
        } else if let (PartialUnit::Unknown(because), _) | (_, PartialUnit::Unknown(because)) =
            (&measure, &of_x)
        {
            self.unchecked(x.span, because);
        }
        of_y
    }

    fn root(&mut self, span: Span, x: &'a Expr) -> PartialUnit<'a> {
        let measure = self.measure(x);
        let PartialUnit::Known { unit, .. } = &measure else { return measure };
        match unit.to_the(0.5) {
            Some(root) => PartialUnit::of(root),
            None => self.fail(span, message!("model-unit-no-root", gives = self.gives(&measure)), DIVIDE),
        }
    }

    fn all_meet(&mut self, span: Span, verb: Key, parts: &'a [Expr]) -> PartialUnit<'a> {
        let Some((first, rest)) = parts.split_first() else { return PartialUnit::mistaken() };
        if rest.len() > CHAIN_FROM {
            return self.row_meets(first, rest.iter().map(|part| (Meeting::Choice(verb), part)));
        }
        let mut so_far = (first, self.measure(first));
        for part in rest {
            let measure = self.measure(part);
            let speaks = if matches!(so_far.1, PartialUnit::Known { .. }) { so_far.0 } else { part };
            so_far = (speaks, self.meet(span, Meeting::Choice(verb), so_far, (part, measure)));
        }
        so_far.1
    }

    /// A function's argument, or an exponent, is a pure number.
    pub(super) fn pure(&mut self, x: &'a Expr, measure: &PartialUnit<'a>, function: &str) {
        match measure {
            PartialUnit::Number { .. } => {}
            PartialUnit::Unknown(because) => self.unchecked(x.span, because),
            PartialUnit::Known { unit, .. } => {
                self.checked();
                let like = unit.is_like(&Unit::pure());
                if unit.is_pure() || (like && converts(x, unit.scale)) {
                    return;
                }
                let words = self.short(x);
                let help = if like {
                    message!(
                        "model-unit-takes.write",
                        function = function,
                        words = &words,
                        factor = times(unit.scale)
                    )
                } else if self.units.is_yearly(unit) {
                    message!("model-unit-yearly", words = self.factor(x))
                } else {
                    DIVIDE.into()
                };
                let unit = self.say(measure);
                let message = match function {
                    "^" => message!("model-unit-exponent", words = words, unit = unit),
                    _ => message!("model-unit-takes", function = function, words = words, unit = unit),
                };
                self.fail(x.span, message, help);
            }
        }
    }

    fn power(
        &mut self,
        (a, base): (&'a Expr, PartialUnit<'a>),
        (b, exponent): (&'a Expr, PartialUnit<'a>),
    ) -> PartialUnit<'a> {
        self.pure(b, &exponent, "^");
        match (&base, fixed(b)) {
            (PartialUnit::Number { .. }, _) if matches!(exponent, PartialUnit::Number { .. }) => NUMBER,
            (PartialUnit::Number { .. }, _) => PartialUnit::pure(),
            (PartialUnit::Known { unit, .. }, _) if unit.is_pure() => PartialUnit::pure(),
            (PartialUnit::Known { unit, .. }, Some(exponent)) if unit.to_the(exponent).is_some() => {
                unit.to_the(exponent).map_or_else(PartialUnit::mistaken, PartialUnit::of)
            }
            (PartialUnit::Known { .. }, _) => {
                let (words, says) = (self.short(a), self.say(&base));
                let message = message!("model-unit-no-power", words = words, unit = says);
                self.fail(a.span.to(b.span), message, DIVIDE)
            }
            (PartialUnit::Unknown(because), None) => {
                self.unchecked(a.span.to(b.span), because);
                base
            }
            (PartialUnit::Unknown(_), Some(_)) => base,
        }
    }
}

/// How what has a unit becomes a pure number.
const DIVIDE: Key = key!("model-unit-divide");

/// The value of a bare exponent: `2`, `-1`, `1/2`.
fn fixed(expr: &Expr) -> Option<f64> {
    match &expr.kind {
        ExprKind::Number(number) => Some(*number),
        ExprKind::Unary(UnaryOperator::Negate, x) => Some(-fixed(x)?),
        ExprKind::Binary(BinaryOperator::Divide, a, b) => Some(fixed(a)? / fixed(b)?),
        _ => None,
    }
}
