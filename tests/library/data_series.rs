//! Series from tables of data as statistical offices write them, against published values.

use plancast::scenario::{self, Loaded};

use crate::common::Messages as _;

/// Annual flow of the Nile at Aswan, 1871–1970, in 10⁸ m³ (G. W. Cobb, Biometrika 65, 1978).
#[rustfmt::skip]
const NILE: [f64; 100] = [
    1120.0, 1160.0, 963.0, 1210.0, 1160.0, 1160.0, 813.0, 1230.0, 1370.0, 1140.0, 995.0, 935.0,
    1110.0, 994.0, 1020.0, 960.0, 1180.0, 799.0, 958.0, 1140.0, 1100.0, 1210.0, 1150.0, 1250.0,
    1260.0, 1220.0, 1030.0, 1100.0, 774.0, 840.0, 874.0, 694.0, 940.0, 833.0, 701.0, 916.0,
    692.0, 1020.0, 1050.0, 969.0, 831.0, 726.0, 456.0, 824.0, 702.0, 1120.0, 1100.0, 832.0,
    764.0, 821.0, 768.0, 845.0, 864.0, 862.0, 698.0, 845.0, 744.0, 796.0, 1040.0, 759.0,
    781.0, 865.0, 845.0, 944.0, 984.0, 897.0, 822.0, 1010.0, 771.0, 676.0, 649.0, 846.0,
    812.0, 742.0, 801.0, 1040.0, 860.0, 874.0, 848.0, 890.0, 744.0, 749.0, 838.0, 1050.0,
    918.0, 986.0, 797.0, 923.0, 975.0, 815.0, 1020.0, 906.0, 901.0, 1170.0, 912.0, 746.0,
    919.0, 718.0, 714.0, 740.0,
];

/// Real GDP of the United States in 10⁹ USD of 2012 and its growth in per cent, as the Bureau of Economic Analysis published
/// them in July 2020 (table 1.1.6 and 1.1.1).
const US_GDP: [(i32, f64); 4] = [(2016, 17730.5), (2017, 18144.1), (2018, 18687.8), (2019, 19091.7)];
const US_GROWTH: [(i32, f64); 3] = [(2017, 2.3), (2018, 3.0), (2019, 2.2)];

/// A scenario with a history of one variable, and what lies beside it.
fn load(unit: &str, history: &str, file: &str, bytes: &[u8]) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(file), bytes).unwrap();
    let text = format!(
        "[time]\nstart = 2020\nend = 2022\n[variables]\nx = {{ formula = \"1\", unit = \"{unit}\", report = true }}\n\
         [history.x]\nfile = \"{file}\"\n{history}\n"
    );
    let path = folder.path().join("case.toml");
    std::fs::write(&path, text).unwrap();
    scenario::load(path.to_str().unwrap(), &[])
}

fn values(unit: &str, history: &str, file: &str, text: &str) -> Vec<(i32, f64)> {
    let loaded = load(unit, history, file, text.as_bytes());
    assert!(!loaded.diagnostics.has_errors(), "{:#?}", loaded.messages());
    loaded.scenario.history["x"].values.clone()
}

fn said(history: &str, file: &str, text: &str) -> Vec<String> {
    load("", history, file, text.as_bytes()).diagnostics.0.iter().map(|one| one.message.to_string()).collect()
}

fn passed_over(loaded: &Loaded) -> String {
    loaded.scenario.data_tables[0].sentence(plancast::text::Language::En)
}

fn years() -> std::ops::RangeInclusive<i32> {
    1871..=1970
}

/// A line of a wide table: what stands before the years, and the values.
fn line(before: &str, separator: &str, cells: impl Iterator<Item = String>) -> String {
    std::iter::once(before.to_owned()).chain(cells).collect::<Vec<_>>().join(separator) + "\n"
}

