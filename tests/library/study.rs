//! The library's face: what is opened, asked and answered, against closed forms.

use plancast::result::manifest::Wall;
use plancast::scenario::{Loaded, load::from_text};
use plancast::study::{Compared, Precision, Sampling, Verdict, Watch, files_of_comparison};
use plancast::text::Language;
use plancast::{Options, Run, Study, StudyError};

/// `x` is normal with the mean 100 and the standard deviation 10 in every year, `double` is twice as much.
const CASE: &str = "
[time]
start = 2020
end = 2021
[parameters]
z = 'normal(0, 1)'
[variables]
x = { formula = '100 + 10 * z', report = true }
double = '2 * x'
[metrics]
last = 'x@2021'
[targets]
high = 'x@2021 >= 110'
";

/// The probability that a standard normal number is above 1.
const ABOVE_ONE: f64 = 0.158_655_253_931_457_05;

fn study() -> Study {
    Study::from_text("case", CASE).unwrap()
}

fn options() -> Options {
    Options::default().paths(10_000).seed(7).drivers(false)
}

/// Within five of its standard errors.
fn probability_is(run: &Run, exact: f64) {
    let found = run.probability("high").unwrap();
    let error = found.standard_error.unwrap();
    assert!((found.probability - exact).abs() < 5.0 * error, "{} ± {error}", found.probability);
    assert!(found.low < found.probability && found.probability < found.high);
}

#[test]
fn a_run_has_the_paths_and_the_seed_that_are_asked_for() {
    let run = study().run(&options()).unwrap();
    assert_eq!((run.summary.paths, run.summary.seed), (10_000, 7));
    probability_is(&run, ABOVE_ONE);
    let again = study().run(&options()).unwrap().summary.fingerprint;
    assert_eq!(again, run.summary.fingerprint);
    assert_ne!(study().run(&options().seed(8)).unwrap().summary.fingerprint, again);
}

#[test]
fn a_condition_leaves_the_paths_on_which_it_holds() {
    let run = study().run(&options().given("z >= 0")).unwrap();
    probability_is(&run, 2.0 * ABOVE_ONE);
    assert!((4_700..5_300).contains(&run.summary.paths), "{}", run.summary.paths);
    let Err(StudyError::TooFewPaths { found, among, .. }) = study().run(&options().given("z > 9")) else {
        panic!("no path has so much")
    };
    assert_eq!((found, among), (0, 10_000));
}

#[test]
fn quantiles_are_years_by_levels() {
    let run = study().run(&options().quantiles([0.5, 0.975])).unwrap();
    let found = run.quantiles("x").unwrap();
    assert_eq!(found.shape(), [2, 2]);
    for year in 0..2 {
        assert!((found[[year, 0]] - 100.0).abs() < 0.7, "{found}");
        assert!((found[[year, 1]] - 119.6).abs() < 1.3, "{found}");
    }
}

#[test]
fn what_is_not_recorded_is_an_error_that_names_what_is() {
    let run = study().run(&options()).unwrap();
    let error = run.variable("double").unwrap_err().to_string();
    assert!(error.contains("double") && error.contains('x'), "{error}");
    assert!(run.target("hihg").unwrap_err().to_string().contains("high"));
    assert!(run.metric("lost").unwrap_err().to_string().contains("last"));
    for wanted in ["double", "all"] {
        let run = study().run(&options().record(wanted)).unwrap();
        let (x, double) = (run.variable("x").unwrap(), run.variable("double").unwrap());
        let twice = |values: &[Option<f64>]| values.iter().map(|x| x.map(|x| 2.0 * x)).collect::<Vec<_>>();
        assert_eq!(twice(&x.maximum), double.maximum);
    }
}

/// 16 384 points lie so evenly that the mean is right to far more than 10 / √16384 = 0.08.
#[test]
fn paths_may_be_spread_evenly() {
    let sobol = options().paths(16_384).sampling(Sampling::Sobol);
    let run = study().run(&sobol).unwrap();
    assert_eq!(run.summary.sampling, "sobol");
    assert!((run.metric("last").unwrap().mean.unwrap() - 100.0).abs() < 0.02);
}

#[test]
fn gates_are_decided_and_the_gravest_verdict_counts() {
    let verdicts = |statements: &[&str]| {
        let wanted = statements.iter().fold(options(), |options, statement| options.require(*statement));
        let found = study().check(&wanted).unwrap();
        assert_eq!(found.gates.len(), statements.len());
        assert_eq!(found.summary().paths, 10_000);
        (found.gates.iter().map(|gate| gate.verdict).collect::<Vec<_>>(), found.verdict())
    };
    let (pass, fail) = ("p(high) >= 10%", "p(high) >= 20%");
    // The truth lies within 1e-9: no number of paths tells.
    let open = "p(high) >= 15.865525394%";
    assert_eq!(verdicts(&[pass]), (vec![Verdict::Pass], Verdict::Pass));
    assert_eq!(verdicts(&[pass, open]), (vec![Verdict::Pass, Verdict::Undecided], Verdict::Undecided));
    assert_eq!(verdicts(&[open, fail, pass]).1, Verdict::Fail);
}

