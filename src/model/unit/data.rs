//! The units that a scenario states: of fields, parameters, shocks, variables and metrics.

use indexmap::{IndexMap, IndexSet};

use super::measure::PartialUnit;
use super::table::Units;
use crate::num::Distribution;
use crate::scenario::quantity::{Percent, speaks_of_percent};
use crate::scenario::written::{Field, Set};
use crate::scenario::{Quantity, QuantityKind, Scenario};
use crate::text::{Diagnostic, DiagnosticList, Place};
use crate::{key, message};

/// What each name states.
#[derive(Default)]
pub(super) struct StatedUnits<'a> {
    /// Parameters, shocks and variables, which share one name space.
    pub(super) names: IndexMap<&'a str, PartialUnit<'a>>,
    /// Fields by set.
    pub(super) fields: IndexMap<(usize, &'a str), PartialUnit<'a>>,
    pub(super) metrics: IndexMap<&'a str, PartialUnit<'a>>,
    /// Of tables: of their x and of their values.
    pub(super) tables: IndexMap<&'a str, [PartialUnit<'a>; 2]>,
    /// Quantities without a unit.
    pub(super) without: IndexSet<&'a str>,
}

impl<'a> StatedUnits<'a> {
    pub(super) fn new(scenario: &'a Scenario, units: &Units, diagnostics: &mut DiagnosticList) -> Self {
        let mut stated = Self::default();
        let mut reader = UnitReader { units, diagnostics };
        for (number, set) in scenario.sets.values().enumerate() {
            for (name, field) in &set.fields {
                let measure = reader.field(name, field, set).unwrap_or_else(|| stated.nothing(name));
                stated.fields.insert((number, name), measure);
            }
        }
        let parameters = scenario.parameters.iter().map(|(name, parameter)| (name, &parameter.value));
        let shocks = scenario.shocks.iter().map(|(name, shock)| (name, &shock.dist));
        for (name, value) in parameters.chain(shocks) {
            let text = value.provenance.unit.as_deref().unwrap_or_default();
            let place = value.provenance.unit_place.unwrap_or(value.place);
            let measure = reader.data(name, text, place, &[value]).unwrap_or_else(|| stated.nothing(name));
            stated.names.insert(name, measure);
        }
        for (name, variable) in &scenario.variables {
            let measure = reader.text(&variable.unit, variable.unit_place.unwrap_or(variable.place));
            let measure = measure.unwrap_or_else(|| stated.nothing(name));
            stated.names.insert(name, measure);
        }
        for (name, metric) in &scenario.metrics {
            let measure = reader.text(&metric.unit, metric.unit_place.unwrap_or(metric.place));
            let measure = measure.unwrap_or_else(|| stated.nothing(name));
            stated.metrics.insert(name, measure);
        }
        for (name, table) in &scenario.tables {
            let sides = [(&table.x_unit, table.x_unit_place), (&table.unit, table.unit_place)];
            let measures = sides.map(|(unit, place)| {
                let measure = reader.text(unit, place.unwrap_or(table.place));
                measure.unwrap_or_else(|| stated.nothing(name))
            });
            stated.tables.insert(name, measures);
        }
        stated
    }

    fn nothing(&mut self, name: &'a str) -> PartialUnit<'a> {
        PartialUnit::Unknown(vec![self.without.insert_full(name).0])
    }
}

struct UnitReader<'u> {
    units: &'u Units,
    diagnostics: &'u mut DiagnosticList,
}

