//! Probabilities as people read them: the one way in which all tables, figures and pages write them.
//!
//! Files for machines never pass through here.

use serde::{Deserialize, Serialize};

use super::Language;
use super::number::{exponent, one_digit_up, per_cent, percent, percent_with_error, power_of_ten, trimmed};
use crate::tr;

/// What decides whether something happens, so that no path needs to be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// It happens on every path, by the equations and the ranges of what is drawn.
    Always,
    /// It happens on no path, by the same.
    Never,
    /// It is on record that it happened.
    Met,
    /// It is on record that it did not happen.
    Missed,
}

impl Decided {
    /// What a record of the outcome says.
    pub fn on_record(met: bool) -> Self {
        if met { Self::Met } else { Self::Missed }
    }

    /// What is so on every path, or on none.
    pub fn of_all_paths(holds: bool) -> Self {
        if holds { Self::Always } else { Self::Never }
    }

    /// The word for it in files: `always`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Never => "never",
            Self::Met => "met",
            Self::Missed => "missed",
        }
    }

    /// Whether it happens.
    pub fn holds(self) -> bool {
        matches!(self, Self::Always | Self::Met)
    }

    /// Whether a record says so, and not the equations.
    pub fn is_recorded(self) -> bool {
        matches!(self, Self::Met | Self::Missed)
    }

    /// `impossible`, `missed on record`
    pub fn words(self, language: Language) -> &'static str {
        match self {
            Self::Always => tr!(language, "text-decided-always"),
            Self::Never => tr!(language, "text-decided-never"),
            Self::Met => tr!(language, "text-decided-met"),
            Self::Missed => tr!(language, "text-decided-missed"),
        }
    }
}

/// z² of an interval of 95 %.
const Z2: f64 = 1.959963984540054 * 1.959963984540054;

/// What is known of a probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownProbability {
    /// The share of the paths.
    pub share: f64,
    /// Its standard error; `None` where all paths agree, and where [`is_open`](Self::is_open).
    pub error: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether the truth is not known on some paths, so that it may lie anywhere from `low` to `high`.
    pub is_open: bool,
    /// What decides it, where something does.
    pub decided: Option<Decided>,
}

impl KnownProbability {
    /// Of a share that was counted on so many paths. Where all of them agree its interval is Wilson's (1927), which is
    /// z² / (n + z²) wide; between the ends none is given.
    pub fn counted(share: f64, paths: u64) -> Self {
        let n = paths as f64;
        // A share of n paths is a multiple of 1 / n, whatever it was summed from.
        let share = if paths > 0 { (share * n).round() / n } else { share };
        let far = Z2 / (n + Z2);
        let error = Some((share * (1.0 - share) / n).sqrt()).filter(|error| *error > 0.0);
        let (low, high) = match share {
            share if share <= 0.0 => (0.0, far),
            share if share >= 1.0 => (1.0 - far, 1.0),
            share => (share, share),
        };
        Self { share, error, low, high, is_open: false, decided: None }
    }

    /// With its error: `62.4 % ± 0.3`. What no path met is `< 0.004 %` and not nothing, as far as the interval tells;
    /// `impossible` is only what cannot happen; and of too few paths their number is told: `0 of 1 paths`.
    pub fn words(&self, language: Language) -> String {
        self.in_words(language, || percent_with_error(self.share, self.error.unwrap_or(0.0), language))
    }

    /// In whole per cent, where there is little room: `62 %`; never `0 %` or `100 %`.
    pub fn short(&self, language: Language) -> String {
        self.in_words(language, || percent(self.share, language))
    }

    /// With all digits that tell it from another, whatever its error: `52.45 %`.
    pub fn exactly(&self, language: Language) -> String {
        self.in_words(language, || per_cent(&trimmed(self.share * 100.0, 6), language))
    }

