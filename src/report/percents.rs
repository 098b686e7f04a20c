//! Differences in per cent of the reference's mean, in words, with notes for those that need one.

use crate::result::comparison::{NoPercent, PercentOfMean};
use crate::text::Language;
use crate::text::number::significant;

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
        let line = |(place, note): (usize, &Note)| format!("{} {}", mark(place), note.words(language));
        self.notes.iter().enumerate().map(line).collect()
    }
}

/// The letter of a note: there are fewer notes than letters.
fn mark(place: usize) -> String {
    let letter = (b'a'..=b'z').nth(place).unwrap_or(b'z');
    format!("({})", char::from(letter))
}

impl Note {
    const fn words(self, language: Language) -> &'static str {
        let words = match self {
            Self::CrossesZero => [
                "The change of the mean: on some paths the reference is zero or of the other sign, so that single paths have no per cent.",
                "仅为均值的变化：基准在部分路径上为零或变号，单条路径没有百分比。",
            ],
            Self::None(NoPercent::ReferenceNearZero) => [
                "No per cent: the reference's mean is less than five standard errors away from zero.",
                "不给出百分比：基准均值与零相差不足五个标准误。",
            ],
            Self::None(NoPercent::Points) => [
                "No per cent: a rate or share in per cent, whose differences are percentage points.",
                "不给出百分比：该量本身以百分比计，其差为百分点。",
            ],
            Self::None(NoPercent::CalendarYear) => {
                ["No per cent: calendar years.", "不给出百分比：该量为年份。"]
            }
            Self::None(NoPercent::NoValue) => [
                "No per cent: on some paths one of the two has no finite value.",
                "不给出百分比：部分路径上其中一个情景没有有限值。",
            ],
            Self::None(NoPercent::TooFewPaths) => {
                ["No per cent: fewer than two paths.", "不给出百分比：路径少于两条。"]
            }
            Self::None(NoPercent::MeanNotKnown) => {
                ["No per cent: a mean or its error is not known.", "不给出百分比：均值或其误差未知。"]
            }
        };
        match language {
            Language::En => words[0],
            Language::Zh => words[1],
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