fn is_the_nile(found: &[(i32, f64)]) {
    assert!(found.iter().copied().eq(years().zip(NILE)), "{found:?}");
    let mean = found.iter().map(|(_, value)| value).sum::<f64>() / 100.0;
    assert!((mean - 919.35).abs() < 1e-9, "the published mean");
}

#[test]
fn the_nile_is_read_from_long_and_wide_tables() {
    let rows: String =
        years().zip(NILE).map(|(year, flow)| format!("{year}年,\"{}\"\n", grouped(flow))).collect();
    let long = format!("year,value\n{rows}\nSource: Cobb (1978)\n");
    is_the_nile(&values("", "", "nile.csv", &long));
    let titles = || years().map(|year| year.to_string());
    let cells = || NILE.iter().map(ToString::to_string);
    let iamc = line("Model,Scenario,Region,Variable,Unit", ",", titles())
        + &line("Cobb,Record,Aswan,Flow,1e8 m3", ",", cells())
        + &line("Cobb,Record,Aswan,Mean,1e8 m3", ",", years().map(|_| "919.35".to_owned()));
    is_the_nile(&values("", "where = { Variable = \"Flow\", Region = \"Aswan\" }", "nile.csv", &iamc));
    let databank = line("Country Name;Series", ";", years().map(|year| format!("{year} [YR{year}]")))
        + &line("Egypt;Flow", ";", cells())
        + "\nData from database: Nile\nLast Updated: 1978\n";
    is_the_nile(&values("", "", "nile.csv", &databank));
}

/// With a comma between thousands.
fn grouped(flow: f64) -> String {
    if flow < 1000.0 { flow.to_string() } else { format!("1,{:03}", flow - 1000.0) }
}

/// As the World Bank's files are downloaded: titles below a preamble, a comma at the end of each line.
#[test]
fn the_world_banks_file_has_a_preamble_and_gaps() {
    let text = "\u{feff}\"Data Source\",\"World Development Indicators\",\r\n\r\n\"Last Updated Date\",\"2020-07-30\",\r\n\r\n\
        \"Country Name\",\"Country Code\",\"Indicator Name\",\"2015\",\"2016\",\"2017\",\"2018\",\"2019\",\r\n\
        \"China\",\"CHN\",\"GDP\",\"1\",\"2\",\"3\",\"4\",\"5\",\r\n\
        \"United States\",\"USA\",\"GDP\",\"..\",\"17,730.5\",\"18,144.1\",\"18,687.8\",\"19,091.7\",\r\n";
    let history = "where = { \"Country Code\" = \"USA\" }\nmissing = [\"..\", \"NA\"]";
    assert_eq!(values("1e9 USD", history, "wb.csv", text), US_GDP);
    let loaded = load("", history, "wb.csv", text.as_bytes());
    assert_eq!(
        passed_over(&loaded),
        "history.x: 4 read from wb.csv; 2 lines above the titles, 1 row left out by `where`, 1 cell without a value"
    );
    let growth = US_GDP.windows(2).map(|pair| (pair[1].0, 100.0 * (pair[1].1 / pair[0].1 - 1.0)));
    for ((year, found), (published_year, published)) in growth.zip(US_GROWTH) {
        assert!(
            year == published_year && (found - published).abs() < 0.05,
            "{year}: {found}, not {published}"
        );
    }
}

#[test]
fn a_per_cent_sign_is_read_as_the_variables_unit_has_it() {
    let text = "year,value\n2017,2.3%\n2018,3.0%\n2019,2.2%\n";
    assert_eq!(values("%", "", "us.csv", text), US_GROWTH);
    assert_eq!(values("1/yr", "", "us.csv", text), [(2017, 0.023), (2018, 0.03), (2019, 0.022)]);
    let mixed = said("", "us.csv", "year,value\n2017,2.3%\n2018,3.0\n");
    assert!(mixed[0].contains("2017 has a per cent sign and that of 2018 has none"), "{mixed:?}");
}

