//! From a syntax tree to a [`Term`]: looks up what each name means where it stands.

use super::data::{Data, InputKind};
use super::lower::members_of;
use super::operation::{Binary, Unary};
use super::symbols::{Symbol, Symbols, YEARS_PER_STEP};
use super::term::{IndexedMember, Term};
use crate::formula::{BinaryOperator, Expr, ExprKind, IndexTerm, Span, UnaryOperator};
use crate::scenario::{Scenario, written::Formula};
use crate::text::period::time;
use crate::text::{Diagnostic, DiagnosticList, Key, Message, Place, nearest};
use crate::{key, message};

/// Where a formula stands: that decides what it may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// An equation of a variable: about one year.
    Year,
    /// A metric or target: about a whole path. Inside `x@2025` or `peak_year(x)` a year is meant.
    Path,
}

/// Looks up the names of one formula.
pub(super) struct Resolver<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) symbols: &'a Symbols,
    pub(super) data: &'a Data,
    pub(super) diagnostics: &'a mut DiagnosticList,
    /// The formula, for places.
    pub(super) formula: &'a Formula,
    /// Bound indices: name and set.
    pub(super) scope: Vec<(String, usize)>,
    pub(super) context: Context,
    /// Whether a year is meant though the formula is about a path: inside `x@2025` or `always(…)`.
    pub(super) inside_year: bool,
    /// Whether this is the condition after a `where`: about data only.
    pub(super) inside_condition: bool,
}

impl<'a> Resolver<'a> {
    /// One that has no indices bound yet.
    pub(super) fn new(
        scenario: &'a Scenario,
        symbols: &'a Symbols,
        data: &'a Data,
        formula: &'a Formula,
        context: Context,
        diagnostics: &'a mut DiagnosticList,
    ) -> Self {
        Self {
            scenario,
            symbols,
            data,
            diagnostics,
            formula,
            scope: Vec::new(),
            context,
            inside_year: false,
            inside_condition: false,
        }
    }
}

