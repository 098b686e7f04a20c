//! Reading a number, a range or a distribution from its text.

use super::forms::Argument;
use super::percent::PercentWriting;
use super::varying::VaryingDistribution;
use super::{NamedDistributions, QuantityKind};
use super::{arithmetic, inadmissible};
use crate::formula::token::{Span, SyntaxError, Token, tokens, tokens_with_semicolons};
use crate::num::Distribution;
use crate::text::period::time;
use crate::text::{Key, Message};
use crate::{key, message};

/// Standard normal quantile at 95 %: `a to b` spans twice this many standard deviations.
pub const Z95: f64 = 1.6448536269514722;

/// Reads `"8%"`, `"6% to 10%"` or `"normal(8%, 1.5%)"`, and where its values have a per cent sign. A file that
/// `empirical` or `resample` names is read by `column`; a distribution may be one of the `named` ones.
///
/// # Errors
/// The first thing that is no quantity, or a distribution's inadmissible argument.
pub fn parse(
    text: &str,
    named: &NamedDistributions,
    column: &mut ReadColumn<'_>,
) -> Result<(QuantityKind, PercentWriting), SyntaxError> {
    let split = if text.contains("metalog") { tokens_with_semicolons } else { tokens };
    let tokens = split(text).map_err(|error| match text.as_bytes().get(error.span.start) {
        Some(b'=') => error.help(key!("scenario-quantity-named")),
        _ => error,
    })?;
    let signs = PercentWriting::default();
    let mut parser = QuantityParser { text, tokens, at: 0, named, column, signs };
    let found = parser.quantity(text);
    // Numbers of two scales seldom make a distribution: then the signs are what is wrong.
    let kind = found.map_err(|error| match parser.signs.mended(text) {
        Some([with, without]) => {
            error.help(message!("scenario-quantity-signs", with = with, without = without))
        }
        None => error,
    })?;
    match parser.peek() {
        Token::End => Ok((kind, parser.signs)),
        other => {
            let error = SyntaxError::new(
                parser.span(),
                message!("scenario-quantity-no-end", token = other.describe()),
            );
            Err(error.help(match other {
                Token::Symbol(",") | Token::Number(_) => {
                    key!("scenario-quantity-no-end.decimals")
                }
                Token::Symbol("-") | Token::Name(_) => VALUES,
                _ => FORMULAS,
            }))
        }
    }
}

/// What a value can be.
const VALUES: Key = key!("scenario-quantity-values");

/// Where formulas belong.
const FORMULAS: Key = key!("scenario-quantity-formulas");

/// Columns of numbers that are wanted from a file beside the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileColumns<'a> {
    /// The file, relative to the one that names it.
    pub file: &'a str,
    /// The columns by their titles.
    pub names: &'a [&'a str],
    /// The name of the draw of a row, where rows are drawn whole.
    pub rows: Option<&'a str>,
}

/// Reads columns of numbers from a file beside the scenario, each as long as there are rows.
pub type ReadColumn<'a> = dyn FnMut(&FileColumns<'_>) -> Result<Vec<Vec<f64>>, Message> + 'a;

pub(super) struct QuantityParser<'a, 'b> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<(Token, Span)>,
    pub(super) at: usize,
    /// Distributions that have a name in the scenario.
    named: &'a NamedDistributions,
    column: &'a mut ReadColumn<'b>,
    /// Where values are written with a per cent sign, and where without.
    pub(super) signs: PercentWriting,
}

/// What was written where a distribution stands.
pub(super) enum Written {
    Fixed(Distribution),
    /// With arguments that are not the same on every path.
    Varying(Box<VaryingDistribution>),
}

/// The distributions: name, arguments.
pub const DISTRIBUTIONS: [(&str, &str); 27] = [
    ("normal", "mean, sd"),
    ("lognormal", "mu, sigma"),
    ("uniform", "min, max"),
    ("triangular", "min, mode, max"),
    ("pert", "min, mode, max"),
    ("two_piece_normal", "mode, sd_low, sd_high"),
    ("student_t", "df, location, scale"),
    ("beta", "a, b"),
    ("gamma", "shape, scale"),
    ("exponential", "rate"),
    ("weibull", "shape, scale"),
    ("bernoulli", "p"),
    ("poisson", "rate"),
    ("discrete", "v1: w1, v2: w2, …"),
    ("empirical", "'file.csv', 'column'"),
    ("resample", "'file.csv', 'column'"),
    ("truncate", "distribution, low, high"),
    ("values", "v1, v2, …"),
    ("lognormal_mean", "mean, sd"),
    ("lognormal_between", "low, high"),
    ("cauchy", "location, scale"),
    ("pareto", "shape, min"),
    ("generalized_pareto", "shape, threshold, scale"),
    ("pareto_tail", "distribution, level, shape, scale"),
    ("binomial", "n, p"),
    ("mixture", "d1: w1, d2: w2, …"),
    ("metalog", "level: value, …; low, high"),
];

