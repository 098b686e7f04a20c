//! Stored results that were damaged, cut or forged: an error that names file and field, or figures, a page and tables; a
//! panic never. `PROPTEST_CASES` sets how many damages are tried.

use std::path::Path;
use std::sync::OnceLock;

use indexmap::IndexMap;
use plancast::analysis::against::BaselineComparison;
use plancast::analysis::diff::Tolerance;
use plancast::analysis::replayed::{Replayed, replay};
use plancast::chart::Size;
use plancast::engine::{self, RunRequest, Watch};
use plancast::export;
use plancast::model::{RecordedVariables, compile};
use plancast::report::{Material, PageContent, PageFigure, page};
use plancast::result::run_part::{PartOrigin, RunPart};
use plancast::result::{Distributions, Summary, assemble, distribution, drivers, json, store, verify};
use plancast::scenario;
#[cfg(feature = "xlsx")]
use plancast::scenario::table::DataFile;
use plancast::scenario::table::Table;
use plancast::text::Language;
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// More cases with `PROPTEST_CASES`.
fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), failure_persistence: None, ..ProptestConfig::default() }
}

/// A workbook with one sheet of these texts.
#[cfg(feature = "xlsx")]
fn book_of(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    use std::io::{Cursor, Write};
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let workbook = format!(
        "<workbook xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let parts = [
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
        ("xl/sharedStrings.xml", strings.to_owned()),
        ("xl/styles.xml", styles.to_owned()),
    ];
    let mut book = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        book.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        book.write_all(part.as_bytes()).unwrap();
    }
    book.finish().unwrap().into_inner()
}

/// That book is read where its texts are those of a sheet: otherwise the property below would say little.
#[cfg(feature = "xlsx")]
#[test]
fn the_book_whose_texts_are_varied_is_one() {
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>\
                 <row r=\"2\"><c r=\"A2\"><v>2.5</v></c></row></sheetData></worksheet>";
    let book = book_of(sheet, "<sst><si><t>x</t></si></sst>", "<styleSheet></styleSheet>");
    let table = Table::plain("a.xlsx", &DataFile::Workbook(book.into())).unwrap();
    assert_eq!(scenario::history::columns(&table, &["x"]).unwrap()[0].cells, [2.5]);
}

/// As programs write formulas that do not calculate.
#[cfg(feature = "xlsx")]
#[test]
fn a_formula_whose_value_was_not_saved_is_told_with_its_cell() {
    let sheet = |cell: &str| {
        format!(
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c></row>\
             <row r=\"2\"><c r=\"A2\">{cell}</c></row></sheetData></worksheet>"
        )
    };
    let read = |cell: &str| {
        let book = book_of(&sheet(cell), "<sst></sst>", "<styleSheet></styleSheet>");
        Table::plain("a.xlsx", &DataFile::Workbook(book.into()))
    };
    let wrong = read("<f>1+1</f>").unwrap_err().to_string();
    assert!(wrong.starts_with("a.xlsx, sheet S, cell A2: the value of the formula was not saved"), "{wrong}");
    let table = read("<f>1+1</f><v>2</v>").unwrap();
    assert_eq!(scenario::history::columns(&table, &["x"]).unwrap()[0].cells, [2.0]);
}

/// A stored run.
struct Stored {
    summary: Value,
    distributions: Value,
    replayed: Option<Replayed>,
    part: Vec<u8>,
}

fn stored() -> &'static Stored {
    static STORED: OnceLock<Stored> = OnceLock::new();
    STORED.get_or_init(|| {
        let mut loaded = scenario::load("two-sector-town", &[]);
        let model = compile(&loaded.scenario, &RecordedVariables::All, &mut loaded.diagnostics).unwrap();
        let request = RunRequest { seed: 1, paths: 600, threads: Some(1) };
        let groups: Vec<Vec<u32>> = assemble::groups(&model.labels).into_iter().map(|(_, all)| all).collect();
        let question = drivers::ask(&model, request.paths);
        let slicing = question.as_ref().map(|question| &question.slicing);
        let blocks = 0..request.blocks();
        let watch = Watch::default();
        let ensemble =
            engine::simulate_sliced(&model.program, &groups, &request, blocks.clone(), slicing, watch)
                .unwrap();
        let mut summary = assemble::summary(&model.labels, &ensemble, 1, &[0.05, 0.25, 0.5, 0.75, 0.95]);
        if let Some(question) = &question {
            drivers::find(&model, question, &ensemble, 1).put_into(&mut summary);
        }
        let mut distributions = distribution::distributions(&model.labels, &ensemble);
        distributions.fingerprint.clone_from(&summary.fingerprint);
        let origin = PartOrigin {
            scenario: summary.scenario.id.clone(),
            seed: 1,
            paths: 600,
            quantiles: vec![0.05, 0.5],
            ..PartOrigin::default()
        };
        Stored {
            summary: serde_json::to_value(&summary).unwrap(),
            distributions: serde_json::to_value(&distributions).unwrap(),
            replayed: replay(&loaded.scenario, 1, 600, None, &[]),
            part: RunPart { origin, shard: None, blocks, ensemble, conditional: None }.to_bytes().unwrap(),
        }
    })
}

