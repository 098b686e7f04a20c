//! `--set NAME=QUANTITY`: changes one value of a merged scenario.

use super::document::{self, Entry, Node, Table, Value};
use super::merge::{TABLES, merge};
use crate::formula::parse_declaration;
use crate::text::{Place, Problem, Problems, suggest::did_you_mean};

/// Applies one override, whose text stands as file `file`.
pub fn apply(document: &mut Table, file: u32, text: &str, problems: &mut Problems) {
    let whole = Place::new(file, 0, text.len());
    let Some(equals) = text.find('=') else {
        problems.push(
            Problem::error(whole, "--set takes NAME=QUANTITY").help("--set 'trend[coal]=normal(1%, 1%)'"),
        );
        return;
    };
    let place = Place::new(file, 0, equals);
    let Some(value) = value(&text[equals + 1..], whole.part(equals + 1, text.len()), problems) else {
        return;
    };
    let (name, years) = match text[..equals].trim().rsplit_once('.') {
        Some((name, year)) => (name, Some(year)),
        None => (text[..equals].trim(), None),
    };
    let declaration = match parse_declaration(name) {
        Ok(declaration) => declaration,
        Err(error) => {
            problems.push(Problem::error(
                place,
                format!("\"{name}\" is no name of a parameter or field: {}", error.message),
            ));
            return;
        }
    };
    let (name, indices) = declaration;
    let members: Vec<&str> = indices.iter().map(|index| index.name.as_str()).collect();
    if let Err(problem) = place_value(document, &name, &members, years, value, place) {
        problems.push(problem);
    }
}

/// The right side: a TOML number, list or table, or else the text itself.
fn value(text: &str, place: Place, problems: &mut Problems) -> Option<Node> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        problems.push(Problem::error(place, "the value is missing").help("--set NAME=QUANTITY"));
        return None;
    }
    if trimmed.starts_with(['{', '"']) || trimmed.parse::<f64>().is_ok() {
        let mut found = Problems::default();
        let (mut table, _) = document::parse(place.file, &format!("x = {trimmed}"), &mut found);
        if !found.has_errors()
            && let Some(entry) = table.shift_remove("x")
        {
            let mut node = entry.node;
            move_to(&mut node, place);
            return Some(node);
        }
    }
    let start = text.len() - text.trim_start().len();
    Some(Node { place: place.part(start, start + trimmed.len()), value: Value::Text(trimmed.into()) })
}

/// Everything in a value that was typed stands where the value stands.
fn move_to(node: &mut Node, place: Place) {
    node.place = place;
    match &mut node.value {
        Value::Table(table) => table.values_mut().for_each(|entry| {
            entry.key = place;
            move_to(&mut entry.node, place);
        }),
        Value::List(items) => items.iter_mut().for_each(|item| move_to(item, place)),
        _ => {}
    }
}

fn place_value(
    document: &mut Table,
    name: &str,
    members: &[&str],
    year: Option<&str>,
    value: Node,
    place: Place,
) -> Result<(), Problem> {
    if let Some(parameter) = entry(document, &["parameters", name]) {
        return set(parameter, "value", members, year, value, place);
    }
    if entry(document, &["shocks", name]).is_some() && members.is_empty() {
        let shock = entry(document, &["shocks", name]).ok_or_else(|| Problem::error(place, "lost"))?;
        return set(shock, "dist", members, year, value, place);
    }
    let sets: Vec<String> = document.keys().filter(|key| !TABLES.contains(&key.as_str())).cloned().collect();
    if let Some((member, further)) = members.split_first()
        && let Some(set_name) = sets.iter().find(|set| entry(document, &[set, member]).is_some())
    {
        let known = entry(document, &["sets", set_name, "fields", name]).is_some();
        let fields: Vec<String> = keys(document, &["sets", set_name, "fields"]);
        let record = entry(document, &[set_name, member]).and_then(|node| node.table_mut());
        if let (true, Some(record)) = (known, record) {
            let field = record
                .entry(name.to_string())
                .or_insert_with(|| Entry { key: place, node: Node::empty_table(place) });
            return set(&mut field.node, "value", further, year, value, place);
        }
        let problem = Problem::error(place, format!("the set {set_name} has no field \"{name}\""));
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        return Err(with_help(problem, did_you_mean(name, &fields, "fields")));
    }
    let mut names = keys(document, &["parameters"]);
    for set in &sets {
        names.extend(keys(document, &["sets", set, "fields"]));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let what = if members.is_empty() { name.to_string() } else { format!("{name}[{}]", members.join(",")) };
    let help = if names.contains(&name) {
        Some(format!("name its member, as in {name}[member]"))
    } else {
        did_you_mean(name, &names, "parameters and fields")
    };
    Err(with_help(Problem::error(place, format!("the scenario has no parameter or field \"{what}\"")), help))
}

fn with_help(problem: Problem, help: Option<String>) -> Problem {
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// Puts `value` under `main`, below the members and the year. The old value's source goes with it.
fn set(
    node: &mut Node,
    main: &str,
    members: &[&str],
    year: Option<&str>,
    value: Node,
    place: Place,
) -> Result<(), Problem> {
    let mut steps: Vec<String> = members.iter().map(ToString::to_string).collect();
    if let Some(year) = year {
        if year.parse::<i32>().is_err() {
            return Err(
                Problem::error(place, format!("\".{year}\" is no year")).help("--set 'trend[coal].2021=3%'")
            );
        }
        steps.push(year.to_string());
    }
    let old = node.table().and_then(|table| table.get(main)).map(|entry| &entry.node);
    if !steps.is_empty() && !old.is_some_and(|old| holds(old, &steps)) {
        return Err(Problem::error(place, format!("there is no separate value for {} to set", steps.join(", ")))
            .help("give the whole value, as a table by year or member: --set 'trend[coal]={ 2021 = \"3%\", 2026 = \"2%\" }'"));
    }
    let mut value = value;
    for step in steps.iter().rev() {
        let inner = Entry { key: place, node: value };
        value = Node { place, value: Value::Table(Table::from([(step.clone(), inner)])) };
    }
    let table = node.table_mut().ok_or_else(|| Problem::error(place, "this value cannot be set"))?;
    if steps.is_empty() {
        table.shift_remove(main);
    }
    merge(
        table,
        Table::from([(main.to_string(), Entry { key: place, node: value })]),
        &mut Problems::default(),
    );
    Ok(())
}

fn holds(node: &Node, steps: &[String]) -> bool {
    match steps.split_first() {
        None => true,
        Some((step, rest)) => {
            let inner = node
                .table()
                .map(|table| table.get("value").and_then(|entry| entry.node.table()).unwrap_or(table));
            inner.and_then(|table| table.get(step)).is_some_and(|entry| holds(&entry.node, rest))
        }
    }
}

fn entry<'a>(document: &'a mut Table, path: &[&str]) -> Option<&'a mut Node> {
    let (first, rest) = path.split_first()?;
    let node = &mut document.get_mut(*first)?.node;
    if rest.is_empty() { Some(node) } else { entry(node.table_mut()?, rest) }
}

