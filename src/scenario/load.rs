//! From a name or path to a scenario: reads the file, what it extends, and what `--set` changes.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::document::{self, Entry, TomlNode, TomlTable, TomlValue};
use super::merge::{TABLES, is_pool, merge, normalise, put_off_unsets};
use super::pool::MOST_WORLDS;
use super::table::{DataFile, is_workbook};
use super::written::{ReadTable, Scenario};
use super::{builtin, overrides, read};
use crate::text::{Diagnostic, DiagnosticList, Files, Message, Place, visible};
use crate::world::encoding::Encoding;
use crate::world::project::{Access, AccessRefusal, FilePurpose, Project};
use crate::world::read::{self as reading, ReadText};
use crate::{key, message};

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
    pub diagnostics: DiagnosticList,
}

/// Where a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum FileOrigin {
    Disk(PathBuf),
    Builtin(String),
    /// Standard input: relative paths start at the working folder.
    Input,
    /// `--set` and the like: what the user has typed is the user's own.
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
/// assert!(!loaded.diagnostics.has_errors());
/// assert_eq!(loaded.scenario.time.start, 2020);
/// ```
pub fn load(name: &str, set: &[String]) -> Loaded {
    load_with(name, set, &[], Access::Project)
}

/// Loads a scenario with the changes of `--set`, and then those of one run of a `--sweep`. Says whether the scenario may
/// name files that lie outside of its project.
pub fn load_with(name: &str, set: &[String], swept: &[String], access: Access) -> Loaded {
    let mut typed = named(set);
    typed.extend(swept.iter().map(|text| ("--sweep".to_owned(), text.as_str())));
    let mut loader = Loader { access, ..Loader::default() };
    match loader.find(name) {
        Some(origin) => loader.load(&origin, &typed),
        None => loader.into_loaded(Scenario::default()),
    }
}

/// Loads a scenario that is built in, whatever stands in the working folder.
pub fn built_in(path: &str) -> Loaded {
    Loader::default().load(&FileOrigin::Builtin(path.into()), &[])
}

/// Loads a scenario from a text, which messages call `name`. Relative paths in it start at the working folder.
///
/// ```
/// let loaded = plancast::scenario::load::from_text("mine", "[time]\nstart = 2020\nend = 2019");
/// assert!(loaded.diagnostics.has_errors());
/// ```
pub fn from_text(name: &str, text: &str) -> Loaded {
    from_text_with(name, text, &[])
}

/// Loads a scenario from a text with changes `NAME=QUANTITY`, the earlier first.
pub fn from_text_with(name: &str, text: &str, set: &[String]) -> Loaded {
    Loader::default().load(&FileOrigin::Text { name: name.into(), text: text.into() }, &named(set))
}

/// Changes with the names that messages call them by, numbered where there are several.
fn named(set: &[String]) -> Vec<(String, &str)> {
    let of_set = |number: usize| match set.len() {
        1 => "--set".to_owned(),
        _ => format!("--set #{}", number + 1),
    };
    set.iter().enumerate().map(|(number, text)| (of_set(number), text.as_str())).collect()
}

#[derive(Default)]
struct Loader {
    files: Files,
    origins: Vec<FileOrigin>,
    diagnostics: DiagnosticList,
    /// Whether files outside of the project may be named.
    access: Access,
    /// The project of the scenario that is loaded.
    project: Option<Project>,
    /// Files that hold no table of a scenario: the number of each, and where its name stands.
    strange: Vec<(u32, Place)>,
    /// The files that are being read, outermost first: to find circles.
    open: Vec<FileOrigin>,
    /// How many files the scenario, or the world of a pool, was put together of so far, each as often as it is named.
    named: usize,
    /// How many bytes of text all of them have.
    bytes: u64,
    /// Files of data that were read, by their numbers.
    data: BTreeMap<u32, DataFile>,
}

impl Loader {
    /// Loads a scenario with changes, each after the option that it was typed with.
    fn load(mut self, origin: &FileOrigin, typed: &[(String, &str)]) -> Loaded {
        let folder = match origin {
            FileOrigin::Disk(path) => path.parent().unwrap_or(Path::new("")),
            _ => Path::new(""),
        };
        self.project = Some(Project::of(folder, self.access));
        let mut document = self.document(origin, None).unwrap_or_default();
        self.worlds(&mut document);
        let tables = self.members(&mut document);
        for (option, text) in typed {
            let file = self.files.add(option.as_str(), *text);
            self.origins.push(FileOrigin::Typed);
            self.change(&mut document, file, text);
        }
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        let mut data = |at: Place, path: &str| self.data(at, path);
        let mut scenario = read::scenario(document, &mut data, &mut diagnostics);
        scenario.data_tables.splice(0..0, tables);
        if scenario.id.is_empty() {
            scenario.id = origin.id().unwrap_or_else(|| "scenario".into());
        }
        if scenario.title.is_empty() {
            scenario.title = crate::text::Text::plain(&scenario.id);
        }
        self.diagnostics = diagnostics;
        self.into_loaded(scenario)
    }

