//! Questions that are asked of runs that are conditioned on a record, against closed forms of the linear normal model.
//!
//! x = ½ x₋₁ + ε + drift, x₀ = 0, observed as 1 in the second year with an error of variance ¼. With m₁ = drift, m₂ = 1½ drift:
//! x₂ is normal about m₂ + (1 − m₂) ⅚, and x₃ about drift + ½ of that with variance 1.052083.

use plancast::result::Summary;
use plancast::study::{
    DecomposeRequest, DecompositionEnds, DiscoverRequest, PathsKind, Precision, Sampling, SensitivityRequest,
    SolveRequest, StudyError,
};
use plancast::{Options, Study};
use statrs::distribution::{ContinuousCDF, Normal};

const PATHS: u64 = 12_000;

fn model(drift: &str) -> Study {
    let text = format!(
        "[scenario]\nid = \"m{}\"\n[time]\nstart = 2020\nend = 2023\n[parameters]\ndrift = \"{drift}\"\nlift = 0\n[shocks]\neps = \"normal(0, 1)\"\n[variables]\nx = {{ start = \"0\", formula = \"0.5 * prev(x) + eps + drift\", report = true }}\n[metrics]\nlast = \"x@2023 + lift\"\n[targets]\nhigh = \"x@2023 >= 1\"\n[observations.x]\nvalues = {{ 2022 = 1 }}\nsd = 0.5\n",
        drift.replace('.', "-")
    );
    Study::from_text("test", &text).unwrap()
}

fn options() -> Options {
    Options::default().paths(PATHS).drivers(false)
}

/// Mean of x₃ and the odds that it is 1 or more.
fn exact(drift: f64) -> (f64, f64) {
    let m2 = 1.5 * drift;
    let mean = drift + 0.5 * (m2 + (1.0 - m2) * 5.0 / 6.0);
    (mean, Normal::new(mean, 1.052_083f64.sqrt()).unwrap().sf(1.0))
}

/// Of 16 seeds the differences scatter as their joint errors say (16 squares of normal numbers over their variance have a sum of 3.9 to
/// 40.8 but for one case in a thousand), and their mean is the closed form's within four of its errors.
#[test]
fn what_lies_between_scenarios_after_a_record_is_known_with_its_joint_error() {
    let (reference, alternative) = (model("0"), model("0.3"));
    let expected = [exact(0.3).0 - exact(0.0).0, exact(0.3).1 - exact(0.0).1, exact(0.3).0 - exact(0.0).0];
    let seeds = 16;
    let (mut away, mut squares, mut variances) = ([0.0; 3], [0.0; 3], [0.0; 3]);
    for seed in 1..=seeds {
        let found = reference.compare(&[&alternative], &options().paths(3_000).seed(seed)).unwrap();
        let difference = &found.alternatives[0].difference;
        assert!(difference.of_statistics);
        let (x, target) = (&difference.variables["x"], &difference.targets["high"]);
        assert!(x.ranks.is_empty() && target.gained.is_none());
        let median = x.absolute.quantile("0.5", 3);
        let mean = (x.absolute.mean[3].unwrap(), x.absolute.standard_error[3].unwrap());
        let odds = (target.change, target.standard_error.unwrap());
        assert!(target.low < target.change && target.change < target.high);
        let all = [mean, odds, (median.value.unwrap(), median.error.unwrap())];
        for (place, (value, error)) in all.into_iter().enumerate() {
            let off = value - expected[place];
            away[place] += off;
            squares[place] += (off / error) * (off / error);
            variances[place] += error * error;
        }
        // The same draws: much less than the errors of both apart.
        let side = |of: &Summary| of.variables["x"].standard_error[3].unwrap();
        let apart = side(&found.reference).hypot(side(&found.alternatives[0].summary));
        assert!(all[0].1 < 0.7 * apart, "{} {apart}", all[0].1);
    }
    for place in 0..3 {
        assert!(away[place].abs() < 4.0 * variances[place].sqrt(), "{place}: {away:?} {variances:?}");
        assert!((3.9..40.8).contains(&squares[place]), "{place}: {squares:?}");
    }
}

#[test]
fn a_scenario_does_not_differ_from_itself_after_a_record() {
    let one = model("0.3");
    let found = one.compare(&[&one], &options()).unwrap();
    let difference = &found.alternatives[0].difference;
    let (x, target) = (&difference.variables["x"], &difference.targets["high"]);
    assert_eq!((x.absolute.mean[3], x.absolute.standard_error[3]), (Some(0.0), Some(0.0)));
    assert_eq!((target.change, target.standard_error, target.low, target.high), (0.0, Some(0.0), 0.0, 0.0));
}

