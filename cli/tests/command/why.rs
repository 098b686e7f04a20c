//! The commands that say why and what would it take, as their user meets them: what is printed, in both languages and
//! as JSON, what is drawn, and the exit code.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

fn plancast(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").args(arguments);
    command.output().unwrap()
}

/// What a command prints that is done, with nothing on stderr but a pointer to doubts.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = plancast(folder, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    let is_pointer =
        |line: &&str| line.contains("see plancast validate") || line.contains("见 plancast validate");
    let others: Vec<&str> = said.lines().filter(|line| !is_pointer(line)).collect();
    assert_eq!((output.status.code(), others), (Some(0), vec![]), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&done(folder, arguments)).unwrap()
}

/// The command is refused as wrong input, says so in these words, and prints no result.
fn refused(folder: &Path, arguments: &[&str], words: &str) {
    let output = plancast(folder, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &[][..]), "{arguments:?}: {said}");
    // Messages are broken into lines where the terminal ends.
    let plain: String = said.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
    assert!(plain.contains(words), "{arguments:?}: {said}");
}

/// y is normal with a mean that is a lever; a and b are correlated.
const SMALL: &str = r#"
[scenario]
title = { en = "Small", zh = "小例" }
[time]
start = 2020
end = 2022
[parameters]
subsidy = { value = 1, lever = { min = 0, max = 4 }, title = { en = "Subsidy", zh = "补贴" } }
tax = { value = 1, lever = { min = 0, max = 2 } }
fixed = 1
a = "normal(0, 1)"
b = "normal(0, 1)"
c = "normal(0, 1)"
[[correlations]]
between = ["a", "b"]
value = 0.5
[variables]
y = { start = "1", formula = "subsidy - tax + a + 0.5 * b + c", title = { en = "Outcome", zh = "结果" }, report = true }
size = { start = "2", formula = "exp(a)" }
z = { start = "4", formula = "size * exp(c)", title = { en = "Product", zh = "乘积" } }
[targets]
good = { require = "y@2022 >= 0", title = { en = "A good outcome", zh = "结果为正" } }
[decompositions.z.effects]
size = { formula = "size", title = { en = "Size", zh = "规模" } }
rest = "z / size"
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("small.toml"), SMALL).unwrap();
    std::fs::write(
        folder.path().join("other.toml"),
        SMALL.replace("subsidy = { value = 1", "subsidy = { value = 2"),
    )
    .unwrap();
    folder
}

/// The standard deviation of a + 0.5 b + c with a correlation of 0.5 between a and b.
const SPREAD: f64 = 1.658_312_395_177_7;

#[test]
fn solve_says_the_value_and_its_error() {
    let folder = folder();
    let ask = ["solve", "small.toml", "--vary", "subsidy", "--for", "p(good) = 80%"];
    let exact = 1.0 + 0.841_621_233_572_914_3 * SPREAD;
    let found = json(folder.path(), &[&ask[..], &["--json"]].concat());
    assert_eq!(
        (found["schema"].as_str(), found["goal"].as_str()),
        (Some("plancast-solve/2"), Some("p(good) = 80%"))
    );
    let answer = &found["answers"][0];
    let (low, high) = (answer["low"].as_f64().unwrap(), answer["high"].as_f64().unwrap());
    assert!(low < exact && exact < high && high - low < 0.3 && answer["reachable"] == true, "{answer}");
    assert!(done(folder.path(), &ask).contains("but for one case in a thousand"));
    let text = done(folder.path(), &[&ask[..], &["--lang", "zh"]].concat());
    assert!(
        text.contains("此时模拟结果为p(good) = 80")
            && text.find('±') < text.find("p(good)")
            && text.starts_with("subsidy = 2."),
        "{text}"
    );
}

/// Odds of 80 % take a subsidy of 2.4.
#[test]
fn solve_says_what_the_steps_of_a_lever_reach_and_where_more_than_the_goal_lies() {
    let folder = folder();
    let stepped = SMALL.replace("min = 0, max = 4", "min = 0, max = 4, step = 0.5");
    std::fs::write(folder.path().join("steps.toml"), stepped).unwrap();
    let ask = ["solve", "steps.toml", "--vary", "subsidy", "--for", "p(good) >= 80%"];
    let text = done(folder.path(), &ask);
    assert!(text.contains("p(good) >= 80% when subsidy >= 2."), "{text}");
    assert!(
        text.contains("Its steps around it: subsidy = 2: 7") && text.contains("; subsidy = 2.5: 8"),
        "{text}"
    );
    let found = json(folder.path(), &[&ask[..], &["--json"]].concat());
    assert_eq!(
        (found["steps"][0]["value"].as_f64(), found["steps"][1]["value"].as_f64()),
        (Some(2.0), Some(2.5))
    );
    let ask = ["solve", "steps.toml", "--vary", "subsidy", "--for", "mean(y@2022) >= -9"];
    assert!(done(folder.path(), &ask).contains("holds already, wherever subsidy was tried between 0 and 4"));
}

