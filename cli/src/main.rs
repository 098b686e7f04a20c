//! The `plancast` command, one file per subcommand.
//!
//! Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 a gate failed, 2 the input is
//! wrong, 3 the machine failed us; `docs/files.md` has the whole table.

mod arguments;
mod audit;
mod backtest;
mod batch;
mod check;
mod checkpoint;
mod compare;
mod csv_files;
mod decompose;
mod diagnose;
mod diff;
mod discover;
mod excerpt;
mod explain;
mod export;
mod figures;
mod fit;
mod folder;
mod help;
mod index;
mod jobs;
mod list;
mod live;
mod memory;
mod merge;
mod new;
mod output;
mod outputs;
mod progress;
mod redraw;
mod request;
mod run;
mod schema;
mod score;
mod sensitivity;
mod several;
mod shell;
mod signals;
mod solve;
mod table;
mod validate;
mod verify;

#[cfg(test)]
mod documents;
#[cfg(test)]
mod fixture;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Duration;

use clap::Parser;

use arguments::{Arguments, Command};
use output::{colour, print, print_bytes, print_json, say, show, tell, warn};

use plancast::export::verdicts::CheckFailure;
use plancast::message;
use plancast::num::wide;
use plancast::result::folder as run_folder;
use plancast::scenario::{Loaded, load::load_with};
use plancast::text::{Language, Message};
use plancast::world::project::Access;
use plancast::world::{FileError, Patience, Writer};

/// Why a command did not do what it was asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Failure {
    /// A gate failed or is undecided, or a result drifted from its baseline.
    Gate,
    /// The input is wrong; it was said why.
    Input,
    /// A scenario of several is wrong; it was said why, and this repeats it for those who read files.
    Scenario(Vec<CheckFailure>),
    /// The machine failed us: what happened, and what to do.
    Machine(Message),
}

impl Failure {
    /// A failure in the words of another library, which speaks English only.
    fn machine(error: &dyn std::fmt::Display) -> Self {
        Self::Machine(Message::verbatim(error.to_string()))
    }

    /// How grave it is: of several failures the gravest gives the exit code.
    fn gravity(&self) -> u8 {
        match self {
            Self::Gate => 0,
            Self::Input => 1,
            Self::Scenario(_) => 2,
            Self::Machine(_) => 3,
        }
    }
}

/// That a file cannot be read or written is the machine's failure, where the user did not name the file.
impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::Machine(error.message())
    }
}

/// What a command comes to.
type CommandResult = Result<(), Failure>;

/// Reads the command line, does what it says and gives the exit code.
fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            return refused(error);
        }
    };
    let _ = WAIT.set(arguments.wait.unwrap_or(USUAL_WAIT));
    let _ = ACCESS.set(if arguments.allow_outside { Access::Anywhere } else { Access::Project });
    let _ = LANGUAGE.set(arguments.lang.unwrap_or_else(arguments::language_of_locale));
    if let Err(asked) = wide::check_environment() {
        say(message!("cli-main-width", variable = wide::VARIABLE, asked = asked));
        return ExitCode::from(2);
    }
    signals::listen();
    // What is first done on all threads would panic where they cannot be had.
    if let Err(error) = rayon::ThreadPoolBuilder::new().build_global() {
        say(no_threads(&error));
        return ExitCode::from(3);
    }
    // What panics is a fault of the program; it has told its place by then, and nothing half-written is left.
    let outcome = catch_unwind(AssertUnwindSafe(|| dispatch(&arguments.command)))
        .unwrap_or_else(|_| Err(Failure::Machine(message!("cli-main-fault"))));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Gate) => ExitCode::from(1),
        Err(Failure::Input | Failure::Scenario(_)) => ExitCode::from(2),
        Err(Failure::Machine(message)) => {
            say(message);
            ExitCode::from(3)
        }
    }
}

