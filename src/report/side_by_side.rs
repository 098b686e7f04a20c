//! Figures made from a comparison: levels side by side, paired differences, and how the odds of targets change.

use super::figure::{bands, marks, of_several};
use super::{CatalogueItem, CatalogueKind, RenderedFigure};
use crate::chart::Size;
use crate::chart::panels::{self, Panel, Panels};
use crate::chart::rows::{self, BarRow, FloatingBars, Tone};
use crate::chart::scale::spans_magnitudes;
use crate::result::Comparison;
use crate::result::comparison::{Alternative, TargetDifference};
use crate::result::summary::{ScenarioLabel, VariableSummary};
use crate::text::unit::Shown;
use crate::text::{Language, number};
use crate::{message, tr};

/// For each headline variable the fans of all scenarios side by side, and those of the paired differences; for
/// each alternative how it changes the odds of the targets. `source` is written at the foot, and may be empty.
pub fn all(comparison: &Comparison, source: &str, language: Language) -> Vec<RenderedFigure> {
    let width = Size::default().width;
    let mut drawn = changes(comparison, width, source, language);
    for (variable, _) in comparison.reference.ordered_variables().filter(|(_, variable)| variable.headline) {
        let name = CatalogueItem { kind: CatalogueKind::Fan, of: vec![variable.to_owned()] }.file();
        for (kind, name) in
            [(CatalogueKind::Levels, name.clone()), (CatalogueKind::Difference, format!("{name}-difference"))]
        {
            let figure = one(comparison, kind, variable, width, source, language);
            drawn.extend(figure.map(|figure| RenderedFigure { name, ..figure }));
        }
    }
    drawn
}

/// One of the two figures of a variable, drawn; nothing where the scenarios do not have it in common.
pub fn one(
    comparison: &Comparison,
    kind: CatalogueKind,
    variable: &str,
    width: u32,
    source: &str,
    language: Language,
) -> Option<RenderedFigure> {
    let page = match kind {
        CatalogueKind::Levels => levels(comparison, variable, source, language),
        _ => differences(comparison, variable, source, language),
    };
    let page = page.filter(|page| !page.panels.is_empty())?;
    let name = CatalogueItem { kind, of: vec![variable.to_owned()] }.file();
    let svg = panels::draw(&page, width, language);
    Some(RenderedFigure { name, title: page.title, svg })
}

/// For each alternative, drawn, how it changes the odds of the targets.
pub fn changes(comparison: &Comparison, width: u32, source: &str, language: Language) -> Vec<RenderedFigure> {
    let one = |alternative: &Alternative| {
        let figure = change(comparison, alternative, source, language)?;
        let name =
            CatalogueItem { kind: CatalogueKind::Change, of: vec![alternative.summary.scenario.id.clone()] }
                .file();
        let svg = rows::draw(&figure, width, language);
        Some(RenderedFigure { name, title: figure.title, svg })
    };
    comparison.alternatives.iter().filter_map(one).collect()
}

/// The most targets in a figure: what half a page holds.
const MOST_TARGETS: usize = 24;

