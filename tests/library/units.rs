//! Units are checked through the equations: what the built-in scenarios state holds, and a broken equation is
//! caught with a message that shows both units.

use plancast::model::{Model, RecordedVariables, Unit, UnitReport, Units, compile};
use plancast::scenario::{builtin, load};
use plancast::text::{Language, Severity};

/// Every runnable built-in scenario compiles, and nothing in it is left unchecked.
#[test]
fn the_units_of_all_built_in_scenarios_hold() {
    for scenario in builtin::list() {
        let (model, errors) = compiled(scenario.name);
        assert_eq!(errors, Vec::<String>::new(), "{}", scenario.name);
        let report = model.expect("a valid scenario has a model").units;
        assert_eq!(report.unchecked, [], "{}: {report:?}", scenario.name);
        assert!(report.checked > 0, "{}", scenario.name);
    }
}

/// One edit of a file of the Lüliang model that breaks its units, and what the message must say.
struct Broken {
    file: &'static str,
    old: &'static str,
    new: &'static str,
    says: [&'static str; 2],
}

const fn broken(file: &'static str, old: &'static str, new: &'static str, says: [&'static str; 2]) -> Broken {
    Broken { file, old, new, says }
}

const MODEL: &str = "model.toml";

const BROKEN: [Broken; 26] = [
    broken(
        MODEL,
        "formula = \"sum(industry: va[industry])\"",
        "formula = \"sum(industry: va[industry]) + co2\"",
        ["in 1e8 CNY", "in MtCO2"],
    ),
    broken(
        MODEL,
        "sum(fuel: fuel_use[fuel] * co2_factor[fuel]) + process_co2",
        "sum(fuel: fuel_use[fuel]) + process_co2",
        ["in Mtce", "in MtCO2"],
    ),
    broken(MODEL, "energy / gdp * per_1e4_cny", "energy / gdp", ["tce/100 CNY", "tce/1e4 CNY"]),
    broken(MODEL, "co2 / gdp * per_1e4_cny", "co2 / gdp", ["tCO2/100 CNY", "tCO2/1e4 CNY"]),
    broken(MODEL, "pv_yield * sum(project", "sum(project", ["gives GW", "says TWh"]),
    broken(
        MODEL,
        "pv_output * pv_local_share * heat_rate",
        "pv_output * pv_local_share",
        ["gives TWh", "says Mtce"],
    ),
    broken(
        MODEL,
        "displaced_coal) / heat_rate",
        "displaced_coal) * heat_rate",
        ["gives tce^2/Wh", "says TWh"],
    ),
    broken(
        MODEL,
        "general_price * exp(price_gap[industry])",
        "general_price * exp(va[industry])",
        ["exp takes a pure number", "in 1e8 CNY"],
    ),
    broken(
        MODEL,
        "(organic_va[industry] + project_va[industry]) * cycle",
        "organic_va[industry] + project_va[industry] + cycle",
        ["in 1e8 CNY", "is a pure number: they cannot be added"],
    ),
    broken(
        MODEL,
        "prev(expected_gdp) * (1 + expected_growth - run_bias - rebound_bias)",
        "prev(expected_gdp) + expected_growth",
        ["in 1e8 CNY", "expected_growth is in 1/yr"],
    ),
    broken(
        MODEL,
        "prev(expected_gdp) * (1 + expected_growth - run_bias - rebound_bias)",
        "prev(expected_gdp) + 1",
        ["in 1e8 CNY", "1 is a pure number"],
    ),
    broken(
        MODEL,
        "va_nominal[coal] / gdp_nominal",
        "va_nominal[coal]",
        ["gives 1e8 CNY", "says a pure number"],
    ),
    broken(
        MODEL,
        "fuel_use[electricity] / electric_equivalent",
        "fuel_use[electricity]",
        ["gives Mtce", "says TWh"],
    ),
    broken(MODEL, "thermal_power * electric_equivalent", "thermal_power", ["in Mtce", "in TWh"]),
    broken(MODEL, "electricity_use * grid_factor", "electricity_use", ["in MtCO2", "in TWh"]),
    broken(
        MODEL,
        "co2_2020 / estimated_co2_2020",
        "co2_2020 - estimated_co2_2020",
        ["gives MtCO2", "says a pure number"],
    ),
    broken(
        MODEL,
        "energy_error[industry] * process_2020[industry]",
        "energy_error[industry] * weight[industry]",
        ["in MtCO2", "in 1e8 CNY"],
    ),
    broken(
        MODEL,
        "online[project] * full_process[project]",
        "online[project] * full_energy[project, coke]",
        ["in MtCO2", "in Mtce"],
    ),
    broken(
        MODEL,
        "industrial[industry] == 1: output[industry]",
        "industrial[industry] == 1: energy_use[industry, coke]",
        ["gives Mtce", "says 1e8 CNY"],
    ),
    broken(
        MODEL,
        "/ ramp[project], 0, 1)",
        "/ ramp[project], 0, full_value_added[project])",
        ["a pure number", "in 1e8 CNY"],
    ),
    broken(MODEL, "exp(-efficiency[industry])", "log(gdp)", ["log takes a pure number", "in 1e8 CNY"]),
    broken(MODEL, "\"peak_year(co2)\"", "\"maximum(co2, 2020, 2030)\"", ["gives MtCO2", "says year"]),
    broken(MODEL, "{ unit = \"tCO2/tce\"", "{ unit = \"kgCO2/tce\"", ["in kt", "in MtCO2"]),
    broken(
        MODEL,
        "energy_2020     = { unit = \"Mtce\"",
        "energy_2020     = { unit = \"1e4 tce\"",
        ["in 1e4 tce", "in Mtce"],
    ),
    broken("targets.toml", ">= 2 * industrial_output@2020", ">= co2@2020", ["in 1e8 CNY", "in MtCO2"]),
    broken("targets.toml", "gdp_growth@2021 >= 8%", "gdp@2021 >= 8%", ["in 1e8 CNY", "8% is a pure number"]),
];

