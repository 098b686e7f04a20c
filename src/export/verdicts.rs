//! What came of the gates in the forms that build servers read: `JUnit` XML, annotations, Markdown, JSON.

use std::fmt::Write;

use serde::Serialize;

use super::statistic_name::statistic_name;
use crate::analysis::against::Mismatch;
use crate::analysis::diff::{ChangedNumber, NEVER, PROBABILITY};
use crate::analysis::gates::{GateEstimate, Judged, Location, Verdict};
use crate::text::markup::markdown as cell;
use crate::text::number::{count, significant_beside, trimmed, trimmed_in, ungrouped};
use crate::text::probability::{Decided, KnownProbability};
use crate::text::{Language, Message, visible};
use crate::{message, tr};

/// The name of the JSON form.
pub const SCHEMA: &str = "plancast-check/1";

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// [`SCHEMA`].
    pub schema: String,
    /// The worst verdict of all; `ERROR` where a scenario could not be checked.
    pub verdict: String,
    /// The probability with which each gate is decided rightly, at least, over all looks.
    pub confidence: f64,
    /// By scenario.
    pub scenarios: Vec<CheckedScenario>,
    /// The scenarios that could not be checked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Refused>,
}

impl Check {
    /// What came of these scenarios.
    pub fn new(confidence: f64, scenarios: Vec<CheckedScenario>, refused: Vec<Refused>) -> Self {
        let worst = scenarios.iter().map(CheckedScenario::verdict).max().filter(|_| refused.is_empty());
        let verdict = worst.map_or("ERROR", word).to_owned();
        Self { schema: SCHEMA.into(), verdict, confidence, scenarios, refused }
    }
}

/// A scenario that could not be checked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Refused {
    /// The file or name as it was given, with what was swept.
    pub scenario: String,
    /// Why.
    pub findings: Vec<CheckFailure>,
}

/// Why a scenario could not be checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CheckFailure {
    /// What is wrong, and how to mend it.
    pub message: String,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Location>,
}

impl std::fmt::Display for CheckFailure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(place) = &self.place {
            write!(out, "{}:{}: ", place.file, place.line)?;
        }
        out.write_str(&self.message)
    }
}

/// What came of a scenario's gates.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckedScenario {
    /// The scenario's id.
    pub scenario: String,
    /// How many paths were simulated in the end.
    pub paths: u64,
    /// With how many paths the gates could be looked at.
    pub looks: Vec<u64>,
    /// The gates.
    pub gates: Vec<Judged>,
    /// How many seconds the check took, by the command's clock: no part of what is reproduced.
    #[serde(skip)]
    pub seconds: f64,
    /// What drifted from the baseline; `None` without a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drift: Option<Vec<ChangedNumber>>,
    /// What is not the same thing in the baseline: units, years, what one of the two has alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mismatches: Vec<Mismatch>,
}

impl CheckedScenario {
    /// The worst verdict: a drift is a failure.
    pub fn verdict(&self) -> Verdict {
        let gates = crate::analysis::gates::worst(&self.gates);
        let drifted = self.drift.as_ref().is_some_and(|drift| !drift.is_empty());
        if drifted || self.mismatches.iter().any(|mismatch| mismatch.fails) { Verdict::Fail } else { gates }
    }
}

/// Workflow commands, which GitHub shows beside the changed lines of a pull request: errors for gates that failed and for
/// drifts, warnings for undecided ones.
pub fn github(check: &Check, language: Language) -> String {
    let mut text = String::new();
    for checked in &check.scenarios {
        for gate in checked.gates.iter().filter(|gate| gate.verdict != Verdict::Pass) {
            let level = if gate.verdict == Verdict::Fail { "error" } else { "warning" };
            let place = located(gate.place.as_ref());
            let title = property(&format!("{}: {}", word(gate.verdict), gate.name));
            let _ = writeln!(text, "::{level} {place}title={title}::{}", data(&sentence(gate, language)));
        }
        for mismatch in &checked.mismatches {
            let level = if mismatch.fails { "error" } else { "notice" };
            let title = tr!(language, "export-verdicts-baseline", scenario = &checked.scenario);
            let title = property(&title);
            let _ = writeln!(text, "::{level} title={title}::{}", data(&mismatch.sentence(language)));
        }
        for change in checked.drift.iter().flatten() {
            let title = property(&tr!(language, "export-verdicts-drift", scenario = &checked.scenario));
            let _ = writeln!(text, "::error title={title}::{}", data(&drifted(change, language)));
        }
    }
    for refused in &check.refused {
        for finding in &refused.findings {
            let place = located(finding.place.as_ref());
            let title = property(&format!("ERROR: {}", refused.scenario));
            let _ = writeln!(text, "::error {place}title={title}::{}", data(&finding.message));
        }
    }
    text
}

