//! The calls by which files come about, move and go.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that is being written.
pub trait OpenFile: Write + Send {
    /// Waits until what was written is on the disk.
    ///
    /// # Errors
    /// When the system refuses.
    fn sync(&mut self) -> io::Result<()>;
}

impl OpenFile for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

/// Every change of files that the program makes. [`RealDisk`] is the disk; a test records what it is told.
///
/// # Errors
/// Each call fails when the system refuses it.
#[allow(clippy::missing_errors_doc, reason = "all of them fail for the one reason that is told above")]
pub trait Disk: Send + Sync {
    /// Makes a folder in one that is there.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Makes a file that is not there yet.
    fn create_file(&self, path: &Path) -> io::Result<Box<dyn OpenFile>>;

    /// Waits until everything below a folder is on the disk: `changed`, its files and folders. The folder was opened
    /// before anything was written, so that no error in between is missed.
    fn sync_tree(&self, folder: &File, changed: &[PathBuf]) -> io::Result<()>;

    /// Waits until what a folder's entries are called is on the disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// Moves a file or folder; a file that has the new name is replaced.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Moves a file to a name that nothing has.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Gives a file one more name, which nothing has; some file systems cannot.
    fn link(&self, file: &Path, name: &Path) -> io::Result<()>;

    /// Has two files or folders change places in one step; false, and nothing done, where the file system cannot.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool>;

    /// Removes a file or symbolic link.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create_file(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        Ok(Box::new(File::create_new(path)?))
    }

    /// One call for all on Linux: thirty files would wait for the disk thirty times.
    #[cfg(target_os = "linux")]
    fn sync_tree(&self, folder: &File, _: &[PathBuf]) -> io::Result<()> {
        Ok(rustix::fs::syncfs(folder)?)
    }

    #[cfg(not(target_os = "linux"))]
    fn sync_tree(&self, _: &File, changed: &[PathBuf]) -> io::Result<()> {
        let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = changed.iter().partition(|path| path.is_dir());
        files.into_iter().try_for_each(|path| File::options().write(true).open(path)?.sync_all())?;
        folders.into_iter().try_for_each(|path| self.sync_folder(path))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Some systems cannot open a folder, and some file systems cannot sync one: then renaming is all there is.
        let Ok(folder) = File::open(path) else { return Ok(()) };
        match folder.sync_all() {
            Err(error)
                if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
            {
                Ok(())
            }
            synced => synced,
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{CWD, RenameFlags, renameat_with};
            match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
                Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
                moved => return Ok(moved?),
            }
        }
        // A second name for the file, where there is none yet, and then the first one goes.
        fs::hard_link(from, to)?;
        fs::remove_file(from)
    }

    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        fs::hard_link(file, name)
    }

    #[cfg(target_os = "linux")]
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<bool> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn exchange(&self, _: &Path, _: &Path) -> io::Result<bool> {
        Ok(false)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}
