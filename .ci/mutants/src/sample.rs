//! Which changes are tried: drawn by a seed, equal shares a room and within it a kind.

use std::collections::{BTreeMap, BTreeSet};

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
    struck: BTreeSet<(usize, usize)>,
}

/// The room of a file of the library.
pub fn room(file: &str) -> &str {
    let inside = file.strip_prefix("src/").unwrap_or(file);
    inside.split(['/', '.']).next().unwrap_or(inside)
}

impl Sample {
    pub fn new(tree: &Tree, only: &str, seed: u64, count: usize) -> Result<Self, Failure> {
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
        let mut random = Random(seed);
        let rooms: Vec<Vec<Site>> = ROOMS
            .iter()
            .map(|name| sites.iter().filter(|site| room(&site.file) == *name).cloned().collect::<Vec<_>>())
            .filter(|sites| !sites.is_empty())
            .collect();
        let share = count.div_ceil(rooms.len().max(1));
        let drawn = rooms.into_iter().map(|sites| in_turn(sites, &mut random)).collect();
        Ok(Self { drawn, share, struck: BTreeSet::new() })
    }

    /// The sample, each change with its number.
    pub fn chosen(&self) -> Vec<(u32, &Site)> {
        let mut chosen: Vec<(u32, &Site)> = Vec::new();
        for (room, drawn) in self.drawn.iter().enumerate() {
            let mut taken: Vec<(usize, &Site)> = Vec::new();
            for (index, site) in drawn.iter().enumerate() {
                if taken.len() == self.share {
                    break;
                }
                let free = taken.iter().all(|(_, other)| tree::compatible(site, other));
                if free && !self.struck.contains(&(room, index)) {
                    taken.push((index, site));
                }
            }
            let first = (room * self.share) as u32;
            chosen.extend(taken.iter().enumerate().map(|(place, (_, site))| (first + place as u32, *site)));
        }
        chosen
    }

    /// Strikes out changes of the sample; the next that were drawn take their places.
    pub fn replace(&mut self, refused: &BTreeSet<u32>) {
        let struck: Vec<(String, std::ops::Range<usize>, Kind, String)> = self
            .chosen()
            .iter()
            .filter(|(id, _)| refused.contains(id))
            .map(|(_, site)| (site.file.clone(), site.range.clone(), site.kind, site.change.clone()))
            .collect();
        for (room, drawn) in self.drawn.iter().enumerate() {
            for (index, site) in drawn.iter().enumerate() {
                let same = |other: &(String, std::ops::Range<usize>, Kind, String)| {
                    other.0 == site.file
                        && other.1 == site.range
                        && other.2 == site.kind
                        && other.3 == site.change
                };
                if struck.iter().any(same) {
                    self.struck.insert((room, index));
                }
            }
        }
    }
}

/// Sites in a random order in which the kinds take turns.
fn in_turn(mut sites: Vec<Site>, random: &mut Random) -> Vec<Site> {
    for last in (1..sites.len()).rev() {
        sites.swap(last, random.below(last + 1));
    }
    let mut kinds: BTreeMap<Kind, Vec<Site>> = BTreeMap::new();
    for site in sites {
        kinds.entry(site.kind).or_default().push(site);
    }
    let longest = kinds.values().map(Vec::len).max().unwrap_or(0);
    (0..longest)
        .flat_map(|turn| kinds.values().filter_map(move |sites| sites.get(turn).cloned()).collect::<Vec<_>>())
        .collect()
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}
