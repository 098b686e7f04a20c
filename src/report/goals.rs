//! How goals are counted in words: each once, and what was left out named.

use super::figure::target_title;
use crate::result::Summary;
use crate::result::summary::TargetSummary;
use crate::text::probability::Decided;
use crate::text::{Language, Message};
use crate::{message, tr};

/// `All 47 goals together: 3.2 % ± 0.1 (of 84 targets; left out: 31 other readings of a goal, 2 impossible)`; nothing
/// where there is one target or none.
pub fn together(summary: &Summary, language: Language) -> Option<String> {
    let all = summary.joint.all.as_ref().filter(|_| summary.targets.len() > 1)?.words(language);
    let (goals, targets) = (summary.joint.goals.len(), summary.targets.len());
    let left = left_out(summary, language);
    // A summary of the format before counted all targets, and lists no goals.
    let same = left.is_empty() || goals == 0;
    Some(if same {
        tr!(language, "report-goals-together", targets = targets, probability = all)
    } else {
        tr!(
            language,
            "report-goals-together-left",
            goals = goals,
            probability = all,
            targets = targets,
            left = left
        )
    })
}

/// `Impossible by construction, on every path: “A”, “B”.`: the targets that the equations never meet; nothing where there is
/// none.
pub fn impossible(summary: &Summary, language: Language) -> Option<String> {
    let never =
        summary.ordered_targets().filter(|(_, target)| target.probability.decided == Some(Decided::Never));
    let titles: Vec<String> = never
        .map(|(name, target)| {
            tr!(language, "report-goals-quoted", title = target_title(name, target, language))
        })
        .collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    (!titles.is_empty()).then(|| tr!(language, "report-goals-impossible", titles = &titles[..]))
}

/// That the odds hold if the assumptions are right, and how many of these are of the weakest grade: what has to stand beside
/// them. Nothing where no odds are told.
pub fn condition(summary: &Summary, language: Language) -> Option<String> {
    let open = summary.targets.values().any(|target| target.probability.decided.is_none());
    let assumed = &summary.assumptions;
    let weak = assumed.values.iter().filter(|value| assumed.grade(value) == "D").count();
    open.then(|| match weak {
        0 => tr!(language, "report-goals-condition").to_owned(),
        _ => tr!(language, "report-goals-condition-graded", weak = weak, count = assumed.values.len()),
    })
}

/// The remark on a target, where it says more than the document's words do.
pub fn note<'a>(summary: &Summary, target: &'a TargetSummary, language: Language) -> Option<&'a str> {
    let note = target.note.get(language).trim();
    let quoted = summary.assumptions.figures.get(&target.figure);
    let is_quoted = quoted
        .is_some_and(|figure| [&figure.words.en, &figure.words.zh].iter().any(|words| words.contains(note)));
    (!note.is_empty() && !is_quoted).then_some(note)
}

/// The remarks on the targets that a scenario leads with, each with its title.
pub fn notes(summary: &Summary, language: Language) -> Vec<String> {
    let led = summary.headline_targets();
    let line = |(name, target): (&str, &TargetSummary)| {
        let (title, note) = (target_title(name, target, language), note(summary, target, language)?);
        Some(tr!(language, "report-goals-note", title = title, note = note))
    };
    led.filter_map(line).collect()
}

