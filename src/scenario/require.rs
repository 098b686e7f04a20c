//! A gate from the command line: `--require STATEMENT`, or the statistic of `--until`.

use super::load::Loaded;
use super::written::{Formula, WrittenGate};
use crate::formula::parse;
use crate::text::{Diagnostic, Place};

/// Adds a gate, which is named by its text; `option` is where it was typed. What is wrong with the text is among the problems; whether the names in it
/// exist is found when the scenario is compiled.
pub fn require(loaded: &mut Loaded, option: &str, text: &str) {
    let file = loaded.files.add(option, text);
    let place = Place::new(file, 0, text.len());
    match parse(text) {
        Ok(tree) => {
            let require = Formula { tree, text: text.to_owned(), place };
            loaded.scenario.gates.insert(text.to_owned(), WrittenGate { require, place });
        }
        Err(error) => {
            let mut diagnostic =
                Diagnostic::error(place.part(error.span.start, error.span.end), error.message);
            diagnostic.help = error.help;
            loaded.diagnostics.push(diagnostic);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;

    #[test]
    fn a_gate_may_come_from_the_command_line() {
        let mut loaded = load("two-sector-town", &[]);
        require(&mut loaded, "--require", "mean(gdp@2030) >= 0");
        assert!(
            loaded.scenario.gates.contains_key("mean(gdp@2030) >= 0") && !loaded.diagnostics.has_errors()
        );
        require(&mut loaded, "--require", "mean(gdp@2030) >=");
        assert!(loaded.diagnostics.has_errors());
    }
}