/// How the odds of goals change from the reference to an alternative, without their other readings: those that change most, the largest gain first,
/// each with its paired 95 % interval; nothing where no path tells the two apart.
pub fn change(
    comparison: &Comparison,
    alternative: &Alternative,
    source: &str,
    language: Language,
) -> Option<FloatingBars> {
    let reference = &comparison.reference;
    let is_variant = |name: &str| reference.targets.get(name).is_some_and(|own| reference.is_variant(own));
    let goals = alternative.difference.ordered_targets().filter(|(name, _)| !is_variant(name));
    let (mut moved, unmoved): (Vec<_>, Vec<_>) = goals.partition(|(_, target)| target.differs());
    moved.sort_by(|a, b| b.1.change.abs().total_cmp(&a.1.change.abs()));
    let less = moved.split_off(moved.len().min(MOST_TARGETS)).len();
    moved.sort_by(|a, b| b.1.change.total_cmp(&a.1.change));
    let row = |(name, target): &(&str, &TargetDifference)| {
        let change = 100.0 * target.change;
        let title = target.title.or_name(name, language);
        let mark = if target.other_requirement.is_some() { " *" } else { "" };
        BarRow {
            title: format!("{title}{mark}"),
            bars: vec![(0.0, change, if change < 0.0 { Tone::Low } else { Tone::High })],
            interval: Some((100.0 * target.low, 100.0 * target.high)),
            label: target.words(),
        }
    };
    let (a, b) =
        (title(&comparison.reference.scenario, language), title(&alternative.summary.scenario, language));
    let differ = moved.iter().any(|(_, target)| target.other_requirement.is_some());
    let about = if alternative.difference.of_statistics {
        message!("report-side-change-about-statistics", reference = a)
    } else {
        message!("report-side-change-about", reference = a)
    };
    let mut notes = vec![about];
    let some = |count: usize| (count > 0).then_some(count);
    notes.extend(some(less).map(|count| message!("report-side-change-less", count = count)));
    notes.extend(some(unmoved.len()).map(|count| message!("report-side-change-none", count = count)));
    notes.extend(differ.then(|| message!("report-side-change-other")));
    let notes = notes.into_iter().reduce(|all, next| message!("report-side-notes", all = all, next = next));
    let legend = [
        (Tone::High, tr!(language, "report-side-change-higher").to_owned()),
        (Tone::Low, tr!(language, "report-side-change-lower").to_owned()),
    ];
    let summaries = [&comparison.reference, &alternative.summary];
    (!moved.is_empty()).then(|| FloatingBars {
        title: tr!(language, "report-side-change-title", scenario = b),
        subtitle: notes.unwrap_or_default().text(language),
        unit: tr!(language, "report-side-change-unit").to_owned(),
        legend: legend.into(),
        center: Some(0.0),
        percent: false,
        are_years: false,
        rows: moved.iter().map(row).collect(),
        footer: of_several(&summaries, source, language),
    })
}

/// The fans of a variable in all scenarios that have it, on one scale; nothing where none has it.
pub fn levels(comparison: &Comparison, variable: &str, source: &str, language: Language) -> Option<Panels> {
    let found = comparison.reference.variables.get(variable)?;
    let shown = found.shown(language);
    let drawn = comparison.summaries().filter_map(|summary| {
        let other = summary.variables.get(variable).filter(|other| other.unit == found.unit)?;
        let mut panel = panel(&summary.scenario, other, &shown, language);
        panel.marks = marks(summary, variable, shown.factor, language);
        Some(panel)
    });
    let panels: Vec<Panel> = drawn.collect();
    let bands = panels.iter().flat_map(|panel| &panel.bands);
    let edges = bands.flat_map(|band| band.lows.iter().chain(&band.highs)).copied();
    let logarithmic = spans_magnitudes(edges);
    Some(Panels { logarithmic, panels, ..page(comparison, (variable, found), &shown, source, language) })
}

/// The fans of a variable's paired differences, one for each alternative, with zero marked; nothing where no
/// alternative was compared in it.
pub fn differences(
    comparison: &Comparison,
    variable: &str,
    source: &str,
    language: Language,
) -> Option<Panels> {
    let found = comparison.reference.variables.get(variable)?;
    let mut shown = found.shown(language);
    if shown.is_year {
        // A difference of years is a number of years.
        let unit = tr!(language, "report-side-years").to_owned();
        shown = Shown { unit, is_year: false, ..shown };
    }
    let panels: Vec<Panel> = (comparison.alternatives.iter())
        .filter_map(|alternative| {
            // Quantiles of one scenario minus those of another are no fan.
            let by_path = Some(&alternative.difference).filter(|found| !found.of_statistics)?;
            let difference = by_path.variables.get(variable)?;
            Some(panel(&alternative.summary.scenario, &difference.absolute, &shown, language))
        })
        .collect();
    let reference = title(&comparison.reference.scenario, language);
    let page = page(comparison, (variable, found), &shown, source, language);
    let title = tr!(language, "report-side-difference", title = &page.title);
    let zero = tr!(language, "report-side-zero", reference = reference);
    (!panels.is_empty()).then_some(Panels { title, panels, zero, ..page })
}

/// What a scenario is called: its title, or its id.
pub(super) fn title(scenario: &ScenarioLabel, language: Language) -> &str {
    scenario.title.or_name(&scenario.id, language)
}

