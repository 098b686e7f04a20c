//! What a headline is made of, read from its own equation: the terms that it adds up.
//!
//! `gdp = sum(industry: va[industry])` is made of the industries' value added; `sum(fuel: use[fuel] *
//! factor[fuel]) + process` of the fuels' and the process' parts. Each term becomes a variable of its own in a
//! copy of the scenario, so that its values can be had path by path and add up to the headline exactly.

use indexmap::IndexMap;

use crate::formula::{BinaryOperator, Expr, ExprKind, Span};
use crate::scenario::Scenario;
use crate::scenario::written::{Formula, Variable};
use crate::text::{Language, Text};

/// A headline and the variables that it adds up.
#[derive(Clone, Debug, PartialEq)]
pub struct Composition {
    /// The headline.
    pub variable: String,
    /// Its parts: name of the variable (with its member) in the extended scenario, title.
    pub parts: Vec<(String, Text)>,
}

/// Compositions of the headlines that are sums of two parts or more, and the scenario with a variable for each
/// part. A headline that subtracts something is left out: what is taken away cannot be stacked.
pub fn compositions(scenario: &Scenario) -> (Scenario, Vec<Composition>) {
    let mut extended = scenario.clone();
    let mut found = Vec::new();
    let none_says = scenario.variables.values().all(|variable| !variable.report);
    for (name, variable) in &scenario.variables {
        let headline = (variable.report || none_says) && variable.indices.is_empty();
        let mut terms = Vec::new();
        if !headline || variable.start.is_some() || !added(&variable.formula.tree, &mut terms) {
            continue;
        }
        let mut parts = Vec::new();
        let mut variables = IndexMap::new();
        for (place, term) in terms.into_iter().enumerate() {
            let Some(part) = part(scenario, &format!("part_{place}_of_{name}"), variable, term) else {
                parts.clear();
                break;
            };
            parts.extend(part.titles);
            variables.insert(part.name, part.variable);
        }
        if parts.len() > 1 {
            extended.variables.extend(variables);
            found.push(Composition { variable: name.clone(), parts });
        }
    }
    (extended, found)
}

/// A sum of more parts is not shown by its parts.
const MOST_PARTS: usize = 400;

/// The terms of a sum; false when it is no plain sum.
fn added<'a>(tree: &'a Expr, terms: &mut Vec<&'a Expr>) -> bool {
    match &tree.kind {
        ExprKind::Binary(BinaryOperator::Add, a, b) => added(a, terms) && added(b, terms),
        ExprKind::Chain(first, rest) => {
            let all_add = rest.iter().all(|(operator, _)| *operator == BinaryOperator::Add);
            let few = terms.len() + rest.len() < MOST_PARTS;
            few && all_add && added(first, terms) && rest.iter().all(|(_, x)| added(x, terms))
        }
        ExprKind::Name { .. } => {
            terms.push(tree);
            true
        }
        ExprKind::Over { function, indices, .. } if function == "sum" && indices.len() == 1 => {
            terms.push(tree);
            true
        }
        _ => false,
    }
}

/// A variable for one term, and the names and titles of its members.
struct TermParts {
    name: String,
    variable: Variable,
    titles: Vec<(String, Text)>,
}

fn part(scenario: &Scenario, name: &str, whole: &Variable, term: &Expr) -> Option<TermParts> {
    let (indices, tree, titles) = match &term.kind {
        ExprKind::Name { name: of, index } => {
            let title = match scenario.variables.get(of) {
                Some(variable) if !variable.title.is_empty() => variable.title.clone(),
                _ => Text::plain(of.as_str()),
            };
            // With a member in brackets it is still one part: the member's title says which.
            let member = index.first().and_then(|index| member_title(scenario, &index.name));
            (Vec::new(), term.clone(), vec![(name.to_owned(), member.unwrap_or(title))])
        }
        ExprKind::Over { indices, condition, body, .. } => {
            let set = scenario.sets.get(&indices[0].name)?;
            let tree = condition.as_ref().map_or_else(|| (**body).clone(), |c| only_where(c, body));
            let titles = set.members.iter().map(|(member, data)| {
                let title =
                    if data.title.is_empty() { Text::plain(member.as_str()) } else { data.title.clone() };
                (format!("{name}[{member}]"), title)
            });
            (indices.clone(), tree, titles.collect())
        }
        _ => return None,
    };
    let formula = Formula { text: tree.to_string(), tree, place: whole.formula.place };
    let variable = Variable {
        indices,
        start: None,
        formula,
        title: Text::default(),
        doc: Text::default(),
        report: false,
        bounds: [None; 2],
        ..whole.clone()
    };
    Some(TermParts { name: name.to_owned(), variable, titles })
}

