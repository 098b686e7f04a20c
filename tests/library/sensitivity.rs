//! What drives a result, against indices in closed form.
//!
//! Shares are estimated on the run's own paths. All bounds are six of the stated standard errors and half a
//! per cent for what the bins leave out: by chance a test fails less than once in ten million seeds.

#![allow(clippy::disallowed_methods, reason = "closed forms are computed with the platform's functions")]
#![allow(clippy::format_push_string, reason = "a test's scenario is short")]

use crate::common::{Case, numbers};
use plancast::analysis::indices::{self, Design, SensitivityIndex};
use plancast::engine::{self, RowOrder, RunRequest, Watch};
use plancast::result::summary::{Drivers, Summary};
use plancast::result::{assemble, drivers};

/// The results of a scenario with what drives them.
pub(crate) fn driven(case: &Case, seed: u64, paths: u64, threads: usize) -> Summary {
    let request = RunRequest { seed, paths, threads: Some(threads) };
    let question = drivers::ask(&case.model, paths).unwrap();
    let (program, slicing) = (&case.model.program, Some(&question.slicing));
    let blocks = 0..request.blocks();
    let ensemble =
        engine::simulate_sliced(program, &[], &request, blocks, slicing, Watch::default()).unwrap();
    let mut summary = assemble::summary(&case.model.labels, &ensemble, seed, &[0.5]);
    drivers::find(&case.model, &question, &ensemble, seed).put_into(&mut summary);
    summary
}

fn check(summary: &Summary, outcome: &str, expected: &[(&str, f64)]) {
    for &(input, share) in expected {
        let found = summary.sensitivity[outcome].iter().find(|found| found.input == input);
        let (found, error) = found.map_or((0.0, 0.004), |found| (found.first_order, found.standard_error));
        assert!(
            (found - share).abs() < 6.0 * error + 0.005,
            "{outcome}, {input}: {found} ± {error}, exactly {share}"
        );
    }
}

/// Ishigami and Homma (1990) with a = 7 and b = 0.1; the sine is its series to the 17th power, within 1e-7.
pub(crate) const ISHIGAMI: &str = r#"
[scenario]
title = "Ishigami"
[time]
start = 2020
end = 2021
[sets.axis]
[sets.axis.fields]
x = { default = "uniform(-3.141592653589793, 3.141592653589793)" }
[axis.one]
[axis.two]
[axis.three]
[variables]
"square[axis]" = "x[axis]^2"
"sine[axis]" = "x[axis] * (1 - square[axis]/6*(1 - square[axis]/20*(1 - square[axis]/42*(1 - square[axis]/72*(1 - square[axis]/110*(1 - square[axis]/156*(1 - square[axis]/210*(1 - square[axis]/272*(1 - square[axis]/342)))))))))"
f = { formula = "sine[one] + 7 * sine[two]^2 + 0.1 * x[three]^4 * sine[one]", report = true }
"#;

#[test]
fn the_first_order_shares_of_ishigami_are_found() {
    let summary = driven(&Case::of(ISHIGAMI), 1, 200_000, 2);
    check(&summary, "f@2021", &[("x[one]", 0.3139), ("x[two]", 0.4424), ("x[three]", 0.0)]);
    let sums = &summary.drivers["f@2021"];
    assert!((sums.unexplained - 0.2437).abs() < 0.02, "{}", sums.unexplained);
}

fn g_function(a: &[f64]) -> String {
    let mut text =
        String::from("[scenario]\ntitle = \"g\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\n");
    let mut product = Vec::new();
    for (k, a) in a.iter().enumerate() {
        text += &format!("u{k} = \"uniform(0, 1)\"\n");
        product.push(format!("(abs(4 * u{k} - 2) + {a}) / (1 + {a})"));
    }
    text + &format!("[variables]\ng = {{ formula = \"{}\", report = true }}\n", product.join(" * "))
}

