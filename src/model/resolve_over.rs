//! What runs over a set: sums, quantiles, places.

use super::resolve::Resolver;
use super::term::{Reduction, Term};
use crate::formula::{Expr, ExprKind, IndexTerm, Span};
use crate::{key, message};

impl Resolver<'_> {
    /// A reduction; `None` when a problem was noted.
    pub(super) fn reduction(&mut self, whole: &Expr) -> Option<Term> {
        let ExprKind::Over { function, indices, condition, body, level } = &whole.kind else { return None };
        let level = match (function.as_str(), level) {
            ("quantile", None) => {
                let help = message!("model-over-level.help", names = names(indices));
                return self.fail(whole.span, key!("model-over-level"), Some(help));
            }
            ("quantile", Some(level)) => self.level(level)?,
            _ => 0.5,
        };
        if matches!(function.as_str(), "rank" | "argmax") && indices.len() > 1 {
            let message = message!("model-over-one-set", function = function);
            return self.fail(whole.span, message, Some(message!("model-over-one-set.help")));
        }
        let current =
            if function == "rank" { Some(self.current_member(whole.span, &indices[0])?) } else { None };
        let reduction = match function.as_str() {
            "sum" => Reduction::Sum,
            "mean" => Reduction::Mean,
            "product" => Reduction::Product,
            "min" => Reduction::Min,
            "max" => Reduction::Max,
            "sd" => Reduction::Sd,
            "argmax" => Reduction::ArgMax,
            "rank" => Reduction::Rank(current?),
            _ => Reduction::Quantile(level),
        };
        let bound = self.scope.len();
        let sets = self.bind_within(indices, function == "rank");
        let result = sets.and_then(|sets| {
            let condition = match condition {
                Some(expr) => {
                    let before = std::mem::replace(&mut self.inside_condition, true);
                    let term = self.term(expr);
                    self.inside_condition = before;
                    Some((term, self.place(expr.span)))
                }
                None => None,
            };
            let body = self.term(body);
            let condition = match condition {
                Some((term, place)) => Some((Box::new(term?), place)),
                None => None,
            };
            Some(Term::Reduce { reduction, sets, condition, body: Box::new(body?) })
        });
        self.scope.truncate(bound);
        result
    }

    /// Where in the scope the member stands whose place is asked for: the one index of the set around.
    fn current_member(&mut self, whole: Span, index: &IndexTerm) -> Option<usize> {
        let set = self.scenario.sets.get_index_of(&index.name);
        let around = self.scope.iter().enumerate().filter(|(_, (_, bound))| Some(*bound) == set);
        let around: Vec<usize> = around.map(|(position, _)| position).collect();
        match (set, around.as_slice()) {
            // What is no set is told when it is bound.
            (None, _) => Some(0),
            (Some(_), [only]) => Some(*only),
            (Some(_), []) => {
                let help = message!("model-over-rank.help", name = &index.name);
                self.fail(whole, message!("model-over-rank", name = &index.name), Some(help));
                None
            }
            (Some(_), _) => {
                let help = message!("model-over-rank-of-two.help");
                self.fail(whole, message!("model-over-rank-of-two", name = &index.name), Some(help));
                None
            }
        }
    }
}

fn names(indices: &[IndexTerm]) -> String {
    let names: Vec<&str> = indices.iter().map(|index| index.name.as_str()).collect();
    names.join(", ")
}
