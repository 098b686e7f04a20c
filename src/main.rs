//! The `plancast` command; see [`plancast::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    plancast::cli::main()
}
