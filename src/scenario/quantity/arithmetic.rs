//! Arithmetic with numbers as an argument of a distribution: `normal(1/3, 0.1)`.

use crate::formula::token::{Span, SyntaxError, Token};
use crate::num::pow;
use crate::{key, message};

/// How deeply brackets and powers may nest.
const MOST_NESTED: u32 = 50;

/// The value of the arithmetic that begins at token `at`, which is moved behind it.
///
/// # Errors
/// Where a number is missing, a bracket is not closed, or the value is not a number.
pub(super) fn value(tokens: &[(Token, Span)], at: &mut usize) -> Result<f64, SyntaxError> {
    let start = tokens[*at].1;
    let mut reader = ArithmeticReader { tokens, at: *at };
    let value = reader.sum(0)?;
    *at = reader.at;
    if value.is_nan() {
        let span = start.to(tokens[*at - 1].1);
        return Err(SyntaxError::new(span, key!("scenario-arithmetic-no-value")));
    }
    Ok(value)
}

struct ArithmeticReader<'a> {
    tokens: &'a [(Token, Span)],
    at: usize,
}

impl ArithmeticReader<'_> {
    fn takes(&mut self, symbol: &'static str) -> bool {
        let found = self.tokens[self.at].0 == Token::Symbol(symbol);
        self.at += usize::from(found);
        found
    }

    fn sum(&mut self, nesting: u32) -> Result<f64, SyntaxError> {
        let mut value = self.product(nesting)?;
        loop {
            if self.takes("+") {
                value += self.product(nesting)?;
            } else if self.takes("-") {
                value -= self.product(nesting)?;
            } else {
                return Ok(value);
            }
        }
    }

    fn product(&mut self, nesting: u32) -> Result<f64, SyntaxError> {
        let mut value = self.power(nesting)?;
        loop {
            if self.takes("*") {
                value *= self.power(nesting)?;
            } else if self.takes("/") {
                value /= self.power(nesting)?;
            } else {
                return Ok(value);
            }
        }
    }

    /// A power with the signs before it: `-2^2` is -4, as in formulas.
    fn power(&mut self, nesting: u32) -> Result<f64, SyntaxError> {
        let mut sign = 1.0;
        loop {
            if self.takes("-") {
                sign = -sign;
            } else if !self.takes("+") {
                break;
            }
        }
        let base = self.operand(nesting)?;
        Ok(sign * if self.takes("^") { pow(base, self.power(nesting + 1)?) } else { base })
    }

    fn operand(&mut self, nesting: u32) -> Result<f64, SyntaxError> {
        let (token, span) = &self.tokens[self.at];
        if nesting > MOST_NESTED {
            return Err(SyntaxError::new(
                *span,
                message!("scenario-arithmetic-nested", most_nested = MOST_NESTED),
            ));
        }
        match token {
            Token::Number(number) => {
                self.at += 1;
                Ok(*number)
            }
            Token::Name(name) if name == "inf" => {
                self.at += 1;
                Ok(f64::INFINITY)
            }
            Token::Symbol("(") => {
                self.at += 1;
                let inner = self.sum(nesting + 1)?;
                if self.takes(")") {
                    return Ok(inner);
                }
                let (token, span) = &self.tokens[self.at];
                Err(SyntaxError::new(
                    *span,
                    message!("scenario-arithmetic-bracket", token = token.describe()),
                ))
            }
            Token::Name(_) => Err(SyntaxError::new(
                *span,
                message!("scenario-arithmetic-no-name", token = token.describe()),
            )
            .help(key!("scenario-arithmetic-no-name.help"))),
            _ => Err(SyntaxError::new(
                *span,
                message!("scenario-arithmetic-no-number", token = token.describe()),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{QuantityKind, parse};
    use crate::num::Distribution;

    fn normal(text: &str) -> (f64, f64) {
        match parse(text, &indexmap::IndexMap::default(), &mut |_| Ok(Vec::new())) {
            Ok((QuantityKind::Chance(Distribution::Normal { mean, sd }, _), _)) => (mean, sd),
            other => panic!("{text}: {other:?}"),
        }
    }

    fn error(text: &str) -> String {
        let found = parse(text, &indexmap::IndexMap::default(), &mut |_| Ok(Vec::new())).unwrap_err();
        format!("{} | {}", found.message, found.help.unwrap_or_default())
    }

    #[test]
    fn arguments_are_worked_out_as_in_formulas() {
        assert_eq!(normal("normal(1/3, 0.1)"), (1.0 / 3.0, 0.1));
        assert_eq!(normal("normal(-2^2, 2*(1 + 3)/4)"), (-4.0, 2.0));
        assert_eq!(normal("normal(2^3^2, 10 - 4 - 3)"), (512.0, 3.0));
        assert_eq!(normal("normal(1 - -2, 2^-1)"), (3.0, 0.5));
        assert_eq!(normal("normal(5% + 1%, 8%/4)"), (0.05 + 0.01, 0.02));
    }

    #[test]
    fn what_is_no_arithmetic_says_what_is_wrong() {
        assert!(error("normal(0/0, 1)").contains("has no value"));
        assert!(error("normal((1/3, 1)").contains("\")\" is missing"));
        assert!(error("normal(1/, 1)").contains("a number should stand here, not \",\""));
        assert!(error("normal(1/3)").contains("takes 2 arguments"));
        assert!(error(&format!("normal({}1, 1)", "(".repeat(1000))).contains("deeper than 50"));
        assert!(error(&format!("normal({}1, 1)", "2^".repeat(1000))).contains("deeper than 50"));
    }
}
