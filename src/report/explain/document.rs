//! From the other end of the chain: what rests on a figure of the document, and what is known of a member.

use std::fmt::Write as _;

use super::ExplainView;
use crate::tr;

impl ExplainView<'_> {
    /// A figure: its words, the targets that judge it and the values that rest on it.
    pub(super) fn figure(&self, id: &str, out: &mut String) {
        self.words(id, "", out);
        self.softness(id, "  ", out);
        self.judged_by(id, out);
        self.resting_on(id, out);
    }

    /// The targets that judge a figure.
    pub(super) fn judged_by(&self, id: &str, out: &mut String) {
        let targets: Vec<_> =
            self.scenario.targets.iter().filter(|(_, target)| target.figure == id).collect();
        if !targets.is_empty() {
            let _ = writeln!(out, "\n{}", tr!(self.language, "report-explain-targets"));
        }
        for (name, target) in targets {
            let _ = writeln!(out, "  {}", self.titled(name, &target.title));
        }
    }

    /// The values that rest on a figure, each with its source and grade.
    pub(super) fn resting_on(&self, id: &str, out: &mut String) {
        let mut lines = String::new();
        for name in self.data() {
            self.values(name, "    ", &mut lines, |_, figures| figures.iter().any(|(own, _)| own == id));
        }
        if !lines.is_empty() {
            let _ = writeln!(out, "\n{}\n{}", tr!(self.language, "report-explain-values"), lines.trim_end());
        }
    }

    /// A member of a set: all its values, with the words that they rest on.
    pub(super) fn member(&self, asked: &str, out: &mut String) -> bool {
        let found =
            self.scenario.sets.iter().find_map(|(set, own)| Some((set, own, own.members.get(asked)?)));
        let Some((set_name, set, member)) = found else { return false };
        let title = set.title.get(self.language);
        let title = if title.is_empty() { set_name } else { title };
        let head =
            tr!(self.language, "report-explain-member", name = asked, title = &member.title, set = title);
        let _ = writeln!(out, "{head}");
        for (field, own) in &set.fields {
            let mut lines = String::new();
            self.values(field, "  ", &mut lines, |name, _| is_of(name, field, asked));
            if !lines.is_empty() {
                let doc = if own.doc.is_empty() { &own.title } else { &own.doc };
                let doc = doc.or_name(field, self.language);
                let _ = writeln!(out, "\n{doc}\n{}", lines.trim_end());
            }
        }
        true
    }

    /// Names of all parameters and fields.
    pub(super) fn data(&self) -> impl Iterator<Item = &str> {
        let fields = self.scenario.sets.values().flat_map(|set| set.fields.keys());
        self.scenario.parameters.keys().chain(fields).map(String::as_str)
    }

    /// Those distributions and numbers of a parameter or field that are wanted, with the chain behind each.
    fn values(
        &self,
        datum: &str,
        indent: &str,
        out: &mut String,
        wanted: impl Fn(&str, &[(String, crate::text::Place)]) -> bool,
    ) {
        let inputs = self.model.inputs.iter().filter(|input| super::head(&input.name) == datum);
        for input in inputs.filter(|input| wanted(&input.name, &input.provenance.figures)) {
            let _ = writeln!(out, "{indent}{} = {}{}", input.name, input.written, self.provenance(input));
            self.chain(&input.provenance, out);
        }
        for (name, value, provenance) in self.fixed(datum) {
            if wanted(&name, &provenance.figures) {
                let grade = self.grade(provenance.source.as_deref());
                let _ = writeln!(out, "{indent}{name} = {value}{grade}");
                self.chain(&provenance, out);
            }
        }
    }
}

/// Whether a value is a member's: `energy[coal]`, `energy[coal,gas]`, `trend[coal].2021`.
fn is_of(name: &str, field: &str, member: &str) -> bool {
    let rest = name.strip_prefix(field).and_then(|rest| rest.strip_prefix('['));
    rest.and_then(|rest| rest.strip_prefix(member)).is_some_and(|rest| rest.starts_with([']', ',']))
}
