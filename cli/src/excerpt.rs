//! The lines around a place: a message shows no more of a file, however large it is or long its lines.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use plancast::text::{Files, Place, visible};

/// How much of a line is shown on either side of the marked text, and at most of that text, in bytes.
const REACH: usize = 300;

/// A part of a file that knows where it stands there.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    /// Line and column of its first character, from 0.
    line: usize,
    column: usize,
    /// The marked bytes of `text`.
    pub(super) marked: Range<usize>,
}

impl Excerpt {
    pub(super) fn new(files: &Files, place: Place) -> Option<Self> {
        let file = files.get(place.file)?;
        let text = file.text.as_str();
        let start = text.floor_char_boundary(place.start as usize);
        let end = text.ceil_char_boundary((place.end as usize).clamp(start, start + REACH));
        // The line before, if the reach goes so far, and the line after.
        let low = text.floor_char_boundary(start.saturating_sub(REACH));
        let low = text[low..start].rmatch_indices('\n').nth(1).map_or(low, |(at, _)| low + at + 1);
        let high = text.ceil_char_boundary(end + REACH);
        let high = text[end..high].match_indices('\n').nth(1).map_or(high, |(at, _)| end + at + 1);
        let (line, column) = files.line_column(Place::new(place.file, low, low));
        // What steers a terminal is shown as a mark, of which the length is another.
        let [before, marked, after] =
            [&text[low..start], &text[start..end], &text[end..high]].map(visible::lines);
        Some(Self {
            name: visible::line(&file.name).into_owned(),
            marked: before.len()..before.len() + marked.len(),
            text: [before, marked, after].concat(),
            line: line - 1,
            column: column - 1,
        })
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.text.read_span(span, before, after)?;
        let column = inner.column() + if inner.line() == 0 { self.column } else { 0 };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            inner.data(),
            *inner.span(),
            inner.line() + self.line,
            column,
            inner.line_count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marked: &str) -> Excerpt {
        let mut files = Files::default();
        let file = files.add("a.toml", text);
        let start = text.find(marked).expect("marked text");
        Excerpt::new(&files, Place::new(file, start, start + marked.len())).expect("an excerpt")
    }

    #[test]
    fn it_is_the_line_with_its_neighbours_and_knows_its_line() {
        let excerpt = shown("one\ntwo\nthree\nfour\nfive\n", "three");
        assert_eq!((excerpt.text.as_str(), excerpt.line, excerpt.column), ("two\nthree\nfour\n", 1, 0));
        assert_eq!(&excerpt.text[excerpt.marked], "three");
    }

    #[test]
    fn of_a_line_of_a_megabyte_it_is_a_few_words() {
        let long = format!("煤{}here{}炭", "煤".repeat(500_000), "炭".repeat(500_000));
        let excerpt = shown(&long, "here");
        assert!(excerpt.text.len() < 2 * REACH + 20);
        assert_eq!(&excerpt.text[excerpt.marked], "here");
        assert!(excerpt.column > 490_000);
    }

    #[test]
    fn a_marked_megabyte_is_marked_in_part() {
        let long = "x".repeat(1_000_000);
        assert!(shown(&long, &long).marked.len() <= REACH);
    }
}