#[test]
fn solve_says_that_a_jump_passes_the_goal() {
    let folder = folder();
    let jumping = SMALL.replace(
        "y = { start = \"1\", formula = \"subsidy",
        "y = { start = \"1\", formula = \"floor(subsidy)",
    );
    std::fs::write(folder.path().join("small.toml"), jumping).unwrap();
    let ask = ["solve", "small.toml", "--vary", "subsidy", "--for", "mean(y@2022) = 1.5"];
    let text = done(folder.path(), &ask);
    assert!(text.contains("is passed at a jump, not met: mean(y@2022) = "), "{text}");
    assert!(text.contains(" just below subsidy = 3 and "), "{text}");
    let found = json(folder.path(), &[&ask[..], &["--json"]].concat());
    assert_eq!(found["answers"][0]["reachable"], false);
    assert_eq!(found["answers"][0]["passed"][0]["jumps"].as_array().unwrap().len(), 2);
}

#[test]
fn solve_says_what_is_out_of_reach() {
    let folder = folder();
    let ask = ["solve", "small.toml", "--vary", "subsidy", "--for", "mean(y@2022) = 30"];
    assert!(done(folder.path(), &ask).contains("values of subsidy tried between 0 and 4"));
    let found = json(folder.path(), &[&ask[..], &["--json"]].concat());
    assert_eq!(
        (&found["answers"][0]["reachable"], &found["answers"][0]["closest"]["value"]),
        (&false.into(), &4.0.into())
    );
}

/// The subsidy must rise by what the tax takes: the frontier is a straight line.
#[test]
fn solve_of_two_inputs_is_a_frontier() {
    let folder = folder();
    let ask = ["solve", "small.toml", "--vary", "tax,subsidy", "--for", "p(good) = 60%", "--chart", "f.png"];
    let found = json(folder.path(), &[&ask[..], &["--json"]].concat());
    let answers = found["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 9);
    for answer in answers {
        let paid = answer["value"].as_f64().unwrap() - answer["held"]["tax"].as_f64().unwrap();
        let first = answers[0]["value"].as_f64().unwrap();
        assert!((paid - first).abs() < 4.0 * answer["standard_error"].as_f64().unwrap(), "{answer}");
    }
    assert_eq!(&std::fs::read(folder.path().join("f.png")).unwrap()[1..4], b"PNG");
    assert!(done(folder.path(), &ask).contains("tax = 0.25: subsidy ="));
}

#[test]
fn solve_refuses_what_it_cannot_answer() {
    let folder = folder();
    let ask = |vary, goal| ["solve", "small.toml", "--vary", vary, "--for", goal];
    refused(folder.path(), &ask("subsidy", "p(god) = 80%"), "did you mean \"good\"?");
    refused(folder.path(), &ask("subsidy", "good"), "a goal says what a statistic should be");
    refused(folder.path(), &ask("subsidy", "p(good) = 120%"), "a probability lies between 0 % and 100 %");
    refused(folder.path(), &ask("subsidy,subsidy", "p(good) = 80%"), "names subsidy twice");
    refused(folder.path(), &ask("", "p(good) = 80%"), "--vary names nothing");
    refused(folder.path(), &ask("fixed", "p(good) = 80%"), "fixed has no lever");
    refused(
        folder.path(),
        &[&ask("subsidi", "p(good) = 80%")[..], &["--between", "0,1"]].concat(),
        "--vary:1:1",
    );
    refused(
        folder.path(),
        &[&ask("fixed", "p(good) = 80%")[..], &["--between", "2,1"]].concat(),
        "the lower first",
    );
    refused(
        folder.path(),
        &[&ask("subsidy", "p(good) = 80%")[..], &["--chart", "x.svg"]].concat(),
        "two inputs or more",
    );
}

/// Whole numbers, prices by year and member, a distribution.
const MOVED: &str = r#"
[scenario]
title = "Moved"
[time]
start = 2020
end = 2024
[sets.fuel.fields]
price = {}
[fuel.coal]
price = { 2020 = 100, 2022 = 120 }
[fuel.gas]
price = 200
[parameters]
push = { value = 0, lever = { min = -4, max = 6 } }
luck = "normal(0, 2)"
growth = "normal(8%, 1%)"
[shocks]
eps = "normal(0, 1)"
[variables]
y = "floor(2030 + push + luck)"
cost = "price[coal] + price[gas]"
g = "growth"
noise = { start = "0", formula = "eps" }
"#;

#[test]
fn solve_names_the_quantile_and_tells_both_sides_of_its_jump() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("moved.toml"), MOVED).unwrap();
    let ask = |goal| ["solve", "moved.toml", "--vary", "push", "--for", goal];
    let text = done(folder.path(), &ask("quantile(y@2022, 50%) >= 2032"));
    assert!(text.starts_with("quantile(y@2022, 50%) >= 2032 when push > 2.0"), "{text}");
    assert!(text.contains("It jumps there: quantile(y@2022, 50%) = 2031 just below push = "), "{text}");
    assert!(text.contains(", 2032 just above") && !text.contains("p("), "{text}");
    let text = done(folder.path(), &[&ask("quantile(y@2022, 50%) = 2032")[..], &["--lang", "zh"]].concat());
    assert!(
        text.contains(" < push <= 3.0") && text.contains("该处有跳跃") && text.contains("2031"),
        "{text}"
    );
    let found = json(folder.path(), &[&ask("quantile(y@2022, 50%) < 2032")[..], &["--json"]].concat());
    let answer = &found["answers"][0];
    assert_eq!(found["statistic"], "quantile(y@2022, 50%)");
    let sides: Vec<f64> = (0..2).map(|k| answer["jumps"][k]["reached"]["value"].as_f64().unwrap()).collect();
    assert_eq!(sides, [2031.0, 2032.0]);
    assert!(
        answer["holds"][0]["from"].is_null() && answer["holds"][0]["to"]["value"].as_f64().unwrap() > 1.9
    );
}

