//! A summary as a run would give it, for the tests of those who show results.

use std::collections::BTreeMap;

use super::Text;
use super::comparison::{
    Alternative, Comparable, Comparison, Difference, DifferenceQuantiles, MetricDifference, NoPercent,
    NotCompared, NotComparedReason, PercentOfMean, Rank, Statistics, TargetDifference, VariableDifference,
};
use super::summary::{
    Assumptions, Drivers, GroupShare, InputShare, Joint, MarkSummary, MetricSummary, NameOrder, Probability,
    SCHEMA, ScenarioLabel, Summary, TargetSummary, VariableSummary, Why,
};
use super::wilson;

const PATHS: u64 = 100_000;
/// Levels with the points of the standard normal distribution.
const LEVELS: [(&str, f64); 7] = [
    ("0.05", -1.645),
    ("0.1", -1.282),
    ("0.25", -0.674),
    ("0.5", 0.0),
    ("0.75", 0.674),
    ("0.9", 1.282),
    ("0.95", 1.645),
];

/// The standard error of each of them in those of the mean, for values distributed normally: √(p (1 − p)) / φ(z).
const ERRORS: [f64; 7] = [2.11, 1.71, 1.36, 1.25, 1.36, 1.71, 2.11];

/// Errors of quantiles, by level.
fn errors<T>(of: impl Fn(f64) -> T) -> BTreeMap<String, T> {
    LEVELS.iter().zip(ERRORS).map(|((level, _), error)| ((*level).to_owned(), of(error))).collect()
}

/// So many times each of some errors.
fn times(errors: &[Option<f64>], by: f64) -> Vec<Option<f64>> {
    errors.iter().map(|error| error.map(|error| by * error)).collect()
}

/// Name, group, English, Chinese, paths on which it is met.
const TARGETS: [(&str, &str, &str, &str, u64); 20] = [
    ("gdp_2025", "macro", "GDP of 220 billion CNY in 2025", "2025年地区生产总值达到2200亿元", 62_370),
    ("gdp_growth", "macro", "GDP growth of 8 % a year, 2021–25", "2021—2025年地区生产总值年均增长8%", 31_020),
    ("gdp_per_head", "macro", "GDP per head above 60,000 CNY", "人均地区生产总值超过6万元", 71_440),
    ("budget", "macro", "Public budget revenue grows by 6 % a year", "一般公共预算收入年均增长6%", 55_180),
    (
        "income_urban",
        "macro",
        "Urban income keeps pace with GDP",
        "城镇居民人均可支配收入与经济增长同步",
        48_730,
    ),
    ("income_rural", "macro", "Rural income grows faster than urban", "农村居民收入增速快于城镇居民", 83_910),
    (
        "strategic_share",
        "industry",
        "Strategic emerging industries at 20 % of GDP",
        "战略性新兴产业增加值占地区生产总值比重达到20%",
        12_460,
    ),
    (
        "aluminium",
        "industry",
        "Alumina, aluminium and processing: output of 50 billion CNY",
        "铝系新材料产业产值达到500亿元",
        40_090,
    ),
    (
        "hydrogen",
        "industry",
        "Hydrogen production capacity of 100,000 t a year",
        "氢气产能达到10万吨/年",
        27_650,
    ),
    ("liquor", "industry", "Fen-flavour liquor output doubles", "清香型白酒产值翻一番", 66_200),
    ("research", "industry", "Research spending at 2.5 % of GDP", "全社会研发经费投入强度达到2.5%", 3_310),
    ("coal_advanced", "energy", "Advanced coal capacity at 95 %", "煤炭先进产能占比达到95%", 91_280),
    (
        "energy_intensity",
        "energy",
        "Energy per unit of GDP −13.5 % over 2021–25",
        "单位地区生产总值能耗五年下降13.5%",
        58_840,
    ),
    ("renewables", "energy", "Renewable capacity of 6 GW", "新能源装机达到600万千瓦", 74_000),
    ("coalbed", "energy", "Coalbed methane: 3 billion m³ a year", "煤层气年产量达到30亿立方米", 36_910),
    (
        "co2_intensity",
        "emission",
        "CO₂ per unit of GDP −18 % over 2021–25",
        "单位地区生产总值二氧化碳排放五年下降18%",
        52_260,
    ),
    ("co2_peak", "emission", "CO₂ peaks by 2030", "2030年前实现碳达峰", 68_500),
    ("so2", "emission", "Sulphur dioxide −20 % against 2020", "二氧化硫排放量较2020年下降20%", 97_750),
    ("pm", "emission", "Particulates within the province's limit", "颗粒物排放控制在省下达指标以内", 100_000),
    ("nox", "emission", "Nitrogen oxides −60 % against 2020", "氮氧化物排放量较2020年下降60%", 0),
];

