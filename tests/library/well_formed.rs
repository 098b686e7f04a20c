//! Whatever a scenario calls its things: SVG, HTML, `JUnit`, CSV and Markdown stay well-formed, and say what it says.
//! Each is read by a parser of its own.

use indexmap::IndexMap;
use plancast::analysis::against::{ChangedFact, Mismatch};
use plancast::analysis::diff::{ChangedNumber, Gap};
use plancast::analysis::gates::{GateEstimate, Judged, Location, Verdict};
use plancast::chart::Size;
use plancast::engine::{self, RunRequest, Watch};
use plancast::export::junit::junit;
use plancast::export::verdicts::{Check, CheckFailure, CheckedScenario, Refused, github, markdown};
use plancast::export::{bands, iamc, targets};
use plancast::model::{RecordedVariables, compile};
use plancast::report::{Material, PageContent, PageFigure, page};
use plancast::result::{Distributions, Summary, assemble, distribution, drivers};
use plancast::scenario;
use plancast::text::visible::{is_control, line, without_commands};
use plancast::text::{Language, Text};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), failure_persistence: None, ..ProptestConfig::default() }
}

/// Any text, and often one that tries to be something else.
fn text() -> impl Strategy<Value = String> {
    let tries = [
        "=1+1",
        "+1",
        "-1+2",
        "@SUM(1)",
        "]]>",
        "</title></svg>",
        "<script>alert(1)</script>",
        "&amp;",
        "a|b",
        "`c`",
        "**d**",
        "[x](y)",
        "\\",
        "'",
        "\"",
        "\u{1b}[31m",
        "\u{fffe}",
        "\n::error::x",
        "##[error]x",
        "# h",
        "- i",
        "1. j",
        "<!-- -->",
        "\" font-size=\"9",
        "\" opacity=\"1\"",
        "%0A",
        "\t",
        "地区",
        "_k_",
        "~~l~~",
        "$m$",
        "{{ n }}",
        "{% o %}",
        "\r\n",
        "> q",
    ];
    let piece = prop_oneof![3 => proptest::sample::select(tries.to_vec()).prop_map(str::to_owned), 2 => ".{0,6}", 1 => any::<String>()];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn run() -> (Summary, Distributions) {
    let mut loaded = scenario::load("two-sector-town", &[]);
    let model = compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics).unwrap();
    let request = RunRequest { seed: 1, paths: 300, threads: Some(1) };
    let question = drivers::ask(&model, request.paths);
    let slicing = question.as_ref().map(|question| &question.slicing);
    let ensemble = engine::simulate_sliced(
        &model.program,
        &[],
        &request,
        0..request.blocks(),
        slicing,
        Watch::default(),
    )
    .unwrap();
    let mut summary = assemble::summary(&model.labels, &ensemble, 1, &[0.05, 0.25, 0.5, 0.75, 0.95]);
    if let Some(question) = &question {
        drivers::find(&model, question, &ensemble, 1).put_into(&mut summary);
    }
    (summary, distribution::distributions(&model.labels, &ensemble))
}

/// The run with other words for everything.
fn renamed(words: &[String; 4]) -> (Summary, Distributions) {
    let (mut summary, mut distributions) = run();
    let [title, name, unit, group] = words;
    summary.scenario.title = Text::plain(title.as_str());
    summary.scenario.region = Text::plain(name.as_str());
    summary.scenario.summary = Text::plain(title.as_str());
    for variable in summary.variables.values_mut() {
        (variable.title, variable.unit) = (Text::plain(title.as_str()), unit.clone());
    }
    for metric in summary.metrics.values_mut() {
        (metric.title, metric.unit) = (Text::plain(title.as_str()), unit.clone());
    }
    for target in summary.targets.values_mut() {
        (target.title, target.group, target.source) =
            (Text::plain(title.as_str()), group.clone(), name.clone());
    }
    for input in summary.sensitivity.values_mut().flatten() {
        (input.title, input.group, input.input) = (Text::plain(title.as_str()), group.clone(), name.clone());
    }
    // A variable with another name.
    let old = summary.order.variables[0].clone();
    summary.order.variables[0].clone_from(name);
    let moved = summary.variables.remove(&old).unwrap();
    summary.variables.insert(name.clone(), moved);
    let histograms = distributions.variables.remove(&old).unwrap();
    distributions.variables.insert(name.clone(), histograms);
    (summary, distributions)
}

