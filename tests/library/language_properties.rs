//! What holds for every formula and every file, however strange.

use plancast::engine::{RunRequest, Watch, simulate};
use plancast::formula::{BinaryOperator, Expr, ExprKind, IndexTerm, Span, UnaryOperator, parse};
use plancast::model::{RecordedVariables, compile};
use plancast::num::{Distribution, distribution::Metalog};
use plancast::scenario::load::from_text;
use plancast::scenario::quantity::{self, NamedDistributions, QuantityKind};
use plancast::scenario::{builtin, write};
use proptest::prelude::*;

fn tree(kind: ExprKind) -> Expr {
    Expr::new(kind, Span::default())
}

fn name() -> impl Strategy<Value = String> {
    let reserved = ["and", "or", "not", "where", "given", "inf"];
    "[a-z_煤][a-zA-Z0-9_炭]{0,6}"
        .prop_filter("a reserved word", move |name| !reserved.contains(&name.as_str()))
}

fn index() -> impl Strategy<Value = IndexTerm> {
    (proptest::option::of(name()), name()).prop_map(|(alias, name)| IndexTerm {
        alias,
        name,
        span: Span::default(),
    })
}

fn number() -> impl Strategy<Value = f64> {
    let given =
        [0.0, 1e-308, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, 1e15, 1e16, 123456789.125, f64::INFINITY];
    prop_oneof![
        proptest::sample::select(given.to_vec()),
        any::<f64>().prop_map(f64::abs).prop_filter("a number", |x| !x.is_nan())
    ]
}

fn operator() -> impl Strategy<Value = BinaryOperator> {
    use BinaryOperator as Op;
    proptest::sample::select(vec![
        Op::Given,
        Op::Or,
        Op::And,
        Op::Less,
        Op::LessEqual,
        Op::Greater,
        Op::GreaterEqual,
        Op::Equal,
        Op::NotEqual,
        Op::Add,
        Op::Subtract,
        Op::Multiply,
        Op::Divide,
        Op::Power,
    ])
}

/// Any tree that a text can have.
fn expression() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        number().prop_map(|x| tree(ExprKind::Number(x))),
        (name(), proptest::collection::vec(index(), 0..3))
            .prop_map(|(name, index)| tree(ExprKind::Name { name, index })),
    ];
    leaf.prop_recursive(6, 60, 4, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        let unary = prop_oneof![Just(UnaryOperator::Negate), Just(UnaryOperator::Not)];
        let reduction = proptest::sample::select(vec![
            "sum", "mean", "product", "min", "max", "median", "sd", "rank", "argmax", "quantile",
        ]);
        prop_oneof![
            3 => (operator(), boxed.clone(), boxed.clone()).prop_map(|(operator, a, b)| tree(ExprKind::Binary(operator, a, b))),
            1 => (unary, boxed.clone()).prop_map(|(operator, x)| tree(ExprKind::Unary(operator, x))),
            1 => (boxed.clone(), boxed.clone()).prop_map(|(x, year)| tree(ExprKind::At(x, year))),
            1 => (name(), proptest::collection::vec(inner, 0..4)).prop_map(|(function, arguments)| {
                tree(ExprKind::Call { function, name: Span::default(), arguments })
            }),
            1 => (reduction, proptest::collection::vec(index(), 1..3), proptest::option::of(boxed.clone()), boxed.clone(), boxed)
                .prop_map(|(function, indices, condition, body, level)| {
                    let level = (function == "quantile").then_some(level);
                    tree(ExprKind::Over { function: function.into(), indices, condition, body, level })
                }),
        ]
    })
}

/// Equal but for the place of names: calls know where their name stands.
fn same(a: &Expr, b: &Expr) -> bool {
    format!("{a}") == format!("{b}") && shape(a) == shape(b)
}

