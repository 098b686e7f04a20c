//! Functions, reductions and years: the part of looking up that depends on where a formula stands.

use super::operation::{Binary, Unary};
use super::over_periods::{mean_of_a_year, of_a_year, pulse, ramp, since, year_on_year};
use super::resolve::{Context, Resolver};
use super::resolve_period::PeriodMeant;
use super::symbols::Symbol;
use super::term::{Memory, Term, YearWindow};
use crate::formula::tree::CHAIN_FROM;
use crate::formula::{Expr, ExprKind, Span, UnaryOperator, parse::REDUCTIONS};
use crate::scenario::quantity::DISTRIBUTIONS;
use crate::text::suggest::{did_you_mean, most_like};
use crate::text::{Message, nearest};
use crate::{key, message};

/// A function: name, what it takes, and where it can stand.
struct FunctionSignature {
    name: &'static str,
    takes: &'static str,
    about: About,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Anything,
    Years,
    Paths,
    Gates,
}

const fn f(name: &'static str, takes: &'static str, about: About) -> FunctionSignature {
    FunctionSignature { name, takes, about }
}

const FUNCTIONS: [FunctionSignature; 55] = [
    f("exp", "x", About::Anything),
    f("log", "x", About::Anything),
    f("log10", "x", About::Anything),
    f("sqrt", "x", About::Anything),
    f("tanh", "x", About::Anything),
    f("normal_cdf", "x", About::Anything),
    f("mod", "x, divisor", About::Anything),
    f("lookup", "x, table", About::Anything),
    f("abs", "x", About::Anything),
    f("sign", "x", About::Anything),
    f("floor", "x", About::Anything),
    f("ceil", "x", About::Anything),
    f("round", "x", About::Anything),
    f("min", "a, b, …", About::Anything),
    f("max", "a, b, …", About::Anything),
    f("clamp", "x, low, high", About::Anything),
    f("if", "condition, a, b", About::Anything),
    f("sum", "set: x", About::Anything),
    f("product", "set: x", About::Anything),
    f("rank", "set: x", About::Anything),
    f("argmax", "set: x", About::Anything),
    f("prev", "x", About::Years),
    f("lag", "x, n", About::Years),
    f("growth", "x", About::Years),
    f("yoy", "x", About::Years),
    f("annual", "x", About::Years),
    f("annual_mean", "x", About::Years),
    f("cumulative", "x", About::Years),
    f("smooth", "x, n", About::Years),
    f("delay", "x, n", About::Years),
    f("step", "year", About::Years),
    f("ramp", "year, slope", About::Years),
    f("pulse", "year, n", About::Years),
    f("cagr", "x, from, to", About::Paths),
    f("change", "x, from, to", About::Paths),
    f("mean", "x, from, to", About::Paths),
    f("total", "x, from, to", About::Paths),
    f("minimum", "x, from, to", About::Paths),
    f("maximum", "x, from, to", About::Paths),
    f("peak_year", "x", About::Paths),
    f("first_year", "condition", About::Paths),
    f("last_year", "condition", About::Paths),
    f("count", "condition, from, to", About::Paths),
    f("sd", "x, from, to", About::Paths),
    f("drawdown", "x", About::Paths),
    f("npv", "x, rate, from, to", About::Paths),
    f("irr", "x, from, to", About::Paths),
    f("always", "condition, from, to", About::Paths),
    f("ever", "condition, from, to", About::Paths),
    f("p", "statement", About::Gates),
    f("quantile", "x, q", About::Gates),
    f("median", "x", About::Gates),
    f("expected_shortfall", "x, q", About::Gates),
    f("expected_surplus", "x, q", About::Gates),
    f("correlation", "x, y", About::Gates),
];

/// Names of all functions of formulas.
pub fn functions() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|function| function.name)
}

