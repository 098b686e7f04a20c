//! What reaches back over the years: lags, sums so far, smoothing, delays.

use super::graph::GraphNode;
use super::lower::{Failed, Lowered, Lowering};
use super::operation::Binary;
use super::order::{EquationUses, note};
use super::over_members::Calculator;
use super::term::{Memory, Term};
use crate::text::{Diagnostic, Place};
use crate::{key, message};

/// The most years that a lag may have.
const MOST_YEARS: f64 = 1000.0;

impl Lowering<'_> {
    /// A value of another year.
    pub(super) fn lagged(
        &mut self,
        x: &Term,
        env: &mut Vec<usize>,
        year: i32,
        reads_history: bool,
    ) -> Lowered {
        let before = self.reads_history;
        self.reads_history |= reads_history;
        let value = self.lower(x, env, year);
        self.reads_history = before;
        value
    }

    /// What a value of another year uses.
    pub(super) fn uses_before(
        &mut self,
        x: &Term,
        env: &mut Vec<usize>,
        lag: i32,
        reads_history: bool,
        out: &mut EquationUses,
    ) -> Result<(), Failed> {
        let before = self.reads_history;
        self.reads_history |= reads_history;
        let done = self.uses(x, env, lag, out);
        self.reads_history = before;
        done
    }

    /// A number of years that stands in data.
    pub(super) fn number_of_years(
        &mut self,
        years: &Term,
        env: &mut Vec<usize>,
        place: Place,
    ) -> Result<i32, Failed> {
        if let Term::Number(years) = years {
            return Ok(*years as i32);
        }
        let fixed = self.is_timeless(years);
        let value = if fixed { Some(self.lower(years, env, self.scenario.time.start)?) } else { None };
        let number = value.and_then(|value| self.graph.number(value));
        match number {
            Some(years) if years.fract() == 0.0 && (0.0..=MOST_YEARS).contains(&years) => Ok(years as i32),
            Some(years) => {
                let message = message!("model-memory-years", years = years.to_string());
                note(
                    Diagnostic::error(place, message).help(key!("model-memory-years.help")),
                    self.diagnostics,
                );
                Err(Failed)
            }
            None => {
                let message = key!("model-memory-varies");
                note(
                    Diagnostic::error(place, message).help(key!("model-memory-varies.help")),
                    self.diagnostics,
                );
                Err(Failed)
            }
        }
    }

    /// What a sum so far, a smoothing or a delay uses: a delay the value of so many years before, but for its first year.
    #[allow(clippy::too_many_arguments, reason = "the parts of a term, and where it stands")]
    pub(super) fn uses_remembered(
        &mut self,
        memory: Memory,
        x: &Term,
        by: Option<&Term>,
        place: Place,
        env: &mut Vec<usize>,
        lag: i32,
        out: &mut EquationUses,
    ) -> Result<(), Failed> {
        let from = out.elements.len();
        self.uses(x, env, lag, out)?;
        match (memory, by) {
            (Memory::Delay, Some(by)) => {
                let waits = self.number_of_years(by, env, place)? > 0;
                out.elements[from..].iter_mut().for_each(|used| used.first_only |= waits);
                Ok(())
            }
            (_, Some(by)) => self.uses(by, env, lag, out),
            (_, None) => Ok(()),
        }
    }

    /// The value in a year of what remembers the years so far.
    pub(super) fn remember(
        &mut self,
        memory: Memory,
        x: &Term,
        by: Option<&Term>,
        env: &mut Vec<usize>,
        year: i32,
        place: Place,
    ) -> Lowered {
        let first = self.first_of(x, env)?;
        if year < first {
            // As of any value that is read too early: what lacks it says so.
            return self.lower(x, env, year);
        }
        match (memory, by) {
            (Memory::Delay, Some(by)) => {
                let years = self.number_of_years(by, env, place)?;
                self.lower(x, env, first.max(year - years))
            }
            (Memory::Smooth, Some(by)) => self.smoothed(x, by, env, [first, year], place),
            _ => {
                let values: Result<Vec<GraphNode>, Failed> =
                    (first..=year).map(|year| self.lower(x, env, year)).collect();
                self.graph.fold(Binary::Add, values?).ok_or(Failed)
            }
        }
    }

    fn smoothed(
        &mut self,
        x: &Term,
        by: &Term,
        env: &mut Vec<usize>,
        [first, year]: [i32; 2],
        place: Place,
    ) -> Lowered {
        let mut level = self.lower(x, env, first)?;
        for now in first + 1..=year {
            let (value, years) = (self.lower(x, env, now)?, self.lower(by, env, now)?);
            let years = self.at_least_a_year(years, place)?;
            let distance = self.graph.binary(Binary::Subtract, value, level);
            let step = self.graph.binary(Binary::Divide, distance, years);
            level = self.graph.binary(Binary::Add, level, step);
        }
        Ok(level)
    }

    /// The years over which is smoothed, and no number where they are fewer than one: more than the whole distance would be closed.
    fn at_least_a_year(&mut self, years: GraphNode, place: Place) -> Lowered {
        match self.graph.number(years) {
            Some(number) if number < 1.0 => {
                let message = message!("model-memory-smooth", years = number.to_string());
                let diagnostic = Diagnostic::error(place, message).help(key!("model-call-smooth.help"));
                note(diagnostic, self.diagnostics);
                Err(Failed)
            }
            Some(_) => Ok(years),
            None => {
                let (one, none) = (self.graph.constant(1.0), self.graph.constant(f64::NAN));
                let is_less = self.graph.binary(Binary::Less, years, one);
                Ok(self.graph.select(is_less, none, years))
            }
        }
    }

    /// The place of the current member's value among those of others.
    pub(super) fn place_among(
        &mut self,
        current: usize,
        body: &Term,
        among: &[GraphNode],
        env: &mut Vec<usize>,
        year: i32,
    ) -> Lowered {
        env.push(env[current]);
        let own = self.lower(body, env, year);
        env.pop();
        let own = own?;
        Ok(self.graph.rank(own, among))
    }
}
