//! `--set NAME=QUANTITY`: changes one value of a merged scenario.

use super::document::{self, Entry, TomlNode, TomlTable, TomlValue};
use super::merge::{is_own_table, merge};
use crate::formula::parse_declaration;
use crate::text::period::{self, Step};
use crate::text::{Diagnostic, DiagnosticList, Message, Place, suggest::did_you_mean};
use crate::{key, message};

/// Applies one override, whose text stands as file `file`.
pub fn apply(document: &mut TomlTable, file: u32, text: &str, diagnostics: &mut DiagnosticList) {
    let whole = Place::new(file, 0, text.len());
    let Some(equals) = text.find('=') else {
        diagnostics.push(
            Diagnostic::error(whole, key!("scenario-overrides-form"))
                .help(key!("scenario-overrides-form.help")),
        );
        return;
    };
    let place = Place::new(file, 0, equals);
    let Some(value) = value(&text[equals + 1..], whole.part(equals + 1, text.len()), diagnostics) else {
        return;
    };
    let (name, year) = match text[..equals].trim().rsplit_once('.') {
        Some((name, year)) => (name.trim(), Some(year.trim())),
        None => (text[..equals].trim(), None),
    };
    if let Some(year) = year.filter(|year| !is_period(year)) {
        diagnostics.push(
            Diagnostic::error(place, message!("scenario-overrides-no-year", year = year))
                .help(key!("scenario-overrides-no-year.help")),
        );
        return;
    }
    let (name, indices) = match parse_declaration(name) {
        Ok(declaration) => declaration,
        Err(error) => {
            diagnostics.push(Diagnostic::error(
                place,
                message!("scenario-overrides-no-name", name = name, why = &error.message),
            ));
            return;
        }
    };
    let members: Vec<&str> = indices.iter().map(|index| index.name.as_str()).collect();
    let change = Override { name: &name, year, value, place };
    if let Err(diagnostic) = place_value(document, &members, &change) {
        diagnostics.push(Diagnostic { missing: true, ..diagnostic });
    }
}

/// The right side: a TOML number, list or table, or else the text itself.
fn value(text: &str, place: Place, diagnostics: &mut DiagnosticList) -> Option<TomlNode> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        diagnostics.push(
            Diagnostic::error(place, key!("scenario-overrides-no-value"))
                .help(key!("scenario-overrides-no-value.help")),
        );
        return None;
    }
    if trimmed.starts_with(['{', '"']) || trimmed.parse::<f64>().is_ok() {
        let mut found = DiagnosticList::default();
        let mut table = document::parse(place.file, &format!("x = {trimmed}"), &mut found);
        if !found.has_errors()
            && let Some(entry) = table.shift_remove("x")
        {
            let mut node = entry.node;
            move_to(&mut node, place);
            return Some(node);
        }
    }
    let start = text.len() - text.trim_start().len();
    Some(TomlNode { place: place.part(start, start + trimmed.len()), value: TomlValue::Text(trimmed.into()) })
}

/// Everything in a value that was typed stands where the value stands.
fn move_to(node: &mut TomlNode, place: Place) {
    node.place = place;
    match &mut node.value {
        TomlValue::Table(table) => table.values_mut().for_each(|entry| {
            entry.key = place;
            move_to(&mut entry.node, place);
        }),
        TomlValue::List(items) => items.iter_mut().for_each(|item| move_to(item, place)),
        _ => {}
    }
}

/// What is put in the place of an old value.
struct Override<'a> {
    name: &'a str,
    year: Option<&'a str>,
    value: TomlNode,
    place: Place,
}

/// A member, and all members of its set.
type ChosenMember = (String, Vec<String>);

