//! What a data value can be: a number, a distribution, values by year or by member, with its provenance.

mod arithmetic;

use crate::formula::token::{Span, SyntaxError, Token, tokens};
use crate::num::Distribution;
use crate::text::{Place, Text};

/// A data value.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The value.
    pub kind: QuantityKind,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Whether it is written with a per cent sign.
    pub percent: bool,
    /// Where it stands.
    pub place: Place,
}

/// The forms of a data value.
#[derive(Clone, Debug, PartialEq)]
pub enum QuantityKind {
    /// A number.
    Number(f64),
    /// A distribution, and how it was written.
    Chance(Distribution, String),
    /// Values from a year on; between them straight lines when `linear`.
    ByYear {
        /// Straight lines between the years, instead of steps.
        linear: bool,
        /// Year and value, in the order of the years.
        entries: Vec<(i32, Quantity)>,
    },
    /// Values by member of a further set.
    ByMember(Vec<(String, Place, Quantity)>),
    /// What was written is no value; that was said, and what rests on it is passed over.
    Broken,
}

/// Where a value comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Unit, as written.
    pub unit: Option<String>,
    /// Where the unit stands.
    pub unit_place: Option<Place>,
    /// Source id.
    pub source: Option<String>,
    /// Where the source id stands.
    pub source_place: Option<Place>,
    /// Figures of the document that it rests on, by id.
    pub figures: Vec<(String, Place)>,
    /// A remark.
    pub note: Text,
    /// Title.
    pub title: Text,
}

impl Provenance {
    /// This one, with what it lacks taken from that of the surrounding table.
    #[must_use]
    pub fn or(self, outer: &Self) -> Self {
        Self {
            unit_place: self.unit_place.or(outer.unit_place),
            unit: self.unit.or_else(|| outer.unit.clone()),
            source_place: self.source_place.or(outer.source_place),
            source: self.source.or_else(|| outer.source.clone()),
            figures: if self.figures.is_empty() { outer.figures.clone() } else { self.figures },
            note: if self.note.is_empty() { outer.note.clone() } else { self.note },
            title: if self.title.is_empty() { outer.title.clone() } else { self.title },
        }
    }
}

impl Quantity {
    /// Stands for a value that could not be read.
    pub fn broken(provenance: &Provenance, place: Place) -> Self {
        Self { kind: QuantityKind::Broken, provenance: provenance.clone(), percent: false, place }
    }
}

/// Standard normal quantile at 95 %: `a to b` spans twice this many standard deviations.
const Z95: f64 = 1.6448536269514722;

/// Reads `"8%"`, `"6% to 10%"` or `"normal(8%, 1.5%)"`. A file that `empirical` names is read by `column`.
///
/// # Errors
/// The first thing that is no quantity, or a distribution's inadmissible argument.
pub fn parse(text: &str, column: &mut ReadColumn<'_>) -> Result<QuantityKind, SyntaxError> {
    let tokens = tokens(text).map_err(|error| match text.as_bytes().get(error.span.start) {
        Some(b'=') => error.help("arguments have an order and no names: normal(5%, 1%)"),
        _ => error,
    })?;
    let mut parser = Parser { tokens, at: 0, column };
    let kind = parser.quantity(text)?;
    match parser.peek() {
        Token::End => Ok(kind),
        other => {
            let error = SyntaxError::new(
                parser.span(),
                format!("{} stands where the value should end", other.describe()),
            );
            Err(error.help(match other {
                Token::Symbol(",") | Token::Number(_) => {
                    "decimals have a point, and thousands no sign: 0.05, 1020"
                }
                Token::Symbol("-") | Token::Name(_) => VALUES,
                _ => FORMULAS,
            }))
        }
    }
}

/// What a value can be.
const VALUES: &str =
    "a value is a number, \"8%\", a range \"6% to 10%\" or a distribution \"normal(8%, 1.5%)\"";

/// Where formulas belong.
const FORMULAS: &str = "a value is a number or a distribution; what is calculated from others stands in [variables]: half = \"intensity / 2\"";

/// Reads a column of numbers from a file beside the scenario: `(file, column)`.
pub type ReadColumn<'a> = dyn FnMut(&str, &str) -> Result<Vec<f64>, String> + 'a;

struct Parser<'a, 'b> {
    tokens: Vec<(Token, Span)>,
    at: usize,
    column: &'a mut ReadColumn<'b>,
}

/// The distributions: name, arguments.
pub const DISTRIBUTIONS: [(&str, &str); 17] = [
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
    ("truncate", "distribution, low, high"),
    ("values", "v1, v2, …"),
];

