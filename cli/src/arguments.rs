//! The command line.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};

use plancast::chart::{Palette, Size};
use plancast::ensemble::MOST_PATHS;
use plancast::report::CatalogueKind;
use plancast::scenario::observation::Date;
use plancast::study::Shard;
use plancast::text::number::hundredth;
use plancast::text::period::{self, step_of};
use plancast::text::{Key, Language, Message};
use plancast::{key, message};

/// Casts a development plan forward many thousand times and says how likely each of its targets is.
#[derive(Debug, Parser)]
#[command(
    name = "plancast",
    version,
    arg_required_else_help = true,
    after_help = "Examples:\n  plancast list                     the scenarios that are built in\n  plancast run plan                 simulate one of them\n  plancast run my.toml --paths 1e6  simulate your own\n  plancast validate my.toml         every mistake in a file, nothing run\n\nA scenario is a file, the name of a built-in one, or - for standard input."
)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How long to wait for another process that writes to the same place: 90s, 10min, 2h [default: 10min]
    #[arg(long, global = true, value_name = "TIME", value_parser = wait)]
    pub wait: Option<Duration>,
    /// Let scenarios name files outside of their project, hidden or of any ending; only for those that you trust
    #[arg(long, global = true)]
    pub allow_outside: bool,
    /// Language of tables, figures and messages [default: that of the locale]
    #[arg(long, global = true, value_parser = languages())]
    pub lang: Option<Language>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Simulate scenarios, print bands and odds, write a folder for each
    #[command(
        after_help = "Examples:\n  plancast run plan\n  plancast run plan outside-view --paths 1M\n  plancast run plan --set 'efficiency[coal]=normal(3%, 1%)' --seed 7\n  plancast run plan --json > summary.json"
    )]
    Run(RunArguments),
    /// Simulate scenarios and enforce their gates; for batch jobs
    #[command(
        after_help = "Examples:\n  plancast check plan\n  plancast check my.toml --require 'p(gdp_2025) >= 50%' --junit gates.xml\n  plancast check plan --against baseline.json --tolerance probability=1%\n\nExit codes: 0 all gates pass, 1 a gate failed or is undecided, 2 the input is wrong, 3 the machine failed."
    )]
    Check(CheckOptions),
    /// Make the whole run from its shards
    #[command(
        after_help = "Examples:\n  plancast run plan --shard 1/2\n  plancast run plan --shard 2/2\n  plancast merge output/plan.part-*\n\nThe result has the same bytes as the whole run, wherever and by how many machines its shards were simulated."
    )]
    Merge(MergeOptions),
    /// Print a job for a cluster that simulates a run in shards and puts them together
    #[command(
        after_help = "Examples:\n  plancast jobs plan --paths 1e10 --into 200 --for slurm > plan.sh\n  bash plan.sh                      submit it\n  bash plan.sh 3,17-45              these shards again, and the merge\n  plancast jobs plan --paths 1e9 --into 16 --for parallel | bash\n\nOptions are those of run. Exit codes: 0 the job is printed, 2 the scenario or an option is wrong."
    )]
    Jobs(JobsOptions),
    /// Say whether two stored runs are the same, and if not, what changed
    #[command(
        after_help = "Examples:\n  plancast diff output/plan archive/plan\n  plancast diff baseline.json output/plan --json\n\nA run is a folder, or its summary.json alone (a baseline). Exit codes: 0 identical, 1 different."
    )]
    Diff(DiffOptions),
    /// Say whether the folders of runs are whole and unchanged
    #[command(
        after_help = "Examples:\n  plancast verify output/plan\n  plancast verify output/* --json\n\nEvery file that a run's manifest names is held against its SHA-256, exports too.\nExit codes: 0 all are whole and unchanged, 1 something is missing or was changed, 2 a folder is no run of plancast."
    )]
    Verify(VerifyOptions),
    /// Simulate scenarios together on the same draws and say how they differ; the first is the reference
    #[command(
        after_help = "Examples:\n  plancast compare plan transition carbon-peak\n  plancast compare plan my.toml --paths 1M --lang zh\n  plancast compare plan transition --given 'co2@2030 <= 60'\n\nDifferences are taken path by path, so that what scenarios share by chance does not blur them.\nWith --given all is about the paths on which the condition holds in every scenario that is compared.\nWhat both have by the same name, unit and years is compared; the rest is listed."
    )]
    Compare(CompareOptions),
    /// Find every mistake in scenario files without simulating
    #[command(
        after_help = "Examples:\n  plancast validate plan\n  plancast validate my.toml other.toml --format json"
    )]
    Validate(ValidateOptions),
    /// Show a variable's equation, what it uses and its values; or replay one path
    #[command(
        after_help = "Examples:\n  plancast explain plan gdp\n  plancast explain plan --path 17 --seed 1"
    )]
    Explain(ExplainOptions),
    /// Find the value of an input at which a statement about the distribution holds
    #[command(
        after_help = "Examples:\n  plancast solve plan --vary expected_growth --between 4%,14% --for 'p(gdp_2025) = 80%'\n  plancast solve my.toml --vary subsidy,tax --for 'quantile(gdp@2030, 10%) >= 1200'\n  plancast solve my.toml --scale price --between 0.5,2 --for 'mean(cost@2030) <= 90'\n\nThe range is that of the parameter's lever, or --between. With several inputs the last is solved for\nat values of the others: the frontier. Their order is --vary, --shift, --scale, --fix; a name that\n--vary has too keeps its place there. One member or period is 'price[coal]', price@2030 or\n'price[coal]@2030'; 'price[coal]+price[gas]' moves both as one, 'price[*]' all."
    )]
    Solve(SolveOptions),
    /// First-order and total sensitivity from simulations made for it
    #[command(
        after_help = "Examples:\n  plancast sensitivity plan\n  plancast sensitivity plan --of 'gdp@2025'\n  plancast sensitivity plan --of gdp_2025 --method pawn\n  plancast sensitivity plan --of 'co2@2030' --method morris --one-by-one\n  plancast sensitivity plan --of co2_peak_2030 --inputs expected_growth,own_shock\n\nA name without its index stands for all: own_shock for own_shock[coal] and the others.\nEvery run tells first-order shares at no extra cost; this also tells what inputs do together."
    )]
    Sensitivity(SensitivityOptions),
    /// Split the change of a variable into the effects of factors: between two years, or two scenarios (LMDI)
    #[command(
        after_help = "Examples:\n  plancast decompose plan co2 --by activity,structure,intensity,fuel --from 2020 --to 2035\n  plancast decompose plan gdp --by industry --from 2020 --to 2025\n  plancast decompose plan co2 --alternative transition --year 2035\n  plancast decompose two-sector-town gdp --by 'size=sum(sector: va[sector])' --from 2021 --to 2030\n\nEffects are declared in the scenario's table [decompositions]. The total is a sum over the members of all\nsets that stand in the factors; what the products of the factors do not explain is told as the rest. A term of one factor has its plain\ndifference, one whose factors are nowhere below zero LMDI-I, any other Shapley's value; the answer names them."
    )]
    Decompose(DecomposeOptions),
    /// Find in what futures a target is missed
    #[command(after_help = "Examples:\n  plancast discover plan --target co2_peak_2030")]
    Discover(DiscoverOptions),
    /// Hold a plan's own figures against each other, nothing simulated
    #[command(
        after_help = "Examples:\n  plancast audit plan\n  plancast audit plan --lang zh\n  plancast audit plan --format json"
    )]
    Audit(AuditOptions),
    /// Estimate inputs from the record, as the scenario's [fit] asks; writes a scenario that extends it
    #[command(
        after_help = "Examples:\n  plancast fit town.toml\n  plancast fit town.toml --out town-fitted.toml --chart moments.svg\n  plancast fit town.toml --json\n\nThe new scenario draws estimates jointly from a CSV file that lies beside it; run it like any other.\nA file that plancast fit did not write is never replaced."
    )]
    Fit(FitOptions),
    /// Score stored runs against what happened
    #[command(
        after_help = "Examples:\n  plancast score output/plan --actuals actuals.csv\n  plancast score output/plan output/outside-view --actuals actuals.csv --json\n  plancast score output/plan --actuals actuals.csv --chart gdp.svg --variable gdp\n\nThe CSV has the columns variable, year and value, and may have published (days) and unit.\nAll scores are better when they are less: CRPS in the unit of the variable, log score of a kernel density, Brier of targets that have come due."
    )]
    Score(ScoreOptions),
    /// Forecast from past origins with what was known then, and score against what followed
    #[command(
        after_help = "Examples:\n  plancast backtest town.toml --origins 2010..2017 --horizon 3\n  plancast backtest panel.toml --origins 2010,2015 --horizon 5 --chart pit.svg\n\nEvery variable that starts in the base year needs a [history]; inputs named in [fit] are estimated anew at each origin.\nWith [history.X] unit = \"column\" each unit of the panel is forecast by itself."
    )]
    Backtest(BacktestOptions),
    /// Draw the charts of stored runs again
    #[command(
        after_help = "Figures: fan, scorecard, exceedance, density, paths, histogram, composition, joint, conditional, scatter, calendar, tornado, learnable; of several runs: violin, levels, difference, change\n\nExamples:\n  plancast chart output/plan --format png\n  plancast chart output/plan --figure fan --variable gdp --palette dark\n  plancast chart output/plan --figure fan --variable gdp --out gdp.png\n  plancast chart output/plan --figure all --lang zh --out pictures\n  plancast chart output/plan output/stress --figure violin --variable gdp --year 2035"
    )]
    Chart(ChartOptions),
    /// Write one self-contained page about stored runs
    #[command(
        after_help = "Examples:\n  plancast report output/plan\n  plancast report plan --live\n  plancast report output/plan output/outside-view --out page.html --lang zh"
    )]
    Report(ReportOptions),
    /// List the scenarios that are built in
    #[command(
        after_help = "Examples:\n  plancast list\n  plancast list --lang zh    with their Chinese titles"
    )]
    List,
    /// Write a scenario to start from into a folder; nothing is overwritten
    #[command(
        after_help = "Examples:\n  plancast new town                 a small town of two sectors, as town/scenario.toml\n  plancast new mine --from plan     a built-in scenario with all the files it is made of\n\nThe schema that lies beside it tells editors what a scenario file may hold."
    )]
    New(NewOptions),
    /// Print the JSON Schema of scenario files, for editors; or of summary.json
    #[command(
        after_help = "Examples:\n  plancast schema > plancast.schema.json\n  plancast schema summary > summary.schema.json\n\nWith the first line\n  #:schema ./plancast.schema.json\na scenario file gets completion, descriptions and errors while typing in editors that know TOML\nschemas (Taplo, Even Better TOML)."
    )]
    Schema(SchemaOptions),
    /// Write completions for a shell
    #[command(
        after_help = "Examples:\n  plancast completions bash > ~/.local/share/bash-completion/completions/plancast\n  plancast completions fish > ~/.config/fish/completions/plancast.fish"
    )]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual page, of plancast or of one of its commands
    #[command(after_help = "Examples:\n  plancast man | man -l -\n  plancast man run > plancast-run.1")]
    Man {
        /// The command.
        command: Option<String>,
    },
}