#[test]
fn solve_says_how_it_moves_what_is_more_than_a_number() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("moved.toml"), MOVED).unwrap();
    let ask =
        |option, name, range, goal| ["solve", "moved.toml", option, name, "--between", range, "--for", goal];
    let growth = done(folder.path(), &ask("--vary", "growth", "4%,14%", "p(g@2022 >= 9%) = 80%"));
    assert!(growth.contains("when the mean of growth = 9.8"), "{growth}");
    assert!(growth.contains("growth's distribution, normal(8%, 1%), is shifted as a whole"), "{growth}");
    assert!(growth.contains("--fix growth"), "{growth}");
    for (option, name, range, goal, words) in [
        ("--vary", "price[coal]", "0,200", "mean(cost@2023) = 330", "price[coal] in 2020 = 110"),
        ("--shift", "price", "-50,50", "mean(cost@2023) = 330", "the shift of price = 5"),
        ("--scale", "price", "0,2", "mean(cost@2023) = 160", "the factor on price = 0.5"),
        ("--vary", "price[coal]@2023", "0,200", "mean(cost@2023) = 330", "price[coal]@2023 = 130"),
        ("--fix", "price", "0,500", "mean(cost@2023) = 330", "price = 165"),
    ] {
        let text = done(folder.path(), &ask(option, name, range, goal));
        assert!(text.contains(words), "{name}: {text}");
        let zh = [&ask(option, name, range, goal)[..], &["--lang", "zh"]].concat();
        assert!(!done(folder.path(), &zh).contains("the "), "{name}");
    }
    let shifted = done(folder.path(), &ask("--shift", "price", "-50,50", "mean(cost@2023) = 330"));
    assert!(shifted.contains("the same is added to its 3 values"), "{shifted}");
    let found = json(
        folder.path(),
        &[&ask("--scale", "price", "0,2", "mean(cost@2023) = 160")[..], &["--json"]].concat(),
    );
    assert_eq!(found["levers"][0]["value_is"], "factor");
    assert_eq!(found["levers"][0]["moves"].as_array().unwrap().len(), 3);
    // A lever with a change of the scenario.
    let set =
        [&ask("--scale", "price", "0,2", "mean(cost@2023) = 260")[..], &["--set", "price[gas]=400"]].concat();
    assert!(done(folder.path(), &set).contains("the factor on price = 0.5"));
    // Named twice, the second says how.
    let order =
        ["solve", "moved.toml", "--vary", "price,push", "--scale", "price", "--between", "0.5,1.5", "--for"];
    let text = done(folder.path(), &[&order[..], &["mean(y@2022) = 2031"]].concat());
    assert!(text.contains("the factor on price = 0.5: push = 1."), "{text}");
}

#[test]
fn solve_refuses_what_is_no_lever() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("moved.toml"), MOVED).unwrap();
    let ask =
        |name| ["solve", "moved.toml", "--vary", name, "--between", "0,1", "--for", "mean(cost@2023) = 330"];
    refused(folder.path(), &ask("eps"), "eps is a shock");
    refused(folder.path(), &ask("price"), "price stands for 2 values, one for each member");
    refused(folder.path(), &ask("cost"), "cost is a variable");
    refused(folder.path(), &ask("growth,price,eps"), "eps is a shock");
    refused(
        folder.path(),
        &[&ask("growth")[..], &["--shift", "growth+growth", "--fix", "growth"]].concat(),
        "growth",
    );
    refused(folder.path(), &[&ask("price[coal]")[..], &["--shift", "price"]].concat(), "");
    refused(
        folder.path(),
        &[
            "solve",
            "moved.toml",
            "--vary",
            "push",
            "--for",
            "p(cost@2023 >= 9999 given cost@2023 <= 1) = 50%",
        ],
        "no path meets its condition",
    );
}

#[test]
fn solve_takes_conditional_probabilities() {
    let folder = folder();
    let ask = ["solve", "small.toml", "--vary", "subsidy", "--for", "p(good given c >= 0) = 80%", "--json"];
    let found = json(folder.path(), &ask);
    let (low, high) =
        (found["answers"][0]["low"].as_f64().unwrap(), found["answers"][0]["high"].as_f64().unwrap());
    // By numerical integration with SciPy.
    let exact = 1.427_936_392_647_159_3;
    assert!(low < exact && exact < high && high - low < 0.2, "{low} {high}");
    assert!((found["answers"][0]["reached"]["paths"].as_f64().unwrap() / 10_000.0 - 1.0).abs() < 0.02);
}

