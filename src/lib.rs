//! plancast casts a development plan forward many thousand times and says how likely each of its targets is.
//!
//! ```
//! use plancast::{Options, Study, text::Language::En};
//!
//! # fn main() -> Result<(), plancast::StudyError> {
//! // A file, the name of a built-in scenario, or a text with `Study::from_text`.
//! let study = Study::open("plan")?;
//! let options = Options::default().paths(4_000).seed(1);
//! let run = study.run(&options)?;
//! let probability = run.probability("gdp_2025_nominal")?;
//! let fan = run.quantiles("gdp")?; // ndarray: year × level
//! let slower = study.set("structural_shift", "0.5")?.run(&options)?;
//! println!("{}, with less of a shift {}", probability.words(En), slower.probability("gdp_2025_nominal")?.words(En));
//! assert!(probability.probability > 0.0 && fan.nrows() == run.variable("gdp")?.years.len());
//! # Ok(())
//! # }
//! ```
//!
//! [`Study`] is the way in: it opens a scenario, changes it, and answers questions with plain data. What it gives is
//! documented where it stands: [`result::Summary`] for all statistics of a run, [`result::Comparison`] for scenarios on
//! the same draws, [`study::Checking`] for gates. `docs/library.md` says what of it is stable.
//!
//! The other modules are there for the command, the tests and the benchmarks, and are hidden from this documentation. All
//! stand in the order in which a scenario passes through them; a module uses only modules above it in this list
//! (`tests/library/architecture.rs` keeps that so).

#[doc(hidden)]
pub mod num;
pub mod text;
#[doc(hidden)]
pub mod world;

#[doc(hidden)]
pub mod ensemble;
#[doc(hidden)]
pub mod formula;

pub mod scenario;

#[doc(hidden)]
pub mod model;

#[doc(hidden)]
pub mod engine;

pub mod result;

#[doc(hidden)]
pub mod analysis;

#[doc(hidden)]
pub mod chart;
#[doc(hidden)]
pub mod export;

#[doc(hidden)]
pub mod report;

pub mod study;

pub use study::{Options, Run, Study, StudyError};
