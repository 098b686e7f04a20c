//! The Lüliang model: its accounts close on every path, its shares are shares, its scenarios move the odds the way
//! they say, and the central path of each is on record.

#![allow(clippy::needless_range_loop, reason = "a path is a row through all columns")]

use std::fmt::Write as _;

use crate::common::{Case, diagnostics, numbers};
use plancast::engine::{Machine, Sink};
use plancast::model::{Program, RecordedVariables};
use plancast::num::{BLOCK, draw::Column};
use plancast::scenario::claims::Softness;

const SCENARIOS: [&str; 9] = [
    "plan",
    "outlook",
    "outside-view",
    "coal-boom",
    "coal-slump",
    "transition",
    "carbon-peak",
    "projects-slip",
    "stress",
];

const FUELS: [&str; 5] = ["raw_coal", "coke", "natural_gas", "oil_products", "electricity"];

/// Tonnes of carbon dioxide a tonne of coal equivalent, in the order of [`FUELS`].
const FACTORS: [f64; 5] = [2.660, 2.945, 1.626, 2.125, 0.0];

/// Coal equivalent of electricity by its heat, in Mtce for each `TWh`.
const ELECTRIC: f64 = 0.1229;

const INDUSTRIES: [&str; 14] = [
    "agriculture",
    "coal",
    "coking_chem",
    "almg",
    "steel",
    "baijiu",
    "power",
    "clean_energy",
    "emerging",
    "other_industry",
    "construction",
    "tourism",
    "digital",
    "services",
];

const PATHS: u64 = 20_000;

fn load(name: &str, also: &[&str]) -> Case {
    Case::load(name, &[], &RecordedVariables::Also(also.iter().map(ToString::to_string).collect()))
}

// ───────────── Every scenario is sound ─────────────

/// Warnings that stand, each with its reason.
const EXPLAINED: [(&str, &str); 4] = [
    (
        "graded C or D",
        "most figures of 2020 were never published for the city: results show them as assumptions",
    ),
    ("the target steel_park_full is never met", "its lines come too late to be at full use in 2025"),
    ("the target hydrogen_2025_full is never met", "it comes too late to be at full use in 2025"),
    ("the target coal_volume_release", "the transition opens no new pits: goes_ahead is 0"),
];

#[test]
fn every_scenario_is_valid_without_an_error_or_an_unexplained_warning() {
    for name in SCENARIOS {
        let doubts: Vec<String> = diagnostics(&load(name, &[]))
            .into_iter()
            .filter(|diagnostic| !EXPLAINED.iter().any(|(known, _)| diagnostic.contains(known)))
            .collect();
        assert_eq!(doubts, Vec::<String>::new(), "{name}");
    }
}

/// The report's id, its words in full, a group and titles in both languages; what is "about" states its number.
#[test]
fn every_target_has_its_id_its_words_its_group_and_its_softness() {
    let scenario = load("plan", &[]).loaded.scenario;
    for (name, target) in &scenario.targets {
        assert!(!target.group.is_empty() && !target.source.is_empty(), "{name}");
        assert!(!target.title.en.is_empty() && !target.title.zh.is_empty(), "{name}");
        assert_eq!(
            target.group == "national",
            target.source != "report",
            "{name}: national ones stand apart"
        );
        if target.source != "report" || target.figure.is_empty() {
            continue;
        }
        let figure = &scenario.figures[&target.figure];
        assert!(!target.note.is_empty() && !figure.words.is_empty(), "{name} has no words");
        let words = format!("{}{}", figure.words.zh, figure.words.en);
        let about = words.contains("左右") || words.contains('级') || words.contains("力争达到4500");
        if about {
            let stated = target.stated(&scenario).unwrap_or_else(|| panic!("{name} states nothing"));
            assert_eq!(stated.softness, Softness::About, "{name}");
            assert!(target.states.is_some(), "{name}: the band and the number are written apart");
        }
    }
}

