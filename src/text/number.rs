//! Numbers as people read them: grouped by thousands, with no more digits than their error supports.
//!
//! Files for machines never pass through here.

use super::{Language, period};
use crate::tr;

/// The decimal exponent of a finite number: 3 for 2254, −2 for 0.03; 0 for 0.
pub fn exponent(value: f64) -> i32 {
    // The formatter is exact and the same everywhere, unlike a logarithm.
    let scientific = format!("{value:e}");
    scientific.split_once('e').and_then(|(_, digits)| digits.parse().ok()).unwrap_or(0)
}

/// The exact power of ten nearest to `10^exponent`.
pub fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(f64::NAN)
}

/// The number that is a hundredth of what a text says, correctly rounded: `99.9` of `99.9%` gives 0.999, where dividing
/// 99.9 by 100 gives 0.9990000000000001. `None` where the text is no number.
///
/// ```
/// use plancast::text::number::hundredth;
/// assert_eq!(hundredth("99.9"), Some(0.999));
/// assert_eq!(hundredth("1e-3"), Some(1e-5));
/// ```
pub fn hundredth(text: &str) -> Option<f64> {
    let text = text.trim();
    let (digits, power) = match text.split_once(['e', 'E']) {
        Some((digits, power)) => (digits, power.parse::<i32>().ok()?),
        None => (text, 0),
    };
    // Words such as "inf" have no digits to shift.
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'+' | b'-'));
    if plain { format!("{digits}e{}", power.checked_sub(2)?).parse().ok() } else { None }
}

/// A number with this many decimals; a negative number of decimals rounds to tens, hundreds and so on.
pub fn fixed(value: f64, decimals: i32) -> String {
    if !value.is_finite() {
        return infinite(value);
    }
    let plain = if decimals >= 0 {
        format!("{value:.*}", decimals as usize)
    } else {
        let rounded = format!("{:.0}", value / power_of_ten(-decimals));
        let zeros = "0".repeat(decimals.unsigned_abs() as usize);
        if rounded == "0" || rounded == "-0" { rounded } else { rounded + &zeros }
    };
    grouped(&plain)
}

/// A number to so many significant digits: `digits(1538.04, 3)` is `1,540`.
pub fn digits(value: f64, count: i32) -> String {
    let decimals = if value == 0.0 { 0 } else { count - 1 - exponent(value) };
    if is_extreme(value) { scientific(value, decimals) } else { fixed(value, decimals) }
}

/// The same of a value in its unit: a calendar year has all its digits, and is never grouped by thousands.
pub fn digits_in(value: f64, count: i32, is_year: bool) -> String {
    if is_year { trimmed(value, count.max(5)).replace(',', "") } else { digits(value, count) }
}

/// Whether a number has so many zeros that people write it with a power of ten.
fn is_extreme(value: f64) -> bool {
    value != 0.0 && value.is_finite() && !(-6..12).contains(&exponent(value))
}

/// A number as a power of ten, rounded where `fixed` would round it: `2.98 × 10¹⁵`.
pub fn scientific(value: f64, decimals: i32) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let text = format!("{value:.*e}", (exponent(value) + decimals).clamp(0, 15) as usize);
    let Some((digits, power)) = text.split_once('e') else { return text };
    let raised = power.chars().map(|c| c.to_digit(10).map_or('⁻', |digit| RAISED[digit as usize]));
    let digits =
        if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    format!("{}×10{}", digits.replace('-', "−"), raised.collect::<String>())
}

/// A number with no more digits than its standard error supports: the last digit shown is where the
/// error's first one stands. An error of zero, or none, shows four significant digits.
///
/// ```
/// use plancast::text::number::significant;
/// assert_eq!(significant(2254.318, 2.7), "2,254");
/// assert_eq!(significant(2254.318, 27.0), "2,250");
/// assert_eq!(significant(0.07461, 0.0003), "0.0746");
/// ```
pub fn significant(value: f64, standard_error: f64) -> String {
    significant_beside(value, standard_error, 0.0)
}