fn place_value(document: &mut TomlTable, members: &[&str], change: &Override<'_>) -> Result<(), Diagnostic> {
    let name = change.name;
    for (table, main) in [("parameters", "value"), ("shocks", "dist")] {
        if entry(document, &[table, name]).is_some() {
            let over = over(document, &[table, name, "over"]);
            let members = chosen(document, members, &over, change)?;
            let found = entry(document, &[table, name]).and_then(TomlNode::table_mut);
            return put(found.ok_or_else(|| cannot_be_set(change))?, main, None, &members, change);
        }
    }
    let sets: Vec<String> = document.keys().filter(|key| !is_own_table(document, key)).cloned().collect();
    let with_field: Vec<&String> =
        sets.iter().filter(|set| entry(document, &["sets", set, "fields", name]).is_some()).collect();
    if let Some((member, further)) = members.split_first()
        && let Some(set) = sets.iter().find(|set| entry(document, &[set, member]).is_some())
    {
        if with_field.contains(&set) {
            return put_field(document, set, &[(*member).to_string()], further, change);
        }
        let fields = keys(document, &["sets", set, "fields"]);
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let diagnostic =
            Diagnostic::error(change.place, message!("scenario-overrides-no-field", set = set, name = name));
        return Err(with_help(diagnostic, did_you_mean(name, &fields, key!("text-kind-fields"))));
    }
    match (members, with_field.as_slice()) {
        ([], [set]) => {
            let all = keys(document, &[set]);
            put_field(document, set, &all, &[], change)
        }
        ([], [one, other, ..]) => {
            let message = message!("scenario-overrides-two-sets", one = *one, other = *other, name = name);
            Err(Diagnostic::error(change.place, message)
                .help(message!("scenario-overrides-two-sets.help", name = name)))
        }
        _ => Err(stranger(document, &sets, members, change)),
    }
}

