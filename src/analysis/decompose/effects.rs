//! The effects of factors on every path, and by which method each term is decomposed.

use std::ops::Range;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::EffectLabel;
use super::terms::Terms;
use crate::analysis::record::drawn_by_weight;
use crate::analysis::{lmdi, shapley};
use crate::engine::conditional::{Conditioning, conditional_paths};
use crate::engine::paths;
use crate::model::Program;
use crate::num::max;
use crate::text::Text;

/// Paths held at once by a thread.
const CHUNK: u64 = 1024;

/// How much of the size of a path's terms effects may miss the change by, through rounding.
const ROUNDING: f64 = 1e-9;

/// How the change of a term is shared out among its factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecompositionMethod {
    /// The term is its one factor, whose effect is the plain difference.
    Difference,
    /// The logarithmic mean Divisia index: no factor of the term is below zero on any path, at either end.
    Lmdi,
    /// Shapley's value: some factor of the term is below zero on some path, at one end or both.
    Shapley,
}

/// Why effects are not given as ratios, whose product is the ratio of the totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRatios {
    /// The totals are not both above zero, or both below, on so many paths.
    Sign(u64),
    /// A term is decomposed by [`DecompositionMethod::Shapley`], which adds and has no ratios.
    Shapley,
    /// Effects are so much larger than the total that some ratio is no number.
    TooLarge,
}

/// Paths on which the total or a factor has no value, so that nothing can be decomposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// How many they are.
    pub paths: u64,
    /// The first of them.
    pub first: u64,
    /// The factor that has no value there; `None` for the total.
    pub factor: Option<String>,
}

/// The effects on every path.
#[derive(Clone, Debug, PartialEq)]
pub struct PathEffects {
    /// What the effects are called; the rest has no label.
    pub labels: Vec<EffectLabel>,
    /// By effect: the methods of the terms that it is made of, each once.
    pub methods: Vec<Vec<DecompositionMethod>>,
    /// By term: the titles of the members that it is of, and its method.
    pub terms: Vec<(Vec<Text>, DecompositionMethod)>,
    /// By path on which all values are known: the total before and after.
    pub totals: Vec<(f64, f64)>,
    /// By effect and path: additive effects; the last is the rest: what the factors' products do not explain,
    /// and the factors that are not shown.
    pub additive: Vec<Vec<f64>>,
    /// By effect and path: multiplicative effects; the last is the rest.
    pub multiplicative: Result<Vec<Vec<f64>>, NoRatios>,
    /// The paths that are left out.
    pub unknown: Option<Unknown>,
    /// Whether the rest is nothing but rounding, on every path.
    pub is_whole: bool,
}

/// Paths that are drawn by what they weigh after a record.
struct DrawnPaths<'a> {
    record: &'a Conditioning,
    /// By path, how often it is drawn.
    times: Vec<u32>,
}

/// What is found on some consecutive paths.
struct BlockEffects {
    totals: Vec<(f64, f64)>,
    additive: Vec<Vec<f64>>,
    /// By term: whether a factor is below zero.
    signed: Vec<bool>,
    unknown: Option<Unknown>,
    is_whole: bool,
}