/// Where the properties of a workflow command say that it belongs.
fn located(place: Option<&Location>) -> String {
    place.map_or_else(String::new, |place| format!("file={},line={},", property(&place.file), place.line))
}

/// The message of a workflow command.
fn data(text: &str) -> String {
    let text = visible::lines(text);
    visible::without_commands(&text).replace('%', "%25").replace('\n', "%0A")
}

/// A property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A table for each scenario.
pub fn markdown(check: &Check, language: Language) -> String {
    let mut text = format!("## plancast check: {}\n", check.verdict);
    for refused in &check.refused {
        let lead = tr!(language, "export-verdicts-refused");
        let _ = write!(text, "\n### {}\n\n{lead}\n\n", cell(&refused.scenario));
        for finding in &refused.findings {
            let _ = writeln!(text, "- {}", cell(&finding.to_string()));
        }
    }
    for checked in &check.scenarios {
        let _ = write!(text, "\n### {}\n\n", cell(&checked.scenario));
        markdown_gates(&mut text, checked, language);
        if let Some(drift) = &checked.drift {
            text += if checked.gates.is_empty() { "" } else { "\n" };
            markdown_drift(&mut text, checked, drift, language);
        }
    }
    if check.scenarios.iter().any(|checked| !checked.gates.is_empty()) {
        let percent = trimmed(check.confidence * 100.0, 6);
        let is_marked = check.scenarios.iter().any(|checked| has_approximate(&checked.gates));
        let confidence = if is_marked {
            tr!(language, "export-verdicts-confidence-unmarked", percent = percent)
        } else {
            tr!(language, "export-verdicts-confidence", percent = percent)
        };
        let _ = writeln!(text, "\n{confidence}");
        if is_marked {
            let _ = writeln!(text, "\n{}", cell(legend(language)));
        }
    }
    text
}

/// The table of a scenario's gates, and below it why some are undecided.
fn markdown_gates(text: &mut String, checked: &CheckedScenario, language: Language) {
    if !checked.gates.is_empty() {
        let _ = writeln!(
            text,
            "| | {} | {} | {} | {} |\n| --- | --- | --- | --- | ---: |",
            tr!(language, "export-verdicts-column-gate"),
            tr!(language, "export-verdicts-column-found"),
            tr!(language, "export-verdicts-column-method"),
            tr!(language, "export-verdicts-column-paths"),
        );
    }
    for gate in &checked.gates {
        let all = |of: &dyn Fn(&GateEstimate) -> String| {
            gate.statistics.iter().map(|one| cell(&of(one))).collect::<Vec<_>>().join("<br>")
        };
        let (found, methods) = (all(&|one| found(one, language)), all(&|one| method(one, language)));
        let verdict = cell(&marked(gate, word(gate.verdict)));
        let (name, paths) = (cell(&gate.name), count(gate.paths));
        let _ = writeln!(text, "| {verdict} | {name} | {found} | {methods} | {paths} |");
    }
    *text += if checked.gates.iter().any(|gate| gate.reason.is_some()) { "\n" } else { "" };
    for gate in &checked.gates {
        if let Some(reason) = &gate.reason {
            let (name, why) = (cell(&gate.name), cell(&reason.text(language)));
            let _ =
                writeln!(text, "- {}", tr!(language, "export-verdicts-undecided", gate = name, why = why));
        }
    }
}

