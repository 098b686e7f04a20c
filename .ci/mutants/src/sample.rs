//! Which changes are tried: drawn by a seed, equal shares a room and within it a kind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::site::{self, Kind, Site};
use crate::tree::{self, Failure, Tree};

pub const ROOMS: [&str; 10] =
    ["text", "num", "formula", "ensemble", "scenario", "model", "engine", "result", "analysis", "study"];

/// Vector instructions: what is unsafe there may not be changed at random.
const LEFT_OUT: &str = "src/num/wide";

pub struct Sample {
    /// All sites of each room, in the order in which they are drawn.
    drawn: Vec<Vec<Site>>,
    share: usize,
    /// Names of changes that do not compile.
    struck: BTreeSet<String>,
    notes: PathBuf,
}

/// The room of a file of the library.
pub fn room(file: &str) -> &str {
    let inside = file.strip_prefix("src/").unwrap_or(file);
    inside.split(['/', '.']).next().unwrap_or(inside)
}

impl Sample {
    /// A sample, without what the file of notes says does not compile.
    pub fn new(tree: &Tree, only: &str, seed: u64, count: usize, notes: PathBuf) -> Result<Self, Failure> {
        let mut sites = Vec::new();
        let mut tests = Vec::new();
        for (file, text) in tree.sources() {
            if file.starts_with(LEFT_OUT) || !ROOMS.contains(&room(file)) {
                continue;
            }
            let (found, modules) = site::find(file, text).map_err(|error| format!("{file}: {error}"))?;
            sites.extend(found);
            let folder = file.strip_suffix("/mod.rs").or_else(|| file.strip_suffix(".rs")).unwrap_or(file);
            tests.extend(
                modules.iter().flat_map(|name| [format!("{folder}/{name}.rs"), format!("{folder}/{name}/")]),
            );
        }
        sites
            .retain(|site| !tests.iter().any(|path| site.file.starts_with(path)) && site.file.contains(only));
        let rooms: Vec<Vec<Site>> = ROOMS
            .iter()
            .map(|name| sites.iter().filter(|site| room(&site.file) == *name).cloned().collect::<Vec<_>>())
            .filter(|sites| !sites.is_empty())
            .collect();
        let share = count.div_ceil(rooms.len().max(1));
        let drawn = rooms.into_iter().map(|sites| in_turn(sites, seed)).collect();
        let struck = std::fs::read_to_string(&notes).unwrap_or_default().lines().map(str::to_owned).collect();
        Ok(Self { drawn, share, struck, notes })
    }

    /// The sample, each change with its number.
    pub fn chosen(&self) -> Vec<(u32, &Site)> {
        let mut chosen: Vec<(u32, &Site)> = Vec::new();
        for (room, drawn) in self.drawn.iter().enumerate() {
            let mut taken: Vec<&Site> = Vec::new();
            for site in drawn {
                if taken.len() == self.share {
                    break;
                }
                let free = taken.iter().all(|other| tree::compatible(site, other));
                if free && !self.struck.contains(&site.name()) {
                    taken.push(site);
                }
            }
            let first = (room * self.share) as u32;
            chosen.extend(taken.iter().enumerate().map(|(place, site)| (first + place as u32, *site)));
        }
        chosen
    }

    /// Strikes out changes of the sample, and notes them; the next that were drawn take their places.
    pub fn replace(&mut self, refused: &BTreeSet<u32>) -> Result<(), Failure> {
        let chosen = self.chosen();
        let names = chosen.iter().filter(|(id, _)| refused.contains(id)).map(|(_, site)| site.name());
        let names: Vec<String> = names.collect();
        self.struck.extend(names);
        let lines: String = self.struck.iter().map(|name| format!("{name}\n")).collect();
        Ok(std::fs::write(&self.notes, lines)?)
    }
}

/// The sites of a room in a random order in which the kinds take turns. A site's place is drawn from its words, so that
/// the sample stays nearly the same while the sources change elsewhere, or a file is renamed.
fn in_turn(mut sites: Vec<Site>, seed: u64) -> Vec<Site> {
    let mut met: BTreeMap<(String, String), usize> = BTreeMap::new();
    for site in &mut sites {
        let count = met.entry((site.function.clone(), site.change.clone())).or_default();
        site.turn = std::mem::replace(count, *count + 1);
    }
    sites.sort_by_cached_key(|site| drawn(seed, site));
    let mut kinds: BTreeMap<Kind, Vec<Site>> = BTreeMap::new();
    for site in sites {
        kinds.entry(site.kind).or_default().push(site);
    }
    let longest = kinds.values().map(Vec::len).max().unwrap_or(0);
    (0..longest)
        .flat_map(|turn| kinds.values().filter_map(move |sites| sites.get(turn).cloned()).collect::<Vec<_>>())
        .collect()
}

/// A random number for a site: its words through FNV-1a, then the last step of SplitMix64 (Steele, Lea and Flood 2014).
fn drawn(seed: u64, site: &Site) -> u64 {
    let words = format!("{seed} {} {} {}", site.function, site.change, site.turn);
    let hash = words.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