/// The probability of what happens on so many of the paths.
pub(crate) fn probability(met: u64) -> Probability {
    wilson::probability(met, PATHS)
}

/// A city's GDP and emissions from 2020 to 2035, with 20 targets in 4 groups.
pub(crate) fn summary() -> Summary {
    let variables = BTreeMap::from([
        ("gdp".to_owned(), variable("GDP", "地区生产总值", "1e8 CNY", true, gdp)),
        ("co2".to_owned(), variable("CO₂ emissions", "二氧化碳排放量", "1e4 t", true, co2)),
        ("va[coal]".to_owned(), variable("Value added, “coal”", "增加值，煤炭", "1e8 CNY", false, coal)),
    ]);
    let central =
        variables.iter().map(|(name, v)| (name.clone(), v.mean.iter().flatten().copied().collect()));
    Summary {
        schema: SCHEMA.to_owned(),
        scenario: ScenarioLabel {
            id: "plan".to_owned(),
            title: text("The plan as written", "规划情景"),
            summary: text("Every measure of the plan is carried out on time.", "规划措施均按期落实。"),
            region: text("Lüliang", "吕梁市"),
            start: 2020,
            end: 2035,
            worlds: Vec::new(),
        },
        headline: Vec::new(),
        seed: 1,
        paths: PATHS,
        sampling: String::new(),
        given: None,
        fingerprint: "9f2c".repeat(16),
        order: NameOrder {
            variables: ["gdp", "co2", "va[coal]"].map(str::to_owned).to_vec(),
            metrics: ["growth", "peak"].map(str::to_owned).to_vec(),
            targets: TARGETS.map(|t| t.0.to_owned()).to_vec(),
        },
        central: central.collect(),
        sensitivity: BTreeMap::from([("gdp@2025".to_owned(), shares())]),
        drivers: BTreeMap::from([("gdp@2025".to_owned(), drivers())]),
        drivers_not_known: BTreeMap::new(),
        prior: None,
        evidence: None,
        assumptions: Assumptions::default(),
        convergence: None,
        variables,
        metrics: BTreeMap::from([("growth".to_owned(), growth()), ("peak".to_owned(), peak())]),
        bounds: BTreeMap::new(),
        targets: TARGETS.iter().map(|t| (t.0.to_owned(), target(t))).collect(),
        joint: Joint {
            goals: TARGETS.iter().map(|t| t.0.to_owned()).collect(),
            all: Some(probability(210)),
            groups: ["macro", "industry", "energy", "emission"]
                .map(|g| (g.to_owned(), probability(2_480)))
                .into(),
            pairs: BTreeMap::from([("gdp_2025 & co2_peak".to_owned(), probability(38_120))]),
            count: (0..=20).map(|k| if (8..12).contains(&k) { 0.25 } else { 0.0 }).collect(),
        },
    }
}

