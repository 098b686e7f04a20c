//! A fan and sparklines as block characters, for terminals.

use unicode_width::UnicodeWidthStr;

use plancast::num::{max, min};
use plancast::result::summary::VariableSummary;
use plancast::text::number::digits;
use plancast::text::period::{Step, label, step_of, year_of};

const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Lines of a fan.
const ROWS: usize = 9;
/// Columns that a year takes.
const YEAR: usize = 3;

/// A variable's median over the years, a character a year; a gap where there is none.
pub(super) fn sparkline(variable: &VariableSummary) -> String {
    let Some(medians) = variable.quantiles.get("0.5") else { return String::new() };
    let (low, high) = range(medians.iter().flatten().copied());
    let level = |value: f64| match high - low {
        span if span > 0.0 => ((value - low) / span * 7.0).round() as usize,
        _ => 3,
    };
    medians.iter().map(|value| value.map_or(' ', |value| EIGHTHS[level(value).min(7)])).collect()
}

/// The fan of a variable: 5 to 95 % light, 25 to 75 % darker, the median solid; its scale at the left, its
/// years beneath. Nothing where a quantile is missing or the fan does not fit into the width.
pub(super) fn fan(variable: &VariableSummary, factor: f64, width: usize) -> Option<Vec<String>> {
    let quantile = |level: &str| -> Option<Vec<f64>> {
        variable.quantiles.get(level)?.iter().map(|value| value.map(|value| value * factor)).collect()
    };
    let [low, quarter, median, three, high] = ["0.05", "0.25", "0.5", "0.75", "0.95"].map(quantile);
    let (low, quarter, median, three, high) = (low?, quarter?, median?, three?, high?);
    let (least, most) = range(low.iter().chain(&high).copied());
    let label = |value: f64| digits(value, 4);
    let labels = label(most).width().max(label(least).width());
    if variable.years.len() * YEAR + labels + 3 > width || most <= least {
        return None;
    }
    let height = (most - least) / ROWS as f64;
    let mut lines = Vec::new();
    for row in (0..ROWS).rev() {
        let (bottom, top) = (least + height * row as f64, least + height * (row + 1) as f64);
        let holds = |from: f64, to: f64| from < top && to >= bottom;
        let cell = |year: usize| match () {
            () if holds(median[year], median[year]) || (row == ROWS - 1 && median[year] >= most) => '█',
            () if holds(quarter[year], three[year]) => '▒',
            () if holds(low[year], high[year]) => '░',
            () => ' ',
        };
        let scale = match row {
            0 => label(least),
            row if row == ROWS - 1 => label(most),
            _ => String::new(),
        };
        let cells: String =
            (0..variable.years.len()).map(|year| cell(year).to_string().repeat(YEAR)).collect();
        lines.push(format!("{scale:>labels$} │{cells}").trim_end().to_owned());
    }
    let years: String = variable.years.iter().map(|year| marked(*year)).collect();
    lines.push(format!("{:labels$} └{years}", ""));
    lines.push(format!("{:labels$}  {}", "", named(&variable.years)).trim_end().to_owned());
    Some(lines)
}

/// Whether a period has a tick: every fifth year, and the first part of every year.
fn is_marked(period: i32) -> bool {
    match step_of(period) {
        Step::Year => period % 5 == 0,
        step => step.first_of(year_of(period)) == period,
    }
}

/// The axis below a year: a tick every fifth, or every year.
fn marked(year: i32) -> String {
    (if is_marked(year) { "┬" } else { "─" }).to_owned() + &"─".repeat(YEAR - 1)
}

/// Every fifth year, below its tick.
fn named(years: &[i32]) -> String {
    let mut line = String::new();
    for (place, year) in years.iter().enumerate().filter(|(_, year)| is_marked(**year)) {
        if line.len() <= place * YEAR {
            line.push_str(&" ".repeat(place * YEAR - line.len()));
            line.push_str(&label(year));
        }
    }
    line
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (min(low, value), max(high, value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::sample;

    #[test]
    fn a_sparkline_has_a_character_for_every_year_and_grows_with_the_median() {
        let line = sparkline(&sample::summary().variables["gdp"]);
        assert_eq!(line.chars().count(), 16);
        assert!(line.starts_with('▁') && line.ends_with('█'), "{line}");
    }

    #[test]
    fn a_fan_is_drawn_within_the_width_or_not_at_all() {
        let gdp = &sample::summary().variables["gdp"];
        let lines = fan(gdp, 1.0, 80).unwrap();
        assert!(lines.iter().all(|line| line.width() <= 80));
        assert_eq!(lines.len(), ROWS + 2);
        assert_eq!(fan(gdp, 1.0, 40), None);
        insta::assert_snapshot!(lines.join("\n"));
    }
}
