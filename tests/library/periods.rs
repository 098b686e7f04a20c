//! Quarters and months: against closed forms, against the same model with ordinals as years, and against other programs.

use crate::common::{Case, digest, said};
use plancast::text::period::{Step, label, ordinal, parse};

fn period(text: &str) -> i32 {
    parse(text).unwrap_or_else(|| panic!("{text} is no period"))
}

fn near(what: &str, found: f64, right: f64) {
    assert!((found - right).abs() <= 1e-12 * right.abs().max(1.0), "{what}: {found}, not {right}");
}

/// A seasonal model; the quarter of the year is counted from `year` as `quarter` says.
fn seasonal(time: &str, quarter: &str, year: &str) -> String {
    format!(
        "[time]\n{time}\n[parameters]\ntrend = \"normal(1.2%, 0.2%)\"\nrho = 0.6\n[shocks]\neps = \"normal(0, 1%)\"\n\
         flood = \"student_t(4, 0, 1%)\"\n[[correlations]]\nbetween = [\"eps\", \"flood\"]\nvalue = 0.4\n[variables]\n\
         quarter = \"{quarter}\"\nseason = \"if(quarter==1, 0.90, if(quarter==2, 1.00, if(quarter==3, 1.02, 1.08)))\"\n\
         gap = {{ start = \"0\", formula = \"rho*prev(gap) + eps\" }}\n\
         sa = {{ start = \"101\", formula = \"prev(sa)*exp(trend + gap - prev(gap) + flood)\" }}\n\
         raw = \"sa*season\"\nwhole = \"{year}\"\n"
    )
}

/// Draws are addressed by the ordinals of periods: quarters as years from 8095 on are the same model.
#[test]
fn quarters_are_the_model_whose_years_are_their_ordinals_bit_for_bit() {
    let years = Case::of(&seasonal(
        "start = 8095\nend = 8115",
        "year - 4*floor(year/4) + 1",
        "raw + lag(raw,1) + lag(raw,2) + lag(raw,3)",
    ));
    let quarters = Case::of(&seasonal(
        "step = \"quarter\"\nstart = \"2023Q4\"\nend = \"2028Q4\"",
        "4*(year - floor(year)) + 1",
        "annual(raw)",
    ));
    assert_eq!((ordinal(period("2023Q4")), label(period("2023Q4"))), (8095, "2023Q4".to_owned()));
    for name in ["quarter", "season", "gap", "sa", "raw", "whole"] {
        let label = quarters.model.labels.variables.iter().find(|label| label.name == name).unwrap();
        let periods = label.first_year..label.last_year + 1;
        let ours = quarters.columns(3, 600, &quarters.years(name, periods.clone()));
        let theirs = years.columns(3, 600, &years.years(name, ordinal(periods.start)..ordinal(periods.end)));
        let bits = |columns: Vec<Vec<f64>>| -> Vec<Vec<u64>> {
            columns.into_iter().map(|column| column.into_iter().map(f64::to_bits).collect()).collect()
        };
        assert_eq!(bits(ours), bits(theirs), "{name}");
    }
    assert!(digest(&quarters.run(1, 3000)) == digest(&years.run(1, 3000)));
}

/// The same model with the quarters as members of a set, as it had to be said before there were quarters.
#[test]
fn quarters_are_the_model_whose_members_are_quarters() {
    let members = Case::of(include_str!("../models/quarters_as_members.toml"));
    let quarters = Case::of(&seasonal(
        "step = \"quarter\"\nstart = \"2023Q4\"\nend = \"2028Q4\"",
        "4*(year - floor(year)) + 1",
        "annual(raw)",
    ));
    for year in 2024..=2028 {
        let quarter = Step::Quarter.last_of(year);
        near("a year", quarters.central("whole", quarter), members.central("annual", year));
        near("raw", quarters.central("raw", quarter - 2), members.central("raw[q2]", year));
    }
}

fn steady(step: &str, start: &str, end: &str) -> Case {
    Case::of(&format!(
        "[time]\nstep = \"{step}\"\nstart = \"{start}\"\nend = \"{end}\"\n[parameters]\nkeyed = {{ 2020 = 1, 2021 = 2 }}\n\
         line = {{ interpolate = \"linear\", 2020 = 0, 2022 = 2 }}\n[variables]\n\
         x = {{ start = \"100\", formula = \"prev(x) * 1.01\" }}\nbefore = \"lag(x, 4)\"\ngrown = \"growth(x)\"\n\
         over = \"yoy(x)\"\nsum = \"annual(x)\"\nmean = \"annual_mean(x)\"\nso_far = \"cumulative(x)\"\nnow = \"year\"\n\
         k = \"keyed\"\nl = \"line\"\nshare = \"years_per_step\"\n[metrics]\npace = \"cagr(x, start_year, end_year)\"\n\
         last = \"peak_year(x)\"\nreached = \"first_year(x >= 110)\"\nworth = \"npv(x, 1%, 2021, 2021)\"\n\
         all = \"total(x, 2021, 2021)\"\nof_2021 = \"annual(x)@2021\"\nhigh = \"count(x > 0, 2021, 2021)\"\n"
    ))
}

