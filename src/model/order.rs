//! In which order equations are computed, and in which year each variable begins.
//!
//! An *element* is a variable for one combination of members. Within a year elements are ordered by what
//! they use of the same year; a circle is solved where the scenario declares it, and else an error that names it.

use indexmap::IndexSet;

use super::circle::{Cut, cut, knots};
use super::simultaneous::{self, Declared};
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
    /// The circles that are solved: of the base year and of later years. The elements of each follow one another.
    pub(super) base_circles: Vec<Circle>,
    pub(super) later_circles: Vec<Circle>,
}

impl ComputationOrder {
    /// By element: the circle that it is in; nothing where there are no circles.
    pub(super) fn circles_of<'c>(&self, circles: &'c [Circle]) -> Vec<Option<&'c Circle>> {
        let mut of = if circles.is_empty() { Vec::new() } else { vec![None; self.first.len()] };
        for circle in circles {
            let all = circle.cut.unknowns.iter().chain(&circle.cut.following);
            all.for_each(|element| of[*element as usize] = Some(circle));
        }
        of
    }

    /// The first year in which something of a circle has a value.
    pub(super) fn first_of(&self, circle: &Circle) -> i32 {
        let all = circle.cut.unknowns.iter().chain(&circle.cut.following);
        all.map(|element| self.first[*element as usize]).min().unwrap_or_default()
    }
}

/// Elements that are solved together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Circle {
    /// The number of the declaration.
    pub(super) declaration: usize,
    /// The unknowns, and what follows from them.
    pub(super) cut: Cut,
}

/// Orders the elements of a model with a base year and a last year; `None` when there is a circle that is not declared.
pub(super) fn order(
    elements: &[Element],
    declared: &Declared<'_>,
    [start, end]: [i32; 2],
    diagnostics: &mut DiagnosticList,
) -> Option<ComputationOrder> {
    let (first, recorded) = first_years(elements, declared, start, diagnostics)?;
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
    let (later, later_circles) = with_circles(elements, declared, &later, diagnostics);
    let (base, base_circles) = with_circles(elements, declared, &base, diagnostics);
    simultaneous::without_circle(elements, declared, [&later_circles, &base_circles], diagnostics);
    Some(ComputationOrder { first, recorded, base: base?, later: later?, base_circles, later_circles })
}

/// The order of one year, and the circles that are solved in it; notes the others.
fn with_circles(
    elements: &[Element],
    declared: &Declared<'_>,
    uses: &[Vec<u32>],
    diagnostics: &mut DiagnosticList,
) -> (Option<Vec<u32>>, Vec<Circle>) {
    if let Ok(order) = sorted(uses) {
        return (Some(order), Vec::new());
    }
    let mut open = uses.to_vec();
    let mut circles: Vec<Circle> = Vec::new();
    let knots = knots(uses);
    for knot in &knots {
        match declared.of_all(knot) {
            Ok(Some(declaration)) => circles.push(Circle { declaration, cut: cut(uses, knot) }),
            Ok(None) => continue,
            Err(mismatch) => {
                simultaneous::mismatched(elements, declared, uses, knot, &mismatch, diagnostics);
            }
        }
        for number in knot {
            open[*number as usize].retain(|used| knot.binary_search(used).is_err());
        }
    }
    for chain in chains(&open) {
        let names = simultaneous::names_of_circle(elements, &knots, &chain);
        circle(elements, &chain, &names, diagnostics);
    }
    (sorted_in_groups(uses, &circles), circles)
}

