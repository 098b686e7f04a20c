//! What `solve` varies: names, how far each goes, and the combinations of those that are held.

use crate::analysis::solve::{Lever, Solution, Wanted};
use crate::scenario::quantity::speaks_of_percent;
use crate::scenario::written::{Field, Set};
use crate::scenario::{Loaded, Quantity};
use crate::text::{DiagnosticList, Place};

use super::super::{Diagnostics, StudyError};
use super::{SolveRefusal, SolveRequest};

/// Values of each input but the last, along the frontier: with one such input, with two, with more.
const FRONTIER: [usize; 3] = [9, 5, 3];

/// What is varied, with the range of its lever or of `--between`.
pub(super) fn levers(loaded: &mut Loaded, request: &SolveRequest) -> Result<Vec<Lever>, StudyError> {
    let named = named(request)?;
    if request.between.len() > named.len() {
        return Err(SolveRefusal::ManyRanges.into());
    }
    let mut given = request.between.iter();
    let (mut levers, mut diagnostics): (Vec<Lever>, DiagnosticList) = (Vec::new(), DiagnosticList::default());
    for NamedLever { name, option, wanted } in named {
        let text = given.next();
        let slip = text.filter(|_| wanted != Wanted::Scale).and_then(|text| slip(loaded, &name, text));
        if let Some(slip) = slip {
            return Err(slip.into());
        }
        let range = match text.map(|text| range(text)) {
            Some(Some(range)) if range.0 < range.1 => Some(range),
            Some(_) => return Err(SolveRefusal::NoRange.into()),
            None => None,
        };
        let place = Place::new(loaded.files.add(option, &name), 0, name.len());
        match Lever::find(&loaded.scenario, (&name, place), wanted, range) {
            Ok(lever) => levers.push(lever),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    if diagnostics.has_errors() {
        return Err(Diagnostics { files: loaded.files.clone(), diagnostics }.into());
    }
    if let Some((one, other)) = overlapping(&levers) {
        return Err(SolveRefusal::Overlapping { one: one.to_owned(), other: other.to_owned() }.into());
    }
    Ok(levers)
}

/// An input as it was named, and how it is to be moved.
struct NamedLever {
    name: String,
    option: &'static str,
    wanted: Wanted,
}

/// The inputs in their order: those of `--vary`, then those that only another option names.
fn named(request: &SolveRequest) -> Result<Vec<NamedLever>, SolveRefusal> {
    let lists = [
        ("--vary", &request.vary, Wanted::Natural),
        ("--shift", &request.shift, Wanted::Shift),
        ("--scale", &request.scale, Wanted::Scale),
        ("--fix", &request.fix, Wanted::Fix),
    ];
    let mut named: Vec<NamedLever> = Vec::new();
    for (option, list, wanted) in lists {
        for name in list {
            match named.iter_mut().find(|known| known.name == *name) {
                Some(known) if known.wanted == Wanted::Natural && wanted != Wanted::Natural => {
                    (known.option, known.wanted) = (option, wanted);
                }
                Some(known) => {
                    let other = known.option;
                    let name = name.clone();
                    return Err(if other == option {
                        SolveRefusal::Twice { option, name }
                    } else {
                        SolveRefusal::TwoWays { option, name, other }
                    });
                }
                None => named.push(NamedLever { name: name.clone(), option, wanted }),
            }
        }
    }
    if named.is_empty() {
        return Err(SolveRefusal::NoInput);
    }
    Ok(named)
}

/// Two levers that would move the same value.
fn overlapping(levers: &[Lever]) -> Option<(&str, &str)> {
    let shares = |a: &Lever, b: &Lever| a.moved.iter().any(|x| b.moved.iter().any(|y| x.name == y.name));
    levers.iter().enumerate().find_map(|(k, a)| {
        levers[k + 1..].iter().find(|b| shares(a, b)).map(|b| (a.name.as_str(), b.name.as_str()))
    })
}

fn range(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| -> Option<f64> {
        let text = text.trim();
        let number = match text.strip_suffix('%') {
            Some(share) => crate::text::number::hundredth(share),
            None => text.parse().ok(),
        };
        number.filter(|number| number.is_finite())
    };
    let (low, high) = text.split_once(',')?;
    Some((number(low)?, number(high)?))
}

/// Why a range in per cent is not written as the values of the input are, if it is not.
fn slip(loaded: &Loaded, name: &str, text: &str) -> Option<SolveRefusal> {
    let scenario = &loaded.scenario;
    let base = name.split(['[', '@']).next().unwrap_or_default();
    let own = scenario.parameters.get(base).map(|parameter| &parameter.value);
    let fields = scenario.sets.values().filter_map(|set| set.fields.get(base).map(|field| (set, field)));
    let of_members = |(set, field): (&Set, &Field)| {
        let values =
            set.members.values().filter_map(|member| member.values.get(base)).map(|(_, value)| value);
        let all: Vec<Quantity> = field.default.iter().chain(values).cloned().collect();
        all.into_iter().map(move |value| (field.unit.clone(), value)).collect::<Vec<_>>()
    };
    let own = own.map(|value| (value.provenance.unit.clone().unwrap_or_default(), value.clone()));
    let known = own.into_iter().chain(fields.flat_map(of_members));
    let signed =
        known.filter(|(unit, _)| speaks_of_percent(unit)).find_map(|(_, value)| value.has_percent_sign())?;
    let is_slip = |end: &str| {
        let number: f64 = end.trim().trim_end_matches('%').trim().parse().unwrap_or(0.0);
        number != 0.0 && end.trim().ends_with('%') != signed
    };
    text.split(',').any(is_slip).then(|| SolveRefusal::PercentSign {
        range: text.to_owned(),
        name: name.to_owned(),
        signed,
    })
}

/// All combinations of values of the levers that are held.
pub(super) fn grid(levers: &[Lever]) -> Vec<Vec<(&Lever, f64)>> {
    if levers.is_empty() {
        return vec![Vec::new()];
    }
    let count = FRONTIER[levers.len().min(FRONTIER.len()) - 1];
    let mut grid = vec![Vec::new()];
    for lever in levers {
        let (low, high) = lever.range;
        let values: Vec<f64> =
            (0..count).map(|k| low + (high - low) * k as f64 / (count - 1) as f64).collect();
        let with = |row: Vec<(_, f64)>| {
            values.iter().map(move |x| [&row[..], &[(lever, *x)]].concat()).collect::<Vec<_>>()
        };
        grid = grid.into_iter().flat_map(with).collect();
    }
    grid
}

/// The steps of a lever around an answer.
pub(super) fn neighbours(answer: &Solution, lever: &Lever) -> Vec<f64> {
    let (low, high) = lever.range;
    let (Some(step), false) = (lever.step, answer.is_everywhere()) else { return Vec::new() };
    let x = match (answer.first(), answer.possible.first()) {
        (Some(boundary), _) => boundary.x,
        (None, Some(range)) => range.within.x,
        (None, None) => answer.closest.x,
    };
    let number = ((x - low) / step + 1e-9).floor();
    let both = [low + number * step, low + (number + 1.0) * step];
    both.into_iter().filter(|x| *x <= high + 1e-9 * step).collect()
}
