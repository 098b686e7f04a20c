//! Whether targets ask of a figure what its words allow, by the rules of `[softness]`.

use crate::formula::{BinaryOperator, Expr, ExprKind};
use crate::message;
use crate::scenario::Scenario;
use crate::scenario::claims::{Claim, stated};
use crate::scenario::softness::{FigureSoftness, SoftnessRule};
use crate::scenario::written::{QuotedFigure, Target};
use crate::text::number::digits;
use crate::text::{Diagnostic, DiagnosticList, Message, suggest::did_you_mean};

/// Shares nearer to each other than this are one.
const SAME: f64 = 1e-9;

/// Notes a status that is no variable.
pub(super) fn check(scenario: &Scenario, diagnostics: &mut DiagnosticList) {
    for (status, place) in scenario.softness.values().filter_map(|rule| rule.status.as_ref()) {
        if !scenario.variables.contains_key(status) {
            let known: Vec<&str> = scenario.variables.keys().map(String::as_str).collect();
            let mut diagnostic =
                Diagnostic::missing(*place, message!("model-softness-no-status", name = status));
            diagnostic.help = did_you_mean(status, &known, crate::key!("text-kind-variables"));
            diagnostics.push(diagnostic);
        }
    }
}

/// Warns of figures that are softer than their words, and of targets that ask more or less than the rule of their
/// figure. Other readings of a goal may ask what they like; so may targets of another document than the figure.
pub(super) fn look(scenario: &Scenario, diagnostics: &mut DiagnosticList) {
    if scenario.softness.is_empty() {
        return;
    }
    for (id, figure) in &scenario.figures {
        let Some(softness) = figure.softness else { continue };
        match scenario.softness.get(&softness) {
            None => diagnostics.push(
                Diagnostic::warning(
                    figure.place,
                    message!("model-softness-without-rule", figure = id, softness = softness.code()),
                )
                .help(message!("model-softness-without-rule.help", softness = softness.code())),
            ),
            Some(rule) if !quotes(figure, rule) => diagnostics.push(
                Diagnostic::warning(
                    figure.place,
                    message!("model-softness-without-word", figure = id, softness = softness.code()),
                )
                .help(message!("model-softness-without-word.help", words = rule.words.join("|"))),
            ),
            Some(_) => {}
        }
    }
    for (name, target) in &scenario.targets {
        let Some((softness, rule)) = rule_of(scenario, target) else { continue };
        if let Some(help) = departs(scenario, target, rule) {
            let message = message!("model-softness-departs", target = name, softness = softness.code());
            diagnostics.push(Diagnostic::warning(target.require.place, message).help(help));
        }
    }
}

/// Whether the words of a figure hold one of those that make it so soft.
fn quotes(figure: &QuotedFigure, rule: &SoftnessRule) -> bool {
    let holds = |word: &String| [&figure.words.en, &figure.words.zh].iter().any(|words| words.contains(word));
    rule.words.is_empty() || rule.words.iter().any(holds)
}

/// The rule that a target has to follow: that of its figure, where both are of one document.
fn rule_of<'s>(scenario: &'s Scenario, target: &Target) -> Option<(FigureSoftness, &'s SoftnessRule)> {
    let figure = scenario.figures.get(&target.figure).filter(|figure| figure.source == target.source)?;
    let softness = figure.softness.filter(|_| target.variant_of.is_none())?;
    Some((softness, scenario.softness.get(&softness)?))
}

/// What a target would have to ask instead; nothing where it follows the rule or does not say how far a figure is met.
fn departs(scenario: &Scenario, target: &Target, rule: &SoftnessRule) -> Option<Message> {
    let tree = &target.require.tree;
    let on_status = |(status, _): &(String, _)| asks_only(tree, status);
    if rule.status.as_ref().is_some_and(on_status) {
        return None;
    }
    match (rule.share, asked_share(scenario, target), rule.status.as_ref()) {
        (Some(share), Some(asked), _) if (asked - share).abs() > SAME * share => {
            let asked = digits(100.0 * asked, 4);
            let share = digits(100.0 * share, 4);
            Some(message!("model-softness-share", share = share, asked = asked))
        }
        (Some(_), Some(_), _) | (None, Some(_), None) => None,
        (_, _, Some((status, _))) => Some(message!("model-softness-status", name = status)),
        (_, None, None) => Some(message!("model-softness-unread")),
    }
}

/// Which share of what the document states a target asks for; of a ceiling the inverse.
fn asked_share(scenario: &Scenario, target: &Target) -> Option<f64> {
    let asked = stated(&target.require.tree, scenario)?;
    let figure = target.stated(scenario)?;
    if asked.variable != figure.variable {
        return None;
    }
    let ratio = match (asked.claim, figure.claim) {
        (Claim::Level { year, level }, Claim::Level { year: of, level: whole }) if year == of => {
            level / whole
        }
        (Claim::Growth { years, rate }, Claim::Growth { years: of, rate: whole }) if years == of => {
            rate / whole
        }
        (Claim::Gain { years, gain }, Claim::Gain { years: of, gain: whole }) if years == of => gain / whole,
        _ => return None,
    };
    Some(if asked.softness.is_floor() { ratio } else { 1.0 / ratio })
}

/// Whether a requirement asks of nothing but elements of a variable whether they are there: `started[x]@2025 == 1`, and
/// several of these.
fn asks_only(expr: &Expr, variable: &str) -> bool {
    match &expr.kind {
        ExprKind::Binary(BinaryOperator::And, a, b) => asks_only(a, variable) && asks_only(b, variable),
        ExprKind::Binary(
            BinaryOperator::Equal | BinaryOperator::GreaterEqual | BinaryOperator::Greater,
            a,
            _,
        ) => {
            let ExprKind::At(inner, _) = &a.kind else { return false };
            matches!(&inner.kind, ExprKind::Name { name, .. } if name == variable)
        }
        _ => false,
    }
}
