//! The library answers questions about a scenario as the command does: the same JSON, the same figures.

use std::path::Path;

use plancast::Study;
use plancast::result::json;
use plancast::study::{
    BacktestRequest, ChartKind, ChartRequest, DecomposeRequest, DecompositionEnds, DiscoverRequest,
    ExplainRequest, ScoreRequest, SensitivityMethod, SensitivityRequest, SolveRequest,
};
use plancast::text::Language;
use serde_json::Value;

use crate::case::{err, out, plancast};

/// Two inputs that are correlated, one that is not, a record, and a total with factors.
const TOWN: &str = "
[time]
start = 2020
end = 2025
[parameters]
rain = { value = 'normal(0, 1)', title = 'Rain' }
harvest = { value = 'normal(0, 1)', title = 'Harvest' }
trend = 'normal(2%, 1%)'
more = 0
[[correlations]]
between = ['rain', 'harvest']
value = 0.5
[variables]
people = { start = '10', formula = 'prev(people) * 1.01', report = true }
gdp = { start = '100', formula = 'prev(gdp) * (1 + trend) + rain + 2 * harvest + more', report = true }
[metrics]
last = 'gdp@2025'
[targets]
high = 'gdp@2025 >= 110'
";

/// The same in a file of a folder, and opened.
fn town() -> (tempfile::TempDir, Study) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("town.toml"), TOWN).unwrap();
    let study = Study::open(&folder.path().join("town.toml").display().to_string()).unwrap();
    (folder, study)
}

/// What the command writes.
fn command(folder: &Path, arguments: &[&str]) -> String {
    let output = plancast(folder, arguments);
    assert!(output.status.success(), "{}", err(&output));
    out(&output)
}

fn bytes(value: &Value) -> String {
    json::write(value).unwrap()
}

#[test]
fn what_an_outcome_depends_on_with_what_correlated_inputs_explain() {
    let (folder, study) = town();
    let request = SensitivityRequest::default().of("last").paths(2_048).seed(3);
    let base = ["sensitivity", "town.toml", "--of", "last", "--paths", "2048", "--seed", "3", "--json"];
    let asked = |more: &[&str]| command(folder.path(), &[&base[..], more].concat());
    let of = |request: &SensitivityRequest| bytes(&study.sensitivity(request).unwrap().json(Language::En));
    assert_eq!(of(&request), asked(&[]));
    let ordered = request.clone().then("harvest");
    assert_eq!(of(&ordered), asked(&["--order", "harvest"]));
    assert_ne!(of(&ordered), of(&request));
    assert_eq!(of(&request.clone().one_by_one()), asked(&["--one-by-one"]));
    assert_eq!(of(&request.clone().method(SensitivityMethod::Morris)), asked(&["--method", "morris"]));
    assert_eq!(of(&request.method(SensitivityMethod::Pawn)), asked(&["--method", "pawn"]));
}

#[test]
fn an_order_of_what_is_not_correlated_is_refused() {
    let (_folder, study) = town();
    let error = study.sensitivity(&SensitivityRequest::default().of("last").then("trend")).unwrap_err();
    assert!(error.to_string().contains("trend"), "{error}");
}

#[test]
fn what_it_takes_and_when_it_is_missed() {
    let (folder, study) = town();
    let solve = SolveRequest::new("p(high) >= 60%").vary("more").between("0,5").paths(2_000).seed(3);
    let of_command = command(
        folder.path(),
        &[
            "solve",
            "town.toml",
            "--for",
            "p(high) >= 60%",
            "--vary",
            "more",
            "--between",
            "0,5",
            "--paths",
            "2000",
            "--seed",
            "3",
            "--json",
        ],
    );
    assert_eq!(bytes(&study.solve(&solve).unwrap().json()), of_command);
    let discover = DiscoverRequest::new("high").boxes(2).paths(2_000).seed(3);
    let of_command = command(
        folder.path(),
        &[
            "discover",
            "town.toml",
            "--target",
            "high",
            "--boxes",
            "2",
            "--paths",
            "2000",
            "--seed",
            "3",
            "--json",
        ],
    );
    assert_eq!(bytes(&study.discover(&discover).unwrap().json()), of_command);
}