#[test]
fn a_broken_equation_is_caught_with_both_units() {
    let mut missed = Vec::new();
    for Broken { file, old, new, says } in BROKEN {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut found = false;
        for part in builtin::files() {
            let Some(name) = part.path.strip_prefix("luliang/") else { continue };
            let mut text = part.text.to_string();
            if name == file {
                found = text.contains(old);
                text = text.replacen(old, new, 1);
            }
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        let (model, errors) = compiled(&folder.path().join("plan.toml").display().to_string());
        let hit = errors.iter().any(|error| says.iter().all(|part| error.contains(part)));
        if !found || model.is_some() || !hit {
            missed.push(format!("{file} (has it: {found}): {new}: {says:?} not in {errors:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_factor_of_a_unit_is_not_forgotten() {
    let used = "[parameters]\nva = { value = 1, unit = \"1e8 CNY\" }\ni = { value = 1, unit = \"tce/1e4 CNY\" }\n[variables]\n";
    let of = |formula: &str, unit: &str| {
        errors(&format!("{used}x = {{ formula = \"{formula}\", unit = \"{unit}\" }}"))
    };
    assert_eq!(of("va * i", "1e4 tce"), "");
    let message = of("va * i", "Mtce");
    assert!(
        message.contains("the formula of x gives 1e4 tce; its unit says Mtce, 100 times as much"),
        "{message}"
    );
    assert!(message.contains("divide by 100, or state unit = \"1e4 tce\""), "{message}");
    // The factor that converts may be written out; no other may.
    assert_eq!(of("va * i * 0.01", "Mtce"), "");
    assert_eq!(of("va * i / 100", "Mtce"), "");
    assert!(of("va * i * 100", "Mtce").contains("gives 1e4 tce"));
}

#[test]
fn carbon_dioxide_may_be_stated_in_tonnes_and_nothing_else_may() {
    let used = "[parameters]\nva = { value = 1, unit = \"1e8 CNY\" }\ni = { value = 1, unit = \"tCO2/1e4 CNY\" }\n\
        e = { value = 1, unit = \"tce/1e4 CNY\" }\n[variables]\n";
    let of = |formula: &str, unit: &str| {
        errors(&format!("{used}x = {{ formula = \"{formula}\", unit = \"{unit}\" }}"))
    };
    assert_eq!(of("va * i", "1e4 t"), "");
    assert_eq!(of("va * i", "1e4 tCO2"), "");
    assert_eq!(of("i", "t/1e4 CNY"), "");
    assert!(of("va * i", "Mt").contains("gives 1e4 tCO2; its unit says Mt, 100 times as much"));
    assert!(of("va * i", "1e4 tce").contains("gives 1e4 tCO2; its unit says 1e4 tce"));
    assert!(of("va * e", "1e4 t").contains("gives 1e4 tce; its unit says 1e4 t"));
    assert!(of("va * (i + e)", "1e4 t").contains("i is in tCO2/1e4 CNY, e is in tce/1e4 CNY"));
}

#[test]
fn bare_numbers_adapt_where_they_are_compared_and_are_pure_where_they_are_added() {
    let used =
        "[parameters]\na = { value = 1, unit = \"Mt\" }\nb = { value = 1, unit = \"Mt\" }\n[variables]\n";
    let of = |formula: &str| {
        errors(&format!(
            "{used}x = {{ formula = \"{formula}\", unit = \"Mt\" }}\ny = {{ formula = \"x + b\", unit = \"Mt\" }}"
        ))
    };
    for formula in [
        "a + 0",
        "max(a, 3)",
        "clamp(a, 1, 2)",
        "if(a > 2, a, 0)",
        "if(1, 5, a)",
        "2 * a",
        "a - b / 2",
        "7",
        "sqrt(a * b)",
        "a ^ 2 / b",
        "abs(-a)",
    ] {
        assert_eq!(of(formula), "", "{formula}");
    }
    for (formula, says) in [
        ("a + 1", "a is in Mt, 1 is a pure number: they cannot be added"),
        ("if(a > 5%, a, b)", "a is in Mt, 5% is a pure number: they cannot be compared"),
        ("a * b", "the formula of x gives 1e12 t^2; its unit says Mt"),
        ("a ^ b", "an exponent is a pure number; b is in Mt"),
        ("a ^ year", "a is in Mt, and so its power must be a fixed number"),
        ("2 / a", "gives 1/1e6 t"),
    ] {
        let message = of(formula);
        assert!(message.contains(says), "{formula}: {message}");
    }
}

#[test]
fn what_is_chosen_between_has_one_unit() {
    let of = |formula: &str| {
        errors(&format!(
            "[parameters]\na = {{ value = 1, unit = \"Mt\" }}\nc = {{ value = 1, unit = \"CNY\" }}\n[variables]\n\
             x = {{ formula = \"{formula}\", unit = \"Mt\" }}"
        ))
    };
    for formula in ["if(1, a, c)", "if(1, c, a)", "if(c > 1, if(1, a, c), a)"] {
        assert!(of(formula).contains("they cannot be branches of one if"), "{formula}: {}", of(formula));
    }
    for formula in ["min(a, c)", "max(1, a, c)"] {
        assert!(of(formula).contains("they cannot be chosen between"), "{formula}: {}", of(formula));
    }
    for formula in ["clamp(a, 0, c)", "clamp(a, c, 5)"] {
        assert!(of(formula).contains("they cannot be compared"), "{formula}: {}", of(formula));
    }
    assert_eq!(of("if(c > 1, a, 2 * a)"), "");
}

#[test]
fn levels_are_bare_numbers_in_targets() {
    let of = |require: &str| {
        errors(&format!(
            "[parameters]\na = {{ value = 1, unit = \"Mt\" }}\nb = {{ value = 1, unit = \"CNY\" }}\n\
            [variables]\nx = {{ formula = \"a\", unit = \"Mt\" }}\ny = {{ formula = \"b\", unit = \"CNY\" }}\n[targets]\nt = \"{require}\""
        ))
    };
    for require in [
        "x@2025 >= 22",
        "x@2025 >= 97.5% * 22",
        "abs(x@2025 / 22 - 1) <= 5%",
        "abs(x@2025 - 22) <= 1",
        "x@2025 / 22 <= 105%",
    ] {
        assert_eq!(of(require), "", "{require}");
    }
    for require in ["x@2025 >= y@2025", "x@2025 / 22 >= y@2025", "x@2025 - 5% > 0", "x@2025 >= 5%"] {
        assert!(of(require).contains("they cannot be"), "{require}");
    }
}

#[test]
fn per_cent_is_taken_once() {
    let of = |value: &str, formula: &str, unit: &str| {
        errors(&format!(
            "[parameters]\nu = {{ value = {value}, unit = \"%\" }}\n[variables]\nx = {{ formula = \"{formula}\", unit = \"{unit}\" }}"
        ))
    };
    // With the sign the number is a plain fraction, without it a number of per cent.
    assert_eq!(of("\"4.5%\"", "1 + u", "1"), "");
    assert_eq!(of("4.5", "u + u", "%"), "");
    assert_eq!(of("4.5", "1 + u / 100", "1"), "");
    assert_eq!(of("\"4.5%\"", "100 * u", "%"), "");
    assert!(of("4.5", "1 + u", "1").contains("1 is a pure number, u is in %"));
    assert!(of("4.5", "exp(u)", "1").contains("exp takes a pure number; u is in %"));
    assert!(
        of("\"4.5%\"", "u", "%")
            .contains("the formula of x gives a pure number; its unit says %, 1/100 of it")
    );
    assert!(of("4.5", "if(u > 5%, 1, 0)", "1").contains("u is in %, 5% is a pure number"));
    assert!(
        of("{ 2021 = 4.5, 2022 = \"4%\" }", "u", "%")
            .contains("some of its values are written with % and some without")
    );
}

#[test]
fn a_scenario_declares_units_of_its_own() {
    let text = "[units]\nsheep = \"base\"\nflock = { of = \"50 sheep\", title = \"Flock\" }\n\
        [parameters]\na = { value = 1, unit = \"sheep\" }\nb = { value = 1, unit = \"flock\" }\n[variables]\n";
    assert_eq!(errors(&format!("{text}x = {{ formula = \"a + 50 * b\", unit = \"sheep\" }}")), "");
    let message = errors(&format!("{text}x = {{ formula = \"a + b\", unit = \"sheep\" }}"));
    assert!(
        message
            .contains("a is in sheep, b is in flock: they cannot be added (write b * 50, which is in sheep)"),
        "{message}"
    );
    let backwards = text.replacen("sheep = \"base\"\n", "", 1).replacen(
        "[parameters]",
        "sheep = \"base\"\n[parameters]",
        1,
    );
    assert_eq!(errors(&format!("{backwards}x = {{ formula = \"a + 50 * b\", unit = \"sheep\" }}")), "");
    assert!(
        errors("[parameters]\na = { value = 1, unit = \"sheeps\" }\n[variables]\nx = \"a\"")
            .contains("there is no unit \"sheeps\"")
    );
    assert!(
        errors("[units]\nMt = \"base\"\n[variables]\nx = \"1\"").contains("the unit Mt is known already")
    );
    assert!(
        errors("[units]\nsack = \"50 kilos\"\n[variables]\nx = \"1\"")
            .contains("the unit sack: there is no unit \"kilos\"")
    );
}

#[test]
fn a_members_own_unit_is_its_fields() {
    let text = |unit: &str| {
        format!(
            "[sets.s.fields]\nf = {{ unit = \"Mt\" }}\n[s.a]\nf = {{ value = 1, unit = \"{unit}\" }}\n[s.b]\nf = 2\n[variables]\nx = {{ formula = \"sum(s: f[s])\", unit = \"Mt\" }}"
        )
    };
    assert_eq!(errors(&text("1e6 t")), "");
    assert!(errors(&text("kt")).contains("f is in Mt, this value of it in kt"));
}

#[test]
fn what_has_no_unit_is_counted() {
    let text = "[parameters]\na = { value = 1, unit = \"Mt\" }\nb = { value = 1, source = \"s\" }\n[sources]\ns = { title = \"S\" }\n\
        [variables]\nx = { formula = \"a + b\", unit = \"Mt\" }\ny = { formula = \"a * b\", unit = \"Mt\" }\nz = { formula = \"a\" }";
    let (report, errors) = report(text);
    assert_eq!(errors, Vec::<String>::new());
    let report = report.expect("it is valid");
    assert_eq!(report.unchecked.len(), 3);
    assert_eq!(
        report.sentence(Language::En),
        "units: 3 places are not checked because b, z have no unit (1 are)"
    );
}

fn errors(text: &str) -> String {
    report(text).1.join("\n")
}

fn report(text: &str) -> (Option<UnitReport>, Vec<String>) {
    let file = tempfile::Builder::new().suffix(".toml").tempfile().expect("a temporary file");
    std::fs::write(file.path(), format!("[time]\nstart = 2020\nend = 2025\n{text}")).expect("a file");
    let (model, errors) = compiled(&file.path().display().to_string());
    (model.map(|model| model.units), errors)
}

fn compiled(path: &str) -> (Option<Model>, Vec<String>) {
    let mut loaded = load(path, &[]);
    let model = compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
    let errors = loaded.diagnostics.0.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    (model, errors.map(|diagnostic| diagnostic.one_line(&loaded.files, Language::En)).collect())
}

/// 49 · (1 / 49) is 1 but for a rounding.
#[test]
fn a_scale_that_is_one_but_for_a_rounding_is_not_printed() {
    let mut loaded = load::from_text("case", "[time]\nstart = 2020\nend = 2021\n");
    let units = Units::new(&loaded.scenario, &mut loaded.diagnostics);
    let rate = units.parse("CNY/t").unwrap();
    let scaled = |scale: f64| units.print(&Unit::scaled(scale).times(&rate));
    assert_eq!([scaled(1.0), scaled(49.0 * (1.0 / 49.0))], ["CNY/t"; 2]);
    assert_eq!([scaled(1e-4), scaled(1e4)], ["CNY/1e4 t", "1e4 CNY/t"]);
}
