//! The units that a scenario can use: those of the language and those it declares itself.

use indexmap::{IndexMap, IndexSet};

use super::algebra::{Base, Unit};
use super::parse::{self, UnitError};
use crate::model::order::{arrows, chains, sorted};
use crate::scenario::Scenario;
use crate::text::period::Step;
use crate::text::unit_table::{NUMBER_CHARACTERS, UNITS, UnitWord, named, prefixed};
use crate::text::{Diagnostic, DiagnosticList, Message, Place};
use crate::{key, message};

/// Base units and declared units.
#[derive(Clone, Debug)]
pub struct Units {
    /// Names of the base units, in the order of their numbers.
    bases: IndexSet<String>,
    /// What the scenario declares.
    declared: IndexMap<String, Unit>,
    /// Names that are declared wrongly: that was said, and what uses them is passed over.
    broken: IndexSet<String>,
    /// The number of the year where it is a unit of its own, as the steps are shorter.
    year: Option<Base>,
}

/// What brings a value of one unit of a scenario to another; `None` where they are of different kinds.
pub fn converter(scenario: &Scenario) -> impl Fn(&str, &str) -> Option<f64> + use<> {
    let units = Units::new(scenario, &mut DiagnosticList::default());
    move |from, to| {
        let (from, into) = (units.parse(from).ok()?, units.parse(to).ok()?);
        (!to.is_empty() && from.is_like(&into)).then(|| from.scale / into.scale)
    }
}

impl Default for Units {
    /// The units of the language.
    fn default() -> Self {
        let names = UNITS.iter().flat_map(|unit| unit.of).map(|(base, _)| (*base).to_string());
        Self { bases: names.collect(), declared: IndexMap::new(), broken: IndexSet::new(), year: None }
    }
}

impl Units {
    /// The units of the language with those of a scenario's `[units]`.
    pub fn new(scenario: &Scenario, diagnostics: &mut DiagnosticList) -> Self {
        let mut units = Self::default();
        if scenario.time.step != Step::Year {
            units.year = Some(units.bases.insert_full("yr".to_owned()).0 as Base);
        }
        let (order, circular) = ordered(scenario, diagnostics);
        for number in order {
            let Some((name, declaration)) = scenario.units.get_index(number as usize) else { continue };
            let mut fail = |message: Message, help: Option<Message>| {
                let mut diagnostic = Diagnostic::error(declaration.place, message);
                diagnostic.help = help;
                diagnostics.push(diagnostic);
            };
            if units.word(name).is_some() {
                let help = message!("model-unit-known.help");
                fail(message!("model-unit-known", name = name), Some(help));
            } else if declaration.of.is_empty() {
                // That was said when it was read.
                units.broken.insert(name.clone());
            } else if !parse::is_name(name) {
                units.broken.insert(name.clone());
                let help = message!("model-unit-no-name.help");
                fail(message!("model-unit-no-name", name = name), Some(help));
            } else if declaration.of == "base" || circular.binary_search(&number).is_ok() {
                let base = units.bases.insert_full(name.clone()).0 as Base;
                units.declared.insert(name.clone(), Unit::base(base));
            } else {
                match units.parse(&declaration.of) {
                    Ok(unit) => {
                        units.declared.insert(name.clone(), unit);
                    }
                    Err(error) => {
                        if !units.rests_on_a_broken_one(&error, &declaration.of) {
                            fail(
                                message!("model-unit-declared", name = name, why = &error.message),
                                error.help,
                            );
                        }
                        units.broken.insert(name.clone());
                    }
                }
            }
        }
        units
    }

    /// Notes what is wrong with a unit's text.
    pub(super) fn complain(
        &self,
        error: UnitError,
        text: &str,
        place: Place,
        diagnostics: &mut DiagnosticList,
    ) {
        if !self.rests_on_a_broken_one(&error, text) {
            let diagnostic = Diagnostic::error(place, error.message);
            diagnostics.push(Diagnostic { help: error.help, missing: error.unknown, ..diagnostic });
        }
    }

    /// Whether a unit is unknown only because its declaration is wrong.
    fn rests_on_a_broken_one(&self, error: &UnitError, text: &str) -> bool {
        error.unknown && parse::named_in(text).any(|name| self.broken.contains(name))
    }

    /// Reads a unit.
    ///
    /// # Errors
    /// What is wrong with the text: a name that is no unit, or a sign that is out of place.
    ///
    /// ```
    /// use plancast::model::Units;
    /// let units = Units::default();
    /// assert_eq!(units.parse("1e8 CNY").unwrap(), units.parse("亿元").unwrap());
    /// assert_eq!(units.print(&units.parse("1e4 tce/1e8 CNY").unwrap()), "tce/1e4 CNY");
    /// ```
    pub fn parse(&self, text: &str) -> Result<Unit, UnitError> {
        // Calendar time, as of `first_year`; how long something takes is in `yr`.
        if self.year.is_some() && text.trim() == "year" {
            return Ok(Unit::pure());
        }
        parse::parse(self, text)
    }

