//! Figures of a run as SVG.

mod background;
mod compared;
mod error;
mod request;
mod select;

use super::{Run, Study, StudyError};
use crate::chart::embed;

pub use crate::report::{CatalogueKind as ChartKind, RenderedFigure as Chart};
#[doc(hidden)]
pub use background::{Background, of_headlines, source, usual};
pub use error::{ChartRefusal, LackingForChart};
pub use request::ChartRequest;
#[doc(hidden)]
pub use select::{drawn, unknown};

impl Study {
    /// Draws figures of a run of this scenario, each as the text of an SVG that carries its letters.
    ///
    /// ```
    /// use plancast::study::{ChartKind, ChartRequest};
    /// use plancast::{Options, Study};
    ///
    /// let study = Study::open("two-sector-town")?;
    /// let run = study.run(&Options::default().paths(500))?;
    /// let charts = study.chart(&run, &ChartRequest::default().kind(ChartKind::Fan).variable("gdp"))?;
    /// assert_eq!(charts[0].name, "gdp");
    /// assert!(charts[0].svg.starts_with("<svg"));
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When the run has no such figure, which the error says together with what it has.
    pub fn chart(&self, run: &Run, request: &ChartRequest) -> Result<Vec<Chart>, StudyError> {
        let label = &run.summary.scenario;
        if let Some(year) = request.year.filter(|year| !(label.start..=label.end).contains(year)) {
            let (scenario, start, end) = (label.id.clone(), label.start, label.end);
            return Err(ChartRefusal::NoYear { scenario, year, start, end }.into());
        }
        if let Some(kind) = request.kinds.iter().find(|kind| kind.is_of_several()) {
            return Err(ChartRefusal::OfSeveral { kind: *kind }.into());
        }
        let background = Background::of(self.scenario(), &run.summary, request.is_wide(), request.language);
        let material = background.material(&run.summary, Some(&run.distributions));
        let with_letters = |chart: Chart| Chart { svg: embed::with_letters(&chart.svg), ..chart };
        Ok(drawn(&material, request)?.into_iter().map(with_letters).collect())
    }
}