/// A scenario without a record beside one with it is the change that the record makes.
#[test]
fn with_and_without_a_record_are_held_against_each_other() {
    let with = model("0");
    let plain = with.scenario().clone();
    assert!(!plain.observations.is_empty());
    let text = "[scenario]\nid = \"plain\"\n[time]\nstart = 2020\nend = 2023\n[shocks]\neps = \"normal(0, 1)\"\n[variables]\nx = { start = \"0\", formula = \"0.5 * prev(x) + eps\", report = true }\n[targets]\nhigh = \"x@2023 >= 1\"\n";
    let plain = Study::from_text("plain", text).unwrap();
    let found = plain.compare(&[&with], &options()).unwrap();
    assert!(found.reference.evidence.is_none() && found.alternatives[0].summary.evidence.is_some());
    let change = &found.alternatives[0].difference.targets["high"];
    // x₃ has the variance 1 + 1/4 + 1/16 without the record.
    let before = Normal::new(0.0, 1.3125f64.sqrt()).unwrap().sf(1.0);
    let off = change.change - (exact(0.0).1 - before);
    assert!(off.abs() < 5.0 * change.standard_error.unwrap(), "{change:?}");
}

fn solved(study: &Study, goal: &str, lever: &str) -> (f64, f64) {
    let request = SolveRequest::new(goal).vary(lever).between("-1,2").paths(4_000);
    let answer = study.solve(&request).unwrap();
    let found = answer.found[0].solution.first().unwrap();
    (found.x, found.error)
}

/// Levers that move what follows the record, and one that the record speaks of too: with the drift d the mean of x₃ is 1.125 d + 5/12.
#[test]
fn goals_are_solved_for_among_the_futures_that_agree_with_a_record() {
    let study = model("0");
    let mean = exact(0.0).0;
    for (goal, lever, exact) in [
        ("p(last >= 1) = 50%", "lift", 1.0 - mean),
        ("quantile(last, 50%) = 1", "lift", 1.0 - mean),
        ("mean(last) >= 2", "lift", 2.0 - mean),
        ("mean(x@2023) = 1", "drift", (1.0 - mean) / 1.125),
    ] {
        let (x, error) = solved(&study, goal, lever);
        assert!(error > 0.0 && error < 0.05, "{goal}: {x} ± {error}");
        assert!((x - exact).abs() < 5.0 * error, "{goal}: {x} ± {error}, not {exact}");
    }
}

/// With a drift of 30 the record of 1 is beyond all paths.
#[test]
fn where_a_lever_contradicts_the_record_it_is_said() {
    let request = SolveRequest::new("mean(x@2023) = 40").vary("drift").between("0,60").paths(2_000);
    let refused = model("0").solve(&request).unwrap_err();
    let said = refused.to_string();
    assert!(matches!(refused, StudyError::Solve(_)), "{said}");
    assert!(said.starts_with("with drift at ") && said.contains("--between"), "{said}");
}

/// ∫ f(z) φ(z) dz by the midpoint rule.
fn over_normal(f: impl Fn(f64) -> f64) -> f64 {
    use statrs::distribution::Continuous;
    let (step, normal) = (1e-3, Normal::standard());
    (-8_000..8_000).map(|k| (f64::from(k) + 0.5) * step).map(|z| f(z) * normal.pdf(z) * step).sum()
}

