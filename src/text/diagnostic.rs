//! What is wrong in a file, where, and how to mend it.

use super::place::{Files, Place};
use super::{Key, Language, Message, visible};
use crate::{key, message, tr};

/// Whether a problem stops the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is run.
    Error,
    /// It runs, but is probably a mistake.
    Warning,
}

impl Severity {
    /// What it is called: `error`.
    pub fn name(self) -> Key {
        match self {
            Self::Error => key!("text-error"),
            Self::Warning => key!("text-warning"),
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The text that is wrong, where it is known.
    pub place: Option<Place>,
    /// What is wrong, in one sentence.
    pub message: Message,
    /// A word or two under the marked text; empty for the mark alone.
    pub label: Message,
    /// How to mend it.
    pub help: Option<Message>,
    /// Whether it is that something is not there: no mistake where a part could not be read.
    pub missing: bool,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(place: impl Into<Option<Place>>, message: impl Into<Message>) -> Self {
        Self {
            severity: Severity::Error,
            place: place.into(),
            message: kept(message),
            label: Message::default(),
            help: None,
            missing: false,
        }
    }

    /// An error at a place that names what is not there, or that lacks what must be.
    pub fn missing(place: impl Into<Option<Place>>, message: impl Into<Message>) -> Self {
        Self { missing: true, ..Self::error(place, message) }
    }

    /// A warning at a place.
    pub fn warning(place: impl Into<Option<Place>>, message: impl Into<Message>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(place, message) }
    }

    /// The same with a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<Message>) -> Self {
        self.help = Some(kept(help));
        self
    }

    /// The same with words under the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<Message>) -> Self {
        self.label = kept(label);
        self
    }

    /// What is wrong, in a language, on one line.
    pub fn message_in(&self, language: Language) -> String {
        cut(&self.message.text(language))
    }

    /// The words under the marked text.
    pub fn label_in(&self, language: Language) -> String {
        cut(&self.label.text(language))
    }

    /// How to mend it.
    pub fn help_in(&self, language: Language) -> Option<String> {
        self.help.as_ref().map(|help| cut(&help.text(language)))
    }

    /// `file:line:column: error: message (help)` on one line.
    pub fn one_line(&self, files: &Files, language: Language) -> String {
        let place = self.place.and_then(|place| {
            let (line, column) = files.line_column(place);
            files.get(place.file).map(|file| format!("{}:{line}:{column}: ", visible::line(&file.name)))
        });
        let (place, severity) = (place.unwrap_or_default(), self.severity.name());
        let message = self.message_in(language);
        match self.help_in(language) {
            None => tr!(language, "text-diagnostic", place = place, severity = severity, message = message),
            Some(help) => tr!(
                language,
                "text-diagnostic-help",
                place = place,
                severity = severity,
                message = message,
                help = help
            ),
        }
    }
}

/// Most errors, and most warnings, that are kept: nobody reads more at once.
pub const MOST_SHOWN: usize = 100;

/// Most characters of a message: what it quotes from a file may be of any length.
const MOST_CHARACTERS: usize = 1000;

/// A message of which no text is longer than can be read: a list of diagnostics holds no whole files.
fn kept(message: impl Into<Message>) -> Message {
    message.into().each_text(&cut)
}

/// A text on one line, cut to a length that can be read.
fn cut(text: &str) -> String {
    visible::beginning(&visible::line(text), MOST_CHARACTERS).into_owned()
}

/// All problems found so far; and whether a part of the scenario could not be read: what seems to be missing may
/// stand there, so nothing is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiagnosticList(pub Vec<Diagnostic>, bool);

impl From<Diagnostic> for DiagnosticList {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic], false)
    }
}

impl DiagnosticList {
    /// Says that a part of the scenario could not be read.
    pub fn is_not_whole(&mut self) {
        self.1 = true;
    }

    /// Whether all of the scenario could be read.
    pub fn whole(&self) -> bool {
        !self.1
    }