impl QuantityParser<'_, '_> {
    pub(super) fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    pub(super) fn span(&self) -> Span {
        self.tokens[self.at].1
    }

    pub(super) fn next(&mut self) -> (Token, Span) {
        let token = self.tokens[self.at].clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    pub(super) fn takes(&mut self, symbol: &'static str) -> bool {
        let found = *self.peek() == Token::Symbol(symbol);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn symbol(&mut self, symbol: &'static str) -> Result<(), SyntaxError> {
        if self.takes(symbol) {
            return Ok(());
        }
        Err(SyntaxError::new(
            self.span(),
            message!("scenario-quantity-expected", symbol = symbol, token = self.peek().describe()),
        ))
    }

    fn quantity(&mut self, text: &str) -> Result<QuantityKind, SyntaxError> {
        if matches!(self.peek(), Token::Name(name) if name != "inf") {
            return Ok(match self.written(0)? {
                Written::Fixed(distribution) => QuantityKind::Chance(distribution, text.trim().into()),
                Written::Varying(varying) => QuantityKind::Varying(varying, text.trim().into()),
            });
        }
        let start = self.span();
        let low = self.value()?;
        if !matches!(self.peek(), Token::Name(word) if word == "to") {
            return Ok(QuantityKind::Number(low));
        }
        Ok(QuantityKind::Chance(self.range(start, low)?, text.trim().into()))
    }

    /// The rest of a range that begins with its low end.
    pub(super) fn range(&mut self, start: Span, low: f64) -> Result<Distribution, SyntaxError> {
        self.next();
        let high = self.value()?;
        let span = start.to(self.tokens[self.at - 1].1);
        if low >= high {
            return Err(SyntaxError::new(span, key!("scenario-quantity-range"))
                .help(key!("scenario-quantity-range.help")));
        }
        let distribution =
            Distribution::Normal { mean: f64::midpoint(low, high), sd: (high - low) / (2.0 * Z95) };
        check(&distribution, span)?;
        Ok(distribution)
    }

    fn number(&mut self) -> Result<f64, SyntaxError> {
        let mut sign = 1.0;
        loop {
            if self.takes("-") {
                sign = -sign;
            } else if !self.takes("+") {
                break;
            }
        }
        match self.next() {
            (Token::Number(number), _) => Ok(sign * number),
            (Token::Period(period), _) => Ok(sign * time(period)),
            (Token::Name(name), _) if name == "inf" => Ok(sign * f64::INFINITY),
            (other, span) => {
                Err(SyntaxError::new(span, message!("scenario-quantity-no-number", token = other.describe()))
                    .help(if matches!(other, Token::Name(_)) { FORMULAS } else { VALUES }))
            }
        }
    }

    /// A number in the unit of the quantity.
    fn value(&mut self) -> Result<f64, SyntaxError> {
        let number = self.number()?;
        let span = self.tokens[self.at.max(1) - 1].1;
        self.signs.note(number, span, self.text[..span.end].ends_with('%'), false);
        Ok(number)
    }

    /// An argument of a distribution: a number, or arithmetic with numbers such as `1/3`.
    pub(super) fn argument(&mut self) -> Result<f64, SyntaxError> {
        if matches!(self.peek(), Token::Name(name) if name != "inf") {
            return self.number();
        }
        arithmetic::value(&self.tokens, &mut self.at)
    }

    /// An argument in the unit of the quantity; `spread` where it says how far values lie apart, and not where.
    pub(super) fn value_argument(&mut self, spread: bool) -> Result<f64, SyntaxError> {
        let first = self.at;
        let number = self.argument()?;
        let (start, end) = (self.tokens[first].1, self.tokens[self.at.max(1) - 1].1);
        // A sign of the number is none of its text, as the sign of a plain number is not.
        let plain = matches!(self.tokens[self.at.max(1) - 1].0, Token::Number(_)) && self.at <= first + 2;
        let span = if plain { end } else { start.to(end) };
        self.signs.note(number, span, self.text[span.start..span.end].contains('%'), spread);
        Ok(number)
    }

    /// A distribution, perhaps with arguments that vary.
    pub(super) fn written(&mut self, nesting: u32) -> Result<Written, SyntaxError> {
        let (token, name_span) = self.next();
        let Token::Name(name) = token else {
            return Err(SyntaxError::new(
                name_span,
                message!("scenario-quantity-no-distribution", token = token.describe()),
            ));
        };
        let Some((_, signature)) = DISTRIBUTIONS.iter().find(|(known, _)| *known == name) else {
            if *self.peek() != Token::Symbol("(") {
                if let Some(named) = self.named.get(&name) {
                    return Ok(Written::Fixed(named.clone()));
                }
                let known: Vec<&str> = self.named.keys().map(String::as_str).collect();
                if let Some(near) = crate::text::nearest(&name, known) {
                    let message = message!("scenario-quantity-no-value", name = name);
                    return Err(
                        SyntaxError::new(name_span, message).help(message!("text-did-you-mean", name = near))
                    );
                }
                return Err(SyntaxError::new(name_span, message!("scenario-quantity-no-value", name = name))
                    .help(FORMULAS));
            }
            let names: Vec<&str> = DISTRIBUTIONS.iter().map(|(known, _)| *known).collect();
            let error =
                SyntaxError::new(name_span, message!("scenario-quantity-unknown-distribution", name = &name));
            return Err(
                match crate::text::suggest::did_you_mean(&name, &names, key!("text-kind-distributions")) {
                    Some(help) => error.help(help),
                    None => error,
                },
            );
        };
        if nesting > 8 {
            return Err(SyntaxError::new(name_span, key!("scenario-quantity-nested")));
        }
        self.arguments(&name, name_span, signature, nesting).map_err(|error| match error.help {
            None => error.help(message!("scenario-quantity-arguments", name = name, signature = signature)),
            Some(_) => error,
        })
    }

    /// The arguments of a distribution in their brackets.
    fn arguments(
        &mut self,
        name: &str,
        name_span: Span,
        signature: &str,
        nesting: u32,
    ) -> Result<Written, SyntaxError> {
        self.symbol("(")?;
        let distribution = match name {
            "truncate" => match self.truncation(nesting)? {
                Written::Fixed(distribution) => distribution,
                varying @ Written::Varying(_) => {
                    self.ends(name, signature)?;
                    return Ok(varying);
                }
            },
            "mixture" => self.mixture(nesting)?,
            "metalog" => self.metalog()?,
            "pareto_tail" => self.pareto_tail(nesting)?,
            "discrete" => self.discrete()?,
            "empirical" => self.empirical(name_span)?,
            "resample" => self.resample(name_span)?,
            _ => {
                let arguments = self.simple_arguments(name)?;
                let Some(arguments) = super::forms::all_numbers(&arguments) else {
                    let varying = VaryingDistribution::new(name, name_span, signature, arguments)?;
                    self.ends(name, signature)?;
                    return Ok(Written::Varying(Box::new(varying)));
                };
                if IN_NO_UNIT.contains(&name) {
                    self.signs.note_without(name_span);
                }
                if let Some(error) = super::forms::lognormal_error(name, &arguments) {
                    return Err(SyntaxError::new(name_span.to(self.span()), inadmissible::message(&error)));
                }
                simple(name, &arguments).ok_or_else(|| {
                    SyntaxError::new(
                        name_span.to(self.span()),
                        message!(
                            "scenario-quantity-count",
                            name = name,
                            count = signature.split(',').count(),
                            signature = signature,
                            given = arguments.len()
                        ),
                    )
                })?
            }
        };
        self.ends(name, signature)?;
        check(&distribution, name_span.to(self.tokens[self.at - 1].1))?;
        Ok(Written::Fixed(distribution))
    }

    /// The bracket after the last argument.
    fn ends(&mut self, name: &str, signature: &str) -> Result<(), SyntaxError> {
        if *self.peek() != Token::Symbol(")") && *self.peek() == Token::Symbol(",") {
            return Err(SyntaxError::new(
                self.span(),
                message!("scenario-quantity-more", name = name, signature = signature),
            ));
        }
        self.symbol(")")
    }

    fn simple_arguments(&mut self, name: &str) -> Result<Vec<Argument>, SyntaxError> {
        let mut arguments = Vec::new();
        while *self.peek() != Token::Symbol(")") {
            let argument = match (self.formula()?, role(name, arguments.len())) {
                (Some(formula), _) => formula,
                (None, Role::Pure) => Argument::Number(self.argument()?),
                (None, role) => Argument::Number(self.value_argument(role == Role::Spread)?),
            };
            arguments.push(argument);
            if !self.takes(",") {
                break;
            }
        }
        Ok(arguments)
    }

    fn discrete(&mut self) -> Result<Distribution, SyntaxError> {
        let (mut values, mut weights) = (Vec::new(), Vec::new());
        loop {
            values.push(self.value_argument(false)?);
            self.symbol(":")?;
            weights.push(self.argument()?);
            if !self.takes(",") {
                return Ok(Distribution::Discrete { values, weights });
            }
        }
    }

    /// A name in single quotes; `what` says what for, and `help` how it is written.
    fn quoted(&mut self, what: Key, help: Key) -> Result<(String, Span), SyntaxError> {
        match self.next() {
            (Token::Text(text), span) => Ok((text, span)),
            (other, span) => {
                let message = message!("scenario-quantity-no-quoted", what = what, token = other.describe());
                Err(SyntaxError::new(span, message).help(help))
            }
        }
    }

    fn empirical(&mut self, name: Span) -> Result<Distribution, SyntaxError> {
        const HELP: Key = key!("scenario-quantity-empirical");
        let (file, _) = self.quoted(key!("scenario-quantity-file"), HELP)?;
        self.symbol(",")?;
        let (column, span) = self.quoted(key!("scenario-quantity-column"), HELP)?;
        let wanted = FileColumns { file: &file, names: &[&column], rows: None };
        let mut values = self.columns(&wanted, name.to(span))?.swap_remove(0);
        self.signs.note_without(name);
        values.sort_by(f64::total_cmp);
        Ok(Distribution::Empirical { values })
    }

    /// `'file.csv', 'column'` or `v1, v2, …`; each value may have a weight after a colon, and at the end may stand the
    /// name of a draw.
    fn resample(&mut self, name: Span) -> Result<Distribution, SyntaxError> {
        if matches!(self.peek(), Token::Text(_)) {
            return self.resample_file(name);
        }
        let (mut values, mut weights) = (Vec::new(), Vec::new());
        loop {
            if !values.is_empty() && matches!(self.peek(), Token::Text(_)) {
                let rows = self.draw_name()?;
                return Ok(Distribution::Resample { values, weights, rows });
            }
            values.push(self.value_argument(false)?);
            if self.takes(":") {
                weights.push(self.argument()?);
            }
            if !self.takes(",") {
                return Ok(Distribution::Resample { values, weights, rows: None });
            }
        }
    }

    fn resample_file(&mut self, name: Span) -> Result<Distribution, SyntaxError> {
        const HELP: Key = key!("scenario-quantity-resample");
        let (file, _) = self.quoted(key!("scenario-quantity-file"), HELP)?;
        self.symbol(",")?;
        let (column, mut end) = self.quoted(key!("scenario-quantity-column"), HELP)?;
        let mut columns = vec![column];
        if self.takes(":") {
            let (weight, span) = self.quoted(key!("scenario-quantity-weights"), HELP)?;
            columns.push(weight);
            end = span;
        }
        // A file moved to another folder draws the same rows.
        let file_name = file.rsplit(['/', '\\']).next().unwrap_or_default().to_string();
        let rows = if self.takes(",") { self.draw_name()? } else { Some(file_name) };
        let names: Vec<&str> = columns.iter().map(String::as_str).collect();
        let wanted =
            FileColumns { file: &file, names: &names, rows: Some(rows.as_deref().unwrap_or_default()) };
        let mut found = self.columns(&wanted, name.to(end))?.into_iter();
        let (values, weights) = (found.next().unwrap_or_default(), found.next().unwrap_or_default());
        self.signs.note_without(name);
        Ok(Distribution::Resample { values, weights, rows })
    }

    /// The name that stands last in `resample`: of a draw that others share, or `'own'`.
    fn draw_name(&mut self) -> Result<Option<String>, SyntaxError> {
        let (name, span) =
            self.quoted(key!("scenario-quantity-draw"), key!("scenario-quantity-draw.help"))?;
        if name.trim().is_empty() {
            return Err(SyntaxError::new(span, key!("scenario-quantity-no-draw")).help(OWN_HELP));
        }
        Ok((name != OWN).then_some(name))
    }

    fn columns(&mut self, wanted: &FileColumns<'_>, span: Span) -> Result<Vec<Vec<f64>>, SyntaxError> {
        (self.column)(wanted).map_err(|message| SyntaxError::new(span, message))
    }
}

/// The name of a draw that nobody shares.
const OWN: &str = "own";

const OWN_HELP: Key = key!("scenario-quantity-own");

/// What a number in a call is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A value of the quantity.
    Value,
    /// How far values lie apart.
    Spread,
    /// A weight, a shape or a probability: a number without the quantity's unit.
    Pure,
}

/// Distributions of which no argument is in the unit of the values.
const IN_NO_UNIT: [&str; 6] = ["lognormal", "beta", "exponential", "bernoulli", "poisson", "binomial"];

fn role(distribution: &str, argument: usize) -> Role {
    match (distribution, argument) {
        (name, _) if IN_NO_UNIT.contains(&name) => Role::Pure,
        ("student_t" | "gamma" | "weibull" | "pareto" | "generalized_pareto", 0) => Role::Pure,
        ("normal" | "lognormal_mean" | "cauchy", 1)
        | ("two_piece_normal", 1 | 2)
        | ("student_t" | "generalized_pareto", 2) => Role::Spread,
        _ => Role::Value,
    }
}

/// The ends `a` and `b` of what was written as a range `a to b`: quantiles at 5 % and 95 %.
pub fn range_ends(distribution: &Distribution, written: &str) -> Option<[f64; 2]> {
    match distribution {
        Distribution::Normal { mean, sd } if !written.contains('(') => {
            Some([mean - Z95 * sd, mean + Z95 * sd])
        }
        _ => None,
    }
}

fn check(distribution: &Distribution, span: Span) -> Result<(), SyntaxError> {
    distribution.validate().map_err(|error| SyntaxError::new(span, inadmissible::message(&error)))
}

fn simple(name: &str, arguments: &[f64]) -> Option<Distribution> {
    use Distribution as D;
    Some(match (name, arguments) {
        ("normal", &[mean, sd]) => D::Normal { mean, sd },
        ("lognormal", &[mu, sigma]) => D::LogNormal { mu, sigma },
        ("uniform", &[min, max]) => D::Uniform { min, max },
        ("triangular", &[min, mode, max]) => D::Triangular { min, mode, max },
        ("pert", &[min, mode, max]) => D::Pert { min, mode, max },
        ("two_piece_normal", &[mode, sd_low, sd_high]) => D::TwoPieceNormal { mode, sd_low, sd_high },
        ("student_t", &[df, location, scale]) => D::StudentT { df, location, scale },
        ("beta", &[a, b]) => D::Beta { a, b },
        ("gamma", &[shape, scale]) => D::Gamma { shape, scale },
        ("exponential", &[rate]) => D::Exponential { rate },
        ("weibull", &[shape, scale]) => D::Weibull { shape, scale },
        ("bernoulli", &[p]) => D::Bernoulli { p },
        ("poisson", &[rate]) => D::Poisson { rate },
        ("binomial", &[n, p]) => D::Binomial { n, p },
        ("cauchy", &[location, scale]) => D::Cauchy { location, scale },
        ("pareto", &[shape, min]) => D::Pareto { shape, min },
        ("generalized_pareto", &[shape, threshold, scale]) => {
            D::GeneralizedPareto { shape, threshold, scale }
        }
        ("lognormal_mean", &[mean, sd]) => super::forms::lognormal_mean(mean, sd),
        ("lognormal_between", &[low, high]) => super::forms::lognormal_between(low, high),
        ("values", values) if !values.is_empty() => {
            let mut values = values.to_vec();
            values.sort_by(f64::total_cmp);
            D::Empirical { values }
        }
        _ => return None,
    })
}
