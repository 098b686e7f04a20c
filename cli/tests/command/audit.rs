//! `plancast audit`: what the report's own figures say of each other, and that it says so of any plan.

use assert_cmd::Command;
use serde_json::Value;

fn audit(arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("plancast").unwrap();
    let output = command.arg("audit").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The kinds of what does not fit together.
fn conflicts(file: &str) -> Vec<String> {
    let found: Value = serde_json::from_str(&audit(&[file, "--format", "json"])).unwrap();
    let found = found.as_array().unwrap().iter().filter(|finding| finding["conflict"] == true);
    found.map(|finding| finding["kind"].as_str().unwrap().to_owned()).collect()
}

/// Audits a scenario's text: what is printed in English, and the kinds of conflicts.
fn audited(text: &str) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.toml");
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    (audit(&[file, "--lang", "en"]), conflicts(file))
}

fn assert_holds(text: &str, wanted: &[&str]) {
    for part in wanted {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
}

#[test]
fn the_report_is_held_against_itself_in_english() {
    assert_holds(
        &audit(&["plan", "--lang", "en"]),
        &[
            "both hold only from a base of at most 1497.28",
            ": 7.4185 % a year; at 8 % a year (gdp_growth_14fyp, gdp_growth_2021) it would be 4749.63",
            "industrial_output × 2 (14.87 % a year; output_doubling): the ratio goes to 0.73466 of its start",
            "add up to 4500 in 2025, from 2601.03: 11.587 % a year; industrial_output is to be 5442.07",
            "not to be taken for the same number in gdp_2035",
            "69.5 are promised (gas_use_2020 30, gas_use[lng_meijin] 3.5, gas_use[hydrogen_pengwan] 36)",
            "48 in 2020 (promised 1.45 times)",
            "500 in 2025 is stated 3 times: baijiu_tourism_output_2025 of baijiu_tourism_output, \
             baijiu_sales_5y of output[baijiu], base_baijiu_cluster of output[baijiu]",
            "gdp_level_2025: “力争‘十四五’末达到2200亿元左右”\n  one number, 2 readings: 2200 of gdp in 2025",
        ],
    );
}

#[test]
fn the_report_is_held_against_itself_in_chinese() {
    assert_holds(
        &audit(&["plan", "--lang", "zh"]),
        &[
            "两者同时成立，基数至多为1497.28",
            "年均增长7.4185%；若按年均8%（gdp_growth_14fyp, gdp_growth_2021）则为4749.63",
            "industrial_output为2倍（年均14.87%；output_doubling）：2025年比率为起点的0.73466",
            "2025年合计4500",
            "已安排用量合计69.5",
            "2020年48（安排用量为其1.45倍）",
            "同一数字有2种口径",
            "2025年500这一数字出现3次",
        ],
    );
}

/// A town that has nothing to do with the report: two trades of one, a well of which more is drawn than it gives.
const HARBOUR: &str = r#"
[time]
start = 2024
end = 2034
[parameters]
ships_drink = 30
[variables]
fish = { start = "40", formula = "1.02 * prev(fish)", unit = "1e6 EUR" }
freight = { start = "60", formula = "1.02 * prev(freight)", unit = "1e6 EUR" }
trade = { formula = "fish + freight", unit = "1e6 EUR" }
jobs = { start = "500", formula = "prev(jobs)", unit = "jobs" }
spring = "50"
town_drinks = "35"
drunk = "ships_drink + town_drinks"
[accounts]
trades = { whole = "trade", parts = ["fish", "freight"], title = { en = "Trades", zh = "各业" } }
worth_of_a_job = { ratio = "trade / jobs" }
water = { supply = "spring", claims = ["ships_drink", "town_drinks"] }
[targets]
grow = "cagr(trade, 2024, 2029) >= 5%"
size = { require = "trade@2029 >= 114", states = "trade@2029 == 120" }
fish = "fish@2029 >= 70"
freight = "freight@2029 >= 70"
more_jobs = "change(jobs, 2024, 2029) >= 50%"
"#;

#[test]
fn any_plan_is_audited_by_its_own_targets_and_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("harbour.toml");
    std::fs::write(&file, HARBOUR).unwrap();
    let file = file.to_str().unwrap();
    assert_holds(
        &audit(&[file, "--lang", "en"]),
        &[
            "5 % a year (grow) leads from 100 to 127.628 in 2029, not to 120 in 2029 (size); \
             both hold only from a base of at most 94.0231",
            "the ratio goes to 0.85085 of its start in 2029",
            "fish 40 → 70, freight 60 → 70 add up to 140 in 2029, from 100: 6.961 % a year; \
             trade is to be 120 (size), which leaves −20 for the rest, that had 0",
            "65 are promised (ships_drink 30, town_drinks 35); spring gives 50 in 2024 (promised 1.30 times)",
        ],
    );
    let conflicts = conflicts(file);
    assert_eq!(conflicts, ["disagree", "parts", "ratio", "ratio", "promised"]);
}

