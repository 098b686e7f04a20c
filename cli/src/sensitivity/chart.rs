//! The chart of a sensitivity analysis: a bar for each input or group, the largest first.

use super::table::title;
use plancast::chart::rows::{BarRow, FloatingBars, Tone};
use plancast::num::{max, min};
use plancast::study::{FoundSensitivity, MeasuredSensitivity, OutcomeSensitivity, SensitivityIndex};
use plancast::text::number::{per_cent, significant};
use plancast::text::{Language, grade};
use plancast::tr;

/// The bars of an answer; nothing where nothing was measured.
pub(super) fn of(
    answer: &OutcomeSensitivity,
    outcome: &str,
    footer: String,
    language: Language,
) -> Option<FloatingBars> {
    let FoundSensitivity::Measured(found) = &answer.found else { return None };
    let (mut rows, percent) = (bars(found, language), !matches!(found, MeasuredSensitivity::Morris(_)));
    for ((_, row), asked) in rows.iter_mut().zip(&answer.inputs) {
        row.title = title(asked, language) + &grade::mark(&asked.grade);
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let subtitle = match found {
        MeasuredSensitivity::Sobol(..) => tr!(language, "cli-sensitivity-chart-sobol"),
        MeasuredSensitivity::Morris(_) => tr!(language, "cli-sensitivity-chart-morris"),
        MeasuredSensitivity::Pawn(..) => tr!(language, "cli-sensitivity-chart-pawn"),
    };
    let legend = match found {
        MeasuredSensitivity::Sobol(..) => vec![
            (Tone::High, tr!(language, "cli-sensitivity-chart-alone").to_owned()),
            (Tone::Pale, tr!(language, "cli-sensitivity-chart-together").to_owned()),
        ],
        _ => Vec::new(),
    };
    Some(FloatingBars {
        title: tr!(language, "cli-sensitivity-chart-title", outcome = outcome),
        subtitle: subtitle.to_owned(),
        legend,
        center: Some(0.0),
        percent,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        footer,
        ..FloatingBars::default()
    })
}

/// By input or group what it is sorted by, and its bar.
fn bars(found: &MeasuredSensitivity, language: Language) -> Vec<(f64, BarRow)> {
    let of = |bars: Vec<(f64, f64, Tone)>, interval: Option<(f64, f64)>, label: String| BarRow {
        bars,
        interval,
        label,
        ..BarRow::default()
    };
    match found {
        MeasuredSensitivity::Sobol(found, _) => found
            .iter()
            .map(|one| {
                let SensitivityIndex { value: total, margin } = one.total;
                let shown =
                    |index: SensitivityIndex| if index.is_known() { max(index.value, 0.0) } else { 0.0 };
                let (alone, whole) = (shown(one.closed), shown(one.total));
                let bars = vec![(0.0, min(alone, whole), Tone::High), (min(alone, whole), whole, Tone::Pale)];
                let words = |index: SensitivityIndex| {
                    if !index.is_known() {
                        return "–".to_owned();
                    }
                    let share = per_cent(&format!("{:.0}", 100.0 * index.value), language);
                    format!("{share} ± {:.0}", (100.0 * index.margin).ceil())
                };
                let label = format!("{} · {}", words(one.closed), words(one.total));
                let interval = one.total.is_known().then_some((total - margin, total + margin));
                (total, of(bars, interval, label))
            })
            .collect(),
        MeasuredSensitivity::Morris(found) => found
            .iter()
            .map(|one| {
                let label = significant(one.mu_star, one.mu_star / 100.0);
                (one.mu_star, of(vec![(0.0, one.mu_star, Tone::High)], None, label))
            })
            .collect(),
        MeasuredSensitivity::Pawn(found, _) => found
            .iter()
            .map(|one| {
                let label = per_cent(&format!("{:.0}", 100.0 * one.median), language);
                (one.median, of(vec![(0.0, one.median, Tone::High)], None, label))
            })
            .collect(),
    }
}