/// Sobol's g-function with a = (0, 1, 4.5, 9): `V_i = 1 / (3 (1 + a_i)²)`, `V = Π (1 + V_i) − 1`.
#[test]
fn the_first_order_shares_of_the_g_function_are_found() {
    let a = [0.0, 1.0, 4.5, 9.0];
    let summary = driven(&Case::of(&g_function(&a)), 2, 200_000, 2);
    let parts = a.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let whole: f64 = parts.iter().map(|part| 1.0 + part).product::<f64>() - 1.0;
    for (k, part) in parts.iter().enumerate() {
        check(&summary, "g@2021", &[(&format!("u{k}"), part / whole)]);
    }
}

/// A product of lognormals has `S_i = (e^{σ_i²} − 1) / (e^{Σσ²} − 1)`.
#[test]
fn the_shares_of_a_product_of_lognormals_are_those_of_the_formula() {
    let sigma = [0.3_f64, 0.2, 0.1];
    let text = "[scenario]\ntitle = \"p\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\n\
        a = \"lognormal(0, 0.3)\"\nb = \"lognormal(1, 0.2)\"\nc = \"lognormal(2, 0.1)\"\n\
        [variables]\ny = { formula = \"a * b * c\", report = true }\n";
    let summary = driven(&Case::of(text), 3, 200_000, 2);
    let whole = sigma.iter().map(|s| s * s).sum::<f64>().exp() - 1.0;
    for (name, sigma) in ["a", "b", "c"].into_iter().zip(sigma) {
        check(&summary, "y@2021", &[(name, ((sigma * sigma).exp() - 1.0) / whole)]);
    }
}

/// A random walk over ten years with a drift that is not known: shares of the year's shocks add up, and what
/// a coin decides is found in full.
pub(crate) const WALK: &str = r#"
[scenario]
title = "Walk"
[time]
start = 2020
end = 2030
[parameters]
drift = { value = "normal(0, 0.1)", source = "guess" }
coin = "bernoulli(15%)"
[shocks]
step = "normal(0, 1)"
[variables]
walk = { start = "0", formula = "prev(walk) + drift + step", report = true }
prize = { formula = "walk + 4 * coin", report = true }
debt = { formula = "-walk", report = true }
[targets]
up = { require = "coin >= 1" }
[groups]
luck = { title = "Luck", inputs = ["step", "coin"] }
[sources]
guess = { title = "A guess", grade = "D" }
"#;

#[test]
fn shocks_are_summed_over_the_years_and_groups_and_grades_are_told() {
    let summary = driven(&Case::of(WALK), 4, 200_000, 2);
    check(&summary, "walk@2030", &[("step", 10.0 / 11.0), ("drift", 1.0 / 11.0)]);
    let coin = 16.0 * 0.15 * 0.85;
    check(&summary, "prize@2025", &[("step", 5.0 / (5.25 + coin)), ("coin", coin / (5.25 + coin))]);
    check(&summary, "up", &[("coin", 1.0)]);
    let sums = &summary.drivers["walk@2030"];
    assert!((sums.parameters - 1.0 / 11.0).abs() < 0.02 && (sums.weak - 1.0 / 11.0).abs() < 0.02);
    assert_eq!((sums.groups[0].group.as_str(), sums.groups[0].title.en.as_str()), ("luck", "Luck"));
    // No path of a run lies at a quantile: neither ten draws nor a single one of many values have ends there.
    let [step, drift] = &summary.sensitivity["walk@2030"][..] else { panic!("{summary:?}") };
    assert_eq!((step.draws, step.low, drift.draws, drift.low), (10, None, 1, None));
    // The coin has: at tails the prize of 2030 is the walk, at heads it is 4 more.
    let coin = summary.sensitivity["prize@2030"].iter().find(|one| one.input == "coin").unwrap();
    assert_eq!(coin.values, Some([0.0, 1.0]));
    for (end, error, exact) in [(coin.low, coin.low_error, 0.0), (coin.high, coin.high_error, 4.0)] {
        assert!((end.unwrap() - exact).abs() < 4.5 * error.unwrap(), "{coin:?}");
    }
    // The walk's variance in 2030 is 10 + 100 · 0.01; of the paths that were looked at 15 % have the coin up.
    let looked = summary.drivers["prize@2030"].paths as f64;
    for (error, share) in [(coin.low_error, 0.85), (coin.high_error, 0.15)] {
        let exact = (11.0 / (share * looked)).sqrt();
        assert!((error.unwrap() / exact - 1.0).abs() < 0.3 && exact < 0.1, "{coin:?} {exact}");
    }
}

