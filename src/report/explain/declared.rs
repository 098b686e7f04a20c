//! What is declared and is no quantity: sets, gates, groups, accounts, decompositions, sources and units.

use std::fmt::Write as _;

use super::ExplainView;
use crate::scenario::written::{AccountKind, Field};
use crate::text::{Message, Place, unit};
use crate::{message, tr};

impl ExplainView<'_> {
    /// Says what a set, gate, group, account, decomposition, source or unit is; whether there is one.
    pub(super) fn declared(&self, asked: &str, out: &mut String) -> bool {
        let scenario = self.scenario;
        if scenario.sets.contains_key(asked) {
            self.set(asked, out);
        } else if let Some(gate) = scenario.gates.get(asked) {
            let head = tr!(self.language, "report-explain-gate", name = asked);
            let _ = writeln!(out, "{head}\n\n  {}", gate.require.text);
        } else if let Some(group) = scenario.groups.get(asked) {
            let _ = writeln!(out, "{}", self.titled(asked, &group.title));
            let inputs = tr!(self.language, "report-explain-inputs");
            let _ = writeln!(out, "\n{inputs}\n  {}", names(&group.inputs));
        } else if scenario.accounts.contains_key(asked) {
            self.account(asked, out);
        } else if let Some(decomposition) = scenario.decompositions.get(asked) {
            let _ = writeln!(out, "{}\n", self.titled(asked, &decomposition.title));
            for (name, effect) in &decomposition.effects {
                let _ = writeln!(out, "  {name} = {}", effect.formula.text);
            }
        } else if let Some(source) = scenario.sources.get(asked) {
            let _ = writeln!(out, "{}{}", self.titled(asked, &source.title), self.grade(Some(asked)));
            // It is told already what the source is.
            self.cited.borrow_mut().clear();
            for line in [source.url.as_str(), source.note.get(self.language)] {
                if !line.is_empty() {
                    let _ = writeln!(out, "  {line}");
                }
            }
            self.citing(asked, out);
        } else if let Some(declared) = scenario.units.get(asked) {
            let base = tr!(self.language, "report-explain-unit-base");
            let of = if declared.of == "base" { base } else { &declared.of };
            let _ = writeln!(out, "{}", tr!(self.language, "report-explain-unit-of", name = asked, of = of));
        } else {
            return false;
        }
        true
    }

    fn set(&self, name: &str, out: &mut String) {
        let set = &self.scenario.sets[name];
        let _ =
            writeln!(out, "{}", tr!(self.language, "report-explain-set", name = name, title = &set.title));
        let _ = writeln!(out, "\n{}", tr!(self.language, "report-explain-fields"));
        for (field, own) in &set.fields {
            let _ = writeln!(out, "  {field}{}{}", self.doc(field), self.terms_of(own));
        }
        let _ = writeln!(out, "\n{}", tr!(self.language, "report-explain-members"));
        for (member, own) in &set.members {
            let titled = self.titled(member, &own.title);
            let _ = writeln!(out, "  {}", if own.title.is_empty() { member } else { &titled });
        }
    }

    fn account(&self, name: &str, out: &mut String) {
        let account = &self.scenario.accounts[name];
        let _ = writeln!(out, "{}\n", self.titled(name, &account.title));
        let kind = match &account.kind {
            AccountKind::Parts { whole, parts, outside } if outside.is_empty() => {
                message!("report-explain-parts", whole = &whole.0, parts = names(parts))
            }
            AccountKind::Parts { whole, parts, outside } => message!(
                "report-explain-parts-outside",
                whole = &whole.0,
                parts = names(parts),
                outside = names(outside)
            ),
            AccountKind::Ratio { numerator, denominator } => {
                Message::verbatim(format!("{} / {}", numerator.0, denominator.0))
            }
            AccountKind::Supply { supply, claims } => {
                message!("report-explain-supply", supply = &supply.0, claims = names(claims))
            }
        };
        let _ = writeln!(out, "  {}", kind.text(self.language));
        if !account.note.is_empty() {
            let _ = writeln!(out, "  {}", account.note.get(self.language));
        }
    }

    /// Everything that cites a source.
    fn citing(&self, source: &str, out: &mut String) {
        let scenario = self.scenario;
        let inputs = self.model.inputs.iter();
        let mut citing: Vec<String> = inputs
            .filter(|input| input.provenance.source.as_deref() == Some(source))
            .map(|input| input.name.clone())
            .collect();
        for name in self.data() {
            let fixed = self.fixed(name).into_iter();
            citing.extend(
                fixed.filter(|(_, _, own)| own.source.as_deref() == Some(source)).map(|(name, ..)| name),
            );
        }
        let variables = scenario.variables.iter().filter(|(_, variable)| variable.source == source);
        citing.extend(variables.map(|(name, _)| name.clone()));
        let targets = scenario.targets.iter().filter(|(_, target)| target.source == source);
        citing.extend(targets.map(|(name, _)| name.clone()));
        if !citing.is_empty() {
            let head = tr!(self.language, "report-explain-cited-by");
            let _ = writeln!(out, "\n{head}\n  {}", citing.join(", "));
        }
    }

    /// Unit, admissible range and lever of a parameter, shock or field.
    pub(super) fn terms(&self, name: &str, out: &mut String) {
        if let Some(parameter) = self.scenario.parameters.get(name) {
            let unit = parameter.value.provenance.unit.as_deref().unwrap_or_default();
            if !unit.is_empty() {
                let unit = self.unit(unit);
                let _ = writeln!(out, "  {}", tr!(self.language, "report-explain-unit", unit = unit));
            }
            if let Some(lever) = parameter.lever {
                let (min, max) = (lever.min.to_string(), lever.max.to_string());
                let _ =
                    writeln!(out, "  {}", tr!(self.language, "report-explain-lever", min = min, max = max));
            }
        } else if let Some(field) = self.scenario.sets.values().find_map(|set| set.fields.get(name)) {
            let terms = self.terms_of(field);
            if !terms.is_empty() {
                let _ = writeln!(out, " {terms}");
            }
        }
    }

    fn terms_of(&self, field: &Field) -> String {
        let mut terms = Vec::new();
        if !matches!(field.unit.trim(), "" | "1") {
            terms.push(self.unit(&field.unit));
        }
        terms.extend(field.min.map(|min| format!("≥ {min}")));
        terms.extend(field.max.map(|max| format!("≤ {max}")));
        terms.extend(
            field.over.as_ref().map(|(set, _)| tr!(self.language, "report-explain-by-set", set = set)),
        );
        if terms.is_empty() { String::new() } else { format!(" ({})", terms.join(", ")) }
    }

    /// A unit in the reader's words, for numbers as they are written.
    pub(super) fn unit(&self, written: &str) -> String {
        let words = unit::as_written(written, self.language);
        match (words.is_empty(), written.trim()) {
            (false, _) => words,
            (true, "1/yr") => tr!(self.language, "report-explain-per-year").into(),
            (true, "year") => tr!(self.language, "report-explain-calendar-year").into(),
            (true, other) => other.into(),
        }
    }

    /// The gates that name something.
    pub(super) fn gates_about(&self, name: &str) -> Vec<&str> {
        let about = |tree: &crate::formula::Expr| {
            let mut found = false;
            tree.names(&mut |used| found |= used == name);
            found
        };
        let gates = self.scenario.gates.iter().filter(|(_, gate)| about(&gate.require.tree));
        gates.map(|(name, _)| name.as_str()).collect()
    }
}

fn names(list: &[(String, Place)]) -> String {
    list.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
}
