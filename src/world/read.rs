//! Reading files as people have them: a byte order mark at the beginning, UTF-16 and lines that end in `\r\n` make no
//! difference, and what was read can be told from what is there later.

use super::encoding::{Encoding, gb18030, unicode};
use crate::text::Message;
use crate::{key, message};
use std::fmt::Write;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::text::visible;

/// A text that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadText {
    /// The text, without a byte order mark, with lines that end in `\n`.
    pub text: String,
    /// SHA-256 of the bytes as they were read, in hex.
    pub sha256: String,
    /// How the bytes were read.
    pub encoding: Encoding,
}

/// Reads a text of at most so many bytes.
///
/// # Errors
/// One sentence that names the file.
pub fn text(path: &Path, most: u64) -> Result<ReadText, Message> {
    decode(bytes(path, most)?, most, Message::verbatim(visible::path(path)))
}

/// Reads a text of at most so many bytes from standard input.
///
/// # Errors
/// One sentence.
pub fn standard_input(most: u64) -> Result<ReadText, Message> {
    let (mut bytes, name) = (Vec::new(), key!("world-read-standard-input"));
    let read = io::stdin().take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| message!("world-read-failed", name = name, error = error.to_string()))?;
    decode(bytes, most, name)
}

/// Reads a file, and one byte more than `most` at most, so that a larger one is noticed.
///
/// # Errors
/// One sentence that names the file.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Message> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => message!("world-read-missing", shown = visible::path(path)),
        io::ErrorKind::WouldBlock => message!("world-read-device", shown = visible::path(path)),
        _ => message!("world-read-failed", name = visible::path(path), error = error.to_string()),
    };
    // Before it is opened: opening a named pipe would wait for its other end.
    let kind = std::fs::metadata(path).map_err(failed)?.file_type();
    if !kind.is_file() {
        return Err(if kind.is_dir() {
            message!("world-read-folder", shown = visible::path(path))
        } else {
            message!("world-read-device", shown = visible::path(path))
        });
    }
    let file = open(path).map_err(failed)?;
    if is_of_the_kernel(&file) {
        return Err(message!("world-read-kernel", shown = visible::path(path)));
    }
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Some files of the system call themselves files, and reading them waits for ever.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().read(true).custom_flags(NONBLOCK).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(all(target_os = "linux", feature = "disk"))]
const NONBLOCK: i32 = rustix::fs::OFlags::NONBLOCK.bits() as i32;

#[cfg(all(unix, not(all(target_os = "linux", feature = "disk"))))]
const NONBLOCK: i32 = 0;

/// Whether a file lies in `/proc`, `/sys` or the like.
#[cfg(all(target_os = "linux", feature = "disk"))]
fn is_of_the_kernel(file: &File) -> bool {
    /// The numbers of procfs, sysfs, debugfs, tracefs, securityfs and of control groups, from `linux/magic.h`.
    const OF_THE_KERNEL: [u32; 7] =
        [0x9fa0, 0x6265_6572, 0x6462_6720, 0x7472_6163, 0x7363_6673, 0x0027_e0eb, 0x6367_7270];
    rustix::fs::fstatfs(file).is_ok_and(|found| OF_THE_KERNEL.contains(&(found.f_type as u32)))
}

#[cfg(not(all(target_os = "linux", feature = "disk")))]
fn is_of_the_kernel(_: &File) -> bool {
    false
}

/// The text of bytes that were read; `name` is what messages call it.
///
/// # Errors
/// When there are more than `most`, or they are no UTF-8: one sentence.
pub fn decode(bytes: Vec<u8>, most: u64, name: impl Into<Message>) -> Result<ReadText, Message> {
    let name: Message = name.into();
    let sha256 = measured(&bytes, most, &name)?;
    let (text, encoding) = unicode(bytes).map_err(|bytes| no_text(&bytes, name))?;
    Ok(ReadText { text: plain(text), sha256, encoding })
}