impl Resolver<'_> {
    pub(super) fn call(
        &mut self,
        function: &str,
        name: Span,
        whole: Span,
        arguments: &[Expr],
    ) -> Option<Term> {
        let found = FUNCTIONS.iter().find(|known| known.name == function);
        let Some(known) = found.filter(|known| known.about != About::Gates) else {
            let gate = found.map(|_| message!("model-call-no-function.gate"));
            let help = gate
                .or_else(|| self.instead_of_a_call(function, arguments))
                .or_else(|| Some(self.functions_here(function)));
            return self.fail(name, message!("model-call-no-function", function = function), help);
        };
        let path = self.context == Context::Path && !self.inside_year;
        if known.about == About::Paths && !path {
            let help = match function {
                "mean" => message!("model-call-whole-path.mean"),
                _ => message!("model-call-whole-path.help"),
            };
            return self.fail(
                whole,
                message!("model-call-whole-path", function = function, takes = known.takes),
                Some(help),
            );
        }
        if known.about == About::Years && path {
            let time = self.scenario.time;
            let end = if time.is_known() { time.end } else { 2030 };
            let help = message!("model-call-one-year.help", function = function, end = end);
            return self.fail(
                whole,
                message!("model-call-one-year", function = function, takes = known.takes),
                Some(help),
            );
        }
        let wanted = known.takes.split(", ").count();
        let right = match function {
            "min" | "max" => arguments.len() >= 2,
            "sum" | "product" | "rank" | "argmax" => false,
            _ => arguments.len() == wanted,
        };
        if !right {
            let help = REDUCTIONS.contains(&function).then(|| match arguments {
                [Expr { kind: ExprKind::Name { name, index }, .. }, x] if index.is_empty() => {
                    message!("model-call-arguments.over", function = function, name = name, x = x.to_string())
                }
                [x @ Expr { kind: ExprKind::Name { index, .. }, .. }] if !index.is_empty() => {
                    let sets: Vec<&str> = index.iter().map(|index| index.name.as_str()).collect();
                    message!(
                        "model-call-arguments.over-sets",
                        function = function,
                        sets = sets.join(", "),
                        x = x.to_string()
                    )
                }
                _ => message!("model-call-arguments.over-set", function = function),
            });
            return self.fail(
                whole,
                message!(
                    "model-call-arguments",
                    function = function,
                    takes = known.takes,
                    given = counted(arguments.len())
                ),
                help,
            );
        }
        match known.about {
            About::Paths => self.path_function(function, whole, arguments),
            About::Years => self.year_function(function, whole, arguments),
            _ => self.plain_function(function, arguments),
        }
    }

    /// The function that was probably meant, or those that can stand here.
    fn functions_here(&self, function: &str) -> Message {
        let other = if self.in_a_year() { About::Paths } else { About::Years };
        let here = FUNCTIONS.iter().filter(|known| known.about != About::Gates && known.about != other);
        let names: Vec<&str> = here.map(|known| known.name).chain(["mean"]).collect();
        if let Some(found) = nearest(function, names.iter().copied()) {
            return message!("text-did-you-mean", name = found);
        }
        let alike = most_like(function, &names, 3);
        let mut names: Vec<&str> = names;
        names.sort_unstable();
        names.dedup();
        match alike.as_slice() {
            [] => message!("model-call-there-are", names = names.as_slice()),
            alike => message!("model-call-nearest", alike = alike, names = names.as_slice()),
        }
    }

    /// What was meant by a name that is no function: an index, a year, a distribution.
    fn instead_of_a_call(&self, name: &str, arguments: &[Expr]) -> Option<Message> {
        let written: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        let written = written.join(", ");
        if self.symbols.get(name).is_some() || self.data.field_names.contains(name) {
            return Some(match arguments {
                [Expr { kind: ExprKind::Number(year), .. }] => {
                    message!("model-call-year", name = name, year = year.to_string())
                }
                _ => message!("model-call-index", name = name, written = &written),
            });
        }
        if let ("pow" | "power", [base, exponent]) = (name, arguments) {
            return Some(message!(
                "model-call-power",
                base = base.to_string(),
                exponent = exponent.to_string()
            ));
        }
        let is_distribution = DISTRIBUTIONS.iter().any(|(known, _)| *known == name);
        is_distribution.then(|| message!("model-call-distribution", name = name, written = &written))
    }

    fn plain_function(&mut self, function: &str, arguments: &[Expr]) -> Option<Term> {
        if function == "lookup" {
            return self.lookup(arguments);
        }
        let terms: Vec<Option<Term>> = arguments.iter().map(|argument| self.term(argument)).collect();
        let mut terms: Vec<Term> = terms.into_iter().collect::<Option<_>>()?;
        let unary = match function {
            "exp" => Unary::Exp,
            "log" => Unary::Log,
            "log10" => Unary::Log10,
            "sqrt" => Unary::Sqrt,
            "tanh" => Unary::Tanh,
            "normal_cdf" => Unary::NormalCdf,
            "abs" => Unary::Abs,
            "sign" => Unary::Sign,
            "floor" => Unary::Floor,
            "ceil" => Unary::Ceil,
            "round" => Unary::Round,
            "min" | "max" => {
                let operation = if function == "min" { Binary::Min } else { Binary::Max };
                if terms.len() > CHAIN_FROM {
                    let rest = terms.split_off(1).into_iter().map(|x| (operation, x)).collect();
                    return Some(Term::Chain(Box::new(terms.pop()?), rest));
                }
                return terms.into_iter().reduce(|a, b| Term::Binary(operation, Box::new(a), Box::new(b)));
            }
            "mod" if arguments.get(1).and_then(literal) == Some(0.0) => {
                let help = message!("model-call-mod.help");
                return self.fail(arguments[1].span, key!("model-call-mod"), Some(help));
            }
            "mod" => {
                let [x, divisor] = <[Term; 2]>::try_from(terms).ok()?;
                return Some(Term::Binary(Binary::Modulo, Box::new(x), Box::new(divisor)));
            }
            "clamp" => {
                let [x, low, high] = <[Term; 3]>::try_from(terms).ok()?;
                let raised = Term::Binary(Binary::Max, Box::new(x), Box::new(low));
                return Some(Term::Binary(Binary::Min, Box::new(raised), Box::new(high)));
            }
            _ => return Some(Term::If(Box::new(<[Term; 3]>::try_from(terms).ok()?))),
        };
        Some(Term::Unary(unary, Box::new(terms.pop()?)))
    }

    fn year_function(&mut self, function: &str, whole: Span, arguments: &[Expr]) -> Option<Term> {
        let x = self.term(&arguments[0]);
        let lag = |x, years, reads_history| Term::Lag { x: Box::new(x), years, reads_history };
        match function {
            "growth" => Some(Term::Growth(Box::new(x?))),
            "yoy" => Some(year_on_year(x?, self.scenario.time.step)),
            "annual" => Some(of_a_year(&x?, self.scenario.time.step)),
            "annual_mean" => Some(mean_of_a_year(x?, self.scenario.time.step)),
            "prev" => Some(lag(x?, 1, false)),
            "step" => Some(since(x?)),
            "ramp" => {
                let (from, slope) = (x, self.term(&arguments[1]));
                Some(ramp(from?, slope?, self.scenario.time.step))
            }
            "pulse" if arguments.get(1).and_then(literal).is_some_and(|years| years < 0.0) => {
                let help = message!("model-call-pulse.help");
                self.fail(arguments[1].span, key!("model-call-pulse"), Some(help))
            }
            "pulse" => {
                let (from, steps) = (x, self.term(&arguments[1]));
                Some(pulse(from?, steps?, self.scenario.time.step))
            }
            "cumulative" | "smooth" | "delay" => {
                let shortest = arguments.get(1).filter(|_| function == "smooth").and_then(literal);
                if shortest.is_some_and(|years| years < 1.0) {
                    let help = message!("model-call-smooth.help");
                    return self.fail(arguments[1].span, key!("model-call-smooth"), Some(help));
                }
                let memory = match function {
                    "cumulative" => Memory::Cumulative,
                    "smooth" => Memory::Smooth,
                    _ => Memory::Delay,
                };
                let by = match (memory, arguments.get(1)) {
                    (Memory::Delay, Some(years)) => Some(Box::new(self.number_of_years(function, years)?)),
                    (_, Some(by)) => Some(Box::new(self.term(by)?)),
                    (_, None) => None,
                };
                Some(Term::Remember { memory, x: Box::new(x?), by, place: self.place(whole) })
            }
            _ => match self.number_of_years(function, &arguments[1])? {
                Term::Number(years) => Some(lag(x?, years as i32, true)),
                years => {
                    let place = self.place(arguments[1].span);
                    Some(Term::LagBy { x: Box::new(x?), years: Box::new(years), place })
                }
            },
        }
    }

    /// How many years back: a whole number, or data that is one.
    fn number_of_years(&mut self, function: &str, expr: &Expr) -> Option<Term> {
        match &expr.kind {
            ExprKind::Number(n) if n.fract() == 0.0 && (0.0..=1000.0).contains(n) => Some(Term::Number(*n)),
            ExprKind::Name { name, .. }
                if !matches!(self.symbols.get(name), Some(Symbol::Variable(_) | Symbol::Shock(_))) =>
            {
                match self.term(expr)? {
                    data @ Term::Datum { .. } => Some(data),
                    _ => self.not_a_number_of_years(function, expr.span),
                }
            }
            _ => self.not_a_number_of_years(function, expr.span),
        }
    }

    fn not_a_number_of_years(&mut self, function: &str, span: Span) -> Option<Term> {
        self.fail(span, key!("model-call-lag"), Some(message!("model-call-lag.help", function = function)))
    }

    /// `lookup(x, table)`
    fn lookup(&mut self, arguments: &[Expr]) -> Option<Term> {
        let x = self.term(&arguments[0]);
        let tables = &self.scenario.tables;
        let known: Vec<&str> = tables.keys().map(String::as_str).collect();
        let span = arguments[1].span;
        match &arguments[1].kind {
            ExprKind::Name { name, index } if index.is_empty() => {
                if let Some(table) = tables.get_index_of(name.as_str()) {
                    return Some(Term::Lookup { table, x: Box::new(x?) });
                }
                let near = did_you_mean(name, &known, key!("text-kind-tables"));
                let help = near.unwrap_or_else(|| message!("model-call-no-table.declare", name = name));
                self.lacks(span, message!("model-call-no-table", name = name), Some(help))
            }
            _ => self.fail(span, key!("model-call-lookup"), Some(message!("model-call-lookup.help"))),
        }
    }

    fn path_function(&mut self, function: &str, whole: Span, arguments: &[Expr]) -> Option<Term> {
        let x = self.yearly(&arguments[0]);
        if function == "peak_year" {
            return Some(Term::PeakYear { x: Box::new(x?) });
        }
        if function == "first_year" {
            return Some(Term::FirstYear { condition: Box::new(x?) });
        }
        if function == "last_year" {
            return Some(Term::LastYear { condition: Box::new(x?) });
        }
        if function == "drawdown" {
            return Some(Term::Drawdown { x: Box::new(x?) });
        }
        let (rate, years) = match function {
            "npv" => (Some(self.yearly(&arguments[1])), &arguments[2..]),
            _ => (None, &arguments[1..]),
        };
        let meant = match function {
            "cagr" | "change" => [PeriodMeant::One(&arguments[0]), PeriodMeant::One(&arguments[0])],
            _ => [PeriodMeant::From(&arguments[0]), PeriodMeant::To(&arguments[0])],
        };
        let (from, to) = (self.period(&years[0], meant[0]), self.period(&years[1], meant[1]));
        let rate = match rate {
            Some(rate) => Some(Box::new(rate?)),
            None => None,
        };
        let (x, from, to, place) = (Box::new(x?), from?, to?, self.place(whole));
        let needs_order = matches!(function, "cagr" | "change" | "sd" | "irr");
        if from > to || (needs_order && from == to) {
            self.fail(
                years[1].span,
                message!("model-call-years", function = function, from = from, to = to),
                Some(message!("model-call-years.help")),
            );
            return None;
        }
        let window = match function {
            "cagr" => return Some(Term::Cagr { x, from, to, place }),
            "change" => return Some(Term::Change { x, from, to, place }),
            "irr" => return Some(Term::RateOfReturn { x, from, to, place }),
            "npv" => return Some(Term::PresentValue { x, rate: rate?, from, to, place }),
            "count" => YearWindow::Count,
            "sd" => YearWindow::Sd,
            "mean" => YearWindow::Mean,
            "total" => YearWindow::Total,
            "minimum" => YearWindow::Minimum,
            "maximum" => YearWindow::Maximum,
            "always" => YearWindow::Always,
            _ => YearWindow::Ever,
        };
        Some(Term::Window { window, x, from, to, place })
    }

    /// An expression about one year inside one about a path.
    fn yearly(&mut self, x: &Expr) -> Option<Term> {
        let before = std::mem::replace(&mut self.inside_year, true);
        let term = self.term(x);
        self.inside_year = before;
        term
    }

    pub(super) fn at(&mut self, whole: Span, x: &Expr, year: &Expr) -> Option<Term> {
        if self.context != Context::Path || self.inside_year {
            self.fail(whole, key!("model-call-at"), Some(message!("model-call-at.help")));
            return None;
        }
        let (term, year) = (self.yearly(x), self.period(year, PeriodMeant::One(x)));
        Some(Term::At { x: Box::new(term?), year: year?, place: self.place(whole) })
    }
}

/// The number that stands in a formula, with its sign.
fn literal(expr: &Expr) -> Option<f64> {
    match &expr.kind {
        ExprKind::Number(number) => Some(*number),
        ExprKind::Unary(UnaryOperator::Negate, x) => literal(x).map(|x| -x),
        _ => None,
    }
}

/// `1 argument`, `3 arguments`
pub(super) fn counted(arguments: usize) -> Message {
    message!("model-call-counted", count = arguments)
}
