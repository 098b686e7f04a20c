//! What `solve` varies: names, how far each goes, and the combinations of those that are held.

use crate::analysis::solve::{Answer, Lever};
use crate::cli::arguments::{SolveOptions, names};
use crate::cli::{Failure, Outcome, diagnose, say};
use crate::scenario::{Loaded, overrides};
use crate::text::Problems;
use crate::text::number::hundredth;

/// Values of each input but the last, along the frontier: with one such input, with two, with more.
const FRONTIER: [usize; 3] = [9, 5, 3];

/// What is varied, with the range of its lever or of `--between`.
pub(super) fn levers(loaded: &mut Loaded, options: &SolveOptions) -> Result<Vec<Lever>, Failure> {
    let mut given = options.between.iter();
    let mut levers: Vec<Lever> = Vec::new();
    let names = names(&options.vary);
    if names.is_empty() {
        say("--vary names nothing: name a parameter or field, --vary subsidy");
        return Err(Failure::Input);
    }
    for name in names {
        if levers.iter().any(|lever| lever.name == name) {
            say(&format!("--vary names {name} twice"));
            return Err(Failure::Input);
        }
        exists(loaded, &name)?;
        let lever = loaded.scenario.parameters.get(&name).and_then(|parameter| parameter.lever);
        let range = match (given.next(), lever) {
            (Some(text), _) => range(text),
            (None, Some(lever)) => Some((lever.min, lever.max)),
            (None, None) => {
                say(&format!("{name} has no lever: say how far it can go, --between LOW,HIGH"));
                return Err(Failure::Input);
            }
        };
        let Some(range) = range.filter(|(low, high)| low < high) else {
            say("--between takes two numbers, the lower first: --between 4%,14%");
            return Err(Failure::Input);
        };
        levers.push(Lever { name, range });
    }
    Ok(levers)
}

/// Says, under the name as it was typed, when there is no such input.
fn exists(loaded: &mut Loaded, name: &str) -> Outcome {
    let file = loaded.files.add("--vary", name);
    let mut problems = Problems::default();
    overrides::apply(&mut loaded.scenario.document.clone(), file, &format!("{name}=0"), &mut problems);
    if problems.has_errors() {
        diagnose::report(&loaded.files, &problems);
        return Err(Failure::Input);
    }
    Ok(())
}

fn range(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| -> Option<f64> {
        let text = text.trim();
        match text.strip_suffix('%') {
            Some(share) => hundredth(share),
            None => text.parse().ok(),
        }
    };
    let (low, high) = text.split_once(',')?;
    Some((number(low)?, number(high)?))
}

/// All combinations of values of the levers that are held.
pub(super) fn grid(levers: &[Lever]) -> Vec<Vec<(&str, f64)>> {
    if levers.is_empty() {
        return vec![Vec::new()];
    }
    let count = FRONTIER[levers.len().min(FRONTIER.len()) - 1];
    let mut grid = vec![Vec::new()];
    for lever in levers {
        let (low, high) = lever.range;
        let values = (0..count).map(|k| low + (high - low) * k as f64 / (count - 1) as f64);
        let values: Vec<f64> = values.collect();
        grid = grid
            .into_iter()
            .flat_map(|row: Vec<(&str, f64)>| {
                values.iter().map(move |x| [row.as_slice(), &[(lever.name.as_str(), *x)]].concat())
            })
            .collect();
    }
    grid
}

/// The step of a lever, where it has one.
pub(super) fn step(loaded: &Loaded, lever: &Lever) -> Option<f64> {
    loaded.scenario.parameters.get(&lever.name)?.lever?.step
}

/// The steps of a lever around an answer.
pub(super) fn neighbours(answer: &Answer, lever: &Lever, step: f64) -> Vec<f64> {
    let (low, high) = lever.range;
    let x = match *answer {
        Answer::Found { x, .. } | Answer::Best { x, .. } | Answer::Passed { sides: [(x, _), _] } => x,
        Answer::Everywhere { .. } => return Vec::new(),
    };
    if step <= 0.0 {
        return Vec::new();
    }
    let number = ((x - low) / step + 1e-9).floor();
    let both = [low + number * step, low + (number + 1.0) * step];
    both.into_iter().filter(|x| *x <= high + 1e-9 * step).collect()
}