/// Where scenarios are and what is changed in them.
#[derive(Args, Clone, Debug)]
pub(super) struct Overrides {
    /// Change a parameter or field: 'trend[coal]=normal(1%, 1%)'
    #[arg(long = "set", value_name = "NAME=QUANTITY")]
    pub set: Vec<String>,
}

/// Options of `run`.
#[derive(Args, Clone, Debug)]
pub(super) struct RunOptions {
    /// Scenario files or names; patterns such as 'plans/*.toml'
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<String>,
    /// How many paths; 1e6 and 1M are accepted [default: as the scenario's [run] says, or 100000]
    #[arg(long, value_name = "N", value_parser = paths)]
    pub paths: Option<u64>,
    /// Seed of all draws [default: as the scenario's [run] says, or 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Changes to the scenario
    #[command(flatten)]
    pub overrides: Overrides,
    /// Record more variables: a name, a member such as 'va[coal]', or 'all'
    #[arg(long, value_name = "NAME|all")]
    pub record: Vec<String>,
    /// Quantiles to report, in per cent [default: 5,10,25,50,75,90,95]
    #[arg(long, value_name = "LIST", value_parser = quantiles)]
    pub quantiles: Option<QuantileLevels>,
    /// Threads; never changes a result [default: all cores]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
    /// Memory that the runs may take: 2GiB, 500MB; more is refused before anything runs [default: three quarters of what there is]
    #[arg(long, value_name = "SIZE", value_parser = size_of_memory)]
    pub memory: Option<u64>,
    /// Folder that runs are written to
    #[arg(long, value_name = "DIR", default_value = "output", value_parser = folder())]
    pub out: PathBuf,
    /// Charts to draw
    #[arg(long, value_enum, default_value_t = Charts::Svg)]
    pub charts: Charts,
    /// Tables for programs, or for Excel: with the byte order mark by which it knows UTF-8
    #[arg(long, value_enum, default_value_t = CsvFor::Programs, value_name = "FOR")]
    pub csv: CsvFor,
    /// What became known
    #[command(flatten)]
    pub known: KnownOptions,
    /// Do not look for what drives the results
    #[arg(long)]
    pub no_sensitivity: bool,
    /// Write all paths: FILE.parquet, FILE.csv or FILE.csv.gz; {id} stands for the scenario
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
    /// Print the results as JSON instead of tables
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors, and the JSON that is asked for
    #[arg(long, short)]
    pub quiet: bool,
}

