//! Functions of formulas, each against its definition worked out by hand or published.

use crate::common::{Case, Messages, numbers};
use plancast::analysis::gates::Verdict;
use plancast::model::{RecordedVariables, compile};
use plancast::result::{Summary, assemble};
use plancast::scenario::load::from_text;
use plancast::{Options, Study};

/// Two villages and a town over ten years; x is 100 in 2020 and grows by a tenth, flow pays −100, then 60, 60.
const HEAD: &str = "[time]\nstart = 2020\nend = 2030\n[sets.place]\n[sets.place.fields]\nsize = { unit = \"1\" }\nlife = { unit = \"1\" }\n\
[place]\neast.size = 3\neast.life = 2\nwest.size = 1\nwest.life = 3\ntown.size = 4\ntown.life = 0\n\
[tables.learning]\nx = [0, 10, 100]\ny = [1, \"80%\", 0.5]\nunit = \"1\"\nx_unit = \"1\"\n\
[parameters]\nr = 0.1\n\
[variables]\nx = { start = \"100\", formula = \"prev(x) * 1.1\" }\nage = \"year - start_year\"\n";

/// The value of each formula, as a metric, on the one path that there is.
fn values(variables: &str, metrics: &[&str]) -> Vec<f64> {
    let mut text = format!("{HEAD}{variables}\n[metrics]\n");
    for (number, formula) in metrics.iter().enumerate() {
        text += &format!("m{number} = \"{formula}\"\n");
    }
    let case = Case::of(&text);
    case.model.labels.metrics.iter().map(|metric| metric.central).collect()
}

fn assert_values(variables: &str, expected: &[(&str, f64)]) {
    let formulas: Vec<&str> = expected.iter().map(|(formula, _)| *formula).collect();
    for (found, (formula, value)) in values(variables, &formulas).iter().zip(expected) {
        let close =
            (found - value).abs() <= 1e-12 * value.abs().max(1.0) || (found.is_nan() && value.is_nan());
        assert!(close || found == value, "{formula}: {found}, not {value}");
    }
}

#[test]
fn functions_of_numbers_have_their_values() {
    assert_values(
        "",
        &[
            ("tanh(0.5)", 0.46211715726000975),
            ("normal_cdf(1.959963984540054)", 0.975),
            ("mod(7, 3)", 1.0),
            ("mod(-1, 3)", 2.0),
            ("mod(2027, 4)", 3.0),
            ("lookup(-1, learning)", 1.0),
            ("lookup(5, learning)", 0.9),
            ("lookup(10, learning)", 0.8),
            ("lookup(55, learning)", 0.65),
            ("lookup(1e9, learning)", 0.5),
        ],
    );
}

#[test]
fn functions_of_the_year_step_rise_and_pulse() {
    let variables = "a = \"step(2023)\"\nb = \"ramp(2023, 2)\"\nc = \"pulse(2023, 2)\"\n";
    assert_values(
        variables,
        &[
            ("a@2022", 0.0),
            ("a@2023", 1.0),
            ("a@2030", 1.0),
            ("b@2023", 0.0),
            ("b@2024", 2.0),
            ("b@2030", 14.0),
            ("c@2022", 0.0),
            ("c@2023", 1.0),
            ("c@2024", 1.0),
            ("c@2025", 0.0),
        ],
    );
}

/// The sum of 100 · 1.1^k; the smoothing s + (x − s) / 4 of the age; what is delayed has its first value at first.
#[test]
fn sums_so_far_smoothing_and_delays_begin_with_the_first_value() {
    let variables = "sum_of = \"cumulative(x)\"\nlevel = \"smooth(age, 4)\"\nlate = \"delay(x, 3)\"\n\
                     \"own[place]\" = \"delay(age, life[place])\"\n";
    let mut smoothed = 0.0;
    for age in 1..=10 {
        smoothed += (f64::from(age) - smoothed) / 4.0;
    }
    assert_values(
        variables,
        &[
            ("sum_of@2020", 100.0),
            ("sum_of@2023", 464.1),
            ("level@2020", 0.0),
            ("level@2021", 0.25),
            ("level@2030", smoothed),
            ("late@2020", 100.0),
            ("late@2022", 100.0),
            ("late@2023", 100.0),
            ("late@2025", 121.0),
            ("own[east]@2025", 3.0),
            ("own[west]@2025", 2.0),
            ("own[town]@2025", 5.0),
            ("own[west]@2022", 0.0),
        ],
    );
}