    /// The name of a base unit.
    pub(super) fn base_name(&self, base: Base) -> &str {
        self.bases.get_index(usize::from(base)).map_or("?", String::as_str)
    }

    /// The base units of the language come first.
    pub(super) fn known(&self, base: Base) -> Option<&'static UnitWord> {
        named(self.base_name(base))
    }

    /// What a word means, if anything: a declared unit, one of the language with or without a prefix, or a
    /// Chinese one after number words.
    pub(super) fn word(&self, word: &str) -> Option<Unit> {
        if let Some(unit) = self.declared.get(word) {
            return Some(unit.clone());
        }
        if let Some(unit) = self.of_time(word) {
            return Some(unit);
        }
        if let Some((unit, prefix)) = prefixed(word) {
            let factor = prefix.map_or(1.0, |prefix| prefix.factor);
            return Some(self.made_of(unit, factor));
        }
        let first = word.chars().next()?;
        let (_, factor) = NUMBER_CHARACTERS.into_iter().find(|(character, _)| *character == first)?;
        let rest = &word[first.len_utf8()..];
        let unit = if rest.is_empty() { Unit::pure() } else { self.word(rest)? };
        Some(Unit { scale: factor * unit.scale, ..unit })
    }

    /// A unit of time where steps are shorter than a year: a step is the pure number.
    fn of_time(&self, word: &str) -> Option<Unit> {
        let year = Unit::base(self.year?);
        let share = match word {
            "step" | "steps" => return Some(Unit::pure()),
            "yr" | "year" | "years" | "年" => 1.0,
            "quarter" | "quarters" | "季度" => 0.25,
            "month" | "months" | "月" | "个月" => 1.0 / 12.0,
            _ => return None,
        };
        Some(Unit { scale: share, ..year })
    }

    /// The unit of how many years a step has.
    pub(super) fn years_per_step(&self) -> Unit {
        self.year.map_or_else(Unit::pure, Unit::base)
    }

    /// Whether values of a unit are rates per year where the year is a unit of its own.
    pub(super) fn is_yearly(&self, unit: &Unit) -> bool {
        self.year.is_some_and(|year| unit.is_like(&Unit::base(year).inverse()))
    }

    fn made_of(&self, unit: &UnitWord, factor: f64) -> Unit {
        let mut powers: Vec<(Base, i32)> = unit
            .of
            .iter()
            .filter_map(|(base, power)| {
                Some((self.bases.get_index_of(*base)? as Base, power * super::algebra::WHOLE))
            })
            .collect();
        powers.sort_unstable();
        Unit { scale: factor * unit.scale, powers }
    }

    /// The unit with its tonnes of carbon dioxide called tonnes, where that makes it like the one stated.
    pub(super) fn as_named(&self, unit: &Unit, says: &Unit) -> Unit {
        let base = |name| self.bases.get_index_of(name).map(|base| base as Base);
        let (Some(carbon), Some(tonne)) = (base("tCO2"), base("t")) else { return unit.clone() };
        let Some((_, power)) = unit.powers.iter().find(|(base, _)| *base == carbon) else {
            return unit.clone();
        };
        let named = Unit { scale: 1.0, powers: vec![(carbon, -power)] };
        let plain = unit.times(&named).times(&Unit { scale: 1.0, powers: vec![(tonne, *power)] });
        if plain.is_like(says) { plain } else { unit.clone() }
    }

    /// Every name, for suggestions.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let known = UNITS.iter().flat_map(|unit| unit.names.iter().copied());
        known.chain(self.declared.keys().map(String::as_str))
    }
}

/// The declarations in an order in which each comes after those it is made of, and those that cannot be
/// ordered, because a circle is among them; that is said.
fn ordered(scenario: &Scenario, diagnostics: &mut DiagnosticList) -> (Vec<u32>, Vec<u32>) {
    let numbers = |text| parse::named_in(text).filter_map(|word| scenario.units.get_index_of(word));
    let mut uses: Vec<Vec<u32>> =
        scenario.units.values().map(|unit| numbers(&unit.of).map(|number| number as u32).collect()).collect();
    let circular = match sorted(&uses) {
        Ok(order) => return (order, Vec::new()),
        Err(circular) => circular,
    };
    for chain in chains(&uses) {
        let declared = |number: &u32| scenario.units.get_index(*number as usize);
        let names: Vec<&str> = chain.iter().filter_map(declared).map(|(name, _)| name.as_str()).collect();
        let place = chain.first().and_then(declared).map(|(_, unit)| unit.place);
        let message = message!("model-unit-circle", names = arrows(&names));
        diagnostics.push(Diagnostic::error(place, message).help(key!("model-unit-circle.help")));
    }
    circular.iter().for_each(|number| uses[*number as usize].clear());
    (sorted(&uses).unwrap_or_default(), circular)
}
