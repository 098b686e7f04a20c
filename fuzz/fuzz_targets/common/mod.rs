//! What several targets need: a model as small as can be that has something of every kind, and its results.

#![allow(dead_code, reason = "no target needs all of it")]

use std::sync::OnceLock;

use plancast::engine::Watch;
use plancast::scenario::Loaded;
use plancast::scenario::load::from_text;
use plancast::study::{Compared, Options, Prepared};
use plancast::{Run, Study};

/// A set, inputs of parameters and shocks, metrics that are years and that are never reached, targets of two groups.
pub const MODEL: &str = r#"
[scenario]
title = { en = "Town", zh = "城" }
region = "R"
[time]
start = 2020
end = 2023
[sets.sector.fields]
trend = { unit = "1/yr" }
[sector]
a = { trend = "normal(4%, 3%)" }
b = { trend = "bernoulli(0.4)" }
[shocks]
luck = { over = "sector", dist = "normal(0, 5%)" }
[variables]
"va[sector]" = { start = 100, formula = "prev(va[sector]) * exp(trend[sector] / 10 + luck[sector])", unit = "1e8 CNY" }
gdp = { formula = "sum(sector: va[sector])", unit = "1e8 CNY", report = true, title = { en = "GDP", zh = "产值" } }
[metrics]
growth = { formula = "cagr(gdp, 2020, 2023)", unit = "1/yr" }
reached = { formula = "first_year(gdp >= 220)", unit = "year" }
[targets]
rich = { require = "gdp@2023 >= 215", group = "g", title = { en = "Rich", zh = "富" } }
soon = { require = "reached <= 2022", group = "g" }
even = { require = "va[a]@2023 <= va[b]@2023", group = "h" }
"#;

/// As many paths as three blocks hold, the last of them not whole.
pub const PATHS: u64 = 600;

/// The model, read.
pub fn loaded() -> Loaded {
    from_text("fuzz.toml", MODEL)
}

/// The model, ready to be run.
pub fn prepared() -> &'static Prepared {
    static PREPARED: OnceLock<Prepared> = OnceLock::new();
    PREPARED.get_or_init(|| {
        let study = Study::from_text("fuzz.toml", MODEL).expect("a model");
        study.prepare(&Options::default().paths(PATHS).seed(1)).expect("a model that can be run")
    })
}

/// Its results.
pub fn run() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| prepared().run(Watch::default()).expect("a run"))
}

/// The model held against one with another trend.
pub fn comparison() -> &'static plancast::result::Comparison {
    static COMPARISON: OnceLock<plancast::result::Comparison> = OnceLock::new();
    COMPARISON.get_or_init(|| {
        let other = from_text("other.toml", &MODEL.replace("4%, 3%", "6%, 3%").replace("215", "218"));
        let options = Options::default().paths(PATHS).seed(1);
        let both = Compared::new(vec![loaded(), other], &options).expect("two models");
        both.run(Watch::default()).expect("a comparison")
    })
}
