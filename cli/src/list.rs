//! `plancast list`: the scenarios that are built in.

use std::fmt::Write as _;

use super::{CommandResult, show};
use plancast::scenario::builtin;

pub(super) fn run() -> CommandResult {
    let language = super::language();
    let list = builtin::list();
    let widest = list.iter().map(|file| file.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for file in list {
        let _ = writeln!(out, "{:widest$}  {}", file.name, file.title().get(language));
    }
    show(&out)
}
