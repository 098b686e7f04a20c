//! `plancast audit`: what a plan's own figures say of each other.

use std::fmt::Write as _;

use super::arguments::{AuditOptions, language};
use super::{Failure, Outcome, diagnose, print};
use crate::analysis::audit::{Audit, Finding, audit};
use crate::model::{Record, compile};
use crate::scenario::load;
use crate::text::Language;
use crate::text::number::{fixed, trimmed};

pub(super) fn run(options: &AuditOptions) -> Outcome {
    let mut loaded = load(&options.scenario, &options.overrides.set);
    let Some(model) = compile(&loaded.scenario, &Record::All, &mut loaded.problems) else {
        diagnose::report(&loaded.files, &loaded.problems);
        return Err(Failure::Input);
    };
    let language = language(options.lang);
    let mut out = String::new();
    for found in audit(&loaded.scenario, &model.labels) {
        let _ = writeln!(out, "{}", title(&found, &model.labels, language));
        for finding in &found.findings {
            let _ = writeln!(out, "  {}", sentence(finding, language));
        }
    }
    if out.is_empty() {
        out.push_str(match language {
            Language::En => "no two figures of this plan are about the same variable\n",
            Language::Zh => "没有两个数字涉及同一变量\n",
        });
    }
    print(&out)
}

fn title(found: &Audit, labels: &crate::model::Labels, language: Language) -> String {
    let label = labels.variables.iter().find(|label| label.name == found.variable);
    let title = label.map_or("", |label| label.title.get(language));
    let unit = label.map_or("", |label| label.unit.as_str());
    format!("{}: {title} ({unit})", found.variable)
}

fn percent(rate: f64) -> String {
    format!("{} %", fixed(100.0 * rate, 4))
}

fn sentence(finding: &Finding, language: Language) -> String {
    let number = |value: f64| trimmed(value, 6);
    match (finding, language) {
        (Finding::Needs { base: (start, base), level, rate }, Language::En) => format!(
            "{} in {start}, {} in {} ({}): this takes {} a year",
            number(*base),
            number(level.level),
            level.year,
            level.target,
            percent(*rate)
        ),
        (Finding::Needs { base: (start, base), level, rate }, Language::Zh) => format!(
            "{start}年{}，{}年{}（{}）：年均需增长{}",
            number(*base),
            level.year,
            number(level.level),
            level.target,
            percent(*rate)
        ),
        (Finding::Disagree { level, rate, leads_to, common_base, .. }, Language::En) => format!(
            "{} a year ({}) leads to {} in {}, {} of the {} of {}; both hold only from a base of at most {}",
            percent(rate.rate),
            rate.target,
            number(*leads_to),
            level.year,
            percent(leads_to / level.level),
            number(level.level),
            level.target,
            number(*common_base)
        ),
        (Finding::Disagree { level, rate, leads_to, common_base, .. }, Language::Zh) => format!(
            "年均{}（{}）将使{}年达到{}，为{}的{}（{}）；两者同时成立，基数至多为{}",
            percent(rate.rate),
            rate.target,
            level.year,
            number(*leads_to),
            number(level.level),
            percent(leads_to / level.level),
            level.target,
            number(*common_base)
        ),
        (Finding::Between { first, second, rate, at_rates }, Language::En) => {
            let mut text = format!(
                "from {} in {} ({}) to {} in {} ({}): {} a year",
                number(first.level),
                first.year,
                first.target,
                number(second.level),
                second.year,
                second.target,
                percent(*rate)
            );
            for (rate, leads_to) in at_rates {
                let _ = write!(
                    text,
                    "; at {} ({}) it would be {}",
                    percent(rate.rate),
                    rate.target,
                    number(*leads_to)
                );
            }
            text
        }
        (Finding::Between { first, second, rate, at_rates }, Language::Zh) => {
            let mut text = format!(
                "{}年{}（{}）至{}年{}（{}）：年均{}",
                first.year,
                number(first.level),
                first.target,
                second.year,
                number(second.level),
                second.target,
                percent(*rate)
            );
            for (rate, leads_to) in at_rates {
                let _ =
                    write!(text, "；若按{}（{}）则为{}", percent(rate.rate), rate.target, number(*leads_to));
            }
            text
        }
    }
}
