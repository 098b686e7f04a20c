//! JSON whose bytes are stable: keys sorted, numbers shortest that read back exactly, lists of numbers on
//! one line, so that a stored result can be reviewed line by line.

use std::fmt::Write;

use serde::Serialize;
use serde_json::Value;

/// Writes a value as JSON text with a newline at its end.
///
/// # Errors
///
/// When the value has no form in JSON: a map whose keys are not strings.
pub fn write(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let value = serde_json::to_value(value)?;
    let mut text = String::new();
    push(&mut text, &value, 0);
    text.push('\n');
    Ok(text)
}

fn push(text: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            // Sorted here and not by the map, whose order depends on the features other crates ask for.
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (place, (key, value)) in entries.into_iter().enumerate() {
                separate(text, place, depth + 1);
                let _ = write!(text, "{}: ", Value::from(key.as_str()));
                push(text, value, depth + 1);
            }
            close(text, '}', depth);
        }
        Value::Array(list) if list.iter().any(|item| item.is_array() || item.is_object()) => {
            text.push('[');
            for (place, item) in list.iter().enumerate() {
                separate(text, place, depth + 1);
                push(text, item, depth + 1);
            }
            close(text, ']', depth);
        }
        Value::Array(list) => {
            text.push('[');
            for (place, item) in list.iter().enumerate() {
                text.push_str(if place > 0 { ", " } else { "" });
                let _ = write!(text, "{item}");
            }
            text.push(']');
        }
        scalar => {
            let _ = write!(text, "{scalar}");
        }
    }
}

fn separate(text: &mut String, place: usize, depth: usize) {
    if place > 0 {
        text.push(',');
    }
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}

fn close(text: &mut String, bracket: char, depth: usize) {
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
    text.push(bracket);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::result::sample;
    use crate::result::summary::Summary;

    #[test]
    fn keys_are_sorted_and_lists_of_numbers_stand_on_one_line() {
        let value =
            serde_json::json!({ "b": [1, 2.5, null], "a": { "z": "“吕梁”\n", "y": [{ "k": [] }] }, "c": {} });
        let expected = "{\n  \"a\": {\n    \"y\": [\n      {\n        \"k\": []\n      }\n    ],\n    \"z\": \"“吕梁”\\n\"\n  },\n  \"b\": [1, 2.5, null],\n  \"c\": {}\n}\n";
        assert_eq!(write(&value).unwrap(), expected);
    }

    #[test]
    fn a_summary_reads_back_as_it_was() {
        let summary = sample::summary();
        let text = write(&summary).unwrap();
        assert_eq!(serde_json::from_str::<Summary>(&text).unwrap(), summary);
        assert_eq!(write(&summary).unwrap(), text);
    }

    #[test]
    fn what_is_not_a_number_on_the_central_path_reads_back_as_such() {
        let mut summary = sample::summary();
        summary.central.insert("gdp".to_owned(), vec![1.0, f64::NAN]);
        let back: Summary = serde_json::from_str(&write(&summary).unwrap()).unwrap();
        assert!(back.central["gdp"][1].is_nan());
    }

    proptest! {
        #[test]
        fn any_numbers_read_back_bit_for_bit(
            seed in any::<u64>(),
            paths in any::<u64>(),
            values in prop::collection::vec(prop::option::of(prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO), 16),
            odds in 0.0..=1.0f64,
            title in "\\PC*",
        ) {
            let mut summary = sample::summary();
            summary.seed = seed;
            summary.paths = paths;
            let gdp = summary.variables.get_mut("gdp").unwrap();
            gdp.mean.clone_from(&values);
            gdp.title.zh = title;
            gdp.quantiles.insert("0.05".to_owned(), values);
            summary.targets.values_mut().next().unwrap().odds.odds = odds;
            let back: Summary = serde_json::from_str(&write(&summary).unwrap()).unwrap();
            prop_assert_eq!(back, summary);
        }
    }
}