    fn into_loaded(mut self, scenario: Scenario) -> Loaded {
        self.hide_strange_files();
        self.diagnostics.sort();
        Loaded { scenario, files: self.files, diagnostics: self.diagnostics }
    }

    /// Says nothing of what is wrong in a file that holds no table of a scenario but that it is: its lines are none of a
    /// reader's business who only sees the messages.
    fn hide_strange_files(&mut self) {
        for (file, named) in std::mem::take(&mut self.strange) {
            let is_in = |diagnostic: &Diagnostic| diagnostic.place.is_some_and(|place| place.file == file);
            if self.diagnostics.0.iter().any(is_in) {
                self.diagnostics.0.retain(|diagnostic| !is_in(diagnostic));
                let name = self.files.get(file).map_or("", |file| file.name.as_str());
                let diagnostic = Diagnostic::error(named, message!("scenario-load-no-table", name = name));
                self.diagnostics.push(diagnostic.help(key!("scenario-load-no-table.help")));
            }
        }
    }

    fn find(&mut self, name: &str) -> Option<FileOrigin> {
        if name == "-" {
            return Some(FileOrigin::Input);
        }
        let path = Path::new(name);
        if path.is_file() {
            let project = Project::of(path.parent().unwrap_or(Path::new("")), self.access);
            let Err(refusal) = project.admit_named(path) else { return Some(FileOrigin::Disk(name.into())) };
            let why = message!("scenario-load-link", why = refusal.message(name));
            self.diagnostics.push(Diagnostic::error(None, why).help(refusal.help()));
            return None;
        }
        if let Some(found) = builtin::by_name(name) {
            return Some(FileOrigin::Builtin(found.path.into()));
        }
        if Path::new(name).exists() {
            // A folder, device or pipe: why it cannot be read is said by whoever tries.
            let why = reading::bytes(Path::new(name), MAX_BYTES).err().unwrap_or_default();
            self.diagnostics.push(Diagnostic::error(None, why).help(key!("scenario-load-name-a-file")));
            return None;
        }
        let list = builtin::list();
        let names: Vec<&str> = list.iter().map(|file| file.name).collect();
        let mut diagnostic =
            if name.contains(['/', '\\']) || Path::new(name).extension().is_some_and(|e| e == "toml") {
                Diagnostic::error(None, message!("scenario-load-no-file", name = name))
            } else {
                Diagnostic::error(None, message!("scenario-load-no-scenario", name = name))
            };
        if let Some(help) = crate::text::suggest::did_you_mean(name, &names, key!("text-kind-built-in")) {
            diagnostic = diagnostic.help(help);
        }
        self.diagnostics.push(diagnostic);
        None
    }

    /// Reads a file with all it extends; `asked` is where its name stands.
    fn document(&mut self, origin: &FileOrigin, asked: Option<Place>) -> Option<TomlTable> {
        if let Some(from) = self.open.iter().position(|open| open.is(origin)) {
            let mut chain: Vec<String> = self.open[from..].iter().map(FileOrigin::name).collect();
            chain.push(origin.name());
            let message = message!("scenario-load-circle", chain = chain.join(" → "));
            self.diagnostics.push(Diagnostic::error(asked, message).help(key!("scenario-load-circle.help")));
            self.diagnostics.is_not_whole();
            return None;
        }
        let (file, text) = match self.read(origin) {
            Ok(found) => found,
            Err(message) => {
                self.diagnostics.error(asked, message);
                self.diagnostics.is_not_whole();
                return None;
            }
        };
        (self.named, self.bytes) = (self.named + 1, self.bytes + text.len() as u64);
        let limit = if self.named > MAX_FILES {
            Some(message!("scenario-load-many-files", count = MAX_FILES))
        } else {
            // The same text may be named by every world.
            (self.bytes > MOST_WORLDS as u64 * MAX_BYTES)
                .then(|| message!("scenario-load-large", size = MAX_BYTES >> 20))
        };
        if let Some(message) = limit {
            self.diagnostics.error(asked, message);
            self.diagnostics.is_not_whole();
            return None;
        }
        let mut own = document::parse(file, &text, &mut self.diagnostics);
        if let (FileOrigin::Disk(_), Some(named)) = (origin, asked) {
            let is_strange = !own.keys().any(|key| TABLES.contains(&key.as_str()));
            self.strange.extend(is_strange.then_some((file, named)));
        }
        normalise(&mut own);
        Some(self.extended(origin, own))
    }

