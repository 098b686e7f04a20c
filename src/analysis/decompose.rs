//! Why a variable changed: its factors' effects on every path, by [`lmdi`](super::lmdi).

use crate::engine::paths;
use crate::formula::parse::parse;
use crate::formula::{Expr, Kind};
use crate::model::{Record, compile};
use crate::scenario::Loaded;
use crate::scenario::Scenario;
use crate::scenario::written::{Formula, Metric};
use crate::text::{Place, Problem, Text};

use super::lmdi::{add_effects, multiplicative};

/// Paths held at once.
const CHUNK: u64 = 4096;

/// Most terms: the members that factors run over, multiplied.
const MOST_TERMS: usize = 2000;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// The total: a variable, `co2`.
    pub total: String,
    /// The factors: what they are called, and their formulas, which may have sets for indices.
    pub factors: Vec<(String, String)>,
    /// First and last year.
    pub years: (i32, i32),
}

/// The effects on every path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// By path: the total before and after.
    pub totals: Vec<(f64, f64)>,
    /// By factor and path: additive effects; the last is the rest, what the factors' products do not explain.
    pub additive: Vec<Vec<f64>>,
    /// By factor and path: multiplicative effects; the last is the rest.
    pub multiplicative: Vec<Vec<f64>>,
}

/// Decomposes the change of a total on so many paths.
///
/// # Errors
/// What is wrong with the question or the scenario is among the problems of `loaded`.
pub fn decompose(loaded: &mut Loaded, question: &Question, seed: u64, count: u64) -> Option<Effects> {
    let parsed = parsed(loaded, question)?;
    let sets = sets(&loaded.scenario, &parsed);
    let terms = combinations(&loaded.scenario, &sets);
    if terms.len() > MOST_TERMS {
        let problem = Problem::error(
            None,
            format!("the factors run over {} terms: more than {MOST_TERMS}", terms.len()),
        );
        loaded.problems.push(problem.help("use factors over smaller sets"));
        return None;
    }
    let series = added(loaded, question, &parsed, &sets, &terms)?;
    let factors = question.factors.len();
    let mut effects = Effects {
        totals: Vec::new(),
        additive: vec![Vec::new(); factors + 1],
        multiplicative: vec![Vec::new(); factors + 1],
    };
    let mut first = 0;
    while first < count {
        let chunk = paths(&series, seed, first..count.min(first + CHUNK));
        for row in chunk.series.rows() {
            let row: Vec<f64> = row.to_vec();
            effects.add(&row, factors, terms.len());
        }
        first += CHUNK;
    }
    Some(effects)
}

impl Effects {
    /// A path: the total before and after, and then by term the factors before and after.
    fn add(&mut self, row: &[f64], factors: usize, terms: usize) {
        let (before, after) = (row[0], row[1]);
        let mut effects = vec![0.0; factors + 1];
        for term in 0..terms {
            let values = &row[2 + term * 2 * factors..][..2 * factors];
            let (x0, x1) = values.split_at(factors);
            add_effects(x0, x1, &mut effects[..factors]);
        }
        // Whatever is not in the products, so that all effects add up to the change.
        let explained: f64 = effects[..factors].iter().sum();
        effects[factors] = (after - before) - explained;
        for (list, ratio) in self.multiplicative.iter_mut().zip(multiplicative(&effects, before, after)) {
            list.push(ratio);
        }
        for (list, effect) in self.additive.iter_mut().zip(effects) {
            list.push(effect);
        }
        self.totals.push((before, after));
    }
}

/// The total and the factors as trees, each with the number of its text.
fn parsed(loaded: &mut Loaded, question: &Question) -> Option<Vec<(Expr, u32, String)>> {
    let texts = std::iter::once(&question.total).chain(question.factors.iter().map(|(_, formula)| formula));
    let texts: Vec<String> = texts.cloned().collect();
    let mut trees = Vec::new();
    for text in texts {
        let file = loaded.files.add("--by", text.clone());
        match parse(&text) {
            Ok(tree) => trees.push((tree, file, text)),
            Err(error) => {
                let place = Place::new(file, error.span.start, error.span.end);
                loaded.problems.push(Problem::error(place, error.message));
            }
        }
    }
    (!loaded.problems.has_errors()).then_some(trees)
}

