//! What a search moves: a parameter or field, one member or one period of it, or several of these as a whole.
//!
//! A single number takes the trial values. A distribution keeps its form and is shifted, so that its mean takes them.
//! Values by year keep their differences: they are shifted as a whole, so that the first of them takes the trial values.
//! To values of several members the trial value is added. Or each value, or draw, is multiplied by the trial value, or
//! replaced by it, where that is asked for.

use crate::formula::parse_declaration;
use crate::model::conditions::{FixedValue, Holding, held};
use crate::scenario::Scenario;
use crate::scenario::written::{self, Adjustment};
use crate::text::period::{instead_of, label, of_another_length, parse, step_of};
use crate::text::suggest::did_you_mean;
use crate::text::{Diagnostic, Key, Message, Place};
use crate::{key, message};

/// How an input is to be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// As suits what it is.
    Natural,
    /// By adding to it.
    Shift,
    /// By multiplying it.
    Scale,
    /// By a number in its place.
    Fix,
}

/// What the value of a lever stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// The input's number.
    Value,
    /// The mean of its distribution, which is shifted as a whole. Here: what it is unmoved.
    Mean(f64),
    /// The median of its distribution, which has no mean, and is shifted as a whole. Here: what it is unmoved.
    Median(f64),
    /// The first of its values by year, or the mean of that (the median where it has none); all are shifted by the same.
    First {
        /// What it is unmoved.
        unmoved: f64,
        /// Its year.
        year: i32,
    },
    /// What is added to each of its values, or to its distribution.
    Shift,
    /// What each of its values, or its distribution, is multiplied by.
    Factor,
}

/// What is varied, and how far.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// As it was named: `subsidy`, `trend[coal]`, `price@2030`.
    pub name: String,
    /// What its value stands for.
    pub meaning: Meaning,
    /// The smallest and the largest trial value.
    pub range: (f64, f64),
    /// The step of the trial values, where it has one.
    pub step: Option<f64>,
    /// The values that it moves, each of which is a number or a distribution.
    pub moved: Vec<FixedValue>,
}

impl Lever {
    /// Finds what a name stands for. `range` is what was given, else that of the parameter's own lever.
    ///
    /// # Errors
    /// When there is no such value, when it cannot be moved, or when it is not known how far.
    pub fn find(
        scenario: &Scenario,
        (name, place): (&str, Place),
        wanted: Wanted,
        range: Option<(f64, f64)>,
    ) -> Result<Self, Diagnostic> {
        let parts: Vec<&str> = parts(name);
        let mut moved: Vec<FixedValue> = Vec::new();
        for part in &parts {
            for value in named(scenario, part, place, parts.len() > 1 || wanted != Wanted::Natural)? {
                if !moved.iter().any(|known| known.name == value.name) {
                    moved.push(value);
                }
            }
        }
        let meaning = match (wanted, moved.as_slice()) {
            (Wanted::Shift, _) => Meaning::Shift,
            (Wanted::Scale, _) => Meaning::Factor,
            (Wanted::Fix, _) => Meaning::Value,
            (Wanted::Natural, values) => natural(values),
        };
        let own = parts.first().filter(|_| parts.len() == 1).and_then(|part| own_lever(scenario, part));
        let step =
            own.and_then(|own| own.step).filter(|_| !matches!(meaning, Meaning::Shift | Meaning::Factor));
        let range = range.or_else(|| own.and_then(|own| within(own, meaning, &moved)));
        let Some(range) = range else {
            let message = match meaning {
                Meaning::Value => message!("analysis-solve-no-lever", name = name),
                Meaning::Mean(_) => message!("analysis-solve-no-lever.mean", name = name),
                Meaning::Median(_) => message!("analysis-solve-no-lever.median", name = name),
                Meaning::First { .. } => message!("analysis-solve-no-lever.first", name = name),
                Meaning::Shift => message!("analysis-solve-no-lever.shift", name = name),
                Meaning::Factor => message!("analysis-solve-no-lever.factor", name = name),
            };
            return Err(Diagnostic::error(place, message).help(key!("analysis-solve-no-lever.help")));
        };
        let lever = Self { name: name.to_owned(), meaning, range, step, moved };
        lever.stays_admissible(scenario, place)?;
        Ok(lever)
    }

