//! What drives the results of a run: first-order shares of variance from the run's own paths.
//!
//! The estimator is the correlation ratio less what chance puts into each bin, extrapolated to
//! infinitely many bins; see [`crate::ensemble::slices`]. A draw of every year is an input of every year, and
//! independent inputs' shares add up, so years, members and groups are sums of first-order indices of single draws.
//! What is known of the shares is that
//! all together are no more than the whole: where they come to more, by chance, what is too much is taken from each as its
//! variance is of that of all (least squares under that bound).
//! Which inputs are listed was chosen on other paths; errors come from what the run's own paths add to each share:
//! `influence.rs`.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

pub use super::ends::error_of_share;
use super::influence::{BinSpread, Explained, Influence, OfOutcome};
use super::row_share::row_share;
use super::summary::{Drivers, GroupShare, InputShare, Summary};
use super::{ends, unknown};
use crate::engine::{BinnedInput, Cuts, ExplainedOutcome, RowOrder, RowPaths, Slicing, row_paths};
use crate::ensemble::slices::{COARSE, ExplainedShare, LANES, OutcomeByBin};
use crate::ensemble::{Ensemble, Slices};
use crate::message;
use crate::model::{Driver, Labels, Model};
use crate::num::{Distribution, max, min};
use crate::text::Text;
use crate::text::period::label;

/// Groups and inputs with less of the variance are not listed; sums hold them all.
const LEAST_LISTED: f64 = 0.01;

/// What is asked of a run: outcomes with their names, and how draws are binned for them.
#[derive(Clone, Debug, PartialEq)]
pub struct DriverQuestion {
    /// Names of the outcomes: `gdp@2025`, `co2_peak`.
    pub names: Vec<String>,
    /// What the engine bins.
    pub slicing: Slicing,
}

/// Asks for every metric, every target and every year of every headline; where that is too much, for the
/// last year of each headline, and then for metrics and targets only. `None` when nothing is random, or even
/// that is too much. `paths` is how many the whole run has.
pub fn ask(model: &Model, paths: u64) -> Option<DriverQuestion> {
    let years = |keep: fn(i32, i32) -> bool| outcomes(&model.labels, keep);
    let mut asked = [years(|_, _| true), years(|year, last| year == last), years(|_, _| false)].into_iter();
    asked.find_map(|outcomes| {
        let (names, outcomes): (Vec<_>, Vec<_>) = outcomes.into_iter().unzip();
        question(model, names, &outcomes, paths)
    })
}

/// Why it is not known what drives each outcome of a model that [`ask`] finds too much; nothing where nothing is random.
pub fn too_many(model: &Model) -> BTreeMap<String, Text> {
    if model.inputs.is_empty() {
        return BTreeMap::new();
    }
    let why: Text = message!("result-drivers-too-many").into();
    let labels = &model.labels;
    let (_, all): (Vec<_>, Vec<_>) = outcomes(labels, |_, _| false).into_iter().unzip();
    let kinds = kinds(model);
    let slicing = Slicing::new(&model.program, &all, 1, |stream| kinds[&stream].clone());
    // What no draw moves is not too much.
    let is_random = |outcome: &ExplainedOutcome| match outcome {
        ExplainedOutcome::Series { series, .. } => labels.random.get(*series as usize) != Some(&false),
        ExplainedOutcome::Target(target) => labels.targets[*target as usize].decided.is_none(),
    };
    if slicing.is_some_and(|slicing| slicing.pairs.is_empty()) && !labels.random.contains(&true) {
        return BTreeMap::new();
    }
    let of = outcomes(labels, |_, _| true).into_iter().filter(|(_, outcome)| is_random(outcome));
    of.map(|(name, _)| (name, why.clone())).collect()
}