fn metric(case: &Case, name: &str) -> f64 {
    case.model.labels.metrics.iter().find(|metric| metric.name == name).unwrap().central
}

#[test]
fn sums_growth_and_times_are_those_of_closed_forms() {
    for (step, start, end) in [(Step::Quarter, "2020Q1", "2022Q4"), (Step::Month, "2020M01", "2022M12")] {
        let case = steady(step.name(), start, end);
        let (n, first, last) = (step.per_year(), period(start), period(end));
        let power = |k: i32| 1.01_f64.powi(k);
        let x = |at: i32| 100.0 * power(at - first);
        for at in first + n..=last {
            near("x", case.central("x", at), x(at));
            near("lag", case.central("before", at), x(at - 4));
            near("growth", case.central("grown", at), 0.01);
            near("yoy", case.central("over", at), power(n) - 1.0);
            let sum = x(at) * (1.0 - power(-n)) / (1.0 - power(-1));
            near("annual", case.central("sum", at), sum);
            near("annual_mean", case.central("mean", at), sum / f64::from(n));
            near("cumulative", case.central("so_far", at), 100.0 * (power(at - first + 1) - 1.0) / 0.01);
            near("year", case.central("now", at), 2020.0 + f64::from(at - first) / f64::from(n));
            near("line", case.central("l", at), f64::from((at - first).min(2 * n)) / f64::from(n));
            near("keyed", case.central("k", at), 2.0);
            near("years_per_step", case.central("share", at), 1.0 / f64::from(n));
        }
        assert_eq!(case.central("k", first + n - 1), 1.0);
        near("cagr", metric(&case, "pace"), power(n) - 1.0);
        near("peak_year", metric(&case, "last"), 2022.0 + f64::from(n - 1) / f64::from(n));
        near("first_year", metric(&case, "reached"), 2020.0 + 10.0 / f64::from(n));
        let of_2021 = (n..2 * n).map(|k| 100.0 * power(k)).sum::<f64>();
        near("total", metric(&case, "all"), of_2021);
        near("annual@2021", metric(&case, "of_2021"), of_2021);
        near("npv", metric(&case, "worth"), f64::from(n) * 100.0 * power(n - 1));
        assert_eq!(metric(&case, "high"), f64::from(n));
    }
}

#[test]
fn steps_ramps_and_pulses_begin_with_a_period_and_count_steps() {
    for (step, from, ends) in
        [("quarter", "2021Q3", ["2020Q1", "2023Q4"]), ("month", "2021M07", ["2020M01", "2022M12"])]
    {
        let case = Case::of(&format!(
            "[time]\nstep = \"{step}\"\nstart = \"{}\"\nend = \"{}\"\n[variables]\non = \"step({from})\"\n\
             up = \"ramp({from}, 2)\"\nfor_three = \"pulse({from}, 3)\"\nis = \"year == {from}\"\n",
            ends[0], ends[1]
        ));
        let from = period(from);
        for at in period(ends[0])..=period(ends[1]) {
            let passed = at - from;
            let truth = |x: bool| f64::from(u8::from(x));
            assert_eq!(case.central("on", at), truth(passed >= 0), "{}", label(at));
            assert_eq!(case.central("up", at), 2.0 * f64::from(passed.max(0)), "{}", label(at));
            assert_eq!(case.central("for_three", at), truth((0..3).contains(&passed)), "{}", label(at));
            assert_eq!(case.central("is", at), truth(passed == 0), "{}", label(at));
        }
    }
}

#[test]
fn in_years_the_new_functions_are_the_old_ones() {
    let case = Case::of(
        "[time]\nstart = 0\nend = 3\n[variables]\nx = { start = \"100\", formula = \"prev(x) * 1.05\" }\n\
         a = \"annual(x)\"\nm = \"annual_mean(x)\"\ny = \"yoy(x)\"\ng = \"growth(x)\"\ns = \"years_per_step\"\nnow = \"year\"\n",
    );
    for year in 1..=3 {
        assert_eq!(case.central("a", year).to_bits(), case.central("x", year).to_bits());
        assert_eq!(case.central("m", year).to_bits(), case.central("x", year).to_bits());
        assert_eq!(case.central("y", year).to_bits(), case.central("g", year).to_bits());
        assert_eq!((case.central("s", year), case.central("now", year)), (1.0, f64::from(year)));
    }
    assert_eq!(case.central("now", 0), 0.0);
}

