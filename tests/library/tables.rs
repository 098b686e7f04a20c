//! The tables of `docs/luliang-model.md` are computed: what stands there is what the model gives.
//!
//! When the model has changed on purpose, `UPDATE_DOCS=1 cargo test --test library tables` writes the new tables; read
//! the difference.

use std::fmt::Write as _;

use crate::common::{Case, moments};
use plancast::engine::{self, PairedCounts, PairedProgram, RunRequest, Watch};
use plancast::model::{RecordedVariables, compile};
use plancast::num::ln;
use plancast::result::{assemble, compare};
use plancast::scenario::quantity::{Quantity, QuantityKind};
use plancast::scenario::{Loaded, Scenario, load};

const SCENARIOS: [&str; 8] = [
    "plan",
    "outside-view",
    "coal-boom",
    "coal-slump",
    "transition",
    "carbon-peak",
    "projects-slip",
    "stress",
];

/// Paths of the tables of odds and of variances: what `plancast compare` takes when it is not told.
const PATHS: u64 = 100_000;

/// Compares what stands between `<!-- name -->` and `<!-- end -->` with the table, or writes it there.
pub(crate) fn assert_table(name: &str, table: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/luliang-model.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let open = format!("<!-- {name} -->\n");
    let start = text.find(&open).unwrap_or_else(|| panic!("no {open}")) + open.len();
    let end = start + text[start..].find("<!-- end -->").unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{}{table}{}", &text[..start], &text[end..])).unwrap();
    } else {
        assert_eq!(&text[start..end], table, "the table {name} has moved: UPDATE_DOCS=1 writes it anew");
    }
}

/// Tests that write take turns.
pub(crate) static WRITING: std::sync::Mutex<()> = std::sync::Mutex::new(());

// ───────────── Swings ─────────────

/// How growth, prices and emissions move: sums of squares and products around the means of each path.
#[derive(Default)]
struct Swings {
    degrees: f64,
    growth: f64,
    lagged: f64,
    prices: f64,
    both: f64,
    carbon: f64,
    carbon_degrees: f64,
    carbon_mean: f64,
    paths: f64,
    /// By path: the autocorrelation of its growth.
    memory: Vec<f64>,
}

impl Swings {
    /// Adds a path, or the record: growth, the deflator (one year more) and emissions.
    fn add(&mut self, growth: &[f64], deflator: &[f64], carbon: &[f64]) {
        let prices: Vec<f64> = deflator.windows(2).map(|pair| ln(pair[1] / pair[0])).collect();
        let emitted: Vec<f64> = carbon.windows(2).map(|pair| pair[1] / pair[0] - 1.0).collect();
        let around = |values: &[f64]| -> Vec<f64> {
            let mean = moments(values).0;
            values.iter().map(|value| value - mean).collect()
        };
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        let (g, p, c) = (around(growth), around(&prices), around(&emitted));
        self.degrees += g.len() as f64 - 1.0;
        self.growth += product(&g, &g);
        let lagged = product(&g[1..], &g[..g.len() - 1]);
        self.lagged += lagged;
        self.memory.push(lagged / product(&g, &g));
        self.prices += product(&p, &p);
        self.both += product(&g, &p);
        self.carbon += product(&c, &c);
        self.carbon_degrees += c.len() as f64 - 1.0;
        let years = emitted.len() as f64;
        self.carbon_mean += 100.0 * ln(carbon[carbon.len() - 1] / carbon[0]) / years;
        self.paths += 1.0;
    }

    /// The rows of the table.
    fn rows(&self) -> [f64; 6] {
        [
            100.0 * (self.growth / self.degrees).sqrt(),
            self.lagged / self.growth,
            100.0 * (self.prices / self.degrees).sqrt(),
            self.both / (self.growth * self.prices).sqrt(),
            self.carbon_mean / self.paths,
            100.0 * (self.carbon / self.carbon_degrees).sqrt(),
        ]
    }
}