fn page(
    comparison: &Comparison,
    (variable, found): (&str, &VariableSummary),
    shown: &Shown,
    source: &str,
    language: Language,
) -> Panels {
    let title = found.title.or_name(variable, language);
    let summaries: Vec<_> = comparison.summaries().collect();
    Panels {
        title: title.to_owned(),
        subtitle: comparison.reference.scenario.region.get(language).to_owned(),
        unit: shown.unit.clone(),
        are_years: shown.is_year,
        footer: of_several(&summaries, source, language),
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
        values.last().copied().flatten().map(|value| shown.digits(value * shown.factor, 3))
    };
    let median = levels.iter().find(|(level, _)| *level == 0.5).and_then(|(_, values)| last(values))?;
    let ((lowest, lows), (highest, highs)) = (levels.first()?, levels.last()?);
    let (low, high) = (last(lows)?, last(highs)?);
    let level = |level: f64| number::trimmed(level * 100.0, 4);
    let (lowest, highest) = (level(*lowest), level(*highest));
    Some(tr!(
        language,
        "report-side-caption",
        year = *year,
        median = median,
        lowest = lowest,
        highest = highest,
        low = low,
        high = high
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{check, font};
    use crate::result::sample;

    #[test]
    fn every_scenario_has_its_fan_on_one_page() {
        let page = levels(&sample::comparison(), "gdp", "", Language::En).unwrap();
        let titles: Vec<&str> = page.panels.iter().map(|panel| panel.title.as_str()).collect();
        assert_eq!(titles, ["The plan as written", "A faster transition"]);
        assert_eq!((page.zero.as_str(), page.panels[0].marks.len()), ("", 1));
        assert_eq!(page.panels[0].caption, "2035: median 450; 5–95 %: 350 to 579");
    }

    #[test]
    fn differences_say_what_zero_is() {
        let page = differences(&sample::comparison(), "gdp", "the report", Language::Zh).unwrap();
        assert_eq!((page.zero.as_str(), page.panels.len()), ("0：与基准相同（规划情景）", 1));
        assert_eq!(differences(&sample::comparison(), "va[coal]", "", Language::Zh), None);
    }

    #[test]
    fn the_footer_names_scenarios_paths_seed_and_source() {
        let page = levels(&sample::comparison(), "gdp", "the report", Language::En).unwrap();
        let footer = "plancast · scenarios plan, transition · 100,000 paths each, on the same draws · seed 1";
        assert_eq!(page.footer, format!("{footer} · Source: the report"));
        let mut apart = sample::comparison();
        apart.alternatives[0].summary.seed = 2;
        let page = levels(&apart, "gdp", "", Language::Zh).unwrap();
        assert!(page.footer.contains("transition（100,000条模拟路径，随机种子2）"), "{}", page.footer);
        assert!(!page.footer.contains("相同"), "{}", page.footer);
    }

    #[test]
    fn changes_of_odds_are_sorted_with_their_paired_intervals() {
        let comparison = sample::comparison();
        let figure = change(&comparison, &comparison.alternatives[0], "", Language::En).unwrap();
        let labels: Vec<&str> = figure.rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["+1.9 ± 0.1", "−4.2 ± 0.1"]);
        let (low, high) = figure.rows[1].interval.unwrap();
        // The interval of the comparison, in points.
        assert!((low + 4.16 + 0.22).abs() < 1e-9 && (high + 4.16 - 0.22).abs() < 1e-9, "{low}, {high}");
        assert_eq!((figure.rows[1].bars[0].0, figure.rows[1].bars[0].2), (0.0, Tone::Low));
    }

    #[test]
    fn targets_that_no_path_tells_apart_are_counted_and_other_requirements_marked() {
        let mut comparison = sample::comparison();
        let targets = &mut comparison.alternatives[0].difference.targets;
        let peak = targets.get_mut("co2_peak").unwrap();
        (peak.gained, peak.lost, peak.change) = (Some(0.0), Some(0.0), 0.0);
        targets.get_mut("gdp_2025").unwrap().other_requirement = Some("gdp@2025 >= 2000".to_owned());
        let figure = change(&comparison, &comparison.alternatives[0], "", Language::En).unwrap();
        assert_eq!(figure.rows.len(), 1);
        assert!(figure.rows[0].title.ends_with(" *"), "{}", figure.rows[0].title);
        assert!(
            figure
                .subtitle
                .ends_with("; 1 target changes on no path; * requires something else than in the reference"),
            "{}",
            figure.subtitle
        );
    }

    #[test]
    fn the_charts_of_a_comparison_have_no_missing_character() {
        for language in [Language::En, Language::Zh] {
            for page in
                [levels, differences].map(|make| make(&sample::comparison(), "co2", "", language).unwrap())
            {
                assert_eq!(font::missing(&panels::draw(&page, 900, language)), Vec::<char>::new());
            }
            let comparison = sample::comparison();
            let figure = change(&comparison, &comparison.alternatives[0], "", language).unwrap();
            check::well_set(&rows::draw(&figure, 900, language));
        }
    }
}
