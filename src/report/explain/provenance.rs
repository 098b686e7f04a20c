//! Where a value comes from: the document's words, the figure, the source and its grade.

use std::fmt::Write as _;

use super::ExplainView;
use crate::model::Input;
use crate::scenario::claims::Softness;
use crate::scenario::quantity::Provenance;
use crate::scenario::written::Target;
use crate::text::Language;
use crate::{key, message, tr};

impl ExplainView<'_> {
    /// The words of the document that a value rests on, and the remark on how.
    pub(super) fn chain(&self, provenance: &Provenance, out: &mut String) {
        for (figure, _) in &provenance.figures {
            self.words(figure, "        ", out);
        }
        if !provenance.note.is_empty() {
            let _ = writeln!(out, "        {}", provenance.note.get(self.language));
        }
    }

    /// The words of a figure with its id and gloss.
    pub(super) fn words(&self, figure: &str, indent: &str, out: &mut String) {
        if figure.is_empty() {
            return;
        }
        let Some(known) = self.scenario.figures.get(figure) else {
            let _ = writeln!(out, "{indent}{}", tr!(self.language, "report-explain-figure", figure = figure));
            return;
        };
        let gloss = if self.language == Language::Zh { "" } else { known.title.get(self.language) };
        let source = self.grade(Some(known.source.as_str()).filter(|source| !source.is_empty()));
        let quoted = if gloss.is_empty() {
            message!("report-explain-quoted", figure = figure, words = &known.words)
        } else {
            message!("report-explain-quoted-gloss", figure = figure, words = &known.words, gloss = gloss)
        };
        let _ = writeln!(out, "{indent}← {}{source}", quoted.text(self.language));
    }

    /// How soft the words of a figure are, and what a target of it then has to ask.
    pub(super) fn softness(&self, figure: &str, indent: &str, out: &mut String) {
        let Some(softness) = self.scenario.figures.get(figure).and_then(|known| known.softness) else {
            return;
        };
        let rule = self.scenario.softness.get(&softness).map_or("", |rule| rule.note.get(self.language));
        let line = if rule.is_empty() {
            message!("report-explain-softness", softness = softness.code())
        } else {
            message!("report-explain-softness-rule", softness = softness.code(), rule = rule)
        };
        let _ = writeln!(out, "{indent}{}", line.text(self.language));
    }

    /// What a target states, how firmly, and the band that counts as met.
    pub(super) fn stated(&self, target: &Target, out: &mut String) {
        let Some(stated) = target.stated(self.scenario) else { return };
        let softness = match stated.softness {
            Softness::AtLeast => key!("report-explain-at-least"),
            Softness::AtMost => key!("report-explain-at-most"),
            Softness::About => key!("report-explain-about"),
        };
        let text = target.states.as_ref().map_or(&target.require.text, |states| &states.text);
        let line = tr!(
            self.language,
            "report-explain-states",
            formula = text,
            softness = softness,
            require = &target.require.text
        );
        let _ = writeln!(out, "  {line}");
    }

    pub(super) fn provenance(&self, input: &Input) -> String {
        let unit =
            input.provenance.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", self.unit(unit)));
        format!("{unit}{}", self.grade(input.provenance.source.as_deref()))
    }

    /// The source of a value with its grade, in brackets.
    pub(super) fn grade(&self, source: Option<&str>) -> String {
        let Some(source) = source else { return String::new() };
        self.cited.borrow_mut().insert(source.to_owned());
        match self.scenario.sources.get(source) {
            Some(known) if !known.grade.is_empty() => {
                let grade = &known.grade;
                format!("  {}", tr!(self.language, "report-explain-graded", source = source, grade = grade))
            }
            _ => format!("  [{source}]"),
        }
    }

    /// What the ids in brackets stand for.
    pub(super) fn sources(&self) -> String {
        let cited = self.cited.borrow();
        let titled = cited.iter().filter_map(|id| {
            let source = self.scenario.sources.get(id)?;
            Some(format!("  {}\n", self.titled(id, &source.title))).filter(|_| !source.title.is_empty())
        });
        let lines: String = titled.collect();
        if lines.is_empty() {
            return lines;
        }
        format!("\n{}\n{lines}", tr!(self.language, "report-explain-sources"))
    }

    pub(super) fn cited(&self, source: &str, out: &mut String) {
        if let Some(known) = self.scenario.sources.get(source) {
            let line = tr!(self.language, "report-explain-source", title = &known.title);
            let _ = writeln!(out, "  {line}{}", self.grade(Some(source)));
        }
    }
}
