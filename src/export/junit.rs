//! What came of a check as `JUnit` XML, as the schema of Jenkins' xUnit plugin has it (`junit-10.xsd`), which GitLab,
//! Azure and others read too.

use std::fmt::Write;

use super::verdicts::{Check, CheckFailure, CheckedScenario, Refused, drifted, sentence, word};
use crate::analysis::against::Mismatch;
use crate::analysis::gates::Verdict;
use crate::text::{Language, markup, visible};
use crate::tr;

/// A case: what was tried, and what came of it.
struct Case {
    /// By which servers know it from run to run: the same in every language.
    name: String,
    /// What was found, of a gate.
    said: Option<String>,
    /// Why it did not hold: `failure` or `error`, its type, and a message of one or more lines.
    wrong: Option<(&'static str, &'static str, String)>,
}

/// `JUnit` XML: a suite for each scenario, a case for each gate and one for the baseline. The time of a scenario's check
/// is shared out evenly among its cases, as all its gates are judged on the same paths.
pub fn junit(check: &Check, language: Language) -> String {
    let suites: Vec<(&str, f64, Vec<Case>)> = (check.scenarios.iter())
        .map(|checked| (checked.scenario.as_str(), checked.seconds, of_scenario(checked, language)))
        .chain(check.refused.iter().map(|refused| (refused.scenario.as_str(), 0.0, of_refused(refused))))
        .collect();
    let all = || suites.iter().flat_map(|(_, _, cases)| cases);
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let seconds: f64 = suites.iter().map(|(_, seconds, _)| seconds).sum();
    let _ =
        writeln!(xml, "<testsuites name=\"plancast check\" {}>", totals(&all().collect::<Vec<_>>(), seconds));
    for (name, seconds, cases) in &suites {
        let name = attribute(name);
        let _ = writeln!(
            xml,
            "  <testsuite name=\"{name}\" {} skipped=\"0\">",
            totals(&cases.iter().collect::<Vec<_>>(), *seconds)
        );
        let each = seconds / cases.len().max(1) as f64;
        cases.iter().for_each(|case| write_case(&mut xml, case, &name, each));
        xml += "  </testsuite>\n";
    }
    xml + "</testsuites>\n"
}

fn of_scenario(checked: &CheckedScenario, language: Language) -> Vec<Case> {
    let gates = checked.gates.iter().map(|gate| {
        let said = sentence(gate, language);
        let wrong = (gate.verdict != Verdict::Pass).then(|| ("failure", word(gate.verdict), said.clone()));
        Case { name: gate.name.clone(), said: Some(said), wrong }
    });
    let baseline = checked.drift.as_ref().map(|drift| {
        let failing = checked.mismatches.iter().filter(|mismatch| mismatch.fails);
        let told = |mismatch: &Mismatch| mismatch.sentence(language);
        let lines: Vec<String> =
            failing.map(told).chain(drift.iter().map(|change| drifted(change, language))).collect();
        let wrong = (!lines.is_empty()).then(|| ("failure", "DRIFT", lines.join("\n")));
        let notes = checked.mismatches.iter().filter(|mismatch| !mismatch.fails);
        let all = |all: String, next: String| tr!(language, "export-verdicts-all", all = all, next = next);
        Case { name: "baseline".to_owned(), said: notes.map(told).reduce(all), wrong }
    });
    gates.chain(baseline).collect()
}

fn of_refused(refused: &Refused) -> Vec<Case> {
    let findings: Vec<String> = refused.findings.iter().map(CheckFailure::to_string).collect();
    let wrong = Some(("error", "ERROR", findings.join("\n")));
    vec![Case { name: "the scenario can be run".to_owned(), said: None, wrong }]
}

fn write_case(xml: &mut String, case: &Case, suite: &str, seconds: f64) {
    let name = attribute(&case.name);
    let _ = write!(xml, "    <testcase name=\"{name}\" classname=\"{suite}\" time=\"{seconds:.3}\"");
    if case.said.is_none() && case.wrong.is_none() {
        *xml += "/>\n";
        return;
    }
    *xml += ">\n";
    if let Some((element, kind, message)) = &case.wrong {
        let first = message.lines().next().unwrap_or_default();
        let _ = write!(xml, "      <{element} type=\"{kind}\" message=\"{}\"", attribute(first));
        let _ = writeln!(xml, ">{}</{element}>", lines(message));
    }
    if let Some(said) = &case.said {
        let _ = writeln!(xml, "      <system-out>{}</system-out>", attribute(said));
    }
    *xml += "    </testcase>\n";
}

/// The attributes that say how many cases there are and how long they took.
fn totals(cases: &[&Case], seconds: f64) -> String {
    let of = |element: &str| {
        let found =
            cases.iter().filter(|case| case.wrong.as_ref().is_some_and(|(kind, ..)| *kind == element));
        found.count()
    };
    let (failures, errors, tests) = (of("failure"), of("error"), cases.len());
    format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" time=\"{seconds:.3}\"")
}

/// A text in quotes or between tags, that is no command where the file is printed in a log.
fn attribute(text: &str) -> String {
    markup::xml(&visible::without_commands(text))
}

fn lines(text: &str) -> String {
    markup::xml_lines(&visible::log(text))
}
