//! What operators and functions make of units, and what they ask of them.

use super::algebra::Unit;
use super::check::Checker;
use super::convert::{converts, is_over_number};
use super::measure::{Measure, merged};
use super::print::number;
use crate::formula::{BinaryOperator, Expr, Kind, Span, UnaryOperator};

/// Why two units must be the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    /// They are added or subtracted: a bare number is pure.
    Sum(&'static str),
    /// They are compared, or one is chosen: a bare number takes the other's unit.
    Choice(&'static str),
}

impl<'a> Checker<'a> {
    pub(super) fn binary(
        &mut self,
        span: Span,
        operator: BinaryOperator,
        a: &'a Expr,
        b: &'a Expr,
    ) -> Measure<'a> {
        let (one, other) = (self.measure(a), self.measure(b));
        match operator {
            BinaryOperator::Given | BinaryOperator::Or | BinaryOperator::And => Measure::pure(),
            BinaryOperator::Add => self.meet(span, Meeting::Sum("added"), (a, one), (b, other)),
            BinaryOperator::Subtract => self.meet(span, Meeting::Sum("subtracted"), (a, one), (b, other)),
            BinaryOperator::Multiply => one.times(other, false),
            BinaryOperator::Divide => one.times(other, true),
            BinaryOperator::Power => self.power((a, one), (b, other)),
            _ => {
                self.meet(span, Meeting::Choice("compared"), (a, one), (b, other));
                Measure::pure()
            }
        }
    }

    pub(super) fn call(&mut self, function: &str, span: Span, arguments: &'a [Expr]) -> Measure<'a> {
        let Some(x) = arguments.first() else { return Measure::mistaken() };
        match function {
            "exp" | "log" | "log10" => {
                let measure = self.measure(x);
                self.pure(x, &measure, function);
                if matches!(measure, Measure::Number { .. }) { NUMBER } else { Measure::pure() }
            }
            "sqrt" => match self.measure(x) {
                Measure::Known { unit, .. } => unit.to_the(0.5).map_or_else(Measure::mistaken, Measure::of),
                other => other,
            },
            "abs" | "floor" | "ceil" | "round" | "prev" | "lag" | "mean" | "total" | "minimum"
            | "maximum" | "sd" | "quantile" | "expected_shortfall" => self.measure(x),
            "sign" | "growth" | "cagr" | "change" | "peak_year" | "first_year" | "always" | "ever" | "p" => {
                self.measure(x);
                Measure::pure()
            }
            "min" | "max" => self.all_meet(span, "chosen between", arguments),
            "clamp" => self.all_meet(span, "compared", arguments),
            "if" => {
                self.measure(x);
                self.all_meet(span, "branches of one if", &arguments[1..])
            }
            _ => Measure::mistaken(),
        }
    }

    fn all_meet(&mut self, span: Span, verb: &'static str, parts: &'a [Expr]) -> Measure<'a> {
        let Some((first, rest)) = parts.split_first() else { return Measure::mistaken() };
        let mut so_far = (first, self.measure(first));
        for part in rest {
            let measure = self.measure(part);
            let speaks = if matches!(so_far.1, Measure::Known { .. }) { so_far.0 } else { part };
            so_far = (speaks, self.meet(span, Meeting::Choice(verb), so_far, (part, measure)));
        }
        so_far.1
    }

    /// What has the one unit that both have; a mistake when they have not.
    fn meet(
        &mut self,
        span: Span,
        meeting: Meeting,
        (a, one): (&'a Expr, Measure<'a>),
        (b, other): (&'a Expr, Measure<'a>),
    ) -> Measure<'a> {
        let adapting = self.path || matches!(meeting, Meeting::Choice(_));
        let sum = self.path && matches!(meeting, Meeting::Sum(_));
        let adapts = |measure: &Measure<'_>| matches!(measure, Measure::Number { percent, zero } if *zero || (adapting && !percent));
        match (&one, &other) {
            (Measure::Number { percent: p, zero: z }, Measure::Number { percent: q, zero: y }) => {
                Measure::Number { percent: *p && *q, zero: *z && *y }
            }
            (Measure::Number { zero: false, percent: false }, Measure::Known { .. })
                if sum && is_over_number(b) =>
            {
                Measure::pure()
            }
            (Measure::Known { .. }, Measure::Number { zero: false, percent: false })
                if sum && is_over_number(a) =>
            {
                Measure::pure()
            }
            _ if adapts(&one) => other,
            _ if adapts(&other) => one,
            (Measure::Unknown(x), Measure::Unknown(y)) => {
                let because = merged(x.clone(), y.clone());
                self.unchecked(span, &because);
                Measure::Unknown(because)
            }
            (Measure::Unknown(because), known) | (known, Measure::Unknown(because)) => {
                self.unchecked(span, because);
                if matches!(known, Measure::Known { .. }) {
                    known.clone()
                } else {
                    Measure::Unknown(because.clone())
                }
            }
            _ => {
                self.checked();
                let (x, y) = (unit_of(&one), unit_of(&other));
                if x == y || (x.is_like(&y) && converts(b, y.scale / x.scale)) {
                    return if matches!(one, Measure::Known { .. }) { one } else { Measure::of(x) };
                }
                if x.is_like(&y) && converts(a, x.scale / y.scale) {
                    return Measure::of(y);
                }
                if self.path && (x.is_pure() && is_over_number(b) || y.is_pure() && is_over_number(a)) {
                    return Measure::pure();
                }
                self.apart(span, meeting, (a, &one), (b, &other))
            }
        }
    }

    /// Says that two units differ.
    fn apart(
        &mut self,
        span: Span,
        meeting: Meeting,
        (a, one): (&'a Expr, &Measure<'a>),
        (b, other): (&'a Expr, &Measure<'a>),
    ) -> Measure<'a> {
        let (x, y) = (unit_of(one), unit_of(other));
        let (Meeting::Sum(verb) | Meeting::Choice(verb)) = meeting;
        let (a_words, b_words) = (self.short(a), self.short(b));
        let message = format!(
            "{a_words} is {}, {b_words} is {}: they cannot be {verb}",
            self.say(one),
            self.say(other)
        );
        let help = if x.is_like(&y) {
            let ratio = y.scale / x.scale;
            let times = if ratio >= 1.0 {
                format!("* {}", number(ratio))
            } else {
                format!("/ {}", number(1.0 / ratio))
            };
            let wrapped = if matches!(b.kind, Kind::Binary(..)) { format!("({b_words})") } else { b_words };
            format!("write {wrapped} {times}, which is {}", self.say(one))
        } else if x.is_pure() {
            self.mixed(meeting, (&a_words, one), (&b_words, other))
        } else if y.is_pure() {
            self.mixed(meeting, (&b_words, other), (&a_words, one))
        } else {
            format!(
                "check the units that are stated, and whether a factor is missing on one side: {} apart",
                self.units.print(&x.over(&y))
            )
        };
        self.fail(span, message, help)
    }

    /// The remedy where a pure number meets what has a unit.
    fn mixed(
        &self,
        meeting: Meeting,
        (pure, number): (&str, &Measure<'a>),
        (with, known): (&str, &Measure<'a>),
    ) -> String {
        let unit = self.gives(known);
        match (number, meeting) {
            (Measure::Number { percent: true, .. }, Meeting::Choice(_)) => {
                format!("write the bound in {unit}, or compare a share or a rate")
            }
            (Measure::Number { percent: false, .. }, _) => {
                format!(
                    "make {pure} a parameter with unit = \"{unit}\", or divide {with} by a value of its own unit"
                )
            }
            _ => format!("a share of {with} is {with} * {pure}"),
        }
    }

    /// A function's argument, or an exponent, is a pure number.
    pub(super) fn pure(&mut self, x: &'a Expr, measure: &Measure<'a>, function: &str) {
        match measure {
            Measure::Number { .. } => {}
            Measure::Unknown(because) => self.unchecked(x.span, because),
            Measure::Known { unit, .. } => {
                self.checked();
                let like = unit.is_like(&Unit::pure());
                if unit.is_pure() || (like && converts(x, unit.scale)) {
                    return;
                }
                let words = self.short(x);
                let help = if like {
                    let scale = unit.scale;
                    let times = if scale >= 1.0 {
                        format!("* {}", number(scale))
                    } else {
                        format!("/ {}", number(1.0 / scale))
                    };
                    format!("write {function}({words} {times})")
                } else {
                    "divide by its start value, or by another value of the same unit".into()
                };
                let what =
                    if function == "^" { "an exponent is".into() } else { format!("{function} takes") };
                self.fail(x.span, format!("{what} a pure number; {words} is {}", self.say(measure)), help);
            }
        }
    }

    fn power(
        &mut self,
        (a, base): (&'a Expr, Measure<'a>),
        (b, exponent): (&'a Expr, Measure<'a>),
    ) -> Measure<'a> {
        self.pure(b, &exponent, "^");
        match (&base, fixed(b)) {
            (Measure::Number { .. }, _) if matches!(exponent, Measure::Number { .. }) => NUMBER,
            (Measure::Number { .. }, _) => Measure::pure(),
            (Measure::Known { unit, .. }, _) if unit.is_pure() => Measure::pure(),
            (Measure::Known { unit, .. }, Some(exponent)) if unit.to_the(exponent).is_some() => {
                unit.to_the(exponent).map_or_else(Measure::mistaken, Measure::of)
            }
            (Measure::Known { .. }, _) => {
                let (words, says) = (self.short(a), self.say(&base));
                let message = format!("{words} is {says}, and so its power must be a fixed number such as 2");
                self.fail(a.span.to(b.span), message, format!("divide {words} by its start value"))
            }
            (Measure::Unknown(because), None) => {
                self.unchecked(a.span.to(b.span), because);
                base
            }
            (Measure::Unknown(_), Some(_)) => base,
        }
    }

    /// A formula gives what its unit says.
    pub(super) fn conforms(&mut self, found: &Measure<'a>, whose: &str, stated: &Measure<'a>, tree: &Expr) {
        let (unit, says) = match (found, stated) {
            (_, Measure::Unknown(because)) | (Measure::Unknown(because), _) => {
                return self.unchecked(tree.span, because);
            }
            (Measure::Known { unit, .. }, Measure::Known { unit: says, .. }) => (unit, says),
            _ => return self.checked(),
        };
        self.checked();
        let ratio = says.scale / unit.scale;
        if unit == says
            || (unit.is_like(says) && converts(tree, 1.0 / ratio))
            || (self.path && says.is_pure() && is_over_number(tree))
        {
            return;
        }
        let (gives, text) = (self.gives(found), self.gives(stated));
        let state = format!("state unit = \"{}\"", self.units.print(unit));
        let (much, help) = if unit.is_like(says) {
            let much = if ratio >= 1.0 {
                format!(", {} times as much", number(ratio))
            } else {
                format!(", 1/{} of it", number(1.0 / ratio))
            };
            let times = if ratio >= 1.0 {
                format!("divide by {}", number(ratio))
            } else {
                format!("multiply by {}", number(1.0 / ratio))
            };
            (much, format!("{times}, or {state}"))
        } else {
            (String::new(), format!("mend the formula, or {state}"))
        };
        self.fail(tree.span, format!("{whose} gives {gives}; its unit says {text}{much}"), help);
    }

    /// `in 1e8 CNY` or `a pure number`.
    fn say(&self, measure: &Measure<'a>) -> String {
        let gives = self.gives(measure);
        if gives == PURE { gives } else { format!("in {gives}") }
    }

    /// `1e8 CNY` or `a pure number`.
    fn gives(&self, measure: &Measure<'a>) -> String {
        match measure {
            Measure::Known { text: Some(text), .. } if *text != "1" => (*text).into(),
            Measure::Known { unit, .. } if !unit.is_pure() => self.units.print(unit),
            _ => PURE.into(),
        }
    }

    /// A part of the formula, cut where it is long.
    fn short(&self, expr: &Expr) -> String {
        let words = self.words(expr.span);
        if words.chars().count() <= 48 {
            return words.into();
        }
        let head: String = words.chars().take(46).collect();
        format!("{}…", head.trim_end())
    }
}

/// What has no unit.
const PURE: &str = "a pure number";

/// A bare number like any other.
const NUMBER: Measure<'static> = Measure::Number { percent: false, zero: false };

/// The unit of what has one, and of a number.
fn unit_of(measure: &Measure<'_>) -> Unit {
    match measure {
        Measure::Known { unit, .. } => unit.clone(),
        _ => Unit::pure(),
    }
}

/// The value of a bare exponent: `2`, `-1`, `1/2`.
fn fixed(expr: &Expr) -> Option<f64> {
    match &expr.kind {
        Kind::Number(number) => Some(*number),
        Kind::Unary(UnaryOperator::Negate, x) => Some(-fixed(x)?),
        Kind::Binary(BinaryOperator::Divide, a, b) => Some(fixed(a)? / fixed(b)?),
        _ => None,
    }
}