/// A delay of a stock that the delayed value flows out of is no circle.
#[test]
fn what_flows_out_of_a_stock_after_a_delay_is_no_circle() {
    let variables =
        "stock = { start = \"10\", formula = \"prev(stock) + 5 - out\" }\nout = \"0.1 * delay(stock, 2)\"\n";
    let (mut stock, mut all) = (10.0, vec![10.0]);
    for year in 1_usize..=10 {
        stock += 5.0 - 0.1 * all[year.saturating_sub(2)];
        all.push(stock);
    }
    assert_values(variables, &[("stock@2030", all[10]), ("out@2020", 1.0), ("out@2030", 0.1 * all[8])]);
}

#[test]
fn over_members_there_are_medians_quantiles_deviations_and_places() {
    let variables = "\"rank_of[place]\" = \"rank(place: size[place])\"\n\"up[i:place]\" = \"rank(j:place: -size[j])\"\n\
                     top = \"argmax(place: size[place] + pulse(2025, 1) * (10 - 3 * size[place]))\"\n";
    assert_values(
        variables,
        &[
            ("median(place: size[place])", 3.0),
            ("median(place where size[place] > 1: size[place])", 3.5),
            ("quantile(place: size[place], 25%)", 2.0),
            ("quantile(place: size[place], 1)", 4.0),
            ("sd(place: size[place])", (7.0_f64 / 3.0).sqrt()),
            ("rank_of[town]@2020", 1.0),
            ("rank_of[east]@2020", 2.0),
            ("rank_of[west]@2020", 3.0),
            ("up[west]@2020", 1.0),
            ("argmax(place: size[place])", 3.0),
            ("top@2024", 3.0),
            ("top@2025", 2.0),
        ],
    );
}

#[test]
fn over_years_there_are_last_years_counts_deviations_and_falls() {
    let variables = "wave = \"if(mod(age, 4) == 3, 6, 10 + age)\"\n";
    // 10 11 12 6 14 15 16 6 18 19 20
    let squares: f64 = [14.0, 15.0, 16.0].iter().map(|x: &f64| (x - 15.0) * (x - 15.0)).sum();
    assert_values(
        variables,
        &[
            ("last_year(wave < 10)", 2027.0),
            ("last_year(wave < 0)", f64::INFINITY),
            ("count(wave < 12, 2020, 2030)", 4.0),
            ("count(wave < 12, 2021, 2023)", 2.0),
            ("sd(wave, 2024, 2026)", (squares / 2.0).sqrt()),
            ("drawdown(wave)", 10.0 / 16.0),
            ("drawdown(x)", 0.0),
        ],
    );
}

/// Net present value as spreadsheets have it, and the documentation's own example of IRR (8.7 % after five years); a rate
/// that changes over the years discounts by the product of all so far.
#[test]
fn cash_flows_have_their_value_and_rate() {
    let variables = "flow = \"lookup(age, business)\"\nr_t = \"if(year < 2022, 10%, 20%)\"\n[tables.business]\n\
                     x = [0, 1, 2, 3, 4, 5]\ny = [-70000, 12000, 15000, 18000, 21000, 26000]\n";
    assert_values(
        variables,
        &[
            ("npv(x, r, 2020, 2020)", 100.0 / 1.1),
            ("npv(x, r, 2020, 2022)", 300.0 / 1.1),
            ("npv(x, r_t, 2021, 2022)", 110.0 / 1.1 + 121.0 / (1.1 * 1.2)),
            ("irr(flow, 2020, 2025)", 0.0866309480365316),
            ("irr(flow, 2020, 2024)", -0.021_244_848_273_410_99),
            ("irr(x, 2020, 2030)", f64::NAN),
        ],
    );
}

