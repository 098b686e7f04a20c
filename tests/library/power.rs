//! After a power cut nothing is torn. Every change that a writer makes is recorded and replayed up to every moment: what
//! was written and not synced by then is lost, and of what was created, moved and removed since the last sync of a folder
//! any beginning is there, as journalling file systems have it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plancast::result::folder::{Folder, write_files};
use plancast::result::verify::{FileState, verify};
use plancast::world::{Disk, OpenFile, Patience, RealDisk, Writer};
use serde_json::json;

/// A change of the disk, with paths from the root of what is recorded.
#[derive(Clone, Debug)]
enum Change {
    Folder(PathBuf),
    File(PathBuf),
    Write(PathBuf, Vec<u8>),
    /// The file's data are on the disk.
    SyncFile(PathBuf),
    /// All that was done before is on the disk.
    SyncAll,
    Rename(PathBuf, PathBuf),
    /// One more name for a file.
    Link(PathBuf, PathBuf),
    Exchange(PathBuf, PathBuf),
    Remove(PathBuf),
}

/// A disk that notes what it is told. It does not wait for the real one.
struct Recorder {
    root: PathBuf,
    changes: Arc<Mutex<Vec<Change>>>,
    /// Whether two folders can change places in one step.
    exchanges: bool,
}

/// A file that notes what it is told.
struct Recorded {
    file: File,
    path: PathBuf,
    changes: Arc<Mutex<Vec<Change>>>,
}

impl Recorder {
    fn new(root: &Path, exchanges: bool) -> Self {
        Self { root: root.canonicalize().unwrap(), changes: Arc::default(), exchanges }
    }

    fn note(&self, change: Change) {
        self.changes.lock().unwrap().push(change);
    }

    fn own(&self, path: &Path) -> PathBuf {
        let real = path.parent().unwrap().canonicalize().unwrap().join(path.file_name().unwrap());
        real.strip_prefix(&self.root).unwrap().to_owned()
    }
}

impl Disk for Recorder {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.create_folder(path)?;
        self.note(Change::Folder(self.own(path)));
        Ok(())
    }

    fn create_file(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let file = File::create_new(path)?;
        let path = self.own(path);
        self.note(Change::File(path.clone()));
        Ok(Box::new(Recorded { file, path, changes: Arc::clone(&self.changes) }))
    }

    fn sync_tree(&self, folder: &File, changed: &[PathBuf]) -> io::Result<()> {
        assert!(folder.metadata().is_ok() && changed.iter().all(|path| path.exists()), "{changed:?}");
        for file in changed.iter().filter(|path| path.is_file()) {
            self.note(Change::SyncFile(self.own(file)));
        }
        self.note(Change::SyncAll);
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        assert!(path.is_dir(), "{}", path.display());
        self.note(Change::SyncAll);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (own_from, own_to) = (self.own(from), self.own(to));
        RealDisk.rename(from, to)?;
        self.note(Change::Rename(own_from, own_to));
        Ok(())
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (own_from, own_to) = (self.own(from), self.own(to));
        RealDisk.rename_new(from, to)?;
        self.note(Change::Rename(own_from, own_to));
        Ok(())
    }

    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        let (own_file, own_name) = (self.own(file), self.own(name));
        RealDisk.link(file, name)?;
        self.note(Change::Link(own_file, own_name));
        Ok(())
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool> {
        let (own_one, own_other) = (self.own(one), self.own(other));
        let done = self.exchanges && RealDisk.exchange(one, other)?;
        if done {
            self.note(Change::Exchange(own_one, own_other));
        }
        Ok(done)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        let own = self.own(path);
        RealDisk.remove_file(path)?;
        self.note(Change::Remove(own));
        Ok(())
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let own = self.own(path);
        RealDisk.remove_folder(path)?;
        self.note(Change::Remove(own));
        Ok(())
    }
}

impl Write for Recorded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.changes.lock().unwrap().push(Change::Write(self.path.clone(), bytes[..written].to_vec()));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl OpenFile for Recorded {
    fn sync(&mut self) -> io::Result<()> {
        self.changes.lock().unwrap().push(Change::SyncFile(self.path.clone()));
        Ok(())
    }
}

/// What has a name: a folder, or the file of a number.
#[derive(Clone, Copy, Debug)]
enum Entry {
    Folder,
    File(usize),
}

