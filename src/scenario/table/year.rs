//! Years as tables write them: `2018`, `2018年`, `2018.0`, `2018 [YR2018]`.

use super::number::plain;

/// The year of a cell, from 1 to 9999.
pub(crate) fn year_of(cell: &str) -> Option<i32> {
    let text = plain(cell);
    let text = ["年度", "年"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(&text).trim_end();
    // As the World Bank's DataBank writes it.
    let text = match text.split_once(" [YR") {
        Some((year, again)) if again.strip_suffix(']') == Some(year) => year,
        _ => text,
    };
    // As programs write a column of numbers of which one is missing.
    let digits = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0'));
    let digits = digits.map_or(text, |(whole, _)| whole);
    let is_year = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|year| is_year && (1..=9999).contains(year))
}

/// The year that is the title of a column: of four digits, as `1` and `2` number columns of other kinds.
pub(super) fn year_of_title(title: &str) -> Option<i32> {
    year_of(title).filter(|year| *year >= 1000)
}

/// Whether a text is a quarter or month: `2020Q1`, `2020-Q1`, `2020M01`, `2020-01`.
pub(crate) fn is_part_of_a_year(text: &str) -> bool {
    let text = plain(text);
    let Some((year, rest)) = text.split_at_checked(4) else { return false };
    let rest = rest.trim_start_matches('-');
    let number = rest.trim_start_matches(['Q', 'q', 'M', 'm']);
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    year.bytes().all(|byte| byte.is_ascii_digit()) && text.len() > 5 && is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_as_tables_have_them() {
        for text in ["2018", " 2018 ", "2018年", "2018年度", "2018.0", "2018 [YR2018]", "２０１８"] {
            assert_eq!(year_of(text), Some(2018), "{text}");
        }
        assert_eq!(year_of("1"), Some(1));
        for text in ["", "20x8", "2018.5", "0", "10000", "-2018", "2018Q1", "2018 [YR2019]", "2018-01", "年"]
        {
            assert_eq!(year_of(text), None, "{text}");
        }
        assert_eq!((year_of_title("2018"), year_of_title("12")), (Some(2018), None));
    }

    #[test]
    fn quarters_and_months_are_known() {
        for text in ["2020Q1", "2020-Q1", "2020M01", "2020-01", "2020m12"] {
            assert!(is_part_of_a_year(text), "{text}");
        }
        for text in ["2020", "2020年", "gdp", "20201", "2020-2021"] {
            assert!(!is_part_of_a_year(text), "{text}");
        }
    }
}
