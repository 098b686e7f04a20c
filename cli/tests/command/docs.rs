//! What the guides show is run: every scenario in them compiles, every command does what is printed below it.
//!
//! When the program's output has changed on purpose, `UPDATE_DOCS=1 cargo test --test command docs` writes the new
//! output into the tutorial; read the difference.

use std::path::Path;

use assert_cmd::Command;
use plancast::model::{RecordedVariables, compile};
use plancast::scenario::load;
use plancast::text::Severity;

use crate::shell::words;

/// A fenced block: what follows the fence's backticks, its lines, and where they stand in the text.
struct Block {
    info: String,
    body: String,
    start: usize,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => {
                open = Some(Block { info: info.trim().into(), body: String::new(), start: at });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(block)) => block.body.push_str(line),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence that is not closed");
    found
}

fn guide(name: &str) -> (std::path::PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    (path, text)
}

/// The errors of a scenario file, as lines.
fn errors(file: &Path) -> Vec<String> {
    let mut loaded = load(file.to_str().unwrap(), &[]);
    let model = compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
    let wrong = loaded.diagnostics.0.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let wrong: Vec<String> =
        wrong.map(|diagnostic| diagnostic.one_line(&loaded.files, plancast::text::Language::En)).collect();
    assert_eq!(model.is_none(), !wrong.is_empty());
    wrong
}

#[test]
fn every_scenario_in_the_guide_to_the_language_compiles() {
    let (_, text) = guide("language.md");
    let blocks = blocks(&text);
    let base = &blocks.iter().find(|block| block.info == "toml").expect("a complete example").body;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("base.toml"), base).unwrap();
    std::fs::write(folder.path().join("gdp.csv"), "year,gdp\n2018,900\n2019,960\n2020,1020\n").unwrap();
    let tables = [
        ("regions.csv", "year,code,name,GDP (bn),Population\n2020,140100,North,\"4,153.25\",531.9\n"),
        ("long.csv", "code,indicator,value\nnorth,GDP,4153.25\nnorth,Population,531.9\n"),
        ("worldbank.csv", "Country Code,2018,2019\nCHN,10.3,..\nUSA,5,4.8\n"),
    ];
    tables.iter().for_each(|(name, text)| std::fs::write(folder.path().join(name), text).unwrap());
    let file = folder.path().join("example.toml");
    let mut fragments = 0;
    for block in blocks.iter().filter(|block| block.info.starts_with("toml")) {
        let scenario = match block.info.as_str() {
            "toml" | "toml extends" => block.body.clone(),
            "toml fragment" => format!("[scenario]\nextends = \"base.toml\"\n{}", block.body),
            "toml comment" => {
                assert!(block.body.lines().all(|line| line.starts_with('#')), "{}", block.body);
                continue;
            }
            other => panic!("what is ```{other}?"),
        };
        fragments += 1;
        std::fs::write(&file, &scenario).unwrap();
        assert_eq!(errors(&file), Vec::<String>::new(), "{}", block.body);
    }
    assert!(fragments >= 10);
}

#[test]
fn the_guide_names_every_distribution_and_function() {
    let (_, text) = guide("language.md");
    for (name, _) in plancast::scenario::quantity::DISTRIBUTIONS {
        assert!(text.contains(&format!("`{name}(")), "{name}");
    }
    let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    for name in plancast::model::functions() {
        assert!(words.contains(&name), "{name}");
    }
}

/// What a command prints on stdout in `folder`.
fn run(folder: &Path, line: &str) -> String {
    let mut command = Command::cargo_bin("plancast").unwrap();
    let words: Vec<String> = words(line);
    command.current_dir(folder).args(&words[1..]);
    command.env("COLUMNS", "100").env("NO_COLOR", "1").env("LC_ALL", "en_GB.UTF-8");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn tidy(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_string()
}

/// Does what a guide tells in an empty folder: what it prints is what the guide shows. The folder, afterwards.
fn works_as_it_is_told(name: &str, shown_at_least: usize) -> tempfile::TempDir {
    let (path, text) = guide(name);
    let folder = tempfile::tempdir().unwrap();
    let town = folder.path().join("town.toml");
    let mut fresh = text.clone();
    let mut printed = String::new();
    let mut shown = 0;
    let mut wrong = Vec::new();
    // From the last to the first the places stay right; so the new text is put together afterwards.
    let mut replace = Vec::new();
    for block in blocks(&text) {
        match block.info.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["toml"] if name == "tutorial.md" => {
                let so_far = std::fs::read_to_string(&town).unwrap_or_default();
                std::fs::write(&town, so_far + &block.body).unwrap();
            }
            ["toml"] => {}
            ["toml" | "csv", file] => std::fs::write(folder.path().join(file), &block.body).unwrap(),
            ["sh"] => printed = block.body.lines().map(|line| run(folder.path(), line)).collect(),
            ["text"] => {
                shown += 1;
                if tidy(&printed) != tidy(&block.body) {
                    wrong.push(format!("printed:\n{}\n\nshown:\n{}", tidy(&printed), tidy(&block.body)));
                }
                replace.push((block.start..block.start + block.body.len(), tidy(&printed) + "\n"));
            }
            other => panic!("what is ```{other:?}?"),
        }
    }
    assert!(shown >= shown_at_least);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        for (place, new) in replace.into_iter().rev() {
            fresh.replace_range(place, &new);
        }
        std::fs::write(path, fresh).unwrap();
    } else {
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    }
    folder
}

