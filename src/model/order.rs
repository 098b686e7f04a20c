//! In which order equations are computed, and in which year each variable begins.
//!
//! An *element* is a variable for one combination of members. Within a year elements are ordered by what
//! they use of the same year; a circle is an error that names it.

use indexmap::IndexSet;

use crate::text::{Diagnostic, DiagnosticList, Message, Place};
use crate::{key, message};

/// What an element uses: another element so many years before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    pub(super) element: u32,
    pub(super) lag: i32,
    /// Whether before the element begins its history is read.
    pub(super) reads_history: bool,
    /// Whether only its first value is read without the lag: what is delayed begins with it.
    pub(super) first_only: bool,
}

impl Use {
    /// A use so many years before.
    pub(super) fn of(element: usize, lag: i32) -> Self {
        Self { element: element as u32, lag, reads_history: false, first_only: false }
    }

    /// The first year in which what is used is there, by element the first year and that from which the years before it are
    /// recorded.
    pub(super) fn from(self, first: &[i32], recorded: &[i32]) -> i32 {
        let element = self.element as usize;
        (if self.reads_history { recorded[element] } else { first[element] }).saturating_add(self.lag)
    }
}

/// What an equation uses.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct EquationUses {
    pub(super) elements: Vec<Use>,
    /// The first year in which the shocks it uses exist; the base year when it uses none.
    pub(super) shocks_from: Option<i32>,
}

/// An element before it is ordered.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) place: Place,
    /// The years of its history, ascending.
    pub(super) history: Vec<i32>,
    /// What its `start` uses, if it has one.
    pub(super) start: Option<EquationUses>,
    /// What its equation uses.
    pub(super) formula: EquationUses,
}

/// The order of computation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ComputationOrder {
    /// The first year of each element.
    pub(super) first: Vec<i32>,
    /// From which year on its values are known: its first year, or the years right before it that are recorded.
    pub(super) recorded: Vec<i32>,
    /// Elements in the base year, in order.
    pub(super) base: Vec<u32>,
    /// Elements in later years, in order.
    pub(super) later: Vec<u32>,
}

/// Orders the elements of a model with a base year and a last year; `None` when there is a circle.
pub(super) fn order(
    elements: &[Element],
    [start, end]: [i32; 2],
    diagnostics: &mut DiagnosticList,
) -> Option<ComputationOrder> {
    let (first, recorded) = first_years(elements, start, diagnostics)?;
    without_a_year(elements, &first, end, diagnostics);
    let now = |uses: &EquationUses| -> Vec<u32> {
        uses.elements.iter().filter(|used| used.lag == 0).map(|used| used.element).collect()
    };
    // What is delayed is read without its lag in its first year alone: later only where that is after the base year.
    let is_later = |used: &&Use| used.lag == 0 && (!used.first_only || first[used.element as usize] > start);
    let after = |uses: &EquationUses| -> Vec<u32> {
        uses.elements.iter().filter(is_later).map(|used| used.element).collect()
    };
    let later: Vec<Vec<u32>> = elements.iter().map(|element| after(&element.formula)).collect();
    let base: Vec<Vec<u32>> = elements
        .iter()
        .zip(&first)
        .map(|(element, first)| match &element.start {
            Some(uses) => now(uses),
            None if *first == start => now(&element.formula),
            None => Vec::new(),
        })
        .collect();
    for uses in [&later, &base] {
        chains(uses).iter().for_each(|chain| circle(elements, chain, diagnostics));
    }
    let (base, later) = (sorted(&base).ok()?, sorted(&later).ok()?);
    Some(ComputationOrder { first, recorded, base, later })
}

/// Orders numbers so that each comes after those it uses.
///
/// # Errors
/// Those that cannot be ordered.
pub(super) fn sorted(uses: &[Vec<u32>]) -> Result<Vec<u32>, Vec<u32>> {
    let mut waiting: Vec<usize> = vec![0; uses.len()];
    let mut users: Vec<Vec<u32>> = vec![Vec::new(); uses.len()];
    for (user, used) in uses.iter().enumerate() {
        for used in used {
            waiting[user] += 1;
            users[*used as usize].push(user as u32);
        }
    }
    let mut order: Vec<u32> = (0..uses.len() as u32).filter(|n| waiting[*n as usize] == 0).collect();
    let mut at = 0;
    while let Some(done) = order.get(at).copied() {
        at += 1;
        for user in &users[done as usize] {
            waiting[*user as usize] -= 1;
            if waiting[*user as usize] == 0 {
                order.push(*user);
            }
        }
    }
    if order.len() == uses.len() {
        return Ok(order);
    }
    Err((0..uses.len() as u32).filter(|n| waiting[*n as usize] > 0).collect())
}

/// The circles that keep numbers from being ordered: one of each knot, and few enough to read.
pub(super) fn chains(uses: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let (mut uses, mut found) = (uses.to_vec(), Vec::new());
    while let Err(stuck) = sorted(&uses) {
        let chain = chain(&uses, &stuck);
        // Cutting a circle lets the rest be ordered, or shows the next one.
        for pair in chain.windows(2) {
            uses[pair[0] as usize].retain(|used| *used != pair[1]);
        }
        found.push(chain);
        if found.len() == 10 {
            break;
        }
    }
    found
}