/// [`significant`] beside others that lie so far apart: with digits enough to tell them apart, as far as the error supports
/// them.
///
/// ```
/// use plancast::text::number::significant_beside;
/// assert_eq!(significant_beside(1.00000005, 1e-10, 0.0), "1.00000");
/// assert_eq!(significant_beside(1.00000005, 1e-10, 1e-7), "1.00000005");
/// ```
pub fn significant_beside(value: f64, standard_error: f64, spread: f64) -> String {
    let apart = if spread > 0.0 && spread.is_finite() { exponent(spread) } else { i32::MAX };
    let supported = standard_error > 0.0 && standard_error.is_finite();
    if !value.is_finite() {
        return infinite(value);
    }
    // The first digit in which others differ, and one more.
    let distinct = 1 - apart.clamp(exponent(value) - 14, 1000);
    if !supported {
        return trimmed(value, 4.max(distinct + exponent(value) + 1));
    }
    // Rounded to one digit first, so that an error of 0.97 counts as 1.
    let first = exponent(format!("{standard_error:.0e}").parse().unwrap_or(standard_error));
    // A tiny error must not print all seventeen digits.
    if is_extreme(value) {
        return scientific(value, (-first).min((5 - exponent(value)).max(distinct)));
    }
    let most = (5 - exponent(value).clamp(-10, 5)).max(distinct);
    fixed(value, (-first).clamp(-15, most))
}

/// As [`trimmed`], of a value in its unit: a calendar year is never grouped by thousands.
pub fn trimmed_in(value: f64, count: i32, is_year: bool) -> String {
    let text = trimmed(value, count);
    if is_year { text.replace(',', "") } else { text }
}

/// The text of a number without a sign between its thousands where it may be a calendar year.
pub fn ungrouped(text: String, value: f64) -> String {
    if value.abs() < 10_000.0 { text.replace(',', "") } else { text }
}

