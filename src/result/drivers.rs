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
use super::summary::{Drivers, GroupShare, InputShare, Summary};
use crate::engine::{Cuts, Outcome, Slicing};
use crate::ensemble::Slices;
use crate::ensemble::slices::{BINS, EDGES, LANES, STEPS};
use crate::model::{Driver, Input, Labels, Model};
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

/// By stream: an input of few values, drawn on its own, is cut between its values.
fn cuts(model: &Model) -> IndexMap<u32, Cuts> {
    let own = model.inputs.iter().zip(&model.drivers).filter(|(_, driver)| !driver.correlated);
    own.filter_map(|(input, _)| Some((input.stream, Cuts::At(steps(&input.distribution)?)))).collect()
}

/// The uniforms at which a draw's value changes; `None` when it is not discrete or has too many values.
fn steps(distribution: &Distribution) -> Option<Vec<f64>> {
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

/// Fills in what drives each outcome.
///
/// # Panics
/// When the question was not of this model or run.
pub fn fill(summary: &mut Summary, model: &Model, question: &Question, slices: &Slices) {
    let by_stream: IndexMap<u32, usize> =
        model.inputs.iter().enumerate().map(|(place, input)| (input.stream, place)).collect();
    let draws = &question.slicing.draws;
    let inputs = draws.iter().map(|draw| by_stream.get(&draw.stream).copied()).collect();
    let mut pairs = vec![None; question.names.len().div_ceil(LANES) * draws.len()];
    for (place, (tile, draw)) in question.slicing.pairs.iter().enumerate() {
        pairs[*tile as usize * draws.len() + *draw as usize] = Some(place);
    }
    let names = first_with(&model.drivers, |driver| &driver.name);
    let groups = first_with(&model.drivers, |driver| &driver.group);
    let influence = Influence::new(&model.program, &question.slicing, slices, summary.seed, summary.paths);
    let reader = Reader { model, question, slices, inputs, pairs, names, groups };
    let found = question.names.par_iter().enumerate().filter_map(|(outcome, name)| {
        // A target has truths; a value that is the same on every path has no variance to explain.
        let (effects, errors) = reader.effects(outcome, &influence)?;
        Some((name, reader.sums(&effects, &errors), reader.list(outcome, effects, &errors)))
    });
    for (name, drivers, sensitivity) in found.collect::<Vec<_>>() {
        summary.drivers.insert(name.clone(), drivers);
        summary.sensitivity.insert(name.clone(), sensitivity);
    }
}

struct Reader<'a> {
    model: &'a Model,
    question: &'a Question,
    slices: &'a Slices,
    /// By draw: its input.
    inputs: Vec<Option<usize>>,
    /// By sixteen outcomes and draw: the number of the pair.
    pairs: Vec<Option<usize>>,
    /// By input: the first of the same name, and of the same group.
    names: Vec<usize>,
    groups: Vec<usize>,
}

/// By input: the first for which this is the same.
fn first_with(drivers: &[Driver], of: fn(&Driver) -> &String) -> Vec<usize> {
    let mut first: IndexMap<&str, usize> = IndexMap::new();
    drivers.iter().enumerate().map(|(place, driver)| *first.entry(of(driver)).or_insert(place)).collect()
}

/// A share of the variance and its standard error.
type Share = (f64, f64);

/// What a draw does to an outcome.
struct Effect<'a> {
    /// Number of the input.
    place: usize,
    input: &'a Input,
    driver: &'a Driver,
    draw: usize,
    pair: usize,
    /// Share of the variance.
    share: f64,
}

