//! What is seen: figures as plain data, drawn as SVG and as PNG.
//!
//! A figure is a struct of numbers and words that knows nothing of models; `draw` gives its SVG.

pub mod calendar;
pub mod canvas;
pub mod embed;
pub mod exceedance;
pub mod fan;
pub mod font;
pub mod heatmap;
pub mod histogram;
pub mod palette;
pub mod panels;
#[cfg(feature = "png")]
pub mod picture;
pub mod ridges;
pub mod rows;
pub mod scale;
pub mod scatter;
pub mod scorecard;
pub mod stack;
pub mod style;
mod svg;
pub mod violin;

mod axes;
#[cfg(test)]
pub(crate) mod check;
mod frame;
mod labels;
mod place;

pub use canvas::Size;
pub use fan::{Band, Fan, FanMark};
pub use palette::Palette;
pub use panels::{Panel, Panels};
pub use scorecard::{Bar, Scorecard, TargetGroup};