/// As Eurostat's bulk download has them: several columns in the first, a flag after a number, a colon for none.
#[test]
fn eurostats_columns_flags_and_colons_are_read() {
    let text = "freq,unit,geo\\TIME_PERIOD\t2017 \t2018 \t2019 \t2020 \n\
                A,PC,US\t2.3 \t3.0 p\t2.2 e\t: c\nA,PC,EU\t1\t2\t3\t4\n";
    let history = "where = { geo = \"US\", unit = \"PC\" }";
    assert_eq!(values("%", history, "eu.tsv", text), US_GROWTH);
    assert_eq!(
        passed_over(&load("%", history, "eu.tsv", text.as_bytes())),
        "history.x: 3 read from eu.tsv; 1 row left out by `where`, 1 cell without a value, 2 values with a flag"
    );
    let old = text.replace("freq,unit,geo\\TIME_PERIOD", "freq,unit,geo\\time");
    assert_eq!(values("%", history, "eu.tsv", &old), US_GROWTH);
}

#[test]
fn a_panel_of_a_wide_table_has_a_unit_for_each_row() {
    let text = "code,2018,2019\nUS,3.0,2.2\nCN,6.7,\n";
    let loaded = load("", "unit = \"code\"", "panel.csv", text.as_bytes());
    assert!(!loaded.diagnostics.has_errors(), "{:#?}", loaded.messages());
    let history = &loaded.scenario.history["x"];
    let found: Vec<_> =
        history.lines.iter().map(|line| (line.unit.as_str(), line.year, line.value)).collect();
    assert!(history.is_panel);
    assert_eq!(found, [("US", 2018, 3.0), ("US", 2019, 2.2), ("CN", 2018, 6.7)]);
}

#[test]
fn observations_come_from_wide_tables_too() {
    let folder = tempfile::tempdir().unwrap();
    let table = "variable;2021;2022\nx;1,5;NA\ny;7;8\n";
    std::fs::write(folder.path().join("a.csv"), table).unwrap();
    let text = "[time]\nstart = 2020\nend = 2022\n[parameters]\na = \"normal(1, 1)\"\n[variables]\nx = { formula = \"a\", report = true }\n\
                [observations.x]\nfile = \"a.csv\"\nwhere = { variable = \"x\" }\ndecimal = \",\"\nmissing = \"NA\"\nsd = 0.1\n";
    let path = folder.path().join("case.toml");
    std::fs::write(&path, text).unwrap();
    let loaded = scenario::load(path.to_str().unwrap(), &[]);
    assert!(!loaded.diagnostics.has_errors(), "{:#?}", loaded.messages());
    let found: Vec<_> =
        loaded.scenario.observations["x"].values.iter().map(|one| (one.year, one.value)).collect();
    assert_eq!(found, [(2021, 1.5)]);
}

#[test]
fn what_a_wide_table_leaves_open_is_asked() {
    let wide = "code,2018,2019\nUS,3.0,2.2\nCN,6.7,6\n";
    let several = said("", "a.csv", wide);
    assert!(several[0].contains("2 rows") && several[0].contains("where = { \"code\" = … }"), "{several:?}");
    let none = said("where = { code = \"FR\" }", "a.csv", wide);
    assert_eq!(none[0], "no row of a.csv is left: in column \"code\" stand US, CN");
    let twice = said("where = { code = \"US\" }", "a.csv", "code,2018,2018\nUS,3.0,2.2\n");
    assert!(twice[0].contains("two columns \"2018\", numbers 2 and 3"), "{twice:?}");
    let quarters = said("", "a.csv", "code,2018Q1,2018Q2\nUS,3.0,2.2\n");
    assert!(quarters[0].contains("quarters or months (\"2018Q1\")"), "{quarters:?}");
    let cell = said("where = { code = \"US\" }", "a.csv", "code,2018,2019\nUS,x,y\n");
    assert_eq!(cell[1], "a.csv, line 2, column \"2019\": \"y\" is no number");
}
