//! What a data value can be: a number, a distribution, values by year or by member, with its provenance.

mod arithmetic;
mod forms;
mod inadmissible;
mod parse;
mod percent;
mod varying;

pub use inadmissible::message as inadmissible;
pub use parse::{DISTRIBUTIONS, FileColumns, ReadColumn, Z95, parse, range_ends};
pub use varying::{VaryingArgument, VaryingDistribution};

pub use percent::{Percent, PercentWriting, is_forgotten, speaks_of_percent};

use indexmap::IndexMap;

use crate::num::Distribution;
use crate::text::{Place, Text};

/// A data value.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The value.
    pub kind: QuantityKind,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Where its values are written with a per cent sign, and where without.
    pub percent: Percent,
    /// Where it stands.
    pub place: Place,
}

impl Quantity {
    /// Whether its values are written with a per cent sign; `None` where nothing says so.
    pub fn has_percent_sign(&self) -> Option<bool> {
        match &self.kind {
            QuantityKind::ByMember(entries) => {
                entries.iter().find_map(|(_, _, inner)| inner.has_percent_sign())
            }
            QuantityKind::ByYear { entries, .. } => {
                entries.iter().find_map(|(_, inner)| inner.has_percent_sign())
            }
            _ if self.percent.with.is_some() => Some(true),
            _ => self.percent.without.map(|_| false),
        }
    }
}

/// The distributions that a scenario gives names to.
pub type NamedDistributions = IndexMap<String, Distribution>;

/// The forms of a data value.
#[derive(Clone, Debug, PartialEq)]
pub enum QuantityKind {
    /// A number.
    Number(f64),
    /// A distribution, and how it was written.
    Chance(Distribution, String),
    /// A distribution with arguments that are not the same on every path, and how it was written.
    Varying(Box<VaryingDistribution>, String),
    /// Values from a year on; between them straight lines when `linear`.
    ByYear {
        /// Straight lines between the years, instead of steps.
        linear: bool,
        /// Year and value, in the order of the years.
        entries: Vec<(i32, Quantity)>,
    },
    /// Values by member of a further set.
    ByMember(Vec<(String, Place, Quantity)>),
    /// What was written is no value; that was said, and what rests on it is passed over.
    Broken,
}

/// Where a value comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Unit, as written.
    pub unit: Option<String>,
    /// Where the unit stands.
    pub unit_place: Option<Place>,
    /// Source id.
    pub source: Option<String>,
    /// Where the source id stands.
    pub source_place: Option<Place>,
    /// Figures of the document that it rests on, by id.
    pub figures: Vec<(String, Place)>,
    /// A remark.
    pub note: Text,
    /// Title.
    pub title: Text,
}

impl Provenance {
    /// This one, with what it lacks taken from that of the surrounding table.
    #[must_use]
    pub fn or(self, outer: &Self) -> Self {
        Self {
            unit_place: self.unit_place.or(outer.unit_place),
            unit: self.unit.or_else(|| outer.unit.clone()),
            source_place: self.source_place.or(outer.source_place),
            source: self.source.or_else(|| outer.source.clone()),
            figures: if self.figures.is_empty() { outer.figures.clone() } else { self.figures },
            note: if self.note.is_empty() { outer.note.clone() } else { self.note },
            title: if self.title.is_empty() { outer.title.clone() } else { self.title },
        }
    }
}

impl Quantity {
    /// Stands for a value that could not be read.
    pub fn broken(provenance: &Provenance, place: Place) -> Self {
        Self {
            kind: QuantityKind::Broken,
            provenance: provenance.clone(),
            percent: Percent::default(),
            place,
        }
    }
}
