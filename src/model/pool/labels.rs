//! What the worlds of a pool have in common, and what it is called.

use indexmap::{IndexMap, IndexSet};

use crate::message;
use crate::model::compile::Model;
use crate::model::labels::{
    AssumptionLabel, BoundsLabel, Labels, MetricLabel, TargetLabel, VariableLabel, WorldLabel,
};
use crate::model::program::{Instruction, Operand, Program};
use crate::scenario::Scenario;
use crate::scenario::pool::{Pool, World};
use crate::text::period::label as period;
use crate::text::{Diagnostic, DiagnosticList, Message, Text};

/// So many names of what is left out are told.
const NAMED: usize = 8;

/// The labels of a pool, and by world the series of its program that they are of, in the pool's order. Notes what differs
/// that should not, and what only some worlds have.
pub(super) fn common(
    scenario: &Scenario,
    pool: &Pool,
    worlds: &[Model],
    diagnostics: &mut DiagnosticList,
) -> (Labels, Vec<Vec<u32>>) {
    let mut common = CommonLabels {
        pool,
        worlds,
        weights: pool.worlds.iter().map(|world| world.weight).collect(),
        labels: Labels::default(),
        series: vec![Vec::new(); worlds.len()],
        left_out: IndexSet::new(),
        diagnostics,
    };
    common.variables();
    common.metrics();
    common.bounds();
    common.targets();
    common.told();
    let CommonLabels { mut labels, series, .. } = common;
    let first = &worlds[0].labels;
    let world = |world: &World| WorldLabel {
        name: world.name.clone(),
        title: world.scenario.title.clone(),
        weight: world.weight,
    };
    labels.worlds = pool.worlds.iter().map(world).collect();
    labels.id.clone_from(&scenario.id);
    labels.title = scenario.title.clone();
    labels.summary = scenario.summary.clone();
    labels.region = if scenario.region.is_empty() { first.region.clone() } else { scenario.region.clone() };
    (labels.start, labels.end) = (first.start, first.end);
    labels.headline_targets.clone_from(&first.headline_targets);
    labels.assumptions = assumptions(pool, worlds);
    for world in worlds.iter().map(|world| &world.labels) {
        for source in &world.sources {
            if labels.sources.iter().all(|known| known.id != source.id) {
                labels.sources.push(source.clone());
            }
        }
        for figure in &world.figures {
            if labels.figures.iter().all(|known| known.id != figure.id) {
                labels.figures.push(figure.clone());
            }
        }
    }
    (labels, series)
}

/// The labels, with which series are not one number for all paths.
pub(super) fn with_random(mut labels: Labels, programs: &[Program]) -> Labels {
    let mut values: Vec<Option<f64>> = vec![None; programs.first().map_or(0, |one| one.series as usize)];
    labels.random = vec![false; values.len()];
    for instruction in programs.iter().flat_map(|program| &program.instructions) {
        let Instruction::Record { series, value } = *instruction else { continue };
        let (known, random) = (&mut values[series as usize], &mut labels.random[series as usize]);
        match value {
            Operand::Constant(x) => *random |= known.get_or_insert(x).to_bits() != x.to_bits(),
            Operand::Slot(_) => *random = true,
        }
    }
    labels
}

struct CommonLabels<'a> {
    pool: &'a Pool,
    worlds: &'a [Model],
    weights: Vec<f64>,
    labels: Labels,
    /// By world.
    series: Vec<Vec<u32>>,
    left_out: IndexSet<String>,
    diagnostics: &'a mut DiagnosticList,
}