impl PathEffects {
    /// Decomposes on the paths of two programs that record the total and, term by term, its factors.
    ///
    /// One method is taken for a term on all paths. Which one is known when all of them have been seen: where a
    /// factor turns out to be below zero, they are gone through once more.
    ///
    /// After a record paths are drawn by their weights, as many as all of them say together: each counts as often as it is drawn.
    pub(super) fn of(
        programs: [&Program; 2],
        terms: &Terms,
        (seed, count): (u64, u64),
        record: Option<&Conditioning>,
    ) -> Self {
        let starts: Vec<u64> = (0..count.div_ceil(CHUNK)).map(|k| k * CHUNK).collect();
        let range = |first: u64| first..count.min(first + CHUNK);
        let drawn = record.map(|record| {
            let nothing = programs[0].only(&[], &[]);
            let logs = |first: &u64| conditional_paths(&nothing, record, seed, range(*first)).1;
            let logs: Vec<Vec<f64>> = starts.par_iter().map(logs).collect();
            let mut times = vec![0; count as usize];
            drawn_by_weight(&logs.concat()).into_iter().for_each(|path| times[path] += 1);
            DrawnPaths { record, times }
        });
        let decompose = |methods: &[DecompositionMethod]| {
            let chunk = |first: &u64| {
                BlockEffects::on_paths(programs, terms, methods, seed, range(*first), drawn.as_ref())
            };
            // Chunks come back in the order of their paths, on however many threads.
            let chunks: Vec<BlockEffects> = starts.par_iter().map(chunk).collect();
            chunks.into_iter().fold(BlockEffects::nothing(terms), BlockEffects::and)
        };
        let one = if terms.factors.len() == 1 {
            DecompositionMethod::Difference
        } else {
            DecompositionMethod::Lmdi
        };
        let mut methods = vec![one; terms.places.len()];
        let mut found = decompose(&methods);
        if one == DecompositionMethod::Lmdi && found.signed.contains(&true) {
            for (method, _) in methods.iter_mut().zip(&found.signed).filter(|(_, signed)| **signed) {
                *method = DecompositionMethod::Shapley;
            }
            found = decompose(&methods);
        }
        Self::from_found(found, terms, &methods)
    }

    fn from_found(found: BlockEffects, terms: &Terms, methods: &[DecompositionMethod]) -> Self {
        let by_effect = |effect: usize| {
            let is_in = |term: &usize| terms.places[*term].contains(&Some(effect));
            let mut of: Vec<DecompositionMethod> =
                (0..methods.len()).filter(is_in).map(|term| methods[term]).collect();
            of.sort_unstable();
            of.dedup();
            of
        };
        Self {
            multiplicative: ratios(&found, methods),
            labels: terms.labels.clone(),
            methods: (0..terms.labels.len()).map(by_effect).collect(),
            terms: terms.titles.iter().cloned().zip(methods.iter().copied()).collect(),
            totals: found.totals,
            additive: found.additive,
            unknown: found.unknown,
            is_whole: found.is_whole,
        }
    }
}

/// The multiplicative effects, by effect and path.
fn ratios(found: &BlockEffects, methods: &[DecompositionMethod]) -> Result<Vec<Vec<f64>>, NoRatios> {
    let of_one_sign = |(v0, v1): &(f64, f64)| (*v0 > 0.0 && *v1 > 0.0) || (*v0 < 0.0 && *v1 < 0.0);
    if methods.contains(&DecompositionMethod::Shapley) {
        return Err(NoRatios::Shapley);
    }
    match found.totals.iter().filter(|totals| !of_one_sign(totals)).count() as u64 {
        0 => {}
        paths => return Err(NoRatios::Sign(paths)),
    }
    let mut lists = vec![Vec::with_capacity(found.totals.len()); found.additive.len()];
    let mut effects = vec![0.0; found.additive.len()];
    for (path, (v0, v1)) in found.totals.iter().enumerate() {
        for (effect, list) in effects.iter_mut().zip(&found.additive) {
            *effect = list[path];
        }
        for (list, ratio) in lists.iter_mut().zip(lmdi::multiplicative(&effects, *v0, *v1)) {
            if !ratio.is_normal() {
                return Err(NoRatios::TooLarge);
            }
            list.push(ratio);
        }
    }
    Ok(lists)
}

impl BlockEffects {
    fn nothing(terms: &Terms) -> Self {
        Self {
            totals: Vec::new(),
            additive: vec![Vec::new(); terms.labels.len() + 1],
            signed: vec![false; terms.places.len()],
            unknown: None,
            is_whole: true,
        }
    }

