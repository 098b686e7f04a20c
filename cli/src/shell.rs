//! `plancast completions` and `plancast man`.

use super::output::wrong;
use super::{CommandResult, Failure, help, language, show};
use plancast::message;

pub(super) fn completions(shell: clap_complete::Shell) -> CommandResult {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut help::command(language()), "plancast", &mut out);
    show(&String::from_utf8_lossy(&out))
}

pub(super) fn man(command: Option<&str>) -> CommandResult {
    let mut out = Vec::new();
    let whole = help::command(language());
    let about = match command {
        None => whole,
        Some(name) => {
            let Some(found) = whole.find_subcommand(name) else {
                return Err(wrong(message!("cli-shell-no-command", name = name)));
            };
            found.clone().name(format!("plancast-{name}"))
        }
    };
    let page = clap_mangen::Man::new(about);
    page.render(&mut out)
        .map_err(|error| Failure::Machine(message!("cli-shell-man", why = error.to_string())))?;
    show(&String::from_utf8_lossy(&out))
}
