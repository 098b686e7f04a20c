//! Years as tables write them: `2018`, `2018年`, `2018.0`, `2018 [YR2018]`.

use super::number::plain;
use crate::text::period::{LAST_YEAR, Step};

/// The year of a cell, from 0 to 9999.
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
    digits.parse().ok().filter(|year| is_year && (0..=LAST_YEAR).contains(year))
}

/// The year that is the title of a column: of four digits, as `1` and `2` number columns of other kinds.
pub(super) fn year_of_title(title: &str) -> Option<i32> {
    year_of(title).filter(|year| *year >= 1000)
}

/// The period of a cell in a model with such steps: `2018`, `2018Q1`, `2018-Q1`, `2018-01`, `2018年1月`, `2018年第1季度`. It
/// may be of another length than the steps; a day stands for the quarter or month in which it lies.
pub(crate) fn period_of(cell: &str, step: Step) -> Option<i32> {
    year_of(cell).or_else(|| part_of_a_year(&plain(cell), step))
}

/// The period that is the title of a column.
pub(super) fn period_of_title(title: &str, step: Step) -> Option<i32> {
    year_of_title(title).or_else(|| part_of_a_year(&plain(title), step))
}

/// A quarter or month.
fn part_of_a_year(text: &str, step: Step) -> Option<i32> {
    let (year, rest) = text.split_at_checked(4)?;
    if !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year: i32 = year.parse().ok()?;
    let rest = rest.trim_start();
    let (found, number) = if let Some(rest) = rest.strip_prefix('年') {
        in_chinese(rest.trim_start())?
    } else {
        let rest = rest.trim_start_matches([' ', '-', '/', ':', '.']);
        match rest.chars().next()? {
            'Q' | 'q' => (Step::Quarter, &rest[1..]),
            'M' | 'm' => (Step::Month, &rest[1..]),
            _ => return day_or_month(year, text, rest, step),
        }
    };
    let part = number_of_part(number)?;
    (1..=found.per_year()).contains(&part).then(|| found.first_of(year) + part - 1)
}

/// `1月`, `第1季度`, `一季度`
fn in_chinese(rest: &str) -> Option<(Step, &str)> {
    let rest = rest.strip_prefix('第').unwrap_or(rest);
    let quarter = ["季度", "季"].iter().find_map(|end| rest.strip_suffix(end));
    match quarter {
        Some(number) => Some((Step::Quarter, number)),
        None => rest.strip_suffix('月').map(|number| (Step::Month, number)),
    }
}

fn number_of_part(text: &str) -> Option<i32> {
    let text = text.trim();
    if let Some(place) = ["一", "二", "三", "四"].iter().position(|digit| *digit == text) {
        return Some(place as i32 + 1);
    }
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// `2018-01`, and `2018-01-31`, which is a day of a quarter or month.
fn day_or_month(year: i32, text: &str, rest: &str, step: Step) -> Option<i32> {
    // A number with a point is none of a month.
    if !text.get(4..)?.starts_with(['-', '/']) {
        return None;
    }
    let (month, day) = match rest.split_once(['-', '/']) {
        Some((month, day)) => (number_of_part(month)?, Some(number_of_part(day)?)),
        None if rest.len() == 2 => (number_of_part(rest)?, None),
        None => return None,
    };
    if !(1..=12).contains(&month) || day.is_some_and(|day| !(1..=31).contains(&day)) {
        return None;
    }
    Some(match (day, step) {
        (Some(_), Step::Year) => return None,
        (Some(_), Step::Quarter) => Step::Quarter.first_of(year) + (month - 1) / 3,
        (_, _) => Step::Month.first_of(year) + month - 1,
    })
}

/// Whether a text is a quarter or month: `2020Q1`, `2020-Q1`, `2020M01`, `2020-01`.
pub(crate) fn is_part_of_a_year(text: &str) -> bool {
    part_of_a_year(&plain(text), Step::Year).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_as_tables_have_them() {
        for text in ["2018", " 2018 ", "2018年", "2018年度", "2018.0", "2018 [YR2018]", "２０１８"] {
            assert_eq!(year_of(text), Some(2018), "{text}");
        }
        assert_eq!((year_of("1"), year_of("0")), (Some(1), Some(0)));
        for text in ["", "20x8", "2018.5", "10000", "-2018", "2018Q1", "2018 [YR2019]", "2018-01", "年"] {
            assert_eq!(year_of(text), None, "{text}");
        }
        assert_eq!((year_of_title("2018"), year_of_title("12")), (Some(2018), None));
    }

    #[test]
    fn quarters_and_months_are_read_as_tables_have_them() {
        let quarter = Some(Step::Quarter.first_of(2020) + 1);
        for text in [
            "2020Q2",
            "2020-Q2",
            "2020 Q2",
            "2020q2",
            "2020:Q2",
            "2020年2季度",
            "2020年第2季度",
            "2020年第二季度",
            "２０２０年二季度",
            "2020-05-01",
            "2020-06-30",
            "2020/4/1",
        ] {
            assert_eq!(period_of(text, Step::Quarter), quarter, "{text}");
        }
        let month = Some(Step::Month.first_of(2020) + 4);
        for text in
            ["2020M05", "2020-M05", "2020M5", "2020-05", "2020/05", "2020年5月", "2020年05月", "2020-05-31"]
        {
            assert_eq!(period_of(text, Step::Month), month, "{text}");
        }
        assert_eq!(period_of("2020-05", Step::Quarter), month);
        assert_eq!(period_of("2020年", Step::Quarter), Some(2020));
        for text in [
            "2020Q5",
            "2020M13",
            "2020-13",
            "2020.05",
            "2020-21",
            "2020-1-",
            "20Q1",
            "2020年季度",
            "2020年五季度",
        ] {
            assert_eq!(period_of(text, Step::Quarter), None, "{text}");
        }
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