/// What is not as it is in the baseline.
fn markdown_drift(text: &mut String, checked: &CheckedScenario, drift: &[ChangedNumber], language: Language) {
    for mismatch in &checked.mismatches {
        let _ = writeln!(text, "- {}", cell(&mismatch.sentence(language)));
    }
    *text += if checked.mismatches.is_empty() { "" } else { "\n" };
    if drift.is_empty() {
        *text += if checked.mismatches.is_empty() {
            tr!(language, "export-verdicts-same")
        } else {
            tr!(language, "export-verdicts-same-numbers")
        };
        *text += "\n";
        return;
    }
    let _ = writeln!(
        text,
        "| {} | | {} | {} |\n| --- | --- | ---: | ---: |",
        tr!(language, "export-verdicts-column-drifted"),
        tr!(language, "export-verdicts-column-baseline"),
        tr!(language, "export-verdicts-column-now"),
    );
    for change in drift {
        let (before, after) = both(change, language);
        let statistic = statistic(&change.statistic, language);
        let cells = [&change.name, &statistic, &before, &after];
        let _ = writeln!(text, "| {} |", cells.map(|text| cell(text)).join(" | "));
    }
}

/// `PASS`, `FAIL` or `UNDECIDED`.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "PASS",
        Verdict::Fail => "FAIL",
        Verdict::Undecided => "UNDECIDED",
    }
}

/// A gate in one sentence.
pub(super) fn sentence(gate: &Judged, language: Language) -> String {
    let one = |one: &GateEstimate| {
        message!("export-verdicts-one", found = found(one, language), method = method(one, language))
    };
    let all = |all: Message, next: Message| message!("export-verdicts-all", all = all, next = next);
    let found = gate.statistics.iter().map(one).reduce(all).unwrap_or_default();
    let require = &gate.require;
    let mut sentence = message!("export-verdicts-gate", require = require, found = found, paths = gate.paths);
    if let Some(reason) = &gate.reason {
        sentence = sentence.and(message!("export-verdicts-gate-reason", why = reason.text(language)));
    }
    if gate.guarantee == Some(false) {
        sentence = sentence.and(message!("export-verdicts-gate-approximate"));
    }
    sentence.text(language)
}

/// A verdict's word, with a mark where it has no guarantee.
pub fn marked(gate: &Judged, word: &str) -> String {
    if gate.guarantee == Some(false) { format!("{word} *") } else { word.to_owned() }
}

/// Whether some verdict has no guarantee.
pub fn has_approximate(gates: &[Judged]) -> bool {
    gates.iter().any(|gate| gate.guarantee == Some(false))
}

/// What the mark of a verdict means.
pub fn legend(language: Language) -> &'static str {
    tr!(language, "export-verdicts-legend")
}

/// How the interval of a statistic was found.
pub fn method(estimate: &GateEstimate, language: Language) -> String {
    match estimate.method {
        "equations" => tr!(language, "export-verdicts-method-equations"),
        "record" => tr!(language, "export-verdicts-method-record"),
        "exact" => tr!(language, "export-verdicts-method-exact"),
        "order statistics" => tr!(language, "export-verdicts-method-order"),
        "betting" => tr!(language, "export-verdicts-method-range"),
        "betting on draws" => tr!(language, "export-verdicts-method-draws"),
        _ => tr!(language, "export-verdicts-method-normal"),
    }
    .to_owned()
}