/// Between nothing and all: what chance puts below zero is nothing.
fn first_order(effects: &[&Effect<'_>]) -> f64 {
    min(max(effects.iter().map(|effect| effect.share).sum(), 0.0), 1.0)
}

fn error(effects: &[&Effect<'_>], errors: &OfOutcome) -> f64 {
    let mut inputs: Vec<usize> = effects.iter().map(|effect| effect.place).collect();
    inputs.sort_unstable();
    inputs.dedup();
    errors.error(inputs.into_iter())
}

impl<'a> Reader<'a> {
    /// The effects of all draws that the outcome may depend on, and their errors; `None` when it does not vary.
    fn effects(&self, outcome: usize, influence: &Influence<'_>) -> Option<(Vec<Effect<'a>>, OfOutcome)> {
        let variance = self.slices.variance(outcome);
        if variance <= 0.0 {
            return None;
        }
        let slicing = &self.question.slicing;
        let values = influence.values(outcome);
        let draws = || slicing.draws.iter().enumerate().filter(|(k, _)| slicing.depends(outcome, *k));
        let count = draws().count();
        let (mut effects, mut explained) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for (number, draw) in draws() {
            let place = self.inputs[number]?;
            let pair = self.pairs[outcome / LANES * slicing.draws.len() + number]?;
            let uneven = influence.unevenness((outcome, number, pair), count, &values);
            let part = self.slices.part(pair, number, outcome, draw.cuts == Cuts::Smooth, uneven);
            explained.push(Explained { input: place, draw: number, pair, part });
            effects.push(Effect {
                place,
                input: &self.model.inputs[place],
                driver: &self.model.drivers[place],
                draw: number,
                pair,
                share: part.variance / variance,
            });
        }
        let whole: f64 = effects.iter().map(|effect| effect.share).sum();
        effects.iter_mut().for_each(|effect| effect.share /= max(whole, 1.0));
        Some((effects, influence.of(outcome, &values, &explained)))
    }

    fn sums(&self, effects: &[Effect<'_>], errors: &OfOutcome) -> Drivers {
        let sum = |wanted: &dyn Fn(&Effect<'_>) -> bool| -> Share {
            let wanted: Vec<&Effect<'_>> = effects.iter().filter(|effect| wanted(effect)).collect();
            (first_order(&wanted), error(&wanted, errors))
        };
        let mut grades: BTreeMap<&str, Vec<&Effect<'_>>> = BTreeMap::new();
        let mut groups: BTreeMap<usize, Vec<&Effect<'_>>> = BTreeMap::new();
        for effect in effects {
            grades.entry(&effect.driver.grade).or_default().push(effect);
            groups.entry(self.groups[effect.place]).or_default().push(effect);
        }
        let of_grade = |(grade, effects): (&str, Vec<_>)| (grade.to_owned(), first_order(&effects));
        let group = |(first, effects): (usize, Vec<&Effect<'_>>)| {
            let first_order = Some(first_order(&effects)).filter(|share| *share >= LEAST_LISTED)?;
            let driver = &self.model.drivers[first];
            let (group, title) = (driver.group.clone(), driver.group_title.clone());
            Some(GroupShare { group, title, first_order, standard_error: error(&effects, errors) })
        };
        let mut groups: Vec<GroupShare> = groups.into_iter().filter_map(group).collect();
        groups.sort_by(|a, b| b.first_order.total_cmp(&a.first_order));
        let (_, standard_error) = sum(&|_| true);
        let (parameters, parameters_error) = sum(&|effect| effect.input.kind.is_once());
        let (shocks, shocks_error) = sum(&|effect| !effect.input.kind.is_once());
        let (weak, weak_error) = sum(&|effect| effect.driver.is_weak());
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
            grades: grades.into_iter().map(of_grade).collect(),
            weak,
            weak_error,
            groups,
        }
    }

    /// The inputs, the strongest first; of many only those with a share worth telling.
    fn list(&self, outcome: usize, effects: Vec<Effect<'a>>, errors: &OfOutcome) -> Vec<InputShare> {
        let mut inputs: BTreeMap<usize, Vec<Effect<'a>>> = BTreeMap::new();
        for effect in effects {
            inputs.entry(self.names[effect.place]).or_default().push(effect);
        }
        let (count, all) = (inputs.len(), inputs.len() <= ALL_LISTED);
        let mut list: Vec<InputShare> = Vec::new();
        for (first, effects) in inputs {
            let together: Vec<&Effect<'_>> = effects.iter().collect();
            let first_order = first_order(&together);
            if !all && first_order < LEAST_LISTED {
                continue;
            }
            let standard_error = error(&together, errors);
            let (low, high) = self.ends(outcome, &effects, first_order);
            let Effect { driver, input, .. } = effects[0];
            let share = InputShare {
                input: self.model.drivers[first].name.clone(),
                title: driver.title.clone(),
                group: driver.group.clone(),
                kind: input.kind.name().to_owned(),
                grade: worst_grade(&effects),
                first_order,
                standard_error,
                low,
                high,
                correlated: driver.correlated,
            };
            if all || share.is_clear(count) {
                list.push(share);
            }
        }
        list.sort_by(|a, b| b.first_order.total_cmp(&a.first_order).then_with(|| a.input.cmp(&b.input)));
        list
    }

    /// The outcome's mean with an input at its 10 % and at its 90 % quantile. Of an input that is drawn more
    /// than once the effects are added: their sum is taken to be normal, and to fall where most of it falls.
    fn ends(&self, outcome: usize, effects: &[Effect<'_>], first_order: f64) -> (Option<f64>, Option<f64>) {
        let alone = |effect: &Effect<'_>| {
            let means = self.slices.means(effect.pair, effect.draw, outcome);
            let at = |u| mean_at(&self.question.slicing.draws[effect.draw].cuts, &means, u);
            (at(0.1), at(0.9))
        };
        if let [effect] = effects {
            return alone(effect);
        }
        let rise = |effect: &Effect<'_>| {
            let (low, high) = alone(effect);
            low.zip(high).map_or(0.0, |(low, high)| high - low)
        };
        let falls = effects.iter().map(rise).sum::<f64>() < 0.0;
        let (mean, sd) = (self.slices.mean(outcome), self.slices.sd(outcome));
        let apart = Z90 * first_order.sqrt() * sd;
        let truth = matches!(self.question.slicing.outcomes[outcome], Outcome::Target(_));
        let kept = |x| if truth { min(max(x, 0.0), 1.0) } else { x };
        let apart = if falls { -apart } else { apart };
        (Some(kept(mean - apart)), Some(kept(mean + apart)))
    }
}

/// The lowest grade among the inputs, empty where none has one.
fn worst_grade(effects: &[Effect<'_>]) -> String {
    effects.iter().map(|effect| effect.driver.grade.as_str()).max().unwrap_or_default().to_owned()
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
