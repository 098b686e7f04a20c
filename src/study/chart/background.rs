//! What figures of a run need besides its results.

use indexmap::IndexMap;

use crate::analysis::replayed::{Replayed, replay};
use crate::chart::Size;
use crate::report::{Material, RenderedFigure};
use crate::result::{Distributions, Summary};
use crate::scenario::Scenario;
use crate::text::Language;
use crate::tr;

use super::super::histories;

/// The most variables besides the headlines that are replayed: each takes half a megabyte.
const MORE: usize = 100;

/// What figures of a run need besides its results: the record, the source, and its first paths, simulated again.
#[derive(Clone, Debug)]
pub struct Background {
    replayed: Option<Replayed>,
    history: IndexMap<String, Vec<(i32, f64)>>,
    /// What is written at the foot of figures as the source.
    pub source: String,
}

impl Background {
    /// What the figures of a run of this scenario need. Where it is `wide`, what was recorded besides the headlines can be
    /// shown path by path too.
    pub fn of(scenario: &Scenario, summary: &Summary, wide: bool, language: Language) -> Self {
        let more = summary.ordered_variables().filter(|(_, variable)| wide && !variable.headline);
        let more: Vec<String> = more.map(|(name, _)| name.to_owned()).take(MORE).collect();
        // Of a run under a record, replayed paths would be those without it.
        let plain = summary.evidence.is_none();
        let again = || replay(scenario, summary.seed, summary.paths, summary.given.as_ref(), &more);
        let replayed = plain.then(again).flatten();
        Self { replayed, history: histories(scenario), source: source(scenario, language) }
    }

    /// The same with the results.
    pub fn material<'a>(
        &'a self,
        summary: &'a Summary,
        distributions: Option<&'a Distributions>,
    ) -> Material<'a> {
        let (replayed, history, source) = (self.replayed.as_ref(), &self.history, self.source.as_str());
        Material { summary, distributions, replayed, history, source }
    }
}

/// What a figure's foot names as source: where the targets come from, by the scenario's list of sources.
pub fn source(scenario: &Scenario, language: Language) -> String {
    let titles = scenario.targets.values().filter_map(|target| scenario.sources.get(&target.source));
    let mut titles = titles.map(|source| source.title.get(language)).filter(|title| !title.is_empty());
    // The first is the plan itself; more would not fit into a line.
    titles.next().map_or_else(String::new, |title| tr!(language, "study-chart-source", title = title))
}

/// The figures that a run has when nothing more is asked for.
pub fn usual(material: &Material<'_>, language: Language) -> Vec<RenderedFigure> {
    let items = material.usual();
    items.iter().filter_map(|item| material.draw(item, None, Size::default(), language)).collect()
}

/// The figures of the headlines alone.
pub fn of_headlines(material: &Material<'_>, language: Language) -> Vec<RenderedFigure> {
    let items = material.of_headlines();
    items.iter().filter_map(|item| material.draw(item, None, Size::default(), language)).collect()
}
