//! The words of a fan in both languages.

use crate::text::Language;
use crate::text::number::trimmed;

/// Words, and phrases with gaps.
pub(super) struct FanWording {
    pub(super) band: fn(f64) -> String,
    pub(super) year: &'static str,
    pub(super) median: &'static str,
    pub(super) mean: &'static str,
    pub(super) history: &'static str,
    pub(super) mark: &'static str,
    pub(super) paths: fn(usize) -> String,
    pub(super) quantiles: fn(i32) -> String,
    pub(super) unit: fn(&str) -> String,
    pub(super) spoken: fn(&str, i32, &str) -> String,
}

impl FanWording {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &Self {
                band: |share| format!("{} % of paths", share_words(share)),
                year: "Year",
                median: "Median",
                mean: "Mean",
                history: "Recorded",
                mark: "Target: odds that it is met",
                paths: |count| format!("{count} single paths"),
                quantiles: |year| format!("Quantiles, {year}"),
                unit: |unit| format!("Unit: {unit}"),
                spoken: |title, year, median| format!("{title}: fan chart; median in {year}: {median}"),
            },
            Language::Zh => &Self {
                band: |share| format!("{}%概率区间", share_words(share)),
                year: "年份",
                median: "中位数",
                mean: "均值",
                history: "历史数据",
                mark: "目标及其达成概率",
                paths: |count| format!("{count}条单独路径"),
                quantiles: |year| format!("{year}年分位数"),
                unit: |unit| format!("单位：{unit}"),
                spoken: |title, year, median| format!("{title}：扇形图；{year}年中位数{median}"),
            },
        }
    }
}

fn share_words(share: f64) -> String {
    trimmed(share * 100.0, 4)
}
