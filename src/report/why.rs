//! Figures of what drives results: a tornado for an outcome, and what could be learned by year.

use crate::analysis::moved::{End, Movable};
use crate::chart::rows::{BarRow, FloatingBars, Tone};
use crate::result::Summary;
use crate::result::summary::{Drivers, InputShare};
use crate::text::period::{self, label};
use crate::text::{Language, Text, grade, number, unit};
use crate::tr;

use super::figure;

/// Most rows of a tornado.
const MOST_ROWS: usize = 12;

/// The year whose drivers are shown: the one asked for, or that of a headline's first target, or the last.
pub fn year(summary: &Summary, name: &str, asked: Option<i32>) -> Option<i32> {
    let known = |year: &i32| summary.drivers.contains_key(&format!("{name}@{}", label(year)));
    let marked = summary.targets.values().flat_map(|target| &target.marks);
    let marked = marked.filter(|mark| mark.variable == name).map(|mark| mark.year).find(known);
    let last = || summary.variables.get(name)?.years.iter().rev().copied().find(known);
    asked.filter(known).or(marked).or_else(last)
}

/// What a tornado is about.
struct TornadoSubject<'a> {
    title: &'a str,
    year: Option<i32>,
    shown: unit::Shown,
    /// Mean and standard deviation, as shown.
    mean: f64,
    sd: f64,
}

/// A headline in a year (`gdp@2025`), a metric, or the odds of a target.
fn outcome<'a>(summary: &'a Summary, name: &'a str, language: Language) -> Option<TornadoSubject<'a>> {
    if let Some((variable, year)) = name.rsplit_once('@') {
        let (found, year) = (summary.variables.get(variable)?, period::parse(year)?);
        let place = found.place(year)?;
        let shown = found.shown(language);
        let (mean, sd) = (found.mean.get(place).copied()??, found.sd.get(place).copied()??);
        let (mean, sd) = (mean * shown.factor, sd * shown.factor);
        return Some(TornadoSubject {
            title: named(&found.title, variable, language),
            year: Some(year),
            mean,
            sd,
            shown,
        });
    }
    if let Some(found) = summary.metrics.get(name) {
        let shown = found.shown(language);
        // As the ends have it: what never comes counts as the year after the last.
        let (mean, sd) = found.counted()?;
        let (mean, sd) = (mean * shown.factor, sd * shown.factor);
        return Some(TornadoSubject {
            title: named(&found.title, name, language),
            year: None,
            mean,
            sd,
            shown,
        });
    }
    let found = summary.targets.get(name)?;
    let shown = unit::Shown { factor: 100.0, unit: "%".to_owned(), is_year: false, step: period::Step::Year };
    let (mean, probability) = (found.probability.probability * shown.factor, found.probability.probability);
    let sd = (probability * (1.0 - probability)).sqrt() * shown.factor;
    Some(TornadoSubject { title: named(&found.title, name, language), year: None, mean, sd, shown })
}

/// Metrics and targets with something that drives them, of which it is known, or can be simulated, how it moves them.
pub fn driven(summary: &Summary, movable: bool) -> Vec<&str> {
    let names = summary.order.metrics.iter().chain(&summary.order.targets);
    let moves = |name: &&String| summary.inputs(name).iter().any(|input| movable || input.low.is_some());
    names.filter(moves).map(String::as_str).collect()
}

