//! A scorecard: the odds of all targets as bars, by group, with their intervals.

use super::canvas::{Anchor, Canvas, Size, draw as draw_page, exact};
use super::font;
use super::frame::{self, LegendKey, MARGIN};
use super::scale::PixelScale;
use super::style::{AXIS, Colour, GRID, INK, LIKELY, MUTED, OPEN, UNLIKELY, letter};
use crate::key;
use crate::num::{max, min};
use crate::text::Language;
use crate::text::number::per_cent;

/// Pixels from one bar to the next, for a title of one line.
const ROW: f64 = 25.0;
/// Pixels from line to line of a title.
const LINE: f64 = 17.0;
/// The least pixels that bars have for themselves.
const LEAST: f64 = 100.0;
/// Half the height of a bar.
const HALF: f64 = 7.5;

/// A scorecard as plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scorecard {
    /// What is shown.
    pub title: String,
    /// One line more about it; may be empty.
    pub subtitle: String,
    /// Groups of targets.
    pub groups: Vec<TargetGroup>,
    /// Scenario, paths, seed, source.
    pub footer: String,
}

/// A group of targets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetGroup {
    /// Its heading.
    pub title: String,
    /// Its targets.
    pub bars: Vec<Bar>,
}

/// A target's odds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// The target's title.
    pub title: String,
    /// The odds.
    pub probability: f64,
    /// Lower end of their interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The odds in words: `62.4 % ± 0.3`; or that the target was met or missed.
    pub label: String,
    /// Whether the record tells the outcome: then there are words and no bar.
    pub decided: bool,
}

/// Draws a scorecard as SVG of this width, as high as its targets need.
pub fn draw(card: &Scorecard, width: u32, language: Language) -> String {
    let layout = ScorecardLayout::of(card, f64::from(width));
    let (footer, footer_height) = frame::footer_lines(&card.footer, layout.width);
    // The head is as high as it is: drawn once on a page that is thrown away.
    let mut top = 0.0;
    draw_page(Size { width, height: 1 }, "", |canvas| top = head(canvas, card, &layout, language));
    let height = top + 30.0 + layout.height + 8.0 + footer_height;
    draw_page(Size { width, height: height.ceil() as u32 }, &card.title, |canvas| {
        head(canvas, card, &layout, language);
        frame::footer(canvas, &footer, layout.width, height.ceil());
        grid(canvas, &layout, top + 30.0, language);
        bars(canvas, card, &layout, top + 30.0);
    })
}

fn head(canvas: &Canvas, card: &Scorecard, layout: &ScorecardLayout, language: Language) -> f64 {
    let words =
        [key!("chart-scorecard-likely"), key!("chart-scorecard-open"), key!("chart-scorecard-unlikely")]
            .map(|key| key.text(language));
    let keys = [LIKELY, OPEN, UNLIKELY].map(LegendKey::Area);
    let items: Vec<(LegendKey, String)> = keys.into_iter().zip(words.map(str::to_owned)).collect();
    let below = frame::head(canvas, &card.title, &card.subtitle, layout.width);
    frame::legend(canvas, &items, layout.width, below + 4.0)
}

/// Where things stand: titles, bars, labels.
struct ScorecardLayout {
    width: f64,
    /// Whether titles stand above their bars, as on a narrow page, and not to their left.
    stacked: bool,
    height: f64,
    bars: PixelScale,
    /// Lines of each title, in the order of the targets.
    titles: Vec<Vec<String>>,
}

impl ScorecardLayout {
    fn of(card: &Scorecard, width: f64) -> Self {
        let all = || card.groups.iter().flat_map(|g| &g.bars);
        let widest =
            |words: fn(&Bar) -> &str| all().map(|b| font::width(words(b), letter::LABEL)).fold(0.0, max);
        let room = min(widest(|b| &b.title), width * 0.44);
        let end = width - MARGIN - widest(|b| &b.label) - 16.0;
        let stacked = end < MARGIN + room + 14.0 + LEAST;
        let (room, start) =
            if stacked { (width - 2.0 * MARGIN, MARGIN + 12.0) } else { (room, MARGIN + room + 14.0) };
        let titles: Vec<_> = all().map(|b| font::wrap(&b.title, letter::LABEL, room + 0.5)).collect();
        let rows: f64 = titles.iter().map(|lines| row_height(lines, stacked)).sum();
        let groups = card.groups.iter().map(|group| heading(&group.title, width).1);
        let height = rows + groups.sum::<f64>();
        Self {
            width,
            stacked,
            height,
            bars: PixelScale { low: 0.0, high: 1.0, start, end: max(end, start + 40.0) },
            titles,
        }
    }
}

fn row_height(lines: &[String], stacked: bool) -> f64 {
    ROW + LINE * (lines.len().max(1) - usize::from(!stacked)) as f64
}

/// The lines of a group's heading, and their height.
fn heading(title: &str, width: f64) -> (Vec<String>, f64) {
    let lines = font::wrap(title, letter::SUBTITLE, width - 2.0 * MARGIN);
    let more = lines.len().max(1) - 1;
    (lines, 40.0 + 19.0 * more as f64)
}

fn grid(canvas: &Canvas, layout: &ScorecardLayout, top: f64, language: Language) {
    for quarter in 0..=4 {
        let x = layout.bars.at(f64::from(quarter) / 4.0);
        let colour = if quarter == 0 { AXIS } else { GRID };
        canvas.line(&[(x, top + 4.0), (x, top + layout.height)], colour, 1.0);
        let words = per_cent(&(quarter * 25).to_string(), language);
        // Where quarters are too close, the halves.
        let apart = (layout.bars.end - layout.bars.start) / 4.0;
        if quarter % 2 == 1 && apart < font::width("100 %", letter::FOOTER) + 6.0 {
            continue;
        }
        canvas.text(&words, (x, top - 4.0), Anchor::Middle, letter::FOOTER, MUTED);
    }
}