#[test]
fn what_drives_a_result_is_the_same_bytes_on_any_number_of_threads() {
    let case = Case::of(WALK);
    let text = |threads| plancast::result::json::write(&driven(&case, 5, 30_001, threads)).unwrap();
    assert_eq!(text(1), text(2));
    assert_eq!(text(1), text(7));
}

#[test]
fn parts_of_a_run_merge_to_the_whole() {
    let case = Case::of(WALK);
    let request = RunRequest { seed: 6, paths: 20_000, threads: Some(2) };
    let question = drivers::ask(&case.model, request.paths).unwrap();
    let run = |blocks| {
        let slicing = Some(&question.slicing);
        engine::simulate_sliced(&case.model.program, &[], &request, blocks, slicing, Watch::default())
            .unwrap()
    };
    let mut parts = run(33..79);
    parts.merge(&run(0..33));
    assert_eq!(parts.slices, run(0..79).slices);
}

/// Three lognormals, of which also the odds that their product is above its median are told: with scores a, b, c
/// and s² = Σσ² it is above where Σσz ≥ 0, so that a has (2 / π) asin(σ² / s²) of the variance.
const LOGNORMALS: &str = "[scenario]\ntitle = \"p\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\n\
    a = \"lognormal(0, 0.3)\"\nb = \"lognormal(1, 0.2)\"\nc = \"lognormal(2, 0.1)\"\n\
    [variables]\ny = { formula = \"a * b * c\", report = true }\n\
    [targets]\nhigh = { require = \"y@2021 >= 20.085536923187668\" }\n";

/// The mean of a share over a hundred seeds, and how its spread compares with the error that was stated.
fn over_seeds(summaries: &[Summary], share: &dyn Fn(&Summary) -> (f64, f64)) -> (f64, f64) {
    let found: Vec<(f64, f64)> = summaries.iter().map(share).collect();
    let shares: Vec<f64> = found.iter().map(|(share, _)| *share).collect();
    let (mean, variance, _) = crate::common::moments(&shares);
    let stated = found.iter().map(|(_, error)| error).sum::<f64>() / found.len() as f64;
    (mean, variance.sqrt() / stated)
}

/// A hundred seeds: each share is right on average, and its spread is at most a third above the stated error, and not
/// less than six tenths of it: the error also holds what bins may hide of an outcome that waves, such as x[two]'s. A
/// spread of a hundred lies so far off by chance in less than one of ten thousand cases; half a per cent is what the
/// bins leave out.
#[test]
fn the_stated_error_of_a_share_is_its_spread_over_seeds() {
    let square = |sigma: f64| sigma * sigma;
    let whole = square(0.3) + square(0.2) + square(0.1);
    let of_product = |sigma: f64| (square(sigma).exp() - 1.0) / (whole.exp() - 1.0);
    let of_odds = |sigma: f64| (square(sigma) / whole).asin() * 2.0 / std::f64::consts::PI;
    let coin = 16.0 * 0.15 * 0.85;
    let lognormals = [("a", 0.3), ("b", 0.2), ("c", 0.1)];
    let product = lognormals.map(|(name, sigma)| ("y@2021", name, of_product(sigma)));
    let odds = lognormals.map(|(name, sigma)| ("high", name, of_odds(sigma)));
    let ishigami = [("f@2021", "x[one]", 0.3139), ("f@2021", "x[two]", 0.4424)];
    let walk = [
        ("walk@2030", "drift", 1.0 / 11.0),
        ("prize@2025", "coin", coin / (5.25 + coin)),
        ("prize@2025", "drift", 0.25 / (5.25 + coin)),
    ];
    for (text, shares) in
        [(LOGNORMALS, [product, odds].concat()), (ISHIGAMI, ishigami.to_vec()), (WALK, walk.to_vec())]
    {
        let case = Case::of(text);
        let summaries: Vec<Summary> = (100..200).map(|seed| driven(&case, seed, 8192, 2)).collect();
        for (outcome, name, exact) in shares {
            let (mean, ratio) = over_seeds(&summaries, &|summary| {
                let found = summary.sensitivity[outcome].iter().find(|found| found.input == name).unwrap();
                (found.first_order, found.standard_error)
            });
            assert!((mean - exact).abs() < 0.005, "{outcome}, {name}: {mean}, exactly {exact}");
            assert!((0.6..1.33).contains(&ratio), "{outcome}, {name}: spread over stated error is {ratio}");
        }
    }
}

