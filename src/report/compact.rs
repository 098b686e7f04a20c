//! The figures of a page: what many of their elements have in common stands once, in a style sheet, and what their spots say
//! lies together, compressed, for the script that shows it and makes tables of it. What is saved from the page has all of it
//! again.

use std::fmt::Write as _;
use std::io::Write as _;

use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::ZlibEncoder};
use indexmap::IndexMap;

use crate::chart::Palette;
use crate::chart::font::FAMILIES;

/// Attributes that are properties of a style sheet as well.
const SHARED: [&str; 6] = ["fill", "stroke", "stroke-width", "font-size", "text-anchor", "pointer-events"];

/// Sizes, which are so too.
const SIZES: [&str; 3] = ["width", "height", "r"];

/// How often a size must come to be worth a rule.
const OFTEN: usize = 4;

/// The elements of a drawing, each on a line of its own.
const TAGS: [&str; 4] = ["text", "path", "rect", "circle"];

/// The class of spots, which have no look without a class.
const SPOT: &str = "spot";

/// What an element looks like: its tag, of a spot `spot`, and its attributes that stand in a style sheet.
type Look<'a> = (&'a str, Vec<(&'a str, &'a str)>);

/// The figures of a page and what they have in common.
#[derive(Default)]
pub(super) struct Compacted {
    /// The drawings, in the order in which they were given.
    pub(super) drawings: Vec<String>,
    /// The rules of a style sheet that they need.
    pub(super) rules: String,
    /// The rules that show their colours on a dark ground.
    pub(super) dark: String,
    /// Names, values and words of the spots of each drawing: JSON, deflated (RFC 1950), in base 64.
    pub(super) numbers: String,
}

/// Makes drawings smaller that are shown in one page.
pub(super) fn compact(drawings: &[&str]) -> Compacted {
    let elements: Vec<Vec<Line>> =
        drawings.iter().map(|drawing| drawing.lines().map(Line::read).collect()).collect();
    let all = || elements.iter().flatten().filter_map(|line| line.element.as_ref());
    let mut often: IndexMap<Look, usize> = IndexMap::new();
    all().for_each(|element| *often.entry(element.look(true)).or_default() += 1);
    let mut looks: IndexMap<Look, usize> = IndexMap::new();
    all().for_each(|element| *looks.entry(element.look_of(&often).0).or_default() += 1);
    looks.sort_by(|_, a, _, b| b.cmp(a));
    // The commonest look of each tag is that of elements without a class.
    let mut names: IndexMap<Look, String> = IndexMap::new();
    for (place, look) in looks.keys().enumerate() {
        let is_commonest = look.0 != SPOT && !names.keys().any(|known| known.0 == look.0);
        names.insert(look.clone(), if is_commonest { String::new() } else { class(place) });
    }
    let selector = |(tag, _): &Look, name: &String| match name.as_str() {
        "" => format!(".drawn {tag}:not([class])"),
        name => format!(".drawn .{name}"),
    };
    let mut compacted =
        Compacted { rules: format!(".drawn{{font-family:{FAMILIES}}}\n"), ..Compacted::default() };
    for (look, name) in &names {
        let declared: Vec<String> = look.1.iter().map(|(name, value)| declaration(name, value)).collect();
        let dark: Vec<String> = look.1.iter().filter_map(|(name, value)| in_the_dark(name, value)).collect();
        let selector = selector(look, name);
        let _ = writeln!(compacted.rules, "{selector}{{{}}}", declared.join(";"));
        if !dark.is_empty() {
            let _ = writeln!(compacted.dark, "{selector}{{{}}}", dark.join(";"));
        }
    }
    let mut numbers: Vec<Vec<[String; 3]>> = Vec::new();
    for lines in &elements {
        let (mut drawing, mut spots) = (String::new(), Vec::new());
        for line in lines {
            if let Some(element) = &line.element {
                let (look, with_sizes) = element.look_of(&often);
                let name = names.get(&look).map_or("", String::as_str);
                drawing.push_str(&element.written(name, with_sizes));
                spots.extend(element.spot());
            } else {
                let head = line.text.replace(&format!(" font-family=\"{FAMILIES}\""), "");
                drawing.push_str(&without_label(&head.replace("<svg ", "<svg class=\"drawn\" ")));
            }
            drawing.push('\n');
        }
        compacted.drawings.push(drawing);
        numbers.push(spots);
    }
    compacted.numbers = packed(&numbers).unwrap_or_default();
    compacted
}