/// The probability has the standard error √(p (1 − p) / n) = 0.0057 of 4096 paths, and the mean 10 / √n: 10 000 take it to
/// 0.1.
#[test]
fn paths_are_added_until_an_error_is_small_enough() {
    let until = |statistic: Option<&str>, error: f64, most_paths: u64| {
        let precision = Precision { statistic: statistic.map(str::to_owned), error, most_paths };
        let summary = study().run(&options().until(precision)).unwrap().summary;
        let found = summary.convergence.unwrap();
        assert_eq!(summary.paths, *found.paths.last().unwrap());
        (found.paths, found.reached)
    };
    assert_eq!(until(None, 0.0065, 1 << 20), (vec![4096], true));
    assert_eq!(until(None, 0.0001, 8192), (vec![4096, 8192], false));
    assert_eq!(until(None, 0.0001, 1000), (vec![1000], false));
    let (paths, reached) = until(Some("mean(last)"), 0.1, 1 << 20);
    assert!(
        reached && paths[..2] == [4096, 8192] && (9_500..10_800).contains(paths.last().unwrap()),
        "{paths:?}"
    );
    let bare = Study::from_text("bare", &CASE.replace("[targets]\nhigh = 'x@2021 >= 110'", "")).unwrap();
    let precision = Precision { statistic: None, error: 0.01, most_paths: 8192 };
    assert!(matches!(bare.run(&options().until(precision)), Err(StudyError::NoTargets)));
}

#[test]
fn changes_add_up_and_a_name_that_is_none_is_an_error() {
    let moved = study().set("z", "normal(3, 1)").unwrap().set("z", "normal(1, 1)").unwrap();
    probability_is(&moved.run(&options()).unwrap(), 0.5);
    assert!(study().set("zz", "1").unwrap_err().to_string().contains("zz"));
}

/// Both draw the same numbers, so that the difference is 10 on every path.
#[test]
fn scenarios_are_compared_path_by_path() {
    let moved = study().set("z", "normal(1, 1)").unwrap();
    let found = study().compare(&[&moved], &options()).unwrap();
    let difference = &found.alternatives[0].difference.variables["x"].absolute;
    for value in [&difference.minimum, &difference.mean, &difference.maximum] {
        assert!(value.iter().all(|value| (value.unwrap() - 10.0).abs() < 1e-9), "{value:?}");
    }
    let gained = found.alternatives[0].difference.targets["high"].change;
    assert!((gained - (0.5 - ABOVE_ONE)).abs() < 0.025, "{gained}");
}

/// A variable that the other scenario lacks does not end the recording of those that both have.
#[test]
fn all_variables_are_compared_also_where_one_scenario_has_more() {
    let more = Study::from_text("more", &format!("{CASE}[variables.third]\nformula = '3 * x'\n")).unwrap();
    for (one, other) in [(study(), more.clone()), (more, study())] {
        let found = one.compare(&[&other], &options().record("all")).unwrap();
        let compared: Vec<&str> =
            found.alternatives[0].difference.variables.keys().map(String::as_str).collect();
        assert_eq!(compared, ["double", "x"]);
    }
}

#[test]
fn an_observation_without_an_error_and_an_empty_condition_are_refused() {
    let observed = |sd: &str| {
        let text = format!("{CASE}[observations.x]\nvalues = {{ 2021 = 105 }}\nsd = {sd}\n");
        Study::from_text("case", &text)?.run(&options())
    };
    assert!(observed("1").unwrap().summary.evidence.is_some());
    assert!(matches!(observed("0"), Err(StudyError::NoMeasurementError { year: 2021, .. })));
    for empty in ["", " "] {
        let wrong = study().run(&options().given(empty)).unwrap_err().to_string();
        assert!(wrong.contains("--given is empty"), "{wrong}");
    }
}

/// A variable that only one scenario has stands before the one that is compared.
#[test]
fn what_is_compared_goes_by_its_name_and_not_by_its_place() {
    let earlier =
        CASE.replace("[variables]\n", "[variables]\nfirst = { formula = '7 + 3 * z', report = true }\n");
    let more = Study::from_text("more", &earlier).unwrap();
    for (one, other) in [(study(), more.clone()), (more, study())] {
        let found = one.compare(&[&other], &options()).unwrap();
        let difference = &found.alternatives[0].difference.variables["x"].absolute;
        assert_eq!((&difference.minimum, &difference.maximum), (&vec![Some(0.0); 2], &vec![Some(0.0); 2]));
    }
}

