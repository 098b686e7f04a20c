//! From text to tree, by precedence climbing.

use super::token::{Span, SyntaxError, Token, tokens};
use super::tree::{BinaryOperator, Expr, ExprKind, IndexTerm, MAX_DEPTH, UnaryOperator};
use crate::text::Message;
use crate::{key, message};

/// Words that are no names.
pub const RESERVED: [&str; 6] = ["and", "or", "not", "where", "given", "inf"];

/// Functions that can run over a set.
pub const REDUCTIONS: [&str; 10] =
    ["sum", "mean", "product", "min", "max", "median", "quantile", "sd", "rank", "argmax"];

/// Reads a formula.
///
/// # Errors
/// The first thing that is no formula, with its place and a remedy.
///
/// ```
/// let tree = plancast::formula::parse("prev(gdp) * (1 + 8%)").unwrap();
/// assert_eq!(tree.to_string(), "prev(gdp) * (1 + 0.08)");
/// ```
pub fn parse(text: &str) -> Result<Expr, SyntaxError> {
    let mut parser = FormulaParser { tokens: tokens(text)?, at: 0, nesting: 0 };
    let tree = parser.expression(0)?;
    match parser.peek() {
        Token::End => Ok(tree),
        Token::Symbol("]" | ")") => {
            Err(SyntaxError::new(parser.span(), key!("formula-parse-bracket-not-opened")))
        }
        other => Err(SyntaxError::new(
            parser.span(),
            message!("formula-parse-no-operator", token = other.describe()),
        )
        .help(key!("formula-parse-no-operator.help"))),
    }
}

/// Reads the left side of an equation: `gdp`, `va[sector]`, `flow[i:sector, j:sector]`.
///
/// # Errors
/// When it is not a name with indices.
pub fn parse_declaration(text: &str) -> Result<(String, Vec<IndexTerm>), SyntaxError> {
    let tree = FormulaParser { tokens: tokens(text)?, at: 0, nesting: 0 }.declaration()?;
    Ok(tree)
}

struct FormulaParser {
    tokens: Vec<(Token, Span)>,
    at: usize,
    nesting: u32,
}

