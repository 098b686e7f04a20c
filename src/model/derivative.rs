//! Exact derivatives of the formulas of a system, as further values of its graph.

use super::graph::{Definition, Graph, GraphNode};
use super::operation::{Binary, Unary};

/// Derivatives that are not zero, by the number of the unknown, in order.
type Slopes = Vec<(u32, GraphNode)>;

/// Most derivatives of all values of a system together; one that takes more is solved without them.
const MOST_SLOPES: usize = 2_000_000;

/// The derivatives of some values by the unknowns `Given(_, 0)` to `Given(_, unknowns - 1)`; `None` where they would be
/// too many. Where a formula has a kink (`min`, `max`, `abs`, `if`) it is the derivative of the side that holds, and steps
/// (`round`, comparisons) have derivative zero.
pub(super) fn derivatives(graph: &mut Graph, values: &[GraphNode], unknowns: u32) -> Option<Vec<Slopes>> {
    let mut slopes: Vec<Slopes> = Vec::with_capacity(graph.len());
    let mut count = 0;
    for number in 0..graph.len() {
        let mut found = slopes_of(graph, GraphNode(number as u32), unknowns, &slopes);
        // One that is zero everywhere would be no number where what it is multiplied by is infinite.
        found.retain(|(_, slope)| graph.number(*slope) != Some(0.0));
        count += found.len();
        if count > MOST_SLOPES {
            return None;
        }
        slopes.push(found);
    }
    Some(values.iter().map(|value| std::mem::take(&mut slopes[value.0 as usize])).collect())
}

fn slopes_of(graph: &mut Graph, node: GraphNode, unknowns: u32, slopes: &[Slopes]) -> Slopes {
    let of = |node: GraphNode| slopes[node.0 as usize].as_slice();
    match graph.definition(node) {
        Definition::Given(_, number) if number < unknowns => vec![(number, graph.constant(1.0))],
        // A rate of return is one of a metric, and no metric is solved for.
        Definition::Given(..)
        | Definition::RateOfReturn(_)
        | Definition::Constant(_)
        | Definition::Uniform(..)
        | Definition::Score(..)
        | Definition::Sample(..)
        | Definition::Solve(_)
        | Definition::Solution(..) => Slopes::new(),
        Definition::Unary(_, x) | Definition::Lookup(_, x) if of(x).is_empty() => Slopes::new(),
        Definition::Lookup(table, x) => {
            let slope = slope_of_table(graph, table, x);
            scaled(graph, of(x), slope)
        }
        Definition::Unary(operation, x) => {
            unary(graph, operation, x, node).map_or_else(Slopes::new, |slope| scaled(graph, of(x), slope))
        }
        Definition::Binary(_, a, b) if of(a).is_empty() && of(b).is_empty() => Slopes::new(),
        Definition::Binary(operation, a, b) => binary(graph, operation, [a, b], node, [of(a), of(b)]),
        Definition::Select(condition, yes, no) => selected(graph, condition, of(yes), of(no)),
        Definition::WeightedSum(sum) => {
            let terms: Vec<(f64, GraphNode)> = graph.terms(sum).collect();
            let mut total: Slopes = of(sum.start).to_vec();
            for (factor, term) in terms {
                let factor = graph.constant(factor);
                let own = scaled(graph, of(term), factor);
                total = added(graph, &total, &own);
            }
            total
        }
    }
}

/// The slope of a table: that of the line that a value lies on, and beyond the points none.
fn slope_of_table(graph: &mut Graph, table: u32, x: GraphNode) -> GraphNode {
    let points = graph.tables()[table as usize].points().to_vec();
    let (flat, first) = (graph.constant(0.0), points.first().map_or(0.0, |point| point.0));
    let mut slope = flat;
    for pair in points.windows(2).rev() {
        let [(x0, y0), (x1, y1)] = [pair[0], pair[1]];
        let (end, own) = (graph.constant(x1), graph.constant((y1 - y0) / (x1 - x0)));
        let is_before = graph.binary(Binary::Less, x, end);
        slope = graph.select(is_before, own, slope);
    }
    let first = graph.constant(first);
    let is_below = graph.binary(Binary::Less, x, first);
    graph.select(is_below, flat, slope)
}