/// Asks for these outcomes of a run of so many paths; `None` when nothing is random, or that is too much.
pub fn question(
    model: &Model,
    names: Vec<String>,
    outcomes: &[ExplainedOutcome],
    paths: u64,
) -> Option<DriverQuestion> {
    let kinds = kinds(model);
    let slicing = Slicing::new(&model.program, outcomes, paths, |stream| kinds[&stream].clone())?;
    (!slicing.pairs.is_empty()).then_some(DriverQuestion { names, slicing })
}

/// Outcomes in the order of the years, so that sixteen together depend on much the same draws.
fn outcomes(labels: &Labels, keep: fn(i32, i32) -> bool) -> Vec<(String, ExplainedOutcome)> {
    let mut found = Vec::new();
    for year in labels.start..=labels.end {
        for variable in labels.variables.iter().filter(|variable| variable.headline) {
            if (variable.first_year..=variable.last_year).contains(&year) && keep(year, variable.last_year) {
                let series = variable.first_series + (year - variable.first_year) as u32;
                found.push((
                    format!("{}@{}", variable.name, label(year)),
                    ExplainedOutcome::Series { series, never: None },
                ));
            }
        }
    }
    found.extend(labels.metrics.iter().map(|metric| {
        (metric.name.clone(), ExplainedOutcome::Series { series: metric.series, never: metric.never })
    }));
    found.extend(
        (0..).zip(&labels.targets).map(|(k, target)| (target.name.clone(), ExplainedOutcome::Target(k))),
    );
    found
}

/// By stream: what the input is. One of few values, drawn on its own, is cut between its values, and a sample between
/// its rows.
fn kinds(model: &Model) -> IndexMap<u32, BinnedInput> {
    let drivers = &model.drivers;
    let (names, groups) = (first_with(drivers, |one| &one.name), first_with(drivers, |one| &one.group));
    let kind = |(place, driver): (usize, &Driver)| {
        let input = &model.inputs[place];
        let is_cut = (input.is_by_rows() || !driver.correlated) && !driver.varies;
        let steps = if is_cut { steps(&input.distribution) } else { None };
        let (name, group) = (names[place] as u32, groups[place] as u32);
        let by_rows = || RowOrder::of(input, driver).map(|order| Cuts::Rows(Box::new(order)));
        let cuts = steps.map(Cuts::At).or_else(by_rows).unwrap_or(Cuts::Smooth);
        (input.stream, BinnedInput { cuts, name, group })
    };
    drivers.iter().enumerate().map(kind).collect()
}

/// The uniforms at which a draw's value changes; `None` when it is not discrete or has too many values.
fn steps(distribution: &Distribution) -> Option<Vec<f64>> {
    if matches!(distribution, Distribution::Resample { .. }) {
        return distribution.row_edges(COARSE);
    }
    let mut steps = Vec::new();
    let mut reached = 0.0;
    while distribution.is_discrete() && steps.len() < COARSE {
        let value = distribution.quantile(min(reached + 1e-12, 1.0 - f64::EPSILON));
        reached = distribution.cdf(value);
        if reached >= 1.0 - 1e-12 {
            return Some(steps);
        }
        steps.push(reached);
    }
    None
}

/// What drives each outcome.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundDrivers {
    /// In sums.
    pub drivers: BTreeMap<String, Drivers>,
    /// By input.
    pub sensitivity: BTreeMap<String, Vec<InputShare>>,
    /// Why it is not known.
    pub not_known: BTreeMap<String, Text>,
}

impl FoundDrivers {
    /// Puts it where readers look for it.
    pub fn put_into(self, summary: &mut Summary) {
        let Self { drivers, sensitivity, not_known } = self;
        (summary.drivers, summary.sensitivity, summary.drivers_not_known) = (drivers, sensitivity, not_known);
    }
}