    /// A table that stands in a file, with all it extends.
    fn extended(&mut self, origin: &FileOrigin, mut own: TomlTable) -> TomlTable {
        self.open.push(origin.clone());
        let mut whole = TomlTable::new();
        for (path, place) in self.extends(&mut own) {
            let Some(base) = self.resolve(origin, ("extends", &path), place) else { continue };
            if let Some(mut base) = self.document(&base, Some(place)) {
                // An id names one file, and the options of a run are those of one run: they are not handed down.
                if let Some(head) = base.get_mut("scenario").and_then(|entry| entry.node.table_mut()) {
                    head.shift_remove("id");
                }
                base.shift_remove("run");
                merge(&mut whole, base, &mut self.diagnostics);
            }
        }
        self.open.pop();
        put_off_unsets(&mut own, &whole);
        merge(&mut whole, own, &mut self.diagnostics);
        whole
    }

    /// Puts the scenarios that a pool names into its document.
    fn worlds(&mut self, document: &mut TomlTable) {
        if !is_pool(document) {
            return;
        }
        for world in worlds_in(document) {
            self.named = 0;
            let place = world.place;
            let from = self.origins.get(place.file as usize).cloned().unwrap_or(FileOrigin::Input);
            let found = match std::mem::replace(&mut world.value, TomlValue::Boolean(false)) {
                TomlValue::Text(path) => self.named_world(&from, &path, place),
                TomlValue::Table(mut own) => {
                    normalise(&mut own);
                    Some(self.extended(&from, own))
                }
                value => {
                    let node = TomlNode { place, value };
                    let message = message!("scenario-pool-scenario", found = node.describe());
                    let diagnostic = Diagnostic::error(place, message);
                    self.diagnostics.push(diagnostic.help(key!("scenario-pool-no-scenario.help")));
                    None
                }
            };
            if let Some(mut found) = found {
                found.shift_remove("run");
                world.value = TomlValue::Table(found);
            }
        }
    }

    /// The document of a scenario that a pool names, with its id.
    fn named_world(&mut self, from: &FileOrigin, path: &str, place: Place) -> Option<TomlTable> {
        let origin = self.resolve(from, ("scenario", path), place)?;
        let mut found = self.document(&origin, Some(place))?;
        let head = found
            .entry("scenario".into())
            .or_insert_with(|| Entry { key: place, node: TomlNode::empty_table(place) });
        if let Some((head, id)) = head.node.table_mut().zip(origin.id())
            && !head.contains_key("id")
        {
            let node = TomlNode { place, value: TomlValue::Text(id) };
            head.insert("id".into(), Entry { key: place, node });
        }
        Some(found)
    }

    /// Puts the members of sets that stand in tables of data into the document.
    fn members(&mut self, document: &mut TomlTable) -> Vec<ReadTable> {
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        let mut data = |at: Place, path: &str| self.data(at, path);
        let mut tables = read::members(document, &mut data, &mut diagnostics);
        if is_pool(document) {
            for world in worlds_in(document).into_iter().filter_map(TomlNode::table_mut) {
                tables.extend(read::members(world, &mut data, &mut diagnostics));
            }
        }
        self.diagnostics = diagnostics;
        tables
    }

    /// Changes a value: of a pool in every world that has it.
    fn change(&mut self, document: &mut TomlTable, file: u32, text: &str) {
        if !is_pool(document) {
            return overrides::apply(document, file, text, &mut self.diagnostics);
        }
        let (mut refused, mut is_changed) = (DiagnosticList::default(), false);
        for world in worlds_in(document).into_iter().filter_map(TomlNode::table_mut) {
            let mut wrong = DiagnosticList::default();
            overrides::apply(world, file, text, &mut wrong);
            is_changed |= !wrong.has_errors();
            wrong.0.into_iter().for_each(|diagnostic| refused.push(diagnostic));
        }
        if !is_changed {
            refused.0.into_iter().take(1).for_each(|diagnostic| self.diagnostics.push(diagnostic));
        }
    }

