//! Everything that is wrong with a scenario, nothing run.

use serde_json::{Value, json};

use crate::analysis::{decompose, fit};
use crate::model::{RecordedVariables, compile};
use crate::scenario::{Loaded, load, load::from_text_with};
use crate::text::{Language, Place, Severity};

use super::{Diagnostics, Study};

impl Study {
    /// Everything that is wrong with a scenario, errors and warnings, as `plancast validate` tells them: a file or the name
    /// of one that is built in, with changes `NAME=QUANTITY`.
    ///
    /// ```
    /// let found = plancast::Study::validate("outside-view", &[]);
    /// assert!(!found.has_errors(), "{found}");
    /// ```
    pub fn validate(name: &str, changes: &[String]) -> Diagnostics {
        validated(load(name, changes))
    }

    /// The same of a scenario that is a text; messages call it `name`.
    ///
    /// ```
    /// let found = plancast::Study::validate_text("mine", "[time]\nstart = 2020\nend = 2019", &[]);
    /// assert!(found.to_string().starts_with("mine:"), "{found}");
    /// ```
    pub fn validate_text(name: &str, text: &str, changes: &[String]) -> Diagnostics {
        validated(from_text_with(name, text, changes))
    }
}

fn validated(mut loaded: Loaded) -> Diagnostics {
    if compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics).is_some() {
        decompose::check(&mut loaded);
        let found = fit::check(&loaded.scenario);
        found.0.into_iter().for_each(|diagnostic| loaded.diagnostics.push(diagnostic));
    }
    loaded.diagnostics.sort();
    Diagnostics { files: loaded.files, diagnostics: loaded.diagnostics }
}

impl Diagnostics {
    /// All of them as the JSON of `plancast validate --format json`: severity, file, line and column where it begins and
    /// ends, message and help; what is not known is null.
    pub fn json(&self, language: Language) -> Value {
        let list = self.diagnostics.0.iter().map(|diagnostic| {
            let files = &self.files;
            let ends =
                |place: Place| (files.line_column(place), files.line_column(Place { start: place.end, ..place }));
            let (start, end) = diagnostic.place.map(ends).unzip();
            let (line, column) = start.unzip();
            let (end_line, end_column) = end.unzip();
            json!({
                "severity": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning" },
                "file": diagnostic.place.and_then(|place| files.get(place.file)).map(|file| &file.name),
                "line": line,
                "column": column,
                // Of the character after the last one that is marked.
                "end_line": end_line,
                "end_column": end_column,
                "message": diagnostic.message_in(language),
                "help": diagnostic.help_in(language),
            })
        });
        list.collect()
    }
}
