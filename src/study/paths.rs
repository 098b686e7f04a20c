//! The values of all paths of a run, as a table in memory.

use std::sync::atomic::Ordering;

use ndarray::{Array2, ArrayViewMut1, ArrayViewMut2, Axis};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::engine::RecordedPaths;
use crate::export::paths::weight_name;
use crate::key;
use crate::num::{BLOCK, exp, max};
use crate::scenario::pool::WORLD;

use super::{EngineError, Options, Prepared, Study, StudyError, Watch, run};

/// How many paths are simulated at once by one thread.
const PIECE: usize = 8 * BLOCK;

/// What a column of [`Paths`] holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathsKind {
    /// The number of the path's world, from 0; only of a pool.
    World,
    /// What the path weighs; only after a record.
    Weight,
    /// A variable, with a column for each year.
    Variable,
    /// A metric.
    Metric,
    /// A target: 1 is met, 0 is missed, NaN is not known.
    Target,
}

impl PathsKind {
    /// Its name: `variable`.
    pub fn name(self) -> &'static str {
        match self {
            Self::World => "world",
            Self::Weight => "weight",
            Self::Variable => "variable",
            Self::Metric => "metric",
            Self::Target => "target",
        }
    }
}

/// Columns of [`Paths`] that belong to one name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PathsItem {
    /// The name, with members (`va[coal]`).
    pub name: String,
    /// What it is.
    pub kind: PathsKind,
    /// The unit of the values; empty where there is none.
    pub unit: String,
    /// The years of the columns, one after another; empty of what has one column and no year.
    pub years: Vec<i32>,
    /// The first of its columns.
    pub column: usize,
    /// Where the values come from in what is simulated.
    source: usize,
}

impl PathsItem {
    /// How many columns it has.
    pub fn width(&self) -> usize {
        self.years.len().max(1)
    }
}

/// The values of all paths of a run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Paths {
    /// What the columns hold, in their order.
    pub items: Vec<PathsItem>,
    /// The names of the worlds of a pool, by their numbers.
    pub worlds: Vec<String>,
    /// The values, path × column; each column lies in one piece in memory. A value that is not known is NaN.
    pub values: Array2<f64>,
}

impl Prepared {
    /// Simulates the paths of the run and keeps the values of all recorded variables, metrics and targets, or of those of
    /// these names. The memory they take is 8 bytes a value.
    ///
    /// # Errors
    /// When there is nothing of a name, the run is stopped, or it does not count all random paths: it has a condition or another
    /// sampling. After a record the first column is what each path weighs; their mean is 1.
    pub fn paths(&self, names: &[&str], watch: Watch) -> Result<Paths, StudyError> {
        let condition = self.settings.given.as_ref().map(|_| "given");
        if let Some(setting) = condition.or(self.settings.scheme()) {
            return Err(StudyError::OfSomePaths { setting: setting.to_owned() });
        }
        let items = self.items(names)?;
        let columns = items.last().map_or(0, |item| item.column + item.width());
        let paths = self.settings.paths;
        if paths > crate::ensemble::MOST_PATHS {
            let most = crate::ensemble::MOST_PATHS;
            return Err(EngineError::TooManyPaths { paths, most }.into());
        }
        let mut values = Array2::zeros((columns, paths as usize));
        let pieces: Vec<ArrayViewMut2<f64>> = values.axis_chunks_iter_mut(Axis(1), PIECE).collect();
        let stopped = || watch.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        pieces.into_par_iter().enumerate().for_each(|(number, mut piece)| {
            if stopped() {
                return;
            }
            let first = (number * PIECE) as u64;
            let simulated = piece.ncols() as u64;
            let range = first..first + simulated;
            let (recorded, logs) = self.logged_paths(range);
            items.iter().for_each(|item| self.fill(item, &recorded, &logs, &mut piece));
            watch.finished.iter().for_each(|finished| finished(simulated));
        });
        if stopped() {
            return Err(EngineError::Interrupted { finished: 0 }.into());
        }
        if let Some(weights) = items.iter().find(|item| item.kind == PathsKind::Weight) {
            relative_to_mean(values.row_mut(weights.column));
        }
        let worlds = self.model.labels.worlds.iter().map(|world| world.name.clone()).collect();
        Ok(Paths { items, worlds, values: values.reversed_axes() })
    }

    /// The columns of a table of paths.
    fn items(&self, names: &[&str]) -> Result<Vec<PathsItem>, StudyError> {
        let labels = &self.model.labels;
        let item = |name: &str, kind, unit: &str, years, source| PathsItem {
            name: name.to_owned(),
            kind,
            unit: unit.to_owned(),
            years,
            column: 0,
            source,
        };
        let world = (!labels.worlds.is_empty()).then(|| item(WORLD, PathsKind::World, "", Vec::new(), 0));
        let weight =
            self.conditioned().map(|_| item(weight_name(labels), PathsKind::Weight, "", Vec::new(), 0));
        let variables = labels.variables.iter().map(|label| {
            let years = (label.first_year..=label.last_year).collect();
            item(&label.name, PathsKind::Variable, &label.unit, years, label.first_series as usize)
        });
        let metrics = labels.metrics.iter().map(|label| {
            item(&label.name, PathsKind::Metric, &label.unit, Vec::new(), label.series as usize)
        });
        let targets = labels
            .targets
            .iter()
            .enumerate()
            .map(|(number, label)| item(&label.name, PathsKind::Target, "", Vec::new(), number));
        let mut items: Vec<PathsItem> =
            world.into_iter().chain(weight).chain(variables).chain(metrics).chain(targets).collect();
        let unknown = names.iter().find(|name| items.iter().all(|item| item.name != **name));
        if let Some(name) = unknown {
            let known = items.iter().map(|item| &item.name);
            return Err(run::unknown(key!("study-kind-variable"), name, known));
        }
        items.retain(|item| {
            let always = item.kind == PathsKind::Weight;
            always || names.is_empty() || names.contains(&item.name.as_str())
        });
        let mut column = 0;
        for item in &mut items {
            item.column = column;
            column += item.width();
        }
        Ok(items)
    }