    /// Adds one, unless the same is there. Of very many only the first are kept, and that there are more.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if (diagnostic.missing && self.1) || self.0.contains(&diagnostic) {
            return;
        }
        let severity = diagnostic.severity;
        let kept = self.count(severity);
        if kept < MOST_SHOWN {
            self.0.push(diagnostic);
        } else if kept == MOST_SHOWN {
            let message = match severity {
                Severity::Error => message!("text-more-errors", count = MOST_SHOWN),
                Severity::Warning => message!("text-more-warnings", count = MOST_SHOWN),
            };
            let more = Diagnostic { severity, ..Diagnostic::error(None, message) };
            self.0.push(more.help(key!("text-mend-first")));
        }
    }

    /// Whether so many errors are known that no more are kept: what explains them need not be worked out.
    pub fn is_full(&self) -> bool {
        self.count(Severity::Error) > MOST_SHOWN
    }

    fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Adds an error.
    pub fn error(&mut self, place: impl Into<Option<Place>>, message: impl Into<Message>) {
        self.push(Diagnostic::error(place, message));
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// In the order of the files and lines, those without a place first.
    pub fn sort(&mut self) {
        self.0.sort_by_key(|diagnostic| diagnostic.place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_very_many_errors_the_first_hundred_are_kept_and_warnings_do_not_crowd_them_out() {
        let mut diagnostics = DiagnosticList::default();
        for n in 0..1000 {
            diagnostics.push(Diagnostic::warning(None, Message::verbatim(format!("warning {n}"))));
        }
        assert!(!diagnostics.has_errors() && !diagnostics.is_full());
        for n in 0..1000 {
            diagnostics.error(None, Message::verbatim(format!("error {n}")));
        }
        assert!(diagnostics.has_errors() && diagnostics.is_full());
        assert_eq!(diagnostics.0.len(), 2 * (MOST_SHOWN + 1));
        assert!(diagnostics.0.iter().any(|diagnostic| diagnostic.message == "error 99"));
        assert!(
            diagnostics
                .0
                .iter()
                .any(|diagnostic| diagnostic.message.to_string().contains("more than these 100 errors"))
        );
    }

    /// What seems to be missing may stand in the part that could not be read.
    #[test]
    fn nothing_is_missing_while_a_part_could_not_be_read() {
        let missing =
            || Diagnostic { missing: true, ..Diagnostic::error(None, Message::verbatim("there is no gdp")) };
        let mut diagnostics = DiagnosticList::default();
        assert!(diagnostics.whole());
        diagnostics.push(missing());
        assert_eq!(diagnostics.0.len(), 1);
        let mut broken = DiagnosticList::default();
        broken.is_not_whole();
        broken.push(missing());
        broken.error(None, Message::verbatim("this is not valid TOML"));
        assert!(!broken.whole());
        assert_eq!(broken.0.len(), 1, "{broken:?}");
    }

    #[test]
    fn a_hundred_errors_are_shown_and_the_next_is_counted() {
        let mut diagnostics = DiagnosticList::default();
        (0..MOST_SHOWN).for_each(|n| diagnostics.error(None, Message::verbatim(format!("error {n}"))));
        assert!(diagnostics.0.len() == MOST_SHOWN && !diagnostics.is_full());
        diagnostics.error(None, Message::verbatim("error 0"));
        assert_eq!(diagnostics.0.len(), MOST_SHOWN, "the same one twice is one");
        diagnostics.error(None, Message::verbatim("one more"));
        assert!(diagnostics.is_full());
        assert!(diagnostics.0[MOST_SHOWN].message.to_string().contains("more than these 100 errors"));
        assert_eq!(diagnostics.0[MOST_SHOWN].help_in(Language::En).as_deref(), Some("mend these first"));
    }

    #[test]
    fn a_message_of_a_thousand_characters_is_whole() {
        let message = |letters: usize| {
            Diagnostic::error(None, Message::verbatim("煤".repeat(letters))).message.to_string()
        };
        assert!(!message(1000).ends_with('…'));
        assert!(message(1001).ends_with('…') && message(1001).chars().count() == 1001);
    }

    #[test]
    fn a_message_that_quotes_a_whole_file_is_cut() {
        assert!(
            Diagnostic::error(None, Message::verbatim("煤".repeat(1_000_000)))
                .message
                .to_string()
                .chars()
                .count()
                <= 1001
        );
    }

    /// However many texts a message quotes, it is cut as a whole.
    #[test]
    fn a_diagnostic_is_printed_in_the_readers_language_on_one_short_line() {
        let long = "煤\n".repeat(900);
        let names = [long.as_str(), long.as_str()];
        let message = message!("text-names", kind = key!("text-kind-sets"), names = names.as_slice());
        let diagnostic = Diagnostic::warning(None, message).help(key!("text-mend-first"));
        for (language, begins) in
            [(Language::En, "warning: sets: 煤 煤"), (Language::Zh, "警告：集合：煤 煤")]
        {
            let line = diagnostic.one_line(&Files::default(), language);
            assert!(line.starts_with(begins) && !line.contains('\n'), "{line}");
            assert_eq!(diagnostic.message_in(language).chars().count(), MOST_CHARACTERS + 1);
        }
        assert!(diagnostic.one_line(&Files::default(), Language::Zh).ends_with("…（请先改正以上各处）"));
    }
}
