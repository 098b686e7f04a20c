//! Hostile files: each gets an answer within a moment, an error where there is something wrong, and never a
//! crash or a wait.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use plancast::model::{RecordedVariables, compile};
use plancast::scenario::load;
use plancast::scenario::load::{Loaded, from_text};
use plancast::text::Severity;

/// Longest work on an answer: about a second on the machine of a user, more here, where it may be slow and
/// nothing is optimised to the end.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long this thread has worked. Where that is not told, the clock must do.
#[allow(clippy::disallowed_methods, reason = "how long an answer takes is what is tested")]
fn worked(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

const TIME: &str = "[time]\nstart = 2020\nend = 2030\n";

/// The errors of a loaded scenario, compiled, and whether it became a model.
fn judged(mut loaded: Loaded) -> (Vec<String>, bool) {
    let model = compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
    let errors = loaded.diagnostics.0.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    (errors.map(|diagnostic| diagnostic.message.to_string()).collect(), model.is_some())
}

#[allow(clippy::disallowed_methods, reason = "how long an answer takes is what is tested")]
fn in_time<T>(what: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let before = worked(begun);
    let result = what();
    let took = worked(begun).saturating_sub(before);
    assert!(took < PATIENCE, "took {took:?}");
    result
}

fn errors(text: &str) -> Vec<String> {
    let (errors, model) = in_time(|| judged(from_text("hostile.toml", text)));
    assert_eq!(errors.is_empty(), model, "{errors:#?}");
    errors
}

#[track_caller]
fn says(text: &str, words: &str) {
    let errors = errors(text);
    assert!(errors.iter().any(|error| error.contains(words)), "{words:?} is not in {errors:#?}");
}

#[track_caller]
fn is_fine(text: &str) {
    assert_eq!(errors(text), Vec::<String>::new());
}

fn listed(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, n| {
        all.push_str(&each(n));
        all
    })
}

fn set(name: &str, members: usize) -> String {
    format!(
        "[sets.{name}.fields]\nf_{name} = {{ default = 1 }}\n[{name}]\n{}",
        listed(members, |n| format!("{name}{n} = {{}}\n"))
    )
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    says(&"#".repeat((16 << 20) + 1), "larger than 16 MiB");
}

#[test]
fn sixteen_megabytes_of_one_comment_are_fine() {
    is_fine(&format!("{TIME}[variables]\nx = \"1\"\n#{}", "x".repeat((16 << 20) - 100)));
}

#[test]
fn deep_nesting_of_toml_is_an_error() {
    assert!(!errors(&format!("{TIME}x = {}", "[".repeat(100_000))).is_empty());
    assert!(!errors(&format!("{TIME}x = {}", "{ a = ".repeat(100_000))).is_empty());
    assert!(!errors(&format!("{TIME}a{} = 1", ".a".repeat(100_000))).is_empty());
    assert!(!errors(&format!("{TIME}[a{}]", ".a".repeat(100_000))).is_empty());
}

#[test]
fn deep_formulas_are_errors() {
    let with = |formula: String| format!("{TIME}[variables]\nx = \"{formula}\"");
    says(&with(format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000))), "deeper");
    says(&with(format!("1{}", "^1".repeat(100_000))), "deeper");
    says(&with("-".repeat(100_000)), "deeper");
    says(&with(format!("{}1", "not ".repeat(100_000))), "deeper");
    says(&with(format!("x{}", "@2020".repeat(100_000))), "deeper");
    says(&with(format!("{}x{}", "growth(".repeat(150), ")".repeat(150))), "operations");
}

#[test]
fn millions_of_elements_are_an_error() {
    let sets = format!("{TIME}{}{}", set("a", 2000), set("b", 2000));
    says(&format!("{sets}[variables]\n\"x[a, b]\" = \"1\""), "values");
    says(&format!("{sets}[parameters]\np = {{ value = \"normal(0, 1)\", over = [\"a\", \"b\"] }}"), "values");
    says(&format!("{sets}[sets.a.fields.g]\nover = \"b\"\ndefault = 1"), "values");
    says(&format!("{sets}[variables]\nx = \"sum(a, b: sum(i:a, j:b: f_a[i] * f_b[j]))\""), "operations");
    says(&format!("{sets}[variables]\nx = \"sum(a, b where sum(i:a, j:b: f_a[i]) > 0: 1)\""), "operations");
}

