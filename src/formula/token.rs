//! Tokens of a formula.

use crate::text::Message;
use crate::text::number::hundredth;
use crate::text::period::{self, Step, Written};
use crate::{key, message};

/// A range of bytes in the formula's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

impl Span {
    /// The range from the start of this one to the end of the other.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }
}

/// What is wrong with a formula's text, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The text that is wrong.
    pub span: Span,
    /// What is wrong, in one sentence.
    pub message: Message,
    /// The remedy.
    pub help: Option<Message>,
}

impl SyntaxError {
    /// An error without a remedy.
    pub fn new(span: Span, message: impl Into<Message>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    /// The same with a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<Message>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The kinds of token.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A number; `8%` is 0.08.
    Number(f64),
    /// A quarter or month: `2030Q4`, `2030M05`.
    Period(i32),
    /// A name or a word such as `and`.
    Name(String),
    /// Text in single quotes: a file or a column.
    Text(String),
    /// An operator, bracket, comma, colon or `@`.
    Symbol(&'static str),
    /// The end of the formula.
    End,
}

impl Token {
    /// The token in words, for messages.
    pub fn describe(&self) -> Message {
        match self {
            Self::Number(number) => message!("formula-token-number", number = number.to_string()),
            Self::Period(period) => message!("formula-token-period", period = *period),
            Self::Name(name) => message!("formula-token-name", name = name),
            Self::Text(text) => message!("formula-token-text", text = text),
            Self::Symbol(symbol) => message!("formula-token-symbol", symbol = symbol),
            Self::End => message!("formula-token-end"),
        }
    }
}

const SYMBOLS: [&str; 18] =
    ["<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "^", "@", "(", ")", "[", "]", ",", ":"];

/// Whether a name may hold a character: a letter, a digit or `_`. A raised digit is a power and ends the name.
pub fn is_in_name(c: char) -> bool {
    (c.is_alphanumeric() && superscript(c).is_none()) || c == '_'
}

/// The digit that a raised one stands for.
fn superscript(c: char) -> Option<usize> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c)
}

/// Splits a text into tokens; the last one is [`Token::End`].
///
/// # Errors
/// The first character that belongs to no token.
pub fn tokens(text: &str) -> Result<Vec<(Token, Span)>, SyntaxError> {
    split(text, &SYMBOLS)
}

/// The same of a text in which a semicolon may stand.
///
/// # Errors
/// The first character that belongs to no token.
pub fn tokens_with_semicolons(text: &str) -> Result<Vec<(Token, Span)>, SyntaxError> {
    let mut symbols = SYMBOLS.to_vec();
    symbols.push(";");
    split(text, &symbols)
}

fn split(text: &str, symbols: &[&'static str]) -> Result<Vec<(Token, Span)>, SyntaxError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = if first.is_ascii_digit() || first == '.' {
            number(&text[at..], at)?
        } else if first.is_alphabetic() || first == '_' {
            let name = &text[at..];
            let length = name.find(|c: char| !is_in_name(c)).unwrap_or(name.len());
            (Token::Name(name[..length].into()), length)
        } else if first == '\'' {
            quoted(&text[at..], at)?
        } else if let Some(symbol) = symbols.iter().find(|symbol| text[at..].starts_with(**symbol)) {
            (Token::Symbol(symbol), symbol.len())
        } else {
            return Err(unknown(first, at, &text[at + first.len_utf8()..]));
        };
        found.push((token, Span { start: at, end: at + length }));
        at += length;
    }
    found.push((Token::End, Span { start: text.len(), end: text.len() }));
    Ok(found)
}