/// What became known, on which runs are conditioned.
#[derive(Args, Clone, Debug)]
pub(super) struct KnownOptions {
    /// Only futures that agree with what became known: a CSV of variable, year, value, sd (and published)
    #[arg(long, value_name = "FILE", conflicts_with = "unobserved")]
    pub observed: Option<String>,
    /// Only what was published by this day: 2024-03-01
    #[arg(long, value_name = "DAY", conflicts_with = "unobserved")]
    pub as_of: Option<String>,
    /// Leave all observations aside, also those of the scenario
    #[arg(long)]
    pub unobserved: bool,
    /// Condition also on a record that contradicts the scenario
    #[arg(long)]
    pub allow_implausible: bool,
}

/// The command line of `compare`.
#[derive(Args, Clone, Debug)]
pub(super) struct CompareOptions {
    /// What is simulated, and what is written
    #[command(flatten)]
    pub run: RunOptions,
    /// Only the paths on which this holds in every scenario: 'co2@2030 <= 60'; the folder is called …-given
    #[arg(long, value_name = "CONDITION", conflicts_with = "export")]
    pub given: Option<String>,
}

/// The command line of `run`.
#[derive(Args, Clone, Debug)]
pub(super) struct RunArguments {
    /// What is simulated, and what is written
    #[command(flatten)]
    pub run: RunOptions,
    /// How the work is done
    #[command(flatten)]
    pub work: WorkOptions,
    /// Write a page with levers to move beside each run's folder, and open it in the browser
    #[arg(long, conflicts_with_all = ["shard", "given"])]
    pub open: bool,
}

/// How the work of `run` is done.
#[derive(Args, Clone, Debug)]
pub(super) struct WorkOptions {
    /// Add paths until the largest standard error of the odds is this ('0.2%'), or that of a statistic ('quantile(gdp@2025, 5%)=1')
    #[arg(long, value_name = "[STATISTIC=]ERROR", value_parser = until, conflicts_with = "paths")]
    pub until: Option<Until>,
    /// Most paths to simulate with --until
    #[arg(long, value_name = "N", default_value = "100M", value_parser = paths)]
    pub max_paths: u64,
    /// How paths are spread; not 'random' needs fewer of them, in 16 replicates that say how large the error is [default: random]
    #[arg(long, value_enum, conflicts_with_all = ["until", "shard", "checkpoint", "export"])]
    pub sampling: Option<SamplingArgument>,
    /// Simulate a part of the run, for `plancast merge`
    #[arg(long, value_name = "K/N", value_parser = shard, conflicts_with_all = ["until", "export", "json"])]
    pub shard: Option<Shard>,
    /// Keep what is counted every so many minutes, for --resume
    #[arg(long, value_name = "MINUTES", value_parser = minutes, conflicts_with = "until")]
    pub checkpoint: Option<f64>,
    /// Go on from the checkpoint that an interrupted run has left; from the beginning where there is none
    #[arg(long, requires = "checkpoint")]
    pub resume: bool,
    /// Run the scenario for every value: 'trend[coal]=-2%,0%,2%' or 'price=0:200:50'; repeatable, for all combinations
    #[arg(long, value_name = "NAME=VALUES")]
    pub sweep: Vec<String>,
    /// Only the paths on which this holds: 'co2@2030 <= 60'; the folder is called …-given
    #[arg(long, value_name = "CONDITION", conflicts_with_all = ["record", "until", "shard", "checkpoint", "export", "sampling"])]
    pub given: Option<String>,
    /// Of more than 200 targets: count how often two of these are met together ('a,b,c'), or two of 'all'
    #[arg(long, value_name = "TARGETS|all", value_delimiter = ',')]
    pub pairs: Vec<String>,
}

/// How paths are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SamplingArgument {
    /// By chance; every draw is a function of its address alone.
    Random,
    /// In pairs: where one draws u, the other draws 1 − u.
    Antithetic,
    /// Every draw evenly over its distribution.
    LatinHypercube,
    /// Scrambled Sobol points: evenly over all draws together.
    Sobol,
}

/// A precision that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Until {
    /// The statistic; `None` for the odds of all targets.
    pub statistic: Option<String>,
    /// Its standard error.
    pub error: f64,
}

/// Options of `merge`.
#[derive(Args, Clone, Debug)]
pub(super) struct MergeOptions {
    /// Folders that `run --shard` wrote, in any order
    #[arg(required = true, value_name = "DIR")]
    pub parts: Vec<PathBuf>,
    /// Folder that the run is written to
    #[arg(long, value_name = "DIR", default_value = "output", value_parser = folder())]
    pub out: PathBuf,
    /// Charts to draw
    #[arg(long, value_enum, default_value_t = Charts::Svg)]
    pub charts: Charts,
    /// Tables for programs, or for Excel: with the byte order mark by which it knows UTF-8
    #[arg(long, value_enum, default_value_t = CsvFor::Programs, value_name = "FOR")]
    pub csv: CsvFor,
    /// Print summary.json instead of the tables
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `jobs`.
#[derive(Args, Clone, Debug)]
pub(super) struct JobsOptions {
    /// What is simulated, and what is written
    #[command(flatten)]
    pub run: RunOptions,
    /// Into how many shards
    #[arg(long, value_name = "N", value_parser = shards, conflicts_with_all = ["export", "json"])]
    pub into: u64,
    /// For which engine
    #[arg(long = "for", value_enum, value_name = "ENGINE")]
    pub engine: JobEngine,
    /// Run the scenario for every value: 'trend[coal]=-2%,0%,2%' or 'price=0:200:50'; repeatable, for all combinations
    #[arg(long, value_name = "NAME=VALUES")]
    pub sweep: Vec<String>,
}

/// What runs the shards of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum JobEngine {
    /// A script that submits an array to Slurm, and the merge after it.
    Slurm,
    /// Indexed Jobs for kubectl apply.
    Kubernetes,
    /// A script for GNU parallel, on one machine or several.
    Parallel,
}

