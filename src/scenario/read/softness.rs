//! Reading how soft figures are, and what that means for a target.

use super::ScenarioReader;
use super::keys::place_of;
use crate::message;
use crate::scenario::document::TomlTable;
use crate::scenario::softness::{FigureSoftness, SoftnessRule};
use crate::scenario::written::Scenario;
use crate::text::{Diagnostic, Place, nearest};

impl ScenarioReader<'_, '_> {
    /// The softness of a figure, where it is written.
    pub(super) fn softness_of(&mut self, figure: &TomlTable) -> Option<FigureSoftness> {
        let place = place_of(figure, "softness")?;
        let code = self.string(figure, "softness");
        self.softness_named(&code, place)
    }

    /// `[softness]`: the rule of each.
    pub(super) fn softness(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        if scenario.sets.contains_key("softness") {
            return;
        }
        for (code, entry, table) in self.records(document, "softness") {
            let what = message!("scenario-softness-softness", softness = code);
            self.known(table, &["share", "status", "words", "note"], &what);
            let Some(softness) = self.softness_named(code, entry.key) else { continue };
            let rule = SoftnessRule {
                share: self.share_of_figure(table),
                status: self.names(table, "status").into_iter().next(),
                words: self.names(table, "words").into_iter().map(|(word, _)| word).collect(),
                note: self.words(table, "note"),
                place: entry.key,
            };
            if !table.contains_key("share") && !table.contains_key("status") {
                let message = message!("scenario-softness-no-rule", softness = code);
                self.diagnostics.push(
                    Diagnostic::missing(entry.key, message)
                        .help(message!("scenario-softness-no-rule.help", softness = code)),
                );
            }
            scenario.softness.insert(softness, rule);
        }
    }

    fn softness_named(&mut self, code: &str, place: Place) -> Option<FigureSoftness> {
        let known = FigureSoftness::by_code(code);
        if known.is_none() {
            let codes = FigureSoftness::ALL.map(FigureSoftness::code);
            let diagnostic = Diagnostic::error(place, message!("scenario-softness-unknown", softness = code));
            self.diagnostics.push(match nearest(code, codes) {
                Some(near) => diagnostic.help(message!("text-did-you-mean", name = near)),
                None => diagnostic.help(message!("scenario-softness-unknown.help", names = &codes[..])),
            });
        }
        known
    }

    /// A share above 0 and of at most 1.
    fn share_of_figure(&mut self, table: &TomlTable) -> Option<f64> {
        let share = self.number(table, "share")?;
        if share > 0.0 && share <= 1.0 {
            return Some(share);
        }
        let place = place_of(table, "share");
        self.diagnostics.push(
            Diagnostic::error(place, message!("scenario-softness-share"))
                .help(message!("scenario-softness-share.help")),
        );
        None
    }
}
