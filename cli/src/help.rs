//! The help of the command line in other languages than English, in which it stands beside the options themselves.
//!
//! Their texts are the messages `help-COMMAND` of a language's file: what the command does, with an attribute for each
//! option by its name, and `notes` for what stands below the examples. Options that several commands have in common are
//! attributes of `help-options`, the choices of an option those of `help-values`, as `OPTION-CHOICE`.

use clap::{Arg, ArgAction, Command, CommandFactory};
use unicode_width::UnicodeWidthStr;

use super::arguments::Arguments;
use super::diagnose;
use plancast::text::{Language, Message, lookup, wrap};
use plancast::{message, tr};

/// The command line as a user of a language is told of it.
pub(super) fn command(language: Language) -> Command {
    let mut whole = Arguments::command();
    if language == Language::default() {
        return whole;
    }
    // Only then every command has the options that are common to all, and those of clap.
    whole.build();
    Translation { language, width: diagnose::width().min(100) }.of(whole, "plancast")
}

/// A language, and the width of the lines.
#[derive(Clone, Copy)]
struct Translation {
    language: Language,
    width: usize,
}

/// How far clap indents what it says of an option that has a line of its own.
const INDENT: usize = 10;

impl Translation {
    fn of(self, command: Command, name: &str) -> Command {
        let language = self.language;
        let (options, arguments) = (tr!(language, "cli-help-options"), tr!(language, "cli-help-arguments"));
        let usage = tr!(language, "cli-help-usage");
        let own = format!("help-{name}");
        let mut command = command
            .help_template(format!(
                "{{before-help}}{{about-with-newline}}\n{usage}{{usage}}\n\n{{all-args}}{{after-help}}"
            ))
            .subcommand_help_heading(tr!(language, "cli-help-commands"))
            .next_line_help(name != "plancast")
            .mut_args(|argument| {
                let heading = if argument.is_positional() { arguments } else { options };
                self.argument(argument, &own).help_heading(heading)
            })
            .mut_subcommands(|inner| {
                let name = inner.get_name().to_owned();
                self.of(inner, &name)
            });
        if let Some(about) = lookup(language, &own) {
            command = command.about(self.wrapped(&about, 0));
        }
        if let Some(after) = command.get_after_help().map(ToString::to_string) {
            command = command.after_help(self.after(&after, &own));
        }
        command
    }

    /// An option with what is said of it, its default and its choices.
    fn argument(self, argument: Arg, command: &str) -> Arg {
        let id = argument.get_id().as_str().to_owned();
        let said = lookup(self.language, &format!("{command}.{id}"))
            .or_else(|| lookup(self.language, &format!("help-options.{id}")));
        let Some(mut text) = said else { return argument };
        let choices: Vec<Message> = argument
            .get_possible_values()
            .iter()
            .map(|choice| {
                let name = choice.get_name();
                let key = format!("help-values.{id}-{name}");
                let said = lookup(self.language, &key);
                said.map_or_else(
                    || Message::verbatim(name),
                    |said| message!("cli-help-choice", name = name, text = said),
                )
            })
            .collect();
        let takes_a_value = matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
        if takes_a_value && !choices.is_empty() {
            text += &tr!(self.language, "cli-help-choices", choices = choices);
        }
        let default = argument.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
        let shown = default.filter(|value| takes_a_value && !value.is_empty());
        if let Some(value) = shown {
            text += &tr!(self.language, "cli-help-default", value = value);
        }
        let text = self.wrapped(&text, INDENT);
        argument.help(text.clone()).long_help(text).hide_possible_values(true).hide_default_value(true)
    }

