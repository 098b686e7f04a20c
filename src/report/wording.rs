//! What the page says, made from the numbers.

use super::{figure, goals};
use crate::result::Summary;
use crate::result::summary::{TargetSummary, VariableSummary};
use crate::text::number::count;
use crate::text::{Language, unit};

/// The sentences of the executive summary.
pub(super) fn sentences(summary: &Summary, language: Language) -> Vec<String> {
    let mut sentences = vec![basis(summary, language)];
    sentences.extend(headlines(summary, language));
    sentences.extend(counts(summary, language));
    sentences.extend(extremes(summary, language));
    sentences.extend(all(summary, language));
    sentences.extend(goals::impossible(summary, language));
    sentences
}

fn basis(summary: &Summary, language: Language) -> String {
    let (paths, scenario) = (count(summary.paths), &summary.scenario);
    match language {
        Language::En => format!(
            "The scenario was simulated {} from {} to {}; each simulation draws anew every quantity that is not known for certain.",
            if summary.paths == 1 { "once".to_owned() } else { format!("{paths} times") },
            scenario.start,
            scenario.end
        ),
        Language::Zh => format!(
            "本情景对{}—{}年进行了{paths}次模拟，每次模拟都重新抽取所有不确定的量。",
            scenario.start, scenario.end
        ),
    }
}

/// One sentence for each of a few headlines, at the year of its first target or its last year.
fn headlines(summary: &Summary, language: Language) -> Vec<String> {
    let all = leading(summary).into_iter().take(4);
    all.filter_map(|(name, variable)| headline(summary, name, variable, language)).collect()
}

/// The headlines, those without members first.
pub(super) fn leading(summary: &Summary) -> Vec<(&str, &VariableSummary)> {
    let headlines = || summary.ordered_variables().filter(|(_, variable)| variable.headline);
    let of_member = |name: &str| name.contains('[');
    let whole = headlines().filter(|(name, _)| !of_member(name));
    whole.chain(headlines().filter(|(name, _)| of_member(name))).collect()
}

fn headline(summary: &Summary, name: &str, variable: &VariableSummary, language: Language) -> Option<String> {
    let marked = summary.targets.values().flat_map(|t| &t.marks).find(|m| m.variable == name).map(|m| m.year);
    let year = marked.or_else(|| variable.years.last().copied())?;
    let place = variable.place(year)?;
    let shown = unit::shown(&variable.unit, language);
    let at = |level: &str| {
        let estimate = variable.quantile(level, place);
        estimate.value.map(|_| estimate.shown(&shown, ""))
    };
    let (low, middle, high) = (at("0.05")?, at("0.5")?, at("0.95")?);
    let title = Some(variable.title.get(language)).filter(|t| !t.is_empty()).unwrap_or(name);
    Some(match language {
        Language::En => format!(
            "{title} in {year}: half of the paths lie above {middle}, and nine in ten between {low} and {high}{unit}.",
            unit = if shown.unit.is_empty() { String::new() } else { format!(" ({})", shown.unit) }
        ),
        Language::Zh => format!(
            "{year}年{title}：中位数为{middle}{unit}，九成路径介于{low}与{high}之间。",
            unit = shown.unit
        ),
    })
}

fn counts(summary: &Summary, language: Language) -> Option<String> {
    let open: Vec<f64> = summary
        .goals()
        .filter(|(_, target)| target.probability.decided.is_none())
        .map(|(_, target)| target.probability.probability)
        .collect();
    let share = |wanted: fn(f64) -> bool| open.iter().filter(|share| wanted(**share)).count();
    let (likely, unlikely) = (share(|o| o >= 2.0 / 3.0), share(|o| o <= 1.0 / 3.0));
    let (total, between) = (open.len(), open.len() - likely - unlikely);
    let left = goals::left_out(summary, language);
    (total > 0).then(|| match language {
        Language::En => {
            let targets = match (left.is_empty(), total) {
                (true, 1) => "target",
                (true, _) => "targets",
                (false, 1) => "goal",
                (false, _) => "goals",
            };
            let left = if left.is_empty() { String::new() } else { format!(" Not counted: {}.", left.join(", ")) };
            format!(
                "Of {total} {targets}, {likely} can be expected (odds of two in three or more), {between} may go either way, and {unlikely} would come as a surprise (one in three or less).{left}"
            )
        }
        Language::Zh => {
            let left = if left.is_empty() { String::new() } else { format!("未计入：{}。", left.join("、")) };
            format!(
                "{total}项目标中，{likely}项较有把握（达成概率在三分之二以上），{between}项难以预料，{unlikely}项把握不大（三分之一以下）。{left}"
            )
        }
    })
}