/// Every project names the figures that it is, or the report's words where it has none, and what may happen to it.
#[test]
fn every_project_has_its_year_delay_chance_ramp_and_size() {
    let scenario = load("plan", &[]).loaded.scenario;
    let set = &scenario.sets["project"];
    assert_eq!(set.members.len(), 55);
    for (name, project) in &set.members {
        assert!(!project.title.en.is_empty() && !project.title.zh.is_empty(), "{name}");
        let announced = &project.values["announced"].1;
        let said = announced.provenance.note.get(plancast::text::Language::Zh).chars().count() > 8;
        assert!(said || !announced.provenance.figures.is_empty(), "{name} has no figure and no words");
        for (figure, _) in &announced.provenance.figures {
            assert!(scenario.figures.contains_key(figure), "{name}: {figure}");
        }
        for field in ["plan_delay", "goes_ahead", "ramp", "delay_factor", "full_value_added", "full_energy"] {
            let given = project.values.contains_key(field) || set.fields[field].default.is_some();
            assert!(given, "{name} has no {field}");
        }
    }
}

#[test]
fn every_scenario_says_what_it_assumes_in_both_languages() {
    for name in SCENARIOS {
        let labels = load(name, &[]).model.labels;
        for language in [plancast::text::Language::En, plancast::text::Language::Zh] {
            assert!(labels.title.get(language).chars().count() >= 4, "{name}");
            assert!(labels.summary.get(language).chars().count() > 100, "{name}");
        }
    }
}

/// Titles, remarks and sources too: whoever reads Chinese finds no English on the page but names.
#[test]
fn everything_that_is_said_of_values_and_sources_is_said_in_both_languages() {
    let both = |what: &str, text: &plancast::text::Text| {
        let chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        let said = text.is_empty() || chinese(&text.zh) || (text.zh.is_empty() && chinese(&text.en));
        assert!(said, "{what}: {text:?}");
    };
    for name in SCENARIOS {
        let labels = load(name, &[]).model.labels;
        for value in &labels.assumptions {
            both(&value.name, &value.title);
            both(&value.name, &value.note);
        }
        labels.sources.iter().for_each(|source| both(&source.id, &source.title));
        labels.variables.iter().for_each(|variable| both(&variable.name, &variable.title));
        labels.targets.iter().for_each(|target| both(&target.name, &target.title));
        labels.metrics.iter().for_each(|metric| both(&metric.name, &metric.title));
    }
}

/// A path costs what its program is long: a model that grows without need is caught here.
#[test]
fn the_program_of_the_plan_stays_small() {
    let instructions = load("plan", &[]).model.program.instructions.len();
    assert!(instructions < 35_000, "{instructions} instructions");
}

// ───────────── The central path ─────────────

/// With every input at its mean GDP is the path expected for the whole, with the listed projects that are at work in the
/// place of those that the plan counts on; events, the shift between industries and prices move nothing. The path itself
/// grows as the scenario states but for what runs of the cycle and years after events add (`calibration.rs` holds the means).
#[test]
fn the_central_path_is_the_expected_one_with_projects_exactly_on_time() {
    let names = [
        "event_gap",
        "price_surprise",
        "run_bias",
        "rebound_bias",
        "planned_project_va",
        "project_va",
        "expected_gdp",
        "gdp",
    ];
    let case = load("plan", &names);
    for year in 2021..=2035 {
        let value = |name: &str| case.central(name, year);
        let stated = if year <= 2025 { 0.08 } else { 0.0742 };
        let growth = value("expected_gdp") / case.central("expected_gdp", year - 1) - 1.0;
        let taken_off = value("run_bias") + value("rebound_bias");
        assert!((growth + taken_off - stated).abs() < 1e-12, "{year}: {growth} and {taken_off}");
        let projects =
            case.model.labels.variables.iter().filter(|label| label.name.starts_with("project_va["));
        let at_work: f64 = projects.map(|label| value(&label.name)).sum();
        let expected = value("expected_gdp") - value("planned_project_va") + at_work;
        assert!((value("gdp") / expected - 1.0).abs() < 1e-12, "{year}: {} for {expected}", value("gdp"));
        for name in ["event_gap[lockdown]", "event_gap[mine_safety]", "price_surprise"] {
            assert!(value(name).abs() < 1e-12, "{name} in {year}");
        }
    }
}

