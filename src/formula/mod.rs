//! The text of an equation: tokens and a syntax tree. What names mean is not known here.

pub mod parse;
pub mod print;
pub mod token;
pub mod tree;

pub use parse::{parse, parse_declaration};
pub use token::{Span, SyntaxError};
pub use tree::{BinaryOperator, Expr, ExprKind, IndexTerm, UnaryOperator};
