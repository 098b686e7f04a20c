//! The effects as a waterfall: from the first total by the effects to the last.

use super::answer::{Ends, ShownEffects};
use super::methods;
use super::spread::Spread;
use plancast::chart::rows::{BarRow, FloatingBars, Tone};
use plancast::text::Language;
use plancast::text::number::{count, paths, signed};

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
    let legend = match language {
        Language::En => ["raises it", "lowers it"],
        Language::Zh => ["使其上升", "使其下降"],
    };
    FloatingBars {
        title: title(answer, &first, &last, language),
        subtitle: subtitle(answer, language),
        unit: answer.unit.clone(),
        legend: [Tone::Low, Tone::High].into_iter().zip(legend.map(str::to_owned)).collect(),
        rows,
        footer: answer.footer.clone(),
        ..FloatingBars::default()
    }
}

fn title(answer: &ShownEffects, first: &str, last: &str, language: Language) -> String {
    let title = &answer.title;
    match (&answer.ends, language) {
        (Ends::Years(from, to), Language::En) => format!("Why {title} changes from {from} to {to}"),
        (Ends::Years(from, to), Language::Zh) => format!("{from}—{to}年{title}变动的原因"),
        (Ends::Scenarios { year, .. }, Language::En) => {
            format!("Why {title} differs in {year}: {first} and {last}")
        }
        (Ends::Scenarios { year, .. }, Language::Zh) => format!("{year}年{title}差异的原因：{first}与{last}"),
    }
}

fn subtitle(answer: &ShownEffects, language: Language) -> String {
    let names: Vec<&str> = answer.methods.iter().map(|method| methods::name(*method, language)).collect();
    let known = count(answer.known as u64);
    let all = answer.known as u64 == answer.paths;
    match language {
        Language::En => {
            let over =
                if all { "all paths".to_owned() } else { format!("{known} of {}", paths(answer.paths)) };
            format!("Means over {over}; the lines hold nine in ten; by {}", names.join(" and "))
        }
        Language::Zh => {
            let over = if all {
                "全部路径".to_owned()
            } else {
                format!("{}条路径中的{known}条", count(answer.paths))
            };
            format!("{over}的均值；横线包含九成路径；方法：{}", names.join("、"))
        }
    }
}
