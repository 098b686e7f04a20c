//! Reading sets with their members, parameters, shocks and correlations.

use super::keys::place_of;
use super::{ByName, ScenarioReader};
use crate::scenario::document::{Entry, TomlNode, TomlTable, TomlValue};
use crate::scenario::merge::{GIVING_WAY, TABLES};
use crate::scenario::quantity::{Provenance, Quantity};
use crate::scenario::written::{
    Correlation, CorrelationInputs, Field, LeverRange, MatrixRow, Member, Parameter, Scenario, Set, Shock,
};
use crate::text::{Diagnostic, Place, suggest::did_you_mean};

impl ScenarioReader<'_, '_> {
    pub(super) fn data(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        for (name, entry, table) in self.records(document, "sets") {
            let gives_way = GIVING_WAY.contains(&name.as_str());
            if gives_way {
                let message = format!(
                    "[{name}] holds the members of the set {name}, and not what the language has there"
                );
                let help = "call the set something else to use the language's own table";
                self.diagnostics.push(Diagnostic::warning(entry.key, message).help(help));
            }
            if TABLES.contains(&name.as_str()) && !gives_way {
                self.diagnostics.push(
                    Diagnostic::error(
                        entry.key,
                        format!("a set cannot be called {name}: its members would stand in [{name}], a table of the language"),
                    )
                    .help(format!("call it {name}_ or something that says more")),
                );
            } else if self.name(name, entry.key) {
                self.known(table, &["title", "fields"], &format!("the set {name}"));
                let title = self.words(table, "title");
                let fields = self.fields(table);
                let set = Set { title, fields, members: ByName::new(), place: entry.key };
                scenario.sets.insert(name.clone(), set);
            }
        }
        for (name, set) in &mut scenario.sets {
            self.members(document, name, set);
        }
        for (name, _, table) in self.records(document, "sets") {
            if let Some(set) = scenario.sets.get(name) {
                self.bounds_of_fields(set, table);
            }
        }
        for (name, entry, table) in self.records(document, "parameters") {
            if self.name(name, entry.key) {
                let parameter = self.parameter(name, entry, table);
                scenario.parameters.insert(name.clone(), parameter);
            }
        }
        for (name, entry, table) in self.records(document, "shocks") {
            if self.name(name, entry.key) {
                let shock = self.shock(name, entry, table);
                scenario.shocks.insert(name.clone(), shock);
            }
        }
        self.correlations(document, scenario);
    }

    fn fields(&mut self, set: &TomlTable) -> ByName<Field> {
        let mut fields = ByName::new();
        let Some(table) = self.table(set, "fields") else { return fields };
        for (name, entry) in table {
            let Some(table) = entry.node.table() else {
                self.wrong_kind(&entry.node, name, "a table");
                continue;
            };
            if !self.name(name, entry.key) {
                continue;
            }
            if matches!(name.as_str(), "title" | "doc") {
                self.diagnostics.push(
                    Diagnostic::error(entry.key, format!("a field cannot be called {name}"))
                        .help(format!("in a member `{name}` is text for people: choose another name")),
                );
            }
            self.known(
                table,
                &["unit", "doc", "title", "default", "over", "min", "max"],
                &format!("the field {name}"),
            );
            let default = table.get("default");
            let mut field = Field {
                unit: self.string(table, "unit"),
                unit_place: place_of(table, "unit"),
                title: self.words(table, "title"),
                doc: self.words(table, "doc"),
                default: default.map(|entry| self.quantity_or_broken(&entry.node, &Provenance::default())),
                over: self.single_name(table, "over"),
                min: self.number(table, "min"),
                max: self.number(table, "max"),
                place: entry.key,
            };
            if let (Some(min), Some(max)) = (field.min, field.max)
                && min > max
            {
                self.diagnostics.push(
                    Diagnostic::error(
                        table["min"].node.place,
                        format!("the min of {name} is {min}, above its max {max}"),
                    )
                    .help("a value lies between min and max: exchange them, or remove one"),
                );
                (field.min, field.max) = (None, None);
            }
            fields.insert(name.clone(), field);
        }
        fields
    }

