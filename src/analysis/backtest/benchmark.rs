//! Simple forecasts that a model has to beat, from the record alone as it was known at each origin.

use indexmap::IndexMap;

use super::PanelUnit;
use crate::analysis::estimate::{bias, mean};
use crate::analysis::score::rules::{crps_ensemble, crps_normal};
use crate::num::max;

/// The benchmarks, in order.
pub(super) const NAMES: [&str; 3] = ["random_walk", "shrinkage", "pooled"];

/// The fewest changes that a benchmark is made from.
const FEWEST: usize = 4;

/// The most changes that a pooled forecast holds: more are thinned evenly.
const MOST: usize = 2000;

/// The longest record first year by year.
type YearlyValues = Vec<(i32, f64)>;

/// What was known at each origin, of all units.
pub(super) struct KnownAtOrigin {
    /// By variable, origin and unit.
    values: IndexMap<(usize, i32), IndexMap<String, YearlyValues>>,
    /// By variable and origin: how much of a distance from its mean is left after a year, in all units alike.
    persistence: IndexMap<(usize, i32), f64>,
    /// By variable, origin and horizon: all changes of all units, in rising order.
    changes: IndexMap<(usize, i32, i32), Vec<f64>>,
}

impl KnownAtOrigin {
    pub(super) fn of(units: &[PanelUnit<'_>], variables: &[String], origins: &[i32]) -> Self {
        let mut known =
            Self { values: IndexMap::new(), persistence: IndexMap::new(), changes: IndexMap::new() };
        for (number, name) in variables.iter().enumerate() {
            for origin in origins {
                let own = units.iter().map(|unit| (unit.name.to_owned(), unit.known(name, *origin)));
                let own: IndexMap<String, YearlyValues> = own.collect();
                known.persistence.insert((number, *origin), persistence(own.values()));
                known.values.insert((number, *origin), own);
            }
        }
        known
    }

    /// Collects the changes over some years of all units, where that was not done yet.
    pub(super) fn pool(&mut self, variable: usize, origin: i32, horizon: i32) {
        let Some(own) = self.values.get(&(variable, origin)) else { return };
        let mut all: Vec<f64> = own.values().flat_map(|values| changes(values, horizon)).collect();
        all.sort_by(f64::total_cmp);
        let step = all.len().div_ceil(MOST).max(1);
        let thinned = all.iter().skip(step / 2).step_by(step).copied().collect();
        self.changes.insert((variable, origin, horizon), thinned);
    }

    /// The ranked probability scores of the benchmarks, by [`NAMES`]: a random walk with the spread of past changes; a return
    /// to the unit's own mean; the changes of all units.
    pub(super) fn scores(
        &self,
        variable: usize,
        unit: &str,
        origin: i32,
        horizon: i32,
        outcome: f64,
    ) -> [Option<f64>; 3] {
        let values = self.values.get(&(variable, origin)).and_then(|units| units.get(unit));
        let Some((values, (_, last))) = values.and_then(|values| Some((values, *values.last()?))) else {
            return [None; 3];
        };
        let yearly = changes(values, 1);
        let years = f64::from(horizon);
        let walk = (yearly.len() >= FEWEST).then(|| {
            let spread = (yearly.iter().map(|d| d * d).sum::<f64>() / yearly.len() as f64 * years).sqrt();
            crps_normal(last, spread, outcome)
        });
        let phi = self.persistence.get(&(variable, origin)).copied().unwrap_or(0.0);
        let shrunk = (yearly.len() >= FEWEST).then(|| {
            let center = mean(&values.iter().map(|(_, value)| *value).collect::<Vec<_>>());
            let miss = |pair: &[(i32, f64)]| (pair[1].1 - center) - phi * (pair[0].1 - center);
            let news: Vec<f64> =
                values.windows(2).filter(|pair| pair[1].0 == pair[0].0 + 1).map(miss).collect();
            let variance = news.iter().map(|u| u * u).sum::<f64>() / (news.len() as f64 - 1.0);
            let powers: Vec<f64> = (0..horizon)
                .scan(1.0, |power, _| {
                    let own = *power;
                    *power *= phi;
                    Some(own)
                })
                .collect();
            let spread = (variance * powers.iter().map(|p| p * p).sum::<f64>()).sqrt();
            let left = powers[powers.len() - 1] * phi;
            crps_normal(center + left * (last - center), spread, outcome)
        });
        let pool = self.changes.get(&(variable, origin, horizon)).filter(|pool| pool.len() >= FEWEST);
        let pooled = pool.map(|pool| crps_ensemble(pool, outcome - last));
        [walk, shrunk, pooled]
    }
}

/// The changes over so many years.
fn changes(values: &[(i32, f64)], years: i32) -> Vec<f64> {
    let later = |(year, value): &(i32, f64)| {
        let other = values.iter().find(|(other, _)| *other == year + years)?;
        Some(other.1 - value)
    };
    values.iter().filter_map(later).collect()
}

/// The first autocorrelation of all units around their own means, without the bias of short records.
fn persistence<'a>(units: impl Iterator<Item = &'a YearlyValues>) -> f64 {
    let (mut product, mut square, mut years, mut count) = (0.0, 0.0, 0, 0);
    for values in units.filter(|values| values.len() > FEWEST) {
        let center = mean(&values.iter().map(|(_, value)| *value).collect::<Vec<_>>());
        for pair in values.windows(2).filter(|pair| pair[1].0 == pair[0].0 + 1) {
            product += (pair[0].1 - center) * (pair[1].1 - center);
            square += (pair[0].1 - center) * (pair[0].1 - center);
        }
        years += values.len();
        count += 1;
    }
    if square <= 0.0 {
        return 0.0;
    }
    max(bias::corrected(product / square, years / count), 0.0)
}
