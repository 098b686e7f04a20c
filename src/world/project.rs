//! Which files a scenario may name. Scenarios come from strangers, in pull requests: a file that one names lies in the
//! scenario's own project, is not hidden, and is of a kind that scenarios are made of. The rule is here alone.

use std::path::{Component, Path, PathBuf};

use crate::text::{Key, Message};
use crate::{key, message};

/// The files or folders that mark the root of a project.
const MARKS: [&str; 2] = [".git", "plancast.toml"];

/// What a scenario names a file for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilePurpose {
    /// A scenario that it extends.
    Scenario,
    /// Numbers in columns.
    Data,
}

/// Whether a scenario may name files outside of its project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// It may not.
    #[default]
    Project,
    /// It may name any file: `--allow-outside`.
    Anywhere,
}

/// A scenario's project: a folder, below which all files lie that it may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    access: Access,
    /// The folder of the scenario itself.
    home: PathBuf,
    /// The nearest folder from there upwards with one of the [`MARKS`], or else `home`.
    root: PathBuf,
}

/// Why a scenario may not name a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessRefusal {
    /// Its name does not end as those of such files do.
    Ending(FilePurpose),
    /// It lies outside of the project, or a symbolic link leads there.
    Outside,
    /// It or a folder on the way to it is hidden.
    Hidden,
    /// There is no such file.
    Missing,
}

impl FilePurpose {
    /// How the names of such files end.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Scenario => &["toml"],
            Self::Data => &["csv", "tsv", "xlsx"],
        }
    }

    fn is_of(self, path: &Path) -> bool {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|found| self.endings().iter().any(|known| known.eq_ignore_ascii_case(found)))
    }
}

impl Project {
    /// The project of the scenario that lies in a folder; the empty path is the working folder.
    pub fn of(folder: &Path, access: Access) -> Self {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let home = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let has_mark = |folder: &&Path| MARKS.iter().any(|mark| folder.join(mark).exists());
        let root = home.ancestors().find(has_mark).unwrap_or(&home).to_owned();
        Self { access, home, root }
    }

    /// The path by which a file is read that a scenario in the folder `from` calls `named`.
    ///
    /// # Errors
    /// Why it may not be read. Of a file that lies outside nothing else is said, not even whether it is there.
    pub fn admit(&self, from: &Path, named: &str, kind: FilePurpose) -> Result<PathBuf, AccessRefusal> {
        let path = from.join(named);
        if self.access == Access::Anywhere {
            return if path.exists() { Ok(path) } else { Err(AccessRefusal::Missing) };
        }
        if of_another_drive(named) || !self.stays_inside(from, named) {
            return Err(AccessRefusal::Outside);
        }
        if Path::new(named).components().any(is_hidden) && Path::new(named).is_relative() {
            return Err(AccessRefusal::Hidden);
        }
        if !path.exists() {
            return Err(AccessRefusal::Missing);
        }
        self.check(&path, kind).map(|()| path)
    }

    /// Whether the scenario that the user has named may be read: that is for the user to say, but a symbolic link, which
    /// others may have put there, does not lead out of the project.
    ///
    /// # Errors
    /// Why it may not be read.
    pub fn admit_named(&self, path: &Path) -> Result<(), AccessRefusal> {
        let is_link = path.symlink_metadata().is_ok_and(|found| found.is_symlink());
        if is_link && self.access == Access::Project {
            self.check(path, FilePurpose::Scenario)
        } else {
            Ok(())
        }
    }

    /// Whether a file lies below the root, after all symbolic links, or where any file may be named.
    #[cfg(feature = "disk")]
    pub fn holds(&self, file: &Path) -> bool {
        self.access == Access::Anywhere || super::real_path(file).starts_with(&self.root)
    }

    /// Holds the file itself against the rule, after all symbolic links.
    fn check(&self, path: &Path, kind: FilePurpose) -> Result<(), AccessRefusal> {
        let real = path.canonicalize().map_err(|_| AccessRefusal::Missing)?;
        let below = real.strip_prefix(&self.home).or_else(|_| real.strip_prefix(&self.root));
        let below = below.map_err(|_| AccessRefusal::Outside)?;
        if below.components().any(is_hidden) {
            return Err(AccessRefusal::Hidden);
        }
        if kind.is_of(path) && kind.is_of(&real) { Ok(()) } else { Err(AccessRefusal::Ending(kind)) }
    }