    /// Looks whether the bounds of fields are written as the values are.
    fn bounds_of_fields(&mut self, set: &Set, table: &TomlTable) {
        let Some(declared) = table.get("fields").and_then(|entry| entry.node.table()) else { return };
        for (name, field) in &set.fields {
            let values =
                set.members.values().filter_map(|member| member.values.get(name)).map(|(_, own)| own);
            let values: Vec<&Quantity> = field.default.iter().chain(values).collect();
            if let Some(own) = declared.get(name).and_then(|entry| entry.node.table()) {
                self.signs_like(own, &["min", "max"], &field.unit, &values, &format!("a bound of {name}"));
            }
        }
    }

    fn members(&mut self, document: &TomlTable, set_name: &str, set: &mut Set) {
        for (name, entry, table) in self.records(document, set_name) {
            if !self.name(name, entry.key) {
                continue;
            }
            let mut member =
                Member { title: self.words(table, "title"), place: entry.key, ..Member::default() };
            for (field, value) in table {
                if matches!(field.as_str(), "title" | "doc") {
                    continue;
                }
                if !set.fields.contains_key(field) {
                    if self.diagnostics.is_full() {
                        continue;
                    }
                    let known: Vec<&str> = set.fields.keys().map(String::as_str).collect();
                    let diagnostic = Diagnostic::missing(
                        value.key,
                        format!("the set {set_name} has no field \"{field}\""),
                    );
                    self.diagnostics.push(
                        match did_you_mean(field, &known, crate::key!("text-kind-fields")) {
                            Some(help) => diagnostic.help(help),
                            None => diagnostic.help(format!("declare it with [sets.{set_name}.fields]")),
                        },
                    );
                    continue;
                }
                let quantity = self.quantity_or_broken(&value.node, &Provenance::default());
                member.values.insert(field.clone(), (value.key, quantity));
            }
            set.members.insert(name.clone(), member);
        }
        if set.members.is_empty() {
            self.diagnostics.push(
                Diagnostic::missing(set.place, format!("the set {set_name} has no members"))
                    .help(format!("add a member with [{set_name}.NAME]")),
            );
        }
    }

    fn parameter(&mut self, name: &str, entry: &Entry, table: &TomlTable) -> Parameter {
        let what = format!("the parameter {name}");
        self.known(
            table,
            &["value", "over", "unit", "source", "figure", "note", "title", "doc", "lever"],
            &what,
        );
        let provenance = self.provenance(table);
        let lever = self.table(table, "lever").and_then(|lever| self.lever(lever, &what));
        let value = self.main(table, "value", &what, entry.key, &provenance);
        if let Some(ends) = table.get("lever").and_then(|entry| entry.node.table()) {
            let unit = provenance.unit.clone().unwrap_or_default();
            self.signs_like(ends, &["min", "max", "step"], &unit, &[&value], &format!("the lever of {name}"));
        }
        Parameter {
            over: self.names(table, "over"),
            value,
            lever,
            doc: self.words(table, "doc"),
            place: entry.key,
        }
    }

    fn lever(&mut self, table: &TomlTable, what: &str) -> Option<LeverRange> {
        self.known(table, &["min", "max", "step"], &format!("the lever of {what}"));
        for key in ["min", "max"] {
            if let (None, Some(place)) = (table.get(key), table.values().next().map(|entry| entry.key)) {
                self.diagnostics.push(
                    Diagnostic::missing(place, format!("the lever of {what} has no `{key}`"))
                        .help("lever = { min = 0, max = 40, step = 5 }"),
                );
            }
        }
        let (min, max) = (self.number(table, "min")?, self.number(table, "max")?);
        if min >= max {
            self.diagnostics
                .error(table["min"].node.place, format!("the lever of {what} runs from {min} up to {max}"));
        }
        let step = self.number(table, "step");
        if step.is_some_and(|step| step <= 0.0) {
            self.diagnostics
                .error(table["step"].node.place, format!("the step of the lever of {what} must be above 0"));
        }
        Some(LeverRange { min, max, step })
    }

