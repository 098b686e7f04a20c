//! JSON whose bytes are stable: keys sorted, numbers shortest that read back exactly, lists of numbers on
//! one line, so that a stored result can be reviewed line by line.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use serde::Serialize;
use serde::ser::Error;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Writes a value as JSON text with a newline at its end.
///
/// # Errors
///
/// When the value has no form in JSON: a map whose keys are not strings.
pub fn write(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let text = Text::default();
    let layout = Layout { text: text.clone(), open: Vec::new(), old: Vec::new() };
    value.serialize(&mut Serializer::with_formatter(text.clone(), layout))?;
    let mut bytes = text.0.take();
    bytes.push(b'\n');
    bytes.shrink_to_fit();
    String::from_utf8(bytes).map_err(serde_json::Error::custom)
}

/// What is written so far: by the serializer, and by the layout, which also moves what stands there.
#[derive(Clone, Default)]
struct Text(Rc<RefCell<Vec<u8>>>);

impl Text {
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

impl io::Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lays out each list and map at its end, when it is known what is in it.
struct Layout {
    text: Text,
    /// The lists and maps that have no end yet, the outermost first.
    open: Vec<Open>,
    /// What is being laid out anew, as it stood.
    old: Vec<u8>,
}

/// A list or map.
#[derive(Default)]
struct Open {
    /// Where its inside begins.
    start: usize,
    items: Vec<Item>,
    /// Whether a list or map is in it.
    holds_more: bool,
}

/// Where an item stands, and where its key ends in a map.
struct Item {
    start: usize,
    key_end: usize,
    end: usize,
}

impl Open {
    /// Sorts the items by their keys. Whether they changed places.
    fn sort(&mut self, text: &[u8]) -> bool {
        // Without the closing quotation mark, lest a key come after a longer one that begins with it.
        let key = |item: &Item| &text[item.start..item.key_end - 1];
        let sorted = self.items.is_sorted_by_key(key);
        self.items.sort_by(|a, b| key(a).cmp(key(b)));
        !sorted
    }
}

impl Layout {
    fn begin(&mut self, bracket: &str) {
        if let Some(around) = self.open.last_mut() {
            around.holds_more = true;
        }
        self.text.push(bracket);
        self.open.push(Open { start: self.text.end(), ..Open::default() });
    }

    fn begin_item(&mut self) {
        let at = self.text.end();
        if let Some(open) = self.open.last_mut() {
            open.items.push(Item { start: at, key_end: at, end: at });
        }
    }

    fn item(&mut self) -> Option<&mut Item> {
        self.open.last_mut()?.items.last_mut()
    }

    fn end_item(&mut self) {
        let end = self.text.end();
        if let Some(item) = self.item() {
            item.end = end;
        }
    }

    /// Sets the items of a list or map that is at its end anew: each on a line, in the order in which they are listed.
    fn set(&mut self, list: &Open) {
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

impl Formatter for Layout {
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
