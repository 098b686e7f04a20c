//! Why a variable changed, or differs between two scenarios: its factors' effects on every path.
//!
//! The total is a sum of terms, products of factors. How a term's change is shared out among its factors is said by
//! its [`DecompositionMethod`].

mod effects;
mod terms;

use crate::engine::conditional::Conditioning;
use crate::formula::parse::parse;
use crate::model::Program;
use crate::scenario::written::{Decomposition, Formula};
use crate::scenario::{Loaded, Scenario};
use crate::text::suggest::did_you_mean;
use crate::text::{Diagnostic, Place, Text};
use crate::{key, message};

pub use effects::{DecompositionMethod, NoRatios, PathEffects, Unknown};
use terms::{Terms, add, compiled, recording};

/// A factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// What its effect is called.
    pub name: String,
    /// Title of its effect.
    pub title: Text,
    /// The factor; it may have sets for indices.
    pub formula: Formula,
    /// The set by whose members its effect is given.
    pub each: Option<(String, Place)>,
    /// Whether its effect is given by itself; if not, it is in the rest.
    pub shown: bool,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct DecompositionQuestion {
    /// The total: a variable, `co2`.
    pub total: Formula,
    /// The factors, whose products add up to the total, or nearly.
    pub factors: Vec<Factor>,
    /// What the rest is called; empty for "other".
    pub rest: Text,
}

/// What an effect is called.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EffectLabel {
    /// Name, and the member in brackets where it is given by members: `structure[coal]`.
    pub name: String,
    /// Title.
    pub title: Text,
}

