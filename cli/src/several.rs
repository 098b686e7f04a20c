//! Figures that show several runs at once: violins, levels side by side, paired differences, changes of odds.

use super::Failure;
use super::arguments::{ChartOptions, FigureKind};
use super::output::wrong;
use super::redraw::{RedrawnRun, unknown};
use plancast::key;
use plancast::report::{CatalogueKind, Material, RenderedFigure, catalogue, compared, side_by_side};
use plancast::result::{Comparison, Summary};
use plancast::text::{Key, Language};

/// The figures of all runs together that were asked for; those of a comparison when nothing was.
pub(super) fn drawn(
    stored: &[RedrawnRun],
    options: &ChartOptions,
    language: Language,
) -> Result<Vec<RenderedFigure>, Failure> {
    let comparison = stored.iter().find_map(|stored| stored.comparison.as_ref());
    if options.figure.is_empty() && options.variable.is_empty() {
        let source = &stored[0].background.source;
        return Ok(comparison.map_or_else(Vec::new, |found| side_by_side::all(found, source, language)));
    }
    let mut drawn = Vec::new();
    for figure in &options.figure {
        let FigureKind::One(kind) = figure else { continue };
        match kind {
            CatalogueKind::Violin => drawn.extend(violins(stored, options, language)?),
            CatalogueKind::Levels | CatalogueKind::Difference => {
                drawn.extend(panels(stored, *kind, options, language)?);
            }
            CatalogueKind::Change => drawn.extend(changes(stored, options, language)?),
            _ => {}
        }
    }
    Ok(drawn)
}

/// The variables that were named, or the one of which most is said.
fn variables(run: &Material, options: &ChartOptions) -> Vec<String> {
    let usual = run.usual();
    let leading = usual.iter().find(|item| item.kind == CatalogueKind::Density).map(|item| item.of.clone());
    if options.variable.is_empty() { leading.unwrap_or_default() } else { options.variable.clone() }
}

fn violins(
    stored: &[RedrawnRun],
    options: &ChartOptions,
    language: Language,
) -> Result<Vec<RenderedFigure>, Failure> {
    let runs: Vec<Material> = stored.iter().map(RedrawnRun::material).collect();
    if runs.len() < 2 {
        return Err(wrong(key!("cli-several-violins")));
    }
    let draw = |name: &String| {
        catalogue::violin(&runs, name, options.year, options.size, language)
            .ok_or_else(|| unknown(name, &runs[0].of_kind(CatalogueKind::Density)))
    };
    variables(&runs[0], options).iter().map(draw).collect()
}

/// That differences need a comparison.
const PAIRED: Key = key!("cli-several-paired");

fn changes(
    stored: &[RedrawnRun],
    options: &ChartOptions,
    language: Language,
) -> Result<Vec<RenderedFigure>, Failure> {
    let found = stored.iter().find_map(|each| Some((each.comparison.as_ref()?, &each.background.source)));
    let (comparison, source) = found.ok_or_else(|| wrong(PAIRED))?;
    Ok(side_by_side::changes(comparison, options.size.width, source, language))
}

fn panels(
    stored: &[RedrawnRun],
    kind: CatalogueKind,
    options: &ChartOptions,
    language: Language,
) -> Result<Vec<RenderedFigure>, Failure> {
    let summaries: Vec<Summary> = stored.iter().map(|stored| stored.run.summary.clone()).collect();
    let compared: Option<Comparison> = stored.iter().find_map(|stored| stored.comparison.clone());
    let comparison = match kind {
        CatalogueKind::Levels => compared.or_else(|| compared::of_runs(&summaries)),
        _ => compared,
    };
    let Some(comparison) = comparison else {
        return Err(wrong(match kind {
            CatalogueKind::Levels => key!("cli-several-levels"),
            _ => PAIRED,
        }));
    };
    let first = stored[0].material();
    let draw = |name: &String| {
        side_by_side::one(&comparison, kind, name, options.size.width, first.source, language)
            .ok_or_else(|| unknown(name, &first.of_kind(CatalogueKind::Fan)))
    };
    variables(&first, options).iter().map(draw).collect()
}
