//! Runs in parts, through the library: what merges, and what is refused.

use plancast::ensemble::Slices;
use plancast::result::run_part::{PartError, RunPart};
use plancast::study::{Prepared, Shard, Watch, merge};
use plancast::{Options, Study, StudyError};

/// Two metrics that are finite on no path: a year that never comes, and the root of what is below zero.
const CASE: &str = "
[time]
start = 2020
end = 2022
[parameters]
z = 'normal(0, 1)'
[variables]
x = { formula = '100 + 10 * z', report = true }
[metrics]
never = 'first_year(x >= 1000)'
none = 'sqrt(z - 1000)'
[targets]
high = 'x@2021 >= 110'
";

fn prepared(text: &str, seed: u64) -> Prepared {
    let options = Options::default().paths(2_000).seed(seed);
    Study::from_text("case", text).unwrap().prepare(&options).unwrap()
}

/// A shard, written and read again.
fn shard(prepared: &Prepared, number: u64, of: u64) -> RunPart {
    let mut counting = prepared.counting(Some(Shard { number, of })).unwrap();
    counting.advance(u64::MAX, Watch::default()).unwrap();
    assert_eq!(counting.left(), 0);
    RunPart::from_bytes(&counting.part().to_bytes().unwrap()).unwrap()
}

fn named(parts: impl IntoIterator<Item = RunPart>) -> Vec<(String, RunPart)> {
    (1..).zip(parts).map(|(number, part)| (format!("part {number}"), part)).collect()
}

#[test]
fn parts_with_metrics_that_are_finite_on_no_path_merge_to_the_whole() {
    let prepared = prepared(CASE, 1);
    let whole = prepared.run(Watch::default()).unwrap();
    let parts = [3, 1, 2].map(|number| shard(&prepared, number, 3));
    let (merged, _) = merge(named(parts), prepared.loaded.clone()).unwrap();
    assert_eq!(merged.summary.fingerprint, whole.summary.fingerprint);
    assert_eq!(merged.summary.metrics["never"].mean, None);
    assert_eq!(merged.summary.metrics["none"].not_finite, 2_000);
    assert_eq!(merged.summary, whole.summary);
}

/// The counts of one scenario under the name of another: only what is counted tells them apart.
#[test]
fn counts_of_other_series_are_refused() {
    let mine = prepared(CASE, 1);
    let more = prepared(&format!("{CASE}low = 'x@2021 <= 90'\n"), 1);
    let foreign = |of: u64| RunPart { ensemble: shard(&more, 2, of).ensemble, ..shard(&mine, 2, of) };
    let refused = merge(named([shard(&mine, 1, 2), foreign(2)]), mine.loaded.clone()).unwrap_err();
    let StudyError::NamedPart { name, error: PartError::Foreign(_) } = &refused else { panic!("{refused}") };
    assert_eq!(name, "part 2");
    let mut counting = mine.counting(Some(Shard { number: 2, of: 2 })).unwrap();
    assert!(matches!(counting.resume(foreign(2)), Err(PartError::Foreign(_))));
    let all = RunPart { ensemble: shard(&more, 1, 1).ensemble, ..shard(&mine, 1, 1) };
    let refused = merge(named([all]), mine.loaded.clone()).unwrap_err();
    assert!(matches!(refused, StudyError::OtherCounts), "{refused}");
}

#[test]
fn a_run_goes_on_from_a_part_that_begins_where_it_does_and_ends_no_later() {
    let mine = prepared(CASE, 1);
    let mut counting = mine.counting(Some(Shard { number: 2, of: 4 })).unwrap();
    let begun = counting.left();
    assert_eq!(begun, 2, "2000 paths are 8 blocks");
    for (number, of) in [(1, 4), (3, 4), (2, 2), (1, 1), (2, 3)] {
        let refused = counting.resume(shard(&mine, number, of));
        assert!(matches!(refused, Err(PartError::Foreign(_))), "{number} of {of}");
    }
    // The third eighth is the first half of the second quarter.
    counting.resume(shard(&mine, 3, 8)).unwrap();
    assert_eq!(counting.left(), 1);
    counting.resume(shard(&mine, 2, 4)).unwrap();
    assert_eq!(counting.left(), 0);
    assert!(counting.resume(shard(&prepared(CASE, 2), 2, 4)).is_err(), "of another seed");
}

#[test]
fn paths_that_are_in_no_part_or_in_two_are_named() {
    let mine = prepared(CASE, 1);
    let of = |numbers: &[u64]| {
        let parts = numbers.iter().map(|number| shard(&mine, *number, 4));
        match merge(named(parts), mine.loaded.clone()) {
            Err(StudyError::Part(error) | StudyError::NamedPart { error, .. }) => error,
            other => panic!("{:?}", other.map(|_| ())),
        }
    };
    let missing = |numbers: &[u64]| match of(numbers) {
        PartError::Missing(missing) => (missing.first.clone(), missing.numbers()),
        other => panic!("{other}"),
    };
    assert_eq!(missing(&[2, 3, 4]), (0..512, "1".to_owned()));
    assert_eq!(missing(&[1, 2, 4]), (1024..1536, "3".to_owned()));
    assert_eq!(missing(&[1, 2, 3]), (1536..2000, "4".to_owned()));
    assert_eq!(of(&[1, 2, 2, 3, 4]), PartError::Overlap("part 2".into(), 512..1024));
}