/// A sum of shares and its error.
type Sum = fn(&Drivers) -> (f64, f64);

/// Sums over groups have errors too: of what is explained, of parameters and of shocks. Where all is explained sums are
/// held at the whole, so that they spread less than is stated; never more, and never to more than all.
#[test]
fn sums_of_shares_are_never_more_than_all_nor_less_sure_than_is_stated() {
    let sums: [(&str, Sum); 3] = [
        ("explained", |found| (found.explained, found.standard_error)),
        ("parameters", |found| (found.parameters, found.parameters_error)),
        ("shocks", |found| (found.shocks, found.shocks_error)),
    ];
    for (text, outcome, exact) in
        [(WALK, "walk@2030", [1.0, 1.0 / 11.0, 10.0 / 11.0]), (ISHIGAMI, "f@2021", [0.7563, 0.7563, 0.0])]
    {
        let case = Case::of(text);
        let summaries: Vec<Summary> = (200..300).map(|seed| driven(&case, seed, 8192, 2)).collect();
        for summary in &summaries {
            let found = &summary.drivers[outcome];
            assert!((found.parameters + found.shocks + found.unexplained - 1.0).abs() < 1e-12, "{found:?}");
        }
        for ((name, sum), exact) in sums.into_iter().zip(exact).filter(|(_, exact)| *exact > 0.0) {
            let (mean, ratio) = over_seeds(&summaries, &|summary| sum(&summary.drivers[outcome]));
            assert!((mean - exact).abs() < 0.01, "{outcome}, {name}: {mean}, exactly {exact}");
            assert!(ratio < 1.33, "{outcome}, {name}: spread over stated error is {ratio}");
        }
    }
}

/// x three moves how far x one does, not where to: alone it explains nothing.
#[test]
fn an_input_that_moves_only_the_spread_is_given_no_share() {
    let case = Case::of(ISHIGAMI);
    let shares = (300..400).map(|seed| {
        let summary = driven(&case, seed, 8192, 2);
        let found = summary.sensitivity["f@2021"].iter().find(|found| found.input == "x[three]");
        assert!(found.is_none_or(|found| found.first_order < 0.03), "{seed}: {found:?}");
        found.map_or(0.0, |found| found.first_order)
    });
    let (mean, _, _) = crate::common::moments(&shares.collect::<Vec<_>>());
    // What is told is what was found to be above chance.
    assert!(mean < 0.002, "{mean}");
}

/// The design for a variable in 2021, its draws one by one, with the inputs' names.
fn design(text: &str, variable: &str, seed: u64) -> (Vec<String>, Design) {
    let case = Case::of(text);
    let series = case.series(variable, 2021) as u32;
    let program = case.model.program.only(&[series], &[]);
    let draws: Vec<(u32, u32)> = program.draws().collect();
    let name = |(stream, _): &(u32, u32)| {
        case.model.inputs.iter().find(|input| input.stream == *stream).unwrap().name.clone()
    };
    let groups = (0..draws.len()).map(|draw| vec![draw]).collect();
    let orders = draws.iter().map(|(stream, _)| RowOrder::of_stream(&case.model, *stream)).collect();
    (draws.iter().map(name).collect(), Design { program, groups, seed, never: None, orders })
}

/// Three of the stated margins are seven standard errors; the rest is what eight scramblings may share.
fn near(name: &str, index: SensitivityIndex, exact: f64) {
    assert!((index.value - exact).abs() < 3.0 * index.margin + 0.002, "{name}: {index:?}, exactly {exact}");
    assert!(index.margin < 0.02, "{name}: {index:?}");
}

