//! From the merged tree to a typed [`Scenario`]: every key is looked at, every mistake is noted, and
//! reading goes on so that all of them are found at once.

mod accounts;
mod data;
mod data_tables;
mod decompositions;
mod distributions;
mod equations;
mod fit;
mod history;
mod keys;
mod observations;
mod periods;
mod pool;
mod quantities;
mod run;
mod sampled;
mod signs;
mod simultaneous;
mod softness;
mod tables;

use indexmap::IndexMap;

use super::document::{Entry, TomlNode, TomlTable, TomlValue};
use super::id;
use super::merge::{FREE_FOR_QUANTITIES, TABLES, is_pool};
use super::quantity::{NamedDistributions, Provenance};
use super::table::DataFile;
use super::written::{InputGroup, ReadTable, Scenario, Time, UnitDeclaration, WrittenSource};
use crate::formula::parse::RESERVED;
use crate::formula::token::is_in_name;
use crate::text::period::Step;
use crate::text::{Diagnostic, DiagnosticList, Message, Place};
use crate::world::portable::{INDEX, device_of};
use crate::{key, message};
pub use data_tables::members;
use keys::place_of;
use sampled::SampleFiles;

/// Longest name of a set, member or quantity, in bytes.
const MAX_NAME: usize = 200;

/// Most values of all samples together.
const MAX_SAMPLED: usize = 1_000_000;

/// Reads the file of data `path` that stands beside the file of the place, or says why there is none.
pub type Beside<'a> = dyn FnMut(Place, &str) -> Result<DataFile, Message> + 'a;

/// Reads a merged scenario.
pub fn scenario(document: TomlTable, beside: &mut Beside<'_>, diagnostics: &mut DiagnosticList) -> Scenario {
    let mut reader = ScenarioReader::new(beside, diagnostics);
    let mut scenario = Scenario::default();
    reader.head(&document, &mut scenario);
    reader.time(&document, &mut scenario);
    reader.step = scenario.time.is_known().then_some(scenario.time.step);
    reader.pool(&document, &mut scenario);
    reader.distributions(&document);
    reader.data(&document, &mut scenario);
    reader.equations(&document, &mut scenario);
    reader.simultaneous(&document, &mut scenario);
    reader.groups(&document, &mut scenario);
    reader.sources(&document, &mut scenario);
    reader.figures(&document, &mut scenario);
    reader.softness(&document, &mut scenario);
    reader.accounts(&document, &mut scenario);
    reader.decompositions(&document, &mut scenario);
    reader.units(&document, &mut scenario);
    reader.tables(&document, &mut scenario);
    reader.history(&document, &mut scenario);
    reader.observations(&document, &mut scenario);
    reader.fits(&document, &mut scenario);
    reader.run(&document, &mut scenario);
    reader.strangers(&document, &scenario);
    // A document with errors is never written; with its samples it could be as large as memory.
    let samples =
        if reader.diagnostics.has_errors() { IndexMap::new() } else { std::mem::take(&mut reader.samples) };
    scenario.data_tables = std::mem::take(&mut reader.data_tables);
    scenario.document = inline(document, &samples, &scenario);
    scenario
}

struct ScenarioReader<'a, 'b> {
    diagnostics: &'a mut DiagnosticList,
    beside: &'a mut Beside<'b>,
    /// Distributions that name a file, by where and as written, and with the file's values in its place.
    samples: Samples,
    /// What all samples are made of.
    sampled: SampleFiles,
    /// The distributions that have a name.
    named: NamedDistributions,
    /// The tables that were read.
    data_tables: Vec<ReadTable>,
    /// How long a step is, where the horizon is known.
    step: Option<Step>,
}

impl<'a, 'b> ScenarioReader<'a, 'b> {
    fn new(beside: &'a mut Beside<'b>, diagnostics: &'a mut DiagnosticList) -> Self {
        let (samples, sampled) = (IndexMap::new(), SampleFiles::default());
        Self {
            diagnostics,
            beside,
            samples,
            sampled,
            data_tables: Vec::new(),
            named: IndexMap::new(),
            step: None,
        }
    }
}

/// A value that stands before the first table, where none is expected.
fn outside_tables(name: &str, place: Place) -> Diagnostic {
    let home = match name {
        "title" | "summary" | "region" | "id" => Message::verbatim("[scenario]"),
        "start" | "end" | "step" => Message::verbatim("[time]"),
        _ => message!("scenario-read-home"),
    };
    Diagnostic::error(place, message!("scenario-read-outside", name = name))
        .help(message!("scenario-read-outside.help", home = home))
}