fn extremes(summary: &Summary, language: Language) -> Option<String> {
    let mut sorted: Vec<(&str, &TargetSummary)> =
        summary.goals().filter(|(_, target)| target.probability.decided.is_none()).collect();
    sorted.sort_by(|a, b| b.1.probability.probability.total_cmp(&a.1.probability.probability));
    let quoted = |&(name, target): &(&str, &TargetSummary)| {
        let (title, share) =
            (figure::target_title(name, target, language), target.probability.short(language));
        match language {
            Language::En => format!("“{title}” ({share})"),
            Language::Zh => format!("“{title}”（{share}）"),
        }
    };
    let (first, last) = (sorted.first()?, sorted.last()?);
    (sorted.len() > 1).then(|| match language {
        Language::En => format!("Safest is {}; hardest is {}.", quoted(first), quoted(last)),
        Language::Zh => format!("最有把握的是{}，最难达成的是{}。", quoted(first), quoted(last)),
    })
}

fn all(summary: &Summary, language: Language) -> Option<String> {
    let stop = if language == Language::Zh { "。" } else { "." };
    goals::together(summary, language).map(|sentence| sentence + stop)
}

/// Method and limits; of a run that is conditioned on a record, first that it is.
pub(super) fn method(summary: &Summary, language: Language) -> Vec<String> {
    conditioned(summary, language).into_iter().chain(how(summary, language)).collect()
}

/// What a run is conditioned on.
fn conditioned(summary: &Summary, language: Language) -> Option<String> {
    let evidence = summary.evidence.as_ref()?;
    let names: Vec<&str> = evidence.observed.keys().map(String::as_str).collect();
    let (values, effective) = (evidence.count(), count(evidence.effective_paths.round() as u64));
    Some(match language {
        Language::En => format!(
            "All figures are those of the futures that agree with {values} observed values ({}): paths are moved to what was observed and weighted by how likely that was, and say as much as {effective} of equal weight.",
            names.join(", ")
        ),
        Language::Zh => format!(
            "所有数字均以 {values} 个观测值（{}）为条件：各条路径移至观测值并按其可能性加权，相当于 {effective} 条等权路径。",
            names.join("、")
        ),
    })
}

fn how(summary: &Summary, language: Language) -> Vec<String> {
    let (paths, seed) = (count(summary.paths), summary.seed);
    match language {
        Language::En => vec![
            format!("Each of the {paths} paths is one possible history: parameters are drawn once, shocks every year, and the scenario's equations are computed year by year. The odds of a target are the share of paths on which it is met; impossible and certain are what the equations decide alone. Several readings of one goal count once where goals are counted together."),
            "After “±” stands the standard error: how far the number of paths alone may have moved the figure. Intervals of odds are 95 % score intervals (Wilson 1927). They say nothing of whether the scenario's assumptions are right.".to_owned(),
 "What drives a result is measured by first-order shares of variance, from bins of the inputs' draws on a part of the paths: how much of the variance would go if that input alone were known. What is left over belongs to inputs that matter only together; inputs that are correlated are taken as one.".to_owned(),
            "Bands hold the stated share of the paths in each year on its own; a single path may leave and re-enter them.".to_owned(),
            format!("The same scenario, seed ({seed}) and number of paths give the same figures to the last digit on any machine. Fingerprint: {}.", short(&summary.fingerprint)),
        ],
        Language::Zh => vec![
            format!("{paths}条路径中的每一条都是一种可能的未来：参数每条路径抽取一次，冲击逐年抽取，再按情景方程逐年推算。目标的达成概率即达成该目标的路径所占比重；“不可能”与“必然”由方程本身决定。同一目标的多种口径在合计时只计一次。"),
            "“±”后为标准误，表示仅由模拟次数有限带来的误差；概率区间为95%的威尔逊区间（1927年）。二者均不说明情景假设本身是否正确。".to_owned(),
 "驱动因素以一阶方差贡献衡量，由部分路径按输入的抽样值分组得出：若单独知道该输入的取值，结果的方差会减少多少；余下部分来自输入之间的交互作用；相互关联的输入合并计算。".to_owned(),
            "概率区间逐年计算；单条路径可以移出后再回到区间之内。".to_owned(),
            format!("同一情景、同一随机种子（{seed}）和同样的路径数，在任何计算机上都得到完全相同的结果。指纹：{}。", short(&summary.fingerprint)),
        ],
    }
}