fn number(text: &str, at: usize) -> Result<(Token, usize), SyntaxError> {
    let digits = |from: usize| {
        text[from..].find(|c: char| !(c.is_ascii_digit() || c == '_')).map_or(text.len(), |n| from + n)
    };
    let mut end = digits(0);
    if text[end..].starts_with(['Q', 'M']) {
        let whole = text[end..].find(|c: char| !is_in_name(c)).map_or(text.len(), |n| end + n);
        match period::read(&text[..whole]) {
            Some(Written::Period(period)) => return Ok((Token::Period(period), whole)),
            Some(Written::NoSuchPart(step)) => {
                let span = Span { start: at, end: at + whole };
                let message = message!("text-period-no-part", text = &text[..whole], step = step.name());
                return Err(SyntaxError::new(span, message).help(period_help(step)));
            }
            None => {}
        }
    }
    if text[end..].starts_with('.') {
        end = digits(end + 1);
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    let span = Span { start: at, end: at + end };
    let value: f64 = text[..end].replace('_', "").parse().map_err(|_| {
        SyntaxError::new(span, message!("formula-token-no-number", text = &text[..end]))
            .help(key!("formula-token-no-number.help"))
    })?;
    if text[end..].starts_with(|c: char| c.is_alphabetic() || c == '_') {
        let rest = text[end..].find(|c: char| !is_in_name(c)).map_or(text.len(), |n| end + n);
        let span = Span { start: at, end: at + rest };
        return Err(SyntaxError::new(span, message!("formula-token-number-name", text = &text[..rest]))
            .help(key!("formula-token-number-name.help")));
    }
    if !value.is_finite() {
        return Err(SyntaxError::new(span, key!("formula-token-too-large"))
            .help(key!("formula-token-too-large.help")));
    }
    if text[end..].starts_with('%') {
        let share = hundredth(&text[..end].replace('_', "")).unwrap_or(value / 100.0);
        return Ok((Token::Number(share), end + 1));
    }
    Ok((Token::Number(value), end))
}

/// How a quarter or month is written.
fn period_help(step: Step) -> Message {
    match step {
        Step::Month => message!("text-period-months"),
        _ => message!("text-period-quarters"),
    }
}

fn quoted(text: &str, at: usize) -> Result<(Token, usize), SyntaxError> {
    match text[1..].find('\'') {
        Some(length) => Ok((Token::Text(text[1..=length].into()), length + 2)),
        None => {
            Err(SyntaxError::new(Span { start: at, end: at + text.len() }, key!("formula-token-open-quote")))
        }
    }
}

fn unknown(first: char, at: usize, rest: &str) -> SyntaxError {
    let error = SyntaxError::new(
        Span { start: at, end: at + first.len_utf8() },
        message!("formula-token-character", first = first),
    );
    match first {
        '=' if rest.starts_with(['>', '<']) => error.help(key!("formula-token-character.at-least")),
        '=' => error.help(key!("formula-token-character.comparison")),
        '&' => error.help(key!("formula-token-character.and")),
        '|' => error.help(key!("formula-token-character.or")),
        '!' => error.help(key!("formula-token-character.not")),
        '%' => error.help(key!("formula-token-character.percent")),
        '×' | '·' => error.help(key!("formula-token-character.multiply")),
        '÷' => error.help(key!("formula-token-character.divide")),
        '≥' => error.help(key!("formula-token-character.greater-equal")),
        '≤' => error.help(key!("formula-token-character.less-equal")),
        '（' | '）' | '，' | '：' => error.help(key!("formula-token-character.wide")),
        '{' | '}' => error.help(key!("formula-token-character.curly")),
        ';' | '；' => error.help(key!("formula-token-character.semicolon")),
        '~' | '～' | '–' | '—' => error.help(key!("formula-token-character.dash")),
        '−' => error.help(key!("formula-token-character.minus")),
        '±' => error.help(key!("formula-token-character.plus-minus")),
        '％' => error.help(key!("formula-token-character.wide-percent")),
        '"' | '“' | '”' | '‘' | '’' => error.help(key!("formula-token-character.quotes")),
        _ => match superscript(first) {
            Some(digit) => error.help(message!("formula-token-character.power", digit = digit)),
            None => error,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number_in(text: &str) -> f64 {
        match tokens(text).unwrap()[0].0 {
            Token::Number(number) => number,
            ref other => panic!("{other:?}"),
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let cases = [
            ("5", 5.0),
            (".5", 0.5),
            ("1_000", 1000.0),
            ("2.5e3", 2500.0),
            ("2.5E-3", 0.0025),
            ("1e+2", 100.0),
        ];
        for (text, value) in cases {
            assert_eq!(number_in(text), value, "{text}");
        }
        assert_eq!((number_in("8%"), number_in("0.5%")), (0.08, 0.005));
        assert_eq!(number_in("1.7976931348623157e308"), f64::MAX);
        assert!(tokens("1.8e308").unwrap_err().message.to_string().contains("larger than 1.8e308"));
    }

    #[test]
    fn every_token_knows_its_place() {
        let text = "gdp<=2 * é8 - 8%'a b'";
        let found = tokens(text).unwrap();
        let texts: Vec<&str> = found.iter().map(|(_, span)| &text[span.start..span.end]).collect();
        assert_eq!(texts, ["gdp", "<=", "2", "*", "é8", "-", "8%", "'a b'", ""]);
    }

    #[test]
    fn a_character_of_another_language_is_answered_with_the_one_meant_here() {
        let cases = [
            ("a => b", ">="),
            ("a =< b", "<="),
            ("a = b", "=="),
            ("a & b", "`and`"),
            ("a | b", "`or`"),
            ("!a", "`not`"),
            ("a %", "8%"),
            ("a × b", "*"),
            ("a ÷ b", "/"),
            ("a ≥ b", ">="),
            ("a ≤ b", "<="),
            ("（a", "ASCII"),
            ("{a}", "( )"),
            ("a; b", "commas"),
            ("a – b", "minus"),
            ("a − b", "minus"),
            ("a ± b", "normal"),
            ("8％", "%"),
            ("(a)²", "^2"),
            ("gdp²", "^2"),
            ("x_1³ + 1", "^3"),
            ("2²", "^2"),
            ("\"a\"", "single quotes"),
        ];
        for (text, help) in cases {
            let error = tokens(text).unwrap_err();
            assert!(
                error.help.as_ref().is_some_and(|said| said.to_string().contains(help)),
                "{text}: {error:?}"
            );
        }
    }
}
