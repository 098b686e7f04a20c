//! What a scenario means: names resolved, sets expanded, equations ordered, compiled to a program.

mod accounts;
mod assumptions;
pub mod compile;
pub mod correlation;
mod data;
mod doubts;
pub mod drivers;
pub mod gates;
pub mod graph;
mod idle;
mod labelling;
pub mod labels;
mod lower;
mod lower_path;
pub mod operation;
mod order;
pub mod program;
mod range;
mod resolve;
mod resolve_call;
mod schedule;
pub mod structure;
mod symbols;
mod term;
mod unit;

pub use compile::{Model, Record, compile, compile_with_gates};
pub use data::{Input, InputKind};
pub use drivers::Driver;
pub use gates::Gate;
pub use labels::{AssumptionLabel, FigureLabel, SourceLabel};
pub use labels::{InputLabel, Labels, Mark, MetricLabel, TargetLabel, VariableLabel};
pub use operation::{Binary, Fused, Unary};
pub use program::{Instruction, MOST_TERMS, Op, Operand, Program, ScaledSlot};
pub use resolve_call::functions;
pub use structure::Structure;
pub use unit::{Base, Unchecked, Unit, UnitError, UnitReport, Units};
