//! What a scenario means: names resolved, sets expanded, equations ordered, compiled to a program.

mod accounts;
mod assumptions;
mod circle;
pub mod compile;
pub mod conditions;
pub mod correlation;
mod data;
mod derivative;
pub mod drivers;
pub mod gates;
mod goals;
pub mod graph;
mod hierarchies;
mod labelling;
pub mod labels;
mod lints;
mod lower;
mod lower_memory;
mod lower_path;
mod lower_sum;
mod lower_varying;
mod never;
pub mod operation;
mod order;

mod over_members;
mod over_periods;
mod pool;
pub mod program;
mod range;
mod recorded;
mod resolve;
mod resolve_call;
mod resolve_over;
mod resolve_period;
mod schedule;
mod simultaneous;
mod softness;
mod solutions;
mod spread;
pub mod structure;
mod symbols;
mod system;
mod tails;
mod term;
mod unfold;
mod unit;
mod unused;
mod weighted;

pub use compile::{Model, RecordedVariables, compile, compile_with_gates};
pub use data::{Input, InputKind};
pub use drivers::Driver;
pub use gates::Gate;
pub use labels::{AssumptionLabel, FigureLabel, SourceLabel};
pub use labels::{
    BoundsLabel, InputLabel, Labels, Mark, MetricLabel, SystemLabel, TargetLabel, VariableLabel, WorldLabel,
};
pub use operation::{Binary, Fused, Unary};
pub use program::{
    Instruction, MOST_SUMMED, MOST_TERMS, Op, Operand, PooledPrograms, Program, ScaledSlot, System,
};
pub use recorded::{OnRecord, ValuesByYear, on_record};
pub use resolve_call::functions;
pub use structure::Structure;
pub use unit::{Base, Unchecked, Unit, UnitError, UnitReport, Units, converter};