/// How a value of JSON is damaged.
#[derive(Clone, Debug)]
enum Damage {
    Other(Value),
    Removed,
    Cut,
    Doubled,
}

fn damage() -> impl Strategy<Value = Damage> {
    let values = [
        "null",
        "0",
        "-1",
        "1",
        "2",
        "1e308",
        "-1e308",
        "5e-324",
        "18446744073709551615",
        "-9223372036854775808",
        "2147483647",
        "\"\"",
        "\"a\\u001b\\n::error::x\"",
        "true",
        "[]",
        "{}",
        "[null]",
        "[1,2]",
    ];
    let values: Vec<Damage> =
        values.iter().map(|text| Damage::Other(serde_json::from_str(text).unwrap())).collect();
    prop_oneof![
        6 => proptest::sample::select(values),
        1 => Just(Damage::Removed),
        2 => Just(Damage::Cut),
        1 => Just(Damage::Doubled),
    ]
}

/// How many values there are in a value, itself among them.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum::<usize>(),
        Value::Object(entries) => entries.values().map(size).sum::<usize>(),
        _ => 0,
    }
}

/// Damages one value of all.
fn damaged(value: &mut Value, mut place: usize, how: &Damage) {
    if place == 0 {
        match (how, value) {
            (Damage::Other(other), value) => *value = other.clone(),
            (Damage::Cut, Value::Array(items)) => drop(items.pop()),
            (Damage::Doubled, Value::Array(items)) => items.extend(items.clone()),
            (_, value) => *value = Value::Null,
        }
        return;
    }
    place -= 1;
    match value {
        Value::Array(items) => {
            for item in items {
                let inner = size(item);
                if place < inner {
                    return damaged(item, place, how);
                }
                place -= inner;
            }
        }
        Value::Object(entries) => {
            let key = entries.iter().find_map(|(key, item)| {
                let inner = size(item);
                if place < inner {
                    return Some(key.clone());
                }
                place -= inner;
                None
            });
            let Some(key) = key else { return };
            if place == 0 && matches!(how, Damage::Removed) {
                entries.remove(&key);
            } else if let Some(item) = entries.get_mut(&key) {
                damaged(item, place, how);
            }
        }
        _ => {}
    }
}

fn with_damages(value: &Value, damages: &[(prop::sample::Index, Damage)]) -> String {
    let mut value = value.clone();
    for (place, how) in damages {
        let all = size(&value);
        damaged(&mut value, place.index(all), how);
    }
    json::write(&value).unwrap()
}

fn read(summary: String, distributions: Option<String>) -> Result<(Summary, Option<Distributions>), String> {
    let summary = store::summary_of(summary, Path::new("summary.json")).map_err(|error| error.to_string())?;
    let read = |text| store::distributions_of(text, Path::new("distributions.json"), &summary);
    let distributions = distributions.map(read).transpose().map_err(|error| error.to_string())?;
    Ok((summary, distributions))
}

