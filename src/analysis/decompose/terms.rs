//! The terms of a decomposition: products of factors, one for each combination of members that the factors run over.

use indexmap::IndexMap;

use super::{DecompositionQuestion, EffectLabel, Factor};
use crate::formula::{Expr, ExprKind};
use crate::model::{Model, Program, RecordedVariables, compile};
use crate::scenario::Scenario;
use crate::scenario::written::{Formula, Metric};
use crate::text::period::{Step, step_of};
use crate::text::suggest::did_you_mean;
use crate::text::{Diagnostic, DiagnosticList, Severity, Text};
use crate::{key, message};

/// Most terms: the members that factors run over, multiplied.
const MOST_TERMS: usize = 2000;

/// The terms whose sum the total is.
pub(super) struct Terms {
    /// The sets that the factors run over.
    pub(super) sets: Vec<String>,
    /// By term: a member of each set.
    pub(super) members: Vec<Vec<String>>,
    /// By term: the titles of its members; one term without any where the factors run over no set.
    pub(super) titles: Vec<Vec<Text>>,
    /// Names of the factors.
    pub(super) factors: Vec<String>,
    /// What the effects are called, without the rest.
    pub(super) labels: Vec<EffectLabel>,
    /// By term and factor: the place of the effect among the labels; `None` for the rest.
    pub(super) places: Vec<Vec<Option<usize>>>,
}

impl Terms {
    pub(super) fn of(
        scenario: &Scenario,
        question: &DecompositionQuestion,
        diagnostics: &mut DiagnosticList,
    ) -> Option<Self> {
        let sets = sets(scenario, &question.factors);
        let members = combinations(scenario, &sets);
        if members.len() > MOST_TERMS {
            let count = members.len();
            let message = message!("analysis-decompose-many-terms", count = count, most = MOST_TERMS);
            diagnostics
                .push(Diagnostic::error(None, message).help(key!("analysis-decompose-many-terms.help")));
            return None;
        }
        for factor in &question.factors {
            if let Some((set, place)) = &factor.each
                && !sets.contains(set)
            {
                let message = message!("analysis-decompose-no-set", set = set);
                let known: Vec<&str> = sets.iter().map(String::as_str).collect();
                let diagnostic = Diagnostic::error(*place, message);
                diagnostics.push(Diagnostic {
                    help: did_you_mean(set, &known, key!("text-kind-factor-sets")),
                    ..diagnostic
                });
                return None;
            }
        }
        let mut labels: IndexMap<String, EffectLabel> = IndexMap::new();
        // By factor, then by term, so that the members of one effect stand together.
        let mut by_factor: Vec<Vec<Option<usize>>> = Vec::new();
        for factor in &question.factors {
            let each = factor.each.as_ref().and_then(|(set, _)| sets.iter().position(|known| known == set));
            let place = |term: &Vec<String>| {
                let effect = match each {
                    None => EffectLabel { name: factor.name.clone(), title: factor.title.clone() },
                    Some(set) => EffectLabel {
                        name: format!("{}[{}]", factor.name, term[set]),
                        title: member_title(scenario, &sets[set], &term[set]),
                    },
                };
                factor.shown.then(|| labels.insert_full(effect.name.clone(), effect).0)
            };
            by_factor.push(members.iter().map(place).collect());
        }
        let places = (0..members.len()).map(|term| by_factor.iter().map(|places| places[term]).collect());
        let titles = |term: &Vec<String>| {
            sets.iter().zip(term).map(|(set, member)| member_title(scenario, set, member)).collect()
        };
        Some(Self {
            places: places.collect(),
            labels: labels.into_values().collect(),
            factors: question.factors.iter().map(|factor| factor.name.clone()).collect(),
            titles: members.iter().map(titles).collect(),
            sets,
            members,
        })
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
        ExprKind::Number(_) | ExprKind::Period(_) => {}
        ExprKind::Name { index, .. } => {
            index
                .iter_mut()
                .filter(|index| !bound.contains(&index.name))
                .for_each(|index| each(&mut index.name));
        }
        ExprKind::Unary(_, x) => visit(x, bound, each),
        ExprKind::Binary(_, a, b) | ExprKind::At(a, b) => {
            visit(a, bound, each);
            visit(b, bound, each);
        }
        ExprKind::Chain(first, rest) => {
            visit(first, bound, each);
            rest.iter_mut().for_each(|(_, x)| visit(x, bound, each));
        }
        ExprKind::Call { arguments, .. } => arguments.iter_mut().for_each(|x| visit(x, bound, each)),
        ExprKind::Over { indices, condition, body, .. } => {
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
///
/// # Errors
/// What is wrong with a formula is among the problems.
pub(super) fn recording(
    scenario: &Scenario,
    question: &DecompositionQuestion,
    terms: &Terms,
    year: i32,
    diagnostics: &mut DiagnosticList,
) -> Option<Program> {
    let mut scenario = scenario.clone();
    let names = add(&mut scenario, question, terms, year);
    let model = compiled(&scenario, diagnostics)?;
    let metrics = &model.labels.metrics;
    let series: IndexMap<&str, u32> =
        metrics.iter().map(|metric| (metric.name.as_str(), metric.series)).collect();
    let series: Vec<u32> = names.iter().filter_map(|name| series.get(name.as_str()).copied()).collect();
    Some(model.program.only(&series, &[]))
}

/// Adds the total in a year, and then term by term all factors, to a scenario as metrics; gives their names.
pub(super) fn add(
    scenario: &mut Scenario,
    question: &DecompositionQuestion,
    terms: &Terms,
    year: i32,
) -> Vec<String> {
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
        let at = Expr::new(written_as(year), span);
        let tree = Expr::new(ExprKind::At(Box::new(tree), Box::new(at)), span);
        let formula = Formula { tree, ..formula.clone() };
        // No file can hold such a name.
        let name = format!("(by {})", scenario.metrics.len());
        let (place, title) = (formula.place, Text::default());
        let metric =
            Metric { formula, unit: String::new(), unit_place: None, title, place, is_condition: false };
        scenario.metrics.insert(name.clone(), metric);
        names.push(name);
    };
    add(&question.total, &[]);
    for members in &terms.members {
        question.factors.iter().for_each(|factor| add(&factor.formula, members));
    }
    names
}

/// A period as a formula writes it.
fn written_as(period: i32) -> ExprKind {
    match step_of(period) {
        Step::Year => ExprKind::Number(f64::from(period)),
        _ => ExprKind::Period(period),
    }
}

/// Compiles a scenario to which factors were added; what is wrong with them is among the problems.
pub(super) fn compiled(scenario: &Scenario, diagnostics: &mut DiagnosticList) -> Option<Model> {
    let mut found = DiagnosticList::default();
    let model = compile(scenario, &RecordedVariables::Headlines, &mut found);
    // A factor is wrong in the same way in every term: that is said once.
    for diagnostic in found.0.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error) {
        if !diagnostics
            .0
            .iter()
            .any(|known| known.severity == Severity::Error && known.place == diagnostic.place)
        {
            diagnostics.push(diagnostic);
        }
    }
    model
}
