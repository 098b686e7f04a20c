//! `plancast audit`: what a plan's own figures say of each other.

mod sentence;

use std::fmt::Write as _;

use super::arguments::{AuditOptions, Format};
use super::{CommandResult, load, print, run};
use plancast::analysis::audit::Finding;
use plancast::study::{AuditAnswer, AuditSubject};
use plancast::text::{Language, unit};
use plancast::{message, tr};

pub(super) fn run(options: &AuditOptions) -> CommandResult {
    let loaded = load(&options.scenario, &options.overrides.set);
    let answer = AuditAnswer::of(loaded).map_err(|error| run::failed(&error))?;
    if options.format == Format::Json {
        return print(&(serde_json::to_string_pretty(&answer.findings).unwrap_or_default() + "\n"));
    }
    let view = AuditView { answer: &answer, language: super::language() };
    print(&view.text())
}

struct AuditView<'a> {
    answer: &'a AuditAnswer,
    language: Language,
}

impl AuditView<'_> {
    /// First what does not fit together, then what else the figures ask.
    fn text(&self) -> String {
        let (findings, language) = (&self.answer.findings, self.language);
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
        let language = self.language;
        match self.answer.subjects.get(name) {
            Some(AuditSubject::Variable { title, unit }) => match unit::as_written(unit, language) {
                unit if unit.is_empty() => tr!(language, "cli-audit-heading", name = name, title = title),
                unit => tr!(language, "cli-audit-heading-unit", name = name, title = title, unit = unit),
            },
            Some(AuditSubject::Account { title, note }) => {
                let heading = tr!(language, "cli-audit-heading", name = name, title = title);
                match note.get(language) {
                    "" => heading,
                    note => format!("{heading}\n  {}", tr!(language, "cli-audit-note", note = note)),
                }
            }
            Some(AuditSubject::Figure { words }) => {
                tr!(language, "cli-audit-heading-quoted", name = name, words = words)
            }
            _ => name.to_owned(),
        }
    }
}