/// The files of a comparison name what they were made of, each text once, and the program.
#[test]
fn a_comparison_says_what_it_was_made_of() {
    let more = CASE.replace("normal(0, 1)", "normal(1, 1)");
    let texts = [("one", CASE), ("two", &more), ("one", CASE)];
    let loaded: Vec<Loaded> = texts.iter().map(|(name, text)| from_text(name, text)).collect();
    let compared = Compared::new(loaded, &options()).unwrap();
    let comparison = compared.run(Watch::default()).unwrap();
    let loaded: Vec<&Loaded> = compared.prepared.iter().map(|one| &one.loaded).collect();
    let files = files_of_comparison(&loaded, compared.settings(), &comparison, Wall::default(), Language::En)
        .unwrap();
    let text = |wanted: &str| {
        let found = files.iter().find(|(name, _)| name.ends_with(wanted)).unwrap();
        String::from_utf8(found.1.clone()).unwrap()
    };
    let manifest: serde_json::Value = serde_json::from_str(&text("manifest.json")).unwrap();
    let inputs: Vec<&str> =
        manifest["inputs"].as_array().unwrap().iter().map(|input| input["file"].as_str().unwrap()).collect();
    assert_eq!(inputs, ["one", "two"]);
    let model = format!("plancast {}", env!("CARGO_PKG_VERSION"));
    assert!(text("iamc.csv").lines().skip(1).all(|line| line.starts_with(&model)));
}

/// Values that lie within bounds have a mean that is certain within what these allow.
#[test]
fn a_verdict_on_a_mean_is_guaranteed_where_the_values_are_bounded() {
    for (bound, verdict) in [(104, Verdict::Pass), (106, Verdict::Fail)] {
        let bounded = Study::from_text("case", &CASE.replace("normal(0, 1)", "uniform(0, 1)")).unwrap();
        let found = bounded.check(&options().require(format!("mean(last) >= {bound}"))).unwrap();
        assert_eq!((found.verdict(), found.gates[0].guarantee), (verdict, Some(true)));
    }
}

/// Every two of up to 200 targets are counted together; of more those that are asked for, and `all` stands for all.
#[test]
fn of_very_many_targets_those_are_paired_that_are_asked_for() {
    let targets: String = (0..201).map(|n| format!("t{n} = 'x@2021 >= {}'\n", 50 + n)).collect();
    let text = CASE.replace("high = 'x@2021 >= 110'\n", &targets);
    let of = |pairs: &[&str]| {
        let mut wanted = options();
        wanted.pairs = pairs.iter().map(ToString::to_string).collect();
        let prepared = Study::from_text("case", &text).unwrap().prepare(&wanted).unwrap();
        prepared.counted_together().map(|groups| groups.into_iter().skip(1).collect::<Vec<_>>())
    };
    assert!(of(&[]).unwrap().is_empty());
    assert_eq!(of(&["t7", "t3", "t7"]).unwrap(), [[3, 7]]);
    let all = of(&["all"]).unwrap();
    let together = |a: u32, b: u32| all.iter().any(|group| group.contains(&a) && group.contains(&b));
    assert!((0..201).all(|a| (0..a).all(|b| together(a, b))));
    assert!(matches!(of(&["t201"]), Err(StudyError::UnknownTarget { name, .. }) if name == "t201"));
}

/// Of a Latin hypercube each of n equal intervals holds one draw of each replicate: a quarter of them is met exactly.
#[test]
fn a_latin_hypercube_meets_every_quarter_equally_often() {
    let text =
        CASE.replace("normal(0, 1)", "uniform(0, 4)").replace("high = 'x@2021 >= 110'", "low = 'z <= 1'");
    let spread = options().paths(16_384).sampling(Sampling::LatinHypercube);
    let run = Study::from_text("case", &text).unwrap().run(&spread).unwrap();
    assert_eq!(run.probability("low").unwrap().probability, 0.25);
}

/// In pairs that mirror each other no two replicates draw the same: else the error would be none, and the mean that of 1024
/// paths. Of pairs of which one at most is above 1 the share has the standard error √((p − 2 p²) / n) = 0.0026.
#[test]
fn replicates_of_mirrored_pairs_draw_numbers_of_their_own() {
    let spread = options().paths(16_384).sampling(Sampling::Antithetic);
    let run = study().run(&spread).unwrap();
    probability_is(&run, ABOVE_ONE);
    let error = run.probability("high").unwrap().standard_error.unwrap();
    assert!((0.001..0.006).contains(&error), "{error}");
}
