//! The effects as a waterfall: from the first total by the effects to the last.

use super::answer::{Ends, ShownEffects};
use super::methods;
use plancast::chart::rows::{BarRow, FloatingBars, Tone};
use plancast::study::Spread;
use plancast::text::Language;
use plancast::text::number::signed;
use plancast::tr;

/// The figure; its second line names the methods.
pub(super) fn of(answer: &ShownEffects, language: Language) -> FloatingBars {
    let mut rows = Vec::new();
    let [first, last] = answer.ends.names(language);
    let total = |title: &str, spread: &Spread| BarRow {
        title: title.to_owned(),
        bars: vec![(0.0, spread.mean, Tone::Total)],
        interval: Some((spread.low, spread.high)),
        label: answer.number(spread.mean, spread.error),
    };
    rows.push(total(&first, &answer.totals.0));
    let mut reached = answer.totals.0.mean;
    for effect in &answer.effects {
        let Spread { mean, error, low, high } = effect.additive;
        rows.push(BarRow {
            title: effect.title.clone(),
            bars: vec![(reached, reached + mean, if mean >= 0.0 { Tone::Low } else { Tone::High })],
            interval: Some((reached + low, reached + high)),
            label: signed(mean, answer.number(mean, error)),
        });
        reached += mean;
    }
    rows.push(total(&last, &answer.totals.1));
    let legend = [tr!(language, "cli-decompose-raises"), tr!(language, "cli-decompose-lowers")];
    FloatingBars {
        title: title(answer, language),
        subtitle: subtitle(answer, language),
        unit: answer.unit.clone(),
        legend: [Tone::Low, Tone::High].into_iter().zip(legend.map(str::to_owned)).collect(),
        rows,
        footer: answer.footer.clone(),
        ..FloatingBars::default()
    }
}

fn title(answer: &ShownEffects, language: Language) -> String {
    let title = &answer.title;
    match &answer.ends {
        Ends::Years(from, to) => {
            tr!(language, "cli-decompose-why-years", title = title, from = *from, to = *to)
        }
        Ends::Scenarios { first, other, year } => tr!(
            language,
            "cli-decompose-why-scenarios",
            title = title,
            year = *year,
            first = first,
            other = other
        ),
    }
}

fn subtitle(answer: &ShownEffects, language: Language) -> String {
    let names: Vec<&str> = answer.methods.iter().map(|method| methods::name(*method, language)).collect();
    let names = names.join(tr!(language, "cli-decompose-and"));
    let (known, paths) = (answer.known as u64, answer.paths);
    if known == paths {
        tr!(language, "cli-decompose-means", methods = names)
    } else {
        tr!(language, "cli-decompose-means-of-some", known = known, paths = paths, methods = names)
    }
}