#[test]
fn many_values_by_year_in_many_cells_are_an_error() {
    let years = listed(9000, |n| format!("{} = \"uniform(0, {})\", ", n + 1, n + 1));
    says(
        &format!(
            "{TIME}{}[parameters]\np = {{ over = \"a\", value = {{ {years} }} }}\n[variables]\nx = \"sum(a: p[a])\"",
            set("a", 2000)
        ),
        "numbers",
    );
}

#[test]
fn a_horizon_of_centuries_is_an_error() {
    says("[time]\nstart = 1\nend = 9999\n", "longer than");
}

#[test]
fn a_circle_of_ten_thousand_is_told_in_a_few_words() {
    let equations = listed(10_000, |n| format!("x{n} = \"x{} + 1\"\n", (n + 1) % 10_000));
    let errors = errors(&format!("{TIME}[variables]\n{equations}"));
    assert!(errors[0].contains("in a circle") && errors[0].contains("more"), "{errors:#?}");
    assert!(errors[0].len() < 1000);
}

#[test]
fn a_correlation_among_thousands_is_an_error() {
    let shocks =
        format!("{TIME}{}[shocks]\ne = {{ over = \"a\", dist = \"normal(0, 1)\" }}\n", set("a", 3000));
    says(
        &format!("{shocks}[[correlations]]\namong = \"e[a]\"\nvalue = 0.3\n"),
        "correlated with one another",
    );
    let chain = listed(2999, |n| {
        format!("[[correlations]]\nbetween = [\"e[a{n}]\", \"e[a{}]\"]\nvalue = 0.3\n", n + 1)
    });
    says(&format!("{shocks}{chain}"), "correlated with one another");
}

#[test]
fn the_largest_group_that_is_allowed_is_quick_right_or_wrong() {
    let shocks =
        format!("{TIME}{}[shocks]\ne = {{ over = \"a\", dist = \"normal(0, 1)\" }}\n", set("a", 500));
    let use_all = "[variables]\nx = \"sum(a: e[a])\"\n";
    is_fine(&format!("{shocks}{use_all}[[correlations]]\namong = \"e[a]\"\nvalue = 0.3\n"));
    says(
        &format!("{shocks}{use_all}[[correlations]]\namong = \"e[a]\"\nvalue = -0.3\n"),
        "has the eigenvalue -148.7",
    );
}

#[test]
fn very_many_small_groups_of_correlated_inputs_are_quick() {
    let parameters = listed(40_000, |n| format!("p{n} = \"normal(0, 1)\"\n"));
    let pairs = listed(20_000, |n| {
        format!("[[correlations]]\nbetween = [\"p{}\", \"p{}\"]\nvalue = 0.3\n", 2 * n, 2 * n + 1)
    });
    is_fine(&format!("{TIME}[parameters]\n{parameters}\n{pairs}[variables]\nx = \"p0 + p1\"\n"));
}

#[test]
fn ninety_thousand_distinct_distributions_are_quick() {
    let members = listed(90_000, |n| format!("m{n} = {{ r = \"triangular(0, {n}, 200000)\" }}\n"));
    is_fine(&format!("{TIME}[sets.a.fields]\nr = {{}}\n[a]\n{members}[variables]\nx = \"sum(a: r[a])\"\n"));
}

#[test]
fn a_hundred_thousand_mistakes_are_a_hundred_messages_and_one() {
    let unknown = listed(100_000, |n| format!("\"x{n}[nobody]\" = \"stranger_{n} + 1\"\n"));
    let found = errors(&format!("{TIME}[variables]\n{unknown}"));
    assert_eq!(found.len(), 101);
    assert!(found.iter().any(|error| error.contains("more than these 100")));
    let keys = listed(60_000, |n| format!("x{n} = {{ formula = \"1\", key_{n} = 1 }}\n"));
    assert_eq!(errors(&format!("{TIME}[variables]\n{keys}")).len(), 101);
}

#[test]
fn millions_of_keys_or_items_are_an_error() {
    let keys = listed(400_000, |n| format!("p{n} = {n}\n"));
    says(&format!("{TIME}[parameters]\n{keys}"), "more than 200000 keys");
    let members = listed(300_000, |n| format!("[a.m{n}]\n"));
    says(&format!("{TIME}[sets.a]\n{members}"), "more than 200000 keys");
    says(&format!("{TIME}x = [{}1]", "1,".repeat(8_000_000)), "items of lists");
    says(&format!("{TIME}x = [{}1]", "{},".repeat(5_000_000)), "items of lists");
}

