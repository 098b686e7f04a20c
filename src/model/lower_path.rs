//! Values of a whole path: metrics and targets.

use super::graph::GraphNode;
use super::lower::{Failed, Lowered, Lowering};
use super::operation::Binary;
use super::order::EquationUses;
use super::term::{Term, YearWindow};
use crate::text::{Diagnostic, Place};
use crate::{key, message};

impl Lowering<'_> {
    pub(super) fn lower_path(&mut self, term: &Term, env: &mut Vec<usize>) -> Lowered {
        match term {
            Term::Metric(metric) => self.metrics[*metric].unwrap_or(Err(Failed)),
            Term::Target(target) => self.targets[*target].unwrap_or(Err(Failed)),
            Term::At { x, year, place } => self.in_year(x, env, *year, *place),
            Term::Cagr { x, from, to, place } => {
                let ratio = self.ratio(x, env, [*from, *to], *place)?;
                let exponent = self.graph.constant(1.0 / f64::from(to - from));
                let factor = self.graph.binary(Binary::Power, ratio, exponent);
                Ok(self.minus_one(factor))
            }
            Term::Change { x, from, to, place } => {
                let ratio = self.ratio(x, env, [*from, *to], *place)?;
                Ok(self.minus_one(ratio))
            }
            Term::Window { window, x, from, to, place } => self.window(*window, x, env, [*from, *to], *place),
            Term::PeakYear { x } => self.peak_year(x, env),
            Term::FirstYear { condition } => self.first_year(condition, env),
            // All others are about one year; they reach this place only inside one of the above.
            _ => self.lower(term, env, self.scenario.time.start),
        }
    }

    /// The value in a year, with an error that names the year when there is none.
    fn in_year(&mut self, x: &Term, env: &mut Vec<usize>, year: i32, place: Place) -> Lowered {
        let first = self.first_of(x, env)?;
        if year < first {
            let diagnostic = if first > self.scenario.time.end {
                let message = message!("model-path-never", year = year);
                Diagnostic::error(place, message).help(key!("model-path-never.help"))
            } else {
                Diagnostic::error(place, message!("model-path-too-early", year = year, first = first))
                    .help(key!("model-path-too-early.help"))
            };
            return self.fail(diagnostic);
        }
        self.lower(x, env, year)
    }

    fn ratio(&mut self, x: &Term, env: &mut Vec<usize>, [from, to]: [i32; 2], place: Place) -> Lowered {
        let (a, b) = (self.in_year(x, env, from, place)?, self.in_year(x, env, to, place)?);
        Ok(self.graph.binary(Binary::Divide, b, a))
    }

    fn minus_one(&mut self, x: GraphNode) -> GraphNode {
        let one = self.graph.constant(1.0);
        self.graph.binary(Binary::Subtract, x, one)
    }

    fn window(
        &mut self,
        window: YearWindow,
        x: &Term,
        env: &mut Vec<usize>,
        [from, to]: [i32; 2],
        place: Place,
    ) -> Lowered {
        let mut values = Vec::new();
        for year in from..=to {
            values.push(self.in_year(x, env, year, place)?);
        }
        let operation = match window {
            YearWindow::Mean | YearWindow::Total => Binary::Add,
            YearWindow::Minimum => Binary::Min,
            YearWindow::Maximum => Binary::Max,
            YearWindow::Always => Binary::And,
            YearWindow::Ever => Binary::Or,
        };
        let count = values.len() as f64;
        let Some(whole) = values.into_iter().reduce(|a, b| self.graph.binary(operation, a, b)) else {
            return Err(Failed);
        };
        if window != YearWindow::Mean {
            return Ok(whole);
        }
        let count = self.graph.constant(count);
        Ok(self.graph.binary(Binary::Divide, whole, count))
    }

    /// The first year in which x is at its maximum over all its years.
    fn peak_year(&mut self, x: &Term, env: &mut Vec<usize>) -> Lowered {
        let first = self.first_of(x, env)?;
        let mut highest = self.lower(x, env, first)?;
        let mut peak = self.graph.constant(f64::from(first));
        for year in first + 1..=self.scenario.time.end {
            let (value, this) = (self.lower(x, env, year)?, self.graph.constant(f64::from(year)));
            let above = self.graph.binary(Binary::Greater, value, highest);
            peak = self.graph.select(above, this, peak);
            highest = self.graph.binary(Binary::Max, highest, value);
        }
        Ok(peak)
    }

    /// The first year in which the condition holds, infinity when it never does.
    fn first_year(&mut self, condition: &Term, env: &mut Vec<usize>) -> Lowered {
        let first = self.first_of(condition, env)?;
        let mut found = self.graph.constant(f64::INFINITY);
        for year in (first..=self.scenario.time.end).rev() {
            let (holds, this) = (self.lower(condition, env, year)?, self.graph.constant(f64::from(year)));
            found = self.graph.select(holds, this, found);
        }
        Ok(found)
    }

    /// The first year in which a term has a value.
    fn first_of(&mut self, term: &Term, env: &mut Vec<usize>) -> Result<i32, Failed> {
        let mut uses = EquationUses::default();
        self.uses(term, env, 0, &mut uses)?;
        let start = self.scenario.time.start;
        let used = uses.elements.iter().map(|used| self.first[used.element as usize] + used.lag).max();
        Ok(start.max(used.unwrap_or(start)).max(uses.shocks_from.unwrap_or(start)))
    }
}
