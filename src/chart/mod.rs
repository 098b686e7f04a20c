//! What is seen: figures as plain data, drawn as SVG and as PNG.
//!
//! A figure is a struct of numbers and words that knows nothing of models; `draw` gives its SVG.

pub mod canvas;
pub mod fan;
pub mod font;
pub mod picture;
pub mod rows;
pub mod scale;
pub mod scorecard;
pub mod style;

mod frame;
mod place;

pub use canvas::Size;
pub use fan::{Band, Fan, FanMark};
pub use scorecard::{Bar, Group, Scorecard};