/// Options of `check`.
#[derive(Args, Clone, Debug)]
pub(super) struct CheckOptions {
    /// What is simulated, and what is written
    #[command(flatten)]
    pub run: RunOptions,
    /// Run the scenario for every value: 'trend[coal]=-2%,0%,2%' or 'price=0:200:50'; repeatable, for all combinations
    #[arg(long, value_name = "NAME=VALUES")]
    pub sweep: Vec<String>,
    /// A further gate: 'p(growth) >= 50%'; repeatable
    #[arg(long, value_name = "STATEMENT")]
    pub require: Vec<String>,
    /// Probability with which each gate is decided rightly, all looks together, in per cent
    #[arg(long, value_name = "PERCENT", default_value = "99", value_parser = confidence)]
    pub confidence: f64,
    /// Most paths to simulate while a gate is undecided [default: 16 times --paths]
    #[arg(long, value_name = "N", value_parser = paths)]
    pub max_paths: Option<u64>,
    /// Write XML in the form of junit, which build servers show as tests; - for standard output
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Write a summary in Markdown; - for standard output
    #[arg(long, value_name = "FILE")]
    pub markdown: Option<PathBuf>,
    /// Fail where a result drifts from this baseline: a run folder or its summary.json
    #[arg(long, value_name = "RUN")]
    pub against: Option<PathBuf>,
    /// How far results may drift: '1%' (points of a probability, per cent of values), 'probability=1%', 'gdp=0.5%'; repeatable
    #[arg(long, value_name = "[NAME=]AMOUNT", requires = "against")]
    pub tolerance: Vec<String>,
    /// Print annotations as GitHub shows them on a pull request
    #[arg(long)]
    pub github: bool,
}

/// Options of `diff`.
#[derive(Args, Clone, Debug)]
pub(super) struct DiffOptions {
    /// A run folder or summary.json
    #[arg(value_name = "RUN-A")]
    pub before: PathBuf,
    /// The other one
    #[arg(value_name = "RUN-B")]
    pub after: PathBuf,
    /// Print JSON instead of tables
    #[arg(long)]
    pub json: bool,
}