/// All names, and what is on the disk of each file.
#[derive(Clone, Default)]
struct Simulated {
    names: BTreeMap<PathBuf, Entry>,
    /// By file: what was written, and what of it was synced; `None` where nothing was.
    files: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

impl Simulated {
    /// What lies in a folder now, all of it on the disk.
    fn of(root: &Path) -> Self {
        fn walk(root: &Path, folder: &Path, into: &mut Simulated) {
            for entry in fs::read_dir(root.join(folder)).unwrap() {
                let path = folder.join(entry.unwrap().file_name());
                if root.join(&path).is_dir() {
                    into.names.insert(path.clone(), Entry::Folder);
                    walk(root, &path, into);
                } else {
                    let bytes = fs::read(root.join(&path)).unwrap();
                    into.names.insert(path, Entry::File(into.files.len()));
                    into.files.push((bytes.clone(), Some(bytes)));
                }
            }
        }
        let mut found = Self::default();
        walk(root, Path::new(""), &mut found);
        found
    }

    /// The names below a path, which are taken out, from there on.
    fn take(&mut self, path: &Path) -> Vec<(PathBuf, Entry)> {
        let below: Vec<PathBuf> = self.names.keys().filter(|name| name.starts_with(path)).cloned().collect();
        let entries = below.into_iter().map(|name| (name.strip_prefix(path).unwrap().to_owned(), name));
        entries.map(|(rest, name)| (rest, self.names.remove(&name).unwrap())).collect()
    }

    fn put(&mut self, path: &Path, entries: Vec<(PathBuf, Entry)>) {
        for (rest, entry) in entries {
            let name = if rest.as_os_str().is_empty() { path.to_owned() } else { path.join(rest) };
            self.names.insert(name, entry);
        }
    }

    /// Does what concerns names.
    fn name(&mut self, change: &Change) {
        match change {
            Change::Folder(path) => drop(self.names.insert(path.clone(), Entry::Folder)),
            Change::File(path) => {
                self.names.insert(path.clone(), Entry::File(self.files.len()));
                self.files.push((Vec::new(), None));
            }
            Change::Rename(from, to) => {
                let moved = self.take(from);
                self.take(to);
                self.put(to, moved);
            }
            Change::Link(file, name) => drop(self.names.insert(name.clone(), self.names[file])),
            Change::Exchange(one, other) => {
                let (first, second) = (self.take(one), self.take(other));
                self.put(one, second);
                self.put(other, first);
            }
            Change::Remove(path) => drop(self.take(path)),
            Change::Write(..) | Change::SyncFile(_) | Change::SyncAll => {}
        }
    }

    /// Does what concerns the contents of a file that has this name now.
    fn content(&mut self, change: &Change) {
        if let Change::Write(path, bytes) = change
            && let Some(Entry::File(number)) = self.names.get(path)
        {
            self.files[*number].0.extend_from_slice(bytes);
        }
        if let Change::SyncFile(path) = change
            && let Some(Entry::File(number)) = self.names.get(path)
        {
            let file = &mut self.files[*number];
            file.1 = Some(file.0.clone());
        }
    }
}

/// What is on the disk when the power goes after so many changes, and of the names only those after `named` are.
fn after_cut(before: &Simulated, changes: &[Change], named: usize, done: usize) -> Simulated {
    let (mut names, mut contents) = (before.clone(), before.clone());
    for (number, change) in changes[..done].iter().enumerate() {
        if number < named {
            names.name(change);
        }
        contents.name(change);
        contents.content(change);
    }
    // Files have the same numbers in both: they come about in the same order.
    let synced = contents.files.into_iter().map(|(_, synced)| (Vec::new(), synced)).collect();
    Simulated { names: names.names, files: synced }
}

/// Makes real what is on the disk.
fn materialise(state: &Simulated, root: &Path) {
    for (name, entry) in &state.names {
        let path = root.join(name);
        match entry {
            Entry::Folder => fs::create_dir_all(path).unwrap(),
            Entry::File(number) => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                // What was not synced is lost: the file is there and holds nothing.
                fs::write(path, state.files[*number].1.as_deref().unwrap_or_default()).unwrap();
            }
        }
    }
}

/// Does some work on a disk that is recorded, has the power go at every moment of it and calls `each` with the folder as
/// it is found then. Says how many different moments there were.
fn at_every_moment(
    root: &Path,
    exchanges: bool,
    work: impl FnOnce(Writer),
    mut each: impl FnMut(&Path),
) -> usize {
    let before = Simulated::of(root);
    let recorder = Recorder::new(root, exchanges);
    work(Writer { disk: &recorder, patience: Patience { limit: Duration::from_mins(1), tell: |_| () } });
    let changes = recorder.changes.lock().unwrap().clone();
    let (mut moments, mut on_disk) = (0, 0);
    for done in 0..=changes.len() {
        if done > 0 && matches!(changes[done - 1], Change::SyncAll) {
            on_disk = done;
        }
        for named in on_disk..=done {
            let folder = tempfile::tempdir().unwrap();
            materialise(&after_cut(&before, &changes, named, done), folder.path());
            each(folder.path());
            moments += 1;
        }
    }
    moments
}

