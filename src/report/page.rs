//! One self-contained page: words, tables and charts of runs.

use std::collections::BTreeMap;

use minijinja::value::Value;
use minijinja::{Environment, context};

use super::compact::{Compacted, compact};
use super::side_by_side::title;
use super::{
    RenderedFigure, assumptions, bounds, compared, doing, figure, goals, lead, scorecard, script, unknown,
    wording,
};
use crate::chart::embed;
use crate::result::summary::{Estimate, Probability, ScenarioLabel, TargetSummary, VariableSummary};
use crate::result::{Comparison, Summary};
use crate::text::{Language, group, markup, number, period, unit, visible};
use crate::tr;

/// A chart in the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageFigure {
    /// What its file is called when it is saved, without the ending.
    pub name: String,
    /// What it is called.
    pub caption: String,
    /// The SVG, as `chart` draws it.
    pub svg: String,
}

impl From<RenderedFigure> for PageFigure {
    fn from(drawn: RenderedFigure) -> Self {
        Self { name: drawn.name, caption: drawn.title, svg: drawn.svg }
    }
}

/// What a page is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageContent<'a> {
    /// The runs that have a part of their own.
    pub runs: &'a [Summary],
    /// The figures of each run; may be shorter.
    pub figures: &'a [Vec<PageFigure>],
    /// Scenarios held against each other, and the figures of that part.
    pub comparison: Option<(&'a Comparison, &'a [PageFigure])>,
    /// Whether it is the page of a run's folder, which says how to have all figures.
    pub is_of_folder: bool,
}

/// A page as HTML that needs no other file, fetches nothing and runs no script but its own. Whatever comes
/// from a scenario is escaped; only the SVGs stand as they are.
///
/// # Errors
///
/// When the template is broken, which the tests would have found.
pub fn page(content: &PageContent, language: Language) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.add_template("page.html", include_str!("page.html"))?;
    let beside = content.comparison.iter().flat_map(|(_, figures)| figures.iter());
    let drawings: Vec<&str> =
        beside.chain(content.figures.iter().flatten()).map(|figure| figure.svg.as_str()).collect();
    let Compacted { drawings, rules, dark, numbers } = compact(&drawings);
    let mut drawings = drawings.into_iter();
    let mut smaller = |figures: &[PageFigure]| -> Vec<PageFigure> {
        let with = |(figure, svg): (&PageFigure, String)| PageFigure { svg, ..figure.clone() };
        figures.iter().zip(&mut drawings).map(with).collect()
    };
    let beside = content.comparison.map(|(comparison, figures)| (comparison, smaller(figures)));
    let figures: Vec<Vec<PageFigure>> = content.figures.iter().map(|of_run| smaller(of_run)).collect();
    let comparison = beside.as_ref().map(|(comparison, figures)| (*comparison, figures.as_slice()));
    let shared = shared(&PageContent { figures: &figures, comparison, ..*content }, language);
    // The script puts the form of the file in.
    let save = tr!(language, "report-page-save", form = "{}");
    let html = environment.get_template("page.html")?.render(context! {
        policy => script::policy(),
        script => Value::from_safe_string(script::SCRIPT.to_owned()),
        said => Value::from_safe_string(script::words(&save, tr!(language, "report-page-step"))),
        rules => Value::from_safe_string(rules),
        dark => Value::from_safe_string(dark),
        numbers => Value::from_safe_string(numbers),
        more => content.is_of_folder.then(|| tr!(language, "report-page-more")),
        ..shared
    })?;
    // HTML has no place for control characters, and a build server that shows the page takes none of it for a command.
    let html = markup::without_commands(&visible::lines(&html));
    // All attributes are in double quotes, so that these signs need no entities, which are longer.
    let html = html.replace("&#x27;", "'").replace("&#x2f;", "/");
    // The letters of all that the page says; but quotation marks and dots as wide as a Chinese character are
    // left to the reader's own fonts among Latin letters.
    let said = if language == Language::Zh {
        html.clone()
    } else {
        html.replace(['“', '”', '‘', '’', '·'], "")
    };
    let letters = embed::rule(&said).unwrap_or_default();
    Ok(html.replacen(
        "<style id=\"letters\"></style>",
        &format!("<style id=\"letters\">{letters}</style>"),
        1,
    ))
}

