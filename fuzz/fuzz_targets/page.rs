//! Any words as the titles, units and names of a run, a comparison and a check: every figure is XML, the page has no
//! script but its own and no control character, the tables no formula, and JUnit and Markdown nothing that they did not have.
#![no_main]

use indexmap::IndexMap;
use libfuzzer_sys::fuzz_target;
use plancast::analysis::gates::{Estimate, Judged, Location, Verdict};
use plancast::chart::Size;
use plancast::export::junit::junit;
use plancast::export::verdicts::{Check, Checked, Finding, Refused, github, markdown};
use plancast::export::{bands, differences, iamc, targets};
use plancast::report::{Content, Figure, Material, page, side_by_side};
use plancast::result::{Comparison, Distributions, Summary};
use plancast::text::visible::is_control;
use plancast::text::{Language, Text, markup};

#[path = "common/mod.rs"]
mod common;

/// Words that come round again and again: the first character of the text parts them.
struct Words<'a>(std::iter::Cycle<std::str::Split<'a, char>>);

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let separator = text.chars().next().unwrap_or('\n');
        Self(text[separator.len_utf8().min(text.len())..].split(separator).cycle())
    }

    fn next(&mut self) -> String {
        self.0.next().unwrap_or_default().to_owned()
    }

    fn text(&mut self) -> Text {
        Text::plain(self.next())
    }
}

fuzz_target!(|text: &str| {
    let mut words = Words::of(text);
    let language = if text.len() % 2 == 0 { Language::En } else { Language::Zh };
    of_check(&mut words);
    // A page takes as long as hundreds of checks: one of the two for each text.
    if text.len() % 4 < 2 {
        let mut summary = common::run().summary.clone();
        let mut distributions = common::run().distributions.clone();
        rename(&mut summary, &mut words);
        move_variable(&mut summary, &mut distributions, words.next());
        of_run(&summary, &distributions, text.len() / 4, language);
    } else {
        let mut comparison = common::comparison().clone();
        rename(&mut comparison.reference, &mut words);
        comparison.alternatives.iter_mut().for_each(|each| rename(&mut each.summary, &mut words));
        of_comparison(&comparison, language);
    }
});

/// Other words for everything.
fn rename(summary: &mut Summary, words: &mut Words) {
    let scenario = &mut summary.scenario;
    (scenario.title, scenario.region, scenario.summary) = (words.text(), words.text(), words.text());
    for variable in summary.variables.values_mut() {
        (variable.title, variable.unit) = (words.text(), words.next());
    }
    for metric in summary.metrics.values_mut() {
        (metric.title, metric.unit) = (words.text(), words.next());
    }
    for target in summary.targets.values_mut() {
        (target.title, target.group, target.source) = (words.text(), words.next(), words.next());
        target.require = words.next();
    }
    for input in summary.sensitivity.values_mut().flatten() {
        (input.title, input.group, input.input) = (words.text(), words.next(), words.next());
    }
}

/// Another name for the first variable.
fn move_variable(summary: &mut Summary, distributions: &mut Distributions, name: String) {
    let Some(old) = summary.order.variables.first().cloned() else { return };
    summary.order.variables[0].clone_from(&name);
    if let Some(moved) = summary.variables.remove(&old) {
        summary.variables.insert(name.clone(), moved);
    }
    if let Some(moved) = distributions.variables.remove(&old) {
        distributions.variables.insert(name, moved);
    }
}

/// Of all figures that a run has the one with this number, so that as many words as can be are tried.
fn of_run(summary: &Summary, distributions: &Distributions, number: usize, language: Language) {
    let history = IndexMap::new();
    let source = summary.scenario.title.en.as_str();
    let material =
        Material { summary, distributions: Some(distributions), replayed: None, history: &history, source };
    let usual = material.usual();
    let item = usual.get(number % usual.len().max(1));
    let drawn = item.and_then(|item| material.draw(item, None, Size::default(), language));
    let figures: Vec<Figure> = drawn.map(Figure::from).into_iter().collect();
    figures.iter().for_each(|figure| are_xml(&figure.svg));
    let content = Content { runs: std::slice::from_ref(summary), figures: &[figures], comparison: None };
    is_safe_page(&page(&content, language).expect("a page"));
    for csv in [bands::csv(summary), targets::csv(summary, language), iamc::csv(summary, source)] {
        is_safe_table(&csv);
    }
    let _ = markup::markdown(source);
}

