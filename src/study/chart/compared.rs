//! Figures of a comparison as SVG.

use crate::chart::embed;
use crate::report::side_by_side;
use crate::result::Comparison;
use crate::text::suggest::nearest;

use super::{Chart, ChartKind, ChartRefusal, ChartRequest, source};
use crate::study::{Study, StudyError};

/// The kinds of figures that a comparison has, in the order in which they are drawn.
const KINDS: [ChartKind; 3] = [ChartKind::Change, ChartKind::Levels, ChartKind::Difference];

impl Study {
    /// Draws figures of a comparison in which this scenario is the reference: how the odds of targets change, and of each
    /// headline, or of the variables that are named, the fans side by side and those of the paired differences.
    ///
    /// ```
    /// use plancast::study::{ChartKind, ChartRequest};
    /// use plancast::{Options, Study};
    ///
    /// let text = r#"
    ///     time = { start = 2020, end = 2021 }
    ///     parameters = { g = "normal(5%, 1%)", more = 0 }
    ///     variables.gdp = { start = "100", formula = "prev(gdp) * (1 + g) + more", report = true }
    /// "#;
    /// let town = Study::from_text("town", text)?;
    /// let comparison = town.compare(&[&town.set("more", "1")?], &Options::default().paths(500))?;
    /// let charts = town.chart_comparison(&comparison, &ChartRequest::default().kind(ChartKind::Difference))?;
    /// assert!(charts[0].svg.starts_with("<svg"));
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// When a comparison has no such figure.
    pub fn chart_comparison(
        &self,
        comparison: &Comparison,
        request: &ChartRequest,
    ) -> Result<Vec<Chart>, StudyError> {
        let (language, width) = (request.language, request.width);
        let source = source(self.scenario(), language);
        let kinds = if request.kinds.is_empty() { &KINDS[..] } else { &request.kinds };
        let variables = || comparison.reference.ordered_variables();
        let headlines = variables().filter(|(_, variable)| variable.headline);
        let mut names: Vec<&str> = request.variables.iter().map(String::as_str).collect();
        let is_asked = !names.is_empty();
        names.extend(headlines.map(|(name, _)| name).filter(|_| !is_asked));
        let mut drawn: Vec<Chart> = Vec::new();
        for &kind in kinds {
            match kind {
                ChartKind::Change => {
                    drawn.extend(side_by_side::changes(comparison, width, &source, language));
                }
                ChartKind::Levels | ChartKind::Difference => {
                    for name in &names {
                        let found = side_by_side::one(comparison, kind, name, width, &source, language);
                        if found.is_none() && is_asked {
                            let available: Vec<String> =
                                variables().map(|(name, _)| name.to_owned()).collect();
                            let known: Vec<&str> = available.iter().map(String::as_str).collect();
                            let near = nearest(name, known).map(str::to_owned);
                            let (name, kind) = ((*name).to_owned(), Some(kind));
                            return Err(ChartRefusal::Unknown { name, kind, near, available }.into());
                        }
                        drawn.extend(found);
                    }
                }
                kind => {
                    return Err(ChartRefusal::NoneOfKind { kind, has: KINDS.to_vec(), lacks: None }.into());
                }
            }
        }
        Ok(drawn.into_iter().map(|chart| Chart { svg: embed::with_letters(&chart.svg), ..chart }).collect())
    }
}