impl ScenarioReader<'_, '_> {
    fn head(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        let Some(head) = self.table(document, "scenario") else { return };
        let keys = ["title", "summary", "region", "id", "extends", "headline"];
        self.known(head, &keys, &Message::verbatim("[scenario]"));
        scenario.title = self.words(head, "title");
        scenario.summary = self.words(head, "summary");
        scenario.region = self.words(head, "region");
        scenario.headline = self.names(head, "headline");
        scenario.id = self.string(head, "id");
        if id::of(&scenario.id) != scenario.id || scenario.id.starts_with('.') {
            let (place, id) = (head.get("id").map(|entry| entry.node.place), &scenario.id);
            let message = match device_of(id) {
                Some(name) => message!("text-folder-device", id = id, name = name),
                None if id.eq_ignore_ascii_case(INDEX) => message!("text-folder-index", id = id),
                None => message!("scenario-read-id"),
            };
            self.diagnostics.push(Diagnostic::error(place, message).help(key!("scenario-read-id.help")));
            scenario.id.clear();
        }
    }

    fn time(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        if !document.contains_key("time") && is_pool(document) {
            return;
        }
        let Some(time) = self.table(document, "time") else {
            self.diagnostics.push(
                Diagnostic::missing(None, key!("scenario-read-no-time"))
                    .help(key!("scenario-read-no-time.help")),
            );
            return;
        };
        let place = document["time"].key;
        self.known(time, &["start", "end", "step"], &Message::verbatim("[time]"));
        let step = self.length_of_steps(time);
        let start = self.end_of_time(time, "start", place, step);
        let end = self.end_of_time(time, "end", place, step);
        let (Some(start), Some(end), Some(step)) = (start, end, step) else { return };
        if end <= start {
            self.diagnostics.push(
                Diagnostic::error(
                    time["end"].node.place,
                    message!("scenario-read-years", end = end, start = start),
                )
                .help(message!("scenario-read-years.help", step = step.name())),
            );
            return;
        }
        if end - start > crate::scenario::load::MAX_YEARS {
            self.diagnostics.error(
                time["end"].node.place,
                message!(
                    "scenario-read-horizon",
                    years = end - start,
                    most = crate::scenario::load::MAX_YEARS,
                    step = step.name()
                ),
            );
            return;
        }
        scenario.time = Time { start, end, step, place };
    }

    fn groups(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        for (name, entry, table) in self.records(document, "groups") {
            self.known(table, &["title", "inputs"], &message!("scenario-read-group", name = name));
            let inputs = self.names(table, "inputs");
            if inputs.is_empty() {
                self.diagnostics.push(
                    Diagnostic::missing(entry.key, message!("scenario-read-no-inputs", name = name))
                        .help(key!("scenario-read-no-inputs.help")),
                );
            }
            let group = InputGroup { title: self.words(table, "title"), inputs, place: entry.key };
            scenario.groups.insert(name.clone(), group);
        }
    }

    fn sources(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        for (id, entry, table) in self.records(document, "sources") {
            self.known(table, &["title", "grade", "url", "note"], &message!("scenario-read-source", id = id));
            let source = WrittenSource {
                title: self.words(table, "title"),
                grade: self.string(table, "grade"),
                url: self.string(table, "url"),
                note: self.words(table, "note"),
                place: entry.key,
            };
            if !matches!(source.grade.as_str(), "A" | "B" | "C" | "D" | "") {
                self.diagnostics.push(
                    Diagnostic::error(
                        table["grade"].node.place,
                        message!("scenario-read-no-grade", grade = &source.grade),
                    )
                    .help(key!("scenario-read-no-grade.help")),
                );
            }
            scenario.sources.insert(id.clone(), source);
        }
    }

    fn units(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        for (name, entry, table) in self.records(document, "units") {
            self.known(table, &["of", "title"], &message!("scenario-read-unit", name = name));
            if !table.contains_key("of") {
                self.diagnostics.push(
                    Diagnostic::missing(entry.key, message!("scenario-read-no-of", name = name))
                        .help(key!("scenario-read-no-of.help")),
                );
            }
            let of = self.string(table, "of");
            let place = place_of(table, "of").unwrap_or(entry.key);
            scenario
                .units
                .insert(name.clone(), UnitDeclaration { of, title: self.words(table, "title"), place });
        }
    }

