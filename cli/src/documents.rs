//! Command lines that documents name are command lines of this program.

use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap::error::ErrorKind;

use super::arguments::Arguments;
use shell::words;

#[path = "../../tests/common/shell.rs"]
mod shell;

/// The documents of the repository.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let within =
        |folder: &str| std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let all = ["", "docs", "docs/zh", "output", "benches"].into_iter().flat_map(within);
    all.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect()
}

/// The commands of a document: lines of its fenced blocks, and what stands between backticks in its text.
fn commands(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    let mut prose = String::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            let line = line.trim();
            found.push(line.strip_prefix("$ ").unwrap_or(line).to_owned());
        } else {
            prose += line;
            prose += " ";
        }
    }
    found.extend(prose.split('`').skip(1).step_by(2).map(str::to_owned));
    // What stands for something else is no command line.
    found.retain(|line| {
        line.starts_with("plancast ") && !line.starts_with("plancast = ") && !line.contains(['…', '$'])
    });
    found
}

#[test]
fn every_command_line_in_a_document_is_one_that_the_program_takes() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in documents() {
        let text = std::fs::read_to_string(&path).unwrap();
        for line in commands(&text) {
            seen += 1;
            let words = words(&line);
            let Err(error) = Arguments::command().try_get_matches_from(&words) else { continue };
            // A command may be named without what it needs, and with a word for what is put there.
            let named =
                |word: &String| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase()) || word == "N";
            let is_open = words.iter().any(named) || words.last().is_some_and(|last| last.starts_with("--"));
            let is_value = matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation);
            let is_short = (is_open && is_value)
                || matches!(
                    error.kind(),
                    ErrorKind::MissingRequiredArgument
                        | ErrorKind::DisplayHelp
                        | ErrorKind::DisplayVersion
                        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
                );
            if !is_short {
                wrong.push(format!("{}: {line}\n  {:?}", path.display(), error.kind()));
            }
        }
    }
    assert!(seen > 100, "only {seen} commands were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
