//! The `plancast` command, one file per subcommand.
//!
//! Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 a gate failed, 2 the input is
//! wrong, 3 the machine failed us; `docs/files.md` has the whole table.

mod arguments;
mod audit;
mod batch;
mod check;
mod checkpoint;
mod compare;
mod decompose;
mod diagnose;
mod diff;
mod discover;
mod excerpt;
mod explain;
mod export;
mod figures;
mod folder;
mod index;
mod list;
mod memory;
mod merge;
mod new;
mod progress;
mod redraw;
mod request;
mod run;
mod schema;
mod sensitivity;
mod several;
mod shell;
mod signals;
mod solve;
mod table;
mod validate;
mod verify;

#[cfg(test)]
mod fixture;

use std::io::{IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Duration;

use clap::Parser;

use arguments::{Arguments, Command};

use plancast::export::verdicts::Finding;
use plancast::num::wide;
use plancast::result::folder as run_folder;
use plancast::world::{Patience, Writer};

/// Why a command did not do what it was asked to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Failure {
    /// A gate failed or is undecided, or a result drifted from its baseline.
    Gate,
    /// The input is wrong; it was said why.
    Input,
    /// A scenario of several is wrong; it was said why, and this repeats it for those who read files.
    Scenario(Vec<Finding>),
    /// The machine failed us: what happened, and what to do.
    Machine(String),
}

/// What a command comes to.
type Outcome = Result<(), Failure>;

/// Reads the command line, does what it says and gives the exit code.
fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let _ = WAIT.set(arguments.wait.unwrap_or(USUAL_WAIT));
    if let Err(why) = wide::check_environment() {
        say(&why);
        return ExitCode::from(2);
    }
    signals::listen();
    // What panics is a fault of the program; it has told its place by then, and nothing half-written is left.
    let outcome = catch_unwind(AssertUnwindSafe(|| dispatch(&arguments.command))).unwrap_or_else(|_| {
        Err(Failure::Machine("this is a fault of plancast itself; please report it with the command".into()))
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Gate) => ExitCode::from(1),
        Err(Failure::Input | Failure::Scenario(_)) => ExitCode::from(2),
        Err(Failure::Machine(message)) => {
            say(&message);
            ExitCode::from(3)
        }
    }
}

/// How long another process is waited for when nothing else is said.
const USUAL_WAIT: Duration = Duration::from_mins(10);

/// How long another process is waited for: `--wait`.
static WAIT: OnceLock<Duration> = OnceLock::new();

/// What all files are written with.
fn writer() -> Writer<'static> {
    let tell = |what: &str| {
        let _ = writeln!(std::io::stderr(), "{what}");
    };
    Writer::real(Patience { limit: *WAIT.get().unwrap_or(&USUAL_WAIT), tell })
}

/// Writes a file whole; one in a run folder becomes a file of that run.
fn write_file(place: &Path, bytes: Vec<u8>) -> Outcome {
    let written = run_folder::write_files(&writer(), &[(place.to_owned(), bytes)]);
    written.map_err(|error| Failure::Machine(error.to_string()))
}

/// Does what a command says.
fn dispatch(command: &Command) -> Outcome {
    match command {
        Command::Run(options) => run::run(options),
        Command::Check(options) => check::run(options),
        Command::Diff(options) => diff::run(options),
        Command::Merge(options) => merge::run(options),
        Command::Verify(options) => verify::run(options),
        Command::Compare(options) => compare::run(options),
        Command::Validate(options) => validate::run(options),
        Command::Explain(options) => explain::run(options),
        Command::Sensitivity(options) => sensitivity::run(options),
        Command::Decompose(options) => decompose::run(options),
        Command::Solve(options) => solve::run(options),
        Command::Discover(options) => discover::run(options),
        Command::Audit(options) => audit::run(options),
        Command::Chart(options) => redraw::chart(options),
        Command::Report(options) => redraw::report(options),
        Command::List(options) => list::run(options),
        Command::New(options) => new::run(options),
        Command::Schema(options) => schema::run(options),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man { command } => shell::man(command.as_deref()),
    }
}

/// The folder of a run, or of a shard of it.
fn part_name(id: &str, shard: Option<plancast::study::Shard>) -> String {
    shard.map_or_else(|| id.to_owned(), |shard| format!("{id}.part-{}-of-{}", shard.number, shard.of))
}

/// Whether a scenario has no observations: a command that does not condition on them would tell, in silence, what was
/// believed before them.
fn unconditioned(loaded: &plancast::scenario::Loaded, command: &'static str) -> Outcome {
    if loaded.scenario.observations.is_empty() || loaded.problems.has_errors() {
        return Ok(());
    }
    say(&plancast::study::StudyError::NotConditioned { what: command }.to_string());
    Err(Failure::Input)
}

/// Says on stderr what went wrong.
fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "error: {message}");
}

/// Says on stderr what may not be as the user expects.
fn warn(message: &str) {
    let _ = writeln!(std::io::stderr(), "warning: {message}");
}

/// Whether results may be coloured: on a terminal, unless `NO_COLOR` says no.
fn colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Does work on so many threads.
fn on_threads<T: Send>(threads: Option<usize>, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build();
    let pool = pool.map_err(|error| Failure::Machine(format!("threads cannot be started: {error}")))?;
    Ok(pool.install(work))
}

/// Writes results to stdout as JSON.
fn print_json(value: &serde_json::Value) -> Outcome {
    print(&plancast::result::json::write(value).map_err(|error| Failure::Machine(error.to_string()))?)
}

/// Writes results to stdout.
fn print(text: &str) -> Outcome {
    print_bytes(text.as_bytes())
}

/// Writes bytes to stdout.
fn print_bytes(bytes: &[u8]) -> Outcome {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| unwritten(&error))
}

/// Writes to stdout what can be had again at once, a list or a help: that a reader has seen enough is no failure.
fn show(text: &str) -> Outcome {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| unwritten(&error)),
    }
}

fn unwritten(error: &std::io::Error) -> Failure {
    Failure::Machine(if error.kind() == std::io::ErrorKind::BrokenPipe {
        "who reads the standard output went away before all was written; results in a folder are whole".into()
    } else {
        format!("the results cannot be written to standard output: {error}")
    })
}
