//! From a text such as `tce/1e4 CNY` to a [`Unit`].
//!
//! What stands side by side binds more tightly than `/`: `1e4 tce/1e8 CNY` is (1e4 tce) / (1e8 CNY). `*`, `·`
//! and `×` bind like `/`, from the left. Powers are `^2`, `^(1/2)` or superscripts.

use super::algebra::Unit;
use super::table::Units;
use crate::message;
use crate::text::Message;
use crate::text::nearest;
use crate::text::unit_table::{NUMBER_CHARACTERS, NUMBER_WORDS, in_other_case};

/// What is wrong with a unit's text, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitError {
    /// What is wrong, in one sentence.
    pub message: Message,
    /// The remedy.
    pub help: Option<Message>,
    /// Whether a name in it stands for no unit.
    pub unknown: bool,
}

impl UnitError {
    fn new(message: impl Into<Message>) -> Self {
        Self { message: message.into(), help: None, unknown: false }
    }
}

/// Longest text of a unit.
const MAX_LENGTH: usize = 200;

pub(super) fn parse(units: &Units, text: &str) -> Result<Unit, UnitError> {
    if text.len() > MAX_LENGTH {
        return Err(UnitError::new(message!("model-unit-long", max_length = MAX_LENGTH, given = text.len())));
    }
    let mut parser = UnitParser { units, text, rest: text };
    let unit = parser.quotient()?;
    match parser.rest.chars().next() {
        None if unit.is_sound() => Ok(unit),
        None => Err(UnitError::new(message!("model-unit-unsound", text = text))),
        Some(sign) => Err(UnitError::new(message!("model-unit-out-of-place", sign = sign, text = text))),
    }
}

/// Whether a scenario may give a unit this name.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && text.chars().all(in_word) && text != "per" && text != "base"
}

/// The words of a unit's text that may be names of units, each also without the numbers before it.
pub(in crate::model) fn named_in(text: &str) -> impl Iterator<Item = &str> {
    let text = if text.len() > MAX_LENGTH { "" } else { text };
    text.split(|c| !in_word(c)).filter(|word| !word.is_empty()).flat_map(|word| {
        let numeral = |c: char| c.is_ascii_digit() || NUMBER_CHARACTERS.iter().any(|(known, _)| *known == c);
        let bare = word.trim_start_matches(numeral);
        std::iter::once(word).chain((bare != word).then_some(bare))
    })
}

fn in_word(c: char) -> bool {
    (c.is_alphanumeric() && superscript(c).is_none()) || c == '_' || matches!(c, '₀'..='₉')
}

fn superscript(c: char) -> Option<char> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|known| known == c).and_then(|digit| char::from_digit(digit as u32, 10)).or(
        match c {
            '⁻' => Some('-'),
            _ => None,
        },
    )
}

struct UnitParser<'a> {
    units: &'a Units,
    text: &'a str,
    rest: &'a str,
}

