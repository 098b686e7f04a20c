//! Pools of several worlds: what they come to in closed form, and that a path is that of its world, bit for bit.

use plancast::engine;
use plancast::model::{RecordedVariables, compile};
use plancast::num::normal;
use plancast::result::json;
use plancast::scenario::load;
use plancast::study::{Diagnostics, Verdict};
use plancast::{Options, Study};

/// A pool of worlds in which x is as said, each with its weight.
fn pool(worlds: &[(&str, f64)], more: &str) -> String {
    let mut text = "[scenario]\nid = \"pool\"\n".to_owned();
    for (number, (x, weight)) in worlds.iter().enumerate() {
        text += &format!(
            "[[pool.worlds]]\nname = \"w{number}\"\nweight = {weight}\n{}",
            world(x).replace("\n[", "\n[pool.worlds.scenario.")
        );
    }
    text + more
}

/// A world in which x is as said.
fn world(x: &str) -> String {
    format!(
        "\n[time]\nstart = 2020\nend = 2021\n[parameters.input]\nvalue = \"{x}\"\n[variables.y]\nformula = \"input\"\nreport = true\n\
         [metrics.x]\nformula = \"input\"\n"
    )
}

const TWO: [(&str, f64); 2] = [("normal(0, 1)", 0.6), ("normal(3, 2)", 0.4)];

fn options(paths: u64) -> Options {
    Options::default().paths(paths).seed(5)
}

/// Of 200 000 paths; each estimate lies within five standard errors but for one case in a million.
#[test]
fn two_normals_have_the_moments_quantiles_odds_and_shares_of_their_mixture() {
    let text = pool(&TWO, "[targets]\nhigh = \"x >= 2\"\n");
    let run = Study::from_text("pool", &text).unwrap().run(&options(200_000)).unwrap();
    let n = 200_000_f64;
    let x = run.metric("x").unwrap();
    // The mean is 0.4 · 3; the variance is that within, 0.6 · 1 + 0.4 · 4, and that between, 0.6 · 1.2² + 0.4 · 1.8².
    let variance: f64 = 2.2 + 2.16;
    assert!((x.mean.unwrap() - 1.2).abs() < 5.0 * (2.2 / n).sqrt(), "{:?}", x.mean);
    assert!((x.sd.unwrap() - variance.sqrt()).abs() < 0.02, "{:?}", x.sd);
    let cdf = |x: f64| 0.6 * normal::cdf(x) + 0.4 * normal::cdf((x - 3.0) / 2.0);
    let density = |x: f64| (cdf(x + 1e-4) - cdf(x - 1e-4)) / 2e-4;
    for level in [0.05, 0.5, 0.95] {
        let same = |key: &&String| key.parse::<f64>() == Ok(level);
        let found = x.quantiles.iter().find(|(key, _)| same(key)).and_then(|(_, value)| *value).unwrap();
        let (mut low, mut high) = (-10.0, 20.0);
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            if cdf(middle) < level { low = middle } else { high = middle }
        }
        let error = (level * (1.0 - level) / n).sqrt() / density(low);
        assert!((found - low).abs() < 5.0 * error + 1e-3, "{level}: {found}, not {low}");
    }
    let odds = run.probability("high").unwrap().probability;
    assert!((odds - (1.0 - cdf(2.0))).abs() < 5.0 * (0.29 * 0.71 / n).sqrt(), "{odds}");
    // The input has the same draw in both worlds: given it the mean is 1.2 + 1.4 z, and given the world 0 or 3.
    let share = |name: &str| {
        let list = &run.summary.sensitivity["x"];
        list.iter().find(|one| one.input == name).map(|one| (one.first_order, one.standard_error)).unwrap()
    };
    for (name, truth) in [("world", 2.16 / variance), ("input", 1.96 / variance)] {
        let (found, error) = share(name);
        assert!(
            (found - truth).abs() < 5.0 * error + 0.01 && error < 0.02,
            "{name}: {found} ± {error}, not {truth}"
        );
    }
}

