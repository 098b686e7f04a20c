//! Tallies of every shape of series against exact sorting of their values.

use super::*;
use crate::num::{self, BLOCK};

/// The uniform of a number: `SplitMix64`.
fn uniform(i: u64) -> f64 {
    let mut z = i.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64 + 1e-17
}

fn normal(u: f64) -> f64 {
    num::normal::quantile(num::min(num::max(u, 1e-17), 1.0 - 1e-16))
}

/// Shapes of series: the name, and the value of a pair of uniforms.
type Shape = (&'static str, fn(f64, f64) -> f64);

/// Smooth, lumped, mixed, heavy, signed, huge and tiny ones.
const SHAPES: [Shape; 40] = [
    ("N(10, 1)", |u, _| 10.0 + normal(u)),
    ("N(0, 1)", |u, _| normal(u)),
    ("N(1, 1)", |u, _| 1.0 + normal(u)),
    ("-N(10, 1)", |u, _| -10.0 - normal(u)),
    ("N(1e7, 1)", |u, _| 1e7 + normal(u)),
    ("3.5 million ± 1 %", |u, _| 3.5e6 * (1.0 + 0.01 * normal(u))),
    ("uniform", |u, _| u),
    ("lognormal σ 1", |u, _| num::exp(normal(u))),
    ("-lognormal σ 1", |u, _| -num::exp(normal(u))),
    ("lognormal σ 5", |u, _| num::exp(5.0 * normal(u))),
    ("exp(400 z)", |u, _| num::exp(num::min(400.0 * normal(u), 690.0))),
    ("1e-300 (1 + u)", |u, _| 1e-300 * (1.0 + u)),
    ("Cauchy", |u, v| normal(u) / normal(v)),
    ("± 10^U(±300)", |u, v| (if v < 0.5 { -1.0 } else { 1.0 }) * num::exp(690.0 * (2.0 * u - 1.0))),
    ("70 % zero, else lognormal", |u, v| if v < 0.7 { 0.0 } else { num::exp(normal(u)) }),
    ("80 % zero, else 1e9", |u, v| if v < 0.8 { 0.0 } else { 1e9 * (1.0 + u) }),
    ("capped", |u, _| num::min(num::exp(normal(u)), 2.0)),
    ("floor at zero", |u, _| num::max(normal(u), 0.0)),
    ("three regimes", |_, v| {
        if v < 0.2 {
            -0.02
        } else if v < 0.7 {
            0.03
        } else {
            0.05
        }
    }),
    ("0 or 1e6 (0.1 %)", |_, v| if v < 0.001 { 1e6 } else { 0.0 }),
    ("5, or 1e12 (0.05 %)", |_, v| if v < 0.0005 { 1e12 } else { 5.0 }),
    ("0, or 1e11 … 3e11 (0.04 %)", |u, v| if v < 0.0004 { 1e11 * (1.0 + 2.0 * u) } else { 0.0 }),
    ("60/40 of two scales", |u, v| if v < 0.6 { normal(u) } else { 1e9 * normal(u) }),
    ("30 % 1e-100 z, else exponential", |u, v| if v < 0.3 { 1e-100 * normal(u) } else { -num::ln(u) }),
    ("30 % 1e-280 z, else 1e-9 z", |u, v| if v < 0.3 { 1e-280 * normal(u) } else { 1e-9 * normal(u) }),
    ("30 % below zero by 1e-20, else 1e17", |u, v| if v < 0.3 { -1e-20 * u } else { 1e17 * u }),
    ("30 % above zero by 1e-20, else -1e17", |u, v| if v < 0.3 { 1e-20 * u } else { -1e17 * u }),
    ("half 0.5, else e^67z", |u, v| if v < 0.5 { 0.5 } else { num::exp(67.0 * normal(u)) }),
    // In the bin of the lump, which lies far below the window of bins, are other values.
    ("half 1e-40, some beside it, else e^67z", |u, v| match v {
        v if v < 0.5 => 1e-40,
        v if v < 0.505 => 1e-40 * (1.0 + 1e-5 * u),
        _ => num::exp(67.0 * normal(u)),
    }),
    ("half -1e40, some beside it, else -e^67z", |u, v| match v {
        v if v < 0.5 => -1e40,
        v if v < 0.505 => -1e40 * (1.0 + 1e-5 * u),
        _ => -num::exp(67.0 * normal(u)),
    }),
    ("whole numbers", |u, _| (20.0 * u).floor()),
    ("large whole numbers", |u, _| (12_000.0 * u).floor()),
    ("years", |u, _| 2021.0 + (40.0 * u).floor()),
    ("constant", |_, _| 0.3),
    ("1e12 ± 1e-3", |u, _| 1e12 + 1e-3 * normal(u)),
    ("5 + z³ / 100 000", |u, _| 5.0 + 1e-5 * normal(u) * normal(u) * normal(u)),
    ("-100, two scales", |u, v| -100.0 + if v < 0.02 { 0.01 } else { 0.0001 } * normal(u)),
    ("1e6 + 10 / Cauchy", |u, v| 1e6 + 10.0 * normal(u) / (1e-3 + normal(v).abs())),
    ("bimodal", |u, v| (if v < 0.5 { -1.0 } else { 1.0 }) + 1e-3 * normal(u)),
    ("twenty lumps in a smooth body", |u, v| if v < 0.4 { (v * 50.0).floor() * 0.1 } else { 2.0 * u }),
];

const LEVELS: [f64; 13] = [0.0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0];

fn values(shape: Shape, count: usize) -> Vec<f64> {
    (0..count as u64).map(|i| (shape.1)(uniform(2 * i), uniform(2 * i + 1))).collect()
}

fn tally(values: &[f64], scale: &SeriesScale) -> Tally {
    let mut tally = Tally::new(scale.clone());
    tally.prepare(values.len() as u64);
    let mut batch = Batch::of(scale, 2048, values.len() as u64);
    for (block, column) in values.chunks(BLOCK).enumerate() {
        if tally.add_to_batch((block * BLOCK) as u64, column, &mut batch) {
            tally.settle(&mut batch);
        }
    }
    tally.settle(&mut batch);
    tally.finish();
    tally
}

fn exact_quantile(sorted: &[f64], level: f64) -> f64 {
    // The smallest with at least this share at or below it: rounding of the product aside.
    let enough = |place: usize| (place + 1) as f64 >= level * sorted.len() as f64 * (1.0 - 1e-13);
    sorted[(0..sorted.len()).find(|place| enough(*place)).unwrap()]
}

/// What a quantile may be off by: as the guide of the results says.
fn allowed(sorted: &[f64], exact: f64) -> f64 {
    let (least, most) = (sorted[0], sorted[sorted.len() - 1]);
    let relative = 1.25e-4 * exact.abs();
    if least < 0.0 && most > 0.0 {
        let mut sizes: Vec<f64> = sorted.iter().map(|x| x.abs()).collect();
        sizes.sort_unstable_by(f64::total_cmp);
        return num::max(relative, 1.25e-4 * sizes[sizes.len() / 2]);
    }
    let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
    let sd = (sorted.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / sorted.len() as f64).sqrt();
    let nearest = num::min(least.abs(), most.abs());
    let of_spread = num::max(1e-3 * sd, 1.25e-4 * (exact - sorted[sorted.len() / 2]).abs());
    match nearest / sd {
        // Squares of the tiniest are zero.
        far if far > 20.0 && sd > 0.0 => num::min(relative, of_spread),
        far if far > 5.0 && sd > 0.0 => num::max(relative, 1e-3 * sd),
        _ => relative,
    }
}

#[test]
fn quantiles_agree_with_sorting_whatever_the_shape_and_length() {
    for shape in SHAPES {
        for count in [1, 2, 300, 4096, 9000, 100_000] {
            let values = values(shape, count);
            let scale = SeriesScale::from_pilot(&values[..count.min(1024)]);
            let tally = tally(&values, &scale);
            let mut sorted = values.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let kept = if count <= 4096 { 0.0 } else { 1.0 };
            for level in LEVELS {
                let (found, exact) = (tally.quantile(level).unwrap(), exact_quantile(&sorted, level));
                let allowed = kept * allowed(&sorted, exact) + 4.0 * f64::EPSILON * exact.abs();
                let name = format!("{}, {count} values, {level}", shape.0);
                assert!((found - exact).abs() <= allowed, "{name}: {found}, not {exact}");
                assert!(found.signum() == exact.signum() || exact == 0.0, "{name}: {found}, not {exact}");
                assert!(exact != 0.0 || found == 0.0, "{name}: {found}, not 0");
            }
        }
    }
}

#[test]
fn every_value_lies_in_the_bracket_of_its_rank() {
    for shape in SHAPES {
        let values = values(shape, 50_000);
        let tally = tally(&values, &SeriesScale::from_pilot(&values[..1024]));
        let mut sorted = values.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        for (rank, x) in sorted.iter().enumerate().step_by(7) {
            let (low, high) = tally.bracket(rank as u64).unwrap();
            assert!(low <= *x && *x <= high, "{}: {x} of rank {rank} in {low}..{high}", shape.0);
        }
        let counted: u64 = tally.cells().map(|cell| cell.count).sum();
        assert_eq!(counted, 50_000, "{}", shape.0);
        assert!(tally.cells().zip(tally.cells().skip(1)).all(|(a, b)| a.low <= b.low && a.high <= b.high));
    }
}

#[test]
fn lumps_are_exact_and_have_no_error_within() {
    let lumps = [
        ("70 % zero, else lognormal", 0.4, 0.0),
        ("80 % zero, else 1e9", 0.5, 0.0),
        ("capped", 0.9, 2.0),
        ("floor at zero", 0.3, 0.0),
        ("three regimes", 0.1, -0.02),
        ("three regimes", 0.5, 0.03),
        ("0 or 1e6 (0.1 %)", 0.5, 0.0),
        ("5, or 1e12 (0.05 %)", 0.9, 5.0),
        ("0, or 1e11 … 3e11 (0.04 %)", 0.95, 0.0),
        ("constant", 0.3, 0.3),
        ("half 0.5, else e^67z", 0.5, 0.5),
        ("half 1e-40, some beside it, else e^67z", 0.3, 1e-40),
        ("half -1e40, some beside it, else -e^67z", 0.3, -1e40),
    ];
    for (name, level, lump) in lumps {
        let shape = SHAPES.into_iter().find(|shape| shape.0 == name).unwrap();
        for count in [3000, 100_000] {
            let values = values(shape, count);
            let tally = tally(&values, &SeriesScale::from_pilot(&values[..1024]));
            assert_eq!(
                (tally.quantile(level), tally.quantile_error(level)),
                (Some(lump), Some(0.0)),
                "{name}, {count}"
            );
        }
    }
}

#[test]
fn means_and_standard_deviations_agree_with_exact_sums_at_any_mix_of_scales() {
    for shape in SHAPES {
        let values = values(shape, 20_000);
        let tally = tally(&values, &SeriesScale::from_pilot(&values[..1024]));
        let mut sum = exact_sum::ExactSum::default();
        values.iter().for_each(|x| sum.add(*x));
        let mean = sum.value().over(20_000.0).to_f64();
        let size = values.iter().map(|x| x.abs() / 20_000.0).sum::<f64>();
        let found = tally.mean().unwrap();
        assert!((found - mean).abs() <= 1e-14 * size, "{}: {found}, not {mean}", shape.0);
        let mut moments = moments::Moments::default();
        let about_first = SeriesScale::new(values[0], 1.0);
        values.iter().for_each(|x| moments.add_value(&about_first, *x));
        let sd = moments.variance(20_000).sqrt().to_f64();
        let found = tally.sd().unwrap();
        assert!((found - sd).abs() <= 1e-11 * sd, "{}: {found}, not {sd}", shape.0);
    }
}

#[test]
fn parts_merge_to_the_same_bytes_in_any_order() {
    let digest = |tally: &Tally| {
        let mut bytes = Vec::new();
        tally.digest_into(&mut |piece| bytes.extend_from_slice(piece));
        bytes
    };
    for shape in SHAPES {
        for count in [500, 5000, 40_000] {
            let values = values(shape, count);
            let scale = SeriesScale::from_pilot(&values[..count.min(1024)]);
            let whole = tally(&values, &scale);
            for parts in [2, 7] {
                let size = count.div_ceil(parts);
                let mut tallies: Vec<Tally> = values.chunks(size).map(|part| tally(part, &scale)).collect();
                tallies.rotate_left(1);
                let mut merged = tallies.pop().unwrap();
                tallies.iter().for_each(|part| merged.merge(part));
                merged.finish();
                // Columns begin elsewhere, so sums of columns are rounded elsewhere: all else is the same.
                merged.moments = whole.moments.clone();
                assert!(
                    merged == whole && digest(&merged) == digest(&whole),
                    "{}, {count} in {parts}",
                    shape.0
                );
            }
            let bytes = postcard::to_stdvec(&whole).unwrap();
            assert_eq!(postcard::from_bytes::<Tally>(&bytes).unwrap(), whole, "{}", shape.0);
        }
    }
}

#[test]
fn a_tally_takes_about_twelve_bytes_a_value_at_most() {
    for shape in SHAPES {
        for count in [1000, 4096, 20_000, 200_000] {
            let values = values(shape, count);
            let tally = tally(&values, &SeriesScale::from_pilot(&values[..count.min(1024)]));
            assert!(
                tally.bytes() <= 12 * count + 48 * 1024,
                "{}: {} bytes of {count}",
                shape.0,
                tally.bytes()
            );
        }
    }
}

#[test]
fn values_that_are_not_finite_are_counted_apart() {
    let mut tally = Tally::new(SeriesScale::new(0.0, 1.0));
    tally.add_column(40, &[1.0, f64::NEG_INFINITY, f64::INFINITY, 3.0, f64::NAN, f64::INFINITY]);
    let counts = (tally.finite, tally.minus_infinite, tally.never, tally.nan);
    assert_eq!((tally.count(), tally.ordered(), tally.not_finite(), counts), (6, 5, 4, (2, 1, 2, 1)));
    let firsts = (tally.first_minus_infinite, tally.first_never, tally.first_nan);
    assert_eq!((firsts, tally.first_not_finite()), ((Some(41), Some(42), Some(44)), Some(41)));
    assert_eq!((tally.mean(), tally.sd(), tally.variance()), (None, None, None));
    assert_eq!((tally.finite_mean(), tally.min(), tally.max()), (Some(2.0), Some(1.0), Some(3.0)));
}

/// Every place that the values which are not a number may take is tried by sorting: a quantile is known where all agree, or
/// finite wherever they lie, and never infinite by chance.
#[test]
fn quantiles_take_infinities_as_ordered_and_what_is_no_number_as_anything() {
    let (low, high, nan) = (f64::NEG_INFINITY, f64::INFINITY, f64::NAN);
    let cases: [&[f64]; 8] = [
        &[low, low, 1.0, 2.0, high],
        &[1.0, 2.0, 3.0, 4.0, nan],
        &[low, 1.0, nan, 5.0, high, high, 5.0],
        &[nan, nan, 1.0],
        &[high, high, nan],
        &[low],
        &[7.0, 7.0, 7.0, 7.0, nan],
        &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, nan],
    ];
    for values in cases {
        let mut tally = Tally::new(SeriesScale::new(0.0, 1.0));
        tally.add_column(0, values);
        let filled = |with: f64| {
            let mut sorted: Vec<f64> = values.iter().map(|x| if x.is_nan() { with } else { *x }).collect();
            sorted.sort_unstable_by(f64::total_cmp);
            sorted
        };
        for level in [0.0, 0.1, 0.2, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0] {
            let at = |sorted: &[f64]| exact_quantile(sorted, level);
            let (least, most) = (at(&filled(low)), at(&filled(high)));
            match tally.quantile(level) {
                Some(found) => {
                    assert!(least <= found && found <= most, "{values:?} {level}: {found}");
                    assert!(least == most || (least.is_finite() && most.is_finite()), "{values:?} {level}");
                    let error = tally.quantile_error(level);
                    let covered = |error: f64| error >= 0.5 * (most - least);
                    assert!(!found.is_finite() || error.is_none_or(covered), "{values:?} {level} {error:?}");
                }
                None => {
                    assert!(least < most && !(least.is_finite() && most.is_finite()), "{values:?} {level}");
                }
            }
        }
    }
}

