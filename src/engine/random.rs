//! Random programs, and what must hold for every one of them.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::ensemble::Ensemble;
use crate::model::{Binary, Fused, Instruction, MOST_SUMMED, Op, Operand, Program, ScaledSlot, Unary};
use crate::num::draw::{Column, uniform_column};
use crate::num::{Distribution, LookupTable};

const SLOTS: u32 = 6;
const SERIES: u32 = 4;
const TARGETS: u32 = 3;
const TERMS: u32 = 12;
/// Terms of the longest weighted sum.
const LONGEST: u32 = MOST_SUMMED as u32;

fn constant() -> impl Strategy<Value = f64> {
    let special = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        2.0,
        1e-300,
        1e300,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MIN_POSITIVE,
        5e-324,
    ];
    prop_oneof![prop::sample::select(special.to_vec()), -10.0..10.0, any::<f64>()]
}

fn operand() -> impl Strategy<Value = Operand> {
    prop_oneof![3 => (0..SLOTS).prop_map(Operand::Slot), 1 => constant().prop_map(Operand::Constant)]
}

fn unary() -> impl Strategy<Value = Unary> {
    use Unary::*;
    let all =
        [Negate, Not, Exp, Log, Log10, Sqrt, Tanh, Abs, Sign, Floor, Ceil, Round, NormalCdf, NormalQuantile];
    prop::sample::select(all.to_vec())
}

fn binary() -> impl Strategy<Value = Binary> {
    use Binary::*;
    let all = [
        Add,
        Subtract,
        Multiply,
        Divide,
        Power,
        Modulo,
        Min,
        Max,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Equal,
        NotEqual,
        And,
        Or,
    ];
    prop::sample::select(all.to_vec())
}

fn fused() -> impl Strategy<Value = Fused> {
    prop::sample::select(vec![Fused::MultiplyAdd, Fused::MultiplySubtract, Fused::SubtractProduct])
}

fn op() -> impl Strategy<Value = Op> {
    let address = || (0..3u32, 0..4u32);
    prop_oneof![
        2 => address().prop_map(|(stream, year)| Op::Uniform { stream, year }),
        2 => address().prop_map(|(stream, year)| Op::Score { stream, year }),
        1 => (0..2u32, operand()).prop_map(|(sampler, x)| Op::Sample { sampler, x }),
        3 => (unary(), operand()).prop_map(|(op, x)| Op::Unary(op, x)),
        6 => (binary(), operand(), operand()).prop_map(|(op, a, b)| Op::Binary(op, a, b)),
        2 => (fused(), [operand(), operand(), operand()]).prop_map(|(op, parts)| Op::Fused(op, parts)),
        2 => (operand(), 0..TERMS - 6, 2..=6u32).prop_map(|(start, first, count)| Op::Line { start, first, count }),
        2 => (operand(), 0..TERMS, 0..TERMS, 0..=LONGEST)
            .prop_map(|(start, factors, summands, count)| Op::WeightedSum { start, factors, summands, count }),
        2 => (operand(), operand()).prop_map(|(a, x)| Op::Growth(a, x)),
        1 => (operand(), operand(), operand()).prop_map(|(c, y, n)| Op::Select(c, y, n)),
        1 => operand().prop_map(|x| Op::Lookup { table: 0, x }),
        1 => (0..TERMS - 6, 0..=6u32).prop_map(|(first, count)| Op::RateOfReturn { first, count }),
    ]
}