/// Notes a problem of an equation once: what is wrong with one member is wrong with all.
pub(super) fn note(diagnostic: Diagnostic, diagnostics: &mut DiagnosticList) {
    let said =
        |other: &Diagnostic| other.place == diagnostic.place && other.message.has_key_of(&diagnostic.message);
    if !diagnostics.0.iter().any(said) {
        diagnostics.push(diagnostic);
    }
}

fn circle(elements: &[Element], chain: &[u32], diagnostics: &mut DiagnosticList) {
    let names: Vec<&str> = chain.iter().map(|n| elements[*n as usize].name.as_str()).collect();
    let around = match names.as_slice() {
        [_, only] => Message::verbatim(*only),
        _ => arrows(&names),
    };
    let (count, used) = (names.len() - 1, names.get(1).copied().unwrap_or_default());
    let message = message!("model-order-circle", count = count, names = around);
    let help = message!("model-order-circle.help", count = count, used = used);
    note(Diagnostic::error(elements[chain[0] as usize].place, message).help(help), diagnostics);
}

/// A chain of names, a very long one without its middle.
pub(super) fn arrows(names: &[&str]) -> Message {
    if names.len() <= 20 {
        return Message::verbatim(names.join(" → "));
    }
    let (first, last) = (&names[..8], &names[names.len() - 4..]);
    message!("model-order-more", first = first.join(" → "), count = names.len() - 12, last = last.join(" → "))
}

/// A closed chain among the stuck: the first element is repeated at the end.
fn chain(uses: &[Vec<u32>], stuck: &[u32]) -> Vec<u32> {
    let mut seen: IndexSet<u32> = IndexSet::new();
    let mut at = stuck[0];
    loop {
        if let Some(from) = seen.get_index_of(&at) {
            return seen.into_iter().skip(from).chain([at]).collect();
        }
        seen.insert(at);
        // Everything stuck uses something that is stuck.
        match uses[at as usize].iter().find(|used| stuck.binary_search(used).is_ok()) {
            Some(next) => at = *next,
            None => return seen.into_iter().collect(),
        }
    }
}

/// One with a start value begins in the base year; the others in the first year in which all they use
/// exists. One that waits for itself never begins.
fn first_years(
    elements: &[Element],
    start: i32,
    diagnostics: &mut DiagnosticList,
) -> Option<(Vec<i32>, Vec<i32>)> {
    let waits_for: Vec<Vec<u32>> = elements
        .iter()
        .map(|element| match element.start {
            Some(_) => Vec::new(),
            None => element.formula.elements.iter().map(|used| used.element).collect(),
        })
        .collect();
    chains(&waits_for).iter().for_each(|chain| never_begins(elements, chain, diagnostics));
    let order = sorted(&waits_for).ok()?;
    let (mut first, mut recorded) = (vec![start; elements.len()], vec![start; elements.len()]);
    // Those with a start value wait for nothing, and may be used before their turn comes.
    for (number, element) in elements.iter().enumerate() {
        recorded[number] = recorded_from(&element.history, start);
    }
    for number in order {
        let element = &elements[number as usize];
        if element.start.is_none() {
            let used = element.formula.elements.iter().map(|used| used.from(&first, &recorded)).max();
            let from = start.max(used.unwrap_or(start)).max(element.formula.shocks_from.unwrap_or(start));
            (first[number as usize], recorded[number as usize]) =
                (from, recorded_from(&element.history, from));
        }
    }
    Some((first, recorded))
}

/// The first of the recorded years that lead up to the year before `first` without a gap; `first` where there are none.
fn recorded_from(history: &[i32], first: i32) -> i32 {
    let before = history.iter().rev().filter(|year| **year < first);
    before.fold(first, |from, year| if *year == from - 1 { *year } else { from })
}

/// Warns of elements that have no value in any year: all that they use begins after the last.
fn without_a_year(elements: &[Element], first: &[i32], end: i32, diagnostics: &mut DiagnosticList) {
    let late = elements.iter().zip(first).filter(|(_, first)| **first > end);
    for (element, first) in late {
        let message = message!("model-order-no-year", name = &element.name, first = *first, end = end);
        let help = message!("model-order-no-year.help");
        note(Diagnostic::warning(element.place, message).help(help), diagnostics);
    }
}

fn never_begins(elements: &[Element], chain: &[u32], diagnostics: &mut DiagnosticList) {
    let lagged = chain.windows(2).any(|pair| {
        elements[pair[0] as usize].formula.elements.iter().any(|used| used.element == pair[1] && used.lag > 0)
    });
    if !lagged {
        circle(elements, chain, diagnostics);
        return;
    }
    let element = &elements[chain[0] as usize];
    let names: Vec<&str> = chain.iter().map(|n| elements[*n as usize].name.as_str()).collect();
    let diagnostic = Diagnostic::error(
        element.place,
        message!("model-order-never", name = &element.name, names = arrows(&names)),
    )
    .help(key!("model-order-never.help"));
    note(diagnostic, diagnostics);
}