fn shares() -> Vec<InputShare> {
    let share =
        |input: &str, en: &str, zh: &str, kind: &str, first_order: f64, low: f64, high: f64| InputShare {
            input: input.to_owned(),
            title: text(en, zh),
            group: input.split('[').next().unwrap_or_default().to_owned(),
            kind: kind.to_owned(),
            grade: if kind == "parameter" { "D".to_owned() } else { String::new() },
            first_order,
            standard_error: 0.004,
            low: Some(low),
            high: Some(high),
            draws: 1,
            ..InputShare::default()
        };
    vec![
        share("price[coal]", "Coal: price", "煤炭：价格", "shock", 0.41, 2085.0, 2440.0),
        share("expected_growth", "Expected growth", "预期增速", "parameter", 0.22, 2130.0, 2392.0),
        share("trend[coal]", "Coal: trend", "煤炭：趋势", "parameter", 0.09, 2345.0, 2180.0),
    ]
}

fn drivers() -> Drivers {
    let group = |group: &str, en: &str, zh: &str, first_order: f64| GroupShare {
        group: group.to_owned(),
        title: text(en, zh),
        first_order,
        standard_error: 0.004,
    };
    Drivers {
        paths: 20_000,
        explained: 0.86,
        standard_error: 0.004,
        unexplained: 0.14,
        parameters: 0.38,
        parameters_error: 0.005,
        shocks: 0.48,
        shocks_error: 0.005,
        grades: BTreeMap::from([(String::new(), 0.48), ("B".to_owned(), 0.05), ("D".to_owned(), 0.33)]),
        grade_errors: BTreeMap::from([
            (String::new(), 0.005),
            ("B".to_owned(), 0.002),
            ("D".to_owned(), 0.005),
        ]),
        weak: 0.33,
        weak_error: 0.005,
        groups: vec![
            group("price", "Prices", "价格", 0.45),
            group("expected_growth", "Expected growth", "预期增速", 0.22),
            group("trend", "Trend", "趋势", 0.16),
        ],
    }
}

fn text(en: &str, zh: &str) -> Text {
    Text { en: en.to_owned(), zh: zh.to_owned() }
}

fn gdp(t: f64) -> f64 {
    1538.0 + 118.0 * t + 5.3 * t * t
}

fn co2(t: f64) -> f64 {
    9_870.0 + 310.0 * t - 22.0 * t * t
}

fn coal(t: f64) -> f64 {
    612.0 + 9.0 * t
}

fn variable(en: &str, zh: &str, unit: &str, headline: bool, middle: fn(f64) -> f64) -> VariableSummary {
    let years: Vec<i32> = (2020..=2035).collect();
    let value = |year: i32, z: f64| {
        let t = f64::from(year - 2020);
        let spread = 0.04 * t.sqrt();
        // A little skewed, as levels that grow are.
        Some(middle(t) * (1.0 + spread * z + 0.5 * spread * spread * z * z))
    };
    let by_year = |z: f64| years.iter().map(|&year| value(year, z)).collect::<Vec<_>>();
    let sd: Vec<_> =
        by_year(1.0).iter().zip(by_year(0.0)).map(|(a, b)| Some(a.unwrap() - b.unwrap())).collect();
    let error: Vec<_> = sd.iter().map(|sd| sd.map(|sd: f64| sd / (PATHS as f64).sqrt())).collect();
    VariableSummary {
        per_cent: false,
        unit: unit.to_owned(),
        title: text(en, zh),
        headline,
        mean: by_year(0.3),
        quantile_errors: errors(|by| times(&error, by)),
        standard_error: error,
        sd,
        quantiles: LEVELS.iter().map(|(level, z)| ((*level).to_owned(), by_year(*z))).collect(),
        minimum: by_year(-4.2),
        maximum: by_year(4.3),
        why: BTreeMap::new(),
        not_finite: vec![0; years.len()],
        first_not_finite: vec![None; years.len()],
        years,
    }
}

