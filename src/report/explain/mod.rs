//! What a name of a scenario means, what it rests on, and what happens on one path: as a text.

mod declared;
mod document;
mod pool;
mod provenance;
mod solved;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::engine::PathOutcome;
use crate::model::Model;
use crate::scenario::Scenario;
use crate::scenario::quantity::Provenance;
use crate::scenario::written::{Metric, Target, Variable};
use crate::text::period;
use crate::text::probability::Decided;
use crate::text::{Language, Text, unit::number_in};
use crate::{message, tr};

pub use pool::{of_pool, world_of};

/// Every name that can be explained.
pub fn names(scenario: &Scenario) -> Vec<&str> {
    let fields = scenario.sets.values().flat_map(|set| set.fields.keys());
    let names = scenario.variables.keys().chain(scenario.parameters.keys()).chain(scenario.shocks.keys());
    let names = names.chain(scenario.metrics.keys()).chain(scenario.targets.keys()).chain(fields);
    let members = scenario.sets.values().flat_map(|set| set.members.keys());
    let names = names.chain(scenario.figures.keys()).chain(members).chain(scenario.sets.keys());
    let names =
        names.chain(scenario.gates.keys()).chain(scenario.groups.keys()).chain(scenario.sources.keys());
    let names = names.chain(scenario.accounts.keys()).chain(scenario.decompositions.keys());
    names.chain(scenario.units.keys()).map(String::as_str).collect()
}

/// A scenario and its compiled model, as they are explained in a language.
pub struct ExplainView<'a> {
    scenario: &'a Scenario,
    model: &'a Model,
    language: Language,
    /// Ids of the sources that were named.
    cited: RefCell<BTreeSet<String>>,
}

impl<'a> ExplainView<'a> {
    /// A model that records all variables, or, for a path, what a replay does.
    pub fn new(scenario: &'a Scenario, model: &'a Model, language: Language) -> Self {
        Self { scenario, model, language, cited: RefCell::default() }
    }
}

