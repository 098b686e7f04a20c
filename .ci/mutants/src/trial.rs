//! Runs tests, each in a process of its own, unchanged or with one change on.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::site::Site;
use crate::tree::{Failure, Tree};

/// A program of tests, and the folder of its package, where Cargo would run it.
#[derive(Clone)]
pub struct Program {
    file: PathBuf,
    folder: PathBuf,
}

/// One test: the program it stands in, its name there, how long it takes, which changes it reaches and how many it noticed.
pub struct Test {
    program: Program,
    pub name: String,
    pub time: Duration,
    reached: BTreeSet<u32>,
    noticed: AtomicU32,
}

impl Test {
    /// What to try first: tests of the file that was changed, then what is quick or noticed others.
    fn urgency(&self, module: &str) -> (bool, Duration) {
        (!self.name.starts_with(module), self.time / (1 + self.noticed.load(Ordering::Relaxed)))
    }
}

/// Which tests are run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    All,
    /// Those beside the code of the library.
    Beside,
    /// All others.
    Apart,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    TimedOut,
}

pub struct Trials {
    root: PathBuf,
    binary: PathBuf,
    scratch: PathBuf,
    jobs: usize,
    patience: Duration,
}

impl Drop for Trials {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

impl Trials {
    pub fn new(tree: &Tree, jobs: usize, patience: Duration) -> Self {
        Self {
            root: tree.root.clone(),
            binary: tree.target().join("debug/plancast"),
            scratch: tree.root.with_file_name("scratch").join(std::process::id().to_string()),
            jobs,
            patience,
        }
    }

    /// Builds the tests and lists them.
    pub fn build(&self, tree: &Tree, build: &Path, part: Part) -> Result<Vec<(Program, String)>, Failure> {
        let mut arguments = vec!["test", "--no-run", "--message-format=json"];
        arguments.extend(match part {
            Part::All => &["--lib", "--tests"][..],
            Part::Beside => &["--lib"],
            Part::Apart => &["--test", "*", "--bins"],
        });
        let output = tree.cargo(build, &arguments).output()?;
        if !output.status.success() {
            let told = String::from_utf8_lossy(&output.stdout);
            let said = told.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
            let errors = said.filter(|told| told["message"]["level"] == "error");
            let errors = errors.filter_map(|told| told["message"]["rendered"].as_str().map(str::to_owned));
            return Err(format!("the tests do not build\n{}", errors.collect::<String>()).into());
        }
        let mut tests = Vec::new();
        for line in String::from_utf8(output.stdout)?.lines() {
            let told: serde_json::Value = serde_json::from_str(line)?;
            let (Some(file), Some(manifest)) = (told["executable"].as_str(), told["manifest_path"].as_str())
            else {
                continue;
            };
            let is_beside = told["target"]["kind"][0] == "lib";
            if told["profile"]["test"] != true || (part == Part::Apart && is_beside) {
                continue;
            }
            let folder = Path::new(manifest).parent().unwrap_or(&self.root).to_owned();
            let program = Program { file: file.into(), folder };
            let listed = self.command(&program).args(["--list", "--format", "terse"]).output()?;
            for line in String::from_utf8(listed.stdout)?.lines() {
                if let Some(name) = line.strip_suffix(": test") {
                    tests.push((program.clone(), name.to_owned()));
                }
            }
        }
        Ok(tests)
    }

    /// Runs every test as it is, and finds which changes it reaches. The second list names tests that fail unchanged, or
    /// take longer than there is patience.
    pub fn baseline(&self, tests: &[(Program, String)]) -> Result<(Vec<Test>, Vec<String>), Failure> {
        let done = self.each(tests, |place, (program, name)| {
            let file = place.join("reached");
            let _ = fs::remove_file(&file);
            let began = Instant::now();
            let variable = ("PLANCAST_REACHED", file.to_string_lossy().into_owned());
            let outcome = self.run(program, name, place, &variable, self.patience)?;
            let text = fs::read_to_string(&file).unwrap_or_default();
            let reached = text.lines().filter_map(|line| line.parse().ok()).collect();
            let (program, name, noticed) = (program.clone(), name.clone(), AtomicU32::new(0));
            Ok((outcome, Test { program, name, time: began.elapsed(), reached, noticed }))
        })?;
        let (sound, unsound): (Vec<_>, Vec<_>) =
            done.into_iter().partition(|(outcome, _)| *outcome == Outcome::Passed);
        let mut sound: Vec<Test> = sound.into_iter().map(|(_, test)| test).collect();
        sound.sort_by_key(|test| test.time);
        Ok((sound, unsound.into_iter().map(|(_, test)| test.name).collect()))
    }

