//! Results among the paths on which a condition holds.

use crate::common::Case;
use plancast::engine::{PairedProgram, RunRequest, Watch, simulate_given, simulate_together_given};
use plancast::result::compare;

/// Two normals with correlation 0.6: given x ≥ 1, y has mean 0.6 λ with λ = φ(1) / (1 − Φ(1)).
const PAIR: &str = r#"
[scenario]
title = "Pair"
[time]
start = 2020
end = 2021
[parameters]
a = "normal(0, 1)"
b = "normal(0, 1)"
[variables]
x = "a"
y = "0.6 * a + 0.8 * b"
[metrics]
condition = "x@2021 >= 1"
[targets]
positive = { require = "y@2021 >= 0" }
"#;

/// Six standard errors: fails by chance once in 5e8 seeds.
#[test]
fn the_mean_given_a_condition_is_that_of_the_formula() {
    let case = Case::of(PAIR);
    let condition = case.model.labels.metrics[0].series;
    let run = |threads| {
        let request = RunRequest { seed: 1, paths: 100_001, threads: Some(threads) };
        simulate_given(&case.model.program, &[], &request, condition, Watch::default()).unwrap()
    };
    let ensemble = run(2);
    let share = ensemble.paths as f64 / 100_001.0;
    assert!((share - 0.158655).abs() < 6.0 * (0.1587 * 0.8413 / 1e5_f64).sqrt(), "{share}");
    let tally = case.tally(&ensemble, "y", 2021);
    let exact = 0.6 * 0.24197072451914337 / 0.15865525393145705;
    let error = (tally.variance().unwrap() / ensemble.paths as f64).sqrt();
    assert!((tally.mean().unwrap() - exact).abs() < 6.0 * error);
    assert_eq!(tally.finite, ensemble.paths);
    assert!(ensemble.odds.met[0] > ensemble.paths * 4 / 5);
    assert_eq!(crate::common::digest(&ensemble), crate::common::digest(&run(1)));
}

/// The alternative is as good as the reference but for 0.5 more of y, and its x is 0.2 less: it is more than 1 on fewer
/// paths. On those on which both are, a ≥ 1.2: λ = φ(1.2) / (1 − Φ(1.2)).
#[test]
fn a_comparison_is_made_where_the_condition_holds_in_every_scenario() {
    let (reference, other) = (
        Case::of(PAIR),
        Case::of(&PAIR.replace(r#"x = "a""#, r#"x = "a - 0.2""#).replace("0.8 * b\"", "0.8 * b + 0.5\"")),
    );
    let models = [&reference.model, &other.model];
    let sides: Vec<PairedProgram> =
        models.iter().map(|model| PairedProgram { program: &model.program, groups: Vec::new() }).collect();
    let pairs = [compare::common(&reference.model.labels, &other.model.labels).pairs()];
    let conditions = models.map(|model| model.labels.metrics[0].series);
    let run = |threads| {
        let request = RunRequest { seed: 1, paths: 100_001, threads: Some(threads) };
        simulate_together_given(&sides, &pairs, &conditions, &request, Watch::default()).unwrap()
    };
    let together = run(3);
    let paths = together.ensembles[0].paths;
    assert!((paths as f64 / 100_001.0 - 0.115_069_670).abs() < 6.0 * (0.115 * 0.885 / 100_001.0_f64).sqrt());
    assert_eq!((together.ensembles[1].paths, together.differences[0].paths), (paths, paths));
    let exact = 0.6 * 0.194_186_054_983_212_95 / 0.115_069_670_221_708_28;
    for (case, ensemble, exact) in
        [(&reference, &together.ensembles[0], exact), (&other, &together.ensembles[1], exact + 0.5)]
    {
        let tally = &ensemble.series[case.series("y", 2021)];
        let error = (tally.variance().unwrap() / paths as f64).sqrt();
        assert!((tally.mean().unwrap() - exact).abs() < 6.0 * error, "{:?} {exact}", tally.mean());
        // Given the condition it holds: as a metric it is 1 everywhere.
        assert_eq!(ensemble.series[case.model.labels.metrics[0].series as usize].mean(), Some(1.0));
    }
    let place =
        pairs[0].series.iter().position(|pair| pair.reference as usize == reference.series("y", 2021));
    let difference = &together.differences[0].series[place.unwrap()];
    assert!((difference.absolute.mean().unwrap() - 0.5).abs() < 1e-9);
    assert_eq!(difference.above, paths);
    let one = run(1);
    assert_eq!(crate::common::digest(&together.ensembles[1]), crate::common::digest(&one.ensembles[1]));
    assert_eq!(together.differences, one.differences);
}