    /// Whether a path leads to a place below the root by its words alone, so that nothing outside is even looked at.
    fn stays_inside(&self, from: &Path, named: &str) -> bool {
        let from = if from.as_os_str().is_empty() { Path::new(".") } else { from };
        let from = from.canonicalize().unwrap_or_else(|_| from.to_owned());
        let mut place = PathBuf::new();
        for component in from.join(named).components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir => {
                    place.pop();
                    // A path that leaves the project and comes back is told what else lies there.
                    if !place.starts_with(&self.root) {
                        return false;
                    }
                }
                other => place.push(other),
            }
        }
        place.starts_with(&self.root)
    }
}

/// Whether a folder or file is hidden: its name begins with a dot.
fn is_hidden(component: Component) -> bool {
    matches!(component, Component::Normal(name) if name.as_encoded_bytes().starts_with(b"."))
}

/// Whether a name begins with a drive or server, as on Windows: `C:\…`, `\\server\…`; such a name is refused everywhere.
fn of_another_drive(named: &str) -> bool {
    let bytes = named.as_bytes();
    named.starts_with('\\') || (bytes.len() > 1 && bytes[1] == b':' && bytes[0].is_ascii_alphabetic())
}

impl AccessRefusal {
    /// What is wrong with naming the file.
    pub fn message(self, named: &str) -> Message {
        match self {
            Self::Ending(kind) => {
                let endings: Vec<String> = kind.endings().iter().map(|ending| format!(".{ending}")).collect();
                let endings = endings.join(", ");
                match kind {
                    FilePurpose::Scenario => {
                        message!("world-refusal-ending-scenario", name = named, endings = endings)
                    }
                    FilePurpose::Data => {
                        message!("world-refusal-ending-data", name = named, endings = endings)
                    }
                }
            }
            Self::Outside => message!("world-refusal-outside", name = named),
            Self::Hidden => message!("world-refusal-hidden", name = named),
            Self::Missing => message!("world-refusal-missing", name = named),
        }
    }