fn records(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn figures_pages_and_tables_are_well_formed(words in [text(), text(), text(), text()]) {
        let (summary, distributions) = renamed(&words);
        let history = IndexMap::new();
        let source = words[0].as_str();
        let material = Material { summary: &summary, distributions: Some(&distributions), replayed: None, history: &history, source };
        let figures: Vec<PageFigure> = (material.all().iter())
            .filter_map(|item| material.draw(item, None, Size::default(), Language::En))
            .map(PageFigure::from)
            .collect();
        for figure in &figures {
            let document = roxmltree::Document::parse(&figure.svg).unwrap();
            let known = ["svg", "title", "style", "g", "rect", "line", "polyline", "polygon", "path", "circle", "text"];
            prop_assert!(document.descendants().filter(roxmltree::Node::is_element).all(|node| known.contains(&node.tag_name().name())));
        }
        let content = PageContent { runs: std::slice::from_ref(&summary), figures: &[figures], ..PageContent::default() };
        let html = page(&content, Language::En).unwrap();
        prop_assert!(!html.contains(|c: char| c != '\n' && is_control(c)));
        // The page is XML too: what is well-formed there is so to every parser of HTML.
        let body = html.split_once("<html").unwrap().1;
        let body = format!("<html{body}");
        let document = roxmltree::Document::parse(&body).unwrap();
        let scripts = document.descendants().filter(|node| node.has_tag_name("script"));
        prop_assert_eq!(scripts.count(), 3, "the words, the numbers, and the script of the page");
        for csv in [bands::csv(&summary), targets::csv(&summary, Language::En), iamc::csv(&summary, &words[0])] {
            for row in records(&csv) {
                for cell in row {
                    prop_assert!(!cell.contains(is_control));
                    let text = cell.trim_start();
                    prop_assert!(cell.parse::<f64>().is_ok() || !text.starts_with(['=', '+', '-', '@']), "{}", cell);
                }
            }
        }
    }
}

fn check(words: &[String; 4]) -> Check {
    let [scenario, name, statistic, message] = words;
    let estimate = GateEstimate {
        is_year: false,
        statistic: statistic.clone(),
        estimate: Some(0.495),
        low: Some(0.491),
        high: Some(0.499),
        method: "exact",
        guarantee: true,
        reason: None,
        not_known: 0,
        is_share: true,
    };
    let gate = |verdict| Judged {
        name: name.clone(),
        require: statistic.clone(),
        verdict,
        guarantee: Some(true),
        reason: None,
        paths: 1000,
        statistics: vec![estimate.clone()],
        place: Some(Location { file: scenario.clone(), line: 3 }),
    };
    let change = ChangedNumber {
        name: name.clone(),
        statistic: "mean".into(),
        before: Some(1.0),
        after: Some(2.0),
        standard_error: None,
        known: [None; 2],
        gaps: [Gap::default(); 2],
        are_years: false,
    };
    let mismatch = Mismatch {
        what: ChangedFact::Unit,
        name: name.clone(),
        before: Some(statistic.clone()),
        after: Some(message.clone()),
        fails: true,
    };
    let checked = CheckedScenario {
        scenario: scenario.clone(),
        paths: 1000,
        looks: vec![1000],
        gates: vec![gate(Verdict::Fail), gate(Verdict::Pass), gate(Verdict::Undecided)],
        seconds: 1234.5678,
        drift: Some(vec![change]),
        mismatches: vec![mismatch],
    };
    let finding = CheckFailure { message: message.clone(), place: None };
    let refused = Refused { scenario: scenario.clone(), findings: vec![finding.clone(), finding] };
    Check::new(0.99, vec![checked], vec![refused])
}

/// The rules of `junit-10.xsd` of Jenkins' xUnit plugin for an element: its attributes, those that it must have, and what may
/// stand in it.
fn schema(element: &str) -> (&'static [&'static str], &'static [&'static str], &'static [&'static str]) {
    match element {
        "testsuites" => (&["name", "time", "tests", "failures", "errors"], &[], &["testsuite"]),
        "testsuite" => (
            &[
                "name",
                "tests",
                "failures",
                "errors",
                "group",
                "time",
                "skipped",
                "timestamp",
                "hostname",
                "id",
                "package",
                "file",
                "log",
                "url",
                "version",
            ],
            &["name", "tests", "failures", "errors"],
            &["testsuite", "properties", "testcase", "system-out", "system-err"],
        ),
        "testcase" => (
            &["name", "time", "classname", "group"],
            &["name"],
            &[
                "skipped",
                "error",
                "failure",
                "rerunFailure",
                "rerunError",
                "flakyFailure",
                "flakyError",
                "system-out",
                "system-err",
            ],
        ),
        "failure" | "error" | "skipped" => (&["type", "message"], &[], &[]),
        "system-out" | "system-err" => (&[], &[], &[]),
        other => panic!("the schema has no element {other}"),
    }
}