/// Of 1000 values the lowest 500 are 1 and 2 in turn, the others infinite, or no numbers: one standard deviation of the rank, 16
/// values, from the median lies what is not finite. Far from there the error is a lump's, 0.
#[test]
fn a_quantile_beside_what_is_not_finite_has_no_error() {
    for beside in [f64::INFINITY, f64::NAN] {
        let values: Vec<f64> =
            (0..1000).map(|i| if i < 500 { f64::from(1 + i / 250) } else { beside }).collect();
        let mut tally = Tally::new(SeriesScale::from_pilot(&values));
        tally.add_column(0, &values);
        if beside.is_nan() {
            assert_eq!(tally.quantile_error(0.5), None);
            continue;
        }
        assert_eq!((tally.quantile(0.5), tally.quantile_error(0.5)), (Some(2.0), None));
        // Three standard deviations of the rank are 47 values.
        assert_eq!((tally.quantile(0.46), tally.quantile_error(0.46)), (Some(2.0), None));
        assert_eq!((tally.quantile(0.4), tally.quantile_error(0.4)), (Some(2.0), Some(0.0)));
    }
    let mut values = vec![f64::NEG_INFINITY; 500];
    values.extend(vec![7.0; 500]);
    let mut tally = Tally::new(SeriesScale::from_pilot(&values));
    tally.add_column(0, &values);
    assert_eq!((tally.quantile(0.51), tally.quantile_error(0.51)), (Some(7.0), None));
}

