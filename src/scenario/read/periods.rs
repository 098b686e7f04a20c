//! Reading years, quarters and months.

use super::ScenarioReader;
use crate::scenario::document::{TomlNode, TomlTable, TomlValue};
use crate::text::period::{self, LAST_YEAR, Step, Written, instead_of, label, of_another_length, step_of};
use crate::text::{Diagnostic, Message, Place, suggest::did_you_mean};
use crate::{key, message};

/// Whether a key is meant for a period: `2025`, `2025Q1`, `2025M01`, and what no year has such as `2025Q5`.
pub(super) fn is_period(key: &str) -> bool {
    period::read(key).is_some()
}

/// How periods of a length are written.
pub(super) fn as_written(step: Step) -> Message {
    match step {
        Step::Year => message!("text-period-years"),
        Step::Quarter => message!("text-period-quarters"),
        Step::Month => message!("text-period-months"),
    }
}

/// Says that no year has such a quarter or month.
fn no_such_part(place: Place, text: &str, step: Step) -> Diagnostic {
    Diagnostic::error(place, message!("text-period-no-part", text = text, step = step.name()))
        .help(as_written(step))
}

impl ScenarioReader<'_, '_> {
    /// How long a step is: a year where nothing is said.
    pub(super) fn length_of_steps(&mut self, time: &TomlTable) -> Option<Step> {
        let Some(entry) = time.get("step") else { return Some(Step::Year) };
        let Some(name) = entry.node.text() else {
            self.wrong_kind(&entry.node, Message::verbatim("step"), key!("scenario-kind-string"));
            return None;
        };
        let step = Step::named(name);
        if step.is_none() {
            let known = Step::ALL.map(Step::name);
            let near = did_you_mean(name, &known, key!("text-kind-steps"));
            let help = near.unwrap_or_else(|| message!("scenario-periods-step.help"));
            let message = message!("scenario-periods-step", name = name);
            self.diagnostics.push(Diagnostic::error(entry.node.place, message).help(help));
        }
        step
    }

    /// The first or last period of the horizon, which must be there. A whole year stands for its first or last period.
    pub(super) fn end_of_time(
        &mut self,
        time: &TomlTable,
        key: &str,
        place: Place,
        step: Option<Step>,
    ) -> Option<i32> {
        let example = |step: Step| match (key, step) {
            ("start", Step::Year) => Message::verbatim("2020"),
            (_, Step::Year) => Message::verbatim("2035"),
            ("start", step) => Message::verbatim(format!("\"{}\"", label(step.first_of(2020)))),
            (_, step) => Message::verbatim(format!("\"{}\"", label(step.last_of(2030)))),
        };
        let help = |step: Step| {
            let example = example(step);
            match step {
                Step::Year => message!("scenario-keys-year.help", key = key, example = example),
                _ => message!("scenario-keys-no-year.help", key = key, example = example),
            }
        };
        let shown = step.unwrap_or_default();
        let Some(entry) = time.get(key) else {
            let message = message!("scenario-keys-no-year", key = key);
            let help = message!("scenario-keys-no-year.help", key = key, example = example(shown));
            self.diagnostics.push(Diagnostic::missing(place, message).help(help));
            return None;
        };
        let at = entry.node.place;
        let diagnostic = match &entry.node.value {
            TomlValue::Number { number, whole: true } if (0.0..=f64::from(LAST_YEAR)).contains(number) => {
                let (step, year) = (step?, *number as i32);
                return Some(if key == "start" { step.first_of(year) } else { step.last_of(year) });
            }
            TomlValue::Number { number, .. } => {
                let message = message!("scenario-keys-whole-year", key = key, number = format!("{number:?}"));
                Diagnostic::error(at, message)
            }
            TomlValue::Text(text) => match (period::read(text), step) {
                (Some(Written::NoSuchPart(part)), _) => no_such_part(at, text, part),
                // What the steps are could not be read.
                (Some(_), None) => return None,
                (Some(Written::Period(found)), Some(step)) if step_of(found) == step => {
                    if step != Step::Year {
                        return Some(found);
                    }
                    let message = message!("scenario-keys-year", key = key, found = entry.node.describe());
                    let help = message!("scenario-keys-year.help", key = key, example = label(found));
                    Diagnostic::error(at, message).help(help)
                }
                (Some(Written::Period(found)), Some(step)) if step_of(found) == Step::Year => {
                    return Some(if key == "start" { step.first_of(found) } else { step.last_of(found) });
                }
                (Some(Written::Period(found)), Some(step)) => {
                    let of = step_of(found).name();
                    let help = if time.contains_key("step") {
                        instead_of(found, step)
                    } else {
                        message!("scenario-periods-no-step", step = of)
                    };
                    Diagnostic::error(at, of_another_length(found, step)).help(help)
                }
                (None, _) => {
                    let message = message!("scenario-periods-none", text = text);
                    Diagnostic::error(at, message).help(help(shown))
                }
            },
            _ => {
                let message = message!("scenario-keys-year", key = key, found = entry.node.describe());
                Diagnostic::error(at, message).help(help(shown))
            }
        };
        self.diagnostics.push(diagnostic);
        None
    }

    /// The period from which a value holds: of a whole year its first.
    pub(super) fn period_from(&mut self, key: &str, place: Place) -> Option<i32> {
        match (period::read(key)?, self.step) {
            (Written::Period(year), Some(step)) if step_of(year) == Step::Year => Some(step.first_of(year)),
            _ => self.period_of(key, place),
        }
    }

    /// The period of a value that is recorded.
    pub(super) fn period_of(&mut self, key: &str, place: Place) -> Option<i32> {
        match period::read(key)? {
            Written::NoSuchPart(step) => {
                self.diagnostics.push(no_such_part(place, key, step));
                None
            }
            Written::Period(found) => self.of_the_steps(found, place),
        }
    }

    /// A period, if it is as long as the steps.
    fn of_the_steps(&mut self, found: i32, place: Place) -> Option<i32> {
        match self.step {
            Some(step) if step_of(found) != step => {
                let message = of_another_length(found, step);
                self.diagnostics.push(Diagnostic::error(place, message).help(instead_of(found, step)));
                None
            }
            _ => Some(found),
        }
    }

    /// A period that is the value of a key; `None` where it is none.
    pub(super) fn period_in(&mut self, node: &TomlNode, first: bool) -> Option<i32> {
        let step = self.step.unwrap_or_default();
        let of_year = |year: i32| if first { step.first_of(year) } else { step.last_of(year) };
        match &node.value {
            TomlValue::Number { number, whole: true } if (0.0..=f64::from(LAST_YEAR)).contains(number) => {
                Some(of_year(*number as i32))
            }
            TomlValue::Text(text) => match period::parse(text)? {
                year if step_of(year) == Step::Year => (step != Step::Year).then(|| of_year(year)),
                found => self.of_the_steps(found, node.place),
            },
            _ => None,
        }
    }
}