/// The derivative of an operation by its argument; `None` where it is zero.
fn unary(graph: &mut Graph, operation: Unary, x: GraphNode, value: GraphNode) -> Option<GraphNode> {
    let number = |graph: &mut Graph, number: f64| graph.constant(number);
    Some(match operation {
        Unary::Negate => number(graph, -1.0),
        Unary::Not | Unary::Sign | Unary::Floor | Unary::Ceil | Unary::Round => return None,
        Unary::Exp => value,
        Unary::Log => {
            let one = number(graph, 1.0);
            graph.binary(Binary::Divide, one, x)
        }
        Unary::Log10 => {
            let factor = number(graph, std::f64::consts::LOG10_E);
            graph.binary(Binary::Divide, factor, x)
        }
        Unary::Sqrt => {
            let half = number(graph, 0.5);
            graph.binary(Binary::Divide, half, value)
        }
        Unary::Abs => graph.unary(Unary::Sign, x),
        Unary::Tanh => {
            let (one, square) = (number(graph, 1.0), graph.binary(Binary::Multiply, value, value));
            graph.binary(Binary::Subtract, one, square)
        }
        Unary::NormalCdf => density(graph, x),
        Unary::NormalQuantile => {
            let (one, density) = (number(graph, 1.0), density(graph, value));
            graph.binary(Binary::Divide, one, density)
        }
    })
}

/// The density of the standard normal distribution.
fn density(graph: &mut Graph, x: GraphNode) -> GraphNode {
    /// `1 / sqrt(2 pi)`
    const HEIGHT: f64 = 0.398_942_280_401_432_7;
    let square = graph.binary(Binary::Multiply, x, x);
    let half = graph.constant(-0.5);
    let exponent = graph.binary(Binary::Multiply, half, square);
    let (power, height) = (graph.unary(Unary::Exp, exponent), graph.constant(HEIGHT));
    graph.binary(Binary::Multiply, height, power)
}

fn binary(
    graph: &mut Graph,
    operation: Binary,
    [a, b]: [GraphNode; 2],
    value: GraphNode,
    [of_a, of_b]: [&[(u32, GraphNode)]; 2],
) -> Slopes {
    match operation {
        Binary::Add => added(graph, of_a, of_b),
        Binary::Subtract => {
            let minus = graph.constant(-1.0);
            let of_b = scaled(graph, of_b, minus);
            added(graph, of_a, &of_b)
        }
        Binary::Multiply => {
            let (left, right) = (scaled(graph, of_a, b), scaled(graph, of_b, a));
            added(graph, &left, &right)
        }
        Binary::Divide => {
            // (a/b)' = (a' - (a/b) b') / b
            let minus = graph.unary(Unary::Negate, value);
            let right = if of_b.is_empty() { Slopes::new() } else { scaled(graph, of_b, minus) };
            let whole = added(graph, of_a, &right);
            let divided = |(unknown, slope)| (unknown, graph.binary(Binary::Divide, slope, b));
            whole.into_iter().map(divided).collect()
        }
        Binary::Power => {
            let left = if of_a.is_empty() {
                Slopes::new()
            } else {
                // b a^(b-1)
                let one = graph.constant(1.0);
                let less = graph.binary(Binary::Subtract, b, one);
                let power = graph.binary(Binary::Power, a, less);
                let slope = graph.binary(Binary::Multiply, b, power);
                scaled(graph, of_a, slope)
            };
            let right = if of_b.is_empty() {
                Slopes::new()
            } else {
                // a^b ln a, and 0 where the power is: ln 0 is infinite.
                let (log, zero) = (graph.unary(Unary::Log, a), graph.constant(0.0));
                let slope = graph.binary(Binary::Multiply, value, log);
                let is_zero = graph.binary(Binary::Equal, value, zero);
                let slope = graph.select(is_zero, zero, slope);
                scaled(graph, of_b, slope)
            };
            added(graph, &left, &right)
        }
        Binary::Modulo => {
            // a mod b = a - b floor(a / b)
            let ratio = graph.binary(Binary::Divide, a, b);
            let whole = graph.unary(Unary::Floor, ratio);
            let minus = graph.unary(Unary::Negate, whole);
            let right = scaled(graph, of_b, minus);
            added(graph, of_a, &right)
        }
        Binary::Min => {
            let first = graph.binary(Binary::LessEqual, a, b);
            selected(graph, first, of_a, of_b)
        }
        Binary::Max => {
            let first = graph.binary(Binary::GreaterEqual, a, b);
            selected(graph, first, of_a, of_b)
        }
        Binary::Less
        | Binary::LessEqual
        | Binary::Greater
        | Binary::GreaterEqual
        | Binary::Equal
        | Binary::NotEqual
        | Binary::And
        | Binary::Or => Slopes::new(),
    }
}