impl UnitReader<'_> {
    /// What a text says; `None` where nothing is said.
    fn text<'a>(&mut self, text: &'a str, place: Place) -> Option<PartialUnit<'a>> {
        if text.trim().is_empty() {
            return None;
        }
        if self.diagnostics.is_full() {
            return Some(PartialUnit::mistaken());
        }
        Some(match self.units.parse(text) {
            Ok(unit) => PartialUnit::Known { unit, text: Some(text.trim()) },
            Err(error) => {
                self.units.complain(error, text, place, self.diagnostics);
                PartialUnit::mistaken()
            }
        })
    }

    /// The unit of a field, or the first that a member states where the field states none.
    fn field<'a>(&mut self, name: &str, field: &'a Field, set: &'a Set) -> Option<PartialUnit<'a>> {
        let values =
            set.members.values().filter_map(|member| member.values.get(name)).map(|(_, value)| value);
        let values: Vec<&Quantity> = field.default.iter().chain(values).collect();
        let (text, place) = if field.unit.trim().is_empty() {
            let first = values
                .iter()
                .find_map(|value| Some((value.provenance.unit.as_deref()?, value.provenance.unit_place)));
            first.unwrap_or_default()
        } else {
            (field.unit.as_str(), field.unit_place)
        };
        self.data(name, text, place.unwrap_or(field.place), &values)
    }

    /// The unit of values that share one.
    fn data<'a>(
        &mut self,
        name: &str,
        text: &'a str,
        place: Place,
        values: &[&Quantity],
    ) -> Option<PartialUnit<'a>> {
        let measure = self.text(text, place)?;
        let PartialUnit::Known { mut unit, text } = measure else { return Some(measure) };
        let mut signs = PercentSigns::default();
        for value in values {
            self.alike(name, text.unwrap_or_default(), &unit, value);
            signs.look(value);
        }
        if speaks_of_percent(text.unwrap_or_default()) {
            let unit_text = text.unwrap_or_default();
            for (place, [with, without]) in &signs.mixed {
                let message = message!("model-unit-mixed", name = name, unit_text = unit_text);
                self.diagnostics.push(Diagnostic::error(*place, message).help(message!(
                    "model-unit-mixed.help",
                    with = with,
                    without = without,
                    unit_text = unit_text
                )));
            }
            if !signs.mixed.is_empty() {
                return Some(PartialUnit::mistaken());
            }
            if let (Some(with), Some(_)) = (signs.with, signs.without) {
                self.diagnostics.push(
                    Diagnostic::error(
                        with,
                        message!("model-unit-some-signs", name = name, unit = text.unwrap_or_default()),
                    )
                    .help(key!("model-unit-some-signs.help")),
                );
                return Some(PartialUnit::mistaken());
            }
            if signs.with.is_none() {
                values.iter().for_each(|value| self.shares(name, unit_text, value));
            }
            if signs.with.is_some() {
                unit.scale *= 100.0;
                // The values are plain numbers: say so, and not that they are in per cent.
                let text = (!unit.is_pure()).then_some(text).flatten();
                return Some(PartialUnit::Known { unit, text });
            }
        }
        Some(PartialUnit::Known { unit, text })
    }

    /// Warns of distributions between 0 and 1 whose values would be less than one per cent.
    fn shares(&mut self, name: &str, text: &str, value: &Quantity) {
        if let QuantityKind::Chance(distribution, written) = &value.kind
            && is_share(distribution)
        {
            let message = message!("model-unit-share", name = name, text = text, written = written);
            self.diagnostics
                .push(Diagnostic::warning(value.place, message).help(key!("model-unit-share.help")));
        }
        parts(value, &mut |part| self.shares(name, text, part));
    }

    /// Values within a quantity have its unit.
    fn alike(&mut self, name: &str, text: &str, unit: &super::Unit, value: &Quantity) {
        if let Some(own) = &value.provenance.unit
            && own.trim() != text
        {
            let place = value.provenance.unit_place.unwrap_or(value.place);
            match self.units.parse(own) {
                Ok(found) if found == *unit => {}
                Ok(_) => self.diagnostics.push(
                    Diagnostic::error(
                        place,
                        message!("model-unit-own-unit", name = name, text = text, own = own),
                    )
                    .help(message!("model-unit-own-unit.help", name = name, text = text)),
                ),
                Err(error) => self.units.complain(error, own, place, self.diagnostics),
            }
            return;
        }
        parts(value, &mut |part| self.alike(name, text, unit, part));
    }
}

/// Whether a distribution is one of shares or of yes and no, whatever its arguments are.
fn is_share(distribution: &Distribution) -> bool {
    match distribution {
        Distribution::Beta { .. } | Distribution::Bernoulli { .. } => true,
        Distribution::Truncated { inner, .. } => is_share(inner),
        _ => false,
    }
}

fn parts<'q>(value: &'q Quantity, each: &mut dyn FnMut(&'q Quantity)) {
    match &value.kind {
        QuantityKind::ByYear { entries, .. } => entries.iter().for_each(|(_, part)| each(part)),
        QuantityKind::ByMember(entries) => entries.iter().for_each(|(_, _, part)| each(part)),
        _ => {}
    }
}

/// Where values are written with a per cent sign, and where without.
#[derive(Default)]
struct PercentSigns<'q> {
    /// Where values without a sign stand beside some with in one call, and what to write.
    mixed: Vec<(Place, &'q [String; 2])>,
    with: Option<Place>,
    without: Option<Place>,
}

impl<'q> PercentSigns<'q> {
    fn look(&mut self, value: &'q Quantity) {
        match value.kind {
            QuantityKind::ByYear { .. } | QuantityKind::ByMember(_) => {
                parts(value, &mut |part| self.look(part));
            }
            QuantityKind::Broken => {}
            _ => {
                self.with = self.with.or(value.percent.with);
                self.without = self.without.or(value.percent.without);
                let Percent { without, mended, .. } = &value.percent;
                self.mixed.extend(without.iter().copied().zip(mended));
            }
        }
    }
}
