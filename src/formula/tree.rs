//! The syntax tree of a formula.

use super::token::Span;

/// How deeply a formula may nest: its tree is walked by recursion, so this bounds the stack. Sums, products and rows of
/// `and` or `or` are no nesting: see [`ExprKind::Chain`].
pub const MAX_DEPTH: u32 = 400;

/// From how many operations on, `a + b - c + …` is a [`ExprKind::Chain`] and not one [`ExprKind::Binary`] in another.
pub const CHAIN_FROM: usize = 16;

/// A part of a formula with the text it stands for. Two are equal when they mean the same, wherever they
/// stand.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands in the formula's text.
    pub span: Span,
    /// Levels of the tree below and including this one.
    pub depth: u32,
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A number.
    Number(f64),
    /// A quarter or month: `2030Q4`.
    Period(i32),
    /// A name with its indices, if any: `trend[sector]`.
    Name {
        /// The name.
        name: String,
        /// What stands in the brackets.
        index: Vec<IndexTerm>,
    },
    /// `-x`, `not x`
    Unary(UnaryOperator, Box<Expr>),
    /// `a + b`, …
    Binary(BinaryOperator, Box<Expr>, Box<Expr>),
    /// A long row of operations that bind alike, carried out from left to right: `a + b - c + …`. It means what as many
    /// [`ExprKind::Binary`] in one another would mean, and may have any length. Only [`Expr::joined`] makes it.
    Chain(Box<Expr>, Vec<(BinaryOperator, Expr)>),
    /// `x@2025`
    At(Box<Expr>, Box<Expr>),
    /// `f(a, b)`
    Call {
        /// The function.
        function: String,
        /// Where its name stands.
        name: Span,
        /// The arguments.
        arguments: Vec<Expr>,
    },
    /// `sum(sector, fuel where c: e)`
    Over {
        /// `sum`, `median`, `rank` and so on: one of `REDUCTIONS`.
        function: String,
        /// The indices it runs over.
        indices: Vec<IndexTerm>,
        /// The condition, if any.
        condition: Option<Box<Expr>>,
        /// What is summed.
        body: Box<Expr>,
        /// Of a quantile: its level.
        level: Option<Box<Expr>>,
    },
}

/// What stands in brackets or before a reduction's colon: a set, a member, a bound index, or `i:sector`.
#[derive(Clone, Debug)]
pub struct IndexTerm {
    /// `i` in `i:sector`.
    pub alias: Option<String>,
    /// The set, member or bound index.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for IndexTerm {
    fn eq(&self, other: &Self) -> bool {
        self.alias == other.alias && self.name == other.name
    }
}

/// Operators on one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `-`
    Negate,
    /// `not`
    Not,
}