fn scaled(graph: &mut Graph, slopes: &[(u32, GraphNode)], factor: GraphNode) -> Slopes {
    slopes.iter().map(|(unknown, slope)| (*unknown, graph.binary(Binary::Multiply, *slope, factor))).collect()
}

fn added(graph: &mut Graph, a: &[(u32, GraphNode)], b: &[(u32, GraphNode)]) -> Slopes {
    joined(a, b, |a, b| match (a, b) {
        (Some(a), Some(b)) => Some(graph.binary(Binary::Add, a, b)),
        (one, other) => one.or(other),
    })
}

/// The derivatives of `if(condition, yes, no)`.
fn selected(
    graph: &mut Graph,
    condition: GraphNode,
    yes: &[(u32, GraphNode)],
    no: &[(u32, GraphNode)],
) -> Slopes {
    if yes.is_empty() && no.is_empty() {
        return Slopes::new();
    }
    let zero = graph.constant(0.0);
    joined(yes, no, |yes, no| Some(graph.select(condition, yes.unwrap_or(zero), no.unwrap_or(zero))))
}

/// Two lists as one, by unknown.
fn joined(
    a: &[(u32, GraphNode)],
    b: &[(u32, GraphNode)],
    mut join: impl FnMut(Option<GraphNode>, Option<GraphNode>) -> Option<GraphNode>,
) -> Slopes {
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    let mut whole = Slopes::new();
    while let Some(unknown) = [a.peek(), b.peek()].into_iter().flatten().map(|(unknown, _)| *unknown).min() {
        let one = a.next_if(|(own, _)| *own == unknown).map(|(_, slope)| slope);
        let other = b.next_if(|(own, _)| *own == unknown).map(|(_, slope)| slope);
        whole.extend(join(one, other).map(|slope| (unknown, slope)));
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The value of a small graph with two unknowns.
    fn at(graph: &Graph, node: GraphNode, x: [f64; 2]) -> f64 {
        graph.values_given(&x)[node.0 as usize]
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "closed forms are computed with the platform's functions")]
    fn derivatives_are_those_of_the_textbook() {
        let mut graph = Graph::default();
        let (x, y) = (graph.given(0, 0), graph.given(0, 1));
        // x y + ln x - y / x + x^y: by x: y + 1/x + y/x^2 + y x^(y-1); by y: x - 1/x + x^y ln x.
        let product = graph.binary(Binary::Multiply, x, y);
        let log = graph.unary(Unary::Log, x);
        let ratio = graph.binary(Binary::Divide, y, x);
        let power = graph.binary(Binary::Power, x, y);
        let sum = graph.binary(Binary::Add, product, log);
        let sum = graph.binary(Binary::Subtract, sum, ratio);
        let sum = graph.binary(Binary::Add, sum, power);
        let slopes = derivatives(&mut graph, &[sum], 2).unwrap().remove(0);
        let [found_x, found_y] = [0, 1].map(|k| at(&graph, slopes[k].1, [2.0, 3.0]));
        assert!((found_x - (3.0 + 0.5 + 0.75 + 12.0)).abs() < 1e-12, "{found_x}");
        assert!((found_y - (2.0 - 0.5 + 8.0 * 2.0f64.ln())).abs() < 1e-12, "{found_y}");
    }

    /// d/dx of 0^x, of √(0 x) and of (y - y)^x is 0 at x = 2.
    #[test]
    fn what_is_zero_wherever_it_is_looked_at_has_no_slope() {
        let mut graph = Graph::default();
        let (x, y) = (graph.given(0, 0), graph.given(0, 1));
        let (zero, none) = (graph.constant(0.0), graph.binary(Binary::Subtract, y, y));
        let flat = graph.binary(Binary::Multiply, zero, x);
        let values = [
            graph.binary(Binary::Power, zero, x),
            graph.unary(Unary::Sqrt, flat),
            graph.binary(Binary::Power, none, x),
        ];
        for slopes in derivatives(&mut graph, &values, 2).unwrap() {
            let by_x = slopes.iter().find(|(unknown, _)| *unknown == 0);
            assert_eq!(by_x.map_or(0.0, |(_, slope)| at(&graph, *slope, [2.0, 3.0])), 0.0);
        }
    }

    #[test]
    fn a_linear_formula_has_constant_derivatives() {
        let mut graph = Graph::default();
        let unknowns: Vec<GraphNode> = (0..70).map(|k| graph.given(0, k)).collect();
        let factors: Vec<f64> = (0..70).map(|k| f64::from(k) + 0.5).collect();
        let start = graph.constant(3.0);
        let sum = graph.weighted_sum(start, &factors, &unknowns);
        let slopes = derivatives(&mut graph, &[sum], 70).unwrap().remove(0);
        for (k, (unknown, slope)) in slopes.into_iter().enumerate() {
            assert_eq!((unknown as usize, graph.number(slope)), (k, Some(factors[k])));
        }
    }

    fn smooth_unary() -> impl Strategy<Value = Unary> {
        prop::sample::select(vec![
            Unary::Negate,
            Unary::Exp,
            Unary::Log,
            Unary::Log10,
            Unary::Sqrt,
            Unary::Abs,
            Unary::NormalCdf,
        ])
    }

    fn smooth_binary() -> impl Strategy<Value = Binary> {
        use Binary::{Add, Divide, Max, Min, Multiply, Power, Subtract};
        prop::sample::select(vec![Add, Subtract, Multiply, Divide, Power, Min, Max])
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn derivatives_are_the_limits_of_differences(
            steps in proptest::collection::vec((any::<bool>(), smooth_unary(), smooth_binary(), 0..8usize, 0..8usize), 1..6),
            x in 0.6..1.9f64, y in 0.6..1.9f64,
        ) {
            let mut graph = Graph::default();
            let mut nodes = vec![graph.given(0, 0), graph.given(0, 1), graph.constant(1.25)];
            for (one, unary, binary, a, b) in steps {
                let (a, b) = (nodes[a % nodes.len()], nodes[b % nodes.len()]);
                nodes.push(if one { graph.unary(unary, a) } else { graph.binary(binary, a, b) });
            }
            let value = *nodes.last().unwrap();
            let slopes = derivatives(&mut graph, &[value], 2).unwrap().remove(0);
            for unknown in 0..2 {
                let shifted = |by: f64| {
                    let mut point = [x, y];
                    point[unknown] += by;
                    at(&graph, value, point)
                };
                let difference = |h: f64| (shifted(h) - shifted(-h)) / (2.0 * h);
                let (coarse, fine) = (difference(2e-5), difference(1e-5));
                let found = slopes.iter().find(|(own, _)| *own as usize == unknown);
                let found = found.map_or(0.0, |(_, slope)| at(&graph, *slope, [x, y]));
                // Kinks and poles near the point are left out: there differences do not settle.
                prop_assume!(fine.is_finite() && (coarse - fine).abs() <= 1e-6 * (1.0 + fine.abs()));
                prop_assert!((found - fine).abs() <= 1e-4 * (1.0 + fine.abs()), "{found} and {fine}");
            }
        }
    }
}
