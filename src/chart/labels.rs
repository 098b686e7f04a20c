//! Labels of what targets ask: each beside its mark where there is room, and a word at the foot about those that found none.

use super::canvas::Point;
use super::place::{Area, MOST_LABELS, beside, leader};
use crate::text::Language;
use crate::tr;

/// Where the label of each point stands: beside it, in the field, apart from all that is taken. `None` where there is no room.
/// `sizes` are widths and heights. What is placed is taken from then on.
pub(super) fn placed(
    points: &[Point],
    sizes: &[(f64, f64)],
    field: &Area,
    taken: &mut Vec<Area>,
    drawn: &[Area],
) -> Vec<Option<Area>> {
    let mut areas = Vec::new();
    for (&point, &size) in points.iter().zip(sizes) {
        // What has found no room among so many will not find it among more.
        let found = if areas.len() < MOST_LABELS { beside(point, size, field, taken, drawn) } else { None };
        if let Some(area) = &found {
            taken.push(*area);
            taken.extend(leader(point, area));
        }
        areas.push(found);
    }
    areas
}

/// Draws a figure whose foot says how many targets have no label, where some have none. `draw` is given the foot, and gives
/// the drawing with the number of targets that it left without one.
pub(super) fn noted(footer: &str, language: Language, draw: impl Fn(&str) -> (String, usize)) -> String {
    let gap = if footer.is_empty() { "" } else { " · " };
    let with = |note: &str| draw(&format!("{footer}{gap}{note}"));
    let (mut svg, mut left) = draw(footer);
    let mut said = 0;
    // A longer foot moves all that stands above it: until it says what is so.
    for _ in 0..6 {
        if left == said {
            return svg;
        }
        said = left;
        (svg, left) = match said {
            0 => with(tr!(language, "chart-marks-say")),
            _ => with(&tr!(language, "chart-unlabelled", count = said)),
        };
        // With the longer foot all found room: then it says something else that is as long, and true.
        if said == 0 && left == 0 {
            return svg;
        }
    }
    svg
}
