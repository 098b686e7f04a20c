//! What a run assumes, for the page: value by value, with its source, its grade and the document's words.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::Value;

use crate::result::Summary;
use crate::result::summary::{Assumption, Assumptions};
use crate::text::{Language, unit};
use crate::tr;

/// The table of assumptions: those that rest on the document's words first, then the others, by grade.
/// Nothing where nothing is assumed.
pub(super) fn table(run: &Summary, language: Language) -> Option<Value> {
    let assumed = &run.assumptions;
    if assumed.values.is_empty() {
        return None;
    }
    let quoted = assumed.values.iter().filter(|value| !value.figures.is_empty());
    let others = |grade: &str| -> Vec<&Assumption> {
        let of_grade = |value: &&Assumption| value.figures.is_empty() && assumed.grade(value) == grade;
        assumed.values.iter().filter(of_grade).collect()
    };
    let (first, rest): (Vec<&Assumption>, Vec<&Assumption>) =
        (quoted.collect(), ["D", "C", "B", "A", ""].into_iter().flat_map(others).collect());
    let count = |grade: &str| assumed.values.iter().filter(|value| assumed.grade(value) == grade).count();
    let (all, c, d) = (assumed.values.len(), count("C"), count("D"));
    let lead = tr!(language, "report-assumptions-lead", all = all, derived = d, unconfirmed = c);
    let parts = [
        (tr!(language, "report-assumptions-quoted"), first),
        (tr!(language, "report-assumptions-others"), rest),
    ]
    .into_iter()
    .filter(|(_, rows)| !rows.is_empty())
    .map(|(title, rows)| part(title, rows, run, language));
    Some(context! { lead, parts => parts.collect::<Vec<_>>() })
}

/// A table of the page: what it can be folded under, and what it is called where it is read aloud. Values that rest on the
/// same stand together, where the first of them does.
fn part(title: &str, mut values: Vec<&Assumption>, run: &Summary, language: Language) -> Value {
    let mut places: BTreeMap<Basis, usize> = BTreeMap::new();
    for (place, value) in values.iter().enumerate() {
        places.entry(basis(value)).or_insert(place);
    }
    values.sort_by_key(|value| places[&basis(value)]);
    let titles = spans(&values, |value| heading(value, language));
    let bases = spans(&values, basis);
    let rows: Vec<Value> = (values.iter().zip(titles.into_iter().zip(bases)))
        .map(|(value, (titled, based))| {
            let rests_on = (based > 0).then(|| rests_on(value, &run.assumptions, language));
            context! {
                title => heading(value, language),
                titled,
                name => value.name.clone(),
                written => value.written.clone(),
                unit => unit::as_written(&value.unit, language),
                based,
                ..rests_on.unwrap_or_default()
            }
        })
        .collect();
    let scenario = super::side_by_side::title(&run.scenario, language);
    context! {
        title => tr!(language, "report-page-many", title = title, count = rows.len()),
        spoken => tr!(language, "report-assumptions-of", title = title, scenario = scenario),
        rows,
    }
}

/// What a value is called: its title, or its name.
fn heading(value: &Assumption, language: Language) -> &str {
    value.title.or_name(&value.name, language)
}

/// What a value rests on, as several may: its source, the words of the document, the remark.
type Basis<'a> = (&'a str, &'a [String], &'a str);

fn basis(value: &Assumption) -> Basis<'_> {
    (&value.source, &value.figures, &value.note.en)
}

/// The most rows that a cell goes through: what is read far below should still be near.
const MOST: usize = 12;

/// Through how many rows the cell of each goes; 0 where one above goes through it.
fn spans<'a, T: PartialEq>(values: &[&'a Assumption], of: impl Fn(&'a Assumption) -> T) -> Vec<usize> {
    let mut spans: Vec<usize> = Vec::new();
    let mut begun = 0;
    for (place, value) in values.iter().enumerate() {
        if place > 0 && of(value) == of(values[place - 1]) && spans[begun] < MOST {
            spans[begun] += 1;
            spans.push(0);
        } else {
            begun = place;
            spans.push(1);
        }
    }
    spans
}

fn rests_on(value: &Assumption, assumed: &Assumptions, language: Language) -> Value {
    let grade = assumed.grade(value);
    let source = assumed.sources.get(&value.source).map_or("", |source| source.title.get(language));
    let words: Vec<String> = value
        .figures
        .iter()
        .filter_map(|id| assumed.figures.get(id))
        .map(|figure| {
            // The words of a document are Chinese: other readers are told what they say.
            let words = figure.words.get(language);
            match figure.title.get(language) {
                gloss if language != Language::Zh && !gloss.is_empty() => {
                    tr!(language, "report-assumptions-gloss", words = words, gloss = gloss)
                }
                _ => tr!(language, "report-assumptions-words", words = words),
            }
        })
        .collect();
    context! {
        source,
        grade,
        weak => matches!(grade, "C" | "D"),
        note => value.note.get(language),
        words,
    }
}

#[cfg(test)]
mod tests {
    use crate::report::page::{self, PageContent};
    use crate::result::sample;
    use crate::result::summary::{Assumption, Citation, Quotation};
    use crate::text::{Language, Text};

    #[test]
    fn the_page_shows_the_chain_from_the_words_to_the_distribution_with_its_grade() {
        let mut summary = sample::summary();
        let assumed = &mut summary.assumptions;
        let words = Quotation {
            words: Text::plain("年均增长8%以上"),
            title: Text::plain("growth"),
            ..Quotation::default()
        };
        assumed.figures.insert("growth".into(), words);
        let source = Citation { title: Text::plain("Read as an expectation"), grade: "D".into() };
        assumed.sources.insert("plan_path".into(), source);
        assumed.values.push(Assumption {
            name: "expected_growth.2021".into(),
            written: "normal(8%, 1%)".into(),
            source: "plan_path".into(),
            figures: vec!["growth".into()],
            ..Assumption::default()
        });
        for language in [Language::En, Language::Zh] {
            let runs = std::slice::from_ref(&summary);
            let html = page::page(&PageContent { runs, ..PageContent::default() }, language).unwrap();
            for part in ["年均增长8%以上", "expected_growth.2021", "normal(8%, 1%)", "Read as an expectation"]
            {
                assert!(html.contains(part), "{part}");
            }
            assert!(html.contains("<b class=\"grade weak\">D</b>"));
            let body = html.split_once("<html").unwrap().1;
            roxmltree::Document::parse(&format!("<html{body}")).unwrap();
        }
    }
}
