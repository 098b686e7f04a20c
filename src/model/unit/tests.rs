use proptest::prelude::*;

use super::algebra::WHOLE;
use super::{Unit, Units};

fn read(text: &str) -> Unit {
    Units::default().parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.message))
}

#[test]
fn many_ways_to_write_one_unit() {
    for (text, same) in [
        ("1e8 CNY", "亿元"),
        ("1e8 CNY", "100 million yuan"),
        ("1e8 CNY", "10000 万元"),
        ("1e12 CNY", "万亿元"),
        ("1e4 t", "万吨"),
        ("1e4 t", "10 kt"),
        ("Mt", "百万吨"),
        ("Mt", "1e9 kg"),
        ("tce/1e4 CNY", "吨标准煤/万元"),
        ("1e4 tce/1e8 CNY", "tce/1e4 CNY"),
        ("MtCO2", "1e6 tCO₂"),
        ("kgCO2/kWh", "tCO2/MWh"),
        ("kgCO2/kWh", "tCO2 MWh^-1"),
        ("TWh", "10 亿千瓦时"),
        ("kWh", "度"),
        ("1e4 kW", "万千瓦"),
        ("MW", "1000 kW"),
        ("mW", "1e-3 W"),
        ("GW h", "GWh"),
        ("3.6 MJ", "kWh"),
        ("10k persons", "万人"),
        ("10 000 persons", "万人"),
        ("10,000 people", "1e4 capita"),
        ("t per person", "吨/人"),
        ("km2", "1000000 m^2"),
        ("km²", "100 ha"),
        ("15 mu", "1 ha"),
        ("m3", "m·m*m"),
        ("1/yr", "1"),
        ("CNY/month", "12 CNY/yr"),
        ("%", "0.01"),
        ("percentage points", "个百分点"),
        ("%/yr", "%"),
        ("(t/1e4 CNY)/(Mt/1e8 CNY)", "0.01"),
        ("m^(1/2) m^(1/2)", "m"),
        ("toe", "1.4285714285714286 tce"),
        ("万户", "1e4 households"),
        ("万", "10^4"),
        ("year", "index"),
    ] {
        assert_eq!(read(text), read(same), "{text} and {same}");
    }
    for (text, other) in [
        ("Mt", "MtCO2"),
        ("tce", "t"),
        ("tCO2", "tCO2e"),
        ("MW", "mW"),
        ("MWh", "MW"),
        ("CNY", "USD"),
        ("%", "1"),
        ("1e4 t", "Mt"),
    ] {
        assert_ne!(read(text), read(other), "{text} and {other}");
    }
}

#[test]
fn what_is_no_unit_is_refused_with_a_remedy() {
    let units = Units::default();
    for (text, says, help) in [
        ("furlong", "there is no unit \"furlong\"", "[units] furlong = \"base\""),
        ("tcee/CNY", "there is no unit \"tcee\"", "did you mean \"tce\"?"),
        ("t/", "breaks off", ""),
        ("(t/CNY", "not closed", ""),
        ("t//CNY", "\"/\" stands out of place", ""),
        ("t)", "\")\" stands out of place", ""),
        ("0 t", "no number for a unit", ""),
        ("t^99", "no whole number from -32 to 32", ""),
        ("t^(1/0)", "a power", ""),
        ("t^(1/7)", "no simple fraction", ""),
        ("1e300 t", "too large or too small", ""),
    ] {
        let error = units.parse(text).expect_err(text);
        assert!(error.message.to_string().contains(says), "{text}: {}", error.message);
        assert!(error.help.unwrap_or_default().to_string().contains(help), "{text}");
    }
}

#[test]
fn units_are_printed_as_people_write_them() {
    let units = Units::default();
    for text in [
        "1e8 CNY",
        "Mtce",
        "1e4 t",
        "tce/1e4 CNY",
        "MtCO2",
        "TWh",
        "1",
        "100",
        "0.01",
        "1e4 persons",
        "m2",
        "1/CNY",
        "t^2",
        "CNY/persons",
        "tCO2/Wh",
        "m^(1/2)",
    ] {
        assert_eq!(units.print(&read(text)), text);
    }
}

/// Any product of powers of base units, with a scale as scenarios have them.
fn any_unit() -> impl Strategy<Value = Unit> {
    let scale =
        prop_oneof![(-12..=12).prop_map(|power| format!("1e{power}").parse().unwrap_or(1.0)), 1e-6..1e6];
    let powers =
        prop::collection::btree_map(0..12u16, (-24..=24).prop_filter("a power", |power| *power != 0), 0..4);
    (scale, powers).prop_map(|(scale, powers)| Unit { scale, powers: powers.into_iter().collect() })
}

proptest! {
    #[test]
    fn what_is_printed_reads_as_the_same(unit in any_unit()) {
        let text = Units::default().print(&unit);
        prop_assert_eq!(Units::default().parse(&text), Ok(unit), "{}", text);
    }

    #[test]
    fn dividing_undoes_multiplying(a in any_unit(), b in any_unit()) {
        prop_assert_eq!(a.times(&b).over(&b), a.clone());
        prop_assert_eq!(a.times(&b), b.times(&a));
        prop_assert!(a.times(&a.inverse()).is_pure());
    }

    #[test]
    fn powers_undo_roots(a in any_unit()) {
        let square = a.to_the(2.0).ok_or_else(|| TestCaseError::reject("too large"))?;
        prop_assert_eq!(square.to_the(0.5), Some(a.clone()));
        prop_assert_eq!(square, a.times(&a));
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "[0-9a-zA-Z万亿元吨%²⁻^/(). _per-]{0,24}") {
        let _ = Units::default().parse(&text);
    }
}

#[test]
fn a_whole_power_is_twelve_twelfths() {
    assert_eq!(read("m2").powers.first().map(|(_, power)| *power), Some(2 * WHOLE));
}
