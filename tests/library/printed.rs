//! How numbers and texts are printed, at the limits of each form.

use plancast::text::Language::{En, Zh};
use plancast::text::markup::markdown;
use plancast::text::number::{percent, trimmed};
use plancast::text::probability::KnownProbability;
use plancast::text::wrap::lines;

/// What was counted between none and all paths.
fn counted(share: f64) -> KnownProbability {
    KnownProbability { share, error: Some(0.001), low: share, high: share, is_open: false, decided: None }
}

#[test]
fn whole_per_cent_are_0_and_100_of_nothing_and_of_all_only() {
    assert_eq!([percent(0.0, En), percent(1.0, En)], ["0 %", "100 %"]);
    // Half a per cent would be rounded to none or to all.
    assert_eq!([percent(1e-9, En), percent(0.005, En), percent(0.0051, En)], ["< 1 %", "< 1 %", "1 %"]);
    assert_eq!(
        [percent(0.9949, En), percent(0.995, En), percent(1.0 - 1e-9, En)],
        ["99 %", "> 99 %", "> 99 %"]
    );
}

#[test]
fn a_cell_is_0_and_100_of_what_is_decided_only() {
    assert_eq!([0.001, 0.005, 0.0051].map(|share| counted(share).cell()), ["<1", "<1", "1"]);
    assert_eq!([0.9949, 0.995, 0.999].map(|share| counted(share).cell()), ["99", ">99", ">99"]);
}

/// An interval of no width says nothing, and neither does one that reaches to the middle.
#[test]
fn of_no_path_a_bound_is_given_only_where_it_says_something() {
    let none = |high: f64| KnownProbability { high, error: None, ..counted(0.0) };
    let all = |low: f64| KnownProbability { low, error: None, ..counted(1.0) };
    assert_eq!([none(0.0).words(En), all(1.0).words(En)], ["–", "–"]);
    assert_eq!([none(0.4).words(En), all(0.6).words(Zh)], ["< 40 %", "> 60%"]);
    // z² / (n + z²) of three paths.
    assert_eq!([none(0.561_497).words(En), all(0.438_503).words(En)], ["0 of 3 paths", "3 of 3 paths"]);
    assert_eq!([none(0.561_497).cell(), all(0.438_503).cell()], ["–", "–"]);
    assert_eq!([none(0.4).cell(), all(0.6).cell()], ["<40", ">60"]);
}

#[test]
fn marks_of_markdown_are_texts_where_they_would_be_read_as_marks() {
    for (text, written) in [
        ("> quoted", "\\> quoted"),
        ("a > b", "a > b"),
        ("#tag", "\\#tag"),
        ("see #tag", "see \\#tag"),
        ("see a# b", "see a\\# b"),
        ("a#b", "a#b"),
        ("--- line", "\\--- line"),
        ("12) a", "12\\) a"),
        ("a) b", "a) b"),
    ] {
        assert_eq!(markdown(text), written);
    }
}

#[test]
fn a_power_of_ten_has_as_many_digits_as_are_asked_for() {
    assert_eq!([trimmed(1.234_567e15, 3), trimmed(-1.234_567e-9, 5)], ["1.23×10¹⁵", "−1.2346×10⁻⁹"]);
}

/// A line that has room for the character alone.
#[test]
fn a_stop_is_not_parted_from_what_it_follows() {
    let within = |text: &str, most: usize| lines(text, |line| line.chars().count() <= most);
    assert_eq!(within("五年下降13.5%，完成。", 5), ["五年下降", "13.5%，", "完成。"]);
    assert_eq!(within("完成；是？", 2), ["完", "成；", "是？"]);
    assert_eq!(within("a (b), c", 4), ["a", "(b),", "c"]);
}
