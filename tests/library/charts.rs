//! Every figure with hard cases, in both languages, wide and as narrow as a phone: nothing that is written touches anything
//! else or leaves the page, no label goes missing without a word, and all of it can be read in every palette.

use plancast::chart::calendar::{self, Calendar, CalendarRow};
use plancast::chart::exceedance::{self, CurveMark, Exceedance, ExceedanceCurve};
use plancast::chart::fan::{self, Band, Fan, FanMark};
use plancast::chart::heatmap::{self, HeatMap};
use plancast::chart::histogram::{self, YearHistogram};
use plancast::chart::panels::{self, Panel, Panels};
use plancast::chart::ridges::{self, Ridge, Ridges};
use plancast::chart::rows::{self, BarRow, FloatingBars, Tone};
use plancast::chart::scatter::{self, Scatter, ScatterAxis};
use plancast::chart::scorecard::{self, Bar, Scorecard, TargetGroup};
use plancast::chart::stack::{self, Stack, StackBand};
use plancast::chart::style::{HEAT, PARTS, REST};
use plancast::chart::violin::{self, Violin, Violins};
use plancast::chart::{Palette, Size, font};
use plancast::num;
use plancast::text::Language;

/// A page of a screen and one of a phone.
const SIZES: [Size; 2] = [Size { width: 900, height: 560 }, Size { width: 360, height: 480 }];

/// What a case is made of.
struct Case {
    name: &'static str,
    /// The first median, and by what it is multiplied from year to year.
    start: f64,
    growth: f64,
    /// How far the outermost quantiles of the first year are from the median, as a share of it; it grows with the years.
    spread: f64,
    years: i32,
    targets: usize,
    logarithmic: bool,
}

const CASES: [Case; 8] = [
    Case {
        name: "plain",
        start: 1500.0,
        growth: 1.08,
        spread: 0.02,
        years: 15,
        targets: 2,
        logarithmic: false,
    },
    Case {
        name: "sixty targets",
        start: 1000.0,
        growth: 1.03,
        spread: 0.04,
        years: 10,
        targets: 60,
        logarithmic: false,
    },
    Case {
        name: "ten yearly targets",
        start: 1000.0,
        growth: 1.05,
        spread: 0.03,
        years: 10,
        targets: 10,
        logarithmic: false,
    },
    Case { name: "huge", start: 1e19, growth: 10.0, spread: 0.9, years: 9, targets: 3, logarithmic: true },
    Case { name: "tiny", start: 1e-9, growth: 0.4, spread: 0.1, years: 10, targets: 1, logarithmic: true },
    Case {
        name: "3.5 million",
        start: 3.4e6,
        growth: 1.003,
        spread: 0.001,
        years: 10,
        targets: 1,
        logarithmic: false,
    },
    Case {
        name: "one year",
        start: 1020.0,
        growth: 1.05,
        spread: 0.015,
        years: 1,
        targets: 1,
        logarithmic: false,
    },
    Case {
        name: "one path",
        start: 1020.0,
        growth: 1.05,
        spread: 0.0,
        years: 15,
        targets: 3,
        logarithmic: false,
    },
];

impl Case {
    fn years(&self) -> Vec<i32> {
        (0..=self.years).map(|year| 2020 + year).collect()
    }

    fn median(&self) -> Vec<f64> {
        (0..=self.years).map(|year| self.start * num::pow(self.growth, f64::from(year))).collect()
    }

    /// The quantile that lies so many spreads from the median.
    fn line(&self, spreads: f64) -> Vec<f64> {
        let by_year = self.median().into_iter().enumerate();
        by_year.map(|(year, median)| median * num::exp(spreads * self.spread * (year as f64 + 0.2))).collect()
    }

    fn bands(&self) -> Vec<Band> {
        let band = |low: f64, spreads: f64| Band {
            low_level: low,
            high_level: 1.0 - low,
            lows: self.line(-spreads),
            highs: self.line(spreads),
        };
        vec![band(0.05, 1.6), band(0.1, 1.3), band(0.25, 0.7)]
    }

