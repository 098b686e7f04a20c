//! The scenario as it was written, typed: names are text, equations are trees, nothing is looked up yet.

use indexmap::IndexMap;

use super::document::TomlTable;
use super::observation::{ObservationLine, Observations};
use super::pool::Pool;
use super::quantity::Quantity;
use super::softness::{FigureSoftness, SoftnessRule};
use super::table::Skipped;
use crate::formula::{Expr, IndexTerm};
use crate::num::{Distribution, LookupTable};
use crate::text::period::Step;
use crate::text::{Language, Place, Text};
use crate::tr;

/// A scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// Short name: the file's stem, or what the file says.
    pub id: String,
    /// Title; the id where none was written.
    pub title: Text,
    /// What it assumes and why.
    pub summary: Text,
    /// The region it speaks of.
    pub region: Text,
    /// The targets that tables, pages and charts lead with.
    pub headline: Vec<(String, Place)>,
    /// The years.
    pub time: Time,
    /// Sets by name.
    pub sets: IndexMap<String, Set>,
    /// Parameters by name.
    pub parameters: IndexMap<String, Parameter>,
    /// Shocks by name.
    pub shocks: IndexMap<String, Shock>,
    /// Correlations.
    pub correlations: Vec<Correlation>,
    /// Variables by name.
    pub variables: IndexMap<String, Variable>,
    /// Equations that are solved together, by name.
    pub simultaneous: IndexMap<String, Simultaneous>,
    /// Metrics by name.
    pub metrics: IndexMap<String, Metric>,
    /// Targets by name.
    pub targets: IndexMap<String, Target>,
    /// Gates by what they say.
    pub gates: IndexMap<String, WrittenGate>,
    /// Observed values by the variable's name.
    pub history: IndexMap<String, History>,
    /// What became known, by the variable's name with its members.
    pub observations: IndexMap<String, Observations>,
    /// What is estimated from the record, by name.
    pub fits: IndexMap<String, Fit>,
    /// Groups of inputs by name.
    pub groups: IndexMap<String, InputGroup>,
    /// Citations by id.
    pub sources: IndexMap<String, WrittenSource>,
    /// Figures of the document that the plan is, by id.
    pub figures: IndexMap<String, QuotedFigure>,
    /// What a target has to ask of a figure, by how soft the figure is.
    pub softness: IndexMap<FigureSoftness, SoftnessRule>,
    /// What adds up to what, by name.
    pub accounts: IndexMap<String, Account>,
    /// Variables split into the effects of factors, by name.
    pub decompositions: IndexMap<String, Decomposition>,
    /// Tables that formulas look values up in, by name.
    pub tables: IndexMap<String, WrittenTable>,
    /// Units that it declares, by name.
    pub units: IndexMap<String, UnitDeclaration>,
    /// The worlds of which each path is one; `None` where it is a world of its own.
    pub pool: Option<Pool>,
    /// With which options it is run where the command line names no others.
    pub run: RunSettings,
    /// Values that are moved for a search, by the name of the value: `price`, `price[coal].2030`. Not written in a file.
    pub adjusted: IndexMap<String, Adjustment>,
    /// Distributions that were estimated, in the place of values, by the name of the value. Not written in a file.
    pub estimated: IndexMap<String, Distribution>,
    /// The tables of data that it was read from. Not written in a file.
    pub data_tables: Vec<ReadTable>,
    /// Everything above as a tree, with `extends` and `--set` resolved.
    pub document: TomlTable,
}

/// A table of data that a part of a scenario was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadTable {
    /// What was read: `sets.region`, `history.gdp`.
    pub what: String,
    /// The file as the scenario names it.
    pub file: String,
    /// How many members or values.
    pub count: usize,
    /// What was passed over.
    pub skipped: Skipped,
}

/// How the paths of a run may be spread.
pub const SAMPLINGS: [&str; 4] = ["random", "antithetic", "latin-hypercube", "sobol"];

