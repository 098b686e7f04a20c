//! `plancast audit`: what a plan's own figures say of each other.

mod sentence;

use std::fmt::Write as _;

use super::arguments::{AuditOptions, Format};
use super::{CommandResult, Failure, diagnose, load, print};
use plancast::analysis::audit::{Finding, audit};
use plancast::model::{Labels, RecordedVariables, compile};
use plancast::scenario::Scenario;
use plancast::text::{Language, unit};

pub(super) fn run(options: &AuditOptions) -> CommandResult {
    let mut loaded = load(&options.scenario, &options.overrides.set);
    let Some(model) = compile(&loaded.scenario, &RecordedVariables::All, &mut loaded.diagnostics) else {
        diagnose::report(&loaded.files, &loaded.diagnostics);
        return Err(Failure::Input);
    };
    let findings = audit(&loaded.scenario, &model.labels);
    if options.format == Format::Json {
        return print(&(serde_json::to_string_pretty(&findings).unwrap_or_default() + "\n"));
    }
    let view = AuditView { scenario: &loaded.scenario, labels: &model.labels, language: super::language() };
    print(&view.text(&findings))
}

struct AuditView<'a> {
    scenario: &'a Scenario,
    labels: &'a Labels,
    language: Language,
}

impl AuditView<'_> {
    /// First what does not fit together, then what else the figures ask.
    fn text(&self, findings: &[Finding]) -> String {
        let zh = self.language == Language::Zh;
        if findings.is_empty() {
            let none = if zh {
                "没有可以相互核对的数字\n"
            } else {
                "no two figures of this plan can be held against each other\n"
            };
            return none.to_string();
        }
        let count = findings.iter().filter(|finding| finding.conflict).count();
        let mut out = match (zh, count) {
            (true, 0) => "各项数字之间没有矛盾\n".to_string(),
            (true, _) => format!("相互矛盾或含义不清：{count}处\n"),
            (false, 0) => "nothing in these figures contradicts the rest\n".to_string(),
            (false, _) => format!("what does not fit together: {count}\n"),
        };
        self.section(findings.iter().filter(|finding| finding.conflict), &mut out);
        if count < findings.len() {
            out.push_str(if zh { "\n各项数字意味着\n" } else { "\nwhat the figures ask\n" });
            self.section(findings.iter().filter(|finding| !finding.conflict), &mut out);
        }
        out
    }

    fn section<'f>(&self, findings: impl Iterator<Item = &'f Finding>, out: &mut String) {
        let mut about = "";
        for finding in findings {
            if finding.about != about {
                about = &finding.about;
                let _ = writeln!(out, "\n{}", self.heading(about));
            }
            let _ = writeln!(out, "  {}", sentence::of(&finding.what, self.language));
        }
    }

    /// The name with its title: of a variable with its unit, of a figure with the document's words.
    fn heading(&self, about: &str) -> String {
        let scenario = self.scenario;
        if let Some(label) = self.labels.variables.iter().find(|label| label.name == about) {
            let unit = unit::as_written(&label.unit, self.language);
            let unit = if unit.is_empty() { unit } else { format!(" ({unit})") };
            return format!("{about}: {}{unit}", label.title.get(self.language));
        }
        if let Some(account) = scenario.accounts.get(about) {
            let note = account.note.get(self.language);
            let note = if note.is_empty() { String::new() } else { format!("\n  ({note})") };
            return format!("{about}: {}{note}", account.title.get(self.language));
        }
        match scenario.figures.get(about) {
            Some(figure) => format!("{about}: “{}”", figure.words.get(self.language)),
            None => about.to_string(),
        }
    }
}