#[test]
fn designs_find_the_first_order_and_total_indices_of_ishigami() {
    let (names, design) = design(ISHIGAMI, "f", 1);
    let exact = [("x[one]", 0.3139, 0.5576), ("x[two]", 0.4424, 0.4424), ("x[three]", 0.0, 0.2437)];
    let found = design.indices(2048);
    for (name, first, total) in exact {
        let place = names.iter().position(|known| known == name).unwrap();
        near(name, found[place].closed, first);
        near(name, found[place].total, total);
    }
}

#[test]
fn designs_find_the_indices_of_the_g_function() {
    let a: [f64; 4] = [0.0, 1.0, 4.5, 9.0];
    let (names, design) = design(&g_function(&a), "g", 2);
    let parts = a.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let product: f64 = parts.iter().map(|part| 1.0 + part).product();
    let found = design.indices(2048);
    for (k, part) in parts.iter().enumerate() {
        let place = names.iter().position(|known| *known == format!("u{k}")).unwrap();
        near(&names[place], found[place].closed, part / (product - 1.0));
        near(&names[place], found[place].total, part * product / (1.0 + part) / (product - 1.0));
    }
}

/// In y = 3 a + b + 0 c the elementary effects are exactly 3, 1 and 0.
#[test]
fn screening_and_pawn_rank_inputs_as_they_are() {
    let text = "[scenario]\ntitle = \"s\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\n\
        a = \"uniform(0, 1)\"\nb = \"uniform(0, 1)\"\n\
        [variables]\ny = { formula = \"3 * a + b\", report = true }\n";
    let (names, design) = design(text, "y", 3);
    let (a, b) = (names.iter().position(|n| n == "a").unwrap(), names.iter().position(|n| n == "b").unwrap());
    let effects = design.screening(50);
    assert!((effects[a].mu_star - 3.0).abs() < 1e-12 && (effects[b].mu_star - 1.0).abs() < 1e-12);
    let (distances, idle) = design.distances(20_000);
    assert!(distances[a].median > 2.0 * distances[b].median && distances[b].median > 0.05);
    // A slice of 2000 points is off by about 0.87 / √2000 at the most (Kolmogorov).
    assert!((0.01..0.03).contains(&idle.median) && idle.largest < 0.06, "{idle:?}");
}

/// A group counts as its strongest draw, whatever else is in it and wherever that stands.
#[test]
fn pawn_gives_a_group_the_distance_of_its_strongest_draw() {
    let text = "[scenario]\ntitle = \"s\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\n\
        a = \"uniform(0, 1)\"\nb = \"uniform(0, 1)\"\nc = \"uniform(0, 1)\"\n\
        [variables]\ny = { formula = \"3 * a + 1e-9 * b + 1e-9 * c\", report = true }\n";
    let (names, single) = design(text, "y", 3);
    let place = |name: &str| names.iter().position(|known| known == name).unwrap();
    let (a, b, c) = (place("a"), place("b"), place("c"));
    let (alone, _) = single.distances(4096);
    assert!(alone[a].median > 0.2 && alone[b].median < 0.1, "{alone:?}");
    for group in [vec![a, b], vec![b, a], vec![b, a, c]] {
        let grouped = Design { groups: vec![group], ..single.clone() };
        assert_eq!(grouped.distances(4096).0, [alone[a]]);
    }
}

/// Of a sum of two draws the closed index of both is 1; that of a product of two about zero is 1 too, of which neither
/// has any alone.
#[test]
fn a_closed_index_holds_what_draws_of_a_group_do_together() {
    let text = "[scenario]\ntitle = \"s\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\n\
        a = \"normal(0, 1)\"\nb = \"normal(0, 1)\"\nc = \"normal(0, 1)\"\n\
        [variables]\ny = { formula = \"a * b + c\", report = true }\n";
    let (names, single) = design(text, "y", 5);
    let place = |name: &str| names.iter().position(|known| known == name).unwrap();
    let groups = vec![vec![place("a"), place("b")], vec![place("a")], vec![place("c")]];
    let found = Design { groups, ..single }.indices(2048);
    near("a and b", found[0].closed, 0.5);
    near("a", found[1].closed, 0.0);
    near("c", found[2].closed, 0.5);
    near("a, total", found[1].total, 0.5);
}

