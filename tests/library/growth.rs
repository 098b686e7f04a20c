//! What a model, a figure and files cost as they grow: in proportion to what is in them, whatever it is most of. Times are compared with those
//! of a model a quarter as large, so that they hold on any machine.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use plancast::analysis::decompose;
use plancast::chart::Size;
use plancast::chart::exceedance::{self, CurveMark, Exceedance, ExceedanceCurve};
use plancast::chart::fan::{self, Fan, FanMark};
use plancast::engine::run_path;
use plancast::model::{Model, Op, RecordedVariables, compile};
use plancast::num::{draw, normal};
use plancast::scenario::load::{Loaded, from_text};
use plancast::text::Language;
use plancast::world::{Patience, Writer};

const TIME: &str = "[time]\nstart = 2020\nend = 2035\n";

fn listed(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

fn compiled(text: &str, record: &RecordedVariables) -> Model {
    let mut loaded = from_text("growth.toml", text);
    let model = compile(&loaded.scenario, record, &mut loaded.diagnostics);
    model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// How long one thread works on something, at best of three times.
#[allow(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
fn work(what: impl Fn() + Send + Sync) -> Duration {
    let worked = || {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        told.and_then(|told| told.split_whitespace().next()?.parse().ok()).map(Duration::from_nanos)
    };
    let once = || {
        let (begun, before) = (Instant::now(), worked());
        what();
        worked().zip(before).map_or_else(|| begun.elapsed(), |(after, before)| after.saturating_sub(before))
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    pool.install(|| (0..3).map(|_| once()).min().unwrap())
}

/// What is four times as large takes about four times as long, and not sixteen times.
#[track_caller]
fn grows_evenly(large: usize, text: impl Fn(usize) -> String + Sync) {
    let time = |size: usize| {
        let text = text(size);
        work(move || {
            compiled(&text, &RecordedVariables::Headlines);
        })
    };
    let (quarter, whole) = (time(large / 4), time(large));
    assert!(whole < quarter * 9, "{quarter:?} for a quarter, {whole:?} for the whole");
}

#[test]
fn a_chain_of_twenty_thousand_variables_is_checked_in_proportion() {
    let link = |n: usize| format!("x{} = \"x{n} * 1.0001 + 1\"\n", n + 1);
    grows_evenly(20_000, |size| {
        format!("{TIME}[variables]\nx0 = {{ formula = \"year\", report = true }}\n{}", listed(size, link))
    });
}

/// Each has a name that something else uses, or nothing does.
#[test]
fn parameters_groups_targets_and_histories_are_checked_in_proportion() {
    grows_evenly(6000, |size| {
        let parameters = listed(size, |n| format!("p{n} = \"normal({n}, 1)\"\n"));
        let groups = listed(size, |n| format!("g{n} = {{ title = \"G\", inputs = [\"p{n}\"] }}\n"));
        let variables = listed(size, |n| format!("x{n} = \"p{n} * year\"\n"));
        let targets = listed(size, |n| format!("t{n} = \"x{n}@2021 >= {n}\"\n"));
        format!(
            "{TIME}[parameters]\n{parameters}[groups]\n{groups}[variables]\n{variables}y = {{ formula = \"x0\", report = true }}\n[targets]\n{targets}"
        )
    });
}

#[test]
fn a_sum_of_many_names_without_units_is_checked_in_proportion() {
    grows_evenly(8000, |size| {
        let parameters = listed(size, |n| format!("p{n} = {n}\n"));
        let terms = listed(size, |n| format!(" + p{n}"));
        format!(
            "{TIME}[parameters]\n{parameters}[variables]\nx = \"0{terms}\"\nz = \"max(0{})\"\n",
            terms.replace(" +", ",")
        )
    });
}

#[test]
fn very_many_decompositions_are_checked_at_once() {
    let text = |decompositions: usize| {
        let link = |n: usize| format!("x{} = \"x{n} * 1.0001 + 1\"\n", n + 1);
        let each = |n: usize| {
            format!("[decompositions.x{}.effects]\nscale = \"x{n}\"\nrest = \"x{}/x{n}\"\n", n + 1, n + 1)
        };
        format!(
            "{TIME}[variables]\nx0 = {{ formula = \"year\", report = true }}\n{}{}",
            listed(1500, link),
            listed(decompositions, each)
        )
    };
    let time = |decompositions: usize| {
        let text = text(decompositions);
        work(move || {
            let mut loaded: Loaded = from_text("growth.toml", &text);
            decompose::check(&mut loaded);
            assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics);
        })
    };
    let (one, many) = (time(1), time(40));
    assert!(many < one * 8, "{one:?} for one, {many:?} for forty");
}

/// The value of a variable in the first year, on a path.
fn on_path(model: &Model, name: &str, path: u64) -> f64 {
    let label = model.labels.variables.iter().find(|label| label.name == name).unwrap();
    run_path(&model.program, 1, path).series[label.first_series as usize]
}

/// Of a hundred thousand terms, in their order: the bits are those of a loop.
#[test]
fn a_sum_of_a_hundred_thousand_terms_is_that_of_a_loop() {
    let terms =
        |n: usize| if n % 3 == 1 { format!(" - q * {n}.5") } else { format!(" + q * 0.{n} + {n}.25") };
    let text = format!(
        "{TIME}[parameters]\np = \"normal(1, 0.1)\"\n[variables]\nq = {{ formula = \"p * year\", report = true }}\n\
         x = {{ formula = \"1e9{}\", report = true }}\n",
        listed(100_000, terms)
    );
    let model = compiled(&text, &RecordedVariables::Headlines);
    for path in [0, 1, 7] {
        let q = on_path(&model, "q", path);
        let sum = (0..100_000).fold(1e9, |sum, n| {
            let number = |text: String| text.parse::<f64>().unwrap();
            if n % 3 == 1 {
                sum - q * number(format!("{n}.5"))
            } else {
                sum + q * number(format!("0.{n}")) + number(format!("{n}.25"))
            }
        });
        assert_eq!(on_path(&model, "x", path).to_bits(), sum.to_bits());
    }
}

#[test]
fn products_conditions_and_extremes_of_many_parts_are_those_of_a_loop() {
    let text = |product: String, all: String, any: String, least: String| {
        format!(
            "{TIME}[parameters]\np = \"uniform(0, 1)\"\n[variables]\nq = {{ formula = \"p\", report = true }}\n\
             product = {{ formula = \"1{product}\", report = true }}\nall = {{ formula = \"p < 2{all}\", report = true }}\n\
             any = {{ formula = \"p > 2{any}\", report = true }}\nleast = {{ formula = \"min(p{least})\", report = true }}\n\
             [targets]\nt = \"least@2021 >= -1{}\"\n[gates]\ng = \"p(t) >= 0{}\"\n",
            listed(5000, |n| format!(" and q@2021 <= {n}")).replace("<= 0", "<= 1"),
            listed(5000, |n| format!(" and mean(q@2021) >= -{n}")),
        )
    };
    let text = text(
        listed(50_000, |n| format!(" {} (p + 0.{n})", if n % 2 == 0 { "*" } else { "/" })),
        listed(50_000, |n| format!(" and p < {}", 1.0 - 1e-5 * n as f64 / 1e5)),
        listed(50_000, |n| format!(" or p > {}", 1e-5 * n as f64)),
        listed(50_000, |n| format!(", p + {n} * 1e-9")),
    );
    let model = compiled(&text, &RecordedVariables::Headlines);
    for path in 0..20 {
        let p = on_path(&model, "q", path);
        let product = (0..50_000).fold(1.0, |product, n| {
            let factor = p + format!("0.{n}").parse::<f64>().unwrap();
            if n % 2 == 0 { product * factor } else { product / factor }
        });
        assert_eq!(on_path(&model, "product", path).to_bits(), product.to_bits());
        let all = (0..50_000).all(|n| p < 1.0 - 1e-5 * f64::from(n) / 1e5);
        assert_eq!(on_path(&model, "all", path), f64::from(u8::from(all)));
        let any = (0..50_000).any(|n| p > 1e-5 * f64::from(n));
        assert_eq!(on_path(&model, "any", path), f64::from(u8::from(any)));
        assert_eq!(on_path(&model, "least", path), p);
    }
}

/// Sums over a set are long from 64 members on, and 64 terms are taken together: on both sides of that, and of twice as
/// many, they are those of a loop, with numbers and zeros among the terms.
#[test]
fn a_weighted_sum_over_a_set_is_that_of_a_loop() {
    for size in [2, 63, 64, 65, 97, 127, 128, 129, 200] {
        let members = listed(size, |n| format!("m{n} = {{ a = {}.125, f = {} }}\n", n % 7, n % 3));
        let text = format!(
            "{TIME}[sets.s.fields]\na = {{}}\nf = {{}}\n[s]\n{members}[shocks]\ne = {{ over = \"s\", dist = \"normal(0, 1)\" }}\n[variables]\n\
             \"v[s]\" = {{ formula = \"exp(e[s])\", report = true }}\n\
             x = {{ formula = \"sum(s: a[s] * v[s])\", report = true }}\n\
             y = {{ formula = \"mean(s: if(f[s] == 0, a[s], v[s] * f[s]))\", report = true }}\n\
             \"z[i:s]\" = {{ formula = \"sum(j:s: (a[i] + f[j]) * v[j])\", report = true }}\n"
        );
        let model = compiled(&text, &RecordedVariables::Headlines);
        for path in [0, 300] {
            let v: Vec<f64> = (0..size).map(|n| on_path(&model, &format!("v[m{n}]"), path)).collect();
            let (a, f) = (|n: usize| (n % 7) as f64 + 0.125, |n: usize| (n % 3) as f64);
            let fold = |term: &dyn Fn(usize) -> f64| (1..size).fold(term(0), |sum, n| sum + term(n));
            assert_eq!(on_path(&model, "x", path).to_bits(), fold(&|n| a(n) * v[n]).to_bits(), "{size}");
            let mean = fold(&|n| if f(n) == 0.0 { a(n) } else { v[n] * f(n) }) / size as f64;
            assert_eq!(on_path(&model, "y", path).to_bits(), mean.to_bits(), "{size}");
            for i in [0, size - 1] {
                let z = fold(&|j| (a(i) + f(j)) * v[j]);
                assert_eq!(on_path(&model, &format!("z[m{i}]"), path).to_bits(), z.to_bits(), "{size}");
            }
        }
    }
}

/// Correlations that fall off as powers of 0.9 are those of a process of order one: the factor of their matrix is known.
fn correlated(size: usize) -> String {
    let rows = listed(size, |i| {
        let cells: Vec<String> = (0..size).map(|j| 0.9_f64.powi(i.abs_diff(j) as i32).to_string()).collect();
        format!("[{}],\n", cells.join(", "))
    });
    format!(
        "{TIME}[sets.s]\n[s]\n{}[shocks]\ne = {{ over = \"s\", dist = \"normal(0, 1)\" }}\n[[correlations]]\namong = \"e[s]\"\nmatrix = [{rows}]\n\
         [variables]\n\"x[s]\" = {{ formula = \"e[s]\" }}\ntotal = {{ formula = \"sum(s: x[s])\", report = true }}\n",
        listed(size, |n| format!("m{n} = {{}}\n"))
    )
}

#[test]
fn five_hundred_correlated_inputs_of_fifteen_years_are_drawn_as_their_matrix_says() {
    let model = compiled(&correlated(500), &RecordedVariables::All);
    let (seed, path, year) = (1, 11, 2034);
    let outcome = run_path(&model.program, seed, path);
    let mut before = 0.0;
    for n in 0..500 {
        let stream = draw::stream(&format!("e[m{n}]"));
        let own = normal::score(draw::uniform(seed, stream, path, year));
        let score = if n == 0 { own } else { 0.9 * before + 0.19_f64.sqrt() * own };
        let name = format!("x[m{n}]");
        let label = model.labels.variables.iter().find(|label| label.name == name).unwrap();
        let drawn = outcome.series[(label.first_series + year - label.first_year as u32) as usize];
        assert!((drawn - score).abs() < 1e-9, "{n}: {drawn} and {score}");
        before = score;
    }
}

/// A matrix is as many steps as rows, not as cells: what is long is the list of numbers, and that is there once.
#[test]
fn a_matrix_is_written_once_for_all_years() {
    let model = compiled(&correlated(320), &RecordedVariables::Headlines);
    let steps = model.program.instructions.len();
    assert!(steps < 15 * 320 * 6, "{steps}");
    assert!(model.program.factors.len() < 320 * 320, "{}", model.program.factors.len());
    // One common correlation needs two terms a row.
    let equal = correlated(320);
    let (head, tail) = equal.split_once("matrix = [").unwrap();
    let equal = format!("{head}value = 0.3\n{}", tail.split_once("],\n]\n").unwrap().1);
    let equal = compiled(&equal, &RecordedVariables::Headlines);
    let is_long = |op: &Op| matches!(op, Op::WeightedSum { .. });
    let long = equal
        .program
        .instructions
        .iter()
        .filter(|step| matches!(step, plancast::model::Instruction::Compute { op, .. } if is_long(op)));
    assert!(long.count() <= 15 * 5 + 5, "only the total is summed");
}

/// Three hundred sectors that use each other's goods.
fn sectors(size: usize) -> String {
    let cell = |i: usize, j: usize| ((i * 31 + j * 17) % 97) as f64 / 97.0 / size as f64;
    let rows = listed(size, |i| {
        let cells: Vec<String> = (0..size).map(|j| format!("m{j} = {}", cell(i, j))).collect();
        format!("[s.m{i}]\nd0 = {}\na = {{ {} }}\n", 100 + i % 17, cells.join(", "))
    });
    format!(
        "{TIME}[sets.s]\n[sets.s.fields]\nd0 = {{}}\na = {{ over = \"s\" }}\n{rows}[shocks]\ng = {{ over = \"s\", dist = \"normal(0.02, 0.03)\" }}\n[variables]\n\
         \"d[s]\" = {{ start = \"d0[s]\", formula = \"prev(d[s]) * exp(g[s])\" }}\n\
         \"x[i:s]\" = \"d[i] + sum(j:s: a[i, j] * d[j])\"\ntotal = {{ formula = \"sum(s: x[s])\", report = true }}\n"
    )
}

#[test]
fn an_input_output_model_of_three_hundred_sectors_is_compiled_and_runs() {
    let model = compiled(&sectors(300), &RecordedVariables::All);
    let outcome = run_path(&model.program, 3, 5);
    let value = |name: &str, year: u32| {
        let label = model.labels.variables.iter().find(|label| label.name == name).unwrap();
        outcome.series[(label.first_series + year - label.first_year as u32) as usize]
    };
    let demand: Vec<f64> = (0..300).map(|n| value(&format!("d[m{n}]"), 2035)).collect();
    for i in [0, 1, 150, 299] {
        let cell = |j: usize| ((i * 31 + j * 17) % 97) as f64 / 97.0 / 300.0;
        let used = (1..300).fold(cell(0) * demand[0], |sum, j| sum + cell(j) * demand[j]);
        assert_eq!(value(&format!("x[m{i}]"), 2035).to_bits(), (demand[i] + used).to_bits());
    }
    assert!(model.program.factors.len() <= 90_000 + 300, "{}", model.program.factors.len());
}

/// What is nested is still told, also inside of what is long.
#[test]
fn nesting_within_a_long_sum_is_told() {
    let mut text = format!("{TIME}[variables]\nx = \"1");
    (0..1000).for_each(|n| write!(text, " + {n}").unwrap());
    writeln!(text, " + {}1{}\"", "(".repeat(250), ")".repeat(250)).unwrap();
    let loaded = from_text("growth.toml", &text);
    let told = loaded
        .diagnostics
        .0
        .iter()
        .any(|diagnostic| diagnostic.message.to_string().contains("nests deeper than 400 levels"));
    assert!(told, "{:?}", loaded.diagnostics);
}

// ───────────────────────── Figures and files ─────────────────────────

/// What is done with four times as much takes about four times as long, and not sixteen times.
#[track_caller]
fn takes_evenly(large: usize, what: impl Fn(usize) + Send + Sync) {
    let (quarter, whole) = (work(|| what(large / 4)), work(|| what(large)));
    assert!(whole < quarter * 9, "{quarter:?} for a quarter, {whole:?} for the whole");
}

#[test]
fn a_fan_is_drawn_in_proportion_to_its_targets() {
    let mark = |number: usize| FanMark {
        year: 2020 + (number % 11) as i32,
        level: 100.0 + number as f64 / 100.0,
        label: format!("≥ {number}"),
        at_least: true,
        probability: "31 %".to_owned(),
    };
    takes_evenly(8000, |size| {
        let fan = Fan {
            years: (2020..=2030).collect(),
            median: vec![120.0; 11],
            marks: (0..size).map(mark).collect(),
            ..Fan::default()
        };
        let drawn = fan::draw(&fan, &Size::default(), Language::En);
        assert!(drawn.matches('<').count() > size, "each has its mark");
    });
}

#[test]
fn a_curve_is_drawn_in_proportion_to_its_targets() {
    let mark = |number: usize| CurveMark {
        level: (number % 97) as f64,
        share: 1.0 - (number % 97) as f64 / 97.0,
        label: format!("≥ {number}: 48 %"),
    };
    takes_evenly(8000, |size| {
        let points = (0..=100).map(|k| (f64::from(k), 1.0 - f64::from(k) / 100.0)).collect();
        let figure = Exceedance {
            curves: vec![ExceedanceCurve { points, ..ExceedanceCurve::default() }],
            marks: (0..size).map(mark).collect(),
            ..Exceedance::default()
        };
        let drawn = exceedance::draw(&figure, Size::default(), Language::En);
        assert!(drawn.matches('<').count() > size, "each has its mark");
    });
}

/// Into one folder, as the figures of a run are.
#[test]
fn files_are_written_in_proportion_to_their_number() {
    takes_evenly(2400, |size| {
        let writer = Writer::real(Patience { limit: Duration::from_mins(1), tell: |_| () });
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<(PathBuf, &[u8])> =
            (0..size).map(|number| (folder.path().join(format!("{number}.svg")), &b"x"[..])).collect();
        writer.write_all(&files).unwrap();
    });
}
