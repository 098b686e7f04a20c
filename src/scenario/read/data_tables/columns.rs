//! `columns`: which column of a table a field's values stand in, and where they come from.

use crate::scenario::document::{Entry, TomlNode, TomlTable, TomlValue};
use crate::scenario::read::ScenarioReader;
use crate::text::{Diagnostic, Message, Place};
use crate::{key, message};

/// Where the values of a field stand.
pub(super) enum FieldColumns {
    /// In one column.
    One(FieldColumn),
    /// In several, by year or by member of a further set.
    Several(Vec<(String, Place, FieldColumn)>),
}

/// A column, and what is said of its values.
pub(super) struct FieldColumn {
    /// Its title; of a pivot the name of its rows.
    pub(super) title: String,
    /// Unit, source and note of its values, as they stand in a quantity's table.
    pub(super) provenance: TomlTable,
}

/// What may be said of a column.
const COLUMN_KEYS: [&str; 5] = ["column", "unit", "source", "grade", "note"];

impl FieldColumns {
    /// All columns.
    pub(super) fn all(&self) -> Vec<&FieldColumn> {
        match self {
            Self::One(column) => vec![column],
            Self::Several(columns) => columns.iter().map(|(_, _, column)| column).collect(),
        }
    }
}

impl ScenarioReader<'_, '_> {
    /// The columns of a field: the title of one, a table with `column`, or a table of these by year or member.
    /// `outer` is what is said of all columns of the file.
    pub(super) fn field_columns(
        &mut self,
        document: &mut TomlTable,
        file: &str,
        entry: &Entry,
        outer: &TomlTable,
    ) -> Option<FieldColumns> {
        match &entry.node.value {
            TomlValue::Table(table) if !table.keys().any(|key| COLUMN_KEYS.contains(&key.as_str())) => {
                let mut columns = Vec::new();
                for (key, inner) in table {
                    let column = self.field_column(document, file, &inner.node, outer)?;
                    columns.push((key.clone(), inner.key, column));
                }
                Some(FieldColumns::Several(columns))
            }
            _ => Some(FieldColumns::One(self.field_column(document, file, &entry.node, outer)?)),
        }
    }

    fn field_column(
        &mut self,
        document: &mut TomlTable,
        file: &str,
        node: &TomlNode,
        outer: &TomlTable,
    ) -> Option<FieldColumn> {
        let (title, own) = match &node.value {
            TomlValue::Text(title) => (title.clone(), TomlTable::new()),
            TomlValue::Table(table) => {
                self.known(table, &COLUMN_KEYS, &message!("scenario-table-column"));
                if !table.contains_key("column") {
                    self.diagnostics.push(
                        Diagnostic::error(node.place, key!("scenario-table-no-title"))
                            .help(key!("scenario-table-no-title.help")),
                    );
                    return None;
                }
                (self.string(table, "column"), table.clone())
            }
            _ => {
                self.wrong_kind(
                    node,
                    Message::from(key!("scenario-table-column")),
                    key!("scenario-table-title"),
                );
                return None;
            }
        };
        let mut provenance = outer.clone();
        provenance.extend(own.into_iter().filter(|(key, _)| key != "column"));
        if let Some(grade) = provenance.shift_remove("grade") {
            let source = graded_source(document, provenance.get("source"), &grade, file);
            provenance.insert("source".into(), source);
        }
        Some(FieldColumn { title: title.trim().to_owned(), provenance })
    }
}

/// The source of a column with a grade of its own, which is put among the sources of the document where there is none such:
/// the source that is named with that grade, or else the file.
fn graded_source(document: &mut TomlTable, source: Option<&Entry>, grade: &Entry, file: &str) -> Entry {
    let place = grade.node.place;
    let text =
        |text: &str| Entry { key: place, node: TomlNode { place, value: TomlValue::Text(text.to_owned()) } };
    let grade_text = grade.node.text().unwrap_or_default().to_owned();
    let name = source.and_then(|source| source.node.text()).unwrap_or(file).to_owned();
    let sources = document
        .entry("sources".into())
        .or_insert_with(|| Entry { key: place, node: TomlNode::empty_table(place) });
    let Some(sources) = sources.node.table_mut() else { return text(&name) };
    let known = sources.get(&name).and_then(|known| known.node.table()).cloned();
    let grade_of = |known: &TomlTable| {
        known.get("grade").and_then(|entry| entry.node.text()).unwrap_or_default().to_owned()
    };
    let (id, mut own) = match known {
        Some(known) if grade_of(&known) == grade_text => return text(&name),
        Some(known) => (format!("{name} [{grade_text}]"), known),
        None => (name.clone(), TomlTable::from([("title".to_owned(), text(&name))])),
    };
    own.insert("grade".into(), grade.clone());
    let node = TomlNode { place, value: TomlValue::Table(own) };
    sources.insert(id.clone(), Entry { key: place, node });
    text(&id)
}