#[test]
fn the_tutorial_works_as_it_is_told() {
    let folder = works_as_it_is_told("tutorial.md", 2);
    let page = std::fs::read_to_string(folder.path().join("output/town/index.html")).unwrap();
    assert!(page.contains("<svg"), "the tutorial promises a page with a chart");
}

#[test]
fn the_guide_to_learning_works_as_it_is_told() {
    works_as_it_is_told("learning.md", 3);
}

/// The Chinese documents name commands one after the other; each does what it says in one folder.
#[test]
fn the_chinese_guide_works_as_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (_, guide) = guide("zh/guide.md");
    let commands: Vec<String> = blocks(&guide)
        .into_iter()
        .filter(|block| block.info == "sh")
        .flat_map(|block| block.body.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!(commands.len() >= 6, "{commands:?}");
    for line in commands {
        let quick = ["run", "compare"].map(|command| format!("plancast {command} plan "));
        let quick = quick
            .iter()
            .fold(line.clone(), |line, begin| line.replace(begin, &format!("{begin}--paths 2000 ")));
        let printed = run(folder.path(), &quick);
        assert!(
            line.starts_with("plancast report")
                || printed.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
            "{line}: {printed}"
        );
    }
    assert!(folder.path().join("plan.html").is_file());
}

/// The guides whose commands print nothing there: each runs in one folder, up to one that is shown to fail.
#[test]
fn the_commands_of_guides_that_show_no_output_run() {
    for (name, least) in [("language.md", 1), ("ci.md", 4)] {
        let folder = tempfile::tempdir().unwrap();
        let (_, text) = guide(name);
        let shown = blocks(&text).into_iter().filter(|block| block.info == "sh");
        let lines: Vec<String> =
            shown.flat_map(|block| block.body.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
        let here: Vec<&String> = lines.iter().take_while(|line| !line.contains("--github")).collect();
        assert!(here.len() >= least, "{name}: {lines:?}");
        for line in here {
            match line.strip_prefix("cp ").and_then(|files| files.split_once(' ')) {
                Some((from, to)) => {
                    std::fs::copy(folder.path().join(from), folder.path().join(to)).unwrap();
                }
                None => drop(run(folder.path(), line)),
            }
        }
    }
}

/// A gate that is shown in a recipe can be decided.
#[test]
fn the_gates_of_recipes_are_decided() {
    let (_, text) = guide("recipes.md");
    let folder = tempfile::tempdir().unwrap();
    let with_gates = blocks(&text).into_iter().filter(|block| {
        block.info == "toml" && block.body.contains("[gates]") && !block.body.contains("extends")
    });
    let mut checked = 0;
    for block in with_gates {
        std::fs::write(folder.path().join("recipe.toml"), &block.body).unwrap();
        let printed = run(folder.path(), "plancast check recipe.toml --paths 20000");
        assert!(printed.contains("PASS") && !printed.contains("UNDECIDED"), "{printed}");
        checked += 1;
    }
    assert!(checked > 0);
}

#[test]
fn the_gallery_shows_every_kind_of_figure_in_small_pictures_that_exist() {
    let (path, text) = guide("gallery.md");
    for (kind, name) in plancast::report::CatalogueKind::ALL {
        assert!(text.contains(&format!("## {name}\n")), "{kind:?}");
    }
    let pictures: Vec<&str> =
        text.split("](images/").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    for picture in pictures {
        let file = path.with_file_name("images").join(picture);
        let size = std::fs::metadata(&file).unwrap_or_else(|error| panic!("{picture}: {error}")).len();
        assert!(size < 120_000, "{picture} has {size} bytes");
    }
}