/// The tree with every bracket written.
fn shape(expr: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(shape).collect::<Vec<_>>().join(" ");
    match &expr.kind {
        ExprKind::Number(number) => format!("{:x}", number.to_bits()),
        ExprKind::Period(period) => format!("period {period}"),
        ExprKind::Name { name, index } => format!("{name}{:?}", indices(index)),
        ExprKind::Unary(operator, x) => format!("({operator:?} {})", shape(x)),
        ExprKind::Binary(operator, a, b) => format!("({operator:?} {} {})", shape(a), shape(b)),
        ExprKind::Chain(first, rest) => rest
            .iter()
            .fold(shape(first), |so_far, (operator, x)| format!("({operator:?} {so_far} {})", shape(x))),
        ExprKind::At(x, year) => format!("(At {} {})", shape(x), shape(year)),
        ExprKind::Call { function, arguments, .. } => format!("({function} {})", list(arguments)),
        ExprKind::Over { function, indices: over, condition, body, level } => {
            let [condition, level] = [condition, level].map(|part| part.as_deref().map(shape));
            format!("({function} {:?} {condition:?} {level:?} {})", indices(over), shape(body))
        }
    }
}

fn indices(index: &[IndexTerm]) -> Vec<(Option<&str>, &str)> {
    index.iter().map(|index| (index.alias.as_deref(), index.name.as_str())).collect()
}

/// Loads, compiles and, if that went well, runs a few paths: nothing may panic.
fn survive(text: &str) {
    let mut loaded = from_text("any.toml", text);
    if let Some(model) = compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics) {
        assert!(!loaded.diagnostics.has_errors());
        let small = model.program.slots < 20_000 && model.program.series < 20_000;
        if small {
            let request = RunRequest { seed: 1, paths: 300, threads: Some(1) };
            simulate(&model.program, &[], &request, Watch::default()).expect("it runs");
        }
    } else {
        assert!(loaded.diagnostics.has_errors(), "no model and no error");
    }
    for diagnostic in &loaded.diagnostics.0 {
        let _ = diagnostic.one_line(&loaded.files, plancast::text::Language::En);
    }
}

/// Good files to spoil: the small scenarios, one with every feature, and the plan in one piece.
fn good() -> Vec<String> {
    let mut texts = vec![include_str!("../mistakes/good.toml").to_string()];
    texts.extend(
        builtin::list().into_iter().filter(|file| !file.path.contains('/')).map(|file| file.text.to_string()),
    );
    texts.push(write::resolved(&plancast::scenario::load("plan", &[]).scenario));
    texts
}

/// Words that hit soft spots.
const WORDS: [&str; 42] = [
    "inf",
    "-1",
    "0",
    "1e308",
    "\"unset\"",
    "{}",
    "[]",
    "year",
    "prev(x)",
    "normal(0, 1)",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    "==",
    "sum(sector: 1)",
    "@2025",
    "@1",
    "where",
    "given",
    "%",
    "2021",
    "\"1/0\"",
    "true",
    ".",
    ",",
    "1979-05-27",
    "煤",
    "\\u0000",
    "to",
    "lag(gdp, 1000)",
    "over = \"sector\"",
    "nan",
    "mixture(normal(0, 1): 1, normal(gdp, 1): 2)",
    "metalog(5%: 0.1, 95%: 0.6; 0, 1)",
    "normal(share, 0.1)",
    "truncate(normal(share, 1), 0, inf)",
    "copula = \"t(4)\"",
    "generalized_pareto(0.2, 0, 1)",
];