    fn marks(&self) -> Vec<FanMark> {
        let median = self.median();
        let mark = |place: usize| {
            let year = 1 + place % self.years as usize;
            let level = median[year] * (0.9 + 0.05 * (place / self.years as usize) as f64);
            FanMark {
                year: 2020 + year as i32,
                level,
                label: format!("≥ {}", plancast::text::number::trimmed(level, 6)),
                at_least: true,
                probability: "48 %".to_owned(),
            }
        };
        (0..self.targets).map(mark).collect()
    }

    fn label(&self, place: usize) -> String {
        let mark = &self.marks()[place];
        format!("{}: {}", mark.label, mark.probability)
    }
}

/// A title that has to be broken into lines.
const LONG: &str = "GDP & \"quoted\" <b> with a very long title so that it has to be broken somewhere reasonable 地区生产总值（2020年不变价）";
const FOOT: &str =
    "plancast · scenario plan · 100,000 paths · seed 1 · source: simulation; 吕梁市2021年政府工作报告";

/// Every figure of a case: its kind, its drawing, and how many marks have to be told there.
fn figures(case: &Case, size: Size, language: Language) -> Vec<(&'static str, String, Vec<String>)> {
    let labels: Vec<String> = (0..case.targets).map(|place| case.label(place)).collect();
    let mark = |mark: FanMark| {
        plancast::tr!(language, "report-figure-mark", level = mark.label, probability = mark.probability)
    };
    let fan_labels: Vec<String> = case.marks().into_iter().map(mark).collect();
    let none = Vec::new;
    vec![
        ("fan", fan::draw(&fan_of(case), &size, language), fan_labels),
        ("exceedance", exceedance::draw(&exceedance_of(case), size, language), labels.clone()),
        ("density", ridges::draw(&ridges_of(case), size, language), labels.clone()),
        ("histogram", histogram::draw(&histogram_of(case), size, language), none()),
        ("composition", stack::draw(&stack_of(case), size, language), none()),
        ("scatter", scatter::draw(&scatter_of(case), size, language), none()),
        ("violin", violin::draw(&violins_of(case), size, language), none()),
        ("levels", panels::draw(&panels_of(case), size.width, language), none()),
        ("joint", heatmap::draw(&heatmap_of(case, false), size.width, language), none()),
        ("conditional", heatmap::draw(&heatmap_of(case, true), size.width, language), none()),
        ("calendar", calendar::draw(&calendar_of(case), size.width, language), none()),
        ("scorecard", scorecard::draw(&scorecard_of(case), size.width, language), none()),
        ("tornado", rows::draw(&rows_of(case), size.width, language), none()),
    ]
}

fn fan_of(case: &Case) -> Fan {
    Fan {
        title: LONG.to_owned(),
        subtitle: "吕梁市 · 规划情景".to_owned(),
        unit: "亿元".to_owned(),
        logarithmic: case.logarithmic,
        years: case.years(),
        bands: case.bands(),
        median: case.median(),
        history: vec![(2019, case.start * 0.95), (2020, case.start)],
        marks: case.marks(),
        footer: FOOT.to_owned(),
        ..Fan::default()
    }
}

fn exceedance_of(case: &Case) -> Exceedance {
    let years = case.years();
    let curve = |place: usize| {
        let spread = num::max(case.spread, 1e-3) * (place as f64 + 0.2);
        let point = |k: i32| {
            let away = f64::from(k) / 10.0;
            (case.median()[place] * num::exp(away * spread), 0.5 - 0.49 * away / 2.0)
        };
        ExceedanceCurve {
            label: years[place].to_string(),
            at_most: false,
            steps: false,
            points: (-20..=20).map(point).collect(),
        }
    };
    let last = years.len() - 1;
    let shown: Vec<usize> = (1..last + 1).rev().take(6).rev().collect();
    let mark = |(place, mark): (usize, FanMark)| CurveMark {
        level: mark.level,
        share: 0.9 - 0.8 * place as f64 / 60.0,
        label: case.label(place),
    };
    Exceedance {
        title: LONG.to_owned(),
        unit: "亿元".to_owned(),
        paths: 1000,
        logarithmic: case.logarithmic,
        curves: shown.into_iter().map(curve).collect(),
        marks: case.marks().into_iter().enumerate().map(mark).collect(),
        footer: FOOT.to_owned(),
        ..Exceedance::default()
    }
}