/// Var y = 1.75 + 1: a with b has 7/11, c has 4/11, alone and in all.
#[test]
fn sensitivity_takes_correlated_inputs_as_one_and_says_so() {
    let folder = folder();
    let ask = ["sensitivity", "small.toml", "--of", "y@2022"];
    let found = json(folder.path(), &[&ask[..], &["--json"]].concat());
    assert_eq!(found["schema"], "plancast-sensitivity/2");
    let inputs = found["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), 2);
    for input in inputs {
        let exact = if input["correlated"] == true { 7.0 / 11.0 } else { 4.0 / 11.0 };
        for kind in ["closed", "total"] {
            let index = &input["sobol"][kind];
            let (value, margin) = (index["value"].as_f64().unwrap(), index["margin"].as_f64().unwrap());
            assert!((value - exact).abs() < 3.0 * margin + 0.002, "{input}");
        }
    }
    assert!(done(folder.path(), &ask).contains("they are taken as one group"));
    assert!(done(folder.path(), &[&ask[..], &["--lang", "zh"]].concat()).contains("合并为一组"));
}

/// `eps` is drawn every year for both members; `luck` is the name of its group.
#[test]
fn sensitivity_takes_names_in_a_list_and_what_indexed_names_begin_with() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[scenario]\ntitle = \"Names\"\n[time]\nstart = 2020\nend = 2022\n[sets.sector]\n[sector.coal]\n\
        [sector.steel]\n[parameters]\nz = \"normal(0, 1)\"\na = \"normal(0, 1)\"\nb = \"normal(0, 1)\"\n\
        [[correlations]]\nbetween = [\"a\", \"b\"]\nvalue = 0.5\n\
        [shocks]\neps = { over = \"sector\", dist = \"normal(0, 1)\" }\n[variables]\n\
        y = { start = \"0\", formula = \"prev(y) + sum(sector: eps[sector]) + z + a + b\", report = true }\n\
        [groups]\nluck = [\"eps\"]\n";
    std::fs::write(folder.path().join("names.toml"), text).unwrap();
    let names = |inputs: &str| -> Vec<(String, bool)> {
        let ask =
            ["sensitivity", "names.toml", "--of", "y@2022", "--paths", "512", "--inputs", inputs, "--json"];
        let found = json(folder.path(), &ask);
        let one = |input: &Value| {
            (input["name"].as_str().unwrap().to_owned(), input["correlated"].as_bool().unwrap())
        };
        found["inputs"].as_array().unwrap().iter().map(one).collect()
    };
    let names_of =
        |inputs: &str| -> Vec<String> { names(inputs).into_iter().map(|(name, _)| name).collect() };
    assert_eq!(names_of("eps"), ["eps"]);
    assert_eq!(names_of("luck"), ["luck"]);
    let mut two = names_of("eps[coal], z");
    two.sort();
    assert_eq!(two, ["eps[coal]", "z"]);
    // One of two that are correlated stands for both.
    assert_eq!(names("b"), [("a + 1".to_owned(), true)]);
}

#[test]
fn sensitivity_of_odds_screens_and_measures_distances() {
    let folder = folder();
    let ask = |method| ["sensitivity", "small.toml", "--of", "good", "--method", method, "--json"];
    let pawn = json(folder.path(), &ask("pawn"));
    let chance = pawn["by_chance"]["median"].as_f64().unwrap();
    for input in pawn["inputs"].as_array().unwrap() {
        assert!(input["pawn"]["median"].as_f64().unwrap() > 3.0 * chance, "{input}: {chance}");
    }
    let morris = json(folder.path(), &ask("morris"));
    assert!(morris["inputs"][0]["morris"]["mu_star"].as_f64().unwrap() > 0.0);
    let text = done(folder.path(), &ask("pawn")[..6]);
    assert!(text.contains("chance alone") && text.contains("its strongest draw"), "{text}");
}

#[test]
fn sensitivity_without_an_outcome_tells_targets_headlines_and_metrics() {
    let folder = folder();
    let text = SMALL.replace("[targets]\n", "[targets]\nsure = { require = \"y@2022 >= -999\" }\n")
        + "[metrics]\nsum = \"y@2021 + y@2022\"\n";
    std::fs::write(folder.path().join("small.toml"), text).unwrap();
    let ask = ["sensitivity", "small.toml"];
    let found = json(folder.path(), &[&ask[..], &["--json"]].concat());
    let outcomes = found["outcomes"].as_array().unwrap();
    let names: Vec<&str> = outcomes.iter().map(|outcome| outcome["of"].as_str().unwrap()).collect();
    assert_eq!(names, ["sure", "good", "y@2022", "sum"]);
    let varies: Vec<bool> = outcomes.iter().map(|outcome| outcome["varies"].as_bool().unwrap()).collect();
    assert_eq!(varies, [false, true, true, true]);
    let text = done(folder.path(), &ask);
    assert!(text.contains("sure does not vary") && !text.contains("NaN"), "{text}");
}

