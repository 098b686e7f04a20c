//! Tests of the command: exit codes, files, messages. One crate, so that it is linked once.

#[path = "../common/mod.rs"]
mod common;

mod audit;
mod check;
mod ci;
mod command;
mod compare;
mod docs;
mod export;
mod figures;
mod files;
mod growth;
mod input;
mod mistakes;
mod new;
mod parts;
mod provenance;
mod readme;
mod safety;
mod schema;
mod verdicts;
mod why;