/// What every form of a report says, by its names in the templates.
pub(super) fn shared(content: &PageContent, language: Language) -> Value {
    let none = Vec::new();
    let runs: Vec<Value> = (content.runs.iter().enumerate())
        .map(|(place, run)| of_run(run, content.figures.get(place).unwrap_or(&none), place, language))
        .collect();
    let mut headings: BTreeMap<_, _> =
        wording::HEADINGS.iter().map(|&(name, key)| (name, key.text(language))).collect();
    let compared = content.comparison.map(|(comparison, _)| &comparison.reference);
    let start = content.runs.first().or(compared).map_or(0, |run| run.scenario.start);
    headings.insert("year", period::heading(start, language));
    let comparison = content.comparison.map(|(comparison, figures)| {
        let value = compared::value(comparison, language);
        context! { figures => of_figures(figures), ..value }
    });
    let levels = ["5", "25", "75", "95"].map(|level| (format!("q{level}"), level_words(level, language)));
    context! {
        lang => tr!(language, "report-page-language"),
        version => env!("CARGO_PKG_VERSION"),
        region => content.runs.first().map(|run| run.scenario.region.get(language)),
        heading => heading(content, language),
        t => Value::from(headings),
        levels => Value::from(BTreeMap::from(levels)),
        scorecard => scorecard::value(&summaries(content), language),
        comparison,
        runs,
    }
}

/// The level of a quantile in per cent.
fn level_words(level: &str, language: Language) -> String {
    tr!(language, "report-page-level", level = level)
}

/// A unit as it stands behind the title of a table; nothing where there is none.
pub(super) fn unit_words(unit: &str, language: Language) -> String {
    if unit.is_empty() { String::new() } else { tr!(language, "report-page-unit", unit = unit) }
}

/// The results of all scenarios, the first of them what the others are held against.
pub(super) fn summaries<'a>(content: &PageContent<'a>) -> Vec<&'a Summary> {
    match content.comparison {
        Some((comparison, _)) => comparison.summaries().collect(),
        None => content.runs.iter().collect(),
    }
}

/// The titles of all scenarios.
pub(super) fn heading(content: &PageContent, language: Language) -> String {
    let titles: Vec<&str> =
        summaries(content).into_iter().map(|run| title(&run.scenario, language)).collect();
    titles.join(" · ")
}

fn of_figures(figures: &[PageFigure]) -> Vec<Value> {
    let each = figures.iter().map(|figure| {
        context! {
            name => figure.name.clone(),
            caption => figure.caption.clone(),
            svg => Value::from_safe_string(figure.svg.clone()),
        }
    });
    each.collect()
}

fn of_run(run: &Summary, figures: &[PageFigure], place: usize, language: Language) -> Value {
    let scenario = &run.scenario;
    context! {
        anchor => format!("run-{}", place + 1),
        title => title(scenario, language),
        about => about(scenario, language),
        lead => lead::sentence(run, language),
        sentences => wording::sentences(run, language),
        doing => doing::value(run, language),
        drives => lead::drives(run, language),
        condition => goals::condition(run, language),
        groups => groups(run, language),
        all => run.joint.all.as_ref().map(|probability| row_of("", probability, language)),
        figures => of_figures(figures),
        bands => bands(run, language),
        unknown => unknown::reasons(run.ordered_variables(), std::iter::empty(), language, years)
            .into_iter()
            .chain(bounds::sentences(run, language).into_iter().map(|(_, said, _)| said))
            .collect::<Vec<String>>(),
        assumptions => assumptions::table(run, language),
        method => wording::method(run, language),
    }
}

