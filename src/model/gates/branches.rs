//! What the value of a statistic depends on and may happen on few paths only: conditions and rare draws. A mean of paths none
//! of which has met a disaster says nothing of the disaster.

use indexmap::{IndexMap, IndexSet};

use super::{Branch, Gate, RareDraw, Statistic, StatisticKind};
use crate::model::data::Input;
use crate::model::graph::{Definition, Graph, GraphNode};
use crate::model::operation::{Binary, Unary};
use crate::model::range::ValueRange;
use crate::num::{Interval, Sampler};

/// So many inputs of a condition are named.
const NAMED: usize = 3;

/// Of a whole number with at most so many values each extreme one counts as a case of its own.
const FEW_VALUES: f64 = 8.0;

/// Finds the branches and rare draws of all statistics whose error depends on them, and adds the branches' conditions to
/// the series.
pub(in crate::model) fn find(
    gates: &mut [Gate],
    graph: &mut Graph,
    ranges: &[ValueRange],
    samplers: &[Sampler],
    inputs: &[Input],
    series: &mut Vec<GraphNode>,
) {
    let mut added: IndexMap<GraphNode, u32> = IndexMap::new();
    let inputs: Streams = inputs.iter().map(|input| (input.stream, input.name.as_str())).rev().collect();
    let inputs = &inputs;
    let all = gates.iter_mut().flat_map(|gate| &mut gate.statistics);
    // A correlation depends on what its parts depend on.
    let all =
        all.flat_map(|one| if one.parts.is_empty() { std::slice::from_mut(one) } else { &mut one.parts[..] });
    for statistic in all {
        let root = series[statistic.series as usize];
        let sought = matches!(
            statistic.kind,
            StatisticKind::Mean
                | StatisticKind::Sd
                | StatisticKind::ExpectedShortfall(_)
                | StatisticKind::ExpectedSurplus(_)
        );
        if sought && !statistic.range.is_point() {
            let mut search =
                BranchSearch { graph, ranges, conditions: IndexMap::new(), draws: IndexSet::new() };
            search.all(root);
            let BranchSearch { conditions, draws, .. } = search;
            note(statistic, graph, conditions, inputs, |condition| {
                *added.entry(condition).or_insert_with(|| {
                    series.push(condition);
                    series.len() as u32 - 1
                })
            });
            let rare = |(sampler, node): &(u32, GraphNode)| {
                let share = share_to_see(samplers.get(*sampler as usize)?)?;
                Some(RareDraw { input: names(graph, *node, inputs).join(", "), share })
            };
            statistic.rare_draws = draws.iter().filter_map(rare).collect();
        }
    }
}

/// The names of inputs by their streams.
type Streams<'a> = IndexMap<u32, &'a str>;

/// Writes the conditions that were found down as branches.
fn note(
    statistic: &mut Statistic,
    graph: &mut Graph,
    conditions: IndexMap<Condition, [bool; 2]>,
    inputs: &Streams<'_>,
    mut series_of: impl FnMut(GraphNode) -> u32,
) {
    for (condition, matters) in conditions {
        let node = condition.node(graph);
        let inputs = names(graph, node, inputs);
        statistic.branches.push(Branch { series: series_of(node), matters, inputs });
    }
}

/// A condition, perhaps one that no formula states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Condition {
    /// That a value is not 0.
    Holds(GraphNode),
    /// That the first of two values is less than the second.
    Less(GraphNode, GraphNode),
    /// That a value is at least a number, as its bits.
    AtLeast(GraphNode, u64),
}

impl Condition {
    fn node(self, graph: &mut Graph) -> GraphNode {
        match self {
            Self::Holds(node) => node,
            Self::Less(a, b) => graph.binary(Binary::Less, a, b),
            Self::AtLeast(x, bits) => {
                let bound = graph.constant(f64::from_bits(bits));
                graph.binary(Binary::GreaterEqual, x, bound)
            }
        }
    }
}

