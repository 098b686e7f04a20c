//! What the series and targets of a program are called, for those who show results.

use crate::text::Text;
use crate::text::probability::Decided;

/// Everything that results need to know about a model besides its numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// The scenario's id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Its summary.
    pub summary: Text,
    /// The region it speaks of.
    pub region: Text,
    /// The base year.
    pub start: i32,
    /// The last year.
    pub end: i32,
    /// The worlds of a pool; none of other scenarios.
    pub worlds: Vec<WorldLabel>,
    /// The recorded variables, in the order of the file, members in member order.
    pub variables: Vec<VariableLabel>,
    /// The metrics, in the order of the file.
    pub metrics: Vec<MetricLabel>,
    /// The variables that should stay within bounds, members in member order.
    pub bounds: Vec<BoundsLabel>,
    /// The targets, in the order of the file.
    pub targets: Vec<TargetLabel>,
    /// Those that tables, pages and charts lead with.
    pub headline_targets: Vec<u32>,
    /// The random inputs, when a path is replayed.
    pub inputs: Vec<InputLabel>,
    /// The systems of equations that are solved together, by their number in the program.
    pub systems: Vec<SystemLabel>,
    /// By series: whether something random decides its value.
    pub random: Vec<bool>,
    /// What is assumed: every distribution, and every value graded C or D, in the order of the file.
    pub assumptions: Vec<AssumptionLabel>,
    /// The sources that they name, by id.
    pub sources: Vec<SourceLabel>,
    /// The figures of the document that they rest on, by id.
    pub figures: Vec<FigureLabel>,
}

/// A world of a pool.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorldLabel {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Text,
    /// Its share of the paths.
    pub weight: f64,
}

/// A value that is not known, or not confirmed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssumptionLabel {
    /// The name of the value or input: `trend[coal].2021`.
    pub name: String,
    /// Its distribution or value, as written.
    pub written: String,
    /// Unit as written; empty where none.
    pub unit: String,
    /// What it is.
    pub title: Text,
    /// Source id; empty where none.
    pub source: String,
    /// Ids of the figures of the document that it rests on.
    pub figures: Vec<String>,
    /// A remark.
    pub note: Text,
}

/// A citation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceLabel {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// A, B, C or D; empty where none.
    pub grade: String,
}

/// A figure of the document: its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FigureLabel {
    /// Its id.
    pub id: String,
    /// How soft its words are: `about`; empty where that is not written.
    pub softness: String,
    /// The document's own words.
    pub words: Text,
    /// Title, or a gloss.
    pub title: Text,
}

/// A random input of a replayed path: one series for each of its draws.
#[derive(Clone, Debug, PartialEq)]
pub struct InputLabel {
    /// Its name: `trend[coal].2021`.
    pub name: String,
    /// The year of its first draw; `None` when it is drawn once per path.
    pub first_year: Option<i32>,
    /// The series of its first draw; those of the following years follow.
    pub first_series: u32,
    /// How many draws there are.
    pub draws: u32,
}

/// A recorded variable: one series for each of its years.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableLabel {
    /// Its name, with members: `va[coal]`.
    pub name: String,
    /// Title, with the members' titles where it has some.
    pub title: Text,
    /// Unit as written; empty where none.
    pub unit: String,
    /// Whether its values are read in per cent.
    pub per_cent: bool,
    /// Whether it is a headline: `report = true`, or the only ones when none says so.
    pub headline: bool,
    /// Its first year.
    pub first_year: i32,
    /// Its last year.
    pub last_year: i32,
    /// The series of its first year; the following years follow.
    pub first_series: u32,
    /// Values by year on the central path.
    pub central: Vec<f64>,
}

/// Equations that are solved together in a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SystemLabel {
    /// The name of the declaration.
    pub name: String,
    /// The year.
    pub year: i32,
    /// The unknowns that are solved for; the others of the circle follow from them.
    pub unknowns: Vec<String>,
    /// Whether derivatives are used; else values are substituted.
    pub by_derivatives: bool,
}

/// A variable that should stay within bounds: one series, infinite on paths that leave them in some year.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundsLabel {
    /// Its name, with members.
    pub name: String,
    /// Title, with the members' titles where it has some.
    pub title: Text,
    /// Unit as written; empty where none.
    pub unit: String,
    /// What it should be at least and at most.
    pub bounds: [Option<f64>; 2],
    /// Its series.
    pub series: u32,
}

/// A metric: one series.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricLabel {
    /// Its name.
    pub name: String,
    /// Its title; its name where it has none.
    pub title: Text,
    /// Unit as written; empty where none.
    pub unit: String,
    /// Whether its values are read in per cent.
    pub per_cent: bool,
    /// Its series.
    pub series: u32,
    /// Its value on the central path.
    pub central: f64,
    /// What counts for infinity where it is a year, or a time until one: the year after the last.
    pub never: Option<f64>,
    /// Of a condition: whether it holds, where the record decides it.
    pub on_record: Option<bool>,
    /// Of the position of a member: the members in order, with their titles. Empty for all else.
    pub members: Vec<(String, Text)>,
}

/// A target.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetLabel {
    /// Its name.
    pub name: String,
    /// Its title; its name where it has none.
    pub title: Text,
    /// The group it belongs to; empty where none.
    pub group: String,
    /// The source's id; empty where none.
    pub source: String,
    /// Id of the document's figure; empty where none.
    pub figure: String,
    /// A remark.
    pub note: Text,
    /// What is required, as written.
    pub require: String,
    /// Whether it is met on the central path.
    pub met_on_central: bool,
    /// The target of whose goal this is another reading; `None` where it is a goal of its own.
    pub variant_of: Option<u32>,
    /// The targets that it joins by `and`, where it asks nothing else.
    pub joins: Vec<u32>,
    /// What decides it on every path: the equations, or `[history]` where it has every value that the target needs.
    pub decided: Option<Decided>,
    /// Levels of a variable in one year that it asks for, to mark in charts: `gdp@2025 >= 2200`.
    pub marks: Vec<Mark>,
}

/// A level that a target asks of a variable in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The variable's name.
    pub variable: String,
    /// The year.
    pub year: i32,
    /// The level.
    pub level: f64,
    /// Whether the value must be at least the level (else at most).
    pub at_least: bool,
}
