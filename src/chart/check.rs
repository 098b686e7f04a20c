//! What every figure must keep, read from its SVG: texts inside the picture and apart from each other, all
//! their characters in the font, shapes within the page.

use super::font;
use super::place::Area;

/// The texts of a figure.
pub(crate) fn texts(svg: &str) -> Vec<String> {
    areas(svg).into_iter().map(|(words, _)| words).collect()
}

/// The texts with the ground that they cover.
fn areas(svg: &str) -> Vec<(String, Area)> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    texts
        .map(|n| {
            let number = |name| n.attribute(name).unwrap().parse::<f64>().unwrap();
            let (words, size) = (n.text().unwrap_or_default().trim().to_owned(), number("font-size"));
            let (x, width) = (number("x"), font::width(&words, size));
            let left = match n.attribute("text-anchor") {
                Some("end") => x - width,
                Some("middle") => x - width / 2.0,
                _ => x,
            };
            // What stands on a line reaches about so far above it and below.
            let base = number("y");
            (words, Area { left, top: base - 0.72 * size, right: left + width, bottom: base + 0.13 * size })
        })
        .collect()
}

/// Every number of the attributes that say where shapes are, in pixels: across, down.
fn points(svg: &str) -> Vec<(f64, f64)> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let mut points = Vec::new();
    for node in document.descendants() {
        let number = |name| node.attribute(name).and_then(|text: &str| text.parse::<f64>().ok());
        let listed = node.attribute("points").unwrap_or_default().split_whitespace();
        points.extend(
            listed
                .filter_map(|pair| pair.split_once(','))
                .map(|(x, y)| (x.parse::<f64>().unwrap(), y.parse::<f64>().unwrap())),
        );
        points.extend(number("cx").zip(number("cy")));
    }
    points
}

/// Panics unless the figure is set as it must be.
pub(crate) fn well_set(svg: &str) {
    let document = roxmltree::Document::parse(svg).unwrap();
    let side = |name| document.root_element().attribute(name).unwrap().parse::<f64>().unwrap();
    let page = Area { left: 0.0, top: 0.0, right: side("width"), bottom: side("height") };
    let areas = areas(svg);
    assert!(!areas.is_empty(), "nothing is written");
    for (place, (words, area)) in areas.iter().enumerate() {
        assert!(page.holds(area), "“{words}” is cut off: {area:?} on {page:?}");
        for (other, taken) in &areas[place + 1..] {
            assert!(!area.meets(taken), "“{words}” meets “{other}”: {area:?}, {taken:?}");
        }
        assert_eq!(font::missing(words), Vec::<char>::new(), "in “{words}”");
    }
    for (x, y) in points(svg) {
        assert!(
            (0.0..=page.right).contains(&x) && (0.0..=page.bottom).contains(&y),
            "{x}, {y} is off the page"
        );
    }
}
