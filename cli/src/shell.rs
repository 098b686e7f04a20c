//! `plancast completions` and `plancast man`.

use clap::CommandFactory;

use super::arguments::Arguments;
use super::{CommandResult, Failure, show};

pub(super) fn completions(shell: clap_complete::Shell) -> CommandResult {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "plancast", &mut out);
    show(&String::from_utf8_lossy(&out))
}

pub(super) fn man(command: Option<&str>) -> CommandResult {
    let mut out = Vec::new();
    let whole = Arguments::command();
    let about = match command {
        None => whole,
        Some(name) => {
            let Some(found) = whole.find_subcommand(name) else {
                super::say(&format!("there is no command {name}: see plancast --help"));
                return Err(Failure::Input);
            };
            found.clone().name(format!("plancast-{name}"))
        }
    };
    let page = clap_mangen::Man::new(about);
    page.render(&mut out)
        .map_err(|error| Failure::Machine(format!("the manual page cannot be written: {error}")))?;
    show(&String::from_utf8_lossy(&out))
}