    /// How each of its values is moved when the lever is at `x`.
    pub fn adjustments(&self, x: f64) -> impl Iterator<Item = (String, Adjustment)> + '_ {
        let adjustment = match self.meaning {
            Meaning::Value => Adjustment { factor: 0.0, add: x },
            Meaning::Mean(unmoved) | Meaning::Median(unmoved) | Meaning::First { unmoved, .. } => {
                Adjustment { factor: 1.0, add: x - unmoved }
            }
            Meaning::Shift => Adjustment { factor: 1.0, add: x },
            Meaning::Factor => Adjustment { factor: x, add: 0.0 },
        };
        self.moved.iter().map(move |value| (value.name.clone(), adjustment))
    }

    /// Says where a field's number would leave what its set admits.
    fn stays_admissible(&self, scenario: &Scenario, place: Place) -> Result<(), Diagnostic> {
        for x in [self.range.0, self.range.1] {
            for (value, (_, Adjustment { factor, add })) in self.moved.iter().zip(self.adjustments(x)) {
                let number = match value.content {
                    Holding::Number(number) => factor * number + add,
                    Holding::Chance(..) | Holding::Varying(_) if factor == 0.0 => add,
                    Holding::Chance(..) | Holding::Varying(_) => continue,
                };
                let (low, high) = admitted(scenario, value);
                if !(low..=high).contains(&number) {
                    let (name, [x, found]) = (&value.name, [x, number].map(|number| number.to_string()));
                    let message = if number < low {
                        let low = low.to_string();
                        message!("analysis-solve-too-low", x = x, name = name, number = found, bound = low)
                    } else {
                        let high = high.to_string();
                        message!("analysis-solve-too-high", x = x, name = name, number = found, bound = high)
                    };
                    return Err(Diagnostic::error(place, message).help(key!("analysis-solve-narrow")));
                }
            }
        }
        Ok(())
    }
}

/// The parts of a name that are moved together: `price[coal]+price[gas]`.
fn parts(name: &str) -> Vec<&str> {
    let mut depth = 0;
    let split = |c: char| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        c == '+' && depth == 0
    };
    name.split(split).map(str::trim).collect()
}

/// What the value of a lever stands for where nothing else is asked for.
fn natural(values: &[FixedValue]) -> Meaning {
    match values {
        [FixedValue { content: Holding::Number(_), .. }] => Meaning::Value,
        [FixedValue { content: Holding::Chance(distribution, _), .. }] => match distribution.mean() {
            Some(mean) => Meaning::Mean(mean),
            None => Meaning::Median(distribution.median()),
        },
        // Its mean is not the same on every path.
        [FixedValue { content: Holding::Varying(_), .. }, ..] => Meaning::Shift,
        [first, others @ ..] if others.iter().all(|other| other.members == first.members) => {
            Meaning::First { unmoved: centre(first), year: first.year.unwrap_or_default() }
        }
        _ => Meaning::Shift,
    }
}

/// A number, or the mean of a distribution; its median where it has no mean.
fn centre(value: &FixedValue) -> f64 {
    match &value.content {
        Holding::Number(number) => *number,
        Holding::Chance(distribution, _) => distribution.mean().unwrap_or_else(|| distribution.median()),
        Holding::Varying(_) => f64::NAN,
    }
}

/// The lever of the parameter that a name is of.
fn own_lever(scenario: &Scenario, name: &str) -> Option<written::LeverRange> {
    let (base, _) = base(name);
    let base = base.split('[').next()?;
    scenario.parameters.get(base)?.lever
}