/// Where the record goes back far enough a lag begins in the base year, with the recorded values.
#[test]
fn a_lag_reads_the_history_before_the_base_year() {
    let variables = "back = \"lag(x, 2)\"\n\"by_life[place]\" = \"lag(x, life[place])\"\nlate = \"lag(x, 4)\"\n\
                     [history.x]\nvalues = { 2015 = 7, 2018 = 80, 2019 = 90, 2020 = 100 }\n";
    assert_values(
        variables,
        &[
            ("back@2020", 80.0),
            ("back@2021", 90.0),
            ("back@2022", 100.0),
            ("by_life[east]@2020", 80.0),
            ("by_life[west]@2021", 80.0),
            ("by_life[town]@2020", 100.0),
            ("late@2022", 80.0),
            ("late@2024", 100.0),
        ],
    );
    // There is no 2017: a lag of four years cannot begin before 2022, and says so.
    let text = format!(
        "{HEAD}late = \"lag(x, 4)\"\n[history.x]\nvalues = {{ 2015 = 7, 2018 = 80, 2019 = 90 }}\n[metrics]\nm = \"late@2021\"\n"
    );
    let mut loaded = from_text("case", &text);
    compile(&loaded.scenario, &RecordedVariables::All, &mut loaded.diagnostics);
    let said = loaded.messages();
    assert!(said.iter().any(|message| message.contains("values begin in 2022")), "{said:?}");
}

fn summary(text: &str, paths: u64) -> Summary {
    let case = Case::of(text);
    assemble::summary(&case.model.labels, &case.run(3, paths), 3, &[0.5])
}

/// Of three equal normal draws each is the largest on a third of the paths; of 20 000 paths the share is off by more than
/// 0.0167, five standard errors, with probability 6e-7.
#[test]
fn a_metric_that_names_a_member_is_shown_as_shares() {
    let text = format!(
        "{HEAD}y = \"max(place: e[place])\"\n[shocks]\ne = {{ over = \"place\", dist = \"normal(0, 1)\" }}\n\
                        [metrics]\nfirst = \"argmax(place: e[place]@2025)\"\n"
    );
    let found = summary(&text, 20_000);
    let members = &found.metrics["first"].members;
    assert_eq!(members.iter().map(|one| one.member.as_str()).collect::<Vec<_>>(), ["east", "west", "town"]);
    for one in members {
        assert!((one.share - 1.0 / 3.0).abs() < 0.0167, "{one:?}");
        assert!((one.standard_error.unwrap() - (2.0_f64 / 9.0 / 20_000.0).sqrt()).abs() < 1e-4, "{one:?}");
    }
    assert!((members.iter().map(|one| one.share).sum::<f64>() - 1.0).abs() < 1e-12);
}

/// u is uniform: below 0.1 on a tenth of the paths, above 0.7 in the other bound on 30 %.
#[test]
fn paths_that_leave_the_bounds_of_a_variable_are_counted() {
    let text = format!(
        "{HEAD}z = {{ formula = \"u + 0 * age\", min = 0.1, max = \"70%\" }}\nin_all = {{ formula = \"x\", min = 0 }}\n"
    );
    let text = text.replace("r = 0.1", "r = 0.1\nu = \"uniform(0, 1)\"");
    let found = summary(&text, 20_000);
    let z = &found.bounds["z"];
    assert_eq!((z.min, z.max, z.not_known), (Some(0.1), Some(0.7), 0));
    // Five standard errors of 20 000 paths are 0.0173.
    assert!((z.paths as f64 / 20_000.0 - 0.4).abs() < 0.0173, "{z:?}");
    let case = Case::of(&text);
    let values = &case.columns(3, 1000, &[case.series("z", 2025)])[0];
    let first = values.iter().position(|z| !(0.1..=0.7).contains(z)).map(|path| path as u64);
    assert_eq!(z.first_path, first);
    assert_eq!((found.bounds["in_all"].paths, found.bounds["in_all"].first_path), (0, None));
}

