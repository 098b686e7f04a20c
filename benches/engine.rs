//! How fast a program runs: a synthetic one of the size of a regional plan, 30 years of 17 variables.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use plancast::engine::{Machine, RunRequest, Sink, Watch, simulate};
use plancast::ensemble::{Batch, SeriesScale, Tally};
use plancast::model::{Binary, Instruction, Op, Operand, Program, Unary};
use plancast::num::BLOCK;
use plancast::num::draw::{Column, uniform_column};
use plancast::num::normal::quantile;

const YEARS: u32 = 30;
const SECTORS: u32 = 16;

/// So many series are recorded, at most all. Every year each sector grows by a drift, a share of a common shock and a shock of its own; then the
/// total. Nine operations and one draw a sector and year, 17 series a year.
fn program(records: u32) -> Program {
    use Operand::{Constant, Slot};
    let mut instructions = Vec::new();
    let (common, total, work, eased) = (SECTORS, SECTORS + 1, SECTORS + 2, SECTORS + 3);
    let mut step = |out, op| instructions.push(Instruction::Compute { out, op });
    for sector in 0..SECTORS {
        step(sector, Op::Binary(Binary::Add, Constant(100.0), Constant(f64::from(sector))));
    }
    let mut program = Program { slots: SECTORS + 4, series: records, ..Program::default() };
    let mut series = 0;
    let mut record = |instructions: &mut Vec<Instruction>, slot| {
        if series < records {
            instructions.push(Instruction::Record { series, value: Slot(slot) });
            series += 1;
        }
    };
    for year in 2021..2021 + YEARS {
        let mut step = |out, op| instructions.push(Instruction::Compute { out, op });
        step(common, Op::Score { stream: 0, year });
        step(total, Op::Binary(Binary::Multiply, Slot(common), Constant(0.0)));
        for sector in 0..SECTORS {
            let mut step = |out, op| instructions.push(Instruction::Compute { out, op });
            let share = 0.01 + 0.001 * f64::from(sector);
            step(work, Op::Score { stream: 1 + sector, year });
            step(work, Op::Binary(Binary::Multiply, Slot(work), Constant(0.03)));
            step(eased, Op::Binary(Binary::Multiply, Slot(common), Constant(share)));
            step(work, Op::Binary(Binary::Add, Slot(work), Slot(eased)));
            step(work, Op::Binary(Binary::Add, Slot(work), Constant(0.04)));
            step(work, Op::Unary(Unary::Exp, Slot(work)));
            step(sector, Op::Binary(Binary::Multiply, Slot(sector), Slot(work)));
            step(eased, Op::Binary(Binary::GreaterEqual, Slot(work), Constant(1.0)));
            step(eased, Op::Select(Slot(eased), Slot(sector), Constant(1.0)));
            step(total, Op::Binary(Binary::Add, Slot(total), Slot(eased)));
            record(&mut instructions, sector);
        }
        record(&mut instructions, total);
    }
    program.instructions = instructions;
    program
}

/// A sink that takes nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn record(&mut self, _series: u32, _values: &Column) {}
    fn mark(&mut self, _target: u32, _truths: &Column) {}
}

/// One operation, over and over.
fn repeated(op: Op) -> Program {
    let first = Instruction::Compute { out: 0, op: Op::Uniform { stream: 1, year: 1 } };
    let mut instructions = vec![first];
    instructions.extend(std::iter::repeat_n(Instruction::Compute { out: 1, op }, 1000));
    Program { instructions, slots: 2, ..Program::default() }
}

/// Nanoseconds per path and operation are the time per element.
fn operations(c: &mut Criterion) {
    use Operand::{Constant, Slot};
    let mut group = c.benchmark_group("operation");
    let x = Slot(0);
    let ops = [
        ("multiply", Op::Binary(Binary::Multiply, x, x)),
        ("add constant", Op::Binary(Binary::Add, x, Constant(1.0))),
        ("divide", Op::Binary(Binary::Divide, x, x)),
        ("min", Op::Binary(Binary::Min, x, Constant(0.5))),
        ("at least", Op::Binary(Binary::GreaterEqual, x, Constant(0.5))),
        ("and", Op::Binary(Binary::And, x, x)),
        ("or", Op::Binary(Binary::Or, x, x)),
        ("not", Op::Unary(Unary::Not, x)),
        ("sign", Op::Unary(Unary::Sign, x)),
        ("select", Op::Select(x, x, Constant(1.0))),
        ("sqrt", Op::Unary(Unary::Sqrt, x)),
        ("floor", Op::Unary(Unary::Floor, x)),
        ("round", Op::Unary(Unary::Round, x)),
        ("exp", Op::Unary(Unary::Exp, x)),
        ("log", Op::Unary(Unary::Log, x)),
        ("power", Op::Binary(Binary::Power, x, Constant(1.5))),
        ("normal cdf", Op::Unary(Unary::NormalCdf, x)),
        ("normal quantile", Op::Unary(Unary::NormalQuantile, x)),
        ("uniform", Op::Uniform { stream: 3, year: 2021 }),
        ("score", Op::Score { stream: 3, year: 2021 }),
    ];
    for (name, op) in ops {
        let program = repeated(op);
        let mut machine = Machine::new(&program);
        group.throughput(Throughput::Elements(1000 * BLOCK as u64));
        group.bench_function(name, |b| b.iter(|| machine.run(1, 0, &mut Nowhere)));
    }
}

/// 512 tallies in turn, as in a run: their bins do not all fit into the nearest cache.
fn tallies(c: &mut Criterion) {
    let mut columns = vec![[0.0; BLOCK]; 64];
    for (block, column) in (0..).zip(&mut columns) {
        uniform_column(1, 1, block, 2021, column);
        column.iter_mut().for_each(|x| *x = 100.0 + 20.0 * quantile(*x));
    }
    let mut tallies = vec![Tally::new(SeriesScale::from_pilot(columns.as_flattened())); 512];
    let mut turn = 0;
    let mut group = c.benchmark_group("tally");
    group.throughput(Throughput::Elements(512 * BLOCK as u64));
    group.bench_function("add", |b| {
        b.iter(|| {
            turn += 1;
            for (number, tally) in tallies.iter_mut().enumerate() {
                tally.add_column(0, &columns[(turn + number) % 64]);
            }
        });
    });
    // As in a run of many paths: values are counted by bins, thousands of a series at a time.
    let many = 1 << 30;
    tallies.iter_mut().for_each(|tally| tally.prepare(many));
    let batch = |tally: &Tally| Batch::of(&tally.scale, 32 * BLOCK, many);
    let mut batches: Vec<Batch> = tallies.iter().map(batch).collect();
    group.bench_function("add in batches", |b| {
        b.iter(|| {
            turn += 1;
            for (number, (tally, batch)) in tallies.iter_mut().zip(&mut batches).enumerate() {
                if tally.add_to_batch(0, &columns[(turn + number) % 64], batch) {
                    tally.settle(batch);
                }
            }
        });
    });
}

fn runs(c: &mut Criterion) {
    let mut group = c.benchmark_group("run");
    for records in [0, 5, 50, 200, YEARS * (SECTORS + 1)] {
        let program = program(records);
        let paths = 20_000;
        group.sample_size(10).throughput(Throughput::Elements(paths));
        group.bench_function(format!("{records} series"), |b| {
            let request = RunRequest { seed: 1, paths, threads: Some(1) };
            b.iter(|| simulate(&program, &[], &request, Watch::default()));
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(std::time::Duration::from_millis(200))
        .measurement_time(std::time::Duration::from_millis(800));
    targets = operations, tallies, runs
}
criterion_main!(benches);