#[test]
fn no_values_have_no_statistics() {
    let tally = Tally::new(SeriesScale::new(0.0, 1.0));
    assert_eq!((tally.mean(), tally.variance(), tally.quantile(0.5)), (None, None, None));
    assert_eq!((tally.min(), tally.max(), tally.is_whole()), (None, None, false));
    let mut one = tally.clone();
    one.add_column(0, &[3.25]);
    assert_eq!(
        (one.mean(), one.sd(), one.quantile(0.9), one.quantile_error(0.9)),
        (Some(3.25), None, Some(3.25), None)
    );
    assert_eq!((one.quantile(-0.1), one.quantile(1.1), one.quantile(f64::NAN)), (None, None, None));
}

#[test]
fn nist_numacc4_keeps_its_full_accuracy() {
    let values: Vec<f64> =
        (0..1001).map(|i| [10000000.2, 10000000.1, 10000000.3][if i == 0 { 0 } else { 2 - i % 2 }]).collect();
    let tally = tally(&values, &SeriesScale::from_pilot(&values));
    assert!((tally.mean().unwrap() - 10000000.2).abs() < 2e-9); // one unit in the last place
    assert!((tally.sd().unwrap() / 0.1 - 1.0).abs() < 1e-8);
}

/// The standard error of the p-quantile of n values with density f is √(p (1 − p) / n) / f, here of standard
/// normal values and of exp(3z). The estimate rests on the 2 √(n p (1 − p)) values, 138 and more, that lie a standard
/// deviation of the rank about the quantile, so its own standard deviation is below 9 % of it; that one of ten is off
/// by 45 % has a probability below 1e-5.
#[test]
fn errors_of_quantiles_are_those_of_the_density_there() {
    let of = |shape: fn(f64, f64) -> f64| {
        let values = values(("", shape), 100_000);
        tally(&values, &SeriesScale::from_pilot(&values[..1024]))
    };
    let (plain, heavy) = (of(|u, _| normal(u)), of(|u, _| num::exp(3.0 * normal(u))));
    for level in [0.05, 0.25, 0.5, 0.75, 0.95] {
        let z = normal(level);
        let density = num::exp(-0.5 * z * z) / std::f64::consts::TAU.sqrt();
        let error = (level * (1.0 - level) / 100_000.0_f64).sqrt() / density;
        for (found, exact) in [(&plain, error), (&heavy, error * 3.0 * num::exp(3.0 * z))] {
            let ratio = found.quantile_error(level).unwrap() / exact;
            assert!((ratio - 1.0).abs() < 0.45, "{level}: {ratio}");
        }
    }
}