/// Indices in closed form, of discrete and of smooth inputs, of sums and of products, and of a truth; with few paths too.
/// Of forty seeds the intervals of 95 % hold at least 31 times, and of a hundred (`PLANCAST_LONG`) 86 times: each falls short with a
/// probability of 1.4e-4 at most, were they exactly right; and the estimates are right on average, to four of their standard errors.
#[test]
fn intervals_of_indices_hold_as_often_as_they_say() {
    let head = "[scenario]\ntitle = \"s\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\n";
    let of = |inputs: &str, y: &str| {
        format!("{head}{inputs}[variables]\ny = {{ formula = \"{y}\", report = true }}\n")
    };
    let coin = "a = \"bernoulli(0.5)\"\nb = \"uniform(10, 20)\"\n";
    let unit = "a = \"bernoulli(0.5)\"\nb = \"uniform(0, 1)\"\n";
    let rare = "a = \"bernoulli(0.1)\"\nb = \"bernoulli(0.3)\"\n";
    let normal = "a = \"normal(0, 1)\"\nb = \"normal(0, 2)\"\n";
    // 25 and 100/12; of the product 1/16, 1/48 and, jointly, 1/48.
    let (a, b) = (25.0, 100.0 / 12.0);
    // P(a + b < 0.4): a must be 0 and b below 0.4, 0.2 in all.
    let (v, va, vb) = (0.2 * 0.8, 0.5 * 0.4 * 0.4 - 0.04, 0.25 * 0.4 - 0.04);
    let angle = |of: f64| (of / 5.0_f64).asin() * 2.0 / std::f64::consts::PI;
    let cases = [
        (of(coin, "10 * a + b"), [(a / (a + b), a / (a + b)), (b / (a + b), b / (a + b))]),
        (of(unit, "a * b"), [(0.6, 0.8), (0.2, 0.4)]),
        (of(unit, "if(a + b < 0.4, 1, 0)"), [(va / v, 1.0 - vb / v), (vb / v, 1.0 - va / v)]),
        (of(rare, "a + b"), [(0.3, 0.3), (0.7, 0.7)]),
        (of(normal, "a + b"), [(0.2, 0.2), (0.8, 0.8)]),
        (of(normal, "if(a + b > 0, 1, 0)"), [(angle(1.0), 1.0 - angle(4.0)), (angle(4.0), 1.0 - angle(1.0))]),
    ];
    let (seeds, least) = (numbers(40, 100), numbers(31, 86) as usize);
    for (text, exact) in cases {
        let (names, single) = design(&text, "y", 0);
        for points in [64_u32, 128, 250] {
            let found: Vec<Vec<indices::Indices>> =
                (0..seeds).map(|seed| Design { seed, ..single.clone() }.indices(points)).collect();
            for (input, (closed, total)) in ["a", "b"].into_iter().zip(exact) {
                let draw = names.iter().position(|name| name == input).unwrap();
                let all = |of: fn(&indices::Indices) -> SensitivityIndex| {
                    found.iter().map(|it| of(&it[draw])).collect::<Vec<SensitivityIndex>>()
                };
                for (name, all, exact) in
                    [("closed", all(|it| it.closed), closed), ("total", all(|it| it.total), total)]
                {
                    let holds = all.iter().filter(|it| (it.value - exact).abs() <= it.margin).count();
                    let values: Vec<f64> = all.iter().map(|it| it.value).collect();
                    let (mean, variance, _) = crate::common::moments(&values);
                    let what = format!("{text}, {input}, {name}, {points} points: {mean} for {exact}");
                    assert!(holds >= least, "{what}: {holds} of {seeds} hold");
                    assert!(
                        (mean - exact).abs() <= 4.0 * (variance / seeds as f64).sqrt() + 1e-9,
                        "{what}: biased"
                    );
                }
            }
            // Alone no more is explained than with others: 95 % intervals that do not meet are rare chance.
            let above = |it: &&indices::Indices| {
                it.closed.value - it.total.value > it.closed.margin + it.total.margin
            };
            let above = found.iter().flatten().filter(above).count();
            assert!(above <= 4, "{text}, {points}: {above} of {seeds} closed indices are above the total");
        }
    }
}

