//! A copy of the repository in which every change of the sample is compiled in behind the switch.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::site::{Edit, SWITCH, Site};

pub type Failure = Box<dyn std::error::Error>;

pub struct Tree {
    pub root: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    /// What git knows or would add of the repository at `from`, to be written under `to`.
    pub fn of(from: &Path, to: &Path) -> Result<Self, Failure> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(from)
            .output()?;
        if !listed.status.success() {
            return Err(String::from_utf8_lossy(&listed.stderr).into());
        }
        let mut files = BTreeMap::new();
        for name in String::from_utf8(listed.stdout)?.split_terminator('\0') {
            // A file that was deleted and not yet committed is still listed.
            if let Ok(bytes) = fs::read(from.join(name)) {
                files.insert(name.to_owned(), bytes);
            }
        }
        Ok(Self { root: to.to_owned(), files })
    }

    /// The text of each source file of the library.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(name, bytes)| {
            let source =
                name.starts_with("src/") && Path::new(name).extension().is_some_and(|end| end == "rs");
            source.then(|| Some((name.as_str(), std::str::from_utf8(bytes).ok()?)))?
        })
    }

    /// Writes the copy with these sites changed, each under its number. What is as it should be is not touched, so
    /// that Cargo builds only what is new.
    pub fn write(&self, sites: &[(u32, &Site)]) -> Result<(), Failure> {
        let mut wanted = self.files.clone();
        let mut by_file: BTreeMap<&str, Vec<(u32, &Site)>> = BTreeMap::new();
        for (id, site) in sites {
            by_file.entry(&site.file).or_default().push((*id, site));
        }
        for (file, sites) in by_file {
            let text = std::str::from_utf8(&self.files[file])?;
            wanted.insert(file.to_owned(), changed(text, &sites).into_bytes());
        }
        let library = wanted.get_mut("src/lib.rs").ok_or("the repository has no src/lib.rs")?;
        library.extend_from_slice(b"\n/// The switch of the changes.\npub mod mutant;\n");
        wanted.insert("src/mutant.rs".into(), include_bytes!("switch.rs").to_vec());
        // A feature of its own keeps what is built of the copy apart from what is built of the repository.
        let manifest = wanted.get_mut("Cargo.toml").ok_or("the repository has no Cargo.toml")?;
        let text = std::str::from_utf8(manifest)?.replace("[features]\n", "[features]\nmutants = []\n");
        *manifest = text.into_bytes();
        for (name, bytes) in &wanted {
            let path = self.root.join(name);
            if fs::read(&path).ok().as_ref() != Some(bytes) {
                fs::create_dir_all(path.parent().ok_or("a file lies in a folder")?)?;
                fs::write(&path, bytes)?;
            }
        }
        self.remove_others(&self.root, &wanted)
    }

    fn remove_others(&self, folder: &Path, wanted: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.remove_others(&path, wanted)?;
            } else if !wanted.contains_key(&*path.strip_prefix(&self.root)?.to_string_lossy()) {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    /// A Cargo command in the copy. What it builds of dependencies is shared with the repository's own `target`.
    pub fn cargo(&self, build: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command
            .args(arguments)
            .args(["--features", "mutants"])
            .current_dir(&self.root)
            .stderr(Stdio::inherit());
        command.env("CARGO_BUILD_BUILD_DIR", build).env("CARGO_TARGET_DIR", self.target());
        command
    }

    pub fn target(&self) -> PathBuf {
        self.root.with_file_name("built")
    }

    /// Numbers of the sites that do not compile, most often because a type has no such operation. Built as the tests are,
    /// so that both need the dependencies once.
    pub fn refused(&self, build: &Path, sites: &[(u32, &Site)]) -> Result<BTreeSet<u32>, Failure> {
        let mut command =
            self.cargo(build, &["test", "--no-run", "--lib", "--quiet", "--message-format=json"]);
        let output = command.stderr(Stdio::null()).output()?;
        let mut refused = BTreeSet::new();
        let mut errors = Vec::new();
        for line in String::from_utf8(output.stdout)?.lines() {
            let told: serde_json::Value = serde_json::from_str(line)?;
            let message = &told["message"];
            if message["level"] != "error" {
                continue;
            }
            let spans = message["spans"].as_array().into_iter().flatten();
            for span in spans.filter(|span| span["is_primary"] == true) {
                let lines = span["line_start"].as_u64().unwrap_or(0) as usize
                    ..span["line_end"].as_u64().unwrap_or(0) as usize + 1;
                refused.extend(at(sites, span["file_name"].as_str().unwrap_or(""), &lines));
            }
            errors.push(message["rendered"].as_str().unwrap_or("").to_owned());
        }
        if !output.status.success() && refused.is_empty() {
            return Err(format!("the library does not compile, changed or not:\n{}", errors.concat()).into());
        }
        Ok(refused)
    }
}

/// The sites with the fewest lines among those that share lines with an error.
fn at(sites: &[(u32, &Site)], file: &str, lines: &std::ops::Range<usize>) -> Vec<u32> {
    let met = |site: &Site| site.file == file && site.lines.start < lines.end && lines.start < site.lines.end;
    let shortest = sites.iter().filter(|(_, site)| met(site)).map(|(_, site)| site.lines.len()).min();
    sites
        .iter()
        .filter(|(_, site)| met(site) && Some(site.lines.len()) == shortest)
        .map(|(id, _)| *id)
        .collect()
}

/// Whether two sites can be compiled in together: apart, or the one whole around the other and left as it is inside.
pub fn compatible(one: &Site, other: &Site) -> bool {
    let (a, b) = (&one.range, &other.range);
    let apart = one.file != other.file || a.end <= b.start || b.end <= a.start;
    let around = |outer: &Site, inner: &Site| {
        matches!(outer.edit, Edit::Wrap(..))
            && outer.range.start <= inner.range.start
            && inner.range.end <= outer.range.end
            && outer.range != inner.range
    };
    apart || around(one, other) || around(other, one)
}

fn changed(text: &str, sites: &[(u32, &Site)]) -> String {
    // At one place what closes comes first, innermost first; then what opens, outermost first.
    let mut pieces: Vec<((usize, u8, usize), usize, String)> = Vec::new();
    for (id, site) in sites {
        let (start, end) = (site.range.start, site.range.end);
        let switch = format!("crate::mutant::on({id})");
        let write = |piece: &str| piece.replace(SWITCH, &switch);
        match &site.edit {
            Edit::Replace(becomes) => pieces.push(((start, 2, 0), end, write(becomes))),
            Edit::Wrap(before, after) => {
                pieces.push(((start, 1, text.len() - end), start, write(before)));
                pieces.push(((end, 0, text.len() - start), end, write(after)));
            }
        }
    }
    pieces.sort();
    let mut result = String::new();
    let mut position = 0;
    for ((start, ..), end, piece) in pieces {
        result.push_str(&text[position..start]);
        result.push_str(&piece);
        position = end;
    }
    result.push_str(&text[position..]);
    result
}
