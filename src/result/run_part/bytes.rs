//! The file of a part.
//!
//! Its bytes: a line with the schema; what the part is, in the postcard format (numbers of variable length, little end
//! first); its counts in the same format, packed with zlib; and the SHA-256 of all that stands before it.

use std::io::{Read, Write};
use std::ops::Range;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{MOST_BYTES, PartError, PartOrigin, RunPart, SCHEMA, Shard};
use crate::engine::conditional::ConditionalCounts;
use crate::ensemble::Ensemble;

/// What a part is, without its counts.
#[derive(Serialize, Deserialize)]
struct Head<O> {
    origin: O,
    shard: Option<Shard>,
    blocks: Range<u64>,
}

/// What a part has counted.
type Counts = (Ensemble, Option<ConditionalCounts>);

impl RunPart {
    /// The bytes of its file: a line with the schema; what the part is, in the postcard format; its counts in the same
    /// format, packed with zlib; and the SHA-256 of all that stands before it.
    ///
    /// # Errors
    /// Never: a part has a form in the format.
    pub fn to_bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        let mut bytes = begin();
        let head = Head { origin: &self.origin, shard: self.shard, blocks: self.blocks.clone() };
        bytes.extend(postcard::to_stdvec(&head)?);
        let counts = postcard::to_stdvec(&(&self.ensemble, &self.conditional))?;
        let mut packed = ZlibEncoder::new(bytes, Compression::default());
        packed.write_all(&counts).map_err(|_| postcard::Error::SerializeBufferFull)?;
        let mut bytes = packed.finish().map_err(|_| postcard::Error::SerializeBufferFull)?;
        let digest = Sha256::digest(&bytes);
        bytes.extend_from_slice(&digest);
        Ok(bytes)
    }

    /// Reads the bytes of its file.
    ///
    /// # Errors
    /// When these are of no part, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PartError> {
        let body = bytes.strip_prefix(begin().as_slice()).ok_or(PartError::NoPart)?;
        let Some(length) = body.len().checked_sub(32) else { return Err(PartError::Damaged) };
        let (signed, digest) = bytes.split_at(bytes.len() - 32);
        if Sha256::digest(signed).as_slice() != digest {
            return Err(PartError::Damaged);
        }
        let damaged = |_| PartError::Damaged;
        let (head, packed): (Head<PartOrigin>, _) =
            postcard::take_from_bytes(&body[..length]).map_err(damaged)?;
        let mut counts = Vec::new();
        let unpacked = ZlibDecoder::new(packed).take(MOST_BYTES).read_to_end(&mut counts);
        unpacked.map_err(|_| PartError::Damaged)?;
        let (ensemble, conditional): Counts = postcard::from_bytes(&counts).map_err(damaged)?;
        let part =
            Self { origin: head.origin, shard: head.shard, blocks: head.blocks, ensemble, conditional };
        part.check().map_err(PartError::Senseless)?;
        Ok(part)
    }
}

fn begin() -> Vec<u8> {
    format!("{SCHEMA}\n").into_bytes()
}