/// The error that nothing has the name, or no member is called so.
fn stranger(
    document: &mut TomlTable,
    sets: &[String],
    members: &[&str],
    change: &Override<'_>,
) -> Diagnostic {
    let name = change.name;
    let mut names = keys(document, &["parameters"]);
    for set in sets {
        names.extend(keys(document, &["sets", set, "fields"]));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let what = if members.is_empty() { name.to_string() } else { format!("{name}[{}]", members.join(",")) };
    let help = if names.contains(&name) {
        Some(message!("scenario-overrides-nothing.member", name = name))
    } else {
        did_you_mean(name, &names, key!("text-kind-settable"))
    };
    with_help(Diagnostic::error(change.place, message!("scenario-overrides-nothing", what = what)), help)
}

/// Changes a field of some members of a set.
fn put_field(
    document: &mut TomlTable,
    set: &str,
    members: &[String],
    further: &[&str],
    change: &Override<'_>,
) -> Result<(), Diagnostic> {
    let over = over(document, &["sets", set, "fields", change.name, "over"]);
    let further = chosen(document, further, &over, change)?;
    let default = entry(document, &["sets", set, "fields", change.name, "default"]).cloned();
    for member in members {
        let record = entry(document, &[set, member]).and_then(TomlNode::table_mut);
        let record = record.ok_or_else(|| cannot_be_set(change))?;
        let old = record.get(change.name);
        let key = old.map_or(change.place, |old| old.key);
        let mut table = old.and_then(|old| old.node.table().cloned()).unwrap_or_default();
        put(&mut table, "value", default.as_ref(), &further, change)?;
        let node = TomlNode { place: change.place, value: TomlValue::Table(table) };
        record.insert(change.name.to_string(), Entry { key, node });
    }
    Ok(())
}

/// The members named in brackets, each with all members of the set that it must be of.
fn chosen(
    document: &mut TomlTable,
    members: &[&str],
    over: &[String],
    change: &Override<'_>,
) -> Result<Vec<ChosenMember>, Diagnostic> {
    if let Some(extra) = members.get(over.len()) {
        let message = message!("scenario-overrides-no-index", name = change.name, extra = extra);
        return Err(Diagnostic::error(change.place, message));
    }
    let mut chosen = Vec::new();
    for (member, set) in members.iter().zip(over) {
        let all = keys(document, &[set]);
        if !all.iter().any(|known| known == member) {
            let diagnostic = Diagnostic::error(
                change.place,
                message!("scenario-overrides-no-member", set = set, member = member),
            );
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            return Err(with_help(diagnostic, did_you_mean(member, &all, key!("text-kind-members"))));
        }
        chosen.push(((*member).to_string(), all));
    }
    Ok(chosen)
}

/// The sets that something is indexed by: a name or a list of names.
fn over(document: &mut TomlTable, path: &[&str]) -> Vec<String> {
    match entry(document, path).map(|node| &node.value) {
        Some(TomlValue::Text(set)) => vec![set.clone()],
        Some(TomlValue::List(sets)) => sets.iter().filter_map(TomlNode::text).map(str::to_string).collect(),
        _ => Vec::new(),
    }
}

fn cannot_be_set(change: &Override<'_>) -> Diagnostic {
    Diagnostic::error(change.place, key!("scenario-overrides-fixed"))
}

fn with_help(diagnostic: Diagnostic, help: Option<Message>) -> Diagnostic {
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// Puts the changed value under `main`. The old value's source goes with it.
fn put(
    table: &mut TomlTable,
    main: &str,
    default: Option<&TomlNode>,
    members: &[ChosenMember],
    change: &Override<'_>,
) -> Result<(), Diagnostic> {
    let old = table.get(main).map(|entry| entry.node.clone());
    let node = changed(old, default, members, change)?;
    table.shift_remove(main);
    let entry = Entry { key: change.place, node };
    merge(table, TomlTable::from([(main.to_string(), entry)]), &mut DiagnosticList::default());
    Ok(())
}

/// The old value with the change in it. Where it is one value for all members, it is written out by member;
/// where there is none, the default holds for the rest.
fn changed(
    old: Option<TomlNode>,
    default: Option<&TomlNode>,
    members: &[ChosenMember],
    change: &Override<'_>,
) -> Result<TomlNode, Diagnostic> {
    let Some(((member, all), rest)) = members.split_first() else {
        return match change.year {
            None => Ok(change.value.clone()),
            Some(year) => with_year(old.or_else(|| default.cloned()), year, change),
        };
    };
    let default = default.and_then(|default| match by_member(default) {
        Some(values) => values.get(member).map(|entry| &entry.node),
        None => Some(default),
    });
    let mut whole = match old {
        Some(old) if by_member(&old).is_some() => old,
        Some(old) => {
            let each = |name: &String| (name.clone(), Entry { key: old.place, node: old.clone() });
            TomlNode { place: old.place, value: TomlValue::Table(all.iter().map(each).collect()) }
        }
        None => TomlNode::empty_table(change.place),
    };
    let values = inner_mut(&mut whole).ok_or_else(|| cannot_be_set(change))?;
    let own = values.shift_remove(member).map(|entry| entry.node);
    let node = changed(own, default, rest, change)?;
    values.insert(member.clone(), Entry { key: change.place, node });
    Ok(whole)
}

/// The values by year with that of one year put in.
fn with_year(old: Option<TomlNode>, year: &str, change: &Override<'_>) -> Result<TomlNode, Diagnostic> {
    if let Some(mut whole) = old
        && let Some(values) = inner_mut(&mut whole)
        && is_by_year(values)
    {
        let entry = Entry { key: change.place, node: change.value.clone() };
        written_otherwise(year).iter().for_each(|other| drop(values.shift_remove(other)));
        values.insert(year.to_string(), entry);
        return Ok(whole);
    }
    let message = message!("scenario-overrides-by-year", name = change.name, year = year);
    Err(Diagnostic::error(change.place, message).help(message!(
        "scenario-overrides-by-year.help",
        name = change.name,
        year = year
    )))
}

/// The values by member, if that is what was written.
fn by_member(node: &TomlNode) -> Option<&TomlTable> {
    let table = node.table()?;
    let values = match table.get("value") {
        Some(entry) => entry.node.table()?,
        None => table,
    };
    (!is_by_year(values)).then_some(values)
}

/// The table of values, which may stand beside its provenance.
fn inner_mut(node: &mut TomlNode) -> Option<&mut TomlTable> {
    let table = node.table_mut()?;
    if table.contains_key("value") { table.get_mut("value")?.node.table_mut() } else { Some(table) }
}

fn is_by_year(values: &TomlTable) -> bool {
    values.keys().all(|key| key == "interpolate" || is_period(key))
}

/// Whether a text is meant for a period.
fn is_period(text: &str) -> bool {
    period::read(text).is_some()
}

/// The other ways in which the first quarter or month of a year, or that year, may be written.
fn written_otherwise(year: &str) -> Vec<String> {
    let Some(own) = period::parse(year) else { return Vec::new() };
    let whole = period::year_of(own);
    match period::step_of(own) {
        Step::Year => [Step::Quarter, Step::Month].map(|step| period::label(step.first_of(whole))).to_vec(),
        step if own == step.first_of(whole) => vec![whole.to_string()],
        _ => Vec::new(),
    }
}

fn entry<'a>(document: &'a mut TomlTable, path: &[&str]) -> Option<&'a mut TomlNode> {
    let (first, rest) = path.split_first()?;
    let node = &mut document.get_mut(*first)?.node;
    if rest.is_empty() { Some(node) } else { entry(node.table_mut()?, rest) }
}

