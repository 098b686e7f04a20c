//! What comes first in a report: the target that matters most, and what it hangs on.

use minijinja::context;
use minijinja::value::Value;

use super::figure::{share, target_title};
use super::wording;
use crate::result::Summary;
use crate::result::summary::{InputShare, Probability, TargetSummary};
use crate::text::period::label;
use crate::text::probability::Decided;
use crate::text::{Language, Message};
use crate::{message, tr};

/// The target that a report speaks of first: the first that the scenario leads with, else the first goal that asks for a
/// level in a year, else the first.
pub(super) fn target(summary: &Summary) -> Option<&str> {
    // What the record decides is no question any more.
    let on_record = |target: &TargetSummary| target.probability.decided.is_some_and(Decided::is_recorded);
    let led = summary.headline_targets().find(|(_, target)| !on_record(target));
    let open = || summary.ordered_targets().filter(|(_, target)| !on_record(target));
    let marked = || open().find(|(_, target)| !target.marks.is_empty() && target.variant_of.is_empty());
    led.or_else(marked).or_else(|| open().next()).map(|(name, _)| name)
}

/// `“GDP of 220 billion in 2025” is met on 62 of 100 paths; the main risk is the coal price.`
pub(super) fn sentence(summary: &Summary, language: Language) -> Option<String> {
    let name = target(summary)?;
    let found = &summary.targets[name];
    let title = target_title(name, found, language);
    let met = met(title, &found.probability, language);
    let main = summary.inputs(name).first();
    Some(match main {
        Some(input) => {
            let (risk, share) =
                (title_of(input, language), share(input.first_order, input.standard_error, language));
            tr!(language, "report-lead-risk", met = met, risk = risk, share = share)
        }
        None => tr!(language, "report-lead-alone", met = met),
    })
}

/// What is known of whether a target is met: `“GDP” is met on 62 of 100 paths`.
fn met(title: &str, known: &Probability, language: Language) -> Message {
    let (words, share) = (known.words(language), known.probability);
    if known.decided.is_some() {
        return message!("report-lead-decided", title = title, words = words);
    }
    match share {
        // As the tables have it: in whole paths of a hundred it would be none or all.
        o if o <= 0.005 || o >= 0.995 => message!("report-lead-extreme", title = title, words = words),
        o => message!("report-lead-met", title = title, count = format!("{:.0}", o * 100.0)),
    }
}

fn title_of(input: &InputShare, language: Language) -> &str {
    input.title.or_name(&input.input, language)
}

/// How many inputs are named for an outcome.
const INPUTS: usize = 5;

/// Tables of what drives the leading target and the first headlines.
pub(super) fn drives(summary: &Summary, language: Language) -> Vec<Value> {
    let headlines = wording::leading(summary).into_iter().filter_map(|(name, variable)| {
        let marked = summary.targets.values().flat_map(|t| &t.marks).find(|m| m.variable == name);
        let years = marked.map(|mark| mark.year).into_iter().chain(variable.years.last().copied());
        let key = |year| (format!("{name}@{}", label(year)), year);
        let (key, year) = years.map(key).find(|(key, _)| summary.sensitivity.contains_key(key))?;
        let title = variable.title.or_name(name, language);
        Some((key, tr!(language, "report-lead-outcome", title = title, year = year)))
    });
    let lead = target(summary)
        .map(|name| (name.to_owned(), target_title(name, &summary.targets[name], language).to_owned()));
    lead.into_iter()
        .chain(headlines.take(4))
        .filter_map(|(key, title)| {
            let inputs = summary.inputs(&key);
            if inputs.is_empty() {
                return None;
            }
            let rows: Vec<Value> = inputs.iter().take(INPUTS).map(|input| row(input, language)).collect();
            Some(context! { title, rows })
        })
        .collect()
}

fn row(input: &InputShare, language: Language) -> Value {
    context! {
        title => title_of(input, language),
        name => input.input.clone(),
        width => format!("{:.1}", (input.first_order * 100.0).clamp(0.0, 100.0)),
        share => share(input.first_order, input.standard_error, language),
        grade => input.grade.clone(),
        weak => matches!(input.grade.as_str(), "C" | "D"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::{sample, wilson};
    use crate::text::Text;
    use crate::text::probability::Decided;

    #[test]
    fn the_first_sentence_names_the_target_its_odds_and_the_main_risk() {
        let mut summary = sample::summary();
        let price = InputShare {
            input: "price[coal]".to_owned(),
            title: Text { en: "Coal price".to_owned(), zh: "煤炭价格".to_owned() },
            first_order: 0.41,
            standard_error: 0.01,
            ..InputShare::default()
        };
        summary.sensitivity.insert("gdp_2025".to_owned(), vec![price]);
        assert_eq!(
            sentence(&summary, Language::En).unwrap(),
            "“GDP of 220 billion CNY in 2025” is met on 62 of 100 paths; the main risk is “Coal price”, which alone explains 41 % ± 1 of whether it is met."
        );
        assert!(sentence(&summary, Language::Zh).unwrap().contains(
            "：每100条模拟路径中有62条达成；首要风险是“煤炭价格”，仅这一项即可解释成败差异的41% ± 1"
        ));
        summary.sensitivity.clear();
        assert!(sentence(&summary, Language::En).unwrap().ends_with("62 of 100 paths."));
    }

    #[test]
    fn odds_near_certainty_are_not_certain() {
        let of =
            |paths: u64, language| met("Peak", &wilson::probability(paths, 100_000), language).text(language);
        assert_eq!(of(100, Language::En), "“Peak”: 0.10 % ± 0.01");
        assert_eq!(of(99_900, Language::Zh), "“Peak”的达成概率：99.90% ± 0.01");
        assert_eq!(of(99_999, Language::En), "“Peak”: 99.999 % ± 0.001");
        assert_eq!(of(0, Language::En), "“Peak”: < 0.004 %");
        assert_eq!(of(100_000, Language::Zh), "“Peak”的达成概率：> 99.996%");
        let never = Probability { decided: Some(Decided::Never), ..wilson::probability(0, 100_000) };
        assert_eq!(met("Peak", &never, Language::En), "“Peak” is impossible");
    }
}
