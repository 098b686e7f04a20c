//! Finding room for labels.

use super::canvas::Point;
use crate::num::{max, min};

/// A rectangle that something occupies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    /// A rectangle of a size around a centre.
    pub(super) fn around((x, y): Point, width: f64, height: f64) -> Self {
        Self {
            left: x - width / 2.0,
            top: y - height / 2.0,
            right: x + width / 2.0,
            bottom: y + height / 2.0,
        }
    }

    /// Whether two rectangles share any ground.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether another rectangle lies within this one.
    pub(super) fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }

    /// Its middle.
    pub(super) fn centre(&self) -> Point {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }
}

/// Heights of labels in a column, each as near as possible to where it belongs but `gap` apart and between
/// `top` and `bottom`. The wanted heights must ascend.
pub(super) fn spread(wanted: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    // Labels that touch form a block, whose middle stands where its members want to be on the average.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    let place = |middle: f64, count: usize| {
        let half = gap * (count - 1) as f64 / 2.0;
        let low = if middle + half > bottom { bottom - half } else { middle };
        if low - half < top { top + half } else { low }
    };
    for &y in wanted {
        let (mut middle, mut count) = (place(y, 1), 1);
        while let Some(&(above, others)) = blocks.last() {
            let touches =
                above + gap * (others - 1) as f64 / 2.0 + gap > middle - gap * (count - 1) as f64 / 2.0;
            if !touches {
                break;
            }
            blocks.pop();
            let mean = (above * others as f64 + middle * count as f64) / (others + count) as f64;
            count += others;
            middle = place(mean, count);
        }
        blocks.push((middle, count));
    }
    let column = |(middle, count): (f64, usize)| {
        (0..count).map(move |k| middle + gap * (k as f64 - (count - 1) as f64 / 2.0))
    };
    blocks.into_iter().flat_map(column).collect()
}

/// What the line from a point to its label runs over, in small steps.
pub(super) fn leader(point: Point, area: &Area) -> Vec<Area> {
    let edge = nearest(point, area);
    let (dx, dy) = (edge.0 - point.0, edge.1 - point.1);
    let steps = (max(dx.abs(), dy.abs()) / 4.0).ceil();
    let at = |step: f64| (point.0 + dx * step / steps, point.1 + dy * step / steps);
    (1..=steps as u32).map(|step| Area::around(at(f64::from(step)), 4.0, 4.0)).collect()
}

/// The point of an area that is nearest to another.
pub(super) fn nearest(point: Point, area: &Area) -> Point {
    (min(max(point.0, area.left), area.right), min(max(point.1, area.top), area.bottom))
}

/// The most labels that a place is looked for in one field: there is no room for more, and each is held against all others.
pub(super) const MOST_LABELS: usize = 100;

/// Where a label may stand around a point: the first of the candidates, near ones first, that lies in the
/// field and meets, as the line to it, nothing that is taken; and nothing that is drawn where that can be.
pub(super) fn beside(
    point: Point,
    size: (f64, f64),
    field: &Area,
    taken: &[Area],
    drawn: &[Area],
) -> Option<Area> {
    let (width, height) = size;
    // What the point itself lies on is in nobody's way.
    let others: Vec<&Area> =
        taken.iter().filter(|area| !area.holds(&Area::around(point, 0.0, 0.0))).collect();
    let mut all = Vec::new();
    for distance in [14.0, 34.0, 58.0, 90.0, 130.0] {
        let (across, down) = (width / 2.0 + distance, height / 2.0 + distance);
        // Above and to the left first: what grows leaves room there.
        for (dx, dy) in [
            (-across, -down),
            (0.0, -down),
            (across, down),
            (-across, 0.0),
            (across, 0.0),
            (0.0, down),
            (across, -down),
            (-across, down),
        ] {
            all.push(Area::around((point.0 + dx, point.1 + dy), width, height));
        }
    }
    let crosses =
        |area: &Area| leader(point, area).iter().any(|step| others.iter().any(|other| step.meets(other)));
    let free =
        |area: &&Area| field.holds(area) && !taken.iter().any(|other| area.meets(other)) && !crosses(area);
    let unseen = |area: &&Area| free(area) && !drawn.iter().any(|other| area.meets(other));
    all.iter().find(unseen).or_else(|| all.iter().find(free)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_stay_where_they_belong() {
        assert_eq!(spread(&[10.0, 40.0, 90.0], 15.0, 0.0, 100.0), vec![10.0, 40.0, 90.0]);
    }

    #[test]
    fn labels_that_would_touch_part_evenly() {
        assert_eq!(spread(&[50.0, 52.0, 54.0], 10.0, 0.0, 100.0), vec![42.0, 52.0, 62.0]);
    }

    #[test]
    fn labels_stay_in_their_column() {
        let places = spread(&[1.0, 2.0, 98.0, 99.0], 10.0, 5.0, 95.0);
        assert_eq!(places, vec![5.0, 15.0, 85.0, 95.0]);
    }

    #[test]
    fn the_line_to_a_label_crosses_no_other() {
        let field = Area { left: 0.0, top: 0.0, right: 400.0, bottom: 400.0 };
        let mut taken: Vec<Area> = Vec::new();
        let points = [(200.0, 200.0), (206.0, 204.0), (194.0, 206.0), (203.0, 212.0)];
        for point in points {
            let area = beside(point, (90.0, 20.0), &field, &taken, &[]).unwrap();
            taken.push(area);
            taken.extend(leader(point, &area));
        }
        let labels: Vec<&Area> = taken.iter().filter(|area| area.right - area.left > 4.5).collect();
        assert_eq!(labels.len(), points.len());
        for (label, point) in labels.iter().zip(points) {
            for step in leader(point, label) {
                assert!(labels.iter().all(|other| other == label || !step.meets(other)), "{point:?}");
            }
        }
    }

    #[test]
    fn a_label_keeps_off_what_is_taken() {
        let field = Area { left: 0.0, top: 0.0, right: 300.0, bottom: 300.0 };
        let first = beside((150.0, 150.0), (60.0, 18.0), &field, &[], &[]).unwrap();
        let second = beside((150.0, 150.0), (60.0, 18.0), &field, &[first], &[]).unwrap();
        assert!(!first.meets(&second) && field.holds(&second));
        let elsewhere = beside((150.0, 150.0), (60.0, 18.0), &field, &[], &[first]).unwrap();
        assert!(!first.meets(&elsewhere), "what is drawn is left free where that can be");
        assert_eq!(beside((150.0, 150.0), (60.0, 18.0), &field, &[field], &[]), None);
    }
}
