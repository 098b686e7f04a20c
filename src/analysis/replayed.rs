//! A few thousand paths of a run, replayed from its scenario, and what figures of single paths need of them.

use super::completion::{self, Completion};
use super::composition::{self, Composition};
use super::moved::Movable;
use super::outcome::{self, RequiredLevel};
use super::statement;
use crate::model::{RecordedVariables, compile};
use crate::result::ReplayedPaths;
use crate::result::summary::RunCondition;
use crate::scenario::Scenario;
use crate::text::DiagnosticList;

/// How many paths are replayed: odds from them are within two points of those of all paths nineteen times in
/// twenty.
pub const PATHS: u64 = 4096;

/// The most values that are kept of all paths together, 64 MB: of very many series fewer paths are replayed.
pub const VALUES: u64 = 8 << 20;

/// The fewest paths that are replayed, however many series there are.
const FEWEST: u64 = 256;

/// Among so many paths those are looked for on which a condition holds: figures are not worth another run.
const SEARCHED: u64 = 16 * PATHS;

/// The first paths of a run and what was found in them.
#[derive(Clone, Debug, Default)]
pub struct Replayed {
    /// The values, path by path.
    pub sample: ReplayedPaths,
    /// Headlines that are sums, with their parts.
    pub compositions: Vec<Composition>,
    /// Families of variables that rise from nothing to one.
    pub completions: Vec<Completion>,
    /// What targets ask of metrics.
    pub asked: Vec<RequiredLevel>,
    /// Metrics that are the year of a peak.
    pub peaks: Vec<String>,
    /// Where inputs can be moved.
    pub movable: Option<Movable>,
}

/// Replays the first paths of a run of `paths`; `also` are variables that are wanted besides the headlines.
/// Where the run has a condition, they are the first of those on which it holds.
/// `None` when the scenario has errors or there is no such variable.
pub fn replay(
    scenario: &Scenario,
    seed: u64,
    paths: u64,
    given: Option<&RunCondition>,
    also: &[String],
) -> Option<Replayed> {
    let all = compile(scenario, &RecordedVariables::All, &mut DiagnosticList::default())?;
    let families = completion::candidates(&all.labels);
    let (extended, compositions) = composition::compositions(scenario);
    let parts = compositions.iter().flat_map(|composition| &composition.parts).map(|(name, _)| name);
    let record: Vec<String> = parts.chain(&families).chain(also).cloned().collect();
    let extended = match given {
        Some(given) => statement::with_condition(extended, &given.condition)?,
        None => extended,
    };
    let model = compile(&extended, &RecordedVariables::Also(record), &mut DiagnosticList::default())?;
    let affordable = VALUES / u64::from(model.program.series).max(1);
    let most = paths.min(affordable.clamp(FEWEST, PATHS));
    let sample = match given {
        Some(given) => {
            let (among, condition) = (given.among.min(SEARCHED), statement::added_series(&model)?);
            ReplayedPaths::where_it_holds(&model, seed, among, most, condition)
        }
        None => ReplayedPaths::of(&model, seed, most),
    };
    if sample.paths == 0 {
        return None;
    }
    let completions = completion::completions(&families, &model.labels, &sample, scenario);
    let (asked, peaks) = (outcome::of_metrics(scenario), outcome::peaks(scenario));
    // Under a condition inputs are not independent, and moving one of them says nothing.
    let movable = given.is_none().then(|| Movable::new(scenario, seed)).flatten();
    Some(Replayed { sample, compositions, completions, asked, peaks, movable })
}