/// The options of a run, as far as they are said. They shape its results: the scenario of a stored run holds all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunSettings {
    /// How many paths.
    pub paths: Option<u64>,
    /// The seed of all draws.
    pub seed: Option<u64>,
    /// How the paths are spread: one of [`SAMPLINGS`].
    pub sampling: Option<String>,
    /// The condition on which paths are counted, and where it stands.
    pub given: Option<(String, Place)>,
    /// Variables that are recorded besides the headlines.
    pub record: Vec<String>,
    /// Levels of the quantiles that are reported, between 0 and 1, in order.
    pub quantiles: Option<Vec<f64>>,
    /// Whether it is looked for what drives the results.
    pub sensitivity: Option<bool>,
    /// Of very many targets, those of which every two are counted together; `all` stands for all.
    pub pairs: Vec<String>,
    /// Whether a run is conditioned on a record that contradicts it.
    pub allow_implausible: Option<bool>,
}

/// A change of a value or of every draw of a distribution: `factor · value + add`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adjustment {
    /// What it is multiplied by; 0 puts the number `add` in its place.
    pub factor: f64,
    /// What is added.
    pub add: f64,
}

/// Base year and last year; all 0 where they could not be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Time {
    /// Base year: `start` values hold here.
    pub start: i32,
    /// Last year.
    pub end: i32,
    /// How long a step is.
    pub step: Step,
    /// Where the table stands.
    pub place: Place,
}

impl ReadTable {
    /// In a sentence: what was read, from where, and what was passed over.
    pub fn sentence(&self, language: Language) -> String {
        let (what, file, skipped) = (&self.what, &self.file, self.skipped.sentence(language));
        if skipped.is_empty() {
            return tr!(language, "scenario-table-read", what = what, file = file, count = self.count);
        }
        tr!(
            language,
            "scenario-table-read-skipped",
            what = what,
            file = file,
            count = self.count,
            skipped = skipped
        )
    }
}

impl Scenario {
    /// The tables of data that it and the worlds of its pool were read from.
    pub fn all_data_tables(&self) -> impl Iterator<Item = &ReadTable> {
        let worlds = self.pool.iter().flat_map(|pool| &pool.worlds);
        self.data_tables.iter().chain(worlds.flat_map(|world| &world.scenario.data_tables))
    }

    /// The same without what is only asked of it or told with it: targets, metrics, gates, accounts, figures, histories,
    /// and its text. What is simulated stays.
    #[must_use]
    pub(crate) fn without_reports(&self) -> Self {
        let mut bare = self.clone();
        bare.targets.clear();
        bare.metrics.clear();
        bare.gates.clear();
        bare.accounts.clear();
        bare.figures.clear();
        bare.softness.clear();
        bare.headline.clear();
        bare.decompositions.clear();
        bare.history.clear();
        bare.document.clear();
        bare
    }
}

impl Time {
    /// Whether the years could be read.
    pub fn is_known(&self) -> bool {
        self.end > self.start
    }
}

/// A set: a table of records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Set {
    /// Title.
    pub title: Text,
    /// Fields by name.
    pub fields: IndexMap<String, Field>,
    /// Members by name.
    pub members: IndexMap<String, Member>,
    /// Where its name stands.
    pub place: Place,
}

/// A field that every member of a set has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// Unit, as written.
    pub unit: String,
    /// Where the unit stands.
    pub unit_place: Option<Place>,
    /// Title.
    pub title: Text,
    /// What it is.
    pub doc: Text,
    /// Value of the members that give none.
    pub default: Option<Quantity>,
    /// A further set by which it is indexed.
    pub over: Option<(String, Place)>,
    /// Smallest admissible value.
    pub min: Option<f64>,
    /// Largest admissible value.
    pub max: Option<f64>,
    /// Where its name stands.
    pub place: Place,
}

/// A member of a set with its fields' values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Member {
    /// Title.
    pub title: Text,
    /// Values by field.
    pub values: IndexMap<String, (Place, Quantity)>,
    /// Where its name stands.
    pub place: Place,
}