/// Options of `verify`.
#[derive(Args, Clone, Debug)]
pub(super) struct VerifyOptions {
    /// Run folders
    #[arg(required = true, value_name = "RUN")]
    pub runs: Vec<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors, and the JSON that is asked for
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `validate`.
#[derive(Args, Clone, Debug)]
pub(super) struct ValidateOptions {
    /// Scenario files or names
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<String>,
    /// Changes to the scenario
    #[command(flatten)]
    pub overrides: Overrides,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Options of `schema`.
#[derive(Args, Clone, Debug)]
pub(super) struct SchemaOptions {
    /// Of which files
    #[arg(value_enum, default_value_t = SchemaOf::Scenario)]
    pub of: SchemaOf,
}

/// Files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// Scenario files.
    Scenario,
    /// summary.json.
    Summary,
}

/// Options of `new`.
#[derive(Args, Clone, Debug)]
pub(super) struct NewOptions {
    /// Folder to write into
    #[arg(value_parser = folder())]
    pub dir: PathBuf,
    /// Name of a built-in scenario [default: the two-sector town, as scenario.toml]
    #[arg(long, value_name = "NAME")]
    pub from: Option<String>,
}

/// Options of `explain`.
#[derive(Args, Clone, Debug)]
pub(super) struct ExplainOptions {
    /// Scenario file or name
    pub scenario: String,
    /// A variable, parameter, shock, field, set, member, metric, target, gate, group, account, source or unit
    pub name: Option<String>,
    /// Changes to the scenario
    #[command(flatten)]
    pub overrides: Overrides,
    /// Replay this path and print every value
    #[arg(long, value_name = "N")]
    pub path: Option<u64>,
    /// Seed of the draws of --path [default: as the scenario's [run] says, or 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Text, or the dependency graph for Graphviz
    #[arg(long, value_enum, default_value_t = DiagramFormat::Text)]
    pub format: DiagramFormat,
}

/// Options of `audit`.
#[derive(Args, Clone, Debug)]
pub(super) struct AuditOptions {
    /// Scenario file or name
    pub scenario: String,
    /// Changes to the scenario
    #[command(flatten)]
    pub overrides: Overrides,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Paths, seed and threads of a question.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct SampleOptions {
    /// How many paths [default: as the scenario's [run] says, or 20000]
    #[arg(long, value_name = "N", value_parser = paths)]
    pub paths: Option<u64>,
    /// Seed of all draws [default: as the scenario's [run] says, or 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads; never changes a result [default: all cores]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
    /// Memory that the answer may take: 2GiB, 500MB; more is refused before anything runs [default: three quarters of what there is]
    #[arg(long, value_name = "SIZE", value_parser = size_of_memory)]
    pub memory: Option<u64>,
}

/// Names between commas that stand outside brackets.
pub(super) fn names(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    for c in list.chars().filter(|c| !c.is_whitespace()) {
        match c {
            ',' if depth == 0 => names.push(String::new()),
            _ => {
                depth += i32::from(c == '[') - i32::from(c == ']');
                if let Some(name) = names.last_mut() {
                    name.push(c);
                }
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Options of `sensitivity`.
#[derive(Args, Clone, Debug)]
pub(super) struct SensitivityOptions {
    /// Scenario file or name
    pub scenario: String,
    /// The outcome: gdp@2025, a metric, or a target (its odds) [default: the first targets, headlines in their last year and metrics]
    #[arg(long, value_name = "OUTCOME")]
    pub of: Option<String>,
    /// How: indices on Sobol points, Morris screening, or PAWN
    #[arg(long, value_enum, default_value_t = SensitivityMethod::Sobol)]
    pub method: SensitivityMethod,
    /// Inputs or groups to ask about, all others drawn along: eps, trend[coal] [default: every group]
    #[arg(long, value_name = "NAME,…")]
    pub inputs: Vec<String>,
    /// Every input by itself instead of groups
    #[arg(long)]
    pub one_by_one: bool,
    /// Split what correlated inputs explain in this order [default: by Shapley's value, over all orders]
    #[arg(long, value_name = "NAME,…")]
    pub order: Vec<String>,
    /// Draw what was found about the outcome into this SVG or PNG
    #[arg(long, value_name = "FILE")]
    pub chart: Option<PathBuf>,
    /// Changes to the scenario
    #[command(flatten)]
    pub overrides: Overrides,
    /// Paths, seed and threads
    #[command(flatten)]
    pub sample: SampleOptions,
    /// Print the results as JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Methods of `sensitivity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SensitivityMethod {
    /// First-order and total indices (Saltelli, Jansen).
    Sobol,
    /// Elementary effects (Morris).
    Morris,
    /// Distances of distributions (PAWN).
    Pawn,
}

/// Options of `decompose`.
#[derive(Args, Clone, Debug)]
pub(super) struct DecomposeOptions {
    /// Scenario file or name
    pub scenario: String,
    /// The variable
    pub total: String,
    /// Effects that the scenario declares, or a factor and its formula, once for each: 'structure=va[industry]/gdp' [default: all declared effects]
    #[arg(long, value_name = "NAME,…|NAME=FORMULA")]
    pub by: Vec<String>,
    /// First year, or quarter or month
    #[arg(long, value_name = "YEAR", value_parser = a_period, required_unless_present = "alternative")]
    pub from: Option<i32>,
    /// Last year, or quarter or month
    #[arg(long, value_name = "YEAR", value_parser = a_period, required_unless_present = "alternative")]
    pub to: Option<i32>,
    /// Another scenario, instead of another year: why it differs from the first, on the same draws
    #[arg(long, value_name = "SCENARIO", requires = "year", conflicts_with_all = ["from", "to"])]
    pub alternative: Option<String>,
    /// The year in which the scenarios are held against each other
    #[arg(long, value_name = "YEAR", value_parser = a_period, requires = "alternative")]
    pub year: Option<i32>,
    /// Changes to the scenario
    #[command(flatten)]
    pub overrides: Overrides,
    /// Paths, seed and threads
    #[command(flatten)]
    pub sample: SampleOptions,
    /// Draw the waterfall into this file: FILE.svg or FILE.png
    #[arg(long, value_name = "FILE", value_parser = picture())]
    pub chart: Option<PathBuf>,
    /// Print the results as JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Options of `solve`.
#[derive(Args, Clone, Debug)]
pub(super) struct SolveOptions {
    /// Scenario file or name
    pub scenario: String,
    /// Parameters or fields to vary, separated by commas: a number is varied itself, a distribution is shifted so that
    /// this is its mean, values by year are shifted as a whole so that this is the first of them
    #[arg(long, value_name = "NAME[,NAME]", default_value = "", hide_default_value = true)]
    pub vary: String,
    /// Inputs that are varied by adding to them: to all their years, members and draws
    #[arg(long, value_name = "NAME[,NAME]", default_value = "", hide_default_value = true)]
    pub shift: String,
    /// Inputs that are varied by multiplying them, all their years, members and draws
    #[arg(long, value_name = "NAME[,NAME]", default_value = "", hide_default_value = true)]
    pub scale: String,
    /// Inputs that are varied as one number in the place of their years, members and distributions
    #[arg(long, value_name = "NAME[,NAME]", default_value = "", hide_default_value = true)]
    pub fix: String,
    /// What should hold: 'p(target) = 80%', 'mean(x@2030) >= 3', 'quantile(x@2030, 90%) <= 80'; also sd(…),
    /// `expected_shortfall(…, 5%)` and p(… given …), with =, >=, <=, > or <
    #[arg(long = "for", value_name = "GOAL", required = true)]
    pub goal: String,
    /// Range of an input without a lever, or another one, once for each in their order: 4%,14%
    #[arg(long, value_name = "LOW,HIGH", allow_hyphen_values = true)]
    pub between: Vec<String>,
    /// Changes to the scenario
    #[command(flatten)]
    pub overrides: Overrides,
    /// Paths, seed and threads
    #[command(flatten)]
    pub sample: SampleOptions,
    /// Draw the frontier of several inputs into this file: FILE.svg or FILE.png
    #[arg(long, value_name = "FILE", value_parser = picture())]
    pub chart: Option<PathBuf>,
    /// Print the results as JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Options of `discover`.
#[derive(Args, Clone, Debug)]
pub(super) struct DiscoverOptions {
    /// Scenario file or name
    pub scenario: String,
    /// The target whose misses are looked into
    #[arg(long, value_name = "NAME")]
    pub target: String,
    /// Most boxes to look for
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub boxes: usize,
    /// Changes to the scenario
    #[command(flatten)]
    pub overrides: Overrides,
    /// Paths, seed and threads
    #[command(flatten)]
    pub sample: SampleOptions,
    /// Draw the first box into this file: FILE.svg or FILE.png
    #[arg(long, value_name = "FILE", value_parser = picture())]
    pub chart: Option<PathBuf>,
    /// Print the results as JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Options of `fit`.
#[derive(Args, Clone, Debug)]
pub(super) struct FitOptions {
    /// Scenario file or name
    pub scenario: String,
    /// The scenario to write, FILE.toml; draws go beside it as FILE.csv [default: the scenario's id with -fitted.toml]
    #[arg(long, value_name = "FILE", value_parser = folder())]
    pub out: Option<PathBuf>,
    /// Estimate only, write no scenario
    #[arg(long, conflicts_with = "out")]
    pub dry_run: bool,
    /// Seed of all draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads; never changes a result [default: all cores]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
    /// Draw observed against simulated moments into this file: FILE.svg or FILE.png
    #[arg(long, value_name = "FILE", value_parser = picture())]
    pub chart: Option<PathBuf>,
    /// Print the results as JSON instead of tables
    #[arg(long)]
    pub json: bool,
}

/// Options of `score`.
#[derive(Args, Clone, Debug)]
pub(super) struct ScoreOptions {
    /// Run folders
    #[arg(required = true, value_name = "RUN")]
    pub runs: Vec<PathBuf>,
    /// What happened: a CSV with the columns variable, year and value
    #[arg(long, value_name = "FILE")]
    pub actuals: PathBuf,
    /// Use only what was published up to this day: 2024-03-01
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// Draw where the outcomes fell into this file: FILE.svg or FILE.png
    #[arg(long, value_name = "FILE", value_parser = picture())]
    pub chart: Option<PathBuf>,
    /// Draw the fan of this variable with its outcomes instead
    #[arg(long, value_name = "NAME", requires = "chart")]
    pub variable: Option<String>,
    /// Print the results as JSON instead of tables
    #[arg(long)]
    pub json: bool,
}

/// Options of `backtest`.
#[derive(Args, Clone, Debug)]
pub(super) struct BacktestOptions {
    /// Scenario file or name
    pub scenario: String,
    /// The base years to forecast from: 2010..2015, or 2010,2015
    #[arg(long, value_name = "A..B", value_parser = origins)]
    pub origins: Origins,
    /// How many years ahead
    #[arg(long, value_name = "YEARS", default_value_t = 5, value_parser = clap::value_parser!(i32).range(1..=100))]
    pub horizon: i32,
    /// Variables to score [default: the headlines that have a history]
    #[arg(long, value_name = "NAME")]
    pub variable: Vec<String>,
    /// How many paths at each origin
    #[arg(long, value_name = "N", default_value = "2000", value_parser = paths)]
    pub paths: u64,
    /// Seed of all draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads; never changes a result [default: all cores]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
    /// Memory that the answer may take: 2GiB, 500MB; more is refused before anything runs [default: three quarters of what there is]
    #[arg(long, value_name = "SIZE", value_parser = size_of_memory)]
    pub memory: Option<u64>,
    /// Changes to the scenario
    #[command(flatten)]
    pub overrides: Overrides,
    /// Draw the PIT histogram into this file: FILE.svg or FILE.png
    #[arg(long, value_name = "FILE", value_parser = picture())]
    pub chart: Option<PathBuf>,
    /// Print the results as JSON instead of tables
    #[arg(long)]
    pub json: bool,
}

/// Base years, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origins(pub(super) Vec<i32>);

fn origins(text: &str) -> Result<Origins, InvalidArgument> {
    let year = |text: &str| -> Result<i32, InvalidArgument> {
        let year = period::parse(text.trim());
        year.ok_or_else(|| InvalidArgument(message!("cli-arguments-no-year", text = text)))
    };
    let mut years = Vec::new();
    for part in text.split(',') {
        match part.split_once("..") {
            Some((from, to)) => {
                let (from, to) = (year(from)?, year(to)?);
                if to < from || step_of(to) != step_of(from) {
                    return Err(InvalidArgument(message!(
                        "cli-arguments-years-backwards",
                        to = to,
                        from = from
                    )));
                }
                years.extend(from..=to);
            }
            None => years.push(year(part)?),
        }
    }
    years.sort_unstable();
    years.dedup();
    Ok(Origins(years))
}

/// A year, quarter or month.
fn a_period(text: &str) -> Result<i32, InvalidArgument> {
    period::parse(text.trim())
        .ok_or_else(|| InvalidArgument(message!("cli-arguments-no-period", text = text)))
}

fn date(text: &str) -> Result<Date, InvalidArgument> {
    Date::parse(text).ok_or_else(|| InvalidArgument(message!("cli-arguments-no-day", text = text)))
}

/// Options of `chart`.
#[derive(Args, Clone, Debug)]
pub(super) struct ChartOptions {
    /// Run folders; violins compare several
    #[arg(required = true, value_name = "RUN")]
    pub runs: Vec<PathBuf>,
    /// Kind of figure, or 'all' [default: what says most of this scenario]
    #[arg(long, value_name = "KIND|all", value_parser = figure_kind)]
    pub figure: Vec<FigureKind>,
    /// Variable or metric to show, for a tornado also a target [default: every one that suits the figure]; twice for a scatter plot
    #[arg(long, value_name = "NAME")]
    pub variable: Vec<String>,
    /// Group of targets, for scorecard and joint
    #[arg(long, value_name = "GROUP")]
    pub group: Option<String>,
    /// Year, for exceedance, scatter and violin [default: the year of a target, or the last]
    #[arg(long, value_name = "YEAR", value_parser = a_period)]
    pub year: Option<i32>,
    /// Size in pixels of 1/96 inch; figures that are lists take the width only
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "900x560", value_parser = size)]
    pub size: Size,
    /// Colours
    #[arg(long, value_enum, default_value_t = Colours::Light)]
    pub palette: Colours,
    /// File format
    #[arg(long = "format", alias = "charts", value_enum, default_value_t = Charts::Svg)]
    pub charts: Charts,
    /// Folder to draw into, of several runs one for each in it, or the SVG or PNG of one figure; - for standard output [default: the run folder]
    #[arg(long, value_name = "DIR|FILE")]
    pub out: Option<PathBuf>,
}

/// A kind of figure, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FigureKind {
    /// Every kind.
    All,
    /// This one.
    One(CatalogueKind),
}

fn figure_kind(text: &str) -> Result<FigureKind, InvalidArgument> {
    if text == "all" {
        return Ok(FigureKind::All);
    }
    CatalogueKind::named(text).map(FigureKind::One).ok_or_else(|| {
        let names: Vec<&str> = CatalogueKind::ALL.iter().map(|(_, name)| *name).collect();
        InvalidArgument(message!("cli-arguments-no-figure", names = names.as_slice()))
    })
}

/// In which colours figures are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colours {
    /// On white, for print and page.
    Light,
    /// On a dark ground, for projector and screen.
    Dark,
    /// Greys, for print in black.
    Grey,
}

impl From<Colours> for Palette {
    fn from(colours: Colours) -> Self {
        match colours {
            Colours::Light => Self::Light,
            Colours::Dark => Self::Dark,
            Colours::Grey => Self::Grey,
        }
    }
}

fn size(text: &str) -> Result<Size, InvalidArgument> {
    let sides = text.split_once(['x', '×', '*']);
    let sides = sides.and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    match sides {
        Some((width, height)) if (360..=6000).contains(&width) && (320..=6000).contains(&height) => {
            Ok(Size { width, height })
        }
        Some(_) => Err(InvalidArgument(message!("cli-arguments-size-range"))),
        None => Err(InvalidArgument(message!("cli-arguments-no-size", text = text))),
    }
}

/// Options of `report`.
#[derive(Args, Clone, Debug)]
pub(super) struct ReportOptions {
    /// Run folders; or scenarios, which are simulated first
    #[arg(required = true, value_name = "RUN")]
    pub runs: Vec<PathBuf>,
    /// File to write, or - for standard output
    #[arg(long, value_name = "FILE", default_value = "report.html")]
    pub out: PathBuf,
    /// Let the reader move levers and any assumption: the page carries the engine and the scenario
    #[arg(long)]
    pub live: bool,
    /// Let old browsers, without vector instructions, move them too; the page is half a megabyte larger
    #[arg(long, requires = "live")]
    pub compat: bool,
}

/// Which charts to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Charts {
    /// SVG.
    Svg,
    /// PNG.
    Png,
    /// SVG and PNG.
    Both,
    /// None.
    None,
}

/// For whom CSV files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CsvFor {
    /// For programs: UTF-8.
    Programs,
    /// For Excel: UTF-8 with a byte order mark.
    Excel,
}

/// How problems are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For editors and programs.
    Json,
}

/// What `explain` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiagramFormat {
    /// Text.
    Text,
    /// A graph for Graphviz.
    Dot,
}

fn languages() -> impl TypedValueParser<Value = Language> {
    let codes = Language::ALL.iter().map(|language| language.code());
    // No other code comes so far.
    PossibleValuesParser::new(codes).map(|code| Language::of_code(&code).unwrap_or_default())
}

/// The language of a command line that could not be read: that of its `--lang`, or else that of the locale.
pub(super) fn language_of_command_line(words: impl Iterator<Item = OsString>) -> Language {
    let words: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    let after = words.iter().zip(words.iter().skip(1)).find(|(word, _)| *word == "--lang");
    let code = words.iter().find_map(|word| word.strip_prefix("--lang="));
    let code = code.or_else(|| after.map(|(_, code)| code.as_str()));
    code.and_then(Language::of_code).unwrap_or_else(language_of_locale)
}

/// Why a value on the command line cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InvalidArgument(Message);

/// In the language of the command line.
impl fmt::Display for InvalidArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text(super::language()))
    }
}

