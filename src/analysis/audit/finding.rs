//! What an audit finds.

use serde::Serialize;

use crate::scenario::claims::Softness;

/// Figures of a plan and what they say of each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The variable, account or figure that it is about.
    pub about: String,
    /// Whether the figures do not fit together as they stand.
    pub conflict: bool,
    /// What was found.
    #[serde(flatten)]
    pub what: FindingKind,
}

/// A level that targets state of a variable.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Level {
    /// The targets.
    pub targets: Vec<String>,
    /// The year.
    #[serde(serialize_with = "crate::text::period::stored::serialize")]
    pub year: i32,
    /// The level.
    pub level: f64,
    /// Whether it is the least, the most or about what is meant.
    pub softness: Softness,
}

/// A mean yearly growth that targets state of a variable.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// The targets.
    pub targets: Vec<String>,
    /// First and last year.
    #[serde(serialize_with = "crate::text::period::stored::both")]
    pub years: (i32, i32),
    /// Growth a year: 0.08.
    pub rate: f64,
    /// Whether it is the least, the most or about what is meant.
    pub softness: Softness,
}

/// What a variable is to reach.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RequiredChange {
    /// The variable.
    pub variable: String,
    /// The targets that say so.
    pub targets: Vec<String>,
    /// The year in which it is reached.
    #[serde(serialize_with = "crate::text::period::stored::serialize")]
    pub year: i32,
    /// The level; absent where growth is stated and there is no base value.
    pub level: Option<f64>,
    /// How many times the base value that is: 1.469; absent where the base value is nought.
    pub multiple: Option<f64>,
    /// The growth a year that this is.
    pub rate: Option<f64>,
    /// Whether it is the least, the most or about what is meant.
    pub softness: Softness,
}

/// A part of a whole and the level stated of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatedPart {
    /// The variable.
    pub variable: String,
    /// The targets that state the level.
    pub targets: Vec<String>,
    /// The value in the base year.
    pub base: f64,
    /// The level.
    pub level: f64,
}

/// What the stated parts leave for the rest of a whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatedRest {
    /// The targets that state the whole.
    pub targets: Vec<String>,
    /// What the whole is to be.
    pub whole: f64,
    /// What the rest had in the base year.
    pub base: f64,
    /// What is left for it.
    pub left: f64,
    /// Whether the whole is to be at least, at most or about that.
    pub softness: Softness,
}

/// A promise of a resource.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claimed {
    /// The variable, parameter or field, with members.
    pub name: String,
    /// How much.
    pub amount: f64,
}

/// A variable that a figure is taken to be about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// The variable.
    pub variable: String,
    /// The targets that take it so.
    pub targets: Vec<String>,
    /// The year.
    #[serde(serialize_with = "crate::text::period::stored::serialize")]
    pub year: i32,
    /// What is stated: a level, or a multiple of the base value where `multiple`.
    pub stated: f64,
    /// Whether it is a multiple of the base value.
    pub multiple: bool,
    /// The same of the central path.
    pub central: Option<f64>,
}

/// The kinds of finding. Years and values of the base are those of the scenario's base year.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FindingKind {
    /// From the base value to a level: the growth a year that it takes.
    Needs {
        /// Base year and value.
        #[serde(serialize_with = "crate::text::period::stored::with_value")]
        base: (i32, f64),
        /// The level.
        level: Level,
        /// Growth a year.
        rate: f64,
    },
    /// Where a rate leads from the base value.
    Leads {
        /// Base year and value.
        #[serde(serialize_with = "crate::text::period::stored::with_value")]
        base: (i32, f64),
        /// The rate.
        rate: Rate,
        /// How many times the base value that is.
        multiple: f64,
        /// Where it leads.
        leads_to: f64,
    },
    /// A level and a rate over the same years that cannot both hold: where the rate leads, and the base at which
    /// both would.
    Disagree {
        /// The base year's value.
        base: f64,
        /// The level.
        level: Level,
        /// The rate.
        rate: Rate,
        /// Where the rate leads from the base.
        leads_to: f64,
        /// The base from which the rate leads to the level.
        common_base: f64,
        /// Whether both hold from that base only, from it and less, or from it and more.
        base_is: Softness,
    },
    /// A level and a rate over the same years that can both hold, and differ.
    Beside {
        /// The base year's value.
        base: f64,
        /// The level.
        level: Level,
        /// The rate.
        rate: Rate,
        /// Where the rate leads from the base.
        leads_to: f64,
        /// The base from which the rate leads to the level.
        common_base: f64,
    },
    /// Two levels of one year that cannot both hold.
    OpposedLevels {
        /// The higher one.
        high: Level,
        /// The lower one.
        low: Level,
    },
    /// Two rates of the same years that cannot both hold.
    OpposedRates {
        /// The higher one.
        high: Rate,
        /// The lower one.
        low: Rate,
    },
    /// Two levels: the growth a year between them, and where a rate asked for elsewhere would lead.
    Between {
        /// The earlier level.
        first: Level,
        /// The later level.
        second: Level,
        /// Growth a year between them.
        rate: f64,
        /// For each rate asked for: the rate and where it leads from the first level.
        at_rates: Vec<(Rate, f64)>,
    },
    /// Two variables that are to change: what that does to the one over the other.
    Ratio {
        /// The variable above.
        numerator: RequiredChange,
        /// The variable below.
        denominator: RequiredChange,
        /// What the ratio is multiplied by.
        factor: Option<f64>,
        /// The ratio in the base year.
        before: Option<f64>,
        /// The ratio that follows.
        after: Option<f64>,
    },
    /// Levels stated of parts: their sum against the same parts in the base year, and against the whole.
    Parts {
        /// The whole.
        whole: String,
        /// The year.
        #[serde(serialize_with = "crate::text::period::stored::serialize")]
        year: i32,
        /// The parts.
        parts: Vec<StatedPart>,
        /// Sum of the levels.
        sum: f64,
        /// Sum of the same parts in the base year.
        base: f64,
        /// Growth a year from one to the other.
        rate: f64,
        /// What the whole leaves, where a figure states the whole.
        rest: Option<StatedRest>,
        /// Targets that state the same number of something else.
        namesakes: Vec<String>,
    },
    /// A resource promised to several: the promises in full against what there is.
    Promised {
        /// The resource.
        supply: String,
        /// What there is on the central path, in the first and the last year.
        #[serde(serialize_with = "crate::text::period::stored::with_values")]
        available: Vec<(i32, f64)>,
        /// The promises.
        claims: Vec<Claimed>,
        /// Their sum.
        sum: f64,
    },
    /// One figure that can be about several variables.
    Readings {
        /// What it can be about.
        readings: Vec<Reading>,
    },
    /// One number stated by several figures about one variable, or about a whole and its part.
    SameNumber {
        /// The number.
        number: f64,
        /// The year.
        #[serde(serialize_with = "crate::text::period::stored::serialize")]
        year: i32,
        /// Target, figure and variable.
        targets: Vec<(String, String, String)>,
    },
}