/// The outcome with each input low and high, the strongest first; nothing where nothing is known. What the run does not
/// know, of inputs that are drawn more than once, is simulated; what cannot be is not shown.
/// `name` is a headline in a year (`gdp@2025`), a metric, or a target, whose odds are shown; `source` is written at
/// the foot, and may be empty.
pub fn tornado(
    summary: &Summary,
    name: &str,
    movable: Option<&Movable>,
    source: &str,
    language: Language,
) -> Option<FloatingBars> {
    let TornadoSubject { title, year, shown, mean: center, sd } = outcome(summary, name, language)?;
    let inputs = &summary.inputs(name)[..summary.inputs(name).len().min(MOST_ROWS)];
    let row = |(input, ends): (&InputShare, [End; 2])| {
        let [low, high] = ends.map(|end| end.mean * shown.factor);
        let texts = ends.map(|end| {
            let error = if end.error > 0.0 { end.error * shown.factor } else { sd * 0.05 };
            let value = end.mean * shown.factor;
            if shown.is_year {
                unit::number_in(value, 6, unit::calendar(shown.step))
            } else {
                number::significant(value, error)
            }
        });
        let share = figure::share(input.first_order, input.standard_error, language);
        BarRow {
            title: row_title(input, language),
            bars: vec![(low, center, Tone::Low), (center, high, Tone::High)],
            interval: None,
            label: format!("{} · {share}", texts.join(" – ")),
        }
    };
    let all = ends(inputs, name, movable);
    let count = summary.inputs(name).len();
    let rows: Vec<BarRow> =
        inputs.iter().zip(all).filter_map(|(input, ends)| Some(row((input, ends?)))).collect();
    if rows.is_empty() {
        return None;
    }
    let asked = match (year, summary.targets.contains_key(name)) {
        (Some(year), _) => tr!(language, "report-why-year", title = title, year = year),
        (None, true) => tr!(language, "report-why-target", title = title),
        (None, false) => tr!(language, "report-why-metric", title = title),
    };
    let about = match summary.metrics.get(name).and_then(|metric| metric.never_counts_as) {
        Some(year) => {
            let year = unit::number_in(
                year * shown.factor,
                6,
                if shown.is_year { unit::calendar(shown.step) } else { "" },
            );
            tr!(language, "report-why-about-never", year = year)
        }
        None => tr!(language, "report-why-about").to_owned(),
    };
    let mut about = about;
    if rows.len() < count {
        about.push_str(&tr!(language, "report-why-more", shown = rows.len(), count = count));
    }
    if year.is_some() {
        let variable = name.rsplit_once('@').map_or(name, |(variable, _)| variable);
        about.push_str(&unknown(summary, variable, language));
    }
    let legend = [
        (Tone::Low, tr!(language, "report-why-low").to_owned()),
        (Tone::High, tr!(language, "report-why-high").to_owned()),
    ];
    Some(FloatingBars {
        title: asked,
        subtitle: about,
        unit: shown.unit,
        are_years: shown.is_year,
        legend: legend.into(),
        center: Some(center),
        percent: false,
        rows,
        footer: figure::footer(summary, source, language),
    })
}

/// By year, how much of a headline's variance could be learned and how much could not.
pub fn learnable(summary: &Summary, name: &str, source: &str, language: Language) -> Option<FloatingBars> {
    let variable = summary.variables.get(name)?;
    let row = |year: &i32| {
        let drivers = summary.drivers.get(&format!("{name}@{}", label(year)))?;
        Some(BarRow {
            title: label(year),
            bars: stacked(drivers),
            interval: None,
            label: [(drivers.parameters, drivers.parameters_error), (drivers.shocks, drivers.shocks_error)]
                .map(|(share, error)| figure::share(share, error, language))
                .join(" · "),
        })
    };
    let rows: Vec<BarRow> = variable.years.iter().filter_map(row).collect();
    let title = named(&variable.title, name, language);
    let legend = [
        (Tone::High, tr!(language, "report-why-parameters").to_owned()),
        (Tone::Low, tr!(language, "report-why-weak").to_owned()),
        (Tone::Neutral, tr!(language, "report-why-shocks").to_owned()),
        (Tone::Pale, tr!(language, "report-why-jointly").to_owned()),
    ];
    (rows.len() > 1).then(|| FloatingBars {
        title: tr!(language, "report-why-learnable", title = title),
        subtitle: tr!(language, "report-why-shares").to_owned() + &unknown(summary, name, language),
        legend: legend.into(),
        percent: true,
        rows,
        footer: figure::footer(summary, source, language),
        ..FloatingBars::default()
    })
}

