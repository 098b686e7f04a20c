//! Why a variable changed, or differs between two scenarios: its factors' effects on every path, by
//! [`lmdi`](super::lmdi).

use indexmap::IndexMap;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::engine::paths;
use crate::formula::parse::parse;
use crate::formula::{Expr, Kind};
use crate::model::{Program, Record, compile};
use crate::scenario::written::{Decomposition, Formula, Metric};
use crate::scenario::{Loaded, Scenario};
use crate::text::suggest::did_you_mean;
use crate::text::{Place, Problem, Problems, Severity, Text};

use super::lmdi::{add_effects, multiplicative};

/// Paths held at once by a thread.
const CHUNK: u64 = 1024;

/// Most terms: the members that factors run over, multiplied.
const MOST_TERMS: usize = 2000;

/// A factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// What its effect is called.
    pub name: String,
    /// Title of its effect.
    pub title: Text,
    /// The factor; it may have sets for indices.
    pub formula: Formula,
    /// The set by whose members its effect is told.
    pub each: Option<(String, Place)>,
    /// Whether its effect is told by itself; if not, it is in the rest.
    pub told: bool,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The total: a variable, `co2`.
    pub total: Formula,
    /// The factors, whose products add up to the total, or nearly.
    pub factors: Vec<Factor>,
    /// What the rest is called; empty for "other".
    pub rest: Text,
}

/// An effect as it is told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// Name, and the member in brackets where it is told by members: `structure[coal]`.
    pub name: String,
    /// Title.
    pub title: Text,
}

/// The effects on every path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// What is told; the rest has no place here.
    pub told: Vec<Told>,
    /// By path: the total before and after.
    pub totals: Vec<(f64, f64)>,
    /// By effect and path: additive effects; the last is the rest: what the factors' products do not explain,
    /// and the factors that are not told.
    pub additive: Vec<Vec<f64>>,
    /// By effect and path: multiplicative effects; the last is the rest. NaN where the total is not above zero
    /// before and after.
    pub multiplicative: Vec<Vec<f64>>,
}

/// A question of factors that were typed: their names and formulas.
///
/// # Errors
/// What cannot be read is among the problems of `loaded`.
pub fn typed(loaded: &mut Loaded, total: &str, factors: &[(String, String)]) -> Option<Question> {
    let question = Question {
        total: read(loaded, "TOTAL", total)?,
        factors: factors
            .iter()
            .map(|(name, text)| {
                let formula = read(loaded, "--by", text)?;
                let title = Text::plain(name);
                Some(Factor { name: name.clone(), title, formula, each: None, told: true })
            })
            .collect::<Option<_>>()?,
        rest: Text::default(),
    };
    Some(question)
}

/// A question of the effects that `[decompositions]` declares for a variable: of the first decomposition that has
/// all those that are named, or of the first one where none is.
///
/// # Errors
/// When there is none: what could be asked is among the problems of `loaded`.
pub fn declared(loaded: &mut Loaded, total: &str, effects: &[String]) -> Option<Question> {
    let all = || loaded.scenario.decompositions.values().filter(|decomposition| decomposition.of.0 == total);
    let Some(found) = all().find(|one| effects.iter().all(|name| one.effects.contains_key(name))) else {
        let known: Vec<&str> = all().flat_map(|one| one.effects.keys()).map(String::as_str).collect();
        let unknown = effects.iter().find(|name| !known.contains(&name.as_str()));
        let variables: Vec<&str> = loaded.scenario.variables.keys().map(String::as_str).collect();
        let name = total.split('[').next().unwrap_or(total);
        let is_variable = variables.iter().any(|known| known.split('[').next() == Some(name));
        let (message, help) = match (known.is_empty(), unknown) {
            (true, _) if !is_variable => {
                (format!("there is no variable \"{total}\""), did_you_mean(total, &variables, "variables"))
            }
            (true, _) => {
                let names =
                    loaded.scenario.decompositions.values().map(|one| one.of.0.as_str()).collect::<Vec<_>>();
                let said = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
                (
                    format!("the scenario says not by which factors {total} is decomposed"),
                    Some(format!(
                        "write them: --by 'structure=va[sector]/gdp', or in a table [decompositions.{total}]; the scenario has: {said}"
                    )),
                )
            }
            (_, Some(name)) => (
                format!("no decomposition of {total} has an effect \"{name}\""),
                did_you_mean(name, &known, "effects"),
            ),
            _ => (
                format!("no decomposition of {total} has {} together", effects.join(" and ")),
                Some("ask for the effects of one of them".to_owned()),
            ),
        };
        let problem = Problem::error(None, message);
        loaded.problems.push(Problem { help, ..problem });
        return None;
    };
    let found = found.clone();
    question(loaded, total, &found, effects)
}