/// A number to at most so many significant digits, without zeros at its end.
pub fn trimmed(value: f64, count: i32) -> String {
    if !value.is_finite() {
        return infinite(value);
    }
    if is_extreme(value) {
        return scientific(value, count - 1 - exponent(value));
    }
    let decimals = if value == 0.0 { 0 } else { (count - 1 - exponent(value)).clamp(0, 12) };
    let text = fixed(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A number of per cent with its sign, as the language sets it: `62 %` in English, `62%` in Chinese (GB/T 15835).
pub fn per_cent(number: &str, language: Language) -> String {
    tr!(language, "text-per-cent", number = number)
}

/// A share as per cent with its standard error: `62.4 % ± 0.3`; without one where the error is zero.
pub fn percent_with_error(probability: f64, standard_error: f64, language: Language) -> String {
    if standard_error <= 0.0 || standard_error.is_nan() {
        return per_cent(&trimmed(probability * 100.0, 6), language);
    }
    let error = format!("{:.0e}", standard_error * 100.0).parse().unwrap_or(standard_error * 100.0);
    let decimals = (-exponent(error)).max(0);
    let share = per_cent(&fixed(probability * 100.0, decimals), language);
    format!("{share} ± {}", fixed(error, decimals))
}

/// A change of odds in percentage points, with its sign and its standard error: `+3.2 ± 0.1`. Where no path differs,
/// there is no error to show: then what is known is the end of the interval, `0 (< ±0.02)`.
pub fn change(change: f64, standard_error: Option<f64>, low: f64, high: f64) -> String {
    let Some(standard_error) = standard_error.filter(|error| !error.is_nan()) else {
        let points = signed(change, trimmed(change * 100.0, 6));
        let (above, below) = (high - change, change - low);
        let off = 100.0 * if above > below { above } else { below };
        return if off > 0.0 { format!("{points} (< ±{})", one_digit_up(off)) } else { points };
    };
    if standard_error <= 0.0 {
        return signed(change, trimmed(change * 100.0, 6));
    }
    let error = format!("{:.0e}", standard_error * 100.0).parse().unwrap_or(standard_error * 100.0);
    let decimals = (-exponent(error)).max(0);
    format!("{} ± {}", signed(change, fixed(change * 100.0, decimals)), fixed(error, decimals))
}

/// A number's text with a plus before what is more than zero.
pub fn signed(value: f64, text: String) -> String {
    if value > 0.0 && text.chars().any(|c| matches!(c, '1'..='9')) { format!("+{text}") } else { text }
}

/// A share as whole per cent, for the labels of charts: `62 %`; never `0 %` or `100 %` of what is possible.
pub fn percent(share: f64, language: Language) -> String {
    match share {
        s if s > 0.0 && s <= 0.005 => per_cent("< 1", language),
        s if (0.995..1.0).contains(&s) => per_cent("> 99", language),
        s => per_cent(&format!("{:.0}", s * 100.0), language),
    }
}

/// A year, quarter or month: never grouped.
pub fn year(year: i32) -> String {
    period::label(year)
}

/// A number of paths in English: `1 path`, `2 paths`.
pub fn paths(number: u64) -> String {
    paths_in(number, Language::En)
}

/// A number of paths in the reader's language: `2 paths`.
pub fn paths_in(number: u64, language: Language) -> String {
    tr!(language, "text-paths", count = number)
}

/// A count, grouped by thousands.
pub fn count(count: u64) -> String {
    grouped(&count.to_string())
}

/// Rounded up to one digit: a bound that nothing passes.
pub(super) fn one_digit_up(value: f64) -> String {
    let scale = power_of_ten(exponent(value));
    // What misses a digit by a rounding is that digit.
    fixed((value / scale - 1e-9).ceil() * scale, (-exponent(value)).max(0))
}

fn infinite(value: f64) -> String {
    match value {
        v if v.is_nan() => "–".to_owned(),
        v if v > 0.0 => "∞".to_owned(),
        _ => "−∞".to_owned(),
    }
}

/// Thousands separators in a plain decimal; a true minus sign, and none before zero.
fn grouped(plain: &str) -> String {
    let (negative, unsigned) = plain.strip_prefix('-').map_or((false, plain), |rest| (true, rest));
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(w, f)| (w, Some(f)));
    let mut text = String::new();
    if negative && unsigned.chars().any(|c| c.is_ascii_digit() && c != '0') {
        text.push('−');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_and_years_are_not() {
        assert_eq!(fixed(1_234_567.891, 1), "1,234,567.9");
        assert_eq!(fixed(-1538.0, 0), "−1,538");
        assert_eq!(fixed(999.0, 0), "999");
        assert_eq!(year(2025), "2025");
        assert_eq!(count(100_000), "100,000");
    }

    #[test]
    fn very_large_and_very_small_numbers_are_powers_of_ten() {
        assert_eq!(digits(2.981e15, 3), "2.98×10¹⁵");
        assert_eq!(significant(-9.97e-10, 2e-12), "−9.97×10⁻¹⁰");
        assert_eq!(trimmed(3e15, 4), "3×10¹⁵");
        assert_eq!(digits(999_000_000_000.0, 3), "999,000,000,000");
    }

    #[test]
    fn plain_digits_end_at_a_million_millions_and_at_a_millionth() {
        assert_eq!(digits(9.99e11, 3), "999,000,000,000");
        assert_eq!(digits(1e12, 3), "1×10¹²");
        assert_eq!(digits(1e-6, 3), "0.00000100");
        assert_eq!(digits(9.99e-7, 3), "9.99×10⁻⁷");
        assert_eq!(trimmed(0.0, 4), "0");
        assert_eq!(digits(0.0, 3), "0");
    }

    #[test]
    fn no_digit_is_shown_beyond_those_asked_for() {
        assert_eq!(trimmed(15_384.36, 4), "15,384");
        assert_eq!(trimmed(1.0, 4), "1");
        assert_eq!(trimmed(0.125, 2), "0.12");
        assert_eq!(digits(15_384.36, 3), "15,400");
    }

    #[test]
    fn an_exponent_is_that_of_the_first_digit() {
        let cases =
            [(2254.0, 3), (0.03, -2), (1.0, 0), (9.99, 0), (10.0, 1), (-0.5, -1), (0.0, 0), (5e-324, -324)];
        for (value, power) in cases {
            assert_eq!(exponent(value), power, "{value}");
        }
        assert_eq!((power_of_ten(3), power_of_ten(-2)), (1000.0, 0.01));
    }

    #[test]
    fn decimals_below_none_round_to_tens_and_hundreds() {
        assert_eq!(fixed(1538.0, -2), "1,500");
        assert_eq!(fixed(-1550.1, -2), "−1,600");
        assert_eq!(fixed(49.0, -2), "0");
        assert_eq!(fixed(1538.0, -1), "1,540");
    }

    #[test]
    fn a_tiny_error_does_not_print_all_digits() {
        assert_eq!(significant(2.0, 1e-12), "2.00000");
        assert_eq!(significant(123_456.789, 1e-12), "123,457");
        assert_eq!(significant(1.25e15, 1e2), "1.25×10¹⁵");
        assert_eq!(significant(1.23456789e15, 1.0), "1.23457×10¹⁵");
    }

    #[test]
    fn what_is_not_finite_has_a_sign_of_its_own() {
        assert_eq!(
            [fixed(f64::NAN, 1), fixed(f64::INFINITY, 1), fixed(f64::NEG_INFINITY, 1)],
            ["–", "∞", "−∞"]
        );
        assert_eq!([trimmed(f64::NAN, 3), trimmed(f64::NEG_INFINITY, 3)], ["–", "−∞"]);
    }

    #[test]
    fn only_what_is_more_than_zero_as_printed_has_a_plus() {
        assert_eq!(signed(0.5, "0.5".into()), "+0.5");
        assert_eq!(signed(-0.5, "−0.5".into()), "−0.5");
        assert_eq!(signed(0.0001, "0.0".into()), "0.0");
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(fixed(-0.001, 1), "0.0");
        assert_eq!(fixed(-3.0, -2), "0");
    }

    #[test]
    fn no_digit_is_shown_that_the_error_does_not_support() {
        assert_eq!(significant(2254.318, 0.3), "2,254.3");
        assert_eq!(significant(2254.318, 0.97), "2,254");
        assert_eq!(significant(2254.318, 140.0), "2,300");
        assert_eq!(significant(-0.0213, 0.004), "−0.021");
    }

    #[test]
    fn without_an_error_four_digits_are_shown() {
        assert_eq!(significant(1538.04, 0.0), "1,538");
        assert_eq!(significant(0.5, 0.0), "0.5");
        assert_eq!(significant(f64::INFINITY, 1.0), "∞");
    }

    #[test]
    fn odds_carry_their_error() {
        assert_eq!(percent_with_error(0.6237, 0.003, Language::En), "62.4 % ± 0.3");
        assert_eq!(percent_with_error(0.5, 0.05, Language::En), "50 % ± 5");
        assert_eq!(percent_with_error(0.00031, 0.00004, Language::En), "0.031 % ± 0.004");
    }

    #[test]
    fn a_change_carries_its_sign_and_its_error() {
        assert_eq!(change(0.0318, Some(0.0011), 0.02, 0.04), "+3.2 ± 0.1");
        assert_eq!(change(-0.0318, Some(0.0001), -0.04, -0.03), "−3.18 ± 0.01");
        assert_eq!(change(0.0, Some(0.0), 0.0, 0.0), "0");
        assert_eq!(change(0.0, None, -0.000_276, 0.000_276), "0 (< ±0.03)");
        assert_eq!(change(1.0, None, 0.997, 1.0), "+100 (< ±0.3)");
    }

    #[test]
    fn a_share_is_never_rounded_to_none_or_all() {
        assert_eq!(percent(0.001, Language::En), "< 1 %");
        assert_eq!(percent(0.9999, Language::En), "> 99 %");
        assert_eq!(percent(0.624, Language::En), "62 %");
    }
}