fn central_path(name: &str) -> String {
    let others = [
        "output",
        "physical",
        "baijiu_volume",
        "hydrogen",
        "cbm_capacity",
        "new_pv",
        "mine_methane",
        "co2_of_use",
        "pollution",
        "indicator_growth",
        "unemployment_rate",
        "new_urban_jobs",
        "manufacturing_share",
        "urban_income_ratio",
        "rural_income_ratio",
        "urbanisation",
        "forest_cover",
    ];
    let case = load(name, &others);
    let mut text = format!("{:32}", "");
    let years = [2020, 2021, 2025, 2030, 2035];
    for year in years {
        write!(text, "{year:>12}").unwrap();
    }
    text.push('\n');
    for label in &case.model.labels.variables {
        write!(text, "{:32}", label.name).unwrap();
        for year in years {
            let value = if year < label.first_year {
                String::new()
            } else {
                rounded(case.central(&label.name, year))
            };
            write!(text, "{value:>12}").unwrap();
        }
        text.push('\n');
    }
    for label in &case.model.labels.metrics {
        writeln!(text, "{:32}{:>12}", label.name, rounded(label.central)).unwrap();
    }
    text
}

/// Four digits, so that the last bit of a sum does not matter.
fn rounded(x: f64) -> String {
    if x.abs() < 1e-9 {
        return "0".to_owned();
    }
    let digits = (3.0 - plancast::num::ln(x.abs()) / std::f64::consts::LN_10).clamp(0.0, 6.0);
    format!("{x:.*}", digits.ceil() as usize)
}

#[test]
fn the_central_path_of_each_scenario_is_on_record() {
    // That of the outlook is the mean of those of its worlds.
    for name in SCENARIOS.into_iter().filter(|name| *name != "outlook") {
        insta::assert_snapshot!(format!("central_{}", name.replace('-', "_")), central_path(name));
    }
}

// ───────────── The accounts, path by path ─────────────

fn assert_close(what: &str, found: f64, wanted: f64) {
    let scale = plancast::num::max(wanted.abs(), 1e-6);
    assert!(((found - wanted) / scale).abs() < 1e-10, "{what}: {found}, not {wanted}");
}

#[test]
fn industries_add_up_to_gdp_at_both_prices_in_every_scenario() {
    for name in SCENARIOS {
        let case = load(name, &["va", "va_nominal"]);
        let mut series = Vec::new();
        for variable in ["va", "va_nominal"] {
            series.extend(INDUSTRIES.map(|industry| case.series(&format!("{variable}[{industry}]"), 2030)));
        }
        series.extend(["gdp", "gdp_nominal", "gdp_deflator"].map(|variable| case.series(variable, 2030)));
        let columns = case.columns(2, PATHS, &series);
        for path in 0..PATHS as usize {
            let at = |k: usize| columns[k][path];
            assert_close("gdp", (0..14).map(at).sum(), at(28));
            assert_close("nominal gdp", (14..28).map(at).sum(), at(29));
            assert_close("deflator", at(28) * at(30), at(29));
        }
    }
}