fn member_title(scenario: &Scenario, name: &str) -> Option<Text> {
    let member = scenario.sets.values().find_map(|set| set.members.get(name))?;
    (!member.title.get(Language::En).is_empty()).then(|| member.title.clone())
}

/// `if(condition, body, 0)`
fn only_where(condition: &Expr, body: &Expr) -> Expr {
    let nothing = Expr::new(ExprKind::Number(0.0), Span::default());
    let arguments = vec![condition.clone(), body.clone(), nothing];
    Expr::new(ExprKind::Call { function: "if".to_owned(), name: Span::default(), arguments }, Span::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RecordedVariables, compile};
    use crate::result::ReplayedPaths;
    use crate::scenario::load;

    #[test]
    fn the_parts_of_every_headline_of_the_plan_add_up_on_every_path() {
        let mut loaded = load("plan", &[]);
        let (extended, found) = compositions(&loaded.scenario);
        let names: Vec<&str> = found.iter().map(|c| c.variable.as_str()).collect();
        assert_eq!(names, ["gdp", "gdp_nominal", "industrial_output", "co2"]);
        let record = found.iter().flat_map(|c| &c.parts).map(|(name, _)| name.clone()).collect();
        let model = compile(&extended, &RecordedVariables::Also(record), &mut loaded.diagnostics).unwrap();
        let sample = ReplayedPaths::of(&model, 1, 20);
        for composition in found {
            let whole = &sample.variables[&composition.variable].values;
            let mut sum = whole.clone();
            sum.fill(0.0);
            for (part, _) in &composition.parts {
                sum += &sample.variables[part].values;
            }
            for (sum, whole) in sum.iter().zip(whole) {
                assert!((sum - whole).abs() < 1e-9 * whole.abs(), "{}: {sum} {whole}", composition.variable);
            }
        }
    }

    fn scenario(variables: &str) -> Scenario {
        let text = format!(
            "[time]\nstart = 2020\nend = 2021\n[sets.fuel]\ntitle = \"Fuel\"\n[sets.fuel.fields]\nuse = {{ default = 2 }}\n\
             [fuel]\ncoal.title = \"Hard coal\"\ngas.use = 3\n[variables]\n{variables}"
        );
        let loaded = load::from_text("case", &text);
        assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics);
        loaded.scenario
    }

    #[test]
    fn the_parts_of_a_sum_have_the_titles_of_what_they_are() {
        let scenario = scenario(
            "a = { formula = \"1\", title = \"Process\" }\nb = \"2\"\n\
             whole = { formula = \"sum(fuel where use[fuel] > 2: use[fuel]) + a + b + use[coal]\", report = true }",
        );
        let (extended, found) = compositions(&scenario);
        let [composition] = &found[..] else { panic!("{found:?}") };
        let titles: Vec<&str> = composition.parts.iter().map(|(_, title)| title.en.as_str()).collect();
        assert_eq!(titles, ["Hard coal", "gas", "Process", "b", "Hard coal"]);
        assert_eq!(extended.variables["part_0_of_whole"].formula.text, "if(use[fuel] > 2, use[fuel], 0)");
    }

    #[test]
    fn where_no_variable_is_reported_all_are_headlines() {
        let names = |variables: &str| {
            let (_, found) = compositions(&scenario(variables));
            found.into_iter().map(|composition| composition.variable).collect::<Vec<_>>()
        };
        let common = "a = \"1\"\nb = \"2\"\nplus = \"a + b\"\n";
        assert_eq!(names(common), ["plus"]);
        assert!(names(&format!("{common}c = {{ formula = \"a\", report = true }}")).is_empty());
        assert_eq!(names(&format!("{common}alone = \"a\"")), ["plus"], "one part is no sum");
        assert_eq!(names(&format!("{common}grown = {{ start = \"1\", formula = \"a + b\" }}")), ["plus"]);
    }

    #[test]
    fn what_subtracts_or_multiplies_is_no_composition() {
        let parsed = |text: &str| {
            let tree = crate::formula::parse(text).unwrap();
            added(&tree, &mut Vec::new())
        };
        assert!(parsed("sum(fuel: use[fuel] * factor[fuel]) + process"));
        assert!(
            !parsed("a - b") && !parsed("a + 2 * b") && !parsed("a / b") && !parsed("sum(i, j: x[i, j])")
        );
    }
}