#[test]
fn weights_hold_to_a_path_whatever_the_number_of_paths() {
    let worlds = [("1", 0.6), ("2", 0.2), ("3", 0.2)];
    let text = pool(&worlds, "[targets]\none = \"x == 1\"\ntwo = \"x == 2\"\nthree = \"x == 3\"\n");
    let study = Study::from_text("pool", &text).unwrap();
    for paths in [1000, 1001, 1237, 7919, 100_000] {
        let run = study.run(&options(paths)).unwrap();
        for (name, (_, weight)) in ["one", "two", "three"].iter().zip(worlds) {
            let probability = run.probability(name).unwrap().probability;
            assert!((probability - weight).abs() < 1.0 / paths as f64, "{name} of {paths}: {probability}");
        }
    }
    let run = study.run(&options(1000)).unwrap();
    assert_eq!(run.metric("x").unwrap().mean, Some(1.6));
    assert_eq!(run.target("one").unwrap().probability.probability, 0.6);
}

/// The outlook's paths are those of the built-in scenarios run alone: every headline and target.
#[test]
fn a_path_has_the_values_that_it_has_in_its_world_alone() {
    let compiled = |name: &str| {
        let mut loaded = load(name, &[]);
        let model = compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
        (model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics)), loaded.scenario)
    };
    let (outlook, scenario) = compiled("outlook");
    let pool = scenario.pool.unwrap();
    let pooled = engine::paths(&outlook.program, 3, 100..900);
    for (number, world) in pool.worlds.iter().enumerate() {
        let (alone, _) = compiled(&world.name);
        let own = engine::paths(&alone.program, 3, 100..900);
        let names = |labels: &plancast::model::Labels| -> Vec<(String, u32)> {
            let variables = labels.variables.iter().flat_map(|label| {
                let years = 0..=(label.last_year - label.first_year) as u32;
                years.map(|year| (format!("{}+{year}", label.name), label.first_series + year))
            });
            variables.chain(labels.metrics.iter().map(|label| (label.name.clone(), label.series))).collect()
        };
        let (common, theirs) = (names(&outlook.labels), names(&alone.labels));
        assert_eq!(common.len(), theirs.len(), "{}", world.name);
        let mine = (100..900).filter(|path| pool.sequence().at(*path) == number);
        for row in mine.map(|path| path as usize - 100) {
            for (name, series) in &common {
                let other = theirs.iter().find(|(other, _)| other == name).unwrap().1;
                let (a, b) = (pooled.series[[row, *series as usize]], own.series[[row, other as usize]]);
                assert_eq!(a.to_bits(), b.to_bits(), "{name} on {row} in {}", world.name);
            }
            for target in 0..outlook.labels.targets.len() {
                assert_eq!(outlook.labels.targets[target].name, alone.labels.targets[target].name);
                let (a, b) = (pooled.targets[[row, target]], own.targets[[row, target]]);
                assert_eq!(a.to_bits(), b.to_bits(), "target {target} on {row} in {}", world.name);
            }
        }
    }
}

#[test]
fn a_pool_of_one_world_is_that_world() {
    let targets = "[targets]\nhigh = \"x >= 2\"\n";
    let one = Study::from_text("pool", &pool(&[("normal(1, 1)", 1.0)], targets)).unwrap();
    let alone = Study::from_text("world", &(world("normal(1, 1)") + targets)).unwrap();
    let [one, alone] = [one, alone].map(|study| study.run(&options(20_000)).unwrap().summary);
    assert_eq!((one.variables, one.metrics, one.targets), (alone.variables, alone.metrics, alone.targets));
}

#[test]
fn threads_leave_no_trace() {
    let text = pool(&[("normal(0, 1)", 0.6), ("uniform(1, 4)", 0.3), ("bernoulli(10%)", 0.1)], "");
    let study = Study::from_text("pool", &text).unwrap();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| json::write(&study.run(&options(30_001)).unwrap().summary).unwrap())
    };
    assert_eq!(on(1), on(3));
}

