//! Statistics that are known of some paths only, and summaries that make no sense.

use std::collections::BTreeMap;
use std::path::Path;

use plancast::result::store;
use plancast::result::summary::{MetricSummary, Why};
use plancast::{Options, Study};
use serde_json::{Value, json};

const CASE: &str = "
[time]
start = 2020
end = 2021
[parameters]
z = 'normal(0, 1)'
[variables]
x = { formula = 'if(year >= 2021, z, 0 - 9)', report = true }
[metrics]
reached = 'first_year(x >= 0)'
lost = 'if(z >= -1, first_year(x >= 0), sqrt(z))'
";

fn options() -> Options {
    Options::default().paths(4_000).seed(3).drivers(false)
}

/// A half of the paths get there in 2021; the others count as 2022.
#[test]
fn a_year_that_never_comes_counts_as_the_one_after_the_last() {
    let run = Study::from_text("case", CASE).unwrap().run(&options()).unwrap();
    let reached = run.metric("reached").unwrap();
    assert!((reached.never - 0.5).abs() < 0.04 && reached.not_finite == 0, "{reached:?}");
    let exact = (2021.0 + reached.never, (reached.never * (1.0 - reached.never)).sqrt());
    let (mean, sd) = reached.counted().unwrap();
    assert!((mean - exact.0).abs() < 1e-9 && (sd - exact.1).abs() < 1e-3, "{mean} {sd} {exact:?}");
}

/// A root of what is below zero is no number: then neither is a mean, whatever a year that never comes counts as.
#[test]
fn where_some_paths_have_no_number_no_mean_is_made_up_of_the_others() {
    let run = Study::from_text("case", CASE).unwrap().run(&options()).unwrap();
    let lost = run.metric("lost").unwrap();
    assert!(lost.never > 0.2 && lost.not_finite > 400, "{lost:?}");
    assert_eq!((lost.mean, lost.mean_counted, lost.sd_counted), (None, None, None));
}

/// log10(z) is below 1 wherever it is a number, on half of the paths: there a value above 2022 is impossible, and on the others
/// nothing is known. Neither the target nor a gate on it is decided by the equations.
#[test]
fn what_is_impossible_where_it_is_known_is_open_where_it_is_not() {
    let text = format!(
        "{CASE}[targets]\nt = 'log10(z) > 2022'\nsure = 'log10(abs(z) + 1) > 2022'\n[gates]\ng = 'p(t) <= 10%'\n"
    );
    let found = Study::from_text("case", &text).unwrap().check(&options()).unwrap();
    let of = |name: &str| &found.run.summary.targets[name].probability;
    let open = of("t");
    assert!(open.open && open.decided.is_none() && open.standard_error.is_none(), "{open:?}");
    assert!(open.low == 0.0 && (open.high - 0.5).abs() < 0.05, "{open:?}");
    assert!(!of("sure").open && of("sure").decided.is_some(), "{:?}", of("sure"));
    assert_eq!(found.gates[0].verdict, plancast::analysis::gates::Verdict::Undecided);
}

/// e^(10 z) has a mean, e^50, which no run shows: neither its summary nor a gate on it tells one.
#[test]
fn a_mean_that_does_not_settle_is_no_estimate_of_a_gate() {
    let text = format!("{CASE}[gates]\ng = 'mean(m) >= 1'\ns = 'sd(m) >= 1'\n")
        .replace("[metrics]", "[metrics]\nm = 'exp(10 * z)'");
    let found = Study::from_text("case", &text).unwrap().check(&options()).unwrap();
    assert_eq!(found.run.summary.metrics["m"].why["mean"], Why::Tail);
    for gate in &found.gates {
        let statistic = &gate.statistics[0];
        assert_eq!(statistic.estimate, None, "{statistic:?}");
    }
    // Its range is known from below: the bound and the verdict have a guarantee.
    let mean = &found.gates[0];
    assert!(mean.statistics[0].low.is_some_and(|low| low > 1.0) && mean.guarantee == Some(true), "{mean:?}");
}

#[test]
fn a_quantile_is_infinite_only_where_it_may_never_come() {
    let of = |never: f64, why: Option<Why>| {
        let level = "0.9".to_owned();
        let metric = MetricSummary {
            never,
            quantiles: BTreeMap::from([(level.clone(), None)]),
            why: why.map(|why| (level, why)).into_iter().collect(),
            ..MetricSummary::default()
        };
        [metric.quantile("0.9").value, metric.quantile("0.5").value]
    };
    // Summaries of before say no reason.
    assert_eq!(of(0.0, None), [None, None]);
    assert_eq!(of(0.2, None), [Some(f64::INFINITY), None]);
    assert_eq!(of(0.2, Some(Why::NotANumber)), [None, None]);
    assert_eq!(of(0.0, Some(Why::MinusInfinity)), [Some(f64::NEG_INFINITY), None]);
}

#[test]
fn a_summary_runs_from_a_year_of_four_digits_to_a_later_one() {
    let run = Study::from_text("case", CASE).unwrap().run(&options()).unwrap();
    let summary = serde_json::to_value(&run.summary).unwrap();
    let read = |start: i64, end: i64| {
        let mut changed: Value = summary.clone();
        (changed["scenario"]["start"], changed["scenario"]["end"]) = (json!(start), json!(end));
        let read = store::summary_of(changed.to_string(), Path::new("summary.json"));
        read.map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(read(2020, 2021), Ok(()));
    for (start, end) in [(0, 2021), (2022, 2021), (10_000, 10_000)] {
        let wrong = read(start, end).unwrap_err();
        assert!(wrong.contains(&format!("it runs from {start} to {end}")), "{wrong}");
    }
    for (start, end) in [(1, 2), (9999, 9999)] {
        let read = read(start, end);
        assert!(read.as_ref().err().is_none_or(|wrong| !wrong.contains("it runs from")), "{read:?}");
    }
}