/// Prints why a command line cannot be read, or the help that it asks for.
fn refused(error: clap::Error) -> ExitCode {
    let _ = LANGUAGE.set(arguments::language_of_command_line(std::env::args_os()));
    if let Some(why) = arguments::refusal(&error).filter(|_| language() != Language::default()) {
        say(why);
        return ExitCode::from(2);
    }
    // Help is put together in another language only where it is shown.
    let told = help::command(language()).try_get_matches().err();
    let error = told.unwrap_or(error);
    let text = error.render();
    let shown = |colour: bool| if colour { text.ansi().to_string() } else { text.to_string() };
    if error.use_stderr() {
        tell(&shown(output::colour_of_messages()));
        return ExitCode::from(2);
    }
    match show(&shown(colour())) {
        Err(Failure::Machine(message)) => {
            say(message);
            ExitCode::from(3)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// How long another process is waited for when nothing else is said.
const USUAL_WAIT: Duration = Duration::from_mins(10);

/// How long another process is waited for: `--wait`.
static WAIT: OnceLock<Duration> = OnceLock::new();

/// In which language people are answered: `--lang`.
static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// The language that was asked for, or else that of the locale.
fn language() -> Language {
    *LANGUAGE.get_or_init(arguments::language_of_locale)
}

/// Whether scenarios may name files outside of their project: `--allow-outside`.
static ACCESS: OnceLock<Access> = OnceLock::new();

/// Whether scenarios may name files outside of their project.
fn access() -> Access {
    *ACCESS.get().unwrap_or(&Access::Project)
}

/// What all files are written with.
fn writer() -> Writer<'static> {
    let tell = |what: &Message| tell(&(what.text(language()) + "\n"));
    Writer::real(Patience { limit: *WAIT.get().unwrap_or(&USUAL_WAIT), tell })
}

/// Writes a file whole; one in a run folder becomes a file of that run.
fn write_file(place: &Path, bytes: Vec<u8>) -> CommandResult {
    write_files(&[(place.to_owned(), output::for_device(place, bytes))])
}

/// Writes files whole; those in run folders become files of these runs, and what others had put in their places is kept.
fn write_files(files: &[(PathBuf, Vec<u8>)]) -> CommandResult {
    let kept = run_folder::write_files(&writer(), files);
    outputs::tell_kept(&kept?);
    Ok(())
}

/// Does what a command says.
fn dispatch(command: &Command) -> CommandResult {
    match command {
        Command::Run(options) => run::run(options),
        Command::Check(options) => check::run(options),
        Command::Diff(options) => diff::run(options),
        Command::Merge(options) => merge::run(options),
        Command::Jobs(options) => jobs::run(options),
        Command::Verify(options) => verify::run(options),
        Command::Compare(options) => compare::run(options),
        Command::Validate(options) => validate::run(options),
        Command::Explain(options) => explain::run(options),
        Command::Sensitivity(options) => sensitivity::run(options),
        Command::Decompose(options) => decompose::run(options),
        Command::Solve(options) => solve::run(options),
        Command::Discover(options) => discover::run(options),
        Command::Audit(options) => audit::run(options),
        Command::Fit(options) => fit::run(options),
        Command::Score(options) => score::run(options),
        Command::Backtest(options) => backtest::run(options),
        Command::Chart(options) => redraw::chart(options),
        Command::Report(options) => redraw::report(options),
        Command::List => list::run(),
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

/// Loads a scenario with changes; it may name files outside of its project where `--allow-outside` says so.
fn load(name: &str, set: &[String]) -> Loaded {
    load_swept(name, set, &[])
}

/// The same with the changes of one run of a sweep.
fn load_swept(name: &str, set: &[String], swept: &[String]) -> Loaded {
    let loaded = load_with(name, set, swept, access());
    outputs::reads_scenario(&loaded);
    loaded
}

/// Does work on so many threads.
fn on_threads<T: Send>(threads: Option<usize>, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build();
    let pool = pool.map_err(|error| Failure::Machine(no_threads(&error)))?;
    Ok(pool.install(work))
}

/// Why threads are missing, and what to do.
fn no_threads(error: &rayon::ThreadPoolBuildError) -> Message {
    message!("cli-main-threads", why = error.to_string())
}