fn of_comparison(comparison: &Comparison, language: Language) {
    let drawn = side_by_side::all(comparison, &comparison.reference.scenario.title.en, language);
    let figures: Vec<Figure> = drawn.into_iter().map(Figure::from).collect();
    figures.iter().for_each(|figure| are_xml(&figure.svg));
    let content = Content { runs: &[], figures: &[], comparison: Some((comparison, &figures)) };
    is_safe_page(&page(&content, language).expect("a page"));
    is_safe_table(&differences::csv(comparison));
    is_safe_table(&differences::changes(comparison, language));
}

/// Figures have no element but those that draw.
fn are_xml(svg: &str) {
    let document = roxmltree::Document::parse(svg).expect("a figure is XML");
    let known =
        ["svg", "title", "style", "g", "rect", "line", "polyline", "polygon", "path", "circle", "text"];
    let mut elements = document.descendants().filter(roxmltree::Node::is_element);
    assert!(elements.all(|node| known.contains(&node.tag_name().name())), "{svg}");
}

/// The page is XML too: what is well-formed there is so to every parser of HTML.
fn is_safe_page(html: &str) {
    assert!(!html.contains(|c: char| c != '\n' && is_control(c)));
    let body = format!("<html{}", html.split_once("<html").expect("a page").1);
    let document = roxmltree::Document::parse(&body).expect("a page is well-formed");
    let scripts = document.descendants().filter(|node| node.has_tag_name("script"));
    assert_eq!(scripts.count(), 2, "the words and the page's own");
    let mut attributes = document.descendants().flat_map(|node| node.attributes());
    assert!(attributes.all(|attribute| !attribute.name().starts_with("on")), "no handler");
}

/// Every cell is a number, or a text that no spreadsheet takes for a formula; all rows are as long as the header.
fn is_safe_table(csv: &str) {
    for row in csv::Reader::from_reader(csv.as_bytes()).into_records() {
        for cell in &row.expect("as many cells as the header has") {
            assert!(!cell.contains(is_control), "{cell:?}");
            let text = cell.trim_start();
            assert!(cell.parse::<f64>().is_ok() || !text.starts_with(['=', '+', '-', '@']), "{cell:?}");
        }
    }
}

fn of_check(words: &mut Words) {
    let check = check(words);
    let xml = junit(&check);
    let document = roxmltree::Document::parse(&xml).expect("JUnit is XML");
    let known =
        ["testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out", "system-err"];
    let mut elements = document.descendants().filter(roxmltree::Node::is_element);
    assert!(elements.all(|node| known.contains(&node.tag_name().name())), "{xml}");
    let commands = github(&check);
    assert_eq!(commands.lines().count(), 4, "{commands}");
    assert!(commands.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")));
    for text in [commands, markdown(&check)] {
        assert!(!text.contains("##[") && !text.contains(|c: char| c != '\n' && is_control(c)), "{text:?}");
    }
    assert!(!markdown(&check).lines().any(|line| line.trim_start().starts_with("::")));
}

fn check(words: &mut Words) -> Check {
    let estimate = Estimate {
        is_year: false,
        statistic: words.next(),
        estimate: Some(0.495),
        low: Some(0.491),
        high: Some(0.499),
        method: "exact",
        guarantee: true,
        reason: None,
        not_known: 0,
        is_share: true,
    };
    let mut gate = |verdict| Judged {
        name: words.next(),
        require: words.next(),
        verdict,
        guarantee: Some(true),
        reason: None,
        paths: 1000,
        statistics: vec![estimate.clone()],
        place: Some(Location { file: words.next(), line: 3 }),
    };
    let gates = vec![gate(Verdict::Fail), gate(Verdict::Pass), gate(Verdict::Undecided)];
    let checked = Checked {
        scenario: words.next(),
        paths: 1000,
        looks: vec![1000],
        gates,
        seconds: 1.5,
        drift: None,
        mismatches: Vec::new(),
    };
    let finding = Finding { message: words.next(), place: None };
    let refused = Refused { scenario: words.next(), findings: vec![finding.clone(), finding] };
    Check::new(0.99, vec![checked], vec![refused])
}
