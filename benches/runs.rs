//! How long whole runs of scenario files take: reading and compiling them, and simulating from 1000 to 10 million paths
//! on one thread and on two. `cargo bench --bench runs -- paths/1000` runs some of it; all of it takes a quarter of an
//! hour.
#![allow(missing_docs)] // criterion's macros make public functions without docs

use std::hint::black_box;
use std::time::Duration;

use criterion::{
    BatchSize, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use plancast::engine::{RunRequest, Watch, simulate};
use plancast::model::{self, Model, RecordedVariables};
use plancast::result::assemble;
use plancast::scenario;

const WORKLOAD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/workload-r.toml");

fn compiled(name: &str) -> Model {
    let mut loaded = scenario::load(name, &[]);
    let model = model::compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
    assert!(!loaded.diagnostics.has_errors(), "{name} is wrong: see plancast validate");
    model.unwrap()
}

fn compiling(c: &mut Criterion) {
    let mut group = c.benchmark_group("compile");
    for (label, name) in [("workload R", WORKLOAD), ("plan", "plan")] {
        group.bench_function(BenchmarkId::new("read", label), |b| {
            b.iter(|| scenario::load(black_box(name), &[]));
        });
        group.bench_function(BenchmarkId::new("compile", label), |b| {
            let compile = |mut loaded: scenario::Loaded| {
                model::compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics)
            };
            b.iter_batched(|| scenario::load(name, &[]), compile, BatchSize::LargeInput);
        });
    }
}

fn paths(c: &mut Criterion) {
    let mut group = c.benchmark_group("paths");
    group.sample_size(10).sampling_mode(SamplingMode::Flat).warm_up_time(Duration::from_millis(500));
    for (label, name) in [("workload R", WORKLOAD), ("plan", "plan")] {
        let model = compiled(name);
        let groups: Vec<Vec<u32>> =
            assemble::groups(&model.labels).into_iter().map(|(_, members)| members).collect();
        for paths in [1_000, 10_000, 100_000, 1_000_000, 10_000_000] {
            for threads in [1, 2] {
                group.throughput(Throughput::Elements(paths));
                let id = BenchmarkId::new(format!("{paths}/{label}"), format!("{threads} thread(s)"));
                group.bench_function(id, |b| {
                    let request = RunRequest { seed: 1, paths, threads: Some(threads) };
                    b.iter(|| simulate(&model.program, &groups, &request, Watch::default()));
                });
            }
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default();
    targets = compiling, paths
}
criterion_main!(benches);
