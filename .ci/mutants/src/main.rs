//! How much the tests notice: changes of the library, drawn at random in equal shares a room, are all compiled in at once
//! behind a switch; each is turned on in turn and the tests that reach it are run until one fails.

mod sample;
mod site;
mod table;
mod tree;
mod trial;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use crate::site::Site;
use crate::tree::{Failure, Tree};
use crate::trial::Part;

const USAGE: &str = "\
.ci/long mutants [--seed N] [--count N] [--jobs N] [--only TEXT] [--beside | --apart] [--tests TEXT]
                 [--rest] [--list]

  --seed N      which sample is drawn (1)
  --count N     how many changes, in equal shares a room (200)
  --jobs N      how many tests run at a time (2)
  --only TEXT   only files whose path has this in it
  --patience N  so many seconds of tests for each change, those beside it and the quickest first: a change that
                survives them counts as not noticed, whatever slower tests would say (60)
  --beside      only tests beside the library's code, so that no others need be built
  --apart       only the other tests, after those: of `tests/`, and all of the command
  --tests TEXT  only tests whose name has this in it, or one of several with commas between them
  --ids N,N     only these of the sample, by the numbers that --list says
  --rest        only what no run before noticed; the table counts what they did notice as noticed
  --list        only lists the sample, without building anything
";

struct Options {
    seed: u64,
    count: usize,
    jobs: usize,
    only: String,
    tests: String,
    part: Part,
    patience: Duration,
    ids: Vec<u32>,
    rest: bool,
    list: bool,
}

fn options() -> Result<Options, Failure> {
    let mut options = Options {
        seed: 1,
        count: 200,
        jobs: 2,
        only: String::new(),
        tests: String::new(),
        part: Part::All,
        patience: Duration::from_secs(60),
        ids: Vec::new(),
        rest: false,
        list: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value\n\n{USAGE}"));
        match word.as_str() {
            "--seed" => options.seed = value()?.parse()?,
            "--count" => options.count = value()?.parse()?,
            "--jobs" => options.jobs = value()?.parse::<usize>()?.max(1),
            "--only" => options.only = value()?,
            "--beside" => options.part = Part::Beside,
            "--apart" => options.part = Part::Apart,
            "--tests" => options.tests = value()?,
            "--patience" => options.patience = Duration::from_secs(value()?.parse()?),
            "--ids" => options.ids = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--rest" => options.rest = true,
            "--list" => options.list = true,
            "--help" => {
                print!("{USAGE}");
                std::process::exit(0);
            }
            _ => return Err(format!("unknown: {word}\n\n{USAGE}").into()),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, Failure> {
    let options = options()?;
    // Asked when it runs: a copy of the repository may have the tool of another.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").ok_or("this is run by `cargo run`")?;
    let here = PathBuf::from(here);
    let repository = here.ancestors().nth(2).ok_or("this crate lies in .ci/mutants")?.to_owned();
    let build = repository.join("target");
    let equivalent = table::Equivalent::read(&here.join("equivalent.txt"))?;

    let tree = Tree::of(&repository, &build.join("mutants/tree"))?;
    let notes = build.join("mutants/refused.txt");
    let mut sample = sample::Sample::new(&tree, &options.only, options.seed, options.count, notes)?;
    if options.list {
        for (id, site) in sample.chosen() {
            println!("{id} {}:{} {} {}", site.file, site.lines.start, site.function, site.words());
        }
        return Ok(true);
    }
    loop {
        let chosen = sample.chosen();
        tree.write(&chosen)?;
        // What is tried by the other tests was tried by those beside the code, and compiles.
        let refused =
            if options.part == Part::Apart { BTreeSet::new() } else { tree.refused(&build, &chosen)? };
        if refused.is_empty() {
            break;
        }
        eprintln!("{} of {} changes do not compile: others are drawn", refused.len(), chosen.len());
        sample.replace(&refused)?;
    }

    let mut chosen = sample.chosen();
    chosen.retain(|(id, _)| options.ids.is_empty() || options.ids.contains(id));
    let again = if options.rest { &[][..] } else { &chosen };
    let memory = table::Memory::open(build.join("mutants/noticed.txt"), again)?;
    let trials = trial::Trials::new(&tree, options.jobs, options.patience);
    let mut tests = trials.build(&tree, &build, options.part)?;
    tests.retain(|(_, name)| options.tests.split(',').any(|text| name.contains(text)));
    eprintln!("{} tests, unchanged", tests.len());
    let (tests, unsound) = trials.baseline(&tests)?;
    if !unsound.is_empty() {
        eprintln!("left out, as they fail with nothing changed, or are too slow: {}", unsound.join(", "));
    }
    for test in tests.iter().rev().take(10) {
        eprintln!("slow: {:.1} s {}", test.time.as_secs_f64(), test.name);
    }
    // What was not noticed and is known to change nothing is not tried again either.
    let is_known =
        |site: &Site| memory.test(site).is_some() || (options.rest && equivalent.reason(site).is_some());
    let open: Vec<_> = chosen.iter().filter(|(_, site)| !is_known(site)).copied().collect();
    let judged = trials.judge(&open, &tests, |site, test| match test {
        Some(test) => memory.note(site, test),
        None => Ok(()),
    })?;
    let judged: BTreeMap<u32, Option<String>> = open.iter().map(|(id, _)| *id).zip(judged).collect();
    let noticed: Vec<_> = chosen
        .iter()
        .map(|(id, site)| judged.get(id).cloned().unwrap_or_else(|| memory.test(site).cloned()))
        .collect();
    let sites: Vec<_> = chosen.iter().map(|(_, site)| (*site).clone()).collect();
    Ok(table::print(options.seed, &sites, &noticed, &equivalent))
}