/// On half of the paths it is never reached; on the others in 2021 or 2022.
#[test]
fn a_year_that_never_comes_counts_as_the_year_after_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[scenario]\ntitle = \"When\"\n[time]\nstart = 2020\nend = 2022\n[parameters]\n\
        a = \"bernoulli(50%)\"\nb = \"bernoulli(50%)\"\n[variables]\n\
        y = { start = \"0\", formula = \"a * max(1 - b, prev(later))\", report = true }\n\
        later = { start = \"0\", formula = \"1\" }\n\
        [metrics]\nreached = { formula = \"first_year(y >= 1)\", unit = \"year\" }\n";
    std::fs::write(folder.path().join("when.toml"), text).unwrap();
    let found =
        json(folder.path(), &["sensitivity", "when.toml", "--of", "reached", "--one-by-one", "--json"]);
    // 2023 where a = 0, else 2021 + b: first-order shares (1.5/2)² / V and (1/4)² / V with V = 11/16.
    for (name, exact) in [("a", 9.0 / 11.0), ("b", 1.0 / 11.0)] {
        let input = found["inputs"].as_array().unwrap().iter().find(|input| input["name"] == name).unwrap();
        for kind in ["closed", "sum_of_first_order"] {
            let index = &input["sobol"][kind];
            let (value, margin) = (index["value"].as_f64().unwrap(), index["margin"].as_f64().unwrap());
            assert!((value - exact).abs() < 3.0 * margin + 0.002, "{kind}: {input}");
        }
    }
    assert!(
        (found["infinite"].as_f64().unwrap() - 0.5).abs() < 0.05 && found["infinite_counts_as"] == 2023.0
    );
    let text = done(folder.path(), &["sensitivity", "when.toml", "--of", "reached"]);
    assert!(text.contains("counted as 2023, the year after the last"), "{text}");
}

/// What is infinite on a quarter of the points and no year has no variance; of what is finite nothing is said.
#[test]
fn sensitivity_says_where_an_outcome_is_infinite_and_nothing_where_it_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[scenario]\ntitle = \"Where\"\n[time]\nstart = 2020\nend = 2022\n[parameters]\n\
        a = \"bernoulli(25%)\"\nb = \"normal(0, 1)\"\n[variables]\n\
        y = { start = \"0\", formula = \"a + b\", report = true }\n\
        [metrics]\nquotient = { formula = \"1 / (1 - a) + b\", unit = \"year\" }\n";
    std::fs::write(folder.path().join("where.toml"), text).unwrap();
    for method in ["sobol", "morris", "pawn"] {
        let ask = |of| ["sensitivity", "where.toml", "--of", of, "--method", method, "--paths", "1024"];
        let found = json(folder.path(), &[&ask("y@2022")[..], &["--json"]].concat());
        assert_eq!((&found["infinite"], &found["no_number"]), (&0.0.into(), &0.0.into()));
        assert!(!done(folder.path(), &ask("y@2022")).contains("infinite"));
        let found = json(folder.path(), &[&ask("quotient")[..], &["--json"]].concat());
        assert!((found["infinite"].as_f64().unwrap() - 0.25).abs() < 0.03, "{found}");
        assert!(found["inputs"].as_array().unwrap().is_empty() && found["infinite_counts_as"].is_null());
        let said = done(folder.path(), &ask("quotient"));
        assert!(said.contains("infinite at 2") && said.contains("it has no variance"), "{said}");
        assert!(
            done(folder.path(), &[&ask("quotient")[..], &["--lang", "zh"]].concat()).contains("方差不存在")
        );
    }
}

/// A product of two draws of one group: each alone explains nothing of it, both together all.
#[test]
fn sensitivity_tells_the_closed_index_of_a_group_and_the_sum_of_its_draws_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[scenario]\ntitle = \"Two\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\n\
        a = \"normal(0, 1)\"\nb = \"normal(0, 1)\"\nc = \"normal(0, 1)\"\n[variables]\n\
        y = { formula = \"a * b + c\", report = true }\n[groups]\nboth = [\"a\", \"b\"]\n";
    std::fs::write(folder.path().join("two.toml"), text).unwrap();
    let ask = ["sensitivity", "two.toml", "--of", "y@2021", "--paths", "16384"];
    let found = json(folder.path(), &[&ask[..], &["--json"]].concat());
    let both = found["inputs"].as_array().unwrap().iter().find(|input| input["name"] == "both").unwrap();
    assert_eq!(both["draws"], 2);
    for (kind, exact) in [("closed", 0.5), ("sum_of_first_order", 0.0), ("total", 0.5)] {
        let (value, margin) = (both["sobol"][kind]["value"].as_f64(), both["sobol"][kind]["margin"].as_f64());
        assert!((value.unwrap() - exact).abs() < 2.0 * margin.unwrap() + 0.01, "{kind}: {both}");
    }
    let said = done(folder.path(), &ask);
    assert!(said.contains("closed index") && said.contains("sum of single draws"), "{said}");
    let said = done(folder.path(), &[&ask[..], &["--lang", "zh"]].concat());
    assert!(said.contains("封闭指数") && said.contains("单次抽样之和"), "{said}");
}

/// Neither is told, nor is it passed over in silence.
#[test]
fn a_run_says_why_it_does_not_tell_what_drives_chosen_or_placed_paths() {
    let folder = folder();
    let ask = ["run", "small.toml", "--paths", "4096", "--charts", "none"];
    assert!(done(folder.path(), &ask).contains("What drives it (first-order"));
    for (more, words) in [
        (["--given", "y@2022 >= 0"], "no longer independent"),
        (["--sampling", "sobol"], "random paths only"),
    ] {
        let text = done(folder.path(), &[&ask[..], &more].concat()).replace('\n', " ");
        assert!(text.contains("What drives it is not told") && text.contains(words), "{text}");
    }
}