impl std::error::Error for InvalidArgument {}

/// What is wrong with a command line; `None` where it is help that was asked for, or a kind of error that clap alone knows.
pub(super) fn refusal(error: &clap::Error) -> Option<Message> {
    let context = |kind| error.get(kind).map(ToString::to_string);
    let part = |kind| context(kind).unwrap_or_default();
    let argument = part(ContextKind::InvalidArg);
    let source = std::error::Error::source(error);
    if let Some(why) = source.and_then(|source| source.downcast_ref::<InvalidArgument>()) {
        let value = part(ContextKind::InvalidValue);
        return Some(message!("cli-arguments-invalid", value = value, argument = argument, why = &why.0));
    }
    let meant = |kind| match context(kind) {
        Some(name) => message!("cli-arguments-meant", name = name),
        None => message!("cli-arguments-see-help"),
    };
    Some(match error.kind() {
        ErrorKind::UnknownArgument => {
            let meant = meant(ContextKind::SuggestedArg);
            message!("cli-arguments-unknown", argument = argument, meant = meant)
        }
        ErrorKind::InvalidSubcommand => {
            let (name, meant) =
                (part(ContextKind::InvalidSubcommand), meant(ContextKind::SuggestedSubcommand));
            message!("cli-arguments-no-command", name = name, meant = meant)
        }
        ErrorKind::MissingRequiredArgument => message!("cli-arguments-missing", arguments = argument),
        ErrorKind::ArgumentConflict => {
            let other = part(ContextKind::PriorArg);
            message!("cli-arguments-conflict", argument = argument, other = other)
        }
        ErrorKind::InvalidValue if part(ContextKind::InvalidValue).is_empty() => {
            message!("cli-arguments-no-value", argument = argument)
        }
        ErrorKind::InvalidValue => {
            let (value, choices) = (part(ContextKind::InvalidValue), part(ContextKind::ValidValue));
            message!("cli-arguments-no-choice", value = value, argument = argument, choices = choices)
        }
        ErrorKind::ValueValidation => {
            let (value, why) = (part(ContextKind::InvalidValue), source.map(ToString::to_string));
            let why = Message::verbatim(why.unwrap_or_default());
            message!("cli-arguments-invalid", value = value, argument = argument, why = why)
        }
        _ => return None,
    })
}

