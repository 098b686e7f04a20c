//! Scenarios and results of strangers: what they may read, what they may say, and what it may cost.

use std::fs;
use std::process::Output;

use tempfile::TempDir;

use crate::case::plancast;

const TOKEN: &str = "ghp_s3cr3t";

const TOWN: &str = "
[time]
start = 2020
end = 2022
[parameters]
u = { value = 'uniform(0, 1)', unit = '1' }
[variables]
x = { formula = 'u + 0 * year', unit = '1', report = true }
[targets]
high = { require = 'x@2022 >= 0.5' }
";

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A repository with secrets in it and beside it, as a build server has them.
fn repository() -> TempDir {
    let disk = tempfile::tempdir().unwrap();
    for folder in ["repo/.git", "repo/plans", "repo/config", "other"] {
        fs::create_dir_all(disk.path().join(folder)).unwrap();
    }
    let secret =
        format!("[remote \"origin\"]\n\turl = https://x:{TOKEN}@example.org\nextraheader = {TOKEN}\n");
    for place in [
        "repo/.git/config",
        "repo/.git/config.toml",
        "repo/.env",
        "repo/.env.toml",
        "other/base.toml",
        "repo/token.txt",
        "repo/config/secret.toml",
        "other/h.csv",
    ] {
        fs::write(disk.path().join(place), &secret).unwrap();
    }
    fs::write(disk.path().join("repo/base.toml"), TOWN).unwrap();
    fs::write(disk.path().join("repo/plans/h.csv"), "year,x\n2019,1\n").unwrap();
    disk
}

/// Every command that opens a scenario says that it is wrong, and nothing of what lies elsewhere.
#[test]
fn no_file_outside_hidden_or_of_another_kind_is_read_or_quoted() {
    let disk = repository();
    let repo = disk.path().join("repo");
    let absolute = disk.path().join("other/base.toml");
    let named = [
        "../.git/config",
        "../.git/config.toml",
        "../.git/../.git/config.toml",
        "../.env",
        "../.env.toml",
        "../token.txt",
        "../../other/base.toml",
        "../config/secret.toml",
        "/etc/passwd",
        "/proc/self/environ",
        "/dev/zero",
        absolute.to_str().unwrap(),
    ];
    for name in named {
        for text in [
            format!("[scenario]\nextends = '{name}'\n{TOWN}"),
            TOWN.replace("uniform(0, 1)", &format!("empirical(\"{name}\", \"{TOKEN}x\")")),
            format!("{TOWN}[history.x]\nfile = '{name}'\n"),
        ] {
            fs::write(repo.join("plans/evil.toml"), &text).unwrap();
            for command in ["validate", "run", "explain", "audit"] {
                let output = plancast(&repo, &[command, "plans/evil.toml"]);
                let said = said(&output).replace(&format!("{TOKEN}x"), "");
                assert_eq!(output.status.code(), Some(2), "{command} {name}: {said}");
                assert!(!said.contains(TOKEN) && !said.contains("root:"), "{command} {name}: {said}");
            }
        }
    }
    for form in [["--format", "json"], ["--lang", "zh"]] {
        fs::write(repo.join("plans/evil.toml"), "[scenario]\nextends = '../config/secret.toml'\n").unwrap();
        let output = plancast(&repo, &["validate", "plans/evil.toml", form[0], form[1]]);
        assert!(!said(&output).contains(TOKEN), "{}", said(&output));
    }
}