fn real() -> Writer<'static> {
    Writer::real(Patience { limit: Duration::from_mins(1), tell: |_| () })
}

fn run_files(seed: u64) -> Vec<(String, Vec<u8>)> {
    let file = |name: &str| (name.to_owned(), format!("{name} of seed {seed}").into_bytes());
    ["scenario.toml", "summary.json", "bands.csv", "charts/gdp.svg"].map(file).to_vec()
}

/// Writes a run with an export beside it.
fn write_run(writer: Writer, root: &Path, seed: u64) {
    let mut folder = Folder::begin(writer, &root.join("output"), "plan").unwrap();
    let mut export = folder.export(&root.join("paths.csv")).unwrap();
    export.write_all(format!("paths of seed {seed}").as_bytes()).unwrap();
    folder.exported(export).unwrap();
    folder.add(&run_files(seed)).unwrap();
    folder.finish(&json!({ "schema": "plancast-manifest/1", "seed": seed })).unwrap();
}

/// After a power cut the next run is as any other, and nothing is left of the one that was cut.
fn the_next_run_tidies_up(root: &Path) {
    let recorder = Recorder::new(root, true);
    write_run(Writer { disk: &recorder, ..real() }, root, 2);
    assert!(verify(&root.join("output/plan")).unwrap().unchanged);
    let left = walk(root).into_iter().filter(|path| path.to_string_lossy().contains(".new-"));
    assert_eq!(left.collect::<Vec<_>>(), Vec::<PathBuf>::new());
}

fn seed_of(run: &Path) -> u64 {
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(run.join("manifest.json")).unwrap()).unwrap();
    manifest["seed"].as_u64().unwrap()
}