/// The head of a drawing without its label, which its title says too.
fn without_label(head: &str) -> String {
    let label =
        head.split_once(" aria-label=\"").and_then(|(before, rest)| Some((before, rest.split_once('"')?.1)));
    label.map_or_else(|| head.to_owned(), |(before, after)| format!("{before}{after}"))
}

/// The name of a class: capital letters, which no class of the page's own has.
fn class(place: usize) -> String {
    let letter = |number: usize| char::from(b'A' + (number % 26) as u8);
    match place / 26 {
        0 => letter(place).to_string(),
        more => class(more - 1) + &letter(place).to_string(),
    }
}

fn declaration(name: &str, value: &str) -> String {
    let is_length = name == "font-size" || SIZES.contains(&name);
    format!("{name}:{value}{}", if is_length { "px" } else { "" })
}

/// What a colour becomes on a dark ground.
fn in_the_dark(name: &str, value: &str) -> Option<String> {
    let hex = value.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
    let channel = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    let (r, g, b) = Palette::Dark.shown((channel(0)?, channel(2)?, channel(4)?));
    Some(format!("{name}:#{r:02X}{g:02X}{b:02X}"))
}

fn packed(numbers: &[Vec<[String; 3]>]) -> Option<String> {
    let text = serde_json::to_vec(numbers).ok()?;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&text).ok()?;
    Some(STANDARD.encode(encoder.finish().ok()?))
}

/// A line of a drawing.
struct Line<'a> {
    text: &'a str,
    /// The element that it is; none of what stands around the elements.
    element: Option<Element<'a>>,
}

struct Element<'a> {
    tag: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    /// What follows the attributes.
    rest: &'a str,
}

impl<'a> Line<'a> {
    fn read(text: &'a str) -> Self {
        Self { text, element: Element::read(text) }
    }
}

impl<'a> Element<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let inner = line.strip_prefix('<')?;
        let tag =
            TAGS.into_iter().find(|tag| inner.strip_prefix(tag).is_some_and(|rest| rest.starts_with(' ')))?;
        let (mut rest, mut attributes) = (&inner[tag.len()..], Vec::new());
        while let Some(next) = rest.strip_prefix(' ') {
            let (name, value) = next.split_once("=\"")?;
            let (value, after) = value.split_once('"')?;
            attributes.push((name, value));
            rest = after;
        }
        Some(Self { tag, attributes, rest })
    }

    fn look(&self, with_sizes: bool) -> Look<'a> {
        let is_shared = |name: &str| SHARED.contains(&name) || with_sizes && SIZES.contains(&name);
        let tag = if self.attributes.contains(&("class", SPOT)) { SPOT } else { self.tag };
        (tag, self.attributes.iter().copied().filter(|(name, _)| is_shared(name)).collect())
    }

    /// What it looks like, with its sizes where many have the same, and whether it is with them.
    fn look_of(&self, often: &IndexMap<Look<'a>, usize>) -> (Look<'a>, bool) {
        let whole = self.look(true);
        let is_worth_it = often.get(&whole).is_some_and(|count| *count >= OFTEN);
        if is_worth_it { (whole, true) } else { (self.look(false), false) }
    }

    /// The element without what stands in the style sheet or among the numbers.
    fn written(&self, look: &str, with_sizes: bool) -> String {
        let own = self.attributes.iter().find(|(name, _)| *name == "class").map_or("", |(_, value)| value);
        let classes = [own, look].join(" ");
        let mut text = format!("<{}", self.tag);
        if !classes.trim().is_empty() {
            let _ = write!(text, " class=\"{}\"", classes.trim());
        }
        for (name, value) in &self.attributes {
            let elsewhere = SHARED.contains(name)
                || with_sizes && SIZES.contains(name)
                || ["class", "data-keys", "data-values"].contains(name);
            if !elsewhere {
                let _ = write!(text, " {name}=\"{value}\"");
            }
        }
        // What a spot says lies elsewhere.
        text + if self.spot().is_some() { "/>" } else { self.rest }
    }

    /// Names and values of a spot, each parted by bars, and what it says.
    fn spot(&self) -> Option<[String; 3]> {
        let of = |wanted: &str| {
            let found = self.attributes.iter().find(|(name, _)| *name == wanted)?;
            Some(plain(found.1))
        };
        let words = self.rest.strip_prefix("><title>")?.split_once("</title>")?.0;
        Some([of("data-keys")?, of("data-values")?, plain(words)])
    }
}