#[test]
fn commas_and_equals_signs_in_texts_are_no_items() {
    let sample = "0.5, ".repeat(600_000);
    is_fine(&format!("{TIME}# {sample}\n[parameters]\np = \"values({sample} 1)\"\n[variables]\nx = \"p\""));
}

#[test]
fn a_hundred_thousand_slips_of_toml_are_a_hundred_messages_and_one() {
    for slip in ["a = 1\n", "a = \n", "a\n", "= 1\n", "[x\n", "\"\n"] {
        let errors = errors(&format!("{TIME}[parameters]\n{}", slip.repeat(100_000)));
        assert!((1..=101).contains(&errors.len()), "{slip:?}: {}", errors.len());
    }
}

#[test]
fn very_many_targets_gates_and_unknown_units_are_quick() {
    let start = format!("{TIME}[variables]\nx = \"year\"\n");
    let targets = listed(40_000, |n| format!("t{n} = \"x@2021 > {n}\"\n"));
    is_fine(&format!("{start}[targets]\n{targets}"));
    let gates = listed(40_000, |n| format!("g{n} = \"mean(x@2021) > {n}\"\n"));
    is_fine(&format!("{start}[gates]\n{gates}"));
    let units = listed(60_000, |n| format!("p{n} = {{ value = 1, unit = \"u{n}\" }}\n"));
    assert_eq!(errors(&format!("{start}[parameters]\n{units}")).len(), 101);
}

#[test]
fn a_name_of_a_megabyte_is_an_error() {
    says(&format!("{TIME}[parameters]\n{} = 1", "x".repeat(1 << 20)), "letters");
    let errors = errors(&format!("{TIME}[variables]\nx = \"{}\"", "y".repeat(1 << 20)));
    assert!(errors.iter().all(|error| error.len() < 5000));
}

/// Loads `text` as a file of a folder that `prepare` fills.
fn on_disk(text: &str, prepare: impl FnOnce(&Path)) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let file = folder.path().join("main.toml");
    std::fs::write(&file, text).unwrap();
    in_time(|| judged(load(file.to_str().unwrap(), &[]))).0
}

#[test]
fn what_is_extended_must_be_a_file() {
    let extends = |path: &str| format!("[scenario]\nextends = \"{path}\"\n{TIME}");
    let folder = on_disk(&extends("folder.toml"), |at| std::fs::create_dir(at.join("folder.toml")).unwrap());
    assert!(folder[0].contains("is a folder"), "{folder:?}");
    if cfg!(unix) {
        let zero = on_disk(&extends("/dev/zero"), |_| ());
        assert!(zero[0].contains("lies outside"), "{zero:?}");
        let pipe = on_disk(&extends("pipe.toml"), |at| {
            std::process::Command::new("mkfifo").arg(at.join("pipe.toml")).status().unwrap();
        });
        assert!(pipe[0].contains("device or pipe"), "{pipe:?}");
        let sample = format!("{TIME}[parameters]\nx = \"empirical('pipe.csv', 'a')\"\n");
        let sample = on_disk(&sample, |at| {
            std::process::Command::new("mkfifo").arg(at.join("pipe.csv")).status().unwrap();
        });
        assert!(sample[0].contains("device or pipe"), "{sample:?}");
    }
}

#[test]
fn long_chains_and_circles_of_extends_are_errors() {
    let chain = |last: &'static str| {
        move |at: &Path| {
            for n in 0..100 {
                let next = if n == 99 { last.to_string() } else { format!("f{}.toml", n + 1) };
                std::fs::write(at.join(format!("f{n}.toml")), format!("[scenario]\nextends = \"{next}\"\n"))
                    .unwrap();
            }
        }
    };
    let long = on_disk("[scenario]\nextends = \"f0.toml\"\n", chain("plan"));
    assert!(long.iter().any(|error| error.contains("more than 64 files")), "{long:?}");
    let itself = on_disk("[scenario]\nextends = \"./x/../main.toml\"\n", |at| {
        std::fs::create_dir(at.join("x")).unwrap();
    });
    assert!(itself.iter().any(|error| error.contains("circle")), "{itself:?}");
    let twice = "[scenario]\nextends = [\"a.toml\", \"a.toml\"]\n";
    let doubling = on_disk(twice, |at| {
        for n in 0..40_u8 {
            let next = format!(
                "{}.toml",
                char::from(b'a' + (n + 1) % 26).to_string().repeat(1 + usize::from((n + 1) / 26))
            );
            let own = char::from(b'a' + n % 26).to_string().repeat(1 + usize::from(n / 26));
            std::fs::write(
                at.join(format!("{own}.toml")),
                format!("[scenario]\nextends = [\"{next}\", \"{next}\"]\n"),
            )
            .unwrap();
        }
    });
    assert!(doubling.iter().any(|error| error.contains("more than 64 files")), "{doubling:?}");
}

