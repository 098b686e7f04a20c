//! Parts are written, read, and put together.

use super::*;
use crate::ensemble::{SeriesScale, Truths};

fn part(blocks: Range<u64>) -> RunPart {
    let origin = PartOrigin { scenario: "plan".into(), seed: 1, paths: 1000, ..PartOrigin::default() };
    let mut ensemble = Ensemble::new(&[SeriesScale::new(0.0, 0.5)], 1, &[]);
    let covered = paths(&blocks, &origin);
    for first in covered.clone().step_by(BLOCK) {
        let values: Vec<f64> =
            (first..covered.end.min(first + 256)).map(|path| path as f64 - 300.0).collect();
        ensemble.series[0].add_column(first, &values);
        let mut truths = Truths::new(1);
        truths.mark(0, &values);
        ensemble.odds.add(first, values.len(), &truths);
        ensemble.paths += values.len() as u64;
    }
    RunPart { origin, shard: None, blocks, ensemble, conditional: None }
}

fn named(parts: &[Range<u64>]) -> Vec<(String, RunPart)> {
    parts.iter().map(|blocks| (format!("{blocks:?}"), part(blocks.clone()))).collect()
}

#[test]
fn a_part_is_read_back_as_it_was_written() {
    let part = part(1..3);
    let bytes = part.to_bytes().unwrap();
    assert_eq!(RunPart::from_bytes(&bytes), Ok(part.clone()));
    assert!(bytes.starts_with(b"plancast-part/4\n") && bytes.len() < 8000, "{}", bytes.len());
    assert_eq!(part.to_bytes().unwrap(), bytes);
}

#[test]
fn no_byte_can_be_changed_or_lost_unseen() {
    let bytes = part(0..1).to_bytes().unwrap();
    for place in (0..bytes.len()).step_by(7) {
        let mut damaged = bytes.clone();
        damaged[place] ^= 16;
        assert!(RunPart::from_bytes(&damaged).is_err(), "{place}");
        assert!(RunPart::from_bytes(&bytes[..place]).is_err(), "{place}");
    }
    assert_eq!(RunPart::from_bytes(b"{}"), Err(PartError::NoPart));
}

/// Who changes counts can make a digest too.
#[test]
fn a_part_whose_counts_do_not_agree_is_refused_though_its_digest_is_right() {
    type Forgery = fn(&mut RunPart);
    let forgeries: [Forgery; 4] = [
        |part| part.ensemble.paths = 1,
        |part| part.ensemble.series[0].finite += 1,
        |part| part.ensemble.odds.met[0] = 1 << 50,
        |part| part.blocks.start = 3,
    ];
    for forge in forgeries {
        let mut forged = part(0..2);
        forge(&mut forged);
        let bytes = forged.to_bytes().unwrap();
        assert!(matches!(RunPart::from_bytes(&bytes), Err(PartError::Senseless(_))), "{forged:?}");
    }
}

#[test]
fn parts_in_any_order_merge_to_the_whole() {
    let whole = part(0..4);
    for order in [[0..1, 1..3, 3..4], [3..4, 0..1, 1..3], [1..3, 3..4, 0..1]] {
        assert_eq!(merge(named(&order)).unwrap(), whole);
    }
    assert_eq!(merge(named(&[0..2, 2..2, 2..4])).unwrap(), whole);
}