/// The search through what a value is made of.
struct BranchSearch<'a> {
    graph: &'a Graph,
    ranges: &'a [ValueRange],
    /// With whether it matters that it does not hold, and that it holds.
    conditions: IndexMap<Condition, [bool; 2]>,
    /// Samplers of discrete distributions, and the draws.
    draws: IndexSet<(u32, GraphNode)>,
}

impl BranchSearch<'_> {
    fn range(&self, node: GraphNode) -> Interval {
        self.ranges.get(node.0 as usize).map_or(Interval::UNKNOWN, |range| range.bounds())
    }

    /// Whether a condition may hold and may not.
    fn is_open(&self, condition: GraphNode) -> bool {
        self.ranges.get(condition.0 as usize).is_none_or(|range| range.decided().is_none())
    }

    fn all(&mut self, root: GraphNode) {
        let (mut seen, mut open) = (IndexSet::from([root]), vec![root]);
        while let Some(node) = open.pop() {
            for part in self.visit(node) {
                if seen.insert(part) {
                    open.push(part);
                }
            }
        }
    }

    fn note(&mut self, condition: Condition, matters: [bool; 2]) {
        if matters != [false; 2] {
            let known = self.conditions.entry(condition).or_default();
            *known = [known[0] || matters[0], known[1] || matters[1]];
        }
    }

    /// Notes what a value depends on; its parts that are still to be visited.
    fn visit(&mut self, node: GraphNode) -> Vec<GraphNode> {
        match self.graph.definition(node) {
            Definition::Select(condition, yes, no) => {
                let (one, other) = (self.range(yes), self.range(no));
                if self.is_open(condition) {
                    self.note(Condition::Holds(condition), [!other.is_within(one), !one.is_within(other)]);
                }
                vec![yes, no]
            }
            Definition::Binary(Binary::Max, a, b) => {
                let (one, other) = (self.range(a).high, self.range(b).high);
                self.note(Condition::Less(a, b), [one > other, other > one]);
                vec![a, b]
            }
            Definition::Binary(Binary::Min, a, b) => {
                let (one, other) = (self.range(a).low, self.range(b).low);
                self.note(Condition::Less(a, b), [other < one, one < other]);
                vec![a, b]
            }
            Definition::Binary(operation, a, b) if is_arithmetic(operation) => vec![a, b],
            Definition::Binary(..) | Definition::Unary(Unary::Not, _) => {
                if self.is_open(node) {
                    self.note(Condition::Holds(node), [true, true]);
                }
                Vec::new()
            }
            Definition::Unary(Unary::Sign | Unary::Floor | Unary::Ceil | Unary::Round, x) => {
                self.whole(node);
                vec![x]
            }
            Definition::Sample(sampler, _) => {
                self.draws.insert((sampler, node));
                Vec::new()
            }
            _ => self.graph.parts(node).collect(),
        }
    }

    /// Notes the extreme values of a whole number that takes few.
    fn whole(&mut self, node: GraphNode) {
        let range = self.range(node);
        if range.is_bounded() && range.high > range.low && range.high - range.low <= FEW_VALUES {
            self.note(Condition::AtLeast(node, range.high.to_bits()), [false, true]);
            self.note(Condition::AtLeast(node, (range.low + 1.0).to_bits()), [true, false]);
        }
    }
}

fn is_arithmetic(operation: Binary) -> bool {
    matches!(operation, Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide | Binary::Power)
}

/// Of a discrete distribution: the largest share of the paths, halved again and again from one half, beyond which nothing
/// happens that goes much farther than what happens within it. `None` where that share is one half.
fn share_to_see(sampler: &Sampler) -> Option<f64> {
    if !sampler.is_discrete() {
        return None;
    }
    let goes_on = |share: f64| {
        let (low, high) = (sampler.sample(share), sampler.sample(1.0 - share));
        let width = high - low;
        let (mut within, mut rest) = ((low, high), share);
        while rest > f64::EPSILON / 2.0 {
            rest /= 8.0;
            let beyond = (sampler.sample(rest), sampler.sample(1.0 - rest));
            if beyond.1 - within.1 > width || within.0 - beyond.0 > width {
                return true;
            }
            within = beyond;
        }
        false
    };
    let shares = std::iter::successors(Some(0.5), |share| Some(0.5 * share)).take(52);
    let share = shares.take_while(|share| goes_on(*share)).last()?;
    Some(0.5 * share)
}