/// What a scenario says of itself; of a pool also of which worlds it is.
pub(super) fn about(scenario: &ScenarioLabel, language: Language) -> String {
    let summary = scenario.summary.get(language).trim().to_owned();
    match scenario.worlds_sentence() {
        Some(worlds) => tr!(language, "report-page-pool", about = summary, worlds = worlds).trim().to_owned(),
        None => summary,
    }
}

fn groups(run: &Summary, language: Language) -> Vec<Value> {
    let (groups, variants) = (run.shown_groups().into_iter(), run.variants());
    let row = |(name, target): (&str, &TargetSummary)| {
        let note = goals::note(run, target, language);
        context! { note, ..row_of(figure::target_title(name, target, language), &target.probability, language) }
    };
    groups
        .map(|(id, targets)| {
            let with_variants = |&(name, target): &(&str, &TargetSummary)| {
                let variants: Vec<Value> =
                    variants.get(name).into_iter().flatten().copied().map(row).collect();
                let folded = tr!(language, "report-page-variants", count = variants.len());
                context! { variants, folded, ..row((name, target)) }
            };
            let rows: Vec<Value> =
                (targets.iter()).filter(|(_, target)| !run.is_variant(target)).map(with_variants).collect();
            let open = targets.iter().filter(|(_, t)| t.is_goal() && t.probability.decided.is_none()).count();
            let together = run.joint.groups.get(id).filter(|_| open > 1);
            context! {
                title => group::title(id, language),
                rows,
                all => together.map(|probability| row_of("", probability, language)),
            }
        })
        .collect()
}

fn row_of(title: &str, probability: &Probability, language: Language) -> Value {
    let class = match probability.probability {
        o if o >= 2.0 / 3.0 => "likely",
        o if o > 1.0 / 3.0 => "open",
        _ => "unlikely",
    };
    // One digit of what the ends differ by; of an end of which only the other is known, two.
    let digits = i32::from(probability.standard_error.is_none());
    let decimals = (digits - number::exponent((probability.high - probability.low) * 100.0)).clamp(0, 4);
    let end = |share: f64| number::fixed(share * 100.0, decimals);
    context! {
        title,
        class,
        percent => format!("{:.1}", probability.probability * 100.0),
        probability => probability.words(language),
        interval => if probability.decided.is_some() { String::new() } else {
            let (low, high) = (end(probability.low), end(probability.high));
            tr!(language, "report-page-ends", low = low, high = high)
        },
    }
}

/// Rows of the table of bands: every headline variable at a few years.
fn bands(run: &Summary, language: Language) -> Vec<Value> {
    let headlines = run.ordered_variables().filter(|(_, variable)| variable.headline);
    headlines
        .map(|(name, variable)| {
            let shown = variable.shown(language);
            let title = variable.title.or_name(name, language);
            let rows: Vec<Value> =
                years(variable).into_iter().filter_map(|year| band_row(variable, year, &shown)).collect();
            context! { title, unit => unit_words(&shown.unit, language), rows }
        })
        .collect()
}

/// Every fifth year, and the last.
fn years(variable: &VariableSummary) -> Vec<i32> {
    let last = variable.years.last().copied();
    variable.years.iter().copied().filter(|year| period::is_told(*year) || Some(*year) == last).collect()
}