/// Finds what drives each outcome of a run, which was asked for it. Of an outcome that does not vary there is nothing to
/// find.
///
/// # Panics
/// When the question was not of this model or run.
pub fn find(model: &Model, question: &DriverQuestion, run: &Ensemble, seed: u64) -> FoundDrivers {
    let Some(slices) = &run.slices else { return FoundDrivers::default() };
    let reader = DriverReader::new(model, question, slices, (seed, run.paths));
    let influence = Influence::new(&model.program, &question.slicing, slices, seed, run.paths);
    let one = |outcome: usize| match unknown::why_unknown_in(run, slices, &question.slicing, outcome) {
        Some(reason) => Err(reason),
        None => {
            Ok(reader.effects(&influence, outcome).map(|e| (reader.sums(&e), reader.list(&influence, &e))))
        }
    };
    let all: Vec<_> = (0..question.names.len()).into_par_iter().map(one).collect();
    let mut found = FoundDrivers::default();
    for (name, one) in question.names.iter().zip(all) {
        match one {
            Ok(Some((sums, list))) => {
                found.drivers.insert(name.clone(), sums);
                found.sensitivity.insert(name.clone(), list);
            }
            Ok(None) => {}
            Err(reason) => {
                found.not_known.insert(name.clone(), reason);
            }
        }
    }
    found
}

/// By outcome the sums of the first-order indices of sets of draws, each draw by itself, with their standard errors; or why
/// they are not known. 0 where the outcome does not vary.
///
/// # Panics
/// As [`find`].
pub fn sums_of_draws(
    model: &Model,
    question: &DriverQuestion,
    slices: &Slices,
    (seed, paths): (u64, u64),
    sets: &[Vec<Vec<usize>>],
) -> Vec<Result<Vec<(f64, f64)>, Text>> {
    let reader = DriverReader::new(model, question, slices, (seed, paths));
    let influence = Influence::new(&model.program, &question.slicing, slices, seed, paths);
    let of_outcome = |(outcome, sets): (usize, &Vec<Vec<usize>>)| {
        if let Some(reason) = unknown::why_unknown(slices, &question.slicing, outcome) {
            return Err(reason);
        }
        let Some(effects) = reader.effects(&influence, outcome) else {
            return Ok(vec![(0.0, 0.0); sets.len()]);
        };
        let one = |draws: &Vec<usize>| {
            let mut inputs: Vec<usize> = draws.iter().map(|draw| reader.inputs[*draw]).collect();
            inputs.sort_unstable();
            inputs.dedup();
            effects.share(&JointInputs { inputs, draws: draws.clone() })
        };
        Ok(sets.iter().map(one).collect())
    };
    sets.par_iter().enumerate().map(of_outcome).collect()
}

/// By bin of a draw, an outcome within it.
type Spreads<'a> = dyn Fn(usize, &OutcomeByBin) -> Vec<BinSpread> + 'a;

/// Inputs that are told together, and their draws, both in order.
#[derive(Default)]
struct JointInputs {
    inputs: Vec<usize>,
    draws: Vec<usize>,
}

struct DriverReader<'a> {
    model: &'a Model,
    question: &'a DriverQuestion,
    slices: &'a Slices,
    /// Paths with their rows, where several columns share these.
    row_paths: Option<RowPaths>,
    /// By draw: its input.
    inputs: Vec<usize>,
    /// By sixteen outcomes and draw: the number of the pair.
    pairs: Vec<Option<usize>>,
    /// Inputs of the same name and group, by the first of them, and of the same grade.
    names: BTreeMap<usize, JointInputs>,
    groups: BTreeMap<usize, JointInputs>,
    grades: BTreeMap<&'a str, JointInputs>,
    all: JointInputs,
    parameters: JointInputs,
    shocks: JointInputs,
    weak: JointInputs,
}

/// By input: the first for which this is the same.
fn first_with(drivers: &[Driver], of: fn(&Driver) -> &String) -> Vec<usize> {
    let mut first: IndexMap<&str, usize> = IndexMap::new();
    drivers.iter().enumerate().map(|(place, driver)| *first.entry(of(driver)).or_insert(place)).collect()
}

