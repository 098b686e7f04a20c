//! Nanoseconds of the kernels that a block of paths spends its time in. An element is one path.
#![allow(missing_docs)] // criterion's macros make public functions without docs

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use plancast::num::draw::{BLOCK, Column, uniform_column};
use plancast::num::{Distribution, exp, ln, normal, pow};

fn kernels(c: &mut Criterion) {
    let mut u: Column = [0.0; BLOCK];
    uniform_column(1, 2, 3, 4, &mut u);
    let mut z: Column = [0.0; BLOCK];
    normal::score_column(&u, &mut z);
    let mut out: Column = [0.0; BLOCK];
    let mut group = c.benchmark_group("column");
    group.throughput(Throughput::Elements(BLOCK as u64));

    group.bench_function("uniform", |b| {
        let mut block = 0;
        b.iter(|| {
            block += 1;
            uniform_column(1, 2, block, 2030, black_box(&mut out));
        });
    });
    group.bench_function("normal quantile", |b| {
        b.iter(|| normal::score_column(black_box(&u), black_box(&mut out)));
    });
    group.bench_function("exp", |b| b.iter(|| map(black_box(&z), black_box(&mut out), exp)));
    group.bench_function("ln", |b| b.iter(|| map(black_box(&u), black_box(&mut out), ln)));
    group.bench_function("pow 1.7", |b| {
        b.iter(|| map(black_box(&u), black_box(&mut out), |x| pow(x, 1.7)));
    });
    group.bench_function("normal cdf", |b| b.iter(|| map(black_box(&z), black_box(&mut out), normal::cdf)));
    for distribution in [
        Distribution::Gamma { shape: 2.5, scale: 1.0 },
        Distribution::Pert { min: 0.0, mode: 1.0, max: 3.0 },
        Distribution::StudentT { df: 4.0, location: 0.0, scale: 1.0 },
    ] {
        let sampler = distribution.sampler();
        group.bench_function(distribution.name(), |b| {
            b.iter(|| sampler.sample_column(black_box(&z), black_box(&mut out)));
        });
    }
    let poisson = Distribution::Poisson { rate: 6.5 }.sampler();
    group.bench_function("poisson", |b| b.iter(|| poisson.sample_column(black_box(&u), black_box(&mut out))));
    group.finish();

    for distribution in [
        Distribution::Gamma { shape: 2.5, scale: 1.0 },
        Distribution::Pert { min: 0.0, mode: 1.0, max: 3.0 },
        Distribution::StudentT { df: 4.0, location: 0.0, scale: 1.0 },
    ] {
        c.bench_function(&format!("table of {distribution}"), |b| {
            b.iter(|| black_box(&distribution).sampler());
        });
    }
}

#[inline(always)]
fn map(x: &Column, out: &mut Column, f: impl Fn(f64) -> f64) {
    for (out, &x) in out.iter_mut().zip(x) {
        *out = f(x);
    }
}

criterion_group!(benches, kernels);
criterion_main!(benches);
