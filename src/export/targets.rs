//! `targets.csv`: the probability of every target.

use super::sheet::{Sheet, number};
use crate::result::Summary;
use crate::result::summary::Probability;
use crate::text::Language;
use crate::text::probability::Decided;

/// `scenario,target,title,group,source,probability,standard_error,low,high,decided`; titles in this language. The last column
/// is `always` or `never` of what the equations decide, `met` or `missed` of what the record does, which has no probability.
pub fn csv(summary: &Summary, language: Language) -> String {
    csv_of(&[summary], language)
}

/// The same for several scenarios in one table.
pub fn csv_of(summaries: &[&Summary], language: Language) -> String {
    let header = [
        "scenario",
        "target",
        "title",
        "group",
        "source",
        "probability",
        "standard_error",
        "low",
        "high",
        "decided",
    ];
    let mut sheet = Sheet::new(&header);
    for summary in summaries {
        for (name, target) in summary.ordered_targets() {
            let Probability { probability, standard_error, low, high, decided, .. } = &target.probability;
            let on_record = decided.is_some_and(Decided::is_recorded);
            let known = |x: Option<f64>| number(x.filter(|_| !on_record));
            let [share, error, low, high] =
                [Some(*probability), *standard_error, Some(*low), Some(*high)].map(known);
            let decided = decided.map_or("", Decided::code);
            let words =
                [&summary.scenario.id, name, target.title.get(language), &target.group, &target.source];
            sheet.row(&[words.as_slice(), &[&share, &error, &low, &high, decided]].concat());
        }
    }
    sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;

    #[test]
    fn each_target_has_a_row_in_the_scenarios_order() {
        let text = csv(&sample::summary(), Language::Zh);
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows.len(), 21);
        assert!(
            rows[1].starts_with("plan,gdp_2025,2025年地区生产总值达到2200亿元,macro,report-2021,0.6237,"),
            "{}",
            rows[1]
        );
        assert!(rows[20].starts_with("plan,nox,"), "{}", rows[20]);
    }

    #[test]
    fn titles_with_commas_are_quoted() {
        let text = csv(&sample::summary(), Language::En);
        assert!(text.contains("\"GDP growth of 8 % a year, 2021–25\",macro"), "{text}");
        let read: Vec<_> =
            csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).collect();
        assert!(read.iter().all(|row| row.len() == 10));
        assert_eq!(&read[0][5], "0.6237");
    }
}
