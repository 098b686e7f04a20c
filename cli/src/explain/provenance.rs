//! Where a value comes from: the document's words, the figure, the source and its grade.

use std::fmt::Write as _;

use super::ExplainView;
use plancast::model::Input;
use plancast::scenario::claims::Softness;
use plancast::scenario::quantity::Provenance;
use plancast::scenario::written::Target;
use plancast::text::Language;

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
            let _ = writeln!(out, "{indent}{}: {figure}", self.say("figure", "文件表述"));
            return;
        };
        let words = known.words.get(self.language);
        let gloss = if self.language == Language::Zh { "" } else { known.title.get(self.language) };
        let gloss = if gloss.is_empty() { String::new() } else { format!(" ({gloss})") };
        let source = self.grade(Some(known.source.as_str()).filter(|source| !source.is_empty()));
        let _ = writeln!(out, "{indent}← {figure}: “{words}”{gloss}{source}");
    }

    /// What a target states, how firmly, and the band that counts as met.
    pub(super) fn stated(&self, target: &Target, out: &mut String) {
        let Some(stated) = target.stated(self.scenario) else { return };
        let softness = match (stated.softness, self.language) {
            (Softness::AtLeast, Language::En) => "at least",
            (Softness::AtLeast, Language::Zh) => "不低于",
            (Softness::AtMost, Language::En) => "at most",
            (Softness::AtMost, Language::Zh) => "不高于",
            (Softness::About, Language::En) => "about",
            (Softness::About, Language::Zh) => "左右",
        };
        let text = target.states.as_ref().map_or(&target.require.text, |states| &states.text);
        let _ = match self.language {
            Language::En => writeln!(out, "  states: {text} ({softness}); met when {}", target.require.text),
            Language::Zh => {
                writeln!(out, "  目标表述：{text}（{softness}）；实现标准：{}", target.require.text)
            }
        };
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
            Some(known) if !known.grade.is_empty() => match self.language {
                Language::En => format!("  [{source}, grade {}]", known.grade),
                Language::Zh => format!("  [{source}，{}级]", known.grade),
            },
            _ => format!("  [{source}]"),
        }
    }

    /// What the ids in brackets stand for.
    pub(super) fn sources(&self) -> String {
        let cited = self.cited.borrow();
        let titled = cited.iter().filter_map(|id| {
            let source = self.scenario.sources.get(id)?;
            Some(format!("  {id}: {}\n", source.title.get(self.language)))
                .filter(|_| !source.title.is_empty())
        });
        let lines: String = titled.collect();
        if lines.is_empty() { lines } else { format!("\n{}\n{lines}", self.say("sources", "来源")) }
    }

    pub(super) fn cited(&self, source: &str, out: &mut String) {
        if let Some(known) = self.scenario.sources.get(source) {
            let _ = writeln!(
                out,
                "  {}: {}{}",
                self.say("source", "来源"),
                known.title.get(self.language),
                self.grade(Some(source))
            );
        }
    }
}
