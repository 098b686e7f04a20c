//! Reading sets with their members, parameters, shocks and correlations.

use super::data_tables::SET_KEYS;
use super::keys::place_of;
use super::{ByName, ScenarioReader};
use crate::scenario::document::{Entry, TomlNode, TomlTable, TomlValue};
use crate::scenario::merge::{GIVING_WAY, TABLES};
use crate::scenario::quantity::{Provenance, Quantity};
use crate::scenario::written::{
    Among, Correlation, CorrelationInputs, Field, LeverRange, MatrixRow, Member, Parameter, Scenario, Set,
    Shock,
};
use crate::text::{Diagnostic, Message, Place, suggest::did_you_mean};
use crate::{key, message};

impl ScenarioReader<'_, '_> {
    pub(super) fn data(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        for (name, entry, table) in self.records(document, "sets") {
            let gives_way = GIVING_WAY.contains(&name.as_str());
            if gives_way {
                let message = message!("scenario-data-shadowed", name = name);
                let help = message!("scenario-data-shadowed.help");
                self.diagnostics.push(Diagnostic::warning(entry.key, message).help(help));
            }
            if TABLES.contains(&name.as_str()) && !gives_way {
                self.diagnostics.push(
                    Diagnostic::error(entry.key, message!("scenario-data-set-name", name = name))
                        .help(message!("scenario-data-set-name.help", name = name)),
                );
            } else if self.name(name, entry.key) {
                self.known(table, &SET_KEYS, &message!("scenario-data-set", name = name));
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
                self.wrong_kind(&entry.node, Message::verbatim(name), key!("scenario-kind-table"));
                continue;
            };
            if !self.name(name, entry.key) {
                continue;
            }
            if matches!(name.as_str(), "title" | "doc") {
                self.diagnostics.push(
                    Diagnostic::error(entry.key, message!("scenario-data-field-name", name = name))
                        .help(message!("scenario-data-field-name.help", name = name)),
                );
            }
            self.known(
                table,
                &["unit", "doc", "title", "default", "over", "min", "max"],
                &message!("scenario-data-field", name = name),
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
                        message!(
                            "scenario-data-min-max",
                            name = name,
                            min = min.to_string(),
                            max = max.to_string()
                        ),
                    )
                    .help(key!("scenario-data-min-max.help")),
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
                self.signs_like(
                    own,
                    &["min", "max"],
                    &field.unit,
                    &values,
                    &message!("scenario-data-bound", name = name),
                );
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
                        message!("scenario-data-no-field", set_name = set_name, field = field),
                    );
                    self.diagnostics.push(match did_you_mean(field, &known, key!("text-kind-fields")) {
                        Some(help) => diagnostic.help(help),
                        None => {
                            diagnostic.help(message!("scenario-data-no-field.declare", set_name = set_name))
                        }
                    });
                    continue;
                }
                let quantity = self.quantity_or_broken(&value.node, &Provenance::default());
                member.values.insert(field.clone(), (value.key, quantity));
            }
            set.members.insert(name.clone(), member);
        }
        if set.members.is_empty() {
            self.diagnostics.push(
                Diagnostic::missing(set.place, message!("scenario-data-no-members", set_name = set_name))
                    .help(message!("scenario-data-no-members.help", set_name = set_name)),
            );
        }
    }

    fn parameter(&mut self, name: &str, entry: &Entry, table: &TomlTable) -> Parameter {
        let what = message!("scenario-data-parameter", name = name);
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
            self.signs_like(
                ends,
                &["min", "max", "step"],
                &unit,
                &[&value],
                &message!("scenario-data-lever", name = name),
            );
        }
        Parameter {
            over: self.names(table, "over"),
            value,
            lever,
            doc: self.words(table, "doc"),
            place: entry.key,
        }
    }

    fn lever(&mut self, table: &TomlTable, what: &Message) -> Option<LeverRange> {
        self.known(table, &["min", "max", "step"], &message!("scenario-data-lever", name = what));
        for key in ["min", "max"] {
            if let (None, Some(place)) = (table.get(key), table.values().next().map(|entry| entry.key)) {
                self.diagnostics.push(
                    Diagnostic::missing(place, message!("scenario-data-lever-lacks", what = what, key = key))
                        .help(key!("scenario-data-lever-lacks.help")),
                );
            }
        }
        let (min, max) = (self.number(table, "min")?, self.number(table, "max")?);
        if min >= max {
            self.diagnostics.error(
                table["min"].node.place,
                message!(
                    "scenario-data-lever-range",
                    what = what,
                    min = min.to_string(),
                    max = max.to_string()
                ),
            );
        }
        let step = self.number(table, "step");
        if step.is_some_and(|step| step <= 0.0) {
            self.diagnostics
                .error(table["step"].node.place, message!("scenario-data-lever-step", what = what));
        }
        Some(LeverRange { min, max, step })
    }

    fn shock(&mut self, name: &str, entry: &Entry, table: &TomlTable) -> Shock {
        let what = message!("scenario-data-shock", name = name);
        self.known(table, &["dist", "over", "unit", "source", "figure", "note", "title", "doc"], &what);
        let provenance = self.provenance(table);
        let dist = self.main(table, "dist", &what, entry.key, &provenance);
        Shock { over: self.names(table, "over"), dist, doc: self.words(table, "doc"), place: entry.key }
    }

    fn main(
        &mut self,
        table: &TomlTable,
        key: &str,
        what: &Message,
        place: Place,
        provenance: &Provenance,
    ) -> Quantity {
        if let Some(entry) = table.get(key) {
            self.quantity_or_broken(&entry.node, provenance)
        } else {
            let help = match key {
                "dist" => message!("scenario-data-lacks.dist"),
                _ => message!("scenario-data-lacks.value"),
            };
            self.diagnostics.push(
                Diagnostic::missing(place, message!("scenario-data-lacks", what = what, key = key))
                    .help(help),
            );
            Quantity::broken(provenance, place)
        }
    }

    fn correlations(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        let Some(entry) = document.get("correlations") else { return };
        let TomlValue::List(items) = &entry.node.value else {
            self.diagnostics.push(
                Diagnostic::error(entry.key, key!("scenario-data-correlations"))
                    .help(key!("scenario-data-correlations.help")),
            );
            return;
        };
        for item in items {
            let Some(table) = item.table() else {
                self.wrong_kind(item, key!("scenario-data-correlation"), key!("scenario-kind-table"));
                continue;
            };
            self.known(
                table,
                &["between", "among", "value", "matrix", "rank", "copula", "source", "note"],
                &message!("scenario-data-correlation"),
            );
            let (inputs, form) = (self.correlation(item, table), self.copula(table));
            if let (Some(inputs), Some((is_rank, df))) = (inputs, form) {
                let place = table.values().next().map_or(item.place, |first| first.key);
                scenario.correlations.push(Correlation { inputs, is_rank, df, place });
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
                        message!("scenario-data-two-kinds", one = one, other = other),
                    )
                    .help(key!("scenario-data-two-kinds.help")),
                );
                return None;
            }
        }
        if table.contains_key("between") {
            let names = self.names(table, "between");
            let value = self.correlation_value(table, place);
            let Ok(pair) = <[(String, Place); 2]>::try_from(names) else {
                self.diagnostics.push(
                    Diagnostic::error(table["between"].node.place, key!("scenario-data-between"))
                        .help(key!("scenario-data-between.help")),
                );
                return None;
            };
            return Some(CorrelationInputs::Between(pair, value?));
        }
        let Some(among) = self.among(table) else {
            self.diagnostics.push(
                Diagnostic::missing(place, key!("scenario-data-about"))
                    .help(key!("scenario-data-about.help")),
            );
            return None;
        };
        if table.contains_key("matrix") {
            return Some(CorrelationInputs::AmongMatrix(among, self.matrix(&table["matrix"].node)?));
        }
        Some(CorrelationInputs::AmongEqual(among, self.correlation_value(table, place)?))
    }

    /// `among = "eps[sector]"`, or a list of inputs.
    fn among(&mut self, table: &TomlTable) -> Option<Among> {
        if matches!(table.get("among")?.node.value, TomlValue::List(_)) {
            let names = self.names(table, "among");
            if names.len() < 2 {
                let place = table["among"].node.place;
                let diagnostic = Diagnostic::error(place, key!("scenario-data-among-few"));
                self.diagnostics.push(diagnostic.help(key!("scenario-data-about.help")));
            }
            return Some(Among::Listed(names));
        }
        self.single_name(table, "among").map(Among::Members)
    }

    /// Whether the numbers are rank correlations, and the degrees of freedom of a t copula; `None` where that is wrong.
    fn copula(&mut self, table: &TomlTable) -> Option<(bool, Option<f64>)> {
        let is_rank = table.contains_key("rank") && self.boolean(table, "rank");
        let Some(entry) = table.get("copula") else { return Some((is_rank, None)) };
        let wrong = |message| Diagnostic::error(entry.node.place, message);
        let text = entry.node.text().unwrap_or_default();
        let df = match text.trim() {
            "gaussian" => return Some((is_rank, None)),
            other => other.strip_prefix("t(").and_then(|rest| rest.strip_suffix(')')),
        };
        let Some(df) = df.and_then(|df| df.trim().parse::<f64>().ok()) else {
            let diagnostic = wrong(message!("scenario-data-copula", text = text));
            self.diagnostics.push(diagnostic.help(key!("scenario-data-copula.help")));
            return None;
        };
        if !(0.5..=1e6).contains(&df) {
            let diagnostic = wrong(message!("scenario-data-copula-df", df = df.to_string()));
            self.diagnostics.push(diagnostic.help(key!("scenario-data-copula.help")));
            return None;
        }
        if is_rank {
            let diagnostic = wrong(message!("scenario-data-copula-rank"));
            self.diagnostics.push(diagnostic.help(key!("scenario-data-copula-rank.help")));
            return None;
        }
        Some((is_rank, Some(df)))
    }

    fn correlation_value(&mut self, table: &TomlTable, place: Place) -> Option<f64> {
        let Some(entry) = table.get("value") else {
            self.diagnostics.push(
                Diagnostic::missing(place, key!("scenario-data-no-value"))
                    .help(key!("scenario-data-no-value.help")),
            );
            return None;
        };
        let value = self.number(table, "value")?;
        if !(-1.0..=1.0).contains(&value) {
            self.diagnostics.push(
                Diagnostic::error(
                    entry.node.place,
                    message!("scenario-data-beyond", value = value.to_string()),
                )
                .help(key!("scenario-data-beyond.help")),
            );
            return None;
        }
        Some(value)
    }

    fn matrix(&mut self, node: &TomlNode) -> Option<Vec<MatrixRow>> {
        let TomlValue::List(rows) = &node.value else {
            self.wrong_kind(node, key!("scenario-data-matrix"), key!("scenario-data-rows"));
            return None;
        };
        let mut matrix = Vec::new();
        for row in rows {
            let TomlValue::List(cells) = &row.value else {
                self.wrong_kind(row, key!("scenario-data-row"), key!("scenario-data-numbers"));
                return None;
            };
            let mut numbers = Vec::new();
            for cell in cells {
                let TomlValue::Number { number, .. } = cell.value else {
                    self.wrong_kind(cell, key!("scenario-data-correlation"), key!("scenario-kind-number"));
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
