//! Draws of distributions whose arguments vary: a standard draw, made into one of the distribution of each path.
//!
//! On a path on which the arguments are impossible the draw has no value.

use super::data::InputKind;
use super::graph::GraphNode;
use super::hierarchies::ArgumentTerms;
use super::lower::{Failed, Lowering};
use super::operation::{Binary, Unary};
use crate::scenario::quantity::Z95;

impl Lowering<'_> {
    /// The draw of an input whose arguments vary, in a year.
    pub(super) fn varying_draw(&mut self, input: usize, terms: &ArgumentTerms, year: i32) -> GraphNode {
        let once = self.data.inputs[input].kind == InputKind::Parameter;
        let at = if once { self.scenario.time.start } else { year };
        let mut members = terms.members.clone();
        let mut all = Vec::new();
        for term in terms.arguments.iter().chain(terms.ends.iter().flatten()) {
            match self.lower(term, &mut members, at) {
                Ok(value) => all.push(value),
                // What is wrong was told; the value is never seen.
                Err(Failed) => return self.graph.constant(f64::NAN),
            }
        }
        let ends = all.split_off(terms.arguments.len());
        let x = self.new_draw(input, year);
        let (possible, value) = match ends.as_slice() {
            &[low, high] => self.truncated_draw(terms.family, &all, [low, high], x),
            _ => self.family_draw(terms.family, &all, x),
        };
        let unknown = self.graph.constant(f64::NAN);
        self.graph.select(possible, value, unknown)
    }

    fn number(&mut self, number: f64) -> GraphNode {
        self.graph.constant(number)
    }

    fn two(&mut self, operation: Binary, a: GraphNode, b: GraphNode) -> GraphNode {
        self.graph.binary(operation, a, b)
    }

    fn at_least_zero(&mut self, x: GraphNode) -> GraphNode {
        let zero = self.number(0.0);
        self.two(Binary::GreaterEqual, x, zero)
    }

    fn above_zero(&mut self, x: GraphNode) -> GraphNode {
        let zero = self.number(0.0);
        self.two(Binary::Greater, x, zero)
    }

    fn both(&mut self, a: GraphNode, b: GraphNode) -> GraphNode {
        self.two(Binary::And, a, b)
    }

    /// `location + scale · x`
    fn placed(&mut self, location: GraphNode, scale: GraphNode, x: GraphNode) -> GraphNode {
        let scaled = self.two(Binary::Multiply, scale, x);
        self.two(Binary::Add, location, scaled)
    }

    /// `1 - u`
    fn complement(&mut self, u: GraphNode) -> GraphNode {
        let one = self.number(1.0);
        self.two(Binary::Subtract, one, u)
    }

    /// `-ln(1 - u)`: exponential.
    fn exponential(&mut self, u: GraphNode) -> GraphNode {
        let above = self.complement(u);
        let log = self.graph.unary(Unary::Log, above);
        self.graph.unary(Unary::Negate, log)
    }

    /// Whether the arguments are possible, and the draw if they are. `x` is of the family's standard distribution.
    fn family_draw(&mut self, family: &str, all: &[GraphNode], x: GraphNode) -> (GraphNode, GraphNode) {
        match (family, all) {
            ("uniform", &[min, max]) => {
                let range = self.two(Binary::Subtract, max, min);
                (self.two(Binary::LessEqual, min, max), self.placed(min, range, x))
            }
            ("triangular", &[min, mode, max]) => self.triangular(min, mode, max, x),
            ("two_piece_normal", &[mode, low, high]) => self.two_piece(mode, low, high, x),
            ("student_t", &[_, location, scale]) | ("cauchy", &[location, scale]) => {
                (self.above_zero(scale), self.placed(location, scale, x))
            }
            ("gamma", &[_, scale]) => (self.above_zero(scale), self.two(Binary::Multiply, scale, x)),
            ("exponential", &[rate]) => {
                let e = self.exponential(x);
                (self.above_zero(rate), self.two(Binary::Divide, e, rate))
            }
            ("weibull", &[shape, scale]) => {
                let e = self.exponential(x);
                let log = self.graph.unary(Unary::Log, e);
                let exponent = self.two(Binary::Divide, log, shape);
                let power = self.graph.unary(Unary::Exp, exponent);
                let (one, other) = (self.above_zero(shape), self.above_zero(scale));
                (self.both(one, other), self.two(Binary::Multiply, scale, power))
            }
            ("pareto", &[shape, min]) => {
                let e = self.exponential(x);
                let exponent = self.two(Binary::Divide, e, shape);
                let power = self.graph.unary(Unary::Exp, exponent);
                let (one, other) = (self.above_zero(shape), self.above_zero(min));
                (self.both(one, other), self.two(Binary::Multiply, min, power))
            }
            ("generalized_pareto", &[shape, threshold, scale]) => {
                let excess = self.excess(shape, x);
                (self.above_zero(scale), self.placed(threshold, scale, excess))
            }
            ("bernoulli", &[p]) => {
                let zero = self.complement(p);
                let one = self.number(1.0);
                let (low, high) = (self.at_least_zero(p), self.two(Binary::LessEqual, p, one));
                (self.both(low, high), self.two(Binary::GreaterEqual, x, zero))
            }
            _ => {
                let (possible, [mean, sd]) = self.of_normal(family, all);
                let y = self.placed(mean, sd, x);
                (possible, if family == "normal" { y } else { self.graph.unary(Unary::Exp, y) })
            }
        }
    }

    /// Mean and standard deviation of the normal that a family of normals or of their exponentials is made of, and
    /// whether they are possible.
    fn of_normal(&mut self, family: &str, all: &[GraphNode]) -> (GraphNode, [GraphNode; 2]) {
        let &[first, second] = all else {
            let unknown = self.number(f64::NAN);
            return (unknown, [unknown; 2]);
        };
        match family {
            "lognormal_mean" => {
                let (one, half) = (self.number(1.0), self.number(0.5));
                let ratio = self.two(Binary::Divide, second, first);
                let square = self.two(Binary::Multiply, ratio, ratio);
                let sum = self.two(Binary::Add, one, square);
                let variance = self.graph.unary(Unary::Log, sum);
                let sigma = self.graph.unary(Unary::Sqrt, variance);
                let (log, half) =
                    (self.graph.unary(Unary::Log, first), self.two(Binary::Multiply, half, variance));
                let mu = self.two(Binary::Subtract, log, half);
                let (mean, sd) = (self.above_zero(first), self.at_least_zero(second));
                (self.both(mean, sd), [mu, sigma])
            }
            "lognormal_between" => {
                let (low, high) = (self.graph.unary(Unary::Log, first), self.graph.unary(Unary::Log, second));
                let (half, part) = (self.number(0.5), self.number(1.0 / (2.0 * Z95)));
                let sum = self.two(Binary::Add, low, high);
                let range = self.two(Binary::Subtract, high, low);
                let (mu, sigma) =
                    (self.two(Binary::Multiply, half, sum), self.two(Binary::Multiply, part, range));
                let (above, apart) = (self.above_zero(first), self.two(Binary::Less, first, second));
                (self.both(above, apart), [mu, sigma])
            }
            _ => (self.at_least_zero(second), [first, second]),
        }
    }

    fn triangular(
        &mut self,
        min: GraphNode,
        mode: GraphNode,
        max: GraphNode,
        u: GraphNode,
    ) -> (GraphNode, GraphNode) {
        let range = self.two(Binary::Subtract, max, min);
        let (below, above) = (self.two(Binary::Subtract, mode, min), self.two(Binary::Subtract, max, mode));
        let q = self.complement(u);
        let (low, high) = (self.two(Binary::Multiply, u, range), self.two(Binary::Multiply, q, range));
        let mut root = |a, b| {
            let product = self.two(Binary::Multiply, a, b);
            self.graph.unary(Unary::Sqrt, product)
        };
        let (rise, fall) = (root(low, below), root(high, above));
        let (rising, falling) = (self.two(Binary::Add, min, rise), self.two(Binary::Subtract, max, fall));
        let is_rising = self.two(Binary::Less, low, below);
        let value = self.graph.select(is_rising, rising, falling);
        let (one, other) = (self.at_least_zero(below), self.at_least_zero(above));
        (self.both(one, other), value)
    }

    fn two_piece(
        &mut self,
        mode: GraphNode,
        sd_low: GraphNode,
        sd_high: GraphNode,
        u: GraphNode,
    ) -> (GraphNode, GraphNode) {
        let (half, zero) = (self.number(0.5), self.number(0.0));
        let sum = self.two(Binary::Add, sd_low, sd_high);
        let q = self.complement(u);
        let (low, high) = (self.two(Binary::Multiply, u, sum), self.two(Binary::Multiply, q, sum));
        let mut deviation = |part, sd| {
            let share = self.two(Binary::Divide, part, sd);
            let share = self.two(Binary::Multiply, half, share);
            let share = self.two(Binary::Min, share, half);
            let z = self.graph.unary(Unary::NormalQuantile, share);
            self.two(Binary::Multiply, sd, z)
        };
        let (below, above) = (deviation(low, sd_low), deviation(high, sd_high));
        let (below, above) = (self.two(Binary::Add, mode, below), self.two(Binary::Subtract, mode, above));
        let has_none = self.two(Binary::Equal, sd_high, zero);
        let above = self.graph.select(has_none, mode, above);
        let is_low = self.two(Binary::Less, low, sd_low);
        let value = self.graph.select(is_low, below, above);
        let (one, other) = (self.at_least_zero(sd_low), self.at_least_zero(sd_high));
        (self.both(one, other), value)
    }

    /// `(exp(shape e) - 1) / shape`, with its digits for small shapes (Kahan's form).
    fn excess(&mut self, shape: GraphNode, u: GraphNode) -> GraphNode {
        let (one, zero) = (self.number(1.0), self.number(0.0));
        let e = self.exponential(u);
        let exponent = self.two(Binary::Multiply, shape, e);
        let power = self.graph.unary(Unary::Exp, exponent);
        let (over, log) = (self.two(Binary::Subtract, power, one), self.graph.unary(Unary::Log, power));
        let product = self.two(Binary::Multiply, over, exponent);
        let quotient = self.two(Binary::Divide, product, log);
        let is_small = self.two(Binary::Equal, power, one);
        let less_one = self.graph.select(is_small, exponent, quotient);
        let scaled = self.two(Binary::Divide, less_one, shape);
        let is_zero = self.two(Binary::Equal, shape, zero);
        self.graph.select(is_zero, e, scaled)
    }

    /// A truncated normal, or its exponential, from a uniform: by the tail in which less lies.
    fn truncated_draw(
        &mut self,
        family: &str,
        all: &[GraphNode],
        ends: [GraphNode; 2],
        u: GraphNode,
    ) -> (GraphNode, GraphNode) {
        let (possible, [mean, sd]) = self.of_normal(family, all);
        let zero = self.number(0.0);
        let ends_of_normal = ends.map(|end| {
            if family == "normal" {
                return end;
            }
            let end = self.two(Binary::Max, end, zero);
            self.graph.unary(Unary::Log, end)
        });
        let [alpha, beta] = ends_of_normal.map(|end| {
            let distance = self.two(Binary::Subtract, end, mean);
            self.two(Binary::Divide, distance, sd)
        });
        let is_upper = self.two(Binary::Greater, alpha, zero);
        let (minus_alpha, minus_beta, q) = (
            self.graph.unary(Unary::Negate, alpha),
            self.graph.unary(Unary::Negate, beta),
            self.complement(u),
        );
        let low = self.graph.select(is_upper, minus_beta, alpha);
        let high = self.graph.select(is_upper, minus_alpha, beta);
        let p = self.graph.select(is_upper, q, u);
        let (below, upto) =
            (self.graph.unary(Unary::NormalCdf, low), self.graph.unary(Unary::NormalCdf, high));
        let mass = self.two(Binary::Subtract, upto, below);
        let level = self.placed(below, mass, p);
        let z = self.graph.unary(Unary::NormalQuantile, level);
        let minus_z = self.graph.unary(Unary::Negate, z);
        let z = self.graph.select(is_upper, minus_z, z);
        let y = self.placed(mean, sd, z);
        let value = if family == "normal" { y } else { self.graph.unary(Unary::Exp, y) };
        let value = self.two(Binary::Max, value, ends[0]);
        let value = self.two(Binary::Min, value, ends[1]);
        let (spread, some) = (self.above_zero(sd), self.above_zero(mass));
        let kept = self.both(spread, some);
        (self.both(possible, kept), value)
    }
}
