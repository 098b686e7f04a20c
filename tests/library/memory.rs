//! What a run is estimated to take before it starts, part by part.

use plancast::Options;
use plancast::scenario::load::from_text;
use plancast::study::{Besides, Compared, Need, PROGRAM, Prepared, needed_together};

/// A variable of six years, and one of six years and three members.
const CASE: &str = "
[time]
start = 2020
end = 2025
[sets.s]
[s]
a = {}
b = {}
c = {}
[parameters]
g = 'normal(2%, 1%)'
[variables]
x = { start = '100', formula = 'prev(x) * (1 + g)', report = true }
'y[s]' = 'x / 3'
";

fn prepared(text: &str) -> Prepared {
    let options = Options::default().paths(1000).drivers(false);
    Prepared::new(from_text("case", text), &options, false).unwrap()
}

fn need(besides: Besides) -> Need {
    prepared(CASE).need(2, besides)
}

#[test]
fn figures_take_4096_numbers_of_each_value_and_an_export_80_megabytes() {
    let plain = need(Besides::default());
    let figures = 8 * 4096 * 6 * (1 + 3);
    for (besides, more) in [
        (Besides { figures: true, export: false }, figures),
        (Besides { figures: false, export: true }, 80 << 20),
        (Besides { figures: true, export: true }, figures + (80 << 20)),
    ] {
        let found = need(besides);
        assert_eq!(found.alone - plain.alone, more, "{besides:?}");
        assert_eq!(found.on_one_thread - plain.on_one_thread, more, "{besides:?}");
    }
    assert!(plain.on_one_thread <= plain.alone && plain.on_one_thread > PROGRAM);
}

/// The differences of an alternative from the reference take as much as the alternative.
#[test]
fn a_comparison_takes_its_scenarios_and_the_alternatives_once_more() {
    let options = Options::default().paths(1000).drivers(false);
    let alone = prepared(CASE).need(2, Besides::default()).alone - PROGRAM;
    let wider = CASE
        .replace("c = {}", "c = {}\nd = {}\ne = {}\nf = {}")
        .replace("'x / 3'", "{ formula = 'x / 3', report = true }");
    let other = prepared(&wider).need(2, Besides::default()).alone - PROGRAM;
    let of = |texts: &[&str]| {
        let loaded = texts.iter().map(|text| from_text("case", text)).collect();
        needed_together(&Compared::new(loaded, &options).unwrap(), 2)
    };
    assert_eq!(of(&[CASE, CASE]), PROGRAM + 3 * alone);
    assert_eq!(of(&[CASE, CASE, CASE]), PROGRAM + 5 * alone);
    assert!(other > alone && of(&[&wider, &wider]) == PROGRAM + 3 * other);
}