/// Puts together what has the same key. `inputs` are those of the draws.
fn together<K: Ord>(inputs: &[usize], key: impl Fn(usize) -> K) -> BTreeMap<K, JointInputs> {
    let mut found: BTreeMap<K, JointInputs> = BTreeMap::new();
    for (draw, &input) in inputs.iter().enumerate() {
        let together = found.entry(key(input)).or_default();
        together.draws.push(draw);
        together.inputs.push(input);
    }
    for together in found.values_mut() {
        together.inputs.sort_unstable();
        together.inputs.dedup();
    }
    found
}

/// What all draws do to an outcome.
struct DrawEffects {
    outcome: usize,
    /// By draw that it may depend on: share of the variance.
    shares: Vec<Option<f64>>,
    errors: OfOutcome,
    /// The inputs of these draws, in order.
    inputs: Vec<usize>,
    /// What all shares came to, where that was more than the whole; else 1.
    whole: f64,
}

impl DrawEffects {
    /// Those of the draws that the outcome may depend on.
    fn of(&self, together: &JointInputs) -> impl Iterator<Item = usize> {
        together.draws.iter().copied().filter(|draw| self.shares[*draw].is_some())
    }

    /// Between nothing and all: what chance puts below zero is nothing.
    fn first_order(&self, together: &JointInputs) -> f64 {
        let shares = together.draws.iter().filter_map(|draw| self.shares[*draw]);
        min(max(shares.sum(), 0.0), 1.0)
    }

    /// The share of the variance and its standard error.
    fn share(&self, together: &JointInputs) -> (f64, f64) {
        (self.first_order(together), self.error(together))
    }

    /// The standard error of the share: where all came to more than the whole, of which each bears a part, also that of what the
    /// others came to.
    fn error(&self, together: &JointInputs) -> f64 {
        let own = self.errors.error(&together.inputs);
        if self.whole <= 1.0 {
            return own;
        }
        let is_other = |input: &usize| together.inputs.binary_search(input).is_err();
        let others: Vec<usize> = self.inputs.iter().copied().filter(is_other).collect();
        let by_others = self.first_order(together) * self.errors.error(&others);
        (own * own + by_others * by_others).sqrt()
    }
}

impl<'a> DriverReader<'a> {
    fn new(
        model: &'a Model,
        question: &'a DriverQuestion,
        slices: &'a Slices,
        (seed, paths): (u64, u64),
    ) -> Self {
        let by_stream: IndexMap<u32, usize> =
            model.inputs.iter().enumerate().map(|(place, input)| (input.stream, place)).collect();
        let Slicing { draws, pairs: asked, .. } = &question.slicing;
        let inputs: Vec<usize> = draws.iter().map(|draw| by_stream[&draw.stream]).collect();
        let mut pairs = vec![None; question.names.len().div_ceil(LANES) * draws.len()];
        for (place, (tile, draw)) in asked.iter().enumerate() {
            pairs[*tile as usize * draws.len() + *draw as usize] = Some(place);
        }
        let drivers = &model.drivers;
        let (names, groups) = (first_with(drivers, |one| &one.name), first_with(drivers, |one| &one.group));
        let with =
            |wanted: &dyn Fn(usize) -> bool| together(&inputs, wanted).remove(&true).unwrap_or_default();
        let is_once = |input: usize| model.inputs[input].kind.is_once();
        Self {
            model,
            question,
            slices,
            row_paths: row_paths(&model.program, &question.slicing, seed, paths),
            pairs,
            names: together(&inputs, |input| names[input]),
            groups: together(&inputs, |input| groups[input]),
            grades: together(&inputs, |input| drivers[input].grade.as_str()),
            all: with(&|_| true),
            parameters: with(&is_once),
            shocks: with(&|input| !is_once(input)),
            weak: with(&|input| drivers[input].is_weak()),
            inputs,
        }
    }

    fn pair(&self, outcome: usize, draw: usize) -> Option<usize> {
        self.pairs[outcome / LANES * self.inputs.len() + draw]
    }

