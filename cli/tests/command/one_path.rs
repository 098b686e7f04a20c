//! What a run of one path says: its values, and nothing of spread, quantiles or odds.

use crate::case::{err, out, plancast};

/// `x` is drawn; `k` is the same on every path, whatever is drawn.
const DRAWN: &str = "[time]\nstart = 2020\nend = 2021\n[shocks]\nz = 'normal(0, 1)'\n[variables]\n\
    x = { formula = '5 + z', report = true }\nk = { formula = '3', report = true }\n\
    [metrics]\nm = 'x@2021'\n[targets]\nhigh = { require = 'x@2021 >= 5' }\nlow = { require = 'x@2021 >= 4' }\n";

#[test]
fn one_path_tells_no_spread_and_is_one_path_in_words() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), DRAWN).unwrap();
    for (language, told) in [("en", "One path: no spread is known"), ("zh", "仅1条路径：离散程度未知")]
    {
        let run = ["run", "case.toml", "--paths", "1", "--charts", "none", "--lang", language];
        let output = plancast(folder.path(), &run);
        assert!(output.status.success(), "{}", err(&output));
        let table = out(&output);
        assert_eq!(table.matches(told).count(), 1, "{table}");
        assert!(!table.contains("1 paths") && !table.contains('█'), "{table}");
        let drawn: Vec<&str> = table.lines().filter(|line| line.trim_start().starts_with("x ")).collect();
        assert!(!drawn.is_empty() && drawn.iter().all(|line| line.matches('–').count() == 3), "{table}");
        let report = ["report", "output/case", "--out", "page.html", "--lang", language];
        let output = plancast(folder.path(), &report);
        assert!(output.status.success(), "{}", err(&output));
        let page = std::fs::read_to_string(folder.path().join("page.html")).unwrap();
        assert!(page.contains(told) && !page.contains(" 1 paths"), "{page}");
        // Of what nothing random decides the page may speak.
        assert!(!page.contains("x in 2021: half") && !page.contains("2021年x：中位数"), "{page}");
        assert!(!page.contains("Safest is") && !page.contains("最有把握的是"), "{page}");
    }
    let summary = std::fs::read_to_string(folder.path().join("output/case/summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
    let [drawn, fixed] = ["x", "k"].map(|name| &summary["variables"][name]);
    for level in ["0.05", "0.5", "0.95"] {
        assert!(drawn["quantiles"][level][1].is_null() && drawn["why"][level]["2021"] == "one", "{drawn}");
        assert!(summary["metrics"]["m"]["quantiles"][level].is_null(), "{summary}");
        assert_eq!(fixed["quantiles"][level][1].as_f64(), Some(3.0), "{fixed}");
    }
    assert!(drawn["mean"][1].as_f64().is_some(), "{drawn}");
}