impl FormulaParser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn peek_at(&self, ahead: usize) -> &Token {
        &self.tokens[(self.at + ahead).min(self.tokens.len() - 1)].0
    }

    fn span(&self) -> Span {
        self.tokens[self.at].1
    }

    fn next(&mut self) -> (Token, Span) {
        let token = self.tokens[self.at].clone();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        token
    }

    fn takes(&mut self, symbol: &'static str) -> bool {
        let found = *self.peek() == Token::Symbol(symbol);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, symbol: &'static str, after: Message) -> Result<Span, SyntaxError> {
        if *self.peek() == Token::Symbol(symbol) {
            return Ok(self.next().1);
        }
        Err(SyntaxError::new(
            self.span(),
            message!("formula-parse-missing", symbol = symbol, after = after, token = self.peek().describe()),
        ))
    }

    fn declaration(&mut self) -> Result<(String, Vec<IndexTerm>), SyntaxError> {
        let (Token::Name(name), span) = self.next() else {
            return Err(SyntaxError::new(self.tokens[0].1, key!("formula-parse-no-name"))
                .help(key!("formula-parse-no-name.help")));
        };
        let index = self.indices()?;
        if *self.peek() != Token::End {
            return Err(SyntaxError::new(self.span(), key!("formula-parse-only-name"))
                .help(message!("formula-parse-only-name.help", name = name)));
        }
        if RESERVED.contains(&name.as_str()) {
            return Err(SyntaxError::new(span, message!("formula-parse-reserved", name = name)));
        }
        Ok((name, index))
    }

    /// An expression whose operators all bind at least as tightly as `level`.
    fn expression(&mut self, level: u8) -> Result<Expr, SyntaxError> {
        self.nesting += 1;
        // An expression passes through at most three calls a level of nesting.
        if self.nesting > MAX_DEPTH / 2 {
            return Err(too_deep(self.span()));
        }
        let mut left = self.operand()?;
        while let Some(operator) = self.operator().filter(|operator| operator.precedence() >= level) {
            let (_, span) = self.next();
            // `^` groups to the right, all others to the left.
            let tighter = operator.precedence() + u8::from(operator != BinaryOperator::Power);
            let right = self.expression(tighter)?;
            if operator.is_comparison() && self.operator().is_some_and(BinaryOperator::is_comparison) {
                return Err(SyntaxError::new(self.span(), key!("formula-parse-chained"))
                    .help(key!("formula-parse-chained.help")));
            }
            left = Expr::joined(left, operator, right);
            if left.depth > MAX_DEPTH {
                return Err(too_deep(span));
            }
        }
        self.nesting -= 1;
        Ok(left)
    }

    fn operator(&self) -> Option<BinaryOperator> {
        use BinaryOperator as Op;
        Some(match self.peek() {
            Token::Symbol("<") => Op::Less,
            Token::Symbol("<=") => Op::LessEqual,
            Token::Symbol(">") => Op::Greater,
            Token::Symbol(">=") => Op::GreaterEqual,
            Token::Symbol("==") => Op::Equal,
            Token::Symbol("!=") => Op::NotEqual,
            Token::Symbol("+") => Op::Add,
            Token::Symbol("-") => Op::Subtract,
            Token::Symbol("*") => Op::Multiply,
            Token::Symbol("/") => Op::Divide,
            Token::Symbol("^") => Op::Power,
            Token::Name(name) if name == "and" => Op::And,
            Token::Name(name) if name == "or" => Op::Or,
            Token::Name(name) if name == "given" => Op::Given,
            _ => return None,
        })
    }

    fn operand(&mut self) -> Result<Expr, SyntaxError> {
        while self.takes("+") {}
        let span = self.span();
        let (operator, inner_level) = match self.peek() {
            Token::Symbol("-") => (UnaryOperator::Negate, 7),
            Token::Name(name) if name == "not" => (UnaryOperator::Not, 3),
            _ => return self.postfix(),
        };
        self.next();
        let inner = self.expression(inner_level)?;
        let whole = span.to(inner.span);
        if inner.depth >= MAX_DEPTH {
            return Err(too_deep(span));
        }
        Ok(Expr::new(ExprKind::Unary(operator, Box::new(inner)), whole))
    }

    fn postfix(&mut self) -> Result<Expr, SyntaxError> {
        let mut inner = self.primary()?;
        while self.takes("@") {
            let year = self.primary()?;
            let whole = inner.span.to(year.span);
            inner = Expr::new(ExprKind::At(Box::new(inner), Box::new(year)), whole);
            if inner.depth > MAX_DEPTH {
                return Err(too_deep(whole));
            }
        }
        Ok(inner)
    }

    fn primary(&mut self) -> Result<Expr, SyntaxError> {
        let (token, span) = self.next();
        match token {
            Token::Number(number) => Ok(Expr::new(ExprKind::Number(number), span)),
            Token::Period(period) => Ok(Expr::new(ExprKind::Period(period), span)),
            Token::Symbol("(") => {
                let mut inner = self.expression(0)?;
                let close = self.expect(")", message!("formula-parse-close-bracket"))?;
                inner.span = span.to(close);
                Ok(inner)
            }
            Token::Name(name) if name == "inf" => Ok(Expr::new(ExprKind::Number(f64::INFINITY), span)),
            Token::Name(name) if RESERVED.contains(&name.as_str()) => {
                Err(SyntaxError::new(span, message!("formula-parse-no-value", name = name)))
            }
            Token::Name(function) if *self.peek() == Token::Symbol("(") => self.call(function, span),
            Token::Name(name) => {
                let index = self.indices()?;
                let end = self.tokens[self.at - 1].1;
                Ok(Expr::new(ExprKind::Name { name, index }, span.to(end)))
            }
            Token::End => {
                Err(SyntaxError::new(span, key!("formula-parse-ends")).help(key!("formula-parse-ends.help")))
            }
            Token::Text(_) => Err(SyntaxError::new(span, key!("formula-parse-text"))),
            other @ Token::Symbol(symbol) => {
                let error = SyntaxError::new(
                    span,
                    message!("formula-parse-no-value-token", token = other.describe()),
                );
                let before = self.at.checked_sub(2).map(|before| &self.tokens[before].0);
                Err(match symbol {
                    "*" if before == Some(&Token::Symbol("*")) => {
                        error.help(key!("formula-parse-no-value-token.power"))
                    }
                    "[" => error.help(key!("formula-parse-no-value-token.brackets")),
                    _ => error.help(key!("formula-parse-no-value-token.value")),
                })
            }
        }
    }

    fn call(&mut self, function: String, name: Span) -> Result<Expr, SyntaxError> {
        self.next();
        if REDUCTIONS.contains(&function.as_str()) && self.runs_over_a_set() {
            return self.reduction(function, name);
        }
        let mut arguments = Vec::new();
        while *self.peek() != Token::Symbol(")") {
            arguments.push(self.expression(0)?);
            if !self.takes(",") {
                break;
            }
        }
        let close = self.expect(")", message!("formula-parse-close-call", function = &function))?;
        Ok(Expr::new(ExprKind::Call { function, name, arguments }, name.to(close)))
    }

    /// Whether what follows is `set, i:set, … :` or `… where`: looks ahead over names, commas and aliases.
    fn runs_over_a_set(&self) -> bool {
        let mut ahead = 0;
        loop {
            if !matches!(self.peek_at(ahead), Token::Name(_)) {
                return false;
            }
            ahead += 1;
            match self.peek_at(ahead) {
                Token::Symbol(":") => return true,
                Token::Name(word) if word == "where" => return true,
                Token::Symbol(",") => ahead += 1,
                _ => return false,
            }
        }
    }

    fn reduction(&mut self, function: String, name: Span) -> Result<Expr, SyntaxError> {
        let mut indices = vec![self.index()?];
        while self.takes(",") {
            indices.push(self.index()?);
        }
        let condition = if *self.peek() == Token::Name("where".into()) {
            self.next();
            Some(Box::new(self.expression(0)?))
        } else {
            None
        };
        self.expect(":", message!("formula-parse-colon", function = &function))?;
        let body = Box::new(self.expression(0)?);
        let level = if function == "quantile" && self.takes(",") {
            Some(Box::new(self.expression(0)?))
        } else {
            None
        };
        let close = self.expect(")", message!("formula-parse-close-call", function = &function))?;
        Ok(Expr::new(ExprKind::Over { function, indices, condition, body, level }, name.to(close)))
    }

    fn indices(&mut self) -> Result<Vec<IndexTerm>, SyntaxError> {
        let mut indices = Vec::new();
        if self.takes("[") {
            loop {
                indices.push(self.index()?);
                if !self.takes(",") {
                    break;
                }
            }
            if let Token::Symbol("-" | "+") = self.peek() {
                return Err(SyntaxError::new(self.span(), key!("formula-parse-index-calculated"))
                    .help(key!("formula-parse-index-calculated.help")));
            }
            self.expect("]", message!("formula-parse-close-index"))?;
        }
        Ok(indices)
    }

    /// `sector`, `coal` or `i:sector`. In a reduction `sector: va[…]` the colon belongs to the reduction:
    /// an alias is one only when something that can follow an index follows it.
    fn index(&mut self) -> Result<IndexTerm, SyntaxError> {
        let (token, span) = self.next();
        let Token::Name(name) = token else {
            return Err(SyntaxError::new(span, message!("formula-parse-no-index", token = token.describe()))
                .help(match token {
                    Token::Number(_) | Token::Symbol("-") => {
                        message!("formula-parse-no-index.year")
                    }
                    _ => message!("formula-parse-no-index.set"),
                }));
        };
        let after = |token: &Token| match token {
            Token::Symbol(symbol) => matches!(*symbol, ":" | "," | "]"),
            Token::Name(word) => word == "where",
            _ => false,
        };
        let aliased = *self.peek() == Token::Symbol(":")
            && matches!(self.peek_at(1), Token::Name(_))
            && match self.peek_at(2) {
                // In `quantile(sector: x, 90%)` a level follows, and no further index.
                Token::Symbol(",") => matches!(self.peek_at(3), Token::Name(_)) && after(self.peek_at(4)),
                token => after(token),
            };
        if !aliased {
            return Ok(IndexTerm { alias: None, name, span });
        }
        self.next();
        let (Token::Name(set), end) = self.next() else { unreachable!("looked at above") };
        Ok(IndexTerm { alias: Some(name), name: set, span: span.to(end) })
    }
}