#[test]
fn sensitivity_refuses_what_there_is_not() {
    let folder = folder();
    refused(folder.path(), &["sensitivity", "small.toml", "--of", "x@2022"], "nothing is named \"x\"");
    refused(
        folder.path(),
        &["sensitivity", "small.toml", "--of", "y@2022", "--inputs", "d"],
        "there is no input or group \"d\"",
    );
    refused(folder.path(), &["sensitivity", "small.toml", "--of", "fixed"], "depends on nothing random");
}

#[test]
fn discover_says_in_what_futures_a_target_is_missed() {
    let folder = folder();
    let ask = ["discover", "small.toml", "--target", "good", "--chart", "box.svg"];
    let found = json(folder.path(), &[&ask[..], &["--json"]].concat());
    assert_eq!(found["schema"], "plancast-discover/1");
    let missed = found["missed"].as_f64().unwrap();
    assert!((missed - 0.5).abs() < 0.02);
    let first = &found["boxes"][0];
    assert!(first["quality"]["density"].as_f64().unwrap() > missed + 0.2);
    for limit in first["limits"].as_array().unwrap() {
        // What is low makes it missed: every limit is an upper one.
        assert!(limit["low"].is_null() && limit["high"]["quantile"].as_f64().unwrap() < 1.0, "{limit}");
    }
    let text = done(folder.path(), &ask);
    assert!(text.contains("\"A good outcome\" is missed on") && text.contains("below its"), "{text}");
    assert!(done(folder.path(), &[&ask[..], &["--lang", "zh"]].concat()).contains("“结果为正”"));
    let drawn = std::fs::read_to_string(folder.path().join("box.svg")).unwrap();
    assert!(drawn.contains("结果为正"), "the last one drawn is in Chinese");
    refused(folder.path(), &["discover", "small.toml", "--target", "god"], "did you mean \"good\"?");
}

#[test]
fn discover_names_the_value_of_a_coin_and_says_when_nothing_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[scenario]\ntitle = \"Coin\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\n\
        coin = \"bernoulli(50%)\"\nluck = \"normal(0, 1)\"\n[variables]\ny = \"luck - 2 * coin\"\n\
        [targets]\ngood = { require = \"y@2021 >= -1\" }\nsure = { require = \"y@2021 >= -99\" }\n";
    std::fs::write(folder.path().join("coin.toml"), text).unwrap();
    let found = done(folder.path(), &["discover", "coin.toml", "--target", "good"]);
    assert!(found.contains("coin = 1 [chance"), "{found}");
    let none = ["discover", "coin.toml", "--target", "sure", "--chart", "box.svg"];
    let output = plancast(folder.path(), &none);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("nothing was drawn"));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.starts_with("\"sure\" is met in every future, whatever is drawn.\n"), "{printed}");
    assert!(!printed.contains('%'), "{printed}");
    assert!(!folder.path().join("box.svg").exists());
}

#[test]
fn decompose_takes_declared_effects_and_typed_ones() {
    let folder = folder();
    let years = ["--from", "2020", "--to", "2022"];
    let ask = [&["decompose", "small.toml", "z"][..], &years].concat();
    let found = json(folder.path(), &[&ask[..], &["--json"]].concat());
    assert_eq!(
        (found["schema"].as_str(), found["variable"].as_str()),
        (Some("plancast-decompose/1"), Some("z"))
    );
    let of = |value: &Value| value["mean"].as_f64().unwrap();
    let effects = found["effects"].as_array().unwrap();
    let sum: f64 = effects.iter().map(|effect| of(&effect["additive"])).sum();
    assert!((sum - of(&found["change"])).abs() < 1e-9);
    assert_eq!((of(&found["before"]), effects.len()), (4.0, 3));
    // A variable without a unit: nothing stands where it would.
    let text = done(folder.path(), &ask);
    assert!(text.contains("in 2022: mean (5 % – 95 %)") && !text.contains(", :"), "{text}");
    let text = done(folder.path(), &[&ask[..], &["--lang", "zh"]].concat());
    assert!(text.contains("规模") && !text.contains("，。"), "{text}");
    let typed = [&ask[..], &["--by", "size=size", "--by", "luck=z/size", "--chart", "w.svg"]].concat();
    assert!(done(folder.path(), &typed).contains("luck"));
    assert!(std::fs::read_to_string(folder.path().join("w.svg")).unwrap().contains("Product"));
}

#[test]
fn decompose_holds_two_scenarios_against_each_other() {
    let folder = folder();
    let by = ["--by", "subsidy=exp(subsidy)", "--by", "others=exp(y - subsidy)"];
    let ask = [&["decompose", "small.toml", "y", "--alternative", "other.toml", "--year", "2022"][..], &by]
        .concat();
    let found = json(folder.path(), &[&ask[..], &["--json"]].concat());
    assert!((found["change"]["mean"].as_f64().unwrap() - 1.0).abs() < 1e-9);
    assert_eq!(found["alternative"], "other.toml");
    assert!(done(folder.path(), &ask).contains("difference: 1.000"));
}

