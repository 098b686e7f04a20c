//! Every figure of the plan, drawn in both languages, and what is said when there is no such figure.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use plancast::chart::font;
use plancast::report::CatalogueKind;

fn plancast(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("plancast").unwrap();
    command.current_dir(folder).env("LC_ALL", "C").args(arguments).output().unwrap()
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = plancast(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = plancast(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// A folder with small runs of the plan and of two other scenarios, made once.
fn runs() -> &'static Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let scenarios = ["run", "plan", "stress", "inflation-fan", "--paths", "2000", "--charts", "none"];
        done(folder.path(), &scenarios);
        folder
    });
    folder.path()
}

/// Left, top, right, bottom in pixels.
type Area = [f64; 4];

fn areas(document: &roxmltree::Document) -> Vec<(String, Area)> {
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|node| {
            let number = |name| node.attribute(name).unwrap().parse::<f64>().unwrap();
            let (words, size) = (node.text().unwrap_or_default().trim().to_owned(), number("font-size"));
            let (x, y, width) = (number("x"), number("y"), font::width(&words, size));
            let left = match node.attribute("text-anchor") {
                Some("end") => x - width,
                Some("middle") => x - width / 2.0,
                _ => x,
            };
            // What stands on a line reaches about so far above it and below.
            (words, [left, y - 0.72 * size, left + width, y + 0.13 * size])
        })
        .collect()
}

/// What is wrong with a figure: texts cut off or upon each other, letters without a glyph, shapes off the page.
fn faults(name: &str, svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let side = |name| document.root_element().attribute(name).unwrap().parse::<f64>().unwrap();
    let (width, height) = (side("width"), side("height"));
    let areas = areas(&document);
    let mut faults = Vec::new();
    for (place, (words, [left, top, right, bottom])) in areas.iter().enumerate() {
        if *left < 0.0 || *top < 0.0 || *right > width || *bottom > height {
            faults.push(format!("{name}: “{words}” is cut off"));
        }
        for (other, [l, t, r, b]) in &areas[place + 1..] {
            if left < r && l < right && top < b && t < bottom {
                faults.push(format!("{name}: “{words}” meets “{other}”"));
            }
        }
        let missing = font::missing(words);
        if !missing.is_empty() {
            faults.push(format!("{name}: no glyph for {missing:?} of “{words}”"));
        }
    }
    for node in document.descendants() {
        let number = |name| node.attribute(name).and_then(|text: &str| text.parse::<f64>().ok());
        let Some((x, y)) = number("cx").zip(number("cy")) else { continue };
        if !(0.0..=width).contains(&x) || !(0.0..=height).contains(&y) {
            faults.push(format!("{name}: {x},{y} is off the page"));
        }
    }
    faults
}

fn drawn(arguments: &[&str]) -> Vec<PathBuf> {
    let folder = runs();
    done(folder, arguments).lines().map(|line| folder.join(line)).collect()
}

#[test]
fn every_figure_of_the_plan_is_well_set_in_both_languages() {
    let mut faults_found = Vec::new();
    for language in ["en", "zh"] {
        let out = format!("all-{language}");
        let files = drawn(&["chart", "output/plan", "--figure", "all", "--lang", language, "--out", &out]);
        assert!(files.len() > 60, "only {} figures", files.len());
        for (kind, name) in CatalogueKind::ALL.iter().filter(|(kind, _)| {
            // Those of several runs and those of drivers need more than a plain run.
            !kind.is_of_several() && !matches!(kind, CatalogueKind::Tornado | CatalogueKind::Learnable)
        }) {
            let expected = match kind {
                CatalogueKind::Fan => "gdp.svg".to_owned(),
                CatalogueKind::Scorecard => "targets.svg".to_owned(),
                _ => format!("{name}.svg"),
            };
            assert!(files.iter().any(|file| file.to_string_lossy().ends_with(&expected)), "no {name}");
        }
        for file in files {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            faults_found.extend(faults(&name, &std::fs::read_to_string(&file).unwrap()));
        }
    }
    assert!(faults_found.is_empty(), "{}", faults_found.join("\n"));
}

#[test]
fn violins_compare_the_runs_that_are_named() {
    let arguments = ["chart", "output/plan", "output/stress", "--figure", "violin", "--variable", "gdp"];
    let files = drawn(&[&arguments[..], &["--year", "2035", "--out", "violins", "--lang", "zh"]].concat());
    assert_eq!(files.len(), 1);
    let svg = std::fs::read_to_string(&files[0]).unwrap();
    assert_eq!(faults("violin", &svg), Vec::<String>::new());
    assert!(svg.contains("规划情景") && svg.contains("2035"));
}