fn ridges_of(case: &Case) -> Ridges {
    let ridge = |place: usize| {
        let (median, year) = (case.median()[place], 2020 + place as i32);
        let spread = num::max(case.spread, 1e-3) * (place as f64 + 0.2);
        let point = |k: i32| {
            let away = f64::from(k) / 10.0;
            (median * num::exp(away * spread), num::exp(-away * away) / median)
        };
        let here = case.marks().into_iter().enumerate().filter(|(_, mark)| mark.year == year);
        Ridge {
            label: year.to_string(),
            points: (-20..=20).map(point).collect(),
            median,
            median_label: plancast::text::number::digits(median, 3),
            marks: here.map(|(place, mark)| (mark.level, case.label(place))).collect(),
        }
    };
    Ridges {
        title: LONG.to_owned(),
        unit: "亿元".to_owned(),
        logarithmic: case.logarithmic,
        ridges: (1..=case.years as usize).map(ridge).collect(),
        footer: FOOT.to_owned(),
        ..Ridges::default()
    }
}

fn histogram_of(case: &Case) -> YearHistogram {
    let marks = (0..case.targets.min(12)).map(|k| (2018 + 3 * k as i32, format!("≤ {}: 55 %", 2018 + 3 * k)));
    YearHistogram {
        title: LONG.to_owned(),
        paths: 1000,
        bars: (0..=case.years).map(|k| (2020 + k, 0.9 / f64::from(case.years + 1))).collect(),
        never: 0.1,
        open_end: Some(2020 + case.years),
        marks: marks.collect(),
        footer: FOOT.to_owned(),
        ..YearHistogram::default()
    }
}

fn stack_of(case: &Case) -> Stack {
    let part = |k: usize| {
        let mut values = case.median();
        if values.len() > 4 {
            // The means of the last years do not settle.
            values.iter_mut().rev().take(2).for_each(|value| *value = f64::NAN);
        }
        StackBand {
            title: format!("煤化工及其下游产品的生产与销售 {k}"), values, rest: k == 7
        }
    };
    Stack {
        title: LONG.to_owned(),
        unit: "亿元".to_owned(),
        note: "; left out: 2034–2035".to_owned(),
        years: case.years(),
        parts: (0..8).map(part).collect(),
        footer: FOOT.to_owned(),
        ..Stack::default()
    }
}

fn scatter_of(case: &Case) -> Scatter {
    let side = |name: &str, level: f64| ScatterAxis {
        name: name.to_owned(),
        title: format!("{name}, {LONG}"),
        level,
        label: format!("≥ {}", plancast::text::number::trimmed(level, 6)),
        are_years: false,
    };
    let median = case.start;
    let point = |k: i32| {
        // One in four hundred lies far away.
        let far = if k % 400 == 7 { 30.0 } else { 1.0 };
        (median * (1.0 + f64::from(k * 37 % 100) / 200.0 * far), 60.0 + f64::from(k * 17 % 40))
    };
    Scatter {
        title: LONG.to_owned(),
        x: side("GDP", median * 1.25),
        y: side("CO2", 80.0),
        paths: 4096,
        points: (0..800).map(point).collect(),
        quadrants: ["10 % ± 1", "20 % ± 1", "30 % ± 1", "40 % ± 1"].map(str::to_owned),
        footer: FOOT.to_owned(),
        ..Scatter::default()
    }
}