/// A scalar or indexed input.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The sets it is indexed by.
    pub over: Vec<(String, Place)>,
    /// Its value.
    pub value: Quantity,
    /// The range over which a planner can move it.
    pub lever: Option<LeverRange>,
    /// What it is.
    pub doc: Text,
    /// Where its name stands.
    pub place: Place,
}

/// The range over which a planner can move a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeverRange {
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Step, where it is not continuous.
    pub step: Option<f64>,
}

/// A yearly random input.
#[derive(Clone, Debug, PartialEq)]
pub struct Shock {
    /// The sets it is indexed by.
    pub over: Vec<(String, Place)>,
    /// Its distribution.
    pub dist: Quantity,
    /// What it is.
    pub doc: Text,
    /// Where its name stands.
    pub place: Place,
}

/// Correlation of inputs: of the normals that underlie them.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// Which inputs.
    pub inputs: CorrelationInputs,
    /// Whether the numbers are rank correlations, Spearman's.
    pub is_rank: bool,
    /// The degrees of freedom, where the copula is that of Student's t and not of a normal.
    pub df: Option<f64>,
    /// Where it stands.
    pub place: Place,
}

/// Which inputs are correlated, and how.
#[derive(Clone, Debug, PartialEq)]
pub enum CorrelationInputs {
    /// Two inputs and their correlation.
    Between([(String, Place); 2], f64),
    /// All these inputs, every two with this correlation.
    AmongEqual(Among, f64),
    /// All these inputs with this matrix, rows in their order.
    AmongMatrix(Among, Vec<MatrixRow>),
}

/// Inputs that are correlated among each other.
#[derive(Clone, Debug, PartialEq)]
pub enum Among {
    /// Those of all members, in their order: `eps[sector]`.
    Members((String, Place)),
    /// Single ones, of whatever sets.
    Listed(Vec<(String, Place)>),
}

/// A row of a correlation matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixRow {
    /// Its numbers and where each stands.
    pub cells: Vec<(f64, Place)>,
    /// Where it stands.
    pub place: Place,
}

/// An equation.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// The indices on its left side.
    pub indices: Vec<IndexTerm>,
    /// Value in the base year, if it has one of its own.
    pub start: Option<Formula>,
    /// The equation.
    pub formula: Formula,
    /// Unit, as written.
    pub unit: String,
    /// Where the unit stands.
    pub unit_place: Option<Place>,
    /// Title.
    pub title: Text,
    /// What it is.
    pub doc: Text,
    /// Whether it is a headline.
    pub report: bool,
    /// What it should be at least and at most: paths that leave these bounds are counted.
    pub bounds: [Option<f64>; 2],
    /// Source id.
    pub source: String,
    /// Where its name stands.
    pub place: Place,
}

/// Equations that use each other in the same year and are solved together.
#[derive(Clone, Debug, PartialEq)]
pub struct Simultaneous {
    /// The variables, and where each stands.
    pub solves: Vec<(String, Place)>,
    /// How large an error may be, relative to the value.
    pub tolerance: f64,
    /// How often the formulas may be evaluated.
    pub most: u32,
    /// What variables start from; the others start from the year before, and in the first year from the central path.
    pub from: IndexMap<String, StartOfUnknown>,
    /// Where its name stands.
    pub place: Place,
}

/// A formula from which a variable starts that is solved for, and where the variable's name stands.
pub type StartOfUnknown = (Formula, Place);

/// A formula and where it stands. One that could not be read is the number NaN, which nobody can write.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// The tree.
    pub tree: Expr,
    /// As written.
    pub text: String,
    /// Where the text stands.
    pub place: Place,
}

impl Formula {
    /// The place of a part of the formula.
    pub fn at(&self, span: crate::formula::Span) -> Place {
        self.place.part(span.start, span.end)
    }
}

/// One number per path.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// The formula.
    pub formula: Formula,
    /// Unit, as written.
    pub unit: String,
    /// Where the unit stands.
    pub unit_place: Option<Place>,
    /// Title.
    pub title: Text,
    /// Where its name stands.
    pub place: Place,
    /// Whether it is a condition, as `--given` has it: an event, so that what the record tells of it counts, as in targets.
    pub is_condition: bool,
}

