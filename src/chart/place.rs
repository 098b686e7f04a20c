//! Finding room for labels.

use super::canvas::Point;

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

/// Where a label may stand around a point: the first of the candidates, near ones first, that lies in the
/// field and meets nothing that is taken.
pub(super) fn beside(point: Point, size: (f64, f64), field: &Area, taken: &[Area]) -> Option<Area> {
    let (width, height) = size;
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
    let free = |area: &&Area| field.holds(area) && !taken.iter().any(|other| area.meets(other));
    all.iter().find(free).copied()
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
    fn a_label_keeps_off_what_is_taken() {
        let field = Area { left: 0.0, top: 0.0, right: 300.0, bottom: 300.0 };
        let first = beside((150.0, 150.0), (60.0, 18.0), &field, &[]).unwrap();
        let second = beside((150.0, 150.0), (60.0, 18.0), &field, &[first]).unwrap();
        assert!(!first.meets(&second) && field.holds(&second));
        assert_eq!(beside((150.0, 150.0), (60.0, 18.0), &field, &[field]), None);
    }
}