/// The names of the first few inputs that a value depends on.
fn names(graph: &Graph, node: GraphNode, inputs: &Streams<'_>) -> Vec<String> {
    let (mut seen, mut open, mut found) = (IndexSet::from([node]), vec![node], Vec::new());
    while let Some(node) = open.pop() {
        if let Definition::Uniform(stream, _) | Definition::Score(stream, _) = graph.definition(node) {
            let input = inputs.get(&stream).map(|name| (*name).to_owned());
            found.extend(input.filter(|name| !found.contains(name)));
        }
        if found.len() == NAMED {
            break;
        }
        open.extend(graph.parts(node).filter(|part| seen.insert(*part)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RecordedVariables, compile_with_gates};
    use crate::num::Distribution;

    /// The first statistic of a gate on the mean of x.
    fn statistic(parameters: &str, formula: &str) -> Statistic {
        let text = format!(
            "[time]\nstart = 2020\nend = 2021\n[parameters]\n{parameters}\n[variables]\n\
             x = {{ start = \"0\", formula = \"{formula}\" }}\n[gates]\ng = \"mean(x@2021) >= 0.123\"\n"
        );
        let mut loaded = crate::scenario::load::from_text("case", &text);
        let model =
            compile_with_gates(&loaded.scenario, &RecordedVariables::Headlines, &mut loaded.diagnostics);
        model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics)).gates.remove(0).statistics.remove(0)
    }

    const DRAWS: &str = "u = \"uniform(0, 1)\"\nz = \"normal(0, 1)\"\nb = \"bernoulli(0.001)\"";

    #[test]
    fn a_branch_matters_where_it_leads_beyond_the_other() {
        let found = |formula: &str| -> Vec<[bool; 2]> {
            statistic(DRAWS, formula).branches.iter().map(|branch| branch.matters).collect()
        };
        assert_eq!(found("if(u < 0.001, 1000, 0)"), [[true, true]]);
        // What a guard leads to is no more than is there without it.
        assert_eq!(found("if(z < 0, 0, z)"), [[true, false]]);
        assert_eq!(found("max(z, 0)"), [[true, false]]);
        assert_eq!(found("min(z, 0)"), [[false, true]]);
        assert_eq!(found("max(z - 4.8, 0) * 1000"), [[true, false]]);
        assert_eq!(found("1000 * (z > 4)"), [[true, true]]);
        assert_eq!(found("z + u"), Vec::<[bool; 2]>::new());
        // It is never so.
        assert_eq!(found("if(u > 2, 1000, z)"), Vec::<[bool; 2]>::new());
    }

    #[test]
    fn a_branch_names_the_inputs_that_decide_it() {
        let found = statistic(DRAWS, "if(u + z > 4, 1000, 0)");
        let mut inputs = found.branches[0].inputs.clone();
        inputs.sort();
        assert_eq!(inputs, ["u", "z"]);
    }

    #[test]
    fn a_rare_value_of_a_discrete_input_takes_as_many_paths_as_show_it() {
        let found = statistic(DRAWS, "z + 1000 * b");
        assert_eq!(found.rare_draws[0].input, "b");
        assert!((0.0004..=0.001).contains(&found.rare_draws[0].share), "{:?}", found.rare_draws);
        let share = |distribution: Distribution| share_to_see(&distribution.sampler());
        let rare =
            |p: f64| Distribution::Discrete { values: vec![0.0, 1.0, 1e9], weights: vec![0.8, 0.2 - p, p] };
        assert!((3e-7..=1e-6).contains(&share(rare(1e-6)).unwrap()));
        assert!(share(Distribution::Bernoulli { p: 0.5 }).is_none_or(|share| share > 0.1));
        assert!(share(Distribution::Poisson { rate: 20.0 }).is_none_or(|share| share > 0.01));
        assert_eq!(share(Distribution::StudentT { df: 3.0, location: 0.0, scale: 1.0 }), None);
    }
}