#[test]
fn large_samples_read_again_and_again_are_an_error() {
    let parameters = listed(500, |n| format!("p{n} = \"empirical('s.csv', 'x')\"\n"));
    let found = on_disk(&format!("{TIME}[parameters]\n{parameters}"), |at| {
        let mut text = String::from("x\n");
        (0..50_000).for_each(|n| writeln!(text, "{n}").unwrap());
        std::fs::write(at.join("s.csv"), text).unwrap();
    });
    assert!(found.iter().any(|error| error.contains("million values")), "{found:?}");
}

#[test]
fn more_results_than_memory_holds_are_an_error() {
    says(&format!("{TIME}{}[variables]\n\"x[a]\" = \"f_a[a] * year\"", set("a", 8000)), "recorded");
    let headline =
        "[variables]\n\"x[a]\" = \"f_a[a] * year\"\ny = { formula = \"sum(a: x[a])\", report = true }";
    is_fine(&format!("{TIME}{}{headline}", set("a", 8000)));
}

/// Found by a birthday search: the two names have the 32-bit hash 0x47656752.
#[test]
fn two_names_whose_draws_would_be_the_same_are_an_error() {
    assert_eq!(plancast::num::draw::stream("p88580"), plancast::num::draw::stream("p115155"));
    let parameters = |other: &str| {
        format!(
            "{TIME}[parameters]\np88580 = \"normal(0, 1)\"\n{other} = \"normal(0, 1)\"\n[variables]\nx = \"p88580 + {other}\"\n"
        )
    };
    says(&parameters("p115155"), "the inputs p88580 and p115155 would draw the same numbers");
    is_fine(&parameters("p115156"));
}

fn members(name: &str, count: usize) -> String {
    format!("[sets.{name}]\n[{name}]\n{}", listed(count, |n| format!("{name}{n} = {{}}\n")))
}

/// Two million cells, and two million numbers in half as many.
#[test]
fn as_many_values_as_there_may_be_are_fine_and_one_more_is_not() {
    let sets = |more: &str| {
        format!(
            "{TIME}{}{}[variables]\nx = \"b\"\n[parameters]\nb = 1\n{more}",
            members("m", 2000),
            members("n", 999)
        )
    };
    // 2000 * 999 + 1999 + 1 are two million; b is the last of them.
    let cells = |count: usize| {
        format!("a = {{ over = [\"m\", \"n\"], value = 1 }}\n{}", listed(count, |k| format!("c{k} = 1\n")))
    };
    let too_many = |text: &str| {
        let (errors, _) = judged(from_text("hostile.toml", text));
        errors
            .iter()
            .any(|error| error.contains("more than 2000000") || error.contains("more than 2 million"))
    };
    assert!(!too_many(&sets(&cells(1999))));
    assert!(too_many(&sets(&cells(2000))));
    let numbers = |count: usize| {
        format!(
            "a = {{ over = \"m\", value = {{ {} }} }}\n{}",
            listed(999, |year| format!("{} = 1, ", year + 1000)).trim_end_matches(", "),
            listed(count, |k| format!("c{k} = 1\n"))
        )
    };
    assert!(!too_many(&sets(&numbers(1999))));
    assert!(too_many(&sets(&numbers(2000))));
}

#[test]
fn distributions_nest_eight_levels_and_no_more() {
    let nested = |levels: usize| {
        let (before, after) = ("truncate(".repeat(levels), ", -1, 1)".repeat(levels));
        format!("{TIME}[parameters]\nq = \"{before}normal(0, 1){after}\"\n[variables]\nx = \"q\"\n")
    };
    is_fine(&nested(8));
    says(&nested(9), "nest deeper than 8 levels");
}

