//! The table of a sensitivity analysis.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::correlated;
use plancast::num::normal::POINT_97_5;
use plancast::study::{
    AskedInput, Distance, ElementaryEffects, FoundSensitivity, Indices, MeasuredSensitivity,
    OutcomeSensitivity, Probe, SensitivityIndex,
};
use plancast::text::number::significant;
use plancast::text::probability::Decided;
use plancast::text::{Language, grade};
use plancast::tr;

/// The numbers of an answer, the largest first, or why there are none.
pub(super) fn table(answer: &OutcomeSensitivity, language: Language) -> String {
    let OutcomeSensitivity { of, inputs, found, .. } = answer;
    let found = match found {
        FoundSensitivity::Measured(found) => found,
        FoundSensitivity::Same => return tr!(language, "cli-sensitivity-same", of = of) + "\n",
        FoundSensitivity::Unmoved => return tr!(language, "cli-sensitivity-unmoved", of = of) + "\n",
        FoundSensitivity::NotFinite => return format!("{of}\n{}", not_finite(answer, language)),
        FoundSensitivity::TooFew => return format!("{of}\n{}\n", tr!(language, "cli-sensitivity-rare")),
        FoundSensitivity::Recorded(met) => {
            let words = Decided::on_record(*met).words(language);
            return format!("{of}\n{}\n", tr!(language, "cli-sensitivity-recorded", words = words));
        }
    };
    let (head, mut rows) = measured(found, language);
    let mut text = format!("{of}\n{head}\n");
    for (row, asked) in rows.iter_mut().zip(inputs) {
        let mark = if asked.correlated { " *" } else { "" };
        let title = match title(asked, language) {
            title if title == asked.name => String::new(),
            title => format!(" ({title})"),
        };
        let _ = write!(row.1, "  {}{mark}{title}{}", asked.name, grade::mark(&asked.grade));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, row) in &rows {
        let _ = writeln!(text, "{row}");
    }
    text + &notes(answer, found, language) + &not_finite(answer, language)
}

/// What a row is called: its title, with the names of what is drawn together with it.
pub(super) fn title(row: &AskedInput, language: Language) -> String {
    let title = row.title.get(language);
    if row.others.is_empty() {
        return title.to_owned();
    }
    let names: Vec<&str> = row.others.iter().map(String::as_str).collect();
    tr!(language, "cli-sensitivity-with", title = title, names = names.as_slice())
}

/// The head, and by input or group what it is sorted by and its numbers.
fn measured(found: &MeasuredSensitivity, language: Language) -> (String, Vec<(f64, String)>) {
    match found {
        MeasuredSensitivity::Sobol(found, sums) => {
            let cell = |index: SensitivityIndex| {
                if index.is_known() {
                    format!("{:>6.3} ± {:<6.3}", index.value, index.margin)
                } else {
                    format!("{:>15}", "–")
                }
            };
            let sum = |place: usize| match sums {
                Ok(sums) => {
                    cell(SensitivityIndex { value: sums[place].0, margin: POINT_97_5 * sums[place].1 })
                }
                Err(_) => format!("{:>15}", "–"),
            };
            let row = |(place, i): (usize, &Indices)| {
                (i.total.value, format!("{}  {}  {}", cell(i.closed), cell(i.total), sum(place)))
            };
            let (closed, total) =
                (tr!(language, "cli-sensitivity-closed"), tr!(language, "cli-sensitivity-total"));
            let sum = tr!(language, "cli-sensitivity-sum");
            let head = format!("{}  {}  {sum}", padded(closed, 15), padded(total, 15));
            (head, found.iter().enumerate().map(row).collect())
        }
        MeasuredSensitivity::Morris(found) => {
            let text = |x: f64| significant(x, x.abs() / 100.0);
            let known = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), text);
            let row = |e: &ElementaryEffects| {
                format!("{:>10}  {:>10}  {:>10}", text(e.mu_star), known(e.mu), known(e.sigma))
            };
            let rows = found.iter().map(|e| (e.mu_star, row(e)));
            let effects = tr!(language, "cli-sensitivity-effects");
            let head = format!("{:>10}  {:>10}  {:>10}  {effects}", "µ*", "µ", "σ");
            (head, rows.collect())
        }
        MeasuredSensitivity::Pawn(found, _) => {
            let rows = found.iter().map(|d| (d.median, distances(d)));
            let (median, distance) =
                (tr!(language, "cli-sensitivity-median"), tr!(language, "cli-sensitivity-distance"));
            let head = format!("{}  {distance}", padded(median, 6));
            (head, rows.collect())
        }
    }
}

/// What the reader of the numbers has to know.
fn notes(answer: &OutcomeSensitivity, found: &MeasuredSensitivity, language: Language) -> String {
    let asked = &answer.inputs;
    let mut lines: Vec<String> = Vec::new();
    let has_groups = asked.iter().any(|asked| asked.draws.len() > 1);
    match found {
        MeasuredSensitivity::Pawn(_, idle) => {
            lines.push(format!("{}  ({})", distances(idle), tr!(language, "cli-sensitivity-chance")));
            lines.extend(has_groups.then(|| tr!(language, "cli-sensitivity-strongest").to_owned()));
        }
        MeasuredSensitivity::Morris(_) => {
            lines.extend(has_groups.then(|| tr!(language, "cli-sensitivity-direction").to_owned()));
        }
        MeasuredSensitivity::Sobol(found, sums) => {
            lines.push(tr!(language, "cli-sensitivity-indices").to_owned());
            let is_known = |one: &Indices| one.closed.is_known() && one.total.is_known();
            if !found.iter().all(is_known) {
                lines.push(tr!(language, "cli-sensitivity-wide").to_owned());
            }
            let no_sum = |why| tr!(language, "cli-sensitivity-no-sum", why = why);
            lines.extend(sums.as_ref().err().map(no_sum));
        }
    }
    if asked.iter().any(|asked| asked.correlated) {
        lines.push(tr!(language, "cli-sensitivity-correlated").to_owned());
    }
    let splits: String = answer.correlated.iter().map(|split| correlated::lines(split, language)).collect();
    lines.into_iter().map(|line| line + "\n").collect::<String>() + &splits
}

/// Where the outcome is not finite, and what comes of that; nothing where it is everywhere.
fn not_finite(answer: &OutcomeSensitivity, language: Language) -> String {
    let percent = |share: f64| significant(100.0 * share, share);
    let Probe { infinite, no_number, .. } = answer.probe;
    if infinite + no_number == 0.0 && !matches!(answer.found, FoundSensitivity::NotFinite) {
        return String::new();
    }
    let infinite_share = percent(infinite);
    let line = match answer.never {
        Some(year) if no_number == 0.0 && infinite > 0.0 => {
            tr!(language, "cli-sensitivity-never", infinite = infinite_share, year = year.to_string())
        }
        _ => tr!(
            language,
            "cli-sensitivity-not-finite",
            infinite = infinite_share,
            lacking = percent(no_number)
        ),
    };
    line + "\n"
}

/// A text with blanks behind it, so many columns wide.
fn padded(text: &str, columns: usize) -> String {
    text.to_owned() + &" ".repeat(columns.saturating_sub(text.width()))
}

fn distances(distance: &Distance) -> String {
    format!("{:>6.3}  {:>6.3}", distance.median, distance.largest)
}
