//! One self-contained page: words, tables and charts of runs.

use minijinja::value::Value;
use minijinja::{Environment, context};

use super::{assumptions, figure, words};
use crate::result::Summary;
use crate::result::summary::{Odds, QUANTILE_ERROR, VariableSummary};
use crate::text::{Language, group, number, unit};

/// A chart in the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// What it is called.
    pub caption: String,
    /// The SVG, as `chart` draws it.
    pub svg: String,
}

/// A page about these runs as HTML that needs no other file. `figures` has a list for each run, and may be
/// shorter. Whatever comes from a scenario is escaped; only the SVGs stand as they are.
///
/// # Errors
///
/// When the template is broken, which the tests would have found.
pub fn page(
    runs: &[Summary],
    figures: &[Vec<Figure>],
    language: Language,
) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.add_template("page.html", include_str!("page.html"))?;
    let none = Vec::new();
    let runs: Vec<Value> = (runs.iter().enumerate())
        .map(|(place, run)| of_run(run, figures.get(place).unwrap_or(&none), language))
        .collect();
    let headings: Value = words::HEADINGS
        .iter()
        .map(|&(name, en, zh)| (name, if language == Language::Zh { zh } else { en }))
        .collect::<std::collections::BTreeMap<_, _>>()
        .into();
    let lang = if language == Language::Zh { "zh-CN" } else { "en" };
    let version = env!("CARGO_PKG_VERSION");
    environment.get_template("page.html")?.render(context! { lang, runs, t => headings, version })
}

fn of_run(run: &Summary, figures: &[Figure], language: Language) -> Value {
    let scenario = &run.scenario;
    let title = Some(scenario.title.get(language)).filter(|t| !t.is_empty()).unwrap_or(&scenario.id);
    let svgs: Vec<Value> = figures
        .iter()
        .map(|f| context! { caption => f.caption.clone(), svg => Value::from_safe_string(f.svg.clone()) })
        .collect();
    context! {
        id => scenario.id.clone(),
        title,
        region => scenario.region.get(language),
        about => scenario.summary.get(language),
        sentences => words::sentences(run, language),
        groups => groups(run, language),
        all => run.joint.all.as_ref().map(|odds| of_odds("", odds)),
        figures => svgs,
        bands => bands(run, language),
        assumptions => assumptions::table(run, language),
        method => words::method(run, language),
    }
}

fn groups(run: &Summary, language: Language) -> Vec<Value> {
    let groups = run.targets_by_group().into_iter();
    groups
        .map(|(id, targets)| {
            let rows: Vec<Value> = targets
                .iter()
                .map(|&(name, target)| of_odds(figure::target_title(name, target, language), &target.odds))
                .collect();
            let together = run.joint.groups.get(id).filter(|_| targets.len() > 1);
            context! {
                title => group::title(id, language),
                rows,
                all => together.map(|odds| of_odds("", odds)),
            }
        })
        .collect()
}

fn of_odds(title: &str, odds: &Odds) -> Value {
    let class = match odds.odds {
        o if o >= 2.0 / 3.0 => "likely",
        o if o > 1.0 / 3.0 => "open",
        _ => "unlikely",
    };
    let decimals = (-number::exponent((odds.high - odds.low) * 100.0)).clamp(0, 3);
    let end = |share: f64| number::fixed(share * 100.0, decimals);
    context! {
        title,
        class,
        percent => format!("{:.1}", odds.odds * 100.0),
        odds => figure::odds(odds),
        interval => format!("{}–{} %", end(odds.low), end(odds.high)),
    }
}

/// Rows of the table of bands: every headline variable at a few years.
fn bands(run: &Summary, language: Language) -> Vec<Value> {
    let headlines = run.ordered_variables().filter(|(_, variable)| variable.headline);
    headlines
        .map(|(name, variable)| {
            let shown = unit::shown(&variable.unit, language);
            let title = Some(variable.title.get(language)).filter(|t| !t.is_empty()).unwrap_or(name);
            let rows: Vec<Value> = years(variable)
                .into_iter()
                .filter_map(|year| band_row(variable, year, shown.factor))
                .collect();
            context! { title, unit => shown.unit, rows }
        })
        .collect()
}

/// Every fifth year, and the last.
fn years(variable: &VariableSummary) -> Vec<i32> {
    let last = variable.years.last().copied();
    variable.years.iter().copied().filter(|year| year % 5 == 0 || Some(*year) == last).collect()
}

fn band_row(variable: &VariableSummary, year: i32, factor: f64) -> Option<Value> {
    let place = variable.place(year)?;
    let error =
        variable.standard_error.get(place).copied().flatten().unwrap_or(0.0) * factor * QUANTILE_ERROR;
    let text =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| number::significant(v * factor, error));
    let at = |level: &str| text(variable.quantiles.get(level).and_then(|values| *values.get(place)?));
    Some(context! {
        year => number::year(year),
        cells => [at("0.05"), at("0.25"), at("0.5"), at("0.75"), at("0.95"), text(variable.mean.get(place).copied().flatten())],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{self, Size};
    use crate::result::sample;

    fn html(summary: &Summary, language: Language) -> String {
        let fan = figure::fan(summary, "gdp", &[], "", language).unwrap();
        let svg = chart::fan::draw(&fan, &Size::default(), language);
        let figures = vec![vec![Figure { caption: fan.title, svg }]];
        page(std::slice::from_ref(summary), &figures, language).unwrap()
    }

    #[test]
    fn a_page_holds_everything_and_needs_nothing() {
        let html = html(&sample::summary(), Language::En);
        for expected in [
            "<html lang=\"en\">",
            "The plan as written",
            "62.4 % ± 0.2",
            "<svg ",
            "role=\"img\"",
            "scope=\"col\"",
            "prefers-color-scheme",
            "@media print",
            "Wilson",
        ] {
            assert!(html.contains(expected), "{expected}");
        }
        let outside = html.replace("http://www.w3.org/2000/svg", "");
        assert!(
            !outside.contains("http") && !outside.contains("<script"),
            "the page asks for something else"
        );
    }

    #[test]
    fn a_page_is_written_in_the_readers_language() {
        let html = html(&sample::summary(), Language::Zh);
        assert!(
            html.contains("<html lang=\"zh-CN\">")
                && html.contains("方法与局限")
                && html.contains("宏观经济")
        );
    }

    #[test]
    fn what_a_scenario_says_is_escaped() {
        let mut summary = sample::summary();
        summary.scenario.title.en = "<script>alert(1)</script>".to_owned();
        let html = html(&summary, Language::En);
        assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"));
    }

    #[test]
    fn the_page_is_well_formed() {
        for language in [Language::En, Language::Zh] {
            let html = html(&sample::summary(), language);
            let body = html.split_once("<html").unwrap().1;
            roxmltree::Document::parse(&format!("<html{body}")).unwrap();
        }
    }
}