    /// The effects of all draws that the outcome may depend on; `None` when it does not vary.
    fn effects(&self, influence: &Influence<'_>, outcome: usize) -> Option<DrawEffects> {
        if self.slices.variance(outcome) <= 0.0 {
            return None;
        }
        let slicing = &self.question.slicing;
        let replayed = influence.outcome(outcome);
        let draws = (0..self.inputs.len()).filter(|draw| slicing.depends(outcome, *draw));
        let explained = draws.filter_map(|draw| {
            let cuts = &slicing.draws[draw].kind.cuts;
            let (pair, smooth) = (self.pair(outcome, draw)?, cuts.is_smooth());
            if let (Some(order), Some(paths)) = (cuts.joint_rows(), &self.row_paths) {
                let of_rows = row_share(paths, order, draw, outcome);
                let part = ExplainedShare { share: of_rows.share, ..ExplainedShare::default() };
                return Some(Explained {
                    input: self.inputs[draw],
                    draw,
                    part,
                    bins: None,
                    without: of_rows.without,
                });
            }
            let part = self.slices.part(pair, draw, outcome, smooth);
            let is_chosen = self.slices.is_chosen(outcome, draw);
            let bins = if is_chosen { self.slices.bins(pair, draw, outcome, smooth) } else { None };
            Some(Explained { input: self.inputs[draw], draw, part, bins, without: Vec::new() })
        });
        let explained: Vec<Explained> = explained.collect();
        let whole = max(explained.iter().map(|one| one.part.share).sum::<f64>(), 1.0);
        let paths = self.slices.paths as f64;
        let variances: Vec<f64> = explained.iter().map(|one| one.variance(paths)).collect();
        let all = max(variances.iter().sum::<f64>(), f64::MIN_POSITIVE);
        let mut shares = vec![None; self.inputs.len()];
        for (one, variance) in explained.iter().zip(variances) {
            shares[one.draw] = Some(one.part.share - (whole - 1.0) * (variance / all));
        }
        let errors = replayed.errors(self.model.inputs.len(), &explained);
        let mut inputs: Vec<usize> = explained.iter().map(|one| one.input).collect();
        inputs.sort_unstable();
        inputs.dedup();
        Some(DrawEffects { outcome, shares, errors, inputs, whole })
    }

    fn sums(&self, effects: &DrawEffects) -> Drivers {
        let group = |(first, together): (&usize, &JointInputs)| {
            let chosen = &self.slices.chosen.groups;
            chosen.binary_search(&(effects.outcome as u32, *first as u32)).ok()?;
            let first_order = Some(effects.first_order(together)).filter(|share| *share >= LEAST_LISTED)?;
            let driver = &self.model.drivers[*first];
            let (group, title) = (driver.group.clone(), driver.group_title.clone());
            let standard_error = effects.error(together);
            Some(GroupShare { group, title, first_order, standard_error })
        };
        let mut groups: Vec<GroupShare> = self.groups.iter().filter_map(group).collect();
        groups.sort_by(|a, b| b.first_order.total_cmp(&a.first_order));
        let grades = self.grades.iter().filter(|(_, together)| effects.of(together).next().is_some());
        let grades = grades.map(|(grade, together)| ((*grade).to_owned(), effects.share(together)));
        let grades: BTreeMap<String, (f64, f64)> = grades.collect();
        let (_, standard_error) = effects.share(&self.all);
        let (parameters, parameters_error) = effects.share(&self.parameters);
        let (shocks, shocks_error) = effects.share(&self.shocks);
        let (weak, weak_error) = effects.share(&self.weak);
        // Neither is below nothing: the whole is what they come to, so that it can be drawn as parts.
        let explained = min(parameters + shocks, 1.0);
        Drivers {
            paths: self.slices.paths,
            explained,
            standard_error,
            unexplained: 1.0 - explained,
            parameters,
            parameters_error,
            shocks,
            shocks_error,
            grades: grades.iter().map(|(grade, share)| (grade.clone(), share.0)).collect(),
            grade_errors: grades.into_iter().map(|(grade, share)| (grade, share.1)).collect(),
            weak,
            weak_error,
            groups,
        }
    }

