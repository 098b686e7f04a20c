//! `plancast new`: a scenario to start from, with everything it needs beside it.

use std::path::{Path, PathBuf};

use super::arguments::NewOptions;
use super::{CommandResult, Failure, schema, tell};
use plancast::scenario::{builtin, family, schema as language};
use plancast::text::suggest::did_you_mean;
use plancast::text::{Message, visible};
use plancast::{key, message, tr};

/// What a folder starts from when nothing else is asked for.
const FIRST: &str = "two-sector-town";

pub(super) fn run(options: &NewOptions) -> CommandResult {
    let name = options.from.as_deref().unwrap_or(FIRST);
    let Some(chosen) = builtin::by_name(name) else { return Err(unknown(name)) };
    let mut files = copies(chosen, options.from.is_none());
    let main = files[0].0.clone();
    files.push((PathBuf::from(language::FILE_NAME), schema::text()));
    let taken: Vec<PathBuf> = files
        .iter()
        .map(|(name, _)| options.dir.join(name))
        .filter(|path| path.symlink_metadata().is_ok())
        .collect();
    if !taken.is_empty() {
        let taken = message!("cli-new-taken", names = shown(taken.iter()));
        return Err(refuse(&taken, &message!("cli-new-taken.help")));
    }
    let files: Vec<(PathBuf, String)> =
        files.into_iter().map(|(name, text)| (options.dir.join(name), text)).collect();
    let bytes: Vec<(PathBuf, &[u8])> =
        files.iter().map(|(path, text)| (path.clone(), text.as_bytes())).collect();
    super::writer().create_all(&bytes)?;
    let language = super::language();
    let wrote = tr!(language, "cli-new-written", files = shown(files.iter().map(|(path, _)| path)));
    let (next, after) = (tr!(language, "cli-new-next"), tr!(language, "cli-new-validate"));
    let main = shell_word(&options.dir.join(main));
    tell(&format!("{wrote}\n\n{next}\n  plancast run {main}\n  plancast validate {main}   {after}\n"));
    Ok(())
}

/// Paths as a list.
fn shown<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> Vec<Message> {
    paths.map(|path| Message::verbatim(visible::path(path))).collect()
}

/// Names and texts of the files that the scenario is made of, itself first; the default one becomes
/// `scenario.toml`.
fn copies(chosen: builtin::Builtin, rename: bool) -> Vec<(PathBuf, String)> {
    let family = family::of(&chosen);
    family
        .into_iter()
        .enumerate()
        .map(|(position, (name, text))| {
            let name =
                if rename && position == 0 { PathBuf::from("scenario.toml") } else { PathBuf::from(name) };
            let directive =
                name.extension().is_some_and(|ending| ending == "toml") && !text.starts_with("#:schema");
            let text = if directive { format!("{}\n{text}", language::DIRECTIVE) } else { text.to_string() };
            (name, text)
        })
        .collect()
}

/// A path as it is typed in a shell.
fn shell_word(path: &Path) -> String {
    let shown = visible::path(path);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    if shown.chars().all(plain) { shown } else { format!("'{}'", shown.replace('\'', r"'\''")) }
}

fn unknown(name: &str) -> Failure {
    let list = builtin::list();
    let names: Vec<&str> = list.iter().map(|file| file.name).collect();
    let help = did_you_mean(name, &names, key!("text-kind-built-in"));
    refuse(&message!("cli-new-unknown", name = name), &help.unwrap_or_default())
}

/// Says what is wrong, and on a line of its own how to mend it.
fn refuse(what: &Message, help: &Message) -> Failure {
    super::say(what);
    tell(&format!("  {}\n", tr!(super::language(), "text-help", help = help)));
    Failure::Input
}