fn no_number(text: &str) -> InvalidArgument {
    InvalidArgument(message!("cli-arguments-no-number", text = text))
}

/// The language of the locale.
pub(super) fn language_of_locale() -> Language {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
    Language::of_locale(&locale.unwrap_or_default())
}

/// Quantile levels between 0 and 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QuantileLevels(pub Vec<f64>);

fn quantiles(text: &str) -> Result<QuantileLevels, InvalidArgument> {
    let mut levels = Vec::new();
    for item in text.split(',') {
        let level = hundredth(item.trim().trim_end_matches('%')).ok_or_else(|| no_number(item))?;
        if !(level > 0.0 && level < 1.0) {
            return Err(InvalidArgument(message!("cli-arguments-quantile-range", text = item)));
        }
        levels.push(level);
    }
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    Ok(QuantileLevels(levels))
}

/// `3/16`
fn shard(text: &str) -> Result<Shard, InvalidArgument> {
    let wrong = || InvalidArgument(message!("cli-arguments-no-shard", text = text));
    let (number, of) = text.split_once('/').ok_or_else(wrong)?;
    let (number, of): (u64, u64) =
        (number.trim().parse().map_err(|_| wrong())?, of.trim().parse().map_err(|_| wrong())?);
    if number >= 1 && number <= of && of <= 1_000_000 { Ok(Shard { number, of }) } else { Err(wrong()) }
}

/// Into how many shards a run is cut.
fn shards(text: &str) -> Result<u64, InvalidArgument> {
    let number = text.trim().parse().ok().filter(|of| (1..=1_000_000).contains(of));
    number.ok_or_else(|| InvalidArgument(message!("cli-arguments-no-shards", text = text)))
}

/// `0.2%`, `quantile(gdp@2025, 5%)=1`
fn until(text: &str) -> Result<Until, InvalidArgument> {
    let (statistic, error) = match text.rsplit_once('=') {
        Some((statistic, error)) if matches!(statistic.trim(), "probability" | "odds") => {
            (None, error.trim())
        }
        Some((statistic, error)) => (Some(statistic.trim().to_owned()), error.trim()),
        None => (None, text.trim()),
    };
    let number = match error.strip_suffix('%') {
        Some(percent) => hundredth(percent).ok_or(()),
        None => error.parse().map_err(|_| ()),
    };
    let percent = error.ends_with('%');
    match number {
        Ok(value) if percent && statistic.as_ref().is_some_and(|statistic| !statistic.starts_with("p(")) => {
            let value = value.to_string();
            Err(InvalidArgument(message!("cli-arguments-until-unit", error = error, value = value)))
        }
        // Fifty paths are as sure of any odds: who writes 0.2 means 0.2%.
        Ok(value) if !percent && statistic.is_none() && (0.07..1.0).contains(&value) => {
            let (value, percent) = (value.to_string(), (value * 100.0).to_string());
            Err(InvalidArgument(message!("cli-arguments-until-share", value = value, percent = percent)))
        }
        Ok(value) if value > 0.0 && value.is_finite() => Ok(Until { statistic, error: value }),
        _ => Err(InvalidArgument(message!("cli-arguments-no-error"))),
    }
}

/// A folder to write into: - is standard output everywhere else, which no folder is.
fn folder() -> impl TypedValueParser<Value = PathBuf> {
    not_stdout(key!("cli-arguments-folder"))
}

/// A file to draw into, while standard output takes the answer.
fn picture() -> impl TypedValueParser<Value = PathBuf> {
    not_stdout(key!("cli-arguments-picture"))
}

fn not_stdout(why: Key) -> impl TypedValueParser<Value = PathBuf> {
    let refused = move || InvalidArgument(why.into());
    PathBufValueParser::new()
        .try_map(move |path| if path.as_os_str() == "-" { Err(refused()) } else { Ok(path) })
}