fn bars(canvas: &Canvas, card: &Scorecard, layout: &ScorecardLayout, top: f64) {
    let mut y = top;
    let mut titles = layout.titles.iter();
    for group in &card.groups {
        let (lines, height) = heading(&group.title, layout.width);
        for (place, line) in lines.iter().enumerate() {
            let at = (MARGIN, y + 28.0 + 19.0 * place as f64);
            canvas.text(line, at, Anchor::Start, letter::SUBTITLE, INK);
        }
        y += height;
        canvas.line(&[(MARGIN, y - 5.0), (layout.width - MARGIN, y - 5.0)], AXIS, 0.8);
        for (bar, lines) in group.bars.iter().zip(&mut titles) {
            let height = row_height(lines, layout.stacked);
            let above = LINE * (lines.len().max(1) - 1) as f64 / 2.0;
            let title_at = if layout.stacked { y + 9.5 + above } else { y + height / 2.0 };
            title(canvas, lines, title_at);
            one(canvas, bar, layout, if layout.stacked { y + height - ROW / 2.0 } else { title_at });
            y += height;
        }
    }
}

fn title(canvas: &Canvas, lines: &[String], middle: f64) {
    let first = middle + 4.5 - LINE * (lines.len() - 1) as f64 / 2.0;
    for (place, line) in lines.iter().enumerate() {
        canvas.text(line, (MARGIN, first + LINE * place as f64), Anchor::Start, letter::LABEL, INK);
    }
}

fn one(canvas: &Canvas, bar: &Bar, layout: &ScorecardLayout, middle: f64) {
    if !bar.decided {
        odds(canvas, bar, layout, middle);
    }
    let place = (layout.width - MARGIN, middle + 4.5);
    canvas.text(&bar.label, place, Anchor::End, letter::LABEL, INK);
}

fn odds(canvas: &Canvas, bar: &Bar, layout: &ScorecardLayout, middle: f64) {
    let x = |share| layout.bars.at(share);
    // A bar of odds that are hardly anything still has a place.
    let end = max(x(bar.probability), x(0.0) + 1.5);
    canvas.rectangle((x(0.0), middle - HALF), (end, middle + HALF), colour(bar.probability));
    if x(bar.high) - x(bar.low) > 3.0 {
        canvas.line(&[(x(bar.low), middle), (x(bar.high), middle)], INK, 1.4);
        for end in [bar.low, bar.high] {
            canvas.line(&[(x(end), middle - 4.0), (x(end), middle + 4.0)], INK, 1.4);
        }
    }
    let told = |odds: String| vec![(bar.title.clone(), odds)];
    canvas.spot_of(
        (x(bar.probability), middle),
        HALF + 3.0,
        &told(bar.label.clone()),
        &told(exact(bar.probability)),
    );
}

/// Two thirds and one third: what the IPCC's guidance calls likely and unlikely.
fn colour(probability: f64) -> Colour {
    match probability {
        o if o >= 2.0 / 3.0 => LIKELY,
        o if o > 1.0 / 3.0 => OPEN,
        _ => UNLIKELY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Scorecard {
        let bar = |title: &str, probability: f64| Bar {
            title: title.to_owned(),
            probability,
            low: max(probability - 0.05, 0.0),
            high: min(probability + 0.05, 1.0),
            label: "62 % ± 5".to_owned(),
            decided: false,
        };
        Scorecard {
            title: "目标达成概率".to_owned(),
            groups: vec![
                TargetGroup {
                    title: "宏观经济".to_owned(),
                    bars: vec![bar("地区生产总值", 0.62), bar("短", 0.0)],
                },
                TargetGroup {
                    title: "Energy".to_owned(),
                    bars: vec![bar(&"A very long title ".repeat(5), 1.0)],
                },
            ],
            footer: "plan".to_owned(),
            ..Scorecard::default()
        }
    }

    #[test]
    fn every_target_has_its_bar_title_and_odds_on_the_page() {
        let svg = draw(&card(), 700, Language::Zh);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let height: f64 = document.root_element().attribute("height").unwrap().parse().unwrap();
        let texts: Vec<_> = document.descendants().filter(|n| n.has_tag_name("text")).collect();
        assert_eq!(texts.iter().filter(|n| n.text().unwrap().trim() == "62 % ± 5").count(), 3);
        for text in texts {
            let y: f64 = text.attribute("y").unwrap().parse().unwrap();
            assert!(y / 10.0 < height - 10.0, "{:?} lies below the page", text.text());
        }
    }

    #[test]
    fn long_titles_take_more_lines_and_the_page_grows() {
        let mut short = card();
        short.groups[1].bars[0].title = "Short".to_owned();
        let height = |card: &Scorecard| ScorecardLayout::of(card, 700.0).height;
        assert!(height(&card()) > height(&short) + 15.0);
    }

    #[test]
    fn thirds_part_the_colours() {
        assert_eq!([0.7, 0.5, 0.2].map(colour), [LIKELY, OPEN, UNLIKELY]);
    }

    #[test]
    fn the_font_has_every_character_of_the_programs_own_words() {
        for language in [Language::En, Language::Zh] {
            let svg = draw(&card(), 900, language);
            let document = roxmltree::Document::parse(&svg).unwrap();
            let texts: String = document.descendants().filter_map(|n| n.text()).collect();
            assert_eq!(font::missing(&texts), Vec::<char>::new());
        }
    }
}
