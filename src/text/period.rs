//! A period of a model as one whole number: a year, or a quarter or month of one.
//!
//! A year is itself, and quarters and months are counted from year 0 within ranges of their own. So a number says how
//! long its period is, differences of two are steps between them, and a year is the number that it always was.

use serde::{Deserialize, Serialize};

pub mod stored;

use super::{Language, Message};
use crate::{message, tr};

/// How long a period is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// A year.
    #[default]
    Year,
    /// A quarter of a year.
    Quarter,
    /// A month.
    Month,
}

/// The last year that a period can be in.
pub const LAST_YEAR: i32 = 9999;

impl Step {
    /// All of them, the longest first.
    pub const ALL: [Self; 3] = [Self::Year, Self::Quarter, Self::Month];

    /// How many of them a year has.
    pub fn per_year(self) -> i32 {
        match self {
            Self::Year => 1,
            Self::Quarter => 4,
            Self::Month => 12,
        }
    }

    /// As a scenario writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
        }
    }

    /// The step of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// The number of the first period of year 0.
    fn origin(self) -> i32 {
        match self {
            Self::Year => 0,
            Self::Quarter => 1_000_000,
            Self::Month => 2_000_000,
        }
    }

    /// The first period of a year.
    pub fn first_of(self, year: i32) -> i32 {
        self.origin() + year * self.per_year()
    }

    /// The last period of a year.
    pub fn last_of(self, year: i32) -> i32 {
        self.first_of(year) + self.per_year() - 1
    }

    /// The period that a decimal year is the beginning of.
    pub fn beginning_at(self, time: f64) -> Option<i32> {
        let ordinal = (time * f64::from(self.per_year())).round();
        let limit = f64::from((LAST_YEAR + 1) * self.per_year());
        if !(0.0..limit).contains(&ordinal) {
            return None;
        }
        let period = self.origin() + ordinal as i32;
        (self::time(period).to_bits() == time.to_bits()).then_some(period)
    }
}

/// How long a period is.
pub fn step_of(period: i32) -> Step {
    // Wide enough that no sum of a period and a lag comes into another's range.
    match period {
        900_000..1_500_000 => Step::Quarter,
        1_900_000..3_000_000 => Step::Month,
        _ => Step::Year,
    }
}

/// How many periods of its length begin before it, from year 0 on: what a draw is addressed by.
pub fn ordinal(period: i32) -> i32 {
    period - step_of(period).origin()
}

/// The calendar year in which it lies.
pub fn year_of(period: i32) -> i32 {
    ordinal(period).div_euclid(step_of(period).per_year())
}

/// Says that a period is longer or shorter than the steps.
pub fn of_another_length(period: i32, step: Step) -> Message {
    message!("text-period-other", period = period, is = step_of(period).name(), step = step.name())
}

/// What to write instead of a period of another length, where steps are so long.
pub fn instead_of(period: i32, step: Step) -> Message {
    let year = year_of(period);
    match step {
        Step::Year => message!("text-period-other.year", year = year),
        _ => message!("text-period-other.part", first = step.first_of(year), last = step.last_of(year)),
    }
}

/// Whether it is the last of its calendar year.
pub fn ends_a_year(period: i32) -> bool {
    period == step_of(period).last_of(year_of(period))
}

/// Whether a table that has no room for all periods has it: every fifth year, and the last part of every year.
pub fn is_told(period: i32) -> bool {
    match step_of(period) {
        Step::Year => period % 5 == 0,
        Step::Quarter | Step::Month => ends_a_year(period),
    }
}

/// Whether it is a year, quarter or month of years from 0 to a horizon beyond the last one.
pub fn is_sound(period: i32, beyond: i32) -> bool {
    let last = step_of(period).last_of(LAST_YEAR);
    (step_of(period).first_of(0)..=last.saturating_add(beyond)).contains(&period)
}

/// When it begins, in decimal years: 2020.25 for the second quarter of 2020.
pub fn time(period: i32) -> f64 {
    let each = step_of(period).per_year();
    let part = ordinal(period).rem_euclid(each);
    if part == 0 {
        return f64::from(year_of(period));
    }
    f64::from(year_of(period)) + f64::from(part) / f64::from(each)
}

/// How it is written: `2020`, `2020Q1`, `2020M01`.
///
/// ```
/// use plancast::text::period::{Step, label};
/// assert_eq!(label(Step::Quarter.first_of(2020) + 1), "2020Q2");
/// ```
pub fn label(period: impl std::borrow::Borrow<i32>) -> String {
    let period = *period.borrow();
    let (step, year) = (step_of(period), year_of(period));
    let part = ordinal(period).rem_euclid(step.per_year()) + 1;
    match step {
        Step::Year => period.to_string(),
        Step::Quarter => format!("{year}Q{part}"),
        Step::Month => format!("{year}M{part:02}"),
    }
}

/// What a column of periods is headed, and what a period is called on an axis: `Year`, `Quarter` or `Month`.
pub fn heading(period: i32, language: Language) -> &'static str {
    match step_of(period) {
        Step::Year => tr!(language, "text-period-year"),
        Step::Quarter => tr!(language, "text-period-quarter"),
        Step::Month => tr!(language, "text-period-month"),
    }
}

/// How many years lie between two periods of one length.
pub fn years_between(from: i32, to: i32) -> f64 {
    f64::from(to - from) / f64::from(step_of(from).per_year())
}

/// A value in decimal years as it is written where it is exactly a period of this length.
pub fn label_at(time: f64, step: Step) -> Option<String> {
    step.beginning_at(time).map(label)
}