/// Programs that compute, then record every series and mark every target once, in the midst of it.
fn program() -> impl Strategy<Value = Program> {
    let steps = vec((0..SLOTS, op()), 1..60);
    let outputs = vec((operand(), any::<prop::sample::Index>()), (SERIES + TARGETS) as usize);
    let term = (constant(), 0..SLOTS).prop_map(|(factor, slot)| ScaledSlot { factor, slot });
    let many = (TERMS + LONGEST) as usize;
    let summed = (vec(constant(), many), vec(0..SLOTS, many), vec(operand(), TERMS as usize));
    (steps, outputs, vec(term, TERMS as usize), summed).prop_map(
        |(steps, outputs, terms, (factors, summands, payments))| {
            let compute = |(out, op)| Instruction::Compute { out, op };
            let mut instructions: Vec<Instruction> = steps.into_iter().map(compute).collect();
            for (number, (value, place)) in (0u32..).zip(outputs) {
                let output = if number < SERIES {
                    Instruction::Record { series: number, value }
                } else {
                    Instruction::Mark { target: number - SERIES, value }
                };
                instructions.insert(place.index(instructions.len() + 1), output);
            }
            // A valid program reads no slot before it is written.
            let first = |slot| compute((slot, Op::Uniform { stream: slot, year: 0 }));
            instructions.splice(0..0, (0..SLOTS).map(first));
            // One that reads a score and one that reads a uniform.
            let samplers = vec![
                Distribution::Normal { mean: 1.0, sd: 2.0 }.sampler(),
                Distribution::Triangular { min: -1.0, mode: 0.0, max: 3.0 }.sampler(),
            ];
            Program {
                instructions,
                slots: SLOTS,
                terms,
                factors,
                summands,
                samplers,
                systems: Vec::new(),
                tables: LookupTable::new(vec![(-1.0, 3.0), (0.5, -2.0), (4.0, 0.25)]).into_iter().collect(),
                payments,
                series: SERIES,
                targets: TARGETS,
                pool: None,
            }
        },
    )
}

/// The bits of a number, those of every NaN alike: which NaN it is means nothing and is left open by the
/// language.
fn bits(x: f64) -> u64 {
    if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }
}

fn run(program: &Program, paths: u64, threads: usize) -> Ensemble {
    let request = RunRequest { seed: 7, paths, threads: Some(threads) };
    simulate(program, &[vec![0, 2]], &request, Watch::default()).unwrap()
}