/// What is looked up lies between the table's values whatever is drawn, and so do medians: gates are decided at once.
#[test]
fn bounds_of_new_functions_are_known_before_anything_is_drawn() {
    let text = "[time]\nstart = 2020\nend = 2021\n[sets.s]\n[sets.s.fields]\nv = { default = \"uniform(2, 3)\" }\n[s]\na = {}\nb = {}\nc = {}\n\
                [tables.t]\nx = [0, 1]\ny = [5, 7]\n[parameters]\nz = \"normal(0, 1)\"\n[variables]\nx = \"lookup(z, t) + median(s: v[s])\"\n\
                [targets]\nalways = \"x@2021 >= 7\"\nnever = \"x@2021 > 10\"\nthird = \"tanh(z) <= 1\"\nplace = \"argmax(s: v[s]) <= 3\"\n";
    let case = Case::of(text);
    let decided: Vec<Option<bool>> = case
        .model
        .labels
        .targets
        .iter()
        .map(|target| target.decided.map(plancast::text::probability::Decided::holds))
        .collect();
    assert_eq!(decided, [Some(true), Some(false), Some(true), Some(true)]);
}

/// Two normal values with correlation 0.6, far from 0 against their spread.
const TWO: &str = "[time]\nstart = 2020\nend = 2021\n[parameters]\nz = \"normal(0, 1)\"\nw = \"normal(0, 1)\"\n\
[variables]\nx = \"1e6 + z\"\ny = \"-3e4 + 0.6 * z + 0.8 * w\"\n[gates]\n";

fn verdicts(gates: &[&str], seed: u64, paths: u64) -> Vec<Verdict> {
    let options =
        gates.iter().fold(Options::default().paths(paths).seed(seed), |options, gate| options.require(*gate));
    let found = Study::from_text("two", TWO).unwrap().check(&options).unwrap();
    found.gates.iter().map(|gate| gate.verdict).collect()
}

/// The median of exp z is 1; the mean of the highest tenth of a standard normal is φ(1.2816) / 0.1 = 1.7550.
#[test]
fn gates_on_correlations_medians_and_surpluses_are_decided() {
    let gates = [
        "correlation(x@2021, y@2021) >= 55%",
        "correlation(x@2021, y@2021) >= 65%",
        "correlation(x@2021, -y@2021) <= -0.55",
        "median(exp(z)) >= 0.95 and median(exp(z)) <= 1.05",
        "expected_surplus(z, 10%) >= 1.7",
        "expected_surplus(z, 10%) >= 1.8",
        "expected_surplus(x@2021, 10%) - expected_shortfall(x@2021, 10%) >= 3.4",
    ];
    let pass = |holds| if holds { Verdict::Pass } else { Verdict::Fail };
    let expected = [true, false, true, true, true, false, true].map(pass);
    assert_eq!(verdicts(&gates, 1, 100_000), expected);
}

/// The bound is the truth, so that no verdict FAIL is right: of 20 runs at most 2 fail with probability 0.999, were each
/// wrong in one of a hundred.
#[test]
fn a_correlation_is_excluded_by_no_more_runs_than_the_confidence_says() {
    let gates = ["correlation(x@2021, y@2021) >= 0.6", "correlation(x@2021, y@2021) <= 0.6"];
    for gate in gates {
        let failed =
            (0..numbers(20, 400)).filter(|seed| verdicts(&[gate], *seed, 500) == [Verdict::Fail]).count();
        assert!(failed as u64 <= numbers(2, 11), "{gate}: {failed}");
    }
}
