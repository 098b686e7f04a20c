//! Numbers as tables write them: `1,234.5`, `1 234,5`, `5%`, `−3`, full-width digits.

use crate::message;
use crate::scenario::separated::{no_number, quoted};
use crate::text::Message;
use crate::text::number::hundredth;

/// A number of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CellNumber {
    /// Its value.
    pub(crate) value: f64,
    /// The number before the per cent sign, where it has one.
    pub(crate) percent: Option<f64>,
}

/// How the numbers of a table are written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NumberStyle {
    /// The decimal sign, where it is said.
    pub(super) decimal: Option<char>,
    /// Whether a comma may be either the decimal sign or one between thousands.
    pub(super) has_ambiguous_commas: bool,
}

/// A cell without blanks around it, with plain digits and signs where it has those of full width.
pub(super) fn plain(cell: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2212}' => '-',
        c if is_blank(c) => ' ',
        c => c,
    };
    cell.trim_matches(is_blank).chars().map(narrow).collect()
}

impl NumberStyle {
    /// The number of a cell.
    ///
    /// # Errors
    /// Why it is none, in a few words.
    pub(super) fn read(self, cell: &str) -> Result<CellNumber, Message> {
        let text = plain(cell);
        let (number, is_percent) = match text.strip_suffix('%') {
            Some(number) => (number.trim_end(), true),
            None => (text.as_str(), false),
        };
        let Some(digits) = self.ungrouped(number) else { return Err(self.why(cell, number)) };
        let value: Option<f64> = digits.parse().ok().filter(|value: &f64| value.is_finite());
        let value = value.ok_or_else(|| no_number(cell))?;
        if is_percent {
            let share = hundredth(&digits).ok_or_else(|| no_number(cell))?;
            return Ok(CellNumber { value: share, percent: Some(value) });
        }
        Ok(CellNumber { value, percent: None })
    }

    /// A number without signs between thousands and with a decimal point; `None` where it can be read in two ways, or is no
    /// number.
    fn ungrouped(self, number: &str) -> Option<String> {
        let decimal = self.decimal.unwrap_or('.');
        // An "inf" or "nan" is no digit, and an exponent has no thousands.
        let is_plain = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
        if decimal == '.' && is_plain(number) {
            return Some(number.to_owned());
        }
        if decimal == ',' && !number.contains('.') && is_plain(&number.replacen(',', ".", 1)) {
            return Some(number.replacen(',', ".", 1));
        }
        let (sign, digits) = match number.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", number.strip_prefix('+').unwrap_or(number)),
        };
        let (whole, fraction) = match digits.split_once(decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let separator = if decimal == '.' { ',' } else { '.' };
        let separator = if whole.contains(' ') { ' ' } else { separator };
        let groups: Vec<&str> = whole.split(separator).collect();
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        // A zero before the first sign is that of a decimal fraction.
        let are_groups = groups.len() > 1
            && (1..=3).contains(&groups[0].len())
            && !groups[0].starts_with('0')
            && groups[1..].iter().all(|group| group.len() == 3)
            && groups.iter().all(|group| is_digits(group))
            && fraction.is_none_or(|fraction| !fraction.is_empty() && is_digits(fraction));
        let is_ambiguous = self.has_ambiguous_commas
            && self.decimal.is_none()
            && separator == ','
            && groups.len() == 2
            && fraction.is_none();
        if !are_groups || is_ambiguous {
            return None;
        }
        let fraction = fraction.map_or_else(String::new, |fraction| format!(".{fraction}"));
        Some(format!("{sign}{}{fraction}", groups.concat()))
    }

    /// Why a cell is no number, where thousands could not be told from decimals.
    fn why(self, cell: &str, number: &str) -> Message {
        let as_declared = Self { decimal: Some('.'), ..self }.ungrouped(number);
        match (self.decimal, as_declared) {
            (None, Some(thousands)) => message!(
                "scenario-table-ambiguous",
                shown = quoted(cell),
                thousands = thousands,
                decimal = number.replacen(',', ".", 1)
            ),
            (Some(','), Some(_)) => message!("scenario-table-not-comma", shown = quoted(cell)),
            _ => no_number(cell),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, decimal: Option<char>, has_ambiguous_commas: bool) -> Option<f64> {
        NumberStyle { decimal, has_ambiguous_commas }.read(cell).ok().map(|number| number.value)
    }

    #[test]
    fn thousands_are_read_where_they_can_be_nothing_else() {
        for (cell, value) in [
            ("1,234.5", 1234.5),
            ("-1,234,567", -1_234_567.0),
            ("1 234 567", 1_234_567.0),
            ("1\u{a0}234.25", 1234.25),
            ("1\u{202f}234", 1234.0),
            ("+12", 12.0),
            ("−3", -3.0),
            ("１，２３４．５", 1234.5),
            ("1e-3", 1e-3),
            (" .5 ", 0.5),
        ] {
            assert_eq!(read(cell, None, true), Some(value), "{cell}");
        }
        for cell in
            ["", "x", "1,23", "0,123", "1234,567", "12,34,567", "inf", "NaN", "1,234.", "1,234e3", "1.234,5"]
        {
            assert_eq!(read(cell, None, false), None, "{cell}");
        }
    }

    /// In a file of semicolons or tabs a comma is often the decimal sign.
    #[test]
    fn what_may_be_a_thousand_or_a_fraction_is_refused_until_the_sign_is_said() {
        assert_eq!(read("1,234", None, false), Some(1234.0));
        assert_eq!(read("1,234", None, true), None);
        assert_eq!(read("1,234", Some('.'), true), Some(1234.0));
        assert_eq!(read("1,234", Some(','), true), Some(1.234));
        let why = NumberStyle { decimal: None, has_ambiguous_commas: true }.read("1,234").unwrap_err();
        assert!(why.to_string().contains("1234 or 1.234"), "{why}");
    }

    #[test]
    fn with_a_decimal_comma_points_part_thousands() {
        for (cell, value) in
            [("1.234,5", 1234.5), ("0,5", 0.5), ("1 234,5", 1234.5), ("1.234", 1234.0), ("7", 7.0)]
        {
            assert_eq!(read(cell, Some(','), true), Some(value), "{cell}");
        }
        assert_eq!(read("1,234.5", Some(','), true), None);
        assert_eq!(read("0.5", Some(','), true), None, "a point is none between thousands here");
    }

    #[test]
    fn a_per_cent_sign_divides_by_a_hundred_exactly() {
        let found = NumberStyle::default().read("7.31 %").unwrap();
        assert_eq!(found, CellNumber { value: 0.0731, percent: Some(7.31) });
        assert_eq!(NumberStyle::default().read("5％").unwrap().value, 0.05);
        assert!(NumberStyle::default().read("%").is_err());
    }
}
