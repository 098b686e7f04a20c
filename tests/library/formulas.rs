//! Formulas as they are printed: each of these is printed as it is written.

use plancast::formula::parse;

fn assert_printed(text: &str) {
    assert_eq!(parse(text).unwrap().to_string(), text);
}

#[test]
fn brackets_are_printed_only_where_they_are_needed() {
    for text in [
        "a - (b - c)",
        "a - b - c",
        "a / (b / c)",
        "a^b^c",
        "(a^b)^c",
        "(a + b) * c",
        "a + b * c",
        "-(a + b)",
        "(-a)^2",
        "a^-b",
        "not (a and b)",
        "a or b and c",
        "(a or b) and c",
        "x@2020",
        "x@(y@2020)",
        "x@(y + 1)",
        "(x + 1)@2020",
        "x[coal]@2020",
        "sum(s where a[s] > 0: x[s] + 1)",
        "if(a > 0, b, -c)",
    ] {
        assert_printed(text);
    }
}

/// Of very many operations that bind alike, each term keeps its brackets and gets no others.
#[test]
fn long_sums_and_products_are_printed_as_they_are_written() {
    for (operator, terms) in [
        (" + ", ["a", "b * c", "-d", "(e or f)", "g / h"]),
        (" - ", ["a", "b * c", "(d - e)", "f^2", "(g + h)"]),
        (" * ", ["a", "(b * c)", "(d + e)", "f^2", "(g / h)"]),
        (" and ", ["a", "b > c", "(d or e)", "not f", "(g and h)"]),
    ] {
        for count in [2, 5, 50, 500] {
            let text: Vec<&str> = terms.iter().copied().cycle().take(count).collect();
            assert_printed(&text.join(operator));
        }
    }
}