/// 2006–2020 for growth and prices, 2010–2020 for carbon dioxide.
fn record() -> Swings {
    let scenario = load("plan", &[]).scenario;
    let years = |name: &str, first: i32| -> Vec<f64> {
        let values = &scenario.history[name].values;
        values.iter().filter(|(year, _)| *year >= first).map(|(_, value)| *value).collect()
    };
    let mut swings = Swings::default();
    swings.add(&years("gdp_growth", 2006), &years("gdp_deflator", 2005), &years("co2", 2010));
    swings
}

/// 10 000 paths of 2021–2035, each measured as the record is; carbon dioxide in 2020–2030.
fn simulated(scenario: &str) -> Swings {
    let case = Case::load(scenario, &[], &RecordedVariables::Headlines);
    let paths = 10_000;
    let growth = case.columns(1, paths, &case.years("gdp_growth", 2021..2036));
    let deflator = case.columns(1, paths, &case.years("gdp_deflator", 2020..2036));
    let carbon = case.columns(1, paths, &case.years("co2", 2020..2031));
    let mut swings = Swings::default();
    for path in 0..paths as usize {
        let row = |columns: &[Vec<f64>]| -> Vec<f64> { columns.iter().map(|year| year[path]).collect() };
        swings.add(&row(&growth), &row(&deflator), &row(&carbon));
    }
    swings
}

/// The correlation of growth in neighbouring years over all paths: what fifteen years would show on average if they did
/// not have to be measured around their own mean.
fn between_years(scenario: &str) -> f64 {
    let case = Case::load(scenario, &[], &RecordedVariables::Headlines);
    let growth = case.columns(1, 10_000, &case.years("gdp_growth", 2021..2036));
    let correlation = |pair: &[Vec<f64>]| {
        let ((a, va, _), (b, vb, _)) = (moments(&pair[0]), moments(&pair[1]));
        let products = pair[0].iter().zip(&pair[1]).map(|(x, y)| (x - a) * (y - b));
        products.sum::<f64>() / (pair[0].len() as f64 - 1.0) / (va * vb).sqrt()
    };
    // The first year starts from a state of nothing.
    growth[1..].windows(2).map(correlation).sum::<f64>() / (growth.len() as f64 - 2.0)
}

#[test]
fn the_table_of_swings_is_what_the_model_and_the_record_give() {
    let names = [
        "s.d. of real growth, points",
        "its first-order autocorrelation",
        "s.d. of the deflator's log change, points",
        "correlation of the two",
        "mean log growth of CO2, points a year (record 2010–20, model 2020–30)",
        "s.d. of yearly CO2 growth within these years, points",
    ];
    let (record, plan, outside) = (record(), simulated("plan"), simulated("outside-view"));
    let columns = [&record, &plan, &outside].map(Swings::rows);
    let mut table = String::from("| | record | `plan` | `outside-view` |\n| --- | ---: | ---: | ---: |\n");
    for (row, name) in names.iter().enumerate() {
        let digits = if matches!(row, 1 | 3) { 2 } else { 1 };
        let cells = columns.map(|column| format!("{:.digits$}", column[row]));
        writeln!(table, "| {name} | {} |", cells.join(" | ")).unwrap();
        if row == 1 {
            let as_much = |swings: &Swings| {
                let found = swings.memory.iter().filter(|memory| **memory >= record.memory[0]).count();
                100.0 * found as f64 / swings.memory.len() as f64
            };
            let name = "paths of which it is at least the record's, per cent";
            writeln!(table, "| {name} | | {:.0} | {:.0} |", as_much(&plan), as_much(&outside)).unwrap();
            let [plan, outside] = ["plan", "outside-view"].map(between_years);
            let name = "correlation of growth in neighbouring years, over all paths";
            writeln!(table, "| {name} | | {plan:.2} | {outside:.2} |").unwrap();
        }
    }
    let _turn = WRITING.lock();
    assert_table("swings", &table);
}

// ───────────── Odds ─────────────