/// A text without the entities of `markup::xml`.
fn plain(text: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#35;", "#"), ("&#58;", ":"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Read;

    use super::*;
    use crate::chart::{self, Size};
    use crate::report::figure;
    use crate::result::sample;
    use crate::text::Language;

    fn drawings() -> [String; 2] {
        let summary = sample::summary();
        let fan = figure::fan(&summary, "gdp", &[(2019, 1512.0)], "", Language::Zh).unwrap();
        let card = figure::scorecard(&summary, "", Language::En).unwrap();
        [
            chart::fan::draw(&fan, &Size::default(), Language::Zh),
            chart::scorecard::draw(&card, 900, Language::En),
        ]
    }

    type Attributes = BTreeMap<String, String>;

    /// The elements of a drawing with all their attributes, those too that the rules give them, and their texts.
    fn elements(drawing: &str, rules: &str) -> Vec<(String, Attributes, String)> {
        let rules: Vec<(&str, &str)> =
            rules.lines().filter_map(|rule| rule.trim_end_matches('}').split_once('{')).collect();
        let document = roxmltree::Document::parse(drawing).unwrap();
        let read = |node: roxmltree::Node| {
            let mut all: Attributes =
                node.attributes().map(|a| (a.name().to_owned(), a.value().to_owned())).collect();
            let classes = all.remove("class").unwrap_or_default();
            let tag = node.tag_name().name();
            let applies = |selector: &str| match selector.strip_prefix(".drawn") {
                Some("") => tag == "svg",
                Some(rest) => {
                    rest.trim() == format!("{tag}:not([class])") && classes.is_empty()
                        || classes.split(' ').any(|class| rest.trim() == format!(".{class}"))
                }
                None => false,
            };
            for (_, declared) in rules.iter().filter(|(selector, _)| applies(selector)) {
                for one in declared.split(';') {
                    let (name, value) = one.split_once(':').unwrap();
                    assert!(
                        all.insert(name.to_owned(), value.trim_end_matches("px").to_owned()).is_none(),
                        "{one} twice"
                    );
                }
            }
            // Among the numbers, or in the title.
            all.retain(|name, _| !name.starts_with("data-") && name != "aria-label");
            (tag.to_owned(), all, node.text().unwrap_or_default().trim().to_owned())
        };
        let of_spot = |node: &roxmltree::Node| {
            node.parent().and_then(|above| above.attribute("class")).is_some_and(|class| class == SPOT)
        };
        let all = document.descendants().filter(roxmltree::Node::is_element);
        all.filter(|node| !of_spot(node)).map(read).collect()
    }

    #[test]
    fn a_smaller_drawing_has_every_element_with_every_attribute_and_text() {
        let drawings = drawings();
        let compacted = compact(&drawings.each_ref().map(String::as_str));
        for (small, whole) in compacted.drawings.iter().zip(&drawings) {
            assert_eq!(elements(small, &compacted.rules), elements(whole, ""));
            assert!(small.len() * 10 < whole.len() * 8, "{} of {} bytes", small.len(), whole.len());
        }
    }

    #[test]
    fn the_numbers_of_all_spots_are_there_as_the_drawing_has_them() {
        let drawings = drawings();
        let compacted = compact(&drawings.each_ref().map(String::as_str));
        let packed = STANDARD.decode(&compacted.numbers).unwrap();
        let mut text = String::new();
        flate2::read::ZlibDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
        let numbers: Vec<Vec<[String; 3]>> = serde_json::from_str(&text).unwrap();
        for (found, drawing) in numbers.iter().zip(&drawings) {
            let document = roxmltree::Document::parse(drawing).unwrap();
            let spots = document.descendants().filter(|node| node.attribute("class") == Some(SPOT));
            let of = |spot: roxmltree::Node| {
                let [keys, values] =
                    ["data-keys", "data-values"].map(|name| spot.attribute(name).unwrap().to_owned());
                [keys, values, spot.first_element_child().unwrap().text().unwrap().to_owned()]
            };
            let wanted: Vec<[String; 3]> = spots.map(of).collect();
            assert!(!wanted.is_empty() && *found == wanted);
        }
    }

    #[test]
    fn in_the_dark_each_colour_is_that_of_the_dark_palette() {
        let drawing =
            "<svg>\n<path d=\"M0 0h1\" fill=\"none\" stroke=\"#1C2229\" stroke-width=\"1\"/>\n</svg>";
        let compacted = compact(&[drawing]);
        let dark = Palette::Dark.recolour(drawing);
        let stroke = dark.split("stroke=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(compacted.dark, format!(".drawn path:not([class]){{stroke:{stroke}}}\n"));
    }

    #[test]
    fn classes_are_named_in_order() {
        assert_eq!([0, 25, 26, 27, 52].map(class), ["A", "Z", "AA", "AB", "BA"]);
    }
}
