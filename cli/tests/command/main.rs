//! Tests of the command: exit codes, files, messages. One crate, so that it is linked once.

#[path = "../../../tests/common/mod.rs"]
mod common;
#[path = "../../../tests/common/shell.rs"]
mod shell;

mod against;
mod audit;
mod case;
mod check;
mod ci;
mod command;
mod compare;
mod docs;
mod excel;
mod export;
mod figures;
mod files;
mod folders;
mod given;
mod growth;
mod hostile;
mod infinite;
mod input;
mod jobs;
mod kills;
mod languages;
mod learn;
mod library;
mod live;
mod mistakes;
mod new;
mod observed;
mod one_path;
mod outputs;
mod parts;
mod pool;
mod processes;
mod provenance;
mod questions;
mod r;
mod reading;
mod readme;
mod safety;
mod schema;
mod simultaneous;
mod solve;
mod verdicts;
mod why;
mod words;