impl ExplainView<'_> {
    /// A name with its title.
    fn titled(&self, name: &str, title: &Text) -> String {
        tr!(self.language, "report-explain-titled", name = name, title = title)
    }

    /// The scenario in outline: sets, inputs and formulas.
    pub fn overview(&self) -> String {
        let (scenario, language) = (self.scenario, self.language);
        let head = tr!(language, "report-explain-head", title = &scenario.title, scenario = &scenario.id);
        let mut out = head + "\n";
        if !scenario.summary.is_empty() {
            let _ = writeln!(out, "\n{}", scenario.summary.get(language).trim());
        }
        let span = tr!(
            language,
            "report-explain-span",
            start = scenario.time.start,
            end = scenario.time.end,
            count = self.model.inputs.len()
        );
        let _ = writeln!(out, "\n{span}");
        for (name, set) in &scenario.sets {
            let members = joined(set.members.keys());
            let _ = writeln!(
                out,
                "{}",
                tr!(language, "report-explain-set-members", name = name, members = members)
            );
            if !set.fields.is_empty() {
                let fields = joined(set.fields.keys());
                let _ = writeln!(out, "    {}", tr!(language, "report-explain-set-fields", fields = fields));
            }
        }
        let lists = [
            message!("report-explain-parameters", names = joined(scenario.parameters.keys())),
            message!("report-explain-shocks", names = joined(scenario.shocks.keys())),
            message!("report-explain-groups", names = joined(scenario.groups.keys())),
        ];
        let is_empty =
            [scenario.parameters.is_empty(), scenario.shocks.is_empty(), scenario.groups.is_empty()];
        for (list, _) in lists.iter().zip(is_empty).filter(|(_, is_empty)| !is_empty) {
            let _ = writeln!(out, "{}", list.text(language));
        }
        self.formulas(&mut out);
        out
    }

    /// The formulas of the scenario: variables, metrics, targets and gates.
    fn formulas(&self, out: &mut String) {
        let (scenario, language) = (self.scenario, self.language);
        let _ = writeln!(out, "\n{}", tr!(language, "report-explain-variables"));
        for (name, variable) in &scenario.variables {
            let mark = if variable.report { "*" } else { " " };
            let _ = writeln!(out, "{mark} {} = {}", declared(name, variable), variable.formula.text);
        }
        let _ = writeln!(out, "  {}", tr!(language, "report-explain-headline"));
        let metrics = scenario.metrics.iter().map(|(name, metric)| (name, &metric.formula.text));
        let targets = scenario.targets.iter().map(|(name, target)| (name, &target.require.text));
        let gates = scenario.gates.iter().map(|(name, gate)| (name, &gate.require.text));
        for (title, list) in [
            (tr!(language, "report-explain-metrics"), metrics.collect::<Vec<_>>()),
            (tr!(language, "report-explain-targets"), targets.collect()),
            (tr!(language, "report-explain-gates"), gates.collect()),
        ] {
            if !list.is_empty() {
                let _ = writeln!(out, "\n{title}");
                list.iter().for_each(|(name, text)| {
                    let _ = writeln!(out, "  {name}: {text}");
                });
            }
        }
    }

    /// What a name means and what it rests on, with the titles of the sources; `None` where nothing has the name.
    pub fn name(&self, asked: &str) -> Option<String> {
        self.of_name(asked).map(|text| text + &self.sources())
    }

    fn of_name(&self, asked: &str) -> Option<String> {
        let head = asked.split('[').next().unwrap_or(asked).trim();
        let mut out = String::new();
        if let Some(variable) = self.scenario.variables.get(head) {
            self.variable(head, variable, asked, &mut out);
        } else if let Some(metric) = self.scenario.metrics.get(head) {
            self.metric(head, metric, &mut out);
        } else if let Some(target) = self.scenario.targets.get(head) {
            self.target(head, target, &mut out);
        } else if self.is_datum(head) {
            let _ = writeln!(out, "{head}{}", self.doc(head));
            self.terms(head, &mut out);
            self.datum(head, asked, &mut out);
        } else if self.scenario.figures.contains_key(asked) {
            // A project may have the name of its figure: then both are meant.
            if self.member(asked, &mut out) {
                self.judged_by(asked, &mut out);
            } else {
                self.figure(asked, &mut out);
            }
        } else if !self.member(asked, &mut out) && !self.declared(asked, &mut out) {
            return None;
        }
        let mut users = self.model.structure.users(head);
        users.extend(self.gates_about(head));
        if !users.is_empty() {
            let names = users.join(", ");
            let _ = writeln!(out, "\n{}", tr!(self.language, "report-explain-used-by", names = names));
        }
        Some(out)
    }

    fn metric(&self, name: &str, metric: &Metric, out: &mut String) {
        let _ = writeln!(out, "{}\n\n  {}", self.titled(name, &metric.title), metric.formula.text);
        let label = self.model.labels.metrics.iter().find(|label| label.name == name);
        let central = label.map_or(f64::NAN, |label| label.central);
        let value = number_in(central, 6, &metric.unit);
        let unit = self.unit(&metric.unit);
        let _ =
            writeln!(out, "\n{}", tr!(self.language, "report-explain-central", value = value, unit = unit));
        self.rests_on(self.model.structure.metrics.get(name), out);
    }

    fn target(&self, name: &str, target: &Target, out: &mut String) {
        let language = self.language;
        let _ = writeln!(out, "{}\n\n  {}", self.titled(name, &target.title), target.require.text);
        self.cited(&target.source, out);
        self.words(&target.figure, "  ", out);
        self.softness(&target.figure, "    ", out);
        self.stated(target, out);
        if !target.note.is_empty() {
            let _ = writeln!(out, "{}", tr!(language, "report-explain-note", note = &target.note));
        }
        let label = self.model.labels.targets.iter().find(|label| label.name == name);
        let met = if label.is_some_and(|label| label.met_on_central) {
            tr!(language, "report-explain-central-met")
        } else {
            tr!(language, "report-explain-central-missed")
        };
        let _ = writeln!(out, "\n{met}");
        if let Some(decided) = label.and_then(|label| label.decided) {
            let words = match decided {
                Decided::Met => tr!(language, "report-explain-recorded-met"),
                Decided::Missed => tr!(language, "report-explain-recorded-missed"),
                Decided::Always => tr!(language, "report-explain-certain"),
                Decided::Never => tr!(language, "report-explain-impossible"),
            };
            let _ = writeln!(out, "{words}");
        }
        self.rests_on(self.model.structure.targets.get(name), out);
        self.resting_on(name, out);
    }

    fn variable(&self, name: &str, variable: &Variable, asked: &str, out: &mut String) {
        let _ = writeln!(out, "{}", self.titled(&declared(name, variable), &variable.title));
        if !variable.doc.is_empty() {
            let _ = writeln!(out, "{}", variable.doc.get(self.language).trim());
        }
        let _ = writeln!(out, "\n  {} = {}", declared(name, variable), variable.formula.text);
        if let Some(start) = &variable.start {
            let _ = writeln!(out, "  {}: {}", period::label(self.scenario.time.start), start.text);
        }
        if !variable.unit.is_empty() {
            let unit = self.unit(&variable.unit);
            let _ = writeln!(out, "  {}", tr!(self.language, "report-explain-unit", unit = unit));
        }
        self.cited(&variable.source, out);
        self.rests_on(self.model.structure.variables.get(name), out);
        let _ = writeln!(out, "\n{}", tr!(self.language, "report-explain-central-path"));
        for label in self.model.labels.variables.iter().filter(|label| matches(&label.name, name, asked)) {
            let values = (label.first_year..).zip(&label.central).map(|(year, value)| {
                format!("{} {}", period::label(year), number_in(*value, 6, &variable.unit))
            });
            let _ = writeln!(out, "  {}: {}", label.name, values.collect::<Vec<_>>().join("  "));
        }
    }

    /// What a formula uses, with the distributions and sources of data.
    fn rests_on(&self, uses: Option<&crate::model::structure::NameUses>, out: &mut String) {
        let Some(uses) = uses else { return };
        let _ = writeln!(out, "\n{}", tr!(self.language, "report-explain-uses"));
        for name in uses.now.union(&uses.before) {
            if let Some(variable) = self.scenario.variables.get(name) {
                let (own, title) = (declared(name, variable), &variable.title);
                let line = match (uses.now.contains(name), uses.before.contains(name)) {
                    (true, true) => message!("report-explain-uses-all-years", name = own, title = title),
                    (false, true) => message!("report-explain-uses-earlier", name = own, title = title),
                    _ => message!("report-explain-titled", name = own, title = title),
                };
                let _ = writeln!(out, "  {}", line.text(self.language));
            } else if self.is_datum(name) {
                let _ = writeln!(out, "  {name}{}", self.doc(name));
                self.datum(name, name, out);
            } else {
                let _ = writeln!(out, "  {name}");
            }
        }
    }

    fn is_datum(&self, name: &str) -> bool {
        let scenario = self.scenario;
        scenario.parameters.contains_key(name)
            || scenario.shocks.contains_key(name)
            || scenario.sets.values().any(|set| set.fields.contains_key(name))
    }

    fn doc(&self, name: &str) -> String {
        let scenario = self.scenario;
        let doc = scenario
            .parameters
            .get(name)
            .map(|parameter| &parameter.doc)
            .or_else(|| scenario.shocks.get(name).map(|shock| &shock.doc))
            .or_else(|| scenario.sets.values().find_map(|set| set.fields.get(name)).map(|field| &field.doc));
        doc.filter(|doc| !doc.is_empty())
            .map_or_else(String::new, |doc| format!(": {}", doc.get(self.language)))
    }

    /// The random inputs of a datum, or its fixed values.
    fn datum(&self, name: &str, asked: &str, out: &mut String) {
        for input in self.model.inputs.iter().filter(|input| matches(&input.name, name, asked)) {
            let _ = writeln!(out, "    {} = {}{}", input.name, input.written, self.provenance(input));
            self.chain(&input.provenance, out);
        }
        for (cell, value, provenance) in
            self.fixed(name).into_iter().filter(|(cell, ..)| matches(cell, name, asked))
        {
            let _ = writeln!(out, "    {cell} = {value}{}", self.grade(provenance.source.as_deref()));
            self.chain(&provenance, out);
        }
    }

    /// The fixed values of a datum, each with where it comes from.
    fn fixed(&self, name: &str) -> Vec<(String, String, Provenance)> {
        use crate::scenario::quantity::{Quantity, QuantityKind};
        fn leaves(name: String, quantity: &Quantity, out: &mut Vec<(String, String, Provenance)>) {
            match &quantity.kind {
                QuantityKind::Number(number) => {
                    out.push((name, number.to_string(), quantity.provenance.clone()));
                }
                QuantityKind::Chance(..) | QuantityKind::Varying(..) | QuantityKind::Broken => {}
                QuantityKind::ByYear { entries, .. } => {
                    entries.iter().for_each(|(year, inner)| {
                        leaves(format!("{name}.{}", period::label(year)), inner, out);
                    });
                }
                QuantityKind::ByMember(entries) => {
                    entries.iter().for_each(|(member, _, inner)| leaves(nested(&name, member), inner, out));
                }
            }
        }
        /// What a value says of a member of the further set, if it says anything.
        fn of<'q>(quantity: Option<&'q Quantity>, member: &str) -> Option<&'q Quantity> {
            match quantity.map(|quantity| &quantity.kind) {
                Some(QuantityKind::ByMember(entries)) => {
                    entries.iter().find(|(name, ..)| name == member).map(|(_, _, inner)| inner)
                }
                _ => quantity,
            }
        }
        let mut found = Vec::new();
        if let Some(parameter) = self.scenario.parameters.get(name) {
            leaves(name.into(), &parameter.value, &mut found);
        }
        for set in self.scenario.sets.values() {
            let Some(field) = set.fields.get(name) else { continue };
            let further = field.over.as_ref().and_then(|(set, _)| self.scenario.sets.get(set));
            for (member_name, member) in &set.members {
                let own = member.values.get(name).map(|(_, quantity)| quantity);
                let cell = format!("{name}[{member_name}]");
                let mut from_default = Vec::new();
                if let Some(further) = further {
                    for other in further.members.keys() {
                        let cell = nested(&cell, other);
                        match (of(own, other), of(field.default.as_ref(), other)) {
                            (Some(quantity), _) => leaves(cell, quantity, &mut found),
                            (None, Some(quantity)) => leaves(cell, quantity, &mut from_default),
                            (None, None) => {}
                        }
                    }
                } else if let Some(quantity) = own {
                    leaves(cell, quantity, &mut found);
                } else if let Some(quantity) = &field.default {
                    leaves(cell, quantity, &mut from_default);
                }
                let marked = |(name, value, source): (String, String, Provenance)| {
                    (name, tr!(self.language, "report-explain-default", value = value), source)
                };
                found.extend(from_default.into_iter().map(marked));
            }
        }
        found
    }

    /// Every value of one path, or those of a name; `None` where nothing has the name.
    pub fn replay(&self, seed: u64, path: u64, outcome: &PathOutcome, name: Option<&str>) -> Option<String> {
        let labels = &self.model.labels;
        let head = tr!(
            self.language,
            "report-explain-replay",
            title = &labels.title,
            seed = seed.to_string(),
            path = path.to_string()
        );
        let mut out = head + "\n";
        let wanted = |own: &str| {
            name.is_none_or(|asked| matches(own, asked.split('[').next().unwrap_or(asked), asked))
        };
        let mut any = false;
        let mut line = |out: &mut String, name: &str, unit: &str, first_year: Option<i32>, values: &[f64]| {
            any = true;
            let shown = values.iter().enumerate().map(|(k, value)| match first_year {
                Some(year) => format!("{} {}", period::label(year + k as i32), number_in(*value, 6, unit)),
                None => number_in(*value, 6, unit),
            });
            let _ = writeln!(out, "  {name}: {}", shown.collect::<Vec<_>>().join("  "));
        };
        for input in labels.inputs.iter().filter(|input| wanted(&input.name)) {
            let from = input.first_series as usize;
            let own = self.model.inputs.iter().find(|own| own.name == input.name);
            let unit = own.and_then(|own| own.provenance.unit.as_deref()).unwrap_or_default();
            let values = &outcome.series[from..from + input.draws as usize];
            line(&mut out, &input.name, unit, input.first_year, values);
        }
        for variable in labels.variables.iter().filter(|variable| wanted(&variable.name)) {
            let from = variable.first_series as usize;
            let count = (variable.last_year - variable.first_year) as usize + 1;
            let values = &outcome.series[from..from + count];
            line(&mut out, &variable.name, &variable.unit, Some(variable.first_year), values);
        }
        for metric in labels.metrics.iter().filter(|metric| wanted(&metric.name)) {
            line(
                &mut out,
                &metric.name,
                &metric.unit,
                None,
                &outcome.series[metric.series as usize..=metric.series as usize],
            );
        }
        for (target, truth) in
            labels.targets.iter().zip(&outcome.targets).filter(|(target, _)| wanted(&target.name))
        {
            let name = &target.name;
            let line = if truth.is_nan() {
                message!("report-explain-target-unknown", name = name)
            } else if *truth == 0.0 {
                message!("report-explain-target-missed", name = name)
            } else {
                message!("report-explain-target-met", name = name)
            };
            let _ = writeln!(out, "  {}", line.text(self.language));
            any = true;
        }
        any.then_some(out)
    }

    /// How simultaneous equations were solved on a path.
    pub fn solved(&self, seed: u64, path: u64, name: Option<&str>) -> String {
        let wanted = |own: &str| {
            name.is_none_or(|asked| matches(own, asked.split('[').next().unwrap_or(asked), asked))
        };
        solved::evaluations(self.model, (seed, path), wanted, self.language)
    }

    /// The dependency graph in the language of Graphviz.
    pub fn dot(&self) -> String {
        let structure = &self.model.structure;
        let mut out =
            String::from("digraph plancast {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
        for (name, uses) in structure.variables.iter().chain(&structure.metrics).chain(&structure.targets) {
            let shape = if structure.targets.contains_key(name) { " [shape=hexagon]" } else { "" };
            let _ = writeln!(out, "  \"{name}\"{shape};");
            for used in &uses.now {
                let _ = writeln!(out, "  \"{used}\" -> \"{name}\";");
            }
            for used in &uses.before {
                let _ = writeln!(out, "  \"{used}\" -> \"{name}\" [style=dashed];");
            }
        }
        for name in structure.variables.values().flat_map(|uses| uses.now.iter().chain(&uses.before)) {
            if self.is_datum(name) {
                let shape = if self.scenario.shocks.contains_key(name) { "diamond" } else { "ellipse" };
                let _ = writeln!(out, "  \"{name}\" [shape={shape}];");
            }
        }
        out.push_str("}\n");
        out
    }
}

/// Names with commas between them.
fn joined<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names.map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn declared(name: &str, variable: &Variable) -> String {
    let indices: Vec<String> = variable
        .indices
        .iter()
        .map(|index| {
            index.alias.as_ref().map_or_else(|| index.name.clone(), |alias| format!("{alias}:{}", index.name))
        })
        .collect();
    if indices.is_empty() { name.into() } else { format!("{name}[{}]", indices.join(", ")) }
}

/// Whether an element or input belongs to the name that was asked for: `va` takes all of `va[…]`.
fn matches(own: &str, head: &str, asked: &str) -> bool {
    let plain: String = asked.chars().filter(|c| !c.is_whitespace()).collect();
    if plain == head {
        self::head(own) == head
    } else {
        own == plain || own.starts_with(&format!("{plain}."))
    }
}

/// A name without members and years.
fn head(name: &str) -> &str {
    name.split(['[', '.']).next().unwrap_or(name)
}

/// A value's name with one member more: `use[coal]` with `gas` is `use[coal,gas]`.
fn nested(name: &str, member: &str) -> String {
    name.strip_suffix(']').map_or_else(|| format!("{name}[{member}]"), |open| format!("{open},{member}]"))
}
