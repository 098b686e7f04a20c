//! What a record changes: the odds and bands before it and after it, and how far its paths can be relied on.

use plancast::result::Summary;
use plancast::result::evidence::Evidence;
use plancast::result::summary::{Estimate, VariableSummary};
use plancast::text::Language;
use plancast::text::number::{count, digits};
use plancast::text::unit::shown;

use super::TablePrinter;
use super::grid::{value_of, with_unit};

/// The first line: on what all that follows is conditioned.
pub(super) fn heading(summary: &Summary, language: Language) -> Option<String> {
    let evidence = summary.evidence.as_ref()?;
    let each = evidence.observed.iter().map(|(name, values)| {
        let years: Vec<i32> = values.iter().map(|value| value.year).collect();
        format!("{name} {}", spans(&years))
    });
    Some(match language {
        Language::En => {
            let values = if evidence.count() == 1 { "value" } else { "values" };
            let list = each.collect::<Vec<_>>().join("; ");
            format!("Conditioned on {} observed {values}: {list}", evidence.count())
        }
        Language::Zh => {
            format!("以 {} 个观测值为条件：{}", evidence.count(), each.collect::<Vec<_>>().join("；"))
        }
    })
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
    let text = |[a, b]: &[i32; 2]| if a == b { a.to_string() } else { format!("{a}–{b}") };
    runs.iter().map(text).collect::<Vec<_>>().join(", ")
}

impl TablePrinter<'_> {
    fn either<'t>(&self, en: &'t str, zh: &'t str) -> &'t str {
        if self.language == Language::Zh { zh } else { en }
    }

    /// Odds and medians before the record and after it, side by side.
    pub(super) fn changes(&self) -> Option<String> {
        let prior = self.summary.prior.as_ref()?;
        let head = [
            self.either("What the record changes", "观测值带来的变化"),
            self.words.year,
            self.either("Before", "观测前"),
            self.either("After", "观测后"),
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
            let shown = shown(&variable.unit, self.language);
            let title = with_unit(self.name(&variable.title, name), &shown.unit);
            for (row, year) in super::years(&self.summary.scenario, variable).into_iter().enumerate() {
                let band = |of: &VariableSummary| band(of, year, |value| value_of(value, &shown, "–"));
                let title = if row == 0 { title.clone() } else { String::new() };
                rows.push(vec![title, year.to_string(), band(before), band(variable)]);
            }
        }
        if rows.is_empty() {
            return None;
        }
        let note = self.either(
            "Of variables: the median, and in brackets 5 % and 95 %.",
            "变量列为中位数，括号内为 5% 与 95% 分位数。",
        );
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
        match self.language {
            Language::En => format!(
                "Log likelihood of the record {log} ± {error}; of records that the scenario gives, {share} % lie as far out as this one"
            ),
            Language::Zh => {
                format!(
                    "观测记录的对数似然 {log} ± {error}；情景所给出的记录中，有 {share}% 偏离程度不低于此"
                )
            }
        }
    }

    fn reliance(&self, found: &Evidence) -> String {
        let effective = count(found.effective_paths.round() as u64);
        let largest = digits(100.0 * found.largest_weight, 2);
        let k = found.pareto_k.map_or(String::new(), |k| format!(", k̂ {}", digits(k, 2)));
        let years: Vec<String> = found
            .years
            .iter()
            .map(|year| format!("{} {}", year.year, count(year.effective_paths.round() as u64)))
            .collect();
        match self.language {
            Language::En => format!(
                "The paths say as much as {effective} of equal weight ({}); the largest weight is {largest} % of all{k}",
                years.join(", ")
            ),
            Language::Zh => {
                format!("有效路径数 {effective}（{}）；最大权重占 {largest}%{k}", years.join("、"))
            }
        }
    }

    fn few(&self, found: &Evidence) -> Option<String> {
        let few = found.effective_paths < plancast::study::FEW_EFFECTIVE;
        few.then(|| {
            self.either(
                "warning: few paths agree with the record; odds are known to some per cent only: simulate more (--paths)",
                "警告：与观测相符的有效路径较少，概率只精确到几个百分点；请增加路径数（--paths）",
            )
            .to_owned()
        })
    }

    fn not_used(&self, found: &Evidence) -> Option<String> {
        if found.not_used.is_empty() {
            return None;
        }
        let why = |why: &str| match why {
            "constant" => self.either("the same on every path", "在所有路径上相同"),
            "empty" => self.either("its error is so large that it says nothing", "误差过大，不含信息"),
            _ => self.either("the variable has no such year", "变量没有该年份"),
        };
        let each: Vec<String> = found
            .not_used
            .iter()
            .map(|one| match self.language {
                Language::En => format!("{}@{} ({})", one.variable, one.year, why(&one.why)),
                Language::Zh => format!("{}@{}（{}）", one.variable, one.year, why(&one.why)),
            })
            .collect();
        let words = self.either("Observed, but condition nothing: ", "已观测但不构成条件：");
        Some(format!("{words}{}", each.join(self.words.comma)))
    }
}

/// A median with its 5 % and 95 % quantiles.
fn band(variable: &VariableSummary, year: i32, text: impl Fn(Estimate) -> String) -> String {
    let Some(place) = variable.place(year) else { return "–".to_owned() };
    let [low, median, high] = ["0.05", "0.5", "0.95"].map(|level| text(variable.quantile(level, place)));
    format!("{median} ({low} – {high})")
}