/// The years in which it is not known what drives a variable, with the reason; empty where there is none.
fn unknown(summary: &Summary, name: &str, language: Language) -> String {
    let Some(variable) = summary.variables.get(name) else { return String::new() };
    let key = |year: &i32| format!("{name}@{}", label(year));
    let mut reasons: Vec<(&str, Vec<i32>)> = Vec::new();
    // Where nothing moves, as in the base year, nothing is to be known.
    let moves = |year: &&i32| {
        let place = variable.place(**year);
        let sd = place.and_then(|at| variable.sd.get(at).copied().flatten());
        let size = place.and_then(|at| variable.mean.get(at).copied().flatten()).unwrap_or(0.0).abs();
        sd.is_none_or(|sd| sd > 1e-9 * size)
    };
    for year in variable.years.iter().filter(moves) {
        let Some(why) = summary.drivers_not_known.get(&key(year)).map(|why| why.get(language)) else {
            continue;
        };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, years)) => years.push(*year),
            None => reasons.push((why, vec![*year])),
        }
    }
    let said = reasons.iter().map(|(why, years)| {
        tr!(language, "report-why-unknown", years = figure::year_words(years, language), why = *why)
    });
    let mut said: String = said.collect();
    // Years of which nothing is said, though others have their drivers; in the first nothing may be random yet.
    let silent = |year: &&i32| {
        let known =
            summary.drivers.contains_key(&key(year)) || summary.drivers_not_known.contains_key(&key(year));
        !known && moves(year)
    };
    let silent: Vec<i32> = variable.years.iter().filter(silent).copied().collect();
    if !silent.is_empty() {
        said.push_str(&tr!(
            language,
            "report-why-unknown-years",
            years = figure::year_words(&silent, language)
        ));
    }
    said
}

/// Parameters with a good source, inputs with a weak one, shocks, and what is left, end to end.
fn stacked(drivers: &Drivers) -> Vec<(f64, f64, Tone)> {
    // Weak shocks are rare: what is weak beyond the parameters is theirs.
    let weak_parameters = crate::num::min(drivers.weak, drivers.parameters);
    let parts = [
        (drivers.parameters - weak_parameters, Tone::High),
        (drivers.weak, Tone::Low),
        (drivers.shocks - (drivers.weak - weak_parameters), Tone::Neutral),
        (drivers.unexplained, Tone::Pale),
    ];
    // Estimates may come to a little more than the whole, which a bar cannot.
    let whole = crate::num::max(parts.iter().map(|part| part.0).sum::<f64>(), 1.0);
    let mut end = 0.0;
    parts
        .into_iter()
        .map(|(share, tone)| {
            let from = end;
            end = crate::num::min(end + share / whole, 1.0);
            (from, end, tone)
        })
        .collect()
}

/// What is known of the ends of each input, or simulated.
fn ends(inputs: &[InputShare], name: &str, movable: Option<&Movable>) -> Vec<Option<[End; 2]>> {
    let known = |input: &InputShare| {
        let end = |mean: f64, error: Option<f64>| End { mean, error: error.unwrap_or(0.0) };
        Some([end(input.low?, input.low_error), end(input.high?, input.high_error)])
    };
    let mut found: Vec<Option<[End; 2]>> = inputs.iter().map(known).collect();
    let lacking: Vec<usize> = (0..inputs.len()).filter(|input| found[*input].is_none()).collect();
    if let Some(movable) = movable.filter(|_| !lacking.is_empty()) {
        let names: Vec<&str> = lacking.iter().map(|input| inputs[*input].input.as_str()).collect();
        let simulated = movable.ends(name, &names);
        lacking.into_iter().zip(simulated).for_each(|(input, ends)| found[input] = ends);
    }
    found
}

/// The input, and between which values it is moved where it takes few.
fn row_title(input: &InputShare, language: Language) -> String {
    let title = format!("{}{}", input_title(input, language), grade::mark(&input.grade));
    let Some([low, high]) = input.values.map(|values| values.map(|x| number::trimmed(x, 4))) else {
        return title;
    };
    tr!(language, "report-why-ends", title = title, low = low, high = high)
}

fn input_title(input: &InputShare, language: Language) -> &str {
    input.title.or_name(&input.input, language)
}

