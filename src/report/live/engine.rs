//! The engine of a page: this library compiled to WebAssembly by `web/build`, kept here so that a page can be written
//! without a compiler for WebAssembly.

use std::io::{self, Read};

use flate2::read::GzDecoder;

/// The engine with vector instructions (simd128), gzipped: browsers have them since 2021 to 2023.
pub static SIMD: &[u8] = include_bytes!("engine-simd.wasm.gz");

/// The engine without them, gzipped. Its results have the same bytes.
pub static COMPAT: &[u8] = include_bytes!("engine-compat.wasm.gz");

/// SHA-256 of the sources that both were made from, as `web/build` wrote it down: information for who builds them, not a
/// test, as a source may change without a result changing.
pub static FINGERPRINT: &str = include_str!("engine.sha256");

/// Which engines a page carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engines {
    /// The one with vector instructions.
    #[default]
    Simd,
    /// Both.
    Both,
}

/// The module that was gzipped.
///
/// # Errors
/// When the bytes are no gzip.
pub fn unpacked(engine: &[u8]) -> io::Result<Vec<u8>> {
    let mut module = Vec::new();
    GzDecoder::new(engine).read_to_end(&mut module)?;
    Ok(module)
}