/// Draws and writes all that can be made of a run.
fn use_all(summary: &Summary, distributions: Option<&Distributions>) {
    let history = IndexMap::new();
    let replayed = stored().replayed.as_ref();
    let material = Material { summary, distributions, replayed, history: &history, source: "s" };
    for language in [Language::En, Language::Zh] {
        let figures: Vec<PageFigure> = (material.all().iter())
            .filter_map(|item| material.draw(item, None, Size::default(), language))
            .map(PageFigure::from)
            .collect();
        for figure in &figures {
            roxmltree::Document::parse(&figure.svg).unwrap();
        }
        let content = PageContent {
            runs: std::slice::from_ref(summary),
            figures: &[figures],
            ..PageContent::default()
        };
        page(&content, language).unwrap();
    }
    let mut tables = export::bands::csv(summary);
    tables += &export::targets::csv(summary, Language::Zh);
    tables += &export::iamc::csv(summary, "plancast");
    assert!(tables.starts_with("scenario,"));
    let whole: Summary = serde_json::from_value(stored().summary.clone()).unwrap();
    let _ = BaselineComparison::of(&whole, summary, &Tolerance::default());
    let _ = BaselineComparison::of(summary, &whole, &Tolerance::default());
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn a_damaged_summary_is_an_error_or_is_drawn(
        damages in prop::collection::vec((any::<prop::sample::Index>(), damage()), 1..3),
    ) {
        let text = with_damages(&stored().summary, &damages);
        match read(text, None) {
            Ok((summary, _)) => use_all(&summary, None),
            Err(error) => prop_assert!(error.contains("summary.json"), "{error}"),
        }
    }

    #[test]
    fn damaged_distributions_are_an_error_or_are_drawn(
        damages in prop::collection::vec((any::<prop::sample::Index>(), damage()), 1..3),
    ) {
        let text = with_damages(&stored().distributions, &damages);
        match read(json::write(&stored().summary).unwrap(), Some(text)) {
            Ok((summary, distributions)) => use_all(&summary, distributions.as_ref()),
            Err(error) => prop_assert!(error.contains("distributions.json"), "{error}"),
        }
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn bytes_that_were_changed_are_an_error_or_a_summary(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let mut bytes = json::write(&stored().summary).unwrap().into_bytes();
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = read(String::from_utf8_lossy(&bytes).into_owned(), None);
    }

    #[test]
    fn a_forged_part_with_the_right_digest_is_an_error_or_merges(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<bool>(),
    ) {
        let whole = &stored().part;
        let mut bytes = whole[..whole.len() - 32].to_vec();
        for (at, byte) in &changes {
            // The line with the schema stays.
            let at = 16 + at.index(bytes.len() - 16);
            bytes[at] = *byte;
        }
        if cut {
            bytes.truncate(16 + changes[0].0.index(bytes.len() - 16));
        }
        let digest = Sha256::digest(&bytes);
        bytes.extend_from_slice(&digest);
        if let Ok(part) = RunPart::from_bytes(&bytes) {
            merged(part);
        }
    }

    #[test]
    fn any_text_as_a_table_of_data_is_an_error_or_numbers(text in "(year|gdp|sep=|[0-9,;\t\r\n\"' .=+eE-]){0,40}") {
        if let Ok(mut table) = Table::plain("h.csv", &text.as_str().into()) {
            let _ = scenario::history::observed(&mut table, [Some("year"), Some("gdp")], "", plancast::text::period::Step::Year);
            let _ = scenario::history::observed(&mut table, [None, None], "%", plancast::text::period::Step::Year);
        }
        if let Ok(table) = Table::plain("h.tsv", &text.as_str().into()) {
            let _ = scenario::history::columns(&table, &["gdp"]);
        }
    }

    /// The texts of a sheet, its strings and its styles, in a book that is otherwise right.
    #[cfg(feature = "xlsx")]
    #[test]
    fn any_text_as_a_sheet_is_an_error_or_a_table(
        sheet in "(<row r=\"[0-9]{0,9}\">|<c r=\"[A-Z]{0,4}[0-9]{0,9}\"( t=\"[a-zA-Z]{1,3}\")?( s=\"[0-9]\")?>|<v>[0-9.eE-]{0,6}</v>|<f>1</f>|</c>|</row>|<is><t>x</t></is>){0,30}",
        strings in "(<si>|<t>x</t>|</si>|&amp;|&x;){0,12}",
        styles in "(<cellXfs>|<xf numFmtId=\"[0-9]{1,3}\"/>|</cellXfs>|<numFmt numFmtId=\"164\" formatCode=\"0%\"/>){0,8}",
    ) {
        let sheet = format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>");
        let book = book_of(&sheet, &format!("<sst>{strings}</sst>"), &format!("<styleSheet>{styles}</styleSheet>"));
        for file in ["a.xlsx", "a.xlsx#S!B2:D9"] {
            match Table::plain(file, &DataFile::Workbook(book.as_slice().into())) {
                Ok(table) => {
                    let _ = scenario::history::columns(&table, &["x"]);
                }
                Err(message) => prop_assert!(message.to_string().chars().count() <= 1000, "{message}"),
            }
        }
    }

    #[test]
    fn a_damaged_manifest_is_an_error_or_says_what_differs(
        damages in prop::collection::vec((any::<prop::sample::Index>(), damage()), 1..4),
    ) {
        let manifest = serde_json::json!({
            "schema": "plancast-manifest/1", "plancast": "0.1.0", "scenario": "a", "seed": 1, "paths": 2,
            "inputs": [{ "file": "a.toml", "sha256": "00" }], "fingerprint": "00", "sampling": "random",
            "files": { "summary.json": "00", "charts/a.svg": "11" }, "exports": [{ "file": "../a.csv", "sha256": "22" }],
            "resolved_sha256": "00", "wall": { "seconds": 1.0, "threads": 2 }, "manifest_sha256": "33",
        });
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("manifest.json"), with_damages(&manifest, &damages)).unwrap();
        let _ = verify::verify(folder.path());
        let _ = verify::changed(folder.path(), &["summary.json"]);
        let _ = store::load(folder.path());
    }
}

/// Makes results of a part, if it is of the model.
fn merged(part: RunPart) {
    let mut loaded = scenario::load("two-sector-town", &[]);
    let model = compile(&loaded.scenario, &RecordedVariables::All, &mut loaded.diagnostics).unwrap();
    let groups: Vec<Vec<u32>> = assemble::groups(&model.labels).into_iter().map(|(_, all)| all).collect();
    let Ok(whole) = plancast::result::run_part::merge(vec![("a".to_owned(), part)]) else { return };
    if engine::nothing(&model.program, &groups, whole.origin.seed).can_merge(&whole.ensemble) {
        let levels = &whole.origin.quantiles;
        let _ = assemble::summary(&model.labels, &whole.ensemble, 1, levels);
        let _ = distribution::distributions(&model.labels, &whole.ensemble);
    }
}
