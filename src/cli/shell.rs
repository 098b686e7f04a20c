//! `plancast completions` and `plancast man`.

use clap::CommandFactory;

use super::arguments::Arguments;
use super::{Failure, Outcome, print};

pub(super) fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "plancast", &mut out);
    print(&String::from_utf8_lossy(&out))
}

pub(super) fn man() -> Outcome {
    let mut out = Vec::new();
    let page = clap_mangen::Man::new(Arguments::command());
    page.render(&mut out)
        .map_err(|error| Failure::Machine(format!("the manual page cannot be written: {error}")))?;
    print(&String::from_utf8_lossy(&out))
}
