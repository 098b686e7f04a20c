//! `[sets.NAME] file = …`: members of sets and their fields from a table of data. They are put into the document as if they
//! were written there, so that all that holds of written members holds of them: `extends`, `--set`, `scenario.toml`.

use indexmap::IndexMap;

use super::DIALECT_KEYS;
use super::columns::{FieldColumn, FieldColumns};
use super::records::{Pivot, RecordCell, TableRecord, is_there, records, titles};
use crate::formula::token::is_in_name;
use crate::scenario::document::{Entry, TomlNode, TomlTable, TomlValue};
use crate::scenario::merge::{merge, resume_unsets};
use crate::scenario::quantity::{self, FileColumns};
use crate::scenario::read::keys::place_of;
use crate::scenario::read::{Beside, ScenarioReader};
use crate::scenario::separated::{columns as listed, quoted};
use crate::scenario::table::{MOST_TOLD, Table};
use crate::scenario::written::ReadTable;
use crate::text::number::hundredth;
use crate::text::{Diagnostic, DiagnosticList, Message, Place};
use crate::{key, message};

/// The keys of a set that belong to its file, besides those of the dialect.
const FILE_KEYS: [&str; 6] = ["file", "key", "pivot", "columns", "source", "grade"];

/// The most values that a table may give to the members of a set.
const MOST_VALUES: usize = 200_000;

/// Puts the members that stand in tables of data into a document, and says which tables were read.
pub fn members(
    document: &mut TomlTable,
    beside: &mut Beside<'_>,
    diagnostics: &mut DiagnosticList,
) -> Vec<ReadTable> {
    let mut reader = ScenarioReader::new(beside, diagnostics);
    let sets = document.get("sets").and_then(|entry| entry.node.table());
    let has_keys = |set: &TomlTable| set.keys().any(|key| is_of_file(key));
    let sets = sets.into_iter().flatten().filter(|(_, set)| set.node.table().is_some_and(has_keys));
    let names: Vec<String> = sets.map(|(name, _)| name.clone()).collect();
    for name in names {
        reader.members_of(document, &name);
    }
    reader.data_tables
}

fn is_of_file(key: &str) -> bool {
    FILE_KEYS.contains(&key) || DIALECT_KEYS.contains(&key)
}

/// A field of a set, as far as its cells need to be known.
struct FieldRule {
    columns: FieldColumns,
    has_default: bool,
    min: Option<f64>,
    max: Option<f64>,
}

/// What the members of one set are made from.
struct MemberTable<'a> {
    table: Table,
    pivot: Option<Pivot>,
    /// Where the file is named.
    place: Place,
    fields: IndexMap<String, FieldRule>,
    /// The members that are written in the scenario.
    written: &'a TomlTable,
}

impl ScenarioReader<'_, '_> {
    fn members_of(&mut self, document: &mut TomlTable, name: &str) {
        let Some(own) = take_keys(document, name) else { return };
        let Some(file) = place_of(&own, "file") else {
            let belongs = own.iter().find(|(key, _)| is_of_file(key));
            if let Some((key, entry)) = belongs {
                let message = message!("scenario-table-without-file", key = key, name = name);
                self.diagnostics.push(
                    Diagnostic::error(entry.key, message).help(key!("scenario-table-without-file.help")),
                );
            }
            return;
        };
        let errors = self.diagnostics.0.len();
        let mut written = document.get_mut(name).and_then(|entry| entry.node.table_mut().map(std::mem::take));
        let written = written.get_or_insert_default();
        resume_unsets(written);
        let members = self.members_of_file(document, name, &own, file, written).unwrap_or_default();
        if self.diagnostics.0.len() > errors {
            self.diagnostics.is_not_whole();
        }
        let mut whole = members;
        merge(&mut whole, std::mem::take(written), self.diagnostics);
        let node = TomlNode { place: file, value: TomlValue::Table(whole) };
        match document.get_mut(name) {
            Some(entry) => entry.node.value = node.value,
            None => {
                document.insert(name.to_owned(), Entry { key: file, node });
            }
        }
    }