fn question(loaded: &mut Loaded, total: &str, from: &Decomposition, effects: &[String]) -> Option<Question> {
    let factor = |(name, effect): (&String, &crate::scenario::written::Effect)| Factor {
        name: name.clone(),
        title: effect.title.clone(),
        formula: effect.formula.clone(),
        each: effect.each.clone(),
        told: effects.is_empty() || effects.contains(name),
    };
    let factors = from.effects.iter().map(factor).collect();
    Some(Question { total: read(loaded, "TOTAL", total)?, factors, rest: from.rest.clone() })
}

/// Notes what is wrong with the decompositions that a scenario declares.
pub fn check(loaded: &mut Loaded) {
    for decomposition in loaded.scenario.decompositions.clone().values() {
        let (of, place) = &decomposition.of;
        if !loaded.scenario.variables.contains_key(of) {
            let known: Vec<&str> = loaded.scenario.variables.keys().map(String::as_str).collect();
            let problem = Problem::error(*place, format!("there is no variable \"{of}\" to decompose"));
            let help = did_you_mean(of, &known, "variables");
            loaded.problems.push(Problem { help, ..problem });
            continue;
        }
        let year = loaded.scenario.time.end;
        if let Some(question) = question(loaded, of, decomposition, &[])
            && let Some(terms) = Terms::of(&loaded.scenario, &question, &mut loaded.problems)
        {
            recording(&loaded.scenario, &question, &terms, year, &mut loaded.problems);
        }
    }
}

/// Reads a formula that was typed after an option.
fn read(loaded: &mut Loaded, option: &str, text: &str) -> Option<Formula> {
    let file = loaded.files.add(option, text);
    let place = Place::new(file, 0, text.len());
    match parse(text) {
        Ok(tree) => Some(Formula { tree, text: text.to_owned(), place }),
        Err(error) => {
            let at = place.part(error.span.start, error.span.end);
            loaded.problems.push(Problem::error(at, error.message));
            None
        }
    }
}

/// Decomposes the change of a total between two years on so many paths.
///
/// # Errors
/// What is wrong with the question or the scenario is among the problems of `loaded`.
pub fn between_years(
    loaded: &mut Loaded,
    question: &Question,
    years: (i32, i32),
    seed: u64,
    count: u64,
) -> Option<Effects> {
    let terms = Terms::of(&loaded.scenario, question, &mut loaded.problems)?;
    let problems = &mut loaded.problems;
    let before = recording(&loaded.scenario, question, &terms, years.0, problems)?;
    let after = recording(&loaded.scenario, question, &terms, years.1, problems)?;
    Some(effects(&before, &after, &terms, seed, count))
}

/// Decomposes the difference of a total between two scenarios in a year, on the same draws: the other minus the
/// first.
///
/// # Errors
/// What is wrong with the question or a scenario is among the problems of that scenario; both must have the
/// members that the factors run over.
pub fn between_scenarios(
    loaded: &mut Loaded,
    other: &mut Loaded,
    question: &Question,
    year: i32,
    seed: u64,
    count: u64,
) -> Option<Effects> {
    let terms = Terms::of(&loaded.scenario, question, &mut loaded.problems)?;
    for set in &terms.sets {
        let members = |scenario: &Scenario| -> Option<Vec<String>> {
            Some(scenario.sets.get(set)?.members.keys().cloned().collect())
        };
        if members(&loaded.scenario) != members(&other.scenario) {
            let (a, b) = (&loaded.scenario.id, &other.scenario.id);
            let message = format!("{set} does not have the same members in {a} and in {b}");
            other
                .problems
                .push(Problem::error(None, message).help("decompose by factors over sets that both share"));
            return None;
        }
    }
    let before = recording(&loaded.scenario, question, &terms, year, &mut loaded.problems)?;
    let there = placed(question, other);
    let after = recording(&other.scenario, &there, &terms, year, &mut other.problems)?;
    Some(effects(&before, &after, &terms, seed, count))
}

