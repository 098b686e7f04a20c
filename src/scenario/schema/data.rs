//! The part of the schema that says how files of data are read.

use serde_json::{Value, json};

/// The keys that say which rows of a file are meant and how its cells are written.
pub(super) fn dialect() -> Value {
    json!({
        "where": {
            "description": "Only rows in which each of these columns holds this text or number, or one of a list.",
            "type": "object",
            "additionalProperties": { "anyOf": [cell(), { "type": "array", "items": cell() }] },
        },
        "missing": {
            "description": "What stands for a value that is missing, besides an empty cell.",
            "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
        },
        "decimal": { "description": "The sign before decimals.", "enum": [".", ","] },
        "header": { "description": "The row with the titles of the columns, from 1.", "type": "integer", "minimum": 1 },
    })
}

/// The keys of a set whose members stand in a file.
pub(super) fn set(text: &Value, source: &Value) -> Value {
    let title = json!({ "description": "The title of a column.", "type": "string" });
    let column = json!({
        "description": "The title of a column, or what is said of it.",
        "anyOf": [title, {
            "type": "object",
            "properties": {
                "column": title,
                "unit": { "description": "Unit of its values.", "type": "string" },
                "source": source,
                "grade": grade(),
                "note": text,
            },
            "required": ["column"],
            "additionalProperties": false,
        }],
    });
    json!({
        "file": file(),
        "key": {
            "description": "The column that names the members; with a prefix where its cells are numbers.",
            "anyOf": [title, {
                "type": "object",
                "properties": { "column": title, "prefix": { "type": "string" } },
                "required": ["column"],
                "additionalProperties": false,
            }],
        },
        "pivot": {
            "description": "Of a long table, the column with the names of the values and the one with the values.",
            "type": "object",
            "properties": { "names": title, "values": title },
            "required": ["names", "values"],
            "additionalProperties": false,
        },
        "columns": {
            "description": "The column of each field; of a field by year or by member of a further set, a table of columns.",
            "type": "object",
            "additionalProperties": { "anyOf": [column, { "type": "object", "additionalProperties": column }] },
        },
        "source": source,
        "grade": grade(),
        "title": {
            "description": "Title of the set; `column` is the one that holds the titles of its members.",
            "anyOf": [text, {
                "type": "object",
                "properties": {
                    "column": { "anyOf": [title, {
                        "type": "object",
                        "properties": { "en": title, "zh": title },
                        "additionalProperties": false,
                    }] },
                    "en": { "type": "string" },
                    "zh": { "type": "string" },
                },
                "required": ["column"],
                "additionalProperties": false,
            }],
        },
    })
}

/// A file of data.
pub(super) fn file() -> Value {
    json!({
        "description": "A file of data with titles of columns, relative to this file: data.csv, data.tsv, book.xlsx#Sheet1!A1:F300.",
        "type": "string",
    })
}

fn grade() -> Value {
    json!({ "description": "Grade of its values: A official, B secondary, C unconfirmed, D assumed.", "enum": ["A", "B", "C", "D"] })
}

fn cell() -> Value {
    json!({ "type": ["string", "number"] })
}
