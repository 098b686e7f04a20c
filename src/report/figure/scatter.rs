//! Two variables path by path.

use crate::chart::scatter::{Scatter, ScatterAxis};
use crate::result::{ReplayedPaths, Summary, wilson};
use crate::text::Language;
use crate::tr;

/// How many paths are drawn; the odds are of all paths of the sample.
const SHOWN: usize = 800;

/// The scatter plot of two variables in a year: the given one, or that of the first's last target, or the last.
/// Each is parted at what a target asks of it in that year, else at its value of the base year.
pub fn scatter(
    summary: &Summary,
    sample: &ReplayedPaths,
    [x, y]: [&str; 2],
    year: Option<i32>,
    source: &str,
    language: Language,
) -> Option<Scatter> {
    let last_mark = super::marks(summary, x, 1.0, language).iter().map(|mark| mark.year).max();
    let year = year.or(last_mark).unwrap_or(summary.scenario.end);
    let (xs, ys) = (values(summary, sample, x, year, language)?, values(summary, sample, y, year, language)?);
    let sides = [side(summary, x, year, language)?, side(summary, y, year, language)?];
    let points: Vec<(f64, f64)> =
        xs.into_iter().zip(ys).filter(|(a, b)| a.is_finite() && b.is_finite()).collect();
    let [x_side, y_side] = sides;
    let quadrant = |right: bool, top: bool| {
        let inside = |p: &&(f64, f64)| (p.0 >= x_side.level) == right && (p.1 >= y_side.level) == top;
        let met = points.iter().filter(inside).count() as u64;
        wilson::probability(met, points.len() as u64).words(language)
    };
    let quadrants = [(false, false), (false, true), (true, false), (true, true)].map(|(r, t)| quadrant(r, t));
    let [a, b] = [x, y].map(|name| super::variable_title(summary, name, language));
    let title = tr!(language, "report-scatter-title", year = year, a = a, b = b);
    Some(Scatter {
        title,
        subtitle: super::subtitle(summary, language),
        x: x_side,
        y: y_side,
        paths: points.len() as u64,
        points: points.into_iter().take(SHOWN).collect(),
        quadrants,
        footer: super::footer_of_first(summary, sample.paths, source, language),
    })
}

fn values(
    summary: &Summary,
    sample: &ReplayedPaths,
    name: &str,
    year: i32,
    language: Language,
) -> Option<Vec<f64>> {
    let factor = summary.variables.get(name)?.shown(language).factor;
    Some(sample.variables.get(name)?.at(year)?.into_iter().map(|value| value * factor).collect())
}

fn side(summary: &Summary, name: &str, year: i32, language: Language) -> Option<ScatterAxis> {
    let found = summary.variables.get(name)?;
    let shown = found.shown(language);
    let name_of = super::variable_title(summary, name, language);
    let title = match shown.unit.as_str() {
        "" => name_of.to_owned(),
        unit => tr!(language, "report-scatter-axis", title = name_of, unit = unit),
    };
    let mark = super::marks(summary, name, shown.factor, language).into_iter().find(|mark| mark.year == year);
    let (level, label) = if let Some(mark) = mark {
        (mark.level, mark.label)
    } else {
        let base = summary.central.get(name)?.first()? * shown.factor;
        let first = found.years.first()?;
        let value = shown.digits(base, 3);
        (base, tr!(language, "report-scatter-base", year = *first, value = value))
    };
    Some(ScatterAxis { name: name_of.to_owned(), title, level, label, are_years: shown.is_year })
}
