//! Values of a whole path: metrics and targets.

use super::graph::GraphNode;
use super::lower::{Failed, Lowered, Lowering};
use super::operation::Binary;
use super::order::EquationUses;
use super::over_members::{Calculator, drawdown, present_value};
use super::term::{Term, YearWindow};
use crate::text::period::{time, years_between};
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
                let exponent = self.graph.constant(1.0 / years_between(*from, *to));
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
            Term::LastYear { condition } => self.last_year(condition, env),
            Term::Drawdown { x } => {
                let first = self.first_of(x, env)?;
                let years = first..=self.scenario.time.end;
                let values: Vec<GraphNode> =
                    years.map(|year| self.lower(x, env, year)).collect::<Result<_, _>>()?;
                Ok(drawdown(&mut self.graph, &values))
            }
            Term::PresentValue { x, rate, from, to, place } => {
                let payments = self.in_years(x, env, [*from, *to], *place)?;
                let rates = self.in_years(rate, env, [*from, *to], *place)?;
                Ok(present_value(&mut self.graph, &payments, &rates))
            }
            Term::RateOfReturn { x, from, to, place } => {
                let payments = self.in_years(x, env, [*from, *to], *place)?;
                Ok(self.graph.rate_of_return(&payments))
            }
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
        let mut values = self.in_years(x, env, [from, to], place)?;
        match window {
            YearWindow::Sd => return Ok(self.graph.sd(&values)),
            YearWindow::Count => {
                // What holds is any number but 0.
                let (one, zero) = (self.graph.constant(1.0), self.graph.constant(0.0));
                values.iter_mut().for_each(|value| *value = self.graph.select(*value, one, zero));
            }
            _ => {}
        }
        let operation = match window {
            YearWindow::Mean | YearWindow::Total | YearWindow::Count | YearWindow::Sd => Binary::Add,
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

    /// The values in some years, with an error that names the first that has none.
    fn in_years(
        &mut self,
        x: &Term,
        env: &mut Vec<usize>,
        [from, to]: [i32; 2],
        place: Place,
    ) -> Result<Vec<GraphNode>, Failed> {
        (from..=to).map(|year| self.in_year(x, env, year, place)).collect()
    }

    /// The first year in which x is at its maximum over all its years.
    fn peak_year(&mut self, x: &Term, env: &mut Vec<usize>) -> Lowered {
        let first = self.first_of(x, env)?;
        let mut highest = self.lower(x, env, first)?;
        let mut peak = self.graph.constant(time(first));
        for year in first + 1..=self.scenario.time.end {
            let (value, this) = (self.lower(x, env, year)?, self.graph.constant(time(year)));
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
            let (holds, this) = (self.lower(condition, env, year)?, self.graph.constant(time(year)));
            found = self.graph.select(holds, this, found);
        }
        Ok(found)
    }

    /// The last year in which the condition holds, infinity when it never does.
    fn last_year(&mut self, condition: &Term, env: &mut Vec<usize>) -> Lowered {
        let first = self.first_of(condition, env)?;
        let mut found = self.graph.constant(f64::INFINITY);
        for year in first..=self.scenario.time.end {
            let (holds, this) = (self.lower(condition, env, year)?, self.graph.constant(time(year)));
            found = self.graph.select(holds, this, found);
        }
        Ok(found)
    }

    /// The first year in which a term has a value.
    pub(super) fn first_of(&mut self, term: &Term, env: &mut Vec<usize>) -> Result<i32, Failed> {
        let mut uses = EquationUses::default();
        self.uses(term, env, 0, &mut uses)?;
        let start = self.scenario.time.start;
        let used = uses.elements.iter().map(|used| used.from(&self.first, &self.recorded)).max();
        Ok(start.max(used.unwrap_or(start)).max(uses.shocks_from.unwrap_or(start)))
    }
}