/// `p(gdp_2025) = 49.5 % (49.1 to 49.9)`, `mean(peak) = 2027 (2026 to 2028)`
pub fn found(estimate: &GateEstimate, language: Language) -> String {
    let name = &statistic_name(&estimate.statistic, language);
    if let Some(words) = certain(estimate, language) {
        return words;
    }
    let factor = if estimate.is_share { 100.0 } else { 1.0 };
    // A gate's numbers may be years.
    let trimmed = |x: f64, digits: i32| match x {
        f64::INFINITY if estimate.is_year => tr!(language, "export-verdicts-never").to_owned(),
        _ => ungrouped(trimmed(x * factor, digits), x * factor),
    };
    // Ends that differ from each other by less than a ten-thousandth have the digits in which they do.
    let far =
        |x: f64| estimate.low.zip(estimate.high).map_or(f64::INFINITY, |(low, high)| (high - low) / x.abs());
    let shown = |x: f64, error: f64| {
        let (error, scaled) = (error * factor, x * factor);
        let spread = if far(x) < 1e-4 { far(x) * scaled.abs() } else { 0.0 };
        let text = if error > 0.0 && x.is_finite() {
            ungrouped(significant_beside(scaled, error, spread), scaled)
        } else {
            trimmed(x, 5)
        };
        // What is far less than its error is no nought.
        if x != 0.0 && x.is_finite() && !text.contains(|c| matches!(c, '1'..='9')) {
            trimmed(x, 2)
        } else {
            text
        }
    };
    let [below, above] = errors(estimate);
    let narrower = if below > 0.0 && (above == 0.0 || below < above) { below } else { above };
    // None or all of few paths say nothing.
    let few = estimate.is_share && matches!(estimate.estimate, Some(0.0 | 1.0));
    let middle = estimate.estimate.filter(|_| !few).map(|x| shown(x, narrower));
    // An end that is wide beside its value has two digits, lest it be rounded to another bound; where the estimate is that
    // end, it is shown as the estimate is.
    let end = |x: f64, error: f64| match estimate.estimate {
        Some(middle) if middle == x => shown(x, narrower),
        _ if error > 0.1 * x.abs() => trimmed(x, 2),
        _ => shown(x, error),
    };
    let low = estimate.low.map_or("−∞".to_owned(), |x| end(x, below));
    let high = estimate.high.map_or_else(|| trimmed(f64::INFINITY, 2), |x| end(x, above));
    match (estimate.is_share, middle) {
        (true, Some(middle)) => {
            tr!(language, "export-verdicts-share", name = name, middle = middle, low = low, high = high)
        }
        (false, Some(middle)) => {
            tr!(language, "export-verdicts-value", name = name, middle = middle, low = low, high = high)
        }
        (true, None) => tr!(language, "export-verdicts-share-unknown", name = name, low = low, high = high),
        (false, None) => tr!(language, "export-verdicts-value-unknown", name = name, low = low, high = high),
    }
}

/// What is said of a probability that no path or every path speaks for: ` < 0.006 %`, `: impossible`.
fn certain(estimate: &GateEstimate, language: Language) -> Option<String> {
    let (share, low, high) = (estimate.estimate?, estimate.low?, estimate.high?);
    if !estimate.is_share || !matches!(share, 0.0 | 1.0) {
        return None;
    }
    let holds = share > 0.0;
    let decided = match estimate.method {
        "record" => Some(Decided::on_record(holds)),
        _ => (low == high).then_some(Decided::of_all_paths(holds)),
    };
    let name = &statistic_name(&estimate.statistic, language);
    if decided.is_none() && estimate.not_known > 0 {
        return None;
    }
    let words = KnownProbability { share, error: None, low, high, is_open: false, decided }.words(language);
    match decided {
        Some(_) => Some(tr!(language, "export-verdicts-decided", name = name, words = words)),
        None => (high < 0.5 || low > 0.5).then(|| format!("{name} {words}")),
    }
}

/// What a statistic of a change is called: `probability`, `mean`, `q0.5`.
pub fn statistic(name: &str, language: Language) -> String {
    match name {
        PROBABILITY => tr!(language, "export-verdicts-statistic-probability").to_owned(),
        "mean" => tr!(language, "export-verdicts-statistic-mean").to_owned(),
        "sd" => tr!(language, "export-verdicts-statistic-sd").to_owned(),
        NEVER => tr!(language, "export-verdicts-statistic-never").to_owned(),
        "q0.5" => tr!(language, "export-verdicts-statistic-median").to_owned(),
        _ => match name.strip_prefix('q').and_then(|level| level.parse::<f64>().ok()) {
            Some(level) => {
                let percent = trimmed(100.0 * level, 6);
                tr!(language, "export-verdicts-statistic-quantile", name = name, percent = percent)
            }
            None => name.to_owned(),
        },
    }
}

