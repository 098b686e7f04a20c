//! What is known of a gate's statistics before anything is simulated.

use std::cell::Cell;

use super::{Expression, Gate, Statistic, StatisticKind};
use crate::formula::BinaryOperator;
use crate::message;
use crate::model::graph::GraphNode;
use crate::model::range::ValueRange;
use crate::num::Interval;
use crate::scenario::Scenario;
use crate::text::{Diagnostic, DiagnosticList};

impl Gate {
    /// Notes where its statistics lie whatever is drawn. `ranges` are those of the graph's nodes, `simulated` those of
    /// what can be simulated, `nodes` the values of the series.
    pub(in crate::model) fn bound(
        &mut self,
        ranges: &[ValueRange],
        simulated: &[ValueRange],
        nodes: &[GraphNode],
    ) {
        self.statistics.iter_mut().for_each(|statistic| statistic.bound(ranges, simulated, nodes));
    }

    /// Whether it compares a statistic that is only known to its error by `==` or `!=`.
    fn needs_equality(&self) -> bool {
        let is_rough = |part: &Expression| match part {
            Expression::Statistic(number) => {
                let statistic = &self.statistics[*number];
                !matches!(statistic.kind, StatisticKind::Quantile(_)) && !statistic.known.is_point()
            }
            _ => false,
        };
        self.statement.any(&|part| match part {
            Expression::Binary(BinaryOperator::Equal | BinaryOperator::NotEqual, a, b) => {
                a.any(&is_rough) || b.any(&is_rough)
            }
            _ => false,
        })
    }

    /// A number that a probability is compared with and that none can be: 50 where 50 % is meant.
    fn no_share(&self) -> Option<f64> {
        let is_probability = |part: &Expression| match part {
            Expression::Statistic(number) => self.statistics[*number].kind == StatisticKind::Probability,
            _ => false,
        };
        let found = Cell::new(None);
        self.statement.any(&|part| {
            let Expression::Binary(operator, a, b) = part else { return false };
            let number = match (a.as_ref(), b.as_ref()) {
                (Expression::Number(number), other) | (other, Expression::Number(number))
                    if operator.is_comparison() && is_probability(other) =>
                {
                    *number
                }
                _ => return false,
            };
            let is_none = !(0.0..=1.0).contains(&number);
            if is_none {
                found.set(Some(number));
            }
            is_none
        });
        found.get()
    }

    /// Warns when the statement holds, or does not, whatever is drawn, or can never be decided; what no probability can be is an
    /// error.
    pub(in crate::model) fn foregone(&self, scenario: &Scenario, diagnostics: &mut DiagnosticList) {
        let Some(written) = scenario.gates.get(&self.name) else { return };
        if let Some(number) = self.no_share() {
            let message = message!("model-gates-share", number = number.to_string());
            let help = message!("model-gates-share.help", percent = number.abs().to_string());
            diagnostics.push(Diagnostic::error(written.require.place, message).help(help));
            return;
        }
        let known: Vec<Interval> = self.statistics.iter().map(|statistic| statistic.known).collect();
        let (message, help) = if let Some(undefined) = self.statistics.iter().find(|one| one.is_undefined) {
            let message = message!("model-gates-undefined", name = &undefined.text);
            (message, message!("model-gates-undefined.help"))
        } else if let Some(truth) = self.statement.truth(&known) {
            let name = &self.name;
            let message = if truth {
                message!("model-gates-always", name = name)
            } else {
                message!("model-gates-never", name = name)
            };
            if let Some(target) = self.statistics.iter().find(|one| one.is_recorded) {
                let help = if target.known.low > 0.0 {
                    message!("model-gates-met", target = &target.text)
                } else {
                    message!("model-gates-missed", target = &target.text)
                };
                diagnostics.push(Diagnostic::warning(written.require.place, message).help(help));
                return;
            }
            (message, message!("model-gates-one-sided"))
        } else if self.needs_equality() {
            let message = message!("model-gates-exact", name = &self.name);
            (message, message!("model-gates-exact.help"))
        } else {
            return;
        };
        diagnostics.push(Diagnostic::warning(written.require.place, message).help(help));
    }
}

impl Statistic {
    /// Notes where it lies whatever is drawn, and its parts.
    fn bound(&mut self, ranges: &[ValueRange], simulated: &[ValueRange], nodes: &[GraphNode]) {
        self.parts.iter_mut().for_each(|part| part.bound(ranges, simulated, nodes));
        let of = |series: u32| ranges[nodes[series as usize].0 as usize];
        let range = of(self.series);
        self.range = simulated[nodes[self.series as usize].0 as usize].bounds();
        self.is_drawn = self.range != range.bounds();
        let condition = self.given.map(|given| of(given).met());
        self.is_undefined = condition == Some(Some(false));
        let event = self.event.map_or_else(|| range.met(), |event| of(event).met());
        self.known = known(self, range.bounds(), event);
    }
}

/// Where a statistic lies for values in a range; `event` is the truth of a probability's event where it is known.
fn known(statistic: &Statistic, range: Interval, event: Option<bool>) -> Interval {
    match statistic.kind {
        StatisticKind::Probability if statistic.is_undefined => Interval { low: 0.0, high: 1.0 },
        StatisticKind::Probability => match event {
            Some(truth) => Interval::exactly(f64::from(u8::from(truth))),
            None => Interval { low: 0.0, high: 1.0 },
        },
        StatisticKind::Sd if range.is_point() => Interval::exactly(0.0),
        StatisticKind::Sd => Interval { low: 0.0, high: 0.5 * range.high - 0.5 * range.low },
        StatisticKind::Mean | StatisticKind::Quantile(_) | StatisticKind::ExpectedShortfall(_) => range,
        StatisticKind::ExpectedSurplus(_) => range.negated(),
        StatisticKind::Correlation => Interval { low: -1.0, high: 1.0 },
    }
}