#[test]
fn why_it_changes_and_what_it_means() {
    let (folder, study) = town();
    let ends = DecompositionEnds::Years { from: 2020, to: 2025 };
    let mut request = DecomposeRequest::new("gdp", ends);
    request.by = vec!["size=people".into(), "wealth=gdp/people".into()];
    (request.paths, request.seed) = (Some(1_000), Some(3));
    let of_command = command(
        folder.path(),
        &[
            "decompose",
            "town.toml",
            "gdp",
            "--by",
            "size=people",
            "--by",
            "wealth=gdp/people",
            "--from",
            "2020",
            "--to",
            "2025",
            "--paths",
            "1000",
            "--seed",
            "3",
            "--json",
        ],
    );
    assert_eq!(bytes(&study.decompose(&request).unwrap().json()), of_command);
    let text = study.explain(&ExplainRequest::default().name("gdp")).unwrap();
    assert_eq!(text, command(folder.path(), &["explain", "town.toml", "gdp"]));
}

#[test]
fn how_good_forecasts_of_the_record_would_have_been() {
    let (folder, _) = town();
    let record: Vec<String> = (2000..=2020).map(|year| format!("{year} = {}", 90 + year % 7)).collect();
    let text = format!("{TOWN}[history.gdp]\nvalues = {{ {} }}\n", record.join(", "));
    std::fs::write(folder.path().join("town.toml"), text).unwrap();
    let study = Study::open(&folder.path().join("town.toml").display().to_string()).unwrap();
    let request = BacktestRequest::new(2014..=2016).horizon(2).paths(200).seed(3).variable("gdp");
    let of_command = command(
        folder.path(),
        &[
            "backtest",
            "town.toml",
            "--origins",
            "2014..2016",
            "--horizon",
            "2",
            "--paths",
            "200",
            "--seed",
            "3",
            "--variable",
            "gdp",
            "--json",
        ],
    );
    assert_eq!(bytes(&study.backtest(&request).unwrap().json().unwrap()), of_command);
}

#[test]
fn scores_figures_and_a_page_of_a_run() {
    let (folder, study) = town();
    let actuals = "variable,year,value\ngdp,2021,104\ngdp,2022,103\n";
    std::fs::write(folder.path().join("actuals.csv"), actuals).unwrap();
    command(folder.path(), &["run", "town.toml", "--paths", "2000", "--seed", "3", "--charts", "none"]);
    let run = study.run(&plancast::Options::default().paths(2_000).seed(3)).unwrap();
    let scores = study.score(&run, &ScoreRequest::new("actuals.csv", actuals)).unwrap();
    let stored = "output/town";
    let of_command = command(folder.path(), &["score", stored, "--actuals", "actuals.csv", "--json"]);
    assert_eq!(bytes(&scores.json()), of_command);
    let request = ChartRequest::default().kind(ChartKind::Fan).variable("gdp");
    let charts = study.chart(&run, &request).unwrap();
    let drawn = ["chart", stored, "--figure", "fan", "--variable", "gdp", "--out", "-"];
    assert_eq!(charts[0].svg, command(folder.path(), &drawn));
    let page = study.report(&run, Language::En).unwrap();
    assert_eq!(page, command(folder.path(), &["report", stored, "--out", "-"]));
}

#[test]
fn a_figure_that_a_run_has_not_is_refused_with_those_that_it_has() {
    let (_folder, study) = town();
    let run = study.run(&plancast::Options::default().paths(500)).unwrap();
    let refused = |request: ChartRequest| study.chart(&run, &request).unwrap_err().to_string();
    let near = refused(ChartRequest::default().kind(ChartKind::Fan).variable("gpd"));
    assert!(near.contains("\"gdp\"") && near.contains("people"), "{near}");
    assert!(refused(ChartRequest::default().year(1990)).contains("1990"));
    assert!(refused(ChartRequest::default().kind(ChartKind::Violin)).contains("violin"));
    assert!(refused(ChartRequest::default().kind(ChartKind::Calendar)).contains("fan"));
    assert!(refused(ChartRequest::default().kind(ChartKind::Scatter).variable("gdp")).contains("two"));
    let wrong = study.score(&run, &ScoreRequest::new("mine.csv", "year,value\n2021,3\n")).unwrap_err();
    assert!(wrong.to_string().contains("mine.csv"), "{wrong}");
}