    /// How to mend it.
    pub fn help(self) -> Key {
        match self {
            Self::Ending(_) => key!("world-refusal-ending-scenario.help"),
            Self::Outside => key!("world-refusal-outside.help"),
            Self::Hidden => key!("world-refusal-hidden.help"),
            Self::Missing => key!("world-refusal-missing.help"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A project with a scenario in `plans/`, and a neighbour.
    fn disk() -> tempfile::TempDir {
        let disk = tempfile::tempdir().unwrap();
        for folder in ["repo/.git", "repo/plans/data", "repo/.cache", "other"] {
            fs::create_dir_all(disk.path().join(folder)).unwrap();
        }
        for file in [
            "repo/base.toml",
            "repo/token.txt",
            "repo/plans/near.toml",
            "repo/plans/data/h.CSV",
            "repo/plans/.secret.toml",
            "repo/.git/config.toml",
            "repo/.cache/a.toml",
            "other/base.toml",
        ] {
            fs::write(disk.path().join(file), "x").unwrap();
        }
        disk
    }

    fn admitted(disk: &tempfile::TempDir, named: &str, kind: FilePurpose) -> Result<(), AccessRefusal> {
        let plans = disk.path().join("repo/plans");
        Project::of(&plans, Access::Project).admit(&plans, named, kind).map(|_| ())
    }

    #[test]
    fn files_of_the_project_are_read_by_any_path_that_stays_inside() {
        let disk = disk();
        for (named, kind) in [
            ("near.toml", FilePurpose::Scenario),
            ("./data/../near.toml", FilePurpose::Scenario),
            ("../base.toml", FilePurpose::Scenario),
            ("data/h.CSV", FilePurpose::Data),
        ] {
            assert_eq!(admitted(&disk, named, kind), Ok(()), "{named}");
        }
        let inside = disk.path().canonicalize().unwrap().join("repo/base.toml");
        assert_eq!(admitted(&disk, inside.to_str().unwrap(), FilePurpose::Scenario), Ok(()));
    }

    #[test]
    fn what_lies_outside_is_not_read_nor_is_it_said_whether_it_is_there() {
        let disk = disk();
        let there = disk.path().join("other/base.toml");
        for named in [
            "../../other/base.toml",
            "../../other/missing.toml",
            "../../repo/base.toml",
            "/etc/passwd",
            "/dev/zero",
            "/proc/self/environ",
            "C:\\secret.toml",
            "c:/secret.toml",
            "\\\\server\\share\\a.toml",
            there.to_str().unwrap(),
        ] {
            assert_eq!(admitted(&disk, named, FilePurpose::Scenario), Err(AccessRefusal::Outside), "{named}");
        }
    }

    #[test]
    fn what_is_hidden_is_not_read_even_on_the_way() {
        let disk = disk();
        for named in ["../.git/config.toml", "../.cache/a.toml", "../.cache/../base.toml", ".secret.toml"] {
            assert_eq!(admitted(&disk, named, FilePurpose::Scenario), Err(AccessRefusal::Hidden), "{named}");
        }
    }

    #[test]
    fn a_file_is_read_only_for_what_its_ending_says() {
        let disk = disk();
        let found = [
            admitted(&disk, "../token.txt", FilePurpose::Scenario),
            admitted(&disk, "../token.txt", FilePurpose::Data),
            admitted(&disk, "near.toml", FilePurpose::Data),
            admitted(&disk, "data", FilePurpose::Data),
        ];
        assert!(found.iter().all(|found| matches!(found, Err(AccessRefusal::Ending(_)))), "{found:?}");
        assert_eq!(admitted(&disk, "no.toml", FilePurpose::Scenario), Err(AccessRefusal::Missing));
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_followed_only_inside() {
        use std::os::unix::fs::symlink;
        let disk = disk();
        let plans = disk.path().join("repo/plans");
        symlink("../base.toml", plans.join("inside.toml")).unwrap();
        symlink("../../other/base.toml", plans.join("outside.toml")).unwrap();
        symlink("../.cache/a.toml", plans.join("hidden.toml")).unwrap();
        symlink("../token.txt", plans.join("token.toml")).unwrap();
        symlink("../../other", plans.join("folder")).unwrap();
        assert_eq!(admitted(&disk, "inside.toml", FilePurpose::Scenario), Ok(()));
        assert_eq!(admitted(&disk, "outside.toml", FilePurpose::Scenario), Err(AccessRefusal::Outside));
        assert_eq!(admitted(&disk, "folder/base.toml", FilePurpose::Scenario), Err(AccessRefusal::Outside));
        assert_eq!(admitted(&disk, "hidden.toml", FilePurpose::Scenario), Err(AccessRefusal::Hidden));
        assert_eq!(
            admitted(&disk, "token.toml", FilePurpose::Scenario),
            Err(AccessRefusal::Ending(FilePurpose::Scenario))
        );
        let project = Project::of(&plans, Access::Project);
        assert_eq!(project.admit_named(&plans.join("outside.toml")), Err(AccessRefusal::Outside));
        assert_eq!(project.admit_named(&plans.join("inside.toml")), Ok(()));
        assert_eq!(project.admit_named(&disk.path().join("repo/token.txt")), Ok(()), "as the user says");
    }

    #[test]
    fn without_a_mark_the_project_is_the_scenarios_own_folder() {
        let disk = disk();
        let other = disk.path().join("other");
        let project = Project::of(&other, Access::Project);
        let up = project.admit(&other, "../repo/base.toml", FilePurpose::Scenario);
        assert_eq!(up, Err(AccessRefusal::Outside));
        fs::write(disk.path().join("plancast.toml"), "").unwrap();
        let project = Project::of(&other, Access::Project);
        assert!(project.admit(&other, "../repo/base.toml", FilePurpose::Scenario).is_ok());
    }

    #[test]
    fn a_user_who_trusts_the_scenario_may_let_it_read_anything() {
        let disk = disk();
        let plans = disk.path().join("repo/plans");
        let project = Project::of(&plans, Access::Anywhere);
        for named in ["../../other/base.toml", "../.git/config.toml", "../token.txt"] {
            assert!(project.admit(&plans, named, FilePurpose::Data).is_ok(), "{named}");
        }
    }
}