/// x₁ after the record is normal about ⅓ with variance ⅚, and x₃ given it about 0.4 + 0.05 x₁ with variance 1.05.
#[test]
fn a_condition_holds_besides_the_record() {
    let found = model("0").run(&options().given("x@2021 >= 0")).unwrap().summary;
    let x1 = |z: f64| 1.0 / 3.0 + (5.0f64 / 6.0).sqrt() * z;
    let high = |x1: f64| Normal::new(0.4 + 0.05 * x1, 1.05f64.sqrt()).unwrap().sf(1.0);
    let share = over_normal(|z| f64::from(u8::from(x1(z) >= 0.0)));
    let exact = over_normal(|z| if x1(z) >= 0.0 { high(x1(z)) } else { 0.0 }) / share;
    let mean = over_normal(|z| if x1(z) >= 0.0 { x1(z) } else { 0.0 }) / share;
    let odds = &found.targets["high"].probability;
    assert!((odds.probability - exact).abs() < 5.0 * odds.standard_error.unwrap(), "{odds:?} {exact}");
    let x = &found.variables["x"];
    assert!((x.mean[1].unwrap() - mean).abs() < 5.0 * x.standard_error[1].unwrap(), "{:?} {mean}", x.mean);
    assert!(x.minimum[1].unwrap() >= 0.0);
    // The prior is that of the same condition, and the likelihood that of the record alone.
    let prior = &found.prior.as_ref().unwrap().variables["x"];
    assert!(prior.minimum[1].unwrap() >= 0.0);
    let (evidence, given) = (found.evidence.as_ref().unwrap(), found.given.as_ref().unwrap());
    assert!((evidence.log_likelihood + 1.455_004).abs() < 5.0 * evidence.standard_error, "{evidence:?}");
    assert_eq!(given.among, PATHS);
    let whole = model("0").run(&options()).unwrap().summary.evidence.unwrap();
    let kept = evidence.effective_paths / whole.effective_paths;
    assert!((0.3..0.9).contains(&kept), "{kept} {share}");
}

/// Both scenarios among the paths on which the condition holds in them.
#[test]
fn scenarios_are_compared_on_a_condition_besides_the_record() {
    let (one, other) = (model("0"), model("0.3"));
    let asked = options().given("x@2021 >= 0");
    let found = one.compare(&[&other], &asked).unwrap();
    let alone = |study: &Study| study.run(&asked).unwrap().summary.variables["x"].mean[3].unwrap();
    let difference = &found.alternatives[0].difference.variables["x"].absolute;
    assert_eq!(difference.mean[3].unwrap(), alone(&other) - alone(&one));
    assert!(found.reference.given.is_some() && difference.standard_error[3].unwrap() > 0.0);
}

#[test]
fn a_table_of_paths_has_what_each_weighs() {
    let study = model("0");
    let asked = options().paths(4_000);
    let paths = study.paths(&asked).unwrap();
    assert_eq!((paths.items[0].name.as_str(), paths.items[0].kind), ("weight", PathsKind::Weight));
    let weights = paths.values.column(0);
    assert!((weights.mean().unwrap() - 1.0).abs() < 1e-12);
    let last = paths.items.iter().find(|item| item.name == "x").unwrap().column + 3;
    let mean = weights.iter().zip(paths.values.column(last)).map(|(w, x)| w * x).sum::<f64>() / 4_000.0;
    let run = study.run(&asked).unwrap();
    // Weights are counted in whole parts of 2⁻¹⁶.
    assert!((mean - run.variable("x").unwrap().mean[3].unwrap()).abs() < 1e-4, "{mean}");
    let plain = study.paths(&asked.unobserved()).unwrap();
    assert_eq!(plain.values.ncols() + 1, paths.values.ncols());
}

#[test]
fn paths_are_added_until_the_odds_after_a_record_are_known() {
    let wanted = Precision { statistic: None, error: 0.01, most_paths: 1 << 16 };
    let run = model("0").run(&Options::default().drivers(false).until(wanted.clone())).unwrap().summary;
    let found = run.convergence.as_ref().unwrap();
    assert!(found.reached && *found.paths.last().unwrap() == run.paths, "{found:?}");
    let error = run.targets["high"].probability.standard_error.unwrap();
    assert!((0.005..=0.01).contains(&error), "{error}");
    // It is the run of as many paths.
    let same = model("0").run(&options().paths(run.paths)).unwrap().summary;
    assert_eq!((same.fingerprint, same.evidence), (run.fingerprint, run.evidence));
    let of_one = Precision { statistic: Some("mean(x@2023)".into()), ..wanted };
    let refused = model("0").run(&Options::default().until(of_one)).unwrap_err();
    assert!(matches!(refused, StudyError::ObservedUntil), "{refused}");
}