    /// Takes `extends` out of the `[scenario]` table.
    fn extends(&mut self, own: &mut TomlTable) -> Vec<(String, Place)> {
        let Some(Entry { node, .. }) = own
            .get_mut("scenario")
            .and_then(|entry| entry.node.table_mut())
            .and_then(|head| head.shift_remove("extends"))
        else {
            return Vec::new();
        };
        let items = match node {
            TomlNode { value: TomlValue::List(items), .. } => items,
            single => vec![single],
        };
        let mut paths = Vec::new();
        for item in items {
            if let Some(path) = item.text() {
                paths.push((path.to_string(), item.place));
            } else {
                let message = message!("scenario-load-extends-kind", found = item.describe());
                let help = key!("scenario-load-extends-kind.help");
                self.diagnostics.push(Diagnostic::error(item.place, message).help(help));
                self.diagnostics.is_not_whole();
            }
        }
        paths
    }

    /// The file that `path` names when it stands in `from`, under a key.
    fn resolve(&mut self, from: &FileOrigin, (key, path): (&str, &str), place: Place) -> Option<FileOrigin> {
        let built_in = || builtin::by_name(path).map(|file| FileOrigin::Builtin(file.path.into()));
        let refusal = match from {
            FileOrigin::Builtin(own) => {
                let joined = clean(&Path::new(own).parent().unwrap_or(Path::new("")).join(path));
                if builtin::text(&joined).is_some() {
                    return Some(FileOrigin::Builtin(joined));
                }
                AccessRefusal::Missing
            }
            _ => match self.admit(from, path, FilePurpose::Scenario) {
                Ok(admitted) => return Some(FileOrigin::Disk(admitted)),
                Err(refusal) => refusal,
            },
        };
        if let Some(found) = built_in() {
            return Some(found);
        }
        self.diagnostics.is_not_whole();
        self.diagnostics.push(match refusal {
            AccessRefusal::Missing => leads_nowhere(from, (key, path), place),
            refusal => {
                let message =
                    message!("scenario-load-extends-refused", key = key, why = refusal.message(path));
                Diagnostic::error(place, message).help(refusal.help())
            }
        });
        None
    }

    /// The path by which a file is read that is named in another one.
    fn admit(&self, from: &FileOrigin, named: &str, kind: FilePurpose) -> Result<PathBuf, AccessRefusal> {
        let folder = match from {
            FileOrigin::Disk(own) => own.parent().unwrap_or(Path::new("")),
            _ => Path::new(""),
        };
        match (&self.project, from) {
            (Some(project), FileOrigin::Disk(_) | FileOrigin::Input | FileOrigin::Text { .. }) => {
                project.admit(folder, named, kind)
            }
            // What the user has typed is the user's own, and the files that are built in name no others.
            _ => Project::of(folder, Access::Anywhere).admit(folder, named, kind),
        }
    }

    /// The number and the text of a file, which is read once, whoever names it.
    fn read(&mut self, origin: &FileOrigin) -> Result<(u32, String), Message> {
        let is_file = matches!(origin, FileOrigin::Disk(_) | FileOrigin::Builtin(_));
        let known = self.origins.iter().position(|known| is_file && known == origin);
        if let Some((number, file)) = known.and_then(|number| Some((number, self.files.get(number as u32)?)))
        {
            return Ok((number as u32, file.text.clone()));
        }
        let ReadText { text, sha256, .. } = self.text(origin)?;
        Ok((self.add(origin, &text, sha256), text))
    }

    /// Whether one more file may be read.
    fn is_room(&self) -> Result<(), Message> {
        if self.origins.len() >= MAX_FILES {
            return Err(message!("scenario-load-many-files", count = MAX_FILES));
        }
        let texts = self.files.iter().map(|file| file.text.len() as u64).sum::<u64>();
        let books = self.data.values().filter(|data| matches!(data, DataFile::Workbook(_)));
        if texts + books.map(|data| data.len() as u64).sum::<u64>() > MAX_BYTES {
            return Err(message!("scenario-load-large", size = MAX_BYTES >> 20));
        }
        Ok(())
    }

    fn text(&self, origin: &FileOrigin) -> Result<ReadText, Message> {
        self.is_room()?;
        match origin {
            FileOrigin::Builtin(path) => {
                let missing = || message!("scenario-load-no-file", name = path);
                let text = builtin::text(path).ok_or_else(missing)?;
                reading::decode(text.as_bytes().to_vec(), MAX_BYTES, Message::verbatim(path))
            }
            FileOrigin::Disk(path) => reading::text(path, MAX_BYTES),
            FileOrigin::Text { name, text } => {
                reading::decode(text.clone().into_bytes(), MAX_BYTES, Message::verbatim(name))
            }
            FileOrigin::Input | FileOrigin::Typed => reading::standard_input(MAX_BYTES),
        }
    }

