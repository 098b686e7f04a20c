//! A run as one page.

use crate::report::{PageContent, PageFigure, page};
use crate::text::Language;

use super::chart::{Background, usual};
use super::{Run, Study, StudyError};

impl Study {
    /// A run of this scenario as one page of HTML with words, tables and figures, which needs no other file and fetches
    /// nothing. Whatever comes from the scenario is escaped.
    ///
    /// ```
    /// use plancast::text::Language;
    /// use plancast::{Options, Study};
    ///
    /// let study = Study::open("two-sector-town")?;
    /// let run = study.run(&Options::default().paths(500))?;
    /// let html = study.report(&run, Language::En)?;
    /// assert!(html.contains("<!DOCTYPE html>"));
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When the page cannot be put together.
    pub fn report(&self, run: &Run, language: Language) -> Result<String, StudyError> {
        let background = Background::of(self.scenario(), &run.summary, false, language);
        let material = background.material(&run.summary, Some(&run.distributions));
        let figures: Vec<PageFigure> = usual(&material, language).into_iter().map(PageFigure::from).collect();
        let (runs, figures) = (std::slice::from_ref(&run.summary), [figures]);
        let content = PageContent { runs, figures: &figures, comparison: None };
        page(&content, language).map_err(|error| StudyError::Page { why: error.to_string() })
    }
}
