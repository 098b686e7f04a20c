//! The check of all formulas of a scenario: each once, whatever its members, for they share its units.

use super::data::StatedUnits;
use super::measure::PartialUnit;
use super::report::{Unchecked, UnitReport};
use super::table::Units;
use crate::formula::{Expr, ExprKind, IndexTerm, Span, UnaryOperator};
use crate::message;
use crate::model::symbols::Symbols;
use crate::scenario::{Scenario, written::Formula};
use crate::text::{Diagnostic, DiagnosticList, Message, Place};

/// Checks the units of a scenario: notes what is wrong and counts what could not be checked. Mistakes that
/// are not of units are passed over; they are found elsewhere.
pub(in crate::model) fn check(
    scenario: &Scenario,
    symbols: &Symbols,
    diagnostics: &mut DiagnosticList,
) -> UnitReport {
    let units = Units::new(scenario, diagnostics);
    let stated = StatedUnits::new(scenario, &units, diagnostics);
    let mut checker = Checker::new(scenario, symbols, &units, &stated);
    for (name, variable) in &scenario.variables {
        let says = stated.names.get(name.as_str()).cloned().unwrap_or_else(PartialUnit::mistaken);
        if let Some(start) = &variable.start {
            let found = checker.formula(start, &variable.indices);
            checker.conforms(&found, &message!("model-unit-start-of", name = name), &says, &start.tree);
        }
        let found = checker.formula(&variable.formula, &variable.indices);
        checker.conforms(
            &found,
            &message!("model-unit-formula-of", name = name),
            &says,
            &variable.formula.tree,
        );
    }
    for (name, (from, _)) in scenario.simultaneous.values().flat_map(|declared| &declared.from) {
        let Some(variable) = scenario.variables.get(name) else { continue };
        let says = stated.names.get(name.as_str()).cloned().unwrap_or_else(PartialUnit::mistaken);
        let found = checker.formula(from, &variable.indices);
        checker.conforms(&found, &message!("model-unit-from-of", name = name), &says, &from.tree);
    }
    checker.path = true;
    for (name, metric) in &scenario.metrics {
        let says = stated.metrics.get(name.as_str()).cloned().unwrap_or_else(PartialUnit::mistaken);
        let found = checker.formula(&metric.formula, &[]);
        checker.conforms(&found, &message!("model-unit-metric", name = name), &says, &metric.formula.tree);
    }
    for target in scenario.targets.values() {
        checker.formula(&target.require, &[]);
        if let Some(states) = &target.states {
            checker.formula(states, &[]);
        }
    }
    for gate in scenario.gates.values() {
        checker.formula(&gate.require, &[]);
    }
    checker.arguments();
    let Checker { found, report, .. } = checker;
    found.0.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    report
}

/// Checks formulas, one after the other.
pub(super) struct Checker<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) symbols: &'a Symbols,
    pub(super) units: &'a Units,
    pub(super) stated: &'a StatedUnits<'a>,
    /// Where the formula at hand stands, and its text.
    place: Place,
    text: &'a str,
    /// Whether it is of a whole path: a metric, target or gate, in which levels are written as bare numbers.
    pub(super) path: bool,
    /// Bound indices: name and set.
    pub(super) scope: Vec<(&'a str, usize)>,
    /// The set of whose members' fields a bare name may be one.
    pub(super) own_set: Option<usize>,
    found: DiagnosticList,
    report: UnitReport,
}

impl<'a> Checker<'a> {
    fn new(
        scenario: &'a Scenario,
        symbols: &'a Symbols,
        units: &'a Units,
        stated: &'a StatedUnits<'a>,
    ) -> Self {
        Self {
            scenario,
            symbols,
            units,
            stated,
            place: Place::default(),
            text: "",
            path: false,
            scope: Vec::new(),
            own_set: None,
            found: DiagnosticList::default(),
            report: UnitReport::default(),
        }
    }

    /// The unit of a formula's values; what is said next is said of this formula.
    fn formula(&mut self, formula: &'a Formula, indices: &'a [IndexTerm]) -> PartialUnit<'a> {
        (self.place, self.text) = (formula.place, &formula.text);
        self.scope.clear();
        self.bind(indices);
        self.measure(&formula.tree)
    }

    /// The unit of an expression that stands at a place; what is said next is said of it.
    pub(super) fn expression(&mut self, place: Place, text: &'a str, tree: &'a Expr) -> PartialUnit<'a> {
        (self.place, self.text) = (place, text);
        self.measure(tree)
    }

    /// The unit of an expression; what is wrong inside it is noted.
    pub(super) fn measure(&mut self, expr: &'a Expr) -> PartialUnit<'a> {
        match &expr.kind {
            ExprKind::Number(number) if number.is_nan() => PartialUnit::mistaken(),
            ExprKind::Number(number) => {
                PartialUnit::Number { percent: self.words(expr.span).ends_with('%'), zero: *number == 0.0 }
            }
            ExprKind::Period(_) => PartialUnit::pure(),
            ExprKind::Name { name, index } => self.name(name, index),
            ExprKind::Unary(UnaryOperator::Negate, x) | ExprKind::At(x, _) => self.measure(x),
            ExprKind::Unary(UnaryOperator::Not, x) => {
                self.measure(x);
                PartialUnit::pure()
            }
            ExprKind::Binary(operator, a, b) => self.binary(expr.span, *operator, a, b),
            ExprKind::Chain(first, rest) => self.chain(first, rest),
            ExprKind::Call { function, arguments, .. } => self.call(function, expr.span, arguments),
            ExprKind::Over { function, indices, condition, body, level } => {
                let bound = self.scope.len();
                self.bind(indices);
                if let Some(condition) = condition {
                    self.measure(condition);
                }
                let measure = self.measure(body);
                if function == "product" {
                    self.pure(body, &measure, "product");
                }
                if let Some(level) = level {
                    self.measure(level);
                }
                self.scope.truncate(bound);
                if matches!(function.as_str(), "rank" | "argmax") { PartialUnit::pure() } else { measure }
            }
        }
    }

    /// The text of a part of the formula.
    pub(super) fn words(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    pub(super) fn fail(&mut self, span: Span, message: Message, help: impl Into<Message>) -> PartialUnit<'a> {
        let place = self.place.part(span.start, span.end);
        self.found.push(Diagnostic::error(place, message).help(help));
        PartialUnit::mistaken()
    }

    pub(super) fn checked(&mut self) {
        self.report.checked += 1;
    }

    /// Counts a place that cannot be checked, unless a mistake is the reason.
    pub(super) fn unchecked(&mut self, span: Span, because: &[usize]) {
        if because.is_empty() {
            return;
        }
        let names = because.iter().filter_map(|name| self.stated.without.get_index(*name));
        let because = names.map(|name| (*name).to_string()).collect();
        let place = self.place.part(span.start, span.end);
        self.report.unchecked.push(Unchecked { place, because });
    }
}
