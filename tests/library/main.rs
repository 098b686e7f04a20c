//! Tests of the library: statistics, determinism, errors, layers. One crate, so that it is linked once.

#![allow(
    clippy::disallowed_methods,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "reference values need no particular bits, and a test's scenario is short"
)]

#[path = "../common/mod.rs"]
mod common;

mod architecture;
mod at_2015;
mod by_year;
mod calibration;
mod charts;
mod closed_forms;
mod correlated_shares;
mod coverage;
mod damaged;
mod data_files;
mod data_series;
mod decompose;
mod determinism;
mod distributions;
mod drivers;
mod engine;
mod estimates;
mod fonts;
mod formulas;
mod functions;
mod gates;
mod given;
mod goals;
mod growth;
mod interacting_drivers;
mod interface;
mod intervals;
mod language_properties;
mod learn;
mod limits;
mod luliang;
mod memory;
mod messages;
mod observed;
mod oracle;
mod outside_view;
mod parts;
mod periods;
mod plan;
mod pool;
mod power;
mod printed;
mod quantiles;
mod rare_drivers;
mod recipes;
mod recipes_flows;
mod recipes_odds;
mod recorded;
mod regions_recipe;
mod resample;
mod row_drivers;
mod sampling;
mod sensitivity;
mod signs;
mod simultaneous;
mod solve;
mod sources;
mod study;
mod summaries;
mod tables;
mod units;
mod verdicts;
mod well_formed;
