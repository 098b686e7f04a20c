//! `plancast audit`: what the report's own figures say of each other, and that it says so of any plan.

use assert_cmd::Command;
use serde_json::Value;

fn audit(arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("plancast").unwrap();
    let output = command.arg("audit").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
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
            "industrial_output × 2 (14.8698 % a year; output_doubling): the ratio goes to 0.73466 of its start",
            "add up to 4500 in 2025, from 2581.77: 11.753 % a year; industrial_output is to be 5344.5",
            "not to be taken for the same number in gdp_2035",
            "69.5 are promised (gas_use_2020 30, gas_use[lng_meijin] 3.5, gas_use[hydrogen_pengwan] 36)",
            "48 in 2020 (promised 1.45 times)",
            "500 in 2025 is stated 3 times: baijiu_tourism_output_2025 of baijiu_tourism_output, \
             baijiu_sales_5y of output[baijiu], base_baijiu_cluster of output[baijiu]",
            "gdp_level_2025: “达到2200亿元左右”\n  one number, 2 readings: 2200 of gdp in 2025",
        ],
    );
}

#[test]
fn the_report_is_held_against_itself_in_chinese() {
    assert_holds(
        &audit(&["plan", "--lang", "zh"]),
        &[
            "两者同时成立，基数至多为1497.28",
            "年均增长7.4185 %；若按年均8 %（gdp_growth_14fyp, gdp_growth_2021）则为4749.63",
            "industrial_output为2倍（年均14.8698 %；output_doubling）：2025年比率为起点的0.73466",
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
    let json: Value = serde_json::from_str(&audit(&[file, "--format", "json"])).unwrap();
    let conflicts: Vec<&str> = json
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["conflict"] == true)
        .map(|finding| finding["kind"].as_str().unwrap())
        .collect();
    assert_eq!(conflicts, ["disagree", "parts", "parts", "ratio", "ratio", "promised"]);
}