/// The text of a file of data: as [`decode`], and GB18030 too, as Chinese Windows saves such files.
///
/// # Errors
/// When there are more than `most`, or they are no text: one sentence.
pub fn decode_data(bytes: Vec<u8>, most: u64, name: impl Into<Message>) -> Result<ReadText, Message> {
    let name: Message = name.into();
    let sha256 = measured(&bytes, most, &name)?;
    let (text, encoding) = match unicode(bytes) {
        Ok(found) => found,
        Err(bytes) => match gb18030(&bytes) {
            Some(text) => (text, Encoding::Gb18030),
            None => return Err(no_text(&bytes, name)),
        },
    };
    Ok(ReadText { text: plain(text), sha256, encoding })
}

/// The SHA-256 of bytes of which there may be so many.
///
/// # Errors
/// When there are more: one sentence.
pub fn measured(bytes: &[u8], most: u64, name: &Message) -> Result<String, Message> {
    if bytes.len() as u64 > most {
        return Err(message!("world-read-large", name = name, size = most >> 20));
    }
    Ok(sha256(bytes))
}

/// Why bytes are no text.
fn no_text(bytes: &[u8], name: Message) -> Message {
    if bytes.starts_with(b"PK\x03\x04") {
        message!("world-read-workbook", name = name)
    } else {
        message!("world-read-no-text", name = name)
    }
}

/// A text without a byte order mark, with lines that end in `\n`.
pub fn plain(text: String) -> String {
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    if text.contains("\r\n") { text.replace("\r\n", "\n") } else { text }
}

/// SHA-256 of bytes in hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of a file's bytes in hex, however large it is.
///
/// # Errors
/// When it cannot be read, or is no file on a disk.
pub fn sha256_of_file(path: &Path) -> io::Result<String> {
    let no_file = || io::Error::new(io::ErrorKind::InvalidInput, "it is no file on a disk");
    // Before it is opened: opening a named pipe would wait for its other end.
    if !std::fs::metadata(path)?.is_file() {
        return Err(no_file());
    }
    let mut digest = Sha256::new();
    let mut file = open(path)?;
    if is_of_the_kernel(&file) {
        return Err(no_file());
    }
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex(&digest.finalize())),
            read => digest.update(&piece[..read]),
        }
    }
}

/// Bytes in hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_and_carriage_returns_make_no_difference_but_to_the_hash() {
        let read = |bytes: &[u8]| decode(bytes.to_vec(), 100, Message::verbatim("a")).unwrap();
        let plain = read(b"a\nb\n");
        for other in [&b"\xef\xbb\xbfa\nb\n"[..], b"a\r\nb\r\n", b"\xef\xbb\xbfa\r\nb\n"] {
            assert_eq!(read(other).text, plain.text);
            assert_ne!(read(other).sha256, plain.sha256);
        }
        assert_eq!(read(b"a\rb").text, "a\rb", "a return that ends no line is part of the text");
    }

    #[test]
    fn what_is_too_large_or_no_text_is_told_with_its_name() {
        assert!(decode(vec![b'a'; 3], 3, Message::verbatim("a")).is_ok());
        assert!(
            decode(vec![b'a'; 4], 3, Message::verbatim("it"))
                .unwrap_err()
                .to_string()
                .starts_with("it is larger")
        );
        assert!(
            decode(vec![0xff], 3, Message::verbatim("it"))
                .unwrap_err()
                .to_string()
                .contains("save it as UTF-8")
        );
    }

    #[cfg(all(target_os = "linux", feature = "disk"))]
    #[test]
    fn files_of_the_kernel_are_not_read() {
        assert!(
            bytes(Path::new("/proc/self/environ"), 1 << 20)
                .unwrap_err()
                .to_string()
                .contains("no file on a disk")
        );
        assert!(bytes(Path::new("/dev/null"), 1 << 20).unwrap_err().to_string().contains("device"));
    }
}
