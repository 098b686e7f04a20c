//! What is read: figures made from results, and one self-contained page.

mod assumptions;
pub mod bounds;
pub mod catalogue;
pub mod compared;
pub mod explain;
pub mod figure;
pub mod goals;
mod lead;
pub mod live;
pub mod page;
pub mod percents;
mod scorecard;
mod script;
pub mod side_by_side;
pub mod unknown;
pub mod why;
mod wording;

pub use catalogue::{CatalogueItem, CatalogueKind, Material, RenderedFigure};
pub use page::{PageContent, PageFigure, page};