/// Operators on two operands, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each says what it is")]
pub enum BinaryOperator {
    Given,
    Or,
    And,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

impl BinaryOperator {
    /// As written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Or => "or",
            Self::And => "and",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Power => "^",
        }
    }

    /// How tightly it binds: 0 `given`, 1 `or`, 2 `and`, (3 `not`), 4 comparisons, 5 `+ -`, 6 `* /`,
    /// (7 unary `-`), 8 `^`.
    pub fn precedence(self) -> u8 {
        match self {
            Self::Given => 0,
            Self::Or => 1,
            Self::And => 2,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide => 6,
            Self::Power => 8,
            _ => 4,
        }
    }

    /// Whether `a ∘ b ∘ c ∘ …` may be a [`ExprKind::Chain`]: it groups to the left, and people write it long.
    pub fn chains(self) -> bool {
        matches!(self.precedence(), 1 | 2 | 5 | 6)
    }

    /// Whether what comes of it is true or false.
    pub fn gives_truth(self) -> bool {
        self.is_comparison() || matches!(self, Self::And | Self::Or)
    }

    /// Whether it is `<`, `==` and so on.
    pub fn is_comparison(self) -> bool {
        self.precedence() == 4
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Expr {
    /// An expression; its depth follows from its parts.
    pub fn new(kind: ExprKind, span: Span) -> Self {
        let below = match &kind {
            ExprKind::Number(_) | ExprKind::Period(_) | ExprKind::Name { .. } => 0,
            ExprKind::Unary(_, x) => x.depth,
            ExprKind::Binary(_, a, b) | ExprKind::At(a, b) => a.depth.max(b.depth),
            ExprKind::Chain(first, rest) => rest.iter().map(|(_, x)| x.depth).fold(first.depth, u32::max),
            ExprKind::Call { arguments, .. } => arguments.iter().map(|x| x.depth).max().unwrap_or(0),
            ExprKind::Over { condition, body, level, .. } => {
                let others = [condition, level].into_iter().flatten().map(|part| part.depth);
                others.fold(body.depth, u32::max)
            }
        };
        Self { kind, span, depth: below + 1 }
    }

    /// `left ∘ right`, as a chain where the operations that bind alike have become many.
    #[must_use]
    pub fn joined(left: Self, operator: BinaryOperator, right: Self) -> Self {
        let span = left.span.to(right.span);
        let alike = |other: BinaryOperator| operator.chains() && other.precedence() == operator.precedence();
        let binary =
            |left, right| Self::new(ExprKind::Binary(operator, Box::new(left), Box::new(right)), span);
        match left.kind {
            ExprKind::Chain(first, mut rest) if rest.first().is_some_and(|(other, _)| alike(*other)) => {
                let depth = left.depth.max(right.depth + 1);
                rest.push((operator, right));
                Self { kind: ExprKind::Chain(first, rest), span, depth }
            }
            ExprKind::Binary(other, ..) if alike(other) => {
                let mut innermost = &left;
                let mut operations = 1;
                while let ExprKind::Binary(other, a, _) = &innermost.kind
                    && alike(*other)
                {
                    innermost = a;
                    operations += 1;
                }
                if operations < CHAIN_FROM {
                    return binary(left, right);
                }
                let mut rest = vec![(operator, right)];
                let mut first = left;
                while let ExprKind::Binary(other, ..) = first.kind
                    && alike(other)
                    && let ExprKind::Binary(other, a, b) = first.kind
                {
                    rest.push((other, *b));
                    first = *a;
                }
                rest.reverse();
                Self::new(ExprKind::Chain(Box::new(first), rest), span)
            }
            _ => binary(left, right),
        }
    }

    /// The operation that is carried out last, where it is one on two operands.
    pub fn operator(&self) -> Option<BinaryOperator> {
        match &self.kind {
            ExprKind::Binary(operator, ..) => Some(*operator),
            ExprKind::Chain(_, rest) => rest.last().map(|(operator, _)| *operator),
            _ => None,
        }
    }

    /// Calls `each` with every name in it: of values, sets and members.
    pub fn names<'a>(&'a self, each: &mut dyn FnMut(&'a str)) {
        match &self.kind {
            ExprKind::Number(_) | ExprKind::Period(_) => {}
            ExprKind::Name { name, index } => {
                each(name);
                index.iter().for_each(|index| each(&index.name));
            }
            ExprKind::Unary(_, x) => x.names(each),
            ExprKind::Binary(_, a, b) | ExprKind::At(a, b) => {
                a.names(each);
                b.names(each);
            }
            ExprKind::Chain(first, rest) => {
                first.names(each);
                rest.iter().for_each(|(_, x)| x.names(each));
            }
            ExprKind::Call { arguments, .. } => arguments.iter().for_each(|argument| argument.names(each)),
            ExprKind::Over { indices, condition, body, level, .. } => {
                indices.iter().for_each(|index| each(&index.name));
                if let Some(condition) = condition {
                    condition.names(each);
                }
                body.names(each);
                if let Some(level) = level {
                    level.names(each);
                }
            }
        }
    }

    /// Calls `each` with every name of a value and its indices, which may be changed.
    pub fn values_mut(&mut self, each: &mut dyn FnMut(&str, Span, &mut Vec<IndexTerm>)) {
        let span = self.span;
        match &mut self.kind {
            ExprKind::Number(_) | ExprKind::Period(_) => {}
            ExprKind::Name { name, index } => each(name, span, index),
            ExprKind::Unary(_, x) => x.values_mut(each),
            ExprKind::Binary(_, a, b) | ExprKind::At(a, b) => {
                a.values_mut(each);
                b.values_mut(each);
            }
            ExprKind::Chain(first, rest) => {
                first.values_mut(each);
                rest.iter_mut().for_each(|(_, x)| x.values_mut(each));
            }
            ExprKind::Call { arguments, .. } => arguments.iter_mut().for_each(|x| x.values_mut(each)),
            ExprKind::Over { condition, body, .. } => {
                condition.iter_mut().for_each(|condition| condition.values_mut(each));
                body.values_mut(each);
            }
        }
    }
}
