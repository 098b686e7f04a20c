//! Per cent signs that seem forgotten: when it is said, and what to write.

use plancast::scenario::table::Table;
use plancast::{Study, StudyError};

/// What is said of a parameter without a unit.
fn said(value: &str) -> String {
    let text = format!(
        "[time]\nstart = 2020\nend = 2021\n[parameters]\na = \"{value}\"\n[variables]\nx = {{ formula = \"a\", report = true }}\n"
    );
    match Study::from_text("case", &text) {
        Ok(study) => study.warnings().to_string(),
        Err(StudyError::Scenario(wrong)) => wrong.to_string(),
        Err(other) => panic!("{other}"),
    }
}

const FORGOTTEN: &str = "here a number has no % and is many times those that have one, or its spread has one";

#[test]
fn a_number_without_a_sign_above_one_and_ten_times_those_with_one_is_doubted() {
    for (value, mended) in [
        ("pert(2%, 3%, 1.1)", "pert(2%, 3%, 1.1%)"),
        ("pert(-2%, 3%, 40)", "pert(-2%, 3%, 40%)"),
        ("uniform(20%, 2.1)", "uniform(20%, 2.1%)"),
        ("values(1%, 2%, 3%, 9, 30%, 4)", "values(1%, 2%, 3%, 9%, 30%, 4%)"),
        ("resample(2%, 3%, 40)", "resample(2%, 3%, 40%)"),
        ("truncate(normal(4%, 1%), 2%, 5)", "truncate(normal(4%, 1%), 2%, 5%)"),
        ("truncate(normal(4%, 1%), -5, 4%)", "truncate(normal(4%, 1%), -5%, 4%)"),
        ("discrete(2%: 1, 3: 1)", "discrete(2%: 1, 3%: 1)"),
    ] {
        let said = said(value);
        assert!(said.contains(FORGOTTEN) && said.contains(&format!("write \"{mended}\"")), "{value}: {said}");
    }
}

#[test]
fn numbers_of_about_one_size_and_spreads_are_not_doubted() {
    for value in [
        "pert(2%, 3%, 1)",
        "uniform(20%, 2)",
        "pert(2%, 3%, 0.4)",
        "pert(2%, 3%, 110%)",
        "uniform(2, 300)",
        "truncate(normal(4%, 1%), 0, inf)",
    ] {
        assert!(!said(value).contains(FORGOTTEN), "{value}: {}", said(value));
    }
}

#[test]
fn of_a_wrong_quantity_signs_are_blamed_only_where_they_differ() {
    let blamed = "some of its numbers have a % and some have none";
    let mixed = said("pert(2%, 3, 4%)");
    assert!(mixed.contains("error") && mixed.contains(blamed), "{mixed}");
    assert!(mixed.contains("write \"pert(2%, 3%, 4%)\", or \"pert(2, 3, 4)\""), "{mixed}");
    for value in ["pert(5%, 3%, 4%)", "pert(5, 3, 4)"] {
        let said = said(value);
        assert!(said.contains("error") && !said.contains(blamed), "{said}");
    }
}

/// Spreadsheets are kept from reading `-5` as a formula by a quote before it.
#[test]
fn a_quote_before_a_number_of_a_table_is_no_part_of_it() {
    let mut table = Table::plain("h.csv", &"year,gdp\n2020,'-5\n2021,6\n".into()).unwrap();
    let found = plancast::scenario::history::observed(
        &mut table,
        [Some("year"), Some("gdp")],
        "",
        plancast::text::period::Step::Year,
    );
    assert_eq!(found, Ok(vec![(2020, -5.0), (2021, 6.0)]));
}
