//! `plancast jobs`: a run in shards, as a job for the engine of a cluster.

mod quoting;
mod scripts;

use super::arguments::{Charts, JobEngine, JobsOptions, RunOptions, WorkOptions};
use super::batch::{self, Extra};
use super::output::wrong;
use super::{CommandResult, show};
use clap::ValueEnum;
use plancast::message;
use plancast::study::Shard;
use quoting::{quoted, words};

pub(super) fn run(options: &JobsOptions) -> CommandResult {
    if options.run.scenarios.iter().any(|name| name == "-") {
        return Err(wrong(message!("cli-jobs-standard-input")));
    }
    let given = std::env::args_os().skip(1).map(|word| word.into_string().ok()).collect::<Option<Vec<_>>>();
    let given = given.ok_or_else(|| wrong(message!("cli-jobs-no-unicode")))?;
    // What a shard would refuse is refused here.
    let work = WorkOptions {
        until: None,
        max_paths: 0,
        sampling: None,
        shard: Some(Shard { number: 1, of: options.into }),
        checkpoint: None,
        resume: false,
        sweep: options.sweep.clone(),
        given: None,
        pairs: Vec::new(),
    };
    let jobs = batch::jobs(&options.run, &options.sweep)?;
    let ready =
        batch::prepare(&jobs, &options.run, &Extra { judge: false, require: &[], work: Some(&work) })?;
    batch::outcome(&ready)?;
    let ids: Vec<&str> = batch::ids(&ready).collect();
    let job = ShardedJob {
        run: shard(&given),
        merge: merge(&given, &options.run, &ids, options.into),
        name: scripts::plain_name(&ids),
        shards: options.into,
        threads: options.run.threads,
    };
    show(&match options.engine {
        JobEngine::Slurm => scripts::slurm(&job),
        JobEngine::Kubernetes => scripts::kubernetes(&job),
        JobEngine::Parallel => scripts::parallel(&job),
    })
}

/// A run in shards.
struct ShardedJob {
    /// The words of the command that simulates a shard, for a shell, without the program and the shard.
    run: String,
    /// The same of the command that puts the shards together.
    merge: String,
    /// A name that any engine takes.
    name: String,
    /// Into how many shards.
    shards: u64,
    /// On how many threads each runs, where it is said.
    threads: Option<usize>,
}

/// The command line as that of a shard.
fn shard(given: &[String]) -> String {
    let (mut kept, mut given, mut command) = (Vec::new(), given.iter(), false);
    while let Some(word) = given.next() {
        match word.as_str() {
            "jobs" if !command => {
                command = true;
                kept.push("run".to_owned());
            }
            "--into" | "--for" => drop(given.next()),
            "--quiet" | "-q" => {}
            word if word.starts_with("--into=") || word.starts_with("--for=") => {}
            word => kept.push(word.to_owned()),
        }
    }
    kept.push("--quiet".to_owned());
    words(&kept)
}

/// Those words of a command line that every command takes alike, and that are not without consequence to what is written.
fn common(given: &[String]) -> Vec<String> {
    let mut kept = Vec::new();
    let mut given = given.iter();
    while let Some(word) = given.next() {
        match word.as_str() {
            "--lang" | "--wait" => kept.extend([word.clone()].into_iter().chain(given.next().cloned())),
            "--allow-outside" => kept.push(word.clone()),
            _ if word.starts_with("--lang=") || word.starts_with("--wait=") => kept.push(word.clone()),
            _ => {}
        }
    }
    kept
}

/// The command that puts the shards of these scenarios together.
fn merge(given: &[String], options: &RunOptions, ids: &[&str], shards: u64) -> String {
    let mut command = vec!["merge".to_owned(), "--out".to_owned(), options.out.display().to_string()];
    if options.charts != Charts::None {
        let charts = options.charts.to_possible_value().map(|value| value.get_name().to_owned());
        command.extend(["--charts".to_owned()].into_iter().chain(charts));
    }
    command.extend(options.csv.option());
    command.extend(common(given));
    let parts = ids.iter().map(|id| {
        let place = options.out.join(format!("{id}.part-"));
        format!(" {}*-of-{shards}", quoted(&place.display().to_string()))
    });
    words(&command) + &parts.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &[&str]) -> String {
        shard(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn the_command_of_a_shard_is_that_of_the_job_without_its_own_options() {
        assert_eq!(line(&["jobs", "plan", "--into", "5", "--for=slurm"]), "run plan --quiet");
        assert_eq!(
            line(&[
                "--lang",
                "zh",
                "jobs",
                "--for",
                "parallel",
                "规划 一.toml",
                "--into=3",
                "-q",
                "--set",
                "a=it's"
            ]),
            r"--lang zh run '规划 一.toml' --set 'a=it'\''s' --quiet"
        );
    }
}
