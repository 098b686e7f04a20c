//! `report --format docx` and `xlsx`: documents that Word and Excel open, with the numbers of the run.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;
use tempfile::TempDir;

use crate::case::{err, plancast};

#[track_caller]
fn done(folder: &Path, arguments: &[&str]) {
    let output = plancast(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", err(&output));
}

fn town() -> TempDir {
    let folder = TempDir::new().unwrap();
    done(folder.path(), &["run", "two-sector-town", "--paths", "2000", "--quiet"]);
    folder
}

/// The parts of a document, by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let mut part = Vec::new();
        file.read_to_end(&mut part).unwrap();
        parts.insert(file.name().unwrap().into_owned(), part);
    }
    parts
}

fn rows(workbook: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<Data>> {
    workbook.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn number(cell: &Data) -> f64 {
    let (Data::Float(_) | Data::Int(_)) = cell else { panic!("{cell:?} is no number") };
    cell.to_string().parse().unwrap()
}

#[test]
fn a_workbook_has_the_numbers_of_the_run_as_numbers() {
    let folder = town();
    let run = "output/two-sector-town";
    done(folder.path(), &["report", run, "--format", "xlsx", "--lang", "en"]);
    let bytes = fs::read(folder.path().join("report.xlsx")).unwrap();
    let mut workbook = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let names = workbook.sheet_names();
    assert_eq!(names, ["Brief", "Goals", "Targets", "Bands", "Drivers", "Assumptions", "Figures"]);
    let summary = fs::read_to_string(folder.path().join(run).join("summary.json")).unwrap();
    let summary: Value = serde_json::from_str(&summary).unwrap();

    let targets = rows(&mut workbook, "Targets");
    let growth = targets.iter().find(|row| row.last() == Some(&Data::String("growth_5".into()))).unwrap();
    let known = &summary["targets"]["growth_5"];
    for (place, key) in [(2, "probability"), (3, "standard_error"), (4, "low"), (5, "high")] {
        assert_eq!(number(&growth[place]), known[key].as_f64().unwrap(), "{key}");
    }
    // 1e8 CNY are shown as 0.1 billion.
    let gdp = &summary["variables"]["gdp"];
    let last = gdp["years"].as_array().unwrap().len() - 1;
    let bands = rows(&mut workbook, "Bands");
    let median = bands[0].iter().position(|head| *head == Data::String("Median".into())).unwrap();
    let is_last = |row: &&Vec<Data>| {
        row.last() == Some(&Data::String("gdp".into()))
            && number(&row[3]) == gdp["years"][last].as_f64().unwrap()
    };
    let row = bands.iter().skip(1).find(is_last).unwrap();
    assert_eq!(row[2], Data::String("billion CNY".into()));
    let (shown, stored) = (number(&row[median]), gdp["quantiles"]["0.5"][last].as_f64().unwrap());
    assert!((shown - 0.1 * stored).abs() < 1e-9 * stored, "{shown} of {stored}");

    let parts = parts(&bytes);
    let sheet = |place: usize| {
        String::from_utf8_lossy(&parts[&format!("xl/worksheets/sheet{place}.xml")]).into_owned()
    };
    assert!((2..=6).all(|place| sheet(place).contains("state=\"frozen\"")), "heads stay where they are");
    let styles = String::from_utf8_lossy(&parts["xl/styles.xml"]);
    assert!(styles.contains("0.00%") && styles.contains("#,##0"), "{styles}");
    let pictures = parts.iter().filter(|(name, _)| name.starts_with("xl/media/")).collect::<Vec<_>>();
    assert!(pictures.len() == 2 && pictures.iter().all(|(_, bytes)| bytes.starts_with(b"\x89PNG")));

    // No clock is in it.
    done(folder.path(), &["report", run, "--out", "again.xlsx", "--lang", "en"]);
    assert!(fs::read(folder.path().join("again.xlsx")).unwrap() == bytes, "other bytes");
}

#[test]
fn a_workbook_of_several_runs_has_a_row_for_each_and_is_in_chinese() {
    let folder = town();
    let at = folder.path();
    let base = "output/two-sector-town/scenario.toml";
    done(at, &["run", base, "--paths", "2000", "--seed", "2", "--out", "other", "--quiet"]);
    let runs = ["output/two-sector-town", "other/two-sector-town"];
    done(at, &["report", runs[0], runs[1], "--out", "both.xlsx", "--lang", "zh"]);
    let mut workbook = Xlsx::new(Cursor::new(fs::read(at.join("both.xlsx")).unwrap())).unwrap();
    assert_eq!(workbook.sheet_names()[..3], ["摘要", "主要目标", "目标"]);
    let targets = rows(&mut workbook, "目标");
    let growth = targets.iter().filter(|row| row[0] == Data::String("2025年前年均增长5%".into()));
    assert_eq!(growth.count(), 2);
}

#[test]
fn a_document_has_words_own_headings_and_tables_and_described_figures() {
    let folder = town();
    for (language, words, goal) in
        [("en", "How likely", "5 % a year to 2025"), ("zh", "目标", "2025年前年均增长5%")]
    {
        let file = format!("{language}.docx");
        done(folder.path(), &["report", "output/two-sector-town", "--out", &file, "--lang", language]);
        let bytes = fs::read(folder.path().join(&file)).unwrap();
        let parts = parts(&bytes);
        let text = |name: &str| std::str::from_utf8(&parts[name]).unwrap();
        for (name, _) in parts.iter().filter(|(name, _)| !name.contains("media/")) {
            roxmltree::Document::parse(text(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        let document = roxmltree::Document::parse(text("word/document.xml")).unwrap();
        let values = |tag: &str| -> Vec<String> {
            let found = document.descendants().filter(|node| node.tag_name().name() == tag);
            found
                .filter_map(|node| node.attributes().find(|a| a.name() == "val"))
                .map(|a| a.value().to_owned())
                .collect()
        };
        let styles = values("pStyle");
        for style in ["Title", "IntenseQuote", "Heading1", "Heading2", "Caption"] {
            assert!(styles.iter().any(|known| known == style), "no {style}: {styles:?}");
            assert!(text("word/styles.xml").contains(&format!("w:styleId=\"{style}\"")));
        }
        assert!(values("tblStyle").iter().all(|style| style == "GridTable1Light"));
        let said: String = document
            .descendants()
            .filter(|node| node.tag_name().name() == "t")
            .filter_map(|node| node.text())
            .collect();
        assert!(said.contains(goal) && said.contains('●'), "{words}: {said}");
        // Every table repeats its head, every figure has words for those who do not see it.
        let count = |tag: &str| document.descendants().filter(|node| node.tag_name().name() == tag).count();
        assert_eq!((count("tbl"), count("tblHeader")), (2, 2));
        let described = document.descendants().filter(|node| node.tag_name().name() == "docPr");
        assert_eq!(described.filter(|node| !node.attribute("descr").unwrap_or("").is_empty()).count(), 2);
        assert!(
            parts["word/media/figure1.png"].starts_with(b"\x89PNG")
                && parts.contains_key("word/media/figure2.png")
        );
        done(folder.path(), &["report", "output/two-sector-town", "--out", "again.docx", "--lang", language]);
        assert!(fs::read(folder.path().join("again.docx")).unwrap() == bytes, "other bytes");
    }
}

#[test]
fn a_scenario_is_simulated_and_reported_and_the_ending_of_the_file_says_as_what() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("case.toml"), crate::case::CASE).unwrap();
    done(folder.path(), &["report", "case.toml", "--format", "docx"]);
    assert!(parts(&fs::read(folder.path().join("report.docx")).unwrap()).contains_key("word/document.xml"));
    assert!(!folder.path().join("output").exists());
    let wrong = plancast(
        folder.path(),
        &["report", "case.toml", "--format", "docx", "--out", "x.html", "--lang", "en"],
    );
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains(".docx"), "{}", err(&wrong));
}

/// What a scenario says is text, whatever it looks like.
#[test]
fn nothing_that_a_scenario_says_becomes_a_formula_or_a_tag() {
    let folder = TempDir::new().unwrap();
    let title = "=1+1 <w:p/> & more";
    let case =
        crate::case::CASE.replacen("[targets]", &format!("[scenario]\ntitle = \"{title}\"\n[targets]"), 1);
    fs::write(folder.path().join("case.toml"), case).unwrap();
    done(folder.path(), &["report", "case.toml", "--out", "x.docx"]);
    let parts_of = parts(&fs::read(folder.path().join("x.docx")).unwrap());
    let document =
        roxmltree::Document::parse(std::str::from_utf8(&parts_of["word/document.xml"]).unwrap()).unwrap();
    assert!(document.descendants().any(|node| node.text() == Some("=1+1 <w:p/> & more")));
    done(folder.path(), &["report", "case.toml", "--out", "x.xlsx", "--lang", "en"]);
    let mut workbook = Xlsx::new(Cursor::new(fs::read(folder.path().join("x.xlsx")).unwrap())).unwrap();
    assert_eq!(rows(&mut workbook, "Brief")[0][0], Data::String("=1+1 <w:p/> & more".into()));
    assert_eq!(workbook.worksheet_formula("Brief").unwrap().used_cells().count(), 0);
}
