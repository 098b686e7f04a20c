//! Any text as a formula: it is read or refused, and what was read prints as a text that reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plancast::formula::{parse, parse_declaration};

fuzz_target!(|text: &str| {
    let _ = parse_declaration(text);
    match parse(text) {
        Ok(tree) => {
            let printed = tree.to_string();
            match parse(&printed) {
                Ok(again) => assert_eq!(again.to_string(), printed),
                // A printed tree may nest deeper than its text did: `a - (b)` is not, `1 - -1` is.
                Err(error) => assert!(error.message.contains("deeper"), "{printed}: {}", error.message),
            }
        }
        Err(error) => assert!(error.span.start <= error.span.end && error.span.end <= text.len()),
    }
});