fn keys(document: &mut TomlTable, path: &[&str]) -> Vec<String> {
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
        [sets.driver]
        fields = {}
        [driver.demand]
        [driver.price]
        [sets.sector.fields]
        trend = { unit = "1/yr" }
        volatility = { default = 0.05 }
        loading = { over = "driver", default = 1 }
        [sector.coal]
        loading = { demand = 2 }
        trend = { value = { 2021 = "normal(4%, 1%)", 2026 = 0.01 }, source = "book" }
        [parameters]
        share = { value = "uniform(0, 1)", unit = "1", source = "book" }
        weight = { value = 3, over = "driver" }
        [shocks]
        eps = "normal(0, 1)"
    "#;

    /// The scenario after an override, or the first thing that is wrong with it.
    fn set(text: &str) -> Result<crate::scenario::Scenario, String> {
        let mut diagnostics = DiagnosticList::default();
        let mut document = document::parse(0, TOWN, &mut diagnostics);
        crate::scenario::merge::normalise(&mut document);
        apply(&mut document, 1, text, &mut diagnostics);
        if let Some(diagnostic) = diagnostics.0.first() {
            return Err(diagnostic.message.to_string());
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
    fn a_new_year_stands_among_the_others() {
        let QuantityKind::ByYear { entries, .. } = trend(&set("trend[coal].2023=2%").unwrap()) else {
            panic!()
        };
        let years: Vec<i32> = entries.iter().map(|(year, _)| *year).collect();
        assert_eq!(years, [2021, 2023, 2026]);
    }

    #[test]
    fn a_field_without_a_member_is_set_for_every_member() {
        let scenario = set("volatility=0").unwrap();
        let coal = &scenario.sets["sector"].members["coal"];
        assert_eq!(coal.values["volatility"].1.kind, QuantityKind::Number(0.0));
    }

    fn by_member(quantity: &crate::scenario::quantity::Quantity) -> Vec<(&str, QuantityKind)> {
        let QuantityKind::ByMember(entries) = &quantity.kind else { panic!("{quantity:?}") };
        entries.iter().map(|(name, _, value)| (name.as_str(), value.kind.clone())).collect()
    }

    #[test]
    fn one_member_of_a_further_set_is_set_and_the_others_stay() {
        let scenario = set("loading[coal,price]=5").unwrap();
        let loading = &scenario.sets["sector"].members["coal"].values["loading"].1;
        let number = QuantityKind::Number;
        assert_eq!(by_member(loading), [("demand", number(2.0)), ("price", number(5.0))]);
        let other = set("weight[price]=4").unwrap();
        assert_eq!(
            by_member(&other.parameters["weight"].value),
            [("demand", number(3.0)), ("price", number(4.0))]
        );
    }

    #[test]
    fn a_shock_takes_a_distribution_or_nothing_at_all() {
        assert_eq!(set("eps=0").unwrap().shocks["eps"].dist.kind, QuantityKind::Number(0.0));
    }

    #[test]
    fn what_is_not_there_cannot_be_set() {
        assert!(set("shore=1").unwrap_err().contains("no parameter or field \"shore\""));
        assert!(set("trend[gas]=1").unwrap_err().contains("trend[gas]"));
        assert!(set("share.2022=1").unwrap_err().contains("no separate one for 2022"));
        assert!(set("weight[prise]=1").unwrap_err().contains("the set driver has no member \"prise\""));
        assert!(set("share[coal]=1").unwrap_err().contains("no index for \"coal\""));
        assert!(set("share").unwrap_err().contains("NAME=QUANTITY"));
        assert!(set("share=").unwrap_err().contains("missing"));
    }
}