    /// What stands below the options: the examples as they are, without what is said beside them in English, and the notes.
    fn after(self, english: &str, command: &str) -> String {
        let mut paragraphs = Vec::new();
        for paragraph in english.split("\n\n") {
            let Some(examples) = paragraph.strip_prefix("Examples:\n") else { continue };
            let lines: Vec<&str> = examples
                .lines()
                .take_while(|line| line.starts_with("  "))
                .map(str::trim_start)
                .map(|line| line.split("  ").next().unwrap_or(line).trim_end())
                .collect();
            paragraphs.push(format!("{}\n  {}", tr!(self.language, "cli-help-examples"), lines.join("\n  ")));
        }
        if let Some(notes) = lookup(self.language, &format!("{command}.notes")) {
            paragraphs.push(self.wrapped(&notes, 0));
        }
        paragraphs.join("\n\n")
    }

    /// A text broken into lines that fit beside an indent.
    fn wrapped(self, text: &str, indent: usize) -> String {
        wrap::lines(text, |line| line.width() + indent <= self.width).join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command, option and choice of the command line that a user sees.
    fn each(see: &mut impl FnMut(&str, &Command)) {
        let mut whole = Arguments::command();
        whole.build();
        see("plancast", &whole);
        for command in whole.get_subcommands().filter(|command| command.get_name() != "help") {
            see(command.get_name(), command);
        }
    }

    #[test]
    fn every_language_explains_every_command_option_and_choice() {
        let mut lacking = Vec::new();
        for &language in Language::ALL.iter().filter(|language| **language != Language::default()) {
            let mut need = |key: String, found: bool| {
                if !found {
                    lacking.push(format!("{}: {key}", language.code()));
                }
            };
            each(&mut |name, command| {
                let own = format!("help-{name}");
                need(own.clone(), lookup(language, &own).is_some());
                for argument in command.get_arguments() {
                    let id = argument.get_id().as_str();
                    let (own, shared) = (format!("{own}.{id}"), format!("help-options.{id}"));
                    let found = lookup(language, &own).or_else(|| lookup(language, &shared)).is_some();
                    need(own, found);
                    for choice in argument.get_possible_values() {
                        let key = format!("help-values.{id}-{}", choice.get_name());
                        let is_plain = choice.get_help().is_none();
                        need(key.clone(), is_plain || lookup(language, &key).is_some());
                    }
                }
                let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
                let has_notes = after.split("\n\n").any(|text| !text.starts_with("Examples:"))
                    || after.lines().skip(1).any(|line| !line.is_empty() && !line.starts_with("  "));
                let notes = format!("{own}.notes");
                need(notes.clone(), !has_notes || lookup(language, &notes).is_some());
            });
        }
        assert!(lacking.is_empty(), "{}", lacking.join("\n"));
    }

    #[test]
    fn the_help_of_another_language_has_no_english_sentences() {
        for &language in Language::ALL.iter().filter(|language| **language != Language::default()) {
            let mut whole = command(language);
            let mut pages = vec![whole.render_long_help().to_string()];
            for inner in whole.get_subcommands_mut() {
                pages.push(inner.render_long_help().to_string());
                pages.push(inner.render_help().to_string());
            }
            let english = ["the ", "Print ", "Usage:", "Options:", "Examples:", "[default", "[possible"];
            for page in pages {
                let found: Vec<&str> = english.into_iter().filter(|word| page.contains(word)).collect();
                assert!(found.is_empty(), "{found:?} in\n{page}");
            }
        }
    }

    #[test]
    fn nothing_is_said_of_options_that_there_are_not() {
        let mut known = std::collections::BTreeSet::new();
        each(&mut |name, command| {
            let own = format!("help-{name}");
            known.insert(format!("{own}.notes"));
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                known.extend([format!("{own}.{id}"), format!("help-options.{id}")]);
                for choice in argument.get_possible_values() {
                    known.insert(format!("help-values.{id}-{}", choice.get_name()));
                }
            }
            known.insert(own);
        });
        known.extend(["help-options".to_owned(), "help-values".to_owned(), "help-help".to_owned()]);
        for &language in Language::ALL {
            for key in plancast::text::keys(language).filter(|key| key.starts_with("help-")) {
                assert!(known.contains(&key), "{}.ftl: {key}", language.code());
            }
        }
    }
}