#[derive(Clone, Debug)]
enum Change {
    DropLine(usize),
    RepeatLine(usize, usize),
    SwapLines(usize, usize),
    DropToken(usize),
    RepeatToken(usize, usize),
    PutWord(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = || any::<usize>();
    prop_oneof![
        1 => at().prop_map(Change::DropLine),
        1 => (at(), at()).prop_map(|(a, b)| Change::RepeatLine(a, b)),
        1 => (at(), at()).prop_map(|(a, b)| Change::SwapLines(a, b)),
        1 => at().prop_map(Change::DropToken),
        1 => (at(), at()).prop_map(|(a, b)| Change::RepeatToken(a, b)),
        3 => (at(), at()).prop_map(|(a, b)| Change::PutWord(a, b)),
    ]
}

fn spoil(text: &str, change: &Change) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let mut tokens: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let length = rest.find(|c: char| word(c) != word(first)).unwrap_or(rest.len());
        let length = if word(first) { length } else { first.len_utf8() };
        tokens.push(&rest[..length]);
        rest = &rest[length..];
    }
    if lines.is_empty() || tokens.is_empty() {
        return String::new();
    }
    let (line_count, token_count) = (lines.len(), tokens.len());
    let (line, token) = (|at: &usize| at % line_count, |at: &usize| at % token_count);
    match change {
        Change::DropLine(at) => _ = lines.remove(line(at)),
        Change::RepeatLine(from, to) => lines.insert(line(to), lines[line(from)]),
        Change::SwapLines(a, b) => lines.swap(line(a), line(b)),
        Change::DropToken(at) => _ = tokens.remove(token(at)),
        Change::RepeatToken(from, to) => tokens.insert(token(to), tokens[token(from)]),
        Change::PutWord(at, word) => tokens[token(at)] = WORDS[word % WORDS.len()],
    }
    match change {
        Change::DropLine(_) | Change::RepeatLine(..) | Change::SwapLines(..) => lines.join("\n"),
        _ => tokens.concat(),
    }
}

fn argument(low: f64, high: f64) -> impl Strategy<Value = f64> {
    prop_oneof![low..high, Just(low), (low..high).prop_map(|x| (x * 8.0).round() / 8.0)]
}

/// Distributions of every form that has numbers as arguments, admissible and not.
fn distribution() -> impl Strategy<Value = Distribution> {
    use Distribution as D;
    let (value, positive, share) = (|| argument(-3.0, 9.0), || argument(0.0, 9.0), || argument(0.0, 1.0));
    let leaf = prop_oneof![
        (value(), positive()).prop_map(|(mean, sd)| D::Normal { mean, sd }),
        (value(), positive()).prop_map(|(mu, sigma)| D::LogNormal { mu, sigma }),
        (value(), positive()).prop_map(|(min, range)| D::Uniform { min, max: min + range }),
        (value(), positive(), positive()).prop_map(|(min, a, b)| D::Triangular {
            min,
            mode: min + a,
            max: min + a + b
        }),
        (value(), positive(), positive()).prop_map(|(mode, sd_low, sd_high)| D::TwoPieceNormal {
            mode,
            sd_low,
            sd_high
        }),
        (positive(), value(), positive()).prop_map(|(df, location, scale)| D::StudentT {
            df,
            location,
            scale
        }),
        (value(), positive()).prop_map(|(location, scale)| D::Cauchy { location, scale }),
        (positive(), positive()).prop_map(|(shape, min)| D::Pareto { shape, min }),
        (value(), value(), positive()).prop_map(|(shape, threshold, scale)| D::GeneralizedPareto {
            shape,
            threshold,
            scale
        }),
        (0..40_i32, share()).prop_map(|(n, p)| D::Binomial { n: f64::from(n), p }),
        (positive(), positive()).prop_map(|(a, b)| D::Beta { a, b }),
        (positive(), positive()).prop_map(|(shape, scale)| D::Gamma { shape, scale }),
        (positive(), positive()).prop_map(|(shape, scale)| D::Weibull { shape, scale }),
        positive().prop_map(|rate| D::Exponential { rate }),
        positive().prop_map(|rate| D::Poisson { rate }),
        share().prop_map(|p| D::Bernoulli { p }),
        proptest::collection::vec((value(), positive()), 1..4).prop_map(|pairs| {
            let (values, weights) = pairs.into_iter().unzip();
            D::Discrete { values, weights }
        }),
        (proptest::collection::vec((0.05..0.3_f64, 0.1..2.0_f64), 2..4), value(), any::<bool>()).prop_map(
            |(steps, start, bounded)| {
                let points = steps.iter().scan((0.0, start), |at, (p, x)| {
                    *at = (at.0 + p, at.1 + x);
                    Some(*at)
                });
                let (low, high) =
                    if bounded { (start - 1.0, start + 9.0) } else { (f64::NEG_INFINITY, f64::INFINITY) };
                D::Metalog(Metalog::new(points.collect(), low, high))
            }
        ),
    ];
    leaf.prop_recursive(2, 8, 3, move |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        prop_oneof![
            proptest::collection::vec((positive(), inner), 1..4)
                .prop_map(|components| D::Mixture { components }),
            (boxed.clone(), value(), positive()).prop_map(|(inner, low, range)| D::Truncated {
                inner,
                low,
                high: low + range
            }),
            (boxed, share(), value(), positive()).prop_map(|(body, level, shape, scale)| D::ParetoTail {
                body,
                level,
                shape,
                scale
            }),
        ]
    })
}

