//! Tests of the library: statistics, determinism, errors, layers. One crate, so that it is linked once.

#[path = "../common/mod.rs"]
mod common;

mod architecture;
mod by_year;
mod closed_forms;
mod coverage;
mod decompose;
mod determinism;
mod gates;
mod given;
mod language_properties;
mod limits;
mod luliang;
mod oracle;
mod outside_view;
mod plan;
mod quantiles;
mod recorded;
mod resample;
mod sampling;
mod sensitivity;
mod solve;
mod tables;
mod units;
mod verdicts;