/// A valley with 100 of everything, of which more is said in each test.
fn valley(targets: &str) -> (String, Vec<String>) {
    audited(&format!(
        r#"
        [time]
        start = 2020
        end = 2035
        [variables]
        gdp = {{ start = "100", formula = "1.04 * prev(gdp)" }}
        co2 = {{ start = "50", formula = "prev(co2)" }}
        [metrics]
        pace = "cagr(gdp, 2020, 2025)"
        [targets]
        {targets}
        "#
    ))
}

/// 100 × 1.08⁵ = 146.933. A floor is no ceiling: only where the level may not be exceeded does the rate contradict it.
#[test]
fn a_rate_and_a_level_clash_only_where_no_growth_meets_both() {
    let (said, conflicts) = valley("pace = \"pace >= 8%\"\nlevel = \"abs(gdp@2025 / 140 - 1) <= 2%\"");
    assert_eq!(conflicts, ["disagree"]);
    // 140 / 1.08⁵
    assert_holds(
        &said,
        &["leads from 100 to 146.933 in 2025, not to 140 in 2025", "a base of at most 95.2816"],
    );

    let (said, conflicts) = valley("pace = \"pace >= 8%\"\nlevel = \"gdp@2025 >= 140\"");
    assert_eq!(conflicts, [""; 0], "140 or more is met by 146.9");
    assert_holds(&said, &["nothing in these figures contradicts", "to that it leads from a base of 95.2816"]);
    let (_, conflicts) = valley("pace = \"pace >= 8%\"\nlevel = \"abs(gdp@2025 / 160 - 1) <= 2%\"");
    assert_eq!(conflicts, [""; 0], "9.9 % a year is 8 % or more");

    let (said, conflicts) = valley("pace = \"pace <= 3%\"\nlevel = \"gdp@2025 >= 140\"");
    assert_eq!(conflicts, ["disagree"]);
    assert_holds(&said, &["3 % a year (pace) leads from 100 to 115.927", "a base of at least 120.765"]);
}

#[test]
fn a_ceiling_and_a_floor_of_one_variable_clash() {
    let (said, conflicts) = valley("cut = \"change(co2, 2020, 2025) <= -18%\"\nneed = \"co2@2025 >= 45\"");
    assert_eq!(conflicts, ["disagree"]);
    // 50 × 0.82 = 41; 45 / 0.82
    assert_holds(&said, &["leads from 50 to 41 in 2025, not to 45 or more in 2025", "at least 54.878"]);

    let (said, conflicts) = valley("cap = \"co2@2030 <= 40\"\nneed = \"co2@2030 >= 45\"");
    assert_eq!(conflicts, ["opposed_levels"]);
    assert_holds(&said, &["45 or more in 2030 (need), but at most 40 in 2030 (cap): both cannot hold"]);

    let (said, conflicts) = valley("fast = \"pace >= 8%\"\nslow = \"cagr(gdp, 2020, 2025) <= 6%\"");
    assert_eq!(conflicts, ["opposed_rates"]);
    assert_holds(&said, &["at least 8 % a year (fast), but at most 6 % a year (slow)", "2020–2025"]);
}

/// Growth may slow down: a rate says nothing of the years after it. One of these very years does.
#[test]
fn two_levels_contradict_a_rate_of_the_same_years_only() {
    let levels = "a = { require = \"gdp@2025 >= 120\", states = \"gdp@2025 == 120\" }\n\
                  b = { require = \"gdp@2030 >= 140\", states = \"gdp@2030 == 140\" }\n";
    let (said, conflicts) = valley(&format!("{levels}pace = \"cagr(gdp, 2020, 2025) >= 3%\""));
    assert_eq!(conflicts, [""; 0]);
    // (140 / 120)^(1/5) - 1; 120 × 1.03⁵
    assert_holds(&said, &["3.131 % a year; at 3 % a year (pace) it would be 139.113"]);
    let (_, conflicts) = valley(&format!("{levels}pace = \"cagr(gdp, 2025, 2030) >= 5%\""));
    assert_eq!(conflicts, ["between"]);
}

/// Everything that the plan states can be had at once, and it is told so.
#[test]
fn a_plan_without_contradictions_is_left_in_peace() {
    let (said, conflicts) = audited(
        r#"
        [time]
        start = 2020
        end = 2035
        [parameters]
        mill_water = 20
        [variables]
        farms = { start = "40", formula = "1.04 * prev(farms)" }
        mills = { start = "60", formula = "1.04 * prev(mills)" }
        gdp = "farms + mills"
        energy = { start = "30", formula = "1.02 * prev(energy)" }
        river = "50"
        [accounts]
        trades = { whole = "gdp", parts = ["farms", "mills"] }
        energy_of_gdp = { ratio = "energy / gdp" }
        water = { supply = "river", claims = ["mill_water"] }
        [targets]
        pace = { require = "cagr(gdp, 2020, 2025) >= 4%", id = "the_pace" }
        size = { require = "gdp@2025 / 122 >= 97.5%", states = "gdp@2025 == 122", id = "the_size" }
        later = "gdp@2035 >= 170"
        farms = "farms@2025 >= 48"
        mills = "mills@2025 >= 70"
        saving = "energy@2025 <= 33.5"
        "#,
    );
    assert_eq!(conflicts, [""; 0], "{said}");
    assert_holds(&said, &["nothing in these figures contradicts the rest", "what the figures ask"]);
}
