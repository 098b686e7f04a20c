//! What a record changes: the odds and bands before it and after it, and how far its paths can be relied on.

use plancast::result::Summary;
use plancast::result::evidence::{Evidence, YearOfEvidence};
use plancast::result::summary::{Estimate, VariableSummary};
use plancast::text::number::{count, digits};
use plancast::text::period::{self, label};
use plancast::text::{Language, Message};
use plancast::{key, message, tr};

use super::TablePrinter;
use super::grid::{value_of, with_unit};

/// The first line: on what all that follows is conditioned.
pub(super) fn heading(summary: &Summary, language: Language) -> Option<String> {
    let observed = &summary.evidence.as_ref()?.observed;
    let years: Vec<(&str, Vec<i32>)> = observed
        .iter()
        .map(|(name, values)| (name.as_str(), values.iter().map(|value| value.year).collect()))
        .collect();
    conditioned(years.iter().map(|(name, years)| (*name, years.as_slice())), language)
}

/// That something is conditioned on these years of these variables; nothing where there are none.
pub(crate) fn conditioned<'a>(
    observed: impl Iterator<Item = (&'a str, &'a [i32])>,
    language: Language,
) -> Option<String> {
    let mut values = 0;
    let each = observed.map(|(name, years)| {
        values += years.len();
        Message::verbatim(format!("{name} {}", spans(years)))
    });
    let list = each.reduce(|all, next| message!("cli-table-next", all = all, next = next))?;
    Some(tr!(language, "cli-table-conditioned", values = values, list = list))
}

/// Years, those that follow one another as a span.
fn spans(years: &[i32]) -> String {
    let mut runs: Vec<[i32; 2]> = Vec::new();
    for &year in years {
        match runs.last_mut() {
            Some([_, last]) if *last + 1 == year => *last = year,
            _ => runs.push([year, year]),
        }
    }
    let text = |[a, b]: &[i32; 2]| if a == b { label(a) } else { format!("{}–{}", label(a), label(b)) };
    runs.iter().map(text).collect::<Vec<_>>().join(", ")
}

impl TablePrinter<'_> {
    /// Odds and medians before the record and after it, side by side.
    pub(super) fn changes(&self) -> Option<String> {
        let prior = self.summary.prior.as_ref()?;
        let head = [
            tr!(self.language, "cli-table-record"),
            period::heading(self.summary.scenario.start, self.language),
            tr!(self.language, "cli-table-before"),
            tr!(self.language, "cli-table-after"),
        ];
        let mut rows = Vec::new();
        for (name, target) in self.summary.ordered_targets() {
            let Some(before) = &target.prior else { continue };
            let title = self.name(&target.title, name).to_owned();
            rows.push(vec![
                title,
                String::new(),
                before.words(self.language),
                target.probability.words(self.language),
            ]);
        }
        for (name, variable) in self.summary.ordered_variables().filter(|(_, v)| v.headline) {
            let Some(before) = prior.variables.get(name) else { continue };
            let shown = variable.shown(self.language);
            let title = with_unit(self.name(&variable.title, name), &shown.unit);
            for (row, year) in super::years(&self.summary.scenario, variable).into_iter().enumerate() {
                let band = |of: &VariableSummary| band(of, year, |value| value_of(value, &shown, "–"));
                let title = if row == 0 { title.clone() } else { String::new() };
                rows.push(vec![title, label(year), band(before), band(variable)]);
            }
        }
        if rows.is_empty() {
            return None;
        }
        let note = tr!(self.language, "cli-table-bands");
        Some(format!("{}\n{}", self.grid.table(&head, rows), self.grid.paragraph(note)))
    }

    /// What the record says of the scenario, and how far the paths can be relied on.
    pub(super) fn evidence(&self) -> Option<String> {
        let found = self.summary.evidence.as_ref()?;
        let mut lines = vec![self.likelihood(found), self.reliance(found)];
        lines.extend(self.few(found));
        lines.extend(self.not_used(found));
        let lines: Vec<String> = lines.iter().map(|line| self.grid.paragraph(line)).collect();
        Some(lines.join("\n"))
    }

    fn likelihood(&self, found: &Evidence) -> String {
        let (log, error) = (digits(found.log_likelihood, 5), digits(found.standard_error, 2));
        let share = digits(100.0 * found.plausibility, 2);
        tr!(self.language, "cli-table-likelihood", log = log, error = error, share = share)
    }

    fn reliance(&self, found: &Evidence) -> String {
        let effective = found.effective_paths.round() as u64;
        let largest = digits(100.0 * found.largest_weight, 2);
        let year = |year: &YearOfEvidence| {
            Message::verbatim(format!("{} {}", label(year.year), count(year.effective_paths.round() as u64)))
        };
        let years: Vec<Message> = found.years.iter().map(year).collect();
        match found.pareto_k.map(|k| digits(k, 2)) {
            Some(k) => tr!(
                self.language,
                "cli-table-reliance-tail",
                effective = effective,
                years = years,
                largest = largest,
                k = k
            ),
            None => tr!(
                self.language,
                "cli-table-reliance",
                effective = effective,
                years = years,
                largest = largest
            ),
        }
    }

    fn few(&self, found: &Evidence) -> Option<String> {
        let few = found.effective_paths < plancast::study::FEW_EFFECTIVE;
        few.then(|| tr!(self.language, "cli-table-few").to_owned())
    }

    fn not_used(&self, found: &Evidence) -> Option<String> {
        let each = found.not_used.iter().map(|one| {
            let why = match &*one.why {
                "constant" => key!("cli-table-unused-constant"),
                "empty" => key!("cli-table-unused-empty"),
                _ => key!("cli-table-unused-year"),
            };
            message!("cli-table-unused-value", variable = &one.variable, year = one.year, why = why)
        });
        let list: Vec<Message> = each.collect();
        (!list.is_empty()).then(|| tr!(self.language, "cli-table-unused", list = list))
    }
}

/// A median with its 5 % and 95 % quantiles.
fn band(variable: &VariableSummary, year: i32, text: impl Fn(Estimate) -> String) -> String {
    let Some(place) = variable.place(year) else { return "–".to_owned() };
    let [low, median, high] = ["0.05", "0.5", "0.95"].map(|level| text(variable.quantile(level, place)));
    format!("{median} ({low} – {high})")
}
