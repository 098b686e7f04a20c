//! Files by name: how they are read, written whole, locked and cleaned up. Everything that the program writes to a disk
//! goes through [`Writer`], and all changes that it makes go through [`Disk`], so that a test can record them.

#[cfg(feature = "disk")]
mod disk;
pub mod encoding;
#[cfg(feature = "disk")]
mod error;
#[cfg(feature = "disk")]
mod identity;
#[cfg(feature = "disk")]
pub mod lock;
#[cfg(feature = "disk")]
pub mod machine;
#[cfg(feature = "disk")]
pub mod pending;
pub mod portable;
pub mod project;
pub mod read;
#[cfg(feature = "disk")]
mod temporary;
#[cfg(feature = "disk")]
mod write;

#[cfg(feature = "disk")]
pub use disk::{Disk, OpenFile, RealDisk};
#[cfg(feature = "disk")]
pub use error::FileError;
#[cfg(feature = "disk")]
pub use identity::{FileIdentity, real_path, same_file};
#[cfg(feature = "disk")]
pub use lock::{Lock, Patience};
#[cfg(feature = "disk")]
pub use temporary::{Temporary, clear, clear_where};
#[cfg(feature = "disk")]
pub(crate) use write::name_of;
#[cfg(feature = "disk")]
pub use write::{Made, Staged, Writer, folder_of, is_device, probe_file, probe_folder, resolved};