#[test]
fn decompose_refuses_what_it_cannot_split() {
    let folder = folder();
    let ask = |total, more: &[&'static str]| [&["decompose", "small.toml", total][..], more].concat();
    for years in [["--from", "2020", "--to", "2023"], ["--from", "2019", "--to", "2022"]] {
        refused(folder.path(), &ask("z", &years), "runs from 2020 to 2022");
    }
    refused(
        folder.path(),
        &ask("z", &["--from", "2020", "--to", "2022", "--by", "sice"]),
        "did you mean \"size\"?",
    );
    refused(folder.path(), &ask("y", &["--from", "2020", "--to", "2022"]), "[decompositions.y]");
    refused(folder.path(), &ask("z", &["--from", "2020", "--to", "2022", "--by", "a,b=c"]), "not both");
    refused(
        folder.path(),
        &ask("z", &["--from", "2020", "--to", "2022", "--by", "a=nothing"]),
        "nothing is named",
    );
    refused(folder.path(), &ask("z", &["--from", "2020"]), "--to");
    refused(folder.path(), &ask("z", &["--alternative", "other.toml"]), "--year");
}

/// Exports less imports, and a balance: terms that are below zero.
const SIGNED: &str = r#"
[scenario]
title = { en = "Trade", zh = "贸易" }
[time]
start = 2020
end = 2021
[sets.flow]
[sets.flow.fields]
way = {}
v0 = {}
v1 = {}
[flow.exports]
title = { en = "Exports", zh = "出口" }
way = 1
v0 = 10
v1 = 12
[flow.imports]
title = { en = "Imports", zh = "进口" }
way = -1
v0 = 8
v1 = 17
[parameters]
luck = "normal(0, 1)"
half = "bernoulli(50%)"
[variables]
"volume[flow]" = { start = "v0[flow]", formula = "v1[flow]" }
net = { formula = "sum(flow: way[flow] * volume[flow])", title = { en = "Net exports", zh = "净出口" }, report = true }
odd = "luck / half"
[decompositions.net.effects]
way = "way[flow]"
volume = { formula = "volume[flow]", each = "flow" }
[decompositions.balance]
of = "net"
effects = { part = { formula = "way[flow] * volume[flow]", each = "flow" } }
"#;

#[test]
fn decompose_takes_terms_of_any_sign_and_names_its_methods() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("trade.toml"), SIGNED).unwrap();
    let ask = ["decompose", "trade.toml", "net", "--from", "2020", "--to", "2021", "--paths", "300"];
    let with = |more: &[&'static str]| [&ask[..], more].concat();
    let text = done(folder.path(), &with(&[]));
    for said in [
        "Net exports from 2.000 in 2020 to −5.000 in 2021: mean (5 % – 95 %), added\n",
        "Exports: 2.000 (2.000 – 2.000)\n",
        "Imports: −9.000 (−9.000 – −9.000)\n",
        "LMDI-I (Ang 2004), as no factor is below zero on any path: for the term Exports.",
        "Shapley values (Sun 1998), as a factor is below zero on some path: for the term Imports.",
        "Not multiplied: a term with a factor below zero",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("×") && !text.contains("NaN") && !text.contains("other"), "{text}");
    let text = done(folder.path(), &with(&["--lang", "zh", "--by", "part"]));
    for said in ["净出口", "出口：2.000 (", "进口：−9.000", "方法：直接相减", "300条路径中有300条"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    let found = json(folder.path(), &with(&["--json"]));
    assert_eq!(found["methods"][1]["method"], "shapley");
    assert_eq!(found["methods"][1]["terms"][0][0]["en"], "Imports");
    assert_eq!(found["effects"][2]["methods"][0], "shapley");
    assert_eq!(found["not_multiplicative"]["reason"], "shapley");
    assert!(found["effects"][1]["multiplicative"].is_null() && found["ratio"].is_null());
    let found = json(folder.path(), &with(&["--json", "--by", "part"]));
    assert_eq!(
        (&found["not_multiplicative"]["reason"], &found["not_multiplicative"]["paths"]),
        (&"sign".into(), &300.into())
    );
    let drawn = with(&["--chart", "net.svg", "--by", "part"]);
    done(folder.path(), &drawn);
    let svg = std::fs::read_to_string(folder.path().join("net.svg")).unwrap();
    assert!(svg.contains("plain differences"), "{svg}");
}

#[test]
fn decompose_counts_the_paths_that_it_leaves_out() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("trade.toml"), SIGNED).unwrap();
    let ask = |factor| {
        let by =
            ["--from", "2020", "--to", "2021", "--paths", "1000", "--by", "a=volume[flow]", "--by", factor];
        [&["decompose", "trade.toml", "net"][..], &by].concat()
    };
    let text = done(folder.path(), &ask("b=odd"));
    assert!(text.contains("of 1,000 paths, on which a factor has no finite value"), "{text}");
    assert!(text.contains("first on path") && text.contains(": b)"), "{text}");
    let found = json(folder.path(), &[&ask("b=odd")[..], &["--json"]].concat());
    let out = found["left_out"]["paths"].as_u64().unwrap();
    // A half of 1000, within five standard deviations of 16.
    assert!((420..580).contains(&out), "{out}");
    let change: f64 = (found["effects"].as_array().unwrap().iter())
        .map(|effect| effect["additive"]["mean"].as_f64().unwrap())
        .sum();
    assert!((change - found["change"]["mean"].as_f64().unwrap()).abs() < 1e-9);
    refused(folder.path(), &ask("b=odd/0"), "Left out: 1,000 of 1,000 paths");
}