/// Odds in per cent with one decimal, and what is too rare for that.
fn percent(odds: f64) -> String {
    match odds {
        0.0 => "0".into(),
        odds if odds < 0.0001 => "<0.01".into(),
        odds if odds < 0.01 => format!("{:.2}", 100.0 * odds),
        odds => format!("{:.1}", 100.0 * odds),
    }
}

/// A difference in points with its standard error, or nothing where no path tells the two apart.
fn difference(change: f64, error: f64) -> String {
    let sign = if change < 0.0 { "−" } else { "+" };
    if change == 0.0 && error == 0.0 {
        return "=".into();
    }
    let digits = if error < 0.0005 { 2 } else { 1 };
    format!("{sign}{:.digits$} ± {:.digits$}", 100.0 * change.abs(), 100.0 * error)
}

fn head(first: &str, names: &[&str]) -> String {
    format!("| {first} | {} |\n| --- |{}\n", names.join(" | "), " ---: |".repeat(names.len()))
}

#[test]
fn the_tables_of_odds_and_of_paired_differences_are_what_the_scenarios_give() {
    let cases = SCENARIOS.map(|name| Case::load(name, &[], &RecordedVariables::Headlines));
    let labels: Vec<_> = cases.iter().map(|case| &case.model.labels).collect();
    let sides: Vec<PairedProgram> =
        cases.iter().map(|case| PairedProgram { program: &case.model.program, groups: Vec::new() }).collect();
    let pairs: Vec<PairedCounts> = labels[1..]
        .iter()
        .map(|own| PairedCounts { series: Vec::new(), ..compare::common(labels[0], own).pairs() })
        .collect();
    let request = RunRequest { seed: 1, paths: PATHS, threads: None };
    let together = engine::simulate_together(&sides, &pairs, &request, Watch::default()).unwrap();
    let met =
        |own: usize, number: usize| percent(together.ensembles[own].odds.met[number] as f64 / PATHS as f64);
    let changed = |own: usize, number: usize| {
        let counts = &together.differences[own - 1].targets[number];
        let (gained, lost) = (counts.gained as f64 / PATHS as f64, counts.lost as f64 / PATHS as f64);
        let change = gained - lost;
        difference(change, ((gained + lost - change * change) / PATHS as f64).sqrt())
    };
    let (mut odds, mut differences) = (head("target", &SCENARIOS), head("target", &SCENARIOS[1..]));
    for (number, target) in labels[0].targets.iter().enumerate() {
        let cells: Vec<String> = (0..SCENARIOS.len()).map(|own| met(own, number)).collect();
        writeln!(odds, "| `{}` | {} |", target.name, cells.join(" | ")).unwrap();
        let cells: Vec<String> = (1..SCENARIOS.len()).map(|own| changed(own, number)).collect();
        writeln!(differences, "| `{}` | {} |", target.name, cells.join(" | ")).unwrap();
    }
    let mut headlines = head("headline goal", &SCENARIOS);
    for number in labels[0].headline_targets.iter().map(|number| *number as usize) {
        let other = |own: usize| format!("{} ({})", met(own, number), changed(own, number));
        let cells: Vec<String> = (1..SCENARIOS.len()).map(other).collect();
        let title = labels[0].targets[number].title.get(plancast::text::Language::En);
        writeln!(headlines, "| {title} | {} | {} |", met(0, number), cells.join(" | ")).unwrap();
    }
    let _turn = WRITING.lock();
    assert_table("headlines", &headlines);
    assert_table("odds", &odds);
    assert_table("differences", &differences);
}

// ───────────── What is not known ─────────────