    fn on_paths(
        programs: [&Program; 2],
        terms: &Terms,
        methods: &[DecompositionMethod],
        seed: u64,
        range: Range<u64>,
        drawn: Option<&DrawnPaths>,
    ) -> Self {
        let [before, after] = programs.map(|program| match drawn {
            None => paths(program, seed, range.clone()),
            Some(drawn) => conditional_paths(program, drawn.record, seed, range.clone()).0,
        });
        let mut found = Self::nothing(terms);
        let rows = before.series.rows().into_iter().zip(after.series.rows());
        for (path, (before, after)) in range.zip(rows) {
            for _ in 0..drawn.map_or(1, |drawn| drawn.times[path as usize]) {
                found.add(path, &before.to_vec(), &after.to_vec(), terms, methods);
            }
        }
        found
    }

    /// A path: the total and then by term the factors, before and after.
    fn add(
        &mut self,
        path: u64,
        before: &[f64],
        after: &[f64],
        terms: &Terms,
        methods: &[DecompositionMethod],
    ) {
        let ((v0, before), (v1, after)) = (split(before), split(after));
        let count = terms.factors.len();
        let of_terms: Vec<(Vec<f64>, Vec<f64>)> = (before.chunks(count).zip(after.chunks(count)))
            .map(|(x0, x1)| (defined(x0, x1), defined(x1, x0)))
            .collect();
        if let Err(factor) = have_values(v0, v1, &of_terms) {
            let factor = factor.map(|factor| terms.factors[factor].clone());
            let unknown = Unknown { paths: 1, first: path, factor };
            self.unknown = joined(self.unknown.take(), Some(unknown));
            return;
        }
        let mut effects = vec![0.0; self.additive.len()];
        let mut of_term = vec![0.0; count];
        let mut size = max(v0.abs(), v1.abs());
        for (term, (x0, x1)) in of_terms.iter().enumerate() {
            of_term.fill(0.0);
            match methods[term] {
                DecompositionMethod::Difference => of_term[0] = x1[0] - x0[0],
                DecompositionMethod::Lmdi => lmdi::add_effects(x0, x1, &mut of_term),
                DecompositionMethod::Shapley => shapley::add_effects(x0, x1, &mut of_term),
            }
            self.signed[term] |= x0.iter().chain(x1).any(|x| *x < 0.0);
            for (place, effect) in terms.places[term].iter().zip(&of_term) {
                effects[place.unwrap_or(terms.labels.len())] += effect;
                size = max(size, effect.abs());
            }
        }
        // Whatever is not shown, so that all effects add up to the change.
        let rest = effects.len() - 1;
        let explained: f64 = effects[..rest].iter().sum();
        effects[rest] = (v1 - v0) - explained;
        self.is_whole &= effects[rest].abs() <= ROUNDING * size;
        for (list, effect) in self.additive.iter_mut().zip(effects) {
            list.push(effect);
        }
        self.totals.push((v0, v1));
    }

    /// Adds what was found on the paths that follow.
    fn and(mut self, other: Self) -> Self {
        self.totals.extend(other.totals);
        for (mine, theirs) in self.additive.iter_mut().zip(other.additive) {
            mine.extend(theirs);
        }
        for (mine, theirs) in self.signed.iter_mut().zip(other.signed) {
            *mine |= theirs;
        }
        self.unknown = joined(self.unknown, other.unknown);
        self.is_whole &= other.is_whole;
        self
    }
}

fn joined(earlier: Option<Unknown>, later: Option<Unknown>) -> Option<Unknown> {
    match (earlier, later) {
        (Some(one), Some(other)) => Some(Unknown { paths: one.paths + other.paths, ..one }),
        (one, other) => one.or(other),
    }
}

fn split(row: &[f64]) -> (f64, &[f64]) {
    row.split_first().map_or((f64::NAN, &[]), |(total, factors)| (*total, factors))
}

