//! A run as one page.

use crate::chart::Size;
use crate::report::{CatalogueKind, Material, PageContent, PageFigure, page, side_by_side};
use crate::result::Comparison;
use crate::scenario::Scenario;
use crate::text::Language;

use super::chart::{Background, of_headlines, source, usual};
use super::{Run, Study, StudyError, histories};

/// The page of a run's folder: `index.html`.
pub const PAGE: &str = "index.html";

/// The page of a run's folder: its results, and of the figures those of the headlines.
///
/// # Errors
/// When the page cannot be put together.
pub fn page_of(scenario: &Scenario, run: &Run, language: Language) -> Result<String, StudyError> {
    let (history, source) = (histories(scenario), source(scenario, language));
    let summary = &run.summary;
    let material =
        Material { summary, distributions: None, replayed: None, history: &history, source: &source };
    let figures: Vec<PageFigure> =
        of_headlines(&material, language).into_iter().map(PageFigure::from).collect();
    let (runs, figures) = (std::slice::from_ref(summary), [figures]);
    let content = PageContent { runs, figures: &figures, comparison: None, is_of_folder: true };
    page(&content, language).map_err(|error| StudyError::Page { why: error.to_string() })
}

/// The page of a comparison's folder: what the scenarios differ by, and of the figures those of the odds of targets and the
/// levels of the headlines.
///
/// # Errors
/// When the page cannot be put together.
pub fn page_of_comparison(
    reference: &Scenario,
    comparison: &Comparison,
    language: Language,
) -> Result<String, StudyError> {
    let (source, width) = (source(reference, language), Size::default().width);
    let mut drawn = side_by_side::changes(comparison, width, &source, language);
    let (history, none) = (histories(reference), String::new());
    let material = Material {
        summary: &comparison.reference,
        distributions: None,
        replayed: None,
        history: &history,
        source: &none,
    };
    for item in material.of_headlines() {
        let (kind, name) = (CatalogueKind::Levels, &item.of[0]);
        drawn.extend(side_by_side::one(comparison, kind, name, width, &source, language));
    }
    let figures: Vec<PageFigure> = drawn.into_iter().map(PageFigure::from).collect();
    let runs = std::slice::from_ref(&comparison.reference);
    let content =
        PageContent { runs, figures: &[], comparison: Some((comparison, &figures)), is_of_folder: true };
    page(&content, language).map_err(|error| StudyError::Page { why: error.to_string() })
}

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
        let content = PageContent { runs, figures: &figures, comparison: None, is_of_folder: false };
        page(&content, language).map_err(|error| StudyError::Page { why: error.to_string() })
    }
}