impl<'a> CommonLabels<'a> {
    /// What all worlds have, by name, each of every world; what only some have is left out.
    fn shared<L>(
        &mut self,
        of: impl Fn(&'a Labels) -> &'a [L],
        name: impl Fn(&'a L) -> &'a str,
    ) -> IndexMap<&'a str, Vec<&'a L>> {
        let mut found: IndexMap<&str, Vec<&L>> = IndexMap::new();
        for label in self.worlds.iter().flat_map(|world| of(&world.labels)) {
            found.entry(name(label)).or_default().push(label);
        }
        found.retain(|name, known| {
            let is_shared = known.len() == self.worlds.len();
            self.left_out.extend((!is_shared).then(|| (*name).to_owned()));
            is_shared
        });
        found
    }

    fn variables(&mut self) {
        for (name, known) in self.shared(|labels| &labels.variables, |label| &label.name) {
            self.same(name, &known, |label| label.unit.clone());
            self.same(name, &known, |label| {
                format!("{}–{}", period(label.first_year), period(label.last_year))
            });
            let first_series = self.series[0].len() as u32;
            for (series, label) in self.series.iter_mut().zip(&known) {
                let years = (label.last_year - label.first_year) as u32;
                series.extend(label.first_series..=label.first_series + years);
            }
            let central = (0..known[0].central.len())
                .map(|year| self.mean(known.iter().map(|label| label.central.get(year).copied())))
                .collect();
            let headline = known.iter().any(|label| label.headline);
            self.labels.variables.push(VariableLabel { headline, first_series, central, ..known[0].clone() });
        }
    }

    fn metrics(&mut self) {
        for (name, known) in self.shared(|labels| &labels.metrics, |label| &label.name) {
            self.same(name, &known, |label| label.unit.clone());
            let series = self.series[0].len() as u32;
            self.series.iter_mut().zip(&known).for_each(|(series, label)| series.push(label.series));
            let central = self.mean(known.iter().map(|label| Some(label.central)));
            self.labels.metrics.push(MetricLabel { series, central, ..known[0].clone() });
        }
    }

    /// The variables that should stay within bounds in all worlds; those of one world alone it tells itself.
    fn bounds(&mut self) {
        let of_first = &self.worlds[0].labels.bounds;
        for label in of_first {
            let same = |world: &'a Model| {
                world.labels.bounds.iter().find(|one| one.name == label.name && one.bounds == label.bounds)
            };
            let known: Option<Vec<_>> = self.worlds.iter().map(same).collect();
            let Some(known) = known else { continue };
            let series = self.series[0].len() as u32;
            self.series.iter_mut().zip(&known).for_each(|(series, label)| series.push(label.series));
            self.labels.bounds.push(BoundsLabel { series, ..label.clone() });
        }
    }

    /// The targets are the pool's own, and so those of every world.
    fn targets(&mut self) {
        for (number, label) in self.worlds[0].labels.targets.iter().enumerate() {
            let all: Vec<&TargetLabel> =
                self.worlds.iter().map(|world| &world.labels.targets[number]).collect();
            let met = self.weights.iter().zip(&all).filter(|(_, label)| label.met_on_central);
            let met_on_central =
                met.map(|(weight, _)| weight).sum::<f64>() >= 0.5 * self.weights.iter().sum::<f64>();
            let decided = label.decided.filter(|decided| all.iter().all(|one| one.decided == Some(*decided)));
            self.labels.targets.push(TargetLabel { met_on_central, decided, ..label.clone() });
        }
    }

    /// The mean over the worlds by their weights.
    fn mean(&self, values: impl Iterator<Item = Option<f64>>) -> f64 {
        let terms = self.weights.iter().zip(values).map(|(weight, x)| weight * x.unwrap_or(f64::NAN));
        terms.sum::<f64>() / self.weights.iter().sum::<f64>()
    }

    /// Notes where not all worlds say the same of what they all have.
    fn same<T>(&mut self, name: &str, all: &[&T], of: impl Fn(&T) -> String) {
        let first = of(all[0]);
        let Some((world, other)) = (all.iter().map(|one| of(one)).enumerate()).find(|(_, one)| *one != first)
        else {
            return;
        };
        let shown = |text: String| {
            if text.is_empty() { message!("model-pool-nothing") } else { Message::verbatim(text) }
        };
        let message = message!(
            "model-pool-differs",
            name = name,
            first = shown(first),
            first_world = &self.pool.worlds[0].name,
            other = shown(other),
            other_world = &self.pool.worlds[world].name
        );
        let diagnostic = Diagnostic::error(self.pool.worlds[world].place, message);
        self.diagnostics.push(diagnostic.help(crate::key!("model-pool-differs.help")));
    }

    /// Says what only some worlds have, or that they have nothing in common.
    fn told(&mut self) {
        let Labels { variables, metrics, targets, .. } = &self.labels;
        if variables.is_empty() && metrics.is_empty() && targets.is_empty() {
            let diagnostic = Diagnostic::error(self.pool.place, crate::key!("model-pool-nothing-common"));
            self.diagnostics.push(diagnostic.help(crate::key!("model-pool-nothing-common.help")));
        } else if !self.left_out.is_empty() {
            let names: Vec<&str> = self.left_out.iter().take(NAMED).map(String::as_str).collect();
            let (names, count) = (names.as_slice(), self.left_out.len());
            let message = if count > NAMED {
                message!("model-pool-left-out-more", names = names, count = count)
            } else {
                message!("model-pool-left-out", names = names)
            };
            self.diagnostics.push(Diagnostic::warning(self.pool.place, message));
        }
    }
}

/// What all worlds assume: what is not the same in all of them with the world that it is of.
fn assumptions(pool: &Pool, worlds: &[Model]) -> Vec<AssumptionLabel> {
    let mut found: Vec<AssumptionLabel> = Vec::new();
    for (own, world) in worlds.iter().zip(&pool.worlds) {
        for label in &own.labels.assumptions {
            let is_shared = worlds.iter().all(|other| other.labels.assumptions.contains(label));
            if !is_shared {
                let message =
                    message!("model-pool-in-world", title = &label.title, world = &world.scenario.title);
                found.push(AssumptionLabel { title: Text::from(&message), ..label.clone() });
            } else if !found.contains(label) {
                found.push(label.clone());
            }
        }
    }
    found
}