fn part(first: u64, values: &[f64]) -> Ensemble {
    let mut part = Ensemble::new(&[SeriesScale::new(0.0, 0.5)], 1, &[]);
    part.paths = values.len() as u64;
    part.series[0].add_column(first, values);
    let mut truths = Truths::new(1);
    truths.mark(0, values);
    part.odds.add(first, values.len(), &truths);
    part
}

fn digest(ensemble: &Ensemble) -> Vec<u8> {
    let mut bytes = Vec::new();
    ensemble.digest_into(&mut |piece| bytes.extend_from_slice(piece));
    bytes
}

#[test]
fn ensembles_merge_to_the_same_bytes_in_any_order() {
    let parts = [part(0, &[0.0, 1e9, f64::NAN]), part(3, &[-7.25]), part(4, &[f64::INFINITY, -0.0, 3.0])];
    let merged = |order: [usize; 3]| {
        let mut whole = parts[order[0]].clone();
        whole.merge(&parts[order[1]]);
        whole.merge(&parts[order[2]]);
        whole
    };
    assert_eq!(merged([0, 1, 2]), merged([2, 1, 0]));
    assert_eq!(digest(&merged([0, 1, 2])), digest(&merged([1, 2, 0])));
}

#[test]
fn one_value_more_changes_the_digest() {
    assert_ne!(digest(&part(0, &[1.0])), digest(&part(0, &[1.0, 1.0])));
    assert_ne!(digest(&part(0, &[1.0])), digest(&part(0, &[1.0 + f64::EPSILON])));
}

