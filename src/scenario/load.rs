//! From a name or path to a scenario: reads the file, what it extends, and what `--set` changes.

use std::path::{Component, Path, PathBuf};

use super::document::{self, Entry, Node, Table, Value};
use super::merge::{merge, normalise};
use super::written::Scenario;
use super::{builtin, overrides, read};
use crate::text::{Files, Place, Problem, Problems};
use crate::world::read::{self as reading, Text};

/// Largest file that is read.
pub const MAX_BYTES: u64 = 16 << 20;

/// Most files that one scenario may be made of.
pub const MAX_FILES: usize = 64;

/// Longest horizon, in years.
pub const MAX_YEARS: i32 = 1000;

/// What came of loading: the scenario, if it could be read at all, and everything that is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The scenario as far as it could be read.
    pub scenario: Scenario,
    /// The texts it was read from.
    pub files: Files,
    /// What is wrong.
    pub problems: Problems,
}

/// Where a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    Disk(PathBuf),
    Builtin(String),
    /// Standard input or `--set`: relative paths start at the working folder.
    Typed,
    /// A text that the program holds.
    Text {
        name: String,
        text: String,
    },
}

/// Loads a scenario by a path, by the name of a built-in one, or from standard input (`-`), and applies
/// overrides `NAME=QUANTITY`.
///
/// ```
/// let loaded = plancast::scenario::load("plan", &[]);
/// assert!(!loaded.problems.has_errors());
/// assert_eq!(loaded.scenario.time.start, 2020);
/// ```
pub fn load(name: &str, set: &[String]) -> Loaded {
    load_swept(name, set, &[])
}

/// Loads a scenario with the changes of `--set`, and then those of one run of a `--sweep`.
pub fn load_swept(name: &str, set: &[String], swept: &[String]) -> Loaded {
    let of_set = |number: usize| match set.len() {
        1 => "--set".to_owned(),
        _ => format!("--set #{}", number + 1),
    };
    let set = set.iter().enumerate().map(|(number, text)| (of_set(number), text.as_str()));
    let swept = swept.iter().map(|text| ("--sweep".to_owned(), text.as_str()));
    let typed: Vec<(String, &str)> = set.chain(swept).collect();
    let mut loader = Loader::default();
    match loader.find(name) {
        Some(origin) => loader.load(&origin, &typed),
        None => loader.into_loaded(Scenario::default()),
    }
}

/// Loads a scenario that is built in, whatever stands in the working folder.
pub fn built_in(path: &str) -> Loaded {
    Loader::default().load(&Origin::Builtin(path.into()), &[])
}

/// Loads a scenario from a text, which messages call `name`. Relative paths in it start at the working folder.
///
/// ```
/// let loaded = plancast::scenario::load::from_text("mine", "[time]\nstart = 2020\nend = 2019");
/// assert!(loaded.problems.has_errors());
/// ```
pub fn from_text(name: &str, text: &str) -> Loaded {
    from_text_with(name, text, &[])
}

/// Loads a scenario from a text with changes `NAME=QUANTITY`, the earlier first.
pub fn from_text_with(name: &str, text: &str, set: &[String]) -> Loaded {
    let typed: Vec<(String, &str)> = set.iter().map(|text| ("--set".to_owned(), text.as_str())).collect();
    Loader::default().load(&Origin::Text { name: name.into(), text: text.into() }, &typed)
}

#[derive(Default)]
struct Loader {
    files: Files,
    origins: Vec<Origin>,
    problems: Problems,
    /// The files that are being read, outermost first: to find circles.
    open: Vec<Origin>,
}