fn band_row(variable: &VariableSummary, year: i32, shown: &unit::Shown) -> Option<Value> {
    let place = variable.place(year)?;
    let levels = ["0.05", "0.25", "0.5", "0.75", "0.95"].map(|level| variable.quantile(level, place));
    let spread = Estimate::spread(&levels);
    let cells = levels.into_iter().chain([variable.mean_at(place)]);
    let cells: Vec<String> = cells.map(|one| one.shown_beside(shown, "–", spread)).collect();
    Some(context! { year => number::year(year), cells })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{self, Size};
    use crate::result::sample;

    fn html(summary: &Summary, language: Language) -> String {
        let fan = figure::fan(summary, "gdp", &[], "", language).unwrap();
        let svg = chart::fan::draw(&fan, &Size::default(), language);
        let figures = vec![vec![PageFigure { name: "gdp".to_owned(), caption: fan.title, svg }]];
        let runs = std::slice::from_ref(summary);
        page(&PageContent { runs, figures: &figures, ..PageContent::default() }, language).unwrap()
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
        let outside = html.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "");
        assert!(!outside.contains("http") && !outside.contains("src="), "the page asks for something else");
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
        assert!(!html.contains("<script>alert") && html.contains("&lt;script&gt;alert"));
    }

    fn compared(language: Language) -> String {
        let comparison = sample::comparison();
        let drawn = crate::report::side_by_side::all(&comparison, "", language);
        let figures: Vec<PageFigure> = drawn.into_iter().map(PageFigure::from).collect();
        let runs = std::slice::from_ref(&comparison.reference);
        page(
            &PageContent {
                runs,
                figures: &[],
                comparison: Some((&comparison, &figures)),
                is_of_folder: false,
            },
            language,
        )
        .unwrap()
    }

    #[test]
    fn scenarios_are_held_against_each_other() {
        let html = compared(Language::En);
        for expected in [
            "A faster transition",
            "−4.2 ± 0.1",
            "path by path",
            "data-name=\"gdp-difference\"",
            "Not compared, as units differ: va[coal]",
        ] {
            assert!(html.contains(expected), "{expected}");
        }
        assert!(compared(Language::Zh).contains("与基准情景逐路径之差"));
    }

    /// The dots and numbers of the first screen, read from the page and held against the counts of `sample::summary`.
    #[test]
    fn a_page_begins_with_its_goals_and_their_chances_in_every_scenario() {
        let comparison = sample::comparison();
        let html = compared(Language::En);
        let body = html.split_once("<html").unwrap().1;
        let body = format!("<html{body}");
        let page = roxmltree::Document::parse(&body).unwrap();
        let class = |node: &roxmltree::Node, name: &str| {
            node.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == name))
        };
        let first = page.descendants().find(|node| node.has_tag_name("h2")).unwrap();
        assert_eq!(first.attribute("id"), Some("goals"));
        let mut seen = 0;
        for goal in page.descendants().filter(|node| node.has_tag_name("li")) {
            let Some(name) = goal.attribute("id").and_then(|id| id.strip_prefix("goal-")) else { continue };
            let chances: Vec<_> = goal.descendants().filter(|node| class(node, "chance")).collect();
            assert_eq!(chances.len(), 2, "{name}");
            for (chance, run) in chances.iter().zip(comparison.summaries()) {
                let Some(target) = run.targets.get(name) else { continue };
                let known = &target.probability;
                let full = chance.descendants().filter(|node| class(node, "full")).count();
                assert!((full as f64 - known.probability * 10.0).abs() <= 0.5, "{name}: {full}");
                let text: String = chance.descendants().filter_map(|node| node.text()).collect();
                assert!(text.contains(&known.words(Language::En)), "{name}: {text}");
                seen += 1;
            }
        }
        assert!(seen >= 10, "{seen} chances");
    }

    #[test]
    fn what_the_contents_name_is_there_and_no_name_is_given_twice() {
        for html in [html(&sample::summary(), Language::En), compared(Language::Zh)] {
            let ids = |html: &str, of: &str| -> Vec<String> {
                html.split(of).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
            };
            let names = ids(&html, " id=\"");
            for link in ids(&html, "href=\"#") {
                assert_eq!(names.iter().filter(|name| **name == link).count(), 1, "#{link}");
            }
        }
    }

    #[test]
    fn only_the_pages_own_script_may_run() {
        let html = html(&sample::summary(), Language::En);
        let said = html.replace("&#x27;", "'");
        assert!(said.contains("default-src 'none'") && said.contains("script-src 'sha256-"));
        assert_eq!(html.matches("<script").count(), 3, "words, numbers, and the script");
    }

    #[test]
    fn the_page_is_well_formed() {
        for language in [Language::En, Language::Zh] {
            for html in [html(&sample::summary(), language), compared(language)] {
                let body = html.split_once("<html").unwrap().1;
                roxmltree::Document::parse(&format!("<html{body}")).unwrap();
            }
        }
    }
}