impl Parser<'_, '_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn span(&self) -> Span {
        self.tokens[self.at].1
    }

    fn next(&mut self) -> (Token, Span) {
        let token = self.tokens[self.at].clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn takes(&mut self, symbol: &'static str) -> bool {
        let found = *self.peek() == Token::Symbol(symbol);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, symbol: &'static str) -> Result<(), SyntaxError> {
        if self.takes(symbol) {
            return Ok(());
        }
        Err(SyntaxError::new(
            self.span(),
            format!("\"{symbol}\" is missing: {} stands there", self.peek().describe()),
        ))
    }

    fn quantity(&mut self, text: &str) -> Result<QuantityKind, SyntaxError> {
        if matches!(self.peek(), Token::Name(name) if name != "inf") {
            let distribution = self.distribution(0)?;
            return Ok(QuantityKind::Chance(distribution, text.trim().into()));
        }
        let start = self.span();
        let low = self.number()?;
        if !matches!(self.peek(), Token::Name(word) if word == "to") {
            return Ok(QuantityKind::Number(low));
        }
        self.next();
        let high = self.number()?;
        let span = start.to(self.tokens[self.at - 1].1);
        if low >= high {
            return Err(SyntaxError::new(span, "in a range \"a to b\" a must be below b")
                .help("it stands for the normal distribution whose 5 % and 95 % quantiles are a and b"));
        }
        let distribution =
            Distribution::Normal { mean: f64::midpoint(low, high), sd: (high - low) / (2.0 * Z95) };
        check(&distribution, span)?;
        Ok(QuantityKind::Chance(distribution, text.trim().into()))
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
            (Token::Name(name), _) if name == "inf" => Ok(sign * f64::INFINITY),
            (other, span) => {
                Err(SyntaxError::new(span, format!("a number should stand here, not {}", other.describe()))
                    .help(if matches!(other, Token::Name(_)) { FORMULAS } else { VALUES }))
            }
        }
    }

    /// An argument of a distribution: a number, or arithmetic with numbers such as `1/3`.
    fn argument(&mut self) -> Result<f64, SyntaxError> {
        if matches!(self.peek(), Token::Name(name) if name != "inf") {
            return self.number();
        }
        arithmetic::value(&self.tokens, &mut self.at)
    }

    fn distribution(&mut self, nesting: u32) -> Result<Distribution, SyntaxError> {
        let (token, name_span) = self.next();
        let Token::Name(name) = token else {
            return Err(SyntaxError::new(
                name_span,
                format!("a distribution should stand here, not {}", token.describe()),
            ));
        };
        let Some((_, signature)) = DISTRIBUTIONS.iter().find(|(known, _)| *known == name) else {
            if *self.peek() != Token::Symbol("(") {
                return Err(SyntaxError::new(name_span, format!("\"{name}\" is no value")).help(FORMULAS));
            }
            let names: Vec<&str> = DISTRIBUTIONS.iter().map(|(known, _)| *known).collect();
            let error = SyntaxError::new(name_span, format!("there is no distribution \"{name}\""));
            return Err(match crate::text::suggest::did_you_mean(&name, &names, "distributions") {
                Some(help) => error.help(help),
                None => error,
            });
        };
        if nesting > 8 {
            return Err(SyntaxError::new(name_span, "distributions nest deeper than 8 levels"));
        }
        self.arguments(&name, name_span, signature, nesting).map_err(|error| match error.help {
            None => error.help(format!("its arguments are {name}({signature})")),
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
    ) -> Result<Distribution, SyntaxError> {
        self.expect("(")?;
        let distribution = match name {
            "truncate" => {
                let inner = Box::new(self.distribution(nesting + 1)?);
                self.expect(",")?;
                let low = self.argument()?;
                self.expect(",")?;
                Distribution::Truncated { inner, low, high: self.argument()? }
            }
            "discrete" => self.discrete()?,
            "empirical" => self.empirical(name_span)?,
            _ => {
                let arguments = self.numbers()?;
                simple(name, &arguments).ok_or_else(|| {
                    SyntaxError::new(
                        name_span.to(self.span()),
                        format!("{name} takes {} ({signature}), not {}", count(signature), arguments.len()),
                    )
                })?
            }
        };
        if *self.peek() != Token::Symbol(")") && *self.peek() == Token::Symbol(",") {
            return Err(SyntaxError::new(self.span(), format!("{name} takes ({signature}) and no more")));
        }
        self.expect(")")?;
        check(&distribution, name_span.to(self.tokens[self.at - 1].1))?;
        Ok(distribution)
    }

    fn numbers(&mut self) -> Result<Vec<f64>, SyntaxError> {
        let mut numbers = Vec::new();
        while *self.peek() != Token::Symbol(")") {
            numbers.push(self.argument()?);
            if !self.takes(",") {
                break;
            }
        }
        Ok(numbers)
    }

    fn discrete(&mut self) -> Result<Distribution, SyntaxError> {
        let (mut values, mut weights) = (Vec::new(), Vec::new());
        loop {
            values.push(self.argument()?);
            self.expect(":")?;
            weights.push(self.argument()?);
            if !self.takes(",") {
                return Ok(Distribution::Discrete { values, weights });
            }
        }
    }

    fn empirical(&mut self, name: Span) -> Result<Distribution, SyntaxError> {
        let mut text = || match self.next() {
            (Token::Text(text), span) => Ok((text, span)),
            (other, span) => Err(SyntaxError::new(
                span,
                format!("a name in single quotes should stand here, not {}", other.describe()),
            )
            .help("empirical('file.csv', 'column')")),
        };
        let (file, span) = text()?;
        self.expect(",")?;
        let mut text = || match self.next() {
            (Token::Text(text), _) => Ok(text),
            (other, span) => Err(SyntaxError::new(
                span,
                format!("the column's name in single quotes should stand here, not {}", other.describe()),
            )),
        };
        let column = text()?;
        let mut values =
            (self.column)(&file, &column).map_err(|message| SyntaxError::new(name.to(span), message))?;
        values.sort_by(f64::total_cmp);
        Ok(Distribution::Empirical { values })
    }
}

fn check(distribution: &Distribution, span: Span) -> Result<(), SyntaxError> {
    distribution.validate().map_err(|message| SyntaxError::new(span, message))
}

fn count(signature: &str) -> String {
    match signature.split(',').count() {
        1 => "1 argument".into(),
        many => format!("{many} arguments"),
    }
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
        ("values", values) if !values.is_empty() => {
            let mut values = values.to_vec();
            values.sort_by(f64::total_cmp);
            D::Empirical { values }
        }
        _ => return None,
    })
}