#[test]
fn a_part_of_another_run_is_refused_with_what_differs() {
    type Change = fn(&mut PartOrigin);
    let changes: [(Change, &str); 10] = [
        (|origin| origin.scenario = "other".into(), "the scenario is other, not plan"),
        (|origin| origin.plancast = "9.9".into(), "the version of plancast is 9.9"),
        (|origin| origin.seed = 2, "the seed is 2, not 1"),
        (|origin| origin.paths = 1001, "the number of paths is 1001, not 1000"),
        (|origin| origin.sampling = "sobol".into(), "the sampling is sobol"),
        (|origin| origin.resolved_sha256 = "ab".into(), "the scenario's SHA-256 is ab"),
        (|origin| origin.record = vec!["y".into()], "records other variables"),
        (|origin| origin.quantiles = vec![0.5], "other variables, quantiles"),
        (|origin| origin.sensitivity = true, "quantiles or drivers"),
        (|origin| origin.program_sha256 = "cd".into(), "the compiled program is cd"),
    ];
    let mine = part(0..2);
    for (change, said) in changes {
        let mut theirs = part(2..4);
        change(&mut theirs.origin);
        let error = theirs.belongs_to(&mine.origin).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let mut renamed = part(2..4);
    renamed.origin.inputs = vec![InputFile::of("elsewhere.toml", b"")];
    assert_eq!(renamed.belongs_to(&mine.origin), Ok(()));
}

#[test]
fn a_part_whose_counts_are_of_other_series_is_refused() {
    let mut parts = named(&[0..2, 2..4]);
    parts[1].1.ensemble.series.clear();
    let (name, error) = merge(parts).unwrap_err();
    assert_eq!(name.as_deref(), Some("2..4"));
    assert!(error.to_string().contains("other series"), "{error}");
}

/// These are the first paths that are in no part, and the parts are no shards.
fn missing(first: Range<u64>) -> PartError {
    PartError::Missing(MissingPaths { first, ..MissingPaths::default() })
}

/// A thousand blocks as shards of so many, but these.
fn shards_but(of: u64, missing: impl Fn(u64) -> bool) -> MissingPaths {
    let mut merging = Merging::default();
    for number in (1..=of).filter(|number| !missing(*number)) {
        let shard = Shard { number, of };
        let blocks = shard.blocks(1000);
        let origin = PartOrigin { paths: 256_000, ..PartOrigin::default() };
        let ensemble = Ensemble::new(&[], 0, &[]);
        let part = RunPart { origin, shard: Some(shard), blocks, ensemble, conditional: None };
        merging.add(&shard.to_string(), part).unwrap();
    }
    merging.missing().unwrap()
}

#[test]
fn missing_shards_are_told_by_their_numbers_as_job_arrays_take_them() {
    assert_eq!(shards_but(16, |number| number == 5).numbers(), "5");
    assert_eq!(shards_but(1000, |number| number == 3 || (17..=45).contains(&number)).numbers(), "3,17-45");
    let numbers = shards_but(7, |number| number % 2 == 0).numbers();
    assert_eq!(numbers, "2,4,6");
    let listed = shards_but(999, |number| number % 3 == 0);
    let words = PartError::Missing(listed.clone()).to_string();
    assert!(listed.shards.len() == 333 && listed.numbers().ends_with(",120,…"), "{}", listed.numbers());
    assert!(words.contains("333 shards of 999"), "{words}");
}

#[test]
fn what_is_missing_doubled_or_foreign_is_named() {
    let late = vec![("late".to_owned(), part(1..4))];
    assert_eq!(merge(late), Err((None, missing(0..256))));
    assert_eq!(merge(named(&[0..1, 2..4])), Err((None, missing(256..512))));
    assert_eq!(merge(named(&[0..1, 1..3])), Err((None, missing(768..1000))));
    let twice = PartError::Overlap("0..2".into(), 0..512);
    assert_eq!(merge(named(&[0..2, 0..2, 2..4])), Err((Some("0..2".into()), twice)));
    let overlap = PartError::Overlap("0..3".into(), 512..768);
    assert_eq!(merge(named(&[0..3, 2..4])), Err((Some("2..4".into()), overlap)));
    let mut foreign = named(&[0..2, 2..4]);
    foreign[1].1.origin.seed = 9;
    let (name, error) = merge(foreign).unwrap_err();
    assert_eq!(name.as_deref(), Some("2..4"));
    assert_eq!(error.to_string(), "it is of another run: the seed is 9, not 1");
}

#[test]
fn shards_make_up_the_whole_without_gap() {
    for of in [1, 3, 16, 391, 1000] {
        let mut next = 0;
        for number in 1..=of {
            let part = Shard { number, of }.blocks(391);
            assert_eq!(part.start, next, "{number}/{of}");
            next = part.end;
        }
        assert_eq!(next, 391);
    }
}