    fn members_of_file(
        &mut self,
        document: &mut TomlTable,
        name: &str,
        own: &TomlTable,
        file: Place,
        written: &TomlTable,
    ) -> Option<TomlTable> {
        let (key, prefix) = self.key_column(own, file, name);
        let table = self.data_table(file, own)?;
        let key = self.position(&table, &key?, place_of(own, "key").unwrap_or(file))?;
        let pivot = if own.contains_key("pivot") { Some(self.pivot(own, &table)?) } else { None };
        let titles = self.title_columns(own, &table);
        let fields = self.fields_of_table(document, name, own, &table, pivot)?;
        let found = match records(&table, key, pivot) {
            Ok(found) => found,
            Err(messages) => {
                for message in messages {
                    let help = key!("scenario-table-key-twice.help");
                    self.diagnostics.push(Diagnostic::error(file, message).help(help));
                }
                return None;
            }
        };
        let values = found.len() * fields.values().map(|field| field.columns.all().len()).sum::<usize>();
        if values > MOST_VALUES || found.len() > MOST_VALUES {
            let message =
                message!("scenario-table-many-values", file = &table.file, most = MOST_VALUES.to_string());
            self.diagnostics
                .push(Diagnostic::error(file, message).help(key!("scenario-table-many-values.help")));
            return None;
        }
        let mut from = MemberTable { table, pivot, place: file, fields, written };
        if pivot.is_some() {
            let used: Vec<&str> = from
                .fields
                .values()
                .flat_map(|field| field.columns.all())
                .map(|one| one.title.as_str())
                .collect();
            let names = titles_of(&from);
            from.table.skipped.unused = names.iter().filter(|name| !used.contains(&name.as_str())).count();
        }
        let mut members = TomlTable::new();
        for record in &found {
            if self.diagnostics.is_full() {
                break;
            }
            let member = format!("{prefix}{}", record.key);
            if !is_name(&member) {
                let at = from.table.at(from.table.rows[record.row].number, key);
                let message = message!("scenario-table-no-member-name", at = at, shown = quoted(&member));
                let help = key!("scenario-table-no-member-name.help");
                self.diagnostics.push(Diagnostic::error(file, message).help(help));
                continue;
            }
            let mut entries = TomlTable::new();
            if let Some(title) = title_of(&from, record, &titles) {
                entries.insert("title".into(), title);
            }
            self.values_of(&mut from, record, &member, &mut entries);
            let node = TomlNode { place: file, value: TomlValue::Table(entries) };
            members.insert(member, Entry { key: file, node });
        }
        let count = members.len();
        self.note_table(format!("sets.{name}"), &from.table, count);
        Some(members)
    }

    /// `key = "code"` or `{ column = "code", prefix = "r" }`.
    fn key_column(&mut self, own: &TomlTable, file: Place, set: &str) -> (Option<String>, String) {
        match own.get("key").map(|entry| &entry.node) {
            None => {
                let message = message!("scenario-table-no-key", set = set);
                self.diagnostics
                    .push(Diagnostic::error(file, message).help(key!("scenario-table-no-key.help")));
                (None, String::new())
            }
            Some(TomlNode { value: TomlValue::Text(column), .. }) => (Some(column.clone()), String::new()),
            Some(TomlNode { value: TomlValue::Table(table), place }) => {
                self.known(table, &["column", "prefix"], &Message::verbatim("key"));
                if !table.contains_key("column") {
                    self.diagnostics.push(
                        Diagnostic::error(*place, key!("scenario-table-no-title"))
                            .help(key!("scenario-table-no-title.help")),
                    );
                    return (None, String::new());
                }
                (Some(self.string(table, "column")), self.string(table, "prefix"))
            }
            Some(node) => {
                self.wrong_kind(node, Message::verbatim("key"), key!("scenario-table-title"));
                (None, String::new())
            }
        }
    }

    /// `pivot = { names = "indicator", values = "value" }`.
    fn pivot(&mut self, own: &TomlTable, table: &Table) -> Option<Pivot> {
        let place = own.get("pivot")?.node.place;
        let keys = self.table(own, "pivot")?;
        self.known(keys, &["names", "values"], &Message::verbatim("pivot"));
        let mut column = |key: &str| {
            if keys.contains_key(key) {
                let title = self.string(keys, key);
                return self.position(table, &title, place_of(keys, key).unwrap_or(place));
            }
            let message = message!("scenario-table-pivot", key = key);
            self.diagnostics.push(Diagnostic::error(place, message).help(key!("scenario-table-pivot.help")));
            None
        };
        let (names, values) = (column("names"), column("values"));
        Some(Pivot { names: names?, values: values? })
    }