/// Orders numbers so that each comes after those it uses and those of a circle follow one another.
fn sorted_in_groups(uses: &[Vec<u32>], circles: &[Circle]) -> Option<Vec<u32>> {
    let mut leader: Vec<u32> = (0..uses.len() as u32).collect();
    let members = |circle: &Circle| [circle.cut.unknowns.as_slice(), &circle.cut.following].concat();
    for circle in circles {
        let all = members(circle);
        all.iter().for_each(|number| leader[*number as usize] = all[0]);
    }
    let mut grouped: Vec<Vec<u32>> = vec![Vec::new(); uses.len()];
    for (number, used) in uses.iter().enumerate() {
        let group = leader[number];
        let others = used.iter().map(|used| leader[*used as usize]).filter(|used| *used != group);
        grouped[group as usize].extend(others);
    }
    let order = sorted(&grouped).ok()?;
    let mut whole = Vec::with_capacity(uses.len());
    for number in order {
        match circles.iter().find(|circle| circle.cut.unknowns.first() == Some(&number)) {
            Some(circle) => whole.extend(members(circle)),
            None if leader[number as usize] == number => whole.push(number),
            None => {}
        }
    }
    Some(whole)
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

/// Notes a circle that is not declared; `all` are the variables that would have to be solved together.
fn circle(elements: &[Element], chain: &[u32], all: &[&str], diagnostics: &mut DiagnosticList) {
    let names: Vec<&str> = chain.iter().map(|n| elements[*n as usize].name.as_str()).collect();
    let around = match names.as_slice() {
        [_, only] => Message::verbatim(*only),
        _ => arrows(&names),
    };
    let (count, used) = (names.len() - 1, names.get(1).copied().unwrap_or_default());
    let message = message!("model-order-circle", count = count, names = around);
    let help = message!(
        "model-order-circle.help",
        count = count,
        used = used,
        declaration = simultaneous::declaration(all)
    );
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
    declared: &Declared<'_>,
    start: i32,
    diagnostics: &mut DiagnosticList,
) -> Option<(Vec<i32>, Vec<i32>)> {
    let mut waits_for: Vec<Vec<u32>> = elements
        .iter()
        .map(|element| match element.start {
            Some(_) => Vec::new(),
            None => element.formula.elements.iter().map(|used| used.element).collect(),
        })
        .collect();
    let solved = solved_together(elements, declared, &mut waits_for);
    chains(&waits_for).iter().for_each(|chain| never_begins(elements, chain, diagnostics));
    let order = sorted(&waits_for).ok()?;
    let (mut first, mut recorded) = (vec![start; elements.len()], vec![start; elements.len()]);
    // Those with a start value wait for nothing, and may be used before their turn comes.
    for (number, element) in elements.iter().enumerate() {
        recorded[number] = recorded_from(&element.history, start);
    }
    for number in order {
        let group = solved.iter().find(|group| group[0] == number);
        let group = group.map_or(std::slice::from_ref(&number), Vec::as_slice);
        let begins = |number: &u32| {
            let Element { start: own, formula, .. } = &elements[*number as usize];
            if own.is_some() {
                return start;
            }
            let outside =
                formula.elements.iter().filter(|used| group.len() == 1 || !group.contains(&used.element));
            let used = outside.map(|used| used.from(&first, &recorded)).max();
            start.max(used.unwrap_or(start)).max(formula.shocks_from.unwrap_or(start))
        };
        let begins = group.iter().map(begins).max().unwrap_or(start);
        for number in group.iter().map(|number| *number as usize) {
            if elements[number].start.is_none() {
                recorded[number] = recorded_from(&elements[number].history, begins);
            }
            first[number] = begins;
        }
    }
    Some((first, recorded))
}

/// The first of the recorded years that lead up to the year before `first` without a gap; `first` where there are none.
fn recorded_from(history: &[i32], first: i32) -> i32 {
    let before = history.iter().rev().filter(|year| **year < first);
    before.fold(first, |from, year| if *year == from - 1 { *year } else { from })
}

/// The groups of elements without a start that are declared to be solved together. All but the first of each wait for the
/// first, and that for what any of them waits for outside; one that needs its own past still waits for itself.
fn solved_together(
    elements: &[Element],
    declared: &Declared<'_>,
    waits_for: &mut [Vec<u32>],
) -> Vec<Vec<u32>> {
    if declared.is_empty() {
        return Vec::new();
    }
    let now = |number: usize| -> Vec<u32> {
        let uses = elements[number].formula.elements.iter().filter(|used| used.lag == 0);
        let waits = elements[number].start.is_none();
        uses.map(|used| used.element)
            .filter(|used| waits && elements[*used as usize].start.is_none())
            .collect()
    };
    let uses: Vec<Vec<u32>> = (0..elements.len()).map(now).collect();
    let knots = knots(&uses).into_iter().filter(|knot| matches!(declared.of_all(knot), Ok(Some(_))));
    let groups: Vec<Vec<u32>> = knots.collect();
    for group in &groups {
        let lagged = |number: &&u32| {
            let inside = |used: &Use| used.lag > 0 && group.binary_search(&used.element).is_ok();
            elements[**number as usize].formula.elements.iter().any(inside)
        };
        if group.iter().any(|number| lagged(&number)) {
            for number in group {
                let uses = elements[*number as usize].formula.elements.iter();
                let waits = uses.filter(|used| used.lag > 0 || group.binary_search(&used.element).is_err());
                waits_for[*number as usize] = waits.map(|used| used.element).collect();
            }
            continue;
        }
        let outside: Vec<u32> = group
            .iter()
            .flat_map(|number| waits_for[*number as usize].iter().copied())
            .filter(|used| group.binary_search(used).is_err())
            .collect();
        for number in &group[1..] {
            waits_for[*number as usize] = vec![group[0]];
        }
        waits_for[group[0] as usize] = outside;
    }
    groups
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
        let now = |element: &Element| -> Vec<u32> {
            let uses = element.formula.elements.iter().filter(|used| used.lag == 0);
            uses.map(|used| used.element).collect()
        };
        let knots = knots(&elements.iter().map(now).collect::<Vec<_>>());
        let names = simultaneous::names_of_circle(elements, &knots, chain);
        circle(elements, chain, &names, diagnostics);
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