/// A parameter's lever in terms of what is varied: so far that all its values stay in it.
fn within(own: written::LeverRange, meaning: Meaning, moved: &[FixedValue]) -> Option<(f64, f64)> {
    let least = moved.iter().map(centre).fold(f64::INFINITY, crate::num::min);
    let most = moved.iter().map(centre).fold(f64::NEG_INFINITY, crate::num::max);
    let (low, high) = match meaning {
        Meaning::Value | Meaning::Mean(_) | Meaning::Median(_) => (own.min, own.max),
        Meaning::First { unmoved, .. } => (own.min - least + unmoved, own.max - most + unmoved),
        Meaning::Shift => (own.min - least, own.max - most),
        Meaning::Factor if least > 0.0 => (own.min / least, own.max / most),
        Meaning::Factor => return None,
    };
    (low < high).then_some((low, high))
}

/// What a field's declaration admits.
fn admitted(scenario: &Scenario, value: &FixedValue) -> (f64, f64) {
    let name = value.name.split(['[', '.']).next().unwrap_or_default();
    let member = value.members.first();
    let field = scenario.sets.values().find_map(|set| {
        member.is_some_and(|member| set.members.contains_key(member)).then(|| set.fields.get(name))?
    });
    let field = field.filter(|_| !scenario.parameters.contains_key(name));
    let bound = |bound: Option<f64>, none: f64| bound.unwrap_or(none);
    field.map_or((f64::NEG_INFINITY, f64::INFINITY), |field| {
        (bound(field.min, f64::NEG_INFINITY), bound(field.max, f64::INFINITY))
    })
}

/// A name without its year, and the year: `price[coal]@2030` or, as in `--set`, `price[coal].2030`.
fn base(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once(['@', '.']) {
        Some((base, year)) => (base.trim(), Some(year.trim())),
        None => (name, None),
    }
}

/// The values that a name stands for; several members only when `all` of them may be meant.
fn named(scenario: &Scenario, name: &str, place: Place, all: bool) -> Result<Vec<FixedValue>, Diagnostic> {
    let wrong = |message: Message| Diagnostic::error(place, message);
    let (declared, year) = base(name);
    let starred = declared.ends_with("[*]");
    let declaration = parse_declaration(declared.strip_suffix("[*]").unwrap_or(declared));
    let (plain, indices) = declaration.map_err(|error| {
        wrong(message!("analysis-solve-no-name", name = name, why = error.message))
            .help(key!("analysis-solve-no-name.help"))
    })?;
    let found = held(scenario, &plain);
    if found.is_empty() {
        return Err(stranger(scenario, &plain, place));
    }
    if found.iter().any(|data| data.is_shock) {
        return Err(
            wrong(message!("analysis-solve-shock", name = &plain)).help(key!("analysis-solve-shock.help"))
        );
    }
    let members: Vec<&str> = indices.iter().map(|index| index.name.as_str()).collect();
    let matches = |value: &&FixedValue| {
        members.len() <= value.members.len() && value.members.iter().zip(&members).all(|(a, b)| a == b)
    };
    let values: Vec<&FixedValue> = found.iter().flat_map(|data| &data.values).filter(matches).collect();
    if values.is_empty() {
        return Err(no_member(&found, name, place));
    }
    let mut cells: Vec<&[String]> = values.iter().map(|value| value.members.as_slice()).collect();
    cells.dedup();
    if cells.len() > 1 && !all && !starred {
        return Err(several(name, &plain, &cells, place));
    }
    match year {
        None => Ok(values.into_iter().cloned().collect()),
        Some(year) => {
            let year: i32 =
                parse(year).ok_or_else(|| wrong(message!("analysis-solve-no-year", year = year)))?;
            within_horizon(scenario, year, place)?;
            cells.iter().map(|cell| period(&values, cell, (name, year), place)).collect()
        }
    }
}

