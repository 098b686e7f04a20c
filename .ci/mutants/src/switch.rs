//! The switch that the changed library asks: which change is on, or which are reached.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

const UNREAD: u32 = u32::MAX;
const RECORDING: u32 = u32::MAX - 1;
const NONE: u32 = u32::MAX - 2;

static CHOSEN: AtomicU32 = AtomicU32::new(UNREAD);
static REACHED: [AtomicBool; 4096] = [const { AtomicBool::new(false) }; 4096];

/// Whether the change of this number is on.
#[inline(always)]
pub fn on(id: u32) -> bool {
    let chosen = CHOSEN.load(Relaxed);
    chosen == id || (chosen > NONE && first(id, chosen))
}

#[cold]
fn first(id: u32, mut chosen: u32) -> bool {
    let record = std::env::var_os("PLANCAST_REACHED");
    if chosen == UNREAD {
        let asked = std::env::var("PLANCAST_MUTANT").ok().and_then(|text| text.parse().ok());
        chosen = if record.is_some() { RECORDING } else { asked.unwrap_or(NONE) };
        CHOSEN.store(chosen, Relaxed);
    }
    if let (RECORDING, Some(file)) = (chosen, record)
        && !REACHED[id as usize].swap(true, Relaxed)
    {
        use std::io::Write;
        if let Ok(mut file) = std::fs::OpenOptions::new().append(true).create(true).open(file) {
            let _ = file.write_all(format!("{id}\n").as_bytes());
        }
    }
    chosen == id
}
