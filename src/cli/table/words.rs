//! The words of the terminal tables in both languages.

use crate::text::Language;

/// Words, and sentences with gaps.
pub(super) struct Words {
    pub(super) facts: fn(&str, u64, i32, i32) -> String,
    pub(super) variable: &'static str,
    pub(super) metric: &'static str,
    pub(super) year: &'static str,
    pub(super) median: &'static str,
    pub(super) mean: &'static str,
    pub(super) never: &'static str,
    pub(super) target: &'static str,
    pub(super) odds: &'static str,
    pub(super) together: fn(usize, &str) -> String,
    pub(super) not_finite: fn(&str, &str) -> String,
    pub(super) not_known: fn(&str, &str) -> String,
    pub(super) drivers: &'static str,
    pub(super) driven: fn(&str, &str) -> String,
    pub(super) folder: &'static str,
}

impl Words {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &Self {
                facts: |paths, seed, start, end| format!("{paths} paths · seed {seed} · {start}–{end}"),
                variable: "Variable",
                metric: "Metric",
                year: "Year",
                median: "Median",
                mean: "Mean",
                never: "never",
                target: "Target",
                odds: "Odds",
                together: |n, odds| format!("All {n} targets together: {odds}"),
                not_finite: |name, paths| {
                    format!(
                        "warning: {name} is not a finite number on {paths} paths, which its statistics leave out; see the first of them with"
                    )
                },
                not_known: |name, paths| {
                    format!(
                        "warning: whether {name} is met is not known on {paths} paths; they count as not met"
                    )
                },
                drivers: "What drives it (first-order shares of variance)",
                driven: |title, text| format!("{title}: {text}"),
                folder: "Results in",
            },
            Language::Zh => &Self {
                facts: |paths, seed, start, end| {
                    format!("{paths} 条路径 · 随机种子 {seed} · {start}—{end}年")
                },
                variable: "变量",
                metric: "指标",
                year: "年份",
                median: "中位数",
                mean: "均值",
                never: "未出现",
                target: "目标",
                odds: "概率",
                together: |n, odds| format!("全部 {n} 项目标同时达成：{odds}"),
                not_finite: |name, paths| {
                    format!("警告：{name} 在 {paths} 条路径上不是有限数，统计时未计入；查看其中第一条：")
                },
                not_known: |name, paths| {
                    format!("警告：在 {paths} 条路径上无法判断 {name} 是否达成，按未达成计")
                },
                drivers: "主要驱动因素（一阶方差贡献）",
                driven: |title, text| format!("{title}：{text}"),
                folder: "结果保存在",
            },
        }
    }
}