/// The question with its formulas as texts of another scenario's, so that what is wrong there can be shown.
fn placed(question: &Question, other: &mut Loaded) -> Question {
    let mut there = question.clone();
    let formulas = there.factors.iter_mut().map(|factor| &mut factor.formula);
    for formula in formulas.chain([&mut there.total]) {
        let file = other.files.add("--by", formula.text.clone());
        formula.place = Place::new(file, 0, formula.text.len());
    }
    there
}

/// Decomposes on the paths of two programs that record the total and, term by term, its factors.
fn effects(before: &Program, after: &Program, terms: &Terms, seed: u64, count: u64) -> Effects {
    let chunk = |first: u64| {
        let range = first..count.min(first + CHUNK);
        let (before, after) = (paths(before, seed, range.clone()), paths(after, seed, range));
        let mut effects = terms.no_effects();
        for (before, after) in before.series.rows().into_iter().zip(after.series.rows()) {
            effects.add(&before.to_vec(), &after.to_vec(), terms);
        }
        effects
    };
    let starts: Vec<u64> = (0..count.div_ceil(CHUNK)).map(|k| k * CHUNK).collect();
    // Chunks come back in the order of their paths, on however many threads.
    let chunks: Vec<Effects> = starts.into_par_iter().map(chunk).collect();
    let mut all = terms.no_effects();
    chunks.into_iter().for_each(|chunk| all.append(chunk));
    all
}

impl Effects {
    /// A path: the total and then by term the factors, before and after.
    fn add(&mut self, before: &[f64], after: &[f64], terms: &Terms) {
        let ((v0, before), (v1, after)) = (split(before), split(after));
        let mut effects = vec![0.0; self.additive.len()];
        let mut of_term = vec![0.0; terms.factors];
        for (term, (x0, x1)) in before.chunks(terms.factors).zip(after.chunks(terms.factors)).enumerate() {
            of_term.fill(0.0);
            add_effects(x0, x1, &mut of_term);
            for (place, effect) in terms.places[term].iter().zip(&of_term) {
                effects[place.unwrap_or(terms.told.len())] += effect;
            }
        }
        // Whatever is not told, so that all effects add up to the change.
        let rest = effects.len() - 1;
        let explained: f64 = effects[..rest].iter().sum();
        effects[rest] = (v1 - v0) - explained;
        for (list, ratio) in self.multiplicative.iter_mut().zip(multiplicative(&effects, v0, v1)) {
            list.push(ratio);
        }
        for (list, effect) in self.additive.iter_mut().zip(effects) {
            list.push(effect);
        }
        self.totals.push((v0, v1));
    }

    fn append(&mut self, other: Self) {
        self.totals.extend(other.totals);
        for (mine, theirs) in self.additive.iter_mut().zip(other.additive) {
            mine.extend(theirs);
        }
        for (mine, theirs) in self.multiplicative.iter_mut().zip(other.multiplicative) {
            mine.extend(theirs);
        }
    }
}

fn split(row: &[f64]) -> (f64, &[f64]) {
    row.split_first().map_or((f64::NAN, &[]), |(total, factors)| (*total, factors))
}

/// The terms whose sum the total is.
struct Terms {
    /// The sets that the factors run over.
    sets: Vec<String>,
    /// By term: a member of each set.
    members: Vec<Vec<String>>,
    /// How many factors a term has.
    factors: usize,
    told: Vec<Told>,
    /// By term and factor: the place of the effect among those that are told; `None` for the rest.
    places: Vec<Vec<Option<usize>>>,
}