/// What the interval says of the error of the estimate below and above it: it reaches at least as far as one of 99 %. The
/// same for both where it has one end or there is no estimate; zero where nothing is uncertain.
fn errors(estimate: &GateEstimate) -> [f64; 2] {
    const Z: f64 = 2.58;
    let both = |half: f64| [half / Z; 2];
    match (estimate.low, estimate.estimate, estimate.high) {
        (Some(low), Some(middle), Some(high)) if low < middle && middle < high => {
            [(middle - low) / Z, (high - middle) / Z]
        }
        (Some(low), _, Some(high)) => both((high - low) / 2.0),
        (Some(end), Some(middle), None) | (None, Some(middle), Some(end)) => both((end - middle).abs()),
        _ => both(0.0),
    }
    .map(|error| if error.is_finite() { error } else { 0.0 })
}

pub(super) fn drifted(change: &ChangedNumber, language: Language) -> String {
    let (before, after) = both(change, language);
    let statistic = statistic(&change.statistic, language);
    let name = &change.name;
    tr!(
        language,
        "export-verdicts-drifted",
        statistic = statistic,
        name = name,
        before = before,
        after = after
    )
}

/// Both values of a change as text.
pub fn both(change: &ChangedNumber, language: Language) -> (String, String) {
    let shown = |x: Option<f64>, known: Option<KnownProbability>| match (x, known) {
        (_, Some(known)) => known.exactly(language),
        (Some(x), None) => trimmed_in(x, 6, change.are_years),
        (None, None) => "–".to_owned(),
    };
    (shown(change.before, change.known[0]), shown(change.after, change.known[1]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::diff::Gap;
    use crate::analysis::gates::Undecided;
    use crate::export::junit::junit;

    fn check() -> Check {
        let estimate = GateEstimate {
            statistic: "p(gdp_2025)".into(),
            estimate: Some(0.495),
            low: Some(0.491),
            high: Some(0.499),
            method: "exact",
            guarantee: true,
            reason: None,
            not_known: 0,
            is_share: true,
            is_year: false,
        };
        let gate = |name: &str, verdict| Judged {
            name: name.into(),
            require: "p(gdp_2025) >= 50%".into(),
            verdict,
            guarantee: Some(true).filter(|_| verdict != Verdict::Undecided),
            reason: (verdict == Verdict::Undecided).then_some(Undecided::Close { needed: Some(2_000_000) }),
            paths: 100_000,
            statistics: vec![estimate.clone()],
            place: Some(Location { file: "plans/a,b.toml".into(), line: 42 }),
        };
        let gates = vec![
            gate("more likely | than not", Verdict::Fail),
            gate("fine", Verdict::Pass),
            gate("close", Verdict::Undecided),
        ];
        let drift = vec![ChangedNumber {
            name: "gdp@2025".into(),
            statistic: "mean".into(),
            before: Some(2200.0),
            after: Some(2150.0),
            standard_error: Some(1.0),
            known: [None; 2],
            gaps: [Gap::default(); 2],
            are_years: false,
        }];
        let checked = CheckedScenario {
            scenario: "plan".into(),
            paths: 100_000,
            looks: vec![100_000],
            seconds: 1.5,
            gates,
            drift: Some(drift),
            mismatches: Vec::new(),
        };
        let finding = CheckFailure {
            message: "the variable gdp has no `formula`".into(),
            place: Some(Location { file: "b.toml".into(), line: 7 }),
        };
        let refused = Refused { scenario: "b.toml".into(), findings: vec![finding] };
        Check::new(0.99, vec![checked], vec![refused])
    }

    #[test]
    fn build_servers_find_a_case_for_each_gate() {
        let xml = junit(&check(), Language::En);
        let document = roxmltree::Document::parse(&xml).unwrap();
        let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).unwrap();
        assert_eq!((suite.attribute("tests"), suite.attribute("failures")), (Some("4"), Some("3")));
        let failure = document.descendants().find(|node| node.has_tag_name("failure")).unwrap();
        assert_eq!(failure.attribute("type"), Some("FAIL"));
        assert!(failure.attribute("message").unwrap().contains("49.5 % (49.1 to 49.9)"));
    }

    #[test]
    fn no_digit_is_shown_that_the_interval_does_not_support() {
        let mut estimate = check().scenarios[0].gates[0].statistics[0].clone();
        estimate.estimate = Some(0.31092);
        estimate.low = Some(0.3064);
        estimate.high = Some(0.31546);
        assert_eq!(found(&estimate, Language::En), "p(gdp_2025) = 31.1 % (30.6 to 31.5)");
        (estimate.low, estimate.high) = (estimate.estimate, estimate.estimate);
        assert_eq!(found(&estimate, Language::En), "p(gdp_2025) = 31.092 % (31.092 to 31.092)");
        (estimate.estimate, estimate.low, estimate.high) = (Some(7.41), Some(0.0), Some(3300.0));
        estimate.is_share = false;
        assert_eq!(found(&estimate, Language::En), "p(gdp_2025) = 7 (0 to 3300)");
        (estimate.estimate, estimate.low) = (Some(229.3), Some(221.9));
        assert_eq!(found(&estimate, Language::En), "p(gdp_2025) = 229 (222 to 3300)");
    }

    #[test]
    fn what_no_path_or_every_path_met_is_told_from_what_cannot_be_otherwise() {
        let found = |share: f64, low: f64, high: f64| {
            let of = |estimate: GateEstimate| GateEstimate {
                estimate: Some(share),
                low: Some(low),
                high: Some(high),
                ..estimate
            };
            found(&of(check().scenarios[0].gates[0].statistics[0].clone()), Language::En)
        };
        assert_eq!(found(0.0, 0.0, 0.000053), "p(gdp_2025) < 0.006 %");
        assert_eq!(found(1.0, 0.999947, 1.0), "p(gdp_2025) > 99.994 %");
        assert_eq!(found(0.0, 0.0, 0.0), "p(gdp_2025): impossible");
        assert_eq!(found(0.0, 0.0, 0.995), "p(gdp_2025): not known (0 to 100 %)");
    }

    #[test]
    fn annotations_name_file_and_line_and_are_escaped() {
        let text = github(&check(), Language::En);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(
            lines[3],
            "::error file=b.toml,line=7,title=ERROR%3A b.toml::the variable gdp has no `formula`"
        );
        assert!(
            lines[0].starts_with("::error file=plans/a%2Cb.toml,line=42,title=FAIL%3A more likely"),
            "{text}"
        );
        assert!(lines[0].contains("50%25") && lines[1].starts_with("::warning "), "{text}");
    }

    #[test]
    fn markdown_is_a_table_that_bars_in_names_do_not_break() {
        let text = markdown(&check(), Language::En);
        assert!(text.starts_with("## plancast check: ERROR\n"), "{text}");
        assert!(text.contains("- b.toml:7: the variable gdp has no \\`formula\\`\n"), "{text}");
        assert!(
            text.contains(
                "| FAIL | more likely \\| than not | p(gdp_2025) = 49.5 % (49.1 to 49.9) | exact | 100,000 |"
            ),
            "{text}"
        );
        assert!(text.contains("| gdp@2025 | mean | 2,200 | 2,150 |"), "{text}");
        assert!(text.contains("\n- close is undecided: the interval reaches across"), "{text}");
        assert!(!text.contains("without a guarantee"), "{text}");
    }

    #[test]
    fn a_verdict_without_a_guarantee_is_marked_in_every_form() {
        let mut check = check();
        let gate = &mut check.scenarios[0].gates[1];
        gate.guarantee = Some(false);
        (gate.statistics[0].method, gate.statistics[0].guarantee) = ("normal", false);
        let markdown = markdown(&check, Language::En);
        assert!(
            markdown.contains("| PASS \\* | fine |") && markdown.contains("| normal approximation |"),
            "{markdown}"
        );
        assert!(markdown.contains("\n\\* without a guarantee"), "{markdown}");
        let xml = junit(&check, Language::En);
        assert!(xml.contains("normal approximation (100,000 paths); without a guarantee"), "{xml}");
        let value = serde_json::to_value(&check).unwrap();
        assert_eq!(value["scenarios"][0]["gates"][1]["guarantee"], false);
        assert_eq!(value["scenarios"][0]["gates"][1]["statistics"][0]["method"], "normal");
        assert!(value["scenarios"][0]["gates"][2]["reason"].as_str().unwrap().contains("across"), "{value}");
    }
}