    /// The inputs that were chosen and explain a hundredth or more, the strongest first.
    fn list(&self, influence: &Influence<'_>, effects: &DrawEffects) -> Vec<InputShare> {
        let chosen = |name: usize| {
            self.slices.chosen.names.binary_search(&(effects.outcome as u32, name as u32)).is_ok()
        };
        let replayed = LazyCell::new(|| influence.outcome(effects.outcome));
        let spreads = |draw: usize, bins: &OutcomeByBin| replayed.spreads(draw, bins);
        let mut list: Vec<InputShare> = (self.names.iter().filter(|(name, _)| chosen(**name)))
            .filter_map(|(_, together)| self.one(&spreads, effects, together))
            .filter(|share| share.first_order >= LEAST_LISTED)
            .collect();
        list.sort_by(|a, b| b.first_order.total_cmp(&a.first_order).then_with(|| a.input.cmp(&b.input)));
        list
    }

    fn one(
        &self,
        spreads: &Spreads<'_>,
        effects: &DrawEffects,
        together: &JointInputs,
    ) -> Option<InputShare> {
        let draws: Vec<usize> = effects.of(together).collect();
        let drivers = || draws.iter().map(|draw| &self.model.drivers[self.inputs[*draw]]);
        let (first, driver) = (*draws.first()?, drivers().next()?);
        let (first_order, standard_error) = effects.share(together);
        let share = InputShare {
            input: driver.name.clone(),
            title: driver.title.clone(),
            group: driver.group.clone(),
            kind: self.model.inputs[self.inputs[first]].kind.name().to_owned(),
            // The lowest grade among the inputs, empty where none has one.
            grade: drivers().map(|driver| driver.grade.as_str()).max().unwrap_or_default().to_owned(),
            first_order,
            standard_error,
            draws: draws.len() as u32,
            correlated: driver.correlated,
            ..InputShare::default()
        };
        // The numbers of worlds are no values.
        let is_world = self.model.program.chooses_world(self.question.slicing.draws[first].stream);
        let ends =
            if draws.len() > 1 || is_world { None } else { self.ends(spreads, effects.outcome, first) };
        let Some(ends) = ends else { return Some(share) };
        let [(low, low_error), (high, high_error)] = ends;
        let distribution = &self.model.inputs[self.inputs[first]].distribution;
        let values = Some([0.0, 1.0].map(|end| ends::value_at(distribution, end)));
        Some(InputShare {
            low: Some(low),
            low_error: Some(low_error),
            high: Some(high),
            high_error: Some(high_error),
            values,
            ..share
        })
    }

    /// The outcome's mean at the lowest and the highest value of a draw that has few. `None` of other draws: on no path of the
    /// run do they lie at a quantile, and what lies about it is of other values.
    fn ends(&self, spreads: &Spreads<'_>, outcome: usize, draw: usize) -> Option<[(f64, f64); 2]> {
        let slicing = &self.question.slicing;
        if slicing.draws[draw].kind.cuts.is_smooth() {
            return None;
        }
        let bins = self.slices.bins(self.pair(outcome, draw)?, draw, outcome, false)?;
        let spreads = match slicing.outcomes[outcome] {
            ExplainedOutcome::Target(_) => None,
            ExplainedOutcome::Series { .. } => Some(spreads(draw, &bins)),
        };
        let input = self.inputs[draw];
        let lowest_and_highest = match &self.model.inputs[input].distribution {
            // Of the rows of several columns none is lower than another.
            Distribution::Resample { .. } if self.model.drivers[input].correlated => return None,
            Distribution::Resample { values, .. } => ends::lowest_and_highest(values),
            _ => [vec![0], vec![bins.bins.len() - 1]],
        };
        ends::ends(self.slices, outcome, (&bins, &lowest_and_highest), spreads.as_deref())
    }
}
