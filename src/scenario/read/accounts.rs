//! Reading figures of the document, and accounts: what adds up to what.

use super::ScenarioReader;
use crate::formula::{BinaryOperator, Expr, ExprKind, parse};
use crate::scenario::document::{Entry, TomlTable};
use crate::scenario::written::{Account, AccountKind, QuotedFigure, Scenario};
use crate::text::{Diagnostic, Key, Place, Text};
use crate::{key, message};

/// The three forms of an account, for messages.
const FORMS: Key = key!("scenario-accounts-forms");

impl ScenarioReader<'_, '_> {
    pub(super) fn figures(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        for (id, entry, table) in self.records(document, "figures") {
            self.known(
                table,
                &["words", "title", "source", "softness", "all_of"],
                &message!("scenario-accounts-figure", id = id),
            );
            let words = self.words(table, "words");
            if words.is_empty() {
                self.diagnostics.push(
                    Diagnostic::missing(entry.key, message!("scenario-accounts-no-words", id = id))
                        .help(key!("scenario-accounts-no-words.help")),
                );
            }
            let title = self.words(table, "title");
            let source = self.string(table, "source");
            let softness = self.softness_of(table);
            let all_of = self.names(table, "all_of");
            let figure = QuotedFigure { words, title, source, softness, all_of, place: entry.key };
            scenario.figures.insert(id.clone(), figure);
        }
    }

    pub(super) fn accounts(&mut self, document: &TomlTable, scenario: &mut Scenario) {
        for (name, entry, table) in self.records(document, "accounts") {
            let keys = ["title", "note", "source", "whole", "parts", "outside", "ratio", "supply", "claims"];
            self.known(table, &keys, &message!("scenario-accounts-account", name = name));
            let Some(kind) = self.account_kind(name, entry, table) else { continue };
            let title = match self.words(table, "title") {
                title if title.is_empty() => Text::plain(name),
                title => title,
            };
            let note = self.words(table, "note");
            scenario.accounts.insert(name.clone(), Account { title, kind, note, place: entry.key });
        }
    }

    fn account_kind(&mut self, name: &str, entry: &Entry, table: &TomlTable) -> Option<AccountKind> {
        let forms = ["whole", "ratio", "supply"].map(|key| table.contains_key(key));
        if forms.iter().filter(|form| **form).count() != 1 {
            self.diagnostics.push(
                Diagnostic::missing(entry.key, message!("scenario-accounts-no-form", name = name))
                    .help(FORMS),
            );
            return None;
        }
        if forms[1] {
            return self.ratio(table);
        }
        let (one, many) = if forms[0] { ("whole", "parts") } else { ("supply", "claims") };
        let first = self.names(table, one).into_iter().next()?;
        let others = self.names(table, many);
        if others.is_empty() {
            self.diagnostics.push(
                Diagnostic::missing(
                    entry.key,
                    message!("scenario-accounts-half", name = name, one = one, many = many),
                )
                .help(FORMS),
            );
            return None;
        }
        Some(if forms[0] {
            AccountKind::Parts { whole: first, parts: others, outside: self.names(table, "outside") }
        } else {
            AccountKind::Supply { supply: first, claims: others }
        })
    }

    /// `"gdp / industrial_output"`
    fn ratio(&mut self, table: &TomlTable) -> Option<AccountKind> {
        let text = self.string(table, "ratio");
        let place = table["ratio"].node.place;
        let tree = match parse(&text) {
            Ok(tree) => tree,
            Err(error) => {
                self.syntax(&error, place, text.len());
                return None;
            }
        };
        let name = |part: &Expr| -> Option<(String, Place)> {
            let exact = (place.end - place.start) as usize == text.len();
            let at = if exact { place.part(part.span.start, part.span.end) } else { place };
            matches!(part.kind, ExprKind::Name { .. }).then(|| (part.to_string(), at))
        };
        if let ExprKind::Binary(BinaryOperator::Divide, above, below) = &tree.kind
            && let (Some(numerator), Some(denominator)) = (name(above), name(below))
        {
            return Some(AccountKind::Ratio { numerator, denominator });
        }
        self.diagnostics.push(
            Diagnostic::error(place, key!("scenario-accounts-ratio"))
                .help(key!("scenario-accounts-ratio.help")),
        );
        None
    }
}
