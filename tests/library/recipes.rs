//! The recipes of `docs/recipes.md`, each against a calculation of its own.
#![allow(clippy::needless_range_loop, reason = "a path is a row of several columns")]

use crate::common::{Case, diagnostics};

const RECIPES: &str = include_str!("../../docs/recipes.md");

/// What stands in the first block with this head in the recipe with this title.
pub(crate) fn block(title: &str, head: &str) -> &'static str {
    let page = RECIPES.split("\n## ").find(|page| page.starts_with(&format!("{title}\n")));
    let page = page.unwrap_or_else(|| panic!("there is no recipe {title}"));
    page.split(&format!("```{head}\n")).nth(1).and_then(|rest| rest.split("```").next()).unwrap()
}

/// The model of the recipe with this title, as it stands in the document; it has no problems.
pub(crate) fn recipe(title: &str) -> Case {
    let case = Case::of(block(title, "toml"));
    // Of an example nobody asks for its sources.
    let told: Vec<String> =
        diagnostics(&case).into_iter().filter(|told| !told.contains("no source")).collect();
    assert_eq!(told, Vec::<String>::new(), "{title}");
    case
}

fn near(what: &str, found: f64, right: f64) {
    assert!((found - right).abs() <= 1e-9 * right.abs(), "{what}: {found}, not {right}");
}

#[test]
fn the_simultaneous_macro_model_is_where_bisection_finds_it() {
    let case = recipe("Simultaneous macro model");
    // Income by bisection of what is demanded less what is produced, year by year, in a program of its own.
    for (year, income, interest, ratio) in [
        (2025, 1_016.890_905_389_698_9, 0.046_896_467_730_806_42, 0.620_927_132_836_422),
        (2026, 1_041.359_538_590_612_6, 0.044_608_149_428_012_14, 0.638_076_002_161_970_9),
        (2028, 1_095.336_542_340_153_5, 0.040_602_312_104_546_07, 0.670_914_255_698_759_1),
        (2030, 1_152.721_648_401_800_6, 0.036_995_364_813_996_31, 0.703_701_148_447_833_8),
    ] {
        near("Y", case.central("Y", year), income);
        near("r", case.central("r", year), interest);
        near("ratio", case.central("ratio", year), ratio);
    }
    // On every path the accounts close.
    let names = ["Y", "C", "I", "G", "X", "M", "T", "r", "money"];
    let series: Vec<usize> = names.iter().map(|name| case.series(name, 2030)).collect();
    let columns = case.columns(1, 1000, &series);
    for path in 0..1000 {
        let [y, c, i, g, x, m, t, r, money] = std::array::from_fn(|k| columns[k][path]);
        near("Y", y, c + i + g + x - m);
        near("T", t, 0.25 * y);
        near("r", r, 0.05 * (y / (2.0 * money)).powi(2));
    }
}

#[test]
fn the_input_output_model_is_where_elimination_finds_it() {
    let case = recipe("Input–output");
    // By elimination in rational arithmetic.
    for (year, [energy, industry, services], emissions) in [
        (
            2024,
            [312.876_052_948_255_1, 673.886_883_273_164_8, 623.345_367_027_677_5],
            3_012.755_716_004_813_6,
        ),
        (2025, [322.707_581_227_436_83, 701.985_559_566_787_1, 658.086_642_599_278], 3_120.841_155_234_657),
        (
            2027,
            [343.678_913_357_400_75, 762.053_736_462_093_9, 733.724_581_227_436_8],
            3_351.899_001_083_032_5,
        ),
    ] {
        for (name, right) in [("energy", energy), ("industry", industry), ("services", services)] {
            near(name, case.central(&format!("output[{name}]"), year), right);
        }
        near("emissions", case.central("emissions", year), emissions);
    }
}

#[test]
fn the_quarterly_model_is_where_a_loop_over_quarters_finds_it() {
    let case = recipe("Quarterly model");
    let period = |text: &str| plancast::text::period::parse(text).unwrap();
    // By a loop over the quarters in a program of its own.
    for (quarter, output, inflation, rate, prices) in [
        ("2025Q1", 87.702_227_334_253_54, 0.032_312, 0.051_453_600_000_000_01, 100.811_071_507_345_6),
        (
            "2026Q3",
            111.770_687_206_546_81,
            0.023_786_337_042_111_638,
            0.050_663_260_374_178_38,
            105.294_531_183_251_51,
        ),
        (
            "2028Q4",
            136.631_370_393_073_6,
            0.018_919_043_679_718_268,
            0.038_927_846_509_166_08,
            110.065_642_613_038_89,
        ),
    ] {
        near("output", case.central("output", period(quarter)), output);
        near("inflation", case.central("inflation", period(quarter)), inflation);
        near("rate", case.central("rate", period(quarter)), rate);
        near("prices", case.central("prices", period(quarter)), prices);
    }
    for (quarter, sum) in [
        ("2024Q4", 395.035_668_880_510_9),
        ("2025Q4", 414.680_394_810_028_13),
        ("2028Q4", 475.233_424_333_381_95),
    ] {
        near("annual", case.central("output_of_a_year", period(quarter)), sum);
    }
    near("yoy", case.central("growth_of_a_year", period("2024Q4")), 0.052_912_074_543_459_03);
    near("yoy", case.central("growth_of_a_year", period("2028Q4")), 0.051_841_984_152_339_204);
    let metric =
        |name: &str| case.model.labels.metrics.iter().find(|metric| metric.name == name).unwrap().central;
    near("pace", metric("pace"), 0.047_291_712_224_600_824);
    near("strongest", metric("strongest"), 2025.0);
}
