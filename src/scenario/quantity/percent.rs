//! Per cent signs: which values of a quantity have one, and what to write where some have and some have not.

use crate::formula::token::Span;
use crate::num::max;
use crate::text::Place;

/// Where the values in a text are written with a per cent sign, and where without. Weights, shapes and probabilities
/// are no values; zero and infinity are the same in any unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PercentWriting {
    with: Vec<Span>,
    without: Vec<Span>,
    /// The largest value with a sign that says where values lie, not how far apart.
    largest_with: f64,
    largest_without: f64,
    /// Whether a value with a sign says how far values lie apart.
    signed_spread: bool,
}

/// Where a quantity's values are written with a per cent sign, and where without.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Percent {
    /// The first with a sign.
    pub with: Option<Place>,
    /// The first without.
    pub without: Option<Place>,
    /// Of a text with both: what to write, with a sign everywhere and with none.
    pub mended: Option<[String; 2]>,
    /// Whether a value without a sign is so much larger than those with one that the sign was forgotten.
    pub is_doubtful: bool,
    /// The size of the largest value with a sign, and of the largest without, that say where values lie.
    pub largest: [f64; 2],
}

impl PercentWriting {
    /// Notes a value; `spread` where it says how far values lie apart, and not where.
    pub(super) fn note(&mut self, value: f64, span: Span, signed: bool, spread: bool) {
        if value == 0.0 || value.is_infinite() {
            return;
        }
        let (spans, largest) = if signed {
            (&mut self.with, &mut self.largest_with)
        } else {
            (&mut self.without, &mut self.largest_without)
        };
        spans.push(span);
        self.signed_spread |= signed && spread;
        if !(signed && spread) {
            *largest = max(*largest, value.abs());
        }
    }

    /// Notes that values come without a sign, from a file or from numbers that have no unit.
    pub(super) fn note_without(&mut self, span: Span) {
        self.without.push(span);
    }

    /// In places, where the text stands at `place`.
    pub fn placed(&self, text: &str, place: Place) -> Percent {
        let exact = (place.end - place.start) as usize == text.len();
        let at = |spans: &[Span]| {
            spans.first().map(|span| if exact { place.part(span.start, span.end) } else { place })
        };
        Percent {
            with: at(&self.with),
            without: at(&self.without),
            mended: self.mended(text),
            // A spread in per cent of what is around 1 is a factor's.
            is_doubtful: is_forgotten(self.largest_with, self.largest_without)
                || (self.signed_spread && self.largest_with == 0.0 && self.largest_without > 2.0),
            largest: [self.largest_with, self.largest_without],
        }
    }

    /// What to write with a sign everywhere and with none, where some values have one and some have none.
    pub(super) fn mended(&self, text: &str) -> Option<[String; 2]> {
        let mixed = !self.with.is_empty() && !self.without.is_empty();
        mixed.then(|| [self.all_with(text), self.all_without(text)])
    }

    fn all_with(&self, text: &str) -> String {
        let mut mended = text.to_string();
        let numbers =
            self.without.iter().rev().filter(|span| {
                text[span.start..span.end].starts_with(|c: char| c.is_ascii_digit() || c == '.')
            });
        numbers.for_each(|span| mended.insert(span.end, '%'));
        mended
    }

    fn all_without(&self, text: &str) -> String {
        let mut mended = text.to_string();
        self.with.iter().rev().filter(|span| text[..span.end].ends_with('%')).for_each(|span| {
            mended.remove(span.end - 1);
        });
        mended
    }
}

impl Percent {
    /// Of a plain number.
    pub fn of_number(number: f64, place: Place) -> Self {
        Self { without: (number != 0.0).then_some(place), largest: [0.0, number.abs()], ..Self::default() }
    }
}

/// Whether values without a sign are so much larger than some with one that the sign was forgotten, where these and those are
/// the largest in size.
pub fn is_forgotten(largest_with: f64, largest_without: f64) -> bool {
    largest_with > 0.0 && largest_without > max(1.0, 10.0 * largest_with)
}

/// Whether a unit is per cent, or per cent of something.
pub fn speaks_of_percent(unit: &str) -> bool {
    ["%", "percent", "per cent", "pct", "百分点"].iter().any(|word| unit.contains(word))
        || unit.split(|c: char| !c.is_alphanumeric()).any(|word| word == "pp")
}
