//! Reading distributions made of others or given by their quantiles, and arguments that are formulas.

use super::parse::{QuantityParser, Written, Z95};
use super::varying::{VaryingArgument, VaryingDistribution};
use crate::formula::{
    self,
    token::{Span, SyntaxError, Token},
};
use crate::num::distribution::Metalog;
use crate::num::{ArgumentError, Distribution, ln};
use crate::{key, message};

/// An argument of a distribution.
pub(super) enum Argument {
    Number(f64),
    /// What is not the same on every path, and where it stands.
    Formula(VaryingArgument, Span),
}

/// The arguments, where all are numbers.
pub(super) fn all_numbers(arguments: &[Argument]) -> Option<Vec<f64>> {
    let number = |argument: &Argument| match argument {
        Argument::Number(number) => Some(*number),
        Argument::Formula(..) => None,
    };
    arguments.iter().map(number).collect()
}

/// The lognormal distribution whose values have this mean and standard deviation.
pub(super) fn lognormal_mean(mean: f64, sd: f64) -> Distribution {
    let variance = ln(1.0 + (sd / mean) * (sd / mean));
    Distribution::LogNormal { mu: ln(mean) - 0.5 * variance, sigma: variance.sqrt() }
}

/// The lognormal distribution whose 5 % and 95 % quantiles these are.
pub(super) fn lognormal_between(low: f64, high: f64) -> Distribution {
    Distribution::LogNormal { mu: 0.5 * (ln(low) + ln(high)), sigma: (ln(high) - ln(low)) / (2.0 * Z95) }
}

/// What is inadmissible in a lognormal distribution that is not written by its own arguments.
pub(super) fn lognormal_error(name: &str, arguments: &[f64]) -> Option<ArgumentError> {
    let &[first, second] = arguments else { return None };
    let shown = || format!("{name}({first}, {second})");
    let names = match name {
        "lognormal_mean" => ["mean", "sd"],
        "lognormal_between" => ["low", "high"],
        _ => return None,
    };
    for (name, value) in names.into_iter().zip([first, second]) {
        if !value.is_finite() {
            return Some(ArgumentError::NotFinite { name, shown: shown(), value });
        }
    }
    if first <= 0.0 {
        return Some(ArgumentError::NotAboveZero { name: names[0], shown: shown(), value: first });
    }
    match name {
        "lognormal_mean" if second < 0.0 => {
            Some(ArgumentError::BelowZero { name: "sd", shown: shown(), value: second })
        }
        "lognormal_between" if second <= first => Some(ArgumentError::QuantilesReversed { shown: shown() }),
        _ => None,
    }
}

impl QuantityParser<'_, '_> {
    /// An argument that names something, as a formula; `None` for one of numbers, which is left unread.
    pub(super) fn formula(&mut self) -> Result<Option<Argument>, SyntaxError> {
        let end = self.end_of_argument();
        let is_name = |(token, _): &(Token, Span)| matches!(token, Token::Name(name) if name != "inf");
        if !self.tokens[self.at..end].iter().any(is_name) {
            return Ok(None);
        }
        let span = self.span().to(self.tokens[end - 1].1);
        let text = &self.text[span.start..span.end];
        let tree = formula::parse(text).map_err(|mut error| {
            error.span = Span { start: error.span.start + span.start, end: error.span.end + span.start };
            error
        })?;
        self.at = end;
        Ok(Some(Argument::Formula(VaryingArgument::Formula { tree, text: text.to_string(), span }, span)))
    }

    /// The token after the argument that begins here.
    fn end_of_argument(&self) -> usize {
        let mut open = 0_u32;
        for (number, (token, _)) in self.tokens.iter().enumerate().skip(self.at) {
            match token {
                Token::Symbol("(" | "[") => open += 1,
                Token::Symbol(")" | "]") if open > 0 => open -= 1,
                Token::Symbol(")" | "]" | "," | ";") if open == 0 => return number,
                Token::End => return number,
                _ => {}
            }
        }
        self.tokens.len() - 1
    }

    /// A distribution within another, whose arguments are numbers; a range, too.
    fn inner(&mut self, nesting: u32) -> Result<Distribution, SyntaxError> {
        let start = self.span();
        match self.inner_or_varying(nesting)? {
            Written::Fixed(distribution) => Ok(distribution),
            Written::Varying(varying) => {
                let span = start.to(self.tokens[self.at - 1].1);
                let message = message!("scenario-varying-nested", text = varying.first_formula());
                Err(SyntaxError::new(span, message).help(message!("scenario-varying-nested.help")))
            }
        }
    }

    fn inner_or_varying(&mut self, nesting: u32) -> Result<Written, SyntaxError> {
        if matches!(self.peek(), Token::Name(_) | Token::Text(_) | Token::End) {
            return self.written(nesting + 1);
        }
        let start = self.span();
        let low = self.value_argument(false)?;
        if matches!(self.peek(), Token::Name(word) if word == "to") {
            return Ok(Written::Fixed(self.range(start, low)?));
        }
        let span = start.to(self.tokens[self.at - 1].1);
        let shown = &self.text[span.start..span.end];
        Err(SyntaxError::new(span, message!("scenario-quantity-only-number", number = shown))
            .help(key!("scenario-quantity-only-number.help")))
    }

    /// `distribution, low, high`
    pub(super) fn truncation(&mut self, nesting: u32) -> Result<Written, SyntaxError> {
        let start = self.span();
        let inner = self.inner_or_varying(nesting)?;
        let mut ends = Vec::new();
        for _ in 0..2 {
            self.symbol(",")?;
            ends.push(match self.formula()? {
                Some(formula) => formula,
                None => Argument::Number(self.value_argument(false)?),
            });
        }
        match (inner, all_numbers(&ends).as_deref()) {
            (Written::Fixed(inner), Some(&[low, high])) => {
                Ok(Written::Fixed(Distribution::Truncated { inner: Box::new(inner), low, high }))
            }
            (inner, _) => {
                let span = start.to(self.tokens[self.at - 1].1);
                VaryingDistribution::truncated(inner, ends, span)
                    .map(|varying| Written::Varying(Box::new(varying)))
            }
        }
    }

    /// `distribution: weight, …`
    pub(super) fn mixture(&mut self, nesting: u32) -> Result<Distribution, SyntaxError> {
        let mut components = Vec::new();
        loop {
            let component = self.inner(nesting)?;
            self.symbol(":")?;
            components.push((self.argument()?, component));
            if !self.takes(",") {
                return Ok(Distribution::Mixture { components });
            }
        }
    }

    /// `level: value, …` and, after a semicolon, two bounds.
    pub(super) fn metalog(&mut self) -> Result<Distribution, SyntaxError> {
        let mut points = Vec::new();
        loop {
            let level = self.argument()?;
            self.symbol(":")?;
            points.push((level, self.value_argument(false)?));
            if !self.takes(",") {
                break;
            }
        }
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        if self.takes(";") {
            low = self.value_argument(false)?;
            self.symbol(",")?;
            high = self.value_argument(false)?;
        }
        Ok(Distribution::Metalog(Metalog::new(points, low, high)))
    }

    /// `distribution, level, shape, scale`
    pub(super) fn pareto_tail(&mut self, nesting: u32) -> Result<Distribution, SyntaxError> {
        let body = Box::new(self.inner(nesting)?);
        self.symbol(",")?;
        let level = self.argument()?;
        self.symbol(",")?;
        let shape = self.argument()?;
        self.symbol(",")?;
        Ok(Distribution::ParetoTail { body, level, shape, scale: self.value_argument(true)? })
    }
}