    /// Tables that are neither the language's nor a set's.
    fn strangers(&mut self, document: &TomlTable, scenario: &Scenario) {
        if is_pool(document) {
            return;
        }
        for (name, entry) in document {
            if TABLES.contains(&name.as_str()) || scenario.sets.contains_key(name) {
                continue;
            }
            if self.diagnostics.is_full() {
                return;
            }
            if !self.diagnostics.whole() && crate::text::nearest(name, TABLES).is_none() {
                self.of_an_unknown_set(entry);
                continue;
            }
            if entry.node.table().is_none() {
                self.diagnostics.push(outside_tables(name, entry.key));
                continue;
            }
            let mut known: Vec<&str> = TABLES.to_vec();
            known.extend(scenario.sets.keys().map(String::as_str));
            let diagnostic = Diagnostic::missing(entry.key, message!("scenario-read-no-table", name = name));
            self.diagnostics.push(match crate::text::nearest(name, known) {
                Some(near) => diagnostic.help(message!("text-did-you-mean", name = near)),
                None => diagnostic.help(message!("scenario-read-no-table.declare", name = name)),
            });
        }
    }

    /// Values of members of a set whose declaration stands where nothing could be read.
    fn of_an_unknown_set(&mut self, set: &Entry) {
        let members = set.node.table().into_iter().flatten();
        for (field, value) in members.filter_map(|(_, member)| member.node.table()).flatten() {
            if !matches!(field.as_str(), "title" | "doc") {
                self.quantity_or_broken(&value.node, &Provenance::default());
            }
        }
    }

    /// The entries of a top-level table of tables, with those left out that are no table.
    fn records<'t>(
        &mut self,
        document: &'t TomlTable,
        name: &str,
    ) -> Vec<(&'t String, &'t Entry, &'t TomlTable)> {
        let Some(table) = self.table(document, name) else { return Vec::new() };
        let mut records = Vec::new();
        for (key, entry) in table {
            match entry.node.table() {
                Some(inner) => records.push((key, entry, inner)),
                None => self.wrong_kind(
                    &entry.node,
                    Message::verbatim(format!("{name}.{key}")),
                    key!("scenario-kind-table"),
                ),
            }
        }
        records
    }

    /// Whether a name may be given to a set, member or quantity.
    fn name(&mut self, name: &str, place: Place) -> bool {
        if name.len() > MAX_NAME {
            self.diagnostics
                .error(place, message!("scenario-read-long-name", length = name.len(), max_name = MAX_NAME));
            return false;
        }
        let mut letters = name.chars();
        let plain = letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
            && letters.all(is_in_name);
        if !plain {
            self.diagnostics.push(
                Diagnostic::error(place, message!("scenario-read-no-name", name = name))
                    .help(key!("scenario-read-no-name.help")),
            );
            return false;
        }
        let reserved = (TABLES.contains(&name) && !FREE_FOR_QUANTITIES.contains(&name))
            || RESERVED.contains(&name)
            || ["year", "start_year", "end_year"].contains(&name);
        if reserved {
            self.diagnostics.push(
                Diagnostic::error(place, message!("scenario-read-reserved", name = name))
                    .help(message!("scenario-read-reserved.help", name = name)),
            );
        }
        !reserved
    }
}

/// Puts values in the place of files: of the samples that distributions name, and of observed values.
fn inline(mut document: TomlTable, samples: &Samples, scenario: &Scenario) -> TomlTable {
    fn walk(node: &mut TomlNode, samples: &Samples) {
        match &mut node.value {
            TomlValue::Text(text) => {
                if let Some(values) = samples.get(&(node.place, text.clone())) {
                    text.clone_from(values);
                }
            }
            TomlValue::List(items) => items.iter_mut().for_each(|item| walk(item, samples)),
            TomlValue::Table(table) => {
                table.values_mut().for_each(|entry| walk(&mut entry.node, samples));
            }
            _ => {}
        }
    }
    if !samples.is_empty() {
        document.values_mut().for_each(|entry| walk(&mut entry.node, samples));
    }
    if !scenario.sets.contains_key("observations") {
        observations::inline(&mut document, &scenario.observations);
    }
    history::inline(&mut document, &scenario.history);
    document
}

/// Texts that name a file, by where they stand, with the file's values in its place.
type Samples = IndexMap<(Place, String), String>;

/// Values by name, in the order of the file.
type ByName<T> = IndexMap<String, T>;

/// Puts values in the place of the files of observations.
pub(super) fn inline_observations(
    document: &mut TomlTable,
    observations: &ByName<super::observation::Observations>,
) {
    observations::inline(document, observations);
}