fn violins_of(case: &Case) -> Violins {
    let last = *case.median().last().unwrap();
    let spread = num::max(case.spread, 1e-3);
    let one = |k: usize| Violin {
        label: format!("Scenario {k} of the plan"),
        points: (-10..=10)
            .map(|away| {
                (last * num::exp(f64::from(away) / 5.0 * spread), 1.0 - f64::from(away * away) / 101.0)
            })
            .collect(),
        quantiles: [-1.6, -0.7, 0.0, 0.7, 1.6].map(|away| last * num::exp(away * spread)),
        median: plancast::text::number::digits(last, 3),
        probability: "48 %".to_owned(),
    };
    Violins {
        title: LONG.to_owned(),
        unit: "亿元".to_owned(),
        logarithmic: case.logarithmic,
        violins: (0..3).map(one).collect(),
        mark: Some((last, "≥ 2,200".to_owned())),
        footer: FOOT.to_owned(),
        ..Violins::default()
    }
}

fn panels_of(case: &Case) -> Panels {
    let panel = |k: usize| Panel {
        title: format!("Scenario {k} with a title that is far too long for its panel"),
        caption: "2035: −40 (−60 to −20), with more words than there is room for".to_owned(),
        years: case.years(),
        bands: case.bands(),
        median: case.median(),
        marks: case.marks(),
    };
    Panels {
        title: LONG.to_owned(),
        unit: "亿元".to_owned(),
        logarithmic: case.logarithmic,
        panels: (0..4).map(panel).collect(),
        footer: FOOT.to_owned(),
        ..Panels::default()
    }
}

fn heatmap_of(case: &Case, given: bool) -> HeatMap {
    let count = case.targets.clamp(2, 12);
    let columns = |row: usize| if given { count } else { row + 1 };
    let share = |row: usize, column: usize| (row * 7 + column * 13) as f64 % 101.0 / 100.0;
    let shares = |row| (0..columns(row)).map(move |column| share(row, column)).collect::<Vec<f64>>();
    let words = |row| shares(row).into_iter().map(|share| format!("{:.0}+", 100.0 * share)).collect();
    HeatMap {
        title: LONG.to_owned(),
        axes: "Odds in per cent that both are met; at the end of a row: of the target alone".to_owned(),
        given,
        targets: (0..count).map(|k| format!("{k} {LONG}")).collect(),
        probability: (0..count).map(shares).collect(),
        words: (0..count).map(words).collect(),
        footer: FOOT.to_owned(),
        ..HeatMap::default()
    }
}

fn calendar_of(case: &Case) -> Calendar {
    let row = |k: i32| CalendarRow {
        title: if k == 3 {
            LONG.to_owned()
        } else {
            format!("智能化煤矿2座、综采工作面{k}处、掘进工作面65处")
        },
        done: (0..=case.years)
            .map(|year| f64::from((year - k % 4).max(0)) / f64::from(case.years + 1))
            .collect(),
        planned: (k % 2 == 0).then_some(2020 + k % 3),
    };
    Calendar {
        title: LONG.to_owned(),
        years: case.years(),
        paths: 1000,
        planned: "year in which the report lets it start work, or the earliest year it could".to_owned(),
        rows: (0..9).map(row).collect(),
        footer: FOOT.to_owned(),
        ..Calendar::default()
    }
}

fn scorecard_of(case: &Case) -> Scorecard {
    let bar = |k: usize| Bar {
        title: format!("{k} {LONG}"),
        probability: k as f64 / 60.0,
        low: k as f64 / 70.0,
        high: k as f64 / 60.0 + 0.05,
        label: "62.4 % ± 0.3".to_owned(),
        decided: k == 1,
    };
    let group = |bars: Vec<Bar>| TargetGroup { title: LONG.to_owned(), bars };
    Scorecard {
        title: LONG.to_owned(),
        groups: vec![group((0..case.targets).map(bar).collect()), group(vec![bar(30)])],
        footer: FOOT.to_owned(),
        ..Scorecard::default()
    }
}