/// A question of factors that were typed: their names and formulas.
///
/// # Errors
/// What cannot be read is among the problems of `loaded`.
pub fn typed(
    loaded: &mut Loaded,
    total: &str,
    factors: &[(String, String)],
) -> Option<DecompositionQuestion> {
    let question = DecompositionQuestion {
        total: read(loaded, "TOTAL", total)?,
        factors: factors
            .iter()
            .map(|(name, text)| {
                let formula = read(loaded, "--by", text)?;
                let title = Text::plain(name);
                Some(Factor { name: name.clone(), title, formula, each: None, shown: true })
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
pub fn declared(loaded: &mut Loaded, total: &str, effects: &[String]) -> Option<DecompositionQuestion> {
    let all = || loaded.scenario.decompositions.values().filter(|decomposition| decomposition.of.0 == total);
    let Some(found) = all().find(|one| effects.iter().all(|name| one.effects.contains_key(name))) else {
        let known: Vec<&str> = all().flat_map(|one| one.effects.keys()).map(String::as_str).collect();
        let unknown = effects.iter().find(|name| !known.contains(&name.as_str()));
        let variables: Vec<&str> = loaded.scenario.variables.keys().map(String::as_str).collect();
        let name = total.split('[').next().unwrap_or(total);
        let is_variable = variables.iter().any(|known| known.split('[').next() == Some(name));
        let (message, help) = match (known.is_empty(), unknown) {
            (true, _) if !is_variable => (
                message!("analysis-decompose-no-variable", name = total),
                did_you_mean(total, &variables, key!("text-kind-variables")),
            ),
            (true, _) => {
                let names =
                    loaded.scenario.decompositions.values().map(|one| one.of.0.as_str()).collect::<Vec<_>>();
                let names = names.as_slice();
                let help = if names.is_empty() {
                    message!("analysis-decompose-undeclared.none", total = total)
                } else {
                    message!("analysis-decompose-undeclared.help", total = total, names = names)
                };
                (message!("analysis-decompose-undeclared", total = total), Some(help))
            }
            (_, Some(name)) => (
                message!("analysis-decompose-no-effect", total = total, name = name),
                did_you_mean(name, &known, key!("text-kind-effects")),
            ),
            _ => {
                let effects: Vec<&str> = effects.iter().map(String::as_str).collect();
                let effects = effects.as_slice();
                (
                    message!("analysis-decompose-apart", total = total, effects = effects),
                    Some(key!("analysis-decompose-apart.help").into()),
                )
            }
        };
        let diagnostic = Diagnostic::error(None, message);
        loaded.diagnostics.push(Diagnostic { help, ..diagnostic });
        return None;
    };
    let found = found.clone();
    question(loaded, total, &found, effects)
}

fn question(
    loaded: &mut Loaded,
    total: &str,
    from: &Decomposition,
    effects: &[String],
) -> Option<DecompositionQuestion> {
    let factor = |(name, effect): (&String, &crate::scenario::written::DecompositionFactor)| Factor {
        name: name.clone(),
        title: effect.title.clone(),
        formula: effect.formula.clone(),
        each: effect.each.clone(),
        shown: effects.is_empty() || effects.contains(name),
    };
    let factors = from.effects.iter().map(factor).collect();
    Some(DecompositionQuestion { total: read(loaded, "TOTAL", total)?, factors, rest: from.rest.clone() })
}

/// Notes what is wrong with the decompositions that a scenario declares: all are compiled at once.
pub fn check(loaded: &mut Loaded) {
    if loaded.scenario.decompositions.is_empty() {
        return;
    }
    let mut scenario = loaded.scenario.clone();
    for decomposition in loaded.scenario.decompositions.clone().values() {
        let (of, place) = &decomposition.of;
        if !loaded.scenario.variables.contains_key(of) {
            let known: Vec<&str> = loaded.scenario.variables.keys().map(String::as_str).collect();
            let diagnostic = Diagnostic::error(*place, message!("analysis-decompose-not-there", name = of));
            let help = did_you_mean(of, &known, key!("text-kind-variables"));
            loaded.diagnostics.push(Diagnostic { help, ..diagnostic });
            continue;
        }
        let year = loaded.scenario.time.end;
        if let Some(question) = question(loaded, of, decomposition, &[])
            && let Some(terms) = Terms::of(&loaded.scenario, &question, &mut loaded.diagnostics)
        {
            add(&mut scenario, &question, &terms, year);
        }
    }
    compiled(&scenario, &mut loaded.diagnostics);
}

/// Reads a formula that was typed after an option.
fn read(loaded: &mut Loaded, option: &str, text: &str) -> Option<Formula> {
    let file = loaded.files.add(option, text);
    let place = Place::new(file, 0, text.len());
    match parse(text) {
        Ok(tree) => Some(Formula { tree, text: text.to_owned(), place }),
        Err(error) => {
            let at = place.part(error.span.start, error.span.end);
            loaded.diagnostics.push(Diagnostic::error(at, error.message));
            None
        }
    }
}

/// A question that is compiled for both ends: what it takes to answer it is known before any path is drawn.
pub struct CompiledDecomposition {
    terms: Terms,
    before: Program,
    after: Program,
}

impl CompiledDecomposition {
    /// How many effects there are, the rest among them.
    pub fn effects(&self) -> usize {
        self.terms.labels.len() + 1
    }

    /// The effects on so many paths.
    pub fn on_paths(&self, seed: u64, count: u64) -> PathEffects {
        self.on_paths_of(seed, count, None)
    }

    /// The same; on those of so many paths that are drawn by their weights where both ends are conditioned on a record.
    pub fn on_paths_of(&self, seed: u64, count: u64, record: Option<&Conditioning>) -> PathEffects {
        PathEffects::of([&self.before, &self.after], &self.terms, (seed, count), record)
    }
}

/// Compiles the change of a total between two years.
///
/// # Errors
/// What is wrong with the question or the scenario is among the problems of `loaded`.
pub fn between_years(
    loaded: &mut Loaded,
    question: &DecompositionQuestion,
    years: (i32, i32),
) -> Option<CompiledDecomposition> {
    let terms = Terms::of(&loaded.scenario, question, &mut loaded.diagnostics)?;
    let diagnostics = &mut loaded.diagnostics;
    let before = recording(&loaded.scenario, question, &terms, years.0, diagnostics)?;
    let after = recording(&loaded.scenario, question, &terms, years.1, diagnostics)?;
    Some(CompiledDecomposition { terms, before, after })
}

/// Compiles the difference of a total between two scenarios in a year, on the same draws: the other minus the first.
///
/// # Errors
/// What is wrong with the question or a scenario is among the problems of that scenario; both must have the
/// members that the factors run over.
pub fn between_scenarios(
    loaded: &mut Loaded,
    other: &mut Loaded,
    question: &DecompositionQuestion,
    year: i32,
) -> Option<CompiledDecomposition> {
    let terms = Terms::of(&loaded.scenario, question, &mut loaded.diagnostics)?;
    for set in &terms.sets {
        let members = |scenario: &Scenario| -> Option<Vec<String>> {
            Some(scenario.sets.get(set)?.members.keys().cloned().collect())
        };
        if members(&loaded.scenario) != members(&other.scenario) {
            let (a, b) = (&loaded.scenario.id, &other.scenario.id);
            let message = message!("analysis-decompose-members", set = set, one = a, other = b);
            other
                .diagnostics
                .push(Diagnostic::error(None, message).help(key!("analysis-decompose-members.help")));
            return None;
        }
    }
    let before = recording(&loaded.scenario, question, &terms, year, &mut loaded.diagnostics)?;
    let there = placed(question, other);
    let after = recording(&other.scenario, &there, &terms, year, &mut other.diagnostics)?;
    Some(CompiledDecomposition { terms, before, after })
}

/// The question with its formulas as texts of another scenario's, so that what is wrong there can be shown.
fn placed(question: &DecompositionQuestion, other: &mut Loaded) -> DecompositionQuestion {
    let mut there = question.clone();
    let formulas = there.factors.iter_mut().map(|factor| &mut factor.formula);
    for formula in formulas.chain([&mut there.total]) {
        let file = other.files.add("--by", formula.text.clone());
        formula.place = Place::new(file, 0, formula.text.len());
    }
    there
}
