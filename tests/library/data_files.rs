//! Members of sets from tables of data: the same numbers in each form that offices and spreadsheets write mean the same.

use std::path::Path;

use plancast::model::RecordedVariables;
use plancast::result::assemble::fingerprint;
use plancast::scenario::{self, write};

use crate::common::Case;

/// Three prefectures of Shanxi, with made-up values: growth is drawn.
const TABLE: &str = "code,name,GDP (bn),Population,growth\n\
    140100,太原,\"4,153.25\",531.9,\"normal(5%, 1%)\"\n\
    141100,吕梁,\"1,538.04\",339.84,4% to 6%\n\
    140200,大同,1369.9,311,5.5%\n";

const SCENARIO: &str = r#"
[time]
start = 2020
end = 2022
[sets.region]
file = "FILE"
key = { column = "code", prefix = "r" }
title = { column = "name" }
columns = { gdp = "GDP (bn)", pop = { column = "Population", source = "yearbook" }, trend = "growth" }
[sets.region.fields]
gdp = { unit = "1e9 CNY", min = 0 }
pop = { unit = "1e4 person" }
trend = { unit = "1/yr" }
[variables]
"g[region]" = { start = "gdp[region]", formula = "prev(g[region]) * (1 + trend[region])", unit = "1e9 CNY" }
total = { formula = "sum(region: g[region])", unit = "1e9 CNY", report = true }
people = { formula = "sum(region: pop[region])", unit = "1e4 person" }
[sources]
yearbook = { title = "Yearbook", grade = "A" }
"#;

/// The same members, written.
const WRITTEN: &str = r#"
[region]
r140100 = { title = "太原", gdp = 4153.25, pop = 531.9, trend = "normal(5%, 1%)" }
r141100 = { title = "吕梁", gdp = 1538.04, pop = 339.84, trend = "4% to 6%" }
r140200 = { title = "大同", gdp = 1369.9, pop = 311, trend = "5.5%" }
"#;

fn folder(files: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, bytes)| std::fs::write(folder.path().join(name), bytes).unwrap());
    folder
}

fn load(folder: &Path, text: &str, set: &[&str]) -> Case {
    let path = folder.join("case.toml");
    std::fs::write(&path, text).unwrap();
    Case::load(path.to_str().unwrap(), set, &RecordedVariables::All)
}

/// What is said of a scenario beside which a table lies.
fn said(text: &str, files: &[(&str, Vec<u8>)]) -> Vec<String> {
    let folder = folder(files);
    let path = folder.path().join("case.toml");
    std::fs::write(&path, text).unwrap();
    let loaded = scenario::load(path.to_str().unwrap(), &[]);
    loaded.diagnostics.0.iter().map(|diagnostic| diagnostic.message.to_string()).collect()
}

fn print_of(case: &Case) -> String {
    fingerprint(&case.run(7, 300))
}

/// The scenario with this file in the place of the table.
fn with(file: &str) -> String {
    SCENARIO.replace("FILE", file)
}

fn utf_16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// In the encoding of Chinese Windows: 太原, 吕梁 and 大同 by their codes in GB2312.
fn gb18030(text: &str) -> Vec<u8> {
    let codes: [(char, [u8; 2]); 6] = [
        ('太', [0xcc, 0xab]),
        ('原', [0xd4, 0xad]),
        ('吕', [0xc2, 0xc0]),
        ('梁', [0xc1, 0xba]),
        ('大', [0xb4, 0xf3]),
        ('同', [0xcd, 0xac]),
    ];
    let of = |c: char| match codes.iter().find(|(own, _)| *own == c) {
        Some((_, bytes)) => bytes.to_vec(),
        None => vec![c as u8],
    };
    text.chars().flat_map(of).collect()
}