fn growth() -> MetricSummary {
    MetricSummary {
        unit: "1/yr".to_owned(),
        title: text("GDP growth, 2021–25", "2021—2025年地区生产总值年均增速"),
        mean: Some(0.0746),
        standard_error: Some(0.00006),
        sd: Some(0.019),
        quantiles: LEVELS.iter().map(|(l, z)| ((*l).to_owned(), Some(0.0742 + 0.019 * z))).collect(),
        quantile_errors: errors(|by| Some(by * 0.00006)),
        minimum: Some(-0.01),
        maximum: Some(0.16),
        central: Some(0.0751),
        ..MetricSummary::default()
    }
}

fn peak() -> MetricSummary {
    let years = [2024.0, 2025.0, 2026.0, 2028.0, 2031.0, 2034.0];
    let mut quantiles: BTreeMap<String, Option<f64>> =
        LEVELS.iter().zip(years).map(|((level, _), year)| ((*level).to_owned(), Some(year))).collect();
    quantiles.insert("0.95".to_owned(), None);
    MetricSummary {
        unit: "year".to_owned(),
        title: text("Year in which CO₂ peaks", "碳达峰年份"),
        mean: None,
        standard_error: None,
        sd: None,
        why: ["mean", "standard_error", "sd", "0.95"].map(|name| (name.to_owned(), Why::Never)).into(),
        mean_counted: Some(0.919 * 2028.4 + 0.081 * 2036.0),
        sd_counted: Some(3.6),
        quantiles,
        quantile_errors: errors(|_| Some(0.0)),
        minimum: Some(2020.0),
        maximum: Some(2035.0),
        never: 0.081,
        never_counts_as: Some(2036.0),
        central: Some(2028.0),
        ..MetricSummary::default()
    }
}

fn target(&(name, group, en, zh, met): &(&str, &str, &str, &str, u64)) -> TargetSummary {
    let mark = |year, level| MarkSummary { variable: "gdp".to_owned(), year, level, at_least: true };
    TargetSummary {
        note: Text::default(),
        probability: probability(met),
        title: text(en, zh),
        group: group.to_owned(),
        source: "report-2021".to_owned(),
        figure: String::new(),
        require: "gdp@2025 >= 2200".to_owned(),
        variant_of: String::new(),
        joins: Vec::new(),
        marks: if name == "gdp_2025" { vec![mark(2025, 2200.0)] } else { Vec::new() },
        not_known: 0,
        central: met > 50_000,
        prior: None,
    }
}