impl<'a> UnitParser<'a> {
    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn takes(&mut self, sign: char) -> bool {
        self.skip_spaces();
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn takes_per(&mut self) -> bool {
        self.skip_spaces();
        let rest = self.rest.strip_prefix("per").filter(|rest| rest.starts_with(char::is_whitespace));
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn quotient(&mut self) -> Result<Unit, UnitError> {
        let mut unit = self.product()?;
        loop {
            if self.takes('/') || self.takes_per() {
                unit = unit.over(&self.product()?);
            } else if self.takes('*') || self.takes('·') || self.takes('×') {
                unit = unit.times(&self.product()?);
            } else {
                return Ok(unit);
            }
        }
    }

    /// What stands side by side: `1e4 tce`.
    fn product(&mut self) -> Result<Unit, UnitError> {
        let mut unit = self.factor()?;
        loop {
            self.skip_spaces();
            let more = self.rest.starts_with(|c: char| c == '(' || in_word(c) || "%‰".contains(c));
            if !more || (self.rest.starts_with("per") && self.takes_per_ahead()) {
                return Ok(unit);
            }
            unit = unit.times(&self.factor()?);
        }
    }

    fn takes_per_ahead(&self) -> bool {
        self.rest[3..].starts_with(char::is_whitespace)
    }

    fn factor(&mut self) -> Result<Unit, UnitError> {
        let unit = self.atom()?;
        let exponent = self.exponent()?;
        match exponent {
            None => Ok(unit),
            Some(exponent) => unit.to_the(exponent).ok_or_else(|| {
                UnitError::new(message!(
                    "model-unit-no-fraction",
                    exponent = exponent.to_string(),
                    unit = self.text
                ))
            }),
        }
    }

    fn atom(&mut self) -> Result<Unit, UnitError> {
        self.skip_spaces();
        let Some(first) = self.rest.chars().next() else {
            return Err(UnitError::new(if self.text.trim().is_empty() {
                message!("model-unit-empty")
            } else {
                message!("model-unit-breaks-off", unit = self.text)
            }));
        };
        if first == '(' {
            self.rest = &self.rest[1..];
            let unit = self.quotient()?;
            if !self.takes(')') {
                return Err(UnitError::new(message!("model-unit-open-bracket", unit = self.text)));
            }
            return Ok(unit);
        }
        if first.is_ascii_digit() || first == '.' {
            return self.number().map(Unit::scaled);
        }
        if "%‰".contains(first) {
            let word = self.take(first.len_utf8());
            return self.word(word);
        }
        let length = self.rest.find(|c| !in_word(c)).unwrap_or(self.rest.len());
        if length == 0 {
            return Err(UnitError::new(message!("model-unit-out-of-place", sign = first, text = self.text)));
        }
        let word = self.take(length);
        self.word(word)
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn word(&mut self, word: &str) -> Result<Unit, UnitError> {
        // Two words that are one unit.
        for (first, second) in [("percentage", "points"), ("percentage", "point"), ("per", "cent")] {
            if word == first && self.takes_word(second) {
                return Ok(Unit::scaled(0.01));
            }
        }
        if let Some((_, factor)) = NUMBER_WORDS.into_iter().find(|(known, _)| *known == word) {
            return Ok(Unit::scaled(factor));
        }
        let plain = word.replace('₂', "2").replace('₄', "4");
        self.units.word(&plain).ok_or_else(|| {
            let near = in_other_case(word).or_else(|| nearest(word, self.units.names()).map(str::to_string));
            let name = if is_name(word) { word } else { "name" };
            let help = match near {
                Some(near) => message!("model-unit-unknown.near", near = near, name = name),
                None => message!("model-unit-unknown.declare", name = name),
            };
            UnitError {
                message: message!("model-unit-unknown", word = word),
                help: Some(help),
                unknown: true,
            }
        })
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(word).filter(|rest| !rest.starts_with(in_word));
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// `1e8`, `0.5`, `10 000`, `10,000`, `10k`
    fn number(&mut self) -> Result<f64, UnitError> {
        let mut digits = self.digits().to_string();
        while let Some(group) = self.rest.strip_prefix([' ', ',', '\u{202f}', '\u{a0}']) {
            let length = group.find(|c: char| !c.is_ascii_digit()).unwrap_or(group.len());
            if length != 3 {
                break;
            }
            digits.push_str(&group[..3]);
            self.rest = &group[3..];
        }
        if let Some(fraction) = self.rest.strip_prefix('.') {
            self.rest = fraction;
            digits = format!("{digits}.{}", self.digits());
        }
        if let Some(exponent) = self.rest.strip_prefix(['e', 'E'])
            && exponent.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit())
        {
            let sign = if exponent.starts_with('-') { "-" } else { "" };
            self.rest = exponent.trim_start_matches(['+', '-']);
            digits = format!("{digits}e{sign}{}", self.digits());
        }
        let thousand = self.rest.strip_prefix('k').filter(|rest| !rest.starts_with(in_word));
        self.rest = thousand.unwrap_or(self.rest);
        let number = digits.parse::<f64>().ok().filter(|number| number.is_finite() && *number > 0.0);
        let number =
            number.ok_or_else(|| UnitError::new(message!("model-unit-no-number", digits = &digits)))?;
        Ok(if thousand.is_some() { 1000.0 * number } else { number })
    }

    fn digits(&mut self) -> &'a str {
        let length = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        self.take(length)
    }

    /// `^2`, `^-1`, `^(1/2)`, `²`
    fn exponent(&mut self) -> Result<Option<f64>, UnitError> {
        if self.rest.starts_with(|c| superscript(c).is_some()) {
            let length = self.rest.find(|c| superscript(c).is_none()).unwrap_or(self.rest.len());
            let digits: String = self.take(length).chars().filter_map(superscript).collect();
            return self.power(&digits).map(Some);
        }
        if !self.takes('^') {
            return Ok(None);
        }
        let bracket = self.takes('(');
        let mut exponent = self.whole()?;
        if bracket && self.takes('/') {
            exponent /= self.whole()?;
        }
        if bracket && !self.takes(')') {
            return Err(UnitError::new(message!("model-unit-open-bracket", unit = self.text)));
        }
        if exponent.is_finite() { Ok(Some(exponent)) } else { self.power("").map(Some) }
    }

    fn whole(&mut self) -> Result<f64, UnitError> {
        let sign = if self.takes('-') { "-" } else { "" };
        self.skip_spaces();
        let digits = format!("{sign}{}", self.digits());
        self.power(&digits)
    }

    fn power(&self, digits: &str) -> Result<f64, UnitError> {
        let power = digits.parse::<i32>().ok().filter(|power| power.abs() <= 32);
        power.map(f64::from).ok_or_else(|| UnitError::new(message!("model-unit-power", unit = self.text)))
    }
}
