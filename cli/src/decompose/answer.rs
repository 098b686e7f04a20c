//! The effects as they are printed.

use std::fmt::Write as _;

use super::methods;
use plancast::num::max;
use plancast::study::{DecomposeAnswer, DecompositionEnds, DecompositionMethod, Spread};
use plancast::text::number::significant;
use plancast::text::period::label;
use plancast::text::{Language, Message, Text, unit};
use plancast::{message, tr};

/// What is held against what: two years, or the titles of two scenarios.
pub(super) enum Ends {
    Years(i32, i32),
    Scenarios { first: Text, other: Text, year: i32 },
}

impl Ends {
    fn of(answer: &DecomposeAnswer) -> Self {
        match answer.ends {
            DecompositionEnds::Scenarios { year, .. } => {
                let (first, other) = answer.titles.clone();
                Self::Scenarios { first, other: other.unwrap_or_default(), year }
            }
            DecompositionEnds::Years { from, to } => Self::Years(from, to),
        }
    }

    /// Labels of the two totals.
    pub(super) fn names(&self, language: Language) -> [String; 2] {
        match self {
            Self::Years(from, to) => [label(from), label(to)],
            Self::Scenarios { first, other, .. } => {
                [first.get(language).to_owned(), other.get(language).to_owned()]
            }
        }
    }
}

/// An effect over the paths.
pub(super) struct ShownEffect {
    pub(super) title: String,
    pub(super) additive: Spread,
    multiplicative: Option<Spread>,
}

/// Everything that text and chart show, in the unit that is shown.
pub(super) struct ShownEffects {
    pub(super) title: String,
    pub(super) unit: String,
    pub(super) ends: Ends,
    pub(super) totals: (Spread, Spread),
    change: ShownEffect,
    /// The effects, and the rest where it is one.
    pub(super) effects: Vec<ShownEffect>,
    pub(super) methods: Vec<DecompositionMethod>,
    /// How many paths this is over.
    pub(super) known: usize,
    pub(super) paths: u64,
    notes: Vec<String>,
    pub(super) footer: String,
}

impl ShownEffects {
    pub(super) fn of(answer: &DecomposeAnswer, footer: String, language: Language) -> Self {
        let (effects, ends) = (&answer.effects, Ends::of(answer));
        let shown = unit::shown(&answer.unit, language);
        let scaled = |values: &mut dyn Iterator<Item = f64>| Spread::of(values.map(|x| x * shown.factor));
        let pairs = || effects.totals.iter();
        let totals = (scaled(&mut pairs().map(|(a, _)| *a)), scaled(&mut pairs().map(|(_, b)| *b)));
        let ratios = effects.multiplicative.as_ref().ok();
        let titles = titles(answer, language);
        let of_place = |(place, title): (usize, String)| ShownEffect {
            title,
            additive: scaled(&mut effects.additive[place].iter().copied()),
            multiplicative: ratios.map(|lists| Spread::of(lists[place].iter().copied())),
        };
        let change = ShownEffect {
            title: match ends {
                Ends::Years(..) => tr!(language, "cli-decompose-change"),
                Ends::Scenarios { .. } => tr!(language, "cli-decompose-difference"),
            }
            .to_owned(),
            additive: scaled(&mut pairs().map(|(a, b)| b - a)),
            multiplicative: ratios.map(|_| Spread::of(pairs().map(|(a, b)| b / a))),
        };
        let title = answer.title.get(language);
        Self {
            title: if title.is_empty() { answer.variable.clone() } else { title.to_owned() },
            unit: shown.unit.clone(),
            ends,
            totals,
            change,
            effects: titles.into_iter().enumerate().map(of_place).collect(),
            methods: answer.methods(),
            known: effects.totals.len(),
            paths: answer.sample.paths,
            notes: methods::notes(answer, language),
            footer,
        }
    }

    /// A number with the digits that its error supports, and no more than a thousandth of the largest number.
    pub(super) fn number(&self, x: f64, error: f64) -> String {
        if x.is_nan() {
            return "–".to_owned();
        }
        let sizes =
            [&self.totals.0, &self.totals.1].into_iter().chain(self.effects.iter().map(|e| &e.additive));
        let size = sizes.fold(0.0, |most, spread| max(most, spread.mean.abs()));
        significant(x, if error.is_nan() { size / 1000.0 } else { max(error, size / 1000.0) })
    }

    fn line(&self, effect: &ShownEffect, language: Language) -> String {
        let Spread { mean, error, low, high } = effect.additive;
        let [mean, low, high] = [mean, low, high].map(|x| self.number(x, error));
        let ratio = effect.multiplicative.map_or_else(String::new, |ratio| {
            format!(" · × {:.3} ({:.3} – {:.3})", ratio.mean, ratio.low, ratio.high)
        });
        let title = &effect.title;
        let line = tr!(language, "cli-decompose-effect", title = title, mean = mean, low = low, high = high);
        format!("  {line}{ratio}\n")
    }

    pub(super) fn text(&self, language: Language) -> String {
        let mut text = self.heading(language) + "\n";
        for effect in self.effects.iter().chain([&self.change]) {
            text += &self.line(effect, language);
        }
        for note in &self.notes {
            let _ = writeln!(text, "{note}");
        }
        text
    }

    fn heading(&self, language: Language) -> String {
        let (first, last) = (&self.totals.0, &self.totals.1);
        let (first, last) = (self.number(first.mean, first.error), self.number(last.mean, last.error));
        let title = &self.title;
        let unit = if self.unit.is_empty() {
            Message::default()
        } else {
            message!("cli-decompose-unit", unit = &self.unit)
        };
        let form = if self.change.multiplicative.is_some() { "multiplied" } else { "added" };
        match &self.ends {
            Ends::Years(from, to) => tr!(
                language,
                "cli-decompose-years",
                title = title,
                first = first,
                from = *from,
                last = last,
                to = *to,
                unit = unit,
                form = form
            ),
            Ends::Scenarios { first: own, other, year } => tr!(
                language,
                "cli-decompose-scenarios",
                title = title,
                year = *year,
                first = first,
                own = own,
                last = last,
                other = other,
                unit = unit,
                form = form
            ),
        }
    }
}

/// What each effect is called, and the rest where it is more than rounding.
fn titles(answer: &DecomposeAnswer, language: Language) -> Vec<String> {
    let effects = &answer.effects;
    let rest = match answer.question.rest.get(language) {
        "" => tr!(language, "cli-decompose-rest"),
        rest => rest,
    };
    let titles = effects.labels.iter().map(|label| match label.title.get(language) {
        "" => label.name.as_str(),
        title => title,
    });
    titles.chain((!effects.is_whole).then_some(rest)).map(str::to_owned).collect()
}