    /// Copies the values of an item to its rows of a piece, column × path.
    fn fill(&self, item: &PathsItem, recorded: &RecordedPaths, logs: &[f64], piece: &mut ArrayViewMut2<f64>) {
        let world = |path| self.model.program.pool.as_ref().map_or(0, |pool| pool.sequence.at(path)) as f64;
        for place in 0..item.width() {
            let mut row = piece.row_mut(item.column + place);
            match item.kind {
                PathsKind::World => {
                    row.iter_mut().zip(recorded.numbers()).for_each(|(x, path)| *x = world(path));
                }
                PathsKind::Weight => row.iter_mut().zip(logs).for_each(|(x, log)| *x = *log),
                PathsKind::Variable | PathsKind::Metric => {
                    row.assign(&recorded.series.column(item.source + place));
                }
                PathsKind::Target => {
                    let truth = |x: f64| if x.is_nan() { x } else { f64::from(u8::from(x != 0.0)) };
                    row.assign(&recorded.targets.column(item.source).mapv(truth));
                }
            }
        }
    }
}

/// Makes weights of their logarithms, with a mean of 1.
fn relative_to_mean(mut logs: ArrayViewMut1<f64>) {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, max);
    logs.mapv_inplace(|log| exp(log - most));
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    logs.mapv_inplace(|weight| if mean > 0.0 { weight / mean } else { 0.0 });
}

impl Study {
    /// Simulates the paths that a run of these options has, and gives their values: of recorded variables by year, metrics
    /// and targets.
    ///
    /// ```
    /// use plancast::{Options, Study};
    ///
    /// let text = r#"
    ///     time = { start = 2020, end = 2022 }
    ///     parameters.growth = "normal(5%, 1%)"
    ///     variables.gdp = { start = "100", formula = "prev(gdp) * (1 + growth)", report = true }
    ///     targets.enough.require = "gdp@2022 >= 110"
    /// "#;
    /// let study = Study::from_text("town", text)?;
    /// let options = Options::default().paths(1_000);
    /// let paths = study.paths(&options)?;
    /// assert_eq!(paths.values.dim(), (1_000, 3 + 1));
    /// let mean = paths.values.column(2).mean().unwrap();
    /// let run = study.run(&options)?;
    /// assert!((mean - run.variable("gdp")?.mean[2].unwrap()).abs() < 1e-9);
    /// # Ok::<(), plancast::StudyError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Prepared::paths`].
    pub fn paths(&self, options: &Options) -> Result<Paths, StudyError> {
        self.prepare(options)?.paths(&[], Watch::default())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicU64};

    use super::*;

    const TOWN: &str = r#"
        time = { start = 2020, end = 2022 }
        parameters.growth = "normal(5%, 1%)"
        variables.gdp = { start = "100", formula = "prev(gdp) * (1 + growth)", report = true }
        metrics.last = "gdp@2022"
        targets.enough.require = "gdp@2022 >= 110"
    "#;

    fn prepared(options: &Options) -> Prepared {
        Study::from_text("town", TOWN).unwrap().prepare(options).unwrap()
    }

    #[test]
    fn columns_hold_what_the_run_counts() {
        let options = Options::default().paths(5_000).seed(3);
        let prepared = prepared(&options);
        let (paths, run) =
            (prepared.paths(&[], Watch::default()).unwrap(), prepared.run(Watch::default()).unwrap());
        let names: Vec<&str> = paths.items.iter().map(|item| item.name.as_str()).collect();
        assert_eq!(names, ["gdp", "last", "enough"]);
        assert_eq!(paths.items[0].years, [2020, 2021, 2022]);
        assert_eq!(paths.values.column(2), paths.values.column(3));
        let share = paths.values.column(4).mean().unwrap();
        assert!((share - run.probability("enough").unwrap().probability).abs() < 1e-12);
    }

    #[test]
    fn names_choose_columns_and_one_that_is_unknown_is_told() {
        let prepared = prepared(&Options::default().paths(100));
        let paths = prepared.paths(&["enough", "gdp"], Watch::default()).unwrap();
        assert_eq!((paths.items.len(), paths.values.ncols()), (2, 4));
        let error = prepared.paths(&["gpd"], Watch::default()).unwrap_err();
        assert!(error.to_string().contains("gdp"), "{error}");
    }

    #[test]
    fn paths_can_be_watched_and_stopped() {
        let (counted, stop) = (AtomicU64::new(0), AtomicBool::new(false));
        let finished = |paths| {
            counted.fetch_add(paths, Ordering::Relaxed);
        };
        let watch = Watch { finished: Some(&finished), stop: Some(&stop) };
        let prepared = prepared(&Options::default().paths(5_000));
        prepared.paths(&[], watch).unwrap();
        assert_eq!(counted.load(Ordering::Relaxed), 5_000);
        stop.store(true, Ordering::Relaxed);
        assert!(matches!(
            prepared.paths(&[], watch),
            Err(StudyError::Engine(EngineError::Interrupted { .. }))
        ));
    }

    #[test]
    fn paths_that_are_not_counted_alike_are_refused() {
        let study = Study::from_text("town", TOWN).unwrap();
        for options in [
            Options::default().given("gdp@2021 >= 105"),
            Options::default().sampling(crate::study::Sampling::Sobol),
        ] {
            assert!(matches!(study.paths(&options), Err(StudyError::OfSomePaths { .. })));
        }
    }
}