    fn shock(&mut self, name: &str, entry: &Entry, table: &TomlTable) -> Shock {
        let what = format!("the shock {name}");
        self.known(table, &["dist", "over", "unit", "source", "figure", "note", "title", "doc"], &what);
        let provenance = self.provenance(table);
        let dist = self.main(table, "dist", &what, entry.key, &provenance);
        Shock { over: self.names(table, "over"), dist, doc: self.words(table, "doc"), place: entry.key }
    }

    fn main(
        &mut self,
        table: &TomlTable,
        key: &str,
        what: &str,
        place: Place,
        provenance: &Provenance,
    ) -> Quantity {
        if let Some(entry) = table.get(key) {
            self.quantity_or_broken(&entry.node, provenance)
        } else {
            let help = match key {
                "dist" => "add its distribution: dist = \"normal(0, 4%)\"",
                _ => "add a number, value = 0.05, or a distribution: value = \"normal(5%, 1%)\"",
            };
            self.diagnostics.push(Diagnostic::missing(place, format!("{what} has no `{key}`")).help(help));
            Quantity::broken(provenance, place)
        }
    }

    fn correlations(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        let Some(entry) = document.get("correlations") else { return };
        let TomlValue::List(items) = &entry.node.value else {
            self.diagnostics.push(
                Diagnostic::error(entry.key, "correlations are a list of tables")
                    .help("start each with [[correlations]]"),
            );
            return;
        };
        for item in items {
            let Some(table) = item.table() else {
                self.wrong_kind(item, "a correlation", "a table");
                continue;
            };
            self.known(table, &["between", "among", "value", "matrix", "source", "note"], "a correlation");
            if let Some(inputs) = self.correlation(item, table) {
                let place = table.values().next().map_or(item.place, |first| first.key);
                scenario.correlations.push(Correlation { inputs, place });
            }
        }
    }

    fn correlation(&mut self, item: &TomlNode, table: &TomlTable) -> Option<CorrelationInputs> {
        let place = table.values().next().map_or(item.place, |first| first.key);
        for (one, other) in [("between", "among"), ("between", "matrix"), ("value", "matrix")] {
            if let (true, Some(second)) = (table.contains_key(one), table.get(other)) {
                self.diagnostics.push(
                    Diagnostic::error(
                        second.key,
                        format!("a correlation has `{one}` or `{other}`, not both"),
                    )
                    .help("between = [A, B] with value, or among = \"eps[sector]\" with value or matrix"),
                );
                return None;
            }
        }
        if table.contains_key("between") {
            let names = self.names(table, "between");
            let value = self.correlation_value(table, place);
            let Ok(pair) = <[(String, Place); 2]>::try_from(names) else {
                self.diagnostics.push(
                    Diagnostic::error(table["between"].node.place, "`between` takes two inputs")
                        .help("between = [\"eps[coal]\", \"eps[services]\"]; for all members use `among`"),
                );
                return None;
            };
            return Some(CorrelationInputs::Between(pair, value?));
        }
        let Some(among) = self.single_name(table, "among") else {
            self.diagnostics.push(
                Diagnostic::missing(place, "a correlation says which inputs it is about")
                    .help("between = [A, B] with value, or among = \"eps[sector]\" with value or matrix"),
            );
            return None;
        };
        if table.contains_key("matrix") {
            return Some(CorrelationInputs::AmongMatrix(among, self.matrix(&table["matrix"].node)?));
        }
        Some(CorrelationInputs::AmongEqual(among, self.correlation_value(table, place)?))
    }