#[test]
#[should_panic(expected = "two programs")]
fn ensembles_of_two_programs_do_not_merge() {
    part(0, &[1.0]).merge(&Ensemble::new(&[], 1, &[]));
}

/// What two runs differ in must show in their fingerprints, down to a single count.
#[test]
fn the_digest_holds_paths_series_and_targets() {
    let whole = part(0, &[1.0, 0.0, 3.0]);
    let changes: [fn(&mut Ensemble); 4] = [
        |ensemble| ensemble.paths += 1,
        |ensemble| ensemble.series[0].add_column(3, &[2.0]),
        |ensemble| ensemble.series.clear(),
        |ensemble| ensemble.odds.met[0] += 1,
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut changed = whole.clone();
        change(&mut changed);
        assert_ne!(digest(&changed), digest(&whole), "{number}");
    }
}

#[test]
fn ensembles_merge_up_to_the_most_paths_and_no_further() {
    let mut almost = part(0, &[1.0]);
    almost.paths = MOST_PATHS - 1;
    let (mut one, mut two) = (part(0, &[1.0]), part(0, &[1.0]));
    (one.paths, two.paths) = (1, 2);
    assert!(almost.can_merge(&one));
    assert!(!almost.can_merge(&two));
    almost.merge(&one);
    assert_eq!(almost.paths, MOST_PATHS);
}

#[test]
fn ensembles_of_other_targets_or_groups_cannot_be_merged() {
    let whole = part(0, &[1.0]);
    let mut targets = whole.clone();
    targets.odds = OddsTally::new(2, &[]);
    let mut groups = whole.clone();
    groups.odds = OddsTally::new(1, &[vec![0]]);
    assert!(whole.can_merge(&whole.clone()));
    assert!(!whole.can_merge(&targets) && !whole.can_merge(&groups));
}

/// Where floats are further apart than bins are wide, the nearest float outside the window lies some bins away.
#[test]
fn values_below_a_window_of_bins_narrower_than_floats_are_counted_below() {
    let shape: Shape = ("", |u, v| if v < 0.6 { 0.0 } else { 1e7 + 1e-6 * normal(u) });
    let values = values(shape, 20_000);
    let tally = tally(&values, &SeriesScale::from_pilot(&values[..1024]));
    let mut sorted = values.clone();
    sorted.sort_unstable_by(f64::total_cmp);
    for (rank, x) in sorted.iter().enumerate().step_by(11) {
        let (low, high) = tally.bracket(rank as u64).unwrap();
        assert!(low <= *x && *x <= high, "{x} of rank {rank} in {low}..{high}");
    }
}
