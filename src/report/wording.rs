//! What the page says, made from the numbers.

use super::{figure, goals, unknown};
use crate::result::Summary;
use crate::result::summary::{RunCondition, TargetSummary, VariableSummary};
use crate::text::{Key, Language};
use crate::{key, message, tr};

/// The sentences of the executive summary.
pub(super) fn sentences(summary: &Summary, language: Language) -> Vec<String> {
    let mut sentences = vec![basis(summary, language)];
    sentences.extend(unknown::one_path(summary, language).map(str::to_owned));
    sentences.extend(headlines(summary, language));
    sentences.extend(counts(summary, language));
    sentences.extend(extremes(summary, language));
    sentences.extend(all(summary, language));
    sentences.extend(goals::impossible(summary, language));
    sentences
}

fn basis(summary: &Summary, language: Language) -> String {
    let (start, end) = (summary.scenario.start, summary.scenario.end);
    let (paths, evidence) = (summary.paths, summary.evidence.as_ref());
    if let Some(RunCondition { condition, among }) = &summary.given {
        return tr!(
            language,
            "report-wording-basis-given",
            among = *among,
            start = start,
            end = end,
            paths = paths,
            condition = condition
        );
    }
    let years = || evidence.iter().flat_map(|known| known.observed.values().flatten()).map(|one| one.year);
    match years().min().zip(years().max()) {
        Some((first, last)) => tr!(
            language,
            "report-wording-basis-observed",
            paths = paths,
            start = start,
            end = end,
            first = first,
            last = last
        ),
        None => tr!(language, "report-wording-basis", paths = paths, start = start, end = end),
    }
}

/// One sentence for each of a few headlines, at the year of its first target or its last year.
fn headlines(summary: &Summary, language: Language) -> Vec<String> {
    let all = leading(summary).into_iter().take(4);
    all.filter_map(|(name, variable)| headline(summary, name, variable, language)).collect()
}

/// The headlines, those without members first.
pub(super) fn leading(summary: &Summary) -> Vec<(&str, &VariableSummary)> {
    let headlines = || summary.ordered_variables().filter(|(_, variable)| variable.headline);
    let of_member = |name: &str| name.contains('[');
    let whole = headlines().filter(|(name, _)| !of_member(name));
    whole.chain(headlines().filter(|(name, _)| of_member(name))).collect()
}

fn headline(summary: &Summary, name: &str, variable: &VariableSummary, language: Language) -> Option<String> {
    let marked = summary.targets.values().flat_map(|t| &t.marks).find(|m| m.variable == name).map(|m| m.year);
    let year = marked.or_else(|| variable.years.last().copied())?;
    let place = variable.place(year)?;
    let shown = variable.shown(language);
    let at = |level: &str| {
        let estimate = variable.quantile(level, place);
        estimate.value.map(|_| estimate.shown(&shown, ""))
    };
    let (low, middle, high) = (at("0.05")?, at("0.5")?, at("0.95")?);
    let title = variable.title.or_name(name, language);
    Some(if shown.unit.is_empty() {
        tr!(
            language,
            "report-wording-headline",
            title = title,
            year = year,
            middle = middle,
            low = low,
            high = high
        )
    } else {
        tr!(
            language,
            "report-wording-headline-unit",
            title = title,
            year = year,
            middle = middle,
            low = low,
            high = high,
            unit = shown.unit
        )
    })
}

fn counts(summary: &Summary, language: Language) -> Option<String> {
    let open: Vec<f64> = summary
        .goals()
        .filter(|(_, target)| target.probability.decided.is_none())
        .map(|(_, target)| target.probability.probability)
        .collect();
    let share = |wanted: fn(f64) -> bool| open.iter().filter(|share| wanted(**share)).count();
    let (likely, unlikely) = (share(|o| o >= 2.0 / 3.0), share(|o| o <= 1.0 / 3.0));
    let (total, between) = (open.len(), open.len() - likely - unlikely);
    let left = goals::left_out(summary, language);
    (total > 0 && summary.paths > 1).then(|| {
        if left.is_empty() {
            tr!(
                language,
                "report-wording-counts",
                total = total,
                likely = likely,
                between = between,
                unlikely = unlikely
            )
        } else {
            tr!(
                language,
                "report-wording-counts-left",
                total = total,
                likely = likely,
                between = between,
                unlikely = unlikely,
                left = left
            )
        }
    })
}

fn extremes(summary: &Summary, language: Language) -> Option<String> {
    let mut sorted: Vec<(&str, &TargetSummary)> =
        summary.goals().filter(|(_, target)| target.probability.decided.is_none()).collect();
    sorted.sort_by(|a, b| b.1.probability.probability.total_cmp(&a.1.probability.probability));
    let quoted = |&(name, target): &(&str, &TargetSummary)| {
        let (title, share) =
            (figure::target_title(name, target, language), target.probability.words(language));
        message!("report-wording-target", title = title, share = share)
    };
    let (first, last) = (sorted.first()?, sorted.last()?);
    (sorted.len() > 1 && summary.paths > 1)
        .then(|| tr!(language, "report-wording-extremes", safest = quoted(first), hardest = quoted(last)))
}

