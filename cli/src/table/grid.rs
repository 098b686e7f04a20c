//! Tables as a terminal shows them, and what stands in their cells.

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, LineStyle, Table};
use unicode_width::UnicodeWidthStr;

use plancast::result::summary::Estimate;
use plancast::text::Language;
use plancast::text::unit::Shown;
use plancast::text::wrap::lines;
use plancast::tr;

/// Below this width means and long bars are left out.
const NARROW: usize = 72;

/// The least room for the words of a table.
const FEW_WORDS: usize = 8;

/// The room that there is for tables.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// Columns of the terminal.
    pub(super) width: usize,
    /// Whether text is coloured.
    pub(super) colour: bool,
}

impl Grid {
    pub(super) fn is_wide(&self) -> bool {
        self.width >= NARROW
    }

    pub(super) fn bar_width(&self) -> usize {
        match self.width {
            w if w < NARROW => 8,
            w if w < 100 => 14,
            _ => 24,
        }
    }

    /// How wide all columns but the first are, with what stands between them.
    fn width_of_numbers(head: &[&str], rows: &[Vec<String>]) -> usize {
        let widest = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
            cells.chain([head[column].width()]).max().unwrap_or(0) + 2
        };
        // Two columns of padding, and one between every two columns.
        (1..head.len()).map(widest).sum::<usize>() + head.len() + 1
    }

    /// Whether a table has room for its numbers beside a few words.
    pub(super) fn has_room(&self, head: &[&str], rows: &[Vec<String>]) -> bool {
        Self::width_of_numbers(head, rows) + FEW_WORDS <= self.width
    }

    /// A table whose first column is words, which get the room that the numbers leave.
    pub(super) fn table(&self, head: &[&str], rows: Vec<Vec<String>>) -> String {
        let numbers = Self::width_of_numbers(head, &rows);
        let room = self.width.saturating_sub(numbers).max(FEW_WORDS);
        let mut table = self.empty(head);
        // A number is never broken: where numbers alone are wider than the terminal, so is the table.
        let least = room + numbers;
        table.set_width(u16::try_from(self.width.max(least)).unwrap_or(u16::MAX));
        for mut row in rows {
            row[0] = wrapped(&row[0], room, "");
            let cell = |(place, text)| Cell::new(text).set_alignment(alignment(place));
            table.add_row(row.into_iter().enumerate().map(cell).collect::<Vec<_>>());
        }
        table.trim_fmt()
    }

    pub(super) fn empty(&self, head: &[&str]) -> Table {
        let mut table = Table::new();
        table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
        table.style_mut().row_separator = LineStyle::none();
        table.set_width(u16::try_from(self.width).unwrap_or(u16::MAX));
        if self.colour {
            table.enforce_styling()
        } else {
            table.force_no_tty()
        };
        let bold = |(place, text): (usize, &&str)| {
            Cell::new(text).add_attribute(Attribute::Bold).set_alignment(alignment(place))
        };
        table.set_header(head.iter().enumerate().map(bold).collect::<Vec<_>>());
        table
    }

    pub(super) fn paragraph(&self, text: &str) -> String {
        wrapped(text, self.width, "")
    }

    pub(super) fn bold(&self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Text in lines of at most so many columns, each after an indent.
pub(super) fn wrapped(text: &str, room: usize, indent: &str) -> String {
    let lines = lines(text, |line| line.width() + indent.width() <= room);
    lines.iter().map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n")
}

fn alignment(place: usize) -> CellAlignment {
    if place == 0 { CellAlignment::Left } else { CellAlignment::Right }
}

/// A value with the digits that its error supports; a calendar year without separators.
pub(super) fn value_of(estimate: Estimate, shown: &Shown, missing: &str) -> String {
    estimate.shown(shown, missing)
}

/// A title with its unit in brackets, which are as wide as a character behind Chinese.
pub(super) fn with_unit(title: &str, unit: &str) -> String {
    if unit.is_empty() {
        return title.to_owned();
    }
    // The last is the bracket that is as wide.
    let is_wide = title.ends_with(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff09}'));
    let language = if is_wide { Language::Zh } else { Language::En };
    tr!(language, "cli-table-unit", title = title, unit = unit)
}

/// A bar of full and half blocks on a ground of dots: empty only for none of the paths, full only for all.
pub(super) fn bar(probability: f64, width: usize) -> String {
    let halves = match (probability * 2.0 * width as f64).round() as usize {
        0 if probability > 0.0 => 1,
        all if all >= 2 * width && probability < 1.0 => 2 * width - 1,
        halves => halves,
    };
    let text = "█".repeat(halves / 2) + if halves % 2 == 1 { "▌" } else { "" };
    text + &"·".repeat(width - halves.div_ceil(2))
}

pub(super) fn tone(probability: f64) -> Color {
    match probability {
        o if o >= 2.0 / 3.0 => Color::Blue,
        o if o > 1.0 / 3.0 => Color::Grey,
        _ => Color::DarkYellow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_grow_by_half_blocks() {
        assert_eq!(bar(0.0, 4), "····");
        assert_eq!(bar(0.001, 4), "▌···");
        assert_eq!(bar(0.625, 4), "██▌·");
        assert_eq!(bar(0.999, 4), "███▌");
        assert_eq!(bar(1.0, 4), "████");
    }
}