    /// In a cell of a figure, in per cent without the sign: `62`, `<1`; 0 and 100 only of what is decided.
    pub fn cell(&self) -> String {
        match (self.decided, self.share) {
            (Some(decided), _) => if decided.holds() { "100" } else { "0" }.to_owned(),
            (None, share) if share.is_nan() => "–".to_owned(),
            (None, _) if self.is_open => match self.ends() {
                [low, high] if low == "0" && high == "100" => "–".to_owned(),
                [low, high] => format!("{low}–{high}"),
            },
            (None, share) if share <= 0.0 && self.high < 0.5 => {
                format!("<{:.0}", (self.high * 100.0).ceil())
            }
            (None, share) if share >= 1.0 && self.low > 0.5 => format!(">{:.0}", (self.low * 100.0).floor()),
            (None, share) if share <= 0.0 || share >= 1.0 => "–".to_owned(),
            (None, share) if share <= 0.005 => "<1".to_owned(),
            (None, share) if share >= 0.995 => ">99".to_owned(),
            (None, share) => format!("{:.0}", share * 100.0),
        }
    }

    fn in_words(&self, language: Language, between: impl Fn() -> String) -> String {
        if let Some(decided) = self.decided {
            return decided.words(language).to_owned();
        }
        match self.share {
            share if share.is_nan() => "–".to_owned(),
            _ if self.is_open => self.range(language),
            share if share <= 0.0 => {
                bound_above(self.high, language).unwrap_or_else(|| too_few(0.0, self.high, language))
            }
            share if share >= 1.0 => {
                bound_below(self.low, language).unwrap_or_else(|| too_few(1.0, 1.0 - self.low, language))
            }
            _ => between(),
        }
    }
}

impl KnownProbability {
    /// From what per cent to what, outward to as many digits as tell how far apart they are.
    fn ends(&self) -> [String; 2] {
        let (low, high) = (100.0 * self.low, 100.0 * self.high);
        let decimals = if high - low >= 10.0 { 0 } else { (1 - exponent(high - low)).clamp(0, 12) };
        let unit = power_of_ten(decimals);
        [(low * unit).floor() / unit, (high * unit).ceil() / unit].map(|x| trimmed(x, 15))
    }

    /// `15 to 68 %`; where nothing is known, that it is not.
    fn range(&self, language: Language) -> String {
        match self.ends() {
            [low, high] if low == "0" && high == "100" => tr!(language, "text-not-known").to_owned(),
            [low, high] => tr!(language, "text-percent-range", low = low, high = high),
        }
    }
}

/// `< 0.004 %`; nothing where the bound says nothing.
fn bound_above(high: f64, language: Language) -> Option<String> {
    (high > 0.0 && high < 0.5).then(|| per_cent(&format!("< {}", one_digit_up(high * 100.0)), language))
}

/// `> 99.996 %`
fn bound_below(low: f64, language: Language) -> Option<String> {
    let gap: f64 = one_digit_up((1.0 - low) * 100.0).parse().unwrap_or(0.0);
    (low > 0.5 && low < 1.0).then(|| per_cent(&format!("> {}", trimmed(100.0 - gap, 8)), language))
}

