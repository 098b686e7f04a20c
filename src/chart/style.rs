//! Colours and sizes of the charts: light ground for print, told apart by those who see colours otherwise.

/// A colour: red, green, blue.
pub type Colour = (u8, u8, u8);

/// The ground.
pub const GROUND: Colour = (255, 255, 255);
/// Titles and values.
pub const INK: Colour = (28, 34, 41);
/// Axis labels, footers.
pub const MUTED: Colour = (92, 102, 112);
/// Grid lines.
pub const GRID: Colour = (228, 231, 235);
/// Axis lines and leaders.
pub const AXIS: Colour = (150, 158, 166);
/// The median line.
pub const MEDIAN: Colour = (8, 63, 117);
/// Single paths over the bands.
pub const PATH: Colour = (104, 114, 126);
/// Recorded values.
pub const HISTORY: Colour = (28, 34, 41);
/// What was believed before something was observed.
pub const BEFORE: Colour = CURVES[2];
/// What a target asks for: vermilion (Okabe and Ito's set), far from the blues for every kind of sight.
pub const TARGET: Colour = (201, 76, 0);
/// Bars that say nothing of good or bad.
pub const BAR: Colour = (96, 152, 204);
/// What is left of a whole beside other bars.
pub const PALE: Colour = (167, 200, 228);
/// Odds of two thirds and more.
pub const LIKELY: Colour = (33, 102, 172);
/// Odds between one third and two thirds.
pub const OPEN: Colour = (146, 160, 173);
/// Odds below one third.
pub const UNLIKELY: Colour = (214, 119, 45);

/// Bands from the widest to the narrowest, light to dark and opaque: alpha would multiply where bands
/// overlap (Brewer's `Blues`).
const BANDS: [Colour; 4] = [(224, 236, 247), (189, 215, 238), (143, 187, 222), (96, 152, 204)];

/// Parts of a whole, told apart by their order too (Okabe and Ito's set, the yellow darkened for white ground).
pub const PARTS: [Colour; 8] = [
    (0, 114, 178),
    (230, 159, 0),
    (0, 158, 115),
    (204, 121, 167),
    (86, 180, 233),
    (213, 94, 0),
    (222, 205, 70),
    (110, 84, 160),
];
/// What is left over when the largest parts are shown.
pub const REST: Colour = (170, 176, 182);

/// Curves in one field, each named beside it: dark enough on white for those who see colours otherwise.
pub const CURVES: [Colour; 6] =
    [MEDIAN, (0, 128, 92), (176, 73, 132), (190, 84, 0), (94, 72, 150), (84, 92, 100)];

/// Tenths of a scale from nothing to everything: white to deep blue, with a step at the half, so that what is written on any
/// of them has a contrast of 4.5 to 1.
pub const HEAT: [Colour; 10] = [
    (247, 250, 253),
    (222, 234, 246),
    (195, 217, 238),
    (163, 198, 229),
    (128, 176, 219),
    (48, 110, 173),
    (38, 96, 158),
    (27, 80, 142),
    (17, 64, 125),
    (8, 48, 107),
];

/// The colour of a share on that scale.
pub fn heat(share: f64) -> Colour {
    HEAT[((share.clamp(0.0, 1.0) * 10.0) as usize).min(HEAT.len() - 1)]
}

/// What is written on such a colour.
pub fn on_heat(share: f64) -> Colour {
    if share >= 0.5 { GROUND } else { INK }
}

/// The colour of a band, counted from the widest, among so many.
pub fn band(place: usize, count: usize) -> Colour {
    // With three bands or fewer the three darker steps would be too strong under the median.
    let last = BANDS.len() - 1;
    if count <= BANDS.len() { BANDS[place.min(last)] } else { BANDS[place * last / (count - 1)] }
}

/// Letter heights in pixels of the real picture.
pub mod letter {
    /// Titles.
    pub const TITLE: f64 = 21.0;
    /// Subtitles, group headings.
    pub const SUBTITLE: f64 = 15.0;
    /// Labels and ticks.
    pub const LABEL: f64 = 14.0;
    /// Footers.
    pub const FOOTER: f64 = 12.0;
    /// Numbers in cells that are narrower than these.
    pub const SMALL: f64 = 9.5;
}