/// The error that a name stands for several members.
fn several(name: &str, plain: &str, cells: &[&[String]], place: Place) -> Diagnostic {
    let message = message!("analysis-solve-several", name = name, count = cells.len());
    let member = cells[0].join(",");
    Diagnostic::error(place, message).help(message!(
        "analysis-solve-several.help",
        plain = plain,
        member = member
    ))
}

/// Says where a period is none of the scenario's.
fn within_horizon(scenario: &Scenario, period: i32, place: Place) -> Result<(), Diagnostic> {
    let time = &scenario.time;
    if step_of(period) != time.step {
        let message = of_another_length(period, time.step);
        return Err(Diagnostic::error(place, message).help(instead_of(period, time.step)));
    }
    if (time.start..=time.end).contains(&period) {
        return Ok(());
    }
    let message = message!("model-call-outside", written = label(period));
    Err(Diagnostic::error(place, message).help(message!(
        "model-call-outside.help",
        start = time.start,
        end = time.end
    )))
}

/// The value of some members that holds in a year.
fn period(
    values: &[&FixedValue],
    members: &[String],
    (name, year): (&str, i32),
    place: Place,
) -> Result<FixedValue, Diagnostic> {
    let own: Vec<&FixedValue> = values.iter().filter(|value| value.members == members).copied().collect();
    let wrong = |message: Message, help: Message| Err(Diagnostic::error(place, message).help(help));
    let base = base(name).0;
    let Some(years) = own.iter().map(|value| value.year).collect::<Option<Vec<i32>>>() else {
        return wrong(
            message!("analysis-solve-all-years", name = base),
            message!("analysis-solve-all-years.help", name = base),
        );
    };
    let at = years.iter().rposition(|from| *from <= year).unwrap_or(0);
    if own[at].joined && years[at] != year {
        let list: Vec<Message> = years.iter().map(|year| Message::verbatim(label(year))).collect();
        return wrong(
            message!("analysis-solve-on-line", name = base, year = year),
            message!("analysis-solve-on-line.help", years = list),
        );
    }
    Ok(own[at].clone())
}

/// The error that no value has these members.
fn no_member(found: &[crate::model::conditions::HeldData], name: &str, place: Place) -> Diagnostic {
    let known: Vec<String> =
        found.iter().flat_map(|data| &data.values).map(|value| value.members.join(",")).collect();
    let mut known: Vec<&str> = known.iter().map(String::as_str).filter(|known| !known.is_empty()).collect();
    known.dedup();
    let diagnostic = Diagnostic::error(place, message!("analysis-solve-no-value", name = name));
    let inner = name.split_once('[').map_or("", |(_, rest)| rest.split(']').next().unwrap_or_default());
    match did_you_mean(inner, &known, key!("text-kind-members")) {
        Some(help) if !known.is_empty() => diagnostic.help(help),
        _ => diagnostic.help(key!("analysis-solve-no-value.help")),
    }
}

/// The error that no parameter or field has the name.
fn stranger(scenario: &Scenario, name: &str, place: Place) -> Diagnostic {
    let followed = |what: Key| {
        Diagnostic::error(place, message!("analysis-solve-follows", name = name, what = what))
            .help(key!("analysis-solve-follows.help"))
    };
    if scenario.variables.contains_key(name) {
        return followed(key!("analysis-solve-variable"));
    } else if scenario.metrics.contains_key(name) {
        return followed(key!("analysis-solve-metric"));
    } else if scenario.targets.contains_key(name) {
        return followed(key!("analysis-solve-target"));
    }
    let mut names: Vec<&str> = scenario.parameters.keys().map(String::as_str).collect();
    names.extend(scenario.sets.values().flat_map(|set| set.fields.keys().map(String::as_str)));
    let diagnostic = Diagnostic::error(place, message!("analysis-solve-unknown", name = name));
    match did_you_mean(name, &names, key!("text-kind-settable")) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
