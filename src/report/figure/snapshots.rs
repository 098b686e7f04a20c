//! Snapshots of the plain data of each figure, from a small scenario that has all of them.

use insta::assert_debug_snapshot;

use super::{calendar, composition, density, exceedance, histogram, joint, paths, scatter, violin};
use crate::analysis::replayed::{Replayed, replay};
use crate::engine::{RunRequest, Watch, simulate};
use crate::model::{RecordedVariables, compile};
use crate::result::distribution::{Distributions, distributions};
use crate::result::{Summary, assemble};
use crate::scenario::load;
use crate::text::Language::{En, Zh};

/// A town of two industries with a project, a peak and three targets.
const TOWN: &str = r#"
[scenario]
id = "town"
title = { en = "A town", zh = "小镇" }
[time]
start = 2020
end = 2024
[sets.industry.fields]
growth = { unit = "1/yr" }
[industry]
mines = { title = { en = "Mines", zh = "采矿" }, growth = "normal(2%, 2%)" }
shops = { title = { en = "Shops", zh = "商业" }, growth = "normal(6%, 3%)" }
[sets.project.fields]
starts = { unit = "year" }
[project]
dam = { title = { en = "Dam", zh = "水坝" }, starts = "uniform(2020.5, 2022.5)" }
road = { title = { en = "Road", zh = "公路" }, starts = "uniform(2021, 2026)" }
[parameters]
intensity = { value = 0.02, unit = "MtCO2/1e8 CNY" }
[shocks]
luck = { dist = "normal(0, 4%)", unit = "1/yr" }
[variables]
"va[industry]" = { start = "50", formula = "prev(va[industry]) * (1 + growth[industry] + luck)", unit = "1e8 CNY" }
gdp = { formula = "sum(industry: va[industry])", unit = "1e8 CNY", report = true, title = { en = "GDP", zh = "地区生产总值" } }
co2 = { formula = "va[mines] * intensity", unit = "MtCO2", report = true, title = { en = "CO2", zh = "二氧化碳" } }
"online[project]" = { formula = "clamp(year - starts[project], 0, 1)", unit = "1", title = { en = "At work", zh = "建成" } }
[metrics]
peak = { formula = "peak_year(co2)", unit = "year", title = { en = "Peak of CO2", zh = "碳达峰年份" } }
far = { formula = "first_year(gdp >= 120)", unit = "year", title = { en = "GDP of 120", zh = "达到120" } }
[targets]
level = { require = "gdp@2024 >= 115", title = { en = "GDP of 115", zh = "总值115" }, group = "macro" }
early = { require = "peak_year(co2) <= 2023", title = { en = "Early peak", zh = "提前达峰" }, group = "macro" }
both = { require = "level and early", title = { en = "Both", zh = "两者" }, group = "macro" }
"#;

/// The town's results of 512 paths.
struct Town {
    summary: Summary,
    counts: Distributions,
    replayed: Replayed,
}

fn town() -> Town {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("town.toml");
    std::fs::write(&file, TOWN).unwrap();
    let mut loaded = load(file.to_str().unwrap(), &[]);
    let model = compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
    let model = model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let groups = assemble::groups_counted(&model.labels);
    let request = RunRequest { seed: 1, paths: 512, threads: Some(1) };
    let ensemble = simulate(&model.program, &groups, &request, Watch::default()).unwrap();
    let levels = [0.05, 0.25, 0.5, 0.75, 0.95];
    Town {
        summary: assemble::summary(&model.labels, &ensemble, 1, &levels),
        counts: distributions(&model.labels, &ensemble),
        replayed: replay(&loaded.scenario, 1, 512, None, &[]).unwrap(),
    }
}

/// Every so many points are enough to see a curve by.
fn thinned<T: Clone>(points: &mut Vec<T>, every: usize) {
    *points = points.iter().step_by(every).cloned().collect();
}

#[test]
fn the_data_of_paths() {
    let town = town();
    let history = [(2018, 88.0), (2019, 95.0)];
    let mut data =
        paths::paths(&town.summary, &town.replayed.sample, "gdp", &history, "the plan", En).unwrap();
    assert_eq!(data.paths.len(), 30);
    data.paths.truncate(2);
    assert_debug_snapshot!(data);
}

#[test]
fn the_data_of_densities() {
    let town = town();
    let mut data = density::density(&town.summary, &town.counts, "gdp", "", Zh).unwrap();
    data.ridges.iter_mut().for_each(|ridge| thinned(&mut ridge.points, 25));
    assert_debug_snapshot!(data);
}

#[test]
fn the_data_of_an_exceedance_curve_of_a_variable() {
    let town = town();
    let mut data = exceedance::of_variable(&town.summary, &town.counts, "gdp", None, "", En).unwrap();
    data.curves.iter_mut().for_each(|curve| thinned(&mut curve.points, 20));
    assert_debug_snapshot!(data);
}

#[test]
fn the_data_of_an_exceedance_curve_of_a_metric() {
    let (town, asked) = (town(), town().replayed.asked);
    let data = exceedance::of_metric(&town.summary, &town.counts, &asked, "peak", "", Zh).unwrap();
    assert_debug_snapshot!(data);
}

#[test]
fn the_data_of_histograms_of_years() {
    let town = town();
    let of = |metric| {
        histogram::histogram(&town.summary, &town.counts, Some(&town.replayed), metric, "", En).unwrap()
    };
    assert_debug_snapshot!([of("peak"), of("far")]);
}

#[test]
fn the_data_of_joint_odds() {
    assert_debug_snapshot!(joint::joint(&town().summary, None, "", Zh).unwrap());
}

#[test]
fn the_data_of_a_composition() {
    let town = town();
    assert_debug_snapshot!(composition::composition(&town.summary, &town.replayed, "gdp", "", Zh).unwrap());
}

#[test]
fn the_data_of_a_scatter_plot() {
    let town = town();
    let pair = ["gdp", "co2"];
    let mut data = scatter::scatter(&town.summary, &town.replayed.sample, pair, None, "", En).unwrap();
    assert_eq!(data.points.len(), 512);
    data.points.truncate(5);
    assert_debug_snapshot!(data);
}

#[test]
fn the_data_of_a_calendar() {
    let town = town();
    assert_debug_snapshot!(calendar::calendar(&town.summary, &town.replayed, "online", "", Zh).unwrap());
}

#[test]
fn the_data_of_violins() {
    let town = town();
    let runs = [(&town.summary, &town.counts), (&town.summary, &town.counts)];
    let mut data = violin::violin(&runs, "gdp", Some(2024), "the plan", Zh).unwrap();
    data.violins.truncate(1);
    thinned(&mut data.violins[0].points, 20);
    assert_debug_snapshot!(data);
}

#[test]
fn the_data_of_a_scorecard() {
    assert_debug_snapshot!(super::scorecard_of(&town().summary, Some("macro"), "", En).unwrap());
}
