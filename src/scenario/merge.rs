//! How an extending file changes what it extends: table by table, key by key.
//!
//! Before two files are merged, a bare value is put under its table's main key (`x = 2` in `[parameters]`
//! becomes `x = { value = 2 }`), so that a file can replace a value and keep its unit and title. A new
//! value does not keep the old one's source: what was said of the old value is not said of the new.

use super::document::{Entry, TomlNode, TomlTable, TomlValue};
use crate::text::{Diagnostic, DiagnosticList};
use crate::{key, message};

/// Top-level tables of the language; every other one holds the members of a set.
pub const TABLES: [&str; 25] = [
    "scenario",
    "time",
    "sets",
    "distributions",
    "parameters",
    "shocks",
    "correlations",
    "variables",
    "simultaneous",
    "metrics",
    "targets",
    "gates",
    "history",
    "observations",
    "fit",
    "groups",
    "sources",
    "units",
    "figures",
    "softness",
    "accounts",
    "decompositions",
    "tables",
    "pool",
    "run",
];

/// Of these, the tables whose names a member or quantity may have as well: only a set would clash with them.
pub const FREE_FOR_QUANTITIES: [&str; 13] = [
    "distributions",
    "groups",
    "units",
    "figures",
    "softness",
    "accounts",
    "decompositions",
    "run",
    "observations",
    "fit",
    "pool",
    "simultaneous",
    "tables",
];

/// Tables that give way to a set of the same name: scenarios had such sets before the tables were there.
pub const GIVING_WAY: [&str; 7] =
    ["observations", "fit", "softness", "pool", "simultaneous", "tables", "distributions"];

/// Whether a table of a document is the language's own, and not that of a set's members.
pub fn is_own_table(document: &TomlTable, name: &str) -> bool {
    let is_set = || {
        let sets = document.get("sets").and_then(|entry| entry.node.table());
        sets.is_some_and(|sets| sets.contains_key(name))
    };
    TABLES.contains(&name) && !(GIVING_WAY.contains(&name) && is_set())
}

/// Whether a document is that of a pool of several worlds.
pub fn is_pool(document: &TomlTable) -> bool {
    document.contains_key("pool") && is_own_table(document, "pool")
}

/// Keys that may stand beside `value` in a quantity's table.
pub const QUANTITY_KEYS: [&str; 12] =
    ["value", "unit", "source", "figure", "note", "title", "doc", "over", "lever", "min", "max", "dist"];

/// The word that removes what was inherited.
pub const UNSET: &str = "unset";

