//! A uniform draw as a pure function of its address `(seed, stream, path, year)`.

/// Paths in a block: the unit of work, and the group of paths whose uniforms share Philox calls.
pub const BLOCK: usize = 256;

/// One block's values of one quantity, a path a lane.
pub type Column = [f64; BLOCK];

/// The uniform in (0, 1) at this address.
pub fn uniform(_seed: u64, _stream: u32, _path: u64, _year: u32) -> f64 {
    0.5
}

/// The uniforms of all paths of a block: lane `i` holds `uniform(seed, stream, block * 256 + i, year)`.
pub fn uniform_column(_seed: u64, _stream: u32, _block: u64, _year: u32, out: &mut Column) {
    out.fill(0.5);
}