    /// The column of a title; one that is not there is noted.
    fn position(&mut self, table: &Table, title: &str, place: Place) -> Option<usize> {
        match table.positions(&[title]) {
            Ok(found) => found.first().copied(),
            Err(messages) => {
                messages.into_iter().for_each(|message| self.diagnostics.error(place, message));
                None
            }
        }
    }

    /// The columns of the members' titles, by language: the empty language is any.
    fn title_columns(&mut self, own: &TomlTable, table: &Table) -> Vec<(&'static str, usize)> {
        let Some(title) = own.get("title").and_then(|entry| entry.node.table()) else { return Vec::new() };
        match title.get("column").map(|entry| &entry.node) {
            Some(TomlNode { value: TomlValue::Text(column), place }) => {
                self.position(table, column, *place).map(|column| ("", column)).into_iter().collect()
            }
            Some(TomlNode { value: TomlValue::Table(by_language), place }) => {
                self.known(by_language, &["en", "zh"], &Message::verbatim("column"));
                let mut found = Vec::new();
                for language in
                    ["en", "zh"].into_iter().filter(|language| by_language.contains_key(*language))
                {
                    let column = self.string(by_language, language);
                    found.extend(self.position(table, &column, *place).map(|column| (language, column)));
                }
                found
            }
            Some(node) => {
                self.wrong_kind(node, Message::verbatim("column"), key!("scenario-table-title"));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The fields that the table has values for: those that `columns` names, and those that are called as a column is.
    fn fields_of_table(
        &mut self,
        document: &mut TomlTable,
        set: &str,
        own: &TomlTable,
        table: &Table,
        pivot: Option<Pivot>,
    ) -> Option<IndexMap<String, FieldRule>> {
        let outer: TomlTable = ["source", "grade"]
            .into_iter()
            .filter_map(|key| Some((key.to_owned(), own.get(key)?.clone())))
            .collect();
        let declared = own.get("fields").and_then(|entry| entry.node.table()).cloned().unwrap_or_default();
        let named = self.table(own, "columns").cloned().unwrap_or_default();
        let place = place_of(own, "file")?;
        let file = table.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let mut fields = IndexMap::new();
        let mut is_whole = true;
        for field in named.keys().filter(|field| !declared.contains_key(*field)) {
            let message = message!("scenario-data-no-field", set_name = set, field = field);
            let known: Vec<&str> = declared.keys().map(String::as_str).collect();
            let help = crate::text::suggest::did_you_mean(field, &known, key!("text-kind-fields"));
            let help = help.unwrap_or_else(|| message!("scenario-data-no-field.declare", set_name = set));
            self.diagnostics.push(Diagnostic::error(named[field].key, message).help(help));
            is_whole = false;
        }
        let there = titles(table, pivot);
        for (field, entry) in &declared {
            let rules = entry.node.table();
            let number = |key: &str| number_of(&rules?.get(key)?.node);
            let has_default = rules.is_some_and(|rules| rules.contains_key("default"));
            let own_title =
                || Entry { key: place, node: TomlNode { place, value: TomlValue::Text(field.clone()) } };
            let column = match named.get(field) {
                Some(column) => column.clone(),
                None if there.contains(&field.as_str()) => own_title(),
                None if has_default || is_written_everywhere(document, set, field) => continue,
                None => {
                    let there = listed(there.iter().copied());
                    let message = message!(
                        "scenario-table-no-field-column",
                        file = &table.file,
                        field = field,
                        there = there
                    );
                    let help = message!("scenario-table-no-field-column.help", field = field);
                    self.diagnostics.push(Diagnostic::error(place, message).help(help));
                    is_whole = false;
                    continue;
                }
            };
            let Some(columns) = self.field_columns(document, &file, &column, &outer) else {
                is_whole = false;
                continue;
            };
            for column in columns.all() {
                if let Err(message) = is_there(table, pivot, &column.title) {
                    self.diagnostics.error(named.get(field).map_or(place, |entry| entry.node.place), message);
                    is_whole = false;
                }
            }
            fields.insert(
                field.clone(),
                FieldRule { columns, has_default, min: number("min"), max: number("max") },
            );
        }
        is_whole.then_some(fields)
    }

    /// Reads the values of a member.
    fn values_of(
        &mut self,
        from: &mut MemberTable<'_>,
        record: &TableRecord,
        member: &str,
        entries: &mut TomlTable,
    ) {
        let (mut blank, mut wrong) = (0, Vec::new());
        for (field, rule) in &from.fields {
            let place = from.place;
            let entry = |node: TomlNode| Entry { key: place, node };
            let mut value = |column: &FieldColumn| {
                let cell = record.cell(&from.table, from.pivot, &column.title);
                match value_of(from, rule, cell.as_ref()) {
                    Ok(Some(node)) => Some(node),
                    Ok(None) => {
                        blank += 1;
                        let is_needed = !rule.has_default && !is_written(from.written, member, field);
                        if is_needed && matches!(rule.columns, FieldColumns::One(_)) {
                            wrong.push(empty(from, record, cell.as_ref(), &column.title, field));
                        }
                        None
                    }
                    Err(refused) => {
                        wrong.push(refused);
                        None
                    }
                }
            };
            let (node, provenance) = match &rule.columns {
                FieldColumns::One(column) => (value(column), column.provenance.clone()),
                FieldColumns::Several(columns) => {
                    let mut inner = TomlTable::new();
                    for (key, _, column) in columns {
                        if let Some(node) = value(column) {
                            let mut own = column.provenance.clone();
                            own.insert("value".into(), entry(node));
                            let node = TomlNode { place, value: TomlValue::Table(own) };
                            inner.insert(key.clone(), entry(node));
                        }
                    }
                    let node = TomlNode { place, value: TomlValue::Table(inner) };
                    (node.table().is_some_and(|inner| !inner.is_empty()).then_some(node), TomlTable::new())
                }
            };
            if let Some(node) = node {
                let mut own = provenance;
                own.insert("value".into(), entry(node));
                entries.insert(field.clone(), entry(TomlNode { place, value: TomlValue::Table(own) }));
            }
        }
        from.table.skipped.blank += blank;
        for (message, help) in wrong.into_iter().take(MOST_TOLD) {
            self.diagnostics.push(Diagnostic::error(from.place, message).help(help));
        }
    }
}

/// Takes the keys that belong to a file out of a set, and gives all that stood there.
fn take_keys(document: &mut TomlTable, name: &str) -> Option<TomlTable> {
    let sets = document.get_mut("sets").and_then(|entry| entry.node.table_mut())?;
    let set = sets.get_mut(name).and_then(|entry| entry.node.table_mut())?;
    let own = set.clone();
    set.retain(|key, _| !is_of_file(key));
    if own.contains_key("file")
        && let Some(title) = set.get_mut("title").and_then(|entry| entry.node.table_mut())
    {
        title.shift_remove("column");
        if title.is_empty() {
            set.shift_remove("title");
        }
    }
    Some(own)
}

fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_') && letters.all(is_in_name)
}

fn titles_of(from: &MemberTable<'_>) -> Vec<String> {
    titles(&from.table, from.pivot).into_iter().map(str::to_owned).collect()
}

/// The number of a node, `5%` included.
fn number_of(node: &TomlNode) -> Option<f64> {
    match &node.value {
        TomlValue::Number { number, .. } => Some(*number),
        TomlValue::Text(text) => match text.trim().strip_suffix('%') {
            Some(number) => hundredth(number),
            None => text.trim().parse().ok(),
        },
        _ => None,
    }
}

/// Whether the scenario itself gives a member's field.
fn is_written(written: &TomlTable, member: &str, field: &str) -> bool {
    let member = written.get(member);
    member.is_some_and(|entry| entry.node.table().is_none_or(|table| table.contains_key(field)))
}

/// Whether no member can lack a field, because the scenario has them all.
fn is_written_everywhere(document: &TomlTable, set: &str, field: &str) -> bool {
    let members = document.get(set).and_then(|entry| entry.node.table());
    members.is_some_and(|members| {
        !members.is_empty() && members.keys().all(|name| is_written(members, name, field))
    })
}

/// The title of a member.
fn title_of(
    from: &MemberTable<'_>,
    record: &TableRecord,
    columns: &[(&'static str, usize)],
) -> Option<Entry> {
    let place = from.place;
    let row = &from.table.rows[record.row];
    let text = |column: usize| Entry {
        key: place,
        node: TomlNode { place, value: TomlValue::Text(row.cell(column).to_owned()) },
    };
    let filled = columns.iter().filter(|(_, column)| !row.cell(*column).is_empty());
    let by_language: Vec<&(&str, usize)> = filled.collect();
    match by_language.as_slice() {
        [] => None,
        [("", column)] => Some(text(*column)),
        several => {
            let table = several.iter().map(|(language, column)| ((*language).to_owned(), text(*column)));
            let node = TomlNode { place, value: TomlValue::Table(table.collect()) };
            Some(Entry { key: place, node })
        }
    }
}

/// A refused cell: what is wrong, and how to mend it.
type Refused = (Message, Message);

/// The value of a cell; `None` where there is none.
fn value_of(
    from: &MemberTable<'_>,
    rule: &FieldRule,
    cell: Option<&RecordCell<'_>>,
) -> Result<Option<TomlNode>, Refused> {
    let Some(cell) = cell.filter(|cell| !from.table.is_missing(cell.text)) else { return Ok(None) };
    let node = |value: TomlValue| TomlNode { place: from.place, value };
    let refused = |why: Message, help: Message| {
        (message!("scenario-table-cell", at = from.table.at(cell.row, cell.column), why = why), help)
    };
    let number = match from.table.number(cell.text) {
        Ok(number) => number,
        Err(why) => {
            return match distribution(cell.text) {
                Some(Ok(())) => Ok(Some(node(TomlValue::Text(cell.text.to_owned())))),
                Some(Err(why)) => Err(refused(why, key!("scenario-table-cell.help-distribution").into())),
                None => Err(refused(why, message!("scenario-table-cell.help", shown = quoted(cell.text)))),
            };
        }
    };
    let value = number.value;
    if rule.min.is_some_and(|min| value < min) || rule.max.is_some_and(|max| value > max) {
        let end = |end: Option<f64>| end.map_or("…".to_owned(), |end| end.to_string());
        let shown = quoted(cell.text);
        let why = message!("scenario-table-beyond", shown = shown, min = end(rule.min), max = end(rule.max));
        return Err(refused(why, key!("scenario-table-beyond.help").into()));
    }
    Ok(Some(node(match number.percent {
        Some(percent) => TomlValue::Text(format!("{percent}%")),
        None => TomlValue::Number { number: value, whole: false },
    })))
}

/// Whether a cell is a distribution; `None` where it does not look like one. A cell names no files.
fn distribution(text: &str) -> Option<Result<(), Message>> {
    if !text.contains('(') && !text.contains(" to ") {
        return None;
    }
    let mut no_file = |_: &FileColumns<'_>| Err(message!("scenario-table-names-file"));
    Some(quantity::parse(text, &IndexMap::new(), &mut no_file).map(|_| ()).map_err(|error| error.message))
}

/// A cell that is empty where a value is needed.
fn empty(
    from: &MemberTable<'_>,
    record: &TableRecord,
    cell: Option<&RecordCell<'_>>,
    title: &str,
    field: &str,
) -> Refused {
    let help = message!("scenario-table-empty.help", field = field);
    let Some(cell) = cell else {
        let row = from.table.rows[record.row].number;
        let (key, title) = (quoted(&record.key), quoted(title));
        return (
            message!("scenario-table-no-row", at = from.table.at_row(row), key = key, title = title),
            help,
        );
    };
    let at = from.table.at(cell.row, cell.column);
    let why = match cell.text {
        "" => message!("scenario-separated-empty"),
        text => message!("scenario-table-declared-missing", shown = quoted(text)),
    };
    (message!("scenario-table-cell", at = at, why = why), help)
}
