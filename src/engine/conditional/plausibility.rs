//! How plausible a record is under the scenario: how many of the records that the scenario gives lie further out.

use super::Conditioning;
use super::matrix::{cholesky, forward};
use crate::engine::block::{BlockColumns, Machine};
use crate::num::draw::{Column, uniform_column};
use crate::num::{BLOCK, ln, normal};
use crate::text::period::ordinal;

/// Blocks of prior paths: 16 384 paths.
const BLOCKS: u64 = 64;

/// The Monte Carlo probability that a record of the scenario, measured with the same errors, lies as far out as the one
/// that was observed, by the Mahalanobis distance from the mean of such records. Never 0: at least one in 16 385.
pub(super) fn plausibility(set: &Conditioning, seed: u64) -> f64 {
    let constant = |place: &usize| set.stages.constant.iter().any(|(other, _)| other == place);
    let places: Vec<usize> = (0..set.observed.len()).filter(|place| !constant(place)).collect();
    let n = places.len();
    if n == 0 {
        return 1.0;
    }
    let records = records(set, &places, seed);
    let count = records.len() as f64;
    let mut mean = vec![0.0; n];
    records.iter().for_each(|record| mean.iter_mut().zip(record).for_each(|(mean, x)| *mean += x / count));
    let mut variance = vec![0.0; n * n];
    for record in &records {
        for i in 0..n {
            for j in 0..n {
                variance[i * n + j] += (record[i] - mean[i]) * (record[j] - mean[j]) / (count - 1.0);
            }
        }
    }
    if cholesky(&mut variance, n).is_none() {
        return f64::NAN;
    }
    let distance = |record: &[f64]| {
        let mut off: Vec<f64> = record.iter().zip(&mean).map(|(x, mean)| x - mean).collect();
        forward(&variance, &mut off);
        off.iter().map(|x| x * x).sum::<f64>()
    };
    let observed: Vec<f64> = places.iter().map(|place| set.scaled(*place).0).collect();
    let far = distance(&observed);
    let further = records.iter().filter(|record| distance(record) >= far).count();
    (1.0 + further as f64) / (1.0 + count)
}

/// Records that the scenario gives, with errors; without paths on which a value is not finite.
fn records(set: &Conditioning, places: &[usize], seed: u64) -> Vec<Vec<f64>> {
    let mut machine = Machine::new(&set.stages.program);
    let mut columns = BlockColumns::new(&set.stages.program);
    let mut records = Vec::new();
    for block in 0..BLOCKS {
        machine.run(seed, block, &mut columns);
        let errors = |place: &usize| {
            let (mut uniforms, mut z) = ([0.0; BLOCK], [0.0; BLOCK]);
            let one = &set.observed[*place];
            uniform_column(seed, one.stream("replicate"), block, ordinal(one.year) as u32, &mut uniforms);
            normal::score_column(&uniforms, &mut z);
            z
        };
        let errors: Vec<Column> = places.iter().map(errors).collect();
        for lane in 0..BLOCK {
            let value = |(place, error): (&usize, &Column)| {
                let x = columns.series[*place][lane];
                (if set.logs[*place] { ln(x) } else { x }) + set.scaled(*place).1 * error[lane]
            };
            let record: Vec<f64> = places.iter().zip(&errors).map(value).collect();
            if record.iter().all(|x| x.is_finite()) {
                records.push(record);
            }
        }
    }
    records
}
