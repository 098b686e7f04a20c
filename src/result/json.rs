//! JSON whose bytes are stable: keys sorted, numbers shortest that read back exactly, lists of numbers on
//! one line, so that a stored result can be reviewed line by line.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io;
use std::rc::Rc;

use serde::Serialize;
use serde::ser::Error;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::text::visible;

/// Writes a value as JSON text with a newline at its end.
///
/// # Errors
///
/// When the value has no form in JSON: a map whose keys are not strings.
pub fn write(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let text = JsonText::default();
    let layout = JsonLayout { text: text.clone(), open: Vec::new(), old: Vec::new() };
    value.serialize(&mut Serializer::with_formatter(text.clone(), layout))?;
    let mut bytes = text.0.take();
    bytes.push(b'\n');
    bytes.shrink_to_fit();
    String::from_utf8(bytes).map(escaped).map_err(serde_json::Error::custom)
}

/// The same JSON, which may also be printed: what steers a terminal, and `##`, which begins commands of build servers, is
/// written as escapes. Both stand only within strings.
fn escaped(text: String) -> String {
    let acts = |c: char| c != '\n' && visible::is_control(c);
    if !text.contains(acts) && !text.contains("##") {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 64);
    let mut last = ' ';
    for c in text.chars() {
        if acts(c) || (c == '#' && last == '#') {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
        last = c;
    }
    safe
}

/// JSON of which no text holds what steers a terminal: that is a visible mark. Ends of lines and tabs stay.
pub fn tamed(text: String) -> String {
    let acts = |c: char| !matches!(c, '\n' | '\r' | '\t') && visible::is_control(c);
    if !text.contains(acts) && !text.contains("\\u") && !text.contains("\\b") && !text.contains("\\f") {
        return text;
    }
    let mut safe = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let (written, length) = match (c, rest.as_bytes().get(1)) {
            ('\\', Some(b'b')) => (Some('\u{8}'), 2),
            ('\\', Some(b'f')) => (Some('\u{c}'), 2),
            // A half of a pair of surrogates is no character: it stays as it is.
            ('\\', Some(b'u')) => {
                let code = rest.get(2..6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                (code.and_then(char::from_u32), if code.is_some() { 6 } else { 2 })
            }
            ('\\', Some(next)) if next.is_ascii() => (None, 2),
            _ => (Some(c), c.len_utf8()),
        };
        let (piece, after) = rest.split_at(length);
        match written.filter(|c| acts(*c)) {
            Some(control) => safe.push(visible::shown(control)),
            None => safe.push_str(piece),
        }
        rest = after;
    }
    safe
}

/// What is written so far: by the serializer, and by the layout, which also moves what stands there.
#[derive(Clone, Default)]
struct JsonText(Rc<RefCell<Vec<u8>>>);

impl JsonText {
    fn push(&self, piece: &str) {
        self.0.borrow_mut().extend_from_slice(piece.as_bytes());
    }

    fn push_line(&self, depth: usize) {
        self.push("\n");
        (0..depth).for_each(|_| self.push("  "));
    }

    fn end(&self) -> usize {
        self.0.borrow().len()
    }
}

impl io::Write for JsonText {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lays out each list and map at its end, when it is known what is in it.
struct JsonLayout {
    text: JsonText,
    /// The lists and maps that have no end yet, the outermost first.
    open: Vec<OpenValue>,
    /// What is being laid out anew, as it stood.
    old: Vec<u8>,
}

/// A list or map.
#[derive(Default)]
struct OpenValue {
    /// Where its inside begins.
    start: usize,
    items: Vec<ItemPosition>,
    /// Whether a list or map is in it.
    holds_more: bool,
}

/// Where an item stands, and where its key ends in a map.
struct ItemPosition {
    start: usize,
    key_end: usize,
    end: usize,
}

impl OpenValue {
    /// Sorts the items by their keys. Whether they changed places.
    fn sort(&mut self, text: &[u8]) -> bool {
        // Without the closing quotation mark, lest a key come after a longer one that begins with it.
        let key = |item: &ItemPosition| &text[item.start..item.key_end - 1];
        let sorted = self.items.is_sorted_by_key(key);
        self.items.sort_by(|a, b| key(a).cmp(key(b)));
        !sorted
    }
}

impl JsonLayout {
    fn begin(&mut self, bracket: &str) {
        if let Some(around) = self.open.last_mut() {
            around.holds_more = true;
        }
        self.text.push(bracket);
        self.open.push(OpenValue { start: self.text.end(), ..OpenValue::default() });
    }

    fn begin_item(&mut self) {
        let at = self.text.end();
        if let Some(open) = self.open.last_mut() {
            open.items.push(ItemPosition { start: at, key_end: at, end: at });
        }
    }

    fn item(&mut self) -> Option<&mut ItemPosition> {
        self.open.last_mut()?.items.last_mut()
    }

    fn end_item(&mut self) {
        let end = self.text.end();
        if let Some(item) = self.item() {
            item.end = end;
        }
    }

    /// Sets the items of a list or map that is at its end anew: each on a line, in the order in which they are listed.
    fn set(&mut self, list: &OpenValue) {
        self.old.clear();
        self.old.extend(self.text.0.borrow_mut().drain(list.start..));
        for (place, item) in list.items.iter().enumerate() {
            self.text.push(if place > 0 { "," } else { "" });
            self.text.push_line(self.open.len() + 1);
            self.text
                .0
                .borrow_mut()
                .extend_from_slice(&self.old[item.start - list.start..item.end - list.start]);
        }
    }
}

impl Formatter for JsonLayout {
    fn begin_array<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.begin("[");
        Ok(())
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W, first: bool) -> io::Result<()> {
        self.text.push(if first { "" } else { ", " });
        self.begin_item();
        Ok(())
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.end_item();
        Ok(())
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        if let Some(list) = self.open.pop().filter(|list| list.holds_more) {
            self.set(&list);
            self.text.push_line(self.open.len());
        }
        self.text.push("]");
        Ok(())
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.begin("{");
        Ok(())
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, _: &mut W, first: bool) -> io::Result<()> {
        self.text.push(if first { "" } else { "," });
        self.text.push_line(self.open.len());
        self.begin_item();
        Ok(())
    }

    fn end_object_key<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        let end = self.text.end();
        if let Some(item) = self.item() {
            item.key_end = end;
        }
        Ok(())
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.text.push(": ");
        Ok(())
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.end_item();
        Ok(())
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        if let Some(mut map) = self.open.pop().filter(|map| !map.items.is_empty()) {
            if map.sort(&self.text.0.borrow()) {
                self.set(&map);
            }
            self.text.push_line(self.open.len());
        }
        self.text.push("}");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::result::sample;
    use crate::result::summary::Summary;

    #[test]
    fn what_is_printed_has_no_control_characters_and_reads_back_the_same() {
        let value = serde_json::json!({ "a\u{7f}": "\u{1b}[31m \u{9b} \u{202e} ##[error] \u{1fffe} ###" });
        let text = write(&value).unwrap();
        assert!(
            !text.contains(|c: char| c != '\n' && visible::is_control(c)) && !text.contains("##"),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }

    #[test]
    fn what_is_read_has_no_control_characters() {
        let text = r#"{"a\\u001b": "\u001b[31m\b \\b \u00e9\n\"\u202E \ud83d\ude00"}"#;
        let read: serde_json::Value = serde_json::from_str(&tamed(text.to_owned())).unwrap();
        assert_eq!(read, serde_json::json!({ "a\\u001b": "␛[31m␈ \\b é\n\"\u{fffd} 😀" }));
    }

    #[test]
    fn keys_are_sorted_and_lists_of_numbers_stand_on_one_line() {
        let value =
            serde_json::json!({ "b": [1, 2.5, null], "a": { "z": "“吕梁”\n", "y": [{ "k": [] }] }, "c": {} });
        let expected = "{\n  \"a\": {\n    \"y\": [\n      {\n        \"k\": []\n      }\n    ],\n    \"z\": \"“吕梁”\\n\"\n  },\n  \"b\": [1, 2.5, null],\n  \"c\": {}\n}\n";
        assert_eq!(write(&value).unwrap(), expected);
    }

    #[test]
    fn a_summary_reads_back_as_it_was() {
        let summary = sample::summary();
        let text = write(&summary).unwrap();
        assert_eq!(serde_json::from_str::<Summary>(&text).unwrap(), summary);
        assert_eq!(write(&summary).unwrap(), text);
    }

    #[test]
    fn what_is_not_a_number_on_the_central_path_reads_back_as_such() {
        let mut summary = sample::summary();
        summary.central.insert("gdp".to_owned(), vec![1.0, f64::NAN]);
        let back: Summary = serde_json::from_str(&write(&summary).unwrap()).unwrap();
        assert!(back.central["gdp"][1].is_nan());
    }

    proptest! {
        #[test]
        fn any_numbers_read_back_bit_for_bit(
            seed in any::<u64>(),
            paths in any::<u64>(),
            values in prop::collection::vec(prop::option::of(prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO), 16),
            probability in 0.0..=1.0f64,
            title in "\\PC*",
        ) {
            let mut summary = sample::summary();
            summary.seed = seed;
            summary.paths = paths;
            let gdp = summary.variables.get_mut("gdp").unwrap();
            gdp.mean.clone_from(&values);
            gdp.title.zh = title;
            gdp.quantiles.insert("0.05".to_owned(), values);
            summary.targets.values_mut().next().unwrap().probability.probability = probability;
            let back: Summary = serde_json::from_str(&write(&summary).unwrap()).unwrap();
            prop_assert_eq!(back, summary);
        }
    }
}