/// Each counts by bins of the draws that do not agree with the rest.
#[test]
fn counts_of_what_drives_it_that_do_not_agree_are_refused() {
    let honest = shard(&prepared(CASE, 1), 1, 1);
    let read = |forge: fn(&mut Slices)| {
        let mut part = honest.clone();
        forge(part.ensemble.slices.as_mut().unwrap());
        RunPart::from_bytes(&part.to_bytes().unwrap()).map(|_| ())
    };
    assert_eq!(read(|_| {}), Ok(()));
    assert_eq!(read(|slices| slices.rows[0][0] = (1 << 55) - 1), Ok(()));
    let forgeries: [fn(&mut Slices); 9] = [
        |slices| slices.paths += 1,
        |slices| slices.counts[0][0] += 1,
        |slices| slices.starts[0] = 1,
        |slices| slices.starts.push(0),
        |slices| slices.rows.push([0; 16]),
        |slices| slices.powers.truncate(1),
        |slices| slices.chosen.draws.push((u32::MAX, 0)),
        |slices| slices.chosen.draws.push((0, u32::MAX)),
        |slices| slices.rows[0][0] = 1 << 55,
    ];
    for (number, forge) in forgeries.into_iter().enumerate() {
        assert!(matches!(read(forge), Err(PartError::Senseless(_))), "forgery {number}");
    }
}

/// The same growth observed in two years. The record moves the trend as well as the years' own shocks.
const OBSERVED: &str = "
[time]
start = 2020
end = 2025
[shocks]
eps = 'normal(0, 2%)'
[parameters]
trend = 'normal(3%, 1%)'
[variables]
x = { start = '100', formula = 'prev(x) * exp(trend + eps)', report = true }
level = { formula = 'max(x, 112)', report = true }
[metrics]
first = 'first_year(x >= 118)'
[targets]
high = 'x@2025 >= 118'
[observations.x]
values = { 2021 = 105, 2022 = 111 }
sd = '1%'
";

#[test]
fn parts_of_a_run_that_is_conditioned_merge_in_any_order_to_the_whole() {
    let options = Options::default().paths(30_000).seed(3);
    let prepared = Study::from_text("case", OBSERVED).unwrap().prepare(&options).unwrap();
    let whole = prepared.run(Watch::default()).unwrap();
    assert!(whole.summary.evidence.is_some());
    for order in [[3, 1, 2], [2, 3, 1]] {
        let parts = order.map(|number| shard(&prepared, number, 3));
        let (merged, _) = merge(named(parts), prepared.loaded.clone()).unwrap();
        assert_eq!(merged.summary, whole.summary);
        assert_eq!(merged.distributions, whole.distributions);
    }
    let mut counting = prepared.counting(None).unwrap();
    counting.resume(shard(&prepared, 1, 3)).unwrap();
    counting.advance(u64::MAX, Watch::default()).unwrap();
    assert_eq!(counting.finish().unwrap().summary, whole.summary);
}

#[test]
fn parts_from_before_a_record_and_parts_from_after_it_are_of_two_runs() {
    let after = Options::default().paths(30_000).seed(3);
    let mut before = after.clone();
    before.unobserved = true;
    let [after, before] =
        [after, before].map(|options| Study::from_text("case", OBSERVED).unwrap().prepare(&options).unwrap());
    let mixed = merge(named([shard(&after, 1, 2), shard(&before, 2, 2)]), after.loaded.clone());
    let StudyError::NamedPart { error: PartError::Foreign(_), .. } = mixed.unwrap_err() else {
        panic!("one run")
    };
    let mut stripped = shard(&after, 1, 1);
    stripped.conditional = None;
    let refused = merge(named([stripped]), after.loaded.clone()).unwrap_err();
    assert!(matches!(refused, StudyError::OtherCounts), "{refused}");
}

/// Who changes weights can make a digest too: none of this may be read, as what is done with it could go wrong.
#[test]
fn weights_that_do_not_agree_are_refused_though_their_digest_is_right() {
    type Forgery = fn(&mut RunPart);
    let options = Options::default().paths(5_000).seed(3);
    let prepared = Study::from_text("case", OBSERVED).unwrap().prepare(&options).unwrap();
    let honest = shard(&prepared, 1, 2);
    let forgeries: [Forgery; 6] = [
        |part| part.conditional.as_mut().unwrap().ensemble.paths += 1,
        |part| part.conditional.as_mut().unwrap().ensemble.odds.all[0] += 1,
        |part| part.conditional.as_mut().unwrap().ensemble.odds.all[1] = u64::MAX,
        |part| part.conditional.as_mut().unwrap().ensemble.odds.met[0][0] = u64::MAX,
        |part| part.conditional.as_mut().unwrap().ensemble.odds.exactly[0] += 1,
        |part| {
            let counts = &mut part.conditional.as_mut().unwrap().ensemble;
            let other = counts.series[0].clone();
            counts.series[0].merge(&other);
        },
    ];
    for (number, forge) in forgeries.iter().enumerate() {
        let mut forged = honest.clone();
        forge(&mut forged);
        let read = RunPart::from_bytes(&forged.to_bytes().unwrap());
        assert!(matches!(read, Err(PartError::Senseless(_))), "forgery {number}");
    }
    assert!(RunPart::from_bytes(&honest.to_bytes().unwrap()).is_ok());
}