/// Whether all values are finite. The error is the number of a factor that has none; `None` for the total.
fn have_values(v0: f64, v1: f64, terms: &[(Vec<f64>, Vec<f64>)]) -> Result<(), Option<usize>> {
    let of_term = |(x0, x1): &(Vec<f64>, Vec<f64>)| {
        (0..x0.len()).find(|factor| !x0[*factor].is_finite() || !x1[*factor].is_finite())
    };
    match terms.iter().find_map(of_term) {
        None if v0.is_finite() && v1.is_finite() => Ok(()),
        factor => Err(factor),
    }
}

/// Factors of a term that is not there (one of them is zero): what is then 0 / 0, energy per output of an
/// industry without output, is taken to be as it is at the other end, so that it has no effect.
fn defined(factors: &[f64], others: &[f64]) -> Vec<f64> {
    let is_gone = factors.contains(&0.0);
    let one = |(x, other): (&f64, &f64)| match x.is_nan() && is_gone {
        true if other.is_nan() => 0.0,
        true => *other,
        false => *x,
    };
    factors.iter().zip(others).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Terms of so many factors, each effect shown by itself.
    fn terms(names: &[&str], count: usize) -> Terms {
        let label = |name: &&str| EffectLabel { name: (*name).to_owned(), title: Text::default() };
        Terms {
            sets: Vec::new(),
            members: vec![Vec::new(); count],
            titles: (0..count).map(|term| vec![Text::plain(term.to_string())]).collect(),
            factors: names.iter().map(|name| (*name).to_owned()).collect(),
            labels: names.iter().map(label).collect(),
            places: vec![(0..names.len()).map(Some).collect(); count],
        }
    }

    /// What is found on some paths, each as the rows before and after.
    fn found(terms: &Terms, methods: &[DecompositionMethod], paths: &[(&[f64], &[f64])]) -> BlockEffects {
        let mut found = BlockEffects::nothing(terms);
        for (path, (before, after)) in (0..).zip(paths) {
            found.add(path, before, after, terms, methods);
        }
        found
    }

    /// An industry that is not there has no energy per output; when it comes, its output brings all of its energy.
    #[test]
    fn what_is_undefined_of_a_term_that_is_not_there_has_no_effect() {
        let terms = terms(&["output", "intensity"], 1);
        let nan = f64::NAN;
        let paths: [(&[f64], &[f64]); 2] =
            [(&[0.0, 0.0, nan], &[12.0, 6.0, 2.0]), (&[0.0, 0.0, nan], &[0.0, 0.0, nan])];
        for method in [DecompositionMethod::Lmdi, DecompositionMethod::Shapley] {
            let found = found(&terms, &[method], &paths);
            assert_eq!(found.additive, [[12.0, 0.0], [0.0, 0.0], [0.0, 0.0]], "{method:?}");
            assert!(found.unknown.is_none() && found.is_whole);
        }
    }

    #[test]
    fn a_path_without_a_value_is_left_out_and_named() {
        let terms = terms(&["a", "b"], 2);
        let whole: (&[f64], &[f64]) = (&[2.0, 1.0, 1.0, 1.0, 1.0], &[5.0, 2.0, 1.0, 3.0, 1.0]);
        let no_factor: (&[f64], &[f64]) = (&[2.0, 1.0, 1.0, 1.0, f64::NAN], &[5.0, 2.0, 1.0, 3.0, 1.0]);
        let infinite: (&[f64], &[f64]) = (&[2.0, 1.0, 1.0, 1.0, 1.0], &[5.0, 2.0, 1.0, f64::INFINITY, 0.0]);
        let no_total: (&[f64], &[f64]) = (&[2.0, 1.0, 1.0, 1.0, 1.0], &[f64::NAN, 2.0, 1.0, 3.0, 1.0]);
        let all = found(&terms, &[DecompositionMethod::Lmdi; 2], &[whole, no_factor, infinite, no_total]);
        assert_eq!(all.totals, [(2.0, 5.0)]);
        assert_eq!(all.unknown, Some(Unknown { paths: 3, first: 1, factor: Some("b".to_owned()) }));
        let total = found(&terms, &[DecompositionMethod::Lmdi; 2], &[no_total]);
        assert_eq!(total.unknown, Some(Unknown { paths: 1, first: 0, factor: None }));
        let joined = found(&terms, &[DecompositionMethod::Lmdi; 2], &[whole]).and(all);
        assert_eq!((joined.totals.len(), joined.unknown.map(|unknown| unknown.paths)), (2, Some(3)));
    }

    /// Zero is no sign, and minus zero is zero; the smallest number below it is one.
    #[test]
    fn a_term_is_signed_where_a_factor_is_below_zero() {
        let terms = terms(&["a", "b"], 1);
        let signed = |after: f64| {
            found(&terms, &[DecompositionMethod::Lmdi], &[(&[2.0, 1.0, 2.0], &[0.0, after, 5.0])]).signed[0]
        };
        assert_eq!([0.0, -0.0, 5e-324, -5e-324, -1.0].map(signed), [false, false, false, true, true]);
        let before = found(&terms, &[DecompositionMethod::Lmdi], &[(&[2.0, -1.0, 2.0], &[5.0, 1.0, 5.0])]);
        assert_eq!(before.signed, [true]);
    }

    #[test]
    fn ratios_are_of_totals_of_one_sign() {
        let terms = terms(&["a"], 1);
        let ratios_of = |v0: f64, v1: f64| {
            let paths: [(&[f64], &[f64]); 2] = [(&[1.0, 1.0], &[2.0, 2.0]), (&[v0, v0], &[v1, v1])];
            ratios(
                &found(&terms, &[DecompositionMethod::Difference], &paths),
                &[DecompositionMethod::Difference],
            )
        };
        for (v0, v1) in
            [(0.0, 1.0), (1.0, 0.0), (-1.0, 1.0), (1.0, -1.0), (0.0, -1.0), (-1.0, 0.0), (0.0, 0.0)]
        {
            assert_eq!(ratios_of(v0, v1), Err(NoRatios::Sign(1)), "{v0} {v1}");
        }
        let both_negative = ratios_of(-2.0, -6.0).unwrap();
        assert!((both_negative[0][1] - 3.0).abs() < 1e-12 && (both_negative[1][1] - 1.0).abs() < 1e-12);
        assert!((ratios_of(2.0, 6.0).unwrap()[0][1] - 3.0).abs() < 1e-12);
    }

    #[test]
    fn effects_that_dwarf_the_total_have_no_ratios() {
        let terms = terms(&["a"], 2);
        let paths: [(&[f64], &[f64]); 1] = [(&[1.0, 1.0, 0.0], &[1.0, 1e4, 1.0 - 1e4])];
        let of_all = ratios(
            &found(&terms, &[DecompositionMethod::Difference; 2], &paths),
            &[DecompositionMethod::Difference; 2],
        );
        assert!(of_all.is_ok(), "they are one effect, which is small");
        let mut apart = terms;
        apart.labels.push(EffectLabel::default());
        apart.places = vec![vec![Some(0)], vec![Some(1)]];
        let apart = ratios(
            &found(&apart, &[DecompositionMethod::Difference; 2], &paths),
            &[DecompositionMethod::Difference; 2],
        );
        assert_eq!(apart, Err(NoRatios::TooLarge));
    }

    /// The rest is rounding where it is a billionth of the largest term, and something where it is more.
    #[test]
    fn a_rest_is_nothing_up_to_rounding_on_every_path() {
        let terms = terms(&["a"], 1);
        let whole = |rest: f64| {
            let exact: (&[f64], &[f64]) = (&[1.0, 1.0], &[2.0, 2.0]);
            let off: (&[f64], &[f64]) = (&[0.0, 0.0], &[rest, 1.0]);
            found(&terms, &[DecompositionMethod::Difference], &[exact, off]).is_whole
        };
        assert!(whole(1.0) && whole(1.0 + 0.9e-9) && !whole(1.0 + 1.2e-9) && !whole(0.0));
    }
}