#[test]
fn levels_of_several_runs_stand_on_one_scale_and_differences_ask_for_a_comparison() {
    let arguments = ["chart", "output/plan", "output/stress", "--figure", "levels", "--variable", "gdp"];
    let files = drawn(&[&arguments[..], &["--out", "levels", "--lang", "zh"]].concat());
    assert_eq!(faults("levels", &std::fs::read_to_string(&files[0]).unwrap()), Vec::<String>::new());
    let told = refused(runs(), &["chart", "output/plan", "output/stress", "--figure", "difference"]);
    assert!(told.contains("plancast compare"), "{told}");
}

#[test]
fn a_comparison_is_drawn_again() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["compare", "plan", "stress", "--paths", "1000", "--charts", "none", "--quiet"]);
    let run = "output/compare-plan-stress";
    let again = done(folder.path(), &["chart", run]);
    assert!(again.contains("charts/gdp.svg") && again.contains("charts/gdp-difference.svg"), "{again}");
    assert!(again.contains("charts/stress-change.svg"), "{again}");
    let file = done(folder.path(), &["chart", run, "--figure", "change", "--lang", "zh"]);
    let svg = std::fs::read_to_string(folder.path().join(file.trim())).unwrap();
    assert_eq!(faults("change", &svg), Vec::<String>::new());
    assert!(svg.contains("百分点") && svg.contains("数据来源") && svg.contains(" ± "));
    let asked = ["chart", run, "--figure", "difference", "--variable", "co2", "--lang", "zh"];
    let file = done(folder.path(), &asked);
    let svg = std::fs::read_to_string(folder.path().join(file.trim())).unwrap();
    assert_eq!(faults("difference", &svg), Vec::<String>::new());
}

#[test]
fn a_small_scenario_has_the_figures_that_suit_it() {
    let files = drawn(&["chart", "output/inflation-fan", "--figure", "all", "--out", "small"]);
    for file in &files {
        let svg = std::fs::read_to_string(file).unwrap();
        assert_eq!(faults(&file.display().to_string(), &svg), Vec::<String>::new());
    }
    let has = |name: &str| files.iter().any(|file| file.to_string_lossy().contains(name));
    assert!(has("density") && has("paths") && !has("calendar") && !has("composition"), "{files:?}");
    let told = refused(runs(), &["chart", "output/inflation-fan", "--figure", "calendar"]);
    assert!(told.contains("no figure of kind calendar") && told.contains("density"), "{told}");
}

/// A variable whose tail is ten thousand times its median, one with such tails on both sides, targets far off them,
/// and a year that never comes.
const TAILS: &str = r#"
    [scenario]
    id = "tails"
    [time]
    start = 2020
    end = 2025
    [parameters]
    e = { value = "normal(0, 1)" }
    [shocks]
    luck = { dist = "normal(0, 1)" }
    [variables]
    wealth = { formula = "exp(3 * e + 0.1 * luck)", report = true }
    gain = { formula = "(exp(3 * e) - exp(3 * luck)) * 1000", report = true }
    calm = { formula = "100 + luck", report = true }
    [metrics]
    rich = { formula = "first_year(calm >= 1000)", unit = "year" }
    [targets]
    far = { require = "calm@2025 >= 9000" }
    near = { require = "wealth@2025 >= 1" }
"#;