/// |2 u - ⌊2 u⌋ - 1/2| repeats after a half: from 0.05 to 0.65 and from 0.35 to 0.95 it moves by 0.2: by a
/// third of the step.
#[test]
fn screening_does_not_miss_what_repeats_after_half_of_the_range() {
    let text = "[scenario]\ntitle = \"s\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\n\
        u = \"uniform(0, 1)\"\n\
        [variables]\ny = { formula = \"abs(2 * u - floor(2 * u) - 0.5)\", report = true }\n";
    let (_, design) = design(text, "y", 4);
    assert!((design.screening(50)[0].mu_star - 1.0 / 3.0).abs() < 1e-9);
}

/// Two hundred seeds: the 95 % intervals hold the closed form on at least 180 and not on all but a few. With 95 % a
/// count below 178 comes by chance in one of ten thousand cases; points that are spread evenly err less than their
/// scramblings, which may only make intervals hold more often.
#[test]
fn intervals_of_designs_hold_the_closed_form_as_often_as_they_say() {
    let exact = [("x[one]", 0.3139, 0.5576), ("x[two]", 0.4424, 0.4424), ("x[three]", 0.0, 0.2437)];
    let mut held = [[0; 2]; 3];
    let (names, first) = design(ISHIGAMI, "f", 0);
    for seed in 1..=200 {
        let found = Design { seed, ..first.clone() }.indices(256);
        for ((name, first, total), held) in exact.iter().zip(&mut held) {
            let place = names.iter().position(|known| known == name).unwrap();
            for ((index, exact), held) in
                [(found[place].closed, first), (found[place].total, total)].into_iter().zip(held)
            {
                *held += u32::from((index.value - exact).abs() <= index.margin);
            }
        }
    }
    assert!(held.as_flattened().iter().all(|held| (178..=200).contains(held)), "{held:?}");
}

/// Elementary effects as Morris (1991) and Campolongo et al. (2007) define them: of a straight outcome every effect is
/// its slope. The effect of a on a b is b, which lies at 0.05, 0.35, 0.65 or 0.95: its mean is 1/2 and its s.d. 0.335,
/// which 400 trajectories miss by a tenth once in a hundred million.
#[test]
fn elementary_effects_are_those_of_the_literature() {
    let text = |formula: &str| {
        format!(
            "[scenario]\ntitle = \"s\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\n\
             a = \"uniform(0, 1)\"\nb = \"uniform(0, 1)\"\n\
             [variables]\ny = {{ formula = \"{formula}\", report = true }}\n"
        )
    };
    let (names, straight) = design(&text("3 * a - 2 * b"), "y", 5);
    for (name, effect) in names.iter().zip(straight.screening(100)) {
        let slope = if name == "a" { 3.0 } else { -2.0 };
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-12, "{name}: {effect:?}");
        near(effect.mu.unwrap(), slope);
        near(effect.mu_star, slope.abs());
        near(effect.sigma.unwrap(), 0.0);
    }
    let (_, product) = design(&text("a * b"), "y", 6);
    for effect in product.screening(400) {
        assert!(
            (effect.mu.unwrap() - 0.5).abs() < 0.1 && (effect.sigma.unwrap() - 0.335).abs() < 0.1,
            "{effect:?}"
        );
        assert!((effect.mu.unwrap() - effect.mu_star).abs() < 1e-12, "no effect is below zero: {effect:?}");
    }
    let together = Design { groups: vec![vec![0, 1]], ..straight }.screening(100)[0];
    assert_eq!((together.mu, together.sigma), (None, None), "a group moves in no one direction");
    assert!((1.0 - 1e-9..=5.0 + 1e-9).contains(&together.mu_star), "{together:?}");
}