/// All of so few paths that their share says nothing. How many there are follows from the far end of the interval of
/// none of n (Wilson 1927), which is z² / (n + z²).
fn too_few(share: f64, far: f64, language: Language) -> String {
    let paths = (Z2 * (1.0 / far - 1.0)).round();
    if paths < 1.0 || !paths.is_finite() {
        return "–".to_owned();
    }
    tr!(language, "text-share-of-paths", met = (share * paths) as u64, paths = paths as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: KnownProbability =
        KnownProbability { share: 0.0, error: None, low: 0.0, high: 1.0, is_open: false, decided: None };

    fn both(known: KnownProbability, language: Language) -> [String; 2] {
        [known.words(language), known.short(language)]
    }

    #[test]
    fn what_no_path_contradicts_is_not_certain() {
        let rare = KnownProbability { high: 0.000038, ..NOTHING };
        assert_eq!(both(rare, Language::En), ["< 0.004 %"; 2]);
        let sure = KnownProbability { share: 1.0, low: 0.999962, ..NOTHING };
        assert_eq!(both(sure, Language::Zh), ["> 99.996%"; 2]);
    }

    #[test]
    fn what_cannot_happen_is_told_from_what_was_not_seen() {
        let never = KnownProbability { high: 0.000038, decided: Some(Decided::Never), ..NOTHING };
        assert_eq!(both(never, Language::En), ["impossible"; 2]);
        assert_eq!(both(never, Language::Zh), ["不可能"; 2]);
        let always = KnownProbability { share: 1.0, decided: Some(Decided::Always), ..NOTHING };
        assert_eq!(both(always, Language::En), ["certain"; 2]);
        let missed = KnownProbability { share: 0.4, decided: Some(Decided::Missed), ..NOTHING };
        assert_eq!(both(missed, Language::En), ["missed on record"; 2]);
    }

    /// The far end of Wilson's interval is 1 / (1 + n / z²): 0.7935 for n = 1, 0.5615 for n = 3, 0.4899 for n = 4.
    #[test]
    fn of_too_few_paths_the_number_is_told() {
        let of = |high: f64| KnownProbability { high, ..NOTHING }.words(Language::En);
        assert_eq!([of(0.793_450), of(0.561_497), of(0.489_892)], ["0 of 1 path", "0 of 3 paths", "< 50 %"]);
        let all = KnownProbability { share: 1.0, low: 1.0 - 0.657_620, ..NOTHING };
        assert_eq!([all.words(Language::En), all.words(Language::Zh)], ["2 of 2 paths", "2条路径中2条"]);
        let open = KnownProbability { is_open: true, ..NOTHING };
        assert_eq!([NOTHING.words(Language::En), open.words(Language::En)], ["–", "not known"], "of no path");
        assert_eq!([NOTHING.cell(), open.cell()], ["–", "–"]);
    }

    /// 15.4 % known to meet it, and half of all not known: no error tells how far off it is.
    #[test]
    fn what_is_not_known_on_some_paths_is_a_range() {
        let open = KnownProbability { share: 0.165, low: 0.1541, high: 0.6803, is_open: true, ..NOTHING };
        assert_eq!(both(open, Language::En), ["15 to 69 %"; 2]);
        assert_eq!(
            (both(open, Language::Zh), open.cell()),
            (["15%至69%"; 2].map(str::to_owned), "15–69".into())
        );
        assert_eq!(open.exactly(Language::En), "15 to 69 %");
        let narrow = KnownProbability { share: 0.33, low: 0.32, high: 0.341, ..open };
        assert_eq!(narrow.words(Language::En), "32 to 34.1 %");
        for high in [1.0, 0.9999] {
            let nothing = KnownProbability { share: 0.0, low: 0.0, high, ..open };
            assert_eq!([Language::En, Language::Zh].map(|it| nothing.words(it)), ["not known", "未知"]);
        }
        // The far end of none of 4 paths is 0.489892: it is a range where some are not known, and a bound where none is.
        for (high, words) in [(0.51, "0 to 51 %"), (0.489_892, "0 to 49 %"), (0.561_497, "0 to 57 %")] {
            let nothing = KnownProbability { share: 0.0, low: 0.0, high, ..open };
            assert_eq!(nothing.words(Language::En), words);
        }
        let all = KnownProbability { share: 1.0, low: 0.7, high: 1.0, ..open };
        assert_eq!((all.words(Language::En), all.cell()), ("70 to 100 %".to_owned(), "70–100".to_owned()));
    }

    #[test]
    fn between_they_carry_their_error() {
        let known =
            KnownProbability { share: 0.6237, error: Some(0.003), low: 0.618, high: 0.629, ..NOTHING };
        assert_eq!(both(known, Language::En), ["62.4 % ± 0.3", "62 %"]);
        let rare =
            KnownProbability { share: 0.00031, error: Some(0.00004), low: 0.0002, high: 0.0004, ..NOTHING };
        assert_eq!(both(rare, Language::Zh), ["0.031% ± 0.004", "< 1%"]);
    }
}