#[test]
fn long_tails_far_targets_and_a_year_that_never_comes_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tails.toml"), TAILS).unwrap();
    let told = done(folder.path(), &["run", "tails.toml", "--paths", "20000", "--charts", "none"]);
    // The median is exp(0) = 1 and the 5 % quantile exp(−4.93) = 0.0072, each with its own error of some per cent.
    let row = told.lines().find(|line| line.contains("wealth")).unwrap();
    let numbers: Vec<f64> = row.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    assert!((numbers[1] / 0.0072 - 1.0).abs() < 0.15 && (numbers[2] - 1.0).abs() < 0.12, "{row}");
    for language in ["en", "zh"] {
        let arguments = ["chart", "output/tails", "--figure", "all", "--lang", language, "--out", language];
        let files = done(folder.path(), &arguments);
        let mut found = Vec::new();
        for file in files.lines() {
            found.extend(faults(file, &std::fs::read_to_string(folder.path().join(file)).unwrap()));
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
    let svg = |name: &str| std::fs::read_to_string(folder.path().join("en/charts").join(name)).unwrap();
    for name in ["wealth-density.svg", "wealth-exceedance.svg"] {
        assert!(svg(name).contains("logarithmic axis"), "{name}");
    }
    assert!(!svg("gain-density.svg").contains("logarithmic axis"));
    assert!(svg("calm.svg").contains("Target beyond the axis") && svg("calm.svg").contains("≥ 9,000"));
    assert!(!svg("wealth.svg").contains("Target beyond the axis"));
    assert!(svg("rich-histogram.svg").contains(">Later or never<"));
    assert!(svg("rich-histogram.svg").contains(">100 %<"));
}

#[test]
fn what_does_not_exist_is_told_with_what_does() {
    let kind = refused(runs(), &["chart", "output/plan", "--figure", "pie"]);
    assert!(kind.contains("exceedance") && kind.contains("calendar"), "{kind}");
    let variable = refused(runs(), &["chart", "output/plan", "--figure", "fan", "--variable", "gdpp"]);
    assert!(variable.contains("Did you mean \"gdp\"") && variable.contains("co2_intensity"), "{variable}");
    let alone = refused(runs(), &["chart", "output/plan", "--figure", "violin"]);
    assert!(alone.contains("two run folders"), "{alone}");
    let size = refused(runs(), &["chart", "output/plan", "--size", "big"]);
    assert!(size.contains("900x560"), "{size}");
}

#[test]
fn size_palette_and_format_are_as_asked() {
    let common = ["chart", "output/plan", "--figure", "fan", "--variable", "gdp"];
    let asked = ["--size", "1200x700", "--palette", "dark", "--format", "both", "--out", "asked"];
    let files = drawn(&[&common[..], &asked].concat());
    assert_eq!(files.len(), 2);
    let svg = files.iter().find(|file| file.extension().unwrap() == "svg").unwrap();
    let text = std::fs::read_to_string(svg).unwrap();
    assert!(text.contains("width=\"1200\" height=\"700\"") && text.contains("#141414"), "{}", &text[..400]);
    let png = std::fs::read(files.iter().find(|file| file.extension().unwrap() == "png").unwrap()).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (2400, 1400));
}

#[test]
fn the_same_run_gives_the_same_distributions_and_figures_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let run = |threads: &str| {
        let arguments = [
            "run",
            "plan",
            "--paths",
            "3000",
            "--charts",
            "svg",
            "--quiet",
            "--threads",
            threads,
            "--out",
            threads,
        ];
        done(folder.path(), &arguments);
        let place = folder.path().join(threads).join("plan");
        let files = ["distributions.json", "charts/gdp-co2-scatter.svg", "charts/gdp-composition.svg"];
        files.map(|file| std::fs::read(place.join(file)).unwrap())
    };
    assert!(run("1") == run("5"));
}

#[test]
fn a_character_that_no_font_has_is_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[scenario]\ntitle = \"town \u{F8FE0}\"\n[time]\nstart = 2020\nend = 2023\n[shocks]\nluck = { dist = \"normal(0, 1%)\" }\n[variables]\nx = { start = \"100\", formula = \"prev(x) * (1 + luck)\" }\n";
    std::fs::write(folder.path().join("town.toml"), text).unwrap();
    let output = plancast(folder.path(), &["run", "town.toml", "--paths", "300", "--charts", "png"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && told.contains("U+F8FE0"), "{told}");
}

#[test]
fn a_file_takes_one_figure_and_never_becomes_a_folder() {
    let folder = runs();
    let one = ["chart", "output/plan", "--figure", "fan", "--variable", "gdp", "--out"];
    for (file, begins) in [("one.png", &b"\x89PNG"[..]), ("one.svg", b"<svg")] {
        let told = done(folder, &[&one[..], &[file]].concat());
        assert_eq!(told.trim(), file);
        assert!(std::fs::read(folder.join(file)).unwrap().starts_with(begins), "{file}");
    }
    let told = refused(folder, &["chart", "output/plan", "--figure", "fan", "--out", "many.png"]);
    assert!(told.contains("many.png") && told.contains("--variable"), "{told}");
    assert!(!folder.join("many.png").exists());
}

#[test]
fn a_run_that_is_named_twice_is_drawn_once() {
    let folder = runs();
    let twice = ["output/plan", "./output/plan"];
    let told = done(folder, &[&["chart"], &twice[..], &["--figure", "joint", "--out", "twice"]].concat());
    let mut files: Vec<&str> = told.lines().collect();
    assert_eq!(files[0], format!("{}", Path::new("twice").join("charts").join("joint.svg").display()));
    let drawn = files.len();
    files.sort_unstable();
    files.dedup();
    assert_eq!(files.len(), drawn, "{told}");
}
