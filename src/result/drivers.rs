//! What drives the results of a run: first-order shares of variance from the run's own paths.
//!
//! The estimator is the correlation ratio with the correction for chance of Kelley (1935), extrapolated to
//! infinitely many bins; see [`crate::ensemble::slices`]. A draw of every year is an input of every year, and
//! independent inputs' shares add up, so years, members and groups are sums. What is known of the shares is that
//! all together are no more than the whole: where they come to more, by chance, all are as much smaller.
//! Errors come from what the run's own paths add to each share: `influence.rs`.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::influence::{Explained, Influence, OfOutcome};
use super::summary::{Drivers, GroupShare, InputShare};
use crate::engine::{Cuts, Outcome, Slicing};
use crate::ensemble::Slices;
use crate::ensemble::slices::{BINS, EDGES, LANES, Parts, STEPS};
use crate::model::{Driver, Labels, Model};
use crate::num::{Distribution, max, min};

/// Groups, and inputs where there are many, with less of the variance are not listed; sums hold them all.
const LEAST_LISTED: f64 = 0.01;

/// Where there are no more inputs than this, all of them are listed.
const ALL_LISTED: usize = 40;

/// The 90 % point of the standard normal distribution.
const Z90: f64 = 1.2815515655446004;

/// What is asked of a run: outcomes with their names, and how draws are binned for them.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Names of the outcomes: `gdp@2025`, `co2_peak`.
    pub names: Vec<String>,
    /// What the engine bins.
    pub slicing: Slicing,
}

/// Asks for every metric, every target and every year of every headline; where that is too much, for the
/// last year of each headline, and then for metrics and targets only. `None` when nothing is random, or even
/// that is too much.
pub fn ask(model: &Model) -> Option<Question> {
    let years = |keep: fn(i32, i32) -> bool| outcomes(&model.labels, keep);
    let mut asked = [years(|_, _| true), years(|year, last| year == last), years(|_, _| false)].into_iter();
    let cuts = cuts(model);
    asked.find_map(|outcomes| {
        let (names, outcomes): (Vec<_>, Vec<_>) = outcomes.into_iter().unzip();
        let slicing = Slicing::new(&model.program, &outcomes, |stream| {
            cuts.get(&stream).cloned().unwrap_or(Cuts::Smooth)
        })?;
        (!slicing.pairs.is_empty()).then_some(Question { names, slicing })
    })
}

/// Outcomes in the order of the years, so that sixteen together depend on much the same draws.
fn outcomes(labels: &Labels, keep: fn(i32, i32) -> bool) -> Vec<(String, Outcome)> {
    let mut found = Vec::new();
    for year in labels.start..=labels.end {
        for variable in labels.variables.iter().filter(|variable| variable.headline) {
            if (variable.first_year..=variable.last_year).contains(&year) && keep(year, variable.last_year) {
                let series = variable.first_series + (year - variable.first_year) as u32;
                found.push((format!("{}@{year}", variable.name), Outcome::Series { series, never: None }));
            }
        }
    }
    let after = Some(f64::from(labels.end) + 1.0);
    found.extend(labels.metrics.iter().map(|metric| {
        let never = if metric.unit == "year" { after } else { None };
        (metric.name.clone(), Outcome::Series { series: metric.series, never })
    }));
    found.extend((0..).zip(&labels.targets).map(|(k, target)| (target.name.clone(), Outcome::Target(k))));
    found
}

/// By stream: an input of few values, drawn on its own, is cut between its values, and a sample between its rows.
fn cuts(model: &Model) -> IndexMap<u32, Cuts> {
    let own = model
        .inputs
        .iter()
        .zip(&model.drivers)
        .filter(|(input, driver)| input.is_by_rows() || !driver.correlated);
    own.filter_map(|(input, _)| Some((input.stream, Cuts::At(steps(&input.distribution)?)))).collect()
}

/// The uniforms at which a draw's value changes; `None` when it is not discrete or has too many values.
fn steps(distribution: &Distribution) -> Option<Vec<f64>> {
    if matches!(distribution, Distribution::Resample { .. }) {
        return distribution.row_edges(BINS);
    }
    let mut steps = Vec::new();
    let mut reached = 0.0;
    while distribution.is_discrete() && steps.len() < BINS {
        let value = distribution.quantile(min(reached + 1e-12, 1.0 - f64::EPSILON));
        reached = distribution.cdf(value);
        if reached >= 1.0 - 1e-12 {
            return Some(steps);
        }
        steps.push(reached);
    }
    None
}

/// What drives each outcome: sums, and shares of inputs.
pub type Found = (BTreeMap<String, Drivers>, BTreeMap<String, Vec<InputShare>>);

