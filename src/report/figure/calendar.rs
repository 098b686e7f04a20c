//! When projects get done.

use crate::analysis::replayed::Replayed;
use crate::chart::calendar::{Calendar, CalendarRow};
use crate::result::Summary;
use crate::text::Language;
use crate::tr;

/// The calendar of a family of variables that rise from nothing to one: the likeliest and earliest first.
/// Years before any of them can be done are left out.
pub fn calendar(
    summary: &Summary,
    replayed: &Replayed,
    variable: &str,
    source: &str,
    language: Language,
) -> Option<Calendar> {
    let found = replayed.completions.iter().find(|completion| completion.variable == variable)?;
    // From the first year in which something is planned, or may be done.
    let done = (0..found.years.len()).find(|&at| found.members.iter().any(|member| member.done[at] > 0.0))?;
    let plans = found.members.iter().filter_map(|member| member.planned).min();
    let planned = plans.and_then(|year| found.years.iter().position(|at| *at == year));
    let first = planned.map_or(done, |planned| planned.min(done));
    let mut rows: Vec<CalendarRow> = found
        .members
        .iter()
        .map(|member| CalendarRow {
            title: member.title.get(language).to_owned(),
            done: member.done[first..].to_vec(),
            planned: member.planned,
        })
        .collect();
    // The more years it is likely to stand, the further up.
    let standing = |row: &CalendarRow| row.done.iter().sum::<f64>();
    rows.sort_by(|a, b| standing(b).total_cmp(&standing(a)));
    let family = found.title.get(language);
    let subtitle = super::subtitle(summary, language);
    Some(Calendar {
        title: tr!(language, "report-calendar-title").to_owned(),
        subtitle: if family.is_empty() { subtitle } else { format!("{subtitle} · {family}") },
        years: found.years[first..].to_vec(),
        planned: found.planned.get(language).to_owned(),
        paths: replayed.sample.paths,
        rows,
        footer: super::footer_of_first(summary, replayed.sample.paths, source, language),
    })
}
