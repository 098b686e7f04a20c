//! The values of some of a run's paths, by variable: what figures of single paths are drawn from.
//!
//! Nothing of this is stored: a path is a function of the scenario, the seed and its number, so that the
//! stored scenario gives it again, bit for bit.

use std::collections::BTreeMap;

use ndarray::{ArcArray2, Array2, s};

use crate::engine;
use crate::model::Model;
use crate::text::Text;

/// The first paths of a run, or of those on which its condition holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplayedPaths {
    /// How many paths.
    pub paths: u64,
    /// By variable.
    pub variables: BTreeMap<String, ReplayedVariable>,
}

/// A variable on these paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplayedVariable {
    /// Title.
    pub title: Text,
    /// Unit as written.
    pub unit: String,
    /// The first year; the others follow.
    pub first_year: i32,
    /// The values, path by year: columns of one array that all variables share.
    pub values: ArcArray2<f64>,
}

impl ReplayedPaths {
    /// The first `paths` paths of a model under a seed: the memory grows with their number.
    pub fn of(model: &Model, seed: u64, paths: u64) -> Self {
        Self::from_rows(model, engine::paths(&model.program, seed, 0..paths).series)
    }

    /// Of the first `among` paths those on which series `condition` holds (is neither 0 nor NaN), the first `most` of
    /// them: the memory grows with `most`.
    pub fn where_it_holds(model: &Model, seed: u64, among: u64, most: u64, condition: u32) -> Self {
        Self::from_rows(model, engine::paths_given(&model.program, seed, among, most, condition))
    }

    /// The values of paths, path by series, by variable.
    fn from_rows(model: &Model, rows: Array2<f64>) -> Self {
        let (paths, all) = (rows.nrows() as u64, rows.into_shared());
        let variables = model.labels.variables.iter().map(|label| {
            let first = label.first_series as usize;
            let years = (label.last_year - label.first_year) as usize + 1;
            let values = all.clone().slice_move(s![.., first..first + years]);
            let (title, unit) = (label.title.clone(), label.unit.clone());
            (label.name.clone(), ReplayedVariable { title, unit, first_year: label.first_year, values })
        });
        Self { paths, variables: variables.collect() }
    }
}

impl ReplayedVariable {
    /// The years.
    pub fn years(&self) -> std::ops::Range<i32> {
        self.first_year..self.first_year + self.values.ncols() as i32
    }

    /// The values of a year, path by path.
    pub fn at(&self, year: i32) -> Option<Vec<f64>> {
        let column = year.checked_sub(self.first_year)?;
        let column = usize::try_from(column).ok().filter(|&c| c < self.values.ncols())?;
        Some(self.values.column(column).to_vec())
    }

    /// The mean of each year over the paths on which it is finite.
    pub fn means(&self) -> Vec<f64> {
        let mean = |column: usize| {
            let finite: Vec<f64> =
                self.values.column(column).iter().copied().filter(|v| v.is_finite()).collect();
            if finite.is_empty() { f64::NAN } else { finite.iter().sum::<f64>() / finite.len() as f64 }
        };
        (0..self.values.ncols()).map(mean).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RecordedVariables, compile};
    use crate::scenario::load;

    fn model() -> Model {
        let mut loaded = load("two-sector-town", &[]);
        compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics).unwrap()
    }

    #[test]
    fn a_longer_sample_begins_with_the_shorter_one() {
        let model = model();
        let (short, long) = (ReplayedPaths::of(&model, 1, 10), ReplayedPaths::of(&model, 1, 300));
        for (name, variable) in &short.variables {
            assert_eq!(variable.values, long.variables[name].values.slice(s![..10, ..]), "{name}");
        }
    }

    #[test]
    fn of_paths_with_a_condition_those_are_kept_on_which_it_holds() {
        let text = "[time]\nstart = 2020\nend = 2021\n[parameters]\nu = \"uniform(0, 1)\"\n[variables]\nx = { formula = \"u\", report = true }\n[metrics]\nhigh = \"x@2021 > 0.9\"\n";
        let mut loaded = load::from_text("case", text);
        let model =
            compile(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics).unwrap();
        let condition = model.labels.metrics[0].series;
        let all = ReplayedPaths::of(&model, 1, 9000).variables["x"].at(2021).unwrap();
        let held: Vec<f64> = all.into_iter().filter(|x| *x > 0.9).collect();
        for (most, count) in [(100, 100), (5000, held.len())] {
            let kept = ReplayedPaths::where_it_holds(&model, 1, 9000, most, condition);
            assert_eq!(kept.paths, count as u64);
            assert_eq!(kept.variables["x"].at(2021).unwrap(), held[..count]);
        }
    }

    #[test]
    fn a_year_has_a_value_for_each_path_and_a_mean() {
        let sample = ReplayedPaths::of(&model(), 1, 50);
        let (_, variable) = sample.variables.iter().next().unwrap();
        let last = variable.years().end - 1;
        let values = variable.at(last).unwrap();
        assert_eq!((values.len(), variable.at(last + 1)), (50, None));
        let mean = values.iter().sum::<f64>() / 50.0;
        assert_eq!(variable.means().last().copied(), Some(mean));
    }
}