fn rows_of(case: &Case) -> FloatingBars {
    let (low, middle, high) = (case.line(-1.0)[1], case.median()[1], case.line(1.0)[1]);
    let row = |k: usize| BarRow {
        title: if k == 0 { LONG.to_owned() } else { "Coal price [D]".to_owned() },
        bars: vec![(low, middle, Tone::Low), (middle, high, Tone::High)],
        interval: None,
        label: "1,870 – 2,700 · 55 % ± 4".to_owned(),
    };
    FloatingBars {
        title: LONG.to_owned(),
        subtitle: LONG.to_owned(),
        unit: "亿元".to_owned(),
        legend: vec![(Tone::Low, "raises it".to_owned()), (Tone::High, "lowers it".to_owned())],
        center: Some(middle),
        rows: (0..5).map(row).collect(),
        footer: FOOT.to_owned(),
        ..FloatingBars::default()
    }
}

/// A rectangle: left, top, right, bottom.
type Box = [f64; 4];

/// A text of a drawing: what it says, where it stands, its colour and that of what lies beneath its middle.
struct Written {
    words: String,
    place: Box,
    ink: [u8; 3],
    ground: [u8; 3],
}

fn colour(text: &str) -> [u8; 3] {
    [1, 3, 5].map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
}

/// The texts of a drawing, measured with the font that it is drawn with.
fn written(svg: &str) -> (Box, Vec<Written>) {
    let document = roxmltree::Document::parse(svg).unwrap();
    let number = |node: roxmltree::Node, name| node.attribute(name).unwrap().parse::<f64>().unwrap();
    let root = document.root_element();
    let page = [0.0, 0.0, number(root, "width"), number(root, "height")];
    let (mut grounds, mut texts): (Vec<(Box, [u8; 3])>, Vec<Written>) = (Vec::new(), Vec::new());
    for node in document.descendants() {
        if node.has_tag_name("rect") {
            let (x, y) = (number(node, "x"), number(node, "y"));
            let area = [x, y, x + number(node, "width"), y + number(node, "height")];
            grounds.push((area, colour(node.attribute("fill").unwrap())));
        }
        if !node.has_tag_name("text") {
            continue;
        }
        let (words, height) = (node.text().unwrap_or_default().trim().to_owned(), number(node, "font-size"));
        let (x, base, width) = (number(node, "x"), number(node, "y"), font::width(&words, height));
        let left = match node.attribute("text-anchor") {
            Some("end") => x - width,
            Some("middle") => x - width / 2.0,
            _ => x,
        };
        // What stands on a line reaches about so far above it and below.
        let place = [left, base - 0.72 * height, left + width, base + 0.13 * height];
        let (middle, centre) = (left + width / 2.0, base - 0.3 * height);
        let beneath = grounds
            .iter()
            .rev()
            .find(|(area, _)| (area[0]..=area[2]).contains(&middle) && (area[1]..=area[3]).contains(&centre));
        let ground = beneath.map_or([255; 3], |(_, colour)| *colour);
        texts.push(Written { words, place, ink: colour(node.attribute("fill").unwrap()), ground });
    }
    (page, texts)
}

/// Calls `check` with every figure of every case, in both languages and sizes.
fn each(mut check: impl FnMut(&str, &str, &[String])) {
    for case in &CASES {
        for size in SIZES {
            for language in [Language::En, Language::Zh] {
                for (kind, svg, labels) in figures(case, size, language) {
                    let name = format!("{kind} of “{}”, {} wide, {}", case.name, size.width, language.code());
                    check(&name, &svg, &labels);
                }
            }
        }
    }
}