#[test]
fn fuels_add_up_to_energy_and_to_carbon_dioxide_in_every_scenario() {
    for name in SCENARIOS {
        let also = ["fuel_use", "energy_use", "thermal_power", "process_co2", "displaced_coal"];
        let case = load(name, &also);
        for year in [2020, 2030] {
            let mut series = FUELS.map(|fuel| case.series(&format!("fuel_use[{fuel}]"), year)).to_vec();
            let single = ["energy", "thermal_power", "co2", "process_co2", "displaced_coal"];
            series.extend(single.map(|variable| case.series(variable, year)));
            for fuel in FUELS {
                series.extend(
                    INDUSTRIES.map(|industry| case.series(&format!("energy_use[{industry},{fuel}]"), year)),
                );
            }
            let columns = case.columns(3, PATHS / 4, &series);
            for path in 0..PATHS as usize / 4 {
                let at = |k: usize| columns[k][path];
                let fuels: f64 = (0..5).map(at).sum();
                assert_close("energy", fuels - at(6) * ELECTRIC, at(5));
                let burnt: f64 = (0..5).map(|k| at(k) * FACTORS[k]).sum();
                assert_close("carbon dioxide", burnt + at(8), at(7));
                for fuel in 0..5 {
                    let used: f64 = (0..14).map(|industry| at(10 + 14 * fuel + industry)).sum();
                    let displaced = if fuel == 0 { at(9) } else { 0.0 };
                    assert_close(FUELS[fuel], used - displaced, at(fuel));
                }
            }
        }
    }
}

// ───────────── Bounds ─────────────

/// The smallest and the largest value of every series, and how often it had none.
struct Extremes {
    values: Vec<(f64, f64)>,
    not_numbers: Vec<u64>,
    unknown: u64,
}

impl Extremes {
    /// Over whole blocks, at least so many paths, shared out among threads.
    fn of(program: &Program, seed: u64, paths: u64) -> Self {
        let blocks = paths.div_ceil(BLOCK as u64);
        let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
        let part = |first: u64| {
            let mut found = Self::new(program);
            let mut machine = Machine::new(program);
            for block in (first..blocks).step_by(threads as usize) {
                machine.run(seed, block, &mut found);
            }
            found
        };
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|first| scope.spawn(move || part(first))).collect();
            let parts = workers.into_iter().map(|worker| worker.join().unwrap());
            parts.reduce(Self::with).unwrap()
        })
    }

    fn new(program: &Program) -> Self {
        let series = program.series as usize;
        let nothing = (f64::INFINITY, f64::NEG_INFINITY);
        Self { values: vec![nothing; series], not_numbers: vec![0; series], unknown: 0 }
    }

    fn with(mut self, other: Self) -> Self {
        for (own, other) in self.values.iter_mut().zip(other.values) {
            *own = (least(own.0, other.0), most(own.1, other.1));
        }
        self.not_numbers.iter_mut().zip(other.not_numbers).for_each(|(own, other)| *own += other);
        self.unknown += other.unknown;
        self
    }
}

