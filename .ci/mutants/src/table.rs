//! What came out, as Markdown: by room, by kind, and the changes that no test noticed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::sample;
use crate::site::{Kind, Site};
use crate::tree::Failure;

/// At least so many of a hundred changes that matter must be noticed in every room.
const ENOUGH: usize = 90;

/// Changes that are known to change nothing that could be tested.
pub struct Equivalent(Vec<Known>);

struct Known {
    file: String,
    function: String,
    change: String,
    reason: String,
}

impl Equivalent {
    /// Reads `equivalent.txt`: lines of file, function, change and reason, parted by ` | `.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path)?;
        let mut known = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let parts: Vec<&str> = line.split(" | ").collect();
            let [file, function, change, reason] = parts[..] else {
                return Err(
                    format!("{}: not `file | function | change | reason`: {line}", path.display()).into()
                );
            };
            known.push(Known {
                file: file.to_owned(),
                function: function.to_owned(),
                change: change.to_owned(),
                reason: reason.to_owned(),
            });
        }
        Ok(Self(known))
    }

    /// Why a change is known to change nothing.
    pub fn reason(&self, site: &Site) -> Option<&str> {
        let known = self.0.iter().find(|known| {
            // A file may have been renamed.
            sample::room(&known.file) == sample::room(&site.file)
                && known.function == site.function
                && known.change == site.words()
        })?;
        Some(&known.reason)
    }
}

/// Which test noticed a change, by the change's name, of this run and of those before: a line for each.
pub struct Memory {
    file: PathBuf,
    known: BTreeMap<String, String>,
}

impl Memory {
    /// What runs before noted, without what is to be tried again.
    pub fn open(file: PathBuf, again: &[(u32, &Site)]) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let again: BTreeSet<String> = again.iter().map(|(_, site)| site.name()).collect();
        let known = text.lines().filter_map(|line| line.split_once('\t'));
        let known: BTreeMap<String, String> = known
            .filter(|(site, _)| !again.contains(*site))
            .map(|(site, test)| (site.to_owned(), test.to_owned()))
            .collect();
        let kept: String = known.iter().map(|(site, test)| format!("{site}\t{test}\n")).collect();
        std::fs::write(&file, kept)?;
        Ok(Self { file, known })
    }

    pub fn test(&self, site: &Site) -> Option<&String> {
        self.known.get(&site.name())
    }

    /// Notes that a test noticed a change.
    pub fn note(&self, site: &Site, test: &str) -> Result<(), Failure> {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(&self.file)?;
        Ok(file.write_all(format!("{}\t{test}\n", site.name()).as_bytes())?)
    }
}

#[derive(Default)]
struct Count {
    tried: usize,
    equivalent: usize,
    noticed: usize,
}

impl Count {
    fn add(&mut self, noticed: bool, equivalent: bool) {
        self.tried += 1;
        self.noticed += usize::from(noticed);
        self.equivalent += usize::from(equivalent && !noticed);
    }

    fn row(&self, name: &str) -> String {
        let matter = self.tried - self.equivalent;
        let share = if matter == 0 { String::new() } else { format!("{} %", 100 * self.noticed / matter) };
        format!("| {name} | {} | {} | {} | {share} |", self.tried, self.equivalent, self.noticed)
    }

    fn enough(&self) -> bool {
        100 * self.noticed >= ENOUGH * (self.tried - self.equivalent)
    }
}

/// Prints the tables; whether enough was noticed in every room.
pub fn print(seed: u64, sites: &[Site], noticed: &[Option<String>], equivalent: &Equivalent) -> bool {
    let count = |chosen: &dyn Fn(&Site) -> bool| {
        let mut count = Count::default();
        for (site, test) in sites.iter().zip(noticed).filter(|(site, _)| chosen(site)) {
            count.add(test.is_some(), equivalent.reason(site).is_some());
        }
        count
    };
    println!("Seed {seed}.\n");
    let head = |name: &str| {
        println!(
            "| {name} | tried | of them equivalent | noticed | of those that matter |\n| --- | --- | --- | --- | --- |"
        )
    };
    head("room");
    let mut enough = true;
    for room in sample::ROOMS {
        let counted = count(&|site: &Site| sample::room(&site.file) == room);
        println!("{}", counted.row(room));
        enough &= counted.enough();
    }
    println!("{}\n", count(&|_| true).row("all"));
    head("kind");
    for kind in Kind::ALL {
        println!("{}", count(&|site: &Site| site.kind == kind).row(kind.name()));
    }
    println!("\nNot noticed:\n");
    for (site, _) in sites.iter().zip(noticed).filter(|(_, test)| test.is_none()) {
        let place = format!("{}:{} | {} | {}", site.file, site.lines.start, site.function, site.words());
        match equivalent.reason(site) {
            Some(reason) => println!("- equivalent: {place}: {reason}"),
            None => println!("- {place}"),
        }
    }
    if !enough {
        println!("\nIn some room fewer than {ENOUGH} % of the changes that matter were noticed.");
    }
    enough
}