#[test]
fn nothing_that_is_written_leaves_the_page_or_touches_anything_else() {
    let mut faults = Vec::new();
    each(|name, svg, _| {
        let (page, texts) = written(svg);
        for (place, one) in texts.iter().enumerate() {
            let [left, top, right, bottom] = one.place;
            if left < 0.0 || top < 0.0 || right > page[2] || bottom > page[3] {
                faults.push(format!("{name}: “{}” is cut off: {:?} on {page:?}", one.words, one.place));
            }
            let meets = |other: &&Written| {
                let that = other.place;
                left < that[2] && that[0] < right && top < that[3] && that[1] < bottom
            };
            if let Some(other) = texts[place + 1..].iter().find(meets) {
                faults.push(format!("{name}: “{}” meets “{}”", one.words, other.words));
            }
        }
    });
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_label_of_a_target_is_there_or_its_absence_is_told_and_its_mark_says_it() {
    each(|name, svg, labels| {
        let document = roxmltree::Document::parse(svg).unwrap();
        let texts: Vec<String> = written(svg).1.into_iter().map(|text| text.words).collect();
        let missing = labels.iter().filter(|label| !texts.contains(label)).count();
        let all = texts.join(" ");
        let told = plancast::tr!(Language::En, "chart-unlabelled", count = missing);
        let told_in_chinese = plancast::tr!(Language::Zh, "chart-unlabelled", count = missing);
        // The foot may be broken anywhere.
        let plain = |text: &str| text.replace(' ', "");
        let says = plain(&all).contains(&plain(&told)) || plain(&all).contains(&plain(&told_in_chinese));
        assert!((missing > 0) == says || labels.is_empty(), "{name}: {missing} are missing: {all}");
        let titles: Vec<&str> =
            document.descendants().filter(|n| n.has_tag_name("title")).filter_map(|n| n.text()).collect();
        for label in labels {
            assert!(titles.iter().any(|title| title.contains(label)), "{name}: no mark says “{label}”");
        }
    });
}

/// The contrast of two colours (WCAG 2.2, relative luminance in sRGB).
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let channel = |byte: u8| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { num::pow((share + 0.055) / 1.055, 2.4) }
    };
    let luminance = |[r, g, b]: [u8; 3]| 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    let (a, b) = (luminance(a), luminance(b));
    let (light, dark) = if a > b { (a, b) } else { (b, a) };
    (light + 0.05) / (dark + 0.05)
}

#[test]
fn the_contrast_of_white_and_black_is_that_of_the_standard() {
    assert!((contrast([255; 3], [0; 3]) - 21.0).abs() < 1e-9);
    // The standard's own example of a grey that is just dark enough.
    assert!((contrast([255; 3], [118; 3]) - 4.54).abs() < 0.005);
}

#[test]
fn all_that_is_written_has_a_contrast_of_four_and_a_half_to_one_in_every_palette() {
    let mut faults = std::collections::BTreeSet::new();
    for palette in [Palette::Light, Palette::Dark, Palette::Grey] {
        for (kind, svg, _) in figures(&CASES[1], SIZES[0], Language::En) {
            for text in written(&palette.recolour(&svg)).1 {
                let found = contrast(text.ink, text.ground);
                if found < 4.5 {
                    faults.insert(format!(
                        "{palette:?} {kind}: {found:.2} of {:?} on {:?}",
                        text.ink, text.ground
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn parts_of_a_whole_and_steps_of_a_scale_can_be_told_apart_in_greys() {
    let grey = |colour| i32::from(Palette::Grey.shown(colour).0);
    let parts: Vec<i32> = PARTS.into_iter().chain([REST]).map(grey).collect();
    for (place, one) in parts.iter().enumerate() {
        assert!(parts[place + 1..].iter().all(|other| (one - other).abs() >= 18), "{parts:?}");
    }
    assert!(HEAT.map(grey).windows(2).all(|pair| pair[0] >= pair[1] + 12));
    // The parts of what could be learned lie end to end.
    let tones = [Tone::High, Tone::Low, Tone::Neutral, Tone::Pale].map(|tone| grey(tone.colour()));
    for (place, one) in tones.iter().enumerate() {
        assert!(tones[place + 1..].iter().all(|other| (one - other).abs() >= 18), "{tones:?}");
    }
}