/// The mean is 1.2, its error 0.003.
#[test]
fn gates_are_judged_on_the_pool() {
    let text = pool(
        &TWO,
        "[gates]\n\"not above\" = \"mean(x) >= 1.25\"\n\"above\" = \"mean(x) >= 1.15 and p(x >= 2) <= 30%\"\n",
    );
    let found = Study::from_text("pool", &text).unwrap().check(&options(100_000)).unwrap();
    let verdicts: Vec<_> = found.gates.iter().map(|gate| gate.verdict).collect();
    assert_eq!(verdicts, [Verdict::Fail, Verdict::Pass]);
}

/// What only one world has of its own (a branch that decides the mean) is looked at on that world's paths.
#[test]
fn a_rare_case_of_one_world_leaves_a_mean_undecided() {
    let rare = "if(input < 1e-7, -1e9, 1)";
    let text = pool(&[("uniform(0, 1)", 0.5), ("uniform(0, 2)", 0.5)], "").replacen(
        "\"input\"",
        &format!("\"{rare}\""),
        1,
    ) + "[metrics]\nz = \"y@2021\"\n[gates]\ngood = \"mean(z) >= 0\"\n";
    let found = Study::from_text("pool", &text).unwrap().check(&options(2_000)).unwrap();
    assert_eq!(found.gates[0].verdict, Verdict::Undecided, "{:?}", found.gates[0]);
}

/// Against a world of its own that has half of the paths, the other half of the paths differs and no other.
#[test]
fn a_pool_is_compared_path_by_path() {
    let targets = "[targets]\nhigh = \"x >= 1\"\n";
    let both =
        Study::from_text("pool", &pool(&[("normal(0, 1)", 0.5), ("normal(3, 1)", 0.5)], targets)).unwrap();
    let alone = Study::from_text("alone", &(world("normal(0, 1)") + targets)).unwrap();
    let found = alone.compare(&[&both], &options(20_000)).unwrap();
    let x = &found.alternatives[0].difference.metrics["x"];
    // Where the worlds are the same the difference is 0, elsewhere it is 3.
    assert!((x.absolute.mean.unwrap() - 1.5).abs() < 1e-9, "{x:?}");
}

#[test]
fn a_value_is_changed_in_every_world_that_has_it_and_nowhere_else_is_an_error() {
    let study = Study::from_text("pool", &pool(&TWO, "")).unwrap();
    let changed = study.set("input", "7").unwrap().run(&options(1000)).unwrap();
    assert_eq!(changed.metric("x").unwrap().mean, Some(7.0));
    let refused = study.set("inputt", "7").unwrap_err().to_string();
    assert!(refused.contains("inputt"), "{refused}");
    assert_eq!(refused.lines().count(), 1, "{refused}");
}

#[test]
fn a_pool_that_is_written_down_is_the_same_pool() {
    let study = Study::open("outlook").unwrap();
    let prepared = study.prepare(&options(2_000)).unwrap();
    let first = prepared.run(plancast::study::Watch::default()).unwrap().summary;
    let again = Study::from_text("again", &prepared.sources(2_000).scenario).unwrap();
    let second = again.run(&Options::default()).unwrap().summary;
    assert_eq!(first.fingerprint, second.fingerprint);
    assert_eq!(
        again.prepare(&Options::default()).unwrap().sources(2_000).scenario,
        prepared.sources(2_000).scenario
    );
}

/// Sobol points have the world as a dimension of their own: the mean of 0.6 · 0 + 0.4 · 3 is met to a thousandth.
#[test]
fn points_of_a_sampling_choose_the_world_by_a_draw_of_its_own() {
    let study = Study::from_text("pool", &pool(&TWO, "")).unwrap();
    for sampling in [plancast::study::Sampling::Sobol, plancast::study::Sampling::LatinHypercube] {
        let run = study.run(&options(65_536).sampling(sampling)).unwrap();
        let mean = run.metric("x").unwrap().mean.unwrap();
        assert!(
            (mean - 1.2).abs() < 0.002
                || sampling != plancast::study::Sampling::Sobol && (mean - 1.2).abs() < 0.02,
            "{sampling}: {mean}"
        );
    }
}

