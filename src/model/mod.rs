//! What a scenario means: names resolved, sets expanded, equations ordered, compiled to a program.

pub mod labels;
pub mod operation;
pub mod program;

pub use labels::{Labels, Mark, MetricLabel, TargetLabel, VariableLabel};
pub use operation::{Binary, Unary};
pub use program::{Instruction, Op, Operand, Program};