fn keys(document: &mut Table, path: &[&str]) -> Vec<String> {
    entry(document, path)
        .and_then(|node| node.table())
        .map(|table| table.keys().cloned().collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;
    use crate::scenario::quantity::QuantityKind;

    const TOWN: &str = r#"
        [time]
        start = 2020
        end = 2030
        [sets.sector.fields]
        trend = { unit = "1/yr" }
        [sector.coal]
        trend = { value = { 2021 = "normal(4%, 1%)", 2026 = 0.01 }, source = "book" }
        [parameters]
        share = { value = "uniform(0, 1)", unit = "1", source = "book" }
        [shocks]
        eps = "normal(0, 1)"
    "#;

    /// The scenario after an override, or the first thing that is wrong with it.
    fn set(text: &str) -> Result<crate::scenario::Scenario, String> {
        let mut problems = Problems::default();
        let (mut document, _) = document::parse(0, TOWN, &mut problems);
        crate::scenario::merge::normalise(&mut document);
        apply(&mut document, 1, text, &mut problems);
        if let Some(problem) = problems.0.first() {
            return Err(problem.message.clone());
        }
        Ok(load::from_text("town", &crate::scenario::write::toml(&document)).scenario)
    }

    fn trend(scenario: &crate::scenario::Scenario) -> QuantityKind {
        scenario.sets["sector"].members["coal"].values["trend"].1.kind.clone()
    }

    #[test]
    fn a_parameter_takes_a_value_and_loses_the_source_of_the_old_one() {
        let share = set("share=0.3").unwrap().parameters["share"].value.clone();
        assert_eq!(share.kind, QuantityKind::Number(0.3));
        assert_eq!((share.provenance.source, share.provenance.unit.as_deref()), (None, Some("1")));
    }

    #[test]
    fn a_member_takes_a_whole_value_or_that_of_a_year() {
        assert_eq!(trend(&set("trend[coal]=2%").unwrap()), QuantityKind::Number(0.02));
        let QuantityKind::ByYear { entries, .. } = trend(&set("trend[coal].2021=2%").unwrap()) else {
            panic!()
        };
        let kinds: Vec<_> = entries.iter().map(|(year, value)| (*year, value.kind.clone())).collect();
        assert_eq!(kinds, [(2021, QuantityKind::Number(0.02)), (2026, QuantityKind::Number(0.01))]);
        let QuantityKind::ByYear { entries, .. } = trend(&set("trend[coal]={ 2021 = 1 }").unwrap()) else {
            panic!()
        };
        assert_eq!(entries.len(), 1);
    }

    #[test]
    fn a_shock_takes_a_distribution_or_nothing_at_all() {
        assert_eq!(set("eps=0").unwrap().shocks["eps"].dist.kind, QuantityKind::Number(0.0));
    }

    #[test]
    fn what_is_not_there_cannot_be_set() {
        assert!(set("shore=1").unwrap_err().contains("no parameter or field \"shore\""));
        assert!(set("trend[gas]=1").unwrap_err().contains("trend[gas]"));
        assert!(set("trend[coal].2022=1").unwrap_err().contains("no separate value for 2022"));
        assert!(set("share").unwrap_err().contains("NAME=QUANTITY"));
        assert!(set("share=").unwrap_err().contains("missing"));
    }
}