fn least(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

fn most(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

impl Sink for Extremes {
    fn record(&mut self, series: u32, values: &Column) {
        let own = &mut self.values[series as usize];
        for &value in values {
            *own = (least(own.0, value), most(own.1, value));
        }
        self.not_numbers[series as usize] += values.iter().filter(|value| value.is_nan()).count() as u64;
    }

    fn mark(&mut self, _target: u32, truths: &Column) {
        self.unknown += truths.iter().filter(|truth| truth.is_nan()).count() as u64;
    }
}

/// What is wrong with a variable's values: outside these limits, or no number.
fn outside(case: &Case, extremes: &Extremes, variable: &str, low: f64, high: f64) -> Vec<String> {
    let own = |name: &str| name == variable || name.starts_with(&format!("{variable}["));
    let mut seen = false;
    let mut wrong = Vec::new();
    for label in case.model.labels.variables.iter().filter(|label| own(&label.name)) {
        seen = true;
        for year in label.first_year..=label.last_year {
            let (least, most) = extremes.values[case.series(&label.name, year)];
            if least < low || most > high {
                wrong.push(format!("{}@{year} goes from {least} to {most}", label.name));
            }
        }
    }
    assert!(seen, "{variable} is not recorded");
    wrong
}

#[test]
fn on_many_paths_of_every_scenario_all_is_finite_shares_are_shares_and_nothing_is_negative() {
    let shares =
        ["coal_share", "manufacturing_share", "urbanisation", "forest_cover", "online", "unemployment_rate"];
    let positive = [
        "va",
        "output",
        "physical",
        "baijiu_volume",
        "baijiu_capacity",
        "hydrogen",
        "cbm_output",
        "new_pv",
        "fuel_use",
        "energy_use",
        "thermal_power",
        "process_co2",
        "mine_methane",
        "co2_of_use",
        "pollution",
        "indicator_index",
        "budget_revenue",
        "urban_income",
        "rural_income",
        "new_urban_jobs",
        "population",
        "deflator",
        "disturbance",
    ];
    for name in SCENARIOS {
        let case = Case::load(name, &[], &RecordedVariables::All);
        let extremes = Extremes::of(&case.model.program, 4, numbers(10_000, 100_000));
        assert_eq!((extremes.not_numbers.iter().sum::<u64>(), extremes.unknown), (0, 0), "{name}");
        let mut wrong = Vec::new();
        for label in &case.model.labels.variables {
            wrong.extend(outside(&case, &extremes, &label.name, f64::MIN, f64::MAX));
        }
        for variable in shares {
            wrong.extend(outside(&case, &extremes, variable, 0.0, 1.0));
        }
        for variable in positive.iter().copied().chain(["gdp", "gdp_nominal", "co2", "energy", "sector_va"]) {
            wrong.extend(outside(&case, &extremes, variable, 0.0, f64::MAX));
        }
        assert_eq!(wrong, Vec::<String>::new(), "{name}");
    }
}

// ───────────── Odds by scenario ─────────────

/// Scenarios share all draws that they have in common, so 20 000 paths tell differences of a point apart.
#[test]
#[allow(clippy::type_complexity, reason = "a row is a target and who must have the better odds of it")]
fn odds_move_in_the_direction_that_a_scenario_says() {
    let odds = |name: &str| {
        let case = load(name, &[]);
        let ensemble = case.run(1, PATHS);
        move |target: &str| case.odds(&ensemble, target)
    };
    let [plan, outlook, outside, boom, slump, transition, peak, slip, stress] = SCENARIOS.map(odds);
    let moves: [(&str, &dyn Fn(&str) -> f64, &dyn Fn(&str) -> f64); 22] = [
        ("gdp_growth_14fyp", &outside, &plan),
        ("gdp_2035", &outside, &plan),
        ("co2_peak_2030", &plan, &outside),
        ("gdp_growth_14fyp", &plan, &boom),
        ("coal_output_2025", &plan, &boom),
        ("revenue_growth_2021", &plan, &boom),
        ("manufacturing_share_2021", &boom, &plan),
        ("gdp_growth_14fyp", &slump, &plan),
        ("coal_output_2025", &slump, &plan),
        ("gdp_2025_nominal", &slump, &plan),
        ("al_mg_output_2025", &plan, &transition),
        ("sei_output_2025", &plan, &transition),
        ("all_floors", &plan, &transition),
        ("pv_2025", &plan, &transition),
        ("co2_peak_2030", &plan, &peak),
        ("co2_intensity_2025", &plan, &peak),
        ("gdp_growth_14fyp", &peak, &plan),
        ("gdp_growth_14fyp", &slip, &plan),
        ("pv_2025", &slip, &plan),
        ("cbm_2025", &slip, &plan),
        ("gdp_growth_14fyp", &stress, &plan),
        ("gdp_2025_nominal", &stress, &plan),
    ];
    for (target, low, high) in moves {
        let (low, high) = (low(target), high(target));
        assert!(low + 0.02 < high, "{target}: {low} is not well below {high}");
    }
    // Both sides rest on 20 000 paths: each differs by 0.5 points from what it estimates once in three, and by five times that never.
    for target in ["gdp_growth_14fyp", "gdp_2035", "co2_peak_2030", "coal_output_2025"] {
        let pooled = 0.6 * outside(target) + 0.2 * plan(target) + 0.1 * boom(target) + 0.1 * slump(target);
        assert!((outlook(target) - pooled).abs() < 0.025, "{target}: {} and {pooled}", outlook(target));
    }
    // As a forecaster at the end of 2020 had to see it: about one prefecture in thirteen had managed as much.
    assert!((0.02..0.2).contains(&outside("gdp_growth_14fyp")));
}