/// Puts bare values under their tables' main keys.
pub fn normalise(file: &mut TomlTable) {
    let sets: Vec<&str> = GIVING_WAY.into_iter().filter(|name| !is_own_table(file, name)).collect();
    for (name, entry) in file.iter_mut() {
        let Some(table) = entry.node.table_mut() else { continue };
        match name.as_str() {
            "parameters" => wrap_all(table, "value"),
            "shocks" => wrap_all(table, "dist"),
            // One that is made of others stands in a table of its own form.
            "distributions" if !sets.contains(&"distributions") => {
                let plain = table.values_mut().filter(|entry| entry.node.table().is_none());
                plain.for_each(|entry| wrap(&mut entry.node, "dist"));
            }
            "variables" | "metrics" => wrap_all(table, "formula"),
            "targets" | "gates" => wrap_all(table, "require"),
            "units" => wrap_all(table, "of"),
            "figures" => wrap_all(table, "words"),
            "groups" => wrap_all(table, "inputs"),
            "decompositions" => wrap_within(table, "effects", "formula"),
            "sets" => wrap_within(table, "fields", "doc"),
            other if !TABLES.contains(&other) || sets.contains(&other) => {
                for (_, member) in table.iter_mut() {
                    let Some(member) = member.node.table_mut() else { continue };
                    for (field, entry) in member.iter_mut() {
                        if !matches!(field.as_str(), "title" | "doc") {
                            wrap(&mut entry.node, "value");
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

fn wrap_all(table: &mut TomlTable, main: &str) {
    for (_, entry) in table.iter_mut() {
        wrap(&mut entry.node, main);
    }
}

/// Wraps all that stands in the tables called `inner` of a table's records.
fn wrap_within(table: &mut TomlTable, inner: &str, main: &str) {
    for (_, record) in table.iter_mut() {
        let found = record.node.table_mut().and_then(|record| record.get_mut(inner));
        if let Some(found) = found.and_then(|found| found.node.table_mut()) {
            wrap_all(found, main);
        }
    }
}

fn wrap(node: &mut TomlNode, main: &str) {
    let bare = match &node.value {
        TomlValue::Text(text) => text != UNSET,
        TomlValue::Table(table) if matches!(main, "value" | "dist") => {
            !table.is_empty() && !table.keys().any(|key| QUANTITY_KEYS.contains(&key.as_str()))
        }
        TomlValue::Table(_) => false,
        _ => true,
    };
    if bare {
        let inner = node.clone();
        let entry = Entry { key: inner.place, node: inner };
        *node = TomlNode {
            place: node.place,
            value: TomlValue::Table(TomlTable::from([(main.to_string(), entry)])),
        };
    }
}

/// The same in the table of a set whose members stand in a file of data: what it removes is not there before that is read.
/// No file can hold it.
const UNSET_LATER: &str = "\0unset";

/// Puts off what is removed from sets whose members stand in a file of data, as `own` or what it extends says.
pub fn put_off_unsets(own: &mut TomlTable, base: &TomlTable) {
    let sets = [&*own, base].map(|document| document.get("sets").and_then(|entry| entry.node.table()));
    let has_file = |set: &Entry| set.node.table().is_some_and(|set| set.contains_key("file"));
    let sets = sets.into_iter().flatten().flatten().filter(|(_, set)| has_file(set));
    let names: Vec<String> = sets.map(|(name, _)| name.clone()).collect();
    for name in names {
        if let Some(members) = own.get_mut(&name).and_then(|entry| entry.node.table_mut()) {
            replace_unsets(members, UNSET, UNSET_LATER);
        }
    }
}

/// Lets what was put off remove what it names.
pub fn resume_unsets(members: &mut TomlTable) {
    replace_unsets(members, UNSET_LATER, UNSET);
}

/// Replaces one word by another where members and fields stand.
fn replace_unsets(members: &mut TomlTable, from: &str, to: &str) {
    for (_, member) in members.iter_mut() {
        let fields = member.node.table_mut().into_iter().flat_map(|fields| fields.values_mut());
        let fields: Vec<&mut TomlNode> = fields.map(|field| &mut field.node).collect();
        for field in fields {
            replace_word(field, from, to);
        }
        replace_word(&mut member.node, from, to);
    }
}

fn replace_word(node: &mut TomlNode, from: &str, to: &str) {
    if node.text() == Some(from) {
        node.value = TomlValue::Text(to.to_owned());
    }
}

/// Merges an extending file into what it extends.
pub fn merge(base: &mut TomlTable, extending: TomlTable, diagnostics: &mut DiagnosticList) {
    if extending.keys().any(|key| matches!(key.as_str(), "value" | "dist" | "formula" | "require")) {
        for stale in ["source", "figure", "states", "note"] {
            if !extending.contains_key(stale) {
                base.shift_remove(stale);
            }
        }
    }
    for (key, entry) in extending {
        if entry.node.text() == Some(UNSET) {
            if base.shift_remove(&key).is_none() {
                diagnostics.push(
                    Diagnostic::missing(entry.key, message!("scenario-merge-unset", key = key))
                        .help(key!("scenario-merge-unset.help")),
                );
            }
            continue;
        }
        match (base.get_mut(&key).map(|old| &mut old.node.value), entry.node.value) {
            (Some(TomlValue::Table(old)), TomlValue::Table(new)) => merge(old, new, diagnostics),
            // Into a new table too key by key, so that an `unset` in it is found.
            (_, TomlValue::Table(new)) => {
                let mut table = TomlTable::new();
                merge(&mut table, new, diagnostics);
                base.insert(
                    key,
                    Entry {
                        key: entry.key,
                        node: TomlNode { place: entry.node.place, value: TomlValue::Table(table) },
                    },
                );
            }
            (_, value) => {
                base.insert(key, Entry { key: entry.key, node: TomlNode { place: entry.node.place, value } });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::document::parse;

    fn table(text: &str) -> TomlTable {
        let mut table = parse(0, text, &mut DiagnosticList::default());
        normalise(&mut table);
        table
    }

    fn merged(base: &str, extending: &str) -> (TomlTable, DiagnosticList) {
        let (mut base, mut diagnostics) = (table(base), DiagnosticList::default());
        merge(&mut base, table(extending), &mut diagnostics);
        (base, diagnostics)
    }

    fn plain(table: &TomlTable) -> String {
        crate::scenario::write::toml(table)
    }

    #[test]
    fn a_bare_value_replaces_the_value_and_keeps_unit_and_title_but_not_the_source() {
        let (result, _) = merged(
            "[parameters]\nx = { value = 1, unit = \"Mt\", source = \"book\" }",
            "[parameters]\nx = 2",
        );
        assert_eq!(plain(&result), plain(&table("[parameters]\nx = { value = 2, unit = \"Mt\" }")));
    }

    #[test]
    fn years_are_merged_key_by_key() {
        let (result, _) = merged("[s.coal]\nt = { 2021 = 1, 2026 = 2 }", "[s.coal]\nt = { 2026 = 3 }");
        assert_eq!(plain(&result), plain(&table("[s.coal]\nt = { 2021 = 1, 2026 = 3 }")));
    }

    #[test]
    fn unset_removes_and_says_when_there_is_nothing_to_remove() {
        let (result, diagnostics) = merged("[variables]\na = \"1\"\nb = \"2\"", "[variables]\na = \"unset\"");
        assert_eq!(plain(&result), plain(&table("[variables]\nb = \"2\"")));
        assert!(!diagnostics.has_errors());
        assert!(merged("[variables]\na = \"1\"", "[variables]\nc = \"unset\"").1.has_errors());
    }
}