/// The cells of a text of commas, for other forms.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn parted_by(separator: &str, cell: impl Fn(&str) -> String) -> String {
    let rows = cells(TABLE);
    let line =
        |row: &Vec<String>| row.iter().map(|one| cell(one)).collect::<Vec<_>>().join(separator) + "\r\n";
    rows.iter().map(line).collect()
}

/// A workbook with an empty sheet before the one with the table, which begins in C4: numbers as numbers, 5.5% as a share that is
/// shown so.
#[cfg(feature = "xlsx")]
fn workbook() -> Vec<u8> {
    use rust_xlsxwriter::{Format, Workbook};
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap();
    let sheet = book.add_worksheet().set_name("Data 2020").unwrap();
    sheet.write_string(0, 0, "Prefectures of Shanxi").unwrap();
    for (row, cells) in (3..).zip(cells(TABLE)) {
        for (column, cell) in (2..).zip(cells) {
            let plain = cell.replace(',', "");
            match (plain.parse::<f64>(), cell.as_str()) {
                (Ok(number), _) => sheet.write_number(row, column, number).unwrap(),
                (_, "5.5%") => {
                    let format = Format::new().set_num_format("0.0%");
                    sheet.write_number_with_format(row, column, 0.055, &format).unwrap()
                }
                _ => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_same_numbers_in_every_form_have_the_same_fingerprint() {
    let written = load(folder(&[]).path(), &(remove_file_keys() + WRITTEN), &[]);
    let expected = print_of(&written);
    let plain = |cell: &str| cell.replace("4,153.25", "4153.25").replace("1,538.04", "1538.04");
    let german = |cell: &str| match cell.replace(',', "").parse::<f64>() {
        Ok(number) => number.to_string().replace('.', ","),
        Err(_) if cell == "5.5%" => "5,5%".to_owned(),
        Err(_) => cell.to_owned(),
    };
    let decimal_comma =
        with("a.csv").replace("[sets.region.fields]", "decimal = \",\"\n[sets.region.fields]");
    let mut forms: Vec<(&str, String, Vec<u8>)> = vec![
        ("a.csv", with("a.csv"), TABLE.into()),
        ("a.csv", with("a.csv"), format!("\u{feff}{TABLE}").into_bytes()),
        ("a.csv", with("a.csv"), gb18030(TABLE)),
        ("a.csv", with("a.csv"), parted_by(";", plain).into_bytes()),
        ("a.csv", decimal_comma, parted_by(";", german).into_bytes()),
        ("a.tsv", with("a.tsv"), parted_by("\t", plain).into_bytes()),
        ("a.csv", with("a.csv"), utf_16(&parted_by("\t", str::to_owned))),
    ];
    #[cfg(feature = "xlsx")]
    forms.push(("a.xlsx", with("a.xlsx#Data 2020!C4:G7"), workbook()));
    for (name, text, bytes) in forms {
        let folder = folder(&[(name, bytes)]);
        let case = load(folder.path(), &text, &[]);
        assert_eq!(print_of(&case), expected, "{name} {:?}", case.loaded.scenario.data_tables);
        let title = &case.loaded.scenario.sets["region"].members["r141100"].title;
        assert_eq!(title.en, "吕梁", "{name}");
    }
}

/// The scenario without a file, for written members.
fn remove_file_keys() -> String {
    let keys = ["file =", "key =", "title = { column", "columns ="];
    let is_kept = |line: &&str| !keys.iter().any(|key| line.starts_with(key));
    SCENARIO.lines().filter(is_kept).map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_table_is_summed_as_its_numbers_are() {
    let folder = folder(&[("a.csv", TABLE.into())]);
    let case = load(folder.path(), &with("a.csv"), &["trend[r140100]=0", "trend[r141100]=0"]);
    let value = case.central("total", 2022);
    let expected = 4153.25 + 1538.04 + 1369.9 * 1.055 * 1.055;
    assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
    assert!((case.central("people", 2022) - (531.9 + 339.84 + 311.0)).abs() < 1e-9);
}

const LONG: &str = "年份,地区代码,地区,指标,数值\n\
    2019年,140100,太原,GDP,4028.51\n2020年,140100,太原,GDP,4153.25\n2020年,140100,太原,人口,531.9\n\
    2020年,141100,吕梁,人口,339.84\n2020年,141100,吕梁,GDP,\"1,538.04\"\n2020年,141100,吕梁,面积,21000\n\n\
    数据来源：统计年鉴\n注：面积单位为平方公里\n";

const OF_LONG: &str = r#"
[time]
start = 2020
end = 2021
[sets.region]
file = "long.csv"
key = { column = "地区代码", prefix = "r" }
title = { column = { zh = "地区" } }
where = { "年份" = 2020 }
pivot = { names = "指标", values = "数值" }
columns = { gdp = "GDP", pop = "人口" }
[sets.region.fields]
gdp = {}
pop = {}
[variables]
total = { formula = "sum(region: gdp[region])", report = true }
people = "sum(region: pop[region])"
"#;

#[test]
fn a_long_table_is_filtered_and_pivoted_and_says_what_it_passed_over() {
    let folder = folder(&[("long.csv", LONG.into())]);
    let case = load(folder.path(), OF_LONG, &[]);
    assert!((case.central("total", 2020) - 5691.29).abs() < 1e-9);
    assert!((case.central("people", 2020) - 871.74).abs() < 1e-9);
    assert_eq!(case.loaded.scenario.sets["region"].members["r140100"].title.zh, "太原");
    let table = &case.loaded.scenario.data_tables[0];
    let sentence = table.sentence(plancast::text::Language::En);
    assert_eq!(
        sentence,
        "sets.region: 2 read from long.csv; 1 row left out by `where`, 2 notes below the table, 1 name in the pivot's column \
         that no field has"
    );
}

#[test]
fn what_is_written_and_extended_and_set_wins_over_the_table() {
    let folder = folder(&[("a.csv", TABLE.into())]);
    std::fs::write(folder.path().join("base.toml"), with("a.csv")).unwrap();
    let text = "[scenario]\nextends = \"base.toml\"\n[region]\nr140100.gdp = 1000\nr140200 = \"unset\"\n\
                r999999 = { gdp = 10, pop = 1, trend = 0 }\n[region.r141100]\ntrend = 0\n";
    let case = load(folder.path(), text, &["gdp[r141100]=500", "trend[r140100]=0"]);
    let members: Vec<&String> = case.loaded.scenario.sets["region"].members.keys().collect();
    assert_eq!(members, ["r140100", "r141100", "r999999"]);
    assert_eq!(case.central("total", 2022), 1510.0);
    let wrong = said(
        &with("a.csv").replace("[variables]", "[region]\nr1 = \"unset\"\n[variables]"),
        &[("a.csv", TABLE.into())],
    );
    assert!(wrong[0].contains("no \"r1\" to unset"), "{wrong:?}");
}

#[test]
fn an_extending_file_may_read_other_rows_of_the_table() {
    let folder = folder(&[("long.csv", LONG.into())]);
    std::fs::write(folder.path().join("base.toml"), OF_LONG).unwrap();
    let text = "[scenario]\nextends = \"base.toml\"\n[sets.region]\nwhere.\"年份\" = [\"2019年\"]\n\
                [sets.region.fields]\npop = { default = 7 }\n[sets.region.columns]\npop = \"unset\"\n";
    let case = load(folder.path(), text, &[]);
    assert_eq!(case.central("total", 2020), 4028.51);
    assert_eq!(case.central("people", 2020), 7.0);
}

#[test]
fn a_stored_scenario_needs_no_table() {
    let own = folder(&[("a.csv", TABLE.into())]);
    let case = load(own.path(), &with("a.csv"), &[]);
    let hashes: Vec<&str> = case.loaded.files.iter().map(|file| file.sha256.as_str()).collect();
    assert!(
        hashes.iter().all(|hash| hash.len() == 64),
        "the table is among the files that a run names: {hashes:?}"
    );
    assert_eq!(hashes.len(), 2);
    let stored = write::resolved(&case.loaded.scenario);
    assert!(!stored.contains("a.csv"), "{stored}");
    let again = load(folder(&[]).path(), &stored, &[]);
    assert_eq!(print_of(&again), print_of(&case));
    assert_eq!(write::resolved(&again.loaded.scenario), stored);
}

#[test]
fn sources_and_grades_of_columns_are_those_of_their_values() {
    let text = with("a.csv").replace(
        "trend = \"growth\"",
        "trend = { column = \"growth\", grade = \"D\" }, gdp_before = { column = \"GDP (bn)\", source = \"yearbook\", grade = \"C\" }",
    );
    let text = text
        .replace("[variables]", "gdp_before = {}\n[variables]\nbefore = \"sum(region: gdp_before[region])\"");
    let folder = folder(&[("a.csv", TABLE.into())]);
    let case = load(folder.path(), &text, &[]);
    let source = |field: &str| {
        let value = &case.loaded.scenario.sets["region"].members["r140100"].values[field].1;
        value.provenance.source.clone().unwrap_or_default()
    };
    let grade = |field: &str| case.loaded.scenario.sources[&source(field)].grade.clone();
    assert_eq!((source("pop"), grade("pop")), ("yearbook".into(), "A".into()));
    assert_eq!((source("trend"), grade("trend")), ("a.csv".into(), "D".into()));
    assert_eq!((source("gdp_before"), grade("gdp_before")), ("yearbook [C]".into(), "C".into()));
    let assumed = &case.model.labels.assumptions;
    assert!(assumed.iter().any(|one| one.source == "a.csv"), "{assumed:?}");
}

#[test]
fn fields_by_year_and_by_member_take_a_column_each() {
    let table = "name,g2021,g2022,coal,gas\nnorth,2%,3%,0.5,0.2\nsouth,1%,,0.1,..\n";
    let text = r#"
[time]
start = 2020
end = 2022
[sets.fuel]
[fuel]
coal = {}
gas = {}
[sets.region]
file = "a.csv"
key = "name"
missing = ".."
columns = { trend = { 2021 = "g2021", 2022 = "g2022" }, share = { coal = "coal", gas = "gas" } }
[sets.region.fields]
trend = { unit = "1/yr" }
share = { over = "fuel", default = 0.25 }
[variables]
growth = { formula = "sum(region: trend[region])", unit = "1/yr", report = true }
gas_share = "sum(region: share[region, gas])"
"#;
    let folder = folder(&[("a.csv", table.into())]);
    let case = load(folder.path(), text, &[]);
    assert!((case.central("growth", 2021) - 0.03).abs() < 1e-15);
    assert!((case.central("growth", 2022) - 0.04).abs() < 1e-15, "what is blank goes on as before");
    assert!((case.central("gas_share", 2022) - 0.45).abs() < 1e-15);
}

#[test]
fn all_cells_that_are_refused_are_told_at_once_with_their_places() {
    let wrong = TABLE.replace("531.9", "x").replace("\"1,538.04\"", "-5").replace("5.5%", "norml(1)");
    let found = said(&with("a.csv"), &[("a.csv", wrong.into())]);
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found[0], "a.csv, line 2, column \"Population\": \"x\" is no number");
    assert!(
        found[1].starts_with("a.csv, line 3, column \"GDP (bn)\": -5 lies outside of 0 to …"),
        "{found:?}"
    );
    assert!(found[2].starts_with("a.csv, line 4, column \"growth\": "), "{found:?}");
}

/// Whoever fills in a table is not who says which files are read.
#[test]
fn a_cell_names_no_files_and_a_table_lies_within_the_project() {
    let reads = TABLE.replace("5.5%", "\"empirical('b.csv', 'x')\"");
    let found = said(&with("a.csv"), &[("a.csv", reads.into()), ("b.csv", "x\n1\n2\n".into())]);
    assert!(found[0].contains("a cell names no other file"), "{found:?}");
    for outside in ["../a.csv", "/etc/passwd.csv", "../a.xlsx#Sheet1", ".hidden/a.csv"] {
        let found = said(&with(outside), &[]);
        let is_refused = found[0].contains("outside") || found[0].contains("hidden");
        assert!(is_refused, "{outside}: {found:?}");
    }
    assert!(said(&with("a.txt"), &[("a.txt", TABLE.into())])[0].contains(".csv, .tsv, .xlsx"));
}

#[cfg(feature = "xlsx")]
mod workbooks {
    use super::*;
    use rust_xlsxwriter::Workbook;
    use std::io::Write;

    #[test]
    fn a_refused_cell_is_named_as_spreadsheets_do() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("S").unwrap();
        for (column, title) in (0..).zip(["code", "name", "GDP (bn)", "Population", "growth"]) {
            sheet.write_string(0, column, title).unwrap();
        }
        sheet.write_number(1, 0, 140_100).unwrap();
        sheet.write_string(1, 3, "n/a").unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let found = said(&with("a.xlsx"), &[("a.xlsx", bytes)]);
        assert_eq!(found[0], "a.xlsx, sheet S, cell C2, column \"GDP (bn)\": the cell is empty");
        assert_eq!(
            found[1],
            "a.xlsx, sheet S, cell D2, column \"Population\": \"n/a\" is no number; where it stands for a value that is missing, say missing = [\"n/a\"]"
        );
        let found = said(&with("a.xlsx#T"), &[("a.xlsx", workbook())]);
        assert_eq!(found[0], "a.xlsx has no sheet T; it has Notes, Data 2020");
    }

    /// Of two sheets with cells the first is not taken for the one that is meant; empty sheets do not count.
    #[test]
    fn of_several_sheets_one_must_be_named() {
        let mut book = Workbook::new();
        for name in ["2019", "2020"] {
            book.add_worksheet().set_name(name).unwrap().write_string(0, 0, "code").unwrap();
        }
        let found = said(&with("a.xlsx"), &[("a.xlsx", book.save_to_buffer().unwrap())]);
        assert_eq!(
            found[0],
            "a.xlsx has several sheets with cells, 2019, 2020: name the one that is meant, a.xlsx#2019"
        );
        // The sheet of notes is empty: the other one is read, whose titles stand further down.
        let found = said(&with("a.xlsx"), &[("a.xlsx", workbook())]);
        assert!(found.iter().all(|told| !told.contains("several sheets")), "{found:?}");
    }

    /// A book of a few kilobytes that unpacks to 70 MiB, and one with a cell in the last corner of a sheet.
    #[test]
    fn a_book_that_would_fill_the_memory_is_refused() {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
        let piece = vec![b' '; 1 << 20];
        (0..70).for_each(|_| archive.write_all(&piece).unwrap());
        let bomb = archive.finish().unwrap().into_inner();
        assert!(bomb.len() < 1 << 20);
        let found = said(&with("a.xlsx"), &[("a.xlsx", bomb)]);
        assert!(found[0].contains("too large when it is unpacked"), "{found:?}");
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "code").unwrap();
        sheet.write_number(1_048_575, 16_383, 1.0).unwrap();
        let found = said(&with("a.xlsx"), &[("a.xlsx", book.save_to_buffer().unwrap())]);
        assert!(!found.is_empty());
        let found = said(&with("a.xlsx"), &[("a.xlsx", b"no book".to_vec())]);
        assert!(found[0].contains("cannot be read as a workbook"), "{found:?}");
        let found = said(&with("a.csv"), &[("a.csv", workbook())]);
        assert!(found[0].contains("ending .xlsx"), "{found:?}");
    }
}