/// Points joined by straight lines, for `lookup`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WrittenTable {
    /// The points; none where they could not be read.
    pub points: LookupTable,
    /// Unit of what is looked up, as written.
    pub x_unit: String,
    /// Where it stands.
    pub x_unit_place: Option<Place>,
    /// Unit of the values, as written.
    pub unit: String,
    /// Where it stands.
    pub unit_place: Option<Place>,
    /// Title.
    pub title: Text,
    /// Source id.
    pub source: String,
    /// Where its name stands.
    pub place: Place,
}

/// One truth per path.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// What is required.
    pub require: Formula,
    /// What the document states, where `require` leaves room: `gdp@2025 == 2200` for "about 2200".
    pub states: Option<Formula>,
    /// Title.
    pub title: Text,
    /// Group.
    pub group: String,
    /// Source id.
    pub source: String,
    /// The source's own id of the figure.
    pub figure: String,
    /// The goal that it is a reading of, where the key is written.
    pub goal: Option<(String, Place)>,
    /// The target of whose goal it is another reading, where the key is written.
    pub variant_of: Option<(String, Place)>,
    /// The source's words, or a remark.
    pub note: Text,
    /// Where its name stands.
    pub place: Place,
}

/// A statement about the distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenGate {
    /// What is required.
    pub require: Formula,
    /// Where its name stands.
    pub place: Place,
}

/// Observed values of a variable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Year and value, in the order of the years: the newest of each year. Empty for a panel.
    pub values: Vec<(i32, f64)>,
    /// Every line of a file that names units or days of publication, or both.
    pub lines: Vec<ObservationLine>,
    /// Whether it is a panel: several units are observed side by side.
    pub is_panel: bool,
    /// Where its name stands.
    pub place: Place,
}

/// What is estimated from the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The series: formulas of variables that have a history.
    pub of: Vec<Formula>,
    /// First and last year; all that are recorded where none are given.
    pub over: Option<[i32; 2]>,
    /// The inputs that are estimated.
    pub free: Vec<Free>,
    /// How.
    pub method: FitMethod,
    /// The distribution of what is new every year.
    pub innovations: Innovations,
    /// How many joint draws of the estimates are kept.
    pub draws: u32,
    /// Where its name stands.
    pub place: Place,
}

/// An input that is estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct Free {
    /// Which estimate it takes: `coefficient`, `sd`; of a match by simulation none is named.
    pub estimate: Option<String>,
    /// The input's name; in a match it may end in `*`.
    pub input: String,
    /// Where the input's name stands.
    pub place: Place,
    /// Where the estimate's name stands.
    pub named: Place,
}

/// How inputs are estimated.
#[derive(Clone, Debug, PartialEq)]
pub enum FitMethod {
    /// Autoregression of order one, by likelihood.
    Ar1,
    /// Vector autoregression of order one, by likelihood.
    Var1,
    /// A level that moves as a random walk and is observed with noise, by likelihood.
    LocalLevel,
    /// These moments of simulations of the scenario are matched to those of the record.
    Match(Vec<Moment>),
}

impl FitMethod {
    /// The methods by likelihood, by name.
    pub const LIKELIHOODS: &[(&'static str, Self)] =
        &[("ar1", Self::Ar1), ("var1", Self::Var1), ("local_level", Self::LocalLevel)];

    /// Its name in a file.
    pub fn name(&self) -> &'static str {
        Self::LIKELIHOODS.iter().find(|(_, method)| method == self).map_or("match", |(name, _)| name)
    }
}

/// A moment of series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Of each series.
    Mean,
    /// Of each series.
    Sd,
    /// Of each series with itself a year before.
    Autocorrelation,
    /// Of every two series.
    Correlation,
}