/// The sets that stand free in the factors, in the order in which they are met.
fn sets(scenario: &Scenario, trees: &[(Expr, u32, String)]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (tree, ..) in trees {
        visit(&mut tree.clone(), &mut Vec::new(), &mut |index| {
            if scenario.sets.contains_key(index.as_str()) && !found.contains(index) {
                found.push(index.clone());
            }
        });
    }
    found
}

/// Calls `each` for every index that no reduction binds.
fn visit(expr: &mut Expr, bound: &mut Vec<String>, each: &mut impl FnMut(&mut String)) {
    match &mut expr.kind {
        Kind::Number(_) => {}
        Kind::Name { index, .. } => {
            index
                .iter_mut()
                .filter(|index| !bound.contains(&index.name))
                .for_each(|index| each(&mut index.name));
        }
        Kind::Unary(_, x) => visit(x, bound, each),
        Kind::Binary(_, a, b) | Kind::At(a, b) => {
            visit(a, bound, each);
            visit(b, bound, each);
        }
        Kind::Call { arguments, .. } => arguments.iter_mut().for_each(|x| visit(x, bound, each)),
        Kind::Over { indices, condition, body, .. } => {
            let before = bound.len();
            bound.extend(
                indices.iter().map(|index| index.alias.clone().unwrap_or_else(|| index.name.clone())),
            );
            condition.iter_mut().for_each(|condition| visit(condition, bound, each));
            visit(body, bound, each);
            bound.truncate(before);
        }
    }
}

/// Every combination of the sets' members.
fn combinations(scenario: &Scenario, sets: &[String]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for set in sets {
        let members: Vec<&String> = scenario.sets[set].members.keys().collect();
        all = all
            .into_iter()
            .flat_map(|row| members.iter().map(move |member| [row.as_slice(), &[(*member).clone()]].concat()))
            .collect();
        if all.len() > MOST_TERMS {
            break;
        }
    }
    all
}

/// The program that records the total before and after, and then term by term all factors before, all after.
fn added(
    loaded: &mut Loaded,
    question: &Question,
    trees: &[(Expr, u32, String)],
    sets: &[String],
    terms: &[Vec<String>],
) -> Option<crate::model::Program> {
    let years = [question.years.0, question.years.1];
    let mut scenario = loaded.scenario.clone();
    let mut names = Vec::new();
    let mut add = |tree: &Expr, file: u32, text: &str, members: &[String], year: i32| {
        let mut tree = tree.clone();
        visit(&mut tree, &mut Vec::new(), &mut |index| {
            if let Some(place) = sets.iter().position(|set| set == index)
                && let Some(member) = members.get(place)
            {
                index.clone_from(member);
            }
        });
        let span = tree.span;
        let at = Expr::new(Kind::Number(f64::from(year)), span);
        let tree = Expr::new(Kind::At(Box::new(tree), Box::new(at)), span);
        let place = Place::new(file, 0, text.len());
        let formula = Formula { tree, text: text.to_owned(), place };
        let name = format!("(by {})", names.len());
        let title = Text::default();
        let metric = Metric { formula, unit: String::new(), unit_place: None, title, place };
        scenario.metrics.insert(name.clone(), metric);
        names.push(name);
    };
    let (total, factors) = trees.split_first()?;
    for year in years {
        add(&total.0, total.1, &total.2, &[], year);
    }
    for members in terms {
        for year in years {
            factors.iter().for_each(|(tree, file, text)| add(tree, *file, text, members, year));
        }
    }
    let model = compile(&scenario, &Record::Headlines, &mut loaded.problems)?;
    let series =
        |name: &String| model.labels.metrics.iter().find(|metric| metric.name == *name).map(|m| m.series);
    let series: Vec<u32> = names.iter().filter_map(series).collect();
    Some(model.program.only(&series, &[]))
}