/// The plan held against a transition: less GDP, less CO₂, an earlier peak.
pub(crate) fn comparison() -> Comparison {
    let reference = summary();
    let mut other = summary();
    other.scenario.id = "transition".to_owned();
    other.scenario.title = text("A faster transition", "加快转型情景");
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let scaled =
        |name: &str, unit: &str, by: fn(f64) -> f64| variable_of(&reference.variables[name], unit, by);
    let difference = |name: &str, by: fn(f64) -> f64| VariableDifference {
        absolute: scaled(name, &reference.variables[name].unit, by),
        percent_of_mean: (0..16)
            .map(|t| PercentOfMean {
                value: Some(-0.3 * f64::from(t)),
                standard_error: Some(0.0004 * f64::from(t)),
                not_known: None,
                reference_crosses_zero: name == "co2" && t == 15,
            })
            .collect(),
        percent_by_path: (0..16)
            .map(|t| {
                (name != "co2" || t < 15).then(|| DifferenceQuantiles {
                    quantiles: (LEVELS.iter())
                        .map(|(l, z)| ((*l).to_owned(), Some(f64::from(t) * (0.1 * z - 0.3))))
                        .collect(),
                    quantile_errors: errors(|by| Some(by * 0.001)),
                })
            })
            .collect(),
        ranks: (0..16).map(|t| rank(f64::from(t) / 40.0)).collect(),
    };
    let metric = |name: &str, middle: f64, sd: f64| MetricDifference {
        absolute: Statistics {
            paths: 91_900,
            mean: Some(middle),
            standard_error: Some(sd / 316.0),
            sd: Some(sd),
            quantiles: LEVELS.iter().map(|(l, z)| ((*l).to_owned(), Some(middle + sd * z))).collect(),
            quantile_errors: errors(|by| Some(by * sd / 316.0)),
            minimum: Some(middle - 4.0 * sd),
            maximum: Some(middle + 4.0 * sd),
            ..Statistics::default()
        },
        percent_of_mean: PercentOfMean {
            not_known: Some(if name == "peak" { NoPercent::CalendarYear } else { NoPercent::Points }),
            ..PercentOfMean::default()
        },
        percent_by_path: None,
        unit: reference.metrics[name].unit.clone(),
        title: reference.metrics[name].title.clone(),
        rank: Some(rank(0.2)),
    };
    let change = |name: &str, met: u64| {
        let ours = &reference.targets[name];
        let change = probability(met).probability - ours.probability.probability;
        TargetDifference {
            title: ours.title.clone(),
            group: ours.group.clone(),
            reference: ours.probability.clone(),
            alternative: probability(met),
            change,
            standard_error: Some(0.0011),
            low: change - 0.0022,
            high: change + 0.0022,
            gained: Some(0.02),
            lost: Some(0.02 - change),
            other_requirement: None,
        }
    };
    let difference = Difference {
        fingerprint: "51ab".repeat(16),
        of_statistics: false,
        order: NameOrder {
            variables: names(&["gdp", "co2"]),
            metrics: names(&["growth", "peak"]),
            targets: names(&["gdp_2025", "co2_peak"]),
        },
        variables: BTreeMap::from([
            ("gdp".to_owned(), difference("gdp", |t| -2.5 * t)),
            ("co2".to_owned(), difference("co2", |t| -90.0 * t)),
        ]),
        metrics: BTreeMap::from([
            ("growth".to_owned(), metric("growth", -0.0021, 0.0013)),
            ("peak".to_owned(), metric("peak", -1.4, 0.8)),
        ]),
        targets: BTreeMap::from([
            ("gdp_2025".to_owned(), change("gdp_2025", 58_210)),
            ("co2_peak".to_owned(), change("co2_peak", 68_500 + 1_930)),
        ]),
        not_compared: not_compared().to_vec(),
    };
    Comparison { alternatives: vec![Alternative { summary: other, difference }], reference }
}

fn not_compared() -> [NotCompared; 2] {
    let one = |kind, name: &str, reason| NotCompared { kind, name: name.to_owned(), reason };
    [
        one(Comparable::Variable, "va[coal]", NotComparedReason::Unit),
        one(Comparable::Target, "hydrogen", NotComparedReason::OnlyReference),
    ]
}

fn rank(above: f64) -> Rank {
    let (low, high) = (above - 0.0024, above + 0.0024);
    Rank { above, standard_error: Some(0.0012), low, high, below: 1.0 - above, equal: 0.0 }
}

/// A difference like this variable's: `by` years after the start, a quarter of that as its spread.
fn variable_of(like: &VariableSummary, unit: &str, by: fn(f64) -> f64) -> VariableSummary {
    let at = |z: f64| -> Vec<Option<f64>> {
        (0..16).map(|t| by(f64::from(t))).map(|middle| Some(middle + 0.25 * middle.abs() * z)).collect()
    };
    let sd: Vec<_> = at(1.0).iter().zip(at(0.0)).map(|(a, b)| Some(a.unwrap() - b.unwrap())).collect();
    let error: Vec<_> = sd.iter().map(|sd| sd.map(|sd: f64| sd / (PATHS as f64).sqrt())).collect();
    VariableSummary {
        per_cent: false,
        unit: unit.to_owned(),
        mean: at(0.0),
        quantile_errors: errors(|by| times(&error, by)),
        standard_error: error,
        sd,
        quantiles: LEVELS.iter().map(|(level, z)| ((*level).to_owned(), at(*z))).collect(),
        minimum: at(-4.2),
        maximum: at(4.3),
        ..like.clone()
    }
}