impl Moment {
    /// All, by name.
    pub const ALL: &[(&'static str, Self)] = &[
        ("mean", Self::Mean),
        ("sd", Self::Sd),
        ("autocorrelation", Self::Autocorrelation),
        ("correlation", Self::Correlation),
    ];
}

/// The distribution of what is new every year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Innovations {
    /// Normal.
    #[default]
    Normal,
    /// Student's t.
    StudentT,
}

impl Innovations {
    /// All, by name.
    pub const ALL: &[(&'static str, Self)] = &[("normal", Self::Normal), ("t", Self::StudentT)];
}

/// A unit that the scenario adds to those of the language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitDeclaration {
    /// `base` for a new base unit, or the unit that it stands for: `50 kg`.
    pub of: String,
    /// Title.
    pub title: Text,
    /// Where it stands.
    pub place: Place,
}

/// Inputs that are spoken of as one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InputGroup {
    /// Title.
    pub title: Text,
    /// Names of inputs: `trend[coal].2021`, `trend[coal]` or `trend`.
    pub inputs: Vec<(String, Place)>,
    /// Where its name stands.
    pub place: Place,
}

/// A citation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenSource {
    /// Title.
    pub title: Text,
    /// A (official, quoted), B (secondary), C (unconfirmed), D (assumed or derived); empty where none.
    pub grade: String,
    /// Where it can be found.
    pub url: String,
    /// A remark.
    pub note: Text,
    /// Where its id stands.
    pub place: Place,
}

/// A figure of the document that the plan is: its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuotedFigure {
    /// The document's own words.
    pub words: Text,
    /// Title.
    pub title: Text,
    /// Id of the document in the sources; empty where none.
    pub source: String,
    /// How soft its words are, where that is written.
    pub softness: Option<FigureSoftness>,
    /// The variables that it means together, where it is about more than one: "urban and rural incomes".
    pub all_of: Vec<(String, Place)>,
    /// Where its id stands.
    pub place: Place,
}

/// What adds up to what: by this an audit holds figures about several variables against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Title; the name where none was written.
    pub title: Text,
    /// What it says.
    pub kind: AccountKind,
    /// A remark.
    pub note: Text,
    /// Where its name stands.
    pub place: Place,
}

/// A variable as a sum of products of factors, whose effects on its change are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decomposition {
    /// The variable; that of the decomposition's name where none was written.
    pub of: (String, Place),
    /// Title.
    pub title: Text,
    /// What is left over where the products are not the whole.
    pub rest: Text,
    /// The factors by the names of their effects.
    pub effects: IndexMap<String, DecompositionFactor>,
    /// Where its name stands.
    pub place: Place,
}

/// A factor of a decomposition.
#[derive(Clone, Debug, PartialEq)]
pub struct DecompositionFactor {
    /// The factor; sets that no sum binds are those that the terms run over.
    pub formula: Formula,
    /// Title of its effect; the name where none was written.
    pub title: Text,
    /// The set by whose members the effect is told.
    pub each: Option<(String, Place)>,
}

/// The forms of an account. Names are those of variables, with members: `output[coal]`.
#[derive(Clone, Debug, PartialEq)]
pub enum AccountKind {
    /// Parts of a whole.
    Parts {
        /// The whole.
        whole: (String, Place),
        /// Parts of it, not all of them.
        parts: Vec<(String, Place)>,
        /// What the parts hold that the whole does not.
        outside: Vec<(String, Place)>,
    },
    /// One variable over another.
    Ratio {
        /// Above.
        numerator: (String, Place),
        /// Below.
        denominator: (String, Place),
    },
    /// A resource and those to whom it is promised.
    Supply {
        /// What there is.
        supply: (String, Place),
        /// Variables, parameters or fields (of all members) that say how much is promised.
        claims: Vec<(String, Place)>,
    },
}

impl AccountKind {
    /// All names in it that must be variables.
    pub fn variables(&self) -> Vec<&(String, Place)> {
        match self {
            Self::Parts { whole, parts, outside } => {
                std::iter::once(whole).chain(parts).chain(outside).collect()
            }
            Self::Ratio { numerator, denominator } => vec![numerator, denominator],
            Self::Supply { supply, .. } => vec![supply],
        }
    }
}