    /// For each change the test that notices it, or none. Only tests that reach a change can; the most likely go first,
    /// until they have taken as much time as there is patience. Each answer is handed on as soon as it is known.
    pub fn judge(
        &self,
        sites: &[(u32, &Site)],
        tests: &[Test],
        known: impl Fn(&Site, Option<&str>) -> Result<(), Failure> + Sync,
    ) -> Result<Vec<Option<String>>, Failure> {
        let judged = AtomicUsize::new(0);
        self.each(sites, |place, (id, site)| {
            let began = Instant::now();
            let noticed = self.noticed(place, *id, site, tests)?;
            known(site, noticed.as_deref())?;
            let count = judged.fetch_add(1, Ordering::Relaxed) + 1;
            let (time, name) = (began.elapsed().as_secs_f64(), noticed.as_deref().unwrap_or("SURVIVES"));
            eprintln!("{count}/{}: {id} ({time:.0} s) {name}", sites.len());
            Ok(noticed)
        })
    }

    /// The test that notices this change.
    fn noticed(&self, place: &Path, id: u32, site: &Site, tests: &[Test]) -> Result<Option<String>, Failure> {
        let module = module_of(&site.file);
        let mut reaching: Vec<&Test> = tests.iter().filter(|test| test.reached.contains(&id)).collect();
        reaching.sort_by_key(|test| test.urgency(&module));
        let mut spent = Duration::ZERO;
        for test in reaching {
            spent += test.time;
            if spent > self.patience {
                break;
            }
            let limit = Duration::from_secs(10) + 20 * test.time;
            let variable = ("PLANCAST_MUTANT", id.to_string());
            let outcome = self.run(&test.program, &test.name, place, &variable, limit)?;
            if outcome != Outcome::Passed {
                test.noticed.fetch_add(1, Ordering::Relaxed);
                let late = if outcome == Outcome::TimedOut { " (no end)" } else { "" };
                return Ok(Some(format!("{}{late}", test.name)));
            }
        }
        Ok(None)
    }

    /// Does something with each item, several at a time, each worker in a folder of its own; results in order.
    fn each<T: Sync, R: Send>(
        &self,
        items: &[T],
        work: impl Fn(&Path, &T) -> Result<R, Failure> + Sync,
    ) -> Result<Vec<R>, Failure> {
        let next = AtomicUsize::new(0);
        let results = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for worker in 0..self.jobs {
                let place = self.scratch.join(worker.to_string());
                let (next, results, work) = (&next, &results, &work);
                scope.spawn(move || {
                    while let Some((index, item)) = {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        items.get(index).map(|item| (index, item))
                    } {
                        let _ = fs::remove_dir_all(&place);
                        let result = fs::create_dir_all(&place)
                            .map_err(Failure::from)
                            .and_then(|()| work(&place, item))
                            .map_err(|failure| failure.to_string());
                        results.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
                    }
                });
            }
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by_key(|(index, _)| *index);
        Ok(results.into_iter().map(|(_, result)| result).collect::<Result<_, String>>()?)
    }

    fn command(&self, program: &Program) -> Command {
        // A change may ask for any amount of memory.
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v 12000000; exec \"$0\" \"$@\""]).arg(&program.file);
        command
            .current_dir(&program.folder)
            .env("CARGO_MANIFEST_DIR", &program.folder)
            .env("CARGO_BIN_EXE_plancast", &self.binary);
        command.env("INSTA_WORKSPACE_ROOT", &self.root).env("INSTA_UPDATE", "no");
        command.env("PROPTEST_RNG_SEED", "1").env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1");
        command.env_remove("PLANCAST_LONG").env_remove("UPDATE_DOCS");
        command
    }

    fn run(
        &self,
        program: &Program,
        name: &str,
        place: &Path,
        variable: &(&str, String),
        limit: Duration,
    ) -> Result<Outcome, Failure> {
        let mut command = self.command(program);
        command.args(["--exact", name]).env("TMPDIR", place).env(variable.0, &variable.1);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let mut child = command.spawn()?;
        let began = Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(if status.success() { Outcome::Passed } else { Outcome::Failed });
            }
            if began.elapsed() > limit {
                // With its children: the group that it leads.
                let group = format!("-{}", child.id());
                Command::new("kill").args(["-KILL", "--", &group]).status()?;
                child.wait()?;
                return Ok(Outcome::TimedOut);
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(50));
        }
    }
}

/// Where the tests beside a file are called: `src/num/draw.rs` is `num::draw::`, `src/num/mod.rs` is `num::`.
fn module_of(file: &str) -> String {
    let inside = file.strip_prefix("src/").unwrap_or(file);
    let stem = inside.strip_suffix("/mod.rs").or_else(|| inside.strip_suffix(".rs")).unwrap_or(inside);
    format!("{}::", stem.replace('/', "::"))
}