#[test]
fn a_record_by_quarter_stands_in_a_column_in_columns_or_in_days() {
    let model = |history: &str| {
        format!(
            "[time]\nstep = \"quarter\"\nstart = 2021\nend = 2022\n[variables]\nx = {{ start = \"4\", formula = \"prev(x)\" }}\n\
             sum = \"annual(x)\"\n[history.x]\n{history}\n"
        )
    };
    let long = "year,x\n2020Q2,1\n2020-Q3,2\n2020年第4季度,3\n2021 Q1,4\n";
    let days = "year,x\n2020-04-01,1\n2020-07-01,2\n2020-10-01,3\n2021-01-01,4\n";
    let wide = "name,2020Q2,2020Q3,2020Q4,2021Q1\nx,1,2,3,4\n";
    let named = "file = \"h.csv\"\nyear = \"year\"\nvalue = \"x\"";
    let inline = "values = { 2020Q2 = 1, 2020Q3 = 2, 2020Q4 = 3, 2021Q1 = 4 }";
    for (text, history) in [(long, named), (days, named), (wide, "file = \"h.csv\""), ("", inline)] {
        let case = Case::beside(&model(history), &[("h.csv", text)]);
        // The sum begins as early as the record allows.
        assert_eq!(case.central("sum", period("2021Q1")), 10.0, "{text}");
        assert_eq!(case.central("sum", period("2021Q2")), 13.0, "{text}");
    }
    let monthly = "[time]\nstep = \"month\"\nstart = \"2021M01\"\nend = \"2021M06\"\n[variables]\nx = { start = \"4\", formula = \"prev(x)\" }\n\
                   back = \"lag(x, 2)\"\n[history.x]\nfile = \"h.csv\"\nyear = \"year\"\nvalue = \"x\"\n";
    let case = Case::beside(monthly, &[("h.csv", "year,x\n2020-11,1\n2020年12月,2\n2021M01,4\n")]);
    assert_eq!([0, 1, 2].map(|k| case.central("back", period("2021M01") + k)), [1.0, 2.0, 4.0]);
}

#[test]
fn a_rate_per_year_is_checked_against_the_step() {
    let model = |formula: &str, unit: &str| {
        said(&format!(
            "[time]\nstep = \"quarter\"\nstart = \"2020Q1\"\nend = \"2021Q4\"\n[parameters]\nrate = {{ value = 0.04, unit = \"{unit}\" }}\n\
             [variables]\nx = {{ start = \"1\", formula = \"{formula}\", unit = \"1\", report = true }}\n"
        ))
    };
    for (formula, unit) in [
        ("prev(x) * exp(rate * years_per_step)", "1/yr"),
        ("prev(x) * (1 + rate)", "1/step"),
        ("prev(x) * (1 + rate / 4)", "1"),
    ] {
        let told = model(formula, unit);
        assert!(!told.contains("error"), "{formula}: {told}");
    }
    for formula in ["prev(x) * exp(rate)", "prev(x) * (1 + rate)", "prev(x) + rate"] {
        let told = model(formula, "1/yr");
        assert!(told.contains("years_per_step"), "{formula}: {told}");
    }
}

/// A growth of a year and a percentage beside a rate per year are per year: the target with `4%` is that with `0.04`.
#[test]
fn a_percentage_beside_a_rate_per_year_is_per_year() {
    let case = Case::of(
        "[time]\nstep = \"quarter\"\nstart = \"2020Q1\"\nend = \"2021Q4\"\n[parameters]\n\
         rate = { value = \"normal(4%, 1%)\", unit = \"1/yr\" }\n[variables]\n\
         x = { start = \"1\", formula = \"prev(x) * exp(rate * years_per_step)\", unit = \"1\", report = true }\n[metrics]\n\
         growth_rate = { formula = \"cagr(x, 2020Q1, 2021Q1)\", unit = \"1/yr\" }\n[targets]\n\
         percent = \"growth_rate >= 4%\"\ndecimal = \"growth_rate >= 0.04\"\nown = \"yoy(x)@2021Q1 >= rate\"\n\
         above = \"yoy(x)@2021Q1 - rate >= 0\"\nper_cent = \"yoy(x)@2021Q1 >= 4%\"\n",
    );
    let met = case.run(1, 2000).odds.met;
    // exp(r) - 1 >= 4 % where r >= ln 1.04; exp(r) - 1 >= r always.
    assert_eq!((met[0], met[2], met[3], met[4]), (met[1], 2000, 2000, met[1]));
    assert!((900..1200).contains(&met[0]), "{met:?}");
}