    fn correlation_value(&mut self, table: &TomlTable, place: Place) -> Option<f64> {
        let Some(entry) = table.get("value") else {
            self.diagnostics.push(
                Diagnostic::missing(place, "the correlation's `value` is missing").help("add value = 0.3"),
            );
            return None;
        };
        let value = self.number(table, "value")?;
        if !(-1.0..=1.0).contains(&value) {
            self.diagnostics.push(
                Diagnostic::error(
                    entry.node.place,
                    format!("a correlation lies between -1 and 1; {value} does not"),
                )
                .help("30 per cent is 0.3 or \"30%\""),
            );
            return None;
        }
        Some(value)
    }

    fn matrix(&mut self, node: &TomlNode) -> Option<Vec<MatrixRow>> {
        let TomlValue::List(rows) = &node.value else {
            self.wrong_kind(node, "a matrix", "a list of rows");
            return None;
        };
        let mut matrix = Vec::new();
        for row in rows {
            let TomlValue::List(cells) = &row.value else {
                self.wrong_kind(row, "a row", "a list of numbers");
                return None;
            };
            let mut numbers = Vec::new();
            for cell in cells {
                let TomlValue::Number { number, .. } = cell.value else {
                    self.wrong_kind(cell, "a correlation", "a number");
                    return None;
                };
                numbers.push((number, cell.place));
            }
            matrix.push(MatrixRow { cells: numbers, place: row.place });
        }
        Some(matrix)
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::load::from_text;

    const TOWN: &str = "[time]\nstart = 2020\nend = 2021\n[sets.sector]\n[sets.sector.fields]\nbase = { default = 1 }\n\
                        [sector]\ncoal.base = 2\nmetal.base = 3\n[shocks]\neps = { over = \"sector\", dist = \"normal(0, 1)\" }\n\
                        [variables]\nx = \"sum(sector: eps[sector] * base[sector])\"\n";

    fn messages(text: &str) -> Vec<String> {
        let loaded = from_text("town.toml", text);
        loaded.diagnostics.0.iter().map(|diagnostic| diagnostic.message.to_string()).collect()
    }

    fn correlated(says: &str) -> Vec<String> {
        messages(&format!("{TOWN}[[correlations]]\n{says}\n"))
    }

    #[test]
    fn a_correlation_may_be_one_and_minus_one_and_no_more() {
        let between =
            |value: &str| correlated(&format!("between = [\"eps[coal]\", \"eps[metal]\"]\nvalue = {value}"));
        assert!(between("1").is_empty() && between("-1").is_empty(), "{:?}", between("1"));
        assert!(between("\"30%\"").is_empty(), "{:?}", between("\"30%\""));
        assert_eq!(between("\"130%\""), ["a correlation lies between -1 and 1; 1.3 does not"]);
        assert_eq!(between("1.001"), ["a correlation lies between -1 and 1; 1.001 does not"]);
        assert_eq!(between("-1.001"), ["a correlation lies between -1 and 1; -1.001 does not"]);
    }

    #[test]
    fn a_correlation_is_of_two_or_among_all_and_has_its_values_in_one_form() {
        let pair = "between = [\"eps[coal]\", \"eps[metal]\"]";
        assert_eq!(correlated(pair), ["the correlation's `value` is missing"]);
        let both = correlated(&format!("{pair}\namong = \"eps[sector]\"\nvalue = 0.3"));
        assert_eq!(both, ["a correlation has `between` or `among`, not both"]);
        let twice = correlated("among = \"eps[sector]\"\nvalue = 0.3\nmatrix = [[1, 0.3], [0.3, 1]]");
        assert_eq!(twice, ["a correlation has `value` or `matrix`, not both"]);
        assert!(correlated("among = \"eps[sector]\"\nvalue = 0.3").is_empty());
    }

    #[test]
    fn what_is_text_of_a_member_is_no_field() {
        for name in ["title", "doc"] {
            let text = TOWN.replace(
                "base = { default = 1 }",
                &format!("base = {{ default = 1 }}\n{name} = {{ default = 1 }}"),
            );
            assert_eq!(messages(&text), [format!("a field cannot be called {name}")]);
        }
    }
}