/// In the world of the wide normal 69 % of the paths are above 2, in the other 2 %: on these paths the mean of x is that of both
/// tails.
#[test]
fn a_condition_holds_on_paths_of_all_worlds() {
    let study = Study::from_text("pool", &pool(&TWO, "")).unwrap();
    let run = study.run(&options(100_000).given("x >= 2")).unwrap();
    // The truncated mean of N(m, s) above 2 is m + s φ(a) / (1 − Φ(a)), a = (2 − m) / s.
    let density = |x: f64| plancast::num::exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt();
    let (p, q) = (0.6 * (1.0 - normal::cdf(2.0)), 0.4 * normal::cdf(0.5));
    let truth = (0.6 * density(2.0) + 0.4 * (3.0 * normal::cdf(0.5) + 2.0 * density(-0.5))) / (p + q);
    let mean = run.metric("x").unwrap().mean.unwrap();
    assert!((mean - truth).abs() < 0.05, "{mean}, not {truth}");
}

#[test]
fn what_only_some_worlds_have_is_left_out_and_said() {
    let text = pool(&TWO, "").replacen(
        "[pool.worlds.scenario.metrics.x]",
        "[pool.worlds.scenario.metrics.only]\nformula = \"2 * input\"\n[pool.worlds.scenario.metrics.x]",
        1,
    );
    let study = Study::from_text("pool", &text).unwrap();
    let told: Diagnostics = study.warnings();
    assert!(told.to_string().contains("only some of the worlds have only: left out"), "{told}");
    assert!(study.run(&options(500)).unwrap().metric("only").is_err());
}

/// In one world the inputs are columns of which rows are drawn, in the other each is drawn by itself: all drive the result.
#[test]
fn an_input_that_is_drawn_otherwise_in_another_world_is_known_among_the_drivers() {
    let text = pool(&TWO, "").replacen("normal(0, 1)", "resample(-1, 0, 1, 2)", 1);
    let run = Study::from_text("pool", &text).unwrap().run(&options(20_000)).unwrap();
    let names: Vec<&str> = run.summary.sensitivity["x"].iter().map(|one| one.input.as_str()).collect();
    assert!(names.contains(&"world") && names.len() >= 2, "{names:?}");
}

/// Two worlds in turn, in which z has the variance 2 over two years and its mean moves: the worlds are 0 and 20 apart after two
/// years, a variance of 100, so that z has 2 of 102. Of twenty seeds more than five are outside by chance once in three
/// thousand cases.
#[test]
fn the_draws_of_a_pool_whose_worlds_take_turns_have_their_shares() {
    let walk = |mean: f64| {
        format!(
            "scenario.time.start = 2020\nscenario.time.end = 2022\n\
             scenario.shocks.z = \"normal({mean}, 1)\"\n\
             scenario.variables.x = {{ start = \"0\", formula = \"z + prev(x)\", report = true }}\n"
        )
    };
    for (means, exact) in [([0.0, 10.0], 2.0 / 102.0), ([0.0, 1.0], 2.0 / 3.0)] {
        let worlds =
            means.map(|mean| format!("[[pool.worlds]]\nname = \"w{mean}\"\nweight = 0.5\n{}", walk(mean)));
        let text = format!("[scenario]\nid = \"pool\"\n{}", worlds.concat());
        let study = Study::from_text("pool", &text).unwrap();
        let (mut outside, mut of_world) = (0, 0);
        for seed in 1..=20 {
            let run = study.run(&options(4000).seed(seed)).unwrap();
            let drivers = &run.summary.drivers["x@2022"];
            outside += i32::from((drivers.shocks - exact).abs() > 1.96 * drivers.shocks_error);
            of_world +=
                i32::from((drivers.parameters - (1.0 - exact)).abs() > 1.96 * drivers.parameters_error);
            assert!(drivers.shocks_error < 0.04 && drivers.parameters_error < 0.04, "{drivers:?}");
            assert!(drivers.unexplained < 0.02 + 3.0 * drivers.standard_error, "{drivers:?}");
        }
        assert!(outside <= 5 && of_world <= 5, "{means:?}: {outside} and {of_world} of 20");
    }
}