/// What is not counted as an open goal, with how many targets are so: `2 impossible`.
pub(super) fn left_out(summary: &Summary, language: Language) -> Vec<Message> {
    let targets = || summary.targets.values();
    let joins = targets().filter(|target| !target.joins.is_empty()).count();
    let readings = targets().filter(|target| target.joins.is_empty() && !target.is_goal()).count();
    let decided = |wanted| summary.goals().filter(|(_, t)| t.probability.decided == Some(wanted)).count();
    let some = |count: usize| (count > 0).then_some(count);
    let mut parts = Vec::new();
    parts.extend(some(readings).map(|count| message!("report-goals-left-readings", count = count)));
    parts.extend(some(joins).map(|count| message!("report-goals-left-joins", count = count)));
    for each in [Decided::Never, Decided::Always, Decided::Met, Decided::Missed] {
        let what = each.words(language);
        let part = |count| message!("report-goals-left-decided", count = count, what = what);
        parts.extend(some(decided(each)).map(part));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;
    use crate::result::summary::{Assumption, Citation, Quotation};
    use crate::text::Text;

    /// Twenty targets: three of them other readings of the first, one that joins two, one impossible, one certain.
    fn summary() -> Summary {
        let mut summary = sample::summary();
        let names = summary.order.targets.clone();
        for (place, name) in names.iter().enumerate() {
            let target = summary.targets.get_mut(name).unwrap();
            match place {
                1..4 => target.variant_of.clone_from(&names[0]),
                4 => target.joins = names[0..2].to_vec(),
                5 => target.probability.decided = Some(Decided::Never),
                6 => target.probability.decided = Some(Decided::Always),
                _ => {}
            }
        }
        summary.joint.goals = [&names[..1], &names[7..]].concat();
        summary
    }

    #[test]
    fn a_goal_is_counted_once_and_what_is_left_out_is_told() {
        let english = together(&summary(), Language::En).unwrap();
        let left = "(of 20 targets; left out: 3 other readings of a goal, 1 that joins others, 1 impossible, 1 certain)";
        assert!(english.starts_with("All 14 goals together: ") && english.ends_with(left), "{english}");
        let chinese = together(&summary(), Language::Zh).unwrap();
        let left = "（共20项；未计入：同一目标的其他口径3项、由其他目标合成1项、不可能1项、必然1项）";
        assert!(chinese.starts_with("14个目标同时达成：") && chinese.ends_with(left), "{chinese}");
    }

    #[test]
    fn the_odds_hold_if_the_assumptions_are_right_and_those_of_grade_d_are_counted() {
        let mut summary = summary();
        let value = |source: &str| Assumption { source: source.to_owned(), ..Assumption::default() };
        let source = |grade: &str| Citation { grade: grade.to_owned(), ..Citation::default() };
        summary.assumptions.values = vec![value("guess"), value("guess"), value("book")];
        summary.assumptions.sources =
            [("guess".to_owned(), source("D")), ("book".to_owned(), source("A"))].into();
        let english = condition(&summary, Language::En).unwrap();
        assert!(english.contains("2 of 3 are grade D"), "{english}");
        let chinese = condition(&summary, Language::Zh).unwrap();
        assert!(chinese.contains("3项假设中有2项为D级"), "{chinese}");
        // Where the record has decided everything there are no odds to hold.
        for target in summary.targets.values_mut() {
            target.probability.decided = Some(Decided::Met);
        }
        assert_eq!(condition(&summary, Language::En), None);
    }

    #[test]
    fn a_remark_stands_beside_a_target_unless_it_only_repeats_the_document() {
        let mut summary = summary();
        let words = Text { en: "at least 8 % a year".to_owned(), zh: String::new() };
        summary.assumptions.figures =
            [("growth".to_owned(), Quotation { words, ..Quotation::default() })].into();
        let name = summary.order.targets[0].clone();
        let target = summary.targets.get_mut(&name).unwrap();
        target.figure = "growth".to_owned();
        target.note = Text { en: "at least 8 %".to_owned(), zh: String::new() };
        assert_eq!(note(&summary, &summary.targets[&name], Language::En), None);
        summary.targets.get_mut(&name).unwrap().note.en = "CO2 answers weakly".to_owned();
        assert_eq!(note(&summary, &summary.targets[&name], Language::En), Some("CO2 answers weakly"));
        summary.headline = vec![name];
        let told = notes(&summary, Language::En);
        assert!(told.len() == 1 && told[0].ends_with(": CO2 answers weakly"), "{told:?}");
    }

    #[test]
    fn goals_that_cannot_be_met_are_named_apart() {
        let title = summary().targets[&summary().order.targets[5]].title.clone();
        let named = |language| impossible(&summary(), language).unwrap();
        assert_eq!(
            named(Language::En),
            format!("Impossible by construction, on every path: “{}”.", title.get(Language::En))
        );
        assert!(named(Language::Zh).ends_with(&format!("“{}”。", title.get(Language::Zh))));
        assert_eq!(impossible(&sample::summary(), Language::En), None);
    }

    #[test]
    fn where_every_target_is_a_goal_all_are_counted() {
        let mut summary = sample::summary();
        summary.joint.goals.clone_from(&summary.order.targets);
        assert!(together(&summary, Language::En).unwrap().starts_with("All 20 targets together: "));
        summary.joint.goals.clear();
        assert!(
            together(&summary, Language::En).unwrap().starts_with("All 20 targets together: "),
            "as before"
        );
    }
}
