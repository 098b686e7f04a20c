//! Units: what they are, how they are read and printed, and the check of every equation.
//!
//! A value is a number times its unit, and a [`Unit`] is a scale times base units to powers: `1e8 CNY` is
//! 10⁸ · CNY, `tce/1e4 CNY` is 10⁻⁴ · tce · CNY⁻¹. Multiplying values multiplies their units; adding them
//! needs the same unit, scale included, because numbers are never converted behind the reader's back.
//!
//! The rules, each chosen so that no wrong result passes in silence:
//!
//! - **The year is the step.** `yr` and `year` are the pure number 1, so a rate of `1/yr` can stand in `exp`
//!   and a calendar year can be compared.
//! - **A bare number** in a formula is pure where it multiplies, divides or is added (only 0 adds to
//!   anything); where it is compared, or stands as a branch of `if` or in `min`, `max` and `clamp`, it takes
//!   the other side's unit: `gdp@2025 >= 2200`. A number written with `%` is a pure number and nothing else.
//! - **In metrics, targets and gates** levels are written as bare numbers, and so a bare number takes the other's
//!   unit in sums as well, and what is divided by one may be meant as a pure number: `gdp@2025 / 2200 - 1`.
//! - **A conversion** may be a bare factor of the whole formula (or of a summand, or of one side of a
//!   comparison) when it is exactly the factor between the two units: `1e4 tce` times 0.01 may be called
//!   `Mtce`, and nothing else may.
//! - **Per cent** is 0.01, in a number and in a unit alike. Data of unit `%` may be written `4.5` (then its
//!   unit has the scale 0.01 and `1 + x` is an error) or `"4.5%"` (then the sign has done its work: the number
//!   is 0.045 and pure), but not both ways within one quantity.
//! - **Named tonnes** do not mix: t, tce, tCO2 and tCO2e are units of their own. But a formula that gives tonnes
//!   of carbon dioxide may be stated in plain tonnes, which they are.
//! - **A quantity without a unit** is not checked; where one is met with another that has a unit, the result
//!   takes that unit. Each place that could not be checked is counted in the [`UnitReport`].
//!
//! Written for this language and not taken from a crate: `uom` and `dimensioned` work at compile time;
//! `runtime_units`, `measurements` and `quantities` have a closed list of physical dimensions, without money,
//! persons, tCO₂ or units that a scenario declares; `ucum` reads neither `1e8 CNY` nor `亿元`; `rink-core`
//! and `numbat` can declare units but are whole calculators (their own grammar, number type and hundreds of
//! definitions, in which `t CO2` is a tonne), and none keeps the scale that separates 万吨 from 亿吨 apart
//! from the value. What is left, products of powers, is the page below.

mod algebra;
mod arguments;
mod check;
mod conform;
mod convert;
mod data;
mod measure;
mod meet;
mod operator;
mod parse;
mod print;
mod report;
mod scope;
mod table;
#[cfg(test)]
mod tests;
mod wording;

pub use algebra::{Base, Unit};
pub(super) use check::check;
pub use parse::UnitError;
pub(super) use parse::named_in;
pub use report::{Unchecked, UnitReport};
pub use table::{Units, converter};