impl Terms {
    fn of(scenario: &Scenario, question: &Question, problems: &mut Problems) -> Option<Self> {
        let sets = sets(scenario, &question.factors);
        let members = combinations(scenario, &sets);
        if members.len() > MOST_TERMS {
            let message =
                format!("the factors run over {} terms or more: at most {MOST_TERMS} can be", members.len());
            problems.push(Problem::error(None, message).help("use factors over smaller sets"));
            return None;
        }
        for factor in &question.factors {
            if let Some((set, place)) = &factor.each
                && !sets.contains(set)
            {
                let message = format!("the factors do not run over \"{set}\"");
                let known: Vec<&str> = sets.iter().map(String::as_str).collect();
                let problem = Problem::error(*place, message);
                problems.push(Problem { help: did_you_mean(set, &known, "sets of the factors"), ..problem });
                return None;
            }
        }
        let mut told: IndexMap<String, Told> = IndexMap::new();
        // By factor, then by term, so that the members of one effect stand together.
        let mut by_factor: Vec<Vec<Option<usize>>> = Vec::new();
        for factor in &question.factors {
            let each = factor.each.as_ref().and_then(|(set, _)| sets.iter().position(|known| known == set));
            let place = |term: &Vec<String>| {
                let effect = match each {
                    None => Told { name: factor.name.clone(), title: factor.title.clone() },
                    Some(set) => Told {
                        name: format!("{}[{}]", factor.name, term[set]),
                        title: member_title(scenario, &sets[set], &term[set]),
                    },
                };
                factor.told.then(|| told.insert_full(effect.name.clone(), effect).0)
            };
            by_factor.push(members.iter().map(place).collect());
        }
        let places = (0..members.len()).map(|term| by_factor.iter().map(|places| places[term]).collect());
        Some(Self {
            places: places.collect(),
            told: told.into_values().collect(),
            factors: question.factors.len(),
            sets,
            members,
        })
    }

    fn no_effects(&self) -> Effects {
        let lists = vec![Vec::new(); self.told.len() + 1];
        Effects {
            told: self.told.clone(),
            totals: Vec::new(),
            additive: lists.clone(),
            multiplicative: lists,
        }
    }
}

fn member_title(scenario: &Scenario, set: &str, member: &str) -> Text {
    let found = scenario.sets.get(set).and_then(|set| set.members.get(member));
    match found.map(|member| member.title.clone()) {
        Some(title) if !title.is_empty() => title,
        _ => Text::plain(member),
    }
}

/// The sets that stand free in the factors, in the order in which they are met.
fn sets(scenario: &Scenario, factors: &[Factor]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for factor in factors {
        visit(&mut factor.formula.tree.clone(), &mut Vec::new(), &mut |index| {
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

/// The program that records in a year the total, and then term by term all factors.
fn recording(
    scenario: &Scenario,
    question: &Question,
    terms: &Terms,
    year: i32,
    problems: &mut Problems,
) -> Option<Program> {
    let mut scenario = scenario.clone();
    let mut names = Vec::new();
    let mut add = |formula: &Formula, members: &[String]| {
        let mut tree = formula.tree.clone();
        visit(&mut tree, &mut Vec::new(), &mut |index| {
            if let Some(place) = terms.sets.iter().position(|set| set == index)
                && let Some(member) = members.get(place)
            {
                index.clone_from(member);
            }
        });
        let span = tree.span;
        let at = Expr::new(Kind::Number(f64::from(year)), span);
        let tree = Expr::new(Kind::At(Box::new(tree), Box::new(at)), span);
        let formula = Formula { tree, ..formula.clone() };
        // No file can hold such a name.
        let name = format!("(by {})", names.len());
        let (place, title) = (formula.place, Text::default());
        let metric = Metric { formula, unit: String::new(), unit_place: None, title, place };
        scenario.metrics.insert(name.clone(), metric);
        names.push(name);
    };
    add(&question.total, &[]);
    for members in &terms.members {
        question.factors.iter().for_each(|factor| add(&factor.formula, members));
    }
    let mut found = Problems::default();
    let model = compile(&scenario, &Record::Headlines, &mut found);
    // A factor is wrong in the same way in every term: that is said once.
    for problem in found.0.into_iter().filter(|problem| problem.severity == Severity::Error) {
        if !problems.0.iter().any(|known| known.severity == Severity::Error && known.place == problem.place) {
            problems.push(problem);
        }
    }
    let model = model?;
    let series =
        |name: &String| model.labels.metrics.iter().find(|metric| metric.name == *name).map(|m| m.series);
    let series: Vec<u32> = names.iter().filter_map(series).collect();
    Some(model.program.only(&series, &[]))
}