/// How the period of this length is written in which a time in decimal years lies.
pub fn label_within(time: f64, step: Step) -> String {
    // Twelfths of a year are not exact numbers.
    let ordinal = (time * f64::from(step.per_year()) + 1e-6).floor();
    label(step.first_of(0) + ordinal as i32)
}

/// Whether a text is a year: a whole number from 0 to 9999 without leading zeros.
pub fn is_year(text: &str) -> bool {
    text == "0"
        || ((1..=4).contains(&text.len())
            && !text.starts_with('0')
            && text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A text that is meant for a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A period.
    Period(i32),
    /// A part of a year that no year has: `2020Q5`, `2020M13`.
    NoSuchPart(Step),
}

/// Reads a period as a scenario writes it: `2020`, `2020Q1`, `2020M01`.
pub fn read(text: &str) -> Option<Written> {
    if is_year(text) {
        return text.parse().ok().map(Written::Period);
    }
    let (year, part) = text.split_once(['Q', 'M'])?;
    let step = if text.contains('Q') { Step::Quarter } else { Step::Month };
    let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_year(year) || !digits {
        return None;
    }
    let (year, part): (i32, i32) = (year.parse().ok()?, part.parse().ok()?);
    if !(1..=step.per_year()).contains(&part) {
        return Some(Written::NoSuchPart(step));
    }
    Some(Written::Period(step.first_of(year) + part - 1))
}

/// The period that a text is, as a scenario writes it.
pub fn parse(text: &str) -> Option<i32> {
    match read(text)? {
        Written::Period(period) => Some(period),
        Written::NoSuchPart(_) => None,
    }
}

/// A period in a file of results: a year is a number, a quarter or month a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored(pub i32);

impl Serialize for Stored {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if !to.is_human_readable() || step_of(self.0) == Step::Year {
            return to.serialize_i32(self.0);
        }
        to.serialize_str(&label(self.0))
    }
}

impl<'de> Deserialize<'de> for Stored {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if !from.is_human_readable() {
            return i32::deserialize(from).map(Self);
        }
        from.deserialize_any(StoredVisitor)
    }
}

struct StoredVisitor;

impl serde::de::Visitor<'_> for StoredVisitor {
    type Value = Stored;

    fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("a year, or a quarter or month such as \"2020Q1\" or \"2020M01\"")
    }

    fn visit_i64<E: serde::de::Error>(self, year: i64) -> Result<Stored, E> {
        let wrong = || E::invalid_value(serde::de::Unexpected::Signed(year), &self);
        i32::try_from(year).map(Stored).map_err(|_| wrong())
    }

    fn visit_u64<E: serde::de::Error>(self, year: u64) -> Result<Stored, E> {
        let wrong = || E::invalid_value(serde::de::Unexpected::Unsigned(year), &self);
        i32::try_from(year).map(Stored).map_err(|_| wrong())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Stored, E> {
        let wrong = || E::invalid_value(serde::de::Unexpected::Str(text), &self);
        parse(text).filter(|period| step_of(*period) != Step::Year).map(Stored).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn periods_are_written_as_statistics_write_them() {
        let quarter = Step::Quarter.first_of(2020);
        assert_eq!(
            (label(quarter), label(quarter + 3), label(quarter + 4)),
            periods("2020Q1", "2020Q4", "2021Q1")
        );
        let month = Step::Month.first_of(2020);
        assert_eq!(
            (label(month), label(month + 11), label(month - 1)),
            periods("2020M01", "2020M12", "2019M12")
        );
        assert_eq!((label(2020), label(0), label(-1)), periods("2020", "0", "-1"));
        assert_eq!((time(quarter + 1), time(month + 6), time(2020)), (2020.25, 2020.5, 2020.0));
        assert_eq!(label_within(2020.3, Step::Quarter), "2020Q2");
        assert_eq!(label_within(2020.0 + 1.0 / 12.0, Step::Month), "2020M02");
        assert_eq!(label_within(2020.9, Step::Year), "2020");
    }

    fn periods(a: &str, b: &str, c: &str) -> (String, String, String) {
        (a.into(), b.into(), c.into())
    }

    #[test]
    fn what_no_year_has_is_told_from_what_is_no_period() {
        assert_eq!(read("2020Q5"), Some(Written::NoSuchPart(Step::Quarter)));
        assert_eq!(read("2020M13"), Some(Written::NoSuchPart(Step::Month)));
        assert_eq!(read("2020M00"), Some(Written::NoSuchPart(Step::Month)));
        for text in
            ["", "Q1", "2020Q", "2020Q001", "20201Q1", "2020 Q1", "2020W1", "x2020Q1", "02020", "-1Q1"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        /// A period survives being written and read, and its time is its own.
        #[test]
        fn a_period_is_what_its_label_and_time_say(step in 0..3_usize, year in 0..=LAST_YEAR, part in 0..12) {
            let step = Step::ALL[step];
            let period = step.first_of(year) + part % step.per_year();
            prop_assert_eq!(parse(&label(period)), Some(period));
            prop_assert_eq!((step_of(period), year_of(period)), (step, year));
            prop_assert_eq!(step.beginning_at(time(period)), Some(period));
            prop_assert_eq!(ordinal(period), year * step.per_year() + part % step.per_year());
            let stored = serde_json::to_string(&Stored(period)).unwrap();
            prop_assert_eq!(serde_json::from_str::<Stored>(&stored).unwrap(), Stored(period));
        }
    }
}