fn all(summary: &Summary, language: Language) -> Option<String> {
    goals::together(summary, language)
        .map(|sentence| tr!(language, "report-wording-sentence", sentence = sentence))
}

/// Method and limits; of a run that is conditioned on a record, first that it is.
pub(super) fn method(summary: &Summary, language: Language) -> Vec<String> {
    conditioned(summary, language).into_iter().chain(how(summary, language)).collect()
}

/// What a run is conditioned on.
fn conditioned(summary: &Summary, language: Language) -> Option<String> {
    let evidence = summary.evidence.as_ref()?;
    let names: Vec<&str> = evidence.observed.keys().map(String::as_str).collect();
    let effective = evidence.effective_paths.round() as u64;
    Some(tr!(
        language,
        "report-wording-conditioned",
        values = evidence.count(),
        names = names.as_slice(),
        effective = effective
    ))
}

fn how(summary: &Summary, language: Language) -> Vec<String> {
    let (seed, fingerprint) = (summary.seed.to_string(), short(&summary.fingerprint));
    vec![
        tr!(language, "report-wording-how-paths", paths = summary.paths),
        tr!(language, "report-wording-how-errors").to_owned(),
        tr!(language, "report-wording-how-drivers").to_owned(),
        tr!(language, "report-wording-how-bands").to_owned(),
        tr!(language, "report-wording-how-same", seed = seed, fingerprint = fingerprint),
    ]
}

fn short(fingerprint: &str) -> &str {
    fingerprint.get(..16).unwrap_or(fingerprint)
}

/// Headings and column heads by their names in the template.
pub(super) const HEADINGS: [(&str, Key); 42] = [
    ("goals", key!("report-page-goals")),
    ("print", key!("report-page-print")),
    ("assumptions", key!("report-page-assumptions")),
    ("value", key!("report-page-value")),
    ("written", key!("report-page-written")),
    ("source", key!("report-page-source")),
    ("grade", key!("report-page-grade")),
    ("targets", key!("report-page-targets")),
    ("target", key!("report-page-target")),
    ("odds", key!("report-page-odds")),
    ("interval", key!("report-page-interval")),
    ("group_all", key!("report-page-group-all")),
    ("all", key!("report-page-all")),
    ("figures", key!("report-page-figures")),
    ("bands", key!("report-page-bands")),
    ("median", key!("report-page-median")),
    ("mean", key!("report-page-mean")),
    ("method", key!("report-page-method")),
    ("made", key!("report-page-made")),
    ("contents", key!("report-page-contents")),
    ("comparison", key!("report-page-comparison")),
    ("change", key!("report-page-change")),
    ("differences", key!("report-page-differences")),
    ("percent", key!("report-page-percent")),
    ("higher", key!("report-page-higher")),
    ("otherwise", key!("report-page-otherwise")),
    ("doing", key!("report-page-doing")),
    ("observed", key!("report-page-observed")),
    ("place", key!("report-page-place")),
    ("then", key!("report-page-then")),
    ("now", key!("report-page-now")),
    ("drives", key!("report-page-drives")),
    ("input", key!("report-page-input")),
    ("share", key!("report-page-share")),
    ("skip", key!("report-page-skip")),
    ("step", key!("report-page-step")),
    ("name", key!("report-office-name")),
    ("brief", key!("report-office-brief")),
    ("scenario", key!("report-office-scenario")),
    ("words", key!("report-office-words")),
    ("share_of_paths", key!("report-office-paths")),
    ("figure", key!("report-office-figure")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;

    #[test]
    fn the_summary_in_words_has_the_numbers() {
        let text = sentences(&sample::summary(), Language::En).join("\n");
        for expected in [
            "100,000 times from 2020 to 2035",
            "GDP in 2025: half of the paths lie above 226.",
            "Of 20 targets, 7 can be expected",
            "“Particulates within the province's limit” (> 99.996 %)",
            "0.21 % ± 0.01",
        ] {
            assert!(text.contains(expected), "{expected} in\n{text}");
        }
    }

    #[test]
    fn the_summary_is_written_in_chinese_too() {
        let text = sentences(&sample::summary(), Language::Zh).concat();
        assert!(
            text.contains("2025年地区生产总值：中位数为2,26") && text.contains("20项目标中，7项可能性较大"),
            "{text}"
        );
    }

    #[test]
    fn a_scenario_without_targets_is_silent_about_them() {
        let mut summary = sample::summary();
        (summary.targets, summary.order.targets, summary.joint.all) = Default::default();
        let text = sentences(&summary, Language::En).join("\n");
        assert!(!text.contains("arget"), "{text}");
    }
}