fn named<'a>(title: &'a Text, name: &'a str, language: Language) -> &'a str {
    title.or_name(name, language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{font, rows};
    use crate::result::sample;

    #[test]
    fn a_tornado_has_a_row_for_each_input_about_the_mean() {
        let rows = tornado(&sample::summary(), "gdp@2025", None, "the report", Language::En).unwrap();
        assert!(rows.footer.ends_with(" · Source: the report"), "{}", rows.footer);
        assert_eq!(rows.rows.len(), 3);
        let row = &rows.rows[0];
        assert_eq!((row.title.as_str(), row.bars[0].1), ("Coal: price", rows.center.unwrap()));
        assert!(row.label.ends_with("41.0 % ± 0.4"), "{}", row.label);
    }

    #[test]
    fn a_tornado_of_a_target_is_about_its_odds() {
        let mut summary = sample::summary();
        let (name, probability) = {
            let (name, target) = summary.ordered_targets().next().unwrap();
            (name.to_owned(), target.probability.probability)
        };
        let mut inputs = summary.sensitivity["gdp@2025"].clone();
        inputs.truncate(1);
        (inputs[0].low, inputs[0].high) = (Some(0.2), Some(0.9));
        summary.sensitivity.insert(name.clone(), inputs);
        assert_eq!(driven(&summary, false), [name.as_str()]);
        let rows = tornado(&summary, &name, None, "", Language::En).unwrap();
        assert_eq!((rows.center, rows.unit.as_str()), (Some(100.0 * probability), "%"));
        assert_eq!((rows.rows[0].bars[0].0, rows.rows[0].bars[1].1), (20.0, 90.0));
        assert!(rows.title.contains("the odds of"), "{}", rows.title);
    }

    /// The ends count a year that never comes as the year after the last, and so does the line between them.
    #[test]
    fn a_tornado_of_a_year_is_about_the_mean_with_what_never_comes() {
        let mut summary = sample::summary();
        let mut inputs = summary.sensitivity["gdp@2025"].clone();
        (inputs[0].low, inputs[0].high) = (Some(2027.5), Some(2030.0));
        summary.sensitivity.insert("peak".to_owned(), inputs);
        let rows = tornado(&summary, "peak", None, "", Language::En).unwrap();
        assert!((rows.center.unwrap() - (0.919 * 2028.4 + 0.081 * 2036.0)).abs() < 1e-9, "{rows:?}");
        assert!(rows.subtitle.ends_with("Never counts as 2036"), "{}", rows.subtitle);
        assert!(!rows::draw(&rows, 900, Language::En).contains("2,0"), "years have no groups of thousands");
    }

    #[test]
    fn shares_of_a_year_end_at_all() {
        let mut summary = sample::summary();
        let mut drivers = summary.drivers["gdp@2025"].clone();
        (drivers.parameters, drivers.shocks, drivers.weak, drivers.unexplained) = (0.6, 0.44, 0.1, 0.0);
        for year in ["gdp@2025", "gdp@2026"] {
            summary.drivers.insert(year.to_owned(), drivers.clone());
        }
        let svg = rows::draw(&learnable(&summary, "gdp", "", Language::En).unwrap(), 900, Language::En);
        assert!(svg.contains("100 %") && !svg.contains("120 %"));
    }

    #[test]
    fn the_font_has_every_character_of_the_programs_own_words() {
        let mut summary = sample::summary();
        let drivers = summary.drivers["gdp@2025"].clone();
        summary.drivers.insert("gdp@2026".to_owned(), drivers);
        for language in [Language::En, Language::Zh] {
            for figure in
                [tornado(&summary, "gdp@2025", None, "", language), learnable(&summary, "gdp", "", language)]
            {
                let svg = rows::draw(&figure.unwrap(), 900, language);
                let document = roxmltree::Document::parse(&svg).unwrap();
                let texts: String = document.descendants().filter_map(|n| n.text()).collect();
                assert_eq!(font::missing(&texts), Vec::<char>::new());
            }
        }
    }
}
