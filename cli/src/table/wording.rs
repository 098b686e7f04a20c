//! The words of the terminal tables in both languages.

use plancast::result::comparison::NotComparedReason;
use plancast::text::Language;
use plancast::text::number::{self, count};

/// Words, and sentences with gaps.
pub(super) struct TableWording {
    pub(super) facts: fn(&str, u64, i32, i32) -> String,
    pub(super) given: fn(&str, &str) -> String,
    pub(super) given_in_all: fn(&str, &str) -> String,
    pub(super) variable: &'static str,
    pub(super) metric: &'static str,
    pub(super) year: &'static str,
    pub(super) median: &'static str,
    pub(super) mean: &'static str,
    pub(super) never: &'static str,
    pub(super) target: &'static str,
    pub(super) probability: &'static str,
    pub(super) convergence: fn(&str, &str, &str, &str) -> String,
    pub(super) precise: fn(&str, &str) -> String,
    pub(super) all_odds: &'static str,
    pub(super) reached: &'static str,
    pub(super) not_reached: &'static str,
    pub(super) not_finite: fn(&str, u64) -> String,
    pub(super) see: &'static str,
    pub(super) not_known: fn(&str, u64) -> String,
    pub(super) drivers: &'static str,
    pub(super) driven: fn(&str, &str) -> String,
    pub(super) no_drivers_given: &'static str,
    pub(super) no_drivers_sampled: &'static str,
    pub(super) folder: &'static str,
    pub(super) fan: &'static str,
    pub(super) colon: &'static str,
    pub(super) comma: &'static str,
    pub(super) reference: fn(&str) -> String,
    pub(super) same_draws: &'static str,
    pub(super) medians: &'static str,
    pub(super) difference: fn(&str, &str) -> String,
    pub(super) in_per_cent: &'static str,
    pub(super) higher: &'static str,
    pub(super) change: &'static str,
    pub(super) years: &'static str,
    pub(super) other_requirement: &'static str,
    pub(super) target_named: fn(&str) -> String,
    pub(super) not_compared: fn(NotComparedReason, &str, &str) -> String,
}

impl TableWording {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Zh => &CHINESE,
        }
    }
}

static ENGLISH: TableWording = TableWording {
    given: |condition, among| format!(" · given {condition}, among {among}"),
    given_in_all: |condition, among| format!(" · given {condition} in every scenario, among {among}"),
    facts: |paths, seed, start, end| {
        let paths = if paths == "1" { "1 path".to_owned() } else { format!("{paths} paths") };
        format!("{paths} · seed {seed} · {start}–{end}")
    },
    variable: "Variable",
    metric: "Metric",
    year: "Year",
    median: "Median",
    mean: "Mean",
    never: "never",
    target: "Target",
    probability: "Odds",
    convergence: |of, steps, wanted, reached| {
        format!("Standard error of {of}: {steps} ({wanted} asked for, {reached})")
    },
    precise: |error, paths| format!("{error} at {paths}"),
    all_odds: "the least certain odds",
    reached: "reached",
    not_reached: "not reached",
    not_finite: |name, paths| {
        format!(
            "warning: {name} is infinite or not a number on {}: it has no mean, and quantiles that fall there are not finite",
            number::paths(paths)
        )
    },
    see: "; see the first of them with",
    not_known: |name, paths| {
        let they = if paths == 1 { "it counts" } else { "they count" };
        format!("warning: whether {name} is met is not known on {}; {they} as not met", number::paths(paths))
    },
    drivers: "What drives it (first-order shares of variance ± error)",
    driven: |title, text| format!("{title}: {text}"),
    no_drivers_given: "What drives it is not told with --given: on the chosen paths inputs are no longer independent, and their shares would not add up. A run without it tells.",
    no_drivers_sampled: "What drives it is not told with --sampling: the error of a share is known for random paths only. A run without it tells, and the drivers are the same.",
    folder: "Results in",
    fan: "█ median, ▒ 50 % and ░ 90 % of paths",
    colon: ": ",
    comma: ", ",
    reference: |title| format!("{title} (reference)"),
    same_draws: "all on the same draws",
    medians: "Medians",
    difference: |b, a| format!("{b} minus {a}, path by path"),
    in_per_cent: "Mean, %",
    higher: "Higher",
    change: "Change",
    years: "years",
    other_requirement: "* asks for something else there",
    target_named: |name| format!("target {name}"),
    not_compared: |reason, a, b| match reason {
        NotComparedReason::OnlyReference => format!("Only in {a}"),
        NotComparedReason::OnlyAlternative => format!("Only in {b}"),
        NotComparedReason::Unit => "Not compared, as units differ".to_owned(),
        NotComparedReason::Years => "Not compared, as years differ".to_owned(),
    },
};

static CHINESE: TableWording = TableWording {
    given: |condition, among| format!(" · 条件：{condition}（{among}中）"),
    given_in_all: |condition, among| format!(" · 条件：各情景均满足 {condition}（{among}中）"),
    facts: |paths, seed, start, end| format!("{paths} 条路径 · 随机种子 {seed} · {start}—{end}年"),
    variable: "变量",
    metric: "指标",
    year: "年份",
    median: "中位数",
    mean: "均值",
    never: "未出现",
    target: "目标",
    probability: "概率",
    convergence: |of, steps, wanted, reached| format!("{of}的标准误：{steps}（要求 {wanted}，{reached}）"),
    precise: |error, paths| format!("{paths}时 {error}"),
    all_odds: "最不确定的达成概率",
    reached: "已达到",
    not_reached: "未达到",
    not_finite: |name, paths| {
        format!(
            "警告：{name} 在 {} 条路径上为无穷或无有效数值：没有均值，落在其上的分位数也不是有限数",
            count(paths)
        )
    },
    see: "；查看其中第一条：",
    not_known: |name, paths| {
        format!("警告：在 {} 条路径上无法判断 {name} 是否达成，按未达成计", count(paths))
    },
    drivers: "主要驱动因素（一阶方差贡献，±标准误）",
    driven: |title, text| format!("{title}：{text}"),
    no_drivers_given: "使用 --given 时不给出驱动因素：在选出的路径上各输入不再相互独立，其贡献不能相加。不加此选项的运行会给出。",
    no_drivers_sampled: "使用 --sampling 时不给出驱动因素：方差贡献的误差只对随机抽取的路径成立。不加此选项的运行会给出，驱动因素相同。",
    folder: "结果保存在",
    fan: "█ 中位数，▒ 50% 与 ░ 90% 概率区间",
    colon: "：",
    comma: "、",
    reference: |title| format!("{title}（基准）"),
    same_draws: "各情景使用相同的随机抽样",
    medians: "中位数",
    difference: |b, a| format!("{b} 减 {a}（逐路径之差）"),
    in_per_cent: "均值（%）",
    higher: "高于基准",
    change: "变化",
    years: "年",
    other_requirement: "* 两个情景的要求不同",
    target_named: |name| format!("目标 {name}"),
    not_compared: |reason, a, b| match reason {
        NotComparedReason::OnlyReference => format!("仅 {a} 有"),
        NotComparedReason::OnlyAlternative => format!("仅 {b} 有"),
        NotComparedReason::Unit => "单位不同，未作比较".to_owned(),
        NotComparedReason::Years => "年份不同，未作比较".to_owned(),
    },
};