fn part(program: &Program, paths: u64, blocks: Range<u64>) -> Ensemble {
    let request = RunRequest { seed: 7, paths, threads: Some(1) };
    simulate_blocks(program, &[vec![0, 2]], &request, blocks, Watch::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::num::cases(256), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_block_of_paths_has_the_bits_of_single_paths(
        program in program(), seed: u64, first in 0u64..2000, count in 1u64..300,
    ) {
        let block = paths(&program, seed, first..first + count);
        for row in 0..count {
            let plain = run_path(&program, seed, first + row);
            let series: Vec<u64> = block.series.row(row as usize).iter().copied().map(bits).collect();
            let targets: Vec<u64> = block.targets.row(row as usize).iter().copied().map(bits).collect();
            prop_assert_eq!(series, plain.series.iter().copied().map(bits).collect::<Vec<_>>());
            prop_assert_eq!(targets, plain.targets.iter().copied().map(bits).collect::<Vec<_>>());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::num::cases(24), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn threads_and_parts_leave_no_trace_in_the_result(program in program(), count in 1u64..6000, at in 0u64..24) {
        let one = run(&program, count, 1);
        prop_assert!(one == run(&program, count, 2));
        prop_assert!(one == run(&program, count, 7));
        let blocks = count.div_ceil(256);
        let cut = at.min(blocks - 1);
        if cut > 0 {
            let mut late = part(&program, count, cut..blocks);
            late.merge(&part(&program, count, 0..cut));
            prop_assert!(one == late);
        }
    }

    #[test]
    fn the_ensemble_counts_what_the_paths_hold(program in program(), count in 1u64..1500) {
        let ensemble = run(&program, count, 2);
        let values = paths(&program, 7, 0..count);
        for (tally, column) in ensemble.series.iter().zip(values.series.columns()) {
            let finite: Vec<f64> = column.iter().copied().filter(|x| x.is_finite()).collect();
            prop_assert_eq!(tally.count(), count);
            prop_assert_eq!(tally.finite, finite.len() as u64);
            prop_assert_eq!(tally.never, column.iter().filter(|x| **x == f64::INFINITY).count() as u64);
            prop_assert_eq!(tally.min(), finite.iter().copied().min_by(f64::total_cmp));
            prop_assert_eq!(tally.max(), finite.iter().copied().max_by(f64::total_cmp));
        }
        for (target, column) in values.targets.columns().into_iter().enumerate() {
            let met = column.iter().filter(|x| !x.is_nan() && **x != 0.0).count() as u64;
            prop_assert_eq!(ensemble.odds.met[target], met);
            prop_assert_eq!(ensemble.odds.not_known[target], column.iter().filter(|x| x.is_nan()).count() as u64);
        }
    }
}

/// All columns that are recorded and marked, in the order of the instructions.
#[derive(Default)]
struct Columns(Vec<Vec<u64>>);

impl Sink for Columns {
    fn record(&mut self, _series: u32, values: &Column) {
        self.0.push(values.iter().copied().map(bits).collect());
    }

    fn mark(&mut self, _target: u32, truths: &Column) {
        self.0.push(truths.iter().copied().map(bits).collect());
    }
}

/// The columns of a program where some draws have the uniforms of another seed.
fn columns(program: &Program, is_changed: impl Fn(usize) -> bool) -> Vec<Vec<u64>> {
    let (mut columns, mut draw) = (Columns::default(), 0);
    let fill = |stream, year, out: &mut Column| {
        uniform_column(if is_changed(draw) { 8 } else { 7 }, stream, 3, year, out);
        draw += 1;
    };
    Machine::new(program).run_on(fill, &mut columns);
    columns.0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::num::cases(256), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_part_that_is_run_again_has_the_bits_of_the_whole_run_with_the_draws_changed(
        program in program(), changed: [u8; 2],
    ) {
        let unfolded = program.unfolded();
        let mut rerun = Rerun::new(&unfolded);
        let mut base = Columns::default();
        rerun.run(|stream, year, out: &mut Column| uniform_column(7, stream, 3, year, out), &mut base);
        prop_assert_eq!(&base.0, &columns(&program, |_| false));
        let recorded = unfolded.instructions.iter().enumerate();
        let recorded = recorded.filter(|(_, step)| !matches!(step, Instruction::Compute { .. }));
        let recorded: Vec<u32> = recorded.map(|(step, _)| step as u32).collect();
        // The second part finds the values of the whole run where the first had others.
        for changed in changed {
            let is_changed = |draw: usize| (changed >> (draw % 8)) & 1 == 1;
            let part = DependentSteps::of(&unfolded, is_changed);
            let mut again = Columns::default();
            rerun.run_part(&part, |stream, year, out: &mut Column| uniform_column(8, stream, 3, year, out), &mut again);
            let (whole, mut again) = (columns(&program, is_changed), again.0.into_iter());
            for (place, step) in recorded.iter().enumerate() {
                let found = if part.has(*step) { again.next().unwrap() } else { base.0[place].clone() };
                prop_assert_eq!(&found, &whole[place]);
            }
        }
    }
}

fn little() -> Program {
    let draw = Op::Uniform { stream: 1, year: 2021 };
    Program {
        instructions: vec![
            Instruction::Compute { out: 0, op: draw },
            Instruction::Record { series: 0, value: Operand::Slot(0) },
        ],
        slots: 1,
        series: 1,
        ..Program::default()
    }
}

#[test]
fn a_request_that_cannot_be_met_says_how_to_mend_it() {
    let refusal = |paths, threads| {
        let request = RunRequest { seed: 1, paths, threads };
        simulate(&little(), &[], &request, Watch::default()).unwrap_err().to_string()
    };
    assert_eq!(refusal(0, None), "a run needs at least one path: ask for 1 or more");
    let many = "1099511627777 paths are more than a run can count: ask for 1099511627776 or fewer";
    assert_eq!(refusal((1 << 40) + 1, None), many);
    let none = "a run needs at least one thread: ask for 1 or more, or leave the number out";
    assert_eq!(refusal(1, Some(0)), none);
}

#[test]
fn a_run_that_is_stopped_says_how_far_it_got() {
    let stop = AtomicBool::new(false);
    let finished = |_| stop.store(true, Ordering::Relaxed);
    let watch = Watch { finished: Some(&finished), stop: Some(&stop) };
    let request = RunRequest { seed: 1, paths: 1_000_000, threads: Some(1) };
    let error = simulate(&little(), &[], &request, watch).unwrap_err();
    assert_eq!(error, EngineError::Interrupted { finished: 4096 });
}

#[test]
fn the_watch_is_told_of_every_path() {
    let told = Mutex::new(0);
    let finished = |paths| *told.lock().unwrap() += paths;
    let watch = Watch { finished: Some(&finished), stop: None };
    let request = RunRequest { seed: 1, paths: 10_001, threads: Some(2) };
    assert_eq!(simulate(&little(), &[], &request, watch).unwrap().paths, 10_001);
    assert_eq!(*told.lock().unwrap(), 10_001);
}
