//! Files by name: how they are read, written whole, locked and cleaned up. Everything that the program writes to a disk
//! goes through [`Writer`], and all changes that it makes go through [`Disk`], so that a test can record them.

mod disk;
mod error;
pub mod lock;
pub mod machine;
pub mod pending;
pub mod project;
pub mod read;
mod temporary;
mod write;

pub use disk::{Disk, Open, RealDisk};
pub use error::FileError;
pub use lock::{Lock, Patience};
pub use temporary::{Temporary, clear};
pub(crate) use write::name_of;
pub use write::{Made, Staged, Writer, folder_of, probe_file, probe_folder, resolved};
