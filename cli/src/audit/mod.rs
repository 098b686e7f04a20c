//! `plancast audit`: what a plan's own figures say of each other.

mod sentence;

use std::fmt::Write as _;

use super::arguments::{AuditOptions, Format};
use super::{CommandResult, Failure, diagnose, load, print};
use plancast::analysis::audit::{Finding, audit};
use plancast::model::{Labels, RecordedVariables, compile};
use plancast::scenario::Scenario;
use plancast::text::{Language, unit};
use plancast::{message, tr};

pub(super) fn run(options: &AuditOptions) -> CommandResult {
    let mut loaded = load(&options.scenario, &options.overrides.set);
    crate::no_pool(&loaded, "audit")?;
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
        let language = self.language;
        if findings.is_empty() {
            return tr!(language, "cli-audit-nothing").to_owned() + "\n";
        }
        let count = findings.iter().filter(|finding| finding.conflict).count();
        let head = match count {
            0 => message!("cli-audit-no-conflict"),
            count => message!("cli-audit-conflicts", count = count),
        };
        let mut out = head.text(language) + "\n";
        self.section(findings.iter().filter(|finding| finding.conflict), &mut out);
        if count < findings.len() {
            let _ = writeln!(out, "\n{}", tr!(language, "cli-audit-implied"));
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
            let _ = writeln!(out, "  {}", sentence::of(&finding.what).text(self.language));
        }
    }

    /// The name with its title: of a variable with its unit, of a figure with the document's words.
    fn heading(&self, name: &str) -> String {
        let (scenario, language) = (self.scenario, self.language);
        if let Some(label) = self.labels.variables.iter().find(|label| label.name == name) {
            let (title, unit) = (&label.title, unit::as_written(&label.unit, language));
            return if unit.is_empty() {
                tr!(language, "cli-audit-heading", name = name, title = title)
            } else {
                tr!(language, "cli-audit-heading-unit", name = name, title = title, unit = unit)
            };
        }
        if let Some(account) = scenario.accounts.get(name) {
            let heading = tr!(language, "cli-audit-heading", name = name, title = &account.title);
            let note = account.note.get(language);
            return if note.is_empty() {
                heading
            } else {
                format!("{heading}\n  {}", tr!(language, "cli-audit-note", note = note))
            };
        }
        match scenario.figures.get(name) {
            Some(figure) => tr!(language, "cli-audit-heading-quoted", name = name, words = &figure.words),
            None => name.to_owned(),
        }
    }
}