    fn add(&mut self, origin: &FileOrigin, text: &str, sha256: String) -> u32 {
        self.origins.push(origin.clone());
        self.files.add_read(origin.name(), text, sha256, matches!(origin, FileOrigin::Disk(_)))
    }

    /// Reads a file of data that a scenario names at `at`.
    fn data(&mut self, at: Place, path: &str) -> Result<DataFile, Message> {
        let origin = match self.origins.get(at.file as usize) {
            Some(FileOrigin::Builtin(own)) => {
                FileOrigin::Builtin(clean(&Path::new(own).parent().unwrap_or(Path::new("")).join(path)))
            }
            from => {
                let admitted = self.admit(from.unwrap_or(&FileOrigin::Typed), path, FilePurpose::Data);
                FileOrigin::Disk(admitted.map_err(|refusal| match refusal {
                    AccessRefusal::Missing => refusal.message(path),
                    _ => message!(
                        "scenario-load-data-refused",
                        why = refusal.message(path),
                        help = refusal.help()
                    ),
                })?)
            }
        };
        let FileOrigin::Disk(path) = &origin else {
            return Ok(DataFile::Text(self.read(&origin)?.1, Encoding::Utf8));
        };
        let known = self.origins.iter().position(|known| *known == origin);
        if let Some(known) = known.and_then(|number| self.data.get(&(number as u32))) {
            return Ok(known.clone());
        }
        self.is_room()?;
        let (data, sha256) = read_data(path)?;
        // Of a workbook there is no line to show.
        let text = match &data {
            DataFile::Text(text, _) => text.clone(),
            DataFile::Workbook(_) => String::new(),
        };
        let number = self.add(&origin, &text, sha256);
        self.data.insert(number, data.clone());
        Ok(data)
    }
}

/// Reads a file of data, and the SHA-256 of its bytes.
///
/// # Errors
/// One sentence that names the file.
pub fn read_data(path: &Path) -> Result<(DataFile, String), Message> {
    let bytes = reading::bytes(path, MAX_BYTES)?;
    let name = Message::verbatim(visible::path(path));
    if is_workbook(&path.to_string_lossy()) {
        let sha256 = reading::measured(&bytes, MAX_BYTES, &name)?;
        return Ok((DataFile::Workbook(bytes.into()), sha256));
    }
    let ReadText { text, sha256, encoding } = reading::decode_data(bytes, MAX_BYTES, name)?;
    Ok((DataFile::Text(text, encoding), sha256))
}

/// The problem of a key that names no file.
fn leads_nowhere(from: &FileOrigin, (key, path): (&str, &str), place: Place) -> Diagnostic {
    let looked = match from {
        FileOrigin::Disk(own) => own.parent().unwrap_or(Path::new("")).join(path).display().to_string(),
        _ => path.to_string(),
    };
    let list = builtin::list();
    let near = crate::text::nearest(path, list.iter().map(|file| file.name));
    let help = match near {
        None => key!("scenario-load-extends-nowhere.help").into(),
        Some(near) => message!("scenario-load-extends-nowhere.nearest", name = near),
    };
    Diagnostic::error(place, message!("scenario-load-extends-nowhere", key = key, path = looked)).help(help)
}

impl FileOrigin {
    /// Whether both are the same file, by whatever path.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Disk(a), Self::Disk(b)) => {
                a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
            }
            _ => self == other,
        }
    }

    /// The id that a file's name gives it; `None` where it has no name.
    fn id(&self) -> Option<String> {
        let path = match self {
            Self::Disk(path) => path,
            Self::Builtin(path) => Path::new(path),
            Self::Input | Self::Typed | Self::Text { .. } => return None,
        };
        Some(super::id::of(&path.file_stem()?.to_string_lossy())).filter(|id| !id.is_empty())
    }

    fn name(&self) -> String {
        match self {
            Self::Disk(path) => path.display().to_string(),
            Self::Builtin(path) => builtin::shown(path),
            Self::Input | Self::Typed => "standard input".into(),
            Self::Text { name, .. } => name.clone(),
        }
    }
}

/// Where the scenarios of a pool's worlds stand.
fn worlds_in(document: &mut TomlTable) -> Vec<&mut TomlNode> {
    let pool = document.get_mut("pool").and_then(|entry| entry.node.table_mut());
    let worlds = pool.and_then(|pool| pool.get_mut("worlds")).map(|entry| &mut entry.node.value);
    let Some(TomlValue::List(items)) = worlds else { return Vec::new() };
    let tables = items.iter_mut().filter_map(TomlNode::table_mut);
    tables.filter_map(|table| table.get_mut("scenario")).map(|entry| &mut entry.node).collect()
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