impl Resolver<'_> {
    pub(super) fn place(&self, span: Span) -> Place {
        self.formula.at(span)
    }

    pub(super) fn fail(
        &mut self,
        span: Span,
        message: impl Into<Message>,
        help: Option<Message>,
    ) -> Option<Term> {
        let mut diagnostic = Diagnostic::error(self.place(span), message);
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
        None
    }

    /// The same of what is not there.
    pub(super) fn lacks(
        &mut self,
        span: Span,
        message: impl Into<Message>,
        help: Option<Message>,
    ) -> Option<Term> {
        let diagnostic = Diagnostic::missing(self.place(span), message);
        self.diagnostics.push(Diagnostic { help, ..diagnostic });
        None
    }

    /// The meaning of an expression; `None` when a problem was noted.
    pub(super) fn term(&mut self, expr: &Expr) -> Option<Term> {
        match &expr.kind {
            // What could not be read; that was said.
            ExprKind::Number(number) if number.is_nan() => None,
            ExprKind::Number(number) => Some(Term::Number(*number)),
            ExprKind::Period(period) => self.moment(expr.span, *period).map(Term::Number),
            ExprKind::Name { name, index } => self.name(expr.span, name, index),
            ExprKind::Unary(operator, x) => {
                let operation = match operator {
                    UnaryOperator::Negate => Unary::Negate,
                    UnaryOperator::Not => Unary::Not,
                };
                Some(Term::Unary(operation, Box::new(self.term(x)?)))
            }
            ExprKind::Binary(operator, a, b) => {
                // Both sides, so that the mistakes of both are found.
                let (a, b) = (self.term(a), self.term(b));
                let Some(operation) = operation(*operator) else {
                    return self.fail(expr.span, key!("model-resolve-given"), None);
                };
                Some(Term::Binary(operation, Box::new(a?), Box::new(b?)))
            }
            ExprKind::Chain(first, rest) => {
                let first = self.term(first);
                // All, so that the mistakes of all are found.
                let rest: Vec<Option<(Binary, Term)>> =
                    rest.iter().map(|(operator, x)| operation(*operator).zip(self.term(x))).collect();
                Some(Term::Chain(Box::new(first?), rest.into_iter().collect::<Option<_>>()?))
            }
            ExprKind::At(x, year) => self.at(expr.span, x, year),
            ExprKind::Call { function, name, arguments } => self.call(function, *name, expr.span, arguments),
            ExprKind::Over { .. } => self.reduction(expr),
        }
    }

    fn name(&mut self, span: Span, name: &str, index: &[IndexTerm]) -> Option<Term> {
        let place = self.place(span);
        if self.scope.iter().any(|(bound, _)| bound == name) && index.is_empty() {
            return self.fail(
                span,
                message!("model-resolve-index", name = name),
                Some(message!("model-resolve-index.help", name = name)),
            );
        }
        let fixed = match name {
            "year" if self.in_a_year() => return Some(Term::Year),
            "year" => {
                return self.fail(
                    span,
                    key!("model-resolve-year"),
                    Some(message!("model-resolve-year.help")),
                );
            }
            "start_year" => Some(time(self.scenario.time.start)),
            "end_year" => Some(time(self.scenario.time.end)),
            YEARS_PER_STEP if self.symbols.get(name).is_none() => {
                Some(1.0 / f64::from(self.scenario.time.step.per_year()))
            }
            _ => None,
        };
        if let Some(number) = fixed {
            return Some(Term::Number(number));
        }
        match self.symbols.get(name) {
            Some(Symbol::Shock(_) | Symbol::Variable(_)) if self.inside_condition => {
                self.data_only(span, name)
            }
            // Data that were too many were said to be, and have no place.
            Some(Symbol::Parameter(_) | Symbol::Shock(_)) => {
                self.datum(name, span, *self.data.by_name.get(name)?, index)
            }
            Some(Symbol::Variable(variable)) => {
                let sets = self.variable_sets(variable)?;
                let members = self.members(span, name, index, &sets);
                if !self.in_a_year() {
                    return self.needs_year(span, name, index, key!("model-lints-kind-variable"));
                }
                Some(Term::Variable { variable, index: members?, place })
            }
            Some(symbol @ (Symbol::Set(_) | Symbol::Member { .. })) if !self.is_field(name) => self.fail(
                span,
                message!("model-resolve-no-value", name = name, kind = symbol.describe()),
                Some(message!("model-resolve-no-value.help", name = name)),
            ),
            _ if self.is_field(name) => self.field(span, name, index),
            _ => self.metric_or_stranger(span, name, index),
        }
    }

    pub(super) fn in_a_year(&self) -> bool {
        self.context == Context::Year || self.inside_year
    }

    fn data_only(&mut self, span: Span, name: &str) -> Option<Term> {
        self.fail(
            span,
            message!("model-resolve-condition", name = name),
            Some(message!("model-resolve-condition.help")),
        )
    }

    fn needs_year(&mut self, span: Span, name: &str, index: &[IndexTerm], kind: Key) -> Option<Term> {
        let time = self.scenario.time;
        let (first, end) = if time.is_known() { (time.start + 1, time.end) } else { (2021, 2030) };
        let value = Expr::new(ExprKind::Name { name: name.into(), index: index.to_vec() }, span);
        let help = if self.inside_condition {
            message!("model-resolve-which-year.inside", value = value.to_string(), end = end)
        } else {
            message!("model-resolve-which-year.path", value = value.to_string(), end = end, first = first)
        };
        self.fail(
            span,
            message!("model-resolve-which-year", value = value.to_string(), kind = kind),
            Some(help),
        )
    }

    fn is_field(&self, name: &str) -> bool {
        self.data.field_names.contains(name)
    }

    fn field(&mut self, span: Span, name: &str, index: &[IndexTerm]) -> Option<Term> {
        let Some(first) = index.first() else {
            return self.fail(
                span,
                message!("model-resolve-needs-index", name = name),
                Some(message!("model-resolve-needs-index.help", name = name)),
            );
        };
        if let Some(Symbol::Set(set)) = self.symbols.get(&first.name)
            && !self.is_bound(&first.name)
            && !self.data.fields.contains_key(&(set, name.to_string()))
        {
            return self.of_other_sets(first, name);
        }
        let (_, set) = self.member(first, None)?;
        if let Some(datum) = self.data.fields.get(&(set, name.to_string())) {
            self.datum(name, span, *datum, index)
        } else {
            self.of_other_sets(first, name)
        }
    }

    /// Says that a field is of other sets than that of its index.
    fn of_other_sets(&mut self, index: &IndexTerm, field: &str) -> Option<Term> {
        let known = self.data.fields.keys().filter(|(_, name)| name == field);
        let sets: Vec<String> = known.map(|(set, _)| self.set_name(*set)).collect();
        let names = sets.iter().map(Message::verbatim);
        let set = names.reduce(|one, other| message!("model-resolve-or", one = one, other = other));
        let set = set.unwrap_or_default();
        let bound = sets.iter().find(|set| self.is_bound(set));
        let help = match bound {
            Some(set) => message!("model-resolve-field-set.bound", field = field, set = set),
            None => message!("model-resolve-field-set.run-over", set = &sets[0], field = field),
        };
        self.lacks(
            index.span,
            message!("model-resolve-field-set", field = field, set = set, index = &index.name),
            Some(help),
        )
    }

    fn is_bound(&self, name: &str) -> bool {
        self.scope.iter().any(|(bound, _)| bound == name)
    }

    fn datum(&mut self, name: &str, span: Span, datum: usize, index: &[IndexTerm]) -> Option<Term> {
        if self.data.data[datum].astray {
            return None;
        }
        let sets = self.data.data[datum].sets.clone();
        let members = self.members(span, name, index, &sets)?;
        if !self.in_a_year() && self.changes(datum, &members) {
            let kind = match (self.data.data[datum].kind, self.symbols.get(name)) {
                (InputKind::Shock, _) => key!("model-symbols-kind-shock"),
                (_, Some(Symbol::Parameter(_))) => key!("model-lints-kind-parameter"),
                _ => key!("model-resolve-kind-field"),
            };
            return self.needs_year(span, name, index, kind);
        }
        Some(Term::Datum { datum, index: members, place: self.place(span) })
    }

    /// Whether one of the values that a datum has for these members is not the same in every year. Of a bound index any
    /// member may be meant.
    pub(super) fn changes(&self, datum: usize, members: &[IndexedMember]) -> bool {
        let datum = &self.data.data[datum];
        if datum.kind == InputKind::Shock {
            return true;
        }
        let sizes: Vec<usize> = datum.sets.iter().map(|set| self.scenario.sets[*set].members.len()).collect();
        let time = self.scenario.time;
        let fixed = members.iter().zip(&sizes).try_fold(0, |position, (member, size)| match member {
            IndexedMember::Fixed(member) => Some(position * size + member),
            IndexedMember::Bound(_) => None,
        });
        if let Some(position) = fixed {
            return datum.cells.get(position).is_some_and(|cell| cell.changes(time.start, time.end));
        }
        datum.cells.iter().enumerate().any(|(position, cell)| {
            let of_cell = members_of(position, &sizes);
            let meant = members.iter().zip(of_cell).all(|(member, own)| match member {
                IndexedMember::Bound(_) => true,
                IndexedMember::Fixed(member) => *member == own,
            });
            meant && cell.changes(time.start, time.end)
        })
    }

    fn metric_or_stranger(&mut self, span: Span, name: &str, index: &[IndexTerm]) -> Option<Term> {
        if self.context == Context::Path && index.is_empty() {
            if let Some(metric) = self.scenario.metrics.get_index_of(name) {
                return Some(Term::Metric(metric));
            }
            if let Some(target) = self.scenario.targets.get_index_of(name) {
                return Some(Term::Target(target));
            }
        }
        let end = span.start + name.len();
        let whole = Span { start: span.start, end };
        if self.diagnostics.is_full() {
            return self.lacks(whole, key!("model-resolve-unknown"), None);
        }
        let mut known: Vec<&str> = self.symbols.names().collect();
        known.extend(self.data.fields.keys().map(|(_, field)| field.as_str()));
        known.extend(["year", "start_year", "end_year"]);
        if self.context == Context::Path {
            known.extend(self.scenario.metrics.keys().map(String::as_str));
            known.extend(self.scenario.targets.keys().map(String::as_str));
        }
        let of_a_year = name.rsplit_once('_').filter(|(head, year)| {
            year.len() == 4 && year.parse::<i32>().is_ok() && self.scenario.variables.contains_key(*head)
        });
        let near = nearest(name, known);
        let help = match (of_a_year, near) {
            (Some((head, year)), Some(near)) if self.context == Context::Path => {
                message!("model-resolve-no-name.near", near = near, head = head, year = year)
            }
            (Some((head, year)), None) if self.context == Context::Path => {
                message!("model-resolve-no-name.year", head = head, year = year)
            }
            (_, Some(near)) => message!("text-did-you-mean", name = near),
            (_, None) => message!("model-resolve-no-name.declare", name = name),
        };
        self.lacks(whole, message!("model-resolve-no-name", name = name), Some(help))
    }

    /// The sets that a variable is indexed by; `None` where one is no set, which is said of its equation.
    fn variable_sets(&self, variable: usize) -> Option<Vec<usize>> {
        let (_, written) = self.scenario.variables.get_index(variable)?;
        written.indices.iter().map(|index| self.scenario.sets.get_index_of(&index.name)).collect()
    }

    pub(super) fn set_name(&self, set: usize) -> String {
        self.scenario.sets.get_index(set).map(|(name, _)| name.clone()).unwrap_or_default()
    }

    /// The members that an index names, checked against the sets that are wanted.
    fn members(
        &mut self,
        span: Span,
        name: &str,
        index: &[IndexTerm],
        sets: &[usize],
    ) -> Option<Vec<IndexedMember>> {
        if index.len() != sets.len() {
            let wanted: Vec<String> = sets.iter().map(|set| self.set_name(*set)).collect();
            let (message, help) = if wanted.is_empty() {
                (
                    message!("model-resolve-takes-none", name = name, count = index.len()),
                    message!("model-resolve-takes-none.help", name = name),
                )
            } else {
                (
                    message!("model-resolve-takes", name = name, count = wanted.len(), given = index.len()),
                    message!("model-resolve-takes.help", name = name, wanted = wanted.join(", ")),
                )
            };
            self.lacks(span, message, Some(help));
            return None;
        }
        let mut members = Vec::new();
        let mut good = true;
        for (index, set) in index.iter().zip(sets) {
            if let Some(Symbol::Set(other)) = self.symbols.get(&index.name)
                && other != *set
                && !self.is_bound(&index.name)
            {
                let wanted = self.set_name(*set);
                let help = if self.is_bound(&wanted) {
                    message!("model-resolve-wrong-set.bound", wanted = &wanted)
                } else {
                    message!("model-resolve-wrong-set.member", wanted = &wanted)
                };
                self.fail(
                    index.span,
                    message!("model-resolve-wrong-set", name = name, wanted = wanted, index = &index.name),
                    Some(help),
                );
                good = false;
                continue;
            }
            match self.member(index, Some(*set)) {
                Some((member, found)) if found == *set => members.push(member),
                Some((_, found)) => {
                    let (wanted, found) = (self.set_name(*set), self.set_name(found));
                    let members = &self.scenario.sets[*set].members;
                    let some: Vec<&str> = members.keys().take(5).map(String::as_str).collect();
                    let help = if self.is_bound(&wanted) {
                        message!(
                            "model-resolve-other-set.bound",
                            name = name,
                            wanted = &wanted,
                            members = some.join(", ")
                        )
                    } else {
                        message!("model-resolve-other-set.members", members = some.join(", "))
                    };
                    self.fail(
                        index.span,
                        message!(
                            "model-resolve-other-set",
                            name = name,
                            wanted = wanted,
                            index = &index.name,
                            found = found
                        ),
                        Some(help),
                    );
                    good = false;
                }
                None => good = false,
            }
        }
        good.then_some(members)
    }

    /// What an index stands for, and of which set it is.
    fn member(&mut self, index: &IndexTerm, wanted: Option<usize>) -> Option<(IndexedMember, usize)> {
        if index.alias.is_some() {
            self.fail(index.span, key!("model-resolve-second-name"), None);
            return None;
        }
        if let Some(position) = self.scope.iter().rposition(|(bound, _)| *bound == index.name) {
            return Some((IndexedMember::Bound(position), self.scope[position].1));
        }
        match self.symbols.get(&index.name) {
            Some(Symbol::Member { set, member }) => Some((IndexedMember::Fixed(member), set)),
            Some(Symbol::Set(_)) => {
                let name = &index.name;
                self.fail(
                    index.span,
                    message!("model-resolve-which", name = name),
                    Some(message!("model-resolve-which.help", name = name)),
                );
                None
            }
            Some(other) => {
                self.fail(
                    index.span,
                    message!("model-resolve-no-member-kind", name = &index.name, kind = other.describe()),
                    None,
                );
                None
            }
            None if self.diagnostics.is_full() => None,
            None => {
                let mut known: Vec<&str> = match wanted {
                    Some(set) => self.scenario.sets[set].members.keys().map(String::as_str).collect(),
                    None => self.symbols.names().collect(),
                };
                let bound: Vec<String> = self.scope.iter().map(|(name, _)| name.clone()).collect();
                known.extend(bound.iter().map(String::as_str));
                let help = crate::text::suggest::did_you_mean(&index.name, &known, key!("text-kind-any"));
                self.lacks(index.span, message!("model-resolve-no-member", name = &index.name), help);
                None
            }
        }
    }

    /// Binds the indices of a left side or reduction; `None` when one is no set.
    pub(super) fn bind(&mut self, indices: &[IndexTerm]) -> Option<Vec<usize>> {
        self.bind_within(indices, false)
    }

    /// The same; where `again`, an index may have the name of one that is bound around it, which it hides.
    pub(super) fn bind_within(&mut self, indices: &[IndexTerm], again: bool) -> Option<Vec<usize>> {
        let mut sets = Vec::new();
        for index in indices {
            let Some(set) = self.scenario.sets.get_index_of(&index.name) else {
                let known: Vec<&str> = self.scenario.sets.keys().map(String::as_str).collect();
                let help = crate::text::suggest::did_you_mean(&index.name, &known, key!("text-kind-sets"));
                self.lacks(index.span, message!("model-resolve-no-set", name = &index.name), help);
                return None;
            };
            let bound = index.alias.as_ref().unwrap_or(&index.name);
            if !again && self.scope.iter().any(|(other, _)| other == bound) {
                self.fail(
                    index.span,
                    message!("model-resolve-bound", bound = bound),
                    Some(message!("model-resolve-bound.help", name = &index.name)),
                );
                return None;
            }
            if index.alias.is_some() && self.symbols.get(bound).is_some() {
                self.fail(
                    index.span,
                    message!("model-resolve-taken", bound = bound),
                    Some(message!("model-resolve-taken.help")),
                );
                return None;
            }
            self.scope.push((bound.clone(), set));
            sets.push(set);
        }
        Some(sets)
    }
}

fn operation(operator: BinaryOperator) -> Option<Binary> {
    Some(match operator {
        BinaryOperator::Given => return None,
        BinaryOperator::Or => Binary::Or,
        BinaryOperator::And => Binary::And,
        BinaryOperator::Less => Binary::Less,
        BinaryOperator::LessEqual => Binary::LessEqual,
        BinaryOperator::Greater => Binary::Greater,
        BinaryOperator::GreaterEqual => Binary::GreaterEqual,
        BinaryOperator::Equal => Binary::Equal,
        BinaryOperator::NotEqual => Binary::NotEqual,
        BinaryOperator::Add => Binary::Add,
        BinaryOperator::Subtract => Binary::Subtract,
        BinaryOperator::Multiply => Binary::Multiply,
        BinaryOperator::Divide => Binary::Divide,
        BinaryOperator::Power => Binary::Power,
    })
}