/// Finds what drives each outcome of a run of so many paths. Of an outcome that does not vary there is nothing to find.
///
/// # Panics
/// When the question was not of this model or run.
pub fn find(model: &Model, question: &Question, slices: &Slices, seed: u64, paths: u64) -> Found {
    let reader = Reader::new(model, question, slices);
    let influence = Influence::new(&model.program, &question.slicing, slices, seed, paths);
    let found = question.names.par_iter().enumerate().filter_map(|(outcome, name)| {
        let effects = reader.effects(&influence, outcome)?;
        Some(((name.clone(), reader.sums(&effects)), (name.clone(), reader.list(&effects))))
    });
    found.collect::<Vec<_>>().into_iter().unzip()
}

/// Inputs that are told together, and their draws, both in order.
#[derive(Default)]
struct Together {
    inputs: Vec<usize>,
    draws: Vec<usize>,
}

struct Reader<'a> {
    model: &'a Model,
    question: &'a Question,
    slices: &'a Slices,
    /// By draw: its input.
    inputs: Vec<usize>,
    /// By sixteen outcomes and draw: the number of the pair, and by that: what the draw explains.
    pairs: Vec<Option<usize>>,
    parts: Vec<Parts>,
    /// Inputs of the same name and group, by the first of them, and of the same grade.
    names: BTreeMap<usize, Together>,
    groups: BTreeMap<usize, Together>,
    grades: BTreeMap<&'a str, Together>,
    all: Together,
    parameters: Together,
    shocks: Together,
    weak: Together,
}

/// By input: the first for which this is the same.
fn first_with(drivers: &[Driver], of: fn(&Driver) -> &String) -> Vec<usize> {
    let mut first: IndexMap<&str, usize> = IndexMap::new();
    drivers.iter().enumerate().map(|(place, driver)| *first.entry(of(driver)).or_insert(place)).collect()
}