/// `SUREFIRE_TIME`: digits, in groups of three behind commas or not, and up to three after the point.
fn is_time(text: &str) -> bool {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(decimals) && decimals.len() <= 3
}

fn valid(xml: &str) {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    assert_eq!(document.root_element().tag_name().name(), "testsuites");
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        let (known, needed, inside) = schema(name);
        for attribute in node.attributes() {
            assert!(known.contains(&attribute.name()), "{name} has no {}", attribute.name());
        }
        assert!(needed.iter().all(|needed| node.has_attribute(*needed)), "{name} lacks one of {needed:?}");
        let may = |child: roxmltree::Node| inside.contains(&child.tag_name().name());
        assert!(node.children().filter(roxmltree::Node::is_element).all(may), "in {name}");
        let is_text = ["failure", "error", "system-out"].contains(&name);
        let texts = node.children().filter(roxmltree::Node::is_text).filter_map(|child| child.text());
        assert!(is_text || texts.into_iter().all(|text| text.trim().is_empty()), "a text in {name}");
        if ["testsuites", "testsuite", "testcase"].contains(&name) {
            assert!(node.attribute("time").is_some_and(is_time), "{name} has no time");
        }
    }
}

/// The texts of all cells of all tables, row by row.
fn cells(markdown: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut in_cell = false;
    for event in Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH,
    ) {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                rows.last_mut().unwrap().push(String::new());
                in_cell = true;
            }
            Event::End(TagEnd::TableCell) => in_cell = false,
            Event::Text(text) if in_cell => rows.last_mut().unwrap().last_mut().unwrap().push_str(&text),
            // What parts characters that would be read together.
            Event::InlineHtml(html) => assert!(["<!-- -->", "<br>"].contains(&&*html), "{html}"),
            Event::Start(Tag::Table(_) | Tag::Heading { .. } | Tag::Paragraph | Tag::List(_) | Tag::Item)
            | Event::End(_)
            | Event::Text(_)
            | Event::SoftBreak => {}
            other => panic!("{other:?} in {markdown}"),
        }
    }
    rows
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn reports_of_a_check_are_well_formed_and_say_what_was_said(words in [text(), text(), text(), text()]) {
        let check = check(&words);
        let xml = junit(&check, Language::En);
        valid(&xml);
        let document = roxmltree::Document::parse(&xml).unwrap();
        let case = document.descendants().find(|node| node.has_tag_name("testcase")).unwrap();
        let name = without_commands(&words[1]).into_owned();
        prop_assert_eq!(case.attribute("name"), Some(&*line(&name)));
        let rows = cells(&markdown(&check, Language::En));
        prop_assert_eq!(rows.len(), 6, "{:?}", rows);
        let name = line(words[1].trim()).into_owned();
        let name = without_commands(&name).into_owned();
        for row in &rows[1..4] {
            prop_assert_eq!(row.len(), 5);
            prop_assert_eq!(row[1].trim(), name.trim());
        }
        prop_assert_eq!((rows[5].len(), rows[5][0].trim()), (4, name.trim()));
        let commands = github(&check, Language::En);
        prop_assert_eq!(commands.lines().count(), 6);
        prop_assert!(commands.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")));
        prop_assert!(!commands.contains("##[") && !commands.contains(|c: char| c != '\n' && is_control(c)));
    }
}

#[test]
fn a_suite_has_the_time_of_its_scenario_and_its_cases_share_it() {
    let words = ["a", "b", "c", "d"].map(str::to_owned);
    let xml = junit(&check(&words), Language::En);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).unwrap();
    assert_eq!(suite.attribute("time"), Some("1234.568"));
    let times: f64 = suite.children().filter_map(|case| case.attribute("time")?.parse::<f64>().ok()).sum();
    assert!((times - 1234.5678).abs() < 0.01);
    assert_eq!(
        [suite.attribute("tests"), suite.attribute("failures"), suite.attribute("errors")],
        [Some("4"), Some("3"), Some("0")]
    );
}
