//! How often gates are decided rightly, against cases whose truth is known.

use crate::common::{Case, numbers};
use plancast::analysis::gates::{Extremes, Judged, Plan, Verdict, judge, standard_error};
use plancast::engine::{Growing, Watch};
use plancast::model::{Model, RecordedVariables, compile_with_gates};
use plancast::scenario;

fn model(gates: &[&str]) -> Model {
    let gates: String = gates.iter().flat_map(|gate| ["\"", gate, "\" = \"", gate, "\"\n"]).collect();
    let text = format!(
        "[time]\nstart = 2020\nend = 2021\n[parameters]\nu = \"uniform(0, 1)\"\nz = \"normal(0, 1)\"\n\
         [variables]\nx = {{ start = \"0\", formula = \"u\" }}\ny = {{ start = \"0\", formula = \"z\" }}\n\
         [targets]\nmet = \"x@2021 <= 0.52\"\nlow = \"x@2021 <= 0.26\"\n[gates]\n{gates}"
    );
    let mut loaded = scenario::load::from_text("case", &text);
    let model = compile_with_gates(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
    model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// Looks until the gate is decided, as the command does.
fn decide(model: &Model, number: usize, plan: &Plan, seed: u64) -> Judged {
    let mut growing = Growing::new(&model.judging, &[], None, seed, None);
    let extremes = Extremes::new(&model.judging, seed);
    let mut last = None;
    for &look in &plan.looks {
        let ensemble = growing.to(look, Watch::default()).unwrap();
        let judged = judge(&model.gates[number], &ensemble, &extremes, plan);
        let decided = judged.verdict != Verdict::Undecided;
        last = Some(judged);
        if decided {
            break;
        }
    }
    last.unwrap()
}

/// The verdicts of 1000 seeded repetitions.
fn verdicts(gate: &str, plan: &Plan) -> [usize; 3] {
    let model = model(&[gate]);
    let mut count = [0; 3];
    for seed in 0..1000 {
        count[decide(&model, 0, plan, seed).verdict as usize] += 1;
    }
    count
}

/// The probability is 0.52: at a confidence of 99 % at most 1 % of the decisions may be wrong, and with up to 64 000
/// paths (a margin of ten standard errors) none may stay open. Wrong decisions are binomial with a probability
/// below 0.01; more than 10 of 1000 would mean a stated confidence that is not kept, or bad luck of one in two.
/// Bonferroni's inequality is far from tight here: 0 to 4 are seen.
#[test]
fn a_gate_is_decided_rightly_in_99_of_100_repetitions() {
    let plan = Plan::new(1000, 64_000, 0.99);
    let [pass, undecided, fail] = verdicts("p(met) >= 50%", &plan);
    assert!(pass >= 990, "{pass} passed, {undecided} undecided, {fail} failed");
    let [pass, undecided, fail] = verdicts("p(met) >= 54%", &plan);
    assert!(fail >= 990, "{pass} passed, {undecided} undecided, {fail} failed");
}

/// On the edge nothing can be decided, and the many looks must not decide it by chance.
#[test]
fn a_gate_on_the_edge_is_decided_by_chance_in_less_than_1_of_100_repetitions() {
    let plan = Plan::new(1000, 16_000, 0.99);
    let [pass, undecided, fail] = verdicts("p(met) >= 52%", &plan);
    assert!(pass + fail <= 10, "{pass} passed, {undecided} undecided, {fail} failed");
}

/// The other statistics, each against a bound 6 to 20 standard errors (of the most paths) from its truth.
#[test]
fn gates_on_other_statistics_are_decided_rightly_too() {
    let gates = [
        ("mean(y@2021) <= 0.03", Verdict::Pass),
        ("sd(y@2021) >= 0.97", Verdict::Pass),
        ("quantile(y@2021, 5%) >= -1.6", Verdict::Fail),
        ("quantile(y@2021, 5%) >= -1.7", Verdict::Pass),
        ("expected_shortfall(y@2021, 10%) >= -1.7", Verdict::Fail),
        ("p(low given met) >= 0.48", Verdict::Pass),
        ("p(low given met) >= 0.52", Verdict::Fail),
        ("p(met) >= 0.4 and not (p(low) > 0.3)", Verdict::Pass),
        ("p(met) - p(low) >= 0.24", Verdict::Pass),
    ];
    let names: Vec<&str> = gates.iter().map(|(gate, _)| *gate).collect();
    let model = model(&names);
    let plan = Plan::new(4000, 128_000, 0.99);
    for (number, (gate, right)) in gates.iter().enumerate() {
        let seeds = numbers(30, 100);
        let decided =
            (0..seeds).filter(|seed| decide(&model, number, &plan, *seed).verdict == *right).count();
        assert!(decided as u64 * 50 >= seeds * 49, "{gate}: {decided} of {seeds} right");
    }
}

#[test]
fn every_built_in_scenario_with_gates_compiles_with_them() {
    let case = Case::load("plan", &[], &RecordedVariables::Headlines);
    let mut loaded = scenario::load("plan", &[]);
    let judged =
        compile_with_gates(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics).unwrap();
    assert_eq!(judged.gates.len(), loaded.scenario.gates.len());
    assert!(!judged.gates.is_empty() && case.model.gates.is_empty());
    assert!(judged.program == case.model.program && judged.judging.series > 0);
}

/// A quantile beside a jump: the error that `--until` looks at is no less than that of a run's summary.
#[test]
fn the_error_of_a_quantile_is_at_least_that_of_the_summary() {
    let model = model(&["quantile(x@2021, 50%) >= 0"]);
    let jump = lump();
    for (model, number) in [(&model, 0), (&jump, 0)] {
        let statistic = &model.gates[number].statistics[0];
        for seed in 0..20 {
            let ensemble =
                Growing::new(&model.judging, &[], None, seed, None).to(4096, Watch::default()).unwrap();
            let extremes = Extremes::new(&model.judging, seed);
            let error = standard_error(statistic, &ensemble, &extremes).unwrap();
            let summary = ensemble.series[statistic.series as usize].quantile_error(0.5).unwrap();
            assert!(error >= summary, "{seed}: {error}, not {summary}");
        }
    }
}

/// 0 on 50.3 % of the paths, else 100.
fn lump() -> Model {
    let text = "[time]\nstart = 2020\nend = 2021\n[parameters]\nu = \"uniform(0, 1)\"\n[variables]\n\
                jump = \"if(u < 0.503, 0, 100)\"\n[gates]\ng = \"quantile(jump@2021, 50%) <= 0\"\n";
    let mut loaded = scenario::load::from_text("case", text);
    let model = compile_with_gates(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
    model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// The spread of values of 1e±200, 0.1 times their scale, is neither nothing nor unknown: wrong in less than 1 of 100 seeds each.
#[test]
fn gates_do_not_depend_on_the_scale() {
    for scale in ["1e-200", "1e200"] {
        let text = format!(
            "[time]\nstart = 2020\nend = 2021\n[parameters]\nz = \"normal(3, 0.1)\"\n[variables]\n\
             x = \"{scale} * z\"\n[gates]\nsmall = \"sd(x@2021) <= 0.05 * {scale}\"\n\
             large = \"sd(x@2021) >= 0.05 * {scale}\"\nmean = \"mean(x@2021) >= 2.9 * {scale}\"\n\
             shortfall = \"expected_shortfall(x@2021, 10%) >= 2.5 * {scale}\"\n"
        );
        let mut loaded = scenario::load::from_text("case", &text);
        let model =
            compile_with_gates(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
        let model = model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        let plan = Plan::new(4000, 32_000, 0.99);
        let found: Vec<Verdict> = (0..4).map(|number| decide(&model, number, &plan, 1).verdict).collect();
        assert_eq!(found, [Verdict::Fail, Verdict::Pass, Verdict::Pass, Verdict::Pass], "{scale}");
    }
}