/// What a comparison gives in per cent, and where it gives none, says why: in the table, the files and the page, in
/// both languages.
#[test]
fn compare_gives_the_ratio_of_means_or_the_reason_why_not() {
    let text = |less: &str| {
        format!(
            "[scenario]\ntitle = \"Net\"\n[time]\nstart = 2020\nend = 2021\n[parameters]\nluck = \"normal(10, 20)\"\n[variables]\n\
             net = {{ formula = \"luck - {less}\", unit = \"Mt\", report = true }}\n\
             around = {{ formula = \"luck - 10 - {less}\", unit = \"Mt\", report = true }}\n\
             share = {{ formula = \"0.3 + 0.001 * (luck - {less})\", unit = \"1\", report = true }}\n\
             rate = {{ formula = \"(luck - {less}) * 1%\", unit = \"1/yr\", report = true }}\n\
             [metrics]\nwhen = {{ formula = \"first_year(net <= {less})\", unit = \"year\" }}\n\
             [targets]\nalways = {{ require = \"net@2021 >= -140 - {less}\" }}\n\
             sure = {{ require = \"net@2021 >= -900 - {less}\" }}\n"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), text("0")).unwrap();
    std::fs::write(folder.path().join("b.toml"), text("4")).unwrap();
    let ask = ["compare", "a.toml", "b.toml", "--paths", "20000", "--charts", "none"];
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder.path()).env("LC_ALL", "C.UTF-8").env("COLUMNS", "160").args(ask);
    let printed = String::from_utf8(command.output().unwrap().stdout).unwrap();
    for said in
        ["less than five standard errors", "percentage points", "calendar years", "single paths have no"]
    {
        assert!(printed.contains(said), "{said}: {printed}");
    }
    let zh = done(folder.path(), &[&ask[..], &["--lang", "zh"]].concat());
    for said in ["不足五个标准误", "百分点", "年份", "单条路径没有百分比"] {
        assert!(zh.contains(said), "{said}: {zh}");
    }
    let read =
        |name: &str| std::fs::read_to_string(folder.path().join("output/compare-a-b").join(name)).unwrap();
    let csv = read("differences.csv");
    assert!(csv.contains(",around,%,2021,percent_of_mean_not_known,reference_near_zero\n"), "{csv}");
    let summary: Value = serde_json::from_str(&read("summary.json")).unwrap();
    let difference = &summary["alternatives"][0]["difference"];
    let net = difference["variables"]["net"]["percent_of_mean"][1]["value"].as_f64().unwrap();
    assert!((net + 40.0).abs() < 3.0, "{net}");
    let always = &difference["targets"]["always"];
    assert!(always["standard_error"].is_null() && always["high"].as_f64().unwrap() > 1e-4, "{always}");
    let sure = &difference["targets"]["sure"];
    assert_eq!((&sure["standard_error"], &sure["high"]), (&Value::from(0.0), &Value::from(0.0)), "{sure}");
    done(folder.path(), &["report", "output/compare-a-b"]);
    let page = std::fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(page.contains("less than five standard errors"), "the page says why");
}

/// The commands of the documentation, in the plan.
#[test]
fn the_effects_of_the_plan_have_names() {
    let folder = tempfile::tempdir().unwrap();
    let ask = |line: &str| -> Vec<String> { line.split(' ').map(str::to_owned).collect() };
    for (line, effects) in [
        ("decompose plan co2 --by activity,structure,intensity,fuel --from 2020 --to 2035", 5),
        ("decompose plan gdp --by industry --from 2020 --to 2025", 15),
    ] {
        let words = ask(&format!("{line} --paths 500 --json"));
        let found = json(folder.path(), &words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(found["effects"].as_array().unwrap().len(), effects, "{line}");
    }
}

#[test]
fn a_comparison_can_be_made_among_some_paths() {
    let folder = folder();
    let ask = ["compare", "small.toml", "other.toml", "--paths", "20000", "--charts", "none"];
    let given = [&ask[..], &["--given", "y@2022 >= 1"]].concat();
    let text = done(folder.path(), &given);
    assert!(text.contains("given y@2022 >= 1 in every scenario, among 20,000 paths"), "{text}");
    let read = |name: &str| -> Value {
        let path = folder.path().join("output").join(name).join("summary.json");
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    };
    let found = read("compare-small-other-given");
    // The other is better by one on every path: it holds in both where it holds in the first, on 27 % of paths.
    let paths = found["paths"].as_f64().unwrap();
    assert!((paths / 20_000.0 - 0.2733).abs() < 0.02, "{paths}");
    assert_eq!(found["alternatives"][0]["summary"]["paths"], found["paths"]);
    assert!(found["metrics"].as_object().unwrap().is_empty(), "the condition is no result");
    let difference = &found["alternatives"][0]["difference"]["variables"]["y"]["absolute"]["mean"][2];
    assert!((difference.as_f64().unwrap() - 1.0).abs() < 1e-9);
    assert!(done(folder.path(), &[&given[..], &["--lang", "zh"]].concat()).contains("各情景均满足"));
    refused(
        folder.path(),
        &[&ask[..], &["--given", "y@2022 >= 9"]].concat(),
        "too few to say anything, it takes 100",
    );
    refused(folder.path(), &[&ask[..], &["--given", " "]].concat(), "--given is empty");
    refused(folder.path(), &[&ask[..], &["--given", "x@2022 >= 9"]].concat(), "nothing is named \"x\"");
}