fn too_deep(span: Span) -> SyntaxError {
    SyntaxError::new(span, message!("formula-parse-too-deep", max_depth = MAX_DEPTH))
        .help(key!("formula-parse-too-deep.help"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        parse(text).unwrap().to_string()
    }

    #[test]
    fn operators_bind_as_the_language_says() {
        assert_eq!(printed("1 + 2 * 3"), "1 + 2 * 3");
        assert_eq!(printed("(1 + 2) * 3"), "(1 + 2) * 3");
        assert_eq!(printed("-x^2"), "-x^2");
        assert_eq!(parse("-x^2").unwrap(), parse("-(x^2)").unwrap());
        assert_eq!(parse("2^3^2").unwrap(), parse("2^(3^2)").unwrap());
        assert_eq!(parse("a - b - c").unwrap(), parse("(a - b) - c").unwrap());
        assert_eq!(parse("not a < b and c").unwrap(), parse("(not (a < b)) and c").unwrap());
        assert_eq!(parse("a or b and c").unwrap(), parse("a or (b and c)").unwrap());
        assert_eq!(parse("2^-1").unwrap(), parse("2^(-1)").unwrap());
        assert_eq!(parse("x@2025 / y").unwrap(), parse("(x@2025) / y").unwrap());
    }

    #[test]
    fn a_colon_belongs_to_the_reduction_unless_it_names_an_alias() {
        assert_eq!(printed("sum(sector: va[sector])"), "sum(sector: va[sector])");
        assert_eq!(printed("sum(i:sector, j:sector: flow[i, j])"), "sum(i:sector, j:sector: flow[i, j])");
        assert_eq!(printed("sum(sector: x)"), "sum(sector: x)");
        assert_eq!(
            printed("sum(sector where heavy[sector] > 0: va[sector])"),
            "sum(sector where heavy[sector] > 0: va[sector])"
        );
        assert_eq!(printed("sum(i where a given b: c given d)"), "sum(i where a given b: c given d)");
        assert_eq!(printed("quantile(s where a[s] > 0: x[s], 90%)"), "quantile(s where a[s] > 0: x[s], 0.9)");
        assert_eq!(printed("rank(j:s: x[j])"), "rank(j:s: x[j])");
        assert_eq!(printed("quantile(x, 90%)"), "quantile(x, 0.9)");
        assert_eq!(printed("min(a, b)"), "min(a, b)");
        assert_eq!(printed("max(fuel: use[fuel])"), "max(fuel: use[fuel])");
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let error = parse("1 + * 2").unwrap_err();
        assert_eq!(
            (error.span.start, error.message.to_string().as_str()),
            (4, "\"*\" stands where a value should be")
        );
        assert!(parse("a < b < c").unwrap_err().help.unwrap().to_string().contains("and"));
        assert!(parse("a = b").unwrap_err().help.unwrap().to_string().contains("=="));
        assert!(parse("2x").unwrap_err().message.to_string().contains("neither a number nor a name"));
        assert!(parse("sum(sector: ").unwrap_err().message.to_string().contains("ends where a value"));
        assert!(parse("f(1").unwrap_err().message.to_string().contains("to close f("));
    }

    /// The limits are part of the language: what meets one exactly is read.
    #[test]
    fn each_limit_of_a_formula_may_be_met_and_not_passed() {
        let powers = |terms: usize| format!("1{}", "^1".repeat(terms - 1));
        let brackets = |many: usize| format!("{}1{}", "(".repeat(many), ")".repeat(many));
        let years = |many: usize| format!("x{}", "@1".repeat(many));
        assert_eq!(parse(&powers(200)).unwrap().depth, 200);
        assert!(parse(&powers(201)).unwrap_err().message.to_string().contains("deeper than 400"));
        assert!(parse(&brackets(199)).is_ok());
        assert!(parse(&brackets(200)).unwrap_err().message.to_string().contains("deeper than 400"));
        assert!(parse(&years(399)).is_ok());
        assert!(parse(&years(400)).unwrap_err().message.to_string().contains("deeper than 400"));
    }

    /// What is only long is no nesting.
    #[test]
    fn rows_of_operations_have_any_length_and_mean_what_short_ones_mean() {
        for operators in [["+", "-"], ["*", "/"], ["and", "and"], ["or", "or"]] {
            let row = |many: usize| {
                let each = |n: usize| format!(" {} x{n}", operators[n % 2]);
                (1..=many).fold("x0".to_owned(), |row, n| row + &each(n))
            };
            let long = parse(&row(100_000)).unwrap();
            assert_eq!(long.depth, 2);
            assert_eq!(long.to_string(), row(100_000));
            for many in 1..40 {
                let (tree, text) = (parse(&row(many)).unwrap(), row(many));
                assert_eq!(tree.to_string(), text);
                // Brackets around the left part change nothing, around the right one much.
                for at in 1..many {
                    let cut = row(at).len();
                    let left = parse(&format!("({}){}", &text[..cut], &text[cut..])).unwrap();
                    assert_eq!(left, tree, "{text}");
                    let right = format!("x0 {} ({})", operators[1], &text[text.find("x1").unwrap()..]);
                    assert_ne!(parse(&right).unwrap().to_string(), text);
                }
            }
        }
        assert!(parse(&format!("max(1{})", ", 1".repeat(100_000))).is_ok());
    }

    #[test]
    fn brackets_one_after_the_other_do_not_nest() {
        assert!(parse(&format!("1{}", " + (1)".repeat(300))).is_ok());
    }

    #[test]
    fn every_name_in_a_formula_is_found() {
        let tree = parse("sum(i:sector where heavy[i] > a: f(b, -c@d) * e)").unwrap();
        let mut names = Vec::new();
        tree.names(&mut |name| names.push(name.to_owned()));
        assert_eq!(names, ["sector", "heavy", "i", "a", "b", "c", "d", "e"]);
    }

    #[test]
    fn the_left_side_of_an_equation_is_a_name_with_its_indices() {
        let (name, index) = parse_declaration("flow[i:sector, j:sector]").unwrap();
        assert_eq!((name.as_str(), index.len()), ("flow", 2));
        assert_eq!((index[1].alias.as_deref(), index[1].name.as_str()), (Some("j"), "sector"));
        assert!(parse_declaration("inf").unwrap_err().message.to_string().contains("reserved"));
        assert_eq!(parse_declaration("x + 1").unwrap_err().help.unwrap(), "write x or x[set]");
        assert!(parse_declaration("2").unwrap_err().message.to_string().contains("a name is missing"));
    }

    #[test]
    fn an_error_spans_what_is_wrong_and_nothing_else() {
        let spanned = |text: &str| {
            let span = parse(text).unwrap_err().span;
            text[span.start..span.end].to_owned()
        };
        assert_eq!(spanned("a + 2x * b"), "2x");
        assert_eq!(spanned("a & b"), "&");
        assert_eq!(spanned("x[2025]"), "2025");
        assert_eq!(spanned("a b"), "b");
        assert_eq!(spanned("a)"), ")");
        assert_eq!(spanned("1.2.3"), ".3");
        assert_eq!(spanned("a + 'file"), "'file");
        assert_eq!(spanned("1e999 + a"), "1e999");
        let whole = parse("a + (b * c)").unwrap();
        assert_eq!((whole.span.start, whole.span.end), (0, 11));
    }

    #[test]
    fn hostile_nesting_is_an_error_not_a_crash() {
        assert!(parse(&"(".repeat(100_000)).is_err());
        assert!(parse(&"-".repeat(100_000)).is_err());
        assert_eq!(parse(&format!("{}1", "+".repeat(100_000))).unwrap(), parse("1").unwrap());
        assert!(
            parse(&format!("1{}", "^1".repeat(100_000))).unwrap_err().message.to_string().contains("deeper")
        );
        assert!(
            parse(&format!("x{}", "@1".repeat(100_000))).unwrap_err().message.to_string().contains("deeper")
        );
    }
}
