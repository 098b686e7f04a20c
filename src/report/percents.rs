//! Differences in per cent of the reference's mean, in words, with notes for those that need one.

use crate::key;
use crate::result::comparison::{NoPercent, PercentOfMean};
use crate::text::number::significant;
use crate::text::{Key, Language};

/// What a note says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Note {
    CrossesZero,
    None(NoPercent),
}

/// The notes of a table, in the order in which its cells ask for them: `(a)`, `(b)` …
#[derive(Clone, Debug, Default)]
pub struct Percents {
    notes: Vec<Note>,
}

impl Percents {
    /// A cell: the ratio of means with its error, and the letter of its note. Where there is none: a dash and the
    /// letter of the reason.
    pub fn cell(&mut self, percent: &PercentOfMean) -> String {
        match (percent.value, percent.not_known) {
            (Some(value), _) => {
                let error = percent.standard_error.unwrap_or(0.0);
                let text = significant(value, error);
                let text =
                    if error > 0.0 { format!("{text} ± {}", significant(error, error)) } else { text };
                // No difference needs no reference.
                let crosses = percent.reference_crosses_zero && (value != 0.0 || error > 0.0);
                if crosses { format!("{text} {}", self.letter(Note::CrossesZero)) } else { text }
            }
            (None, Some(reason)) => format!("– {}", self.letter(Note::None(reason))),
            (None, None) => "–".to_owned(),
        }
    }

    fn letter(&mut self, note: Note) -> String {
        let place = self.notes.iter().position(|known| *known == note).unwrap_or_else(|| {
            self.notes.push(note);
            self.notes.len() - 1
        });
        mark(place)
    }

    /// What the letters mean.
    pub fn lines(&self, language: Language) -> Vec<String> {
        let line = |(place, note): (usize, &Note)| format!("{} {}", mark(place), note.words().text(language));
        self.notes.iter().enumerate().map(line).collect()
    }
}

/// The letter of a note: there are fewer notes than letters.
fn mark(place: usize) -> String {
    let letter = (b'a'..=b'z').nth(place).unwrap_or(b'z');
    format!("({})", char::from(letter))
}

impl Note {
    const fn words(self) -> Key {
        match self {
            Self::CrossesZero => key!("report-percents-crosses-zero"),
            Self::None(NoPercent::ReferenceNearZero) => key!("report-percents-near-zero"),
            Self::None(NoPercent::Points) => key!("report-percents-points"),
            Self::None(NoPercent::CalendarYear) => key!("report-percents-year"),
            Self::None(NoPercent::NoValue) => key!("report-percents-no-value"),
            Self::None(NoPercent::TooFewPaths) => key!("report-percents-few-paths"),
            Self::None(NoPercent::MeanNotKnown) => key!("report-percents-mean"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(value: f64, error: f64, crosses: bool) -> PercentOfMean {
        PercentOfMean {
            value: Some(value),
            standard_error: Some(error),
            not_known: None,
            reference_crosses_zero: crosses,
        }
    }

    #[test]
    fn each_reason_has_one_letter_in_the_order_in_which_it_is_met() {
        let none = |reason| PercentOfMean { not_known: Some(reason), ..PercentOfMean::default() };
        let mut percents = Percents::default();
        let cells = [
            percents.cell(&none(NoPercent::Points)),
            percents.cell(&percent(-38.51, 0.42, true)),
            percents.cell(&percent(2.0, 0.01, false)),
            percents.cell(&none(NoPercent::Points)),
            percents.cell(&percent(0.0, 0.0, true)),
            percents.cell(&PercentOfMean::default()),
        ];
        assert_eq!(cells, ["– (a)", "−38.5 ± 0.4 (b)", "2.00 ± 0.01", "– (a)", "0", "–"]);
        for language in [Language::En, Language::Zh] {
            let lines = percents.lines(language);
            assert!(lines.len() == 2 && lines[0].starts_with("(a) ") && lines[1].starts_with("(b) "));
        }
    }
}