/// More cases with `PROPTEST_CASES`.
fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn what_is_printed_reads_as_the_same_tree(expr in expression()) {
        let printed = expr.to_string();
        let again = parse(&printed).map_err(|error| TestCaseError::fail(format!("{printed}: {}", error.message)))?;
        prop_assert!(same(&expr, &again), "{} became {}", printed, again);
    }

    /// What is admissible reads as the same, to the last bit, and what is not is refused.
    #[test]
    fn a_distribution_that_is_printed_reads_as_the_same(distribution in distribution()) {
        let printed = distribution.to_string();
        let read = quantity::parse(&printed, &NamedDistributions::new(), &mut |_| Ok(Vec::new()));
        match (distribution.validate(), read) {
            (Ok(()), Ok((QuantityKind::Chance(again, _), _))) => prop_assert_eq!(again, distribution),
            (Err(_), Err(_)) => {}
            (valid, read) => {
                let read = read.map_err(|error| error.message.to_string());
                return Err(TestCaseError::fail(format!("{printed}: {valid:?}, {read:?}")));
            }
        }
    }

    /// A parameter of a hierarchy is written out in the scenario of a run as it was.
    #[test]
    fn a_scenario_with_distributions_of_all_forms_is_written_as_it_is_read(
        distribution in distribution().prop_filter("admissible", |one| one.validate().is_ok()),
        mean in expression().prop_filter("names and numbers", |expr| expr.depth < 3),
    ) {
        let text = format!(
            "[time]\nstart = 2020\nend = 2021\n[distributions]\nnamed = \"{distribution}\"\n[parameters]\na = \"named\"\n\
             b = \"normal({mean}, a + 1)\"\n[variables]\nx = \"a + b\"\n"
        );
        let loaded = from_text("any.toml", &text);
        if !loaded.diagnostics.has_errors() {
            let again = from_text("any.toml", &write::resolved(&loaded.scenario));
            let kinds = |scenario: &plancast::scenario::Scenario| {
                let kind = |name: &str| scenario.parameters[name].value.kind.clone();
                (kind("a"), kind("b"))
            };
            prop_assert_eq!(kinds(&again.scenario), kinds(&loaded.scenario));
        }
    }

    #[test]
    fn any_text_as_a_formula_is_read_or_refused(text in "\\PC{0,80}") {
        if let Err(error) = parse(&text) {
            prop_assert!(error.span.start <= error.span.end && error.span.end <= text.len());
        }
    }

    #[test]
    fn any_bytes_as_a_scenario_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        survive(&String::from_utf8_lossy(&bytes));
    }
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn a_good_file_spoilt_is_answered_and_runs_if_it_compiles(
        which in any::<proptest::sample::Index>(),
        changes in proptest::collection::vec(change(), 1..4),
    ) {
        let texts = good();
        let text = changes.iter().fold(which.get(&texts).clone(), |text, change| spoil(&text, change));
        survive(&text);
    }
}

/// Not UTF-8 is possible in a file only.
#[test]
fn a_file_that_is_no_text_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.toml");
    std::fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    let loaded = plancast::scenario::load(file.to_str().unwrap(), &[]);
    assert!(loaded.diagnostics.0[0].message.to_string().contains("not UTF-8"));
}
