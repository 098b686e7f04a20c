//! Simultaneous equations for which no solution was found on some paths.

use super::Prepared;
use crate::engine::run_path_watched;
use crate::message;
use crate::num::system::Iteration;
use crate::result::Summary;
use crate::text::Message;
use crate::text::number::trimmed;
use crate::text::period::label;

/// A declaration whose equations were not solved on some paths.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsolved {
    /// Its name.
    pub name: String,
    /// By year: on how many paths its variables have no finite value; only years in which that is so.
    pub years: Vec<(i32, u64)>,
    /// The first path of the first of these years.
    pub path: u64,
    /// The unknown that was furthest from its formula there.
    pub unknown: String,
    /// How far, relative to their size; not a number where the formulas had no finite value.
    pub residual: f64,
    /// How often the formulas were evaluated.
    pub evaluations: usize,
}

impl Unsolved {
    /// What it says, in no language yet.
    pub fn message(&self) -> Message {
        let years: Vec<String> =
            self.years.iter().take(3).map(|(year, paths)| format!("{}: {paths}", label(year))).collect();
        let years = years.join(", ") + if self.years.len() > 3 { ", …" } else { "" };
        let (name, path, unknown) = (&self.name, self.path.to_string(), &self.unknown);
        if self.residual.is_nan() {
            return message!("study-unsolved-formulas", name = name, years = years, path = path);
        }
        let residual = match self.residual {
            small if small < 1e-4 => format!("{small:.1e}"),
            large => format!("{} %", trimmed(100.0 * large, 3)),
        };
        message!(
            "study-unsolved",
            name = name,
            years = years,
            path = path,
            unknown = unknown,
            residual = residual,
            count = self.evaluations
        )
    }
}

impl Prepared {
    /// The simultaneous equations that were not solved on all paths of a run of this, as far as their variables are recorded.
    pub fn unsolved(&self, summary: &Summary) -> Vec<Unsolved> {
        // A path of a scheme, or of what was observed, is not that of its number alone.
        if self.model.labels.systems.is_empty() || !summary.sampling.is_empty() || summary.evidence.is_some()
        {
            return Vec::new();
        }
        let declared = self.loaded.scenario.simultaneous.iter();
        declared
            .filter_map(|(name, declared)| {
                let is_solved = |variable: &str| {
                    let plain = variable.split('[').next().unwrap_or(variable);
                    declared.solves.iter().any(|(solved, _)| solved == plain)
                };
                let mut years: std::collections::BTreeMap<i32, (u64, u64)> =
                    std::collections::BTreeMap::new();
                for (_, variable) in summary.variables.iter().filter(|(variable, _)| is_solved(variable)) {
                    let first = variable.first_not_finite.iter();
                    for ((year, paths), first) in variable.years.iter().zip(&variable.not_finite).zip(first) {
                        if let (1.., Some(first)) = (*paths, first) {
                            let known = years.entry(*year).or_insert((0, *first));
                            *known = (known.0.max(*paths), known.1.min(*first));
                        }
                    }
                }
                let path = years.values().next()?.1;
                let last = self.last_evaluation(name, summary.seed, path)?;
                let unknown = self.model.labels.systems[last.0].unknowns.get(last.2.worst).cloned();
                Some(Unsolved {
                    name: name.clone(),
                    years: years.into_iter().map(|(year, (paths, _))| (year, paths)).collect(),
                    path,
                    unknown: unknown.unwrap_or_default(),
                    residual: last.2.residual,
                    evaluations: last.1,
                })
            })
            .collect()
    }

    /// The first system of a declaration that is not solved on a path, how often it was evaluated, and where at last.
    fn last_evaluation(&self, name: &str, seed: u64, path: u64) -> Option<(usize, usize, Iteration)> {
        let systems = &self.model.labels.systems;
        let mut found: Vec<(usize, Option<Iteration>)> = vec![(0, None); systems.len()];
        let tolerance = |system: u32| self.model.program.systems[system as usize].rule.tolerance;
        let mut watch = |system: u32, iteration: Iteration| {
            let known = &mut found[system as usize];
            if !iteration.is_again {
                *known = (known.0 + 1, Some(iteration));
            } else if iteration.residual <= tolerance(system) {
                // Begun again, it was solved.
                *known = (0, None);
            }
        };
        run_path_watched(&self.model.program, seed, path, Some(&mut watch));
        let rule = |system: usize| &self.model.program.systems[system].rule;
        let unsolved = found.into_iter().enumerate().filter(|(system, _)| systems[*system].name == name);
        let mut unsolved = unsolved.filter_map(|(system, (count, last))| Some((system, count, last?)));
        unsolved.find(|(system, count, last)| {
            *count >= rule(*system).most as usize || last.residual >= 1e-3 || last.residual.is_nan()
        })
    }
}