/// Puts its mean in the place of every distribution that `which` picks by the value's name and grade.
fn settle(scenario: &mut Scenario, which: &dyn Fn(&str, &str) -> bool) {
    fn settle_one(quantity: &mut Quantity, picked: &dyn Fn(&Quantity) -> bool) {
        let chosen = picked(quantity);
        match &mut quantity.kind {
            QuantityKind::Chance(distribution, _) if chosen => {
                let middle = distribution.mean().unwrap_or_else(|| distribution.median());
                quantity.kind = QuantityKind::Number(middle);
            }
            QuantityKind::ByYear { entries, .. } => {
                entries.iter_mut().for_each(|(_, inner)| settle_one(inner, picked));
            }
            QuantityKind::ByMember(entries) => {
                entries.iter_mut().for_each(|(.., inner)| settle_one(inner, picked));
            }
            _ => {}
        }
    }
    let sources = scenario.sources.clone();
    // A default has no source of its own: it is an assumption, graded D.
    let grade = |quantity: &Quantity| {
        let source = quantity.provenance.source.as_deref();
        source.and_then(|source| sources.get(source)).map_or("D", |source| source.grade.as_str()).to_owned()
    };
    for (name, parameter) in &mut scenario.parameters {
        settle_one(&mut parameter.value, &|own| which(name, &grade(own)));
    }
    for set in scenario.sets.values_mut() {
        for (name, field) in &mut set.fields {
            field.default.iter_mut().for_each(|own| settle_one(own, &|own| which(name, &grade(own))));
        }
        for member in set.members.values_mut() {
            for (name, (_, value)) in &mut member.values {
                settle_one(value, &|own| which(name, &grade(own)));
            }
        }
    }
}

/// Variances of the headlines in two years, with what `which` picks at its mean.
fn variances(which: &dyn Fn(&str, &str) -> bool) -> Vec<(String, [f64; 2])> {
    let Loaded { mut scenario, mut diagnostics, .. } = load("plan", &[]);
    settle(&mut scenario, which);
    let model = compile(&scenario, &RecordedVariables::Headlines, &mut diagnostics).unwrap();
    let request = RunRequest { seed: 1, paths: PATHS, threads: None };
    let ensemble = engine::simulate(&model.program, &[], &request, Watch::default()).unwrap();
    let summary = assemble::summary(&model.labels, &ensemble, 1, &[]);
    summary
        .ordered_variables()
        .filter(|(_, variable)| variable.headline)
        .map(|(_, variable)| {
            let at = |year: i32| variable.sd[variable.place(year).unwrap()].unwrap();
            let title = variable.title.get(plancast::text::Language::En).to_owned();
            (title, [at(2025) * at(2025), at(2035) * at(2035)])
        })
        .collect()
}

#[test]
fn the_table_of_what_weak_data_carry_is_what_the_plan_gives() {
    let all = variances(&|_, _| false);
    let is_fitted = |name: &str| name.ends_with("_swing") || name == "driver_persistence";
    let without_weak = variances(&|name, grade| matches!(grade, "C" | "D") && !is_fitted(name));
    let without_fitted = variances(&|name, _| is_fitted(name));
    let without_edgar = variances(&|name, _| name == "co2_2020");
    let luck = variances(&|_, _| true);
    let names =
        ["C and D, 2025", "2035", "fitted, 2025", "2035", "2020 CO2, 2025", "2035", "luck, 2025", "2035"];
    let mut table = head("headline", &names);
    for (place, own) in all.iter().enumerate() {
        let share = |part: &[f64; 2], year: usize| {
            let share = 100.0 * (1.0 - part[year] / own.1[year]);
            if share < 0.5 { "<1".to_owned() } else { format!("{share:.0}") }
        };
        let left = |year: usize| format!("{:.0}", 100.0 * luck[place].1[year] / own.1[year]);
        let gone = [&without_weak, &without_fitted, &without_edgar].map(|without| without[place].1);
        let mut cells: Vec<String> = gone.iter().flat_map(|part| [share(part, 0), share(part, 1)]).collect();
        cells.extend([left(0), left(1)]);
        writeln!(table, "| {} | {} |", own.0, cells.join(" | ")).unwrap();
    }
    let _turn = WRITING.lock();
    assert_table("weak", &table);
}