/// Puts together what has the same key. `inputs` are those of the draws.
fn together<K: Ord>(inputs: &[usize], key: impl Fn(usize) -> K) -> BTreeMap<K, Together> {
    let mut found: BTreeMap<K, Together> = BTreeMap::new();
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
struct Effects {
    outcome: usize,
    /// By draw that it may depend on: share of the variance.
    shares: Vec<Option<f64>>,
    errors: OfOutcome,
}

impl Effects {
    /// Those of the draws that the outcome may depend on.
    fn of(&self, together: &Together) -> impl Iterator<Item = usize> {
        together.draws.iter().copied().filter(|draw| self.shares[*draw].is_some())
    }

    /// Between nothing and all: what chance puts below zero is nothing.
    fn first_order(&self, together: &Together) -> f64 {
        let shares = together.draws.iter().filter_map(|draw| self.shares[*draw]);
        min(max(shares.sum(), 0.0), 1.0)
    }

    /// The share of the variance and its standard error.
    fn share(&self, together: &Together) -> (f64, f64) {
        (self.first_order(together), self.errors.error(&together.inputs))
    }
}

impl<'a> Reader<'a> {
    fn new(model: &'a Model, question: &'a Question, slices: &'a Slices) -> Self {
        let by_stream: IndexMap<u32, usize> =
            model.inputs.iter().enumerate().map(|(place, input)| (input.stream, place)).collect();
        let Slicing { draws, pairs: asked, .. } = &question.slicing;
        let inputs: Vec<usize> = draws.iter().map(|draw| by_stream[&draw.stream]).collect();
        let mut pairs = vec![None; question.names.len().div_ceil(LANES) * draws.len()];
        for (place, (tile, draw)) in asked.iter().enumerate() {
            pairs[*tile as usize * draws.len() + *draw as usize] = Some(place);
        }
        let totals = slices.totals();
        let parts = asked.par_iter().enumerate().map(|(pair, &(tile, draw))| {
            let draw = draw as usize;
            slices.parts(pair, draw, &totals[tile as usize], draws[draw].cuts == Cuts::Smooth)
        });
        let drivers = &model.drivers;
        let (names, groups) = (first_with(drivers, |one| &one.name), first_with(drivers, |one| &one.group));
        let with =
            |wanted: &dyn Fn(usize) -> bool| together(&inputs, wanted).remove(&true).unwrap_or_default();
        let is_once = |input: usize| model.inputs[input].kind.is_once();
        Self {
            model,
            question,
            slices,
            pairs,
            parts: parts.collect(),
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
    fn effects(&self, influence: &Influence<'_>, outcome: usize) -> Option<Effects> {
        let looked = influence.outcome(outcome);
        let variance = looked.variance;
        if variance <= 0.0 {
            return None;
        }
        let slicing = &self.question.slicing;
        let draws: Vec<usize> =
            (0..self.inputs.len()).filter(|draw| slicing.depends(outcome, *draw)).collect();
        let explained = draws.iter().filter_map(|&draw| {
            let pair = self.pair(outcome, draw)?;
            let uneven = looked.unevenness(draw, pair, draws.len());
            let part = self.parts[pair].of(outcome, variance, self.slices.paths, uneven);
            Some(Explained { input: self.inputs[draw], draw, pair, part })
        });
        let explained: Vec<Explained> = explained.collect();
        let whole: f64 = explained.iter().map(|one| one.part.variance / variance).sum();
        let mut shares = vec![None; self.inputs.len()];
        for one in &explained {
            shares[one.draw] = Some(one.part.variance / variance / max(whole, 1.0));
        }
        let errors = looked.errors(self.model.inputs.len(), &explained);
        Some(Effects { outcome, shares, errors })
    }

    fn sums(&self, effects: &Effects) -> Drivers {
        let group = |(first, together): (&usize, &Together)| {
            let first_order = Some(effects.first_order(together)).filter(|share| *share >= LEAST_LISTED)?;
            let driver = &self.model.drivers[*first];
            let (group, title) = (driver.group.clone(), driver.group_title.clone());
            let standard_error = effects.errors.error(&together.inputs);
            Some(GroupShare { group, title, first_order, standard_error })
        };
        let mut groups: Vec<GroupShare> = self.groups.iter().filter_map(group).collect();
        groups.sort_by(|a, b| b.first_order.total_cmp(&a.first_order));
        let grades = self.grades.iter().filter(|(_, together)| effects.of(together).next().is_some());
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
            grades: grades.map(|(grade, of)| ((*grade).to_owned(), effects.first_order(of))).collect(),
            weak,
            weak_error,
            groups,
        }
    }

    /// The inputs, the strongest first; of many only those with a share worth telling.
    fn list(&self, effects: &Effects) -> Vec<InputShare> {
        let inputs = || self.names.values().filter(|together| effects.of(together).next().is_some());
        let count = inputs().count();
        let all = count <= ALL_LISTED;
        let mut list: Vec<InputShare> = Vec::new();
        for together in inputs() {
            let first_order = effects.first_order(together);
            if !all && first_order < LEAST_LISTED {
                continue;
            }
            let draws: Vec<usize> = effects.of(together).collect();
            let drivers = || draws.iter().map(|draw| &self.model.drivers[self.inputs[*draw]]);
            let (Some(first), Some(driver)) = (draws.first(), drivers().next()) else { continue };
            let share = InputShare {
                input: driver.name.clone(),
                title: driver.title.clone(),
                group: driver.group.clone(),
                kind: self.model.inputs[self.inputs[*first]].kind.name().to_owned(),
                // The lowest grade among the inputs, empty where none has one.
                grade: drivers().map(|driver| driver.grade.as_str()).max().unwrap_or_default().to_owned(),
                first_order,
                standard_error: effects.errors.error(&together.inputs),
                low: None,
                high: None,
                correlated: driver.correlated,
            };
            if all || share.is_clear(count) {
                let (low, high) = self.ends(effects.outcome, &draws, first_order);
                list.push(InputShare { low, high, ..share });
            }
        }
        list.sort_by(|a, b| b.first_order.total_cmp(&a.first_order).then_with(|| a.input.cmp(&b.input)));
        list
    }

    /// The outcome's mean with an input at its 10 % and at its 90 % quantile. Of an input that is drawn more
    /// than once the effects are added: their sum is taken to be normal, and to fall where most of it falls.
    fn ends(&self, outcome: usize, draws: &[usize], first_order: f64) -> (Option<f64>, Option<f64>) {
        let alone = |draw: usize| {
            let means = self.slices.means(self.pair(outcome, draw)?, draw, outcome);
            let at = |u| mean_at(&self.question.slicing.draws[draw].cuts, &means, u);
            Some((at(0.1), at(0.9)))
        };
        if let [draw] = draws {
            return alone(*draw).unwrap_or_default();
        }
        let rise = |draw: &usize| {
            let (low, high) = alone(*draw).unwrap_or_default();
            low.zip(high).map_or(0.0, |(low, high)| high - low)
        };
        let falls = draws.iter().map(rise).sum::<f64>() < 0.0;
        let (mean, sd) = (self.slices.mean(outcome), self.slices.sd(outcome));
        let apart = Z90 * first_order.sqrt() * sd;
        let truth = matches!(self.question.slicing.outcomes[outcome], Outcome::Target(_));
        let kept = |x| if truth { min(max(x, 0.0), 1.0) } else { x };
        let apart = if falls { -apart } else { apart };
        (Some(kept(mean - apart)), Some(kept(mean + apart)))
    }
}

/// The mean at a uniform: of the bin that holds it, or on the line between the middles of two bins.
fn mean_at(cuts: &Cuts, means: &[Option<f64>; BINS], u: f64) -> Option<f64> {
    if let Cuts::At(cuts) = cuts {
        return means[cuts.iter().filter(|cut| u > **cut).count()];
    }
    let edge = |k: usize| if k == 0 { 0.0 } else { f64::from(EDGES[k - 1]) / f64::from(STEPS) };
    let middle = |k: usize| f64::midpoint(edge(k), edge(k + 1));
    let right = (1..BINS).find(|&k| middle(k) >= u)?;
    let share = (u - middle(right - 1)) / (middle(right) - middle(right - 1));
    let (a, b) = (means[right - 1]?, means[right]?);
    Some(a + share * (b - a))
}