/// The export is whole, and whoever asks is told whether it is that of the run.
fn export_can_be_told(root: &Path) {
    let found = verify(&root.join("output/plan")).unwrap();
    let seed = seed_of(&root.join("output/plan"));
    let export = fs::read_to_string(root.join("paths.csv")).unwrap();
    assert!(export == "paths of seed 1" || export == "paths of seed 2", "{export:?}");
    assert_eq!(found.unchanged, export == format!("paths of seed {seed}"), "{found:?}");
    let others: Vec<_> = found.differences.iter().filter(|found| found.is != FileState::OfAnother).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn a_run_its_export_and_what_others_put_there_survive_a_power_cut_at_any_moment() {
    let root = tempfile::tempdir().unwrap();
    write_run(real(), root.path(), 1);
    fs::write(root.path().join("output/plan/charts/notes.txt"), "mine").unwrap();
    let mut seeds = [0, 0];
    let moments = at_every_moment(
        root.path(),
        true,
        |writer| write_run(writer, root.path(), 2),
        |found| {
            export_can_be_told(found);
            seeds[seed_of(&found.join("output/plan")) as usize - 1] += 1;
            let kept = walk(found).into_iter().any(|path| {
                path.ends_with("charts/notes.txt") && fs::read(path).is_ok_and(|bytes| bytes == b"mine")
            });
            assert!(kept, "what others put there is gone");
            the_next_run_tidies_up(found);
            assert_eq!(fs::read(found.join("output/plan/charts/notes.txt")).unwrap(), b"mine");
        },
    );
    assert!(moments > 40 && seeds[0] > 10 && seeds[1] > 5, "{moments} {seeds:?}");
    assert!(root.path().join("output/plan/charts/notes.txt").exists());
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

/// Where the file system cannot have two folders change places, the run before is for a moment in the temporary one.
#[test]
fn without_an_exchange_a_whole_run_is_always_somewhere_and_the_next_writer_brings_it_back() {
    let root = tempfile::tempdir().unwrap();
    write_run(real(), root.path(), 1);
    let moments = at_every_moment(
        root.path(),
        false,
        |writer| write_run(writer, root.path(), 2),
        |found| {
            let runs = walk(found).into_iter().filter(|path| path.ends_with("manifest.json"));
            let whole = runs.filter_map(|manifest| verify(manifest.parent().unwrap()).ok());
            let whole = whole
                .filter(|run| run.differences.iter().all(|difference| difference.file.contains("paths.csv")));
            assert!(whole.count() > 0, "no run is whole");
            the_next_run_tidies_up(found);
        },
    );
    assert!(moments > 40, "{moments}");
}

#[test]
fn the_first_run_is_whole_or_not_there() {
    let root = tempfile::tempdir().unwrap();
    at_every_moment(
        root.path(),
        true,
        |writer| write_run(writer, root.path(), 1),
        |found| {
            let run = found.join("output/plan");
            assert!(!run.exists() || verify(&run).unwrap().unchanged);
            let export = found.join("paths.csv");
            assert!(!export.exists() || fs::read(export).unwrap() == b"paths of seed 1");
        },
    );
}

/// Somebody's own picture has the name of a figure that is drawn: until the figure has its place the picture is under its name,
/// and from then on under the one that it is kept by.
#[test]
fn what_a_figure_takes_the_name_of_is_never_without_one() {
    let root = tempfile::tempdir().unwrap();
    write_run(real(), root.path(), 1);
    let (name, kept) = ("output/plan/charts/own.svg", "output/plan/charts/own.svg.kept-2");
    fs::write(root.path().join(name), "mine").unwrap();
    let figure = vec![(root.path().join(name), b"drawn".to_vec())];
    let moments = at_every_moment(
        root.path(),
        true,
        |writer| drop(write_files(&writer, &figure).unwrap()),
        |found| {
            let is = |name: &str| fs::read_to_string(found.join(name)).unwrap_or_default();
            assert!(is(name) == "mine" || (is(name) == "drawn" && is(kept) == "mine"), "{:?}", is(name));
        },
    );
    assert!(moments > 10, "{moments}");
    assert_eq!(fs::read(root.path().join(kept)).unwrap(), b"mine");
}

#[test]
fn files_that_are_written_over_others_are_the_old_ones_or_the_new_ones() {
    let root = tempfile::tempdir().unwrap();
    for count in [1_usize, 2, 5] {
        let place = |number: usize| root.path().join(format!("deep/page-{number}.html"));
        let files = |text: &str| -> Vec<(PathBuf, Vec<u8>)> {
            (0..count).map(|number| (place(number), format!("{text} {number}").into_bytes())).collect()
        };
        write_files(&real(), &files("old")).unwrap();
        at_every_moment(
            root.path(),
            true,
            |writer| drop(write_files(&writer, &files("new")).unwrap()),
            |found| {
                for number in 0..count {
                    let text = fs::read_to_string(found.join(format!("deep/page-{number}.html"))).unwrap();
                    assert!(text == format!("old {number}") || text == format!("new {number}"), "{text:?}");
                }
            },
        );
    }
}

#[test]
fn figures_that_are_drawn_into_a_run_folder_are_whole_and_its_manifest_follows() {
    let root = tempfile::tempdir().unwrap();
    write_run(real(), root.path(), 1);
    let figure =
        |text: &str| vec![(root.path().join("output/plan/charts/gdp.svg"), text.as_bytes().to_vec())];
    at_every_moment(
        root.path(),
        true,
        |writer| drop(write_files(&writer, &figure("drawn again")).unwrap()),
        |found| {
            let run = found.join("output/plan");
            let text = fs::read_to_string(run.join("charts/gdp.svg")).unwrap();
            assert!(text == "drawn again" || text == "charts/gdp.svg of seed 1", "{text:?}");
            let found = verify(&run).unwrap();
            assert!(found.differences.iter().all(|found| found.file == "charts/gdp.svg"), "{found:?}");
        },
    );
    assert!(verify(&root.path().join("output/plan")).unwrap().unchanged);
}

#[test]
fn new_files_are_whole_or_not_there() {
    let root = tempfile::tempdir().unwrap();
    let files = [("town.toml", "one"), ("data/town.csv", "two"), ("schema.json", "three")];
    let paths: Vec<(PathBuf, &[u8])> =
        files.iter().map(|(name, text)| (root.path().join("town").join(name), text.as_bytes())).collect();
    at_every_moment(
        root.path(),
        true,
        |writer| writer.create_all(&paths).unwrap(),
        |found| {
            for (name, text) in files {
                let path = found.join("town").join(name);
                assert!(!path.exists() || fs::read_to_string(path).unwrap() == text);
            }
        },
    );
}

/// What the program did before: the file next to its place, and moved there without a sync.
#[test]
fn a_writer_that_does_not_sync_is_caught() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("page.html"), "old").unwrap();
    let mut torn = 0;
    at_every_moment(
        root.path(),
        true,
        |writer| {
            let (new, place) = (root.path().join(".new"), root.path().join("page.html"));
            writer.disk.create_file(&new).unwrap().write_all(b"new").unwrap();
            writer.disk.rename(&new, &place).unwrap();
        },
        |found| torn += usize::from(fs::read(found.join("page.html")).unwrap().is_empty()),
    );
    assert!(torn > 0);
}