#[test]
fn files_of_the_project_are_read_and_others_where_the_user_says_so() {
    let disk = repository();
    let repo = disk.path().join("repo");
    fs::write(disk.path().join("other/base.toml"), TOWN).unwrap();
    fs::write(disk.path().join("other/h.csv"), "year,x\n2019,1\n").unwrap();
    let extending = |base: &str, data: &str| {
        let text = format!("[scenario]\nextends = '{base}'\n[history.x]\nfile = '{data}'\nvalue = 'x'\n");
        fs::write(repo.join("plans/mine.toml"), text).unwrap();
    };
    extending("../base.toml", "h.csv");
    let inside = plancast(&repo, &["validate", "plans/mine.toml"]);
    assert!(inside.status.success(), "{}", said(&inside));
    extending("../../other/base.toml", "../../other/h.csv");
    let outside = plancast(&repo, &["validate", "plans/mine.toml"]);
    assert!(said(&outside).contains("lies outside") && said(&outside).contains("--allow-outside"));
    for command in ["validate", "run", "explain"] {
        let allowed = plancast(&repo, &[command, "plans/mine.toml", "--allow-outside"]);
        assert!(allowed.status.success(), "{command}: {}", said(&allowed));
    }
    // What the user names is the user's own, wherever it lies.
    let named = plancast(&repo, &["validate", "../other/base.toml"]);
    assert!(named.status.success(), "{}", said(&named));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_not_followed() {
    use std::os::unix::fs::symlink;
    let disk = repository();
    let repo = disk.path().join("repo");
    symlink("../.git/config", repo.join("plans/link.toml")).unwrap();
    symlink("../../other", repo.join("plans/folder")).unwrap();
    symlink("../base.toml", repo.join("plans/inside.toml")).unwrap();
    let output = plancast(&repo, &["validate", "plans/*.toml"]);
    assert!(!said(&output).contains(TOKEN), "{}", said(&output));
    for base in ["link.toml", "folder/base.toml"] {
        fs::write(repo.join("plans/mine.toml"), format!("[scenario]\nextends = '{base}'\n")).unwrap();
        let output = plancast(&repo, &["validate", "plans/mine.toml"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(!said(&output).contains(TOKEN), "{}", said(&output));
    }
    let inside = plancast(&repo, &["validate", "plans/inside.toml"]);
    assert!(inside.status.success(), "{}", said(&inside));
}

/// A scenario of which every text tries to be something else.
const LOUD: &str = "
[scenario]
title = { en = \"=cmd|' /C calc'!A0 ]]> </script><script>alert(1)</script> `x` | a | ##[error]t <img src=x>\", zh = \"=1+1 ##vso[task.x]\" }
region = '::error::region'
[time]
start = 2020
end = 2024
[parameters]
u = { value = 'uniform(0, 1)', unit = '1', title = \"@SUM(1+1)*cmd|' /C calc'!A0\", source = 's', note = '</script>' }
[variables]
x = { formula = 'u + 0 * year', unit = '1', title = '</text><script>alert(4)</script>]]>&amp;<foreignObject>', report = true }
y = { formula = 'u * 2', unit = '1', title = \"-2+3+cmd\\tTAB\\nnewline\", report = true }
[metrics]
m = { formula = 'x@2024', unit = '1', title = '=1+1' }
[targets]
t1 = { require = 'x@2024 >= 0.5', title = \"=cmd|' /C calc'!A0\", group = '=1+1' }
t2 = { require = 'y@2024 >= 0.5', title = '+1|`a`](javascript:alert(1)) <b>', group = ']]>' }
[gates]
']]> </testcase><system-out>' = 'p(t1) >= 10%'
'a | b `c` <script>alert(1)</script> [x](javascript:alert(1)) ![i](http://evil/x.png) @user #1' = 'p(t1) >= 90%'
'::error file=x::injected' = 'p(t1) >= 90%'
'##[error]b' = 'p(t1) >= 90%'
'%0A::warning::x' = 'p(t2) >= 99%'
'_under_ ~~s~~ # h' = 'p(t2) >= 99%'
[sources]
s = { title = \"=cmd|' /C calc'!A0 <script>alert(5)</script>\", grade = 'A', url = 'javascript:alert(1)' }
";

fn loud() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("loud.toml"), LOUD).unwrap();
    folder
}

/// What GitHub's and Azure's runners take for a command.
fn is_command(line: &str) -> bool {
    line.trim_start().starts_with("::") || line.contains("##[") || line.contains("##vso[")
}

#[test]
fn nothing_in_a_table_report_or_message_is_a_command_of_a_build_server() {
    let folder = loud();
    for arguments in [
        &["check", "loud.toml"][..],
        &["check", "loud.toml", "--lang", "zh"],
        &["check", "loud.toml", "--json"],
        &["check", "loud.toml", "--markdown", "-"],
        &["check", "loud.toml", "--junit", "-"],
        &["run", "loud.toml"],
        &["run", "loud.toml", "--json"],
        &["explain", "loud.toml", "x"],
        &["validate", "loud.toml", "--format", "json"],
        &["diff", "output/loud", "output/loud"],
    ] {
        let output = plancast(folder.path(), arguments);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}", said(&output));
        if let Some(line) = said(&output).lines().find(|line| is_command(line)) {
            panic!("{arguments:?}: {line}");
        }
    }
    // Those that are asked for are made of one line each, whose words are none.
    let output = plancast(folder.path(), &["check", "loud.toml", "--github", "--quiet"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 5, "{text}");
    for line in text.lines() {
        assert!(line.starts_with("::error file=loud.toml,line=") && !line.contains("##["), "{line}");
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula_and_numbers_stay_numbers() {
    let folder = loud();
    let output = plancast(folder.path(), &["run", "loud.toml", "--export", "paths.csv", "--paths", "1000"]);
    assert!(output.status.success(), "{}", said(&output));
    for file in ["targets.csv", "bands.csv", "iamc.csv", "../../paths.csv"] {
        let text = fs::read_to_string(folder.path().join("output/loud").join(file)).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        for cell in
            reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        {
            let is_number = cell.parse::<f64>().is_ok();
            assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{file}: {cell}");
            assert!(!cell.contains(['\n', '\r']), "{file}: {cell}");
        }
    }
}

#[test]
fn numbers_of_any_size_are_exported_in_few_digits_that_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let large = TOWN.replace("u + 0 * year", "(u + 1) * 1e300").replace("x@2022 >= 0.5", "x@2022 >= 1e300");
    fs::write(
        folder.path().join("large.toml"),
        large.replace("[targets]", "[metrics]\ntiny = '1e-300 * u'\n[targets]"),
    )
    .unwrap();
    let output = plancast(folder.path(), &["run", "large.toml", "--export", "paths.csv", "--paths", "300"]);
    assert!(output.status.success(), "{}", said(&output));
    for file in ["paths.csv", "output/large/bands.csv", "output/large/iamc.csv"] {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        let longest = text.lines().flat_map(|line| line.split(',')).map(str::len).max();
        assert!(longest < Some(40), "{file}: {longest:?}");
        assert!(text.contains("e300"), "{file}");
    }
}

#[test]
fn a_control_character_is_refused_and_never_printed() {
    let folder = tempfile::tempdir().unwrap();
    for escape in [
        "\\u0000",
        "\\u0007",
        "\\u001b[31m",
        "\\u007f",
        "\\u009b",
        "\\u202E",
        "\\u2066",
        "\\u2028",
        "\\uFFFE",
        "\\uFFFF",
    ] {
        let title = format!("[scenario]\ntitle = \"a{escape}b\"\n{TOWN}");
        let name = format!("{TOWN}[gates]\n\"a{escape}b\" = 'p(high) >= 10%'\n");
        for text in [title, name] {
            fs::write(folder.path().join("a.toml"), text).unwrap();
            for arguments in [
                &["validate", "a.toml"][..],
                &["check", "a.toml", "--json"],
                &["validate", "a.toml", "--format", "json"],
            ] {
                let output = plancast(folder.path(), arguments);
                assert_eq!(output.status.code(), Some(2), "{escape}: {}", said(&output));
                assert!(said(&output).contains("control character"), "{escape}: {}", said(&output));
                assert_plain(&said(&output));
            }
        }
    }
    fs::write(
        folder.path().join("a.toml"),
        format!("{TOWN}[gates]\n\"a\\n::error::b\" = 'p(high) >= 10%'\n"),
    )
    .unwrap();
    let output = plancast(folder.path(), &["check", "a.toml"]);
    assert!(
        output.status.code() == Some(2) && said(&output).contains("a name of several lines"),
        "{}",
        said(&output)
    );
    assert!(!said(&output).lines().any(is_command), "{}", said(&output));
}

fn assert_plain(text: &str) {
    let acts = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
    };
    assert!(!text.contains(acts), "{text:?}");
}

/// Raw, as they may stand in a broken file, in an option, a name of a file, a table of data and in stored results.
#[test]
fn control_characters_reach_the_terminal_from_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let raw = "\u{1b}]0;x\u{7}\u{9b}31m\u{202e}";
    fs::write(folder.path().join("raw.toml"), format!("{TOWN}# {raw}\nz = [{raw}\n")).unwrap();
    fs::write(folder.path().join("h.csv"), format!("year,{raw}\n2019,{raw}\n")).unwrap();
    fs::write(folder.path().join("data.toml"), format!("{TOWN}[history.x]\nfile = 'h.csv'\n")).unwrap();
    fs::write(folder.path().join("good.toml"), TOWN).unwrap();
    let strange = "a\u{1b}[2J\n::error::x.toml".to_owned();
    fs::write(folder.path().join(&strange), "x = ").unwrap();
    let set = format!("u={raw}");
    for arguments in [
        &["validate", "raw.toml"][..],
        &["validate", "data.toml"],
        &["validate", &strange],
        &["run", "*.toml"],
        &["run", "good.toml", "--set", &set],
        &["run", raw],
        &[raw],
        &["explain", "good.toml", raw],
    ] {
        let output = plancast(folder.path(), arguments);
        assert!(!output.status.success(), "{arguments:?}");
        assert_plain(&said(&output));
        assert!(!said(&output).lines().any(is_command), "{}", said(&output));
    }
    let summary = folder.path().join("output/good/summary.json");
    assert!(plancast(folder.path(), &["run", "good.toml", "--quiet"]).status.success());
    let text = fs::read_to_string(&summary)
        .unwrap()
        .replace("\"en\": \"good\"", "\"en\": \"\\u001b[2J\\u202e \u{9b}\\n::error::x\"");
    assert!(text.contains("\\u202e"), "{text}");
    fs::write(&summary, text).unwrap();
    for arguments in [
        &["report", "output/good", "--out", "page.html"][..],
        &["chart", "output/good"],
        &["diff", "output/good", "output/good"],
        &["check", "good.toml", "--against", "output/good"],
    ] {
        let output = plancast(folder.path(), arguments);
        assert_plain(&said(&output));
        assert!(!said(&output).lines().any(is_command), "{}", said(&output));
    }
    assert_plain(&fs::read_to_string(folder.path().join("page.html")).unwrap());
}

/// Who changed a file of a run and draws it is told that figures are no longer of what was simulated.
#[test]
fn a_file_that_was_changed_since_the_run_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.toml"), TOWN).unwrap();
    assert!(plancast(folder.path(), &["run", "good.toml", "--quiet"]).status.success());
    assert_eq!(
        said(&plancast(folder.path(), &["report", "output/good", "--out", "a.html"]))
            .matches("changed since")
            .count(),
        0
    );
    let summary = folder.path().join("output/good/summary.json");
    let text = fs::read_to_string(&summary).unwrap().replace("\"seed\": 1", "\"seed\": 2");
    fs::write(&summary, text).unwrap();
    for command in ["report", "chart"] {
        let output = plancast(folder.path(), &[command, "output/good"]);
        assert!(
            output.status.success() && said(&output).contains("summary.json in output/good: changed since"),
            "{}",
            said(&output)
        );
    }
}

/// Files that say that they are results and make no sense: each is named with its field, and nothing panics.
#[test]
fn stored_results_that_make_no_sense_are_refused_with_file_and_field() {
    type Damage = fn(&mut serde_json::Value);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.toml"), TOWN).unwrap();
    assert!(plancast(folder.path(), &["run", "good.toml", "--quiet"]).status.success());
    let run = folder.path().join("output/good");
    let cases: [(&str, &str, Damage); 6] = [
        ("summary.json", "variables.x.mean", |value| {
            drop(value["variables"]["x"]["mean"].as_array_mut().unwrap().pop());
        }),
        ("summary.json", "variables.x.quantiles.0.5", |value| {
            value["variables"]["x"]["quantiles"]["0.5"] = serde_json::json!([]);
        }),
        ("summary.json", "scenario", |value| value["scenario"]["end"] = serde_json::json!(i32::MAX)),
        ("summary.json", "invalid value", |value| value["paths"] = serde_json::json!(-1)),
        ("distributions.json", "variables.x", |value| {
            value["variables"]["x"][1]["counts"][0] = serde_json::json!(u64::MAX);
        }),
        ("distributions.json", "variables.x", |value| {
            drop(value["variables"]["x"].as_array_mut().unwrap().pop());
        }),
    ];
    for (file, field, damage) in cases {
        let place = run.join(file);
        let before = fs::read_to_string(&place).unwrap();
        let mut value = serde_json::from_str(&before).unwrap();
        damage(&mut value);
        fs::write(&place, value.to_string()).unwrap();
        for arguments in [&["report", "output/good"][..], &["chart", "output/good", "--figure", "all"]] {
            let output = plancast(folder.path(), arguments);
            assert_eq!(output.status.code(), Some(2), "{file} {field}: {}", said(&output));
            assert!(said(&output).contains(file) && said(&output).contains(field), "{}", said(&output));
        }
        if file == "summary.json" {
            let output = plancast(folder.path(), &["check", "good.toml", "--against", "output/good"]);
            assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        }
        fs::write(&place, before).unwrap();
    }
}

/// Scenarios that would take all time and memory, with what stands in the files beside them.
#[allow(clippy::format_collect, reason = "texts are short")]
fn greedy() -> Vec<(&'static str, String)> {
    let head = "[time]\nstart = 2020\nend = 2025\n";
    let with = |text: String| format!("{head}{text}");
    let formula = |text: String| format!("{head}[variables]\nx = {{ formula = '{text}' }}\n");
    let many = |count: usize, each: &dyn Fn(usize) -> String| (0..count).map(each).collect::<String>();
    let members = many(1500, &|k| format!("[a.m{k}]\n"));
    let sets = many(6, &|set| format!("[sets.s{set}]\n") + &many(20, &|k| format!("[s{set}.m{set}_{k}]\n")));
    let again = "'greedy.toml',".repeat(40);
    vec![
        (
            "a matrix over one set twice",
            with(format!(
                "[sets.a]\n{members}[parameters]\np = {{ over = ['a', 'a'], value = 'normal(0, 1)' }}\n[variables]\ns = 'sum(i:a, j:a: p[i, j])'\n"
            )),
        ),
        (
            "a truncation that leaves nothing",
            with("[parameters]\nu = 'truncate(poisson(3), 3.2, 3.4)'\n[variables]\nx = 'u'\n".into()),
        ),
        ("lists in lists", with(format!("x = {}{}\n", "[".repeat(200_000), "]".repeat(200_000)))),
        ("tables in tables", with(format!("x = {}1{}\n", "{a=".repeat(100_000), "}".repeat(100_000)))),
        ("a dotted key", with(format!("a{} = 1\n", ".a".repeat(100_000)))),
        ("brackets", formula(format!("{}1{}", "(".repeat(200_000), ")".repeat(200_000)))),
        ("signs", formula(format!("{}1", "-".repeat(500_000)))),
        ("powers", formula(format!("{}1", "2^".repeat(100_000)))),
        ("a name of megabytes", with(format!("[variables]\n{} = 'x'\n", "a".repeat(5_000_000)))),
        ("a number of megabytes", with(format!("[parameters]\nu = {}\n", "9".repeat(3_000_000)))),
        ("very many keys", with(format!("[parameters]\n{}", many(250_000, &|k| format!("p{k}=1\n"))))),
        ("ten thousand years", "[time]\nstart = 1\nend = 9999\n[variables]\nx = '1'\n".into()),
        ("a mean beyond counting", with("[parameters]\nu = 'poisson(1e300)'\n[variables]\nx = 'u'\n".into())),
        (
            "sums over six sets",
            with(format!("{sets}[variables]\ns = 'sum(a:s0, b:s1, c:s2, d:s3, e:s4, f:s5: 1)'\n")),
        ),
        ("a file that extends itself forty times", format!("[scenario]\nextends = [{again}]\n{head}")),
        (
            "rows beyond counting",
            with("[parameters]\nu = \"empirical('rows.csv', 'x')\"\n[variables]\nx = 'u'\n".into()),
        ),
        (
            "a header of a million columns",
            with("[parameters]\nu = \"empirical('columns.csv', 'x')\"\n[variables]\nx = 'u'\n".into()),
        ),
        (
            "a cell that does not end",
            with("[parameters]\nu = \"empirical('quote.csv', 'x')\"\n[variables]\nx = 'u'\n".into()),
        ),
    ]
}

/// Each is refused with a message of a few lines, within 2 GB of addresses and half a minute of a busy machine.
#[allow(clippy::disallowed_methods, reason = "it is the time that is tested")]
#[cfg(target_os = "linux")]
#[test]
fn greedy_scenarios_are_refused_within_bounds() {
    use std::time::{Duration, Instant};

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rows.csv"), "x\n".to_owned() + &"1.5\n".repeat(1_500_000)).unwrap();
    fs::write(folder.path().join("columns.csv"), "c,".repeat(1_000_000)).unwrap();
    fs::write(folder.path().join("quote.csv"), "x\n\"".to_owned() + &"a".repeat(10_000_000)).unwrap();
    let program = assert_cmd::cargo::cargo_bin("plancast");
    for (what, text) in greedy() {
        fs::write(folder.path().join("greedy.toml"), text).unwrap();
        let began = Instant::now();
        let mut command = std::process::Command::new("sh");
        command.args(["-c", "ulimit -v 2000000; exec \"$0\" validate greedy.toml"]).arg(&program);
        let output = command.current_dir(folder.path()).output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(2),
            "{what}: {}",
            said(&output).chars().take(500).collect::<String>()
        );
        assert!(said(&output).len() < 100_000, "{what}: {} bytes are said", said(&output).len());
        assert!(began.elapsed() < Duration::from_secs(30), "{what}: {:?}", began.elapsed());
    }
}
