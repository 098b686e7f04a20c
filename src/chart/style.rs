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
/// Recorded values.
pub const HISTORY: Colour = (28, 34, 41);
/// What a target asks for: vermilion (Okabe and Ito's set), far from the blues for every kind of sight.
pub const TARGET: Colour = (201, 76, 0);
/// Odds of two thirds and more.
pub const LIKELY: Colour = (33, 102, 172);
/// Odds between one third and two thirds.
pub const OPEN: Colour = (146, 160, 173);
/// Odds below one third.
pub const UNLIKELY: Colour = (214, 119, 45);

/// Bands from the widest to the narrowest, light to dark and opaque: alpha would multiply where bands
/// overlap (Brewer's `Blues`).
const BANDS: [Colour; 4] = [(224, 236, 247), (189, 215, 238), (143, 187, 222), (96, 152, 204)];

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
    pub const SUBTITLE: f64 = 14.0;
    /// Labels and ticks.
    pub const LABEL: f64 = 13.0;
    /// Footers.
    pub const FOOTER: f64 = 11.0;
}
