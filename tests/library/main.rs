//! Tests of the library: statistics, determinism, errors, layers. One crate, so that it is linked once.

#[path = "../common/mod.rs"]
mod common;

mod architecture;
mod closed_forms;
mod coverage;
mod decompose;
mod determinism;
mod gates;
mod given;
mod goals;
mod language_properties;
mod limits;
mod luliang;
mod outside_view;
mod plan;
mod quantiles;
mod sensitivity;
mod solve;
mod tables;
mod units;