/// `90s`, `10min`, `2h`; a number alone is in seconds.
fn wait(text: &str) -> Result<Duration, InvalidArgument> {
    let wrong = || InvalidArgument(message!("cli-arguments-no-time", text = text));
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let factor = match text[number.len()..].trim() {
        "" | "s" | "sec" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        _ => return Err(wrong()),
    };
    let time: f64 = number.trim().parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(factor * time).map_err(|_| wrong())
}

/// `2GiB`, `500MB`, `1.5 GiB`; a number alone is in bytes.
fn size_of_memory(text: &str) -> Result<u64, InvalidArgument> {
    let wrong = || InvalidArgument(message!("cli-arguments-no-memory", text = text));
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let factor = match text[number.len()..].trim() {
        "" | "B" => 1.0,
        "kB" | "KB" | "k" | "K" => 1e3,
        "MB" | "M" => 1e6,
        "GB" | "G" => 1e9,
        "TB" | "T" => 1e12,
        "KiB" => 1024.0,
        "MiB" => 1_048_576.0,
        "GiB" => 1_073_741_824.0,
        "TiB" => 1_099_511_627_776.0,
        _ => return Err(wrong()),
    };
    let bytes = number.trim().parse::<f64>().map_err(|_| wrong())? * factor;
    if (1.0..1e18).contains(&bytes) { Ok(bytes as u64) } else { Err(wrong()) }
}

fn minutes(text: &str) -> Result<f64, InvalidArgument> {
    let minutes = text.parse().ok().filter(|minutes: &f64| *minutes > 0.0 && minutes.is_finite());
    minutes.ok_or_else(|| InvalidArgument(message!("cli-arguments-no-minutes", text = text)))
}

/// More threads than any machine has cores, and few enough for its memory.
const MOST_THREADS: usize = 1024;

fn threads(text: &str) -> Result<usize, InvalidArgument> {
    match text.parse() {
        Ok(0) => Err(InvalidArgument(message!("cli-arguments-threads-none"))),
        Ok(threads) if threads > MOST_THREADS => {
            let most = MOST_THREADS.to_string();
            Err(InvalidArgument(message!("cli-arguments-threads-many", most = most)))
        }
        Ok(threads) => Ok(threads),
        Err(_) => Err(InvalidArgument(message!("cli-arguments-no-threads", text = text))),
    }
}

/// `99`, `99.9%`: a share strictly between 50 % and 100 %.
fn confidence(text: &str) -> Result<f64, InvalidArgument> {
    let share = hundredth(text.trim().trim_end_matches('%')).ok_or_else(|| no_number(text))?;
    if share > 0.5 && share < 1.0 {
        Ok(share)
    } else {
        Err(InvalidArgument(message!("cli-arguments-confidence-range")))
    }
}

/// `250000`, `1e6`, `1M`, `20k`, `100_000`.
fn paths(text: &str) -> Result<u64, InvalidArgument> {
    let plain = text.replace(['_', ','], "");
    let (digits, factor) = match plain.chars().last() {
        Some('k' | 'K') => (&plain[..plain.len() - 1], 1e3),
        Some('m' | 'M') => (&plain[..plain.len() - 1], 1e6),
        _ => (plain.as_str(), 1.0),
    };
    let number: f64 =
        digits.parse().map_err(|_| InvalidArgument(message!("cli-arguments-no-paths", text = text)))?;
    let paths = number * factor;
    if !(1.0..=MOST_PATHS as f64).contains(&paths) || paths.fract() != 0.0 {
        return Err(InvalidArgument(message!("cli-arguments-paths-range", most = MOST_PATHS.to_string())));
    }
    Ok(paths as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_people_write_them() {
        assert_eq!(paths("1e6"), Ok(1_000_000));
        assert_eq!(paths("1.5M"), Ok(1_500_000));
        assert_eq!(paths("20k"), Ok(20_000));
        assert_eq!((paths("1e10"), paths("1099511627776")), (Ok(10_000_000_000), Ok(1 << 40)));
        assert!(paths("2e12").unwrap_err().to_string().contains("1099511627776"));
        assert!(paths("0").is_err());
        assert!(paths("1.5").is_err());
        assert!(paths("many").is_err());
    }

    #[test]
    fn threads_are_as_many_as_a_machine_may_have() {
        assert_eq!((threads("1"), threads("64")), (Ok(1), Ok(64)));
        assert!(threads("0").is_err() && threads("100000").unwrap_err().to_string().contains("1024"));
    }

    #[test]
    fn times_and_sizes_have_units() {
        assert_eq!(wait("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(wait("1.5 min"), Ok(Duration::from_secs(90)));
        assert_eq!((wait("0"), wait("2h")), (Ok(Duration::ZERO), Ok(Duration::from_hours(2))));
        assert!(["", "-1", "soon", "1d", "nan", "1e300"].iter().all(|text| wait(text).is_err()));
        assert_eq!((size_of_memory("2GiB"), size_of_memory("500 MB")), (Ok(2 << 30), Ok(500_000_000)));
        assert!(["", "0", "-1GB", "much", "2GiX", "nan"].iter().all(|text| size_of_memory(text).is_err()));
    }

    #[test]
    fn quantiles_are_per_cent_and_sorted() {
        assert_eq!(quantiles("95, 5,50").unwrap().0, [0.05, 0.5, 0.95]);
        assert_eq!(quantiles("99.9,0.1,33.3").unwrap().0, [0.001, 0.333, 0.999]);
        assert!(quantiles("0").is_err());
        assert!(quantiles("100").is_err());
        assert!(quantiles("a").is_err());
    }

    #[test]
    fn a_size_has_two_sides_within_bounds() {
        assert_eq!(size("900x560"), Ok(Size { width: 900, height: 560 }));
        assert!(size("900").unwrap_err().to_string().contains("900x560"));
        assert!(size("90x90").unwrap_err().to_string().contains("320"));
    }

    #[test]
    fn a_figure_that_does_not_exist_is_told_with_those_that_do() {
        assert_eq!(figure_kind("fan"), Ok(FigureKind::One(CatalogueKind::Fan)));
        assert!(figure_kind("pie").unwrap_err().to_string().contains("scorecard"));
    }

    #[test]
    fn the_command_line_is_consistent_and_every_command_has_examples() {
        use clap::CommandFactory;
        let mut whole = Arguments::command();
        whole.clone().debug_assert();
        for command in whole.get_subcommands_mut() {
            let help = command.render_long_help().to_string();
            assert!(help.contains("Examples:"), "{}", command.get_name());
        }
    }
}
