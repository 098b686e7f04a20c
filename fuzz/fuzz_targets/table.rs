//! Any text as a table of data (CSV): it is refused in one sentence, or has finite numbers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plancast::scenario::history::{columns, observed};

fuzz_target!(|text: &str| {
    for file in ["a.csv", "a.tsv"] {
        if let Ok(values) = observed(file, text, "year", "x") {
            assert!(values.windows(2).all(|pair| pair[0].0 < pair[1].0));
            assert!(values.iter().all(|(_, value)| value.is_finite()));
        }
        if let Ok(rows) = columns(file, text, &["x"]) {
            assert!(rows.iter().all(|row| row.line > 0 && row.cells[0].is_finite()));
        }
    }
});
