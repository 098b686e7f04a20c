//! Figures made from a comparison: levels side by side, and paired differences.

use super::figure::{bands, marks, of_several};
use super::{Drawn, Item, Kind};
use crate::chart::Size;
use crate::chart::panels::{self, Panel, Panels};
use crate::result::Comparison;
use crate::result::summary::{ScenarioLabel, VariableSummary};
use crate::text::unit::{Shown, shown};
use crate::text::{Language, number};

/// For each headline variable the fans of all scenarios side by side, and those of the paired differences.
pub fn all(comparison: &Comparison, language: Language) -> Vec<Drawn> {
    let mut drawn = Vec::new();
    for (variable, _) in comparison.reference.ordered_variables().filter(|(_, variable)| variable.headline) {
        let name = Item { kind: Kind::Fan, of: vec![variable.to_owned()] }.file();
        let levels = levels(comparison, variable, language).map(|page| (name.clone(), page));
        let differences = differences(comparison, variable, language);
        let differences = differences.map(|page| (format!("{name}-difference"), page));
        for (name, page) in levels.into_iter().chain(differences) {
            let svg = panels::draw(&page, Size::default().width, language);
            drawn.push(Drawn { name, title: page.title, svg });
        }
    }
    drawn
}

/// One of the two figures of a variable, drawn; nothing where the scenarios do not have it in common.
pub fn one(
    comparison: &Comparison,
    kind: Kind,
    variable: &str,
    width: u32,
    language: Language,
) -> Option<Drawn> {
    let page = match kind {
        Kind::Levels => levels(comparison, variable, language),
        _ => differences(comparison, variable, language),
    };
    let page = page.filter(|page| !page.panels.is_empty())?;
    let name = Item { kind, of: vec![variable.to_owned()] }.file();
    let svg = panels::draw(&page, width, language);
    Some(Drawn { name, title: page.title, svg })
}

/// The fans of a variable in all scenarios that have it, on one scale; nothing where none has it.
pub fn levels(comparison: &Comparison, variable: &str, language: Language) -> Option<Panels> {
    let found = comparison.reference.variables.get(variable)?;
    let shown = shown(&found.unit, language);
    let drawn = comparison.summaries().filter_map(|summary| {
        let other = summary.variables.get(variable).filter(|other| other.unit == found.unit)?;
        let mut panel = panel(&summary.scenario, other, &shown, language);
        panel.marks = marks(summary, variable, shown.factor);
        Some(panel)
    });
    Some(Panels { panels: drawn.collect(), ..page(comparison, variable, found, &shown, language) })
}

/// The fans of a variable's paired differences, one for each alternative, with zero marked; nothing where no
/// alternative was compared in it.
pub fn differences(comparison: &Comparison, variable: &str, language: Language) -> Option<Panels> {
    let found = comparison.reference.variables.get(variable)?;
    let shown = shown(&found.unit, language);
    let panels: Vec<Panel> = (comparison.alternatives.iter())
        .filter_map(|alternative| {
            let difference = alternative.difference.variables.get(variable)?;
            Some(panel(&alternative.summary.scenario, &difference.absolute, &shown, language))
        })
        .collect();
    let reference = title(&comparison.reference.scenario, language);
    let page = page(comparison, variable, found, &shown, language);
    let (title, zero) = match language {
        Language::En => (
            format!("{}: difference from the reference, path by path", page.title),
            format!("0: as in the reference ({reference})"),
        ),
        Language::Zh => {
            (format!("{}：与基准情景逐路径之差", page.title), format!("0：与基准相同（{reference}）"))
        }
    };
    (!panels.is_empty()).then_some(Panels { title, panels, zero, ..page })
}

/// What a scenario is called: its title, or its id.
pub(super) fn title(scenario: &ScenarioLabel, language: Language) -> &str {
    Some(scenario.title.get(language)).filter(|title| !title.is_empty()).unwrap_or(&scenario.id)
}

fn page(
    comparison: &Comparison,
    variable: &str,
    found: &VariableSummary,
    shown: &Shown,
    language: Language,
) -> Panels {
    let title = Some(found.title.get(language)).filter(|title| !title.is_empty()).unwrap_or(variable);
    let summaries: Vec<_> = comparison.summaries().collect();
    Panels {
        title: title.to_owned(),
        subtitle: comparison.reference.scenario.region.get(language).to_owned(),
        unit: shown.unit.clone(),
        footer: of_several(&summaries, language),
        ..Panels::default()
    }
}

fn panel(scenario: &ScenarioLabel, found: &VariableSummary, shown: &Shown, language: Language) -> Panel {
    let scaled = |values: &[Option<f64>]| -> Vec<f64> {
        values.iter().map(|value| value.map_or(f64::NAN, |value| value * shown.factor)).collect()
    };
    Panel {
        title: title(scenario, language).to_owned(),
        caption: caption(found, shown, language).unwrap_or_default(),
        years: found.years.clone(),
        bands: bands(found, scaled),
        median: found.quantiles.get("0.5").map(|values| scaled(values)).unwrap_or_default(),
        marks: Vec::new(),
    }
}

/// The last year's median and its widest band: three digits are what an eye takes, and what fits.
fn caption(found: &VariableSummary, shown: &Shown, language: Language) -> Option<String> {
    let (year, levels) = (found.years.last()?, found.levels());
    let last = |values: &[Option<f64>]| {
        values.last().copied().flatten().map(|value| number::digits(value * shown.factor, 3))
    };
    let median = levels.iter().find(|(level, _)| *level == 0.5).and_then(|(_, values)| last(values))?;
    let ((lowest, lows), (highest, highs)) = (levels.first()?, levels.last()?);
    let (low, high) = (last(lows)?, last(highs)?);
    let level = |level: f64| number::trimmed(level * 100.0, 4);
    let (lowest, highest) = (level(*lowest), level(*highest));
    Some(match language {
        Language::En => format!("{year}: median {median}; {lowest}–{highest} %: {low} to {high}"),
        Language::Zh => format!("{year}年：中位数 {median}；{lowest}—{highest}%：{low} 至 {high}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::font;
    use crate::result::sample;

    #[test]
    fn every_scenario_has_its_fan_on_one_page() {
        let page = levels(&sample::comparison(), "gdp", Language::En).unwrap();
        let titles: Vec<&str> = page.panels.iter().map(|panel| panel.title.as_str()).collect();
        assert_eq!(titles, ["The plan as written", "A faster transition"]);
        assert_eq!((page.zero.as_str(), page.panels[0].marks.len()), ("", 1));
        assert_eq!(page.panels[0].caption, "2035: median 4,500; 5–95 %: 3,500 to 5,790");
    }

    #[test]
    fn differences_say_what_zero_is() {
        let page = differences(&sample::comparison(), "gdp", Language::Zh).unwrap();
        assert_eq!((page.zero.as_str(), page.panels.len()), ("0：与基准相同（规划情景）", 1));
        assert_eq!(differences(&sample::comparison(), "va[coal]", Language::Zh), None);
    }

    #[test]
    fn the_charts_of_a_comparison_have_no_missing_character() {
        for language in [Language::En, Language::Zh] {
            for page in
                [levels, differences].map(|make| make(&sample::comparison(), "co2", language).unwrap())
            {
                assert_eq!(font::missing(&panels::draw(&page, 900, language)), Vec::<char>::new());
            }
        }
    }
}