fn short(fingerprint: &str) -> &str {
    fingerprint.get(..16).unwrap_or(fingerprint)
}

/// Headings and column heads: name in the template, English, Chinese.
pub(super) const HEADINGS: [(&str, &str, &str); 37] = [
    ("assumptions", "Assumptions with source and grade", "假设、来源与等级"),
    ("quoted", "From the document's words to the distribution", "从文件原文到概率分布"),
    ("others", "Other assumptions", "其他假设"),
    ("value", "Value", "取值"),
    ("written", "Distribution or number", "分布或数值"),
    ("source", "Source", "来源"),
    ("grade", "Grade", "等级"),
    ("summary", "In brief", "摘要"),
    ("targets", "Targets", "目标"),
    ("target", "Target", "目标"),
    ("odds", "Odds", "达成概率"),
    ("interval", "95 % interval", "95%置信区间"),
    ("group_all", "All goals of this group", "本组全部达成"),
    ("all", "All goals together", "全部目标同时达成"),
    ("figures", "Figures", "图"),
    ("bands", "Bands", "概率区间"),
    ("variable", "Variable", "变量"),
    ("year", "Year", "年份"),
    ("median", "Median", "中位数"),
    ("mean", "Mean", "均值"),
    ("method", "Method and limits", "方法与局限"),
    ("made", "Made by plancast", "由 plancast 生成"),
    ("contents", "Contents", "目录"),
    ("unit", "Unit", "单位"),
    ("comparison", "Scenarios held against each other", "情景比较"),
    ("change", "Change, points", "变化（百分点）"),
    ("differences", "Differences from the reference", "与基准情景之差"),
    ("percent", "Mean, %", "均值（%）"),
    ("higher", "Odds that it is higher", "高于基准的概率"),
    ("otherwise", "What it assumes differently", "假设的不同之处"),
    ("values", "Values", "取值"),
    ("drives", "What drives the results", "结果的驱动因素"),
    ("input", "Input", "输入"),
    ("share", "Share of the variance", "方差贡献"),
    ("skip", "Skip to the content", "跳到正文"),
    ("save", "Save as {}", "另存为 {}"),
    (
        "step",
        "Point at the figure, or step through it with the arrow keys, to read its numbers.",
        "将指针移到图上，或用方向键逐点移动，可读取数值。",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::sample;

    #[test]
    fn the_summary_in_words_has_the_numbers() {
        let text = sentences(&sample::summary(), Language::En).join("\n");
        for expected in [
            "100,000 times from 2020 to 2035",
            "GDP in 2025: half of the paths lie above 2,26",
            "Of 20 targets, 7 can be expected",
            "“Particulates within the province's limit” (> 99.996 %)",
            "0.21 % ± 0.01",
        ] {
            assert!(text.contains(expected), "{expected} in\n{text}");
        }
    }

    #[test]
    fn the_summary_is_written_in_chinese_too() {
        let text = sentences(&sample::summary(), Language::Zh).concat();
        assert!(
            text.contains("2025年地区生产总值：中位数为2,26") && text.contains("20项目标中，7项较有把握"),
            "{text}"
        );
    }

    #[test]
    fn a_scenario_without_targets_is_silent_about_them() {
        let mut summary = sample::summary();
        (summary.targets, summary.order.targets, summary.joint.all) = Default::default();
        let text = sentences(&summary, Language::En).join("\n");
        assert!(!text.contains("arget"), "{text}");
    }
}