/// Of a level that is uniform in 0..1 and observed as 0.3, as x and with an error, both of 0.1: normal about 0.3 with variance 0.02,
/// within 0..1. It misses the target below 0.25.
#[test]
fn the_futures_in_which_a_target_is_missed_are_those_after_the_record() {
    let text = "[time]\nstart = 2020\nend = 2021\n[parameters]\nlevel = \"uniform(0, 1)\"\ninert = \"normal(0, 1)\"\n[shocks]\neps = \"normal(0, 0.1)\"\n[variables]\nx = \"level + eps\"\ny = \"inert\"\n[targets]\nmet = \"level >= 0.25\"\n[observations.x]\nvalues = { 2021 = 0.3 }\nsd = 0.1\n";
    let study = Study::from_text("test", text).unwrap();
    let found = study.discover(&DiscoverRequest::new("met").paths(PATHS)).unwrap();
    let below = |x: f64| Normal::new(0.3, 0.02f64.sqrt()).unwrap().cdf(x);
    let exact = (below(0.25) - below(0.0)) / (below(1.0) - below(0.0));
    let error = (exact * (1.0 - exact) / found.sample.paths as f64).sqrt();
    assert!((found.missed - exact).abs() < 5.0 * error, "{} ± {error}, not {exact}", found.missed);
    assert!(found.sample.paths < PATHS && found.observed["x"] == [2021]);
    let limit = &found.boxes[0].limits[0];
    assert_eq!(found.inputs[limit.input].name, "level");
    assert!((limit.high.unwrap().value - 0.25).abs() < 0.03, "{limit:?}");
    // Before the record every level was as likely.
    let text = text.split("[observations").next().unwrap();
    let before = Study::from_text("test", text).unwrap().discover(&DiscoverRequest::new("met").paths(PATHS));
    assert!((before.unwrap().missed - 0.25).abs() < 0.02);
}

/// From x₁ to x₃, whose means after the record are ⅓ and 5/12.
#[test]
fn a_change_between_years_is_shared_out_after_the_record() {
    let ends = DecompositionEnds::Years { from: 2021, to: 2023 };
    let request = DecomposeRequest::new("x", ends).by("own=x").paths(PATHS);
    let found = model("0").decompose(&request).unwrap();
    let effects = &found.effects.additive[0];
    let n = effects.len() as f64;
    assert_eq!(found.sample.paths as f64, n);
    let mean = effects.iter().sum::<f64>() / n;
    // The variance of x₃ − x₁ is at most (√1.053 + √⅚)².
    assert!((mean - 1.0 / 12.0).abs() < 5.0 * 2.0 / n.sqrt(), "{mean}");
    assert!(n > 1_000.0 && n < PATHS as f64, "{n}");
}

#[test]
fn what_has_no_answer_after_a_record_says_why_and_what_to_do_instead() {
    let study = model("0");
    let refused = [
        study.run(&options().sampling(Sampling::Sobol)).map(drop).unwrap_err(),
        study.sensitivity(&SensitivityRequest::default()).map(drop).unwrap_err(),
    ];
    for (refused, instead) in refused.iter().zip(["--sampling random", "discover"]) {
        let said = refused.to_string();
        assert!(said.contains(instead) && said.contains("--unobserved"), "{said}");
    }
}

/// Two normal worlds: 0.7 N(1.5; 0, 1.25) against 0.3 N(1.5; 2, 1.25).
#[test]
fn a_record_changes_the_weights_of_a_pool_as_the_formula_of_bayes_says() {
    use statrs::distribution::Continuous;
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).display().to_string();
    for (name, level) in [("low", 0), ("high", 2)] {
        let text = format!(
            "[scenario]\nid = \"{name}\"\n[time]\nstart = 2020\nend = 2021\n[shocks]\neps = \"normal(0, 1)\"\n[variables]\nx = \"{level} + eps\"\n"
        );
        std::fs::write(place(&format!("{name}.toml")), text).unwrap();
    }
    let pool = "[pool]\nworlds = [{ scenario = \"low.toml\", weight = 0.7 }, { scenario = \"high.toml\", weight = 0.3 }]\n";
    std::fs::write(place("pool.toml"), pool).unwrap();
    std::fs::write(place("record.csv"), "variable,year,value,sd\nx,2021,1.5,0.5\n").unwrap();
    let study = Study::open(&place("pool.toml")).unwrap();
    let refused = study.run(&options().observed(place("record.csv"))).unwrap_err();
    let StudyError::ObservedPool { worlds } = &refused else { panic!("{refused}") };
    let density = |mean: f64| Normal::new(mean, 1.25f64.sqrt()).unwrap().pdf(1.5);
    let (low, high) = (0.7 * density(0.0), 0.3 * density(2.0));
    for (world, (weight, exact)) in worlds.iter().zip([(0.7, low / (low + high)), (0.3, high / (low + high))])
    {
        assert_eq!(world.weight, weight);
        let error = exact * (1.0 - exact) * (worlds[0].standard_error + worlds[1].standard_error);
        assert!((world.weight_after - exact).abs() < 5.0 * error + 1e-3, "{world:?} {exact}");
    }
}