#[test]
fn a_lag_may_be_a_thousand_years_and_no_more() {
    let lagged = |years: &str| {
        format!(
            "{TIME}[variables]\nx = {{ start = 1, formula = \"if(year > 0, prev(x), lag(x, {years}))\" }}\n"
        )
    };
    for years in ["0", "1000"] {
        let found = errors(&lagged(years));
        assert!(!found.iter().any(|error| error.contains("whole number")), "{years}: {found:?}");
    }
    for years in ["1001", "-1", "1.5"] {
        says(&lagged(years), "how many steps back is a whole number from 0");
    }
}

/// Paths are simulated in blocks of 256: a range that ends one into a block has that path too.
#[test]
fn paths_that_end_one_into_a_block_are_all_there() {
    let text = format!(
        "{TIME}[parameters]\nq = \"uniform(0, 1)\"\n[variables]\nx = \"q\"\n[targets]\nt = \"x@2021 >= 0.5\"\n"
    );
    let mut loaded = from_text("blocks.toml", &text);
    let model = compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics).unwrap();
    for range in [0..1, 0..256, 0..257, 0..513, 255..257, 256..257, 257..513, 512..769] {
        let found = plancast::engine::paths(&model.program, 1, range.clone());
        assert_eq!(found.series.nrows() as u64, range.end - range.start);
        for (row, path) in range.clone().enumerate() {
            let one = plancast::engine::run_path(&model.program, 1, path);
            assert_eq!(found.series.row(row).to_vec(), one.series, "path {path} of {range:?}");
            assert_eq!(found.targets.row(row).to_vec(), one.targets, "path {path} of {range:?}");
        }
    }
}

/// What is said where each limit is passed, by the limit's name in the guide.
fn passed_by_one() -> Vec<(&'static str, Vec<String>)> {
    let formula = |formula: String| errors(&format!("{TIME}[variables]\nx = \"{formula}\""));
    let keys = listed(200_000, |n| format!("p{n} = {n}\n"));
    let chain = |at: &Path| {
        for n in 0..64 {
            let next = format!("[scenario]\nextends = \"f{}.toml\"\n", n + 1);
            std::fs::write(at.join(format!("f{n}.toml")), next).unwrap();
        }
        std::fs::write(at.join("f64.toml"), TIME).unwrap();
    };
    let nested =
        |levels: usize| format!("{}normal(0, 1){}", "truncate(".repeat(levels), ", -1, 1)".repeat(levels));
    let parameter =
        |value: &str| errors(&format!("{TIME}[parameters]\nq = \"{value}\"\n[variables]\nx = \"q\"\n"));
    let years = listed(1001, |n| format!("{} = 1, ", n + 1));
    let numbers = format!("{}[parameters]\np = {{ over = \"a\", value = {{ {years} }} }}\n", set("a", 2000));
    let shocks = format!("{}[shocks]\ne = {{ over = \"a\", dist = \"normal(0, 1)\" }}\n", set("a", 501));
    let correlated = format!("{shocks}[[correlations]]\namong = \"e[a]\"\nvalue = 0.3\n");
    let sample_of = |rows: usize| {
        move |at: &Path| {
            let rows = listed(rows, |n| format!("{n}\n"));
            std::fs::write(at.join("s.csv"), format!("x\n{rows}")).unwrap();
        }
    };
    let sampled = format!(
        "{TIME}[parameters]\nq = \"empirical('s.csv', 'x')\"\nr = \"empirical('s.csv', 'x')\"\ns = \"empirical('s.csv', 'x')\"\n[variables]\nx = \"q + r + s\"\n"
    );
    let members_from = |file: &str| {
        format!("{TIME}[sets.a]\nfile = \"{file}\"\nkey = \"code\"\n[sets.a.fields]\nr = {{}}\n")
    };
    let unpacked = |at: &Path| {
        let file = std::fs::File::create(at.join("book.xlsx")).unwrap();
        let mut archive = zip::ZipWriter::new(file);
        archive.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&vec![b' '; (64 << 20) + 1]).unwrap();
        archive.finish().unwrap();
    };
    let two = format!("{TIME}{}{}", set("a", 2000), set("b", 2000));
    let many = format!(
        "{TIME}{}[shocks]\ne = {{ over = \"a\", dist = \"normal(0, 1)\" }}\n[variables]\n{}",
        set("a", 2000),
        listed(200, |n| format!("x{n} = \"sum(a: exp(e[a] * {n}.5))\"\n"))
    );
    let wide = listed(4000, |n| format!("m{n}.r = \"uniform(0, {})\"\n", n + 1));
    vec![
        ("all files of a scenario together", errors(&"#".repeat((16 << 20) + 1))),
        ("keys of one file", errors(&format!("{TIME}[parameters]\n{keys}"))),
        ("items of the lists of one file", errors(&format!("{TIME}x = [{}1]", "1,".repeat(500_001)))),
        ("files that a scenario is made of", on_disk("[scenario]\nextends = \"f0.toml\"\n", chain)),
        ("horizon", errors("[time]\nstart = 1\nend = 1002\n")),
        ("length of a name", errors(&format!("{TIME}[parameters]\n{} = 1", "x".repeat(201)))),
        ("nesting of a formula", formula(format!("{}1{}", "(".repeat(200), ")".repeat(200)))),
        (
            "nesting of arithmetic in a quantity",
            parameter(&format!("normal({}1{}, 1)", "(".repeat(51), ")".repeat(51))),
        ),
        ("distributions in one another", parameter(&nested(9))),
        ("values of data", errors(&format!("{two}[parameters]\np = {{ value = 1, over = [\"a\", \"b\"] }}"))),
        (
            "numbers in the values of data",
            errors(&format!("{TIME}{numbers}[variables]\nx = \"sum(a: p[a])\"\n")),
        ),
        ("a workbook when it is unpacked", on_disk(&members_from("book.xlsx"), unpacked)),
        (
            "values that a table gives to the members of a set",
            on_disk(&members_from("wide.csv"), |at: &Path| {
                let rows = listed(200_001, |n| format!("m{n},1\n"));
                std::fs::write(at.join("wide.csv"), format!("code,r\n{rows}")).unwrap();
            }),
        ),
        ("rows of a file of data", on_disk(&sampled, sample_of(1_000_001))),
        ("values of samples in files", on_disk(&sampled, sample_of(700_000))),
        ("values of variables over all years", errors(&format!("{two}[variables]\n\"x[a, b]\" = \"1\""))),
        (
            "operations to write a model out",
            errors(&format!("{two}[variables]\nx = \"sum(a, b: sum(i:a, j:b: f_a[i] * f_b[j]))\"")),
        ),
        ("values that a model is made of", errors(&many)),
        (
            "values that are recorded",
            errors(&format!("{TIME}{}[variables]\n\"x[a]\" = \"f_a[a] * year\"", set("a", 8000))),
        ),
        ("values in use at once", errors(&in_use(&wide))),
        (
            "inputs that are correlated with one another",
            errors(&format!("{TIME}{correlated}[variables]\nx = \"1\"\n")),
        ),
        ("errors that are shown", formula(listed(101, |n| format!("y{n} + ")) + "1")),
    ]
}