impl Loader {
    /// Loads a scenario with changes, each after the option that it was typed with.
    fn load(mut self, origin: &Origin, typed: &[(String, &str)]) -> Loaded {
        let mut document = self.document(origin, None).unwrap_or_default();
        let id = match origin {
            Origin::Disk(path) => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
            Origin::Builtin(path) => {
                Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned())
            }
            Origin::Typed | Origin::Text { .. } => None,
        };
        for (option, text) in typed {
            let file = self.files.add(option.as_str(), *text);
            self.origins.push(Origin::Typed);
            overrides::apply(&mut document, file, text, &mut self.problems);
        }
        let mut problems = std::mem::take(&mut self.problems);
        let mut csv = |at: Place, path: &str| self.beside(at, path);
        let mut scenario = read::scenario(document, &mut csv, &mut problems);
        if scenario.id.is_empty() {
            scenario.id = id.unwrap_or_else(|| "scenario".into());
        }
        if scenario.title.is_empty() {
            scenario.title = crate::text::Text::plain(&scenario.id);
        }
        self.problems = problems;
        self.into_loaded(scenario)
    }

    fn into_loaded(mut self, scenario: Scenario) -> Loaded {
        self.problems.sort();
        Loaded { scenario, files: self.files, problems: self.problems }
    }

    fn find(&mut self, name: &str) -> Option<Origin> {
        if name == "-" {
            return Some(Origin::Typed);
        }
        if Path::new(name).is_file() {
            return Some(Origin::Disk(name.into()));
        }
        if let Some(found) = builtin::by_name(name) {
            return Some(Origin::Builtin(found.path.into()));
        }
        if Path::new(name).exists() {
            // A folder, device or pipe: why it cannot be read is said by whoever tries.
            let why = reading::bytes(Path::new(name), MAX_BYTES).err().unwrap_or_default();
            self.problems
                .push(Problem::error(None, why).help("name a scenario file, or - for standard input"));
            return None;
        }
        let list = builtin::list();
        let names: Vec<&str> = list.iter().map(|file| file.name).collect();
        let mut problem =
            if name.contains(['/', '\\']) || Path::new(name).extension().is_some_and(|e| e == "toml") {
                Problem::error(None, format!("there is no file {name}"))
            } else {
                Problem::error(None, format!("there is no file and no built-in scenario named \"{name}\""))
            };
        if let Some(help) = crate::text::suggest::did_you_mean(name, &names, "built in") {
            problem = problem.help(help);
        }
        self.problems.push(problem);
        None
    }

    /// Reads a file with all it extends; `asked` is where its name stands.
    fn document(&mut self, origin: &Origin, asked: Option<Place>) -> Option<Table> {
        if let Some(from) = self.open.iter().position(|open| open.is(origin)) {
            let mut chain: Vec<String> = self.open[from..].iter().map(Origin::name).collect();
            chain.push(origin.name());
            self.problems.push(
                Problem::error(asked, format!("`extends` goes in a circle: {}", chain.join(" → ")))
                    .help("remove one of the `extends`"),
            );
            self.problems.is_not_whole();
            return None;
        }
        let Text { text, sha256 } = match self.text(origin) {
            Ok(text) => text,
            Err(message) => {
                self.problems.error(asked, message);
                self.problems.is_not_whole();
                return None;
            }
        };
        let file = self.add(origin, &text, sha256);
        let mut own = document::parse(file, &text, &mut self.problems);
        normalise(&mut own);
        self.open.push(origin.clone());
        let mut whole = Table::new();
        for (path, place) in self.extends(&mut own) {
            let Some(base) = self.resolve(origin, &path, place) else { continue };
            if let Some(mut base) = self.document(&base, Some(place)) {
                // An id names one file, and the options of a run are those of one run: they are not handed down.
                if let Some(head) = base.get_mut("scenario").and_then(|entry| entry.node.table_mut()) {
                    head.shift_remove("id");
                }
                base.shift_remove("run");
                merge(&mut whole, base, &mut self.problems);
            }
        }
        self.open.pop();
        merge(&mut whole, own, &mut self.problems);
        Some(whole)
    }

    /// Takes `extends` out of the `[scenario]` table.
    fn extends(&mut self, own: &mut Table) -> Vec<(String, Place)> {
        let Some(Entry { node, .. }) = own
            .get_mut("scenario")
            .and_then(|entry| entry.node.table_mut())
            .and_then(|head| head.shift_remove("extends"))
        else {
            return Vec::new();
        };
        let items = match node {
            Node { value: Value::List(items), .. } => items,
            single => vec![single],
        };
        let mut paths = Vec::new();
        for item in items {
            if let Some(path) = item.text() {
                paths.push((path.to_string(), item.place));
            } else {
                let message = format!("`extends` takes a path or a list of paths, not {}", item.describe());
                self.problems.push(Problem::error(item.place, message).help("extends = \"base.toml\""));
                self.problems.is_not_whole();
            }
        }
        paths
    }

    /// The file that `path` names when it stands in `from`.
    fn resolve(&mut self, from: &Origin, path: &str, place: Place) -> Option<Origin> {
        let relative = match from {
            Origin::Builtin(own) => {
                let joined = clean(&Path::new(own).parent().unwrap_or(Path::new("")).join(path));
                builtin::text(&joined).is_some().then_some(Origin::Builtin(joined))
            }
            Origin::Disk(own) => {
                let joined = own.parent().unwrap_or(Path::new("")).join(path);
                joined.exists().then_some(Origin::Disk(joined))
            }
            Origin::Typed | Origin::Text { .. } => {
                Path::new(path).exists().then(|| Origin::Disk(path.into()))
            }
        };
        let found = relative.or_else(|| builtin::by_name(path).map(|file| Origin::Builtin(file.path.into())));
        if found.is_none() {
            self.problems.is_not_whole();
            let looked = match from {
                Origin::Disk(own) => own.parent().unwrap_or(Path::new("")).join(path).display().to_string(),
                _ => path.to_string(),
            };
            let list = builtin::list();
            let near = crate::text::nearest(path, list.iter().map(|file| file.name));
            let near = near.map_or_else(|| "a".into(), |near| format!("did you mean \"{near}\"? A"));
            self.problems.push(
                Problem::error(place, format!("`extends` leads nowhere: there is no file {looked}")).help(
                    format!("{near} path is relative to the file it stands in; a built-in scenario is named without .toml"),
                ),
            );
        }
        found
    }

    fn text(&self, origin: &Origin) -> Result<Text, String> {
        if self.origins.len() >= MAX_FILES {
            return Err(format!("the scenario is made of more than {MAX_FILES} files"));
        }
        if self.files.iter().map(|file| file.text.len() as u64).sum::<u64>() > MAX_BYTES {
            return Err(format!("the scenario's files are larger than {} MiB together", MAX_BYTES >> 20));
        }
        match origin {
            Origin::Builtin(path) => {
                let text = builtin::text(path).ok_or_else(|| format!("there is no {path}"))?;
                reading::decode(text.as_bytes().to_vec(), MAX_BYTES, path)
            }
            Origin::Disk(path) => reading::text(path, MAX_BYTES),
            Origin::Text { name, text } => reading::decode(text.clone().into_bytes(), MAX_BYTES, name),
            Origin::Typed => reading::standard_input(MAX_BYTES),
        }
    }

    fn add(&mut self, origin: &Origin, text: &str, sha256: String) -> u32 {
        self.origins.push(origin.clone());
        self.files.add_read(origin.name(), text, sha256, matches!(origin, Origin::Disk(_)))
    }

    /// Reads a file that stands beside the one of `at`.
    fn beside(&mut self, at: Place, path: &str) -> Result<String, String> {
        let origin = match self.origins.get(at.file as usize) {
            Some(Origin::Builtin(own)) => {
                Origin::Builtin(clean(&Path::new(own).parent().unwrap_or(Path::new("")).join(path)))
            }
            Some(Origin::Disk(own)) => Origin::Disk(own.parent().unwrap_or(Path::new("")).join(path)),
            _ => Origin::Disk(path.into()),
        };
        if let Some(known) = self.origins.iter().position(|known| *known == origin) {
            return Ok(self.files.get(known as u32).map(|file| file.text.clone()).unwrap_or_default());
        }
        let Text { text, sha256 } = self.text(&origin)?;
        self.add(&origin, &text, sha256);
        Ok(text)
    }
}

impl Origin {
    /// Whether both are the same file, by whatever path.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Disk(a), Self::Disk(b)) => {
                a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
            }
            _ => self == other,
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Disk(path) => path.display().to_string(),
            Self::Builtin(path) => builtin::shown(path),
            Self::Typed => "standard input".into(),
            Self::Text { name, .. } => name.clone(),
        }
    }
}

/// A path with `.` and `..` taken out, and `/` between its parts.
fn clean(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                parts.pop();
            }
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            _ => {}
        }
    }
    parts.join("/")
}
