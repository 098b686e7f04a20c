//! `plancast list`: the scenarios that are built in.

use std::fmt::Write as _;

use super::arguments::{ListOptions, language};
use super::{CommandResult, load, show};
use plancast::scenario::builtin;

pub(super) fn run(options: &ListOptions) -> CommandResult {
    let language = language(options.lang);
    let list = builtin::list();
    let widest = list.iter().map(|file| file.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for file in list {
        let title = load(file.name, &[]).scenario.title;
        let _ = writeln!(out, "{:widest$}  {}", file.name, title.get(language));
    }
    show(&out)
}