/// A model in which 4 000 draws of each of 60 years are needed once more at the end.
fn in_use(members: &str) -> String {
    let shock = "[shocks]\ne = { over = \"a\", dist = \"uniform(0, 1)\" }\n";
    format!(
        "[time]\nstart = 2020\nend = 2080\n[sets.a.fields]\nr = {{}}\n[a]\n{members}{shock}[variables]\n\"x[a]\" = \"r[a] * e[a]\"\n\
         y = {{ formula = \"sum(a: x[a])\", report = true }}\n[metrics]\nm = \"total(sum(a: x[a] * x[a]), 2021, 2080) + total(sum(a: 1 / x[a]), 2021, 2080)\"\n"
    )
}

/// The table of `docs/limits.md`: each row is passed here, and what the program says then is what the row says.
#[test]
fn each_limit_of_the_guide_is_said_as_the_guide_says() {
    let guide =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/limits.md")).unwrap();
    let (_, table) = guide.split_once("| what is said |\n| --- | --- | --- | --- |\n").unwrap();
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let rows: Vec<(&str, &str)> = rows
        .map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
            (cells[0], cells[3].trim_matches('`'))
        })
        .collect();
    let passed = passed_by_one();
    assert_eq!(
        rows.iter().map(|(what, _)| *what).collect::<Vec<_>>(),
        passed.iter().map(|(what, _)| *what).collect::<Vec<_>>()
    );
    for ((what, said), (_, errors)) in rows.into_iter().zip(passed) {
        assert!(errors.iter().any(|error| error.contains(said)), "{what}: {said:?} is not in {errors:#?}");
    }
}
