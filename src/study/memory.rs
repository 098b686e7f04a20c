//! How much memory a run takes, estimated before it starts, and rather too high than too low.

use crate::analysis::replayed::VALUES;
use crate::engine::{self, RunRequest};
use crate::ensemble::pairs_counted;
use crate::model::Program;
use crate::result::assemble;
use crate::scenario::Scenario;
use crate::scenario::written::Variable;

use super::{Compared, Prepared};

/// Bytes that a program takes that does nothing yet, fonts and tables included.
pub const PROGRAM: u64 = 32 << 20;

/// What a series takes besides its counts: in the summary, the histograms and the tables.
const RESULTS: u64 = 16 << 10;

/// What a series takes of which paths are replayed: 4096 numbers, or of very many series at least 256.
const REPLAYED: std::ops::RangeInclusive<u64> = 8 * 256..=8 * 4096;

/// The most series that are replayed besides what is recorded.
const PARTS: u64 = 4096;

/// What a stretch of paths takes that is written.
const STRETCH: u64 = 80 << 20;

/// What an instruction takes, in the model and while it is compiled.
const INSTRUCTION: u64 = 600;

/// What is made of a run besides its results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Besides {
    /// Figures, for which some paths are replayed.
    pub figures: bool,
    /// A file of all paths.
    pub export: bool,
}

/// The bytes that a run takes at its fullest: alone on all threads, and on one thread beside other runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Alone, on all threads.
    pub alone: u64,
    /// On one thread.
    pub on_one_thread: u64,
}

impl Prepared {
    /// The bytes that this run takes at its fullest on so many threads.
    pub fn need(&self, threads: usize, besides: Besides) -> Need {
        let question = self.question();
        let slicing = question.as_ref().map(|question| &question.slicing);
        let need = self.needed(threads, slicing);
        let more = self.besides(besides);
        Need { alone: need.alone + more, on_one_thread: need.on_one_thread + more }
    }

    fn needed(&self, threads: usize, slicing: Option<&engine::Slicing>) -> Need {
        let (program, settings) = (&self.model.program, &self.settings);
        let scales = engine::scales(program, settings.seed);
        let counted = |threads: usize| {
            let request = RunRequest { seed: settings.seed, paths: settings.paths, threads: Some(threads) };
            engine::memory(program, &scales, &request, slicing)
        };
        let fixed = PROGRAM
            + RESULTS * u64::from(program.series)
            + INSTRUCTION * instructions(program)
            + self.pairs();
        Need { alone: fixed + counted(threads), on_one_thread: fixed + counted(1) }
    }

    /// What is taken by the paths that are replayed for figures, and by a stretch of those that are written.
    fn besides(&self, besides: Besides) -> u64 {
        let export = if besides.export { STRETCH } else { 0 };
        if !besides.figures {
            return export;
        }
        // Replayed are the headlines, what they are sums of, and families that rise to one.
        let replayed = 2 * u64::from(self.model.program.series) + PARTS;
        let series = elements(&self.loaded.scenario).min(replayed);
        export + (REPLAYED.end() * series).min((8 * VALUES).max(REPLAYED.start() * series))
    }

    /// What pairs of targets take, in the counts and in the results.
    fn pairs(&self) -> u64 {
        let labels = &self.model.labels;
        let groups = assemble::counted_together(labels, &self.settings.pairs).unwrap_or_default();
        560 * pairs_counted(self.model.program.targets as usize, &groups) as u64
    }
}

/// The bytes that a comparison takes at its fullest on so many threads.
pub fn needed_together(compared: &Compared, threads: usize) -> u64 {
    let each: Vec<u64> =
        compared.prepared.iter().map(|one| one.needed(threads, None).alone - PROGRAM).collect();
    // The differences of each alternative from the reference take as much as it does.
    PROGRAM + each.iter().sum::<u64>() + each[1..].iter().sum::<u64>()
}

/// How many instructions a program has, with those of all worlds of a pool.
fn instructions(program: &Program) -> u64 {
    let worlds = program.pool.iter().flat_map(|pool| &pool.worlds);
    program.instructions.len() as u64 + worlds.map(instructions).sum::<u64>()
}

/// How many values all variables have: a number for each member and year.
fn elements(scenario: &Scenario) -> u64 {
    let years = (scenario.time.end - scenario.time.start).max(0) as u64 + 1;
    let members = |name: &String| scenario.sets.get(name).map_or(1, |set| set.members.len() as u64);
    let of = |variable: &Variable| {
        variable.indices.iter().fold(years, |product, index| product.saturating_mul(members(&index.name)))
    };
    let own = scenario.variables.values().fold(0_u64, |sum, variable| sum.saturating_add(of(variable)));
    let worlds = scenario.pool.iter().flat_map(|pool| &pool.worlds);
    own.max(worlds.map(|world| elements(&world.scenario)).max().unwrap_or_default())
}
