//! Showing what is wrong: the file, the line, the text underlined, and how to mend it.

use std::collections::BTreeSet;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity as Level};

use super::excerpt::Excerpt;
use super::output;
use plancast::study::Diagnostics;
use plancast::text::{Diagnostic, DiagnosticList, Files, Language, Severity};
use plancast::tr;

/// A problem as the library that draws it wants it.
#[derive(Debug)]
struct Excerpted<'a> {
    diagnostic: &'a Diagnostic,
    language: Language,
    excerpt: Option<Excerpt>,
}

impl std::fmt::Display for Excerpted<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.diagnostic.message_in(self.language))
    }
}

impl std::error::Error for Excerpted<'_> {}

impl miette::Diagnostic for Excerpted<'_> {
    fn severity(&self) -> Option<Level> {
        Some(match self.diagnostic.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
        })
    }

    fn help(&self) -> Option<Box<dyn std::fmt::Display + '_>> {
        // The library heads a help in English only; in other languages it stands below.
        let help = self.diagnostic.help_in(self.language).filter(|_| self.language == Language::En);
        help.map(|help| Box::new(help) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let marked = self.excerpt.as_ref()?.marked.clone();
        let words = Some(self.diagnostic.label_in(self.language)).filter(|words| !words.is_empty());
        let label = LabeledSpan::new(words, marked.start, marked.len());
        Some(Box::new(std::iter::once(label)))
    }
}

/// A problem in words and a picture.
fn picture(files: &Files, diagnostic: &Diagnostic, colour: bool) -> String {
    let language = super::language();
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let mut handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_width(width());
    if let Some(help) = diagnostic.help_in(language).filter(|_| language != Language::En) {
        handler = handler.with_footer(tr!(language, "text-help", help = help));
    }
    let mut out = String::new();
    let excerpt = diagnostic.place.and_then(|place| Excerpt::new(files, place));
    if handler.render_report(&mut out, &Excerpted { diagnostic, language, excerpt }).is_err() {
        out = diagnostic.one_line(files, language) + "\n";
    }
    out
}

/// All problems as a JSON list.
pub(super) fn json(files: &Files, diagnostics: &DiagnosticList) -> serde_json::Value {
    Diagnostics { files: files.clone(), diagnostics: diagnostics.clone() }.json(super::language())
}

/// Says on stderr what is wrong.
pub(super) fn report(files: &Files, diagnostics: &DiagnosticList) {
    report_new(files, diagnostics, &mut BTreeSet::new());
}

/// Says on stderr what is wrong and was not said before: the runs of a sweep share the mistakes of their file.
pub(super) fn report_new(files: &Files, diagnostics: &DiagnosticList, said: &mut BTreeSet<String>) {
    let colour = output::colour_of_messages();
    for diagnostic in &diagnostics.0 {
        let picture = picture(files, diagnostic, colour);
        if !said.contains(&picture) {
            output::tell(&picture);
            said.insert(picture);
        }
    }
}

/// Columns of the terminal.
pub(super) fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    asked.unwrap_or_else(seen).clamp(40, 160)
}
